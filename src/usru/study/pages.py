"""The pages of the site that are made from the study: each function returns one page's Markdown.

Headings are Markdown; all that comes from a corpus is in raw blocks of HTML, escaped, so that no
text of a corpus is ever read as markup.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import takewhile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pandas as pd

from usru import schema
from usru.codebook import read_toml
from usru.corpus import Corpus
from usru.figures import FIGURES
from usru.show.layers import Layer
from usru.templates import FENCE, paragraph, render, visible

__all__ = [
    "FENCE", "claims", "codebook", "explorer", "gallery", "home", "inline", "passages", "reference",
    "sheet", "stories", "to_edition",
]  # fmt: skip

Claims = Sequence[tuple[str, Mapping[str, Any]]]
"""Claims as `usru.study.reproduce.stored_claims` gives them: the notebook's name and the claim."""

Drawn = Mapping[str, tuple[pd.DataFrame, str]]
"""Figures by name: the table that was plotted, and the SVG."""

CHOICES = {
    "meeting": "Meeting", "outlet": "Outlet", "topics": "Topic", "speakers": "Speaker", "tone": "Tone",
}  # fmt: skip
"""What the explorer chooses by."""

TONES = {"up": "a positive sentence", "down": "a negative sentence", "level": "a neutral sentence"}

_SVG = "{http://www.w3.org/2000/svg}"
_XLINK = "{http://www.w3.org/1999/xlink}href"
_NAMES = {"id": "^", _XLINK: "^#"}
"""Before what a name inside the figure begins, by attribute."""

ElementTree.register_namespace("", _SVG.strip("{}"))
ElementTree.register_namespace("xlink", "http://www.w3.org/1999/xlink")

# Figures -----------------------------------------------------------------------------------------


def to_edition(corpus: Corpus, up: str = "") -> dict[str, str]:
    """Return for each passage of the figures its address in the reading edition.

    Parameters
    ----------
    corpus : Corpus
        Any corpus.
    up : str
        The way from the page to the root of the site: ``"../"`` in a folder.

    Returns
    -------
    dict
        What `Corpus.passage` gives for each line that is not blank, to the
        paragraph that holds it.

    Examples
    --------
    >>> from usru import load
    >>> corpus = load()
    >>> to_edition(corpus)[corpus.passage("manila-breitbart", 5)]
    'edition/manila-breitbart.html#manila-breitbart-b2'
    """
    return {
        corpus.passage(row.doc_id, row.line): f"{up}edition/{paragraph(row.doc_id, row.block)}"
        for row in corpus.lines.itertuples()
    }


def inline(svg: str, name: str, passages: Mapping[str, str]) -> str:
    """Return a figure as part of a page: its names its own, its links to the reading edition.

    Parameters
    ----------
    svg : str
        As a `usru.figures.canvas.Drawing` gives it.
    name : str
        Set before every name inside, so that two figures do not mix.
    passages : mapping
        From `to_edition`.

    Returns
    -------
    str
        The ``svg`` element. A link to a passage that is not listed is left out.

    Examples
    --------
    >>> xmlns = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    >>> svg = f'<svg {xmlns}><a xlink:href="a.txt#L1" target="_blank"><path id="p"/></a></svg>'
    >>> inline(svg, "x", {"a.txt#L1": "edition/a.html#a-b0"}).partition("<a ")[2]
    'href="edition/a.html#a-b0" aria-label="a, paragraph 0"><path id="x-p" /></a></svg>'
    """
    figure = ElementTree.fromstring(svg)
    figure.set("role", "group")  # inside an image, marks would be hidden from screen readers
    for metadata in figure.findall(f"{_SVG}metadata"):
        figure.remove(metadata)
    for element in figure.iter():
        for key, value in element.items():
            place = _NAMES.get(key, r"url\(#")
            element.set(key, re.sub(place, rf"\g<0>{name}-", value))
    for style in figure.iter(f"{_SVG}style"):
        style.text = (style.text or "").replace("*{", f"#{name}-figure_1 *{{")
    for link in figure.iter(f"{_SVG}a"):
        to = passages.get(link.get(_XLINK, ""))
        link.attrib.clear()
        if to is not None:
            doc_id, _, block = to.rpartition("#")[2].rpartition("-b")
            link.attrib.update({"href": to, "aria-label": f"{doc_id}, paragraph {block}"})
    return ElementTree.tostring(figure, encoding="unicode").strip()


def sheet(svg: str, name: str, title: str, passages: Mapping[str, str]) -> str:
    """Return a figure in a frame that scrolls on a narrow screen, with a way past its marks."""
    return render("site/sheet.html", name=name, title=title, svg=inline(svg, name, passages))


def gallery(drawn: Drawn, passages: Mapping[str, str], notebooks: Iterable[str]) -> str:
    """Return the page of all figures."""
    figures = [_figure(name, drawn, passages) for name in drawn]
    return render("site/gallery.md", figures=figures, notebooks=list(notebooks))


def _figure(name: str, drawn: Drawn, passages: Mapping[str, str]) -> dict[str, Any]:
    """What the templates show of a figure."""
    table, svg = drawn[name]
    figure = FIGURES[name]
    anchor = re.sub(r"[^\w -]", "", figure.section.lower()).replace(" ", "-")
    own = {"caption": figure.caption(table), "svg": inline(svg, name, passages), "anchor": anchor}
    return vars(figure) | own


# The study ---------------------------------------------------------------------------------------


