"""Answers about the pages: what is the story on them, and what is not."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from usru.corpus import Corpus
from usru.evaluation import cleaner, outside
from usru.study.exercises import checks
from usru.study.exercises.answers import Unreadable, fallen, name, number
from usru.wording import number as number_of
from usru.wording import percent

__all__: list[str] = []

PLAIN = "lines of ten words with a stop"


@checks("corpus-1")
def _largest_part(answer: Any, corpus: Corpus) -> str | None:
    """The kind of block with the most words, the paragraphs of the story apart."""
    words = corpus.blocks.groupby("kind", observed=True)["words"].sum()
    frequent = corpus.blocks["kind"].value_counts().drop("body").index[0]
    return name(
        answer,
        words.drop("body").idxmax(),
        "Other parts are larger. Sum `words` by `kind` over all of `corpus.blocks`.",
        among=words.index,
        labels=corpus.labels["kind"],
        seen={
            frequent: "Of that kind there are the most blocks, but short ones. Sum their words.",
            "body": "That is the story itself. Which part is the largest beside it?",
        },
    )


@checks("corpus-2")
def _share_of_the_story(answer: Any, corpus: Corpus) -> str | None:
    """The share of the words on the page with comments that are the story's."""
    page = corpus.blocks[corpus.blocks["doc_id"].isin(corpus.comments["doc_id"])]
    words, everywhere = (
        blocks.groupby("kind", observed=True)["words"].sum() for blocks in (page, corpus.blocks)
    )
    return number(
        answer,
        words["body"] / words.sum(),
        "Divide the words of the page's `body` blocks by the words of all its blocks.",
        seen={
            (page["kind"] == "body").mean(): "That is the share of the blocks. Sum their words.",
            everywhere["body"] / everywhere.sum(): "That is the share on all pages. Take one page.",
            words["comment"] / words.sum(): "That is the share of the comments. Take the story.",
        },
    )


@checks("corpus-3")
def _hardest_page(answer: Any, corpus: Corpus) -> str | None:
    """The unseen page with the lowest precision."""
    pages = outside.lines("unseen")
    body = pd.DataFrame({one: pages[one] == "body" for one in ("reference", "found")})
    kept = body[body["found"]].groupby(pages["page"])["reference"].mean()
    story = body[body["reference"]].groupby(pages["page"])["found"].mean()
    return name(
        answer,
        kept.idxmin(),
        "Precision is the share of the kept lines that are the story: divide by what was found.",
        among=kept.index,
        seen={
            story.idxmin(): "There recall is lowest. Precision divides by the lines that are kept."
        },
    )


@checks("corpus-4")
def _clock_is_right(answer: Any, corpus: Corpus) -> str | None:
    """A day of publication for which a page's clock is about right."""
    look = "Compare `captured` with `published` in `corpus.documents`, and change `published`."
    return fallen(answer, corpus, "corpus-3", look)


@checks("corpus-5")
def _cleaner(answer: Any, corpus: Corpus) -> str | None:
    """A cleaner of one's own that does better than the rule of ten words."""
    if not callable(answer):
        raise Unreadable("Give a function, by its name and without brackets.")
    precision, recall = _rates(answer, corpus)
    own, aim = _f1(precision, recall), _f1(*_rates(cleaner.METHODS[PLAIN], corpus))
    if own > aim:
        return None
    return (
        f"Of what it keeps {percent(precision)} is the story, and it keeps {percent(recall)} of the"
        f" story: an F1 of {number_of(own, 3)}, where the plain rule has {number_of(aim, 3)}. Print what"
        " it keeps and should not, beginning with the page with comments."
    )


def _rates(keep: Callable[[str], Any], corpus: Corpus) -> tuple[float, float]:
    """Mean precision and recall over the pages of what a function keeps of them."""
    kept = {doc_id: keep(page) for doc_id, page in corpus.texts.items()}
    if not all(isinstance(text, str) for text in kept.values()):
        raise Unreadable("From a page, which is a text, it must return the text that it keeps.")
    stories = corpus.paragraphs.groupby("doc_id")["text"].agg("\n".join)
    scores = [cleaner.rates(kept[doc_id], story) for doc_id, story in stories.items()]
    precision, recall = (np.nan_to_num(rates).mean() for rates in zip(*scores, strict=True))
    return float(precision), float(recall)


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
