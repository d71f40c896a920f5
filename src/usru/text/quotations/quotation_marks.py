"""Quotation marks to the spans between them, one paragraph at a time.

Marks are read as brackets. What a mark does is told by what is beside it (white space before
it and a letter after it: it opens), then by its shape, then by what is open already. Brackets are
matched innermost first, so that a missing mark costs its own quotation and no other; what is
between marks inside a quotation is part of that quotation.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import NamedTuple

__all__ = ["QUOTATION_MARKS", "marked", "spans"]

QUOTATION_MARKS = "\"“”„‟«»＂'‘’‚‛`"
"""The characters that quotation marks are printed with."""

_SINGLE = "'‘’‚‛"
# `re` looks for any of the marks fast, and only there for what it is.
_MARK = re.compile(
    rf"[{QUOTATION_MARKS}](?:"
    # Typewriters and e-mail double the single mark: ''…'', ``…'', ‘‘…’’.
    r"(?<=')'|(?<=`)`|(?<=‘)‘|(?<=’)’|(?<=[\"“”„‟«»＂])"
    # British papers quote with single marks, which are apostrophes as well: not those inside a word.
    rf"|(?<=[{_SINGLE}])(?:(?<![^\W_].)|(?![^\W_])))"
)
_CONTENT = re.compile(rf"[^\s{QUOTATION_MARKS}]")
_OPENING = frozenset(["“", "„", "‟", "«", "``", "‘‘", "‘", "‚", "‛"])
_CLOSING = frozenset(["”", "»", "’’"])
_LEFT = frozenset("([{—–―-/¿¡:") | frozenset(QUOTATION_MARKS)
_RIGHT = frozenset(".,;:!?…)]}—–―-/") | frozenset(QUOTATION_MARKS)
_ELIDED = re.compile(
    r"(?:em|til|tis|twas|twere|cause|cos|bout|round|neath|n|kay|ere|\d\ds?)\b", re.IGNORECASE
)


class _Mark(NamedTuple):
    start: int
    end: int
    role: str  # "opens", "closes" or "either"


def spans(text: str) -> list[tuple[int, int]]:
    """Return what is between the quotation marks of a paragraph.

    Parameters
    ----------
    text : str
        One paragraph.

    Returns
    -------
    list of tuple of int
        Half-open spans in order, the marks left out. A quotation inside another is not listed;
        an unclosed one runs to the end of the paragraph, or to the next opening mark; a stray
        closing mark, an apostrophe and a pair without a word are none.

    Examples
    --------
    >>> text = "“We’re ‘here’,” he said. \\"So are the ministers' wives."
    >>> [text[start:end] for start, end in spans(text)]
    ['We’re ‘here’,', "So are the ministers' wives."]
    """
    double, single = _read(text)
    if not (double or single):
        return []
    # A pair holds more than white space and further marks.
    doubles = _outermost(span for span in _brackets(text, double) if _CONTENT.search(text, *span))
    singles = (span for span in _singles(text, single) if _CONTENT.search(text, *span))
    return _outermost([*doubles, *(span for span in singles if not _crosses(span, doubles))])


def marked(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a span of `spans` with its marks; without a closing one where nothing closes it.

    Parameters
    ----------
    text, start, end : str, int, int
        A paragraph, and where the words between the marks are in it.

    Examples
    --------
    >>> text = "``No,'' she said."
    >>> [text[slice(*marked(text, *span))] for span in spans(text)]
    ["``No,''"]
    """
    opening = _MARK.match(text, max(0, start - 2))
    closing = _MARK.match(text, end)
    first = opening.start() if opening and opening.end() == start else start - 1
    return first, closing.end() if closing else end


def _read(text: str) -> tuple[list[_Mark], list[_Mark]]:
    """The double and the single marks of a text, with what each does."""
    double, single = list[_Mark](), list[_Mark]()
    for found in _MARK.finditer(text):
        mark, start, end = found[0], found.start(), found.end()
        role = _role(text, start, end)
        if mark in _SINGLE:
            elision = mark != "‘" and role == "opens" and _ELIDED.match(text, end)
            if not elision:
                single.append(_Mark(start, end, "opens" if mark in _OPENING else role))
            continue
        # German pages close with the mark that opens in English, and typists with any.
        shape = "opens" if mark in _OPENING else "closes" if mark in _CLOSING else role
        if role != shape:
            role = shape if role == "either" else "either"
        double.append(_Mark(start, end, role))
    return double, single


