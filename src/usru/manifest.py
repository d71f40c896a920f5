"""A corpus folder's ``corpus.toml``, and the documents that it or a table beside it lists."""

import codecs
import hashlib
import re
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache
from io import StringIO
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Annotated, Any, Literal

import pandas as pd

from usru.codebook import MANIFEST, Fault, Rule, Text, convert, read_toml, repeated
from usru.draft import draft
from usru.errors import InputError
from usru.files import decode, is_there, read_bytes, shipped

__all__ = [
    "TABLES", "Code", "Document", "Manifest", "Meeting", "draft", "locate", "read", "read_document",
    "shipped",
]  # fmt: skip

TABLES = ("documents.csv", "documents.parquet")
"""Files beside the manifest that list documents, one a row, where there are too many for entries."""

Degrees = Annotated[
    tuple[float, float],
    Rule(lambda pair: len(pair) == 2 and abs(pair[0]) <= 90 and abs(pair[1]) <= 180,
         "`{} = [50.72, 7.12]`, degrees north (-90 to 90) and east (-180 to 180)"),
]  # fmt: skip
Code = Annotated[
    str, Rule(re.compile("[a-z]{2,3}").fullmatch, '`{} = "de"`, an ISO 639 code in small letters')
]
Pair = Annotated[
    tuple[Text, ...],
    Rule(lambda pair: len(pair) == 2, '`{} = [["one", "other"]]`, pairs of values of that column'),
]


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """A meeting that stories are about; `coordinates` are degrees north and east.

    `label` is what figures and pages call it, by default its `id`.
    """

    id: Text
    label: Text = ""
    place: Text
    venue: Text = ""
    coordinates: Degrees | None = None
    date: date
    occasion: Text = ""


@dataclass(frozen=True, kw_only=True)
class Document:
    """A story: one file of the corpus folder and what is known about it; what is not is empty.

    `layout` says what the file holds: ``"page"``, a dump of a web page with its furniture, or
    ``"article"``, the story alone, all of which is body. `label` is what figures and pages call it,
    by default its title. `more` are fields of one's own, which `Corpus.documents` has as columns.
    """

    doc_id: Text
    label: Text = ""
    file: Text
    outlet: Text = ""
    title: Text = ""
    meeting: Text = ""
    published: date | None = None
    published_basis: Text = ""
    sha256: Text
    layout: Literal["page", "article"] = "page"
    more: Mapping[str, Any] = field(default_factory=dict, metadata={"rest": True})

    def faults(self) -> Iterator[Fault]:
        """A file outside the folder, as no corpus can be passed on with one."""
        posix, windows = PurePosixPath(self.file), PureWindowsPath(self.file)
        if posix.is_absolute() or windows.anchor or ".." in (*posix.parts, *windows.parts):
            yield _outside("file", self.file)


def _outside(field: str, file: str) -> Fault:
    return Fault(
        field, f"{file!r} leads outside the corpus folder or is a link",
        "keep the document in the folder and give its path relative to it",
    )  # fmt: skip


