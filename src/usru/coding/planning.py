"""Before anybody codes: how wide the intervals will be, alone and with the instrument's help."""

import math
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd

from usru.analysis.estimate.intervals import around
from usru.analysis.estimate.tuning import TUNED
from usru.coding import basis, codes
from usru.coding.sampling import UNITS, Sample
from usru.corpus import Corpus
from usru.errors import DoesNotApply
from usru.wording import count, listed, number, percent, span

__all__ = ["ASSUMED", "SHARES", "Pilot", "expected", "pilot", "report", "variance"]

ASSUMED = 0.5
"""The correlation of instrument and coding where nothing is coded that could tell it."""

ENOUGH = 10  # passages of a pilot from which its numbers are taken

SHARES = (0.05, 0.2, 0.5)


class Pilot(NamedTuple):
    """What earlier codings tell: how the instrument correlates with them, and how they vary.

    `n` is of how many passages, 0 where the correlation is assumed; that is missing where no
    instrument is made for the language, or for what is coded.
    """

    correlation: float
    deviation: float
    n: int


def variance(table: pd.DataFrame, deviation: float, correlation: float = 0.0) -> float:
    """Return the variance that the estimate of a mean will have.

    Parameters
    ----------
    table : pandas.DataFrame
        `stratum` and `drawn` of all passages, as `usru.coding.sampling.draw` gives them.
    deviation : float
        The standard deviation of the coding, in each stratum; of a share p the root of p(1 - p).
    correlation : float
        Of the instrument with the coding; 0 is the coded sample alone.

    Returns
    -------
    float
        0 where all are coded.

    Notes
    -----
    The variance of a stratified mean with the correction for a finite population (Cochran 1977,
    5.3); that of a difference estimator has 1 - r² of it (Särndal, Swensson and Wretman 1992, 6.3),
    as the instrument is known of all passages.

    References
    ----------
    Cochran, W. G. (1977). *Sampling Techniques*, third edition. Wiley.

    Särndal, C.-E., Swensson, B., & Wretman, J. (1992). *Model Assisted Survey Sampling*. Springer.

    Examples
    --------
    >>> table = pd.DataFrame({"stratum": "all", "drawn": [True] * 100 + [False] * 9900})
    >>> round(variance(table, 0.5) ** 0.5, 3), round(variance(table, 0.5, 0.8) ** 0.5, 3)
    (0.05, 0.03)
    """
    strata = table.groupby("stratum")["drawn"].agg(["size", "sum"])
    shares, left = strata["size"] / len(table), 1 - strata["sum"] / strata["size"]
    alone = (shares**2 * left / np.maximum(strata["sum"] - 1, 1)).sum()
    return float(alone * deviation**2 * (1 - correlation**2))


def pilot(corpus: Corpus, what: str) -> Pilot:
    """Return what a coding of the study tells of the instrument and of how passages vary.

    Parameters
    ----------
    corpus, what : Corpus, str
        Any corpus, and one of `KINDS`. The coding is that which `usru.coding.basis.find` finds; of
        topics, voices and speakers the correlation is the median over those that were given.

    Examples
    --------
    >>> from usru import load
    >>> known = pilot(load(), "valence")
    >>> round(known.correlation, 2), round(known.deviation, 2), known.n
    (0.15, 1.11, 78)
    """
    found = basis.find(corpus, what)
    n, is_mean = found.n_coded, what == "valence"
    deviation = (
        float(found.passages["coded"].astype("float64").std()) if is_mean and n >= ENOUGH else 1.0
    )
    try:
        pairs = [found.frame(code)[["predicted", "coded"]] for code in _codes(corpus, what)]
    except DoesNotApply:
        pairs = []
    if not pairs or pairs[0]["predicted"].isna().any():
        return Pilot(math.nan, deviation, 0)
    known = [one.dropna() for one in pairs if n >= ENOUGH]
    likeness = [one["predicted"].corr(one["coded"]) for one in known if (one.std() > 0).all()]
    if not likeness:
        return Pilot(ASSUMED, deviation, 0)
    return Pilot(float(np.median(likeness)), deviation, n)


def _codes(corpus: Corpus, what: str) -> list[str | None]:
    """What the instrument is asked of each passage."""
    if what == "valence":
        return [None]
    return [*(corpus.codebook.topics if what == "topics" else codes.find(corpus, what))]


