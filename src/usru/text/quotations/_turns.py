"""Turns: what briefings and interviews print under the label of whoever speaks.

A label is a name, an office or ``Q`` before a colon. One alone is none, since stories print a note
or a place so as well; labels are those of a transcript where somebody asks, or where they come
back or name people, and what follows them speaks of `I`, `we` and `you`. Words go on with the
label before them, until the text tells of the speaker instead.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from usru.text.quotations.quotation_marks import QUOTATION_MARKS
from usru.text.quotations.vocabulary import Vocabulary

_BOLD = r"[*_]{0,3}"
_CLOCK = r"(?:[(\[][\d:. ]+[)\]] ?)?"
_ASIDE = r"(?: ?[(\[][^()\[\]]{1,80}[)\]])?"
_LABEL = re.compile(
    rf"{_BOLD}{_CLOCK}{_BOLD}(?P<name>[^\W\d_a-z][\w.'’&-]*(?:,? [\w.'’&-]+){{0,11}}){_ASIDE}"
    rf"{_BOLD} ?:{_BOLD}(?![\d/]){_CLOCK}"
)
# Official transcripts: "Q    Will you stay?", "Q. …" and "Mr. LEE. …" in records of parliaments.
_STOPPED = re.compile(
    r"(?P<name>Q)(?:  +|\t+ *)(?=\S)|(?P<letter>[QA])\. +(?=[A-Z“\"])"
    r"|(?P<member>(?:Mr|Mrs|Ms|Miss|Dr|Sen|Rep|Senator|The)\.? [A-Z][A-Z’'-]{2,}(?: [A-Z’'-]{2,})?)\. +(?=[A-Z])"
)
_INSIDE = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_DIRECTION = re.compile(r"\([^()]{1,80}\)|\[[^\[\]]{1,80}\]")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_FIRST = re.compile(r"\b(?:I|I[’'](?:m|ve|d|ll)|[Ww]e|[Ww]e[’'](?:re|ve|d|ll)|[Mm]e|[Mm]y|[Uu]s|[Oo]urs?|[Ll]et[’']s|[Tt]hank)\b")  # fmt: skip
_SECOND = re.compile(r"\b[Yy]ou(?:r|rs|rself)?\b|\?")
# "As I told them, “…”", "“…,” I said".
_OWN_BEFORE = re.compile(
    r"\b(?:I|[Ww]e)(?:[’']ve| have| had| just| also| always| then| once)* (\w+)\b[^.?!;]{0,40}$"
)
_OWN_BEHIND = re.compile(r"[,.]? *(?:I|we)(?:[’']ve| have| had| just| also| then)* (\w+)\b")
# What the text tells of somebody who speaks: "Ms. Lee said", "he added".
_TOLD = re.compile(
    r"\b(?!(?:We|You|They|Who|It|That|This|What)\b)(?:[Hh]e|[Ss]he|[A-Z][\w’'-]+)"
    r" (?:said|told|added|replied)\b"
)
# "“…,” he said": a paragraph that quotes somebody as a story does.
_QUOTES = re.compile(
    r"[,.?!…][”\"’'] (?:he|she|(?!I )[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,2}) (?:said|says|told|\w+ed)\b"
)
_END = re.compile(r"(?i)\W*(?:end|###|END)\b[^a-z]*(?:[ap]\.?m\.?.{0,8})?$")
_OF = frozenset(["of", "for", "the", "and", "to", "on", "in"])  # in the names of offices
_FROM = frozenset(["by", "for", "from", "in", "of", "on", "through", "to", "via"])
# Unlabelled paragraphs that belong to a turn whatever they say, in a text that is little but a
# transcript and in one that prints a part of it; more must speak of `I` or `we`.
_MANY, _FEW = 6, 2
# Paragraphs to a label, at most, where nobody is known to ask: statements among other news are
# farther apart.
_SPARSE = 4


@dataclass
class Label:
    """The label of a paragraph: who it names, and where the words behind it begin."""

    name: str
    key: str
    kind: str  # "asks", "answers", "unnamed" or "named"
    behind: int
    printed: str
    titled: bool = False


@dataclass
class Turn:
    """A paragraph of a turn: which turn, its label where it has one, and the places of its words."""

    number: int
    label: Label
    begins: bool
    words: list[tuple[int, int]] = field(default_factory=list)
    speaker: str = ""


def label(text: str, words: Vocabulary) -> Label | None:
    """The label that a paragraph begins with, if it looks like that of somebody who speaks."""
    start = text[:300]
    match = (":" in start and _LABEL.match(start)) or _STOPPED.match(text[:80])
    if match is None:
        return None
    behind = text[match.end() :]
    if any(map(str.isdigit, behind)) and not any(map(str.isalpha, behind)):
        return None  # a result, a price, the number of a press release
    groups = match.groupdict()
    printed = groups.get("name") or groups.get("letter") or groups.get("member") or ""
    name = re.sub(r"(?<=[^\W\d_])\W?\d+$", "", printed).strip()
    aside = _INSIDE.search(match[0])
    return _classified(name, aside[1] if aside else "", printed, match.end(), words)


def _classified(
    name: str, aside: str, printed: str, behind: int, words: Vocabulary
) -> Label | None:
    """What sort of label a name is; None where it is a note, a day, a place or a clause."""
    labels = words.turns
    head, _, post = name.partition(",")
    parts = head.split()
    lows = [part.lower().strip(".*_") for part in parts]
    key = " ".join(lows)
    ends = {lows[0], lows[-1]} if lows else set()
    titled = len(lows) > 1 and not words.before_names.isdisjoint(lows)
    reports = any(word in words.inflected for word in _lows(name))
    noted = ends & labels.others and not (titled and lows[0] not in labels.others - words.roles)
    if not key or reports or noted or key in labels.others:
        return None
    if set(lows) <= labels.answers:
        return Label(key, key, "answers", behind, printed)
    nobody = labels.asks | labels.unnamed
    if ends & nobody:
        own = [part for part, low in zip(parts, lows, strict=True) if low not in nobody]
        if not _is_asker(own, words):
            return None
        given = (" ".join(own), aside.partition(",")[0], post.strip())
        named = next((one for one in given if _is_full_name(one, words)), "")
        kind = "named" if named else "asks" if ends & labels.asks else "unnamed"
        return Label(named or key, key, kind, behind, printed, titled=bool(named))
    if not _is_name(parts, lows, titled, words):
        return None
    return Label(head, key, "named", behind, printed, titled)


def _lows(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]


def _is_asker(own: Sequence[str], words: Vocabulary) -> bool:
    """Whether the other words of ``Question from Reuters`` name a medium or a person."""
    small = {part.lower() for part in own if not part[0].isupper()}
    known = words.titles | words.roles | words.unnamed | words.name_particles | _FROM | {"the"}
    return len(own) < 6 and small <= known and not {part.lower() for part in own} & words.determiners - {"the"}  # fmt: skip


def _is_full_name(told: str, words: Vocabulary) -> bool:
    """Whether words are somebody's first and last name, and no medium's or office's."""
    parts = told.split()
    lows = {part.lower().strip(".") for part in parts}
    others = words.media | words.institutions | words.roles | words.unnamed | words.modifiers
    others |= words.turns.directions | words.nations.keys() | _FROM
    return 2 <= len(parts) <= 3 and all(part[0].isupper() for part in parts) and not lows & others


