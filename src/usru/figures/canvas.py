"""The sheet that figures are drawn on, and the marks that several of them share.

Heights are in inches; a mark that is drawn of a passage leads to it.
"""

import io
import textwrap
from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import numpy as np
import pandas as pd
from matplotlib import rc_context
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.patches import Rectangle
from matplotlib.path import Path
from matplotlib.textpath import text_to_path

from usru.show.style import (
    DARK,
    EDGE,
    INK,
    MUTED,
    PALE,
    PAPER,
    SHADES,
    dark_rules,
    house,
)  # fmt: skip

__all__ = ["Drawing"]

WIDTH, TALLEST = 7.4, 14.5  # inches: a figure fills the width of a page of text, and one page
LABEL, NOTE = 8.5, 8  # points: what names or counts a mark, and what is said beside it
MOST_LABELS = 60  # rows; the names of more no longer fit beside their bars

# What is said above and below the marks: its size in points, weight and colour.
FRAME = {"head": (12, "bold", INK), "measure": (9.5, "normal", MUTED), "foot": (8, "normal", MUTED)}
MARGIN, LEADING = 0.1, 1.3  # inches; of the size of the letters

SHADED = (0, 0.1, 0.2, 0.4, 0.6, 0.8, 1)  # the largest share of each shade


class Drawing(Figure):
    """A matplotlib figure that shows itself as SVG in a notebook, the same bytes each time.

    It is not registered with pyplot, so nothing has to close it.

    Examples
    --------
    >>> Drawing(figsize=(1, 1)).svg("Nothing", "An empty sheet.").count("<desc>An empty sheet.")
    1
    """

    _said: Mapping[str, str] = {}  # around the marks; nothing where no frame was set
    _between = (0.0, 0.0, 1.0, 1.0)  # left, bottom, width and height of what is left to the marks

    def frame(self, head: str, measure: str, foot: str) -> None:
        """Say above the marks what they show and what is measured, and below them where it is from.

        The sheet grows by the lines. In the SVG they are the groups `head`, `measure` and `foot`,
        and attributes of its root, with the points that they take above and below: a page may cut
        them off and say them in its own type.

        Parameters
        ----------
        head, measure, foot : str
            The finding, the subtitle, and source and sample.
        """
        said = {"head": head, "measure": measure, "foot": foot}
        lines = {name: _wrapped(text, *FRAME[name][:2]) for name, text in said.items()}
        inches = {name: len(own) * FRAME[name][0] * LEADING / 72 for name, own in lines.items()}
        gap = MARGIN / 2 if lines["measure"] else 0
        above = MARGIN + inches["head"] + gap + inches["measure"] + MARGIN
        below = inches["foot"] + 2 * MARGIN
        width, height = self.get_size_inches()
        whole = height + above + below
        self.set_size_inches(width, whole)
        tops = {
            "head": MARGIN,
            "measure": MARGIN + inches["head"] + gap,
            "foot": above + height + MARGIN,
        }
        for name, own in lines.items():
            size, weight, colour = FRAME[name]
            self.text(MARGIN / width, 1 - tops[name] / whole, "\n".join(own), fontsize=size, weight=weight,
                      color=colour, va="top", linespacing=LEADING, gid=name).set_in_layout(False)  # fmt: skip
        self._between = (0, below / whole, 1, height / whole)
        self._said = {**said, "head-height": f"{72 * above:g}", "foot-height": f"{72 * below:g}"}

    def svg(
        self,
        title: str = "",
        description: str = "",
        source: str | None = None,
        *,
        dark: bool = False,
    ) -> str:
        """Return the drawing as SVG without a date, named and described for screen readers.

        Parameters
        ----------
        title, description : str
            What it is, and what it shows in words.
        source : str, optional
            What drew it, for the metadata; nothing by default.
        dark : bool
            Whether it turns dark where its reader prefers dark pages.
        """
        buffer = io.BytesIO()
        told = {"Title": title, "Source": source}
        metadata = {"Date": None, "Creator": None} | {key: of for key, of in told.items() if of}
        with house():
            self._settle()
            self.savefig(buffer, format="svg", metadata=metadata)
        svg = buffer.getvalue().decode("utf-8")
        said = "".join(f" data-{key}={quoteattr(text)}" for key, text in self._said.items())
        svg = svg.replace("<svg ", f'<svg role="img"{said} ', 1)
        rules = ""
        if dark:
            here = dark_rules({one: twin for one, twin in DARK.items() if f": {one}" in svg})
            rules = f" <style>@media (prefers-color-scheme: dark) {{\n{here}\n}}</style>\n"
        return svg.replace(
            "</title>", f"</title>\n <desc>{escape(description)}</desc>\n{rules}".rstrip("\n"), 1
        )

    def png(self) -> bytes:
        """Return the drawing as PNG, without the name of the program that made it."""
        buffer = io.BytesIO()
        with house():
            self._settle()
            self.savefig(buffer, format="png", metadata={"Software": None})
        return buffer.getvalue()

    def _settle(self) -> None:
        """Lay the panels out once, and round their places.

        The solver's last digits differ from run to run, and with them the names of clips.
        """
        engine = self.get_layout_engine()
        if not isinstance(engine, ConstrainedLayoutEngine):
            return
        engine.set(rect=self._between)
        engine.execute(self)
        with rc_context({"figure.constrained_layout.use": False}):
            self.set_layout_engine(None)  # which, unlike "none", saves a drawing for nothing
        # Not before: the solver keeps room only for keys that are nowhere yet.
        for key in self.legends:
            key.set_bbox_to_anchor(self._between, self.transFigure)
        for axes in self.axes:
            x, y, width, height = (round(number, 6) for number in axes.get_position().bounds)
            axes.set_position((x, y, width, height))

    def _repr_svg_(self) -> str:
        return self.svg()


