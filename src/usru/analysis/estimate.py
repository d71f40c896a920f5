"""Shares, means and coefficients of a whole corpus, from an instrument and a coded sample."""

from collections.abc import Sequence
from itertools import combinations
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from usru.analysis import agreement
from usru.errors import InputError
from usru.wording import count, number

__all__ = ["difference", "expected_width", "linear", "mean", "pilot", "rehearse", "reliability"]

Numbers = NDArray[np.float64]
Codes = NDArray[np.int64]
Columns = str | Sequence[str]

_CHANCE = "probability of a rehearsal"

FOLDS = 5  # parts of the documents; each takes its slope from the others
TUNED = 10  # coded units that a slope is taken from, at least
EXPECTED = 5  # coded units that a stratum should have before their absence is no chance
ROUNDING = 1e-12  # of a sum of squares: less than that is no variation
CELLS = 2_000_000  # units of rehearsals that are in memory at once
NORMAL = 1.96  # ends of 95% of the normal distribution
NOTHING_WRONG = 3 / NORMAL  # no error in n units: the rule of three gives 3 / n as the upper end


class _Units(NamedTuple):
    """The units of a corpus; what is known of the coded ones only is in their order."""

    predicted: Numbers
    group: Codes
    cluster: Codes
    n: Numbers  # units of each group
    coded: Codes  # which units were coded
    value: Numbers  # and how
    weight: Numbers  # units that each speaks for
    stratum: Codes
    together: float  # how far the units of a document were drawn together, from 0 to 1
    whole: float  # and how far their documents are the draws


class _Estimate(NamedTuple):
    """An estimate for each group, and what its interval rests on."""

    value: Numbers
    variance: Numbers
    influence: Numbers  # of each coded unit
    draws: Numbers  # units, or documents where these were drawn whole
    speaking: Numbers  # draws of equal weight that would tell as much
    left: Numbers  # share of the variance that is left where much of a corpus was coded


