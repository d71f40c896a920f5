"""The files of ``coding/``: each kind of row as a dataclass, checked as it is read.

They are written by hand, so they are converted cell by cell as the entries of the codebook are
(`usru.codebook.convert`), and then compared with the pages and with each other.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from datetime import date
from functools import cached_property
from itertools import accumulate, pairwise
from pathlib import Path
from typing import (
    Annotated,
    Any,
    ClassVar,
    Literal,
    NamedTuple,
    get_args,
    get_origin,
    get_type_hints,
)

import pandas as pd

from usru import codebook
from usru.codebook import Codebook, Fault, Rule, convert
from usru.errors import InputError
from usru.files import read_text
from usru.schema import KINDS
from usru.wording import count, times

__all__ = ["ROWS", "Coded", "Drawn", "Setting", "Sheet", "empty", "read", "texts"]


# What a row can be -------------------------------------------------------------------------------


class Listed(NamedTuple):
    """What a cell must be one of, by name in `Setting.listed`."""

    name: str


def _is_day(text: str) -> bool:
    try:
        return bool(re.fullmatch(r"\d{4}-\d\d-\d\d", text) and date.fromisoformat(text))
    except ValueError:
        return False


Document = Annotated[str, Rule(str.strip, "the doc_id of a document"), Listed("documents")]
Line = Annotated[int, Rule(lambda n: n >= 1, "a whole number from 1")]
Number = Annotated[int, Rule(lambda n: n >= 0, "a whole number from 0")]
Chance = Annotated[float, Rule(lambda n: 0 < n <= 1, "a number above 0 and up to 1, with a point")]
Printed = Annotated[str, Rule(str.strip, "the words as they are printed")]
Named = Annotated[str, Rule(str.strip, "a name")]
Day = Annotated[str, Rule(_is_day, "a day as 2017-02-16")]


@dataclass(frozen=True, kw_only=True)
class Coded:
    """A row of any coding.

    `key` are the columns that a unit is known by, `lines` those that are lines of its page, and
    `ordered` two of which the second does not come before the first. Units that are `apart` share no line.
    """

    key: ClassVar[tuple[str, ...]] = ("doc_id", "line")
    lines: ClassVar[tuple[str, ...]] = ("line",)
    ordered: ClassVar[tuple[str, str] | None] = None
    apart: ClassVar[bool] = False
    open: ClassVar[bool] = False

    doc_id: Document
    coder: str = ""
    coded: str = ""
    codebook: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Block(Coded):
    """The kind of some lines."""

    key = ("doc_id", "line_start")
    lines = ordered = ("line_start", "line_end")
    apart = True

    line_start: Line
    line_end: Line
    kind: Annotated[str, Listed("kinds")]


@dataclass(frozen=True, kw_only=True)
class Sentence(Coded):
    """A sentence of a paragraph, numbered within it."""

    key = ("doc_id", "line", "sentence")

    line: Line
    sentence: Number
    text: Printed


@dataclass(frozen=True, kw_only=True)
class Topics(Coded):
    """The topics of a paragraph, with spaces between them; none where it is on none."""

    line: Line
    topics: tuple[Annotated[str, Listed("topics")], ...]


@dataclass(frozen=True, kw_only=True)
class Valence(Coded):
    """How a paragraph portrays relations; empty where nobody said."""

    line: Line
    valence: Annotated[int, Listed("valence")] | None


@dataclass(frozen=True, kw_only=True)
class Phrase(Coded):
    """Words of a line, which may be printed there more than once."""

    key: ClassVar[tuple[str, ...]] = ("doc_id", "line", "text")

    line: Line
    text: Printed


@dataclass(frozen=True, kw_only=True)
class Date(Phrase):
    """A temporal expression, and the first and last day that it can mean."""

    ordered = ("earliest", "latest")

    earliest: Day | None
    latest: Day | None
    resolution: Literal["explicit", "partial", "relative"]


@dataclass(frozen=True, kw_only=True)
class Weekday(Phrase):
    """A bare weekday, the tense of its clause, and the days that it can mean."""

    ordered = ("earliest", "latest")

    clause: Literal["past", "present", "future"]
    earliest: Day | None
    latest: Day | None
    why: str


@dataclass(frozen=True, kw_only=True)
class Quotation(Phrase):
    """A quotation: who speaks, by which words it is reported, and how it is quoted."""

    speaker: str
    cue: str
    form: Literal["direct", "partial", "scare"] | None  # which who codes speakers does not say


@dataclass(frozen=True, kw_only=True)
class Clause(Phrase):
    """A clause: whose words it gives, who speaks, and through whom that came."""

    voice: Annotated[str, Listed("voice")]
    speaker: str
    relay: str


@dataclass(frozen=True, kw_only=True)
class Act(Phrase):
    """A phrase that names an act, with who does it and to whom."""

    key = ("doc_id", "line", "text", "act")

    act: Annotated[str, Listed("acts")]
    agent: Named
    patient: Named


@dataclass(frozen=True, kw_only=True)
class Sheet(Coded):
    """A row of a sheet, which lists passages and may have columns of its author's own."""

    key = ("doc_id", "line", "text")
    open = True

    line: Line
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class Drawn(Sheet):
    """A row of a sheet that was drawn by chance."""

    stratum: str
    probability: Chance


