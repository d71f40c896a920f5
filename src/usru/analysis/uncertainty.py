"""Intervals: how far a number could lie from what was counted."""

from typing import Any

import numpy as np
import pandas as pd

__all__ = ["share_interval", "weighted_share", "with_intervals"]

RESAMPLES = 2000
"""Resamples of a bootstrap: enough for the second digit of an interval's ends."""


def share_interval(hits: int, n: int, confidence: float = 0.95) -> tuple[float, float]:
    """Return the Wilson score interval of a share.

    Parameters
    ----------
    hits, n : int
        Cases that count, and all cases; ``0 <= hits <= n``.
    confidence : float
        Coverage, between 0 and 1.

    Returns
    -------
    tuple of float
        Lower and upper end in [0, 1]; both missing (NaN) where `n` is 0.

    References
    ----------
    Wilson, E. B. (1927). Probable inference, the law of succession, and
    statistical inference. *Journal of the American Statistical Association* 22, 209-212.

    Examples
    --------
    >>> low, high = share_interval(9, 10)
    >>> round(low, 3), round(high, 3)
    (0.596, 0.982)
    """
    from scipy.stats import binomtest

    if n == 0:
        return float("nan"), float("nan")
    interval = binomtest(hits, n).proportion_ci(confidence, method="wilson")
    return float(interval.low), float(interval.high)


def with_intervals(table: pd.DataFrame, name: str, hits: str, n: str) -> pd.DataFrame:
    """Add to a table the share `name` of `hits` in `n`, with `name_low` and `name_high`.

    Examples
    --------
    >>> counts = pd.DataFrame({"both": [3], "found": [4]})
    >>> with_intervals(counts, "precision", "both", "found")["precision"].tolist()
    [0.75]
    """
    ends = [share_interval(int(h), int(k)) for h, k in zip(table[hits], table[n], strict=True)]
    return table.assign(
        **{
            name: table[hits] / table[n].where(table[n] > 0),
            f"{name}_low": [low for low, _ in ends],
            f"{name}_high": [high for _, high in ends],
        }
    )


def weighted_share(
    on: pd.Series, weights: pd.Series, strata: pd.Series, seed: int = 2017
) -> tuple[float, float, float]:
    """Return a weighted share with a bootstrap interval over units within strata.

    Parameters
    ----------
    on : pandas.Series of bool
        Which units count.
    weights : pandas.Series of number
        How much each unit weighs (its words).
    strata : pandas.Series
        What the units are resampled within (their documents), so that the
        interval describes the spread within the texts at hand.
    seed : int
        Of the random numbers; the same seed gives the same interval.

    Returns
    -------
    tuple of float
        The share in [0, 1] and the ends of its 95% percentile interval; both
        ends are the share itself where all units or none count, or where a
        stratum has a single unit and nothing can vary.

    References
    ----------
    Efron, B., & Tibshirani, R. J. (1993). *An Introduction to the Bootstrap*,
    chapters 8 and 13.

    Examples
    --------
    >>> on, words = pd.Series([True, False, True, False]), pd.Series([10, 10, 10, 10])
    >>> share, low, high = weighted_share(on, words, pd.Series(["a", "a", "b", "b"]))
    >>> share, low <= share <= high
    (0.5, True)
    """
    from scipy.stats import bootstrap

    flags, weight = np.asarray(on, dtype=float), np.asarray(weights, dtype=float)
    if weight.sum() == 0:
        return float("nan"), float("nan"), float("nan")
    share = float((flags * weight).sum() / weight.sum())
    samples = [np.flatnonzero(np.asarray(strata) == name) for name in pd.unique(strata)]
    samples = [sample for sample in samples if len(sample) > 1]
    alone = np.setdiff1d(np.arange(len(flags)), np.concatenate([*samples, np.array([], dtype=int)]))
    if flags.min() == flags.max() or not samples:
        return share, share, share

    def statistic(*drawn: Any, axis: int = -1) -> Any:
        top = sum((flags * weight)[part].sum(axis=axis) for part in drawn)
        bottom = sum(weight[part].sum(axis=axis) for part in drawn)
        return (top + (flags * weight)[alone].sum()) / (bottom + weight[alone].sum())

    result = bootstrap(
        samples, statistic, n_resamples=RESAMPLES, vectorized=True, method="percentile",
        rng=np.random.default_rng(seed),
    ).confidence_interval  # fmt: skip
    return share, float(result.low), float(result.high)
