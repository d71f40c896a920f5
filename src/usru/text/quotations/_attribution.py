"""Who said what is in quotation marks, and by which word the text says so.

A quotation belongs to the reporting clause beside it: the one that follows it directly (``"…," the
minister said``), else the last one before it in its sentence that is not inside another (``Lavrov
said that Tillerson told him "…"`` is Lavrov's), else any in its sentence. A sentence that is
nothing but quotation goes on with the speaker before it.
"""

import re
from bisect import bisect_left
from collections.abc import Container, Iterator, Sequence
from itertools import chain, pairwise
from typing import NamedTuple

from usru import codebook
from usru.codebook import Speakers
from usru.text import sentences
from usru.text.blocks import Block
from usru.text.lines import Reading
from usru.text.quotations import _floor as floor
from usru.text.quotations import _turns as turns
from usru.text.quotations import quotation_marks
from usru.text.quotations._capitals import as_running_text
from usru.text.quotations._clauses import SIGNS, Clauses, Cue, is_new_clause, places
from usru.text.quotations._coreference import Entities
from usru.text.quotations._discourse import Discourse, Entity
from usru.text.quotations._names import Name, every_name, names
from usru.text.quotations._noun_phrases import NounPhrases
from usru.text.quotations._reports import Report, reports
from usru.text.quotations._turns import Turn
from usru.text.quotations.quotation_marks import QUOTATION_MARKS
from usru.text.quotations.vocabulary import (
    QUOTE,
    SUBJECTS,
    Row,
    Token,
    Vocabulary,
    build,
    low,
    placed,
    quotation,
    tokens,
)

# Features, speeches and opinion quote whole sentences without a verb of saying; a shorter one is a
# term or a slogan.
_LONG = 40
_DASHES = frozenset(["—", "–", "―", "-"])
_SIGNED = re.compile(r"\s*(?:[—–―-]|\()\s*[^\W\d_a-z]")
# What stands before, between and behind the marks of a nickname.
_GIVEN = re.compile(r"([^\W\d_a-z][\w.-]*)\s+\(?$")
_CALLED = re.compile(r"(?:[Tt]he\s+)?[^\W\d_a-z][\w’'-]*(?:\s+[^\W\d_a-z][\w’'-]*)?")
_FAMILY = re.compile(r"\)?\s+([^\W\d_a-z][\w’'-]*)")
_LABEL = 50  # words within which those before a colon name somebody, so that time is linear
_LEAD = 120  # characters within which the words that introduce a quotation are looked for


class Attribution(NamedTuple):
    """Who said a quotation and by which word, each empty where the text tells nobody."""

    speaker: str
    cue: str
    alone: bool = False  # its sentence is nothing but quotation
    scare: bool = False  # the words beside it make it a term or a title
    answer: bool = False  # they make it a whole utterance: “No” was her answer
    shown: bool = False  # they make it words that somebody shows: a sign with the words “No”


_NICKNAME = Attribution("", "", scare=True)


