"""Labels: what looks like that of somebody who speaks, and what is a note, a day or a place."""

import pytest

from usru.text.quotations import _turns
from usru.text.quotations.vocabulary import build

WORDS = build()


def kind(text):
    found = _turns.label(text, WORDS)
    return (found.kind, found.name) if found is not None else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("MINISTER DOLK:  Good morning.", ("named", "MINISTER DOLK")),
        ("Mira Dolk: Good morning.", ("named", "Mira Dolk")),
        # Who somebody is belongs to the label, as broadcasters print it.
        ("MIRA DOLK, HOST: Good evening.", ("named", "MIRA DOLK")),
        ("DIRECTOR DOLK: We have no news.", ("named", "DIRECTOR DOLK")),
        ("The CHAIRMAN. The committee will come to order.", ("named", "The CHAIRMAN")),
        ("Mr. ASKE. Thank you.", ("named", "Mr. ASKE")),
        ("Minister for the Environment Mira Dolk: We know.", ("named", "Minister for the Environment Mira Dolk")),
        # Who asks is named at most by a medium, and sometimes counted.
        ("QUESTION: Why?", ("asks", "question")),
        ("Q2: Why?", ("asks", "q")),
        ("Q    Why?", ("asks", "q")),
        ("Question from Interfax: Why?", ("asks", "question from interfax")),
        ("Unidentified reporter: Why?", ("asks", "unidentified reporter")),
        ("Question (Jon Tarn, Courier): Why?", ("named", "Jon Tarn")),
        ("A. Because.", ("answers", "a")),
        ("Audience member: Why?", ("unnamed", "audience member")),
        # Clocks of recordings, and mark-up.
        ("[00:12:30] **Mira Dolk:** Yes.", ("named", "Mira Dolk")),
        # Addresses, notes, headings, days, countries and sentences.
        ("Dear Mira: I write to you.", None),
        ("Read more: The bridge is open.", None),
        ("Just watched Rep. Dolk: The bridge is open.", None),
        ("Monday: The bridge opens.", None),
        ("North Korea: We will see.", None),
        ("Questions to consider: Who pays?", None),
        ("In answer to a question: We do not know.", None),
        ("Mira Dolk told reporters: We will stay.", None),
        ("The last thing is this: we will stay.", None),
        ("16:30: The bridge opens.", None),
        ("Result 3:2 for us.", None),
        ("A bridge is a bridge.", None),
    ],
)  # fmt: skip
def test_a_label_is_that_of_somebody_who_speaks(text, expected):
    assert kind(text) == expected


def test_a_heading_between_speakers_in_capitals_is_no_label():
    texts = ["MS. DOLK: We met.", "MR. ASKE: We did.", "Fish: the last of our points.", "MS. DOLK: I know."]  # fmt: skip
    found = _turns.find(texts, [False] * 4, "", WORDS)
    assert [one.label.key if one else "" for one in found] == ["ms dolk", "mr aske", "mr aske", "ms dolk"]  # fmt: skip


def test_a_section_title_or_the_end_ends_a_turn():
    texts = ["MS. DOLK: We met.", "MR. ASKE: We did.", "We came by boat."]
    assert all(_turns.find(texts, [False, False, False], "", WORDS))
    assert _turns.find(texts, [False, False, True], "", WORDS)[2] is None
    ended = [*texts[:2], "END 1:40 P.M.", texts[2]]
    assert _turns.find(ended, [False] * 4, "", WORDS)[2:] == [None, None]


def test_statements_far_apart_are_no_dialogue():
    texts = ["Dolk: We will stay.", *["The bridge is closed."] * 9, "Dolk: We may go."]
    assert not any(_turns.find(texts, [False] * len(texts), "", WORDS))


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("I told the council, “never”.", "told"),
        ("“Never,” I said then.", "said"),
        ("We have always said “never”.", "said"),
        ("He said “never”.", ""),
        ("I know. He said “never”.", ""),
        ("I like “never”.", ""),
    ],
)
def test_a_speaker_may_quote_what_they_said_themselves(text, quoted):
    start, end = text.index("“") + 1, text.index("”")
    assert _turns.own_cue(text, start, end, WORDS) == quoted
