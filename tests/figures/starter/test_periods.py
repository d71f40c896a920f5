"""Time is divided into the finest periods that hold enough documents."""

import pandas as pd
import pytest
from studies import study

from usru.figures.starter import periods


def days(*values):
    return pd.Series(pd.to_datetime(list(values)).astype("datetime64[s]"))


@pytest.mark.parametrize(
    ("last", "most", "name"),
    [
        ("2020-01-20", 30, "day"),
        ("2020-03-20", 30, "week"),
        ("2021-12-31", 30, "month"),
        ("2025-12-31", 30, "quarter"),
        ("2039-12-31", 30, "year"),
        ("2099-12-31", 30, "year"),
    ],
)
def test_the_finest_period_that_is_not_too_many_is_taken(last, most, name):
    found = periods.divide(days("2020-01-01", last), most)
    assert found["period"].tolist() == [name, name]
    assert (found["begins"] <= days("2020-01-01", last)).all()
    assert (found["ends"] >= days("2020-01-01", last)).all()


def test_coarser_periods_are_taken_where_the_finer_are_mostly_empty():
    spread = pd.Series(pd.date_range("2020-01-01", periods=24, freq="14D"))
    assert set(periods.divide(spread, 60)["period"]) == {"week"}
    assert set(periods.divide(spread, 60, full=6)["period"]) == {"quarter"}


def test_a_week_begins_on_monday():
    found = periods.divide(days("2017-02-16", "2017-04-12"), 12)
    assert found["begins"].dt.day_name().unique().tolist() == ["Monday"]
    assert (found["ends"] - found["begins"]).dt.days.unique().tolist() == [6]


def test_a_day_that_is_not_known_is_in_no_period():
    found = periods.divide(days("2020-01-01", None), 5)
    assert found["period"].isna().tolist() == [False, True]
    assert periods.divide(days(None, None), 5).isna().all(axis=None)


def course(folder, published):
    corpus = study(folder / "one", [{"published": day} if day else {} for day in published])
    return periods.by_period(corpus, corpus.documents[["doc_id"]])


def test_sparse_periods_are_left_out(tmp_path):
    months = [2] * 5 + [4] * 6 + [6] * 2 + [8] * 5 + [None]
    found = course(tmp_path, [f"2020-{month:02d}-1{i % 9}" if month else None for i, month in enumerate(months)])  # fmt: skip
    assert found["period"].unique().tolist() == ["month"]
    assert periods.sizes(found)["documents"].tolist() == [5, 6, 5]
    assert found["begins"].is_monotonic_increasing
    assert (
        periods.periods_of(periods.sizes(found)) == "month of publication (5 to 6 documents each)"
    )


@pytest.mark.parametrize(
    "published",
    [["2020-01-05"] * 14, ["2020-01-05"] * 10 + ["2020-02-05"] * 10, [None] * 14,
     [f"20{year}-01-05" for year in range(10, 24)]],
    ids=["one day", "two months", "no date", "one document a year"],
)  # fmt: skip
def test_without_three_full_periods_there_is_no_course(tmp_path, published):
    assert course(tmp_path, published).empty


@pytest.mark.parametrize(
    ("period", "name"),
    [("day", "6 April 2020"), ("week", "the week of 6 April 2020"), ("month", "April 2020"),
     ("quarter", "quarter 2 of 2020"), ("year", "2020")],
)  # fmt: skip
def test_a_period_has_a_name(period, name):
    assert periods.named(pd.Timestamp("2020-04-06"), period) == name
    assert period in periods.PERIODS


def test_empty_periods_are_counted():
    table = periods.divide(days("2020-01-20", "2020-02-03", "2020-04-20", None), most=4)
    assert periods.empty(table) == (1, 4)
    assert periods.empty(table.iloc[[0]]) == (0, 1)