def mean(
    frame: pd.DataFrame, predicted: str, coded: str, probability: str, by: Columns | None = None,
    cluster: str | None = "doc_id", strata: str | None = None, share: bool | None = None,
    slope: float | None = None, second: str | None = None,
) -> pd.DataFrame:  # fmt: skip
    """Estimate what the mean of a coding would be, had every unit been coded.

    Parameters
    ----------
    frame : pandas.DataFrame
        All units of the corpus, one a row, in any order.
    predicted : str
        The column of what an instrument says of every unit: bools or finite numbers, on any scale.
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
    units, keys = _read(frame, predicted, coded, probability, by, cluster, strata)
    shares = _is_share(units.value) if share is None else share
    found = _estimated(units, _helped(units, slope))
    table = _table(units, keys, found, shares)
    if second is not None:
        doubled = _read_second(frame, second, units)
        low, high = _ends(_as_the_second(found, doubled, units, shares), units, shares)
        table["low_coders"] = np.minimum(table["low"], low)
        table["high_coders"] = np.maximum(table["high"], high)
    unreached = _unreached(frame, probability, units, strata)
    given = table.columns.isin(["estimate", "low", "high", "low_coders", "high_coders"])
    return table.mask(unreached[:, None] & given)


def difference(
    frame: pd.DataFrame, predicted: str, coded: str, probability: str, by: str,
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
    units, keys = _read(frame, predicted, coded, probability, by, cluster, strata)
    shares = _is_share(units.value) if share is None else share
    found = _estimated(units, _helped(units))
    table = _table(units, keys, found, shares)
    unreached = _unreached(frame, probability, units, strata)
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


def linear(
    frame: pd.DataFrame, predictors: Sequence[str], predicted: str, coded: str, probability: str,
    cluster: str | None = "doc_id",
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

    Returns
    -------
    pandas.DataFrame
        One row a `term` (``"intercept"``, a column, or ``"column: category"``): `n`, `n_coded`,
        and the coefficients `naive` (of the predictions), `coded_only` (of the codes, weighted),
        `estimate`, and its 95% interval `low`, `high`.

    Raises
    ------
    InputError
        As for `mean`; predictors that are missing or say the same twice, and fewer codes than
        terms.

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
    units, _ = _read(frame, predicted, coded, probability, None, cluster, None)
    _require(frame, predictors)
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
    half = _quantile(np.array([len(np.unique(units.cluster[units.coded]))])) * error
    return pd.DataFrame({
        "term": design.columns, "n": len(frame), "n_coded": len(units.coded),
        "naive": np.linalg.lstsq(x, units.predicted)[0], "coded_only": _regressed(units, x, 0 * helped)[0],
        "estimate": value, "low": value - half, "high": value + half,
    })  # fmt: skip


def rehearse(
    frame: pd.DataFrame, predicted: str, coded: str, shares: Sequence[float] = (0.1, 0.25, 0.5),
    times: int = 1000, seed: int = 2017, cluster: str | None = "doc_id",
) -> pd.DataFrame:  # fmt: skip
    """Hide codes of a corpus that was coded whole, many times, and see what estimates find.

    Parameters
    ----------
    frame, predicted, coded : see `mean`
        The units, all of them coded.
    shares : sequence of float
        What part of the units keeps its codes, in (0, 1], drawn unit by unit at random; at least
        two units do.
    times : int
        How many times at each share.
    seed : int
        Of the random numbers.
    cluster : str or None
        The column of documents, as for `mean`.

    Returns
    -------
    pandas.DataFrame
        One row a share and `method` (``"naive"``, ``"coded_only"``, ``"estimate"``): `share`,
        `n_coded`, and over all times `bias` (the average less the mean of all codes), `coverage`
        (how often the 95% interval holds that mean) and `width` of the interval. Intervals that
        are missing cover nothing and have no width. The naive mean counts every unit, so that its
        interval has no width either: it knows of no error.

    Raises
    ------
    InputError
        As for `mean`, and units that were not coded.

    Examples
    --------
    >>> frame = pd.DataFrame({"doc_id": 0, "found": [0] * 40 + [1] * 10,
    ...                       "coded": [0] * 30 + [1] * 20})
    >>> table = rehearse(frame, "found", "coded", shares=[0.5], times=200)
    >>> table[["method", "coverage"]].round(1).values.tolist()
    [['naive', 0.0], ['coded_only', 1.0], ['estimate', 1.0]]
    """
    whole = frame.assign(**{_CHANCE: 1.0})
    units, _ = _read(whole, predicted, coded, _CHANCE, None, cluster, None)
    n = len(frame)
    if len(units.coded) < n:
        raise InputError(
            f"column {coded}", f"{count(n - len(units.coded), 'unit has', 'units have')} no code",
            "give units that were all coded",
        )  # fmt: skip
    rng, binary = np.random.default_rng(seed), _is_share(units.value)
    truth, tables = units.value.mean(), []
    for share in shares:
        kept = min(n, max(2, round(share * n)))
        at_once = max(1, CELLS // n)
        runs = [
            _rehearsed(units, kept, min(at_once, times - done), rng, binary)
            for done in range(0, times, at_once)
        ]
        values = np.concatenate(runs, axis=2)
        tables.append(_performance(values, truth).assign(share=share, n_coded=kept))
    return pd.concat(tables, ignore_index=True)[
        ["share", "n_coded", "method", "bias", "coverage", "width"]
    ]


def expected_width(
    n_coded: int, n: int | None = None, correlation: float = 0.0, spread: float = 1.0,
    shares: Sequence[float] = (0.05, 0.2, 0.5),
) -> pd.DataFrame:  # fmt: skip
    """Return how wide the 95% interval will be when so many units are coded, before they are.

    Parameters
    ----------
    n_coded : int
        How many units are to be coded, at least two, drawn one by one with equal probabilities.
    n : int, optional
        How many there are; by default so many that the sample is a small part.
    correlation : float
        Of what the instrument says with what will be coded, in [0, 1]: assumed, or as `pilot`
        measures it. Below 0 it counts as 0.
    spread : float
        The standard deviation of the codes whose mean is asked for, likewise.
    shares : sequence of float
        Shares for which the width is told, in [0, 1].

    Returns
    -------
    pandas.DataFrame
        One row each share, and one for the mean: `kind` (``"share"`` or ``"mean"``), `value` (the
        share; missing for the mean), and the width `alone` (from the codes) and `helped` (by the
        instrument), in the units of the codes.

    Raises
    ------
    InputError
        Fewer than two units to code, or more than there are.

    Notes
    -----
    The instrument takes the part correlation² from the variance of the codes. A pilot of few
    units measures a correlation badly, and that of a rare topic is mostly lower than that of a
    frequent one.

    Examples
    --------
    >>> table = expected_width(200, 17_700, correlation=0.6, spread=0.8)
    >>> table.set_index("value")[["alone", "helped"]].round(3).values.tolist()
    [[0.062, 0.049], [0.111, 0.089], [0.138, 0.111], [0.222, 0.178]]
    """
    if n_coded < 2 or (n is not None and n_coded > n):
        raise InputError(
            f"n_coded, {n_coded}", "it is below 2 or above the number of units",
            "choose a number in between",
        )  # fmt: skip
    left = 1.0 if n is None else 1 - n_coded / n
    p = np.array([*shares, 0.5])
    variance = np.append(p[:-1] * (1 - p[:-1]), spread**2)
    drawn = np.full(len(p), float(n_coded))
    widths = {}
    for name, part in (("alone", 1.0), ("helped", 1 - max(correlation, 0) ** 2)):
        error = variance * part * left / (drawn - 1)
        expected = _Estimate(p, error, drawn, drawn, drawn, np.full(len(p), left))
        quantile = _quantile(drawn) * (left > 0)
        low, high = _wilson(expected, quantile)
        least = np.maximum(error, _least(expected) * spread**2)
        widths[name] = np.append((high - low)[:-1], 2 * (quantile * np.sqrt(least))[-1])
    kinds = ["share"] * (len(p) - 1) + ["mean"]
    return pd.DataFrame({"kind": kinds, "value": np.append(p[:-1], np.nan), **widths})


def pilot(frame: pd.DataFrame, predicted: str, coded: str, probability: str) -> dict[str, float]:
    """Measure on a coded sample what `expected_width` asks for.

    Parameters
    ----------
    frame, predicted, coded, probability : see `mean`
        The units, and what is known of them.

    Returns
    -------
    dict of str to float
        `correlation` of what the instrument says with what was coded, weighted, 0 where one of
        the two does not vary; and `spread`, the standard deviation of the codes.

    Raises
    ------
    InputError
        As for `mean`.

    Examples
    --------
    >>> frame = pd.DataFrame({"found": [0, 0, 1, 1], "coded": [0, 1, 1, 1], "probability": 0.5})
    >>> {name: round(value, 2) for name, value in
    ...  pilot(frame, "found", "coded", "probability").items()}
    {'correlation': 0.58, 'spread': 0.43}
    """
    units, _ = _read(frame, predicted, coded, probability, None, None, None)
    both = np.vstack([units.predicted[units.coded], units.value])
    (xx, xy), (_, yy) = np.cov(both, aweights=units.weight, ddof=0)
    varied = min(xx, yy) > 0
    return {
        "correlation": float(xy / np.sqrt(xx * yy)) if varied else 0.0,
        "spread": float(np.sqrt(yy)),
    }


def reliability(
    frame: pd.DataFrame, coded: str, second: str, level: agreement.Level = "nominal",
    noun: str = "unit",
) -> str:  # fmt: skip
    """Say how far two coders agree on what both coded.

    Parameters
    ----------
    frame : pandas.DataFrame
        The units.
    coded, second : str
        The columns of what each coder says; missing where one did not code.
    level : {"nominal", "interval"}
        How far apart two codes are, as for `agreement.alpha`.
    noun : str
        What a unit is called.

    Returns
    -------
    str
        One sentence, with Krippendorff's alpha and its 95% interval.

    Examples
    --------
    >>> frame = pd.DataFrame({"one": list("aabbab"), "other": list("aabba") + [None]})
    >>> reliability(frame, "one", "other", noun="paragraph")
    'Two coders read 5 of 6 coded paragraphs, and agree on 5; Krippendorff’s alpha is 1.00 (1.00 to 1.00).'
    """
    _require(frame, [coded, second])
    read = frame.loc[frame[coded].notna(), [coded, second]]
    both = read.dropna()
    if both.empty:
        return f"No {noun} was read by a second coder: how far two agree is not known."
    value, low, high = agreement.alpha_interval(both[coded], both[second], level)
    interval = f" ({number(low)} to {number(high)})" if low == low else ""
    return (
        f"Two coders read {number(len(both), 0)} of {count(len(read), f'coded {noun}')}, and agree "
        f"on {number((both[coded] == both[second]).sum(), 0)}; Krippendorff’s alpha is "
        f"{number(value)}{interval}."
    )


def _read(
    frame: pd.DataFrame, predicted: str, coded: str, probability: str, by: Columns | None,
    cluster: str | None, strata: str | None,
) -> tuple[_Units, pd.DataFrame]:  # fmt: skip
    """The units of a frame, and the names of its groups as a table."""
    names = [] if by is None else [by] if isinstance(by, str) else [*by]
    others = [name for name in (cluster, strata) if name is not None]
    _require(frame, [predicted, coded, probability, *names, *others])
    instrument = _numbers(frame, predicted)
    if not np.isfinite(instrument).all():
        raise InputError(
            f"column {predicted}", f"{np.sum(~np.isfinite(instrument))} units have no number",
            "let the instrument score every unit, or leave these out",
        )  # fmt: skip
    codes = _numbers(frame, coded)
    which = np.flatnonzero(~np.isnan(codes))
    group, keys = _groups(frame, names)
    documents = np.arange(len(frame), dtype="int64") if cluster is None else _codes(frame[cluster])
    weight = _weights(frame, probability, which)
    layer = weight if strata is None else frame[strata].iloc[which]
    together, whole = _drawn_together(documents, which, weight)
    units = _Units(
        instrument, group, documents, _sums(group, len(keys)), which, codes[which], weight,
        _codes(layer), together, whole,
    )  # fmt: skip
    return units, keys


def _require(frame: pd.DataFrame, names: Sequence[str]) -> None:
    """Refuse a frame that lacks columns or rows."""
    for name in names:
        if name not in frame:
            raise InputError(
                f"column {name}", "the frame does not have it",
                f"choose one of {', '.join(map(str, frame))}, or add it",
            )  # fmt: skip
    if frame.empty:
        raise InputError("frame", "it has no units", "give all units of the corpus, one a row")


def _numbers(frame: pd.DataFrame, name: str) -> Numbers:
    """A column as floats, missing values as NaN."""
    try:
        values = frame[name].astype("Float64")
        return np.asarray(values.to_numpy(dtype="float64", na_value=np.nan), dtype="float64")
    except (TypeError, ValueError) as error:
        raise InputError(
            f"column {name}", "not all of it are numbers", "give True and False, or numbers"
        ) from error


def _groups(frame: pd.DataFrame, names: list[str]) -> tuple[Codes, pd.DataFrame]:
    """The group of each unit, and the groups' names, sorted."""
    if not names:
        return np.zeros(len(frame), dtype="int64"), pd.DataFrame(index=[0])
    groups = frame.groupby(names, sort=True, dropna=False, observed=True)
    keys = groups.size().index.to_frame(index=False)
    return groups.ngroup().to_numpy(dtype="int64"), keys


