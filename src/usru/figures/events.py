"""Figures of the second notebook: what happened when, and how far the stories look."""

# ruff: noqa: D102  (the methods of a figure are described in its base)
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

import usru.figures.canvas as canvas
from usru.analysis import timeline
from usru.corpus import Corpus
from usru.figures.base import Figure
from usru.show.style import INK, MUTED, PAPER, meeting_colours

__all__ = ["Horizons", "Timeline"]


class Timeline(Figure):
    """Events by date, a row each; beside them a mark for each story that mentions the event.

    Its table has a row an event and story, by time: `event`, `title`, `kind` (a ``meeting`` is set
    apart), `earliest` and `latest` day, `basis` (what dates it: ``corpus`` or the public record),
    `doc_id`, `meeting`, `published` and `passage`, the first that mentions it.
    """

    name, title = "timeline", "What happened when, and who mentions it"
    reading = ("A row is an event: a filled mark where a story gives its date, a hollow one where"
               " the public record does, a bar where it is known to a span of days; diamonds and"
               " lines are the meetings, triangles the days of publication. At the right, a mark"
               " where the story of that column mentions the event.")  # fmt: skip
    source = "The passages listed in data/codebook/events.toml."
    notebook, section, claim = "02_timeline", "What happened when, and who says so", "timeline-1"
    empty = "No story mentions a listed event."

    def table(self, corpus: Corpus) -> pd.DataFrame:
        first = corpus.mentions.drop_duplicates(["event", "doc_id"])
        about = corpus.documents[["doc_id", "meeting", "published"]]
        table = corpus.events.merge(first, on="event", sort=False)
        table = corpus.linked(table.merge(about, on="doc_id", how="left"))
        return table[["event", "title", "kind", "earliest", "latest", "basis", "doc_id", "meeting",
                      "published", "passage"]]  # fmt: skip

    def say(self, table: pd.DataFrame) -> str:
        events = table.drop_duplicates("event")
        shared = table.groupby("event")["doc_id"].nunique().gt(1).sum()
        public = (events["basis"] != "corpus").sum()
        return (f"{len(events)} events that the stories mention; {shared} of them stand in more than one"
                f" story. The dates of {public} are from the public record, the others from the stories.")  # fmt: skip

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        events = table.drop_duplicates("event")
        stories = table.drop_duplicates("doc_id").sort_values("published", kind="stable")
        colours = meeting_colours(stories["meeting"])
        widths = [3.0, max(0.22 * len(stories), 0.3)]
        figure, ((dates, matrix),) = canvas.panels(1, 2, min(2.2 + 0.27 * len(events), 18),
                                                   sharey=True, width_ratios=widths)  # fmt: skip
        _draw_dates(dates, events, stories["published"], colours)
        row, column = list(events["event"]), list(stories["doc_id"])
        for told in table.itertuples():
            canvas.dots(matrix, column.index(told.doc_id), row.index(told.event) + 1, [told.passage],
                        s=34, color=colours[told.meeting])  # fmt: skip
        matrix.set_xticks(range(len(column)), column, rotation=60, ha="left", fontsize=canvas.NOTE)
        matrix.set_xlim(-0.6, len(column) - 0.4)
        matrix.tick_params(axis="x", top=True, labeltop=True, bottom=False, labelbottom=False,
                           length=0, pad=2)  # fmt: skip
        matrix.spines["bottom"].set_visible(False)
        for axes in (dates, matrix):
            axes.grid(axis="y", linewidth=0.5)
            axes.spines["left"].set_visible(False)
        return figure


def _draw_dates(axes: Axes, events: pd.DataFrame, published: pd.Series, colours: dict[str, str]) -> None:  # fmt: skip
    is_meeting = events["kind"] == "meeting"
    for event in events[is_meeting].itertuples():
        colour = colours.get(event.event, MUTED)
        axes.axvline(event.earliest, color=colour, linewidth=1.4, alpha=0.55, zorder=0)
    for row, event in enumerate(events.itertuples(), start=1):
        _mark_event(axes, event, row, colours)
    axes.plot(published, [0] * len(published), "^", ms=6, color=INK, alpha=0.75)
    titles = ["stories published", *events["title"]]
    axes.set_yticks(range(len(titles)), titles, fontsize=canvas.LABEL)
    for label, bold in zip(axes.get_yticklabels()[1:], is_meeting, strict=True):
        label.set_fontweight("bold" if bold else "normal")
    axes.set_ylim(len(events) + 0.7, -0.7)
    _month_axis(axes, events["earliest"].min(), events["latest"].max())
    axes.legend(handles=_key(), loc="lower left", bbox_to_anchor=(-0.62, 1.0), fontsize=canvas.LABEL,
                ncols=1, handletextpad=0.6, labelspacing=0.45, borderaxespad=0)  # fmt: skip


