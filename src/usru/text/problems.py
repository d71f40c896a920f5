"""What is wrong with a raw text that can be read all the same, and how to mend it.

Nothing is repaired here: a guess that goes wrong in silence costs more than a page that somebody
saves again.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import pandas as pd

from usru.text.lines import LINE

__all__ = ["Problem", "faults", "find"]

# What damage cannot do without: a character between DEL and no-break space, an entity, or one of
# the letters that the first byte of an accented letter or a curly quotation mark turns into.
# Each begins with one of few signs, for which alone a text is searched.
_SUSPECT = re.compile(
    r"[в\x80-\x9f\ufffd&ÃÂâÐÑðÅÄÎÏØÙ](?:(?<=в)Ђ|(?<=[\x80-\x9f\ufffd])|(?<=&)#?\w{2,8};"
    r"|(?<=[ÃÂâÐÑðÅÄÎÏØÙ])[^\s\w]|(?<=[ÃÂ])\S)"
)
# A bare "2 of 3" counts the pictures of a gallery.
_NUMBER_OF = re.compile(
    r"[ \t]*(?:(?:Document|Article|Record|Result|Item|Story) \d+ of \d+|\d+ of \d+ (?:Document|Article|Record)s?)[ \t]*",
    re.IGNORECASE,
)
# Lines that the exports of news archives print once in each article.
_RECORD = re.compile(
    r"[ \t]*(?:(?i:length):\s*\d[\d,]* words?|(?i:load-date|(?:record|accession) number):.*|(?i:end of document)|Document [A-Z]{2,}\w{10,}|ProQuest document ID:.*)[ \t]*"
)

# What none of these lines is without, in lower case.
_OF = re.compile(r"\d (?i:of) \d")
_RECORDED = ("length:", "load-date:", "number:", "document")


@dataclass(frozen=True)
class Problem:
    """A fault of a text: the line (from 1) where it shows, what it is, how to mend it."""

    line: int
    what: str
    mend: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.what}; {self.mend}"


def find(raw: str, blocks: pd.DataFrame) -> list[Problem]:
    """Find what keeps a page from being read as it should be.

    Parameters
    ----------
    raw, blocks : str, pandas.DataFrame
        The page as plain text, and its blocks from `usru.text.blocks.find`.

    Returns
    -------
    list of Problem
        At most one of each sort: text that was decoded wrongly before it was saved (once for each
        way), several articles in one file, no paragraph of a story.

    Examples
    --------
    >>> from usru.text import blocks
    >>> page = "Talks in Lund\\n\\nâ€œWe will stay,â€\\x9d the minister said in Lund on Monday.\\n"
    >>> for problem in find(page, blocks.find(page)):
    ...     print(problem)
    line 3: 'â€œWe will stay,â€\\x9d the …' was decoded wrongly: it is UTF-8 that was read as windows-1252; save the page again as UTF-8
    """
    return faults(raw, blocks["kind"].tolist())


def faults(raw: str, kinds: Sequence[str]) -> list[Problem]:
    """Return what `find` finds, for many pages.

    Parameters
    ----------
    raw, kinds : str, sequence of str
        The page as plain text, and the kinds of its blocks.
    """
    return [*_damage(raw), *_articles(raw), *_storyless(kinds)]


def _damage(raw: str) -> Iterator[Problem]:
    """The first line of each sort that was decoded wrongly, or has lost characters."""
    if _SUSPECT.search(raw) is None:
        return
    printed = enumerate(LINE.finditer(raw), start=1)
    suspects = ((n, m[1], found) for n, m in printed if (found := _SUSPECT.search(m[1])))
    told: set[str] = set()
    # A page of Turkish or Vietnamese names has many suspects; real damage shows in the first ones.
    for number, text, found in islice(suspects, 20):
        # A line put together from two sources has marks that were decoded as they should beside it.
        sort = _told(text[max(0, found.start() - 200) : found.end() + 200])
        sort = sort or _told(text[found.start() : found.end() + 1])
        if sort is not None and sort[0] not in told:
            told.add(sort[0])
            start = max(0, found.start() - 1)
            shown = text[start : start + 24] + ("…" if len(text) > start + 24 else "")
            yield Problem(number, f"{shown!r} {sort[0]}", sort[1])


def _told(line: str) -> tuple[str, str] | None:
    from ftfy import TextFixerConfig, fix_and_explain

    if "\ufffd" in line:
        mend = "save the page again, from its source, as UTF-8"
        return "holds � where a character was lost", mend
    only_encoding = TextFixerConfig(
        uncurl_quotes=False, fix_latin_ligatures=False, fix_character_width=False,
        fix_line_breaks=False, fix_surrogates=False, remove_control_chars=False,
        remove_terminal_escapes=False, normalization=None, unescape_html=True,
    )  # fmt: skip
    found = fix_and_explain(line, only_encoding).explanation or []
    steps = {step.action: step.parameter.removeprefix("sloppy-") for step in found}
    if {"encode", "decode"} <= steps.keys():
        meant = steps["decode"].replace("utf-8", "UTF-8")
        read = steps["encode"]
        told = f"was decoded wrongly: it is {meant} that was read as {read}"
        return told, "save the page again as UTF-8"
    if steps.get("apply") == "unescape_html":
        return "holds HTML entities, which were not decoded", "save the page again as plain text"
    return None


def _articles(raw: str) -> Iterator[Problem]:
    """Marks of an export that holds several articles."""
    plain = raw.lower()
    if not _OF.search(raw) and not any(sign in plain for sign in _RECORDED):
        return
    numbered: list[int] = []
    records: defaultdict[str, list[int]] = defaultdict(list)
    for number, match in enumerate(LINE.finditer(raw), start=1):
        if _NUMBER_OF.fullmatch(match[1]):
            numbered.append(number)
        elif _RECORD.fullmatch(match[1]):
            records[match[1].split()[0].lower()].append(number)
    again = sorted(lines[1] for lines in records.values() if len(lines) > 1)
    for second in numbered[1:2] or again[:1]:
        yield Problem(
            second, "a second article is recorded here, so the file holds several",
            "divide it into one file for each article",
        )  # fmt: skip


def _storyless(kinds: Sequence[str]) -> Iterator[Problem]:
    if "body" in kinds:
        return
    counts = Counter(kinds)
    taken = ", ".join(f"{kind} ({count})" for kind, count in counts.items()) or "nothing"
    yield Problem(
        1, f"no paragraph of a story was found; its blocks were taken for {taken}",
        'check that the file holds the page\'s text, declare it clean with layout = "article", or'
        " describe the outlet's furniture in codebook/outlets.toml",
    )  # fmt: skip
