"""Each story as a page to read, with what the study found in it behind switches.

What is switched on are *layers*: spans of the text, each with a short note. A layer is a frame, so
anything that finds spans can become one. The page works without script: its switches are check boxes
and the style sheet does the rest. No text of a corpus ever becomes markup.
"""

import html
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas as pd

from usru.analysis import reuse, validity, voices
from usru.analysis import tone as lexicons
from usru.analysis import topics as dictionary
from usru.corpus import Corpus
from usru.show.style import MUTED, meeting_colours

__all__ = [
    "Edition",
    "Layer",
    "address",
    "dates",
    "document",
    "fragment",
    "layers",
    "page",
    "quotations",
    "script",
    "shared",
    "stylesheet",
    "tone",
    "topics",
    "visible",
]

MARKS = ("doc_id", "block", "start", "end", "note", "look", "number")
"""Columns of a layer's marks."""

PLACE = ("doc_id", "block", "start", "end")
"""Where a passage stands."""

INSTRUMENT = "vader"
"""Scores the sentences: of those that load at once, the one that agrees best with readers."""

NESTING = ("shared", "tone", "quotations", "dates", "topics")
"""Layers from the outermost to the innermost where they overlap."""

HEADINGS = ("headline", "subhead")
"""Kinds of block that are not the story's text but are read with it, and always shown."""

NEIGHBOURS = 10
"""How many stories before and after a page are listed at its foot."""

_UNSAFE = re.compile(r"[^\w.-]+")
_DIRECTIONS = {*range(0x202A, 0x202F), *range(0x2066, 0x206A)}


@dataclass(frozen=True)
class Layer:
    """Spans of one kind that a reader can switch on.

    `name` is one word, `label` stands beside the switch, `trust` is a
    sentence on where the spans come from and how far to believe them.

    `marks` has a row for each span: `doc_id`, `block`, `start`, `end` (offsets
    in the block's text), `note` (shown beside the span, or empty), `look` (a
    class of the style sheet, or empty) and `number` (gives the span the address
    ``DOC_ID-qN``, missing where it needs none). `lines`, below a paragraph, has
    `doc_id`, `block`, `note`, and `to` and `to_block`, the passage that the
    line leads to, missing where it leads nowhere.
    """

    name: str
    label: str
    trust: str
    marks: pd.DataFrame
    lines: pd.DataFrame


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
        return f"<style>{stylesheet()}</style>\n{self.html}"


def fragment(corpus: Corpus, doc_id: str, shown: Sequence[Layer] | None = None) -> Edition:
    """Return a story for a notebook: self-contained, and at work without script.

    Parameters
    ----------
    corpus : Corpus
        Any corpus.
    doc_id : str
        One of its documents.
    shown : sequence of Layer, optional
        What can be switched on; by default all that `layers` finds.

    Returns
    -------
    Edition
        Every block of the page in order: paragraphs to read, what the cleaner
        dropped behind a switch.

    Raises
    ------
    KeyError
        When the corpus has no such document.

    Examples
    --------
    >>> from usru import load
    >>> fragment(load(), "bonn-sputnik-thaw", [])
    Edition('bonn-sputnik-thaw': 40 blocks, 23 paragraphs)
    """
    corpus.raw(doc_id)
    table = corpus.blocks
    kinds = table.loc[table["doc_id"] == doc_id, "kind"]
    shown = layers(corpus) if shown is None else shown
    markup = _article(corpus, doc_id, shown, pages=False)
    return Edition(doc_id, markup, len(kinds), int((kinds == "body").sum()))


