"""Temporal expressions: what points to a day, week, month or year, and to which.

An expression is found by its shape and resolved against the document's date of publication. Each
rule of `RULES` is one shape: a pattern, the resolution that it stands for, and the function that
turns a match into an interval of days. Where two rules match the same words the longer one wins.
Weeks run from Monday to Sunday (ISO 8601).
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone

import pandas as pd

from usru import schema
from usru.text.lines import Reading, clean

__all__ = ["KINDS", "RULES", "Rule", "find", "page_clock"]

KINDS = ("headline", "body", "caption", "timestamp")
"""Kinds of block in which dates are looked for."""

Interval = tuple[date, date]
FAR_AHEAD = 120
"""Days within which a date without a year may lie ahead when nothing says that it does."""

JUST_PAST = 60
"""Days within which a date without a year may lie behind although a word looks ahead."""

DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)

_MONTH_NAMES = (
    "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul",
    "august aug", "september sept sep", "october oct", "november nov", "december dec",
)  # fmt: skip
MONTHS = {name: i for i, names in enumerate(_MONTH_NAMES, start=1) for name in names.split()}
WEEKDAYS = {
    name: i
    for i, name in enumerate(
        ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    )
}
NUMBERS = {
    word: i
    for i, word in enumerate(
        [
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ],
        start=1,
    )
} | {"a": 1, "an": 1}

# Every gap is bounded, so that no pattern can wander through a long run of white space.
_GAP = r"\s{1,8}"
_MONTH = (
    r"(?P<month>(?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December)\b|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_WEEKDAY = r"(?P<weekday>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b"
_DAYNAME = rf"(?:(?:{_WEEKDAY}|(?:Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)\b\.?),?{_GAP}(?:the{_GAP})?)?"
_DAYNUMBER = r"(?<![\d.,/:+$€£])(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_TO_DAY = rf"(?:\s?[-–—]\s?|{_GAP}to{_GAP})(?P<to>\d{{1,2}})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?![\d%]|[.,]\d|[-–]?[A-Za-z])"
_NO_MORE = r"(?![\d:%°]|[.,]\d|[A-Za-z])"
_AFTER_WORD = rf",?{_GAP}"
_THIS = r"(?P<which>last|this|next|the past|the coming|past|coming)"
_AHEAD = rf"(?:\b(?P<ahead>(?i:until|till|by|before)){_GAP}(?:the{_GAP})?)?"
_UNITS = (
    r"(?:people|persons?|men|women|children|troops|soldiers|dollars|euros|roubles|rubles|pounds|tons|tonnes|votes"
    r"|jobs|diplomats|civilians|refugees|members|seats|miles|kilomet|metres|meters|km|hectares|acres|feet"
    r"|hours|minutes|percent|per\b|pages|words|cases|deaths|lives|staff|workers|homes|houses|vehicles|tanks|protesters|demonstrators|students|others|voters|migrants|prisoners)"
)


@dataclass(frozen=True)
class Rule:
    """A shape of temporal expression: its pattern, its resolution, and what it points to.

    `resolve` gets the match and the date of publication and returns an
    interval of days, None for a date that no calendar has.
    """

    name: str
    resolution: str
    pattern: re.Pattern[str]
    resolve: Callable[[re.Match[str], date], Interval | None]


def find(raw: str, blocks: pd.DataFrame, published: date | None) -> pd.DataFrame:
    r"""Find the temporal expressions of a page and resolve them.

    Parameters
    ----------
    raw : str
        The page as plain text.
    blocks : pandas.DataFrame
        Its blocks, as `usru.text.blocks.find` gives them; headlines, body,
        captions and time lines are read.
    published : datetime.date or None
        When the page was published; without it only complete dates resolve.

    Returns
    -------
    pandas.DataFrame
        One row an expression, in page order: `block`, `start` and `end`
        (half-open character offsets in `raw`), `text`, `earliest` and `latest`
        (the first and last day it can mean, both missing where no calendar
        has the date or `published` is not known), and `resolution`:
        ``explicit`` (complete as printed), ``partial`` (the year, or year and
        month, are supplied from publication) or ``relative``.

    Notes
    -----
    A bare weekday is the nearest such day not after publication. A date
    without a year is the last such date, unless the next one is nearer and
    within four months, or a word in front looks ahead (``by``, ``until``).
    Linear in the length of `raw`.

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
    rows = [
        {"block": block, "start": first + start, "end": first + end, "text": clean(raw[first + start : first + end]),
         "earliest": interval[0] if interval else None,
         "latest": interval[1] if interval else None, "resolution": rule.resolution}
        for block, kind, first, last in zip(
            blocks["block"], blocks["kind"], blocks["start"], blocks["end"], strict=True
        )
        if kind in KINDS
        for reading in [Reading(raw[first:last])]
        for rule, match in _expressions(reading.text)
        for start, end in [reading.raw(*match.span("expression"))]
        for interval in [_resolved(rule, match, published)]
    ]  # fmt: skip
    return schema.frame("dates", rows, without="doc_id")


