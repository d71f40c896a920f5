"""What the errors of an instrument do to the shares that it gives, and what a correction can undo."""

import numpy as np
import pandas as pd

from usru.analysis.uncertainty import with_intervals

__all__ = ["corrected", "matrix", "transported"]

Pair = tuple[pd.DataFrame, pd.DataFrame]

DRAWS = 4000  # of sensitivity and specificity: enough for the second digit of an interval's ends


def matrix(reference: pd.DataFrame, found: pd.DataFrame, pooled: bool = False) -> pd.DataFrame:
    """Return how often an instrument and a reference say yes and no to the same units.

    Parameters
    ----------
    reference, found : pandas.DataFrame of bool
        The same units as rows, in the same order, and the same labels as columns.
    pooled : bool
        Whether to count all labels as one, ``"all"``, so that a label that is frequent weighs most.

    Returns
    -------
    pandas.DataFrame
        One row a `label`: the counts `both`, `missed` (only the reference), `added` (only the
        instrument), `neither`, and `sensitivity` (of the reference's yes) and `specificity` (of its
        no) with Wilson intervals (`_low`, `_high`); missing (NaN) where there is nothing to divide.

    Examples
    --------
    >>> read = pd.DataFrame({"syria": [True, True, False, False, False]})
    >>> found = pd.DataFrame({"syria": [True, False, True, False, False]})
    >>> matrix(read, found)[["both", "missed", "added", "neither", "sensitivity"]].values.tolist()
    [[1.0, 1.0, 1.0, 2.0, 0.5]]
    """
    read, said = reference.to_numpy(bool), found[reference.columns].to_numpy(bool)
    cells = {"both": read & said, "missed": read & ~said, "added": ~read & said,
             "neither": ~read & ~said}  # fmt: skip
    table = pd.DataFrame({name: cell.sum(axis=0) for name, cell in cells.items()})
    table.insert(0, "label", reference.columns.astype("str"))
    if pooled:
        table = table.drop(columns="label").sum().to_frame().T.assign(label="all")
        table = table[["label", *cells]]
    table = table.assign(yes=table["both"] + table["missed"], no=table["neither"] + table["added"])
    table = with_intervals(table, "sensitivity", "both", "yes")
    table = with_intervals(table, "specificity", "neither", "no")
    return table.drop(columns=["yes", "no"])


def corrected(observed: pd.Series, rates: pd.DataFrame, seed: int = 2017) -> pd.DataFrame:
    """Correct the shares that an instrument gives by how often it errs.

    Parameters
    ----------
    observed : pandas.Series
        The shares that the instrument gives, in [0, 1], indexed by label.
    rates : pandas.DataFrame
        As `matrix` gives it, one row a label of `observed`, from units that were read.
    seed : int
        Of the random numbers; the same seed gives the same interval.

    Returns
    -------
    pandas.DataFrame of float64
        Indexed like `observed`: `share`, ``(observed + specificity - 1) / (sensitivity +
        specificity - 1)``, and `low`, `high`, its 95% interval. A share outside [0, 1] is kept: it
        says that these rates are not those of the texts that were counted. All are missing (NaN)
        where a rate is unknown, or where the denominator is not above 0: the instrument then says
        yes no more often to what is there than to what is not. The ends are infinite where one
        draw in forty or more has such a denominator, since any share then fits.

    Notes
    -----
    Sensitivity and specificity are drawn from their posterior distributions under the prior of
    Jeffreys, Beta(k + ½, n - k + ½), since an interval by the delta method has no width where a
    rate is 1. What was observed is taken as it is: it describes the texts at hand and is no sample.
    The correction assumes that the instrument errs as often in these texts as in those that were
    read. With the rates of the same texts it returns their reading, whatever the instrument.

    References
    ----------
    Rogan, W. J., & Gladen, B. (1978). Estimating prevalence from the results of a screening test.
    *American Journal of Epidemiology* 107(1), 71-76.
    Bachl, M., & Scharkow, M. (2017). Correcting measurement error in content analysis.
    *Communication Methods and Measures* 11(2), 87-104.

    Examples
    --------
    A fifth of the paragraphs is said to be on a topic, by a dictionary that finds half of those
    that are, and a tenth of those that are not: (.2 + .9 - 1) / (.5 + .9 - 1).

    >>> rates = pd.DataFrame({"label": ["press"], "both": [50], "missed": [50], "added": [10],
    ...                       "neither": [90], "sensitivity": [0.5], "specificity": [0.9]})
    >>> corrected(pd.Series({"press": 0.2}), rates).round(2).values.tolist()
    [[0.25, 0.09, 0.37]]
    """
    table = rates.set_index("label").reindex(observed.index)
    one, other = table["sensitivity"], table["specificity"]
    informed = one + other - 1
    share = (observed + other - 1) / informed.where(informed > 0)
    rng = np.random.default_rng(seed)
    ends = [
        _ends(value, counts, rng) if known else (np.nan, np.nan)
        for value, known, *counts in zip(
            observed, share.notna(), *(table[name] for name in ("both", "missed", "neither", "added")),
            strict=True,
        )
    ]  # fmt: skip
    low, high = np.array(ends).reshape(-1, 2).T
    return pd.DataFrame({"share": share, "low": low, "high": high}, index=observed.index)


def transported(here: Pair, there: Pair) -> pd.DataFrame:
    """Correct an instrument's shares with the rates of its own units, and with those of others.

    Parameters
    ----------
    here, there : tuple of pandas.DataFrame of bool
        The units that are counted, and others that were read too: for each a reference and what
        the instrument found, as for `matrix`. A label that others lack has no rate there.

    Returns
    -------
    pandas.DataFrame
        One row a `label`, in the order of the reference: the shares of units here by `reference`
        and by `instrument`, `back` (the second, corrected with the rates of here), and `moved`
        with `low` and `high` (corrected with the rates of there, as `corrected` gives it).

    Examples
    --------
    >>> read = pd.DataFrame({"press": [True, True, False, False]})
    >>> found = pd.DataFrame({"press": [True, False, False, False]})
    >>> transported((read, found), (read, read))[["reference", "back", "moved"]].values.tolist()
    [[0.5, 0.5, 0.25]]
    """
    reference, found = here
    said = found[reference.columns].mean()
    own, other = (corrected(said, matrix(*pair)) for pair in (here, there))
    table = pd.DataFrame({"label": reference.columns.astype("str")})
    table["reference"], table["instrument"] = reference.mean().to_numpy(), said.to_numpy()
    table["back"], table["moved"] = own["share"].to_numpy(), other["share"].to_numpy()
    table[["low", "high"]] = other[["low", "high"]].to_numpy()
    return table


def _ends(observed: float, counts: list[float], rng: np.random.Generator) -> tuple[float, float]:
    """The ends of an interval, given how often yes and no were told right and wrong."""
    hits, misses, right, wrong = counts
    one = rng.beta(hits + 0.5, misses + 0.5, DRAWS)
    other = rng.beta(right + 0.5, wrong + 0.5, DRAWS)
    informed = one + other - 1
    if (informed <= 0).mean() >= 0.025:
        return -np.inf, np.inf
    fits = informed > 0
    drawn = (observed + other[fits] - 1) / informed[fits]
    low, high = np.percentile(drawn, [2.5, 97.5]).round(9)
    return float(low), float(high)
