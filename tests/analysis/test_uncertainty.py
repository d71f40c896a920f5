"""Intervals and tests against published values and cases worked out by hand."""

import math
from itertools import product
from statistics import NormalDist

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from usru.analysis import uncertainty
from usru.analysis.uncertainty import (
    CLUSTERS,
    EXACT,
    _share_interval,
    cliffs_delta,
    clustered_difference,
    clustered_means,
    difference,
    holm,
    means,
    permutation_test,
    stratified,
    stratified_interval,
    weighted_difference,
    weighted_mean,
    weighted_means,
)


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
    assert _share_interval(hits, n) == pytest.approx((low, high), abs=1e-4)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_an_interval_holds_its_share(case):
    hits, n = case
    low, high = _share_interval(hits, n)
    assert 0 <= low <= hits / n + 1e-12
    assert hits / n - 1e-12 <= high <= 1


def test_no_case_no_interval():
    assert all(map(math.isnan, _share_interval(0, 0)))


def table(rng: np.random.Generator, n: int = 30) -> tuple[pd.Series, pd.Series, pd.Series]:
    return (
        pd.Series(rng.normal(size=n)),
        pd.Series(rng.integers(1, 40, n)),
        pd.Series(rng.choice(["a", "b", "c"], n)),
    )


def test_the_mean_of_flags_is_their_share():
    _, words, story = table(np.random.default_rng(1))
    on = words > 20
    share, low, high = weighted_mean(on, words, story)
    assert (share, low, high) == weighted_mean(on.astype(float), words, story)
    assert share == words[on].sum() / words.sum()
    assert 0 <= low <= share <= high <= 1


def test_the_means_of_groups_are_those_of_each():
    values, words, story = table(np.random.default_rng(6))
    frame = pd.DataFrame({"story": story, "value": values.mask(values > 1), "words": words})
    found = weighted_means(frame, ["story"], "value").set_index("story")
    assert list(found.index) == story[frame["value"].notna()].drop_duplicates().tolist()
    for name, own in frame.groupby("story"):
        assert found.loc[name, "value"] == pytest.approx(
            weighted_mean(own["value"], own["words"])[0]
        )
        assert found.loc[name, "words"] == own.loc[own["value"].notna(), "words"].sum()


def test_units_weigh_the_same_where_nothing_is_said():
    values, _, _ = table(np.random.default_rng(8))
    ones = pd.Series(1, index=values.index)
    assert weighted_mean(values) == weighted_mean(values, ones, ones)


def test_the_interval_of_a_mean_is_near_what_the_normal_theory_says():
    values = pd.Series(np.random.default_rng(2).normal(size=400))
    one = pd.Series(1, index=values.index)
    mean, low, high = weighted_mean(values, one, one)
    assert mean == pytest.approx(values.mean())
    assert (high - low) / 2 == pytest.approx(1.96 * values.std() / 20, rel=0.1)


def test_units_without_a_value_are_left_out():
    values, words = pd.Series([1.0, float("nan"), 0.0]), pd.Series([1, 9, 1])
    story = pd.Series(["a", "a", "a"])
    assert weighted_mean(values, words, story)[0] == 0.5
    first = pd.Series([True, True, False])
    assert weighted_difference(values, words, first, story) == (1.0, 1.0, 1.0)
    assert permutation_test(values, first, words).arrangements == 2


def test_a_difference_is_that_of_the_means_and_turns_with_the_groups():
    values, words, story = table(np.random.default_rng(3))
    first = pd.Series([True, False] * 15)
    there, low, high = weighted_difference(values, words, first, story)
    means = [np.average(values[one], weights=words[one]) for one in (first, ~first)]
    assert there == pytest.approx(means[0] - means[1])
    assert low < there < high
    assert weighted_difference(values, words, ~first, story)[0] == pytest.approx(-there)
    assert weighted_difference(values, words, first, story, seed=1)[1] != low


