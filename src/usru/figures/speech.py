"""Figures of the fourth notebook: who speaks, on what, and which sentences are repeated."""

# ruff: noqa: D102  (the methods of a figure are described in its base)
import math
import re
import textwrap
from collections.abc import Mapping
from typing import Any, ClassVar

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import ConnectionPatch, Rectangle

import usru.figures.canvas as canvas
from usru.analysis import acts, reuse, voices
from usru.corpus import Corpus
from usru.figures.agendas import by_weight, carried
from usru.figures.base import Figure, labels, meeting_looks
from usru.labels import VOICES, Names
from usru.schema import voices_of
from usru.show import style
from usru.wording import capital, count, listed, ordinal, percent

__all__ = ["Audience", "Floor", "PressSequence", "Quoted", "Shared", "SpeakersTopics", "Spoken"]

# Beyond these, names or columns no longer fit, and those with fewest words are left out.
MOST_SPEAKERS, MOST_COLUMNS, MOST_STORIES = 14, 8, 6

OPENING = 44  # letters of a comment that name it
ADDRESS = re.compile(r"^reader-\d+,\s*")  # at its beginning: it names the one who is answered

# How the link of a repeated passage is drawn, by the kind of its repetition.
TOLD: dict[str, Any] = {"verbatim": "-", "near": (0, (4, 2)), "requoted": (0, (1, 1.2))}

FINDER = "quotations and speakers found by rules"
READ = "the reading by language models, adjudicated"

PEOPLE = Names(anonymous="an unnamed source")
"""What a speaker is called where the stories give no name."""


def _two_lines(name: str) -> str:
    """A name broken at the space next to its middle."""
    spaces = [at for at, letter in enumerate(name) if letter == " "]
    middle = min(spaces, key=lambda at: abs(at - len(name) / 2), default=len(name))
    return f"{name[:middle]}\n{name[middle + 1 :]}".strip()


HOLLOW: dict[str, Any] = {
    "marker": "D",
    "ms": 6,
    "ls": "",
    "mfc": style.PAPER,
    "mec": style.INK,
    "mew": 1.1,
}
"""The mark of what rules have found, beside what was read."""