def _is_name(parts: Sequence[str], lows: Sequence[str], titled: bool, words: Vocabulary) -> bool:
    """Whether words are capitalised as a name or an office is, and no day, country or clause."""
    small = words.name_particles
    if titled:
        small |= words.before_names | words.modifiers | _OF
    begins = words.prepositions | words.clauses | words.determiners - {"the"}
    owned = any(low.endswith(("'s", "’s")) and part[0].isupper() for low, part in zip(lows[:-1], parts[:-1], strict=True))  # fmt: skip
    if len(parts) > 7 or lows[0] in begins or (owned and not parts[-1][0].isupper()):
        return False
    if not all(part[0].isupper() or low in small for part, low in zip(parts, lows, strict=True)):
        return False
    nameless = words.calendar | words.nations.keys() | words.never_names
    if not titled:
        nameless |= words.modifiers
    own = [low for low in lows if low not in _OF]
    return bool(own) and not all(low in nameless for low in own)


# Which paragraphs ----------------------------------------------------------------------------


def find(
    texts: Sequence[str], parted: Sequence[bool], title: str, words: Vocabulary
) -> list[Turn | None]:
    """The turn of each paragraph; none where the text is no transcript.

    `parted` says whether a section title or a break parts a paragraph from the one before it.
    """
    labels = _kept([label(text, words) for text in texts])
    found: list[Turn | None] = [None] * len(texts)
    if not _is_transcript(texts, labels, title, words):
        return found
    begun = [i for i, one in enumerate(labels) if one is not None]
    few = _MANY if begun[-1] - begun[0] < _SPARSE * len(begun) else _FEW
    for number, (first, stop) in enumerate(pairwise([*begun, len(texts)])):
        own = labels[first]
        assert own is not None
        found[first] = _turn(number, own, texts[first], own.behind, words)
        alone = not any(map(str.isalnum, texts[first][own.behind :]))
        run = range(first + 1, stop)
        for i in _going_on(texts, parted, run, own, few, alone, words):
            found[i] = _turn(number, own, texts[i], 0, words)
    return found


