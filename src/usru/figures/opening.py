"""Figures of the first notebook: what a page is made of, and what is kept of it."""

# ruff: noqa: D102  (the methods of a figure are described in its base)
import math

import pandas as pd
from matplotlib.axes import Axes

import usru.figures.canvas as canvas
from usru.analysis import agreement
from usru.corpus import Corpus
from usru.evaluation import outside
from usru.figures.base import Figure, in_order, labels, meeting_looks
from usru.labels import Names
from usru.show.style import EDGE, GROUPS, INK, MUTED, PALE, PAPER
from usru.wording import count, day, listed, percent, times

__all__ = ["GROUP_OF_KIND", "BlocksAgreement", "Composition", "KeptAndDropped", "Stories"]

# The part of a page that each kind of block belongs to, a key of `usru.show.style.GROUPS`.
GROUP_OF_KIND = {"body": "story", "commenter": "readers", "comment": "readers"}
_TITLE = ["headline", "subhead", "byline", "timestamp", "separator"]
GROUP_OF_KIND |= dict.fromkeys(_TITLE, "title matter")
GROUP_OF_KIND |= dict.fromkeys(["caption", "credit"], "pictures")
GROUP_OF_KIND |= dict.fromkeys(["nav", "related", "tags"], "furniture")

DUMPS = "the pages as saved, divided into blocks by rules"


class Composition(Figure):
    """A bar a page, divided into its parts.

    Its table has a row a page and part: `doc_id`, `group` (a key of `usru.show.style.GROUPS`),
    `characters`, and their `share` of the page in [0, 1]; pages in the corpus's order.
    """

    name, title = "composition", "What the pages are made of"
    measure = "Share of each saved page’s characters"
    reading = ("Each bar is a page. Only the story, the darkest part, is analysed; titles, pictures,"
               " menus and readers’ comments are left out.")  # fmt: skip
    source, empty = DUMPS, "No page has a story."
    notebook, section, claim = "01_corpus", "What a page dump is made of", "corpus-2"

    def table(self, corpus: Corpus) -> pd.DataFrame:
        blocks = corpus.blocks.assign(group=corpus.blocks["kind"].map(GROUP_OF_KIND))
        blocks["characters"] = blocks["text"].str.len()
        table = blocks.groupby(["doc_id", "group"])["characters"].sum().reset_index()
        whole = table.groupby("doc_id")["characters"].transform("sum")
        table = table.assign(share=table["characters"] / whole)
        return in_order(table, "doc_id", corpus.documents["doc_id"])

    def finding(self, table: pd.DataFrame) -> tuple[str, bool]:
        parts = table.pivot_table(index="doc_id", columns="group", values="share").fillna(0.0)
        parts = parts.reindex(columns=list(GROUPS), fill_value=0.0)
        least = parts["story"].idxmin()
        page, others = parts.loc[least], parts.drop(index=least)
        sentence = (f"Most pages are mostly story; on one, readers wrote {percent(page['readers'])} of the"
                    f" page and the outlet {percent(page['story'])}")  # fmt: skip
        return sentence, bool(
            len(others) > 1 and others["story"].gt(0.5).all() and page["readers"] > page["story"]
        )

    def say(self, table: pd.DataFrame) -> str:
        story = table[table["group"] == "story"].set_index("doc_id")["share"]
        if story.empty:
            return self.empty
        names = labels(table)["doc_id"]
        if len(story) == 1:
            return f"The story is {percent(story.iloc[0])} of the page of {names[story.index[0]]}."
        return (f"The story is between {percent(story.min())} ({names[story.idxmin()]})"
                f" and {percent(story.max())} ({names[story.idxmax()]}) of a page’s characters.")  # fmt: skip

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        names = labels(table)["doc_id"]
        return canvas.stacked_shares(table, "group", GROUPS, names, height=0.66, least=0.06)


