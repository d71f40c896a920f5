"""Answers about the tone: read, scored, tested, and changed."""

from collections.abc import Sequence
from itertools import combinations
from numbers import Integral, Real
from typing import Any

import numpy as np
import pandas as pd

from usru.analysis.tone import INSTRUMENTS, negation, portrayal, validity
from usru.analysis.tone.instruments import Scorer
from usru.analysis.uncertainty import Permutations, permutation_test
from usru.corpus import Corpus
from usru.study.exercises import checks
from usru.study.exercises.answers import Unreadable, fallen, name, number
from usru.study.findings.tone import CONFLICT
from usru.wording import count

__all__: list[str] = []

BLIND = [21, 33, 50, 64, 74]
"""Places of the paragraphs that a student reads before the reference is seen."""

STORY, OTHER = "manila-breitbart", "manila-zerohedge"
"""The stories of one meeting that are tested, and taken for each other."""

LISTS = ("textblob", "vader", "nrc")
"""Those that were published: what tasks ask about does not change with a list of one's own."""


@checks("tone-1")
def _calls_positive(answer: Any, corpus: Corpus) -> str | None:
    """The word list that calls most paragraphs positive that are negative in the reading."""
    table = corpus.valence
    counts = {one: validity.confusion(table, one) for one in LISTS}
    turned = {one: found.loc["negative", "positive"] for one, found in counts.items()}
    other = {one: found.loc["positive", "negative"] for one, found in counts.items()}
    return name(
        answer,
        max(turned, key=turned.__getitem__),
        "Another list does so more often. Compare one cell of each list's three rows.",
        among=LISTS,
        labels=corpus.labels["instrument"],
        seen={
            max(other, key=other.__getitem__): "That one calls most of the positive paragraphs"
            " negative. Rows are the reading, columns the score."
        },
    )


@checks("tone-2")
def _read(answer: Any, corpus: Corpus) -> str | None:
    """Valences of a few paragraphs that lie near those of the reference."""
    reference = corpus.valence["valence"].iloc[BLIND].to_numpy()
    given = np.array(_valences(answer, len(BLIND)))
    same, far = given == reference, abs(given - reference) > 1
    if not far.any() and same.sum() > len(BLIND) / 2:
        return None
    how = f"{same.sum()} of {len(BLIND)} are as in the reference"
    if far.any():
        how += f", and {count(int(far.sum()), 'lies', 'lie')} two steps or more away"
    return (
        f"{how}. Neither single words nor who says them decide: are relations or talks hostile, is"
        " something hoped for, or is something agreed?"
    )


def _valences(answer: Any, n: int) -> list[int]:
    if isinstance(answer, (pd.Series, np.ndarray)):
        answer = answer.tolist()
    if not isinstance(answer, (list, tuple)) or len(answer) != n:
        raise Unreadable(f"Give {count(n, 'whole number')} in a list, in the order of the page.")
    if not all(isinstance(one, Integral) and one in portrayal.VALENCES for one in answer):
        raise Unreadable("Each is a whole number from -2 to 2.")
    return [int(one) for one in answer]


@checks("tone-3")
def _by_chance(answer: Any, corpus: Corpus) -> str | None:
    """The p-value of how far paragraphs on sanctions lie below the others of one story."""
    test, other = (_on_topics(corpus, one) for one in (STORY, OTHER))
    return number(
        answer,
        test.pvalue,
        "Give `permutation_test` the valences of that story, and which paragraphs are on the topics.",
        seen={
            _lower(
                corpus
            ): "That counts lower differences only. Count those as far in either direction.",
            other.pvalue: "That is the p-value of the other story of that meeting.",
            test.difference: "That is the difference of the means. How often would labels that are"
            " exchanged give one as large?",
            _on_topics(corpus, STORY, CONFLICT[:1]).pvalue: "That is of the sanctions alone."
            " Take what answered them too.",
        },
    )


def _lower(corpus: Corpus) -> float:
    """The share of arrangements that put the paragraphs on the topics so low, or lower."""
    read = corpus.valence[corpus.valence["doc_id"] == STORY]
    on = portrayal.on_any(read, corpus.coded_topics, CONFLICT)
    valence = read["valence"].tolist()
    sums = [sum(chosen) for chosen in combinations(valence, int(on.sum()))]
    return float(np.mean(np.array(sums) <= read["valence"][on].sum()))


