"""A figure says in words what it shows, also where there is nothing."""

import pandas as pd
import pytest

from usru.figures import FIGURES
from usru.figures.base import Figure, in_order, labels
from usru.figures.canvas import rows


class Counts(Figure):
    """A figure that is not in the gallery, since it names no section."""

    title = "Counted things"
    measure = "Number of things"
    source = "a list of things."
    reading = "A bar is a thing."
    empty = "There are no things."
    needs = "n"

    def table(self, corpus):
        return pd.DataFrame({"n": [1, 2, None]})

    def finding(self, table):
        return f"{table['n'].max():.0f} things are the most", len(table) > 1

    def say(self, table):
        return f"There are {table['n'].sum():.0f} things in {len(table)} rows."

    def draw(self, table):
        return rows(table["n"].astype(str))[0]


FIGURE = Counts()


def test_the_words_for_a_picture_hold_finding_measure_numbers_and_reading():
    told = FIGURE.alt(FIGURE.table(None))
    assert told == "2 things are the most. Number of things. There are 3 things in 2 rows. A bar is a thing."  # fmt: skip


def test_a_finding_that_does_not_hold_is_not_stated():
    assert FIGURE.headline(pd.DataFrame({"n": [1]})) == "Counted things"
    assert FIGURE.headline(pd.DataFrame({"n": [1, 5]})) == "5 things are the most"


def test_a_mark_can_choose_its_passages_in_the_explorer():
    made = type("Cells", (Counts,), {"selects": {"topic": "topics", "doc_id": "story"}})()
    row = next(pd.DataFrame({"doc_id": ["a b"], "topic": ["us_politics"], "n": [1]}).itertuples())
    assert made.query(row) == "topics=us_politics&story=a+b"
    assert FIGURE.query(row) == ""


def test_source_and_sample_are_said_below(corpus):
    class Told(Counts):
        def sample(self, table):
            return f"{len(table)} rows; {super().sample(table)}"

    foot = Told().frame(Told().tabulate(corpus))[2]
    assert foot == "Source: a list of things. Sample: 2 rows; 5 stories, 78 paragraphs."


def test_a_table_knows_what_people_read(corpus):
    table = FIGURE.tabulate(corpus)
    assert labels(table[table["n"] > 1])["meeting"]["bonn"] == "Bonn"
    assert labels(pd.DataFrame())["topic"]["us_politics"] == "us politics"


@pytest.mark.parametrize("rows", [0, 1])
def test_what_cannot_be_drawn_is_said_in_caption_and_picture(rows):
    table = pd.DataFrame({"n": [None] * rows})
    assert FIGURE.caption(table) == "There are no things."
    drawing = FIGURE.plot(table)
    assert FIGURE.frame(table) == ("Counted things", "", "")
    assert [text.get_text() for text in drawing.axes[0].texts] == ["There are no things."]


def test_a_figure_is_written_as_picture_and_data(tmp_path):
    figure = type("Named", (Counts,), {"name": "counts"})()
    table = figure.table(None)
    written = figure.write(table, tmp_path)
    assert [path.name for path in written] == ["counts.svg", "counts.png", "counts.csv"]
    assert pd.read_csv(tmp_path / "counts.csv").equals(table), "also the rows that are not drawn"
    assert figure.write(table, tmp_path) == []


def test_a_class_with_a_section_is_in_the_gallery():
    before = dict(FIGURES)
    made = type("Shown", (Counts,), {"name": "shown", "section": "Things"})
    type("Again", (made,), {"title": "More things"})
    assert type(FIGURES.pop("shown")) is made
    assert before == FIGURES, "and one without its own is not"


def test_a_figure_is_not_changed_after_it_is_made():
    with pytest.raises(AttributeError, match="a figure is not changed"):
        FIGURE.title = "Other things"


def test_a_figure_that_lacks_a_part_says_so():
    class Bare(Figure):
        pass

    for part in (Bare().table, Bare().finding, Bare().say, Bare().draw):
        with pytest.raises(NotImplementedError):
            part(None)


def test_rows_are_sorted_by_a_given_order_and_else_stay():
    table = pd.DataFrame({"of": ["b", "a", "b", "c"], "n": range(4)})
    assert in_order(table, "of", ["c", "b", "a"])["n"].tolist() == [3, 0, 2, 1]
