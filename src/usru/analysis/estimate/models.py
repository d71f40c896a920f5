"""Coefficients of linear models of a coding."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from usru.analysis.estimate.design import Columns, Numbers, Units, as_numbers, read, require
from usru.analysis.estimate.intervals import quantile_of
from usru.analysis.estimate.tuning import FOLDS, ROUNDING, slope_of
from usru.errors import InputError
from usru.wording import count

__all__ = ["linear"]


def linear(
    frame: pd.DataFrame, predictors: Sequence[str], predicted: str | None, coded: str, probability: str,
    cluster: str | None = "doc_id", by: Columns | None = None,
) -> pd.DataFrame:  # fmt: skip
    """Estimate the coefficients of a linear model of a coding, had every unit been coded.

    Parameters
    ----------
    frame : pandas.DataFrame
        All units of the corpus, one a row.
    predictors : sequence of str
        Columns that are known of every unit: numbers and bools as they are, others as categories,
        each but the first (sorted) against the first.
    predicted, coded, probability, cluster : see `mean`
        The outcome, and how units were drawn.
    by : str or sequence of str, optional
        What names a group that has a model of its own; by default all units are one.

    Returns
    -------
    pandas.DataFrame
        One row a group, sorted, and `term` (the columns of `by`; ``"intercept"``, a column, or
        ``"column: category"``): `n`, `n_coded`, and the coefficients `naive` (of the predictions), `coded_only` (of the codes, weighted),
        `estimate`, and its 95% interval `low`, `high`.

    Raises
    ------
    InputError
        As for `mean`; predictors that are missing or say the same twice, and fewer codes than
        terms, of all units or of a group, which is named.

    Notes
    -----
    The coefficients are the sum of two regressions: of ``t f`` on all units, and of ``y - t f`` on
    the coded ones, weighted by 1 / π. Without predictors that is the estimate of `mean`. t is tuned
    as for `mean`, on what the predictors do not explain.

    Unlike those of `mean`, the intervals take the documents for a sample of others like them,
    as is usual of coefficients: they are cluster-robust by document, with a t-quantile of as many
    documents as were coded less one. Where all was coded they are those of least squares. With
    fewer than about thirty documents they tend to be too short.

    References
    ----------
    Egami, N., Hinck, M., Stewart, B. M., & Wei, H. (2023). Using imperfect surrogates for
    downstream inference. *NeurIPS 36*.
    Cameron, A. C., & Miller, D. L. (2015). A practitioner's guide to cluster-robust inference.
    *Journal of Human Resources* 50(2), 317-372.

    Examples
    --------
    >>> frame = pd.DataFrame({
    ...     "words": [1, 2, 3, 4, 5, 6], "tone": [0, 1, 1, 2, 2, 3.0],
    ...     "coded": [1, 2, 3, 4, 5, 6], "probability": 1})
    >>> table = linear(frame, ["words"], "tone", "coded", "probability", cluster=None)
    >>> table[["term", "naive", "estimate"]].round(2).values.tolist()
    [['intercept', -0.4, -0.0], ['words', 0.54, 1.0]]
    """
    if by is not None:
        return _by_group(frame, by, predictors, predicted, coded, probability, cluster)
    units, _ = read(frame, predicted, coded, probability, None, cluster, None)
    require(frame, predictors)
    design = _design(frame, predictors)
    x = design.to_numpy()
    if np.linalg.matrix_rank(x[units.coded]) < x.shape[1]:
        raise InputError(
            f"columns {', '.join(predictors)}",
            "two say the same of the units that were coded, or too few were coded",
            "leave one out, or code more",
        )  # fmt: skip
    helped = _helped_beyond(units, x)
    value, error = _regressed(units, x, helped)
    half = quantile_of(np.array([len(np.unique(units.cluster[units.coded]))])) * error
    naive = np.nan if predicted is None else np.linalg.lstsq(x, units.predicted)[0]
    return pd.DataFrame({
        "term": design.columns, "n": len(frame), "n_coded": len(units.coded),
        "naive": naive, "coded_only": _regressed(units, x, 0 * helped)[0],
        "estimate": value, "low": value - half, "high": value + half,
    })  # fmt: skip


def _by_group(frame: pd.DataFrame, by: Columns, *given: Any) -> pd.DataFrame:
    """A model for each group, one below the other."""
    names = [by] if isinstance(by, str) else [*by]
    require(frame, names)
    tables = []
    for key, own in frame.groupby(names, sort=True, dropna=False, observed=True):
        try:
            table = linear(own, *given)
        except InputError as error:
            place = f"{error.place}, group {', '.join(map(str, key))}"
            raise InputError(place, error.problem, error.mend) from None
        for at, (name, value) in enumerate(zip(names, key, strict=True)):
            table.insert(at, name, value)
        tables.append(table)
    return pd.concat(tables, ignore_index=True)


def _design(frame: pd.DataFrame, predictors: Sequence[str]) -> pd.DataFrame:
    """The columns of a linear model, the intercept first."""
    columns = {"intercept": np.ones(len(frame))}
    for name in predictors:
        if frame[name].isna().any():
            raise InputError(
                f"column {name}", f"{count(frame[name].isna().sum(), 'unit has', 'units have')} none",
                "leave these units out, or fill the column",
            )  # fmt: skip
        if pd.api.types.is_numeric_dtype(frame[name]):
            columns[name] = as_numbers(frame, name)
            continue
        categories = sorted(frame[name].unique())
        values = frame[name].to_numpy()
        columns |= {f"{name}: {one}": values == one for one in categories[1:]}
    return pd.DataFrame(columns, index=frame.index).astype("float64")


def _helped_beyond(units: Units, x: Numbers) -> Numbers:
    """What the instrument adds to each unit beyond predictors, by slopes from other documents."""
    fold, slopes = units.cluster % FOLDS, np.zeros(FOLDS)
    weight = units.weight * (units.weight - 1)
    for one in range(FOLDS):
        others = (fold[units.coded] != one) & (weight > 0)
        root, rows = np.sqrt(weight[others])[:, None], units.coded[others]
        both = root * np.column_stack([units.predicted[rows], units.value[others]])
        known = root * x[rows]
        rest = both - known @ np.linalg.lstsq(known, both)[0]
        products = rest.T @ rest
        if products[0, 0] > ROUNDING * np.sum(both[:, 0] ** 2):
            free = np.array(len(rows) - x.shape[1] + 1.0)
            slopes[one] = slope_of(free, products[0, 0], products[0, 1], products[1, 1])
    return np.asarray(slopes[fold] * (units.predicted - units.predicted.mean()))


def _regressed(units: Units, x: Numbers, helped: Numbers) -> tuple[Numbers, Numbers]:
    """Coefficients of what the instrument adds and of what it leaves, and their standard errors."""
    value, scores = _least_squares(x, helped, np.ones(len(x)))
    rest, others = _least_squares(
        x[units.coded], units.value - helped[units.coded], units.weight
    )  # what is coded says what the instrument leaves
    scores[units.coded] += others
    sums = np.zeros((units.cluster.max() + 1, x.shape[1]))
    np.add.at(sums, units.cluster, scores)
    n, documents = len(units.coded), len(np.unique(units.cluster[units.coded]))
    few = documents / max(documents - 1, 1) * (n - 1) / max(n - x.shape[1], 1)
    return value + rest, np.sqrt(few * np.sum(sums**2, axis=0))


def _least_squares(x: Numbers, y: Numbers, weight: Numbers) -> tuple[Numbers, Numbers]:
    """Weighted coefficients, and what each unit adds to their error."""
    root = np.sqrt(weight)[:, None]
    q, r = np.linalg.qr(root * x)
    value = np.linalg.solve(r, q.T @ (root[:, 0] * y))
    return value, (q * root * (y - x @ value)[:, None]) @ np.linalg.inv(r).T
