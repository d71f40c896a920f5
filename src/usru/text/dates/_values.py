"""What each shape of temporal expression points to: a match and its page to an interval of days.

Each function takes a match of its shape and the `Context`, and gives the first and the last day, or
None where the words leave open which days they are.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import NamedTuple

from usru.codebook import Holiday
from usru.text.dates.intervals import (
    DAY,
    MONTHS,
    NUMBERS,
    ORDINALS,
    TENS,
    WEEK,
    WEEKDAYS,
    Interval,
    feast,
    in_order,
    likely_year,
    month_of,
    near_months,
    nth_weekday,
    season,
    span,
    weekday_from,
)
from usru.text.dates.tense import Outlook, Reader

# How many units a word leads from that of publication.
_BY = {"last": -1, "past": -1, "the past": -1, "this past": -1, "this": 0, "current": 0,
       "the current": 0, "the present": 0, "": 0, "next": 1, "coming": 1, "the coming": 1,
       "this coming": 1}  # fmt: skip
# How many days a word leads from publication; "today", "this morning" and the like lead to it.
_NEAR = {"yesterday": -1, "last night": -1, "last evening": -1, "tomorrow": 1,
         "day before yesterday": -2, "night before last": -2, "day after tomorrow": 2}  # fmt: skip
_NTH = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1, "latter": -1, "final": -1,
        "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}  # fmt: skip

# Characters of a sentence within which an earlier date can be meant by "a year earlier".
_NEARBY = 200
ITEM = re.compile(r"\d{1,2}(?:st|nd|rd|th|ST|ND|RD|TH)?")
_SENTENCE_END = re.compile(r"[.!?][\"”’')]{0,2}\s{1,8}[A-Z“\"]")
# Before a month that is a name elsewhere on the page, what makes it a month.
_NAME_CUE = re.compile(
    r"\b(?i:in|early|late|mid|(?:end|start|beginning|middle|month) of)\s{1,8}$|-$"
)


class Context(NamedTuple):
    """What a rule needs beside a match: the text, its day, the dates before, and its tense."""

    text: str
    published: date
    tense: Reader
    earlier: list[tuple[int, Interval]]
    names: frozenset[str]

    def ahead(self, match: re.Match[str]) -> bool | None:
        """Whether the clause of a match looks ahead."""
        return self.outlook(match).ahead

    def far(self, match: re.Match[str]) -> bool | None:
        """Whether it looks ahead to months and dates without a year."""
        return self.outlook(match).far

    def outlook(self, match: re.Match[str]) -> Outlook:
        """Whether the clause of a match looks ahead, and whether that is sure."""
        return self.tense.outlook(self.text, *match.span("expression"))

    def anchor(self, match: re.Match[str]) -> Interval | None:
        """The last date before a match in its sentence."""
        if not self.earlier:
            return None
        end, interval = self.earlier[-1]
        between = self.text[end : match.start("expression") + 1]
        return None if len(between) > _NEARBY or _SENTENCE_END.search(between) else interval


Resolve = Callable[[re.Match[str], Context], Interval | None]


class NoDate(Exception):
    """What a shape matches is no date after all: in two weeks, of something that is over."""


def _part(match: re.Match[str], group: str) -> str | None:
    """What a group of a match holds; None where the shape has no such group."""
    return match.groupdict().get(group)


def _words(match: re.Match[str], group: str) -> str:
    return " ".join((_part(match, group) or "").lower().split())


def _month(match: re.Match[str]) -> int:
    printed = match["month"].rstrip(".").lower()
    return MONTHS.get(printed) or int(printed)


def _number(match: re.Match[str]) -> int:
    """A number in digits or words; "a" is one."""
    word = re.sub(r"\s+", "-", _words(match, "number"))
    return NUMBERS[word] if word in NUMBERS else int(word or 1)


def _in_words(word: str | None) -> int:
    return NUMBERS[re.sub(r"\s+", "-", word.lower())] if word else 0


def _weekday_of(match: re.Match[str], group: str = "weekday") -> int | None:
    return WEEKDAYS.get(_words(match, group))


def _one(day: date) -> Interval:
    return day, day


def left_open(match: re.Match[str], context: Context) -> None:
    """What the words alone leave open."""


def days(match: re.Match[str], context: Context) -> Interval:
    """A day or a run of days of a month, of the year that is printed or meant."""
    printed = match.groupdict()
    word = _words(match, "ordinal").replace(" ", "-")
    first = int(printed.get("day") or ORDINALS.get(word, 0))
    month = _month(match)
    year = (
        int(printed["year"]) if printed.get("year") else _year_meant(match, context, month, first)
    )
    last = max([int(printed.get("to") or first), *_listed(printed.get("more"))])
    first = min([first, *_listed(printed.get("more"))])
    return in_order(date(year, month, first), date(year, month, last))


def _listed(more: str | None) -> list[int]:
    return [int(re.findall(r"\d+", item)[0]) for item in ITEM.findall(more or "")]


def _year_meant(match: re.Match[str], context: Context, month: int, day: int) -> int:
    """The year of a date without one: that in which it is the weekday printed beside it."""
    published = context.published
    weekday = _weekday_of(match)
    weekday = _weekday_of(match, "behind") if weekday is None else weekday
    if weekday is not None:
        years = (published.year + by for by in (0, -1, 1))
        fits = [year for year in years if date(year, month, day).weekday() == weekday]
        return min(fits, key=lambda year: abs(date(year, month, day) - published))
    _, sure, ahead = context.outlook(match)
    return likely_year(published, month, day, None if ahead is False and not sure else ahead)


def year_last(match: re.Match[str], context: Context) -> Interval | None:
    """With full stops the day is first, as in Europe, where it can be; else it may be open which is."""
    first, second, year = (int(match[name]) for name in ("first", "second", "year"))
    year += 2000 if year < 100 else 0
    if first > 12 or (match["mark"] == "." and second <= 12) or first == second:
        first, second = second, first
    elif second <= 12:
        return None
    return _one(date(year, first, second))


def month_and_year(match: re.Match[str], context: Context) -> Interval:
    return month_of(int(match["year"]), _month(match))


def years(match: re.Match[str], context: Context) -> Interval:
    first = match["year"]
    last = _part(match, "until") or first  # "2014-16": its first digits are those of 2014
    return in_order(date(int(first), 1, 1), date(int(first[: -len(last)] + last), 12, 31))


def year_in_words(match: re.Match[str], context: Context) -> Interval:
    hundreds = _in_words(_part(match, "century")) or 20
    year = 100 * hundreds + sum(_in_words(_part(match, part)) for part in ("rest", "oh", "since"))
    return (
        month_of(year, _month(match)) if _part(match, "month") else span(date(year, 1, 1), "year")
    )


def decade(match: re.Match[str], context: Context) -> Interval | None:
    """The 1990s; the '90s are the last such decade that has begun ten years before."""
    digits = _part(match, "digits") or f"{20 + 10 * TENS.index(_words(match, 'tens'))}"
    if digits.endswith("00") and digits != "2000":  # the 1900s may be a century
        return None
    if len(digits) == 4:
        return span(date(int(digits), 1, 1), "decade")
    year = int(digits) + context.published.year // 100 * 100
    year -= 100 if year > context.published.year else 0
    doubtful = context.published.year - year < 20 and int(digits) <= 50
    return None if doubtful else span(date(year, 1, 1), "decade")