class Floor(Figure):
    """A row a story: the words of the two who have most, quoted and reported, a panel each.

    Its table is that of `usru.analysis.voices.floor` for the two, with `meeting`, `found` (the words
    that the rules report, where a reading has told them) and `passage`, the first.
    """

    name, title = "floor", "Who gets the floor"
    measure = ("Words of each story that quote a speaker or report what the speaker said; numbers: quoted"
               " + reported")  # fmt: skip
    reading = ("A row is a story, a panel a speaker. Dark are words in quotation marks, lighter what the"
               " story reports in its own words; a hollow mark is where rules would have ended the"
               " bar.")  # fmt: skip
    source, empty = f"{READ}; rules for quotations and reports", "Nobody is quoted or reported."
    notebook, section, claim = "04_voices", "Who gets the floor", "voices-2"

    def table(self, corpus: Corpus) -> pd.DataFrame:
        keys = ["doc_id", "speaker"]
        found, read = (
            _printed(voices.floor(one)) for one in (corpus.clauses, corpus.coded_clauses)
        )
        table = found if read.empty else read
        table = table.assign(found=math.nan)
        if len(read):
            ends = found.set_index(keys)[["quotation", "report"]].sum(axis=1)
            table["found"] = ends.reindex(pd.MultiIndex.from_frame(table[keys])).to_numpy()
        totals = table.assign(words=table["quotation"] + table["report"]).groupby("speaker")[
            "words"
        ]
        two = totals.sum().sort_values(ascending=False, kind="stable").index[:2]
        # Every story has a row of both: who says nothing in it is a finding.
        every = pd.MultiIndex.from_product([table["doc_id"].unique(), two], names=keys)
        table = table.set_index(keys).reindex(every).reset_index()
        table = table.fillna(
            {
                "quotation": 0,
                "report": 0,
                "turn": 0,
                "line": 1,
                "found": 0 if len(read) else math.nan,
            }
        )
        table = table.astype({"quotation": "int64", "report": "int64", "line": "int64"})
        table["meeting"] = table["doc_id"].map(corpus.documents.set_index("doc_id")["meeting"])
        columns = ["doc_id", "meeting", "speaker", "quotation", "report", "found", "passage"]
        columns += ["turn"] * ("turn" in table)
        return corpus.linked(table)[columns]

    def finding(self, table: pd.DataFrame) -> tuple[str, bool]:
        wide = table.pivot_table(
            "quotation", ["meeting", "doc_id"], "speaker", "sum", fill_value=0, sort=False
        )
        if wide.shape[1] < 2:
            return self.title, False
        wide, (one, other) = wide.astype("int64"), wide.columns
        names, apart = labels(table), wide[one] - wide[other]
        gap = apart.groupby("meeting", sort=False).agg(lambda own: min(own.max(), -own.min()))
        meeting = gap.idxmax()
        most, least = apart[meeting].idxmax(), apart[meeting].idxmin()
        told = wide.loc[meeting]
        sentence = (f"On {names['meeting'][meeting]}, {names['doc_id'][most]} quotes"
                    f" {count(told.loc[most, one], 'word')} of {one} and {told.loc[most, other]} of {other},"
                    f" {names['doc_id'][least]} {told.loc[least, one]} and {told.loc[least, other]}")  # fmt: skip
        return sentence, bool(gap[meeting] > 0)

    def say(self, table: pd.DataFrame) -> str:
        names = labels(table)["doc_id"]
        row = table.loc[(table["quotation"] + table["report"]).idxmax()]
        sentence = (f"The largest part of a story is {PEOPLE[row['speaker']]}’s in {names[row['doc_id']]}:"
                    f" {count(row['quotation'] + row['report'], 'word')}, {row['quotation']:,} of them in"
                    f" quotation marks{' or under a label' * ('turn' in table)}.")  # fmt: skip
        known = table.dropna(subset="found")
        if known.empty:
            return f"{sentence} By rules: nobody has read these texts."
        off = known["found"] - known["quotation"] - known["report"]
        row, middle = known.loc[off.abs().idxmax()], math.ceil(off.abs().median())
        return (f"{sentence} Half of the bars as rules would draw them are within {count(middle, 'word')} of"
                f" these; the farthest off, of {PEOPLE[row['speaker']]} in {names[row['doc_id']]}, has"
                f" {row['found']:,.0f} for {row['quotation'] + row['report']:,}.")  # fmt: skip

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        stories, people = table["doc_id"].unique().tolist(), table["speaker"].unique().tolist()
        words = table["quotation"] + table["report"]
        least = max(words.max(), 1) * 0.22  # room for the numbers, and for a name above
        height = min(0.9 + 0.46 * len(stories), canvas.TALLEST)
        ends = {name: max(words[table["speaker"] == name].max(), least) + least for name in people}
        figure, grid = canvas.panels(1, len(people), height, sharey=True,
                                     width_ratios=list(ends.values()))  # fmt: skip
        for axes, name in zip(grid[0], people, strict=True):
            own = table[table["speaker"] == name].set_index("doc_id").loc[stories]
            _draw_floor(axes, own)
            axes.set(xlim=(0, ends[name]), xticks=[])
            axes.spines["bottom"].set_visible(False)
            axes.set_title(PEOPLE[name], fontsize=canvas.LABEL + 1, loc="left")
        canvas.name_rows(grid[0][0], [labels(table)["doc_id"][doc_id] for doc_id in stories])
        keys: list[Any] = [_box(style.VOICES["quotation"]), _box(style.VOICES["report"])]
        told = ["words quoted", "words reported"]
        if table["found"].notna().any():
            keys.append(Line2D([], [], **HOLLOW))
            told.append("both, by rules")
        canvas.legend(figure, keys, told, handlelength=1, handleheight=1, columnspacing=1.4)
        return figure


def _printed(floor: pd.DataFrame) -> pd.DataFrame:
    """Who gets the floor, with words in turns as quoted ones: both are printed as somebody's."""
    if "turn" not in floor:
        return floor
    return floor.assign(quotation=floor["quotation"] + floor["turn"])


