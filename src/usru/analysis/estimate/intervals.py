"""Intervals of 95% around estimates."""

import numpy as np

from usru.analysis.estimate.design import Numbers, Units
from usru.analysis.estimate.variance import Estimate, spread_of

__all__ = ["around", "bounded", "ends", "least_variance", "quantile_of"]

NORMAL = 1.96  # ends of 95% of the normal distribution
NOTHING_WRONG = 3 / NORMAL  # no error in n units: the rule of three gives 3 / n as the upper end


def ends(found: Estimate, units: Units, shares: bool) -> tuple[Numbers, Numbers]:
    """Return the ends of the interval of each group.

    Parameters
    ----------
    found, units, shares : Estimate, Units, bool
        Estimates of groups, the units that they are of, and whether codes are 0 and 1.
    """
    quantile = quantile_of(found.draws)
    quantile[found.left == 0] = 0  # all was coded: there is no sample to err
    if shares:
        return _wilson(found, quantile)
    spread = spread_of(units)
    quantile[(spread == 0) & (found.left > 0)] = np.nan
    return _symmetric(found, quantile, spread)


def _symmetric(found: Estimate, quantile: Numbers, spread: Numbers) -> tuple[Numbers, Numbers]:
    """The interval of a mean of codes of some variance."""
    half = quantile * np.sqrt(np.maximum(found.variance, least_variance(found) * spread))
    return found.value - half, found.value + half


def around(
    value: float, variance: float, n: int, left: float, spread: float | None = None
) -> tuple[float, float]:
    """Return the interval that an estimate will have, before there is one.

    Parameters
    ----------
    value, variance : float, float
        What it may turn out to be, and its variance.
    n, left : int, float
        Coded units, and the share of the variance that is left as they are a part of the corpus.
    spread : float, optional
        The variance of the codes, of a mean; without it the value is a share.

    Examples
    --------
    A share of a fifth, of 200 coded units of very many:

    >>> low, high = around(0.2, 0.2 * 0.8 / 199, 200, 1.0)
    >>> round(low, 3), round(high, 3)
    (0.15, 0.261)
    """
    draws = np.array([float(n)])
    found = Estimate(np.array([value]), np.array([variance]), draws, draws, draws, np.array([left]))
    quantile = quantile_of(draws) * (left > 0)
    low, high = (
        _wilson(found, quantile) if spread is None
        else _symmetric(found, quantile, np.array([spread]))
    )  # fmt: skip
    return float(low[0]), float(high[0])


def quantile_of(draws: Numbers) -> Numbers:
    """Return how many standard errors an interval reaches, by degrees of freedom one below the draws.

    Parameters
    ----------
    draws : ndarray
        Units, or documents where these were drawn whole.
    """
    from scipy.special import stdtrit

    return np.asarray(np.where(draws > 1, stdtrit(np.maximum(draws - 1, 1), 0.975), np.nan))


def bounded(values: Numbers, shares: bool) -> Numbers:
    """Keep shares within [0, 1], which weights and slopes may leave; other numbers as they are.

    Parameters
    ----------
    values, shares : ndarray, bool
        Estimates, and whether they are shares.
    """
    return np.clip(values, 0, 1) if shares else values


def least_variance(found: Estimate) -> Numbers:
    """Return the variance that no error among so few leaves possible, of errors of size 1.

    Parameters
    ----------
    found : Estimate
        Estimates of groups.
    """
    return np.asarray(found.left * (NOTHING_WRONG / found.speaking) ** 2)


def _wilson(found: Estimate, quantile: Numbers) -> tuple[Numbers, Numbers]:
    """Wilson's interval for the number of units that would give the same variance.

    Where hardly any or nearly all units are coded 1, that number is the one that was drawn.
    """
    share = bounded(found.value, True)
    spread = np.maximum(share * (1 - share), NOTHING_WRONG**2 / found.speaking)
    square = quantile**2 * np.maximum(found.variance, least_variance(found)) / spread
    middle = (share + square / 2) / (1 + square)
    half = np.sqrt(square * share * (1 - share) + square**2 / 4) / (1 + square)
    return np.clip(middle - half, 0, share), np.clip(middle + half, share, 1)
