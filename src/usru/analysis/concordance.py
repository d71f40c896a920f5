"""Passages that a reader chooses, and any word of theirs in its context.

Everything that a choice is made by is laid out once, by `prepare`; what follows are pure functions of
that and of the choice, linear in the passages and in what is found.
"""

import time
from bisect import bisect_right
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import regex

from usru.analysis import topics as dictionary
from usru.analysis import voices
from usru.corpus import Corpus
from usru.errors import InputError

__all__ = [
    "LONGEST",
    "PATIENCE",
    "VOICES",
    "Passages",
    "coverage",
    "find",
    "lines",
    "prepare",
    "select",
]

VOICES = ("all", "narration", "quotation")
"""What the choice of a voice can be."""

PATIENCE = 0.5
"""Seconds of work that a pattern is given, and once more for each 500 paragraphs; then it is refused."""

LONGEST = 300
"""Characters that a pattern may have."""

Span = tuple[int, int]


@dataclass(frozen=True)
class Passages:
    """What there is to choose from.

    `table` has one row a passage, which is what one voice says in one sentence, in page order:
    `doc_id`, `meeting`, `outlet`, `block`, `sentence`, `line`, `start`, `end` (raw offsets of its
    first and last character), `voice`, `speaker`, `topics` (of its paragraph, separated by spaces),
    `shared`, `words`, `text` and `passage` (a link to its line). `texts` are the paragraphs' texts,
    `within` the paragraph of each passage, and `spans` its parts there, as half-open offsets.
    """

    table: pd.DataFrame
    texts: list[str]
    within: np.ndarray
    spans: list[list[Span]]


def prepare(corpus: Corpus) -> Passages:
    """Lay out the passages of a corpus.

    Examples
    --------
    >>> from usru import load
    >>> prepared = prepare(load())
    >>> len(prepared.table), len(prepared.texts)
    (183, 78)
    """
    table, parts = voices.pieces(corpus), voices.parts(corpus)
    about = corpus.documents.set_index("doc_id")["outlet"]
    coded = dictionary.code(corpus.paragraphs).groupby(["doc_id", "block"], sort=False)["topic"]
    topics = coded.agg(" ".join).to_dict()
    paragraphs = corpus.paragraphs
    numbers = {
        key: number
        for number, key in enumerate(zip(paragraphs["doc_id"], paragraphs["block"], strict=True))
    }
    places = _places(corpus, parts)
    raw_spans: dict[tuple[str, int, str], list[Span]] = {}
    spans: dict[tuple[str, int, str], list[Span]] = {}
    for row, place in zip(parts.itertuples(), places, strict=True):
        key = row.doc_id, row.sentence, row.speaker if pd.notna(row.speaker) else ""
        raw_spans.setdefault(key, []).append((row.start, row.end))
        spans.setdefault(key, []).append(place)
    speakers = table["speaker"].fillna("")
    keys = list(zip(table["doc_id"], table["sentence"], speakers, strict=True))
    blocks = list(zip(table["doc_id"], table["block"], strict=True))
    starts = [raw_spans[key][0][0] for key in keys]
    lines = corpus.line_numbers(table["doc_id"], starts)
    return Passages(
        pd.DataFrame(
            {
                "doc_id": table["doc_id"],
                "meeting": table["meeting"],
                "outlet": table["doc_id"].map(about).astype("str"),
                "block": table["block"],
                "sentence": table["sentence"],
                "line": pd.Series(lines, dtype="int64"),
                "start": pd.Series(starts, dtype="int64"),
                "end": pd.Series([raw_spans[key][-1][1] for key in keys], dtype="int64"),
                "voice": table["voice"],
                "speaker": table["speaker"],
                "topics": pd.Series([topics.get(key, "") for key in blocks], dtype="str"),
                "shared": table["shared"],
                "words": table["words"],
                "text": table["text"],
                "passage": pd.Series(
                    [
                        corpus.passage(doc_id, line)
                        for doc_id, line in zip(table["doc_id"], lines, strict=True)
                    ],
                    dtype="str",
                ),
            }
        ),
        paragraphs["text"].tolist(),
        np.array([numbers[key] for key in blocks], dtype="int64"),
        [spans[key] for key in keys],
    )


def select(passages: Passages, *, context: int = 60, **choice: Any) -> pd.DataFrame:
    """Choose passages, find a pattern in them, and show each match in its context.

    Parameters
    ----------
    passages : Passages
        From `prepare`.
    context : int
        As for `lines`.
    **choice
        As for `find`.

    Returns
    -------
    pandas.DataFrame
        As `lines` gives it.

    Examples
    --------
    >>> from usru import load
    >>> found = select(prepare(load()), pattern=r"sanctions\\b", context=20)
    >>> found[["before", "keyword", "after"]].head(1).values.tolist()
    [['… of anti-Russian ', 'sanctions', '.']]
    """
    return lines(passages, find(passages, **choice), context)


