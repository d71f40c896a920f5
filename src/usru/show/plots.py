"""Frames to figures: one function a figure, each given exactly the table that it draws."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from usru.show.canvas import (
    MONTHS,
    MOST_LABELS,
    WIDTH,
    Drawing,
    day_name,
    name_rows,
    nothing,
    percent_axis,
    rows,
    subplots,
)  # fmt: skip
from usru.show.style import GROUPS, INK, MUTED, PAPER, house, meeting_colours

__all__ = [
    "agendas",
    "blocks_agreement",
    "composition",
    "horizons",
    "kept_and_dropped",
    "keywords",
    "meetings_compared",
    "pairs",
    "stories",
    "timeline",
    "unsupervised",
]

MOST_COLUMNS = 12
"""Stories beyond which names no longer fit above a heat map."""


def composition(table: pd.DataFrame) -> Drawing:
    """Draw what each page is made of, as shares of its characters.

    Parameters
    ----------
    table : pandas.DataFrame
        `doc_id`, `group` (a key of `usru.show.style.GROUPS`), `share` in [0, 1].

    Returns
    -------
    Drawing
        One stacked bar a document, in the order of the table.

    Examples
    --------
    >>> table = pd.DataFrame({"doc_id": ["a"], "group": ["story"], "share": [1.0]})
    >>> len(composition(table).axes)
    1
    """
    shares = table.pivot_table(index="doc_id", columns="group", values="share", sort=False)
    shares = shares.reindex(columns=list(GROUPS)).fillna(0.0)
    with house():
        figure, axes = rows(len(shares))
        left = pd.Series(0.0, index=shares.index)
        for group, colour in GROUPS.items():
            width = shares[group]
            bars = axes.barh(range(len(shares)), width, left=left, color=colour, height=0.66,
                             edgecolor=PAPER, linewidth=0.8)  # fmt: skip
            labels = [f"{share:.0%}" if share >= 0.06 else "" for share in width]
            if len(shares) <= MOST_LABELS:
                dark = group in ("story", "readers", "title matter")
                axes.bar_label(bars, labels, label_type="center", fontsize=8.5,
                               color=PAPER if dark else INK)  # fmt: skip
            left = left + width
        name_rows(axes, list(shares.index))
        percent_axis(axes, "share of the page’s characters")
        _group_legend(figure, table["group"])
    return figure


def kept_and_dropped(table: pd.DataFrame) -> Drawing:
    """Draw a page line by line: how long each line is and what became of it.

    Parameters
    ----------
    table : pandas.DataFrame
        One document's lines: `line`, `block`, `kind`, `group`, `characters`, `passage`.

    Returns
    -------
    Drawing
        The page from top to bottom, one bar a line that is not blank; each
        bar leads to its passage.

    Examples
    --------
    >>> table = pd.DataFrame({"line": [1], "block": [0], "kind": ["body"], "group": ["story"],
    ...                       "characters": [80], "passage": ["page.txt#L1"]})
    >>> len(kept_and_dropped(table).axes)
    1
    """
    positions = range(len(table))
    with house():
        height = min(1.3 + 0.16 * len(table), 16)
        figure, axes = subplots(figsize=(WIDTH, height))
        bars = axes.barh(positions, table["characters"], height=0.72,
                         color=[GROUPS[group] for group in table["group"]])  # fmt: skip
        for bar, passage in zip(bars, table["passage"], strict=True):
            bar.set_url(passage)
        longest = max(table["characters"].max(), 1) if len(table) else 1
        for start, stop, kind, group in _runs(table):
            edge = longest * 1.04
            axes.plot([edge, edge], [start - 0.3, stop + 0.3], color=GROUPS[group], linewidth=3,
                      solid_capstyle="butt", clip_on=False)  # fmt: skip
            count = stop - start + 1
            axes.text(edge + longest * 0.02, (start + stop) / 2,
                      kind if count == 1 else f"{kind} ×{count}", va="center", fontsize=8,
                      color=INK if group == "story" else MUTED,
                      weight="bold" if group == "story" else "normal")  # fmt: skip
        axes.set(xlim=(0, longest * 1.28), ylim=(len(table) - 0.3, -0.7))
        axes.set_xlabel("characters in the line", loc="left")
        shown = [i for i in positions if i % 5 == 0]
        axes.set_yticks(shown, [str(table["line"].iloc[i]) for i in shown])
        axes.set_ylabel("line of the page")
        axes.spines["bottom"].set_bounds(0, longest)
        axes.set_xticks([tick for tick in axes.get_xticks() if 0 <= tick <= longest])
        _group_legend(figure, table["group"])
    return figure


def blocks_agreement(table: pd.DataFrame) -> Drawing:
    """Draw precision and recall of each kind of block, with intervals.

    Parameters
    ----------
    table : pandas.DataFrame
        As `usru.analysis.agreement.by_category` gives it, with `category` as a
        column and `pages` naming the set of pages.

    Returns
    -------
    Drawing
        One panel a set of pages, one row a kind, the most frequent on top.

    Examples
    --------
    >>> from usru.analysis.agreement import by_category
    >>> table = by_category(pd.Series(["body"]), pd.Series(["body"])).reset_index()
    >>> len(blocks_agreement(table.assign(pages="these")).axes)
    1
    """
    order = table.groupby("category")["in_reference"].sum().sort_values(ascending=False).index
    row = {category: i for i, category in enumerate(order)}
    sets = table["pages"].drop_duplicates().tolist()
    with house():
        figure, grid = subplots(
            1, len(sets), sharey=True, squeeze=False, figsize=(WIDTH, 1.5 + 0.34 * len(order))
        )
        for axes, pages in zip(grid[0], sets, strict=True):
            _agreement_panel(axes, table[table["pages"] == pages], row)
            axes.set_title(pages, fontsize=9)
        grid[0][0].set_ylim(len(order) - 0.45, -0.55)
        name_rows(grid[0][0], list(order))
        figure.supxlabel("share of lines, with 95% Wilson interval", fontsize=9, color=INK)
        figure.legend(
            *grid[0][0].get_legend_handles_labels(),
            ncols=2,
            loc="outside upper left",
            handletextpad=0.2,
        )
    return figure


def _agreement_panel(axes: Axes, table: pd.DataFrame, row: dict[str, int]) -> None:
    place = table["category"].map(row)
    marks = (("precision", "#1b4079", -0.15, "o"), ("recall", "#c8553d", 0.15, "s"))
    for name, colour, shift, marker in marks:
        axes.hlines(
            place + shift, table[f"{name}_low"], table[f"{name}_high"], color=colour, lw=1.3
        )
        axes.plot(
            table[name], place + shift, marker, color=colour, ms=4.5, label=name, clip_on=False
        )
    for i, count in zip(place, table["in_reference"], strict=True):
        axes.text(1.08, i, f"{count:,}", va="center", fontsize=8, color=MUTED)
    axes.set(xlim=(0, 1))
    axes.set_xticks([0, 0.5, 1], ["0", "50%", "100%"])
    axes.grid(axis="x")
    axes.spines["left"].set_visible(False)


def stories(table: pd.DataFrame) -> Drawing:
    """Draw the stories at a glance: every sentence by its length.

    Parameters
    ----------
    table : pandas.DataFrame
        One sentence a row: `doc_id`, `meeting`, `published`, `words`, `passage`.

    Returns
    -------
    Drawing
        One row a story; each dot is a sentence and leads to its passage, a
        bar marks the median.

    Examples
    --------
    >>> table = pd.DataFrame({"doc_id": ["a"], "meeting": ["bonn"], "words": [9],
    ...                       "published": [pd.Timestamp("2017-02-16")], "passage": ["a.txt#L1"]})
    >>> len(stories(table).axes)
    1
    """
    names = table["doc_id"].drop_duplicates().tolist()
    colours = meeting_colours(table["meeting"].drop_duplicates().tolist())
    with house():
        figure, axes = rows(len(names), each=0.62)
        right = max(table["words"].max(), 1) if len(table) else 1
        for row, (_, story) in enumerate(table.groupby("doc_id", sort=False)):
            colour = colours[story["meeting"].iloc[0]]
            dots = axes.scatter(story["words"], row + _stacked(story["words"]), s=16, color=colour,
                                edgecolors=PAPER, linewidths=0.4)  # fmt: skip
            dots.set_urls(story["passage"].tolist())
            middle = story["words"].median()
            axes.vlines(middle, row - 0.36, row + 0.36, color=INK, linewidth=1.6)
            axes.text(right * 1.04, row, f"{story['words'].sum():,} words\n{len(story)} sentences",
                      va="center", fontsize=8, color=INK, linespacing=1.35)  # fmt: skip
        published = table.groupby("doc_id", sort=False)["published"].first()
        name_rows(axes, [f"{name}\n{day_name(day)}" for name, day in published.items()])
        axes.set(xlim=(0, right * 1.02), xlabel="words in the sentence; the bar is the median")
        axes.grid(axis="x")
    return figure


def timeline(table: pd.DataFrame) -> Drawing:
    """Draw events by date, one row each, and which story mentions which.

    Parameters
    ----------
    table : pandas.DataFrame
        One row for each event and story that mentions it: `event`, `title`,
        `kind` (``meeting`` is set apart), `earliest`, `latest`, `basis`,
        `doc_id`, `meeting`, `published`, `passage`; sorted by time.

    Returns
    -------
    Drawing
        Left the dates, with a line where a meeting is and a triangle where a
        story was published; right a column for each story, a mark where it
        mentions the event, leading to the passage.

    Examples
    --------
    >>> day = pd.Timestamp("2017-02-16")
    >>> table = pd.DataFrame({"event": ["bonn"], "title": ["Bonn"], "kind": ["meeting"],
    ...     "earliest": [day], "latest": [day], "basis": ["corpus"], "doc_id": ["a"],
    ...     "meeting": ["bonn"], "published": [day], "passage": ["a.txt#L1"]})
    >>> len(timeline(table).axes)
    2
    """
    if table.empty:
        return nothing("no story mentions a listed event")
    events = table.drop_duplicates("event").reset_index(drop=True)
    stories = table.drop_duplicates("doc_id").sort_values("published", kind="stable")
    colours = meeting_colours(stories["meeting"].drop_duplicates().tolist())
    row = {event: i for i, event in enumerate(events["event"], start=1)}
    column = {doc_id: i for i, doc_id in enumerate(stories["doc_id"])}
    with house():
        figure, (dates, matrix) = subplots(
            1, 2, sharey=True, figsize=(WIDTH, min(2.2 + 0.27 * len(events), 18)),
            width_ratios=[3.0, max(0.22 * len(column), 0.3)],
        )  # fmt: skip
        for event in events[events["kind"] == "meeting"].itertuples():
            colour = colours.get(event.event, MUTED)
            dates.axvline(event.earliest, color=colour, linewidth=1.4, alpha=0.55, zorder=0)
        for event in events.itertuples():
            _event_mark(dates, event, row[event.event], colours)
        dates.plot(stories["published"], [0] * len(stories), "^", ms=6, color=INK, alpha=0.75)
        for mention in table.itertuples():
            place = column[mention.doc_id], row[mention.event]
            dot = matrix.scatter(*place, s=34, color=colours[mention.meeting])
            dot.set_urls([mention.passage])
        dates.set_yticks([0, *row.values()], ["stories published", *events["title"]], fontsize=8.5)
        for label, kind in zip(dates.get_yticklabels(), ["", *events["kind"]], strict=True):
            label.set_fontweight("bold" if kind == "meeting" else "normal")
        dates.set_ylim(len(events) + 0.7, -0.7)
        _month_axis(dates, events["earliest"].min(), events["latest"].max())
        matrix.set_xticks(list(column.values()), list(column), rotation=60, ha="left", fontsize=8)
        matrix.set_xlim(-0.6, len(column) - 0.4)
        matrix.tick_params(
            axis="x", top=True, labeltop=True, bottom=False, labelbottom=False, length=0, pad=2
        )
        dates.legend(
            handles=_timeline_key(), loc="lower left", bbox_to_anchor=(-0.62, 1.0), ncols=1,
            fontsize=8.5, handletextpad=0.6, labelspacing=0.45, borderaxespad=0,
        )  # fmt: skip
        for axes in (dates, matrix):
            axes.grid(axis="y", linewidth=0.5)
            axes.spines["left"].set_visible(False)
        matrix.spines["bottom"].set_visible(False)
    return figure


def _timeline_key() -> list[Line2D]:
    def mark(shape: str, label: str, **how: Any) -> Line2D:
        return Line2D([], [], color=INK, marker=shape, linestyle="", label=label, **how)

    return [
        mark("D", "meeting of the ministers", markersize=6.5),
        mark("o", "event, dated by a story", markersize=5),
        mark("o", "event, dated from the public record", markersize=5, markerfacecolor=PAPER),
        Line2D(
            [],
            [],
            color=INK,
            linewidth=3,
            label="event known to a span of days; thin: from the public record",
        ),
        mark("^", "day on which a story was published", markersize=6),
    ]


def _event_mark(axes: Axes, event: Any, row: int, colours: dict[str, str]) -> None:
    """A diamond for a meeting, a dot else; hollow where the corpus does not give the date."""
    is_meeting = event.kind == "meeting"
    colour = colours.get(event.event, INK) if is_meeting else INK
    middle = event.earliest + (event.latest - event.earliest) / 2
    if event.latest > event.earliest:
        axes.plot([event.earliest, event.latest], [row, row], color=colour, lw=3 if event.basis == "corpus" else 1.2, solid_capstyle="round",)  # fmt: skip
        return
    axes.plot(
        middle, row, "D" if is_meeting else "o", ms=7 if is_meeting else 5, color=colour,
        markerfacecolor=colour if event.basis == "corpus" else PAPER, markeredgewidth=1.3,
    )  # fmt: skip


def _month_axis(axes: Axes, first: pd.Timestamp, last: pd.Timestamp) -> None:
    starts = pd.date_range(first.replace(day=1), last + pd.offsets.MonthBegin(1), freq="MS")
    axes.set_xlim(starts[0] - pd.Timedelta(days=3), max(starts[-1], last) + pd.Timedelta(days=3))
    every = max(1, len(starts) // 8)
    shown = starts[::every]
    years = [f"\n{day.year}" if i == 0 or day.month <= every else "" for i, day in enumerate(shown)]
    names = [MONTHS[day.month - 1][:3] for day in shown]
    labels = [name + (year or "\n ") for name, year in zip(names, years, strict=True)]
    axes.set_xticks(shown, labels)


def horizons(table: pd.DataFrame) -> Drawing:
    """Draw how far each story looks back and ahead.

    Parameters
    ----------
    table : pandas.DataFrame
        `doc_id`, `meeting`, `text`, `days` (from publication) and `passage`.

    Returns
    -------
    Drawing
        One row a story, a dot an expression, on a scale that is even within
        ten days of publication and logarithmic beyond; the farthest are named.

    Examples
    --------
    >>> table = pd.DataFrame({"doc_id": ["a"], "meeting": ["bonn"], "text": ["today"],
    ...                       "days": [0], "passage": ["a.txt#L1"]})
    >>> len(horizons(table).axes)
    1
    """
    if table.empty:
        return nothing("no story points to a date")
    names = table["doc_id"].drop_duplicates().tolist()
    colours = meeting_colours(table["meeting"].drop_duplicates().tolist())
    with house():
        figure, axes = rows(len(names), each=0.66)
        axes.set_xscale("symlog", linthresh=10, linscale=1.2)
        axes.axvline(0, color=INK, linewidth=1)
        for i, (_, story) in enumerate(table.groupby("doc_id", sort=False)):
            colour = colours[story["meeting"].iloc[0]]
            axes.plot(
                [story["days"].min(), story["days"].max()], [i, i], color=colour, lw=1, alpha=0.5
            )
            dots = axes.scatter(story["days"], i + _stacked(story["days"]), s=26, color=colour,
                                edgecolors=PAPER, linewidths=0.5, zorder=3)  # fmt: skip
            dots.set_urls(story["passage"].tolist())
            for end in (story["days"].idxmin(), story["days"].idxmax()):
                if story.loc[end, "days"] != 0:
                    axes.annotate(story.loc[end, "text"], (story.loc[end, "days"], i), (0, 8), textcoords="offset points", ha="left" if story.loc[end, "days"] > 0 else "center", fontsize=8, color=MUTED)  # fmt: skip
        name_rows(axes, names)
        reach = max(1000, int(table["days"].abs().max() * 1.6))
        far = [365, 1000, 3650, 10000, 36500]
        ahead = max(130, table["days"].max() * 1.6)
        back = [-day for day in reversed(far) if day <= reach]
        ticks = [
            *back,
            -100,
            -30,
            -10,
            -5,
            0,
            5,
            10,
            30,
            100,
            *(day for day in far if day <= ahead),
        ]
        axes.set_xticks(ticks, [f"{abs(tick):,}" for tick in ticks])
        axes.set_xlim(-reach, ahead)
        axes.minorticks_off()
        axes.grid(axis="x")
        axes.set_xlabel("days before (left) and after (right) publication")
    return figure


def agendas(table: pd.DataFrame) -> Drawing:
    """Draw the share of each story that each topic is given, as a heat map.

    Parameters
    ----------
    table : pandas.DataFrame
        `doc_id`, `topic` (as it is to be shown), `share` in [0, 1], `passage`
        (the first that carries the topic, missing where there is none);
        topics in the order of the rows.

    Returns
    -------
    Drawing
        A cell for each topic and story, with the share in per cent, leading
        to the passage.

    Examples
    --------
    >>> table = pd.DataFrame({"doc_id": ["a"], "topic": ["syria"], "share": [0.5],
    ...                       "passage": ["a.txt#L1"]})
    >>> len(agendas(table).axes)
    1
    """
    topics = table["topic"].drop_duplicates().tolist()
    stories = table["doc_id"].drop_duplicates().tolist()
    few = len(stories) <= MOST_COLUMNS
    with house():
        figure, axes = subplots(figsize=(WIDTH, min(1.3 + 0.34 * len(topics), 16)))
        shades = LinearSegmentedColormap.from_list("house", [PAPER, "#a9c6de", "#1b4079"])
        for cell in table.itertuples():
            x, y = stories.index(cell.doc_id), topics.index(cell.topic)
            box = Rectangle(
                (x - 0.48, y - 0.46), 0.96, 0.92, facecolor=shades(cell.share), edgecolor="#e4e7eb"
            )
            if isinstance(cell.passage, str):
                box.set_url(cell.passage)
            axes.add_patch(box)
            if cell.share > 0 and few:
                colour = PAPER if cell.share > 0.62 else INK
                label = f"{100 * cell.share:.0f}"
                axes.text(x, y, label, ha="center", va="center", fontsize=8.5, color=colour)
        axes.set(xlim=(-0.5, max(len(stories), 1) - 0.5), ylim=(max(len(topics), 1) - 0.5, -0.5))
        axes.set_yticks(range(len(topics)), topics)
        names = [name.replace("-", "\n", 1) if few else "" for name in stories]
        axes.set_xticks(range(len(stories)), names, fontsize=8)
        axes.tick_params(length=0, top=True, labeltop=True, bottom=False, labelbottom=False)
        axes.spines[:].set_visible(False)
    return figure


def meetings_compared(table: pd.DataFrame) -> Drawing:
    """Draw the room that topics are given at each meeting, with intervals.

    Parameters
    ----------
    table : pandas.DataFrame
        `meeting`, `topic`, `share`, `low`, `high`; topics in the order of the rows.

    Returns
    -------
    Drawing
        One row a topic, one mark a meeting.

    Examples
    --------
    >>> table = pd.DataFrame({"meeting": ["bonn"], "topic": ["syria"], "share": [0.2],
    ...                       "low": [0.1], "high": [0.4]})
    >>> len(meetings_compared(table).axes)
    1
    """
    if table.empty:
        return nothing("no paragraph is on a topic")
    topics = table["topic"].drop_duplicates().tolist()
    meetings = table["meeting"].drop_duplicates().tolist()
    colours = meeting_colours(meetings)
    with house():
        figure, axes = rows(len(topics), each=0.4)
        for i, meeting in enumerate(meetings):
            points = table[table["meeting"] == meeting]
            place = points["topic"].map(topics.index) + 0.22 * (i - (len(meetings) - 1) / 2)
            colour, marker = colours[meeting], "osD^vP"[i % 6]
            axes.hlines(place, points["low"], points["high"], color=colour, lw=1.6)
            axes.plot(
                points["share"], place, marker, ms=5, color=colour, label=meeting, clip_on=False
            )
        name_rows(axes, topics)
        percent_axis(axes, "share of the words, with 95% bootstrap interval over paragraphs")
        axes.grid(axis="x")
        handles = axes.get_legend_handles_labels()
        figure.legend(*handles, ncols=len(meetings), loc="outside upper left")
    return figure


def pairs(table: pd.DataFrame) -> Drawing:
    """Draw the pairs of topics that share most paragraphs.

    Parameters
    ----------
    table : pandas.DataFrame
        `pair`, `paragraphs`; the most frequent first.

    Returns
    -------
    Drawing
        One bar a pair.

    Examples
    --------
    >>> len(pairs(pd.DataFrame({"pair": ["a + b"], "paragraphs": [2]})).axes)
    1
    """
    if table.empty:
        return nothing("no paragraph is on two topics")
    with house():
        figure, axes = rows(len(table), each=0.3)
        bars = axes.barh(range(len(table)), table["paragraphs"], color="#5b8db8", height=0.62)
        axes.bar_label(bars, padding=4, fontsize=8.5)
        name_rows(axes, table["pair"].tolist())
        axes.set_xlabel("paragraphs on both topics")
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    return figure


def keywords(table: pd.DataFrame) -> Drawing:
    """Draw the words that set each meeting's stories apart.

    Parameters
    ----------
    table : pandas.DataFrame
        `meeting`, `word`, `z`; for each meeting the most characteristic first.

    Returns
    -------
    Drawing
        A panel a meeting, the first six of them, a dot a word, placed at its z-score.

    Examples
    --------
    >>> len(keywords(pd.DataFrame({"meeting": ["bonn"], "word": ["thaw"], "z": [2.5]})).axes)
    1
    """
    if table.empty:
        return nothing("no word sets a meeting apart")
    meetings = table["meeting"].drop_duplicates().tolist()[:6]
    colours = meeting_colours(meetings)
    most = table.groupby("meeting").size().max()
    with house():
        figure, grid = subplots(
            1, len(meetings), sharex=True, squeeze=False, figsize=(WIDTH, 1.3 + 0.25 * most)
        )
        for axes, meeting in zip(grid[0], meetings, strict=True):
            words = table[table["meeting"] == meeting]
            place = range(len(words))
            axes.hlines(place, 0, words["z"], color=colours[meeting], lw=1.2, alpha=0.6)
            axes.plot(words["z"], place, "o", ms=5, color=colours[meeting])
            axes.axvline(1.96, color=MUTED, lw=0.8, ls=(0, (3, 3)))
            axes.set_yticks(place, words["word"])
            axes.set(ylim=(most - 0.4, -0.6), xlim=(0, 1.08 * table["z"].max()))
            axes.set_title(meeting, fontsize=9)
            axes.spines["left"].set_visible(False)
        label = "z-score of the weighted log-odds; the dashed line is at 1.96"
        figure.supxlabel(label, fontsize=9, color=INK)
    return figure


def unsupervised(table: pd.DataFrame) -> Drawing:
    """Draw the groups that paragraphs fall into by their words alone.

    Parameters
    ----------
    table : pandas.DataFrame
        As `usru.analysis.topics.groups` gives it.

    Returns
    -------
    Drawing
        One bar a group, with its words and the topic nearest to it.

    Examples
    --------
    >>> table = pd.DataFrame({"group": [0], "paragraphs": [9], "words": ["minsk kiev"],
    ...                       "topic": ["ukraine"], "share": [0.9]})
    >>> len(unsupervised(table).axes)
    1
    """
    if table.empty:
        return nothing("there are too few paragraphs to group")
    with house():
        figure, axes = rows(len(table), each=0.36)
        bars = axes.barh(range(len(table)), table["paragraphs"], color="#a9c6de", height=0.62)
        labels = [
            f"{row.paragraphs}, {row.share:.0%} on {row.topic.replace('_', ' ')}"
            for row in table.itertuples()
        ]
        axes.bar_label(bars, labels, padding=4, fontsize=8, color=MUTED)
        name_rows(axes, table["words"].tolist())
        axes.set_xlim(0, table["paragraphs"].max() * 1.35)
        axes.set_xlabel("paragraphs in the group")
    return figure


def _group_legend(figure: Figure, groups: pd.Series) -> None:
    present = [group for group in GROUPS if (groups == group).any()]
    handles = [Rectangle((0, 0), 1, 1, color=GROUPS[group]) for group in present]
    figure.legend(
        handles, present, ncols=max(len(present), 1), loc="outside upper left",
        handlelength=1, handleheight=1, columnspacing=1.4,
    )  # fmt: skip


def _runs(table: pd.DataFrame) -> list[tuple[int, int, str, str]]:
    """First and last row of each run of one kind."""
    runs: list[tuple[int, int, str, str]] = []
    for i, (kind, group) in enumerate(zip(table["kind"], table["group"], strict=True)):
        if runs and runs[-1][2] == kind:
            runs[-1] = (runs[-1][0], i, kind, group)
        else:
            runs.append((i, i, kind, group))
    return runs


def _stacked(values: pd.Series) -> pd.Series:
    """Offsets that set equal values side by side, centred on the row."""
    order = values.groupby(values).cumcount()
    size = values.map(values.value_counts())
    return (order - (size - 1) / 2) * (0.8 / size.clip(lower=6))
