"""The codebook: every TOML file that a corpus rests on, as a dataclass, checked as it is read.

A corpus may have files of its own in its folder ``codebook``. One rule holds for all: a file of the
corpus's own takes the place of the shipped one, but for the tables that any such file needs (the cues
of every outlet, the words of reporting), to which it adds. Events are never those of another corpus.
"""

import json
import os
import re
import tomllib
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import copy
from dataclasses import MISSING, dataclass, field, fields, is_dataclass, replace
from datetime import date, datetime
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, get_args, get_origin, get_type_hints

from usru.errors import InputError
from usru.files import decode, is_there, shipped

__all__ = [
    "EVERY",
    "LAYOUTS",
    "MANIFEST",
    "VARIABLES",
    "Account",
    "Boundaries",
    "Calendar",
    "Code",
    "Codebook",
    "Counting",
    "DayNames",
    "Difference",
    "Event",
    "Events",
    "Fault",
    "Grammar",
    "Holiday",
    "Known",
    "Language",
    "OutletCues",
    "Outlets",
    "Passage",
    "Reporting",
    "Role",
    "Rule",
    "Speakers",
    "StopWords",
    "Tense",
    "Text",
    "Topic",
    "Variable",
    "Words",
    "convert",
    "quoted",
    "read",
    "read_toml",
    "repeated",
]  # fmt: skip

MANIFEST = "corpus.toml"
"""The file that makes a folder a corpus."""

LAYOUTS = ("page", "article")
"""What a document's file holds: a page with its furniture, or the story alone."""

EVERY = "every-outlet"
"""The table of ``outlets.toml`` for pages of any outlet."""

VARIABLES = ("topics", "valence", "voice", "speakers")
"""What readers can be asked of a passage."""


# What a value can be -----------------------------------------------------------------------------


class Rule(NamedTuple):
    """What a value must fulfil beyond its type, and what is to be written otherwise."""

    holds: Callable[[Any], object]
    write: str


class Fault(NamedTuple):
    """What is wrong with an entry as a whole: in which field, what, and the mend."""

    field: str
    problem: str
    mend: str


Text = Annotated[str, Rule(str.strip, '`{} = "…"`, a text that is not empty')]
Low = Annotated[str, Rule(lambda word: word.strip() and word == word.lower(),
                          '`{} = ["…"]`, words in lower case')]  # fmt: skip
Day = Annotated[str, Rule(re.compile("[A-Za-z]{2}").search,
                          '`{} = ["…"]`, names with a word in English letters')]  # fmt: skip
Phrase = Annotated[
    str,
    Rule(re.compile(r"[\w.'’-]+\*?(?: [\w.'’-]+\*?)*").fullmatch,
         "words with one space between them and * only at a word's end"),
    # Two letters and a star would match one word in ten.
    Rule(lambda text: not re.search(r"(?<!\w)\w{0,2}\*", text), "at least 3 letters before *"),
]  # fmt: skip
Some = Rule(bool, '`{} = ["…"]`, at least one')

_FITS: Mapping[object, tuple[Callable[[Any], bool], str]] = {
    str: (lambda value: isinstance(value, str), '`{} = "…"`'),
    bool: (lambda value: isinstance(value, bool), "true or false"),
    int: (lambda value: isinstance(value, int) and not isinstance(value, bool), "`{} = 20`"),
    float: (lambda value: isinstance(value, int | float) and not isinstance(value, bool), "`{} = 1.5`"),
    date: (lambda value: isinstance(value, date) and not isinstance(value, datetime),
           "`{} = 2017-02-16`, a TOML date without quotation marks or time of day"),
    tuple: (lambda value: isinstance(value, list), '`{} = ["…"]`'),
    frozenset: (lambda value: isinstance(value, list), '`{} = ["…"]`'),
    Mapping: (lambda value: isinstance(value, dict), "the table [{}]"),
}  # fmt: skip


