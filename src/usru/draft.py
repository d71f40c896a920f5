"""A first ``corpus.toml`` for a folder of texts, for its owner to complete."""

import hashlib
from itertools import chain, count
from pathlib import Path

from usru.codebook import MANIFEST, quoted
from usru.errors import InputError
from usru.files import decode, refuse_link, write
from usru.sources.texts import printed_day
from usru.text import blocks, language

__all__ = ["draft"]

_DOCUMENT = """
[[documents]]
doc_id = {doc_id}
file = {file}
title = {title}
sha256 = {sha256}
"""

_LABELS = """
# Figures call a document by its title, or shorter by its label, where you add one below the title:
# label = "The Tide, “Bridge”"
"""


def draft(folder: Path, layout: str = "page", code: str | None = None) -> Path:
    """Write a first ``corpus.toml`` for a folder of page dumps, for its owner to complete.

    Parameters
    ----------
    folder : path
        Holds text files (``*.txt``, in any case), itself or in folders below.
    layout : {"page", "article"}
        What the files hold: pages with their furniture, or stories alone.
    code : str, optional
        ISO 639-1 code of the language that they are in; found out by default.

    Returns
    -------
    path
        The manifest. The title is the headline that was found, or else the first line that is no
        paragraph, or the file's name; the date is what the page prints; an outlet is left for its
        owner to add.
    """
    path = folder / MANIFEST
    if path.exists() or path.is_symlink():
        raise InputError(path, "there is a manifest already", "edit it, or move it away first")
    found = sorted(file for file in folder.rglob("*") if file.suffix.lower() == ".txt")
    files = [file for file in found if file.is_symlink() or not file.is_dir()]
    for file in files:
        refuse_link(file)
    if not files:
        why = "there are no text files (*.txt) in it"
        raise InputError(folder, why, "put the page dumps there")
    parts, texts = [], []
    taken: set[str] = set()
    for file in files:
        _check_name(file)
        content = file.read_bytes()
        texts.append(decode(file, content))
        found = blocks.find(texts[-1], layout=layout)
        if found.empty:
            raise InputError(file, "the document is empty", "put the page dump into it")
        titles = found[found["kind"] != "body"].sort_values("kind", key=lambda k: k != "headline")
        title = next(filter(None, titles["text"]), file.stem)
        place, checksum = file.relative_to(folder), hashlib.sha256(content).hexdigest()
        parts.append(_DOCUMENT.format(
            doc_id=quoted(_fresh_id(place, taken)), file=quoted(place.as_posix()),
            title=quoted(title), sha256=quoted(checksum),
        ))  # fmt: skip
        printed = printed_day(texts[-1], found)
        if printed is not None:
            day, basis = printed
            parts.append(f"published = {day}\npublished_basis = {quoted(basis)}\n")
        parts += [f"layout = {quoted(layout)}\n"] if layout != "page" else []
    code = code or language.of_most(language.sample(texts))
    head = f"title = {quoted(folder.resolve().name)}\nlanguage = {quoted(code)}\n{_LABELS}"
    write(path, "".join([head, *parts]))
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