def page(
    corpus: Corpus,
    doc_id: str,
    shown: Sequence[Layer] | None = None,
    *,
    assets: str = "",
    menu: Mapping[str, str] | None = None,
) -> str:
    """Return a story as a whole HTML page.

    Parameters
    ----------
    corpus : Corpus
        Any corpus.
    doc_id : str
        One of its documents.
    shown : sequence of Layer, optional
        What can be switched on; by default all that `layers` finds.
    assets : str
        Where ``usru.css`` and ``usru.js`` are, relative to the page; without
        it both stand in the page.
    menu : mapping, optional
        Names and addresses of other pages of the site.

    Returns
    -------
    str
        HTML. A paragraph has the address ``#DOC_ID-bN``, a quotation
        ``#DOC_ID-qN``; other stories are expected beside the page.

    Examples
    --------
    >>> from usru import load
    >>> 'id="manila-breitbart-b4"' in page(load(), "manila-breitbart", [])
    True
    """
    corpus.raw(doc_id)
    shown = layers(corpus) if shown is None else shown
    title = next(d.title for d in corpus.manifest.documents if d.doc_id == doc_id)
    body = _article(corpus, doc_id, shown, pages=True) + _neighbours(corpus, doc_id)
    return document(title, body, assets=assets, menu=menu)


def document(
    title: str, body: str, *, assets: str = "", menu: Mapping[str, str] | None = None
) -> str:
    """Wrap markup as a whole page of the house: head, menu, main part.

    Examples
    --------
    >>> "<title>1 &lt; 2</title>" in document("1 < 2", "<p>Indeed.</p>")
    True
    """
    links = "".join(
        f'<li><a href="{html.escape(to)}">{html.escape(name)}</a></li>'
        for name, to in (menu or {}).items()
    )
    if assets:
        style = f'<link rel="stylesheet" href="{html.escape(assets)}usru.css">'
        code = f'<script src="{html.escape(assets)}usru.js" defer></script>'
    else:
        style, code = f"<style>{stylesheet()}</style>", f"<script>{script()}</script>"
    navigation = f'<nav aria-label="Site"><ul>{links}</ul></nav>' if links else ""
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<title>{_text(title)}</title>\n<link rel="icon" href="data:,">\n{style}\n</head>\n'
        '<body class="usru-page">\n<a class="usru-skip" href="#main">Skip to the text</a>\n'
        f'<header>{navigation}</header>\n<main id="main">\n{body}\n</main>\n{code}\n</body>\n</html>\n'
    )


def visible(text: str) -> str:
    """Return a text with what would act or vanish on a page written out.

    Control characters and those that force a direction of reading are named by
    their number; everything else stays as it is.

    Examples
    --------
    >>> visible("a\\u202eb\\x00c")
    'a⟨U+202E⟩b⟨U+0000⟩c'
    """
    return "".join(f"⟨U+{ord(sign):04X}⟩" if _acts(sign) else sign for sign in text)


def address(doc_id: str) -> str:
    """Return a document's name as it stands in addresses and file names.

    Examples
    --------
    >>> address("my story/1")
    'my-story-1'
    """
    return _UNSAFE.sub("-", doc_id)


@cache
def stylesheet() -> str:
    """Return the style sheet; every rule is confined to what this package shows."""
    return Path(__file__).with_name("usru.css").read_text(encoding="utf-8")


@cache
def script() -> str:
    """Return the few lines of script; nothing depends on them but comfort."""
    return Path(__file__).with_name("usru.js").read_text(encoding="utf-8")


# Layers ------------------------------------------------------------------------------------------


def layers(corpus: Corpus) -> list[Layer]:
    """Return all that the study finds in a corpus and that can be switched on.

    Examples
    --------
    >>> from usru import load
    >>> [layer.name for layer in layers(load())]
    ['topics', 'quotations', 'dates', 'tone', 'shared']
    """
    return [
        topics(corpus),
        quotations(corpus, corpus.quotations, _trust_in_quotations(corpus)),
        dates(corpus),
        tone(corpus, lexicons.score(corpus.sentences, INSTRUMENT), _trust_in_tone(corpus)),
        shared(
            corpus,
            _both_ways(reuse.find(corpus)),
            "Found by the runs of words that two texts have in common.",
        ),
    ]


