"""Figures of the fourth notebook: how the documents sound to instruments that are weak."""

# ruff: noqa: D102  (the methods of a figure are described in its base)
import pandas as pd
from matplotlib.lines import Line2D
from matplotlib.ticker import MultipleLocator

import usru.figures.canvas as canvas
from usru.analysis import tone
from usru.analysis.tone import validity
from usru.corpus import Corpus
from usru.figures.base import in_order, labels
from usru.figures.starter.agendas import course
from usru.figures.starter.periods import PERIOD, by_period, named, periods_of, sizes
from usru.figures.starter.units import StarterFigure, by_unit, called, is_named, kind, part
from usru.show.style import INK, INSTRUMENTS, MUTED, OTHER, PAPER
from usru.wording import capital, count, listed, number, signed, span

__all__ = ["ELSEWHERE", "ToneByUnit", "ToneByVoice", "ToneChecked", "ToneOverTime"]

ELSEWHERE = {"textblob": 0.18, "vader": 0.32, "nrc": 0.23}
"""Spearman's rho with readers on 2,617 labelled sentences of political news (NewsMTSC)."""

_NAMES = {name: tone.INSTRUMENTS[name].label or name for name in ELSEWHERE}
_RHOS = ", ".join(f"{_NAMES[name]} {number(rho)}" for name, rho in ELSEWHERE.items())
WEAK = ("The instruments are weak: on 2,617 labelled sentences of political news their rank"
        f" correlation with readers was {_RHOS}, where 1 would be full agreement.")  # fmt: skip


class Polarities(StarterFigure):
    """A row a group, a mark an instrument, with its interval.

    The table has a row a group and instrument: `by` (what a group is), `group`, `instrument`,
    `sentences`, `words`, `unscored`, and the mean `polarity` with its ends `low` and `high`, all in
    [-1, 1].
    """

    notebook = "04_tone"
    source = ("scores by word lists, which agree weakly with readers of political news (rank correlation"
              f" {_RHOS})")  # fmt: skip
    measure = "Mean score of sentences, from −1 to 1, with 95% bootstrap interval"
    empty, needs = "There is nothing to score.", "polarity"

    def finding(self, table: pd.DataFrame) -> tuple[str, bool]:
        return _highest(table, "group", table["by"].iloc[0])

    def say(self, table: pd.DataFrame) -> str:
        across = ((table["low"] <= 0) & (table["high"] >= 0)).sum()
        low, high = (signed(end) for end in (table["polarity"].min(), table["polarity"].max()))
        contain = part(across, len(table), "interval", "contains", "contain")
        told = f"The means are {span(low, high)}" if len(table) > 1 else f"The mean is {low}"
        return (f"{told}; {contain} 0. A mean is over"
                " sentences, weighted by their words; sentences that an earlier document has already are"
                f" left out.")  # fmt: skip

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        groups, names = table["group"].unique().tolist(), labels(table)["instrument"]
        figure, axes = canvas.rows(groups, each=0.5)
        axes.axvline(0, color=MUTED, lw=0.8)
        looks = {name: INSTRUMENTS.get(name, OTHER) for name in table["instrument"].unique()}
        canvas.intervals_by(axes, table, "group", "instrument", "polarity", looks, 0.2)
        axes.xaxis.set_major_formatter(lambda value, _: number(value))
        marks, shown = axes.get_legend_handles_labels()
        canvas.legend(figure, marks, [names[name].removeprefix("the ") for name in shown])
        return figure


def _highest(table: pd.DataFrame, column: str, by: str) -> tuple[str, bool]:
    """Which row has the highest mean, if the instruments agree on one, and how surely.

    It does not hold of a single row, and where two rows have the same mean.
    """
    by_instrument = table.groupby("instrument", sort=False)["polarity"]
    best, least = (table.loc[found()] for found in (by_instrument.idxmax, by_instrument.idxmin))
    tied = (table["polarity"] == by_instrument.transform("max")).sum() > len(best)
    holds = bool(not tied and table[column].nunique() > 1)
    if best[column].nunique() > 1:
        return f"The instruments disagree about which {by} sounds most positive", holds
    apart = (best["low"].to_numpy() > least["high"].to_numpy()).all()
    top, many = best[column].iloc[0], len(best)
    name = named(top, by) if isinstance(top, pd.Timestamp) else called(top, by)
    whom = {1: "", 2: " by both instruments"}.get(many, f" by all {many} instruments")
    verb = "score" if by == "voice" else "scores"
    sentence = f"{name} {verb} highest{whom}{'' if apart else ', though intervals overlap'}"
    return capital(sentence), holds


