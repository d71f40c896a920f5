"""The reading edition: each story as a page, with what the study found in it behind switches.

The page works without script: its switches are check boxes and the style sheet does the rest.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pandas as pd

from usru.corpus import Corpus
from usru.show.layers import Layer, layers
from usru.show.style import MUTED, meeting_colours
from usru.templates import address, render, visible

__all__ = ["Edition", "address", "fragment", "layers", "page", "read", "visible"]

NESTING = (
    "shared",
    "tone",
    "reports",
    "quotations",
    "dates",
    "topics",
)  # from the outermost to the innermost
HEADINGS = ["headline", "subhead"]  # no text of the story, but read with it, and always shown
NEIGHBOURS = 10  # stories before and after a page that are listed at its foot


@dataclass(frozen=True)
class Edition:
    """One story, to be read in a notebook; `html` is its markup without the style sheet."""

    doc_id: str
    html: str
    blocks: int
    paragraphs: int

    def __repr__(self) -> str:
        return f"Edition({self.doc_id!r}: {self.blocks} blocks, {self.paragraphs} paragraphs)"

    def _repr_html_(self) -> str:
        return render("edition/fragment.html", article=self.html)


def read(corpus: Corpus, doc_id: str, shown: Sequence[Layer] | None = None) -> Edition:
    """Return a story whole for a notebook, what the cleaner dropped and what was found switchable.

    Parameters
    ----------
    corpus : Corpus
        Any corpus.
    doc_id : str
        One of its documents; no such document is a `KeyError`.
    shown : sequence of Layer, optional
        What can be switched on; by default all that `layers` finds.

    Examples
    --------
    >>> from usru import load
    >>> read(load(), "manila-breitbart")
    Edition('manila-breitbart': 15 blocks, 12 paragraphs)
    """
    article = _article(corpus, doc_id, shown, pages=False, top=2)
    kinds = article["blocks"]["kind"]
    markup = render("edition/article.html", **article)
    return Edition(doc_id, markup, len(kinds), int((kinds == "body").sum()))


fragment = read  # as against a whole `page`


def page(
    corpus: Corpus, doc_id: str, shown: Sequence[Layer] | None = None, *, whole: bool = True
) -> str:
    """Return a story as a whole HTML page; other stories are expected beside it.

    A paragraph has the address ``#DOC_ID-bN``, a quotation ``#DOC_ID-qN``.

    Parameters
    ----------
    corpus, doc_id, shown
        As for `read`.
    whole : bool
        Whether with the page's head, style and script, or as the part of a page that has a title.

    Examples
    --------
    >>> from usru import load
    >>> 'id="manila-breitbart-b4"' in page(load(), "manila-breitbart", [])
    True
    """
    article = _article(corpus, doc_id, shown, pages=True, top=1 if whole else 2)
    documents = corpus.manifest.documents
    here = documents.index(article["about"])
    before, after = documents[max(0, here - NEIGHBOURS) : here], documents[here + 1 :][:NEIGHBOURS]
    template = "edition/page.html" if whole else "edition/story.html"
    return render(template, neighbours=[*before, *after], **article)


def _article(
    corpus: Corpus, doc_id: str, shown: Sequence[Layer] | None, *, pages: bool, top: int
) -> dict[str, Any]:
    """What a story's template shows; links between stories go to their pages, or stay on this."""
    corpus.raw(doc_id)  # names the documents when there is no such one
    shown = layers(corpus) if shown is None else shown
    about = next(d for d in corpus.manifest.documents if d.doc_id == doc_id)
    places = {meeting.id: meeting.place for meeting in corpus.manifest.meetings}
    blocks = _blocks(corpus, doc_id, top)
    marks, below = _by_block(doc_id, shown)
    blocks["pieces"] = [list(_pieces(b.text, marks[b.block])) for b in blocks.itertuples()]
    blocks["below"] = [below[block] for block in blocks["block"]]
    return {
        "about": about, "name": address(doc_id), "place": places.get(about.meeting, about.meeting),
        "colour": meeting_colours([*places]).get(about.meeting, MUTED), "layers": shown, "top": top,
        "blocks": blocks, "dropped": int(blocks["dropped"].sum()), "pages": pages,
        "kinds": corpus.labels["kind"], "labels": corpus.labels["doc_id"],
    }  # fmt: skip


def _blocks(corpus: Corpus, doc_id: str, top: int) -> pd.DataFrame:
    """The blocks of a story, each with its tag; the first headline alone is the title."""
    blocks = corpus.blocks
    blocks = blocks[blocks["doc_id"] == doc_id]
    heading, headline = blocks["kind"].isin(HEADINGS), blocks["kind"] == "headline"
    tags = pd.Series("p", index=blocks.index).mask(heading, f"h{top + 1}")
    tags = tags.mask(headline & (headline.cumsum() == 1), f"h{top}")
    return blocks.assign(tag=tags, dropped=~heading & (blocks["kind"] != "body"))


def _by_block(doc_id: str, shown: Sequence[Layer]) -> tuple[dict[int, Any], dict[int, Any]]:
    """The marks and the lines of one document, by block; the outermost layers first."""
    marks: dict[int, list[Any]] = defaultdict(list)
    lines: dict[int, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    order = {name: place for place, name in enumerate(NESTING)}
    for layer in sorted(shown, key=lambda layer: order.get(layer.name, len(order))):
        for mark in layer.marks.query("doc_id == @doc_id").assign(layer=layer.name).itertuples():
            marks[mark.block].append(mark)
        for line in layer.lines.query("doc_id == @doc_id").itertuples():
            lines[line.block][layer.name].append(line)
    return marks, lines


def _pieces(text: str, marks: Iterable[Any]) -> Iterator[tuple[int, int, str, list[Any]]]:
    """The text cut where a mark begins or ends: start, end, piece and its marks, outermost first."""
    spans = [mark for mark in marks if 0 <= mark.start < mark.end <= len(text)]
    starts: dict[int, list[tuple[int, Any]]] = defaultdict(list)
    for place, mark in enumerate(spans):
        starts[mark.start].append((place, mark))
    cuts = {0, len(text), *starts, *(mark.end for mark in spans)}
    active: list[tuple[int, Any]] = []
    for start, end in pairwise(sorted(cuts)):
        active = sorted([one for one in active if one[1].end > start] + starts[start])
        yield start, end, text[start:end], [mark for _, mark in active]
