"""The finder of temporal expressions: what points to a day, week, month or year, and to which.

Only stretches around the words that dates are made of are read, each by the shapes that have such a
word. Of shapes that match the same words the longest counts; one without a resolution is of what only
looks like a date, such as a name.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

import pandas as pd

from usru import codebook, schema
from usru.codebook import Calendar
from usru.text.blocks import Block, listed
from usru.text.dates import tense
from usru.text.dates._shapes import (
    DAY_NAMES,
    MONTH_NAMES,
    MONTH_SHORT,
    Rule,
    any_of,
    months_in_names,
    rules,
)
from usru.text.dates._values import ITEM, Context, NoDate
from usru.text.dates.intervals import SEASONS, TENS, Interval
from usru.text.lines import Reading, clean
from usru.text.sieve import Sieve

__all__ = ["Finder", "find", "finder", "rows"]

_KINDS = frozenset(["headline", "body", "caption", "timestamp"])

# Characters that a rule sees on each side of the word that makes it look.
_BEFORE, _AFTER = 64, 96
# Characters that what must be before a match can have.
_LEAD = 40
_Windows = dict[str, list[tuple[int, int]]]
_Looking = tuple[str, Rule]  # a kind of word, and a rule that it makes look


def find(
    raw: str, blocks: pd.DataFrame, published: date | None, calendar: Calendar | None = None
) -> pd.DataFrame:
    r"""Find the temporal expressions of a page and resolve them.

    Parameters
    ----------
    raw, blocks : str, pandas.DataFrame
        The page as plain text, and its blocks from `usru.text.blocks.find`.
    published : datetime.date or None
        When the page was published; without it only complete dates resolve.
    calendar : Calendar, optional
        The words that tell days (`usru.codebook`), by default those shipped.

    Returns
    -------
    pandas.DataFrame
        One row an expression, in page order: `block`, `start` and `end` (half-open offsets in
        `raw`), `text`, `earliest` and `latest` (the first and last day it can mean, both missing
        where no calendar has the date, where the words leave open which it is, or `published` is
        not known), and `resolution`: ``explicit`` (complete as printed), ``partial`` (the year, or
        year and month, are supplied from publication) or ``relative``.

    Notes
    -----
    A bare weekday is the nearest such day not after publication, unless its clause looks ahead
    (``will meet on Friday``, ``by Friday``; see `usru.text.dates.tense`): then it is the nearest not
    before. A month or a date without a year is the last such one in a clause that looks back, the
    next in one that looks ahead; in others it is the last, unless the next is within four months.
    What is told against another date ("a year earlier", "the following Friday") is resolved against
    the last date in its sentence, and left unresolved where there is none.
    Linear in the length of `raw`.

    Examples
    --------
    >>> from datetime import date
    >>> from usru.text import blocks
    >>> page = "Envoys meet again\n\nOn Thursday two envoys met; they will meet again on Monday.\n"
    >>> found = find(page, blocks.find(page), date(2017, 2, 16))
    >>> found[["text", "earliest", "resolution"]]
           text   earliest resolution
    0  Thursday 2017-02-16   relative
    1    Monday 2017-02-20   relative
    """
    found = rows(raw, listed(blocks), published, calendar)
    return schema.frame("dates", found, without="doc_id")


def rows(
    raw: str, blocks: Sequence[Block], published: date | None, calendar: Calendar | None = None
) -> list[dict[str, Any]]:
    """Return the rows of `find`, for a frame of many pages.

    Parameters
    ----------
    raw, blocks : str, sequence of Block
        The page as plain text, and its blocks.
    published, calendar : datetime.date or None, Calendar
        As for `find`.
    """
    if isinstance(published, datetime):
        published = published.date()
    reader = finder(calendar or codebook.read().calendar)
    names = reader.names(raw)
    found = []
    for block in blocks:
        if block.kind not in _KINDS:
            continue
        reading = Reading(raw[block.start : block.end])
        for start, end, interval, resolution in reader.read(reading.text, published, names):
            start, end = (block.start + place for place in reading.raw(start, end))
            earliest, latest = interval or (None, None)
            found.append(
                {"block": block.block, "start": start, "end": end, "text": clean(raw[start:end]),
                 "earliest": earliest, "latest": latest, "resolution": resolution}
            )  # fmt: skip
    return found


class _Found(NamedTuple):
    start: int
    end: int
    rule: Rule
    match: re.Match[str]


class Finder:
    """The rules of a codebook's words.

    Parameters
    ----------
    calendar : Calendar
        As the codebook has it.

    Examples
    --------
    >>> [row[2][0].isoformat() for row in finder(codebook.read().calendar).read(
    ...     "They met on Monday and on May 2.", date(2017, 5, 10), frozenset()
    ... )]
    ['2017-05-08', '2017-05-02']
    """

    def __init__(self, calendar: Calendar) -> None:
        holidays = {name: one for one in calendar.holidays for name in one.names}
        self.rules = tuple(rules(calendar, holidays))
        self._rank = {rule.name: i for i, rule in enumerate(self.rules)}
        self._looking = [(kind, rule) for rule in self.rules for kind in rule.kinds]
        self._sieve = Sieve(({kind, *rule.needs} for kind, rule in self._looking), self._kinds_of)
        self._kinds = _kinds(holidays, calendar.names.of)
        self._words = re.compile(
            rf"[^A-Za-z](?<=[\W\d_])(?:(?<=\d){_SUFFIX})?+(?P<word>{any_of(self._kinds)})(?![^\W\d_])"
        )
        self._tense = tense.reader(calendar.tense)
        self._in_names = months_in_names()

    def names(self, raw: str) -> frozenset[str]:
        """Return the months that are somebody's name on a page.

        Parameters
        ----------
        raw : str
            The page.
        """
        return frozenset(match[0] for match in _led(self._in_names, raw, 0, len(raw)))

    def read(
        self, text: str, published: date | None, names: frozenset[str]
    ) -> Iterator[tuple[int, int, Interval | None, str]]:
        """Yield the expressions of a paragraph: where, which days, and how they are told.

        Parameters
        ----------
        text : str
            The paragraph.
        published : datetime.date or None
            The day against which they are resolved.
        names : frozenset of str
            Months that are names, from `names`.
        """
        context = Context(text, published or date.min, self._tense, [], names)
        for start, end, rule, match in self._chosen(text):
            interval = None
            if published is not None or rule.resolution == "explicit":
                try:
                    interval = rule.resolve(match, context)
                except NoDate:
                    continue
                except (ValueError, OverflowError):  # a day that no calendar has
                    interval = None
            if rule.each:
                yield from _one_by_one(rule, match, interval)
            else:
                yield start, end, interval, rule.resolution
            if interval:
                context.earlier.append((end, interval))

    def _chosen(self, text: str) -> Iterator[_Found]:
        """Matches in order, of overlapping ones the earliest, then the longest."""
        looking = [self._looking[number] for number in self._sieve.left(text)]
        dated = [(kind, rule) for kind, rule in looking if rule.resolution]
        if not dated:
            return
        windows = self._windows(text)
        found = [*_matches(text, windows, dated)]
        if found:  # what is no date only keeps dates from being found
            undated = [(kind, rule) for kind, rule in looking if not rule.resolution]
            found += _matches(text, windows, undated)
        found.sort(key=lambda one: (one.start, -one.end, self._rank[one.rule.name]))
        reached = 0
        for one in found:
            if one.start >= reached:
                reached = one.end
                if one.rule.resolution:
                    yield one

    def _kinds_of(self, printed: str) -> Iterator[str]:
        """The kinds of a word as it is printed, with the signs beside it."""
        for match in self._words.finditer(f" {printed}"):
            yield from self._kinds[match["word"]]
        yield from filter(None, map(_number_kind, _NUMBER.finditer(printed)))

    def _windows(self, text: str) -> _Windows:
        """The stretches of a text around the words and numbers that make rules look, by kind."""
        windows: _Windows = {}
        for match in self._words.finditer(f" {text}"):
            start, end = match.span("word")
            for kind in self._kinds[match["word"]]:
                _widen(windows, kind, start - 1, end - 1)
        for match in _NUMBER.finditer(text):
            if kind := _number_kind(match):
                _widen(windows, kind, *match.span())
        return windows


def _widen(windows: _Windows, kind: str, start: int, end: int) -> None:
    """Add the stretch around a word to those of its kind."""
    first, last = max(0, start - _BEFORE), end + _AFTER
    own = windows.setdefault(kind, [])
    if own and first <= own[-1][1]:
        first = own.pop()[0]
    own.append((first, last))


def _matches(text: str, windows: _Windows, looking: Iterable[_Looking]) -> Iterator[_Found]:
    """What rules match in their windows."""
    for kind, rule in looking:
        for first, last in windows[kind]:
            for match in _led(rule, text, first, last):
                start, end = match.span("expression")
                if not (rule.unless and rule.unless.search(text, max(0, start - 60), start)):
                    yield _Found(start, end, rule, match)


def _led(rule: Rule, text: str, first: int, last: int) -> Iterable[re.Match[str]]:
    """The matches of a rule in a window that have before them what must be there."""
    if rule.behind is None:
        return rule.pattern.finditer(text, first, last)
    found = []
    match = rule.pattern.search(text, first, last)
    while match:
        start = match.start()
        led = rule.behind.search(text, max(first, start - _LEAD), start)
        if led:
            found.append(match)
            first = match.end()
        match = rule.pattern.search(text, first if led else start + 1, last)
    return found


@lru_cache(maxsize=8)
def finder(calendar: Calendar) -> Finder:
    """Return the finder of a codebook's words, the same one as long as they are the same.

    Parameters
    ----------
    calendar : Calendar
        As the codebook has it.
    """
    return Finder(calendar)


# Where to look -----------------------------------------------------------------------------------

_SUFFIX = "(?:st|nd|rd|th|ST|ND|RD|TH|s)"
_NUMBER = re.compile(rf"\d\d*{_SUFFIX}?")
_UNITS = "day week weekend fortnight month quarter year decade half"


def _kinds(holidays: Iterable[str], names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The words that make rules look, and which."""
    units = [form for unit in _UNITS.split() for form in (unit, f"{unit}s")]
    words: dict[str, Iterable[str]] = {
        "unit": [*units, "midyear", "mid"],
        "part": ["night", "morning", "afternoon", "evening"],
        "near": ["today", "yesterday", "tomorrow", "tonight"],
        "ago": ["ago"],
        "later": ["earlier", "later", "previously"],
        "season": SEASONS,
        "tens": TENS,
        "words": ["sixteen", "seventeen", "eighteen", "nineteen", "twenty", "thousand"],
        "month": f"{MONTH_NAMES} {MONTH_SHORT}".split(),
        "weekday": DAY_NAMES.split(),
        "holiday": {_rarest(name) for name in holidays},
        "name": {_rarest(name) for name in names},
    }
    kinds: dict[str, tuple[str, ...]] = {"Q": ("Q",)}
    for kind, own in words.items():
        # Names are written with a capital letter: "may" and "march" are verbs.
        is_name = kind in ("month", "weekday", "holiday", "name")
        for form in {
            form for word in own for form in ([word, word.upper()] if is_name else _forms(word))
        }:
            kinds[form] = (*kinds.get(form, ()), kind)
    return kinds


