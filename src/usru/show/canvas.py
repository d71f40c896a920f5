"""The sheet that figures are drawn on: its size, its axes, and how it is written."""

import io
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from usru.show.style import MUTED, house

__all__ = [
    "MONTHS", "MOST_LABELS", "WIDTH", "Drawing", "day_name", "name_rows", "nothing",
    "percent_axis", "rows", "subplots",
]  # fmt: skip

WIDTH = 7.4
"""Inches; a figure fills a page of text."""

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
"""Names of the months, whatever the locale."""

MOST_LABELS = 60
"""Rows beyond which names no longer fit beside their bars."""


class Drawing(Figure):
    """A matplotlib figure that shows itself as SVG in a notebook, the same bytes each time.

    It is not registered with pyplot, so nothing has to close it.

    Examples
    --------
    >>> Drawing(figsize=(1, 1)).svg("Nothing", "An empty sheet.").count("<desc>An empty sheet.")
    1
    """

    def svg(self, title: str = "", description: str = "") -> str:
        """Return the drawing as SVG without a date, named and described for screen readers."""
        buffer = io.BytesIO()
        with house():
            metadata = {"Date": None, "Creator": None} | ({"Title": title} if title else {})
            self.savefig(buffer, format="svg", metadata=metadata)
        svg = buffer.getvalue().decode("utf-8").replace("<svg ", '<svg role="img" ', 1)
        return svg.replace("</title>", f"</title>\n <desc>{escape(description)}</desc>", 1)

    def png(self) -> bytes:
        """Return the drawing as PNG, without the name of the program that made it."""
        buffer = io.BytesIO()
        with house():
            self.savefig(buffer, format="png", metadata={"Software": None})
        return buffer.getvalue()

    def _repr_svg_(self) -> str:
        return self.svg()


def day_name(day: pd.Timestamp) -> str:
    """Name a day, whatever the locale.

    Examples
    --------
    >>> day_name(pd.Timestamp(2017, 2, 16))
    '16 February 2017'
    """
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def nothing(text: str) -> Drawing:
    """Say that there is nothing to draw, where another corpus has nothing of the kind."""
    with house():
        figure, axes = subplots(figsize=(WIDTH, 1.2))
        axes.set_axis_off()
        axes.text(0.5, 0.5, text, ha="center", va="center", color=MUTED)
    return figure


def subplots(*shape: int, figsize: tuple[float, float], **keywords: Any) -> tuple[Drawing, Any]:
    """Return a drawing and its axes, as pyplot's function of that name does."""
    figure = Drawing(figsize=figsize)
    return figure, figure.subplots(*shape, **keywords)


def rows(n: int, each: float = 0.46) -> tuple[Drawing, Axes]:
    """Return a sheet of `n` rows, the first on top, as high as they need and a page allows."""
    figure, axes = subplots(figsize=(WIDTH, min(1.25 + each * max(n, 1), 16)))
    axes.set_ylim(max(n, 1) - 0.45, -0.55)
    axes.spines["left"].set_visible(False)
    return figure, axes


def name_rows(axes: Axes, names: Sequence[str]) -> None:
    """Name the rows, where there are not too many to be read."""
    axes.set_yticks(range(len(names)), names if len(names) <= MOST_LABELS else [""] * len(names))


def percent_axis(axes: Axes, label: str) -> None:
    """Scale the horizontal axis in per cent."""
    axes.set(xlim=(0, 1), xlabel=label)
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0", "25%", "50%", "75%", "100%"])
