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
from usru.text.quotations.vocabulary import Vocabulary, tokens

_ACRONYM = 4  # letters of a medium's name that stay capitals: CNN, TASS
_PIECE = re.compile(r"[^\W\d_]+")
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
        initials = self._by_initials(label.printed)
        if initials is not None:
            return initials.name
        found = self._phrases.resolve(tokens(printed))
        if found is None:
            return printed
        return self._in_full(found.name) if found.kind == "person" else found.name or printed

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
        return own

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
        for title in self._beside.titles:
            named = [one for one in self._people() if one.name.split()[-1] in title]
            if len(set(named)) == 1:
                return named[0].name
        asked = [one for text in (*self._beside.titles, *self._intro) for one in self._asked(text)]
        spoken_of = Counter(one for text in self._intro for one in self._named(text))
        first = next(iter(asked), None) or next(iter(spoken_of), None)
        return first.name if first is not None else ANONYMOUS

    def _people(self) -> list[Entity]:
        return [one for one in self._entities.members if self._may_answer(one)]

    def _may_answer(self, one: Entity | None) -> bool:
        return (
            one is not None and one.kind == "person" and not one.role & _ASKING
            and one.name.casefold() not in self._writers
        )  # fmt: skip

    def _named(self, text: str) -> Iterator[Entity]:
        """Those whom a text names and who may answer, in their order."""
        for found in names(tokens(text), self._words):
            one = self._entities.person(found.words) if found.words else None
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
