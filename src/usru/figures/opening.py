"""Figures of the first notebook: what a page is made of, and what is kept of it."""

# ruff: noqa: D102  (the methods of a figure are described in its base)
import pandas as pd
from matplotlib.axes import Axes

import usru.figures.canvas as canvas
from usru.analysis import agreement
from usru.corpus import Corpus
from usru.evaluation import outside
from usru.figures.base import Figure, in_order
from usru.show.style import GROUPS, INK, MUTED, NAVY, PAPER, RUST, meeting_colours

__all__ = ["GROUP_OF_KIND", "BlocksAgreement", "Composition", "KeptAndDropped", "Stories"]

# The part of a page that each kind of block belongs to, a key of `usru.show.style.GROUPS`.
GROUP_OF_KIND = {"body": "story", "commenter": "readers", "comment": "readers"}
_TITLE = ["headline", "subhead", "byline", "timestamp", "separator"]
GROUP_OF_KIND |= dict.fromkeys(_TITLE, "title matter")
GROUP_OF_KIND |= dict.fromkeys(["caption", "credit"], "pictures")
GROUP_OF_KIND |= dict.fromkeys(["nav", "related", "tags"], "furniture")

DUMPS = "The page dumps in data/raw, divided into blocks by usru.text.blocks."


class Composition(Figure):
    """A bar a page, divided into its parts.

    Its table has a row a page and part: `doc_id`, `group` (a key of `usru.show.style.GROUPS`),
    `characters`, and their `share` of the page in [0, 1]; pages in the corpus's order.
    """

    name, title = "composition", "What the pages are made of"
    reading = ("Each bar is a page; its dark part is the story, the rest is left out of the"
               " analysis.")  # fmt: skip
    source, empty = DUMPS, "No page has a story."
    notebook, section, claim = "01_corpus", "What a page dump is made of", "corpus-2"

    def table(self, corpus: Corpus) -> pd.DataFrame:
        blocks = corpus.blocks.assign(group=corpus.blocks["kind"].map(GROUP_OF_KIND))
        blocks["characters"] = blocks["text"].str.len()
        table = blocks.groupby(["doc_id", "group"])["characters"].sum().reset_index()
        whole = table.groupby("doc_id")["characters"].transform("sum")
        table = table.assign(share=table["characters"] / whole)
        return in_order(table, "doc_id", corpus.documents["doc_id"])

    def say(self, table: pd.DataFrame) -> str:
        story = table[table["group"] == "story"].set_index("doc_id")["share"]
        if story.empty:
            return self.empty
        return (f"The story is between {story.min():.0%} ({story.idxmin()})"
                f" and {story.max():.0%} ({story.idxmax()}) of a page's characters.")  # fmt: skip

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        dark = ("story", "title matter", "readers")
        return canvas.stacked_shares(table, "group", GROUPS, dark=dark, height=0.66, least=0.06,
                                     label="share of the page’s characters")  # fmt: skip


