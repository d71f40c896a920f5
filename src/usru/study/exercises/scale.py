"""Answers about scale: what is off, what a budget of workers buys, and what more codes do."""

from functools import cache
from typing import Any

import pandas as pd

from usru.corpus import Corpus
from usru.evaluation import cost, generated
from usru.figures import scale
from usru.scale import Measured
from usru.study.exercises import checks
from usru.study.exercises.answers import fallen, name, number

__all__: list[str] = []

MILLION, MANY = 1_000_000, 10_000  # articles, and more workers than anybody lends
OUTLET, TIMES = "The Gull", 4
SHORT, PARTS = 6, 2  # words of a passage that is hardly one, and the parts that are searched


@checks("scale-1")
def _farthest(answer: Any, corpus: Corpus) -> str | None:
    """The outlet whose count is farthest from the truth in the last quarter."""
    table = scale.coverage(corpus)
    last = table[table["quarter"] == scale.QUARTERS[-1]].set_index("outlet")
    first = table[table["quarter"] == scale.QUARTERS[0]].set_index("outlet")
    gap, before = (abs(one["naive"] - one["truth"]) for one in (last, first))
    return name(
        answer,
        gap.idxmax(),
        "In the panel of each outlet compare the last ring with the last stroke.",
        among=[*generated.OUTLETS],
        seen={before.idxmax(): "That is so in the first quarter. Look at the last."},
    )


@checks("scale-2")
def _in_an_hour(answer: Any, corpus: Corpus) -> str | None:
    """The fewest workers that measure a million articles in an hour."""
    right = next(n for n in range(1, MANY) if cost.hours(MILLION, n) <= 1)
    share = cost.hours(MILLION, 1)
    return number(
        answer,
        right,
        "Try `cost.hours(1_000_000, n)` with more and more workers until it is at most one.",
        seen={share: "That is how many hours one worker takes. Ask for workers.",
              right - 1: "With so many it takes a little longer than an hour."},
    )  # fmt: skip


@checks("scale-3")
def _whole_year(answer: Any, corpus: Corpus) -> str | None:
    """The share of an outlet over the whole year."""
    found = _of(corpus, "outlet").set_index("outlet").loc[OUTLET]
    return number(
        answer,
        found["estimate"],
        "Group by the outlet alone, and take the row of The Gull.",
        seen={
            found["naive"]: "That is the count. Take the column `estimate`.",
            found["coded_only"]: "That is the coded sample alone. Take the column `estimate`.",
        },
        within=0.0005,
    )


def _of(corpus: Corpus, by: str) -> pd.DataFrame:
    with scale.in_this_process():
        found = scale.press(corpus).estimates(scale.coded(corpus), generated.TOPIC, by)
    return found


@checks("scale-4")
def _more_codes(answer: Any, corpus: Corpus) -> str | None:
    """How much narrower an interval is from four times as many codes."""
    few, many = (_width(corpus, n) for n in (scale.CODED, TIMES * scale.CODED))
    return number(
        answer,
        few / many,
        "Divide the width of the interval from the codes of the notebook by that from four times as many.",
        seen={many / few: "That is the other way round.", float(TIMES): "Four times the codes buy less than that: compute both widths."},
        within=0.02,
    )  # fmt: skip


def _width(corpus: Corpus, n: int) -> float:
    with scale.in_this_process():
        found = scale.press(corpus).estimates(scale.coded(corpus, n), generated.TOPIC)
    return float((found["high"] - found["low"]).item())


@checks("scale-5")
def _set_phrases(answer: Any, corpus: Corpus) -> str | None:
    """How many short passages of the first articles nobody copied."""
    right, every = _short(corpus)
    return number(
        answer,
        right,
        "Keep the first of each with `figures.scale.first_printed`, and leave out those whose later place is in"
        " `written.copies`.",
        seen={every: "Among these are the reports that were copied. Leave them out."},
    )


def _short(corpus: Corpus) -> tuple[int, int]:
    """Passages of the first parts by a short measure: those that nobody copied, and all."""
    later = ["again_doc_id", "again_block"]
    found = _searched(scale.press(corpus))
    copies = generated.articles(scale.DOCUMENTS).copies
    merged = found.merge(copies[later], "left", later, indicator=True)
    return int((merged["_merge"] == "left_only").sum()), len(found)


@cache
def _searched(whole: Measured) -> pd.DataFrame:
    first = Measured(whole.folder, whole.codebook, whole.parts[:PARTS], whole.instruments)
    with scale.in_this_process():
        return scale.first_printed(first.reused(SHORT).compute())


@checks("scale-6")
def _mended(answer: Any, corpus: Corpus) -> str | None:
    """A dictionary by which the count grows as the topic does."""
    look = "Which words of `generated.OTHERS` does the dictionary lack?"
    return fallen(answer, corpus, "scale-2", look)
