"""Web archives (WARC): every page that a crawl saved."""

import zlib
from collections.abc import Iterator
from contextlib import redirect_stderr
from io import StringIO
from pathlib import Path
from typing import Any, BinaryIO

from usru.errors import InputError
from usru.sources import html
from usru.sources.base import Article, Options, Skipped

__all__ = ["read"]

_PAGES = ("text/html", "application/xhtml+xml")
_DAMAGE = (EOFError, OSError, ValueError, zlib.error)
_CUT = "the record is shorter than it says"


def read(path: Path, place: str, options: Options) -> Iterator[Article | Skipped]:
    """Read the pages of a web archive that were answered in full.

    Parameters
    ----------
    path, place : path, str
        The archive, compressed or not, and what to call it.
    options : Options
        The encoding of pages that declare none.

    Yields
    ------
    Article or Skipped
        Records are numbered from 1, whatever they hold; pictures, redirects and the like are
        passed over. `more` has the address and when it was saved.
    """
    number = 0
    with path.open("rb") as file:
        try:
            for number, (record, is_long) in enumerate(_records(file), start=1):
                if is_long:
                    here = f"{place}, record {number - 1}"
                    problem = "it is longer than it says, so its page may not be whole"
                    yield Skipped(here, problem, "compare it with its source")
                if _is_page(record):
                    yield _article(record, f"{place}, record {number}", options)
        except _DAMAGE as error:
            here = f"{place}, record {number + (str(error) != _CUT)}"
            yield Skipped(here, "from here on it cannot be read", "save the archive again")


def _records(file: BinaryIO) -> Iterator[tuple[Any, bool]]:
    """The records, and whether the one before did not end where it should have.

    warcio says that on standard error alone, and other damage in many ways.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    try:
        records = ArchiveIterator(file)
        while True:
            with redirect_stderr(StringIO()) as said:
                record = next(records, None)
            if record is None:
                return
            yield record, bool(said.getvalue())
    except (ArchiveLoadFailed, AttributeError) as error:
        raise ValueError(str(error)) from None


def _is_page(record: Any) -> bool:
    headers = record.http_headers
    if record.rec_type != "response" or headers is None or headers.get_statuscode() != "200":
        return False
    kind = (headers.get_header("Content-Type") or "").split(";")[0].strip().lower()
    return kind in _PAGES


def _article(record: Any, place: str, options: Options) -> Article | Skipped:
    # A character is four bytes at most.
    content = record.content_stream().read(4 * html.LARGEST)
    if len(content) < 4 * html.LARGEST and getattr(record.raw_stream, "limit", 0) > 0:
        raise EOFError(_CUT)
    url = record.rec_headers.get_header("WARC-Target-URI")
    kind = record.http_headers.get_header("Content-Type") or ""
    sent = kind.partition("charset=")[2].strip(" \"';") or None
    try:
        page = html.decoded(content, place, sent, options.encoding)
    except InputError as error:
        return Skipped.because(error)
    found = html.article(page, place, url)
    if isinstance(found, Skipped):
        return Skipped(place, f"{found.problem} ({url})", found.mend)
    saved = record.rec_headers.get_header("WARC-Date")
    more = {**found.more, "url": url, **({"captured": saved} if saved else {})}
    return Article(
        found.text, place, title=found.title, outlet=found.outlet, published=found.published,
        published_basis=found.published_basis, more=more,
    )  # fmt: skip
