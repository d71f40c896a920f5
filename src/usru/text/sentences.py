"""The body of a page to sentences, each with its offsets in the raw text.

Every stop is a place where a sentence may end, and is judged by the words before and behind it
(as by Palmer and Hearst 1997, *Computational Linguistics* 23:241). Most stops are clear; the rules
are for those of abbreviations, initials and numbers, and for stops behind which a mark, a bracket,
a footnote or no space follows. The words are data (``codebook/language.toml``).
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain, takewhile
from typing import Any

import pandas as pd

from usru import codebook, schema
from usru.codebook import Boundaries
from usru.text.blocks import Block, listed
from usru.text.lines import Reading, clean

__all__ = ["find", "rows", "spans"]

_STOP = re.compile(
    r"""(?P<stop>[.!?…](?:[ ]{0,2}[.!?…])*)
    (?P<close>(?:(?:[\])}”»]|[\"'’“‘«*](?!\w)|[\ \xa0\u202f]»(?!\w))[.!?]*)*)
    (?P<note>(?<=[^\W\d_]\.|[”»\"’]\.|\.[”»\"’])\d{1,2}(?=\s+[A-Z“])
      |(?:\s?(?:\[(?:\d[\d\s,–-]*|[a-z]|note\s\d+|(?:citation|better\ssource)\sneeded|sic|\.\.\.|…)\]
      |[¹²³⁴-⁹⁰]|\(\d{1,2}\)))*)
    \s*(?P<opening>[\"“„‘’'«»(\[{*¿¡]*)""",
    re.VERBOSE,
)
_WORD = re.compile(r"(?:(?<![\w.])(?:[^\W\d_]{1,2}\.)+)?[^\W_](?:[^\W_]|[’'&](?=[^\W_]))*\Z")
_PLAIN = re.compile(r"[a-zß-ÿ]{4,}|[A-Z][a-zß-ÿ]{5,}")
_DOTTED = re.compile(r"[^\W\d_]{1,2}(?:\.[^\W\d_]{1,2})+")
_OPENING = re.compile(r"[\"“„‘’'«»(\[{*¿¡]*")
_AHEAD = re.compile(r"[^\W_](?:[^\W_]|[.’'&/-](?=\w))*\.?|\S")
_STEM = re.compile(r"['’.]")
_WHOLE = re.compile(r"(?:[”»\"’)\]]|[^\W\d_]{2}|(?<!\d)\d{4}|[ap]\.m)\Z")
_DASH = re.compile(r"[—–-]{1,2}\s*[“\"„«(]*")
_ELLIPSIS = re.compile(r"…|\.\.+|\. \.[. ]*")
_FIRST_PERSON = re.compile(r"I\b")
_FORMS_OF_ADDRESS = frozenset(["Mr.", "Mrs.", "Ms.", "Messrs."])
_CLOSED = frozenset(["”", '"', "’"])
_HEADED = 5  # characters of a part, up to a stop, in which it can be that of its number or letter
_NEAR = 20  # characters before a stop in which its word is sought
_NONE: frozenset[int] = frozenset()
_ARTICLES = frozenset(["the", "a", "an", "his", "her", "its", "our", "their"])
_JOINS = frozenset(["of", "and", "&", "for", "the"])
# A brand or a name with a small particle, with which a sentence may begin: eBay, von der Leyen.
_SMALL_CAPITAL = re.compile(
    r"[a-z]{1,4}[A-Z]\w|(?:al|el)-[A-Z]|(?:v[ao]n|de|di|da|d’|d')(?: de[rn])? ?[A-Z]"
)
# What follows a stop without a space where one was lost: town.She, but not Ph.D or node.js.
_GLUED = re.compile(r"[“„‘\"'«(\[]*(?:[A-ZÀ-Þ][a-zà-ÿ’']|[A-Z]{2}|[AI]\s)")
_DOMAIN = re.compile(r"(?i:com|org|net|ru|ua|info|gov|edu|io|js|eu|uk|fr|pl|py|tv)\b")
_ADDRESS = re.compile(r"\S*(?:[/@\\_=]|www\.|http)\S*")
_ROMAN = re.compile(r"[IVXLC]+\b")
_ZONE = re.compile(r"[A-Z]{1,4}T|UTC")
# A name under a quotation: — Ann Lee; after a closing mark also with what she is.
_NAME = r"(?P<name>[A-Z][\w.’'-]*(?:\s(?:of|the|de|van|von|and|[A-Z][\w.’'-]*)){0,5})"
_SIGNED = re.compile(_NAME + r"\s*(?:\Z|(?=[“\"„«]))")
_SIGNED_QUOTATION = re.compile(_NAME + r"(?:,[^.!?]*)?\.?\s*(?:\Z|(?=[“\"„«]))")
_POINT = re.compile(r"(?<!\S)[(\[]?(?P<number>\d{1,2})[.)\]](?=\s)")
_HEADING = re.compile(r"\s*(?:\d{1,3}(?:\.\d{1,3})*|[IVXL]{1,5}|[A-Za-z])\.(?=\s)")
# A line with the date of a story, joined with the first of its sentences.
_DATE_LINE = re.compile(
    r"(?P<date>(?:[A-Z][a-z]{2,5}day, )?[A-Z][a-z]{2,8} \d{1,2}, \d{4})\s+(?=[A-Z“\"][a-z]*\s)"
)
# Between the lines of a text: a blank line, or one that begins with a bullet or a number.
_END = r"[^\S\r\n]*(?:\r\n|\n|\r(?!\n))"
_LINES = re.compile(rf"{_END}(?:{_END}\s*|\s*(?=(?:[•●▪◦‣*–—-]|\(?\d{{1,2}}[.)])\s))")


def find(raw: str, blocks: pd.DataFrame, words: Boundaries | None = None) -> pd.DataFrame:
    """Find the sentences of the body blocks.

    Parameters
    ----------
    raw, blocks : str, pandas.DataFrame
        The page as plain text, and its blocks from `usru.text.blocks.find`.
    words : Boundaries, optional
        The abbreviations and the like, from a `usru.codebook.Codebook`; the shipped by default.

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
    return schema.frame("sentences", rows(raw, listed(blocks), words), without="doc_id")


def rows(
    raw: str, blocks: Sequence[Block], words: Boundaries | None = None
) -> list[dict[str, Any]]:
    """Return the rows of `find`, for a frame of many pages.

    Parameters
    ----------
    raw, blocks : str, sequence of Block
        The page as plain text, and its blocks.
    words : Boundaries, optional
        As for `find`.
    """
    found: list[dict[str, Any]] = []
    for block in blocks:
        if block.kind != "body":
            continue
        reading = Reading(raw[block.start : block.end])
        for first, last in spans(reading.text, words):
            start, end = reading.raw(first, last)
            found.append({
                "block": block.block, "sentence": len(found), "start": block.start + start,
                "end": block.start + end, "text": clean(reading.span[start:end]),
            })  # fmt: skip
    return found


def spans(text: str, words: Boundaries | None = None) -> list[tuple[int, int]]:
    """Return the tight half-open spans of the sentences of a text.

    Parameters
    ----------
    text : str
        A paragraph. A line end in it ends a sentence only where a line is blank, or begins with a
        bullet or a number.
    words : Boundaries, optional
        The abbreviations and the like, from a `usru.codebook.Codebook`; the shipped by default.

    Examples
    --------
    >>> spans("It rained. We left.")
    [(0, 10), (11, 19)]
    """
    words = _shipped() if words is None else words
    found: list[tuple[int, int]] = []
    for first, last in _units(text, words):
        for end, after in _gaps(text, first, last, words):
            found.append((first, end))
            first = after
        found.append((first, last))
    return found


@cache
def _shipped() -> Boundaries:
    return codebook.read().language.sentences


def _units(text: str, words: Boundaries) -> Iterator[tuple[int, int]]:
    """The parts of a text that lines or a credit divide, without outer white space."""
    first, last = len(text) - len(text.lstrip()), len(text.rstrip())
    breaks = _LINES.finditer(text, first, last) if "\n" in text or "\r" in text else ()
    dated = _DATE_LINE.match(text, first, last)
    if dated:
        yield first, dated.end("date")
        first = dated.end()
    credit = _credit(words).finditer(text, first, last) if ":" in text else ()
    for gap in sorted([match.span() for match in chain(breaks, credit)]):
        yield first, gap[0]
        first = gap[1]
    if first < last:
        yield first, last


@cache
def _credit(words: Boundaries) -> re.Pattern[str]:
    """White space before the credit of a picture, behind a caption without a stop."""
    cues = "|".join(sorted(map(str.capitalize, words.credits)))
    return re.compile(
        rf"(?<=[a-zß-ÿ)\d])(?<!\b[Tt]he)(?<!Mandatory)(?<!File)\s+(?=(?:{cues})(?: credit| by)?:\s)"
    )


def _gaps(text: str, first: int, last: int, words: Boundaries) -> Iterator[tuple[int, int]]:
    """Where a sentence ends and the next begins, for each two of a part of a text."""
    begin, points = first, _NONE
    for match in _STOP.finditer(text, first, last):
        at, ahead = match.span()
        sign, closes, note, opening = match.groups()
        if ahead == last and not (note or opening):
            return
        end, after = match.end("note"), ahead - len(opening)
        if end == ahead and not note and text[ahead].isalnum() and not text[ahead].isupper():
            continue  # 2.5, node.js
        if sign == "." and end < after and not note and text[ahead : ahead + 1].isupper():
            is_inside = at - first > _HEADED and not closes
            if closes in _CLOSED or (is_inside and _is_whole(text, begin, at, words)):
                yield end, after
                begin = after
                continue
        if points is _NONE and (note or at - first <= _HEADED or text[at - 1].isdigit()):
            points = _points(text, first, last)
        stop = _Stop(text, begin, match, points)
        if stop.after < last and at not in points and _ends(stop, words):
            yield stop.end, stop.after
            begin = stop.after


def _is_whole(text: str, begin: int, at: int, words: Boundaries) -> bool:
    """Whether the word before a full stop is plainly no abbreviation."""
    word = text[max(begin, at - _NEAR) : at].rpartition(" ")[2]
    return word.isalpha() and len(word) > 1 and word.lower() not in words.abbreviations


def _points(text: str, first: int, last: int) -> frozenset[int]:
    """Where the stops and brackets of numbered points are: ``1. …``, ``(2) …``."""
    heading = _HEADING.match(text, first, last)
    points, reached = {heading.end() - 1} if heading else set(), None
    found = list(_POINT.finditer(text, first, last))
    later = {int(match["number"]) for match in found}
    for match in found:
        number, place = int(match["number"]), match.start()
        sign, before = text[place], text[max(first, place - 2) : place].rstrip()[-1:]
        begins = number == 1 and 2 in later and sign == "1" and before in ".:;,"
        beside = sign == "(" and not later.isdisjoint([number - 1, number + 1])
        if place == first or begins or beside or number - 1 == reached:
            points.add(place if sign in "([" else match.end() - 1)
            reached = number
    return frozenset(points)


class _Stop:
    """A stop, what closes its sentence behind it, and where the next one would begin."""

    def __init__(self, text: str, begin: int, match: re.Match[str], points: frozenset[int]) -> None:
        self.text, self.begin, self.at = text, begin, match.start()
        self.sign, self.closes, self.note, opening = match.groups()
        self.end, self.first = match.end("note"), match.end()  # of the next word
        self.after = self.first - len(opening)
        note = self.end - len(self.note.lstrip())
        if self.note and note in points:  # the number of the next point
            self.note, self.end, self.after = "", match.start("note"), note
            found = _OPENING.match(text, note)
            self.first = found.end() if found else note

    @property
    def is_quoted(self) -> bool:
        """Whether it is inside a closing quotation mark."""
        return any(mark in "\"'”’»“‘«" for mark in self.closes)

    @property
    def word(self) -> str:
        """The word before it."""
        found = _WORD.search(self.text, max(self.begin, self.at - _NEAR), self.at)
        return found[0] if found else ""

    def before(self, word: str) -> list[str]:
        """The words of its sentence before that one, no more than some."""
        end = self.at - len(word)
        return self.text[max(self.begin, end - 120) : end].lstrip("“\"„«‘'([").split()

    def ahead(self) -> list[str]:
        """The first words and signs behind it, an abbreviation with its stop."""
        return _AHEAD.findall(self.text, self.first, self.first + 80)


def _ends(stop: _Stop, words: Boundaries) -> bool:
    """Whether a sentence ends at a stop."""
    text = stop.text
    sign, letter = text[stop.after], text[stop.first : stop.first + 1]
    if sign in ",;:)]}%" or not letter:
        return False
    if sign in "—–-":
        return _ends_before_dash(stop, words)
    if stop.end == stop.after and not stop.note and not _is_glued(stop):
        return False
    if letter.islower() and not _begins_small(stop, words):
        return False
    if stop.sign == ".":
        return _ends_at_full_stop(stop, words)
    if _ELLIPSIS.fullmatch(stop.sign) and _FIRST_PERSON.match(text, stop.first):
        return False
    return not (stop.is_quoted and _report(words).match(text, stop.first))


def _ends_before_dash(stop: _Stop, words: Boundaries) -> bool:
    """Whether a dash opens a sentence, neither a reporting clause nor the name of who said it."""
    dash = _DASH.match(stop.text, stop.after)
    at = dash.end() if dash else stop.after
    if stop.text[at : at + 1].islower() or _is_short(stop.word, words):
        return False
    if stop.is_quoted and _report(words).match(stop.text, at):
        return False
    signed = (_SIGNED_QUOTATION if stop.is_quoted else _SIGNED).match(stop.text, at)
    return signed is None or signed["name"].split()[0].lower() in words.starters


def _is_glued(stop: _Stop) -> bool:
    """Whether only the space is missing between two sentences: ``town.She``, not ``node.js``."""
    text, first = stop.text, stop.first
    if stop.sign != "." and stop.word[:1].isupper() and not stop.closes:  # "Credit...Ann Lee"
        return False
    whole = stop.closes or _WHOLE.search(text, max(stop.begin, stop.at - _NEAR), stop.at)
    if not whole or not _GLUED.match(text, stop.after) or _DOMAIN.match(text, first):
        return False
    around = (
        text[max(0, stop.at - 40) : stop.at].split(" ")[-1] + text[first : first + 40].split(" ")[0]
    )
    return not _ADDRESS.search(around)


def _begins_small(stop: _Stop, words: Boundaries) -> bool:
    """Whether a sentence begins with a small letter: ``eBay``, and where people type in haste."""
    word = stop.word
    if stop.is_quoted or len(word) == 1 or word.lower() in words.abbreviations:
        return False
    hasty = stop.sign == "." and not stop.closes and not stop.note and _PLAIN.fullmatch(word)
    aside = "(" in stop.text[stop.after : stop.first]
    return bool(hasty or aside or _SMALL_CAPITAL.match(stop.text, stop.first))


def _ends_at_full_stop(stop: _Stop, words: Boundaries) -> bool:
    word, next_sign = stop.word, stop.text[stop.first]
    if not _is_short(word, words) or stop.is_quoted or stop.closes.endswith((".", "!", "?")):
        return True
    if stop.closes or stop.note:
        return stop.note.lstrip().startswith("[")
    if word.lower() in words.within or next_sign.isdigit():
        return False
    if len(word) == 1 and word.islower():
        return True
    return (_ends_at_initial if len(word) == 1 else _ends_at_abbreviation)(stop, words, word)


def _is_short(word: str, words: Boundaries) -> bool:
    """Whether a full stop behind a word may be that of an abbreviation or initial."""
    is_letter = len(word) == 1 and word.isalpha()
    return is_letter or word.lower() in words.abbreviations or bool(_DOTTED.fullmatch(word))


def _ends_at_initial(stop: _Stop, words: Boundaries, letter: str) -> bool:
    """Whether a single letter ends a sentence: ``World War I.``, ``Mr. X.``, but not ``J. Smith``."""
    before, ahead = stop.before(letter), stop.ahead()
    if not before or ahead[0].endswith("."):
        return False
    last = before[-1].lower()
    is_pronoun = letter == "I" and before[-1].isalpha() and before[-1].islower()
    is_label = last in words.labels or (is_pronoun and last not in words.phrases)
    return is_label or _opens(ahead, words)


def _ends_at_abbreviation(stop: _Stop, words: Boundaries, word: str) -> bool:
    low, is_capital = word.lower(), word[0].isupper()
    before, ahead = stop.before(word), stop.ahead()
    opens = _opens(ahead, words)
    if low in words.titles and is_capital:
        return opens and low in words.closing
    if low in words.numbered:
        return stop.first > stop.after or not _is_numeral(ahead[0], low)
    if low in words.ending:
        return not is_capital or ahead[0].rstrip(".").lower() not in words.days | words.ending
    if low in words.states and not is_capital:
        return True
    if opens or not before or _is_phrase(before, words):
        return opens
    if low in words.hours:
        return not _is_timed(before, ahead, words)
    # "U.S. Steel", "the U.S. Sanctions against"
    if low in words.countries and (before[-1] != "the" or {*ahead[1:2]} & words.phrases):
        return False
    may_end = low in words.closing or low in words.states or low in words.countries
    is_marked = stop.first > stop.after
    return may_end and (is_marked or _is_new(ahead, words, names=before[-1].endswith((",", "-"))))


def _opens(ahead: list[str], words: Boundaries) -> bool:
    """Whether words that come capitalised show by themselves that they begin a sentence."""
    return _STEM.split(ahead[0])[0].lower() in words.starters or ahead[0] in _FORMS_OF_ADDRESS


def _is_new(ahead: list[str], words: Boundaries, names: bool) -> bool:
    """Whether what follows is no title or noun that belongs to the abbreviation before it.

    One capitalised word is it (``Shares fell``), several only where `names` may come.
    """
    run = list(takewhile(lambda token: token[0].isupper() or token in _JOINS, ahead))
    if ahead[0].endswith(".") or any(_STEM.split(one)[0].lower() in words.heads for one in run[:3]):
        return False
    follows = ahead[1:2] != [] and ahead[1][0].islower() and ahead[1] not in words.heads
    return names or (len(run) == 1 and follows)


def _is_phrase(before: list[str], words: Boundaries) -> bool:
    """Whether a sentence would have no verb yet: ``At 9 a.m.``, ``In the U.S.``."""
    if len(before) > 6 or before[0].lower() not in words.phrases:
        return False
    return all(not word[0].islower() or word in words.phrases for word in before)


def _is_timed(before: list[str], ahead: list[str], words: Boundaries) -> bool:
    """Whether an hour goes on: ``9 a.m. Monday``, ``5 p.m. Moscow time``, ``the 9 a.m. Mass``."""
    low = [_STEM.split(token)[0].lower() for token in ahead[:2]]
    zone = (
        low[0] in words.days | words.ending
        or _ZONE.fullmatch(ahead[0].replace(".", ""))
        or low[1:] == ["time"]
    )
    return bool(zone) or not _ARTICLES.isdisjoint(map(str.lower, before[-3:-1]))


def _is_numeral(token: str, low: str) -> bool:
    """Whether a capital is a number: ``Art. V``, ``App. B``; ``no. I left`` begins a sentence."""
    if token in ("A", "I"):
        return low != "no"
    return len(token.rstrip(".")) == 1 or _ROMAN.fullmatch(token.rstrip(".")) is not None


@cache
def _report(words: Boundaries) -> re.Pattern[str]:
    """A name and a verb of asking, behind a quoted question: ``Ms. Lee asked``."""
    name, verbs = r"(?:[A-ZÀ-Þ][\w.’'-]*|v[ao]n|de[rn]?|al-\w+)", "|".join(sorted(words.asking))
    return re.compile(rf"(?:{name}\s+){{1,5}}(?:\w+ly\s+)?(?:{verbs})\b")
