"""Figures of the third notebook: what each story gives room to."""

# ruff: noqa: D102  (the methods of a figure are described in its base)
import textwrap
from collections.abc import Mapping
from itertools import groupby
from typing import Any, ClassVar

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

import usru.figures.canvas as canvas
from usru import codebook
from usru.analysis import agreement, misclassification, reuse, topics
from usru.corpus import Corpus
from usru.evaluation import outside
from usru.figures.base import Figure, in_order, labels, meeting_looks
from usru.show.style import EDGE, GRID, INK, MUTED, PAPER, RAIL
from usru.wording import count, listed, number, percent

__all__ = [
    "Agendas", "Corrected", "Groups", "Keywords", "MeetingsCompared", "Pairs", "SameMeeting",
]  # fmt: skip

MOST_COLUMNS = 8  # of a heat map; the names of more stories no longer fit above it
MOST_PAIRS, MOST_PANELS = 4, 6  # of stories, and of meetings, beside each other
MOST_TOGETHER = 12  # pairs of topics
FARTHEST = (-0.3, 1.3)  # corrected shares that are drawn where they lie; the rest get an arrow
SEVERAL = 3  # paragraphs from which on a topic or a pair of them is no accident of one passage

FIRST, PRIOR = 5, 500  # “the first five” words of a meeting; the prior that is drawn, in words

SOURCE = "the reading by language models, adjudicated; the dictionary of topics"
HOLLOW = "hollow: by the dictionary, where it differs"


def carried(corpus: Corpus) -> pd.DataFrame:
    """Return the topics that carry a figure: as read, or the dictionary's where nobody read.

    Parameters
    ----------
    corpus : Corpus
        Any corpus.
    """
    return corpus.topics if corpus.coded_topics.empty else corpus.coded_topics


def estimate(corpus: Corpus) -> str:
    """Return what is to be said of a figure that no reading carries; nothing where one does.

    Parameters
    ----------
    corpus : Corpus
        Any corpus.
    """
    if not corpus.coded_topics.empty:
        return ""
    told = " Nobody has coded these texts: this is the dictionary’s estimate"
    if corpus.codebook.topics != codebook.read().topics:
        return f"{told}, whose errors are not known."
    rates = agreement.by_label(*outside.topics())[["in_reference", "in_found", "in_both"]].sum()
    return (f"{told}, which on outside pages had a precision of"
            f" {number(rates['in_both'] / rates['in_found'])} and a recall of"
            f" {number(rates['in_both'] / rates['in_reference'])}.")  # fmt: skip


def reliable(corpus: Corpus, names: pd.Series) -> pd.Series:
    """Return of each topic whether the dictionary finds it reliably.

    Parameters
    ----------
    corpus, names : Corpus, pandas.Series
        Whose dictionary was measured, and names of topics.
    """

    def _find() -> pd.DataFrame:
        return topics.evaluate(corpus.coding("topics"), corpus.paragraphs, corpus.topics)

    table = corpus.kept("agreement on topics", _find)
    return names.isin(table.loc[table["f1"] >= topics.WEAK, "label"])


def shown(table: pd.DataFrame) -> dict[str, str]:
    """Return what the topics of a table are called, with a mark behind those found unreliably.

    Parameters
    ----------
    table : pandas.DataFrame
        With `topic` and `reliable`.
    """
    names = labels(table)["topic"]
    known = table.drop_duplicates("topic")[["topic", "reliable"]]
    return {
        topic: names[topic] + ("" if trusted else " *")
        for topic, trusted in known.itertuples(index=False)
    }


def unreliable(table: pd.DataFrame) -> str:
    """Return what the mark behind a topic means, where a row has it.

    Parameters
    ----------
    table : pandas.DataFrame
        With `reliable`.
    """
    if table["reliable"].all():
        return ""
    return f" * marks topics that the dictionary finds unreliably (F1 below {topics.WEAK})."


def by_weight(table: pd.DataFrame, weight: pd.Series) -> pd.DataFrame:
    """Sort rows by their topic, the one of most weight first; other order stays.

    Parameters
    ----------
    table, weight : pandas.DataFrame, pandas.Series
        The rows, and the weight of each topic.
    """
    return in_order(table, "topic", weight.sort_values(ascending=False, kind="stable").index)


def beside_dictionary(corpus: Corpus, by: str = "doc_id") -> pd.DataFrame:
    """Return the room of each topic as read and as the dictionary has it, as shares of the words.

    Parameters
    ----------
    corpus, by : Corpus, str
        Any corpus, and what the shares are of.

    Returns
    -------
    pandas.DataFrame
        `by`, `topic`, `share` (as read, or the dictionary's where nobody read) and `dictionary`.
    """
    one, other = (
        topics.coverage(corpus.paragraphs, coded, by, intervals=False).drop(columns=["low", "high"])
        for coded in (carried(corpus), corpus.topics)
    )
    other = other.rename(columns={"share": "dictionary"})
    return one.merge(other.astype({"topic": one["topic"].dtype}), on=[by, "topic"])


