"""Answers about passages: found by a search, chosen by who speaks, and scored by a list."""

import re
from typing import Any

import pandas as pd

from usru.analysis import concordance, tone
from usru.corpus import Corpus
from usru.study.exercises import checks
from usru.study.exercises.answers import Unreadable, fallen, name, number
from usru.study.findings.voices import LAVROV, TILLERSON
from usru.wording import count

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
    share, of_parts = (one[TILLERSON] / one.sum(axis="columns") for one in (words, parts))
    return number(
        answer,
        share.max(),
        "Sum `words` of each minister's selection by story; divide by the sum of both ministers.",
        seen={
            of_parts.max(): "That is a share of passages, which differ in length. Sum `words`.",
            1 - share.max(): "That is Lavrov's share in that story. Take Tillerson's.",
            words[TILLERSON].max(): "Those are his words. Which share of both ministers' are they?",
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
    other = f", as “{min(strange)}”" if strange else ""
    return (
        f"It misses {count(len(missed), 'kind')} of negation and finds"
        f" {count(len(strange), 'other word')}{other}. Where does a word begin and end, and which"
        " apostrophe is printed?"
    )


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
    return number(
        answer,
        apart.sum(),
        "For each topic, compare the signs of the mean `polarity` of its passages by the two lists.",
        seen={(~apart).sum(): "On so many topics they agree. On how many do they not?"},
    )
