"""The pages of the site that are made from the study: each function returns one page's markup.

A page is Markdown for Sphinx: headings are written here, all that comes from a corpus stands in raw
blocks, escaped, so that no text of a corpus is ever read as markup.
"""

import html
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from usru import schema
from usru.codebook import read_toml
from usru.corpus import Corpus
from usru.show.edition import Layer, address, visible
from usru.study.figures import FIGURES

__all__ = [
    "claims",
    "codebook",
    "explorer",
    "gallery",
    "home",
    "inline",
    "passages",
    "picture",
    "reference",
    "sheet",
    "stories",
    "to_edition",
]

FENCE = "`" * 12
"""Opens and closes a raw block; no text that is put into one holds as many."""

Claims = Sequence[tuple[str, Mapping[str, Any]]]
"""Claims as `usru.study.reproduce.stored_claims` gives them: the notebook's name and the claim."""

Drawn = Mapping[str, tuple[pd.DataFrame, str]]
"""Figures by name: the table that was plotted, and the SVG."""

_PREFIXED = re.compile(r"""\b(id="|href="#|url\(#)""")
_LINK = re.compile(r'<a xlink:href="([^"]*)" target="_blank">')


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
    lines = corpus.lines
    return {
        corpus.passage(
            doc_id, line
        ): f"{up}edition/{address(doc_id)}.html#{address(doc_id)}-b{block}"
        for doc_id, line, block in zip(lines["doc_id"], lines["line"], lines["block"], strict=True)
    }


def inline(svg: str, name: str, passages: Mapping[str, str]) -> str:
    """Return a figure to stand in a page: its names its own, its links to the reading edition.

    Parameters
    ----------
    svg : str
        As a `usru.show.plots.Drawing` gives it.
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
    >>> svg = '<?xml?>\\n<svg role="img" width="9"><a xlink:href="a.txt#L1" target="_blank"><path/></a></svg>'
    >>> inline(svg, "x", {"a.txt#L1": "edition/a.html#a-b0"})
    '<svg role="group" width="9"><a href="edition/a.html#a-b0" aria-label="a, paragraph 0"><path/></a></svg>'
    """
    svg = svg[svg.index("<svg") :]
    svg = _PREFIXED.sub(lambda match: f"{match[1]}{name}-", svg)
    svg = svg.replace('<svg role="img"', '<svg role="group"', 1)
    svg = svg.replace("*{", f"#{name}-figure_1 *{{")
    svg = re.sub(r"<metadata>.*?</metadata>\s*", "", svg, flags=re.DOTALL)

    def link(match: re.Match[str]) -> str:
        to = passages.get(html.unescape(match[1]))
        if to is None:
            return "<a>"
        doc_id, _, block = to.rpartition("#")[2].rpartition("-b")
        return f'<a href="{html.escape(to)}" aria-label="{html.escape(doc_id)}, paragraph {block}">'

    return _LINK.sub(link, svg).strip()


def sheet(svg: str, name: str, title: str, passages: Mapping[str, str]) -> str:
    """Return a figure in a frame that scrolls on a narrow screen, with a way past its marks."""
    figure = inline(svg, name, passages)
    skip = f'<a class="usru-skip" href="#after-{name}">Skip the marks of this figure</a>'
    return (
        f'<div class="usru-sheet" tabindex="0" role="group" aria-label="{_text(title)}">'
        f'{skip if "<a href" in figure else ""}{figure}</div><span id="after-{name}"></span>'
    )


def picture(name: str, drawn: Drawn, passages: Mapping[str, str]) -> str:
    """Return a figure of the study with its caption."""
    table, svg = drawn[name]
    figure = FIGURES[name]
    return (
        f'<figure class="usru-figure">{sheet(svg, name, figure.title, passages)}<figcaption>'
        f"<strong>{_text(figure.title)}.</strong> {_text(figure.caption(table))}"
        f" <em>{_text(figure.reading)}</em></figcaption></figure>"
    )


