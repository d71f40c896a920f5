"""A figure says in words what it shows."""

import dataclasses

import pandas as pd
import pytest

from usru.show.canvas import nothing
from usru.study.figure import Figure

FIGURE = Figure(
    "counts", "Counted things", lambda corpus: pd.DataFrame({"n": [1, 2]}),
    lambda table: nothing("x"), lambda table: f"There are {table['n'].sum()} things.",
    "A bar is a thing.", "The pages.", "01_corpus", "Things", "things-1",
)  # fmt: skip


def test_the_words_for_a_picture_hold_title_numbers_and_reading():
    assert FIGURE.alt(FIGURE.table(None)) == "Counted things. There are 3 things. A bar is a thing."


def test_a_figure_is_not_changed_after_it_is_made():
    with pytest.raises(dataclasses.FrozenInstanceError):
        FIGURE.title = "Other things"
