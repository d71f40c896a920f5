"""Passages that a reader chooses, and any word of theirs in its context.

Everything that a choice is made by is laid out once, by `prepare`; what follows are pure functions of
that and of the choice, linear in the passages and in what is found.
"""

import re
import time
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import pandas as pd
import regex

from usru import schema
from usru.errors import DoesNotApply, InputError

__all__ = ["ORDERS", "PATIENCE", "SEVERAL", "VOICES", "Passages", "arrange", "coverage", "find",
           "lines", "prepare", "select", "whose"]  # fmt: skip

VOICES = ("all", *schema.VOICES)
"""What the choice of a voice can be."""

ORDERS = ("page", "before", "after")
"""What lines can be sorted by: their place, or the word before or after the keyword."""

SEVERAL = "; "
"""What separates the names of those who are reported to have said something together."""

CONTEXT = 7
"""Words of context on either side, unless another number is given."""

PATIENCE = 0.5
"""Seconds of work that a pattern is given, and once more for each 500 paragraphs; then it is refused."""

LONGEST = 300  # characters that a pattern may have

COLUMNS = [
    "doc_id", "meeting", "outlet", "block", "sentence", "line", "start", "end", "voice", "speaker",
    "topics", "reused", "words", "text", "passage",
]  # fmt: skip

Span = tuple[int, int]

_WORD = re.compile(r"\S+")
_EDGES = re.compile(r"^\W+|\W+$")

# One character for one, so that offsets stay; the modifier letter apostrophe is a letter and stays.
_CURLY = "‘’‚‛“”„‟"
_STRAIGHT = str.maketrans(_CURLY, "''''\"\"\"\"")
_MARK = re.compile(f"['\"{_CURLY}]")


@dataclass(frozen=True)
class Passages:
    """What there is to choose from.

    `table` has one row a passage, which is what one voice says in one sentence, in page order:
    `doc_id`, `meeting`, `outlet`, `block`, `sentence`, `line`, `start`, `end` (raw offsets),
    `voice`, `speaker` (several are separated by `SEVERAL`), `topics` (of its paragraph, separated by
    spaces), `reused`, `words`, `text` and `passage` (a link to its line). `texts` are the paragraphs'
    texts, `within` the paragraph of each passage, and `spans` its parts there, as half-open offsets.
    `read` has "topics" and "voices" where these are as readers coded them; else instruments gave them.
    """

    table: pd.DataFrame
    texts: list[str]
    within: np.ndarray
    spans: list[list[Span]]
    read: frozenset[str] = frozenset()


class Source(Protocol):
    """What `prepare` needs of a corpus: some of its frames, and places in them."""

    @property
    def segments(self) -> pd.DataFrame: ...
    @property
    def coded_segments(self) -> pd.DataFrame: ...
    @property
    def parts(self) -> pd.DataFrame: ...
    @property
    def coded_parts(self) -> pd.DataFrame: ...
    @property
    def paragraphs(self) -> pd.DataFrame: ...
    @property
    def topics(self) -> pd.DataFrame: ...
    @property
    def coded_topics(self) -> pd.DataFrame: ...
    def in_blocks(self, table: pd.DataFrame, /) -> pd.DataFrame: ...
    def linked(self, table: pd.DataFrame, /) -> pd.DataFrame: ...


