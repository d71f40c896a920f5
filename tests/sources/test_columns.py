"""Columns are told by what a person says, by name, by length; otherwise it is asked."""

import pytest

from usru.errors import InputError
from usru.sources.base import Options
from usru.sources.columns import choose

LONG = "word " * 60


@pytest.mark.parametrize(
    ("names", "chosen"),
    [
        (["text"], ("text", None, None, None)),
        (["Headline", "FULL_TEXT", "PubDate", "Newspaper"], ("FULL_TEXT", "Headline", "PubDate", "Newspaper")),
        (["title", "maintext", "date_publish", "source_domain"], ("maintext", "title", "date_publish", "source_domain")),
        (["publication", "date", "title", "content", "url"], ("content", "title", "date", "publication")),
        # Of several names of a date or an outlet the likelier one is taken.
        (["date", "published", "source", "outlet", "body"], ("body", None, "published", "outlet")),
    ],
)  # fmt: skip
def test_columns_are_told_by_name(names, chosen):
    assert tuple(choose(names, [], "a.csv", Options())) == chosen


def test_the_one_column_of_long_texts_is_the_text():
    sample = [{"id": "1", "abc": LONG, "note": "short"}] * 3
    assert choose(["id", "abc", "note"], sample, "a.csv", Options()).text == "abc"


@pytest.mark.refusal
@pytest.mark.parametrize(
    ("names", "sample", "told"),
    [
        (["body", "content"], [], "the text could be in 'body' or 'content'; say --text body or --text content"),
        (["a b", "c"], [{"a b": LONG, "c": LONG}], "the text could be in 'a b' or 'c'; say --text \"a b\" or --text c"),
        (["a", "b"], [{"a": "x", "b": 3}], "no column holds long texts; name one of 'a', 'b' with --text"),
        (["a", LONG], [], "its first row holds an article instead of names; put the names of the columns above it"),
    ],
)  # fmt: skip
def test_what_is_not_told_is_asked(names, sample, told):
    with pytest.raises(InputError, match=f"^a.csv: {told}"):
        choose(names, sample, "a.csv", Options())


def test_what_a_person_says_is_taken():
    options = Options(text="content", title="body", published="when", outlet="who")
    found = choose(["body", "content", "when", "who", "title"], [], "a.csv", options)
    assert tuple(found) == ("content", "body", "when", "who")


def test_a_column_that_is_named_for_something_else_is_not_the_text():
    assert choose(["body", "content"], [], "a.csv", Options(title="body")).text == "content"


@pytest.mark.refusal
def test_a_column_that_is_not_there_is_answered_with_those_that_are():
    with pytest.raises(InputError, match=r"^a.csv: there is no column 'txt'; name one of 'text', 'date' with --text"):  # fmt: skip
        choose(["text", "date"], [], "a.csv", Options(text="txt"))
