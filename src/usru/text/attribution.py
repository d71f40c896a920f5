"""Who said what stands in quotation marks, and by which word the text says so.

A quotation belongs to the reporting clause beside it: the one that follows it directly (``"…," the
minister said``), else the last one before it in its sentence that is not inside another (``Lavrov
said that Tillerson told him "…"`` is Lavrov's), else any in its sentence. A sentence that is
nothing but quotation goes on with the speaker before it.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from usru.text import sentences
from usru.text.cast import Cast, Entity, names
from usru.text.marks import MARKS
from usru.text.phrases import REACH, SUBJECTS, Phrases, Row, Subject, begins, is_skipped
from usru.text.speakers import Speakers
from usru.text.vocabulary import QUOTE, Token, tokens, words

__all__ = ["Attribution", "attribute"]

LONG = 40
"""Characters from which on a quotation is somebody's words even where no verb says so."""


_DASHES = frozenset("—–-")
_SIGNED = re.compile(r"\s*(?:[—–-]|\()\s*[^\W\d_a-z]")


class Attribution(NamedTuple):
    """The speaker of a quotation and its cue, each empty where there is none.

    `alone` says that its sentence is nothing but quotation, `scare` that the
    words beside it make it a term or a title.
    """

    speaker: str
    cue: str
    alone: bool
    scare: bool


class Cue(NamedTuple):
    """A reporting word of a sentence: where, whose it is, how it is printed."""

    first: int
    last: int
    subject: Entity
    subject_first: int
    text: str

    @property
    def relays(self) -> bool:
        """Whether it is that of a medium, which passes on what others say."""
        return self.subject.kind == "media"


def attribute(
    paragraphs: Sequence[str],
    quoted: Sequence[Sequence[tuple[int, int]]],
    speakers: Speakers,
    beside: Sequence[str] = (),
) -> list[list[Attribution]]:
    """Attribute the quotations of a text, paragraph by paragraph.

    Parameters
    ----------
    paragraphs : sequence of str
        The text's paragraphs in their order.
    quoted : sequence of sequence of tuple of int
        For each of them the half-open spans of its quotations.
    speakers : Speakers
        Who is known beforehand.
    beside : sequence of str
        Captions, which may introduce people too.

    Returns
    -------
    list of list of Attribution
        One for each quotation, in the shape of `quoted`.

    Examples
    --------
    >>> from usru.text import marks, speakers
    >>> text = 'It is "late," said the analyst Ann Lee. "Very late."'
    >>> attribute([text], [marks.spans(text)], speakers.read())[0][1].speaker
    'Ann Lee'
    """
    rows = [_row(text, spans) for text, spans in zip(paragraphs, quoted, strict=True)]
    reader = _Reader(Cast([*rows, *map(tokens, beside)], speakers))
    return [
        reader.read(row, sentences.spans(_masked(text, spans)))
        for text, row, spans in zip(paragraphs, rows, quoted, strict=True)
    ]


def _row(text: str, spans: Sequence[tuple[int, int]]) -> list[Token]:
    """The tokens of a paragraph, each quotation with its marks as one."""
    row: list[Token] = []
    at = 0
    for start, end in spans:
        row += tokens(text[at : max(at, start - 1)], at)
        row.append(Token(QUOTE, start, end, QUOTE))
        at = end + 1
    return row + tokens(text[at:], at)


