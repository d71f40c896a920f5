"""Every computed sentence is right English, also where there is nothing, one or two of a thing."""

import pytest
from grammar import faults, ids

RIGHT = [
    "21 stories are on 101 topics.",
    "1 of 5 stories is on 1 topic.",
    "2011 are the words, 1,001 pages the source.",
    "In 1 story of 2 the words are few.",
    "0 stories and 1 comment are on it.",
    "1 to 3 days, 0 to 1 day, 1 other day.",
    "By 3 word lists and 12 other instruments.",
    "An F1 of 0.1 and p = 1.00 are little: 1.5 stories, 54% is more, −0.5 is less.",
    "The mean of 2 stories is +0.20 (n = 1), on a scale from −2 to +2.",
    "2 quotations, 1 of them repeated, are his.",
    "The page of 2019-08-15 had had that that had 4-grams, 1 is enough.",
    "None of them is, and in none of them does it appear; their names: none.",
    "“1 stories are are” (nav), “Why?”",
    "1 language model has read 2 shared passages.",
    "Of 1 paragraph, 0 are read.",
]

WRONG = {
    "1 stories": "1 stories appear.",
    "1 shared passages": "There are 1 shared passages.",
    "0 story": "There is 0 story.",
    "20 comment": "20 comment appear.",
    "2 other word list": "By 2 other word list it is so.",
    "1 are": "Of 5, 1 are.",
    "1 of them are": "1 of them are here.",
    "and 1 are": "2 look back and 1 are ahead.",
    "1 of the 5 stories are": "1 of the 5 stories are here.",
    "1 of 5 stories are": "1 of 5 stories are here.",
    "1 story have": "1 story have words.",
    "2 stories is": "Here, 2 stories is all.",
    "0 is": "4 are here and 0 is there.",
    "3 of 5 is": "3 of 5 is here.",
    "all 1": "In all 1 story it is so.",
    "Both 0": "Both 0 stories have it.",
    "-0": "From -0.5 to 1.",
    "two spaces": "Two  words.",
    "\\s,": "A word , and one.",
    "nan": "The mean is nan.",
    "None": "It is None.",
    "“none”": "He says “none”.",
    "in none": "It is in none.",
    "nothing between": "It is in ().",
    "“”": "He said “”.",
    "the the": "In the the story.",
    "underscore": "On north_korea.",
    "no beginning": "a story.",
    "no full stop": "A story",
}


@pytest.mark.parametrize("text", RIGHT)
def test_right_english_has_no_fault(text):
    assert faults(text) == []


@pytest.mark.parametrize("text", WRONG.values(), ids=[*WRONG])
def test_wrong_english_has_one_fault(text):
    assert len(faults(text)) == 1


def test_a_title_has_no_full_stop():
    assert faults("Sanctions split Manila", sentence=False) == []
    assert len(faults("Sanctions split Manila.", sentence=False)) == 1


def test_an_id_is_none_of_the_words_of_people(corpus):
    known = ids(corpus)
    for id in ("bonn-sputnik-thaw", "bonn", "north_korea", "bilateral", "textblob", "nav"):
        assert id in known
        assert f"an id: {id!r}" in faults(f"The id is {id}, as here.", known)
    for text in (
        "Retaliation in Bonn is on the press and TextBlob.",
        "In Bonn the word is “bonn”.",
    ):
        assert faults(text, known) == []
    assert "an id: 'bonn-sputnik-thaw'" in faults("In “bonn-sputnik-thaw”.", known)
