"""The figures of the starter notebooks, on studies of every shape."""

import functools
import io
import itertools
import math
import re

import pandas as pd
import pytest
from studies import SHAPES, study

from usru import figures
from usru.figures import FIGURES

MODULES = [figures.starter.opening, figures.starter.agendas, figures.starter.speech,
           figures.starter.sentiment]  # fmt: skip
NAMES = [
    name for name, one in FIGURES.items() if type(one).__module__ in {m.__name__ for m in MODULES}
]
TALLEST, MOST_LINKS = 9, 320
ALL = pytest.mark.parametrize("name", NAMES)
SHAPE = pytest.mark.parametrize("shape", SHAPES)
# What is drawn differs between these; the others differ in what their captions say.
DRAWN = pytest.mark.parametrize("shape", ["one document", "few", "many groups", "nothing known", "German"])  # fmt: skip
FULL = pytest.mark.parametrize("shape", ["few", "many groups"])


@pytest.fixture(scope="module")
def studies(tmp_path_factory):
    return {name: study(tmp_path_factory.mktemp("study") / "one", **shape) for name, shape in SHAPES.items()}  # fmt: skip


@pytest.fixture(scope="module")
def tables(studies):
    """The table of each figure of each study, once."""
    return functools.cache(lambda shape, name: FIGURES[name].tabulate(studies[shape]))


@pytest.fixture(scope="module")
def drawn(tables):
    """Each figure of each study, drawn once: its table and the drawing."""

    @functools.cache
    def draw(shape, name):
        table = tables(shape, name)
        drawing = FIGURES[name].plot(table)
        drawing.draw_without_rendering()
        return table, drawing

    return draw


@pytest.fixture(scope="module")
def svg(tables):
    """Each figure of each study as its file, once; a drawing that was laid out before differs."""
    return functools.cache(lambda shape, name: FIGURES[name].plot(tables(shape, name)).svg())


def texts(drawing):
    """The texts that are seen, those of ticks outside the axes aside."""
    for axes in drawing.axes:
        if axes.axison:
            for ticks, limits, at in (
                (axes.get_xticklabels(), sorted(axes.get_xlim()), 0),
                (axes.get_yticklabels(), sorted(axes.get_ylim()), 1),
            ):
                yield from (t for t in ticks if limits[0] <= t.get_position()[at] <= limits[1])
            yield from (axes.xaxis.label, axes.yaxis.label)
            yield from (axes.title, axes._left_title)
        yield from axes.texts
    yield from drawing.texts
    for legend in drawing.legends:
        yield from legend.get_texts()


def seen(drawing):
    return [text for text in texts(drawing) if text.get_visible() and text.get_text().strip()]


def test_the_figures_of_a_notebook_are_in_one_module_and_in_its_order():
    of = [type(FIGURES[name]).__module__ for name in NAMES]
    assert list(dict.fromkeys(of)) == [module.__name__ for module in MODULES]
    for number, module in enumerate(MODULES, start=1):
        own = {FIGURES[name].notebook[:2] for name in NAMES if type(FIGURES[name]).__module__ == module.__name__}  # fmt: skip
        assert own == {f"{number:02d}"}


def test_no_figure_of_a_starter_notebook_is_mistaken_for_one_of_this_study():
    shipped = [figure for name, figure in FIGURES.items() if name not in NAMES]
    assert not {figure.notebook for figure in shipped} & {
        FIGURES[name].notebook for name in NAMES[3:]
    }
    assert not any(FIGURES[name].claim for name in NAMES)


@SHAPE
@ALL
def test_a_caption_is_a_sentence_that_is_right_for_one_and_for_many(tables, shape, name):
    caption = FIGURES[name].caption(tables(shape, name))
    assert re.match("[A-ZÀ-Þ0-9]|tone: |topics: |quotations: ", caption)
    assert caption.endswith(".")
    assert not re.search(r"\bnan\b|\bNaT\b|\bNone\b|\{|  |\.\.", caption)
    assert not re.search(r"(?<![\d,.])1 [a-z]+s\b(?<!is)(?<!has)|\b1 \w+ are\b", caption)
    assert not re.search(
        r"(?<![\d,.])(0|[2-9]|\d\d+) (document|word|quotation|topic|speaker)\b", caption
    )