def _box(colour: str) -> Rectangle:
    """The key of a colour."""
    return Rectangle((0, 0), 1, 1, **canvas.filled(colour))


def _draw_floor(axes: Axes, own: pd.DataFrame) -> None:
    """The words of one speaker in each story, with their numbers behind them."""
    ends = own["quotation"] + own["report"]
    for at, row, end in zip(range(len(own)), own.itertuples(), ends, strict=True):
        for left, right, voice in ((0, row.quotation, "quotation"), (row.quotation, end, "report")):
            bar = axes.barh(
                at, right - left, left=left, height=0.6, **canvas.filled(style.VOICES[voice])
            )
            canvas.link(bar, [row.passage])
        reach = max(end, 0 if math.isnan(row.found) else row.found)
        axes.annotate(f"{row.quotation:,} + {row.report:,}", (reach, at), (8, 0), va="center",
                      textcoords="offset points", fontsize=canvas.NOTE)  # fmt: skip
    axes.plot(own["found"], range(len(own)), **HOLLOW)


class Spoken(Figure):
    """A column a story, a row a speaker, those with most words; a bar leads to the first quotation.

    Its table is that of `usru.analysis.voices.spoken`.
    """

    name, title = "speakers", "Who is quoted, and how much"
    measure = "Words between quotation marks, by speaker and story"
    reading = ("A column is a story, a row a speaker, a bar the words between quotation marks, on one scale"
               " in all columns; its colour and hatch are the country or group that the codebook gives the speaker;"
               " who has none there is with the “Others”.")  # fmt: skip
    source, empty = FINDER, "Nobody is quoted."
    notebook, section, claim = "04_voices", "Who is quoted, and how much", "voices-1"

    def table(self, corpus: Corpus) -> pd.DataFrame:
        return corpus.linked(voices.spoken(corpus.quotations, corpus.codebook.speakers))

    def finding(self, table: pd.DataFrame) -> tuple[str, bool]:
        words = table.groupby("speaker", sort=False)["words"].sum()
        if len(words) < 4:
            return self.title, False
        one, other, rest = words.iloc[0], words.iloc[1], words.iloc[2:].sum()
        sentence = (f"{capital(PEOPLE[words.index[0]])} has {percent(one / words.sum())} of the quoted words,"
                    f" {PEOPLE[words.index[1]]} {percent(other / words.sum())};"
                    f" {len(words) - 2} others share the rest")  # fmt: skip
        return sentence, bool(one >= other and one + other > 2 * rest)

    def sample(self, table: pd.DataFrame) -> str:
        stories = count(table["doc_id"].nunique(), "story", "stories")
        said, words = int(table["quotations"].sum()), int(table["words"].sum())
        return f"{stories}, {count(said, 'quotation')}, {count(words, 'word')} in them"

    def say(self, table: pd.DataFrame) -> str:
        stories = table.groupby("speaker", sort=False)["doc_id"].nunique()
        once, said = int((stories == 1).sum()), int(table["quotations"].sum())
        return (f"{count(said, 'quotation')} of {count(len(stories), 'speaker')}; {PEOPLE[stories.index[0]]},"
                f" who has most words, is quoted in {count(stories.iloc[0], 'story', 'stories')}. Speakers in"
                f" one story only: {once}.")  # fmt: skip

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        names = table["speaker"].unique().tolist()[:MOST_SPEAKERS]
        words = table.groupby("doc_id", sort=False)["words"].sum()
        stories = [doc_id for doc_id in words.index if doc_id in words.nlargest(MOST_STORIES).index]
        shown = table[table["speaker"].isin(names) & table["doc_id"].isin(stories)]
        looks, called = style.side_looks(table["side"]), labels(table)["doc_id"]
        longest = shown.groupby("doc_id")["words"].max().reindex(stories)
        # One scale in all columns: each is as wide as its longest bar, its number and its name.
        ends = longest.clip(lower=0.33 * longest.max()) + 0.24 * longest.max()
        figure, grid = canvas.panels(1, len(stories), 1.1 + 0.36 * len(names), sharey=True,
                                     width_ratios=ends.tolist())  # fmt: skip
        for axes, doc_id in zip(grid[0], stories, strict=True):
            for row in shown[shown["doc_id"] == doc_id].itertuples():
                colour, hatch = looks[row.side]
                bars = axes.barh(names.index(row.speaker), row.words, height=0.66, hatch=hatch,
                                 **canvas.filled(colour))  # fmt: skip
                canvas.link(bars, [row.passage])
                axes.bar_label(bars, [f"{row.words:,}"], padding=3, fontsize=canvas.NOTE)
            axes.set(xlim=(0, ends[doc_id]), xticks=[])
            axes.spines["bottom"].set_visible(False)
            axes.set_title(called[doc_id].replace(" ", "\n", 1), fontsize=canvas.LABEL, loc="left")
        canvas.name_rows(grid[0][0], [PEOPLE[name] for name in names])
        keys = [Rectangle((0, 0), 1, 1, hatch=hatch, **canvas.filled(colour))
                for side, (colour, hatch) in looks.items() if side in set(table["side"])]  # fmt: skip
        sides = [side for side in looks if side in set(table["side"])]
        canvas.legend(figure, keys, sides, handlelength=1.6, handleheight=1.1, columnspacing=1.4)
        return figure