def bare_month(match: re.Match[str], context: Context) -> Interval | None:
    start = match.start("month")
    if match["month"].title() in context.names and not _NAME_CUE.search(
        context.text, max(0, start - 30), start
    ):
        raise NoDate
    month, ahead = _month(match), context.far(match)
    # A month that has begun is behind, one that has not ended is ahead.
    middle = {None: 15, False: 1, True: 28}[ahead]
    return month_of(likely_year(context.published, month, middle, ahead), month)


def day_of_some_month(match: re.Match[str], context: Context) -> Interval:
    day, weekday = int(match["day"]), _weekday_of(match)
    near = [
        first.replace(day=day) for first, last in near_months(context.published) if day <= last.day
    ]
    if weekday is not None:
        near = [one for one in near if one.weekday() == weekday]
    return _one(min(near, key=lambda one: abs(context.published - one)))


def bare_weekday(match: re.Match[str], context: Context) -> Interval:
    """The nearest such day on the side to which the clause looks, unless a word says which."""
    wanted, which = WEEKDAYS[match["weekday"].lower()], _words(match, "which")
    published = context.published
    back = weekday_from(published, wanted, ahead=False)
    if which == "this":
        return _one(span(published, "week")[0] + wanted * DAY)
    if which in ("last", "past", "this past", "the past"):
        return _one(back if back < published else back - WEEK)
    if which:
        return _one(back + WEEK)
    return _one(weekday_from(published, wanted, ahead=context.ahead(match) is True))