def _expressions(text: str) -> Iterator[tuple[Rule, re.Match[str]]]:
    """Matches in order, of overlapping ones the earliest, then the longest."""
    found = [(rule, match) for rule in RULES for match in rule.pattern.finditer(text)]
    found.sort(key=lambda entry: (entry[1].start("expression"), -entry[1].end("expression")))
    reached = 0
    for rule, match in found:
        if match.start("expression") >= reached:
            yield rule, match
            reached = match.end("expression")


def _resolved(rule: Rule, match: re.Match[str], published: date | None) -> Interval | None:
    if published is None and rule.resolution != "explicit":
        return None
    try:
        return rule.resolve(match, published or date.min)
    except (ValueError, OverflowError):  # a day that no calendar has
        return None


# Intervals -------------------------------------------------------------------------------------


def _plain(words: str | None) -> str:
    return " ".join((words or "").lower().split())


def _month_of(match: re.Match[str]) -> int:
    return MONTHS[match["month"].rstrip(".").lower()]


def _month(year: int, month: int) -> Interval:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _year(year: int) -> Interval:
    return date(year, 1, 1), date(year, 12, 31)


def _week(day: date) -> Interval:
    monday = day - day.weekday() * DAY
    return monday, monday + 6 * DAY


def _days(match: re.Match[str], year: int, month: int) -> Interval:
    first = date(year, month, int(match["day"]))
    groups = match.groupdict()
    last = first.replace(day=int(groups["to"])) if groups.get("to") else first
    if last < first:
        raise ValueError("a range that ends before it starts")
    return first, last


def _likely_year(published: date, month: int, day: int, ahead: bool) -> int:
    """The year of a day that is printed without one.

    News looks back: it is the last such day, unless the next one is both nearer and at most
    `FAR_AHEAD` days away. After a word that looks ahead it is the next one, unless the last one is
    both nearer and at most `JUST_PAST` days gone.
    """
    past_year = (
        published.year if (month, day) <= (published.month, published.day) else published.year - 1
    )
    gone = (published - date(past_year, month, 1)).days - (day - 1)
    left = (date(past_year + 1, month, 1) - published).days + (day - 1)
    if ahead:
        return past_year if gone < left and gone <= JUST_PAST else past_year + 1
    return past_year + 1 if left < gone and left <= FAR_AHEAD else past_year


