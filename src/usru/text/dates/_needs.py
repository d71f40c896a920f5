"""What a regular expression cannot do without: words of which a text must hold one.

To look for a few words in a text costs next to nothing, to try a pattern at each of its characters
much. The words are told from the pattern itself, so that nobody has to keep two lists.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import reduce
from itertools import chain
from operator import or_
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

from usru.text.dates._words import one_of

Words = frozenset[str]
KindsOf = Callable[[str], Iterable[str]]
_Part = tuple[Any, Any]  # of a parsed pattern: what it is, and its argument

# Printed words of which it is kept what they hold, at most.
_KEPT = 2**16
_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
# Letters that count as others where case does not matter, and an apostrophe as printed.
_SAME = (("İ", "i"), ("ı", "i"), ("ſ", "s"), ("’", "'"))


def needs(pattern: str) -> frozenset[Words]:
    """Sets of words: where a pattern matches, a text holds one of each, inside a word or as it is.

    One or two letters are in every text, so they are left out.
    """
    return frozenset(words for words in _needs(_parser.parse(pattern)) if all(map(_is_rare, words)))


def _is_rare(word: str) -> bool:
    return len(word) > 2 or not any(map(str.isalnum, word))


class Sieve:
    """Which of many sets of words a text has a word of, as bits of a number.

    What a printed word is besides, as `kinds_of` tells, counts like a set of which it has a word.
    """

    def __init__(self, sets: Iterable[Words], kinds_of: KindsOf = lambda printed: ()) -> None:
        self._held = _Held(dict.fromkeys(sets), kinds_of)

    def bits(self, sets: Iterable[Words | str]) -> int:
        """Those of some of the sets and kinds."""
        return reduce(or_, map(self._held.bits.__getitem__, sets), 0)

    def held(self, text: str) -> int:
        """Those of the sets that a text has a word of, and of the kinds of its words."""
        return reduce(or_, filter(None, map(self._held.__getitem__, text.split())), 0)


class _Held(dict[str, int]):
    """The bits of the sets that a printed word has a word of: the same words come again and again."""

    def __init__(self, sets: Iterable[Words], kinds_of: KindsOf) -> None:
        super().__init__()
        self._kinds_of = kinds_of
        self.bits: dict[Words | str, int] = _Bits()
        by_word: dict[str, int] = defaultdict(int)
        for words in sets:
            for word in words:
                by_word[word] |= self.bits[words]
        self._longest = re.compile(f"(?=({one_of(by_word)}))")
        # Where the longest word begins, those begin too with which it begins.
        self._by_longest = {
            longest: reduce(or_, (bit for word, bit in by_word.items() if longest.startswith(word)))
            for longest in by_word
        }

    def __missing__(self, printed: str) -> int:
        if len(self) >= _KEPT:
            self.clear()
        words = map(self._by_longest.__getitem__, self._longest.findall(_folded(printed)))
        kinds = map(self.bits.__getitem__, self._kinds_of(printed))
        self[printed] = held = reduce(or_, chain(words, kinds), 0)
        return held


class _Bits(dict[Words | str, int]):
    """A bit of its own for each."""

    def __missing__(self, key: Words | str) -> int:
        self[key] = bit = 1 << len(self)
        return bit


def _folded(text: str) -> str:
    for printed, letter in () if text.isascii() else _SAME:
        text = text.replace(printed, letter)
    return text.lower()


def _needs(tree: Iterable[_Part], run: str = "") -> Iterator[Words]:
    """What is needed by parts of a pattern that come behind a run of letters."""
    for code, argument in _flat(tree):
        if letter := _letter(code, argument):
            run += letter
        elif code is op.ASSERT:
            yield from _needs(argument[1])
        else:
            yield from _word(run)
            yield from _inside(code, argument, run)
            run = ""
    yield from _word(run)


def _word(run: str) -> Iterator[Words]:
    if run:
        yield frozenset([run])


def _flat(tree: Iterable[_Part]) -> Iterator[_Part]:
    """The parts of a pattern and of its groups, without edges and what must not be there."""
    for code, argument in tree:
        if code is op.SUBPATTERN:
            yield from _flat(argument[-1])
        elif code is op.ATOMIC_GROUP:
            yield from _flat(argument)
        elif code not in (op.AT, op.ASSERT_NOT):
            yield code, argument


def _letter(code: Any, argument: Any) -> str:
    """The one character that a part stands for, in either case, unless it is a space."""
    choice = {op.LITERAL: [(code, argument)], op.IN: argument}.get(code, ())
    letters = _letters(choice)
    return letters.pop() if len(letters) == 1 else ""


def _letters(choice: Any) -> set[str]:
    """The characters of which a part is one; none where it may be a space or any of a kind."""
    letters = {_folded(chr(one)) if kind is op.LITERAL else " " for kind, one in choice}
    return set() if any(map(str.isspace, letters)) else letters


def _inside(code: Any, argument: Any, run: str) -> Iterator[Words]:
    """What the alternatives or the repetition behind a run need."""
    if code is op.BRANCH:
        alternatives = [[*_needs(one, run)] for one in argument[1]]
        if all(alternatives):
            yield frozenset().union(*(max(one, key=_length) for one in alternatives))
    elif code in _REPEATS and argument[0]:
        yield from _needs(argument[2], run)
    elif code is op.IN and (letters := _letters(argument)):
        yield frozenset(run + letter for letter in letters)


def _length(words: Words) -> int:
    """Longer words are rarer."""
    return min(map(len, words))
