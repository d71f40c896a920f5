"""Raw text to lines, lines to paragraphs, and the reading of a span.

A *reading* is the text as people see it: no bullets, no outer white space, no invisible
characters, and a word that a line end broke whole again. It is kept as a list of edits, so that
every place in it leads back to the raw characters that it stands for.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache, cached_property
from importlib.util import find_spec
from itertools import accumulate, compress, groupby, pairwise
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

__all__ = ["LINE", "TERMINAL", "Reading", "Unit", "clean", "line_starts", "units"]

LINE = re.compile(r"([^\r\n]*)(\r\n|\n|\r|\Z)")
"""A line as an editor counts them, and its end."""

TERMINAL = re.compile(r"[.!?…][\"”’'»)\]“‘«]*$|[,;:][\"”’'»“‘«]+$")
"""The end of a line that is a sentence: a stop, or any mark inside a closing quotation mark."""

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")

# Soft hyphen, zero-width space, marks of direction, word joiner, signs of formulas, byte-order mark,
# and what stands for a picture in pasted text. The joiners of letters are no part of it: emoji and
# Persian words need them. What overrides the direction of text is left out at its ends alone, where
# pages with Arabic or Hebrew in them leave it; inside, where it can make a text look like another,
# it stays.
_INVISIBLE = (
    "\u00ad\u061c\u180e\u200b\u200e\u200f\u202a\u202b\u202c\u2060\u2061\u2062\u2063\u2064"
    "\u2066\u2067\u2068\u2069\ufeff\ufff9\ufffa\ufffb\ufffc"
)
_OVERRIDING = "\u202d\u202e"
_FARTHEST = (
    1_000  # characters behind an override in which its end is sought, so that time is linear
)
_WHITE = "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_BREAK = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_SPACE = rf"[\s{_INVISIBLE}]*"
_BULLET = re.compile(rf"{_SPACE}(?:[•●▪◦‣⁃∙■►✓]|[*–—-](?=[{_INVISIBLE}]*\s)){_SPACE}(?=\S)")
_OUTER = re.compile(rf"[\s{_INVISIBLE}{_OVERRIDING}]*")
# White space or an invisible character that is more than plain spaces, and what is behind it.
_GAP = re.compile(rf"[{_WHITE}{_INVISIBLE}\n\r\v\f\x1c-\x1f\x85\u2028\u2029]{_SPACE}")
_READ_AS = dict.fromkeys(map(ord, _INVISIBLE)) | dict.fromkeys(map(ord, _WHITE), " ")
_ODD = re.compile(rf"[{_WHITE}]|[{_INVISIBLE}]+")
_WIDE = re.compile(r"[\x00-\x7f]?[^\x00-\x7f]+")
# Letters that typesetters join, hyphens that do not break, and signs behind a letter of the Latin,
# Greek or Cyrillic script that tell how to draw it.
_DRAWN = re.compile("[\u034f\u200c\u200d\u2010\u2011\ufb00-\ufb06\ufe00-\ufe0f]+")
# What is printable, but not as it is read.
_DIFFERING = re.compile("[\u034f\u2010\u2011\ufb00-\ufb06\ufe00-\ufe0f\ufffc]")
_ALPHABETIC = re.compile("[A-Za-z\u00c0-\u052f\u1e00-\u1fff]")

# Characters of the narrowest column, as in a newspaper; menus of phones have shorter lines.
COLUMN = 25
# Characters of a column of which a single broken line is enough to tell it, as in e-mail.
WIDE_COLUMN = 60
RAGGED = 8  # characters by which the lines of a column differ that was broken by hand
# Characters of a broken line on a page with few of them, where shorter ones are entries of menus.
LONG_COLUMN = 40
_HYPHENS = "-‐‑¬"
# Parts of compounds that keep their hyphen when a line ends in it ("anti-/terrorist", "state-/run"),
# unless the two are a word ("anti-/cipate"); any other word that goes on in lower case was broken by
# the typesetter ("inter-/national").
_FIRST_PARTS = frozenset(
    ["all", "anti", "co", "cross", "double", "eight", "eighty", "ex", "far", "fifty", "first", "five",
     "forty", "four", "full", "half", "hard", "high", "ill", "large", "last", "left", "long", "low",
     "mid", "neo", "nine", "ninety", "non", "now", "old", "one", "open", "post", "pro",
     "right", "second", "self", "semi", "seven", "seventy", "short", "single", "six", "sixty",
     "small", "so", "soon", "state", "ten", "then", "third", "thirty", "three", "top", "twenty",
     "two", "vice", "well", "world", "year"]
)  # fmt: skip
_LAST_PARTS = frozenset(
    ["aligned", "backed", "based", "born", "brokered", "building", "controlled", "era", "focused",
     "friendly", "funded", "general", "held", "hit", "home", "in", "installed", "led", "level",
     "linked", "made", "making", "mandated", "off", "old", "on", "out", "owned", "range", "related",
     "rich", "run", "scale", "sized", "speaking", "sponsored", "style", "supplied", "term", "time",
     "torn", "trained", "up", "wide", "year"]
)  # fmt: skip
_LAST_LETTERS = re.compile(r"[^\W\d_]+\Z")
_LETTERS = re.compile(r"[^\W\d_]+")
# What follows a hyphen that stands for the rest of a word: "small- and medium-sized".
_SUSPENDED = re.compile(r"(?:and|or|nor|to)\b")


def line_starts(raw: str) -> list[int]:
    """Return the offset at which each line of a text begins, as an editor counts lines.

    Parameters
    ----------
    raw : str
        With any line ends; a last line end is followed by an empty line.

    Examples
    --------
    >>> line_starts("One\\r\\ntwo\\n")
    [0, 5, 9]
    """
    return [0, *(match.end() for match in LINE.finditer(raw) if match[2])]


def plain(text: str) -> str:
    """Return the words of a text in lower case, one space between them.

    Parameters
    ----------
    text : str
        Any.
    """
    return " ".join(WORD.findall(text.lower().replace("’", "'")))


class Reading:
    """A raw span as it is read (its `text`: see `clean`), and the way back.

    Parameters
    ----------
    span : str
        A piece of a raw document.
    keep_lines : bool
        Keep line breaks as they are, each line cleaned.

    Examples
    --------
    >>> reading = Reading("  • The talks of Wednes-\\n    day. ")
    >>> reading.text
    'The talks of Wednesday.'
    >>> start, end = reading.raw(13, 22)
    >>> reading.span[start:end]
    'Wednes-\\n    day'
    """

    def __init__(self, span: str, keep_lines: bool = False) -> None:
        self.span = span
        self._edits: list[tuple[int, int, str]] = []
        if _is_plain(span):
            self.text = span
            return
        self._edits = _edits(span, keep_lines)
        pieces, reached = [], 0
        for start, end, new in self._edits:
            pieces += [span[reached:start], new]
            reached = end
        self.text = "".join([*pieces, span[reached:]])

    @cached_property
    def _places(self) -> list[tuple[int, int]]:
        """Where each edit's replacement begins and ends in the text."""
        grown = (len(new) - (end - start) for start, end, new in self._edits)
        shifts = zip(self._edits, accumulate(grown, initial=0), strict=False)
        return [(start + shift, start + shift + len(new)) for (start, _, new), shift in shifts]

    @property
    def is_worded_alike(self) -> bool:
        """Whether its words are those of the span, letter by letter."""
        last = len(self.span)
        return all(
            new == " " or (not new and (start == 0 or end == last))
            for start, end, new in self._edits
        )

    def place(self, offset: int) -> int:
        """Return where a raw offset falls in the text.

        One in what the reading leaves out falls on the character that follows, or on the end.

        Parameters
        ----------
        offset : int
            In `span`; one outside it counts as its nearest end.
        """
        offset = min(max(offset, 0), len(self.span))
        i = bisect_right(self._edits, offset, key=itemgetter(0)) - 1
        if i < 0:
            return offset
        (start, end, _), (first, last) = self._edits[i], self._places[i]
        return first if offset == start else last + max(0, offset - end)

    def raw(self, start: int, end: int) -> tuple[int, int]:
        """Return the half-open raw offsets of what a piece of the text is read from.

        Parameters
        ----------
        start, end : int
            Of the piece, in `text`; ``start < end``.
        """
        if not self._edits:
            return start, end
        i = bisect_right(self._places, start, key=itemgetter(1)) - 1
        first = start if i < 0 else self._edits[i][1] + start - self._places[i][1]
        i = bisect_left(self._places, end, key=itemgetter(0)) - 1
        last = end if i < 0 else self._edits[i][1] + max(0, end - self._places[i][1])
        return first, max(first, last)