def _mark_event(axes: Axes, event: Any, row: int, colours: dict[str, str]) -> None:
    """A diamond for a meeting, a dot else; thin or hollow where the corpus gives no date."""
    is_meeting, is_dated = event.kind == "meeting", event.basis == "corpus"
    colour = colours.get(event.event, INK) if is_meeting else INK
    if event.latest > event.earliest:
        axes.plot([event.earliest, event.latest], [row, row], color=colour,
                  lw=3 if is_dated else 1.2, solid_capstyle="round")  # fmt: skip
    else:
        axes.plot(event.earliest, row, "D" if is_meeting else "o", ms=7 if is_meeting else 5,
                  color=colour, mfc=colour if is_dated else PAPER, mew=1.3)  # fmt: skip


def _key() -> list[Line2D]:
    def mark(shape: str, size: float, label: str, **look: Any) -> Line2D:
        return Line2D([], [], color=INK, marker=shape, ms=size, ls="", label=label, **look)

    span = "event known to a span of days; thin: from the public record"
    return [mark("D", 6.5, "meeting of the ministers"), mark("o", 5, "event, dated by a story"),
            mark("o", 5, "event, dated from the public record", mfc=PAPER),
            Line2D([], [], color=INK, linewidth=3, label=span),
            mark("^", 6, "day on which a story was published")]  # fmt: skip


def _month_axis(axes: Axes, first: pd.Timestamp, last: pd.Timestamp) -> None:
    starts = pd.date_range(first.replace(day=1), last + pd.offsets.MonthBegin(1), freq="MS")
    margin = pd.Timedelta(days=3)
    axes.set_xlim(starts[0] - margin, max(starts[-1], last) + margin)
    every = max(1, len(starts) // 8)  # more than sixteen names of months would run together
    shown = starts[::every]
    years = [day.year if i == 0 or day.month <= every else " " for i, day in enumerate(shown)]
    names = [f"{day.month_name()[:3]}\n{year}" for day, year in zip(shown, years, strict=True)]
    axes.set_xticks(shown, names)


class Horizons(Figure):
    """A row a story, a dot a temporal expression, which leads to its passage; the farthest named.

    Its table has a row an expression: `doc_id`, `meeting`, `text`, `days` (from publication, below
    0 before it) and `passage`.
    """

    name, title = "horizons", "How far each story looks back and ahead"
    reading = ("Each dot is a temporal expression, placed at the nearest day that it can mean; the"
               " scale is even within ten days and logarithmic beyond. The farthest are named.")  # fmt: skip
    source = "The temporal expressions that usru.text.dates finds in the body blocks."
    notebook, section, claim = "02_timeline", "How far the stories look", "timeline-2"
    empty = "No story points to a date."

    def table(self, corpus: Corpus) -> pd.DataFrame:
        table = timeline.horizons(corpus.dates, corpus.blocks, corpus.documents)
        return corpus.linked(table)[["doc_id", "meeting", "text", "days", "passage"]]

    def say(self, table: pd.DataFrame) -> str:
        near = (table["days"].abs() <= 10).mean()
        return (f"{len(table)} temporal expressions in the stories; {near:.0%} point to within ten days of"
                f" publication, {(table['days'] > 0).sum()} to after it.")  # fmt: skip

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        colours = meeting_colours(table["meeting"])
        figure, axes = canvas.rows(table["doc_id"].unique(), each=0.66)
        axes.set_xscale("symlog", linthresh=10, linscale=1.2)
        axes.axvline(0, color=INK, linewidth=1)
        for row, (_, story) in enumerate(table.groupby("doc_id", sort=False)):
            days, colour = story["days"], colours[story["meeting"].iloc[0]]
            axes.plot([days.min(), days.max()], [row, row], color=colour, lw=1, alpha=0.5)
            canvas.dots(axes, days, row + canvas.beside(days), story["passage"], s=26, color=colour,
                        edgecolors=PAPER, linewidths=0.5, zorder=3)  # fmt: skip
            for end in (days.idxmin(), days.idxmax()):
                if days[end] != 0:
                    side = "left" if days[end] > 0 else "center"
                    axes.annotate(story.loc[end, "text"], (days[end], row), (0, 8), ha=side,
                                  textcoords="offset points", fontsize=canvas.NOTE, color=MUTED)  # fmt: skip
        _day_axis(axes, table["days"])
        return figure


def _day_axis(axes: Axes, days: pd.Series) -> None:
    far = [365, 1000, 3650, 10000, 36500]
    # An axis for all news: three years back, and a season ahead, at least.
    back, ahead = max(1000, int(days.abs().max() * 1.6)), max(130, days.max() * 1.6)
    ticks = [-day for day in reversed(far) if day <= back]
    ticks += [-100, -30, -10, -5, 0, 5, 10, 30, 100, *(day for day in far if day <= ahead)]
    axes.set_xticks(ticks, [f"{abs(tick):,}" for tick in ticks])
    axes.set_xlim(-back, ahead)
    axes.minorticks_off()
    axes.grid(axis="x")
    axes.set_xlabel("days before (left) and after (right) publication")
