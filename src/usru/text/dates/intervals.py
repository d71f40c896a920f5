"""Intervals of days: the names and numbers of months and days, and what they come to.

An interval is its first and its last day. Weeks run from Monday to Sunday (ISO 8601); seasons are
those of the north, of three whole months.
"""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product

from dateutil.easter import easter

from usru.codebook import Holiday

__all__ = ["DAY", "MONTHS", "NUMBERS", "ORDINALS", "SEASONS", "TENS", "WEEK", "WEEKDAYS", "Interval", "feast",
           "in_order", "likely_year", "month_of", "near_months", "nth_weekday", "season", "span", "weekday_from"]  # fmt: skip

Interval = tuple[date, date]
DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)

# Days within which a date without a year may lie ahead when nothing says that it does, as those of
# summits and elections in news do.
FAR_AHEAD = 120
# Days within which it may lie behind although a word looks ahead ("by March 3 both had left").
JUST_PAST = 60

_MONTH_NAMES = (
    "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul",
    "august aug", "september sept sep", "october oct", "november nov", "december dec",
)  # fmt: skip
_DAY_NAMES = "monday tuesday wednesday thursday friday saturday sunday"
_ONES = "one two three four five six seven eight nine"
_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_FIRST = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth"
)
_TEENTH = "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"

MONTHS = {name: i for i, names in enumerate(_MONTH_NAMES, start=1) for name in names.split()}
"""The number of a month by its name or abbreviation, in lower case."""

WEEKDAYS = {name: i for i, name in enumerate(_DAY_NAMES.split())}
"""The number of a weekday from Monday, which is 0."""

NUMBERS = {word: i for i, word in enumerate(f"{_ONES} {_TEENS}".split(), start=1)}
NUMBERS |= {word: 10 * i for i, word in enumerate(_TENS.split(), start=2)}
NUMBERS |= {
    f"{ten}-{one}": NUMBERS[ten] + NUMBERS[one]
    for ten, one in product(_TENS.split(), _ONES.split())
}
"""Numbers in words, from one to ninety-nine."""

ORDINALS = {word: i for i, word in enumerate(f"{_FIRST} {_TEENTH}".split(), start=1)}
ORDINALS |= {f"twenty-{word}": 20 + i for i, word in enumerate(_FIRST.split()[:9], start=1)}
ORDINALS |= {"thirtieth": 30, "thirty-first": 31}
"""Days of a month in words."""

TENS = (
    "twenties",
    "thirties",
    "forties",
    "fifties",
    "sixties",
    "seventies",
    "eighties",
    "nineties",
)
"""Decades of a century in words."""

SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
"""The month with which a season begins."""

_MONTHS_OF = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120}


def span(day: date, unit: str, by: int = 0) -> Interval:
    """Return the unit that lies so many units from that of a day.

    Parameters
    ----------
    day : datetime.date
        Any.
    unit : str
        ``"day"``, ``"week"``, ``"fortnight"`` (two weeks, from that of the day), ``"month"``,
        ``"quarter"``, ``"half"`` (of a year), ``"year"`` or ``"decade"``.
    by : int
        How many, negative for those before.

    Examples
    --------
    >>> span(date(2017, 2, 16), "week", -1)[0].isoformat()
    '2017-02-06'
    """
    if unit == "day":
        return day + by * DAY, day + by * DAY
    if unit in ("week", "fortnight"):
        monday = day - day.weekday() * DAY + by * WEEK * (2 if unit == "fortnight" else 1)
        return monday, monday + 6 * DAY
    size = _MONTHS_OF[unit]
    first = (day.year * 12 + day.month - 1) // size * size + by * size
    return _month_number(first)[0], _month_number(first + size - 1)[1]


def _month_number(number: int) -> Interval:
    """A month by its number, counted from the year 0."""
    year, month = divmod(number, 12)
    return date(year, month + 1, 1), date(year, month + 1, monthrange(year, month + 1)[1])


def month_of(year: int, month: int, months: int = 1) -> Interval:
    """Return a month, or a run of months that begins with it.

    Parameters
    ----------
    year, month, months : int
        The first of them, and how many.

    Examples
    --------
    >>> month_of(2016, 12, 3)[1].isoformat()
    '2017-02-28'
    """
    first = year * 12 + month - 1
    return _month_number(first)[0], _month_number(first + months - 1)[1]


