"""Figures of the third notebook: who is quoted, where, and on what."""

# ruff: noqa: D102  (the methods of a figure are described in its base)
import pandas as pd

import usru.figures.canvas as canvas
from usru.analysis import voices
from usru.corpus import FEW, Corpus
from usru.figures.agendas import by_weight
from usru.figures.base import Figure
from usru.figures.speech import FINDER, Quoted, SpeakersTopics
from usru.figures.starter.agendas import MOST_TOPICS, Agreement, heat_map, shown, weak
from usru.figures.starter.units import by_unit, kind, shorten, units
from usru.show import style
from usru.wording import count

__all__ = ["MostQuoted", "QuotedByUnit", "SpeakersByTopic", "SpeakersByUnit", "VoicesChecked"]

MOST_COLUMNS = 8

UNNAMED = {"anonymous": "unnamed sources"}


def spoken(corpus: Corpus) -> pd.DataFrame:
    """Return how many words each speaker is quoted with in each document.

    Parameters
    ----------
    corpus : Corpus
        Any corpus.

    Returns
    -------
    pandas.DataFrame
        As `usru.analysis.voices.spoken`, those whom the documents do not name under a name that
        reads well.
    """
    said = voices.spoken(corpus.quotations, corpus.codebook.speakers)
    return said.assign(speaker=said["speaker"].replace(UNNAMED))


class VoicesChecked(Agreement):
    """A row for the quotations, and for the speaker, form and cue of those that both have.

    Its table is that of `usru.analysis.voices.evaluate`, over the documents that were read, what is
    compared in `label`.
    """

    name, title = "voices_checked", "How well the finder agrees with a reader"
    source = (
        "The reading in coding/reference/quotations.csv, with Wilson intervals over quotations."
    )
    notebook, section = "03_voices", "How far to trust the finder"
    empty = "Nobody has coded the quotations of these documents."

    def table(self, corpus: Corpus) -> pd.DataFrame:
        coding = corpus.coding("quotations").dropna(subset="text")
        read = corpus.quotations["doc_id"].isin(coding["doc_id"])
        found = voices.evaluate(coding, corpus.quotations[read])
        return found.assign(label=found["what"].replace({"span": "quotation"})).drop(columns="what")

    def say(self, table: pd.DataFrame) -> str:
        row = table.iloc[0]
        return (f"{row['in_both']:,} of the reader's {count(row['in_reference'], 'quotation')} are found"
                f" too, among {row['in_found']:,} that the rules find in those documents.")  # fmt: skip


class MostQuoted(Figure):
    """A bar a speaker, the dozen with most words, which leads to the first quotation.

    Its table has a row a speaker: `speaker`, `side`, `documents` and `quotations` (numbers), `words`
    between quotation marks, their `share` of all that is quoted, in [0, 1], and `passage`.
    """

    name, title = "most_quoted", "Who gets the floor"
    reading = ("A bar is a speaker, as long as the words between quotation marks are many; its colour"
               " and the word in brackets are the side of the speaker, where the codebook has one.")  # fmt: skip
    source, empty, needs = FINDER, "Nobody is quoted.", "share"
    notebook, section = "03_voices", "Who gets the floor"

    def table(self, corpus: Corpus) -> pd.DataFrame:
        said = spoken(corpus)
        first = {"doc_id": ("doc_id", "first"), "line": ("line", "first")}
        table = said.groupby(["speaker", "side"], sort=False).agg(
            documents=("doc_id", "nunique"), quotations=("quotations", "sum"),
            words=("words", "sum"), **first,
        )  # fmt: skip
        table = table.reset_index().assign(share=table["words"].to_numpy() / max(said["words"].sum(), 1))  # fmt: skip
        table = corpus.linked(table.head(FEW)).drop(columns="doc_id")
        columns = ["speaker", "side", "documents", "quotations", "words", "share", "passage"]
        return table[columns]

    def say(self, table: pd.DataFrame) -> str:
        first, share = table.iloc[0], table["share"].sum()
        if len(table) == 1:
            return f"{first['speaker']} is quoted with {count(first['words'], 'word')}."
        return (f"The {len(table)} speakers shown have {share:.0%} of all words that are quoted from"
                f" somebody. Nobody has more than {first['speaker']}, {first['share']:.0%} of all.")  # fmt: skip

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        colours = style.side_colours(table["side"])
        several = table["side"].nunique() > 1
        sides = table["side"].where(several & (table["side"] != "Others"), "")
        names = [
            shorten(name, 24) + f" ({shorten(side, 16)})" * bool(side)
            for name, side in zip(table["speaker"], sides, strict=True)
        ]
        figure, axes = canvas.rows(names, each=0.34)
        fill = table["side"].map(colours) if several else style.BLUE
        bars = axes.barh(range(len(table)), table["words"], color=fill, height=0.62)
        canvas.link(bars, table["passage"])
        told = table[["words", "quotations", "documents"]].itertuples(index=False)
        labels = [f"{words:,} in {count(n, 'quotation')}, {count(of, 'document')}" for words, n, of in told]  # fmt: skip
        axes.bar_label(bars, labels, padding=4, fontsize=canvas.NOTE, color=style.MUTED)
        axes.set(xlim=(0, max(table["words"].max(), 1) * 1.5), xlabel="words in quotation marks")
        axes.set_xticks([])
        axes.spines["bottom"].set_visible(False)
        return figure


