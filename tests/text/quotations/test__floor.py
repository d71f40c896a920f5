"""Whom the labels of a transcript name, by what else the page tells of them."""

import pytest

from usru import codebook
from usru.text.quotations import _floor, _turns
from usru.text.quotations.vocabulary import build

WORDS = build()
KNOWN = codebook.read().speakers


def speakers(*texts, titles=(), writers=(), people=(), lines=()):
    found = _turns.find(texts, [False] * len(texts), " ".join(titles), WORDS)
    plain = [_turns.unlabelled(*one) for one in zip(texts, found, strict=True)]
    beside = _floor.Beside(titles, writers, people, [*titles, *lines])
    _floor.name(found, plain, beside, KNOWN, WORDS)
    return [one.speaker if one else "" for one in found]


@pytest.mark.parametrize(
    ("label", "lines", "expected"),
    [
        ("MS. DOLK", (), "Dolk"),
        # What the page prints above: whoever briefs, with the office behind or before the name.
        ("MS. DOLK", ("Mira Dolk, Spokeswoman",), "Mira Dolk"),
        ("MR. MCADDEN", ("Remarks by Minister Pal McAdden",), "Pal McAdden"),
        ("MS. DOLK", ("Remarks by Minister Dolk",), "Dolk"),
        # A title in title case is no first name.
        ("DOLK", ("Meet Minister Dolk",), "Dolk"),
        ("MS. O’DOLK-ASKE", (), "O’Dolk-Aske"),
        # Media keep their short names; who is known has the name of the codebook.
        ("CNN", (), "CNN"),
        ("REUTERS", (), "Reuters"),
        ("SECRETARY TILLERSON", (), "Rex Tillerson"),
        ("Sergey Lavrov", (), "Sergei Lavrov"),
        # An office alone is whoever the page says holds it, and not the deputy.
        ("THE CHAIRWOMAN", (), "anonymous"),
        ("THE PRESIDENT", ("Remarks by Vice President Pal Aske and President Mira Dolk",), "Mira Dolk"),
        ("THE VICE PRESIDENT", ("Remarks by President Mira Dolk and Vice President Aske",), "Aske"),
    ],
)  # fmt: skip
def test_a_label_is_resolved_to_a_full_name(label, lines, expected):
    told = speakers(f"{label}: We met.", "QUESTION: Did you?", f"{label}: We did.", lines=lines)
    assert told == [expected, "anonymous", expected]


def test_a_full_name_is_learnt_from_another_label():
    told = speakers("MIRA DOLK, MINISTER: We met.", "QUESTION: Did you?", "DOLK: I know.")
    assert told == ["Mira Dolk", "anonymous", "Mira Dolk"]


def test_initials_of_two_people_are_those_of_neither():
    intro = "The minister, Mira Dolk, and the mayor, Max Dahl, met reporters."
    assert speakers(intro, "MD: We met.", "PA: I know.", "MD: You do.")[1] != "Mira Dolk"
    one = intro.replace("Max Dahl", "Pal Aske")
    assert speakers(one, "MD: We met.", "PA: I know.", "MD: You do.")[1:3] == ["Mira Dolk", "Pal Aske"]  # fmt: skip


@pytest.mark.parametrize(
    ("intro", "more", "expected"),
    [
        ("Mira Dolk, the minister, spoke to the Courier.", {}, "Mira Dolk"),
        # Whoever wrote the story asked the questions.
        ("Jon Tarn met Mira Dolk, the minister.", {"writers": ["By Jon Tarn"]}, "Mira Dolk"),
        ("In an interview with Mira Dolk, the minister, Mayor Pal Aske came up.", {}, "Mira Dolk"),
        ("There was rain.", {"titles": ["Q&A with Mira Dolk on her bridge"]}, "Mira Dolk"),
        ("There was rain.", {}, "anonymous"),
    ],
)  # fmt: skip
def test_whoever_answers_is_whom_the_page_says_it_asked(intro, more, expected):
    assert speakers(intro, "Q: Did you come by boat?", "A: I did.", **more)[1:] == ["anonymous", expected]  # fmt: skip
