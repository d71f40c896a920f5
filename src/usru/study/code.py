"""The coder as an app."""

from pathlib import Path

from usru.coding import units
from usru.coding.decisions import Coding
from usru.corpus import Corpus
from usru.study.app import App
from usru.templates import render

__all__ = ["coder"]

_CELL = """\
import usru
from usru.show.coder import Coder

Coder(usru.load({folder!r}), {what!r}, {name!r}, round={round}, sheet={sheet!r}, n={n})"""


def coder(
    corpus: Corpus, what: str = "topics", name: str | None = None, round: int = 1,
    sheet: Path | None = None, n: int | None = None,
) -> App:  # fmt: skip
    """Return the coding of a corpus as an app; what cannot be coded is refused here.

    Parameters
    ----------
    corpus, what, name, round : Corpus, str, str, int
        As for `usru.coding.decisions.Coding`; without a name the app asks for one.
    sheet, n : path, int
        As for `usru.coding.units.chosen`.

    Examples
    --------
    >>> from usru import load
    >>> coder(load(), "valence").title
    'Coding: valence'
    """
    chosen = units.chosen(corpus, what, sheet, n)
    if name is not None:
        Coding(corpus, what, name, round, of=chosen)
    lead = render("coder/lead.html", title=corpus.manifest.title)
    where = None if sheet is None else str(sheet.resolve())
    folder = str(corpus.manifest.folder.resolve())
    cell = _CELL.format(folder=folder, what=what, name=name, round=round, sheet=where, n=n)
    return App("coder", f"Coding: {what}", lead, cell)
