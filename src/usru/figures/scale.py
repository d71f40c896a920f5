"""Figures of the eighth notebook: what changes when a few stories become thousands of articles."""

from functools import cache
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrowPatch

import usru.figures.canvas as canvas
from usru.analysis import estimate
from usru.corpus import Corpus
from usru.evaluation import cost, generated
from usru.figures.base import Figure, in_order
from usru.figures.estimates import COLUMNS, LOOKS, NAMED
from usru.scale import Measured
from usru.show.style import EDGE, INK, MUTED, PAPER
from usru.wording import count, number, ordinal, percent

__all__ = ["CODED", "DOCUMENTS", "FEW", "QUARTERS", "coded", "coverage", "first_printed", "in_this_process", "press", "recalled", "reused", "rises", "widths"]  # fmt: skip

DOCUMENTS = 10_000
"""Articles of the press: the one number to raise."""

CODED = 2000
"""Paragraphs that are coded, however many articles there are."""

FEW = 200
"""Paragraphs that are coded to compare two sizes of corpus."""

QUARTERS = tuple(map(ordinal, range(1, 5)))
SECTIONS = ("Over time, by outlet", "Who repeats whom", "What it costs")
STEPS = {
    "blocks": "the story on its page", "sentences": "sentences", "quotations": "quotations and speakers",
    "dates": "dates", "topics": "topics", "tone": "tone, by the news list", "storing": "storing",
}  # fmt: skip
"""What the steps of a measurement are called."""
LEAST = 0.8
"""Of a report that must be in a passage that was found."""
BEND = 0.2
"""Of an arrow, by its length."""


def press(corpus: Corpus, workers: int = 1) -> Measured:
    """Return `DOCUMENTS` articles of a generated press, measured by the codebook of a corpus.

    Parameters
    ----------
    corpus, workers : Corpus, int
        As for `usru.evaluation.generated.measured`.
    """
    return generated.measured(corpus, DOCUMENTS, workers)


def coded(corpus: Corpus, n: int | None = None) -> pd.DataFrame:
    """Draw paragraphs of the press at random, and code these.

    Parameters
    ----------
    corpus, n : Corpus, int
        Any corpus, and how many paragraphs; by default `CODED`.

    Returns
    -------
    pandas.DataFrame
        One row a paragraph that was drawn: `doc_id`, `block`, `probability` and `coded`, its truth.
    """
    return _coded(press(corpus), DOCUMENTS, n or CODED).copy()


def coverage(corpus: Corpus) -> pd.DataFrame:
    """Return what is counted and estimated of each outlet and quarter of the press, beside the truth.

    Parameters
    ----------
    corpus : Corpus
        Any corpus.

    Returns
    -------
    pandas.DataFrame
        One row an outlet and quarter: `outlet`, `quarter`, `truth` and the columns of
        `usru.analysis.estimate.mean`, all shares in [0, 1].
    """
    return _coverage(press(corpus), DOCUMENTS, CODED).copy()


def reused(corpus: Corpus) -> pd.DataFrame:
    """Return the passages that articles of different outlets of the press share.

    Parameters
    ----------
    corpus : Corpus
        Any corpus.

    Returns
    -------
    pandas.DataFrame
        As `usru.scale.Measured.reused`, in the order of the later places.
    """
    return _reused(press(corpus)).copy()


def first_printed(passages: pd.DataFrame) -> pd.DataFrame:
    """Keep of each passage the pair with the article that had it first.

    Parameters
    ----------
    passages : pandas.DataFrame
        As `usru.scale.Measured.reused` gives them, of articles whose ids are in the order of publication.
    """
    later = ["again_doc_id", "again_block"]
    return passages.sort_values([*later, "doc_id", "block"]).drop_duplicates(later)


def recalled(corpus: Corpus) -> tuple[int, int, int]:
    """Return how many reports were copied, how many of these were found, and what else was.

    Parameters
    ----------
    corpus : Corpus
        Any corpus.

    Returns
    -------
    tuple of int
        A report is found where four fifths of its characters are in a passage of the two paragraphs.
    """
    copies, found = generated.articles(DOCUMENTS).copies, reused(corpus)
    places = ["doc_id", "block", "again_doc_id", "again_block"]
    both = copies.merge(found, on=places)
    enough = (both["again_end"] - both["again_start"]) >= LEAST * both["report"].str.len()
    later = places[2:]
    others = first_printed(found).merge(copies[later], "left", later, indicator=True)
    return len(copies), int(enough.sum()), int((others["_merge"] == "left_only").sum())


