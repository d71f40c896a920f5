"""Answers about the timeline: what words for days mean, and what hangs on the day of publication."""

from itertools import product
from typing import Any

import pandas as pd

from usru.corpus import Corpus
from usru.figures import FIGURES
from usru.study.exercises import altered, checks
from usru.study.exercises.answers import Unreadable, fallen, name, names, number

__all__: list[str] = []

STORY = "manila-zerohedge"
PUBLISHED = "published = 2017-08-06"  # the line of that story in corpus.toml
A_WEEK = pd.date_range("2018-01-08", periods=7)

SENTENCES = {
    "looks back": "The {day} talks were long, as were those before.",
    "has “will”": "Their deputies will talk again on {day}, in Helsinki.",
    "has “by”": "Moscow wants an answer by {day}.",
}


@checks("timeline-1")
def _most_stories(answer: Any, corpus: Corpus) -> str | None:
    """The event that most stories mention."""
    stories = corpus.events.set_index("title")["stories"]
    titles = corpus.events.set_index("event")["title"]
    return name(
        titles.get(answer, answer) if isinstance(answer, str) else answer,
        stories.idxmax(),
        "Count the marks of each row in the first figure, and copy the title of the fullest one.",
    )


@checks("timeline-2")
def _last_week(answer: Any, corpus: Corpus) -> str | None:
    """The days of “last week” in a story of a Sunday."""
    given = _days(answer)
    published = corpus.documents.set_index("doc_id")["published"][STORY]
    last = corpus.dates.query("doc_id == @STORY and text == 'last week'")
    right = last["earliest"].item(), last["latest"].item()
    week, day = pd.Timedelta(weeks=1), pd.Timedelta(days=1)
    seen = {
        right: None,
        (right[0] + week, right[1] + week): "That is the Sunday's own week, which ends with it.",
        (
            published - week,
            published - day,
        ): "That week begins on a Sunday. Let it begin on Monday.",
        (published - week, published): "Those are eight days, two of them Sundays.",
    }
    if given in seen:
        return seen[given]
    if given[0] == right[0] or given[1] == right[1]:
        return "One end is right. A week has seven days, the first and the last counted."
    return "Write down the Mondays before that Sunday. With which does the week before begin?"


def _days(answer: Any) -> tuple[pd.Timestamp, pd.Timestamp]:
    """Two days, as texts or as dates."""
    if isinstance(answer, (list, tuple)) and len(answer) == 2:
        given = [pd.to_datetime(str(one), errors="coerce") for one in answer]
        if not any(map(pd.isna, given)):
            return given[0].normalize(), given[1].normalize()
    raise Unreadable('Give two days, as in `("2017-02-13", "2017-02-19")`.')


@checks("timeline-3")
def _limit(answer: Any, corpus: Corpus) -> str | None:
    """The number of days within which half of the dates lie."""
    days = FIGURES["horizons"].table(corpus)
    free = days[~days["fixed_day"]]
    return number(
        answer,
        _half(free["farthest"]),
        "Sort the farthest days by their distance from publication, and count up to a half.",
        seen={
            _half(free["nearest"]): "That is by the nearest day. Take the farthest.",
            _half(days["farthest"]): "That counts the anchors too. Leave out what fixed a day.",
            free["farthest"].abs().median(): "Half are near by that number too, but a smaller one"
            " will do: the median lies between two dates.",
        },
        within=0,
    )


def _half(days: pd.Series) -> int:
    """The smallest distance that at least half of some days do not exceed."""
    return int(days.abs().sort_values().iloc[(len(days) - 1) // 2])


@checks("timeline-4")
def _moved(answer: Any, corpus: Corpus) -> str | None:
    """The expressions that mean other days where a story is a day later."""
    later = altered(corpus, "corpus.toml", PUBLISHED, PUBLISHED.replace("06", "07"))
    own = corpus.dates["doc_id"] == STORY
    moved = own & (later.dates["earliest"] != corpus.dates["earliest"])
    return names(
        answer,
        corpus.dates.loc[moved, "text"],
        "Compare the column `earliest` of the story's dates before and after.",
        among=corpus.dates.loc[own, "text"],
    )


@checks("timeline-5")
def _not_half(answer: Any, corpus: Corpus) -> str | None:
    """A corpus in which it is not about half of the dates that are near."""
    look = (
        "Look for dates whose farthest day is just inside of ten days, and change the day of"
        " publication of their story; or strike all anchors of the story that has most."
    )
    return fallen(answer, corpus, "timeline-2", look)


@checks("timeline-6")
def _weekday_ahead(answer: Any, corpus: Corpus) -> str | None:
    """A function that resolves weekdays, also of clauses about the future."""
    if not callable(answer):
        raise Unreadable("Give a function, by its name and without brackets.")
    for kind, sentence in SENTENCES.items():
        for published, by in product(A_WEEK, range(7)):
            meant = published + pd.Timedelta(days=-by if kind == "looks back" else by)
            asked = sentence.format(day=meant.day_name())
            found = answer(asked, published)
            if pd.to_datetime(str(found), errors="coerce") != meant:
                return (
                    f"It errs where a sentence {kind}: for {asked!r}, published on"
                    f" {published:%A, %Y-%m-%d}, it gives {str(found)[:40]}."
                )
    return None
