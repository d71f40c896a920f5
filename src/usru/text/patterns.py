"""Regular expressions that are written by users: which of them could run for ever.

A pattern takes exponential time on some text when a part that is repeated can match one text in
two ways: `(\\w+ ?)+` may cut ``aaaa`` anywhere. In terms of automata: from some state back to
itself the same word leads on two different paths (Weber and Seidl 1991, "On the degree of
ambiguity of finite automata"). `_ambiguous` looks for such a state.
"""

import re
from collections import Counter, deque
from collections.abc import Iterable, Sequence
from functools import cache
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

from usru.errors import InputError

__all__ = ["compiled"]

# Repetitions up to which a part is written out, so that ``\d{1,4}`` is harmless; more count as any
# number.
_FEW = 4
# One character for each kind that patterns tell apart; a set is known by which of them it holds.
_SAMPLE = "".join(map(chr, range(32, 127))) + "\t\n\u00a0éÉßд中€–“”’»«•…─"


def _ambiguous(pattern: str, flags: int = 0) -> bool:
    """Whether a repeated part of a pattern can match some text in more than one way.

    References back and assertions are taken to match nothing, and more than `_FEW` repetitions for
    any number: a harmless pattern may be called ambiguous, but none without back references that
    runs away is missed.
    """
    machine = _Machine()
    machine.add(_parser.parse(pattern, flags), machine.state(), flags)
    return machine.has_twin_loops()


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
        When it does not compile, names a group or sets a flag for the whole pattern (several are
        joined into one), or could run for ever.

    Examples
    --------
    >>> compiled("outlets.toml, [Gazette], nav", "menu", "menu").pattern
    'menu'
    """
    try:
        found = re.compile(pattern)
    except (re.error, TypeError, OverflowError, RecursionError) as error:
        what = f"{written!r} is no regular expression ({error})"
        raise InputError(place, what, "correct or remove it") from None
    if found.groupindex or found.flags != re.UNICODE:
        what = f"{written!r} names a group or sets a flag for the whole pattern"
        raise InputError(place, what, "write (?:…) for a group and (?i:…) for a flag")
    if _ambiguous(pattern, flags):
        what = f"{written!r} could run for ever, since a part that it repeats can match one text in two ways"
        mend = "begin each repetition with a character that the part before cannot end with"
        raise InputError(place, what, mend)
    return re.compile(pattern, flags)


class _Machine:
    """A non-deterministic automaton without accepting state: only its loops matter."""

    def __init__(self) -> None:
        self.free: list[list[int]] = []
        self.moves: list[list[tuple[frozenset[str], int]]] = []

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
            end = self.state()
            for items in argument[1]:
                self.free[self.add(items, start, flags)].append(end)
            return end
        signs = _signs(code, argument, flags)
        if signs is None:  # an assertion or a reference: taken to match nothing
            return start
        end = self.state()
        self.moves[start].append((signs, end))
        return end

    def _repeated(self, least: int, most: Any, items: Any, start: int, flags: int) -> int:
        few = most is not op.MAXREPEAT and most <= _FEW
        for _ in range(min(least, _FEW)):
            start = self.add(items, start, flags)
        if not few:
            loop = self.state()
            self.free[start].append(loop)
            self.free[self.add(items, loop, flags)].append(loop)
            return loop
        end = self.state()
        self.free[start].append(end)
        for _ in range(most - least):
            start = self.add(items, start, flags)
            self.free[start].append(end)
        return end

    # Loops that one word goes round in two ways

    def has_twin_loops(self) -> bool:
        steps = [self._steps(state) for state in range(len(self.free))]
        return any(self._twins(state, steps) for state in range(len(self.free)) if steps[state])

    def _steps(self, state: int) -> list[tuple[frozenset[str], int]]:
        """The moves from a state: free moves first, in every way there is."""
        found: list[tuple[frozenset[str], int]] = []
        reached, queue = Counter([state]), deque([state])
        while queue:
            here = queue.popleft()
            found += self.moves[here]
            for there in self.free[here]:
                reached[there] += 1
                if reached[there] <= 2:  # a second free way there is a second way to match
                    queue.append(there)
        return found

    def _twins(self, state: int, steps: Sequence[Sequence[tuple[frozenset[str], int]]]) -> bool:
        """Whether two different paths lead from a state back to it over one word."""
        queue = deque([(state, state, False)])
        seen = {(state, state, False)}
        while queue:
            left, right, parted = queue.popleft()
            for i, (signs, end) in enumerate(steps[left]):
                for j, (others, twin) in enumerate(steps[right]):
                    if not signs & others:
                        continue
                    pair = (end, twin, parted or end != twin or i != j)
                    if pair == (state, state, True):
                        return True
                    if pair not in seen:
                        seen.add(pair)
                        queue.append(pair)
        return False


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
