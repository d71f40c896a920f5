"""The third notebook's figures hold what the frames hold."""

import pandas as pd
from studies import study

from usru.analysis import topics
from usru.figures import FIGURES
from usru.figures.agendas import by_weight, estimate, marked


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
    said = table[["share", "dictionary"]].gt(0).any(axis=1)
    assert (said == table["passage"].notna()).all()
    assert f"{(table['share'] == 0).sum()} of {len(table)} cells" in FIGURES["agendas"].caption(table)  # fmt: skip
    total = table.groupby("topic", sort=False)["share"].sum()
    assert total.is_monotonic_decreasing


def test_the_reading_carries_a_figure_and_the_dictionary_is_beside_it(corpus):
    table = FIGURES["agendas"].table(corpus).set_index(["topic", "doc_id"])
    for name, coded in (("share", corpus.coded_topics), ("dictionary", corpus.topics)):
        shares = topics.coverage(corpus.paragraphs, coded, intervals=False)
        shares["topic"] = marked(corpus, shares["topic"])
        shares = shares.set_index(["topic", "doc_id"])["share"]
        pd.testing.assert_series_equal(table[name], shares.reindex(table.index), check_names=False)
    assert "82% for 51%" in FIGURES["agendas"].caption(FIGURES["agendas"].table(corpus))


def test_where_nobody_read_the_dictionary_is_called_an_estimate(corpus, hostile, tmp_path):
    assert estimate(corpus) == ""
    for name in ("agendas", "meetings_compared"):
        figure = FIGURES[name]
        table = figure.table(hostile)
        assert table["share"].equals(table["dictionary"].rename("share"))
        assert "precision of 0.59 and a recall of 0.38" in figure.caption(table), name
        assert figure.plot(table).axes


def test_a_dictionary_of_ones_own_has_errors_that_are_not_known(tmp_path):
    assert "whose errors are not known" in estimate(study(tmp_path, [{}]))


def test_topics_that_no_meeting_has_are_left_out(corpus, own):
    table = FIGURES["meetings_compared"].table(corpus)
    assert (table.groupby("topic")["share"].max() > 0).all()
    assert ((table["low"] <= table["share"]) & (table["share"] <= table["high"])).all()
    assert (table["high"] > table["low"]).all()
    assert FIGURES["meetings_compared"].table(own).empty


def test_the_stories_of_a_meeting_are_side_by_side(corpus, own):
    table = FIGURES["same_meeting"].table(corpus)
    assert table.iloc[0][["meeting", "topic"]].tolist() == ["manila", "sanctions"]
    assert table[["share_one", "share_other"]].max(axis=1).groupby(table["topic"]).max().gt(0).all()
    assert FIGURES["same_meeting"].plot(FIGURES["same_meeting"].table(own)).axes


def test_a_correction_is_shown_where_the_errors_are_known(corpus, own):
    figure = FIGURES["corrected"]
    table = figure.table(corpus)
    assert table["moved"].notna().all()
    assert f"can be for {(~table['moved'].between(0, 1)).sum()} of them" in figure.caption(table)
    assert figure.caption(figure.table(own)) == figure.empty


def test_the_pairs_are_the_most_frequent_first(corpus):
    table = FIGURES["pairs"].table(corpus)
    assert 0 < len(table) <= 12
    assert table["paragraphs"].is_monotonic_decreasing
    assert table["pair"].str.fullmatch(r"[\w ]+°? \+ [\w ]+°?").all()
    on = topics.wide(corpus.topics, corpus.paragraphs)
    for row in table.itertuples():
        one, other = (name.removesuffix(" °").replace(" ", "_") for name in row.pair.split(" + "))
        assert row.dictionary == (on[one] & on[other]).sum()


def test_a_keyword_sets_its_meeting_apart(corpus):
    table = FIGURES["keywords"].table(corpus)
    assert (table["z"] > 0).all()
    assert 0 < table["stays"].sum() < len(table) / 2
    assert table.groupby("meeting").size().le(12).all()


def test_the_groups_hold_every_paragraph(corpus):
    assert FIGURES["groups"].table(corpus)["paragraphs"].sum() == len(corpus.paragraphs)


def test_topics_are_sorted_by_their_weight():
    table = pd.DataFrame({"topic": ["syria", "nato", "syria"], "n": range(3)})
    order = by_weight(table, pd.Series({"nato": 0.3, "syria": 0.2}))
    assert order["n"].tolist() == [1, 0, 2]
