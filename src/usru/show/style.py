"""One visual language: type, spacing, and colours that mean one thing each.

Every colour has a twin for a dark ground, by which figures and pages turn dark.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

__all__ = ["DARK", "EDGE", "GRID", "GROUPS", "INK", "INSTRUMENTS", "MUTED", "OTHER", "PALE", "PAPER",
           "RAIL", "SHADES", "VALENCES", "VOICES", "dark_rules", "house", "meeting_colours",
           "meeting_markers", "side_looks"]  # fmt: skip

# Text and ground; EDGE outlines what is too pale to be seen on paper, RAIL and GRID are no marks.
INK, MUTED, PAPER = "#1f2933", "#5b6672", "#ffffff"
EDGE, PALE, RAIL, GRID = "#7f8a95", "#eef1f4", "#c9d1d9", "#e4e7eb"

# Meetings in their order: apart for colour-blind eyes, and in grey from dark to light.
MEETINGS = ("#1b4079", "#b8402a", "#b58900", "#2f7d6b", "#7b5ea7", "#6b7280")
MARKERS = "osD^vP"

INSTRUMENTS = {"textblob": ("#5a7d1f", "o"), "vader": ("#7048a8", "s"), "nrc": ("#1d8a99", "D"),
               "news": ("#c05a00", "^")}  # fmt: skip
OTHER = ("#8a5a44", "P")
"""The look of an instrument that is not the study's."""

SIDES = (("#7a1f35", ""), ("#5b8fc4", "////"), ("#52796f", ".."), ("#9a7b4f", "xx"))
VOICES = {"quotation": "#23404a", "turn": "#4a6e79", "report": "#7498a2", "outlet": PALE}
GROUPS = {"story": "#5c4326", "title matter": "#8f6a3c", "pictures": "#af8c5f", "furniture": PALE,
          "readers": "#7d6699"}  # fmt: skip
VALENCES = {-2: "#8e1b6b", -1: "#cb75b1", 0: PALE, 1: "#719e48", 2: "#33691e"}
SHADES = (PAPER, "#dcefed", "#b3dcd8", "#7fc0ba", "#4a9f99", "#217a75", "#0b514e")
"""The scale of heat maps: nothing, then shares of up to 10, 20, 40, 60, 80 and 100 per cent."""

DARK: Mapping[str, str] = {
    INK: "#e4e8ec", MUTED: "#aab4be", PAPER: "#14181c", EDGE: "#8d98a3", PALE: "#252d35",
    RAIL: "#46525d", GRID: "#2b333b",
    "#1b4079": "#5f93dd", "#b8402a": "#f2937c", "#b58900": "#f0c95c", "#2f7d6b": "#6fc9b3",
    "#7b5ea7": "#b79ce0", "#6b7280": "#a8b0bb",
    "#5a7d1f": "#a5cc5e", "#7048a8": "#b592ee", "#1d8a99": "#62cad8", "#8a5a44": "#d29d84",
    "#c05a00": "#f5a55a",
    "#7a1f35": "#d9637f", "#5b8fc4": "#a9cdf0", "#52796f": "#93c2b6", "#9a7b4f": "#d8bd92",
    "#23404a": "#9cc4d1", "#4a6e79": "#7596a0", "#7498a2": "#4c6a73",
    "#5c4326": "#dcbb8d", "#8f6a3c": "#b48f5e", "#af8c5f": "#7d613d", "#7d6699": "#b59fd2",
    "#8e1b6b": "#e77fc6", "#cb75b1": "#9b4883", "#719e48": "#4c702c", "#33691e": "#a4d584",
    "#dcefed": "#18302f", "#b3dcd8": "#1b4341", "#7fc0ba": "#1f5754", "#4a9f99": "#24706c",
    "#217a75": "#6fc4bd", "#0b514e": "#bdece7",
}  # fmt: skip
"""The twin of each colour on a dark ground, where pale is what is dark on paper."""


@contextmanager
def house() -> Iterator[None]:
    """Draw in the house style, the same bytes each time."""
    import matplotlib

    with matplotlib.rc_context(_settings()):
        yield


@cache
def _settings() -> dict[Any, Any]:
    """The house style over matplotlib's defaults; the backend stays that of the session."""
    import matplotlib

    found = matplotlib.rc_params_from_file(Path(__file__).with_name("usru.mplstyle"))
    return {name: value for name, value in found.items() if name != "backend"}


def dark_rules(twins: Mapping[str, str] = DARK) -> str:
    """Return the style rules by which a figure turns dark.

    Parameters
    ----------
    twins : mapping of str
        The colours that the figure has, each with what takes its place.

    Examples
    --------
    >>> dark_rules({INK: DARK[INK]}).splitlines()[0]
    '[style*="fill: #1f2933"]{fill:#e4e8ec!important}'
    """
    return "\n".join(
        f'[style*="{what}: {colour}"]{{{what}:{twin}!important}}'
        for colour, twin in twins.items()
        for what in ("fill", "stroke")
    )


def side_looks(sides: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Give each side its colour and hatch; those who are on neither come last, in grey.

    Parameters
    ----------
    sides : iterable of str
        Their names in order.

    Examples
    --------
    >>> side_looks(["Russia", "United States", "Others"])["Others"]
    ('#7f8a95', '')
    """
    named = [side for side in dict.fromkeys(sides) if side != "Others"]
    looks = {side: SIDES[i % len(SIDES)] for i, side in enumerate(named)}
    return looks | {"Others": (EDGE, "")}


def meeting_colours(meetings: Iterable[str]) -> dict[str, str]:
    """Give each meeting its colour, in the corpus's order; a seventh starts again.

    Parameters
    ----------
    meetings : iterable of str
        Their names in order.

    Examples
    --------
    >>> meeting_colours(["bonn", "moscow", "bonn"])
    {'bonn': '#1b4079', 'moscow': '#b8402a'}
    """
    return {name: MEETINGS[i % len(MEETINGS)] for i, name in enumerate(dict.fromkeys(meetings))}


def meeting_markers(meetings: Iterable[str]) -> dict[str, str]:
    """Give each meeting its mark, as `meeting_colours` gives it its colour.

    Parameters
    ----------
    meetings : iterable of str
        Their names in order.

    Examples
    --------
    >>> meeting_markers(["bonn", "moscow"])
    {'bonn': 'o', 'moscow': 's'}
    """
    return {name: MARKERS[i % len(MARKERS)] for i, name in enumerate(dict.fromkeys(meetings))}
