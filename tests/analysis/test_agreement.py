"""Agreement against cases worked out by hand."""

import math

import numpy as np
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


LEVELS = {
    "nominal": (list("aabbdcccedda"), list("babbbccceddd")),
    "interval": ([-2, -1, 0, 0, 1, 2, 2, 1], [-2, 0, 0, 1, 1, 2, 1, -1]),
    "sets": ([frozenset(one) for one in ("ab", "a", "", "bc", "c", "ab")],
             [frozenset(one) for one in ("a", "a", "", "bcd", "b", "ab")]),
}  # fmt: skip


@pytest.mark.parametrize("level", LEVELS)
def test_the_interval_is_of_the_coefficient_of_each_resample(level, monkeypatch):
    """The sums by which resamples are counted give what the library gives of the rows themselves."""
    first, second = (pd.Series(values, dtype="object") for values in LEVELS[level])
    draws = np.random.default_rng(7).integers(len(first), size=(40, len(first)))
    again = np.array([np.bincount(one, minlength=len(first)) for one in draws])
    monkeypatch.setattr(agreement, "resampled", lambda sums, seed: again @ sums)
    found = agreement.alpha_interval(first, second, level)
    rows = [[one.iloc[draw].reset_index(drop=True) for one in (first, second)] for draw in draws]
    expected = [agreement.alpha(*pair, level) for pair in rows]
    assert found[0] == agreement.alpha(first, second, level)
    assert found[1:] == pytest.approx(np.percentile(expected, [2.5, 97.5]))


def test_the_interval_holds_the_truth_as_often_as_it_says():
    """Coders who agree beyond chance on seven in ten units: alpha is .7 where classes are equal."""
    rng, held = np.random.default_rng(11), 0
    for _ in range(200):
        first = rng.integers(2, size=80)
        second = np.where(rng.random(80) < 0.7, first, rng.integers(2, size=80))
        _, low, high = agreement.alpha_interval(pd.Series(first), pd.Series(second))
        held += low <= 0.7 <= high
    assert 180 <= held <= 198


def test_an_interval_of_full_agreement_is_a_point_and_of_one_unit_is_missing():
    values = pd.Series(list("aabb"))
    assert agreement.alpha_interval(values, values) == (1, 1, 1)
    assert agreement.alpha_interval(values.head(2), values.head(2)) == (1, 1, 1)
    one = agreement.alpha_interval(values.head(1), values)
    assert one[0] == 1
    assert all(map(math.isnan, one[1:]))
    assert all(map(math.isnan, agreement.alpha_interval(values.head(0), values)))


def test_units_that_one_lacks_are_in_no_interval():
    first, second = pd.Series(list("aabbab")), pd.Series(list("aabbaabbbb"))
    whole = agreement.alpha_interval(first, second.head(6))
    assert agreement.alpha_interval(first, second) == whole


def test_a_matrix_has_the_order_of_the_codebook_and_what_it_lacks_behind():
    first, second = pd.Series([1, 2, 9, 1]), pd.Series([2, 2, 9, 1], index=[0, 1, 2, 5])
    table = agreement.confusion(first, second, [3, 2, 1])
    assert table.index.tolist() == table.columns.tolist() == [2, 1, 9]
    assert table.to_numpy().tolist() == [[1, 0, 0], [1, 0, 0], [0, 0, 1]]


def test_sets_are_compared_by_label_and_whole():
    first = pd.Series([frozenset("ab"), frozenset("a"), frozenset()], dtype="object")
    second = pd.Series([frozenset("ab"), frozenset("b"), frozenset()], dtype="object")
    found = agreement.compare("other", first, second, "sets", ["b", "a", "c"])
    assert (found.n, found.same) == (3, 2)
    assert found.table["label"].tolist() == ["b", "a"]
    assert found.table["in_reference"].tolist() == [2, 1]
    assert found.table["in_found"].tolist() == [1, 2]
    assert found.differing.to_dict("list") == {
        "first": [frozenset("a")],
        "second": [frozenset("b")],
    }


def test_nothing_in_common_is_compared_with_nothing():
    found = agreement.compare("other", pd.Series([1.0]), pd.Series([1.0], index=[7]), "interval")
    assert (found.n, found.same, len(found.table), len(found.differing)) == (0, 0, 0, 0)
    assert math.isnan(found.alpha)
