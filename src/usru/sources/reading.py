"""What people have, as articles: tables, pages, web archives and the exports of news archives.

`read` takes a file or a folder and finds out what each file is; a reader for its kind, with the
library that it rests on, is loaded only then. Whatever is not taken is said in one sentence.
"""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from usru.errors import InputError
from usru.files import refuse_link
from usru.sources.base import Article, Options, Reader, Skipped, checked
from usru.sources.kinds import kind

__all__ = ["by_file", "read"]

# What Windows puts into folders, and copies to a stick or a share with them.
_OF_WINDOWS = ("desktop.ini", "thumbs.db")


def read(path: Path, options: Options = Options()) -> Iterator[Article | Skipped]:  # noqa: B008
    r"""Read the articles of a file, or of all files in a folder and in those below it.

    Parameters
    ----------
    path : path
        A file: text, CSV and the like, JSON, a sheet, Parquet, HTML, a web archive, or the export
        of Nexis, Factiva or ProQuest. In a folder files are read in the order of their paths;
        hidden ones, and the pictures and scripts that a browser saves beside a page, are left out.
    options : Options
        What a person says of columns, encoding, dates and layout.

    Yields
    ------
    Article or Skipped
        In the order of the file. A `Skipped` is a row or a file that was not taken, or a question
        about the dates of a column, which comes after its articles. The first step raises `InputError`
        where the path as a whole cannot be used: it is not there, a folder has no file that can be
        read, or it is for a person to say which column has the text or what encoding a file has.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "articles.csv"
    >>> _ = path.write_text("title,text,date\nPier closes,The pier closes.,2017-03-12\nEmpty,,2017-03-13\n")
    >>> for found in read(path):
    ...     print(found if isinstance(found, Skipped) else (found.source, found.title, found.published))
    ('articles.csv, row 2', 'Pier closes', datetime.date(2017, 3, 12))
    articles.csv, row 3: its text is empty; fill it in or leave it out.
    """
    path = Path(path)
    if path.is_dir():
        return chain.from_iterable(by_file(path, options))
    if not path.is_file():
        why = "it is a pipe or a device" if path.exists() else "there is no such file or folder"
        raise InputError(path, why, "check its name")
    return _read_file(path, _printable(path.name), options)


def by_file(folder: Path, options: Options) -> Iterator[Iterator[Article | Skipped]]:
    """Yield the articles of each file of a folder, as `read` gives them.

    Parameters
    ----------
    folder, options : path, Options
        As for `read`; a folder without a file is an error.
    """
    listed, name = _files(folder), folder.resolve().name
    return (_of_folder(file, folder, name, options) for file in listed)


def _of_folder(
    file: Path, folder: Path, name: str, options: Options
) -> Iterator[Article | Skipped]:
    place = _printable(f"{name}/{file.relative_to(folder).as_posix()}")
    try:
        refuse_link(file, place)
        yield from _read_file(file, place, options)
    except InputError as error:
        yield Skipped.because(error)


def _files(folder: Path) -> list[Path]:
    """The files in the order of their paths, without what no person put there."""
    paths = sorted(folder.rglob("*"), key=lambda path: path.relative_to(folder).as_posix())
    found = [
        path
        for path in paths
        if (path.is_symlink() or not path.is_dir())
        and not any(_is_beside(part) for part in _steps(path, folder))
    ]
    if not found:
        raise InputError(folder, "there are no files in it", "put the articles there")
    return found


def _steps(path: Path, folder: Path) -> Iterator[Path]:
    step = path
    while step != folder:
        yield step
        step = step.parent


def _is_beside(path: Path) -> bool:
    """What systems and office programs leave, and the folder ``NAME_files`` beside ``NAME.html``."""
    if path.name.startswith((".", "~$")) or path.name.lower() in _OF_WINDOWS:
        return True
    page = path.name.removesuffix("_files")
    return page != path.name and any(
        path.with_name(page + suffix).is_file() for suffix in (".html", ".htm")
    )


def _printable(place: str) -> str:
    """A name that on the disk may be bytes that are no UTF-8, which no table and no sentence could hold."""
    return place.encode("utf-8", "backslashreplace").decode("utf-8")


def _read_file(path: Path, place: str, options: Options) -> Iterator[Article | Skipped]:
    reader = _reader(kind(path, place))
    for found in reader(path, place, options):
        yield found if isinstance(found, Skipped) else checked(found)


def _reader(held: str) -> Reader:
    match held:
        case "text":
            from usru.sources import texts

            return texts.read
        case "html":
            from usru.sources import html

            return html.read
        case "warc":
            from usru.sources import archives

            return archives.read
        case "docx" | "rtf":
            from usru.sources import exports

            return exports.read_docx if held == "docx" else exports.read_rtf
    from usru.sources import tables

    return tables.READERS[held]
