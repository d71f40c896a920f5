"""Every figure of every notebook: on the study's corpus, and on one that is a reader's own."""

import re

import pytest

from usru.study import exhibits, figures

MODULES = [exhibits.opening, exhibits.timeline, exhibits.topics, exhibits.voices, exhibits.tone]
ALL = pytest.mark.parametrize("name", list(figures.FIGURES))


def test_the_gallery_shows_every_figure_of_every_notebook_once():
    made = [figure for module in MODULES for figure in module.FIGURES]
    assert list(figures.FIGURES.values()) == made
    assert len({figure.title for figure in made}) == len(made)
    for number, module in enumerate(MODULES, start=1):
        notebooks = {figure.notebook for figure in module.FIGURES}
        assert len(notebooks) == 1
        assert notebooks.pop().startswith(f"0{number}_")


@ALL
def test_a_corpus_of_ones_own_is_drawn_and_captioned(corpus, own, name):
    figure = figures.FIGURES[name]
    table = figure.table(own)
    assert list(table.columns) == list(figure.table(corpus).columns)
    is_sentence(figure.caption(table))
    figure.plot(table).draw_without_rendering()


@ALL
def test_a_caption_is_a_sentence_also_where_there_is_nothing(corpus, name):
    figure = figures.FIGURES[name]
    table = figure.table(corpus)
    is_sentence(figure.caption(table))
    is_sentence(figure.caption(table.iloc[:0]))
    assert figure.caption(table) != figure.caption(table.iloc[:0])


def is_sentence(text):
    assert re.match("[A-ZÀ-Þ0-9]", text)
    assert text.endswith(".")
    assert not re.search(r"\bnan\b|\bNone\b|\{|  ", text)