def _lined(name: str, width: int) -> str:
    """A name in as few lines as its column allows."""
    return "\n".join(textwrap.wrap(name, width, break_long_words=False))


def _rings(axes: Axes, x: Any, y: Any, where: Any, colour: str, marker: str = "o") -> None:
    """Draw what the dictionary says as hollow marks, where it says otherwise."""
    axes.plot(x[where], y[where], marker, ms=6, mfc=PAPER, color=colour, mew=1.3, clip_on=False)


class ByTopic(Figure):
    """A figure with topics, which says at its foot what the mark behind some of them means."""

    def sample(self, table: pd.DataFrame) -> str:
        size = super().sample(table)
        if not size or table["reliable"].all():
            return size
        return f"{size}. * The dictionary finds this topic unreliably"


class Agendas(ByTopic):
    """A heat map of topics by stories; a cell leads to the first passage on the topic.

    Its table has a row a topic and story, the most covered topic first: `topic`, `doc_id`, `meeting`,
    `share` of the story's words in [0, 1], as read (as the dictionary has it where nobody read),
    `dictionary` (the dictionary's share), `reliable` (whether it finds the topic reliably), and
    `passage`, the first, missing where neither has any. `selects` says which columns choose all
    passages of a cell in the explorer, and what it calls them.
    """

    name, title = "agendas", "What each story gives room to"
    measure = (
        "Per cent of the story’s words in paragraphs on a topic; ○ by the dictionary, if it differs"
    )
    reading = ("Rows are topics, the most covered on top; columns are stories. The darker a cell,"
               " the more of the story; an empty cell means that no paragraph was read as on the"
               " topic. A paragraph may be on several.")  # fmt: skip
    source = SOURCE
    notebook, section, claim = "03_topics", "What does each story give room to?", "topics-1"
    empty = "There is no story."
    selects: ClassVar[Mapping[str, str]] = {"topic": "topics", "doc_id": "story"}

    def table(self, corpus: Corpus) -> pd.DataFrame:
        read = carried(corpus)
        every = pd.concat([read[["doc_id", "block", "topic"]].astype({"topic": "str"}),
                           corpus.topics[["doc_id", "block", "topic"]].astype({"topic": "str"})])  # fmt: skip
        first = every.drop_duplicates(["doc_id", "topic"])
        first = corpus.linked(first.merge(corpus.paragraphs[["doc_id", "block", "line"]]))
        table = beside_dictionary(corpus).astype({"topic": "str"})
        table = table.merge(corpus.documents[["doc_id", "meeting"]], how="left", on="doc_id")
        table = table.merge(first[["doc_id", "topic", "passage"]], how="left")
        table = by_weight(table, table.groupby("topic", sort=False)["share"].sum())
        table["reliable"] = reliable(corpus, table["topic"])
        columns = ["topic", "doc_id", "meeting", "share", "dictionary", "reliable", "passage"]
        table = table[columns]
        table.attrs["estimate"] = estimate(corpus)
        return table

    def finding(self, table: pd.DataFrame) -> tuple[str, bool]:
        names, of = table.pivot_table("share", "doc_id", "topic", sort=False), labels(table)
        first = names.columns[names.sum().argmax()]
        everywhere = bool((names.idxmax(axis=1) == first).all() and len(names) > 1)
        meetings = table.drop_duplicates("doc_id").set_index("doc_id")["meeting"]
        some = names.gt(0).groupby(meetings).any()
        alone = some.columns[(some.sum() == 1) & names.gt(0).sum().gt(1)]
        least = f"At least {percent(names[first].min())} of every story is on {of['topic'][first]}"
        if some.empty or alone.empty:
            return least, False
        own = alone[names[alone].sum().argmax()]
        where = of["meeting"][some.index[some[own]][0]]
        return f"{least}; only {where}’s stories speak of {of['topic'][own]}", everywhere

    def say(self, table: pd.DataFrame) -> str:
        told, names = table.attrs.get("estimate", ""), labels(table)
        gap = (table["dictionary"] - table["share"]).abs().round(9)
        if not told and gap.max() > 0.005:
            most = table.loc[gap.idxmax()]
            told = (f" The dictionary departs most on {names['topic'][most['topic']]} in"
                    f" {names['doc_id'][most['doc_id']]}: {percent(most['dictionary'])} for"
                    f" {percent(most['share'])}.{unreliable(table)}")  # fmt: skip
        none = int((table["share"] == 0).sum())
        return f"Of {count(len(table), 'cell')} {count(none, 'is', 'are')} empty.{told}"

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        names, stories = table["topic"].unique().tolist(), table["doc_id"].unique().tolist()
        few = len(stories) <= MOST_COLUMNS
        figure, axes = canvas.sheet(1.6 + 0.34 * len(names))
        for row in table.itertuples():
            place = stories.index(row.doc_id), names.index(row.topic)
            text = f"{100 * row.share:.0f}" if row.share > 0 and few else ""
            passage = row.passage if isinstance(row.passage, str) else None
            canvas.cell(axes, *place, row.share, text, passage, size=(0.96, 0.9),
                        query=self.query(row) if row.share else "", edgecolor=GRID)  # fmt: skip
            if few and f"{row.dictionary:.2f}" != f"{row.share:.2f}":
                axes.text(place[0] + 0.44, place[1], f"○ {100 * row.dictionary:.0f}", ha="right",
                          va="center", fontsize=canvas.NOTE,
                          color=canvas.ink_on(canvas.shade(row.share)))  # fmt: skip
        called = shown(table)
        canvas.name_cells(axes, [""] * len(stories), [called[name] for name in names])
        if few:
            _name_stories(axes, table.drop_duplicates("doc_id"))
        canvas.shade_key(figure, "share")
        return figure


