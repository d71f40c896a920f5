"""Estimates against hand computation, plain loops, other libraries' numbers, and known truths."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from usru.analysis import estimate
from usru.errors import InputError

COLUMNS = ["found", "coded", "chance"]
NUMBERS = ["naive", "coded_only", "estimate", "low", "high"]


def mean(frame, **others):
    return estimate.mean(frame, *COLUMNS, **others)


def one(frame, **others):
    """The only row of an estimate without groups."""
    return mean(frame, **others).iloc[0]


def table(n=60, every=3):
    """Units of which every so many is coded; other libraries were given the same numbers."""
    i = np.arange(n)
    coded = (i * 7 % 11) / 10 * 0.8 + (i * 5 % 7) / 10
    return pd.DataFrame({
        "doc_id": i // 5, "x": i % 4.0, "group": i % 2, "found": (i * 7 % 11) / 10,
        "coded": np.where(i % every == 0, coded, np.nan), "chance": 1 / every, "whole": coded,
    })  # fmt: skip


def sampled(seed=1, docs=40, size=10, n=150, values=2):
    """Documents some of whose units were coded, with two probabilities and three groups."""
    rng = np.random.default_rng(seed)
    doc = np.repeat(np.arange(docs), size)
    coded = rng.integers(0, values, docs * size).astype(float)
    found = np.where(rng.random(docs * size) < 0.7, coded, rng.integers(0, values, docs * size))
    chance = np.where(found > 0, 1.4, 0.6) * n / (docs * size)
    hidden = rng.random(docs * size) >= chance
    return pd.DataFrame({
        "doc_id": doc, "group": rng.integers(0, 3, docs * size), "found": found,
        "coded": np.where(hidden, np.nan, coded), "chance": chance,
    })  # fmt: skip


# ---- by hand -------------------------------------------------------------------------------------


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


# ---- against plain loops and other libraries -----------------------------------------------------


def slowly(frame):
    """The estimate and its variance as the docstring says it, unit by unit."""
    coded, cluster = frame[frame["coded"].notna()], estimate._codes(frame["doc_id"])
    weight, fold = 1 / coded["chance"], pd.Series(cluster % estimate.FOLDS, frame.index)
    apart = frame["found"] - frame["found"].mean()
    helped = pd.Series(0.0, frame.index)
    for part in range(estimate.FOLDS):
        others = coded[fold[coded.index] != part]
        w = (weight * (weight - 1))[others.index]
        x, y = (v - np.average(v, weights=w) for v in (apart[others.index], others["coded"]))
        slope = (w * x * y).sum() / (w * x * x).sum()
        error = (w * (y - slope * x) ** 2).sum() / (len(others) - 2)
        statistic = slope**2 * (w * x * x).sum() / error
        helped[fold == part] = max(0, slope) * max(0, 1 - 1 / statistic) * apart[fold == part]
    rest = coded["coded"] - helped[coded.index]
    centre = np.average(rest, weights=weight)
    residual, variance = rest - centre, 0.0
    for chance, of in residual.groupby(coded["chance"]):
        spread = of.var(ddof=1) * len(of) / weight.sum() ** 2
        variance += spread * (1 / chance) * (1 / chance - 1)
    return helped.mean() + centre, variance


def test_the_formulas_are_those_of_a_plain_loop():
    frame = sampled(values=5)
    units, _ = estimate._read(frame, *COLUMNS, None, None, None)
    units = units._replace(cluster=estimate._codes(frame["doc_id"]))  # folds, and no more
    found = estimate._estimated(units, estimate._helped(units))
    value, variance = slowly(frame.assign(chance=_scaled(frame)))
    assert found.value.item() == pytest.approx(value)
    assert found.variance.item() == pytest.approx(variance)


def _scaled(frame):
    """Probabilities that add up to as many units as were coded, where fewer were than expected."""
    return frame["chance"] * min(1, frame["coded"].notna().sum() / frame["chance"].sum())


def test_a_fixed_slope_gives_what_ppi_python_gives():
    """ppi-python 0.2.3: ppi_mean_pointestimate(y, f of coded, f of all, lam=...)."""
    for slope, expected in ((1, 0.67966667), (0.5, 0.69633333)):
        assert one(table(), slope=slope)["estimate"] == pytest.approx(expected, abs=1e-8)


def test_a_tuned_slope_gives_nearly_what_ppi_python_tunes():
    """Its 0.6859 rests on one slope for all, taken from the units that it corrects."""
    row = one(table())
    assert row["estimate"] == pytest.approx(0.6859, abs=(row["high"] - row["low"]) / 10)


def test_documents_drawn_whole_have_the_textbook_variance():
    """Cochran's variance of a mean of clusters of equal size: (1 - f) s² of cluster means / m."""
    rng = np.random.default_rng(3)
    doc = np.repeat(np.arange(30), 8)
    values = rng.normal(size=30)[doc] + rng.normal(size=240)
    drawn = doc % 3 == 0
    frame = pd.DataFrame({
        "doc_id": doc, "found": 0, "coded": np.where(drawn, values, np.nan), "chance": 1 / 3,
    })  # fmt: skip
    units, _ = estimate._read(frame, *COLUMNS, None, "doc_id", None)
    found = estimate._estimated(units, np.zeros(240))
    means = pd.Series(values[drawn]).groupby(doc[drawn]).mean()
    assert found.variance.item() == pytest.approx(means.var(ddof=1) / 10 * (1 - 1 / 3), rel=0.02)
    assert found.draws.item() == pytest.approx(10)


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


