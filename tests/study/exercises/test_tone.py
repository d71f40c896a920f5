"""Answers about the tone: right, nearly right and wrong."""

import re

import numpy as np
import pytest

from usru.analysis.tone import INSTRUMENTS
from usru.study.exercises import altered, check

TEXTBLOB = INSTRUMENTS["textblob"].scorer
READ = [1, -1, 2, 0, -2]


def straight(text):
    """Only the straight apostrophe negates."""
    return TEXTBLOB(re.sub(r"n't\b|(?<=\bcan)not\b", " not", text))


def both(text):
    return TEXTBLOB(re.sub(r"n['’]t\b|(?<=\bcan)not\b", " not", text))


def half(text):
    polarity, _ = both(text)
    return polarity / 2


@pytest.mark.parametrize(
    ("id", "answer", "reply"),
    [
        ("tone-1", "VADER", "Right."),
        ("tone-1", "textblob", "That one calls most of the positive paragraphs negative."),
        ("tone-1", "nrc", "Another list does so more often."),
        ("tone-1", "the NRC list", "There is no 'the nrc list' here: choose from textblob"),
        ("tone-2", READ, "Right."),
        ("tone-2", np.array(READ), "Right."),
        ("tone-2", [1, -1, 1, 0, -1], "Right."),
        ("tone-2", [0, 0, 1, 0, -2], "2 of 5 are as the reference has them. Not the words"),
        (
            "tone-2",
            [-1, -1, 2, 0, -2],
            "4 of 5 are as the reference has them, and 1 lies two steps",
        ),
        ("tone-2", [2, -1, 2], "Give 5 whole numbers in a list"),
        ("tone-2", [1, -1, 3, 0, -2], "Each is a whole number from -2 to 2."),
        ("tone-2", [1, -1, 1.5, 0, -2], "Each is a whole number from -2 to 2."),
        ("tone-3", 0.059, "Right."),
        ("tone-3", 0.003, "That is the p-value of the other story"),
        ("tone-3", -1.78, "That is the difference of the means."),
        ("tone-3", 0.25, "That is of the sanctions alone."),
        ("tone-3", 0.5, "Give `permutation_test` the valences"),
        ("tone-4", ("manila-breitbart", 9), "Right."),
        ("tone-4", ("manila-breitbart", np.int64(9)), "Right."),
        ("tone-4", ("manila-breitbart", 21), "It is hostile in the reading, but only 1 of 3 lists"),
        ("tone-4", ("manila-breitbart", 7), "It is not hostile in the reading."),
        ("tone-4", ("manila-breitbart", 8), "No paragraph is there."),
        ("tone-4", 9, "Give a story and a line"),
        ("tone-6", TEXTBLOB, "In 492 of 492 cases the contraction does not turn the word yet."),
        ("tone-6", straight, "In 240 of 492 cases the contraction does not turn the word yet."),
        ("tone-6", half, "All contractions negate, but"),
        ("tone-6", both, "Right."),
        ("tone-6", str.upper, "From a text it must return a number"),
        ("tone-6", -0.35, "Give a function"),
    ],
)
def test_an_answer_is_met_where_it_comes_from(corpus, id, answer, reply):
    assert check(id, answer, corpus).text.startswith(reply)


@pytest.mark.parametrize(
    ("old", "new", "reply"),
    [
        ("bonn-sputnik-thaw,52,2", 1, "Right."),
        ("bonn-sputnik-thaw,10,0", -1, "Right."),
        ("bonn-sputnik-thaw,52,2", -2, "It has fallen, but a smaller change is enough"),
        ("bonn-sputnik-awkward,9,-1", -2, "tone-12 still holds"),
        ("manila-breitbart,9,-2", -1, "tone-12 still holds"),
    ],
)
def test_one_step_of_the_right_story_breaks_the_claim(corpus, old, new, reply):
    changed = f"{old.rpartition(',')[0]},{new}"
    answer = altered(corpus, "coding/reference/valence.csv", f"\n{old}\n", f"\n{changed}\n")
    assert check("tone-5", answer, corpus).text.startswith(reply)