def gallery(drawn: Drawn, passages: Mapping[str, str], notebooks: Iterable[str]) -> str:
    """Return the page of all figures."""
    told = set(notebooks)
    parts = ["# Figures", "", "Marks in a figure lead to the passages that they stand for.", ""]
    for name in drawn:
        figure = FIGURES[name]
        files = ", ".join(
            f'<a href="figures/{name}.{kind}">{kind.upper()}</a>' for kind in ("csv", "svg")
        )
        parts += [f"## {figure.title}", "", _raw(picture(name, drawn, passages)), ""]
        parts += [
            _raw(f"<p><em>Source.</em> {_text(figure.source)} Data and picture: {files}.</p>")
        ]
        if figure.notebook in told:
            section = re.sub(r"[^\w -]", "", figure.section.lower()).replace(" ", "-")
            parts += ["", f"Made in [{figure.notebook}, “{figure.section}”](notebooks/{figure.notebook}.ipynb#{section})."]  # fmt: skip
        parts += [""]
    return "\n".join(parts)


# The study ---------------------------------------------------------------------------------------


def home(corpus: Corpus, drawn: Drawn, passages: Mapping[str, str], told: Claims,
         titles: Mapping[str, str], reference: Sequence[str] = ()) -> str:  # fmt: skip
    """Return the page that tells the study in two minutes.

    Parameters
    ----------
    corpus : Corpus
        What the study is of.
    drawn : mapping
        The figures.
    passages : mapping
        From `to_edition`.
    told : sequence
        The claims of the notebooks.
    titles : mapping
        Each notebook's name to its question.
    reference : sequence of str
        The pages of the reference.

    Returns
    -------
    str
        For each notebook its question, its first claims and its first figure.
    """
    parts = [
        "# The study in two minutes",
        "",
        _raw(
            f'<p class="usru-lead">{_text(corpus.manifest.title)}: read closely and counted'
            " honestly. A sentence with a ✓ is computed from the stories and checked whenever the"
            " study runs; marks in a figure lead to the passages that they stand for. So few stories"
            " are a case, not a sample: nothing here generalises to outlets.</p>"
        ),
        "",
        _raw(_meetings(corpus)),
        "",
    ]
    for name, title in titles.items():
        topic, _, question = title.partition(": ")
        own = [claim for notebook, claim in told if notebook == name][:3]
        first = next((key for key, figure in FIGURES.items() if figure.notebook == name), "")
        parts += [
            f"## {topic}",
            "",
            f"**{question[:1].upper() + question[1:]}**" if question else "",
        ]
        parts += ["", _raw("".join(map(_claim, own)))]
        if first in drawn:
            parts += ["", _raw(picture(first, drawn, passages))]
        parts += ["", f"[How this was found]({'notebooks/' + name}.ipynb)", ""]
    parts += [
        "## Read on",
        "",
        "- [Stories](stories.md): the pages themselves, with what was found in them behind switches.",
        "- [Explorer](explorer.md): choose passages by meeting, outlet, topic and more.",
        "- [Figures](gallery.md) and [claims](claims.md), all of them.",
        "- [Datasheet](datasheet.md) and [codebook](codebook.md): what the data are, and how they were coded.",
        "",
        *_contents("The study", ["stories", "explorer", "gallery", "claims"]),
        *_contents("Notebooks", [f"notebooks/{name}" for name in titles]),
        *_contents("Reference", ["datasheet", "codebook", *reference]),
    ]
    return "\n".join(parts)


def claims(told: Claims) -> str:
    """Return the table of all claims, each leading to the cell that computes it."""
    rows = "".join(
        f'<tr><td><a href="notebooks/{notebook}.html#claim-{claim["id"]}">{claim["id"]}</a></td>'
        f"<td>{_text(claim['sentence'])}</td><td>{'yes' if claim['holds'] else '<strong>no</strong>'}</td></tr>"
        for notebook, claim in told
    )
    table = _table(["claim", "what was found", "holds"], rows)
    lead = (
        "Each claim is computed by its notebook; the check beside it failed or passed when the"
        " notebook was last run. A claim's name leads to the cell that makes it."
    )
    return "\n".join(["# Claims", "", lead, "", _raw(table), ""])


