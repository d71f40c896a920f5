"""The body of a page to its quotations: the words between marks, who said them, and how."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from usru import schema
from usru.codebook import Speakers
from usru.text.blocks import Block, listed
from usru.text.lines import clean
from usru.text.quotations._attribution import Attribution, Body
from usru.text.quotations._capitals import is_capitalised
from usru.text.quotations.vocabulary import Vocabulary

__all__ = ["find", "rows"]

_CLAUSE = re.compile(
    r"""\W*(?:(?:and|but|so|if|when|because|that|then|now|well|yes|no|of\ course)[,\ ]+)*
    (?: (?:I|we|you|he|she|it|they|there|who|what|how|why|nobody|everybody|everyone|nothing
          |something|one\ (?:should|must|can|cannot|could|may|has))\b (?!\W*$)
      | (?:this|that|these|those)\ (?:is|are|was|were|will|would|can|has|have|means|must|should)\b
      | (?:the|a|an|our|my|your|his|her|their|its|no|every|all|any|some|both|each)\ .{1,60}?
        \b(?:is|are|was|were|will|would|can|cannot|could|should|must|may|might|has|have|had|does
             |do|did|\w+n[’']t)\b
      | (?:the|a|an|our|my|your|his|her|their|its|no|every)\ (?:[\w’'-]+\ ){1,3}\w+s\ (?:a|an|the|no|to|our|it|us)\b
      | (?:[A-Z][\w’'-]+\ ){1,4}(?:is|are|was|were|will|would|can|cannot|could|should|must|may
          |might|has|have|had|does|do|did)\b
      | (?:is|are|was|were|will|would|can|could|should|must|may|has|have|had|does|do|did|\w+n[’']t)
        \ (?:I|we|you|he|she|it|they|there|this|that|the|a|my|our|your|his|her|their)\b
        (?=.*\?\W*$)
    )""",
    re.DOTALL | re.VERBOSE | re.IGNORECASE,
)
_SMALL = frozenset(
    ["of", "the", "a", "an", "and", "in", "for", "to", "on", "with", "at", "from", "by", "or", "de", "la", "No", "Yes",
     "Never"]
)  # fmt: skip
_NEAR = 200  # characters
_BEFORE = " \t\n'\"“‘”„«»("


def find(
    raw: str, blocks: pd.DataFrame, speakers: Speakers | None = None,
    vocabulary: Vocabulary | None = None,
) -> pd.DataFrame:  # fmt: skip
    """Find the quotations of the body blocks, with their speakers.

    Parameters
    ----------
    raw, blocks : str, pandas.DataFrame
        The page as plain text, and its blocks from `usru.text.blocks.find`.
    speakers : Speakers, optional
        Who is known beforehand, from a `usru.codebook.Codebook`; others are taken from the text.
    vocabulary : Vocabulary, optional
        The words by which the text reports, from `usru.text.quotations.vocabulary.build`.

    Returns
    -------
    pandas.DataFrame
        One row a quotation, in page order: `block`, `quotation` (from 0 within the document),
        `start` and `end` (half-open offsets in `raw` of what is between the marks), `text`,
        `speaker` (a full name, an institution, ``"anonymous"``; missing where nobody is reported
        to have said it), `cue` (the reporting words as printed, or empty) and `form`:
        ``"direct"`` for at least a clause, ``"partial"`` for a phrase inside the reporter's
        clause, ``"scare"`` for what nobody is reported to have said.

    Examples
    --------
    >>> from usru.text import blocks
    >>> page = "Talks\\n\\nGerman Chancellor Angela Merkel spoke. “It is late,” she said.\\n"
    >>> find(page, blocks.find(page))[["text", "speaker", "cue", "form"]].values.tolist()
    [['It is late,', 'Angela Merkel', 'said', 'direct']]
    """
    found = rows(raw, listed(blocks), speakers, vocabulary)
    return schema.frame("quotations", found, without="doc_id")


def rows(
    raw: str, blocks: Sequence[Block], speakers: Speakers | None = None,
    vocabulary: Vocabulary | None = None,
) -> list[dict[str, Any]]:  # fmt: skip
    """Return the rows of `find`, for a frame of many pages.

    Parameters
    ----------
    raw, blocks : str, sequence of Block
        The page as plain text, and its blocks.
    speakers, vocabulary : Speakers, Vocabulary
        As for `find`.
    """
    body = Body(raw, blocks, speakers, vocabulary)
    if not any(body.quoted):
        return []
    read = body.read(body.turns(), reported=False)
    found = _rows(body, [attributions for attributions, _ in read])
    return [row | {"quotation": number} for number, row in enumerate(found)]


def _rows(body: Body, found: list[list[Attribution]]) -> Iterator[dict[str, Any]]:
    each = zip(body.blocks, body.readings, body.quoted, found, strict=True)
    for block, reading, spans, given in each:
        for (start, end), attribution in zip(spans, given, strict=True):
            kind = form(reading.text, start, end, attribution)
            first, last = reading.raw(start, end)
            said = attribution if kind != "scare" else Attribution("", "")
            yield {
                "block": block.block, "start": block.start + first, "end": block.start + last,
                "form": kind, "text": clean(reading.span[first:last]), "speaker": said.speaker or None, "cue": said.cue,
            }  # fmt: skip


def form(text: str, start: int, end: int, attribution: Attribution) -> str:
    """Return the form of a quotation: direct where it is a sentence, or has a subject and a verb.

    Parameters
    ----------
    text, start, end : str, int, int
        A paragraph, and where the words between the marks are in it.
    attribution : Attribution
        Who said them and by which word, as `_attribution` gives it.
    """
    quotation = text[start:end]
    if attribution.alone and len(quotation.split()) > 1:
        return "direct"
    if attribution.scare or not attribution.speaker:
        return "scare"
    if attribution.answer and quotation[:1].isupper():
        return "direct"
    if _is_set_off(text, start, end) or _CLAUSE.match(quotation):
        return "direct"
    # Films, marches and slogans in title case, which a reported sentence mentions.
    inside = text[:start].rstrip(_BEFORE)[-1:].isalnum() and not attribution.shown
    titled = inside and quotation[-1:] != "!" and _is_title(quotation)
    # What is beside it tells capitals that mean nothing, and a long paragraph is read in linear time.
    near = text[max(0, start - _NEAR) : end + _NEAR]
    return "scare" if titled and not is_capitalised(near) else "partial"


def _is_set_off(text: str, start: int, end: int) -> bool:
    """Whether punctuation sets a quotation off as a sentence of its own."""
    quotation, before, after = text[start:end], text[:start].rstrip(_BEFORE), text[end:]
    last = before[-1:]
    begins = not before or last in ".!?:,—–•"
    capital = quotation.lstrip(" .…“‘\"'[(")[:1].isupper()
    if not begins or not (capital or last in ("", ",", ":")):
        return False
    after = after.lstrip("'\"”’»)").lstrip()
    ends = quotation.rstrip()[-1:] in ",.?!…—-" or after[:1] in (",", "")
    # A word between commas is a term: the plan, "Phoenix", failed.
    return ends and (len(quotation.split()) > 1 or last != ",")


def _is_title(quotation: str) -> bool:
    """Whether words inside a sentence are written like a name: ``Friday of Dignity``."""
    printed = [word for word in re.findall(r"[^\W_][\w’'-]*", quotation) if word not in _SMALL]
    return bool(printed) and len(printed) < 6 and all(word[0].isupper() for word in printed)
