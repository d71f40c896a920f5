"""The words by which a text reports who said what, and a text as a row of words and signs.

The words are data (``codebook/reporting.toml``): the finder knows English grammar by these lists
only.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from usru import codebook
from usru.codebook import Grammar, Reporting, TurnLabels, Words

__all__ = ["QUOTE", "SUBJECTS", "Row", "Token", "Vocabulary", "build"]

QUOTE = "\0"  # how the token of a whole quotation, its marks included, is printed
SUBJECTS = frozenset(["he", "she", "it", "they"])
WordSet = frozenset[str]

# The character of QUOTE is no token of a text: some pages contain it.
_TOKEN = re.compile(
    # To skip a space and try most words and signs first costs least; the rest would find them too.
    r"\s?([a-zA-Z]{2,}+(?![\w’'\-–])|[.,]"
    r"|(?=\w\.)(?:(?:[^\W\d_]\.){2,}|[^\W\d_]\.(?=\s+[^\W\d_]))"
    r"|[^\W_](?:[\w’'\-–]*[^\W_])?(?:[’'](?!\w))?|[^\w\s\0])"
)
_GENITIVE = re.compile(r"[’'][sS]?$")


@dataclass(frozen=True, slots=True, eq=False)
class Token:
    """A word or a sign, wherever it is: its text, and what that tells of it.

    `low` is the text in lower case without possessive and full stop, `bare` as printed without the
    ending of a genitive; `printed` is how it is printed where that is not its text: copy in
    capitals. Texts have the same token for the same word, but `QUOTE` has one for each quotation.
    """

    text: str
    low: str
    bare: str
    length: int  # characters, as printed; of a quotation without its marks
    capital: bool  # it begins with a capital letter
    is_word: bool  # it is a word or a number, not a sign
    possessive: bool  # it ends like a genitive (``Merkel’s``, ``ministers’``)
    printed: str = ""


Row = Sequence[Token]


def tokens(text: str) -> list[Token]:
    """Divide a text into its words and signs.

    Parameters
    ----------
    text : str
        The text, in one line or more.

    Examples
    --------
    >>> [token.low for token in tokens("Mr. Lavrov’s U.S. trip")]
    ['mr', '.', 'lavrov', 'u.s', 'trip']
    """
    return list(map(_token, _TOKEN.findall(text)))


def placed(text: str, first: int, stop: int) -> tuple[list[Token], list[int]]:
    """Divide a part of a text into its words and signs, and tell where in the text each begins.

    Parameters
    ----------
    text, first, stop : str, int, int
        The text, and where the part begins and ends.

    Examples
    --------
    >>> placed("Ms. Ann Lee", 4, 11)[1]
    [4, 8]
    """
    found = list(_TOKEN.finditer(text, first, stop))
    return [_token(one[1]) for one in found], [one.start(1) for one in found]


def quotation(length: int) -> Token:
    """Return the token of a whole quotation.

    Parameters
    ----------
    length : int
        Characters between its marks.
    """
    return Token(QUOTE, QUOTE, QUOTE, length, capital=False, is_word=False, possessive=False)


@lru_cache(maxsize=2**16)
def written(token: Token, text: str) -> Token:
    """Return the token of a word that is printed otherwise.

    Parameters
    ----------
    token, text : Token, str
        As it is printed, and the text that it has in running text.
    """
    return replace(_token(text), low=token.low, length=token.length, printed=token.text)


@lru_cache(maxsize=2**16)
def _token(text: str) -> Token:
    bare = text if text.isalnum() else _GENITIVE.sub("", text)
    possessive = text.endswith(("'s", "’s", "s'", "s’"))
    initial = text[:1]
    return Token(
        text, _low(text), bare, len(text), initial.isupper(), initial.isalnum(), possessive
    )


def _low(text: str) -> str:
    if len(text) == 1 or text.isalnum():
        return text.lower()
    return _GENITIVE.sub("", text).rstrip(".").lower() or text


def low(row: Row, at: int) -> str:
    """Return a token of a row in lower case; the empty string before and behind the row.

    Parameters
    ----------
    row, at : sequence of Token, int
        The row, and the token's place in it.
    """
    return row[at].low if 0 <= at < len(row) else ""


def lows(row: Row, first: int, stop: int) -> set[str]:
    """Return the words of a part of a row in lower case.

    Parameters
    ----------
    row, first, stop : sequence of Token, int, int
        The row, and where the part begins and ends.
    """
    return {token.low for token in row[max(0, first) : stop]}


@dataclass(frozen=True, eq=False)
class Vocabulary(Words, Grammar):
    """The words of a codebook, and what is derived from them.

    `forms`, `abbreviated`, `genders`, `given_names` and `nations` lead from a word to what it is a
    form or a sign of;
    `particles`, `extensions` and `families` from a word to those that go with it.
    """

    __hash__, __eq__ = object.__hash__, object.__eq__  # there is one of each codebook's words

    turns: TurnLabels
    forms: dict[str, str]
    reporting: dict[str, str]  # these forms, and those of verbs of thinking and wanting
    inflected: WordSet  # the forms of reporting verbs but each one's first
    particles: Mapping[str, WordSet]
    extensions: Mapping[str, WordSet]
    abbreviated: dict[str, str]
    families: dict[str, WordSet]
    genders: dict[str, str]
    given_names: dict[str, str]
    nations: dict[str, str]
    according: Mapping[str, list[tuple[str, ...]]]  # the phrases of `sources` by their first words
    articles: WordSet  # what begins a noun phrase
    people: WordSet  # nouns that can be the subject of a clause
    heads: WordSet  # nouns that can be the head of a phrase that means a speaker
    before_names: WordSet  # roles and forms of address
    never_names: WordSet  # what no name begins with, although it may be printed with a capital
    skipped: WordSet  # what may come between a subject and its verb
    reporting_nouns: WordSet  # nouns that may report
    signed: WordSet  # nouns for what somebody may have signed
    leads: Mapping[str, list[int]]  # the longest words of `sources`, and how far in they are
    cues: WordSet  # all words that may report, with the longest ones of `sources` and `QUOTE`


def build(reporting: Reporting | None = None) -> Vocabulary:
    """Derive a vocabulary from the words of a codebook.

    Parameters
    ----------
    reporting : Reporting, optional
        ``reporting`` of a `usru.codebook.Codebook`; the shipped words by default.

    Examples
    --------
    >>> words = build()
    >>> words.forms["told"], words.forms["denied"], words.nations["french"]
    ('tell', 'deny', 'france')
    """
    return _build(codebook.read().reporting if reporting is None else reporting)


@lru_cache(maxsize=8)
def _build(given: Reporting) -> Vocabulary:
    families = {word: frozenset([word, *others]) for word, others in given.families.items()}
    roles = given.words.roles.union(*families.values())
    words, grammar = replace(given.words, roles=roles), given.grammar
    nations = _inverted({nation: [nation, *forms] for nation, forms in given.nations.items()})
    forms = _inverted({verb: _forms(verb) for verb in words.verbs}) | _inverted(given.irregular)
    past = {verb: past for verb, past in given.irregular.items() if verb in words.attitudes}
    reporting = (
        _inverted({verb: _forms(verb) for verb in words.attitudes}) | _inverted(past) | forms
    )
    leads = _by_longest(grammar.sources)
    nouns = words.nouns | words.documents | grammar.inscriptions
    derived = {
        "turns": given.turns,
        "forms": forms,
        "reporting": reporting,
        "inflected": frozenset(form for form, verb in forms.items() if form != verb),
        "abbreviated": _inverted(given.abbreviated),
        "families": {word: frozenset([word]) for word in roles} | families,
        "genders": _inverted({"male": words.male, "female": words.female}),
        "given_names": _inverted({"male": words.male_names, "female": words.female_names}),
        "nations": {form.rstrip("."): nation for form, nation in nations.items()},
        "particles": given.particles,
        "extensions": given.extensions,
        "according": _by_first(grammar.sources),
        "articles": grammar.determiners | grammar.indefinite,
        "people": roles | (words.unnamed - grammar.quantities),
        "heads": roles.union(
            words.unnamed,
            words.documents,
            words.publications,
            words.institutions,
            words.groups,
            words.media,
        ),
        "before_names": roles | words.titles,
        "never_names": codebook.read().language.sentences.starters
        | words.unnamed
        | grammar.prepositions,
        "skipped": grammar.between | words.calendar,
        "reporting_nouns": nouns,
        "signed": words.documents | words.publications | words.unnamed,
        "leads": leads,
        "cues": nouns.union(
            reporting, leads, grammar.talking, grammar.opening, grammar.finding, [QUOTE]
        ),
    }
    return Vocabulary(**(vars(words) | vars(grammar) | derived))


def _by_first(phrases: Iterable[str]) -> dict[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted(phrases):
        own = tuple(phrase.split())
        found.setdefault(own[0], []).append(own)
    return found


def _by_longest(phrases: Iterable[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for phrase in map(str.split, sorted(phrases)):
        longest = max(phrase, key=len)
        found.setdefault(longest, []).append(phrase.index(longest))
    return found


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
