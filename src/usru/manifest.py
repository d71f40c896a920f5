"""A corpus folder's ``corpus.toml``, and the documents that it lists."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Annotated, Literal

from usru.codebook import MANIFEST, Fault, Rule, Text, convert, read_toml, repeated
from usru.draft import draft
from usru.errors import InputError
from usru.files import decode, shipped

__all__ = ["Document", "Manifest", "Meeting", "draft", "read", "read_document", "shipped"]

Degrees = Annotated[
    tuple[float, float],
    Rule(lambda pair: len(pair) == 2 and abs(pair[0]) <= 90 and abs(pair[1]) <= 180,
         "`{} = [50.72, 7.12]`, degrees north (-90 to 90) and east (-180 to 180)"),
]  # fmt: skip
_SOME = Rule(bool, "[[{}]] above each, for one at least")


@dataclass(frozen=True)
class Meeting:
    """A meeting that the stories are about; `coordinates` are degrees north and east."""

    id: Text
    place: Text
    venue: Text
    coordinates: Degrees
    date: date
    occasion: Text


@dataclass(frozen=True)
class Document:
    """A story: one file of the corpus folder and what is known about it.

    `layout` says what the file holds: ``"page"``, a dump of a web page with
    its furniture, or ``"article"``, the story alone, all of which is body.
    """

    doc_id: Text
    file: Text
    outlet: Text
    title: Text
    meeting: Text
    published: date
    published_basis: Text
    sha256: Text
    layout: Literal["page", "article"] = "page"

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
    """What a corpus folder says of itself; only in a `strict` one is a page's problem an error."""

    title: Text
    meetings: Annotated[tuple[Meeting, ...], _SOME]
    documents: Annotated[tuple[Document, ...], _SOME]
    strict: bool = False
    folder: Path = field(default=Path(), metadata={"toml": None})

    def faults(self) -> Iterator[Fault]:
        """A name that is used twice, or a story about an unknown meeting."""
        known = [meeting.id for meeting in self.meetings]
        yield from repeated("meetings", "id", known)
        yield from repeated("documents", "doc_id", [document.doc_id for document in self.documents])
        for number, document in enumerate(self.documents, start=1):
            if document.meeting not in known:
                yield Fault(
                    f"[[documents]] {number} ({document.doc_id}), meeting",
                    f"{document.meeting!r} is no meeting of this corpus",
                    f"use one of {', '.join(sorted(known))} or add it under [[meetings]]",
                )


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

    Examples
    --------
    >>> [meeting.id for meeting in read(shipped()).meetings]
    ['bonn', 'moscow', 'manila']
    """
    folder = Path(folder)
    path = folder / MANIFEST
    if not path.is_file():
        mend = f"name a folder that holds a {MANIFEST} (see `usru new`)"
        raise InputError(path, "there is no manifest here", mend)
    found: Manifest = convert(read_toml(path), Manifest, path, closed=False)
    for number, document in enumerate(found.documents, start=1):
        steps = [Path(document.file), *Path(document.file).parents][:-1]
        if any(_is_link(folder / step) for step in steps):
            where = f"{path}, [[documents]] {number} ({document.doc_id}), file"
            raise InputError(where, *_outside("file", document.file)[1:])
    return replace(found, folder=folder)


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
        content = path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "no file can have that name"
        why = f"document {document.doc_id!r} cannot be read ({reason})"
        mend = f"put the file there or correct `file` in {MANIFEST}"
        raise InputError(path, why, mend) from None
    text = decode(path, content)
    if not text.strip():
        raise InputError(path, "the document is empty", "put the page dump into it")
    found = hashlib.sha256(content).hexdigest()
    if found != document.sha256.lower():
        why = f"its SHA-256 is {found}, not the one that {MANIFEST} gives for {document.doc_id!r}"
        mend = "restore the file, or put this checksum into the manifest if the change is meant"
        raise InputError(path, why, mend)
    return text
