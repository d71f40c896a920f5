"""Records of Factiva, saved as RTF or as a web page.

A record is printed either as an article (section, headline, author, number of words, date, outlet,
its code, language, rights, the text) or as fields with codes of two or three letters (``HD``,
``PD``, ``SN``, ``LP``, ``TD``). Its last line is ``Document`` and a number.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from usru.sources.days import day
from usru.sources.record import Record, divided, joined

__all__ = ["page_records", "records", "wrote", "wrote_page"]

_DOCUMENT = re.compile(r"\|?(?:AN\b)?\W*Do[ck]ument ([A-Z]{2,}\w{10,})\W*")
_WORDS = re.compile(r"\d[\d.,]*\s?[^\W\d_]+")
_TIME = re.compile(r"\d{1,2}:\d\d.{0,12}")
_CODE = re.compile(r"[A-Z][A-Z0-9]{1,9}")
_PAGE = re.compile(r"[A-Z]{0,2}\d{1,4}[A-Z]?")
# In the language of the interface: "English", "Deutsch"; no code of an outlet.
_LANGUAGE = re.compile(r"(?![A-Z0-9]+$)[^\W\d_]{2,}(?: [^\W\d_]+)?")
_RIGHTS = re.compile(r"(?i:\(c\)|©|copyright\b).*")
_NEAR = 8  # lines between the outlet and the text at most
_ARTICLE = re.compile(r"\b[a-z]{2,6}Article\b")
_CONTAINER = re.compile(rf"""class=["'][^"']*{_ARTICLE.pattern}""")
_COUNT = re.compile(r"\d+\) ")  # of headlines that the page numbers
_FIELDS = {
    "BY": "author", "WC": "length", "SE": "section", "ED": "edition", "PG": "pages", "LA": "language",
    "CLM": "column", "DLN": "dateline", "CO": "companies", "IN": "industries", "NS": "subjects", "RE": "regions",
    "PUB": "publisher", "AN": "document", "ART": "captions", "CR": "credit", "VOL": "volume",
}  # fmt: skip
"""Codes of fields that are kept, by the names that they have in other sources."""

_CODES = ("HD", "PD", "ET", "SN", "SC", "CY", "LP", "TD", "CX", "RF", "RST", "IPD", "IPC", "CT", *_FIELDS)  # fmt: skip
# RTF gives a table's cells with bars between them, text that was pasted with tabs.
_FIELD = re.compile(rf"\|?({'|'.join(_CODES)})\s*(?:[|\t]\s*(.*?)\|?|\s*)")


def wrote(lines: Sequence[str]) -> bool:
    """Whether lines are an export of Factiva.

    Parameters
    ----------
    lines : sequence of str
        The lines of a text.

    Examples
    --------
    >>> wrote(["Pier closes", "6 words", "12 March 2017", "Document LUND000020170312ed3c0000a"])
    True
    """
    return any(_DOCUMENT.fullmatch(line.strip()) for line in lines[-200:]) and any(
        _WORDS.fullmatch(line.strip()) or _FIELD.fullmatch(line.strip()) for line in lines
    )


def wrote_page(page: str) -> bool:
    """Whether a web page is an export of Factiva.

    Parameters
    ----------
    page : str
        The page as HTML.
    """
    return "Factiva" in page and _CONTAINER.search(page) is not None


def records(lines: Sequence[str]) -> Iterator[Record]:
    """Yield the records of an export as text.

    Parameters
    ----------
    lines : sequence of str
        Its lines.

    Yields
    ------
    Record
        In the order of the export.

    Examples
    --------
    >>> [record] = records(["Pier closes", "By Ola Ness", "5 words", "12 March 2017", "Lund Gazette", "LUND",
    ...     "English", "(c) 2017 Lund Gazette", "The pier of Lund closes.", "Document LUND000020170312ed3c0000a"])
    >>> record.title, record.outlet, record.date, record.text
    ('Pier closes', 'Lund Gazette', '12 March 2017', 'The pier of Lund closes.\\n')
    """
    for part in divided(lines, _DOCUMENT, ends=True):
        printed = [line.strip() for line in part if line.strip(" |\t")]
        fields = _coded(printed)
        yield _printed(printed) if "HD" not in fields else _record(fields)


def _coded(lines: Sequence[str]) -> dict[str, list[str]]:
    """The lines of each field, by its code."""
    fields: dict[str, list[str]] = {}
    held: list[str] = []
    for line in lines:
        match = _FIELD.fullmatch(line)
        if match:
            held = fields.setdefault(match[1], [])
        text = (match[2] or "" if match else line).strip(" |")
        if text:
            held.append(text)
    return fields


def _record(fields: Mapping[str, Sequence[str]]) -> Record:
    more = {name: " ".join(fields[code]) for code, name in _FIELDS.items() if fields.get(code)}
    texts = [line for code in ("LP", "TD") for line in fields.get(code, ()) if not _DOCUMENT.fullmatch(line)]  # fmt: skip
    title, date, outlet = (" ".join(fields.get(code, ())) or None for code in ("HD", "PD", "SN"))
    return Record(joined(texts), title, outlet, date, "field PD", more)


def _printed(lines: Sequence[str], title: str | None = None) -> Record:
    """A record that is printed as an article; `title` is its headline where that is known."""
    document = next(filter(None, map(_DOCUMENT.fullmatch, lines[::-1])), None)
    words = next((i for i, line in enumerate(lines) if _WORDS.fullmatch(line)), None)
    at = (
        next((i for i, line in enumerate(lines) if day(line)), None) if words is None else words + 1
    )
    if at is None or at >= len(lines) - 1:
        return Record(joined(lines[1:-1]), title or lines[0])
    words = at if words is None else words
    above = lines[:words]
    # A section may come before the headline, and its author after it; it is longer than both.
    headline = title if title in above else max(above, key=len, default=None)
    cut = above.index(headline) if headline is not None else 0
    start, outlet, more = _imprint(lines, at + 1)
    more |= {
        "section": "; ".join(above[:cut]), "author": "; ".join(above[cut + 1 :]),
        "length": lines[words] if words < at else "", "document": document[1] if document else "",
    }  # fmt: skip
    kept = {name: value for name, value in more.items() if value}
    return Record(joined(lines[start:-1]), headline, outlet, lines[at], more=kept)


def _imprint(lines: Sequence[str], start: int) -> tuple[int, str | None, dict[str, str]]:
    """Where the text begins, the outlet, and what is printed between its name and the text."""
    if start < len(lines) - 1 and _TIME.fullmatch(lines[start]):
        start += 1
    outlet = lines[start] if start < len(lines) - 1 else None
    near = lines[start + 1 : min(start + 1 + _NEAR, len(lines) - 1)]
    rights = next((i for i, line in enumerate(near) if _RIGHTS.fullmatch(line)), None)
    spoken = [i for i, line in enumerate(near[:rights]) if _LANGUAGE.fullmatch(line)]
    length = spoken[-1] + 1 if spoken else int(bool(near and _CODE.fullmatch(near[0])))
    between = list(near[:length])
    language = between.pop() if spoken else ""
    pages = [line for line in between if _PAGE.fullmatch(line)]
    edition = [line for line in between if line not in pages and not _CODE.fullmatch(line)]
    more = {"language": language, "pages": "; ".join(pages), "edition": "; ".join(edition)}
    return start + 1 + (length if rights is None else rights + 1), outlet, more


# Web pages ----------------------------------------------------------------------------------


def page_records(page: str) -> Iterator[Record]:
    """Yield the records of an export as a web page.

    Parameters
    ----------
    page : str
        The page as HTML.

    Yields
    ------
    Record
        In the order of the page.
    """
    import lxml.html

    parser = lxml.html.HTMLParser(encoding="utf-8")
    tree = lxml.html.document_fromstring(page.encode("utf-8"), parser=parser)
    for part in tree.iter("div"):
        if _ARTICLE.search(_class(part)):
            yield _of_page(part)


def _of_page(part: Any) -> Record:
    fields = {}
    for row in part.iter("tr"):
        cells = list(row.iter("td"))
        if len(cells) == 2 and (code := _words(cells[0])) in _CODES:
            fields[code] = _blocks(cells[1])
    if "HD" in fields:
        return _record(fields)
    headline = next((node for node in part.iter() if "Headline" in _class(node)), None)
    printed = None if headline is None else _words(headline)
    found = _printed(_blocks(part), printed)
    text = joined(_words(node) for node in part.iter("p") if "articleParagraph" in _class(node))
    title = found.title
    if headline is not None and "counted" in _class(headline):
        title = _COUNT.sub("", title or "")
    return replace(found, text=text or found.text, title=title)


def _class(node: Any) -> str:
    return str(node.get("class") or "") if isinstance(node.tag, str) else ""


def _blocks(node: Any) -> list[str]:
    """The words of each paragraph and division that holds no other."""
    found = list(node.iter("p", "div"))
    leaves = [leaf for leaf in found if next(leaf.iterdescendants("p", "div"), None) is None]
    return list(filter(None, map(_words, leaves or [node])))


def _words(node: Any) -> str:
    return " ".join(node.text_content().split())
