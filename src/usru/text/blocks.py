"""Raw text to blocks: which lines of a page dump belong together, and what each run is.

The reading goes from the sure to the likely. Lines are first joined where they are one
hard-wrapped paragraph. Then *cues* label what shows its kind on its face: a date line, a credit,
a menu entry. Cues by shape are code, cues by phrase are data (``data/codebook/outlets.toml``).
What no cue settles is settled by *position*: three landmarks, the headline, the end of the story
and the start of the readers' comments, say whether a paragraph is the outlet's text, a caption or
furniture. The rule that gave a block its kind is kept in its row.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

import pandas as pd

from usru import schema
from usru.errors import InputError
from usru.manifest import read_toml, shipped

__all__ = ["clean", "content", "find", "lines", "places"]

LONGEST_FURNITURE = 300
"""Characters; a longer line is prose, so that no phrase pattern ever meets an unbounded text."""


@dataclass(frozen=True)
class Unit:
    """Lines that belong together: offsets, line numbers and the cleaned text."""

    start: int
    end: int
    first: int
    last: int
    text: str
    bullet: bool


@dataclass(frozen=True)
class Label:
    kind: str
    rule: str


def find(raw: str, outlet: str | None = None, codebook: str | Path | None = None) -> pd.DataFrame:
    """Divide a page dump into blocks and say what each one is.

    Parameters
    ----------
    raw : str
        The page as plain text, with any line ends.
    outlet : str, optional
        The outlet's name in ``outlets.toml``, to add its own furniture to what
        many sites share. An outlet that is not in the file adds nothing.
    codebook : path, optional
        A folder with an ``outlets.toml`` of its own, which adds to that of the package.

    Returns
    -------
    pandas.DataFrame
        One row a block, in page order: `block` (from 0), `kind`, `rule`,
        `line_start` and `line_end` (from 1, inclusive), `start` and `end`
        (half-open character offsets of those whole lines) and `text`. Every
        line that is not blank belongs to exactly one block. A text without
        any gives a frame without rows.

    Raises
    ------
    InputError
        When ``outlets.toml`` has an unknown entry or a pattern that does not compile.

    Notes
    -----
    Linear in the length of `raw`.

    Examples
    --------
    >>> page = "Menu\\n\\nEnvoys meet in Vienna again\\n\\nBy Ann Lee\\n\\nTwo envoys met in Vienna on Monday.\\n"
    >>> find(page)[["kind", "line_start", "text"]]
           kind  line_start                                 text
    0       nav           1                                 Menu
    1  headline           3          Envoys meet in Vienna again
    2    byline           5                           By Ann Lee
    3      body           7  Two envoys met in Vienna on Monday.
    """
    units = list(_units(raw))
    cues = _cues(outlet, Path(codebook) if codebook else shipped() / "codebook")
    labels = _Page(units, cues).labels()
    rows = [
        {
            "kind": label.kind,
            "rule": label.rule,
            "line_start": unit.first,
            "line_end": unit.last,
            "start": unit.start,
            "end": unit.end,
            "text": clean(raw[unit.start : unit.end], keep_lines=label.kind == "comment"),
        }
        for unit, label in _merged(units, labels)
    ]
    for number, row in enumerate(rows):
        row["block"] = number
    return schema.frame("blocks", rows, without="doc_id")


def line_starts(raw: str) -> list[int]:
    """Return the offset at which each line of a text begins, as an editor counts lines.

    Examples
    --------
    >>> line_starts("One\\r\\ntwo\\n")
    [0, 5, 9]
    """
    return [0, *(found.end() for found in _BREAK.finditer(raw))]


def lines(raw: str, blocks: pd.DataFrame) -> pd.DataFrame:
    """Return the lines of a page that are not blank, each with the block it belongs to.

    Parameters
    ----------
    raw : str
        The page as plain text.
    blocks : pandas.DataFrame
        Its blocks, as `find` gives them.

    Returns
    -------
    pandas.DataFrame
        One row a line: `line` (from 1), `block`, `kind`, `rule`, `start`, `end`.

    Examples
    --------
    >>> page = "Envoys meet again\\n\\nTwo envoys met in Vienna on Monday for new talks.\\n"
    >>> lines(page, find(page))["kind"].tolist()
    ['headline', 'body']
    """
    printed = [
        (number, match.start(1), match.end(1))
        for number, match in enumerate(_LINE.finditer(raw), start=1)
        if match[1].strip()
    ]
    rows = []
    at = iter(blocks.itertuples())
    block = next(at, None)
    for number, start, end in printed:
        while block is not None and block.line_end < number:
            block = next(at, None)
        if block is not None:
            rows.append(
                {"line": number, "block": block.block, "kind": block.kind, "rule": block.rule,
                 "start": start, "end": end}
            )  # fmt: skip
    return schema.frame("lines", rows, without="doc_id")


_LINE = re.compile(r"([^\r\n]*)(\r\n|\n|\r|\Z)")
_BREAK = re.compile(r"\r\n|\n|\r")
_BULLET = re.compile(r"\s*(?:[•●▪◦‣⁃∙■►✓]\s*|[*–—-]\s+)(?=\S)")
_GAP = re.compile(r"\A\s*|\s+")
"""The beginning of a text, and every gap in it."""
_BARE = str.maketrans(
    {"\u00a0": " ", "\u202f": " ", "\u2007": " "} | dict.fromkeys("\u200b\u2060\ufeff\u00ad", "")
)
_TERMINAL = re.compile(r"[.!?…][\"”’'»)\]]*$|[,;:][\"”’'»]+$")
_INNER_STOP = re.compile(r"(?<![\d])[.!?][\"”’']? \S")
_VERB = re.compile(
    r"\b(?:said|says|told|called|added|asked|will|would|has|have|had|was|were|is|are|can|could|\w{3,}ed)\b"
)
_PLACED = re.compile(r" [-–|·] ")
_DATELINE = re.compile(
    r"[A-Z][A-Z .'-]{2,}(?:, [A-Z][\w. ]{2,20})?(?: ?\([^()]{2,20}\)| ?/[^/]{2,20}/)? ?(?:[-–—]+|\.) "
)
_AGO = re.compile(r"(?:\d+|an?) (?:sec|min|hour|hr|day|week|month|year)\w* ago", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")


def clean(span: str, keep_lines: bool = False) -> str:
    """Return the reading of a raw span: NFC, plain spaces, no bullets, no outer white space.

    Parameters
    ----------
    span : str
        A piece of a raw document.
    keep_lines : bool
        Keep line breaks as they are (each line cleaned); otherwise a break is
        read as a space.

    Returns
    -------
    str
        The cleaned text; invisible characters (zero-width space, soft hyphen)
        are left out.

    Examples
    --------
    >>> clean("  • Mr.\\u00a0Lavrov\\n    spoke. ")
    'Mr. Lavrov spoke.'
    """
    lines = [
        _without_bullet(line.strip())
        for line in unicodedata.normalize("NFC", span).translate(_BARE).splitlines()
    ]
    return ("\n" if keep_lines else " ").join(filter(None, lines))


def content(raw: str, start: int, end: int) -> tuple[int, int]:
    """Return the offsets of a block without its bullet and outer white space.

    Examples
    --------
    >>> content("  • One. ", 0, 9)
    (4, 8)
    """
    bullet = _BULLET.match(raw, start, end)
    if bullet:
        start = bullet.end()
    span = raw[start:end]
    return start + len(span) - len(span.lstrip()), start + len(span.rstrip())


def places(span: str, offsets: Sequence[int], keep_lines: bool = False) -> list[int]:
    """Return where offsets in a raw span fall in its reading.

    Parameters
    ----------
    span : str
        A piece of a raw document.
    offsets : sequence of int
        Character offsets in `span`; one outside it counts as its nearest end.
    keep_lines : bool
        As for `clean`.

    Returns
    -------
    list of int
        For each offset its place in ``clean(span, keep_lines)``. What the
        reading leaves out takes no room: an offset in it falls on the
        character that follows, and behind the last one on the end.

    Notes
    -----
    Linear in the length of `span`.

    Examples
    --------
    >>> places("  • Mr.\\u00a0Lavrov\\n    spoke. ", [4, 8, 14, 24])
    [0, 4, 10, 16]
    """
    settled = _settled(span, offsets)
    mark = next(sign for sign in map(chr, range(0xE000, 0xF900)) if sign not in span)
    cuts = sorted(set(settled))
    pieces = [span[a:b] for a, b in pairwise([0, *cuts, len(span)])]
    lengths = accumulate(map(len, clean(mark.join(pieces), keep_lines).split(mark)))
    place = dict(zip(cuts, lengths, strict=False))
    length = len(clean(span, keep_lines))
    return [min(place[offset], length) for offset in settled]


def _settled(span: str, offsets: Sequence[int]) -> list[int]:
    """Offsets moved on to a sign that the reading keeps, so that a mark there changes nothing."""
    gaps: list[tuple[int, int]] = []
    for match in _GAP.finditer(span):
        bullet = (
            _BULLET.match(span, match.start()) if not match.start() or "\n" in match[0] else None
        )
        if not gaps or match.start() >= gaps[-1][1]:
            gaps.append((match.start(), bullet.end() if bullet else match.end()))
    starts, last = [start for start, _ in gaps], len(span.rstrip())
    settled = []
    for offset in offsets:
        offset = min(max(offset, 0), last)
        while offset < last and unicodedata.combining(span[offset]):
            offset += 1
        start, end = gaps[bisect_right(starts, offset) - 1]
        settled.append(min(end, last) if start < offset < end or start == offset == 0 else offset)
    return settled


def _without_bullet(line: str) -> str:
    bullet = _BULLET.match(line)
    return line[bullet.end() :] if bullet and any(map(str.isalnum, line)) else line


# Lines that are one paragraph ----------------------------------------------------------------


def _units(raw: str) -> Iterator[Unit]:
    lines = [
        Unit(
            match.start(1),
            match.end(1),
            number,
            number,
            clean(match[1]),
            bool(_BULLET.match(match[1])),
        )
        for number, match in enumerate(_LINE.finditer(raw), start=1)
        if match[1].strip()
    ]
    width = _wrap_width(lines)
    broken = _broken_off(lines) if width is None else []
    paragraph: list[Unit] = []
    for i, line in enumerate(lines):
        goes_on = broken[i - 1] if width is None else _continues(lines[i - 1], line, width)
        if paragraph and not goes_on:
            yield _joined(paragraph)
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield _joined(paragraph)


def _joined(lines: Sequence[Unit]) -> Unit:
    text = " ".join(line.text for line in lines)
    return replace(lines[0], end=lines[-1].end, last=lines[-1].last, text=text)


def _runs_on(line: Unit, after: Unit) -> bool:
    """A sentence that breaks off at a column's width and goes on in lower case."""
    return (
        after.first == line.last + 1
        and not after.bullet
        and 40 <= len(line.text) <= 120
        and len(after.text) <= len(line.text) + 15
        and after.text[:1].islower()
        and not _TERMINAL.search(line.text)
    )


