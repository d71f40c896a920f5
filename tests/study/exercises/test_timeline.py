"""Answers about the timeline: right, nearly right and wrong."""

from datetime import date

import pandas as pd
import pytest

from usru.study.exercises import altered, check
from usru.text import blocks, dates


def ahead_or_back(sentence, published, signs=(" will ", " by ")):
    step = 1 if any(sign in sentence for sign in signs) else -1
    day = published
    while day.day_name() not in sentence:
        day += pd.Timedelta(days=step)
    return day


def by_the_finder(sentence, published):
    page = f"Talks\n\n{sentence}\n"
    return dates.find(page, blocks.find(page), published)["earliest"].item()


def only_will(sentence, published):
    return ahead_or_back(sentence.replace(" by ", " "), published)


def parts_of_words(sentence, published):
    return ahead_or_back(sentence, published, signs=("will", "by"))


def next_week_on_the_same_day(sentence, published):
    day = ahead_or_back(sentence, published)
    return day if day != published else day - pd.Timedelta(days=7)


@pytest.mark.parametrize(
    ("id", "answer", "reply"),
    [
        ("timeline-1", "War in eastern Ukraine begins ", "Right."),
        ("timeline-1", "ukraine-war", "Right."),
        ("timeline-1", "Minsk agreements", "Count the marks of each row"),
        ("timeline-2", ("2017-07-24", "2017-07-30"), "Right."),
        ("timeline-2", [date(2017, 7, 24), pd.Timestamp("2017-07-30")], "Right."),
        ("timeline-2", ("2017-07-31", "2017-08-06"), "That is the Sunday's own week"),
        ("timeline-2", ("2017-07-30", "2017-08-05"), "That week begins on a Sunday."),
        ("timeline-2", ("2017-07-30", "2017-08-06"), "Those are eight days"),
        ("timeline-2", ("2017-07-24", "2017-07-31"), "One end is right."),
        ("timeline-2", ("2017-07-17", "2017-07-23"), "Write down the Mondays"),
        ("timeline-2", ("2017-08-01", "2017-08-07"), "Write down the Mondays"),
        ("timeline-2", ("2017-07-23", "2017-07-30"), "One end is right."),
        ("timeline-2", "2017-07-24", "Give two days"),
        ("timeline-2", ("Monday", "Sunday"), "Give two days"),
        ("timeline-2", ("July 24", "July 30"), "Give two days with their year"),
        ("timeline-2", ("2017-07-30", "2017-07-24"), "Give the first day before the last."),
        ("timeline-2", pd.Series(pd.to_datetime(["2017-07-24", "2017-07-30"])), "Right."),
        (
            "timeline-2",
            pd.DataFrame({"earliest": ["2017-07-24"], "latest": ["2017-07-30"]}),
            "Right.",
        ),
        ("timeline-3", 13, "Right."),
        ("timeline-3", 14.0, "Half are near by that number too"),
        ("timeline-3", 7, "That is by the nearest day."),
        ("timeline-3", 5, "That counts the anchors too."),
        ("timeline-3", 12, "Nearly. Sort the farthest days"),
        ("timeline-3", -13, "Sort the farthest days"),
        ("timeline-4", ["Earlier in the week", "last week"], "Right."),
        ("timeline-4", pd.Series(["last week", "Earlier in the week"]), "Right."),
        (
            "timeline-4",
            ["last week", "Sunday"],
            "1 of your names belongs, 1 does not and 1 is missing.",
        ),
        ("timeline-4", "last week", "1 of your names belongs and 1 is missing."),
        ("timeline-4", ["Monday"], "There is no 'Monday' here: choose from Sunday"),
        ("timeline-6", ahead_or_back, "Right."),
        ("timeline-6", lambda *of: ahead_or_back(*of).date(), "Right."),
        ("timeline-6", by_the_finder, "Right."),
        ("timeline-6", parts_of_words, "It errs where a sentence looks back"),
        ("timeline-6", lambda _, published: published, "It errs where a sentence looks back"),
        ("timeline-6", only_will, "It errs where a sentence has “by”"),
        ("timeline-6", next_week_on_the_same_day, "It errs where a sentence looks back"),
        ("timeline-6", lambda *of: None, "It errs where a sentence looks back"),
    ],
)
def test_an_answer_is_met_where_it_comes_from(corpus, id, answer, reply):
    assert check(id, answer, corpus).text.startswith(reply)


@pytest.mark.parametrize(
    ("file", "old", "new", "right"),
    [
        ("corpus.toml", "published = 2017-04-12", "published = 2017-04-15", True),
        ("corpus.toml", "published = 2017-04-12", "published = 2017-04-13", False),
        ("corpus.toml", "published = 2017-08-06", "published = 2017-08-07", False),
        (
            "codebook/events.toml",
            'words = "On Sunday, the two had"',
            'words = "Both emerged"',
            False,
        ),
    ],
)
def test_half_is_broken_by_a_date_that_leaves_the_ten_days(corpus, file, old, new, right):
    assert check("timeline-5", altered(corpus, file, old, new), corpus).right is right