ROWS: Mapping[str, type[Coded]] = {
    "blocks": Block, "sentences": Sentence, "dates": Date, "weekdays": Weekday, "topics": Topics,
    "valence": Valence, "quotations": Quotation, "voice": Clause, "acts": Act,
}  # fmt: skip
"""What a row of a coding is, by the name of its file."""


# What cells are checked against ------------------------------------------------------------------


class _Page(NamedTuple):
    """The letters and digits of a page, and where those of each line and of its paragraph begin and end."""

    letters: str
    starts: list[int]
    ends: list[int]

    @classmethod
    def of(cls, text: str) -> "_Page":
        lines = [_letters(line) for line in re.split(r"\r\n|\n|\r", text)]
        starts = [*accumulate(map(len, lines), initial=0)]
        ends, end = [], starts[-1]
        for n in reversed(range(len(lines))):
            end = end if lines[n] else starts[n]
            ends.append(end)
        return cls("".join(lines), starts[:-1], ends[::-1])

    def times(self, words: str, line: int) -> int:
        """How often words are printed on a line or below it in its paragraph; once if they are marks alone."""
        sought = _letters(words)
        return (
            self.letters.count(sought, self.starts[line - 1], self.ends[line - 1]) if sought else 1
        )


def _letters(text: str) -> str:
    """What is left of a text whatever becomes of spaces, bullets and marks when it is cleaned."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFC", text)))


@dataclass(frozen=True, eq=False)
class Setting:
    """What the codings of a study speak of: its codebook, and its pages by `doc_id`."""

    codes: Codebook
    pages: Mapping[str, str]

    @cached_property
    def listed(self) -> Mapping[str, Rule]:
        """The rule for each `Listed`."""
        asked = {**codebook.read().variables, **self.codes.variables}
        known: dict[str, Iterable[str]] = {
            "kinds": KINDS, "topics": self.codes.topics, "acts": self.codes.acts,
            "voice": asked["voice"].codes, "valence": asked["valence"].codes,
        }  # fmt: skip
        rules = {name: _one_of([*codes]) for name, codes in known.items()}
        return rules | {
            "documents": Rule(self.pages.__contains__, "the doc_id of a document of the corpus")
        }

    @cached_property
    def _read(self) -> dict[str, _Page]:
        return {}

    def page(self, doc_id: str) -> _Page:
        """Return a page, divided into lines once.

        Parameters
        ----------
        doc_id : str
            A document of the study.
        """
        if doc_id not in self._read:
            self._read[doc_id] = _Page.of(self.pages[doc_id])
        return self._read[doc_id]


def _one_of(codes: Sequence[str]) -> Rule:
    return Rule(
        lambda value: str(value) in codes,
        f"one of {', '.join(codes) or 'the codes that the codebook will have'}",
    )


# Reading -----------------------------------------------------------------------------------------


def read(path: Path, kind: type[Coded], setting: Setting | None = None) -> pd.DataFrame:
    """Read a coding, and check it.

    Parameters
    ----------
    path : path
        The file.
    kind : type
        What a row is, as in `ROWS`.
    setting : Setting, optional
        What codes and places are checked against; by default they are not.

    Returns
    -------
    pandas.DataFrame
        The columns as they are in the file, those of whole numbers as int64 (float64 where one is
        missing), others as text; what is empty is missing.

    Raises
    ------
    InputError
        Naming the file, the line of it on which the row begins, from 1, the column and the mend.

    Examples
    --------
    >>> from usru.files import shipped
    >>> read(shipped() / "coding" / "reference" / "topics.csv", Topics)["line"].tolist()[:2]
    [10, 12]
    """
    _, typed = _checked(path, kind, setting, _needed(kind))
    return typed.reset_index(drop=True)


def empty(kind: type[Coded]) -> pd.DataFrame:
    """Return a coding without rows.

    Parameters
    ----------
    kind : type
        What a row would be.

    Examples
    --------
    >>> empty(Block).columns.tolist()
    ['doc_id', 'line_start', 'line_end', 'kind']
    """
    return _typed(pd.DataFrame(columns=_needed(kind), dtype="str"), kind)


def texts(
    path: Path, kind: type[Coded], setting: Setting | None = None,
    needed: Iterable[str] | None = None,
) -> pd.DataFrame:  # fmt: skip
    """Read a coding and check it, but leave every cell as it is written.

    Parameters
    ----------
    path, kind, setting
        As for `read`.
    needed : iterable of str, optional
        The columns that must be there; by default all that have no default in `kind`.

    Returns
    -------
    pandas.DataFrame of str
        Under the lines of the file on which the rows begin. Rows of empty cells, as spreadsheets leave
        them, are left out.

    Raises
    ------
    InputError
        As `read`.

    Examples
    --------
    >>> from usru.files import shipped
    >>> texts(shipped() / "coding" / "reference" / "topics.csv", Topics)["line"].to_dict()[2]
    '10'
    """
    return _checked(path, kind, setting, _needed(kind) if needed is None else needed)[0]


def _checked(
    path: Path, kind: type[Coded], setting: Setting | None, needed: Iterable[str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The cells of a coding as they are written, and as numbers and texts."""
    table = _table(path, kind, [*needed])
    for column, hint in _hints(kind).items():
        if column in table:
            _convert(path, table[column], _resolved(hint, setting))
    typed = _typed(table, kind)
    for line, fault in _faults(kind, typed, setting):
        raise InputError(f"{path}, line {line}, {fault.field}", *fault[1:])
    return table, typed


