"""Noun phrases to the people that they mean: ``the minister``, ``her spokesman``, ``he``.

A phrase is about its last name or noun that no preposition inside it governs (``a spokesman for
Merkel`` is about the spokesman). Whom that means depends on whom the text spoke of last.
"""

from collections.abc import Sequence

from usru.text.cast import ANONYMOUS, Cast, Entity, Name, names
from usru.text.vocabulary import QUOTE, Token, words

__all__ = ["REACH", "SUBJECTS", "Phrases", "Row", "Subject", "begins", "is_skipped"]

REACH = 40
"""Words within which a noun phrase, and what it hangs on, is looked for."""

RECENT = 3
"""Paragraphs within which ``the official`` still means the unnamed official before."""

SUBJECTS = frozenset(["he", "she", "it", "they"])
"""Pronouns that can be a subject."""

_OBJECTS = {"him": "he", "her": "she", "them": "they"}
_POSSESSIVES = {"his": "he", "her": "she", "its": "it", "their": "they"}
_STOPS = frozenset([",", QUOTE, ";", ":", "(", "—", "–", "."])

Row = Sequence[Token]
Subject = tuple[Entity, int]
"""Who is the subject of a verb, and the token that their noun phrase begins at."""


class Phrases:
    """Whom a noun phrase means, in the light of whom the text spoke of last.

    Parameters
    ----------
    cast : Cast
        The people and institutions of the text.

    Attributes
    ----------
    speaker, local : Entity or None
        Who spoke last, and whom the sentence at hand is about.
    subjects : list of Entity
        Whom the sentences before were about, the latest first.

    Examples
    --------
    >>> from usru.text.speakers import read
    >>> from usru.text.vocabulary import tokens
    >>> text = tokens("The German minister Ann Lee met Bob Ray.")
    >>> Phrases(Cast([text], read())).resolve(tokens("the minister")).name
    'Ann Lee'
    """

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.speaker: Entity | None = None
        self.subjects: list[Entity] = []
        self.local: Entity | None = None
        self.local_first = 0
        self.asker: Entity | None = None
        self.asked: Entity | None = None
        self.paragraph = 0
        self._unnamed: dict[str, tuple[Entity, int]] = {}

    def resolve(self, phrase: Row, inverted: bool = False) -> Entity | None:
        """Whom a noun phrase means; nothing when it is no speaker.

        Where it is `inverted` (``said the envoy in Rome, Ann Lee``) what it is
        about stands first, otherwise last.
        """
        if not phrase:
            return None
        last = phrase[-1].low
        if last in SUBJECTS or (last in _OBJECTS and len(phrase) == 1):
            return self.pronoun(_OBJECTS.get(last, last))
        if last in words().speechless:
            return None
        every = list(names(phrase))
        begins = {i: name.first for name in every for i in range(name.first, name.last + 1)}
        found = [name for name in every if _stands_free(phrase, name, begins)]
        heads = [
            i
            for i in range(len(phrase))
            if _is_head(phrase, i) and not _governed(phrase, i, begins)
        ]
        name = _chosen(phrase, found, heads, inverted)
        entity = self.named(phrase, name) if name is not None else None
        indefinite = phrase[0].low in words().indefinite and phrase[-1].text[0].islower()
        if indefinite and not heads and name is not None and name.first == 1:
            return self.unnamed(phrase[-1].low)
        if entity is None and heads:
            return self._by_head(phrase, heads[0] if inverted else heads[-1])
        return entity

    def pronoun(self, pronoun: str) -> Entity | None:
        """Whom a pronoun means."""
        recent = [self.local, self.asked, *self.subjects, self.speaker]
        asker = self.asker
        if asker is not None and (self.asked is not None or asker.kind == "anonymous"):
            recent = [entity for entity in recent if entity is not asker]
        if pronoun in ("it", "they"):
            recent = [self.local, self.speaker, *self.subjects]
        return self.cast.by_pronoun(pronoun, [*recent, *self.cast.latest()])

    def named(self, phrase: Row, name: Name) -> Entity | None:
        """Whom a name in a phrase means."""
        vocabulary, cast = words(), self.cast
        if name.kind == "role":
            lows = [token.low for token in phrase[name.first : name.last + 1]]
            head = next((low for low in reversed(lows) if low in vocabulary.roles), "")
            return self._by_role(phrase[: name.last + 1], head, set(name.role))
        person = cast.person(name.words)
        if person is None and vocabulary.media & {word.casefold() for word in name.words}:
            return Entity(" ".join(name.words), "media")
        if name.kind == "nation" and name.first and phrase[name.first - 1].low == "the":
            somebody = cast.by_nation(name.words[0].lower())
            if somebody is not None and len(name.words) == 1:
                return somebody
        if name.kind in ("nation", "institution"):
            return cast.institution(name.words)
        if person is None and (name.kind == "person" or len(name.words) > 1):
            return cast.meet(name.words, name.role)
        return person or cast.institution(name.words)

    def _by_head(self, phrase: Row, head: int) -> Entity | None:
        """Whom a phrase means by its head, a noun that is no name."""
        vocabulary = words()
        token = phrase[head]
        start = _article(phrase, head)
        issued = vocabulary.institutions | vocabulary.documents
        news = head and phrase[head - 1].low in vocabulary.media
        if token.low in vocabulary.media and (token.low not in issued or news):
            return Entity(token.text, "media")
        if token.low in vocabulary.documents and token.low not in vocabulary.roles:
            return self.speaker if self.speaker and self.speaker.kind != "media" else None
        if token.low in vocabulary.roles:
            if not _is_definite(phrase, start, head):
                return self.unnamed(token.low)
            others = {other.low for other in phrase[start : head + 6]} - {token.low}
            return self._by_role(phrase[start : head + 1], token.low, others)
        if token.low in vocabulary.unnamed:
            return self.unnamed(token.low)
        institution = self.cast.by_word(token.low)
        if institution is None and head and phrase[start].low in vocabulary.indefinite:
            return self.unnamed(token.low)
        own = [t.text for t in phrase[start : head + 1] if t.low not in vocabulary.determiners]
        if token.low in vocabulary.media and any(t[0].isupper() for t in own):
            own = [t for t in own if t[0].isupper()]
        return institution or self.cast.institution(own)

    def _by_role(self, phrase: Row, head: str, others: set[str]) -> Entity | None:
        """Whom a role means: a person of the text, else somebody unnamed."""
        vocabulary = words()
        if phrase[0].low in vocabulary.indefinite:
            return self.unnamed(head)
        current = self.local or next(iter(self.subjects), None)
        found = self.cast.by_role(head, others - {head}, current)
        unnamed, since = self._unnamed.get(head, (None, -RECENT - 1))
        recent = self.paragraph - since <= RECENT and not others & vocabulary.nations.keys()
        if unnamed is not None and recent and (found is None or found is not current):
            return unnamed
        subject = next(iter(self.subjects), None)
        if found is None and subject is not None and subject.kind == "person":
            gender = vocabulary.genders.get(head)
            if gender is None or subject.gender in (None, gender):
                return subject
        return found or self.unnamed(head)

    def unnamed(self, head: str) -> Entity:
        """A new source without a name."""
        vocabulary = words()
        plural = head in vocabulary.unnamed and head.endswith("s")
        gender = "plural" if plural else vocabulary.genders.get(head)
        entity = Entity(ANONYMOUS, "anonymous", gender, {head})
        self._unnamed[head] = entity, self.paragraph
        return entity

    # Where a noun phrase stands --------------------------------------------------------------

    def before(self, row: Row, verb: int) -> Subject | None:
        """The subject that stands before a verb."""
        vocabulary = words()
        at = verb - 1
        while at >= 0 and is_skipped(row[at]):
            at -= 1
        at = _before_time(row, at)
        if at >= 0 and row[at].text == ")":
            opened = range(at, max(0, at - REACH), -1)
            at = next((i - 1 for i in opened if row[i].text == "("), -1)
        if at < 0 or row[at].text in (QUOTE, ";", ":"):
            return None
        if row[at].text in (",", "—", "–"):
            return self._before_apposition(row, at)
        first = _phrase_start(row, at)
        phrase = row[first : at + 1]
        if phrase[-1].low in ("who", "which"):
            return None
        return begins(self.resolve(phrase), first + (phrase[0].low in vocabulary.prepositions))

    def _before_apposition(self, row: Row, comma: int) -> Subject | None:
        """The noun phrase that an apposition or a clause between commas hangs on."""
        at = comma
        for _ in range(5):
            first = at
            while first > 0 and row[first - 1].text not in _STOPS:
                first -= 1
            segment = row[first:at]
            named = self._apposed(segment)
            if named is not None:
                return named, first
            start = _phrase_start(row, at - 1) if segment else first
            inside = start > first and next(names(row[start:at]), None) is not None
            if segment and not _is_clause(segment) and (inside or not _is_aside(segment)):
                subject = self.resolve(row[start:at])
                if subject is not None:
                    return subject, start
            if first == 0 or row[first - 1].text in (QUOTE, ";", ":", "."):
                break
            at = first - 1
        return None

    def _apposed(self, segment: Row) -> Entity | None:
        """The person whose full name ends what stands between two commas."""
        found = [name for name in names(segment) if len(name.words) > 1]
        if not found or found[-1].last != len(segment) - 1:
            return None
        if segment[0].low in words().prepositions or _is_clause(segment):
            return None
        entity = self.named(segment, found[-1])
        return entity if entity is not None and entity.kind == "person" else None

    def after(self, row: Row, first: int) -> Entity | None:
        """Whom the noun phrase means that begins at a token, behind its verb."""
        stop = first
        while stop < min(len(row), first + REACH) and not _ends_phrase(row, first, stop):
            stop += 1
        return self.resolve(row[first:stop], inverted=True)

    def antecedent(self, row: Row, who: int) -> Subject | None:
        """Whom a relative clause is about: ``Boris Johnson, who told``."""
        at = who - 1 if row[who - 1].text != "," else who - 2
        if at < 0:
            return None
        first = _phrase_start(row, at)
        phrase = row[first : at + 1]
        found = [name for name in names(phrase) if name.words]
        if found and found[-1].last == at - first:
            return begins(self.named(phrase, found[-1]), first)
        if first > 1 and row[first - 1].text == ",":
            start = max(0, first - 1 - REACH)
            before = row[start : first - 1]
            apposed = [name for name in names(before) if name.words]
            if apposed and apposed[-1].last == len(before) - 1:
                return begins(self.named(before, apposed[-1]), start + apposed[-1].first)
        return begins(self.resolve(phrase), first)

    def possessor(self, row: Row, noun: int) -> Subject | None:
        """Whose word a noun reports: ``Schiff's claim of``, ``his remark that``."""
        for at in range(noun - 1, max(-1, noun - 5), -1):
            token = row[at]
            if token.low in _POSSESSIVES:
                return begins(self.pronoun(_POSSESSIVES[token.low]), at)
            if token.possessive:
                first = _phrase_start(row, at)
                return begins(self.resolve([*row[first:at], token._replace(text=token.bare)]), at)
            if not token.text[0].islower():
                break
        return None

    def subject(self, row: Row) -> Subject | None:
        """The first person that a sentence speaks of in the place of a subject."""
        found = {name.first: name for name in names(row)}
        i = _main_clause(row, found)
        while i < len(row):
            name = found.get(i)
            if name is not None:
                i = name.last + 1
                if _is_object(row, name) or _qualifies_role(row, i):
                    continue
                entity = self._named_subject(row, name)
                if entity is not None or name.kind == "role":
                    return begins(entity, name.first)
                continue
            if row[i].low in ("he", "she"):
                return begins(self.pronoun(row[i].low), i)
            led = i + 1 in found or _qualifies_role(row, i + 1)
            if i and not led and row[i].low in words().people and not row[i].possessive:
                first = _phrase_start(row, i)
                phrase = row[first : i + 1]
                if not any(token.low in words().prepositions for token in phrase):
                    named = self._named_after_comma(row, _post(row, i + 1))
                    return begins(named or self.resolve(phrase), first)
            i += 1
        return None

    def _named_subject(self, row: Row, name: Name) -> Entity | None:
        """Whom a name in the place of a subject means, if the text knows them."""
        if name.kind == "role":
            return self.resolve(row[max(0, name.first - 1) : name.last + 1])
        if name.kind == "institution":
            return self.cast.institution(name.words)
        if name.kind == "nation":
            return None
        acronym = len(name.words) == 1 and name.words[0].isupper() and len(name.words[0]) > 2
        person = self.cast.person(name.words)
        article = bool(name.first) and row[name.first - 1].low == "the"
        return person or (self.cast.institution(name.words) if acronym or article else None)

    def _named_after_comma(self, row: Row, comma: int) -> Entity | None:
        """The person whose name stands in apposition behind a comma."""
        if comma >= len(row) or row[comma].text != ",":
            return None
        behind = range(comma + 1, min(len(row), comma + REACH))
        stop = next((i for i in behind if row[i].text in ",;."), behind.stop)
        return self._apposed(row[comma + 1 : stop])


