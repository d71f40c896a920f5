"""Figures of the third notebook: what each story gives room to."""

# ruff: noqa: D102  (the methods of a figure are described in its base)
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

import usru.figures.canvas as canvas
from usru import codebook
from usru.analysis import agreement, misclassification, reuse, topics
from usru.corpus import Corpus
from usru.evaluation import outside
from usru.figures.base import Figure, in_order
from usru.show.style import GRID, INK, MUTED, NAVY, PAPER, RUST, SAND, SKY, meeting_colours

__all__ = [
    "Agendas", "Corrected", "Groups", "Keywords", "MeetingsCompared", "Pairs", "SameMeeting",
]  # fmt: skip

MOST_COLUMNS = 12  # above a heat map; the names of more stories no longer fit
MOST_PAIRS = 4  # of stories, beside each other
MARKERS = "osD^vP"  # of the meetings, in the corpus's order; a seventh starts again
FARTHEST = (-0.3, 1.3)  # corrected shares that are drawn where they lie; the rest get an arrow

WEAK = f" ° marks topics that the dictionary finds unreliably (F1 below {topics.WEAK})."
READ = "Read by language models against the codebook, twice, and adjudicated (data/coding)."
DICTIONARY = "Beside it, the dictionary in data/codebook/topics.toml, applied to every paragraph."


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
    told = " Nobody has coded these texts: this is the dictionary's estimate"
    if corpus.codebook.topics != codebook.read().topics:
        return f"{told}, whose errors are not known."
    rates = agreement.by_label(*outside.topics())[["in_reference", "in_found", "in_both"]].sum()
    return (f"{told}, which on outside pages had a precision of"
            f" {rates['in_both'] / rates['in_found']:.2f} and a recall of"
            f" {rates['in_both'] / rates['in_reference']:.2f}.")  # fmt: skip


def unreliable(names: pd.Series) -> str:
    """Return what the mark behind a topic means, where one of the topics has it.

    Parameters
    ----------
    names : pandas.Series
        Topics, or pairs of them, as `marked` gives them.
    """
    return WEAK if names.str.contains("°").any() else ""


def marked(corpus: Corpus, names: pd.Series) -> pd.Series:
    """Return topics as readers see them, with a mark behind those that are found unreliably.

    Parameters
    ----------
    corpus, names : Corpus, pandas.Series
        Whose dictionary was measured, and names of topics.
    """
    table = topics.evaluate(corpus.coding("topics"), corpus.paragraphs, corpus.topics)
    weak = set(table.loc[~(table["f1"] >= topics.WEAK), "label"])
    names = names.astype("str")
    return names.str.replace("_", " ") + names.isin(weak).map({True: " °", False: ""})


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


