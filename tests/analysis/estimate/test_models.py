"""Coefficients against other libraries’ numbers and known truths."""

import numpy as np
import pandas as pd
import pytest
from sampled import COLUMNS, mean, sampled, table

from usru.analysis import estimate
from usru.errors import InputError


def test_coefficients_of_what_was_coded_whole_are_those_of_statsmodels():
    """statsmodels 0.14: OLS(y, X).fit(cov_type="cluster", groups=doc_id, use_t=True)."""
    frame = table().assign(coded=table()["whole"], chance=1.0)
    found = estimate.linear(frame, ["x"], *COLUMNS)
    assert found["estimate"].tolist() == pytest.approx([0.67373333, 0.01506667], abs=1e-8)
    assert found[["low", "high"]].to_numpy().ravel().tolist() == pytest.approx(
        [0.5377451, 0.80972157, -0.05874309, 0.08887642], abs=1e-8
    )


def test_coefficients_of_the_coded_sample_alone_are_weighted_least_squares():
    frame = sampled(values=5)
    found = estimate.linear(frame, ["group"], *COLUMNS)
    coded = frame.dropna()
    slope, base = np.polyfit(coded["group"], coded["coded"], 1, w=np.sqrt(1 / coded["chance"]))
    assert found["coded_only"].tolist() == pytest.approx([base, slope])
    assert found["term"].tolist() == ["intercept", "group"]


def test_categories_are_told_against_the_first_and_differ_as_their_means():
    frame = table(600).assign(group=lambda all: all["group"].map({0: "left", 1: "right"}))
    found = estimate.linear(frame, ["group"], *COLUMNS).set_index("term")
    means = mean(frame, by="group").set_index("group")
    assert found.index.tolist() == ["intercept", "group: right"]
    for name in ("naive", "coded_only"):
        left, right = means.loc[["left", "right"], name]
        assert found[name].tolist() == pytest.approx([left, right - left])
    apart = means.loc["right", "estimate"] - means.loc["left", "estimate"]
    assert found.loc["group: right", "estimate"] == pytest.approx(apart, abs=0.02)


def test_a_group_has_the_model_that_it_has_alone():
    frame = sampled(n=240, values=5).assign(x=lambda all: np.arange(len(all)) % 4)
    found = estimate.linear(frame, ["x"], *COLUMNS, by="group")
    assert found.columns[:3].tolist() == ["group", "term", "n"]
    for group, own in frame.groupby("group"):
        alone = estimate.linear(own, ["x"], *COLUMNS)
        beside = found[found["group"] == group].drop(columns="group").reset_index(drop=True)
        pd.testing.assert_frame_equal(beside, alone)


def test_a_group_with_too_few_codes_is_named():
    frame = sampled(values=5).assign(x=lambda all: np.arange(len(all)) % 4)
    frame.loc[frame["group"] == 1, "coded"] = np.nan
    with pytest.raises(InputError, match="column of codes, group 1: nobody coded a unit"):
        estimate.linear(frame, ["x"], *COLUMNS, by="group")


def test_coefficients_cover_what_generated_them():
    rng, hits, widths = np.random.default_rng(4), [], []
    for _ in range(200):
        doc = np.repeat(np.arange(200), 5)
        x = rng.normal(size=1000)
        y = 1 + 0.5 * x + 0.5 * rng.normal(size=200)[doc] + rng.normal(size=1000)
        kept = rng.random(1000) < 0.2
        frame = pd.DataFrame({
            "doc_id": doc, "x": x, "found": 0.3 * y + 0.2 * x + 0.2 * rng.normal(size=1000),
            "coded": np.where(kept, y, np.nan), "chance": 0.2,
        })  # fmt: skip
        row = estimate.linear(frame, ["x"], *COLUMNS).iloc[1]
        none = estimate.linear(frame.assign(found=0.0), ["x"], *COLUMNS).iloc[1]
        hits.append((row["low"] <= 0.5 <= row["high"], abs(row["naive"] - 0.5) < 0.1))
        widths.append((row["high"] - row["low"], none["high"] - none["low"]))
    inside, naive = np.mean(hits, axis=0)
    assert 0.92 <= inside <= 0.98
    assert naive == 0
    helped, alone = np.mean(widths, axis=0)
    assert helped < 0.8 * alone
