"""From scored sentences to means of texts and groups, and to what differs between groups.

Sentences of a paragraph continue each other, so that none could as well be another's: what is drawn
again, and whose labels are exchanged, is what a group says in a paragraph.
"""

from collections.abc import Iterable, Sequence
from itertools import product
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from usru.analysis.tone.lists import INSTRUMENTS
from usru.analysis.uncertainty import (
    arrangements,
    cliffs_delta,
    difference,
    holm,
    means,
    permutation_test,
    stratified,
    stratified_interval,
    weighted_means,
)
from usru.errors import InputError

__all__ = [
    "CHOICES", "Joint", "Robustness", "aggregate", "contrasts", "joint", "robustness",
    "specifications",
]  # fmt: skip


def aggregate(
    scores: pd.DataFrame, by: str | Sequence[str], weights: str | None = "words",
    value: str = "polarity", within: str = "doc_id", seed: int = 2017,
) -> pd.DataFrame:  # fmt: skip
    """Return the mean score of paragraphs, stories, meetings, speakers, or any other groups.

    Parameters
    ----------
    scores : pandas.DataFrame
        Scored sentences; without a column `words` the words of `text` are counted. Those of a
        `block`, where it has such a column, are resampled together.
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
        documents where a group has a dozen or more, else over paragraphs within documents.

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
            "block": table["block"] if "block" in table else range(len(table)),
        }
    )  # fmt: skip
    rows = []
    for names, group in numbers.groupby([table[key] for key in keys], sort=False, observed=True):
        known = group.dropna(subset="value")
        counts = len(known), int(known["words"].sum()), len(group) - len(known)
        units = weighted_means(known, ["document", "block"], "value", "weight")
        units = units[units["weight"] > 0]
        found = means(units[["value"]], units["weight"], units["document"], seed)
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
    """Test whether pairs of groups differ in tone within documents, corrected for their number.

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
        One row a pair and instrument: `instrument`, `first`, `second`, `n_first`, `n_second` (what
        a group says in a paragraph is a unit), the `difference` of the means weighted by words,
        within the documents that have both groups; the `pvalue` of the permutation test within
        these documents and its `arrangements`; `holm` (the same, corrected for all rows) and
        `delta` (Cliff's: how much likelier a unit of the first scores above one of the second in
        its document than below). All missing but the counts, which are then of all documents, where
        no document has both: there is nothing to exchange.

    Examples
    --------
    >>> table = pd.DataFrame({"who": ["a", "a", "b", "b"], "doc_id": "story", "block": range(4),
    ...                       "reused": False, "words": 1, "vader": [0.5, 0.4, 0.1, 0.0]})
    >>> contrasts(table, [("who", "a", "b")])[["pvalue", "delta"]].round(3).values.tolist()
    [[0.333, 1.0]]
    """
    chosen = [name for name in INSTRUMENTS if name in table] if instruments is None else instruments
    _need(table, ["doc_id", "block", "reused", "words", *(by for by, _, _ in pairs), *chosen])
    unshared = table[~table["reused"].astype(bool)]
    rows = []
    for (by, first, second), name in product(pairs, chosen):
        both = unshared[unshared[by].isin([first, second])]
        units = weighted_means(both, dict.fromkeys([by, "doc_id", "block"]), name)
        found: tuple[float, ...] = (np.nan, np.nan, 0, np.nan)
        within = _with_both(units, by)
        if len(within):
            units, one = within, within[by] == first
            test = permutation_test(units[name], one, units["words"], units["doc_id"], seed)
            found = (test.difference, test.pvalue, test.arrangements, _delta(units, name, one))
        counts = [int((units[by] == group).sum()) for group in (first, second)]
        rows.append((name, first, second, *counts, *found))
    columns = ["instrument", "first", "second", "n_first", "n_second", "difference", "pvalue",
               "arrangements", "delta"]  # fmt: skip
    table = pd.DataFrame(rows, columns=columns)
    table.insert(8, "holm", holm(table["pvalue"]))
    return table


def _with_both(units: pd.DataFrame, by: str) -> pd.DataFrame:
    """The units of documents that have more than one group."""
    return units[units.groupby("doc_id")[by].transform("nunique") > 1]


def _delta(units: pd.DataFrame, name: str, one: pd.Series) -> float:
    """Cliff's delta over the pairs of units of the same document."""
    found = [
        (cliffs_delta(values[one], values[~one]), one[values.index].sum() * (~one[values.index]).sum())
        for _, values in units.groupby("doc_id", sort=False)[name]
    ]  # fmt: skip
    deltas, pairs = zip(*found, strict=True)
    return float(np.average(deltas, weights=pairs))


