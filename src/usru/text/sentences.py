"""The body of a page to sentences, each with its offsets in the raw text.

nupunkt, an implementation of Punkt (Kiss and Strunk 2006, *Computational Linguistics* 32:485),
finds the boundaries. Its model was trained on legal text and takes many plain words (``week``,
``found``) for abbreviations; here only those are kept that newspapers print. Two corrections
follow, for what Punkt cannot see: a boundary before an opening quotation mark, and a country's
initials before the noun they qualify.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import chain, pairwise
from typing import TYPE_CHECKING

import pandas as pd

from usru import schema
from usru.text.lines import clean, content

if TYPE_CHECKING:
    from nupunkt import PunktSentenceTokenizer

__all__ = ["find", "spans"]

# Words that newspapers abbreviate with a full stop, in lower case.
_SHORTENED = (
    "adm amb assn ave bros brig capt cdr cllr cmdr co col comdr corp dept det dir dist dr esq est"
    " ext fig fr ft gen gov hon inc insp jan feb mar apr jun jul aug sep sept oct nov dec jr lieut"
    " lt ltd maj messrs min mr mrs ms mt mx no nos op para pfc ph pp pres prof pvt rep reps ret"
    " rev sec sen sens sgt sp spc sr st ste supt treas univ vol vols vs"
)
_ABBREVIATIONS = frozenset(_SHORTENED.split())
# Words that open a sentence when they come capitalised after a country's initials.
_OPENING = (
    "a after all although an and as at because before both but by during each earlier even every"
    " for from he her here his how however i if in instead is it its last later many meanwhile"
    " more moreover most much my neither no nobody none nor not nothing now of on once one only or"
    " our several she since so some such that the their then there these they this those though"
    " through thus to today two under until we what when where whether which while who why with"
    " without yesterday yet you your"
)
STARTERS = frozenset(_OPENING.split())
# Punkt knows straight marks only: “Mr. Lee” must not end after the title. A ’ may be an apostrophe.
_SAME_LENGTH = str.maketrans("\u00a0\u202f\u2007\t“”‘’", '    """\'')

# A line end within a paragraph, which Punkt takes for the end of a sentence.
_BREAK = re.compile(r"(?<=\S)[^\S\n]*(?:\r\n|\n|\r)[^\S\n]*(?=\S)")
# A boundary before an opening mark, as before most quotations of news prose.
_UNSEEN = re.compile(r"(?<=[^\W\d_]{2})[.!?](?P<gap>\s+)(?=[“\"‘'][A-Z])")
# An abbreviation that ends a sentence as often as not ("at 5 p.m. The talks …").
_MAY_CLOSE = re.compile(
    r"\b(?:[ap]\.m|etc|Inc|Ltd|Co|Corp|Jr|Sr|(?:[A-Z]\.)+[A-Z])\.(?P<gap>\s+)(?=(?P<next>[A-Z][a-z]*)\b)"
)
_INITIALS = re.compile(r"(?:\b[A-Z]\.){2,}$")
_LAST_WORD = re.compile(r"[\w.]+$")


def find(raw: str, blocks: pd.DataFrame) -> pd.DataFrame:
    """Find the sentences of the body blocks.

    Parameters
    ----------
    raw, blocks : str, pandas.DataFrame
        The page as plain text, and its blocks from `usru.text.blocks.find`.

    Returns
    -------
    pandas.DataFrame
        One row a sentence, in page order: `block`, `sentence` (from 0 within the document),
        `start` and `end` (half-open offsets in `raw`) and `text`. A sentence never crosses a
        block; together those of a block hold all of it but white space and bullets.

    Examples
    --------
    >>> from usru.text import blocks
    >>> page = "Talks in Bonn\\n\\nThe U.S. envoy met Mr. Lee in Bonn. “Why now?” the host asked.\\n"
    >>> find(page, blocks.find(page))["text"].tolist()
    ['The U.S. envoy met Mr. Lee in Bonn.', '“Why now?” the host asked.']
    """
    body = blocks[blocks["kind"] == "body"]
    rows = [
        {"block": block, "start": first + start, "end": first + end, "text": clean(raw[first + start : first + end])}
        for block, *whole in zip(body["block"], body["start"], body["end"], strict=True)
        for first, last in [content(raw, *whole)]
        for start, end in spans(raw[first:last])
    ]  # fmt: skip
    numbered = [row | {"sentence": number} for number, row in enumerate(rows)]
    return schema.frame("sentences", numbered, without="doc_id")


def spans(text: str) -> list[tuple[int, int]]:
    """Return the tight half-open spans of the sentences of a text.

    Parameters
    ----------
    text : str
        A paragraph; a line end in it ends no sentence.

    Examples
    --------
    >>> spans("It rained. We left.")
    [(0, 10), (11, 19)]
    """
    plain = _BREAK.sub(lambda match: " " * len(match[0]), text.translate(_SAME_LENGTH))
    found = _punkt().spans(plain)
    if not found:
        return []
    seen = ((end, start) for (_, end), (start, _) in pairwise(found))
    gaps = [*sorted({*seen, *_unseen(plain)}), (found[-1][1], len(text))]
    cuts = [gap for gap, (end, _) in pairwise(gaps) if not _is_inside(plain, *gap, end)]
    edges = [found[0][0], *chain(*cuts), found[-1][1]]
    return list(zip(edges[::2], edges[1::2], strict=True))


@cache
def _punkt() -> "PunktSentenceTokenizer":
    from nupunkt import load_default_model

    punkt = load_default_model()
    words = {word for word in punkt.abbreviations if word.isalpha() and len(word) > 1}
    for word in words - _ABBREVIATIONS:
        punkt.remove_abbreviation(word)
    punkt.add_abbreviations(sorted(_ABBREVIATIONS))
    return punkt


def _unseen(text: str) -> Iterator[tuple[int, int]]:
    """Gaps between sentences that Punkt does not see."""
    for match in _UNSEEN.finditer(text):
        word = _LAST_WORD.search(text, max(0, match.start() - 12), match.start())
        if word is None or word[0].lower() not in _ABBREVIATIONS:
            yield match.span("gap")
    for match in _MAY_CLOSE.finditer(text):
        if match["next"].lower() in STARTERS:
            yield match.span("gap")


def _is_inside(text: str, stop: int, start: int, end: int) -> bool:
    """Whether what was taken for a gap lies inside a sentence that ends at `end` ("U.S. Senate")."""
    if text[start].islower():
        return True
    word = text[start : min(end, start + 30)].split(maxsplit=1)[0].strip(".,;:")
    is_initials = _INITIALS.search(text, max(0, stop - 12), stop) is not None
    return is_initials and word.isalpha() and word.lower() not in STARTERS