def _masked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The paragraph with quotations that no sentence ends inside of."""
    parts, at = [], 0
    for start, end in spans:
        last = text[end - 1] if text[end - 1] in ".?!," else "x"
        behind = text[end + 1 : end + 80]
        if (last in "?!" and _reports(behind)) or (last in ".?!" and _SIGNED.match(behind)):
            last = ","
        parts += [text[at:start], "X" * (end - start - 1), last]
        at = end
    return "".join([*parts, text[at:]])


def _reports(behind: str) -> bool:
    """Whether what follows a quotation begins with a reporting clause: ``Ms. Lee asked.``."""
    for token in tokens(behind)[:7]:
        if (token.text in ".?!" and token.start > 4) or token.text in MARKS:
            return False
        if words().inflected(token.low):
            return True
    return False


# Reporting clauses ---------------------------------------------------------------------------


class _Clauses:
    """The reporting words of a sentence, each with its subject."""

    def __init__(self, phrases: Phrases) -> None:
        self.phrases = phrases

    def cues(self, row: Row) -> Iterator[Cue]:
        """Each cue of a sentence, in its order."""
        outer: Cue | None = None
        for i in range(len(row)):
            cue = self._according(row, i) or self._noun(row, i) or self._verb(row, i, outer)
            if cue is not None:
                yield cue
                if outer is None or _is_new_clause(row, outer, cue):
                    outer = cue

    def _according(self, row: Row, at: int) -> Cue | None:
        if row[at].low != "according" or at + 1 == len(row) or row[at + 1].low != "to":
            return None
        subject = self.phrases.after(row, at + 2)
        return Cue(at, at + 1, subject, at, _printed(row, at, at + 1)) if subject else None

    def _noun(self, row: Row, at: int) -> Cue | None:
        if row[at].low not in words().nouns:
            return None
        behind = {token.low for token in row[at + 1 : at + 5]}
        found = self.phrases.possessor(row, at) if behind & {"of", "that", QUOTE, ":"} else None
        return Cue(at, at, *found, row[at].text) if found else None

    def _verb(self, row: Row, at: int, outer: Cue | None) -> Cue | None:
        verb = _verb(row, at)
        last = _last(row, at, verb) if verb else None
        found = self._subject(row, at, last, outer) if last is not None else None
        if found is None or last is None:
            return None
        subject, first = found
        if row[at].low in words().quoting and subject.kind == "institution":
            subject = Entity(subject.name, "media")  # it passes on what somebody else said
        return Cue(at, last, subject, first, _printed(row, at, last))

    def _subject(self, row: Row, verb: int, last: int, outer: Cue | None) -> Subject | None:
        """The subject of a verb, by the verb's form and place."""
        low, before = row[verb].low, row[verb - 1] if verb else None
        behind = row[last + 1].low if last + 1 < len(row) else ""
        passive = words().passive
        if low == "saying" and before is not None and before.low == "as":
            return self._quoted_as_saying(row, verb)
        if low.endswith("ed") and behind == "by":
            agent = self.phrases.after(row, last + 2)
            return begins(agent if agent and agent.kind != "media" else None, verb)
        if low.endswith("ed") and behind == "as" and passive & _lows(row, verb - 3, verb):
            by = next(
                (i for i in range(verb, min(len(row), verb + 12)) if row[i].low == "by"), None
            )
            return begins(self.phrases.after(row, by + 1), verb) if by is not None else None
        if not low.endswith("ing"):
            if _follows_quotation(row, verb) and behind not in words().prepositions:
                return begins(self.phrases.after(row, last + 1), verb)
        elif before is None or before.low not in passive:
            own = self.phrases.before(row, verb) if before is not None and before.is_word else None
            behind_verb = self.phrases.local_first == verb + 1
            return own or (self._shared(outer) if outer or not behind_verb else None)
        return self.phrases.before(row, verb) or self._coordinated(row, verb, outer)

    def _shared(self, outer: Cue | None) -> Subject | None:
        """The subject of the clause before, or else of the sentence."""
        if outer is not None:
            return outer.subject, outer.subject_first
        return begins(self.phrases.local, 0)

    def _coordinated(self, row: Row, verb: int, outer: Cue | None) -> Subject | None:
        """The subject that a verb shares with the one before it: ``he came and said``."""
        at = verb - 1
        while at >= 0 and is_skipped(row[at]):
            at -= 1
        if at < 0:
            return None
        if at and row[at].low == "who":
            return self.phrases.antecedent(row, at)
        if row[at].low in ("to", "which", "that"):
            return begins(outer.subject if outer else self.phrases.local, 0)
        if row[at].low in ("and", "but", ",") and row[verb].low.endswith(("d", "t", "s", "e")):
            return self._shared(outer)
        return None

    def _quoted_as_saying(self, row: Row, verb: int) -> Subject | None:
        """Whom ``X was quoted as saying`` and ``Reuters quoted X as saying`` are about."""
        before = range(verb - 1, max(-1, verb - REACH), -1)
        quoting = next((i for i in before if row[i].low in words().quoting), None)
        if quoting is None:
            return None
        between = row[quoting + 1 : verb - 1]
        if between and between[0].low != "by":
            return begins(self.phrases.resolve(between), quoting)
        return self.phrases.before(row, quoting)


def _printed(row: Row, first: int, last: int) -> str:
    return " ".join(token.text for token in row[first : last + 1])


def _lows(row: Row, first: int, stop: int) -> set[str]:
    return {token.low for token in row[max(0, first) : stop]}


