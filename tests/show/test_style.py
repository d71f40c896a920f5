"""The house style: colours that mean one thing, stay apart, and can be seen on paper and in the dark."""

from itertools import combinations, pairwise

import pytest
from matplotlib.colors import to_rgb

from usru.figures.canvas import ink_on
from usru.show import style
from usru.show.style import DARK, INK, PAPER, dark_rules, house, meeting_colours, meeting_markers

FAMILIES = {
    "meetings": [*style.MEETINGS],
    "instruments": [colour for colour, _ in [*style.INSTRUMENTS.values(), style.OTHER]],
    "sides": [colour for colour, _ in style.SIDES],
    "voices": [*style.VOICES.values()],
    "parts of a page": [*style.GROUPS.values()],
    "valences": [*style.VALENCES.values()],
    "shades": [*style.SHADES],
}
FILLS = {*style.VOICES.values(), *style.GROUPS.values(), *style.VALENCES.values(), *style.SHADES}
MARKS = sorted(
    {colour for own in FAMILIES.values() for colour in own} - {*style.SHADES, style.PALE}
)


def luminance(colour: str) -> float:
    """As WCAG 2 defines it."""
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colour", [*MARKS, style.EDGE])
def test_a_mark_can_be_seen_on_paper_and_in_the_dark(colour):
    assert contrast(colour, PAPER) >= 3
    assert contrast(DARK[colour], DARK[PAPER]) >= 3


@pytest.mark.parametrize("colour", [INK, style.MUTED])
def test_words_can_be_read_on_paper_and_in_the_dark(colour):
    assert contrast(colour, PAPER) >= 4.5
    assert contrast(DARK[colour], DARK[PAPER]) >= 4.5


@pytest.mark.parametrize("fill", sorted(FILLS))
def test_a_number_can_be_read_on_its_fill(fill):
    assert contrast(ink_on(fill), fill) >= 4.5
    assert contrast(DARK[ink_on(fill)], DARK[fill]) >= 4.5


@pytest.mark.parametrize("pair", list(combinations(FAMILIES, 2)))
def test_a_colour_means_one_thing(pair):
    one, other = (set(FAMILIES[name]) - {style.PALE, PAPER} for name in pair)
    assert not one & other


def test_every_colour_has_a_twin_of_its_own():
    assert len(set(DARK.values())) == len(DARK)


@pytest.mark.parametrize("pair", list(combinations(style.MEETINGS[:3], 2)))
def test_the_meetings_differ_in_grey(pair):
    assert contrast(*pair) >= 1.6


def test_meetings_and_instruments_differ_in_shape_too():
    assert len(set(meeting_markers("abcdef").values())) == 6
    looks = [marker for _, marker in [*style.INSTRUMENTS.values(), style.OTHER]]
    assert len(set(looks)) == len(looks)


def test_sides_differ_by_their_hatch():
    hatches = [hatch for _, hatch in style.SIDES]
    assert len(set(hatches)) == len(hatches)


@pytest.mark.parametrize("name", ["voices", "parts of a page"])
def test_what_is_analysed_or_quoted_is_darkest(name):
    assert min(FAMILIES[name], key=luminance) == FAMILIES[name][0]


def test_more_is_darker_in_a_heat_map_and_lighter_in_the_dark():
    assert all(luminance(one) > luminance(other) for one, other in pairwise(style.SHADES))
    twins = [DARK[shade] for shade in style.SHADES]
    assert all(luminance(one) < luminance(other) for one, other in pairwise(twins))


def test_a_seventh_meeting_has_a_colour_too():
    assert len(meeting_colours([str(i) for i in range(7)])) == 7


def test_the_rules_for_the_dark_turn_what_is_filled_and_what_is_drawn():
    rules = dark_rules({INK: DARK[INK]}).splitlines()
    assert rules == [
        f'[style*="{what}: {INK}"]{{{what}:{DARK[INK]}!important}}' for what in ("fill", "stroke")
    ]


def test_the_style_ends_with_its_block():
    import matplotlib

    before = matplotlib.rcParams["font.size"]
    with house():
        assert matplotlib.rcParams["font.size"] == 9
    assert matplotlib.rcParams["font.size"] == before


def test_the_style_sheet_of_figures_has_colours_of_the_house_only():
    with house():
        import matplotlib

        names = ("text.color", "axes.edgecolor", "axes.labelcolor", "grid.color", "xtick.color")
        for name in names:
            value = matplotlib.rcParams[name]
            assert f"#{value.lstrip('#')}" in DARK, name
