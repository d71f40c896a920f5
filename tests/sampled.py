"""Samples of generated corpora whose truth is known, for tests of estimates."""

import numpy as np
import pandas as pd

from usru.analysis import estimate

COLUMNS = ["found", "coded", "chance"]
NUMBERS = ["naive", "coded_only", "estimate", "low", "high"]
TIMES = 600


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