def _codes(values: Any) -> Codes:
    """Values as numbers from 0 in their order, so that the order of rows does not matter."""
    return np.asarray(pd.factorize(values, sort=True, use_na_sentinel=False)[0], dtype="int64")


def _weights(frame: pd.DataFrame, probability: str, which: Codes) -> Numbers:
    """How many units each coded one speaks for."""
    chances = _numbers(frame, probability)
    own = chances[which]
    if not len(which):
        raise InputError("column of codes", "nobody coded a unit", "code a sample first")
    if np.isnan(own).any():
        raise InputError(
            f"column {probability}", "a coded unit has none",
            "give the probability with which each unit was drawn",
        )  # fmt: skip
    if ((chances <= 0) | (chances > 1)).any():
        raise InputError(
            f"column {probability}", "not all are above 0 and at most 1",
            "give the probability of each unit, and leave out units that could not be drawn",
        )  # fmt: skip
    expected = chances.sum()  # missing where not all are given
    if len(which) < expected:
        own = own * len(which) / expected
    return np.asarray(1 / own)


def _drawn_together(cluster: Codes, which: Codes, weight: Numbers) -> tuple[float, float]:
    """How far residuals add up within documents, and how far documents are what was drawn.

    Two units of a document that were drawn each alone are both coded with the product of their
    probabilities; in documents drawn whole, with the probability of one. Pairs of coded units over
    pairs of units, both weighted, say how many times more often than alone that was.
    """
    sizes = np.bincount(cluster)
    pairs = float(np.sum(sizes * (sizes - 1.0)))
    sums = np.bincount(cluster[which], weight)
    both = float(np.sum(sums**2) - np.sum(weight**2))
    if both <= pairs or len(which) == len(cluster):
        return 0.0, 0.0
    together = 1 - pairs / both
    return together, min(1.0, together / (1 - len(which) / len(cluster)))


