"""Exports of news archives: which archive wrote a file, and its records as articles."""

import re
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from zipfile import BadZipFile

from usru.errors import InputError
from usru.sources import factiva, nexis, proquest
from usru.sources.base import Article, Options, Skipped
from usru.sources.days import Days
from usru.sources.decoding import within_memory
from usru.sources.record import Record

__all__ = ["from_html", "from_text", "read_docx", "read_rtf"]

# What a damaged Word file makes of the layers below it: zip, compression, XML.
_DAMAGE = (BadZipFile, zlib.error, OSError, RuntimeError, KeyError, ValueError, SyntaxError)
_BY = re.compile(r"^by:?\s+", re.IGNORECASE)


def from_text(raw: str, place: str, options: Options) -> Iterator[Article | Skipped] | None:
    r"""Return the articles of a text that an archive wrote; None where none did.

    Parameters
    ----------
    raw, place : str
        The text, and what to call its file.
    options : Options
        How dates such as 03/04/2017 are meant.

    Examples
    --------
    >>> from_text("Envoys meet in Lund again\n", "a.txt", Options()) is None
    True
    """
    lines = raw.splitlines()
    for archive in (nexis, proquest, factiva):
        if archive.wrote(lines):
            return _articles(archive.records(lines), place, options)
    return None


def from_html(page: str, place: str, options: Options) -> Iterator[Article | Skipped] | None:
    """Return the articles of a web page that an archive wrote; None where none did.

    Parameters
    ----------
    page, place : str
        The page as HTML, and what to call its file.
    options : Options
        How dates such as 03/04/2017 are meant.
    """
    if factiva.wrote_page(page):
        return _articles(factiva.page_records(page), place, options)
    return None


def read_docx(path: Path, place: str, options: Options) -> Iterator[Article | Skipped]:
    """Read the Word files of Nexis Uni.

    Parameters
    ----------
    path, place : path, str
        The file, and what to call it.
    options : Options
        How dates such as 03/04/2017 are meant.

    Yields
    ------
    Article or Skipped
        In the order of the file, without the tables of an article. A Word file of anything else
        is an `InputError`.
    """
    from docx import Document
    from docx.opc.exceptions import OpcError

    within_memory(path, place)
    try:
        lines = [paragraph.text for paragraph in Document(str(path)).paragraphs]
    except (*_DAMAGE, OpcError):
        raise InputError(place, "it is damaged or was cut off", "save it again") from None
    yield from _of_archive("\n".join(lines), place, options, "a Word document")


def read_rtf(path: Path, place: str, options: Options) -> Iterator[Article | Skipped]:
    """Read the RTF files of Factiva and Nexis Uni.

    Parameters
    ----------
    path, place : path, str
        The file, and what to call it.
    options : Options
        How dates such as 03/04/2017 are meant.

    Yields
    ------
    Article or Skipped
        In the order of the file. A file of anything else is an `InputError`.
    """
    from striprtf.striprtf import rtf_to_text

    within_memory(path, place)
    text = rtf_to_text(path.read_bytes().decode("latin-1"), errors="replace")
    yield from _of_archive(text, place, options, "a document in RTF")


def _of_archive(text: str, place: str, options: Options, what: str) -> Iterator[Article | Skipped]:
    articles = from_text(text, place, options)
    if articles is None:
        problem = f"it is {what}, but no export of Nexis or Factiva"
        raise InputError(place, problem, "save its text as .txt, a file for each article")
    return articles


def _articles(
    records: Iterable[Record], place: str, options: Options
) -> Iterator[Article | Skipped]:
    """Each record with its number; questions about its dates come at the end."""
    days: dict[str, Days] = {}
    for number, record in enumerate(records, start=1):
        here = f"{place}, article {number}"
        if not record.text.strip():
            yield Skipped(here, "its text is not in the export", "export it with its full text")
            continue
        read = days.setdefault(record.dated, Days(place, record.dated, options.dates)).read
        published, basis = read(record.date, here)
        yield Article(
            record.text, here, title=record.title, outlet=record.outlet,
            published=published, published_basis=basis, more=_more(record),
        )  # fmt: skip
    for read_days in days.values():
        yield from read_days.questions()


def _more(record: Record) -> dict[str, str]:
    """What a record says besides, its author without the word before the name."""
    author = _BY.sub("", record.more.get("author", ""))
    return {**record.more, "author": author} if author else dict(record.more)