def _wrapped(text: str, size: float, weight: str) -> list[str]:
    """The lines of a text that fit the width of a sheet; by the letters, which differ in width."""
    words, lines = text.split(), []
    while words:
        n = _fitting(words, size, weight)
        lines.append(" ".join(words[:n]))
        words = words[n:]
    return lines


def _fitting(words: Sequence[str], size: float, weight: str) -> int:
    """How many words fit on a line, one at least; of most texts all, and to measure takes long."""

    def too_wide(n: int) -> bool:
        return breadth(" ".join(words[:n]), size, weight) > 72 * (WIDTH - 3 * MARGIN)

    if not too_wide(len(words)):
        return len(words)
    return 1 + bisect_left(range(2, len(words)), True, key=too_wide)


@cache
def breadth(text: str, size: float, weight: str = "normal") -> float:
    """Return how many points a line is wide.

    Parameters
    ----------
    text, size, weight : str, float, str
        The line, and the size in points and weight of its letters.

    Examples
    --------
    >>> breadth("iiii", 9) < breadth("WW", 9)
    True
    """
    vertices, codes = text_to_path.get_text_path(_font(weight), text)
    # Letters have points at their outermost places, so that their curves need not be followed.
    places = np.asarray(vertices)[np.asarray(codes) != Path.CLOSEPOLY, 0]
    return float(np.ptp(places)) * size / text_to_path.FONT_SCALE


@cache
def _font(weight: str) -> FontProperties:
    with house():
        return FontProperties(weight=weight)


def panels(down: int, across: int, height: float, **keywords: Any) -> tuple[Drawing, Any]:
    """Return a drawing and its grid of axes.

    Parameters
    ----------
    down, across, height : int, int, float
        Rows and columns of panels, and inches in all.
    **keywords
        As for `matplotlib.figure.Figure.subplots`.
    """
    figure = Drawing(figsize=(WIDTH, height))
    return figure, figure.subplots(down, across, squeeze=False, **keywords)


def sheet(height: float) -> tuple[Drawing, Axes]:
    """Return a drawing with one panel, at most a page high.

    Parameters
    ----------
    height : float
        Inches.
    """
    figure, grid = panels(1, 1, min(height, TALLEST))
    return figure, grid[0][0]


def nothing(text: str) -> Drawing:
    """Return a drawing that says that there is nothing to draw.

    Parameters
    ----------
    text : str
        The sentence.
    """
    figure, axes = sheet(1.2)
    axes.set_axis_off()
    lines = textwrap.fill(text, 100)
    axes.text(0.5, 0.5, lines, ha="center", va="center", color=MUTED, linespacing=1.5)
    return figure


def rows(names: Collection[str], each: float = 0.46) -> tuple[Drawing, Axes]:
    """Return a drawing of named rows, the first on top.

    Parameters
    ----------
    names, each : collection of str, float
        A name for each row, and the inches that one takes.
    """
    figure, axes = sheet(1.25 + each * len(names))
    name_rows(axes, names)
    axes.spines["left"].set_visible(False)
    return figure, axes


def name_rows(axes: Axes, names: Collection[str]) -> None:
    """Name the rows, where there are not too many to be read.

    Parameters
    ----------
    axes, names : Axes, collection of str
        What is drawn on, and a name for each row.
    """
    axes.set_yticks(range(len(names)), names if len(names) <= MOST_LABELS else [""] * len(names))
    axes.set_ylim(len(names) - 0.45, -0.55)


