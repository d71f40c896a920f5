"""Articles from anywhere as parts of at most a thousand, which workers measure one by one."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from itertools import chain, islice
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from usru import schema, sources
from usru.errors import InputError
from usru.files import write
from usru.manifest import Document
from usru.sources import Article, Options, Skipped
from usru.sources.base import checked
from usru.sources.tables import of_frame

__all__ = ["LONGEST", "PART", "Part", "documents", "lay_out", "own_columns", "take"]

PART = 1_000
"""Articles of a part at most: what a worker holds at a time."""

LONGEST = 1_000_000
"""Characters of the longest article: a longer one would hold up its part for minutes."""

_IDS = ("doc_id", "id")  # columns that name an article, the likelier first

_COLUMNS = pa.schema({
    "doc_id": pa.large_string(), "source": pa.large_string(), "layout": pa.large_string(),
    "title": pa.large_string(), "outlet": pa.large_string(), "published": pa.date32(),
    "published_basis": pa.large_string(), "more": pa.large_string(), "text": pa.large_string(),
})  # fmt: skip

_Found = Iterator[Article | Skipped]


class Part(NamedTuple):
    """Some articles as they are laid out: the name of their file, and what was not taken."""

    name: str
    skipped: tuple[Skipped, ...]


def take(given: Any, options: Options | None = None) -> Iterator[_Found]:
    """Return the articles of each file, or of each partition of a frame.

    Parameters
    ----------
    given : path, pandas.DataFrame or dask.dataframe.DataFrame
        A file or folder that `usru.sources.read` can read, or a frame with the columns that a
        table of articles has.
    options : Options, optional
        What the source cannot say itself.

    Raises
    ------
    InputError
        At once, where the source as a whole cannot be used.
    """
    files = _files(given, options or Options())
    first = next(files)
    return chain([chain([*islice(first, 1)], first)], files)


def _files(given: Any, options: Options) -> Iterator[_Found]:
    if isinstance(given, pd.DataFrame):
        yield map(_checked, of_frame(given, "the frame", options))
    elif hasattr(given, "partitions"):
        for i, partition in enumerate(given.partitions):
            yield map(_checked, of_frame(partition.compute(), f"partition {i}", options))
    elif Path(given).is_dir():
        yield from sources.reading.by_file(Path(given), options)
    else:
        yield sources.read(Path(given), options)


def _checked(found: Article | Skipped) -> Article | Skipped:
    return found if isinstance(found, Skipped) else checked(found)


def lay_out(files: Iterable[_Found], folder: Path, size: int = PART) -> Iterator[Part]:
    """Write articles to a folder in parts, and yield each part when its file is whole.

    Parameters
    ----------
    files : iterable of iterator of Article or Skipped
        As `take` gives them. The end of a file is the end of a part.
    folder : path
        Where the parts go, as ``part-00000.parquet``. One that is there already is left alone.
    size : int
        Articles of a part at most.

    Raises
    ------
    InputError
        When a part is there with other articles: they have changed, or come from another source.
    """
    taken: set[str] = set()
    batches = (some for file in files for some in _batches(file, size))
    for number, some in enumerate(batches):
        kept = [item if isinstance(item, Skipped) else _row(item, taken) for item in some]
        rows = [one for one in kept if not isinstance(one, Skipped)]
        name = f"part-{number:05}"
        _store(folder / f"{name}.parquet", pa.Table.from_pylist(rows, _COLUMNS))
        yield Part(name, tuple(one for one in kept if isinstance(one, Skipped)))


def _batches(found: _Found, size: int) -> Iterator[list[Article | Skipped]]:
    """What a file holds, so many articles at a time."""
    some: list[Article | Skipped] = []
    articles = 0
    for item in found:
        if articles == size:
            yield some
            some, articles = [], 0
        some.append(item)
        articles += isinstance(item, Article)
    if some:
        yield some


def _row(article: Article, taken: set[str]) -> dict[str, Any] | Skipped:
    """An article as a row; the sentence that says so where it cannot be measured."""
    if len(article.text) > LONGEST:
        why = f"it has {len(article.text):,} characters, more than the {LONGEST:,} of an article"
        return Skipped(article.source, why, "divide it into its articles")
    more = dict(article.more)
    given = next((more.pop(name) for name in _IDS if name in more), "")
    doc_id = given or f"article-{len(taken):07}"
    if doc_id in taken:
        mend = "give each article an id of its own, or leave all without"
        return Skipped(article.source, f"another article has the id {doc_id!r} too", mend)
    taken.add(doc_id)
    own = {f"{name}_given" if name in schema.FRAMES["documents"] else name: value
           for name, value in more.items()}  # fmt: skip
    return {
        "doc_id": doc_id, "source": article.source, "layout": article.layout,
        "title": article.title or "", "outlet": article.outlet or "",
        "published": article.published, "published_basis": article.published_basis or "",
        "more": json.dumps(own, ensure_ascii=False), "text": article.text,
    }  # fmt: skip


def _store(path: Path, table: pa.Table) -> None:
    """Write a part, unless it is there."""
    if path.is_file():
        # The bytes may differ by the version that wrote them.
        if not pq.read_table(path).equals(table):
            mend = "choose another folder, or delete this one to measure them anew"
            raise InputError(path, "the articles have changed since they were measured", mend)
        return
    target = BytesIO()
    pq.write_table(table, target, compression="zstd")
    write(path, target.getvalue())


def documents(path: Path) -> tuple[list[Document], Mapping[str, str]]:
    """Return the articles of a part as documents, and their texts by `doc_id`.

    Parameters
    ----------
    path : path
        A part, as `lay_out` writes it.
    """
    rows = pq.read_table(path).to_pylist()
    listed = [
        Document(
            doc_id=row["doc_id"], file=row["source"], outlet=row["outlet"], title=row["title"],
            published=row["published"], published_basis=row["published_basis"],
            sha256=hashlib.sha256(row["text"].encode("utf-8")).hexdigest(), layout=row["layout"],
            more=json.loads(row["more"]),
        )
        for row in rows
    ]  # fmt: skip
    return listed, {row["doc_id"]: row["text"] for row in rows}


def own_columns(folder: Path) -> list[str]:
    """Return the fields of one's own that articles of the first part have: those of all parts.

    Parameters
    ----------
    folder : path
        Where `lay_out` writes.
    """
    stored = pq.read_table(folder / "part-00000.parquet", columns=["more"])["more"].to_pylist()
    return list(dict.fromkeys(name for more in stored for name in json.loads(more)))
