"""Figures of the seventh notebook: counts beside estimates from a coded sample."""

# ruff: noqa: D102  (the methods of a figure are described in its base)
from collections.abc import Iterator
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

import usru.figures.canvas as canvas
from usru.analysis import estimate, topics
from usru.coding import joined
from usru.corpus import Corpus
from usru.evaluation import generated
from usru.figures.base import Figure, labels
from usru.show.style import EDGE, INK, MUTED, PAPER
from usru.wording import capital, count, listed, number, ordinal, percent, signed

__all__ = ["COLUMNS", "PressCounted", "Rehearsed", "counts", "rehearsals"]

SECTIONS = ("Rehearsal: hide the codes a thousand times", "Five thousand documents")

VALENCE = "valence"
WORST = 2  # topics whose count is farthest from the reading
COLUMNS = ("predicted", "coded", "probability")

NAMED = {"naive": "counted", "coded_only": "coded sample alone", "estimate": "estimate from both"}
LOOKS: dict[str, dict[str, Any]] = {
    "naive": {"marker": "o", "mfc": PAPER, "mec": INK, "mew": 1.3, "ms": 6},
    "coded_only": {"marker": "s", "color": EDGE, "ms": 4.5},
    "estimate": {"marker": "o", "color": INK, "ms": 5.5},
}
"""A ring is what an instrument says, as in the other figures; what is coded is filled."""


def counts(corpus: Corpus) -> pd.DataFrame:
    """Return of each topic how many paragraphs the dictionary counts, and how many were read so.

    Parameters
    ----------
    corpus : Corpus
        Any corpus.

    Returns
    -------
    pandas.DataFrame
        One row a topic of the codebook: `topic`, `counted` and `read` (int64), `both` (counted and
        read), and `n`, all paragraphs. Without rows where nobody read these.

    Examples
    --------
    >>> from usru import load
    >>> counts(load()).query("topic == 'bilateral'").values.tolist()
    [['bilateral', 44, 45, 39, 78]]
    """
    said = {name: (table["predicted"], table["coded"]) for name, table in _topics_coded(corpus)}
    rows = [
        (name, int(found.sum()), int(read.sum()), int((found * read).sum()), len(read))
        for name, (found, read) in said.items()
    ]
    return pd.DataFrame(rows, columns=["topic", "counted", "read", "both", "n"])


def rehearsals(corpus: Corpus) -> pd.DataFrame:
    """Return what estimates find where codes of a corpus that was read whole are hidden.

    Parameters
    ----------
    corpus : Corpus
        Any corpus.

    Returns
    -------
    pandas.DataFrame
        As `usru.analysis.estimate.rehearse`, with `of` and `truth` (the mean of all codes): the
        topics whose count is farthest from the reading, the most frequent topic that is counted
        as often as it was read, and ``"valence"`` by the first instrument of tone. Without rows
        where nobody read the paragraphs.

    Examples
    --------
    >>> from usru import load
    >>> rehearsals(load())["of"].unique().tolist()
    ['bilateral', 'ukraine', 'sanctions', 'valence']
    """

    def _find() -> pd.DataFrame:
        parts = [
            estimate.rehearse(table, "predicted", "coded").assign(of=of, truth=table["coded"].mean())
            for of, table in _read_whole(corpus)
        ]  # fmt: skip
        columns = ["share", "n_coded", "method", "bias", "coverage", "width", "of", "truth"]
        return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns)

    return corpus.kept("rehearsals", _find)


def _topics_coded(corpus: Corpus) -> Iterator[tuple[str, pd.DataFrame]]:
    """Each topic of a corpus that was read: what the dictionary and the readers say."""
    if corpus.coded_topics.empty:
        return
    found, read = (
        topics.wide(coded, corpus.paragraphs).astype("float64")
        for coded in (corpus.topics, corpus.coded_topics)
    )
    for name in corpus.codebook.topics:
        columns = {"predicted": found[name].to_numpy(), "coded": read[name].to_numpy()}
        yield name, corpus.paragraphs[["doc_id"]].assign(**columns)


def _read_whole(corpus: Corpus) -> Iterator[tuple[str, pd.DataFrame]]:
    """What is rehearsed: some topics, and the valence."""
    tables, found = dict(_topics_coded(corpus)), counts(corpus)
    found["gap"] = (found["counted"] - found["read"]).abs()
    worst = found[found["gap"] > 0].sort_values("gap", ascending=False, kind="stable")
    right = found[(found["gap"] == 0) & (found["read"] > 0)]
    right = right.sort_values("read", ascending=False, kind="stable")
    for name in [*worst["topic"].head(WORST), *right["topic"].head(1)]:
        yield name, tables[name]
    if corpus.instruments and len(corpus.valence) == len(corpus.paragraphs) > 1:
        yield VALENCE, joined(corpus, VALENCE)


