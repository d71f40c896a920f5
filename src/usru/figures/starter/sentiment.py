"""Figures of the fourth notebook: how the documents sound to instruments that are weak."""

# ruff: noqa: D102  (the methods of a figure are described in its base)
import math
from collections.abc import Mapping

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import MultipleLocator

import usru.figures.canvas as canvas
from usru.analysis import tone
from usru.analysis.tone import validity
from usru.coding import basis
from usru.corpus import Corpus
from usru.figures.base import in_order, labels
from usru.figures.starter.agendas import course
from usru.figures.starter.periods import PERIOD, by_period, named, periods_of, sizes
from usru.figures.starter.shares import (
    OfPassages,
    by_document,
    farthest,
    keyed,
    rests_on_codes,
    too_little,
    whole_interval,
)
from usru.figures.starter.units import (
    StarterFigure,
    by_unit,
    called,
    is_named,
    kind,
    part,
    shorten,
    units,
)
from usru.show.style import INK, INSTRUMENTS, MUTED, OTHER, PAPER
from usru.wording import capital, count, listed, number, signed, span

__all__ = ["ELSEWHERE", "ToneByUnit", "ToneByVoice", "ToneChecked", "ToneOverTime"]

ELSEWHERE = {"textblob": 0.22, "vader": 0.42, "nrc": 0.31, "news": 0.56}
"""Spearman's rho with readers on 8,672 labelled sentences of political news (NewsMTSC); of the news list
on those that it was not learned from."""

_NAMES = {name: tone.INSTRUMENTS[name].label or name for name in ELSEWHERE}
_RHOS = ", ".join(f"{_NAMES[name]} {number(rho)}" for name, rho in ELSEWHERE.items())
WEAK = ("The instruments are weak: on 8,672 labelled sentences of US political news their rank"
        f" correlation with readers was {_RHOS}, where 1 would be full agreement. The news list was"
        " learned from sentences like these; on paragraphs about diplomacy a list learned so reached"
        " 0.18.")  # fmt: skip


READING = "reading"
"""What the rows of a coding are called among those of instruments."""

AS_READ = "as read"


class Polarities(OfPassages):
    """A row a group, a mark an instrument, with its interval, or the reading with what they say.

    The table has a row a group and instrument: `by` (what a group is), `group`, `instrument`, the
    `mean` with its ends `low` and `high`, and `low_coders` and `high_coders`, of two coders. Where
    nobody coded, the mean is that of the scores of `n` sentences, in [-1, 1]. Where paragraphs are
    coded, the rows of ``"reading"`` are estimates of their valence, from `n_coded` of `n`; those of
    instruments are what they say of all of them, in the units of the coding and without intervals.
    """

    notebook, rests = "04_tone", "valence"
    source = ("scores by word lists, which agree weakly with readers of political news (rank correlation"
              f" {_RHOS})")  # fmt: skip
    measure = "Mean score of sentences, from −1 to 1, with 95% bootstrap interval"
    empty, needs = "There is nothing to score.", "mean"

    def measured(self, table: pd.DataFrame) -> str:
        if rests_on_codes(table):
            return "Mean valence of paragraphs, from −2 to 2, with 95% interval"
        return self.measure

    def finding(self, table: pd.DataFrame) -> tuple[str, bool]:
        by = table["by"].iloc[0]
        if rests_on_codes(table):
            return _more_positive(table, "group", by)
        return _highest(table, "group", by)

    def say(self, table: pd.DataFrame) -> str:
        if rests_on_codes(table):
            return _say_estimates(table)
        across = ((table["low"] <= 0) & (table["high"] >= 0)).sum()
        low, high = (signed(end) for end in (table["mean"].min(), table["mean"].max()))
        contain = part(across, len(table), "interval", "contains", "contain")
        told = f"The means are {span(low, high)}" if len(table) > 1 else f"The mean is {low}"
        return (f"{told}; {contain} 0. A mean is over"
                " sentences, weighted by their words; sentences that an earlier document has already are"
                f" left out.")  # fmt: skip

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        groups, names = table["group"].unique().tolist(), labels(table)["instrument"]
        figure, axes = canvas.rows(groups, each=0.5)
        axes.axvline(0, color=MUTED, lw=0.8)
        looks = {name: _look(name) for name in table["instrument"].unique()}
        if rests_on_codes(table):
            _draw_reading(axes, table, groups, looks)
        else:
            canvas.intervals_by(axes, table, "group", "instrument", "mean", looks, 0.2)
        axes.xaxis.set_major_formatter(lambda value, _: number(value))
        marks, shown = axes.get_legend_handles_labels()
        canvas.legend(figure, marks, [_shown(names, name) for name in shown])
        return figure