@pytest.mark.parametrize("side", [0, 1], ids=["first", "second"])
def test_each_group_weighs_its_own_units_in_the_interval(side):
    """Where the other group is 0 throughout, a difference is the mean of one, with its interval."""
    rng = np.random.default_rng(17)
    values, words = pd.Series(rng.normal(size=40)), pd.Series(rng.integers(1, 400, 40))
    first = pd.Series(np.arange(40) % 2 == side)
    found = weighted_difference(values.where(first if side == 0 else ~first, 0.0), words, first)
    own = np.flatnonzero(first if side == 0 else ~first)
    alone = np.array(weighted_mean(values.iloc[own], words.iloc[own]))
    expected = alone if side == 0 else -alone[[0, 2, 1]]
    assert found == pytest.approx(tuple(expected), abs=0.05)
    even = weighted_mean(values.iloc[own])
    assert abs(even[1] - alone[1]) > 0.1, "weights that nobody heeds would be noticed"


@pytest.mark.parametrize("side", [True, False], ids=["first", "second"])
def test_a_group_that_is_empty_or_weighs_nothing_has_no_difference(side):
    values, words, story = table(np.random.default_rng(4))
    everyone = pd.Series(side, index=values.index)
    half = pd.Series([True, False] * 15)
    for first, weights in ((everyone, words), (half, words.mask(half == side, 0))):
        assert all(map(math.isnan, weighted_difference(values, weights, first, story)))
        found = permutation_test(values, first, weights)
        assert math.isnan(found.difference)
        assert math.isnan(found.pvalue)
        assert found.arrangements == 0


def test_the_interval_of_a_difference_over_documents_is_near_what_the_normal_theory_says():
    """The variance of a ratio of sums by its linear part; the groups weigh and vary differently."""
    rng, n = np.random.default_rng(17), 600
    first = pd.Series(np.arange(n) % 3 > 0)
    words = pd.Series(np.where(first, rng.integers(1, 60, n), rng.integers(20, 25, n)))
    values = pd.Series(rng.normal(size=n)) * np.where(first, 1, 3) + words / 30
    apart, errors = 0.0, []
    for sign, side in ((1, first), (-1, ~first)):
        mean = np.average(values[side], weights=words[side])
        apart += sign * mean
        errors.append(
            np.sqrt((words[side] ** 2 * (values[side] - mean) ** 2).sum()) / words[side].sum()
        )
    found, low, high = clustered_difference(values, words, first, pd.Series(range(n)))
    assert found == pytest.approx(apart)
    half = 1.96 * np.hypot(*errors)
    assert (low - apart, high - apart) == pytest.approx((-half, half), rel=0.1)


# Many documents --------------------------------------------------------------------------------


def sampled(rng, documents, each=8, between=1.0, within=0.5):
    """Units of documents that differ, drawn from many whose mean is 0."""
    level = rng.normal(scale=between, size=documents)
    document = np.repeat(np.arange(documents), each)
    values = level[document] + rng.normal(scale=within, size=documents * each)
    words = rng.integers(5, 40, documents * each)
    return pd.Series(values), pd.Series(words), pd.Series(document)


def test_intervals_over_documents_hold_the_mean_of_all_documents_and_those_within_do_not():
    rng = np.random.default_rng(11)
    over, within = 0, 0
    for seed in range(150):
        values, words, document = sampled(rng, 30)
        low, high = clustered_means(values.to_frame("x"), words, document, seed).loc["x"].iloc[1:]
        over += low <= 0 <= high
        _, low, high = weighted_mean(values, words, document, seed)
        within += low <= 0 <= high
    assert 0.89 <= over / 150 <= 0.98
    assert within / 150 < 0.6


def test_intervals_of_a_difference_hold_it_also_where_a_document_has_both_sides():
    rng, held = np.random.default_rng(12), 0
    for seed in range(150):
        values, words, document = sampled(rng, 30)
        first = pd.Series(np.arange(len(values)) % 2 == 0)
        _, low, high = clustered_difference(values + 0.3 * first, words, first, document, seed)
        held += low <= 0.3 <= high
        assert high - low < 0.5, "what a document has on both sides cancels"
    assert 0.89 <= held / 150 <= 0.98


def test_the_interval_over_documents_is_near_what_the_normal_theory_says():
    values, _, document = sampled(np.random.default_rng(13), 400, within=0)
    mean, low, high = clustered_means(values.to_frame("x"), None, document).loc["x"]
    assert mean == pytest.approx(values.mean())
    assert (high - low) / 2 == pytest.approx(1.96 * values[::8].std() / 20, rel=0.1)


