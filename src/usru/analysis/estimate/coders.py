"""What a second coder changes: reliability, and the estimate by the other’s codes."""

import numpy as np
import pandas as pd

from usru.analysis import agreement
from usru.analysis.estimate.design import (
    Units,
    as_numbers,
    drawn_together,
    ratio,
    require,
    total_by,
)
from usru.analysis.estimate.intervals import least_variance
from usru.analysis.estimate.variance import Estimate, estimated, spread_of
from usru.wording import count, number

__all__ = ["as_the_second", "read_second", "reliability"]


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
    require(frame, [coded, second])
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


def read_second(frame: pd.DataFrame, second: str, units: Units) -> Units:
    """Return the units that two coders coded, and how far the second is above the first.

    Parameters
    ----------
    frame, second, units : pandas.DataFrame, str, Units
        The units, the column of the second coder, and the units as the first coded them.
    """
    require(frame, [second])
    apart = as_numbers(frame, second)[units.coded] - units.value
    twice = ~np.isnan(apart)
    k, group = len(units.n), units.group[units.coded]
    part = ratio(
        total_by(group[twice], k, units.weight[twice]), total_by(group, k, units.weight)
    )  # of what was coded, the part that was coded twice
    weight = units.weight[twice] / part[group[twice]]
    which = units.coded[twice]
    together, whole = drawn_together(units.cluster, which, weight)
    return units._replace(
        coded=which, value=apart[twice], weight=weight, stratum=units.stratum[twice],
        together=together, whole=whole,
    )  # fmt: skip


def as_the_second(found: Estimate, doubled: Units, units: Units, shares: bool) -> Estimate:
    """Return the estimate that the second coder's codes would have given.

    Parameters
    ----------
    found, doubled, units, shares : Estimate, Units, Units, bool
        The estimate by the first coder, the units that both coded as `read_second` gives them, all
        units, and whether codes are 0 and 1.
    """
    apart = estimated(doubled, np.zeros(len(units.group)))
    unit = 1.0 if shares else spread_of(units)
    return found._replace(
        value=found.value + apart.value,
        variance=found.variance + np.maximum(apart.variance, least_variance(apart) * unit),
        draws=np.minimum(found.draws, apart.draws),
        speaking=np.minimum(found.speaking, apart.speaking),
        left=np.maximum(found.left, apart.left),
    )