class Rehearsed(Figure):
    """A panel a topic, and one of the valence: how far three ways to tell a mean are from the truth.

    The table is that of `rehearsals`, without the naive mean but for the first share of each.
    """

    name, title = "rehearsed", "A thousand rehearsals of a coded sample"
    measure = ("Distance from the mean of all codes: on average, and ± half a 95% interval; at the"
               " right, how often intervals hold that mean")  # fmt: skip
    reading = ("A panel is a topic, in points of its share, or the valence, in steps of its scale. The"
               " ring is what an instrument counts, with the interval that is usual for a count. The others"
               " are averages of a thousand samples of as many coded paragraphs as the row says.")  # fmt: skip
    source = "the reading by language models, adjudicated; the dictionary of topics; TextBlob"
    notebook, section, claim = "07_estimates", SECTIONS[0], "estimates-3"
    empty, needs = "Nobody has coded these paragraphs.", "bias"

    def table(self, corpus: Corpus) -> pd.DataFrame:
        table = rehearsals(corpus)
        once = table["share"].eq(table["share"].min()) | table["method"].ne("naive")
        return table[once].round(6).reset_index(drop=True)

    def finding(self, table: pd.DataFrame) -> tuple[str, bool]:
        naive = table[table["method"] == "naive"]
        missed = int((naive["bias"].abs() > 1e-9).sum())
        both = table[table["method"] == "estimate"]
        least = both["coverage"].min() if len(both) else 0.0
        sentence = (f"{missed} of {count(len(naive), 'count is', 'counts are')} off; intervals of"
                    f" estimates hold the truth in at least {int(100 * least)} of 100 samples")  # fmt: skip
        return sentence, bool(missed > len(naive) / 2 and least >= 0.93)

    def say(self, table: pd.DataFrame) -> str:
        names, naive = labels(table)["topic"], table[table["method"] == "naive"]
        off = naive[naive["bias"].abs() > 1e-9]
        far = listed(
            f"{names[row.of]} by {_distance(row.bias, row.of)}" for row in off.itertuples()
        )
        counts = f"Counts are off: {far}" if len(off) else "No count is off"
        few, many = table["n_coded"].min(), table["n_coded"].max()
        both = table[table["method"] == "estimate"].groupby("n_coded")["width"].mean()
        ratio = number(both.get(few, 0) / both.get(many, 1), 1)
        return (f"{counts}. With {count(few, 'coded paragraph')} the average interval is"
                f" {ratio} times as wide as with {many}.")  # fmt: skip

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        names = table["of"].unique().tolist()
        down = (len(names) + 1) // 2
        figure, grid = canvas.panels(down, min(len(names), 2), 0.5 + 2.4 * down)
        for axes in grid.flat[len(names) :]:
            axes.set_axis_off()
        for axes, of in zip(grid.flat, names, strict=False):
            own = table[table["of"] == of].reset_index(drop=True)
            unit = "steps" if of == VALENCE else "points"
            axes.set_title(f"{capital(labels(table)['topic'][of])}, {unit}", fontsize=canvas.LABEL)
            _draw_rehearsed(axes, own, 1 if of == VALENCE else 100)
        _legend(figure)
        return figure


def _distance(bias: float, of: str) -> str:
    """How far a count is from the truth, in its unit."""
    if of == VALENCE:
        return f"{signed(bias)} steps"
    return f"{signed(100 * bias, 1)} points"


def _draw_rehearsed(axes: Axes, own: pd.DataFrame, unit: int) -> None:
    """The methods of one topic, first the count and then pairs with ever more codes."""
    place = [
        at + 0.45 * row
        for at, row in zip(own.index, own["n_coded"].rank(method="dense") - 1, strict=True)
    ]
    half = unit * own["width"] / 2
    for at, row, reach in zip(place, own.itertuples(), half, strict=True):
        look, value = LOOKS[row.method], unit * row.bias
        axes.hlines(at, value - reach, value + reach, color=look.get("color", INK), lw=1.6)
        axes.plot([value], [at], ls="", **look)
        axes.annotate(percent(row.coverage), (1, at), xycoords=("axes fraction", "data"), xytext=(4, 0),
                      textcoords="offset points", va="center", fontsize=canvas.NOTE)  # fmt: skip
    axes.axvline(0, color=MUTED, lw=0.8, zorder=0.9)
    both = own["method"] == "coded_only"
    rows = {place[0]: "count"} | {
        place[at] + 0.5: f"{own['n_coded'][at]} coded" for at in own.index[both]
    }
    axes.set_yticks([*rows], [*rows.values()])
    axes.set_ylim(place[-1] + 0.7, -0.7)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.grid(axis="x")
    axes.xaxis.set_major_formatter(lambda value, _: signed(value, 1).removesuffix(".0"))


def _legend(figure: canvas.Drawing, **others: Line2D) -> None:
    """Name the marks of the methods."""
    marks = {NAMED[name]: Line2D([], [], ls="", **look) for name, look in LOOKS.items()}
    marks |= {name.replace("_", " "): mark for name, mark in others.items()}
    canvas.legend(figure, [*marks.values()], [*marks], handletextpad=0.4, columnspacing=1.4)