def test_columns_have_the_intervals_that_each_would_have_alone():
    rng = np.random.default_rng(14)
    for documents in (3, CLUSTERS):
        values, words, document = sampled(rng, documents)
        table = pd.DataFrame({"x": values, "on": values > 0, "none": False})
        found = means(table, words, document)
        for name in table:
            alone = means(table[[name]], words, document)
            pd.testing.assert_frame_equal(found.loc[[name]], alone)
        assert found.loc["none"].tolist() == [0, 0, 0]


def test_the_number_of_documents_says_which_interval():
    rng = np.random.default_rng(15)
    for documents, many in ((CLUSTERS - 1, False), (CLUSTERS, True)):
        values, words, document = sampled(rng, documents)
        frame = values.to_frame("x")
        found = tuple(means(frame, words, document).loc["x"])
        over = tuple(clustered_means(frame, words, document).loc["x"])
        assert found == (over if many else weighted_mean(values, words, document))
        first = pd.Series(np.arange(len(values)) % 2 == 0)
        given = values, words, first, document
        assert difference(*given) == (clustered_difference if many else weighted_difference)(*given)


@pytest.mark.parametrize("side", [True, False], ids=["first", "second"])
def test_both_groups_need_many_documents(side):
    values, words, document = sampled(np.random.default_rng(18), CLUSTERS + 1)
    first = (document == 0) == side
    given = values, words, first, document
    assert difference(*given) == weighted_difference(*given)
    missing = values.mask(document < 2), words, pd.Series(np.arange(len(values)) % 2 == 0), document
    assert difference(*missing) == weighted_difference(*missing), (
        "a document without a value is none"
    )


def test_the_ends_of_an_interval_leave_out_a_fortieth_on_each_side():
    """The first of each resample is a draw from the values themselves."""
    low, high = uncertainty.percentiles(
        [np.linspace(0, 1, 1001)], lambda drawn, axis: drawn[..., 0], seed=1
    )
    assert (low, high) == pytest.approx((0.025, 0.975), abs=0.008)


def test_a_missing_value_is_left_out_of_its_column_alone():
    values = pd.DataFrame({"x": [1.0, np.nan, 3.0], "y": [1.0, 2.0, 3.0], "z": np.nan})
    found = clustered_means(values, pd.Series([1, 5, 1]), pd.Series(["a", "b", "c"]))
    assert found["mean"].tolist()[:2] == [2.0, 2.0]
    assert found.loc["z"].isna().all()
    assert found.loc["x", "low"] == 1
    assert found.loc["x", "high"] == 3


def test_what_is_drawn_in_parts_has_the_same_result(monkeypatch):
    values, words, document = sampled(np.random.default_rng(16), 20)
    first = pd.Series(np.arange(len(values)) % 2 == 0)

    def every():
        frame = values.to_frame("x")
        test = permutation_test(values, first, words)
        return clustered_means(frame, words, document).loc["x"], test, weighted_mean(values, words)

    whole = every()
    monkeypatch.setattr(uncertainty, "CELLS", 5000)
    assert whole[0].tolist() == pytest.approx(every()[0].tolist())
    assert whole[1].pvalue == every()[1].pvalue
    assert whole[2] == pytest.approx(every()[2])


# Tests and effects -----------------------------------------------------------------------------


def test_darwins_maize():
    """Fisher (1935), The Design of Experiments, section 21: 863 of 32,768 in one tail."""
    crossed = [188, 96, 168, 176, 153, 172, 177, 163, 146, 173, 186, 168, 177, 184, 96]
    selfed = [139, 163, 160, 160, 147, 149, 149, 122, 132, 144, 130, 144, 102, 124, 144]
    eighths = pd.Series(crossed + selfed)
    first = pd.Series([True] * 15 + [False] * 15)
    pair = pd.Series([*range(15), *range(15)])
    found = permutation_test(eighths, first, strata=pair)
    assert found.difference * 15 == pytest.approx(314)
    assert found.exact
    assert found.pvalue == 2 * 863 / 2**15


