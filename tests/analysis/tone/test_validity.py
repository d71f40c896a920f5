"""How far scores agree with a reading: known numbers, the library's, and a corpus nobody read."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import spearmanr

from usru.analysis import tone
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


@pytest.mark.parametrize(
    ("label", "pair"),
    [*((name, ("valence", name)) for name in tone.INSTRUMENTS), ("second reading", ("reading-1", "reading-2"))],
)  # fmt: skip
def test_the_correlation_is_that_of_scipy(read, agreed, label, pair):
    known = read.dropna(subset=list(pair))
    row = agreed.loc[label]
    assert row["n"] == len(known)
    assert row["rho"] == pytest.approx(spearmanr(*(known[name] for name in pair)).statistic)
    assert row["zero"] == (known[pair[1]] == 0).mean()
    assert -1 <= row["low"] < row["rho"] < row["high"] <= 1


def test_no_instrument_comes_near_the_second_reading(agreed):
    """The ceiling; were it otherwise, the readings and not the instruments would be in doubt."""
    assert agreed.loc["second reading", "low"] > agreed["high"].drop("second reading").max()


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


def test_an_interval_drawn_in_parts_is_near_the_whole_one(monkeypatch, read, agreed):
    monkeypatch.setattr(validity, "CELLS", 10_000)
    parts = validity.agreement(read).set_index("instrument")
    ends = ["low", "high"]
    assert np.allclose(parts[ends], agreed[ends], atol=0.03)
    drawn = next(validity._drawn(pd.factorize(read["doc_id"])[0], np.random.default_rng(1)))
    story = read["doc_id"].to_numpy()
    assert (np.sort(story[drawn], axis=1) == np.sort(story)).all(), "resampled within stories"


def test_full_agreement_and_its_opposite():
    found = validity.agreement(coded([-2, -1, 0, 1, 2] * 3, [-0.9, -0.2, 0.0, 0.1, 0.3] * 3))
    assert found[["rho", "low", "high"]].to_numpy() == pytest.approx(1)
    turned = validity.agreement(coded([-2, -1, 0, 1, 2] * 3, [0.9, 0.2, 0.0, -0.1, -0.3] * 3))
    assert turned["rho"].tolist() == pytest.approx([-1] * len(tone.INSTRUMENTS) + [1])


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
    assert found["n"].tolist() == [0] * (len(tone.INSTRUMENTS) + 1)
    assert found["rho"].isna().all()
    assert validity.between(nothing).isna().all(axis=None)
    assert validity.confusion(nothing, "vader").to_numpy().tolist() == [[0] * 3] * 3
    assert validity.disagreements(nothing, "vader").empty
