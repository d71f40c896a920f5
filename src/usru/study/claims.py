"""Claims: sentences of findings, each with the check that carries it."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from usru.corpus import Corpus
from usru.templates import render

__all__ = ["MIME", "Claim", "ClaimError", "about", "claim", "stored", "told"]

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
    id : str
        The claim's address, a word and a number: ``"tone-3"``.
    sentence : str
        What was found, its numbers formatted in from the frames.
    holds : bool
        The computed check.
    strict : bool
        Whether a claim that does not hold is an error. It is for the shipped
        corpus, which the claims are about; see `about`.

    Returns
    -------
    Claim
        Shows itself in a notebook.

    Raises
    ------
    ClaimError
        When the check fails and `strict` is set.
    ValueError
        When `id` is not a word and a number.

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

    Examples
    --------
    >>> from usru import load
    >>> state = about(load())
    >>> state("size-1", "There are documents.", holds=len(load().documents) > 0)
    ✓ There are documents. [size-1]
    """

    def state(id: str, sentence: str, *, holds: bool) -> Claim:
        return claim(id, sentence, holds=holds, strict=corpus.is_shipped)

    return state


def told(notebooks: Mapping[str, Mapping[str, Any]]) -> list[tuple[str, dict[str, Any]]]:
    """Return the claims that executed notebooks carry, each with its notebook's name.

    Examples
    --------
    >>> data = {MIME: {"id": "size-1", "sentence": "Small.", "holds": True}}
    >>> told({"01_corpus": {"cells": [{"cell_type": "code", "outputs": [{"data": data}]}]}})[0][0]
    '01_corpus'
    """
    return [
        (name, dict(output["data"][MIME]))
        for name, notebook in notebooks.items()
        for cell in notebook["cells"]
        if cell["cell_type"] == "code"
        for output in cell["outputs"]
        if MIME in output.get("data", {})
    ]


def stored(folder: Path) -> list[tuple[str, dict[str, Any]]]:
    """Return the claims of the notebooks in a folder, in the order of their names.

    Examples
    --------
    >>> stored(Path("nowhere"))
    []
    """
    paths = sorted(folder.glob("[0-9]*.ipynb"))
    return told({path.stem: json.loads(path.read_text(encoding="utf-8")) for path in paths})