def test_the_drawn_test_is_near_the_exact_one_and_near_scipys():
    from scipy.stats import permutation_test as scipys

    values = pd.Series(np.random.default_rng(5).normal(size=24)) + ([0.5] * 12 + [0.0] * 12)
    first = pd.Series([True] * 12 + [False] * 12)
    assert math.comb(24, 12) > EXACT
    drawn = permutation_test(values, first)
    theirs = scipys(
        (values[first], values[~first]),
        lambda x, y, axis: x.mean(axis=axis) - y.mean(axis=axis),
        vectorized=True,
        rng=np.random.default_rng(1),
    )
    assert not drawn.exact
    assert drawn.difference == pytest.approx(theirs.statistic)
    assert drawn.pvalue == pytest.approx(theirs.pvalue, abs=0.02)
    assert drawn == permutation_test(values, first)
    assert drawn != permutation_test(values, first, seed=1)


def test_a_difference_that_no_drawn_arrangement_reaches_is_counted_itself():
    """Phipson & Smyth (2010): of m drawn arrangements the least p-value is 1 in m + 1, never 0."""
    values = pd.Series(np.arange(60.0))
    found = permutation_test(values, values < 30)
    assert (found.arrangements, found.exact) == (9_999, False)
    assert found.pvalue == 1 / 10_000


@pytest.mark.parametrize(("n", "tried"), [(18, math.comb(18, 9)), (19, 9_999)])
def test_all_arrangements_are_tried_up_to_fifty_thousand(n, tried):
    values = pd.Series(np.arange(float(n)))
    assert permutation_test(values, values < 9).arrangements == tried


def test_what_is_as_large_is_so_on_any_scale():
    """Sums in another order differ in their last bits, which a larger scale makes larger."""
    values = pd.Series(np.random.default_rng(19).integers(-9, 9, 12) / 10)
    first = pd.Series([True, False] * 6)
    pvalues = {permutation_test(values * scale, first).pvalue for scale in (1e-6, 1, 1e3, 1e6)}
    assert len(pvalues) == 1


@pytest.mark.parametrize("strata", [None, pd.Series([0, 1] * 20_000)], ids=["alone", "strata"])
def test_of_many_units_fewer_arrangements_are_drawn(monkeypatch, strata):
    values = pd.Series(np.random.default_rng(9).normal(size=40_000))
    first = pd.Series(np.arange(40_000) < 20_000)
    monkeypatch.setattr(uncertainty, "LABELS", 1_000_000)
    found = permutation_test(values + 0.03 * first, first, strata=strata)
    assert found.arrangements == uncertainty.LEAST_DRAWS
    expected = 2 * NormalDist().cdf(-found.difference * 100 / values.std())
    assert found.pvalue == pytest.approx(expected, abs=0.01)


def test_exchange_stays_within_a_stratum():
    """Two stories whose levels differ: no difference within them, a large one across."""
    values = pd.Series([1.0, 1.0, 1.0, 0.0, 0.0, 0.0])
    first = pd.Series([True, True, False, True, False, False])
    assert permutation_test(values, first, strata=pd.Series(list("aaabbb"))).pvalue == 1


def brute_force(values, first, weights, strata):
    """Every relabelling of the units that keeps the number of labels in each stratum."""

    def apart(labels):
        top = bottom = 0
        for one in set(strata):
            sides = [(strata == one) & np.array(labels), (strata == one) & ~np.array(labels)]
            if all(side.any() for side in sides):
                weight = 1 / sum(1 / weights[side].sum() for side in sides)
                means = [np.average(values[side], weights=weights[side]) for side in sides]
                top, bottom = top + weight * (means[0] - means[1]), bottom + weight
        return top / bottom

    ways = [
        labels
        for labels in product([True, False], repeat=len(first))
        if all(sum(np.array(labels)[strata == s]) == sum(first[strata == s]) for s in set(strata))
    ]
    observed = apart(first)
    others = np.array([abs(apart(labels)) for labels in ways])
    return observed, float((others >= abs(observed) - 1e-12).mean()), len(ways)


@pytest.mark.parametrize("seed", range(5))
def test_the_stratified_test_is_that_by_brute_force(monkeypatch, seed):
    rng = np.random.default_rng(seed)
    strata = np.array(list("aaaaabbbbcc"))[rng.permutation(11)]
    values, weights = rng.normal(size=11) + (strata == "b"), rng.integers(1, 20, 11).astype(float)
    first = rng.random(11) < 0.5
    expected = brute_force(values, first, weights, strata)
    given = [pd.Series(one) for one in (values, first, weights, strata)]
    found = permutation_test(*given)
    assert found.exact
    assert (found.difference, found.pvalue, found.arrangements) == pytest.approx(expected)
    monkeypatch.setattr(uncertainty, "CELLS", 50)
    assert permutation_test(*given) == found, "in parts"
    monkeypatch.setattr(uncertainty, "EXACT", 0)
    drawn = permutation_test(*given)
    assert not drawn.exact
    assert drawn.pvalue == pytest.approx(expected[1], abs=0.03)