class Quoted(Figure):
    """A bar a story, divided into voices.

    Its table is that of `usru.analysis.voices.shares` of the reading, with `found`, the share that
    the rules give; of the rules alone, where nobody has read.
    """

    name, title = "quoted", "Whose words"
    measure = "Share of each story’s words, by whose they are"
    reading = ("A bar is a story. Dark are words in quotation marks, lighter what the story reports"
               " of somebody’s words or thoughts, pale its own words; a hollow mark is where"
               " rules would have ended a part.")  # fmt: skip
    source, empty = f"{READ}; rules for quotations and reports", "No story has a word."
    notebook, section, claim = "04_voices", "Whose words", "voices-6"

    def table(self, corpus: Corpus) -> pd.DataFrame:
        found = voices.shares(corpus.clauses)
        if corpus.coded_clauses.empty:
            return found.assign(found=math.nan)
        keys = ["doc_id", "voice"]
        read = voices.shares(corpus.coded_clauses)
        table = read.merge(
            found[[*keys, "share"]].rename(columns={"share": "found"}), "left", on=keys
        )
        return table.round({"found": 6})

    def finding(self, table: pd.DataFrame) -> tuple[str, bool]:
        said, names = _said(table), labels(table)["doc_id"]
        if len(said) < 2:
            return self.title, False
        sentence = (f"Most of every story quotes or reports somebody: {percent(said.min())} of"
                    f" {names[said.idxmin()]}, {percent(said.max())} of {names[said.idxmax()]}")  # fmt: skip
        return sentence, bool(said.min() > 0.5)

    def say(self, table: pd.DataFrame) -> str:
        said = _said(table)
        parts = table.groupby("voice")["words"].sum().reindex(_colours(table), fill_value=0)
        told = [
            f"{percent(words / max(parts.sum(), 1))} {VOICES[voice]}"
            for voice, words in parts.items()
        ]
        return (f"Of {count(int(parts.sum()), 'word')} in {count(len(said), 'story', 'stories')},"
                f" {listed(told)}.")  # fmt: skip

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        figure = canvas.stacked_shares(table, "voice", _colours(table), labels(table)["doc_id"], height=0.62,
                                       least=0.05, label=VOICES)  # fmt: skip
        places = {doc_id: i for i, doc_id in enumerate(table["doc_id"].unique())}
        ends = table.dropna(subset="found").groupby("doc_id", sort=False)["found"].cumsum()
        inner = table.loc[ends.index, "voice"] != table["voice"].iloc[-1]
        at = table.loc[ends.index[inner], "doc_id"].map(places)
        figure.axes[0].plot(ends[inner], at, **HOLLOW)
        if len(at):
            key = figure.legends.pop()
            told = [*(text.get_text() for text in key.get_texts()), "where rules would end a part"]
            handles = [*key.get_patches(), Line2D([], [], **HOLLOW)]
            canvas.legend(figure, handles, told, handlelength=1, handleheight=1, columnspacing=1.4)
        return figure


