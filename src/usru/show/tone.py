"""Tone, drawn: one function a figure, each given exactly the table that it draws."""

from typing import Any

import pandas as pd

from usru.show.canvas import WIDTH, Drawing, name_rows, nothing, rows, subplots
from usru.show.style import INK, MUTED, house

__all__ = ["along", "means", "specifications", "validity"]

INSTRUMENTS = {"textblob": ("#1b4079", "o"), "vader": ("#c8553d", "s"), "nrc": ("#4d908e", "D")}
"""Colour and mark of each instrument; others are drawn in grey."""

MOST_STORIES = 8
"""Stories beyond which the longest are drawn only."""


def along(table: pd.DataFrame) -> Drawing:
    """Draw the tone of each story, paragraph by paragraph, beside a reader's.

    Parameters
    ----------
    table : pandas.DataFrame
        `doc_id`, `paragraph` (from 1), `polarity` in [-1, 1], `valence` (from
        -2 to 2, missing where nobody read), `topic` (a short label), `passage`.

    Returns
    -------
    Drawing
        A panel a story: bars for the score, rings for the reading (halved),
        the paragraph's first topic below.

    Examples
    --------
    >>> table = pd.DataFrame({"doc_id": ["a"], "paragraph": [1], "polarity": [0.2],
    ...                       "valence": [1.0], "topic": ["syria"], "passage": ["a.txt#L1"]})
    >>> len(along(table).axes)
    1
    """
    if table.empty:
        return nothing("no story has a paragraph")
    longest = table.groupby("doc_id", sort=False).size().nlargest(MOST_STORIES).index
    stories = [doc_id for doc_id in table["doc_id"].drop_duplicates() if doc_id in longest]
    with house():
        figure, grid = subplots(
            len(stories), 1, squeeze=False, figsize=(WIDTH, 0.7 + 1.5 * len(stories)), sharey=True
        )
        for axes, doc_id in zip(grid[:, 0], stories, strict=True):
            story = table[table["doc_id"] == doc_id]
            place = range(len(story))
            bars = axes.bar(place, story["polarity"].fillna(0), color="#a9c6de", width=0.66)
            for bar, passage in zip(bars, story["passage"], strict=True):
                bar.set_url(passage)
            axes.plot(place, story["valence"] / 2, "o", ms=5, mfc="none", mec=INK, mew=1.1)
            axes.axhline(0, color=MUTED, lw=0.8)
            axes.set(ylim=(-1.12, 1.12), xlim=(-0.7, max(len(story), 12) - 0.3))
            axes.set_yticks([-1, 0, 1], ["-1", "0", "1"])
            if len(story) <= 40:
                names = [topic.replace("_", " ") for topic in story["topic"]]
                axes.set_xticks(place, names, fontsize=6.5, rotation=30, ha="right")
            axes.spines["bottom"].set_visible(False)
            axes.tick_params(axis="x", length=0)
            axes.set_title(doc_id, fontsize=8.5, pad=3)
        figure.supylabel("bars: score; rings: reading, halved", fontsize=9, color=INK)
    return figure


def means(table: pd.DataFrame) -> Drawing:
    """Draw mean scores of groups with intervals, by instrument.

    Parameters
    ----------
    table : pandas.DataFrame
        `group`, `instrument`, `polarity`, `low`, `high`; groups in the order
        in which they are drawn.

    Returns
    -------
    Drawing
        One row a group, one mark an instrument.

    Examples
    --------
    >>> table = pd.DataFrame({"group": ["bonn"], "instrument": ["vader"], "polarity": [0.1],
    ...                       "low": [0.0], "high": [0.2]})
    >>> len(means(table).axes)
    1
    """
    table = table.dropna(subset="polarity")
    if table.empty:
        return nothing("there is nothing to score")
    groups = table["group"].drop_duplicates().tolist()
    names = table["instrument"].drop_duplicates().tolist()
    with house():
        figure, axes = rows(len(groups), each=0.5 if len(groups) < 20 else 0.3)
        axes.axvline(0, color=MUTED, lw=0.8)
        for i, name in enumerate(names):
            points = table[table["instrument"] == name]
            place = points["group"].map(groups.index) + 0.2 * (i - (len(names) - 1) / 2)
            colour, marker = INSTRUMENTS.get(name, (MUTED, "P"))
            axes.hlines(place, points["low"], points["high"], color=colour, lw=1.6)
            axes.plot(points["polarity"], place, marker, ms=5, color=colour, label=name)
        name_rows(axes, groups)
        axes.set_xlabel("mean score, with 95% bootstrap interval over sentences")
        axes.grid(axis="x")
        figure.legend(*axes.get_legend_handles_labels(), ncols=len(names), loc="outside upper left")
    return figure


