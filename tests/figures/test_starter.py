"""The figures of the starter notebooks, on studies of every shape."""

import functools
import io
import re
from xml.etree import ElementTree

import pandas as pd
import pytest
from coders import code_sheet
from matplotlib.text import Text
from studies import SHAPES, study

import usru
from usru import figures
from usru.coding import units
from usru.coding.sampling import sample
from usru.figures import FIGURES
from usru.show.style import DARK

MODULES = [figures.starter.opening, figures.starter.agendas, figures.starter.speech,
           figures.starter.sentiment]  # fmt: skip
NAMES = [
    name for name, one in FIGURES.items() if type(one).__module__ in {m.__name__ for m in MODULES}
]
SVG = "{http://www.w3.org/2000/svg}"
TALLEST, MOST_LINKS, SMALLEST = 9.2, 320, 8
ALL = pytest.mark.parametrize("name", NAMES)
SHAPE = pytest.mark.parametrize("shape", [*SHAPES, "coded", "sampled", "sampled few", "pages", "hostile"])  # fmt: skip
# What is drawn differs between these; the others differ in what their captions say.
DRAWN = pytest.mark.parametrize("shape", ["one document", "few", "many groups", "nothing known", "coded",
                                          "sampled", "sampled few", "hostile", "German"])  # fmt: skip
FULL = pytest.mark.parametrize("shape", ["few", "many groups", "sampled", "sampled few"])


def coded(folder):
    """A study of two documents, of which a reader has coded what the sheets are for."""
    corpus = study(folder, SHAPES["few"]["rows"][1:])
    sheets = corpus.manifest.folder / "coding" / "reference"
    sheets.mkdir(parents=True)
    lines = corpus.paragraphs[["doc_id", "line"]]
    topics = [("schools", "water", "roads_and_bridges schools")[i % 3] for i in range(len(lines))]
    lines.assign(topics=topics).to_csv(sheets / "topics.csv", index=False)
    lines.assign(valence=[i % 4 - 2 for i in range(len(lines))]).to_csv(sheets / "valence.csv", index=False)  # fmt: skip
    said = corpus.quotations[["doc_id", "line", "text", "speaker", "form", "cue"]].iloc[1:]
    said.to_csv(sheets / "quotations.csv", index=False)
    return usru.load(corpus.manifest.folder)


