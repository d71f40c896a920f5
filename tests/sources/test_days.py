"""The day that is printed, or a question; never a guess."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from usru.sources.days import Days, Numeric, day

LUND = date(2017, 4, 3)


@pytest.mark.parametrize(
    "printed",
    [
        "2017-04-03", "2017-04-03T23:59:00Z", "2017-04-03 23:30:00-05:00", "2017/4/3", "2017.04.03", "20170403", 20170403,
        20170403.0, "20170403T235959Z", "20170403235959", "3 April 2017", "3rd of April 2017", "03-Apr-2017", "3. April 2017",
        "April 3, 2017", "Apr. 3 2017", "April 3, 2017 Monday", "April 3, 2017, Monday,, FINAL EDITION", "Monday, 3 April 2017",
        "Mon, 03 Apr 2017 23:30:00 -0800", "MONDAY, APRIL 3, 2017 9:20 AM GMT", "2017 年 4 月 3 日 17:04",
        LUND, datetime(2017, 4, 3, 23, 59), datetime(2017, 4, 3, 23, 59, tzinfo=UTC),
        datetime(2017, 4, 3, 0, 1, tzinfo=timezone(timedelta(hours=14))),
    ],
)  # fmt: skip
def test_a_complete_date_is_the_day_that_is_printed(printed):
    assert day(printed) == LUND


@pytest.mark.parametrize(
    "printed",
    [
        "", "Monday", "April 2017", "2017", "3 April", "yesterday", "2017-02-30", "31 April 2017", "99999999", 1491177600,
        42828.5, "3/4/17", "17/04/03", "2017-04", "3 Lundary 2017", True, "x" * 500, "2017-04-031", "on 3 April 2017 in Lund",
    ],
)  # fmt: skip
def test_anything_else_is_no_date(printed):
    assert day(printed) is None


@pytest.mark.parametrize(
    ("printed", "order"),
    [
        ("03/04/2017", None), ("3-4-2017 10:00", None), ("13/04/2017", "day-first"), ("04/13/2017", "month-first"),
        ("03.04.2017", "day-first"),
    ],
)  # fmt: skip
def test_a_date_of_numbers_says_which_convention_it_follows(printed, order):
    found = day(printed)
    assert isinstance(found, Numeric)
    assert found.order == order


def test_day_and_month_of_the_same_number_are_one_day():
    assert day("04/04/2017") == date(2017, 4, 4)


def column(*values, order=None):
    days = Days("a.csv", "column date", order, lambda: values)
    read = [days.read(value, f"a.csv, row {n}") for n, value in enumerate(values, start=2)]
    return [found for found, _ in read], [basis for _, basis in read], list(map(str, days.questions()))  # fmt: skip


def test_a_sure_date_of_the_column_decides_for_the_others():
    found, bases, questions = column("03/04/2017", "25/04/2017")
    assert found == [LUND, date(2017, 4, 25)]
    assert bases == ["column date, day first as other dates of it show", "column date"]
    assert questions == []


def test_without_a_sure_date_it_is_asked():
    found, bases, questions = column("03/04/2017", "05/06/2017", "2017-04-03")
    assert found == [None, None, LUND]
    assert bases == [None, None, "column date"]
    assert questions == ["a.csv, column date: 2 dates, as 03/04/2017, can be two days; say --dates day-first or --dates month-first."]  # fmt: skip


def test_dates_that_contradict_each_other_decide_nothing():
    found, _, questions = column("03/04/2017", "25/04/2017", "04/25/2017")
    assert found == [None, date(2017, 4, 25), date(2017, 4, 25)]
    assert "1 date, as 03/04/2017, can be two days" in questions[0]


@pytest.mark.parametrize(("order", "meant"), [("day-first", LUND), ("month-first", date(2017, 3, 4))])  # fmt: skip
def test_what_a_person_says_is_taken_and_said(order, meant):
    found, bases, questions = column("03/04/2017", order=order)
    assert found == [meant]
    assert bases == [f"column date, {order.replace('-', ' ')} as it was said to be"]
    assert questions == []


def test_a_date_that_can_be_one_day_only_needs_no_convention():
    found, bases, _ = column("25/04/2017", order="month-first")
    assert (found, bases) == ([date(2017, 4, 25)], ["column date"])


def test_dates_that_cannot_be_read_are_counted_and_the_first_is_shown():
    found, _, questions = column("last week", None, "", "31/02/2017", "2017-04-03")
    assert found == [None, None, None, None, LUND]
    assert questions == ["a.csv, column date: 2 dates cannot be read, as 'last week' (a.csv, row 2); write the day as 2017-04-03."]  # fmt: skip


def test_the_column_is_looked_through_once_and_only_when_it_has_to_be():
    looked = []

    def values():
        looked.append("once")
        return ["25/04/2017"]

    days = Days("a.csv", "column date", values=values)
    days.read("2017-04-03", "row 2")
    assert looked == []
    days.read("03/04/2017", "row 3")
    days.read("05/04/2017", "row 4")
    assert looked == ["once"]