def _name_stories(axes: Axes, stories: pd.DataFrame) -> None:
    """Name the columns, and above them the meetings that follow each other."""
    names, colours = labels(stories), meeting_looks(stories)
    width = 84 // len(stories)
    heads = [_lined(names["doc_id"][doc_id], width) for doc_id in stories["doc_id"]]
    for place, head in enumerate(heads):
        axes.text(place, -0.62, head, ha="center", va="bottom", fontsize=canvas.NOTE)
    top = -0.7 - 0.42 * max(head.count("\n") + 1 for head in heads)
    axes.set_ylim(top=top - 0.75)
    meetings = stories["meeting"].where(stories["meeting"].astype("bool"))
    for name, run in groupby(enumerate(meetings), key=lambda one: one[1]):
        places = [place for place, _ in run]
        if isinstance(name, str):
            axes.plot([places[0] - 0.46, places[-1] + 0.46], [top, top], color=colours[name][0],
                      lw=2, solid_capstyle="butt")  # fmt: skip
            axes.text(places[0] - 0.46, top - 0.12, names["meeting"][name], va="bottom",
                      fontsize=canvas.LABEL, weight="bold")  # fmt: skip


class SameMeeting(ByTopic):
    """A panel a pair of stories of one meeting, a row a topic, a mark a story.

    Its table has a row a pair and topic, the topic with the largest difference first: `meeting`,
    `topic`, `one` and `other` (stories), `share_one` and `share_other` of their words in [0, 1] as
    read (as the dictionary has it where nobody read), `dictionary_one` and `dictionary_other`, and
    `reliable`, whether the dictionary finds the topic reliably. Topics that no story has are left
    out, and all but the first four pairs.
    """

    name, title = "same_meeting", "One meeting, two stories"
    measure = "Words in paragraphs on a topic, as a share of the story’s words"
    reading = ("A panel is a meeting that two stories tell, a row a topic; the longer the line, the"
               " more the two differ in the room that they give it. No mark: neither story is on"
               " it.")  # fmt: skip
    source = SOURCE
    notebook, section, claim = "03_topics", "One meeting, two stories", "topics-11"
    empty = "No meeting has two stories."

    def table(self, corpus: Corpus) -> pd.DataFrame:
        shares = beside_dictionary(corpus)
        read, said = (
            topics.contrasts(given, corpus.paragraphs).drop(columns="difference")
            for given in (shares, shares.assign(share=shares["dictionary"]))
        )
        ends = {f"share_{side}": f"dictionary_{side}" for side in ("one", "other")}
        table = read.merge(said.rename(columns=ends), on=["meeting", "topic", "one", "other"])
        listed = table[["one", "other"]].drop_duplicates().head(MOST_PAIRS)
        table = table.merge(listed)
        most = table.groupby("topic", sort=False)[["share_one", "share_other"]].max().max(axis=1)
        table = table[table["topic"].isin(most.index[most > 0])].reset_index(drop=True)
        table = in_order(table, "topic", table["topic"].unique())
        table["reliable"] = reliable(corpus, table["topic"])
        table.attrs["estimate"] = estimate(corpus)
        return table

    def finding(self, table: pd.DataFrame) -> tuple[str, bool]:
        first, names = _farthest(table).iloc[0], labels(table)
        ends = [(first[f"share_{side}"], first[side]) for side in ("one", "other")]
        (more, one), (less, other) = sorted(ends, reverse=True)
        sentence = (f"On {names['meeting'][first['meeting']]}, {names['doc_id'][one]} gives {percent(more)} of"
                    f" its story to {names['topic'][first['topic']]}, {names['doc_id'][other]}"
                    f" {percent(less)}")  # fmt: skip
        return sentence, bool(more > 2 * less)

    def say(self, table: pd.DataFrame) -> str:
        names = labels(table)
        told = listed(f"{names['topic'][row.topic]} in {names['meeting'][row.meeting]}"
                      f" ({percent(row.share_one)} and {percent(row.share_other)})"
                      for row in _farthest(table).head(2).itertuples())  # fmt: skip
        return f"They differ most on {told}.{table.attrs.get('estimate', '')}{unreliable(table)}"

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        names, called = labels(table), shown(table)
        rows, colours = list(called), meeting_looks(table)
        pairs = in_order(table.drop_duplicates(["one", "other"]), "meeting", colours)
        height = 1.4 + 0.36 * len(rows)
        figure, grid = canvas.panels(1, len(pairs), height, sharex=True, sharey=True)
        for axes, pair in zip(grid[0], pairs.itertuples(), strict=True):
            own = table[(table["one"] == pair.one) & (table["other"] == pair.other)]
            own = own[own.filter(regex="^(share|dictionary)_").gt(0).any(axis=1)]
            place, colour = own["topic"].map(rows.index), colours[pair.meeting][0]
            axes.hlines(place, own["share_one"], own["share_other"], color=RAIL, lw=3, zorder=1)
            # Marks of equal shares would hide each other on one line.
            for side, marker, shift in (("one", "o", -0.15), ("other", "s", 0.15)):
                share, said = own[f"share_{side}"], own[f"dictionary_{side}"]
                axes.plot(share, place + shift, marker, ms=6, color=colour, clip_on=False,
                          mec=PAPER, mew=0.5, label=names["doc_id"][getattr(pair, side)])  # fmt: skip
                _rings(axes, said, place + shift, (said - share).abs() > 0.005, colour, marker)
            axes.spines["left"].set_visible(False)
            axes.tick_params(axis="y", pad=9)
            axes.grid(axis="x")
            axes.legend(loc="lower left", bbox_to_anchor=(-0.03, 1.0), ncols=1, handletextpad=0.4,
                        title=names["meeting"][pair.meeting], title_fontproperties={"weight": "bold"},
                        alignment="left", borderaxespad=0.2)  # fmt: skip
        canvas.name_rows(grid[0][0], [called[topic] for topic in rows])
        most = table.filter(regex="^(share|dictionary)_").max().max()
        grid[0][0].set_xlim(0, min(1, most * 1.06))
        grid[0][0].xaxis.set_major_formatter("{x:.0%}")
        _key_of_rings(figure)
        return figure