def _wrap_width(lines: Sequence[Unit]) -> int | None:
    """Column at which a page's paragraphs are wrapped, or None where they are not."""
    pairs = [(a, b) for a, b in pairwise(lines) if b.first == a.last + 1]
    broken = [len(a.text) for a, b in pairs if _runs_on(a, b)]
    return max(broken) if len(broken) >= 3 and len(broken) * 4 >= len(pairs) else None


def _broken_off(lines: Sequence[Unit]) -> list[bool]:
    """Whether each line goes on in the next, in a run of lines that ends with its sentence."""
    broken = [False] * len(lines)
    for i in range(len(lines) - 2, -1, -1):
        ends = broken[i + 1] or bool(_TERMINAL.search(lines[i + 1].text))
        broken[i] = _runs_on(lines[i], lines[i + 1]) and ends
    return broken


def _continues(line: Unit, after: Unit, width: int) -> bool:
    if after.first != line.last + 1 or after.bullet:
        return False
    word = after.text.split(maxsplit=1)[0] if after.text else ""
    return len(line.text) <= width < len(line.text) + 1 + len(word)


# Cues: what shows its kind on its face ---------------------------------------------------------

_NAME_WORD = r"[^\W\d_a-z][\w.'’\-]*"
_NAME = rf"{_NAME_WORD}(?: (?:de|da|di|du|van|von|der|den|bin|al|el|la|le|{_NAME_WORD})){{0,4}}"
_PHRASE_KINDS = {
    "separator": "separator", "comments": "nav", "keywords": "nav", "links": "nav", "tags": "tags",
    "byline": "byline", "bio": "byline", "related": "related", "nav": "nav", "caption": "caption",
    "credit": "credit",
}  # fmt: skip
_HEED_CASE = {"byline", "bio", "caption", "credit", "commenter"}
_WEAK = {"nav", "related", "comments", "links", "bio"}
_REPORTED = re.compile(r"(?:\S+ ){5}.*\b(?:said|told|added|asked|replied|warned)\b.*[.!?][\"”’']?$")
_LOOKALIKES = str.maketrans("АВЕКМНОРСТХасеорху", "ABEKMHOPCTXaceopxy")
_MONTH = r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
_DAY = r"mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs?(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?"
_DATE_LINE = re.compile(
    rf"(?:(?:{_MONTH}|{_DAY}|first|originally|published|updated?|modified|edited|posted|created|last|issue|online|"
    r"on|at|date|time|[ap]\.?m\.?|noon|midnight|local|z|t|ago|hours?|minutes?|mins?|(?-i:[A-Z]{2,4}))(?![^\W\d_])|"
    r"\d+(?:st|nd|rd|th|h)?|[\s,.:;/|()+\-–—·•])+",
    re.IGNORECASE,
)
_DATE = re.compile(
    rf"\b(?:{_MONTH})\b\D{{0,6}}\d|\d\W{{0,3}}(?:{_MONTH})\b|(?<![\w-])\d{{1,4}}[-/.]\d{{1,2}}[-/.]\d{{2,4}}(?![\w-])",
    re.IGNORECASE,
)