def _on_topics(corpus: Corpus, doc_id: str, topics: Sequence[str] = CONFLICT) -> Permutations:
    """The test of a story's paragraphs on some topics against its others."""
    read = corpus.valence[corpus.valence["doc_id"] == doc_id]
    on = portrayal.on_any(read, corpus.coded_topics, topics)
    return permutation_test(read["valence"], on)


@checks("tone-4")
def _friendly_hostility(answer: Any, corpus: Corpus) -> str | None:
    """A paragraph that is hostile in the reading and positive to all three published lists."""
    table = corpus.valence.set_index(["doc_id", "line"])
    place = _place(answer, corpus)
    if place not in table.index:
        return "No paragraph is there. Take `doc_id` and `line` from a row of `corpus.valence`."
    row = table.loc[place]
    if row["valence"] > min(portrayal.VALENCES):
        return "It is not hostile in the reading. Begin with those that have the lowest `valence`."
    above = sum(row[one] > 0 for one in LISTS)
    if above == len(LISTS):
        return None
    return (
        f"It is hostile in the reading, but only {above} of {len(LISTS)} lists score it above zero."
    )


def _place(answer: Any, corpus: Corpus) -> tuple[str, int]:
    """A story, by its id or its label, and a line, also as the only row of a table."""
    if isinstance(answer, (pd.DataFrame, pd.Series, np.ndarray)):
        answer = np.asarray(answer, dtype=object).ravel().tolist()
    if isinstance(answer, (tuple, list)) and len(answer) == 2:
        story, line = answer
        if isinstance(story, str) and isinstance(line, Integral):
            stories = {label: doc_id for doc_id, label in corpus.labels["doc_id"].items()}
            return stories.get(story, story), int(line)
    raise Unreadable('Give a story and a line, as in `("moscow-econotimes", 15)`.')


@checks("tone-5")
def _one_step(answer: Any, corpus: Corpus) -> str | None:
    """One step of one paragraph that brings down the claim about the arc."""
    look = "The claim compares two distances. Which of the two stories would bring them closer?"
    missed = fallen(answer, corpus, "tone-12", look)
    if missed:
        return missed
    before, after = (
        one.coding("valence").set_index(["doc_id", "line"])["valence"] for one in (corpus, answer)
    )
    if before.sub(after, fill_value=0).abs().sum() == 1:
        return None
    return "It has fallen, but a smaller change is enough: one step of one paragraph."


@checks("tone-6")
def _negating(answer: Any, corpus: Corpus) -> str | None:
    """TextBlob with contractions that negate, and nothing else changed."""
    if not callable(answer):
        raise Unreadable("Give a function, by its name and without brackets.")
    tried = negation.contracted(INSTRUMENTS["textblob"])
    turned = _scores(answer, tried["contraction"] + " " + tried["adjective"]) * tried["plain"] < 0
    if not turned.all():
        return (
            f"In {(~turned).sum()} of {count(len(tried), 'case')} the contraction does not turn the"
            " word yet. Score “isn't good”, “isn’t good”, “can't good” and “cannot good”."
        )
    texts = corpus.sentences["text"]
    texts = texts[~texts.str.contains(r"n['’]t\b|\bcannot\b", case=False)]
    moved = _scores(answer, texts) != _scores(INSTRUMENTS["textblob"].scorer, texts)
    if moved.any():
        return f"All contractions negate, but {count(int(moved.sum()), 'sentence')} without any scores otherwise."
    return None


def _scores(scorer: Scorer, texts: pd.Series) -> Any:
    """What a function gives for each text, without what else it says."""
    found: list[Any] = [scorer(text) for text in texts]  # of anybody's function
    numbers = [one[0] if isinstance(one, tuple) and one else one for one in found]
    if not all(isinstance(one, Real) and abs(float(one)) <= 1 for one in numbers):
        raise Unreadable("From a text it must return a number from -1 to 1.")
    return np.array(numbers, dtype="float64")
