"""The outlook of a clause: each case with its reason. Friday is what is asked for."""

import pytest

from usru import codebook
from usru.text.dates.tense import REACH, reader

AHEAD, BACK, OPEN = True, False, None
CASES = [
    ("The envoys will gather on Friday.", AHEAD, "will"),
    ("Both sides are to sign on Friday.", AHEAD, "is to"),
    ("She's flying home on Friday.", AHEAD, "the present of a plan"),
    ("A ruling is due Friday.", AHEAD, "due, without a preposition"),
    ("The port reopens on Friday.", AHEAD, "the present of a schedule"),
    ("They agreed to reopen the port on Friday.", AHEAD, "agreed to"),
    ("They agreed on Friday to reopen the port.", BACK, "agreed, beside the day"),
    ("He said that he would step down on Friday.", AHEAD, "the future of a report"),
    ("He said on Friday that he would step down.", BACK, "the verb beside it"),
    ("The mayor, who will step down, said on Friday she was ill.", BACK, "the nearest verb"),
    (
        "The mayor on Friday announced that she will step down.",
        BACK,
        "the verb behind is beside it",
    ),
    ("The mayor announced that talks on Friday will decide.", AHEAD, "not the verb that announces"),
    ("On Friday, the mayor will step down.", AHEAD, "it opens the clause"),
    ("On Friday, the mayor stepped down.", BACK, "it opens the clause"),
    ("They rested, and on Friday they will march.", AHEAD, "it opens the second clause"),
    ("They want it by Friday.", AHEAD, "by"),
    ("By Friday both had left.", BACK, "by, of what was done"),
    ("It was extended until Friday.", AHEAD, "until, of what is extended"),
    ("The bridge was shut until Friday.", AHEAD, "until, behind a verb with which by looks back"),
    ("They had left by Friday.", BACK, "by, of what had been done"),
    ("The mayor wanted it by Friday.", AHEAD, "by, of what was still to be done"),
    ("The vigil lasted until Friday.", BACK, "until, of what lasted"),
    ("Nothing was signed until Friday.", BACK, "not until"),
    ("They had extended the truce until Friday.", AHEAD, "until, of what had been extended"),
    ("They had left by Friday.", BACK, "by, of what had been done"),
    ("The gate is locked on Friday.", OPEN, "the present may be of any day"),
    ("The offer holds until 9 a.m. Friday.", AHEAD, "until a time of the day"),
    (
        "By Friday, the calm, if there was any, had ended.",
        BACK,
        "it opens the clause, and another is between",
    ),
    ("It was caused by the Friday storm.", BACK, "who did it, not until when"),
    ("Ms. Holm's running mate won on Friday.", BACK, "the genitive of a name"),
    (
        "The firm, which is growing and hiring in three countries, cut jobs on Friday.",
        BACK,
        "no plan",
    ),
    ("The matter had come up Friday.", BACK, "a participle like the present"),
    ("She told Face the City on Friday", BACK, "a name like a verb"),
    ("The chief explained his tax plan on Friday.", BACK, "a plan, not planned"),
    ("The storm may have passed on Friday.", BACK, "may have"),
    ("The storm may pass on Friday.", AHEAD, "may"),
    ("He could not be reached on Friday.", BACK, "could not"),
    ("It had been due to open on Friday.", BACK, "had been due"),
    ("The rally, planned for Friday, was banned.", AHEAD, "planned for"),
    ("Friday's vote will be close.", AHEAD, "the genitive of an occasion"),
    ("They will appeal against Friday's ruling.", BACK, "the genitive of what is done"),
    ("Harbour to close on Friday", AHEAD, "a headline"),
    ("A word to reporters on Friday", OPEN, "no verb, and “to” before a noun"),
    ("Friday", OPEN, "nothing else"),
    ("It rained. On Friday", OPEN, "the sentence before is another"),
    ("THE PORT WILL BE SHUT ON FRIDAY.", AHEAD, "capitals"),
    ("Gen. Holm will retire. He spoke on Friday to Gen. Berg.", BACK, "a title ends no sentence"),
]


def outlook(text):
    read = reader(codebook.read().calendar.tense)
    start = text.lower().index("friday")
    return read.ahead(text, start, start + len("friday"))


@pytest.mark.parametrize(("text", "ahead", "why"), CASES, ids=[case[0] for case in CASES])
def test_a_clause_looks_ahead_or_back(text, ahead, why):
    assert outlook(text) is ahead, why


def test_what_announces_may_have_what_is_to_come_behind_it():
    read = reader(codebook.read().calendar.tense)
    text = "The ministry offered talks in April."
    assert read.outlook(text, text.index("April"), len(text) - 1) == (None, False, None)


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("They want it by Friday.", True),
        ("She said on Friday that it rained.", False),
        ("On Friday, the mayor will step down.", True),
        ("The mayor on Friday announced a vote.", True),
        ("Harbour to close on Friday", False),
    ],
)
def test_a_word_beside_the_day_makes_it_sure(text, sure):
    read = reader(codebook.read().calendar.tense)
    start = text.index("Friday")
    assert read.outlook(text, start, start + len("Friday")).sure is sure


@pytest.mark.parametrize(
    ("text", "far", "why"),
    [
        ("The dam was expected to open in April.", OPEN, "nothing says whether it did"),
        ("The dam was expected to open in April, but it rained.", BACK, "it failed"),
        ("The dam was to have opened in April.", BACK, "to have"),
        ("The dam is locked in April, but it rained.", OPEN, "the present of any day"),
        ("The dam is expected to open in April, but it rained.", AHEAD, "the present"),
        ("The dam was to open in April, but he said it will rain.", OPEN, "another's words"),
    ],
)
def test_what_was_expected_may_be_past(text, far, why):
    read = reader(codebook.read().calendar.tense)
    start = text.index("April")
    assert read.outlook(text, start, start + len("April")).far is far, why


def test_only_what_is_near_is_read():
    assert outlook("They will meet " + "x " * REACH + "on Friday") is not outlook(
        "They will meet on Friday"
    )


def test_a_reader_is_made_once():
    words = codebook.read().calendar.tense
    assert reader(words) is reader(words)
