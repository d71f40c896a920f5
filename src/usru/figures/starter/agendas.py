"""Figures of the second notebook: what the documents give room to, where and when."""

# ruff: noqa: D102  (the methods of a figure are described in its base)
from collections.abc import Sequence
from typing import Any, ClassVar

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

import usru.figures.canvas as canvas
from usru.analysis import topics
from usru.coding import basis
from usru.coding.basis import ESTIMATES
from usru.corpus import FEW, Corpus
from usru.figures.base import in_order, labels
from usru.figures.starter.maps import heat_map
from usru.figures.starter.periods import PERIOD, by_period, date_axis, named, periods_of, sizes
from usru.figures.starter.shares import (
    HOLLOW,
    OfPassages,
    by_document,
    farthest,
    key,
    keyed,
    of_units,
    passages_of,
    rests_on_codes,
    too_little,
    whole_interval,
)
from usru.figures.starter.units import (
    OTHERS,
    PLACES,
    StarterFigure,
    by_unit,
    called,
    choices,
    is_named,
    kind,
    part,
    shorten,
    units,
)
from usru.labels import Names
from usru.show.style import EDGE, INK, MUTED, PAPER
from usru.wording import capital, count, number, percent, span

__all__ = [
    "Agreement",
    "TopicPairs",
    "TopicsByUnit",
    "TopicsChecked",
    "TopicsOverTime",
    "WordsOfGroups",
]

MOST_TOPICS, MOST_PANELS = 18, 6
NAME, SHORT = 34, 24  # characters of a name in a sentence, and where there are two of them

DICTIONARY = "the study’s own dictionary of topics, applied to every paragraph"
WEAK = f" * marks topics that the dictionary finds unreliably (F1 below {topics.WEAK})."
ESTIMATED = ["share", *ESTIMATES[:3], *ESTIMATES[4:]]
"""The columns of a share, as `usru.figures.starter.shares.of_units` gives them."""


def topic_names(table: pd.DataFrame, *columns: str) -> dict[str, str]:
    """Return what topics are called in a figure, with a mark behind those that are found unreliably.

    Parameters
    ----------
    table, *columns : pandas.DataFrame, str
        Of a figure of topics, as `tabulate` gives it, and its columns of topics.
    """
    known, found = labels(table)["topic"], {name for column in columns for name in table[column]}
    return {name: shorten(known[name]) + " *" * (not is_reliable(table, name)) for name in found}


def quoted(table: pd.DataFrame, topic: str, width: int = NAME) -> str:
    """Return a topic as a sentence names it.

    Parameters
    ----------
    table, topic, width : pandas.DataFrame, str, int
        As `tabulate` gives it, a key of the dictionary, and the most characters of the name.
    """
    return f"“{shorten(labels(table)['topic'][topic], width)}”"


def is_reliable(table: pd.DataFrame, *names: str) -> bool:
    """Whether no reading has shown that the dictionary finds topics badly.

    Parameters
    ----------
    table, *names : pandas.DataFrame, str
        As `tabulate` gives it, and keys of the dictionary.
    """
    return not {*names} & {*table.attrs.get("weak", ())}


def weak(table: pd.DataFrame, *columns: str) -> str:
    """Return what the mark behind a topic means, where one of the topics has it.

    Parameters
    ----------
    table, *columns : pandas.DataFrame, str
        As for `topic_names`, and its columns of topics.
    """
    shown = {name for column in columns for name in table[column]}
    return "" if is_reliable(table, *shown) else WEAK


def checked(corpus: Corpus) -> pd.DataFrame:
    """Return how the dictionary agrees with a reader, on the paragraphs that were read.

    The reader is the reference, or who coded most where there is none.

    Parameters
    ----------
    corpus : Corpus
        Any corpus.

    Returns
    -------
    pandas.DataFrame
        As `usru.analysis.topics.evaluate` gives it; without rows where nobody has named a topic.
    """
    coding = corpus.coding("topics", basis.find(corpus, "topics").coder or "reference")
    coding = coding if coding["topics"].notna().any() else coding.iloc[:0]
    read = pd.MultiIndex.from_frame(coding[["doc_id", "line"]])
    lines = pd.MultiIndex.from_frame(corpus.paragraphs[["doc_id", "line_start"]])
    paragraphs = corpus.paragraphs[lines.isin(read)].reset_index(drop=True)
    return topics.evaluate(coding, paragraphs, corpus.topics)


