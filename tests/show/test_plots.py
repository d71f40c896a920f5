"""Figures draw what their tables hold, also when the tables hold little or much."""

import pandas as pd
import pytest

from usru.show import plots
from usru.study import figures


@pytest.mark.parametrize("name", list(figures.FIGURES))
def test_text_stays_inside_the_figure_and_apart(corpus, name):
    figure = figures.FIGURES[name]
    drawing = figure.plot(figure.table(corpus))
    drawing.draw_without_rendering()
    page = drawing.bbox
    labels = [
        text.get_window_extent()
        for axes in drawing.axes
        for text in [*axes.texts, *_shown_ticks(axes)]
        if text.get_visible() and text.get_text().strip() and text.get_rotation() == 0
    ]
    for box in labels:
        assert box.x0 >= page.x0 - 1
        assert box.x1 <= page.x1 + 1
        assert box.y0 >= page.y0 - 1
        assert box.y1 <= page.y1 + 1
    shrunk = [box.shrunk(0.9, 0.8) for box in labels]
    overlaps = [
        (i, j) for i in range(len(shrunk)) for j in range(i) if shrunk[i].overlaps(shrunk[j])
    ]
    assert overlaps == []


def _shown_ticks(axes):
    """The labels of ticks inside the axes; others exist but are not drawn."""
    left, right = axes.get_xlim()
    low, high = sorted(axes.get_ylim())
    return [
        *(text for text in axes.get_xticklabels() if left <= text.get_position()[0] <= right),
        *(text for text in axes.get_yticklabels() if low <= text.get_position()[1] <= high),
    ]


def test_the_composition_of_many_pages_fits_a_page():
    table = pd.DataFrame(
        {"doc_id": [f"page-{i:03d}" for i in range(500)], "group": "story", "share": 1.0}
    )
    assert plots.composition(table).get_figheight() <= 16


@pytest.mark.parametrize("name", [name for name in figures.FIGURES if name != "blocks_agreement"])
def test_a_table_without_rows_is_drawn_without_a_warning(corpus, name):
    figure = figures.FIGURES[name]
    nothing = figure.table(corpus).iloc[:0]
    assert figure.plot(nothing).axes
    assert figure.caption(nothing)


@pytest.mark.parametrize("name", list(figures.FIGURES))
def test_every_mark_lies_inside_its_axes(corpus, name):
    drawing = figures.FIGURES[name].plot(figures.FIGURES[name].table(corpus))
    for axes in drawing.axes:
        left, right = axes.get_xlim()
        for line in axes.get_lines():
            if line.get_marker() not in ("None", "", None):
                places = axes.convert_xunits(line.get_xdata())
                assert all(left <= place <= right for place in places)
