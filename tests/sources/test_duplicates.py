"""The same text is told by its letters alone."""

import pytest

from usru.sources.base import Article
from usru.sources.duplicates import Seen


@pytest.mark.parametrize(
    "again",
    [
        "“Nobody will stop them,” she said.",
        '"NOBODY will\n\nstop them", she said',
        "Nobody  will stop them — she said!",
    ],
)
def test_case_space_and_punctuation_do_not_matter(again):
    seen = Seen()
    assert seen.before(Article("“Nobody will stop them,” she said.", "a.csv, row 2")) is None
    assert seen.before(Article(again, "a.csv, row 3")) == "a.csv, row 2"


def test_another_word_makes_another_text():
    seen = Seen()
    assert seen.before(Article("It opens on Monday.", "a")) is None
    assert seen.before(Article("It opens on Tuesday.", "b")) is None
    assert seen.before(Article("It opens on Monday", "c")) == "a"


def test_accents_that_are_written_in_two_ways_are_the_same():
    seen = Seen()
    seen.before(Article("caf\u00e9", "a"))
    assert seen.before(Article("cafe\u0301", "b")) == "a"


def test_texts_without_letters_are_told_apart():
    seen = Seen()
    assert seen.before(Article("***", "a")) is None
    assert seen.before(Article("!!!", "b")) is None


def test_an_article_is_no_duplicate_of_another_reading_of_itself():
    seen, article = Seen(), Article("One.", "a.csv, row 2")
    assert seen.before(article) is None
    assert seen.before(Article("One.", "".join(["a.csv", ", row 2"]))) == "a.csv, row 2"
