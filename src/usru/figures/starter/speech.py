"""Figures of the third notebook: who is quoted, where, and on what."""

# ruff: noqa: D102  (the methods of a figure are described in its base)
from typing import ClassVar

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

import usru.figures.canvas as canvas
from usru.analysis import voices
from usru.coding import basis
from usru.coding.basis import Basis
from usru.coding.comparison import NOBODY
from usru.corpus import FEW, Corpus
from usru.figures.agendas import by_weight
from usru.figures.base import in_order
from usru.figures.starter.agendas import (
    ESTIMATED,
    MOST_TOPICS,
    SHORT,
    Agreement,
    OfTopics,
    quoted,
    topic_names,
    weak,
)
from usru.figures.starter.maps import heat_map
from usru.figures.starter.shares import (
    OfPassages,
    farthest,
    key,
    keyed,
    marks,
    of_units,
    passages_of,
    rests_on_codes,
    too_little,
    whole_interval,
)
from usru.figures.starter.units import (
    PLACES,
    called,
    choices,
    is_named,
    kind,
    part,
    shorten,
)
from usru.labels import VOICES, Names
from usru.schema import VOICES as ALL_VOICES
from usru.schema import voices_of
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


def most_often(corpus: Corpus, found: Basis) -> pd.DataFrame:
    """Return the speakers of most quotations, a dozen at most, with their share of all of them.

    Parameters
    ----------
    corpus, found : Corpus, Basis
        Any corpus, and what its figures of speakers rest on.

    Returns
    -------
    pandas.DataFrame
        As `Basis.means` gives it, the largest share first; at a tie the first by name. Of those whom
        the reader and the rules name most, twice as many are looked at.
    """
    names = [found.passages["coded"].dropna()] if found.is_estimate else []
    names += [found.said["value"]]
    most = [one[one != NOBODY].value_counts().sort_index(kind="stable") for one in names]
    looked = [one.sort_values(ascending=False, kind="stable").head(2 * FEW).index for one in most]
    table = found.means(sorted({name for one in looked for name in one}))
    table = table[table["value"] > 0].sort_values("value", ascending=False, kind="stable")
    return table.head(FEW)


