"""How a study of one's own begins, and how documents are added to it; nothing of a person's is changed."""

import hashlib
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain, count
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
from nbformat import NotebookNode

from usru import __version__, sources
from usru.analysis import drafts
from usru.codebook import MANIFEST, Speakers, convert, quoted
from usru.codebook import read as read_codebook
from usru.corpus import Corpus
from usru.delimited import exact_csv
from usru.draft import draft
from usru.errors import DoesNotApply, InputError
from usru.files import make_folders, write
from usru.manifest import TABLES, Code, Manifest
from usru.manifest import read as read_manifest
from usru.sources import Article, Options, Skipped
from usru.study import environment, starter
from usru.study.overview import DRAFT, damaged, other_languages, unedited, unknown
from usru.study.study import Study
from usru.templates import fill
from usru.text import language as languages
from usru.wording import count as count_of

__all__ = ["SHEETS", "make", "update"]

SHEETS = {
    "topics": ("doc_id", "line", "topics"),
    "valence": ("doc_id", "line", "valence"),
    "quotations": ("doc_id", "line", "text", "speaker", "form", "cue"),
}
"""The sheets for a reader's codings, and their columns."""

DRAFTED = 500  # documents from which the codebook is drafted
LABEL = 3  # words of a topic that stand for it until a person names it
SAID = 10  # sentences about what was skipped that are printed; all are in the table

_COLUMNS = ["doc_id", "title", "outlet", "published", "published_basis", "layout", "source"]
_OF_FILE = ["file", "sha256"]
# Fields of the study's that no field of a source fills: in data sets a label is often a class.
_OURS = {*_COLUMNS, *_OF_FILE, "label"}
_DEVICE = re.compile(r"con|prn|aux|nul|(com|lpt)\d")  # which no file of Windows can be called

Say = Callable[[str], None]


def make(
    folder: Path, given: Sequence[Path] = (), options: Options | None = None, *,
    language: str | None = None, say: Say = print,
) -> Study:  # fmt: skip
    """Make a study of texts of one's own.

    Parameters
    ----------
    folder : path
        The study. With sources it must be new or empty, and appears when it is whole; without, it
        holds ``.txt`` files, which stay where they are.
    given : sequence of path
        Files or folders that `usru.sources.read` can read.
    options : Options, optional
        What the sources cannot say themselves.
    language : str, optional
        ISO 639-1 code of the texts; found out by default.
    say : callable
        Told what was made, what was skipped and what is not known.

    Returns
    -------
    Study
        Corpus, drafts of a codebook, sheets for codings, notebooks that have not been run.

    Raises
    ------
    InputError
        When the folder is in use, nothing in the sources is usable, or there is no such language.
    """
    options = options or Options()
    if language is not None:
        convert(language, Code, "usru new", "language")
    if not given and not folder.is_dir():
        mend = f"name a source behind it, as in `usru new {folder.name} articles.csv`"
        raise InputError(folder, "there is no such folder of texts", mend)
    if not given:
        draft(folder, options.layout or "page", language)
        _complete(folder)
    else:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            mend = "choose a new folder, or add to the study there with --update"
            raise InputError(folder, "there is something already", mend)
        make_folders(folder.resolve().parent)
        with tempfile.TemporaryDirectory(
            prefix=f".{folder.name}.", dir=folder.resolve().parent
        ) as made:
            root = Path(made) / "study"
            (root / "raw").mkdir(parents=True)
            intake = _Intake(root)
            intake.take(given, options)
            title = _title(folder)
            _write_corpus(root, intake, title, language)
            _complete(root)
            _move(root, folder)
        intake.report(say)
    return _told(Study(folder), say)


def _move(root: Path, folder: Path) -> None:
    """Move a whole study into place.

    A folder that is there stays, since somebody may stand in it; the manifest, without which it is
    no study, comes last.
    """
    if not folder.exists():
        shutil.move(root, folder)
        return
    for part in sorted(root.iterdir(), key=lambda part: part.name == MANIFEST):
        shutil.move(part, folder / part.name)


