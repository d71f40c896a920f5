"""Raw text to blocks: which lines of a page dump belong together, and what each run is.

The reading goes from the sure to the likely. Lines that are one hard-wrapped paragraph are joined
(`usru.text.lines`), and what shows its kind on its face is labelled by a *cue*: a date line, a
credit, a menu entry (`usru.text.furniture`). What no cue settles is settled by *position*. The
story is the heaviest run of lines, sentences weighing for it and furniture against it; the
headline is the title above it; readers' comments begin at a label that commenters follow. The
rule that gave a block its kind is kept in its row.
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import pandas as pd

from usru import schema
from usru.codebook import LAYOUTS, Outlets
from usru.errors import InputError
from usru.text import discussion, furniture, headline, story
from usru.text.furniture import Cues, Label
from usru.text.lines import LINE, Unit, clean, joined, line_starts, units
from usru.text.page import Page

__all__ = ["Block", "clean", "find", "line_rows", "line_starts", "lines", "listed", "rows"]

_Labelled = tuple[Unit, Label]


class Block(NamedTuple):
    """A block of a page, as a row of its frame."""

    block: int
    kind: str
    rule: str = ""
    line_start: int = 1
    line_end: int = 1
    start: int = 0
    end: int = 0
    text: str = ""


def listed(blocks: pd.DataFrame) -> list[Block]:
    """Return the rows of a frame of blocks, which are read many times faster one by one.

    Parameters
    ----------
    blocks : pandas.DataFrame
        As `find` gives them; other columns are left out, and not every finder needs all of these.
    """
    columns = (
        blocks[name].tolist() if name in blocks else [Block._field_defaults[name]] * len(blocks)
        for name in Block._fields
    )
    return list(map(Block, *columns))


def find(
    raw: str,
    outlet: str | None = None,
    outlets: Outlets | None = None,
    *,
    title: str | None = None,
    layout: str = "page",
) -> pd.DataFrame:
    """Divide a page dump into blocks and say what each one is.

    Parameters
    ----------
    raw : str
        The page as plain text, with any line ends.
    outlet : str, optional
        The outlet's name in ``outlets.toml``, to add its own furniture to what
        many sites share. An outlet that is not in the file adds nothing.
    outlets : Outlets, optional
        ``outlets`` of a `usru.codebook.Codebook`; the shipped ones by default.
    title : str, optional
        The story's title where it is known; the line that prints it is the headline.
    layout : {"page", "article"}
        ``"article"`` for a text that is clean already, as from the column of a
        table: every paragraph is body, and nothing is judged but the title.

    Returns
    -------
    pandas.DataFrame
        One row a block, in page order: `block` (from 0), `kind`, `rule`,
        `line_start` and `line_end` (from 1, inclusive), `start` and `end`
        (half-open character offsets of those whole lines) and `text`. Every
        line that is not blank belongs to exactly one block.

    Examples
    --------
    >>> page = "Menu\\n\\nEnvoys meet in Vienna again\\n\\nBy Ann Lee\\n\\nTwo envoys met in Vienna on Monday.\\n"
    >>> find(page)[["kind", "line_start", "text"]]
           kind  line_start                                 text
    0       nav           1                                 Menu
    1  headline           3          Envoys meet in Vienna again
    2    byline           5                           By Ann Lee
    3      body           7  Two envoys met in Vienna on Monday.
    """
    found = rows(raw, outlet, outlets, title=title, layout=layout)
    return schema.frame("blocks", map(Block._asdict, found), without="doc_id")


def rows(
    raw: str,
    outlet: str | None = None,
    outlets: Outlets | None = None,
    *,
    title: str | None = None,
    layout: str = "page",
) -> list[Block]:
    """Return the rows of `find`, for a frame of many pages.

    Parameters
    ----------
    raw, outlet, outlets, title, layout
        As for `find`.
    """
    if layout not in LAYOUTS:
        raise InputError("layout", f"{layout!r} is none", f"use {' or '.join(LAYOUTS)}")
    paragraphs = list(units(raw))
    cues = furniture.cues(outlet, outlets)
    is_page = layout == "page"
    labels = _page(paragraphs, cues, title) if is_page else _article(paragraphs, title)
    return [
        Block(
            number, label.kind, label.rule, unit.first, unit.last, unit.start, unit.end,
            _text(raw, unit, label),
        )
        for number, (unit, label) in enumerate(_merged(raw, paragraphs, labels))
    ]  # fmt: skip


def _text(raw: str, unit: Unit, label: Label) -> str:
    """A block as it is read; readers break their comments' lines themselves."""
    if label.kind == "comment":
        return clean(raw[unit.start : unit.end], keep_lines=True)
    return unit.text