def _role(text: str, start: int, end: int) -> str:
    """What a mark does by the characters beside it."""
    before, after = text[start - 1 : start], text[end : end + 1]
    space_before, space_after = not before.strip(), not after.strip()
    if space_before and space_after:
        return "either" if before and after else "closes" if before else "opens"
    if space_before:
        # Transcripts mark with dots that a quotation begins inside a sentence.
        dots = text.startswith(("...", "…"), end)
        return "closes" if after in ".,;:!?)" and not dots else "opens"
    if space_after:
        return "closes"
    if before in _LEFT and (after not in _RIGHT or after in QUOTATION_MARKS):
        return "opens"
    return "closes" if after in _RIGHT else "either"


def _brackets(text: str, marks: list[_Mark]) -> Iterator[tuple[int, int]]:
    """Matched pairs, innermost first, and what an opening mark left over runs over."""
    waiting: list[_Mark] = []
    opening: list[int] = []
    for mark in marks:
        if mark.role == "opens" or (mark.role == "either" and not waiting):
            waiting.append(mark)
            opening.append(mark.start)
        elif waiting:
            yield waiting.pop().end, mark.start
    opening.append(len(text))
    for mark in waiting:
        stop = opening[bisect_left(opening, mark.end)]
        yield mark.end, mark.end + len(text[mark.end : stop].rstrip())


def _singles(text: str, marks: list[_Mark]) -> Iterator[tuple[int, int]]:
    """Spans of single marks, which are apostrophes as well."""
    at = 0
    while at < len(marks):
        mark = marks[at]
        at += 1
        if mark.role == "closes" or (mark.role == "either" and text[mark.start] != "‘"):
            continue
        closing = []
        while at < len(marks) and marks[at].role == "closes":
            closing.append(marks[at].start)
            at += 1
        stop = _closing(text, closing)
        if stop is not None:
            yield mark.end, stop
            at -= sum(place > stop for place in closing)
        elif _begins_speech(text, mark):
            following = marks[at].start if at < len(marks) else len(text)
            yield mark.end, mark.end + len(text[mark.end : following].rstrip())


def _closing(text: str, candidates: list[int]) -> int | None:
    """The candidate that closes: a plural's possessive does not when a surer one follows."""
    sure = (
        place for place in candidates
        if text[place - 1] not in "sS" or not re.match(r"\s+\w", text[place + 1 : place + 9])
    )  # fmt: skip
    return next(sure, next(iter(candidates), None))


def _begins_speech(text: str, mark: _Mark) -> bool:
    """Whether a single mark that nothing closes opens a quotation all the same."""
    # In British papers each paragraph of a long quotation opens one, and only the last closes it.
    before = text[max(0, mark.start - 9) : mark.start].rstrip()[-1:]
    starts = before in ("", ":", ",") or (before in ".!?" and text[mark.start] == "‘")
    return starts and text[mark.end : mark.end + 1].isupper()


def _crosses(span: tuple[int, int], doubles: list[tuple[int, int]]) -> bool:
    """Whether a span begins inside one quotation and ends outside it, or the other way round."""
    start, end = span
    first = bisect_left(doubles, (start,)) - 1
    last = bisect_left(doubles, (end,)) - 1
    begins_inside = first >= 0 and start < doubles[first][1]
    ends_inside = last >= 0 and end < doubles[last][1]
    return (begins_inside or ends_inside) and not (begins_inside and first == last)


def _outermost(found: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans that lie in no other, in the order of the text."""
    outer: list[tuple[int, int]] = []
    for start, end in sorted(found, key=lambda span: (span[0], -span[1])):
        if not outer or start > outer[-1][1]:
            outer.append((start, end))
    return outer