def _post(row: Row, at: int) -> int:
    """Behind a role and the place of it, if one is given: ``ambassador in Rome``."""
    if at < len(row) and row[at].low in ("in", "to", "of", "at", "for", "on"):
        comma = next((i for i in range(at, min(len(row), at + 6)) if row[i].text == ","), at)
        return comma if all(token.is_word for token in row[at:comma]) else at
    return at


def begins(entity: Entity | None, first: int) -> Subject | None:
    """Return who a phrase means with the token that it begins at; nothing where it means nobody.

    Examples
    --------
    >>> begins(None, 3)
    """
    return (entity, first) if entity is not None else None


def _is_head(phrase: Row, at: int) -> bool:
    """Whether a token is a noun that a phrase can be about."""
    vocabulary, token = words(), phrase[at]
    if token.low not in vocabulary.heads or token.possessive:
        return False
    if token.capital and token.low not in vocabulary.unnamed:
        return False
    counts = token.low in vocabulary.quantities and at + 1 < len(phrase)
    return not counts or phrase[at + 1].low == "of"


def _stands_free(phrase: Row, name: Name, begins: dict[int, int]) -> bool:
    """Whether a name is what a phrase is about, not what qualifies it."""
    governed = _governed(phrase, name.first, begins) and not _titled(phrase, name)
    return not governed and not phrase[name.last].possessive