def widths(corpus: Corpus, fewer: int) -> tuple[dict[str, float], dict[str, float]]:
    """Return how wide the interval of the share on the topic is, in all articles and in a part.

    Parameters
    ----------
    corpus, fewer : Corpus, int
        Any corpus, and of how many articles one is in the part.

    Returns
    -------
    tuple of dict
        `n`, the paragraphs, and `width` of the interval from `FEW` coded ones.
    """
    measured = press(corpus)
    table = _units(measured).merge(generated.articles(DOCUMENTS).truth, on=["doc_id", "block"])
    number = pd.factorize(table["doc_id"])[0]
    parts = (table, table[number % fewer == 0])
    found = [estimate.mean(generated.sampled(part, FEW), *COLUMNS).iloc[0] for part in parts]
    whole, part = ({"n": int(one["n"]), "width": one["high"] - one["low"]} for one in found)
    return whole, part


@cache
def _units(measured: Measured) -> pd.DataFrame:
    """All paragraphs of the press; of each the line on which it would stand on a page of its own."""
    with in_this_process():
        units = measured.units(generated.TOPIC)
    return units.assign(line=units["block"] + 1)


@cache
def _coded(measured: Measured, documents: int, n: int) -> pd.DataFrame:
    table = _units(measured).merge(generated.articles(documents).truth, on=["doc_id", "block"])
    drawn = generated.sampled(table, n)
    return drawn.loc[drawn["drawn"], ["doc_id", "block", "probability", "coded"]]


@cache
def _coverage(measured: Measured, documents: int, n: int) -> pd.DataFrame:
    by = ["outlet", "quarter"]
    written = generated.articles(documents)
    with in_this_process():
        found = measured.estimates(_coded(measured, documents, n), generated.TOPIC, by)
    truth = written.truth.merge(written.table, left_on="doc_id", right_on="id")
    shares = truth.groupby(by)["truth"].mean().reset_index()
    found = found.astype(dict.fromkeys(by, "str")).merge(shares, on=by)
    return in_order(in_order(found, "quarter", QUARTERS), "outlet", generated.OUTLETS)


@cache
def _reused(measured: Measured) -> pd.DataFrame:
    with in_this_process():
        found: pd.DataFrame = measured.reused().compute()
    places = ["again_doc_id", "again_block", "again_start", "doc_id", "block", "start"]
    return found.sort_values(places, ignore_index=True)


def in_this_process() -> Any:
    """Let Dask work in this process, and neither in threads nor elsewhere.

    Examples
    --------
    >>> with in_this_process():
    ...     pass
    """
    import dask

    return dask.config.set({"scheduler": "sync", "dataframe.convert-string": False})


def rises(table: pd.DataFrame, outlet: str) -> bool:
    """Say whether the last estimate of an outlet is above the first one, and each outside the other's interval.

    Parameters
    ----------
    table, outlet : pandas.DataFrame, str
        As `coverage` gives it, and an outlet.
    """
    own = table[table["outlet"] == outlet]
    first, last = own.iloc[0], own.iloc[-1]
    return bool(first["high"] < last["estimate"] and first["estimate"] < last["low"])