def means(table: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Return the mean score of groups by each instrument, with its interval.

    Parameters
    ----------
    table, by : pandas.DataFrame, list of str
        Scored texts, and the columns that name a group.
    """
    names = [name for name in tone.INSTRUMENTS if name in table]
    scored = {name: table.assign(polarity=table[name]) for name in names}
    parts = [tone.aggregate(own, by).assign(instrument=name) for name, own in scored.items()]
    return pd.concat(parts, ignore_index=True).round({"polarity": 6, "low": 6, "high": 6})


def _voiced(corpus: Corpus) -> pd.DataFrame:
    """What each voice says in a sentence, scored, without what an earlier document has already."""
    table = corpus.scored("segments")
    return table[~table["reused"]].reset_index(drop=True)


_COLUMNS = [
    "by",
    "group",
    "instrument",
    "sentences",
    "words",
    "unscored",
    "polarity",
    "low",
    "high",
]


class ToneByUnit(Polarities):
    """Each document or group, in the reporters' own words."""

    name, title = "tone_by_unit", "How the documents sound"
    reading = ("A row is a document or a group, a mark an instrument with its interval, over what is"
               " neither quoted nor reported; where intervals overlap widely the texts do not tell the rows"
               f" apart. {WEAK}")  # fmt: skip
    section = "How the documents sound"

    def table(self, corpus: Corpus) -> pd.DataFrame:
        table = _voiced(corpus)
        own = by_unit(corpus, table[table["voice"] == "outlet"])
        return (
            means(own, ["unit"]).rename(columns={"unit": "group"}).assign(by=kind(corpus))[_COLUMNS]
        )

    def finding(self, table: pd.DataFrame) -> tuple[str, bool]:
        sentence, holds = super().finding(table)
        best = table.loc[table.groupby("instrument")["polarity"].idxmax(), "group"]
        return sentence, holds and all(map(is_named, best))


class ToneByVoice(Polarities):
    """The reporters' own words, what they report, and what they quote."""

    name, title = "tone_by_voice", "Quoted, reported and own words"
    reading = ("A row is what reporters write themselves, report or quote, a mark an instrument"
               f" with its interval. {WEAK}")  # fmt: skip
    section = "Quoted, reported and own words"

    def table(self, corpus: Corpus) -> pd.DataFrame:
        names = {"outlet": "own words", "report": "reported words", "quotation": "quoted words"}
        table = _voiced(corpus)
        table = in_order(table.assign(group=table["voice"].map(names)), "voice", names)
        return means(table, ["group"]).assign(by="voice")[_COLUMNS]


class ToneOverTime(Polarities):
    """A panel an instrument, a dot a period with its interval, in the reporters' own words.

    Its table has a row an instrument and period: `instrument`, `period` (``"month"``), `begins` and
    `ends` of it, `documents`, `sentences`, `words`, `unscored`, and the mean `polarity` with its ends
    `low` and `high`, all in [-1, 1].
    """

    name, title = "tone_over_time", "The tone over time"
    reading = ("A panel is an instrument, a dot a period with its interval, over what is neither"
               " quoted nor reported."
               " Where the instruments do not move together, none of them can be"
               f" believed. {WEAK}")  # fmt: skip
    section = "Over time"
    empty = "Too few documents are dated, or too close together, to show tone over time."

    def table(self, corpus: Corpus) -> pd.DataFrame:
        table = _voiced(corpus)
        dated = by_period(corpus, table[table["voice"] == "outlet"])
        columns = ["instrument", *PERIOD, *_COLUMNS[3:]]
        if dated.empty:
            return pd.DataFrame(columns=columns)
        return means(dated, ["begins"]).merge(sizes(dated))[columns]

    def measured(self, table: pd.DataFrame) -> str:
        return f"{self.measure}, by {table['period'].iloc[0]}"

    def finding(self, table: pd.DataFrame) -> tuple[str, bool]:
        return _highest(table, "begins", table["period"].iloc[0])

    def say(self, table: pd.DataFrame) -> str:
        return f"By {periods_of(table)}. {super().say(table)}"

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        ids, names = table["instrument"].unique().tolist(), labels(table)["instrument"]
        figure, grid = canvas.panels(len(ids), 1, 0.5 + 1.4 * len(ids), sharex=True, sharey=True)
        for axes, name in zip(grid[:, 0], ids, strict=True):
            axes.axhline(0, color=MUTED, lw=0.8)
            course(
                axes, table[table["instrument"] == name], "polarity", INSTRUMENTS.get(name, OTHER)
            )
            axes.yaxis.set_major_formatter(lambda value, _: number(value))
            axes.set_title(names[name].removeprefix("the "), fontsize=canvas.LABEL, pad=4)
        return figure


class ToneChecked(StarterFigure):
    """A row an instrument, against a reading of these texts.

    Its table is that of `usru.analysis.tone.validity.agreement`, rounded.
    """

    name, title = "tone_checked", "The instruments against a reading of these texts"
    measure = "Rank correlation of scores with the reading, with 95% bootstrap interval"
    reading = ("A mark is a rank correlation between an instrument’s scores and the reading: filled"
               " over all paragraphs, hollow within documents, where it does not help that a document is"
               " friendlier as a whole.")  # fmt: skip
    source = f"the study’s reference coding of valence; scores by {listed(_NAMES.values())}"
    notebook, section = "04_tone", "How far to trust the instruments"

    empty, needs = "Nobody has coded the valence of these paragraphs.", "rho"

    def table(self, corpus: Corpus) -> pd.DataFrame:
        read = not corpus.coding("valence")["valence"].isna().all()
        table = validity.agreement(corpus.valence if read else corpus.valence.iloc[:0])
        return table.round(dict.fromkeys(table.columns[2:], 6))

    def sample(self, table: pd.DataFrame) -> str:
        return f"{count(int(table['n'].max()), 'paragraph')}, as read"

    def finding(self, table: pd.DataFrame) -> tuple[str, bool]:
        best = table.loc[table["rho"].idxmax()]
        name = labels(table)["instrument"][best["instrument"]]
        sentence = f"No instrument agrees with the reading better than {name}: rank correlation {number(best['rho'])}"  # fmt: skip
        return sentence, len(table) > 1

    def say(self, table: pd.DataFrame) -> str:
        told = [f"{labels(table)['instrument'][row.instrument]} {number(row.rho)}" for row in table.itertuples()]  # fmt: skip
        return f"Over all paragraphs: {listed(told)}; 1 would be full agreement, 0 none."

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        names = labels(table)["instrument"]
        figure, axes = canvas.rows(
            [names[one].removeprefix("the ") for one in table["instrument"]], each=0.6
        )
        for place, row in enumerate(table.itertuples()):
            look = INSTRUMENTS.get(row.instrument, OTHER)
            canvas.intervals(
                axes, place - 0.15, row.rho, row.low, row.high, look, size=6, width=1.8
            )
            canvas.intervals(axes, place + 0.15, row.within, row.within_low, row.within_high, look,
                             size=6, width=1, mfc=PAPER)  # fmt: skip
        axes.axvline(0, color=MUTED, lw=0.8)
        axes.set_xlim(min(-0.2, table[["low", "within_low"]].min().min() - 0.05), 1.04)
        axes.xaxis.set_major_locator(MultipleLocator(0.5))
        axes.xaxis.set_major_formatter(lambda value, _: number(value, 1))
        axes.grid(axis="x")
        marks = [
            Line2D([], [], color=INK, marker="o", ls="", ms=6, mfc=fill) for fill in (INK, PAPER)
        ]
        canvas.legend(figure, marks, ["over all paragraphs", "within documents"], handletextpad=0.2)
        return figure