def _verb(row: Row, at: int) -> str | None:
    """The reporting verb that a token is a form of, if it stands like a verb."""
    token = row[at]
    verb = words().verbs.get(token.low) or (token.low if _speaks(row, at) else None)
    if verb is None or (token.capital and at > 0 and row[at - 1].text != QUOTE):
        return None
    return None if _is_noun(row, at, verb) else verb


def _speaks(row: Row, at: int) -> bool:
    """Whether an unlisted word stands like a reporting verb: ``"No," groans one official``."""
    vocabulary, low = words(), row[at].low
    if at == 0 or len(low) < 4 or not low.endswith(("s", "ed")) or not row[at].text[0].islower():
        return False
    if low.endswith("ss") or low in vocabulary.verbless:
        return False
    before, behind = row[at - 1], row[at + 1] if at + 1 < len(row) else None
    if before.text == QUOTE and behind is not None:
        return behind.capital or behind.low == "the" or behind.low in vocabulary.indefinite
    ends = behind is None or behind.text in ".,"
    inverted = ends and at > 1 and row[at - 2].text == QUOTE
    return inverted and (before.capital or before.low in SUBJECTS)


def _is_noun(row: Row, at: int, verb: str) -> bool:
    """Whether a word that may be a verb stands like a noun: ``the report``, ``a think tank``."""
    vocabulary, low = words(), row[at].low
    before = row[at - 1] if at else None
    behind = row[at + 1].low if at + 1 < len(row) else ""
    if low == verb and (behind in vocabulary.roles or behind in vocabulary.compounds):
        return True
    if before is None or before.low in SUBJECTS:
        return False
    if low in vocabulary.nouns and before.text[0].islower():
        return before.low not in vocabulary.heads or not low.endswith("ing")
    if low not in (verb, f"{verb}s", f"{verb}es") or before.text in (QUOTE, ",") or before.capital:
        return False
    speaks = before.low in vocabulary.heads or before.low in vocabulary.skipped
    return not speaks and before.low not in ("to", "who", "i", "we", "and", "not")


def _last(row: Row, at: int, verb: str) -> int | None:
    """The last word of a reporting verb with its particles; none where it lacks one."""
    vocabulary = words()
    last = _along(row, at, vocabulary.particles.get(verb))
    if last == at and verb in vocabulary.particles:
        return None
    return _along(row, last, vocabulary.extensions.get(verb))


def _along(row: Row, last: int, particles: frozenset[str] | None) -> int:
    while particles and last + 1 < len(row) and row[last + 1].low in particles:
        last += 1
    return last


def _follows_quotation(row: Row, at: int) -> bool:
    """Whether a token stands directly behind a quotation, or a comma behind one."""
    before = [token.text for token in row[max(0, at - 2) : at]]
    return before[-1:] == [QUOTE] or before == [QUOTE, ","]


def _is_new_clause(row: Row, outer: Cue, inner: Cue) -> bool:
    """Whether a new clause begins between a reporting verb and the next one's subject."""
    if inner.subject is outer.subject:
        return row[inner.first - 1].low != "to"
    if outer.text.lower() == "according to" and outer.first <= 1:
        return False
    between = row[outer.last + 1 : max(inner.subject_first, outer.last + 1)]
    signs = (",", ";", ":", QUOTE, "—", "–")
    return any(token.text in signs or token.low in words().breaks for token in between)


# The clause of a quotation -------------------------------------------------------------------


def _choices(row: Row, cues: Sequence[Cue]) -> Iterator[tuple[int, Cue | None]]:
    """Each quotation of a sentence with the cue that it belongs to."""
    firsts = [cue.first for cue in cues]
    direct = [cue for cue in cues if not cue.relays]
    outer: list[Cue] = []
    told: Cue | None = None
    done = 0
    for quote, token in enumerate(row):
        if token.text != QUOTE:
            continue
        split = bisect_left(firsts, quote)
        for cue in cues[done:split]:
            if not outer or outer[-1].relays or _is_new_clause(row, outer[-1], cue):
                outer.append(cue)
                told = told if cue.relays else cue
        done = split
        yield (
            quote,
            (
                _behind(row, quote, cues[split : split + 2])
                or _matrix(row, quote, cues[max(0, split - 1) :])
                or _said_before(row, quote, cues[max(0, split - 1) : split])
                or told
                or (next((cue for cue in direct if cue.first > quote), None) if not outer else None)
                or next(iter(outer[-1:] or cues[split : split + (quote == 0)]), None)
            ),
        )


