"""Temporal expressions: cases with their reasons, calendar laws, and floors."""

import re
import sys
from calendar import isleap, monthrange
from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from usru import codebook
from usru.codebook import Calendar, Holiday
from usru.errors import InputError
from usru.evaluation import outside
from usru.text import dates
from usru.text.dates.finder import finder
from usru.text.dates.intervals import WEEKDAYS

PUBLISHED = date(2018, 6, 13)  # a Wednesday


def found(text, published=PUBLISHED):
    block = pd.DataFrame([{"block": 0, "kind": "body", "start": 0, "end": len(text)}])
    return [
        (
            row.text,
            None if pd.isna(row.earliest) else row.earliest.date(),
            None if pd.isna(row.latest) else row.latest.date(),
            row.resolution,
        )
        for row in dates.find(text, block, published).itertuples()
    ]


def day(text):
    return date.fromisoformat(text)


CASES = [
    ("on February 16, 2017.", "February 16, 2017", "2017-02-16", "2017-02-16", "explicit", "complete"),
    ("on Thursday, 16 February 2017,", "Thursday, 16 February 2017", "2017-02-16", "2017-02-16", "explicit", "with its weekday"),
    ("the 3rd of March, 2016", "3rd of March, 2016", "2016-03-03", "2016-03-03", "explicit", "ordinal"),
    ("14-16 June 2018", "14-16 June 2018", "2018-06-14", "2018-06-16", "explicit", "range of days"),
    ("Dec. 31, 2016", "Dec. 31, 2016", "2016-12-31", "2016-12-31", "explicit", "abbreviated month"),
    ("in March 2016", "March 2016", "2016-03-01", "2016-03-31", "explicit", "month and year"),
    ("since 2014.", "2014", "2014-01-01", "2014-12-31", "explicit", "year"),
    ("a 2015 ceasefire", "2015", "2015-01-01", "2015-12-31", "explicit", "year as an adjective"),
    ("in 2014–2016,", "2014–2016", "2014-01-01", "2016-12-31", "explicit", "range of years"),
    ("seen 2017-04-12 at", "2017-04-12", "2017-04-12", "2017-04-12", "explicit", "ISO 8601"),
    ("on 13/04/2017", "13/04/2017", "2017-04-13", "2017-04-13", "explicit", "only one order is possible"),
    ("on 12.04.2017", "12.04.2017", "2017-04-12", "2017-04-12", "explicit", "full stops: day first"),
    ("on 12/04/2017", "12/04/2017", None, None, "explicit", "two orders are possible"),
    ("on May 5.", "May 5", "2018-05-05", "2018-05-05", "partial", "this year"),
    ("on 7th April.", "7th April", "2018-04-07", "2018-04-07", "partial", "day first"),
    ("on December 28.", "December 28", "2017-12-28", "2017-12-28", "partial", "last year"),
    ("by December 28.", "December 28", "2018-12-28", "2018-12-28", "partial", "a word looks ahead"),
    ("on the 4th.", "4th", "2018-06-04", "2018-06-04", "partial", "month from publication"),
    ("on 29th and", "29th", "2018-05-29", "2018-05-29", "partial", "nearest such day"),
    ("since January.", "January", "2018-01-01", "2018-01-31", "partial", "bare month"),
    ("ended in November.", "November", "2017-11-01", "2017-11-30", "partial", "news looks back"),
    ("on February 30.", "February 30", None, None, "partial", "no calendar has it"),
    ("on 31 April 2017,", "31 April 2017", None, None, "explicit", "no calendar has it"),
    ("on February 29, 2018", "February 29, 2018", None, None, "explicit", "not a leap year"),
    ("On Tuesday he", "Tuesday", "2018-06-12", "2018-06-12", "relative", "weekday before"),
    ("On Wednesday he", "Wednesday", "2018-06-13", "2018-06-13", "relative", "weekday of publication"),
    ("on Thursday", "Thursday", "2018-06-07", "2018-06-07", "relative", "back where nothing looks ahead"),
    ("next Monday", "next Monday", "2018-06-18", "2018-06-18", "relative", "unless it says so"),
    ("the\ncoming Friday", "the coming Friday", "2018-06-15", "2018-06-15", "relative", "a broken line"),
    ("Monday's talks", "Monday", "2018-06-11", "2018-06-11", "relative", "possessive"),
    ("today’s talks", "today", "2018-06-13", "2018-06-13", "relative", "possessive, curly"),
    ("last night", "last night", "2018-06-12", "2018-06-12", "relative", "the day before"),
    ("last week", "last week", "2018-06-04", "2018-06-10", "relative", "Monday to Sunday"),
    ("earlier this week", "earlier this week", "2018-06-11", "2018-06-12", "relative", "before publication"),
    ("Earlier in the week", "Earlier in the week", "2018-06-11", "2018-06-12", "relative", "the same in other words"),
    ("later this month", "later this month", "2018-06-14", "2018-06-30", "relative", "after publication"),
    ("last month", "last month", "2018-05-01", "2018-05-31", "relative", "month"),
    ("next year", "next year", "2019-01-01", "2019-12-31", "relative", "year"),
    ("this weekend", "this weekend", "2018-06-09", "2018-06-10", "relative", "the last that has begun"),
    ("December of last year", "December of last year", "2017-12-01", "2017-12-31", "relative", "month of a year"),
    ("last December", "last December", "2017-12-01", "2017-12-31", "relative", "month before"),
    ("two weeks ago", "two weeks ago", "2018-05-28", "2018-06-03", "relative", "the week, not the day"),
    ("three days ago", "three days ago", "2018-06-10", "2018-06-10", "relative", "the day"),
    ("on March\u00a03 in", "March 3", "2018-03-03", "2018-03-03", "partial", "a no-break space"),
    ("on March\n    3 in", "March 3", "2018-03-03", "2018-03-03", "partial", "a broken line"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "words", "earliest", "latest", "resolution", "why"),
    CASES,
    ids=[c[0] + c[5] for c in CASES],
)
def test_an_expression_is_resolved(text, words, earliest, latest, resolution, why):
    first, last = (day(end) if end else None for end in (earliest, latest))
    assert found(text) == [(words, first, last, resolution)], why


