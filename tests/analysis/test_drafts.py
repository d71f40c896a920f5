"""Drafts of a codebook name those who are quoted, and words that occur together."""

import pandas as pd

from usru.analysis import drafts

SEA = "The harbour, the boats and the tide: boats in the harbour wait for the tide and the nets."
LAW = "The court, the judge and the jury: the judge told the jury of the court about the verdict."


def paragraphs(*texts):
    return pd.DataFrame({"text": texts})


def test_groups_of_words_tell_groups_of_paragraphs_apart():
    found = drafts.word_groups(paragraphs(*[SEA] * 3, *[LAW] * 2), n=2)
    assert [set(group) & {"boats", "judge"} for group in found] == [{"boats"}, {"judge"}]
    words = [word for group in found for word in group]
    assert len(words) == len(set(words)), "a word is in one group only"


def test_that_somebody_spoke_is_no_topic():
    said = " The captain said that the captain said it, the captain told them."
    found = drafts.word_groups(paragraphs(*[SEA + said] * 3, *[LAW] * 3), n=2)
    words = {word for group in found for word in group}
    assert "captain" in words
    assert not words & {"said", "told"}


def test_too_few_paragraphs_give_no_groups():
    assert drafts.word_groups(paragraphs()) == []
    assert drafts.word_groups(paragraphs(SEA)) == []
    assert drafts.word_groups(paragraphs("One two.", "Three four.")) == []


def test_the_same_paragraphs_give_the_same_groups():
    many = paragraphs(*[SEA, LAW] * 1500)
    assert drafts.word_groups(many) == drafts.word_groups(many)


def test_names_come_by_their_number_and_descriptions_are_none():
    said = pd.DataFrame({"speaker": ["Ann", "Bo", "Bo", "a diplomat", "a diplomat", None]})
    assert drafts.speakers(said) == ["Bo", "Ann"]
    assert drafts.speakers(said, most=1) == ["Bo"]
