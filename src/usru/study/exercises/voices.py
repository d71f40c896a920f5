"""Answers about the voices: who speaks, in whose words, and what two stories share."""

from typing import Any

import pandas as pd

from usru.analysis import agreement, reuse, voices
from usru.corpus import Corpus
from usru.schema import VOICES
from usru.study.exercises import checks
from usru.study.exercises.answers import Unreadable, fallen, name, number
from usru.study.findings.voices import MINISTERS, readings
from usru.text.quotations.quotation_marks import QUOTATION_MARKS
from usru.wording import count, times
from usru.wording import number as number_of

__all__: list[str] = []

STORY, LINE = "bonn-sputnik-thaw", 26
"""A paragraph of which one reader gave every word the same voice."""

BLIND = "doc_id == 'manila-breitbart' and line in [9, 11]"
"""Clauses that a student codes before the reference is seen."""


@checks("voices-1")
def _most_words(answer: Any, corpus: Corpus) -> str | None:
    """Who has most words of the story with the thaw, quoted and reported."""
    said = voices.floor(corpus.coded_clauses)
    words = said[said["doc_id"] == STORY].set_index("speaker")[["quotation", "report"]]
    ministers = [one for one in MINISTERS if one in words.index]
    leading = words.loc[ministers].sum(axis="columns").idxmax()
    return name(
        answer,
        words.sum(axis="columns").idxmax(),
        "Somebody else has more: look at all rows of that story, and add the two columns.",
        among=sorted(said["speaker"].unique()),
        seen={leading: "Of the ministers, yes. Who else speaks in that story?"},
    )


@checks("voices-2")
def _agreement_by_chance(answer: Any, corpus: Corpus) -> str | None:
    """The alpha of a paragraph that one reader gave a single voice."""
    everywhere = readings(corpus)
    words = everywhere.query("doc_id == @STORY and line == @LINE")
    return number(
        answer,
        agreement.alpha(words["first"], words["second"]),
        "Take the words of that line alone, and give `agreement.alpha` their two columns.",
        seen={
            (words["first"] == words["second"]).mean(): "That is the share of words on which they"
            " agree. How much of it would chance give?",
            agreement.alpha(everywhere["first"], everywhere["second"]): "That is the alpha of all"
            " stories. Keep the words of one line.",
        },
    )


@checks("voices-3")
def _blind(answer: Any, corpus: Corpus) -> str | None:
    """The voices of a few clauses, as the reference has them."""
    clauses = corpus.coded_clauses.query(BLIND)
    given = _voices(answer, len(clauses))
    wrong = clauses[clauses["voice"].to_numpy() != given]
    if wrong.empty:
        return None
    missed = (wrong["voice"] == "report").any()
    look = (
        "Whoever says in other words what somebody said or thinks is reporting."
        if missed
        else "Words are quoted only between marks, and reported only where somebody says them."
    )
    return f"{len(clauses) - len(wrong)} of {len(clauses)} are as the reference has them. {look}"


def _voices(answer: Any, n: int) -> list[str]:
    if isinstance(answer, pd.Series):
        answer = answer.tolist()
    if not isinstance(answer, (list, tuple)) or len(answer) != n:
        raise Unreadable(f"Give {count(n, 'voice')} in a list, in the order of the clauses.")
    given = [one.strip().casefold() if isinstance(one, str) else "" for one in answer]
    if not {*given} <= {*VOICES}:
        raise Unreadable("Each is one of 'quotation', 'report' and 'outlet', in quotation marks.")
    return given


@checks("voices-4")
def _least_words(answer: Any, corpus: Corpus) -> str | None:
    """The largest least number of words at which two outlets share a passage."""
    tried = range(reuse.LEAST, 0, -1)
    right = next((least for least in tried if _outlets_share(corpus, least)), 0)
    return number(
        answer,
        right,
        "Lower `least` by one at a time, and compare the outlets of both stories of each passage.",
        seen={
            reuse.LEAST: "With so many words no two outlets share a passage. Ask for fewer.",
            **dict.fromkeys(
                range(1, right), "There outlets share passages, but is it the largest such number?"
            ),
        },
    )


def _outlets_share(corpus: Corpus, least: int) -> bool:
    """Whether stories of different outlets share a passage of so many words."""
    frames = corpus.paragraphs, corpus.comments, corpus.quotations, corpus.texts
    found = reuse.find(*frames, least=least).query("told_by == 'story' and again_by == 'story'")
    outlet = corpus.documents.set_index("doc_id")["outlet"]
    return bool((found["doc_id"].map(outlet) != found["again_doc_id"].map(outlet)).any())


@checks("voices-5")
def _own_voice(answer: Any, corpus: Corpus) -> str | None:
    """A clause that gives an outlet's own words more than half of a story."""
    look = "In which story is the outlet's own share nearest to a half, and how many words lack?"
    return fallen(answer, corpus, "voices-6", look)


@checks("voices-6")
def _rule(answer: Any, corpus: Corpus) -> str | None:
    """A rule for voices that agrees better than taking for a report what is not quoted."""
    if not callable(answer):
        raise Unreadable("Give a function, by its name and without brackets.")
    clauses = corpus.coded_clauses
    given = clauses["text"].map(answer)
    if not given.isin(VOICES).all():
        raise Unreadable("From a clause it must return 'quotation', 'report' or 'outlet'.")
    own, aim = (agreement.alpha(clauses["voice"], one) for one in (given, _plain(clauses["text"])))
    if own > aim:
        return None
    pairs = pd.DataFrame({"read": clauses["voice"], "given": given})
    wrong = pairs[pairs["read"] != pairs["given"]].value_counts()
    read, said = wrong.index[0]
    return (
        f"Its alpha is {number_of(own)}, that of the plain rule {number_of(aim)}. Most often,"
        f" {times(wrong.iloc[0])}, it says {said!r} where the reference has {read!r}."
    )


def _plain(texts: pd.Series) -> pd.Series:
    """The rule to be beaten: what is not between marks is a report."""
    marked = texts.str[0].isin([*QUOTATION_MARKS])
    return marked.map({True: "quotation", False: "report"})
