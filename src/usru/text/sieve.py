"""Which of many patterns a text may match, by the words that each of them cannot do without.

No text without ``subscribe`` or ``join`` in it can match ``(subscribe|join) now``. To look for a few
words costs next to nothing, to try a pattern at each character of a text much. The words are told
from the pattern itself, so that nobody has to keep two lists.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache, reduce
from itertools import accumulate, chain, zip_longest
from operator import and_, or_
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

from usru.text.words import one_of

__all__ = ["REPEATS", "Need", "Part", "Sieve", "needs", "parsed"]

Need = frozenset[str] | str
"""Words of which a text must hold one, or the name of a kind of which one of its words must be."""

Part = tuple[Any, Any]
"""A part of a parsed pattern: what it is, and its argument."""

REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)

_Words = frozenset[str]
_NONE: _Words = frozenset()

_KEPT = 2**16  # printed words of which it is kept what they hold, at most
_BEGINNING = "\x02"  # stands before the first character of a text
_BEGINNINGS = (op.AT_BEGINNING, op.AT_BEGINNING_STRING)
_COMMON = (".", ",")
# Letters that count as others where case does not matter, and an apostrophe as printed.
_SAME = str.maketrans("İıſ’", "iis'")


class Sieve:
    r"""Which of many patterns a text may match.

    Parameters
    ----------
    patterns : iterable of iterable of Need
        What each of them needs.
    kinds_of : callable, optional
        The kinds that a printed word is of.

    Examples
    --------
    >>> sieve = Sieve(map(needs, [r"\A(subscribe|join) now", r"\bcookies\b", r"\d+"]))
    >>> sieve.left("Join now, we said")
    [0, 2]
    """

    def __init__(
        self,
        patterns: Iterable[Iterable[Need]],
        kinds_of: Callable[[str], Iterable[str]] = lambda printed: (),
    ) -> None:
        needed = [tuple(pattern) for pattern in patterns]
        # Each bit is for one need of one pattern, first for the first needs of all, then for the
        # second and so on: a pattern is left that has all of its bits. Those for needs that it has
        # not are always set.
        self._shifts = [len(needed) * nth for nth in range(max([1, *map(len, needed)]))]
        bits: dict[Need | None, int] = defaultdict(int)
        for number, own in enumerate(needed):
            for shift, need in zip_longest(self._shifts, own):
                bits[need] |= 1 << number + shift
        self._always = bits.pop(None, 0)
        self._held = _Held(bits, kinds_of)

    def left(self, text: str) -> list[int]:
        """Return the numbers of the patterns that a text may match, in order.

        Parameters
        ----------
        text : str
            On one line, unless ``^`` of a pattern stands for the beginning of the text alone.
        """
        printed = map(self._held.__getitem__, f"{_BEGINNING}{text}".split())
        held = reduce(or_, filter(None, printed), self._always)
        return [*_ones(reduce(and_, map(held.__rshift__, self._shifts)))]


class _Held(dict[str, int]):
    """The bits of what a printed word holds and is: the same words come again and again."""

    def __init__(
        self, bits: dict[Need | None, int], kinds_of: Callable[[str], Iterable[str]]
    ) -> None:
        super().__init__()
        self._bits, self._kinds_of = bits, kinds_of
        by_word: dict[str, int] = defaultdict(int)
        for need, bit in bits.items():
            for word in need if isinstance(need, frozenset) else ():
                by_word[word] |= bit
        self._longest = re.compile(f"(?=({one_of(by_word) or '(?!)'}))")
        # Where the longest word begins, those begin too with which it begins.
        self._by_longest = {
            longest: reduce(or_, (by_word.get(word, 0) for word in accumulate(longest)))
            for longest in by_word
        }

    def __missing__(self, printed: str) -> int:
        if len(self) >= _KEPT:
            self.clear()
        words = map(self._by_longest.__getitem__, self._longest.findall(_folded(printed)))
        kinds = map(self._bits.__getitem__, self._kinds_of(printed.removeprefix(_BEGINNING)))
        self[printed] = held = reduce(or_, chain(words, kinds), 0)
        return held


def _ones(bits: int) -> Iterator[int]:
    """The places of the bits that are set."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest


