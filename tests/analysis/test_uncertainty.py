"""Intervals against published values."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from usru.analysis.uncertainty import share_interval


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_intervals_of_newcombes_table(hits, n, low, high):
    """Newcombe (1998), Statistics in Medicine 17:857, table I, method 3."""
    assert share_interval(hits, n) == pytest.approx((low, high), abs=1e-4)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_an_interval_holds_its_share(case):
    hits, n = case
    low, high = share_interval(hits, n)
    assert 0 <= low <= hits / n + 1e-12
    assert hits / n - 1e-12 <= high <= 1


def test_no_case_no_interval():
    assert all(map(math.isnan, share_interval(0, 0)))