def _turn(number: int, own: Label, text: str, start: int, words: Vocabulary) -> Turn:
    return Turn(number, own, start > 0, list(_words(text, start, words)))


def _going_on(
    texts: Sequence[str], parted: Sequence[bool], run: range, own: Label, few: int,
    alone: bool, words: Vocabulary,
) -> Iterator[int]:  # fmt: skip
    """The unlabelled paragraphs behind a label that are said by the same speaker.

    They reach to the last one that speaks of `I` or `we`, or, where another label follows, over a
    few; what a label `alone` on its line names comes right below it. None tells of the speaker.
    No quotation mark decides for more than its paragraph.
    """
    ends = (i for i in run if parted[i] or _END.match(texts[i]))
    stop = next(ends, run.stop)
    is_last = run.stop == len(texts)
    is_short = stop - run.start <= few and not is_last
    reach = stop if is_short else _reach(texts, range(run.start, stop), own, is_last, words)
    suspended = False
    for i in range(run.start, max(reach, min(run.start + alone, stop))):
        first_person = _FIRST.search(texts[i]) is not None
        suspended = not first_person and (suspended or _tells_of(texts[i], own, words))
        if not suspended and not _QUOTES.search(texts[i]):
            yield i


def _reach(texts: Sequence[str], run: range, own: Label, is_last: bool, words: Vocabulary) -> int:
    """Where what a speaker says ends: behind the last paragraph that speaks of `I` or `we`.

    Behind the last label a story goes on: there it ends where the text tells of the speaker, or a
    few paragraphs say nothing of `I` or `we`.
    """
    reach = run.start
    for i in run:
        if is_last and (i - reach >= _FEW or _tells_of(texts[i], own, words)):
            break
        if _FIRST.search(texts[i]):
            reach = i + 1
    return reach


def _tells_of(text: str, own: Label, words: Vocabulary) -> bool:
    """Whether a paragraph names whoever speaks in the turn, as magazines do between answers."""
    surname = own.name.split()[-1].strip(".").lower()
    if own.kind != "named" or surname in words.before_names:
        return False
    return re.search(rf"(?<![\w’'-]){re.escape(surname)}(?!\w)", text, re.IGNORECASE) is not None


def _kept(labels: Sequence[Label | None]) -> list[Label | None]:
    """Labels less those that look unlike the others: ``Terrorism: …`` between speakers in capitals."""
    printed = [one.printed for one in labels if one is not None]
    capitals = sum(name.isupper() for name in printed)
    keys = Counter(one.key for one in labels if one is not None)

    def is_odd(one: Label) -> bool:
        plain = one.kind == "named" and not one.titled and not one.printed.isupper()
        return plain and capitals > 2 and capitals * 2 > len(printed) and keys[one.key] < 2

    return [None if one is None or is_odd(one) else one for one in labels]


