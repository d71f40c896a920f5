"""The body of a page to its turns: what transcripts print under their speakers' labels."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from usru import schema
from usru.codebook import Speakers
from usru.text.blocks import Block, listed
from usru.text.lines import clean
from usru.text.quotations._attribution import Body
from usru.text.quotations.vocabulary import Vocabulary

__all__ = ["find", "rows"]


def find(
    raw: str, blocks: pd.DataFrame, speakers: Speakers | None = None,
    vocabulary: Vocabulary | None = None,
) -> pd.DataFrame:  # fmt: skip
    """Find whose words the turns of a briefing, an interview or a press conference are.

    Parameters
    ----------
    raw, blocks, speakers, vocabulary : str, pandas.DataFrame, Speakers, Vocabulary
        As for `usru.text.quotations.find`.

    Returns
    -------
    pandas.DataFrame
        One row an unbroken part of a paragraph that somebody says in a turn, in page order: `block`,
        `turn` (from 0 within the document; the paragraphs of a turn share it), `start` and `end`
        (half-open offsets in `raw`), `text`, `speaker` and `label` (as printed, without its colon).
        The speaker is the full name that the page or the codebook has for the label, as of a
        quotation; an institution can speak; ``"anonymous"`` is a reporter who asks, or anybody whom
        the label does not name. Without rows where a text is no transcript.

    Notes
    -----
    A label is a name, an office, ``Q`` or ``A`` before a colon, on the line of the words or above
    them; the words go on over paragraphs without a label. One label alone is none, since stories
    print a place, a note or a statement so. ``A`` is whoever the title or the paragraphs above say
    was interviewed. Labels, and what brackets tell (``(Laughter.)``, ``(via interpreter)``), are
    nobody's words. What a speaker quotes is part of the turn here, and a quotation of its own in
    `usru.text.quotations.find`, by default nobody's.

    Examples
    --------
    >>> from usru.text import blocks
    >>> page = "Mira Dolk meets the press\\n\\nMS. DOLK: We met. (Laughter.)\\n\\nQUESTION: Did you?\\n"
    >>> find(page, blocks.find(page))[["speaker", "label", "text"]].values.tolist()
    [['Mira Dolk', 'MS. DOLK', 'We met.'], ['anonymous', 'QUESTION', 'Did you?']]
    """
    found = rows(raw, listed(blocks), speakers, vocabulary)
    return schema.frame("turns", found, without="doc_id")


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
    found = []
    for block, reading, turn in zip(body.blocks, body.readings, body.turns(), strict=True):
        if turn is None:
            continue
        for start, end in turn.words:
            first, last = reading.raw(start, end)
            found.append({
                "block": block.block, "turn": turn.number, "start": block.start + first,
                "end": block.start + last, "text": clean(reading.span[first:last]),
                "speaker": turn.speaker, "label": turn.label.printed,
            })  # fmt: skip
    return found
