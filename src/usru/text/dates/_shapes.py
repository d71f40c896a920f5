r"""The shapes of temporal expressions: for each a pattern, and the value that a match of it has.

In a shape a word in capitals stands for a part of `_PARTS`, a space for a gap, · for none, and what is
between « and » is the expression itself.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial

from usru.codebook import Calendar, Counting, DayNames, Holiday
from usru.text.dates import _values as values
from usru.text.dates._begins import begins
from usru.text.dates._values import Resolve
from usru.text.dates.intervals import MONTHS, NUMBERS, ORDINALS, SEASONS, TENS
from usru.text.sieve import needs
from usru.text.words import GAP, one_of

# Names are as printed, or in capitals as agencies and headlines have them.
MONTH_NAMES = (
    "January February March April May June July August September October November December"
)
MONTH_SHORT = "Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec"
DAY_NAMES = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
_DAY_SHORT = "Mon Tues Tue Wed Thurs Thur Thu Fri Sat Sun"
# Months that are names of people or verbs too, and the others.
_NAMESAKES = "March April May June August"
_PLAIN = "January February July September October November December"
_PLAIN_SHORT = "Jan Feb Jul Sept Sep Oct Nov Dec"
# Words that no counted noun is: a number before them may be a day, "April 11 and 12 in Rome".
_SMALL = (
    "a an and as at before but by during for from he her his if in it its on or she since so than the their then"
    " there they this to under until when where which while will with after amid between said says would"
    " off near outside inside along across around above below behind beyond beside against among amongst despite due into"
    " onto over past through throughout toward towards within without because or nor not just only"
)


def any_of(words: Iterable[str]) -> str:
    """One of some words, the longest first, with any gap between their parts and either apostrophe."""
    spelled = one_of(words).replace("'", "['’]")
    # A word in capitals is no part of a shape here: USA TODAY.
    spelled = re.sub(r"(?<![A-Za-z])([A-Z])(?=[A-Z])", r"[\1]", spelled)
    return f"(?:{spelled})"


def _cased(words: str) -> str:
    return one_of(_forms(words))


def _forms(words: str) -> list[str]:
    return [form for word in words.split() for form in (word, word.upper())]


def _month(names: str, short: str) -> str:
    """The name of a month, or a short form with its stop."""
    endings = dict.fromkeys(_forms(names), r"\b") | dict.fromkeys(_forms(short), r"\b\.?")
    return f"(?P<month>{one_of(endings, endings)})"


def _parts() -> dict[str, str]:
    """What words in capitals stand for; a part may hold those above it."""
    small = "|".join(_SMALL.split())
    tens = "(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
    ones = "(?:one|two|three|four|five|six|seven|eight|nine)"
    teens = "(?:ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)"
    ordinals = [*ORDINALS, *(word.replace("-", " ") for word in ORDINALS)]
    parts = {
        "MONTH": _month(MONTH_NAMES, MONTH_SHORT),
        "PLAINMONTH": _month(_PLAIN, _PLAIN_SHORT),
        "NAMESAKE": rf"(?:{_cased(_NAMESAKES)})\b",
        "DAYOFWEEK": rf"(?:{_cased(DAY_NAMES)})\b",
        "WEEKDAY": rf"(?P<weekday>{_cased(DAY_NAMES)})\b",
        "UNTILDAY": rf"(?P<until>{_cased(DAY_NAMES)})\b",
        "PARTOFDAY": r"(?: (?i:morning|afternoon|evening|night)\b)?",
        # "Friday, April 14", "Fri the 14th of April", "Friday (April 14)".
        "DAYNAME": rf"(?:(?:WEEKDAY·PARTOFDAY|(?:{_cased(_DAY_SHORT)})\b\.?)(?:(?:[,:]|\s?[-–—])? (?:the )?|\s?(?P<open>\()))?",
        "CLOSE": r"(?(open)\)?)",
        # "April 12 (Wednesday)", "12 April, a Wednesday,".
        "BEHIND": rf"(?:(?:, (?:a )?| \()(?P<behind>{_cased(DAY_NAMES)})\b(?=[,.;:)]|$)\)?)?",
        "TH": "(?:st|nd|rd|th|ST|ND|RD|TH)",
        "NODIGIT": r"(?<![\d.,/:+$€£])",
        "NUM": r"\d{1,2}TH?",
        "DAY": r"(?P<day>\d{1,2})TH?",
        "TODAY": r"(?:(?:\s?[-–—]\s?|/| (?i:to|through|until|till) (?:the )?)(?P<to>\d{1,2})TH?)?",
        "ANDDAY": r",? (?:and|or|&|AND|OR) (?:the )?",
        # What is no counted noun behind a number, or the end of a clause.
        "SMALL": rf"(?i:{small})\b",
        "ENDS": r"(?!TH?\w|%|°|[.,:/]\d|-\w)(?! (?!SMALL)[^\W\d_])",
        # A plural is what the number counts: "last May 12 boats sank".
        "NOTCOUNTING": rf"(?! (?!(?:{small}|was|has|is)\b)[a-z]{{2,20}}s\b)",
        "STOPS": r"(?=\s{0,8}(?:[.,;:!?)\]\"”’–—]|$))(?![.,:]\d)",
        "GOESON": r"(?:STOPS|(?= SMALL))",
        "NOMORE": r"(?![\d%°]|:\d|[.,]\d|[A-Za-z])",
        # The other days of a list, behind the first or before the last.
        "MORE": r"(?P<more>(?:, NUM){0,6}ANDDAY·NUM·ENDS|(?:, NUM){1,6}STOPS)",
        "MOREOFYEAR": r"(?P<more>(?:, NUM){0,6}ANDDAY·NUM|(?:, NUM){1,6})",
        "LESS": r"(?P<more>NUM(?:, NUM){0,6})ANDDAY",
        "MODERN": r"(?:19|20)\d\d(?![\d%]|[.,]\d|[-–]?[A-Za-z])",
        "OLDYEAR": r"1[0-8]\d\d·ENDS",
        "YEAR": r"(?P<year>MODERN|OLDYEAR)",
        # What comes before a year; without it four digits may be a number of anything.
        "YEARCUE": (
            r"(?:\b(?i:in|since|until|till|by|from|to|of|after|before|during|early|late|mid|the|a|an|and|or|through"
            r"|for|between|around|back in|summer|winter|spring|autumn|fall|our|his|her|its|their|year|season|failed"
            r"|botched|landmark|historic|fiscal|financial|calendar|both|throughout|circa|end|than)|['’]s"
            r"|\b(?:mid|end|pre|post)-|[(,;:–—-])"
        ),
        # In earlier centuries four digits are more often a number: "1500 villages".
        "OLDCUE": (
            r"\b(?i:in|since|during|circa|the year|back in|early|late|(?:summer|spring|winter|autumn) of)"
        ),
        # Years in words: "nineteen ninety-one" needs nothing in front, the others do.
        "TONINETYNINE": rf"(?:{tens}(?:[\s-]{ones})?|{teens})",
        "NINETEEN": rf"(?i:(?P<century>nineteen)[\s-](?:(?P<rest>TONINETYNINE)|oh[\s-](?P<oh>{ones})|hundred(?: and (?P<since>TONINETYNINE|{ones}))?))",
        "INWORDS": rf"(?i:(?P<century>sixteen|seventeen|eighteen|twenty)[\s-](?:(?P<rest>TONINETYNINE)|oh[\s-](?P<oh>{ones}))|two thousand(?: and)?(?: (?P<since>TONINETYNINE|{ones}))?)",
        "NOUNITS": r"\b(?![\s-](?:years?|old|days?|hours?|minutes?|per)\b|-\w)",
        # What comes before a month; without it "May" and "March" may be a name or a verb.
        "MONTHCUE": (
            r"(?:\b(?i:in|since|until|till|by|before|from|through|throughout|during|after|early|late|mid|between"
            r"|(?:end|start|beginning|middle|month|rest) of|(?:set|scheduled|planned|due|slated|fixed|booked|expected) for)"
            r"|\b(?i:mid|early|late)-)"
        ),
        "NOTDATED": r"(?! \d|,? (?:19|20)\d\d|['’]?\w)",
        "EDGE": r"(?:(?i:early|mid|late|middle|end|beginning|start)[\s-]{1,8}(?:of (?:the )?)?)?",
        "UNIT": r"(?P<unit>day|week|fortnight|month|quarter|year|decade)",
        "NUMBER": rf"(?P<number>{any_of(NUMBERS)}|\d{{1,3}})",
        "SOME": r"(?:NUMBER|(?P<one>an?))",
        "ORDINAL": rf"(?P<ordinal>{any_of(ordinals)})",
        "SEASON": rf"(?P<season>(?i:{'|'.join(SEASONS)}))",
        "WHICH": r"(?P<which>(?i:last|this(?: (?:past|coming))?|next|the (?:coming|past)|coming|past))",
        "NTHWEEKDAY": r"\b(?:(?i:the) )?(?P<nth>(?i:first|second|third|fourth|last|final)) WEEKDAY (?:of|in)",
        "FISCAL": r"(?P<fiscal>(?i:fiscal|financial)[\s-]{1,8})?",
        "OFYEAR": r"(?:(?:,? of)?,? (?:(?P<fiscalyear>(?i:fiscal) )?YEAR|(?i:(?P<which>last|this|next) year)))",
    }  # fmt: skip
    spelled: dict[str, str] = {}
    for name, shape in parts.items():
        spelled[name] = _spelled(shape, spelled)
    return spelled


def _spelled(shape: str, parts: dict[str, str]) -> str:
    """A shape as the regular expression that it stands for."""
    filled = re.sub(
        r"(?:(?<![A-Za-z])|(?<=\\[bsdw]))[A-Z]{2,}(?![A-Za-z])",
        lambda name: parts.get(name[0], name[0]),
        shape.replace(" ", GAP),
    )
    return filled.replace("·", "").replace("«", "(?P<expression>").replace("»", ")")


_PARTS = _parts()


@dataclass(frozen=True, eq=False)
class Rule:
    """A shape, the words that make it look, and what a match points to.

    Without a `resolution` it is no date. It looks only where a text holds words that it `needs`.
    `behind` must match right before it, `unless` must not. `each` day of a list is an expression of
    its own.
    """

    name: str
    kinds: tuple[str, ...]
    resolution: str
    written: str
    resolve: Resolve
    needs: frozenset[frozenset[str]]
    lead: str
    unless: re.Pattern[str] | None
    each: bool

    # Few texts have what most rules need, and to compile one takes milliseconds.
    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(self.written)

    @cached_property
    def behind(self) -> re.Pattern[str] | None:
        return re.compile(rf"(?:{self.lead})\Z") if self.lead else None


def _rule(
    name: str, kinds: str, resolution: str, shape: str, resolve: Resolve = values.left_open,
    behind: str = "", unless: str = "", each: bool = False,
) -> Rule:  # fmt: skip
    """A rule; what is found by its first letter and then looked `behind` costs least."""
    spelled, lead = _spelled(shape, _PARTS), _spelled(behind, _PARTS)
    return Rule(
        name, tuple(kinds.split()), resolution, begins(spelled) + spelled, resolve,
        needs(spelled) | needs(lead), lead, re.compile(unless) if unless else None, each,
    )  # fmt: skip


_BETWEEN = r"\b[Bb]etween\s{1,8}(?:the\s{1,8})?$"
# The first digits of a telephone number: +46, (212).
_DIALLED = r"(?:\+\d{1,4}|\(\+?\d{1,5}\))[\s.–-]{0,2}$"
# What counts times or compares, so that "in two weeks" is no date: the third strike in two weeks.
_COUNTING = (
    r"\b(?:(?i:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last|only|once|twice|times?|already"
    r"|more than|less than)|\d+(?:st|nd|rd|th)|[a-z]{2,}est)\b[^.;]{0,50}$"
)
# What is in the nineties and no time.
_DEGREES = r"\b(?i:temperatures?|degrees?|highs?|lows?|mercury|scores?|prices?|percent|his|her|their|my|your|aged?)\b[^.]{0,30}$"


def rules(calendar: Calendar, holidays: dict[str, Holiday]) -> Iterator[Rule]:
    """Yield the rules of a codebook's words; of those that match the same words the first counts."""
    counted = rf"(?! (?i:{any_of(calendar.counting.counted)})\b)"
    yield from _numbers(any_of(calendar.counting.numbered))
    yield from _complete_dates()
    yield from _years(counted, calendar.counting)
    yield from _days_of_months()
    yield from _months(counted)
    yield from _names(calendar)
    yield from _weekdays()
    yield from _near_days()
    yield from _periods()
    yield from _counted_from_a_day()
    yield from _seasons()
    yield from _holidays(holidays)


