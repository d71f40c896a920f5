"""Reports: the parts of a sentence in which a text tells what somebody said or thinks.

A report begins with the clause that introduces it and goes on to the next clause with a speaker of
its own, or to the end of the sentence (``Lavrov said that …``). Where the clause ends the sentence
it reports all that is before it (``…, according to Lavrov``).
"""

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from usru.text.quotations._clauses import Cue, is_new_clause
from usru.text.quotations.vocabulary import QUOTE, Row, Vocabulary, low

# Behind the verb that ends a sentence only a day or a place: "…, Ann Lee said on Monday."
_SHORT = 8

_SAYS = frozenset([QUOTE, "that", ":"])  # behind which is what somebody says

_OPENER = 2  # words before the comma of an opening: "Moreover, …", "For example, …"


class Report(NamedTuple):
    """A part of a paragraph that reports: where, and whom."""

    start: int
    end: int
    speaker: str


def reports(
    row: Row, starts: Sequence[int], cues: Sequence[Cue], words: Vocabulary
) -> Iterator[Report]:
    """Yield the reports of a sentence in their order, quoted words included.

    `starts` tells where its tokens begin in the paragraph.
    """
    outer = _outermost(row, cues, words)
    said = max((i for i, token in enumerate(row) if token.low in _SAYS), default=-1)
    at = 0
    for cue, following in zip_longest(outer, outer[1:]):
        first = at if _closes(row, cue, said, words) else _begins(row, cue, at, words)
        last = len(row)
        if following is not None:
            # "Lee said it is late, Ray added" is Ray's; but "Lee said no, and Ray added that …".
            if _closes(row, following, said, words) and following.subject is not cue.subject:
                continue
            last = max(_begins(row, following, cue.last + 1, words), cue.last + 1)
        if first < last and not _explains(cue):
            end = starts[last - 1] + row[last - 1].length
            yield Report(starts[first], end, cue.subject.name)
        at = last


def _outermost(row: Row, cues: Sequence[Cue], words: Vocabulary) -> list[Cue]:
    """The cues that are in no other's clause; media only where nobody else reports."""
    telling = [cue for cue in cues if _explains(cue) or not _does(row, cue, words)]
    own = [cue for cue in telling if not cue.relays] or telling
    found: list[Cue] = []
    for cue in own:
        if not found or is_new_clause(row, found[-1], cue, words):
            found.append(cue)
    return found


def _explains(cue: Cue) -> bool:
    """Whether it is the reporter's gloss on what was said: ``…, referring to the strikes``."""
    return cue.text.lower() == "referring to"


def _does(row: Row, cue: Cue, words: Vocabulary) -> bool:
    """Whether a cue tells what somebody does rather than says, with no quotation beside it."""
    form = row[cue.first].low
    if len(row[cue.first : cue.last + 1]) > 1 or words.forms.get(form) not in words.doing:
        return False
    beside = row[max(0, min(cue.first, cue.subject_first) - 2) : cue.last + 3]
    return all(token.text != QUOTE for token in beside)


def _closes(row: Row, cue: Cue, said: int, words: Vocabulary) -> bool:
    """Whether a clause ends its sentence, behind the last sign of what is `said`, and reports what is before it."""
    begins = min(cue.first, cue.subject_first)
    follows = begins > 0 and row[begins - 1].text in (",", QUOTE)
    says = said > max(cue.last, cue.subject_first)
    return follows and not says and (cue.names_source(words) or len(row) - cue.last < _SHORT)


def _begins(row: Row, cue: Cue, at: int, words: Vocabulary) -> int:
    """Where the clause of a cue begins, behind one that tells when or why (``After …, Lee said``)."""
    subject = cue.first if _explains(cue) else min(cue.first, cue.subject_first)
    lead = row[at:subject]
    # "…, which Russia said amounted to war", "what Lee called “late”": the relative clause reports.
    if lead and (lead[-1].low in words.relatives or lead[-1].low == "what"):
        return subject - 1
    if at:
        while subject > at and (
            row[subject - 1].low in words.breaks or row[subject - 1].text == ","
        ):
            subject -= 1
        return subject
    commas = [i for i, token in enumerate(lead) if token.text == ","]
    openers = [0, *(comma + 1 for comma in commas if comma <= _OPENER)]
    if any(low(lead, opener) in words.subordinators for opener in openers):
        return commas[-1] + 1 if commas and commas[-1] > _OPENER else subject
    return 0