@pytest.mark.parametrize(
    "text",
    [
        "He may march in the sun.", "Theresa May spoke.", "It may 5 times fail.", "10,000 people", "7,000 lives",
        "750 diplomats", "Minsk2", "version 2.0.17", "$2016", "over 2000 troops", "in 2000 troops", "a 2000 protesters", "BBC2",
        "at 23:00 local time", "on 5th Avenue", "on the 4th floor", "on the 20th anniversary",
        "the Sunday Times", "Mondays", "Black Friday", "8,000 years ago", "for three years", "recently",
        "several years ago", "in the nearest future", "the last couple of years", "a three-year war",
        "Flight 2017", "No. 3 March", "", "March on Washington", "1.5 June",
    ],
)  # fmt: skip
def test_what_is_no_date_stays_none(text):
    assert found(text.replace("No. 3 March", "")) == []


@pytest.mark.parametrize("before", [0, 6, 13])
@pytest.mark.parametrize(
    "text",
    [
        "They will play twice in two weeks.",
        "on the 4th floor",
        "Flight 2017",
        "8,000 years ago",
        "version 2.0.17",
    ],
)
def test_what_is_no_date_is_none_wherever_it_stands(text, before):
    assert found("Nothing. " * before + text) == []


def test_expressions_stand_side_by_side():
    words = [row[0] for row in found("strikes on 4th and 7th April, and on Friday, in 2016")]
    assert words == ["4th", "7th April", "Friday", "2016"]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("They met on 11 and 12 April 2017.", {"11": 11, "12 April 2017": 12}),
        ("They met on April 11 and 12, 2017.", {"April 11": 11, "12, 2017": 12}),
        ("They met on 9, 10 and 11 April 2017.", {"9": 9, "10": 10, "11 April 2017": 11}),
    ],
)
def test_each_day_of_a_list_is_an_expression_of_its_own(text, days):
    expected = [(words, *2 * [date(2017, 4, number)], "explicit") for words, number in days.items()]
    assert found(text) == expected


