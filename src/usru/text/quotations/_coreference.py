"""The people and institutions of a text, and which of them a name, role, noun or pronoun means.

A surname, a role (``the Russian minister``) or a pronoun means the person that it fits best, the
latest where several fit.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from usru.codebook import Known, Speakers
from usru.text.quotations._discourse import ANONYMOUS, Discourse, Entity
from usru.text.quotations._names import Name, acts, described, every_name
from usru.text.quotations.vocabulary import QUOTE, Row, Vocabulary

_GENDERS = {"he": "male", "his": "male", "him": "male", "she": "female", "her": "female"}
LONG_NAME = 6
"""As many words in capitals are a headline in title case, not a name."""

_STOPS = frozenset([".", "!", "?"])
_PARTING = frozenset([QUOTE, ":", "(", ",", "—", "–", "-"])  # signs that no heading holds
_HUMAN, _PLURAL = ("person", ANONYMOUS), ("institution", ANONYMOUS, "media")


class Owner(NamedTuple):
    """Whose somebody is: ``Lee's lawyer``. Who is not named, too, has words for them."""

    entity: Entity | None
    words: frozenset[str]


class Entities:
    """The people and institutions of one text, from its paragraphs without their quotations."""

    def __init__(
        self, rows: Sequence[Row], speakers: Speakers, words: Vocabulary, discourse: Discourse
    ) -> None:
        self._words, self._discourse = words, discourse
        self._known = {
            _folded(name): who for who in speakers.known for name in (who.name, *who.aliases)
        }
        people = [who for who in reversed(speakers.known) if who.is_person]
        self._surnames = {_folded(who.name)[-1]: who for who in people}
        self._offices = [
            (who, role.title.lower().split()) for who in speakers.known for role in who.roles
        ]
        self.members: list[Entity] = []
        self._by_name: dict[str, Entity] = {}
        self._institutions: dict[str, Entity] = {}
        self._people: defaultdict[str, list[Entity]] = defaultdict(list)  # by each word of a name
        self._by_word: defaultdict[str, list[Entity]] = defaultdict(list)  # institutions
        self._by_role: defaultdict[str, dict[Entity, None]] = defaultdict(dict)
        self._named: dict[tuple[str, ...], Sequence[Entity]] = {}  # until somebody else is met
        self._read(rows)

    def _read(self, rows: Sequence[Row]) -> None:
        """Meet everybody whom a text names, before anybody is looked for."""
        found = [
            (row, every_name(row, self._words)) for row in rows if not _is_heading(row, self._words)
        ]
        each = [(row, name) for row, own in found for name in own]
        alone = {name.words[0].casefold() for _, name in each if len(name.words) == 1}
        for row, name in each:
            if name.kind == "institution" or (name.kind == "name" and name.is_acronym):
                self._abbreviate(row, name, self.institution(name.words))
            if name.kind in ("person", "name") and 1 < len(name.words) < LONG_NAME:
                self._meet_if_person(row, name, alone)
        for _, name in each:
            if name.role:
                self._learn_gender_of_title(name)
        self._learn_genders(found)

    def _abbreviate(self, row: Row, name: Name, entity: Entity) -> None:
        """Learn what abbreviates a name: ``Ministry of External Affairs (MEA)``."""
        behind = [token.text for token in row[name.last + 1 : name.last + 4]]
        if len(behind) == 3 and behind[0] == "(" and behind[2] == ")" and behind[1].isupper():
            self._by_word[behind[1].casefold()].append(entity)

    def _meet_if_person(self, row: Row, name: Name, surnames: set[str]) -> None:
        """Meet whom a full name means, unless nothing tells it from that of a place or a film."""
        about = described(row, name, self._words)
        certain = name.kind == "person" or about or acts(row, name, self._words)
        repeated = name.words[-1].casefold() in surnames
        if certain or repeated or _folded(" ".join(name.words)) in self._known:
            self.meet(name.words, about)

    def _learn_gender_of_title(self, name: Name) -> None:
        told = self._told(name.role)
        entity = self.person(name.words, name.role) if told and name.words else None
        if entity is not None:
            entity.gender = told

    def _told(self, role: Iterable[str]) -> str | None:
        """The gender that the title or the role before a name tells."""
        genders = {self._words.genders[word] for word in role if word in self._words.genders}
        return genders.pop() if len(genders) == 1 else None

    def _learn_genders(self, found: Iterable[tuple[Row, Sequence[Name]]]) -> None:
        """Pronouns behind the only person that a sentence names tell that person's gender."""
        votes: defaultdict[Entity, set[str]] = defaultdict(set)
        sought: set[tuple[Sequence[str], Iterable[str]]] = set()
        for row, own in found:
            if _GENDERS.keys().isdisjoint([token.low for token in row]):
                self._meet_known(own, sought)
                continue
            for entity, gender in self._votes(row, {name.first: name for name in own}):
                votes[entity].add(gender)
        for entity, given in votes.items():
            # "Karl Holm said that her letter": the given name tells more than the pronoun.
            if self.gender(entity) is None and len(given) == 1:
                entity.gender = given.pop()

    def _meet_known(
        self, own: Iterable[Name], sought: set[tuple[Sequence[str], Iterable[str]]]
    ) -> None:
        """Meet those of a paragraph's names who are known beforehand, each once."""
        for name in own:
            told = name.words, name.role
            if name.words and told not in sought:
                sought.add(told)
                self.person(*told)

    def _votes(self, row: Row, at: dict[int, Name]) -> Iterator[tuple[Entity, str]]:
        """The pronouns of a paragraph that can mean nobody else than the person before them."""
        named: set[Entity] = set()
        alone = True
        for i, token in enumerate(row):
            name = at.get(i)
            if name is not None:
                entity = self.person(name.words, name.role) if name.words else None
                alone = alone and (entity is not None or name.kind != "role")
                if entity is not None and entity.kind == "person":
                    named.add(entity)
            elif token.low in _STOPS:
                named, alone = set(), True
            elif named and alone and token.low in self._words.roles:
                alone = not self._means_another(row, i, at)
            if alone and token.low in _GENDERS and len(named) == 1:
                yield next(iter(named)), _GENDERS[token.low]

    def _means_another(self, row: Row, i: int, at: dict[int, Name]) -> bool:
        """Whether a role is in small letters and neither in apposition nor beside a name."""
        apposed = row[i - 1].text == "," or i - 1 in at or i + 1 in at
        return not row[i].capital and not apposed

    # Meeting ---------------------------------------------------------------------------------

    def meet(self, own: Sequence[str], about: Iterable[str]) -> Entity:
        """The person of a name, who is met now if not before, and what is said of them."""
        about = set(about)
        entity = self.person(own, about) or self._add(Entity(" ".join(own), "person"))
        if not self._discourse.learns:
            return entity
        abbreviated = self._words.abbreviated
        self._describe(entity, {*about, *(abbreviated.get(word, word) for word in about)})
        entity.gender = entity.gender or self._told(about)
        return entity

    def _add(self, entity: Entity) -> Entity:
        if not self._discourse.learns:
            return entity
        self._named.clear()
        entity.met = len(self.members)
        self.members.append(entity)
        self._by_name.setdefault(entity.name, entity)
        if entity.kind == "institution":
            self._institutions[entity.name.casefold()] = entity
        index = self._people if entity.kind == "person" else self._by_word
        for word in _folded(entity.name):
            for part in {word, word.split("-", 1)[-1]}:  # "al-Assad" is "Assad" elsewhere
                index[part].append(entity)
        self._describe(entity, entity.role)
        return entity

    def _describe(self, entity: Entity, about: Iterable[str]) -> None:
        entity.role |= set(about)
        for word in about:
            self._by_role[word][entity] = None

    # Whom a name means -----------------------------------------------------------------------

    def person(self, own: Sequence[str], role: Iterable[str] = ()) -> Entity | None:
        """The person of a name, whole or in part, if the text has one or they are known.

        A `role` before a surname tells of two who share it: ``Mrs. Lee``.
        """
        name, told = tuple(own), self._told(role) if role else None
        people = self._named.get(name) if told is None else None
        if people is None:
            people = self._bearers(name, told)
            if told is None and self._discourse.learns:
                self._named[name] = people
        if len(people) < 2:
            return people[0] if people else None
        return max(people, key=self._discourse.recency)

    def _bearers(self, own: Sequence[str], told: str | None) -> Sequence[Entity]:
        """All whom a name may mean, of the gender that a title before a surname has told."""
        parts = _folded(" ".join(own))
        if len(parts) > 1 and parts[0] in self._words.name_particles:
            parts = parts[-1:]
        alone = len(parts) == 1
        known = self._known.get(parts) or (self._surnames.get(parts[0]) if alone else None)
        alike = self._alike(parts)
        if told and alone:
            alike = [entity for entity in alike if self.gender(entity) in (None, told)]
            known = known if known is None or known.gender in (None, "", told) else None
        met = self._by_name.get(known.name) if known else None
        if met is not None:
            return [met]
        if known is not None and not (alike and alone):
            return [self._add_known(known)]
        return [one for one in alike if _folded(one.name)[-1] == parts[-1]] or [*alike]

    def _alike(self, parts: Sequence[str]) -> Sequence[Entity]:
        """People whose names hold the last word of a name and agree with its first."""
        people = self._people.get(parts[-1], ())
        if len(parts) == 1 or parts[0].endswith("."):
            return people
        return [entity for entity in people if _folded(entity.name)[0] == parts[0]]

    def _add_known(self, known: Known) -> Entity:
        kind = "person" if known.is_person else "institution"
        title = {word for role in known.roles for word in role.title.lower().split()}
        return self._add(Entity(known.name, kind, known.gender, title))

    def institution(self, own: Sequence[str]) -> Entity:
        """The institution of a name, which is met now if not before."""
        whole = " ".join(own)
        parts = _folded(whole)
        known = self._known.get(parts)
        alike = self._by_word.get(parts[-1], ())
        if len(parts) == 1 and known is None and alike:
            return max(alike, key=self._discourse.recency)
        name = known.name if known else whole
        met = self._institutions.get(name.casefold())
        if met is None and len(parts) > 1:  # "Foreign Ministry", if only one name ends like that
            ending = " " + " ".join(parts)
            longer = [entity for entity in alike if entity.name.casefold().endswith(ending)]
            met = longer[0] if len(longer) == 1 else None
        return met or self._add(Entity(name, "institution", role=set(parts)))

    # Whom a word means -----------------------------------------------------------------------

    def by_role(
        self, head: str, others: set[str], subject: Entity | None = None, owner: Owner | None = None
    ) -> Entity | None:
        """The person whom ``the Russian top diplomat`` fits best, whose `head` is the diplomat.

        Who is the `owner`'s is not the owner. Of two who fit as well the one spoken of later is meant, else the one met first.
        """
        family = self._words.families.get(head, frozenset([head]))
        candidates = {entity: None for word in family for entity in self._by_role.get(word, ())}
        candidates |= {subject: None} if subject is not None else {}
        fits = {
            entity: fit for entity in candidates
            if entity.kind == "person"
            and (owner is None or self._belongs(entity, head, owner))
            and (fit := self._fit(entity, head, others, entity is subject)) is not None
        }  # fmt: skip
        recency = self._discourse.recency
        best = max(fits, key=lambda one: (fits[one], recency(one), -one.met), default=None)
        return best or self._known_by_role(head, others)

    def _fit(self, entity: Entity, head: str, others: set[str], is_subject: bool) -> int | None:
        """How well a person fits a role and the words beside it; nothing when not at all."""
        words = self._words
        nations, own = _countries(others, words), _countries(entity.role, words)
        related = entity.role & words.families.get(head, {head}) or (is_subject and nations & own)
        genders = {words.genders.get(head), self.gender(entity)} - {None, ""}
        elsewhere = self.has_other_field(entity, others) or (nations and own and not nations & own)
        if elsewhere or not related or len(genders) > 1:
            return None
        # A nation tells more than another word: "the Russian top diplomat" is Russia's first.
        fit = 2 * len(others & entity.role) + 3 * len(nations & own) + (head in entity.role)
        return fit + 2 * is_subject

    def has_other_field(self, entity: Entity, others: set[str]) -> bool:
        """Whether words beside a role tell of another field of office than somebody's."""
        fields, held = others & self._words.portfolios, entity.role & self._words.portfolios
        return bool(fields and held and not fields & held)

    def _belongs(self, entity: Entity, head: str, owner: Owner) -> bool:
        """Whether somebody can be the owner's: ``Lee's lawyer`` is no lawyer of somebody else's."""
        words = self._words
        if entity is owner.entity:
            return False
        elsewhere = entity.role - words.roles - words.modifiers - words.nations.keys()
        return head not in words.attendants or not elsewhere or bool(elsewhere & owner.words)

    def _known_by_role(self, head: str, others: set[str]) -> Entity | None:
        """A known person who is not named in the text but whose office is."""
        words = self._words
        nations = words.nations
        wanted = {nations.get(word, word) for word in others | {head}}
        bound = wanted & {*nations.values(), "state"}
        for who, title in self._offices if bound else ():
            fits = wanted & {nations.get(word, word) for word in title}
            if head in title and len(fits) >= 2 and fits >= wanted - words.determiners - {"of"}:
                return self.person(who.name.split())
        return None

    def by_nation(self, word: str) -> Entity | None:
        """The person whom a demonym means: ``the Austrian``."""
        own = _countries([word.rstrip(".")], self._words)
        latest = self._discourse.latest("person")
        return next((e for e in latest if own & _countries(e.role, self._words)), None)

    def by_noun(self, noun: str) -> Entity | None:
        """The institution that a noun means: ``the ministry``, ``the bloc``."""
        alike = [one for one in self._by_role.get(noun, ()) if one.kind == "institution"]
        if noun in self._words.generic:
            alike += self._discourse.latest("institution")[:1]
        return max(alike, key=self._discourse.recency, default=None)

    def by_pronoun(self, pronoun: str, recent: Iterable[Entity | None]) -> Entity | None:
        """The first of those lately spoken of whom a pronoun can mean; its gender is learnt."""
        candidates = [entity for entity in recent if entity is not None]
        if pronoun in _GENDERS:
            return self._of_gender(_GENDERS[pronoun], candidates)
        kinds = _PLURAL if pronoun == "they" else ("institution",)
        return next((one for one in candidates if one.kind in kinds), None)

    def gender(self, entity: Entity) -> str | None:
        """Somebody's gender: as the text tells it, else as the given name does."""
        return entity.gender or self._words.given_names.get(_folded(entity.name)[0])

    def _of_gender(self, gender: str, candidates: Sequence[Entity]) -> Entity | None:
        """The first who can have a gender; a person known to have it before an unnamed source."""
        sure = [
            one for one in candidates[:3]
            if one.kind == "person" and self.gender(one) == gender
        ]  # fmt: skip
        # Reports from the scene: somebody unnamed spoke last, but she is the minister before.
        if sure and candidates[0].kind == ANONYMOUS and candidates[0].gender is None:
            return sure[0]
        fit = (
            one for one in candidates
            if one.kind in _HUMAN and self.gender(one) in (None, gender)
        )  # fmt: skip
        found = next(fit, None)
        if found is not None and self._discourse.learns:
            found.gender = gender
        return found


def _is_heading(row: Row, words: Vocabulary) -> bool:
    """Whether a paragraph is a line in title case, which tells nobody's name: ``Full Picture.``."""
    small = words.prepositions, words.articles, words.clauses
    for token in row:
        if token.is_word and not token.capital and not any(token.low in some for some in small):
            return False
    return all(token.text not in _PARTING for token in row)


@lru_cache(maxsize=2**14)
def _folded(name: str) -> tuple[str, ...]:
    """The words of a name, whether in capitals or not."""
    return tuple(name.casefold().split())


def _countries(lows: Iterable[str], words: Vocabulary) -> set[str]:
    return {words.nations[word] for word in lows if word in words.nations}
