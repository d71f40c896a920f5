"""Intervals and tests: how far a number could lie from what was counted, and by chance alone."""

import math
import warnings
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, reduce
from itertools import chain, combinations
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

__all__ = [
    "CELLS", "CLUSTERS", "Permutations", "arrangements", "cliffs_delta",
    "cluster_sums", "clustered_difference", "clustered_means", "difference", "holm", "least_pvalue", "means", "means_of_sums",
    "percentiles", "permutation_test", "resampled", "stratified", "stratified_interval", "weighted_difference", "weighted_mean",
    "weighted_means", "with_intervals",
]  # fmt: skip

RESAMPLES = 2000  # of a bootstrap: enough for the second digit of an interval's ends
EXACT = 50_000  # arrangements up to which a permutation test tries all of them
DRAWS = 9999  # arrangements that it draws when there are too many to try
LEAST_DRAWS = 999  # and at least, where there are so many units that time is short
LABELS = 100_000_000  # labels that it draws in all, about a second's work

CELLS = 4_000_000
"""Numbers drawn at once: resamples of more units come in parts, so that memory is bounded."""

CLUSTERS = 12
"""Documents from which on they are resampled whole; fewer do not show how documents differ."""


@cache
def _share_interval(hits: int, n: int) -> tuple[float, float]:
    """The Wilson score interval of a share; missing (NaN) where `n` is 0."""
    from scipy.stats import binomtest

    if n == 0:
        return float("nan"), float("nan")
    interval = binomtest(hits, n).proportion_ci(method="wilson")
    return float(interval.low), float(interval.high)


def with_intervals(table: pd.DataFrame, name: str, hits: str, n: str) -> pd.DataFrame:
    """Add to a table the share `name` of `hits` in `n`, and its Wilson score interval.

    Parameters
    ----------
    table : pandas.DataFrame
        Counts, in the columns `hits` and `n`.
    name, hits, n : str
        The new column (also with `_low` and `_high`), and those of the counts.

    References
    ----------
    Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference.
    *Journal of the American Statistical Association* 22, 209-212.

    Examples
    --------
    >>> counts = pd.DataFrame({"both": [3], "found": [4]})
    >>> with_intervals(counts, "precision", "both", "found").round(2).values.tolist()
    [[3.0, 4.0, 0.75, 0.3, 0.95]]
    """
    ends = [_share_interval(int(h), int(k)) for h, k in zip(table[hits], table[n], strict=True)]
    table = table.assign(**{name: table[hits] / table[n].where(table[n] > 0)})
    table[[f"{name}_low", f"{name}_high"]] = np.array(ends).reshape(-1, 2)
    return table


def weighted_means(
    table: pd.DataFrame, by: Iterable[str], value: str, weights: str = "words"
) -> pd.DataFrame:
    """Return the weighted mean of each group of units.

    Parameters
    ----------
    table : pandas.DataFrame
        The columns of `by`, `value` (a unit whose value is missing is left out) and `weights`.
    by : iterable of str
        What names a group.
    value, weights : str
        The columns of numbers, and of how much each weighs.

    Returns
    -------
    pandas.DataFrame
        One row a group, in the order of their first known values: the columns of `by`, the mean
        under the name of `value`, and the sum of the `weights`.

    Examples
    --------
    >>> table = pd.DataFrame({"who": list("aab"), "words": [10, 30, 5], "polarity": [1, 0, 0.5]})
    >>> weighted_means(table, ["who"], "polarity").values.tolist()
    [['a', 0.25, 40], ['b', 0.5, 5]]
    """
    known = table.dropna(subset=value)
    known = known.assign(**{value: known[value] * known[weights]})
    groups = known.groupby(list(by), sort=False, observed=True, as_index=False)
    sums = groups[[value, weights]].sum()
    return sums.assign(**{value: sums[value] / sums[weights]})


