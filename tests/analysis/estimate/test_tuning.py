"""What the instrument adds: nothing where it is useless, all where it is perfect."""

import numpy as np
import pytest
from sampled import corpora, covered, one, simulated, table, width


def test_a_fixed_slope_gives_what_ppi_python_gives():
    """ppi-python 0.2.3: ppi_mean_pointestimate(y, f of coded, f of all, lam=...)."""
    for slope, expected in ((1, 0.67966667), (0.5, 0.69633333)):
        assert one(table(), slope=slope)["estimate"] == pytest.approx(expected, abs=1e-8)


def test_a_tuned_slope_gives_nearly_what_ppi_python_tunes():
    """Its 0.6859 rests on one slope for all, taken from the units that it corrects."""
    row = one(table())
    assert row["estimate"] == pytest.approx(0.6859, abs=(row["high"] - row["low"]) / 10)


@pytest.mark.parametrize("n", [30, 100])
@pytest.mark.parametrize("what", [0.2, "mean"])
def test_a_useless_instrument_costs_nothing(what, n):
    doc, coded, _ = corpora(what)
    found = np.random.default_rng(9).normal(size=coded.shape)
    stratum = np.zeros(coded.shape, dtype=int)
    with_help, alone, truth = simulated(doc, coded, found, stratum, [n], what != "mean")
    assert width(with_help) <= 1.05 * width(alone)
    assert covered(with_help, truth) >= 0.93


@pytest.mark.parametrize("what", [0.2, "mean"])
def test_a_perfect_instrument_leaves_the_width_of_no_error_in_n(what):
    doc, coded, _ = corpora(what)
    stratum = np.zeros(coded.shape, dtype=int)
    with_help, alone, truth = simulated(doc, coded, coded, stratum, [100], what != "mean")
    assert (with_help["estimate"] - truth).abs().max() < 0.01
    assert 0 < width(with_help) < 2.2 * 3 / 100 < width(alone)
