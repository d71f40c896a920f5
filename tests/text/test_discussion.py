"""The readers' comments: where they begin, and who wrote them."""

import pytest

from usru.text import blocks, comments

PARAGRAPHS = [
    "The ministers of Norland and Suvia met in Bergen on Monday for talks about the strait, their first in two years.",
    "“We have agreed to meet again in May,” the Norland minister, Ann Lee, told reporters after three hours at the town hall.",
    "She said the two sides would name envoys, exchange maps of the strait and reopen the line that was closed in the winter.",
]
TITLE = "Ministers of Norland and Suvia meet in Bergen"


def page(*parts):
    return "\n\n".join(parts) + "\n"


@pytest.mark.parametrize(
    "label", ["Readers’ opinions: 2", "Responses (2)", "2 talkbacks", "Your comments"]
)
@pytest.mark.parametrize("stop", [".", ")"])
def test_numbered_comments_follow_labels_of_many_papers(label, stop):
    raw = page(TITLE, *PARAGRAPHS, label, f"2{stop} What a cop out!\nRuth, Oslo", f"1{stop} The strait is for all.\nSam, Bergen")  # fmt: skip
    assert blocks.find(raw)["kind"].tolist()[-4:] == ["comment", "commenter"] * 2


def test_numbered_comments_carry_the_name_below_them():
    raw = page(TITLE, *PARAGRAPHS, "Talkbacks for this article: 2", "2. No 1 - what a cop out!\nRuth, Oslo", "1. The strait belongs to all.\nSam, Bergen")  # fmt: skip
    found = comments.find(raw, blocks.find(raw))
    assert found[["text", "commenter"]].values.tolist() == [
        ["2. No 1 - what a cop out!", "Ruth"],
        ["1. The strait belongs to all.", "Sam"],
    ]


def test_comments_with_their_number_above_carry_the_name_beside_it():
    raw = page(TITLE, *PARAGRAPHS, "Comments", "#1 Ruth, 4 May 2017\nAbout time, is it not?", "#2 Sam, 4 May 2017\nThink of the ferry.")  # fmt: skip
    found = comments.find(raw, blocks.find(raw))
    assert found["commenter"].tolist() == ["Ruth", "Sam"]
