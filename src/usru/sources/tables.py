"""Tables to articles: one row is one article, every column is kept."""

import json
import math
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from functools import partial
from pathlib import Path

import pandas as pd

from usru.errors import InputError
from usru.sources import rows
from usru.sources.base import Article, Options, Reader, Skipped
from usru.sources.columns import Columns, choose
from usru.sources.days import Days

__all__ = ["READERS", "as_text", "of_frame"]

# Characters that a cell of Excel holds at most; what was longer was cut off in silence.
_CELL = 32_767


def _read(
    open_table: Callable[[Path, str, Options], rows.Table],
    path: Path,
    place: str,
    options: Options,
) -> Iterator[Article | Skipped]:
    yield from _articles(open_table(path, place, options), place, options)


def of_frame(frame: pd.DataFrame, place: str, options: Options) -> Iterator[Article | Skipped]:
    """Return the articles of a frame whose columns are those of a table of articles.

    Parameters
    ----------
    frame, place, options : pandas.DataFrame, str, Options
        The frame, what to call it, and the columns that a person names.

    Examples
    --------
    >>> table = pd.DataFrame({"body": ["The pier closes."], "paper": ["Tide"]})
    >>> [(one.text, one.more) for one in of_frame(table, "the frame", Options())]
    [('The pier closes.', {'paper': 'Tide'})]
    """
    return _articles(rows.of_frame(frame, place), place, options)


def _articles(table: rows.Table, place: str, options: Options) -> Iterator[Article | Skipped]:
    if not table.sample:
        yield from _none_of(table, place)
        return
    columns = choose(table.names, table.sample, place, options)
    days = _days(table, columns, place, options)
    for row in table.rows():
        if isinstance(row, Skipped):
            yield row
            continue
        article = _article(row, columns, days)
        yield article
        if isinstance(article, Article) and len(article.text) == _CELL:
            problem = "its text is as long as a cell of Excel can be, so its end may be missing"
            yield Skipped(row.place, problem, "compare it with its source")
    if days is not None:
        yield from days.questions()


def _none_of(table: rows.Table, place: str) -> Iterator[Skipped]:
    """The sentences of a table none of whose rows can be read; one without rows is refused."""
    said = [row for row in table.rows() if isinstance(row, Skipped)]
    if not said:
        raise InputError(place, "it has no rows of articles", "put some into it, or leave it out")
    yield from said


def _days(table: rows.Table, columns: Columns, place: str, options: Options) -> Days | None:
    name = columns.published
    if name is None:
        return None

    def values() -> Iterator[object]:
        return (row.cells.get(name) for row in table.rows() if isinstance(row, rows.Row))

    return Days(place, f"column {name}", options.dates, values)


def _article(row: rows.Row, columns: Columns, days: Days | None) -> Article | Skipped:
    cells = dict(row.cells)
    text, title, published, outlet = (
        None if name is None else cells.pop(name, None) for name in columns
    )
    if _cell(text) is None:
        return Skipped(row.place, "its text is empty", "fill it in or leave it out")
    if not isinstance(text, str):
        problem = f"its text is {as_text(text)!r}, which is no text"
        return Skipped(row.place, problem, "fill it in or leave it out")
    day, basis = (None, None) if days is None else days.read(_cell(published), row.place)
    more = {name: value for name, cell in cells.items() if (value := as_text(cell))}
    if columns.published is not None and day is None and (printed := as_text(published)):
        more[columns.published] = printed
    return Article(
        text, row.place, title=as_text(title), outlet=as_text(outlet),
        published=day, published_basis=basis, more=more,
    )  # fmt: skip


def _cell(value: object) -> object:
    """None for what pandas writes for a missing cell."""
    return None if isinstance(value, float) and math.isnan(value) else value


def as_text(cell: object) -> str | None:
    """Return a cell as it is read; None where it is empty.

    Parameters
    ----------
    cell : object
        As a reader of tables gives it. Of an object with a name the name is taken, as of
        ``{"id": null, "name": "Lund Gazette"}``; the parts of a list are joined with semicolons.

    Examples
    --------
    >>> as_text(3.0), as_text(["Ann Lee", "Ola Ness"]), as_text(float("nan"))
    ('3', 'Ann Lee; Ola Ness', None)
    """
    match cell:
        case None:
            return None
        case float():
            return None if math.isnan(cell) else str(int(cell)) if cell.is_integer() else str(cell)
        case datetime() if cell.time() == time():
            return cell.date().isoformat()
        case datetime() | date() | time():
            return cell.isoformat()
        case bytes():
            return None
        case dict() if isinstance(cell.get("name"), str):
            return as_text(cell["name"])
        case list() | tuple():
            return "; ".join(filter(None, map(as_text, cell))) or None
        case dict():
            return json.dumps(cell, ensure_ascii=False, default=str) if cell else None
    return str(cell).strip() or None


READERS: dict[str, Reader] = {
    kind: partial(_read, open_table)
    for kind, open_table in (
        ("delimited", rows.delimited),
        ("json", rows.records),
        ("sheet", rows.sheet),
        ("parquet", rows.parquet),
    )
}
"""What reads each kind of table."""