def _look(name: str) -> tuple[str, str]:
    return (INK, "o") if name == READING else INSTRUMENTS.get(name, OTHER)


def _shown(names: Mapping[str, str], name: str) -> str:
    return AS_READ if name == READING else names[name].removeprefix("the ")


def _draw_reading(
    axes: Axes, table: pd.DataFrame, groups: list[str], looks: Mapping[str, tuple[str, str]]
) -> None:
    """The estimates with their intervals, and hollow in the same rows what the instruments say."""
    for name, look in looks.items():
        own = table[table["instrument"] == name]
        place = own["group"].map(groups.index)
        if name == READING:
            ends = whole_interval(own)
            axes.hlines(place, ends["low"], ends["high"], color=look[0], lw=0.8)
            canvas.intervals(
                axes, place, own["mean"], own["low"], own["high"], look, label=name, zorder=3
            )
        else:
            axes.plot(own["mean"], place, look[1], ms=4.5, mfc=PAPER, mec=look[0], label=name)
    axes.set_xlim(-2.05, 2.05)
    axes.grid(axis="x")


def _say_estimates(table: pd.DataFrame) -> str:
    read = table[table["instrument"] == READING]
    known = read["mean"].dropna()
    lacking = too_little(read, "mean", "row")
    if known.empty:
        return f"Too few paragraphs are coded to tell.{lacking}"
    low, high = (signed(end) for end in (known.min(), known.max()))
    told = f"The means are {span(low, high)}" if len(known) > 1 else f"The mean is {low}"
    return f"{told}, where 0 is neutral.{lacking} Of many intervals, some part by chance."


def _more_positive(table: pd.DataFrame, column: str, by: str) -> tuple[str, bool]:
    """In which two rows the intervals of the reading lie farthest apart, if some do."""
    found = farthest(table[table["instrument"] == READING], "instrument", column)
    if found is None:
        return "", False
    high, low = (
        f"{signed(one.mean)} in {named(one.begins, by) if column == 'begins' else called(shorten(one.group), by)}"
        for one in found
    )
    return f"Valence as read is {high}, and {low}", True


def estimated(corpus: Corpus, groups: pd.Series) -> pd.DataFrame:
    """Return the mean valence of groups as read, and as each instrument has it.

    Parameters
    ----------
    corpus, groups : Corpus, pandas.Series
        A corpus of which valence is coded, and the group of each document by `doc_id`.

    Returns
    -------
    pandas.DataFrame
        A row a group and instrument, the reading first: `group`, `instrument`, `n`, `n_coded`,
        `mean`, `low`, `high`, `low_coders`, `high_coders`.
    """
    found = basis.find(corpus, "valence")
    table = found.means([None, *corpus.instruments], by_document(found, groups))
    is_read = table["code"].isna()
    table = table.assign(code=table["code"].where(~is_read, READING))
    ends = ["low", "high", "low_coders", "high_coders"]
    table[ends] = table[ends].where(is_read)
    table["n_coded"] = table["n_coded"].where(is_read, 0)
    table["value"] = table["value"].where(is_read, table["naive"])
    return keyed(table, "instrument", "group", "mean").drop(columns="naive")