def _numbers(numbered: str) -> Iterator[Rule]:
    """Numbers of telephones and files; but "call 2016-18 a lost time" has years."""
    joins = r"[\s./()–‑-]"
    yield _rule("number-of-its-own", "numeric year", "",
                rf"\b(?=[A-Za-z])(?i:{numbered})[.:#]?(?: (?i:is|was|us|them|at|us at|us on))?\s{{0,8}}"
                r"(?!(?:19|20)\d\d\s?[-–]\s?(?:(?:19|20)\d\d|\d\d)(?![\d./–-]))"
                rf"«\+?\(?\d{{1,7}}(?:{joins}{{1,3}}\d{{1,7}}){{1,6}}»(?!\w)(?! MONTH)")  # fmt: skip


def _complete_dates() -> Iterator[Rule]:
    letters = "|".join(sorted(MONTHS, key=len, reverse=True))
    yield from (
        _rule("day-month-year", "month", "explicit",
              r"«DAYNAME·NODIGIT·DAY·TODAY(?: of)? MONTH,? YEAR·CLOSE»", values.days),
        # "7. April 2017"; but "He was 7. April 2017 was cold" has no day.
        _rule("day-stop-month-year", "month", "explicit",
              r"NODIGIT·«DAYNAME(?P<day>\d{1,2})\. MONTH YEAR»(?! (?:was|is|were|saw|has|had|brought|will|marked|began|ended|became)\b)", values.days),
        _rule("month-day-year", "month", "explicit", r"«DAYNAME·MONTH (?:the )?DAY·TODAY,? YEAR·CLOSE»", values.days),
        _rule("ordinal-month-year", "month", "explicit",
              r"«DAYNAME·\b(?i:the )?ORDINAL(?: day)? of MONTH,? YEAR»", values.days),
        _rule("month-ordinal-year", "month", "explicit", r"«DAYNAME·\bMONTH (?:the )?ORDINAL,? YEAR»", values.days),
        _rule("days-of-month-year", "month", "explicit",
              r"«DAYNAME·MONTH (?:the )?DAY·MOREOFYEAR,? YEAR»", values.days, each=True),
        _rule("days-month-year", "month", "explicit",
              r"«NODIGIT·LESS·DAY(?: of)? MONTH,? YEAR»", values.days, unless=_BETWEEN, each=True),
        _rule("between-days-month-year", "month", "explicit",
              r"\b(?i:between) (?:the )?«DAY·ANDDAY(?P<to>\d{1,2})TH?(?: of)? MONTH,? YEAR»", values.days),
        # Wikis, blogs and tables.
        _rule("numeric", "year", "explicit",
              r"(?<![\w/.-])«(?P<year>(?:19|20)\d\d)(?P<mark>[-/.])(?P<month>\d\d?)(?P=mark)(?P<day>\d\d?)»(?![\w/-]|\.\d)", values.days, unless=_DIALLED),
        _rule("numeric-day-or-month-first", "numeric", "explicit",
              r"(?<![\w/.-])«(?P<first>\d{1,2})(?P<mark>[/.-])(?P<second>\d{1,2})(?P=mark)(?P<year>(?:19|20)\d\d)»(?![\w/-]|\.\d)", values.year_last, unless=_DIALLED),
        _rule("numeric-short-year", "numeric", "explicit",
              r"(?<![\w/.-])«(?P<first>\d{1,2})(?P<mark>/)(?P<second>\d{1,2})(?P=mark)(?P<year>[0-3]\d)»(?![\w/-]|\.\d)", values.year_last, unless=_DIALLED),
        _rule("numeric-month-in-letters", "month", "explicit",
              rf"(?<![\w/.-])«(?P<day>\d{{1,2}})\s?(?P<mark>[-/.])\s?(?P<month>(?i:{letters}))\s?(?P=mark)\s?(?P<year>(?:19|20)\d\d)»(?![\w/-]|\.\d)", values.days),
        _rule("numeric-month-in-letters-first", "month", "explicit",
              rf"(?<![\w/.-])«(?P<month>(?i:{letters}))(?P<mark>[-/])(?P<day>\d{{1,2}})(?P=mark)(?P<year>(?:19|20)\d\d)»(?![\w/-]|\.\d)", values.days),
        # Pages of Sputnik, saved: the offset and the day run together ("GMT +319 August 2019").
        _rule("page-clock", "month", "explicit",
              r"\b\d{1,2}:\d\d\s{0,8}\(?(?:GMT|UTC)\s{0,8}(?P<zone>[+-]\d{1,2}?)«(?P<day>0[1-9]|[12]\d|3[01]|[1-9])\s·MONTH\s(?P<year>\d{4})»", values.days),
    )  # fmt: skip


