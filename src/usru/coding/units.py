"""What is coded: paragraphs, passages or quotations, all of them or some."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from usru import codings
from usru.analysis import agreement
from usru.codings import Sheet
from usru.corpus import Corpus
from usru.errors import InputError

__all__ = ["KINDS", "Key", "Kind", "chosen", "find", "index", "key_columns", "keyed", "listed", "sample", "shuffled"]  # fmt: skip

Key = tuple[str, ...]
"""What a unit is known by: its document and line, and its words where a line has several."""


class Kind(NamedTuple):
    """A kind of coding: its file and column, how values differ, and what a unit is known by."""

    file: str
    column: str
    level: agreement.Level
    key: tuple[str, ...]

    @property
    def several(self) -> bool:
        """Whether a unit can have several values."""
        return self.level == "sets"


_PARAGRAPH = ("doc_id", "line")
_PASSAGE = (*_PARAGRAPH, "text")

KINDS: Mapping[str, Kind] = {
    "topics": Kind("topics", "topics", "sets", _PARAGRAPH),
    "valence": Kind("valence", "valence", "interval", _PARAGRAPH),
    "voice": Kind("voice", "voice", "nominal", _PASSAGE),
    "speakers": Kind("quotations", "speaker", "nominal", _PASSAGE),
}
"""What can be coded, by the name that the coder says."""


def find(corpus: Corpus, what: str) -> pd.DataFrame:
    """Return the passages that are to be coded.

    Parameters
    ----------
    corpus : Corpus
        Any corpus. Speakers are those of quotations, which are found in English texts only.
    what : str
        One of `KINDS`. Topics and valence are of paragraphs; voice of the clauses of the reference
        coding, or of sentences where there is none; speakers of quotations. A passage
        whose words come again in its line is there once.

    Returns
    -------
    pandas.DataFrame
        In page order: `doc_id`, `line`, `text`, and `block`, `start` and `end`, where it is.

    Examples
    --------
    >>> from usru import load
    >>> find(load(), "speakers")["text"].iloc[0]
    'many issues to discuss'
    """
    columns = ["doc_id", "line", "text", "block", "start", "end"]
    paragraphs = corpus.paragraphs
    if KINDS[what].key == _PARAGRAPH:
        return paragraphs.assign(line=paragraphs["line_start"])[columns]
    if what == "speakers":
        table = corpus.quotations
    else:
        spans = corpus.coded_clauses if len(corpus.coded_clauses) else corpus.sentences
        # The reference has the line of the paragraph for a clause, that of its own for a quotation.
        first = paragraphs[["doc_id", "block", "line_start"]]
        table = spans.merge(first, on=["doc_id", "block"]).assign(line=lambda t: t["line_start"])
    return table[columns].drop_duplicates(["doc_id", "line", "text"], ignore_index=True)


def _with_rest(corpus: Corpus, table: pd.DataFrame) -> pd.DataFrame:
    """Units with the rest of their paragraph, before and after them."""
    around = corpus.paragraphs[["doc_id", "block", "text"]].rename(columns={"text": "around"})
    placed = corpus.in_blocks(table).merge(around, on=["doc_id", "block"], how="left")
    places = [*zip(placed["around"], placed["start"], placed["end"], strict=True)]
    before = [text[:start] for text, start, _ in places]
    after = [text[end:] for text, _, end in places]
    return table[["doc_id", "line", "text"]].assign(before=before, after=after)


def key_columns(what: str) -> list[str]:
    """Return the columns that a unit is known by.

    Parameters
    ----------
    what : str
        One of `KINDS`.

    Examples
    --------
    >>> key_columns("topics"), key_columns("voice")
    (['doc_id', 'line'], ['doc_id', 'line', 'text'])
    """
    return list(KINDS[what].key)


def index(table: pd.DataFrame, what: str) -> pd.MultiIndex:
    """Return what units are known by, as the index of what is said of them.

    Parameters
    ----------
    table, what : pandas.DataFrame, str
        The columns of `key_columns`, of any type, and one of `KINDS`.

    Examples
    --------
    >>> index(pd.DataFrame({"doc_id": ["a"], "line": [3]}), "topics").tolist()
    [('a', '3')]
    """
    return pd.MultiIndex.from_frame(table[key_columns(what)].astype("str").astype("object"))


def keyed(table: pd.DataFrame, what: str) -> list[Key]:
    """Return the key of each row.

    Parameters
    ----------
    table, what : pandas.DataFrame, str
        The columns of a key, and one of `KINDS`.

    Examples
    --------
    >>> keyed(pd.DataFrame({"doc_id": ["a"], "line": [3]}), "topics")
    [('a', '3')]
    """
    return list(table[key_columns(what)].astype("str").itertuples(index=False, name=None))


def shuffled(found: Iterable[Key], seed: str) -> list[Key]:
    """Return keys in an order that a seed gives; those that stay keep theirs when others come.

    Parameters
    ----------
    found, seed : iterable of tuple, str
        Keys, and any text.

    Examples
    --------
    >>> three = shuffled([("a",), ("b",), ("c",)], "anna")
    >>> [key for key in three if key != ("c",)] == shuffled([("a",), ("b",)], "anna")
    True
    """
    return sorted(found, key=lambda key: hashlib.sha256(json.dumps([seed, *key]).encode()).digest())


def sample(table: pd.DataFrame, what: str, n: int) -> pd.DataFrame:
    """Return some of the units, the same for every coder; a larger sample holds the smaller.

    Parameters
    ----------
    table, what : pandas.DataFrame, str
        As `find` gives it, and of what.
    n : int
        How many, at least 1.

    Examples
    --------
    >>> from usru import load
    >>> len(sample(find(load(), "topics"), "topics", 20))
    20
    """
    if n < 1:
        raise InputError(f"--n {n}", "that is nothing to code", "name a number from 1 on")
    chosen = {*shuffled(keyed(table, what), "sample")[:n]}
    return table[[key in chosen for key in keyed(table, what)]].reset_index(drop=True)


def listed(table: pd.DataFrame, what: str, path: Path) -> pd.DataFrame:
    """Return the units that a coding sheet lists.

    Parameters
    ----------
    table, what : pandas.DataFrame, str
        As `find` gives it, and of what.
    path : path
        CSV with `doc_id` and `line`, and `text` where a line has several units: without it all of
        the line are meant. Other columns are left alone.

    Raises
    ------
    InputError
        Where a row is no passage of this kind.
    """
    sheet = codings.texts(path, Sheet)
    by = [column for column in key_columns(what) if column in sheet]
    rows = [*table[by].astype("str").itertuples(index=False, name=None)]
    wanted, known = [*sheet[by].itertuples(index=False, name=None)], {*rows}
    for line, row in zip(sheet.index, wanted, strict=True):
        if row not in known:
            why = f"{row[0]} line {row[1]} is no passage whose {what} can be coded"
            raise InputError(f"{path}, line {line}", why, "take the row out or correct it")
    among = {*wanted}
    return table[[row in among for row in rows]].reset_index(drop=True)


def chosen(
    corpus: Corpus, what: str, sheet: str | Path | None = None, n: int | None = None
) -> pd.DataFrame:
    """Return the units of a sheet, some of all, or all, each with the rest of its paragraph.

    Where there is none, that is an error.

    Parameters
    ----------
    corpus, what : Corpus, str
        Any corpus, and one of `KINDS`.
    sheet, n : path, int, optional
        As for `listed` and `sample`.

    Returns
    -------
    pandas.DataFrame
        In page order: `doc_id`, `line`, `text`, and `before` and `after`, empty for a paragraph.

    Examples
    --------
    >>> from usru import load
    >>> one = chosen(load(), "speakers").iloc[0]
    >>> one["text"], one["after"][:15]
    ('many issues to discuss', '" and also an o')
    """
    table = find(corpus, what)
    table = table if sheet is None else listed(table, what, Path(sheet))
    table = table if n is None else sample(table, what, n)
    if table.empty:
        raise InputError(what, "there is no passage to code", "code something else, or other texts")
    return _with_rest(corpus, table)
