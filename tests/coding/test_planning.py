"""How wide intervals will be: by hand, by simulation, and as it is told."""

import math

import numpy as np
import pandas as pd
import pytest
from coders import all_coded
from studies import GERMAN, study

from usru.analysis import estimate
from usru.coding import units
from usru.coding.planning import ASSUMED, Pilot, expected, pilot, report, variance
from usru.coding.sampling import sample


def of(**sizes):
    """Strata of so many passages, with so many drawn: ``a=(10, 2)``."""
    rows = [(name, n < k) for name, (size, k) in sizes.items() for n in range(size)]
    return pd.DataFrame(rows, columns=["stratum", "drawn"])


def test_one_stratum_by_hand():
    """As many as 200 of 2,000: of the variance nine tenths are left, .64 of that with the instrument."""
    found = expected(of(all=(2000, 200)), Pilot(0.6, 1.0, 0))
    t, p = 1.971957, 0.2
    for n, ends in (
        (199 / 0.9, ["low", "high"]),
        (199 / 0.9 / 0.64, ["low_helped", "high_helped"]),
    ):
        middle = (p + t * t / 2 / n) / (1 + t * t / n)
        half = t / (1 + t * t / n) * math.sqrt(p * (1 - p) / n + t * t / 4 / n / n)
        assert found.loc[p, ends].tolist() == pytest.approx(
            [middle - half, middle + half], abs=1e-6
        )
    assert found.loc["mean", "high"] == pytest.approx(t * math.sqrt(0.9 / 199), abs=1e-6)
    assert found.loc["mean", "high_helped"] == pytest.approx(0.8 * found.loc["mean", "high"])


def test_two_strata_by_hand():
    # Weights 3/4 and 1/4, of 4 and 2 coded, of which 2/3 and 1/2 are left: variances add.
    assert variance(of(a=(12, 4), b=(4, 2)), 1.0) == pytest.approx(
        (9 / 16) * (2 / 3) / 3 + (1 / 16) * (1 / 2) / 1
    )


def test_all_coded_leaves_nothing_open():
    assert variance(of(a=(5, 5), b=(1, 1)), 1.0) == 0


@pytest.mark.parametrize("accuracy", [0.5, 0.9])
def test_the_interval_that_was_expected_is_the_one_that_comes(accuracy):
    rng = np.random.default_rng(1)
    coded = (rng.random((300, 400)) < 0.2).astype(float)
    found = np.where(rng.random(coded.shape) < accuracy, coded, rng.random(coded.shape) < 0.2)
    kept = np.argsort(rng.random(coded.shape), axis=1) < 100
    frame = pd.DataFrame({
        "run": np.repeat(np.arange(300), 400), "found": found.ravel(), "chance": 0.25,
        "coded": np.where(kept, coded, np.nan).ravel(),
    })  # fmt: skip
    tables = [
        estimate.mean(frame, name, "coded", "chance", by="run", cluster=None)
        for name in (None, "found")
    ]
    known = Pilot(np.corrcoef(coded.ravel(), found.ravel())[0, 1], 1.0, 0)
    row = expected(of(all=(400, 100)), known).loc[0.2]
    for table, end in zip(tables, ("", "_helped"), strict=True):
        width = (table["high"] - table["low"]).mean()
        assert row[f"high{end}"] - row[f"low{end}"] == pytest.approx(width, rel=0.05)


def test_a_pilot_is_measured_on_the_largest_coding(copied):
    known = pilot(copied, "valence")
    own = copied.valence[["textblob", "valence"]].fillna(0)
    assert known.correlation == pytest.approx(own.corr().iloc[0, 1])
    assert (known.deviation, known.n) == (own["valence"].std(), 78)
    path = copied.manifest.folder / "coding" / "reference" / "valence.csv"
    path.write_text("broken", encoding="utf-8")
    assert pilot(copied, "valence").n == 78  # of a reading
    known = pilot(copied, "voice")
    assert 0.8 < known.correlation < 1, "the rules for quotations tell voices well here"
    assert known.n == len(copied.coded_clauses)


def test_of_too_little_nothing_is_measured(own):
    assert pilot(own, "topics") == Pilot(ASSUMED, 1.0, 0)


def test_a_coding_of_one_value_measures_nothing(tmp_path):
    corpus = study(tmp_path / "s", [{}] * 4)
    all_coded(corpus, "topics", "water", of=units.chosen(corpus, "topics"))
    assert pilot(corpus, "topics") == Pilot(ASSUMED, 1.0, 0)


def test_without_an_instrument_only_the_coding_is_told(tmp_path):
    corpus = study(tmp_path / "de", [{}] * 5, GERMAN, None, 'language = "de"\n')
    for what in ("topics", "valence"):
        told = "\n".join(report(corpus, sample(corpus, 5, what=what)))
        assert "for a share of 20%" in told
        assert "with the instrument" not in told
        assert "correlates" not in told
    without = study(tmp_path / "none", [{}] * 5, topics="")
    assert "a share of 5%" in "\n".join(report(without, sample(without, 4)))


def test_a_report_in_full(tmp_path):
    corpus = study(tmp_path / "a study", [{"outlet": name} for name in ("Tide", "Tide", "Wave")])
    found = sample(corpus, 6, by=["outlet"])
    sheet = corpus.manifest.folder / "coding" / "sheets" / "paragraphs.csv"
    assert report(corpus, found) == [
        "drew 6 of 12 paragraphs; each has a probability of 0.5",
        "from 2 strata, by outlet: 2 to 4 passages of each",
        f"wrote {sheet}, and how it was drawn beside it",
        f'code it with: usru code "{corpus.manifest.root}" --what topics --sheet "{sheet}"',
        "the 95% interval will be about",
        "  41.2 points wide for a share of 5% (less than 1% to 42%), 41.2 with the instrument",
        "  52.2 points wide for a share of 20% (5% to 57%), 52.2 with the instrument",
        "  59.6 points wide for a share of 50% (20% to 80%), 59.6 with the instrument",
        "  1.85 wide for a mean (standard deviation 1.00), 1.85 with the instrument",
        "the instrument correlates with the coding at 0.50 (assumed, as too little is coded to tell)",
    ]
    grown = report(corpus, sample(corpus, 50))
    assert (
        grown[0]
        == "drew 12 of 12 paragraphs, fewer than were asked for; each has a probability of 1"
    )
    assert grown[2] == "6 passages were in the sheet already and stay"
    assert grown[-1] == "all are coded: a share of them has no error of sampling"


def test_a_report_of_a_coded_corpus_says_what_was_measured(copied):
    told = "\n".join(report(copied, sample(copied, 20, what="valence", score="textblob")))
    assert "from 3 strata, by what the instrument finds" in told
    assert "(measured on 78 coded passages; if it was fitted to these it helps less)" in told
