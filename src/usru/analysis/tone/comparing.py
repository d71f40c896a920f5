"""From scored sentences to means of texts and groups, and to what differs between groups."""

from collections.abc import Iterable, Sequence
from itertools import product
from typing import NamedTuple

import numpy as np
import pandas as pd

from usru.analysis.tone.lists import INSTRUMENTS
from usru.analysis.uncertainty import (
    cliffs_delta,
    difference,
    holm,
    means,
    permutation_test,
    weighted_means,
)
from usru.errors import InputError

__all__ = ["CHOICES", "Robustness", "aggregate", "contrasts", "robustness", "specifications"]


def aggregate(
    scores: pd.DataFrame, by: str | Sequence[str], weights: str | None = "words",
    value: str = "polarity", within: str = "doc_id", seed: int = 2017,
) -> pd.DataFrame:  # fmt: skip
    """Return the mean score of paragraphs, stories, meetings, speakers, or any other groups.

    Parameters
    ----------
    scores : pandas.DataFrame
        Scored sentences; without a column `words` the words of `text` are counted.
    by : str or sequence of str
        What names a group; a sentence that lacks one of these is in none.
    weights, value, within : str
        The columns of how much a sentence weighs (None for all the same), of scores, and of what
        sentences are resampled with or within (all together without such a column).
    seed : int
        Of the random numbers.

    Returns
    -------
    pandas.DataFrame
        One row a group, in the order in which they appear: the columns of `by`, the numbers of
        scored `sentences`, of their `words` and of `unscored` sentences, the mean under the name of
        `value`, and `low`, `high`, as `usru.analysis.uncertainty.means` gives them: over whole
        documents where a group has a dozen or more, else over sentences within documents.

    Examples
    --------
    >>> scores = pd.DataFrame({"doc_id": ["a", "a"], "words": [30, 10], "polarity": [0.2, -0.2]})
    >>> aggregate(scores, "doc_id")[["sentences", "words", "polarity"]].values.tolist()
    [[2.0, 40.0, 0.1]]
    """
    keys = [by] if isinstance(by, str) else list(by)
    table = scores
    if "words" not in table and "text" in table:
        table = table.assign(words=table["text"].str.split().str.len().fillna(0).astype("int64"))
    _need(table, [*keys, value, *([weights] if weights else [])])
    numbers = pd.DataFrame(
        {
            "value": table[value], "words": table["words"],
            "weight": table[weights] if weights else 1,
            "document": pd.factorize(table[within])[0] if within in table else 0,
        }
    )  # fmt: skip
    rows = []
    for names, group in numbers.groupby([table[key] for key in keys], sort=False, observed=True):
        known = group.dropna(subset="value")
        counts = len(known), int(known["words"].sum()), len(group) - len(known)
        found = means(known[["value"]], known["weight"], known["document"], seed)
        rows.append((*names, *counts, *found.iloc[0]))
    columns = [*keys, "sentences", "words", "unscored", value, "low", "high"]
    return pd.DataFrame(rows, columns=columns)


def _need(table: pd.DataFrame, columns: Iterable[str]) -> None:
    for column in columns:
        if column not in table:
            add = f"add it, or name one of {', '.join(map(str, table.columns))}"
            raise InputError("the table of scores", f"there is no column {column!r}", add)


def contrasts(
    table: pd.DataFrame, pairs: Sequence[tuple[str, str, str]],
    instruments: Sequence[str] | None = None, seed: int = 2017,
) -> pd.DataFrame:  # fmt: skip
    """Test whether pairs of groups differ in tone, corrected for the number of tests.

    Parameters
    ----------
    table : pandas.DataFrame
        Scored sentences, as for `specifications`; reused ones are left out.
    pairs : sequence of tuple of str
        A column and two of its values, each.
    instruments : sequence of str, optional
        The columns of polarities; by default those of `INSTRUMENTS` that the table has.
    seed : int
        Of the random numbers.

    Returns
    -------
    pandas.DataFrame
        One row a pair and instrument: `instrument`, `first`, `second`, `n_first`, `n_second`
        (sentences), the `difference` of the means weighted by words, the `pvalue` of the
        permutation test, `holm` (the same, corrected for all rows) and `delta` (Cliff's: how much
        likelier a sentence of the first scores above one of the second than below). Missing where a
        group is empty.

    Examples
    --------
    >>> table = pd.DataFrame({"who": ["a", "a", "b", "b"], "reused": False, "words": 1,
    ...                       "vader": [0.5, 0.4, 0.1, 0.0]})
    >>> contrasts(table, [("who", "a", "b")])[["pvalue", "delta"]].round(3).values.tolist()
    [[0.333, 1.0]]
    """
    chosen = [name for name in INSTRUMENTS if name in table] if instruments is None else instruments
    _need(table, ["reused", "words", *(by for by, _, _ in pairs), *chosen])
    unshared = table[~table["reused"].astype(bool)]
    rows = []
    for (by, first, second), name in product(pairs, chosen):
        both = unshared[unshared[by].isin([first, second])].dropna(subset=name)
        one = both[by] == first
        test = permutation_test(both[name], one, both["words"], seed=seed)
        delta = cliffs_delta(both.loc[one, name], both.loc[~one, name])
        counts = int(one.sum()), int((~one).sum())
        rows.append((name, first, second, *counts, test.difference, test.pvalue, delta))
    columns = ["instrument", "first", "second", "n_first", "n_second", "difference", "pvalue",
               "delta"]  # fmt: skip
    found = pd.DataFrame(rows, columns=columns)
    found.insert(7, "holm", holm(found["pvalue"]))
    return found


