"""Answers about scale: right, nearly right and wrong."""

import numpy as np
import pytest

from usru.evaluation import cost
from usru.figures import scale
from usru.study.exercises import altered, check
from usru.study.exercises import scale as subject

DICTIONARY = "codebook/topics.toml"
USUAL = '"sanction*", "caatsa"'


@pytest.mark.parametrize(
    ("answer", "reply"),
    [
        ("The Wave", "Right."),
        ("The Gull", "That is so in the first quarter."),
        ("The Tide", "In the panel of each outlet compare"),
        ("Sputnik", "There is no 'Sputnik' here"),
    ],
)
def test_the_outlet_that_is_farthest_off_is_that_of_the_last_quarter(corpus, answer, reply):
    assert check("scale-1", answer, corpus).text.startswith(reply)


def test_the_fewest_workers_are_as_many_as_an_hour_needs(corpus):
    right = min(n for n in range(1, 200) if cost.hours(1e6, n) <= 1)
    assert check("scale-2", np.int64(right), corpus).right
    assert check("scale-2", right - 1, corpus).text.startswith(
        "With so many it takes a little longer"
    )
    assert check("scale-2", cost.hours(1e6, 1), corpus).text.startswith("That is how many hours")
    assert not check("scale-2", right + 5, corpus).right


def test_the_share_of_the_year_is_that_of_the_estimate(corpus):
    units = scale.press(corpus).estimates(scale.coded(corpus), "sanctions", "outlet")
    found = units.set_index("outlet").loc["The Gull"]
    assert check("scale-3", found["estimate"], corpus).right
    assert check("scale-3", found["naive"], corpus).text.startswith("That is the count.")
    assert check("scale-3", 100 * found["estimate"], corpus).text.startswith("Give a share")


def test_four_times_the_codes_make_an_interval_narrower(corpus):
    press = scale.press(corpus)
    few, many = (
        press.estimates(scale.coded(corpus, n), "sanctions").iloc[0]
        for n in (scale.CODED, 4 * scale.CODED)
    )
    ratio = (few["high"] - few["low"]) / (many["high"] - many["low"])
    assert check("scale-4", ratio, corpus).right
    assert check("scale-4", 1 / ratio, corpus).text.startswith("That is the other way round.")


def test_set_phrases_are_those_that_nobody_copied(corpus):
    right, every = subject._short(corpus)
    assert 0 < right < every
    assert check("scale-5", right, corpus).right
    assert check("scale-5", every, corpus).text.startswith("Among these are the reports")


@pytest.mark.parametrize(
    ("new", "right"),
    [('"sanction*", "curbs", "penalties", "asset rules", "trade limits", "caatsa"', True),
     ('"sanctions", "caatsa"', False)],
)  # fmt: skip
def test_a_dictionary_is_mended_where_the_count_grows(corpus, new, right):
    assert check("scale-6", altered(corpus, DICTIONARY, USUAL, new), corpus).right is right


def test_the_corpus_itself_breaks_nothing(corpus):
    reply = check("scale-6", corpus, corpus)
    assert reply.text.startswith("scale-2 still holds: ")
    assert "Which words" in reply.text