class Coverage(Figure):
    """A panel an outlet: by quarter a count, an estimate from a coded sample, and the truth.

    The table is that of `coverage`.
    """

    name, title = "scale_coverage", "A topic over time, counted and estimated"
    measure = f"Per cent of paragraphs on {generated.TOPIC} by quarter, with 95% intervals; a stroke is the truth"
    reading = ("A panel is an invented outlet, from the first quarter to the fourth. The ring is what the dictionary"
               " counts in all paragraphs, the dot the estimate from those that were coded.")  # fmt: skip
    source = "generated texts; the dictionary of topics"
    notebook, section, claim = "08_scale", SECTIONS[0], "scale-1"
    empty = "There are no generated articles."

    def table(self, corpus: Corpus) -> pd.DataFrame:
        return coverage(corpus).round(6)

    def sample(self, table: pd.DataFrame) -> str:
        return (
            f"{table['n_coded'].sum():,} coded of {count(table['n'].sum(), 'generated paragraph')}"
        )

    def finding(self, table: pd.DataFrame) -> tuple[str, bool]:
        change = _changes(table)
        outlet = (change["truth"] - change["naive"]).idxmax()
        own = change.loc[outlet]
        sentence = (f"The count sees {outlet} write less of {generated.TOPIC} over the year; it writes more,"
                    " as estimates say")  # fmt: skip
        return sentence, bool(own["naive"] < 0 < own["truth"] and rises(table, outlet))

    def say(self, table: pd.DataFrame) -> str:
        held = int(table["truth"].between(table["low"], table["high"]).sum())
        counted = int(table["naive"].between(table["low"], table["high"]).sum())
        off = (table["naive"] - table["truth"]).abs().max()
        return (f"{held} of {count(len(table), 'interval')} of the estimates {'holds' if held == 1 else 'hold'}"
                f" the truth, {counted} the count, which is up to {number(100 * off, 0)} points off.")  # fmt: skip

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        outlets = table["outlet"].unique().tolist()
        figure, grid = canvas.panels(1, len(outlets), 3.2, sharey=True)
        for axes, outlet in zip(grid[0], outlets, strict=True):
            _draw_outlet(axes, table[table["outlet"] == outlet].reset_index(drop=True))
            axes.set_title(outlet, fontsize=canvas.LABEL)
        grid[0][0].set_ylim(0, 1.08 * table[["truth", "naive", "high"]].max(axis=None))
        grid[0][0].yaxis.set_major_formatter(lambda value, _: f"{100 * value:.0f}%")
        marks = {
            NAMED[name]: Line2D([], [], ls="", **LOOKS[name]) for name in ("naive", "estimate")
        }
        marks["the truth"] = Line2D([], [], color=INK, lw=1.2)
        canvas.legend(figure, [*marks.values()], [*marks], handletextpad=0.4, columnspacing=1.4)
        return figure


def _changes(table: pd.DataFrame) -> pd.DataFrame:
    """By outlet how truth, count and estimate change from its first to its last row."""
    groups = table.groupby("outlet", sort=False)[["truth", "naive", "estimate"]]
    return groups.last() - groups.first()


def _draw_outlet(axes: Axes, own: pd.DataFrame) -> None:
    """The quarters of an outlet, from left to right."""
    shift = 0.14
    axes.hlines(own["truth"], own.index - 0.36, own.index + 0.36, color=INK, lw=1.2)
    axes.vlines(
        own.index + shift, own["low"], own["high"], color=LOOKS["estimate"]["color"], lw=1.6
    )
    axes.plot(own.index - shift, own["naive"], ls="", **LOOKS["naive"])
    axes.plot(own.index + shift, own["estimate"], ls="", **LOOKS["estimate"])
    axes.set_xticks(own.index, own["quarter"], fontsize=canvas.NOTE)
    axes.set_xlim(-0.6, len(own) - 0.4)
    axes.grid(axis="y")
    axes.tick_params(axis="x", length=0)


class Reuse(Figure):
    """A network of outlets: an arrow leads from the one that had reports first to the one that repeats them.

    Its table has a row a pair of outlets: `outlet`, `again_outlet`, `passages` that were found and
    `copies` that were made (int64).
    """

    name, title = "scale_reuse", "Who repeats whom"
    measure = "Reports that an outlet had first and another printed later; in brackets those that were copied"
    reading = ("An arrow leads from the outlet that had reports first to the one that repeats them, and is as"
               " wide as they are many.")  # fmt: skip
    source = "generated texts; shared passages, by MinHash and alignment"
    notebook, section, claim = "08_scale", SECTIONS[1], "scale-4"
    empty = "No outlet repeats another."

    def table(self, corpus: Corpus) -> pd.DataFrame:
        written = generated.articles(DOCUMENTS)
        outlet = written.table.set_index("id")["outlet"]
        pairs = pd.MultiIndex.from_tuples(
            [(first, later) for first in generated.OUTLETS for later in generated.OUTLETS if first != later],
            names=["outlet", "again_outlet"],
        )  # fmt: skip
        counts = {}
        for name, rows in (("passages", first_printed(reused(corpus))), ("copies", written.copies)):
            sides = rows["doc_id"].map(outlet), rows["again_doc_id"].map(outlet)
            found = pd.MultiIndex.from_arrays(sides).value_counts()
            counts[name] = found.reindex(pairs, fill_value=0)
        table = pd.DataFrame(counts, index=pairs).astype("int64")
        return table[table.gt(0).any(axis=1)].reset_index()

    def sample(self, table: pd.DataFrame) -> str:
        return f"{DOCUMENTS:,} generated articles"

    def finding(self, table: pd.DataFrame) -> tuple[str, bool]:
        most = table.loc[table["passages"].idxmax()]
        share = most["passages"] / max(table["passages"].sum(), 1)
        sentence = f"{percent(share)} of all repeated reports went from {most['outlet']} to {most['again_outlet']}"
        return sentence, bool(most["copies"] == table["copies"].max() and share > 1 / len(table))

    def say(self, table: pd.DataFrame) -> str:
        found, made = table["passages"].sum(), table["copies"].sum()
        return (f"{count(found, 'report is', 'reports are')} found to be repeated by another outlet;"
                f" {count(made, 'was', 'were')} copied.")  # fmt: skip

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        figure, axes = canvas.sheet(3.4)
        axes.set(xlim=(-2.1, 2.1), ylim=(-0.9, 1.2), aspect="equal")
        axes.set_axis_off()
        outlets = list(dict.fromkeys([*table["outlet"], *table["again_outlet"]]))
        turns = np.pi * (0.5 + 2 * np.arange(len(outlets)) / len(outlets))
        places = {
            one: np.array([1.7 * np.cos(t), np.sin(t)])
            for one, t in zip(outlets, turns, strict=True)
        }
        widest = table["passages"].max()
        for row in table.itertuples():
            _draw_arrow(axes, places[row.outlet], places[row.again_outlet], row, widest)
        for one, (x, y) in places.items():
            axes.text(x, y, one, ha="center", va="center", fontsize=canvas.LABEL + 1.5, weight="bold",
                      color=INK, bbox={"boxstyle": "round,pad=0.5", "fc": PAPER, "ec": EDGE})  # fmt: skip
        return figure