class MostQuoted(OfPassages):
    """A bar or a dot a speaker, the dozen with most quotations.

    Its table has a row a speaker: `speaker`, `side`, `documents`, `quotations` and `words` that the
    rules find (numbers), the `share` of all quotations, in [0, 1], estimated or as the rules have it,
    the other columns of `ESTIMATED`, and `passage`, the first.
    """

    name, title = "most_quoted", "Who gets the floor"
    measure = "Share of all quotations"
    reading = ("A bar or a dot is a speaker, by the number of quotations; the colour of a bar and the"
               " word in brackets are the side of the speaker, where the codebook has one. Where shares"
               " are estimated they have their 95% interval, and a hollow dot is what rules find.")  # fmt: skip
    source, empty, needs = FINDER, "Nobody is quoted.", "share"
    notebook, section, rests = "03_voices", "Who gets the floor", "speakers"
    selects: ClassVar = {"speaker": "speakers"}

    def table(self, corpus: Corpus) -> pd.DataFrame:
        found = basis.find(corpus, "speakers")
        table = keyed(most_often(corpus, found), "speaker", "unit", "share").reset_index(drop=True)
        said = voices.spoken(corpus.quotations, corpus.codebook.speakers).groupby("speaker").agg(
            documents=("doc_id", "nunique"), quotations=("quotations", "sum"), words=("words", "sum"),
        )  # fmt: skip
        counts = said.reindex(table["speaker"]).fillna(0).astype("int64").reset_index(drop=True)
        side = table["speaker"].map(corpus.codebook.speakers.side).astype("str")
        first = passages_of(corpus, found, table, "speaker", by="")
        table = table.join(counts).assign(side=side, passage=first)
        columns = ["speaker", "side", "documents", "quotations", "words", *ESTIMATED, "passage"]
        return table[columns]

    def finding(self, table: pd.DataFrame) -> tuple[str, bool]:
        first = table.iloc[0]
        if len(table) == 1 and not rests_on_codes(table):
            return f"Only {who(first['speaker'])} {'are' if first['speaker'] in UNNAMED else 'is'} quoted", True  # fmt: skip
        alone = len(table) > 1 and first["share"] > table["share"].iloc[1]
        rest = ", more than anybody else" if alone else "; nobody has more"
        sentence = has(first["speaker"], f"{percent(first['share'])} of the quotations{rest}")
        return sentence, not rests_on_codes(table) or _is_ahead(table)

    def say(self, table: pd.DataFrame) -> str:
        first, share = table.iloc[0], table["share"].sum()
        if len(table) == 1 and not rests_on_codes(table):
            number = count(first["quotations"], "quotation")
            return f"That is {count(first['words'], 'word')} in {number}, in {count(first['documents'], 'document')}."
        known = table[~table["speaker"].isin(UNNAMED)]
        rest = ""
        if first["speaker"] in UNNAMED and len(known):
            second = known.iloc[0]
            rest = f" Of those who have a name, {has(second['speaker'], percent(second['share']))}."
        if rests_on_codes(table):
            told = f"{count(len(table), 'speaker')} {'is' if len(table) == 1 else 'are'} shown"
            return f"{told}; the first has {percent(first['share'])} of all quotations.{rest}"
        if len(table) < FEW:
            number = count(table["quotations"].sum(), "quotation")
            return f"{len(table)} speakers are quoted, with {table['words'].sum():,} words in {number}.{rest}"
        return f"The {len(table)} speakers shown have {percent(share)} of all quotations.{rest}"

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        sides = table["side"].where((table["side"].nunique() > 1) & (table["side"] != "Others"), "")
        names = [
            shorten(who(name), 24) + f" ({shorten(side, 16)})" * bool(side)
            for name, side in zip(table["speaker"], sides, strict=True)
        ]
        figure, axes = canvas.rows(names, each=0.34)
        axes.spines["bottom"].set_visible(False)
        axes.set_xticks([])
        if rests_on_codes(table):
            _draw_estimates(axes, table)
            key(figure, [("as read", LOOK)], "as rules find them")
            return figure
        bars = axes.barh(range(len(table)), table["share"], height=0.62, color=style.MUTED)
        looks, several = style.side_looks(table["side"]), table["side"].nunique() > 1
        for bar, side in zip(bars, table["side"], strict=True):
            colour, hatch = looks[side] if several else (style.MUTED, "")
            bar.set(facecolor=colour, edgecolor=style.PAPER, hatch=hatch, linewidth=0)
        canvas.link(bars, table["passage"])
        told = table[["share", "words", "quotations", "documents"]].itertuples(index=False)
        texts = [
            f"{percent(share)}: {count(n, 'quotation')}, {count(words, 'word')}, {count(of, 'document')}"
            for share, words, n, of in told
        ]
        axes.bar_label(bars, texts, padding=4, fontsize=canvas.NOTE, color=style.MUTED)
        axes.set_xlim(0, max(table["share"].max(), 0.01) * 1.75)
        return figure


LOOK = (style.INK, "o")


def _draw_estimates(axes: Axes, table: pd.DataFrame) -> None:
    """A dot a speaker, which leads to the first passage."""
    place = pd.Series(range(len(table)), index=table.index)
    marks(axes, place, table, "share", LOOK)
    linked = table.dropna(subset=["share", "passage"])
    canvas.dots(
        axes, linked["share"], place[linked.index], linked["passage"], s=25, color=LOOK[0], zorder=3
    )
    most = table[["share", "naive", "high", "high_coders"]].astype("float64").max().max()
    axes.set_xlim(-0.02 * most, min(1, most * 1.1))
    axes.xaxis.set_major_locator(MaxNLocator(5))
    axes.xaxis.set_major_formatter("{x:.0%}")
    axes.grid(axis="x")


def _is_ahead(table: pd.DataFrame) -> bool:
    """Whether the interval of the first row is above those of all others."""
    ends = whole_interval(table)
    return len(table) > 1 and bool(ends["low"].iloc[0] > ends["high"].iloc[1:].max())