def prepare(source: Source) -> Passages:
    """Lay out the passages of a corpus, by the reference coding where there is one.

    Parameters
    ----------
    source : Source
        A corpus, or whatever has such frames. Voices are as readers coded them where they have coded
        every story, topics where they have coded any; else they are the rules' and the dictionary's.

    Examples
    --------
    >>> from usru import load
    >>> prepared = prepare(load())
    >>> len(prepared.table), len(prepared.texts), sorted(prepared.read)
    (195, 78, ['topics', 'voices'])
    """
    block, read = ["doc_id", "block"], set()
    table, pieces = source.segments, source.parts
    if len(table) and set(table["doc_id"]) <= set(source.coded_segments["doc_id"]):
        read.add("voices")
        table, pieces = source.coded_segments, source.coded_parts
    coded = source.coded_topics
    if len(coded):
        read.add("topics")
    else:
        coded = _by_dictionary(source)
    topics = coded.astype({"topic": "str"}).groupby(block)["topic"].agg(" ".join)
    table = table.join(topics.rename("topics"), on=block).fillna({"topics": ""})
    table = table.assign(passage=source.linked(table)["passage"])
    numbers = pd.Series(range(len(source.paragraphs)), source.paragraphs.set_index(block).index)
    spans: dict[tuple[str, int, str, str], list[Span]] = {}
    keys = ["doc_id", "sentence", "voice", "speaker"]
    pieces = source.in_blocks(pieces).fillna({"speaker": ""})
    for start, end, *key in pieces[["start", "end", *keys]].itertuples(index=False):
        spans.setdefault(tuple(key), []).append((start, end))
    voices = table[keys].fillna({"speaker": ""}).itertuples(index=False, name=None)
    within = numbers.reindex(table.set_index(block).index).to_numpy(dtype="int64")
    table = table[COLUMNS].astype({"topics": "str"})
    texts = source.paragraphs["text"].tolist()
    return Passages(table, texts, within, [spans[voice] for voice in voices], frozenset(read))


def _by_dictionary(source: Source) -> pd.DataFrame:
    """The topics by the dictionary; none where it is not made for the language of the texts."""
    try:
        return source.topics
    except DoesNotApply:
        return source.coded_topics


def select(
    passages: Passages, *, context: int = CONTEXT, order: str = "page", **choice: Any
) -> pd.DataFrame:
    """Choose passages, find a pattern in them, and show each match as `lines` does.

    Parameters
    ----------
    passages : Passages
        As `prepare` gives them.
    context, order, **choice
        As for `lines`, `arrange` and `find`.

    Examples
    --------
    >>> from usru import load
    >>> found = select(prepare(load()), pattern=r"sanctions\\b", context=3)
    >>> found[["before", "keyword", "after"]].head(1).values.tolist()
    [['… matter of anti-Russian ', 'sanctions', '.']]
    """
    return lines(passages, arrange(passages, find(passages, **choice), order), context)


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
        A passage must have one of each that is named; nothing named is all. Who is reported to have
        said something together with others counts as its speaker.
    voice : {"all", "outlet", "report", "quotation", "turn"}
        Whose words.
    pattern : str
        A regular expression of the package regex, letter case aside; empty for no search. In one
        that has an apostrophe or quotation mark, straight and curly ones are the same. One that
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
    one, several = {"meeting": meetings, "outlet": outlets}, {"topics": topics, "speaker": speakers}
    chosen = _chosen(passages.table, one, several, voice)
    if expression is None:
        spans = [(row, passages.spans[row]) for row in np.flatnonzero(chosen).tolist()]
        rows = [(row, parts[0][0], parts[-1][1]) for row, parts in spans]
    else:
        rows = _matches(passages, chosen, expression, straight=_MARK.search(pattern) is not None)
    of, starts, ends = np.array(rows, dtype="int64").reshape(-1, 3).T
    table = pd.DataFrame({"of": of, "matched": bool(expression), "start": starts, "end": ends})
    return table.sort_values("of", kind="stable", ignore_index=True)


