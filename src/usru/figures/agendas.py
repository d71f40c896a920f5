"""Figures of the third notebook: what each story gives room to."""

# ruff: noqa: D102  (the methods of a figure are described in its base)
import pandas as pd
from matplotlib.ticker import MaxNLocator

import usru.figures.canvas as canvas
from usru.analysis import reuse, topics
from usru.corpus import Corpus
from usru.figures.base import Figure, in_order
from usru.show.style import BLUE, GRID, MUTED, SKY, meeting_colours

__all__ = ["Agendas", "Groups", "Keywords", "MeetingsCompared", "Pairs"]

MOST_COLUMNS = 12  # above a heat map; the names of more stories no longer fit
MARKERS = "osD^vP"  # of the meetings, in the corpus's order; a seventh starts again

WEAK = f"° marks topics that the dictionary finds unreliably (F1 below {topics.WEAK})."


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


class Agendas(Figure):
    """A heat map of topics by stories; a cell leads to the first passage on the topic.

    Its table has a row a topic and story, the most covered topic first: `topic` (as it is shown),
    `doc_id`, `share` of the story's words in [0, 1], and `passage`, missing where there is none.
    """

    name, title = "agendas", "What each story gives room to"
    reading = ("Rows are topics, the most covered on top; columns are stories. The darker a cell,"
               " the more of the story; an empty cell means that no paragraph was found on the"
               " topic.")  # fmt: skip
    source = "The topic dictionary in data/codebook/topics.toml, applied to every paragraph."
    notebook, section, claim = "03_topics", "What each story gives room to", "topics-1"
    empty = "There is no story."

    def table(self, corpus: Corpus) -> pd.DataFrame:
        shares = topics.coverage(corpus.paragraphs, corpus.topics)
        first = corpus.topics.drop_duplicates(["doc_id", "topic"])
        first = corpus.linked(first.merge(corpus.paragraphs[["doc_id", "block", "line"]]))
        table = shares.merge(first[["doc_id", "topic", "passage"]], how="left")
        table = by_weight(table, table.groupby("topic", observed=False)["share"].sum())
        table["topic"] = marked(corpus, table["topic"])
        return table[["topic", "doc_id", "share", "passage"]]

    def say(self, table: pd.DataFrame) -> str:
        return ("Share of each story's words, in per cent, that stand in paragraphs on a topic;"
                f" {(table['share'] == 0).sum()} of {len(table)} cells are empty. A paragraph may be on"
                f" several topics. {WEAK}")  # fmt: skip

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        names, stories = table["topic"].unique().tolist(), table["doc_id"].unique().tolist()
        few = len(stories) <= MOST_COLUMNS
        figure, axes = canvas.sheet(1.3 + 0.34 * len(names))
        for row in table.itertuples():
            place = stories.index(row.doc_id), names.index(row.topic)
            text = f"{100 * row.share:.0f}" if row.share > 0 and few else ""
            passage = row.passage if isinstance(row.passage, str) else None
            canvas.cell(axes, *place, row.share, text, passage, size=(0.96, 0.92), edgecolor=GRID)
        shown = [name.replace("-", "\n", 1) if few else "" for name in stories]
        canvas.name_cells(axes, shown, names, fontsize=canvas.NOTE)
        return figure


class MeetingsCompared(Figure):
    """A row a topic, a mark a meeting, with its interval.

    Its table has a row a topic and meeting: `meeting`, `topic` (as it is shown), `share` of the
    meeting's words with its ends `low` and `high`, all in [0, 1]; topics that no meeting has are
    left out, the one with the largest share is first.
    """

    name, title = "meetings_compared", "What was on the table at each meeting"
    reading = ("A row is a topic, a mark a meeting; where two intervals overlap widely, the texts"
               " do not tell the meetings apart.")  # fmt: skip
    source = "The topic dictionary, shares of words, resampled over paragraphs within documents."
    notebook, section, claim = "03_topics", "The meetings compared", "topics-2"
    empty = "No paragraph is on a topic."

    def table(self, corpus: Corpus) -> pd.DataFrame:
        table = topics.coverage(corpus.paragraphs, corpus.topics, by="meeting")
        most = table.groupby("topic", observed=False)["share"].max()
        table = by_weight(table[table["topic"].isin(most.index[most > 0])], most)
        return table.assign(topic=marked(corpus, table["topic"]))

    def say(self, table: pd.DataFrame) -> str:
        return (f"The same for {table['meeting'].nunique()} meetings. The intervals describe the spread"
                f" over the paragraphs at hand, not over other stories. {WEAK}")  # fmt: skip

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        figure, axes = canvas.rows(table["topic"].unique(), each=0.4)
        colours = meeting_colours(table["meeting"])
        looks = {name: (colours[name], MARKERS[i % 6]) for i, name in enumerate(colours)}
        canvas.intervals_by(axes, table, "topic", "meeting", "share", looks, 0.22, clip_on=False)
        canvas.percent_axis(axes, "share of the words, with 95% bootstrap interval over paragraphs")
        canvas.legend(figure, *axes.get_legend_handles_labels())
        return figure