class KeptAndDropped(Figure):
    """The corpus's first page from top to bottom, a bar a line, which leads to its passage.

    Its table has a row a line that is not blank: `doc_id`, `line` (from 1), `block` (from 0),
    `kind`, `rule`, `group` (a key of `usru.show.style.GROUPS`), `characters` and `passage`.
    """

    name, title = "kept_and_dropped", "What the cleaner keeps of one page"
    reading = ("From top to bottom as on the page; a bar is a line, as long as the line, and the"
               " words at the right say what it was taken for.")  # fmt: skip
    source, empty = DUMPS, "There is no page."
    notebook, section, claim = "01_corpus", "What is kept and what is dropped", "corpus-1"

    def table(self, corpus: Corpus) -> pd.DataFrame:
        doc_id = corpus.documents["doc_id"].iloc[0]
        table = corpus.lines[corpus.lines["doc_id"] == doc_id].reset_index(drop=True)
        raw, spans = corpus.raw(doc_id), zip(table["start"], table["end"], strict=True)
        table["group"] = table["kind"].map(GROUP_OF_KIND)
        table["characters"] = [len(raw[start:end].strip()) for start, end in spans]
        table["passage"] = corpus.linked(table)["passage"]
        return table[["doc_id", "line", "block", "kind", "rule", "group", "characters", "passage"]]

    def say(self, table: pd.DataFrame) -> str:
        kept = table["group"] == "story"
        return (f"The page of {table['doc_id'].iloc[0]}, line by line: {kept.sum()} of {len(table)} lines"
                f" are the story and are analysed; {(~kept).sum()} are something else and are not.")  # fmt: skip

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        table = table.reset_index(drop=True)
        figure, axes = canvas.sheet(1.3 + 0.16 * len(table))
        colours = table["group"].map(GROUPS)
        bars = axes.barh(table.index, table["characters"], height=0.72, color=colours)
        canvas.link(bars, table["passage"])
        longest = max(table["characters"].max(), 1)
        for _, run in table.groupby((table["kind"] != table["kind"].shift()).cumsum()):
            _name_run(axes, run, longest)
        axes.set(xlim=(0, longest * 1.28), ylim=(len(table) - 0.3, -0.7))
        axes.set_xlabel("characters in the line", loc="left")
        axes.set_yticks(table.index[::5], table["line"][::5].astype(str))
        axes.set_ylabel("line of the page")
        axes.spines["bottom"].set_bounds(0, longest)
        axes.set_xticks([tick for tick in axes.get_xticks() if 0 <= tick <= longest])
        present = [name for name in GROUPS if name in set(table["group"])]
        canvas.colour_key(figure, {name: GROUPS[name] for name in present})
        return figure


def _name_run(axes: Axes, run: pd.DataFrame, longest: int) -> None:
    """Name lines of one kind that follow each other, at their right."""
    first, last = run.index[0], run.index[-1]
    kind, group = run.loc[first, ["kind", "group"]]
    is_story, edge = group == "story", longest * 1.04
    axes.plot([edge, edge], [first - 0.3, last + 0.3], color=GROUPS[group], linewidth=3,
              solid_capstyle="butt", clip_on=False)  # fmt: skip
    axes.text(edge + longest * 0.02, (first + last) / 2,
              kind if len(run) == 1 else f"{kind} ×{len(run)}", va="center", fontsize=canvas.NOTE,
              color=INK if is_story else MUTED, weight="bold" if is_story else "normal")  # fmt: skip


class BlocksAgreement(Figure):
    """Precision and recall of each kind of block, a panel a set of pages.

    Its table is that of `usru.analysis.agreement.by_category`, with `category` as a column and
    `pages` naming the set; shares in [0, 1].
    """

    name, title = "blocks_agreement", "How well the cleaner agrees with a reader"
    reading = ("Precision is the share of the lines so labelled that a reader labelled so too;"
               " recall the share of the reader's lines that the cleaner found. Numbers at the"
               " right of a panel count the reader's lines; where they are few, the interval is"
               " wide.")  # fmt: skip
    source = "The reference coding in data/coding/reference/blocks.csv and the coded pages in data/outside."
    notebook, section, claim = "01_corpus", "How far to trust the cleaner", "corpus-5"
    empty = "No page has been coded by a reader."

    def table(self, corpus: Corpus) -> pd.DataFrame:
        read = agreement.coded_lines(corpus.coding("blocks"))
        found = corpus.lines.set_index(["doc_id", "line"])["kind"]
        sets = {"pages of this corpus": (read, found)}
        for name in outside.SETS:
            lines = outside.lines(name)
            sets[f"outside pages, {name}"] = lines["reference"], lines["found"]
        tables = {pages: agreement.by_category(*coded) for pages, coded in sets.items()}
        parts = [part.reset_index().assign(pages=pages) for pages, part in tables.items()]
        return pd.concat(parts, ignore_index=True)

    def say(self, table: pd.DataFrame) -> str:
        sums = table.groupby("pages", sort=False)[["in_both", "in_reference"]].sum().itertuples()
        told = (f"on {of}, {n:,} of {read:,} lines have the reader's kind" for of, n, read in sums)
        return f"The cleaner against readers: {'; '.join(told)}."

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        frequent = table.groupby("category")["in_reference"].sum().sort_values(ascending=False)
        kinds, sets = list(frequent.index), table["pages"].unique().tolist()
        figure, grid = canvas.panels(1, len(sets), 1.5 + 0.34 * len(kinds), sharey=True)
        for axes, pages in zip(grid[0], sets, strict=True):
            own = table[table["pages"] == pages]
            place = own["category"].map(kinds.index)
            looks = {"precision": (NAVY, "o", -0.15), "recall": (RUST, "s", 0.15)}
            for name, (colour, marker, shift) in looks.items():
                low, high = own[f"{name}_low"], own[f"{name}_high"]
                canvas.intervals(axes, place + shift, own[name], low, high, (colour, marker),
                                 size=4.5, width=1.3, label=name, clip_on=False)  # fmt: skip
            for i, count in zip(place, own["in_reference"], strict=True):
                axes.text(1.08, i, f"{count:,}", va="center", fontsize=canvas.NOTE, color=MUTED)
            axes.set(xlim=(0, 1))
            axes.set_xticks([0, 0.5, 1], ["0", "50%", "100%"])
            axes.grid(axis="x")
            axes.spines["left"].set_visible(False)
            axes.set_title(pages, fontsize=9)
        canvas.name_rows(grid[0][0], kinds)
        figure.supxlabel("share of lines, with 95% Wilson interval")
        canvas.legend(figure, *grid[0][0].get_legend_handles_labels(), handletextpad=0.2)
        return figure


