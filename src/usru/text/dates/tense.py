"""Whether the words of a clause look ahead or back: what "on Friday" needs to be a day.

The verb decides that the words go with: the last one before them in their clause, else, where they
open it, the first one behind them. Words such as "until" beside them decide by themselves. What the
verbs are is data (``codebook/calendar.toml``). Only `REACH` characters on each side are read, so
that time does not grow with a text that has no full stop.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from usru.codebook import Tense
from usru.text.dates._begins import begins
from usru.text.words import GAP, one_of

__all__ = ["Outlook", "Reader", "reader"]

REACH = 240

# Characters between a verb in -ing and a day for which it is a plan: "is flying home on Friday".
_BRIEF = 40
# The words with which verbs of several words begin, besides those that are data.
_HELPING = (
    "would could should might may must was were is are am be being get had has have to"
    " set called postponed delayed adjourned payable"
)


def _tried_where_it_begins(pattern: str) -> re.Pattern[str]:
    return re.compile(f"{begins(pattern)}(?:{pattern})")


# A sentence ends before here; not behind initials and titles ("U.S. Secretary", "Gen. Smith").
_STOP = _tried_where_it_begins(
    r"(?<![A-Z])[.!?…][\"”’'»)\]]{0,3}\s{1,8}(?=[\"“‘'«(]{0,2}[A-Z0-9])|\n\s{0,8}\n"
)
_TITLE = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|St|Gen|Sen|Rep|Gov|Lt|Col|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)$"
)
# Where a clause gives way to another.
_BOUNDARY = _tried_where_it_begins(
    r"[;:—–]|--|[\"“”«»]|,\s{1,8}(?:and|but|while|so|or)\b"
    r"|\b(?:that|which|who|whose|when|while|because|although|though|if|whether|whereas)\b"
    # "They marched, and on Monday they will strike."
    r"|\b(?:and|but)\b(?=\s{1,8}(?:on|in|by|at)\s{0,8}$)",
)
# What stands between the beginning of a clause and words that open it: "and early on".
_OPENING = re.compile(
    r"[\s,'’\"“”()]*(?:(?:and|but|so|then|early|late|later|only|also|yet)\s{1,8}){0,3}"
    r"(?:(?:on|by|in|at|from|until|till|before|after|since|for|during|through|as\s+of)\s{1,8})?"
    r"(?:(?:the|his|her|its|their|a)\s{1,8})?(?:(?:early|late|mid)[\s-]{1,8})?",
    re.IGNORECASE,
)
_UNTIL = re.compile(
    r"\b(?P<word>until|till|by|before)\s{1,8}(?P<the>the\s{1,8})?"
    r"(?:(?:early|late|at\s+least|next|noon|midnight|on|\d{1,2}(?:[:.]\d\d)?(?:[ap]\.?m\.?)?|[ap]\.?m\.?|[A-Z]{2,4})\s{1,8}){0,4}(?:mid[\s-])?$",
    re.IGNORECASE,
)
# What had been expected did not come: ", but the work took longer"; open in "but he said it may".
_FAILED = re.compile(
    r"[^,;:]{0,30},?\s{1,8}(?:but|yet|only\s{1,8}to|although|though|instead|until)\b"
    r"(?!.{0,60}\b(?:said|says|announced|warned|told|will|is|are|may|could|has|have|now|no|date)\b)",
    re.DOTALL,
)
# In headlines: "Harbour to close on Friday"; but "to reporters on Friday".
_INFINITIVE = re.compile(
    r"\bto\s{1,8}(?!(?:the|an?|his|her|its|their|this)\b)(?![a-z]+s\b)[a-z]{2,}"
)
# What may be between a verb and words that are its own: "announced late on Friday".
_BESIDE = re.compile(
    r"(?:\s{1,8}(?:in|on|at|early|late|by|the|back|last|only|since|from|of|end))*\s*",
    re.IGNORECASE,
)


class _Verb(NamedTuple):
    ahead: bool | None
    low: str
    beside: bool = False
    expected: bool = False  # in the past


class Outlook(NamedTuple):
    """Whether a clause looks ahead, or back (False), or says neither; and whether that is sure.

    It is where the words open their clause or are beside the verb; elsewhere the verb before them
    may be of another matter ("announced a vote on May 5").

    What was expected in the past may have been due since ("was to open in April"): for months and
    dates without a year, `far` leaves it open then, or looks back where it failed ("but was late").
    """

    ahead: bool | None
    sure: bool
    far: bool | None


def _outlook(ahead: bool | None, sure: bool) -> Outlook:
    return Outlook(ahead, sure, ahead)


class Reader:
    """Reads the tense of a clause by the words of a codebook.

    Parameters
    ----------
    words : Tense
        As the codebook has them.

    Examples
    --------
    >>> from usru import codebook
    >>> read = reader(codebook.read().calendar.tense)
    >>> text = "They will meet on Friday, he said on Monday."
    >>> [read.ahead(text, text.index(day), text.index(day) + 6) for day in ("Friday", "Monday")]
    [True, False]
    """

    def __init__(self, words: Tense) -> None:
        self._lasting = words.lasting
        self._announcing = words.announcing
        gap = GAP
        between = (
            rf"(?:{gap}(?:not|also|now|then|never|still|first|only|be|been|have|being|[a-z]+ly))*"
        )
        verb = rf"{between}{gap}(?!the\b|an?\b)[a-z]+"
        past = (
            rf"(?:(?:{one_of(words.past)})\b|(?!(?:{one_of(words.no_past)})\b|un)[a-z]{{2,}}ed\b)"
        )
        due = rf"(?:(?:{one_of(words.expected | words.plans)})\b(?:{gap}to{verb})?|(?:{one_of(words.intending)}){gap}to{verb}|to{verb})"
        to_come = rf"(?:{one_of(words.expected | words.intending | words.plans)})\b"
        when = rf"(?={gap}(?:for|on|at|in|by|within|later|early|late|this|next|until|till)\b|\s{{0,8}}$)"
        articles = ("the", "a", "an", "of", "to", "its", "his", "their")
        noun = "".join([*(rf"(?<!\b{word}\s)" for word in articles), r"(?<!['’]s\s)"])
        self._past = re.compile(rf"\s{{1,8}}(?:[a-z]+ly{gap})?(?P<back>{past})")
        self._will = re.compile(r"\s{1,8}(?P<ahead>will|would|could|may|might)\b")
        self._occasion = re.compile(
            rf"['’]s{gap}(?:[a-z]+{gap}){{0,2}}(?:{one_of(words.occasions)})\b"
        )
        listed = words.past | words.expected | words.plans | words.intending | words.scheduled
        first = {phrase.split()[0] for phrase in {*listed, *words.auxiliaries, *_HELPING.split()}}
        self._verbs = re.compile(
            # Each begins at the edge of a word, and with few words, which are looked for once.
            rf"\b(?={one_of(first)}|['’]re|[a-z]+(?:ed\b|['’](?:ll|s)))(?:"
            # What looks back although a word of it looks ahead.
            rf"(?P<back>\b(?:would|could|should|might|may|must)(?:n['’]t)?{between}{gap}have{between}{gap}{past}"
            rf"|\b(?:was|were|had){between}{gap}(?:(?:{one_of(words.expected | words.plans)}){gap})?to{gap}have{between}{gap}{past}"
            rf"|\b(?:could|would)(?:n['’]t|{gap}not)\b|\bhad{between}{gap}been{verb}(?:{gap}to{verb})?"
            rf"|\bcould{between}{gap}be{between}{gap}(?:reached|located|contacted|found)\b)"
            rf"|(?P<then>\b(?:was|were|had){between}{gap}{due})"
            rf"|(?P<ahead>\b(?:{one_of(words.auxiliaries)}|[a-z]+['’]ll){verb}"
            rf"|\b(?:is|are|was|were|am|be){between}{gap}to{verb}"
            rf"|\b(?:is|are|am|['’]re|(?:s?he|it|that|who|there)['’]s){between}{gap}(?!being\b)[a-z]+ing\b(?=[^,]{{0,{_BRIEF}}}$)"
            rf"|\b(?:is|are|was|were){between}{gap}(?:{one_of(words.expected)})\b(?:{gap}to{verb})?"
            rf"|\b(?:{one_of(words.expected)})(?:{gap}to{verb}|{when})"
            rf"|\b(?:{one_of(words.intending)})(?:{gap}(?:him|her|them|it|us))?{gap}to{verb}"
            rf"|\b(?:set|called|postponed|delayed|adjourned){gap}(?:for|until|till|to)\b"
            rf"|\b(?:{one_of(words.plans)})\b(?:{gap}to{verb})?"
            rf"|\bto{gap}be{between}{gap}[a-z]+|\bpayable\b"
            rf"|\b(?:is|are)(?={gap}(?:on|at|by|next|this)\s{{0,8}}$)"
            rf"|{noun}\b(?:{one_of(words.scheduled)})\b(?!['’]))"
            # In the present it may be of any day.
            rf"|(?P<open>\b(?:is|are|am|being|gets?){between}{gap}(?!{to_come}){past})"
            rf"|\b(?:had|has|have){between}{gap}(?!{to_come})(?:{past}|(?:be)?come\b|gone\b|run\b|begun\b)|\b{past})",
        )

    def ahead(self, text: str, start: int, end: int) -> bool | None:
        """Return whether the clause of a span looks ahead, or back (False), or says neither.

        Parameters
        ----------
        text : str
            A paragraph.
        start, end : int
            A span in it.
        """
        return self.outlook(text, start, end).ahead

    def outlook(self, text: str, start: int, end: int) -> Outlook:
        """Return the same, and whether that is sure.

        Parameters
        ----------
        text : str
            A paragraph.
        start, end : int
            A span in it.
        """
        before, after = self._sides(text, start, end)
        if after[:2] in ("'s", "’s") and not self._occasion.match(after):
            return _outlook(False, True)
        beside = self._past.match(after) or self._will.match(after)
        own = before[_last_end(_BOUNDARY, before) :]
        opens = _OPENING.fullmatch(own) is not None
        found = None if opens else self._last(own)
        if beside and not (found and found.beside):
            return _outlook(beside.re is self._will, True)
        if found is None:
            found = self._first(after, opens)
        opens = opens and found is not None
        if found is None:
            found = self._last(before)
        until = _UNTIL.search(before)
        if until and until["the"] and text[start].isalpha():  # "caused by the Friday storm"
            until = None
        if until:
            return _outlook(self._until(until["word"].lower(), own, found, opens), True)
        if found is None:
            if self._first(after, opens=True) is None and _INFINITIVE.search(own):
                return _outlook(True, False)
            return _outlook(None, False)
        far = found.ahead
        if found.expected:
            far = False if _FAILED.match(after) else None
        return Outlook(found.ahead, opens, far)

    def _until(self, word: str, own: str, verb: _Verb | None, opens: bool) -> bool:
        """By Friday is ahead, unless both had left by then; a vigil lasted until Friday."""
        if verb is None or verb.ahead is not False:
            return True
        if (
            opens
            or word == "before"
            or (word == "by" and verb.low.split()[0] in ("had", "was", "were"))
        ):
            return False
        lasts = {token.lower() for token in re.findall(r"n't|[A-Za-z]+", own)}
        return word == "by" or not lasts & self._lasting

    def _sides(self, text: str, start: int, end: int) -> tuple[str, str]:
        before = text[max(0, start - REACH) : start]
        stops = [
            stop.end()
            for stop in _STOP.finditer(before)
            if not _TITLE.search(before[: stop.start()])
        ]
        after = text[end : end + REACH // 2]
        stop = _STOP.search(after)
        before, after = before[stops[-1] if stops else 0 :], after[: stop.start() if stop else None]
        return _small(before), _small(after)

    def _last(self, text: str) -> _Verb | None:
        """The last verb; one that announces may have what is to come behind it."""
        found = None
        for match in self._verbs.finditer(text):
            found = match
        if found is None:
            return None
        verb = _verb(found)
        beside = _BESIDE.fullmatch(text, found.end()) is not None
        if verb.low.split()[-1] in self._announcing and not beside:
            return verb._replace(ahead=None)
        return verb._replace(beside=beside)

    def _first(self, text: str, opens: bool) -> _Verb | None:
        """The first verb behind; of a clause that words open it may be behind another clause."""
        end = _BOUNDARY.search(text)
        near = text[: end.start() if end else None]
        match = self._verbs.search(near if opens else near.split(",")[0])
        if match is None and opens:
            match = self._verbs.search(text)
        return _verb(match) if match else None


def _small(text: str) -> str:
    """A text in which words with a capital letter are names: without that of its first word."""
    return text.lower() if text.isupper() else text[:1].lower() + text[1:]


def _verb(match: re.Match[str]) -> _Verb:
    if match["open"] is not None:
        return _Verb(None, match[0].lower())
    then = match["then"] is not None
    return _Verb(then or match["ahead"] is not None, match[0].lower(), expected=then)


def _last_end(pattern: re.Pattern[str], text: str) -> int:
    end = 0
    for match in pattern.finditer(text):
        end = match.end()
    return end


@lru_cache(maxsize=8)
def reader(words: Tense) -> Reader:
    """Return the reader of a codebook's words, the same one as long as they are the same.

    Parameters
    ----------
    words : Tense
        As the codebook has them.
    """
    return Reader(words)