def lines(raw: str, blocks: pd.DataFrame) -> pd.DataFrame:
    """Return the lines of a page that are not blank, each with the block it belongs to.

    Parameters
    ----------
    raw : str
        The page as plain text.
    blocks : pandas.DataFrame
        Its blocks, as `find` gives them.

    Examples
    --------
    >>> page = "Envoys meet again\\n\\nTwo envoys met in Vienna on Monday for new talks.\\n"
    >>> lines(page, find(page))["kind"].tolist()
    ['headline', 'body']
    """
    return schema.frame("lines", line_rows(raw, listed(blocks)), without="doc_id")


def line_rows(raw: str, blocks: Sequence[Block]) -> list[dict[str, Any]]:
    """Return the rows of `lines`, for a frame of many pages.

    Parameters
    ----------
    raw, blocks : str, sequence of Block
        The page as plain text, and its blocks.
    """
    every = enumerate(LINE.finditer(raw), start=1)
    printed = {number: match.span(1) for number, match in every if match[1].strip()}
    return [
        {"line": number, "block": block.block, "kind": block.kind, "rule": block.rule,
         "start": printed[number][0], "end": printed[number][1]}
        for block in blocks
        for number in range(block.line_start, block.line_end + 1)
        if number in printed
    ]  # fmt: skip


def _page(units: Sequence[Unit], cues: Cues, title: str | None) -> list[Label]:
    """One label a unit of a page: above the story, in it, below it, and in the readers' comments."""
    page = Page.read(units, cues)
    comments = discussion.start(page)
    page, start, stop = story.find(page, comments)
    titled = headline.find(page, start, stop, title)
    # A headline belongs to the story unless a menu parts them; the story then keeps its own start.
    if titled is not None and (titled >= start or page.is_below(titled, start)):
        start = titled + 1
    stop = max(start, stop)
    comments = max(stop, comments)
    above = story.labels(page, start, stop, comments, titled)
    return [*above, *discussion.labels(page, comments)]


def _article(units: Sequence[Unit], title: str | None) -> list[Label]:
    """A text that is clean already: its title, where it is known and printed first, and its body."""
    kinds = [
        Label("body", "article") if any(map(str.isalnum, unit.text)) else Label("separator", "no-letters")
        for unit in units
    ]  # fmt: skip
    if headline.known(units[:1], title) is not None:
        kinds[0] = Label("headline", "title-that-is-known")
    return kinds


def _merged(raw: str, units: Sequence[Unit], labels: Sequence[Label]) -> Iterator[_Labelled]:
    """Join a comment's paragraphs, and the lines that name one commenter."""
    runs: list[tuple[list[Unit], Label]] = []
    for unit, label in zip(units, labels, strict=True):
        if runs and _belongs(unit, label, *runs[-1]):
            runs[-1][0].append(unit)
        else:
            runs.append(([unit], label))
    return ((joined(raw, held), label) for held, label in runs)


def _belongs(unit: Unit, label: Label, held: Sequence[Unit], kept: Label) -> bool:
    is_near = label.kind == "comment" or unit.first == held[-1].last + 1
    return label.kind == kept.kind and label.kind in ("comment", "commenter") and is_near
