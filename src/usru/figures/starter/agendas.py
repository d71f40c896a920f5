"""Figures of the second notebook: what the documents give room to, where and when."""

# ruff: noqa: D102  (the methods of a figure are described in its base)
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

import usru.figures.canvas as canvas
from usru.analysis import topics
from usru.corpus import FEW, Corpus
from usru.figures.agendas import Agendas, Keywords, Pairs, by_weight
from usru.figures.base import Figure
from usru.figures.starter.periods import PERIOD, by_period, date_axis, periods_of, sizes
from usru.figures.starter.units import OTHERS, by_unit, kind, shorten, units
from usru.show.style import GRID, INK, NAVY, RUST, SKY
from usru.wording import count

__all__ = [
    "Agreement",
    "TopicPairs",
    "TopicsByUnit",
    "TopicsChecked",
    "TopicsOverTime",
    "WordsOfGroups",
]

MOST_TOPICS, MOST_PANELS = 18, 6
COLUMN = 26  # characters of a name above a column

DICTIONARY = "The topic dictionary in codebook/topics.toml, applied to every paragraph."
WEAK = f" ° marks topics that the dictionary finds unreliably (F1 below {topics.WEAK})."


def weak(names: pd.Series) -> str:
    """Return what the mark behind a topic means, where one of the topics has it.

    Parameters
    ----------
    names : pandas.Series
        Topics, as `shown` gives them.
    """
    return WEAK if names.str.endswith("°").any() else ""


def checked(corpus: Corpus) -> pd.DataFrame:
    """Return how the dictionary agrees with the reader, on the paragraphs that were read.

    Parameters
    ----------
    corpus : Corpus
        Any corpus.

    Returns
    -------
    pandas.DataFrame
        As `usru.analysis.topics.evaluate` gives it; without rows where nobody has named a topic.
    """
    coding = corpus.coding("topics")
    coding = coding if coding["topics"].notna().any() else coding.iloc[:0]
    read = pd.MultiIndex.from_frame(coding[["doc_id", "line"]])
    lines = pd.MultiIndex.from_frame(corpus.paragraphs[["doc_id", "line_start"]])
    paragraphs = corpus.paragraphs[lines.isin(read)].reset_index(drop=True)
    return topics.evaluate(coding, paragraphs, corpus.topics)


def shown(corpus: Corpus, names: pd.Series) -> pd.Series:
    """Return topics as readers see them, with a mark behind those that are found unreliably.

    Parameters
    ----------
    corpus, names : Corpus, pandas.Series
        Whose dictionary was checked, and names of topics.
    """
    table = checked(corpus)
    unreliable = set(table.loc[~(table["f1"] >= topics.WEAK), "label"])
    names = names.astype("str")
    return names.map(told) + names.isin(unreliable).map({True: " °", False: ""})


def told(name: str) -> str:
    """Return the name of a topic as a phrase, cut where it is long.

    Parameters
    ----------
    name : str
        A key of the dictionary.
    """
    return shorten(name.replace("_", " "))


def heat_map(
    table: pd.DataFrame, row: str, column: str, value: str, texts: pd.Series
) -> canvas.Drawing:
    """Draw a table of cells, the darkest the one of the largest value, that lead to passages.

    Parameters
    ----------
    table, row, column, value : pandas.DataFrame, str, str, str
        A row a cell, with `passage` where it has one; the columns of rows, columns and numbers.
    texts : pandas.Series
        What is in each cell.
    """
    names, heads = table[row].unique().tolist(), table[column].unique().tolist()
    figure, axes = canvas.sheet(2.3 + 0.3 * len(names))
    edge: dict[str, Any] = {"edgecolor": GRID, "linewidth": 0.8}
    most = max(table[value].max(), 1e-9)
    for cell, text in zip(table.itertuples(), texts, strict=True):
        place = heads.index(getattr(cell, column)), names.index(getattr(cell, row))
        passage = cell.passage if isinstance(cell.passage, str) else None
        # The root keeps what is little apart from nothing, beside what is much.
        depth = (getattr(cell, value) / most) ** 0.7
        canvas.cell(axes, *place, depth, text, passage, size=(0.96, 0.92), **edge)
    tilted = {"rotation": 40, "ha": "left", "rotation_mode": "anchor", "fontsize": canvas.NOTE}
    canvas.name_cells(axes, [shorten(head, COLUMN) for head in heads], names, **tilted)
    # A few columns as wide as the page would look like bars.
    axes.set_xlim(-0.5, max(len(heads), 6) - 0.5)
    return figure