def weekday_before_last(match: re.Match[str], context: Context) -> Interval:
    """The Sunday before last, the Monday after next."""
    back = weekday_from(context.published - DAY, WEEKDAYS[match["weekday"].lower()], ahead=False)
    ahead = weekday_from(context.published + DAY, WEEKDAYS[match["weekday"].lower()], ahead=True)
    return _one(back - WEEK if _part(match, "which") else ahead + WEEK)


def weekday_of_week(match: re.Match[str], context: Context) -> Interval:
    """Friday last week, next week on Monday."""
    monday = span(context.published, "week", _BY[_words(match, "which")])[0]
    return _one(monday + WEEKDAYS[match["weekday"].lower()] * DAY)


def weeks_from_weekday(match: re.Match[str], context: Context) -> Interval | None:
    """A week from Monday, Monday week; a week ago Friday. Open on a Monday which Monday it is."""
    wanted, back = WEEKDAYS[match["weekday"].lower()], _words(match, "way") in ("ago", "last")
    day = weekday_from(context.published, wanted, ahead=not back)
    if day == context.published:
        return None
    weeks = 2 if _part(match, "two") else _number(match)
    return _one(day + (-weeks if back else weeks) * WEEK)


def weekdays(match: re.Match[str], context: Context) -> Interval | None:
    """From Monday to Wednesday; what is open Monday to Friday is so every week."""
    if not match["lead"]:
        return None
    first, last = (WEEKDAYS[match[group].lower()] for group in ("weekday", "until"))
    if context.ahead(match):
        start = weekday_from(context.published, first, ahead=True)
        return start, weekday_from(start, last, ahead=True)
    end = weekday_from(context.published, last, ahead=False)
    return weekday_from(end, first, ahead=False), end


def nth_of_month(match: re.Match[str], context: Context) -> Interval | None:
    """The first Monday of May; the last Friday of the month."""
    wanted, nth = WEEKDAYS[match["weekday"].lower()], _NTH[_words(match, "nth")]
    if _part(match, "month") is None:
        first = span(context.published, "month", _BY[_words(match, "which")])[0]
        return _one(nth_weekday(first.year, first.month, wanted, nth))
    month = _month(match)
    if _part(match, "year"):
        return _one(nth_weekday(int(match["year"]), month, wanted, nth))
    middle = nth_weekday(context.published.year, month, wanted, nth).day
    year = likely_year(context.published, month, middle, context.far(match))
    return _one(nth_weekday(year, month, wanted, nth))


def near_day(match: re.Match[str], context: Context) -> Interval:
    return _one(context.published + _NEAR.get(_words(match, "near").removeprefix("the "), 0) * DAY)


def from_near_day(match: re.Match[str], context: Context) -> Interval | None:
    """A week from tomorrow, a year ago today."""
    by = _number(match) * (-1 if _words(match, "way") == "ago" else 1)
    day, unit = near_day(match, context)[0], match["unit"].lower()
    if unit in ("week", "fortnight"):
        return _one(day + by * (WEEK if unit == "week" else 2 * WEEK))
    if unit in ("month", "year"):
        first = span(day, "month", by * (12 if unit == "year" else 1))[0]
        return _one(first.replace(day=day.day))
    return span(day, unit, by) if unit == "day" else None


def near_day_week(match: re.Match[str], context: Context) -> Interval:
    """Tomorrow week is a week from it, yesterday week a week before it."""
    by = _NEAR.get(_words(match, "near"), 0)
    return _one(context.published + by * DAY + (-WEEK if by < 0 else WEEK))


def period(match: re.Match[str], context: Context) -> Interval:
    """A week, month or year; of the current one only what lies before or after, if words say so."""
    published = context.published
    first, last = span(published, match["unit"].lower(), _BY[_words(match, "which")])
    part = _words(match, "part")
    if part == "earlier" and first < published <= last:
        return first, published - DAY
    if part == "later" and first <= published < last:
        return published + DAY, last
    return first, last


def before_last(match: re.Match[str], context: Context) -> Interval:
    """The week before last, the month after next."""
    by, unit = (-2 if _part(match, "which") else 2), match["unit"].lower()
    if unit != "weekend":
        return span(context.published, unit, by)
    saturday = weekday_from(
        context.published - DAY if by < 0 else context.published, 5, ahead=by > 0
    )
    saturday += WEEK if by > 0 else -WEEK
    return saturday, saturday + DAY


def edge(match: re.Match[str], context: Context) -> Interval | None:
    """The end of the year is in the current one, unless the clause looks back on it."""
    ends = _words(match, "edge") in ("end", "close")
    if context.anchor(match) or (ends and context.ahead(match) is False):
        return None
    return span(context.published, _words(match, "unit") or "year")