def _colours(table: pd.DataFrame) -> dict[str, str]:
    """The voices of a table with their colours."""
    told = voices_of(table["voice"])
    return {voice: colour for voice, colour in style.VOICES.items() if voice in told}


def _said(table: pd.DataFrame) -> "pd.Series[float]":
    """The share of each story that is somebody else's words."""
    other = table["share"].where(table["voice"] != "outlet", 0.0)
    return other.groupby(table["doc_id"], sort=False).sum()


class SpeakersTopics(Figure):
    """A heat map of topics by speakers, the first eight; a cell leads to the first quotation.

    Its table has a row a topic and speaker, those with most words first: `speaker`, `topic`,
    `quotations`, `words`, and `passage`. The columns in `selects` choose a cell's passages.
    """

    name, title = "speakers_topics", "Who is quoted on what"
    measure = "Share of the words quoted on a topic, by speaker"
    reading = ("A row is a topic with the words that are quoted on it, a column a speaker; the darker a"
               " cell, the larger the speaker’s part. A quotation counts for every topic of its"
               " paragraph.")  # fmt: skip
    source = f"{FINDER}; topics from {READ}"
    notebook, section, claim = "04_voices", "Who is quoted on what", "voices-10"
    empty = "Nobody is quoted on a topic."
    selects: ClassVar[Mapping[str, str]] = {"topic": "topics", "speaker": "speakers"}

    def table(self, corpus: Corpus) -> pd.DataFrame:
        table = voices.on_topics(corpus.quotations, carried(corpus), corpus.codebook.speakers)
        table = corpus.linked(table).astype({"topic": "str"})
        table = by_weight(table, table.groupby("topic")["words"].sum())
        return table[["speaker", "topic", "quotations", "words", "passage"]]

    def finding(self, table: pd.DataFrame) -> tuple[str, bool]:
        widest = (
            table.groupby("speaker")["topic"].nunique().sort_values(ascending=False, kind="stable")
        )
        if len(widest) < 2:
            return self.title, False
        topics, most, next_ = table["topic"].nunique(), widest.iloc[0], widest.iloc[1]
        sentence = (f"{capital(PEOPLE[widest.index[0]])} is quoted on {most} of {count(topics, 'topic')}, nobody else"
                    f" on more than {next_}")  # fmt: skip
        return sentence, bool(most > topics / 2 and most > next_)

    def sample(self, table: pd.DataFrame) -> str:
        speakers = count(table["speaker"].nunique(), "speaker")
        return f"{speakers}, {count(table['topic'].nunique(), 'topic')}"

    def say(self, table: pd.DataFrame) -> str:
        names, speakers = (
            labels(table)["topic"],
            table.groupby("topic", sort=False)["speaker"].nunique(),
        )
        alone = [names[topic] for topic in speakers.index[speakers == 1]]
        told = f"{speakers.iloc[0]} of {count(table['speaker'].nunique(), 'speaker')}"
        return (f"On {names[speakers.index[0]]}, the topic with most words: {told}. Topics with one speaker"
                f" only: {listed(alone)}.")  # fmt: skip

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        names = table["speaker"].unique().tolist()[:MOST_COLUMNS]
        words = table.groupby("topic", sort=False)["words"].sum()
        topics, called = words.index.tolist(), labels(table)["topic"]
        figure, axes = canvas.sheet(1.1 + 0.34 * len(topics))
        edge: dict[str, Any] = {"edgecolor": style.PAPER, "linewidth": 1.5}
        for row in table[table["speaker"].isin(names)].itertuples():
            place = names.index(row.speaker), topics.index(row.topic)
            share = row.words / max(words[row.topic], 1)
            canvas.cell(
                axes, *place, share, percent(share), row.passage, query=self.query(row), **edge
            )
        rows = [f"{called[topic]} ({count(number, 'word')})" for topic, number in words.items()]
        canvas.name_cells(axes, [_two_lines(PEOPLE[name]) for name in names], rows)
        canvas.shade_key(figure, "share of the words")
        return figure