def weighted_mean(
    values: pd.Series, weights: pd.Series | None = None, strata: pd.Series | None = None,
    seed: int = 2017,
) -> tuple[float, float, float]:  # fmt: skip
    """Return a weighted mean with a bootstrap interval over units within strata.

    Parameters
    ----------
    values, weights, strata : pandas.Series
        Numbers or bools, one for each unit (a missing one is left out; bools give a share); how
        much each weighs (its words), the same by default; and what units are resampled within
        (their documents), so that the interval describes the spread within the texts at hand.
    seed : int
        Of the random numbers; the same seed gives the same interval.

    Returns
    -------
    tuple of float
        The mean and the ends of its 95% percentile interval: the mean itself where all values are
        the same or every unit is alone in its stratum; missing (NaN) where nothing weighs anything.

    References
    ----------
    Efron, B., & Tibshirani, R. J. (1993). *An Introduction to the Bootstrap*, chapters 8 and 13.

    Examples
    --------
    >>> mean, low, high = weighted_mean(pd.Series([0.5, -0.1, 0.2]), pd.Series([10, 10, 20]))
    >>> round(mean, 3), low <= mean <= high
    (0.2, True)
    """
    _, value, weight, layer = _known(values, weights, strata)
    return _with_intervals([np.arange(len(value))], [value], weight, layer, seed)[0]


def weighted_difference(
    values: pd.Series, weights: pd.Series | None, first: pd.Series,
    strata: pd.Series | None = None, seed: int = 2017,
) -> tuple[float, float, float]:  # fmt: skip
    """Return how far the weighted mean of one group lies above that of the other.

    Parameters
    ----------
    values, weights : pandas.Series
        As for `weighted_mean`.
    first : pandas.Series of bool
        Which units are of the first group; all others are of the second.
    strata : pandas.Series, optional
        What the units are resampled within (their documents).
    seed : int
        Of the random numbers.

    Returns
    -------
    tuple of float
        The difference and the ends of its interval over units resampled within group and stratum,
        as for `weighted_mean`.

    Examples
    --------
    >>> values, words = pd.Series([0.5, 0.3, 0.1, 0.1]), pd.Series([10, 10, 10, 10])
    >>> first, story = pd.Series([True, True, False, False]), pd.Series(list("aabb"))
    >>> round(weighted_difference(values, words, first, story)[0], 3)
    0.3
    """
    there, value, weight, layer = _known(values, weights, strata)
    one = np.asarray(first, dtype=bool)[there]
    groups = [np.flatnonzero(one), np.flatnonzero(~one)]
    return _with_intervals(groups, [value], weight, layer, seed)[0]


def _known(values: pd.Series, weights: pd.Series | None, strata: pd.Series | None) -> Any:
    """Which values are known; and these, their weights and their strata."""
    there = values.notna().to_numpy()
    value = values.to_numpy(dtype="float64", na_value=np.nan)[there]
    some = pd.Series(1.0, index=values.index) if weights is None else weights
    weight = some.to_numpy(dtype="float64", na_value=np.nan)[there]
    layer = np.zeros(len(value)) if strata is None else np.asarray(strata)[there]
    return there, value, weight, layer


def _with_intervals(
    groups: list[Any], columns: list[Any], weight: Any, strata: Any, seed: int
) -> list[tuple[float, float, float]]:
    """The mean of a group, or that of the first less that of the second, for each column."""
    if any(weight[group].sum() == 0 for group in groups):
        return [(float("nan"), float("nan"), float("nan"))] * len(columns)
    found = np.empty((len(columns), 3))
    for row, column in zip(found, columns, strict=True):
        means = (np.average(column[group], weights=weight[group]) for group in groups)
        row[:] = reduce(np.subtract, means)
    samples, alone = zip(*(_layers(group, strata) for group in groups), strict=True)
    varied = [k for k, one in enumerate(columns) if any(np.ptp(one[group]) for group in groups)]
    if any(samples) and varied:
        cut, products = len(samples[0]), [columns[k] * weight for k in varied]

        def statistic(*drawn: Any, axis: int = -1) -> Any:
            sides = list(zip((drawn[:cut], drawn[cut:]), alone, strict=False))

            def total(of: Any, parts: Any, rest: Any) -> Any:
                return sum(of[part].sum(axis=axis) for part in parts) + of[rest].sum()

            bottoms = [total(weight, *side) for side in sides]
            with np.errstate(invalid="ignore"):
                means = (
                    [total(of, *side) / bottom for side, bottom in zip(sides, bottoms, strict=True)]
                    for of in products
                )
                return np.stack([reduce(np.subtract, each) for each in means])

        found[varied, 1:] = np.transpose(_percentiles([*chain(*samples)], statistic, seed))
    return [(float(mean), float(low), float(high)) for mean, low, high in found]