def in_order(first: date, last: date) -> Interval:
    """Return two days as an interval.

    Parameters
    ----------
    first, last : datetime.date
        The ends.

    Raises
    ------
    ValueError
        When it would end before it starts.

    Examples
    --------
    >>> len(in_order(date(2017, 2, 16), date(2017, 2, 17)))
    2
    """
    if last < first:
        raise ValueError("a range that ends before it starts")
    return first, last


def likely_year(published: date, month: int, day: int, ahead: bool | None) -> int:
    """Return the year of a day that is printed without one.

    Parameters
    ----------
    published : datetime.date
        The day of publication.
    month, day : int
        The day that is printed.
    ahead : bool or None
        Whether its clause looks ahead: then it is the next such day, unless the last one is at most
        `JUST_PAST` days gone. Without a word of it news looks back: it is the last one, unless the
        next is at most `FAR_AHEAD` days away. In a clause that looks back (False) it is the last.

    Examples
    --------
    >>> [likely_year(date(2017, 11, 20), 1, 31, ahead) for ahead in (None, False)]
    [2018, 2017]
    """
    past = published.year - ((month, day) > (published.month, published.day))
    gone = (published - date(past, month, 1)).days - (day - 1)
    left = (date(past + 1, month, 1) - published).days + (day - 1)
    if ahead is None:
        return past + 1 if left <= FAR_AHEAD else past
    return past if not ahead or gone <= JUST_PAST else past + 1


def season(name: str, year: int) -> Interval:
    """Return a season, by the year in which it begins.

    Parameters
    ----------
    name : str
        One of `SEASONS`.
    year : int
        In which it begins: a winter ends in the next.

    Examples
    --------
    >>> season("summer", 2017)[1].isoformat()
    '2017-08-31'
    """
    return month_of(year, SEASONS[name], 3)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """Return the n-th such weekday of a month.

    Parameters
    ----------
    year, month, weekday : int
        The month, and the weekday from Monday, which is 0.
    nth : int
        From 1, or -1 for the last.

    Examples
    --------
    >>> nth_weekday(2017, 11, 3, 4).isoformat()
    '2017-11-23'
    """
    first, last = month_of(year, month)
    if nth < 0:
        return last - (last.weekday() - weekday) % 7 * DAY
    return first + (weekday - first.weekday()) % 7 * DAY + (nth - 1) * WEEK


def feast(holiday: Holiday, year: int) -> date | None:
    """Return the day of a holiday in a year; None where that differs from country to country.

    Parameters
    ----------
    holiday : Holiday
        As the codebook has it.
    year : int
        Of the western calendar.

    Examples
    --------
    >>> feast(Holiday(("Good Friday",), easter=-2), 2017).isoformat()
    '2017-04-14'
    """
    if holiday.easter is not None:
        return date.fromordinal(easter(year).toordinal() + holiday.easter)
    if holiday.month is None:
        return None
    if holiday.weekday:
        weekday = WEEKDAYS[holiday.weekday.lower()]
        return nth_weekday(year, holiday.month, weekday, holiday.nth or 1)
    return date(year, holiday.month, holiday.day or 1)


def weekday_from(day: date, weekday: int, ahead: bool) -> date:
    """Return the nearest such weekday not before (`ahead`) or not after a day.

    Parameters
    ----------
    day : datetime.date
        Where to begin; it is the answer when it is such a weekday.
    weekday : int
        From Monday, which is 0.
    ahead : bool
        Whether to look ahead.

    Examples
    --------
    >>> weekday_from(date(2017, 2, 16), 4, ahead=False).isoformat()
    '2017-02-10'
    """
    if ahead:
        return day + (weekday - day.weekday()) % 7 * DAY
    return day - (day.weekday() - weekday) % 7 * DAY


def near_months(published: date) -> Iterator[Interval]:
    """Yield the month of a day and those beside it.

    Parameters
    ----------
    published : datetime.date
        The day.

    Examples
    --------
    >>> [first.month for first, _ in near_months(date(2017, 1, 16))]
    [12, 1, 2]
    """
    for by in (-1, 0, 1):
        yield span(published, "month", by)