class TopicsByUnit(Agendas):
    """A heat map of the topics, the most covered on top, by documents or their groups.

    Its table has a row a topic and unit: `by` (what a unit is), `topic` (as it is shown), `unit`,
    `share` of the unit's words in [0, 1], and `passage`, the first, missing where there is none.
    Topics that are nowhere are left out, and all but the eighteen most covered.
    """

    name, title = "topics_by_unit", "What the documents give room to"
    reading = ("A row is a topic, the most covered on top; a column is a document or a group. The"
               " darker a cell, the more words; an empty cell has none.")  # fmt: skip
    source, empty, claim, needs = DICTIONARY, "No paragraph is on a topic.", "", "share"
    notebook, section = "02_topics", "What the documents give room to"

    def table(self, corpus: Corpus) -> pd.DataFrame:
        paragraphs, coded = by_unit(corpus, corpus.paragraphs), _found(corpus.topics)
        shares = topics.coverage(paragraphs, coded, by="unit", intervals=False)
        first = coded.assign(unit=coded["doc_id"].map(units(corpus)).astype("str"))
        first = first.drop_duplicates(["unit", "topic"])
        first = corpus.linked(first.merge(paragraphs[["doc_id", "block", "line"]]))
        table = shares.merge(first[["unit", "topic", "passage"]], how="left")
        table = by_weight(table, _weight(paragraphs, coded))
        listed = table["topic"].unique()[:MOST_TOPICS]
        table = table[table["topic"].isin(listed)].reset_index(drop=True)
        table = table.assign(by=kind(corpus), topic=shown(corpus, table["topic"]))
        return table[["by", "topic", "unit", "share", "passage"]]

    def say(self, table: pd.DataFrame) -> str:
        top = table.loc[table["share"].idxmax()]
        return (f"Share of the words, in per cent, that are in paragraphs on a topic, by"
                f" {table['by'].iloc[0]}. The largest is {top['share']:.0%}, for"
                f" {top['topic'].removesuffix(' °')} in “{top['unit']}”. A paragraph may be on"
                f" several topics.{weak(table['topic'])}")  # fmt: skip

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        per_cent = (100 * table["share"]).map("{:.0f}".format).where(table["share"] > 0, "")
        per_cent = per_cent.where(~((table["share"] > 0) & (per_cent == "0")), "<1")
        return heat_map(table, "topic", "unit", "share", per_cent)


def _found(coded: pd.DataFrame) -> pd.DataFrame:
    """Without the topics that are nowhere."""
    return coded.assign(topic=coded["topic"].cat.remove_unused_categories())


def _weight(paragraphs: pd.DataFrame, coded: pd.DataFrame) -> pd.Series:
    """The words in paragraphs on each topic."""
    words = coded.merge(paragraphs[["doc_id", "block", "words"]], on=["doc_id", "block"])
    return words.groupby("topic", observed=True)["words"].sum()