def test_rows_may_have_one_index_in_common():
    frame = sampled(values=5).assign(group=lambda all: all["group"].astype(str))
    alike = frame.set_axis([0] * len(frame))
    for run in (
        lambda all: mean(all, by="group"), lambda all: estimate.linear(all, ["group"], *COLUMNS)
    ):  # fmt: skip
        pd.testing.assert_frame_equal(run(alike), run(frame))


# ---- simulation ----------------------------------------------------------------------------------

TIMES = 600


def corpora(what, size=10, docs=100, alike=0.0, seed=0, accuracy=0.7):
    """Coded corpora, a row each, and an instrument that errs more one way than the other."""
    rng = np.random.default_rng(seed)
    doc = np.repeat(np.arange(docs), size)
    shape = TIMES, docs * size
    if what == "mean":
        own = rng.normal(size=(TIMES, docs))[:, doc]
        coded = alike**0.5 * own + (1 - alike) ** 0.5 * rng.normal(size=shape)
        found = 0.3 + 0.5 * (accuracy * coded + (1 - accuracy**2) ** 0.5 * rng.normal(size=shape))
        return doc, coded, found
    rate = np.full((TIMES, docs), what)
    if alike:
        rate = rng.beta(what * (1 / alike - 1), (1 - what) * (1 / alike - 1), (TIMES, docs))
    coded = rng.random(shape) < rate[:, doc]
    found = np.where(coded, rng.random(shape) < accuracy, rng.random(shape) < 0.05)
    return doc, coded.astype(float), found.astype(float)


def drawn(chances_of, seed=1):
    """Which units are drawn in each corpus: of each stratum the given number, at random."""
    rng = np.random.default_rng(seed)
    stratum, sizes = chances_of
    order = np.argsort(rng.random(stratum.shape), axis=1)
    ranks = np.zeros(stratum.shape, dtype=int)
    for layer in np.unique(stratum):
        there = np.take_along_axis(stratum == layer, order, axis=1)
        np.put_along_axis(ranks, order, np.where(there, there.cumsum(axis=1), 0), axis=1)
        own = stratum == layer
        yield own & (ranks <= sizes[layer]) & (ranks > 0), own


def simulated(doc, coded, found, stratum, sizes, share):
    """Bias and coverage by method, and mean widths with and without the instrument."""
    kept, chance = np.zeros(coded.shape, bool), np.zeros(coded.shape)
    for layer, (which, own) in enumerate(drawn((stratum, sizes))):
        kept |= which
        chance += own * (sizes[layer] / own.sum(axis=1, keepdims=True))
    run = np.repeat(np.arange(TIMES), len(doc))
    frame = pd.DataFrame({
        "run": run, "doc_id": run * (doc.max() + 1) + np.tile(doc, TIMES), "found": found.ravel(),
        "coded": np.where(kept, coded, np.nan).ravel(), "chance": np.minimum(chance, 1).ravel(),
        "layer": (run * len(sizes)) + stratum.ravel(),
    })  # fmt: skip
    given = {"by": "run", "strata": "layer", "share": share}
    return mean(frame, **given), mean(frame, slope=0, **given), coded.mean(axis=1)