class Agendas(Figure):
    """A heat map of topics by stories; a cell leads to the first passage on the topic.

    Its table has a row a topic and story, the most covered topic first: `topic` (as it is shown),
    `doc_id`, `share` of the story's words in [0, 1], as read (as the dictionary has it where nobody
    read), `dictionary` (the dictionary's share), and `passage`, missing where neither has any.
    """

    name, title = "agendas", "What each story gives room to"
    reading = ("Rows are topics, the most covered on top; columns are stories. The darker a cell,"
               " the more of the story; an empty cell means that no paragraph was read as on the"
               " topic. A ring is in front of what the dictionary says, where it says otherwise.")  # fmt: skip
    source = f"{READ} {DICTIONARY}"
    notebook, section, claim = "03_topics", "What each story gives room to", "topics-1"
    empty = "There is no story."

    def table(self, corpus: Corpus) -> pd.DataFrame:
        read = carried(corpus)
        every = pd.concat([read[["doc_id", "block", "topic"]].astype({"topic": "str"}),
                           corpus.topics[["doc_id", "block", "topic"]].astype({"topic": "str"})])  # fmt: skip
        first = every.drop_duplicates(["doc_id", "topic"])
        first = corpus.linked(first.merge(corpus.paragraphs[["doc_id", "block", "line"]]))
        table = beside_dictionary(corpus).astype({"topic": "str"})
        table = table.merge(first[["doc_id", "topic", "passage"]], how="left")
        table = by_weight(table, table.groupby("topic", sort=False)["share"].sum())
        table["topic"] = marked(corpus, table["topic"])
        table = table[["topic", "doc_id", "share", "dictionary", "passage"]]
        table.attrs["estimate"] = estimate(corpus)
        return table

    def say(self, table: pd.DataFrame) -> str:
        told = table.attrs.get("estimate", "")
        gap = (table["dictionary"] - table["share"]).abs().round(9)
        if not told and gap.max() > 0.005:
            most = table.loc[gap.idxmax()]
            told = (f" The dictionary departs most on {most['topic'].removesuffix(' °')} in"
                    f" {most['doc_id']}: {most['dictionary']:.0%} for"
                    f" {most['share']:.0%}.{unreliable(table['topic'])}")  # fmt: skip
        return ("Share of each story's words, in per cent, that are in paragraphs on a topic;"
                f" {(table['share'] == 0).sum()} of {len(table)} cells are empty. A paragraph may be on"
                f" several topics.{told}")  # fmt: skip

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        names, stories = table["topic"].unique().tolist(), table["doc_id"].unique().tolist()
        few = len(stories) <= MOST_COLUMNS
        figure, axes = canvas.sheet(1.3 + 0.34 * len(names))
        for row in table.itertuples():
            place = stories.index(row.doc_id), names.index(row.topic)
            text = f"{100 * row.share:.0f}" if row.share > 0 and few else ""
            passage = row.passage if isinstance(row.passage, str) else None
            canvas.cell(axes, *place, row.share, text, passage, size=(0.96, 0.92), edgecolor=GRID)
            if few and f"{row.dictionary:.2f}" != f"{row.share:.2f}":
                colour = PAPER if row.share > 0.61 else INK
                axes.text(place[0] + 0.42, place[1], f"○ {100 * row.dictionary:.0f}", ha="right",
                          va="center", fontsize=canvas.NOTE, color=colour)  # fmt: skip
        shown = [name.replace("-", "\n", 1) if few else "" for name in stories]
        canvas.name_cells(axes, shown, names, fontsize=canvas.NOTE)
        return figure


class SameMeeting(Figure):
    """A panel a pair of stories of one meeting, a row a topic, a mark a story.

    Its table has a row a pair and topic, the topic with the largest difference first: `meeting`,
    `topic` (as it is shown), `one` and `other` (stories), `share_one` and `share_other` of their
    words in [0, 1] as read (as the dictionary has it where nobody read), and `dictionary_one` and
    `dictionary_other`. Topics that no story has are left out, and all but the first four pairs.
    """

    name, title = "same_meeting", "One meeting, two stories"
    reading = ("A panel is a meeting that two stories tell, a row a topic; the longer the line, the"
               " more the two differ in the room that they give it. Rings are what the dictionary"
               " says, where it says otherwise.")  # fmt: skip
    source = f"{READ} {DICTIONARY}"
    notebook, section, claim = "03_topics", "Sanctions", "topics-11"
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
        table["topic"] = marked(corpus, table["topic"])
        table.attrs["estimate"] = estimate(corpus)
        return table

    def say(self, table: pd.DataFrame) -> str:
        gaps = (table["share_one"] - table["share_other"]).abs().round(3)
        first = table.loc[gaps.sort_values(ascending=False, kind="stable").index[:2]]
        told = " and ".join(f"{row.topic.removesuffix(' °')} in {row.meeting} ({row.share_one:.0%} and"
                            f" {row.share_other:.0%})" for row in first.itertuples())  # fmt: skip
        return (f"Share of the words of two stories of one meeting. They differ most on {told}."
                f"{table.attrs.get('estimate', '')}{unreliable(table['topic'])}")  # fmt: skip

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        names = table["topic"].unique().tolist()
        pairs = table.drop_duplicates(["one", "other"])[["one", "other", "meeting"]].sort_values(
            "one"
        )
        figure, grid = canvas.panels(
            1, len(pairs), 1.6 + 0.3 * len(names), sharex=True, sharey=True
        )
        for axes, (one, other, meeting) in zip(grid[0], pairs.itertuples(index=False), strict=True):
            own = table[(table["one"] == one) & (table["other"] == other)]
            ends = [
                f"{what}_{side}" for what in ("share", "dictionary") for side in ("one", "other")
            ]
            own = own[own[ends].gt(0).any(axis=1)]
            place = own["topic"].map(names.index)
            axes.hlines(place, own["share_one"], own["share_other"], color=SAND, lw=3, zorder=1)
            # The second mark is smaller, so that the first is seen behind it where both are equal.
            looks = ((one, "one", NAVY, "o", 8), (other, "other", RUST, "s", 5))
            for story, side, colour, marker, size in looks:
                share, said = own[f"share_{side}"], own[f"dictionary_{side}"]
                name = story.removeprefix(f"{meeting}-")
                axes.plot(share, place, marker, ms=size, color=colour, clip_on=False, label=name)
                _rings(axes, said, place, (said - share).abs() > 0.005, colour, marker)
            axes.spines["left"].set_visible(False)
            axes.tick_params(axis="y", length=0)
            axes.grid(axis="x")
            axes.legend(loc="lower left", bbox_to_anchor=(-0.03, 1.0), ncols=1, title=meeting,
                        alignment="left", handletextpad=0.4, borderaxespad=0.2)  # fmt: skip
        canvas.name_rows(grid[0][0], names)
        most = table[["share_one", "share_other", "dictionary_one", "dictionary_other"]].max().max()
        grid[0][0].set_xlim(0, min(1, most * 1.06))
        grid[0][0].xaxis.set_major_formatter("{x:.0%}")
        figure.supxlabel("share of the story's words")
        return figure