class KeptAndDropped(Figure):
    """The corpus's first page from top to bottom, a bar a line, which leads to its passage.

    Its table has a row a line that is not blank: `doc_id`, `line` (from 1), `block` (from 0),
    `kind`, `rule`, `group` (a key of `usru.show.style.GROUPS`), `characters` and `passage`.
    """

    name, title = "kept_and_dropped", "What the cleaner keeps of one page"
    measure = "Each line of the page, from top to bottom; length in characters"
    reading = "A bar is a line of the page; the words at the right say what it was taken for."
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

    def finding(self, table: pd.DataFrame) -> tuple[str, bool]:
        kept = table["group"] == "story"
        first, last = kept.to_numpy().argmax(), len(kept) - 1 - kept[::-1].to_numpy().argmax()
        # A run of other lines ends where a line of the story follows one that is not of it.
        inside = kept.to_numpy()[first : last + 1].astype("int64")
        between = int((inside[1:] > inside[:-1]).sum())
        page = labels(table)["doc_id"][table["doc_id"].iloc[0]]
        sentence = (f"The story on the page of {page} is {kept.sum()} of {count(len(table), 'line')},"
                    f" interrupted {times(between)}")  # fmt: skip
        return sentence, bool(kept.any() and between > 0)

    def sample(self, table: pd.DataFrame) -> str:
        name = labels(table)["doc_id"][table["doc_id"].iloc[0]]
        return f"the page of {name}, {count(len(table), 'line')} with text"

    def say(self, table: pd.DataFrame) -> str:
        kept = int((table["group"] == "story").sum())
        rest = len(table) - kept
        return (f"Of the {count(len(table), 'line')} of this page {kept} {'is' if kept == 1 else 'are'} the"
                f" story and analysed; {rest} {'is' if rest == 1 else 'are'} something else and left out.")  # fmt: skip

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        table = table.reset_index(drop=True)
        figure, axes = canvas.sheet(1.1 + 0.16 * len(table))
        for group, lines in table.groupby("group", sort=False):
            bars = axes.barh(
                lines.index, lines["characters"], height=0.72, **canvas.filled(GROUPS[group])
            )
            canvas.link(bars, lines["passage"])
        longest, kinds = max(table["characters"].max(), 1), labels(table)["kind"]
        for _, run in table.groupby((table["kind"] != table["kind"].shift()).cumsum()):
            _name_run(axes, run, longest, kinds[run["kind"].iloc[0]])
        axes.set(xlim=(0, longest * 1.34), ylim=(len(table) - 0.3, -0.7))
        axes.set_yticks(table.index[::5], [f"line {line}" for line in table["line"][::5]])
        axes.spines["bottom"].set_bounds(0, longest)
        axes.set_xticks([tick for tick in axes.get_xticks() if 0 <= tick <= longest])
        present = [name for name in GROUPS if name in set(table["group"])]
        canvas.colour_key(figure, {name: GROUPS[name] for name in present})
        return figure


def _name_run(axes: Axes, run: pd.DataFrame, longest: int, name: str) -> None:
    """Name lines of one kind that follow each other, at their right."""
    first, last, group = run.index[0], run.index[-1], run["group"].iloc[0]
    is_story, edge = group == "story", longest * 1.04
    colour = EDGE if GROUPS[group] == PALE else GROUPS[group]
    axes.plot([edge, edge], [first - 0.3, last + 0.3], color=colour, linewidth=3,
              solid_capstyle="butt", clip_on=False)  # fmt: skip
    axes.text(edge + longest * 0.02, (first + last) / 2,
              name if len(run) == 1 else f"{name}, {len(run)} lines", va="center", fontsize=canvas.NOTE,
              color=INK if is_story else MUTED, weight="bold" if is_story else "normal")  # fmt: skip


PAGES = Names({"pages of this corpus": "these pages"})
PAGES["outside pages, developed"] = "invented, used for the rules"
PAGES["outside pages, unseen"] = "invented, unseen"
"""What the sets of pages are called on which the cleaner is measured."""


class BlocksAgreement(Figure):
    """Precision and recall of each kind of block, a panel a set of pages.

    Its table is that of `usru.analysis.agreement.by_category`, with `category` as a column and
    `pages` naming the set; shares in [0, 1].
    """

    name, title = "blocks_agreement", "How well the cleaner agrees with a reader"
    measure = "Share of lines, by what they are, with 95% Wilson interval"
    reading = ("Precision is the share of the lines so labelled that a reader labelled so too;"
               " recall the share of the reader’s lines that the cleaner found. Numbers at the"
               " right of a panel count the reader’s lines; where they are few, the interval is"
               " wide.")  # fmt: skip
    source = "two readings of these pages, and one of invented pages, by language models"
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

    def finding(self, table: pd.DataFrame) -> tuple[str, bool]:
        body = table[table["category"] == "body"].set_index("pages")
        least = body[["precision", "recall"]].min(axis=1)
        sentence = (f"Of the story’s own lines the cleaner gets at least {percent(least.min())} right; small"
                    " parts of a page are harder")  # fmt: skip
        rest = table[(table["category"] != "body") & (table["in_reference"] > 0)]
        return sentence, bool(len(body) > 1 and least.min() > rest["recall"].min())

    def sample(self, table: pd.DataFrame) -> str:
        sums = table.groupby("pages", sort=False)["in_reference"].sum()
        told = listed(f"{n:,} ({PAGES[of]})" for of, n in sums.items())
        return f"{count(sums.sum(), 'line')}: {told}"

    def say(self, table: pd.DataFrame) -> str:
        sums = table.groupby("pages", sort=False)[["in_both", "in_reference"]].sum().itertuples()
        told = [f"{n:,} of {read:,} ({PAGES[of]})" for of, n, read in sums]
        return f"Lines to which the cleaner gives the reader’s kind: {listed(told)}."

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        frequent = table.groupby("category")["in_reference"].sum().sort_values(ascending=False)
        kinds, sets = list(frequent.index), table["pages"].unique().tolist()
        figure, grid = canvas.panels(1, len(sets), 1.2 + 0.34 * len(kinds), sharey=True)
        for axes, pages in zip(grid[0], sets, strict=True):
            own = table[table["pages"] == pages]
            place = own["category"].map(kinds.index)
            looks = {"precision": ("o", -0.16, INK), "recall": ("s", 0.16, PAPER)}
            for name, (marker, shift, fill) in looks.items():
                low, high = own[f"{name}_low"], own[f"{name}_high"]
                canvas.intervals(axes, place + shift, own[name], low, high, (INK, marker), size=4.5,
                                 width=1.1, label=name, mfc=fill, clip_on=False)  # fmt: skip
            for i, lines in zip(place, own["in_reference"], strict=True):
                axes.text(1.08, i, f"{lines:,}", va="center", fontsize=canvas.NOTE, color=MUTED)
            axes.set(xlim=(0, 1))
            axes.set_xticks([0, 0.5, 1], ["0", "50%", "100%"])
            axes.grid(axis="x")
            axes.spines["left"].set_visible(False)
            axes.set_title(PAGES[pages].replace(", ", ",\n"), fontsize=9)
        canvas.name_rows(grid[0][0], [labels(table)["kind"][kind] for kind in kinds])
        canvas.legend(figure, *grid[0][0].get_legend_handles_labels(), handletextpad=0.2)
        return figure


