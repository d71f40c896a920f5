"""Rehearsals of sampling where all was coded."""

import numpy as np
import pandas as pd
import pytest
from sampled import COLUMNS, table

from usru.analysis import estimate
from usru.analysis.estimate import rehearsal
from usru.analysis.estimate.design import read
from usru.analysis.estimate.tuning import helped_by
from usru.analysis.estimate.variance import estimated
from usru.errors import InputError


def test_a_rehearsal_shows_who_covers_the_truth():
    frame = table(300).assign(coded=table(300)["whole"], found=table(300)["found"] * 2)
    found = estimate.rehearse(frame, "found", "coded", times=500).set_index(["share", "method"])
    assert found.index.get_level_values("share").unique().tolist() == [0.1, 0.25, 0.5]
    assert found["n_coded"].unique().tolist() == [30, 75, 150]
    assert (found.xs("naive", level="method")["coverage"] == 0).all()
    for name in ("coded_only", "estimate"):
        own = found.xs(name, level="method")
        assert own["coverage"].between(0.92, 0.98).all()
        assert (own["bias"].abs() < 0.1 * own["width"]).all()
    helped, alone = (found.xs(m, level="method")["width"] for m in ("estimate", "coded_only"))
    assert (helped < 0.9 * alone).all()


def test_a_rehearsal_is_what_estimates_of_its_samples_are(monkeypatch):
    """One time, and the sample that it drew, estimated as any other."""
    frame = table(90).assign(coded=table(90)["whole"])
    found = estimate.rehearse(frame, "found", "coded", shares=[0.5], times=1, seed=5)
    kept = np.argsort(np.random.default_rng(5).random((1, 90)), axis=1)[0, :45]
    hidden = frame.assign(coded=frame["coded"].where(frame.index.isin(kept)), chance=0.5)
    units, _ = read(hidden, *COLUMNS, None, "doc_id", None)
    row = estimated(units, helped_by(units)).value.item()
    bias = found.set_index("method").loc["estimate", "bias"]
    assert bias == pytest.approx(row - frame["coded"].mean())
    monkeypatch.setattr(rehearsal, "CELLS", 100)
    again = estimate.rehearse(frame, "found", "coded", shares=[0.5], times=1, seed=5)
    pd.testing.assert_frame_equal(found, again)


def test_the_naive_mean_has_the_interval_of_a_count():
    """40 of 200 found: Wilson's, with 199 degrees of freedom; of other numbers the t-interval."""
    frame = pd.DataFrame({"doc_id": 0, "found": [1.0] * 40 + [0.0] * 160, "coded": 1.0})
    t, n, p = 1.9719565, 199, 0.2
    half = t / (1 + t * t / n) * (p * (1 - p) / n + t * t / 4 / n / n) ** 0.5
    row = estimate.rehearse(frame, "found", "coded", shares=[0.5], times=3).iloc[0]
    assert row[["method", "bias", "coverage"]].tolist() == ["naive", pytest.approx(-0.8), 0]
    assert row["width"] == pytest.approx(2 * half, rel=1e-6)
    scores = frame.assign(found=np.arange(200) % 5)
    row = estimate.rehearse(scores, "found", "coded", shares=[0.5], times=3).iloc[0]
    assert row["width"] == pytest.approx(2 * t * (2 / 199) ** 0.5, rel=1e-6)


def test_a_rehearsal_needs_codes_of_all_units():
    with pytest.raises(InputError, match="40 units have no code"):
        estimate.rehearse(table(), "found", "coded")
