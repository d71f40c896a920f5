"""Figures of the first notebook: which documents there are, how long they are, and of what."""

# ruff: noqa: D102  (the methods of a figure are described in its base)
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

import usru.figures.canvas as canvas
from usru.corpus import FEW, Corpus
from usru.figures.base import Figure, in_order
from usru.figures.opening import GROUP_OF_KIND, Composition
from usru.figures.starter.periods import date_axis, divide
from usru.figures.starter.units import OTHERS, by_unit, kind, units
from usru.show.style import BLUE, INK, MUTED, NAVY, PAPER, SKY
from usru.wording import count

__all__ = ["Documents", "Lengths", "PageParts"]

MOST_BARS = 60  # periods, a bar each
MOST_DOTS = 300  # documents; of more, dots hide each other and only their quantiles are drawn


class Documents(Figure):
    """Few documents as dots in time, many as bars by period, or by group where time is one.

    Its table has a row a unit and period: `by` (what a unit is), `unit`, `period` (what a period
    is), its first and last day, `begins` and `ends` (missing where no date is known), `documents` and
    `passage`, the beginning of the document where the unit is one.
    """

    name, title = "documents", "The documents"
    reading = ("A dot is a document, and a bar counts documents; a panel is a group of them, the"
               " first panel all together. Panels of single groups have one scale.")  # fmt: skip
    source = "The list of documents, with the dates that it gives."
    notebook, section, empty = "01_corpus", "The documents", "There is no document."

    def table(self, corpus: Corpus) -> pd.DataFrame:
        documents = corpus.documents[["doc_id", "published"]]
        few = corpus.unit == "doc_id"
        days = documents["published"]
        periods = days.to_frame("begins").assign(period="day", ends=days) if few else divide(days, MOST_BARS)  # fmt: skip
        table = by_unit(corpus, documents.join(periods)).assign(by=kind(corpus), line=1)
        if few:
            return corpus.linked(table.assign(documents=1))[_COLUMNS]
        keys = ["by", "unit", "period", "begins", "ends"]
        counts = table.groupby(keys, sort=False, dropna=False).size().rename("documents")
        counts = counts.reset_index().assign(passage=None)[_COLUMNS]
        order = units(corpus).cat.categories
        return in_order(counts.sort_values("begins", kind="stable"), "unit", order)

    def say(self, table: pd.DataFrame) -> str:
        dated = table.dropna(subset="begins")
        known, missing = dated["documents"].sum(), table["documents"][table["begins"].isna()].sum()
        total = count(known + missing, "document")
        by = table["by"].iloc[0]
        of = "" if by == "document" or table["unit"].nunique() == 1 else f" by {by}"
        if not known:
            return f"{total}{of}; no date of publication is known."
        when = _when(dated["begins"].min(), dated["begins"].max(), dated["period"].iloc[0])
        told = f"{total}{of}, published {when}"
        lacks = f"; {missing:,} without a date {'is' if missing == 1 else 'are'} not drawn"
        return f"{told}{lacks if missing else ''}."

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        dated = table.dropna(subset="begins")
        if table["passage"].notna().any():
            return _draw_days(table)
        return _draw_periods(dated) if dated["begins"].nunique() > 1 else _draw_counts(table)


_COLUMNS = ["by", "unit", "period", "begins", "ends", "documents", "passage"]


def _when(first: pd.Timestamp, last: pd.Timestamp, period: str) -> str:
    """When the first and the last period begin, named no more exactly than the periods are."""
    if period == "day":
        same, several = "on {}", "between {} and {}"
    elif period in ("year", "month"):
        same, several = "in {}", "from {} to {}"
    else:
        same, several = (
            f"in the {period} from {{}}",
            f"in {period}s that begin between {{}} and {{}}",
        )
    months = f"{first:%B %Y}", f"{last:%B %Y}"
    names = {"year": (f"{first.year}", f"{last.year}"), "month": months}
    days = f"{first.day} {months[0]}", f"{last.day} {months[1]}"
    return (same if first == last else several).format(*names.get(period, days))


def _draw_counts(table: pd.DataFrame) -> canvas.Drawing:
    """A bar a unit."""
    counts = table.groupby("unit", sort=False)["documents"].sum()
    figure, axes = canvas.rows(counts.index, each=0.34)
    bars = axes.barh(range(len(counts)), counts, color=BLUE, height=0.62)
    axes.bar_label(bars, [f"{number:,}" for number in counts], padding=4, fontsize=canvas.LABEL)
    axes.set(xlim=(0, counts.max() * 1.1), xlabel="documents")
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    return figure