def _highest(table: pd.DataFrame, column: str, by: str) -> tuple[str, bool]:
    """Which row has the highest mean, if the instruments agree on one, and how surely.

    It does not hold of a single row, and where two rows have the same mean.
    """
    by_instrument = table.groupby("instrument", sort=False)["mean"]
    best, least = (table.loc[found()] for found in (by_instrument.idxmax, by_instrument.idxmin))
    tied = (table["mean"] == by_instrument.transform("max")).sum() > len(best)
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
    found = pd.concat(parts, ignore_index=True).rename(
        columns={"polarity": "mean", "sentences": "n"}
    )
    return found.assign(n_coded=0, low_coders=math.nan, high_coders=math.nan).round(
        {"mean": 6, "low": 6, "high": 6}
    )


def _voiced(corpus: Corpus) -> pd.DataFrame:
    """What each voice says in a sentence, scored, without what an earlier document has already."""
    table = corpus.scored("segments")
    return table[~table["reused"]].reset_index(drop=True)


_COLUMNS = ["by", "group", "instrument", "n", "n_coded", "mean", "low", "high", "low_coders", "high_coders"]  # fmt: skip


class ToneByUnit(Polarities):
    """Each document or group, in the reporters' own words."""

    name, title = "tone_by_unit", "How the documents sound"
    reading = ("A row is a document or a group, a mark an instrument with its interval, over what is"
               " neither quoted nor reported, or, where a reader coded paragraphs, the reading with its"
               " interval and hollow what the instruments say of them; where intervals overlap widely the"
               f" texts do not tell the rows apart. {WEAK}")  # fmt: skip
    section = "How the documents sound"

    def table(self, corpus: Corpus) -> pd.DataFrame:
        if basis.find(corpus, "valence").is_estimate:
            names = units(corpus)
            found = estimated(corpus, names.astype("str")).assign(by=kind(corpus))
            return in_order(found, "group", names.cat.categories)[_COLUMNS]
        table = _voiced(corpus)
        own = by_unit(corpus, table[table["voice"] == "outlet"])
        return (
            means(own, ["unit"]).rename(columns={"unit": "group"}).assign(by=kind(corpus))[_COLUMNS]
        )

    def finding(self, table: pd.DataFrame) -> tuple[str, bool]:
        sentence, holds = super().finding(table)
        if rests_on_codes(table):
            return sentence, holds
        best = table.loc[table.groupby("instrument")["mean"].idxmax(), "group"]
        return sentence, holds and all(map(is_named, best))


class ToneByVoice(Polarities):
    """The reporters' own words, what they report, and what they quote."""

    name, title = "tone_by_voice", "Quoted, reported and own words"
    reading = ("A row is what reporters write themselves, report or quote, a mark an instrument"
               f" with its interval. {WEAK}")  # fmt: skip
    section, estimates = "Quoted, reported and own words", False

    def table(self, corpus: Corpus) -> pd.DataFrame:
        names = {
            "outlet": "own words",
            "report": "reported words",
            "quotation": "quoted words",
            "turn": "words in turns",
        }
        table = _voiced(corpus)
        table = in_order(table.assign(group=table["voice"].map(names)), "voice", names)
        return means(table, ["group"]).assign(by="voice")[_COLUMNS]