def _forms(word: str) -> list[str]:
    return [word, word.title(), word.upper()]


def _rarest(name: str) -> str:
    """The word of a holiday's name by which it is found: the longest that is no day, month or year."""
    words: list[str] = re.findall(r"[A-Za-z]{2,}", name)
    common = {*DAY_NAMES.split(), *MONTH_NAMES.split(), "Day", "Year"}
    return max([word for word in words if word not in common] or words, key=len)


def _number_kind(match: re.Match[str]) -> str:
    """What a number makes look: years, decades, ordinals, and numbers with a sign behind."""
    word, text = match[0], match.string
    if word[-1] == "s":
        return "decade"
    if not word[-1].isdigit():
        return "ordinal"
    if len(word) == 4:
        return "year" if word[0] in "12" else ""
    sign = text[match.end() : match.end() + 1]
    return "numeric" if len(word) <= 2 and sign and sign in "/.-" else ""


def _one_by_one(
    rule: Rule, match: re.Match[str], interval: Interval | None
) -> Iterator[tuple[int, int, Interval | None, str]]:
    """The days of a list as expressions of their own: "April 11" and "12"."""
    start, end = match.span("expression")
    first, last = match.span("more")
    items = [item.span() for item in ITEM.finditer(match.string, first, last)]
    left, right = match.span("day")
    ends_with_month = left > first
    days = [*items, (left, end)] if ends_with_month else [(start, right), *items]
    for place, (begin, stop) in enumerate(days):
        number = re.findall(r"\d+", match.string[begin:stop])[0]
        day = None
        if interval:
            with suppress(ValueError):
                day = interval[0].replace(day=int(number))
        stop = end if place == len(days) - 1 else stop
        yield begin, stop, (day, day) if day else None, rule.resolution
