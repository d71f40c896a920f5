"""Tables as rows: delimited text, JSON, sheets and Parquet, each row with its place in the file.

A row that cannot be read is a sentence among the others. Delimited text, JSON lines, JSON arrays
and Parquet are read piece by piece, so that their size does not matter.
"""

import csv
import json
import re
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import Any, NamedTuple, TextIO

import pandas as pd

from usru.errors import InputError
from usru.sources.base import LONGEST, Options, Skipped
from usru.sources.decoding import encoding_of, opened, text_of, within_memory

__all__ = ["Row", "Table", "delimited", "of_frame", "parquet", "records", "sheet"]

_DELIMITERS = ",;\t|"
_SAMPLE = 100  # rows that are looked at for the columns of a table
_CHUNK = 1 << 16
_SHORT = 1000  # characters of what an object says of a list; a longer part is an article
_BATCH = 256
_BETWEEN = re.compile(r"[\s,]*")
_QUOTES = (
    "its quotation marks do not match",
    "close each text with one, and write one inside a text twice",
)


class Row(NamedTuple):
    """A row of a table: its place, for sentences about it, and its cells by column."""

    place: str
    cells: Mapping[str, object]


class Table(NamedTuple):
    """The columns of a table, its first rows, and a function that reads its rows from the start."""

    names: Sequence[str]
    sample: Sequence[Mapping[str, object]]
    rows: Callable[[], Iterator[Row | Skipped]]


def _table(rows: Callable[[], Iterator[Row | Skipped]], names: Sequence[str] = ()) -> Table:
    read = list(islice((row.cells for row in rows() if isinstance(row, Row)), _SAMPLE))
    return Table(list(dict.fromkeys(chain(names, *read))), read, rows)


# Delimited text -----------------------------------------------------------------------------


def delimited(path: Path, place: str, options: Options) -> Table:
    r"""Read CSV, TSV and the like; the delimiter is the one that divides the first row most.

    Parameters
    ----------
    path, place, options : path, str, Options
        The file, what to call it, and its encoding where that cannot be told.

    Returns
    -------
    Table
        Rows are numbered as a spreadsheet shows them, the names of the columns being row 1.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "a.csv"
    >>> _ = path.write_text('title;text\nLund;"One.\nTwo."\nOslo\n')
    >>> for row in delimited(path, "a.csv", Options()).rows():
    ...     print(row)
    Row(place='a.csv, row 2', cells={'title': 'Lund', 'text': 'One.\nTwo.'})
    a.csv, row 3: it has 1 cell where the first row names 2 columns; put texts with delimiters or line ends in them into quotation marks.
    """
    # The default is shorter than a long article, and Python keeps one limit for all readers.
    csv.field_size_limit(2**31 - 1)
    encoding = encoding_of(path, place, options.encoding)
    with opened(path, encoding) as lines:
        first = next(line for line in lines if line.strip())
    told = first.strip().lower()
    delimiter = told[4:] or "\t" if told.startswith("sep=") else _delimiter(first)
    rows = partial(_delimited_rows, path, place, encoding, delimiter)
    names = _names(path, place, encoding, delimiter)
    twice = next((name for i, name in enumerate(names) if name and name in names[:i]), None)
    if twice is not None:
        raise InputError(f"{place}, row 1", f"two columns are named {twice!r}", "rename one")
    return _table(rows, [name for name in names if name])


def _delimiter(line: str) -> str:
    return max(_DELIMITERS, key=lambda mark: len(next(csv.reader([line], delimiter=mark))))


def _names(path: Path, place: str, encoding: str, delimiter: str) -> list[str]:
    number, first = next(_cells(path, encoding, delimiter), (0, []))
    if first is None:
        raise InputError(f"{place}, row {number}", *_QUOTES)
    if not first:
        raise InputError(place, "all its cells are empty", "put articles into it, or leave it out")
    return [name.strip() for name in first]


def _cells(path: Path, encoding: str, delimiter: str) -> Iterator[tuple[int, list[str] | None]]:
    """The rows with anything in them, and their numbers; None for one that cannot be divided."""
    with opened(path, encoding) as lines:
        # A first line for Excel that names the delimiter, which Excel does not show.
        told = next(lines)
        lines = lines if told.lower().startswith("sep=") else chain([told], lines)
        for number, cells in enumerate(_divided(_Lines(lines), delimiter), start=1):
            if cells is None or any(cell.strip() for cell in cells):
                yield number, cells


