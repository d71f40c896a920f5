"""Claims: sentences of findings, each with the check that carries it.

A claim holds, does not hold, or does not apply, where there is nothing to count.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from usru.templates import render

__all__ = ["MARKS", "MIME", "Claim", "broken", "claim", "stored"]

MIME = "application/vnd.usru.claim+json"
"""Type under which a notebook's output carries a claim, for `usru.study` to collect."""

MARKS = {True: "✓", False: "✗ does not hold:", None: "– does not apply here:"}
"""What is shown before a claim, by whether it holds; None where there is nothing to count."""

_ID = re.compile(r"[a-z][a-z_]*-\d+")


@dataclass(frozen=True)
class Claim:
    """A sentence of findings and whether its check holds; shown with its mark of `MARKS`.

    Where it rests on a count that no reading carries, `about` says what it is about instead of the
    texts: ``"about the dictionary, not checked by reading"``.
    """

    id: str
    sentence: str
    holds: bool | None
    about: str = ""

    @property
    def mark(self) -> str:
        """Whether it holds, in one word or sign, and what it is about where that is no text."""
        mark = MARKS[self.holds]
        if not self.about:
            return mark
        return f"{mark} {self.about}:" if self.holds else f"{mark.removesuffix(':')}; {self.about}:"

    def __repr__(self) -> str:
        return f"{self.mark} {self.sentence} [{self.id}]"

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return {
            "text/plain": repr(self),
            "text/html": render("claim.html", claim=self),
            MIME: {"id": self.id, "sentence": self.sentence, "holds": self.holds, **self._beside()},
        }

    def _beside(self) -> dict[str, str]:
        """What is stored of claims on counts alone, so that others keep their bytes."""
        return {"about": self.about} if self.about else {}


def claim(id: str, sentence: str, *, holds: bool | None, about: str = "") -> Claim:
    """State a finding together with its check.

    Parameters
    ----------
    id, sentence : str
        The claim's address, a word and a number (``"tone-3"``), and what was found, its
        numbers formatted in from the frames.
    holds : bool or None
        The computed check of every clause of the sentence; None where there is nothing to count, as
        in texts without a quotation, and the claim does not apply. Where the check fails the
        notebook runs on and shows ✗; ``usru reproduce`` and ``usru test`` name the claim and fail
        at their end.
    about : str
        Of a count by an instrument that no coding carries, what the claim is about, as
        `usru.coding.basis.about` finds it; it is shown behind the mark, and wherever claims are listed.

    Returns
    -------
    Claim
        Shows itself in a notebook.

    Examples
    --------
    >>> claim("sum-1", "One and one are 2.", holds=1 + 1 == 2)
    ✓ One and one are 2. [sum-1]
    >>> claim("sum-2", "No number is given.", holds=None)
    – does not apply here: No number is given. [sum-2]
    >>> claim("sum-3", "Most is on sport.", holds=True, about="about the dictionary, not checked by reading")
    ✓ about the dictionary, not checked by reading: Most is on sport. [sum-3]
    """
    if not _ID.fullmatch(id):
        raise ValueError(f"claim id {id!r}: write a word and a number, as in 'tone-3'")
    return Claim(id, sentence, None if holds is None else bool(holds), about)


def broken(told: Iterable[tuple[str, Mapping[str, Any]]]) -> list[str]:
    """Say of each claim that does not hold, or that is made twice, what it is.

    Parameters
    ----------
    told : iterable of tuple
        Notebooks' names and claims, as `stored` gives them.

    Examples
    --------
    >>> broken([("01_corpus", {"id": "size-1", "sentence": "It is small.", "holds": False})])
    ['claim size-1 (01_corpus) does not hold: It is small.']
    """
    told = list(told)
    made = Counter(one["id"] for _, one in told)
    return [
        *(f"claim {one['id']} ({name}) does not hold: {one['sentence']}"
          for name, one in told if one["holds"] is False),
        *(f"claim {name} is made {n} times" for name, n in sorted(made.items()) if n > 1),
    ]  # fmt: skip


def stored(notebooks: Mapping[Path, Mapping[str, Any]]) -> list[tuple[str, dict[str, Any]]]:
    """Return the claims that executed notebooks carry, each with its notebook's name.

    Parameters
    ----------
    notebooks : mapping of path to notebook
        As `usru.study.study.Study.notebooks` reads them.

    Examples
    --------
    >>> data = {MIME: {"id": "size-1", "sentence": "Small.", "holds": True}}
    >>> cells = [{"cell_type": "code", "outputs": [{"data": data}]}]
    >>> stored({Path("01_corpus.ipynb"): {"cells": cells}})[0][0]
    '01_corpus'
    """
    return [
        (path.stem, dict(output["data"][MIME]))
        for path, notebook in notebooks.items()
        for cell in notebook["cells"]
        if cell["cell_type"] == "code"
        for output in cell["outputs"]
        if MIME in output.get("data", {})
    ]