class PressCounted(Figure):
    """Two panels, by outlet and by quarter: a count, a coded sample and an estimate, with the truth.

    Its table has a row an outlet and a row a quarter: `by`, `group`, `truth`, and the columns of
    `usru.analysis.estimate.mean`, all shares in [0, 1], with `coded_low` and `coded_high`, the
    interval of the coded sample alone.
    """

    name, title = "press_counted", "A generated press, counted and estimated"
    measure = (
        f"Per cent of paragraphs on {generated.TOPIC}, with 95% intervals; a stroke is the truth"
    )
    reading = ("The left panel has the invented outlets, the right one the quarters of their year. The"
               " stroke is the truth, which is known because the texts were generated; the ring is"
               " what the dictionary counts in all of them.")  # fmt: skip
    source = "generated texts; the dictionary of topics"
    notebook, section, claim = "07_estimates", SECTIONS[1], "estimates-1"
    empty = "There are no generated texts."

    def table(self, corpus: Corpus) -> pd.DataFrame:
        press = generated.sampled(generated.press(corpus))
        parts = [_compared(press, by) for by in ("outlet", "quarter")]
        return pd.concat(parts, ignore_index=True).round(6)

    def sample(self, table: pd.DataFrame) -> str:
        own = table[table["by"] == table["by"].iloc[0]]
        n, coded = own["n"].sum(), own["n_coded"].sum()
        return f"{coded:,} coded of {count(n, 'generated paragraph')}"

    def finding(self, table: pd.DataFrame) -> tuple[str, bool]:
        truth, naive, held = _told(table)
        least = truth.idxmin() if len(truth) else ""
        sentence = (f"The count puts {least}, which writes least of {generated.TOPIC}, above"
                    f" {naive.idxmin()}; an estimate does not")  # fmt: skip
        found = table[table["by"] == "outlet"].set_index("group")["estimate"]
        right = found.idxmin() == least and bool(held.all())
        return sentence, bool(naive.idxmin() != least and right)

    def say(self, table: pd.DataFrame) -> str:
        off = (table["naive"] - table["truth"]).abs()
        near = (table["estimate"] - table["truth"]).abs()
        held = int(table["truth"].between(table["low"], table["high"]).sum())
        return (f"The count is up to {number(100 * off.max(), 0)} points from the truth, the estimate up to"
                f" {number(100 * near.max(), 0)}; {held} of {count(len(table), 'interval')} of the"
                f" estimates {'holds' if held == 1 else 'hold'} it.")  # fmt: skip

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        sides = table["by"].unique().tolist()
        figure, grid = canvas.panels(1, len(sides), 3.4, sharey=True)
        for axes, by in zip(grid[0], sides, strict=True):
            own = table[table["by"] == by].reset_index(drop=True)
            _draw_press(axes, own)
            axes.set_xticks(own.index, own["group"])
            axes.set_title(f"by {by}", fontsize=canvas.LABEL)
        grid[0][0].set_ylim(
            0, 1.05 * table[["truth", "naive", "coded_high", "high"]].max(axis=None)
        )
        grid[0][0].yaxis.set_major_formatter(lambda value, _: f"{100 * value:.0f}%")
        _legend(figure, the_truth=Line2D([], [], color=INK, lw=1.2))
        return figure


def _compared(press: pd.DataFrame, by: str) -> pd.DataFrame:
    """By outlet or quarter: what is counted, coded and estimated, beside the truth."""
    found = estimate.mean(press, *COLUMNS, by=by, share=True)
    alone = estimate.mean(press, *COLUMNS, by=by, share=True, slope=0)
    truth = press.groupby(by)["truth"].mean()
    found = found.assign(
        truth=found[by].map(truth), coded_low=alone["low"], coded_high=alone["high"], by=by
    )
    if by == "quarter":
        found[by] = found[by].map(ordinal)
    return found.rename(columns={by: "group"})


def _told(table: pd.DataFrame) -> tuple[pd.Series, pd.Series, pd.Series]:
    """Of the outlets: the truth, the count, and whether the interval holds the truth."""
    own = table[table["by"] == "outlet"].set_index("group")
    return own["truth"], own["naive"], own["truth"].between(own["low"], own["high"])


def _draw_press(axes: Axes, own: pd.DataFrame) -> None:
    apart = {"naive": -0.24, "coded_only": 0.0, "estimate": 0.24}
    axes.hlines(own["truth"], own.index - 0.4, own.index + 0.4, color=INK, lw=1.2)
    for ends, method in (
        (["coded_low", "coded_high"], "coded_only"),
        (["low", "high"], "estimate"),
    ):
        colour = LOOKS[method]["color"]
        axes.vlines(own.index + apart[method], own[ends[0]], own[ends[1]], color=colour, lw=1.6)
    for method, shift in apart.items():
        axes.plot(own.index + shift, own[method], ls="", **LOOKS[method])
    axes.set_xlim(-0.6, len(own) - 0.4)
    axes.grid(axis="y")
    axes.tick_params(axis="x", length=0)