def arrange(passages: Passages, found: pd.DataFrame, order: str = "page") -> pd.DataFrame:
    """Sort what was found.

    Parameters
    ----------
    passages : Passages
        As `prepare` gives them.
    found : pandas.DataFrame
        From `find`.
    order : {"page", "before", "after"}
        In the order of the page, or by the nearest word before or after the keyword, whatever its
        letter case and the marks around it; those without one come first, and ties in page order.
        What was found without a pattern has no keyword and stays as it is.

    Examples
    --------
    >>> from usru import load
    >>> prepared = prepare(load())
    >>> found = arrange(prepared, find(prepared, pattern=r"sanctions\\b"), "before")
    >>> [text.split()[-1] for text in lines(prepared, found, 2)["before"]][:3]
    ['anti-Russian', 'anti-Russian', 'new']
    """
    if order not in ORDERS:
        raise InputError(f"order {order!r}", "there is no such order", f"use {', '.join(ORDERS)}")
    if order == "page" or not found["matched"].all():
        return found.sort_values(["of", "start"], kind="stable", ignore_index=True)
    found = found.sort_values(["of", "start"], kind="stable")
    words = _Words(passages)
    nearest = words.before if order == "before" else words.after
    places = zip(passages.within[found["of"]], found["start"], found["end"], strict=True)
    keys = pd.Series([nearest(*place) for place in places], index=found.index, dtype="str")
    return found.loc[keys.sort_values(kind="stable").index].reset_index(drop=True)


def lines(passages: Passages, found: pd.DataFrame, context: int = CONTEXT) -> pd.DataFrame:
    """Show what was found in its context.

    Parameters
    ----------
    passages : Passages
        As `prepare` gives them.
    found : pandas.DataFrame
        From `find` or `arrange`, whole or in part.
    context : int
        Words of the paragraph to show on either side; the word in which a keyword is counts for none
        and is shown whole.

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
    >>> lines(prepared, find(prepared, pattern="tension"), 3)["after"].tolist()
    ['s. This was the …', 's, and said that …']
    """
    of, words = found["of"].tolist(), _Words(passages)
    rows = []
    for row, paragraph in zip(found.itertuples(), passages.within[of].tolist(), strict=True):
        text = passages.texts[paragraph]
        keyword = text[row.start : row.end]
        if not row.matched:
            parts = passages.spans[row.of]
            keyword = " … ".join(text[start:end].strip() for start, end in parts)
        before, after = words.around(paragraph, row.start, row.end, context)
        rows.append((before, keyword, after))
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


def whose(passages: Passages, found: pd.DataFrame) -> pd.DataFrame:
    """Return whose words were found: those in quotation marks, reported, or the outlets' own.

    Parameters
    ----------
    passages : Passages
        As `prepare` gives them.
    found : pandas.DataFrame
        From `find`.

    Returns
    -------
    pandas.DataFrame
        One row a voice, also one of which nothing was found: `voice`, `lines` (rows of `found`),
        `words` of their passages, each counted once, and `share` of these words in [0, 1], missing
        where there are none.

    Examples
    --------
    >>> from usru import load
    >>> prepared = prepare(load())
    >>> whose(prepared, find(prepared, pattern=r"\\bUkrain")).set_index("voice")["lines"].to_dict()
    {'quotation': 0, 'report': 9, 'outlet': 4}
    """
    voices = [*reversed(schema.voices_of(passages.table["voice"]))]
    of = passages.table.loc[found["of"]]
    counts = pd.DataFrame({
        "lines": of.groupby("voice").size(),
        "words": of[~of.index.duplicated()].groupby("voice")["words"].sum(),
    }).reindex(voices, fill_value=0)  # fmt: skip
    total = counts["words"].sum()
    table = counts.assign(share=counts["words"] / (total or np.nan)).rename_axis("voice")
    return table.reset_index().astype({"voice": "str", "lines": "int64", "words": "int64"})


# Choosing ----------------------------------------------------------------------------------------


def _chosen(
    table: pd.DataFrame, one: Mapping[str, Collection[str]],
    several: Mapping[str, Collection[str]], voice: str,
) -> np.ndarray:  # fmt: skip
    """The passages that are wanted, by columns that hold one name and by those that hold several."""
    if voice not in VOICES:
        raise InputError(f"voice {voice!r}", "there is no such voice", f"use {', '.join(VOICES)}")
    chosen = np.ones(len(table), dtype=bool)
    for column, values in one.items():
        if values:
            chosen &= table[column].isin(list(values)).to_numpy(dtype=bool)
    for column, values in several.items():
        if values:
            between = SEVERAL if column == "speaker" else " "
            named = [text.split(between) for text in table[column].fillna("")]
            on = [not set(values).isdisjoint(names) for names in named]
            chosen &= np.array(on, dtype=bool)
    if voice != "all":
        chosen &= (table["voice"] == voice).to_numpy(dtype=bool)
    return chosen