def stories(corpus: Corpus) -> str:
    """Return the page that lists the stories."""
    items = "".join(
        f'<li><a href="edition/{address(d.doc_id)}.html"><bdi>{_text(d.title)}</bdi></a><br>'
        f"<small><bdi>{_text(d.outlet)}</bdi>, {d.published:%Y-%m-%d};"
        f" {d.paragraphs} paragraphs, {d.words:,} words</small></li>"
        for d in corpus.summary().merge(corpus.documents[["doc_id", "title"]]).itertuples()
    )
    lead = (
        "Each page whole and in order. Switches show topics, dates and whatever else was found, and"
        " what the cleaner dropped."
    )
    return "\n".join(
        ["# Stories", "", lead, "", _raw(f'<ul class="usru-stories">{items}</ul>'), ""]
    )


def codebook(folder: Path, layers: Iterable[Layer] = ()) -> str:
    """Return the codebook: the columns of every frame, and each file of the folder as tables."""
    parts = ["# Codebook", "", "## The frames", ""]
    for name in schema.FRAMES:
        rows = "".join(
            f"<tr><td><code>{row.column}</code></td><td>{row.dtype}</td>"
            f"<td>{_text(row.meaning)}{_among(name, row.column)}</td></tr>"
            for row in schema.describe(name).itertuples()
        )
        parts += [f"### {name}", "", _raw(_table(["column", "type", "meaning"], rows)), ""]
    for path in sorted(folder.glob("*.toml")):
        parts += [f"## {path.stem}", "", _raw(_comment(path) + _entries(read_toml(path))), ""]
    return "\n".join(parts)