def _draw_days(table: pd.DataFrame) -> canvas.Drawing:
    """A row a document, a dot at the day of its publication."""
    figure, axes = canvas.rows(table["unit"], each=0.36)
    canvas.dots(axes, table["begins"], range(len(table)), table["passage"], s=36, color=NAVY)
    for place in table.index[table["begins"].isna()]:
        axes.text(0.01, place, "not dated", transform=axes.get_yaxis_transform(), va="center",
                  fontsize=canvas.NOTE, color=MUTED, url=table["passage"][place])  # fmt: skip
    if table["begins"].isna().all():
        axes.set_xticks([])
        return figure
    first, last = table["begins"].min(), table["begins"].max()
    space = max((last - first) / 20, pd.Timedelta(days=1))
    date_axis(axes, first - space, last + space, most=8)
    axes.grid(axis="both")
    return figure


def _draw_periods(table: pd.DataFrame) -> canvas.Drawing:
    """Bars by period: all documents, and below them a panel a unit, the named ones on one scale."""
    names = table["unit"].unique().tolist()
    panels: dict[str, pd.DataFrame] = {"all documents": table}
    if len(names) > 1 and table["by"].iloc[0] not in ("year", "month", "day"):
        panels |= {name: table[table["unit"] == name] for name in names}
    small = len(panels) - 1
    # Of a ratio that is no whole number the layout is not the same to the last bit each time.
    figure, grid = canvas.panels(len(panels), 1, 1.9 + 0.52 * small, sharex=True,
                                 height_ratios=[3] + [1] * small)  # fmt: skip
    most = table[~table["unit"].str.startswith(OTHERS)]["documents"].max()
    for axes, (name, own) in zip(grid[:, 0], panels.items(), strict=True):
        counts = own.groupby(["begins", "ends"])["documents"].sum().reset_index()
        width = counts["ends"] - counts["begins"] + pd.Timedelta(days=1)
        axes.bar(counts["begins"], counts["documents"], width=width, align="edge", edgecolor=PAPER,
                 linewidth=0.6, color=NAVY if own is table else BLUE)  # fmt: skip
        _name_panel(axes, name, counts["documents"].sum())
        alone = own is table or name.startswith(OTHERS)
        axes.set_ylim(0, (counts["documents"].max() if alone else most) * 1.08)
    date_axis(grid[0][0], table["begins"].min(), table["ends"].max() + pd.Timedelta(days=1), most=9)
    period = table["period"].iloc[0]
    figure.supxlabel(f"documents by {period} of publication")
    return figure


def _name_panel(axes: Axes, name: str, number: int) -> None:
    """Name a panel at its left, and count at its right what is in it."""
    axes.set_ylabel(name, rotation=0, ha="right", va="center", fontsize=canvas.LABEL)
    axes.yaxis.set_label_coords(-0.055, 0.5)
    axes.text(1.01, 0.5, f"{number:,}", transform=axes.transAxes, va="center",
              fontsize=canvas.NOTE, color=MUTED)  # fmt: skip
    axes.yaxis.set_major_locator(MaxNLocator(nbins=2, integer=True))
    axes.tick_params(axis="y", labelsize=7)
    axes.tick_params(axis="x", length=0)


