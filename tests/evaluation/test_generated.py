"""A generated press is the same each time, and wrong in the ways that it is made to be."""

import pandas as pd
import pytest

import usru
from usru.analysis import estimate
from usru.errors import DoesNotApply
from usru.evaluation import generated


@pytest.fixture(scope="module")
def press(corpus):
    return generated.press(corpus)


def test_a_press_is_the_same_each_time_and_a_copy(corpus, press):
    pd.testing.assert_frame_equal(generated.press(usru.load()), press)
    changed = generated.press(corpus)
    changed["truth"] = 0.0
    assert generated.press(corpus)["truth"].sum() > 0
    other = generated.press(corpus, documents=50, seed=1)
    assert not other["text"].equals(generated.press(corpus, documents=50)["text"])


def test_a_press_has_its_documents_with_their_paragraphs_in_order(press):
    assert press["doc_id"].nunique() == generated.DOCUMENTS
    assert press.groupby("doc_id").size().isin(generated.LENGTHS).all()
    assert (press.groupby("doc_id")["block"].transform("cumcount") == press["block"]).all()
    assert (press.groupby("doc_id")[["outlet", "month"]].nunique() == 1).all(axis=None)
    assert press["quarter"].unique().size == 4
    assert ((press["month"] - 1) // 3 + 1 == press["quarter"]).all()


def test_an_outlet_writes_of_the_topic_as_often_as_it_should(press):
    share = press.groupby("outlet")["truth"].mean()
    for name, outlet in generated.OUTLETS.items():
        assert share[name] == pytest.approx(outlet.share, abs=0.02)
    by_month = press.groupby("month")["truth"].mean()
    assert by_month[12] > 3 * by_month[1]


def test_texts_are_whole_sentences_that_tell_whether_they_are_on_the_topic(press):
    assert press["text"].str.fullmatch(r"[A-Z][^{}]*\.").all()
    named = press["text"].str.contains("|".join((*generated.USUAL, *generated.OTHERS)))
    assert (named == (press["truth"] == 1)).all()


def test_the_dictionary_finds_the_usual_words_and_is_misled_by_another_sense(press):
    usual = press["text"].str.contains("|".join(generated.USUAL))
    other_sense = press["text"].str.contains("sanctioned")
    assert (press["predicted"] == 1).equals(usual | other_sense)
    recall = press[press["truth"] == 1].groupby("outlet")["predicted"].mean()
    assert recall.idxmin() == "The Wave"


def test_only_what_was_drawn_is_coded(press):
    table = generated.sampled(press, n=250, seed=3)
    assert table["drawn"].sum() == 250
    assert table["probability"].unique() == pytest.approx(250 / len(press))
    assert table.loc[table["drawn"], "coded"].equals(press.loc[table["drawn"], "truth"])
    assert table.loc[~table["drawn"], "coded"].isna().all()


def test_a_rehearsal_is_one_of_each_outlet_and_of_all(corpus, press):
    table = generated.rehearsed(corpus, n=100, times=20)
    part = press[press["outlet"] == "The Gull"]
    alone = estimate.rehearse(part, "predicted", "truth", [100 / len(press)], 20)
    own = table[table["of"] == "The Gull"].drop(columns="of").reset_index(drop=True)
    pd.testing.assert_frame_equal(own, alone)
    assert len(table) == 3 * (len(generated.OUTLETS) + 1)


def test_intervals_hold_the_truth_as_often_as_they_promise(corpus):
    table = generated.rehearsed(corpus).set_index(["method", "of"])["coverage"]
    assert table["estimate"].between(0.93, 0.97).all()
    assert (table["naive"] == 0).all()


def test_a_codebook_without_the_topic_has_no_press(corpus):
    class Other:
        class codebook:
            topics = {}  # noqa: RUF012

    with pytest.raises(DoesNotApply, match="no topic of this corpus is 'sanctions'; define"):
        generated.press(Other())