def _years(counted: str, counting: Counting) -> Iterator[Rule]:
    events, dated = any_of(counting.events), any_of(counting.dated)
    yield from (
        _rule("month-year", "month", "explicit", r"«\bMONTH(?: of)?,? YEAR»", values.month_and_year),
        _rule("year", "year", "explicit",
              rf"«(?P<year>MODERN)(?:\s?[-–]\s?(?P<until>(?:19|20)?\d\d)(?![\d,.]\d|\w))?»{counted}", values.years,
              behind=r"YEARCUE\s{0,8}(?<![\d.,$€£+/])(?<!\d[-–—‑])(?<!\d\s[-–/.]\s)", unless=_DIALLED),
        _rule("years", "year", "explicit",
              r"(?<![\w.,$€£–‑-])«(?P<year>(?:19|20)\d\d)\s?[-–]\s?(?P<until>(?:19|20)\d\d)»(?![\w%]|[.,]\d|-\w)", values.years),
        _rule("old-year", "year", "explicit", r"«(?P<year>OLDYEAR)»", values.years, behind="OLDCUE "),
        _rule("old-year-of-an-event", "year", "explicit",
              rf"\b(?=[A-Za-z])(?i:{dated})(?: of [A-Z]\w{{1,20}})? of «(?P<year>1[0-8]\d\d)»(?!TH?\w|[%°]|[.,:/]\d|-\w){counted}", values.years),
        _rule("old-year-before-an-event", "year", "explicit",
              rf"(?<!\w)(?i:the|an?|before|after|since|during) «(?P<year>1[0-8]\d\d)»(?= (?i:{dated})\b)", values.years),
        # Headlines, and sentences that begin with a year.
        _rule("year-before-an-event", "year", "explicit",
              rf"(?:^|(?<=\s))«(?P<year>MODERN)»(?= {events}\b)", values.years),
        _rule("year-that-begins", "year", "explicit",
              r"(?:^|[.!?] )«(?P<year>MODERN)»(?= (?:was|is|will|saw|has|marks|brought)\b)", values.years),
        _rule("year-in-words", "words", "explicit",
              r"\b(?i:in|since|until|till|by|from|of|during|after|before|the year|late|early|through) «INWORDS»NOUNITS·ENDS", values.year_in_words),
        _rule("nineteen-in-words", "words", "explicit", rf"\b«NINETEEN»NOUNITS·{counted}", values.year_in_words),
        _rule("month-nineteen-in-words", "month", "explicit", r"«\bMONTH,? NINETEEN»NOUNITS", values.year_in_words),
        _rule("month-year-in-words", "month", "explicit", r"«\bMONTH,? INWORDS»NOUNITS", values.year_in_words),
        _rule("decade", "decade", "explicit", r"(?<![\d.,$€£])«(?P<digits>1[5-9]\d0|20\d0)s»(?!\w)", values.decade),
        _rule("decade-with-apostrophe", "year", "explicit",
              r"\b(?i:the) EDGE«(?P<digits>1[5-9]\d0|20\d0)['’]s»(?!\w)", values.decade),
        _rule("short-decade", "decade tens", "explicit",
              rf"\b(?:(?i:the) EDGE|(?i:mid|early|late)[\s-]{{1,8}})«(?:(?:['’‘`](?=\d0)|(?=[6-9]0))(?P<digits>[2-9]0)s|(?P<tens>(?i:{'|'.join(TENS)})))»(?!\w)", values.decade, unless=_DEGREES),
    )  # fmt: skip