def name_cells(axes: Axes, columns: Sequence[str], rows: Sequence[str], **look: Any) -> None:
    """Name columns above and rows beside a table of cells.

    Parameters
    ----------
    axes, columns, rows : Axes, sequence of str, sequence of str
        What is drawn on, and the names.
    **look
        Of the columns' names.
    """
    axes.set(xlim=(-0.5, len(columns) - 0.5), ylim=(len(rows) - 0.5, -0.5))
    axes.set_xticks(range(len(columns)), columns, **look)
    axes.set_yticks(range(len(rows)), rows)
    axes.tick_params(length=0, top=True, labeltop=True, bottom=False, labelbottom=False)
    axes.spines[:].set_visible(False)


def percent_axis(axes: Axes) -> None:
    """Scale the horizontal axis in per cent.

    Parameters
    ----------
    axes : Axes
        What is drawn on.
    """
    axes.set_xlim(0, 1)
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0", "25%", "50%", "75%", "100%"])


def legend(figure: Figure, handles: Sequence[Any], labels: Sequence[Any], **space: float) -> None:
    """Set a legend in one row above the drawing.

    Parameters
    ----------
    figure, handles, labels : Figure, sequence, sequence
        The drawing, its marks and their names.
    **space
        As for `matplotlib.figure.Figure.legend`.
    """
    figure.legend(handles, labels, ncols=len(labels), loc="outside upper left", **space)


def colour_key(figure: Figure, colours: Mapping[str, str]) -> None:
    """Set a legend of colours above the drawing.

    Parameters
    ----------
    figure, colours : Figure, mapping
        The drawing, and colours by name.
    """
    boxes = [Rectangle((0, 0), 1, 1, **filled(colour)) for colour in colours.values()]
    legend(figure, boxes, list(colours), handlelength=1, handleheight=1, columnspacing=1.4)


def link(marks: Iterable[Artist], passages: Iterable[str]) -> None:
    """Let each mark lead to its passage.

    Parameters
    ----------
    marks, passages : iterable of Artist, iterable of str
        Marks, and as many links.
    """
    for mark, passage in zip(marks, passages, strict=True):
        mark.set_url(passage)


def dots(axes: Axes, x: Any, y: Any, passages: Iterable[str], **look: Any) -> None:
    """Draw dots that lead to their passages.

    Parameters
    ----------
    axes, x, y, passages : Axes, array, array, iterable of str
        What is drawn on, places, and as many links.
    **look
        As for `matplotlib.axes.Axes.scatter`.
    """
    axes.scatter(x, y, **look).set_urls(list(passages))


def beside(values: pd.Series) -> pd.Series:
    """Return heights at which dots of equal values do not hide each other, centred on 0.

    Parameters
    ----------
    values : pandas.Series
        Where the dots are along the row.
    """
    size = values.map(values.value_counts())
    return (values.groupby(values).cumcount() - (size - 1) / 2) * (0.8 / size.clip(lower=6))


def intervals(
    axes: Axes, place: Any, value: Any, low: Any, high: Any, look: tuple[str, str],
    *, size: float = 5, width: float = 1.6, **keywords: Any,
) -> None:  # fmt: skip
    """Draw estimates with their intervals, a row each.

    Parameters
    ----------
    axes, place, value, low, high : Axes, array, array, array, array
        What is drawn on, the rows, the estimates and their ends.
    look : tuple of str
        Colour and marker.
    size, width : float
        Points of the marker and of the line.
    **keywords
        Of the markers.
    """
    colour, marker = look
    axes.hlines(place, low, high, color=colour, lw=width)
    axes.plot(value, place, marker, ms=size, color=colour, **keywords)


def intervals_by(
    axes: Axes, table: pd.DataFrame, row: str, by: str, value: str,
    looks: Mapping[str, tuple[str, str]], spread: float, **keywords: Any,
) -> None:  # fmt: skip
    """Draw an estimate for each row and each value of a column, side by side.

    Parameters
    ----------
    axes, table : Axes, pandas.DataFrame
        What is drawn on, and `low`, `high` and the columns named next.
    row, by, value : str
        Columns of rows, of what is compared in a row, and of estimates.
    looks, spread : mapping, float
        Colour and marker by value of `by`, and how far these are apart.
    **keywords
        As for `intervals`.
    """
    names = table[row].unique().tolist()
    for i, (name, look) in enumerate(looks.items()):
        own = table[table[by] == name]
        place = own[row].map(names.index) + spread * (i - (len(looks) - 1) / 2)
        intervals(axes, place, own[value], own["low"], own["high"], look, label=name, **keywords)
    axes.grid(axis="x")


