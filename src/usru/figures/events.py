"""Figures of the second notebook: what happened when, and how far the stories look."""

# ruff: noqa: D102  (the methods of a figure are described in its base)
from typing import Any

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

import usru.figures.canvas as canvas
from usru.analysis import timeline
from usru.corpus import Corpus
from usru.figures.base import Figure
from usru.show.style import GRID, INK, MUTED, PAPER, meeting_colours

__all__ = ["Horizons", "Timeline"]


class Timeline(Figure):
    """Events by date, a row each; beside them a mark for each story that mentions the event.

    Its table has a row an event and story, by time: `event`, `title`, `kind` (a ``meeting`` is set
    apart), `earliest` and `latest` day, `basis` (what dates it: ``corpus`` or the public record),
    `doc_id`, `meeting`, `published` and `passage`, the first that mentions it.
    """

    name, title = "timeline", "What happened when, and who mentions it"
    reading = ("A row is an event: a filled mark where a story gives its date, a hollow one where"
               " the public record does, a bar where it lasts or is known to a span of days; diamonds"
               " and lines are the meetings, triangles the days of publication. What lies years"
               " before is at the left, on a scale of its own. At the right, a mark where the story of"
               " that column mentions the event; rows with a grey ground are mentioned in stories of"
               " several meetings.")  # fmt: skip
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
        seen = table.groupby("event").agg(
            stories=("doc_id", "nunique"), meetings=("meeting", "nunique")
        )
        public = (events["basis"] != "corpus").sum()
        return (f"{len(events)} events that the stories mention: {(seen['stories'] == 1).sum()} in one"
                f" story only, {(seen['meetings'] > 1).sum()} in stories of several meetings. The dates of"
                f" {public} are from the public record, the others from the stories.")  # fmt: skip

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        events = table.drop_duplicates("event")
        stories = table.drop_duplicates("doc_id").sort_values("published", kind="stable")
        colours = meeting_colours(stories["meeting"])
        start = _recent(events, stories["published"])
        before = events["earliest"].min() < start
        widths = [1.0] * before + [3.0, max(0.2 * len(stories), 0.3)]
        figure, (panels,) = canvas.panels(1, len(widths), min(2.2 + 0.25 * len(events), 18),
                                          sharey=True, width_ratios=widths)  # fmt: skip
        *dated, matrix = panels
        _draw_months(dated[-1], events, stories["published"], colours, start)
        _month_axis(dated[-1], max(start, events["earliest"].min()), events["latest"].max())
        if before:
            _draw_years(dated[0], events, colours, start)
        _name_rows(dated[0], events)
        _draw_matrix(matrix, table, list(stories["doc_id"]), list(events["event"]), colours)
        crossing = table.groupby("event")["meeting"].transform("nunique") > 1
        for axes in panels:
            for row in table.loc[crossing, "event"].map(list(events["event"]).index).unique():
                axes.axhspan(row + 0.5, row + 1.5, color=GRID, zorder=-1)
            axes.grid(axis="y", linewidth=0.5)
            axes.spines["left"].set_visible(False)
        return figure


def _recent(events: pd.DataFrame, published: pd.Series) -> pd.Timestamp:
    """The first day of the months that are drawn day by day; what lies before is drawn by years."""
    first = published.min() - pd.DateOffset(months=6)
    since = (
        events.loc[events["earliest"] >= first, "earliest"]
        if pd.notna(first)
        else events["earliest"]
    )
    return (since.min() if len(since) else events["earliest"].min()).replace(day=1)


def _draw_matrix(
    axes: Axes, table: pd.DataFrame, column: list[str], row: list[str], colours: dict[str, str]
) -> None:
    for told in table.itertuples():
        place = column.index(told.doc_id), row.index(told.event) + 1
        canvas.dots(axes, *place, [told.passage], s=34, color=colours[told.meeting])
    axes.set_xticks(range(len(column)), column, rotation=60, ha="left", fontsize=canvas.NOTE)
    axes.set_xlim(-0.6, len(column) - 0.4)
    axes.tick_params(axis="x", top=True, labeltop=True, bottom=False, labelbottom=False, length=0, pad=2)  # fmt: skip
    axes.tick_params(axis="y", length=0)
    axes.spines["bottom"].set_visible(False)


