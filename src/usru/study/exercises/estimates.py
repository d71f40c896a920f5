"""Answers about estimates: what is drawn, how many are coded, and who may stand for whom."""

from typing import Any

import numpy as np
import pandas as pd

from usru.analysis import estimate
from usru.coding import joined, sampling
from usru.corpus import Corpus
from usru.evaluation import generated
from usru.figures.estimates import COLUMNS
from usru.study.exercises import checks
from usru.study.exercises.answers import fallen, name, number

__all__: list[str] = []

TOPIC, HALF = "syria", 39
WHOLE = 200  # documents
SEASON, SEEDS = 2, 50


@checks("estimates-1")
def _misjudged(answer: Any, corpus: Corpus) -> str | None:
    """The outlet whose count is farthest from the truth."""
    shares = generated.press(corpus).groupby("outlet")[["predicted", "truth"]].mean()
    gap = (shares["predicted"] - shares["truth"]).abs()
    return name(
        answer,
        gap.idxmax(),
        "For each outlet compare the ring with the stroke.",
        among=[*generated.OUTLETS],
        seen={shares["predicted"].idxmax(): "That is the one counted most. Which is farthest off?"},
    )


@checks("estimates-2")
def _half_as_wide(answer: Any, corpus: Corpus) -> str | None:
    """How many must be coded so that an interval is half as wide."""
    n, of = generated.CODED, len(generated.press(corpus))
    right = 1 / (1 / (4 * n) + 3 / (4 * of))
    return number(
        answer,
        right,
        "Try other numbers in `generated.sampled` until the ends of `planning.expected` are half as far apart.",
        seen={
            2 * n: "Twice as many make it narrower by about three tenths only.",
            4 * n: "That would be so in an endless corpus. Here a large part is coded then:"
            " fewer are enough.",
        },
        within=0.02 * right,
    )


def _drawn(corpus: Corpus, topic: str) -> Any:
    """The estimate of a topic of the stories, half of whose paragraphs are coded."""
    design = sampling.Design("topics", HALF)
    drawn = sampling.draw(sampling.population(corpus, design), design)
    table = joined(corpus, "topics", code=topic)
    table = table.assign(
        probability=drawn["probability"], coded=table["coded"].where(drawn["drawn"])
    )
    return estimate.mean(table, *COLUMNS).iloc[0]


@checks("estimates-3")
def _another_topic(answer: Any, corpus: Corpus) -> str | None:
    """Another topic of the stories, estimated from a half."""
    found, other = _drawn(corpus, TOPIC), _drawn(corpus, "bilateral")
    return number(
        answer,
        found["estimate"],
        "Repeat the steps of “Sample and code” with another topic and number.",
        seen={
            found["naive"]: "That is the count. Take the column `estimate`.",
            found["coded_only"]: "That is the coded sample alone. Take the column `estimate`.",
            other["estimate"]: "That is US–Russia relations. Name the other topic in `joined`.",
        },
    )


@checks("estimates-4")
def _documents_whole(answer: Any, corpus: Corpus) -> str | None:
    """How much wider an interval is where documents are drawn whole."""
    press = generated.press(corpus)
    single = _width(estimate.mean(generated.sampled(press), *COLUMNS))
    documents = press["doc_id"].unique()
    chosen = np.random.default_rng(2017).choice(documents, WHOLE, replace=False)
    whole = press.assign(
        probability=WHOLE / len(documents),
        coded=press["truth"].where(press["doc_id"].isin(chosen)),
    )
    together, apart = (
        _width(estimate.mean(whole, *COLUMNS, cluster=cluster)) for cluster in ("doc_id", None)
    )
    return number(
        answer,
        together / single,
        "Divide the width of the interval from whole documents by that from single paragraphs.",
        seen={
            single / together: "That is the other way round.",
            apart
            / single: "Paragraphs of one document were drawn together: leave `cluster` as it is.",
        },
        within=0.02,
    )


def _width(found: Any) -> float:
    return float((found["high"] - found["low"]).item())


@checks("estimates-5")
def _mended(answer: Any, corpus: Corpus) -> str | None:
    """A dictionary by which the count no longer turns the outlets around."""
    look = (
        "Print paragraphs of the press that are on the topic and not found, and some that are found"
        " and not on it: which words does the dictionary lack, and which mislead it?"
    )
    return fallen(answer, corpus, "estimates-1", look)


@checks("estimates-6")
def _spring(answer: Any, corpus: Corpus) -> str | None:
    """How often an interval from one season holds the share of the year."""
    press = generated.press(corpus)
    season, held = press[press["quarter"] == SEASON], corpus.kept("season", lambda: _season(press))
    own, year = (
        float(((held["low"] <= truth) & (truth <= held["high"])).mean())
        for truth in (season["truth"].mean(), press["truth"].mean())
    )
    return number(
        answer,
        year,
        "For each seed: does the interval of the season hold `press['truth'].mean()`?",
        seen={own: "That is how often it holds the season’s own share, as it should."},
        within=0.01,
    )


def _season(press: pd.DataFrame) -> pd.DataFrame:
    """The intervals from samples of one season, a row a seed."""
    season = press[press["quarter"] == SEASON]
    found = [estimate.mean(generated.sampled(season, seed=seed), *COLUMNS) for seed in range(SEEDS)]
    return pd.concat(found, ignore_index=True)