def find(
    passages: Passages,
    *,
    meetings: Collection[str] = (),
    outlets: Collection[str] = (),
    topics: Collection[str] = (),
    speakers: Collection[str] = (),
    voice: str = "all",
    pattern: str = "",
) -> pd.DataFrame:
    """Choose passages, and find a pattern in them.

    Parameters
    ----------
    passages : Passages
        From `prepare`.
    meetings, outlets, topics, speakers : collection of str
        A passage must have one of each that is named; nothing named is all.
        A speaker is quoted: narration has none.
    voice : {"all", "narration", "quotation"}
        Whose words.
    pattern : str
        A regular expression, in the dialect of the package regex; upper and
        lower case are alike. Empty for no search.

    Returns
    -------
    pandas.DataFrame
        Without a pattern one row a passage, with it one row a match that is
        not empty: `of` (the passage's row in ``passages.table``), `matched`
        (bool, whether it is a match) and `start`, `end`, its half-open
        offsets in the paragraph. A match belongs to the passage in which it
        begins, and one that begins between two passages to the next; what
        follows it may lie beyond. In page order.

    Raises
    ------
    InputError
        When the voice is unknown; when the pattern cannot be read, or works
        longer than `PATIENCE`. The clock decides only whether a pattern is
        refused, never what it finds.

    Examples
    --------
    >>> from usru import load
    >>> len(find(prepare(load()), pattern="sanction", voice="quotation"))
    3
    """
    expression = _compiled(pattern) if pattern else None
    chosen = _chosen(passages.table, meetings, outlets, topics, speakers, voice)
    if expression is None:
        of = _rows(chosen)
        spans = [_whole(passages, row) for row in of]
    else:
        of, spans = _matches(passages, chosen, expression)
    starts, ends = np.array(spans, dtype="int64").reshape(-1, 2).T
    table = pd.DataFrame(
        {"of": np.array(of, "int64"), "matched": bool(expression), "start": starts, "end": ends}
    )
    return table.sort_values("of", kind="stable", ignore_index=True)


def lines(passages: Passages, found: pd.DataFrame, context: int = 60) -> pd.DataFrame:
    """Show what was found in its context.

    Parameters
    ----------
    passages : Passages
        What it was found in.
    found : pandas.DataFrame
        From `find`, whole or in part.
    context : int
        Characters to show on either side, less a word that would be cut.

    Returns
    -------
    pandas.DataFrame
        One row for each of `found`: `of`, the columns of ``passages.table``,
        and `before`, `keyword`, `after`. The keyword is what was matched or,
        where nothing was searched for, the passage, its parts joined by " … ".
    """
    of = found["of"].tolist()
    texts = [passages.texts[paragraph] for paragraph in passages.within[of].tolist()]
    spans = list(zip(texts, found["start"].tolist(), found["end"].tolist(), strict=True))
    words = [
        text[start:end] if matched else _parts(passages, row)
        for row, matched, (text, start, end) in zip(of, found["matched"], spans, strict=True)
    ]
    table = passages.table.take(of).reset_index(drop=True)
    table.insert(0, "of", pd.Series(of, dtype="int64"))
    before = [_before(text, start, context) for text, start, _ in spans]
    after = [_after(text, end, context) for text, _, end in spans]
    return table.assign(
        before=pd.Series(before, dtype="str"),
        keyword=pd.Series(words, dtype="str"),
        after=pd.Series(after, dtype="str"),
    )


def coverage(passages: Passages, selection: pd.DataFrame, by: str = "doc_id") -> pd.DataFrame:
    """Return how much of each story, or meeting, a selection covers.

    Parameters
    ----------
    passages : Passages
        What the selection was made from.
    selection : pandas.DataFrame
        From `select` or `find`.
    by : str
        A column of the passages: ``"doc_id"``, ``"meeting"``, ``"outlet"``.

    Returns
    -------
    pandas.DataFrame
        One row a unit, also where nothing of it is chosen: `by`, `passages`,
        `words` of the chosen passages, `of` (all its words, 0 or more) and
        `share` in [0, 1], missing where it has none. A passage with several
        matches counts once.

    Examples
    --------
    >>> from usru import load
    >>> prepared = prepare(load())
    >>> coverage(prepared, select(prepared), "meeting")["share"].tolist()
    [1.0, 1.0, 1.0]
    """
    table = passages.table
    chosen = table.loc[selection["of"].unique()]
    of = table.groupby(by, sort=False)["words"].sum()
    words = chosen.groupby(by, sort=False)["words"].sum().reindex(of.index, fill_value=0)
    counts = chosen[by].value_counts().reindex(of.index, fill_value=0)
    return pd.DataFrame(
        {
            by: of.index.astype("str"),
            "passages": counts.to_numpy(dtype="int64"),
            "words": words.to_numpy(dtype="int64"),
            "of": of.to_numpy(dtype="int64"),
            "share": words.to_numpy() / of.where(of > 0).to_numpy(dtype="float64"),
        }
    )


