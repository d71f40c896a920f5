"""What looks ahead for the signs with which a match of a pattern may begin.

To try one such choice at each character of a text costs less than to try the whole pattern.
"""

import re
from collections.abc import Iterable, Sequence
from re import _constants as op  # type: ignore[attr-defined]
from typing import Any

from usru.text.sieve import REPEATS, Part, parsed

_ANY = r"\s\S"
_BEYOND = r"[^\x00-\x7f]"
_EDGES = (op.AT, op.ASSERT, op.ASSERT_NOT)


def begins(pattern: str) -> str:
    """What looks ahead for the first signs of a pattern; nothing where all may be.

    Of a pattern that begins with plain signs `re` looks for them by itself.
    """
    tree = parsed(pattern)
    signs, may_be_empty = _first(tree)
    if may_be_empty or _ANY in signs or _is_plain(tree):
        return ""
    # A class of its own, as `re` takes a millisecond to compile a class of such a range and letters.
    beyond = f"|{_BEYOND}" if _BEYOND in signs else ""
    return f"(?=[{''.join(sorted(signs - {_BEYOND}))}]{beyond})"


def _is_plain(tree: Sequence[Part]) -> bool:
    """Whether a pattern begins with a sign, or a choice of signs, that is no edge and no option."""
    code, argument = tree[0]
    if code is op.SUBPATTERN:
        return _is_plain(argument[-1])
    return code in (op.LITERAL, op.IN) or (
        code is op.BRANCH and all(one[0][0] is op.LITERAL for one in argument[1])
    )


def _first(tree: Iterable[Part], any_case: bool = False) -> tuple[set[str], bool]:
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
    if code in REPEATS:
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