def _shift(published: date, unit: str, by: int) -> Interval:
    """The day, week, month or year that lies `by` units from that of publication."""
    if unit.startswith("day"):
        return published + by * DAY, published + by * DAY
    if unit.startswith("week"):
        return _week(published + by * WEEK)
    if unit.startswith("year"):
        return _year(published.year + by)
    months = published.year * 12 + published.month - 1 + by
    return _month(months // 12, months % 12 + 1)


_BY = {"last": -1, "past": -1, "the past": -1, "this": 0, "next": 1, "coming": 1, "the coming": 1}


# What each shape points to ---------------------------------------------------------------------


def _complete(match: re.Match[str], published: date) -> Interval:
    return _days(match, int(match["year"]), _month_of(match))


def _numeric(match: re.Match[str], published: date) -> Interval | None:
    """Year first as in ISO 8601; with full stops the day is first; with slashes it may be open."""
    year, first, second = int(match["year"]), int(match["first"]), int(match["second"])
    if match["iso"]:
        month, day = first, second
    elif match["mark"] == "." or first > 12:
        day, month = first, second
    elif second > 12:
        month, day = first, second
    elif first == second:
        month = day = first
    else:
        return None
    return date(year, month, day), date(year, month, day)


def _month_and_year(match: re.Match[str], published: date) -> Interval:
    return _month(int(match["year"]), _month_of(match))


def _bare_year(match: re.Match[str], published: date) -> Interval:
    first = int(match["year"])
    if not match["until"]:
        return _year(first)
    last = (
        int(match["until"])
        if len(match["until"]) == 4
        else first // 100 * 100 + int(match["until"])
    )
    if last < first:
        raise ValueError("a range that ends before it starts")
    return date(first, 1, 1), date(last, 12, 31)


def _day_and_month(match: re.Match[str], published: date) -> Interval:
    month = _month_of(match)
    ahead = match["ahead"] is not None
    return _days(match, _likely_year(published, month, int(match["day"]), ahead), month)


def _bare_month(match: re.Match[str], published: date) -> Interval:
    month = _month_of(match)
    middle = 15
    return _month(_likely_year(published, month, middle, match["ahead"] is not None), month)


def _day_of_some_month(match: re.Match[str], published: date) -> Interval:
    day = int(match["day"])
    near = [_shift(published, "month", by)[0] for by in (-1, 0, 1)]
    month = min(near, key=lambda first: abs((published - first).days - (day - 1)))
    return _days(match, month.year, month.month)


def _weekday(match: re.Match[str], published: date) -> Interval:
    wanted, which = WEEKDAYS[match["weekday"].lower()], _plain(match["which"])
    back = (published.weekday() - wanted) % 7
    if which in ("next", "coming", "the coming"):
        day = published + (7 - back) * DAY
    elif which == "this":
        day = _week(published)[0] + wanted * DAY
    elif which:
        day = published - (back or 7) * DAY
    else:
        day = published - back * DAY
    return day, day


_NEAR = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1, "last night": -1}


def _near_day(match: re.Match[str], published: date) -> Interval:
    words = _plain(match["near"])
    day = published + _NEAR.get(words, 0) * DAY
    return day, day


def _period(match: re.Match[str], published: date) -> Interval:
    by = _BY[_plain(match["which"])]
    return _part(match, published, _shift(published, match["unit"].lower(), by))


def _current_week(match: re.Match[str], published: date) -> Interval:
    return _part(match, published, _shift(published, match["unit"].lower(), 0))


def _part(match: re.Match[str], published: date, whole: Interval) -> Interval:
    """Cut a period that holds publication to what lies before or after it, when the words say so."""
    part = (match["part"] or "").lower()
    if whole[0] < published <= whole[1] and part == "earlier":
        return whole[0], published - DAY
    if whole[0] <= published < whole[1] and part == "later":
        return published + DAY, whole[1]
    return whole


def _weekend(match: re.Match[str], published: date) -> Interval:
    """The last weekend that has begun by publication, or the one after it."""
    saturday = published - (published.weekday() - 5) % 7 * DAY
    which = _plain(match["which"])
    if which in ("next", "coming", "the coming"):
        saturday += WEEK
    elif which == "last" and published.weekday() >= 5:
        saturday -= WEEK
    return saturday, saturday + DAY


def _ago(match: re.Match[str], published: date) -> Interval:
    word = match["number"].lower()
    number = NUMBERS.get(word) or int(word)
    return _shift(published, match["unit"].lower(), -number)


def _month_of_a_year(match: re.Match[str], published: date) -> Interval:
    return _month(published.year + _BY[_plain(match["which"])], _month_of(match))


def _last_or_next_month(match: re.Match[str], published: date) -> Interval:
    month, which = _month_of(match), match["which"].lower()
    year = published.year
    if which == "last" and month >= published.month:
        year -= 1
    if which == "next" and month <= published.month:
        year += 1
    return _month(year, month)


def _rule(
    name: str,
    resolution: str,
    pattern: str,
    resolve: Callable[[re.Match[str], date], Interval | None],
) -> Rule:
    return Rule(name, resolution, re.compile(pattern), resolve)