class SpeakersByUnit(Figure):
    """A heat map of the dozen most quoted speakers by documents or their groups.

    Its table has a row a speaker and unit: `by` (what a unit is), `speaker`, `unit`, `words` between
    quotation marks, their `share` of all that the unit quotes, in [0, 1], and `passage`, the first,
    missing where there is none.
    """

    name, title = "speakers_by_unit", "Who gets the floor where"
    reading = ("A row is a speaker, a column a document or a group; the darker a cell, the larger the"
               " speaker's part of what is quoted there. An empty cell has none.")  # fmt: skip
    source, empty = FINDER, "Nobody is quoted."
    notebook, section = "03_voices", "Who gets the floor where"

    def table(self, corpus: Corpus) -> pd.DataFrame:
        columns = ["by", "speaker", "unit", "words", "share", "passage"]
        said = spoken(corpus)
        if said.empty:
            return pd.DataFrame(columns=columns)
        most = said["speaker"].unique()[:FEW]
        said = by_unit(corpus, said)
        cells = corpus.linked(said.groupby(["speaker", "unit"], sort=False).agg(
            words=("words", "sum"), doc_id=("doc_id", "first"), line=("line", "first")
        ).reset_index())  # fmt: skip
        whole = cells.groupby("unit")["words"].sum()
        there = [name for name in units(corpus).cat.categories if name in whole.index]
        every = pd.MultiIndex.from_product([most, there], names=["speaker", "unit"])
        table = cells.set_index(["speaker", "unit"]).reindex(every).reset_index()
        table = table.fillna({"words": 0}).astype({"words": "int64"}).assign(by=kind(corpus))
        table["share"] = table["words"] / table["unit"].map(whole).clip(lower=1)
        return table[columns]

    def say(self, table: pd.DataFrame) -> str:
        number = table["speaker"].nunique()
        who = (
            "the speaker who is quoted"
            if number == 1
            else f"the {number} speakers with most words in all"
        )
        return f"Share of the quoted words, in per cent, by {table['by'].iloc[0]}: {who}."

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        per_cent = (100 * table["share"]).map("{:.0f}".format).where(table["words"] > 0, "")
        per_cent = per_cent.where(~((table["words"] > 0) & (per_cent == "0")), "<1")
        named = table.assign(speaker=table["speaker"].map(shorten))
        return heat_map(named, "speaker", "unit", "share", per_cent)


class QuotedByUnit(Quoted):
    """A bar a document or a group, divided into voices.

    Its table has a row a unit and voice: `by` (what a unit is), `unit`, `voice`, `words`, and their
    `share` of the unit's words in [0, 1].
    """

    name, title = "quoted_by_unit", "Whose words"
    reading = ("A bar is a document or a group. Dark is quoted, lighter what the text reports of"
               " somebody's words or thoughts, pale the reporter's own words.")  # fmt: skip
    section, claim, notebook = "Whose words", "", "03_voices"
    empty = "No document has a word."

    def table(self, corpus: Corpus) -> pd.DataFrame:
        shares = by_unit(corpus, voices.shares(corpus.clauses))
        words = shares.groupby(["unit", "voice"], sort=False)["words"].sum().reset_index()
        whole = words.groupby("unit")["words"].transform("sum").clip(lower=1)
        table = words.assign(by=kind(corpus), share=words["words"] / whole)
        return table[["by", "unit", "voice", "words", "share"]]

    def say(self, table: pd.DataFrame) -> str:
        said = table[table["voice"] != "outlet"]
        share = said["words"].sum() / max(table["words"].sum(), 1)
        told = f"{share:.0%} of all words are somebody else's, quoted or reported"
        each = said.groupby("unit")["share"].sum()
        if len(each) == 1:
            return f"{told}."
        return f"{told}; by {table['by'].iloc[0]}, between {each.min():.0%} and {each.max():.0%}."

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        return super().draw(table.rename(columns={"unit": "doc_id"}).assign(found=float("nan")))


class SpeakersByTopic(SpeakersTopics):
    """A heat map of topics by speakers, the first eight; the table is that of `SpeakersTopics`."""

    name, title, claim = "speakers_by_topic", "Who is quoted on what", ""
    source = f"{FINDER} Topics by the dictionary in codebook/topics.toml."
    notebook, section = "03_voices", "Who is quoted on what"

    def table(self, corpus: Corpus) -> pd.DataFrame:
        found = voices.on_topics(corpus.quotations, corpus.topics, corpus.codebook.speakers)
        found = found[found["speaker"].isin(found["speaker"].unique()[:MOST_COLUMNS])]
        weight = found.groupby("topic", observed=True)["words"].sum()
        table = by_weight(corpus.linked(found.reset_index(drop=True)), weight)
        table = table[table["topic"].isin(table["topic"].unique()[:MOST_TOPICS])]
        table = table.reset_index(drop=True)
        table = table.assign(topic=shown(corpus, table["topic"]), speaker=table["speaker"].replace(UNNAMED))  # fmt: skip
        return table[["speaker", "topic", "quotations", "words", "passage"]]

    def say(self, table: pd.DataFrame) -> str:
        widest = table.groupby("speaker", sort=False)["topic"].nunique()
        return (f"Words in quotation marks by the topics of their paragraph; {widest.idxmax()} is quoted on"
                f" {widest.max()} of {count(table['topic'].nunique(), 'topic')}.{weak(table['topic'])}")  # fmt: skip

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        sides = [table[name].unique() for name in ("topic", "speaker")]
        every = pd.MultiIndex.from_product(sides, names=["topic", "speaker"])
        cells = table.set_index(["topic", "speaker"]).reindex(every).reset_index()
        cells = cells.fillna({"words": 0})
        texts = cells["words"].map("{:,.0f}".format).where(cells["words"] > 0, "")
        return heat_map(cells, "topic", "speaker", "words", texts)
