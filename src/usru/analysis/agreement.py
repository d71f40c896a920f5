"""How well a coding agrees with a reference: by category, and as one coefficient."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd

from usru.analysis.uncertainty import resampled, with_intervals

__all__ = [
    "Comparison", "Level", "alpha", "alpha_interval", "by_category", "by_label", "by_row",
    "coded_lines", "compare", "confusion", "decisions", "label_sets",
]  # fmt: skip

Level = Literal["nominal", "interval", "sets"]
"""How far apart two values are, as `alpha` takes it."""


def coded_lines(coding: pd.DataFrame) -> pd.Series:
    """Return the `kind` of each line (`doc_id`, `line`), the unit that any two codings share.

    Parameters
    ----------
    coding : pandas.DataFrame
        `doc_id`, `line_start`, `line_end`, `kind`.

    Examples
    --------
    >>> coding = pd.DataFrame({"doc_id": "a", "line_start": 1, "line_end": 2, "kind": "body"}, [0])
    >>> coded_lines(coding).to_dict()
    {('a', 1): 'body', ('a', 2): 'body'}
    """
    lines = map(range, coding["line_start"], coding["line_end"] + 1)
    table = coding.assign(line=list(lines)).explode("line").astype({"line": "int64"})
    return table.set_index(["doc_id", "line"])["kind"]


def by_category(reference: pd.Series, found: pd.Series) -> pd.DataFrame:
    """Compare two codings of the same units, category by category.

    Parameters
    ----------
    reference, found : pandas.Series
        A category for each unit; units that only one of the two indexes has are left out.

    Returns
    -------
    pandas.DataFrame
        Indexed by `category`, the most frequent first: `in_reference`, `in_found`, `in_both`, and
        `precision`, `recall` (with Wilson intervals `_low` and `_high`) and `f1`, in [0, 1].

    Examples
    --------
    >>> reference, found = pd.Series(["body", "body", "nav"]), pd.Series(["body", "nav", "nav"])
    >>> by_category(reference, found)[["precision", "recall"]].loc["body"].tolist()
    [1.0, 0.5]
    """
    both = pd.concat([reference.rename("reference"), found.rename("found")], axis=1, join="inner")
    both["both"] = both["found"].where(both["reference"] == both["found"])
    table = pd.DataFrame({name: both[name].value_counts() for name in both}).add_prefix("in_")
    table = table.fillna(0).astype("int64").rename_axis("category").reset_index()
    table = table.sort_values(["in_reference", "category"], ascending=[False, True])
    return _with_rates(table).set_index("category")


def by_label(reference: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """Compare two codings that may give a unit several labels, label by label.

    Parameters
    ----------
    reference, found : pandas.DataFrame of bool
        Units as rows, labels as columns; the same of both.

    Returns
    -------
    pandas.DataFrame
        One row a `label`, with the columns of `by_category` and Krippendorff's `alpha`.

    Examples
    --------
    >>> coding = pd.DataFrame({"syria": [True, False]})
    >>> by_label(coding, coding)[["label", "f1", "alpha"]].values.tolist()
    [['syria', 1.0, 1.0]]
    """
    found = found[reference.columns]
    sums = {"reference": reference.sum(), "found": found.sum(), "both": (reference & found).sum()}
    table = pd.DataFrame(sums).add_prefix("in_")
    table["alpha"] = [alpha(reference[label], found[label]) for label in table.index]
    return _with_rates(table.rename_axis("label").reset_index())


def by_row(reference: pd.DataFrame, found: pd.DataFrame, on: Sequence[str]) -> pd.DataFrame:
    """Compare two codings whose units are found too, by equal rows; one row as of `by_category`.

    Parameters
    ----------
    reference, found : pandas.DataFrame
        One unit a row.
    on : sequence of str
        The columns in which two rows must be equal. A repeated row must be found as often.

    Examples
    --------
    >>> reference = pd.DataFrame({"text": ["today", "today"]})
    >>> by_row(reference, reference.head(1), ["text"])["recall"].tolist()
    [0.5]
    """
    left, right = (Counter(table[list(on)].itertuples(index=False)) for table in (reference, found))
    counts = [[left.total(), right.total(), (left & right).total()]]
    return _with_rates(pd.DataFrame(counts, columns=["in_reference", "in_found", "in_both"]))


def _with_rates(table: pd.DataFrame) -> pd.DataFrame:
    """Add precision, recall and F1 to counts."""
    table = with_intervals(table, "precision", "in_both", "in_found")
    table = with_intervals(table, "recall", "in_both", "in_reference")
    return table.assign(f1=2 * table["in_both"] / (table["in_reference"] + table["in_found"]))


def label_sets(table: pd.DataFrame) -> pd.Series:
    """Return the labels of each unit as a set, which `alpha` compares whole.

    Parameters
    ----------
    table : pandas.DataFrame of bool
        Units as rows, labels as columns.

    Examples
    --------
    >>> sorted(label_sets(pd.DataFrame({"press": [True], "syria": [True], "nato": [False]}))[0])
    ['press', 'syria']
    """
    names = table.columns.to_numpy(dtype="object")
    sets = [frozenset(names[row]) for row in table.to_numpy(dtype=bool)]
    return pd.Series(sets, index=table.index, dtype="object")


def decisions(first: pd.DataFrame, second: pd.DataFrame) -> tuple[float, float]:
    """Return on how many of their single decisions two codings agree, and on how many by chance.

    Parameters
    ----------
    first, second : pandas.DataFrame of bool
        The same units as rows, in the same order, and the same labels as columns.

    Returns
    -------
    tuple of float
        The share of decisions (a unit and a label) that are the same, and the share that would be
        if each coding kept how often it says yes and said it anywhere. Where most labels are rare
        the second is near 1, so the first says little; `alpha` takes chance out. Missing (NaN)
        without a decision.

    Examples
    --------
    >>> coding = pd.DataFrame({"syria": [True, False, False, False]})
    >>> decisions(coding, coding)
    (1.0, 0.625)
    """
    one, other = first.to_numpy(bool), second[first.columns].to_numpy(bool)
    if not one.size:
        return float("nan"), float("nan")
    yes, also = one.mean(), other.mean()
    return float((one == other).mean()), float(yes * also + (1 - yes) * (1 - also))


def alpha(first: pd.Series, second: pd.Series, level: Level = "nominal") -> float:
    """Return Krippendorff's alpha of two readings.

    Parameters
    ----------
    first, second : pandas.Series
        A value for each unit, matched by index; one that a reading lacks is not coded by it.
    level : {"nominal", "interval", "sets"}
        How far apart two values are. Categories: 0 or 1. Numbers: their squared difference. Sets
        (as frozensets, the empty one included): 1 less the share of all their members that they
        have in common, times 1 where they are equal, 2/3 where one holds the other, 1/3 where they
        overlap, 0 where they share nothing (MASI).

    Returns
    -------
    float
        1 for full agreement, 0 for what chance would give, below 0 for less; missing (NaN) where no
        unit was coded twice.

    References
    ----------
    Krippendorff, K. (2019). *Content Analysis*, 4th ed., chapter 12.
    Passonneau, R. (2006). Measuring agreement on set-valued items (MASI) for semantic and pragmatic
    annotation. *LREC 2006*.

    Examples
    --------
    >>> alpha(pd.Series(["a", "b", "a"]), pd.Series(["a", "b", "a"]))
    1.0
    >>> alpha(pd.Series([-1, 0, 2, 1]), pd.Series([-1, 0, 2, 2]), "interval").__round__(2)
    0.93
    """
    import krippendorff

    table = pd.concat([first.rename("first"), second.rename("second")], axis=1)
    if table.dropna().empty:
        return float("nan")
    values = table.stack().drop_duplicates()
    if len(values) == 1:
        return 1.0  # where nothing varies the coefficient is undefined, and nobody disagreed
    measure: Any = level
    if level == "interval":
        data = table.to_numpy(dtype="float64", na_value=np.nan)
    else:
        codes, found = pd.factorize(table.to_numpy().ravel(), sort=level == "nominal")
        data = np.where(codes < 0, np.nan, codes).reshape(table.shape)
        measure = _by_place(_apart(list(found), level)) if level == "sets" else level
    return float(krippendorff.alpha(reliability_data=data.T, level_of_measurement=measure))


def alpha_interval(
    first: pd.Series, second: pd.Series, level: Level = "nominal", seed: int = 2017
) -> tuple[float, float, float]:
    """Return Krippendorff's alpha of two readings with its 95% interval, by the bootstrap over units.

    Parameters
    ----------
    first, second, level : pandas.Series, str
        As for `alpha`; a unit that one reading lacks is left out.
    seed : int
        Of the random numbers; the same seed gives the same interval.

    Returns
    -------
    tuple of float
        The coefficient and the ends of its interval. Resamples in which nothing varies, where the
        coefficient is undefined, are left out; so the interval is missing (NaN) for fewer than two
        units. Where nobody disagreed it is from 1 to 1, whatever the number of units: resampling
        cannot draw a disagreement that was not seen.

    References
    ----------
    Efron, B., and Tibshirani, R. J. (1993). *An Introduction to the Bootstrap*, chapter 13.

    Examples
    --------
    >>> once, again = pd.Series(list("aabbab")), pd.Series(list("aabbaa"))
    >>> [round(end, 2) for end in alpha_interval(once, again)]
    [0.69, -0.1, 1.0]
    """
    both = _paired(first, second)
    estimate, n = alpha(both["first"], both["second"], level), len(both)
    if n < 2:
        return estimate, float("nan"), float("nan")
    codes, values = pd.factorize(both.to_numpy().ravel())
    pairs, apart = codes.reshape(n, 2), _apart(list(values), level)
    given = np.zeros((n, len(values)))
    np.add.at(given, (np.arange(n)[:, None], pairs), 1)
    sums = resampled(np.column_stack([apart[pairs[:, 0], pairs[:, 1]], given]), seed)
    observed, totals = sums[:, 0] / n, sums[:, 1:]
    expected = (totals @ apart * totals).sum(axis=1) / (2 * n * (2 * n - 1))
    varied = expected > 0
    if not varied.any():
        return estimate, estimate, estimate
    drawn = 1 - observed[varied] / expected[varied]
    # Rounded, since the last bits of a product of matrices differ between machines.
    low, high = np.percentile(drawn, [2.5, 97.5]).round(9)
    return estimate, float(low), float(high)


def _paired(first: pd.Series, second: pd.Series) -> pd.DataFrame:
    """The units that have a value in both readings."""
    both = [first.rename("first"), second.rename("second")]
    return pd.concat(both, axis=1, join="inner").dropna()


def _apart(values: list[Any], level: Level) -> Any:
    """How far each value is from each other, as a matrix."""
    if level == "sets":
        return np.array([[_masi(one, other) for other in values] for one in values])
    if level == "interval":
        return np.subtract.outer(np.array(values, float), np.array(values, float)) ** 2
    return 1.0 - np.eye(len(values))


def confusion(first: pd.Series, second: pd.Series, values: Sequence[object] = ()) -> pd.DataFrame:
    """Return how often each value of one reading meets each value of another.

    Parameters
    ----------
    first, second : pandas.Series
        A value for each unit, matched by index; a unit that one of them lacks is left out.
    values : sequence
        The order of rows and columns; values that it does not have follow, sorted as text.

    Returns
    -------
    pandas.DataFrame
        Counts: rows are the values of `first`, columns those of `second`; the same of both, those
        that one of them has.

    Examples
    --------
    >>> once, again = pd.Series([1, 1, 2]), pd.Series([1, 2, 2])
    >>> confusion(once, again, [2, 1]).to_numpy().tolist()
    [[1, 0], [1, 1]]
    """
    both = _paired(first, second)
    seen = {*both["first"], *both["second"]}
    order = [one for one in values if one in seen]
    order += sorted(seen - {*order}, key=str)
    table = pd.crosstab(both["first"], both["second"])
    return table.reindex(index=order, columns=order, fill_value=0)


@dataclass(frozen=True, eq=False)
class Comparison:
    """How far two codings agree on the units that both have, as `compare` finds it.

    `alpha` is Krippendorff's, from `low` to `high` by its 95% interval; `same` of the `n` units have
    the same value. `table` counts by label where a unit can have several (as `by_label`, the second
    coding as the reference; labels that neither gave are left out), else as `confusion`.
    `differing` has the values of the other units as `first` and `second`.
    """

    name: str
    n: int
    same: int
    alpha: float
    low: float
    high: float
    table: pd.DataFrame
    differing: pd.DataFrame


def compare(
    name: str, first: pd.Series, second: pd.Series, level: Level, order: Sequence[object] = ()
) -> Comparison:
    """Compare two codings of the same units, value by value.

    Parameters
    ----------
    name : str
        What the second is called.
    first, second, level : pandas.Series, str
        As for `alpha`; a unit that one of them lacks is left out.
    order : sequence
        The values in the order of the codebook, of sets their members.

    Examples
    --------
    >>> once, again = pd.Series([1.0, 2.0, 2.0]), pd.Series([1.0, 2.0, 1.0])
    >>> found = compare("again", once, again, "interval")
    >>> found.n, found.same, found.differing.to_numpy().tolist()
    (3, 2, [[2.0, 1.0]])
    """
    both = _paired(first, second)
    pairs = zip(both["first"], both["second"], strict=True)
    differing = both[np.array([one != other for one, other in pairs], dtype=bool)]
    ends = alpha_interval(both["first"], both["second"], level)
    if level == "sets":
        sides = [
            pd.DataFrame({label: [label in of for of in both[side]] for label in order}, both.index)
            for side in ("second", "first")
        ]
        table = by_label(sides[0], sides[1])
        table = table[table["in_reference"] + table["in_found"] > 0]
    else:
        table = confusion(both["first"], both["second"], order)
    return Comparison(name, len(both), len(both) - len(differing), *ends, table, differing)


def _by_place(apart: Any) -> Callable[..., Any]:
    """How far apart values are that are known by their places in a matrix."""
    return lambda one, other, **_: apart[one.astype(int), other.astype(int)]


def _masi(one: frozenset[str], other: frozenset[str]) -> float:
    common, either = len(one & other), len(one | other)
    if one == other:
        return 0.0
    nested = one <= other or other <= one
    return 1 - (common / either) * (2 / 3 if nested else 1 / 3)
