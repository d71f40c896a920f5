"""Agreement against cases worked out by hand."""

import math

import pandas as pd
import pytest

from usru.analysis import agreement


def test_precision_and_recall_of_a_known_table():
    reference = pd.Series(["a", "a", "a", "b"])
    found = pd.Series(["a", "a", "b", "b"])
    table = agreement.by_category(reference, found)
    assert table.loc["a", ["precision", "recall", "f1"]].tolist() == [1, 2 / 3, 0.8]
    assert table.loc["b", ["precision", "recall"]].tolist() == [0.5, 1]
    assert table.index.tolist() == ["a", "b"]


def test_what_nobody_found_has_no_precision():
    table = agreement.by_category(pd.Series(["a"]), pd.Series(["b"]))
    assert math.isnan(table.loc["a", "precision"])
    assert table.loc["a", "recall"] == 0


def test_units_are_matched_by_index():
    table = agreement.by_category(pd.Series(["a", "b"]), pd.Series(["b"], index=[1]))
    assert table.index.tolist() == ["b"]


def test_nothing_to_compare_gives_an_empty_table():
    assert agreement.by_category(pd.Series([], dtype=str), pd.Series([], dtype=str)).empty


@pytest.mark.parametrize(
    ("first", "second", "alpha"),
    [("0100000010", "1110010000", 0.095), ("aabbdcccedda", "babbbccceddd", 0.692)],
    ids=["binary", "nominal"],
)
def test_alpha_of_published_examples(first, second, alpha):
    """Krippendorff (2011), Computing Krippendorff's alpha-reliability, sections A and B."""
    found = agreement.alpha(pd.Series(list(first)), pd.Series(list(second)))
    assert found == pytest.approx(alpha, abs=5e-4)


@pytest.mark.parametrize(("second", "alpha"), [("aabb", 1.0), ("bbaa", -0.75)])
def test_alpha_at_its_ends(second, alpha):
    """By hand: 1 - 7 * 8 / (2 * 4 * 4) where all four units are disagreed on."""
    assert agreement.alpha(pd.Series(list("aabb")), pd.Series(list(second))) == pytest.approx(alpha)


def test_alpha_where_nothing_varies_and_where_nothing_is_shared():
    assert agreement.alpha(pd.Series(["a", "a"]), pd.Series(["a", "a"])) == 1
    assert math.isnan(agreement.alpha(pd.Series(["a"]), pd.Series(["a"], index=[5])))


def test_alpha_leaves_out_what_one_reading_lacks():
    first, second = pd.Series(list("abab")), pd.Series(list("abb"))
    assert agreement.alpha(first, second) == agreement.alpha(first[:3], second)


def test_alpha_of_numbers_is_that_of_the_published_example():
    """Krippendorff (2019), chapter 12: the squared difference, worked out by hand."""
    first, second = pd.Series([1, 2, 3, 3, 2, 1, 4, 1, 2]), pd.Series([1, 2, 3, 3, 2, 2, 4, 1, 2])
    nominal, interval = (agreement.alpha(first, second, level) for level in ("nominal", "interval"))
    # By hand: one pair apart by 1; observed 2 / 18, expected from the counts 5, 7, 4, 2 of 1 to 4.
    apart = 2 * (5 * 7 + 5 * 4 * 4 + 5 * 2 * 9 + 7 * 4 + 7 * 2 * 4 + 4 * 2) / (18 * 17)
    assert interval == pytest.approx(1 - (2 / 18) / apart)
    assert nominal < interval


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [
        ("ab", "ab", 0),
        ("a", "ab", 2 / 3),
        ("ab", "bc", 8 / 9),
        ("a", "b", 1),
        ("", "a", 1),
        ("", "", 0),
    ],
)
def test_the_distance_of_sets(one, other, distance):
    """Passonneau (2006), table 3: Jaccard's share times 1, 2/3, 1/3 or 0."""
    assert agreement._masi(frozenset(one), frozenset(other)) == pytest.approx(distance)


def test_alpha_of_sets_counts_a_near_miss_less_than_a_miss():
    first = pd.Series([frozenset("ab"), frozenset("c"), frozenset(), frozenset("d")])
    near, far = (pd.Series([frozenset(one), *first[1:]]) for one in ("a", "d"))
    assert agreement.alpha(first, first, "sets") == 1
    assert 1 > agreement.alpha(first, near, "sets") > agreement.alpha(first, far, "sets")


def test_labels_of_a_unit_become_a_set():
    table = pd.DataFrame({"a": [True, False], "b": [True, False]}, index=["x", "y"])
    assert agreement.label_sets(table).to_dict() == {"x": frozenset("ab"), "y": frozenset()}
    assert agreement.label_sets(table.iloc[:0]).empty


def test_decisions_that_chance_alone_makes_alike():
    """By hand: one yes in four and two yes in four; .25 * .5 + .75 * .5 by chance."""
    first = pd.DataFrame({"a": [True, False], "b": [False, False]})
    second = pd.DataFrame({"b": [True, False], "a": [True, False]})
    assert agreement.decisions(first, second) == (0.75, 0.5)
    assert all(map(math.isnan, agreement.decisions(first.iloc[:0], second.iloc[:0])))
