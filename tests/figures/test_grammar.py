"""What figures say is right English, also where there is nothing, one or two of a thing."""

import pytest
from few import STORIES, Few
from grammar import faults, ids

from usru.figures import FIGURES

ALL = pytest.mark.parametrize("name", FIGURES)
FRAMES = ("acts", "coded_clauses", "coded_topics", "comments", "dates", "events", "mentions",
          "quotations", "reused", "topics", "valence")  # fmt: skip


def told(figure, table):
    """What a figure says about a table: what that is, the words, and whether they are a sentence."""
    rows = table.dropna(subset=figure.needs) if figure.needs else table
    yield "title", figure.title, False
    if len(rows):
        yield "headline", figure.headline(rows), False
        yield "measured", figure.measured(rows), False
    yield "caption", figure.caption(table), True
    yield "alt", figure.alt(table), True


def wrong(figure, table, known):
    """What is wrong with what a figure says about a table."""
    return {
        what: (found, text)
        for what, text, sentence in told(figure, table)
        if (found := faults(text, known, sentence=sentence))
    }


def all_wrong(corpus, known=None):
    """The same of every figure of a corpus that has a fault."""
    known = ids(corpus) if known is None else known
    found = {name: wrong(one, one.tabulate(corpus), known) for name, one in FIGURES.items()}
    return {name: faults for name, faults in found.items() if faults}


@ALL
def test_a_figure_of_the_study_speaks_right_english(corpus, name):
    figure = FIGURES[name]
    table, known = figure.tabulate(corpus), ids(corpus)
    for part in (table, *(table.head(n) for n in (0, 1, 2))):
        assert wrong(figure, part, known) == {}


@pytest.mark.parametrize("name", STORIES)
def test_figures_of_one_or_two_stories_speak_right_english(corpus, name):
    assert all_wrong(Few(corpus, STORIES[name])) == {}


@pytest.mark.parametrize("n", [0, 1, 2])
def test_figures_of_few_things_speak_right_english(corpus, n):
    assert all_wrong(Few(corpus, **dict.fromkeys(FRAMES, n))) == {}


def test_figures_of_texts_of_ones_own_speak_right_english(own):
    assert all_wrong(own, known=set()) == {}, "whose ids are words of their titles"