def _rings(axes: Axes, x: Any, y: Any, where: Any, colour: str, marker: str = "o") -> None:
    """Draw what the dictionary says as hollow marks, where it says otherwise."""
    axes.plot(x[where], y[where], marker, ms=6, mfc=PAPER, mec=colour, mew=1.3, clip_on=False)


class MeetingsCompared(Figure):
    """A row a topic, a mark a meeting, with its interval.

    Its table has a row a topic and meeting: `meeting`, `topic` (as it is shown), `on` and
    `paragraphs` (those on the topic, and all), `share` with its Wilson interval `low` and `high`,
    as read (as the dictionary has it where nobody read), and `dictionary`, its share; all in [0, 1].
    Topics that no meeting has are left out, the one with the largest share is first.
    """

    name, title = "meetings_compared", "What was on the table at each meeting"
    reading = ("A row is a topic, a filled mark a meeting as read; a hollow mark is what the dictionary"
               " says, where it says otherwise. Where two intervals overlap, the texts hardly tell the"
               " meetings apart.")  # fmt: skip
    source = f"{READ} {DICTIONARY} Wilson intervals of shares of paragraphs."
    notebook, section, claim = "03_topics", "The meetings compared", "topics-2"
    empty = "No paragraph is on a topic."

    def table(self, corpus: Corpus) -> pd.DataFrame:
        paragraphs = corpus.paragraphs.dropna(subset="meeting")
        read, said = (
            topics.paragraph_shares(paragraphs, coded) for coded in (carried(corpus), corpus.topics)
        )
        said = said[["meeting", "topic", "share"]].rename(columns={"share": "dictionary"})
        table = read.merge(said.astype({"topic": read["topic"].dtype}), on=["meeting", "topic"])
        table = table.rename(columns={"share_low": "low", "share_high": "high"})
        most = table.groupby("topic", observed=False)["share"].max()
        table = by_weight(table[table["topic"].isin(most.index[most > 0])], most)
        table = table.assign(topic=marked(corpus, table["topic"]))
        table.attrs["estimate"] = estimate(corpus)
        return table

    def say(self, table: pd.DataFrame) -> str:
        sizes = table.drop_duplicates("meeting")["paragraphs"]
        return (f"Share of the paragraphs on a topic, for {len(sizes)} meetings with {sizes.min()} to"
                f" {sizes.max()} paragraphs each. With so few, intervals are wide, also where no"
                " paragraph is on a topic; they say nothing of other stories."
                f"{table.attrs.get('estimate', '')}{unreliable(table['topic'])}")  # fmt: skip

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        names, spread = table["topic"].unique().tolist(), 0.22
        figure, axes = canvas.rows(names, each=0.4)
        colours = meeting_colours(table["meeting"])
        looks = {name: (colours[name], MARKERS[i % 6]) for i, name in enumerate(colours)}
        canvas.intervals_by(axes, table, "topic", "meeting", "share", looks, spread, clip_on=False)
        for i, (name, look) in enumerate(looks.items()):
            own = table[table["meeting"] == name]
            place = own["topic"].map(names.index) + spread * (i - (len(looks) - 1) / 2)
            _rings(axes, own["dictionary"], place, own["dictionary"] != own["share"], *look)
        canvas.percent_axis(axes)
        marks, labels = axes.get_legend_handles_labels()
        marks.append(Line2D([], [], marker="o", ls="", ms=6, mfc=PAPER, mec=MUTED, mew=1.3))
        canvas.legend(figure, marks, [*labels, "hollow: by the dictionary"])
        return figure


