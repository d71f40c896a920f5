"""Names by their shape, and what the words beside them say of their bearers.

What follows a title, a role or a nationality (``German Chancellor Angela Merkel``), or is followed
by a role in apposition (``Dmitry Suslov, deputy director of …``), is a person; a name that holds
such a word as ``Ministry`` is an institution.
"""

import itertools
from collections.abc import Callable, Hashable, Iterator, Sequence
from functools import lru_cache, wraps
from typing import NamedTuple, TypeVar

from usru.text.quotations.vocabulary import Row, Token, Vocabulary, low, lows

T = TypeVar("T")
_LONG = 100  # words; so many come back nowhere else
_PRONOUNS = frozenset(["i", "he", "she", "it", "they", "we", "you"])
_JOINTS = frozenset(["of", "for", "on"])
_LINKS = frozenset([".", "and", *_JOINTS])
_CONTRACTED = frozenset(["I'", "I’"])  # "I'm", "I'd"
_FARTHEST = 20  # words of an institution's name before a genitive, so that time is linear
_FIRST_NAMES = frozenset(["may", "april", "june", "august"])


def by_words(read: Callable[..., T]) -> Callable[..., T]:
    """Remember what is read from the words of a row, which come back elsewhere."""
    remembered = lru_cache(maxsize=2**13)(read)

    @wraps(read)
    def reading(row: Row, *rest: Hashable) -> T:
        return remembered(tuple(row), *rest) if len(row) <= _LONG else read(row, *rest)

    return reading


class Name(NamedTuple):
    """A name in a row of tokens: where, its own words, and the words that qualify it."""

    first: int
    last: int
    words: tuple[str, ...]
    role: frozenset[str]
    kind: str  # "person", "institution", "nation", "role", or "name", which can be any

    @property
    def is_acronym(self) -> bool:
        """Whether it is one word in capitals, such as ``NATO``."""
        return len(self.words) == 1 and self.words[0].isupper() and len(self.words[0]) > 2


def names(row: Row, words: Vocabulary) -> Iterator[Name]:
    """The names in a row of tokens, each with the capitalised words that qualify it."""
    behind = 0  # the name before
    for at, token in enumerate(row):
        if token.capital and at >= behind:
            stop = _run(row, at, words)
            if stop > at:
                yield _name(row, at, stop, words)
                behind = stop


@by_words
def every_name(row: Row, words: Vocabulary) -> Sequence[Name]:
    """All names in a row of tokens, for those who ask for the same ones again."""
    return tuple(names(row, words))


def _run(row: Row, first: int, words: Vocabulary) -> int:
    """End of the run of capitalised words that begins at a token, which is empty if none does."""
    token = row[first]
    if token.low in words.never_names or _is_day(token, words) or token.text[:2] in _CONTRACTED:
        return first
    institution = token.low in words.institutions
    joined = False
    at = first + 1
    while at < len(row):
        token = row[at]
        if token.capital and token.low not in _PRONOUNS:
            institution = institution or token.low in words.institutions
            owned = row[at - 1].possessive and not _is_membership(row, first, at - 1, words)
            links = int(not owned and not _is_day(token, words))
        elif token.low in _LINKS or token.low in words.name_particles or "-" in token.text:
            links = _links(row, at, institution, joined, words)
            joined = joined or token.low in _JOINTS
        else:
            break
        if not links:
            break
        at += links
    return at


def _is_membership(row: Row, first: int, at: int, words: Vocabulary) -> bool:
    """Whether a genitive is a part of an institution's name: ``the Tenants' League``."""
    token = row[at]
    several = token.bare.endswith(("s", "men")) or token.low in ("children", "people")
    if not several or token.low in words.nations or token.low in words.institutions:
        return False
    if (
        lows(row, max(first, at - _FARTHEST), at) & words.institutions
    ):  # "the Ministry of Veterans' Affairs"
        return True
    if low(row, first - 1) != "the":
        return False
    behind = itertools.takewhile(lambda other: other.capital, row[at + 1 : at + 4])
    return any(other.low in words.institutions for other in behind)


