"""Figures of the first notebook: which documents there are, how long they are, and of what."""

# ruff: noqa: D102  (the methods of a figure are described in its base)
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

import usru.figures.canvas as canvas
from usru.corpus import FEW, Corpus
from usru.figures.base import in_order
from usru.figures.opening import DUMPS, GROUP_OF_KIND, Composition
from usru.figures.starter.periods import date_axis, divide, empty, named
from usru.figures.starter.units import (
    OTHERS,
    StarterFigure,
    by_unit,
    called,
    is_named,
    kind,
    units,
)
from usru.show.style import EDGE, INK, MUTED, PAPER
from usru.wording import count, day, month, percent, span

__all__ = ["Documents", "Lengths", "PageParts"]

MOST_BARS = 60  # periods, a bar each
MOST_DOTS = 300  # documents; of more, dots hide each other and only their quantiles are drawn


class Documents(StarterFigure):
    """Few documents as dots in time, many as bars by period, or by group where time is one.

    Its table has a row a unit and period: `by` (what a unit is), `unit`, `period` (what a period
    is), its first and last day, `begins` and `ends` (missing where no date is known), `documents` and
    `passage`, the beginning of the document where the unit is one.
    """

    name, title = "documents", "The documents"
    reading = ("A dot is a document, and a bar counts documents; a panel is a group of them, the"
               " first panel all together. Panels of single groups have one scale.")  # fmt: skip
    source = "the list of documents, with the dates that it gives"
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

    def measured(self, table: pd.DataFrame) -> str:
        if table["passage"].notna().any():
            return "Day of publication of each document"
        of = f", by {table['by'].iloc[0]}" if table["unit"].nunique() > 1 else ""
        if not _in_panels(table):
            return f"Number of documents{of}"
        return f"Number of documents in each {_period(table)} of publication{of}"

    def finding(self, table: pd.DataFrame) -> tuple[str, bool]:
        if table["passage"].notna().any():
            first, last = table["begins"].min(), table["begins"].max()
            whole = len(table) > 1 and table["begins"].notna().all() and first < last
            told = f"{count(len(table), 'document')}, {_when(first, last, 'day')}" if whole else ""
            return told, bool(whole)
        if not _in_panels(table):
            return _largest(table, "unit", table["by"].iloc[0])
        period, (without, whole) = _period(table), empty(table)
        if without:
            has = "has" if without == 1 else "have"
            return f"{without:,} of {count(whole, period)} {has} no document", True
        return _largest(table, "begins", period)

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
        if self.finding(table)[0].startswith(f"{total}, {when}"):
            gap = dated["begins"].sort_values().diff().max().days
            told = f"The longest time without one is {count(gap, 'day')}"
        lacks = f"; {missing:,} without a date {'is' if missing == 1 else 'are'} not drawn"
        return f"{told}{lacks if missing else ''}."

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        dated = table.dropna(subset="begins")
        if table["passage"].notna().any():
            return _draw_days(table)
        return _draw_periods(dated) if _in_panels(table) else _draw_counts(table)


_COLUMNS = ["by", "unit", "period", "begins", "ends", "documents", "passage"]


def _in_panels(table: pd.DataFrame) -> bool:
    """Whether documents are counted by period."""
    return bool(table["begins"].nunique() > 1 and table["passage"].isna().all())


def _largest(table: pd.DataFrame, column: str, what: str) -> tuple[str, bool]:
    """The group or period of most documents, where there are several and each is shown by itself."""
    counts = table.groupby(column, sort=False)["documents"].sum()
    most, top, total = counts.max(), counts.idxmax(), counts.sum()
    single = column == "begins" or all(map(is_named, counts.index))
    name = named(top, what) if column == "begins" else top
    sentence = f"No {what} has more documents than {name}: {most:,} of {total:,}"
    if (counts == most).sum() > 1:
        sentence = f"No {what} has more than {most:,} of the {count(total, 'document')}"
    return sentence.replace("than the week", "than that"), bool(single and len(counts) > 1)


def _period(table: pd.DataFrame) -> str:
    return str(table["period"].dropna().iloc[0])


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
    names = {"year": (f"{first.year}", f"{last.year}"), "month": (month(first), month(last))}
    return (same if first == last else several).format(*names.get(period, (day(first), day(last))))


