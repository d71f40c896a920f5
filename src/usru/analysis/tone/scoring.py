"""Scores of texts, the words that they are made of, and the texts in which they can be wrong.

Every number is the instrument's own, to the last bit; the libraries are imported when a score is
first asked for. Word lists know words, not what a story says: read their agreement with the reference
coding (`usru.analysis.tone.validity`) before any score.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, groupby
from numbers import Real
from typing import Any

import numpy as np
import pandas as pd

from usru.analysis.tone.instruments import Instrument, Steps, Term
from usru.analysis.tone.lists import INSTRUMENTS
from usru.errors import InputError
from usru.templates import render

__all__ = ["Explanation", "defects", "explain", "score", "score_each"]

_LATIN = re.compile("[A-Za-z]")


def score(frame: pd.DataFrame, instrument: str = "textblob") -> pd.DataFrame:
    """Score the texts of a frame.

    Parameters
    ----------
    frame : pandas.DataFrame
        Any frame with a column `text` of strings; a text may be missing.
    instrument : str
        A key of `INSTRUMENTS`.

    Returns
    -------
    pandas.DataFrame
        A copy with `polarity`, float64 in [-1, 1], and, of an instrument that gives it,
        `subjectivity`, float64 in [0, 1]. Both are missing (NaN) where the text is missing, or has
        no Latin letter, as all lists are English, and the instrument finds nothing else in it, such
        as an emoticon. A 0 is a text of words none of which counts, or which cancel.

    Notes
    -----
    Score by sentence: the rules are made for sentences.

    Examples
    --------
    >>> score(pd.DataFrame({"text": ["A good start.", "* * *"]}))["polarity"].tolist()
    [0.7, nan]
    """
    chosen = _instrument(instrument)
    texts = _texts(frame)
    known = {text: _measure(text, chosen) for text in texts.dropna().unique()}
    rows = (known.get(text, (np.nan, np.nan)) for text in texts)
    table = np.fromiter(chain.from_iterable(rows), dtype="float64").reshape(-1, 2)
    found = frame.assign(polarity=table[:, 0])
    if chosen.has_subjectivity or not np.isnan(table[:, 1]).all():
        found["subjectivity"] = table[:, 1]
    return found


def score_each(frame: pd.DataFrame, instruments: Iterable[str] | None = None) -> pd.DataFrame:
    """Return a copy of a frame with the polarities by each instrument in a column of its name.

    Parameters
    ----------
    frame : pandas.DataFrame
        As for `score`.
    instruments : iterable of str, optional
        Keys of `INSTRUMENTS`; all by default.

    Examples
    --------
    >>> talks = pd.DataFrame({"text": ["Good talks."]})
    >>> score_each(talks, ["textblob", "vader", "nrc"]).round(2).values.tolist()
    [['Good talks.', 0.7, 0.44, 0.5]]
    """
    names = list(INSTRUMENTS if instruments is None else instruments)
    return frame.assign(**{name: score(frame, name)["polarity"] for name in names})


def _measure(text: str, instrument: Instrument) -> tuple[float, float]:
    given: Any = instrument.scorer(text)  # of anybody's function
    polarity, subjectivity = given if isinstance(given, tuple) else (given, np.nan)
    if not isinstance(polarity, (float, Real)) or abs(float(polarity)) > 1:
        given = f"it gives {polarity!r} for {text[:60]!r}"
        raise InputError(f"instrument {instrument.name!r}", given, "return a number from -1 to 1")
    if polarity or subjectivity > 0 or _LATIN.search(text):
        return float(polarity), subjectivity
    return np.nan, np.nan


def _texts(frame: pd.DataFrame) -> pd.Series:
    if "text" not in frame:
        rename = "rename the column that holds the text"
        raise InputError("the table to score", "it has no column 'text'", rename)
    texts = frame["text"].astype("object")
    given = texts.dropna()
    for place, text in zip(given.index, given, strict=True):
        if not isinstance(text, str):
            what = f"its text is {type(text).__name__} and no string"
            mend = "turn it into one, or leave it missing"
            raise InputError(f"the table to score, row {place!r}", what, mend)
    return texts


def _instrument(name: str) -> Instrument:
    if name not in INSTRUMENTS:
        raise InputError(
            f"instrument {name!r}", f"it is none of {', '.join(INSTRUMENTS)}",
            "name one of these, or add your own: write a function that takes a text and returns a"
            " number from -1 to 1, and put it into usru.analysis.tone.INSTRUMENTS with"
            f" INSTRUMENTS[{name!r}] = function",
        )  # fmt: skip
    return INSTRUMENTS[name]


# Reasons ---------------------------------------------------------------------------------------


@dataclass(frozen=True, repr=False)
class Explanation:
    """Why a text has its score.

    `terms` has one row a word that counts, in the order of the text, with the columns of `Term`; a
    word may weigh 0 and count all the same, where the score is a mean. `steps` say what is done
    from the sum of the weights to the `score`, and the number after it; it is missing (NaN) where
    there is nothing to score.
    """

    text: str
    instrument: str
    terms: pd.DataFrame
    steps: Steps
    score: float

    def __repr__(self) -> str:
        words = [f"{term.text} {_weight([term])}" for term in self.terms.itertuples()]
        steps = [f"{what}: {_signed(number)}" for what, number in self.steps]
        return "\n  ".join([self.text, *(words or ["no word counts"]), *steps])

    def _repr_html_(self) -> str:
        steps = "; ".join(f"{what}: {_signed(number)}" for what, number in self.steps)
        return render("explanation.html", parts=self._parts(), steps=steps)

    def _parts(self) -> Iterator[tuple[str, str, str]]:
        """The text in pieces: the words, and for those that count their line and their note."""
        reached = 0
        for (start, end), same in groupby(self.terms.itertuples(), key=lambda term: term[1:3]):
            terms = list(same)
            if start >= reached:
                weight = sum(term.weight for term in terms)
                line = "dotted" if weight == 0 else "solid" if weight > 0 else "dashed"
                yield self.text[reached:start], "", ""
                yield self.text[start:end], line, _weight(terms)
                reached = end
        yield self.text[reached:], "", ""


def explain(text: str, instrument: str = "textblob") -> Explanation:
    """Tell which words gave a text its score, and how they add up to it.

    Parameters
    ----------
    text, instrument : str
        What `score` would be given, and a key of `INSTRUMENTS`.

    Returns
    -------
    Explanation
        Its score is that of `score`, recomputed from the terms to the last bit; JupyterLab shows
        the words underlined in the text (solid where they add, dashed where they take away, dotted
        at 0), each with its weight and what changed it.

    Examples
    --------
    >>> explain("Not a very good start.")
    Not a very good start.
      good −0.269 (not, very)
      sum of weights: −0.269
      divided by words that count, 1: −0.269
    """
    chosen = _instrument(instrument)
    if not isinstance(text, str):
        raise InputError("the text to explain", f"it is {type(text).__name__}", "give a string")
    if chosen.explainer is None:
        raise InputError(f"instrument {instrument!r}", "it cannot say why", "give it an explainer")
    terms, steps = chosen.explainer(text)
    number = _measure(text, chosen)[0]
    table = pd.DataFrame(terms, columns=list(Term._fields)).astype(Term.__annotations__)
    return Explanation(text, instrument, table, steps, steps[-1][1] if number == number else number)


def _signed(number: float) -> str:
    return f"{number:+.3g}".replace("-", "−") if number else "0"


def _weight(terms: list[Any]) -> str:
    """What the terms of one word weigh, and what changed it."""
    reasons = "; ".join(", ".join(term.modifiers.split()) for term in terms if term.modifiers)
    return _signed(sum(term.weight for term in terms)) + f" ({reasons})" * bool(reasons)


# Defects ---------------------------------------------------------------------------------------


def defects(frame: pd.DataFrame, instrument: str = "textblob") -> pd.DataFrame:
    """Count in how many texts each known defect of an instrument can matter.

    Parameters
    ----------
    frame, instrument : pandas.DataFrame, str
        As for `score`.

    Returns
    -------
    pandas.DataFrame
        One row a defect, in the instrument's order: `defect`, `what` goes wrong, an `example` and
        what it is `scored`, the number of `rows` whose text the defect's pattern finds, and their
        `share` of the rows with text. An upper bound: in such a text the score can be wrong, and
        need not be.

    Examples
    --------
    >>> found = defects(pd.DataFrame({"text": ["It isn't over.", "It is."]}))
    >>> found.set_index("defect").loc["contraction", "share"].item()
    0.5
    """
    texts = _texts(frame).dropna().tolist()
    rows = []
    for defect in _instrument(instrument).defects:
        n = sum(re.search(defect.pattern, text) is not None for text in texts)
        share = n / len(texts) if texts else np.nan
        rows.append((defect.name, defect.what, defect.example, defect.polarity, n, share))
    columns = ["defect", "what", "example", "scored", "rows", "share"]
    types = dict.fromkeys(columns[:3], "str") | {"scored": "float64", "rows": "int64"}
    return pd.DataFrame(rows, columns=columns).astype(types | {"share": "float64"})