def _governed(phrase: Row, at: int, begins: dict[int, int]) -> bool:
    """Whether a preposition inside the phrase governs a token: ``a spokesman for Merkel``.

    `begins` leads from each token of a name to the name's first.
    """
    vocabulary = words()
    i = at - 1
    while i >= 0:
        token = phrase[i]
        if i in begins and begins.get(at) != begins[i]:
            i = begins[i] - 1
            continue
        if token.low in vocabulary.prepositions:
            return i > 0
        if token.low in vocabulary.articles and i > 0 and not token.possessive:
            return phrase[i - 1].low in vocabulary.prepositions and i > 1
        inside = token.possessive or token.text[0].islower() or token.low in vocabulary.nations
        if not inside:
            return False
        i -= 1
    return False


def _titled(phrase: Row, name: Name) -> bool:
    """Whether a name closes a title with a post in it: ``envoy to the UN Nikki Haley``."""
    vocabulary = words()
    closes = name.last == len(phrase) - 1 and len(name.words) > 1
    posted = bool(name.role) and name.role <= vocabulary.nations.keys()
    posted = posted or phrase[0].low in vocabulary.roles
    return closes and posted and any(t.low in vocabulary.roles for t in phrase[: name.first])


def _chosen(
    phrase: Row, found: Sequence[Name], heads: Sequence[int], inverted: bool
) -> Name | None:
    """The name that a phrase is about; none when it is about a noun."""
    if not found or not heads:
        return found[0 if inverted else -1] if found else None
    first, last = found[0], found[-1]
    if not inverted:
        return last if last.last > heads[-1] else None
    between = phrase[heads[0] : last.first]
    if last.first > heads[0] and not any(t.low in words().prepositions for t in between):
        return last if last.last > heads[-1] or last.kind == "person" else None
    return first if first.first < heads[0] and first.kind == "person" else None