def _draw_arrow(axes: Axes, tail: Any, head: Any, row: Any, widest: int) -> None:
    """An arrow that bends to its right, with its number on it."""
    along = head - tail
    right = np.array([along[1], -along[0]]) / np.hypot(*along)
    width = 0.8 + 5 * row.passages / max(widest, 1)
    head_size = f"head_width={0.25 + width / 10:.3f},head_length={0.5 + width / 10:.3f}"
    axes.add_patch(FancyArrowPatch(
        tail, head, connectionstyle=f"arc3,rad={BEND}", arrowstyle=f"-|>,{head_size}", mutation_scale=10,
        lw=width, color=MUTED, shrinkA=0, shrinkB=30, capstyle="butt", joinstyle="miter", zorder=0.9,
    ))  # fmt: skip
    x, y = (tail + head) / 2 + BEND / 2 * np.hypot(*along) * right
    axes.text(x, y, f"{row.passages:,} ({row.copies:,})", ha="center", va="center", fontsize=canvas.LABEL,
              bbox={"boxstyle": "round,pad=0.3", "fc": PAPER, "ec": "none"})  # fmt: skip


class Cost(Figure):
    """A bar a step of a measurement: the seconds that it takes.

    Its table has a row a step: `step` and `seconds` (of one core, for so many articles as are stored).
    """

    name, title = "scale_cost", "What a thousand articles cost"
    measure = "Seconds of one core for a thousand articles of ordinary news"
    reading = "A bar is a step; each article goes through all of them."
    source = "a stored measurement of speed; this figure reads no clock"
    notebook, section, claim = "08_scale", SECTIONS[2], "scale-5"
    empty = "No speed is stored."

    def table(self, corpus: Corpus) -> pd.DataFrame:
        seconds = cost.speeds().seconds
        return pd.DataFrame(
            {"step": [*seconds], "seconds": [float(one) for one in seconds.values()]}
        )

    def sample(self, table: pd.DataFrame) -> str:
        of = cost.speeds()
        return f"{count(of.articles, 'article')} of {of.megabytes:g} MB, on {of.machine}"

    def finding(self, table: pd.DataFrame) -> tuple[str, bool]:
        most = table.loc[table["seconds"].idxmax()]
        share = most["seconds"] / table["seconds"].sum()
        sentence = f"{percent(share)} of the time goes to {STEPS.get(most['step'], most['step'])}"
        return sentence, bool(share > 1 / len(table) or len(table) == 1)

    def say(self, table: pd.DataFrame) -> str:
        whole = number(table["seconds"].sum(), 0)
        return f"{count(len(table), 'step takes', 'steps take')} {whole} seconds together."

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        figure, axes = canvas.rows([STEPS.get(one, one) for one in table["step"]], 0.3)
        bars = axes.barh(range(len(table)), table["seconds"], height=0.6, color=MUTED)
        axes.bar_label(
            bars, [number(one, 1) for one in table["seconds"]], padding=3, fontsize=canvas.LABEL
        )
        axes.set_xlim(0, 1.12 * table["seconds"].max())
        axes.set_xticks([])
        axes.spines["bottom"].set_visible(False)
        axes.tick_params(axis="y", length=0)
        return figure
