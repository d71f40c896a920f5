"""Figures of the third notebook: who is quoted, where, and on what."""

# ruff: noqa: D102  (the methods of a figure are described in its base)
from typing import ClassVar

import pandas as pd

import usru.figures.canvas as canvas
from usru.analysis import voices
from usru.corpus import FEW, Corpus
from usru.figures.agendas import by_weight
from usru.figures.starter.agendas import (
    MOST_TOPICS,
    SHORT,
    Agreement,
    OfTopics,
    quoted,
    topic_names,
    weak,
)
from usru.figures.starter.maps import heat_map
from usru.figures.starter.units import (
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
from usru.labels import VOICES, Names
from usru.show import style
from usru.wording import capital, count, percent, span

__all__ = ["MostQuoted", "QuotedByUnit", "SpeakersByTopic", "SpeakersByUnit", "VoicesChecked"]

MOST_COLUMNS = 8

FINDER = "quotations and their speakers, as rules find them"
UNNAMED = {"anonymous": "unnamed sources"}


def who(speaker: str) -> str:
    """Return what a speaker is called; those whom the documents do not name have a name that reads well.

    Parameters
    ----------
    speaker : str
        As `usru.text.quotations` has it.

    Examples
    --------
    >>> who("anonymous"), who("Ann Lee")
    ('unnamed sources', 'Ann Lee')
    """
    return shorten(UNNAMED.get(speaker, speaker))


def has(speaker: str, what: str) -> str:
    """Return the beginning of a sentence on a speaker: what they have.

    Parameters
    ----------
    speaker, what : str, str
        As for `who`, and what comes behind the verb.

    Examples
    --------
    >>> has("anonymous", "words"), has("Ann Lee", "words")
    ('Unnamed sources have words', 'Ann Lee has words')
    """
    return capital(f"{who(speaker)} {'have' if speaker in UNNAMED else 'has'} {what}")


class VoicesChecked(Agreement):
    """A row for the quotations, and for the speaker, form and cue of those that both have.

    Its table is that of `usru.analysis.voices.evaluate`, over the documents that were read, what is
    compared in `label`.
    """

    name, title = "voices_checked", "How well the finder agrees with a reader"
    measure = "Precision and recall of quotations, with 95% Wilson interval over quotations"
    source = "the study’s reference coding of quotations, and quotations as rules find them"
    notebook, section = "03_voices", "How far to trust the finder"
    empty = "Nobody has coded the quotations of these documents."

    def table(self, corpus: Corpus) -> pd.DataFrame:
        coding = corpus.coding("quotations").dropna(subset="text")
        read = corpus.quotations["doc_id"].isin(coding["doc_id"])
        found = voices.evaluate(coding, corpus.quotations[read])
        return found.assign(label=found["what"].replace({"span": "quotation"})).drop(columns="what")

    def size(self, corpus: Corpus, table: pd.DataFrame) -> str:
        coding = corpus.coding("quotations").dropna(subset="text")
        documents = count(coding["doc_id"].nunique(), "document")
        return f"{count(len(coding), 'quotation')} of {documents}, as read"

    def finding(self, table: pd.DataFrame) -> tuple[str, bool]:
        row = table.iloc[0]
        sentence = (f"The finder has {percent(row['recall'])} of the reader’s quotations;"
                    f" {percent(row['precision'])} of what it finds is right")  # fmt: skip
        return sentence, bool(row["in_found"] > 0)

    def say(self, table: pd.DataFrame) -> str:
        row = table.iloc[0]
        return (f"{row['in_both']:,} of the reader’s {count(row['in_reference'], 'quotation')}"
                f" {'is' if row['in_both'] == 1 else 'are'} found too, among {row['in_found']:,} that the rules find in those documents.")  # fmt: skip


class MostQuoted(StarterFigure):
    """A bar a speaker, the dozen with most words, which leads to the first quotation.

    Its table has a row a speaker: `speaker`, `side`, `documents` and `quotations` (numbers), `words`
    between quotation marks, their `share` of all that is quoted, in [0, 1], and `passage`.
    """

    name, title = "most_quoted", "Who gets the floor"
    measure = "Words in quotation marks"
    reading = ("A bar is a speaker, as long as the words between quotation marks are many; its colour"
               " and the word in brackets are the side of the speaker, where the codebook has one.")  # fmt: skip
    source, empty, needs = FINDER, "Nobody is quoted.", "share"
    notebook, section = "03_voices", "Who gets the floor"
    selects: ClassVar = {"speaker": "speakers"}

    def table(self, corpus: Corpus) -> pd.DataFrame:
        said = voices.spoken(corpus.quotations, corpus.codebook.speakers)
        first = {"doc_id": ("doc_id", "first"), "line": ("line", "first")}
        table = said.groupby(["speaker", "side"], sort=False).agg(
            documents=("doc_id", "nunique"), quotations=("quotations", "sum"),
            words=("words", "sum"), **first,
        )  # fmt: skip
        table = table.reset_index().assign(share=table["words"].to_numpy() / max(said["words"].sum(), 1))  # fmt: skip
        table = corpus.linked(table.head(FEW)).drop(columns="doc_id")
        columns = ["speaker", "side", "documents", "quotations", "words", "share", "passage"]
        return table[columns]

    def finding(self, table: pd.DataFrame) -> tuple[str, bool]:
        first = table.iloc[0]
        if len(table) == 1:
            return f"Only {who(first['speaker'])} {'are' if first['speaker'] in UNNAMED else 'is'} quoted", True  # fmt: skip
        alone = first["words"] > table["words"].iloc[1]
        rest = ", more than anybody else" if alone else "; nobody has more"
        return has(first["speaker"], f"{percent(first['share'])} of the quoted words{rest}"), True

    def say(self, table: pd.DataFrame) -> str:
        first, share = table.iloc[0], table["share"].sum()
        words = count(first["words"], "word")
        if len(table) == 1:
            number = count(first["quotations"], "quotation")
            return f"That is {words} in {number}, in {count(first['documents'], 'document')}."
        named = table[~table["speaker"].isin(UNNAMED)].iloc[0]
        rest = ""
        if first["speaker"] in UNNAMED:
            rest = f" Of those who have a name, {has(named['speaker'], percent(named['share']))}."
        if len(table) < FEW:
            number = count(table["quotations"].sum(), "quotation")
            return f"{len(table)} speakers are quoted, with {table['words'].sum():,} words in {number}.{rest}"
        return (f"The {len(table)} speakers shown have {percent(share)} of all words that are quoted from"
                f" somebody.{rest}")  # fmt: skip

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        looks = style.side_looks(table["side"])
        several = table["side"].nunique() > 1
        sides = table["side"].where(several & (table["side"] != "Others"), "")
        names = [
            shorten(who(name), 24) + f" ({shorten(side, 16)})" * bool(side)
            for name, side in zip(table["speaker"], sides, strict=True)
        ]
        figure, axes = canvas.rows(names, each=0.34)
        bars = axes.barh(range(len(table)), table["words"], height=0.62, color=style.MUTED)
        for bar, side in zip(bars, table["side"], strict=True):
            colour, hatch = looks[side] if several else (style.MUTED, "")
            bar.set(facecolor=colour, edgecolor=style.PAPER, hatch=hatch, linewidth=0)
        canvas.link(bars, table["passage"])
        told = table[["words", "quotations", "documents"]].itertuples(index=False)
        texts = [f"{words:,} in {count(n, 'quotation')}, {count(of, 'document')}" for words, n, of in told]  # fmt: skip
        axes.bar_label(bars, texts, padding=4, fontsize=canvas.NOTE, color=style.MUTED)
        axes.set_xlim(0, max(table["words"].max(), 1) * 1.5)
        axes.set_xticks([])
        axes.spines["bottom"].set_visible(False)
        return figure


class SpeakersByUnit(StarterFigure):
    """A heat map of the dozen most quoted speakers by documents or their groups.

    Its table has a row a speaker and unit: `by` (what a unit is), `speaker`, `unit`, `words` between
    quotation marks, their `share` of all that the unit quotes, in [0, 1], `passage`, the first,
    missing where there is none, and the columns of `usru.figures.starter.units.choices`.
    """

    name, title = "speakers_by_unit", "Who gets the floor where"
    reading = ("A row is a speaker, a column a document or a group; the darker a cell, the larger the"
               " speaker’s part of what is quoted there. An empty cell has none.")  # fmt: skip
    source, empty = FINDER, "Nobody is quoted."
    notebook, section = "03_voices", "Who gets the floor where"
    selects: ClassVar = {"speaker": "speakers", **PLACES}

    def table(self, corpus: Corpus) -> pd.DataFrame:
        columns = ["by", "speaker", "unit", "words", "share", "passage", *PLACES]
        said = voices.spoken(corpus.quotations, corpus.codebook.speakers)
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
        return choices(corpus, table)[columns]

    def measured(self, table: pd.DataFrame) -> str:
        where = "" if table["unit"].nunique() == 1 else f" in each {table['by'].iloc[0]}"
        return f"Share of the words that are quoted{where}, in per cent"

    def finding(self, table: pd.DataFrame) -> tuple[str, bool]:
        top, by = table.loc[table["share"].idxmax()], table["by"].iloc[0]
        what = f"{percent(top['share'])} of what is quoted in {called(top['unit'], by)}"
        alone = (table["share"] == table["share"].max()).sum() == 1
        several = table["unit"].nunique() > 1 and table["speaker"].nunique() > 1
        return has(top["speaker"], what), bool(alone and several and is_named(top["unit"]))

    def say(self, table: pd.DataFrame) -> str:
        speakers, where = table["speaker"].nunique(), table["unit"].nunique()
        if where == 1 or speakers == 1:
            words, verb = count(table["words"].sum(), "word"), "is" if speakers == 1 else "are"
            return f"{count(speakers, 'speaker')} {verb} quoted with {words}."
        wide = table[table["words"] > 0].groupby("speaker")["unit"].nunique()
        single = (wide == 1).sum()
        told = part(single, speakers, "speaker", "is", "are")
        return f"{capital(told)} quoted in one column only."

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        names = {name: who(name) for name in table["speaker"]}
        return heat_map(table, "speaker", "unit", names, Names(), self.query)


class QuotedByUnit(StarterFigure):
    """A bar a document or a group, divided into voices.

    Its table has a row a unit and voice: `by` (what a unit is), `unit`, `voice`, `words`, and their
    `share` of the unit's words in [0, 1].
    """

    name, title = "quoted_by_unit", "Whose words"
    reading = ("A bar is a document or a group. Dark is quoted, lighter what the text reports of"
               " somebody’s words or thoughts, pale the reporter’s own words.")  # fmt: skip
    source, empty = "quotations and reported speech, as rules find them", "No document has a word."
    notebook, section = "03_voices", "Whose words"

    def table(self, corpus: Corpus) -> pd.DataFrame:
        shares = by_unit(corpus, voices.shares(corpus.clauses))
        words = shares.groupby(["unit", "voice"], sort=False)["words"].sum().reset_index()
        whole = words.groupby("unit")["words"].transform("sum").clip(lower=1)
        table = words.assign(by=kind(corpus), share=words["words"] / whole)
        return table[["by", "unit", "voice", "words", "share"]]

    def measured(self, table: pd.DataFrame) -> str:
        whose = "the" if table["unit"].nunique() == 1 else f"each {table['by'].iloc[0]}’s"
        return f"Share of {whose} words"

    def finding(self, table: pd.DataFrame) -> tuple[str, bool]:
        said = table.loc[table["voice"] != "outlet", "words"].sum()
        told = percent(said / max(table["words"].sum(), 1))
        return capital(f"{told} of all words are somebody else’s, quoted or reported"), bool(said)

    def say(self, table: pd.DataFrame) -> str:
        quotation = table.loc[table["voice"] == "quotation", "words"].sum()
        told = capital(f"{percent(quotation / max(table['words'].sum(), 1))} of all words are between quotation marks")  # fmt: skip
        each = table[table["voice"] != "outlet"].groupby("unit", sort=False)["share"].sum()
        if len(each) < 2 or each.min() == each.max():
            return f"{told}."
        by = table["by"].iloc[0]
        return (f"{told}. The part of others is {span(percent(each.min()), percent(each.max()))}, least in"
                f" {called(each.idxmin(), by)}, most in {called(each.idxmax(), by)}.")  # fmt: skip

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        named = table.rename(columns={"unit": "doc_id"})
        return canvas.stacked_shares(named, "voice", style.VOICES, Names(), height=0.62, least=0.05, label=VOICES)  # fmt: skip


class SpeakersByTopic(OfTopics):
    """A heat map of topics by speakers, the eight who are quoted most.

    Its table has a row a topic and speaker: `speaker`, `topic`, `quotations`, `words`, their `share`
    of all words of the speaker that are counted for a topic, in [0, 1], and `passage`, the first.
    """

    name, title = "speakers_by_topic", "Who is quoted on what"
    measure = "Share of each speaker’s quoted words that are on a topic, in per cent"
    reading = ("Rows are topics, columns speakers; the darker a cell, the larger the part of what the"
               " speaker is quoted with. A quotation counts for every topic of its paragraph.")  # fmt: skip
    source = f"{FINDER}; the study’s own dictionary of topics"
    notebook, section = "03_voices", "Who is quoted on what"
    empty = "Nobody is quoted on a topic."
    selects: ClassVar = {"topic": "topics", "speaker": "speakers"}

    def table(self, corpus: Corpus) -> pd.DataFrame:
        columns = ["speaker", "topic", "quotations", "words", "share", "passage"]
        people = corpus.codebook.speakers
        found = voices.on_topics(corpus.quotations, corpus.topics, people)
        if found.empty:
            return pd.DataFrame(columns=columns)
        found = found[found["speaker"].isin(found["speaker"].unique()[:MOST_COLUMNS])]
        weight = found.groupby("topic", observed=True)["words"].sum()
        table = by_weight(corpus.linked(found.reset_index(drop=True)), weight)
        table = table[table["topic"].isin(table["topic"].unique()[:MOST_TOPICS])]
        table = table.reset_index(drop=True).astype({"topic": "str"})
        whole = voices.spoken(corpus.quotations, people).groupby("speaker")["words"].sum()
        return table.assign(share=table["words"] / table["speaker"].map(whole).clip(lower=1))[
            columns
        ]

    def finding(self, table: pd.DataFrame) -> tuple[str, bool]:
        top = table.loc[table["words"].idxmax()]
        sentence = (f"Nobody is quoted more on one topic than {shorten(who(top['speaker']), SHORT)} on"
                    f" {quoted(table, top['topic'], SHORT)}: {count(top['words'], 'word')}")  # fmt: skip
        return sentence, len(table) > 1

    def say(self, table: pd.DataFrame) -> str:
        wide = table.groupby("speaker", sort=False)["topic"].nunique()
        widest, topics = wide.idxmax(), table["topic"].nunique()
        if len(table) == 1:
            return f"{has(widest, 'one topic')}.{weak(table, 'topic')}"
        verb, most = "are" if widest in UNNAMED else "is", wide.max()
        every = "both topics" if topics == 2 else f"all {topics} topics"
        where = (
            "the one topic"
            if topics == 1
            else every
            if most == topics
            else f"{most} of {topics} topics"
        )
        told = f"{who(widest)} {verb} quoted on {where}; nobody is quoted on more.{weak(table, 'topic')}"
        return capital(told)

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        sides = [table[name].unique() for name in ("topic", "speaker")]
        every = pd.MultiIndex.from_product(sides, names=["topic", "speaker"])
        cells = table.set_index(["topic", "speaker"]).reindex(every).reset_index()
        cells = cells.fillna({"share": 0.0})
        speakers = {name: who(name) for name in table["speaker"]}
        return heat_map(
            cells, "topic", "speaker", topic_names(table, "topic"), speakers, self.query
        )
