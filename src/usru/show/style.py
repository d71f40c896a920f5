"""One visual language: type, spacing, and the colours of meetings and of kinds of text."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["BLUE", "BLUSH", "GREY", "GRID", "GROUPS", "INK", "MUTED", "NAVY", "PAPER", "RAIL", "RUST",
           "SAND", "SKY", "TEAL", "VOICES", "house", "meeting_colours", "side_colours"]  # fmt: skip

INK, MUTED, PAPER = "#1f2933", "#66727f", "#ffffff"
NAVY, BLUE, SKY = "#1b4079", "#5b8db8", "#a9c6de"
RUST, BLUSH, AMBER, TEAL = "#c8553d", "#e3a996", "#e0a526", "#4d908e"
GREY, SAND, RAIL, GRID = "#8a8d91", "#d8d5cf", "#c9d1d9", "#e4e7eb"

# Meetings in their order, apart for colour-blind eyes and in grey; sides, apart for colour-blind
# eyes; the voices of a story, dark for what is somebody else's words; the parts of a page, dark for
# what is analysed.
MEETINGS = (NAVY, RUST, AMBER, TEAL, "#7b6d8d", GREY)
SIDES = ("#8c2f39", "#2a6f97", "#5f7c4b", "#b08d2e")
VOICES = {"quotation": NAVY, "report": SKY, "outlet": SAND}
GROUPS = {"story": NAVY, "title matter": BLUE, "pictures": SKY, "furniture": SAND, "readers": RUST}


@contextmanager
def house() -> Iterator[None]:
    """Draw in the house style, the same bytes each time."""
    import matplotlib

    with matplotlib.rc_context(fname=Path(__file__).with_name("usru.mplstyle")):
        yield


def side_colours(sides: Iterable[str]) -> dict[str, str]:
    """Give each side its colour; those who are on neither come last and are grey.

    Parameters
    ----------
    sides : iterable of str
        Their names in order.

    Examples
    --------
    >>> side_colours(["Russia", "United States", "Others"])["Others"]
    '#8a8d91'
    """
    named = [side for side in dict.fromkeys(sides) if side != "Others"]
    return {side: SIDES[i % len(SIDES)] for i, side in enumerate(named)} | {"Others": GREY}


def meeting_colours(meetings: Iterable[str]) -> dict[str, str]:
    """Give each meeting its colour, in the corpus's order; a seventh starts again.

    Parameters
    ----------
    meetings : iterable of str
        Their names in order.

    Examples
    --------
    >>> meeting_colours(["bonn", "moscow", "bonn"])
    {'bonn': '#1b4079', 'moscow': '#c8553d'}
    """
    return {name: MEETINGS[i % len(MEETINGS)] for i, name in enumerate(dict.fromkeys(meetings))}