def _folded(text: str) -> str:
    return (text if text.isascii() else text.translate(_SAME)).lower()


@lru_cache(maxsize=1)  # several ask for the same pattern
def parsed(pattern: str) -> _parser.SubPattern:
    """Return the parts of a pattern.

    Parameters
    ----------
    pattern : str
        As `re` writes it.

    Examples
    --------
    >>> len(parsed("[Tt]he"))
    3
    """
    return _parser.parse(pattern)


@lru_cache(maxsize=2**10)  # outlets share most of theirs
def needs(pattern: str) -> frozenset[_Words]:
    """Return sets of words: where a pattern matches, a text holds one of each, inside a word or as it is.

    Parameters
    ----------
    pattern : str
        As `re` writes it. Whether it heeds case does not matter.

    Returns
    -------
    frozenset of frozenset of str
        In lower case. Sets with one or two letters, which every text has, are left out.

    Examples
    --------
    >>> sorted(map(sorted, needs("(subscribe|join) now")))
    [['join', 'subscribe'], ['now']]
    """
    return frozenset(words for words in _needs(parsed(pattern)) if _rarity(words))


def _needs(tree: Iterable[Part], run: str = "") -> Iterator[_Words]:
    """What is needed by parts of a pattern that come behind a run of letters."""
    first = _NONE
    for code, argument in _flat(tree):
        letters = _letters(code, argument)
        if len(letters) == 1:
            run = _BEGINNING if _BEGINNING in letters else run + "".join(letters)
        elif code is op.ASSERT:
            yield from _needs(argument[1])
        elif run == _BEGINNING and code in REPEATS and not argument[0]:
            optional = max(_needs(argument[2], run), key=_rarity, default=_NONE)
            first |= optional
            run = run if optional else ""
        else:
            yield from _or_first(first, _word(run))
            yield from _or_first(first, _inside(code, argument, run, letters))
            run = ""
    yield from _or_first(first, _word(run))


def _or_first(first: _Words, needed: Iterable[_Words]) -> Iterator[_Words]:
    """What is needed, where a text that must begin with it may begin with other words."""
    for words in needed:
        yield words | first if any(word[0] == _BEGINNING for word in words) else words


def _word(run: str) -> Iterator[_Words]:
    if run.strip(_BEGINNING):
        yield frozenset([run])


def _flat(tree: Iterable[Part]) -> Iterator[Part]:
    """The parts of a pattern and of its groups, without what must not be there."""
    for code, argument in tree:
        if code is op.SUBPATTERN:
            yield from _flat(argument[-1])
        elif code is op.ATOMIC_GROUP:
            yield from _flat(argument)
        elif code is not op.ASSERT_NOT and (code is not op.AT or argument in _BEGINNINGS):
            yield code, argument


def _letters(code: Any, argument: Any) -> set[str]:
    """The characters of which a part is one, in lower case; none where it may be any of a kind."""
    if code is op.AT:
        return {_BEGINNING}
    choice = argument if code is op.IN else [(code, argument)]
    letters = {_letter(sign) if kind is op.LITERAL else "" for kind, sign in choice}
    return set() if "" in letters else letters


@cache
def _letter(sign: int) -> str:
    """A character as folded; none of a space, or of a letter that may be printed as another."""
    letter = _folded(chr(sign))
    is_sure = letter.isascii() or letter == letter.upper()
    return letter if is_sure and not letter.isspace() else ""


def _inside(code: Any, argument: Any, run: str, letters: set[str]) -> Iterator[_Words]:
    """What the alternatives or the repetition behind a run need."""
    if code is op.BRANCH:
        alternatives = [[*_needs(one, run)] for one in argument[1]]
        if all(alternatives):
            yield _NONE.union(*(max(one, key=_rarity) for one in alternatives))
    elif code in REPEATS and argument[0]:
        yield from _needs(argument[2], run)
    elif letters:
        yield frozenset(run + letter for letter in letters)


def _rarity(words: _Words) -> int:
    return min(map(_rarity_of, words))


@cache
def _rarity_of(word: str) -> int:
    """Longer words are rarer; most texts have a stop or comma, and all have any one or two letters."""
    if len(word) <= 2 and word.isascii() and any(map(str.isalnum, word)):
        return 0
    return 1 if word in _COMMON else len(word) + 1
