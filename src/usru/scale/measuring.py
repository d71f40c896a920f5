"""Articles to measured frames, part by part: the instruments of a study, on one machine or on many.

Documents are the unit and nothing is global, so that parts can be measured anywhere and in any order.
Each is a `Corpus` of its own, whose frames are computed by the same functions as those of a study.
"""

import gc
import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from usru import __version__, codebook, manifest, schema
from usru.analysis import tone
from usru.codebook import Codebook
from usru.corpus import Corpus
from usru.errors import DoesNotApply, InputError
from usru.files import make_folders, read_text, write
from usru.manifest import Document, Manifest
from usru.scale import articles as parts
from usru.scale import clusters
from usru.scale.articles import PART, Part
from usru.sources import Options, Skipped
from usru.text.furniture import check as check_phrases
from usru.wording import count

__all__ = ["measure"]

SETTINGS = "measure.json"
"""The file that makes a folder a measured corpus."""

DONE = "documents"
"""The frame that is written last: a part that has it is measured."""

Frames = dict[str, pd.DataFrame]


class Settings(NamedTuple):
    """What the frames depend on besides the articles."""

    version: str
    language: str
    instruments: tuple[str, ...]
    part: int


def measure(
    articles: Any, to: str | Path, cluster: Any = None, *, workers: int | None = None,
    options: Options | None = None, study: str | Path | None = None,
    instruments: Sequence[str] | None = None, language: str = "en", part: int = PART,
    say: Callable[[str], object] = lambda _: None,
) -> int:  # fmt: skip
    """Measure articles with the instruments of a study, and store the frames.

    Parameters
    ----------
    articles : path, pandas.DataFrame or dask.dataframe.DataFrame
        A file or a folder of files with articles (Parquet, CSV, JSON lines, or whatever else
        `usru.sources.read` can read), or a frame with the same columns. A column ``doc_id`` or
        ``id`` names them; others are numbered in their order, as ``article-0000000``.
    to : path
        The folder for the frames: new, empty, or that of the same measurement, which then goes on:
        parts that are measured are not measured again.
    cluster : str, distributed.Client or object of dask, optional
        The address of a Dask scheduler, a client of one, or a cluster; by default one of this
        machine's cores, which is closed at the end. All its workers must see `to`.
    workers : int, optional
        Of the cluster on this machine, by default as many as it has cores; 1 measures in this
        process.
    options : Options, optional
        What the source cannot say itself, such as the column of the texts.
    study : path, optional
        A study, whose codebook is used; by default the shipped one.
    instruments : sequence of str, optional
        Of tone; by default all that are made for the language.
    language : str
        ISO 639-1 code of the texts.
    part : int
        Articles that a worker holds at a time.
    say : callable
        Told how far the work is: where Dask shows it, and what was measured.

    Returns
    -------
    int
        Documents measured, those of earlier runs included. `usru.open` opens them.

    Raises
    ------
    InputError
        When the source cannot be used, the folder is in other use, the scheduler cannot be
        reached, or a worker dies each time it measures a part. All other parts are then whole.

    Notes
    -----
    The folder has a dataset of Parquet files for each frame of `usru.schema.MEASURED`, one file a
    part; a file of the source ends a part, so that files of at most `part` articles are parts as
    they are. The texts are in ``articles``. An article that cannot be measured is a row of
    ``problems`` and nowhere else.

    Examples
    --------
    >>> import tempfile, usru
    >>> table = pd.DataFrame({"id": ["pier"], "text": ["“We close,” Ann Lee said on Monday."]})
    >>> folder = Path(tempfile.mkdtemp())
    >>> measure(table, folder, workers=1)
    1
    >>> usru.open(folder).quotations.compute()[["doc_id", "speaker"]].values.tolist()
    [['pier', 'Ann Lee']]
    """
    for name, number in (("workers", workers), ("part", part)):
        if number is not None and number < 1:
            raise InputError(name, f"{number} is too few", "give 1 or more")
    folder = Path(to)
    settings = Settings(__version__, language, _named(instruments, language), part)
    found = parts.take(articles, options)
    _prepare(folder, study, settings)
    with clusters.connected(cluster, workers, say) as client:
        laid_out = parts.lay_out(found, folder / "articles", part)
        failed = clusters.each(
            client, _measure_part, (one for one in laid_out if not _is_done(folder, one)), folder
        )
    _clear(folder)
    if failed:
        listed = ", ".join(sorted(failed)[:3]) + ", …" * (len(failed) > 3)
        raise InputError(
            folder, f"workers died measuring {count(len(failed), 'part')} ({listed})",
            "run it again with fewer workers, or with smaller parts in another folder",
        )  # fmt: skip
    return _report(folder, say)