class Pairs(Figure):
    """A bar a pair of topics.

    Its table has at most twelve rows, the most frequent first: `pair` (as it is shown) and
    `paragraphs`, the number on both topics.
    """

    name, title = "pairs", "Topics that travel together"
    reading = "A bar is a pair of topics, as long as the number of paragraphs that are on both."
    source = "The topic dictionary, applied to every paragraph."
    notebook, section, claim = "03_topics", "Topics that travel together", "topics-7"
    empty = "No paragraph is on two topics."

    def table(self, corpus: Corpus) -> pd.DataFrame:
        table = topics.cooccurrence(corpus.paragraphs, corpus.topics).head(12)
        pair = marked(corpus, table["topic"]) + " + " + marked(corpus, table["other"])
        return pd.DataFrame({"pair": pair, "paragraphs": table["paragraphs"]})

    def say(self, table: pd.DataFrame) -> str:
        most = table["pair"].iloc[0]
        return f"The pairs of topics that share most paragraphs, led by {most}. {WEAK}"

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        figure, axes = canvas.rows(table["pair"], each=0.3)
        bars = axes.barh(range(len(table)), table["paragraphs"], color=BLUE, height=0.62)
        axes.bar_label(bars, fmt="{:,.0f}", padding=4, fontsize=canvas.LABEL)
        axes.set_xlabel("paragraphs on both topics")
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        axes.xaxis.set_major_formatter("{x:,.0f}")
        return figure


class Keywords(Figure):
    """A panel a meeting, the first six of them, a dot a word.

    Its table has at most twelve rows a meeting, the most characteristic word first: that of
    `usru.analysis.topics.keyness`, with `z` above 0.
    """

    name, title = "keywords", "The words of each meeting"
    reading = ("A dot is a word; the farther right, the more it belongs to that meeting's stories"
               " rather than to the others.")  # fmt: skip
    source = ("All words of three letters or more that stand at least four times; function words count"
              " but are not shown (Monroe et al. 2008).")  # fmt: skip
    notebook, section, claim = "03_topics", "The words of each meeting", "topics-8"
    empty = "No word sets a meeting apart."

    def table(self, corpus: Corpus) -> pd.DataFrame:
        again = reuse.is_reused(corpus.sentences, corpus.reused)
        table = topics.keyness(corpus.sentences[~again])
        return table[table["z"] > 0].groupby("meeting", sort=False).head(12).reset_index(drop=True)

    def say(self, table: pd.DataFrame) -> str:
        return (f"The words that set each meeting's stories apart; {(table['z'] > 1.96).sum()} of the"
                f" {len(table)} shown lie beyond 1.96, which with so many words compared is a ranking and"
                " no test. Sentences that two stories share are counted once.")  # fmt: skip

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        colours = meeting_colours(table["meeting"].unique()[:6])
        most = table.groupby("meeting").size().max()
        figure, grid = canvas.panels(1, len(colours), 1.3 + 0.25 * most, sharex=True)
        for axes, (meeting, colour) in zip(grid[0], colours.items(), strict=True):
            words = table[table["meeting"] == meeting]
            place = range(len(words))
            axes.hlines(place, 0, words["z"], color=colour, lw=1.2, alpha=0.6)
            axes.plot(words["z"], place, "o", ms=5, color=colour)
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
    source = "Tf-idf vectors of the paragraphs, average linkage on their cosine."
    notebook, section, claim = "03_topics", "A second opinion", "topics-6"
    empty = "There are too few paragraphs to group."

    def table(self, corpus: Corpus) -> pd.DataFrame:
        return topics.groups(corpus.paragraphs, corpus.topics)

    def say(self, table: pd.DataFrame) -> str:
        pure = (table["share"] >= 0.8).sum()
        return (f"{table['paragraphs'].sum()} paragraphs in {len(table)} groups by their words alone; the"
                f" largest holds {table['paragraphs'].max()}. In {pure} groups four in five paragraphs are"
                " on one topic of the dictionary.")  # fmt: skip

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        figure, axes = canvas.rows(table["words"], each=0.36)
        bars = axes.barh(range(len(table)), table["paragraphs"], color=SKY, height=0.62)
        told = table[["paragraphs", "share", "topic"]].itertuples(index=False)
        labels = [f"{n}, {share:.0%} on {topic.replace('_', ' ')}" for n, share, topic in told]
        axes.bar_label(bars, labels, padding=4, fontsize=canvas.NOTE, color=MUTED)
        axes.set_xlim(0, table["paragraphs"].max() * 1.35)
        axes.set_xlabel("paragraphs in the group")
        return figure