class PressSequence(Figure):
    """A column a story, what happened from top to bottom in its order; a line joins the same act.

    Its table has a row a story and act: `doc_id`, `act`, `label`, `place` (from 1, by its first
    naming in the story) and `passage`.
    """

    name, title = "press_sequence", "One scene, in two orders"
    measure = "What both stories tell, in the order in which each tells it"
    reading = ("A column is a story, read from top to bottom; a line joins what both tell, a dark one what"
               " is moved farthest. Lines that cross show what they tell in another order.")  # fmt: skip
    source = READ
    notebook, section, claim = "04_voices", "The press is sent out, in two orders", "voices-13"
    empty = "No two stories tell the same acts."

    def table(self, corpus: Corpus) -> pd.DataFrame:
        return corpus.linked(acts.sequence(corpus.acts, corpus.codebook.acts))[
            ["doc_id", "act", "label", "place", "passage"]
        ]

    def finding(self, table: pd.DataFrame) -> tuple[str, bool]:
        wide, apart = _places(table)
        act = apart.idxmax()
        one, other = (ordinal(int(place)) for place in wide.loc[act].iloc[[0, -1]])
        sentence = (f"One scene, two orders: “{_act_names(table)[act]}” comes {one} in one story,"
                    f" {other} in the other")  # fmt: skip
        return sentence, bool(apart[act] > 0)

    def sample(self, table: pd.DataFrame) -> str:
        stories = count(table["doc_id"].nunique(), "story", "stories")
        return f"{stories}, {count(table['act'].nunique(), 'act')} told in each"

    def say(self, table: pd.DataFrame) -> str:
        wide, apart = _places(table)
        names, called = labels(table)["doc_id"], _act_names(table)
        farthest = [act for act in apart.index if apart[act] == max(apart.max(), 1)]
        told = listed(f"“{called[act]}”" for act in farthest)
        stories = " and ".join(names[doc_id] for doc_id in wide)
        return (f"{stories} both tell {count(len(wide), 'act')}, {int((apart > 0).sum()) or 'none'} of"
                f" them at another place; farthest apart: {told}.")  # fmt: skip

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        wide, apart = _places(table)
        names, shown = labels(table)["doc_id"], table.set_index(["doc_id", "act"])
        figure, axes = canvas.sheet(0.5 + 0.34 * int(table["place"].max()))
        moved = apart == max(apart.max(), 1)
        for act, row in wide.iterrows():
            colour, width = (style.INK, 2.4) if moved[act] else (style.EDGE, 1)
            axes.plot([0, 1], row, color=colour, lw=width, zorder=1 + moved[act])
        for x, doc_id in enumerate(wide):
            own = shown.loc[doc_id]
            canvas.dots(
                axes, [x] * len(own), own["place"], own["passage"], s=36, color=style.INK, zorder=3
            )
            align, beside = ("left", 1.04) if x else ("right", -0.04)
            for row in own.itertuples():
                axes.text(beside, row.place, row.label, ha=align, va="center", fontsize=canvas.LABEL,
                          weight="bold" if moved[row.Index] else "normal")  # fmt: skip
            axes.text(x, 0.25, names[doc_id], ha=align, fontsize=canvas.LABEL + 1, weight="bold")
        axes.set(xlim=(-1.1, 2.1), ylim=(table["place"].max() + 0.5, -0.2), xticks=[], yticks=[])
        axes.axis("off")
        return figure


def _places(table: pd.DataFrame) -> "tuple[pd.DataFrame, pd.Series[int]]":
    """The place of each act in each story, and how far apart the places of two are."""
    wide = table.pivot_table("place", "act", "doc_id", sort=False).astype("int64")
    return wide, wide.max(axis=1) - wide.min(axis=1)


def _act_names(table: pd.DataFrame) -> Mapping[Any, str]:
    return dict(zip(table["act"], table["label"], strict=True))


