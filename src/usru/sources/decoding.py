"""Bytes to text: the encoding that a file's bytes tell for sure, or the one a person names."""

import codecs
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from usru.errors import InputError

__all__ = ["encoding_of", "opened", "text_of", "told", "within_memory"]

# Longest first: the mark of UTF-32 begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHUNK = 1 << 20
_LARGEST = 100_000_000  # bytes of a file that has to be held in memory whole


def told(content: bytes) -> str | None:
    """Return the encoding that the first bytes of a file tell without reading them all.

    Parameters
    ----------
    content : bytes
        The beginning of the file, some thousand bytes.

    Returns
    -------
    str or None
        By a byte-order mark, or UTF-16 without one where every second byte of a third of the
        text is zero and no other byte is; None where they do not tell it.

    Examples
    --------
    >>> told("Envoys".encode("utf-16-le")), told(b"Envoys")
    ('utf-16-le', None)
    """
    for mark, name in _MARKS:
        if content.startswith(mark):
            return name
    low, high = content[0::2].count(0), content[1::2].count(0)
    if low == 0 and high * 6 > len(content):
        return "utf-16-le"
    if high == 0 and low * 6 > len(content):
        return "utf-16-be"
    return None


def encoding_of(path: Path, place: str, said: str | None = None) -> str:
    r"""Return the encoding of a text file, having seen that all of it can be decoded.

    Parameters
    ----------
    path : path
        The file, read in pieces.
    place : str
        What to call it in a message.
    said : str, optional
        The encoding that a person names; what the bytes tell for sure is preferred to it.

    Returns
    -------
    str
        A name that `open` takes. A file whose encoding is not told is an `InputError`.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "a.txt"
    >>> _ = path.write_bytes("One line\nLübeck".encode("cp1252"))
    >>> encoding_of(path, "a.txt", "cp1252")
    'cp1252'
    >>> encoding_of(path, "a.txt")
    Traceback (most recent call last):
        ...
    usru.errors.InputError: a.txt, line 2: byte 0xfc is not UTF-8; say --encoding cp1252 (or what it is), or save the file as UTF-8.
    """
    with path.open("rb") as file:
        name = told(file.read(_CHUNK)) or "utf-8"
        fault = _fault(file, name)
        if fault is None:
            return name
        if said is None or name != "utf-8":
            problem = f"byte 0x{fault[1]:02x} is not {name.upper().removesuffix('-SIG')}"
            mend = "say --encoding cp1252 (or what it is), or save the file as UTF-8"
            raise InputError(f"{place}, line {fault[0]}", problem, mend)
        try:
            codecs.lookup(said)
        except LookupError:
            mend = "name one, such as cp1252, latin-1 or gb18030"
            raise InputError("--encoding", f"{said!r} is no encoding", mend) from None
        fault = _fault(file, said)
    if fault is not None:
        problem = f"byte 0x{fault[1]:02x} is not {said}"
        raise InputError(f"{place}, line {fault[0]}", problem, "name another --encoding")
    return said


def _fault(file: BinaryIO, name: str) -> tuple[int, int] | None:
    """The line and the value of the first byte that an encoding does not have."""
    file.seek(0)
    decoder, line = codecs.getincrementaldecoder(name)(), 1
    while True:
        chunk = file.read(_CHUNK)
        try:
            line += decoder.decode(chunk, final=not chunk).count("\n")
        except UnicodeDecodeError as error:
            before = error.object[: error.start].count(b"\n")
            return line + before, error.object[error.start]
        if not chunk:
            return None


@contextmanager
def opened(path: Path, encoding: str) -> Iterator[Iterator[str]]:
    """Open a file of text for reading line by line, its line ends as they are.

    Parameters
    ----------
    path : path
        The file.
    encoding : str
        As `encoding_of` gives it.

    Yields
    ------
    iterator of str
        The lines.
    """
    with path.open(encoding=encoding, newline="") as file:
        yield file


def text_of(path: Path, place: str, said: str | None = None) -> str:
    """Return the whole text of a file that is not too large for it.

    Parameters
    ----------
    path, place, said : path, str, str, optional
        As in `encoding_of`.
    """
    within_memory(path, place)
    content = path.read_bytes()
    return content.decode(encoding_of(path, place, said))


def within_memory(path: Path, place: str) -> None:
    """Refuse a file that is too large to be held in memory whole.

    Parameters
    ----------
    path, place : path, str
        The file, and what to call it in the message.
    """
    size = path.stat().st_size
    if size > _LARGEST:
        problem = f"it has {size // 1_000_000} million bytes, and a file of its kind is read whole"
        raise InputError(place, problem, "divide it, or save it as CSV or JSON lines")
