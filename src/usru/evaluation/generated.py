"""A generated press whose truth is known: on it a count, and what mends it, can be seen to be right or wrong.

Three invented outlets write of sanctions in 5,000 documents. The words for them change within the
year, faster in one outlet than in the others, and one says “sanctioned” of what a board allows. So
what a dictionary misses and adds differs by outlet and by month, as it does where outlets have a
style of their own and a language changes.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from usru.analysis import estimate, topics
from usru.codebook import Topic
from usru.coding import sampling
from usru.corpus import Corpus
from usru.errors import DoesNotApply

__all__ = ["CODED", "DOCUMENTS", "OUTLETS", "TOPIC", "Outlet", "press", "rehearsed", "sampled"]

DOCUMENTS = 5000

CODED = 400
"""Paragraphs of a sample that is coded."""

TOPIC = "sanctions"
"""What the generated texts are on, or not."""


class Outlet(NamedTuple):
    """How an invented outlet writes.

    `share` is the part of its paragraphs that is on the topic, over the year. `old_words` is how
    often it calls the topic by its usual name, in January and in December. `other_sense` is the part
    of its other paragraphs in which that name means something else.
    """

    share: float
    old_words: tuple[float, float]
    other_sense: float


OUTLETS = {
    "The Tide": Outlet(0.26, (0.98, 0.4), 0.01),
    "The Wave": Outlet(0.26, (0.8, 0.1), 0.01),
    "The Gull": Outlet(0.1, (0.9, 0.5), 0.12),
}

GROWTH = (0.4, 1.6)  # of the average share: in January, and in December
WITHIN, BESIDE = 0.7, 0.04  # shares of paragraphs on the topic, in documents on it and in others
LENGTHS = (1, 2, 3)  # paragraphs of a document

LEADS = (
    "Moscow and Washington spoke on {day}.",
    "Washington waited on {day} for a word from Moscow.",
    "On {day} the envoys of Moscow and Washington sat in {place}.",
)
ON_TOPIC = (
    "The {measures} stay until the border is settled, {who} said.",
    "{Who} said in {place} that the {measures} hurt small firms most.",
    "Ten more names are to come under the {measures}, {who} said on {day}.",
    "Without an end of the {measures} there is little to sign, {who} said in {place}.",
)
USUAL = ("sanctions", "sanctions", "punitive measures", "restrictive measures")
OTHERS = ("curbs", "penalties", "asset rules", "trade limits")
OTHER_SENSE = (
    "The harbour board sanctioned the new ferry on {day}.",
    "{Who} praised the court in {place}, which sanctioned the exchange of paintings.",
)
ELSEWHERE = (
    "{Who} spoke in {place} about fishing in the northern sea.",
    "The exhibition in {place} was opened on {day}.",
    "Talks about the railway go on, {who} said on {day}.",
    "In {place} it rained, and the dinner was moved inside, {who} said.",
    "{Who} thanked the hosts in {place} for the tea.",
)
FILLED = {
    "day": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday"),
    "place": ("Oslo", "Geneva", "Vienna", "Helsinki", "Lisbon"),
    "who": ("the envoy", "a minister", "an aide", "the speaker", "a diplomat"),
}


def press(corpus: Corpus, documents: int = DOCUMENTS, seed: int = sampling.SEED) -> pd.DataFrame:
    """Return the paragraphs of a generated press, as they are and as a dictionary finds them.

    Parameters
    ----------
    corpus : Corpus
        Whose dictionary looks for the topic.
    documents, seed : int
        How many, and of the random numbers.

    Returns
    -------
    pandas.DataFrame
        One row a paragraph, document by document: `doc_id`, `block` (from 0), `line` (from 1),
        `outlet`, `month` and `quarter` (int64, from 1), `text`, `truth` (float64, 1 on the topic and
        0 elsewhere) and `predicted` (float64, the same by the dictionary).

    Raises
    ------
    DoesNotApply
        Where the codebook of the corpus has no such topic.

    Examples
    --------
    >>> from usru import load
    >>> table = press(load(), documents=300)
    >>> table.groupby("outlet")[["truth", "predicted"]].mean().round(2).to_dict("index")["The Gull"]
    {'truth': 0.08, 'predicted': 0.16}
    """
    return _found(*_words(corpus), documents, seed).copy()


def _words(corpus: Corpus) -> tuple[Any, ...]:
    """By what the dictionary finds the topic: what the results depend on."""
    if TOPIC not in corpus.codebook.topics:
        mend = f"define {TOPIC} in topics.toml"
        raise DoesNotApply("the generated press", f"no topic of this corpus is {TOPIC!r}", mend)
    topic = corpus.codebook.topics[TOPIC]
    return topic.patterns, topic.exclude, topic.context


@cache
def _found(patterns: Any, exclude: Any, context: Any, documents: int, seed: int) -> pd.DataFrame:
    """What the dictionary finds in a press; kept, since many corpora have one dictionary."""
    table = _written(documents, np.random.default_rng(seed))
    topic = Topic(TOPIC, patterns, exclude, context)
    found = topics.wide(topics.code(table, {TOPIC: topic}), table)[TOPIC]
    return table.assign(predicted=found.to_numpy().astype("float64"))


def sampled(table: pd.DataFrame, n: int = CODED, seed: int = sampling.SEED) -> pd.DataFrame:
    """Draw paragraphs of a press at random, and let only these be coded.

    Parameters
    ----------
    table : pandas.DataFrame
        As `press` gives it.
    n, seed : int
        How many, and of `usru.coding.sampling.draw`.

    Returns
    -------
    pandas.DataFrame
        The press with `stratum`, `probability` and `drawn`, and `coded` (float64): the truth of the
        paragraphs that were drawn, missing elsewhere.

    Examples
    --------
    >>> from usru import load
    >>> table = sampled(press(load(), documents=300), n=50)
    >>> int(table["coded"].notna().sum()), bool(table["drawn"].equals(table["coded"].notna()))
    (50, True)
    """
    design = sampling.Design("topics", n, seed=seed)
    drawn = sampling.draw(table.assign(stratum="all"), design)
    return drawn.assign(coded=drawn["truth"].where(drawn["drawn"]))


def rehearsed(corpus: Corpus, n: int = CODED, times: int = 1000) -> pd.DataFrame:
    """Code a sample of the press many times, and see how often an interval holds the truth.

    Parameters
    ----------
    corpus : Corpus
        Whose dictionary looks for the topic.
    n, times : int
        How many paragraphs are coded, and how many times; of an outlet its part of them.

    Returns
    -------
    pandas.DataFrame
        As `usru.analysis.estimate.rehearse`, with `of`: an outlet, or ``"all"``.

    Examples
    --------
    >>> from usru import load
    >>> table = rehearsed(load(), times=2)
    >>> table["of"].unique().tolist(), table["n_coded"].unique().tolist()
    (['The Tide', 'The Wave', 'The Gull', 'all'], [133, 134, 400])
    """
    return _rehearsed(*_words(corpus), n, times).copy()


@cache
def _rehearsed(patterns: Any, exclude: Any, context: Any, n: int, times: int) -> pd.DataFrame:
    table = _found(patterns, exclude, context, DOCUMENTS, sampling.SEED)
    parts = {name: table[table["outlet"] == name] for name in OUTLETS} | {"all": table}
    share = n / len(table)
    return pd.concat([
        estimate.rehearse(part, "predicted", "truth", [share], times).assign(of=name)
        for name, part in parts.items()
    ], ignore_index=True)  # fmt: skip


def _written(documents: int, rng: np.random.Generator) -> pd.DataFrame:
    """The paragraphs, and which are on the topic."""
    outlet = rng.choice([*OUTLETS], documents)
    month = rng.integers(1, 13, documents)
    about = rng.random(documents) < _documents_on(outlet, month)
    usual = rng.random(documents) < _usual_words(outlet, month)
    of = np.repeat(np.arange(documents), rng.choice(LENGTHS, documents))
    block = np.arange(len(of)) - np.searchsorted(of, of)
    truth = rng.random(len(of)) < np.where(about[of], WITHIN, BESIDE)
    misled = rng.random(len(of)) < np.array([OUTLETS[one].other_sense for one in outlet])[of]
    words = np.where(usual[of], _drawn(USUAL, len(of), rng), _drawn(OTHERS, len(of), rng))
    chosen = np.where(truth, _drawn(ON_TOPIC, len(of), rng), _drawn(ELSEWHERE, len(of), rng))
    chosen = np.where(misled & ~truth, _drawn(OTHER_SENSE, len(of), rng), chosen)
    lead = np.where(block == 0, _drawn(LEADS, len(of), rng), "")
    filled = {name: _drawn(texts, len(of), rng) for name, texts in FILLED.items()}
    text = [
        f"{first} {rest}".strip().format(**dict(zip(filled, parts, strict=True)),
                                         Who=parts[-1].capitalize(), measures=measures)
        for first, rest, measures, *parts in zip(lead, chosen, words, *filled.values(), strict=True)
    ]  # fmt: skip
    return pd.DataFrame({
        "doc_id": [f"press-{number:04}" for number in of], "block": block, "line": block + 1,
        "outlet": outlet[of], "month": month[of], "quarter": (month[of] + 2) // 3, "text": text,
        "truth": truth.astype("float64"),
    })  # fmt: skip


def _documents_on(outlet: NDArray[Any], month: NDArray[Any]) -> NDArray[Any]:
    """The share of documents on the topic, from that of paragraphs."""
    average = np.array([OUTLETS[one].share for one in outlet])
    share = average * np.interp(month, (1, 12), GROWTH)
    return np.asarray((share - BESIDE) / (WITHIN - BESIDE))


def _usual_words(outlet: NDArray[Any], month: NDArray[Any]) -> NDArray[Any]:
    """How often a document has the usual words for the topic."""
    first, last = np.array([OUTLETS[one].old_words for one in outlet]).T
    return np.asarray(first + (last - first) * (month - 1) / 11)


def _drawn(texts: Sequence[str], n: int, rng: np.random.Generator) -> NDArray[Any]:
    return np.array(texts)[rng.integers(0, len(texts), n)]
