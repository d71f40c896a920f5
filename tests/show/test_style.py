"""The house style: colours that stay apart."""

from itertools import combinations

import pytest
from matplotlib.colors import to_rgb

from usru.show.style import GROUPS, MEETINGS, house, meeting_colours


def grey(colour: str) -> float:
    red, green, blue = to_rgb(colour)
    return 0.2126 * red**2.2 + 0.7152 * green**2.2 + 0.0722 * blue**2.2


@pytest.mark.parametrize("pair", list(combinations(MEETINGS[:3], 2)))
def test_the_meetings_differ_in_grey(pair):
    light, dark = sorted(map(grey, pair), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 1.6


def test_the_story_is_the_darkest_part_of_a_page():
    assert min(GROUPS, key=lambda group: grey(GROUPS[group])) == "story"


def test_a_seventh_meeting_has_a_colour_too():
    assert len(meeting_colours([str(i) for i in range(7)])) == 7


def test_the_style_ends_with_its_block():
    import matplotlib

    before = matplotlib.rcParams["font.size"]
    with house():
        assert matplotlib.rcParams["font.size"] == 9
    assert matplotlib.rcParams["font.size"] == before