def expected(table: pd.DataFrame, known: Pilot) -> pd.DataFrame:
    """Return the intervals that shares and a mean will have, alone and with the instrument.

    Parameters
    ----------
    table, known : pandas.DataFrame, Pilot
        As for `variance`, and as `pilot` gives it.

    Returns
    -------
    pandas.DataFrame of float64
        A row for each of `SHARES` and one for ``"mean"`` (of 0): `low` and `high` from the coded
        sample alone, `low_helped` and `high_helped` with the instrument, in the units of the codes;
        the same where too few are coded to tell how far the instrument can be followed.

    Examples
    --------
    >>> table = pd.DataFrame({"stratum": "all", "drawn": [True] * 100 + [False] * 9900})
    >>> expected(table, Pilot(0.5, 1.0, 0)).round(3).loc[0.05].tolist()
    [0.021, 0.113, 0.024, 0.102]
    """
    n, left = int(table["drawn"].sum()), 1 - float(table["drawn"].mean())
    rows: dict[float | str, list[float]] = {}
    for row in (*SHARES, "mean"):
        share = 0.0 if isinstance(row, str) else row
        deviation = known.deviation if isinstance(row, str) else math.sqrt(share * (1 - share))
        spread = deviation**2 if isinstance(row, str) else None
        rows[row] = [
            end
            for r in (0.0, known.correlation * (n >= TUNED))
            for end in around(share, variance(table, deviation, r), n, left, spread)
        ]
    return pd.DataFrame.from_dict(rows, orient="index", columns=["low", "high", "low_helped", "high_helped"])  # fmt: skip


def report(corpus: Corpus, found: Sample) -> list[str]:
    """Return what a sample is, where it is, and how wide the intervals will be, line by line.

    Parameters
    ----------
    corpus, found : Corpus, Sample
        Any corpus, and a sample of it.
    """
    return [
        *_drawn(found),
        *_written(corpus, found),
        *_intervals(found, pilot(corpus, found.design.what)),
    ]


def _drawn(found: Sample) -> Iterator[str]:
    """How many, of how many, from which strata, with which probabilities."""
    design, table = found.design, found.table
    unit = UNITS[design.what]
    least, most = table["probability"].min(), table["probability"].max()
    chances = span(f"{least:.3g}", f"{most:.3g}")
    n, strata = int(table["drawn"].sum()), table["stratum"].nunique()
    more = ", fewer than were asked for" * (n < design.n)
    yield f"drew {n:,} of {count(len(table), unit[:-1])}{more}; each has a probability of {chances}"
    if strata > 1:
        ways = [*design.by, *["what the instrument finds"] * bool(design.score)]
        sizes = table.groupby("stratum")["drawn"].sum()
        yield f"from {strata:,} strata, by {listed(ways)}: {count(sizes.min(), 'passage', to=sizes.max())} of each"
    if found.kept:
        yield f"{count(found.kept, 'passage was', 'passages were')} in the sheet already and stay"
    if found.left:
        yield (
            f"{count(found.left, 'passage', 'passages')} left the sheet, as the corpus or what the"
            " instrument finds has changed since, and all probabilities with it; a coding of them is"
            " kept and not counted (with a larger --n they can come back)"
        )


def _written(corpus: Corpus, found: Sample) -> Iterator[str]:
    yield f"wrote {found.sheet}, and how it was drawn beside it"
    root, sheet = (
        f'"{path}"' if " " in str(path) else path for path in (corpus.manifest.root, found.sheet)
    )
    yield f"code it with: usru code {root} --what {found.design.what} --sheet {sheet}"


def _intervals(found: Sample, known: Pilot) -> Iterator[str]:
    """How wide the 95% intervals will be, alone and with the instrument."""
    if found.table["drawn"].all():
        yield "all are coded: a share of them has no error of sampling"
        return
    yield "the 95% interval will be about"
    helped = not math.isnan(known.correlation)
    for row, one in expected(found.table, known).iterrows():
        alone, with_it = one["high"] - one["low"], one["high_helped"] - one["low_helped"]
        if row == "mean":
            told = f"{number(alone)} wide for a mean (standard deviation {number(known.deviation)})"
            also = f", {number(with_it)} with the instrument"
        else:
            ends = span(percent(one["low"]), percent(one["high"]))
            told = f"{number(100 * alone, 1)} points wide for a share of {percent(float(str(row)))} ({ends})"
            also = f", {number(100 * with_it, 1)} with the instrument"
        yield f"  {told}{also * helped}"
    if helped:
        known_by = (
            f"measured on {count(known.n, 'coded passage')}; if it was fitted to these it helps less"
            if known.n else "assumed, as too little is coded to tell"
        )  # fmt: skip
        yield f"the instrument correlates with the coding at {number(known.correlation)} ({known_by})"
