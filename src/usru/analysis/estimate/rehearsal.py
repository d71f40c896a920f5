"""Sampling rehearsed where all was coded: what estimates would have found."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from usru.analysis.estimate.design import Numbers, Units, is_share, read
from usru.analysis.estimate.intervals import around, bounded, ends
from usru.analysis.estimate.tuning import helped_by
from usru.analysis.estimate.variance import estimated
from usru.errors import InputError
from usru.wording import count

__all__ = ["rehearse"]

CELLS = 2_000_000  # units of rehearsals that are in memory at once
CHANCE = "probability of a rehearsal"


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
        are missing cover nothing and have no width. That of the naive mean is the usual one, by
        which all predictions count as so many codes: it does not depend on the share that is coded.

    Raises
    ------
    InputError
        As for `mean`, and units that were not coded.

    Examples
    --------
    An instrument that misses half of what is there, and half of a corpus coded:

    >>> frame = pd.DataFrame({"doc_id": 0, "found": [0] * 80 + [1] * 20,
    ...                       "coded": [0] * 60 + [1] * 40})
    >>> table = rehearse(frame, "found", "coded", shares=[0.5], times=200)
    >>> table[["method", "coverage"]].round(1).values.tolist()
    [['naive', 0.0], ['coded_only', 0.9], ['estimate', 0.9]]
    """
    whole = frame.assign(**{CHANCE: 1.0})
    units, _ = read(whole, predicted, coded, CHANCE, None, cluster, None)
    n = len(frame)
    if len(units.coded) < n:
        raise InputError(
            f"column {coded}", f"{count(n - len(units.coded), 'unit has', 'units have')} no code",
            "give units that were all coded",
        )  # fmt: skip
    rng, binary = np.random.default_rng(seed), is_share(units.value)
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


def _rehearsed(
    units: Units, kept: int, times: int, rng: np.random.Generator, binary: bool
) -> Numbers:
    """The value and the ends of each method's interval, each time that codes are hidden."""
    n, groups = len(units.group), np.arange(times)
    drawn = np.argpartition(rng.random((times, n)), kept - 1, axis=1)[:, :kept]
    coded = np.sort(drawn + n * groups[:, None], axis=1).ravel()
    many = Units(
        np.tile(units.predicted, times), np.repeat(groups, n),
        np.tile(units.cluster, times), np.full(times, float(n)), coded,
        units.value[coded % n], np.full(len(coded), n / kept), coded // n, 0.0, 0.0,
    )  # fmt: skip
    found = []
    for helped in (np.zeros(times * n), helped_by(many)):
        estimate = estimated(many, helped)
        found.append([bounded(estimate.value, binary), *ends(estimate, many, binary)])
    naive = np.repeat(_counted(units)[:, None], times, axis=1)
    return np.array([naive, *found])


def _counted(units: Units) -> Numbers:
    """The mean of all predictions and the ends of the interval that it would have as one of codes."""
    given = units.predicted
    n, value, spread = len(given), float(given.mean()), float(given.var())
    ends = around(value, spread / max(n - 1, 1), n, 1.0, None if is_share(given) else spread)
    return np.array([value, *ends])


def _performance(values: Numbers, truth: float) -> pd.DataFrame:
    """Bias, coverage and width of each method over all times."""
    value, low, high = values.transpose(1, 0, 2)
    return pd.DataFrame({
        "method": ["naive", "coded_only", "estimate"],
        "bias": (value - truth).mean(axis=1),
        "coverage": ((low <= truth) & (truth <= high)).mean(axis=1),
        "width": (high - low).mean(axis=1),
    })  # fmt: skip
