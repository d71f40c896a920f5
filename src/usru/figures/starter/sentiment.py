"""Figures of the fourth notebook: how the documents sound to instruments that are weak."""

# ruff: noqa: D102  (the methods of a figure are described in its base)
import pandas as pd

import usru.figures.canvas as canvas
from usru.analysis import tone
from usru.corpus import Corpus
from usru.figures.base import in_order
from usru.figures.sentiment import BY, LOOKS, OTHER, SCORES, Means, ToneValidity
from usru.figures.starter.agendas import course
from usru.figures.starter.periods import PERIOD, by_period, periods_of, sizes
from usru.figures.starter.units import by_unit
from usru.show.style import MUTED

__all__ = ["ELSEWHERE", "ToneByUnit", "ToneByVoice", "ToneChecked", "ToneOverTime"]

ELSEWHERE = {"textblob": 0.18, "vader": 0.32, "nrc": 0.23}
"""Spearman's rho with readers on 2,617 labelled sentences of political news (NewsMTSC)."""

_RHOS = ", ".join(f"{tone.INSTRUMENTS[name].label or name} {rho:.2f}" for name, rho in ELSEWHERE.items())  # fmt: skip
WEAK = ("The instruments are weak: on 2,617 labelled sentences of political news their rank"
        f" correlation with readers was {_RHOS}, where 1 would be full agreement.")  # fmt: skip


class Polarities(Means):
    """A row a unit or voice, a mark an instrument; the table is that of `Means`."""

    notebook, source = "04_tone", f"{SCORES} {WEAK}"
    empty = "There is nothing to score."

    def say(self, table: pd.DataFrame) -> str:
        across = ((table["low"] <= 0) & (table["high"] >= 0)).sum()
        # A mean just below 0 would else be called -0.00.
        low, high = (
            round(end, 2) + 0.0 for end in (table["polarity"].min(), table["polarity"].max())
        )
        return (f"Means between {low:+.2f} and {high:+.2f} on a scale from -1 to 1; {across} of"
                f" {len(table)} intervals {'contains' if across == 1 else 'contain'} 0. A mean is over sentences, weighted by their"
                " words; sentences that an earlier document has already are left out.")  # fmt: skip


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


_COLUMNS = ["group", "instrument", "sentences", "words", "unscored", "polarity", "low", "high"]


class ToneByUnit(Polarities):
    """Each document or group, in the reporters' own words."""

    name, title = "tone_by_unit", "How the documents sound"
    reading = ("A row is a document or a group, a mark an instrument with its interval, over what is"
               " neither quoted nor reported; where intervals overlap widely the texts do not tell the rows"
               " apart.")  # fmt: skip
    section = "How the documents sound"

    def table(self, corpus: Corpus) -> pd.DataFrame:
        table = _voiced(corpus)
        own = by_unit(corpus, table[table["voice"] == "outlet"])
        return means(own, ["unit"]).rename(columns={"unit": "group"})[_COLUMNS]


class ToneByVoice(Polarities):
    """The reporters' own words, what they report, and what they quote."""

    name, title = "tone_by_voice", "Quoted, reported and own words"
    reading = ("A row is what reporters write themselves, report or quote, a mark an instrument"
               " with its interval.")  # fmt: skip
    section = "Quoted, reported and own words"

    def table(self, corpus: Corpus) -> pd.DataFrame:
        names = {"outlet": "own words", "report": "reported words", "quotation": "quoted words"}
        table = _voiced(corpus)
        table = in_order(table.assign(group=table["voice"].map(names)), "voice", names)
        return means(table, ["group"])[_COLUMNS]


class ToneOverTime(Polarities):
    """A panel an instrument, a dot a period with its interval, in the reporters' own words.

    Its table has a row an instrument and period: `instrument`, `period` (``"month"``), `begins` and
    `ends` of it, `documents`, `sentences`, `words`, `unscored`, and the mean `polarity` with its ends
    `low` and `high`, all in [-1, 1].
    """

    name, title = "tone_over_time", "The tone over time"
    reading = ("A panel is an instrument, a dot a period with its interval, over what is neither"
               " quoted nor reported."
               " Where the instruments do not move together, none of them can be believed.")  # fmt: skip
    section = "Over time"
    empty = "Too few documents are dated, or too close together, to show tone over time."

    def table(self, corpus: Corpus) -> pd.DataFrame:
        table = _voiced(corpus)
        dated = by_period(corpus, table[table["voice"] == "outlet"])
        columns = ["instrument", *PERIOD, *_COLUMNS[2:]]
        if dated.empty:
            return pd.DataFrame(columns=columns)
        return means(dated, ["begins"]).merge(sizes(dated))[columns]

    def say(self, table: pd.DataFrame) -> str:
        return f"By {periods_of(table)}. {super().say(table)}"

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        names = table["instrument"].unique().tolist()
        figure, grid = canvas.panels(
            len(names), 1, 0.8 + 1.4 * len(names), sharex=True, sharey=True
        )
        for axes, name in zip(grid[:, 0], names, strict=True):
            axes.axhline(0, color=MUTED, lw=0.8)
            course(axes, table[table["instrument"] == name], "polarity", LOOKS.get(name, OTHER)[0])
            axes.set_title(name, fontsize=canvas.LABEL, pad=3)
        figure.supxlabel(f"mean score, with 95% interval, by {table['period'].iloc[0]}")
        return figure


class ToneChecked(ToneValidity):
    """A row an instrument, against a reading of these texts; the table is that of `ToneValidity`."""

    name, title, claim = "tone_checked", "The instruments against a reading of these texts", ""
    reading = ToneValidity.reading
    source = f"Readings in coding/reference/valence.csv; scores {BY}."
    notebook, section = "04_tone", "How far to trust the instruments"

    def table(self, corpus: Corpus) -> pd.DataFrame:
        if corpus.coding("valence")["valence"].isna().all():
            return pd.DataFrame(columns=["instrument", "n", "rho", "low", "high", "zero"])
        return super().table(corpus)
