"""Reports inside a sentence: where each begins and ends, and whose it is."""

import pytest

from usru.codebook import Speakers
from usru.text.quotations._attribution import read
from usru.text.quotations.quotation_marks import spans
from usru.text.quotations.vocabulary import build

BEFORE = "Ann Lee and Tom Berg met the press on Monday."


def reported(text):
    """What a sentence reports, and of whom, behind one that names the people."""
    paragraphs = [BEFORE, text]
    found = read(paragraphs, [spans(one) for one in paragraphs], Speakers(), build())
    return [(one.speaker, text[one.start : one.end]) for one in found[1][1]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lee said that it was late.", [("Ann Lee", "Lee said that it was late.")]),
        ("It was late, Lee said.", [("Ann Lee", "It was late, Lee said.")]),
        ("According to Lee, it was late.", [("Ann Lee", "According to Lee, it was late.")]),
        # The lead is the reporter's where it tells an event, and part of the report where it does not.
        ("When the vote was over, Lee said that it was late.", [("Ann Lee", "Lee said that it was late.")]),
        ("In the evening, Lee said that it was late.",
         [("Ann Lee", "In the evening, Lee said that it was late.")]),
        ("However, after the vote was over, Lee said that it was late.",
         [("Ann Lee", "Lee said that it was late.")]),
        # A relative clause reports by itself.
        ("The vote, which Lee said was lost, took an hour.",
         [("Ann Lee", "which Lee said was lost, took an hour.")]),
        # Each to their own.
        ("Lee said that it was late, while Berg insisted that it was early.",
         [("Ann Lee", "Lee said that it was late"), ("Tom Berg", ", while Berg insisted that it was early.")]),
        # What somebody does is no report, unless words are quoted beside it.
        ("Lee read a statement and left.", []),
        ("Lee continued to walk.", []),
        ("“It is late,” Lee continued.", [("Ann Lee", "It is late,” Lee continued.")]),
        # Nor is the reporter's gloss.
        ("Lee said no, referring to the vote.", [("Ann Lee", "Lee said no")]),
        ("The bridge was closed all day.", []),
    ],
)  # fmt: skip
def test_where_a_report_begins_and_ends(text, expected):
    assert reported(text) == expected
