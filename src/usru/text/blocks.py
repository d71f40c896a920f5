"""Raw text to blocks: which lines of a page dump belong together, and what each run is.

The reading goes from the sure to the likely. Lines that are one hard-wrapped paragraph are joined
(`usru.text.lines`), and what shows its kind on its face is labelled by a *cue*: a date line, a
credit, a menu entry (`usru.text.furniture`). What no cue settles is settled by *position*. The
story is the heaviest run of lines, sentences weighing for it and furniture against it; the
headline is the title above it; readers' comments begin at a label that commenters follow. The
rule that gave a block its kind is kept in its row.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pandas as pd

from usru import schema
from usru.codebook import LAYOUTS
from usru.errors import InputError
from usru.text import furniture
from usru.text.furniture import Label
from usru.text.lines import LINE, Unit, clean, content, joined, line_starts, places, units
from usru.text.page import Page, known_title

__all__ = ["clean", "content", "find", "line_starts", "lines", "places"]


def find(
    raw: str,
    outlet: str | None = None,
    codebook: str | Path | None = None,
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
    codebook : path, optional
        A folder with an ``outlets.toml`` of its own, which adds to that of the package.
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
        line that is not blank belongs to exactly one block. A text without
        any gives a frame without rows.

    Raises
    ------
    InputError
        When `layout` is neither of the two, or ``outlets.toml`` has an unknown
        entry, or a pattern that does not compile or could run for ever.

    Notes
    -----
    Linear in the length of `raw`.

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
    if layout not in LAYOUTS:
        raise InputError("layout", f"{layout!r} is none", f"use {' or '.join(LAYOUTS)}")
    paragraphs = list(units(raw))
    cues = furniture.read(outlet, codebook)
    if layout == "page":
        labels = Page(paragraphs, cues, title).labels()
    else:
        labels = _article(paragraphs, title)
    rows = [
        {
            "kind": label.kind,
            "rule": label.rule,
            "line_start": unit.first,
            "line_end": unit.last,
            "start": unit.start,
            "end": unit.end,
            "text": unit.text
            if label.kind != "comment"
            else clean(raw[unit.start : unit.end], keep_lines=True),
        }
        for unit, label in _merged(raw, paragraphs, labels)
    ]
    for number, row in enumerate(rows):
        row["block"] = number
    return schema.frame("blocks", rows, without="doc_id")


def lines(raw: str, blocks: pd.DataFrame) -> pd.DataFrame:
    """Return the lines of a page that are not blank, each with the block it belongs to.

    Parameters
    ----------
    raw : str
        The page as plain text.
    blocks : pandas.DataFrame
        Its blocks, as `find` gives them.

    Returns
    -------
    pandas.DataFrame
        One row a line: `line` (from 1), `block`, `kind`, `rule`, `start`, `end`.

    Examples
    --------
    >>> page = "Envoys meet again\\n\\nTwo envoys met in Vienna on Monday for new talks.\\n"
    >>> lines(page, find(page))["kind"].tolist()
    ['headline', 'body']
    """
    printed = [
        (number, match.start(1), match.end(1))
        for number, match in enumerate(LINE.finditer(raw), start=1)
        if match[1].strip()
    ]
    rows = []
    at = iter(blocks.itertuples())
    block = next(at, None)
    for number, start, end in printed:
        while block is not None and block.line_end < number:
            block = next(at, None)
        if block is not None:
            rows.append(
                {"line": number, "block": block.block, "kind": block.kind, "rule": block.rule,
                 "start": start, "end": end}
            )  # fmt: skip
    return schema.frame("lines", rows, without="doc_id")


def _article(units: Sequence[Unit], title: str | None) -> list[Label]:
    """A text that is clean already: its title, where it is known and printed first, and its body."""
    kinds = [
        Label("body", "article")
        if any(map(str.isalnum, unit.text))
        else Label("separator", "no-letters")
        for unit in units
    ]
    headline = known_title(units[:1], title)
    if headline is not None:
        kinds[headline] = Label("headline", "title-that-is-known")
    return kinds


def _merged(
    raw: str, units: Sequence[Unit], labels: Sequence[Label]
) -> Iterator[tuple[Unit, Label]]:
    """Join a comment's paragraphs, and the lines that name one commenter."""
    held: list[Unit] = []
    kept: Label | None = None
    for unit, label in zip(units, labels, strict=True):
        same = kept is not None and label.kind == kept.kind
        joins = label.kind == "comment" or (
            label.kind == "commenter" and bool(held) and unit.first == held[-1].last + 1
        )
        if kept is not None and not (same and joins):
            yield joined(raw, held), kept
            held = []
        if not held:
            kept = label
        held.append(unit)
    if kept is not None:
        yield joined(raw, held), kept
