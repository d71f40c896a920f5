"""Means and differences by hand, and what must not matter to them."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sampled import COLUMNS, NUMBERS, corpora, mean, one, sampled, table, width

from usru.analysis import estimate


def test_six_rows_by_hand():
    """Six paragraphs of three documents; the second half of each pair was drawn more rarely.

    Weights 1 / π of the coded ones: 2, 4, 2, 4, in all 12. The mean of what was found: 3 / 6 = .5.

    Codes alone: (2 · 1 + 4 · 0 + 2 · 1 + 4 · 1) / 12 = 8 / 12.

    With a slope of 1 the coded ones are off by 1 - 1 = 0, 0 - 1 = -1, 1 - 0 = 1, 1 - 0 = 1; weighted
    (2 · 0 - 4 · 1 + 2 · 1 + 4 · 1) / 12 = 2 / 12, so that the estimate is 1 / 2 + 1 / 6 = 2 / 3.

    With half of it they are off by ½, -½, 1, 1: (1 - 2 + 2 + 4) / 12 = 5 / 12, and ¼ + 5 / 12 = 2 / 3.
    """
    frame = pd.DataFrame({
        "doc_id": list("aabbcc"), "found": [1, 1, 0, 0, 1, 0],
        "coded": [1, 0, 1, 1, None, None], "chance": [0.5, 0.25] * 3,
    })  # fmt: skip
    for slope, expected in ((0, 8 / 12), (1, 2 / 3), (0.5, 2 / 3), (None, 8 / 12)):
        row = one(frame, slope=slope)
        assert row[["n", "n_coded", "naive", "coded_only"]].tolist() == [6, 4, 0.5, 8 / 12]
        assert row["estimate"] == pytest.approx(expected)
        assert 0 <= row["low"] < row["estimate"] < row["high"] <= 1


def test_what_was_coded_whole_is_given_back():
    frame = table().assign(coded=table()["whole"], chance=1.0)
    row = one(frame)
    assert row[["coded_only", "estimate", "low", "high"]].tolist() == pytest.approx(
        [frame["coded"].mean()] * 4
    )


def test_a_group_without_codes_has_the_naive_mean_only():
    frame = table().assign(coded=lambda all: all["coded"].where(all["group"] == 0))
    first, second = (mean(frame.assign(chance=1 / 6), by="group").iloc[i] for i in (0, 1))
    assert first[NUMBERS].notna().all()
    assert second[["n", "n_coded"]].tolist() == [30, 0]
    assert second["naive"] == pytest.approx(frame.loc[frame["group"] == 1, "found"].mean())
    assert second[NUMBERS[1:]].isna().all()


def test_without_an_instrument_the_estimate_is_what_was_coded():
    frame = sampled()
    known = mean(frame.assign(found=0.0), by="group")
    found = estimate.mean(frame.drop(columns="found"), None, "coded", "chance", by="group")
    assert found["naive"].isna().all()
    pd.testing.assert_frame_equal(found.drop(columns="naive"), known.drop(columns="naive"))
    assert found["estimate"].tolist() == pytest.approx(found["coded_only"].tolist())
    apart = estimate.difference(frame, None, "coded", "chance", by="group")
    slopes = estimate.linear(frame, ["group"], None, "coded", "chance")
    for found in (apart, slopes):
        assert found["naive"].isna().all()
        assert found["estimate"].tolist() == pytest.approx(found["coded_only"].tolist())


def test_differences_cover_too():
    """Of two halves of each corpus, and nearer the truth mostly than what was coded alone."""
    doc, coded, found = corpora(0.2)
    rng, hits, alone = np.random.default_rng(2), 0, 0
    for i in range(150):
        kept = rng.permutation(len(doc)) < 300
        frame = pd.DataFrame({
            "doc_id": doc, "found": found[i], "coded": np.where(kept, coded[i], np.nan),
            "chance": 0.3, "group": doc % 2,
        })  # fmt: skip
        row = estimate.difference(frame, *COLUMNS, by="group").iloc[0]
        truth = coded[i][doc % 2 == 0].mean() - coded[i][doc % 2 == 1].mean()
        hits += row["low"] <= truth <= row["high"]
        alone += abs(row["estimate"] - truth) < abs(row["coded_only"] - truth)
    assert 0.92 <= hits / 150 <= 0.98
    assert alone > 80


def test_every_pair_or_one_is_compared():
    frame = sampled()
    pairs = estimate.difference(frame, *COLUMNS, by="group")
    assert pairs[["first", "second"]].to_numpy().tolist() == [[0, 1], [0, 2], [1, 2]]
    means = mean(frame, by="group").set_index("group")
    for row in pairs.itertuples():
        apart = means.loc[row.first] - means.loc[row.second]
        assert row.estimate == pytest.approx(apart["estimate"])
        assert row.naive == pytest.approx(apart["naive"])
    turned = estimate.difference(frame, *COLUMNS, by="group", pair=(2, 0)).iloc[0]
    assert turned[["estimate", "low", "high"]].tolist() == pytest.approx(
        [-pairs.loc[1, name] for name in ("estimate", "high", "low")]
    )


def test_groups_within_documents_drawn_whole_differ_more_surely_than_apart():
    """Each document has both groups, and what moves it moves both."""
    rng = np.random.default_rng(6)
    doc = np.repeat(np.arange(90), 10)
    values = 3 * rng.normal(size=90)[doc] + rng.normal(size=900)
    frame = pd.DataFrame({
        "doc_id": doc, "group": np.arange(900) % 2, "found": 0.0,
        "coded": np.where(doc % 3 == 0, values, np.nan), "chance": 1 / 3,
    })  # fmt: skip
    row = estimate.difference(frame, *COLUMNS, by="group").iloc[0]
    single = mean(frame, by="group")
    assert row["high"] - row["low"] < 0.5 * width(single)


@given(st.integers(0, 10_000), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(seed, random):
    frame = sampled(seed, docs=12, n=40)
    rows = [*range(len(frame))]
    random.shuffle(rows)
    pd.testing.assert_frame_equal(mean(frame, by="group"), mean(frame.iloc[rows], by="group"))


@given(st.integers(0, 10_000), st.floats(0.01, 100), st.floats(-100, 100))
def test_a_mean_and_its_interval_scale_with_the_codes_and_not_with_the_instrument(seed, by, shift):
    frame = sampled(seed, docs=12, n=60, values=5)
    scaled = frame.assign(coded=frame["coded"] * by + shift, found=frame["found"] * 3 - 7)
    names = ["coded_only", "estimate", "low", "high"]
    before, after = (one(x, share=False)[names] for x in (frame, scaled))
    assert after.tolist() == pytest.approx((before * by + shift).tolist(), rel=1e-6, abs=1e-6)


@given(st.integers(0, 10_000))
def test_what_groups_are_called_does_not_matter(seed):
    frame = sampled(seed, docs=12, n=60)
    renamed = frame.assign(group=frame["group"].map({0: "z", 1: "y", 2: "x"}))
    before = mean(frame, by="group")[["n", "n_coded", *NUMBERS]]
    after = mean(renamed, by="group")[["n", "n_coded", *NUMBERS]][::-1].reset_index(drop=True)
    pd.testing.assert_frame_equal(before, after)


def test_a_group_alone_is_estimated_as_beside_others():
    """Where strata are its own; slopes are left out, since parts of documents may differ."""
    frame = sampled(n=120)
    hidden = frame.assign(chance=(0.5 + 0 * frame["chance"]).where(frame["coded"].notna()))
    given = {"strata": "group", "cluster": None, "share": True, "slope": 1}
    beside = mean(hidden, by="group", **given)
    alone = [mean(own, by="group", **given) for _, own in hidden.groupby("group")]
    pd.testing.assert_frame_equal(pd.concat(alone, ignore_index=True), beside)
