"""How far scores agree with a reading: known numbers, the library's, and a corpus nobody read."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import spearmanr

from usru.analysis import agreement, tone, uncertainty
from usru.analysis.tone import validity


@pytest.fixture(scope="module")
def read(corpus):
    return corpus.valence


@pytest.fixture(scope="module")
def agreed(read):
    return validity.agreement(read).set_index("instrument")


def coded(valence, score, doc_id="a", **more):
    """A table as `paragraphs` gives it, with one score for all instruments."""
    size = len(valence)
    table = pd.DataFrame(
        {
            "doc_id": doc_id,
            "block": range(size),
            "line": range(size),
            "text": "",
            "valence": valence,
        }
    )
    table = table.assign(**{"reading-1": valence, "reading-2": valence}, **more)
    return table.assign(**dict.fromkeys(tone.INSTRUMENTS, pd.Series(score, dtype="float64")))


def test_every_paragraph_is_there_once_with_its_readings(corpus, read):
    keys = [["doc_id", "line"], ["doc_id", "line_start"]]
    assert read[keys[0]].to_numpy().tolist() == corpus.paragraphs[keys[1]].to_numpy().tolist()
    assert read[["valence", "reading-1", "reading-2"]].isin([-2, -1, 0, 1, 2]).all(axis=None)


@pytest.mark.parametrize("name", list(tone.INSTRUMENTS))
def test_the_score_of_a_paragraph_is_that_of_its_sentences_by_words(corpus, read, name):
    row = read[read["line"] == 10].iloc[0]
    own = corpus.sentences.query("doc_id == @row.doc_id and block == @row.block")
    scores, words = tone.score(own, name)["polarity"], own["text"].str.split().str.len()
    assert len(own) > 1
    assert row[name] == pytest.approx(np.average(scores, weights=words))


def test_the_words_of_a_sentence_are_its_weight(corpus):
    sentences = corpus.scored("sentences")
    scores = sentences.groupby(["doc_id", "block"], sort=False)["textblob"].mean()
    found = validity.by_paragraph(sentences.assign(words=1))["textblob"].tolist()
    assert found == pytest.approx(scores.tolist(), nan_ok=True)


@pytest.mark.parametrize("name", list(tone.INSTRUMENTS))
def test_the_correlation_is_that_of_scipy(read, agreed, name):
    known = read.dropna(subset=["valence", name])
    row = agreed.loc[name]
    assert row["n"] == len(known)
    assert row["rho"] == pytest.approx(spearmanr(known["valence"], known[name]).statistic)
    assert row["zero"] == (known[name] == 0).mean()
    assert -1 <= row["low"] < row["rho"] < row["high"] <= 1
    assert -1 <= row["within_low"] < row["within"] < row["within_high"] <= 1


@pytest.mark.parametrize("name", list(tone.INSTRUMENTS))
def test_within_stories_ranks_are_taken_in_each(read, agreed, name):
    ranks = read.groupby("doc_id")[["valence", name]].rank()
    centred = ranks - ranks.groupby(read["doc_id"]).transform("mean")
    assert agreed.loc[name, "within"] == pytest.approx(centred.corr().loc["valence", name])


def test_who_only_tells_stories_apart_tells_no_paragraphs_apart():
    """Two stories of two levels, and chance within them."""
    friendly, hostile = coded([1, 2, 1, 2], [0.8, 0.8, 0.9, 0.9]), coded([-1, -2, -1, -2], [-0.8, -0.8, -0.9, -0.9], "b")  # fmt: skip
    row = validity.agreement(pd.concat([friendly, hostile])).iloc[0]
    assert row["rho"] > 0.7
    assert row["within"] == pytest.approx(0)


def test_repeated_readings_agree_by_their_distance(read):
    assert validity.reliability(read) == pytest.approx(
        agreement.alpha(read["reading-1"], read["reading-2"], "interval")
    )
    near, far = (
        coded([-2, -1, 0, 1, 2], 0.0).assign(**{"reading-2": [-2, -1, 0, 1, other]})
        for other in (1, -2)
    )
    assert validity.reliability(far) < validity.reliability(near) < 1


def test_the_instruments_are_compared_with_each_other(read):
    table = validity.between(read)
    assert np.allclose(table, table.T)
    assert np.allclose(np.diag(table), 1)
    assert table.loc["vader", "nrc"] == pytest.approx(spearmanr(read["vader"], read["nrc"]).statistic)  # fmt: skip


def test_an_interval_is_the_same_for_the_same_seed(read, agreed):
    again = validity.agreement(read).set_index("instrument")
    pd.testing.assert_frame_equal(agreed, again)
    other = validity.agreement(read, seed=1).set_index("instrument")
    assert other["rho"].equals(agreed["rho"])
    assert not other["low"].equals(agreed["low"])


def test_an_interval_drawn_in_parts_is_that_of_the_whole(monkeypatch, read, agreed):
    monkeypatch.setattr(uncertainty, "CELLS", 10_000)
    parts = validity.agreement(read).set_index("instrument")
    ends = ["low", "high"]
    assert np.allclose(parts[ends], agreed[ends], atol=0.03)


def test_stories_of_one_paragraph_have_no_interval():
    single = pd.concat([coded([i], [i / 5], str(i)) for i in range(5)])
    alone = validity.agreement(single)
    assert alone[["within", "low"]].isna().all(axis=None)
    assert alone["rho"].tolist() == pytest.approx([1.0] * len(tone.INSTRUMENTS))
    both = pd.concat([coded([-1, 0, 1, 2], [0.1, 0.0, 0.3, 0.8]), single])
    row = validity.agreement(both).iloc[0]
    assert row["low"] <= row["rho"] <= row["high"]
    assert row["within"] == pytest.approx(0.8)


def test_full_agreement_and_its_opposite():
    found = validity.agreement(coded([-2, -1, 0, 1, 2] * 3, [-0.9, -0.2, 0.0, 0.1, 0.3] * 3))
    assert found[["rho", "low", "high"]].to_numpy() == pytest.approx(1)
    turned = validity.agreement(coded([-2, -1, 0, 1, 2] * 3, [0.9, 0.2, 0.0, -0.1, -0.3] * 3))
    assert turned[["rho", "within"]].to_numpy() == pytest.approx(-1)


def test_a_reading_without_variation_has_no_correlation():
    found = validity.agreement(coded([0] * 6, [0.1, 0.2, 0.3, 0.4, 0.5, 0.6]))
    assert found[["rho", "low", "high"]].isna().all(axis=None)
    assert found["n"].eq(6).all()


@pytest.mark.parametrize("name", list(tone.INSTRUMENTS))
def test_confusion_counts_every_scored_paragraph(read, name):
    table = validity.confusion(read, name)
    assert table.to_numpy().sum() == read[name].notna().sum()
    assert table.loc["negative"].sum() == (read["valence"] < 0).sum()
    assert table["positive"].sum() == (read[name] > 0).sum()


def test_confusion_of_a_known_case():
    table = validity.confusion(coded([-2, -1, 0, 1, 2], [-0.1, 0.1, 0.0, 0.0, np.nan]), "vader")
    assert table.to_numpy().tolist() == [[1, 0, 1], [0, 1, 0], [0, 1, 0]]


def test_the_farthest_disagree_first():
    table = coded([-2, -1, 0, 1, 2], [0.9, -0.5, 0.0, 0.1, -0.9])
    found = validity.disagreements(table, "vader", 4)
    assert found["line"].tolist() == [0, 4, 1, 2]
    assert found["apart"].tolist() == [0.8, -0.8, 0.0, 0.0]
    assert found["score"].tolist() == [0.9, -0.9, -0.5, 0.0]


def test_disagreements_are_ordered_on_the_shipped_corpus(read):
    apart = validity.disagreements(read, "textblob", len(read))["apart"].abs()
    assert (apart.diff().dropna() <= 0.011).all()
    assert len(validity.disagreements(read, "textblob")) == 5


def test_a_corpus_that_nobody_read_is_shown_as_such(own, read):
    nothing = own.valence
    assert nothing.empty
    assert nothing.dtypes.equals(read.dtypes)
    found = validity.agreement(nothing)
    assert found["n"].tolist() == [0] * len(tone.INSTRUMENTS)
    assert np.isnan(validity.reliability(nothing))
    assert found["rho"].isna().all()
    assert validity.between(nothing).isna().all(axis=None)
    assert validity.confusion(nothing, "vader").to_numpy().tolist() == [[0] * 3] * 3
    assert validity.disagreements(nothing, "vader").empty
