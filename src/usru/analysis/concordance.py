"""Passages that a reader chooses, and any word of theirs in its context.

Everything that a choice is made by is laid out once, by `prepare`; what follows are pure functions of
that and of the choice, linear in the passages and in what is found.
"""

import time
from bisect import bisect_right
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import pandas as pd
import regex

from usru import schema
from usru.errors import DoesNotApply, InputError

__all__ = ["PATIENCE", "VOICES", "Passages", "coverage", "find", "lines", "prepare", "select"]

VOICES = ("all", *schema.VOICES)
"""What the choice of a voice can be."""

PATIENCE = 0.5
"""Seconds of work that a pattern is given, and once more for each 500 paragraphs; then it is refused."""

LONGEST = 300  # characters that a pattern may have

COLUMNS = [
    "doc_id", "meeting", "outlet", "block", "sentence", "line", "start", "end", "voice", "speaker",
    "topics", "reused", "words", "text", "passage",
]  # fmt: skip

Span = tuple[int, int]


@dataclass(frozen=True)
class Passages:
    """What there is to choose from.

    `table` has one row a passage, which is what one voice says in one sentence, in page order:
    `doc_id`, `meeting`, `outlet`, `block`, `sentence`, `line`, `start`, `end` (raw offsets),
    `voice`, `speaker`, `topics` (of its paragraph, separated by spaces), `reused`, `words`, `text`
    and `passage` (a link to its line). `texts` are the paragraphs' texts, `within` the paragraph of
    each passage, and `spans` its parts there, as half-open offsets.
    """

    table: pd.DataFrame
    texts: list[str]
    within: np.ndarray
    spans: list[list[Span]]


class Source(Protocol):
    """What `prepare` needs of a corpus: some of its frames, and places in them."""

    @property
    def segments(self) -> pd.DataFrame: ...
    @property
    def parts(self) -> pd.DataFrame: ...
    @property
    def paragraphs(self) -> pd.DataFrame: ...
    @property
    def topics(self) -> pd.DataFrame: ...
    def in_blocks(self, table: pd.DataFrame, /) -> pd.DataFrame: ...
    def linked(self, table: pd.DataFrame, /) -> pd.DataFrame: ...


def prepare(source: Source) -> Passages:
    """Lay out the passages of a corpus.

    Parameters
    ----------
    source : Source
        A corpus, or whatever has such frames.

    Examples
    --------
    >>> from usru import load
    >>> prepared = prepare(load())
    >>> len(prepared.table), len(prepared.texts)
    (194, 78)
    """
    table, block = source.segments, ["doc_id", "block"]
    try:
        coded = source.topics.astype({"topic": "str"}).groupby(block)["topic"].agg(" ".join)
        table = table.join(coded.rename("topics"), on=block).fillna({"topics": ""})
    except DoesNotApply:
        table = table.assign(topics="")
    table = table.assign(passage=source.linked(table)["passage"])
    numbers = pd.Series(range(len(source.paragraphs)), source.paragraphs.set_index(block).index)
    spans: dict[tuple[str, int, str, str], list[Span]] = {}
    keys = ["doc_id", "sentence", "voice", "speaker"]
    pieces = source.in_blocks(source.parts).fillna({"speaker": ""})
    for start, end, *key in pieces[["start", "end", *keys]].itertuples(index=False):
        spans.setdefault(tuple(key), []).append((start, end))
    voices = table[keys].fillna({"speaker": ""}).itertuples(index=False, name=None)
    within = numbers.reindex(table.set_index(block).index).to_numpy(dtype="int64")
    table = table[COLUMNS].astype({"topics": "str"})
    texts = source.paragraphs["text"].tolist()
    return Passages(table, texts, within, [spans[voice] for voice in voices])


def select(passages: Passages, *, context: int = 60, **choice: Any) -> pd.DataFrame:
    """Choose passages, find a pattern in them, and show each match as `lines` does.

    Parameters
    ----------
    passages : Passages
        As `prepare` gives them.
    context, **choice
        As for `lines` and `find`.

    Examples
    --------
    >>> from usru import load
    >>> found = select(prepare(load()), pattern=r"sanctions\\b", context=20)
    >>> found[["before", "keyword", "after"]].head(1).values.tolist()
    [['… of anti-Russian ', 'sanctions', '.']]
    """
    return lines(passages, find(passages, **choice), context)