def test_a_difference_between_strata_is_none_between_groups():
    """A friendly story quotes the first often, a hostile one the second; within them all are alike."""
    values = pd.Series([1.0, 1.0, 1.0, 1.1, -1.0, -1.0, -1.0, -0.9])
    first = pd.Series([True, True, True, False, True, False, False, False])
    story = pd.Series(list("aaaabbbb"))
    assert permutation_test(values, first).difference > 0.9
    assert abs(permutation_test(values, first, strata=story).difference) < 0.1


def test_many_units_with_one_of_the_first_group_are_drawn_and_not_tabulated():
    values = pd.Series(np.arange(30_000.0))
    assert not permutation_test(values, values == 29_999.0).exact


def test_the_difference_within_strata_is_that_of_a_regression_with_their_constants():
    rng = np.random.default_rng(3)
    strata, first = rng.integers(0, 4, 30), rng.random(30) < 0.4
    values, weights = rng.normal(size=30) + strata, rng.integers(1, 9, 30).astype(float)
    design = np.column_stack([first, *(strata == one for one in range(4))]).astype(float)
    root = np.sqrt(weights)
    slope = np.linalg.lstsq(design * root[:, None], values * root, rcond=None)[0][0]
    given = values[:, None], weights[:, None], strata
    assert stratified(first[None, :], ~first[None, :], *given)[0, 0] == pytest.approx(slope)
    low, high = stratified_interval(first, *given)
    assert low < slope < high


@pytest.mark.parametrize("n", [3, CLUSTERS], ids=["units", "whole-strata"])
def test_an_interval_within_strata_is_of_what_varies(n):
    """Within a stratum all of a group are alike; from a dozen on, strata are drawn."""
    strata, first = np.repeat(np.arange(n), 4), np.tile([True, True, False, False], n)
    values = (first * strata).astype(float)[:, None]
    low, high = stratified_interval(first, values, np.ones_like(values), strata)
    mean = (n - 1) / 2
    if n < CLUSTERS:
        assert (low, high) == (pytest.approx(mean), pytest.approx(mean))
    else:
        expected = 1.96 * strata.std() / n**0.5
        assert high - mean == pytest.approx(expected, rel=0.15)


@pytest.mark.parametrize("sizes", [(1, 2), (2, 2), (1, 1), (2, 3), (1, 4)])
def test_the_least_p_value_is_that_of_the_clearest_difference(sizes):
    values = pd.Series([1.0] * sizes[0] + [0.0] * sizes[1]) + np.arange(sum(sizes)) * 1e-6
    found = permutation_test(values, pd.Series(np.arange(sum(sizes)) < sizes[0]))
    assert uncertainty.least_pvalue(*sizes) == found.pvalue


@pytest.mark.parametrize(
    ("raw", "adjusted"),
    [([0.01, 0.02, 0.03, 0.04], [0.04, 0.06, 0.06, 0.06]), ([0.5, 0.6], [1.0, 1.0]), ([], [])],
    ids=["by-hand", "never-above-1", "none"],
)
def test_holm(raw, adjusted):
    assert holm(raw).tolist() == pytest.approx(adjusted)


def test_holm_keeps_the_index_and_what_is_missing():
    found = holm(pd.Series([0.03, float("nan"), 0.01], index=["x", "x", "y"]))
    assert found.index.tolist() == ["x", "x", "y"]
    assert found.iloc[[0, 2]].tolist() == pytest.approx([0.03, 0.02])
    assert math.isnan(found.iloc[1])


values = st.lists(st.floats(-1, 1).map(lambda x: round(x, 1)), max_size=12)


@given(values, values)
def test_cliffs_delta_is_the_count_of_pairs(one, other):
    pairs = [(x > y) - (x < y) for x in one for y in other]
    if pairs:
        assert cliffs_delta(one, other) == pytest.approx(sum(pairs) / len(pairs))
    else:
        assert math.isnan(cliffs_delta(one, other))