def convert(value: object, kind: Any, place: object, name: str = "", *, closed: bool = True) -> Any:
    """Turn what TOML gives into what it should be, or say in one sentence what is wrong with it.

    Parameters
    ----------
    value : object
        What TOML gives.
    kind : type
        What it should be: `str`, `bool`, `int`, `float`, `date`, a tuple, frozenset or Mapping of such, a
        `Literal`, `Any`, one of these or None, one of them `Annotated` with each `Rule` that it must
        fulfil, or a dataclass. A field of a dataclass may have another name in TOML
        (``metadata["toml"]``) or hold all tables that are no other field
        (``metadata["rest"]``), or none (``metadata["toml"]`` is None); its method ``faults`` may yield each `Fault` of the whole.
    place, name : object, str
        The file with the entry in it, and the field, as an error names them.
    closed : bool
        Whether a field that a dataclass does not have is an error.

    Returns
    -------
    object
        Of that kind.

    Raises
    ------
    InputError
        Naming the place, the field, what is wrong and the mend.

    Examples
    --------
    >>> convert({"title": "envoy", "from": 2017}, Role, "speakers.toml")
    Traceback (most recent call last):
        ...
    usru.errors.InputError: speakers.toml, from: 2017 will not do; write `from = 2017-02-16`, a TOML date without quotation marks or time of day.
    """
    kind, rules = _plain(kind)
    if kind is Any:
        return value
    if is_dataclass(kind):
        return _entry(value, kind, place, name, closed)
    fits, write = _checked(value, kind)
    made = _parts(value, kind, place, name, closed) if fits else value
    broken = [rule.write for rule in rules if not fits or not rule.holds(made)]
    if not fits or broken:
        where = f"{place}, {name}" if name else place
        write = (broken or [write])[0].format(name)
        raise InputError(where, f"{value!r} will not do", f"write {write}")
    return made


def _plain(kind: Any) -> tuple[Any, tuple[Rule, ...]]:
    """A kind without None, and its rules."""
    some = [one for one in get_args(kind) if one is not type(None)]
    if type(None) in get_args(kind):
        return _plain(some[0])
    return (some[0], tuple(some[1:])) if get_origin(kind) is Annotated else (kind, ())


def _checked(value: Any, kind: Any) -> tuple[bool, str]:
    """Whether a value has the shape of a kind, and what is to be written otherwise."""
    origin, inner = get_origin(kind) or kind, get_args(kind)
    if origin is Literal:
        return value in inner, f"one of {', '.join(inner)}"
    fits, write = _FITS[origin]
    entries = origin is tuple and is_dataclass(_plain(inner[0])[0])
    of_tables = not entries or all(isinstance(one, dict) for one in value) if fits(value) else False
    return of_tables, "[[{}]] above each" if entries else write


def _parts(value: Any, kind: Any, place: object, name: str, closed: bool) -> Any:
    """A value with what it holds converted."""
    origin, inner = get_origin(kind), get_args(kind)
    if isinstance(value, dict):
        tables = is_dataclass(_plain(inner[1])[0])
        at = f"{place}, [{name}]" if name else str(place)
        places = {key: (f"{at}, [{key}]", "") if tables else (at, key) for key in value}
        return {
            key: convert(one, inner[1], *places[key], closed=closed) for key, one in value.items()
        }
    if isinstance(value, list):
        tables = is_dataclass(_plain(inner[0])[0])
        return origin(
            convert(one, inner[0], *((_label(place, name, n, one), "") if tables else (place, name)),
                    closed=closed)
            for n, one in enumerate(value, start=1)
        )  # fmt: skip
    return value


def _label(place: object, name: str, number: int, entry: Mapping[str, Any]) -> str:
    """An entry of a list as an error names it: ``[[people]] 2 (Ann Lee)``."""
    identity = next((entry[key] for key in ("doc_id", "id", "name") if key in entry), None)
    known = f" ({identity})" if isinstance(identity, str) else ""
    return f"{place}, [[{name}]] {number}{known}"


@cache
def _fields(kind: Any) -> dict[str, tuple[str, Any, bool]]:
    """The fields of a dataclass by their names in TOML: own name, kind, whether it must be there."""
    hints = get_type_hints(kind, include_extras=True)
    return {
        one.metadata.get("toml", one.name): (
            one.name, hints[one.name], one.default is MISSING and one.default_factory is MISSING
        )
        for one in fields(kind)
        if one.init and not one.metadata.get("rest") and one.metadata.get("toml", "") is not None
    }  # fmt: skip