def _article(phrase: Row, head: int) -> int:
    """Where the article or genitive before a head stands; 0 when there is none."""
    articles = words().articles
    before = range(head - 1, -1, -1)
    return next((i for i in before if phrase[i].low in articles or phrase[i].possessive), 0)


def _is_definite(phrase: Row, start: int, head: int) -> bool:
    """Whether a role means somebody spoken of: ``the envoy``, ``Ann's envoy``, ``UN envoy``."""
    vocabulary, low = words(), phrase[start].low if head else ""
    if low in vocabulary.indefinite:
        return False
    capitals = any(token.capital for token in phrase[start:head])
    return low in vocabulary.determiners or phrase[start].possessive or capitals


def is_skipped(token: Token) -> bool:
    """Whether a word may stand between a subject and its verb."""
    between = token.low in words().between or token.low.endswith("ly")
    return (between and not token.capital) or token.low in words().calendar


def _before_time(row: Row, at: int) -> int:
    """The token before such words as ``a day earlier`` and ``last night``."""
    times = words().times
    if (
        at >= 3
        and row[at].low in ("earlier", "later", "before", "ago")
        and row[at - 1].low in times
    ):
        return at - 3
    if at >= 2 and row[at].low in times and row[at - 1].low in ("last", "this", "that", "next"):
        return at - 2
    return at