def _named(given: Sequence[str] | None, language: str) -> tuple[str, ...]:
    """The instruments of tone, which must be known."""
    fitting = [name for name, one in tone.INSTRUMENTS.items() if one.language in ("", language)]
    for name in given or ():
        if name not in tone.INSTRUMENTS:
            known = ", ".join(tone.INSTRUMENTS)
            raise InputError(f"instrument {name!r}", "there is none", f"use some of {known}")
    return tuple(fitting if given is None else given)


def _prepare(folder: Path, study: str | Path | None, settings: Settings) -> None:
    """Make the folders, with the codebook and the settings; refuse one of something else."""
    if os.path.lexists(folder) and not folder.is_dir():
        raise InputError(folder, "it is no folder", "name one that is new or empty")
    if study:
        check_phrases(codebook.read(manifest.locate(study)).outlets)
    own = sorted((manifest.locate(study) / "codebook").glob("*.toml")) if study else []
    stored = {f"codebook/{path.name}": read_text(path) for path in own}
    stored[SETTINGS] = json.dumps(settings._asdict(), indent=1) + "\n"
    if (folder / SETTINGS).is_file():
        there = sorted(f"codebook/{path.name}" for path in (folder / "codebook").glob("*.toml"))
        if [*there, SETTINGS] != [*stored] or any(
            read_text(folder / name) != text for name, text in stored.items()
        ):
            mend = "choose another folder, or measure with the same version, codebook and settings"
            raise InputError(folder, "its articles were measured in another way", mend)
    elif folder.is_dir() and any(folder.iterdir()):
        mend = "choose a folder that is new or empty"
        raise InputError(folder, "there is something already", mend)
    make_folders(*(folder / name for name in ("codebook", "articles", *schema.MEASURED)))
    for name, text in stored.items():  # the settings last: with them it is a measured corpus
        write(folder / name, text)


def _is_done(folder: Path, part: Part) -> bool:
    return (folder / DONE / f"{part.name}.parquet").is_file()


def _clear(folder: Path) -> None:
    """Delete what workers that were killed left half-written."""
    for name in ("articles", *schema.MEASURED):
        for litter in (folder / name).glob(".*.part"):
            with suppress(OSError):
                litter.unlink()


def _report(folder: Path, say: Callable[[str], object]) -> int:
    """Say what was measured and what was not; return the number of documents."""
    rows: dict[str, int] = {
        name: sum(pq.read_metadata(path).num_rows for path in (folder / name).glob("*.parquet"))
        for name in ("documents", "problems")
    }
    say(f"measured {count(rows['documents'], 'article')}; {folder / 'problems'} says of"
        f" {count(rows['problems'], 'problem')}" if rows["problems"]
        else f"measured {count(rows['documents'], 'article')}")  # fmt: skip
    return rows["documents"]


# A part ------------------------------------------------------------------------------------------


