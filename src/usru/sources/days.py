"""Dates of columns and fields: the calendar day that is printed, or a question.

A day is read as it is printed; a time zone never moves it. ``03/04/2017`` is two days by two
conventions: other dates of the same column decide which is meant, or a person does.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from typing import NamedTuple

from usru.sources.base import Order, Skipped
from usru.text.dates.intervals import MONTHS

__all__ = ["Days", "Numeric", "day"]

# The longest value that is a date, with weekday, time, zone and edition.
_LONGEST = 80
_MONTH = rf"(?P<month>{'|'.join(sorted(MONTHS, key=len, reverse=True))})\b\.?"
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,?\s+)?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})(?!\d)"
_COMPLETE = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_YEAR}(?P<mark>[-/.])(?P<month>\d{{1,2}})(?P=mark)(?P<day>\d{{1,2}})(?!\d)",
        # "20170312", and with a time as in indexes of web archives.
        r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)(?:T?\d{4}(?:\d\d)?Z?)?$",
        # Interfaces in Chinese and Japanese.
        r"(?P<year>\d{4})\s*年\s*(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*日",
        rf"{_WEEKDAY}{_DAY}\.?[\s-]+(?:of\s+)?{_MONTH},?[\s-]+{_YEAR}",
        rf"{_WEEKDAY}{_MONTH}\s+{_DAY},?\s+{_YEAR}",
    )
)
_NUMERIC = re.compile(
    r"(?P<first>\d{1,2})(?P<mark>[/.-])(?P<second>\d{1,2})(?P=mark)(?P<year>\d{4})(?!\d)"
)


class Numeric(NamedTuple):
    """A date of three numbers with the year last; `order` is None where it can be two days."""

    first: int
    second: int
    year: int
    order: Order | None

    def by(self, order: Order) -> date | None:
        """Return the day by a convention; None where no calendar has it.

        Parameters
        ----------
        order : {"day-first", "month-first"}
            The convention.
        """
        day, month = self.first, self.second
        if order == "month-first":
            day, month = month, day
        return _date(self.year, month, day)


def day(value: object) -> date | Numeric | None:
    """Read a date from the cell of a table or the field of an export.

    Parameters
    ----------
    value : object
        Text, a `date` or `datetime`, or a whole number such as 20170312. Any other number is
        refused: seconds since 1970 are only known as such where a column is typed so.

    Returns
    -------
    datetime.date, Numeric or None
        None where it is no complete date.

    Examples
    --------
    >>> day("2017-03-12T23:30:00-05:00"), day("March 12, 2017 Sunday"), day(20170312)
    (datetime.date(2017, 3, 12), datetime.date(2017, 3, 12), datetime.date(2017, 3, 12))
    >>> day("13/04/2017").order, day("03/04/2017").order
    ('day-first', None)
    >>> day("last week") is None
    True
    """
    if isinstance(value, datetime):
        return date(value.year, value.month, value.day)
    if isinstance(value, date):
        return value
    text = str(value).strip()
    if isinstance(value, float) and value.is_integer():
        text = str(int(value))
    if not 0 < len(text) <= _LONGEST:
        return None
    for pattern in _COMPLETE:
        if match := pattern.match(text):
            month = match["month"].lower().rstrip(".")
            return _date(int(match["year"]), MONTHS.get(month) or int(month), int(match["day"]))
    match = _NUMERIC.match(text)
    return _numeric(match) if match else None


def _numeric(match: re.Match[str]) -> date | Numeric | None:
    first, second, year = (int(match[name]) for name in ("first", "second", "year"))
    if first == second:
        return _date(year, first, first)
    # Full stops are European, where the day is first.
    if first > 12 or match["mark"] == ".":
        return Numeric(first, second, year, "day-first")
    return Numeric(first, second, year, "month-first" if second > 12 else None)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


class Days:
    """The dates of one column or field of a file, read one by one, and the questions they leave.

    Parameters
    ----------
    file, name : str
        What the file is called, and the column or field: ``"column date"``.
    order : {"day-first", "month-first"}, optional
        What a person says of dates such as 03/04/2017.
    values : callable, optional
        Gives all values of the column; called once, at the first date that can be two days.

    Examples
    --------
    >>> days = Days("articles.csv", "column date", values=lambda: ["03/04/2017", "25/04/2017"])
    >>> days.read("03/04/2017", "articles.csv, row 2")
    (datetime.date(2017, 4, 3), 'column date, day first as other dates of it show')
    """

    def __init__(
        self,
        file: str,
        name: str,
        order: Order | None = None,
        values: Callable[[], Iterable[object]] = tuple,
    ) -> None:
        self._file, self._name, self._order, self._values = file, name, order, values
        self._shown: tuple[Order | None] | None = None
        self._open: list[str] = []
        self._unread: list[tuple[str, str]] = []

    def read(self, value: object, place: str) -> tuple[date | None, str | None]:
        """Return the day and how it is known; both None where it is missing, open or no date.

        Parameters
        ----------
        value : object
            The cell or field; None and blank text are missing dates.
        place : str
            Where it is, for the sentence about dates that cannot be read.
        """
        if value is None or not str(value).strip():
            return None, None
        found = day(value)
        if isinstance(found, Numeric):
            return self._by_convention(found, str(value), place)
        if found is None:
            self._unread.append((str(value).strip(), place))
            return None, None
        return found, self._name

    def _by_convention(
        self, found: Numeric, printed: str, place: str
    ) -> tuple[date | None, str | None]:
        said, basis = found.order, self._name
        if said is None and self._order is not None:
            said, basis = self._order, f"{basis}, {_words(self._order)} as it was said to be"
        elif said is None and (shown := self._shown_order()) is not None:
            said, basis = shown, f"{basis}, {_words(shown)} as other dates of it show"
        if said is None:
            self._open.append(printed.strip())
            return None, None
        published = found.by(said)
        if published is None:
            self._unread.append((printed.strip(), place))
        return published, basis if published is not None else None

    def _shown_order(self) -> Order | None:
        """The one convention that the sure dates of the column follow, if they follow one."""
        if self._shown is None:
            read = (day(value) for value in self._values() if value is not None)
            orders = {found.order for found in read if isinstance(found, Numeric)} - {None}
            self._shown = (orders.pop() if len(orders) == 1 else None,)
        return self._shown[0]

    def questions(self) -> Iterator[Skipped]:
        """Yield one sentence about dates that can be two days, one about those that are none.

        Yields
        ------
        Skipped
            When all values have been read.
        """
        place = f"{self._file}, {self._name}"
        if self._open:
            problem = f"{_dates(len(self._open))}, as {self._open[0]}, can be two days"
            yield Skipped(place, problem, "say --dates day-first or --dates month-first")
        if self._unread:
            printed, where = self._unread[0]
            shown = printed if len(printed) <= 40 else printed[:40] + "…"
            problem = f"{_dates(len(self._unread))} cannot be read, as {shown!r} ({where})"
            yield Skipped(place, problem, "write the day as 2017-04-03")


def _dates(count: int) -> str:
    return "1 date" if count == 1 else f"{count} dates"


def _words(order: Order) -> str:
    return order.replace("-", " ")
