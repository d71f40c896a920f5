"""What of a corpus was coded: its units, how they were drawn, and what each coded one speaks for."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from usru.errors import InputError

__all__ = ["Codes", "Columns", "Numbers", "Units", "as_numbers", "drawn_together", "is_share", "numbered", "ratio", "read",
           "require", "total_by", "without_codes"]  # fmt: skip

Numbers = NDArray[np.float64]
Codes = NDArray[np.int64]
Columns = str | Sequence[str]

EXPECTED = 5  # coded units that a stratum should have before their absence is no chance


class Units(NamedTuple):
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


def read(
    frame: pd.DataFrame, predicted: str | None, coded: str, probability: str, by: Columns | None,
    cluster: str | None, strata: str | None,
) -> tuple[Units, pd.DataFrame]:  # fmt: skip
    """Return the units of a frame, and the names of its groups as a table.

    Parameters
    ----------
    frame, predicted, coded, probability, by, cluster, strata : see `mean`
        What is known of a corpus.
    """
    names = [] if by is None else [by] if isinstance(by, str) else [*by]
    others = [name for name in (cluster, strata) if name is not None]
    instruments = [] if predicted is None else [predicted]
    require(frame, [*instruments, coded, probability, *names, *others])
    instrument = np.zeros(len(frame)) if predicted is None else as_numbers(frame, predicted)
    if not np.isfinite(instrument).all():
        raise InputError(
            f"column {predicted}", f"{np.sum(~np.isfinite(instrument))} units have no number",
            "let the instrument score every unit, leave these out, or name no instrument (None)",
        )  # fmt: skip
    codes = as_numbers(frame, coded)
    which = np.flatnonzero(~np.isnan(codes))
    group, keys = _groups(frame, names)
    documents = (
        np.arange(len(frame), dtype="int64") if cluster is None else numbered(frame[cluster])
    )
    weight = _weights(frame, probability, which)
    layer = weight if strata is None else frame[strata].iloc[which]
    together, whole = drawn_together(documents, which, weight)
    units = Units(
        instrument, group, documents, total_by(group, len(keys)), which, codes[which], weight,
        numbered(layer), together, whole,
    )  # fmt: skip
    return units, keys


def require(frame: pd.DataFrame, names: Sequence[str]) -> None:
    """Refuse a frame that lacks columns or rows.

    Parameters
    ----------
    frame, names : pandas.DataFrame, sequence of str
        The units, and columns that they must have.
    """
    for name in names:
        if name not in frame:
            raise InputError(
                f"column {name}", "the frame does not have it",
                f"choose one of {', '.join(map(str, frame))}, or add it",
            )  # fmt: skip
    if frame.empty:
        raise InputError("frame", "it has no units", "give all units of the corpus, one a row")


def as_numbers(frame: pd.DataFrame, name: str) -> Numbers:
    """Return a column as floats, missing values as NaN.

    Parameters
    ----------
    frame, name : pandas.DataFrame, str
        The units, and a column.
    """
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


def numbered(values: Any) -> Codes:
    """Number values from 0 in their order, so that the order of rows does not matter.

    Parameters
    ----------
    values : array_like
        Of any one type.
    """
    return np.asarray(pd.factorize(values, sort=True, use_na_sentinel=False)[0], dtype="int64")


def _weights(frame: pd.DataFrame, probability: str, which: Codes) -> Numbers:
    """How many units each coded one speaks for."""
    chances = as_numbers(frame, probability)
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


def drawn_together(cluster: Codes, which: Codes, weight: Numbers) -> tuple[float, float]:
    """Return how far residuals add up within documents, and how far documents are what was drawn.

    Parameters
    ----------
    cluster, which, weight : ndarray, ndarray, ndarray
        The document of each unit, the units that were coded, and the weight of each of these.

    Notes
    -----
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


def without_codes(
    frame: pd.DataFrame, probability: str, units: Units, strata: str | None
) -> NDArray[np.bool_]:
    """Return which groups have a stratum that should have codes and has none.

    Parameters
    ----------
    frame, probability, units, strata : pandas.DataFrame, str, Units, str
        As for `mean`, and the units as `read` gives them.
    """
    chance = as_numbers(frame, probability)
    layer = numbered(chance if strata is None else frame[strata])
    if strata is not None:
        chance = pd.Series(chance).fillna(pd.Series(chance).groupby(layer).transform("mean"))
    chance = np.nan_to_num(chance, nan=float(strata is not None))
    cell = numbered(units.group * (layer.max() + 1) + layer)
    seen = np.bincount(cell[units.coded], minlength=cell.max() + 1)
    missed = (np.bincount(cell, chance) >= EXPECTED) & (seen == 0)
    return np.bincount(units.group, missed[cell], len(units.n)) > 0


def is_share(values: Numbers) -> bool:
    """Return whether all values are 0 or 1.

    Parameters
    ----------
    values : ndarray
        Codes.
    """
    return bool(np.isin(values, (0, 1)).all())


def total_by(codes: Codes, n: int, values: Numbers | None = None) -> Numbers:
    """Return the sum of values for each of `n` codes, or how often each occurs.

    Parameters
    ----------
    codes, n, values : ndarray, int, ndarray
        Numbers below `n`, and what is added up; by default 1 each.
    """
    return np.asarray(np.bincount(codes, values, minlength=n), dtype="float64")


def ratio(top: Numbers, bottom: Numbers) -> Numbers:
    """Return a quotient, missing where there is nothing to divide by.

    Parameters
    ----------
    top, bottom : ndarray, ndarray
        Of one length.
    """
    return np.asarray(np.divide(top, bottom, out=np.full(len(top), np.nan), where=bottom > 0))