def unreliable(corpus: Corpus) -> tuple[str, ...]:
    """Return the topics that a reading has shown to be found badly; none where nobody read.

    Parameters
    ----------
    corpus : Corpus
        Any corpus.
    """
    table = checked(corpus)
    return tuple(table.loc[~(table["f1"] >= topics.WEAK), "label"])


class OfTopics(OfPassages):
    """A figure whose table has topics in it, and knows which of them are found unreliably."""

    rests, source, notebook = "topics", DICTIONARY, "02_topics"

    def tabulate(self, corpus: Corpus) -> pd.DataFrame:
        table = super().tabulate(corpus)
        if len(table):
            # What a reader coded does not rest on how well the dictionary finds it.
            table.attrs["weak"] = () if rests_on_codes(table) else unreliable(corpus)
        return table


def most_covered(corpus: Corpus) -> pd.DataFrame:
    """Return the topics that are anywhere, those of most paragraphs first, as `Basis.means` does.

    Parameters
    ----------
    corpus : Corpus
        Any corpus.
    """
    found = basis.find(corpus, "topics")
    table = found.means([*corpus.codebook.topics])
    return table[table["value"] > 0].sort_values("value", ascending=False, kind="stable")


class TopicsByUnit(OfTopics):
    """A heat map of the topics, the most covered on top, by documents or their groups.

    Its table has a row a topic and unit: `by` (what a unit is), `topic`, `unit`, `share` of the unit's
    paragraphs in [0, 1], estimated or as the dictionary has it, the other columns of `ESTIMATED`,
    `passage`, the first, missing where there is none, and the columns of
    `usru.figures.starter.units.choices`. Topics that are nowhere are left out, and all but the
    eighteen most covered, or the dozen where intervals are below them.
    """

    name, title = "topics_by_unit", "What the documents give room to"
    reading = ("A row is a topic, the most covered on top; a column is a document or a group. The"
               " darker a cell, the more paragraphs; an empty cell has none. Where shares are estimated,"
               " their 95% interval is below them.")  # fmt: skip
    empty, needs = "No paragraph is on a topic.", "share"
    section = "What the documents give room to"
    selects: ClassVar = {"topic": "topics", **PLACES}

    def table(self, corpus: Corpus) -> pd.DataFrame:
        found = basis.find(corpus, "topics")
        listed = most_covered(corpus)["code"].tolist()
        listed = listed[: FEW if found.is_estimate else MOST_TOPICS]
        table = of_units(corpus, found, listed, "topic")
        table = table.assign(passage=passages_of(corpus, found, table, "topic"), by=kind(corpus))
        return choices(corpus, table)[["by", "topic", "unit", *ESTIMATED, "passage", *PLACES]]

    def measured(self, table: pd.DataFrame) -> str:
        whose = "the" if _alone(table) else f"each {table['by'].iloc[0]}’s"
        return f"Share of {whose} paragraphs that are on a topic, in per cent"

    def finding(self, table: pd.DataFrame) -> tuple[str, bool]:
        top, by = table["topic"].iloc[0], table["by"].iloc[0]
        if rests_on_codes(table) and not _alone(table):
            return _apart(table, by)
        own = table.loc[table["topic"] == top, "share"]
        told = span(percent(own.min()), percent(own.max()))
        whose = "the" if _alone(table) else f"each {by}’s"
        sentence = (
            f"No topic takes more room than {quoted(table, top)}: {told} of {whose} paragraphs"
        )
        return sentence, is_reliable(table, top) and _is_first(table)

    def say(self, table: pd.DataFrame) -> str:
        if table["share"].isna().all():
            return "Too few paragraphs are coded to tell."
        top, by = table.loc[table["share"].idxmax()], table["by"].iloc[0]
        where = "" if _alone(table) else f", in {called(top['unit'], by)}"
        cells = part((table["share"] == 0).sum(), len(table), "cell", "is", "are")
        empty = f" {capital(cells)} empty." * (not rests_on_codes(table))
        chance = f"{too_little(table, 'share', 'cell')} Of many intervals, some part by chance."
        chance *= rests_on_codes(table)
        return (f"The largest share is {percent(top['share'])}, for {quoted(table, top['topic'])}{where}."
                f"{empty}{chance} A paragraph may be on several topics.{weak(table, 'topic')}")  # fmt: skip

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        return heat_map(table, "topic", "unit", topic_names(table, "topic"), Names(), self.query)  # fmt: skip


