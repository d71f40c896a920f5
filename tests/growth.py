"""What makes a reader of text slow: signs, words and layouts, repeated, and what each instrument takes.

Time is that of the process, and compared only with that of a shorter text of the same kind.
"""

import gc
import time
from collections.abc import Callable, Iterator
from datetime import date

import pandas as pd

from usru.analysis import tone, topics
from usru.text import blocks, clauses, comments, dates, problems, sentences, turns
from usru.text.blocks import Block

HOSTILE = {
    "digits": "7",
    "numbers": "12 ",
    "years": "2017 ",
    "points": "1. ",
    "slashes": "1/2/3/",
    "sections": "1.2.3.",
    "initials": "A. B. C. ",
    "initials without spaces": "A.B.",
    "Mr.": "Mr. ",
    "U.S.": "U.S. ",
    "!": "!",
    "? !": "? ! ",
    "dots": ".",
    "ellipses": "… ",
    "colons": ":",
    "commas": ",",
    "commas and spaces": ", ",
    "semicolons": "; a",
    "_": "_",
    "hyphens": "-",
    "dashes": " — ",
    "(": "(",
    "[": "[",
    "brackets": "([{",
    "notes": "[1] ",
    "closed brackets": "(a) ",
    "“": "“",
    "” ": "” ",
    '"': '"',
    'a" ': 'a" ',
    "«": "«a ",
    "„": "„a ",
    "‘": "‘",
    "'": "'",
    "’s": "a’s ",
    "quotations": "“We go,” he said. ",
    "quotations of a word": "“a” ",
    "said he": "said he ",
    "he said": "he said ",
    "he said that": "he said that she said that ",
    "reports": "Ann Lee said, ",
    "according to": "according to ",
    "told": "told Ann Lee that ",
    "of the": "minister of the ",
    "who": ", who ",
    "as saying": "as saying ",
    "and and": "and ",
    "the": "the ",
    "not": "not ",
    "good": "good ",
    "very": "very ",
    "but": "bad but ",
    "capitals": "LAVROV ",
    "names": "Ann Lee ",
    "names and commas": "Ann Lee, ",
    "names and and": "Ann Lee and ",
    "months": "May ",
    "days": "May 5, ",
    "weekdays": "on Monday ",
    "last": "last ",
    "last week": "last week ",
    "ranges": "May 5-",
    "topics": "sanctions ",
    "labels": "A: ",
    "labels in lines": "Q: Why?\nA: No.\n",
    "labels of names": "MS. LEE: We go.\n",
    "lists": "Lee said:\n",
    "bullets": "• ",
    "bullets in lines": "• a\n",
    "lines of a word": "word\n",
    "lines of a letter": "a\n\n",
    "broken lines": "It is a line that was broken where a column\n",
    "broken words": "Wednes-\n",
    "numbered lines": "1. A good point it is.\n",
    "paragraphs": "Two envoys met in Vienna on Monday for talks.\n\n",
    "reply lines": "Ann reply to Bo\n",
    "says lines": "Ann says:\n",
    "on": "a on 5 ",
    "ago": "a 5 days ago",
    "comments": "Ann K says:\nAbout time too, is it not?\n3 hours ago\nReply\n",
    "long word": "a",
    "capital letters": "A",
    "spaces": " ",
    "tabs": "\t",
    "newlines": "\n",
    "carriage returns": "\r",
    "no-break spaces": "\u00a0",
    "zero-width": "\u200b",
    "zero-width in words": "a\u200b",
    "soft hyphens": "a\u00ad",
    "overrides": "\u202ea ",
    "combining": "\u0301",
    "accents": "e\u0301",
    "Hangul": "\u1161",
    "ligatures": "ﬁ",
    "joiners": "\u200d",
    "labels and quotations": "Lee: “a” ",
    "reports with asides": "Lee said, who ran ",
    "unions": "Workers’ Union ",
    "replies": "a reply to ",
    "ages behind spaces": "a  ",
    "hope and doubt": "never so good ",
    "shouts": "GOOD bad! ",
    "negated": "isn’t good ",
    "chained posts": "Foreign Minister ",
    "pronouns": "He she they it ",
    "places named by the way": "in Moscow, ",
    "years and stops": "in 2017. ",
    "notes behind stops": "It is.[1] ",
    "URLs": "https://a.b/c?d=e&f ",
    "www": "www.a.b/",
    "mail": "a@b.c ",
    "paths": "a/",
    "hashtags": "#a ",
    "emoji": "😁",
    "emoji and words": "a 😁 ",
    "emoticons": ":-",
    "parted emoticons": ": ) ",
    "pipes": "|",
    "stars": "* ",
    "mojibake": "â€œ",
    "entities": "&amp; ",
    "CJK": "中",
    "Cyrillic": "мир ",
    "Arabic": "سلام ",
    "credits": "Photo: a ",
}  # fmt: skip
"""By what it is: what is repeated, any of which once made some reader of text slow or could."""

Read = Callable[[str, list[Block]], object]


def _code(raw: str, found: list[Block]) -> object:
    rows = [("a", block.block, block.text) for block in found]
    return topics.code(pd.DataFrame(rows, columns=["doc_id", "block", "text"]))


READERS: dict[str, Read] = {
    "page": lambda raw, found: blocks.rows(raw),
    "article": lambda raw, found: blocks.rows(raw, layout="article", title="Talks"),
    "sentences": sentences.rows,
    "clauses, quotations": clauses.rows,  # which read quotations first
    "turns": turns.rows,
    "dates": lambda raw, found: dates.rows(raw, found, date(2017, 8, 6)),
    "comments": lambda raw, found: comments.rows(
        raw, [block._replace(kind="commenter") for block in found]
    ),
    "problems": lambda raw, found: problems.faults(raw, [block.kind for block in found]),
    "topics": _code,
    **{
        f"tone, {name}": lambda raw, found, name=name: tone.explain(
            raw, name
        )  # which scores it too
        for name in tone.INSTRUMENTS
    },
}
"""Each takes a text and its blocks, a block a line."""

SHORT = 1_500  # characters
TIMES = 10
MEASURABLE = 0.02  # seconds; what takes less is no burden, and no measure


def growths(times: int = TIMES) -> Iterator[tuple[str, str, float, float]]:
    """Yield for each reader and text: the seconds for the longer one, and times the shorter."""
    gc.collect()
    for name, unit in HOSTILE.items():
        short, long = (_paged(unit, size) for size in (SHORT, SHORT * times))
        for reader, read in READERS.items():
            slow = _seconds(read, *long)
            growth = 0.0
            if slow > MEASURABLE:
                growth = slow / max(_seconds(read, *short, runs=3), MEASURABLE / 100)
            if growth > 2 * times:  # a noise, perhaps
                slow = min(slow, _seconds(read, *long, runs=2))
                growth = slow / _seconds(read, *short, runs=5)
            yield reader, name, slow, growth


def _paged(unit: str, size: int) -> tuple[str, list[Block]]:
    raw = unit * (size // len(unit))
    return raw, blocks.rows(raw, layout="article")


def _seconds(read: Read, raw: str, found: list[Block], runs: int = 1) -> float:
    """The least time of the process for reading a text."""
    taken = []
    gc.disable()  # which costs the more the more is kept from elsewhere
    try:
        for _ in range(runs):
            start = time.process_time()
            read(raw, found)
            taken.append(time.process_time() - start)
    finally:
        gc.enable()
    return min(taken)