@DRAWN
@ALL
def test_a_figure_is_no_taller_than_two_screens(drawn, shape, name):
    width, height = drawn(shape, name)[1].get_size_inches()
    assert width == pytest.approx(7.4)
    assert height <= TALLEST


@DRAWN
@ALL
def test_no_text_is_cut_or_covers_another(drawn, shape, name):
    _, drawing = drawn(shape, name)
    page, shown = drawing.bbox, seen(drawing)
    for text in shown:
        box = text.get_window_extent()
        assert box.x0 >= page.x0 - 1, text
        assert box.x1 <= page.x1 + 1, text
        assert box.y0 >= page.y0 - 1, text
        assert box.y1 <= page.y1 + 1, text
    level = [
        text.get_window_extent().shrunk(0.94, 0.8) for text in shown if text.get_rotation() == 0
    ]
    assert not [(i, j) for i, one in enumerate(level) for j in range(i) if one.overlaps(level[j])]


@DRAWN
@ALL
def test_tilted_names_are_apart(drawn, shape, name):
    """By the distance of their lines, as the boxes around tilted names overlap."""
    tilted = [text for text in seen(drawn(shape, name)[1]) if text.get_rotation() not in (0, 90)]
    for left, right in itertools.pairwise(tilted):
        apart = right.get_transform().transform(right.get_position())[0]
        apart -= left.get_transform().transform(left.get_position())[0]
        points = apart * 72 / 100 * math.sin(math.radians(left.get_rotation()))
        assert points >= left.get_fontsize()


@DRAWN
@ALL
def test_a_document_is_named_by_its_title_where_it_has_one(drawn, studies, shape, name):
    titled = all(studies[shape].documents["title"])
    table, drawing = drawn(shape, name)
    words = [*(text.get_text() for text in seen(drawing)), FIGURES[name].alt(table)]
    assert not titled or not [word for word in words if "id-0" in word]


@FULL
@ALL
def test_the_data_are_what_is_drawn(tables, svg, shape, name):
    """From the file alone, the same picture is drawn."""
    table = tables(shape, name)
    days = [column for column in ("begins", "ends") if column in table]
    if len(table):
        read = pd.read_csv(io.StringIO(table.to_csv(index=False)), parse_dates=days)
        assert FIGURES[name].plot(read).svg() == svg(shape, name)


@FULL
@ALL
def test_marks_lead_to_passages_while_they_are_few(tables, svg, studies, shape, name):
    table = tables(shape, name)
    links = set(re.findall(r'xlink:href="(\.\./[^"]*)"', svg(shape, name)))
    passages = set(table["passage"].dropna()) if "passage" in table else set()
    assert links == (passages if len(passages) <= MOST_LINKS else set())
    for link in links:
        file, line = link.removeprefix("../").split("#L")
        lines = (studies[shape].manifest.folder / file).read_text(encoding="utf-8").split("\n")
        assert lines[int(line) - 1].strip()


@ALL
def test_a_table_has_the_same_columns_whatever_the_study(tables, name):
    columns = {tuple(tables(shape, name).columns) for shape in SHAPES if shape != "German"}
    assert len(columns) == 1


@ALL
def test_what_cannot_be_shown_of_german_texts_is_said(drawn, name):
    table, drawing = drawn("German", name)
    if name in ("documents", "lengths"):
        assert len(table)
    elif name not in (
        "page_parts",
        "words_of_groups",
        "topics_checked",
        "voices_checked",
        "tone_checked",
    ):
        assert "another language (de)" in drawing.axes[0].texts[0].get_text().replace("\n", " ")