def sampled(folder, shape, n):
    """A study of which samples are coded by one coder, and some of these by a second."""
    corpus = study(folder, **SHAPES[shape])
    for what in units.KINDS:
        path = sample(corpus, n, what=what, name=what).sheet
        code_sheet(corpus, what, path)
        code_sheet(corpus, what, path, "ben", n=n // 2, slips=0.2)
    return usru.load(corpus.manifest.folder)


@pytest.fixture(scope="module")
def studies(tmp_path_factory, own, hostile):
    folder = tmp_path_factory.mktemp("study")
    made = {name: study(folder / str(n), **shape) for n, (name, shape) in enumerate(SHAPES.items())}
    made |= {"sampled": sampled(folder / "sampled", "many groups", 60),
             "sampled few": sampled(folder / "sampled-few", "few", 10)}  # fmt: skip
    return made | {"coded": coded(folder / "coded"), "pages": own, "hostile": hostile}


@pytest.fixture(scope="module")
def tables(studies):
    """The table of each figure of each study, once."""
    return functools.cache(lambda shape, name: FIGURES[name].tabulate(studies[shape]))


@pytest.fixture(scope="module")
def files(tables):
    """Each figure of each study, drawn once: its table, the drawing, and the file."""

    @functools.cache
    def draw(shape, name):
        table = tables(shape, name)
        drawing = FIGURES[name].plot(table)
        content = drawing.svg()  # which lays it out
        drawing.draw_without_rendering()
        return table, drawing, content

    return draw


@pytest.fixture(scope="module")
def drawn(files):
    return lambda shape, name: files(shape, name)[:2]


@pytest.fixture(scope="module")
def svg(files):
    return lambda shape, name: files(shape, name)[2]


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


def is_good_english(text):
    """Numbers agree with their nouns and verbs, and nothing of the program shows."""
    assert not re.search(r"\bnan\b|\bNaT\b|\bNone\b(?! of the)|\{|  |\.\.| [,;.:]", text)
    assert not re.search(r"(?<![\d,.−-])1 [a-z]+s\b(?<!is)(?<!has)|\b1 \w+ (are|have)\b", text)
    assert not re.search(r"\b([Aa]ll|of the) (0|1)\b(?![\d,.])", text)
    nouns = "document|word|quotation|topic|speaker|paragraph|group|interval|cell|pair|day|month"
    assert not re.search(rf"(?<![\d,.−])(0|[2-9]|\d[\d,]*\d) ({nouns})\b", text)
    assert not re.search(r"(?<!\w)-[\d.]", text), "a minus sign is no hyphen"
    assert not re.search(r"[a-z]'[a-z]", text), "an apostrophe is no straight mark"


@SHAPE
@ALL
def test_a_caption_is_a_sentence_that_is_right_for_one_and_for_many(tables, shape, name):
    caption = FIGURES[name].caption(tables(shape, name))
    assert re.match("[A-ZÀ-Þ0-9“]", caption)
    assert caption.endswith(".")
    is_good_english(caption)


@SHAPE
@ALL
def test_what_is_said_around_the_marks_is_right_for_one_and_for_many(tables, shape, name):
    figure, table = FIGURES[name], tables(shape, name)
    head, measure, foot = figure.frame(table)
    assert re.match("[A-ZÀ-Þ0-9“]", head)
    assert not head.endswith(".")
    assert len(head) <= 110, "two lines at most"
    for text in (head, measure, foot):
        is_good_english(text)
    if measure or foot:
        assert not measure.endswith(".")
        assert re.fullmatch(r"Source: [^/]+\. Sample: \d.*[a-z]\.", foot), "no paths of files"
    else:
        assert figure._known(table).empty
        assert head == figure.title


# What there is to find in invented texts; in the others rows are alone or alike.
FOUND = {
    "one document": {"topics_by_unit", "most_quoted", "quoted_by_unit", "speakers_by_topic", "tone_by_voice"},
    "few": {"documents", "lengths", "topics_by_unit", "topic_pairs", "most_quoted", "quoted_by_unit",
            "speakers_by_topic", "tone_by_voice"},
    "many groups": {"documents", "lengths", "topics_by_unit", "topics_over_time", "topic_pairs", "most_quoted",
                    "quoted_by_unit", "speakers_by_topic", "tone_by_voice"},
    "coded": {"topics_checked", "voices_checked", "tone_checked"},
    "pages": {"page_parts"},
}  # fmt: skip


@pytest.mark.parametrize("shape", FOUND)
def test_a_finding_is_stated_where_there_is_one(tables, shape):
    stated = set()
    for name in NAMES:
        figure, known = FIGURES[name], FIGURES[name]._known(tables(shape, name))
        if len(known) and figure.finding(known)[1]:
            stated.add(name)
            assert figure.headline(known) != figure.title
    missing = FOUND[shape] - stated
    assert not missing
    assert shape in ("coded", "pages") or stated == FOUND[shape]


@DRAWN
@ALL
def test_what_is_said_is_in_the_picture_too(tables, drawn, svg, shape, name):
    said = FIGURES[name].frame(tables(shape, name))
    shown = [text.get_text().replace("\n", " ") for text in drawn(shape, name)[1].texts]
    assert shown == list(said)
    root = ElementTree.fromstring(svg(shape, name))
    assert [root.get(f"data-{part}") for part in ("head", "measure", "foot")] == shown


@DRAWN
@ALL
def test_people_read_no_ids(drawn, studies, shape, name):
    table, drawing = drawn(shape, name)
    said = "\n".join([FIGURES[name].alt(table), *(text.get_text() for text in seen(drawing))])
    ids = {
        "textblob",
        "vader",
        "nrc",
        *(one for one in studies[shape].codebook.topics if "_" in one),
    }
    assert not [one for one in ids if re.search(rf"(?<![\w-]){one}(?![\w-])", said)]


@DRAWN
@ALL
def test_a_figure_turns_dark_as_a_whole(svg, shape, name):
    used = set(re.findall(r"(?:fill|stroke): (#[0-9a-f]{6})", svg(shape, name)))
    assert used <= set(DARK), "a colour without a twin stays as it is on the dark page"


@DRAWN
@ALL
def test_texts_are_level_and_large_enough_to_be_read(drawn, shape, name):
    for text in seen(drawn(shape, name)[1]):
        assert text.get_rotation() == 0
        assert text.get_fontsize() >= SMALLEST


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
        box = Text.get_window_extent(text)
        assert box.x0 >= page.x0 - 1, text
        assert box.x1 <= page.x1 + 1, text
        assert box.y0 >= page.y0 - 1, text
        assert box.y1 <= page.y1 + 1, text
    boxes = [Text.get_window_extent(text).shrunk(0.94, 0.8) for text in shown]
    assert not [(i, j) for i, one in enumerate(boxes) for j in range(i) if one.overlaps(boxes[j])]


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
    """From the file and the labels, the same picture is drawn."""
    table = tables(shape, name)
    days = [column for column in ("begins", "ends") if column in table]
    if len(table):
        read = pd.read_csv(io.StringIO(table.to_csv(index=False)), parse_dates=days)
        read.attrs = table.attrs  # what its ids are called
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