def _farthest(table: pd.DataFrame) -> pd.DataFrame:
    """Pairs of shares, the farthest apart first."""
    gaps = (table["share_one"] - table["share_other"]).abs().round(3)
    return table.loc[gaps.sort_values(ascending=False, kind="stable").index]


def _key_of_rings(figure: canvas.Drawing, *others: Any) -> None:
    """Say above a drawing what hollow marks are, after other marks."""
    ring = Line2D([], [], marker="o", ls="", ms=6, mfc=PAPER, mec=MUTED, mew=1.3, label=HOLLOW)
    marks = [*others, ring]
    canvas.legend(figure, marks, [mark.get_label() for mark in marks], handletextpad=0.4)


class MeetingsCompared(ByTopic):
    """A panel a meeting, of the first six, a row a topic, with its interval.

    Its table has a row a topic and meeting: `meeting`, `topic`, `on` and `paragraphs` (those on the
    topic, and all), `share` with its Wilson interval `low` and `high`, as read (as the dictionary
    has it where nobody read), and `dictionary`, its share, all in [0, 1]; and `reliable`, whether
    the dictionary finds the topic reliably. Topics that no meeting has are left out, the one with
    the largest share is first.
    """

    name, title = "meetings_compared", "What was on the table at each meeting"
    measure = "Share of a meeting’s paragraphs on a topic, with 95% Wilson interval"
    reading = "A row is a topic, a panel a meeting; a mark is the share, with its interval."
    source = SOURCE
    notebook, section, claim = "03_topics", "Three meetings", "topics-2"
    empty = "No paragraph is on a topic."

    def table(self, corpus: Corpus) -> pd.DataFrame:
        paragraphs = corpus.paragraphs.dropna(subset="meeting")
        first = paragraphs["meeting"].unique()[:MOST_PANELS]
        paragraphs = paragraphs[paragraphs["meeting"].isin(first)]
        read, said = (
            topics.paragraph_shares(paragraphs, coded) for coded in (carried(corpus), corpus.topics)
        )
        said = said[["meeting", "topic", "share"]].rename(columns={"share": "dictionary"})
        table = read.merge(said.astype({"topic": read["topic"].dtype}), on=["meeting", "topic"])
        table = table.rename(columns={"share_low": "low", "share_high": "high"})
        most = table.groupby("topic", observed=False)["share"].max()
        table = by_weight(table[table["topic"].isin(most.index[most > 0])], most)
        table = table.assign(topic=table["topic"].astype("str"))
        table["reliable"] = reliable(corpus, table["topic"])
        table.attrs["estimate"] = estimate(corpus)
        return table

    def finding(self, table: pd.DataFrame) -> tuple[str, bool]:
        names = labels(table)
        meetings = table[table["on"] > 0].groupby("topic")["meeting"].nunique()
        alone = table["topic"].isin(meetings.index[meetings == 1]) & table["on"].ge(SEVERAL)
        told = [f"only {names['meeting'][row.meeting]} has {names['topic'][row.topic]}"
                f" ({row.on} of {row.paragraphs}{' paragraphs' * (not i)})"
                for i, row in enumerate(table[alone].itertuples())]  # fmt: skip
        sentence = f"As read, {listed(told, nothing='no meeting has a topic of its own')}"
        return sentence, bool(told) and not table.attrs.get("estimate")

    def say(self, table: pd.DataFrame) -> str:
        sizes = table.drop_duplicates("meeting")["paragraphs"]
        few = count(sizes.max(), "paragraph")
        size = few if sizes.min() == sizes.max() else f"{sizes.min()} to {few}"
        each = " each" if len(sizes) > 1 else ""
        n = table["topic"].nunique() * len(sizes) * (len(sizes) - 1) // 2
        told = (f" With {count(n, 'comparison')} of two meetings, two intervals that lie apart are no proof,"
                " and two that overlap do not show that meetings are alike.") if n else ""  # fmt: skip
        return (f"{count(len(sizes), 'meeting')} with {size}{each}. With so few, intervals are wide, also"
                f" where no paragraph is on a topic; they say nothing of other stories.{told}"
                f"{table.attrs.get('estimate', '')}{unreliable(table)}")  # fmt: skip

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        names, called, every = labels(table)["meeting"], shown(table), meeting_looks(table)
        rows, meetings = list(called), table["meeting"].unique().tolist()
        height = 1.2 + 0.27 * len(rows)
        figure, grid = canvas.panels(1, len(meetings), height, sharex=True, sharey=True)
        for axes, meeting in zip(grid[0], meetings, strict=True):
            own, (colour, marker) = table[table["meeting"] == meeting], every[meeting]
            place = own["topic"].map(rows.index)
            canvas.intervals(axes, place, own["share"], own["low"], own["high"], every[meeting],
                             clip_on=False)  # fmt: skip
            _rings(
                axes, own["dictionary"], place, own["dictionary"] != own["share"], colour, marker
            )
            size = count(own["paragraphs"].iloc[0], "paragraph")
            axes.set_title(names[meeting], fontsize=9)
            axes.set_title(size, loc="right", fontsize=canvas.NOTE, color=MUTED, weight="normal")
            axes.set_xlim(0, min(1, 1.05 * max(table["high"].max(), table["dictionary"].max())))
            axes.xaxis.set_major_locator(MaxNLocator(4))
            axes.xaxis.set_major_formatter("{x:.0%}")
            axes.grid(axis="x")
            axes.tick_params(axis="y", pad=9)
            axes.spines["left"].set_visible(False)
        canvas.name_rows(grid[0][0], [called[topic] for topic in rows])
        dot = Line2D([], [], marker="o", ls="-", color=MUTED, label="as read")
        _key_of_rings(figure, dot)
        return figure


