"""The words by which a text reports who said what, and a text as a row of words and signs.

The words are data (``codebook/reporting.toml``): the finder knows English grammar by these lists
only.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from usru.codebook import read_toml
from usru.errors import InputError
from usru.files import shipped
from usru.text.sentences import STARTERS

__all__ = ["QUOTE", "Row", "Token", "Vocabulary", "build", "read"]

QUOTE = "\0"
"""What the token of a whole quotation, its marks included, is printed as."""

WordSet = frozenset[str]

# The character of QUOTE is no token of a text: some pages contain it.
_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}|[^\W\d_]\.(?=\s+[^\W\d_])"
    r"|[^\W_](?:[\w’'\-–]*[^\W_])?(?:[’'](?!\w))?|[^\w\s\0]"
)
_GENITIVE = re.compile(r"[’']s?$")
_TABLES = ("irregular", "particles", "extensions", "abbreviated", "families", "nations")


class Token(NamedTuple):
    """A word or a sign: as printed, where, in lower case without possessive and full stop."""

    text: str
    start: int
    end: int
    low: str

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[0].isupper()

    @property
    def is_word(self) -> bool:
        """Whether it is a word or a number, not a sign."""
        return self.text[0].isalnum()

    @property
    def possessive(self) -> bool:
        """Whether it ends like a genitive (``Merkel’s``, ``ministers’``)."""
        return self.text.endswith(("'s", "’s", "s'", "s’"))

    @property
    def bare(self) -> str:
        """As printed, without the ending of a genitive."""
        return _GENITIVE.sub("", self.text)


Row = Sequence[Token]


def tokens(text: str, offset: int = 0) -> list[Token]:
    """The words and signs of a text that begins at an offset of another.

    Examples
    --------
    >>> [token.low for token in tokens("Mr. Lavrov’s U.S. trip")]
    ['mr', '.', 'lavrov', 'u.s', 'trip']
    """
    return [
        Token(found[0], offset + found.start(), offset + found.end(), _low(found[0]))
        for found in _TOKEN.finditer(text)
    ]


def _low(text: str) -> str:
    if len(text) == 1:
        return text.lower()
    return _GENITIVE.sub("", text).rstrip(".").lower() or text


def low(row: Row, at: int) -> str:
    """A token of a row in lower case; the empty string before and behind the row."""
    return row[at].low if 0 <= at < len(row) else ""


@dataclass(frozen=True)
class Vocabulary:
    """The vocabulary of reporting: what the codebook's tables and lists of the same names hold.

    `verbs`, `abbreviated`, `genders` and `nations` lead from a word to what it
    is a form of; `particles`, `extensions` and `families` from a word to those
    that go with it.
    """

    verbs: dict[str, str]
    particles: dict[str, WordSet]
    extensions: dict[str, WordSet]
    abbreviated: dict[str, str]
    families: dict[str, WordSet]
    genders: dict[str, str]
    nations: dict[str, str]
    asides: WordSet
    asking: WordSet
    between: WordSet
    breaks: WordSet
    calendar: WordSet
    clauses: WordSet
    compounds: WordSet
    determiners: WordSet
    documents: WordSet
    generic: WordSet
    indefinite: WordSet
    institutions: WordSet
    media: WordSet
    modifiers: WordSet
    name_particles: WordSet
    nouns: WordSet
    passive: WordSet
    places: WordSet
    portfolios: WordSet
    prepositions: WordSet
    quantities: WordSet
    quoting: WordSet
    relatives: WordSet
    roles: WordSet
    scare: WordSet
    speechless: WordSet
    subordinators: WordSet
    participles: WordSet
    things: WordSet
    times: WordSet
    titles: WordSet
    topics: WordSet
    unnamed: WordSet
    verbless: WordSet

    @cached_property
    def articles(self) -> WordSet:
        """What begins a noun phrase."""
        return self.determiners | self.indefinite

    @cached_property
    def people(self) -> WordSet:
        """Nouns that can be the subject of a clause."""
        return self.roles | (self.unnamed - self.quantities)

    @cached_property
    def heads(self) -> WordSet:
        """Nouns that can be the head of a phrase that means a speaker."""
        return self.roles | self.unnamed | self.documents | self.institutions | self.media

    @cached_property
    def before_names(self) -> WordSet:
        """Roles and forms of address, which come before a name."""
        return self.roles | self.titles

    @cached_property
    def never_names(self) -> WordSet:
        """Words that no name begins with, although they may be printed with a capital."""
        return STARTERS | self.unnamed | self.prepositions

    @cached_property
    def skipped(self) -> WordSet:
        """What may come between a subject and its verb."""
        return self.between | self.calendar

    def inflected(self, word: str) -> bool:
        """Whether a word is a reporting verb in another form than its first.

        Examples
        --------
        >>> [read().inflected(word) for word in ("said", "say", "tea")]
        [True, False, False]
        """
        return self.verbs.get(word, word) != word


_LISTS = {field.name for field in fields(Vocabulary) if field.type == WordSet}


def read(path: str | Path | None = None) -> Vocabulary:
    """Read a vocabulary of reporting.

    Parameters
    ----------
    path : path, optional
        A file like ``data/codebook/reporting.toml``, which is the default.

    Returns
    -------
    Vocabulary
        As `build` derives it from the file.

    Raises
    ------
    InputError
        When the file cannot be read, or `build` refuses it.

    Examples
    --------
    >>> sorted(read().families["lawyer"])[:2]
    ['advocate', 'attorney']
    """
    path = Path(path) if path else shipped() / "codebook" / "reporting.toml"
    return build(read_toml(path), path)


def build(table: Mapping[str, Any], place: str | Path = "reporting.toml") -> Vocabulary:
    """Derive a vocabulary from the tables of a codebook.

    Parameters
    ----------
    table : mapping
        What a file like ``data/codebook/reporting.toml`` holds.
    place : str or path
        Where it comes from, for the sentence of an error.

    Returns
    -------
    Vocabulary
        With the forms of regular verbs, and each list as a set.

    Raises
    ------
    InputError
        When a table or list is unknown or missing, or is not a list of words
        in lower case; the sentence names it.

    Examples
    --------
    >>> built = build(read_toml(shipped() / "codebook" / "reporting.toml"))
    >>> built.verbs["told"], built.verbs["denied"], built.nations["french"]
    ('tell', 'deny', 'france')
    """
    _check(place, table)
    lists = table["words"] | table["grammar"]
    sets = {name: frozenset(lists[name]) for name in _LISTS}
    families = {word: frozenset([word, *others]) for word, others in table["families"].items()}
    roles = sets["roles"].union(*families.values())
    nations = _inverted({nation: [nation, *forms] for nation, forms in table["nations"].items()})
    return Vocabulary(
        verbs=_inverted({verb: _forms(verb) for verb in lists["verbs"]})
        | _inverted(table["irregular"]),
        particles={verb: frozenset(others) for verb, others in table["particles"].items()},
        extensions={verb: frozenset(others) for verb, others in table["extensions"].items()},
        abbreviated=_inverted(table["abbreviated"]),
        families={word: frozenset([word]) for word in roles} | families,
        genders=_inverted({"male": lists["male"], "female": lists["female"]}),
        nations={form.rstrip("."): nation for form, nation in nations.items()},
        **(sets | {"roles": roles}),
    )


def _check(place: str | Path, table: Mapping[str, Any]) -> None:
    tables = {"words", "grammar", *_TABLES}
    for name in sorted(table.keys() - tables):
        raise InputError(f"{place}, {name}", "there is no such table", f"use {_listed(tables)}")
    for name in sorted(tables):
        if not isinstance(table.get(name), dict):
            raise InputError(f"{place}, {name}", "the table is missing", f"write [{name}]")
        for key, entry in table[name].items():
            if not isinstance(entry, list) or not all(map(_is_low, entry)):
                raise InputError(
                    f"{place}, [{name}], {key}", "it is not a list of words in lower case",
                    f'write {key} = ["…"]',
                )  # fmt: skip
    lists = _LISTS | {"verbs", "male", "female"}
    given = table["words"].keys() | table["grammar"].keys()
    for key in sorted(given - lists):
        raise InputError(f"{place}, {key}", "there is no such list", f"use {_listed(lists)}")
    for key in sorted(lists - given):
        raise InputError(f"{place}, {key}", "the list is missing", f'write {key} = ["…"]')


def _is_low(word: object) -> bool:
    return isinstance(word, str) and bool(word.strip()) and word == word.lower()


def _listed(names: set[str]) -> str:
    return ", ".join(sorted(names))


def _inverted(table: Mapping[str, Iterable[str]]) -> dict[str, str]:
    return {form: word for word, forms in table.items() for form in forms}


def _forms(verb: str) -> list[str]:
    """The forms of a regular verb."""
    if verb.endswith("e"):
        return [verb, f"{verb}s", f"{verb}d", f"{verb[:-1]}ing"]
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return [verb, f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing"]
    ending = "es" if verb.endswith(("s", "sh", "ch", "x")) else "s"
    return [verb, verb + ending, f"{verb}ed", f"{verb}ing"]
