"""The third notebook's figures hold what the frames hold."""

import pandas as pd

from usru.analysis import topics
from usru.figures import FIGURES
from usru.figures.agendas import by_weight, marked


def test_a_topic_that_is_found_unreliably_carries_its_mark(corpus):
    measured = topics.evaluate(corpus.coding("topics"), corpus.paragraphs, corpus.topics).set_index(
        "label"
    )["f1"]
    names = marked(corpus, pd.Series(list(corpus.codebook.topics)))
    for topic, name in zip(list(corpus.codebook.topics), names, strict=True):
        assert name.removesuffix(" °") == topic.replace("_", " ")
        assert name.endswith("°") == (not measured[topic] >= topics.WEAK), topic


def test_a_cell_leads_to_a_passage_where_it_is_not_empty(corpus):
    table = FIGURES["agendas"].table(corpus)
    assert len(table) == len(list(corpus.codebook.topics)) * len(corpus.documents)
    assert ((table["share"] > 0) == table["passage"].notna()).all()
    assert f"{(table['share'] == 0).sum()} of {len(table)} cells" in FIGURES["agendas"].caption(table)  # fmt: skip
    total = table.groupby("topic", sort=False)["share"].sum()
    assert total.is_monotonic_decreasing


def test_topics_that_no_meeting_has_are_left_out(corpus, own):
    table = FIGURES["meetings_compared"].table(corpus)
    assert (table.groupby("topic")["share"].max() > 0).all()
    assert FIGURES["meetings_compared"].table(own).empty


def test_the_pairs_are_the_most_frequent_first(corpus):
    table = FIGURES["pairs"].table(corpus)
    assert 0 < len(table) <= 12
    assert table["paragraphs"].is_monotonic_decreasing
    assert table["pair"].str.fullmatch(r"[\w ]+°? \+ [\w ]+°?").all()


def test_a_keyword_sets_its_meeting_apart(corpus):
    table = FIGURES["keywords"].table(corpus)
    assert (table["z"] > 0).all()
    assert table.groupby("meeting").size().le(12).all()


def test_the_groups_hold_every_paragraph(corpus):
    assert FIGURES["groups"].table(corpus)["paragraphs"].sum() == len(corpus.paragraphs)


def test_topics_are_sorted_by_their_weight():
    table = pd.DataFrame({"topic": ["syria", "nato", "syria"], "n": range(3)})
    order = by_weight(table, pd.Series({"nato": 0.3, "syria": 0.2}))
    assert order["n"].tolist() == [1, 0, 2]