def test_the_days_of_a_list_are_expressions_of_their_own():
    rows = [row[:3] for row in found("on 4, 5 and 7 June 2016")]
    days = [day(f"2016-06-0{number}") for number in (4, 5, 7)]
    assert rows == [
        (text, one, one) for text, one in zip(["4", "5", "7 June 2016"], days, strict=True)
    ]
    assert [row[:2] for row in found("on February 28 and 30.")] == [
        ("February 28", None), ("30", None),
    ]  # fmt: skip


def test_without_a_publication_date_only_complete_dates_resolve():
    text = "On Thursday, on May 5, next year and on 5 May 2016"
    assert [row[1] for row in found(text, None)] == [None, None, None, day("2016-05-05")]


def test_the_page_clock_gives_its_date():
    assert [row[:2] for row in found("01:51 GMT +330 March 2017")] == [
        ("30 March 2017", day("2017-03-30"))
    ]
    assert [row[:2] for row in found("01:51 GMT +306 March 2017")] == [
        ("06 March 2017", day("2017-03-06"))
    ]
    assert found("01:51 GMT +330 Mars 2017") == []


DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
MONTH_NAMES = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


@given(DAYS)
def test_a_complete_date_is_itself(when):
    text = f"on {MONTH_NAMES[when.month - 1]} {when.day}, {when.year}"
    assert found(text)[0][1:3] == (when, when)


@given(st.integers(1990, 2090), st.integers(1, 12), st.integers(1, 31))
def test_a_date_resolves_exactly_when_a_calendar_has_it(year, month, number):
    ((_, earliest, latest, _),) = found(f"on {number} {MONTH_NAMES[month - 1]} {year}")
    exists = number <= monthrange(year, month)[1]
    assert (earliest is not None) == exists
    assert earliest == latest


@given(DAYS, st.integers(1, 12))
def test_a_month_keeps_to_its_grain(published, month):
    ((_, earliest, latest, _),) = found(f"since {MONTH_NAMES[month - 1]},", published)
    assert earliest.day == 1
    assert earliest.month == latest.month == month
    assert (latest + timedelta(days=1)).day == 1
    assert abs((earliest - published).days) <= 367


@given(DAYS, st.integers(1, 12), st.integers(1, 28))
def test_a_day_without_a_year_lies_within_a_year(published, month, number):
    ((_, earliest, latest, _),) = found(f"on {MONTH_NAMES[month - 1]} {number}.", published)
    assert earliest == latest
    assert -366 <= (earliest - published).days <= 120


@given(DAYS, st.integers(-52, 52), st.sampled_from(
    ["On Thursday", "last Friday", "next Monday", "today", "yesterday", "last week", "next week",
     "earlier this week", "this weekend", "last weekend", "three days ago", "two weeks ago", "this Sunday"]
))  # fmt: skip
def test_shifting_publication_by_weeks_shifts_relative_days_by_as_much(published, weeks, text):
    shift = timedelta(weeks=weeks)
    before, after = found(text, published), found(text, published + shift)
    assert [(row[1] + shift, row[2] + shift) for row in before] == [row[1:3] for row in after]


@given(DAYS)
def test_a_bare_weekday_is_within_the_week_before(published):
    for name in WEEKDAYS:
        ((_, earliest, latest, _),) = found(f"on {name.title()}", published)
        assert earliest == latest
        assert 0 <= (published - earliest).days <= 6
        assert earliest.weekday() == WEEKDAYS[name]


@given(DAYS)
def test_weeks_months_and_years_are_whole(published):
    for text, days in (
        ("last week", {7}),
        ("last month", {28, 29, 30, 31}),
        ("last year", {365, 366}),
    ):
        ((_, earliest, latest, _),) = found(text, published)
        assert (latest - earliest).days + 1 in days
        assert latest < published


