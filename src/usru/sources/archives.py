"""Web archives (WARC): every page that a crawl saved."""

import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from usru.errors import InputError
from usru.sources import html
from usru.sources.base import LONGEST, Article, Options, Skipped

__all__ = ["read"]

_PAGES = ("text/html", "application/xhtml+xml")
_LARGEST = 4 * LONGEST  # bytes of a page's HTML
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
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    number = 0
    with path.open("rb") as file:
        try:
            for number, record in enumerate(ArchiveIterator(file), start=1):
                if _is_page(record):
                    yield _article(record, f"{place}, record {number}", options)
        except (ArchiveLoadFailed, EOFError, OSError, ValueError, zlib.error) as error:
            here = f"{place}, record {number + (str(error) != _CUT)}"
            yield Skipped(here, "from here on it cannot be read", "save the archive again")


def _is_page(record: Any) -> bool:
    headers = record.http_headers
    if record.rec_type != "response" or headers is None or headers.get_statuscode() != "200":
        return False
    kind = (headers.get_header("Content-Type") or "").split(";")[0].strip().lower()
    return kind in _PAGES


def _article(record: Any, place: str, options: Options) -> Article | Skipped:
    content = record.content_stream().read(_LARGEST + 1)
    if len(content) <= _LARGEST and record.raw_stream.limit > 0:
        raise EOFError(_CUT)
    if len(content) > _LARGEST:
        problem = f"the page has more than {_LARGEST // 1_000_000} million bytes"
        return Skipped(place, problem, "save its article apart")
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