def _apart(table: pd.DataFrame, by: str) -> tuple[str, bool]:
    """In which two units the intervals of one topic lie farthest apart, if some do."""
    found = farthest(table, "topic", "unit")
    if found is None:
        return "", False
    topic = quoted(table, found[0].topic, SHORT)
    high, low = (f"{percent(one.share)} of {called(shorten(one.unit, SHORT), by)}" for one in found)
    return f"{topic} is on {high}, and on {low}", True


def _alone(table: pd.DataFrame) -> bool:
    """Whether the documents are one unit."""
    return bool(table["unit"].nunique() == 1)


def _is_first(table: pd.DataFrame) -> bool:
    """Whether there are other topics; where shares are estimated, all of which are surely on less."""
    rest = table["topic"] != table["topic"].iloc[0]
    if not rests_on_codes(table):
        return bool(rest.any())
    ends = whole_interval(table)
    return bool(rest.any() and ends.loc[~rest, "low"].min() > ends.loc[rest, "high"].max())


class TopicsOverTime(OfTopics):
    """A panel a topic, of the six most covered; a dot a period, with its interval.

    Its table has a row a topic and period: `topic`, `period` (``"month"``), `begins` and `ends` of
    it, `documents`, and the columns of `ESTIMATED`: the `share` of their paragraphs with its ends
    `low` and `high`, all in [0, 1].
    """

    name, title = "topics_over_time", "The topics over time"
    reading = ("A panel is a topic, a dot a period with its 95% interval; a hollow dot is what the"
               " dictionary counts. Where the intervals of two periods overlap widely, the texts do not"
               " tell them apart.")  # fmt: skip
    section = "Over time"
    empty = "Too few documents are dated, or too close together, to show topics over time."

    def table(self, corpus: Corpus) -> pd.DataFrame:
        columns, found = ["topic", *PERIOD, *ESTIMATED], basis.find(corpus, "topics")
        listed = most_covered(corpus)["code"].head(MOST_PANELS).tolist()
        dated = by_period(corpus, corpus.paragraphs)
        if dated.empty or not listed:
            return pd.DataFrame(columns=columns)
        begins = dated.drop_duplicates("doc_id").set_index("doc_id")["begins"]
        table = keyed(found.means(listed, by_document(found, begins)), "topic", "begins", "share")
        if not found.is_estimate:
            table = table.drop(columns=["low", "high"]).merge(_spread(corpus, dated, listed))
        table = table.merge(sizes(dated)).sort_values("begins", kind="stable")
        return in_order(table, "topic", listed)[columns]

    def measured(self, table: pd.DataFrame) -> str:
        return f"Share of the paragraphs that are on a topic, by {table['period'].iloc[0]}"

    def finding(self, table: pd.DataFrame) -> tuple[str, bool]:
        if rests_on_codes(table):
            return _changed(table)
        ends = table.groupby("topic", sort=False)["share"].agg(["min", "max"])
        far = (ends["max"] - ends["min"]).round(9)
        top, period = far.idxmax(), table["period"].iloc[0]
        told = span(percent(ends["min"][top]), percent(ends["max"][top]))
        sentence = f"{quoted(table, top)} varies most, from {told} of the paragraphs of a {period}"
        return sentence, is_reliable(table, top) and (far == far.max()).sum() == 1 < len(ends)

    def say(self, table: pd.DataFrame) -> str:
        spread = (
            ""
            if rests_on_codes(table)
            else " The intervals describe the spread within these texts."
        )
        return (f"By {periods_of(table)}.{spread}{too_little(table, 'share', 'period')} Of many periods,"
                f" some lie apart by chance.{weak(table, 'topic')}")  # fmt: skip

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        ids, names = table["topic"].unique().tolist(), topic_names(table, "topic")
        down = (len(ids) + 1) // 2
        figure, grid = canvas.panels(down, 2, 0.7 + 1.35 * down, sharex=True, sharey=True)
        most = table[["share", "naive", "high", "high_coders"]].astype("float64").max().max()
        for axes, topic in zip(grid.ravel(), ids, strict=False):
            course(axes, table[table["topic"] == topic], "share", (INK, "o"), **_look(table))
            axes.set_title(names[topic], fontsize=canvas.LABEL, pad=4)
            axes.set_ylim(0, min(1, most * 1.05 + 0.01))
            axes.yaxis.set_major_formatter("{x:.0%}")
        for axes in grid.ravel()[len(ids) :]:
            axes.set_axis_off()
        if rests_on_codes(table):
            key(figure, [("as read", (INK, "o"))], "by the dictionary")
        return figure


