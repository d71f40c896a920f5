"""Regular expressions that are written by users: which of them could run for ever.

A pattern takes exponential time on some text when a part that is repeated can match one text in
two ways: `(\\w+ ?)+` may cut ``aaaa`` anywhere. In terms of automata: from some state back to
itself the same word leads on two different paths (Weber and Seidl 1991, "On the degree of
ambiguity of finite automata"). `_ambiguous` looks for such a state among pairs of states, where
two paths that part and meet again are a loop.
"""

import re
import warnings
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

import numpy as np

from usru.errors import InputError

__all__ = ["compiled", "fault"]

# Repetitions up to which a part is written out, so that ``\d{1,4}`` is harmless; more count as any
# number. So do repetitions of what is repeated, beyond so many in all.
_FEW, _WRITTEN = 4, 16
_ROW = 3  # repetitions in a row that can match the same text: a line has some hundred characters
_MOST = 1_500  # moves of one loop, as all pairs of them are looked at
_MEND = "begin each repetition with a character that the part before cannot end with"
# One character for each kind that patterns tell apart; a set is known by which of them it holds.
_SAMPLE = "".join(map(chr, range(32, 127))) + "\t\n\u00a0éÉßd中€–“”’»«•…─"


class _TooLong(Exception):
    """A part that is repeated is too long to be looked at."""


def _ambiguous(pattern: str, flags: int = 0) -> bool:
    """Whether a repeated part of a pattern can match some text in more than one way.

    References back are taken to match any text, and more than `_FEW` repetitions for any number: a
    harmless pattern may be called ambiguous, but none that runs away is missed.
    """
    return any(map(_has_twins, _loops(pattern, flags)[0].values()))


def _in_a_row(pattern: str, flags: int = 0) -> int:
    """How many parts that are repeated follow one another, and can match the same character.

    They divide a text among them in as many ways as its length to the power of their number.
    """
    loops, links = _loops(pattern, flags)
    signs = {
        name: frozenset().union(*(one.signs for one in moves)) for name, moves in loops.items()
    }

    @cache
    def longest(name: int, shared: frozenset[str]) -> int:
        further = ((other, shared & signs[other]) for other in links[name])
        return 1 + max((longest(other, both) for other, both in further if both), default=0)

    return max((longest(name, signs[name]) for name in loops), default=0)


@lru_cache(maxsize=2**10)
def fault(written: str, pattern: str | None = None, flags: int = 0) -> tuple[str, str] | None:
    """Return what is wrong with a pattern, and how to mend it.

    Parameters
    ----------
    written : str
        The pattern as it is written.
    pattern : str, optional
        The same with its abbreviations spelled out, where it has some.
    flags : int
        Flags of `re`.

    Returns
    -------
    tuple of str, str or None
        None where it can be used: it compiles, names no group and sets no flag for the whole
        pattern (several are joined into one), does not match the empty text, and cannot run for
        ever.

    Examples
    --------
    >>> fault("menu"), fault("x*")
    (None, ("'x*' matches where there is no text", 'write what must be there'))
    """
    pattern = written if pattern is None else pattern
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # Python may read it otherwise one day, as `[[`
            found = re.compile(pattern)
        if found.groupindex or found.flags != re.UNICODE:
            what = f"{written!r} names a group or sets a flag for the whole pattern"
            return what, "write (?:…) for a group and (?i:…) for a flag"
        if found.search(""):
            return f"{written!r} matches where there is no text", "write what must be there"
        if _ambiguous(pattern, flags):
            what = f"{written!r} could run for ever, since a part that it repeats can match one text in two ways"
            return what, _MEND
        if _in_a_row(pattern, flags) > _ROW:
            what = f"{written!r} could take hours, since more than {_ROW} repetitions in a row can match the same text"
            return what, _MEND
    except _TooLong:
        return f"{written!r} repeats a part that is too long to be checked", "repeat less at once"
    except (re.error, TypeError, OverflowError, RecursionError, Warning) as error:
        return f"{written!r} is no regular expression ({error})", "correct or remove it"
    return None


