"""Means and shares of a corpus, and the differences of two groups."""

from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from usru.analysis.estimate.coders import as_the_second, read_second
from usru.analysis.estimate.design import (
    Columns,
    Numbers,
    Units,
    is_share,
    read,
    total_by,
    without_codes,
)
from usru.analysis.estimate.intervals import bounded, ends
from usru.analysis.estimate.tuning import helped_by
from usru.analysis.estimate.variance import Estimate, estimated
from usru.errors import InputError

__all__ = ["difference", "mean"]


def mean(
    frame: pd.DataFrame, predicted: str | None, coded: str, probability: str, by: Columns | None = None,
    cluster: str | None = "doc_id", strata: str | None = None, share: bool | None = None,
    slope: float | None = None, second: str | None = None,
) -> pd.DataFrame:  # fmt: skip
    """Estimate what the mean of a coding would be, had every unit been coded.

    Parameters
    ----------
    frame : pandas.DataFrame
        All units of the corpus, one a row, in any order.
    predicted : str or None
        The column of what an instrument says of every unit: bools or finite numbers, on any scale.
        None where there is no instrument, as for a language that none is made for: the estimate is
        then `coded_only`, and `naive` is missing.
    coded : str
        The column of what a coder says; missing (NaN) where nobody coded.
    probability : str
        The column of the probability, in (0, 1], with which each unit was drawn. It may be missing
        where nobody coded. Where all are given and fewer units were coded than drawn, those that
        are left count as left at random.
    by : str or sequence of str, optional
        What names a group; by default all units are one.
    cluster : str or None
        The column of documents, within which units may have been drawn together; None where each
        unit is on its own.
    strata : str, optional
        The column of strata that were drawn from separately; by default units of one probability
        are one stratum.
    share : bool, optional
        Whether values are 0 and 1 and the mean is a share; by default where all that were coded
        are. Say False for a scale of which only 0 and 1 may have come up.
    slope : float, optional
        How much of a prediction counts; tuned by default. 1 takes all of it, 0 none.
    second : str, optional
        The column of what a second coder says of some of the coded units, drawn at random from
        them; missing (NaN) elsewhere.

    Returns
    -------
    pandas.DataFrame
        One row a group, sorted: the columns of `by`, and

        - `n`, `n_coded`: its units, and those that were coded;
        - `naive`: the mean of what the instrument says, which its errors bias;
        - `coded_only`: the weighted mean of what was coded, which leaves the instrument out;
        - `estimate`, `low`, `high`: the mean by both, and its 95% interval, within [0, 1] for
          shares.

        All but `n`, `n_coded` and `naive` are missing (NaN) where nobody coded. The estimate and
        its interval are missing where a stratum of the group that should have at least five coded
        units has none. The interval is missing where there is one draw only, and for a mean also
        where all that was coded is alike: nothing then tells how values spread.

    Raises
    ------
    InputError
        A column that is not there, predictions that are missing, no codes at all, coded units
        without a probability, or probabilities that are not in (0, 1].

    Notes
    -----
    What is estimated is the mean of these units, not of others like them: an interval tells how
    far the sample may lie from the corpus, and has no width where all was coded. The estimate is
    the mean of the pseudo-outcomes of design-based supervised learning::

        t f + (R / π) (y - t f)

    f is what the instrument says, y the code, R whether there is one, π the probability. Weights
    R / π are divided by their sum in the group (Hájek), since it varies less than with the number
    of units: groups of a sample have no fixed size. Any f that was not trained on these codes will
    do, and needs no cross-fitting.

    The slope t is tuned so that the variance is least, as in prediction-powered inference: it is
    the slope of codes on predictions, not below 0, shrunk by 1 - 1 / t-statistic². Each fifth of
    the documents takes it from the others of its group, so that tuning does not bias. It is 0, and
    the estimate is `coded_only`, where there are fewer than ten codes to take it from.

    The variance is that of the design. How much more often two units of a document were coded
    than if each had been drawn alone tells whether documents were drawn whole: only then do
    residuals add up within documents, and only then are degrees of freedom those of documents.
    Quantiles are of the t-distribution. The interval of a share is Wilson's, for as many units as
    would give the same variance; that of a mean is symmetric. No interval is narrower than the
    rule of three leaves it: where no coded unit of n departs from the instrument, 3 / n may. (For
    a mean the departure is one standard deviation of the codes.)

    The two coders count as those whose reading is asked for: the wider interval says nothing of
    other coders, nor of what both would miss. It is the interval of the first coder together with
    that of the second, whose mean is the estimate and the mean difference of the two where both
    coded; the variances of these are added.

    With fewer than ten codes the interval of a share is still wide enough. That of a mean rests on
    values that are not too skewed. Where few documents were drawn whole, or probabilities vary
    much, the interval of a rare share (of a twentieth, say) covers it in 91 to 93 of 100 samples.

    References
    ----------
    Egami, N., Hinck, M., Stewart, B. M., & Wei, H. (2023). Using imperfect surrogates for
    downstream inference: Design-based supervised learning for social science applications of large
    language models. *NeurIPS 36*.
    Angelopoulos, A. N., Duchi, J. C., & Zrnic, T. (2023). PPI++: Efficient prediction-powered
    inference. *arXiv* 2311.01453.
    Särndal, C.-E., Swensson, B., & Wretman, J. (1992). *Model Assisted Survey Sampling*, chapters
    5 and 6.
    Hanley, J. A., & Lippman-Hand, A. (1983). If nothing goes wrong, is everything all right?
    *JAMA* 249(13), 1743-1745.

    Examples
    --------
    Four of eight paragraphs were coded. The dictionary finds three on the topic; by the codes it
    is half of them.

    >>> frame = pd.DataFrame({
    ...     "doc_id": list("aabbccdd"), "found": [1, 0, 0, 1, 0, 1, 0, 0],
    ...     "coded": [1, None, 1, None, 0, None, 0, None], "probability": 0.5})
    >>> mean(frame, "found", "coded", "probability").round(2).values.tolist()
    [[8.0, 4.0, 0.38, 0.5, 0.5, 0.13, 0.87]]
    """
    units, keys = read(frame, predicted, coded, probability, by, cluster, strata)
    shares = is_share(units.value) if share is None else share
    found = estimated(units, helped_by(units, slope))
    table = _table(units, keys, found, shares, has_instrument=predicted is not None)
    if second is not None:
        doubled = read_second(frame, second, units)
        low, high = ends(as_the_second(found, doubled, units, shares), units, shares)
        table["low_coders"] = np.minimum(table["low"], low)
        table["high_coders"] = np.maximum(table["high"], high)
    unreached = without_codes(frame, probability, units, strata)
    given = table.columns.isin(["estimate", "low", "high", "low_coders", "high_coders"])
    return table.mask(unreached[:, None] & given)