class Shared(Figure):
    """A line a story from its first word to its last, a link for each passage that two share.

    Its table has a row a link: `group`, `kind` (a key of `TOLD`), `similarity` in [0, 1], `meeting`,
    `doc_id`, `outlet`, `again_doc_id`, `again_outlet`, where the passage is in each (`at`,
    `again_at`, in [0, 1]), `text`, `again_text`, and the `passage` of the later telling.
    """

    name, title = "shared", "Sentences that travel"
    measure = "Where in each story a shared passage is, from its first word to its last"
    reading = ("A grey line is a story from its first word to its last; a link joins the places"
               " where two stories have the same passage: verbatim, nearly so, or the same"
               " quotation introduced in other words.")  # fmt: skip
    source, empty = (
        "passages of six words or more, found by comparing all stories",
        "No two stories share a passage.",
    )
    notebook, section, claim = "04_voices", "Sentences that travel", "voices-3"

    def table(self, corpus: Corpus) -> pd.DataFrame:
        table = corpus.reused.query("told_by == 'story' and again_by == 'story'")
        table = table.reset_index(drop=True)
        lines = corpus.line_numbers(table["again_doc_id"], table["again_start"])
        again = pd.DataFrame({"doc_id": table["again_doc_id"], "line": lines})
        table["passage"] = corpus.linked(again)["passage"]
        about = corpus.documents.set_index("doc_id")
        table["meeting"] = table["again_doc_id"].map(about["meeting"])
        extent = corpus.paragraphs.groupby("doc_id").agg({"start": "min", "end": "max"})
        for told in ("", "again_"):
            table[f"{told}outlet"] = table[f"{told}doc_id"].map(about["outlet"])
            first, last = (
                table[f"{told}doc_id"].map(extent[end]).astype("float64")
                for end in ("start", "end")
            )
            middle = (table[f"{told}start"] + table[f"{told}end"]) / 2
            table[f"{told}at"] = ((middle - first) / (last - first)).round(4)
        return table[["group", "kind", "similarity", "meeting", "doc_id", "outlet", "at",
                      "again_doc_id", "again_outlet", "again_at", "text", "again_text", "passage"]]  # fmt: skip

    def finding(self, table: pd.DataFrame) -> tuple[str, bool]:
        stories, names = _stories(table), labels(table)["doc_id"]
        verbatim = int((table["kind"] == "verbatim").sum())
        outlets = set(table[["outlet", "again_outlet"]].stack())
        who = (f"two stories, both by {min(outlets)}," if len(outlets) == 1
               else f"{names[stories[0]]} and {names[stories[1]]}")  # fmt: skip
        few = {0: "none", 1: "one"}.get(verbatim, verbatim)
        sentence = f"Only {who} share passages: {len(table)}, {few} of them word for word"
        return sentence, len(stories) == 2 and len(table) > 1 and verbatim < len(table)

    def say(self, table: pd.DataFrame) -> str:
        kinds = table["kind"].value_counts()
        told = [f"{kinds[kind]} {name}" for kind, name in reuse.REPEATED.items() if kind in kinds]
        passages, stories = count(len(table), "passage is", "passages are"), len(_stories(table))
        where = "both stories" if stories == 2 else f"more than one of {stories:,} stories"
        return f"{passages} in {where}: {listed(told)}."

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        stories, names, looks = _stories(table), labels(table), meeting_looks(table)
        shown = [names["doc_id"][doc_id] for doc_id in stories]
        figure, axes = canvas.rows(shown, each=0.9 if len(stories) < 6 else 0.4)
        for i in range(len(stories)):
            axes.plot([0, 1], [i, i], color=style.RAIL, lw=5, solid_capstyle="butt", zorder=1)
        for row in table.itertuples():
            here = row.at, stories.index(row.doc_id)
            there = row.again_at, stories.index(row.again_doc_id)
            colour, _ = looks[row.meeting]
            axes.add_artist(ConnectionPatch(here, there, "data", "data", color=colour, lw=1.5,
                                            linestyle=TOLD[row.kind], url=row.passage))  # fmt: skip
            for place in (here, there):
                canvas.dots(axes, *place, [row.passage], s=34, color=colour, zorder=3)
        axes.set_xlim(-0.02, 1.02)
        axes.set_xticks([0, 0.5, 1], ["first word", "middle", "last word"])
        lines = [Line2D([], [], color=style.INK, lw=1.5, linestyle=kind) for kind in TOLD.values()]
        told = [reuse.REPEATED[kind] for kind in TOLD]
        canvas.legend(figure, lines, told, handlelength=2.4, columnspacing=1.6)
        return figure