class Pairs(Figure):
    """A bar a pair of topics.

    Its table has at most twelve rows, the most frequent first: `pair` (as it is shown),
    `paragraphs`, the number on both topics as read (as the dictionary has it where nobody read),
    `expected`, how many chance would give within the stories, and `dictionary`, its number.
    """

    name, title = "pairs", "Topics that travel together"
    reading = ("A bar is a pair of topics, as long as the number of paragraphs that are on both. A"
               " stroke is the number that chance would give, a ring what the dictionary says.")  # fmt: skip
    source = f"{READ} {DICTIONARY}"
    notebook, section, claim = "03_topics", "Topics that travel together", "topics-7"
    empty = "No paragraph is on two topics."

    def table(self, corpus: Corpus) -> pd.DataFrame:
        table = topics.cooccurrence(corpus.paragraphs, carried(corpus)).head(12)
        said = topics.cooccurrence(corpus.paragraphs, corpus.topics)
        number = {frozenset(row[:2]): row[2] for row in said.itertuples(index=False)}
        ends = zip(table["topic"], table["other"], strict=True)
        pair = marked(corpus, table["topic"]) + " + " + marked(corpus, table["other"])
        table = pd.DataFrame({"pair": pair, "paragraphs": table["paragraphs"],
                              "expected": table["expected"].round(2),
                              "dictionary": [number.get(frozenset(two), 0) for two in ends]})  # fmt: skip
        table.attrs["estimate"] = estimate(corpus)
        return table

    def say(self, table: pd.DataFrame) -> str:
        often = table[table["paragraphs"] == table["paragraphs"].max()]
        far = table.loc[(table["paragraphs"] - table["expected"]).idxmax()]
        return (f"{often['paragraphs'].iloc[0]} paragraphs are on both topics of"
                f" {' and of '.join(often['pair'])}, which are frequent topics. Farthest above chance is"
                f" {far['pair']}: {far['paragraphs']} where {far['expected']:.1f} would be expected."
                f"{table.attrs.get('estimate', '')}{unreliable(table['pair'])}")  # fmt: skip

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        figure, axes = canvas.rows(table["pair"], each=0.3)
        bars = axes.barh(range(len(table)), table["paragraphs"], color=SKY, height=0.62)
        if "expected" in table:
            place = pd.Series(range(len(table)), index=table.index)
            axes.vlines(table["expected"], place - 0.31, place + 0.31, color=INK, lw=1.6)
            other = table["dictionary"] != table["paragraphs"]
            _rings(axes, table["dictionary"], place, other, NAVY)
            marks = [bars[0], Line2D([], [], color=INK, marker="|", ls="", ms=9, mew=1.6),
                     Line2D([], [], color=NAVY, marker="o", ls="", ms=6, mfc=PAPER)]  # fmt: skip
            canvas.legend(figure, marks, ["as read", "by chance", "by the dictionary"])
            axes.grid(axis="x")
        else:
            axes.bar_label(bars, fmt="{:,.0f}", padding=4, fontsize=canvas.LABEL)
        axes.set_xlabel("paragraphs on both topics")
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        axes.xaxis.set_major_formatter("{x:,.0f}")
        return figure


