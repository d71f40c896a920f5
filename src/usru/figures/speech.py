"""Figures of the fourth notebook: who speaks, on what, and which sentences are repeated."""

# ruff: noqa: D102  (the methods of a figure are described in its base)
import math
from typing import Any

import pandas as pd
from matplotlib.lines import Line2D
from matplotlib.patches import ConnectionPatch

import usru.figures.canvas as canvas
from usru.analysis import acts, reuse, voices
from usru.corpus import Corpus
from usru.figures.agendas import by_weight, marked
from usru.figures.base import Figure, labels
from usru.labels import VOICES
from usru.show import style
from usru.wording import count

__all__ = ["Audience", "Floor", "PressSequence", "Quoted", "Shared", "SpeakersTopics", "Spoken"]

# Beyond these, names or columns no longer fit, and those with fewest words are left out.
MOST_SPEAKERS, MOST_COLUMNS, MOST_STORIES = 14, 8, 6

# How the link of a repeated passage is drawn, by the kind of its repetition.
TOLD: dict[str, Any] = {"verbatim": "-", "near": (0, (4, 2)), "requoted": (0, (1, 1.2))}

FINDER = "Quotations and speakers found by usru.text.quotations."
READ = "two readings by language models, adjudicated; rules of usru.text.clauses"


class Floor(Figure):
    """A row a story: the words of the two who have most, quoted and reported, to the left and right.

    Its table is that of `usru.analysis.voices.floor` for the two, with `found` (the words that the
    rules report, where a reading has told them) and `passage`, the first.
    """

    name, title = "floor", "Who gets the floor"
    reading = ("A row is a story, a side a minister. Dark are words in quotation marks, light what"
               " the story reports in its own words; a hollow mark is where rules would have"
               " ended the bar.")  # fmt: skip
    source = f"The reading in data/coding/reference/voice.csv; {READ}."
    empty = "Nobody is quoted or reported."
    notebook, section, claim = "04_voices", "Who gets the floor", "voices-2"

    def table(self, corpus: Corpus) -> pd.DataFrame:
        keys = ["doc_id", "speaker"]
        found = voices.floor(corpus.clauses)
        read = voices.floor(corpus.coded_clauses)
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
            {"quotation": 0, "report": 0, "line": 1, "found": 0 if len(read) else math.nan}
        )
        table = table.astype({"quotation": "int64", "report": "int64", "line": "int64"})
        return corpus.linked(table)[[*keys, "quotation", "report", "found", "passage"]]

    def say(self, table: pd.DataFrame) -> str:
        wide = table.pivot_table("quotation", "doc_id", "speaker", "sum", sort=False).astype(
            "int64"
        )
        names = [*wide, *wide][:2]  # of one speaker only, that one twice
        apart = wide[names[0]] - wide[names[1]]
        ends = dict.fromkeys([apart.idxmax(), apart.idxmin()])
        told = "; ".join(
            f"{' and '.join(f'{name} with {wide.loc[story, name]}' for name in wide)} in {story}"
            for story in ends
        )
        sentence = f"Quoted words: {told}."
        known = table.dropna(subset="found")
        if known.empty:
            return f"{sentence} By rules: nobody has read these texts."
        off = known["found"] - known["quotation"] - known["report"]
        row = known.loc[off.abs().idxmax()]
        return (f"{sentence} Rules come within {off.abs().median():.0f} words of the reading in half of the"
                f" cases, and farthest from it for {row['speaker']} in {row['doc_id']}:"
                f" {row['found']:.0f} words for {row['quotation'] + row['report']}.")  # fmt: skip

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        stories, people = table["doc_id"].unique().tolist(), table["speaker"].unique().tolist()
        most = max((table["quotation"] + table["report"]).max(), 1)
        figure, grid = canvas.panels(1, len(people), 1.1 + 0.55 * len(stories), sharey=True)
        for axes, name in zip(grid[0], people, strict=True):
            own = table[table["speaker"] == name].set_index("doc_id").loc[stories]
            place = range(len(stories))
            quoted = axes.barh(place, own["quotation"], color=style.NAVY, height=0.6)
            told = axes.barh(
                place, own["report"], left=own["quotation"], color=style.SKY, height=0.6
            )
            canvas.link([*quoted, *told], [*own["passage"]] * 2)
            ends = own["quotation"] + own["report"]
            axes.plot(own["found"], place, "D", ms=6, mfc="none", mec=style.INK, mew=1)
            for at, row, end in zip(
                place, own.itertuples(), own[["found"]].assign(e=ends).max(axis=1), strict=True
            ):
                axes.text(
                    end + most * 0.06,
                    at,
                    f"{row.quotation} + {row.report}",
                    va="center",
                    fontsize=canvas.NOTE,
                )
            axes.set(xlim=(0, most * 1.32), xticks=[])
            axes.spines["bottom"].set_visible(False)
            axes.set_title(name, fontsize=canvas.LABEL + 1, loc="left")
        canvas.name_rows(grid[0][0], stories)
        keys = [Line2D([], [], color=colour, lw=7) for colour in (style.NAVY, style.SKY)]
        labels = ["words quoted", "words reported"]
        if table["found"].notna().any():
            keys.append(Line2D([], [], ls="", marker="D", ms=6, mfc="none", mec=style.INK))
            labels.append("both, by the rules")
        canvas.legend(figure, keys, labels, handlelength=1)
        return figure


