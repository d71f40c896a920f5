"""Corpus: the frames of one corpus, each computed once, when asked for."""

import os
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path
from types import ModuleType

import pandas as pd

from usru import manifest, schema
from usru.errors import InputError
from usru.templates import render
from usru.text import blocks, comments, dates, problems, quotations, sentences, speakers
from usru.text.lines import Reading
from usru.text.problems import Problem

__all__ = ["CHOICE", "Corpus", "load"]

CHOICE = "USRU_CORPUS"
"""Environment variable that names the folder `load` takes when it is given none."""

READERS = ("commenter", "comment")
"""The kinds of block in which readers write, and are named."""


def load(folder: str | Path | None = None) -> "Corpus":
    """Load a corpus: the shipped one, or that of any folder with a ``corpus.toml``.

    Parameters
    ----------
    folder : str or path, optional
        A corpus folder. Without it, the folder that the environment variable
        ``USRU_CORPUS`` names, so that the shipped notebooks run on another
        corpus unchanged; without that, the shipped corpus.

    Returns
    -------
    Corpus
        Its manifest and documents are read and checked; its frames are
        computed when they are first asked for.

    Raises
    ------
    InputError
        When the manifest or a document cannot be used; the sentence names
        the file, the field or line, and the mend.

    Examples
    --------
    >>> load()
    Corpus('Three US–Russia meetings in 2017, in five news stories': 5 documents, 3 meetings)
    """
    chosen = folder or os.environ.get(CHOICE) or manifest.shipped()
    return Corpus(manifest.read(chosen))