# Choosing ----------------------------------------------------------------------------------------


def _chosen(
    table: pd.DataFrame,
    meetings: Collection[str],
    outlets: Collection[str],
    topics: Collection[str],
    speakers: Collection[str],
    voice: str,
) -> np.ndarray:
    if voice not in VOICES:
        raise InputError(f"voice {voice!r}", "there is no such voice", f"use {', '.join(VOICES)}")
    chosen = np.ones(len(table), dtype=bool)
    for column, values in (("meeting", meetings), ("outlet", outlets), ("speaker", speakers)):
        if values:
            chosen &= table[column].isin(list(values)).to_numpy(dtype=bool)
    if topics:
        wanted = set(topics)
        on = [not wanted.isdisjoint(told.split()) for told in table["topics"]]
        chosen &= np.array(on, dtype=bool)
    if voice != "all":
        chosen &= (table["voice"] == voice).to_numpy(dtype=bool)
    return chosen


def _compiled(pattern: str) -> "regex.Pattern[str]":
    place = "the search"
    if len(pattern) > LONGEST:
        raise InputError(place, f"it is longer than {LONGEST} characters", "shorten it")
    try:
        return regex.compile(pattern, regex.IGNORECASE | regex.VERSION0, cache_pattern=False)
    except Exception as error:  # the parser lets many kinds of error through
        why = (
            str(error) if isinstance(error, regex.error | ValueError) else "it is nested too deeply"
        )
        raise InputError(place, f"it cannot be read ({why})", "mend the pattern") from None


def _rows(chosen: np.ndarray) -> list[int]:
    return [int(row) for row in np.flatnonzero(chosen)]


def _matches(
    passages: Passages, chosen: np.ndarray, expression: "regex.Pattern[str]"
) -> tuple[list[int], list[Span]]:
    """Matches in the chosen passages: the passage's row, and the place in its paragraph."""
    parts: dict[int, list[tuple[Span, int]]] = {}
    for row in _rows(np.isin(passages.within, passages.within[chosen])):
        spans = [(span, row) for span in passages.spans[row]]
        parts.setdefault(int(passages.within[row]), []).extend(spans)
    until = time.process_time() + PATIENCE * (1 + len(parts) / 500)
    is_chosen = chosen.tolist()
    of: list[int] = []
    found: list[Span] = []
    try:
        for paragraph, known in parts.items():
            known.sort()
            ends = [end for (_, end), _ in known]
            rows = [row for _, row in known] + [known[-1][1]]
            left = until - time.process_time()
            if left <= 0:
                raise TimeoutError
            for match in expression.finditer(passages.texts[paragraph], timeout=left):
                span = match.span()
                row = rows[bisect_right(ends, span[0])]
                if span[0] < span[1] and is_chosen[row]:
                    of.append(row)
                    found.append(span)
    except (TimeoutError, MemoryError):
        raise InputError(
            "the search",
            "it would take too long: parts of it can match the same text in too many ways",
            "repeat no group that repeats something itself, as in (a+)+",
        ) from None
    return of, found


# Places and contexts -----------------------------------------------------------------------------


def _places(corpus: Corpus, parts: pd.DataFrame) -> list[Span]:
    """Where each part stands in its paragraph's text."""
    places: list[Span] = [(0, 0)] * len(parts)
    parts = parts.reset_index(drop=True)
    for (doc_id, block), rows in parts.groupby(["doc_id", "block"], sort=False):
        offsets = corpus.within(doc_id, block, [*rows["start"], *rows["end"]])
        for at, start, end in zip(
            rows.index, offsets[: len(rows)], offsets[len(rows) :], strict=True
        ):
            places[at] = start, end
    return places


def _whole(passages: Passages, number: int) -> Span:
    spans = passages.spans[number]
    return spans[0][0], spans[-1][1]


def _parts(passages: Passages, number: int) -> str:
    text = passages.texts[passages.within[number]]
    return " … ".join(text[start:end].strip() for start, end in passages.spans[number])


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
    """Whether a word stands on both sides of a place."""
    return not text[at - 1].isspace() and not text[at].isspace()