def _days_of_months() -> Iterator[Rule]:
    yield from (
        _rule("day-month", "month", "partial",
              r"«DAYNAME·NODIGIT·DAY·TODAY(?: of)? MONTH·BEHIND·CLOSE»(?!,? (?:of )?(?:19|20)\d\d)", values.days),
        _rule("month-day", "month", "partial",
              r"«DAYNAME·MONTH (?:the )?DAY·TODAY·NOMORE·BEHIND·CLOSE»", values.days),
        _rule("days-of-month", "month", "partial",
              r"«DAYNAME·MONTH (?:the )?DAY·MORE»", values.days, unless=_BETWEEN, each=True),
        _rule("days-month", "month", "partial",
              r"«NODIGIT·LESS·DAY(?: of)? MONTH»(?!,? (?:19|20)\d\d)", values.days, unless=_BETWEEN, each=True),
        _rule("between-days-month", "month", "partial",
              r"\b(?i:between) «(?:the )?DAY·ANDDAY(?P<to>\d{1,2})TH?(?: of)? MONTH»", values.days),
        _rule("between-days-of-month", "month", "partial",
              r"\b(?i:between) «MONTH (?:the )?DAY·ANDDAY(?P<to>\d{1,2})TH?»NOMORE", values.days),
        _rule("ordinal-month", "month", "partial",
              r"«DAYNAME·\b(?i:the )?ORDINAL(?: day)? of MONTH»(?!['’]s)", values.days),
        _rule("month-the-ordinal", "month", "partial", r"«DAYNAME·\bMONTH the ORDINAL»\b(?!['’]s)", values.days),
        _rule("month-ordinal", "month", "partial", r"«DAYNAME·\bMONTH ORDINAL»STOPS", values.days),
        # Timelines of a crisis: "on the 4th"; but "on the 4th floor" is no date.
        _rule("day-alone", "ordinal", "partial",
              r"\b[Oo]n (?:the )?«DAY(?<=[a-zA-Z])»(?=\s{0,8}(?:[.,;:)–—]|$|and\b|but\b|at\b|when\b|to\b|in\b))", values.day_of_some_month),
        _rule("weekday-and-day", "ordinal", "partial",
              r"«WEEKDAY,? (?:the )?DAY(?<=[a-zA-Z])»GOESON", values.day_of_some_month),
        _rule("week-of-month-day", "month", "partial",
              r"«(?:the )?(?P<unit>week|weekend)(?: |-)(?P<way>of|beginning|starting|ending|ended|commencing) (?:on )?DAYNAME·MONTH DAY·NOMORE(?:,? YEAR)?»", values.week_of),
        _rule("week-of-day-month", "month", "partial",
              r"«(?:the )?(?P<unit>week|weekend)(?: |-)(?P<way>of|beginning|starting|ending|ended|commencing) (?:on )?DAYNAME(?:the )?DAY(?: of)? MONTH(?:,? YEAR)?»", values.week_of),
    )  # fmt: skip


