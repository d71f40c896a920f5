"""One form for numbers, counts and lists."""

import math
from datetime import date

import pandas as pd
import pytest

from usru.wording import (
    capital,
    count,
    day,
    listed,
    month,
    number,
    ordinal,
    percent,
    signed,
    span,
    times,
)


@pytest.mark.parametrize(
    ("n", "told"), [(0, "0 stories"), (1, "1 story"), (2, "2 stories"), (1200, "1,200 stories")]
)
def test_a_count_has_its_number(n, told):
    assert count(n, "story", "stories") == told


def test_what_happens_a_few_times_has_a_word():
    assert [times(n) for n in (0, 1, 2, 3, 1000)] == ["never", "once", "twice", "3 times", "1,000 times"]  # fmt: skip


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ([], "none"),
        (["a"], "a"),
        (["a", "b"], "a and b"),
        (["a", "b", "c"], "a, b and c"),
        (["a, b", "c"], "a, b; and c"),
        (["a, b", "c", "d"], "a, b; c; and d"),
        (["a, b"], "a, b"),
    ],
)
def test_a_list_reads_as_one(parts, told):
    assert listed(parts) == told


def test_a_list_may_end_in_another_word_and_take_any_iterable():
    assert listed(iter("ab"), "or") == "a or b"
    assert listed([], nothing="nobody") == "nobody"


@pytest.mark.parametrize("value", [-0.001, 0.001, 0.0, -0.0])
def test_what_is_shown_as_zero_has_no_sign(value):
    assert number(value) == signed(value) == "0.00"


def test_a_negative_number_has_a_minus_and_no_hyphen():
    assert signed(-1.5) == number(-1.5) == "−1.50"
    assert signed(1.5) == "+1.50"
    assert number(-1234.5, 0) == "−1,234"


def test_what_is_not_known_is_said():
    assert number(math.nan) == signed(math.nan) == percent(math.nan) == "not known"


@pytest.mark.parametrize(
    ("share", "told"),
    [(0, "0%"), (0.004, "less than 1%"), (0.006, "1%"), (1, "100%"), (-0.02, "−2%"), (3.9, "390%")],
)
def test_a_share_is_in_per_cent(share, told):
    assert percent(share) == told


def test_a_span_of_one_value_is_that_value():
    assert (span("1", "1"), span("1", "2")) == ("1", "1 to 2")


@pytest.mark.parametrize(
    ("place", "told"),
    [
        (1, "first"),
        (12, "twelfth"),
        (13, "13th"),
        (22, "22nd"),
        (103, "103rd"),
        (111, "111th"),
        (1001, "1,001st"),
    ],
)
def test_a_place_in_an_order_is_in_words_while_these_are_short(place, told):
    assert ordinal(place) == told


def test_a_sentence_begins_with_a_capital_and_keeps_the_rest():
    assert capital("a US official") == "A US official"
    assert capital("") == ""


def test_a_day_is_the_same_everywhere_and_may_be_missing():
    assert day(pd.Timestamp("2017-02-16")) == day(date(2017, 2, 16)) == "16 February 2017"
    assert day(pd.NaT) == day(None) == "not known"
    assert day(None, "–") == "–"
    assert [month(date(2017, n, 1)) for n in (1, 9, 12)] == [
        "January 2017",
        "September 2017",
        "December 2017",
    ]