def _draw_counts(table: pd.DataFrame) -> canvas.Drawing:
    """A bar a unit."""
    counts = table.groupby("unit", sort=False)["documents"].sum()
    figure, axes = canvas.rows(counts.index, each=0.34)
    bars = axes.barh(range(len(counts)), counts, color=MUTED, height=0.62)
    axes.bar_label(bars, [f"{number:,}" for number in counts], padding=4, fontsize=canvas.LABEL)
    axes.set_xlim(0, counts.max() * 1.1)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    return figure


def _draw_days(table: pd.DataFrame) -> canvas.Drawing:
    """A row a document, a dot at the day of its publication."""
    figure, axes = canvas.rows(table["unit"], each=0.36)
    canvas.dots(axes, table["begins"], range(len(table)), table["passage"], s=36, color=INK)
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
                 linewidth=0.6, color=MUTED if own is table else EDGE)  # fmt: skip
        _name_panel(axes, name, counts["documents"].sum())
        alone = own is table or name.startswith(OTHERS)
        axes.set_ylim(0, (counts["documents"].max() if alone else most) * 1.08)
    date_axis(grid[0][0], table["begins"].min(), table["ends"].max() + pd.Timedelta(days=1), most=9)
    return figure


def _name_panel(axes: Axes, name: str, number: int) -> None:
    """Name a panel at its left, and count at its right what is in it."""
    axes.set_ylabel(name, rotation=0, ha="right", va="center", fontsize=canvas.LABEL)
    axes.yaxis.set_label_coords(-0.055, 0.5)
    axes.text(1.01, 0.5, f"{number:,}", transform=axes.transAxes, va="center",
              fontsize=canvas.NOTE, color=MUTED)  # fmt: skip
    axes.yaxis.set_major_locator(MaxNLocator(nbins=2, integer=True))
    axes.tick_params(axis="y", labelsize=canvas.NOTE)
    axes.tick_params(axis="x", length=0)