def _months(counted: str) -> Iterator[Rule]:
    yield from (
        # The days of it depend on how its weeks are counted.
        _rule("part-of-month", "month", "partial",
              r"«\b(?i:the )?(?i:first|second|third|fourth|last|final|latter)(?: NUMBER)? (?i:days?|weeks?|weekend|half|part) (?i:of|in) MONTH(?:,? YEAR)?»(?!\w)"),
        _rule("month-alone", "month", "partial", r"«MONTH»NOTDATED", values.bare_month, behind="MONTHCUE(?: )?"),
        _rule("plain-month", "month", "partial",
              r"«PLAINMONTH»NOTDATED", values.bare_month,
              behind=r"\b(?i:for|and|to|or|of|with|about|until|than|as|was|is) "),
        _rule("month-before-a-noun", "month", "partial",
              r"«MONTH»(?= (?!SMALL|(?:of|government|administration|cabinet|ministry|family)\b)[a-z])", values.bare_month,
              behind=r"\b(?i:the|an?|its|his|her|their|our|first|last|previous|planned|scheduled) "),
        _rule("month-that-begins", "month", "partial",
              r"«PLAINMONTH»(?= (?!SMALL|(?:of|was|is|saw|has|had|will)\b)[a-z])", values.bare_month, behind="(?:^|[.!?] )"),
        _rule("month-in-the-genitive", "month", "partial",
              r"«PLAINMONTH»(?=['’]s\b)", values.bare_month,
              behind=r"(?:^|\b(?i:in|at|after|before|since|of|for|during|from|to|with|by|the) )"),
        _rule("month-of-a-year", "month", "relative",
              r"«\bMONTH(?:,? of)?,? (?P<which>last|this|next) year»\b", values.month_of_that_year),
        _rule("year-and-month", "month", "relative",
              r"«\b(?i:(?P<which>last|this|next) year,? in) MONTH»(?! \d|['’]?\w)", values.month_of_that_year),
        _rule("month-by-name", "month", "relative", r"«\bWHICH MONTH»(?!\w)", values.month_by_name),
        _rule("month-and-day-by-name", "month", "relative", rf"«\bWHICH MONTH DAY»NOMORE·NOTCOUNTING{counted}(?!-\w)", values.month_by_name),
        _rule("following-month", "month", "relative",
              r"«\b(?i:the (?P<which>following|previous|preceding|prior|next)) MONTH»(?!\w| \d)", values.following),
    )  # fmt: skip


