"""One visual language: type, spacing, and the colours of meetings and of kinds of text."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["GROUPS", "INK", "MEETINGS", "MUTED", "PAPER", "house", "meeting_colours"]

INK = "#1f2933"
MUTED = "#66727f"
PAPER = "#ffffff"

MEETINGS = ("#1b4079", "#c8553d", "#e0a526", "#4d908e", "#7b6d8d", "#8a8d91")
"""Colours of the meetings in their order; apart for colour-blind eyes and in grey."""

GROUPS = {
    "story": "#1b4079",
    "title matter": "#5b8db8",
    "pictures": "#a9c6de",
    "furniture": "#d8d5cf",
    "readers": "#c8553d",
}
"""Colours of the parts of a page, dark for what is analysed."""


@contextmanager
def house() -> Iterator[None]:
    """Draw in the house style, the same bytes each time.

    Examples
    --------
    >>> import matplotlib
    >>> with house():
    ...     matplotlib.rcParams["svg.hashsalt"]
    'usru'
    """
    import matplotlib

    with matplotlib.rc_context(fname=Path(__file__).with_name("usru.mplstyle")):
        yield


def meeting_colours(meetings: list[str]) -> dict[str, str]:
    """Give each meeting its colour, in the corpus's order; a seventh starts again.

    Examples
    --------
    >>> meeting_colours(["bonn", "moscow"])["moscow"]
    '#c8553d'
    """
    return {name: MEETINGS[i % len(MEETINGS)] for i, name in enumerate(meetings)}