def difference(
    frame: pd.DataFrame, predicted: str | None, coded: str, probability: str, by: str,
    pair: tuple[Any, Any] | None = None, cluster: str | None = "doc_id",
    strata: str | None = None, share: bool | None = None,
) -> pd.DataFrame:  # fmt: skip
    """Estimate how far the mean of one group is above that of another, had every unit been coded.

    Parameters
    ----------
    frame, predicted, coded, probability : see `mean`
        The units, and what is known of them.
    by : str
        The column of groups.
    pair : tuple of two values, optional
        The two groups; by default every pair, in sorted order.
    cluster, strata, share : see `mean`
        How units were drawn, and whether the means are shares.

    Returns
    -------
    pandas.DataFrame
        One row a pair: `first`, `second`, and of the first less the second `naive`, `coded_only`,
        `estimate`, `low`, `high`; missing (NaN) where `mean` has no estimate for one of the two.

    Raises
    ------
    InputError
        As for `mean`, and a group of `pair` that no unit has.

    Notes
    -----
    The interval is put together from those of the two groups, so that it is as wide as these are
    where all that was coded is alike. Groups that share documents drawn whole are correlated, and
    this is taken into account. Each interval is for one pair alone: of twenty pairs that do not
    differ one is likely to seem so.

    References
    ----------
    Zou, G. Y., & Donner, A. (2008). Construction of confidence limits about effect measures: A
    general approach. *Statistics in Medicine* 27(10), 1693-1702.

    Examples
    --------
    >>> frame = pd.DataFrame({
    ...     "outlet": list("aaaabbbb"), "found": [1, 1, 0, 1, 0, 0, 0, 1],
    ...     "coded": [1, 1, 0, None, 0, 0, None, 0], "probability": 0.75})
    >>> difference(frame, "found", "coded", "probability", "outlet", cluster=None).round(
    ...     2)[["first", "second", "naive", "coded_only", "estimate"]].values.tolist()
    [['a', 'b', 0.5, 0.67, 0.67]]
    """
    units, keys = read(frame, predicted, coded, probability, by, cluster, strata)
    shares = is_share(units.value) if share is None else share
    found = estimated(units, helped_by(units))
    table = _table(units, keys, found, shares, has_instrument=predicted is not None)
    if predicted is None:
        table["naive"] = np.nan
    unreached = without_codes(frame, probability, units, strata)
    table.loc[unreached, ["estimate", "low", "high"]] = np.nan
    one, other = _pairs(table[by].tolist(), pair, by)
    first, second = table.iloc[one].reset_index(), table.iloc[other].reset_index()
    names = ["naive", "coded_only", "estimate"]
    apart = first[names] - second[names]
    shared = 2 * _correlations(units, found)[one, other]
    below, above = (
        np.sqrt(np.maximum(a**2 + b**2 - shared * a * b, 0))
        for a, b in (
            (first["estimate"] - first["low"], second["high"] - second["estimate"]),
            (first["high"] - first["estimate"], second["estimate"] - second["low"]),
        )
    )
    named = pd.DataFrame({"first": first[by], "second": second[by]})
    return named.join(apart.assign(low=apart["estimate"] - below, high=apart["estimate"] + above))


