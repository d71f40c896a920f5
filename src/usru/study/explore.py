"""The explorer as an app, with the reading edition beside it."""

from collections.abc import Iterator
from functools import partial

from usru.corpus import Corpus
from usru.show import edition
from usru.study.app import EDITION, App
from usru.templates import address, render

__all__ = ["explorer"]

_CELL = """\
import usru
from usru.show.explorer import Explorer

Explorer(usru.load({folder!r}), edition={edition!r})"""


def explorer(corpus: Corpus) -> App:
    """Return the explorer of a corpus as an app.

    Parameters
    ----------
    corpus : Corpus
        Any corpus.

    Examples
    --------
    >>> from usru import load
    >>> explorer(load()).title
    'Explorer'
    """
    lead = render("explorer/lead.html", title=corpus.manifest.title)
    cell = _CELL.format(folder=str(corpus.manifest.folder.resolve()), edition=EDITION)
    return App("explorer", "Explorer", lead, cell, partial(_stories, corpus))


def _stories(corpus: Corpus) -> Iterator[tuple[str, str]]:
    """The reading edition, story by story."""
    shown = edition.layers(corpus)
    for doc_id in corpus.documents["doc_id"]:
        yield f"{address(doc_id)}.html", edition.page(corpus, doc_id, shown)