def _names(calendar: Calendar) -> Iterator[Rule]:
    names = calendar.names
    every = r"(?i:every|each|any|most|some|alternate)(?: (?:other|single|second|third|last|first))?"
    yield from (
        _rule("every-weekday", "weekday", "", rf"\b«{every} DAYOFWEEK»"),
        # "On a Friday" may be any, "in a Friday statement" is of one.
        _rule("some-weekday", "weekday", "", r"\b«(?i:an?|one) DAYOFWEEK»GOESON"),
        _rule("weekdays-by-habit", "weekday", "", r"\b«DAYOFWEEK-(?:to|through)-DAYOFWEEK»"),
        _rule("weekday-by-habit", "weekday", "",
              rf"\b«DAYOFWEEK (?i:mornings|afternoons|evenings|nights|{any_of(names.after_weekdays)})»\b"),
        _rule("name", "name", "", rf"\b«{any_of([*names.of, *map(str.upper, names.of)])}»(?!\w)"),
        _rule("today-as-a-name", "near", "", rf"\b«Today (?i:{any_of(names.after_today)})»\b"),
        *_works(names),
        _rule("of-an-age", "near", "",
              rf"\b«(?i:today|yesterday|tomorrow)['’]s (?:{any_of(names.such_an_age)} )?(?i:{any_of(names.of_an_age)})»\b(?!['’])(?! (?:cup|record|championships?|title|series|bank|tour|news|premiere|final|race|match)\b)"),
        _rule("of-today", "near", "",
              r"\s·«of (?:today|yesterday|tomorrow)»(?=[.,;:!?\"”’)])", unless=r"\bas\s{1,8}$"),
    )  # fmt: skip


def _works(names: DayNames) -> Iterator[Rule]:
    """Programmes, papers and songs in quotation marks: beside such a word, or in title case.

    “Tomorrow”, he said, is no name; neither is “Next Friday” or “In May”.
    """
    # The guillemets are written by their numbers, as those in a shape delimit the expression.
    work = any_of(names.works)
    capital = r"[A-Z][\w'’&]{0,24}"
    word = rf"(?:{capital}|(?:of|the|and|at|in|on|for|to|a|with|is)\b)"
    opens, closes = r"(?:[“\xab]|(?<![\w.,!?])[\"'‘])", r"(?=[,.]?[”\"\xbb’'](?!\w))"
    dated = (
        rf"(?:{'|'.join(f'{DAY_NAMES} {MONTH_NAMES} Today Tonight Tomorrow Yesterday'.split())})\b"
    )
    kinds = "near weekday month part unit season"
    yield from (
        _rule("work-by-its-kind", kinds, "",
              rf"\b(?i:{work})(?:,? (?:called|named|titled|entitled))? {opens}«{capital}(?: {word}){{0,6}}»{closes}"),
        # A capital letter makes a name of it: the programme Today.
        _rule("work-without-marks", "near", "", rf"\b{work} «(?:Today|Tonight|Tomorrow)»(?!\w)"),
        _rule("work-before-its-kind", kinds, "", rf"{opens}«{capital}(?: {word}){{0,6}}»{closes}[”\"\xbb’'] (?i:{work})\b"),
        _rule("work-in-title-case", kinds, "", rf"{opens}«{capital}(?: {word}){{0,4}} (?!{dated}){capital}(?: {word}){{0,4}}»{closes}"),
        _rule("work-of-two-words", "near weekday", "",
              rf"{opens}«(?=[A-Z])(?!{dated}|(?i:{any_of(names.before_days)})\b){capital} {dated}»{closes}"),
    )  # fmt: skip


def _weekdays() -> Iterator[Rule]:
    yield from (
        _rule("weekday", "weekday", "relative", r"«WEEKDAY»", values.bare_weekday, behind=r"(?<!\w)"),
        _rule("weekday-by-name", "weekday", "relative", r"«\bWHICH WEEKDAY»", values.bare_weekday),
        _rule("weekday-next", "weekday", "relative", r"«\bWEEKDAY (?P<which>next|last)»STOPS", values.bare_weekday),
        _rule("weekday-before-last", "weekday", "relative",
              r"«\b(?:(?i:the) )?WEEKDAY (?:before (?P<which>last)|after next)»\b", values.weekday_before_last),
        _rule("weekday-of-week", "weekday", "relative",
              r"«\bWEEKDAY·PARTOFDAY(?:,| of|, of)? (?P<which>(?i:last|this|next)) week»\b(?!-)", values.weekday_of_week),
        _rule("week-and-weekday", "weekday", "relative",
              r"«\b(?P<which>(?i:last|this|next)) week(?:,? on |['’]s |,? )WEEKDAY»", values.weekday_of_week),
        _rule("weekday-week", "weekday", "relative",
              r"«\b(?:(?P<way>next|last|this) )?WEEKDAY (?:week|(?P<two>fortnight))»GOESON", values.weeks_from_weekday),
        _rule("weeks-from-weekday", "weekday", "relative",
              r"«\b(?i:SOME) weeks? (?P<way>from|on|ago|last|after)(?: (?:on|next|last|this))? WEEKDAY»", values.weeks_from_weekday),
        _rule("weekday-weeks-ago", "weekday", "relative",
              r"«\bWEEKDAY SOME weeks? (?P<way>ago)»\b", values.weeks_from_weekday),
        _rule("weekdays", "weekday", "relative",
              r"\b(?:(?P<lead>(?i:from)) )?«WEEKDAY·PARTOFDAY(?: (?:to|through|until|till) |\s?[-–]\s?)UNTILDAY»", values.weekdays),
        _rule("between-weekdays", "weekday", "relative",
              r"\b(?P<lead>(?i:between)) «WEEKDAY·PARTOFDAY and UNTILDAY»", values.weekdays),
        _rule("nth-weekday", "weekday", "partial",
              r"«NTHWEEKDAY MONTH(?:(?: of)?,? YEAR)?»(?!\w)", values.nth_of_month),
        _rule("nth-weekday-of-the-month", "weekday", "relative",
              r"«NTHWEEKDAY (?:(?P<which>this|next|last)|the) month»\b(?! of\b)", values.nth_of_month),
        _rule("weekday-beside-an-event", "weekday", "relative",
              r"«\b(?i:the) (?:(?:first|second|last|very) )?WEEKDAY»(?= (?:after|before|following|preceding|of)\b)"),
        _rule("following-weekday", "weekday", "relative",
              r"«\b(?:(?i:the) )?(?P<which>(?i:following|previous|preceding|prior)) WEEKDAY»", values.following),
        _rule("the-next-weekday", "weekday", "relative", r"«\b(?i:the) (?P<which>next) WEEKDAY»", values.following),
    )  # fmt: skip