class SpeakersByUnit(OfPassages):
    """A heat map of the dozen most quoted speakers by documents or their groups.

    Its table has a row a speaker and unit: `by` (what a unit is), `speaker`, `unit`, the `share` of all
    quotations of the unit, in [0, 1], estimated or as the rules have it, the other columns of
    `ESTIMATED`, `passage`, the first, missing where there is none, and the columns of
    `usru.figures.starter.units.choices`.
    """

    name, title = "speakers_by_unit", "Who gets the floor where"
    reading = ("A row is a speaker, a column a document or a group; the darker a cell, the larger the"
               " speaker’s part of the quotations there. An empty cell has none. Where shares are"
               " estimated, their 95% interval is below them.")  # fmt: skip
    source, empty, needs = FINDER, "Nobody is quoted.", "share"
    notebook, section, rests = "03_voices", "Who gets the floor where", "speakers"
    selects: ClassVar = {"speaker": "speakers", **PLACES}

    def table(self, corpus: Corpus) -> pd.DataFrame:
        found = basis.find(corpus, "speakers")
        table = of_units(corpus, found, most_often(corpus, found)["code"].tolist(), "speaker")
        table = table.assign(passage=passages_of(corpus, found, table, "speaker"), by=kind(corpus))
        return choices(corpus, table)[["by", "speaker", "unit", *ESTIMATED, "passage", *PLACES]]

    def measured(self, table: pd.DataFrame) -> str:
        where = "" if table["unit"].nunique() == 1 else f" in each {table['by'].iloc[0]}"
        return f"Share of the quotations{where}, in per cent"

    def finding(self, table: pd.DataFrame) -> tuple[str, bool]:
        by = table["by"].iloc[0]
        if rests_on_codes(table):
            return _heard(table, by)
        top = table.loc[table["share"].idxmax()]
        what = f"{percent(top['share'])} of the quotations in {called(top['unit'], by)}"
        alone = (table["share"] == table["share"].max()).sum() == 1
        several = table["unit"].nunique() > 1 and table["speaker"].nunique() > 1
        return has(top["speaker"], what), bool(alone and several and is_named(top["unit"]))

    def say(self, table: pd.DataFrame) -> str:
        speakers, where = table["speaker"].nunique(), table["unit"].nunique()
        if rests_on_codes(table):
            lacking = too_little(table, "share", "cell")
            return f"{count(speakers, 'speaker')} {'is' if speakers == 1 else 'are'} shown.{lacking} Of many intervals, some part by chance."  # fmt: skip
        if where == 1 or speakers == 1:
            quotations = count((table["share"] * table["n"]).sum().round(), "quotation")
            return f"{count(speakers, 'speaker')} {'is' if speakers == 1 else 'are'} quoted with {quotations}."
        wide = table[table["share"] > 0].groupby("speaker")["unit"].nunique()
        told = part((wide == 1).sum(), speakers, "speaker", "is", "are")
        return f"{capital(told)} quoted in one column only."

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        names = {name: who(name) for name in table["speaker"]}
        return heat_map(table, "speaker", "unit", names, Names(), self.query)


def _heard(table: pd.DataFrame, by: str) -> tuple[str, bool]:
    """In which two units the intervals of one speaker lie farthest apart, if some do."""
    found = farthest(table, "speaker", "unit")
    if found is None:
        return "", False
    high, low = (f"{percent(one.share)} in {called(shorten(one.unit, SHORT), by)}" for one in found)
    return has(shorten(found[0].speaker, SHORT), f"{high} of the quotations, and {low}"), True