def update(
    folder: Path, given: Sequence[Path], options: Options | None = None, *, say: Say = print
) -> Study:
    """Add documents to a study; whatever a person has edited stays as it is.

    Parameters
    ----------
    folder : path
        The study.
    given : sequence of path
        Sources that may hold documents of the study too; a text that is there already is not added.
    options : Options, optional
        As for `make`.
    say : callable
        Told what was added and what was skipped.

    Returns
    -------
    Study
        With rows more in its table of documents and in ``skipped.csv``, and with those parts of a
        study that it lacked; where it has a notebook, no other is added.

    Raises
    ------
    InputError
        When there is no study, no source is named, or nothing in the sources is usable.
    """
    if not given:
        raise InputError("usru new --update", "no source is named", "name files or folders")
    contents = read_manifest(folder)
    make_folders(contents.folder / "raw")
    intake = _Intake(contents.folder, contents)
    try:
        intake.take(given, options or Options())
        _write_tables(contents.folder, intake)
    except BaseException:  # an interruption too: the next update would pass the texts by
        _withdraw(contents.folder, intake)
        raise
    intake.report(say)
    _complete(contents.folder)
    return _told(Study(folder), say)


def _withdraw(folder: Path, intake: "_Intake") -> None:
    """Delete the texts that were written and are in no list of documents."""
    listed = {document.file for document in read_manifest(folder).documents}
    for row in intake.rows:
        if row["file"] not in listed:
            (folder / row["file"]).unlink(missing_ok=True)


# Reading -----------------------------------------------------------------------------------------


@dataclass
class _Intake:
    """What is taken from sources: each article as a file and a row, and what is not taken."""

    root: Path
    known: Manifest | None = None
    rows: list[dict[str, str]] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    there: int = 0  # documents that the study has, or that were taken out of it

    def __post_init__(self) -> None:
        listed = self.known.documents if self.known else ()
        self._ids = {document.doc_id for document in listed}
        # A text that a person has taken out of the list lies in the folder still, and stays out.
        kept = (self.root / "raw").glob("*.txt")
        self._sums = {hashlib.sha256(path.read_bytes()).hexdigest() for path in kept}
        self._sums |= {document.sha256.lower() for document in listed}
        self._seen = sources.Seen()

    def take(self, given: Sequence[Path], options: Options) -> None:
        """Read all sources; where nothing is usable, that is an error."""
        refused: InputError | None = None
        for path in {path.resolve(): path for path in given}.values():  # one may be named twice
            try:
                for item in sources.read(path, options):
                    self._keep(item)
            except InputError as error:
                refused = refused or error
                self.skipped.append(Skipped.because(error))
        if not self.rows and not self.there:
            if refused is not None:
                raise refused
            first = self.skipped[0] if self.skipped else Skipped(
                str(given[0]), "it holds nothing that can be read", "name texts, tables or exports"
            )  # fmt: skip
            raise InputError(first.place, first.problem, first.mend)

    def _keep(self, item: Article | Skipped) -> None:
        if isinstance(item, Skipped):
            self.skipped.append(item)
            return
        content = item.text.encode("utf-8")
        checksum = hashlib.sha256(content).hexdigest()
        if checksum in self._sums:
            self.there += 1
            return
        twin = self._seen.before(item)
        if twin is not None:
            mend = "nothing has to be done, it is kept once"
            self.skipped.append(Skipped(item.source, f"the same text as {twin}", mend))
            return
        doc_id = self._fresh_id(item, content)
        write(self._file(doc_id), content)
        file = self._file(doc_id).relative_to(self.root).as_posix()
        self.rows.append(_row(item, doc_id, file, checksum))

    def _file(self, doc_id: str) -> Path:
        return self.root / "raw" / f"{doc_id}.txt"

    def _fresh_id(self, article: Article, content: bytes) -> str:
        """A name from the date and the title, or the source; with a number where it is taken."""
        day = f"{article.published:%Y-%m-%d} " if article.published else ""
        stem = _slug(day + (article.title or "")) or _slug(Path(article.source).name) or "document"
        names = chain([stem], (f"{stem}-{number}" for number in count(2)))
        name = next(name for name in names if self._is_free(name, content))
        self._ids.add(name)
        return name

    def _is_free(self, name: str, content: bytes) -> bool:
        """Whether no document has a name, nor its file: one that was renamed keeps the latter."""
        file = self._file(name)
        return name not in self._ids and (not file.exists() or file.read_bytes() == content)

    def report(self, say: Say) -> None:
        """Say what was taken and what was not; the table of the latter is in ``skipped.csv``."""
        there = f"; {self.there:,} were there before" if self.there else ""
        say(f"read {count_of(len(self.rows), 'document')}{there}")
        for one in self.skipped[:SAID]:
            say(f"  {one}")
        if len(self.skipped) > SAID:
            say(f"  … and {count_of(len(self.skipped) - SAID, 'more sentence')} in skipped.csv")