def _read_second(frame: pd.DataFrame, second: str, units: _Units) -> _Units:
    """The units that two coders coded, and how far the second is above the first."""
    _require(frame, [second])
    apart = _numbers(frame, second)[units.coded] - units.value
    twice = ~np.isnan(apart)
    k, group = len(units.n), units.group[units.coded]
    part = _over(
        _sums(group[twice], k, units.weight[twice]), _sums(group, k, units.weight)
    )  # of what was coded, the part that was coded twice
    weight = units.weight[twice] / part[group[twice]]
    which = units.coded[twice]
    together, whole = _drawn_together(units.cluster, which, weight)
    return units._replace(
        coded=which, value=apart[twice], weight=weight, stratum=units.stratum[twice],
        together=together, whole=whole,
    )  # fmt: skip


def _unreached(
    frame: pd.DataFrame, probability: str, units: _Units, strata: str | None
) -> NDArray[np.bool_]:
    """Which groups have a stratum that should have codes and has none."""
    chance = _numbers(frame, probability)
    layer = _codes(chance if strata is None else frame[strata])
    if strata is not None:
        chance = pd.Series(chance).fillna(pd.Series(chance).groupby(layer).transform("mean"))
    chance = np.nan_to_num(chance, nan=float(strata is not None))
    cell = _codes(units.group * (layer.max() + 1) + layer)
    seen = np.bincount(cell[units.coded], minlength=cell.max() + 1)
    missed = (np.bincount(cell, chance) >= EXPECTED) & (seen == 0)
    return np.bincount(units.group, missed[cell], len(units.n)) > 0


