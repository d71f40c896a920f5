"""A corpus folder's ``corpus.toml``, and the documents that it lists."""

import codecs
import hashlib
import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from datetime import date, datetime
from itertools import chain, count
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any, TypeVar

from usru.errors import InputError
from usru.files import write

__all__ = [
    "Document",
    "Manifest",
    "Meeting",
    "draft",
    "read",
    "read_document",
    "read_toml",
    "shipped",
]

NAME = "corpus.toml"

LAYOUTS = ("page", "article")
"""What a document's file holds: a page with its furniture, or the story alone."""

T = TypeVar("T", "Meeting", "Document")


@dataclass(frozen=True)
class Meeting:
    """A meeting that the stories are about; `coordinates` are degrees north and east."""

    id: str
    place: str
    venue: str
    coordinates: tuple[float, float]
    date: date
    occasion: str


@dataclass(frozen=True)
class Document:
    """A story: one file of the corpus folder and what is known about it.

    `layout` says what the file holds: ``"page"``, a dump of a web page with
    its furniture, or ``"article"``, the story alone, all of which is body.
    """

    doc_id: str
    file: str
    outlet: str
    title: str
    meeting: str
    published: date
    published_basis: str
    sha256: str
    layout: str = "page"


@dataclass(frozen=True)
class Manifest:
    """What a corpus folder says of itself.

    In a `strict` corpus a page with a problem is an error; in any other it is
    a warning.
    """

    folder: Path
    title: str
    meetings: tuple[Meeting, ...]
    documents: tuple[Document, ...]
    strict: bool = False


def shipped() -> Path:
    """Return the folder of the corpus that comes with the package.

    Returns
    -------
    pathlib.Path
        ``data`` of the checkout, or its copy inside an installed wheel.

    Examples
    --------
    >>> (shipped() / "corpus.toml").is_file()
    True
    """
    installed = Path(__file__).parent / "data"
    return installed if installed.is_dir() else Path(__file__).parents[2] / "data"


def read(folder: str | Path) -> Manifest:
    """Read and check the manifest of a corpus folder.

    Parameters
    ----------
    folder : str or path
        A folder that holds a ``corpus.toml``.

    Returns
    -------
    Manifest
        Meetings and documents in the order of the file. Fields that the
        package does not know are left for their author's own use.

    Raises
    ------
    InputError
        When the manifest is missing, is not TOML, lacks a field or gives one
        of the wrong type, repeats a ``doc_id`` or a meeting's ``id``, names
        an unknown meeting, or points outside the folder.

    Examples
    --------
    >>> [meeting.id for meeting in read(shipped()).meetings]
    ['bonn', 'moscow', 'manila']
    """
    folder = Path(folder)
    path = folder / NAME
    if not path.is_file():
        raise InputError(
            path, "there is no manifest here", f"name a folder that holds a {NAME} (see `usru new`)"
        )
    table = read_toml(path)
    title = _field(path, "", table, "title", str)
    strict = table.get("strict", False)
    if not isinstance(strict, bool):
        raise InputError(f"{path}, strict", f"{strict!r} will not do", "write true or false")
    meetings = tuple(_entries(path, table, "meetings", Meeting))
    documents = tuple(_entries(path, table, "documents", Document))
    _refuse_repeats(path, "meetings", "id", [meeting.id for meeting in meetings])
    _refuse_repeats(path, "documents", "doc_id", [document.doc_id for document in documents])
    known = {meeting.id for meeting in meetings}
    for number, document in enumerate(documents, start=1):
        entry = _entry_name("documents", number, document.doc_id)
        if document.meeting not in known:
            raise InputError(
                f"{path}, {entry}, meeting",
                f"{document.meeting!r} is no meeting of this corpus",
                f"use one of {', '.join(sorted(known))} or add it under [[meetings]]",
            )
        _check_inside(path, entry, folder, document.file)
        if document.layout not in LAYOUTS:
            raise InputError(
                f"{path}, {entry}, layout", f"{document.layout!r} is no layout",
                f"use one of {', '.join(LAYOUTS)}",
            )  # fmt: skip
    return Manifest(folder, title, meetings, documents, strict)


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

    Raises
    ------
    InputError
        When the file is missing, empty, not plain UTF-8, or not the file
        whose SHA-256 the manifest holds.
    """
    path = folder / document.file
    try:
        content = path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "no file can have that name"
        raise InputError(
            path,
            f"document {document.doc_id!r} cannot be read ({reason})",
            f"put the file there or correct `file` in {NAME}",
        ) from None
    text = _decode(path, content)
    if not text.strip():
        raise InputError(path, "the document is empty", "put the page dump into it")
    found = hashlib.sha256(content).hexdigest()
    if found != document.sha256.lower():
        raise InputError(
            path,
            f"its SHA-256 is {found}, not the one that {NAME} gives for {document.doc_id!r}",
            "restore the file, or put this checksum into the manifest if the change is meant",
        )
    return text


def read_toml(path: Path) -> dict[str, Any]:
    """Read a TOML file, refusing in one sentence what is not UTF-8 or not TOML.

    Examples
    --------
    >>> sorted(read_toml(shipped() / "corpus.toml"))
    ['documents', 'meetings', 'strict', 'title']
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError(path, f"cannot be read ({error.strerror})", "restore the file") from None
    text = _decode(path, content)
    try:
        return tomllib.loads(text.replace("\r\n", "\n"))
    except (ValueError, RecursionError) as error:  # a ValueError also for impossible dates
        raise InputError(path, f"it is not valid TOML ({error})", "correct that line") from None