class Stories(Figure):
    """A row a story, a dot a sentence, which leads to its passage; a bar marks the median.

    Its table has a row a sentence: `doc_id`, `meeting`, `published`, `sentence` (from 0), `words`
    and `passage`.
    """

    name, title = "stories", "The stories at a glance"
    reading = ("Each dot is a sentence, farther right the longer it is; dots of one length stand"
               " above each other.")  # fmt: skip
    source = "The body blocks of the pages, divided into sentences by usru.text.sentences."
    notebook, section, claim = "01_corpus", "The stories at a glance", "corpus-6"
    empty = "No story has a sentence."

    def table(self, corpus: Corpus) -> pd.DataFrame:
        first = corpus.paragraphs[["doc_id", "block", "line"]]
        published = corpus.documents[["doc_id", "published"]]
        table = corpus.sentences.drop(columns="line").merge(first, on=["doc_id", "block"])
        table = corpus.linked(table.merge(published, on="doc_id"))
        return table[["doc_id", "meeting", "published", "sentence", "words", "passage"]]

    def say(self, table: pd.DataFrame) -> str:
        words = table.groupby("doc_id", sort=False)["words"].sum()
        return (f"Every sentence of the {len(words)} stories, by its length. The longest story,"
                f" {words.idxmax()}, has {words.max():,} words; the shortest, {words.idxmin()},"
                f" {words.min():,}.")  # fmt: skip

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        published = table.groupby("doc_id", sort=False)["published"].first()
        names = [f"{name}\n{day.day} {day.month_name()} {day.year}" for name, day in published.items()]  # fmt: skip
        figure, axes = canvas.rows(names, each=0.62)
        colours = meeting_colours(table["meeting"])
        right = max(table["words"].max(), 1)
        for row, (_, story) in enumerate(table.groupby("doc_id", sort=False)):
            words, colour = story["words"], colours[story["meeting"].iloc[0]]
            canvas.dots(axes, words, row + canvas.beside(words), story["passage"], s=16, color=colour,
                        edgecolors=PAPER, linewidths=0.4)  # fmt: skip
            axes.vlines(words.median(), row - 0.36, row + 0.36, color=INK, linewidth=1.6)
            axes.text(right * 1.04, row, f"{words.sum():,} words\n{len(story)} sentences",
                      va="center", fontsize=canvas.NOTE, linespacing=1.35)  # fmt: skip
        axes.set(xlim=(0, right * 1.02), xlabel="words in the sentence; the bar is the median")
        axes.grid(axis="x")
        return figure
