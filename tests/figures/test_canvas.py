"""The sheet: the same bytes each time, a name for who cannot see, and room on a page."""

from itertools import pairwise
from xml.etree import ElementTree

import pandas as pd
import pytest

from usru.figures import canvas
from usru.show.style import DARK, EDGE, INK, MUTED, PALE, PAPER, SHADES, house

SVG = "{http://www.w3.org/2000/svg}"


def drawn():
    with house():
        figure, axes = canvas.rows(["a", "b", "c"])
        axes.barh(range(3), [1, 2, 3], label="bars")
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


@pytest.mark.parametrize("n", [1, 20, 5000])
def test_rows_have_room_and_fit_a_page(n):
    figure, axes = canvas.rows([f"row {i}" for i in range(n)])
    assert 1 < figure.get_figheight() <= 16
    bottom, top = axes.get_ylim()
    assert top < 0 <= n - 1 < bottom


@pytest.mark.parametrize(("n", "named"), [(canvas.MOST_LABELS, True), (canvas.MOST_LABELS + 1, False)])  # fmt: skip
def test_rows_are_named_where_names_can_be_read(n, named):
    _, axes = canvas.rows([f"row {i}" for i in range(n)])
    shown = [label.get_text() for label in axes.get_yticklabels()]
    assert len(shown) == n
    assert shown[0] == ("row 0" if named else "")


def test_an_axis_in_per_cent_runs_from_none_to_all():
    _, axes = canvas.rows(["a"])
    canvas.percent_axis(axes)
    assert axes.get_xlim() == (0, 1)
    assert [label.get_text() for label in axes.get_xticklabels()][::4] == ["0", "100%"]


def test_what_drew_it_is_said_only_where_it_is_asked_for():
    assert "<dc:source>" not in drawn().svg("A", "B")
    assert "<dc:source>a.b &amp; c</dc:source>" in drawn().svg("A", "B", "a.b & c")


def test_equal_values_stand_above_each_other_and_apart():
    offsets = canvas.beside(pd.Series([9, 9, 5, *[7] * 20]))
    assert offsets[0] == -offsets[1] < 0
    assert offsets[2] == 0
    assert offsets[3:].is_unique
    assert offsets.between(-0.4, 0.4).all()


def test_a_cell_is_dark_where_there_is_much_and_its_number_can_be_read():
    _, axes = canvas.sheet(1)
    canvas.cell(axes, 0, 0, 0.0, "", None)
    canvas.cell(axes, 1, 0, 0.1, "10", "a.txt#L1")
    canvas.cell(axes, 2, 0, 1.0, "100", "a.txt#L2", query="topics=press")
    assert [box.get_gid() for box in axes.patches] == [None, None, "?topics=press"]
    pale, light, dark = (sum(box.get_facecolor()[:3]) for box in axes.patches)
    assert pale > light > dark
    assert [box.get_url() for box in axes.patches] == [None, "a.txt#L1", "a.txt#L2"]
    assert [text.get_color() for text in axes.texts] == [INK, PAPER]


def test_each_estimate_lies_on_its_interval_and_beside_the_others():
    table = pd.DataFrame({"row": ["x", "x"], "of": ["a", "b"], "value": [0.2, 0.4], "low": 0.1, "high": 0.5})  # fmt: skip
    figure, axes = canvas.rows(["x"])
    looks = {"a": ("#000000", "o"), "b": ("#ffffff", "s")}
    canvas.intervals_by(axes, table, "row", "of", "value", looks, 0.2)
    canvas.legend(figure, *axes.get_legend_handles_labels())
    assert [(*line.get_xdata(), *line.get_ydata()) for line in axes.lines] == [(0.2, -0.1), (0.4, 0.1)]  # fmt: skip
    assert [text.get_text() for text in figure.legends[0].get_texts()] == ["a", "b"]


def test_a_small_share_has_no_number_and_an_absent_part_no_key():
    table = pd.DataFrame({"doc_id": "a", "part": ["x", "y"], "share": [0.97, 0.03]})
    colours = {"x": INK, "y": PALE, "z": MUTED}
    figure = canvas.stacked_shares(
        table, "part", colours, {"a": "The first"}, height=0.6, least=0.05
    )
    assert [text.get_text() for text in figure.axes[0].texts if text.get_text()] == ["97%"]
    assert [text.get_text() for text in figure.legends[0].get_texts()] == ["x", "y"]
    assert [label.get_text() for label in figure.axes[0].get_yticklabels()] == ["The first"]


