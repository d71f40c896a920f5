"""Many words as one regular expression."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

# Every gap is bounded, so that no pattern can wander through a long run of white space.
GAP = r"\s{1,8}"


def one_of(words: Iterable[str], endings: Mapping[str, str] | None = None) -> str:
    """The alternatives of some words, with what must follow some, the longest first.

    They go by their first letters, so that only the few that begin as the text does are tried.
    """
    rest: dict[str, list[str]] = defaultdict(list)
    for word in sorted(words, key=lambda word: (-len(word), word)):
        spelled = re.escape(word[1:]).replace(r"\ ", GAP)
        rest[word[:1]].append(spelled + (endings or {}).get(word, ""))
    return "|".join(f"{re.escape(letter)}(?:{'|'.join(own)})" for letter, own in rest.items())