@dataclass(frozen=True)
class Manifest:
    """What a corpus folder says of itself.

    Only in a `strict` one is a page's problem an error. `language` is an ISO 639-1 code; `group`
    the column of the documents by which figures group them (chosen by `Corpus.group` when it is
    empty); `compare` the pairs of values, by column, that the study compares.
    """

    title: Text
    documents: tuple[Document, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    strict: bool = False
    language: Code = "en"
    group: Text = ""
    compare: Mapping[str, tuple[Pair, ...]] = field(default_factory=dict)
    folder: Path = field(default=Path(), metadata={"toml": None})

    def faults(self) -> Iterator[Fault]:
        """A meeting's id that is used twice."""
        yield from repeated("meetings", "id", [meeting.id for meeting in self.meetings])

    @property
    def root(self) -> Path:
        """The folder of the study: that with ``data`` and ``notebooks``, or the corpus folder itself."""
        folder = self.folder.resolve()
        beside = folder.name == "data" and (folder.parent / "notebooks").is_dir()
        return folder.parent if beside else folder


def locate(folder: str | Path) -> Path:
    """Return the folder of the manifest: the one given, or ``data`` in it.

    Parameters
    ----------
    folder : str or path
        A study, or its corpus folder; where neither holds a manifest, that is an error.

    Examples
    --------
    >>> locate(shipped()) == shipped()
    True
    """
    for place in (Path(folder), Path(folder) / "data"):
        if (place / MANIFEST).is_file():
            return place
        if _is_link(place / MANIFEST):
            mend = "put the file there that it leads to, or delete it"
            raise InputError(place / MANIFEST, "it is a link that leads nowhere", mend)
    mend = f"name a folder that holds a {MANIFEST} (see `usru new`)"
    raise InputError(Path(folder) / MANIFEST, "there is no manifest here", mend)


def read(folder: str | Path) -> Manifest:
    """Read and check the manifest of a corpus folder.

    Parameters
    ----------
    folder : str or path
        A folder as `locate` takes it.

    Returns
    -------
    Manifest
        Meetings and documents in the order of the file; documents of a table (`TABLES`) come behind
        those of ``[[documents]]``. Fields that the package does not know are left for their
        author's own use.

    Examples
    --------
    >>> [meeting.id for meeting in read(shipped()).meetings]
    ['bonn', 'moscow', 'manila']
    """
    folder = locate(folder)
    path = folder / MANIFEST
    found: Manifest = convert(read_toml(path), Manifest, path, closed=False)
    entries = enumerate(found.documents, start=1)
    listed = [(f"{path}, [[documents]] {n} ({one.doc_id})", one) for n, one in entries]
    listed += _rows(folder)
    if not listed:
        mend = "add [[documents]] above each, for one at least, or list them in documents.csv"
        raise InputError(path, "there is no document", mend)
    _check(found, folder, listed)
    return replace(found, folder=folder, documents=tuple(one for _, one in listed))


def _check(found: Manifest, folder: Path, listed: list[tuple[str, Document]]) -> None:
    """Refuse a name or a file that is used twice, an unknown meeting, and a file that is a link."""
    meetings = {meeting.id: None for meeting in found.meetings}
    seen: set[str] = set()
    files: dict[Path, str] = {}
    is_link = cache(lambda step: _is_link(folder / step))
    for place, document in listed:
        if document.doc_id in seen:
            place = place.partition(" (")[0]
            why = f"{document.doc_id!r} is used twice"
            raise InputError(f"{place}, doc_id", why, "give each entry a name of its own")
        seen.add(document.doc_id)
        if meetings and document.meeting and document.meeting not in meetings:
            why = f"{document.meeting!r} is no meeting of this corpus"
            mend = f"use one of {', '.join(sorted(meetings))} or add it under [[meetings]]"
            raise InputError(f"{place}, meeting", why, mend)
        file = Path(document.file)
        if file in files:
            why = f"{document.file!r} is the file of {files[file]!r} too"
            raise InputError(f"{place}, file", why, "list each file once")
        files[file] = document.doc_id
        if any(map(is_link, [file, *file.parents][:-1])):
            raise InputError(f"{place}, file", *_outside("file", document.file)[1:])


def _rows(folder: Path) -> list[tuple[str, Document]]:
    """The documents of the table beside the manifest, each with its place."""
    files = [folder / name for name in TABLES if is_there(folder / name)]
    if len(files) > 1:
        raise InputError(files[1], f"{files[0].name} lists documents too", "keep one of the two")
    return [
        (place, convert(entry, Document, place, closed=False))
        for path in files
        for number, row in enumerate(_listed(path).to_dict("records"), start=2)
        for place in [f"{path}, row {number}"]
        for entry in [_entry(place, row)]
        if entry  # spreadsheets leave rows of empty cells
    ]


def _listed(path: Path) -> pd.DataFrame:
    table = _table(path)
    lacking = next((name for name in ("doc_id", "file", "sha256") if name not in table), None)
    if lacking is not None:
        # Where the comma is a decimal sign, spreadsheets put semicolons between cells.
        mend = "name the columns in its first row, with commas between them"
        raise InputError(path, f"there is no column {lacking!r}", mend)
    return table


def _table(path: Path) -> pd.DataFrame:
    try:
        if path.suffix == ".parquet":
            return pd.read_parquet(path)
        text = decode(path, read_bytes(path).removeprefix(codecs.BOM_UTF8))  # as Excel saves it
        return pd.read_csv(StringIO(text), dtype=str, keep_default_na=False, na_filter=False)
    except InputError:
        raise
    except (OSError, ValueError) as error:
        why = f"it cannot be read ({' '.join(str(error).split())})"
        mend = "save the table again, cells that hold commas in quotation marks"
        raise InputError(path, why, mend) from None


def _entry(place: str, row: Mapping[Hashable, Any]) -> dict[str, Any]:
    """A row as an entry of TOML would be: cells that are empty are left out."""
    entry = {str(key): value for key, value in row.items() if value != "" and not pd.isna(value)}
    published = entry.get("published")
    if isinstance(published, datetime):
        entry["published"] = published.date()
    elif isinstance(published, str):
        try:
            entry["published"] = date.fromisoformat(published.strip())
        except ValueError:
            mend = "write it as 2017-02-16, or leave it empty"
            raise InputError(f"{place}, published", f"{published!r} is no date", mend) from None
    return entry


def _is_link(path: Path) -> bool:
    try:
        return path.is_symlink()
    except (OSError, ValueError):  # no file can have such a name; reading it will say so
        return False


def read_document(folder: Path, document: Document) -> str:
    """Read a document's text and check that it is the one the manifest means.

    Parameters
    ----------
    folder : path
        The corpus folder.
    document : Document
        Its entry in the manifest.

    Returns
    -------
    str
        The file decoded as UTF-8, line ends as they are in the file.
    """
    path = folder / document.file
    try:
        content = read_bytes(path)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "no file can have that name"
        why = f"document {document.doc_id!r} cannot be read ({reason})"
        mend = "put the file there, or correct its name in the list of documents"
        raise InputError(path, why, mend) from None
    text = decode(path, content)
    if not text.strip():
        raise InputError(path, "the document is empty", "put the page dump into it")
    found = hashlib.sha256(content).hexdigest()
    if found != document.sha256.lower():
        why = f"its SHA-256 is {found}, not the one that is listed for {document.doc_id!r}"
        mend = "restore the file, or put this one into the list of documents if the change is meant"
        raise InputError(path, why, mend)
    return text