class Cues:
    """The phrases of ``outlets.toml`` for one outlet, and the shapes that need no phrase."""

    def __init__(self, phrases: Sequence[tuple[str, str, re.Pattern[str]]]) -> None:
        self._phrases = [entry for entry in phrases if entry[0] != "commenter"]
        self._commenter = [entry[2] for entry in phrases if entry[0] == "commenter"]

    def label(self, unit: Unit) -> Label | None:
        """The kind that a unit shows on its face, or None."""
        if not any(map(str.isalnum, unit.text)):
            return Label("separator", "no-letters")
        if len(unit.text) > LONGEST_FURNITURE:
            return None
        text = _latin(unit.text)
        if _DATE_LINE.fullmatch(text) and _DATE.search(text):
            return Label("timestamp", "date-line")
        for name, source, pattern in self._phrases:
            if pattern.fullmatch(text):
                if name in _WEAK and not source and _REPORTED.search(text):
                    return None
                return Label(_PHRASE_KINDS[name], f"{name}-phrase{source}")
        if _is_keyword_list(text):
            return Label("tags", "keyword-list")
        return None

    def names_commenter(self, unit: Unit) -> bool:
        """Whether a unit reads like the line that names who wrote a comment."""
        return len(unit.text) <= 90 and any(
            pattern.fullmatch(_latin(unit.text)) for pattern in self._commenter
        )