def _draw_months(
    axes: Axes, events: pd.DataFrame, published: pd.Series, colours: dict[str, str],
    start: pd.Timestamp,
) -> None:  # fmt: skip
    for event in events[events["kind"] == "meeting"].itertuples():
        colour = colours.get(event.event, MUTED)
        axes.axvline(event.earliest, color=colour, linewidth=1.4, alpha=0.55, zorder=0)
    for row, event in enumerate(events.itertuples(), start=1):
        if event.latest >= start:
            _mark_event(axes, event._replace(earliest=max(event.earliest, start)), row, colours)
    axes.plot(published, [0] * len(published), "^", ms=6, color=INK, alpha=0.75)


def _draw_years(axes: Axes, events: pd.DataFrame, colours: dict[str, str], start: pd.Timestamp) -> None:  # fmt: skip
    """What began before the months, on a scale of its own, up to them."""
    for row, event in enumerate(events.itertuples(), start=1):
        if event.earliest < start:
            _mark_event(axes, event._replace(latest=min(event.latest, start)), row, colours)
    first = events["earliest"].min()
    margin = (start - first) / 20  # room for a mark at either end
    years = pd.date_range(first.replace(month=1, day=1), start, freq="YS")
    shown = years[:: -(-len(years) // 2)]  # two fit
    axes.set_xlim(min(years[0], first) - margin, start + margin)
    axes.set_xticks(shown, [str(day.year) for day in shown])


def _name_rows(axes: Axes, events: pd.DataFrame) -> None:
    titles = ["stories published", *events["title"]]
    axes.set_yticks(range(len(titles)), titles, fontsize=canvas.LABEL)
    for label, bold in zip(axes.get_yticklabels()[1:], events["kind"] == "meeting", strict=True):
        label.set_fontweight("bold" if bold else "normal")
    axes.set_ylim(len(events) + 0.7, -0.7)
    axes.figure.legend(handles=_key(), loc="upper left", bbox_to_anchor=(0.01, 0.995),
                       fontsize=canvas.LABEL, handletextpad=0.6, labelspacing=0.45)  # fmt: skip


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


def _key() -> list[Artist]:
    def mark(shape: str, size: float, label: str, **look: Any) -> Line2D:
        return Line2D([], [], color=INK, marker=shape, ms=size, ls="", label=label, **look)

    span = "event that lasts, or known to a span; thin: from the public record"
    return [mark("D", 6.5, "meeting of the ministers"), mark("o", 5, "event, dated by a story"),
            mark("o", 5, "event, dated from the public record", mfc=PAPER),
            Line2D([], [], color=INK, linewidth=3, label=span),
            mark("^", 6, "day on which a story was published"),
            Rectangle((0, 0), 1, 1, color=GRID, label="mentioned in stories of several meetings")]  # fmt: skip


def _month_axis(axes: Axes, first: pd.Timestamp, last: pd.Timestamp) -> None:
    starts = pd.date_range(first.replace(day=1), last + pd.offsets.MonthBegin(1), freq="MS")
    margin = pd.Timedelta(days=3)
    axes.set_xlim(starts[0] - margin, max(starts[-1], last) + margin)
    every = max(1, -(-len(starts) // 8))  # names of more months would run together
    shown = starts[::every]
    years = [day.year if i == 0 or day.month <= every else " " for i, day in enumerate(shown)]
    names = [f"{day.month_name()[:3]}\n{year}" for day, year in zip(shown, years, strict=True)]
    axes.set_xticks(shown, names)


class Horizons(Figure):
    """A row a story, a dot a temporal expression, which leads to its passage; the farthest named.

    Its table has a row an expression: `doc_id`, `meeting`, `text`, `start`, `end` (raw offsets),
    `nearest` and `farthest` (days from publication, below 0 before it), `fixed_day` (whether the
    day of publication was inferred from it), `voice` and `speaker` (of the clause, as coded) and
    `passage`.
    """

    name, title = "horizons", "How far each story looks back and ahead"
    reading = ("Each dot is a temporal expression, placed at the nearest day that it can mean, with a"
               " line to the farthest; from hollow ones the day of publication was inferred, so that"
               " they are at it or beside it. The scale is even within ten days and logarithmic"
               " beyond.")  # fmt: skip
    source = ("The temporal expressions that usru.text.dates finds in the body blocks, and the anchors"
              " listed in data/codebook/events.toml.")  # fmt: skip
    notebook, section, claim = "02_timeline", "How far the stories look", "timeline-2"
    empty = "No story points to a date."

    def table(self, corpus: Corpus) -> pd.DataFrame:
        blocks, texts = corpus.blocks, corpus.texts
        fixed = timeline.anchors(corpus.codebook.events, blocks, texts)
        said = corpus.coded_clauses
        table = timeline.horizons(corpus.dates, blocks, corpus.documents, fixed, said)
        return corpus.linked(table)[["doc_id", "meeting", "text", "start", "end", "nearest",
                                     "farthest", "fixed_day", "voice", "speaker", "passage"]]  # fmt: skip

    def say(self, table: pd.DataFrame) -> str:
        free = table[~table["fixed_day"]]
        near, far = ((free[of].abs() <= 10).sum() for of in ("nearest", "farthest"))
        return (f"Without the {len(table) - len(free)} temporal expressions that fixed the days of"
                f" publication, {near} of {len(free)} point to within ten days of it by the nearest"
                f" day that they can mean, {far} by the farthest; {(free['nearest'] > 0).sum()} point to"
                " after it.")  # fmt: skip

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        colours = meeting_colours(table["meeting"])
        figure, axes = canvas.rows(table["doc_id"].unique(), each=0.8)
        axes.set_xscale("symlog", linthresh=10, linscale=1.2)
        axes.axvline(0, color=INK, linewidth=1)
        for row, (_, story) in enumerate(table.groupby("doc_id", sort=False)):
            colour, height = colours[story["meeting"].iloc[0]], _heights(story)
            axes.hlines(row + height, story["nearest"], story["farthest"], color=colour, lw=1.2,
                        alpha=0.6)  # fmt: skip
            canvas.dots(axes, story["nearest"], row + height, story["passage"], s=26,
                        color=[PAPER if fixed else colour for fixed in story["fixed_day"]],
                        edgecolors=colour, linewidths=1.1, zorder=3)  # fmt: skip
            _name_ends(axes, row + height, story)
        _day_axis(axes, table[["nearest", "farthest"]].stack())
        look: dict[str, Any] = {"color": MUTED, "marker": "o", "ms": 5}
        key = {
            "nearest day": Line2D([], [], ls="", **look),
            "to the farthest day": Line2D([], [], color=MUTED),
            "day of publication inferred from it": Line2D([], [], ls="", mfc=PAPER, **look),
        }
        canvas.legend(figure, list(key.values()), list(key))
        return figure


def _heights(story: pd.DataFrame) -> pd.Series:
    """Where in its row each expression is drawn, so that the lines of spans do not hide each other."""
    height = canvas.beside(story["nearest"])
    spans = story.index[story["nearest"] != story["farthest"]]
    step = min(0.13, 0.7 / max(len(spans), 1))
    height.loc[spans] = [step * (place - (len(spans) - 1) / 2) for place in range(len(spans))]
    return height


def _name_ends(axes: Axes, height: pd.Series, story: pd.DataFrame) -> None:
    """Print the expressions that point farthest back and ahead above their dots."""
    for end in dict.fromkeys([story["nearest"].idxmin(), story["nearest"].idxmax()]):
        day = story.loc[end, "nearest"]
        if day != 0:
            side = "left" if day > 0 else "center"
            axes.annotate(story.loc[end, "text"], (day, height[end]), (0, 6), ha=side, color=MUTED,
                          textcoords="offset points", fontsize=canvas.NOTE)  # fmt: skip


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