def reference(modules: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return the reference, a page a floor, made by Sphinx from the docstrings of its modules.

    Examples
    --------
    >>> list(reference({"text": ["usru.text.blocks"]}))
    ['reference/text']
    """
    return {
        f"reference/{floor}": "\n".join(
            [f"# {'Front door' if floor == 'usru' else f'usru.{floor}'}", ""]
            + [
                f"## {name}\n\n```{{eval-rst}}\n.. automodule:: {name}\n   :members:\n```\n"
                for name in names
            ]
        )
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
            "to": f"edition/{address(p.doc_id)}.html#{address(p.doc_id)}-b{p.block}",
            **{name: values.get((p.doc_id, p.block), []) for name, values in by_block.items()},
        }
        for p in corpus.paragraphs.itertuples()
    ]


def explorer(corpus: Corpus, layers: Sequence[Layer]) -> str:
    """Return the page on which passages are chosen, its data in it."""
    rows = passages(corpus, layers)
    choices = "".join(_choice(rows, *names) for names in (
        ("meeting", "Meeting"), ("outlet", "Outlet"), ("topics", "Topic"),
        ("speakers", "Speaker"), ("tone", "Tone"),
    ))  # fmt: skip
    data = json.dumps(rows, separators=(",", ":"))
    for sign in "<>&":
        data = data.replace(sign, f"\\u{ord(sign):04x}")
    markup = (
        '<div class="usru-explorer"><form role="search" aria-label="Passages">'
        f'{choices}<label>Words <input type="search" name="words" autocomplete="off"></label>'
        '<button type="reset">Show all</button></form>'
        '<p class="count" role="status"></p><ol class="passages"></ol>'
        '<noscript><p>Choosing passages needs JavaScript; the <a href="stories.html">stories</a>'
        " can be read without it.</p></noscript>"
        f'<script type="application/json" class="data">{data}</script></div>'
    )
    lead = (
        "Choose paragraphs by where they stand and what was found in them; each leads to its story."
    )
    return "\n".join(["# Explorer", "", lead, "", _raw(markup), ""])


def _choice(rows: Sequence[Mapping[str, Any]], name: str, label: str) -> str:
    """A list to choose from; none where there is nothing to choose."""
    values = {v for row in rows for v in ([row[name]] if isinstance(row[name], str) else row[name])}
    if not values:
        return ""
    names = {
        "up": "a positive sentence",
        "down": "a negative sentence",
        "level": "a neutral sentence",
    }
    options = "".join(
        f'<option value="{_text(value)}">{_text(names.get(value, value) if name == "tone" else value)}</option>'
        for value in sorted(values)
    )
    return f'<label>{label} <select name="{name}"><option value="">any</option>{options}</select></label>'


def _values(rows: pd.DataFrame, column: str) -> dict[tuple[str, int], list[str]]:
    """The values of a layer's column by paragraph, each once, in their order."""
    return {
        (str(doc_id), int(block)): [visible(value) for value in dict.fromkeys(values) if value]
        for (doc_id, block), values in rows.groupby(["doc_id", "block"], sort=False)[column]
    }


# Parts -------------------------------------------------------------------------------------------


def _raw(markup: str) -> str:
    return f"{FENCE}{{raw}} html\n{markup}\n{FENCE}"


def _text(value: object) -> str:
    return html.escape(" ".join(visible(str(value)).split()))


def _claim(claim: Mapping[str, Any]) -> str:
    mark = "✓" if claim["holds"] else "✗ does not hold:"
    return f'<p class="usru-claim"><strong>{mark}</strong> {_text(claim["sentence"])}</p>'


def _meetings(corpus: Corpus) -> str:
    counts = corpus.documents["meeting"].value_counts()
    rows = "".join(
        f"<tr><td>{m.date:%Y-%m-%d}</td><td><bdi>{_text(m.place)}</bdi></td>"
        f"<td><bdi>{_text(m.occasion)}</bdi></td><td>{counts.get(m.meeting, 0)}</td></tr>"
        for m in corpus.meetings.itertuples()
    )
    return _table(["day", "place", "occasion", "stories"], rows)


def _table(head: Sequence[str], rows: str) -> str:
    cells = "".join(f'<th scope="col">{name}</th>' for name in head)
    return f'<div class="usru-table" tabindex="0" role="group" aria-label="Table of {head[0]}s"><table class="docutils"><thead><tr>{cells}</tr></thead><tbody>{rows}</tbody></table></div>'  # fmt: skip


def _contents(caption: str, names: Sequence[str]) -> list[str]:
    return (
        ["```{toctree}", ":hidden:", f":caption: {caption}", "", *names, "```", ""] if names else []
    )


def _among(name: str, column: str) -> str:
    """The closed list of a category, where a column has one."""
    values = schema.FRAMES[name][column].among
    return f": {', '.join(map(_text, values))}" if values else ""


def _comment(path: Path) -> str:
    """What the file says of itself at its head."""
    lines = path.read_text(encoding="utf-8").splitlines()
    head = [line.lstrip("# ").rstrip() for line in lines[: _head(lines)]]
    paragraphs = "\n".join(head).split("\n\n")
    return "".join(f"<p>{_text(paragraph)}</p>" for paragraph in paragraphs if paragraph)


def _head(lines: Sequence[str]) -> int:
    return next((i for i, line in enumerate(lines) if not line.startswith("#")), len(lines))


def _entries(value: Any) -> str:
    """Any TOML value as lists and definitions."""
    if isinstance(value, dict):
        items = "".join(
            f"<dt>{_text(key)}</dt><dd>{_entries(of)}</dd>" for key, of in value.items()
        )
        return f"<dl>{items}</dl>"
    if isinstance(value, list) and any(isinstance(item, dict | list) for item in value):
        return f"<ol>{''.join(f'<li>{_entries(item)}</li>' for item in value)}</ol>"
    if isinstance(value, list):
        return (
            f'<p class="usru-words">{" ".join(f"<code>{_text(item)}</code>" for item in value)}</p>'
        )
    return f"<p>{_text(value)}</p>"