def _compiled(pattern: str) -> "regex.Pattern[str]":
    if len(pattern) > LONGEST:
        raise InputError("the search", f"it is longer than {LONGEST} characters", "shorten it")
    try:
        straight = pattern.translate(_STRAIGHT)
        return regex.compile(straight, regex.IGNORECASE | regex.VERSION0, cache_pattern=False)
    except Exception as error:  # the parser lets many kinds of error through
        known = isinstance(error, regex.error | ValueError)
        why = str(error) if known else "it is nested too deeply"
        raise InputError("the search", f"it cannot be read ({why})", "mend the pattern") from None


def _matches(
    passages: Passages, chosen: np.ndarray, expression: "regex.Pattern[str]", *, straight: bool
) -> list[tuple[int, int, int]]:
    """Matches in the chosen passages: the passage's row, and the place in its paragraph.

    With `straight` the marks of the texts are read as straight ones.
    """
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
            text = passages.texts[paragraph]
            text = text.translate(_STRAIGHT) if straight else text
            for match in expression.finditer(text, timeout=left):
                start, end = match.span()
                row = rows[bisect_right(ends, start)]
                if start < end and is_chosen[row]:
                    found.append((row, start, end))
    except (TimeoutError, MemoryError):
        why = "it would take too long: parts of it can match the same text in too many ways"
        mend = "repeat no group that repeats something itself, as in (a+)+"
        raise InputError("the search", why, mend) from None
    return found


# Words around a keyword ----------------------------------------------------------------------------


class _Words:
    """Where the words of paragraphs are, each paragraph looked at once."""

    def __init__(self, passages: Passages) -> None:
        self._texts = passages.texts
        self._places: dict[int, tuple[list[int], list[int]]] = {}

    def _ends(self, paragraph: int) -> tuple[list[int], list[int]]:
        """Starts and ends of a paragraph's words."""
        if paragraph not in self._places:
            spans = [word.span() for word in _WORD.finditer(self._texts[paragraph])]
            self._places[paragraph] = [start for start, _ in spans], [end for _, end in spans]
        return self._places[paragraph]

    def around(self, paragraph: int, start: int, end: int, count: int) -> tuple[str, str]:
        """The words before and after a span; " …" where the paragraph goes on."""
        text, (starts, ends) = self._texts[paragraph], self._ends(paragraph)
        first = bisect_right(ends, start) - count  # of the words that end before the span
        before = text[:start]
        if first > 0:
            begin = starts[first] if first < len(starts) else start
            before = "… " + text[min(begin, start) : start]
        last = bisect_left(starts, end) + count - 1  # of the words that begin after it
        after = text[end:]
        if last < len(ends) - 1:
            stop = ends[last] if last >= 0 else end
            after = text[end : max(stop, end)] + " …"
        return before, after

    def before(self, paragraph: int, start: int, _end: int) -> str:
        """The nearest word that ends before a span, as it is sorted."""
        starts, ends = self._ends(paragraph)
        return self._nearest(paragraph, range(bisect_right(ends, start) - 1, -1, -1), starts, ends)

    def after(self, paragraph: int, _start: int, end: int) -> str:
        """The nearest word that begins after a span, as it is sorted."""
        starts, ends = self._ends(paragraph)
        return self._nearest(paragraph, range(bisect_left(starts, end), len(ends)), starts, ends)

    def _nearest(self, paragraph: int, numbers: range, starts: list[int], ends: list[int]) -> str:
        text = self._texts[paragraph]
        words = (_EDGES.sub("", text[starts[i] : ends[i]]).casefold() for i in numbers)
        return next(filter(None, words), "")