@cache
def _cues(outlet: str | None, codebook: Path) -> Cues:
    files = dict.fromkeys([codebook / "outlets.toml", shipped() / "codebook" / "outlets.toml"])
    tables = {path: read_toml(path) for path in files}
    own = [
        phrase
        for path, table in tables.items()
        for phrase in (
            _phrases(path, outlet, table.get(outlet, {}), " of the outlet") if outlet else []
        )
    ]
    shared = [
        phrase
        for path, table in tables.items()
        for phrase in _phrases(path, "every-outlet", table.get("every-outlet", {}), "")
    ]
    return Cues(own + shared)


def _phrases(
    path: Path, section: str, table: Mapping[str, Any], source: str
) -> list[tuple[str, str, re.Pattern[str]]]:
    known = [*_PHRASE_KINDS, "commenter"]
    if not isinstance(table, dict):
        raise InputError(f"{path}, {section}", "it is no table", f"write [{section}] above it")
    for name, patterns in table.items():
        if name not in known:
            raise InputError(
                f"{path}, [{section}]", f"{name!r} is no kind of phrase", f"use {', '.join(known)}"
            )
        if not isinstance(patterns, list) or not all(isinstance(p, str) for p in patterns):
            raise InputError(
                f"{path}, [{section}], {name}", "it is no list of texts", f'write {name} = ["…"]'
            )
    return [
        (name, source, _compiled(path, section, name, table[name]))
        for name in known
        if name in table
    ]


