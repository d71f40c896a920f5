"""Who has the floor: whom the labels of a transcript name, by what else the page tells of them.

``MINISTER BERG`` is Anna Berg where the page or the codebook has her name, ``A`` whom the page says
it interviewed, ``AB`` the only one with these initials. Who is not named is anonymous.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from usru.codebook import Speakers
from usru.text.quotations._coreference import Entities
from usru.text.quotations._discourse import ANONYMOUS, Discourse, Entity
from usru.text.quotations._names import names
from usru.text.quotations._noun_phrases import NounPhrases
from usru.text.quotations._turns import Label, Turn
from usru.text.quotations.vocabulary import Vocabulary, low, tokens

_ACRONYM = 4  # letters of a medium's name that stay capitals: CNN, TASS
_PIECE = re.compile(r"[^\W\d_]+")
_MIXED = re.compile(r"\b[A-Z][a-z]+[A-Z][a-z]+\b")
_LOWER = re.compile(r"\b[a-z]{3,}\b")
_MAC = re.compile(r"Mc[A-Z]{2,}")
# Who asks is no interviewee: "our correspondent Ann Lee spoke to …".
_ASKING = frozenset(
    ["correspondent", "editor", "interviewer", "journalist", "presenter", "reporter"]
)
_INTERVIEW = re.compile(
    r"\b(?:interview(?:s|ed|ing)?|Q ?& ?A|questions|conversation)\b(?: with| to| for|:)? (?=[A-Z])"
    r"|\b(?:asked|meets?|met) (?=[A-Z])",
    re.IGNORECASE,
)


class Beside(NamedTuple):
    """What a page prints around its story, by what it tells of those who speak."""

    titles: Sequence[str]
    writers: Sequence[str]  # who wrote it or took its pictures
    people: Sequence[str]  # captions and section titles, which introduce people
    lines: Sequence[str]  # all lines that may print a full name


def name(
    turns: Sequence[Turn | None], texts: Sequence[str], beside: Beside, speakers: Speakers,
    words: Vocabulary,
) -> None:  # fmt: skip
    """Give each turn its speaker, by the `texts` of the story, without labels, and what is beside."""
    floor = _Floor(turns, texts, beside, speakers, words)
    given: dict[tuple[str, str], str] = {}
    for turn in filter(None, turns):
        key = turn.label.kind, turn.label.key
        if key not in given:
            given[key] = floor.speaker(turn.label)
        turn.speaker = given[key]


class _Floor:
    """Whom the labels of one transcript name."""

    def __init__(
        self, turns: Sequence[Turn | None], texts: Sequence[str], beside: Beside,
        speakers: Speakers, words: Vocabulary,
    ) -> None:  # fmt: skip
        self._words, self._beside = words, beside
        self._writers = " ".join(beside.writers).casefold()
        labels = {turn.label.key: turn.label for turn in turns if turn is not None}
        named = [_running(one.name, words) for one in labels.values() if one.kind == "named"]
        first = next((i for i, turn in enumerate(turns) if turn is not None), len(texts))
        self._intro = list(texts[:first])
        # Capitals do not tell how a name is written: DeVos, McAdden.
        self._printed: dict[str, str] = {
            word.casefold(): word for text in texts for word in _MIXED.findall(text)
        }
        self._lower = {word for text in texts for word in _LOWER.findall(text)}
        discourse = Discourse()
        # Longer names first, so that a surname finds its full name.
        told = sorted(named, key=lambda one: -len(one.split()))
        rows = [tokens(text) for text in (*texts, *beside.people, *told)]
        self._entities = Entities(rows, speakers, words, discourse)
        self._phrases = NounPhrases(self._entities, discourse, words)

    def speaker(self, label: Label) -> str:
        """The canonical name of whoever a label means."""
        if label.kind == "answers":
            return self._interviewee()
        if label.kind != "named":
            return ANONYMOUS
        printed = _running(label.name, self._words)
        found = self._by_initials(label.printed) or self._by_office(printed)
        found = found or self._phrases.resolve(tokens(printed))
        if found is None:
            return printed
        return self._in_full(found.name) if found.kind == "person" else found.name or printed

    def _by_office(self, printed: str) -> Entity | None:
        """Whom an office without a name means: ``THE PRESIDENT`` below ``Remarks by President Lee``."""
        row = tokens(printed)
        if next((name.kind for name in names(row, self._words)), "role") != "role":
            return None
        office = " ".join(token.text for token in row if token.low not in self._words.articles)
        # No vice president is meant by the president.
        pattern = re.compile(
            rf"(?:^|[,;:.] |\b(?:[Bb]y|[Ww]ith|and|[Tt]he|of) ){re.escape(office)} (?=[A-Z])"
        )
        for text in (*self._beside.lines, *self._intro):
            match = pattern.search(text)
            behind = tokens(text[match.end() : match.end() + 60]) if match else []
            name = next(names(behind, self._words), None)
            if name is not None and name.first == 0 and name.kind in ("person", "name"):
                return self._entities.meet(name.words, name.role)
        lows = {word.lower() for word in office.split()}
        held = [one for one in self._people() if lows <= one.role]
        return held[0] if len(held) == 1 else Entity(ANONYMOUS, ANONYMOUS)

    def _in_full(self, own: str) -> str:
        """The full name that a page prints of a surname: ``Remarks by Anna Berg``."""
        if len(own.split()) > 1:
            return own
        words = self._words
        known = words.before_names | words.modifiers | words.nations.keys() | words.never_names
        pattern = re.compile(rf"((?:[A-Z][\w.’'-]+ ){{1,2}})((?i:{re.escape(own)}))\b")
        for match in filter(None, map(pattern.search, self._beside.lines)):
            before = [word for word in match[1].split() if word.lower().rstrip(".") not in known]
            if before:
                return " ".join([*before, match[2]])
        return self._printed.get(own.casefold(), own)

    def _by_initials(self, printed: str) -> Entity | None:
        """Who alone has the initials that a magazine prints for a name."""
        plain = printed.replace(".", "")
        if not (2 <= len(plain) <= 3 and plain.isupper()) or plain.lower() in self._words.media:
            return None
        people = (one for one in self._entities.members if one.kind == "person")
        alike = [one for one in people if "".join(part[0] for part in one.name.split()) == plain]
        return alike[0] if len(alike) == 1 else None

    # Whom an outlet interviewed ------------------------------------------------------------------

    def _interviewee(self) -> str:
        """Whom the page says it spoke to: in its title, or else before the first question."""
        named = Counter(one for text in self._intro for one in self._named(text))
        for title in self._beside.titles:
            people = [one for one in named or self._people() if one.name.split()[-1] in title]
            if len(people) == 1:
                return people[0].name
        asked = (one for text in (*self._beside.titles, *self._intro) for one in self._asked(text))
        found = next(asked, None) or next(iter(named), None)
        return found.name if found is not None else ANONYMOUS

    def _people(self) -> list[Entity]:
        return [one for one in self._entities.members if self._may_answer(one)]

    def _may_answer(self, one: Entity) -> bool:
        """Whether somebody is a person who did not ask, by a name and not by words of a title."""
        parts = one.name.split()
        plain = one.kind == "person" and not one.role & _ASKING
        named = parts[-1].lower() not in self._lower and not (
            len(parts[0]) > 1 and parts[0].isupper()
        )
        return plain and named and one.name.casefold() not in self._writers

    def _named(self, text: str) -> Iterator[Entity]:
        """Those whom a text names, other than as a place, and who may answer, in their order."""
        row = tokens(text)
        for found in names(row, self._words):
            placed = low(row, found.first - 1) in self._words.places
            one = self._entities.person(found.words) if found.words and not placed else None
            if one is not None and self._may_answer(one):
                yield one

    def _asked(self, text: str) -> Iterator[Entity]:
        """Those whom a text says were interviewed: ``in an interview with Anna Berg``."""
        for match in _INTERVIEW.finditer(text):
            behind = text[match.end() : match.end() + 120]
            found = next(names(tokens(behind), self._words), None)
            # A title may be all that has the name.
            if (
                found is not None
                and found.kind in ("person", "name")
                and len(found.words) in (2, 3)
            ):
                self._entities.meet(found.words, found.role)
            yield from list(self._named(behind))[:1]


def _running(name: str, words: Vocabulary) -> str:
    """A label in capitals as running text has it: ``MINISTER BERG`` as ``Minister Berg``."""
    return " ".join(_word(word, words) for word in name.replace("*", "").split())


def _word(word: str, words: Vocabulary) -> str:
    low = word.lower().strip(".,")
    if _MAC.match(word):
        return word[:2] + word[2:].capitalize()
    is_acronym = len(low) <= _ACRONYM and low in words.media | words.institutions
    if not word.isupper() or is_acronym or "." in word.strip("."):
        return word
    return _PIECE.sub(lambda piece: piece[0].capitalize(), word)
