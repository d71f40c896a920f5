"""Reporting clauses: their words, and whose they are."""

import pytest

from usru import codebook
from usru.text.quotations._clauses import Clauses, is_new_clause
from usru.text.quotations._coreference import Entities
from usru.text.quotations._discourse import Discourse
from usru.text.quotations._noun_phrases import NounPhrases
from usru.text.quotations.vocabulary import build, tokens

WORDS = build()
INTRODUCTION = "Ann Lee, an envoy, met Mr. Bob Ray."


def cues(sentence):
    row, discourse = tokens(sentence), Discourse()
    entities = Entities([tokens(INTRODUCTION), row], codebook.read().speakers, WORDS, discourse)
    phrases = NounPhrases(entities, discourse, WORDS)
    discourse.subject, discourse.subject_first = phrases.subject(row) or (None, 0)
    return row, list(Clauses(phrases, discourse, WORDS).cues(row, range(len(row))))


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Ann Lee said it was late", [("said", "Ann Lee")]),
        ("According to Ray, it is late", [("According to", "Bob Ray")]),
        ("Lee's claim that it was late", [("claim", "Ann Lee")]),
        ("Lee's claim was late", []),
        ("The plan was dismissed by Ray", [("dismissed", "Bob Ray")]),
        ("Ann Lee dismissed as late the plan of Ray", [("dismissed", "Ann Lee")]),
        ("The plan was dismissed as late by Ray", [("dismissed", "Bob Ray")]),
        ("Ray was quoted as saying it was late", [("saying", "Bob Ray")]),
        ("Ann Lee came and said it was late", [("said", "Ann Lee")]),
        ("Ann Lee left, calling it late", [("calling", "Ann Lee")]),
        ("Ann Lee, who told reporters it was late", [("told", "Ann Lee")]),
        ("the report was late", []),
        ("Ann Lee lashed at it", []),
    ],
)
def test_a_sentence_has_the_words_that_report_with_their_subjects(sentence, expected):
    assert [(cue.text, cue.subject.name) for cue in cues(sentence)[1]] == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Ann Lee said Bob Ray told her", False),
        ("Ann Lee said no, but Bob Ray said yes", True),
        ("According to Ann Lee, Bob Ray said yes", False),
        ("Ann Lee agreed to tell more", False),
    ],
)
def test_a_clause_is_new_behind_a_sign_or_a_word_that_breaks(sentence, expected):
    row, found = cues(sentence)
    assert is_new_clause(row, found[0], found[-1], WORDS) is expected
