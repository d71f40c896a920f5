"""How units, codes and probabilities are read, and what is refused."""

import numpy as np
import pandas as pd
import pytest
from sampled import COLUMNS, NUMBERS, mean, one, sampled, table

from usru.analysis import estimate
from usru.errors import InputError


def test_units_that_are_not_yet_coded_count_as_left_out_at_random():
    frame = table()
    drawn_all = frame.assign(chance=1.0)
    assert one(drawn_all)[NUMBERS].tolist() == pytest.approx(one(frame)[NUMBERS].tolist())


def test_probabilities_are_needed_of_coded_units_only():
    frame = table()
    hidden = frame.assign(chance=frame["chance"].where(frame["coded"].notna()))
    pd.testing.assert_frame_equal(mean(hidden, by="group"), mean(frame, by="group"))


def test_a_stratum_that_should_have_codes_and_has_none_leaves_no_estimate():
    frame = table(120)
    frame["chance"] = np.where(frame["doc_id"] < 12, 1 / 3, 1 / 4)
    frame.loc[frame["doc_id"] >= 12, "coded"] = np.nan
    row = one(frame)
    assert row[["naive", "coded_only"]].notna().all()
    assert row[["estimate", "low", "high"]].isna().all()
    named = frame.assign(chance=1 / 3, layer=frame["doc_id"] < 12)
    assert one(named, strata="layer")[["estimate", "low", "high"]].isna().all()
    hidden = named.assign(chance=named["chance"].where(named["coded"].notna()))
    assert one(hidden, strata="layer")[["estimate", "low", "high"]].isna().all()


def test_a_group_that_has_no_unit_of_a_stratum_does_not_need_its_codes():
    frame = table(120)
    frame["chance"] = np.where(frame["doc_id"] < 12, 1 / 3, 1 / 4)
    frame.loc[frame["doc_id"] >= 12, "coded"] = np.nan
    found = mean(frame.assign(half=frame["doc_id"] < 12), by="half")
    assert found["estimate"].isna().tolist() == [True, False]


def test_bools_and_missing_codes_of_any_kind_are_read():
    frame = table().assign(found=lambda all: all["found"] > 0.5)
    codes = [bool(i % 2) if i % 3 == 0 else None for i in range(60)]
    rows = [
        one(frame.assign(coded=pd.Series(codes, dtype=dtype)))
        for dtype in ("object", "boolean", "Float64")
    ]
    assert rows[0].tolist() == rows[1].tolist() == rows[2].tolist()
    assert rows[0]["coded_only"] == 0.5


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"found": lambda all: all["found"].where(all["doc_id"] > 0)}, "5 units have no number"),
        ({"found": "good"}, "not all of it are numbers"),
        ({"coded": np.nan}, "nobody coded a unit"),
        ({"chance": 0.0}, "column chance: not all are above 0 and at most 1"),
        ({"chance": 1.5}, "column chance: not all are above 0 and at most 1"),
        ({"chance": [1 / 3, 0.0] * 30}, "leave out units that could not be drawn"),
        ({"chance": np.nan}, "column chance: a coded unit has none"),
    ],
)
def test_input_that_cannot_be_used_is_told(change, words):
    with pytest.raises(InputError, match=words):
        mean(table().assign(**change))


def test_a_column_that_is_not_there_and_a_frame_without_units_are_told():
    with pytest.raises(InputError, match="column outlet: the frame does not have it"):
        mean(table(), by="outlet")
    with pytest.raises(InputError, match="it has no units"):
        mean(table().head(0))
    with pytest.raises(InputError, match="pair, 7: no unit has it in column group"):
        estimate.difference(table(), *COLUMNS, by="group", pair=(0, 7))
    with pytest.raises(InputError, match="column x: 1 unit has none"):
        estimate.linear(table().assign(x=[None] + [1.0] * 59), ["x"], *COLUMNS)
    with pytest.raises(InputError, match="say the same"):
        estimate.linear(table().assign(y=table()["x"] * 2), ["x", "y"], *COLUMNS)


def test_rows_may_have_one_index_in_common():
    frame = sampled(values=5).assign(group=lambda all: all["group"].astype(str))
    alike = frame.set_axis([0] * len(frame))
    for run in (
        lambda all: mean(all, by="group"), lambda all: estimate.linear(all, ["group"], *COLUMNS)
    ):  # fmt: skip
        pd.testing.assert_frame_equal(run(alike), run(frame))