class Corrected(Figure):
    """A row a topic: its share as read, as the dictionary has it, and as a correction has it.

    Its table has a row a topic whose error was measured on outside pages, the largest share first:
    `topic` (as it is shown), the shares of paragraphs by `reference` and by `instrument`, `moved`
    (the second, corrected with the outside rates) with its interval `low` and `high`. Shares
    outside [0, 1] are kept; an infinite end says that any share fits.
    """

    name, title = "corrected", "A correction with borrowed rates of error"
    reading = ("A row is a topic. The correction (diamond, 95% interval) should bring the dictionary"
               " (ring) to the reading (dot). Grey are shares that cannot be; an arrow leads to a"
               " value that is off the scale.")  # fmt: skip
    source = (
        f"{READ} Rates of error: invented pages of data/outside, read once. Rogan and Gladen 1978."
    )
    notebook, section, claim = "03_topics", "What the measurement error does", "topics-12"
    empty = "Nobody has coded the topics of these paragraphs."

    def table(self, corpus: Corpus) -> pd.DataFrame:
        columns = ["topic", "reference", "instrument", "moved", "low", "high"]
        if corpus.coded_topics.empty:
            return pd.DataFrame(columns=columns)
        here = (topics.wide(corpus.coded_topics, corpus.paragraphs),
                topics.wide(corpus.topics, corpus.paragraphs))  # fmt: skip
        table = misclassification.transported(here, outside.topics()).dropna(subset="moved")
        table = table.sort_values("reference", ascending=False, kind="stable", ignore_index=True)
        return table.assign(topic=marked(corpus, table["label"]))[columns]

    def say(self, table: pd.DataFrame) -> str:
        out = ~table["moved"].between(0, 1)
        missed = ~table["reference"].between(table["low"], table["high"])
        return (f"Shares of paragraphs, for the {len(table)} topics whose errors the outside pages tell."
                f" The correction leaves what a share can be for {out.sum()} of them, and its interval"
                f" misses the reading for {missed.sum()}: the dictionary errs otherwise there than here."
                f"{unreliable(table['topic'])}")  # fmt: skip

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        figure, axes = canvas.rows(table["topic"], each=0.42)
        least, most = FARTHEST
        for side in ((least, 0), (1, most)):
            axes.axvspan(*side, color=GRID, alpha=0.7, lw=0)
        place = table.index.to_numpy()
        ends = table[["low", "high"]].clip(least, most)
        axes.hlines(place, ends["low"], ends["high"], color=RUST, lw=1.6)
        near = table["moved"].between(least, most)
        for row, (value, there) in enumerate(zip(table["moved"], near, strict=True)):
            if not there:
                edge, step = (most, -0.08) if value > 1 else (least, 0.08)
                axes.annotate("", (edge, row), (edge + step, row),
                              arrowprops={"arrowstyle": "-|>", "color": RUST, "lw": 1.6})  # fmt: skip
                axes.text(edge + step, row - 0.16, f"{value:.0%}", color=RUST, va="bottom",
                          ha="right" if value > 1 else "left", fontsize=canvas.LABEL)  # fmt: skip
        axes.plot(table["moved"][near], place[near], "D", ms=6, color=RUST, label="corrected")
        axes.plot(table["instrument"], place, "o", ms=9, mfc="none", mec=NAVY, mew=1.3,
                  label="by the dictionary")  # fmt: skip
        axes.plot(table["reference"], place, "o", ms=4.5, color=NAVY, label="as read")
        axes.set(xlim=FARTHEST, xlabel="share of the paragraphs")
        axes.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0", "25%", "50%", "75%", "100%"])
        canvas.legend(figure, *(side[::-1] for side in axes.get_legend_handles_labels()))
        return figure


