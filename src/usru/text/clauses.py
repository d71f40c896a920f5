"""The body of a page to its clauses: quoted words, reported words, turns, and the outlet's own.

What stands in quotation marks and was said by somebody is `quotation`; what the text tells of what
somebody said, thinks or wants is `report`; what is printed under a speaker's label, as in a
transcript, is that speaker's `turn`; all else is the `outlet` speaking.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from heapq import heappop, heappush
from itertools import pairwise
from typing import Any, NamedTuple

import pandas as pd

from usru import schema
from usru.codebook import Speakers
from usru.text.blocks import Block, listed
from usru.text.quotations import finder, quotation_marks
from usru.text.quotations._attribution import Body
from usru.text.quotations._reports import Report
from usru.text.quotations.vocabulary import Vocabulary

__all__ = ["find", "rows"]

_DATELINE = re.compile(
    r"(?:[A-Z][A-Z .'’-]{2,30}(?:, [A-Z][\w.]{2,9} \d{1,2})?(?: ?\([\w ./]{2,20}\))? ?(?:--|[—–-])"
    r"|[A-Z][\w .'’-]{2,30}(?:, [A-Z][\w.]{2,9} \d{1,2})? ?\([A-Z][\w ./]{1,19}\) ?(?:--|[—–-])) "
)
_WHO = re.compile(r"(?<=, )who\b")
_END = re.compile(r"[“”\"«».;:?!](?!\d)")
_COMMA = re.compile(",")
_BEHIND = re.compile(r", (?:(?:also|has|had|later|then|\w+ly) )?(\w+)\b")
_NEAR = 90  # characters of the name and post of somebody between "said" and "who"
_FARTHEST = 1_000  # characters of a relative clause, so that time is linear
_CLOSING = re.compile(r"[,”\"»’'] (\w+) [^,.;“”\"]{3,80}, $")
_LETTERS = re.compile(r"[^\W\d_]+")


def find(
    raw: str, blocks: pd.DataFrame, speakers: Speakers | None = None,
    vocabulary: Vocabulary | None = None,
) -> pd.DataFrame:  # fmt: skip
    """Divide the body blocks into clauses of one voice.

    Parameters
    ----------
    raw, blocks, speakers, vocabulary : str, pandas.DataFrame, Speakers, Vocabulary
        As for `usru.text.quotations.find`.

    Returns
    -------
    pandas.DataFrame
        One row a run of words of one voice and speaker, in page order, which together cover the
        paragraphs: `block`, `clause` (from 0 within the document), `start` and `end` (half-open
        offsets in `raw`), `text`, `voice` (``"quotation"``, with its marks; ``"report"``, the
        clause that introduces it included; ``"turn"``; or ``"outlet"``) and `speaker`, missing for
        the outlet.

    Notes
    -----
    A line that reports and ends with a colon or a comma introduces the list below it: lines without
    a blank line between them go on with its report where they do not report by themselves.
    In a turn (`usru.text.turns.find`) the label and what brackets tell are the outlet's, all other
    words the speaker's, also those that report what others said; what a speaker quotes is a
    quotation only where the words beside it say whose it is.

    Examples
    --------
    >>> from usru.text import blocks
    >>> page = "Talks\\n\\nAngela Merkel spoke. “It is late,” she said. She wants to go home.\\n"
    >>> find(page, blocks.find(page))[["voice", "text"]].values.tolist()[1:]
    [['quotation', '“It is late,”'], ['report', 'she said. She wants to go home.']]
    """
    found = rows(raw, listed(blocks), speakers, vocabulary)
    return schema.frame("clauses", found, without="doc_id")


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
    turns = body.turns()
    read = body.read(turns)
    reported = _lists(body, [list(reports) for _, reports in read])
    found: list[dict[str, Any]] = []
    each = zip(body.blocks, body.readings, body.quoted, read, reported, turns, strict=True)
    for block, reading, spans, (attributions, _), reports, turn in each:
        said = [
            Report(*quotation_marks.marked(reading.text, start, end), attribution.speaker)
            for (start, end), attribution in zip(spans, attributions, strict=True)
            if finder.form(reading.text, start, end, attribution) != "scare"
        ]
        spoken = [Report(start, end, turn.speaker) for start, end in turn.words] if turn else []
        told = [] if turn else reports
        own = [Report(*span, "") for span in _asides(reading.text, body.words)] if told else []
        voices = ("report", told), ("outlet", own), ("turn", spoken), ("quotation", said)
        for start, end, voice, speaker in _runs(reading.text, voices):
            first, last = reading.raw(start, end)
            found.append({
                "block": block.block, "clause": len(found), "start": block.start + first,
                "end": block.start + last, "text": reading.text[start:end], "voice": voice,
                "speaker": speaker or None,
            })  # fmt: skip
    return found


def _asides(text: str, words: Vocabulary) -> Iterator[tuple[int, int]]:
    """What is the outlet's own inside a report: its dateline, and who the speaker is.

    Agencies print ``VIENNA (AFP) - …``, and any paper ``Ann Lee, who runs the port, said …`` or
    ``…, said Ann Lee, who runs the port``. A relative clause that reports itself is no aside.
    """
    dateline = _DATELINE.match(text)
    if dateline is not None:
        yield dateline.span()
    for who in _WHO.finditer(text):
        farthest = min(who.end() + _FARTHEST, len(text))
        stop = _END.search(text, who.end(), farthest)
        end = stop.start() if stop else farthest
        commas = (match.start() for match in _COMMA.finditer(text, who.end(), end))
        verb = next((at for at in commas if _says(_BEHIND.match(text, at), words)), None)
        closing = _CLOSING.search(text, max(0, who.start() - _NEAR), who.start())
        last = verb or (end if _says(closing, words) else None)
        if last is not None and not _reports(text[who.end() : last], words):
            yield who.start(), last


def _reports(clause: str, words: Vocabulary) -> bool:
    """Whether a clause has a verb of saying, and not one that tells what somebody does."""
    lows = (word.lower() for word in _LETTERS.findall(clause))
    return any(low in words.inflected and words.forms[low] not in words.doing for low in lows)


def _says(match: re.Match[str] | None, words: Vocabulary) -> bool:
    return match is not None and match[1].lower() in words.reporting


def _lists(body: Body, reported: Sequence[list[Report]]) -> Iterator[list[Report]]:
    """The reports of each paragraph; the items of a list go on with that of its introduction."""
    goes_on, line = "", -1
    for block, text, reports in zip(body.blocks, body.texts, reported, strict=True):
        within = goes_on if block.line_start == line + 1 else ""
        yield [Report(0, len(text), within), *reports] if within else list(reports)
        introduces = bool(reports) and text.rstrip()[-1:] in (":", ",")
        goes_on, line = reports[-1].speaker if introduces else within, block.line_end


class _Run(NamedTuple):
    start: int
    end: int
    voice: str
    speaker: str


def _runs(text: str, found: Iterable[tuple[str, Sequence[Report]]]) -> Iterator[_Run]:
    """The runs of one voice of a paragraph; what is without a word goes with the run before."""
    voices = dict(_voices(len(text), found))
    places = list(voices)
    changes = [_behind_stop(text, b) for a, b in pairwise(places) if voices[a] != voices[b]]
    runs: list[_Run] = []
    for start, end in pairwise([0, *changes, len(text)]):
        voice = voices[places[bisect_right(places, start) - 1]]
        if runs and (not _has_word(text[start:end]) or voice == runs[-1][2:]):
            runs[-1] = runs[-1]._replace(end=end)
        elif runs and not _has_word(text[slice(*runs[-1][:2])]):
            runs[-1] = _Run(runs[-1].start, end, *voice)
        else:
            runs.append(_Run(start, end, *voice))
    for run in runs:
        printed = text[run.start : run.end]
        left = len(printed) - len(printed.lstrip())
        yield run._replace(start=run.start + left, end=run.start + len(printed.rstrip()))


def _voices(
    length: int, found: Iterable[tuple[str, Sequence[Report]]]
) -> Iterator[tuple[int, tuple[str, str]]]:
    """The places where spans begin or end, and whose voice is behind each: of several the last one's."""
    spans = [
        (max(one.start, 0), min(one.end, length), (name, one.speaker))
        for name, own in found for one in own
    ]  # fmt: skip
    waiting = sorted(range(len(spans)), key=lambda nth: -spans[nth][0])
    over: list[int] = []  # numbers of spans, the last one's first
    for place in sorted({0, *(place for start, end, _ in spans for place in (start, end))}):
        while waiting and spans[waiting[-1]][0] == place:
            heappush(over, -waiting.pop())
        while over and spans[-over[0]][1] <= place:
            heappop(over)
        yield place, spans[-over[0]][2] if over else ("outlet", "")


def _behind_stop(text: str, at: int) -> int:
    """The next place that is no comma or stop, which goes with the words before it."""
    while at < len(text) and text[at] in ",.;:!?)":
        at += 1
    return at


def _has_word(text: str) -> bool:
    return any(map(str.isalnum, text))