class Pairs(ByTopic):
    """A line a pair of topics, as long as there are paragraphs on both.

    Its table has at most twelve rows, the most frequent first: `topic` and `other`, `paragraphs`,
    the number on both as read (as the dictionary has it where nobody read), `expected`, how many
    chance would give within the stories, `dictionary`, its number, and `reliable`, whether it finds
    both reliably.
    """

    name, title = "pairs", "Topics that travel together"
    measure = "Number of paragraphs on both topics"
    reading = ("A row is a pair of topics. A stroke is the number of paragraphs that chance would"
               " give to both, as frequent as each is in the stories.")  # fmt: skip
    source = SOURCE
    notebook, section, claim = "03_topics", "What does each story give room to?", "topics-7"
    empty = "No paragraph is on two topics."

    def table(self, corpus: Corpus) -> pd.DataFrame:
        table = topics.cooccurrence(corpus.paragraphs, carried(corpus)).head(MOST_TOGETHER)
        said = topics.cooccurrence(corpus.paragraphs, corpus.topics)
        known = {frozenset(row[:2]): row[2] for row in said.itertuples(index=False)}
        ends = zip(table["topic"], table["other"], strict=True)
        table["dictionary"] = [known.get(frozenset(two), 0) for two in ends]
        table["reliable"] = reliable(corpus, table["topic"]) & reliable(corpus, table["other"])
        table = table.round({"expected": 2})
        table.attrs["estimate"] = estimate(corpus)
        return table[["topic", "other", "paragraphs", "expected", "dictionary", "reliable"]]

    def finding(self, table: pd.DataFrame) -> tuple[str, bool]:
        names = labels(table)["topic"]
        often = table["paragraphs"].ge(SEVERAL) & table["paragraphs"].gt(2 * table["expected"])
        told = [_pair(names, row) for row in table[often].itertuples()]
        sentence = (f"Only {listed(told, nothing='no topics')} share {SEVERAL} or more paragraphs, over twice as"
                    " many as by chance")  # fmt: skip
        every = len(table) < MOST_TOGETHER or table["paragraphs"].min() < SEVERAL
        return sentence, bool(every and 0 < len(told) < len(table) / 2)

    def say(self, table: pd.DataFrame) -> str:
        names, most = labels(table)["topic"], table["paragraphs"].max()
        first = table[table["paragraphs"] == most]
        often = listed((_pair(names, row) for row in first.itertuples()), "and of")
        far = table.loc[(table["paragraphs"] - table["expected"]).idxmax()]
        cut = f" The {len(table)} most frequent pairs are shown." * (len(table) == MOST_TOGETHER)
        both = count(most, "paragraph is", "paragraphs are")
        return (f"Most often, {both} on both topics of {often}, which are frequent. The largest excess"
                f" in paragraphs is that of {_pair(names, far)}: {far['paragraphs']} where"
                f" {number(far['expected'], 1)} would be expected by chance.{cut}{table.attrs.get('estimate', '')}{unreliable(table)}")  # fmt: skip

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        names, place = labels(table)["topic"], pd.Series(range(len(table)), index=table.index)
        called = [_pair(names, row) + ("" if row.reliable else " *") for row in table.itertuples()]
        figure, axes = canvas.rows(called, each=0.3)
        axes.hlines(place, 0, table["paragraphs"], color=RAIL, lw=3)
        (dot,) = axes.plot(table["paragraphs"], place, "o", ms=6, color=INK, label="as read",
                           clip_on=False)  # fmt: skip
        axes.vlines(table["expected"], place - 0.3, place + 0.3, color=MUTED, lw=2)
        _rings(axes, table["dictionary"], place, table["dictionary"] != table["paragraphs"], INK)
        stroke = Line2D([], [], color=MUTED, marker="|", ls="", ms=10, mew=2, label="by chance")
        _key_of_rings(figure, dot, stroke)
        axes.set_xlim(0, 1.06 * table[["paragraphs", "expected", "dictionary"]].max().max())
        axes.grid(axis="x")
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        axes.xaxis.set_major_formatter("{x:,.0f}")
        return figure


