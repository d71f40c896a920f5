"""Who a text speaks of: the names in it, what they are called, and whom a role or pronoun means.

Names are told by shape and by the words beside them (``data/codebook/reporting.toml``): what
follows a title, a role or a nationality (``German Chancellor Angela Merkel``), or stands before a
role in apposition (``Dmitry Suslov, deputy director of …``), is a person; a name that holds such a
word as ``Ministry`` is an institution. A surname, a role (``the Russian minister``) or a pronoun
is resolved to the person that it fits best, the latest where several fit.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from usru.text.speakers import Known, Speakers
from usru.text.vocabulary import Token, words

__all__ = ["ANONYMOUS", "Cast", "Entity", "Name", "names"]

ANONYMOUS = "anonymous"
"""The speaker that an unnamed source is."""

_PRONOUNS = frozenset(["i", "he", "she", "it", "they", "we", "you"])
_GENDERS = {"he": "male", "his": "male", "him": "male", "she": "female", "her": "female"}
_JOINTS = frozenset(["of", "for", "on"])
_FIRST_NAMES = frozenset(["may", "april", "june", "august"])


class Name(NamedTuple):
    """A name in a row of tokens: where, its own words, and the words that qualify it."""

    first: int
    last: int
    words: tuple[str, ...]
    role: frozenset[str]
    kind: str  # "person", "institution", "nation", "role", or "name", which can be any


@dataclass(eq=False)
class Entity:
    """Somebody who can speak.

    `kind` is as of `Name`, or ``"anonymous"``, or ``"media"`` for who passes on
    what others say; `role` are the words that say what somebody is; `met` counts
    who was met before; `seen` grows with each time that the text speaks of
    somebody, and is -1 before.
    """

    name: str
    kind: str
    gender: str | None = None
    role: set[str] = field(default_factory=set)
    met: int = 0
    seen: int = -1


# Names ---------------------------------------------------------------------------------------


def names(row: Sequence[Token]) -> Iterator[Name]:
    """Find the names in a row of tokens, each with the capitalised words that qualify it.

    Examples
    --------
    >>> from usru.text.vocabulary import tokens
    >>> found = next(names(tokens("met German Chancellor Angela Merkel")))
    >>> found.words, sorted(found.role), found.kind
    (('Angela', 'Merkel'), ['chancellor', 'german'], 'person')
    """
    at = 0
    while at < len(row):
        stop = _run(row, at) if row[at].capital else at
        if stop > at:
            yield _name(row, at, stop)
        at = max(stop, at + 1)


def _run(row: Sequence[Token], first: int) -> int:
    """End of the run of capitalised words that begins at a token, which is empty if none does."""
    vocabulary = words()
    if row[first].low in vocabulary.never_names or _is_day(row[first]):
        return first
    institution = row[first].low in vocabulary.institutions
    joined = False
    at = first + 1
    while at < len(row):
        token = row[at]
        if token.capital and token.low not in _PRONOUNS:
            if row[at - 1].possessive or _is_day(token):
                break
            institution = institution or token.low in vocabulary.institutions
            at += 1
            continue
        links = _links(row, at, institution, joined)
        if not links:
            break
        joined = joined or token.low in _JOINTS
        at += links
    return at


def _links(row: Sequence[Token], at: int, institution: bool, joined: bool) -> int:
    """How many tokens a small word takes along in a name: ``Mr.``, ``van der Berg``, ``Bank of``."""
    vocabulary = words()
    low, before = row[at].low, row[at - 1].low
    follows = at + 1 < len(row) and row[at + 1].capital
    if low in vocabulary.name_particles and not follows:
        return int(
            at + 2 < len(row)
            and row[at + 1].low in vocabulary.name_particles
            and row[at + 2].capital
        )
    if not follows:
        return 0
    if low == ".":
        return int(before in vocabulary.titles)
    dated = _is_day(row[at + 1])
    joins = low in _JOINTS and (institution or before in vocabulary.roles) and not dated
    adds = low == "and" and joined and institution
    return 2 if joins or adds or low in vocabulary.name_particles else 0


def _is_day(token: Token) -> bool:
    return token.low in words().calendar and token.low not in _FIRST_NAMES


def _name(row: Sequence[Token], first: int, stop: int) -> Name:
    """A run of capitalised words as a name and what qualifies it."""
    vocabulary = words()
    run = [token for token in row[first:stop] if token.text != "."]
    leads = vocabulary.roles | vocabulary.titles
    heads = [i for i, token in enumerate(run) if token.low in leads]
    own = _own(run, heads, row[first - 1].low if first else "")
    role = frozenset(token.low for token in run[: len(run) - len(own)])
    lows = {token.low for token in own}
    kind = "person" if heads else "name"
    member = _behind_institution(own)
    if member:
        own, kind = member, "person"
        lows = {token.low for token in own}
    if not own:
        kind = "role"
    elif lows & vocabulary.institutions:
        kind, role = "institution", frozenset()
        own = run if heads or run[0].low in vocabulary.nations else own
    elif lows <= vocabulary.nations.keys():
        kind = "nation"
    shouted = len(own) > 1 and all(token.bare.isupper() for token in own)
    if kind == "nation" and len(run) > 1 and run[-2].low in ("south", "north"):
        own, role = run[-2:], frozenset()
    printed = tuple(_in_running_text(t) if shouted else t.bare for t in own)
    return Name(first, stop - 1, printed, role, kind)


def _behind_institution(own: list[Token]) -> list[Token]:
    """The name of somebody behind that of an institution: ``Finance Committee Ann Lee``."""
    vocabulary = words()
    last = max((i for i, t in enumerate(own) if t.low in vocabulary.institutions), default=None)
    behind = own[last + 1 :] if last else []
    plain = all(t.capital and not _qualifies(t) and not t.text.isupper() for t in behind)
    return behind if 1 < len(behind) < 4 and plain else []


def _own(run: list[Token], heads: list[int], article: str) -> list[Token]:
    """The words of a run that are the name itself; none when it is nothing but a role."""
    if not heads:
        own = run[1:] if _is_initials(run) else run
    elif heads[-1] < len(run) - 1 or len(run) == 1:
        own = run[heads[-1] + 1 :]
    else:
        own = run[-2:] if _is_surname(run, heads, article) else []
    if heads and own and own[0].low in _JOINTS:
        last = max((i for i, token in enumerate(own) if _qualifies(token)), default=0)
        own = own[last + 1 :]
    institution = any(token.low in words().institutions for token in own[1:])
    while own and (heads or len(own) > 1) and _qualifies(own[0], institution):
        own = own[1:]
        institution = any(token.low in words().institutions for token in own[1:])
    return own


def _is_surname(run: list[Token], heads: list[int], article: str) -> bool:
    """Whether a role that ends a run is somebody's surname: ``Joe Baker``."""
    first_and_last = [token for token in run if not _qualifies(token)] == run[-2:]
    alone = len(heads) == 1 and article not in words().determiners
    return alone and first_and_last and not run[-1].text.isupper()


