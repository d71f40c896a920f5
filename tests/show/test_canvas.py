"""The sheet: the same bytes each time, a name for who cannot see, and room on a page."""

from xml.etree import ElementTree

import pandas as pd
import pytest

from usru.show import canvas
from usru.show.style import house

SVG = "{http://www.w3.org/2000/svg}"


def drawn():
    with house():
        figure, axes = canvas.rows(3)
        axes.barh(range(3), [1, 2, 3], label="bars")
        canvas.name_rows(axes, ["a", "b", "c"])
        axes.set_xlabel("numbers & <signs>")
    return figure


def test_a_drawing_is_the_same_bytes_each_time():
    figure = drawn()
    assert figure.svg("A", "B") == figure.svg("A", "B") == drawn().svg("A", "B")
    assert figure.png() == drawn().png()


def test_title_and_description_are_text_and_no_markup():
    text = 'Bars <script>alert(1)</script> & "more"'
    root = ElementTree.fromstring(drawn().svg(text, text))
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == text
    assert root.findtext(f"{SVG}desc") == text
    assert root.find(f".//{SVG}script") is None


def test_a_drawing_carries_no_date_and_no_program():
    svg = drawn().svg("A", "B")
    assert "<dc:date>" not in svg
    assert "<dc:creator>" not in svg
    assert b"Software" not in drawn().png()


def test_a_notebook_shows_a_drawing_as_svg():
    figure = drawn()
    assert figure._repr_svg_() == figure.svg()
    ElementTree.fromstring(figure._repr_svg_())


def test_a_drawing_is_not_kept_open():
    from matplotlib import pyplot

    drawn()
    assert pyplot.get_fignums() == []


def test_nothing_is_said_in_words():
    figure = canvas.nothing("nobody is <quoted>")
    assert [text.get_text() for text in figure.axes[0].texts] == ["nobody is <quoted>"]
    ElementTree.fromstring(figure.svg("A", "B"))


@pytest.mark.parametrize("n", [0, 1, 20, 5000])
def test_rows_have_room_and_fit_a_page(n):
    figure, axes = canvas.rows(n)
    assert 1 < figure.get_figheight() <= 16
    bottom, top = axes.get_ylim()
    assert top < 0 <= max(n - 1, 0) < bottom


@pytest.mark.parametrize(("n", "named"), [(canvas.MOST_LABELS, True), (canvas.MOST_LABELS + 1, False)])  # fmt: skip
def test_rows_are_named_where_names_can_be_read(n, named):
    _, axes = canvas.rows(n)
    canvas.name_rows(axes, [f"row {i}" for i in range(n)])
    shown = [label.get_text() for label in axes.get_yticklabels()]
    assert len(shown) == n
    assert shown[0] == ("row 0" if named else "")


def test_a_day_has_its_english_name_whatever_the_locale():
    assert canvas.day_name(pd.Timestamp(2017, 8, 6)) == "6 August 2017"
    assert [canvas.day_name(pd.Timestamp(2017, m, 1)).split()[1] for m in (1, 12)] == ["January", "December"]  # fmt: skip


def test_an_axis_in_per_cent_runs_from_none_to_all():
    _, axes = canvas.rows(1)
    canvas.percent_axis(axes, "share")
    assert axes.get_xlim() == (0, 1)
    assert [label.get_text() for label in axes.get_xticklabels()][::4] == ["0", "100%"]
