"""Intervals of days: whole units, likely years, and holidays of known years."""

from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from usru import codebook
from usru.codebook import Holiday
from usru.text.dates import intervals
from usru.text.dates.intervals import WEEKDAYS, feast, likely_year, span, weekday_from

DAYS = st.dates(date(1890, 1, 1), date(2090, 12, 31))


@given(
    DAYS,
    st.sampled_from(["day", "week", "month", "quarter", "half", "year", "decade"]),
    st.integers(-40, 40),
)
def test_units_tile_the_calendar(day, unit, by):
    first, last = span(day, unit, by)
    assert span(first, unit) == span(last, unit) == (first, last)
    assert span(day, unit, by + 1)[0] == last + timedelta(days=1)
    if by == 0:
        assert first <= day <= last


@given(DAYS, st.integers(0, 6), st.booleans())
def test_a_weekday_is_within_a_week_of_its_side(day, weekday, ahead):
    found = weekday_from(day, weekday, ahead=ahead)
    assert found.weekday() == weekday
    assert 0 <= (found - day).days * (1 if ahead else -1) <= 6


@given(DAYS, st.integers(1, 12), st.integers(1, 28))
def test_what_looks_back_is_past_and_what_looks_ahead_is_not_long_gone(day, month, number):
    assert date(likely_year(day, month, number, ahead=False), month, number) <= day
    ahead = date(likely_year(day, month, number, ahead=True), month, number)
    assert (day - ahead).days <= intervals.JUST_PAST


@pytest.mark.parametrize(
    ("published", "month", "day", "ahead", "year"),
    [
        (date(2017, 1, 1), 5, 1, None, 2017),
        (date(2017, 1, 1), 5, 2, None, 2016),
        (date(2017, 6, 30), 5, 1, True, 2017),
        (date(2017, 6, 30), 4, 30, True, 2018),
        (date(2017, 6, 30), 6, 30, True, 2017),
        (date(2017, 6, 30), 6, 30, False, 2017),
        (date(2017, 6, 30), 7, 1, False, 2016),
    ],
    ids=["in-120-days", "in-121-days", "60-days-ago", "61-days-ago", "today", "today-in-the-past",
         "tomorrow-in-the-past"],
)  # fmt: skip
def test_a_year_is_supplied_up_to_a_number_of_days(published, month, day, ahead, year):
    assert likely_year(published, month, day, ahead) == year


def test_names_and_numbers_in_words_are_those_of_the_calendar():
    months = [pd.Timestamp(2017, month, 1).month_name().lower() for month in range(1, 13)]
    days = [pd.Timestamp(2017, 5, day).day_name().lower() for day in range(1, 8)]  # from a Monday
    numbered = dict(enumerate(months, start=1))
    short = {name[:3]: number for number, name in numbered.items()}
    whole = {name: number for number, name in numbered.items()}
    assert whole | short | {"sept": 9} == intervals.MONTHS
    assert dict(zip(days, range(7), strict=True)) == WEEKDAYS
    assert [*intervals.NUMBERS.values()] == [*range(1, 21), *range(30, 100, 10), *compounds()]
    assert [*intervals.ORDINALS.values()] == [*range(1, 32)]
    told = {"one": 1, "twelve": 12, "twenty": 20, "forty-two": 42, "ninety-nine": 99}
    assert told.items() <= intervals.NUMBERS.items()
    told = {"first": 1, "twelfth": 12, "fourteenth": 14, "twenty-second": 22, "thirty-first": 31}
    assert told.items() <= intervals.ORDINALS.items()


def compounds():
    return [number for number in range(21, 100) if number % 10]


@pytest.mark.parametrize(
    ("unit", "first", "last"),
    [("day", "2018-06-13", "2018-06-13"), ("week", "2018-06-11", "2018-06-17"),
     ("month", "2018-06-01", "2018-06-30"), ("quarter", "2018-04-01", "2018-06-30"),
     ("half", "2018-01-01", "2018-06-30"), ("year", "2018-01-01", "2018-12-31"),
     ("decade", "2010-01-01", "2019-12-31")],
)  # fmt: skip
def test_a_unit_is_that_of_the_calendar(unit, first, last):
    found = span(date(2018, 6, 13), unit)
    assert [end.isoformat() for end in found] == [first, last]


def test_seasons_are_of_three_whole_months():
    assert intervals.season("winter", 2015) == (date(2015, 12, 1), date(2016, 2, 29))
    begun = [intervals.season(name, 2017)[0].month for name in ("spring", "summer", "fall")]
    assert begun == [3, 6, 9]
    assert intervals.season("autumn", 2017) == intervals.season("fall", 2017)


def test_a_fortnight_leads_to_the_week_two_weeks_away():
    assert span(date(2018, 6, 13), "fortnight", -1) == (date(2018, 5, 28), date(2018, 6, 3))


def test_a_range_does_not_end_before_it_starts():
    with pytest.raises(ValueError, match="before it starts"):
        intervals.in_order(date(2017, 2, 17), date(2017, 2, 16))


@pytest.mark.parametrize(
    ("name", "year", "day"),
    [
        ("Thanksgiving", 2016, "2016-11-24"), ("Labor Day", 2017, "2017-09-04"), ("Memorial Day", 2017, "2017-05-29"),
        ("Good Friday", 2018, "2018-03-30"), ("Easter Monday", 2016, "2016-03-28"), ("Ash Wednesday", 2017, "2017-03-01"),
        ("Christmas Eve", 2017, "2017-12-24"), ("Martin Luther King Day", 2017, "2017-01-16"),
        ("Remembrance Sunday", 2017, "2017-11-12"), ("Independence Day", 2017, None),
    ],
)  # fmt: skip
def test_a_holiday_is_on_its_day(name, year, day):
    holidays = {name: one for one in codebook.read().calendar.holidays for name in one.names}
    found = feast(holidays[name], year)
    assert (found.isoformat() if found else None) == day


@given(
    st.integers(1900, 2090),
    st.integers(1, 12),
    st.sampled_from([*WEEKDAYS]),
    st.sampled_from([-1, 1, 2, 3, 4]),
)
def test_the_nth_weekday_is_in_its_month(year, month, weekday, nth):
    found = feast(Holiday(("Day",), month=month, weekday=weekday.title(), nth=nth), year)
    assert (found.year, found.month, found.weekday()) == (year, month, WEEKDAYS[weekday])
    if nth > 0:
        assert (found.day - 1) // 7 == nth - 1
    else:
        assert (found + timedelta(days=7)).month != month
