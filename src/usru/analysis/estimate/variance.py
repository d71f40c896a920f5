"""The estimate of each group and the variance that the design of the sample gives it."""

from typing import NamedTuple

import numpy as np

from usru.analysis.estimate.design import Codes, Numbers, Units, numbered, ratio, total_by

__all__ = ["Estimate", "estimated", "spread_of"]


class Estimate(NamedTuple):
    """An estimate for each group, and what its interval rests on."""

    value: Numbers
    variance: Numbers
    influence: Numbers  # of each coded unit
    draws: Numbers  # units, or documents where these were drawn whole
    speaking: Numbers  # draws of equal weight that would tell as much
    left: Numbers  # share of the variance that is left where much of a corpus was coded


def estimated(units: Units, helped: Numbers) -> Estimate:
    """Estimate the mean of each group, given what the instrument adds to each unit.

    Parameters
    ----------
    units, helped : Units, ndarray
        The units of a corpus, and what the instrument adds to each.
    """
    k, group, weight = len(units.n), units.group[units.coded], units.weight
    total = total_by(group, k, weight)
    rest = units.value - helped[units.coded]
    centre = ratio(total_by(group, k, weight * rest), total)
    n = total_by(group, k)
    met = np.unique(group * (units.cluster.max() + 1) + units.cluster[units.coded])
    documents = total_by(met // (units.cluster.max() + 1), k)
    draws = ratio(n, 1 + units.whole * (ratio(n, documents) - 1))
    residual = _settled(rest - centre[group], group, units.stratum, draws)
    influence = weight * residual / total[group]
    squares = total_by(group, k, weight * weight)
    left = ratio(total_by(group, k, weight * (weight - 1)), squares)
    own = total_by(group, k, influence**2 * (1 - 1 / weight))
    alike = spread_of(units) == 0  # then even whole documents may be, so that units tell too much
    speaking = np.minimum(ratio(total**2, squares), np.where(alike, draws, n))
    added = units.together * (
        _within_documents(units, influence) - total_by(group, k, influence**2)
    )
    value = total_by(units.group, k, helped) / units.n + centre
    return Estimate(value, np.maximum(own + added, 0), influence, draws, speaking, left)


def _settled(residual: Numbers, group: Codes, stratum: Codes, draws: Numbers) -> Numbers:
    """Residuals less what strata, whose sizes were fixed, cannot vary in, and free of bias.

    Their squares in a group then add up to Σe² - (Σe)² / n, with all n coded units of the stratum.
    """
    cell = numbered(group * (stratum.max() + 1) + stratum)
    n = np.bincount(stratum)[stratum]
    here = np.bincount(cell)
    average = np.bincount(cell, residual) / here
    part = 1 - np.sqrt(1 - np.minimum(here[cell] / n, 1))
    few = np.minimum(n, draws[group])
    freed = np.sqrt(few / np.maximum(few - 1, 1))
    return np.asarray((residual - np.where(n > 1, part, 0) * average[cell]) * freed)


def _within_documents(units: Units, influence: Numbers) -> Numbers:
    """The squared sums of influences within documents, added up in each group."""
    size = units.cluster.max() + 1
    met, cell = np.unique(
        units.group[units.coded] * size + units.cluster[units.coded], return_inverse=True
    )
    totals = np.asarray(np.bincount(cell, influence), dtype="float64")
    return total_by(met // size, len(units.n), totals**2)


def spread_of(units: Units) -> Numbers:
    """Return the weighted variance of the codes of each group.

    Parameters
    ----------
    units : Units
        The units of a corpus.
    """
    k, group = len(units.n), units.group[units.coded]
    total = total_by(group, k, units.weight)
    centre = ratio(total_by(group, k, units.weight * units.value), total)
    return ratio(total_by(group, k, units.weight * (units.value - centre[group]) ** 2), total)
