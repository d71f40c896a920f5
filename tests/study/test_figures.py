"""The committed figures are what the code draws, and say what they show."""

import re
from xml.etree import ElementTree

import pandas as pd
import pytest

from usru.errors import InputError
from usru.study import figures
from usru.study.reproduce import checkout

FOLDER = checkout() / "figures"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def drawn(corpus, tmp_path_factory):
    folder = tmp_path_factory.mktemp("figures")
    figures.write_all(corpus, folder)
    return folder


def test_the_committed_figures_are_drawn_again_byte_for_byte(drawn):
    names = sorted(path.name for path in drawn.iterdir())
    assert names == sorted(path.name for path in FOLDER.iterdir())
    for name in names:
        assert (drawn / name).read_bytes() == (FOLDER / name).read_bytes(), name


def test_a_second_writing_changes_nothing(corpus, drawn):
    assert figures.write_all(corpus, drawn, ["stories"]) == []


@pytest.mark.parametrize("name", list(figures.FIGURES))
def test_a_figure_speaks_to_a_screen_reader(drawn, name):
    root = ElementTree.parse(drawn / f"{name}.svg").getroot()
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == figures.FIGURES[name].title
    assert len(root.findtext(f"{SVG}desc")) > 80


@pytest.mark.parametrize("name", list(figures.FIGURES))
def test_a_figure_carries_no_date_and_no_path_of_a_machine(drawn, name):
    text = (drawn / f"{name}.svg").read_text(encoding="utf-8")
    assert "<dc:date>" not in text
    assert "/home/" not in text


@pytest.mark.parametrize("name", ["kept_and_dropped", "stories", "timeline", "horizons"])
def test_a_mark_leads_to_its_passage(corpus, drawn, name):
    links = re.findall(
        r'xlink:href="(\.\./[^"]+)#L(\d+)"', (drawn / f"{name}.svg").read_text("utf-8")
    )
    table = pd.read_csv(drawn / f"{name}.csv")
    assert {f"{file}#L{line}" for file, line in links} == set(table["passage"])
    for file, line in links:
        lines = (FOLDER / file).read_text(encoding="utf-8").split("\n")
        assert lines[int(line) - 1].strip()


def test_the_data_of_a_figure_are_what_is_plotted(corpus, drawn):
    table = pd.read_csv(drawn / "stories.csv")
    assert table["words"].sum() == corpus.summary()["words"].sum()


def test_an_unknown_figure_is_refused_with_the_known_ones(corpus):
    with pytest.raises(InputError, match=r"no such figure; use one of composition"):
        figures.show("nothing", corpus)


def test_a_notebook_that_makes_a_figure_has_the_section_it_names():
    for figure in figures.FIGURES.values():
        text = (checkout() / "notebooks" / f"{figure.notebook}.ipynb").read_text(encoding="utf-8")
        assert f"## {figure.section}" in text
        assert f'figures.show(\\"{figure.name}\\"' in text
