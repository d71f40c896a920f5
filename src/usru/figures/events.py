"""Figures of the second notebook: what happened when, and how far the stories look."""

# ruff: noqa: D102  (the methods of a figure are described in its base)
import textwrap
from collections.abc import Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

import usru.figures.canvas as canvas
from usru.analysis import timeline
from usru.corpus import Corpus
from usru.figures.base import Figure, in_order, labels, meeting_looks
from usru.labels import Labels
from usru.show.style import GRID, INK, MUTED, PAPER
from usru.wording import count

__all__ = ["Horizons", "Timeline"]

MOST_STORIES = 7  # columns; the names of more no longer fit beside each other
GAP = 0.25  # of a column, between the stories of two meetings


class Timeline(Figure):
    """A row an event: a mark for each story that mentions it, and when it was.

    Its table has a row an event and story, by time: `event`, `title`, `kind` (a ``meeting`` is set
    apart), `earliest` and `latest` day, `basis` (what dates it: ``corpus`` or the public record),
    `doc_id`, `meeting`, `published` and `passage`, the first that mentions it.
    """

    name, title = "timeline", "What happened when, and who mentions it"
    measure = "A mark under each story that mentions an event; at the right, when it was"
    reading = ("A row is an event, in bold a meeting of the ministers, whose day is a vertical line. A"
               " mark under a story says that it mentions the event; marks are joined where stories of"
               " several meetings do. At the right a dot is a day, and a bar what lasts or is known to a"
               " span of days: filled where a story gives the date, hollow where the public record does."
               " Of what lies before the months only the years are given.")  # fmt: skip
    source = (
        "events that a language model listed from the stories, dated by these or the public record"
    )
    notebook, section, claim = "02_timeline", "What happened when, and who says so", "timeline-1"
    empty = "No story mentions a listed event."

    def table(self, corpus: Corpus) -> pd.DataFrame:
        first = corpus.mentions.drop_duplicates(["event", "doc_id"])
        about = corpus.documents[["doc_id", "meeting", "published"]]
        table = corpus.events.merge(first, on="event", sort=False)
        table = corpus.linked(table.merge(about, on="doc_id", how="left"))
        return table[["event", "title", "kind", "earliest", "latest", "basis", "doc_id", "meeting",
                      "published", "passage"]]  # fmt: skip

    def finding(self, table: pd.DataFrame) -> tuple[str, bool]:
        held = table[table["kind"] == "meeting"].sort_values("earliest", kind="stable")
        if held.empty:
            return self.title, False
        first, meetings = held.iloc[0], table.groupby("event")["meeting"].nunique()
        shared = table[table["event"].map(meetings) > 1]
        sentence = ("Stories of different meetings share only what began before"
                    f" {labels(table)['meeting'][first['event']]}: {shared['event'].nunique()} of the"
                    f" {count(len(meetings), 'event')} that they mention")  # fmt: skip
        return sentence, bool(len(shared) and (shared["earliest"] < first["earliest"]).all())

    def sample(self, table: pd.DataFrame) -> str:
        stories = count(table["doc_id"].nunique(), "story", "stories")
        return f"{stories}, {count(table['event'].nunique(), 'event')}"

    def say(self, table: pd.DataFrame) -> str:
        events = table.drop_duplicates("event")
        seen = table.groupby("event")[["doc_id", "meeting"]].nunique()
        public = int((events["basis"] != "corpus").sum())
        return (f"{count(len(events), 'event')}: {(seen['doc_id'] == 1).sum()} in one story only,"
                f" {(seen['meeting'] > 1).sum()} in stories of several meetings; {public} dated from the"
                f" public record, {len(events) - public} by the stories.")  # fmt: skip

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        events = table.drop_duplicates("event").reset_index(drop=True)
        stories = table.drop_duplicates("doc_id").sort_values("published", kind="stable")
        stories = in_order(stories, "meeting", stories["meeting"].unique())
        groups = stories["meeting"].ne(stories["meeting"].shift()).cumsum() - 1
        stories["column"] = stories.index + GAP * groups
        wide = min(0.61 * (stories["column"].iloc[-1] + 1), 3.4)
        figure, grid = canvas.panels(1, 2, min(2.0 + 0.25 * len(events), 18), sharey=True,
                                     width_ratios=[wide, 5.3 - wide])  # fmt: skip
        matrix, dated = grid[0]
        canvas.name_rows(matrix, events["title"].tolist())
        for label, kind in zip(matrix.get_yticklabels(), events["kind"], strict=True):
            label.set(fontsize=canvas.LABEL, fontweight="bold" if kind == "meeting" else "normal")
        _draw_mentions(matrix, table, stories, events["event"].tolist())
        _name_columns(matrix, stories, labels(table))
        _draw_dates(figure, dated, events, stories)
        for axes in grid[0]:
            axes.spines[:].set_visible(False)
            axes.tick_params(axis="x", length=0, labelsize=canvas.NOTE, top=True, labeltop=True)
        return figure