class Body:
    """The body blocks of a page as they are read, and what they have between quotation marks.

    What is known of speakers and words is that of the shipped codebook where none is given.
    """

    def __init__(
        self, raw: str, blocks: Sequence[Block],
        speakers: Speakers | None = None, vocabulary: Vocabulary | None = None,
    ) -> None:  # fmt: skip
        self.blocks = [block for block in blocks if block.kind == "body"]
        self.readings = [Reading(raw[block.start : block.end]) for block in self.blocks]
        self.texts = [reading.text for reading in self.readings]
        self.quoted = [quotation_marks.spans(text) for text in self.texts]
        self._every = blocks
        self._known, self.words = _shipped(speakers, vocabulary)

    def _printed(self, *kinds: str) -> list[str]:
        """The texts of blocks of some kinds."""
        return [block.text for block in self._every if block.kind in kinds]

    def turns(self) -> list[Turn | None]:
        """The turn that each block is a part of, if any, with its speaker."""
        titles = self._printed("headline")
        found = turns.find(self.texts, self._parted(), " ".join(titles), self.words)
        if any(found):
            plain = [turns.unlabelled(*one) for one in zip(self.texts, found, strict=True)]
            beside = floor.Beside(
                titles, self._printed("byline", "credit"), self._printed("caption", "subhead"),
                self._printed("headline", "byline", "subhead", "caption", "nav"),
            )  # fmt: skip
            floor.name(found, plain, beside, self._known, self.words)
        return found

    def _parted(self) -> list[bool]:
        """Whether a section title or a break is between each block and the one before it."""
        parted: list[bool] = []
        breaks = False
        for block in self._every:
            if block.kind == "body":
                parted.append(breaks and bool(parted))
                breaks = False
            breaks = breaks or block.kind in ("subhead", "separator")
        return parted

    def read(
        self, spoken: Sequence[Turn | None] = (), reported: bool = True
    ) -> list[tuple[list[Attribution], Iterator[Report]]]:
        """The attributions and reports of each block.

        Captions introduce people as well. The words of the `spoken` turns are whose the labels say.
        Where no reports are asked for there are none behind the last quotation.
        """
        told = self.quoted, self._known, self.words, self._printed("caption"), reported
        if not any(spoken):
            return read(self.texts, *told)
        plain = [turns.unlabelled(*one) for one in zip(self.texts, spoken, strict=True)]
        found = read(plain, *told)
        each = zip(self.texts, self.quoted, spoken, found, strict=True)
        return [
            (_in_turn(text, spans, turn, given, self.words), reports if turn is None else iter(()))
            for text, spans, turn, (given, reports) in each
        ]


def _shipped(
    speakers: Speakers | None, vocabulary: Vocabulary | None
) -> tuple[Speakers, Vocabulary]:
    """What is given, and of the shipped codebook what is not."""
    if speakers is not None and vocabulary is not None:
        return speakers, vocabulary
    shipped = codebook.read()
    known = shipped.speakers if speakers is None else speakers
    return known, build(shipped.reporting) if vocabulary is None else vocabulary


def _in_turn(
    text: str, spans: Sequence[tuple[int, int]], turn: Turn | None, given: list[Attribution],
    words: Vocabulary,
) -> list[Attribution]:  # fmt: skip
    """The attributions of what somebody quotes while speaking, by default nobody's words."""
    if turn is None:
        return given
    if turns.is_quoted(text, turn, spans):
        return [Attribution(turn.speaker, "", alone=True) for _ in spans]
    own = (turns.own_cue(text, start, end, words) for start, end in spans)
    return [
        Attribution(turn.speaker, cue) if cue
        else one if one.cue else Attribution("", "", scare=True)
        for one, cue in zip(given, own, strict=True)
    ]  # fmt: skip


def read(
    paragraphs: Sequence[str], quoted: Sequence[Sequence[tuple[int, int]]],
    speakers: Speakers, words: Vocabulary, beside: Sequence[str] = (), reported: bool = True,
) -> list[tuple[list[Attribution], Iterator[Report]]]:  # fmt: skip
    """Attribute the quotations of paragraphs, and find their reports, quoted words included.

    The captions `beside` introduce people as well.
    """
    # The paragraph behind a quotation may tell who said it, no later one.
    stop = max((at + 2 for at, spans in enumerate(quoted) if spans or reported), default=0)
    initials = [
        name for who in speakers.known for name in (who.name, *who.aliases) if name.isupper()
    ]
    each = list(zip(paragraphs, quoted, strict=True))
    nicknames = [
        {span for span in spans if _is_nickname(text, *span, words)} for text, spans in each
    ]
    printed = [_row(*one, inside) for one, inside in zip(each, nicknames, strict=True)]
    rows = as_running_text([row for row, _ in printed], initials, words)
    discourse = Discourse()
    entities = Entities([*rows, *map(tokens, beside)], speakers, words, discourse)
    reader = _Reader(entities, discourse, words, reported)
    read = [
        reader.read(row, starts, sentences.spans(_masked(text, spans, words)))
        for row, (_, starts), (text, spans) in zip(rows[:stop], printed, each, strict=False)
    ]
    read += [([], iter(())) for _ in rows[stop:]]
    return [
        ([_NICKNAME if span in inside else found.pop(0) for span in spans], reports)
        for spans, inside, (found, reports) in zip(quoted, nicknames, read, strict=True)
    ]


