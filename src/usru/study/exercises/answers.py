"""What answers look like, and what can be said of one that is not right."""

import math
from collections.abc import Iterable, Mapping
from numbers import Real
from typing import Any

import numpy as np
import pandas as pd

from usru.corpus import Corpus
from usru.study import findings
from usru.wording import listed

__all__ = ["Unreadable", "fallen", "name", "names", "number"]

NEAR = 0.1
"""The share of the right number by which one is off that is called nearly right."""


class Unreadable(Exception):
    """An answer is not of the kind that the task asks for; the sentence says which that is."""


def number(
    answer: Any, right: float, look: str, *, seen: Mapping[float, str] | None = None,
    within: float = 0.005,
) -> str | None:  # fmt: skip
    """Compare a number with the right one.

    Parameters
    ----------
    answer : object
        Any number, also of numpy; anything else is `Unreadable`.
    right : float
        The right one.
    look : str
        What to look at next, in a sentence.
    seen : mapping of float to str, optional
        Wrong numbers that come of a known mistake, with what to look at after it.
    within : float
        By how much an answer may differ, by default that of two decimals.

    Returns
    -------
    str or None
        None where it is right.

    Examples
    --------
    >>> number(0.25, 0.25, "Count again."), number(25, 0.25, "Count again.")
    (None, 'Give a share between 0 and 1, not per cent.')
    >>> number(0.26, 0.25, "Count again."), number(0.5, 0.25, "Count again.")
    ('Nearly. Count again.', 'Count again.')
    """
    given = _as_number(answer)
    if math.isclose(given, right, rel_tol=1e-9, abs_tol=within):
        return None
    for wrong, mend in (seen or {}).items():
        if math.isclose(given, wrong, rel_tol=1e-9, abs_tol=within):
            return mend
    if 0 < abs(right) <= 1 and math.isclose(given, 100 * right, abs_tol=100 * within):
        return "Give a share between 0 and 1, not per cent."
    return f"Nearly. {look}" if abs(given - right) <= NEAR * abs(right) else look


def _as_number(answer: Any) -> float:
    if isinstance(answer, (pd.Series, np.ndarray)) and answer.size == 1:
        answer = answer.item()
    if isinstance(answer, (bool, np.bool_)) or not isinstance(answer, Real):
        raise Unreadable("Give one number, as in `0.25` or `12`.")
    try:
        given = float(answer)
    except OverflowError:  # a whole number of hundreds of digits
        given = math.inf
    if not math.isfinite(given):
        raise Unreadable("Give a number that is finite and not missing.")
    return given


def name(
    answer: Any, right: str, look: str, *, among: Iterable[str] = (),
    seen: Mapping[str, str] | None = None,
) -> str | None:  # fmt: skip
    """Compare a name with the right one.

    Parameters
    ----------
    answer : object
        A text; anything else is `Unreadable`.
    right, look : str
        The right one, and what to look at next.
    among : iterable of str
        What can be answered; a name that is not there is `Unreadable`.
    seen : mapping of str to str, optional
        Wrong names that come of a known mistake, with what to look at after it.

    Returns
    -------
    str or None
        None where it is right; case and outer white space do not matter.

    Examples
    --------
    >>> name("Bonn", "bonn", "Look at the map."), name("moscow", "bonn", "Look at the map.")
    (None, 'Look at the map.')
    """
    given = _as_name(answer)
    _check_among([given], among)
    if given == _as_name(right):
        return None
    return {_as_name(one): mend for one, mend in (seen or {}).items()}.get(given, look)


def _as_name(answer: Any) -> str:
    if not isinstance(answer, str):
        raise Unreadable("Give one name, as a text in quotation marks.")
    return answer.strip().casefold()


def _check_among(given: Iterable[str], among: Iterable[str]) -> None:
    known = [*among]
    strange = [one for one in given if known and one not in map(_as_name, known)]
    if strange:
        raise Unreadable(
            f"There is no {strange[0][:40]!r} here: choose from {listed(known, 'or')}."
        )


def names(answer: Any, right: Iterable[str], look: str, *, among: Iterable[str] = ()) -> str | None:
    """Compare several names, in any order, with the right ones.

    Parameters
    ----------
    answer : object
        Texts in a list, a set, a column or an index; one text is taken for one name.
    right, look, among
        As of `name`.

    Returns
    -------
    str or None
        None where they are the same; else how many belong, are missing, and do not belong.

    Examples
    --------
    >>> names(["b", "a"], {"a", "b"}, "Look again.")
    >>> names(["a", "c"], {"a", "b"}, "Look again.")
    '1 of your names belongs, 1 does not, and 1 is missing. Look again.'
    """
    if isinstance(answer, str):
        answer = [answer]
    if not isinstance(answer, (list, tuple, set, frozenset, pd.Series, pd.Index, np.ndarray)):
        raise Unreadable("Give names in a list, as in `['one', 'another']`.")
    given, wanted = {_as_name(one) for one in answer}, {_as_name(one) for one in right}
    _check_among(sorted(given), among)
    if given == wanted:
        return None
    strange, missing = len(given - wanted), len(wanted - given)
    return (
        f"{len(given & wanted)} of your names {'belongs' if len(given & wanted) == 1 else 'belong'},"
        f" {strange} {'does' if strange == 1 else 'do'} not, and"
        f" {missing} {'is' if missing == 1 else 'are'} missing. {look}"
    )


def fallen(answer: Any, corpus: Corpus, id: str, look: str) -> str | None:
    """Check that a claim holds for a corpus, and no longer for a changed copy of it.

    Parameters
    ----------
    answer : object
        What `usru.study.exercises.altered` gives; anything that is no corpus is `Unreadable`.
    corpus : Corpus
        The one that was copied.
    id : str
        The claim.
    look : str
        What to look at next where it still holds.

    Returns
    -------
    str or None
        None where the claim has fallen.
    """
    if not isinstance(answer, Corpus):
        raise Unreadable("Give a corpus, as `exercises.altered(corpus, file, old, new)` makes it.")
    if list(answer.texts) != list(corpus.texts):
        return "These are other documents. Change a copy of the corpus of this notebook."
    claim = findings.show(id, answer)
    if claim.holds is None:
        return f"Now {id} does not apply: there is nothing left to count. Change less. {look}"
    return f"{id} still holds: {claim.sentence} {look}" if claim.holds else None