class TopicsOverTime(Figure):
    """A panel a topic, of the six most covered; a dot a period, with its interval.

    Its table has a row a topic and period: `topic` (as it is shown), `period` (``"month"``), `begins`
    and `ends` of it, `documents`, and the `share` of their words with its ends `low` and `high`, all
    in [0, 1].
    """

    name, title = "topics_over_time", "The topics over time"
    reading = ("A panel is a topic, a dot a period with its 95% interval. Where the intervals of two"
               " periods overlap widely, the texts do not tell them apart.")  # fmt: skip
    source = f"{DICTIONARY} Intervals by resampling documents, or paragraphs where they are few."
    notebook, section = "02_topics", "Over time"
    empty = "Too few documents are dated, or too close together, to show topics over time."

    def table(self, corpus: Corpus) -> pd.DataFrame:
        paragraphs = by_period(corpus, corpus.paragraphs)
        weight = _weight(paragraphs, _found(corpus.topics))
        most = weight.sort_values(ascending=False, kind="stable").index[:MOST_PANELS]
        coded = _found(corpus.topics[corpus.topics["topic"].isin(most)])
        if coded.empty:
            return pd.DataFrame(columns=["topic", *PERIOD, "share", "low", "high"])
        shares = topics.coverage(paragraphs, coded, by="begins").merge(sizes(paragraphs))
        table = by_weight(shares, weight)
        table = table.assign(topic=shown(corpus, table["topic"]))
        return table[["topic", *PERIOD, "share", "low", "high"]]

    def say(self, table: pd.DataFrame) -> str:
        return (f"Share of the words in paragraphs on a topic, by {periods_of(table)}. The intervals"
                f" describe the spread within these texts.{weak(table['topic'])}")  # fmt: skip

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        names = table["topic"].unique().tolist()
        down = (len(names) + 1) // 2
        figure, grid = canvas.panels(down, 2, 0.9 + 1.35 * down, sharex=True, sharey=True)
        for axes, name in zip(grid.ravel(), names, strict=False):
            own = table[table["topic"] == name]
            course(axes, own, "share", NAVY)
            axes.set_title(name, fontsize=canvas.LABEL, pad=3)
            axes.set_ylim(0, min(1, table["high"].max() * 1.05 + 0.01))
            axes.yaxis.set_major_formatter("{x:.0%}")
        for axes in grid.ravel()[len(names) :]:
            axes.set_axis_off()
        figure.supxlabel(f"share of the words, by {table['period'].iloc[0]}")
        return figure


def course(axes: Axes, table: pd.DataFrame, value: str, colour: str) -> None:
    """Draw estimates over time, a dot in the middle of its period with its interval.

    Parameters
    ----------
    axes, table, value, colour : Axes, pandas.DataFrame, str, str
        What is drawn on; `begins`, `ends`, `low`, `high` and the column of estimates; a colour.
    """
    middle = table["begins"] + (table["ends"] - table["begins"]) / 2
    gap = table["begins"] > table["ends"].shift() + pd.Timedelta(days=1)
    for _, unbroken in table.groupby(gap.cumsum()):
        axes.plot(middle[unbroken.index], unbroken[value], color=SKY, lw=1, zorder=1)
    axes.vlines(middle, table["low"], table["high"], color=colour, lw=1.2)
    axes.plot(middle, table[value], "o", ms=4, color=colour, clip_on=False)
    date_axis(axes, table["begins"].min(), table["ends"].max() + pd.Timedelta(days=1), most=5)
    axes.grid(axis="y")


class TopicPairs(Pairs):
    """A bar a pair of topics; the table is that of `Pairs`."""

    name, title, claim = "topic_pairs", "Topics that go together", ""
    source, notebook, section = DICTIONARY, "02_topics", "Topics that go together"

    def table(self, corpus: Corpus) -> pd.DataFrame:
        found = topics.cooccurrence(corpus.paragraphs, _found(corpus.topics)).head(FEW)
        pair = shown(corpus, found["topic"]) + " + " + shown(corpus, found["other"])
        return pd.DataFrame({"pair": pair, "paragraphs": found["paragraphs"]})

    def say(self, table: pd.DataFrame) -> str:
        pair, number = table.iloc[0]
        both = "paragraph is" if number == 1 else "paragraphs are"
        return (f"{number:,} {both} on both topics of the first pair, {pair.replace(' °', '')}; no other"
                f" pair has more.{weak(table['pair'].str.replace('° +', '°', regex=False))}")  # fmt: skip