class _Lines:
    """Lines of which those that were taken can be read again."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines, self._again = lines, deque[str]()
        self.taken: list[str] = []
        self.at_end = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else next(self._lines, None)
        if line is None:
            self.at_end = True
            raise StopIteration
        self.taken.append(line)
        return line

    def go_back(self, lines: Sequence[str]) -> None:
        """Read the last lines that were taken again."""
        self._again.extendleft(reversed(lines))
        self.at_end = False


def _divided(lines: _Lines, delimiter: str) -> Iterator[list[str] | None]:
    """The cells of each row, and None for one whose quotation marks do not match.

    A mark that is missing would make what follows the text of one row, or its paragraphs rows of
    their own, so the next row is looked for.
    """
    rows = csv.reader(lines, delimiter=delimiter, strict=True)
    opening = re.compile(rf'(?:^|{re.escape(delimiter)})"')
    while True:
        lines.taken.clear()
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error:
            yield None
            _find_row(lines, opening)
        else:
            yield cells


def _find_row(lines: _Lines, opening: re.Pattern[str]) -> None:
    """Go to the line where the row behind one that cannot be divided is likely to begin."""
    taken = list(lines.taken)
    if lines.at_end:  # no cell behind the open one has marks, so that each line is a row
        lines.go_back(taken[1:])
    elif len(taken) > 1:  # texts of several lines begin with a mark
        lines.go_back(taken[-1:])
        found = next((line for line in lines if opening.search(line)), None)
        lines.go_back([found] if found else [])


def _delimited_rows(
    path: Path, place: str, encoding: str, delimiter: str
) -> Iterator[Row | Skipped]:
    names = _names(path, place, encoding, delimiter)
    for number, cells in islice(_cells(path, encoding, delimiter), 1, None):
        here = f"{place}, row {number}"
        if cells is None:
            yield Skipped(here, *_QUOTES)
            continue
        while len(cells) > len(names) and not cells[-1].strip():
            cells.pop()
        if len(cells) == len(names):
            yield Row(here, {name: cell for name, cell in zip(names, cells, strict=True) if name})
        else:
            count = "1 cell" if len(cells) == 1 else f"{len(cells)} cells"
            problem = f"it has {count} where the first row names {len(names)} columns"
            mend = "put texts with delimiters or line ends in them into quotation marks"
            yield Skipped(here, problem, mend)


# JSON ---------------------------------------------------------------------------------------


def records(path: Path, place: str, options: Options) -> Table:
    r"""Read JSON: an object a line, one array of objects, or one object.

    Parameters
    ----------
    path, place, options : path, str, Options
        The file, what to call it, and its encoding where that cannot be told.

    Returns
    -------
    Table
        Places are lines of a file of lines, items of an array. An object without a text of its
        own whose one list of objects is longer stands for that list, as search engines give it.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "a.jsonl"
    >>> _ = path.write_text('{"text": "One."}\n{"text": \n')
    >>> for row in records(path, "a.jsonl", Options()).rows():
    ...     print(row)
    Row(place='a.jsonl, line 1', cells={'text': 'One.'})
    a.jsonl, line 2: it is no JSON (Expecting value); save it again.
    """
    encoding = encoding_of(path, place, options.encoding)
    with opened(path, encoding) as lines:
        first = next(line for line in lines if line.strip())
        is_only = not any(line.strip() for line in lines)
    if first.lstrip().startswith("["):
        return _table(partial(_array, path, place, encoding))
    is_line = not is_only and _value(first) is not None
    if is_line or path.suffix.lower() != ".json":
        return _table(partial(_lines, path, place, encoding))
    value = _value(text_of(path, place, options.encoding))
    if value is None:
        mend = "save it again, or name it .jsonl if it has an object in each line"
        raise InputError(place, "it is no JSON", mend)
    return _table(partial(_object, value, place))


def _value(text: str) -> object:
    try:
        value: object = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value


def _record(value: object, place: str) -> Row | Skipped:
    if isinstance(value, dict):
        return Row(place, value)
    return Skipped(place, "it is no JSON object", 'give it as {"text": …}')


def _lines(path: Path, place: str, encoding: str) -> Iterator[Row | Skipped]:
    with opened(path, encoding) as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            here = f"{place}, line {number}"
            try:
                yield _record(json.loads(line), here)
            except (ValueError, RecursionError) as error:
                yield Skipped(here, f"it is no JSON ({_reason(error)})", "save it again")


def _reason(error: Exception) -> str:
    return error.msg if isinstance(error, json.JSONDecodeError) else "too many levels"


def _object(value: object, place: str) -> Iterator[Row | Skipped]:
    """One object: an article, or what holds the list of them."""
    parts = list(value.values()) if isinstance(value, dict) else []
    lists = [part for part in parts if _is_list(part)]
    if len(lists) != 1 or any(isinstance(part, str) and len(part) > _SHORT for part in parts):
        yield _record(value, place)
        return
    for number, item in enumerate(lists[0], start=1):
        yield _record(item, f"{place}, item {number}")


def _is_list(part: object) -> bool:
    return isinstance(part, list) and bool(part) and all(isinstance(item, dict) for item in part)


def _array(path: Path, place: str, encoding: str) -> Iterator[Row | Skipped]:
    """The items of one array, each decoded when it has been read whole."""
    with path.open(encoding=encoding) as file:
        for number, value in enumerate(_items(file), start=1):
            if isinstance(value, ValueError):
                here = f"{place}, item {number}"
                yield Skipped(here, f"from here on it is no JSON ({value})", "save the file again")
            else:
                yield _record(value, f"{place}, item {number}")


def _items(file: TextIO) -> Iterator[Any]:
    """The values of an array; where it breaks, an error is the last of them."""
    decode = json.JSONDecoder().raw_decode
    text = file.read(_CHUNK)
    at = text.index("[") + 1
    while True:
        at = _BETWEEN.match(text, at).end()  # type: ignore[union-attr]
        if text.startswith("]", at):
            return
        try:
            value, at = decode(text, at)
        except (ValueError, RecursionError) as error:
            text, at = text[at:], 0
            # As much again is read each time, so that a long item is not tried too often.
            more = "" if len(text) > 4 * LONGEST else file.read(max(_CHUNK, len(text)))
            if not more:
                yield ValueError(_reason(error))
                return
            text += more
        else:
            yield value


# Sheets and Parquet -------------------------------------------------------------------------


def sheet(path: Path, place: str, options: Options) -> Table:
    """Read the first sheet with anything in it; other sheets get a sentence each.

    Parameters
    ----------
    path, place, options : path, str, Options
        The file, what to call it; nothing of the options concerns it.

    Returns
    -------
    Table
        Rows are numbered as the spreadsheet shows them.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    within_memory(path, place)
    try:
        with CalamineWorkbook.from_path(path) as book:
            sheets = [(name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in book.sheet_names]  # fmt: skip
    except CalamineError as error:
        problem = f"its sheets cannot be read ({error})"
        raise InputError(place, problem, "save it again, or as CSV") from None
    filled = [(name, cells) for name, cells in sheets if any(map(any, cells))]
    if not filled:
        raise InputError(place, "its sheets are empty", "put articles into it, or leave it out")
    rows = partial(_sheet_rows, filled[0][1], place, [name for name, _ in filled[1:]])
    return _table(rows, [])


def _sheet_rows(
    cells: Sequence[Sequence[object]], place: str, others: Sequence[str]
) -> Iterator[Row | Skipped]:
    numbered = ((number, row) for number, row in enumerate(cells, start=1) if any(row))
    names = [str(name).strip() for name in next(numbered)[1]]
    for number, row in numbered:
        yield Row(f"{place}, row {number}", {name: cell for name, cell in zip(names, row, strict=False) if name})  # fmt: skip
    for name in others:
        yield Skipped(f"{place}, sheet {name!r}", "only the first sheet is read", "save it as a file of its own")  # fmt: skip


def parquet(path: Path, place: str, options: Options) -> Table:
    """Read a Parquet table batch by batch.

    Parameters
    ----------
    path, place, options : path, str, Options
        The file, what to call it; nothing of the options concerns it.

    Returns
    -------
    Table
        Rows are numbered from 1.
    """
    from pyarrow import ArrowException
    from pyarrow.parquet import ParquetFile

    try:
        with ParquetFile(path) as file:
            names = file.schema_arrow.names
    except (ArrowException, OSError, ValueError):
        raise InputError(place, "it is damaged or was cut off", "save it again") from None
    return _table(partial(_parquet_rows, path, place), names)


def _parquet_rows(path: Path, place: str) -> Iterator[Row | Skipped]:
    from pyarrow import ArrowException
    from pyarrow.parquet import ParquetFile

    number = 0
    with ParquetFile(path) as file:
        try:
            for batch in file.iter_batches(batch_size=_BATCH):
                for cells in batch.to_pylist():
                    number += 1
                    yield Row(f"{place}, row {number}", cells)
        except (ArrowException, OSError, ValueError):
            here = f"{place}, row {number + 1}"
            yield Skipped(here, "from here on it cannot be read", "save the file again")


def of_frame(frame: pd.DataFrame, place: str) -> Table:
    """Return the rows of a frame, whose cells are empty where a value is missing.

    Parameters
    ----------
    frame, place : pandas.DataFrame, str
        The frame, and what to call it; its rows are numbered from 1.
    """
    return _table(partial(_frame_rows, frame, place), list(map(str, frame.columns)))


def _frame_rows(frame: pd.DataFrame, place: str) -> Iterator[Row]:
    for start in range(0, len(frame), _BATCH):
        some = frame.iloc[start : start + _BATCH]
        cells = some.astype("object").where(some.notna(), None).rename(columns=str)
        for number, row in enumerate(cells.to_dict("records"), start=start + 1):
            yield Row(f"{place}, row {number}", row)
