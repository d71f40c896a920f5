"""Answers about estimates: right, nearly right and wrong."""

import numpy as np
import pandas as pd
import pytest

from usru.study.exercises import altered, check

DICTIONARY = "codebook/topics.toml"
USUAL = '"sanction*", "caatsa"'


@pytest.mark.parametrize(
    ("id", "answer", "reply"),
    [
        ("estimates-1", "The Wave", "Right."),
        ("estimates-1", pd.Index(["the wave"]), "Right."),
        ("estimates-1", "The Gull", "That is the one counted most."),
        ("estimates-1", "The Tide", "For each outlet compare the ring with the stroke."),
        ("estimates-1", "Sputnik", "There is no 'Sputnik' here: choose from The Tide, The Wave"),
        ("estimates-2", 1430, "Right."),
        ("estimates-2", np.int64(1428), "Right."),
        ("estimates-2", 1600, "That would be so in an endless corpus."),
        ("estimates-2", 800, "Twice as many make it narrower by about three tenths"),
        ("estimates-2", 1500, "Nearly. Try other numbers"),
        ("estimates-2", 10**400, "Give a number that is finite"),
        ("estimates-3", 0.036, "Right."),
        ("estimates-3", 3.6, "Give a share between 0 and 1, not per cent."),
        ("estimates-3", 0.077, "That is the count."),
        ("estimates-3", 0.026, "That is the coded sample alone."),
        ("estimates-3", 0.635, "That is US–Russia relations."),
        ("estimates-3", 0.3, "Repeat the steps of “Sample and code”"),
        ("estimates-4", 1.33, "Right."),
        ("estimates-4", 1.02, "Paragraphs of one document were drawn together"),
        ("estimates-4", 0.75, "That is the other way round."),
        ("estimates-4", 1.4, "Nearly. Divide the width"),
        ("estimates-6", 0.34, "Right."),
        ("estimates-6", 0.94, "That is how often it holds the season’s own share"),
        ("estimates-6", 0.0, "For each seed: does the interval"),
        ("estimates-6", 34, "Give a share between 0 and 1"),
    ],
)
def test_an_answer_is_met_where_it_comes_from(corpus, id, answer, reply):
    assert check(id, answer, corpus).text.startswith(reply)


@pytest.mark.parametrize(
    ("new", "right"),
    [
        ('"sanctions", "curbs", "penalties", "asset rules", "trade limits", "caatsa"', True),
        ('"sanctions", "caatsa"', True),
        ('"sanction*", "sanctionary", "caatsa"', False),
    ],
)
def test_a_dictionary_is_mended_where_the_count_turns_no_outlets_around(corpus, new, right):
    assert check("estimates-5", altered(corpus, DICTIONARY, USUAL, new), corpus).right is right


def test_the_corpus_itself_breaks_nothing(corpus):
    reply = check("estimates-5", corpus, corpus)
    assert reply.text.startswith("estimates-1 still holds: ")
    assert "which words does the dictionary lack" in reply.text