def _links(row: Row, at: int, institution: bool, joined: bool, words: Vocabulary) -> int:
    """How many tokens a small word takes along in a name: ``Mr.``, ``van der Berg``, ``Bank of``."""
    small, before = row[at].low, row[at - 1].low
    particle, _, surname = row[at].text.partition("-")
    if particle in words.name_particles and surname[:1].isupper():  # "Samir al-Masri"
        return 1
    if at + 1 == len(row) or not row[at + 1].capital:
        both = small in words.name_particles and low(row, at + 1) in words.name_particles
        return int(both and at + 2 < len(row) and row[at + 2].capital)
    if small == ".":
        return int(before in words.titles)
    joins = small in _JOINTS and (institution or before in words.roles)
    joins = joins and not _is_day(row[at + 1], words)
    adds = small == "and" and ((joined and institution) or joins_fields(row, at, words))
    return 2 if joins or adds or small in words.name_particles else 0


def joins_fields(row: Row, at: int, words: Vocabulary) -> bool:
    """Whether a word is inside an institution's name: ``Defence and Security Committee``."""
    if row[at].low != "and" or not at or not all(t.capital for t in row[at - 1 : at + 2 : 2]):
        return False
    fields = row[at - 1].low in words.modifiers
    return fields and bool(lows(row, at + 2, at + 4) & words.institutions)


def _is_day(token: Token, words: Vocabulary) -> bool:
    return token.low in words.calendar and token.low not in _FIRST_NAMES


def _name(row: Row, first: int, stop: int, words: Vocabulary) -> Name:
    """A run of capitalised words as a name and what qualifies it."""
    definite = low(row, first - 1) in words.determiners
    return Name(first, stop - 1, *_parts(row[first:stop], definite, words))


@by_words
def _parts(
    run: Row, definite: bool, words: Vocabulary
) -> tuple[tuple[str, ...], frozenset[str], str]:
    """The words of a name in a run of capitalised words, those that qualify it, and its kind."""
    run = [token for token in run if token.text != "."]
    heads = [i for i, token in enumerate(run) if token.low in words.before_names]
    own = _own(run, heads, definite, words)
    role = frozenset(token.low for token in run[: len(run) - len(own)])
    member = _behind_institution(own, words)
    own = member or own
    kind = _kind(own, bool(heads or member), words)
    if kind == "institution":
        role = frozenset()
        own = run if heads or run[0].low in words.nations else own
    # Two nations share a name: South Korea, North Korea.
    if kind == "nation" and len(run) > 1 and run[-2].low in ("south", "north"):
        return tuple(token.bare for token in run[-2:]), frozenset(), kind
    return _in_running_text(own, words), role, kind


def _kind(own: Row, is_person: bool, words: Vocabulary) -> str:
    """What the words of a name make it."""
    own_lows = {token.low for token in own}
    if not own or own_lows & words.institutions:
        return "institution" if own else "role"
    if own_lows <= words.nations.keys():
        return "nation"
    return "person" if is_person else "name"


def _own(run: Row, heads: list[int], definite: bool, words: Vocabulary) -> Row:
    """The words of a run that are the name itself; none when it is nothing but a role."""
    own = _behind_roles(run, heads, definite, words)
    if heads and own and own[0].low in _JOINTS:
        last = max((i for i, token in enumerate(own) if _qualifies(token, words)), default=0)
        own = own[last + 1 :]
    last = max((i for i, token in enumerate(own) if token.low in words.institutions), default=-1)
    first = 0
    while first < len(own) and (heads or first + 1 < len(own)):
        lead = own[first]
        leads = lead.low in ("of", "former", "then") if first < last else _qualifies(lead, words)
        if not leads:
            break
        first += 1
    return own[first:]


def _behind_roles(run: Row, heads: list[int], definite: bool, words: Vocabulary) -> Row:
    """The words behind the last role of a run, or a surname that looks like one: ``Joe Baker``."""
    if not heads:
        return run[1:] if _is_initials(run) else run
    if heads[-1] < len(run) - 1 or len(run) == 1:
        return run[heads[-1] + 1 :]
    first_and_last = [token for token in run if not _qualifies(token, words)] == run[-2:]
    alone = len(heads) == 1 and not definite
    return run[-2:] if alone and first_and_last and not run[-1].text.isupper() else []