def covered(found, truth):
    return ((found["low"] <= truth) & (truth <= found["high"])).mean()


def width(found):
    return (found["high"] - found["low"]).mean()


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


def test_a_group_with_few_codes_has_an_interval_that_covers():
    doc, coded, found = corpora(0.2)
    stratum = np.zeros(coded.shape, dtype=int)
    found, _, truth = simulated(doc, coded, found, stratum, [6], True)
    assert covered(found, truth) >= 0.93
    assert found["estimate"].tolist() == found["coded_only"].tolist()


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


# ---- where there is little to go by --------------------------------------------------------------


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


def test_units_that_are_not_yet_coded_count_as_left_out_at_random():
    frame = table()
    drawn_all = frame.assign(chance=1.0)
    assert one(drawn_all)[NUMBERS].tolist() == pytest.approx(one(frame)[NUMBERS].tolist())


def test_probabilities_are_needed_of_coded_units_only():
    frame = table()
    hidden = frame.assign(chance=frame["chance"].where(frame["coded"].notna()))
    pd.testing.assert_frame_equal(mean(hidden, by="group"), mean(frame, by="group"))


def test_shares_stay_between_0_and_1():
    frame = pd.DataFrame({
        "found": [0.0] * 90 + [1.0] * 10, "coded": [0.0] * 20 + [None] * 70 + [0.0] * 10,
        "chance": [20 / 90] * 90 + [1.0] * 10,
    })  # fmt: skip
    for slope in (None, 1, -3):
        row = one(frame, cluster=None, slope=slope)
        assert 0 <= row["low"] <= row["estimate"] <= row["high"] <= 1


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


# ---- differences ---------------------------------------------------------------------------------


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


# ---- two coders ----------------------------------------------------------------------------------


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


# ---- rehearsal and planning ----------------------------------------------------------------------


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
    units, _ = estimate._read(hidden, *COLUMNS, None, "doc_id", None)
    row = estimate._estimated(units, estimate._helped(units)).value.item()
    bias = found.set_index("method").loc["estimate", "bias"]
    assert bias == pytest.approx(row - frame["coded"].mean())
    monkeypatch.setattr(estimate, "CELLS", 100)
    again = estimate.rehearse(frame, "found", "coded", shares=[0.5], times=1, seed=5)
    pd.testing.assert_frame_equal(found, again)


def test_a_rehearsal_needs_codes_of_all_units():
    with pytest.raises(InputError, match="40 units have no code"):
        estimate.rehearse(table(), "found", "coded")


def test_the_width_that_was_expected_is_the_width_that_comes():
    doc, coded, found = corpora(0.2)
    stratum = np.zeros(coded.shape, dtype=int)
    with_help, alone, _ = simulated(doc, coded, found, stratum, [200], True)
    linked = np.mean([np.corrcoef(*pair)[0, 1] for pair in zip(coded, found, strict=True)])
    row = estimate.expected_width(200, 1000, linked, shares=[0.2]).iloc[0]
    assert row["alone"] == pytest.approx(width(alone), rel=0.02)
    assert row["helped"] == pytest.approx(width(with_help), rel=0.04)


def test_all_units_leave_no_width_and_a_pilot_gives_what_is_asked_for():
    assert (estimate.expected_width(50, 50)[["alone", "helped"]] == 0).all(axis=None)
    measured = estimate.pilot(table(), *COLUMNS)
    coded = table().dropna()
    assert measured["correlation"] == pytest.approx(coded["found"].corr(coded["coded"]))
    assert measured["spread"] == pytest.approx(coded["coded"].std(ddof=0))
    wide = estimate.expected_width(100, **measured)
    assert (wide["helped"] < wide["alone"]).all()
    with pytest.raises(InputError, match="n_coded, 60"):
        estimate.expected_width(60, 50)


# ---- what must not matter ------------------------------------------------------------------------


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