_MONTH_CUE = (
    r"(?:\b(?i:in|since|(?P<ahead>until|till|by|before)|from|through|during|after|early|late|mid|between|last|next|this"
    r"|(?:end|start|beginning|middle|month) of|early in|late in)|\bmid-)"
)
_YEAR_CUE = (
    r"(?:\b(?i:in|since|until|till|by|from|to|of|after|before|during|early|late|mid|the|a|an|and|or|through|for"
    r"|between|around|back in|summer|winter|spring|autumn|fall|our|his|her|its|their|year|season|failed|botched"
    r"|landmark|historic)|['’]s|\bmid-|[(,;:–—-])"
)

RULES = (
    _rule("day-month-year", "explicit",
          rf"(?P<expression>{_DAYNAME}{_DAYNUMBER}(?:{_TO_DAY})?(?:{_GAP}of)?{_GAP}{_MONTH},?{_GAP}{_YEAR})", _complete),
    _rule("month-day-year", "explicit",
          rf"(?P<expression>{_DAYNAME}{_MONTH}{_GAP}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:{_TO_DAY})?,?{_GAP}{_YEAR})", _complete),
    _rule("numeric", "explicit",
          r"(?<![\w/.-])(?P<expression>(?:(?P<iso>(?P<year>(?:19|20)\d\d)-(?P<first>\d\d)-(?P<second>\d\d))))(?![\w/-])(?P<mark>)", _numeric),
    _rule("numeric-day-or-month-first", "explicit",
          r"(?<![\w/.-])(?P<expression>(?P<first>\d{1,2})(?P<mark>[/.])(?P<second>\d{1,2})(?P=mark)(?P<year>(?:19|20)\d\d))(?![\w/-])(?P<iso>)", _numeric),
    _rule("month-year", "explicit",
          rf"(?P<expression>\b{_MONTH}(?:{_GAP}of)?,?{_GAP}{_YEAR})", _month_and_year),
    _rule("year", "explicit",
          rf"{_YEAR_CUE}\s{{0,8}}(?<![\d.,$€£+/])(?P<expression>{_YEAR}(?:\s?[-–]\s?(?P<until>(?:19|20)?\d\d)(?![\d,.]\d|\w))?)(?!{_GAP}{_UNITS})", _bare_year),
    _rule("year-before-an-event", "explicit",
          rf"(?:^|(?<=\s))(?P<expression>{_YEAR}(?P<until>))(?={_GAP}(?:U\.?S\.?|[Pp]residential|[Ee]lections?|[Ss]ummit|[Aa]greement|[Dd]eal|[Tt]reaty|[Cc]ampaign|[Ww]ar|[Cc]oup|[Rr]eferendum|[Oo]lympics?)\b)", _bare_year),
    _rule("day-month", "partial",
          rf"{_AHEAD}(?P<expression>{_DAYNAME}{_DAYNUMBER}(?:{_TO_DAY})?(?:{_GAP}of)?{_GAP}{_MONTH})(?!,?{_GAP}(?:of{_GAP})?(?:19|20)\d\d)", _day_and_month),
    _rule("month-day", "partial",
          rf"{_AHEAD}(?P<expression>{_DAYNAME}{_MONTH}{_GAP}(?:the{_GAP})?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:{_TO_DAY})?){_NO_MORE}", _day_and_month),
    _rule("day-alone", "partial",
          rf"\b[Oo]n{_GAP}(?:the{_GAP})?(?P<expression>(?P<day>\d{{1,2}})(?:st|nd|rd|th))(?=\s*(?:[.,;:)–—]|$|and\b|but\b|at\b|when\b|to\b|in\b))", _day_of_some_month),
    _rule("month-alone", "partial",
          rf"{_MONTH_CUE}(?:{_GAP})?(?P<expression>{_MONTH})(?!{_GAP}\d|,?{_GAP}(?:19|20)\d\d|['’]?\w)", _bare_month),
    _rule("month-of-a-year", "relative",
          rf"(?P<expression>\b{_MONTH}(?:{_GAP}of)?{_GAP}(?P<which>last|this|next){_GAP}year)\b", _month_of_a_year),
    _rule("last-or-next-month-by-name", "relative",
          rf"(?P<expression>\b(?P<which>[Ll]ast|[Nn]ext){_GAP}{_MONTH})(?!\w)", _last_or_next_month),
    _rule("weekday", "relative",
          rf"(?<!Mail on )(?<!Black )(?<!Good )(?<!Bloody )(?<!Super )(?<!Ash )(?<!Palm )(?<!Easter )(?<!Cyber )"
          rf"(?P<expression>\b(?:(?P<which>[Ll]ast|[Tt]his|[Nn]ext|[Tt]he{_GAP}coming|[Cc]oming){_GAP})?{_WEEKDAY})"
          r"(?!\s(?:Times|Telegraph|Mirror|Express|Mail|Post|Herald|Night)\b)", _weekday),
    _rule("near-day", "relative",
          rf"(?P<expression>\b(?i:(?:(?:earlier|later|late|early){_GAP})?(?P<near>today|yesterday|tomorrow|tonight|last{_GAP}night|this{_GAP}(?:morning|afternoon|evening))))\b(?![-–]\w)", _near_day),
    _rule("period", "relative",
          rf"(?P<expression>\b(?i:(?:(?P<part>earlier|later|early|late){_GAP}(?:in{_GAP})?)?(?P<which>last|this|next){_GAP}(?P<unit>week|month|year)))\b(?!-|\w)", _period),
    _rule("part-of-the-current-week", "relative",
          rf"(?P<expression>\b(?i:(?P<part>earlier|later){_GAP}in{_GAP}the{_GAP}(?P<unit>week|month|year)))\b", _current_week),
    _rule("weekend", "relative",
          rf"(?P<expression>\b(?i:(?:(?P<which>last|this|next|the{_GAP}coming|the{_GAP}past|coming){_GAP}|the{_GAP}))weekend)\b(?!-)", _weekend),
    _rule("ago", "relative",
          rf"(?<![\d.,])(?P<expression>\b(?i:(?P<number>{'|'.join(NUMBERS)}|\d{{1,3}}){_GAP}(?P<unit>day|week|month|year)s?{_GAP}ago))\b", _ago),
    _rule("page-clock", "explicit",
          r"\b\d{1,2}:\d\d\s*\(?(?:GMT|UTC)\s*(?P<zone>[+-]\d{1,2}?)(?P<expression>(?P<day>0[1-9]|[12]\d|3[01]|[1-9])\s(?P<month>[A-Z][a-z]{2,8})\s(?P<year>\d{4}))", _complete),
)  # fmt: skip
"""The shapes of temporal expressions, complete dates first."""