def _measure_part(part: Part, folder: Path) -> str:
    """Measure a part and store its frames, those of other parts untouched."""
    settings = _settings(folder / SETTINGS)
    listed, texts = parts.documents(folder / "articles" / f"{part.name}.parquet")
    with _uncollected():
        frames, problems = _measured(listed, texts, codebook.read(folder), settings)
    own = parts.own_columns(folder / "articles")
    documents = frames[DONE].reindex(columns=[*schema.FRAMES[DONE], *own], fill_value="")
    frames[DONE] = documents.astype(dict.fromkeys(own, "str"))
    rows = [*({"doc_id": None, **_asdict(one)} for one in part.skipped), *problems]
    frames["problems"] = schema.frame("problems", rows)
    for name in sorted(frames, key=lambda name: name == DONE):
        write(folder / name / f"{part.name}.parquet", _parquet(frames[name]))
    return part.name


@contextmanager
def _uncollected() -> Iterator[None]:
    """Look for no circles of objects: a part makes millions of objects, and next to no circle."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _settings(path: Path) -> Settings:
    stored = json.loads(read_text(path))
    return Settings(**stored | {"instruments": tuple(stored["instruments"])})


def _asdict(one: Skipped) -> dict[str, str]:
    return {"source": one.place, "problem": one.problem, "mend": one.mend}


def _measured(
    listed: Sequence[Document], texts: Mapping[str, str], codes: Codebook, settings: Settings
) -> tuple[Frames, list[dict[str, Any]]]:
    """The frames of some documents, and their problems; one that fails is left out of the others."""
    try:
        return _frames(listed, texts, codes, settings)
    except Exception as error:  # whatever an instrument does with a text that nobody foresaw
        if len(listed) == 1:
            said = error if isinstance(error, InputError) else None
            why = (
                said.problem if said else f"an instrument failed ({type(error).__name__}: {error})"
            )
            mend = said.mend if said else "leave it out, and report it with its text"
            fault = {"source": listed[0].file, "problem": " ".join(why.split()), "mend": mend}
            return _frames([], {}, codes, settings)[0], [{"doc_id": listed[0].doc_id, **fault}]
    half = len(listed) // 2
    sides = [_measured(side, texts, codes, settings) for side in (listed[:half], listed[half:])]
    frames = {
        name: pd.concat([side[name] for side, _ in sides], ignore_index=True)
        for name in sides[0][0]
    }
    return frames, [row for _, rows in sides for row in rows]


def _frames(
    listed: Sequence[Document], texts: Mapping[str, str], codes: Codebook, settings: Settings
) -> tuple[Frames, list[dict[str, Any]]]:
    """The frames of documents that are a corpus, and the problems that are no reason to leave one out."""
    if not listed:
        empty = {name: schema.frame(name, []) for name in schema.MEASURED}
        scores = dict.fromkeys(settings.instruments, 0.0)
        return empty | {"tone": empty["tone"].assign(**scores)}, []
    contents = Manifest("", tuple(listed), language=settings.language)
    corpus = Corpus(contents, codes, {one.doc_id: texts[one.doc_id] for one in listed})
    frames = {name: _frame(corpus, name) for name in schema.MEASURED if name not in _DERIVED}
    told = frames[DONE]["doc_id"].isin(frames["paragraphs"]["doc_id"])
    frames[DONE] = frames[DONE][told].reset_index(drop=True)
    scored = tone.score_each(frames["sentences"], settings.instruments)
    contract = list(schema.MEASURED["tone"])
    frames["tone"] = scored[[*contract, *settings.instruments]]
    problems = [
        {"doc_id": one.doc_id, "source": one.file, "problem": fault.what, "mend": fault.mend}
        for one in listed for fault in corpus.problems.get(one.doc_id, [])
    ]  # fmt: skip
    return frames, problems


_DERIVED = ("tone", "problems")  # frames that a corpus does not have


def _frame(corpus: Corpus, name: str) -> pd.DataFrame:
    """A frame of a corpus; without rows where its instrument does not apply."""
    try:
        table: pd.DataFrame = getattr(corpus, name)
    except DoesNotApply:
        return schema.frame(name, [])
    return table.astype({"topic": "str"}) if name == "topics" else table


def _parquet(table: pd.DataFrame) -> bytes:
    target = BytesIO()
    pq.write_table(pa.Table.from_pandas(table, preserve_index=False), target, compression="zstd")
    return target.getvalue()
