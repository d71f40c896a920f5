"""The page's own clock: the moment at which a page was saved."""

import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone

from usru.text.dates.intervals import MONTHS

__all__ = ["page_clock"]

_CLOCK = re.compile(
    r"(?P<hour>\d{1,2}):(?P<minute>\d\d)\s*\(?(?:GMT|UTC)\s*(?P<digits>[+-]\d{1,4})?\)?[\s,]*"
    r"(?:(?P<day>\d{1,2})\s+)?(?P<month>[A-Za-z]+)\.?,?\s+(?P<year>\d{4})"
)


def page_clock(text: str) -> datetime | None:
    """Read a page's clock line: a time, a zone as an offset from GMT, a date.

    Dumps may lose the space between offset and day, so ``GMT +319 August`` is GMT+3 on the 19th:
    the shortest offset is taken that is at most 14 hours and leaves a day that exists.

    Parameters
    ----------
    text : str
        A `timestamp` block's text.

    Returns
    -------
    datetime or None
        The moment in UTC; None where the line is no such clock.

    Examples
    --------
    >>> page_clock("09:03 GMT +319 August 2019").isoformat()
    '2019-08-19T06:03:00+00:00'
    """
    match = _CLOCK.search(text)
    month = MONTHS.get(match["month"].lower()) if match else None
    if match is None or month is None:
        return None
    year, hour, minute = (int(match[name]) for name in ("year", "hour", "minute"))
    for offset, day in _divisions(match["digits"] or "+0", match["day"]):
        with suppress(ValueError):  # no such day: the digits are to be divided in another way
            zone = timezone(timedelta(hours=offset))
            return datetime(year, month, day, hour, minute, tzinfo=zone).astimezone(UTC)
    return None


def _divisions(digits: str, day: str | None) -> list[tuple[int, int]]:
    """The ways to divide digits into an offset from GMT and a day, unless the day is apart."""
    sign, bare = -1 if digits.startswith("-") else 1, digits.lstrip("+-")
    pairs = [(bare[:cut], bare[cut:]) for cut in (1, 2) if len(bare) > cut]
    pairs = pairs if day is None else [(bare, day)]
    return [(sign * int(hours), int(days)) for hours, days in pairs if int(hours) <= 14]
