"""How wide intervals will be: by hand, by simulation, and as it is told."""

import math

import numpy as np
import pandas as pd
import pytest
from coders import all_coded
from studies import GERMAN, study

from usru.coding import units
from usru.coding.planning import ASSUMED, Pilot, expected, margin, pilot, report
from usru.coding.sampling import sample


def of(**sizes):
    """Strata of so many passages, with so many drawn: ``a=(10, 2)``."""
    rows = [(name, n < k) for name, (size, k) in sizes.items() for n in range(size)]
    return pd.DataFrame(rows, columns=["stratum", "drawn"])


def test_one_stratum_by_hand():
    # 1.96 * sqrt(0.2 * 0.8 / 200) is .0554; nine tenths of the passages are not coded.
    found = expected(of(all=(2000, 200)), Pilot(0.6, 1.0, 0))
    assert found.loc[0.2, "coded_only"] == pytest.approx(0.0554 * math.sqrt(0.9), abs=1e-4)
    assert found.loc[0.2, "with_instrument"] == pytest.approx(0.8 * found.loc[0.2, "coded_only"])
    assert found.loc["mean", "coded_only"] == pytest.approx(
        1.96 / math.sqrt(200) * math.sqrt(0.9), abs=1e-4
    )


def test_two_strata_by_hand():
    # Weights 3/4 and 1/4, of 4 and 2 coded, of which 1/3 and 1/2: variances add.
    variance = (9 / 16) * (2 / 3) / 4 + (1 / 16) * (1 / 2) / 2
    assert margin(of(a=(12, 4), b=(4, 2)), 1.0) == pytest.approx(
        1.959964 * math.sqrt(variance), abs=1e-6
    )


def test_all_coded_leaves_nothing_open():
    assert margin(of(a=(5, 5), b=(1, 1)), 1.0) == 0


def test_the_margin_is_what_samples_show():
    rng = np.random.default_rng(1)
    truth = rng.random(400) < 0.2
    means = [truth[rng.permutation(400)[:80]].mean() for _ in range(2000)]
    share = truth.mean()
    found = margin(of(all=(400, 80)), math.sqrt(share * (1 - share)))
    assert found == pytest.approx(1.96 * np.std(means), rel=0.05)


def test_a_pilot_is_measured_on_the_largest_coding(copied):
    known = pilot(copied, "valence")
    own = copied.valence[["textblob", "valence"]].fillna(0)
    assert known.correlation == pytest.approx(own.corr().iloc[0, 1])
    assert (known.deviation, known.n) == (own["valence"].std(), 78)
    path = copied.manifest.folder / "coding" / "reference" / "valence.csv"
    path.write_text("broken", encoding="utf-8")
    assert pilot(copied, "valence").n == 78  # of a reading
    assert math.isnan(pilot(copied, "voice").correlation)


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
        assert "a share of 20%" in told
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
        "the 95% interval will reach about so far to each side:",
        "  a share of 5%: 12.3 points, with the instrument 10.7 points",
        "  a share of 20%: 22.6 points, with the instrument 19.6 points",
        "  a share of 50%: 28.3 points, with the instrument 24.5 points",
        "  a mean (standard deviation 1.00): 0.57, with the instrument 0.49",
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
