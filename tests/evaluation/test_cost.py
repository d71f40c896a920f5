"""What a million articles cost follows from the stored speeds."""

import pytest

from usru.evaluation import cost
from usru.evaluation.cost import Speeds

FAST = Speeds("a desk", 1000, 4.6, start=36, reading=1000, seconds={"one": 20, "another": 16})


def test_the_stored_speeds_say_of_each_step_how_long_it_takes():
    speeds = cost.speeds()
    assert min(speeds.seconds.values()) > 0
    assert speeds.each == pytest.approx(sum(speeds.seconds.values()) / speeds.articles)
    assert speeds.machine
    assert cost.hours(1e6, 1) == cost.hours(1e6, 1, speeds)


def test_twice_the_workers_need_half_the_time_but_for_the_start():
    alone, two = (cost.hours(1e6, n, FAST) - FAST.start / 3600 for n in (1, 2))
    assert alone == pytest.approx(10)
    assert two == pytest.approx(5)


def test_no_number_of_workers_is_faster_than_the_reading():
    assert cost.hours(1e6, 10**6, FAST) == pytest.approx((36 + 1000) / 3600)
    assert cost.hours(0, 1, FAST) == pytest.approx(0.01)


def test_a_table_has_a_row_a_number_of_workers():
    table = cost.table(1e6, [1, 8, 64], FAST)
    assert table["workers"].tolist() == [1, 8, 64]
    assert table["hours"].tolist() == [cost.hours(1e6, n, FAST) for n in (1, 8, 64)]
    assert table["times_as_fast"].iloc[0] == 1
    assert table["times_as_fast"].is_monotonic_increasing