def _decode(path: Path, content: bytes) -> str:
    for mark, name in (
        (codecs.BOM_UTF8, "a byte-order mark"),
        (codecs.BOM_UTF16_LE, "UTF-16 text"),
        (codecs.BOM_UTF16_BE, "UTF-16 text"),
    ):
        if content.startswith(mark):
            raise InputError(f"{path}, line 1", f"it starts with {name}", "save it as plain UTF-8")
    if b"\0" in content:
        line = _line_at(content, content.index(b"\0"))
        raise InputError(
            f"{path}, line {line}",
            "it holds a NUL byte, so it is binary or UTF-16",
            "save it as plain UTF-8 text",
        )
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = _line_at(content, error.start)
        raise InputError(
            f"{path}, line {line}",
            f"byte 0x{content[error.start]:02x} is not UTF-8",
            "save the file as UTF-8",
        ) from None
    return text


def _line_at(content: bytes, offset: int) -> int:
    return len(re.findall(rb"\r\n|\n|\r", content[:offset])) + 1


def _entries(path: Path, table: Mapping[str, Any], name: str, kind: type[T]) -> Iterator[T]:
    entries = table.get(name)
    if (
        not isinstance(entries, list)
        or not entries
        or not all(isinstance(entry, dict) for entry in entries)
    ):
        raise InputError(
            path, f"there is no [[{name}]] entry", f"add one [[{name}]] table for each"
        )
    for number, entry in enumerate(entries, start=1):
        label = _entry_name(name, number, entry.get("doc_id", entry.get("id")))
        yield kind(
            **{
                field.name: _field(path, label, entry, field.name, field.type)
                for field in fields(kind)
                if field.default is MISSING or field.name in entry
            }
        )


def _entry_name(name: str, number: int, identity: object) -> str:
    return f"[[{name}]] {number}" + (f" ({identity})" if isinstance(identity, str) else "")


def _field(path: Path, label: str, entry: Mapping[str, Any], name: str, kind: object) -> Any:
    place = ", ".join(filter(None, (str(path), label, name)))
    if name not in entry:
        raise InputError(place, "the field is missing", f"add {_EXPECTED[kind].format(name)}")
    value = entry[name]
    if kind is date:
        fits = isinstance(value, date) and not isinstance(value, datetime)
    elif kind is str:
        fits = isinstance(value, str) and bool(value.strip())
    else:
        fits = _is_coordinates(value)
        value = tuple(value) if fits else value
    if not fits:
        raise InputError(place, f"{value!r} will not do", f"write {_EXPECTED[kind].format(name)}")
    return value


_EXPECTED: dict[object, str] = {
    str: '`{0} = "…"`, a text that is not empty',
    date: "`{0} = 2017-02-16`, a TOML date without quotation marks or time of day",
    tuple[float, float]: "`{0} = [50.72, 7.12]`, degrees north (-90 to 90) and east (-180 to 180)",
}


def _is_coordinates(value: object) -> bool:
    return (
        isinstance(value, list)
        and len(value) == 2
        and all(
            isinstance(degree, int | float) and not isinstance(degree, bool) for degree in value
        )
        and abs(value[0]) <= 90
        and abs(value[1]) <= 180
    )