def _is_plain(span: str) -> bool:
    """Whether a span is its own reading, as most are: without line ends, bullets and odd signs."""
    if not span.isprintable() or span[:1] == " " or span[-1:] == " " or _BULLET.match(span):
        return False
    if span.isascii():
        return True
    return _DIFFERING.search(span) is None and unicodedata.is_normalized("NFC", span)


def _edits(span: str, keep_lines: bool) -> list[tuple[int, int, str]]:
    """What differs between a raw span and its reading, in order: start, end, what is read there."""
    first, last = _trimmed(span)
    edits = [(0, first, "")] if first else []
    for gap in _GAP.finditer(span, first, last):
        start, end = gap.span()
        while start > first and span[start - 1] == " ":
            start -= 1
        if edits and start < edits[-1][1]:  # the white space behind a bullet
            continue
        if _BREAK.search(gap[0]) is None:
            for match in _ODD.finditer(span, start, end):
                closing = "\u202c" in match[0] and _is_overriding(span, match.start())
                edits.append((*match.span(), "\u202c" * closing or match[0].translate(_READ_AS)))
            continue
        end = _behind_bullet(span, end, last)
        start, new = (start, "\n") if keep_lines else _joint(span, start, end)
        if new != span[start:end]:
            edits.append((start, end, new))
    if last < len(span):
        edits.append((last, len(span), ""))
    letters = [] if span.isascii() else [*_composed(span), *_drawn(span)]
    return _in_order([*edits, *letters]) if letters else edits


