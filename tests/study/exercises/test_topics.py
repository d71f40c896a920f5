"""Answers about the topics: right, nearly right and wrong."""

import pytest

from usru.study.exercises import altered, check

READING = "coding/reference/topics.csv"


@pytest.mark.parametrize(
    ("id", "answer", "reply"),
    [
        ("topics-1", "syria", "Right."),
        ("topics-1", " Syria", "Right."),
        ("topics-1", "US–Russia relations", "That is the first."),
        ("topics-1", "US-Russia relations", "That is the first."),
        ("topics-1", "terrorism", "Compare the numbers without a ring"),
        (
            "topics-1",
            "the war",
            "There is no 'the war' here: choose from US–Russia relations, Ukraine",
        ),
        ("topics-2", "press access", "Right."),
        ("topics-2", "press", "Right."),
        ("topics-2", "sanctions", "That is the largest difference by words."),
        ("topics-2", "bilateral", "Take the share of each story's paragraphs"),
        ("topics-3", 1000, "Right."),
        ("topics-3", 2500, "None is beyond 1.96, but there is a lighter one."),
        ("topics-3", 500, "Under that one some word still is."),
        ("topics-3", 2000, "Count the words with `z` above 1.96"),
        ("topics-4", 0.49, "Right."),
        ("topics-4", 49, "Give a share between 0 and 1"),
        ("topics-4", 8 / 18, "That is what the dictionary finds."),
        ("topics-4", 7 / 18, "That gives the reading back"),
        ("topics-4", 0.41, "Those are the rates of all stories."),
        ("topics-4", 0.704, "That is Manila's share."),
        ("topics-4", 0.629, "That is Bonn's share."),
        ("topics-4", 0.577, "That is Bonn by the rates of Moscow"),
        ("topics-4", 0.52, "Nearly. Put into the formula"),
        ("topics-6", ["embargo", "contract", "debt", "farmers", "tomato*", "roaming"], "Right."),
        (
            "topics-6",
            ("Embargo", "contract", "debt", "farmers", "tomato*", "roaming", "soup"),
            "Right.",
        ),
        ("topics-6", [], "On the outside pages F1 is 0.44"),
        ("topics-6", ["embargo", "contract"], "On the outside pages F1 is 0.67"),
        ("topics-6", ["embargo", "talks"], "On the five stories F1 falls from 1.00 to 0.15"),
        ("topics-6", ["the"], "On the five stories F1 falls"),
        ("topics-6", "embargo", "Give patterns in a list"),
        ("topics-6", ["*"], "Give patterns in a list"),
    ],
)
def test_an_answer_is_met_where_it_comes_from(corpus, id, answer, reply):
    assert check(id, answer, corpus).text.startswith(reply)


@pytest.mark.parametrize(
    ("old", "new", "right"),
    [
        ("breitbart,9,bilateral sanctions retaliation", "breitbart,9,sanctions retaliation", True),
        ("zerohedge,9,sanctions retaliation", "zerohedge,9,sanctions retaliation bilateral", True),
        ("breitbart,27,bilateral", "breitbart,27,", True),
        ("breitbart,13,retaliation", "breitbart,13,", False),
        ("zerohedge,17,bilateral", "zerohedge,17,", False),
    ],
)
def test_one_paragraph_coded_otherwise_is_enough_if_it_is_the_right_one(corpus, old, new, right):
    assert check("topics-5", altered(corpus, READING, old, new), corpus).right is right