def _draw_mentions(axes: Axes, table: pd.DataFrame, stories: pd.DataFrame, row: list[str]) -> None:
    """A mark where a story mentions an event; a line joins those of several meetings."""
    looks, column = meeting_looks(stories), stories.set_index("doc_id")["column"]
    axes.grid(axis="y")
    for event, told in table.groupby("event", sort=False):
        x, y = told["doc_id"].map(column), row.index(str(event))
        if told["meeting"].nunique() > 1:
            axes.plot([x.min(), x.max()], [y, y], color=INK, lw=1.4, zorder=2)
        for at, story in zip(x, told.itertuples(), strict=True):
            colour, marker = looks[story.meeting]
            canvas.dots(axes, at, y, [story.passage], s=42, color=colour, marker=marker, zorder=3)
    axes.set_xlim(-0.5, column.max() + 0.5)


def _name_columns(axes: Axes, stories: pd.DataFrame, names: Labels) -> None:
    """The stories above and below their columns, and their meetings beyond them."""
    few = len(stories) <= MOST_STORIES
    called = [names["doc_id"][doc_id].replace(" ", "\n", 1) for doc_id in stories["doc_id"]]
    axes.set_xticks(stories["column"], called if few else [""] * len(stories))
    axes.tick_params(axis="x", pad=3)
    if stories["meeting"].nunique() > MOST_STORIES:
        return
    for meeting, (colour, _) in meeting_looks(stories).items():
        at = stories.loc[stories["meeting"] == meeting, "column"].mean()
        for edge, step, align in ((1, 1, "bottom"), (0, -1, "top")):
            axes.annotate(names["meeting"][meeting], (at, edge), (0, step * (30 if few else 4)),
                          xycoords=("data", "axes fraction"), textcoords="offset points", ha="center",
                          va=align, color=colour, fontsize=canvas.LABEL, weight="bold")  # fmt: skip


def _draw_dates(
    figure: canvas.Drawing, axes: Axes, events: pd.DataFrame, stories: pd.DataFrame
) -> None:
    """When the events were: months as an axis, and the years of what lies before them in words."""
    looks, start = meeting_looks(stories), _recent(events, stories["published"])
    end = max(events["latest"].max(), start)
    width = (end - start) + pd.Timedelta(days=31)
    before = start - 0.46 * width if (events["earliest"] < start).any() else start - 0.05 * width
    axes.set_xlim(before, start + 1.05 * width)
    top = (events["earliest"] >= start).to_numpy().argmax() - 0.5
    for event in events[events["kind"] == "meeting"].itertuples():
        axes.plot([event.earliest] * 2, [top, len(events) - 0.45], lw=1.2, zorder=0,
                  color=looks.get(event.event, (MUTED, ""))[0])  # fmt: skip
    for row, event in enumerate(events.itertuples()):
        first = event.earliest if event.earliest >= start else before + 0.04 * width
        lasts = event.latest > event.earliest
        last = max(event.latest, first + pd.Timedelta(days=9)) if lasts else first
        axes.plot([before, first], [row, row], color=GRID, lw=0.8, zorder=-1)
        _mark_event(axes, event, row, (first, last), looks)
        if event.earliest < start:
            _tell_years(axes, event, row, last)
    _month_axis(axes, start, end)
    _draw_key(figure)


def _recent(events: pd.DataFrame, published: pd.Series) -> pd.Timestamp:
    """The first of the months that are drawn day by day."""
    first = published.min() - pd.DateOffset(months=6)
    recent = events["earliest"]
    if pd.notna(first) and (recent >= first).any():
        recent = recent[recent >= first]
    return recent.min().replace(day=1)