def _is_overriding(span: str, at: int) -> bool:
    """Whether text before an offset has its direction overridden, with no mark yet that ends it."""
    near = span[max(0, at - _FARTHEST) : at]
    return max(near.rfind(sign) for sign in _OVERRIDING) > near.rfind("\u202c")


def _in_order(edits: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Edits in the order of their places; of two that overlap the first, or the longer."""
    kept: list[tuple[int, int, str]] = []
    for edit in sorted(edits, key=lambda edit: (edit[0], -edit[1])):
        if not kept or edit[0] >= kept[-1][1]:
            kept.append(edit)
    return kept


def _trimmed(span: str) -> tuple[int, int]:
    """The offsets of a span without outer white space, invisible characters and its bullet."""
    outer, last = _OUTER.match(span), len(span)
    first = outer.end() if outer else 0
    while last > first and _OUTER.fullmatch(span, last - 1, last):
        last -= 1
    return min(_behind_bullet(span, first, last), last), last


def _behind_bullet(span: str, start: int, stop: int) -> int:
    """The end of a bullet with which a line begins; a line of nothing but marks has none."""
    bullet, line = _BULLET.match(span, start, stop), LINE.match(span, start, stop)
    worded = line is not None and any(map(str.isalnum, line[0]))
    return bullet.end() if bullet is not None and worded else start


def _joint(span: str, start: int, end: int) -> tuple[int, str]:
    """What a line end inside a paragraph is read as: nothing in a broken word, else a space."""
    if span[start] == "\u00ad":
        return start, ""
    before = unicodedata.normalize("NFC", span[max(0, start - 30) : start])
    sign, letter, after = before[-1:], before[-2:-1], span[end : end + 1]
    if sign == "–":  # a range of years
        return (start, "") if letter.isdigit() and after.isdigit() else (start, " ")
    attached = sign in _HYPHENS and not letter.isspace() and letter not in "-–—"
    if not (sign and letter and attached and after.isalnum()) or _SUSPENDED.match(span, end):
        return start, " "
    first, second = _LAST_LETTERS.search(before[:-1]), _LETTERS.match(span, end)
    broken = first and second and _is_broken(first[0], second[0])
    return (start - 1, "") if broken else (start, "")


def _is_broken(first: str, second: str) -> bool:
    """Whether a line end broke a word, and no compound: ``Wednes-/day``, not ``two-/year``."""
    if not second[0].islower():
        return False
    compound = first.lower() in _FIRST_PARTS or second.lower() in _LAST_PARTS
    return not compound or _is_word(first.lower() + second.lower())


def _is_word(word: str) -> bool:
    """Whether an English word is known, or what it is an inflection of."""
    known = _english()
    stems = (word.removesuffix(ending) for ending in ("", "s", "es", "d", "ed", "ing", "ly"))
    return any(stem in known for stem in stems)


@cache
def _english() -> frozenset[str]:
    """The words of TextBlob's list for spelling."""
    found = find_spec("textblob")
    folder = found.submodule_search_locations if found else None
    if not folder:
        return frozenset()
    text = Path(folder[0], "en", "en-spelling.txt").read_text(encoding="utf-8")
    return frozenset(line.split(" ")[0] for line in text.splitlines() if line[:1].isalpha())


def _drawn(span: str) -> Iterator[tuple[int, int, str]]:
    """Letters and hyphens that are drawn in another way, as those they are."""
    for run in _DRAWN.finditer(span):
        behind_letter = _ALPHABETIC.match(span, max(0, run.start() - 1)) is not None
        for place, sign in enumerate(run[0], start=run.start()):
            plain = "-" if sign in _HYPHENS else unicodedata.normalize("NFKC", sign)
            if plain == sign and behind_letter:
                yield place, place + 1, ""
            elif plain != sign:
                behind_letter = plain.isalpha()
                if not unicodedata.combining(span[place + 1 : place + 2] or " "):
                    yield place, place + 1, plain


def _composed(span: str) -> Iterator[tuple[int, int, str]]:
    """Letters written as a base and its accents, each as the one character of NFC."""
    if unicodedata.is_normalized("NFC", span):
        return
    for run in _WIDE.finditer(span):
        starts = [i for i in range(*run.span()) if i == run.start() or not _goes_on(span[i])]
        for start, end in pairwise([*starts, run.end()]):
            new = unicodedata.normalize("NFC", span[start:end])
            if new != span[start:end]:
                yield start, end, new


def _goes_on(sign: str) -> bool:
    """Whether a character is part of the one before it: an accent, or a Hangul vowel or final."""
    return unicodedata.combining(sign) > 0 or "\u1160" <= sign <= "\u11ff"


def clean(span: str, keep_lines: bool = False) -> str:
    """Return the reading of a raw span: NFC, plain spaces, no bullets, no outer white space.

    Invisible characters (zero-width space, soft hyphen, marks of direction) are left out.

    Parameters
    ----------
    span : str
        A piece of a raw document.
    keep_lines : bool
        Keep line breaks as they are (each line cleaned); otherwise a break is
        read as a space, and as nothing inside a word that it breaks.

    Examples
    --------
    >>> clean("  • Mr.\\u00a0Lavrov\\n    spoke on Wednes-\\nday. ")
    'Mr. Lavrov spoke on Wednesday.'
    """
    return span if _is_plain(span) else Reading(span, keep_lines).text


# Lines that are one paragraph ----------------------------------------------------------------


class Unit(NamedTuple):
    """Lines that belong together: offsets, line numbers and the cleaned text."""

    start: int
    end: int
    first: int
    last: int
    text: str
    bullet: bool


def units(raw: str) -> Iterator[Unit]:
    """Yield the paragraphs of a page: its lines that are not blank, hard-wrapped ones joined.

    Parameters
    ----------
    raw : str
        The page as plain text, with any line ends.

    Examples
    --------
    >>> [unit.text for unit in units("One.\\n\\n  • Two.\\n")]
    ['One.', 'Two.']
    """
    lines = [
        Unit(start, start + len(line), number, number, clean(line), bool(_BULLET.match(line)))
        for number, start, line in _printed(raw)
    ]
    paragraph: list[Unit] = []
    for line, goes_on in zip(lines, _goes_on_below(lines), strict=True):
        paragraph.append(line)
        if not goes_on:
            yield joined(raw, paragraph)
            paragraph = []


def _printed(raw: str) -> Iterator[tuple[int, int, str]]:
    """The lines that are not blank: number, offset and text."""
    number = reached = 0
    for row in raw.split("\n"):
        start = reached
        for line in row.removesuffix("\r").split("\r") if "\r" in row else (row,):
            number += 1
            if line and not line.isspace():
                yield number, start, line
            start += len(line) + 1
        reached += len(row) + 1


def joined(raw: str, lines: Sequence[Unit]) -> Unit:
    """Return several units as one.

    Parameters
    ----------
    raw : str
        The page as plain text.
    lines : sequence of Unit
        At least one.
    """
    if len(lines) == 1:
        return lines[0]
    text = clean(raw[lines[0].start : lines[-1].end])
    return lines[0]._replace(end=lines[-1].end, last=lines[-1].last, text=text)


def _goes_on_below(lines: Sequence[Unit]) -> list[bool]:
    """Whether each line goes on in the next, because a column ended and not the paragraph."""
    tight = [b.first == a.last + 1 and not b.bullet for a, b in pairwise(lines)]
    if not any(tight):
        return [False] * len(lines)
    broken = [
        near and _breaks_off(a, b) for near, (a, b) in zip(tight, pairwise(lines), strict=True)
    ]
    width = _column(lines, tight, broken)
    goes_on = _ending(lines, broken) if width is None else _filled(lines, tight, broken, width)
    return [*goes_on, False]


def _column(lines: Sequence[Unit], tight: Sequence[bool], broken: Sequence[bool]) -> int | None:
    """The width of the column that a text is set in; None where too few of its lines break off."""
    lengths = [len(line.text) for line in compress(lines, broken)]
    few = len(lengths) < 3 and min(lengths, default=0) < WIDE_COLUMN
    # A menu has some entries in lower case, prose a line break before such a word every other line.
    if few or 4 * len(lengths) < sum(tight):
        return None
    unended = (len(line.text) for line in compress(lines, tight) if not _ends(line))
    return max(length for length in unended if length <= max(lengths) + RAGGED)


def _filled(
    lines: Sequence[Unit], tight: Sequence[bool], broken: Sequence[bool], width: int
) -> list[bool]:
    """A column's line goes on when it breaks off or is full; all between blanks when none ends early."""
    pairs = zip(tight, broken, pairwise(lines), strict=True)
    goes_on = [near and (off or _is_full(a, b, width)) for near, off, (a, b) in pairs]
    for near, group in groupby(range(len(tight)), key=tight.__getitem__):
        run = list(group)
        if near and any(broken[i] for i in run) and not any(_ends_early(lines[i], width) for i in run):  # fmt: skip
            goes_on[run[0] : run[-1] + 1] = [True] * len(run)
    return goes_on


def _ending(lines: Sequence[Unit], broken: Sequence[bool]) -> list[bool]:
    """Where few lines are broken, only those count that lead to the end of a sentence.

    They are long, as links in lower case are not, or a word is broken beside them.
    """
    goes_on = [False] * len(broken)
    for is_broken, group in groupby(range(len(broken)), key=broken.__getitem__):
        run = list(group)
        cut = any(_cuts_a_word(lines[i]) for i in run)
        leads = is_broken and _ends(lines[run[-1] + 1])
        for i in reversed(run):
            leads = leads and (cut or len(lines[i].text) >= LONG_COLUMN)
            goes_on[i] = leads
    return goes_on


def _breaks_off(line: Unit, after: Unit) -> bool:
    """A line that breaks off at a column's width and goes on in lower case, or within a word."""
    if not after.text[:1].islower():
        return False
    if _cuts_a_word(line):
        return True
    length = len(line.text)
    return COLUMN <= length <= 120 and len(after.text) <= length + 15 and not _ends(line)


def _cuts_a_word(line: Unit) -> bool:
    return line.text.endswith(("-", "¬")) and line.text[-2:-1].isalpha()


def _ends(line: Unit) -> bool:
    return bool(TERMINAL.search(line.text[-8:]))


def _is_full(line: Unit, after: Unit, width: int) -> bool:
    """Whether the next word would not have fitted on a line."""
    word = after.text.split(maxsplit=1)[0] if after.text else ""
    return len(line.text) <= width < len(line.text) + 1 + len(word)


def _ends_early(line: Unit, width: int) -> bool:
    """Whether a line ends where its column does not: the end of a paragraph, a title, a name."""
    return len(line.text) < (0.8 if _ends(line) else 0.5) * width