def _behind(row: Row, quote: int, cues: Sequence[Cue]) -> Cue | None:
    """The cue directly behind a quotation: ``"…," he said``, ``"…," said Ann Lee``."""
    if not cues:
        return None
    cue = cues[0]
    if len(cues) > 1 and cue.relays and cues[1].text == "saying":
        return cues[1]
    if any(token.text == QUOTE for token in row[quote + 1 : cue.first]):
        return None
    between = row[quote + 1 : min(cue.first, max(cue.subject_first, quote + 1))]
    lead = [token for token in between if token.text not in (",", "—", "–", "-", ")")]
    inverted = cue.first - quote <= 2
    return cue if inverted or (not lead and cue.subject_first > quote) else None


def _matrix(row: Row, quote: int, cues: Sequence[Cue]) -> Cue | None:
    """The clause that ends a sentence whose other words are reported: ``…, Ann Lee said.``."""
    cue = cues[-1] if cues else None
    if cue is None or cue.relays or cue.first < quote or row[quote + 1].text == ".":
        return None
    aside = cue.last + 1 < len(row) and row[cue.last + 1].text == ","
    ends = len(row) - cue.last < 8 and cue.subject_first > quote and not aside
    told = any(0 < quote - other.last <= 3 for other in cues[:1])
    relayed = cue.text in ("reported", "reports") and any(c.first < quote for c in cues)
    return (
        cue
        if ends and not told and not relayed and row[cue.subject_first - 1].text == ","
        else None
    )


def _said_before(row: Row, quote: int, cues: Sequence[Cue]) -> Cue | None:
    """The cue of ``what he called "…"``."""
    cue = next(iter(cues), None)
    if cue is None or cue.last != quote - 1 or row[cue.subject_first - 1].low != "what":
        return None
    return cue


def _is_scare(row: Row, quote: int, cues: Sequence[Cue]) -> bool:
    """Whether the words before a quotation say that it is a term or a title."""
    reporting = {at for cue in cues for at in range(cue.first, cue.last + 1)}
    before = [at for at in range(max(0, quote - 3), quote) if row[at].is_word]
    told = any(row[at].low in words().scare and at not in reporting for at in before[-2:])
    behind_as = row[quote - 2].low if row[quote - 1].low == "as" else "known"
    described = not behind_as.endswith(("ed", "known")) and any(
        0 < quote - cue.last < 6 for cue in cues
    )
    return told and not described and row[quote - 1].text != ":"


# A text --------------------------------------------------------------------------------------


