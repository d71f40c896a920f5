"""Which words turn those after them, and whether a list hears a contracted or joined "not"."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import product, takewhile

import numpy as np
import pandas as pd

from usru.analysis.tone.instruments import Instrument

__all__ = [
    "ADJECTIVES", "CONTRACTIONS", "ENDINGS", "NEGATORS", "TOKEN", "contracted", "plain", "turned_by",
]  # fmt: skip

# Words that turn others --------------------------------------------------------------------------

_APOSTROPHES = "'’ʼ‘′´`"
_STRAIGHT = str.maketrans(dict.fromkeys(_APOSTROPHES, "'"))

TOKEN = re.compile(rf"[^\W\d_]+(?:[{_APOSTROPHES}][^\W\d_]+)*|[.,;:!?()…—–]|--")
"""A word, or a mark at which a negation ends."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _forms(verbs: str) -> frozenset[str]:
    """The regular forms of verbs."""
    stems = {verb: verb.removesuffix("e") for verb in verbs.split()}
    return frozenset(
        form
        for verb, stem in stems.items()
        for form in (verb, f"{verb}s", f"{stem}ed", f"{stem}ing")
    )


NEGATORS = _set(
    "not no never neither nor none nobody nothing nowhere cannot without hardly barely scarcely"
)
"""Words that deny, beside every contracted *not*."""

# "Not only praised", "no doubt": what looks like a negation and is none.
_NO_NEGATION = _set("only just merely simply solely least doubt wonder matter but")

ENDINGS = (
    _forms("end halt cease prevent avoid avert block ease defuse resolve settle reduce foil thwart")
    | _forms("curb sink plunge plummet slump tumble dwindle")
    | _set("stop stops stopped stopping drop drops dropped dropping sank sunk")
    | _set("fall falls fell fallen falling low lower lowest")
)
"""Words that end or lessen what they are said of, good or bad."""

# What follows an ending that has no object: "the war ended in May", "support fell to a third".
_NO_OBJECT = _set("in with up on as at after by of off for from since when while because and or to")
_TO_AN_END = _set("end halt stop")  # "an end to the war"

_REFUSALS = _forms("refuse reject oppose lack abandon") | _set(
    "deny denies denied denying denial refusal rejection lose loses lost losing loss"
)

# "The plan failed badly" turns nothing, "failed to help" does.
_ATTEMPTS = _forms("fail decline") | _set("failure unable")
_TURNING = NEGATORS | ENDINGS | _REFUSALS | _ATTEMPTS
_BREAKS = _set("but although though because while whereas however")
_CLAUSES = _BREAKS | _set("and or as when after before that who which where if")
_REACH = 4


@lru_cache(maxsize=2**16)
def plain(word: str) -> str:
    """Return a word as lists have it: in lower case, with a straight apostrophe, no possessive.

    Parameters
    ----------
    word : str
        As it is printed.

    Examples
    --------
    >>> plain("Isn’t"), plain("country’s")
    ("isn't", 'country')
    """
    return word.lower().translate(_STRAIGHT).removesuffix("'s")


def turned_by(tokens: Sequence[str]) -> list[tuple[str, ...]]:
    """Tell for each word which words of its clause deny, refuse, end or lessen what it says.

    Parameters
    ----------
    tokens : sequence of str
        The words and marks of a text, as `TOKEN` finds them, each as `plain` gives it.

    Returns
    -------
    list of tuple of str
        As many as tokens. An odd number of words turns a word; two that deny leave it as it is.

    Notes
    -----
    A word turns the four after it, up to a mark or a *but*. One that ends or lessens (`ENDINGS`) and
    has no object turns those before it instead. *Not only* and *no doubt* turn nothing, nor does
    *failed* without *to*.

    Examples
    --------
    >>> turned_by(["she", "isn't", "happy", ",", "but", "proud"])
    [(), (), ("isn't",), (), (), ()]
    >>> turned_by("they ended the war".split())[-1], turned_by("the war ended in may".split())[1]
    (('ended',), ('ended',))
    """
    found: list[tuple[str, ...]] = [()] * len(tokens)
    for i, token in enumerate(tokens):
        if token not in _TURNING and not token.endswith("n't"):
            continue
        following = tokens[i + 1] if i + 1 < len(tokens) else ""
        if token in ENDINGS and _has_no_object(token, following):
            reached = _clause(tokens, range(i - 1, max(i - 1 - _REACH, -1), -1), _CLAUSES)
        elif token in ENDINGS or _turns(token, following):
            reached = _clause(tokens, range(i + 1, min(i + 1 + _REACH, len(tokens))), _BREAKS)
        else:
            continue
        for place in reached:
            # "Fell to its lowest" is one fall.
            if token not in ENDINGS or ENDINGS.isdisjoint(found[place]):
                found[place] = (*found[place], token)
    return found


def _turns(word: str, following: str) -> bool:
    if word in NEGATORS or word.endswith("n't"):
        return following not in _NO_NEGATION
    return word in _REFUSALS or (word in _ATTEMPTS and following == "to")


def _has_no_object(ending: str, following: str) -> bool:
    if following == "to" and ending in _TO_AN_END:
        return False
    return not following[:1].isalpha() or following in _NO_OBJECT


def _clause(tokens: Sequence[str], places: range, ends: frozenset[str]) -> Iterator[int]:
    """The places, up to a mark or a word that begins another clause."""
    return takewhile(lambda i: tokens[i][:1].isalpha() and tokens[i] not in ends, places)


# Contractions ------------------------------------------------------------------------------------

_AUXILIARIES = (
    "is", "are", "was", "were", "do", "does", "did", "has", "have", "had", "wo", "would", "ca",
    "could", "sha", "should", "might", "must", "need", "ai",
)  # fmt: skip

CONTRACTIONS = (*(f"{one}n{mark}t" for one, mark in product(_AUXILIARIES, "'’")), "cannot")
"""Every auxiliary with n't, with a straight and with a curly apostrophe, and *cannot*."""

ADJECTIVES = ("good", "great", "happy", "best", "friendly", "successful", "bad", "terrible", "sad",
              "worst", "angry", "difficult")  # fmt: skip
"""Words of either sign that the lists know."""


def contracted(instrument: Instrument) -> pd.DataFrame:
    """Score each contraction before each adjective, and compare with the adjective alone.

    Parameters
    ----------
    instrument : Instrument
        Any; those of the package are in `usru.analysis.tone.INSTRUMENTS`.

    Returns
    -------
    pandas.DataFrame
        One row a contraction and adjective that scores by itself: `contraction`, `adjective`,
        `plain` (the adjective's score), `negated` (after *not*), `contracted` (after the
        contraction), and `ignored`, whether the contraction did not move the score towards the
        other sign.

    Examples
    --------
    >>> from usru.analysis.tone import INSTRUMENTS
    >>> found = contracted(INSTRUMENTS["textblob"])
    >>> found["ignored"].all().item(), (found["negated"] * found["plain"] < 0).all().item()
    (True, True)
    """

    def _score(text: str) -> float:
        return float(np.ravel(instrument.scorer(text))[0])

    rows = [
        (contraction, word, alone, _score(f"not {word}"), _score(f"{contraction} {word}"))
        for word in ADJECTIVES
        for alone in [_score(word)]
        if alone
        for contraction in CONTRACTIONS
    ]
    columns = ["contraction", "adjective", "plain", "negated", "contracted"]
    found = pd.DataFrame(rows, columns=columns)
    return found.assign(ignored=found["contracted"] * np.sign(found["plain"]) > 0)