def weekend(match: re.Match[str], context: Context) -> Interval:
    """The last weekend that has begun by publication, or the one after it."""
    published = context.published
    saturday = published - (published.weekday() - 5) % 7 * DAY
    which = _words(match, "which")
    to_come = _BY[which] == 0 and context.ahead(match) and published.weekday() < 5
    if _BY[which] > 0 or to_come:
        saturday += WEEK
    elif which == "last" and published.weekday() >= 5:
        saturday -= WEEK
    return saturday, saturday + DAY


def ago(match: re.Match[str], context: Context) -> Interval | None:
    """The day, week, month or year so long ago; half a year is six months."""
    unit = match["unit"].lower()
    if _words(match, "half") or match["more"]:
        whole = _number(match) if match["more"] else 0
        return span(context.published, "month", -(12 * whole + 6)) if unit == "year" else None
    return None if unit == "decade" else span(context.published, unit, -_number(match))


def in_time(match: re.Match[str], context: Context) -> Interval | None:
    """In two weeks, two weeks from now; a decade is too long for it."""
    unit = match["unit"].lower()
    if "time" in match.re.groupindex and not match["time"] and not context.ahead(match):
        raise NoDate
    # What cannot be done in a day is no date either; what is to come in a week may be.
    doubtful = "time" in match.re.groupindex and not match["time"] and match["one"]
    return None if unit == "decade" or doubtful else span(context.published, unit, _number(match))


def against(match: re.Match[str], context: Context) -> Interval | None:
    """Two days later, a year earlier: against the last date of the sentence."""
    anchor, unit = context.anchor(match), match["unit"].lower()
    back = _words(match, "way") in ("earlier", "before", "previously", "beforehand")
    if anchor is None or unit == "decade" or not _within(anchor, unit):
        return None
    return span(anchor[0], unit, _number(match) * (-1 if back else 1))


def _within(interval: Interval, unit: str) -> bool:
    """Whether an interval is no longer than a unit that holds it."""
    return span(interval[0], unit) == span(interval[1], unit)


def following(match: re.Match[str], context: Context) -> Interval | None:
    """The following year, the previous Friday: against the last date of the sentence."""
    anchor, back = (
        context.anchor(match),
        _words(match, "which") in ("previous", "preceding", "prior"),
    )
    if anchor is None:
        return None
    if _part(match, "weekday"):
        wanted = WEEKDAYS[match["weekday"].lower()]
        edge = anchor[0] - DAY if back else anchor[1] + DAY
        return _one(weekday_from(edge, wanted, ahead=not back)) if _within(anchor, "week") else None
    if _part(match, "month"):
        month = _month(match)
        by = -(month >= anchor[0].month) if back else month <= anchor[1].month
        return month_of(anchor[0].year + by, month) if _within(anchor, "month") else None
    unit = {"morning": "day", "evening": "day", "afternoon": "day", "night": "day"}.get(
        match["unit"].lower(), match["unit"].lower()
    )
    if unit == "weekend" or not _within(anchor, unit):
        return None
    return span(anchor[0], unit, -1 if back else 1)


def month_of_that_year(match: re.Match[str], context: Context) -> Interval:
    return month_of(context.published.year + _BY[_words(match, "which")], _month(match))


def month_by_name(match: re.Match[str], context: Context) -> Interval | None:
    """Last December, this September, next May 5; open is which one that was a month ago."""
    month, which, published = _month(match), _words(match, "which"), context.published
    by = _BY[which]
    if by == 0:
        late = month - published.month < -6 and context.ahead(match) is not False
        year = published.year + late
    elif by < 0:
        year = published.year - (month >= published.month)
    else:
        year = published.year + (month <= published.month)
    day = _part(match, "day")
    if day:
        if by:
            year = likely_year(published, month, int(day), ahead=False) + (by > 0)
        return _one(date(year, month, int(day)))
    months = 12 * (year - published.year) + month - published.month
    return None if months == by and by and which != "this past" else month_of(year, month)


def week_of(match: re.Match[str], context: Context) -> Interval:
    """The week of March 6 is the calendar's; one that begins or ends on a day is seven days."""
    first, last = days(match, context)
    way = _words(match, "way")
    if way.startswith(("begin", "start")):
        return first, first + 6 * DAY
    if way.startswith("end"):
        return last - 6 * DAY, last
    if _words(match, "unit") == "weekend":
        saturday = weekday_from(first, 5, ahead=first.weekday() < 5)
        return saturday, saturday + DAY
    return span(first, "week")


# What tells that quarters are those of a game.
_GAME = re.compile(
    r"\b(?i:touchdowns?|scored|yards?|baskets?|rebounds?|halftime|quarterback|puck|coach)\b"
)