def _is_nickname(text: str, start: int, end: int, words: Vocabulary) -> bool:
    """Whether a quotation is a part of a name: ``Otto “Tiny” Brandt``."""
    first, last = quotation_marks.marked(text, start, end)
    called = _CALLED.fullmatch(text, start, end)
    before, behind = _GIVEN.search(text, max(0, first - 30), first), _FAMILY.match(text, last)
    if not (called and before and behind):
        return False
    beside = {before[1].lower(), behind[1].lower()}
    plain = words.forms, words.never_names, words.calendar, words.between
    return not any(beside.intersection(some) for some in plain)


def _row(
    text: str, spans: Sequence[tuple[int, int]], nicknames: Container[object]
) -> tuple[list[Token], list[int]]:
    """The tokens of a paragraph and where they begin.

    Each quotation with its marks is one, which begins behind its mark; nicknames are left out.
    """
    row, starts = list[Token](), list[int]()
    at = 0
    for start, end in spans:
        first, last = quotation_marks.marked(text, start, end)
        own, begins = placed(text, at, first)
        if (start, end) not in nicknames:
            own, begins = [*own, quotation(end - start)], [*begins, start]
        elif own and own[-1].text == "(":
            own, begins, last = own[:-1], begins[:-1], last + 1
        row += own
        starts += begins
        at = last
    own, begins = placed(text, at, len(text))
    return row + own, starts + begins


def _divided(
    row: Row, starts: Sequence[int], spans: Sequence[tuple[int, int]]
) -> Iterator[tuple[Row, Sequence[int]]]:
    """The tokens of each sentence; every token is in one, wherever the splitter sees none."""
    cuts = sorted(bisect_left(starts, start) for start, _ in spans[1:])
    for first, last in pairwise([0, *cuts, len(row)]):
        if first < last:
            yield row[first:last], starts[first:last]


def _masked(text: str, spans: Sequence[tuple[int, int]], words: Vocabulary) -> str:
    """The paragraph with quotations that no sentence ends inside of."""
    parts, at = [], 0
    for start, end in spans:
        last = text[end - 1] if text[end - 1] in ".?!," else "x"
        first, behind = quotation_marks.marked(text, start, end)
        if last in ".?!":
            goes_on = _goes_on(text[:first], last, text[behind : behind + 80], words)
            last = "," if goes_on else "."  # which ends a sentence whatever is behind it
        parts += [text[at:start], "X" * (end - start - 1), last]
        at = end
    return "".join([*parts, text[at:]])


def _goes_on(lead: str, last: str, behind: str, words: Vocabulary) -> bool:
    """Whether a sentence goes on behind a quotation that ends with a stop."""
    if _SIGNED.match(behind):  # magazines and pages of quotations: "…." — Ann Lee
        return True
    # Agency copy: "Who pays?" he asked; Russian agencies: "I pay." — said Ann Lee.
    may_report = last in "?!" or behind.lstrip(" ,")[:1] in _DASHES
    # But: She asked: "Who pays?" Lee said it was he.
    return may_report and _reports(behind, words) and not _introduces(lead, words)


def _introduces(lead: str, words: Vocabulary) -> bool:
    """Whether the words before a quotation report it: ``Lee asked Ray:``, ``Lee asked,``."""
    lead = lead.rstrip()[-_LEAD:]
    if not lead.endswith((":", ",")):
        return False
    row = tokens(lead)[:-1]
    begins = max((i + 1 for i, token in enumerate(row) if token.text in ".?!"), default=0)
    return any(token.low in words.inflected for token in row[begins:])


