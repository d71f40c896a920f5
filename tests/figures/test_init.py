"""Every figure of the study's notebooks: on its corpus, on one of a reader's own, on nothing."""

import re
from xml.etree import ElementTree

import pytest

from usru import figures
from usru.figures import FIGURES
from usru.show.style import DARK
from usru.study.reproduce import checkout

MODULES = [figures.opening, figures.events, figures.agendas, figures.speech, figures.sentiment,
           figures.estimates, figures.scale]  # fmt: skip
STUDY = [
    name for name, one in FIGURES.items() if type(one).__module__ in {m.__name__ for m in MODULES}
]
SVG = "{http://www.w3.org/2000/svg}"
ALL = pytest.mark.parametrize("name", STUDY)


@pytest.fixture(scope="module")
def drawn(corpus):
    """Each figure of the study once: the table, the drawing, and its SVG."""
    found = {}
    for name in STUDY:
        figure = FIGURES[name]
        table = figure.tabulate(corpus)
        drawing = figure.plot(table)
        svg = drawing.svg(figure.headline(table), figure.alt(table), dark=True)
        found[name] = table, drawing, svg
    return found


def test_the_gallery_shows_every_figure_of_every_notebook_once():
    of = [type(FIGURES[name]).__module__ for name in STUDY]
    assert list(dict.fromkeys(of)) == [module.__name__ for module in MODULES]
    assert of == sorted(of, key=[module.__name__ for module in MODULES].index)
    assert len({FIGURES[name].title for name in STUDY}) == len(STUDY)
    numbers = (1, 2, 3, 4, 5, 7, 8)  # the sixth has no figure
    for number, module in zip(numbers, MODULES, strict=True):
        own = [figure for figure in FIGURES.values() if type(figure).__module__ == module.__name__]
        assert len({figure.notebook for figure in own}) == 1
        assert own[0].notebook.startswith(f"0{number}_")


@ALL
def test_the_notebook_of_a_figure_has_the_section_it_names(name):
    figure = FIGURES[name]
    assert figure.name == name
    text = (checkout() / "notebooks" / f"{figure.notebook}.ipynb").read_text(encoding="utf-8")
    assert f"## {figure.section}" in text
    assert f'figures.show(\\"{name}\\"' in text


@ALL
def test_a_corpus_of_ones_own_is_drawn_and_captioned(drawn, own, name):
    figure = FIGURES[name]
    table = figure.table(own)
    assert list(table.columns) == list(drawn[name][0].columns)
    is_sentence(figure.caption(table))
    figure.plot(table).draw_without_rendering()


@ALL
def test_a_table_without_rows_is_said_to_be_empty(drawn, name):
    figure = FIGURES[name]
    nothing = drawn[name][0].iloc[:0]
    assert figure.caption(nothing) == figure.empty
    is_sentence(figure.empty)
    assert [text.get_text() for text in figure.plot(nothing).axes[0].texts] == [figure.empty]
    is_sentence(figure.caption(drawn[name][0]))
    assert figure.caption(drawn[name][0]) != figure.empty


def is_sentence(text):
    assert re.match("[A-ZÀ-Þ0-9]", text)
    assert text.endswith(".")
    assert not re.search(r"\bnan\b|\bNone\b|\{|  ", text)


@ALL
def test_a_figure_speaks_to_a_screen_reader(drawn, name):
    root = ElementTree.fromstring(drawn[name][2])
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == FIGURES[name].headline(drawn[name][0])
    assert len(root.findtext(f"{SVG}desc")) > 80


@ALL
def test_a_figure_carries_no_date_and_no_path_of_a_machine(drawn, name):
    assert "<dc:date>" not in drawn[name][2]
    assert "/home/" not in drawn[name][2]
    assert str(checkout()) not in drawn[name][2]