def quarter_or_half(match: re.Match[str], context: Context) -> Interval | None:
    """A quarter or half of a year; of a fiscal year it is open, and a game's is no date."""
    year = _part(match, "year") or _part(match, "printed")
    which = _words(match, "which") or _words(match, "before")
    if not (year or which) and _GAME.search(
        context.text, max(0, match.start() - 90), match.end() + 90
    ):
        raise NoDate
    if any(_part(match, group) for group in ("fiscal", "too", "fiscalyear")):
        return None
    unit, size = ("half", 6) if _part(match, "half") else ("quarter", 3)
    nth = int(_part(match, "q") or _NTH[_words(match, "nth")])
    first = size * ((nth if nth > 0 else 12 // size) - 1) + 1
    if year or which:
        return month_of(int(year) if year else context.published.year + _BY[which], first, size)
    ahead, published = context.far(match), context.published
    own = month_of(published.year, first, size)
    running = span(published, unit) == own
    if running:
        return None if ahead is False else own
    if ahead:
        return own if own[0] > published else month_of(published.year + 1, first, size)
    return own if own[0] <= published else month_of(published.year - 1, first, size)


def of_season(match: re.Match[str], context: Context) -> Interval | None:
    """A season of a printed or told year; winter has two years, so that it is often open which."""
    name, which, published = _words(match, "season"), _words(match, "which"), context.published
    year = _part(match, "year")
    if year:
        return None if name == "winter" else season(name, int(year))
    if _part(match, "of"):
        return None if name == "winter" else season(name, published.year + _BY[_words(match, "of")])
    around = [season(name, published.year + by) for by in (-2, -1, 0, 1)]
    ended = [one for one in around if one[1] < published]
    begun = [one for one in around if one[0] <= published]
    to_come = [one for one in around if one[0] > published]
    if which == "last":
        return None if published - ended[-1][1] < 120 * DAY else ended[-1]
    if which == "next":
        return to_come[0] if to_come[0][0].year > published.year else None
    if which in ("coming", "the coming", "this coming"):
        return to_come[0]
    if which in ("past", "the past", "this past"):
        return ended[-1]
    ahead = context.far(match)
    if which == "this" and name != "winter":
        return season(name, published.year)
    if which == "this" and begun[-1][1] >= published:
        return begun[-1]
    the = which == "this" or "the" in _words(match, "expression").split()
    if ahead is None or (not ahead and not the):  # "in winter" may be of any
        return None
    return (begun[-1] if begun[-1][1] >= published else to_come[0]) if ahead else begun[-1]


def holiday(
    holidays: Mapping[str, Holiday], match: re.Match[str], context: Context
) -> Interval | None:
    """The holiday of a printed year, or the one that the clause looks at."""
    one = holidays[" ".join(match["holiday"].replace("’", "'").split())]
    if _part(match, "year"):
        day = feast(one, int(match["year"]))
        return _one(day) if day else None
    around = [day for by in (-1, 0, 1) if (day := feast(one, context.published.year + by))]
    start = match.start("expression")
    noun = _part(match, "noun") is not None and not _OPENS.search(
        context.text, max(0, start - 20), start
    )
    if not around or noun or _foreign(context.text, start):
        return None
    which, published = _words(match, "which"), context.published
    gone = [day for day in around if day <= published]
    left = [day for day in around if day >= published]
    if which == "this":
        return _one(around[1])
    if which == "last":
        return None if published - gone[-1] < 60 * DAY else _one(gone[-1])
    if which == "next":
        return None if left[0] - published < 60 * DAY else _one(left[0])
    ahead = context.far(match)
    if ahead is None:
        ahead = left[0] - published < 60 * DAY
    elif not ahead and left[0] - published < 31 * DAY:  # the verb may be of another matter
        return None
    return _one(left[0] if ahead else gone[-1])


# What opens a sentence, so that a noun behind is its subject: "On New Year's Eve fire broke out".
_OPENS = re.compile(r"(?:^|[.!?][\"”’)]{0,2}\s{1,8}|\n\s{0,8})(?:On|At|By|Since|Until)\s{1,8}$")
_NATION = re.compile(r"(?:[A-Z][\w-]+['’]s?|[A-Z][a-z]+(?:an|ian|ish|ese|ch|sh|ek|ox|ic))\s{1,8}$")


def _foreign(text: str, start: int) -> bool:
    """Whether somebody's name or nation comes before: Ukraine's, Greek."""
    return _NATION.search(text, max(0, start - 40), start) is not None
