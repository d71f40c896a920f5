"""A list of words with weights that were learned from labelled sentences of political news.

Only words that are printed in lower case count, so that a name has no tone. The list is data
(``data/tone/news.csv``, with its card beside it); `usru.evaluation.training` made it.
"""

import csv
import math
from functools import cache
from itertools import compress
from typing import NamedTuple

from usru.analysis.tone.instruments import Steps, Term
from usru.analysis.tone.negation import TOKEN, plain, turned_by
from usru.errors import InputError
from usru.files import read_text, shipped

__all__ = ["FILE", "TURNED", "Occurrence", "occurrences", "reasons", "score", "total", "weights"]

FILE = "tone/news.csv"
"""Where the list is in the shipped data."""

TURNED = -0.5
"""What a word that a negation turns counts, of its weight."""

_HALF = 2.0  # of the last step: a text of 1 per root word scores 0.58


def _factor(turned_by: tuple[str, ...]) -> float:
    return TURNED if len(turned_by) % 2 else 1.0


class Occurrence(NamedTuple):
    """A word printed in lower case: its offsets in the text, itself, and the words that turn it."""

    start: int
    end: int
    word: str
    turned_by: tuple[str, ...]

    @property
    def factor(self) -> float:
        """What it counts: 1, or `TURNED`."""
        return _factor(self.turned_by)


def occurrences(text: str) -> list[Occurrence]:
    """Return the words of a text that are printed in lower case.

    Parameters
    ----------
    text : str
        A sentence or more. Words joined by a hyphen are several.

    Examples
    --------
    >>> [one.word for one in occurrences("Hope Lee isn’t well-known.")]
    ["isn't", 'well', 'known']
    """
    found = list(TOKEN.finditer(text))
    words = [plain(one[0]) for one in found]
    return [
        Occurrence(*one.span(), word, by)
        for one, word, by in zip(found, words, turned_by(words), strict=True)
        if one[0].islower()
    ]


@cache
def weights() -> dict[str, float]:
    """Return the weight of each word of the list, from about -2 to 2.

    Examples
    --------
    >>> weights()["praised"] > 0.5, weights()["accused"] < -0.5, "trump" in weights()
    (True, True, False)
    """
    path = shipped() / FILE
    rows = csv.DictReader(read_text(path).splitlines())
    try:
        return {row["word"]: float(row["weight"]) for row in rows}
    except (KeyError, TypeError, ValueError):
        place = f"{path}, line {rows.line_num}"
        raise InputError(place, "it is no word and weight", "restore the file") from None


def total(found: list[Occurrence], listed: dict[str, float]) -> float:
    """Add the weights of words, of those that are turned half of them with the other sign.

    Parameters
    ----------
    found, listed : list of Occurrence, dict of str to float
        The words, and a list of weights; a word that it lacks counts 0.

    Examples
    --------
    >>> total(occurrences("This is not good."), {"good": 1.0})
    -0.5
    """
    return sum((listed.get(one.word, 0.0) * one.factor for one in found), 0.0)


def _bounded(mean: float) -> float:
    return mean / math.sqrt(mean**2 + _HALF)


def score(text: str) -> float:
    """Return the tone of a text, from -1 to 1; 0 where none of its words counts.

    Parameters
    ----------
    text : str
        Best a sentence.

    Examples
    --------
    >>> score("Critics accused her of lying.") < 0 < score("The mayor was praised.")
    True
    >>> score("Trump met Putin on Monday.")
    0.0
    """
    tokens, listed = TOKEN.findall(text), weights()
    words = [*map(plain, tokens)]
    is_low = [*map(str.islower, tokens)]
    found = compress(zip(words, turned_by(words), strict=True), is_low)
    weighed = (listed[word] * _factor(by) for word, by in found if word in listed)
    return _bounded(sum(weighed, 0.0) / math.sqrt(is_low.count(True) or 1))


def reasons(text: str) -> tuple[list[Term], Steps]:
    """Return the words that made a score, and the steps from their weights to it.

    Parameters
    ----------
    text : str
        As for `score`.

    Examples
    --------
    >>> terms, steps = reasons("The mayor wasn’t praised.")
    >>> [(term.text, term.negated, term.modifiers) for term in terms][-1]
    ('praised', True, "wasn't")
    """
    found, listed = occurrences(text), weights()
    terms = [
        Term(start, end, text[start:end], listed[word], listed[word] * one.factor,
             one.factor != 1, " ".join(by))
        for one in found
        for start, end, word, by in [one]
        if word in listed
    ]  # fmt: skip
    net, n = total(found, listed), len(found) or 1
    mean = net / math.sqrt(n)
    return terms, (
        ("sum of weights", net),
        (f"divided by the root of words in lower case, √{n}", mean),
        (f"x / sqrt(x² + {_HALF:g})", _bounded(mean)),
    )