# Around the marks --------------------------------------------------------------------------------

SAID = (
    "Half of it is <quoted> & more",
    "Share of words",
    "Source: five stories. Sample: 78 paragraphs.",
)


def framed(*said):
    figure = drawn()
    canvas.colour_key(figure, {"one": INK, "two": PALE})
    figure.frame(*said)
    return figure


def test_the_frame_adds_its_lines_to_the_sheet_and_leaves_the_marks_their_room():
    bare, figure, more = drawn(), framed(*SAID), framed("A long finding " * 12, *SAID[1:])
    assert bare.get_figheight() < figure.get_figheight() < more.get_figheight()
    for each in (figure, more):
        each.draw_without_rendering()
        each._settle()
        head, measure, foot = (text.get_window_extent() for text in each.texts)
        key, marks = each.legends[0].get_window_extent(), each.axes[0].get_tightbbox()
        heights = [
            head.y1,
            head.y0,
            measure.y1,
            measure.y0,
            key.y1,
            key.y0,
            marks.y1,
            marks.y0,
            foot.y1,
        ]
        assert heights == sorted(heights, reverse=True), "nothing lies over another"
        assert head.x1 <= each.bbox.x1
        assert foot.y0 >= 0


def test_what_is_said_around_the_marks_can_be_cut_off_and_said_by_a_page():
    root = ElementTree.fromstring(framed(*SAID).svg("A", "B"))
    assert [root.get(f"data-{part}") for part in ("head", "measure", "foot")] == [*SAID]
    groups = {group.get("id"): group for group in root.iter(f"{SVG}g")}
    assert {"head", "measure", "foot"} <= set(groups)
    height = float(root.get("viewBox").split()[3])
    taken = float(root.get("data-head-height")) + float(root.get("data-foot-height"))
    assert taken < height
    assert height - taken == pytest.approx(72 * drawn().get_figheight(), abs=0.1)


def test_a_frame_without_words_is_no_frame():
    figure = framed("", "", "")
    assert [text.get_text() for text in figure.texts] == ["", "", ""]


def test_a_line_has_all_the_words_that_fit_between_the_margins():
    room = 72 * (canvas.WIDTH - 3 * canvas.MARGIN)
    lines = canvas._wrapped("mill iii www " * 60, 12, "bold")
    assert " ".join(lines).split() == ("mill iii www " * 60).split()
    for line, after in pairwise(lines):
        wider = f"{line} {after.split()[0]}"
        assert canvas.breadth(line, 12, "bold") <= room < canvas.breadth(wider, 12, "bold")


def test_a_word_that_is_too_long_has_a_line_of_its_own():
    assert canvas._wrapped(f"a {'b' * 200} c", 12, "bold") == ["a", "b" * 200, "c"]


def test_a_file_turns_dark_where_its_reader_wants_it_and_a_notebook_does_not():
    svg = framed(*SAID).svg("A", "B", dark=True)
    assert "@media (prefers-color-scheme: dark)" in svg
    assert f'[style*="fill: {INK}"]' in svg
    assert DARK[INK] in svg
    ElementTree.fromstring(svg)
    assert "@media" not in framed(*SAID)._repr_svg_()


# Heat maps ---------------------------------------------------------------------------------------


def test_equal_shares_have_one_shade_in_every_heat_map():
    assert [canvas.shade(share) for share in (0, 0.1, 0.2, 0.4, 0.6, 0.8, 1)] == [*SHADES]
    assert canvas.shade(0.001) == SHADES[1], "a little is not nothing"


def test_the_key_of_shades_has_all_of_them():
    figure, _ = canvas.sheet(1)
    canvas.shade_key(figure, "share of the story")
    texts = [text.get_text() for text in figure.legends[0].get_texts()]
    assert texts == ["share of the story", "none", "up to 10%", "20%", "40%", "60%", "80%", "100%"]


def test_what_is_too_pale_for_paper_has_an_outline():
    assert canvas.filled(PALE)["edgecolor"] == EDGE
    assert canvas.filled(INK)["edgecolor"] == PAPER
