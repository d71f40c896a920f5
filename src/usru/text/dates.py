"""Temporal expressions: what points to a day, week, month or year, and to which.

An expression is found by its shape and resolved against the document's date of publication. Each
rule of `_RULES` is one shape: a pattern, the resolution that it gives, and the function that
turns a match into an interval of days. Where two rules match the same words the longer one wins.
Weeks run from Monday to Sunday (ISO 8601).
"""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone
from typing import NamedTuple

import pandas as pd

from usru import schema
from usru.text.lines import Reading, clean

__all__ = ["find", "page_clock"]

# Days within which a date without a year may lie ahead when nothing says that it does, as those of
# summits and elections in news do.
FAR_AHEAD = 120
# Days within which a date without a year may lie behind although a word looks ahead ("by March 3
# both had left").
JUST_PAST = 60
Interval = tuple[date, date]
DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)

_MONTH_NAMES = (
    "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul",
    "august aug", "september sept sep", "october oct", "november nov", "december dec",
)  # fmt: skip
_DAY_NAMES = "monday tuesday wednesday thursday friday saturday sunday"
_NUMBER_WORDS = "one two three four five six seven eight nine ten eleven twelve"
MONTHS = {name: i for i, names in enumerate(_MONTH_NAMES, start=1) for name in names.split()}
WEEKDAYS = {name: i for i, name in enumerate(_DAY_NAMES.split())}
NUMBERS = {word: i for i, word in enumerate(_NUMBER_WORDS.split(), start=1)} | {"a": 1, "an": 1}

# How many units a word leads from that of publication.
_BY = {"last": -1, "past": -1, "the past": -1, "this": 0, "": 0, "next": 1, "coming": 1, "the coming": 1}  # fmt: skip
# How many days a word leads from publication; "today", "this morning" and the like lead to it.
_NEAR = {"yesterday": -1, "last night": -1, "tomorrow": 1}