def _tell_years(axes: Axes, event: Any, row: int, at: pd.Timestamp) -> None:
    """The years of what began before the months, behind its mark."""
    first, last = event.earliest.year, event.latest.year
    years = f"{first}" if first == last else f"{first}–{last % 100:02d}"
    axes.annotate(years, (at, row), (9, 0), textcoords="offset points", va="center",
                  fontsize=canvas.NOTE)  # fmt: skip


def _mark_event(
    axes: Axes, event: Any, row: int, days: tuple[Any, Any], looks: Mapping[str, tuple[str, str]]
) -> None:
    """A dot or bar, hollow where the corpus gives no date; a meeting has its own mark."""
    is_dated = event.basis == "corpus"
    colour, marker = looks.get(event.event, (INK, "o"))
    if days[1] > days[0]:
        axes.plot(days, [row, row], color=colour, lw=6.6, solid_capstyle="round")
        if not is_dated:
            axes.plot(days, [row, row], color=PAPER, lw=3.8, solid_capstyle="round")
    else:
        axes.plot(days[0], row, marker, ms=8 if event.kind == "meeting" else 5.2, color=colour,
                  mfc=colour if is_dated else PAPER, mew=1.4)  # fmt: skip


def _draw_key(figure: canvas.Drawing) -> None:
    """What is filled and hollow, above the months, where no mark can be taken for an event’s."""
    dot: dict[str, Any] = {"color": INK, "ls": "", "marker": "o", "ms": 5.2, "mew": 1.4}
    bar: dict[str, Any] = {"color": INK, "lw": 6.6, "solid_capstyle": "round"}
    handles = [Line2D([], [], **dot), Line2D([], [], mfc=PAPER, **dot), Line2D([], [], **bar)]
    texts = ["dated by a story", "dated by the public record", "lasts, or known to a span of days"]
    canvas.legend(figure, handles, texts, handlelength=1, columnspacing=2)


