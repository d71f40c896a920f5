"""Answers about passages: right, nearly right and wrong."""

import pytest

from usru.study.exercises import altered, check

RIGHT = r"\b(?:no|not|never|cannot)\b|n[’']t\b"


@pytest.mark.parametrize(
    ("id", "answer", "reply"),
    [
        ("explorer-1", "Manila", "Right."),
        ("explorer-1", "bonn", "Below each passage"),
        ("explorer-1", "Hamburg", "There is no 'Hamburg' here: choose from Bonn, Moscow or Manila."),
        ("explorer-2", 0.78, "Right."),
        ("explorer-2", 0.75, "Nearly."),
        ("explorer-2", 78, "Give a share between 0 and 1"),
        ("explorer-2", 0.81, "That leaves out what both are said to have said together."),
        ("explorer-2", 0.22, "That is Lavrov's share"),
        ("explorer-2", 0.7727, "That is a share of passages"),
        ("explorer-2", 0.5, "Sum `words`"),
        ("explorer-3", RIGHT, "Right."),
        ("explorer-3", RIGHT.replace("[’']", "’"), "It misses"),
        ("explorer-3", r"no|not|never|cannot|n[’']t", "It finds 17 other words like “acknowledges”. Where"),
        ("explorer-3", r"\bnever\b", "It misses 5 negations of these stories. Where"),
        ("explorer-3", r"\bof\b", "It misses 5 negations of these stories and finds 1 other word like “of”."),
        ("explorer-3", "(", "It cannot be read as a regular expression: missing )"),
        ("explorer-5", 6, "Right."),
        ("explorer-5", 9, "On so many topics they agree."),
        ("explorer-5", 5, "A mean of zero is not above zero"),
        ("explorer-5", 4, "A mean of zero is not above zero"),
        ("explorer-5", 7, "For each topic"),
        ("explorer-5", 2, "For each topic"),
    ],
)  # fmt: skip
def test_an_answer_is_met_where_it_comes_from(corpus, id, answer, reply):
    assert check(id, answer, corpus).text.startswith(reply)


@pytest.mark.parametrize(("voice", "right"), [("quotation", True), ("outlet", False)])
def test_a_quotation_must_name_ukraine_to_break_the_claim(corpus, voice, right):
    old = "Donbass in eastern Ukraine.,report,Rex Tillerson"
    file = "coding/reference/voice.csv"
    changed = altered(corpus, file, old, old.replace("report", voice))
    assert check("explorer-4", changed, corpus).right is right
