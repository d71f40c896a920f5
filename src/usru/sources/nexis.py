"""Records of Nexis Uni (Word files) and of the older LexisNexis (text files).

A record of Nexis Uni is headline, outlet, date, fields (``Byline: …``), ``Body``, the text, more
fields, ``End of Document``. One of LexisNexis follows its number (``1 of 20 DOCUMENTS``): outlet,
date, headline, fields in capitals (``BYLINE: …``), the text, more fields in capitals.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from usru.sources.days import day
from usru.sources.record import Record, divided, joined, paragraphs

__all__ = ["records", "wrote"]

_NUMBER = re.compile(r"\d+ of \d+ DOCUMENTS?")
_END = re.compile("End of Document")
# Nexis Uni parts a field's name from its value with a no-break space, as no text does.
_FIELD = re.compile(r"([A-Z][A-Za-z /-]{2,30}):\xa0\s*(.*)")
_AFTER_BODY = re.compile(
    r"Classification|Graphic|Notes|(?:Load-Date|Language|Correction-Date):\s.*"
)
_CAPITALS = re.compile(r"([A-Z][A-Z-]{2,}(?: [A-Z-]{3,})?):\s*(.*)")
# Fields above the text; all others are below it.
_HEAD = ("BYLINE", "SECTION", "LENGTH", "DATELINE", "HIGHLIGHT", "SERIES", "COLUMN", "ABSTRACT")
_FOOT = (
    "LOAD-DATE", "LANGUAGE", "PUBLICATION-TYPE", "DOCUMENT-TYPE", "JOURNAL-CODE", "GRAPHIC", "SUBJECT",
    "ORGANIZATION", "COMPANY", "PERSON", "GEOGRAPHIC", "COUNTRY", "STATE", "CITY", "INDUSTRY", "TICKER",
    "CORRECTION", "CORRECTION-DATE", "NOTES", "URL", "TYPE", "ACC-NO", "PUB-TYPE",
)  # fmt: skip
_RIGHTS = re.compile(r"(?i:copyright\b.*\d{4}.*|all rights reserved\.?)|©.*")
# What Nexis prints between an outlet and its date, or of an outlet's blog below its name.
_NOTE = re.compile(r"Correction Appended|\(.*\)")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_NAMES = {"byline": "author", "publication-type": "type"}


def wrote(lines: Sequence[str]) -> bool:
    """Whether lines are an export of Nexis.

    Parameters
    ----------
    lines : sequence of str
        The lines of a text.

    Examples
    --------
    >>> wrote(["", "      1 of 20 DOCUMENTS", ""]), wrote(["One of 20 documents was lost."])
    (True, False)
    """
    stripped = {line.strip() for line in lines}
    return any(map(_NUMBER.fullmatch, stripped)) or {"Body", "End of Document"} <= stripped


def records(lines: Sequence[str]) -> Iterator[Record]:
    """Yield the records of an export.

    Parameters
    ----------
    lines : sequence of str
        Its lines.

    Yields
    ------
    Record
        In the order of the export; a record without its text has none.

    Examples
    --------
    >>> export = ["Pier closes", "Lund Gazette", "March 12, 2017 Sunday", "Length:\\xa06 words", "Body",
    ...     "The pier of Lund closes.", "Load-Date:\\xa0March 13, 2017", "End of Document"]
    >>> [record] = records(export)
    >>> record.title, record.outlet, record.date, record.text
    ('Pier closes', 'Lund Gazette', 'March 12, 2017 Sunday', 'The pier of Lund closes.\\n')
    """
    if any(_NUMBER.fullmatch(line.strip()) for line in lines):
        yield from map(_numbered, divided(lines, _NUMBER, ends=False))
    else:
        yield from map(_ended, divided(lines, _END, ends=True))


def _ended(lines: list[str]) -> Record:
    """A record of Nexis Uni, the first one after a list of contents."""
    lines = [line.strip() for line in lines]
    body = lines.index("Body") if "Body" in lines else len(lines) - 1
    below = next((i for i in range(body, len(lines)) if _AFTER_BODY.fullmatch(lines[i])), -1)
    title, outlet, date = _title_lines(lines[:body])
    more = _fields([*lines[:body], *lines[below:-1]])
    return _dated(Record(joined(lines[body + 1 : below]), title, outlet, date, more=more))


def _title_lines(lines: list[str]) -> tuple[str | None, str | None, str | None]:
    """Headline, outlet and date: the last date that is a line, and the two lines above it."""
    above = takewhile(lambda line: not (_FIELD.fullmatch(line) or _RIGHTS.fullmatch(line)), lines)
    printed = [line for line in above if line and not _NOTE.fullmatch(line)]
    dated = [i for i, line in enumerate(printed) if i >= 2 and day(line) is not None]
    if dated:
        printed = printed[: dated[-1] + 1]
    elif not (printed and _YEAR.search(printed[-1])):
        printed.append("")  # a correction has taken the place of the date
    title, outlet, date = ["", "", "", *printed][-3:]
    return title or None, outlet or None, date or None


def _fields(lines: Iterable[str]) -> dict[str, str]:
    found = (_FIELD.fullmatch(line) for line in lines)
    return _named((match[1], match[2]) for match in found if match)


def _named(fields: Iterable[tuple[str, str]]) -> dict[str, str]:
    named = {name.lower(): " ".join(value.split()) for name, value in fields}
    return {_NAMES.get(name, name): value for name, value in named.items() if value}


def _dated(record: Record) -> Record:
    """A record whose date line is missing or only a month is dated by the day it was loaded."""
    loaded = record.more.get("load-date")
    if loaded is None or (record.date and day(record.date) is not None):
        return record
    return replace(record, date=loaded, dated="field LOAD-DATE")


def _numbered(lines: list[str]) -> Record:
    """A record of the older LexisNexis."""
    runs = [run for run in paragraphs(lines[1:]) if not all(map(_RIGHTS.fullmatch, run))]
    names = [_name(run) for run in runs]
    foot = next((i for i, name in enumerate(names) if name in _FOOT), len(runs))
    head = next((i for i, name in enumerate(names[:foot]) if name in _HEAD), None)
    at = next((i for i, run in enumerate(runs[:head]) if any(map(day, run))), 0)
    # Without any field above the text the headline is one paragraph.
    head = at + 2 if head is None else head
    start = next((i for i in range(head, foot) if names[i] not in _HEAD), foot)
    title = [line for run in runs[at + 1 : head] for line in run]
    outlet, date = _imprint(runs[: at + 1])
    more = _named(_split(run) for run, name in zip(runs, names, strict=True) if name)
    text = "\n\n".join("\n".join(run) for run in runs[start:foot])
    record = Record(text + "\n" if text else "", " ".join(title) or None, outlet, date, more=more)
    return _dated(record)


def _imprint(runs: Sequence[Sequence[str]]) -> tuple[str | None, str | None]:
    """Outlet and date; what follows the date is the edition."""
    printed = [line for run in runs for line in run if not _RIGHTS.fullmatch(line)]
    at = next((i for i, line in enumerate(printed) if day(line)), len(printed))
    return " ".join(printed[:at]) or None, next(iter(printed[at:]), None)


def _name(run: Sequence[str]) -> str | None:
    match = _CAPITALS.fullmatch(run[0])
    return match[1] if match and match[1] in (*_HEAD, *_FOOT) else None


def _split(run: Sequence[str]) -> tuple[str, str]:
    name, _, value = " ".join(run).partition(":")
    return name, value