def _month_axis(axes: Axes, first: pd.Timestamp, last: pd.Timestamp) -> None:
    starts = pd.date_range(first, last + pd.offsets.MonthBegin(1), freq="MS")
    every = max(1, -(-len(starts) // 4))  # names of more months would run together
    shown = starts[::every]
    told = ["", *(day.year for day in shown)]
    names = [f"{day.month_name()[:3]}\n{day.year if day.year != told[i] else ' '}"
             for i, day in enumerate(shown)]  # fmt: skip
    axes.set_xticks(shown, names)
    for day in shown:
        axes.axvline(day, color=GRID, lw=0.8, zorder=-2)


class Horizons(Figure):
    """A row a temporal expression, by stories; its dot leads to its passage.

    Its table has a row an expression: `doc_id`, `meeting`, `text`, `start`, `end` (raw offsets),
    `nearest` and `farthest` (days from publication, below 0 before it), `fixed_day` (whether the
    day of publication was inferred from it), `voice` and `speaker` (of the clause, as coded) and
    `passage`.
    """

    name, title = "horizons", "How far each story looks back and ahead"
    measure = "Days from publication to each date in the text; a line runs to the farthest day it can mean"
    reading = ("A row is a temporal expression, its dot at the nearest day that it can mean. From those"
               " with a cross the day of publication was inferred, so that they are at it or beside it,"
               " and are not counted. The scale is even within ten days and logarithmic beyond.")  # fmt: skip
    source = "temporal expressions found by rules in the stories’ paragraphs"
    notebook, section, claim = "02_timeline", "How far do the stories look?", "timeline-2"
    empty = "No story points to a date."

    def table(self, corpus: Corpus) -> pd.DataFrame:
        blocks, texts = corpus.blocks, corpus.texts
        fixed = timeline.anchors(corpus.codebook.events, blocks, texts)
        said = corpus.coded_clauses
        table = timeline.horizons(corpus.dates, blocks, corpus.documents, fixed, said)
        return corpus.linked(table)[["doc_id", "meeting", "text", "start", "end", "nearest",
                                     "farthest", "fixed_day", "voice", "speaker", "passage"]]  # fmt: skip

    def finding(self, table: pd.DataFrame) -> tuple[str, bool]:
        nearest = table.loc[~table["fixed_day"], "nearest"]
        back, ahead = int((nearest < 0).sum()), int((nearest > 0).sum())
        there = int((nearest == 0).sum())
        sentence = (f"Of {count(len(nearest), 'date')} {back} {'lies' if back == 1 else 'lie'} before"
                    f" publication, {there or 'none'} on its day, {ahead or 'none'} after it")  # fmt: skip
        return sentence, back > 1 and back > len(nearest) / 2 and ahead < back / 2

    def sample(self, table: pd.DataFrame) -> str:
        stories = count(table["doc_id"].nunique(), "story", "stories")
        return f"{stories}, {count(len(table), 'temporal expression')}"

    def say(self, table: pd.DataFrame) -> str:
        free = table[~table["fixed_day"]]
        fixed = f"{count(len(table) - len(free), 'expression')} from which the day of publication was inferred"
        if free.empty:
            return f"There is nothing but {fixed}."
        near, far = (int((free[of].abs() <= 10).sum()) for of in ("nearest", "farthest"))
        return (f"Within ten days of publication: {near} of {len(free)} by the nearest day that they can"
                f" mean, {far} by the farthest; after it: {(free['nearest'] > 0).sum()}. Not counted:"
                f" {fixed}.")  # fmt: skip

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        names = labels(table)
        looks = meeting_looks(table)
        story = pd.Series(pd.factorize(table["doc_id"])[0], index=table.index)
        table = table.assign(story=story).sort_values(["story", "nearest"], kind="stable")
        table["row"] = range(len(table)) + table["story"].to_numpy()
        figure, axes = canvas.sheet(1.2 + 0.2 * (table["row"].max() + 1))
        axes.set_xscale("symlog", linthresh=10, linscale=1.2)
        axes.axvline(0, color=INK, lw=1, zorder=1)
        for (meeting, fixed), own in table.groupby(["meeting", "fixed_day"], sort=False):
            look: dict[str, Any] = {"color": looks[meeting][0], "zorder": 3}
            axes.hlines(own["row"], own["nearest"], own["farthest"], lw=2.2, **look)
            look |= {"marker": "x", "s": 26, "linewidths": 1.6} if fixed else {"s": 30}
            canvas.dots(axes, own["nearest"], own["row"], own["passage"], **look)
        if len(table) <= canvas.MOST_LABELS:
            for row in table.itertuples():
                _name_date(axes, row)
        middles = table.groupby("doc_id", sort=False)["row"].mean()
        shown = [names["doc_id"][doc_id] for doc_id in middles.index]
        axes.set_yticks(middles, shown if len(shown) <= canvas.MOST_LABELS else [""] * len(shown))
        axes.set_ylim(table["row"].max() + 0.8, -1)
        axes.spines["left"].set_visible(False)
        _day_axis(axes, table[["nearest", "farthest"]].stack())
        return figure


def _name_date(axes: Axes, row: Any) -> None:
    """Print an expression beside its mark, where no line is in the way."""
    text = textwrap.shorten(row.text, 32, placeholder="…")
    if row.fixed_day:
        text = f"{text} (fixed the day of publication)"
    left = -30 <= row.nearest < 0
    at, side = (min(row.nearest, row.farthest), "right") if left else (row.nearest, "left")
    at = max(at, row.farthest) if row.nearest >= 0 else at
    axes.annotate(text, (at, row.row), (-7 if left else 7, 0), textcoords="offset points", ha=side,
                  va="center", fontsize=canvas.NOTE, color=MUTED if row.fixed_day else INK)  # fmt: skip


def _day_axis(axes: Axes, days: pd.Series) -> None:
    # Not 1, 10 and 100 years too: the names of years would touch each other.
    far = {5: "5", 10: "10 days", 30: "30", 100: "100", 1095: "3 years", 10950: "30 years"}
    # An axis for all news: three years back, and a season ahead, at least.
    back, ahead = max(1300, int(-days.min() * 1.3)), max(130, int(days.max() * 1.6))
    ticks = {-day: name for day, name in reversed(far.items()) if day <= back} | {0: "0"}
    ticks |= {day: name for day, name in far.items() if day <= ahead}
    axes.set_xticks(list(ticks), list(ticks.values()))
    axes.set_xlim(-back, ahead)
    axes.minorticks_off()
    axes.grid(axis="x")
    look: dict[str, Any] = {"xycoords": ("data", "axes fraction"), "textcoords": "offset points",
                            "va": "bottom", "fontsize": canvas.NOTE, "color": MUTED}  # fmt: skip
    axes.annotate("← before publication", (0, 1), (-8, 2), ha="right", **look)
    axes.annotate("after →", (0, 1), (8, 2), ha="left", **look)