def _row(article: Article, doc_id: str, file: str, checksum: str) -> dict[str, str]:
    """A row of the table of documents; a field of one's own never hides one of the study's."""
    own = {
        f"{key}_given" if key in _OURS else key: str(value) for key, value in article.more.items()
    }
    day = article.published.isoformat() if article.published else ""
    return {
        "doc_id": doc_id, "title": article.title or "", "outlet": article.outlet or "",
        "published": day, "published_basis": article.published_basis or "",
        "layout": article.layout, "source": article.source, **own, "file": file, "sha256": checksum,
    }  # fmt: skip


def _slug(text: str, longest: int = 48) -> str:
    """A text as a name of a file that any system can have, cut at a word."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain)
    while len(words) > 1 and len("-".join(words)) > longest:
        words.pop()
    name = "-".join(words)[:longest]
    return f"document-{name}" if _DEVICE.fullmatch(name) else name


# Writing -----------------------------------------------------------------------------------------


def _title(folder: Path) -> str:
    name = re.sub(r"[-_]+", " ", folder.resolve().name).strip()
    return name[:1].upper() + name[1:]


def _write_corpus(root: Path, intake: _Intake, title: str, language: str | None) -> None:
    texts = (
        (root / row["file"]).read_text(encoding="utf-8") for row in languages.sample(intake.rows)
    )
    code = language or languages.of_most(texts)
    manifest = fill("study/corpus.toml", title=quoted(title), language=quoted(code))
    write(root / MANIFEST, manifest)
    _write_tables(root, intake)


def _write_tables(folder: Path, intake: _Intake) -> None:
    """Add to the tables what was taken, and what was not."""
    if intake.rows:
        _add_rows(folder, pd.DataFrame(intake.rows, dtype="str"))
    if intake.skipped:
        path = folder / "skipped.csv"
        table = pd.DataFrame([vars(one) for one in intake.skipped], dtype="str")
        if path.is_file():
            table = pd.concat([_texts(path), table]).drop_duplicates()
        write(path, exact_csv(table))


def _texts(path: Path) -> pd.DataFrame:
    """A table whose cells are all texts, as they are in the file."""
    return pd.read_csv(path, dtype="str", keep_default_na=False, encoding="utf-8-sig")


def _add_rows(folder: Path, rows: pd.DataFrame) -> None:
    """Add rows to the table of documents, in the form that it has; new columns go to its end."""
    path = next((folder / name for name in TABLES if (folder / name).is_file()), folder / TABLES[0])
    if path.suffix == ".parquet":
        write(path, _parquet(path, rows))
        return
    if path.is_file():
        rows = pd.concat([_texts(path), rows], ignore_index=True)
    else:
        rows = rows[[*rows.columns.drop(_OF_FILE), *_OF_FILE]]
    write(path, exact_csv(rows))


def _parquet(path: Path, rows: pd.DataFrame) -> bytes:
    """A table of Parquet with rows added, in the types that its columns have."""
    old = pd.read_parquet(path).convert_dtypes()  # of which whole numbers may be missing too
    shared = {name: old[name].dtype for name in rows if name in old}
    try:
        added = rows.replace("", None).astype(shared)
        content: bytes = pd.concat([old, added], ignore_index=True).to_parquet(index=False)
    except (TypeError, ValueError) as error:
        why = f"it cannot take the new documents ({' '.join(str(error).split())})"
        raise InputError(path, why, f"save it as {TABLES[0]}, or its columns as text") from None
    return content


def _complete(folder: Path) -> None:
    """Write what a study has besides its corpus; what is there stays as it is.

    No draft is made that is not written, as that takes minutes of thousands of documents.
    """
    contents = read_manifest(folder)
    folder, root = contents.folder, contents.root
    # Drafts are made without the speakers of another study, and of thousands of documents from some
    # that are spread evenly over all, as to find who is quoted takes long.
    some = replace(contents, documents=tuple(languages.sample(contents.documents, DRAFTED)))
    corpus = Corpus(some, replace(read_codebook(folder), speakers=Speakers()))
    parts: dict[Path, Callable[[], str]] = {
        folder / "codebook" / "speakers.toml": partial(_speakers, corpus),
        folder / "codebook" / "topics.toml": partial(_topics, corpus),
        root / "requirements.lock": lambda: "\n".join(environment.installed()) + "\n",
        root / "README.md": partial(_readme, contents),
    }
    for name, columns in SHEETS.items():
        parts[folder / "coding" / "reference" / f"{name}.csv"] = partial(
            "{}\n".format, ",".join(columns)
        )
    if not any((root / "notebooks").glob("*.ipynb")):
        for name, notebook in starter.notebooks().items():
            parts[root / "notebooks" / f"{name}.ipynb"] = partial(_stored, notebook)
    make_folders(*(path.parent for path in parts), root / "figures")
    for path, content in parts.items():
        if not path.exists():
            write(path, content())


def _stored(notebook: NotebookNode) -> str:
    return str(nbformat.writes(notebook, 4)) + "\n"


def _speakers(corpus: Corpus) -> str:
    """A draft of the speakers: who is quoted."""
    try:
        names = drafts.speakers(corpus.quotations)
    except DoesNotApply:
        names = []
    return fill("study/codebook/speakers.toml", draft=DRAFT, names=[*map(quoted, names)])


def _topics(corpus: Corpus) -> str:
    groups = drafts.word_groups(corpus.paragraphs, stop_words=corpus.codebook.language.stop_words)
    tables = [
        (_key("_".join(group[:2])), quoted(", ".join(group[:LABEL])), ", ".join(map(quoted, group)))
        for group in groups
    ]
    return fill("study/codebook/topics.toml", draft=DRAFT, groups=tables)


def _key(name: str) -> str:
    """A name of a table of TOML, which holds letters of other alphabets in quotation marks only."""
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else quoted(name)


def _readme(contents: Manifest) -> str:
    folder = contents.folder
    table = next((name for name in TABLES if (folder / name).is_file()), MANIFEST)
    about: dict[str, Any] = {"title": contents.title, "n": len(contents.documents), "table": table}
    skipped = (folder / "skipped.csv").is_file()
    return fill("study/README.md", **about, version=__version__, skipped=skipped)


def _told(study: Study, say: Say) -> Study:
    say(f"the study is in {study.root}")
    corpus = study.corpus
    for told in (unknown, other_languages, damaged, unedited):
        for sentence in told(corpus):
            say(f"  {sentence}")
    return study