def _near_days() -> Iterator[Rule]:
    near = (
        "(?P<near>today|yesterday|tomorrow|tonight|last (?:night|evening)|this (?:morning|afternoon|evening)"
        "|(?:the )?(?:day before yesterday|day after tomorrow|night before last))"
    )
    yield from (
        _rule("near-day", "near part", "relative",
              rf"«\b(?i:(?:(?:earlier|later|late|early) )?{near})»\b(?![-–]\w)", values.near_day),
        _rule("near-day-week", "near", "relative",
              r"«\b(?i:(?P<near>today|tomorrow|yesterday) week)»\b·GOESON", values.near_day_week),
        _rule("from-near-day", "near", "relative",
              r"«\b(?i:SOME UNIT·s?(?: (?P<way>from|ago))?(?: on)? (?P<near>today|tomorrow|yesterday))»\b", values.from_near_day),
    )  # fmt: skip


def _periods() -> Iterator[Rule]:
    no_game = r"(?![\s-]?finals?\b|-?\w| of (?:an?|the (?:game|match|final|season|bowl|mile|century)|mile)| (?:century|mile))"
    whole = "(?P<unit>week|month|quarter|year|decade)"
    yield from (
        _rule("period", "unit", "relative",
              rf"«\b(?i:(?:(?P<part>earlier|later|early|late) (?:in )?)?(?P<which>last|this|next|the current|the present|current) {whole})»\b(?!-|\w)", values.period),
        _rule("part-of-the-current-one", "unit", "relative",
              r"«\b(?i:(?P<part>earlier|later) in the (?P<unit>week|month|year))»\b", values.period),
        # "In the last week" is no calendar's week; "the last week of the campaign" is no date.
        _rule("week-of-something", "unit", "",
              r"\b«(?i:the (?:last|next|final) (?:NUMBER )?(?:day|week|month|quarter|year|decade)s?)»(?= of\b)"),
        _rule("stretch", "unit", "relative",
              r"\b«(?i:(?:the|these|this) (?:(?:past|last|next|coming|following|previous) NUMBER (?:day|week|fortnight|month|quarter|year|decade)s?|(?:past|last|next|coming) (?:week|fortnight|month|quarter|year|decade)))»\b(?!-| of\b)"),
        _rule("fiscal-year", "unit", "relative",
              r"«\b(?i:(?:the )?(?:last|this|next|current|past|previous|latest) (?:fiscal|financial|academic|school|tax|model|marketing|crop) year)»\b"),
        _rule("before-last", "unit", "relative",
              r"«\b(?i:(?:the )?(?P<unit>week|weekend|month|quarter|year) (?:before (?P<which>last)|after next))»\b(?! (?:week|month|year|DAYOFWEEK))", values.before_last),
        _rule("end-of-the-year", "unit", "relative",
              rf"«\b(?i:(?:the )?(?P<edge>end|beginning|start|close|middle) of(?: the)? {whole})»\b(?!-|\w| of\b)", values.edge),
        _rule("year-end", "unit", "relative",
              r"«\b(?i:(?:the )?(?P<unit>year|month|quarter)(?:['’]s)?(?:-| )(?P<edge>end))»\b(?!-|\w)", values.edge),
        _rule("midyear", "unit", "relative", r"«\b(?i:midyear|mid-year)»\b", values.edge),
        _rule("weekend", "unit", "relative",
              r"«\b(?i:(?:(?P<which>last|this(?: (?:past|coming))?|next|the coming|the past|coming) |the )weekend)»\b(?!-)", values.weekend),
        _rule("quarter", "unit", "relative",
              rf"«\b(?:(?i:(?P<before>last|this|next) year['’]s) |(?:(?i:the) )?(?P<printed>MODERN) )?FISCAL(?P<nth>(?i:first|second|third|fourth|final|1st|2nd|3rd|4th))[\s-]{{1,8}}(?:(?P<too>(?i:fiscal)) )?(?i:quarter)OFYEAR?»{no_game}", values.quarter_or_half),
        _rule("quarter-in-short", "Q", "relative",
              r"«\bFISCAL·Q(?P<q>[1-4])(?:(?: of)?,?[\s-]{0,8}YEAR)?»\b", values.quarter_or_half),
        _rule("half", "unit", "relative",
              r"«\b(?:(?i:(?P<before>last|this|next) year['’]s) )?(?P<nth>(?i:first|second|last|latter))[\s-]{1,8}(?P<half>half)(?:OFYEAR| of the year)»\b", values.quarter_or_half),
        _rule("following", "unit part", "relative",
              r"«\b(?i:the (?P<which>following|previous|preceding|prior|next) (?P<unit>day|week|weekend|month|quarter|year|decade|morning|afternoon|evening|night))»\b(?!-| of\b)", values.following),
    )  # fmt: skip