def _pair(names: Mapping[str, str], row: Any) -> str:
    return f"{names[row.topic]} + {names[row.other]}"


class Corrected(ByTopic):
    """A row a topic: its share as read, as the dictionary has it, and as a correction has it.

    Its table has a row a topic whose error was measured on outside pages, the largest share first:
    `topic`, the shares of paragraphs by `reference` and by `instrument`, `moved` (the second,
    corrected with the outside rates) with its interval `low` and `high`, and `reliable`, whether the
    dictionary finds the topic reliably. Shares outside [0, 1] are kept; an infinite end says that
    any share fits.
    """

    name, title = "corrected", "A correction with borrowed rates of error"
    measure = "Share of the paragraphs on a topic; the correction with 95% interval"
    reading = ("A row is a topic. The correction should bring the dictionary (ring) to the reading"
               " (dot). Grey are shares that cannot be; an arrow leads to what is off the scale.")  # fmt: skip
    source = f"{SOURCE}; rates of error on invented pages, read once (Rogan and Gladen 1978)"
    notebook, section, claim = "03_topics", "Could a share be corrected?", "topics-12"
    empty = "Nobody has coded the topics of these paragraphs."

    def table(self, corpus: Corpus) -> pd.DataFrame:
        columns = ["topic", "reference", "instrument", "moved", "low", "high", "reliable"]
        if corpus.coded_topics.empty:
            return pd.DataFrame(columns=columns)
        here = (topics.wide(corpus.coded_topics, corpus.paragraphs),
                topics.wide(corpus.topics, corpus.paragraphs))  # fmt: skip
        table = misclassification.transported(here, outside.topics()).dropna(subset="moved")
        table = table.sort_values("reference", ascending=False, kind="stable", ignore_index=True)
        table = table.rename(columns={"label": "topic"})
        return table.assign(reliable=reliable(corpus, table["topic"]))[columns]

    def finding(self, table: pd.DataFrame) -> tuple[str, bool]:
        before, after = (
            (table[name] - table["reference"]).abs() for name in ("instrument", "moved")
        )
        worse = int((after > before + 1e-9).sum())
        sentence = (f"Corrected with borrowed rates of error, {worse} of {count(len(table), 'share')}"
                    f" {'ends' if worse == 1 else 'end'} farther from the reading")  # fmt: skip
        return sentence, worse > len(table) / 2

    def say(self, table: pd.DataFrame) -> str:
        out = int((~table["moved"].between(0, 1)).sum())
        missed = int((~table["reference"].between(table["low"], table["high"])).sum())
        return (f"The outside pages tell the errors of {count(len(table), 'topic')}. For {out} of them the"
                f" corrected share is not between 0% and 100%; for {missed} the interval misses the reading:"
                f" the dictionary errs otherwise there than here.{unreliable(table)}")  # fmt: skip

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        table, called = table.reset_index(drop=True), shown(table)
        figure, axes = canvas.rows([called[topic] for topic in table["topic"]], each=0.42)
        least, most = FARTHEST
        for ends, told in (((least, 0), "below 0%"), ((1, most), "above 100%")):
            axes.axvspan(*ends, color=GRID, lw=0)
            axes.text(sum(ends) / 2, -0.62, told, ha="center", va="bottom", color=MUTED,
                      fontsize=canvas.NOTE)  # fmt: skip
        place, ends = table.index.to_numpy(), table[["low", "high"]].clip(least, most)
        below = place + 0.2  # the correction lies below what was counted
        axes.hlines(below, ends["low"], ends["high"], color=MUTED, lw=1.6)
        near = table["moved"].between(least, most)
        for edge, step, cut in ((most, -0.06, (table["high"] > most) | (table["moved"] > most)),
                                (least, 0.06, (table["low"] < least) | (table["moved"] < least))):  # fmt: skip
            for row in table.index[cut]:
                axes.annotate("", (edge, below[row]), (edge + step, below[row]),
                              arrowprops={"arrowstyle": "-|>", "color": MUTED, "lw": 1.6,
                                          "shrinkA": 0, "shrinkB": 0})  # fmt: skip
        for row, value in table.loc[~near, "moved"].items():
            edge, step = (most, -0.08) if value > 1 else (least, 0.08)
            axes.text(edge + step, below[row] - 0.08, percent(value), va="bottom",
                      fontsize=canvas.LABEL, ha="right" if value > 1 else "left")  # fmt: skip
        marks = [
            *axes.plot(table["reference"], place - 0.2, "o", ms=4.5, color=INK, label="as read"),
            *axes.plot(table["instrument"], place, "o", ms=5, mfc=PAPER, mec=INK, mew=1.2,
                       label="by the dictionary"),
            *axes.plot(table["moved"][near], below[near], "D", ms=4.5, color=MUTED,
                       label="the dictionary, corrected"),
        ]  # fmt: skip
        axes.set_xlim(FARTHEST)
        axes.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0", "25%", "50%", "75%", "100%"])
        canvas.legend(figure, marks, [mark.get_label() for mark in marks], handletextpad=0.4)
        return figure


