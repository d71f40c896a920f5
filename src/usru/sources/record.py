"""One record of an archive's export, before its date is read."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

__all__ = ["Record", "divided", "joined", "paragraphs"]


@dataclass(frozen=True)
class Record:
    """What an export says of one article; `dated` says where its date is from."""

    text: str
    title: str | None = None
    outlet: str | None = None
    date: str | None = None
    dated: str = "date line"
    more: Mapping[str, str] = field(default_factory=dict)


def divided(lines: Sequence[str], mark: re.Pattern[str], *, ends: bool) -> Iterator[list[str]]:
    """Divide lines into records at lines that begin or end one.

    Parameters
    ----------
    lines : sequence of str
        The lines of an export.
    mark : re.Pattern
        What a whole line that divides matches, outer white space aside.
    ends : bool
        Whether such a line is the last of a record and not the first. What no record claims
        (a list of contents, the terms of use) is left out.

    Examples
    --------
    >>> list(divided(["a", "END", "b", "END", "c"], re.compile("END"), ends=True))
    [['a', 'END'], ['b', 'END']]
    """
    held: list[str] = []
    is_open = ends
    for line in lines:
        is_mark = mark.fullmatch(line.strip()) is not None
        if is_mark and not ends:
            if is_open:
                yield held
            held, is_open = [], True
        held.append(line)
        if is_mark and ends:
            yield held
            held = []
    if is_open and not ends:
        yield held


def paragraphs(lines: Iterable[str]) -> list[list[str]]:
    """Return runs of lines that blank lines part, without outer white space.

    Parameters
    ----------
    lines : iterable of str
        Lines of a text.

    Examples
    --------
    >>> paragraphs([" a", "b", "", "c"])
    [['a', 'b'], ['c']]
    """
    runs: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            runs[-1].append(line.strip())
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def joined(lines: Iterable[str]) -> str:
    """Return lines that are a paragraph each as a text, with a blank line between them.

    Parameters
    ----------
    lines : iterable of str
        The paragraphs; blank ones are left out.

    Examples
    --------
    >>> joined(["One.", "", "Two."])
    'One.\\n\\nTwo.\\n'
    """
    kept = [line.strip() for line in lines if line.strip()]
    return "\n\n".join(kept) + "\n" if kept else ""
