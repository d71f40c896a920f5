"""Answers about the pages: right, nearly right and wrong."""

import pytest

from usru.evaluation.cleaner import METHODS
from usru.study.exercises import altered, check

RULE = METHODS["lines of ten words with a stop"]


@pytest.mark.parametrize(
    ("id", "answer", "reply"),
    [
        ("corpus-1", "Comment ", "Right."),
        ("corpus-1", "body", "That is the story itself."),
        ("corpus-1", "nav", "Of that kind there are the most blocks"),
        ("corpus-1", "caption", "Other parts are larger."),
        ("corpus-1", "reader's comment", "Right."),
        ("corpus-1", "Comments", "There is no 'Comments' here: choose from story, byline"),
        ("corpus-2", 0.24, "Right."),
        ("corpus-2", 24, "Give a share between 0 and 1"),
        ("corpus-2", 0.25, "Nearly."),
        ("corpus-2", 0.652, "That is the share of the comments."),
        ("corpus-2", 0.673, "That is the share on all pages."),
        ("corpus-2", 0.9, "Divide the words"),
        ("corpus-3", "disqus-iran-sanctions", "Right."),
        ("corpus-3", "indented-chisinau-march", "There recall is lowest."),
        ("corpus-3", "us-paper-managua", "Precision is the share of the kept lines"),
        ("corpus-5", RULE, "Of what it keeps 8"),
        ("corpus-5", str.upper, "Of what it keeps"),
        ("corpus-5", str.splitlines, "From a page, which is a text, it must return"),
        ("corpus-5", lambda page: "", "Of what it keeps 0%"),
        ("corpus-5", METHODS["usru"], "Right."),
    ],
)
def test_an_answer_is_met_where_it_comes_from(corpus, id, answer, reply):
    assert check(id, answer, corpus).text.startswith(reply)


def test_a_clock_must_be_right_on_a_page_to_break_the_claim(corpus):
    old = 'published = 2017-02-16\npublished_basis = "inferred: two'
    for day, right in (("03-29", True), ("03-28", False), ("02-17", False)):
        changed = altered(corpus, "corpus.toml", old, old.replace("02-16", day))
        assert check("corpus-4", changed, corpus).right is right, day