class ToneOverTime(Polarities):
    """A panel an instrument, a dot a period with its interval, in the reporters' own words.

    Its table has a row an instrument and period: `instrument`, `period` (``"month"``), `begins` and
    `ends` of it, `documents`, and `n`, `n_coded`, `mean`, `low`, `high`, `low_coders` and
    `high_coders` as of other figures of tone. Where paragraphs are coded, all are in one panel.
    """

    name, title = "tone_over_time", "The tone over time"
    reading = ("A panel is an instrument, a dot a period with its interval, over what is neither"
               " quoted nor reported."
               " Where the instruments do not move together, none of them can be"
               f" believed. {WEAK}")  # fmt: skip
    section = "Over time"
    empty = "Too few documents are dated, or too close together, to show tone over time."

    def table(self, corpus: Corpus) -> pd.DataFrame:
        columns = ["instrument", *PERIOD, *_COLUMNS[3:]]
        if basis.find(corpus, "valence").is_estimate:
            return _read_over_time(corpus).reindex(columns=columns)
        table = _voiced(corpus)
        dated = by_period(corpus, table[table["voice"] == "outlet"])
        if dated.empty:
            return pd.DataFrame(columns=columns)
        return means(dated, ["begins"]).merge(sizes(dated))[columns]

    def measured(self, table: pd.DataFrame) -> str:
        return f"{super().measured(table)}, by {table['period'].iloc[0]}"

    def finding(self, table: pd.DataFrame) -> tuple[str, bool]:
        period = table["period"].iloc[0]
        if rests_on_codes(table):
            return _more_positive(table, "begins", period)
        return _highest(table, "begins", period)

    def say(self, table: pd.DataFrame) -> str:
        return f"By {periods_of(table)}. {super().say(table)}"

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        ids, names = table["instrument"].unique().tolist(), labels(table)["instrument"]
        if rests_on_codes(table):
            return _draw_course(table, {name: _shown(names, name) for name in ids})
        figure, grid = canvas.panels(len(ids), 1, 0.5 + 1.4 * len(ids), sharex=True, sharey=True)
        for axes, name in zip(grid[:, 0], ids, strict=True):
            axes.axhline(0, color=MUTED, lw=0.8)
            course(axes, table[table["instrument"] == name], "mean", _look(name))
            axes.yaxis.set_major_formatter(lambda value, _: number(value))
            axes.set_title(_shown(names, name), fontsize=canvas.LABEL, pad=4)
        return figure


def _draw_course(table: pd.DataFrame, names: Mapping[str, str]) -> canvas.Drawing:
    """The reading over time, and hollow what the instruments say, in one panel."""
    figure, axes = canvas.sheet(3.2)
    axes.axhline(0, color=MUTED, lw=0.8)
    for name in reversed([*names]):  # so that the reading is above what it is compared with
        look = {} if name == READING else {"mfc": PAPER}
        own = table[table["instrument"] == name]
        course(axes, own, "mean", _look(name), label=name, **look)
    axes.set_ylim(-2.05, 2.05)
    axes.yaxis.set_major_formatter(lambda value, _: number(value, 0))
    axes.yaxis.set_major_locator(MultipleLocator(1))
    marks, shown = axes.get_legend_handles_labels()
    canvas.legend(figure, marks[::-1], [names[name] for name in shown[::-1]])
    return figure


def _read_over_time(corpus: Corpus) -> pd.DataFrame:
    """The reading and the instruments by period; without rows where the periods are too few."""
    dated = by_period(corpus, corpus.paragraphs)
    if dated.empty:
        return pd.DataFrame()
    begins = dated.drop_duplicates("doc_id").set_index("doc_id")["begins"]
    found = estimated(corpus, begins).rename(columns={"group": "begins"})
    return found.merge(sizes(dated), how="left")


def _read(corpus: Corpus) -> pd.DataFrame:
    """The paragraphs that the reader coded, with scores; the reference, or who coded most."""
    coder = basis.find(corpus, "valence").coder
    if coder in ("", validity.READINGS[0]):
        read = not corpus.coding("valence")["valence"].isna().all()
        return corpus.valence if read else corpus.valence.iloc[:0]
    codings = [corpus.coding("valence", name) for name in (coder, *validity.READINGS[1:])]
    given = [one[["doc_id", "line", "valence"]] for one in codings]
    return validity.paragraphs(corpus.paragraphs, corpus.scored("sentences"), given)


class ToneChecked(StarterFigure):
    """A row an instrument, against a reading of these texts.

    Its table is that of `usru.analysis.tone.validity.agreement`, rounded.
    """

    name, title = "tone_checked", "The instruments against a reading of these texts"
    measure = "Rank correlation of scores with the reading, with 95% bootstrap interval"
    reading = ("A mark is a rank correlation between an instrument’s scores and the reading: filled"
               " over all paragraphs, hollow within documents, where it does not help that a document is"
               " friendlier as a whole.")  # fmt: skip
    source = "a reader’s coding of valence; scores by the word lists that are named"
    notebook, section = "04_tone", "How far to trust the instruments"

    empty, needs = "Nobody has coded the valence of these paragraphs.", "rho"

    def table(self, corpus: Corpus) -> pd.DataFrame:
        table = validity.agreement(_read(corpus))
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
