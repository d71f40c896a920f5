"""The body of a page to sentences, each with its offsets in the raw text.

nupunkt, an implementation of Punkt (Kiss and Strunk 2006, *Computational Linguistics* 32:485),
finds the boundaries. Its model was trained on legal text and takes many plain words (``week``,
``found``) for abbreviations; here only those are kept that newspapers print. Two corrections
follow, for what Punkt cannot see: a boundary before an opening quotation mark, and a country's
initials before the noun they qualify.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

import pandas as pd

from usru import schema
from usru.text.blocks import clean, content

if TYPE_CHECKING:
    from nupunkt import PunktSentenceTokenizer

__all__ = ["find", "spans"]

ABBREVIATIONS = frozenset(
    [
        "adm",
        "amb",
        "assn",
        "ave",
        "bros",
        "brig",
        "capt",
        "cdr",
        "cllr",
        "cmdr",
        "co",
        "col",
        "comdr",
        "corp",
        "dept",
        "det",
        "dir",
        "dist",
        "dr",
        "esq",
        "est",
        "ext",
        "fig",
        "fr",
        "ft",
        "gen",
        "gov",
        "hon",
        "inc",
        "insp",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "jr",
        "lieut",
        "lt",
        "ltd",
        "maj",
        "messrs",
        "min",
        "mr",
        "mrs",
        "ms",
        "mt",
        "mx",
        "no",
        "nos",
        "op",
        "para",
        "pfc",
        "ph",
        "pp",
        "pres",
        "prof",
        "pvt",
        "rep",
        "reps",
        "ret",
        "rev",
        "sec",
        "sen",
        "sens",
        "sgt",
        "sp",
        "spc",
        "sr",
        "st",
        "ste",
        "supt",
        "treas",
        "univ",
        "vol",
        "vols",
        "vs",
    ]
)
"""Words that newspapers abbreviate with a full stop, in lower case."""

STARTERS = frozenset(
    [
        "a",
        "after",
        "all",
        "although",
        "an",
        "and",
        "as",
        "at",
        "because",
        "before",
        "both",
        "but",
        "by",
        "during",
        "each",
        "earlier",
        "even",
        "every",
        "for",
        "from",
        "he",
        "her",
        "here",
        "his",
        "how",
        "however",
        "i",
        "if",
        "in",
        "instead",
        "is",
        "it",
        "its",
        "last",
        "later",
        "many",
        "meanwhile",
        "more",
        "moreover",
        "most",
        "much",
        "my",
        "neither",
        "no",
        "nobody",
        "none",
        "nor",
        "not",
        "nothing",
        "now",
        "of",
        "on",
        "once",
        "one",
        "only",
        "or",
        "our",
        "several",
        "she",
        "since",
        "so",
        "some",
        "such",
        "that",
        "the",
        "their",
        "then",
        "there",
        "these",
        "they",
        "this",
        "those",
        "though",
        "through",
        "thus",
        "to",
        "today",
        "two",
        "under",
        "until",
        "we",
        "what",
        "when",
        "where",
        "whether",
        "which",
        "while",
        "who",
        "why",
        "with",
        "without",
        "yesterday",
        "yet",
        "you",
        "your",
    ]
)
"""Words that open a sentence when they stand capitalised after a country's initials."""

# Punkt knows straight marks only: “Mr. Lee” must not end after the title.
_SAME_LENGTH = {ord(space): " " for space in "\u00a0\u202f\u2007\t"} | str.maketrans(
    {"“": '"', "”": '"', "‘": '"', "’": "'"}
)
_BREAK = re.compile(r"(?<=\S)[^\S\n]*(?:\r\n|\n|\r)[^\S\n]*(?=\S)")
_INITIALS = re.compile(r"(?:\b[A-Z]\.){2,}$")
_UNSEEN = re.compile(r"(?<=[^\W\d_]{2})[.!?]\s+(?=[“\"‘'][A-Z])")
_MAY_CLOSE = re.compile(
    r"\b(?:[ap]\.m|etc|Inc|Ltd|Co|Corp|Jr|Sr|(?:[A-Z]\.)+[A-Z])\.\s+(?=(?P<next>[A-Z][a-z]*)\b)"
)
_LAST_WORD = re.compile(r"[\w.]+$")