def _refuse_repeats(path: Path, name: str, field: str, values: Sequence[str]) -> None:
    seen: set[str] = set()
    for number, value in enumerate(values, start=1):
        if value in seen:
            raise InputError(
                f"{path}, [[{name}]] {number}, {field}",
                f"{value!r} is used twice",
                "give each entry a name of its own",
            )
        seen.add(value)


def _check_inside(path: Path, entry: str, folder: Path, file: str) -> None:
    posix, windows = PurePosixPath(file), PureWindowsPath(file)
    outside = posix.is_absolute() or windows.anchor or ".." in (*posix.parts, *windows.parts)
    steps = [folder.joinpath(*posix.parts[: n + 1]) for n in range(len(posix.parts))]
    if outside or any(map(_is_link, steps)):
        raise InputError(
            f"{path}, {entry}, file",
            f"{file!r} leads outside the corpus folder or is a link",
            "keep the document in the folder and give its path relative to it",
        )


def _is_link(path: Path) -> bool:
    try:
        return path.is_symlink()
    except (OSError, ValueError):  # no file can have such a name; reading it will say so
        return False


def draft(folder: Path, layout: str = "page") -> Path:
    """Write a first ``corpus.toml`` for a folder of page dumps, for its owner to correct.

    Parameters
    ----------
    folder : path
        Holds text files (``*.txt``, in any case), itself or in folders below.
    layout : {"page", "article"}
        What the files hold: pages with their furniture, or stories alone.

    Returns
    -------
    path
        The manifest. Checksums are right; the title is the headline that was
        found, or else the first line that is no paragraph, or the file's name;
        the meeting, outlet and date are placeholders.

    Raises
    ------
    InputError
        When there is a manifest already, there are no text files, or one of
        them cannot be used.
    """
    from usru.text import blocks

    path = folder / NAME
    if path.exists():
        raise InputError(path, "there is a manifest already", "edit it, or move it away first")
    found = sorted(file for file in folder.rglob("*") if file.suffix.lower() == ".txt")
    files = [file for file in found if file.is_file() and not file.is_symlink()]
    if not files:
        raise InputError(
            folder, "there are no text files (*.txt) in it", "put the page dumps there"
        )
    parts = [
        "# Correct every field marked TODO; dates are TOML dates, without quotation marks.",
        f"title = {_quoted(folder.resolve().name)}",
        "",
        "[[meetings]]",
        'id = "meeting"  # TODO',
        'place = "unknown"  # TODO',
        'venue = "unknown"  # TODO',
        "coordinates = [0.0, 0.0]  # TODO: degrees north, degrees east",
        "date = 2000-01-01  # TODO",
        'occasion = "unknown"  # TODO',
    ]
    taken: set[str] = set()
    for file in files:
        _check_name(file)
        content = file.read_bytes()
        found = blocks.find(_decode(file, content), layout=layout)
        if found.empty:
            raise InputError(file, "the document is empty", "put the page dump into it")
        titles = found[found["kind"] != "body"].sort_values("kind", key=lambda k: k != "headline")
        title = next(filter(None, titles["text"]), file.stem)
        parts += [
            "",
            "[[documents]]",
            f"doc_id = {_quoted(_fresh_id(file.relative_to(folder), taken))}",
            f"file = {_quoted(file.relative_to(folder).as_posix())}",
            'outlet = "unknown"  # TODO',
            f"title = {_quoted(title)}  # TODO: check",
            'meeting = "meeting"  # TODO',
            "published = 2000-01-01  # TODO",
            'published_basis = "unknown"  # TODO: printed, or inferred from what',
            f"sha256 = {_quoted(hashlib.sha256(content).hexdigest())}",
            *([f"layout = {_quoted(layout)}"] if layout != "page" else []),
        ]
    write(path, "\n".join(parts) + "\n")
    return path


def _check_name(file: Path) -> None:
    try:
        str(file).encode("utf-8")
    except UnicodeEncodeError:
        raise InputError(
            ascii(str(file)), "its name is not UTF-8, so no manifest can hold it", "rename the file"
        ) from None


def _fresh_id(file: Path, taken: set[str]) -> str:
    """An id from the path, with a number where two paths run together."""
    stem = "-".join(file.with_suffix("").parts)
    names = chain([stem], (f"{stem}-{number}" for number in count(2)))
    name = next(name for name in names if name not in taken)
    taken.add(name)
    return name


def _quoted(text: str) -> str:
    """A TOML basic string; JSON's escapes are among TOML's."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