CHOICES = {
    "unit": ("sentence", "paragraph"), "weighting": ("words", "equal"),
    "voice": ("all", "narration", "quotation"), "reused": ("in", "once"), "neutral": ("in", "out"),
}  # fmt: skip
"""What a reader could reasonably have decided otherwise, besides the instrument."""


def specifications(
    table: pd.DataFrame, by: str, first: str, second: str,
    instruments: Sequence[str] | None = None, seed: int = 2017,
) -> pd.DataFrame:  # fmt: skip
    """Compare two groups under every reasonable combination of choices.

    Parameters
    ----------
    table : pandas.DataFrame
        Scored sentences: `doc_id`, `block`, the column `by`, `voice` ("narration" or "quotation"),
        `reused` (bool; leaving these out counts a shared passage once), `words`, and for each
        instrument a column of polarities with its name (as `score_each` gives them).
    by, first, second : str
        The column that names the groups, and the two groups.
    instruments : sequence of str, optional
        The columns of polarities; by default those of `INSTRUMENTS` that the table has.
    seed : int
        Of the random numbers.

    Returns
    -------
    pandas.DataFrame
        One row a specification, in the order of the choices: `instrument` and the columns of
        `CHOICES`; `n_first`, `n_second` (units with a score); `estimate`, the first group's mean
        less the second's, in [-2, 2], with `low` and `high`, its 95% interval, as
        `usru.analysis.uncertainty.difference` gives it (all missing where a group has no unit); and
        `same_sign`, whether it has the sign of the median. A paragraph's score is the mean of its sentences', weighted by words; neutral
        is exactly 0.

    References
    ----------
    Simonsohn, U., Simmons, J. P., & Nelson, L. D. (2020). Specification curve analysis. *Nature
    Human Behaviour* 4, 1208-1214.

    Examples
    --------
    >>> table = pd.DataFrame({"doc_id": ["a", "b"], "block": 0, "meeting": ["bonn", "manila"],
    ...     "voice": "narration", "reused": False, "words": [10, 20], "vader": [0.5, 0.1]})
    >>> found = specifications(table, "meeting", "bonn", "manila")
    >>> len(found), float(found["estimate"].iloc[0])
    (48, 0.4)
    """
    chosen = [name for name in INSTRUMENTS if name in table] if instruments is None else instruments
    _need(table, ["doc_id", "block", by, "voice", "reused", "words", *chosen])
    for group in (first, second):
        if group not in set(table[by]):
            known = f"compare two of {', '.join(map(str, table[by].dropna().unique()))}"
            raise InputError(f"the table of scores, {by}", f"no row is of {group!r}", known)
    table = table[table[by].isin([first, second])]
    rows = []
    for name, unit, weighting, *kept in product(chosen, *CHOICES.values()):
        units = _units(table, by, name, unit, *kept)
        one = units[by] == first
        weights = units["words"] if weighting == "words" else None
        interval = difference(units[name], weights, one, units["doc_id"], seed)
        counts = int(one.sum()), int((~one).sum())
        rows.append((name, unit, weighting, *kept, *counts, *interval))
    counted = ["n_first", "n_second", "estimate", "low", "high"]
    found = pd.DataFrame(rows, columns=["instrument", *CHOICES, *counted])
    sign = np.sign(found["estimate"])
    return found.assign(same_sign=(sign == np.sign(found["estimate"].median())) & (sign != 0))


def _units(
    table: pd.DataFrame, by: str, name: str, unit: str, voice: str, reused: str, neutral: str
) -> pd.DataFrame:
    """The units that one specification compares."""
    kept = table[table[name].notna() & (table["words"] > 0)]
    if voice != "all":
        kept = kept[kept["voice"] == voice]
    if reused == "once":
        kept = kept[~kept["reused"].astype(bool)]
    if unit == "paragraph":
        kept = weighted_means(kept, dict.fromkeys([by, "doc_id", "block"]), name)
    return kept[kept[name] != 0] if neutral == "out" else kept


class Robustness(NamedTuple):
    """What the specifications say together.

    `specifications` could be computed; `same_sign` is the share with the sign of their `median`
    estimate; `excluding_zero` the number whose interval lies on that side of 0; `robust` whether
    the comparison may be stated as a finding.
    """

    specifications: int
    same_sign: float
    median: float
    excluding_zero: int
    robust: bool


def robustness(specs: pd.DataFrame) -> Robustness:
    """Say whether a comparison holds whatever is chosen.

    Parameters
    ----------
    specs : pandas.DataFrame
        As `specifications` gives it.

    Returns
    -------
    Robustness
        Of the specifications that could be computed; of none, share and median are missing (NaN).

    Notes
    -----
    A comparison is robust when every specification has the same sign and at least half of the
    intervals exclude 0. A sign that a reasonable choice turns is no finding, and one that holds
    while most intervals contain 0 may be chance, since the specifications share their sentences and
    err together. Half is a convention.

    Examples
    --------
    >>> specs = pd.DataFrame({"estimate": [0.2, 0.1], "low": [0.1, -0.1], "high": [0.3, 0.3]})
    >>> robustness(specs).robust
    True
    """
    known = specs.dropna(subset=["estimate", "low", "high"])
    if known.empty:
        return Robustness(0, float("nan"), float("nan"), 0, False)
    median = float(known["estimate"].median())
    side = float(np.sign(median))
    same = (np.sign(known["estimate"]) == side) & (side != 0)
    nearer = known["low"] if side > 0 else -known["high"]
    excluding = int((nearer > 0).sum()) if side else 0
    robust = bool(same.all()) and 2 * excluding >= len(known)
    return Robustness(len(known), float(same.mean()), median, excluding, robust)