class QuotedByUnit(OfPassages):
    """A bar a document or a group, divided into voices; where these are estimated, a dot a voice.

    Its table has a row a unit and voice: `by` (what a unit is), `unit`, `voice`, the `share` of the
    unit's sentences in [0, 1], estimated or as the rules have it, and the other columns of
    `ESTIMATED`.
    """

    name, title = "quoted_by_unit", "Whose words"
    reading = ("A row is a document or a group. Dark is quoted, lighter what the text reports of"
               " somebody’s words or thoughts, the rest the reporter’s own words; a sentence counts for"
               " the voice that has most of it. Where shares are estimated they have their 95% interval,"
               " and hollow is what the rules find.")  # fmt: skip
    source, empty, needs = (
        "quotations and reported speech, as rules find them",
        "No document has a word.",
        "share",
    )
    notebook, section, rests = "03_voices", "Whose words", "voice"

    def table(self, corpus: Corpus) -> pd.DataFrame:
        found = basis.find(corpus, "voice")
        table = of_units(corpus, found, [*reversed(ALL_VOICES)], "voice")
        # Turns are a voice of transcripts only.
        told = voices_of(table.loc[table["share"] > 0, "voice"])
        table = table[table["voice"].isin(told)]
        table = in_order(table, "unit", table["unit"].unique()).assign(by=kind(corpus))
        return table[["by", "unit", "voice", *ESTIMATED]]

    def measured(self, table: pd.DataFrame) -> str:
        whose = "the" if table["unit"].nunique() == 1 else f"each {table['by'].iloc[0]}’s"
        return f"Share of {whose} sentences"

    def finding(self, table: pd.DataFrame) -> tuple[str, bool]:
        if rests_on_codes(table):
            return _voiced(table, table["by"].iloc[0])
        told = percent(_of_others(table))
        return capital(f"{told} of all sentences are mostly somebody else’s words, quoted or reported"), _of_others(table) > 0  # fmt: skip

    def say(self, table: pd.DataFrame) -> str:
        quotations = table[table["voice"] == "quotation"]
        each = quotations.set_index("unit")["share"].dropna()
        told = (
            f"Quoted are {percent(_mean(quotations))} of all sentences"
            if len(each)
            else "Too little is coded to tell"
        )
        lacking = too_little(quotations, "share", "row") if rests_on_codes(table) else ""
        if len(each) < 2 or each.min() == each.max():
            return f"{told}.{lacking}"
        by = table["by"].iloc[0]
        return (f"{told}: {span(percent(each.min()), percent(each.max()))}, least in"
                f" {called(each.idxmin(), by)}, most in {called(each.idxmax(), by)}.{lacking}")  # fmt: skip

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        if not rests_on_codes(table):
            shown = table.rename(columns={"unit": "doc_id"})
            colours = {voice: style.VOICES[voice] for voice in style.VOICES if (shown["voice"] == voice).any()}  # fmt: skip
            return canvas.stacked_shares(shown, "voice", colours, Names(), height=0.62, least=0.05, label=VOICES)  # fmt: skip
        names = table["unit"].unique().tolist()
        figure, axes = canvas.rows(names)
        looks = {voice: look for voice, look in VOICE_LOOKS.items() if (table["voice"] == voice).any()}  # fmt: skip
        for (voice, look), shift in zip(looks.items(), (-0.15, 0.15, 0.3), strict=False):
            own = table[table["voice"] == voice]
            marks(axes, own["unit"].map(names.index) + shift, own, "share", look)
        canvas.percent_axis(axes)
        axes.grid(axis="x")
        key(
            figure,
            [(VOICES[voice], look) for voice, look in looks.items()],
            "as rules find them",
        )
        return figure


VOICE_LOOKS = {
    "quotation": (style.VOICES["quotation"], "o"),
    "report": (style.VOICES["report"], "s"),
    "turn": (style.VOICES["turn"], "D"),
}


def _mean(table: pd.DataFrame) -> float:
    """The share in all units that have one."""
    known = table.dropna(subset="share")
    return float((known["share"] * known["n"]).sum() / max(known["n"].sum(), 1))


def _of_others(table: pd.DataFrame) -> float:
    """The share of sentences that are not the reporters' own words."""
    return 1 - _mean(table[table["voice"] == "outlet"])


def _voiced(table: pd.DataFrame, by: str) -> tuple[str, bool]:
    """In which two units the intervals of what is quoted or reported lie farthest apart, if some do."""
    found = farthest(table[table["voice"] != "outlet"], "voice", "unit")
    if found is None:
        return "", False
    high, low = (f"{percent(one.share)} in {called(shorten(one.unit), by)}" for one in found)
    what = {"quotation": "Quoted", "turn": "In turns"}.get(found[0].voice, "Reported")
    return f"{what} are {high} of the sentences, and {low}", True


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
    empty, estimates = "Nobody is quoted on a topic.", False
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