def _is_transcript(
    texts: Sequence[str], labels: Sequence[Label | None], title: str, words: Vocabulary
) -> bool:
    """Whether labels are those of people who speak to each other."""
    begun = [i for i, one in enumerate(labels) if one is not None]
    pairs = [(_said(texts, i, one), one) for i, one in enumerate(labels) if one is not None]
    if len(pairs) < 2:
        return False
    surnames = {one.key.split()[-1] for _, one in pairs}
    spoken = sum(_speaks(text) for text, _ in pairs)
    named = [one for _, one in pairs if one.kind in ("named", "unnamed")]
    if any(one.kind == "asks" for _, one in pairs):
        return bool(named) or not _explains(pairs, title, words)
    if all(one.titled or one.kind == "unnamed" for one in named):
        return spoken > 0
    sparse = begun[-1] - begun[0] >= _SPARSE * len(pairs)
    if len(surnames) < 2 or (sparse and len(surnames) * 2 > len(pairs)):
        return False
    own = sum(_FIRST.search(text) is not None for text, _ in pairs)
    if len(surnames) < len(pairs):
        return own > 0 and spoken * 3 >= len(pairs)
    return own * 3 >= 2 * len(pairs) and all(len(one.name.split()) > 1 for one in named)


def _said(texts: Sequence[str], i: int, own: Label) -> str:
    """What follows a label: on its line, or where it is alone there on the next one."""
    return texts[i][own.behind :].strip(" *_") or next(iter(texts[i + 1 : i + 2]), "")


def _explains(pairs: Sequence[tuple[str, Label]], title: str, words: Vocabulary) -> bool:
    """Whether an outlet asks and answers itself, as in an explainer."""
    if {word.lower() for word in _WORD.findall(title)} & words.turns.explainers:
        return True
    answers = any(_FIRST.search(text) for text, one in pairs if one.kind != "asks")
    asked = any(_SECOND.search(text.rstrip("?")) for text, one in pairs if one.kind == "asks")
    return not (answers or asked)


def _speaks(text: str) -> bool:
    """Whether words are somebody's to somebody else, and not told of others."""
    return bool(_FIRST.search(text) or _SECOND.search(text)) and not _TOLD.search(text)


def _words(text: str, start: int, words: Vocabulary) -> Iterator[tuple[int, int]]:
    """The places of what is said in a paragraph, without what is told between brackets."""
    for aside in _DIRECTION.finditer(text, start):
        if _is_direction(text, aside, words):
            yield from _stripped(text, start, aside.start())
            start = aside.end()
    yield from _stripped(text, start, len(text))


def _is_direction(text: str, aside: re.Match[str], words: Vocabulary) -> bool:
    alone = not any(map(str.isalnum, text[: aside.start()] + text[aside.end() :]))
    lows = [word.lower() for word in _WORD.findall(aside[0])]
    language = len(lows) == 2 and lows[0] == "in" and lows[1] in words.nations
    return alone or language or bool(words.turns.directions & set(lows) and len(lows) < 9)


def _stripped(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    part = text[start:end]
    if any(map(str.isalnum, part)):
        first = start + len(part) - len(part.lstrip(" \t*_"))
        yield first, start + len(part.rstrip())


def is_quoted(text: str, turn: Turn, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether all words of a turn are in quotation marks, so that they are a quotation."""
    if not spans or not turn.words or text[turn.words[0][0]] not in QUOTATION_MARKS:
        return False
    ends = [turn.words[0][0], *(place for span in spans for place in span), turn.words[-1][1]]
    return not any(
        map(str.isalnum, "".join(text[a:b] for a, b in zip(ends[::2], ends[1::2], strict=True)))
    )


def unlabelled(text: str, turn: Turn | None) -> str:
    """The paragraph with what is not said in its turn blank, every other character in its place."""
    if turn is None:
        return text
    kept, at = [], 0
    for start, end in turn.words:
        kept += [" " * (start - at), text[start:end]]
        at = end
    return "".join([*kept, " " * (len(text) - at)])


def own_cue(text: str, start: int, end: int, words: Vocabulary) -> str:
    """The verb by which a speaker quotes what they said themselves: ``I told them “…”``."""
    before = _OWN_BEFORE.search(text, max(0, start - 60), max(0, start - 1))
    behind = _OWN_BEHIND.match(text, end + 1, end + 40)
    found = next((match[1] for match in (before, behind) if match), "")
    return found if found.lower() in words.forms else ""