def _look(table: pd.DataFrame) -> dict[str, Any]:
    return {} if rests_on_codes(table) else HOLLOW


def _spread(corpus: Corpus, dated: pd.DataFrame, listed: Sequence[str]) -> pd.DataFrame:
    """How shares that the dictionary counts vary within a period: `low` and `high` by topic."""
    counted = corpus.topics[corpus.topics["topic"].isin(listed)]
    counted = counted.assign(topic=counted["topic"].cat.remove_unused_categories())
    found = topics.coverage(dated.assign(words=1), counted, by="begins")
    return found.astype({"topic": "str"})[["topic", "begins", "low", "high"]]


def _changed(table: pd.DataFrame) -> tuple[str, bool]:
    """In which two periods the intervals of one topic lie farthest apart, if some do."""
    found = farthest(table, "topic", "begins")
    if found is None:
        return "", False
    high, low = (
        f"{percent(one.share)} of the paragraphs in {named(one.begins, one.period)}"
        for one in found
    )
    return f"{quoted(table, found[0].topic, SHORT)} is on {high}, and on {low}", True


def course(
    axes: Axes, table: pd.DataFrame, value: str, look: tuple[str, str], **keywords: Any
) -> None:
    """Draw estimates over time, a mark in the middle of its period with its interval.

    Parameters
    ----------
    axes, table, value : Axes, pandas.DataFrame, str
        What is drawn on; `begins`, `ends`, `low`, `high` and the column of estimates. Where these
        rest on codes, what the instrument says (`naive`, if there is one) is hollow beside them.
    look : tuple of str
        Colour and marker.
    **keywords
        Of the markers.
    """
    middle = table["begins"] + (table["ends"] - table["begins"]) / 2
    gap = table["begins"] > table["ends"].shift() + pd.Timedelta(days=1)
    for _, unbroken in table.groupby(gap.cumsum()):
        axes.plot(middle[unbroken.index], unbroken[value], color=EDGE, lw=0.8, zorder=1)
    if rests_on_codes(table) and "naive" in table:
        axes.plot(middle, table["naive"], look[1], ms=4, clip_on=False, **(HOLLOW | {"mec": MUTED}))
    if "low_coders" in table:
        ends = whole_interval(table)
        axes.vlines(middle, ends["low"], ends["high"], color=look[0], lw=0.6)
    axes.vlines(middle, table["low"], table["high"], color=look[0], lw=1.4)
    axes.plot(middle, table[value], look[1], color=look[0], clip_on=False, **{"ms": 4, **keywords})
    date_axis(axes, table["begins"].min(), table["ends"].max() + pd.Timedelta(days=1), most=5)
    axes.grid(axis="y")