class Lengths(Figure):
    """A bar a document; of more than a dozen, a row a group with its median and its quartiles.

    Its table has a row a document, by unit: `by` (what a unit is), `unit`, `document` (its title, or
    `doc_id`), `words` of the story and `passage`, where it begins.
    """

    name, title = "lengths", "How long the documents are"
    reading = ("A bar or a thin dot is a document. In a row of many, the large dot is the median, the"
               " thick line holds the middle half and the thin line four in five.")  # fmt: skip
    source = "Words of the body, divided at white space."
    notebook, section, empty = "01_corpus", "How long they are", "No document has a word."

    def table(self, corpus: Corpus) -> pd.DataFrame:
        own = corpus.paragraphs.groupby("doc_id", sort=False).agg(
            words=("words", "sum"), line=("line", "first")
        )
        about = corpus.documents[["doc_id", "title"]]
        table = by_unit(corpus, own.reset_index().merge(about)).assign(by=kind(corpus))
        table["document"] = table["title"].where(table["title"] != "", table["doc_id"])
        return corpus.linked(table)[["by", "unit", "document", "words", "passage"]]

    def say(self, table: pd.DataFrame) -> str:
        words, number = table["words"], len(table)
        if number == 1:
            return f"The document has {count(words.iloc[0], 'word')}."
        return (f"{count(number, 'document')} with {words.sum():,} words: from {words.min():,} to"
                f" {words.max():,}, half of them no longer than {words.median():,.0f}.")  # fmt: skip

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        if len(table) <= FEW:
            return _draw_lengths(table)
        names = table["unit"].unique()
        figure, axes = canvas.rows(names, each=0.42)
        for place, (_, own) in enumerate(table.groupby("unit", sort=False)):
            words = own["words"]
            if len(table) <= MOST_DOTS:
                spread = place + 0.22 * ((pd.Series(range(len(own))) * 0.618) % 1 - 0.5) + 0.22
                canvas.dots(axes, words, spread, own["passage"], s=9, color=SKY)
            tenth, low, middle, high, last = words.quantile([0.1, 0.25, 0.5, 0.75, 0.9])
            canvas.intervals(axes, place, middle, tenth, last, (NAVY, "o"), size=6, width=1)
            axes.hlines(place, low, high, color=NAVY, lw=4)
            axes.text(1.01, place, count(len(own), "document"), va="center", fontsize=canvas.NOTE,
                      transform=axes.get_yaxis_transform(), color=MUTED)  # fmt: skip
        if table["words"].max() > 20 * table["words"].median():  # a few would press all others flat
            axes.set_xscale("log")
        else:
            axes.set_xlim(0, None)
        axes.set_xlabel("words in the document")
        axes.grid(axis="x")
        return figure


def _draw_lengths(table: pd.DataFrame) -> canvas.Drawing:
    figure, axes = canvas.rows(table["unit"], each=0.36)
    bars = axes.barh(range(len(table)), table["words"], color=BLUE, height=0.62)
    canvas.link(bars, table["passage"])
    axes.bar_label(bars, [f"{words:,}" for words in table["words"]], padding=4,
                   fontsize=canvas.LABEL, color=INK)  # fmt: skip
    axes.set(xlim=(0, max(table["words"].max(), 1) * 1.12), xlabel="words in the document")
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    return figure


class PageParts(Composition):
    """A bar a page, or a group of pages, divided into its parts.

    Its table has a row a unit and part: `by` (what a unit is), `unit`, `group` (a key of
    `usru.show.style.GROUPS`), `characters`, and their `share` of the pages in [0, 1]. Documents that
    are taken whole are left out.
    """

    name, title = "page_parts", "What the pages are made of"
    reading = ("Each bar is a page, or the pages of a group; its dark part is the story, the rest is"
               " left out of the analysis.")  # fmt: skip
    source = "The pages, divided into blocks by usru.text.blocks."
    section, claim = "What the pages are made of", ""
    empty = "No document is a web page with a frame around its story: all are taken whole."

    def table(self, corpus: Corpus) -> pd.DataFrame:
        pages = {one.doc_id for one in corpus.manifest.documents if one.layout == "page"}
        blocks = by_unit(corpus, corpus.blocks[corpus.blocks["doc_id"].isin(pages)])
        blocks = blocks.assign(by=kind(corpus), group=blocks["kind"].map(GROUP_OF_KIND),
                               characters=blocks["text"].str.len())  # fmt: skip
        sums = blocks.groupby(["by", "unit", "group"], sort=False)["characters"].sum()
        table = sums.reset_index()
        whole = table.groupby("unit")["characters"].transform("sum")
        return table.assign(share=table["characters"] / whole)

    def say(self, table: pd.DataFrame) -> str:
        wide = table.pivot_table(index="unit", columns="group", values="share", sort=False)
        story = wide.reindex(columns=["story"])["story"].fillna(0.0)
        total = table["characters"].sum()
        share = table.loc[table["group"] == "story", "characters"].sum() / total
        told = f"The story is {share:.0%} of the characters of all pages"
        if len(story) == 1:
            return f"{told}."
        return f"{told}; by {table['by'].iloc[0]}, between {story.min():.0%} and {story.max():.0%}."

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        return super().draw(table.rename(columns={"unit": "doc_id"}))
