"""Furniture: the lines that show on their face what they are.

Cues by phrase are data (``codebook/outlets.toml``), cues by shape are code: a date line, a list of
keywords, a line without a letter. A cue judges one line without looking at its neighbours.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache

from usru import codebook
from usru.codebook import EVERY, OutletCues, Outlets
from usru.text.lines import TERMINAL, Unit
from usru.text.patterns import compiled
from usru.text.sieve import Sieve, needs

__all__ = ["Cues", "Label", "check", "cues"]

# Characters of a cued line; a longer one is a paragraph, even if it names a photograph's owner.
LONGEST = 300
LONGEST_NAME = 90  # characters of the line that names a commenter
LONGEST_LABEL = 120  # characters of a date, a photograph's owner, or what introduces a section
# Entries of ``outlets.toml`` after which a page goes on with something other than the story.
_SECTIONS = ("links", "keywords", "comments", "tags")

_NAME_WORD = r"[^\W\d_a-z][\w.'’\-]*"
_NAME = rf"{_NAME_WORD}(?: (?:de|da|di|du|van|von|der|den|bin|al|el|la|le|{_NAME_WORD})){{0,4}}"
_KINDS = {
    "separator": "separator", "comments": "nav", "keywords": "nav", "links": "nav", "tags": "tags",
    "byline": "byline", "bio": "byline", "related": "related", "nav": "nav", "notice": "nav",
    "caption": "caption", "credit": "credit", "subhead": "subhead",
}  # fmt: skip
# Entries with names in them, which capitals tell from other words.
_HEED_CASE = {"byline", "bio", "caption", "credit", "commenter"}
# What a site tells its users about cookies and data can be as long as a paragraph.
_LONGEST_OF = {"commenter": LONGEST_NAME, "notice": LONGEST + 1} | dict.fromkeys(
    ["comments", "credit", "keywords", "links", "separator", "subhead"], LONGEST_LABEL
)
_APART = ("commenter", "notice")  # entries that are tried whatever else a line matches
# Entries that a sentence of the story may look like ("Background: the two sides …, he said.").
_WEAK = {"nav", "notice", "related", "comments", "links", "bio", "byline"}
_REPORTED = re.compile(r"(?:\S+ ){5}.*\b(?:said|told|added|asked|replied|warned)\b.*[.!?][\"”’']?$")
# Sputnik's pages print "Comment" with a Cyrillic С.
_LOOKALIKES = str.maketrans("АВЕКМНОРСТХасеорху", "ABEKMHOPCTXaceopxy")
_LOOKALIKE = re.compile(f"[{''.join(map(chr, _LOOKALIKES))}]")
_MONTH = r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
_DAY = r"mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs?(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?"
_DATE_WORD = re.compile(
    rf"(?<![^\W\d_])(?:{_MONTH}|{_DAY}|first|originally|published|updated?|modified|edited|posted|created|last|issue|online|"
    r"on|at|date|time|[ap]\.?m|noon|midnight|local|z|t|ago|hours?|minutes?|mins?|(?-i:[A-Z]{2,4}))(?![^\W\d_])|"
    r"\d+(?:(?:st|nd|rd|th|h)(?![^\W\d_]))?",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_DATE = re.compile(
    rf"\b(?:{_MONTH})\b\D{{0,6}}\d|\d\W{{0,3}}(?:{_MONTH})\b|(?<![\w-])\d{{1,4}}[-/.]\d{{1,2}}[-/.]\d{{2,4}}(?![\w-])",
    re.IGNORECASE,
)


# An entry's name, whose it is, and one of its patterns.
_Phrase = tuple[str, str, re.Pattern[str]]
# The longest text that one is tried on, how it is tried, its name and whose it is.
_Trial = tuple[int, Callable[[str], re.Match[str] | None], str, str]


@dataclass(frozen=True)
class Label:
    """What a unit is, and the rule that says so."""

    kind: str
    rule: str

    @property
    def opens_section(self) -> bool:
        """Whether it says that something other than the story follows."""
        return self.rule.startswith(_SECTIONS)


class Cues:
    """The phrases of ``outlets.toml`` for one outlet, and the shapes that need no phrase.

    Parameters
    ----------
    phrases : iterable of tuple of str, str, re.Pattern
        An entry's name, whose it is, and one of its patterns.
    """

    def __init__(self, phrases: Iterable[_Phrase]) -> None:
        self._phrases: list[_Trial] = []
        written = []
        for name, source, pattern in phrases:
            is_anywhere = name == "notice"
            matches = pattern.search if is_anywhere else pattern.fullmatch
            self._phrases.append((_LONGEST_OF.get(name, LONGEST), matches, name, source))
            written.append(pattern.pattern if is_anywhere else rf"\A(?:{pattern.pattern})\Z")
        self._sieve = Sieve(map(needs, written))
        # The pages of one outlet print the same menu: each of its lines is judged once.
        self._judged = lru_cache(maxsize=4096)(self._judge)

    def label(self, unit: Unit) -> Label | None:
        """Return what a unit shows on its face, or None.

        Parameters
        ----------
        unit : Unit
            Any of the page.
        """
        return self._judged(unit.text[: LONGEST + 1])[0]

    def names_commenter(self, unit: Unit) -> bool:
        """Return whether a unit reads like the line that names who wrote a comment.

        Parameters
        ----------
        unit : Unit
            Any of the page.
        """
        return self._judged(unit.text[: LONGEST + 1])[1]

    def _judge(self, text: str) -> tuple[Label | None, bool]:
        start = _latin(text[:LONGEST])
        left = [self._phrases[number] for number in self._sieve.left(start)]
        found = [
            (name, source)
            for longest, matches, name, source in left
            if len(text) <= longest and matches(start)
        ]
        return _label(text, start, found), any(name == "commenter" for name, _ in found)


def _label(text: str, start: str, phrases: Sequence[tuple[str, str]]) -> Label | None:
    """What a text is by its shape, and by the phrases that its start matches."""
    if not any(map(str.isalnum, text)):
        return Label("separator", "no-letters")
    notice = _first([phrase for phrase in phrases if phrase[0] == "notice"], start)
    if notice is not None or len(text) > LONGEST:
        return notice
    if _is_date_line(start):
        return Label("timestamp", "date-line")
    found = _first([phrase for phrase in phrases if phrase[0] not in _APART], start)
    if found is None and _is_keyword_list(start):
        return Label("tags", "keyword-list")
    return found


def _first(phrases: Sequence[tuple[str, str]], text: str) -> Label | None:
    """What the first of the phrases says that a text is, unless that is a sentence of the story."""
    for name, source in phrases[:1]:
        if not (name in _WEAK and not source and _REPORTED.search(text)):
            return Label(_KINDS[name], f"{name}-phrase{source}")
    return None


def cues(outlet: str | None = None, outlets: Outlets | None = None) -> Cues:
    """Return the cues for an outlet: its own first, then those of every outlet.

    Parameters
    ----------
    outlet : str, optional
        Its name in ``outlets.toml``; one that is not there adds nothing.
    outlets : Outlets, optional
        ``outlets`` of a `usru.codebook.Codebook`; the shipped ones by default.

    Examples
    --------
    >>> from usru.text.lines import units
    >>> [cues().label(unit) for unit in units("Share on Facebook")]
    [Label(kind='nav', rule='nav-phrase')]
    """
    known = codebook.read().outlets if outlets is None else outlets
    return _cues(outlet if outlet in known.others else None, known)


def check(outlets: Outlets) -> None:
    """Refuse outlets with a phrase that cannot be used, whether a page needs it or not.

    Parameters
    ----------
    outlets : Outlets
        ``outlets`` of a `usru.codebook.Codebook`.

    Raises
    ------
    InputError
        Naming the file, the table, the entry and its number, from 1.

    Examples
    --------
    >>> check(codebook.read().outlets)
    """
    trusted = _trusted()
    for section, own in ((EVERY, outlets.every), *outlets.others.items()):
        for place, name, written in _written(outlets, section, own):
            if written not in trusted:
                _pattern(place, name, written, trusted)


@lru_cache(maxsize=64)
def _cues(outlet: str | None, outlets: Outlets) -> Cues:
    trusted = _trusted()
    sections = [(EVERY, outlets.every, "")]
    if outlet is not None:
        sections.insert(0, (outlet, outlets.others[outlet], " of the outlet"))
    return Cues(
        (name, source, _pattern(place, name, written, trusted))
        for section, own, source in sections
        for place, name, written in _written(outlets, section, own)
    )


def _trusted() -> Set[str]:
    """The shipped phrases, which tests check, as that takes a while."""
    shipped = codebook.read().outlets
    owns = (shipped.every, *shipped.others.values())
    return {written for own in owns for phrases in vars(own).values() for written in phrases}


def _written(outlets: Outlets, section: str, own: OutletCues) -> Iterator[tuple[str, str, str]]:
    """The phrases of a table, each with its place and the name of its entry."""
    for name, phrases in vars(own).items():
        for number, written in enumerate(phrases, start=1):
            yield f"{outlets.path}, [{section}], {name} {number}", name, written


def _pattern(place: str, name: str, written: str, trusted: Set[str]) -> re.Pattern[str]:
    flags = re.NOFLAG if name in _HEED_CASE else re.IGNORECASE
    pattern = written.replace("{NAME}", _NAME)
    return (
        re.compile(pattern, flags)
        if written in trusted
        else compiled(place, written, pattern, flags)
    )


def _latin(text: str) -> str:
    """Read Cyrillic lookalikes inside an otherwise Latin line as the Latin letters they imitate."""
    if text.isascii() or _LOOKALIKE.search(text) is None:
        return text
    folded = text.translate(_LOOKALIKES)
    return folded if folded.isascii() else text


def _is_date_line(text: str) -> bool:
    """Nothing but a date, with its clock time and the words that go with it."""
    if len(text) > LONGEST_LABEL or _DIGIT.search(text) is None or _DATE.search(text) is None:
        return False
    rest = _DATE_WORD.sub("", text)
    return not rest.strip(" \t\u00a0,.:;/|()+-–—·•")


def _is_keyword_list(text: str) -> bool:
    """Four or more short items between commas, not a sentence, as below stories of agencies."""
    items = text.split(", ")
    if len(items) < 4 or not all(0 < len(item.split()) <= 4 for item in items):
        return False
    if TERMINAL.search(text):
        return False
    return not re.search(r"\b(?:and|or|but|is|are|was|were|has|have|said)\b", text)