class Stories(Figure):
    """A row a story, a dot a sentence, which leads to its passage; a bar marks the median.

    Its table has a row a sentence: `doc_id`, `meeting`, `published`, `inferred` (whether that day
    was, and is not printed), `sentence` (from 0), `words` and `passage`.
    """

    name, title = "stories", "The stories at a glance"
    measure = "Words of each sentence; the bar marks the story’s median"
    reading = ("Each dot is a sentence, farther right the longer it is; sentences of one length lie"
               " above each other.")  # fmt: skip
    source = "the story’s paragraphs, divided into sentences by rules"
    notebook, section, claim = "01_corpus", "The stories at a glance", "corpus-6"
    empty = "No story has a sentence."

    def table(self, corpus: Corpus) -> pd.DataFrame:
        first = corpus.paragraphs[["doc_id", "block", "line"]]
        published = corpus.documents[["doc_id", "published"]].assign(
            inferred=corpus.documents["published_basis"].str.startswith("inferred").fillna(False)
        )
        table = corpus.sentences.drop(columns="line").merge(first, on=["doc_id", "block"])
        table = corpus.linked(table.merge(published, on="doc_id"))
        return table[["doc_id", "meeting", "published", "inferred", "sentence", "words", "passage"]]

    def finding(self, table: pd.DataFrame) -> tuple[str, bool]:
        names, words = labels(table)["doc_id"], table.groupby("doc_id", sort=False)["words"]
        # At least half of the sentences have the median rounded up.
        middle = words.median().map(math.ceil).sort_values(kind="stable")
        long, short = names[middle.index[-1]], names[middle.index[0]]
        of = f"the sentences of {long}" if "," in long else f"{long}’s sentences"
        sentence = (f"Half of {of} have {count(middle.iloc[-1], 'word')} or more; of those of {short},"
                    f" {middle.iloc[0]} or more")  # fmt: skip
        return sentence, bool(middle.iloc[-1] > middle.iloc[0])

    def sample(self, table: pd.DataFrame) -> str:
        stories = count(table["doc_id"].nunique(), "story", "stories")
        return f"{stories}, {count(len(table), 'sentence')}"

    def say(self, table: pd.DataFrame) -> str:
        names, words = labels(table)["doc_id"], table.groupby("doc_id", sort=False)["words"].sum()
        if len(words) == 1:
            return f"{names[words.index[0]]} has {count(words.iloc[0], 'word')}."
        return (f"The longest story, {names[words.idxmax()]}, has {count(words.max(), 'word')}; the shortest,"
                f" {names[words.idxmin()]}, {words.min():,}.")  # fmt: skip

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        names, first = labels(table)["doc_id"], table.drop_duplicates("doc_id")
        shown = [f"{names[row.doc_id]}\n{day(row.published)}{' (inferred)' if row.inferred else ''}"
                 for row in first.itertuples()]  # fmt: skip
        figure, axes = canvas.rows(shown, each=0.62)
        looks = meeting_looks(table)
        right = max(table["words"].max(), 1)
        for row, (_, story) in enumerate(table.groupby("doc_id", sort=False)):
            words, (colour, _) = story["words"], looks[story["meeting"].iloc[0]]
            axes.vlines(words.median(), row - 0.36, row + 0.36, color=INK, linewidth=1.6, zorder=2)
            canvas.dots(axes, words, row + canvas.beside(words), story["passage"], s=16, color=colour,
                        edgecolors=PAPER, linewidths=0.4, zorder=3)  # fmt: skip
            axes.text(right * 1.04, row, f"{count(words.sum(), 'word')}\n{count(len(story), 'sentence')}",
                      va="center", fontsize=canvas.NOTE, linespacing=1.35)  # fmt: skip
        axes.set_xlim(0, right * 1.02)
        axes.grid(axis="x")
        return figure