@ALL
def test_a_mark_leads_to_its_passage(drawn, name):
    table, _, svg = drawn[name]
    links = set(re.findall(r'xlink:href="([^"#][^"]*)"', svg))
    shown = table["passage"].dropna() if "passage" in table else []
    if name == "speakers_topics":  # eight speakers have a column
        shown = table.loc[table["speaker"].isin(table["speaker"].unique()[:8]), "passage"]
    if name == "speakers":
        shown = table.loc[table["speaker"].isin(table["speaker"].unique()[:14]), "passage"]
    assert links == set(shown)
    for file, line in (link.rsplit("#L") for link in links):
        lines = (checkout() / "figures" / file).read_text(encoding="utf-8").split("\n")
        assert lines[int(line) - 1].strip()


@ALL
def test_text_stays_inside_the_figure_and_apart(drawn, name):
    drawing = drawn[name][1]
    drawing.draw_without_rendering()
    page = drawing.bbox
    labels = [text.get_window_extent() for text in _texts(drawing)]
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


@ALL
def test_a_figure_states_its_finding_what_is_measured_and_where_it_is_from(drawn, name):
    table, drawing, svg = drawn[name]
    figure, root = FIGURES[name], ElementTree.fromstring(svg)
    head, measure, foot = figure.frame(table)
    sentence, holds = figure.finding(table)
    assert holds
    assert head == sentence
    assert not head.endswith(".")
    assert len(head) <= 110, "two lines at most"
    shown = [text.get_text().replace("\n", " ") for text in drawing.texts]
    assert shown == [head, measure, foot], "also where the figure is taken out of its page"
    assert [root.get(f"data-{part}") for part in ("head", "measure", "foot")] == shown
    assert {"head", "measure", "foot"} <= {group.get("id") for group in root.iter(f"{SVG}g")}


@ALL
def test_people_read_no_ids(corpus, drawn, name):
    table, drawing, _ = drawn[name]
    figure = FIGURES[name]
    ids = {*corpus.documents["doc_id"], *corpus.meetings["meeting"], "textblob", "vader", "nrc"}
    ids |= {topic for topic in corpus.codebook.topics if "_" in topic} | {"bilateral"}
    said = [figure.alt(table), figure.source, *(text.get_text() for text in _texts(drawing))]
    found = [one for one in ids if re.search(rf"(?<![\w-]){one}(?![\w-])", "\n".join(said))]
    assert found == []


@ALL
def test_a_figure_turns_dark_as_a_whole(drawn, name):
    used = set(re.findall(r"(?:fill|stroke): (#[0-9a-f]{6})", drawn[name][2]))
    assert used <= set(DARK), "a colour without a twin stays as it is on the dark page"


def _texts(drawing):
    """All that is written in a figure and seen."""
    keys = [key for axes in drawing.axes if (key := axes.get_legend())] + drawing.legends
    texts = [
        text for axes in drawing.axes for text in [*axes.texts, *_shown_ticks(axes), axes.title]
    ]
    texts += [text for key in keys for text in [*key.get_texts(), key.get_title()]]
    texts += [*drawing.texts, *(axes.xaxis.label for axes in drawing.axes)]
    return [text for text in texts if text.get_visible() and text.get_text().strip()]


def _shown_ticks(axes):
    """The labels of ticks inside the axes; others exist but are not drawn."""
    left, right = axes.get_xlim()
    low, high = sorted(axes.get_ylim())
    return [
        *(text for text in axes.get_xticklabels() if left <= text.get_position()[0] <= right),
        *(text for text in axes.get_yticklabels() if low <= text.get_position()[1] <= high),
    ]


@ALL
def test_every_mark_lies_inside_its_axes(drawn, name):
    for axes in drawn[name][1].axes:
        left, right = axes.get_xlim()
        for line in axes.get_lines():
            if line.get_marker() not in ("None", "", None):
                places = axes.convert_xunits(line.get_xdata())
                assert all(left <= place <= right for place in places)
