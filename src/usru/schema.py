"""The column contracts of every frame: one source for the checks, the docs and the tests."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

__all__ = [
    "FRAMES", "KINDS", "MEASURED", "OPEN", "PLACE", "VOICES", "Column", "check", "describe", "frame", "voices_of"
]  # fmt: skip

VOICES = ("outlet", "report", "turn", "quotation")
"""Whose words a clause gives: the outlet's, its report of somebody's, somebody's as printed.

Those of a `turn` are printed under their speaker's label, as in a transcript.
"""


@dataclass(frozen=True)
class Column:
    """What a column holds: its dtype, what it means, and the values it may take.

    `least` is the smallest value of a number, `among` the closed list of a
    category, `missing` whether a value may be absent.
    """

    dtype: str
    meaning: str
    least: int | None = None
    among: tuple[str, ...] = ()
    missing: bool = False


_DOC = Column("str", "the document, as named in corpus.toml")
_START = Column("int64", "first character of the span in the raw text, from 0", least=0)
_END = Column("int64", "character after the last of the span", least=0)
_TEXT = Column("str", "the cleaned reading of the span")
_BLOCK = Column("int64", "the block's number in its document, from 0", least=0)

KINDS = (
    "headline", "subhead", "byline", "timestamp", "caption", "credit", "body",
    "separator", "nav", "related", "tags", "commenter", "comment",
)  # fmt: skip

PLACE = {
    "meeting": Column("str", "the meeting that the story is about; empty where none is"),
    "outlet": Column("str", "who published the story; empty where that is not known"),
    "line": Column("int64", "the line that the span begins on, from 1", least=1),
    "words": Column("int64", "words of the text", least=0),
}
"""Where a span is, in each frame of spans; only a corpus knows."""

_BLOCKS = {
    "doc_id": _DOC,
    "block": _BLOCK,
    "kind": Column("str", "what the block is (see the codebook)", among=KINDS),
    "rule": Column("str", "the rule that gave the block its kind"),
    "line_start": Column("int64", "first line, from 1, as an editor counts", least=1),
    "line_end": Column("int64", "last line, inclusive", least=1),
    "start": _START,
    "end": _END,
    "text": _TEXT,
    **PLACE,
}

FRAMES: Mapping[str, Mapping[str, Column]] = {
    "meetings": {
        "meeting": Column("str", "the meeting's short name"),
        "place": Column("str", "town and country"),
        "venue": Column("str", "the building"),
        "latitude": Column("float64", "degrees north", least=-90, missing=True),
        "longitude": Column("float64", "degrees east", least=-180, missing=True),
        "date": Column("datetime64[s]", "the day of the meeting"),
        "occasion": Column("str", "why they met"),
    },
    "documents": {
        "doc_id": _DOC,
        "meeting": PLACE["meeting"],
        "outlet": PLACE["outlet"],
        "title": Column("str", "the story's title"),
        "published": Column("datetime64[s]", "the calendar date of publication", missing=True),
        "published_basis": Column("str", "how that date is known"),
        "captured": Column("datetime64[s, UTC]", "the page's own clock at capture", missing=True),
        "file": Column("str", "the file, relative to the corpus folder"),
        "sha256": Column("str", "checksum of the file's bytes"),
        "n_lines": Column("int64", "lines of the file", least=1),
        "n_words": Column("int64", "words of the file, furniture and comments included", least=0),
        "problem": Column("str", "what keeps it from being read as it should be", missing=True),
    },
    "blocks": _BLOCKS,
    "lines": {
        "doc_id": _DOC,
        "line": Column("int64", "the line's number, from 1, as an editor counts", least=1),
        "block": _BLOCK,
        "kind": _BLOCKS["kind"],
        "rule": _BLOCKS["rule"],
        "start": _START,
        "end": _END,
    },
    "paragraphs": _BLOCKS,
    "sentences": {
        "doc_id": _DOC,
        "block": _BLOCK,
        "sentence": Column("int64", "the sentence's number in its document, from 0", least=0),
        "start": _START,
        "end": _END,
        "text": _TEXT,
        **PLACE,
    },
    "quotations": {
        "doc_id": _DOC,
        "block": _BLOCK,
        "quotation": Column("int64", "the quotation's number in its document, from 0", least=0),
        "start": _START,
        "end": _END,
        "text": _TEXT,
        "speaker": Column("str", "who said it; missing where nobody is said to have", missing=True),
        "cue": Column("str", "the reporting words as printed; empty where there are none"),
        "form": Column("str", "how it is quoted", among=("direct", "partial", "scare")),
        **PLACE,
    },
    "clauses": {
        "doc_id": _DOC,
        "block": _BLOCK,
        "clause": Column("int64", "the clause's number in its document, from 0", least=0),
        "start": _START,
        "end": _END,
        "text": _TEXT,
        "voice": Column("str", "whose words it gives", among=VOICES),
        "speaker": Column("str", "who said or thinks it; missing for the outlet", missing=True),
        **PLACE,
    },
    "turns": {
        "doc_id": _DOC,
        "block": _BLOCK,
        "turn": Column("int64", "the turn's number in its document, from 0", least=0),
        "start": _START,
        "end": _END,
        "text": _TEXT,
        "speaker": Column("str", "whose words they are; `anonymous` where the label names nobody"),
        "label": Column("str", "the label of the turn as printed, without its colon"),
        **PLACE,
    },
    "dates": {
        "doc_id": _DOC,
        "block": _BLOCK,
        "start": _START,
        "end": _END,
        "text": _TEXT,
        "earliest": Column("datetime64[s]", "the first day it can mean", missing=True),
        "latest": Column("datetime64[s]", "the last day it can mean", missing=True),
        "resolution": Column("str", "how it is known", among=("explicit", "partial", "relative")),
        **PLACE,
    },
    "comments": {
        "doc_id": _DOC,
        "block": _BLOCK,
        "comment": Column("int64", "the comment's number in its document, from 0", least=0),
        "commenter": Column("str", "pseudonym; missing where the page names nobody", missing=True),
        "replies_to": Column("str", "pseudonym of the reader who is answered", missing=True),
        "start": _START,
        "end": _END,
        "text": _TEXT,
        **PLACE,
    },
}


MEASURED: Mapping[str, Mapping[str, Column]] = {
    **{name: FRAMES[name] for name in ("documents", "paragraphs", "sentences", "quotations", "dates")},
    "topics": {
        "doc_id": _DOC,
        "block": _BLOCK,
        "topic": Column("str", "the topic, as named in topics.toml"),
        "hits": Column("int64", "its words in the paragraph; 0 where those around tell it", least=0),
        "spans": Column("object", "where they are in the paragraph's text, as pairs of offsets"),
    },
    "tone": {
        "doc_id": _DOC,
        "block": _BLOCK,
        "sentence": FRAMES["sentences"]["sentence"],
        "words": PLACE["words"],
    },
    "problems": {
        "doc_id": Column("str", "the document; missing where it was not taken", missing=True),
        "source": Column("str", "the file, and the place in it"),
        "problem": Column("str", "what is wrong there"),
        "mend": Column("str", "what to do about it"),
    },
}  # fmt: skip
"""The frames of a measured corpus (`usru.scale`): some of `FRAMES`, and what is derived from them.