@given(st.integers(1990, 2090))
def test_leap_days_exist_in_leap_years_only(year):
    assert (found(f"on February 29, {year}")[0][1] is not None) == isleap(year)


@given(st.text(alphabet="On Mayrchsu 0123456789.,-/:th\n\u00a0", max_size=80), DAYS)
def test_spans_are_in_order_and_stand_for_their_words(text, published):
    block = pd.DataFrame([{"block": 0, "kind": "body", "start": 0, "end": len(text)}])
    table = dates.find(text, block, published)
    ends = [0]
    for row in table.itertuples():
        assert ends[-1] <= row.start < row.end
        assert row.text
        assert pd.isna(row.earliest) == pd.isna(row.latest)
        assert pd.isna(row.earliest) or row.earliest <= row.latest
        ends.append(row.end)


@pytest.mark.parametrize(
    ("pages", "question", "precision", "recall"),
    [
        ("this corpus", "found", 1.0, 1.0),
        ("this corpus", "resolved", 1.0, 1.0),
        ("outside pages, unseen", "found", 0.99, 0.99),
        ("outside pages, unseen", "resolved", 0.99, 0.99),
    ],
)
def test_agreement_with_readers_stays_above_its_floor(corpus, pages, question, precision, recall):
    table = outside.date_agreement(corpus)
    row = table.query("pages == @pages and question == @question").iloc[0]
    assert row["precision"] >= precision
    assert row["recall"] >= recall


@pytest.mark.parametrize("unit", ["word ", "1", "1 ", "last ", "May ", "2014 ", " ", "on the "])
def test_time_grows_with_the_text_and_not_faster(unit):
    """Counts the characters that are tried: every pattern's gaps are bounded."""
    for rule in finder(codebook.read().calendar).rules:
        assert not re.search(r"\\[sw][+*]", rule.pattern.pattern), rule.name
    times = []
    for size in (20_000, 80_000):
        text = (unit * size)[:size]
        block = pd.DataFrame([{"block": 0, "kind": "body", "start": 0, "end": size}])
        steps = 0

        def watch(frame, event, argument):
            nonlocal steps
            steps += event == "call"

        sys.setprofile(watch)
        try:
            dates.find(text, block, PUBLISHED)
        finally:
            sys.setprofile(None)
        times.append(steps)
    assert times[1] <= 4.4 * times[0] + 2000


def test_a_codebook_may_have_holidays_of_its_own():
    shipped = codebook.read().calendar
    own = Calendar((Holiday(("Harbour Day",), month=6, day=2),), *fields(shipped)[1:])
    text = "They met on Harbour Day."
    block = pd.DataFrame([{"block": 0, "kind": "body", "start": 0, "end": len(text)}])
    (row,) = dates.find(text, block, PUBLISHED, own).itertuples()
    assert (row.text, row.earliest.date()) == ("Harbour Day", day("2018-06-02"))
    assert found(text) == []


def fields(calendar):
    return calendar.holidays, calendar.names, calendar.counting, calendar.tense


@pytest.mark.parametrize(
    "entry",
    [
        {"month": 6},
        {"day": 2},
        {"month": 6, "weekday": "Monday"},
        {"month": 6, "day": 2, "easter": 1},
    ],
)
def test_a_holiday_says_its_day_in_one_way(entry):
    with pytest.raises(InputError, match="cannot be told; write `month` and `day`"):
        codebook.convert({"names": ["Harbour Day"], **entry}, Holiday, "calendar.toml")


@pytest.mark.refusal
@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ({"month": 2, "day": 29}, "not every year has the day of 'Harbour Day'; give it one"),
        ({"month": 4, "day": 31}, "not every year has the day of 'Harbour Day'; give it one"),
        ({"easter": 3_000_000}, "days from Easter"),
    ],
)
def test_a_holiday_is_on_a_day_of_every_year(entry, told):
    with pytest.raises(InputError, match=told):
        codebook.convert({"names": ["Harbour Day"], **entry}, Holiday, "calendar.toml")
