"""The pages of the site that are made from the study: each function returns the page of its name.

Headings are Markdown; all that comes from a corpus is in raw blocks of HTML, escaped, so that no
text of a corpus is ever read as markup.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import takewhile
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

import pandas as pd

from usru import schema
from usru.codebook import read_toml
from usru.corpus import FEW, Corpus
from usru.figures import FIGURES
from usru.figures.agendas import carried
from usru.show import edition
from usru.show.layers import Layer
from usru.study.home import Home, Point
from usru.study.overview import size
from usru.templates import FENCE, paragraph, render, visible

__all__ = ["FENCE", "to_edition"]

Claims = Sequence[tuple[str, Mapping[str, Any]]]  # the notebook's name and the claim
Drawn = Mapping[str, tuple[pd.DataFrame, str]]  # by name: the table that was plotted, and the SVG

CHOICES = {"story": "Story", "meeting": "Meeting", "outlet": "Outlet", "topics": "Topic",
           "speakers": "Speaker", "tone": "Tone"}  # fmt: skip
TONES = {"up": "a positive sentence", "down": "a negative sentence", "level": "a neutral sentence"}

_FRAME = "head", "measure", "foot"  # said around the marks, which a page does in its own type
_SVG, _XLINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}href"
_NAMES = {"id": "^", _XLINK: "^#"}  # before what a name inside the figure begins, by attribute

ElementTree.register_namespace("", _SVG.strip("{}"))
ElementTree.register_namespace("xlink", "http://www.w3.org/1999/xlink")


class Place(NamedTuple):
    """Where a passage is in the reading edition, and what its place is called."""

    address: str
    label: str


class Picture(NamedTuple):
    """A figure as part of a page: what it says around its marks, and these."""

    head: str
    measure: str
    foot: str
    svg: str


def to_edition(corpus: Corpus, up: str = "") -> dict[str, Place]:
    """Return for each passage of the figures its place in the reading edition.

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
    >>> to_edition(corpus)[corpus.passage("manila-breitbart", 5)].address
    'edition/manila-breitbart.html#manila-breitbart-b2'
    """
    names = corpus.labels["doc_id"]
    return {
        corpus.passage(row.doc_id, row.line): Place(
            f"{up}edition/{paragraph(row.doc_id, row.block)}", f"{names[row.doc_id]}, line {row.line}"
        )
        for row in corpus.lines.itertuples()
    }  # fmt: skip


def _inline(svg: str, name: str, passages: Mapping[str, Place]) -> Picture:
    """A figure as part of a page: names start with its own, links lead to `passages` or are cut.

    A mark that is named for a query of the explorer leads there, where all its passages are chosen.
    """
    figure = ElementTree.fromstring(svg)
    queries = {link: group.get("id", "") for group in figure.iter(f"{_SVG}g")
               if group.get("id", "").startswith("?") for link in group.iter(f"{_SVG}a")}  # fmt: skip
    figure.set("role", "group")  # inside an image, marks would be hidden from screen readers
    said = _without_frame(figure)
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
        if to is not None and link in queries:
            up, _, _ = to.address.partition("edition/")
            chosen = f"all passages, as in {to.label}"
            link.attrib.update({"href": f"{up}explorer.html{queries[link]}", "aria-label": chosen})
        elif to is not None:
            link.attrib.update({"href": to.address, "aria-label": to.label})
    return Picture(**said, svg=ElementTree.tostring(figure, encoding="unicode").strip())


def _without_frame(figure: ElementTree.Element) -> dict[str, str]:
    """Cut off what a figure says around its marks, and return it; nothing where it has no frame."""
    above, below = (float(figure.attrib.pop(f"data-{end}-height", 0)) for end in ("head", "foot"))
    said = {part: figure.attrib.pop(f"data-{part}", "") for part in _FRAME}
    for group in list(figure.iter(f"{_SVG}g")):
        for part in [part for part in group if part.get("id") in _FRAME]:
            group.remove(part)
            # A letter is drawn where it first appears, and all later ones lead there.
            figure.extend(part.iter(f"{_SVG}defs"))
    if above or below:
        left, top, width, height = map(float, figure.get("viewBox", "").split())
        height -= above + below
        figure.set("viewBox", f"{left:g} {top + above:g} {width:g} {height:g}")
        figure.attrib.update({"width": f"{width:g}pt", "height": f"{height:g}pt"})
    return said


def sheet(svg: str, name: str, title: str, passages: Mapping[str, Place]) -> str:
    """Return a figure in a frame that scrolls on a narrow screen, with a way past its many marks.

    Parameters
    ----------
    svg, name, title : str
        The drawing, a name of its own on the page, and what it is.
    passages : mapping
        Places as `to_edition` gives them.
    """
    picture = _inline(svg, name, passages)
    return render("site/sheet.html", name=name, title=title, **picture._asdict())


def gallery(drawn: Drawn, titles: Mapping[str, str]) -> str:
    """Return the page of all figures, each as a thumbnail with what was found.

    Parameters
    ----------
    drawn, titles : mapping
        Figures as `Drawn`, and titles of notebooks by name.
    """
    groups: dict[str, list[dict[str, str]]] = {}
    for name, (table, _) in drawn.items():
        figure = FIGURES[name]
        topic = titles.get(figure.notebook, "Figures").partition(": ")[0]
        shown = {"name": name, "head": figure.headline(table), "title": figure.title}
        groups.setdefault(topic, []).append(shown)
    return render("site/gallery.md", groups=groups)


def figure(
    name: str, drawn: Drawn, passages: Mapping[str, Place], told: Claims, titles: Mapping[str, str]
) -> str:
    """Return the page of one figure.

    Parameters
    ----------
    name : str
        Which.
    drawn, passages : mapping
        Figures as `Drawn`, and places as `to_edition` gives them.
    told, titles : iterable, mapping
        Claims, and titles of the notebooks that the site has, by name.
    """
    shown = _figure(name, drawn, passages)
    claims = [(notebook, claim) for notebook, claim in told if claim["id"] == FIGURES[name].claim]
    names = list(drawn)
    here = names.index(name)
    beside = {"before": names[here - 1] if here else "", "after": next(iter(names[here + 1 :]), "")}
    named = {key: FIGURES[name].title for key, name in beside.items() if name}
    return render(
        "site/figure.md", shown=shown, claims=claims, notebooks=titles, beside=beside, named=named
    )


def _figure(name: str, drawn: Drawn, passages: Mapping[str, Place]) -> dict[str, Any]:
    """What the templates show of a figure."""
    table, svg = drawn[name]
    figure = FIGURES[name]
    anchor = re.sub(r"[^\w -]", "", figure.section.lower()).replace(" ", "-")
    keys = ("name", "title", "reading", "notebook", "section")
    shown = {key: getattr(figure, key) for key in keys}
    picture = _inline(svg, name, passages)._asdict()
    return {**shown, **picture, "caption": figure.caption(table), "anchor": anchor}


def home(
    corpus: Corpus, told_first: Home, drawn: Drawn, passages: Mapping[str, Place], told: Claims,
    titles: Mapping[str, str], guides: Iterable[str] = (), modules: Iterable[str] = (),
) -> str:  # fmt: skip
    """Return the page that says what was found, how it is known and what it cannot show.

    Parameters
    ----------
    corpus : Corpus
        What the site is of.
    told_first : Home
        What the page tells, in its order.
    drawn, passages : mapping
        Figures as `Drawn`, and places as `to_edition` gives them.
    told, titles : iterable, mapping
        Claims, and titles of notebooks by name.
    guides, modules : iterable of str
        Pages of prose, and of the library.
    """
    found = {claim["id"]: {**claim, "notebook": notebook} for notebook, claim in told}

    shown = partial(_points, found=found, drawn=drawn, passages=passages)
    counts = corpus.documents["meeting"].value_counts()
    stories = corpus.meetings["meeting"].map(counts).fillna(0).astype("int64")
    return render(
        "site/home.md", title=corpus.manifest.title, lead=told_first.lead or size(corpus),
        findings=shown(told_first.findings), known=shown(told_first.known),
        limits=shown(told_first.limits), notebooks=titles, guides=list(guides), modules=list(modules),
        meetings=corpus.meetings.assign(stories=stories),
    )  # fmt: skip


def _points(
    points: Sequence[Point], found: Mapping[str, Any], drawn: Drawn, passages: Mapping[str, Place]
) -> list[dict[str, Any]]:
    """What the home page shows of each point, with its claim and its figure where these are."""
    return [
        {
            "text": point.text, "claim": found.get(point.claim),
            "figure": _figure(point.figure, drawn, passages) if point.figure in drawn else None,
        }
        for point in points
    ]  # fmt: skip


def story(corpus: Corpus, doc_id: str, layers: Sequence[Layer]) -> str:
    """Return the page of a story, in the frame of the site, where its text can be searched.

    Parameters
    ----------
    corpus, doc_id, layers : Corpus, str, sequence of Layer
        One of its documents, and what can be switched on.
    """
    article = edition.page(corpus, doc_id, layers, whole=False)
    return render("site/story.md", title=corpus.labels["doc_id"][doc_id], article=article)


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
    table = corpus.summary().merge(corpus.documents[["doc_id", "title"]])
    table["title"] = table["title"].where(
        table["title"] != "", table["doc_id"].map(corpus.labels["doc_id"])
    )
    return render("site/stories.md", stories=table)


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
    titles = {
        floor: "Python: the front door" if floor == "usru" else f"usru.{floor}" for floor in modules
    }
    return {f"reference/{floor}": render("site/reference.md", title=title, modules=modules[floor], door=floor == "usru")
            for floor, title in titles.items()}  # fmt: skip


def _passages(corpus: Corpus, layers: Sequence[Layer]) -> list[dict[str, Any]]:
    """Every paragraph with what the explorer chooses by; nothing of a layer that is not there."""
    about = corpus.documents.set_index("doc_id")
    found = {layer.name: layer for layer in layers}
    by_block = {
        "topics": _values(carried(corpus).astype({"topic": "str"}), "topic")
        if "topics" in found
        else {},
        "speakers": _values(found["quotations"].marks, "note") if "quotations" in found else {},
        "tone": _values(_directions(found["tone"].marks), "look") if "tone" in found else {},
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


def _directions(marks: pd.DataFrame) -> pd.DataFrame:
    """The marks of the tone, whatever their size."""
    return marks.assign(look=marks["look"].str.partition(" ")[0])


def explorer(corpus: Corpus, layers: Sequence[Layer]) -> str:
    """Return the page on which passages are chosen.

    Parameters
    ----------
    corpus, layers : Corpus, sequence of Layer
        Its paragraphs, and what was found in them.
    """
    rows = _passages(corpus, layers)
    labels = {
        "story": corpus.labels["doc_id"], "meeting": corpus.labels["meeting"],
        "topics": corpus.labels["topic"], "tone": TONES,
    }  # fmt: skip
    choices = list(_choices(rows, labels))
    names = {name: dict(values) for name, _, values in choices if name in ("story", "topics")}
    if len(corpus.texts) > FEW:  # a list of hundreds is no choice
        choices = choices[1:]
    read = len(corpus.coded_topics) > 0
    return render("site/explorer.md", rows=rows, choices=choices, names=names, read=read)


def _choices(
    rows: Sequence[Mapping[str, Any]], labels: Mapping[str, Mapping[str, str]]
) -> Iterator[tuple[str, str, list[tuple[str, str]]]]:
    """Each list to choose from, where there is something to choose: its name, label and values."""
    for name, label in CHOICES.items():
        each = [row[name] if isinstance(row[name], list) else [row[name]] for row in rows]
        values = set().union(*each) - {""}
        if values:
            shown = [(value, labels[name][value] if name in labels else value) for value in values]
            yield name, label, sorted(shown, key=lambda one: (one[1].casefold(), one[0]))


def _values(rows: pd.DataFrame, column: str) -> dict[tuple[str, int], list[str]]:
    """The values of a layer's column by paragraph, each once, in their order."""
    return {
        (str(doc_id), int(block)): [visible(value) for value in dict.fromkeys(values) if value]
        for (doc_id, block), values in rows.groupby(["doc_id", "block"], sort=False)[column]
    }