def topics(corpus: Corpus) -> Layer:
    """Return the words that the topic dictionary found, and each paragraph's topics.

    Examples
    --------
    >>> from usru import load
    >>> topics(load()).lines["note"].iloc[0]
    'bilateral'
    """
    paragraphs = corpus.paragraphs
    found = dictionary.code(paragraphs)
    marks = found.explode("spans", ignore_index=True)
    marks = marks.assign(
        start=[start for start, _ in marks["spans"]], end=[end for _, end in marks["spans"]]
    )
    lines = found.assign(note=found["topic"].str.replace("_", " "))
    return _layer("topics", "Topics", _trust_in_topics(corpus), marks, lines)


def dates(corpus: Corpus) -> Layer:
    """Return the temporal expressions, each with the days that it can mean.

    Examples
    --------
    >>> from usru import load
    >>> dates(load()).marks["note"].iloc[1]
    '2017-02-16'
    """
    found = corpus.dates
    notes = [
        _days(earliest, latest)
        for earliest, latest in zip(found["earliest"], found["latest"], strict=True)
    ]
    trust = "Found and resolved by rules, against the inferred date of publication."
    return _layer("dates", "Dates", trust, _placed(corpus, found).assign(note=notes))


def quotations(corpus: Corpus, found: pd.DataFrame, trust: str = "") -> Layer:
    """Return quotations with their speakers.

    Parameters
    ----------
    corpus : Corpus
        What they stand in.
    found : pandas.DataFrame
        `doc_id`, `block`, `quotation`, `start`, `end` (raw offsets), `speaker`
        (or missing) and `form`.
    trust : str
        How far to believe them.

    Examples
    --------
    >>> from usru import load
    >>> corpus = load()
    >>> one = corpus.sentences.head(1).assign(quotation=0, speaker="Sergei Lavrov", form="direct")
    >>> quotations(corpus, one).marks["note"].tolist()
    ['Sergei Lavrov']
    """
    notes = [
        "a term" if form == "scare" else str(speaker) if pd.notna(speaker) else "speaker unknown"
        for speaker, form in zip(found["speaker"], found["form"], strict=True)
    ]
    marks = _placed(corpus, found)
    marks = marks.assign(note=notes, look=marks["form"], number=marks["quotation"])
    return _layer("quotations", "Quotations and speakers", trust, marks)


def tone(corpus: Corpus, scored: pd.DataFrame, trust: str = "") -> Layer:
    """Return sentences with their tone, as a signed number and a colour.

    Parameters
    ----------
    corpus : Corpus
        What they stand in.
    scored : pandas.DataFrame
        `doc_id`, `block`, `start`, `end` (raw offsets) and `polarity` in
        [-1, 1]; missing where there is nothing to score, which gives no mark.
    trust : str
        Which instrument it is, and how well it agrees with readers.

    Examples
    --------
    >>> from usru import load
    >>> corpus = load()
    >>> tone(corpus, corpus.sentences.head(1).assign(polarity=-0.25)).marks["note"].tolist()
    ['−0.25']
    """
    scored = scored[scored["polarity"].notna()]
    notes = [f"{round(float(score), 2) + 0.0:+.2f}" for score in scored["polarity"]]
    marks = _placed(corpus, scored).assign(
        note=["0" if note == "+0.00" else note.replace("-", "−") for note in notes],
        look=[{"+": "up", "-": "down"}[note[0]] if note != "+0.00" else "level" for note in notes],
    )
    return _layer("tone", "Tone, sentence by sentence", trust, marks)