class Spoken(Figure):
    """A column a story, a row a speaker, those with most words; a bar leads to the first quotation.

    Its table is that of `usru.analysis.voices.spoken`.
    """

    name, title = "speakers", "Who is quoted, and how much"
    reading = ("A column is a story, a row a speaker, a bar the words between quotation marks; its"
               " colour is the side that the speaker is on.")  # fmt: skip
    source, empty = FINDER, "Nobody is quoted."
    notebook, section, claim = "04_voices", "Who is quoted, and how much", "voices-1"

    def table(self, corpus: Corpus) -> pd.DataFrame:
        return corpus.linked(voices.spoken(corpus.quotations, corpus.codebook.speakers))

    def say(self, table: pd.DataFrame) -> str:
        total = table.groupby("speaker", sort=False)["words"].sum()
        return (f"{table['quotations'].sum()} quotations of {len(total)} speakers; {total.index[0]} speaks"
                f" {total.iloc[0] / total.sum():.0%} of the {total.sum():,} quoted words.")  # fmt: skip

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        names = table["speaker"].unique().tolist()[:MOST_SPEAKERS]
        most = table.groupby("doc_id", sort=False)["words"].sum().nlargest(MOST_STORIES).index
        stories = [doc_id for doc_id in table["doc_id"].unique() if doc_id in most]
        colours = style.side_colours(table["side"])
        figure, grid = canvas.panels(1, len(stories), 1.5 + 0.36 * len(names), sharey=True)
        for axes, doc_id in zip(grid[0], stories, strict=True):
            story = table[(table["doc_id"] == doc_id) & table["speaker"].isin(names)]
            place, sides = story["speaker"].map(names.index), story["side"].map(colours)
            bars = axes.barh(place, story["words"], color=sides, height=0.62)
            canvas.link(bars, story["passage"])
            axes.bar_label(bars, padding=3, fontsize=canvas.NOTE)
            axes.set_xlim(0, table["words"].max() * 1.35)
            axes.set_xticks([])
            axes.spines["bottom"].set_visible(False)
            axes.set_title(doc_id.replace("-", "\n"), fontsize=canvas.LABEL)
        canvas.name_rows(grid[0][0], names)
        figure.supxlabel("words in quotation marks")
        canvas.colour_key(figure, colours)
        return figure


