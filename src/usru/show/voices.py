"""Who speaks, drawn: one function a figure, each given exactly the table that it draws."""

from typing import Any

import pandas as pd
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.lines import Line2D
from matplotlib.patches import ConnectionPatch, Rectangle

from usru.show.canvas import (
    MOST_LABELS,
    WIDTH,
    Drawing,
    name_rows,
    nothing,
    percent_axis,
    rows,
    subplots,
)
from usru.show.style import INK, MUTED, PAPER, VOICES, house, meeting_colours, side_colours

__all__ = ["audience", "quoted", "shared", "speakers", "speakers_topics"]

MOST_SPEAKERS = 14
"""Speakers beyond which those with fewest words are left out of a figure."""

TOLD: dict[str, Any] = {"verbatim": "-", "near": (0, (4, 2)), "requoted": (0, (1, 1.2))}
"""How the link of a passage is drawn that is told again, by the kind of its telling."""

MOST_STORIES = 6
"""Stories beyond which a column for each no longer fits."""


def speakers(table: pd.DataFrame) -> Drawing:
    """Draw the words that each speaker is quoted with in each story.

    Parameters
    ----------
    table : pandas.DataFrame
        `speaker`, `side`, `doc_id`, `words`, `passage`, the speaker with most
        words first.

    Returns
    -------
    Drawing
        One column a story, one row a speaker; a bar leads to the first
        quotation. Of many stories or speakers, those with most words.

    Examples
    --------
    >>> table = pd.DataFrame({"speaker": ["Ann Lee"], "side": ["Others"], "doc_id": ["a"],
    ...                       "words": [12], "passage": ["a.txt#L1"]})
    >>> len(speakers(table).axes)
    1
    """
    if table.empty:
        return nothing("nobody is quoted")
    names = table["speaker"].drop_duplicates().tolist()[:MOST_SPEAKERS]
    most = table.groupby("doc_id", sort=False)["words"].sum().nlargest(MOST_STORIES).index
    stories = [doc_id for doc_id in table["doc_id"].drop_duplicates() if doc_id in most]
    colours = side_colours(table["side"].drop_duplicates().tolist())
    widest = table["words"].max()
    with house():
        figure, grid = subplots(
            1, len(stories), sharey=True, squeeze=False,
            figsize=(WIDTH, 1.5 + 0.36 * len(names)),
        )  # fmt: skip
        for axes, doc_id in zip(grid[0], stories, strict=True):
            story = table[(table["doc_id"] == doc_id) & table["speaker"].isin(names)]
            place = story["speaker"].map(names.index)
            bars = axes.barh(place, story["words"], color=story["side"].map(colours), height=0.62)
            for bar, passage in zip(bars, story["passage"], strict=True):
                bar.set_url(passage)
            axes.bar_label(bars, padding=3, fontsize=8, color=INK)
            axes.set_xlim(0, widest * 1.35)
            axes.set_xticks([])
            axes.spines["bottom"].set_visible(False)
            axes.set_title(doc_id.replace("-", "\n"), fontsize=8.5)
        grid[0][0].set_ylim(len(names) - 0.45, -0.55)
        name_rows(grid[0][0], names)
        figure.supxlabel("words in quotation marks", fontsize=9, color=INK)
        handles = [Rectangle((0, 0), 1, 1, color=colour) for colour in colours.values()]
        figure.legend(handles, list(colours), ncols=len(colours), loc="outside upper left",
                      handlelength=1, handleheight=1, columnspacing=1.4)  # fmt: skip
    return figure


