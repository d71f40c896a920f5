"""Which of many patterns a text may match, by the words that each of them cannot do without.

Most patterns need a word: no text without ``subscribe`` or ``join`` in it can match
``(subscribe|join) now``. What a pattern needs is read off its parsed form, so that one look at
the words of a text leaves the few patterns that are worth a try.
"""

import re
import string
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import product
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

__all__ = ["Sieve"]

# Strings up to which a part of a pattern is written out, so that ``stor(y|ies)`` is two words.
_FEW = 40
_MOST = 2**16  # words of texts that are kept in mind
_BEGINNING = "\x02"  # stands before the first character of a text
_EDGE = " "  # stands beside a word, and for the rest of a text beside a part of one
_AT = {
    op.AT_BEGINNING: _BEGINNING, op.AT_BEGINNING_STRING: _BEGINNING,
    op.AT_BOUNDARY: _EDGE, op.AT_END: _EDGE, op.AT_END_STRING: _EDGE,
}  # fmt: skip
_PIECE = re.compile(rf"[a-z]+|[^a-z\s{_BEGINNING}]")
_SHORTEST = 3  # characters of the shortest piece of a word, its edges included
_PLAIN = string.ascii_letters.encode() + b" "  # what is no mark
_COMMON = (".", ",")  # marks that most texts have
_LETTERS = bytes(ord(chr(sign).lower()) if sign in _PLAIN else ord(" ") for sign in range(256))
_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)

_Numbers = defaultdict[str, set[int]]
_Strings = frozenset[str]
_Items = Iterable[tuple[Any, Any]]
_NOTHING: _Strings = frozenset()
_EMPTY: _Strings = frozenset([""])


class Sieve:
    r"""Which of many patterns a text may match.

    Parameters
    ----------
    patterns : iterable of str
        Each as `re` writes it. Whether it heeds case does not matter.

    Examples
    --------
    >>> sieve = Sieve([r"\A(subscribe|join) now", r"\bcookies\b", r"\d+"])
    >>> sieve.left("Join now, we said")
    [0, 2]
    """

    def __init__(self, patterns: Iterable[str]) -> None:
        self._always: set[int] = set()
        self._by_mark, self._by_start, self._by_part = _Numbers(set), _Numbers(set), _Numbers(set)
        for number, pattern in enumerate(patterns):
            needed = _needed_by(pattern)
            for piece in needed:
                self._among(piece)[piece].add(number)
            if not needed:
                self._always.add(number)
        self._known: set[str] = set()
        self._by_word: dict[str, set[int]] = {}  # of the known words that a pattern needs

    def _among(self, piece: str) -> _Numbers:
        if not _has_letters(piece):
            return self._by_mark
        return self._by_start if piece.startswith((_BEGINNING, _EDGE)) else self._by_part

    def left(self, text: str) -> list[int]:
        """Return the numbers of the patterns that a text may match, in order.

        Parameters
        ----------
        text : str
            On one line.
        """
        encoded = (text if text.isascii() else _folded(text)).encode(errors="replace")
        words = encoded.translate(_LETTERS).decode().split()
        words += [_BEGINNING + word for word in words[:1]]
        marks = [*encoded.translate(None, _PLAIN).decode(), _BEGINNING + text[:1]]
        if not self._known.issuperset(words):
            self._learn(words)
        found = [self._by_word[word] for word in self._by_word.keys() & words]
        found += [self._by_mark[mark] for mark in self._by_mark.keys() & marks]
        return sorted(self._always.union(*found))

    def _learn(self, words: Iterable[str]) -> None:
        if len(self._known) > _MOST:
            self._known.clear()
            self._by_word.clear()
        unknown = set(words) - self._known
        self._known |= unknown
        for word in unknown:
            if numbers := set().union(*self._needing(word)):
                self._by_word[word] = numbers

    def _needing(self, word: str) -> Iterator[set[int]]:
        """The patterns that need a word, or a piece that it has."""
        token = f"{'' if word[0] == _BEGINNING else _EDGE}{word}{_EDGE}"
        starts = (token[:end] for end in range(_SHORTEST, len(token) + 1))
        yield from (self._by_start[start] for start in starts if start in self._by_start)
        yield from (numbers for part, numbers in self._by_part.items() if part in token)


