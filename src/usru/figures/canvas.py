"""The sheet that figures are drawn on, and the marks that several of them share.

Heights are in inches; a mark that is drawn of a passage leads to it.
"""

import io
import textwrap
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from usru.show.style import INK, MUTED, NAVY, PAPER, SKY, house

__all__ = ["Drawing"]

WIDTH, TALLEST = 7.4, 16  # inches: a figure fills the width of a page of text, and one page
LABEL, NOTE = 8.5, 8  # points: what names or counts a mark, and what is said beside it
MOST_LABELS = 60  # rows; the names of more no longer fit beside their bars

_SHADES = LinearSegmentedColormap.from_list("house", [PAPER, SKY, NAVY])


class Drawing(Figure):
    """A matplotlib figure that shows itself as SVG in a notebook, the same bytes each time.

    It is not registered with pyplot, so nothing has to close it.

    Examples
    --------
    >>> Drawing(figsize=(1, 1)).svg("Nothing", "An empty sheet.").count("<desc>An empty sheet.")
    1
    """

    def svg(self, title: str = "", description: str = "", source: str | None = None) -> str:
        """Return the drawing as SVG without a date, named and described for screen readers.

        Parameters
        ----------
        title, description : str
            What it is, and what it shows in words.
        source : str, optional
            What drew it, for the metadata; nothing by default.
        """
        buffer = io.BytesIO()
        told = {"Title": title, "Source": source}
        metadata = {"Date": None, "Creator": None} | {key: of for key, of in told.items() if of}
        with house():
            self._settle()
            self.savefig(buffer, format="svg", metadata=metadata)
        svg = buffer.getvalue().decode("utf-8").replace("<svg ", '<svg role="img" ', 1)
        return svg.replace("</title>", f"</title>\n <desc>{escape(description)}</desc>", 1)

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
        if engine is None:
            return
        engine.execute(self)
        self.set_layout_engine("none")
        for axes in self.axes:
            x, y, width, height = (round(number, 6) for number in axes.get_position().bounds)
            axes.set_position((x, y, width, height))

    def _repr_svg_(self) -> str:
        return self.svg()


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


def percent_axis(axes: Axes, label: str) -> None:
    """Scale the horizontal axis in per cent.

    Parameters
    ----------
    axes, label : Axes, str
        What is drawn on, and what the axis measures.
    """
    axes.set(xlim=(0, 1), xlabel=label)
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
    boxes = [Rectangle((0, 0), 1, 1, color=colour) for colour in colours.values()]
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


def cell(
    axes: Axes, x: int, y: int, depth: float, text: str, passage: str | None,
    size: tuple[float, float] = (1, 1), **edge: Any,
) -> None:  # fmt: skip
    """Draw a cell of a table, shaded, with a number in it, that leads to its passage.

    Parameters
    ----------
    axes, x, y, depth : Axes, int, int, float
        What is drawn on, column and row, and the shade in [0, 1].
    text, passage, size : str, str, tuple of float
        What is in it, where it leads, and its width and height.
    **edge
        As for `matplotlib.patches.Rectangle`.
    """
    corner = x - size[0] / 2, y - size[1] / 2
    axes.add_patch(Rectangle(corner, *size, facecolor=_SHADES(depth), url=passage, **edge))
    if text:
        colour = PAPER if depth > 0.61 else INK  # from there on, ink is hard to read
        axes.text(x, y, text, ha="center", va="center", fontsize=LABEL, color=colour)


def stacked_shares(
    table: pd.DataFrame, part: str, colours: Mapping[str, str],
    *, dark: Sequence[str], height: float, least: float, label: str,
) -> Drawing:  # fmt: skip
    """Return a drawing of a bar a document, divided into shares.

    Parameters
    ----------
    table, part, colours : pandas.DataFrame, str, mapping
        `doc_id`, `share` in [0, 1] and the column of parts; colours by part.
    dark, height, least : sequence of str, float, float
        Parts with white numbers, height of a bar, smallest share with room for one.
    label : str
        What the axis measures.
    """
    shares = table.pivot_table(index="doc_id", columns=part, values="share", sort=False)
    shares = shares.reindex(columns=list(colours)).fillna(0.0)
    left = shares.cumsum(axis=1).shift(axis=1, fill_value=0.0)
    figure, axes = rows(shares.index)
    for name, share in shares.items():
        bars = axes.barh(range(len(shares)), share, left=left[name], color=colours[name],
                         height=height, edgecolor=PAPER, linewidth=0.8)  # fmt: skip
        if len(shares) <= MOST_LABELS:
            numbers = [f"{number:.0%}" if number >= least else "" for number in share]
            axes.bar_label(bars, numbers, label_type="center", fontsize=LABEL,
                           color=PAPER if name in dark else INK)  # fmt: skip
    percent_axis(axes, label)
    colour_key(figure, {name: colours[name] for name in shares.columns[shares.sum() > 0]})
    return figure