CHOICES = {
    "unit": ("word", "sentence", "paragraph"), "reused": ("in", "once"), "neutral": ("in", "out"),
}  # fmt: skip
"""What a reader could reasonably have decided otherwise, besides the instrument: what counts the
same, whether a shared passage counts in each story or once, and whether what scores 0 counts. A mean
over words is the same whether sentences or paragraphs are weighted by them, and counts once; what
voice is meant is another question, not another answer."""


def specifications(
    table: pd.DataFrame, by: str, first: str, second: str,
    instruments: Sequence[str] | None = None, seed: int = 2017,
) -> pd.DataFrame:  # fmt: skip
    """Compare two groups under every reasonable combination of choices.

    Parameters
    ----------
    table : pandas.DataFrame
        Scored sentences, of the voices that the question is about: `doc_id`, `block`, the column
        `by`, `reused` (bool; leaving these out counts a shared passage once), `words`, and for each
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
        `CHOICES`; `n_first`, `n_second` (paragraphs with a score); `estimate`, how far the first
        group's mean lies above the second's, in [-2, 2], with `low` and `high`, its 95% bootstrap
        interval over paragraphs within documents (all missing where a group has none); and
        `same_sign`, whether it has the sign of the median. Where documents have both groups, only
        these are used and means are compared within them, as
        `usru.analysis.uncertainty.stratified` does; otherwise `usru.analysis.uncertainty.difference`
        compares them over all. A paragraph's score is the mean of its sentences', weighted by words;
        neutral is exactly 0.

    References
    ----------
    Simonsohn, U., Simmons, J. P., & Nelson, L. D. (2020). Specification curve analysis. *Nature
    Human Behaviour* 4, 1208-1214.

    Examples
    --------
    >>> table = pd.DataFrame({"doc_id": ["a", "b"], "block": 0, "meeting": ["bonn", "manila"],
    ...     "reused": False, "words": [10, 20], "vader": [0.5, 0.1]})
    >>> found = specifications(table, "meeting", "bonn", "manila")
    >>> len(found), float(found["estimate"].iloc[0])
    (12, 0.4)
    """
    curve = _Curve(table, by, first, second, instruments)
    one = curve.units[by].to_numpy() == first
    if curve.within:
        given = curve.scores, curve.weights, curve.units["doc_id"].to_numpy()
        ends = [stratified(one[None, :], ~one[None, :], *given)[0]]
        rows = np.transpose([*ends, *stratified_interval(one, *given, seed)])
    else:
        rows = np.array([
            difference(pd.Series(values[weights > 0]), pd.Series(weights[weights > 0]),
                       pd.Series(one[weights > 0]),
                       curve.units["doc_id"][weights > 0].reset_index(drop=True), seed)
            for values, weights in zip(curve.scores.T, curve.weights.T, strict=True)
        ])  # fmt: skip
    found = pd.DataFrame(curve.choices, columns=["instrument", *CHOICES])
    found["n_first"], found["n_second"] = (
        (curve.weights[side] > 0).sum(axis=0) for side in (one, ~one)
    )
    found[["estimate", "low", "high"]] = rows
    sign = np.sign(found["estimate"])
    return found.assign(same_sign=(sign == np.sign(found["estimate"].median())) & (sign != 0))


class _Curve:
    """What two groups say, paragraph by paragraph, and its score under every specification.

    `units` has a row a paragraph of a group; `scores` and `weights` a row a unit and a column a
    specification of `choices`, the weight 0 where it leaves the unit out; `within` says whether
    documents have both groups, and only these are here.
    """

    def __init__(
        self, table: pd.DataFrame, by: str, first: str, second: str, instruments: Any
    ) -> None:
        named = [name for name in INSTRUMENTS if name in table]
        chosen = named if instruments is None else instruments
        _need(table, ["doc_id", "block", by, "reused", "words", *chosen])
        for group in (first, second):
            if group not in set(table[by]):
                known = f"compare two of {', '.join(map(str, table[by].dropna().unique()))}"
                raise InputError(f"the table of scores, {by}", f"no row is of {group!r}", known)
        table = table[table[by].isin([first, second]) & (table["words"] > 0)]
        both = _with_both(table, by)
        self.within = len(both) > 0
        table = both if self.within else table
        keys = list(dict.fromkeys([by, "doc_id", "block"]))
        self.units = table[keys].drop_duplicates(ignore_index=True)
        self.choices = [*product(chosen, *CHOICES.values())]
        shape = len(self.units), len(self.choices)
        self.scores, self.weights = np.zeros(shape), np.zeros(shape)
        table = table.assign(_row=table.groupby(keys, sort=False, observed=True).ngroup())
        for column, choice in enumerate(self.choices):
            scored = _scored(table, *choice)
            self.scores[scored["_row"], column] = scored[choice[0]].fillna(0)
            self.weights[scored["_row"], column] = scored["weight"]