def find(raw: str, blocks: pd.DataFrame) -> pd.DataFrame:
    """Find the sentences of the body blocks.

    Parameters
    ----------
    raw : str
        The page as plain text.
    blocks : pandas.DataFrame
        Its blocks, as `usru.text.blocks.find` gives them.

    Returns
    -------
    pandas.DataFrame
        One row a sentence, in page order: `block`, `sentence` (from 0 within
        the document), `start` and `end` (half-open character offsets in
        `raw`) and `text`. A sentence never crosses a block; together the
        sentences of a block hold all of its characters but white space and
        bullets.

    Examples
    --------
    >>> from usru.text import blocks
    >>> page = "Talks in Bonn\\n\\nThe U.S. envoy met Mr. Lee in Bonn. “Why now?” the host asked.\\n"
    >>> find(page, blocks.find(page))["text"].tolist()
    ['The U.S. envoy met Mr. Lee in Bonn.', '“Why now?” the host asked.']
    """
    body = blocks[blocks["kind"] == "body"]
    rows = [
        {"block": block, "start": start, "end": end, "text": clean(raw[start:end])}
        for block, first, last in zip(body["block"], body["start"], body["end"], strict=True)
        for start, end in _in_block(raw, first, last)
    ]
    for number, row in enumerate(rows):
        row["sentence"] = number
    return schema.frame("sentences", rows, without="doc_id")


def spans(text: str) -> list[tuple[int, int]]:
    """Return the tight half-open spans of the sentences of a text.

    Examples
    --------
    >>> spans("It rained. We left.")
    [(0, 10), (11, 19)]
    """
    plain = _BREAK.sub(lambda match: " " * len(match[0]), text.translate(_SAME_LENGTH))
    return list(_joined(plain, _split(plain, _punkt().spans(plain))))


def _in_block(raw: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    start, end = content(raw, first, last)
    for begin, stop in spans(raw[start:end]):
        yield start + begin, start + stop


@cache
def _punkt() -> "PunktSentenceTokenizer":
    from nupunkt import load_default_model

    punkt = load_default_model()
    words = {word for word in punkt.abbreviations if word.isalpha() and len(word) > 1}
    for word in words - ABBREVIATIONS:
        punkt.remove_abbreviation(word)
    punkt.add_abbreviations(sorted(ABBREVIATIONS))
    return punkt


def _split(text: str, found: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    gaps = [
        (gap.start() + 1, gap.end())
        for gap in _UNSEEN.finditer(text)
        if not _ends_in_abbreviation(text, gap.start())
    ]
    gaps += [
        (gap.start() + len(gap[0].rstrip()), gap.end())
        for gap in _MAY_CLOSE.finditer(text)
        if gap["next"].lower() in STARTERS
    ]
    gaps.sort()
    at = 0
    for start, end in found:
        while at < len(gaps) and gaps[at][1] < end:
            stop, begin = gaps[at]
            if start < stop:
                yield start, stop
                start = begin
            at += 1
        yield start, end


def _ends_in_abbreviation(text: str, stop: int) -> bool:
    word = _LAST_WORD.search(text, max(0, stop - 12), stop)
    return word is not None and word[0].lower() in ABBREVIATIONS


def _joined(text: str, found: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    held: tuple[int, int] | None = None
    for start, end in found:
        if held is not None and _is_one(text, held, start, end):
            held = held[0], end
            continue
        if held is not None:
            yield held
        held = start, end
    if held is not None:
        yield held


def _is_one(text: str, before: tuple[int, int], start: int, end: int) -> bool:
    """Whether what was taken for a boundary lies inside a sentence."""
    if text[start].islower():
        return True
    word = text[start : min(end, start + 30)].split(maxsplit=1)[0].strip(".,;:")
    initials = _INITIALS.search(text, max(before[0], before[1] - 12), before[1])
    return bool(initials) and word.isalpha() and word.lower() not in STARTERS