def _qualifies(token: Token, institution: bool = False) -> bool:
    """Whether a word can stand before a name without being part of it."""
    vocabulary = words()
    if institution:
        return token.low in ("of", "former", "then")
    return token.low in vocabulary.modifiers or token.low in vocabulary.nations


def _is_initials(run: Sequence[Token]) -> bool:
    """Whether a run begins with initials that are no part of a name: ``MK Ronit Levy``."""
    shouted = [token.text.isupper() and "." not in token.text for token in run]
    return len(run) > 2 and shouted[0] and 1 < len(run[0].text) < 5 and not any(shouted[1:])


def _in_running_text(token: Token) -> str:
    """A word of a name that is printed in capitals as it is written in running text."""
    short = len(token.bare) < 4 or token.low in words().institutions
    return token.bare if short else token.bare.title()


# What is said of a name ----------------------------------------------------------------------


def _acts(row: Sequence[Token], name: Name) -> bool:
    """Whether a name stands like a person's and not like a place: ``Ann Lee says``."""
    vocabulary = words()
    before = row[name.first - 1].low if name.first else ""
    lettered = len(name.words[-1]) == 1
    if name.words[0].lower() in vocabulary.things or before == "the" or lettered:
        return False
    return before not in vocabulary.places or row[name.last].possessive


def _described(row: Sequence[Token], name: Name) -> set[str]:
    """The words beside a name that say what somebody is, where one of them is a role."""
    vocabulary = words()
    found = set(name.role)
    before = row[name.first - 1] if name.first else None
    phrase = _phrase_before(row, name.first)
    if vocabulary.roles & set(phrase[:2]):
        found |= set(phrase)
    if before is not None and before.possessive and before.low in vocabulary.nations:
        found.add(before.low)
    if before is not None and before.text == ",":
        apposed = set(_phrase_before(row, name.first - 1, reach=12))
        if apposed & vocabulary.roles and apposed & vocabulary.articles:
            found |= apposed
    found |= _apposed_behind(row, name.last + 1)
    if len(found & vocabulary.roles) > 1:
        found.discard("deputy")  # as in deputy minister, not a member of parliament
    return found - vocabulary.articles - vocabulary.prepositions - {"who", "is", "was", "and"}


