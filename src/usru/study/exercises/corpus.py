"""Answers about the pages: what is the story on them, and what is not."""

from typing import Any

import pandas as pd

from usru.corpus import Corpus
from usru.evaluation import cleaner, outside
from usru.study.exercises import checks
from usru.study.exercises.answers import Unreadable, fallen, name, number
from usru.wording import percent

__all__: list[str] = []


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
    plain = cleaner.METHODS["lines of ten words with a stop"]
    precision, recall = _line_rates(answer, corpus)
    aim = _f1(*_line_rates(plain, corpus))
    if _f1(precision, recall) > aim:
        return None
    return (
        f"Of the lines that it keeps {percent(precision)} are the story, and it keeps"
        f" {percent(recall)} of the story: an F1 of {_f1(precision, recall):.2f}, where the rule has"
        f" {aim:.2f}. Print what it keeps and should not, beginning with the page with comments."
    )


def _line_rates(keep: Any, corpus: Corpus) -> tuple[float, float]:
    """Precision and recall of the lines that a function keeps of all pages."""
    story, kept = set(), set()
    for doc_id, blocks in corpus.lines.groupby("doc_id"):
        page = corpus.texts[str(doc_id)]
        text = keep(page)
        if not isinstance(text, str):
            raise Unreadable("From a page, which is a text, it must return the text that it keeps.")
        body = blocks[blocks["kind"] == "body"]
        story |= {(doc_id, page[row.start : row.end].strip()) for row in body.itertuples()}
        kept |= {(doc_id, line.strip()) for line in text.splitlines() if line.strip()}
    both = len(story & kept)
    return both / max(len(kept), 1), both / len(story)


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
