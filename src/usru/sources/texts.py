"""Text files: page dumps with their headline and date, stories alone, exports of archives."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pandas as pd

from usru.sources import exports
from usru.sources.base import LONGEST, Article, Options, Skipped
from usru.sources.decoding import text_of
from usru.text import blocks, dates

__all__ = ["printed_day", "read"]

# What a page prints beside the day of a change; the day of publication is printed elsewhere.
_CHANGES = ("updated", "last updated", "modified", "last modified", "edited", "edited time")


def read(path: Path, place: str, options: Options) -> Iterator[Article | Skipped]:
    r"""Read a text file: one article, unless it is the export of an archive.

    Parameters
    ----------
    path, place : path, str
        The file, and what to call it.
    options : Options
        Its encoding where that cannot be told, and its layout.

    Yields
    ------
    Article or Skipped
        A page has the title and the day that it prints; of a story alone nothing is known.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "a.txt"
    >>> _ = path.write_text("Envoys meet in Lund again\n\n3 April 2017\n\nTwo envoys met in Lund on Monday, their first talks.\n")
    >>> [article] = read(path, "a.txt", Options())
    >>> article.title, article.published_basis
    ('Envoys meet in Lund again', "printed on the page: '3 April 2017'")
    """
    raw = text_of(path, place, options.encoding)
    archived = exports.from_text(raw, place, options)
    if archived is not None:
        yield from archived
    elif (
        options.layout == "article" or len(raw) > LONGEST
    ):  # which no reader of blocks needs to see
        yield Article(raw, place)
    else:
        yield _page(raw, place)


def _page(raw: str, place: str) -> Article:
    found = blocks.find(raw)
    title = next(iter(found.loc[found["kind"] == "headline", "text"]), None)
    published, basis = printed_day(raw, found) or (None, None)
    return Article(
        raw, place, layout="page", title=title, published=published, published_basis=basis
    )


def printed_day(raw: str, found: pd.DataFrame) -> tuple[date, str] | None:
    r"""Return the day of publication that a page prints, and the words that say so.

    Of the lines that are a date or name an author, the first complete date below the headline is
    taken, else the first above it; the day of a change only where there is no other. The clock
    of the page says when it was saved, and is left alone.

    Parameters
    ----------
    raw, found : str, pandas.DataFrame
        The page as plain text, and its blocks from `usru.text.blocks.find`.

    Returns
    -------
    (datetime.date, str) or None
        None where no such line has a complete date.

    Examples
    --------
    >>> page = "Envoys meet again\n\nBy Ann Lee, 3 April 2017\n\nTwo envoys met in Lund on Monday for talks.\n"
    >>> printed_day(page, blocks.find(page))
    (datetime.date(2017, 4, 3), "printed on the page: 'By Ann Lee, 3 April 2017'")
    """
    lines = found[found["kind"].isin(["timestamp", "byline"])]
    lines = lines[lines["text"].map(dates.page_clock).isna()]
    days = dates.find(raw, lines.assign(kind="timestamp"), None)
    days = days[(days["resolution"] == "explicit") & (days["earliest"] == days["latest"])]
    if days.empty:
        return None
    words = lines.set_index("block")["text"]
    headline = found.loc[found["kind"] == "headline", "block"].min()

    block = min(
        days["block"], key=lambda at: (words[at].lower().startswith(_CHANGES), at < headline)
    )
    day = days.loc[days["block"] == block, "earliest"].iloc[0]
    shown = " ".join(words[block].split())
    return date(day.year, day.month, day.day), f"printed on the page: {shown!r}"