@cache
def _rest(kind: Any) -> tuple[str | None, Any]:
    """The field of a dataclass that holds what is no other field, and its kind."""
    name = next((one.name for one in fields(kind) if one.metadata.get("rest")), None)
    return name, get_type_hints(kind, include_extras=True).get(name or "")


def _entry(value: object, kind: Any, place: object, name: str, closed: bool) -> Any:
    place = f"{place}, [{name}]" if name else place
    if not isinstance(value, dict):
        raise InputError(place, f"{value!r} is no table", "write it as one")
    known = _fields(kind)
    rest, hint = _rest(kind)
    others = {key: value[key] for key in value if key not in known}
    if others and closed and rest is None:
        listed = ", ".join(sorted(known))
        raise InputError(place, f"there is no field {next(iter(others))!r}", f"use {listed}")
    _refuse_missing(value, kind, place)
    given = {
        own: convert(value[toml], of, place, toml, closed=closed)
        for toml, (own, of, _) in known.items()
        if toml in value
    }
    if rest is not None:
        given[rest] = convert(others, hint, place, closed=closed)
    made = kind(**given)
    for fault in getattr(made, "faults", list)():
        raise InputError(f"{place}, {fault.field}", *fault[1:])
    return made


def _refuse_missing(value: Mapping[str, Any], kind: Any, place: object) -> None:
    for toml, (_, hint, needed) in _fields(kind).items():
        if needed and toml not in value:
            plain, rules = _plain(hint)
            write = rules[0].write if rules else _checked([], plain)[1]
            raise InputError(
                f"{place}, {toml}", "the field is missing", f"add {write.format(toml)}"
            )