def find(
    passages: Passages, *, meetings: Collection[str] = (), outlets: Collection[str] = (),
    topics: Collection[str] = (), speakers: Collection[str] = (), voice: str = "all",
    pattern: str = "",
) -> pd.DataFrame:  # fmt: skip
    """Choose passages, and find a pattern in them.

    Parameters
    ----------
    passages : Passages
        As `prepare` gives them.
    meetings, outlets, topics, speakers : collection of str
        A passage must have one of each that is named; nothing named is all.
    voice : {"all", "outlet", "report", "quotation"}
        Whose words.
    pattern : str
        A regular expression of the package regex, letter case aside; empty for no search. One that
        works longer than `PATIENCE` is refused: the clock never decides what a pattern finds.

    Returns
    -------
    pandas.DataFrame
        Without a pattern one row a passage, with it one row a match that is not empty, in page
        order: `of` (the passage's row in ``passages.table``), `matched` (bool) and `start`, `end`,
        its half-open offsets in the paragraph. A match belongs to the passage in which it begins,
        and one that begins between two passages to the next; what follows it may lie beyond.

    Examples
    --------
    >>> from usru import load
    >>> len(find(prepare(load()), pattern="sanction", voice="quotation"))
    3
    """
    expression = _compiled(pattern) if pattern else None
    wanted = {"meeting": meetings, "outlet": outlets, "speaker": speakers}
    chosen = _chosen(passages.table, wanted, topics, voice)
    if expression is None:
        spans = [(row, passages.spans[row]) for row in np.flatnonzero(chosen).tolist()]
        rows = [(row, parts[0][0], parts[-1][1]) for row, parts in spans]
    else:
        rows = _matches(passages, chosen, expression)
    of, starts, ends = np.array(rows, dtype="int64").reshape(-1, 3).T
    table = pd.DataFrame({"of": of, "matched": bool(expression), "start": starts, "end": ends})
    return table.sort_values("of", kind="stable", ignore_index=True)


def lines(passages: Passages, found: pd.DataFrame, context: int = 60) -> pd.DataFrame:
    """Show what was found in its context.

    Parameters
    ----------
    passages : Passages
        As `prepare` gives them.
    found : pandas.DataFrame
        From `find`, whole or in part.
    context : int
        Characters to show on either side, less a word that would be cut.

    Returns
    -------
    pandas.DataFrame
        One row for each of `found`: `of`, the columns of ``passages.table``, and `before`,
        `keyword`, `after`. The keyword is what was matched or, where nothing was searched for, the
        passage, its parts joined by " … ".

    Examples
    --------
    >>> from usru import load
    >>> prepared = prepare(load())
    >>> lines(prepared, find(prepared, pattern="tension"), 20)["after"].tolist()
    ['s. This was the …', 's, and said that …']
    """
    of = found["of"].tolist()
    texts = [passages.texts[paragraph] for paragraph in passages.within[of].tolist()]
    rows = [
        (
            _before(text, row.start, context),
            text[row.start : row.end] if row.matched
            else " … ".join(text[start:end].strip() for start, end in passages.spans[row.of]),
            _after(text, row.end, context),
        )
        for text, row in zip(texts, found.itertuples(), strict=True)
    ]  # fmt: skip
    table = passages.table.take(of).reset_index(drop=True)
    table.insert(0, "of", pd.Series(of, dtype="int64"))
    return table.join(pd.DataFrame(rows, columns=["before", "keyword", "after"], dtype="str"))