def _table(path: Path, kind: type[Coded], needed: list[str]) -> pd.DataFrame:
    """The cells of a file, if it is a table with the right columns."""
    (_, head), *rows = _lines(path) or [(1, [])]
    known = [one.name for one in fields(kind)]
    for column in [*needed, *head]:
        if head.count(column) != 1:
            why = f"the column {column!r} is there {times(head.count(column))}"
            mend = "have it once, with commas between columns, or move the file away"
            raise InputError(path, why, mend)
        if column not in known and not kind.open:
            mend = f"use {', '.join(known)}"
            raise InputError(
                f"{path}, line 1", f"there is no column {column!r} in such a coding", mend
            )
    for number, row in rows:
        # pandas would take the cells that a row lacks for empty ones, which are decisions for none.
        if len(row) != len(head):
            why = f"it has {count(len(row), 'cell')}, where the columns are {len(head)}"
            mend = "correct the row, cells that hold commas in quotation marks"
            raise InputError(f"{path}, line {number}", why, mend)
    found = [(number, row) for number, row in rows if any(row)]
    lines = pd.Index([number for number, _ in found], dtype="int64")
    return pd.DataFrame([row for _, row in found], columns=head, index=lines, dtype="str")


def _lines(path: Path) -> list[tuple[int, list[str]]]:
    """The rows of a file that are not blank, each with the line on which it begins."""
    text = read_text(path, "restore the file, or move it away")
    if lone := re.search(r"\r(?!\n)", text):
        line = len(re.findall(r"\r\n|\n|\r", text[: lone.start()])) + 1
        why = "its lines end as on an old Macintosh (CR)"
        raise InputError(f"{path}, line {line}", why, "save it with line ends of Unix or Windows")
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    found, line = [], 1
    try:
        for row in rows:
            found += [(line, row)] if row else []
            line = rows.line_num + 1
    except csv.Error as error:
        mend = "close what opens there, and write a quotation mark inside a cell twice"
        raise InputError(f"{path}, line {line}", f"it is no table ({error})", mend) from None
    return found


# What a kind of row says of its columns -----------------------------------------------------------


def _hints(kind: type[Coded]) -> dict[str, Any]:
    hints = get_type_hints(kind, include_extras=True)
    return {one.name: hints[one.name] for one in fields(kind)}


def _needed(kind: type[Coded]) -> list[str]:
    return [one.name for one in fields(kind) if one.default is MISSING]


class _Cell(NamedTuple):
    """What a cell must be, for `convert`, and of which type; whether it may be empty."""

    kind: Any
    base: Any
    may_be_empty: bool


def _resolved(hint: Any, setting: Setting | None) -> _Cell:
    """A type hint with the lists that it names."""
    inner = [one for one in get_args(hint) if one is not type(None)]
    if type(None) in get_args(hint):
        return _resolved(inner[0], setting)._replace(may_be_empty=True)
    if get_origin(hint) is tuple:
        several: Any = tuple
        return _Cell(several[_resolved(inner[0], setting).kind, ...], tuple, True)
    if get_origin(hint) is not Annotated:
        return _Cell(hint, hint, hint is str)
    base, *rules = inner
    if setting is not None:
        rules = [setting.listed[one.name] if isinstance(one, Listed) else one for one in rules]
    annotated: Any = Annotated
    rules = [one for one in rules if isinstance(one, Rule)]
    return _Cell(annotated[(base, *rules)] if rules else base, base, False)


