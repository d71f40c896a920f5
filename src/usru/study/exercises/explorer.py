"""Answers about passages: found by a search, chosen by who speaks, and scored by a list."""

import re
from typing import Any

import pandas as pd

from usru.analysis import concordance, tone
from usru.corpus import Corpus
from usru.study.exercises import checks
from usru.study.exercises.answers import Unreadable, fallen, name, number
from usru.study.findings.voices import LAVROV, TILLERSON
from usru.wording import count, listed

__all__: list[str] = []

ANSWERS = r"retaliat\w*|respon\w*"
NEGATION = re.compile(r"no|not|never|cannot|\w+n['’]t")


@checks("explorer-1")
def _answered(answer: Any, corpus: Corpus) -> str | None:
    """The meeting whose stories speak most of an answer."""
    found = concordance.select(concordance.prepare(corpus), pattern=ANSWERS)
    meetings = found["meeting"].value_counts()
    return name(
        answer,
        meetings.index[0],
        "Below each passage that the explorer lists is its story. How many are of which meeting?",
        among=corpus.meetings["meeting"],
        labels=corpus.labels["meeting"],
    )


@checks("explorer-2")
def _other_minister(answer: Any, corpus: Corpus) -> str | None:
    """The share of the ministers' words that are Tillerson's, where he has most of them."""
    passages = concordance.prepare(corpus)
    said = {
        minister: concordance.select(passages, speakers=[minister]).groupby("doc_id")["words"]
        for minister in (TILLERSON, LAVROV)
    }
    words, parts = (
        pd.DataFrame({minister: found.agg(how) for minister, found in said.items()}).fillna(0)
        for how in ("sum", "count")
    )
    alone = corpus.coded_clauses.pivot_table(
        "words", "doc_id", "speaker", aggfunc="sum", fill_value=0
    )[[TILLERSON, LAVROV]]
    share, of_parts, of_one = (
        one[TILLERSON] / one.sum(axis="columns") for one in (words, parts, alone)
    )
    return number(
        answer,
        share.max(),
        "Sum `words` of each minister's selection by story; divide by the sum of both ministers.",
        seen={
            of_parts.max(): "That is a share of passages, which differ in length. Sum `words`.",
            of_one.max(): "That leaves out what both are said to have said together. The explorer"
            " counts it for each of them.",
            1 - share.max(): "That is Lavrov's share in that story. Take Tillerson's.",
            words[
                TILLERSON
            ].max(): "Those are his words. What share of both ministers' words are they?",
        },
    )


@checks("explorer-3")
def _negations(answer: Any, corpus: Corpus) -> str | None:
    """A pattern that finds negations and no other word."""
    if not isinstance(answer, str):
        raise Unreadable("Give a regular expression, as a text.")
    try:
        pattern = re.compile(answer, re.IGNORECASE)
    except re.error as error:
        raise Unreadable(f"It cannot be read as a regular expression: {error}.") from None
    missed: set[str] = set()
    strange: set[str] = set()
    for text in corpus.sentences["text"]:
        found = [match.span() for match in pattern.finditer(text) if match[0]]
        for word in re.finditer(r"\w+(?:['’]\w+)*", text):
            touched = any(start < word.end() and word.start() < end for start, end in found)
            if touched != bool(NEGATION.fullmatch(word[0].casefold())):
                (strange if touched else missed).add(word[0].casefold())
    if not missed and not strange:
        return None
    said = []
    if missed:
        said.append(f"misses {count(len(missed), 'negation')} of these stories")
    if strange:
        said.append(f"finds {count(len(strange), 'other word')} like “{min(strange)}”")
    return f"It {listed(said)}. Where does a word begin and end, and which apostrophe is printed?"


@checks("explorer-4")
def _quoted_after_all(answer: Any, corpus: Corpus) -> str | None:
    """A voice by which a quotation names Ukraine."""
    look = "Choose a row of `coding/reference/voice.csv` that names Ukraine, and change its voice."
    return fallen(answer, corpus, "explorer-1", look)


@checks("explorer-5")
def _signs(answer: Any, corpus: Corpus) -> str | None:
    """The topics whose mean tone has another sign by VADER than by TextBlob."""
    passages = concordance.prepare(corpus)
    means = pd.DataFrame(
        {
            instrument: {
                topic: tone.score(found, instrument)["polarity"].mean()
                for topic in corpus.codebook.topics
                if len(found := concordance.select(passages, topics=[topic]))
            }
            for instrument in ("textblob", "vader")
        }
    )
    apart = (means["textblob"] > 0) != (means["vader"] > 0)
    opposite = [(one["textblob"] * one["vader"] < 0).sum() for one in (means, means.round(2))]
    return number(
        answer,
        apart.sum(),
        "For each topic, is the mean `polarity` of its passages above zero by one list and not by the"
        " other?",
        seen={
            **dict.fromkeys(opposite, "A mean of zero is not above zero: count such topics too."),
            (~apart).sum(): "On so many topics they agree. On how many do they not?",
        },
    )