def shared(corpus: Corpus, passages: pd.DataFrame, trust: str = "") -> Layer:
    """Return passages that stand in other stories too, with the way there.

    Parameters
    ----------
    corpus : Corpus
        What they stand in.
    passages : pandas.DataFrame
        One row for each passage and other place: `doc_id`, `block`, `start`,
        `end` (raw offsets), `to`, `to_block` and `similarity` in [0, 1].
    trust : str
        How far to believe them.

    Examples
    --------
    >>> from usru import load
    >>> corpus = load()
    >>> one = corpus.sentences.head(1).assign(to="manila-breitbart", to_block=4, similarity=0.9)
    >>> shared(corpus, one).lines["note"].tolist()
    ['also in manila-breitbart, 90% alike']
    """
    notes = [
        f"also in {to}, " + ("word for word" if alike == 1 else f"{alike:.0%} alike")
        for to, alike in zip(passages["to"], passages["similarity"], strict=True)
    ]
    marks = _placed(corpus, passages.drop_duplicates(["doc_id", "block", "start", "end"]))
    return _layer("shared", "Passages shared with other stories", trust, marks,
                  passages.assign(note=notes))  # fmt: skip


def _layer(
    name: str, label: str, trust: str, marks: pd.DataFrame, lines: pd.DataFrame | None = None
) -> Layer:
    defaults = {"note": "", "look": "", "number": pd.NA}
    marks = marks.assign(**{key: value for key, value in defaults.items() if key not in marks})
    lines = marks.iloc[:0] if lines is None else lines
    lines = lines.assign(**{key: pd.NA for key in ("to", "to_block") if key not in lines})
    lines = lines[["doc_id", "block", "note", "to", "to_block"]]
    return Layer(name, label, trust, marks[list(MARKS)], lines)


def _placed(corpus: Corpus, found: pd.DataFrame) -> pd.DataFrame:
    """Spans with offsets in their block's text instead of the document."""
    found = found.reset_index(drop=True)
    starts, ends = found["start"].copy(), found["end"].copy()
    for (doc_id, block), rows in found.groupby(["doc_id", "block"], sort=False):
        places = corpus.within(doc_id, block, [*rows["start"], *rows["end"]])
        starts[rows.index], ends[rows.index] = places[: len(rows)], places[len(rows) :]
    return found.assign(start=starts, end=ends)


def _days(earliest: pd.Timestamp, latest: pd.Timestamp) -> str:
    if pd.isna(earliest) or pd.isna(latest):
        return "no day"
    first, last = f"{earliest:%Y-%m-%d}", f"{latest:%Y-%m-%d}"
    return first if first == last else f"{first} to {last}"


def _trust_in_topics(corpus: Corpus) -> str:
    told = "Told by a dictionary of words."
    table = dictionary.measured(corpus)
    if table.empty:
        return f"{told} No reader has coded these pages, so nobody knows how well."
    both, read, said = (int(table[key].sum()) for key in ("in_both", "in_reference", "in_found"))
    return (
        f"{told} On these pages it finds {both} of the {read} topics that readers coded and adds"
        f" {said - both} of its own; on other news it does much worse."
    )


def _trust_in_quotations(corpus: Corpus) -> str:
    told = "Found by their marks, speakers by the words of reporting beside them."
    table = voices.measured(corpus).set_index("what")
    if table.empty:
        return f"{told} No reader has coded these pages, so nobody knows how well."
    span, speaker = table.loc["span"], table.loc["speaker"]
    return (
        f"{told} On these pages, which the rules were made with, {span['in_both']:.0f} of"
        f" {span['in_reference']:.0f} quotations and {speaker['in_both']:.0f} of their speakers are"
        " the readers'; on other news some speakers are wrong."
    )


def _trust_in_tone(corpus: Corpus) -> str:
    told = f"Scores by {INSTRUMENT.upper()}, from -1 to 1: a count of words, not an attitude."
    table = validity.agreement(validity.paragraphs(corpus)).set_index("instrument")
    if pd.isna(table.loc[INSTRUMENT, "rho"]):
        return f"{told} No reader has coded these pages, so nobody knows how well it agrees."
    return (
        f"{told} Its ranking of the paragraphs agrees weakly with a reader's (Spearman's rho"
        f" {table.loc[INSTRUMENT, 'rho']:.2f})."
    )


