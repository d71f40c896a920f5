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


# Articles --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def written():
    return generated.articles(3000)


def test_articles_are_the_same_each_time_and_a_copy(written):
    again = generated.articles(3000)
    again.table["text"] = ""
    pd.testing.assert_frame_equal(generated.articles(3000).table, written.table)
    other = generated.articles(3000, seed=1)
    assert not other.table["text"].equals(written.table["text"])


def test_articles_are_in_the_order_of_publication(written):
    table = written.table
    assert table["id"].is_unique
    assert table["id"].is_monotonic_increasing
    assert table["published"].is_monotonic_increasing
    assert {*table["published"].dt.year} == {2017}
    quarters = table["published"].dt.quarter.map(
        ["", "first", "second", "third", "fourth"].__getitem__
    )
    assert (table["quarter"] == quarters).all()


def test_the_truth_is_known_of_every_paragraph(written):
    paragraphs = written.table["text"].str.split("\n\n")
    counts = written.truth.groupby("doc_id").size()
    assert counts.tolist() == paragraphs.str.len().tolist()
    text = paragraphs.explode().reset_index(drop=True)
    assert text.str.fullmatch(r"[A-Z0-9][^{}]*\.").all()
    named = text.str.contains("|".join((*generated.USUAL, *generated.OTHERS)))
    assert (named == (written.truth["truth"] == 1)).all()


def test_a_report_is_repeated_by_a_later_article_of_another_outlet(written):
    copies, table = written.copies, written.table.set_index("id")
    assert len(copies) > 400
    assert not copies["again_doc_id"].isin(copies["doc_id"]).any()
    first, later = (table.loc[copies[side]].reset_index() for side in ("doc_id", "again_doc_id"))
    assert (first["outlet"] != later["outlet"]).all()
    days = (later["published"] - first["published"]).dt.days
    assert days.between(1, generated.DAYS).all()
    for row, one, other in zip(copies.itertuples(), first["text"], later["text"], strict=True):
        assert one.split("\n\n")[row.block] == row.report
        assert other.split("\n\n")[row.again_block].endswith(row.report)


def test_outlets_repeat_each_other_as_often_as_they_should(written):
    outlet = written.table.set_index("id")["outlet"]
    sides = [written.copies[side].map(outlet) for side in ("again_doc_id", "doc_id")]
    counts = pd.crosstab(*sides)
    for later, shares in generated.REPEATS.items():
        for first, share in shares.items():
            assert counts.loc[later, first] / (outlet == later).sum() == pytest.approx(
                share, abs=0.03
            )
    assert counts.to_numpy().sum() == len(written.copies)


def test_no_report_is_made_twice(written):
    last = written.table["text"].str.split("\n\n").str[-1]
    new = last[~written.table["id"].isin(written.copies["again_doc_id"])]
    assert new.is_unique


def test_articles_are_measured_once_by_each_dictionary(corpus, own):
    measured = generated.measured(corpus, 60)
    assert generated.measured(usru.load(), 60) is measured
    assert generated.measured(own, 60) is measured
    written = generated.articles(60)
    places = measured.paragraphs[["doc_id", "block"]].compute()
    assert places.to_numpy().tolist() == written.truth[["doc_id", "block"]].to_numpy().tolist()
    units = measured.units("sanctions")
    usual = (
        measured.paragraphs["text"]
        .compute()
        .str.contains("|".join((*generated.USUAL, "sanctioned")))
    )
    assert ((units["predicted"] == 1).to_numpy() == usual.to_numpy()).all()
