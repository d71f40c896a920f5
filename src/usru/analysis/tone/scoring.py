"""Scores of texts, the words that they are made of, and the texts in which they can be wrong."""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from numbers import Real
from typing import Any

import numpy as np
import pandas as pd

from usru.analysis.tone.instruments import Instrument, Steps, Term
from usru.analysis.tone.lists import INSTRUMENTS
from usru.errors import InputError

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
        `subjectivity`, float64 in [0, 1]. Both are missing (NaN) where there is nothing to score:
        the text is missing, or has no Latin letter, as all lists are English, and the instrument
        finds nothing else in it, such as an emoticon. A 0 is a text of words none of which counts,
        or which cancel.

    Raises
    ------
    InputError
        When there is no such column or instrument, a text is no string, or the instrument gives no
        number from -1 to 1.

    Notes
    -----
    A repeated text is scored once. Score by sentence: the rules are made for sentences, and the time
    of VADER's library grows with the square of a text's words (0.05 s for 2,000, 5 s for 20,000).

    Examples
    --------
    >>> score(pd.DataFrame({"text": ["A good start.", "* * *"]}))["polarity"].tolist()
    [0.7, nan]
    """
    chosen = _instrument(instrument)
    texts = _texts(frame)
    known = {text: _measure(text, chosen) for text in texts.dropna().unique()}
    rows = [known.get(text, (np.nan, np.nan)) for text in texts]
    table = np.array(rows, dtype="float64").reshape(-1, 2)
    found = frame.assign(polarity=table[:, 0])
    if chosen.has_subjectivity or not np.isnan(table[:, 1]).all():
        found["subjectivity"] = table[:, 1]
    return found


def score_each(frame: pd.DataFrame, instruments: Iterable[str] | None = None) -> pd.DataFrame:
    """Return a frame with one column of polarities for each instrument, named as it is.

    Parameters
    ----------
    frame : pandas.DataFrame
        As for `score`.
    instruments : iterable of str, optional
        Keys of `INSTRUMENTS`; all by default.

    Returns
    -------
    pandas.DataFrame
        A copy of `frame` with the new columns, float64 in [-1, 1] or missing.

    Examples
    --------
    >>> score_each(pd.DataFrame({"text": ["Good talks."]})).round(2).values.tolist()
    [['Good talks.', 0.7, 0.44, 0.5]]
    """
    names = list(INSTRUMENTS if instruments is None else instruments)
    return frame.assign(**{name: score(frame, name)["polarity"] for name in names})


def _measure(text: str, instrument: Instrument) -> tuple[float, float]:
    given: Any = instrument.scorer(text)  # of anybody's function
    polarity, subjectivity = given if isinstance(given, tuple) else (given, np.nan)
    if not isinstance(polarity, Real) or abs(float(polarity)) > 1:
        raise InputError(
            f"instrument {instrument.name!r}",
            f"it gives {polarity!r} for {text[:60]!r}",
            "return a number from -1 to 1",
        )
    if polarity or subjectivity > 0 or _LATIN.search(text):
        return float(polarity), subjectivity
    return np.nan, np.nan


def _texts(frame: pd.DataFrame) -> pd.Series:
    if "text" not in frame:
        raise InputError(
            "the table to score", "it has no column 'text'", "rename the column that holds the text"
        )
    texts = frame["text"].astype("object")
    for place, text in texts.dropna().items():
        if not isinstance(text, str):
            raise InputError(
                f"the table to score, row {place!r}",
                f"its text is {type(text).__name__} and no string",
                "turn it into one, or leave it missing",
            )
    return texts


def _instrument(name: str) -> Instrument:
    if name not in INSTRUMENTS:
        raise InputError(
            f"instrument {name!r}",
            f"it is none of {', '.join(INSTRUMENTS)}",
            "name one of these, or add your own: write a function that takes a text and returns a"
            " number from -1 to 1, and put it into usru.analysis.tone.INSTRUMENTS with"
            f" INSTRUMENTS[{name!r}] = function",
        )
    return INSTRUMENTS[name]


# Reasons ---------------------------------------------------------------------------------------


@dataclass(frozen=True, repr=False)
class Explanation:
    """Why a text has its score.

    Attributes
    ----------
    text, instrument : str
        What was scored, and by which instrument.
    terms : pandas.DataFrame
        One row a word that counts, in the order of the text, with the columns of `Term`. A word may
        weigh 0 and count all the same, where the score is a mean.
    steps : tuple of (str, float)
        From the sum of the weights to the score: what is done, and the number after it. The last is
        the score.
    score : float
        In [-1, 1]; missing (NaN) where there is nothing to score.
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
        parts, reached = [], 0
        spans = groupby(self.terms.itertuples(), key=lambda term: (term.start, term.end))
        for (start, end), terms in spans:
            if start < reached:
                continue
            parts.append(html.escape(self.text[reached:start]))
            parts.append(_marked(self.text[start:end], list(terms)))
            reached = end
        parts.append(html.escape(self.text[reached:]))
        steps = "; ".join(f"{what}: {_signed(number)}" for what, number in self.steps)
        return f"<p>{''.join(parts)}<br><small>{html.escape(steps)}</small></p>"


def explain(text: str, instrument: str = "textblob") -> Explanation:
    """Tell which words gave a text its score, and how they add up to it.

    Parameters
    ----------
    text : str
        What `score` would be given.
    instrument : str
        A key of `INSTRUMENTS`.

    Returns
    -------
    Explanation
        Its score is that of `score`, recomputed from the terms to the last bit; JupyterLab shows
        the words underlined in the text (solid where they add, dashed where they take away, dotted
        at 0), each with its weight and what changed it.

    Raises
    ------
    InputError
        When there is no such instrument, or it cannot say why, or the text is no string.

    Examples
    --------
    >>> explain("Not a very good start.")
    Not a very good start.
      good -0.269 (not, very)
      sum of weights: -0.269
      divided by words that count, 1: -0.269
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
    return f"{number:+.3g}" if number else "0"


def _weight(terms: list[Any]) -> str:
    """What the terms of one word weigh, and what changed it."""
    reasons = "; ".join(", ".join(term.modifiers.split()) for term in terms if term.modifiers)
    return _signed(sum(term.weight for term in terms)) + f" ({reasons})" * bool(reasons)


def _marked(text: str, terms: list[Any]) -> str:
    weight = sum(term.weight for term in terms)
    line = "dotted" if weight == 0 else "solid" if weight > 0 else "dashed"
    word, note = html.escape(text), html.escape(_weight(terms))
    return f'<span style="text-decoration: underline {line}">{word}</span><sup>{note}</sup>'


# Defects ---------------------------------------------------------------------------------------


def defects(frame: pd.DataFrame, instrument: str = "textblob") -> pd.DataFrame:
    """Count in how many texts each known defect of an instrument can matter.

    Parameters
    ----------
    frame : pandas.DataFrame
        As for `score`.
    instrument : str
        A key of `INSTRUMENTS`.

    Returns
    -------
    pandas.DataFrame
        One row a defect, in the instrument's order: `defect`, `what` goes wrong, an `example` and
        what it is `scored`, the number of `rows` whose text the defect's pattern finds, and their
        `share` of the rows with text (missing where there are none). An upper bound: in such a text
        the score can be wrong, and need not be.

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
    types = {
        "defect": "str", "what": "str", "example": "str", "scored": "float64",
        "rows": "int64", "share": "float64",
    }  # fmt: skip
    return pd.DataFrame(rows, columns=list(types)).astype(types)