def _both_ways(passages: pd.DataFrame) -> pd.DataFrame:
    """Shared passages from each side: a comment leads to its story, a story to other stories."""
    names = {"doc_id": "to", "block": "to_block"}
    again = passages.rename(columns=names | {f"again_{name}": name for name in PLACE})
    here = passages[passages["again_by"] == "story"]
    here = here.rename(columns={f"again_{name}": new for name, new in names.items()})
    columns = [*PLACE, *names.values(), "similarity"]
    both = [side.loc[:, ~side.columns.duplicated(keep="last")][columns] for side in (here, again)]
    return pd.concat(both, ignore_index=True)


# Markup ------------------------------------------------------------------------------------------


def _article(corpus: Corpus, doc_id: str, shown: Sequence[Layer], *, pages: bool) -> str:
    """A story's markup; links between stories go from page to page, or stay on this one."""
    about = next(d for d in corpus.manifest.documents if d.doc_id == doc_id)
    table = corpus.blocks
    table = table[table["doc_id"] == doc_id]
    dropped = int((~table["kind"].isin(["body", *HEADINGS])).sum())
    places = {m.id: m.place for m in corpus.manifest.meetings}
    colour = meeting_colours([m.id for m in corpus.manifest.meetings]).get(about.meeting, MUTED)
    marks, lines = _by_block(doc_id, shown)
    headings = _levels(table["kind"], top=1 if pages else 2)
    parts = [
        _block(
            doc_id, block, heading, marks.get(block.block, []), lines.get(block.block, []), pages
        )
        for block, heading in zip(table.itertuples(), headings, strict=True)
    ]
    title = "" if "headline" in set(table["kind"]) else _title(about.title, 1 if pages else 2)
    return (
        f'<article class="usru-edition" lang="en" style="--meeting:{colour}">\n'
        f'<p class="about"><bdi>{_text(about.outlet)}</bdi>, on the meeting in'
        f" <bdi>{_text(places.get(about.meeting, about.meeting))}</bdi>; published"
        f" {_date(about.published)} (<bdi>{_text(about.published_basis)}</bdi>)</p>\n"
        f"{title}{_switches(shown, dropped)}\n" + "\n".join(parts) + "\n</article>"
    )


def _title(title: str, level: int) -> str:
    return f'<h{level} dir="auto">{_text(title)}</h{level}>\n'


def _levels(kinds: pd.Series, top: int) -> Iterator[int]:
    """The level of each block's heading, 0 for what is none; there is one title."""
    titles = 0
    for kind in kinds:
        titles += kind == "headline"
        yield (top if kind == "headline" and titles == 1 else top + 1) if kind in HEADINGS else 0


def _switches(shown: Sequence[Layer], dropped: int) -> str:
    switches = [(layer.name, layer.label, layer.trust) for layer in shown]
    if dropped:
        what = "Menus, captions, links and comments: not analysed as the outlet's text."
        switches.append(("dropped", f"What the cleaner dropped ({dropped})", what))
    boxes = "".join(
        f'<li class="switch"><label><input type="checkbox" class="show-{name}">'
        f" {html.escape(label)}</label><small>{html.escape(trust)}</small></li>"
        for name, label, trust in switches
    )
    return f'<fieldset class="switches"><legend>Show</legend><ul>{boxes}</ul></fieldset>'


Mark = tuple[str, Any]
"""The layer's name and a row of its marks."""


def _by_block(
    doc_id: str, shown: Sequence[Layer]
) -> tuple[dict[int, list[Mark]], dict[int, list[Mark]]]:
    """The marks and the lines of one document, by block."""
    marks: dict[int, list[Mark]] = {}
    lines: dict[int, list[Mark]] = {}
    order = {name: place for place, name in enumerate(NESTING)}
    for layer in sorted(shown, key=lambda layer: order.get(layer.name, len(order))):
        for rows, by_block in ((layer.marks, marks), (layer.lines, lines)):
            for row in rows[rows["doc_id"] == doc_id].itertuples():
                by_block.setdefault(int(row.block), []).append((layer.name, row))
    return marks, lines