def _is_share(values: Numbers) -> bool:
    """Whether all values are 0 or 1."""
    return bool(np.isin(values, (0, 1)).all())


def _table(units: _Units, keys: pd.DataFrame, found: _Estimate, shares: bool) -> pd.DataFrame:
    """A row a group: what the instrument says, what was coded, and the estimate."""
    k = len(units.n)
    low, high = _ends(found, units, shares)
    return keys.assign(
        n=units.n.astype("int64"),
        n_coded=_sums(units.group[units.coded], k).astype("int64"),
        naive=_sums(units.group, k, units.predicted) / units.n,
        coded_only=_estimated(units, np.zeros(len(units.group))).value,
        estimate=_bounded(found.value, shares),
        low=low,
        high=high,
    )


def _sums(codes: Codes, n: int, values: Numbers | None = None) -> Numbers:
    """The sum of values for each of `n` codes, or how often each occurs."""
    return np.asarray(np.bincount(codes, values, minlength=n), dtype="float64")


def _over(top: Numbers, bottom: Numbers) -> Numbers:
    """A quotient, missing where there is nothing to divide by."""
    return np.asarray(np.divide(top, bottom, out=np.full(len(top), np.nan), where=bottom > 0))


def _helped(units: _Units, slope: float | None = None) -> Numbers:
    """What the instrument adds to each unit: its prediction less the group's mean, times a slope."""
    k = len(units.n)
    apart = units.predicted - (_sums(units.group, k, units.predicted) / units.n)[units.group]
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
    sums = np.array([_sums(cell, k * FOLDS, part) for part in parts]).reshape(-1, k, FOLDS)
    n, total, sx, sy, sxx, sxy, syy = sums.sum(axis=2, keepdims=True) - sums
    total = np.where(total > 0, total, 1)
    xx, yy = sxx - sx * sx / total, syy - sy * sy / total
    xx[xx < ROUNDING * sxx] = 0
    return _slope(n, xx, sxy - sx * sy / total, yy).ravel()


