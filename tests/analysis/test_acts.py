"""Acts: phrases that are on their page, in somebody's voice, and in the order of the story."""

import pandas as pd
import pytest

from usru.analysis import acts
from usru.codebook import Act
from usru.errors import InputError

CODES = {
    "vote": Act("the vote", "The council votes."),
    "walk": Act("the walk", "Ann Lee walks out.", episode=True),
    "shout": Act("the shout", "Somebody shouts.", episode=True),
}
PAGES = {
    "a": "The council of Vienna and its bridge\n\nAnn Lee walked out of the hall on Monday. Then a reporter shouted at the mayor.\n",
    "b": "The bridge of Vienna and its council\n\nA reporter shouted at the mayor of the town. Ann Lee walked out, and a reporter shouted at the mayor.\n",
}


@pytest.fixture(scope="module")
def told(corpus_of):
    return corpus_of(PAGES)


def coding(*rows):
    return pd.DataFrame(rows, columns=["doc_id", "line", "text", "act", "agent", "patient"])


ROWS = [
    ("a", 3, "Ann Lee walked out", "walk", "us", "none"),
    ("a", 3, "a reporter shouted at the mayor", "shout", "press", "us"),
    ("b", 3, "A reporter shouted", "shout", "press", "none"),
    ("b", 3, "Ann Lee walked out", "walk", "us", "none"),
    ("b", 3, "reporter shouted at the mayor", "shout", "press", "us"),
]


def placed(corpus, rows=ROWS):
    table = acts.place(coding(*rows), corpus.blocks, corpus.clauses, corpus.texts)
    return table.assign(meeting="vienna", line=3)


def test_a_phrase_is_where_it_is_printed(told):
    for row in placed(told).itertuples():
        assert told.texts[row.doc_id][row.start : row.end] == row.text


def test_a_phrase_that_is_printed_twice_is_looked_for_behind_the_one_before(told):
    table = placed(told).query("doc_id == 'b'")
    assert table["start"].is_monotonic_increasing
    assert table["start"].iloc[-1] > PAGES["b"].index("Ann Lee walked out")


@pytest.mark.refusal
@pytest.mark.parametrize(
    "row",
    [
        ("a", 3, "Nobody came", "walk", "us", "none"),
        ("a", 99, "Ann Lee", "walk", "us", "none"),
        ("z", 3, "Ann Lee", "walk", "us", "none"),
    ],
)
def test_a_phrase_that_is_not_on_its_line_is_refused(told, row):
    with pytest.raises(InputError, match="is not on that line; give the words as printed"):
        placed(told, [row])


def test_a_headline_is_the_outlets_and_a_comment_a_readers(corpus):
    table = corpus.acts
    assert set(table.loc[table["kind"] == "headline", "voice"]) == {"outlet"}
    assert set(table.loc[table["kind"] == "comment", "voice"]) == {"reader"}
    assert set(table.loc[table["kind"] == "body", "voice"]) == {"outlet", "report", "quotation"}


def test_a_phrase_is_in_the_voice_of_its_clause(corpus):
    table = corpus.acts.set_index("text")
    assert (
        table.loc["the illegal retention of our diplomatic property", "speaker"]
        == "Russian Foreign Ministry"
    )
    assert (
        table.loc["the expulsion of some 750 American diplomats from Russia", "voice"] == "report"
    )


def test_namings_come_in_the_order_of_the_codebook(corpus):
    table = acts.namings(corpus.acts, corpus.codebook.acts)
    order = [*corpus.codebook.acts]
    assert table["act"].map(order.index).is_monotonic_increasing
    assert len(table) == len(corpus.coding("acts"))


def test_who_acts_and_undergoes_is_counted_by_story(told):
    table = acts.agents(placed(told)).set_index(["doc_id", "party"])
    assert table.loc[("b", "press"), ["acts", "undergoes"]].tolist() == [2, 0]
    assert table.loc[("b", "us"), ["acts", "undergoes"]].tolist() == [1, 1]
    assert (table["open"] == 0).all()


def test_the_order_of_a_story_is_that_of_its_first_phrases(told):
    table = acts.sequence(placed(told), CODES).set_index(["doc_id", "act"])
    assert table["place"].to_dict() == {
        ("a", "walk"): 1, ("a", "shout"): 2, ("b", "shout"): 1, ("b", "walk"): 2
    }  # fmt: skip


def test_one_story_alone_has_no_order_to_compare(told, own):
    assert acts.sequence(placed(told, ROWS[:2]), CODES).empty
    assert acts.sequence(own.acts, own.codebook.acts).empty
    assert acts.agents(own.acts).empty