class TopicPairs(OfTopics):
    """A bar a pair of topics.

    Its table has at most twelve rows, the most frequent pair first: `topic` and `other`,
    `paragraphs`, the number on both, and `expected`, how many chance would give within documents.
    """

    name, title = "topic_pairs", "Topics that go together"
    measure = "Number of paragraphs that are on both topics of a pair"
    reading = ("A bar is a pair of topics, as long as the number of paragraphs that are on both; a"
               " stroke is the number that chance would give.")  # fmt: skip
    section, empty = "Topics that go together", "No paragraph is on two topics."
    estimates = False

    def table(self, corpus: Corpus) -> pd.DataFrame:
        there = corpus.topics.assign(topic=corpus.topics["topic"].cat.remove_unused_categories())
        found = topics.cooccurrence(corpus.paragraphs, there).head(FEW)
        found = found.astype({"topic": "str", "other": "str"}).round({"expected": 2})
        return found[["topic", "other", "paragraphs", "expected"]]

    def finding(self, table: pd.DataFrame) -> tuple[str, bool]:
        far = table.loc[(table["paragraphs"] - table["expected"]).idxmax()]
        both = f"{quoted(table, far['topic'], SHORT)} and {quoted(table, far['other'], SHORT)}"
        sentence = (f"{both} share {count(far['paragraphs'], 'paragraph')}, where chance gives"
                    f" {number(far['expected'], 0)}")  # fmt: skip
        beyond = far["paragraphs"] - far["expected"] >= 1
        return sentence, bool(beyond) and is_reliable(table, far["topic"], far["other"])

    def say(self, table: pd.DataFrame) -> str:
        first, above = table.iloc[0], (table["paragraphs"] > table["expected"]).sum()
        is_one = first["paragraphs"] == 1
        told = (f"{count(first['paragraphs'], 'paragraph')} {'is' if is_one else 'are'} on both"
                f" {quoted(table, first['topic'])} and {quoted(table, first['other'])}")  # fmt: skip
        rest = ""
        if len(table) > 1:
            frequent = capital(part(above, len(table), "pair", "is", "are"))
            rest = f"; no other pair has more. {frequent} more frequent than by chance"
        return f"{told}{rest}.{weak(table, 'topic', 'other')}"

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        names = topic_names(table, "topic", "other")
        pairs = [f"{names[row.topic]} + {names[row.other]}" for row in table.itertuples()]
        figure, axes = canvas.rows(pairs, each=0.34)
        place = pd.Series(range(len(table)), index=table.index)
        bars = axes.barh(place, table["paragraphs"], height=0.62, **canvas.filled(MUTED))
        axes.vlines(table["expected"], place - 0.42, place + 0.42, color=PAPER, lw=4)
        axes.vlines(table["expected"], place - 0.42, place + 0.42, color=INK, lw=1.6)
        right = table[["paragraphs", "expected"]].max(axis=1)
        for at, end, n in zip(place, right, table["paragraphs"], strict=True):
            axes.annotate(
                f"{n:,}",
                (end, at),
                (5, 0),
                textcoords="offset points",
                va="center",
                fontsize=canvas.LABEL,
            )
        axes.set_xlim(0, max(right.max(), 1) * 1.1)
        axes.set_xticks([])
        axes.spines["bottom"].set_visible(False)
        stroke = Line2D([], [], color=INK, marker="|", ls="", ms=9, mew=1.6)
        canvas.legend(figure, [bars[0], stroke], ["in the texts", "by chance"], handlelength=1, handleheight=1)  # fmt: skip
        return figure