def coverage(passages: Passages, selection: pd.DataFrame, by: str = "doc_id") -> pd.DataFrame:
    """Return how much of each story, or meeting, a selection covers.

    Parameters
    ----------
    passages : Passages
        As `prepare` gives them.
    selection : pandas.DataFrame
        From `select` or `find`.
    by : str
        A column of the passages: ``"doc_id"``, ``"meeting"``, ``"outlet"``.

    Returns
    -------
    pandas.DataFrame
        One row a unit, also where nothing of it is chosen: `by`, `passages`, `words` of the chosen
        passages, `of` (all its words) and `share` in [0, 1], missing where it has none. A passage
        with several matches counts once.

    Examples
    --------
    >>> from usru import load
    >>> prepared = prepare(load())
    >>> coverage(prepared, select(prepared), "meeting")["share"].tolist()
    [1.0, 1.0, 1.0]
    """
    of = passages.table.groupby(by, sort=False)["words"].sum()
    chosen = passages.table.loc[selection["of"].unique()].groupby(by)["words"]
    counts = chosen.agg(passages="size", words="sum").reindex(of.index, fill_value=0)
    table = counts.assign(of=of, share=counts["words"] / of.where(of > 0)).reset_index()
    numbers = dict.fromkeys(["passages", "words", "of"], "int64")
    return table.astype({by: "str", "share": "float64"} | numbers)


# Choosing ----------------------------------------------------------------------------------------


def _chosen(
    table: pd.DataFrame, wanted: Mapping[str, Collection[str]], topics: Collection[str], voice: str
) -> np.ndarray:
    if voice not in VOICES:
        raise InputError(f"voice {voice!r}", "there is no such voice", f"use {', '.join(VOICES)}")
    chosen = np.ones(len(table), dtype=bool)
    for column, values in wanted.items():
        if values:
            chosen &= table[column].isin(list(values)).to_numpy(dtype=bool)
    if topics:
        on = [not set(topics).isdisjoint(coded.split()) for coded in table["topics"]]
        chosen &= np.array(on, dtype=bool)
    if voice != "all":
        chosen &= (table["voice"] == voice).to_numpy(dtype=bool)
    return chosen


def _compiled(pattern: str) -> "regex.Pattern[str]":
    if len(pattern) > LONGEST:
        raise InputError("the search", f"it is longer than {LONGEST} characters", "shorten it")
    try:
        return regex.compile(pattern, regex.IGNORECASE | regex.VERSION0, cache_pattern=False)
    except Exception as error:  # the parser lets many kinds of error through
        known = isinstance(error, regex.error | ValueError)
        why = str(error) if known else "it is nested too deeply"
        raise InputError("the search", f"it cannot be read ({why})", "mend the pattern") from None


def _matches(
    passages: Passages, chosen: np.ndarray, expression: "regex.Pattern[str]"
) -> list[tuple[int, int, int]]:
    """Matches in the chosen passages: the passage's row, and the place in its paragraph."""
    parts: dict[int, list[tuple[Span, int]]] = {}
    for row in np.flatnonzero(np.isin(passages.within, passages.within[chosen])).tolist():
        spans = [(span, row) for span in passages.spans[row]]
        parts.setdefault(int(passages.within[row]), []).extend(spans)
    until = time.process_time() + PATIENCE * (1 + len(parts) / 500)
    is_chosen = chosen.tolist()
    found = []
    try:
        for paragraph, known in parts.items():
            known.sort()
            ends = [end for (_, end), _ in known]
            rows = [row for _, row in known] + [known[-1][1]]
            left = until - time.process_time()
            if left <= 0:
                raise TimeoutError
            for match in expression.finditer(passages.texts[paragraph], timeout=left):
                start, end = match.span()
                row = rows[bisect_right(ends, start)]
                if start < end and is_chosen[row]:
                    found.append((row, start, end))
    except (TimeoutError, MemoryError):
        why = "it would take too long: parts of it can match the same text in too many ways"
        mend = "repeat no group that repeats something itself, as in (a+)+"
        raise InputError("the search", why, mend) from None
    return found


# Places and contexts -----------------------------------------------------------------------------


def _before(text: str, start: int, context: int) -> str:
    begin = start - context
    if begin <= 0:
        return text[:start]
    shown = text[begin:start]
    if _is_cut(text, begin) and " " in shown:
        shown = shown.partition(" ")[2]
    return "… " + shown.lstrip()


def _after(text: str, end: int, context: int) -> str:
    stop = end + context
    if stop >= len(text):
        return text[end:]
    shown = text[end:stop]
    if _is_cut(text, stop) and " " in shown:
        shown = shown.rpartition(" ")[0]
    return shown.rstrip() + " …"


def _is_cut(text: str, at: int) -> bool:
    """Whether a place is inside a word."""
    return not text[at - 1].isspace() and not text[at].isspace()
