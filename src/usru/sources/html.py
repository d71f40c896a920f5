"""Saved web pages: the story and what the page's metadata say, by trafilatura.

On the English pages of the article extraction benchmark it keeps more of the story than the
cleaner of page dumps does, which sees no HTML; `usru.evaluation.cleaner` compares them.
"""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from usru.errors import InputError
from usru.sources import exports
from usru.sources.base import LONGEST, Article, Options, Skipped
from usru.sources.decoding import told, within_memory

__all__ = ["LARGEST", "article", "decoded", "read", "story"]

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,40})", re.IGNORECASE)
# No day is later: without a limit of its own the search for dates takes today.
_DATES = {"original_date": True, "extensive_search": False, "max_date": "2100-12-31"}
_FEWEST = 10  # words of a story

LARGEST = 4 * LONGEST
"""Characters of the largest page; what is larger has data in it, and no story that needs them."""


def read(path: Path, place: str, options: Options) -> Iterator[Article | Skipped]:
    """Read a saved page; one that Factiva or Nexis exported has several articles.

    Parameters
    ----------
    path, place : path, str
        The file, and what to call it.
    options : Options
        Its encoding where that cannot be told.

    Yields
    ------
    Article or Skipped
        As `article` gives them.
    """
    within_memory(path, place)
    page = decoded(path.read_bytes(), place, said=options.encoding)
    archived = exports.from_html(page, place, options)
    if archived is None:
        yield article(page, place)
    else:
        yield from archived


def decoded(content: bytes, place: str, sent: str | None = None, said: str | None = None) -> str:
    r"""Decode a page: as its byte-order mark says, as UTF-8 if it is that, else as it declares.

    Parameters
    ----------
    content : bytes
        The whole page.
    place : str
        What to call it in a message.
    sent, said : str, optional
        The encoding that a server declared, and the one that a person names for pages that
        declare none.

    Examples
    --------
    >>> decoded('<meta charset="iso-8859-1">Lübeck'.encode("latin-1"), "a.html")[-6:]
    'Lübeck'
    """
    declared = _CHARSET.search(content[:4096])
    by_page = declared[1].decode("ascii") if declared else None
    for name in filter(None, (told(content[:4096]), "utf-8", sent, by_page, said)):
        try:
            return content.decode(_as_browsers(name))
        except (UnicodeDecodeError, LookupError):
            continue
    problem = "its encoding cannot be told"
    raise InputError(place, problem, "say --encoding cp1252 (or what it is)")


def _as_browsers(name: str) -> str:
    """Browsers read what calls itself Latin-1 as windows-1252, which has more characters."""
    return "cp1252" if name.lower() in ("iso-8859-1", "latin-1", "latin1", "ascii", "us-ascii") else name  # fmt: skip


def story(page: str, url: str | None = None) -> Any:
    """Return the document that trafilatura finds on a page, None where it finds none.

    Nothing is fetched. The document has no date: trafilatura takes one from the text of the page
    where its metadata have none.

    Parameters
    ----------
    page : str
        The page as HTML.
    url : str, optional
        Its address, where it is known.
    """
    import trafilatura

    return trafilatura.bare_extraction(
        page, url=url, with_metadata=True, include_comments=False, include_tables=False,
        date_extraction_params=_DATES,
    )  # fmt: skip


def _published(page: str, url: str | None) -> date | None:
    """The day in a page's metadata, its address, or what it marks as the time of publication."""
    import trafilatura
    from lxml.html import HtmlElement, document_fromstring

    tree: HtmlElement = trafilatura.load_html(page)
    if tree is None:
        return None
    head = tree.find("head")
    marked = tree.xpath(".//body//script[contains(@type, 'ld+json')]") + _times(tree)
    only = document_fromstring("<html><head></head><body></body></html>")
    for part in () if head is None else head.xpath("meta|link|script[contains(@type, 'ld+json')]"):
        only.head.append(part)
    for part in marked:
        part.tail = None
        only.body.append(part)
    found = trafilatura.extract_metadata(only, default_url=url, date_config=_DATES)
    return date.fromisoformat(found.date) if found is not None and found.date else None


def _times(tree: Any) -> list[Any]:
    """The times that a page marks as that of publication, or the only one that it has."""
    times = tree.xpath(".//body//time[@datetime]")
    said = [node for node in times if "datePublished" in (node.get("itemprop") or "") or node.get("pubdate") is not None]  # fmt: skip
    return said or (times if len({node.get("datetime")[:10] for node in times}) == 1 else [])


def article(page: str, place: str, url: str | None = None) -> Article | Skipped:
    """Return the article of a page.

    Parameters
    ----------
    page : str
        The page as HTML.
    place : str
        What to call it.
    url : str, optional
        Its address, where it is known.

    Returns
    -------
    Article or Skipped
        The story with a blank line between its paragraphs; title, outlet (the site's name, or
        else its host), day, author, url and language as the page declares them.

    Examples
    --------
    >>> story = "<p>Two envoys met in Lund on Monday, for their first talks in three years.</p>" * 5
    >>> page = f'<html lang="en"><head><title>Envoys meet</title></head><body><article>{story}</article></body></html>'
    >>> article(page, "a.html").more
    {'language': 'en'}
    """
    if len(page) > LARGEST:
        problem = f"the page has more than {LARGEST:,} characters"
        return Skipped(place, problem, "save its text as .txt")
    found = story(page, url)
    if found is None or len((found.text or "").split()) < _FEWEST:
        return Skipped(place, "no story was found on the page", "save its text as .txt")
    published = _published(page, url)
    language = re.search(r"<html[^>]{0,500}?\slang\s*=\s*[\"']?([\w-]{2,20})", page, re.IGNORECASE)
    more = {
        "author": found.author, "url": found.url or url, "language": language and language[1],
        "description": found.description,
    }  # fmt: skip
    return Article(
        "\n\n".join(line for line in found.text.splitlines() if line.strip()) + "\n",
        place,
        title=found.title,
        outlet=found.sitename or found.hostname,
        published=published,
        published_basis=None if published is None else "HTML metadata",
        more={name: value for name, value in more.items() if value},
    )