class WordsOfGroups(StarterFigure):
    """A panel a document or group, the first six of them; a dot a word.

    Its table has at most twelve rows a unit, the most characteristic word first: `by` (what a unit
    is), `unit`, `word`, `here` and `elsewhere` (counts), `log_odds` and `z`, above 0, of
    `usru.analysis.topics.keyness`.
    """

    name, title = "words_of_groups", "The words of each"
    measure = "How much a word sets each apart: z-score of the weighted log-odds; dashed, 1.96"
    reading = ("A panel is a document or a group, a dot a word; the farther right, the more the word"
               " belongs there rather than elsewhere.")  # fmt: skip
    source = ("words of three letters or more that occur at least four times, without English function"
              " words (method: Monroe et al. 2008)")  # fmt: skip
    notebook, section = "02_topics", "The words of each"
    empty = "No word sets a document or group apart."

    def table(self, corpus: Corpus) -> pd.DataFrame:
        once = by_unit(corpus, corpus.sentences.drop_duplicates("text"))
        found = topics.keyness(
            once[["unit", "text"]], by="unit", stop_words=corpus.codebook.language.stop_words
        ).assign(by=kind(corpus))
        named = [name for name in units(corpus).cat.categories if not name.startswith(OTHERS)]
        found = found[found["unit"].isin(named[:MOST_PANELS]) & (found["z"] > 0)]
        found = found.groupby("unit", sort=False).head(FEW).reset_index(drop=True)
        return found[["by", *found.columns.drop("by")]]

    def finding(self, table: pd.DataFrame) -> tuple[str, bool]:
        top = table.loc[table["z"].idxmax()]
        unit = called(top["unit"], top["by"])
        sentence = (f"“{shorten(top['word'], 20)}” sets {unit} apart most, with {top['here']:,} of its"
                    f" {top['here'] + top['elsewhere']:,} uses")  # fmt: skip
        alone = (table["z"] == table["z"].max()).sum() == 1
        return sentence, bool(alone and top["z"] > 1.96 and is_named(top["unit"]))

    def say(self, table: pd.DataFrame) -> str:
        beyond = (table["z"] > 1.96).sum()
        told = capital(part(beyond, len(table), "word", "lies", "lie"))
        return (f"{told} beyond 1.96, which with so many words compared is a ranking and no"
                " test. A sentence that is printed twice counts once.")  # fmt: skip

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        names = table["unit"].unique().tolist()
        across = min(len(names), 3)
        down = -(-len(names) // across)
        most = table.groupby("unit").size().max()
        figure, grid = canvas.panels(down, across, 0.3 + (0.5 + 0.215 * most) * down, sharex=True)
        for axes, name in zip(grid.ravel(), names, strict=False):
            _draw_words(axes, table[table["unit"] == name], most)
            axes.set_title(shorten(name, 24), fontsize=canvas.LABEL)
            axes.set_xlim(0, 1.08 * table["z"].max())
        for axes in grid.ravel()[len(names) :]:
            axes.set_axis_off()
        return figure


def _draw_words(axes: Axes, table: pd.DataFrame, most: int) -> None:
    place = range(len(table))
    axes.hlines(place, 0, table["z"], color=EDGE, lw=1.2)
    axes.plot(table["z"], place, "o", ms=4.5, color=INK)
    axes.axvline(1.96, color=MUTED, lw=0.8, ls=(0, (3, 3)))
    axes.set_yticks(place, [shorten(word, 16) for word in table["word"]], fontsize=canvas.LABEL)
    axes.set_ylim(most - 0.4, -0.6)
    axes.spines["left"].set_visible(False)


class Agreement(StarterFigure):
    """Precision and recall of what an instrument finds, a row each, against a reader.

    The table has a row a thing that is compared: its name in `label`, the counts `in_reference`,
    `in_found`, `in_both`, `precision` and `recall` in [0, 1] and their intervals.
    """

    reading = ("Precision is the share of what the package found that the reader has too; recall the"
               " share of what the reader has that the package found.")  # fmt: skip

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        names = labels(table)["topic"]
        figure, axes = canvas.rows([shorten(names[one]) for one in table["label"]], each=0.34)
        looks = {"precision": ("o", -0.15, INK), "recall": ("s", 0.15, PAPER)}
        for name, (marker, shift, fill) in looks.items():
            canvas.intervals(axes, table.index + shift, table[name], table[f"{name}_low"],
                             table[f"{name}_high"], (INK, marker), width=1.2, label=name, mfc=fill,
                             clip_on=False)  # fmt: skip
        canvas.percent_axis(axes)
        axes.grid(axis="x")
        canvas.legend(figure, *axes.get_legend_handles_labels(), handletextpad=0.2)
        return figure


class TopicsChecked(Agreement):
    """A row a topic that the reader or the dictionary found, the reader's most frequent first.

    Its table is that of `usru.analysis.topics.evaluate`, with at most eighteen rows.
    """

    name, title = "topics_checked", "How well the dictionary agrees with a reader"
    measure = "Precision and recall of each topic, with 95% Wilson interval over paragraphs"
    source = "a reader’s coding of topics, and the study’s dictionary"
    notebook, section = "02_topics", "How far to trust the dictionary"
    empty = "Nobody has coded the topics of these paragraphs."

    def table(self, corpus: Corpus) -> pd.DataFrame:
        found = checked(corpus).query("in_reference + in_found > 0")
        found = found.sort_values("in_reference", ascending=False, kind="stable", ignore_index=True)
        return found.head(MOST_TOPICS)

    def size(self, corpus: Corpus, table: pd.DataFrame) -> str:
        read = corpus.coding("topics", basis.find(corpus, "topics").coder or "reference")
        documents, paragraphs = (
            read["doc_id"].nunique(),
            len(read[["doc_id", "line"]].drop_duplicates()),
        )
        return f"{count(paragraphs, 'paragraph')} of {count(documents, 'document')}, as read"

    def finding(self, table: pd.DataFrame) -> tuple[str, bool]:
        both, read, said = (table[f"in_{of}"].sum() for of in ("both", "reference", "found"))
        sentence = (f"The dictionary finds {percent(both / max(read, 1))} of the reader’s topics;"
                    f" {percent(both / max(said, 1))} of what it finds is right")  # fmt: skip
        return sentence, bool(read > 0 and said > 0)

    def say(self, table: pd.DataFrame) -> str:
        both, read, said = (table[f"in_{of}"].sum() for of in ("both", "reference", "found"))
        is_one = both == 1
        return (f"In the paragraphs that were read, {both:,} of the reader’s {count(read, 'topic')}"
                f" {'is' if is_one else 'are'} found too, among {said:,} that the dictionary finds.")  # fmt: skip