def read_toml(path: Path) -> dict[str, Any]:
    """Read a TOML file.

    Parameters
    ----------
    path : path
        The file.

    Raises
    ------
    InputError
        When it cannot be read, or is not UTF-8 or not TOML.

    Examples
    --------
    >>> sorted(read_toml(shipped() / "corpus.toml"))
    ['compare', 'documents', 'meetings', 'strict', 'title']
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError(path, f"cannot be read ({error.strerror})", "restore the file") from None
    return _parsed(path, content)


def _parsed(path: Path, content: bytes) -> dict[str, Any]:
    text = decode(path, content)
    try:
        return tomllib.loads(text.replace("\r\n", "\n"))
    except (ValueError, RecursionError) as error:  # a ValueError also for impossible dates
        raise InputError(path, f"it is not valid TOML ({error})", "correct that line") from None


def quoted(text: str) -> str:
    """Return a text as TOML writes it.

    Parameters
    ----------
    text : str
        Any text.

    Examples
    --------
    >>> print(quoted('the "Gazette"'))
    "the \\"Gazette\\""
    """
    # JSON's escapes are among TOML's, which has one more character to escape.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def repeated(entries: str, field: str, values: Iterable[str]) -> Iterator[Fault]:
    """Yield the fault of each value that occurs twice in a field that names entries.

    Parameters
    ----------
    entries, field : str
        The list of entries, and its field.
    values : iterable of str
        Its values in order.

    Examples
    --------
    >>> [fault.problem for fault in repeated("people", "name", ["Ann", "Ben", "Ann"])]
    ["'Ann' is used twice"]
    """
    seen: set[str] = set()
    for number, value in enumerate(values, start=1):
        if value in seen:
            yield Fault(
                f"[[{entries}]] {number}, {field}", f"{value!r} is used twice",
                "give each entry a name of its own",
            )  # fmt: skip
        seen.add(value)


# The files ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class OutletCues:
    """The regular expressions by which lines of a page show what they are, by kind of cue.

    Of cues that match a line the first in this order counts.
    """

    separator: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    byline: tuple[str, ...] = ()
    bio: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    nav: tuple[str, ...] = ()
    notice: tuple[str, ...] = ()
    caption: tuple[str, ...] = ()
    credit: tuple[str, ...] = ()
    subhead: tuple[str, ...] = ()
    commenter: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Outlets:
    """The cues of every outlet, and those that single outlets add (``outlets.toml``)."""

    every: OutletCues = field(metadata={"toml": EVERY})
    others: Mapping[str, OutletCues] = field(metadata={"rest": True})
    path: Path = field(default=Path("outlets.toml"), metadata={"toml": None})


@dataclass(frozen=True)
class Topic:
    """What a topic covers, and the words that tell of it (``topics.toml``).

    A match inside a phrase of `exclude`, or shortly after one of `not_after`, does not count,
    nor does a pattern named in `in_passing` on a route or in a list of names;
    `context` lists what a story must also mention for the topic to count at all, one match of each
    list. A sentence that holds one match of each list of `words` named in an entry of `together`
    tells the topic; patterns of `aside` and entries of `aside_together` do where nothing else tells
    one. A topic that `continues` spreads to paragraphs without one between two of its own. `why` explains a pattern.
    `label` is what figures and pages call the topic, by default its name. `example` and
    `counter_example` are for readers: a paragraph on the topic, and one that only looks so.
    """

    definition: Text
    patterns: Annotated[tuple[Phrase, ...], Some]
    exclude: tuple[Phrase, ...] = ()
    context: tuple[tuple[Phrase, ...], ...] = ()
    why: Mapping[str, Text] = field(default_factory=dict)
    label: Text = ""
    example: Text = ""
    counter_example: Text = ""
    not_after: tuple[Phrase, ...] = ()
    in_passing: tuple[Phrase, ...] = ()
    aside: tuple[Phrase, ...] = ()
    words: Mapping[str, Annotated[tuple[Phrase, ...], Some]] = field(default_factory=dict)
    together: tuple[Annotated[tuple[Text, ...], Some], ...] = ()
    aside_together: tuple[Annotated[tuple[Text, ...], Some], ...] = ()
    continues: bool = False

    def faults(self) -> Iterator[Fault]:
        """A pattern listed twice or not there, a list of words that is not there or not used."""
        listed = [text.lower() for text in (*self.patterns, *self.aside, *self.exclude)]
        for text in dict.fromkeys(text for text in listed if listed.count(text) > 1):
            yield Fault("patterns", f"{text!r} is listed twice", "remove one")
        for text in self.in_passing:
            if text not in self.patterns:
                yield Fault("in_passing", f"{text!r} is no pattern", "add it to `patterns`")
        named = [name for names in (*self.together, *self.aside_together) for name in names]
        for name in named:
            if name not in self.words:
                known = ", ".join(self.words) or "none yet"
                yield Fault("together", f"{name!r} is no list of `words`", f"use one ({known})")
        for name in self.words:
            if name not in named:
                yield Fault("words", f"no entry of `together` names {name!r}", "name or remove it")


@dataclass(frozen=True)
class Role:
    """What somebody is, from the first to the last day of it; open where a date is missing."""

    title: Text
    first: date | None = field(default=None, metadata={"toml": "from"})
    last: date | None = field(default=None, metadata={"toml": "to"})

    def faults(self) -> Iterator[Fault]:
        """A role that ends before it begins."""
        if self.first and self.last and self.first > self.last:
            yield Fault("to", f"{self.title!r} ends before it begins", "swap or correct the dates")

    def held(self, day: date) -> bool:
        """Whether the role was held on a day.

        Parameters
        ----------
        day : date
            Any day; the first and the last day of a role belong to it.

        Examples
        --------
        >>> Role("envoy", date(2017, 7, 7)).held(date(2017, 2, 16))
        False
        """
        return (self.first or day) <= day <= (self.last or day)


@dataclass(frozen=True)
class Known:
    """A person or an institution, with every name that stands for it, and the side it is on."""

    name: Text
    side: Text
    aliases: tuple[Text, ...] = ()
    gender: Literal["female", "male"] | None = None
    roles: tuple[Role, ...] = ()
    is_person: bool = field(default=True, init=False)


@dataclass(frozen=True)
class Institution(Known):
    """An institution, which has neither gender nor roles."""

    gender: None = field(default=None, init=False)
    roles: tuple[Role, ...] = field(default=(), init=False)
    is_person: bool = field(default=False, init=False)


@dataclass(frozen=True)
class Speakers:
    """The known speakers of a corpus, and the names of the sides (``speakers.toml``)."""

    sides: Mapping[str, Text] = field(default_factory=dict)
    people: tuple[Known, ...] = ()
    institutions: tuple[Institution, ...] = ()

    def faults(self) -> Iterator[Fault]:
        """A side that is not listed, and a name that stands for two."""
        taken: dict[str, str] = {}
        entries = [("people", *each) for each in enumerate(self.people, start=1)]
        entries += [("institutions", *each) for each in enumerate(self.institutions, start=1)]
        for kind, number, who in entries:
            place = f"[[{kind}]] {number} ({who.name})"
            if who.side not in self.sides:
                yield Fault(
                    f"{place}, side", f"{who.side!r} is not listed under [sides]",
                    f"use one of those that are ({', '.join(self.sides) or 'none is'}), or list it",
                )  # fmt: skip
            for name in (who.name, *who.aliases):
                if name.casefold() in taken:
                    yield Fault(
                        place, f"{name!r} already stands for {taken[name.casefold()]!r}",
                        "give each name and alias to one of them",
                    )  # fmt: skip
                taken[name.casefold()] = who.name

    @cached_property
    def known(self) -> tuple[Known, ...]:
        """All of them, people first."""
        return (*self.people, *self.institutions)

    def at(self, day: date) -> "Speakers":
        """Return the same speakers with only the roles that they held on a day.

        Parameters
        ----------
        day : date
            Any day.

        Examples
        --------
        >>> bonn = read().speakers.at(date(2017, 1, 31))
        >>> [role.title for who in bonn.known for role in who.roles if "Secretary" in role.title]
        ['US Under Secretary']
        """
        held = (
            replace(who, roles=tuple(role for role in who.roles if role.held(day)))
            for who in self.people
        )
        return replace(self, people=tuple(held))

    def side(self, name: str) -> str:
        """Return the name of the side that a speaker is on; ``"Others"`` when not listed.

        Parameters
        ----------
        name : str
            A canonical name.

        Examples
        --------
        >>> read().speakers.side("Sergei Lavrov"), read().speakers.side("anonymous")
        ('Russia', 'Others')
        """
        return self._sides.get(name, "Others")

    @cached_property
    def _sides(self) -> dict[str, str]:
        return {who.name: self.sides[who.side] for who in self.known}


Lows = frozenset[Low]


@dataclass(frozen=True)
class Words:
    """The nouns, verbs and names of reporting."""

    verbs: Lows
    nouns: Lows
    roles: Lows
    attendants: Lows
    unnamed: Lows
    institutions: Lows
    generic: Lows
    groups: Lows
    media: Lows
    documents: Lows
    publications: Lows
    things: Lows
    titles: Lows
    modifiers: Lows
    portfolios: Lows
    calendar: Lows
    male: Lows
    female: Lows
    female_names: Lows
    male_names: Lows
    attitudes: Lows
    doing: Lows


@dataclass(frozen=True)
class Grammar:
    """The small words of English that show how a clause reports."""

    determiners: Lows
    indefinite: Lows
    prepositions: Lows
    places: Lows
    name_particles: Lows
    quantities: Lows
    speechless: Lows
    passive: Lows
    between: Lows
    clauses: Lows
    relatives: Lows
    subordinators: Lows
    participles: Lows
    breaks: Lows
    asides: Lows
    scare: Lows
    times: Lows
    quoting: Lows
    issuing: Lows
    inscriptions: Lows
    linking: Lows
    talking: Lows
    finding: Lows
    addressing: Lows
    opening: Lows
    backward: Lows
    sources: Lows
    asking: Lows
    topics: Lows
    compounds: Lows
    verbless: Lows


@dataclass(frozen=True)
class TurnLabels:
    """The words of the labels that transcripts print before each turn."""

    asks: Lows
    answers: Lows
    unnamed: Lows
    others: Lows
    directions: Lows
    explainers: Lows


@dataclass(frozen=True, eq=False)
class Reporting:
    """The words by which a text reports who said what (``reporting.toml``)."""

    words: Words
    grammar: Grammar
    turns: TurnLabels
    irregular: Mapping[str, Lows]
    particles: Mapping[str, Lows]
    extensions: Mapping[str, Lows]
    abbreviated: Mapping[str, Lows]
    families: Mapping[str, Lows]
    nations: Mapping[str, Lows]


@dataclass(frozen=True, eq=False)
class Boundaries:
    """The words by which the end of a sentence is told from other stops."""

    titles: Lows
    numbered: Lows
    within: Lows
    closing: Lows
    states: Lows
    ending: Lows
    countries: Lows
    hours: Lows
    days: Lows
    heads: Lows
    labels: Lows
    phrases: Lows
    starters: Lows
    asking: Lows
    credits: Lows

    @cached_property
    def abbreviations(self) -> frozenset[str]:
        """All that a full stop may follow within a sentence."""
        return frozenset().union(
            self.titles, self.numbered, self.within, self.closing, self.states, self.ending,
            self.countries, self.hours,
        )  # fmt: skip


@dataclass(frozen=True)
class StopWords:
    """Words that tell nothing of what a text is about, beside scikit-learn's, and those that do."""

    function: Lows
    content: Lows

    def all(self) -> frozenset[str]:
        """Return scikit-learn's English stop words with `function` and without `content`.

        Returns
        -------
        frozenset of str
            In lower case. A word that both lists have is none.

        Examples
        --------
        >>> words = read().language.stop_words.all()
        >>> "the" in words, "didn" in words, "bill" in words
        (True, True, False)
        """
        from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

        return self.function.union(ENGLISH_STOP_WORDS) - self.content