class Lengths(StarterFigure):
    """A bar a document; of more than a dozen, a row a group with its median and its quartiles.

    Its table has a row a document, by unit: `by` (what a unit is), `unit`, `document` (its title, or
    `doc_id`), `words` of the story and `passage`, where it begins.
    """

    name, title = "lengths", "How long the documents are"
    reading = ("A bar or a small dot is a document. In a row of many, the large dot is the median, the"
               " thick line holds the middle half and the thin line four in five.")  # fmt: skip
    source = "the words of the stories, divided at white space"
    notebook, section, empty = "01_corpus", "How long they are", "No document has a word."

    def table(self, corpus: Corpus) -> pd.DataFrame:
        own = corpus.paragraphs.groupby("doc_id", sort=False).agg(
            words=("words", "sum"), line=("line", "first")
        )
        about = corpus.documents[["doc_id", "title"]]
        table = by_unit(corpus, own.reset_index().merge(about)).assign(by=kind(corpus))
        table["document"] = table["title"].where(table["title"] != "", table["doc_id"])
        return corpus.linked(table)[["by", "unit", "document", "words", "passage"]]

    def measured(self, table: pd.DataFrame) -> str:
        if len(table) <= FEW:
            return "Words of each document"
        of = f" by {table['by'].iloc[0]}" if table["unit"].nunique() > 1 else ""
        return f"Words of the documents{of}: median, middle half and four in five"

    def finding(self, table: pd.DataFrame) -> tuple[str, bool]:
        words = table["words"].sort_values(ascending=False, kind="stable")
        if len(table) > FEW:
            longest = words.head(-(-len(words) // 10)).sum()
            sentence = f"The longest tenth of the documents holds {percent(longest / words.sum())} of all words"
            return sentence, len(table) >= 20
        name = called(table.loc[words.index[0], "unit"], "document")
        alone = len(words) > 1 and words.iloc[0] > words.iloc[1]
        return f"The longest document is {name}, with {count(words.iloc[0], 'word')}", bool(alone)

    def say(self, table: pd.DataFrame) -> str:
        words, number = table["words"], len(table)
        if number == 1:
            return f"The document has {count(words.iloc[0], 'word')}."
        return (f"{count(number, 'document')} with {count(words.sum(), 'word')}: {span(f'{words.min():,}', f'{words.max():,}')}"
                f" in each, and in half of them no more than {words.median():,.0f}.")  # fmt: skip

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        if len(table) <= FEW:
            return _draw_lengths(table)
        names = table["unit"].unique()
        figure, axes = canvas.rows(names, each=0.42)
        for place, (_, own) in enumerate(table.groupby("unit", sort=False)):
            words = own["words"]
            if len(table) <= MOST_DOTS:
                spread = place + 0.22 * ((pd.Series(range(len(own))) * 0.618) % 1 - 0.5) + 0.22
                canvas.dots(axes, words, spread, own["passage"], s=9, color=EDGE)
            tenth, low, middle, high, last = words.quantile([0.1, 0.25, 0.5, 0.75, 0.9])
            canvas.intervals(axes, place, middle, tenth, last, (INK, "o"), size=6, width=1)
            axes.hlines(place, low, high, color=INK, lw=4)
            axes.text(1.01, place, count(len(own), "document"), va="center", fontsize=canvas.NOTE,
                      transform=axes.get_yaxis_transform(), color=MUTED)  # fmt: skip
        if table["words"].max() > 20 * table["words"].median():  # a few would press all others flat
            axes.set_xscale("log")
        else:
            axes.set_xlim(0, None)
        axes.grid(axis="x")
        return figure


def _draw_lengths(table: pd.DataFrame) -> canvas.Drawing:
    figure, axes = canvas.rows(table["unit"], each=0.36)
    bars = axes.barh(range(len(table)), table["words"], color=MUTED, height=0.62)
    canvas.link(bars, table["passage"])
    axes.bar_label(bars, [f"{words:,}" for words in table["words"]], padding=4,
                   fontsize=canvas.LABEL, color=INK)  # fmt: skip
    axes.set_xlim(0, max(table["words"].max(), 1) * 1.12)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    return figure


class PageParts(StarterFigure, Composition):
    """A bar a page, or a group of pages, divided into its parts.

    Its table has a row a unit and part: `by` (what a unit is), `unit`, `group` (a key of
    `usru.show.style.GROUPS`), `characters`, and their `share` of the pages in [0, 1]. Documents that
    are taken whole are left out.
    """

    name, title = "page_parts", "What the pages are made of"
    reading = ("Each bar is a page, or the pages of a group. Only the story, the darkest part, is"
               " analysed; titles, pictures, menus and readers’ comments are left out.")  # fmt: skip
    source = DUMPS
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

    def measured(self, table: pd.DataFrame) -> str:
        if table["by"].iloc[0] == "document":
            return "Share of each saved page’s characters"
        of = f", by {table['by'].iloc[0]}" if table["unit"].nunique() > 1 else ""
        return f"Share of the characters of the saved pages{of}"

    def finding(self, table: pd.DataFrame) -> tuple[str, bool]:
        story = _story(table)
        told = span(percent(story.min()), percent(story.max()))
        if len(story) == 1:
            whole = "page" if table["by"].iloc[0] == "document" else "pages"
            return f"The story is {told} of the {whole}", True
        if table["by"].iloc[0] == "document":
            return f"The story is {told} of a page", True
        return f"The story is {told} of the pages, by {table['by'].iloc[0]}", True

    def say(self, table: pd.DataFrame) -> str:
        story, by = _story(table), table["by"].iloc[0]
        total = table["characters"].sum()
        share = table.loc[table["group"] == "story", "characters"].sum() / total
        told = f"The story is {percent(share)} of {count(total, 'character')} in all"
        if len(story) == 1 or story.min() == story.max():
            return f"{told}."
        return f"{told}; the least of {called(story.idxmin(), by)}, the most of {called(story.idxmax(), by)}."

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        return super().draw(table.rename(columns={"unit": "doc_id"}))


def _story(table: pd.DataFrame) -> pd.Series:
    """The share of the story in each unit, also where there is none."""
    wide = table.pivot_table(index="unit", columns="group", values="share", sort=False)
    return wide.reindex(columns=["story"])["story"].fillna(0.0)