`tone` has a column more for each instrument, of polarities in [-1, 1] that may be missing.
"""

OPEN = ("documents",)
"""Frames that may have columns of a corpus's own, behind those of the contract."""


def frame(name: str, rows: Iterable[Mapping[str, Any]], without: str = "") -> pd.DataFrame:
    """Build a frame by its contract.

    Parameters
    ----------
    name : str
        A key of `FRAMES` or `MEASURED`.
    rows : iterable of mapping
        One mapping a row, with every column's value; other keys are left out.
    without : str
        ``"doc_id"`` for a text without a corpus: neither that column nor those of `PLACE`;
        ``"place"`` for texts of a corpus whose place is added later: not those of `PLACE`.

    Returns
    -------
    pandas.DataFrame
        The contract's columns, in its order and dtypes, also when there are no rows.

    Examples
    --------
    >>> frame("blocks", [], without="doc_id").dtypes["start"]
    dtype('int64')
    """
    columns = _columns(name, without)
    rows = list(rows)
    return pd.DataFrame(
        {
            key: pd.array([row[key] for row in rows], dtype=column.dtype)
            for key, column in columns.items()
        }
    )


def voices_of(voices: Iterable[str]) -> list[str]:
    """Return the voices to tell of, in the order of `VOICES`: turns only where there are some.

    Parameters
    ----------
    voices : iterable of str
        Those of the clauses of some texts.

    Examples
    --------
    >>> voices_of(["report", "report"])
    ['outlet', 'report', 'quotation']
    """
    told = {"outlet", "report", "quotation", *voices}
    return [voice for voice in VOICES if voice in told]


def _columns(name: str, without: str) -> dict[str, Column]:
    """The contract of a frame, less what only a corpus knows."""
    contract = FRAMES[name] if name in FRAMES else MEASURED[name]
    left_out = {without, *(PLACE if without and "outlet" in contract else ())}
    return {key: column for key, column in contract.items() if key not in left_out}


def check(name: str, table: pd.DataFrame, without: str = "") -> pd.DataFrame:
    """Return a frame unchanged when it keeps its contract.

    Parameters
    ----------
    name : str
        A key of `FRAMES`.
    table : pandas.DataFrame
        The frame to check.
    without : str
        As for `frame`.

    Returns
    -------
    pandas.DataFrame
        `table` itself.

    Raises
    ------
    ValueError
        Naming the frame, the column and what the contract expects there.

    Examples
    --------
    >>> check("blocks", frame("blocks", [])).empty
    True
    """
    contract = _columns(name, without)
    columns = list(table.columns)[: len(contract) if name in OPEN else None]
    if columns != list(contract):
        raise ValueError(f"{name}: columns {list(table.columns)}, expected {list(contract)}")
    for key, column in contract.items():
        values = table[key]
        if str(values.dtype) != column.dtype:
            raise ValueError(f"{name}.{key}: dtype {values.dtype}, expected {column.dtype}")
        if not column.missing and values.isna().any():
            raise ValueError(f"{name}.{key}: a value is missing, expected none to be")
        if column.least is not None and (values < column.least).any():
            raise ValueError(f"{name}.{key}: {values.min()}, expected at least {column.least}")
        if column.among and not values.isin(column.among).all():
            strange = sorted(set(values) - set(column.among))
            raise ValueError(f"{name}.{key}: {strange}, expected one of {list(column.among)}")
    return table


def describe(name: str) -> pd.DataFrame:
    """Return a frame's contract as a table for readers.

    Parameters
    ----------
    name : str
        A key of `FRAMES`.

    Returns
    -------
    pandas.DataFrame
        One row a column: `column`, `dtype`, `meaning`.

    Examples
    --------
    >>> describe("sentences")["column"].tolist()
    ['doc_id', 'block', 'sentence', 'start', 'end', 'text', 'meeting', 'outlet', 'line', 'words']
    """
    return pd.DataFrame(
        [(key, column.dtype, column.meaning) for key, column in FRAMES[name].items()],
        columns=["column", "dtype", "meaning"],
    )
