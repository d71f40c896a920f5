"""The pages of the site that are made from the study: each function returns the page of its name.

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
from usru.corpus import FEW, Corpus
from usru.figures import FIGURES
from usru.show.layers import Layer
from usru.templates import FENCE, paragraph, render, visible

__all__ = ["FENCE", "to_edition"]

Claims = Sequence[tuple[str, Mapping[str, Any]]]  # the notebook's name and the claim
Drawn = Mapping[str, tuple[pd.DataFrame, str]]  # by name: the table that was plotted, and the SVG

CHOICES = {"meeting": "Meeting", "outlet": "Outlet", "topics": "Topic", "speakers": "Speaker",
           "tone": "Tone"}  # fmt: skip
TONES = {"up": "a positive sentence", "down": "a negative sentence", "level": "a neutral sentence"}

_SVG, _XLINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}href"
_NAMES = {"id": "^", _XLINK: "^#"}  # before what a name inside the figure begins, by attribute

ElementTree.register_namespace("", _SVG.strip("{}"))
ElementTree.register_namespace("xlink", "http://www.w3.org/1999/xlink")


def to_edition(corpus: Corpus, up: str = "") -> dict[str, str]:
    """Return for each passage of the figures its address in the reading edition.

    Parameters
    ----------
    corpus : Corpus
        What the figures are of.
    up : str
        The way from the page to the root of the site: ``"../"`` in a folder.

    Examples
    --------
    >>> from usru import load
    >>> corpus = load()
    >>> to_edition(corpus)[corpus.passage("manila-breitbart", 5)]
    'edition/manila-breitbart.html#manila-breitbart-b2'
    """
    return {corpus.passage(row.doc_id, row.line): f"{up}edition/{paragraph(row.doc_id, row.block)}"
            for row in corpus.lines.itertuples()}  # fmt: skip


def _inline(svg: str, name: str, passages: Mapping[str, str]) -> str:
    """A figure as part of a page: names start with its own, links lead to `passages` or are cut."""
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
    """Return a figure in a frame that scrolls on a narrow screen, with a way past its many marks.

    Parameters
    ----------
    svg, name, title : str
        The drawing, a name of its own on the page, and what it is.
    passages : mapping
        Addresses as `to_edition` gives them.
    """
    return render("site/sheet.html", name=name, title=title, svg=_inline(svg, name, passages))


def gallery(drawn: Drawn, passages: Mapping[str, str], notebooks: Iterable[str]) -> str:
    """Return the page of all figures.

    Parameters
    ----------
    drawn, passages : mapping
        Figures as `Drawn`, and addresses as `to_edition` gives them.
    notebooks : iterable of str
        Those that the site has.
    """
    figures = [_figure(name, drawn, passages) for name in drawn]
    return render("site/gallery.md", figures=figures, notebooks=list(notebooks))


def _figure(name: str, drawn: Drawn, passages: Mapping[str, str]) -> dict[str, Any]:
    """What the templates show of a figure."""
    table, svg = drawn[name]
    figure = FIGURES[name]
    anchor = re.sub(r"[^\w -]", "", figure.section.lower()).replace(" ", "-")
    keys = ("name", "title", "reading", "source", "notebook", "section")
    shown = {key: getattr(figure, key) for key in keys}
    shown |= {"caption": figure.caption(table), "svg": _inline(svg, name, passages)}
    return {**shown, "anchor": anchor}


def home(
    corpus: Corpus, drawn: Drawn, passages: Mapping[str, str], told: Claims,
    titles: Mapping[str, str], reference: Sequence[str] = (),
) -> str:  # fmt: skip
    """Return the page that tells the study in two minutes: questions, figures, first claims.

    Parameters
    ----------
    corpus : Corpus
        What the site is of.
    drawn, passages : mapping
        Figures as `Drawn`, and addresses as `to_edition` gives them.
    told, titles, reference : iterable, mapping, sequence of str
        Claims, titles of notebooks by name, and pages of the reference.
    """
    notebooks = []
    for name, title in titles.items():
        topic, _, question = title.partition(": ")
        first = next(
            (key for key in drawn if FIGURES[key].notebook == name and len(drawn[key][0])), ""
        )
        notebooks.append({
            "name": name, "topic": topic, "question": question[:1].upper() + question[1:],
            "claims": [claim for notebook, claim in told if notebook == name][:3],
            "figure": _figure(first, drawn, passages) if first in drawn else None,
        })  # fmt: skip
    counts = corpus.documents["meeting"].value_counts()
    stories = corpus.meetings["meeting"].map(counts).fillna(0).astype("int64")
    return render(
        "site/home.md", title=corpus.manifest.title, notebooks=notebooks, reference=reference,
        meetings=corpus.meetings.assign(stories=stories), few=len(corpus.texts) <= FEW,
    )  # fmt: skip


def claims(told: Claims) -> str:
    """Return the page of all claims.

    Parameters
    ----------
    told : iterable
        The notebook's name and the claim.
    """
    return render("site/claims.md", told=told)


def stories(corpus: Corpus) -> str:
    """Return the page of all stories.

    Parameters
    ----------
    corpus : Corpus
        Whose stories.
    """
    titles = corpus.documents[["doc_id", "title"]]
    return render("site/stories.md", stories=corpus.summary().merge(titles))


def codebook(folder: Path) -> str:
    """Return the page of the frames and of the codebook's files.

    Parameters
    ----------
    folder : path
        Where these are.
    """
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
    """Return a page a floor, which Sphinx makes from the docstrings of its modules.

    Parameters
    ----------
    modules : mapping of str
        The modules of each floor.
    """
    titles = {floor: "Front door" if floor == "usru" else f"usru.{floor}" for floor in modules}
    return {f"reference/{floor}": render("site/reference.md", title=title, modules=modules[floor])
            for floor, title in titles.items()}  # fmt: skip


def _passages(corpus: Corpus, layers: Sequence[Layer]) -> list[dict[str, Any]]:
    """Every paragraph with what the explorer chooses by; nothing of a layer that is not there."""
    about = corpus.documents.set_index("doc_id")
    found = {layer.name: layer for layer in layers}
    by_block = {
        "topics": _values(found["topics"].lines, "note") if "topics" in found else {},
        "speakers": _values(found["quotations"].marks, "note") if "quotations" in found else {},
        "tone": _values(found["tone"].marks, "look") if "tone" in found else {},
    }
    return [
        {
            "story": visible(p.doc_id), "meeting": visible(about.loc[p.doc_id, "meeting"]),
            "outlet": visible(about.loc[p.doc_id, "outlet"]), "text": visible(p.text),
            "to": f"edition/{paragraph(p.doc_id, p.block)}",
            **{name: values.get((p.doc_id, p.block), []) for name, values in by_block.items()},
        }
        for p in corpus.paragraphs.itertuples()
    ]  # fmt: skip


def explorer(corpus: Corpus, layers: Sequence[Layer]) -> str:
    """Return the page on which passages are chosen.

    Parameters
    ----------
    corpus, layers : Corpus, sequence of Layer
        Its paragraphs, and what was found in them.
    """
    rows = _passages(corpus, layers)
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