def _behind_institution(own: Row, words: Vocabulary) -> Row:
    """The name of somebody behind that of an institution: ``Finance Committee Ann Lee``."""
    if len(own) < 3:
        return []
    last = max((i for i, token in enumerate(own) if token.low in words.institutions), default=0)
    behind = own[last + 1 :] if last else []
    plain = all(t.capital and not _qualifies(t, words) and not t.text.isupper() for t in behind)
    # First and last name, and one between; more is a headline in title case.
    return behind if 1 < len(behind) < 4 and plain else []


def _qualifies(token: Token, words: Vocabulary) -> bool:
    """Whether a word can come before a name without being part of it."""
    return token.low in words.modifiers or token.low in words.nations


def _is_initials(run: Row) -> bool:
    """Whether a run begins with initials that are no part of a name: ``MK Ronit Levy``."""
    # Israeli and British papers abbreviate offices, American ones the network: CBS Scott Pelley.
    shouted = [token.text.isupper() and "." not in token.text for token in run]
    return len(run) > 2 and shouted[0] and 1 < len(run[0].text) < 5 and not any(shouted[1:])


def _in_running_text(own: Row, words: Vocabulary) -> tuple[str, ...]:
    """The words of a name, as in running text where it is printed in capitals."""
    # Opening words and captions of tabloids are; words of three letters may be initials.
    shouted = len(own) > 1 and all(token.bare.isupper() for token in own)
    # The genitive of a whole name is none of its own: Ann Lee's, the Tenants' League's.
    printed = [token.text if token.possessive else token.bare for token in own[:-1]]
    printed += [token.bare for token in own[-1:]]
    return tuple(
        word.title()
        if shouted and len(token.bare) > 3 and token.low not in words.institutions
        else word
        for word, token in zip(printed, own, strict=True)
    )


# What is said of a name ----------------------------------------------------------------------


def acts(row: Row, name: Name, words: Vocabulary) -> bool:
    """Whether a name is used like a person's and not like a place: ``Ann Lee says``."""
    before = low(row, name.first - 1)
    lettered = len(name.words[-1]) == 1  # list items and parts: "Annex B"
    if name.words[0].lower() in words.things or before == "the" or lettered:
        return False
    return before not in words.places or row[name.last].possessive


def described(row: Row, name: Name, words: Vocabulary) -> set[str]:
    """The words beside a name that say what somebody is, where one of them is a role."""
    phrase = _phrase_before(row, name.first, words)
    found = {*name.role, *(phrase if words.roles & set(phrase[:2]) else ())}
    before = low(row, name.first - 1)
    if before in words.nations and row[name.first - 1].possessive:
        found.add(before)
    if before == ",":
        # Broadcasters: "the spokesman for the ministry of foreign affairs, Ann Lee, said".
        apposed = set(_phrase_before(row, name.first - 1, words, reach=12))
        if apposed & words.roles and apposed & words.articles:
            found |= apposed
    found |= _apposed_behind(row, name.last + 1, words)
    if len(found & words.roles) > 1:
        found.discard("deputy")  # as in deputy minister, not a member of parliament
    # The title in "a spokesman for Mrs. Lee, Bob Ray" is not his.
    others = words.titles - words.roles - name.role
    return found - words.articles - words.prepositions - others - {"who", "is", "was", "and"}


def _phrase_before(row: Row, stop: int, words: Vocabulary, reach: int = 8) -> list[str]:
    """The words of a noun phrase that ends before a token, the last first."""
    phrase: list[str] = []
    for token in reversed(row[max(0, stop - reach) : stop]):
        inside = token.low not in words.prepositions or token.low in ("of", "to", "for", "at")
        if not token.is_word or not inside or token.low in words.forms or token.low == "and":
            break
        phrase += [token.low, "the"] if token.possessive else [token.low]
        if token.possessive or token.low in words.articles:
            break
    return phrase


def _apposed_behind(row: Row, at: int, words: Vocabulary) -> set[str]:
    """The words between commas or brackets behind a name, where they say what somebody is."""
    if low(row, at) not in (",", "("):
        return set()
    behind = [token.low for token in row[at + 1 : at + 13]]
    stop = next((i for i, word in enumerate(behind) if word in ",).;:"), len(behind))
    apposed = set(behind[:stop])
    is_role = bool(words.roles & set(behind[: min(stop, 7)]))
    return apposed if is_role and not words.inflected & apposed else set()