def _compiled(path: Path, section: str, name: str, patterns: Sequence[str]) -> re.Pattern[str]:
    flags = re.NOFLAG if name in _HEED_CASE else re.IGNORECASE
    for pattern in patterns:
        try:
            re.compile(pattern)
        except re.error as error:
            raise InputError(
                f"{path}, [{section}], {name}", f"{pattern!r} is no regular expression ({error})",
                "correct or remove it",
            ) from None  # fmt: skip
    return re.compile("|".join(f"(?:{p.replace('{NAME}', _NAME)})" for p in patterns), flags)


def _latin(text: str) -> str:
    """Read Cyrillic lookalikes inside an otherwise Latin line as the Latin letters they imitate."""
    folded = text.translate(_LOOKALIKES)
    return folded if folded.isascii() else text


def _is_keyword_list(text: str) -> bool:
    """Four or more short items between commas, not a sentence."""
    items = text.split(", ")
    return (
        len(items) >= 4
        and not _TERMINAL.search(text)
        and all(0 < len(item.split()) <= 4 for item in items)
        and not re.search(r"\b(?:and|or|but|is|are|was|were|has|have|said)\b", text)
    )


# Position: what the landmarks of the page decide -----------------------------------------------


class _Page:
    """The units of a page with their cues, read from its landmarks."""

    def __init__(self, units: Sequence[Unit], cues: Cues) -> None:
        self.units = units
        self.cues = cues
        self.seen = [cues.label(unit) for unit in units]
        self.words = [len(unit.text.split()) for unit in units]
        self.terminal = [bool(_TERMINAL.search(unit.text[-8:])) for unit in units]
        self.prose = [self._is_prose(i) for i in range(len(units))]
        if not any(self.prose):  # a story of short sentences only
            self.prose = [
                seen is None and words >= 4 and terminal
                for seen, words, terminal in zip(self.seen, self.words, self.terminal, strict=True)
            ]

    def _is_prose(self, i: int) -> bool:
        return (
            self.seen[i] is None
            and self.words[i] >= 8
            and (self.terminal[i] or self.words[i] >= 25)
        )

    def _settle_bios(self, stop: int) -> None:
        """A sentence about somebody is the author's note only where the story is over."""
        ahead = 0
        self.__dict__.pop("_prose_before", None)
        for i in reversed(range(stop)):
            seen = self.seen[i]
            if seen is not None and seen.rule.startswith("bio-phrase") and ahead >= 2:
                self.seen[i] = None
                self.prose[i] = self._is_prose(i)
            ahead += self.prose[i]

    def labels(self) -> list[Label]:
        """One label a unit, in page order."""
        headline = self._headline()
        first = headline + 1 if headline is not None else next(iter(self._where(self.prose)), 0)
        comments = self._comments_start(first)
        self._settle_bios(comments)
        end = self._story_end(first, comments)
        labels = [self._before(i, headline) for i in range(first)]
        if headline is not None:
            labels[headline] = Label("headline", "title-of-the-prose")
        labels += self._story(first, end)
        labels += self._after(end, comments)
        labels += self._comment_section(comments)
        return labels

    @cached_property
    def _prose_before(self) -> list[int]:
        return [0, *accumulate(map(int, self.prose))]

    def _prose_between(self, start: int, stop: int) -> int:
        return self._prose_before[stop] - self._prose_before[start]

    @staticmethod
    def _where(flags: Sequence[bool]) -> list[int]:
        return [i for i, flag in enumerate(flags) if flag]

    def _gap(self, i: int) -> bool:
        return i == 0 or self.units[i].first > self.units[i - 1].last + 1

    # The headline

    def _headline(self) -> int | None:
        """The title-like unit before the story's first paragraphs that shares most with its prose."""
        prose = self._where(self.prose)
        if not prose:
            return None
        vocabulary = {stem for i in prose for stem in _stems(self.units[i].text)}
        limit = prose[2] if len(prose) > 2 else prose[-1]
        opening = (i for i in prose if _DATELINE.match(self.units[i].text))
        limit = min(limit, next(opening, limit))  # nothing below a dateline is a headline
        scores = {
            i: self._headline_score(i, vocabulary, early=i < prose[0])
            for i in range(limit)
            if self.seen[i] is None and self.words[i] <= 30
        }
        best = max(scores.values(), default=0.0)
        if best <= 0:
            return None
        good = [i for i, score in scores.items() if score >= 0.6 * best and self.words[i] >= 5]
        return good[0] if good else max(scores, key=lambda i: (scores[i], -i))

    def _headline_score(self, i: int, vocabulary: set[str], early: bool) -> float:
        stems = _stems(self.units[i].text)
        if self.words[i] < 3 or not stems:
            return 0.0
        shared = sum(stem in vocabulary for stem in stems) / len(stems)
        several = bool(_INNER_STOP.search(self.units[i].text))
        full_stop = self.terminal[i] and not self.units[i].text.endswith(
            ("?", "!", "'", "’", "”", '"')
        )
        return (
            (0.1 + shared)
            * min(1.0, self.words[i] / 8)
            * (1.0 if early else 0.5)
            * (0.4 if full_stop or (several and self.terminal[i]) else 1.0)
        )

    def _before(self, i: int, headline: int | None) -> Label:
        seen = self.seen[i]
        if seen is not None:
            return seen
        if headline is not None and self.words[i] >= 12 and headline - i <= 3:
            return Label("caption", "sentence-above-the-headline")
        return Label("nav", "above-the-story")

    # The story

    def _story_end(self, first: int, stop: int) -> int:
        """One past the unit at which the balance of prose over furniture is highest."""
        best = total = 0.0
        end = first
        for i in range(first, stop):
            total += self._weight(i)
            if total > best and self.seen[i] is None:
                best, end = total, i + 1
        return end

    def _weight(self, i: int) -> float:
        seen = self.seen[i]
        if seen is None:
            if self.terminal[i] or self.units[i].text.endswith((":", ";")):
                return min(self.words[i], 30) / 10
            return 0.2 if self.words[i] > (3 if self.units[i].bullet else 12) else -0.5
        if seen.kind in ("caption", "credit", "separator", "timestamp", "byline"):
            return 0.0
        return -2.0 if seen.rule.startswith(("links", "keywords", "comments", "tags")) else -0.7

    def _story(self, first: int, stop: int) -> list[Label]:
        labels: list[Label] = []
        inserted = False
        for i in range(first, stop):
            seen = self.seen[i]
            if seen is not None:
                labels.append(seen)
                inserted = seen.rule.startswith("links") or (inserted and seen.kind == "nav")
                continue
            inserted = inserted and not (self.terminal[i] and self.words[i] >= 5)
            labels.append(self._outside(i, "links") if inserted else self._in_story(i, first, stop))
        return labels

    def _after(self, start: int, stop: int) -> list[Label]:
        labels: list[Label] = []
        section = ""
        for i in range(start, stop):
            seen = self.seen[i]
            if section == "keywords" and self._gap(i) and labels[-1].kind == "tags":
                section = ""
            if seen is None:
                labels.append(self._outside(i, section))
            elif seen.kind == "timestamp" and section:
                labels.append(Label("nav", "date-of-a-link"))
            else:
                labels.append(seen)
                if seen.rule.startswith(("links", "keywords", "comments")):
                    section = seen.rule.split("-")[0]
        return labels

    def _outside(self, i: int, section: str) -> Label:
        if section == "keywords" and self.words[i] <= 4 and not self.terminal[i]:
            return Label("tags", "short-line-under-a-label")
        following = self.seen[i + 1] if i + 1 < len(self.units) else None
        if (
            following is not None
            and following.rule.startswith("bio-phrase")
            and _is_names(self.units[i].text)
        ):
            return Label("byline", "name-above-a-bio")
        alone = section != "links" and not (self._is_title(i - 1) or self._is_title(i + 1))
        if self._is_title(i, 3 if section == "links" else 4) and not alone:
            return Label("related", "title-outside-the-story")
        return Label("nav", "outside-the-story")

    def _in_story(self, i: int, first: int, stop: int) -> Label:
        unit, words = self.units[i], self.words[i]
        after = self._next_kind(i, stop)
        opening = self._prose_between(first, i) == 0
        if after == "credit" and not self.terminal[i] and not unit.bullet:
            return Label("caption", "above-a-credit")
        beside_credit = i + 1 < stop and self.seen[i + 1] is not None and after == "credit"
        if beside_credit and self.prose[i] and opening:
            return Label("caption", "lead-sentence-above-a-credit")
        if after == "caption" and not self.terminal[i] and words > 2 and not unit.bullet:
            return Label("caption", "beside-a-caption")
        if self._is_question_title(i, stop):
            return Label("subhead", "question-above-a-paragraph")
        if self.terminal[i]:
            return Label("body", "sentence")
        if words >= 6 and self._shingles(unit.text) <= self._said:
            return Label("body", "pull-quote")
        if unit.bullet:
            return Label("body", "list-item")
        if unit.text.endswith((",", ":", ";")) or unit.text[:1].islower():
            return Label("body", "runs-on")
        if words > 12:
            return Label("body", "long-line")
        if opening and _is_names(unit.text):
            return Label("byline", "names-under-the-headline")
        if opening and words <= 3:
            return Label("nav", "label-under-the-headline")
        if words >= 7 and _VERB.search(unit.text) and not _is_title_case(unit.text):
            return Label("body", "sentence-without-a-stop")
        return Label("subhead", "title-between-paragraphs")

    @cached_property
    def _said(self) -> set[str]:
        return {
            shingle
            for i in self._where(self.prose)
            for shingle in self._shingles(self.units[i].text)
        }

    @staticmethod
    def _shingles(text: str) -> set[str]:
        words = _WORD.findall(text.lower())
        return {" ".join(words[i : i + 4]) for i in range(len(words) - 3)}

    def _next_kind(self, i: int, stop: int) -> str:
        """The kind of the next unit that a cue settles, past one more title-like line."""
        for j in range(i + 1, min(stop, i + 3)):
            seen = self.seen[j]
            if seen is not None:
                return seen.kind
            if self.terminal[j] or self.words[j] > 12:
                break
        return ""

    def _is_question_title(self, i: int, stop: int) -> bool:
        return (
            self.units[i].text.endswith("?")
            and not _INNER_STOP.search(self.units[i].text)
            and 3 <= self.words[i] <= 10
            and self.units[i].text[:1] not in "\"'“‘"
            and i + 1 < stop
            and (
                self.words[i + 1] >= 12
                or self.units[i + 1].bullet
                or self.units[i].text[0].isdigit()
            )
        )

    def _is_title(self, i: int, shortest: int = 4) -> bool:
        return (
            0 <= i < len(self.units)
            and self.seen[i] is None
            and shortest <= self.words[i] <= 30
            and not self.units[i].text.endswith((".", ":"))
        )

    # The readers' comments

    def _comments_start(self, first: int) -> int:
        for i in range(first + 1, len(self.units)):
            seen = self.seen[i]
            labelled = seen is not None and seen.rule.startswith("comments-phrase")
            window = range(i + 1, min(len(self.units), i + 12))
            near = labelled and any(
                self._is_commenter(j) or self._closes_comment(j) for j in window
            )
            if near and (self._prose_between(first, i) >= 3 or not self._story_goes_on(i)):
                return i
            if self.cues.names_commenter(self.units[i]) and self._is_timed(i):
                return i
        return len(self.units)

    def _story_goes_on(self, i: int) -> bool:
        """Whether paragraphs follow a label before any commenter does (a share bar, then)."""
        for j in range(i + 1, min(len(self.units), i + 40)):
            if self._is_commenter(j):
                return False
            if self.prose[j]:
                return True
        return False

    def _is_commenter(self, i: int) -> bool:
        unit = self.units[i]
        if self.cues.names_commenter(unit) or (self._is_timed(i) and self._is_bare_name(i)):
            return True
        following = self.units[i + 1] if i + 1 < len(self.units) else None
        return (
            unit.bullet
            and self.words[i] <= 4
            and not self.terminal[i]
            and following is not None
            and not following.bullet
            and following.first == unit.last + 1
        )

    def _is_timed(self, i: int) -> bool:
        """Whether the next line is nothing but a time, as under a commenter's name."""
        if i + 1 >= len(self.units):
            return False
        seen, text = self.seen[i + 1], self.units[i + 1].text
        return (seen is not None and seen.kind == "timestamp") or bool(_AGO.fullmatch(text))

    def _closes_comment(self, i: int) -> bool:
        return bool(
            re.match(r"(?:like|reply|share|report|△|▲|\d+ likes?)\b", self.units[i].text, re.I)
        )

    def _comment_section(self, start: int) -> list[Label]:
        labels: list[Label] = []
        state = "opening"
        for i in range(start, len(self.units)):
            label, state = self._in_comments(i, state)
            labels.append(label)
        return labels

    def _in_comments(self, i: int, state: str) -> tuple[Label, str]:
        seen, words = self.seen[i], self.words[i]
        if seen is not None and seen.rule.startswith("links-phrase"):
            return seen, "after"
        is_nav = seen is not None and seen.kind == "nav"
        spoken = state == "named" and self.terminal[i]
        if seen is not None and is_nav and not self.units[i].bullet and not spoken:
            if state in ("after", "opening") or _AGO.fullmatch(self.units[i].text):
                return seen, state
            return seen, "between"
        if self._is_commenter(i) and not (state == "named" and self.terminal[i]):
            return Label("commenter", "commenter-line"), "named"
        if seen is not None and seen.kind == "timestamp":
            return Label("nav", "time-of-a-comment"), state
        if seen is not None and seen.kind in ("related", "tags") and state != "named":
            return seen, "after"
        if state == "after":
            return self._outside(i, "links"), state
        if state in ("opening", "between") and self._is_bare_name(i):
            return Label("commenter", "name-above-a-text"), "named"
        if words <= 4 and (state == "opening" or (state == "between" and self.units[i].bullet)):
            return Label("nav", "label-in-the-comments"), state
        return Label("comment", "text-under-a-commenter"), "commenting"

    def _is_bare_name(self, i: int) -> bool:
        """A short line that stands above a text, or above the time of one."""
        following = self.seen[i + 1] if i + 1 < len(self.units) else Label("nav", "end")
        return (
            self.words[i] <= (8 if _PLACED.search(self.units[i].text) else 4)
            and len(self.units[i].text) <= 50
            and not self.terminal[i]
            and not self.units[i].bullet
            and self.seen[i] is None
            and (following is None or self._is_timed(i))
        )