def _reports(behind: str, words: Vocabulary) -> bool:
    """Whether what follows a quotation begins with a reporting clause: ``Ms. Lee asked.``.

    One that begins like a sentence (``He said``) or ends with a colon reports what is behind it.
    """
    row, starts = placed(behind, 0, len(behind))
    opener = next((token for token in row if token.is_word), None)
    running = any(sign.islower() for sign in behind)  # no capital tells anything in capitals
    if opener is None or (running and opener.capital and opener.low in SUBJECTS | words.articles):
        return False
    for at, token in enumerate(row[:7]):  # a title, a full name and an adverb before the verb
        ends = (token.text in ".?!" and starts[at] > 4) or token.text in QUOTATION_MARKS
        if ends or token.low in words.inflected:
            return not ends and not (opener.capital and _ends_with_colon(row[at:]))
    return False


def _ends_with_colon(row: Row) -> bool:
    signs = (token.text for token in row if not token.is_word and token.text != ",")
    return next(signs, "") == ":"


# The clause of a quotation -------------------------------------------------------------------


def _choices(row: Row, cues: Sequence[Cue], words: Vocabulary) -> Iterator[tuple[int, Cue | None]]:
    """Each quotation of a sentence with the cue that it belongs to."""
    quotes = [i for i, token in enumerate(row) if token.text == QUOTE]
    if not quotes:
        return
    firsts, padded = [cue.first for cue in cues], [None, *cues]
    governing = _governing(row, cues, words)
    later = next((cue for cue in cues if not cue.relays), None)
    for quote in quotes:
        split = bisect_left(firsts, quote)
        before, (told, outer) = padded[split], governing[split]
        beside = before if _each_its_own(row, quote, before, cues[split : split + 1]) else None
        beside = beside or _directly_behind(row, quote, cues[split : split + 2])
        beside = beside or _final(row, quote, before, padded[-1])
        beside = beside or _free_relative(row, quote, before)
        opening = cues[0] if quote == 0 and cues else None
        yield quote, beside or told or outer or later or opening


def _governing(
    row: Row, cues: Sequence[Cue], words: Vocabulary
) -> list[tuple[Cue | None, Cue | None]]:
    """For each number of cues the last that is in no other's clause, first without media."""
    told: Cue | None = None
    outer: Cue | None = None
    governing = [(told, outer)]
    for cue in cues:
        if outer is None or outer.relays or is_new_clause(row, outer, cue, words):
            told, outer = told if cue.relays else cue, cue
        governing.append((told, outer))
    return governing


def _each_its_own(row: Row, quote: int, before: Cue | None, behind: Sequence[Cue]) -> bool:
    """Whether cues are before their own quotations: ``when Lee asked, "…", Ray replied, "…"``."""
    if before is None or not behind:
        return False
    return _quoted_by(row, before) == quote and _quoted_by(row, behind[0]) is not None


def _quoted_by(row: Row, cue: Cue) -> int | None:
    """The quotation directly behind a cue, or behind a comma or a colon."""
    at = cue.last + 1
    at += low(row, at) in (",", ":")
    return at if low(row, at) == QUOTE else None


def _directly_behind(row: Row, quote: int, behind: Sequence[Cue]) -> Cue | None:
    """The cue directly behind a quotation: ``"…," he said``, ``"…," said Ann Lee``."""
    if not behind:
        return None
    cue = behind[0]
    if len(behind) > 1 and cue.relays and behind[1].text == "saying":
        # Agency copy: "…," Interfax quoted Ann Lee as saying.
        return behind[1]
    if any(row[at].text == QUOTE for at in range(quote + 1, cue.first)):
        return None
    between = row[quote + 1 : min(cue.first, max(cue.subject_first, quote + 1))]
    as_told = low(between, len(between) - 1) == "as" and _ends_clause(row, cue)  # …, as she puts it
    between = between[: len(between) - as_told]
    lead = any(token.text not in SIGNS | {")"} for token in between)
    inverted = cue.first - quote <= 2  # "…," said Ann Lee
    return cue if inverted or (not lead and cue.subject_first > quote) else None


