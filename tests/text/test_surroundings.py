"""What lies around a story: summaries and titles of other stories, and notes about its author."""

import pytest

from usru.text import blocks

PARAGRAPHS = [
    "The ministers of Norland and Suvia met in Bergen on Monday for talks about the strait, their first in two years.",
    "“We have agreed to meet again in May,” the Norland minister, Ann Lee, told reporters after three hours at the town hall.",
    "She said the two sides would name envoys, exchange maps of the strait and reopen the line that was closed in the winter.",
]
TITLE = "Ministers of Norland and Suvia meet in Bergen"


def page(*parts):
    return "\n\n".join(parts) + "\n"


def kinds(raw, **options):
    found = blocks.find(raw, **options)
    return list(zip(found["kind"], found["text"], strict=True))


def body(raw, **options):
    return [text for kind, text in kinds(raw, **options) if kind == "body"]


TEASERS = [
    "Why is the river so low this year?",
    "The mayor says that the bridge will open early, despite delays.",
    "How to plant tulips in a dry spring, according to three gardeners who know",
]


@pytest.mark.parametrize(
    "after",
    [
        pytest.param(TEASERS, id="no-label"),
        pytest.param(["Most read", *TEASERS], id="label"),
        pytest.param(
            [line for n in range(4) for line in (f"Tulips on the rise {n}", "By Ola Ness", "3 May 2019", f"Gardeners sell {n} more bulbs than last year.")],
            id="title-name-date-summary",
        ),
        pytest.param(
            [line for n in range(3) for line in (f"Tulips on the rise {n}", f"Gardeners sold {n} more bulbs than last year, and the shops…")],
            id="cut-short",
        ),
    ],
)  # fmt: skip
def test_summaries_of_other_stories_below_the_story_are_none_of_it(after):
    assert body(page(TITLE, *PARAGRAPHS, *after)) == PARAGRAPHS


def test_what_stands_under_a_label_of_links_is_no_story():
    for label, *links in (
        ("Read next", "A dog that can count to ten has won the talent show of Lund.", "Mayors speak by phone."),
        ("You may also like", "* What do wolves eat in the winter? More than you think.", "* This hotel has only one room."),
    ):  # fmt: skip
        assert body(page(TITLE, *PARAGRAPHS, label, *links)) == PARAGRAPHS


def test_the_authors_note_under_a_name_is_a_byline():
    note = "Ola joined the Harbour Post as a boy and has been writing about ships and straits ever since."
    assert kinds(page(TITLE, *PARAGRAPHS, "Ola Ness", note))[-2:] == [("byline", "Ola Ness"), ("byline", note)]  # fmt: skip
    for note in (
        "Jane Roe is reporter assigned to the investigative unit of the Post.",
        "Contact Karl Ehm at kehm@harbourpost.example or 555-0142.",
    ):
        assert kinds(page(TITLE, *PARAGRAPHS, note))[-1] == ("byline", note)