class _Reader:
    """Reads paragraph after paragraph, and remembers who spoke last and by which cue."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.phrases = Phrases(cast)
        self.clauses = _Clauses(self.phrases)
        self.cue = ""
        self.fresh = False  # the last sentence had a subject who said nothing yet

    def read(self, row: Row, spans: Sequence[tuple[int, int]]) -> list[Attribution]:
        """The attributions of a paragraph's quotations, by the spans of its sentences."""
        self.phrases.paragraph += 1
        self.cue = ""
        found: list[Attribution] = []
        waiting = 0  # quotations before the first words of the paragraph
        starts = [token.start for token in row]
        for start, end in spans:
            sentence = row[bisect_left(starts, start) : bisect_left(starts, max(end, start + 1))]
            if sentence and not any(token.is_word for token in sentence):
                alone = [self._alone() for token in sentence if token.text == QUOTE]
                waiting += len(alone) if waiting == len(found) else 0
                found += alone
            elif sentence:
                given, cue = self._sentence(sentence)
                if cue is not None:
                    told = [
                        one._replace(speaker=cue.subject.name) for one in found[: max(0, waiting)]
                    ]
                    found[: len(told)] = told
                waiting = -1
                found += given
        return found

    def _alone(self) -> Attribution:
        """The attribution of a quotation that is a sentence of its own."""
        subject = next(iter(self.phrases.subjects), None)
        if subject is not None and subject.kind == "person" and self.fresh and not self.cue:
            self.phrases.speaker = subject
        speaker = self.phrases.speaker
        return Attribution(speaker.name if speaker else "", self.cue, alone=True, scare=False)

    def _sentence(self, row: Row) -> tuple[list[Attribution], Cue | None]:
        """The attributions of a sentence's quotations, and the cue that it is remembered by."""
        phrases = self.phrases
        phrases.local, phrases.local_first = None, 0
        phrases.local, phrases.local_first = phrases.subject(row) or (None, 0)
        cues = list(self.clauses.cues(row))
        subject = phrases.local or (cues[0].subject if cues else None)
        if cues and cues[0].text.lower() == "according to" and not cues[0].relays:
            subject = cues[0].subject
        given: list[Attribution] = []
        used: Cue | None = None
        for quote, cue in _choices(row, cues):
            if cue is not None and (cue.first > quote or not _is_topic_label(row, quote)):
                used = cue
                scare = _is_scare(row, quote, cues)
                given.append(Attribution(cue.subject.name, cue.text, alone=False, scare=scare))
            else:
                given.append(self._without_cue(row, quote, subject))
        used = used or next((cue for cue in cues if not cue.relays), next(iter(cues), None))
        self._remember(row, subject, used, given)
        if _is_introduction(row):
            self._introduce(row, cues)
        return given, used

    def _without_cue(self, row: Row, quote: int, subject: Entity | None) -> Attribution:
        """The attribution of a quotation that no reporting word stands beside."""
        speaker = self._label(row, quote)
        if speaker is None and row[quote].end - row[quote].start > LONG:
            speaker = subject or self.phrases.speaker
        if speaker is None:
            return Attribution("", "", alone=False, scare=True)
        self.phrases.speaker = speaker
        return Attribution(speaker.name, "", alone=False, scare=False)

    def _label(self, row: Row, quote: int) -> Entity | None:
        """Who is named beside a quotation without a verb: ``Lavrov: "…"``, ``"…" (Lavrov)``."""
        if _is_topic_label(row, quote):
            return self.phrases.speaker
        if quote and row[quote - 1].text == ":":
            named = [name for name in names(row[: quote - 1]) if len(name.words) > 1]
            people = [self.cast.person(name.words) for name in named if name.kind == "person"]
            plain = self.phrases.resolve(row[: quote - 1])
            return next(iter(people), None) or plain or self.phrases.local
        behind = row[quote + 1 : quote + 9]
        if len(behind) > 1 and (behind[0].text == "(" or behind[0].text in _DASHES):
            name = next(names(behind[1:]), None)
            if name is not None and name.first == 0 and name.words:
                return self.phrases.named(behind[1:], name)
        return None

    def _introduce(self, row: Row, cues: Sequence[Cue]) -> None:
        """Note whom a line introduces that ends with a colon: ``The minister:``."""
        named = self.phrases.resolve([token for token in row if token.is_word])
        if named is not None and not any(token.low in words().verbs for token in row):
            self.phrases.speaker = named
        self.fresh = False

    def _remember(
        self, row: Row, subject: Entity | None, cue: Cue | None, given: Sequence[Attribution]
    ) -> None:
        """Note who spoke in a sentence, whom it asked, and whom it spoke of."""
        self.cue = ""
        if cue is not None:
            quotes = any(token.text == QUOTE for token in row)
            self.cue = cue.text if quotes and row[-1].text != QUOTE else ""
            self._remember_speaker(row, cue)
        if given and given[-1].speaker and row[-1].text == QUOTE:
            self.cue = given[-1].cue
        self.fresh = subject is not None and cue is None
        subjects = self.phrases.subjects
        if subject is not None:
            subjects[:] = [subject, *(one for one in subjects if one is not subject)][:6]
        for entity in self._people(row):
            self.cast.see(entity)
            if entity not in subjects and len(subjects) < 12:
                subjects.append(entity)
        if subject is not None:
            self.cast.see(subject)

    def _remember_speaker(self, row: Row, cue: Cue) -> None:
        self.phrases.speaker = self.cast.see(cue.subject)
        asks = cue.text.lower().split()[0] in words().asking
        self.phrases.asker = cue.subject if asks else None
        self.phrases.asked = next(self._people(row[cue.last + 1 :]), None) if asks else None

    def _people(self, row: Row) -> Iterator[Entity]:
        """Those whom a row names."""
        found = (self.cast.person(name.words) for name in names(row) if name.words)
        return (entity for entity in found if entity is not None)


def _is_introduction(row: Row) -> bool:
    """Whether a sentence is a short line that ends with a colon."""
    short = len(row) < 12 and not any(token.text == QUOTE for token in row)
    return short and row[-1].text == ":" and not _is_topic_label(row, len(row))


def _is_topic_label(row: Row, quote: int) -> bool:
    """Whether a label before a quotation names what it is about: ``On missile defence:``."""
    if not quote or row[quote - 1].text != ":":
        return False
    first = next((token.low for token in row if token.is_word), "")
    return first in words().topics