@dataclass(frozen=True)
class Language:
    """Words of the language, whatever a text is about (``language.toml``)."""

    stop_words: StopWords
    sentences: Boundaries


_COMMON_YEAR = 2001  # one without 29 February


@dataclass(frozen=True)
class Holiday:
    """A day with names, as they are printed, and when it is (``calendar.toml``).

    It is the `day` of a `month`, or the `nth` `weekday` of a `month` (-1 is the last), or so many days
    from `easter`; without any of these it differs from country to country and is never resolved.
    """

    names: Annotated[tuple[Day, ...], Some]
    month: Annotated[int, Rule(range(1, 13).__contains__, "`{} = 12`, from 1 to 12")] | None = None
    day: Annotated[int, Rule(range(1, 32).__contains__, "`{} = 25`, from 1 to 31")] | None = None
    weekday: (
        Literal["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] | None
    ) = None
    nth: Annotated[int, Rule((-1, 1, 2, 3, 4).__contains__, "`{} = 1` to 4, or -1")] | None = None
    # Easter is from 22 March to 25 April, and no day that is counted from it leaves its year.
    easter: (
        Annotated[int, Rule(range(-80, 251).__contains__, "`{} = -2`, days from Easter of its year")]
        | None
    ) = None  # fmt: skip

    def faults(self) -> Iterator[Fault]:
        """A day that is said in part only, or in two ways, or that some years lack."""
        said = (self.month, self.day, self.weekday, self.nth, self.easter)
        given = tuple(value is not None for value in said)
        ways = [(0, 0, 0, 0, 0), (1, 1, 0, 0, 0), (1, 0, 1, 1, 0), (0, 0, 0, 0, 1)]
        if tuple(map(int, given)) not in ways:
            yield Fault(
                "month", f"the day of {self.names[0]!r} cannot be told",
                "write `month` and `day`, or `month`, `weekday` and `nth`, or `easter`",
            )  # fmt: skip
        elif self.day and self.month and self.day > monthrange(_COMMON_YEAR, self.month)[1]:
            why = f"not every year has the day of {self.names[0]!r}"
            yield Fault("day", why, "give it one that each has")


@dataclass(frozen=True)
class DayNames:
    """What holds the word of a day, week or month and is no date: names, habits, ages."""

    of: frozenset[Day]
    after_weekdays: frozenset[Low]
    after_today: frozenset[Low]
    works: frozenset[Low]
    before_days: frozenset[Low]
    of_an_age: frozenset[Low]
    such_an_age: frozenset[Low]


@dataclass(frozen=True)
class Counting:
    """What a number before it counts, and what it dates."""

    counted: frozenset[Low]
    numbered: frozenset[Low]
    events: frozenset[Text]
    dated: frozenset[Low]


@dataclass(frozen=True)
class Tense:
    """The words by which a clause tells whether it looks ahead or back."""

    auxiliaries: Lows
    expected: Lows
    intending: Lows
    plans: Lows
    scheduled: Lows
    announcing: Lows
    occasions: Lows
    lasting: Lows
    past: Lows
    no_past: Lows


@dataclass(frozen=True, eq=False)
class Calendar:
    """The words by which a text tells days (``calendar.toml``)."""

    holidays: tuple[Holiday, ...]
    names: DayNames
    counting: Counting
    tense: Tense


@dataclass(frozen=True)
class Passage:
    """Words as they are printed on one page, in one block."""

    doc_id: Text
    words: Text


@dataclass(frozen=True)
class Account(Passage):
    """What one story says on a point, in short and in its own words."""

    says: Text


@dataclass(frozen=True)
class Event:
    """Something that stories refer to; `mention` is what a passage about it must match."""

    id: Text
    title: Text
    kind: Text
    place: Text
    basis: Text
    description: Text
    mention: Text
    passages: tuple[Passage, ...]
    day: date | None = field(default=None, metadata={"toml": "date"})
    start: date | None = None
    end: date | None = None

    def faults(self) -> Iterator[Fault]:
        """An event without a date, or that ends before it starts."""
        if self.first is None or self.last is None:
            yield Fault("date", "the event has no date", "add `date`, or `start` and `end`")
        elif self.last < self.first:
            yield Fault(
                "end", f"{self.last} is before the start, {self.first}", "swap or correct them"
            )

    @property
    def first(self) -> date | None:
        """Its first day."""
        return self.start or self.day

    @property
    def last(self) -> date | None:
        """Its last day."""
        return self.end or self.day


@dataclass(frozen=True)
class Act:
    """Something that texts name or tell, and readers code phrase by phrase (``acts.toml``)."""

    label: Text
    definition: Text
    episode: bool = False  # of one encounter, in which the order tells


@dataclass(frozen=True)
class Code:
    """One value that a reader can give: what it means, an example, and what only looks like it."""

    label: Text
    definition: Text = ""
    example: Text = ""
    counter_example: Text = ""


@dataclass(frozen=True)
class Variable:
    """What readers are asked of a passage (``variables.toml``).

    `none` says what it means that no code applies; where it is empty one must be given. The codes
    of topics and speakers are those of their own files.
    """

    question: Text
    advice: Text
    none: Text = ""
    codes: Mapping[str, Code] = field(default_factory=dict)


@dataclass(frozen=True)
class Difference:
    """A point on which stories give different accounts, `compatible` when both can be true."""

    id: Text
    question: Text
    compatible: bool
    reason: Text
    accounts: tuple[Account, ...]
    event: Text | None = None


@dataclass(frozen=True)
class Events:
    """What the stories refer to, and where they differ (``events.toml``).

    `anchors` are the words by which days of publication were inferred.
    """

    events: tuple[Event, ...] = ()
    anchors: tuple[Passage, ...] = ()
    differences: tuple[Difference, ...] = ()
    path: Path = field(default=Path("events.toml"), metadata={"toml": None})

    def faults(self) -> Iterator[Fault]:
        """An id that is used twice."""
        yield from repeated("events", "id", [event.id for event in self.events])
        yield from repeated("differences", "id", [point.id for point in self.differences])


@dataclass(frozen=True, eq=False)
class Codebook:
    """All files of a codebook, the folder of its own files, and which of them are its own."""

    folder: Path
    own: tuple[str, ...]
    outlets: Outlets
    topics: Mapping[str, Topic]
    speakers: Speakers
    reporting: Reporting
    language: Language
    calendar: Calendar
    events: Events
    acts: Mapping[str, Act]
    variables: Mapping[str, Variable]


def read(folder: str | Path | None = None) -> Codebook:
    """Read the codebook of a corpus, as its files are now.

    Parameters
    ----------
    folder : path, optional
        A corpus folder; its own files are in ``codebook`` below it. The shipped codebook by default.

    Returns
    -------
    Codebook
        The same object as long as no file has changed.

    Raises
    ------
    InputError
        When a file cannot be used; the sentence names file, field and mend.

    Examples
    --------
    >>> list(read().topics)[:3]
    ['bilateral', 'ukraine', 'syria']
    """
    folder = (Path(folder) if folder else shipped()) / "codebook"
    return _stamped(folder, tuple(map(_stamp, (folder, *_paths(folder)))))


_FILES: Mapping[str, Any] = {
    "outlets": Outlets, "topics": Mapping[str, Topic], "speakers": Speakers, "reporting": Reporting,
    "language": Language, "calendar": Calendar, "events": Events, "acts": Mapping[str, Act],
    "variables": Mapping[str, Variable],
}  # fmt: skip


_OF_ONE = ("events", "acts")  # files that mean nothing for another corpus


@lru_cache(maxsize=8)
def _paths(folder: Path) -> tuple[Path, ...]:
    """All files of which a codebook may consist."""
    folders = dict.fromkeys([folder, shipped() / "codebook"])
    return tuple(place / f"{name}.toml" for place in folders for name in _FILES)


def _stamp(path: Path) -> tuple[int, int, int] | None:
    """What changes with a file, since a codebook is asked for with every document."""
    try:
        told = path.stat()
    except OSError:
        # A link to nothing is not taken for a file that is missing.
        return (0, 0, 0) if os.path.lexists(path) else None
    return told.st_mtime_ns, told.st_size, told.st_ino


@lru_cache(maxsize=8)
def _stamped(folder: Path, stamps: tuple[tuple[int, int, int] | None, ...]) -> Codebook:
    return _read(folder, tuple(_content(folder, name) for name in _FILES))


def _content(folder: Path, name: str) -> tuple[Path, bytes]:
    """The corpus's own file, or else the shipped one; nothing of what one corpus only tells."""
    own, other = folder / f"{name}.toml", shipped() / "codebook" / f"{name}.toml"
    if is_there(own):
        return own, own.read_bytes()
    return (own, b"") if name in _OF_ONE else (other, other.read_bytes())


@dataclass(frozen=True)
class _File:
    """A file of a codebook, the same as any other of its content, as copies of a corpus have."""

    path: Path = field(compare=False)
    content: bytes
    is_own: bool


@lru_cache(maxsize=8)
def _read(folder: Path, contents: tuple[tuple[Path, bytes], ...]) -> Codebook:
    parts = {}
    for name, (path, content) in zip(_FILES, contents, strict=True):
        made = _made(name, _File(path, content, path.parent != shipped() / "codebook"))
        # Whoever changes one codebook changes no other.
        parts[name] = replace(made, path=path) if hasattr(made, "path") else copy(made)
    own = tuple(path.stem for path, content in contents if content and path.parent == folder)
    return Codebook(folder, own, **parts)


@lru_cache(maxsize=64)
def _made(name: str, file: _File) -> Any:
    kind, table = _FILES[name], _parsed(file.path, file.content)
    if file.is_own and name not in _OF_ONE:
        default = read_toml(shipped() / "codebook" / f"{name}.toml")
        table = _completed(table, default, kind) if is_dataclass(kind) else table
    return convert(table, kind, file.path)


def _completed(own: dict[str, Any], other: Mapping[str, Any], kind: Any) -> dict[str, Any]:
    """A table with what any such file needs taken from another too."""
    needed = [toml for toml, (_, _, is_needed) in _fields(kind).items() if is_needed]
    return own | {toml: _both(own.get(toml), other[toml]) for toml in needed}


def _both(own: Any, other: Any) -> Any:
    """Two tables as one, list by list, what is one's own first."""
    if isinstance(own, dict) and isinstance(other, dict):
        return other | {key: _both(own[key], other.get(key)) for key in own}
    if isinstance(own, list) and isinstance(other, list):
        return [*own, *(item for item in other if item not in own)]
    return other if own is None else own