class Keywords(Figure):
    """A panel a meeting, the first six of them, a dot a word.

    Its table has at most twelve rows a meeting, the most characteristic word first: that of
    `usru.analysis.topics.keyness`, with `z` above 0, without the name of the meeting's own town,
    and `stays`, whether the word is among the first five of its meeting under every prior
    (`usru.analysis.topics.top_words`).
    """

    name, title = "keywords", "The words of each meeting"
    measure = "Weighted log-odds of a word against the other meetings, as z-score; dashed: 1.96"
    reading = ("A dot is a word; the farther right, the more it belongs to that meeting’s stories"
               " rather than to the others. A filled dot is among the first five of its meeting under"
               " every prior that was tried; a hollow one under some of them at most.")  # fmt: skip
    source = "words of three letters or more that occur at least four times (Monroe et al. 2008)"
    notebook, section, claim = "03_topics", "Words instead of topics", "topics-8"
    empty = "No word sets a meeting apart."

    def table(self, corpus: Corpus) -> pd.DataFrame:
        again = reuse.is_reused(corpus.sentences, corpus.reused)
        once, hide = corpus.sentences[~again], topics.place_names(corpus.meetings)
        stop = corpus.codebook.language.stop_words
        table = topics.keyness(once, prior_words=PRIOR, hide=hide, stop_words=stop)
        table = table[table["z"] > 0].groupby("meeting", sort=False).head(12).reset_index(drop=True)
        tried = topics.top_words(once, n=FIRST, hide=hide, stop_words=stop)
        kept = pd.MultiIndex.from_frame(tried.loc[tried["stays"], ["meeting", "word"]])
        return table.assign(stays=pd.MultiIndex.from_frame(table[["meeting", "word"]]).isin(kept))

    def finding(self, table: pd.DataFrame) -> tuple[str, bool]:
        stay = int(table["stays"].sum())
        sentence = (f"Only {count(stay, 'word is', 'words are')} among the first five of a meeting under"
                    " every prior")  # fmt: skip
        return sentence, 0 < stay < FIRST * table["meeting"].nunique() / 2

    def sample(self, table: pd.DataFrame) -> str:
        size = str(table.attrs.get("size", ""))
        return f"{size}; a sentence that two stories share counts once" if size else ""

    def say(self, table: pd.DataFrame) -> str:
        names = labels(table)["meeting"]
        kept = table[table["stays"]].groupby("meeting", sort=False)["word"].agg(list)
        told = listed((f"{listed(f'“{word}”' for word in words)} for {names[name]}"
                       for name, words in kept.items()), nothing="none")  # fmt: skip
        beyond = count(int((table["z"] > 1.96).sum()), "word lies", "words lie")
        return (f"The picture is drawn under a prior of {PRIOR} words. Among the first five under every"
                f" prior from {min(topics.PRIORS)} to {max(topics.PRIORS):,} words: {told}."
                f" {beyond} beyond 1.96, which with so many words compared is a ranking and no test."
                " Function words, and the town of a meeting among its own words, count but are not"
                " shown.")  # fmt: skip

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        meetings, names = table["meeting"].unique()[:MOST_PANELS], labels(table)["meeting"]
        every, most = meeting_looks(table), table.groupby("meeting").size().max()
        figure, grid = canvas.panels(1, len(meetings), 0.8 + 0.25 * most, sharex=True)
        for axes, meeting in zip(grid[0], meetings, strict=True):
            words, (colour, marker) = table[table["meeting"] == meeting], every[meeting]
            place = pd.Series(range(len(words)), index=words.index)
            axes.hlines(place, 0, words["z"], color=RAIL, lw=1.6)
            axes.plot(words["z"], place, marker, ms=5.5, color=colour)
            _rings(axes, words["z"], place, ~words["stays"], colour, marker)
            axes.axvline(1.96, color=MUTED, lw=0.8, ls=(0, (3, 3)), zorder=0)
            axes.set_yticks(place, words["word"])
            axes.set(ylim=(most - 0.4, -0.6), xlim=(0, 1.08 * table["z"].max()))
            axes.set_title(names[meeting], fontsize=9)
            axes.spines["left"].set_visible(False)
        dot, ring = (
            Line2D([], [], marker="o", ls="", ms=6, color=MUTED, mfc=fill)
            for fill in (MUTED, PAPER)
        )
        canvas.legend(figure, [dot, ring],
                      ["among the first five under every prior", "under some priors or none"],
                      handletextpad=0.4)  # fmt: skip
        return figure