def _slope(n: Numbers, xx: Numbers, xy: Numbers, yy: Numbers) -> Numbers:
    """A slope from sums of squares and products, shrunk as far as chance may have made it."""
    known = (n >= TUNED) & (xx > 0) & (xy > 0)
    slope = np.divide(xy, xx, out=np.zeros_like(xy), where=known)
    noise = np.maximum(yy - slope * xy, 0) / np.maximum(n - 2, 1)
    part = np.divide(noise, slope * xy, out=np.ones_like(xy), where=known)
    return np.asarray(slope * np.maximum(1 - part, 0))


def _estimated(units: _Units, helped: Numbers) -> _Estimate:
    """The mean of each group, given what the instrument adds to each unit."""
    k, group, weight = len(units.n), units.group[units.coded], units.weight
    total = _sums(group, k, weight)
    rest = units.value - helped[units.coded]
    centre = _over(_sums(group, k, weight * rest), total)
    n = _sums(group, k)
    met = np.unique(group * (units.cluster.max() + 1) + units.cluster[units.coded])
    documents = _sums(met // (units.cluster.max() + 1), k)
    draws = _over(n, 1 + units.whole * (_over(n, documents) - 1))
    residual = _settled(rest - centre[group], group, units.stratum, draws)
    influence = weight * residual / total[group]
    squares = _sums(group, k, weight * weight)
    left = _over(_sums(group, k, weight * (weight - 1)), squares)
    own = _sums(group, k, influence**2 * (1 - 1 / weight))
    alike = _spread(units) == 0  # then even whole documents may be, so that units tell too much
    speaking = np.minimum(_over(total**2, squares), np.where(alike, draws, n))
    added = units.together * (_within_documents(units, influence) - _sums(group, k, influence**2))
    value = _sums(units.group, k, helped) / units.n + centre
    return _Estimate(value, np.maximum(own + added, 0), influence, draws, speaking, left)


def _settled(residual: Numbers, group: Codes, stratum: Codes, draws: Numbers) -> Numbers:
    """Residuals less what strata, whose sizes were fixed, cannot vary in, and free of bias.

    Their squares in a group then add up to Σe² - (Σe)² / n, with all n coded units of the stratum.
    """
    cell = _codes(group * (stratum.max() + 1) + stratum)
    n = np.bincount(stratum)[stratum]
    here = np.bincount(cell)
    average = np.bincount(cell, residual) / here
    part = 1 - np.sqrt(1 - np.minimum(here[cell] / n, 1))
    few = np.minimum(n, draws[group])
    freed = np.sqrt(few / np.maximum(few - 1, 1))
    return np.asarray((residual - np.where(n > 1, part, 0) * average[cell]) * freed)


def _within_documents(units: _Units, influence: Numbers) -> Numbers:
    """The squared sums of influences within documents, added up in each group."""
    size = units.cluster.max() + 1
    met, cell = np.unique(
        units.group[units.coded] * size + units.cluster[units.coded], return_inverse=True
    )
    totals = np.asarray(np.bincount(cell, influence), dtype="float64")
    return _sums(met // size, len(units.n), totals**2)


def _as_the_second(found: _Estimate, doubled: _Units, units: _Units, shares: bool) -> _Estimate:
    """The estimate that the second coder's codes would have given."""
    apart = _estimated(doubled, np.zeros(len(units.group)))
    unit = 1.0 if shares else _spread(units)
    return found._replace(
        value=found.value + apart.value,
        variance=found.variance + np.maximum(apart.variance, _least(apart) * unit),
        draws=np.minimum(found.draws, apart.draws),
        speaking=np.minimum(found.speaking, apart.speaking),
        left=np.maximum(found.left, apart.left),
    )


def _ends(found: _Estimate, units: _Units, shares: bool) -> tuple[Numbers, Numbers]:
    """The ends of the interval of each group."""
    quantile = _quantile(found.draws)
    quantile[found.left == 0] = 0  # all was coded: there is no sample to err
    if shares:
        return _wilson(found, quantile)
    spread = _spread(units)
    error = np.sqrt(np.maximum(found.variance, _least(found) * spread))
    error[(spread == 0) & (found.left > 0)] = np.nan
    return found.value - quantile * error, found.value + quantile * error


def _quantile(draws: Numbers) -> Numbers:
    """How many standard errors an interval reaches, by degrees of freedom one below the draws."""
    from scipy.special import stdtrit

    return np.asarray(np.where(draws > 1, stdtrit(np.maximum(draws - 1, 1), 0.975), np.nan))


def _spread(units: _Units) -> Numbers:
    """The weighted variance of the codes of each group."""
    k, group = len(units.n), units.group[units.coded]
    total = _sums(group, k, units.weight)
    centre = _over(_sums(group, k, units.weight * units.value), total)
    return _over(_sums(group, k, units.weight * (units.value - centre[group]) ** 2), total)


def _bounded(values: Numbers, shares: bool) -> Numbers:
    """Shares within [0, 1], which weights and slopes may leave; other numbers as they are."""
    return np.clip(values, 0, 1) if shares else values


def _least(found: _Estimate) -> Numbers:
    """The variance that no error among so few leaves possible, of errors of size 1."""
    return np.asarray(found.left * (NOTHING_WRONG / found.speaking) ** 2)


def _wilson(found: _Estimate, quantile: Numbers) -> tuple[Numbers, Numbers]:
    """Wilson's interval for the number of units that would give the same variance.

    Where hardly any or nearly all units are coded 1, that number is the one that was drawn.
    """
    share = _bounded(found.value, True)
    spread = np.maximum(share * (1 - share), NOTHING_WRONG**2 / found.speaking)
    square = quantile**2 * np.maximum(found.variance, _least(found)) / spread
    middle = (share + square / 2) / (1 + square)
    half = np.sqrt(square * share * (1 - share) + square**2 / 4) / (1 + square)
    return np.clip(middle - half, 0, share), np.clip(middle + half, share, 1)


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


def _correlations(units: _Units, found: _Estimate) -> Numbers:
    """How far the estimates of two groups depend on the same documents."""
    k = len(units.n)
    documents, cell = np.unique(units.cluster[units.coded], return_inverse=True)
    sums = np.zeros((len(documents), k))
    np.add.at(sums, (cell, units.group[units.coded]), found.influence)
    scale = np.sqrt(np.where(found.variance > 0, found.variance, np.inf))
    return np.asarray(np.clip(units.together * (sums.T @ sums) / np.outer(scale, scale), -1, 1))


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
            columns[name] = _numbers(frame, name)
            continue
        categories = sorted(frame[name].unique())
        values = frame[name].to_numpy()
        columns |= {f"{name}: {one}": values == one for one in categories[1:]}
    return pd.DataFrame(columns, index=frame.index).astype("float64")


def _helped_beyond(units: _Units, x: Numbers) -> Numbers:
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
            slopes[one] = _slope(free, products[0, 0], products[0, 1], products[1, 1])
    return np.asarray(slopes[fold] * (units.predicted - units.predicted.mean()))


def _regressed(units: _Units, x: Numbers, helped: Numbers) -> tuple[Numbers, Numbers]:
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


def _rehearsed(
    units: _Units, kept: int, times: int, rng: np.random.Generator, binary: bool
) -> Numbers:
    """The value and the ends of each method's interval, each time that codes are hidden."""
    n, groups = len(units.group), np.arange(times)
    drawn = np.argsort(rng.random((times, n)), axis=1)[:, :kept]
    coded = np.sort(drawn + n * groups[:, None], axis=1).ravel()
    many = _Units(
        np.tile(units.predicted, times), np.repeat(groups, n),
        np.tile(units.cluster, times), np.full(times, float(n)), coded,
        units.value[coded % n], np.full(len(coded), n / kept), coded // n, 0.0, 0.0,
    )  # fmt: skip
    found = []
    for helped in (np.zeros(times * n), _helped(many)):
        estimate = _estimated(many, helped)
        found.append([_bounded(estimate.value, binary), *_ends(estimate, many, binary)])
    naive = np.full((3, times), units.predicted.mean())  # all were counted: no sample, no width
    return np.array([naive, *found])


def _performance(values: Numbers, truth: float) -> pd.DataFrame:
    """Bias, coverage and width of each method over all times."""
    value, low, high = values.transpose(1, 0, 2)
    return pd.DataFrame({
        "method": ["naive", "coded_only", "estimate"],
        "bias": (value - truth).mean(axis=1),
        "coverage": ((low <= truth) & (truth <= high)).mean(axis=1),
        "width": (high - low).mean(axis=1),
    })  # fmt: skip