def _ends_clause(row: Row, cue: Cue) -> bool:
    """Whether nothing that a cue reports is behind it: ``as she puts it``, ``as he said in Rome``."""
    behind = low(row, cue.last + 1)
    return behind in ("", ".", ",", ";") or behind in ("at", "in", "last", "on")


def _final(row: Row, quote: int, before: Cue | None, cue: Cue | None) -> Cue | None:
    """The clause that ends a sentence whose other words are reported: ``…, Ann Lee said.``."""
    if cue is None or cue.relays or cue.first < quote or row[quote + 1].text == ".":
        return None
    # Agency copy ends with its source: Lee called it "…" on Monday, Reuters reported.
    if before is not None and (quote - before.last <= 3 or cue.text in ("reported", "reports")):
        return None
    # Behind the verb only a day or a place: …, Ann Lee said on Monday in a statement.
    ends = len(row) - cue.last < 8 and low(row, cue.last + 1) != ","
    follows = cue.subject_first > quote and row[cue.subject_first - 1].text == ","
    return cue if ends and follows else None


def _free_relative(row: Row, quote: int, before: Cue | None) -> Cue | None:
    """The cue of ``what he called "…"``."""
    close = before if before is not None and before.last == quote - 1 else None
    return close if close and row[close.subject_first - 1].low == "what" else None


def _is_scare(row: Row, quote: int, cues: Sequence[Cue], words: Vocabulary) -> bool:
    """Whether the words before a quotation say that it is a term or a title."""
    before = [at for at in range(max(0, quote - 3), quote) if row[at].is_word][-2:]
    terms = [at for at in before if row[at].low in words.scare]
    if all(any(cue.first <= at <= cue.last for cue in cues) for at in terms):
        return False
    # "the programme was “late”", "…, in a programme, “late and useless from its first day”"
    judged = terms[-1] < before[-1] and row[before[-1]].low in words.passive
    if judged or (row[quote - 1].text == "," and row[quote].length > _LONG):
        return False
    # He described the film as "…": the verb judges, whatever noun it has beside it.
    described = low(row, quote - 1) == "as" and not low(row, quote - 2).endswith(("ed", "known"))
    told = described and any(0 < quote - cue.last < 6 for cue in cues)
    return not told and row[quote - 1].text != ":"


def _points_back(row: Row, cue: Cue, words: Vocabulary) -> bool:
    """Whether a sentence tells who said what is before it: ``That was how Ann Lee put it.``."""
    if low(row, 0) not in words.backward:
        return False
    told = low(row, 1) in words.passive and low(row, 2) in ("how", "what", "the")
    return (told and cue.last > 2) or cue.first == 1


def _tell(found: list[Attribution], cue: Cue) -> None:
    """Give the quotations that are sentences of their own at the end of a paragraph a speaker."""
    for at in range(len(found) - 1, -1, -1):
        if not found[at].alone:
            break
        found[at] = found[at]._replace(speaker=cue.subject.name, cue=cue.text)


# A text --------------------------------------------------------------------------------------