def _layers(group: Any, strata: Any) -> tuple[list[Any], Any]:
    """A group's units by stratum, and those that are alone in theirs, which are in every resample."""
    drawn = [layer for layer in _split(group, strata) if len(layer) > 1]
    return drawn, np.setdiff1d(group, np.concatenate([*drawn, group[:0]]))


def _split(group: Any, strata: Any) -> list[Any]:
    """The units of a group by stratum, in the order in which the strata appear."""
    codes, names = pd.factorize(strata[group])
    order = np.argsort(codes, kind="stable")
    ends = np.searchsorted(codes[order], np.arange(len(names)))
    return np.split(group[order], ends)[1:]


def percentiles(samples: list[Any], statistic: Any, seed: int) -> tuple[float, float]:
    """Return the 95% percentile interval of a statistic by the bootstrap (`RESAMPLES`).

    Parameters
    ----------
    samples : list of array
        What is resampled, each with replacement from itself; at least two values in each.
    statistic : callable
        Gets the resampled arrays and `axis`, along which it reduces them; resamples for which it is
        missing (NaN) are left out.
    seed : int
        Of the random numbers; the same seed gives the same interval.

    Examples
    --------
    >>> percentiles([np.array([2.0, 2.0, 2.0])], np.mean, seed=1)
    (2.0, 2.0)
    """
    low, high = _percentiles(samples, statistic, seed)
    return float(low), float(high)