class Quoted(Figure):
    """A bar a story, divided into voices.

    Its table is that of `usru.analysis.voices.shares` of the reading, with `found`, the share that
    the rules give; of the rules alone, where nobody has read.
    """

    name, title = "quoted", "Whose words"
    reading = ("A bar is a story. Dark are words in quotation marks, lighter what the story reports"
               " of somebody's words or thoughts, pale its own words; an open mark is where"
               " rules would have ended a part.")  # fmt: skip
    source, empty = (
        f"The reading in data/coding/reference/voice.csv; {READ}.",
        "No story has a word.",
    )
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

    def say(self, table: pd.DataFrame) -> str:
        said = table[table["voice"] != "outlet"].groupby("doc_id")["share"].sum()
        return (f"Between {said.min():.0%} ({said.idxmin()}) and {said.max():.0%} ({said.idxmax()}) of a"
                " story's words are somebody else's, quoted or reported.")  # fmt: skip

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        figure = canvas.stacked_shares(table, "voice", style.VOICES, labels(table)["doc_id"], height=0.62,
                                       least=0.05, label=VOICES)  # fmt: skip
        places = {doc_id: i for i, doc_id in enumerate(table["doc_id"].unique())}
        ends = table.dropna(subset="found").groupby("doc_id", sort=False)["found"].cumsum()
        inner = table.loc[ends.index, "voice"] != table["voice"].iloc[-1]
        at = table.loc[ends.index[inner], "doc_id"].map(places)
        figure.axes[0].plot(ends[inner], at, "D", ms=6, mfc=style.PAPER, mec=style.INK, mew=1)
        return figure


class SpeakersTopics(Figure):
    """A heat map of topics by speakers, the first eight; a cell leads to the first quotation.

    Its table has a row a topic and speaker, those with most words first: `speaker`, `topic` (as it
    is shown), `quotations`, `words` and `passage`.
    """

    name, title = "speakers_topics", "Who is quoted on what"
    reading = ("Rows are topics, columns speakers; the darker a cell, the more words. A quotation"
               " counts for every topic of its paragraph.")  # fmt: skip
    source = f"{FINDER} Topics as read in data/coding/reference/topics.csv."
    notebook, section, claim = "04_voices", "Who is quoted on what", "voices-10"
    empty = "Nobody is quoted on a topic."

    def table(self, corpus: Corpus) -> pd.DataFrame:
        read = corpus.coded_topics
        coded = corpus.topics if read.empty else read
        table = voices.on_topics(corpus.quotations, coded, corpus.codebook.speakers)
        table = corpus.linked(table)
        table = by_weight(table, table.groupby("topic", observed=True)["words"].sum())
        names = table["topic"].astype("str").str.replace("_", " ")
        table["topic"] = marked(corpus, table["topic"]) if read.empty else names
        return table[["speaker", "topic", "quotations", "words", "passage"]]

    def say(self, table: pd.DataFrame) -> str:
        widest = table.groupby("speaker")["topic"].nunique()
        return (f"Words in quotation marks by the topics of their paragraph; {widest.idxmax()} is quoted on"
                f" {widest.max()} of {table['topic'].nunique()} topics.")  # fmt: skip

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        names = table["speaker"].unique().tolist()[:MOST_COLUMNS]
        topics = table["topic"].unique().tolist()
        figure, axes = canvas.sheet(1.3 + 0.32 * len(topics))
        edge: dict[str, Any] = {"edgecolor": style.PAPER, "linewidth": 1.5}
        for row in table[table["speaker"].isin(names)].itertuples():
            place = names.index(row.speaker), topics.index(row.topic)
            # The root keeps a few words apart from none, beside a speaker of hundreds.
            depth = (row.words / max(table["words"].max(), 1)) ** 0.5
            canvas.cell(axes, *place, depth, str(row.words), row.passage, **edge)
        canvas.name_cells(axes, [name.replace(" ", "\n", 1) for name in names], topics)
        return figure