def validity(table: pd.DataFrame) -> Drawing:
    """Draw how far each instrument's ranking of paragraphs is a reader's.

    Parameters
    ----------
    table : pandas.DataFrame
        As `usru.analysis.validity.agreement` gives it.

    Returns
    -------
    Drawing
        One row a comparison, with its interval.

    Examples
    --------
    >>> table = pd.DataFrame({"instrument": ["vader"], "rho": [0.3], "low": [0.1], "high": [0.5]})
    >>> len(validity(table).axes)
    1
    """
    table = table.dropna(subset="rho")
    if table.empty:
        return nothing("nobody has coded the valence of these paragraphs")
    with house():
        figure, axes = rows(len(table), each=0.42)
        for place, row in enumerate(table.itertuples()):
            colour, marker = INSTRUMENTS.get(row.instrument, (INK, "P"))
            axes.hlines(place, row.low, row.high, color=colour, lw=1.8)
            axes.plot(row.rho, place, marker, ms=6, color=colour)
            axes.text(row.rho, place - 0.22, f"{row.rho:.2f}", ha="center", fontsize=8, color=INK)
        axes.axvline(0, color=MUTED, lw=0.8)
        name_rows(axes, table["instrument"].tolist())
        axes.set_xlim(min(-0.2, table["low"].min() - 0.05), 1.04)
        axes.set_xlabel("Spearman’s rho with the reading, 95% bootstrap interval over paragraphs")
        axes.grid(axis="x")
    return figure


def specifications(table: pd.DataFrame) -> Drawing:
    """Draw every specification of each comparison, and what was chosen in it.

    Parameters
    ----------
    table : pandas.DataFrame
        `comparison`, and as `usru.analysis.tone.specifications` gives it.

    Returns
    -------
    Drawing
        A column a comparison: above, the estimates from the lowest to the
        highest with their intervals; below, a mark for each choice made.

    Examples
    --------
    >>> from usru.analysis.tone import CHOICES
    >>> choice = {name: values[0] for name, values in CHOICES.items()}
    >>> row = {"comparison": "a – b", "instrument": "vader", "estimate": 0.1, "low": 0.0, "high": 0.2}
    >>> len(specifications(pd.DataFrame([row | choice])).axes)
    2
    """
    table = table.dropna(subset="estimate")
    if table.empty:
        return nothing("there is nothing to compare")
    comparisons = table["comparison"].drop_duplicates().tolist()
    choices = _choices(table)
    with house():
        figure, grid = subplots(
            2, len(comparisons), squeeze=False, figsize=(WIDTH, 6.2), sharey="row", sharex="col",
            height_ratios=[1.2, 1],
        )  # fmt: skip
        for column, comparison in enumerate(comparisons):
            part = table[table["comparison"] == comparison]
            part = part.sort_values("estimate", kind="stable", ignore_index=True)
            _curve(grid[0][column], part, comparison)
            _dashboard(grid[1][column], part, choices)
        grid[0][0].set_ylabel("difference of means")
        labels = [f"{name}: {value}" if first else value for name, value, first in choices]
        grid[1][0].set_yticks(range(len(labels)), labels, fontsize=8)
        figure.supxlabel("specifications, by their estimate", fontsize=9, color=INK)
    return figure


def _choices(table: pd.DataFrame) -> list[tuple[str, str, bool]]:
    names = ["instrument", "unit", "weighting", "voice", "shared", "neutral"]
    return [
        (name, value, i == 0)
        for name in names
        for i, value in enumerate(table[name].drop_duplicates())
        if table[name].nunique() > 1 or name == "instrument"
    ]


def _curve(axes: Any, part: pd.DataFrame, comparison: str) -> None:
    apart = (part["low"] > 0) | (part["high"] < 0)
    axes.vlines(part.index, part["low"], part["high"], color="#d8d5cf", lw=1)
    for name in part["instrument"].drop_duplicates():
        colour, _ = INSTRUMENTS.get(name, (MUTED, "P"))
        own = part["instrument"] == name
        axes.plot(part.index[own], part["estimate"][own], "o", ms=2.6, color=colour)
    axes.vlines(part.index[apart], part["low"][apart], part["high"][apart], color=MUTED, lw=1)
    axes.axhline(0, color=INK, lw=0.9)
    axes.set_title(comparison, fontsize=8.5)
    axes.tick_params(axis="x", length=0, labelbottom=False)


def _dashboard(axes: Any, part: pd.DataFrame, choices: list[tuple[str, str, bool]]) -> None:
    for place, (name, value, _) in enumerate(choices):
        colour = INSTRUMENTS.get(value, (MUTED, ""))[0] if name == "instrument" else MUTED
        made = part.index[part[name] == value]
        axes.plot(made, [place] * len(made), "|", ms=5, mew=0.8, color=colour)
    axes.set_ylim(len(choices) - 0.4, -0.6)
    axes.set_xticks([])
    axes.spines[:].set_visible(False)