def _percentiles(samples: list[Any], statistic: Any, seed: int) -> Any:
    """The ends of an interval, one each for each row that the statistic gives."""
    from scipy.stats import DegenerateDataWarning, bootstrap

    n = sum(map(len, samples))
    batch = None if RESAMPLES * n <= CELLS else max(1, CELLS // n)
    rng, how = np.random.default_rng(seed), {"method": "percentile", "vectorized": True}
    with warnings.catch_warnings():
        # scipy warns where a resample has no statistic; such resamples are left out below.
        warnings.simplefilter("ignore", DegenerateDataWarning)
        found = bootstrap(samples, statistic, n_resamples=RESAMPLES, batch=batch, rng=rng, **how)
    drawn = np.atleast_2d(found.bootstrap_distribution)
    ends = np.full((2, len(drawn)), np.nan)
    some = np.isfinite(drawn).any(axis=-1)
    ends[:, some] = np.nanpercentile(drawn[some], [2.5, 97.5], axis=-1)
    return ends.reshape(2, *found.bootstrap_distribution.shape[:-1])


# Many documents --------------------------------------------------------------------------------


def means(
    values: pd.DataFrame, weights: pd.Series | None, documents: pd.Series, seed: int = 2017
) -> pd.DataFrame:
    """Return the weighted mean of each column, with the interval that fits the documents at hand.

    Parameters
    ----------
    values : pandas.DataFrame
        Columns of numbers or bools, one row a unit; none missing.
    weights, documents : pandas.Series
        How much each unit weighs (None for all the same), and the document that it is of.
    seed : int
        Of the random numbers.

    Returns
    -------
    pandas.DataFrame of float64
        One row a column: `mean`, `low`, `high`. From `CLUSTERS` documents on as `clustered_means`
        gives them: the texts are a sample of many. Below that as `weighted_mean` does, with
        `documents` as strata: they are a case, and the interval describes the spread within them.

    Examples
    --------
    >>> on = pd.DataFrame({"press": [True, False], "syria": [False, False]})
    >>> means(on, pd.Series([30, 10]), pd.Series(["a", "b"]))["mean"].to_dict()
    {'press': 0.75, 'syria': 0.0}
    """
    if documents.nunique() >= CLUSTERS:
        return clustered_means(values, weights, documents, seed)
    weight = np.ones(len(values)) if weights is None else weights.to_numpy(dtype="float64")
    columns = [*np.ascontiguousarray(values.to_numpy(dtype="float64").T)]
    everything = [np.arange(len(values))]
    rows = _with_intervals(everything, columns, weight, documents.to_numpy(), seed)
    return pd.DataFrame(rows, values.columns, ["mean", "low", "high"])


def clustered_means(
    values: pd.DataFrame, weights: pd.Series | None, clusters: pd.Series, seed: int = 2017
) -> pd.DataFrame:
    """Return the weighted mean of each column, with a bootstrap interval over whole clusters.

    Parameters
    ----------
    values : pandas.DataFrame
        Columns of numbers or bools, one row a unit; a missing value is left out.
    weights, clusters : pandas.Series
        How much each unit weighs (None for all the same), and the cluster that it is of: its
        document, whose sentences resemble each other more than those of another.
    seed : int
        Of the random numbers; the same seed gives the same interval.

    Returns
    -------
    pandas.DataFrame of float64
        One row a column: `mean`, and `low`, `high`, the ends of its 95% percentile interval, to
        nine decimals; missing (NaN) where nothing weighs anything.

    Notes
    -----
    Documents are drawn with replacement and each takes all of its units along; units are not
    resampled within them, which would count the variance within documents twice (Davison and
    Hinkley). With few clusters such intervals are too narrow (Cameron, Gelbach and Miller).

    References
    ----------
    Efron, B., & Tibshirani, R. J. (1993). *An Introduction to the Bootstrap*, chapter 8.
    Davison, A. C., & Hinkley, D. V. (1997). *Bootstrap Methods and their Application*, section 3.8.
    Cameron, A. C., Gelbach, J. B., & Miller, D. L. (2008). Bootstrap-based improvements for
    inference with clustered errors. *Review of Economics and Statistics* 90(3), 414-427.

    Examples
    --------
    >>> scores, stories = pd.DataFrame({"vader": [0.5, 0.1, 0.3]}), pd.Series(list("aab"))
    >>> clustered_means(scores, pd.Series([10, 10, 20]), stories).round(2).values.tolist()
    [[0.3, 0.3, 0.3]]
    """
    return means_of_sums(*cluster_sums(values, weights, clusters), values.columns, seed)


def means_of_sums(tops: Any, bottoms: Any, names: Any, seed: int = 2017) -> pd.DataFrame:
    """Return what `clustered_means` returns of units, from the sums of each cluster.

    Parameters
    ----------
    tops, bottoms : array of float
        As `cluster_sums` gives them, of however many parts of the units.
    names : sequence
        What the columns are called.
    seed : int
        As for `clustered_means`.

    Examples
    --------
    >>> means_of_sums(np.array([[6.0], [6.0]]), np.array([[20.0], [20.0]]), ["vader"]).round(2).values.tolist()
    [[0.3, 0.3, 0.3]]
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        drawn = np.divide(*np.split(resampled(np.hstack([tops, bottoms]), seed), 2, axis=1))
        mean = tops.sum(axis=0) / bottoms.sum(axis=0)
    table = np.column_stack([mean, *_ends(mean, drawn)])
    return pd.DataFrame(table, names, ["mean", "low", "high"])


def difference(
    values: pd.Series, weights: pd.Series | None, first: pd.Series, documents: pd.Series,
    seed: int = 2017,
) -> tuple[float, float, float]:  # fmt: skip
    """Return the difference of two means, with the interval that fits the documents at hand.

    Parameters
    ----------
    values, weights, first : pandas.Series
        As for `weighted_difference`.
    documents : pandas.Series
        The document of each unit.
    seed : int
        Of the random numbers.

    Returns
    -------
    tuple of float
        As `clustered_difference` gives it where each group has `CLUSTERS` documents or more, and
        otherwise as `weighted_difference`, with `documents` as strata.

    Examples
    --------
    >>> first, stories = pd.Series([True, True, False]), pd.Series(list("aab"))
    >>> difference(pd.Series([0.5, 0.5, 0.1]), None, first, stories)
    (0.4, 0.4, 0.4)
    """
    known = values.notna()
    counts = (documents[known & side].nunique() for side in (first, ~first))
    one = clustered_difference if min(counts) >= CLUSTERS else weighted_difference
    return one(values, weights, first, documents, seed)


def clustered_difference(
    values: pd.Series, weights: pd.Series | None, first: pd.Series, clusters: pd.Series,
    seed: int = 2017,
) -> tuple[float, float, float]:  # fmt: skip
    """Return how far the weighted mean of one group lies above that of the other.

    Parameters
    ----------
    values, weights, first : pandas.Series
        As for `weighted_difference`.
    clusters : pandas.Series
        As for `clustered_means`; a cluster may have units of both groups, which it takes along.
    seed : int
        Of the random numbers.

    Returns
    -------
    tuple of float
        The difference and the ends of its interval, as for `clustered_means`.

    Examples
    --------
    >>> first, stories = pd.Series([True, False, True, False]), pd.Series(list("aabb"))
    >>> clustered_difference(pd.Series([0.5, 0.25, 0.75, 0.5]), None, first, stories)
    (0.25, 0.25, 0.25)
    """
    sides = pd.DataFrame({"first": values.where(first), "second": values.mask(first)})
    tops, bottoms = cluster_sums(sides, weights, clusters)
    with np.errstate(invalid="ignore", divide="ignore"):
        drawn = np.divide(*np.split(resampled(np.hstack([tops, bottoms]), seed), 2, axis=1))
        one, other = tops.sum(axis=0) / bottoms.sum(axis=0)
    estimate = np.array([one - other])
    low, high = _ends(estimate, drawn[:, :1] - drawn[:, 1:])
    return float(estimate[0]), float(low[0]), float(high[0])


def cluster_sums(
    values: pd.DataFrame, weights: pd.Series | None, clusters: pd.Series
) -> tuple[Any, Any]:
    """Return, for each cluster and column, the sum of the weighted values, and that of the weights.

    Parameters
    ----------
    values, weights, clusters : pandas.DataFrame, pandas.Series
        As for `clustered_means`.

    Returns
    -------
    tuple of array of float
        A row a cluster, in the order in which they appear.

    Examples
    --------
    >>> scores, stories = pd.DataFrame({"vader": [0.5, 0.25, 0.5]}), pd.Series(list("aab"))
    >>> [sums.ravel().tolist() for sums in cluster_sums(scores, pd.Series([8, 8, 4]), stories)]
    [[6.0, 2.0], [16.0, 4.0]]
    """
    codes, names = pd.factorize(clusters)
    weight = np.ones(len(values)) if weights is None else weights.to_numpy(dtype="float64")
    tops, bottoms = np.empty((2, len(names), len(values.columns)))
    for k, name in enumerate(values.columns):
        column = values[name].to_numpy(dtype="float64", na_value=np.nan)
        there = ~np.isnan(column)
        for sums, number in ((tops, column * weight), (bottoms, weight)):
            sums[:, k] = np.bincount(codes[there], number[there], len(names))
    return tops, bottoms


def resampled(sums: Any, seed: int) -> Any:
    """Return the sums over clusters drawn with replacement, one row a resample (`RESAMPLES`).

    Parameters
    ----------
    sums : array of float
        One row a cluster, or a unit of its own, and a column for each number that is summed.
    seed : int
        Of the random numbers; the same seed gives the same resamples.

    Examples
    --------
    >>> resampled(np.ones((3, 1)), seed=1)[:2].tolist()
    [[3.0], [3.0]]
    """
    rng, n = np.random.default_rng(seed), len(sums)
    step = max(1, CELLS // max(n, 1))
    times = (min(step, RESAMPLES - at) for at in range(0, RESAMPLES, step))
    return np.concatenate([_counts(rng, n, some) @ sums for some in times])


def _counts(rng: np.random.Generator, n: int, times: int) -> Any:
    """How often each of `n` is drawn in `n` draws (columns), several times (rows)."""
    drawn = rng.integers(n, size=(times, n)) + n * np.arange(times)[:, None]
    return np.bincount(drawn.ravel(), minlength=times * n).reshape(times, n).astype("float64")


def _ends(estimate: Any, drawn: Any) -> tuple[Any, Any]:
    """The ends of percentile intervals around estimates, whose resamples are columns.

    Rounded, since the last bits of a product of matrices differ between machines.
    """
    low, high = np.full((2, len(estimate)), np.nan)
    some = np.isfinite(drawn).any(axis=0)
    low[some], high[some] = np.nanpercentile(drawn[:, some], [2.5, 97.5], axis=0).round(9)
    return np.fmin(low, estimate), np.fmax(high, estimate)


# Tests and effects -----------------------------------------------------------------------------


class Permutations(NamedTuple):
    """The difference of two means, its two-sided p-value, and how that was found."""

    difference: float
    pvalue: float
    arrangements: int
    exact: bool  # whether all arrangements were tried


def permutation_test(
    values: pd.Series, first: pd.Series, weights: pd.Series | None = None,
    strata: pd.Series | None = None, seed: int = 2017,
) -> Permutations:  # fmt: skip
    """Test whether two groups differ in their weighted means by exchanging their labels.

    Parameters
    ----------
    values, first : pandas.Series
        As for `weighted_difference`.
    weights, strata : pandas.Series, optional
        A unit keeps its weight with its value; labels are exchanged, and means compared, only within
        a stratum (a document), so that a difference between strata is none between the groups.
    seed : int
        Of the random numbers.

    Returns
    -------
    Permutations
        Over the arrangements that `arrangements` gives; where these are drawn the observed one is
        counted with them, so that the p-value is never 0 and the test keeps its level. Difference
        and p-value are missing (NaN) where a group weighs nothing.

    Notes
    -----
    `scipy.stats.permutation_test` exchanges labels over all units or within pairs; here strata are
    of any size. Arrangements in which a group would weigh nothing are not counted.

    References
    ----------
    Fisher, R. A. (1935). *The Design of Experiments*, chapters 2 and 3.
    Phipson, B., & Smyth, G. K. (2010). Permutation p-values should never be zero. *Statistical
    Applications in Genetics and Molecular Biology* 9(1), 39.

    Examples
    --------
    >>> tasted = pd.Series([1, 1, 1, 1, 0, 0, 0, 0])
    >>> test = permutation_test(tasted, tasted == 1)
    >>> round(test.pvalue * 70), test.arrangements
    (2, 70)
    """
    there, value, weight, layer = _known(values, weights, strata)
    one = np.asarray(first, dtype=bool)[there]
    if weight[one].sum() == 0 or weight[~one].sum() == 0:
        return Permutations(float("nan"), float("nan"), 0, False)
    given = value[:, None], weight[:, None], layer
    observed = stratified(one[None, :], ~one[None, :], *given)[0, 0]
    exact, parts = arrangements(one, layer, seed)
    others = np.concatenate([stratified(labels, ~labels, *given)[:, 0] for labels in parts])
    others = others[np.isfinite(others)]
    # What differs only by the order of a sum is as large.
    as_large = int((np.abs(others) >= abs(observed) * (1 - 1e-9) - 1e-15).sum())
    pvalue = (as_large + (not exact)) / (len(others) + (not exact))
    return Permutations(float(observed), pvalue, len(others), exact)


def stratified(first: Any, second: Any, values: Any, weights: Any, strata: Any) -> Any:
    """Return how far the mean of the first group lies above that of the second within strata.

    Parameters
    ----------
    first, second : array of number or bool
        One row a draw, one column a unit: how often the unit is in each group, as 0 and 1 for
        labels, or more often for a bootstrap.
    values, weights : array of float64
        One row a unit, one column a set of values; a weight of 0 leaves a unit out.
    strata : array
        The stratum of each unit.

    Returns
    -------
    array of float64
        One row a draw, one column a set of values: the difference of the weighted means in each
        stratum, averaged over the strata with the weights of a regression on the group with a
        constant for each stratum: ab / (a + b), where a and b are what the groups weigh in it. A
        stratum with one group has none. Missing (NaN) where no stratum has both.

    References
    ----------
    Angrist, J. D., & Pischke, J.-S. (2009). *Mostly Harmless Econometrics*, section 3.3.1.

    Examples
    --------
    >>> values, story = np.array([[3.0], [1.0], [9.0]]), np.array(["a", "a", "b"])
    >>> first = np.array([[True, False, True]])
    >>> stratified(first, ~first, values, np.ones((3, 1)), story).tolist()
    [[2.0]]
    """
    shape = len(first), values.shape[1]
    top, bottom, sums = np.zeros(shape), np.zeros(shape), values * weights
    for at in _split(np.arange(len(values)), np.asarray(strata)):
        one, other = (counts[:, at].astype("float64") for counts in (first, second))
        a, b = one @ weights[at], other @ weights[at]
        both = (a > 0) & (b > 0)
        with np.errstate(divide="ignore", invalid="ignore"):
            weight = np.where(both, a * b / (a + b), 0.0)
            apart = one @ sums[at] / a - other @ sums[at] / b
        top += np.where(both, weight * apart, 0.0)
        bottom += weight
    return np.divide(top, bottom, out=np.full(shape, np.nan), where=bottom > 0)


def stratified_interval(
    first: Any, values: Any, weights: Any, strata: Any, seed: int = 2017
) -> tuple[Any, Any]:
    """Return the ends of the 95% bootstrap intervals of differences within strata.

    Parameters
    ----------
    first : array of bool
        Whether each unit is of the first group.
    values, weights, strata : array
        As for `stratified`.
    seed : int
        Of the random numbers.

    Returns
    -------
    tuple of array of float64
        The lower and the upper ends, one for each set of values. From `CLUSTERS` strata on these are
        drawn whole; of fewer, units are drawn within group and stratum.

    Examples
    --------
    >>> first, story = np.array([True, True, False]), np.array(["a", "a", "a"])
    >>> low, high = stratified_interval(first, np.array([[3.0], [2.0], [1.0]]), np.ones((3, 1)), story)
    >>> low.tolist(), high.tolist()
    ([1.0], [2.0])
    """
    one, layer = np.asarray(first, dtype=bool), pd.factorize(strata)[0]
    many = layer.max(initial=-1) + 1 >= CLUSTERS
    cells = _split(np.arange(len(one)), layer if many else 2 * layer + one)
    rng, step = np.random.default_rng(seed), max(1, CELLS // max(1, len(one)))
    found = []
    for start in range(0, RESAMPLES, step):
        counts = np.empty((min(step, RESAMPLES - start), len(one)))
        whole = _counts(rng, len(cells), len(counts)) if many else None
        for cell, at in enumerate(cells):
            each = _counts(rng, len(at), len(counts)) if whole is None else whole[:, [cell]]
            counts[:, at] = each
        found.append(stratified(counts * one, counts * ~one, values, weights, layer))
    drawn = np.concatenate(found)
    return _ends(stratified(one[None, :], ~one[None, :], values, weights, layer)[0], drawn)


def arrangements(first: Any, strata: Any, seed: int = 2017) -> tuple[bool, Iterator[Any]]:
    """Return the ways to exchange the labels of two groups within strata.

    Parameters
    ----------
    first, strata : array
        Whether each unit is of the first group, and its stratum.
    seed : int
        Of the random numbers.

    Returns
    -------
    tuple of bool and iterator of array
        Whether all arrangements are given, as they are where there are at most 50,000; otherwise
        9,999 are drawn (of more than 10,000 units fewer, down to 999). They come in parts that fit
        into memory, one row an arrangement, one column a unit.

    Examples
    --------
    >>> exact, parts = arrangements(np.array([True, False, True]), np.array(["a", "a", "b"]))
    >>> exact, np.concatenate(list(parts)).tolist()
    (True, [[True, False, True], [False, True, True]])
    """
    one, n = np.asarray(first, dtype=bool), len(first)
    places = _split(np.arange(n), np.asarray(strata))
    ways = [math.comb(len(at), int(one[at].sum())) for at in places]
    every = math.prod(ways)
    if every <= EXACT and every * n <= LABELS:
        return True, _every(one, places, ways)
    return False, _some(one, places, max(LEAST_DRAWS, min(DRAWS, LABELS // n)), seed)


def _every(one: Any, places: list[Any], ways: list[int]) -> Iterator[Any]:
    """All arrangements: each of a stratum with each of the others."""
    tables = []
    for at, rows in zip(places, ways, strict=True):
        chosen = np.array(list(combinations(range(len(at)), int(one[at].sum()))), dtype=int)
        table = np.zeros((rows, len(at)), dtype=bool)
        np.put_along_axis(table, chosen.reshape(rows, -1), True, axis=1)
        tables.append(table)
    total, step = math.prod(ways), max(1, CELLS // max(1, len(one)))
    for start in range(0, total, step):
        left = np.arange(start, min(start + step, total))
        labels = np.empty((len(left), len(one)), dtype=bool)
        for at, table in zip(places, tables, strict=True):
            left, row = np.divmod(left, len(table))
            labels[:, at] = table[row]
        yield labels


def _some(one: Any, places: list[Any], draws: int, seed: int) -> Iterator[Any]:
    """Arrangements drawn by chance; each stratum has random numbers of its own."""
    own = np.random.default_rng(seed).spawn(len(places))
    step = max(1, CELLS // len(one))
    for start in range(0, draws, step):
        labels = np.tile(one, (min(step, draws - start), 1))
        for at, rng in zip(places, own, strict=True):
            labels[:, at] = rng.permuted(labels[:, at], axis=1)
        yield labels


def least_pvalue(first: int, second: int) -> float:
    """Return the smallest p-value that a permutation test of two groups can give.

    Parameters
    ----------
    first, second : int
        Units in each group; where these are as many in both, exchanging the groups gives a
        difference as large.

    Examples
    --------
    >>> least_pvalue(1, 2), least_pvalue(2, 2)
    (0.3333333333333333, 0.3333333333333333)
    """
    ways = math.comb(first + second, first)
    return min(1.0, (1 + (first == second)) / ways)


def holm(pvalues: pd.Series | Sequence[float]) -> pd.Series:
    """Adjust p-values for the number of tests, step down.

    Parameters
    ----------
    pvalues : pandas.Series or sequence of float
        In [0, 1]; a missing one (NaN) stays missing and counts for no test.

    Returns
    -------
    pandas.Series of float64
        Under the index of the input. Those at most 0.05 may be called significant together, with at
        most 5% risk that any is so by chance.

    References
    ----------
    Holm, S. (1979). A simple sequentially rejective multiple test procedure. *Scandinavian Journal
    of Statistics* 6(2), 65-70.

    Examples
    --------
    >>> holm([0.01, 0.04, 0.03]).round(2).tolist()
    [0.03, 0.06, 0.06]
    """
    given = pd.Series(pvalues, dtype="float64")
    p = given.to_numpy()
    order = np.argsort(p, kind="stable")[: int(given.notna().sum())]  # missing ones sort last
    adjusted = np.full(len(p), np.nan)
    adjusted[order] = np.maximum.accumulate(p[order] * np.arange(len(order), 0, -1)).clip(max=1.0)
    return pd.Series(adjusted, index=given.index)


def cliffs_delta(first: Iterable[float], second: Iterable[float]) -> float:
    """Return how much more often the first group's values are the larger ones.

    Parameters
    ----------
    first, second : iterable of float
        The values of the two groups; missing ones are left out.

    Returns
    -------
    float
        The share of pairs in which the first value is the larger less the share in which it is the
        smaller, in [-1, 1]; missing (NaN) where a group is empty.

    Notes
    -----
    Tone scores are bounded, many are exactly 0, and a step from 0.1 to 0.2 need not mean as much as
    one from 0.8 to 0.9: an effect that uses only their order fits them, Hedges' g would not.

    References
    ----------
    Cliff, N. (1993). Dominance statistics: ordinal analyses to answer ordinal questions.
    *Psychological Bulletin* 114(3), 494-509.

    Examples
    --------
    >>> cliffs_delta([1, 2, 3], [0, 1, 2])
    0.5555555555555556
    """
    from scipy.stats import mannwhitneyu

    one, other = (pd.Series(list(group), dtype="float64").dropna() for group in (first, second))
    if one.empty or other.empty:
        return float("nan")
    pairs = len(one) * len(other)
    return float(2 * mannwhitneyu(one, other, method="asymptotic").statistic - pairs) / pairs
