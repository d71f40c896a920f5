"""What a regular expression cannot do without: words of which a text must hold one.

To look for a few words in a text costs next to nothing, to try a pattern at each of its characters
much. The words are told from the pattern itself, so that nobody has to keep two lists.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache, reduce
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
_ANY = r"\s\S"
_BEYOND = r"[^\x00-\x7f]"
_EDGES = (op.AT, op.ASSERT, op.ASSERT_NOT)
_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
# Letters that count as others where case does not matter, and an apostrophe as printed.
_SAME = (("İ", "i"), ("ı", "i"), ("ſ", "s"), ("’", "'"))


def needs(pattern: str) -> frozenset[Words]:
    """Sets of words: where a pattern matches, a text holds one of each, inside a word or as it is.

    One or two letters are in every text, so they are left out.
    """
    return frozenset(words for words in _needs(_parsed(pattern)) if all(map(_is_rare, words)))


def begins(pattern: str) -> str:
    """What looks ahead for the signs with which a match may begin; nothing where all may.

    To try one such choice at each character of a text costs less than to try the whole pattern. Of
    a pattern that begins with plain signs `re` looks for them by itself.
    """
    tree = _parsed(pattern)
    signs, may_be_empty = _first(tree)
    if may_be_empty or _ANY in signs or _is_plain(tree):
        return ""
    # A class of its own, as `re` takes a millisecond to compile a class of such a range and letters.
    beyond = f"|{_BEYOND}" if _BEYOND in signs else ""
    return f"(?=[{''.join(sorted(signs - {_BEYOND}))}]{beyond})"


@lru_cache(maxsize=1)  # both ask for the same pattern
def _parsed(pattern: str) -> _parser.SubPattern:
    return _parser.parse(pattern)


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


def _is_plain(tree: Sequence[_Part]) -> bool:
    """Whether a pattern begins with a sign, or a choice of signs, that is no edge and no option."""
    code, argument = tree[0]
    if code is op.SUBPATTERN:
        return _is_plain(argument[-1])
    return code in (op.LITERAL, op.IN) or (
        code is op.BRANCH and all(one[0][0] is op.LITERAL for one in argument[1])
    )


def _first(tree: Iterable[_Part], any_case: bool = False) -> tuple[set[str], bool]:
    """The signs with which parts of a pattern may begin, and whether they may be empty."""
    signs: set[str] = set()
    for code, argument in tree:
        own, may_be_empty = _first_of(code, argument, any_case)
        signs |= own
        if not may_be_empty:
            return signs, False
    return signs, True


def _first_of(code: Any, argument: Any, any_case: bool) -> tuple[set[str], bool]:
    """The same of one part."""
    if code in _EDGES:
        return set(), True
    if code is op.SUBPATTERN:
        return _first(argument[-1], any_case or bool(argument[1] & re.IGNORECASE))
    if code is op.BRANCH:
        ways = [_first(one, any_case) for one in argument[1]]
        return set().union(*(signs for signs, _ in ways)), any(empty for _, empty in ways)
    if code in _REPEATS:
        signs, may_be_empty = _first(argument[2], any_case)
        return signs, may_be_empty or not argument[0]
    choice = argument if code is op.IN else [(code, argument)]
    return set().union(*(_spelled(kind, sign, any_case) for kind, sign in choice)), False


def _spelled(kind: Any, argument: Any, any_case: bool) -> set[str]:
    """A sign, or any digit, as a choice has them."""
    if kind is op.LITERAL:
        sign = chr(argument)
        # Letters beyond ASCII count as some of ASCII where case does not matter.
        either = {re.escape(sign.lower()), re.escape(sign.upper()), _BEYOND}
        return either if any_case else {re.escape(sign)}
    return {r"\d"} if argument is op.CATEGORY_DIGIT else {_ANY}