class PressSequence(Figure):
    """A column a story, what happened from top to bottom in its order; a line joins the same act.

    Its table has a row a story and act: `doc_id`, `act`, `label`, `place` (from 1, by its first
    naming in the story) and `passage`.
    """

    name, title = "press_sequence", "The same hour, in two orders"
    reading = ("A column is a story, read from top to bottom; a line joins what both tell. Lines that"
               " cross show what they tell in another order.")  # fmt: skip
    source = "The reading in data/coding/reference/acts.csv: two readings by language models, adjudicated."
    notebook, section, claim = "04_voices", "The press is sent out, in two orders", "voices-13"
    empty = "No two stories tell the same acts."

    def table(self, corpus: Corpus) -> pd.DataFrame:
        return corpus.linked(acts.sequence(corpus.acts, corpus.codebook.acts))[
            ["doc_id", "act", "label", "place", "passage"]
        ]

    def say(self, table: pd.DataFrame) -> str:
        wide = table.pivot_table("place", "act", "doc_id", sort=False).astype("int64")
        one, other = table["doc_id"].unique()
        farthest = (wide[one] - wide[other]).abs().idxmax()
        label = table.set_index("act").loc[farthest, "label"].iloc[0]
        moved = int((wide[one] != wide[other]).sum())
        return (f"Both stories tell {count(len(wide), 'act')}, {moved} of them at another place: “{label}”"
                f" is number {wide.loc[farthest, one]} in {one} and number {wide.loc[farthest, other]} in"
                f" {other}.")  # fmt: skip

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        stories = table["doc_id"].unique().tolist()
        figure, axes = canvas.sheet(0.8 + 0.36 * int(table["place"].max()))
        wide = table.pivot_table(index="act", columns="doc_id", values="place")[stories]
        shown = table.set_index(["doc_id", "act"])
        apart = (wide[stories[0]] - wide[stories[1]]).abs()
        for row, moved in zip(wide.to_numpy(), apart == max(apart.max(), 1), strict=True):
            colour = style.RUST if moved else style.RAIL
            axes.plot([0, 1], row, color=colour, lw=2.2 if moved else 1.4, zorder=1)
        for x, doc_id in enumerate(stories):
            own = shown.loc[doc_id]
            canvas.dots(
                axes, [x] * len(own), own["place"], own["passage"], s=34, color=style.NAVY, zorder=3
            )
            align, beside = ("left", 1.04) if x else ("right", -0.04)
            look: dict[str, Any] = {"ha": align, "va": "center", "fontsize": canvas.LABEL}
            for row in own.itertuples():
                axes.text(beside, row.place, row.label, **look)
            axes.text(x, 0.3, doc_id, ha="center", fontsize=canvas.LABEL, fontweight="bold")
        axes.set(xlim=(-1.15, 2.15), ylim=(table["place"].max() + 0.6, -0.1), xticks=[], yticks=[])
        axes.axis("off")
        return figure


