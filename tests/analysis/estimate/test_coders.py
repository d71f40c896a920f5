"""What a second coder changes."""

import pandas as pd
import pytest
from sampled import mean, one, table

from usru.analysis import estimate


def test_the_second_interval_covers_what_the_other_coder_would_have_found():
    frame = table(300)
    strict = (frame["coded"] - 0.2).where(frame.index % 2 == 0)
    row = one(frame.assign(other=strict), second="other")
    assert row["high_coders"] == row["high"]
    assert row["low_coders"] == pytest.approx(row["low"] - 0.2, abs=0.02)


def test_coders_who_agree_widen_a_little_and_who_differ_by_chance_more():
    frame = table(300).assign(coded=lambda all: (all["coded"] > 0.7).where(all["coded"].notna()))
    turned = (1 - frame["coded"]).where(frame.index % 30 == 0, frame["coded"])
    same, other = (
        one(frame.assign(other=codes), second="other") for codes in (frame["coded"], turned)
    )
    plain = one(frame)
    for row in (same, other):
        assert (
            row[["estimate", "low", "high"]].tolist() == plain[["estimate", "low", "high"]].tolist()
        )
        assert row["low_coders"] <= row["low"] < row["high"] <= row["high_coders"]
    assert same["high_coders"] - same["low_coders"] < other["high_coders"] - other["low_coders"]


def test_a_disagreement_shows_even_where_all_was_coded():
    frame = table().assign(coded=table()["whole"], chance=1.0)
    row = one(frame.assign(other=frame["coded"] + 0.1), second="other")
    assert row["low"] == row["high"] == pytest.approx(row["low_coders"])
    assert row["high_coders"] == pytest.approx(row["high"] + 0.1)


def test_without_a_second_coding_of_a_group_its_wider_interval_is_missing():
    frame = table().assign(other=lambda all: all["coded"].where(all["group"] == 0))
    found = mean(frame, by="group", second="other")
    assert found["low_coders"].isna().tolist() == [False, True]
    assert found["low"].notna().all()


def test_the_reliability_of_two_coders_is_said_in_one_sentence():
    frame = pd.DataFrame({"one": list("aabb"), "other": ["a", "b", "b", None]})
    said = estimate.reliability(frame, "one", "other")
    assert said.startswith(
        "Two coders read 3 of 4 coded units, and agree on 2; Krippendorff’s alpha"
    )
    nobody = estimate.reliability(frame.assign(other=None), "one", "other", noun="paragraph")
    assert nobody == "No paragraph was read by a second coder: how far two agree is not known."