class Groups(Figure):
    """A bar a group that paragraphs fall into by their words alone, with the topic nearest to it.

    Its table is that of `usru.analysis.topics.groups`: `group` (from 0), `paragraphs`, `words`,
    `topic` (``"no topic"`` where none is in front) and the `share` of its paragraphs on that topic
    in [0, 1].
    """

    name, title = "groups", "A second opinion without a dictionary"
    measure = "Number of paragraphs in each group, named by the words that weigh most in it"
    reading = ("A bar is a group. At its end: its paragraphs, and the share of them on the topic that"
               " is most over-represented.")  # fmt: skip
    source = ("the words of the paragraphs (tf-idf, average linkage); topics as read by language models,"
              " adjudicated, or by the dictionary where nobody read")  # fmt: skip
    notebook, section, claim = "03_topics", "Words instead of topics", "topics-6"
    empty = "There are too few paragraphs to group."

    def table(self, corpus: Corpus) -> pd.DataFrame:
        return topics.groups(
            corpus.paragraphs, carried(corpus), stop_words=corpus.codebook.language.stop_words
        )

    def finding(self, table: pd.DataFrame) -> tuple[str, bool]:
        first, every = table.iloc[0], table["paragraphs"].sum()
        sentence = (f"By words alone, {first['paragraphs']} of {count(every, 'paragraph')} fall into one"
                    f" group, {_on(labels(table)['topic'], first).replace(' on ', ' of it on ')}")  # fmt: skip
        return sentence, bool(first["paragraphs"] > 0.3 * every and first["share"] < 0.5)

    def say(self, table: pd.DataFrame) -> str:
        pure = int((table["share"] >= 0.8).sum())
        return (f"In {pure} of {count(len(table), 'group')} at least four in five paragraphs are on one"
                " topic. With so few paragraphs, grouping is no substitute for a codebook.")  # fmt: skip

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        names = labels(table)["topic"]
        figure, axes = canvas.rows(table["words"].str.replace(" ", ", "), each=0.36)
        bars = axes.barh(range(len(table)), table["paragraphs"], color=EDGE, height=0.62)
        told = [f"{row['paragraphs']}, {_on(names, row)}" for _, row in table.iterrows()]
        axes.bar_label(bars, told, padding=4, fontsize=canvas.NOTE)
        axes.set_xlim(0, table["paragraphs"].max() * 1.6)
        axes.spines["bottom"].set_visible(False)
        axes.set_xticks([])
        return figure


def _on(names: Mapping[str, str], group: pd.Series) -> str:
    """What a group is about."""
    if not group["share"]:
        return "no topic in front"
    return f"{percent(group['share'])} on {names[group['topic']]}"