def quoted(table: pd.DataFrame) -> Drawing:
    """Draw how much of each story is quotation and how much narration.

    Parameters
    ----------
    table : pandas.DataFrame
        `doc_id`, `voice` (a key of `usru.show.style.VOICES`), `share` in [0, 1].

    Returns
    -------
    Drawing
        One stacked bar a story, in the order of the table.

    Examples
    --------
    >>> table = pd.DataFrame({"doc_id": ["a"], "voice": ["narration"], "share": [1.0]})
    >>> len(quoted(table).axes)
    1
    """
    wide = table.pivot_table(index="doc_id", columns="voice", values="share", sort=False)
    wide = wide.reindex(columns=list(VOICES)).fillna(0.0)
    with house():
        figure, axes = rows(len(wide))
        left = pd.Series(0.0, index=wide.index)
        for voice, colour in VOICES.items():
            bars = axes.barh(range(len(wide)), wide[voice], left=left, color=colour, height=0.62,
                             edgecolor=PAPER, linewidth=0.8)  # fmt: skip
            labels = [f"{share:.0%}" if share >= 0.05 else "" for share in wide[voice]]
            if len(wide) <= MOST_LABELS:
                light = PAPER if voice in ("direct",) else INK
                axes.bar_label(bars, labels, label_type="center", fontsize=8.5, color=light)
            left = left + wide[voice]
        name_rows(axes, list(wide.index))
        percent_axis(axes, "share of the story’s words")
        present = [voice for voice in VOICES if wide[voice].sum() > 0]
        handles = [Rectangle((0, 0), 1, 1, color=VOICES[voice]) for voice in present]
        figure.legend(handles, present, ncols=max(len(present), 1), loc="outside upper left",
                      handlelength=1, handleheight=1, columnspacing=1.4)  # fmt: skip
    return figure


def speakers_topics(table: pd.DataFrame) -> Drawing:
    """Draw on which topics each speaker is quoted.

    Parameters
    ----------
    table : pandas.DataFrame
        `speaker`, `topic`, `words`, `passage`; speakers and topics in the
        order in which they are drawn.

    Returns
    -------
    Drawing
        Topics as rows, speakers as columns; a cell holds its words and leads
        to the first quotation.

    Examples
    --------
    >>> table = pd.DataFrame({"speaker": ["Ann Lee"], "topic": ["syria"], "words": [9],
    ...                       "passage": ["a.txt#L1"]})
    >>> len(speakers_topics(table).axes)
    1
    """
    if table.empty:
        return nothing("nobody is quoted on a topic")
    names = table["speaker"].drop_duplicates().tolist()[:8]
    topics = table["topic"].drop_duplicates().tolist()
    shades = LinearSegmentedColormap.from_list("house", [PAPER, "#a9c6de", "#1b4079"])
    most = max(table["words"].max(), 1)
    with house():
        figure, axes = subplots(figsize=(WIDTH, 1.3 + 0.32 * len(topics)))
        for cell in table[table["speaker"].isin(names)].itertuples():
            x, y = names.index(cell.speaker), topics.index(cell.topic)
            strength = (cell.words / most) ** 0.5
            box = Rectangle((x - 0.5, y - 0.5), 1, 1, facecolor=shades(strength), edgecolor=PAPER,
                            linewidth=1.5, url=cell.passage)  # fmt: skip
            axes.add_patch(box)
            axes.text(x, y, str(cell.words), ha="center", va="center", fontsize=8.5,
                      color=PAPER if strength > 0.6 else INK)  # fmt: skip
        axes.set(xlim=(-0.5, len(names) - 0.5), ylim=(len(topics) - 0.5, -0.5))
        axes.set_xticks(range(len(names)), [name.replace(" ", "\n", 1) for name in names])
        axes.xaxis.tick_top()
        axes.tick_params(length=0)
        name_rows(axes, topics)
        axes.spines[:].set_visible(False)
    return figure