def _scored(table: pd.DataFrame, name: str, unit: str, reused: str, neutral: str) -> pd.DataFrame:
    """The score of each paragraph, by its `_row`, under one specification, and what it weighs."""
    kept = table.dropna(subset=name)
    if reused == "once":
        kept = kept[~kept["reused"].astype(bool)]
    if neutral == "out" and unit != "paragraph":
        kept = kept[kept[name] != 0]
    kept = kept.assign(weight=1 if unit == "sentence" else kept["words"])
    units = weighted_means(kept, ["_row"], name, "weight")
    if unit == "paragraph":
        units["weight"] = 1
    return units[units[name] != 0] if neutral == "out" else units


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
    The rule is this study's own, stricter than the literature asks: a comparison is robust when
    every specification has the same sign and at least half of the intervals exclude 0. A sign that
    a reasonable choice turns is no finding, and one that holds while most intervals contain 0 may
    be chance, since the specifications share their sentences and err together. Half is a
    convention. `joint` is the test of the literature.

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


class Joint(NamedTuple):
    """What the specifications say together, against what they say when labels are exchanged.

    Each number comes with its p-value: the `median` estimate, the share of estimates of its sign
    (`same_sign`), and how many are `significant` (p < 0.05) with that sign. All are missing (NaN)
    where no document has both groups, so that no labels can be exchanged.
    """

    specifications: int
    arrangements: int
    exact: bool  # whether all arrangements were tried
    median: float
    median_pvalue: float
    same_sign: float
    same_sign_pvalue: float
    significant: int
    significant_pvalue: float


def joint(
    table: pd.DataFrame, by: str, first: str, second: str,
    instruments: Sequence[str] | None = None, seed: int = 2017,
) -> Joint:  # fmt: skip
    """Test all specifications of a comparison together, by exchanging labels within documents.

    Parameters
    ----------
    table, by, first, second, instruments, seed : pandas.DataFrame, str, str, str, sequence, int
        As for `specifications`.

    Returns
    -------
    Joint
        A p-value is the share of arrangements in which the number is as large, the observed one
        included; two-sided, as the sign of the median is that of each arrangement.

    Notes
    -----
    Each arrangement labels the paragraphs once for all specifications, so that what these share
    they share under exchange too. Whether one of its estimates is significant is told by the place
    of that estimate among all arrangements of the same specification.

    References
    ----------
    Simonsohn, U., Simmons, J. P., & Nelson, L. D. (2020). Specification curve analysis. *Nature
    Human Behaviour* 4, 1208-1214.

    Examples
    --------
    >>> table = pd.DataFrame({"who": ["a"] * 4 + ["b"] * 4, "doc_id": "story", "block": range(8),
    ...     "reused": False, "words": 1, "vader": [0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1]})
    >>> found = joint(table, "who", "a", "b")
    >>> found.arrangements, round(found.median_pvalue * 70), found.significant
    (70, 2, 12)
    """
    curve = _Curve(table, by, first, second, instruments)
    none = float("nan")
    if not curve.within:
        return Joint(len(curve.choices), 0, False, none, none, none, none, 0, none)
    one, layer = curve.units[by].to_numpy() == first, curve.units["doc_id"].to_numpy()
    exact, parts = arrangements(one, layer, seed)
    labels = [one[None, :], *parts]
    given = curve.scores, curve.weights, layer
    found = np.concatenate([stratified(some, ~some, *given) for some in labels])
    found = found[:, np.isfinite(found[0])].round(12)
    median, same, significant = _together(found, exact)
    # The observed arrangement is the first row; where all are tried it comes again among them.
    others = slice(1 if exact else 0, None)
    p, q, r = (
        float(np.mean(np.abs(number[others]) >= abs(number[0])))
        for number in (median, same, significant)
    )
    return Joint(found.shape[1], len(found) - 1, exact, float(median[0]), p, float(same[0]), q,
                 int(significant[0]), r)  # fmt: skip


def _together(found: Any, exact: bool) -> tuple[Any, Any, Any]:
    """Median, share of its sign and number of significant estimates, for each arrangement."""
    size = np.nan_to_num(np.abs(found), nan=-1.0)  # what could not be computed is never large
    others = np.sort(size[1 if exact else 0 :], axis=0)
    columns = zip(others.T, size.T, strict=True)
    above = [len(one) - np.searchsorted(one, own, side="left") for one, own in columns]
    clear = np.transpose(above) / (others >= 0).sum(axis=0) < 0.05
    median = np.nanmedian(found, axis=1)
    agree = np.sign(found) == np.sign(median)[:, None]
    return median, agree.mean(axis=1), (agree & clear).sum(axis=1)