def home(
    corpus: Corpus, drawn: Drawn, passages: Mapping[str, str], told: Claims,
    titles: Mapping[str, str], reference: Sequence[str] = (),
) -> str:  # fmt: skip
    """Return the page that tells the study in two minutes.

    Parameters
    ----------
    corpus : Corpus
        What the study is of.
    drawn, passages : mapping
        The figures, and from `to_edition` where their marks lead.
    told : sequence
        The claims of the notebooks; the first three of each are shown.
    titles : mapping
        Each notebook's name to its question.
    reference : sequence of str
        The pages of the reference.
    """
    notebooks = []
    for name, title in titles.items():
        topic, _, question = title.partition(": ")
        first = next((key for key, figure in FIGURES.items() if figure.notebook == name), "")
        notebooks.append({
            "name": name,
            "topic": topic,
            "question": question[:1].upper() + question[1:],
            "claims": [claim for notebook, claim in told if notebook == name][:3],
            "figure": _figure(first, drawn, passages) if first in drawn else None,
        })  # fmt: skip
    counts = corpus.documents["meeting"].value_counts()
    meetings = corpus.meetings
    stories = meetings["meeting"].map(counts).fillna(0).astype("int64")
    return render(
        "site/home.md", title=corpus.manifest.title, meetings=meetings.assign(stories=stories),
        notebooks=notebooks, reference=reference,
    )  # fmt: skip


def claims(told: Claims) -> str:
    """Return the table of all claims, each leading to the cell that computes it."""
    return render("site/claims.md", told=told)


def stories(corpus: Corpus) -> str:
    """Return the page that lists the stories."""
    table = corpus.summary().merge(corpus.documents[["doc_id", "title"]])
    return render("site/stories.md", stories=table)


def codebook(folder: Path) -> str:
    """Return the codebook: the columns of every frame, and each file of the folder as tables."""
    frames = {
        name: schema.describe(name).assign(among=[column.among for column in columns.values()])
        for name, columns in schema.FRAMES.items()
    }
    paths = sorted(folder.glob("*.toml"))
    files = [(path.stem, _head(path), read_toml(path)) for path in paths]
    return render("site/codebook.md", frames=frames, files=files)


def _head(path: Path) -> list[str]:
    """What a file says of itself in the comment at its head, by paragraph."""
    lines = path.read_text(encoding="utf-8").splitlines()
    head = [line.lstrip("# ").rstrip() for line in takewhile(lambda line: line[:1] == "#", lines)]
    return list(filter(None, "\n".join(head).split("\n\n")))


def reference(modules: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return the reference, a page a floor, made by Sphinx from the docstrings of its modules.

    Examples
    --------
    >>> list(reference({"text": ["usru.text.blocks"]}))
    ['reference/text']
    """
    titles = {floor: "Front door" if floor == "usru" else f"usru.{floor}" for floor in modules}
    return {
        f"reference/{floor}": render("site/reference.md", title=titles[floor], modules=names)
        for floor, names in modules.items()
    }


# The explorer ------------------------------------------------------------------------------------


def passages(corpus: Corpus, layers: Sequence[Layer]) -> list[dict[str, Any]]:
    """Return every paragraph with what the explorer chooses by.

    Returns
    -------
    list of dict
        `story`, `meeting`, `outlet`, `text`, `to` (its address), `topics`,
        `speakers` (who is quoted in it) and `tone` (``up``, ``down``,
        ``level``: how its sentences sound), the last three empty without
        their layer.

    Examples
    --------
    >>> from usru import load
    >>> passages(load(), [])[0]["meeting"]
    'bonn'
    """
    about = corpus.documents.set_index("doc_id")
    found = {layer.name: layer for layer in layers}
    by_block = {
        "topics": _values(found["topics"].lines, "note") if "topics" in found else {},
        "speakers": _values(found["quotations"].marks, "note") if "quotations" in found else {},
        "tone": _values(found["tone"].marks, "look") if "tone" in found else {},
    }
    return [
        {
            "story": visible(p.doc_id),
            "meeting": visible(about.loc[p.doc_id, "meeting"]),
            "outlet": visible(about.loc[p.doc_id, "outlet"]),
            "text": visible(p.text),
            "to": f"edition/{paragraph(p.doc_id, p.block)}",
            **{name: values.get((p.doc_id, p.block), []) for name, values in by_block.items()},
        }
        for p in corpus.paragraphs.itertuples()
    ]


def explorer(corpus: Corpus, layers: Sequence[Layer]) -> str:
    """Return the page on which passages are chosen, its data in it."""
    rows = passages(corpus, layers)
    return render("site/explorer.md", rows=rows, choices=list(_choices(rows)))


def _choices(rows: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str, list[tuple[str, str]]]]:
    """Each list to choose from, where there is something to choose: its name, label and values."""
    for name, label in CHOICES.items():
        each = [row[name] if isinstance(row[name], list) else [row[name]] for row in rows]
        values = sorted(set().union(*each))
        if values:
            yield name, label, [(v, TONES.get(v, v) if name == "tone" else v) for v in values]


def _values(rows: pd.DataFrame, column: str) -> dict[tuple[str, int], list[str]]:
    """The values of a layer's column by paragraph, each once, in their order."""
    return {
        (str(doc_id), int(block)): [visible(value) for value in dict.fromkeys(values) if value]
        for (doc_id, block), values in rows.groupby(["doc_id", "block"], sort=False)[column]
    }