def compiled(place: str, written: str, pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Compile a pattern from a file, refusing in one sentence what cannot be used.

    Parameters
    ----------
    place, written, pattern : str
        Where it is written, the pattern as written, and with its abbreviations spelled out.
    flags : int
        Flags of `re`.

    Raises
    ------
    InputError
        Where it has a `fault`.

    Examples
    --------
    >>> compiled("outlets.toml, [Gazette], nav", "menu", "menu").pattern
    'menu'
    """
    if found := fault(written, pattern, flags):
        raise InputError(place, *found)
    return re.compile(pattern, flags)


class _Move(NamedTuple):
    """A step from one state to another, and the characters with which it can be made."""

    start: int
    signs: frozenset[str]
    end: int


class _Machine:
    """A non-deterministic automaton without accepting state: only its loops matter."""

    def __init__(self) -> None:
        self.free: list[list[int]] = []
        self.moves: list[list[_Move]] = []
        self._times = 1  # that the part which is being added is written out

    def state(self) -> int:
        self.free.append([])
        self.moves.append([])
        return len(self.free) - 1

    # From the parsed pattern to states

    def add(self, items: Iterable[tuple[Any, Any]], start: int, flags: int) -> int:
        for code, argument in items:
            start = self._add_one(code, argument, start, flags)
        return start

    def _add_one(self, code: Any, argument: Any, start: int, flags: int) -> int:
        if code in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            least, most, items = argument
            return self._repeated(least, most, items, start, flags)
        if code is op.SUBPATTERN:
            _, on, off, items = argument
            return self.add(items, start, (flags | on) & ~off)
        if code is op.ATOMIC_GROUP:
            return self.add(argument, start, flags)
        if code is op.BRANCH:
            return self._divided(argument[1], start, flags)
        if code is op.GROUPREF_EXISTS:
            return self._divided([items or [] for items in argument[1:]], start, flags)
        if code in (op.ASSERT, op.ASSERT_NOT):
            self.add(argument[1], start, flags)
            return start
        if code is op.GROUPREF:
            return self._repeated(0, op.MAXREPEAT, [(op.ANY, None)], start, flags | re.DOTALL)
        signs = _signs(code, argument, flags)
        if signs is None:  # a place in the text
            return start
        end = self.state()
        self.moves[start].append(_Move(start, signs, end))
        return end

    def _divided(self, ways: Iterable[Any], start: int, flags: int) -> int:
        end = self.state()
        for items in ways:
            self.free[self.add(items, start, flags)].append(end)
        return end

    def _repeated(self, least: int, most: Any, items: Any, start: int, flags: int) -> int:
        times, room = self._times, max(1, min(_FEW, _WRITTEN // self._times))
        few = most is not op.MAXREPEAT and most <= room
        needed = min(least, room)
        self._times *= max(1, most if few else needed)
        for _ in range(needed if few else needed - 1):
            start = self.add(items, start, flags)
        if few:
            start = self._optional(most - needed, items, start, flags)
        else:
            loop = self.state()
            self.free[start].append(loop)
            end = self.add(items, loop, flags)
            self.free[end].append(loop)
            start = end if needed else loop
        self._times = times
        return start

    def _optional(self, most: int, items: Any, start: int, flags: int) -> int:
        end = self.state()
        self.free[start].append(end)
        for _ in range(most):
            start = self.add(items, start, flags)
            self.free[start].append(end)
        return end

    # Without free moves

    def steps(self) -> list[_Move]:
        return [move for state in range(len(self.free)) for move in self._steps(state)]

    def _steps(self, state: int) -> Iterator[_Move]:
        """The moves from a state: free moves first, in every way there is."""
        reached, queue = Counter([state]), deque([state])
        while queue:
            here = queue.popleft()
            yield from (move._replace(start=state) for move in self.moves[here])
            for there in self.free[here]:
                reached[there] += 1
                if reached[there] <= 2:  # a second free way there is a second way to match
                    queue.append(there)


def _loops(pattern: str, flags: int) -> tuple[dict[int, list[_Move]], dict[int, set[int]]]:
    """The moves of each loop of a pattern, and the loops that it can go on with at once."""
    machine = _Machine()
    machine.add(_parser.parse(pattern, flags), machine.state(), flags)
    moves = machine.steps()
    label = _components([(one.start, one.end) for one in moves], len(machine.free)).tolist()
    loops: dict[int, list[_Move]] = defaultdict(list)
    for one in moves:
        if label[one.start] == label[one.end]:
            loops[label[one.start]].append(one)
    links: dict[int, set[int]] = {name: set() for name in loops}
    for one in moves:
        if label[one.start] != label[one.end] and {label[one.start], label[one.end]} <= {*loops}:
            links[label[one.start]].add(label[one.end])
    return loops, links


def _has_twins(moves: Sequence[_Move]) -> bool:
    """Whether one word goes round a loop in two ways."""
    if len(moves) > _MOST:
        raise _TooLong
    number = {state: n for n, state in enumerate(dict.fromkeys(one.start for one in moves))}
    n = len(number)
    start = np.array([number[one.start] for one in moves])
    end = np.array([number[one.end] for one in moves])
    left, right = np.nonzero(_meeting([one.signs for one in moves]))
    if ((start[left] == start[right]) & (end[left] == end[right]) & (left != right)).any():
        return True
    pairs = np.column_stack([start[left] * n + start[right], end[left] * n + end[right]])
    label = _components(pairs, n * n)
    together = np.arange(n) * (n + 1)
    return bool(np.isin(np.delete(label, together), label[together]).any())


def _meeting(signs: Sequence[frozenset[str]]) -> np.ndarray[Any, Any]:
    """Which moves one character can make, each with each."""
    known = {sign: n for n, sign in enumerate(sorted(frozenset().union(*signs)))}
    held = np.zeros((len(signs), len(known)), dtype="float32")
    for row, own in enumerate(signs):
        held[row, [known[sign] for sign in own]] = 1
    return held @ held.T > 0


def _components(pairs: Any, n: int) -> np.ndarray[Any, Any]:
    """For each of n nodes the number of what it leads to and can be reached from, by ordered pairs."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    starts, ends = np.asarray(pairs, dtype="int64").reshape(-1, 2).T
    graph = coo_array((np.ones(len(starts), dtype="bool"), (starts, ends)), shape=(n, n))
    label: np.ndarray[Any, Any] = connected_components(graph, connection="strong")[1]
    return label


def _signs(code: Any, argument: Any, flags: int) -> frozenset[str] | None:
    """The characters of the sample that one step of a pattern accepts."""
    if code is op.LITERAL:
        return _matching(re.escape(chr(argument)), flags) or frozenset([chr(argument)])
    if code is op.NOT_LITERAL:
        return _matching(f"[^{re.escape(chr(argument))}]", flags)
    if code is op.ANY:
        return _matching(".", flags)
    if code is op.IN:
        negated = argument[0][0] is op.NEGATE
        within = frozenset().union(*(_of_set(item, flags) for item in argument[negated:]))
        return frozenset(_SAMPLE) - within if negated else within
    return None


def _of_set(item: tuple[Any, Any], flags: int) -> frozenset[str]:
    code, argument = item
    if code is op.RANGE:
        low, high = (re.escape(chr(end)) for end in argument)
        return _matching(f"[{low}-{high}]", flags) or frozenset([chr(argument[0])])
    if code is op.CATEGORY:
        return _matching(_CATEGORIES[str(argument).lower()], flags)
    return _signs(op.LITERAL, argument, flags) or frozenset()


_CATEGORIES = {
    f"category_{negation}{name}": rf"\{letter.upper() if negation else letter}"
    for name, letter in (("digit", "d"), ("space", "s"), ("word", "w"))
    for negation in ("", "not_")
}


@cache
def _matching(one: str, flags: int) -> frozenset[str]:
    kept = flags & (re.IGNORECASE | re.DOTALL | re.ASCII)
    return frozenset(re.findall(one, _SAMPLE, kept))
