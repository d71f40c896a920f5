"""Whether a contracted or joined "not" turns a word, tried on every one of a list."""

from itertools import product

import numpy as np
import pandas as pd

from usru.analysis.tone.lists import INSTRUMENTS

__all__ = ["ADJECTIVES", "CONTRACTIONS", "contracted"]

_AUXILIARIES = (
    "is", "are", "was", "were", "do", "does", "did", "has", "have", "had", "wo", "would", "ca",
    "could", "sha", "should", "might", "must", "need", "ai",
)  # fmt: skip

CONTRACTIONS = (*(f"{one}n{mark}t" for one, mark in product(_AUXILIARIES, "'’")), "cannot")
"""Every auxiliary with n't, with a straight and with a curly apostrophe, and *cannot*."""

ADJECTIVES = ("good", "great", "happy", "best", "friendly", "successful", "bad", "terrible", "sad",
              "worst", "angry", "difficult")  # fmt: skip
"""Words of either sign that the lists know."""


def contracted(instrument: str) -> pd.DataFrame:
    """Score each contraction before each adjective, and compare with the adjective alone.

    Parameters
    ----------
    instrument : str
        A key of `INSTRUMENTS`.

    Returns
    -------
    pandas.DataFrame
        One row a contraction and adjective that scores by itself: `contraction`, `adjective`,
        `plain` (the adjective's score), `negated` (after *not*), `contracted` (after the
        contraction), and `ignored`, whether the contraction did not move the score towards the
        other sign.

    Examples
    --------
    >>> found = contracted("textblob")
    >>> found["ignored"].all().item(), (found["negated"] * found["plain"] < 0).all().item()
    (True, True)
    """
    scorer = INSTRUMENTS[instrument].scorer

    def _score(text: str) -> float:
        return float(np.ravel(scorer(text))[0])

    rows = [
        (contraction, word, plain, _score(f"not {word}"), _score(f"{contraction} {word}"))
        for word in ADJECTIVES
        for plain in [_score(word)]
        if plain
        for contraction in CONTRACTIONS
    ]
    columns = ["contraction", "adjective", "plain", "negated", "contracted"]
    found = pd.DataFrame(rows, columns=columns)
    return found.assign(ignored=found["contracted"] * np.sign(found["plain"]) > 0)