def _folded(text: str) -> str:
    """A text with all that a pattern that ignores case takes for an ASCII letter as that letter."""
    return text.replace("ſ", "s").replace("ı", "i").replace("İ", "i").replace("\u212a", "k")


def _rarity(piece: str) -> int:
    return 0 if piece in _COMMON else len(piece)


def _has_letters(piece: str) -> bool:
    return any("a" <= sign <= "z" for sign in piece)


@lru_cache(maxsize=2**10)
def _needed_by(pattern: str) -> _Strings:
    return _needed(_parser.parse(pattern))


def _needed(items: _Items, run: _Strings = _EMPTY) -> _Strings:
    """Pieces of words of which each match of a parsed pattern has one; none where it may do without.

    `run` is what stands right before the pattern.
    """
    choices = []
    for code, argument in items:
        written = _written(code, argument)
        longer = _in_a_row([run, written])
        if longer is None:
            choices += [_rarest(run), _needed_within(code, argument, run)]
        run = longer or written or _EMPTY
    choices.append(_rarest(run))
    return max(choices, key=lambda choice: (min(map(_rarity, choice), default=-1), -len(choice)))


def _needed_within(code: Any, argument: Any, run: _Strings) -> _Strings:
    if code is op.SUBPATTERN:
        return _needed(argument[3], run)
    if code is op.BRANCH:
        branches = [_needed(items, run) for items in argument[1]]
        return _NOTHING.union(*branches) if all(branches) else _NOTHING
    if code in _REPEATS and argument[0] > 0:
        return _needed(argument[2], run)
    return _NOTHING


def _rarest(run: _Strings) -> _Strings:
    """The piece of each string that the fewest texts have; none where one string has none."""
    rarest = frozenset(max(_pieces(text), key=_rarity, default="") for text in run)
    return _NOTHING if "" in rarest else rarest


def _pieces(text: str) -> Iterator[str]:
    """Marks, and words with their edges as far as these are known: the text may go on at its ends."""
    for match in _PIECE.finditer(text):
        start, end = match.span()
        before = _BEGINNING if start == 1 and text[0] == _BEGINNING else _EDGE * (start > 0)
        if not _has_letters(match[0]):
            yield before.strip(_EDGE) + match[0]
            continue
        piece = before + match[0] + _EDGE * (end < len(text))
        if len(piece) >= _SHORTEST:
            yield piece


def _written(code: Any, argument: Any) -> _Strings | None:
    """All that a part of a pattern matches, in lower case; None where that is too much to tell."""
    if code is op.LITERAL:
        sign = chr(argument)
        return frozenset([sign.lower()]) if sign.isascii() or sign.lower() == sign.upper() else None
    if code in (op.AT, op.ASSERT, op.ASSERT_NOT):
        return frozenset([_AT.get(argument, "")]) if code is op.AT else _EMPTY
    if code is op.IN:
        return _either(_written(*one) for one in argument)
    if code is op.SUBPATTERN:
        return _in_a_row(_written(*item) for item in argument[3])
    if code is op.BRANCH:
        return _either(_in_a_row(_written(*item) for item in items) for items in argument[1])
    if code in _REPEATS and argument[1] <= 2:
        least, most, items = argument
        once = _in_a_row(_written(*item) for item in items)
        return _either(_in_a_row([once] * times) for times in range(least, most + 1))
    return None


def _either(parts: Iterable[_Strings | None]) -> _Strings | None:
    found = _NOTHING
    for part in parts:
        if part is None or len(found) + len(part) > _FEW:
            return None
        found |= part
    return found


def _in_a_row(parts: Iterable[_Strings | None]) -> _Strings | None:
    run = _EMPTY
    for part in parts:
        if part is None or len(run) * len(part) > _FEW:
            return None
        run = frozenset(first + second for first, second in product(run, part))
    return run