# What a date is made of. Every gap is bounded, so that no pattern can wander through a long run of
# white space.
_GAP = r"\s{1,8}"
_MONTH = (
    r"(?P<month>(?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December)\b|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_WEEKDAY = r"(?P<weekday>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b"
_DAYNAME = rf"(?:(?:{_WEEKDAY}|(?:Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)\b\.?),?{_GAP}(?:the{_GAP})?)?"
_DAY = r"(?P<day>\d{1,2})"
_TH = "(?:st|nd|rd|th)"
_DAYNUMBER = rf"(?<![\d.,/:+$€£]){_DAY}{_TH}?"
_TO_DAY = rf"(?:(?:\s?[-–—]\s?|{_GAP}to{_GAP})(?P<to>\d{{1,2}}){_TH}?)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?![\d%]|[.,]\d|[-–]?[A-Za-z])"
_NO_MORE = r"(?![\d:%°]|[.,]\d|[A-Za-z])"
_AHEAD = rf"(?:\b(?P<ahead>(?i:until|till|by|before)){_GAP}(?:the{_GAP})?)?"

# Words that decide whether a number is a year, a word a month, a name a day.
# What a number before it counts, so that it is no year: "2000 troops".
_COUNTED = (
    "people persons? men women children troops soldiers dollars euros roubles rubles pounds tons tonnes votes jobs"
    " diplomats civilians refugees members seats miles kilomet metres meters km hectares acres feet hours minutes"
    r" percent per\b pages words cases deaths lives staff workers homes houses vehicles tanks protesters"
    " demonstrators students others voters migrants prisoners"
)
# What a number before it dates, as headlines do: "2016 election".
_EVENTS = (
    r"U\.?S\.? [Pp]residential [Ee]lections? [Ss]ummit [Aa]greement [Dd]eal [Tt]reaty [Cc]ampaign [Ww]ar [Cc]oup"
    " [Rr]eferendum [Oo]lympics?"
)
# What comes before a year; without it four digits may be a number of anything.
_YEAR_CUE = (
    r"(?:\b(?i:in|since|until|till|by|from|to|of|after|before|during|early|late|mid|the|a|an|and|or|through|for"
    r"|between|around|back in|summer|winter|spring|autumn|fall|our|his|her|its|their|year|season|failed|botched"
    r"|landmark|historic)|['’]s|\bmid-|[(,;:–—-])"
)
# What comes before a month; without it "May" and "March" may be a name or a verb.
_MONTH_CUE = (
    r"(?:\b(?i:in|since|(?P<ahead>until|till|by|before)|from|through|during|after|early|late|mid|between|last|next|this"
    r"|(?:end|start|beginning|middle|month) of|early in|late in)|\bmid-)"
)
_DAYS_OF_NAMES = ("Mail on", "Black", "Good", "Bloody", "Super", "Ash", "Palm", "Easter", "Cyber")
# What makes a weekday part of a name, before and after it: "Good Friday", "Sunday Times".
_NAMES_OF_DAYS = "Times Telegraph Mirror Express Mail Post Herald Night"


def _any(words: str) -> str:
    return f"(?:{'|'.join(words.split())})"


class _Rule(NamedTuple):
    """A shape of temporal expression, and what a match with it points to on a day of publication."""

    name: str
    resolution: str
    pattern: re.Pattern[str]
    resolve: Callable[[re.Match[str], date], Interval | None]


def find(raw: str, blocks: pd.DataFrame, published: date | None) -> pd.DataFrame:
    r"""Find the temporal expressions of a page and resolve them.

    Parameters
    ----------
    raw, blocks : str, pandas.DataFrame
        The page as plain text, and its blocks from `usru.text.blocks.find`.
    published : datetime.date or None
        When the page was published; without it only complete dates resolve.

    Returns
    -------
    pandas.DataFrame
        One row an expression, in page order: `block`, `start` and `end` (half-open offsets in
        `raw`), `text`, `earliest` and `latest` (the first and last day it can mean, both missing
        where no calendar has the date or `published` is not known), and `resolution`:
        ``explicit`` (complete as printed), ``partial`` (the year, or year and month, are supplied
        from publication) or ``relative``.

    Notes
    -----
    A bare weekday is the nearest such day not after publication. A date without a year is the last
    such date, unless the next one is nearer and within four months, or a word in front looks ahead
    (``by``, ``until``). Linear in the length of `raw`.

    Examples
    --------
    >>> from datetime import date
    >>> from usru.text import blocks
    >>> page = "Envoys meet again\n\nOn Thursday two envoys met; they will meet again on March 3.\n"
    >>> found = find(page, blocks.find(page), date(2017, 2, 16))
    >>> found[["text", "earliest", "resolution"]]
           text   earliest resolution
    0  Thursday 2017-02-16   relative
    1   March 3 2017-03-03    partial
    """
    if isinstance(published, datetime):
        published = published.date()
    read = blocks[blocks["kind"].isin(["headline", "body", "caption", "timestamp"])]
    rows = []
    for block, first, last in zip(read["block"], read["start"], read["end"], strict=True):
        reading = Reading(raw[first:last])
        for rule, match in _expressions(reading.text):
            start, end = (first + place for place in reading.raw(*match.span("expression")))
            earliest, latest = _resolved(rule, match, published) or (None, None)
            rows.append(
                {"block": block, "start": start, "end": end, "text": clean(raw[start:end]),
                 "earliest": earliest, "latest": latest, "resolution": rule.resolution}
            )  # fmt: skip
    return schema.frame("dates", rows, without="doc_id")


def _expressions(text: str) -> Iterator[tuple[_Rule, re.Match[str]]]:
    """Matches in order, of overlapping ones the earliest, then the longest."""
    found = [(rule, match) for rule in _RULES for match in rule.pattern.finditer(text)]
    found.sort(key=lambda entry: (entry[1].start("expression"), -entry[1].end("expression")))
    reached = 0
    for rule, match in found:
        if match.start("expression") >= reached:
            yield rule, match
            reached = match.end("expression")


def _resolved(rule: _Rule, match: re.Match[str], published: date | None) -> Interval | None:
    if published is None and rule.resolution != "explicit":
        return None
    try:
        return rule.resolve(match, published or date.min)
    except (ValueError, OverflowError):  # a day that no calendar has
        return None


# Intervals -------------------------------------------------------------------------------------


def _span(day: date, unit: str, by: int = 0) -> Interval:
    """The day, week, month or year that lies `by` units from that of a day."""
    period = pd.Period(day, freq=unit[0].upper()) + by
    first, last = (period.asfreq("D", how) for how in ("start", "end"))
    return date(first.year, first.month, first.day), date(last.year, last.month, last.day)


def _days(match: re.Match[str], year: int, month: int) -> Interval:
    first = date(year, month, int(match["day"]))
    return _in_order(first, first.replace(day=int(match.groupdict().get("to") or first.day)))


def _in_order(first: date, last: date) -> Interval:
    if last < first:
        raise ValueError("a range that ends before it starts")
    return first, last


def _likely_year(published: date, month: int, day: int, ahead: bool) -> int:
    """The year of a day that is printed without one.

    News looks back: it is the last such day, unless the next one is both nearer and at most
    `FAR_AHEAD` days away. After a word that looks ahead it is the next one, unless the last one is
    both nearer and at most `JUST_PAST` days gone.
    """
    past = published.year - ((month, day) > (published.month, published.day))
    gone = (published - date(past, month, 1)).days - (day - 1)
    left = (date(past + 1, month, 1) - published).days + (day - 1)
    if ahead:
        return past if gone < left and gone <= JUST_PAST else past + 1
    return past + 1 if left < gone and left <= FAR_AHEAD else past


# What each shape points to ---------------------------------------------------------------------


def _words(match: re.Match[str], group: str) -> str:
    return " ".join((match[group] or "").lower().split())


def _month_of(match: re.Match[str]) -> int:
    printed = match["month"].rstrip(".").lower()
    return MONTHS.get(printed) or int(printed)


def _complete(match: re.Match[str], published: date) -> Interval:
    return _days(match, int(match["year"]), _month_of(match))


def _year_last(match: re.Match[str], published: date) -> Interval | None:
    """With full stops the day is first, as in Europe; with slashes it may be open which is."""
    first, second, year = (int(match[name]) for name in ("first", "second", "year"))
    if match["mark"] == "." or first > 12 or first == second:
        first, second = second, first
    elif second <= 12:
        return None
    return date(year, first, second), date(year, first, second)


def _month_and_year(match: re.Match[str], published: date) -> Interval:
    return _span(date(int(match["year"]), _month_of(match), 1), "month")


def _years(match: re.Match[str], published: date) -> Interval:
    first = match["year"]
    last = match.groupdict().get("until") or first  # "2014-16": its first digits are those of 2014
    return _in_order(date(int(first), 1, 1), date(int(first[: -len(last)] + last), 12, 31))


def _day_and_month(match: re.Match[str], published: date) -> Interval:
    month, ahead = _month_of(match), match["ahead"] is not None
    return _days(match, _likely_year(published, month, int(match["day"]), ahead), month)


def _bare_month(match: re.Match[str], published: date) -> Interval:
    month, middle = _month_of(match), 15
    year = _likely_year(published, month, middle, match["ahead"] is not None)
    return _span(date(year, month, 1), "month")


def _day_of_some_month(match: re.Match[str], published: date) -> Interval:
    day = int(match["day"])
    near = [_span(published, "month", by)[0] for by in (-1, 0, 1)]
    month = min(near, key=lambda first: abs((published - first).days - (day - 1)))
    return _days(match, month.year, month.month)


def _weekday(match: re.Match[str], published: date) -> Interval:
    """The nearest such day not after publication, unless a word says which."""
    wanted, which = WEEKDAYS[match["weekday"].lower()], _words(match, "which")
    back = (published.weekday() - wanted) % 7
    if which == "this":
        day = _span(published, "week")[0] + wanted * DAY
    elif which == "last":
        day = published - (back or 7) * DAY
    else:
        day = published - back * DAY + _BY[which] * WEEK
    return day, day


def _near_day(match: re.Match[str], published: date) -> Interval:
    day = published + _NEAR.get(_words(match, "near"), 0) * DAY
    return day, day


def _period(match: re.Match[str], published: date) -> Interval:
    """A week, month or year; of the current one only what lies before or after, if words say so."""
    first, last = _span(published, match["unit"].lower(), _BY[_words(match, "which")])
    part = _words(match, "part")
    if part == "earlier" and first < published <= last:
        return first, published - DAY
    if part == "later" and first <= published < last:
        return published + DAY, last
    return first, last


def _weekend(match: re.Match[str], published: date) -> Interval:
    """The last weekend that has begun by publication, or the one after it."""
    saturday = published - (published.weekday() - 5) % 7 * DAY
    which = _words(match, "which")
    if _BY[which] > 0:
        saturday += WEEK
    elif which == "last" and published.weekday() >= 5:
        saturday -= WEEK
    return saturday, saturday + DAY


def _ago(match: re.Match[str], published: date) -> Interval:
    word = match["number"].lower()
    return _span(published, match["unit"].lower(), -(NUMBERS.get(word) or int(word)))


def _month_of_a_year(match: re.Match[str], published: date) -> Interval:
    return _span(date(published.year + _BY[_words(match, "which")], _month_of(match), 1), "month")


def _last_or_next_month(match: re.Match[str], published: date) -> Interval:
    month, by = _month_of(match), _BY[_words(match, "which")]
    this_year = month < published.month if by < 0 else month > published.month
    return _span(date(published.year + (0 if this_year else by), month, 1), "month")


_RULES = tuple(
    _Rule(name, resolution, re.compile(pattern), resolve)
    for name, resolution, pattern, resolve in (
        ("day-month-year", "explicit",
         rf"(?P<expression>{_DAYNAME}{_DAYNUMBER}{_TO_DAY}(?:{_GAP}of)?{_GAP}{_MONTH},?{_GAP}{_YEAR})", _complete),
        ("month-day-year", "explicit",
         rf"(?P<expression>{_DAYNAME}{_MONTH}{_GAP}{_DAY}{_TH}?{_TO_DAY},?{_GAP}{_YEAR})", _complete),
        # Wikis, blogs and tables.
        ("numeric", "explicit",
         r"(?<![\w/.-])(?P<expression>(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d))(?![\w/-])", _complete),
        ("numeric-day-or-month-first", "explicit",
         r"(?<![\w/.-])(?P<expression>(?P<first>\d{1,2})(?P<mark>[/.])(?P<second>\d{1,2})(?P=mark)(?P<year>(?:19|20)\d\d))(?![\w/-])", _year_last),
        ("month-year", "explicit",
         rf"(?P<expression>\b{_MONTH}(?:{_GAP}of)?,?{_GAP}{_YEAR})", _month_and_year),
        ("year", "explicit",
         rf"{_YEAR_CUE}\s{{0,8}}(?<![\d.,$€£+/])(?P<expression>{_YEAR}(?:\s?[-–]\s?(?P<until>(?:19|20)?\d\d)(?![\d,.]\d|\w))?)(?!{_GAP}{_any(_COUNTED)})", _years),
        # Headlines, and paragraphs that begin with a year.
        ("year-before-an-event", "explicit",
         rf"(?:^|(?<=\s))(?P<expression>{_YEAR})(?={_GAP}{_any(_EVENTS)}\b)", _years),
        ("day-month", "partial",
         rf"{_AHEAD}(?P<expression>{_DAYNAME}{_DAYNUMBER}{_TO_DAY}(?:{_GAP}of)?{_GAP}{_MONTH})(?!,?{_GAP}(?:of{_GAP})?(?:19|20)\d\d)", _day_and_month),
        ("month-day", "partial",
         rf"{_AHEAD}(?P<expression>{_DAYNAME}{_MONTH}{_GAP}(?:the{_GAP})?{_DAY}{_TH}?{_TO_DAY}){_NO_MORE}", _day_and_month),
        # Timelines of a crisis: "on the 4th"; but "on the 4th floor" is no date.
        ("day-alone", "partial",
         rf"\b[Oo]n{_GAP}(?:the{_GAP})?(?P<expression>{_DAY}{_TH})(?=\s*(?:[.,;:)–—]|$|and\b|but\b|at\b|when\b|to\b|in\b))", _day_of_some_month),
        ("month-alone", "partial",
         rf"{_MONTH_CUE}(?:{_GAP})?(?P<expression>{_MONTH})(?!{_GAP}\d|,?{_GAP}(?:19|20)\d\d|['’]?\w)", _bare_month),
        ("month-of-a-year", "relative",
         rf"(?P<expression>\b{_MONTH}(?:{_GAP}of)?{_GAP}(?P<which>last|this|next){_GAP}year)\b", _month_of_a_year),
        ("last-or-next-month-by-name", "relative",
         rf"(?P<expression>\b(?P<which>[Ll]ast|[Nn]ext){_GAP}{_MONTH})(?!\w)", _last_or_next_month),
        ("weekday", "relative",
         "".join(f"(?<!{name} )" for name in _DAYS_OF_NAMES) +
         rf"(?P<expression>\b(?:(?P<which>[Ll]ast|[Tt]his|[Nn]ext|[Tt]he{_GAP}coming|[Cc]oming){_GAP})?{_WEEKDAY})"
         rf"(?!\s{_any(_NAMES_OF_DAYS)}\b)", _weekday),
        ("near-day", "relative",
         rf"(?P<expression>\b(?i:(?:(?:earlier|later|late|early){_GAP})?(?P<near>today|yesterday|tomorrow|tonight|last{_GAP}night|this{_GAP}(?:morning|afternoon|evening))))\b(?![-–]\w)", _near_day),
        ("period", "relative",
         rf"(?P<expression>\b(?i:(?:(?P<part>earlier|later|early|late){_GAP}(?:in{_GAP})?)?(?P<which>last|this|next){_GAP}(?P<unit>week|month|year)))\b(?!-|\w)", _period),
        ("part-of-the-current-week", "relative",
         rf"(?P<expression>\b(?i:(?P<part>earlier|later){_GAP}in{_GAP}the(?P<which>){_GAP}(?P<unit>week|month|year)))\b", _period),
        ("weekend", "relative",
         rf"(?P<expression>\b(?i:(?:(?P<which>last|this|next|the{_GAP}coming|the{_GAP}past|coming){_GAP}|the{_GAP}))weekend)\b(?!-)", _weekend),
        ("ago", "relative",
         rf"(?<![\d.,])(?P<expression>\b(?i:(?P<number>{'|'.join(NUMBERS)}|\d{{1,3}}){_GAP}(?P<unit>day|week|month|year)s?{_GAP}ago))\b", _ago),
        # Pages of Sputnik, saved: the offset and the day run together ("GMT +319 August 2019").
        ("page-clock", "explicit",
         rf"\b\d{{1,2}}:\d\d\s*\(?(?:GMT|UTC)\s*(?P<zone>[+-]\d{{1,2}}?)(?P<expression>(?P<day>0[1-9]|[12]\d|3[01]|[1-9])\s{_MONTH}\s(?P<year>\d{{4}}))", _complete),
    )
)  # fmt: skip


# The page's clock ------------------------------------------------------------------------------

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
