"""How far an instrument counts: the slope of codes on predictions, from other documents."""

import numpy as np

from usru.analysis.estimate.design import Codes, Numbers, Units, total_by

__all__ = ["FOLDS", "ROUNDING", "TUNED", "helped_by", "slope_of"]

FOLDS = 5  # parts of the documents; each takes its slope from the others
TUNED = 10  # coded units that a slope is taken from, at least
ROUNDING = 1e-12  # of a sum of squares: less than that is no variation


def helped_by(units: Units, slope: float | None = None) -> Numbers:
    """Return what the instrument adds to each unit: its prediction less the group's mean, times a slope.

    Parameters
    ----------
    units, slope : Units, float
        The units of a corpus, and the slope of all groups; by default that of codes on predictions.
    """
    k = len(units.n)
    apart = units.predicted - (total_by(units.group, k, units.predicted) / units.n)[units.group]
    if slope is not None:
        return np.asarray(slope * apart)
    fold = units.cluster % FOLDS
    cell = units.group * FOLDS + fold
    weight, value = units.weight * (units.weight - 1), units.value - units.value.mean()
    slopes = _slopes(cell[units.coded], k, apart[units.coded], value, weight)
    return np.asarray(slopes[cell] * apart)


def _slopes(cell: Codes, k: int, x: Numbers, y: Numbers, weight: Numbers) -> Numbers:
    """For each fold of each group, the slope of codes on predictions in the other folds."""
    parts = [None, weight, weight * x, weight * y, weight * x * x, weight * x * y, weight * y * y]
    sums = np.array([total_by(cell, k * FOLDS, part) for part in parts]).reshape(-1, k, FOLDS)
    n, total, sx, sy, sxx, sxy, syy = sums.sum(axis=2, keepdims=True) - sums
    total = np.where(total > 0, total, 1)
    xx, yy = sxx - sx * sx / total, syy - sy * sy / total
    xx[xx < ROUNDING * sxx] = 0
    return slope_of(n, xx, sxy - sx * sy / total, yy).ravel()


def slope_of(n: Numbers, xx: Numbers, xy: Numbers, yy: Numbers) -> Numbers:
    """Return a slope from sums of squares and products, shrunk as far as chance may have made it.

    Parameters
    ----------
    n, xx, xy, yy : ndarray, ndarray, ndarray, ndarray
        Coded units, and the centred sums of squares and products of predictions and codes.
    """
    known = (n >= TUNED) & (xx > 0) & (xy > 0)
    slope = np.divide(xy, xx, out=np.zeros_like(xy), where=known)
    noise = np.maximum(yy - slope * xy, 0) / np.maximum(n - 2, 1)
    part = np.divide(noise, slope * xy, out=np.ones_like(xy), where=known)
    return np.asarray(slope * np.maximum(1 - part, 0))