def _block(
    doc_id: str, block: Any, level: int, marks: list[Mark], lines: list[Mark], pages: bool
) -> str:
    tag = f"h{level}" if level else "p"
    kept = "" if block.kind in ("body", *HEADINGS) else " dropped"
    markup = (
        f'<{tag} id="{address(doc_id)}-b{block.block}" class="block {block.kind}{kept}"'
        f' data-kind="{block.kind}" dir="auto">{_marked(block.text, marks, address(doc_id))}</{tag}>'
    )
    return markup + _lines(lines, pages)


def _lines(lines: list[Mark], pages: bool) -> str:
    """What stands below a paragraph: one list a layer."""
    names = dict.fromkeys(name for name, _ in lines)
    return "".join(
        f'<ul class="below {name}">{"".join(_line(row, pages) for n, row in lines if n == name)}</ul>'
        for name in names
    )


def _line(row: Any, pages: bool) -> str:
    note = f"<bdi>{_text(row.note)}</bdi>"
    if pd.notna(row.to):
        there = f"{address(row.to)}-b{row.to_block}"
        place = f"{address(row.to)}.html#{there}" if pages else f"#{there}"
        note = f'<a href="{html.escape(place)}">{note}</a>'
    return f"<li>{note}</li>"


def _marked(text: str, marks: list[Mark], prefix: str) -> str:
    """The text with its marks, cut wherever one begins or ends, so that overlaps nest."""
    spans = [(name, row) for name, row in marks if 0 <= row.start < row.end <= len(text)]
    cuts = {0, len(text), *(row.start for _, row in spans), *(row.end for _, row in spans)}
    starts: dict[int, list[tuple[int, Mark]]] = {}
    for place, mark in enumerate(spans):
        starts.setdefault(mark[1].start, []).append((place, mark))
    pieces: list[str] = []
    active: list[tuple[int, Mark]] = []
    for start, end in pairwise(sorted(cuts)):
        active = [one for one in active if one[1][1].end > start] + starts.get(start, [])
        active.sort(key=lambda one: one[0])
        piece = _text(text[start:end])
        for _, (name, row) in reversed(active):
            piece = _span(name, row, prefix, piece, row.start == start, row.end == end)
        pieces.append(piece)
    return "".join(pieces)


def _span(name: str, row: Any, prefix: str, inner: str, first: bool, last: bool) -> str:
    classes = [name, *([row.look] if row.look else []), *["first"] * first, *["last"] * last]
    note = f' data-note="{_text(row.note)}"' if row.note and (first or last) else ""
    own = f' id="{prefix}-q{row.number}"' if first and pd.notna(row.number) else ""
    return f'<span{own} class="mark {" ".join(classes)}"{note}>{inner}</span>'


def _neighbours(corpus: Corpus, doc_id: str) -> str:
    """The way to the other stories, or in a large corpus to those around this one."""
    documents = corpus.manifest.documents
    here = next(place for place, d in enumerate(documents) if d.doc_id == doc_id)
    near = documents[max(0, here - NEIGHBOURS) : here + NEIGHBOURS + 1]
    items = "".join(
        f'<li><a href="{address(d.doc_id)}.html"><bdi>{_text(d.title)}</bdi></a>'
        f" <small><bdi>{_text(d.outlet)}</bdi>, {_date(d.published)}</small></li>"
        for d in near
        if d.doc_id != doc_id
    )
    head = '\n<nav class="usru-others" aria-label="Other stories"><h2>Other stories</h2>'
    return f"{head}<ul>{items}</ul></nav>" if items else ""


def _text(value: object) -> str:
    return html.escape(visible(str(value)))


def _date(day: object) -> str:
    return f"<time>{html.escape(str(day))}</time>"


def _acts(sign: str) -> bool:
    return ord(sign) in _DIRECTIONS or (unicodedata.category(sign) == "Cc" and sign not in "\n\t")
