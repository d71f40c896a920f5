"""Shares of passages in figures: estimated where a coding carries that, else as the instrument counts."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

import usru.figures.canvas as canvas
from usru.coding import basis
from usru.coding.basis import Basis
from usru.corpus import Corpus
from usru.figures.base import in_order
from usru.figures.starter.units import StarterFigure, is_named, part, units
from usru.show.style import INK, MUTED, PAPER
from usru.wording import capital

__all__ = ["HOLLOW", "OfPassages", "by_document", "farthest", "interval_texts", "key", "keyed", "marks", "of_units",
           "passages_of", "rests_on_codes", "too_little", "whole_interval"]  # fmt: skip

HOLLOW: dict[str, Any] = {"mfc": PAPER, "mec": INK, "mew": 1.2}
"""The look of what an instrument says, which no reader has confirmed."""


class OfPassages(StarterFigure):
    """A figure of shares or means of passages, which says whether they are estimated or counted.

    `rests` is the kind of coding that can carry it; where `estimates` is false, nothing in it can be
    estimated, and the instrument counts beside what was coded.
    """

    rests = ""
    estimates = True

    def tabulate(self, corpus: Corpus) -> pd.DataFrame:
        """Return the table as `StarterFigure.tabulate` does, with what its numbers rest on.

        Parameters
        ----------
        corpus : Corpus
            Any corpus.
        """
        table = super().tabulate(corpus)
        if "size" in table.attrs:
            found = basis.find(corpus, self.rests)
            told = found.told if self.estimates else found.counted
            note = found.note if self.estimates or not found.is_estimate else " ".join(found.faults)
            table.attrs |= {"told": told, "note": note}
            table.attrs["estimated"] = self.estimates and found.is_estimate
        return table

    def frame(self, table: pd.DataFrame) -> tuple[str, str, str]:
        """Return what is said around the marks; below the headline also what the numbers rest on.

        Parameters
        ----------
        table : pandas.DataFrame
            As `tabulate` gives it.
        """
        head, measure, foot = super().frame(table)
        told = table.attrs.get("told", "")
        if rests_on_codes(table):
            foot = foot.replace("Source: ", "Source: passages coded by reading; ", 1)
        return head, f"{measure}; {told}" if measure and told else measure, foot

    def caption(self, table: pd.DataFrame) -> str:
        """Say what a table shows, who coded, and what is broken.

        Parameters
        ----------
        table : pandas.DataFrame
            As `tabulate` gives it.
        """
        return " ".join(filter(None, [super().caption(table), table.attrs.get("note", "")]))

    def _known(self, table: pd.DataFrame) -> pd.DataFrame:
        # A group of which too little is coded stays, as the figure says that it is not known.
        return table if rests_on_codes(table) else super()._known(table)


def rests_on_codes(table: pd.DataFrame) -> bool:
    """Whether the numbers of a table are estimated from a coding.

    Parameters
    ----------
    table : pandas.DataFrame
        As `OfPassages.tabulate` gives it.
    """
    return bool(table.attrs.get("estimated"))


def by_document(found: Basis, groups: pd.Series) -> pd.Series:
    """Return the group of each passage.

    Parameters
    ----------
    found, groups : Basis, pandas.Series
        What the passages are of, and the group of each document by `doc_id`.
    """
    return found.passages["doc_id"].map(groups)


def of_units(corpus: Corpus, found: Basis, listed: Sequence[str], name: str) -> pd.DataFrame:
    """Return the share of each code in the passages of each unit.

    Parameters
    ----------
    corpus, found : Corpus, Basis
        Any corpus, and what its figures rest on.
    listed, name : sequence of str, str
        The codes in their order, and what their column is called.

    Returns
    -------
    pandas.DataFrame
        A row a code and unit, in their orders: the column of codes, `unit`, `share`, and the other
        columns of `usru.coding.basis.ESTIMATES`.
    """
    names = units(corpus)
    table = found.means(listed, by_document(found, names.astype("str")))
    table = keyed(table, name, "unit", "share")
    table = in_order(table, "unit", names.cat.categories)
    return in_order(table, name, listed)


def keyed(table: pd.DataFrame, code: str, group: str, value: str) -> pd.DataFrame:
    """Return means with columns of a figure's own names, rounded.

    Parameters
    ----------
    table, code, group, value : pandas.DataFrame, str, str, str
        As `Basis.means` gives it, and what its columns are to be called.
    """
    names = {"code": code, "group": group, "value": value}
    ends = ["naive", "value", "low", "high", "low_coders", "high_coders"]
    return table.round(dict.fromkeys(ends, 6)).rename(columns=names)


def passages_of(
    corpus: Corpus, found: Basis, table: pd.DataFrame, name: str, by: str = "unit"
) -> pd.Series:  # fmt: skip
    """Return where the first passage of each code and unit is.

    Parameters
    ----------
    corpus, found, table, name : Corpus, Basis, pandas.DataFrame, str
        As for `of_units`, and what that gives.
    by : str
        Nothing where all documents are one unit.

    Returns
    -------
    pandas.Series
        Links, under the index of the table: to the first that the coder gave the code, else to the
        first that the instrument did; missing where there is none.
    """
    unit: Any = by_document(found, units(corpus).astype("str")) if by else ""
    firsts: dict[tuple[Any, Any], str] = {}
    for code in table[name].unique():
        frame = found.frame(code).assign(unit=unit)
        given = frame["coded"] if found.is_estimate else pd.Series(np.nan, index=frame.index)
        has = frame.assign(read=given.notna())[given.fillna(frame["predicted"]) == 1]
        has = has.sort_values("read", ascending=False, kind="stable").drop_duplicates("unit")
        linked = corpus.linked(has[["unit", "doc_id", "line"]])
        firsts |= {(code, row.unit): row.passage for row in linked.itertuples()}
    places = zip(table[name], table[by] if by else [""] * len(table), strict=True)
    return pd.Series([firsts.get(place) for place in places], index=table.index, dtype="object")


def whole_interval(table: pd.DataFrame) -> pd.DataFrame:
    """Return the ends of the intervals, with what a second coder adds to them.

    Parameters
    ----------
    table : pandas.DataFrame
        `low`, `high`, `low_coders` and `high_coders`.

    Returns
    -------
    pandas.DataFrame
        `low` and `high`; missing where one of them is not known.
    """
    ends = pd.DataFrame({
        "low": table["low_coders"].fillna(table["low"]),
        "high": table["high_coders"].fillna(table["high"]),
    })  # fmt: skip
    return ends.astype("float64").where(ends.notna().all(axis=1))


def farthest(table: pd.DataFrame, row: str, group: str) -> tuple[Any, Any] | None:
    """Return the two groups of one row whose intervals lie farthest apart, the upper one first.

    Parameters
    ----------
    table, row, group : pandas.DataFrame, str, str
        As `of_units` gives it, and its columns of rows and of groups; groups that are taken together
        are passed by.

    Returns
    -------
    tuple of namedtuple, or None
        Two rows of the table; None where no intervals part.
    """
    named = table[table[group].map(lambda one: not isinstance(one, str) or is_named(one))]
    ends = whole_interval(named).assign(row=named[row]).dropna()
    if ends.empty:
        return None
    by = ends.groupby("row", sort=False)
    upper, lower = by["low"].idxmax(), by["high"].idxmin()
    gaps = ends.loc[upper, "low"].to_numpy() - ends.loc[lower, "high"].to_numpy()
    widest = int(np.argmax(gaps))
    if gaps[widest] <= 0:
        return None
    first, second = (named.loc[[at.iloc[widest]]] for at in (upper, lower))
    return next(first.itertuples(index=False)), next(second.itertuples(index=False))


def too_little(table: pd.DataFrame, value: str, noun: str) -> str:
    """Return a sentence on the groups for which nothing can be estimated; nothing where there is none.

    Parameters
    ----------
    table, value, noun : pandas.DataFrame, str, str
        The rows, the column of estimates, and what a row is called.
    """
    unknown = int(table[value].isna().sum())
    told = part(unknown, len(table), noun, "has", "have")
    return f" {capital(told)} too few codes for an estimate." if unknown else ""


def marks(
    axes: Axes, place: Any, table: pd.DataFrame, value: str, look: tuple[str, str]
) -> None:  # fmt: skip
    """Draw estimates in rows, with their intervals, and hollow beside them what the instrument says.

    Parameters
    ----------
    axes, place, table, value, look : Axes, array, pandas.DataFrame, str, tuple of str
        What is drawn on, the rows, the estimates, their column, and colour and marker. What two
        coders add to an interval is a thinner line.
    """
    ends = whole_interval(table)
    axes.hlines(place, ends["low"], ends["high"], color=look[0], lw=0.8)
    axes.plot(table["naive"], place, look[1], ms=5, clip_on=False, **(HOLLOW | {"mec": look[0]}))
    canvas.intervals(axes, place, table[value], table["low"], table["high"], look, clip_on=False)


def key(
    figure: Any, looks: Sequence[tuple[str, tuple[str, str]]], instrument: str
) -> None:  # fmt: skip
    """Set the key of `marks` above a drawing.

    Parameters
    ----------
    figure, looks, instrument : Drawing, sequence, str
        The drawing, names with colour and marker, and what the instrument is called.
    """
    shown = [
        Line2D([], [], color=colour, marker=marker, ls="", ms=5) for _, (colour, marker) in looks
    ]
    hollow = Line2D([], [], marker=looks[0][1][1], ls="", ms=5, **(HOLLOW | {"mec": MUTED}))
    names = [*(name for name, _ in looks), instrument]
    canvas.legend(figure, [*shown, hollow], names, handletextpad=0.2)


def interval_texts(table: pd.DataFrame) -> list[str]:
    """Return what is written below the shares of cells: the interval in per cent.

    Parameters
    ----------
    table : pandas.DataFrame
        `share`, `low`, `high`, `low_coders`, `high_coders`; nothing is written where there is no
        interval, or none that has a width.

    Examples
    --------
    >>> cells = pd.DataFrame({"low": [0.1, 0.2], "high": [0.254, 0.2]}).assign(low_coders=None, high_coders=None)
    >>> interval_texts(cells)
    ['10–25', '']
    """
    ends = whole_interval(table)
    pairs = zip(ends["low"], ends["high"], strict=True)
    return [f"{100 * low:.0f}–{100 * high:.0f}" if low < high else "" for low, high in pairs]