def _counted_from_a_day() -> Iterator[Rule]:
    yield from (
        _rule("ago", "ago", "relative",
              r"(?<![\d.,])«\b(?i:(?:(?P<half>half an?|an? half)|SOME) UNIT·s?(?P<more> and a half)? ago)»\b(?! (?:on )?DAYOFWEEK)", values.ago),
        _rule("ago-or-so", "ago", "relative",
              rf"(?<![\d.,])«\b(?i:SOME (?:UNIT·s? )?(?:or|to) (?:so|more|{any_of(NUMBERS)}|\d{{1,3}}) (?:(?:day|week|month|year)s? )?ago)»\b"),
        _rule("ago-and-a-half", "ago", "relative",
              r"(?<![\d.,])«\b(?i:NUMBER and a half (?:day|week|month|year|decade)s? ago)»\b"),
        _rule("in-time", "unit", "relative",
              r"«\b(?i:in SOME UNIT·s?(?P<time>['’]?s?['’]? time)?)»\b(?!-|['’]\w)", values.in_time, unless=_COUNTING),
        _rule("from-now", "unit", "relative", r"«\b(?i:SOME UNIT·s? (?:from now|hence))»\b", values.in_time),
        _rule("later", "later", "relative",
              r"(?<![\d.,])«\b(?i:SOME UNIT·s? (?P<way>earlier|later|previously))»\b(?! (?:than|this|in)\b)", values.against),
        _rule("the-day-before", "unit", "relative",
              r"«\b(?i:(?P<one>the) (?P<unit>day|week|month|year) (?P<way>before|after))»STOPS", values.against),
    )  # fmt: skip


def _seasons() -> Iterator[Rule]:
    yield from (
        _rule("season-of-a-year", "season", "explicit", r"«\bSEASON(?: of)?,? YEAR»", values.of_season),
        _rule("season-of-this-year", "season", "relative",
              r"«\bSEASON of (?P<of>last|this|next) year»\b", values.of_season),
        _rule("season-by-name", "season", "relative",
              r"«\b(?P<which>(?i:last|this(?: (?:past|coming))?|next|the coming|the past)) SEASON»\b(?!-| (?:of|in (?:the )?(?:price|sale|value|pound|ruble|rouble|dollar)s?)\b)", values.of_season),
        _rule("season-alone", "season", "relative",
              r"\b(?i:in|during|over|since|by|until|till|through|throughout|from|before|after|early|late) «(?i:(?:the )?(?:(?:early|late) )?)SEASON»(?:STOPS|(?= (?:and|when|but|as|after|before|he|she|they|it|we|that|with|while|where|because|at|on)\b))", values.of_season),
    )  # fmt: skip


def _holidays(holidays: dict[str, Holiday]) -> Iterator[Rule]:
    # A name of one word needs a word that tells a time in front: "at Christmas", not "Christmas trees".
    short = [name for name in holidays if " " not in name or name == "New Year's"]
    single, several = any_of(short), any_of(holidays.keys() - set(short))
    at = (
        r"(?i:at|by|before|after|since|until|till|on|over|around|from|during|past|near|for|between)"
    )
    no_noun = rf"SMALL|(?:he|she|they|of|was|is|are|were|morning|night|evening|afternoon|\w{{1,20}}ing|\w{{1,20}}ed|{any_of(NUMBERS)}|some|several|many|most|all|more|no|about|nearly|almost|dozens|hundreds|thousands|alone)\b"
    value = partial(values.holiday, holidays)
    yield from (
        _rule("holiday", "holiday", "relative",
              rf"«\b(?P<holiday>{several})(?:(?: of)?,? YEAR)?»(?!\w|['’]\w)(?P<noun>(?= (?!{no_noun})[a-z]))?", value),
        _rule("holiday-with-a-word", "holiday", "relative",
              rf"\b{at} «(?P<holiday>{single})»(?!\w|['’]\w| [A-Z])(?! (?!{no_noun})[a-z])", value),
        _rule("holiday-of-a-year", "holiday", "explicit", rf"«\b(?P<holiday>{single})(?: (?:in|of))?,? YEAR»", value),
        _rule("holiday-by-name", "holiday", "relative",
              rf"«\b(?P<which>(?i:last|this|next)) (?P<holiday>{any_of(holidays)})»(?!\w|['’]\w)", value),
    )  # fmt: skip


def months_in_names() -> Rule:
    """What tells that a month is somebody's name: Mrs May, Theresa May."""
    titles = r"(?:Mr|Mrs|Ms|Miss|Dr|Sir|Lady|Lord|Minister|PM|Theresa|Secretary|President)\.?"
    return _rule("month-in-a-name", "month", "", "«NAMESAKE»", behind=rf"\b{titles} ")
