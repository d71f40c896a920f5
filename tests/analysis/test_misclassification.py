"""Corrected shares against cases worked out by hand."""

import math

import numpy as np
import pandas as pd
import pytest

from usru.analysis import misclassification, topics
from usru.evaluation import outside


def rates(both, missed, added, neither):
    """The rates of a label, from its four counts."""
    one = pd.DataFrame({"a": [True] * (both + missed) + [False] * (added + neither)})
    said = [True] * both + [False] * missed + [True] * added + [False] * neither
    return misclassification.matrix(one, pd.DataFrame({"a": said}))


def test_the_four_counts_and_the_rates_of_each_label():
    table = rates(both=3, missed=1, added=2, neither=6).set_index("label").loc["a"]
    assert table[["both", "missed", "added", "neither"]].tolist() == [3, 1, 2, 6]
    assert table[["sensitivity", "specificity"]].tolist() == [0.75, 0.75]
    assert table["sensitivity_low"] < 0.75 < table["sensitivity_high"]


def test_labels_are_pooled_as_the_sum_of_their_counts(corpus):
    pair = [topics.wide(coded, corpus.paragraphs) for coded in (corpus.coded_topics, corpus.topics)]
    each, pooled = (misclassification.matrix(*pair, pooled=one) for one in (False, True))
    counts = ["both", "missed", "added", "neither"]
    assert pooled[counts].iloc[0].tolist() == each[counts].sum().tolist()
    assert pooled[counts].iloc[0].sum() == 15 * len(corpus.paragraphs)
    assert pooled["sensitivity"].iloc[0] == pooled["both"].iloc[0] / len(corpus.coded_topics)


def test_a_share_is_corrected_as_rogan_and_gladen_do():
    """By hand: (.3 + .9 - 1) / (.8 + .9 - 1) = 2 / 7."""
    given = rates(both=80, missed=20, added=10, neither=90)
    found = misclassification.corrected(pd.Series({"a": 0.3}), given).loc["a"]
    assert found["share"] == pytest.approx(2 / 7)
    assert found["low"] < 2 / 7 < found["high"]


def test_the_interval_narrows_with_the_units_that_were_read():
    few, many = (
        misclassification.corrected(pd.Series({"a": 0.3}), rates(8 * n, 2 * n, n, 9 * n)).loc["a"]
        for n in (2, 200)
    )
    assert few["high"] - few["low"] > 5 * (many["high"] - many["low"]) > 0


def test_the_interval_is_that_of_the_normal_approximation_where_units_are_many():
    """The delta method of Rogan and Gladen (1978), with the observed share taken as known."""
    one, other, n = 0.8, 0.9, 50_000
    given = rates(int(one * n), int((1 - one) * n) + 1, int((1 - other) * n), int(other * n))
    found = misclassification.corrected(pd.Series({"a": 0.3}), given).loc["a"]
    share = found["share"]
    variance = (share**2 * one * (1 - one) + (1 - share) ** 2 * other * (1 - other)) / n
    width = 2 * 1.96 * math.sqrt(variance) / (one + other - 1)
    assert found["high"] - found["low"] == pytest.approx(width, rel=0.05)


@pytest.mark.parametrize("counts", [(1, 1, 5, 5), (1, 4, 5, 5)], ids=["no better", "worse"])
def test_an_instrument_that_tells_nothing_cannot_be_corrected(counts):
    found = misclassification.corrected(pd.Series({"a": 0.5}), rates(*counts))
    assert found.isna().all(axis=None)


def test_a_label_whose_rates_are_unknown_is_not_corrected():
    assert (
        misclassification.corrected(pd.Series({"a": 0.5}), rates(0, 0, 1, 9)).isna().all(axis=None)
    )
    assert (
        misclassification.corrected(pd.Series({"b": 0.5}), rates(4, 1, 1, 9)).isna().all(axis=None)
    )


def test_a_share_outside_its_range_is_kept_and_any_share_may_fit():
    above = misclassification.corrected(pd.Series({"a": 0.9}), rates(30, 70, 1, 99)).loc["a"]
    below = misclassification.corrected(pd.Series({"a": 0.0}), rates(90, 10, 10, 90)).loc["a"]
    assert above["share"] > 1 > below["share"] + 1
    assert misclassification.corrected(pd.Series({"a": 0.5}), rates(2, 1, 1, 2)).loc[
        "a", ["low", "high"]
    ].tolist() == [-np.inf, np.inf]


def test_the_rates_of_the_same_units_give_the_reading_back(corpus):
    here = tuple(
        topics.wide(coded, corpus.paragraphs) for coded in (corpus.coded_topics, corpus.topics)
    )
    table = misclassification.transported(here, outside.topics())
    assert table["back"].tolist() == pytest.approx(table["reference"].tolist())
    assert table["label"].tolist() == [*corpus.codebook.topics]
    unknown = ~outside.topics()[0].any()[table["label"]].to_numpy()
    assert table.loc[unknown, "moved"].isna().all()
    pd.testing.assert_frame_equal(table, misclassification.transported(here, outside.topics()))
