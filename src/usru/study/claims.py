"""Claims: sentences of findings, each with the check that carries it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from usru.corpus import Corpus
from usru.templates import render

__all__ = ["MIME", "Claim", "ClaimError", "about", "claim", "stored"]

MIME = "application/vnd.usru.claim+json"
"""Type under which a notebook's output carries a claim, for `usru.study` to collect."""

_ID = re.compile(r"[a-z][a-z_]*-\d+")


class ClaimError(AssertionError):
    """A claim of the study that no longer holds."""


@dataclass(frozen=True)
class Claim:
    """A sentence of findings and whether its check holds; shown with a mark that says which."""

    id: str
    sentence: str
    holds: bool

    def __repr__(self) -> str:
        return f"{'✓' if self.holds else '✗ does not hold:'} {self.sentence} [{self.id}]"

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return {
            "text/plain": repr(self),
            "text/html": render("claim.html", claim=self),
            MIME: {"id": self.id, "sentence": self.sentence, "holds": self.holds},
        }


def claim(id: str, sentence: str, *, holds: bool, strict: bool = True) -> Claim:
    """State a finding together with its check.

    Parameters
    ----------
    id, sentence : str
        The claim's address, a word and a number (``"tone-3"``), and what was found, its
        numbers formatted in from the frames.
    holds : bool
        The computed check.
    strict : bool
        Whether a check that fails raises `ClaimError`, as for the shipped corpus; see `about`.

    Returns
    -------
    Claim
        Shows itself in a notebook.

    Examples
    --------
    >>> claim("sum-1", "One and one are 2.", holds=1 + 1 == 2)
    ✓ One and one are 2. [sum-1]
    """
    if not _ID.fullmatch(id):
        raise ValueError(f"claim id {id!r}: write a word and a number, as in 'tone-3'")
    if strict and not holds:
        raise ClaimError(f"claim {id} no longer holds: {sentence}")
    return Claim(id, sentence, bool(holds))


def about(corpus: Corpus) -> Callable[..., Claim]:
    """Return `claim` for one corpus: strict for the shipped one, showing the mark for any other.

    Parameters
    ----------
    corpus : Corpus
        What the claims are about.

    Examples
    --------
    >>> from usru import load
    >>> state = about(load())
    >>> state("size-1", "There are documents.", holds=len(load().documents) > 0)
    ✓ There are documents. [size-1]
    """
    return partial(claim, strict=corpus.is_shipped)


def stored(notebooks: Mapping[Path, Mapping[str, Any]]) -> list[tuple[str, dict[str, Any]]]:
    """Return the claims that executed notebooks carry, each with its notebook's name.

    Parameters
    ----------
    notebooks : mapping of path to notebook
        As `usru.study.reproduce.notebooks` reads them.

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