def ink_on(colour: str) -> str:
    """Return the colour of letters that can be read on a fill.

    Parameters
    ----------
    colour : str
        A colour of the house.

    Examples
    --------
    >>> ink_on(SHADES[1]) == INK, ink_on(SHADES[-1]) == PAPER
    (True, True)
    """
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    luminance = 0.2126 * red**2.2 + 0.7152 * green**2.2 + 0.0722 * blue**2.2
    return INK if luminance > 0.24 else PAPER  # WCAG 2: from there on ink has 4.5 to 1


def shade(share: float) -> str:
    """Return the fill of a heat map's cell, one of seven that are the same in all of them.

    Parameters
    ----------
    share : float
        In [0, 1].

    Examples
    --------
    >>> shade(0) == PAPER, shade(0.05) == SHADES[1], shade(1) == SHADES[-1]
    (True, True, True)
    """
    return next(fill for most, fill in zip(SHADED, SHADES, strict=True) if share <= most + 1e-9)


def shade_key(figure: Figure, label: str = "share", unit: str = "%") -> None:
    """Set the key of `shade` above a heat map.

    Parameters
    ----------
    figure, label, unit : Figure, str, str
        The drawing, what is shaded, and what its numbers are of.
    """
    edges = [f"{100 * most:.0f}" for most in SHADED]
    names = ["none", f"up to {edges[1]}{unit}", *(f"{edge}{unit}" for edge in edges[2:])]
    boxes = [Rectangle((0, 0), 1, 1, facecolor=fill, edgecolor=EDGE, lw=0.6) for fill in SHADES]
    title = Rectangle((0, 0), 1, 1, alpha=0)
    legend(figure, [title, *boxes], [label, *names], handlelength=1, handleheight=1,
           handletextpad=0.4, columnspacing=0.9)  # fmt: skip


def cell(
    axes: Axes, x: int, y: int, depth: float, text: str, passage: str | None,
    size: tuple[float, float] = (1, 1), query: str = "", **edge: Any,
) -> None:  # fmt: skip
    """Draw a cell of a table, shaded, with a number in it, that leads to its passages.

    In a file it leads to the first; the site leads to the explorer with all of them chosen.

    Parameters
    ----------
    axes, x, y, depth : Axes, int, int, float
        What is drawn on, column and row, and the share that it is shaded by, in [0, 1].
    text, passage, size : str, str, tuple of float
        What is in it, where it leads, and its width and height.
    query : str
        What the explorer's address says to choose the passages, as `Figure.query` gives it.
    **edge
        As for `matplotlib.patches.Rectangle`.
    """
    corner, fill = (x - size[0] / 2, y - size[1] / 2), shade(depth)
    named = f"?{query}" if query else None
    axes.add_patch(Rectangle(corner, *size, facecolor=fill, url=passage, gid=named, **edge))
    if text:
        axes.text(x, y, text, ha="center", va="center", fontsize=LABEL, color=ink_on(fill))


def stacked_shares(
    table: pd.DataFrame, part: str, colours: Mapping[str, str], names: Mapping[str, str],
    *, height: float, least: float, label: Mapping[str, str] | None = None,
) -> Drawing:  # fmt: skip
    """Return a drawing of a bar a document, divided into shares.

    Parameters
    ----------
    table, part, colours : pandas.DataFrame, str, mapping
        `doc_id`, `share` in [0, 1] and the column of parts; colours by part.
    names : mapping
        What the documents are called.
    height, least : float, float
        Of a bar, and the smallest share with room for a number.
    label : mapping, optional
        What the parts are called; their names by default.
    """
    shares = table.pivot_table(index="doc_id", columns=part, values="share", sort=False)
    shares = shares.reindex(columns=list(colours)).fillna(0.0)
    left = shares.cumsum(axis=1).shift(axis=1, fill_value=0.0)
    figure, axes = rows([names[doc_id] for doc_id in shares.index])
    for name, share in shares.items():
        bars = axes.barh(
            range(len(shares)), share, left=left[name], height=height, **filled(colours[name])
        )
        if len(shares) <= MOST_LABELS:
            numbers = [f"{number:.0%}" if number >= least else "" for number in share]
            axes.bar_label(bars, numbers, label_type="center", fontsize=LABEL,
                           color=ink_on(colours[name]))  # fmt: skip
    percent_axis(axes)
    called = label or {name: name for name in colours}
    colour_key(figure, {called[name]: colours[name] for name in shares.columns[shares.sum() > 0]})
    return figure


def filled(colour: str) -> dict[str, Any]:
    """Return the look of an area: what is too pale for paper has an outline.

    Parameters
    ----------
    colour : str
        A colour of the house.
    """
    pale = colour in (PALE, PAPER)
    return {"facecolor": colour, "edgecolor": EDGE if pale else PAPER, "linewidth": 0.8}