class Shared(Figure):
    """A line a story from its first word to its last, a link for each passage that two share.

    Its table has a row a link: `group`, `kind` (a key of `TOLD`), `similarity` in [0, 1], `meeting`,
    `doc_id`, `again_doc_id`, where the passage is in each (`at`, `again_at`, in [0, 1]), `text`,
    `again_text`, and the `passage` of the later telling.
    """

    name, title = "shared", "Sentences that travel"
    reading = ("A grey line is a story from its first word to its last; a link joins the places"
               " where two stories have the same passage: verbatim, nearly so, or the same"
               " quotation introduced in other words.")  # fmt: skip
    source, empty = "Passages found by usru.analysis.reuse.", "No two stories share a passage."
    notebook, section, claim = "04_voices", "Sentences that travel", "voices-3"

    def table(self, corpus: Corpus) -> pd.DataFrame:
        table = corpus.reused.query("told_by == 'story' and again_by == 'story'")
        table = table.reset_index(drop=True)
        lines = corpus.line_numbers(table["again_doc_id"], table["again_start"])
        again = pd.DataFrame({"doc_id": table["again_doc_id"], "line": lines})
        table["passage"] = corpus.linked(again)["passage"]
        meetings = corpus.documents.set_index("doc_id")["meeting"]
        table["meeting"] = table["again_doc_id"].map(meetings)
        extent = corpus.paragraphs.groupby("doc_id").agg({"start": "min", "end": "max"})
        for told in ("", "again_"):
            first, last = (
                table[f"{told}doc_id"].map(extent[end]).astype("float64")
                for end in ("start", "end")
            )
            middle = (table[f"{told}start"] + table[f"{told}end"]) / 2
            table[f"{told}at"] = ((middle - first) / (last - first)).round(4)
        return table[["group", "kind", "similarity", "meeting", "doc_id", "at", "again_doc_id",
                      "again_at", "text", "again_text", "passage"]]  # fmt: skip

    def say(self, table: pd.DataFrame) -> str:
        stories = pd.unique(table[["doc_id", "again_doc_id"]].to_numpy().ravel())
        verbatim = (table["kind"] == "verbatim").sum()
        several = (
            f"{len(table)} passages appear in more than one story, {verbatim} of them word for word"
        )
        one = f"1 passage appears in more than one story, {reuse.REPEATED[table['kind'].iloc[0]]}"
        return f"{several if len(table) > 1 else one}; they are in {len(stories)} stories."

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        stories = pd.unique(table[["doc_id", "again_doc_id"]].to_numpy().ravel()).tolist()
        colours = style.meeting_colours(table["meeting"])
        figure, axes = canvas.rows(stories, each=0.9 if len(stories) < 6 else 0.4)
        for i in range(len(stories)):
            axes.plot([0, 1], [i, i], color=style.RAIL, lw=5, solid_capstyle="butt", zorder=1)
        for row in table.itertuples():
            here = row.at, stories.index(row.doc_id)
            there = row.again_at, stories.index(row.again_doc_id)
            colour = colours[row.meeting]
            axes.add_artist(ConnectionPatch(here, there, "data", "data", color=colour, lw=1.3,
                                            linestyle=TOLD[row.kind], url=row.passage))  # fmt: skip
            for place in (here, there):
                canvas.dots(axes, *place, [row.passage], s=34, color=colour, zorder=3)
        canvas.percent_axis(axes)
        axes.set_xlim(-0.02, 1.02)
        lines = [Line2D([], [], color=style.INK, lw=1.3, linestyle=kind) for kind in TOLD.values()]
        canvas.legend(
            figure,
            lines,
            [reuse.REPEATED[kind] for kind in TOLD],
            handlelength=2.4,
            columnspacing=1.6,
        )
        return figure


class Audience(Figure):
    """A bar a comment, which leads to it; its table is that of `usru.analysis.voices.audience`."""

    name, title = "audience", "What readers answered"
    reading = "A bar is a comment, in the order of the page; its dark part repeats the story."
    source, empty = "The comments on the page, under pseudonyms.", "No page has reader comments."
    notebook, section, claim = "04_voices", "What readers answered", "voices-9"

    def table(self, corpus: Corpus) -> pd.DataFrame:
        table = voices.audience(corpus.comments, corpus.reused)
        return table.assign(passage=corpus.linked(table)["passage"])

    def say(self, table: pd.DataFrame) -> str:
        return (f"{len(table)} comments below {count(table['doc_id'].nunique(), 'page')}, from"
                f" {table['words'].min()} to {table['words'].max()} words, half of them no longer than"
                f" {table['words'].median():.0f}; {table['replies_to'].notna().sum()} answer another"
                f" reader, {(table['quotes'] > 0).sum()} repeat a passage of the story.")  # fmt: skip

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        figure, axes = canvas.rows(table["commenter"].fillna("unnamed"), each=0.22)
        places, quotes = range(len(table)), table["quotes"]
        repeats = axes.barh(places, quotes, color=style.NAVY, height=0.66, label="repeats a story")
        own = axes.barh(places, table["words"] - quotes, left=quotes, color=style.BLUSH, height=0.66,
                        label="own words")  # fmt: skip
        canvas.link([*repeats, *own], [*table["passage"]] * 2)
        for place, row in enumerate(table.itertuples()):
            answer = f"  answers {row.replies_to}" if isinstance(row.replies_to, str) else ""
            axes.text(row.words, place, f" {row.words}{answer}", va="center", fontsize=canvas.NOTE,
                      color=style.MUTED)  # fmt: skip
        axes.set_xlim(0, table["words"].max() * 1.2)
        axes.set_xlabel("words in the comment")
        canvas.legend(figure, *axes.get_legend_handles_labels(), handlelength=1, handleheight=1)
        return figure