class Keywords(Figure):
    """A panel a meeting, the first six of them, a dot a word.

    Its table has at most twelve rows a meeting, the most characteristic word first: that of
    `usru.analysis.topics.keyness`, with `z` above 0, and `stays`, whether the word is among the
    first five of its meeting under every prior (`usru.analysis.topics.top_words`).
    """

    name, title = "keywords", "The words of each meeting"
    reading = ("A dot is a word; the farther right, the more it belongs to that meeting's stories"
               " rather than to the others. A filled dot is among the first five of its meeting under"
               " every prior that was tried; a hollow one depends on the prior.")  # fmt: skip
    source = ("All words of three letters or more that occur at least four times, prior of 500 words;"
              " scikit-learn's function words count but are not shown (Monroe et al. 2008).")  # fmt: skip
    notebook, section, claim = "03_topics", "The words of each meeting", "topics-8"
    empty = "No word sets a meeting apart."

    def table(self, corpus: Corpus) -> pd.DataFrame:
        again = reuse.is_reused(corpus.sentences, corpus.reused)
        once = corpus.sentences[~again]
        table = topics.keyness(once)
        table = table[table["z"] > 0].groupby("meeting", sort=False).head(12).reset_index(drop=True)
        tried = topics.top_words(once)
        kept = pd.MultiIndex.from_frame(tried.loc[tried["stays"], ["meeting", "word"]])
        return table.assign(stays=pd.MultiIndex.from_frame(table[["meeting", "word"]]).isin(kept))

    def say(self, table: pd.DataFrame) -> str:
        return (f"The words that are more frequent in each meeting's stories; {(table['z'] > 1.96).sum()}"
                f" of the {len(table)} shown lie beyond 1.96, which with so many words compared is a"
                f" ranking and no test. {table['stays'].sum()} are among the first five under every prior"
                f" from {min(topics.PRIORS)} to {max(topics.PRIORS):,} words. Sentences that two stories"
                " share are counted once.")  # fmt: skip

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        colours = meeting_colours(table["meeting"].unique()[:6])
        most = table.groupby("meeting").size().max()
        figure, grid = canvas.panels(1, len(colours), 1.3 + 0.25 * most, sharex=True)
        for axes, (meeting, colour) in zip(grid[0], colours.items(), strict=True):
            words = table[table["meeting"] == meeting]
            place = range(len(words))
            axes.hlines(place, 0, words["z"], color=colour, lw=1.2, alpha=0.6)
            fill = [colour if stays else PAPER for stays in words["stays"]]
            axes.scatter(
                words["z"], place, s=26, c=fill, edgecolors=colour, linewidths=1.3, zorder=3
            )
            axes.axvline(1.96, color=MUTED, lw=0.8, ls=(0, (3, 3)))
            axes.set_yticks(place, words["word"])
            axes.set(ylim=(most - 0.4, -0.6), xlim=(0, 1.08 * table["z"].max()))
            axes.set_title(meeting, fontsize=9)
            axes.spines["left"].set_visible(False)
        figure.supxlabel("z-score of the weighted log-odds; the dashed line is at 1.96")
        return figure


class Groups(Figure):
    """A bar a group that paragraphs fall into by their words alone, with the topic nearest to it.

    Its table is that of `usru.analysis.topics.groups`: `group` (from 0), `paragraphs`, `words`,
    `topic` and the `share` of its paragraphs on that topic in [0, 1].
    """

    name, title = "groups", "A second opinion without a dictionary"
    reading = ("A bar is a group, named by the words that weigh most in it; behind it, how many"
               " paragraphs and the topic that is most over-represented.")  # fmt: skip
    source = ("Tf-idf vectors of the paragraphs, average linkage on their cosine; topics as read, or by"
              " the dictionary where nobody read.")  # fmt: skip
    notebook, section, claim = "03_topics", "A second opinion", "topics-6"
    empty = "There are too few paragraphs to group."

    def table(self, corpus: Corpus) -> pd.DataFrame:
        return topics.groups(corpus.paragraphs, carried(corpus))

    def say(self, table: pd.DataFrame) -> str:
        pure = (table["share"] >= 0.8).sum()
        one = pure == 1
        return (f"{table['paragraphs'].sum()} paragraphs in {len(table)} groups by their words alone; the"
                f" largest holds {table['paragraphs'].max()}. In {pure} {'group' if one else 'groups'} at"
                " least four in five paragraphs are on one topic.")  # fmt: skip

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        figure, axes = canvas.rows(table["words"], each=0.36)
        bars = axes.barh(range(len(table)), table["paragraphs"], color=SKY, height=0.62)
        told = table[["paragraphs", "share", "topic"]].itertuples(index=False)
        labels = [f"{n}, {share:.0%} on {topic.replace('_', ' ')}" for n, share, topic in told]
        axes.bar_label(bars, labels, padding=4, fontsize=canvas.NOTE, color=MUTED)
        axes.set_xlim(0, table["paragraphs"].max() * 1.35)
        axes.set_xlabel("paragraphs in the group")
        return figure
