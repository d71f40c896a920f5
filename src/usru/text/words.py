"""Many words as one regular expression."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

__all__ = ["GAP", "one_of"]

# Every gap is bounded, so that no pattern can wander through a long run of white space.
GAP = r"\s{1,8}"
"""What stands for a space."""


def one_of(words: Iterable[str], endings: Mapping[str, str] | None = None) -> str:
    r"""Return the alternatives of some words, the longest first.

    They go by their first letters, so that only the few that begin as the text does are tried.

    Parameters
    ----------
    words : iterable of str
        Not empty. A space in one stands for any gap of up to eight characters.
    endings : mapping of str to str, optional
        The pattern of what must follow some of the words.

    Examples
    --------
    >>> one_of(["May", "March", "June"], {"May": r"\b"})
    'M(?:arch|ay\\b)|J(?:une)'
    """
    rest: dict[str, list[str]] = defaultdict(list)
    for word in sorted(words, key=lambda word: (-len(word), word)):
        spelled = re.escape(word[1:]).replace(r"\ ", GAP)
        rest[word[:1]].append(spelled + (endings or {}).get(word, ""))
    return "|".join(f"{re.escape(letter)}(?:{'|'.join(own)})" for letter, own in rest.items())