# The page's clock ------------------------------------------------------------------------------

_CLOCK = re.compile(
    r"(?P<hour>\d{1,2}):(?P<minute>\d\d)\s*\(?(?:GMT|UTC)\s*(?P<digits>[+-]\d{1,4})?\)?[\s,]*"
    r"(?:(?P<day>\d{1,2})\s+)?(?P<month>[A-Za-z]+)\.?,?\s+(?P<year>\d{4})"
)


def page_clock(text: str) -> datetime | None:
    """Read a page's clock line: a time, a zone as an offset from GMT, a date.

    Dumps may lose the space between offset and day, so ``GMT +319 August``
    is GMT+3 on the 19th. Of the ways to divide the digits, that with the
    shorter offset is taken; an offset is at most 14 hours and a day must exist.

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
    >>> page_clock("Published 3 March 2017") is None
    True
    """
    match = _CLOCK.search(text)
    month = MONTHS.get(match["month"].lower()) if match else None
    if match is None or month is None:
        return None
    for offset, day in _divisions(match["digits"] or "+0", match["day"]):
        try:
            local = datetime(
                int(match["year"]), month, day, int(match["hour"]), int(match["minute"]),
                tzinfo=timezone(timedelta(hours=offset)),
            )  # fmt: skip
        except ValueError:
            continue
        return local.astimezone(UTC)
    return None


def _divisions(digits: str, day: str | None) -> list[tuple[int, int]]:
    sign = -1 if digits.startswith("-") else 1
    bare = digits.lstrip("+-")
    if day is not None:
        return [(sign * int(bare), int(day))] if int(bare) <= 14 else []
    return [
        (sign * int(bare[:cut]), int(bare[cut:]))
        for cut in (1, 2)
        if len(bare) > cut and int(bare[:cut]) <= 14
    ]
