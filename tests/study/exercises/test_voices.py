"""Answers about the voices: right, nearly right and wrong."""

import pandas as pd
import pytest

from usru.study.exercises import altered, check

READ = ["outlet", "report", "report", "quotation", "report", "outlet"]


@pytest.mark.parametrize(
    ("id", "answer", "reply"),
    [
        ("voices-1", "dmitry suslov ", "Right."),
        ("voices-1", "Sergei Lavrov", "Of the ministers, yes."),
        ("voices-1", "Rex Tillerson", "Somebody else has more"),
        ("voices-1", "Suslov", "There is no 'suslov' here: choose from Andrew Weiss, Dmitry Suslov"),
        ("voices-1", 280, "Give one name"),
        ("voices-2", -0.08, "Right."),
        ("voices-2", 0.81, "That is the share of words on which they agree."),
        ("voices-2", 0.98, "That is the alpha of all stories."),
        ("voices-2", 0.08, "Take the words of that line alone"),
        ("voices-3", READ, "Right."),
        ("voices-3", pd.Series(READ), "Right."),
        ("voices-3", ["Outlet", *READ[1:]], "Right."),
        ("voices-3", [*READ[:4], "outlet", "outlet"], "5 of 6 are as the reference has them. Whoever says"),
        ("voices-3", [*READ[:5], "report"], "5 of 6 are as the reference has them. Words are"),
        ("voices-3", READ[:5], "Give 6 voices in a list"),
        ("voices-3", "outlet", "Give 6 voices in a list"),
        ("voices-3", ["own", *READ[1:]], "Each is one of 'quotation', 'report' and 'outlet'"),
        ("voices-4", 5, "Right."),
        ("voices-4", 6, "With so many words no two outlets share a passage."),
        ("voices-4", 4, "There outlets share passages, but is it the largest"),
        ("voices-4", 14, "Lower `least` by one at a time"),
        ("voices-6", lambda clause: "report", "Its alpha is"),
        ("voices-6", str.upper, "From a clause it must return"),
        ("voices-6", "report", "Give a function"),
    ],
)  # fmt: skip
def test_an_answer_is_met_where_it_comes_from(corpus, id, answer, reply):
    assert check(id, answer, corpus).text.startswith(reply)


def of_sputnik(corpus, words):
    """The corpus with a clause of that story given to the outlet."""
    old = f"{words},report,Sergei Lavrov,"
    return altered(corpus, "coding/reference/voice.csv", old, f"{words},outlet,,")


def test_a_clause_must_be_long_enough_to_give_a_story_to_its_outlet(corpus):
    for words, right in (
        ("between the two powers.", True),
        ("Lavrov greeted Tillerson by congratulating him on his appointment.", False),
    ):
        reply = check("voices-5", of_sputnik(corpus, words), corpus)
        assert reply.right is right, words
    assert reply.text.startswith("voices-6 still holds: No outlet speaks mostly for itself")
    assert check("voices-5", corpus, corpus).right is False


def marked(clause):
    return "quotation" if clause[0] in '"“' else "report"


def test_a_rule_must_do_better_than_the_plain_one(corpus):
    told = check("voices-6", marked, corpus).text
    assert told == (
        "Its alpha is 0.62, that of the plain rule 0.62. Most often, 33 times, it says 'report'"
        " where the reference has 'outlet'."
    )
    reference = corpus.coded_clauses.set_index("text")["voice"].to_dict()
    assert check("voices-6", reference.__getitem__, corpus).right