def _phrase_before(row: Sequence[Token], stop: int, reach: int = 8) -> list[str]:
    """The words of a noun phrase that ends before a token, the last first."""
    vocabulary = words()
    phrase: list[str] = []
    for token in reversed(row[max(0, stop - reach) : stop]):
        inside = token.low not in vocabulary.prepositions or token.low in ("of", "to", "for", "at")
        if not token.is_word or not inside or token.low in vocabulary.verbs or token.low == "and":
            break
        phrase.append(token.low)
        if token.possessive:
            phrase.append("the")
        if token.possessive or token.low in vocabulary.articles:
            break
    return phrase


def _apposed_behind(row: Sequence[Token], at: int) -> set[str]:
    """The words between commas or brackets behind a name, where they say what somebody is."""
    vocabulary = words()
    behind = [token.low for token in row[at : at + 13]]
    if not behind or behind[0] not in (",", "("):
        return set()
    stop = next((i for i, low in enumerate(behind[1:], 1) if low in ",).;:"), len(behind))
    apposed = behind[1:stop]
    is_role = bool(vocabulary.roles & set(apposed[:7]))
    return set(apposed) if is_role and not any(map(vocabulary.inflected, apposed)) else set()


# The people and institutions of a text -------------------------------------------------------


class Cast:
    """The people and institutions of one text.

    Parameters
    ----------
    rows : sequence of sequence of Token
        The text's paragraphs, without what stands in quotation marks.
    speakers : Speakers
        Who is known beforehand.

    Examples
    --------
    >>> from usru.text import speakers
    >>> from usru.text.vocabulary import tokens
    >>> cast = Cast([tokens("Ann Lee, an envoy, met Lavrov.")], speakers.read())
    >>> cast.by_role("diplomat", {"the"}).name, cast.person(["Lavrov"]).name
    ('Ann Lee', 'Sergei Lavrov')
    """

    def __init__(self, rows: Sequence[Sequence[Token]], speakers: Speakers) -> None:
        self.entities: list[Entity] = []
        self._speakers = speakers
        self._known = {
            name.casefold(): who for who in speakers.known for name in (who.name, *who.aliases)
        }
        self._surnames = {
            who.name.casefold().split()[-1]: who
            for who in reversed(speakers.known)
            if who.is_person
        }
        self._by_name: dict[str, Entity] = {}
        self._institutions: dict[str, Entity] = {}
        self._by_word: dict[str, list[Entity]] = {}
        self._by_role: dict[str, dict[Entity, None]] = {}
        self._seen: dict[str, dict[Entity, None]] = {}
        self._clock = 0
        self._read(rows)

    def _read(self, rows: Sequence[Sequence[Token]]) -> None:
        """Meet everybody whom a text names, before anybody is looked for."""
        found = [(row, list(names(row))) for row in rows]
        each = [(row, name) for row, own in found for name in own]
        alone = {name.words[0].casefold() for _, name in each if len(name.words) == 1}
        for row, name in each:
            acronym = len(name.words) == 1 and name.words[0].isupper() and len(name.words[0]) > 2
            if name.kind == "institution" or (acronym and name.kind == "name"):
                self._abbreviate(row, name, self.institution(name.words))
            if 1 < len(name.words) < 6 and name.kind in ("person", "name"):
                described = _described(row, name)
                certain = name.kind == "person" or described or _acts(row, name)
                repeated = name.words[-1].casefold() in alone
                if certain or repeated or " ".join(name.words).casefold() in self._known:
                    self.meet(name.words, described)
        for _, name in each:
            self._learn_gender_of_title(name)
        self._learn_genders(found)

    def _abbreviate(self, row: Sequence[Token], name: Name, entity: Entity) -> None:
        """Learn what stands for a name: ``Ministry of External Affairs (MEA)``."""
        behind = [token.text for token in row[name.last + 1 : name.last + 4]]
        if len(behind) == 3 and behind[0] == "(" and behind[2] == ")" and behind[1].isupper():
            self._by_word.setdefault(behind[1].casefold(), []).append(entity)

    def _learn_gender_of_title(self, name: Name) -> None:
        genders = words().genders
        told = next((genders[word] for word in sorted(name.role) if word in genders), None)
        entity = self.person(name.words) if told and name.words else None
        if entity is not None:
            entity.gender = told

    def _learn_genders(self, found: Iterable[tuple[Sequence[Token], Sequence[Name]]]) -> None:
        """Pronouns behind the only person that a sentence names tell that person's gender."""
        votes: dict[Entity, set[str]] = {}
        for row, own in found:
            for entity, gender in self._votes(row, {name.first: name for name in own}):
                votes.setdefault(entity, set()).add(gender)
        for entity, given in votes.items():
            if entity.gender is None and len(given) == 1:
                entity.gender = given.pop()

    def _votes(self, row: Sequence[Token], at: dict[int, Name]) -> Iterator[tuple[Entity, str]]:
        named: set[Entity] = set()
        alone = True
        for i, token in enumerate(row):
            if token.text in ".!?":
                named, alone = set(), True
            if i in at:
                entity = self.person(at[i].words) if at[i].words else None
                alone = alone and (entity is not None or at[i].kind != "role")
                named |= {entity} if entity is not None and entity.kind == "person" else set()
            elif named and not token.capital and token.low in words().roles:
                alone = alone and (row[i - 1].text == "," or i - 1 in at or i + 1 in at)
            gender = _GENDERS.get(token.low)
            if gender and alone and len(named) == 1:
                yield next(iter(named)), gender

    # Meeting ---------------------------------------------------------------------------------

    def meet(self, own: Sequence[str], described: Iterable[str]) -> Entity:
        """The person of a name, who is met now if not before, and what is said of them."""
        entity = self.person(own) or self._add(Entity(" ".join(own), "person"))
        abbreviated, genders = words().abbreviated, words().genders
        self._describe(
            entity, {form for word in described for form in (word, abbreviated.get(word, word))}
        )
        for word in sorted(described):
            entity.gender = entity.gender or genders.get(word)
        return entity

    def see(self, entity: Entity) -> Entity:
        """Note that the text has just spoken of somebody."""
        self._clock += 1
        entity.seen = self._clock
        seen = self._seen.setdefault(entity.kind, {})
        seen.pop(entity, None)
        seen[entity] = None
        return entity

    def latest(self, kind: str = "person") -> list[Entity]:
        """The three of a kind that the text has spoken of last, the last first."""
        return list(islice(reversed(self._seen.get(kind, {})), 3))

    def _add(self, entity: Entity) -> Entity:
        entity.met = len(self.entities)
        self.entities.append(entity)
        self._by_name.setdefault(entity.name, entity)
        if entity.kind == "institution":
            self._institutions[entity.name.casefold()] = entity
        for word in entity.name.casefold().split():
            for part in {word, word.split("-", 1)[-1]}:
                self._by_word.setdefault(part, []).append(entity)
        self._describe(entity, entity.role)
        return entity

    def _describe(self, entity: Entity, described: Iterable[str]) -> None:
        entity.role |= set(described)
        for word in described:
            self._by_role.setdefault(word, {})[entity] = None

    # Whom a name means -----------------------------------------------------------------------

    def person(self, own: Sequence[str]) -> Entity | None:
        """The person of a name, whole or in part, if the text has one or they are known."""
        if len(own) > 1 and own[0].casefold() in words().name_particles:
            own = own[-1:]
        known = self._known.get(" ".join(own).casefold())
        if known is None and len(own) == 1:
            known = self._surnames.get(own[0].casefold())
        met = self._by_name.get(known.name) if known else None
        if met is not None:
            return met
        alike = self._alike(own)
        if known is not None and not (alike and len(own) == 1):
            return self._add_known(known)
        last = own[-1].casefold()
        surnamed = [entity for entity in alike if entity.name.casefold().split()[-1] == last]
        return max(surnamed or alike, key=lambda entity: entity.seen, default=None)

    def _alike(self, own: Sequence[str]) -> list[Entity]:
        """People whose names hold the last word of a name and agree with its first."""
        first = own[0].casefold()
        return [
            entity for entity in self._by_word.get(own[-1].casefold(), [])
            if entity.kind == "person"
            and (len(own) == 1 or first.endswith(".") or entity.name.casefold().split()[0] == first)
        ]  # fmt: skip

    def _add_known(self, known: Known) -> Entity:
        kind = "person" if known.is_person else "institution"
        title = {word for role in known.roles for word in role.title.lower().split()}
        return self._add(Entity(known.name, kind, known.gender, title))

    def institution(self, own: Sequence[str]) -> Entity:
        """The institution of a name, which is met now if not before."""
        known = self._known.get(" ".join(own).casefold())
        if len(own) == 1 and known is None:
            alike = self._by_word.get(own[0].casefold(), [])
            alike = [entity for entity in alike if entity.kind == "institution"]
            if alike:
                return max(alike, key=lambda entity: entity.seen)
        name = known.name if known else " ".join(own)
        met = self._institutions.get(name.casefold()) or self._longer(own)
        role = {word.casefold() for word in own}
        return met or self._add(Entity(name, "institution", role=role))

    def _longer(self, own: Sequence[str]) -> Entity | None:
        """The only institution whose name ends with these words: ``Foreign Ministry``."""
        if len(own) < 2:
            return None
        ending = " " + " ".join(own).casefold()
        alike = self._by_word.get(own[-1].casefold(), [])
        longer = [
            e for e in alike if e.kind == "institution" and e.name.casefold().endswith(ending)
        ]
        return longer[0] if len(longer) == 1 else None

    # Whom a word means -----------------------------------------------------------------------

    def by_role(self, head: str, others: set[str], subject: Entity | None = None) -> Entity | None:
        """The person whom a definite phrase such as ``the Russian top diplomat`` fits best.

        The phrase's last noun is `head`, its further words are `others`; of two
        who fit as well the one spoken of later is meant, else the one met first;
        the `subject` of the sentence is meant before others.
        """
        family = words().families.get(head, frozenset([head]))
        candidates = {entity: None for word in family for entity in self._by_role.get(word, ())}
        if subject is not None:
            candidates[subject] = None
        fits = {
            entity: fit for entity in candidates
            if entity.kind == "person" and (fit := _fit(entity, head, others, subject)) is not None
        }  # fmt: skip
        best = max(fits, key=lambda one: (fits[one], one.seen, -one.met), default=None)
        return best or self._known_by_role(head, others)

    def _known_by_role(self, head: str, others: set[str]) -> Entity | None:
        """A known person who is not named in the text but whose role is."""
        wanted = _national(others | {head})
        for who in self._speakers.known:
            for role in who.roles:
                title = role.title.lower().split()
                fits = wanted & _national(title)
                needed = wanted - words().determiners - {"of"}
                bound = wanted & {*words().nations.values(), "state"}
                if head in title and bound and len(fits) >= 2 and fits >= needed:
                    return self.person(who.name.split())
        return None

    def by_nation(self, word: str) -> Entity | None:
        """The person whom a demonym means: ``the Austrian``."""
        nations = words().nations
        own = nations.get(word)
        return next(
            (e for e in self.latest() if own in {nations.get(role) for role in e.role}), None
        )

    def by_word(self, low: str) -> Entity | None:
        """The institution that a noun means: ``the ministry``, ``the bloc``."""
        alike = [entity for entity in self._by_role.get(low, ()) if entity.kind == "institution"]
        if low in words().generic:
            alike += self.latest("institution")[:1]
        return max(alike, key=lambda entity: entity.seen, default=None)

    def by_pronoun(self, pronoun: str, recent: Iterable[Entity | None]) -> Entity | None:
        """The first of those lately spoken of whom a pronoun can mean; its gender is learnt."""
        candidates = [entity for entity in recent if entity is not None]
        gender = _GENDERS.get(pronoun)
        if gender is None:
            kinds = ("institution", "nation") + (
                ("anonymous", "media") if pronoun == "they" else ()
            )
            return next((entity for entity in candidates if entity.kind in kinds), None)
        sure = [one for one in candidates[:3] if one.kind == "person" and one.gender == gender]
        if sure and candidates[0].kind == ANONYMOUS and candidates[0].gender is None:
            return sure[0]
        for entity in candidates:
            if entity.kind in ("person", "anonymous") and entity.gender in (None, gender):
                entity.gender = gender
                return entity
        return None


def _fit(entity: Entity, head: str, others: set[str], subject: Entity | None) -> int | None:
    """How well a person fits a role and the words beside it; nothing when not at all."""
    vocabulary = words()
    asked, held = others & vocabulary.portfolios, entity.role & vocabulary.portfolios
    if asked and held and not asked & held:
        return None
    nations, own = _nations(others), _nations(entity.role)
    family = vocabulary.families.get(head, frozenset([head]))
    if not (entity.role & family or (entity is subject and nations & own)):
        return None
    if nations and own and not nations & own:
        return None
    gender = vocabulary.genders.get(head)
    if gender and entity.gender and gender != entity.gender:
        return None
    fit = 2 * len(others & entity.role) + 3 * len(nations & own) + (head in entity.role)
    return fit + 2 * (entity is subject)


def _nations(lows: Iterable[str]) -> set[str]:
    nations = words().nations
    return {nations[word] for word in lows if word in nations}


def _national(lows: Iterable[str]) -> set[str]:
    """Words, each nationality among them as its country."""
    nations = words().nations
    return {nations.get(word, word) for word in lows}
