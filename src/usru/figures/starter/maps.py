"""Heat maps of any corpus: shares in cells, shaded on the one scale, below names that are never turned."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

import usru.figures.canvas as canvas
from usru.figures.starter.shares import interval_texts, rests_on_codes
from usru.show.style import EDGE, GRID, INK

__all__ = ["Heads", "heads", "heat_map", "per_cent"]

LEAST = 6  # columns; fewer as wide as the page would look like bars
MOST_LINES = 3  # of a name above its column
AIR = 6  # points between names beside each other
LINE = canvas.NOTE * 1.25  # points


def per_cent(shares: pd.Series) -> pd.Series:
    """Return what is written into cells: per cent without their sign, and nothing for nothing.

    Parameters
    ----------
    shares : pandas.Series
        In [0, 1].

    Examples
    --------
    >>> per_cent(pd.Series([0.254, 0.001, 0])).tolist()
    ['25', '<1', '']
    """
    texts = (100 * shares).map("{:.0f}".format)
    return texts.where(shares >= 0.005, "<1").where(shares > 0, "")


def heat_map(
    table: pd.DataFrame,
    row: str,
    column: str,
    rows: Mapping[str, str],
    columns: Mapping[str, str],
    query: Callable[[Any], str],
) -> canvas.Drawing:
    """Draw a table of cells with their shares in per cent, which lead to passages.

    Estimated shares have their interval below them, and a question mark where none is known.

    Parameters
    ----------
    table, row, column : pandas.DataFrame, str, str
        A row a cell: `share` in [0, 1], and `passage` where it has one; the columns of what rows and
        columns of the map are.
    rows, columns : mapping
        What these are called.
    query : function
        What chooses the passages of a cell in the explorer, as `StarterFigure.query` gives it.
    """
    names, tops = table[row].unique().tolist(), table[column].unique().tolist()
    beside = [rows[name] for name in names]
    space = 72 * canvas.WIDTH - max(canvas.breadth(name, 9) for name in beside) - 4 * AIR
    above = heads([columns[top] for top in tops], space / max(len(tops), LEAST))
    texts, below = per_cent(table["share"]), [""] * len(table)
    if rests_on_codes(table):
        texts = (100 * table["share"]).map("{:.0f}".format).where(table["share"].notna(), "?")
        below = interval_texts(table)
    each = 0.42 if any(below) else 0.3
    figure, axes = canvas.sheet(1.15 + each * len(names) + above.points / 72)
    edge: dict[str, Any] = {"edgecolor": GRID, "linewidth": 0.8}
    for cell, text, ends in zip(
        table.fillna({"share": 0.0}).itertuples(), texts, below, strict=True
    ):
        x, y = tops.index(getattr(cell, column)), names.index(getattr(cell, row))
        passage = cell.passage if isinstance(cell.passage, str) else None
        look = {"size": (0.96, 0.92), "query": query(cell), **edge}
        canvas.cell(axes, x, y, cell.share, "" if ends else text, passage, **look)
        for line, shift, points in (
            ((text, -0.17, canvas.LABEL), (ends, 0.22, canvas.NOTE)) if ends else ()
        ):
            axes.text(x, y + shift, line, ha="center", va="center", fontsize=points,
                      color=canvas.ink_on(canvas.shade(cell.share)))  # fmt: skip
    canvas.name_cells(axes, [""] * len(tops), beside)
    axes.set_xlim(-0.5, max(len(tops), LEAST) - 0.5)
    above.draw(axes)
    canvas.shade_key(figure)
    return figure


@dataclass(frozen=True)
class Heads:
    """Names above columns, in one row, or in two that take turns; `low` and `high` are their points."""

    names: tuple[str, ...]
    low: float
    high: float = 0

    @property
    def points(self) -> float:
        """How high both rows are."""
        return self.low + self.high

    def draw(self, axes: Axes) -> None:
        """Write the names; a line leads from one in the upper row to its column.

        Parameters
        ----------
        axes : Axes
            With the columns at 0, 1, and so on.
        """
        look: dict[str, Any] = {"xycoords": ("data", "axes fraction"), "textcoords": "offset points",
                                "ha": "center", "va": "bottom", "fontsize": canvas.NOTE, "color": INK}  # fmt: skip
        stem = {"arrowstyle": "-", "color": EDGE, "lw": 0.6, "shrinkA": 0, "shrinkB": 1, "relpos": (0.5, 0)}  # fmt: skip
        for column, name in enumerate(self.names):
            is_high = bool(self.high) and column % 2 == 1
            axes.annotate(name, (column, 1), (0, 4 + self.low * is_high), linespacing=1.15,
                          arrowprops=stem if is_high else None, **look)  # fmt: skip


def heads(names: Sequence[str], width: float) -> Heads:
    """Divide names into lines, so that they fit above their columns.

    Parameters
    ----------
    names, width : sequence of str, float
        The names, and how many points a column is wide. Where a name does not fit into the width of
        one column, every second name is set higher, so that each has that of two; what does not
        fit into three lines of that is cut.

    Examples
    --------
    >>> heads(["The Tide", "The Wave"], 60).names
    ('The Tide', 'The Wave')
    >>> heads(["Advertiser", "Courier"], 30).high > 0
    True
    """
    columns = max(len(names), LEAST)
    # Names at both ends reach beyond their columns, which leaves all of them a little less.
    for points in (width - AIR, 2 * width * columns / (columns + 1) - AIR):
        found = [_lines(name, points) for name in names]
        if all(whole for _, whole in found):
            break
    lines = [own for own, _ in found]
    rows = (lines,) if points < width else (lines[::2], lines[1::2])
    return Heads(tuple("\n".join(own) for own in lines), *(_height(row) for row in rows))


def _height(names: Sequence[Sequence[str]]) -> float:
    return LINE * max(map(len, names), default=0) + AIR


def _lines(name: str, points: float) -> tuple[list[str], bool]:
    """The lines of a name, and whether all of it is in them."""
    lines: list[str] = []
    for word in name.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and canvas.breadth(longer, canvas.NOTE) <= points:
            lines[-1] = longer
        else:
            lines.append(word)
    cut = [_cut(line, points) for line in lines[:MOST_LINES]]
    whole = cut == lines
    if len(lines) > MOST_LINES and not cut[-1].endswith("…"):
        cut[-1] = _cut(f"{cut[-1]} …", points)
    return cut, whole


def _cut(line: str, points: float) -> str:
    if canvas.breadth(line, canvas.NOTE) <= points:
        return line
    fitting = (line[:end].rstrip() + "…" for end in range(len(line) - 1, 0, -1))
    return next((cut for cut in fitting if canvas.breadth(cut, canvas.NOTE) <= points), "…")