def _convert(path: Path, cells: pd.Series, cell: _Cell) -> None:
    """Refuse the first of some cells that will not do; each value is looked at once."""
    for line, text in cells.drop_duplicates().items():
        if text or not cell.may_be_empty:
            convert(_value(text, cell.base), cell.kind, f"{path}, line {line}", str(cells.name))


def _value(text: str, base: Any) -> object:
    """What a cell says, as TOML would; a text where it is not what it should be."""
    if base is tuple:
        return text.split()
    if base is int and re.fullmatch(r"[-+]?[0-9]{1,9}", text):
        return int(text)
    if base is float and re.fullmatch(r"[-+]?[0-9]*\.?[0-9]+(e[-+]?[0-9]{1,3})?", text):
        return float(text)
    return text


def _typed(table: pd.DataFrame, kind: type[Coded]) -> pd.DataFrame:
    """Checked cells as numbers and texts; what is empty is missing."""
    bases = {column: _resolved(hint, None).base for column, hint in _hints(kind).items()}
    return pd.DataFrame({
        column: _numbers(cells, bases[column]) if bases.get(column) in (int, float)
        else cells.where(cells != "")
        for column, cells in table.items()
    }, index=table.index)  # fmt: skip


def _numbers(cells: pd.Series, base: Any) -> pd.Series:
    is_whole = base is int and not (cells == "").any()
    return pd.to_numeric(cells).astype("int64" if is_whole else "float64")


# What rows say together ---------------------------------------------------------------------------


def _faults(
    kind: type[Coded], table: pd.DataFrame, setting: Setting | None
) -> Iterator[tuple[Hashable, Fault]]:
    """What is wrong with the rows of a coding beside each other and their pages, with the line of each."""
    if setting is not None:
        yield from _off_the_page(kind, table, setting)
    if kind.ordered and {*kind.ordered} <= {*table}:
        yield from _disordered(*kind.ordered, table)
    yield from _again(kind, table, setting)
    if kind.apart:
        yield from _overlapping(table)


def _disordered(first: str, last: str, table: pd.DataFrame) -> Iterator[tuple[Hashable, Fault]]:
    both = table.dropna(subset=[first, last])
    for line, row in both[both[last] < both[first]].iterrows():
        why = f"{row[last]} is before the {first}, {row[first]}"
        yield line, Fault(last, why, "swap or correct them")


def _off_the_page(
    kind: type[Coded], table: pd.DataFrame, setting: Setting
) -> Iterator[tuple[Hashable, Fault]]:
    pages = {doc_id: setting.page(doc_id) for doc_id in table["doc_id"].unique()}
    lengths = [len(pages[doc_id].starts) for doc_id in table["doc_id"]]
    sizes = pd.Series(lengths, index=table.index, dtype="int64")
    for column in kind.lines:
        for line, row in table[table[column] > sizes].iterrows():
            why = f"line {row[column]} is beyond the {sizes[line]} lines of {row['doc_id']}"
            yield line, Fault(column, why, "correct the line")
    if "text" in table:
        cells = zip(table.index, table["doc_id"], table["line"], table["text"], strict=True)
        for at, doc_id, line, words in cells:
            if not pages[doc_id].times(words, line):
                why = f"{words!r} is not printed on line {line} of {doc_id}"
                yield at, Fault("text", why, "give the words as they are on the page")


def _again(
    kind: type[Coded], table: pd.DataFrame, setting: Setting | None
) -> Iterator[tuple[Hashable, Fault]]:
    key = [column for column in kind.key if column in table]
    for line, row in table[table.duplicated(key)].iterrows():
        same = table.index[(table[key] == row[key]).all(axis=1)]
        at = [*same].index(line)
        if (
            setting is None
            or "text" not in key
            or at >= setting.page(row["doc_id"]).times(row["text"], row["line"])
        ):
            why = f"line {same[0]} has the same passage already"
            yield line, Fault(key[-1], why, "take one of them out")


def _overlapping(table: pd.DataFrame) -> Iterator[tuple[Hashable, Fault]]:
    for doc_id, own in table.groupby("doc_id", sort=False):
        spans = sorted(zip(own["line_start"], own["line_end"], own.index, strict=True))
        for (_, end, before), (start, _, line) in pairwise(spans):
            if start <= end:
                why = f"line {start} of {doc_id} is in the block of line {before} too"
                yield line, Fault("line_start", why, "give each line to one block")
