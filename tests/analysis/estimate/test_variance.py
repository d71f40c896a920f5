"""The estimate and its variance against plain loops and textbook formulas."""

import numpy as np
import pandas as pd
import pytest
from sampled import COLUMNS, sampled

from usru.analysis.estimate.design import numbered, read
from usru.analysis.estimate.tuning import FOLDS, helped_by
from usru.analysis.estimate.variance import estimated


def slowly(frame):
    """The estimate and its variance as the docstring says it, unit by unit."""
    coded, cluster = frame[frame["coded"].notna()], numbered(frame["doc_id"])
    weight, fold = 1 / coded["chance"], pd.Series(cluster % FOLDS, frame.index)
    apart = frame["found"] - frame["found"].mean()
    helped = pd.Series(0.0, frame.index)
    for part in range(FOLDS):
        others = coded[fold[coded.index] != part]
        w = (weight * (weight - 1))[others.index]
        x, y = (v - np.average(v, weights=w) for v in (apart[others.index], others["coded"]))
        slope = (w * x * y).sum() / (w * x * x).sum()
        error = (w * (y - slope * x) ** 2).sum() / (len(others) - 2)
        statistic = slope**2 * (w * x * x).sum() / error
        helped[fold == part] = max(0, slope) * max(0, 1 - 1 / statistic) * apart[fold == part]
    rest = coded["coded"] - helped[coded.index]
    centre = np.average(rest, weights=weight)
    residual, variance = rest - centre, 0.0
    for chance, of in residual.groupby(coded["chance"]):
        spread = of.var(ddof=1) * len(of) / weight.sum() ** 2
        variance += spread * (1 / chance) * (1 / chance - 1)
    return helped.mean() + centre, variance


def test_the_formulas_are_those_of_a_plain_loop():
    frame = sampled(values=5)
    units, _ = read(frame, *COLUMNS, None, None, None)
    units = units._replace(cluster=numbered(frame["doc_id"]))  # folds, and no more
    found = estimated(units, helped_by(units))
    value, variance = slowly(frame.assign(chance=_scaled(frame)))
    assert found.value.item() == pytest.approx(value)
    assert found.variance.item() == pytest.approx(variance)


def _scaled(frame):
    """Probabilities that add up to as many units as were coded, where fewer were than expected."""
    return frame["chance"] * min(1, frame["coded"].notna().sum() / frame["chance"].sum())


def test_documents_drawn_whole_have_the_textbook_variance():
    """Cochran's variance of a mean of clusters of equal size: (1 - f) s² of cluster means / m."""
    rng = np.random.default_rng(3)
    doc = np.repeat(np.arange(30), 8)
    values = rng.normal(size=30)[doc] + rng.normal(size=240)
    drawn = doc % 3 == 0
    frame = pd.DataFrame({
        "doc_id": doc, "found": 0, "coded": np.where(drawn, values, np.nan), "chance": 1 / 3,
    })  # fmt: skip
    units, _ = read(frame, *COLUMNS, None, "doc_id", None)
    found = estimated(units, np.zeros(240))
    means = pd.Series(values[drawn]).groupby(doc[drawn]).mean()
    assert found.variance.item() == pytest.approx(means.var(ddof=1) / 10 * (1 - 1 / 3), rel=0.02)
    assert found.draws.item() == pytest.approx(10)