def _phrase_start(row: Row, at: int) -> int:
    """Where the noun phrase that ends at a token begins."""
    vocabulary = words()
    first = at
    while first > max(0, at - REACH):
        token = row[first - 1]
        titled = token.text == "." and first > 1 and row[first - 2].low in vocabulary.titles
        if not token.is_word and not titled:
            break
        if token.low in vocabulary.clauses or (token.low in vocabulary.verbs and not token.capital):
            break
        first -= 1
    return first


def _ends_phrase(row: Row, first: int, at: int) -> bool:
    """Whether a noun phrase that begins at one token has ended before another."""
    vocabulary, token = words(), row[at]
    if token.text[0] in ",;:()—–" or token.text == QUOTE or token.low in vocabulary.clauses:
        return True
    if token.text == ".":
        return not at or row[at - 1].low not in vocabulary.titles
    if at == first:
        return False
    verb = token.low in vocabulary.verbs and token.low not in vocabulary.roles
    return token.low in ("in", "on", "during", "after", "before") or (verb and not token.capital)


def _main_clause(row: Row, found: dict[int, Name]) -> int:
    """Where the main clause begins, behind a subordinate one."""
    if not row or row[0].low not in words().subordinators | words().participles:
        return 0
    commas = [i for i, token in enumerate(row) if token.text == ","]
    comma = next(iter(commas), None)
    if row[0].low in words().participles:
        told = [i for i in commas if any(words().inflected(t.low) for t in row[i + 1 : i + 7])]
        return (told or commas or [-1])[-1 if told else 0] + 1
    people = [name for name in found.values() if name.kind in ("person", "name")]
    if comma is not None and any(name.first > comma for name in people):
        return comma + 1
    return people[0].last + 1 if len(people) > 1 else 0


def _is_object(row: Row, name: Name) -> bool:
    """Whether a name is a genitive or stands behind a preposition."""
    vocabulary = words()
    before = row[name.first - 1].low if name.first else ""
    if before in vocabulary.determiners and name.first > 1:
        before = row[name.first - 2].low
    return before in vocabulary.prepositions or row[name.last].possessive


def _qualifies_role(row: Row, at: int) -> bool:
    """Whether a name only qualifies a role behind it: ``Kremlin spokesman``."""
    vocabulary = words()
    for token in row[at : at + 3]:
        if not token.text[0].islower() or vocabulary.inflected(token.low):
            return False
        if token.low in vocabulary.roles:
            return True
    return False


def _is_clause(segment: Row) -> bool:
    """Whether what stands between commas is a clause: ``who came``, ``speaking in Bonn``."""
    return segment[0].low in words().relatives or segment[0].low.endswith("ing")


def _is_aside(segment: Row) -> bool:
    """Whether what stands between commas is an apposition or a remark, not the subject."""
    vocabulary, first = words(), segment[0]
    if first.low in vocabulary.asides or first.low.isdigit():
        return True
    if first.capital:
        return len(segment) <= 2 and first.low in (*vocabulary.nations, "r", "d")
    if first.low != "the":
        return True
    return len(segment) > 3 and any(token.low in vocabulary.roles for token in segment)