def _stems(text: str) -> list[str]:
    return [word.lower()[:4] for word in _WORD.findall(text) if len(word) >= 4]


def _is_names(text: str) -> bool:
    words = re.sub(r"\b(?:and|in|with|for)\b|[,&|]", " ", text).split()
    return 2 <= len(words) <= 8 and all(
        word[:1].isupper() and (not word.isupper() or len(word) <= 2) for word in words
    )


def _is_title_case(text: str) -> bool:
    words = [word for word in text.split()[1:] if len(word) >= 4]
    return bool(words) and sum(word[:1].isupper() for word in words) * 2 > len(words)


def _merged(units: Sequence[Unit], labels: Sequence[Label]) -> Iterator[tuple[Unit, Label]]:
    """Join a comment's paragraphs, and the lines that name one commenter."""
    held: list[Unit] = []
    kept: Label | None = None
    for unit, label in zip(units, labels, strict=True):
        same = kept is not None and label.kind == kept.kind
        joins = label.kind == "comment" or (
            label.kind == "commenter" and bool(held) and unit.first == held[-1].last + 1
        )
        if kept is not None and not (same and joins):
            yield _joined(held), kept
            held = []
        if not held:
            kept = label
        held.append(unit)
    if kept is not None:
        yield _joined(held), kept