class Corpus:
    """The documents of one corpus as frames of text.

    Parameters
    ----------
    contents : usru.manifest.Manifest
        What the corpus folder says of itself.

    Attributes
    ----------
    manifest : usru.manifest.Manifest
        Title, meetings and documents.

    Notes
    -----
    Every frame keeps the contract of `usru.schema.FRAMES`, and ``raw(doc_id)[start:end]`` is
    what a row stands for. A frame that is handed out may be changed freely: the corpus keeps its
    own. Screen names of readers are replaced by pseudonyms, stable within the corpus, in every
    frame; they stay only in the documents themselves.

    Examples
    --------
    >>> corpus = load()
    >>> len(corpus.paragraphs)
    78
    """

    def __init__(self, contents: manifest.Manifest) -> None:
        self.manifest = contents
        self._raw = {
            document.doc_id: manifest.read_document(contents.folder, document)
            for document in contents.documents
        }
        self._frames: dict[str, pd.DataFrame] = {}

    def raw(self, doc_id: str) -> str:
        """Return a document's text as it stands in its file.

        Raises
        ------
        KeyError
            When the corpus has no such document.

        Examples
        --------
        >>> load().raw("manila-breitbart")[:17]
        'Tillerson Holds ‘'
        """
        if doc_id not in self._raw:
            raise KeyError(f"no document {doc_id!r} in this corpus; it has {', '.join(self._raw)}")
        return self._raw[doc_id]

    def coding(self, name: str, reading: str = "") -> pd.DataFrame:
        """Return the coding by hand that the corpus folder holds for a kind of unit.

        Parameters
        ----------
        name : str
            The unit: ``"blocks"``, ``"sentences"``, ``"dates"``.
        reading : {"", "first", "second"}
            One of the two independent readings; by default the adjudicated
            reference.

        Returns
        -------
        pandas.DataFrame
            ``coding/NAME.csv`` as it is; without rows where there is none, as
            in a corpus that nobody has coded.

        Examples
        --------
        >>> load().coding("blocks").columns.tolist()
        ['doc_id', 'line_start', 'line_end', 'kind']
        """
        path = self.manifest.folder / "coding" / reading / f"{name}.csv"
        if not path.is_file():
            path = manifest.shipped() / "coding" / f"{name}.csv"
            return pd.read_csv(path, encoding="utf-8").iloc[:0]
        table = pd.read_csv(path, encoding="utf-8")
        shipped = pd.read_csv(
            manifest.shipped() / "coding" / f"{name}.csv", encoding="utf-8", nrows=0
        )
        for column in shipped.columns:
            if column not in table:
                raise InputError(path, f"there is no column {column!r}", "add it to the coding")
        return table

    def within(self, doc_id: str, block: int, offsets: Sequence[int]) -> list[int]:
        """Return where offsets in a document fall in the text of one of its blocks.

        Parameters
        ----------
        doc_id : str
            A document.
        block : int
            The block's number.
        offsets : sequence of int
            Character offsets in ``raw(doc_id)``; one outside the block counts
            as the block's nearest end.

        Returns
        -------
        list of int
            Offsets in the block's `text`. One inside a screen name falls on
            the start of its pseudonym.

        Examples
        --------
        >>> corpus = load()
        >>> paragraph, one = corpus.paragraphs.iloc[0], corpus.sentences.iloc[0]
        >>> start, end = corpus.within(one["doc_id"], one["block"], [one["start"], one["end"]])
        >>> paragraph["text"][start:end] == one["text"]
        True
        """
        self.raw(doc_id)  # names the documents when there is no such one
        row = self._plain_blocks[doc_id].iloc[block]
        span = self._raw[doc_id][row["start"] : row["end"]]
        reading = Reading(span, keep_lines=row["kind"] == "comment")
        places = [reading.place(offset - row["start"]) for offset in offsets]
        if row["kind"] not in READERS or self._screen_names is None:
            return places
        return [self._pseudonymous(row["text"], place) for place in places]

    def line_numbers(self, doc_ids: Iterable[str], offsets: Iterable[int]) -> list[int]:
        """Return the line, counted from 1, on which each raw offset of a document stands.

        Examples
        --------
        >>> load().line_numbers(["manila-breitbart"], [0])
        [1]
        """
        pairs = list(zip(doc_ids, offsets, strict=True))
        starts = {doc_id: blocks.line_starts(self.raw(doc_id)) for doc_id in dict(pairs)}
        return [bisect_right(starts[doc_id], offset) for doc_id, offset in pairs]

    def passage(self, doc_id: str, line: int) -> str:
        """Return a link to a line of a document, as the figures and notebooks use it.

        Examples
        --------
        >>> load().passage("manila-breitbart", 5)
        '../data/raw/manila-breitbart.txt#L5'
        """
        folder = "../data/" if self.is_shipped else ""
        return f"{folder}{self._file(doc_id)}#L{line}"

    def _file(self, doc_id: str) -> str:
        return next(d.file for d in self.manifest.documents if d.doc_id == doc_id)

    @property
    def is_shipped(self) -> bool:
        """Whether this is the corpus that the study's claims are about."""
        return self.manifest.folder.resolve() == manifest.shipped().resolve()

    @property
    def meetings(self) -> pd.DataFrame:
        """The meetings: `meeting`, `place`, `venue`, `latitude`, `longitude`, `date`, `occasion`."""
        return self._frame("meetings", self._find_meetings)

    @property
    def documents(self) -> pd.DataFrame:
        """The documents, one a row, in the manifest's order."""
        return self._frame("documents", self._find_documents)

    @property
    def blocks(self) -> pd.DataFrame:
        """The blocks of every document: all lines that are not blank, each once."""
        return self._frame("blocks", self._find_blocks)

    @property
    def lines(self) -> pd.DataFrame:
        """The lines that are not blank, each with the kind of its block."""
        return self._frame(
            "lines",
            lambda: self._stack(
                "lines",
                {
                    doc_id: blocks.lines(self._raw[doc_id], found)
                    for doc_id, found in self._plain_blocks.items()
                },
            ),
        )

    @property
    def paragraphs(self) -> pd.DataFrame:
        """The body blocks: what is analysed as the outlet's text."""
        return self._frame("paragraphs", self._find_paragraphs)

    @property
    def sentences(self) -> pd.DataFrame:
        """The sentences of the body blocks."""
        return self._frame("sentences", lambda: self._each(sentences))

    @property
    def quotations(self) -> pd.DataFrame:
        """The quotations of the body blocks, with speaker, cue and form."""
        return self._frame("quotations", self._find_quotations)

    @property
    def dates(self) -> pd.DataFrame:
        """The temporal expressions of headlines, body, captions and time lines, resolved."""
        return self._frame("dates", self._find_dates)

    @property
    def comments(self) -> pd.DataFrame:
        """The readers' comments, under pseudonyms."""
        return self._frame("comments", self._find_comments)

    def _frame(self, name: str, find: Callable[[], pd.DataFrame]) -> pd.DataFrame:
        if name not in self._frames:
            self._frames[name] = schema.check(name, find())
        return self._frames[name].copy(deep=False)

    def _find_meetings(self) -> pd.DataFrame:
        return schema.frame(
            "meetings",
            [
                {
                    **vars(meeting),
                    "meeting": meeting.id,
                    "latitude": meeting.coordinates[0],
                    "longitude": meeting.coordinates[1],
                }
                for meeting in self.manifest.meetings
            ],
        )

    def _find_documents(self) -> pd.DataFrame:
        rows = [
            {
                **vars(document),
                "captured": self._captured(document.doc_id),
                "n_lines": len(re.findall(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+\Z", raw)),
                "n_words": len(raw.split()),
                "problem": "; ".join(map(str, self.problems.get(document.doc_id, []))) or None,
            }
            for document in self.manifest.documents
            for raw in [self._raw[document.doc_id]]
        ]
        return schema.frame("documents", rows)

    def _captured(self, doc_id: str) -> datetime | None:
        found = self._plain_blocks[doc_id]
        clocks = map(dates.page_clock, found.loc[found["kind"] == "timestamp", "text"])
        return next(filter(None, clocks), None)

    @cached_property
    def speakers(self) -> speakers.Speakers:
        """The people and institutions that the corpus folder, or the shipped one, lists."""
        own = self.manifest.folder / "codebook" / "speakers.toml"
        return speakers.read(own if own.is_file() else None)

    @cached_property
    def _plain_blocks(self) -> dict[str, pd.DataFrame]:
        """Blocks by document, as the page prints them, screen names included."""
        own = self.manifest.folder / "codebook"
        codebook = own if (own / "outlets.toml").is_file() else None
        return {
            document.doc_id: blocks.find(
                self._raw[document.doc_id], document.outlet, codebook,
                title=document.title, layout=document.layout,
            )
            for document in self.manifest.documents
        }  # fmt: skip

    @cached_property
    def problems(self) -> dict[str, list[Problem]]:
        """What keeps documents from being read as they should be, by document; none for most."""
        found = {
            doc_id: problems.find(raw, self._plain_blocks[doc_id])
            for doc_id, raw in self._raw.items()
        }
        return {doc_id: faults for doc_id, faults in found.items() if faults}

    def _find_blocks(self) -> pd.DataFrame:
        self._refuse_problems()
        table = self._stack("blocks", self._plain_blocks)
        readers = table["kind"].isin(READERS)
        table.loc[readers, "text"] = self._masked(table.loc[readers, "text"])
        return table

    def _refuse_problems(self) -> None:
        """A page with a problem is an error in a strict corpus, or when no page has a story."""
        storyless = all("body" not in set(table["kind"]) for table in self._plain_blocks.values())
        if not (self.manifest.strict or storyless):
            return
        several = len(self._raw) if storyless and len(self._raw) > 1 else 0
        for doc_id, faults in self.problems.items():
            raise self.refusal(doc_id, faults[-1], f" (as on all {several} pages)" * bool(several))

    def refusal(self, doc_id: str, fault: Problem, note: str = "") -> InputError:
        """Return a problem of a document as the sentence that names its file, with a note on it.

        Parameters
        ----------
        doc_id : str
            A document.
        fault : Problem
            One of its `problems`.
        note : str
            What is added to what is wrong.

        Examples
        --------
        >>> torn = Problem(3, "the page is torn", "glue it")
        >>> str(load().refusal("manila-breitbart", torn)).partition("raw/")[2]
        'manila-breitbart.txt, line 3: the page is torn; glue it.'
        """
        place = f"{self.manifest.folder / self._file(doc_id)}, line {fault.line}"
        return InputError(place, fault.what + note, fault.mend)

    def _find_paragraphs(self) -> pd.DataFrame:
        table = self.blocks
        return table[table["kind"] == "body"].reset_index(drop=True)

    def _find_quotations(self) -> pd.DataFrame:
        self.blocks  # noqa: B018 - refuses a corpus with a document without a story
        return self._stack(
            "quotations",
            {
                document.doc_id: quotations.find(
                    self._raw[document.doc_id],
                    self._plain_blocks[document.doc_id],
                    self.speakers.at(document.published),
                )
                for document in self.manifest.documents
            },
        )

    def _find_dates(self) -> pd.DataFrame:
        self.blocks  # noqa: B018 - refuses a corpus with a document without a story
        return self._stack(
            "dates",
            {
                document.doc_id: dates.find(
                    self._raw[document.doc_id],
                    self._plain_blocks[document.doc_id],
                    document.published,
                )
                for document in self.manifest.documents
            },
        )

    def _find_comments(self) -> pd.DataFrame:
        table = self._each(comments)
        table["commenter"] = table["commenter"].map(self._pseudonyms)
        table["replies_to"] = table["replies_to"].map(self._pseudonyms)
        table["text"] = self._masked(table["text"])
        return table.astype({"commenter": "str", "replies_to": "str"})

    @cached_property
    def _pseudonyms(self) -> dict[str, str]:
        """Screen name to pseudonym, numbered in the order in which the pages name them."""
        screen_names: dict[str, None] = {}
        for doc_id, found in self._plain_blocks.items():
            for block in found[found["kind"] == "commenter"].itertuples():
                printed = self._raw[doc_id][block.start : block.end]
                screen_names.update(dict.fromkeys(filter(None, comments.names(printed))))
        return {name: f"reader-{number:02d}" for number, name in enumerate(screen_names, start=1)}

    @cached_property
    def _screen_names(self) -> re.Pattern[str] | None:
        """Any screen name of this corpus, the longest first; None where there is none."""
        names = sorted(self._pseudonyms, key=lambda name: (-len(name), name))
        any_of = "|".join(map(re.escape, names))
        return re.compile(rf"(?<!\w)(reply to)?({any_of})(?!\w)") if names else None

    def _masked(self, texts: pd.Series) -> pd.Series:
        names, pseudonyms = self._screen_names, self._pseudonyms
        if names is None:
            return texts
        return texts.map(lambda text: names.sub(lambda m: (m[1] or "") + pseudonyms[m[2]], text))

    def _pseudonymous(self, text: str, place: int) -> int:
        """Where a place in a reader's text falls once screen names have given way."""
        shift = 0
        for name in self._screen_names.finditer(text) if self._screen_names else ():
            if place <= name.start(2):
                break
            if place < name.end(2):
                return name.start(2) + shift
            shift += len(self._pseudonyms[name[2]]) - len(name[2])
        return place + shift

    def _each(self, module: ModuleType) -> pd.DataFrame:
        name = module.__name__.rpartition(".")[2]
        self.blocks  # noqa: B018 - refuses a corpus with a document without a story
        return self._stack(
            name,
            {
                doc_id: module.find(self._raw[doc_id], found)
                for doc_id, found in self._plain_blocks.items()
            },
        )

    @staticmethod
    def _stack(name: str, by_document: dict[str, pd.DataFrame]) -> pd.DataFrame:
        columns = list(schema.FRAMES[name])
        tables = [found.assign(doc_id=doc_id)[columns] for doc_id, found in by_document.items()]
        table = pd.concat(tables, ignore_index=True) if tables else schema.frame(name, [])
        return table.astype({key: column.dtype for key, column in schema.FRAMES[name].items()})

    def __repr__(self) -> str:
        counts = f"{len(self.manifest.documents)} documents, {len(self.manifest.meetings)} meetings"
        return f"Corpus({self.manifest.title!r}: {counts})"

    def summary(self) -> pd.DataFrame:
        """Return one row a document: what is in it, counted.

        Returns
        -------
        pandas.DataFrame
            `doc_id`, `meeting`, `outlet`, `published`, and the numbers of
            `lines` of the file, of `blocks`, `paragraphs`, `words` and
            `sentences` of the story, and of readers' `comments`.

        Examples
        --------
        >>> load().summary()["paragraphs"].tolist()
        [23, 12, 18, 13, 12]
        """
        table = self.documents[["doc_id", "meeting", "outlet", "published"]].copy()
        by_id = table["doc_id"]
        words = self.paragraphs.assign(words=self.paragraphs["text"].str.split().str.len())
        table["lines"] = self.documents["n_lines"]
        table["blocks"] = by_id.map(self.blocks["doc_id"].value_counts())
        counts = {
            "paragraphs": self.paragraphs["doc_id"].value_counts(),
            "words": words.groupby("doc_id")["words"].sum(),
            "sentences": self.sentences["doc_id"].value_counts(),
            "comments": self.comments["doc_id"].value_counts(),
        }
        for name, each in counts.items():
            table[name] = by_id.map(each).fillna(0).astype("int64")
        return table

    def _repr_html_(self) -> str:
        return render("corpus.html", title=self.manifest.title, frame=self.summary())
