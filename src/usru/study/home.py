"""What the home page of a study tells first: its findings, how they are known, what they cannot show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from usru.codebook import Text, convert, read_toml
from usru.corpus import FEW, Corpus
from usru.errors import InputError
from usru.figures import FIGURES
from usru.files import is_there
from usru.show.layers import Layer

__all__ = ["FILE", "Home", "Point", "read"]

FILE = "home.toml"
"""The file beside the manifest in which an author chooses what comes first."""

MOST = 5  # findings of a study whose author has chosen none

Claims = Sequence[tuple[str, Mapping[str, Any]]]  # the notebook's name and the claim


@dataclass(frozen=True, kw_only=True)
class Point:
    """A sentence or two for strangers, the claim that carries it, and a figure that shows it."""

    text: str = ""
    claim: str = ""
    figure: str = ""


@dataclass(frozen=True, kw_only=True)
class Home:
    """What the home page tells, in its order; `lead` says what the study is of."""

    lead: Text = ""
    findings: tuple[Point, ...] = ()
    known: tuple[Point, ...] = ()
    limits: tuple[Point, ...] = ()


def read(
    corpus: Corpus, told: Claims, drawn: Mapping[str, pd.DataFrame], layers: Sequence[Layer] = ()
) -> Home:
    """Return what an author chose, or else the first claim of each notebook with its first figure.

    Parameters
    ----------
    corpus : Corpus
        Any corpus.
    told : sequence of tuple
        Its claims, each behind the name of its notebook.
    drawn : mapping of str
        The tables of its figures, by name.
    layers : sequence of Layer
        What was found in its texts; each says how far to believe it.

    Raises
    ------
    InputError
        When the file names a figure that there is not.

    Examples
    --------
    >>> from usru import load
    >>> [point.claim for point in read(load(), [], {}).findings][:2]
    ['tone-10', 'topics-11']
    """
    path = corpus.manifest.folder / FILE
    if not is_there(path):
        return _default(corpus, told, drawn, layers)
    home: Home = convert(read_toml(path), Home, path)
    for number, finding in enumerate(home.findings, start=1):
        if finding.figure and finding.figure not in FIGURES:
            raise InputError(
                f"{path}, [[findings]] {number}, figure", f"there is no figure {finding.figure!r}",
                f"use one of {', '.join(drawn) or 'those of the notebooks'}",
            )  # fmt: skip
    return home


def _default(
    corpus: Corpus, told: Claims, drawn: Mapping[str, pd.DataFrame], layers: Sequence[Layer]
) -> Home:
    figures: dict[str, str] = {}
    for name, table in drawn.items():
        if len(table):
            figures.setdefault(FIGURES[name].notebook, name)
    claims: dict[str, str] = {}
    for notebook, claim in told:
        claims.setdefault(notebook, claim["id"])
    notebooks = sorted(figures | claims)[:MOST]
    limits = [Point(text="What rules and word lists find is only as good as they are on texts like these:"
                    " read passages before you rest on a number.")]  # fmt: skip
    if len(corpus.texts) <= FEW:
        limits.insert(0, Point(text="So few texts are a case, not a sample."))
    return Home(
        findings=tuple(Point(claim=claims.get(name, ""), figure=figures.get(name, "")) for name in notebooks),
        known=tuple(Point(text=f"{layer.label}. {layer.trust}") for layer in layers if layer.trust),
        limits=tuple(limits),
    )  # fmt: skip
