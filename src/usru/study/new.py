"""How a study of one's own begins, and how documents are added to it; nothing of a person's is changed."""

import hashlib
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, count
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd

from usru import __version__, sources
from usru.analysis import drafts
from usru.codebook import MANIFEST, Speakers, quoted
from usru.corpus import Corpus, load
from usru.draft import draft
from usru.errors import DoesNotApply, InputError
from usru.files import make_folders, write
from usru.manifest import TABLES, Manifest
from usru.manifest import read as read_manifest
from usru.sources import Article, Options, Skipped
from usru.study import environment, starter
from usru.study.overview import DRAFT, damaged, other_languages, unknown
from usru.study.study import Study
from usru.templates import fill
from usru.text import language as languages

__all__ = ["SHEETS", "make", "update"]

SHEETS = {
    "topics": ("doc_id", "line", "topics"),
    "valence": ("doc_id", "line", "valence"),
    "quotations": ("doc_id", "line", "text", "speaker", "form", "cue"),
}
"""The sheets for codings by hand, and their columns."""

SAID = 10  # sentences about what was skipped that are printed; all are in the table

_COLUMNS = ["doc_id", "title", "outlet", "published", "published_basis", "layout", "source"]
_OF_FILE = ["file", "sha256"]

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
        When the folder is in use, or nothing in the sources is usable.
    """
    options = options or Options()
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
            if folder.exists():
                folder.rmdir()
            shutil.move(root, folder)
        intake.report(say)
    return _told(Study(folder), say)


def update(
    folder: Path, given: Sequence[Path], options: Options | None = None, *,
    language: str | None = None, say: Say = print,
) -> Study:  # fmt: skip
    """Add documents to a study; whatever a person has edited stays as it is.

    Parameters
    ----------
    folder : path
        The study.
    given : sequence of path
        Sources that may hold documents of the study too; a text that is there already is not added.
    options : Options, optional
        As for `make`.
    language : str, optional
        Not used: the manifest says it.
    say : callable
        Told what was added and what was skipped.

    Returns
    -------
    Study
        With rows more in its table of documents, and what was missing of a study.
    """
    if not given:
        raise InputError("usru new --update", "no source is named", "name files or folders")
    contents = read_manifest(folder)
    place = contents.folder
    make_folders(place / "raw")
    intake = _Intake(place, contents)
    intake.take(given, options or Options())
    if intake.rows:
        _add_rows(place, pd.DataFrame(intake.rows, dtype="str"))
    intake.report(say)
    _complete(place)
    return _told(Study(folder), say)


# Reading -----------------------------------------------------------------------------------------


@dataclass
class _Intake:
    """What is taken from sources: each article as a file and a row, and what is not taken."""

    root: Path
    known: Manifest | None = None
    rows: list[dict[str, str]] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    there: int = 0  # documents that the study has already

    def __post_init__(self) -> None:
        listed = self.known.documents if self.known else ()
        self._ids = {document.doc_id for document in listed}
        self._sums = {document.sha256.lower() for document in listed}
        self._seen = sources.Seen()

    def take(self, given: Sequence[Path], options: Options) -> None:
        """Read all sources; where nothing is usable, that is an error."""
        refused: InputError | None = None
        for path in given:
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
        doc_id = self._fresh_id(item)
        file = f"raw/{doc_id}.txt"
        write(self.root / file, content)
        self.rows.append(_row(item, doc_id, file, checksum))

    def _fresh_id(self, article: Article) -> str:
        """A name from the date and the title, or the source; with a number where it is taken."""
        day = f"{article.published:%Y-%m-%d} " if article.published else ""
        stem = _slug(day + (article.title or "")) or _slug(Path(article.source).name) or "document"
        names = chain([stem], (f"{stem}-{number}" for number in count(2)))
        name = next(name for name in names if name not in self._ids)
        self._ids.add(name)
        return name

    def report(self, say: Say) -> None:
        """Say what was taken and what was not; the table of the latter is in ``skipped.csv``."""
        there = f"; {self.there:,} are in the study already" if self.there else ""
        say(f"read {len(self.rows):,} document{'s' * (len(self.rows) != 1)}{there}")
        for one in self.skipped[:SAID]:
            say(f"  {one}")
        if len(self.skipped) > SAID:
            say(f"  … and {len(self.skipped) - SAID:,} more sentences in skipped.csv")


def _row(article: Article, doc_id: str, file: str, checksum: str) -> dict[str, str]:
    """A row of the table of documents; a field of one's own never hides one of the study's."""
    own = {
        f"{key}_given" if key in (*_COLUMNS, *_OF_FILE) else key: str(value)
        for key, value in article.more.items()
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
    return "-".join(words)[:longest]


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
    _add_rows(root, pd.DataFrame(intake.rows, dtype="str"))
    if intake.skipped:
        table = pd.DataFrame([vars(one) for one in intake.skipped])
        write(root / "skipped.csv", table.to_csv(index=False, lineterminator="\n"))


def _add_rows(root: Path, rows: pd.DataFrame) -> None:
    """Add rows to the table of documents, in the form that it has; new columns go to its end."""
    path = next((root / name for name in TABLES if (root / name).is_file()), root / TABLES[0])
    if path.is_file() and path.suffix == ".csv":
        old = pd.read_csv(path, dtype="str", keep_default_na=False, encoding="utf-8-sig")
        rows = pd.concat([old, rows], ignore_index=True)
    elif path.is_file():
        rows = pd.concat([pd.read_parquet(path), rows], ignore_index=True)
    else:
        rows = rows[[*rows.columns.drop(_OF_FILE), *_OF_FILE]]
    if path.suffix == ".csv":
        write(path, rows.to_csv(index=False, lineterminator="\n", na_rep=""))
    else:
        write(path, rows.to_parquet(index=False))


def _complete(root: Path) -> None:
    """Write what a study has besides its corpus; a file that is there stays as it is."""
    make_folders(*(root / name for name in ("codebook", "coding", "notebooks", "figures")))
    for name, content in _parts(root):
        if not (root / name).exists():
            write(root / name, content)


def _parts(root: Path) -> Iterator[tuple[str, str]]:
    corpus = load(root)
    yield "codebook/speakers.toml", _speakers(corpus)
    yield "codebook/topics.toml", _topics(corpus)
    for name, columns in SHEETS.items():
        yield f"coding/{name}.csv", ",".join(columns) + "\n"
    for name, notebook in starter.notebooks().items():
        yield f"notebooks/{name}.ipynb", str(nbformat.writes(notebook, 4)) + "\n"
    yield "requirements.lock", "\n".join(environment.installed()) + "\n"
    yield "README.md", _readme(root, corpus)


def _speakers(corpus: Corpus) -> str:
    """A draft of the speakers: who is quoted, told without the speakers of another study."""
    nobody = replace(corpus.codebook, speakers=Speakers())
    try:
        names = drafts.speakers(Corpus(corpus.manifest, nobody).quotations)
    except DoesNotApply:
        names = []
    return fill("study/codebook/speakers.toml", draft=DRAFT, names=[*map(quoted, names)])


def _topics(corpus: Corpus) -> str:
    groups = drafts.word_groups(corpus.paragraphs)
    tables = [("_".join(group[:2]), ", ".join(map(quoted, group))) for group in groups]
    return fill("study/codebook/topics.toml", draft=DRAFT, groups=tables)


def _readme(root: Path, corpus: Corpus) -> str:
    table = next((name for name in TABLES if (root / name).is_file()), MANIFEST)
    about: dict[str, Any] = {"title": corpus.manifest.title, "n": len(corpus.texts), "table": table}
    skipped = (root / "skipped.csv").is_file()
    return fill("study/README.md", **about, version=__version__, skipped=skipped)


def _told(study: Study, say: Say) -> Study:
    say(f"the study is in {study.root}")
    corpus = study.corpus
    for sentence in (*unknown(corpus), *other_languages(corpus), *damaged(corpus)):
        say(f"  {sentence}")
    say("  drafts to edit: codebook/speakers.toml, codebook/topics.toml")
    return study
