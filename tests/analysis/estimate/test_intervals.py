"""Intervals by hand, and how often they hold the known truth of generated corpora."""

import math

import numpy as np
import pandas as pd
import pytest
from sampled import TIMES, corpora, covered, drawn, mean, one, simulated, table, width


def test_the_interval_of_a_mean_by_hand():
    """Two of four units, drawn one by one: codes 1 and 4, so a mean of 2.5 and squares of 2 · 1.5².

    Variance of a sample of two: 4.5 / 1; of its mean: 4.5 / 2, of which (1 - ½) is left, 1.125.
    That is below what no error in two leaves, ½ (3 / 1.96 / 2)² 1.5² = .659; so it counts itself.
    One degree of freedom: t = tan(.95 · 90°) = 12.706.
    """
    frame = pd.DataFrame({"found": 0, "coded": [1, 4, None, None], "chance": 0.5})
    row = one(frame, cluster=None)
    half = math.tan(0.95 * math.pi / 2) * math.sqrt(1.125)
    assert row[["estimate", "low", "high"]].tolist() == pytest.approx([2.5, 2.5 - half, 2.5 + half])


def test_the_interval_of_a_share_is_wilson_s_with_the_variance_that_the_sample_leaves():
    """30 of 100 of 200: variance .21 / 99 · ½, so as many as 198 units drawn from a large corpus."""
    frame = pd.DataFrame({"found": 0, "coded": [1] * 30 + [0] * 70 + [None] * 100, "chance": 0.5})
    t, n, p = 1.9842169515, 198, 0.3
    middle = (p + t * t / 2 / n) / (1 + t * t / n)
    half = t / (1 + t * t / n) * math.sqrt(p * (1 - p) / n + t * t / 4 / n / n)
    row = one(frame, cluster=None)
    assert row[["low", "high"]].tolist() == pytest.approx([middle - half, middle + half])


def test_a_share_that_nobody_met_has_wilson_s_interval():
    frame = pd.DataFrame({"found": 0, "coded": [0] * 50 + [None] * 5000, "chance": 50 / 5050})
    row = one(frame, cluster=None)
    t = 2.0095752371  # 49 degrees of freedom
    n = 50 / (1 - 50 / 5050)
    assert row[["estimate", "low"]].tolist() == [0, 0]
    assert row["high"] == pytest.approx(t * t / (n + t * t))


@pytest.mark.parametrize("alike", [0.0, 0.2], ids=["single", "clustered"])
@pytest.mark.parametrize("n", [100, 400])
@pytest.mark.parametrize("what", [0.5, 0.2, 0.05, "mean"])
def test_the_interval_covers_the_corpus_in_95_of_100_samples(what, n, alike):
    doc, coded, found = corpora(what, alike=alike)
    stratum = np.zeros(coded.shape, dtype=int)
    with_help, alone, truth = simulated(doc, coded, found, stratum, [n], what != "mean")
    assert 0.93 <= covered(with_help, truth) <= 0.97
    assert abs((with_help["estimate"] - truth).mean()) < 0.1 * width(with_help)
    assert width(with_help) < 0.97 * width(alone)
    assert covered(with_help.assign(low=with_help["naive"], high=with_help["naive"]), truth) < 0.5


@pytest.mark.parametrize("what", [0.5, 0.2, 0.05, "mean"])
def test_so_it_does_where_strata_are_drawn_with_unequal_probabilities(what):
    """Of what the instrument finds much a sample takes more than its part."""
    doc, coded, found = corpora(what, alike=0.2)
    stratum = (found > (0.8 if what == "mean" else 0)).astype(int)
    few = min(stratum.sum(axis=1).min() - 1, 100)
    with_help, _, truth = simulated(doc, coded, found, stratum, [300, few], what != "mean")
    assert 0.93 <= covered(with_help, truth) <= 0.97
    assert abs((with_help["estimate"] - truth).mean()) < 0.1 * width(with_help)


@pytest.mark.parametrize("what", [0.5, 0.2, "mean"])
def test_so_it_does_where_documents_are_drawn_whole(what):
    doc, coded, found = corpora(what, alike=0.2)
    one_each = np.zeros((TIMES, 100), dtype=int)
    kept = next(drawn((one_each, [40])))[0][:, doc]
    run = np.repeat(np.arange(TIMES), len(doc))
    frame = pd.DataFrame({
        "run": run, "doc_id": run * 100 + np.tile(doc, TIMES), "found": found.ravel(),
        "coded": np.where(kept, coded, np.nan).ravel(), "chance": 0.4, "layer": run,
    })  # fmt: skip
    given = {"by": "run", "strata": "layer", "share": what != "mean"}
    found, truth = mean(frame, **given), coded.mean(axis=1)
    assert 0.93 <= covered(found, truth) <= 0.97
    singly = mean(frame.drop(columns="doc_id"), cluster=None, **given)
    assert covered(singly, truth) < 0.9  # what comes of leaving out that they were drawn whole


def test_a_group_with_few_codes_has_an_interval_that_covers():
    doc, coded, found = corpora(0.2)
    stratum = np.zeros(coded.shape, dtype=int)
    found, _, truth = simulated(doc, coded, found, stratum, [6], True)
    assert covered(found, truth) >= 0.93
    assert found["estimate"].tolist() == found["coded_only"].tolist()


def test_one_code_has_no_interval():
    frame = table().assign(coded=[0.5] + [None] * 59, chance=1 / 60)
    row = one(frame)
    assert row["estimate"] == 0.5
    assert row[["low", "high"]].isna().all()


def test_a_mean_of_codes_that_are_all_alike_has_no_interval_and_a_share_has():
    frame = table().assign(coded=lambda all: all["coded"] * 0)
    assert one(frame, share=False)[["low", "high"]].isna().all()
    row = one(frame)
    assert row["estimate"] == row["low"] == 0
    assert row["high"] > 3 / 20 * (1 - 1 / 3)


def test_codes_that_are_all_1_in_documents_drawn_whole_tell_as_much_as_the_documents():
    doc = np.repeat(np.arange(30), 8)
    drawn_whole, drawn_singly = doc % 3 == 0, np.arange(240) % 3 == 0
    whole, singly = (
        one(pd.DataFrame({
            "doc_id": doc, "found": 0, "coded": np.where(kept, 1, np.nan), "chance": 1 / 3
        }))
        for kept in (drawn_whole, drawn_singly)
    )  # fmt: skip
    assert whole["high"] == singly["high"] == 1
    assert 1 - whole["low"] > 4 * (1 - singly["low"])


def test_shares_stay_between_0_and_1():
    frame = pd.DataFrame({
        "found": [0.0] * 90 + [1.0] * 10, "coded": [0.0] * 20 + [None] * 70 + [0.0] * 10,
        "chance": [20 / 90] * 90 + [1.0] * 10,
    })  # fmt: skip
    for slope in (None, 1, -3):
        row = one(frame, cluster=None, slope=slope)
        assert 0 <= row["low"] <= row["estimate"] <= row["high"] <= 1
