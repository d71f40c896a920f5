"""Tone drawn: little or much, on one page, without a warning, each bar leading to its passage."""

import re

import numpy as np
import pandas as pd
import pytest

from usru.analysis.tone import CHOICES, INSTRUMENTS
from usru.show import tone

MANY = 150
"""Stories or groups, more than can be named."""


def along(n):
    rows = [
        {
            "doc_id": f"story-{i % 40:03d}", "paragraph": i + 1, "polarity": (i % 9 - 4) / 4,
            "valence": float(i % 5 - 2), "topic": "us_politics", "passage": f"a.txt#L{i + 1}",
        }
        for i in range(n)
    ]  # fmt: skip
    return pd.DataFrame(
        rows, columns=["doc_id", "paragraph", "polarity", "valence", "topic", "passage"]
    )


def means(n):
    rows = [
        {"group": f"Ann Lee-{i}", "instrument": name, "polarity": 0.1, "low": 0.0, "high": 0.2}
        for i in range(n)
        for name in INSTRUMENTS
    ]
    return pd.DataFrame(rows, columns=["group", "instrument", "polarity", "low", "high"])


def validity(n):
    names = [*INSTRUMENTS, *(f"own-{i}" for i in range(n))][:n]
    return pd.DataFrame(
        {"instrument": names, "rho": 0.3, "low": 0.1, "high": 0.5}
    ).astype({"rho": float})  # fmt: skip


def specifications(n):
    choices = {name: [values[i % len(values)] for i in range(n)] for name, values in CHOICES.items()}  # fmt: skip
    estimates = np.linspace(-0.2, 0.3, n)
    return pd.DataFrame(
        {
            "comparison": [f"a – {i % 3}" for i in range(n)],
            "instrument": [list(INSTRUMENTS)[i % 3] for i in range(n)],
            **choices,
            "estimate": estimates,
            "low": estimates - 0.1,
            "high": estimates + 0.1,
        }
    )


PLOTS = {
    tone.along: along,
    tone.means: means,
    tone.validity: validity,
    tone.specifications: specifications,
}
plots = pytest.mark.parametrize("plot", list(PLOTS), ids=lambda plot: plot.__name__)


@pytest.mark.parametrize("n", [0, 1, MANY])
@plots
def test_any_number_of_rows_is_drawn_on_one_page(plot, n):
    figure = plot(PLOTS[plot](n))
    assert figure.axes
    assert figure.get_figheight() <= 18
    figure.draw_without_rendering()


@plots
def test_where_nothing_could_be_computed_the_figure_says_so(plot):
    table = PLOTS[plot](3)
    numbers = [name for name in ("rho", "estimate", "polarity", "low", "high") if name in table]
    figure = plot(table.assign(**dict.fromkeys(numbers, np.nan)))
    if plot is not tone.along:  # which shows the reading all the same
        assert [text.get_text()[:5] for text in figure.axes[0].texts] in (["there"], ["nobod"])
    figure.draw_without_rendering()


def test_a_bar_leads_to_its_passage():
    table = along(5)
    svg = tone.along(table).svg("A", "B")
    assert set(re.findall(r'xlink:href="([^"#][^"]*)"', svg)) == set(table["passage"])


def test_bars_are_scores_and_rings_are_readings_halved():
    table = along(1).assign(polarity=[-0.5], valence=[2.0])
    axes = tone.along(table).axes[0]
    assert axes.patches[0].get_height() == -0.5
    rings = next(line for line in axes.get_lines() if line.get_marker() == "o")
    assert rings.get_ydata().tolist() == [1.0]


def test_a_paragraph_that_nobody_read_has_no_ring():
    axes = tone.along(along(2).assign(doc_id="a", valence=[np.nan, 1.0])).axes[0]
    rings = next(line for line in axes.get_lines() if line.get_marker() == "o")
    assert np.isnan(rings.get_ydata()).tolist() == [True, False]


def test_the_longest_stories_are_drawn():
    table = along(100)
    table["doc_id"] = ["long"] * 60 + [f"short-{i}" for i in range(40)]
    titles = [axes.get_title("left") for axes in tone.along(table).axes]
    assert len(titles) == tone.MOST_STORIES
    assert titles[0] == "long"


def test_every_estimate_is_drawn_once_from_the_lowest_up():
    table = specifications(30).assign(comparison="a – b").iloc[::-1]
    above, below = tone.specifications(table).axes
    dots = [
        (x, y)
        for line in above.get_lines()
        if line.get_marker() == "o"
        for x, y in zip(line.get_xdata(), line.get_ydata(), strict=True)
    ]
    assert [y for _, y in sorted(dots)] == sorted(table["estimate"])
    ticks = sum(len(line.get_xdata()) for line in below.get_lines())
    assert ticks == 30 * (1 + len(CHOICES))
    names = [label.get_text() for label in below.get_yticklabels()]
    assert names[:4] == ["instrument: nrc", "vader", "textblob", "unit: paragraph"]


def test_a_choice_that_was_not_open_is_not_listed():
    """As where speakers are compared: in quotation only."""
    table = specifications(30).assign(voice="quotation", comparison="a – b")
    names = [label.get_text() for label in tone.specifications(table).axes[1].get_yticklabels()]
    assert not any("quotation" in name for name in names)


def test_an_instrument_of_ones_own_is_drawn_in_grey():
    axes = tone.validity(validity(5)).axes[0]
    assert [label.get_text() for label in axes.get_yticklabels()] == [*INSTRUMENTS, "own-0", "own-1"]  # fmt: skip
    markers = [line.get_marker() for line in axes.get_lines()]
    assert markers[:5] == ["o", "s", "D", "P", "P"]
