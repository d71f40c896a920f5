"""Texts are read as plain UTF-8 or refused, and files are written whole or not at all."""

import codecs
import errno
import os
import re
import stat
import tempfile
from functools import cache
from pathlib import Path

from usru.errors import InputError

__all__ = [
    "decode",
    "is_there",
    "make_folders",
    "read_bytes",
    "read_text",
    "refuse_link",
    "shipped",
    "write",
]

# What editors and archives on Windows save when they are not told otherwise.
_MARKS = {codecs.BOM_UTF8: "a byte-order mark"} | dict.fromkeys(
    (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE), "UTF-16 text"
)


@cache
def shipped() -> Path:
    """Return the folder of the shipped corpus: ``data``, or its copy inside an installed wheel.

    Examples
    --------
    >>> (shipped() / "corpus.toml").is_file()
    True
    """
    installed = Path(__file__).parent / "data"
    return installed if installed.is_dir() else Path(__file__).parents[2] / "data"


def is_there(path: Path) -> bool:
    """Return whether there is a file that need not be there.

    Parameters
    ----------
    path : path
        The file; a folder, a pipe or a link to nothing of that name is refused, and what is no folder
        where its folder should be, as nobody would know that it is not read.

    Examples
    --------
    >>> is_there(Path("no-such-file.toml"))
    False
    """
    if path.is_file():
        return True
    nearest = next(step for step in (path, *path.parents) if os.path.lexists(step))
    if nearest == path or not nearest.is_dir():
        what = "file" if nearest == path else "folder"
        why = f"it is no {what}, or a link to one that is gone"
        raise InputError(nearest, why, f"put a {what} there, or remove it")
    return False


def refuse_link(path: Path, place: str = "") -> None:
    """Refuse what is no file of its own folder: a link, which may lead to what is read anyway, or a pipe.

    Parameters
    ----------
    path : path
        The file.
    place : str
        What it is called in the sentence; its path by default.

    Examples
    --------
    >>> refuse_link(Path("/dev/zero"))
    Traceback (most recent call last):
        ...
    usru.errors.InputError: /dev/zero: it is a link, a pipe or a device; put the file itself there.
    """
    if path.is_symlink() or not path.is_file():
        why = "it is a link, a pipe or a device"
        raise InputError(place or path, why, "put the file itself there")


def read_text(path: Path, mend: str = "restore the file") -> str:
    """Read a file of plain UTF-8, its line ends as they are.

    Parameters
    ----------
    path : path
        The file; one that is not plain UTF-8 is refused.
    mend : str
        What to do when it cannot be read.

    Examples
    --------
    >>> path = Path(tempfile.mkdtemp()) / "a.txt"
    >>> _ = path.write_bytes(b"one\\r\\ntwo")
    >>> read_text(path)
    'one\\r\\ntwo'
    """
    try:
        content = read_bytes(path)
    except OSError as error:
        raise InputError(path, f"cannot be read ({error.strerror})", mend) from None
    return decode(path, content)


def read_bytes(path: Path) -> bytes:
    """Read a whole file; a pipe or a device, which may never end, is an OSError like one that is not there.

    Parameters
    ----------
    path : path
        The file.

    Examples
    --------
    >>> read_bytes(Path("/dev/zero"))
    Traceback (most recent call last):
        ...
    OSError: [Errno 22] it is a pipe or a device: '/dev/zero'
    """
    if not stat.S_ISREG(path.stat().st_mode) and not path.is_dir():
        raise OSError(errno.EINVAL, "it is a pipe or a device", str(path))
    return path.read_bytes()


def decode(path: Path, content: bytes) -> str:
    """Decode the content of a file as plain UTF-8.

    Parameters
    ----------
    path : path
        Where it is from, for the message.
    content : bytes
        The whole file; one with a byte-order mark or a NUL byte is refused too.

    Examples
    --------
    >>> decode(Path("a.txt"), b"caf\\xe9")
    Traceback (most recent call last):
        ...
    usru.errors.InputError: a.txt, line 1: byte 0xe9 is not UTF-8; save the file as UTF-8.
    """

    def _refusal(offset: int, why: str, mend: str) -> InputError:
        line = len(re.findall(rb"\r\n|\n|\r", content[:offset])) + 1
        return InputError(f"{path}, line {line}", why, mend)

    for mark, name in _MARKS.items():
        if content.startswith(mark):
            raise _refusal(0, f"it starts with {name}", "save it as plain UTF-8")
    if b"\0" in content:
        why = "it holds a NUL byte, so it is binary or UTF-16"
        raise _refusal(content.index(0), why, "save it as plain UTF-8 text")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        why = f"byte 0x{content[error.start]:02x} is not UTF-8"
        raise _refusal(error.start, why, "save the file as UTF-8") from None


def write(path: Path, content: str | bytes) -> bool:
    """Write a file in one step, and only when it changes.

    The content goes to a temporary file beside the target and is moved into
    place, so that an interruption at any moment leaves a whole file.

    Parameters
    ----------
    path : path
        The target; its folder must exist.
    content : str or bytes
        A text is written as UTF-8 with its line ends as they are.

    Returns
    -------
    bool
        Whether the file changed.

    Examples
    --------
    >>> folder = Path(tempfile.mkdtemp())
    >>> write(folder / "a.txt", "one"), write(folder / "a.txt", "one")
    (True, False)
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    try:
        if path.is_file() and path.read_bytes() == data:
            return False
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
        part = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            part.chmod(path.stat().st_mode if path.exists() else 0o644)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        why = f"it cannot be written ({error.strerror})"
        raise InputError(path, why, "make its folder exist and writable") from None
    return True


def make_folders(*folders: Path) -> None:
    """Make folders, and those above them, unless they are there: all of them or none.

    Parameters
    ----------
    *folders : path
        Where one of them cannot be made, that is an error and none is left behind.
    """
    made: list[Path] = []
    for folder in folders:
        missing = [step for step in (folder, *folder.parents) if not step.exists()]
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            for step in [*missing, *made]:
                if step.is_dir():
                    step.rmdir()
            why = f"the folder cannot be made ({error.strerror})"
            raise InputError(folder, why, "choose one that can") from None
        made = missing + made
