"""What a reading says of stories, and how scores fare against it and against no score at all."""

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import accuracy_score, f1_score

from usru.analysis import tone
from usru.analysis.tone import portrayal
from usru.analysis.uncertainty import CLUSTERS


@pytest.fixture(scope="module")
def read(corpus):
    return corpus.valence


READ = pd.DataFrame(
    {
        "doc_id": ["a", "a", "a", "b", "b"],
        "block": [0, 1, 2, 0, 1],
        "valence": [2, 1, 0, -1, -2],
        "vader": [0.1, 0.0, np.nan, 0.9, 0.7],
    }
)


def test_means_of_the_shipped_stories_are_those_of_the_coding(corpus, read):
    coding = corpus.coding("valence").groupby("doc_id", sort=False)["valence"]
    found = portrayal.group_means(read).query("measure == 'reading'").set_index("doc_id")
    assert found["mean"].to_dict() == pytest.approx(coding.mean().to_dict())
    assert found["n"].to_dict() == coding.size().to_dict()
    assert (found["low"] < found["mean"]).all()
    assert (found["mean"] < found["high"]).all()
    assert found["low"].min() >= -2
    assert set(portrayal.group_means(read)["measure"]) == {"reading", *tone.INSTRUMENTS}


def test_an_interval_is_near_that_of_the_normal_approximation(read):
    found = portrayal.group_means(read).query("measure == 'reading'").set_index("doc_id")
    spread = read.groupby("doc_id")["valence"].sem()
    assert (found["high"] - found["low"]).to_dict() == pytest.approx(
        (2 * 1.96 * spread).to_dict(), rel=0.15
    )


def test_ranks_are_of_each_measure_and_what_is_not_scored_is_left_out():
    found = portrayal.group_means(READ).set_index(["measure", "doc_id"])
    assert found["rank"].tolist() == [1, 2, 2, 1]
    assert found.loc[("vader", "a"), ["n", "mean"]].tolist() == [2, pytest.approx(0.05)]
    tied = portrayal.group_means(READ.assign(valence=0))
    assert tied["rank"].tolist()[:2] == [1, 1]


def test_many_documents_of_a_group_are_drawn_whole():
    n = 2 * CLUSTERS
    table = pd.DataFrame({"doc_id": np.arange(n) // 2, "all": "", "valence": np.arange(n) // 2})
    row = portrayal.group_means(table, "all").iloc[0]
    assert row["high"] - row["low"] > 3


def test_every_paragraph_is_in_a_distribution_once(read):
    found = portrayal.distribution(read, "meeting")
    assert found["n"].sum() == len(read)
    assert found.groupby("meeting")["share"].sum().tolist() == pytest.approx([1, 1, 1])
    assert portrayal.distribution(READ, "doc_id")["n"].tolist() == [0, 0, 1, 1, 1, 1, 1, 0, 0, 0]


ON = pd.DataFrame(
    {"doc_id": ["a", "a", "a", "b"], "block": [0, 0, 1, 1], "topic": ["x", "y", "y", "x"]}
)


def test_a_paragraph_on_two_topics_counts_for_each():
    found = portrayal.by_topic(READ, ON, "doc_id")
    rows = {(row.topic, row.doc_id): (row.n, row.mean) for row in found.itertuples()}
    assert rows == {("x", "a"): (1, 2), ("y", "a"): (2, 1.5), ("x", "b"): (1, -2)}


def test_a_paragraph_is_on_any_of_topics_once():
    assert portrayal.on_any(READ, ON, ["x", "y"]).tolist() == [True, True, False, False, True]
    assert not portrayal.on_any(READ, ON, ["z"]).any()
    assert not portrayal.on_any(READ, ON.head(0), ["x"]).any()


def test_the_sign_task_is_scored_as_by_scikit_learn(read):
    found = portrayal.by_sign(read).set_index("guess")
    truth = np.sign(read["valence"]).astype(int)
    fixed = {"always positive": 1, "always neutral": 0, "always negative": -1}
    for name, row in found.iterrows():
        guess = np.sign(read[name]).astype(int) if name in read else truth * 0 + fixed[name]
        assert row["accuracy"] == pytest.approx(accuracy_score(truth, guess))
        macro = f1_score(truth, guess, average="macro", zero_division=0)
        assert row["f1"] == pytest.approx(macro)
    assert list(found.index) == [*tone.INSTRUMENTS, *fixed]


def test_what_is_always_the_same_agrees_less_than_chance():
    found = portrayal.by_sign(READ).set_index("guess")
    assert found.filter(like="always", axis=0)["alpha"].max() < 0
    assert found.loc["vader", ["n", "right"]].tolist() == [4, 1]


def test_a_corpus_that_nobody_read_has_none_of_it(own):
    nothing = own.valence
    assert portrayal.group_means(nothing).empty
    assert portrayal.distribution(nothing, "doc_id").empty
    assert portrayal.by_topic(nothing, own.coded_topics, "doc_id").empty
    assert portrayal.by_sign(nothing).empty