def shared(table: pd.DataFrame) -> Drawing:
    """Draw which passages stand in more than one story, and where in each.

    Parameters
    ----------
    table : pandas.DataFrame
        `doc_id`, `at` and `again_doc_id`, `again_at` (where the passage stands
        in each story, as a share of its characters in [0, 1]), `kind`,
        `meeting`, `stories` (all stories, in one string a row, by spaces) and
        `passage`.

    Returns
    -------
    Drawing
        A line a story, from its first word to its last; a link for each
        shared passage, solid where it is told in the same words.

    Examples
    --------
    >>> table = pd.DataFrame({"doc_id": ["a"], "at": [0.1], "again_doc_id": ["b"],
    ...     "again_at": [0.5], "kind": ["near"], "meeting": ["bonn"], "passage": ["b.txt#L1"]})
    >>> len(shared(table).axes)
    1
    """
    if table.empty:
        return nothing("no two stories share a passage")
    stories = pd.unique(table[["doc_id", "again_doc_id"]].to_numpy().ravel()).tolist()
    colours = meeting_colours(table["meeting"].drop_duplicates().tolist())
    with house():
        figure, axes = rows(len(stories), each=0.9 if len(stories) < 6 else 0.4)
        for i in range(len(stories)):
            axes.plot([0, 1], [i, i], color="#c9d1d9", lw=5, solid_capstyle="butt", zorder=1)
        for row in table.itertuples():
            here = row.at, stories.index(row.doc_id)
            there = row.again_at, stories.index(row.again_doc_id)
            colour = colours[row.meeting]
            link = ConnectionPatch(here, there, "data", "data", color=colour, lw=1.3,
                                   linestyle=TOLD[row.kind], url=row.passage)  # fmt: skip
            axes.add_artist(link)
            for place in (here, there):
                dot = axes.scatter(*place, s=34, color=colour, zorder=3)
                dot.set_urls([row.passage])
        name_rows(axes, stories)
        axes.set_xlim(-0.01, 1.01)
        percent_axis(axes, "place in the story")
        handles = [Line2D([], [], color=INK, lw=1.3, linestyle=TOLD[kind]) for kind in TOLD]
        figure.legend(handles, list(TOLD), ncols=len(TOLD), loc="outside upper left",
                      handlelength=2.4, columnspacing=1.6)  # fmt: skip
        axes.set_xlim(-0.02, 1.02)
    return figure


def audience(table: pd.DataFrame) -> Drawing:
    """Draw the readers' comments in their order: how long, and whom they answer.

    Parameters
    ----------
    table : pandas.DataFrame
        `commenter`, `replies_to` (missing where none), `words`, `quotes`,
        `passage`, one row a comment.

    Returns
    -------
    Drawing
        One bar a comment; what it repeats of a story is dark.

    Examples
    --------
    >>> table = pd.DataFrame({"commenter": ["reader-01"], "replies_to": [None], "words": [12],
    ...                       "quotes": [0], "passage": ["a.txt#L1"]})
    >>> len(audience(table).axes)
    1
    """
    if table.empty:
        return nothing("no reader comments")
    with house():
        figure, axes = rows(len(table), each=0.22)
        places = range(len(table))
        own = table["words"] - table["quotes"]
        bars = [
            *axes.barh(
                places, table["quotes"], color="#1b4079", height=0.66, label="repeats a story"
            )
        ]
        bars += axes.barh(
            places, own, left=table["quotes"], color="#e3a996", height=0.66, label="own words"
        )
        for bar, passage in zip(bars, [*table["passage"], *table["passage"]], strict=True):
            bar.set_url(passage)
        for place, row in zip(places, table.itertuples(), strict=True):
            answer = f"  answers {row.replies_to}" if isinstance(row.replies_to, str) else ""
            axes.text(
                row.words, place, f" {row.words}{answer}", va="center", fontsize=8, color=MUTED
            )
        names = [who if isinstance(who, str) else "unnamed" for who in table["commenter"]]
        name_rows(axes, names)
        axes.set_xlim(0, table["words"].max() * 1.2)
        axes.set_xlabel("words in the comment")
        figure.legend(*axes.get_legend_handles_labels(), ncols=2, loc="outside upper left",
                      handlelength=1, handleheight=1)  # fmt: skip
    return figure