def _table(
    units: Units, keys: pd.DataFrame, found: Estimate, shares: bool, *, has_instrument: bool
) -> pd.DataFrame:  # fmt: skip
    """A row a group: what the instrument says, what was coded, and the estimate."""
    k = len(units.n)
    low, high = ends(found, units, shares)
    return keys.assign(
        n=units.n.astype("int64"),
        n_coded=total_by(units.group[units.coded], k).astype("int64"),
        naive=total_by(units.group, k, units.predicted) / units.n if has_instrument else np.nan,
        coded_only=estimated(units, np.zeros(len(units.group))).value,
        estimate=bounded(found.value, shares),
        low=low,
        high=high,
    )


def _pairs(groups: list[Any], pair: tuple[Any, Any] | None, by: str) -> tuple[list[int], list[int]]:
    """The rows of the first and of the second group of each pair."""
    if pair is None:
        rows = [*combinations(range(len(groups)), 2)]
        return [one for one, _ in rows], [other for _, other in rows]
    for name in pair:
        if name not in groups:
            raise InputError(
                f"pair, {name!r}", f"no unit has it in column {by}",
                f"choose two of {', '.join(map(str, groups))}",
            )  # fmt: skip
    return [groups.index(pair[0])], [groups.index(pair[1])]


def _correlations(units: Units, found: Estimate) -> Numbers:
    """How far the estimates of two groups depend on the same documents."""
    k = len(units.n)
    documents, cell = np.unique(units.cluster[units.coded], return_inverse=True)
    sums = np.zeros((len(documents), k))
    np.add.at(sums, (cell, units.group[units.coded]), found.influence)
    scale = np.sqrt(np.where(found.variance > 0, found.variance, np.inf))
    return np.asarray(np.clip(units.together * (sums.T @ sums) / np.outer(scale, scale), -1, 1))