class WordsOfGroups(Keywords):
    """A panel a document or group, the first six of them; a dot a word.

    Its table has at most twelve rows a unit, the most characteristic word first: `unit`, `word`,
    `here` and `elsewhere` (counts), `log_odds` and `z`, above 0, of `usru.analysis.topics.keyness`.
    """

    name, title = "words_of_groups", "The words of each"
    reading = ("A panel is a document or a group, a dot a word; the farther right, the more the word"
               " belongs there rather than elsewhere.")  # fmt: skip
    source = ("All words of three letters or more that occur at least four times; English function"
              " words count but are not shown (Monroe et al. 2008).")  # fmt: skip
    notebook, section, claim = "02_topics", "The words of each", ""
    empty = "No word sets a document or group apart."

    def table(self, corpus: Corpus) -> pd.DataFrame:
        once = by_unit(corpus, corpus.sentences.drop_duplicates("text"))
        found = topics.keyness(once[["unit", "text"]], by="unit")
        named = [name for name in units(corpus).cat.categories if not name.startswith(OTHERS)]
        found = found[found["unit"].isin(named[:MOST_PANELS]) & (found["z"] > 0)]
        return found.groupby("unit", sort=False).head(FEW).reset_index(drop=True)

    def say(self, table: pd.DataFrame) -> str:
        beyond = (table["z"] > 1.96).sum()
        return (f"The words that set each apart from all the rest; {beyond} of the {len(table)} shown"
                f" {'lies' if beyond == 1 else 'lie'} beyond 1.96, which with so many words compared is a"
                " ranking and no test. A sentence that is printed twice counts once.")  # fmt: skip

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        names = table["unit"].unique().tolist()
        across = min(len(names), 3)
        down = -(-len(names) // across)
        figure, grid = canvas.panels(down, across, 0.6 + 3.1 * down, sharex=True)
        for axes, name in zip(grid.ravel(), names, strict=False):
            _draw_words(axes, table[table["unit"] == name])
            axes.set_title(shorten(name, 24), fontsize=canvas.LABEL)
            axes.set_xlim(0, 1.08 * table["z"].max())
        for axes in grid.ravel()[len(names) :]:
            axes.set_axis_off()
        figure.supxlabel("z-score of the weighted log-odds; the dashed line is at 1.96")
        return figure


def _draw_words(axes: Axes, table: pd.DataFrame) -> None:
    place = range(len(table))
    axes.hlines(place, 0, table["z"], color=SKY, lw=1.2)
    axes.plot(table["z"], place, "o", ms=4.5, color=NAVY)
    axes.axvline(1.96, color=INK, lw=0.8, ls=(0, (3, 3)))
    axes.set_yticks(place, [shorten(word, 16) for word in table["word"]], fontsize=canvas.LABEL)
    axes.set_ylim(FEW - 0.4, -0.6)
    axes.spines["left"].set_visible(False)


class Agreement(Figure):
    """Precision and recall of what an instrument finds, a row each, against a reader.

    The table has a row a thing that is compared: its name in `label`, the counts `in_reference`,
    `in_found`, `in_both`, `precision` and `recall` in [0, 1] and their intervals.
    """

    reading = ("Precision is the share of what the package found that the reader has too; recall the"
               " share of what the reader has that the package found.")  # fmt: skip

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        figure, axes = canvas.rows(table["label"], each=0.34)
        looks = {"precision": (NAVY, "o", -0.15), "recall": (RUST, "s", 0.15)}
        for name, (colour, marker, shift) in looks.items():
            canvas.intervals(axes, table.index + shift, table[name], table[f"{name}_low"],
                             table[f"{name}_high"], (colour, marker), label=name, clip_on=False)  # fmt: skip
        canvas.percent_axis(axes)
        axes.grid(axis="x")
        canvas.legend(figure, *axes.get_legend_handles_labels())
        return figure


class TopicsChecked(Agreement):
    """A row a topic that the reader or the dictionary found, the reader's most frequent first.

    Its table is that of `usru.analysis.topics.evaluate`, `label` as topics are shown, with at most
    eighteen rows.
    """

    name, title = "topics_checked", "How well the dictionary agrees with a reader"
    source = "The reading in coding/reference/topics.csv, with Wilson intervals over paragraphs."
    notebook, section = "02_topics", "How far to trust the dictionary"
    empty = "Nobody has coded the topics of these paragraphs."

    def table(self, corpus: Corpus) -> pd.DataFrame:
        found = checked(corpus).query("in_reference + in_found > 0")
        found = found.sort_values("in_reference", ascending=False, kind="stable", ignore_index=True)
        return found.head(MOST_TOPICS).assign(label=lambda table: table["label"].map(told))

    def say(self, table: pd.DataFrame) -> str:
        both, read, said = (table[f"in_{of}"].sum() for of in ("both", "reference", "found"))
        return (f"In the paragraphs that were read, {both:,} of the reader's {count(read, 'topic')} are"
                f" found too, among {said:,} that the dictionary finds.")  # fmt: skip