class _Reader:
    """Reads paragraph after paragraph, and remembers in the discourse what it read."""

    _reports: list[Iterator[Report]]  # of the sentences of the paragraph at hand
    _found: list[Attribution]  # of the last paragraph

    def __init__(
        self, entities: Entities, discourse: Discourse, words: Vocabulary, reported: bool
    ) -> None:
        self._entities, self._discourse, self._words = entities, discourse, words
        self._reported = reported
        self._phrases = NounPhrases(entities, discourse, words)
        self._clauses = Clauses(self._phrases, discourse, words)
        self._found = []
        self._reporting = Clauses(self._phrases, discourse, words, words.reporting)

    def read(
        self, row: Row, starts: Sequence[int], spans: Sequence[tuple[int, int]]
    ) -> tuple[list[Attribution], Iterator[Report]]:
        """A paragraph's attributions of quotations and its reports, by the spans of sentences."""
        self._discourse.begin_paragraph()
        self._reports = []
        before, found = self._found, list[Attribution]()
        self._found = found
        waiting = True  # for the first words of the paragraph
        for sentence, own in _divided(row, starts, spans):
            if not any(token.is_word for token in sentence):
                found += [self._alone() for token in sentence if token.text == QUOTE]
                continue
            given, cue = self._sentence(sentence, own)
            if cue is not None and not given and _points_back(sentence, cue, self._words):
                _tell(found or before, cue)
            # Interviews and features: "It is late. Very late." "We go," said Ann Lee.
            if waiting and cue is not None:
                found[:] = [one._replace(speaker=cue.subject.name) for one in found]
            waiting = False
            found += given
        return found, chain.from_iterable(self._reports)

    def _alone(self) -> Attribution:
        """The attribution of a quotation that is a sentence of its own."""
        state = self._discourse
        subject = next(iter(state.subjects), None)
        # Features introduce somebody in a sentence and quote them in the next.
        if subject is not None and subject.kind == "person" and state.silent and not state.cue:
            state.speaker = subject
        return Attribution(state.speaker.name if state.speaker else "", state.cue, alone=True)

    def _sentence(self, row: Row, starts: Sequence[int]) -> tuple[list[Attribution], Cue | None]:
        """The attributions of a sentence's quotations, and the cue that it is remembered by."""
        state = self._discourse
        state.subject, state.subject_first = None, 0
        self._note_asking(row)
        state.subject, state.subject_first = self._phrases.subject(row) or (None, 0)
        cued = places(row, self._words)
        cues = list(self._clauses.cues(row, cued))
        subject = state.subject or (cues[0].subject if cues else None)
        # The source of a report, whoever else its sentence is about.
        if cues and cues[0].names_source(self._words) and not cues[0].relays:
            subject = cues[0].subject
        given: list[Attribution] = []
        used: Cue | None = None
        for quote, cue in _choices(row, cues, self._words):
            if cue is not None and (cue.first > quote or not self._is_topic(row, quote)):
                used = cue
                given.append(self._told(row, quote, cue, cues))
            else:
                given.append(self._without_cue(row, quote, subject))
        used = used or next((cue for cue in cues if not cue.relays), next(iter(cues), None))
        self._remember(row, subject, used, given)
        if self._reported:
            self._reports.append(reports(row, starts, self._reporting_cues(row, cued), self._words))
        return given, used

    def _reporting_cues(self, row: Row, cued: Sequence[int]) -> list[Cue]:
        """The cues of reports, from which the text's quotations learn nothing."""
        self._discourse.learns = False
        cues = list(self._reporting.cues(row, cued))
        self._discourse.learns = True
        return cues

    def _told(self, row: Row, quote: int, cue: Cue, cues: Sequence[Cue]) -> Attribution:
        """The attribution of a quotation by a cue."""
        words, noun = self._words, low(row, cue.first)
        links = low(row, quote + 1) in words.linking and low(row, quote + 1) != "in"
        return Attribution(
            cue.subject.name, cue.text,
            scare=_is_scare(row, quote, cues, words),
            answer=quote == 0 and links and cue.first > quote and noun in words.nouns,
            shown=cue.first < quote and noun in words.inscriptions,
        )  # fmt: skip

    def _note_asking(self, row: Row) -> None:
        """Note who asks in a sentence that begins so: ``Asked by Lee, he said``."""
        state = self._discourse
        asker = None
        if low(row, 0) in self._words.participles and low(row, 1) == "by":
            asker = self._phrases.after(row, 2)
        if asker is not None:
            state.asker = asker
            state.asked = next((one for one in state.subjects if one is not asker), None)

    def _without_cue(self, row: Row, quote: int, subject: Entity | None) -> Attribution:
        """The attribution of a quotation that no reporting word is beside."""
        speaker = self._label(row, quote)
        if speaker is None and row[quote].length > _LONG:
            speaker = subject or self._discourse.speaker
        if speaker is None:
            return Attribution("", "", scare=True)
        self._discourse.speaker = speaker
        return Attribution(speaker.name, "")

    def _label(self, row: Row, quote: int) -> Entity | None:
        """Who is named beside a quotation without a verb: ``Lavrov: "…"``, ``"…" (Lavrov)``."""
        if self._is_topic(row, quote):
            return self._discourse.speaker
        if low(row, quote - 1) == ":":
            return self._label_before(row[max(0, quote - _LABEL) : quote - 1])
        behind = row[quote + 1 : quote + 9]  # a signature: magazines, pages of quotations
        if low(behind, 0) == "(" or low(behind, 0) in _DASHES:
            name = next(names(behind[1:], self._words), None)
            if name is not None and name.first == 0 and name.words and self._signs(behind, name):
                return self._phrases.named(behind[1:], name)
        return None

    def _signs(self, behind: Row, name: Name) -> bool:
        """Whether a name behind a dash stands alone, and begins no aside: ``— Lee had heard it``."""
        after = behind[name.last + 2 :]
        if name.kind == "nation":  # "do svidaniya" — Russian for goodbye
            return False
        return not after or not after[0].is_word or after[0].low in self._words.prepositions

    def _label_before(self, label: Row) -> Entity | None:
        """Whom the words before a colon name: debates, interviews, lists of what was said."""
        people = [
            self._entities.person(name.words) for name in names(label, self._words)
            if len(name.words) > 1 and name.kind == "person"
        ]  # fmt: skip
        plain = self._phrases.labelled(label)
        return next(iter(people), None) or plain or self._discourse.subject

    def _is_topic(self, row: Row, quote: int) -> bool:
        """Whether a label before a token says what follows is about: ``On missile defence:``."""
        first = next((token.low for token in row if token.is_word), "")
        return low(row, quote - 1) == ":" and first in self._words.topics

    def _remember(
        self, row: Row, subject: Entity | None, cue: Cue | None, given: Sequence[Attribution]
    ) -> None:
        """Note who spoke in a sentence, whom it asked, and whom it spoke of."""
        state = self._discourse
        if cue is not None and cue.subject is self._clauses.nobody:
            state.speaker, state.asker, state.asked = subject or state.speaker, None, subject
        elif cue is not None:
            asks = cue.text.lower().split()[0] in self._words.asking
            state.mention(cue.subject)
            state.speaker, state.asker = cue.subject, cue.subject if asks else None
            state.asked = self._asked(row, cue) if asks else None
        if row[-1].text == QUOTE:
            state.cue = given[-1].cue
        else:
            state.cue = cue.text if cue is not None and given else ""
        state.silent = subject is not None and cue is None
        state.follow(subject, self._people(row))
        # Lists of statements; a longer sentence reports itself before its colon.
        if row[-1].text == ":" and len(row) < 12 and not (given or self._is_topic(row, len(row))):
            self._introduce(row)

    def _asked(self, row: Row, cue: Cue) -> Entity | None:
        """Whom a sentence asks: by name, or by a pronoun, which never means who asks."""
        pronoun, behind = low(row, cue.last + 1), row[cue.last + 2 : cue.last + 3]
        joins = self._words.clauses | self._words.prepositions
        owns = any(token.is_word and token.low not in joins for token in behind)  # her husband
        if pronoun not in ("her", "him") or owns:
            return next(self._people(row[cue.last + 1 :]), None)
        state = self._discourse
        recent = [*state.subjects, *state.company, *state.latest("person")]
        others = [one for one in recent if one is not cue.subject]
        return self._entities.by_pronoun(pronoun, others)

    def _introduce(self, row: Row) -> None:
        """Note whom a line introduces that ends with a colon: ``The minister:``."""
        named = self._phrases.resolve([token for token in row if token.is_word])
        if named is not None and not any(token.low in self._words.forms for token in row):
            self._discourse.speaker = named
        self._discourse.silent = False

    def _people(self, row: Row) -> Iterator[Entity]:
        """Those whom a row names."""
        named = (name.words for name in every_name(row, self._words) if name.words)
        return filter(None, map(self._entities.person, named))
