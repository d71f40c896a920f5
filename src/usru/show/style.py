"""One visual language: type, spacing, and the colours of meetings and of kinds of text."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = [
    "GROUPS", "INK", "MEETINGS", "MUTED", "PAPER", "SIDES", "VOICES", "house", "meeting_colours",
    "side_colours",
]  # fmt: skip

INK = "#1f2933"
MUTED = "#66727f"
PAPER = "#ffffff"

MEETINGS = ("#1b4079", "#c8553d", "#e0a526", "#4d908e", "#7b6d8d", "#8a8d91")
"""Colours of the meetings in their order; apart for colour-blind eyes and in grey."""

SIDES = ("#8c2f39", "#2a6f97", "#8a8d91", "#5f7c4b", "#b08d2e")
"""Colours of the sides that speakers stand on, in their order; apart for colour-blind eyes."""

VOICES = {
    "direct": "#1b4079",
    "partial": "#5b8db8",
    "scare": "#e0a526",
    "narration": "#d8d5cf",
}
"""Colours of the voices of a story, dark for what is somebody else's words."""

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


def side_colours(sides: list[str]) -> dict[str, str]:
    """Give each side its colour; those who are neither side come last and are grey.

    Examples
    --------
    >>> side_colours(["Russia", "United States", "Others"])["Others"]
    '#8a8d91'
    """
    named = [side for side in sides if side != "Others"]
    colours = [colour for colour in SIDES if colour != SIDES[2]]
    return {side: colours[i % len(colours)] for i, side in enumerate(named)} | {"Others": SIDES[2]}


def meeting_colours(meetings: list[str]) -> dict[str, str]:
    """Give each meeting its colour, in the corpus's order; a seventh starts again.

    Examples
    --------
    >>> meeting_colours(["bonn", "moscow"])["moscow"]
    '#c8553d'
    """
    return {name: MEETINGS[i % len(MEETINGS)] for i, name in enumerate(meetings)}
