"""What a file is: told by its first bytes, and by its name only where these do not say."""

import re
import zipfile
from pathlib import Path
from typing import NamedTuple

from usru.errors import InputError
from usru.sources.decoding import told

__all__ = ["KINDS", "Kind", "kind"]


class Kind(NamedTuple):
    """A kind of file: what it is called in a sentence, and the ends of names that it has."""

    what: str
    suffixes: tuple[str, ...]


KINDS = {
    "text": Kind("plain text", (".txt", ".text")),
    "delimited": Kind("a table as text", (".csv", ".tsv", ".tab")),
    "json": Kind("JSON", (".jsonl", ".ndjson", ".json")),
    "sheet": Kind("an Excel or OpenDocument sheet", (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")),
    "parquet": Kind("a Parquet table", (".parquet", ".pq")),
    "html": Kind("a web page", (".html", ".htm", ".xhtml")),
    "warc": Kind("a web archive", (".warc", ".warc.gz")),
    "docx": Kind("a Word document", (".docx",)),
    "rtf": Kind("a document in RTF", (".rtf",)),
}
"""The kinds that are read; the first suffix is the one that a mend names."""

# Kinds that plain characters alone do not tell apart: the name decides among them.
_TEXTS = ("text", "delimited", "json", "html")
_HEAD = 4096
_SHEETS = ("xl/workbook.xml", "xl/workbook.bin")
_PAGE = re.compile(r"<(?:!doctype html|html|head|body)\b", re.IGNORECASE)
_REFUSED = (
    (b"%PDF", "a PDF", "save its text as .txt, or export its articles as Word or RTF"),
    (b"\x1f\x8b", "compressed", "unpack it first"),
    (b"BZh", "compressed", "unpack it first"),
    (b"\xfd7zXZ", "compressed", "unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "unpack it first"),
    (b"Rar!", "a RAR archive", "unpack it first"),
    (b"ARROW1", "a Feather file", "save it as Parquet or CSV"),
    (b"SQLite format 3", "a database", "export its table as CSV"),
    (b"\x89PNG", "a picture", "put its text into a file"),
    (b"\xff\xd8\xff", "a picture", "put its text into a file"),
)


def kind(path: Path, place: str) -> str:
    r"""Return which kind of `KINDS` a file is.

    Parameters
    ----------
    path : path
        The file.
    place : str
        What to call it in a message.

    Returns
    -------
    str
        A key of `KINDS`. A file of another kind, or one that is not what its name says, is an
        `InputError`.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "articles.csv"
    >>> _ = path.write_bytes(b"<!DOCTYPE html>\n<title>Lund</title>")
    >>> kind(path, "articles.csv")
    Traceback (most recent call last):
        ...
    usru.errors.InputError: articles.csv: it is named .csv but holds a web page; rename it to articles.html.
    """
    named = _named(path.name)
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError as error:
        mend = "restore the file, or leave it out"
        raise InputError(place, f"it cannot be read ({error.strerror})", mend) from None
    if not head.strip():
        raise _empty(place)
    held = _by_bytes(path, place, head, named) or _as_text(head, place, named)
    if named == held:
        return held
    if named is None and held == "text":
        mend = f"give it one of {', '.join(k.suffixes[0] for k in KINDS.values())}"
        raise InputError(place, "its name does not say what kind of file it is", mend)
    _refuse_name(path, place, held)
    return held


def _empty(place: str) -> InputError:
    return InputError(place, "the file is empty", "put articles into it, or leave it out")


def _named(name: str) -> str | None:
    lower = name.lower()
    return next((key for key, kind in KINDS.items() if lower.endswith(kind.suffixes)), None)


def _by_bytes(path: Path, place: str, head: bytes, named: str | None) -> str | None:
    """The kind that magic bytes tell; None where the file is a text of some kind."""
    if head.startswith(b"PK\x03\x04"):
        return _in_zip(path, place)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _in_ole(path, place)
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"{\\rtf"):
        return "rtf"
    if head.startswith(b"WARC/") or (head.startswith(b"\x1f\x8b") and named == "warc"):
        return "warc"
    for magic, what, mend in _REFUSED:
        if head.startswith(magic):
            raise InputError(place, f"it is {what}", mend)
    return None


def _in_zip(path: Path, place: str) -> str:
    """Office documents are zip archives as well; any other archive is to be unpacked."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            mimetype = archive.read("mimetype") if "mimetype" in names else b""
    except (zipfile.BadZipFile, OSError, RuntimeError):
        raise InputError(place, "it is damaged or was cut off", "save it again") from None
    if any(name in names for name in _SHEETS) or b"opendocument.spreadsheet" in mimetype:
        return "sheet"
    if "word/document.xml" in names:
        return "docx"
    if b"opendocument" in mimetype or "ppt/presentation.xml" in names:
        raise InputError(place, "it is a document of another program", "save its text as .txt")
    raise InputError(place, "it is a zip archive", "unpack it first")


def _in_ole(path: Path, place: str) -> str:
    """What Office 97 wrote; the names of its streams are in UTF-16."""
    content = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise InputError(place, "it is protected by a password", "save it without one")
    if "WordDocument".encode("utf-16-le") in content:
        raise InputError(place, "it is an old Word document", "save it as .docx")
    if not any(name.encode("utf-16-le") in content for name in ("Workbook", "Book")):
        raise InputError(place, "it is a file of another program", "save its text as .txt")
    return "sheet"


def _as_text(head: bytes, place: str, named: str | None) -> str:
    encoding = told(head)
    # Bytes that are no UTF-8 are looked at one by one: what is ASCII in them tells the kind.
    text = head.decode(encoding, "replace") if encoding else head.decode("latin-1")
    if not text.strip("\ufeff \t\r\n"):
        raise _empty(place)
    if encoding is None and "\0" in text:
        raise InputError(place, "it holds bytes that are no text", "leave it out")
    # A declaration of XML or a comment may come before the page itself, an article does not.
    if text.lstrip().startswith("<") and _PAGE.search(text):
        return "html"
    if named in _TEXTS:
        return named
    if text.lstrip().startswith("<?xml"):
        raise InputError(place, "it is XML", "save its articles as a table or as JSON lines")
    return "text"


def _refuse_name(path: Path, place: str, held: str) -> None:
    kind, suffix = KINDS[held], path.suffix or "nothing"
    problem = f"it is named {suffix} but holds {kind.what}"
    raise InputError(place, problem, f"rename it to {path.stem}{kind.suffixes[0]}")