def _stories(table: pd.DataFrame) -> list[str]:
    """The stories that share a passage."""
    return [*dict.fromkeys(table[["doc_id", "again_doc_id"]].to_numpy().ravel())]


class Audience(Figure):
    """A bar the story, and a bar a comment below it, which leads to it, the longest first.

    Its table is that of `usru.analysis.voices.audience`, with `text`, the comment's first words,
    `story`, the words of the story above it, and `passage`.
    """

    name, title = "audience", "What readers answered"
    measure = "Words of the story and of each comment below it"
    reading = ("A bar is the story or a comment, named by its first words, the longest first; the dark part"
               " of a comment repeats a passage of the story.")  # fmt: skip
    source = "the comments on the page, as they were when it was saved"
    empty = "No page has reader comments."
    notebook, section, claim = "04_voices", "What readers answered", "voices-9"

    def table(self, corpus: Corpus) -> pd.DataFrame:
        table = voices.audience(corpus.comments, corpus.reused)
        stories = corpus.paragraphs.groupby("doc_id")["words"].sum()
        table["text"] = [
            textwrap.shorten(ADDRESS.sub("", text), OPENING, placeholder="…")
            for text in corpus.comments["text"]
        ]
        table["story"] = table["doc_id"].map(stories).fillna(0).astype("int64")
        return table.assign(passage=corpus.linked(table)["passage"])

    def finding(self, table: pd.DataFrame) -> tuple[str, bool]:
        words, repeated = int(table["words"].sum()), int(table["quotes"].sum())
        story, pages = int(table["story"].iloc[0]), table["doc_id"].nunique()
        sentence = (f"Readers wrote {count(words, 'word')} below a story of {story:,}; only {repeated}"
                    " of theirs repeat it")  # fmt: skip
        own = table["quoted"].isna() | (table["quoted"] == table["doc_id"])
        few = 1 < repeated < words / 10
        return sentence, bool(pages == 1 and words > story > 0 and few and own.all())

    def sample(self, table: pd.DataFrame) -> str:
        return f"{count(len(table), 'comment')} below {count(table['doc_id'].nunique(), 'page')}"

    def say(self, table: pd.DataFrame) -> str:
        return (f"Words of {count(len(table), 'comment')}, from the shortest to the longest:"
                f" {table['words'].min():,} to {table['words'].max():,}, half of them no longer than"
                f" {table['words'].median():,.0f}. Comments in answer to another reader:"
                f" {table['replies_to'].notna().sum()}; with a passage of a story:"
                f" {(table['quotes'] > 0).sum()}.")  # fmt: skip

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        names, pages = labels(table)["doc_id"], table.drop_duplicates("doc_id")
        table = table.sort_values("words", ascending=False, kind="stable")
        stories = [f"The story: {names[doc_id]}" for doc_id in pages["doc_id"]]
        figure, axes = canvas.rows([*stories, *table["text"]], each=0.22)
        looks = {name: canvas.filled(style.GROUPS[name]) for name in ("story", "readers")}
        axes.barh(
            range(len(pages)), pages["story"], height=0.7, label="the story", **looks["story"]
        )
        places, quotes = range(len(pages), len(pages) + len(table)), table["quotes"]
        repeats = axes.barh(places, quotes, height=0.7, **looks["story"])
        own = axes.barh(places, table["words"] - quotes, left=quotes, height=0.7,
                        label="readers’ comments, dark where they repeat it", **looks["readers"])  # fmt: skip
        canvas.link([*repeats, *own], [*table["passage"]] * 2)
        for place, words in enumerate([*pages["story"], *table["words"]]):
            axes.annotate(f"{words:,}", (words, place), (4, 0), textcoords="offset points", va="center",
                          fontsize=canvas.NOTE)  # fmt: skip
        axes.set(xlim=(0, 1.1 * max(table["words"].max(), pages["story"].max(), 1)), xticks=[])
        axes.spines["bottom"].set_visible(False)
        axes.tick_params(axis="y", labelsize=canvas.NOTE)
        canvas.legend(figure, *axes.get_legend_handles_labels(), handlelength=1, handleheight=1)
        return figure
