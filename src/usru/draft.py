"""A first ``corpus.toml`` for a folder of texts, for its owner to correct."""

import hashlib
import json
from itertools import chain, count
from pathlib import Path

from usru.codebook import MANIFEST
from usru.errors import InputError
from usru.files import decode, write
from usru.text import blocks

__all__ = ["draft"]

_MEETING = """\
# Correct every field marked TODO; dates are TOML dates, without quotation marks.
title = {title}

[[meetings]]
id = "meeting"  # TODO
place = "unknown"  # TODO
venue = "unknown"  # TODO
coordinates = [0.0, 0.0]  # TODO: degrees north, degrees east
date = 2000-01-01  # TODO
occasion = "unknown"  # TODO
"""
_DOCUMENT = """
[[documents]]
doc_id = {doc_id}
file = {file}
outlet = "unknown"  # TODO
title = {title}  # TODO: check
meeting = "meeting"  # TODO
published = 2000-01-01  # TODO
published_basis = "unknown"  # TODO: printed, or inferred from what
sha256 = {sha256}
"""


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
    """
    path = folder / MANIFEST
    if path.exists():
        raise InputError(path, "there is a manifest already", "edit it, or move it away first")
    found = sorted(file for file in folder.rglob("*") if file.suffix.lower() == ".txt")
    files = [file for file in found if file.is_file() and not file.is_symlink()]
    if not files:
        why = "there are no text files (*.txt) in it"
        raise InputError(folder, why, "put the page dumps there")
    parts = [_MEETING.format(title=_quoted(folder.resolve().name))]
    taken: set[str] = set()
    for file in files:
        _check_name(file)
        content = file.read_bytes()
        found = blocks.find(decode(file, content), layout=layout)
        if found.empty:
            raise InputError(file, "the document is empty", "put the page dump into it")
        titles = found[found["kind"] != "body"].sort_values("kind", key=lambda k: k != "headline")
        title = next(filter(None, titles["text"]), file.stem)
        place, checksum = file.relative_to(folder), hashlib.sha256(content).hexdigest()
        parts.append(_DOCUMENT.format(
            doc_id=_quoted(_fresh_id(place, taken)), file=_quoted(place.as_posix()),
            title=_quoted(title), sha256=_quoted(checksum),
        ))  # fmt: skip
        parts += [f"layout = {_quoted(layout)}\n"] if layout != "page" else []
    write(path, "".join(parts))
    return path


def _check_name(file: Path) -> None:
    try:
        str(file).encode("utf-8")
    except UnicodeEncodeError:
        why = "its name is not UTF-8, so no manifest can hold it"
        raise InputError(ascii(str(file)), why, "rename the file") from None


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
