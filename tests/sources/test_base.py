"""Articles that can be kept, and sentences about those that cannot."""

import pytest

from usru.errors import InputError
from usru.sources.base import LONGEST, Article, Skipped, checked


def test_line_ends_become_plain_and_nothing_else_changes():
    kept = checked(Article("One.\r\nTwo.\r\rThree. ", "a.csv, row 2"))
    assert kept.text == "One.\nTwo.\n\nThree. "


def test_titles_and_outlets_lose_their_line_ends():
    kept = checked(Article("One.", "a.csv, row 2", title="Pier\n closes ", outlet="  "))
    assert (kept.title, kept.outlet) == ("Pier closes", None)


@pytest.mark.refusal
@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "its text is empty"),
        (" \n\t", "its text is empty"),
        ("a\0b", "it holds a NUL character"),
        ("a\ud83d", r"it holds half a character \(U\+D83D\)"),
        ("a" * (LONGEST + 1), "5,000,001 characters, more than the 5,000,000 of the longest"),
    ],
)
def test_what_cannot_be_kept_is_said_in_one_sentence(text, told):
    skipped = checked(Article(text, "a.csv, row 2"))
    assert isinstance(skipped, Skipped)
    with pytest.raises(InputError, match=f"^a.csv, row 2: .*{told}"):
        raise InputError(skipped.place, skipped.problem, skipped.mend)


def test_half_a_character_in_any_column_is_found():
    assert isinstance(checked(Article("One.", "a", more={"author": "\udc00"})), Skipped)
    assert isinstance(checked(Article("One.", "a", more={"\udc00": "Ann Lee"})), Skipped)
    assert isinstance(checked(Article("Smile 😁.", "a", title="мир")), Article)


def test_the_longest_article_is_kept():
    assert isinstance(checked(Article("a" * LONGEST, "a")), Article)


def test_an_error_becomes_a_sentence_of_the_same_words():
    error = InputError("a.csv", "it is empty", "fill it")
    assert str(Skipped.because(error)) == str(error)
