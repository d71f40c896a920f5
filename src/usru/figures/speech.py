"""Figures of the fourth notebook: who speaks, on what, and which sentences are repeated."""

# ruff: noqa: D102  (the methods of a figure are described in its base)
from typing import Any

import pandas as pd
from matplotlib.lines import Line2D
from matplotlib.patches import ConnectionPatch

import usru.figures.canvas as canvas
from usru.analysis import voices
from usru.corpus import Corpus
from usru.figures.agendas import by_weight, marked
from usru.figures.base import Figure
from usru.show import style

__all__ = ["Audience", "Quoted", "Shared", "SpeakersTopics", "Spoken"]

# Beyond these, names or columns no longer fit, and those with fewest words are left out.
MOST_SPEAKERS, MOST_COLUMNS, MOST_STORIES = 14, 8, 6

# How the link of a repeated passage is drawn, by the kind of its repetition.
TOLD: dict[str, Any] = {"verbatim": "-", "near": (0, (4, 2)), "requoted": (0, (1, 1.2))}

FINDER = "Quotations and speakers found by usru.text.quotations."


class Spoken(Figure):
    """A column a story, a row a speaker, those with most words; a bar leads to the first quotation.

    Its table is that of `usru.analysis.voices.spoken`.
    """

    name, title = "speakers", "Who speaks, and how much"
    reading = ("A column is a story, a row a speaker, a bar the words that stand between quotation"
               " marks; its colour is the side that the speaker stands on.")  # fmt: skip
    source, empty = FINDER, "Nobody is quoted."
    notebook, section, claim = "04_voices", "Who speaks, and how much", "voices-2"

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
    """A bar a story, divided into voices; its table is that of `usru.analysis.voices.shares`."""

    name, title = "quoted", "Quotation and narration"
    reading = ("A bar is a story. Dark is direct speech, lighter a phrase quoted inside the"
               " reporter's sentence, pale the reporter's own words.")  # fmt: skip
    source, empty = FINDER, "No story has a word."
    notebook, section, claim = "04_voices", "Quotation and narration", "voices-6"

    def table(self, corpus: Corpus) -> pd.DataFrame:
        return voices.shares(corpus.quotations, corpus.paragraphs)

    def say(self, table: pd.DataFrame) -> str:
        said = table[table["voice"].isin(["direct", "partial"])].groupby("doc_id")["share"].sum()
        return (f"Between {said.min():.0%} ({said.idxmin()}) and {said.max():.0%} ({said.idxmax()}) of a"
                " story's words stand in quotation marks and are somebody else's.")  # fmt: skip

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        return canvas.stacked_shares(table, "voice", style.VOICES, dark=["direct"], height=0.62,
                                     least=0.05, label="share of the story’s words")  # fmt: skip


class SpeakersTopics(Figure):
    """A heat map of topics by speakers, the first eight; a cell leads to the first quotation.

    Its table has a row a topic and speaker, those with most words first: `speaker`, `topic` (as it
    is shown), `quotations`, `words` and `passage`.
    """

    name, title = "speakers_topics", "Who is quoted on what"
    reading = ("Rows are topics, columns speakers; the darker a cell, the more words. A quotation"
               " counts for every topic of its paragraph.")  # fmt: skip
    source = f"{FINDER} Topics by the dictionary in data/codebook/topics.toml."
    notebook, section, claim = "04_voices", "Who is quoted on what", "voices-10"
    empty = "Nobody is quoted on a topic."

    def table(self, corpus: Corpus) -> pd.DataFrame:
        table = voices.on_topics(corpus.quotations, corpus.topics, corpus.codebook.speakers)
        table = corpus.linked(table)
        table = by_weight(table, table.groupby("topic", observed=True)["words"].sum())
        table["topic"] = marked(corpus, table["topic"])
        return table[["speaker", "topic", "quotations", "words", "passage"]]

    def say(self, table: pd.DataFrame) -> str:
        widest = table.groupby("speaker")["topic"].nunique()
        return (f"Words in quotation marks by the topics of their paragraph; {widest.idxmax()} is quoted on"
                f" {widest.max()} of {table['topic'].nunique()} topics. ° marks topics that the dictionary"
                " finds unreliably.")  # fmt: skip

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


class Shared(Figure):
    """A line a story from its first word to its last, a link for each passage that two share.

    Its table has a row a link: `group`, `kind` (a key of `TOLD`), `similarity` in [0, 1], `meeting`,
    `doc_id`, `again_doc_id`, where the passage is in each (`at`, `again_at`, in [0, 1]), `text`,
    `again_text`, and the `passage` of the later telling.
    """

    name, title = "shared", "Sentences that travel"
    reading = ("A grey line is a story from its first word to its last; a link joins the places"
               " where two stories tell the same passage: verbatim, nearly so, or the same"
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
        return (f"{len(table)} passages stand in more than one story, {verbatim} of them in the same"
                f" words; they are in {len(stories)} stories.")  # fmt: skip

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
        canvas.percent_axis(axes, "place in the story")
        axes.set_xlim(-0.02, 1.02)
        lines = [Line2D([], [], color=style.INK, lw=1.3, linestyle=kind) for kind in TOLD.values()]
        canvas.legend(figure, lines, list(TOLD), handlelength=2.4, columnspacing=1.6)
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
        return (f"{len(table)} comments below {table['doc_id'].nunique()} story or stories, from"
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
