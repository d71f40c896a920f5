"""Intervals of 95% around estimates."""

import numpy as np

from usru.analysis.estimate.design import Numbers, Units
from usru.analysis.estimate.variance import Estimate, spread_of

__all__ = ["bounded", "ends", "least_variance", "quantile_of", "wilson"]

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
        return wilson(found, quantile)
    spread = spread_of(units)
    error = np.sqrt(np.maximum(found.variance, least_variance(found) * spread))
    error[(spread == 0) & (found.left > 0)] = np.nan
    return found.value - quantile * error, found.value + quantile * error


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


def wilson(found: Estimate, quantile: Numbers) -> tuple[Numbers, Numbers]:
    """Return Wilson's interval for the number of units that would give the same variance.

    Parameters
    ----------
    found, quantile : Estimate, ndarray
        Estimates of shares, and how many standard errors the interval of each reaches.

    Notes
    -----
    Where hardly any or nearly all units are coded 1, that number is the one that was drawn.
    """
    share = bounded(found.value, True)
    spread = np.maximum(share * (1 - share), NOTHING_WRONG**2 / found.speaking)
    square = quantile**2 * np.maximum(found.variance, least_variance(found)) / spread
    middle = (share + square / 2) / (1 + square)
    half = np.sqrt(square * share * (1 - share) + square**2 / 4) / (1 + square)
    return np.clip(middle - half, 0, share), np.clip(middle + half, share, 1)
