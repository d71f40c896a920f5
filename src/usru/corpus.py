"""Corpus: the frames of one corpus, each computed once, when asked for."""

import os
import re
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd

from usru import codebook, manifest, schema
from usru.analysis import reuse, timeline, tone, topics, voices
from usru.analysis.tone import validity
from usru.codebook import Codebook
from usru.errors import InputError
from usru.files import shipped
from usru.templates import render
from usru.text import blocks, comments, dates, problems, quotations, sentences
from usru.text.lines import Reading
from usru.text.problems import Problem
from usru.text.quotations.vocabulary import build

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
        Its manifest, documents and codebook are read and checked, as they are
        now; its frames are computed when they are first asked for.

    Raises
    ------
    InputError
        When one of them cannot be used; the sentence names the file, the field
        or line, and the mend.

    Examples
    --------
    >>> load()
    Corpus('Three US–Russia meetings in 2017, in five news stories': 5 documents, 3 meetings)
    """
    chosen = Path(folder or os.environ.get(CHOICE) or shipped())
    return Corpus(manifest.read(chosen), codebook.read(chosen))


class Corpus:
    """The documents of one corpus as frames of text.

    Parameters
    ----------
    contents : usru.manifest.Manifest
        What the corpus folder says of itself.
    codes : usru.codebook.Codebook
        The codebook by which its texts are read.

    Attributes
    ----------
    manifest : usru.manifest.Manifest
        Title, meetings and documents.
    codebook : usru.codebook.Codebook
        Outlets, topics, speakers, words of reporting and events.
    texts : dict of str
        The pages as they are in their files, by `doc_id`.

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

    def __init__(self, contents: manifest.Manifest, codes: Codebook) -> None:
        self.manifest = contents
        self.codebook = codes
        self.texts = {
            document.doc_id: manifest.read_document(contents.folder, document)
            for document in contents.documents
        }
        self._frames: dict[Hashable, pd.DataFrame] = {}

    def raw(self, doc_id: str) -> str:
        """Return a document's text as it is in its file.

        Parameters
        ----------
        doc_id : str
            A document of the corpus; any other is a KeyError.

        Examples
        --------
        >>> load().raw("manila-breitbart")[:17]
        'Tillerson Holds ‘'
        """
        if doc_id not in self.texts:
            raise KeyError(f"no document {doc_id!r} in this corpus; it has {', '.join(self.texts)}")
        return self.texts[doc_id]

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
        default = shipped() / "coding" / f"{name}.csv"
        if not path.is_file():
            return pd.read_csv(default, encoding="utf-8").iloc[:0]
        table = pd.read_csv(path, encoding="utf-8")
        for column in pd.read_csv(default, encoding="utf-8", nrows=0).columns:
            if column not in table:
                raise InputError(path, f"there is no column {column!r}", "add it to the coding")
        return table

    def _within(self, doc_id: str, block: int, offsets: Sequence[int]) -> list[int]:
        """Where raw offsets fall in a block's text; inside a screen name, on its pseudonym."""
        row = self._plain_blocks[doc_id].iloc[block]
        span = self.texts[doc_id][row["start"] : row["end"]]
        reading = Reading(span, keep_lines=row["kind"] == "comment")
        places = [reading.place(offset - row["start"]) for offset in offsets]
        if row["kind"] not in READERS or self._screen_names is None:
            return places
        return [self._pseudonymous(row["text"], place) for place in places]

    def in_blocks(self, table: pd.DataFrame) -> pd.DataFrame:
        """Return spans with their offsets counted in the text of their block.

        Parameters
        ----------
        table : pandas.DataFrame
            `doc_id`, `block`, and `start`, `end` as raw offsets.

        Returns
        -------
        pandas.DataFrame
            The same rows; an offset outside the block counts as its nearest end, one inside a
            reader's screen name as the start of the pseudonym.

        Examples
        --------
        >>> corpus = load()
        >>> one = corpus.in_blocks(corpus.quotations).iloc[0]
        >>> block = corpus.blocks.query("doc_id == @one.doc_id and block == @one.block").iloc[0]
        >>> block["text"][one["start"] : one["end"]] == one["text"]
        True
        """
        found = table.reset_index(drop=True)
        ends = found[["start", "end"]].to_numpy(copy=True)
        for (doc_id, block), rows in found.groupby(["doc_id", "block"], sort=False).indices.items():
            ends[rows] = np.reshape(
                self._within(doc_id, block, ends[rows].ravel().tolist()), (-1, 2)
            )
        return found.assign(start=ends[:, 0], end=ends[:, 1])

    def line_numbers(self, doc_ids: Iterable[str], offsets: Iterable[int]) -> list[int]:
        """Return the line, counted from 1, of each raw offset of a document.

        Parameters
        ----------
        doc_ids, offsets : iterable of str, of int
            Documents, and an offset in each.

        Examples
        --------
        >>> load().line_numbers(["manila-breitbart"], [0])
        [1]
        """
        table = pd.DataFrame({"doc_id": list(doc_ids), "offset": list(offsets)})
        lines = np.ones(len(table), dtype="int64")
        for doc_id, rows in table.groupby("doc_id").indices.items():
            starts = blocks.line_starts(self.raw(str(doc_id)))
            lines[rows] = np.searchsorted(starts, table["offset"].to_numpy()[rows], side="right")
        return lines.tolist()

    def linked(self, table: pd.DataFrame) -> pd.DataFrame:
        """Return a table with `passage`, a link to the line of the page, instead of `line`.

        Parameters
        ----------
        table : pandas.DataFrame
            `doc_id` and `line`.

        Examples
        --------
        >>> load().linked(pd.DataFrame({"doc_id": ["manila-breitbart"], "line": [5]}))["passage"][0]
        '../data/raw/manila-breitbart.txt#L5'
        """
        places = zip(table["doc_id"], table["line"], strict=True)
        links = [self.passage(doc_id, line) for doc_id, line in places]
        passage = pd.Series(links, index=table.index, dtype="str")
        return table.assign(passage=passage).drop(columns="line")

    def passage(self, doc_id: str, line: int) -> str:
        """Return a link to a line of a document, as the figures and notebooks use it.

        Parameters
        ----------
        doc_id, line : str, int
            A document, and a line of it, from 1.
        """
        folder = "../data/" if self.is_shipped else ""
        return f"{folder}{self._file(doc_id)}#L{line}"

    def _file(self, doc_id: str) -> str:
        return next(d.file for d in self.manifest.documents if d.doc_id == doc_id)

    @property
    def is_shipped(self) -> bool:
        """Whether this is the corpus that the study's claims are about."""
        return self.manifest.folder.resolve() == shipped().resolve()

    @property
    def meetings(self) -> pd.DataFrame:
        """The meetings: `meeting`, `place`, `venue`, `latitude`, `longitude`, `date`, `occasion`."""
        return self.kept("meetings", self._find_meetings)

    @property
    def documents(self) -> pd.DataFrame:
        """The documents, one a row, in the manifest's order."""
        return self.kept("documents", self._find_documents)

    @property
    def blocks(self) -> pd.DataFrame:
        """The blocks of every document: all lines that are not blank, each once."""
        return self.kept("blocks", self._find_blocks)

    @property
    def lines(self) -> pd.DataFrame:
        """The lines that are not blank, each with the kind of its block."""
        return self.kept("lines", lambda: self._each("lines", blocks.lines))

    @property
    def paragraphs(self) -> pd.DataFrame:
        """The body blocks: what is analysed as the outlet's text."""
        return self.kept("paragraphs", lambda: self._of_kind("body"))

    @property
    def sentences(self) -> pd.DataFrame:
        """The sentences of the body blocks."""
        return self.kept("sentences", lambda: self._each("sentences", sentences.find))

    @property
    def quotations(self) -> pd.DataFrame:
        """The quotations of the body blocks, with speaker, cue and form."""
        return self.kept("quotations", self._find_quotations)

    @property
    def dates(self) -> pd.DataFrame:
        """The temporal expressions of headlines, body, captions and time lines, resolved."""
        return self.kept("dates", self._find_dates)

    @property
    def comments(self) -> pd.DataFrame:
        """The readers' comments, under pseudonyms."""
        return self.kept("comments", self._find_comments)

    # What is derived from these ---------------------------------------------------------------

    @property
    def topics(self) -> pd.DataFrame:
        """The topics of the paragraphs, as `usru.analysis.topics.code` finds them."""
        return self.kept("topics", lambda: topics.code(self.paragraphs, self.codebook.topics))

    @property
    def reused(self) -> pd.DataFrame:
        """The passages that stories and comments share, as `usru.analysis.reuse.find` gives them."""
        return self.kept("reused", self._find_reused)

    @property
    def parts(self) -> pd.DataFrame:
        """The unbroken parts of sentences that one voice says (`usru.analysis.voices.parts`)."""
        return self.kept("parts", self._find_parts)

    @property
    def segments(self) -> pd.DataFrame:
        """What one voice says in one sentence (`usru.analysis.voices.segments`).

        `reused` says whether an earlier story has the sentence already.
        """
        return self.kept("segments", self._find_segments)

    @property
    def mentions(self) -> pd.DataFrame:
        """The passages that mention an event (`usru.analysis.timeline.mentions`)."""
        events = self.codebook.events
        return self.kept("mentions", lambda: timeline.mentions(events, self.blocks, self.texts))

    @property
    def events(self) -> pd.DataFrame:
        """The events that the stories mention (`usru.analysis.timeline.events`)."""
        listed = self.codebook.events
        return self.kept("events", lambda: timeline.events(listed, self.mentions))

    def scored(self, name: str) -> pd.DataFrame:
        """Return texts with a column of polarities for each instrument of tone, scored once.

        Parameters
        ----------
        name : {"sentences", "segments", "comment sentences"}
            Which texts.

        Returns
        -------
        pandas.DataFrame
            The frame of that name, or `usru.analysis.voices.comment_sentences`, with the
            columns of `usru.analysis.tone.score_each`.

        Examples
        --------
        >>> load().scored("segments")[["textblob", "vader", "nrc"]].round(2).iloc[0].tolist()
        [-0.06, 0.42, 0.0]
        """
        return self.kept(
            f"scored {name}", lambda: self._find_scored(name), *tone.INSTRUMENTS.values()
        )

    @property
    def valence(self) -> pd.DataFrame:
        """The paragraphs with the readings of their valence, and each instrument's score.

        As `usru.analysis.tone.validity.paragraphs` gives it; without rows where nobody has read them.
        """
        return self.kept("valence", self._find_valence, *tone.INSTRUMENTS.values())

    def kept(self, name: str, find: Callable[[], pd.DataFrame], *given: Hashable) -> pd.DataFrame:
        """Return a frame that is computed once, and kept.

        Parameters
        ----------
        name : str
            Its name; one of `usru.schema.FRAMES` is checked against its contract.
        find : callable
            Computes it when it is first asked for.
        *given : hashable
            What else it depends on; with another value it is computed anew.

        Examples
        --------
        >>> corpus = load()
        >>> corpus.kept("answer", lambda: pd.DataFrame({"answer": [42]}))["answer"].tolist()
        [42]
        """
        key = name, *given
        if key not in self._frames:
            found = find()
            self._frames[key] = schema.check(name, found) if name in schema.FRAMES else found
        return self._frames[key].copy(deep=False)

    def _find_scored(self, name: str) -> pd.DataFrame:
        """One set of texts with their scores; all sets are scored at once, as they share texts."""
        texts = {
            "sentences": self.sentences,
            "segments": self.segments,
            "comment sentences": voices.comment_sentences(self.comments),
        }

        def score() -> pd.DataFrame:
            every = [table[["text"]] for table in texts.values()]
            return tone.score_each(pd.concat(every, keys=texts, names=["of"]))

        scores = self.kept("scores", score, *tone.INSTRUMENTS.values())
        own = scores[scores.index.get_level_values("of") == name].droplevel("of")
        return texts[name].join(own.drop(columns="text"))

    # How they are found -----------------------------------------------------------------------

    def _find_meetings(self) -> pd.DataFrame:
        rows = [
            {
                **vars(one), "meeting": one.id,
                "latitude": one.coordinates[0], "longitude": one.coordinates[1],
            }
            for one in self.manifest.meetings
        ]  # fmt: skip
        return schema.frame("meetings", rows)

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
            for raw in [self.texts[document.doc_id]]
        ]
        return schema.frame("documents", rows)

    def _captured(self, doc_id: str) -> datetime | None:
        found = self._plain_blocks[doc_id]
        clocks = map(dates.page_clock, found.loc[found["kind"] == "timestamp", "text"])
        return next(filter(None, clocks), None)

    @cached_property
    def _plain_blocks(self) -> dict[str, pd.DataFrame]:
        """Blocks by document, as the page prints them, screen names included."""
        return {
            document.doc_id: blocks.find(
                self.texts[document.doc_id], document.outlet, self.codebook.outlets,
                title=document.title, layout=document.layout,
            )
            for document in self.manifest.documents
        }  # fmt: skip

    @cached_property
    def problems(self) -> dict[str, list[Problem]]:
        """What keeps documents from being read as they should be, by document; none for most."""
        found = {
            doc_id: problems.find(raw, self._plain_blocks[doc_id])
            for doc_id, raw in self.texts.items()
        }
        return {doc_id: faults for doc_id, faults in found.items() if faults}

    def _find_blocks(self) -> pd.DataFrame:
        self._refuse_problems()
        table = self._each("blocks", lambda raw, found: found)
        readers = table["kind"].isin(READERS)
        table.loc[readers, "text"] = self._masked(table.loc[readers, "text"])
        return table.assign(words=_words(table["text"]))

    def _refuse_problems(self) -> None:
        """A page with a problem is an error in a strict corpus, or when no page has a story."""
        storyless = all("body" not in set(table["kind"]) for table in self._plain_blocks.values())
        if not (self.manifest.strict or storyless):
            return
        several = len(self.texts) if storyless and len(self.texts) > 1 else 0
        for doc_id, faults in self.problems.items():
            raise self.refusal(doc_id, faults[-1], f" (as on all {several} pages)" * bool(several))

    def refusal(self, doc_id: str, fault: Problem, note: str = "") -> InputError:
        """Return a problem of a document as the sentence that names its file, with a note on it.

        Parameters
        ----------
        doc_id, fault : str, Problem
            A document, and one of its `problems`.
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

    def _of_kind(self, kind: str) -> pd.DataFrame:
        return self.blocks.query("kind == @kind").reset_index(drop=True)

    def _find_quotations(self) -> pd.DataFrame:
        words = build(self.codebook.reporting)
        known = {
            document.doc_id: (self.codebook.speakers.at(document.published), words)
            for document in self.manifest.documents
        }
        return self._each("quotations", quotations.find, known)

    def _find_dates(self) -> pd.DataFrame:
        published = {document.doc_id: (document.published,) for document in self.manifest.documents}
        return self._each("dates", dates.find, published)

    def _find_comments(self) -> pd.DataFrame:
        table = self._each("comments", comments.find)
        names = {name: table[name].map(self._pseudonyms) for name in ("commenter", "replies_to")}
        table = table.assign(**names, text=self._masked(table["text"]))
        table = table.assign(words=_words(table["text"]))
        return table.astype({"commenter": "str", "replies_to": "str"})

    def _find_reused(self) -> pd.DataFrame:
        order = self.documents.sort_values("published", kind="stable")["doc_id"].tolist()
        return reuse.find(self.paragraphs, self.comments, self.quotations, self.texts, order)

    def _find_parts(self) -> pd.DataFrame:
        return self._placed(voices.parts(self.sentences, self.quotations, self.texts))

    def _find_valence(self) -> pd.DataFrame:
        readings = [self.coding("valence", reading) for reading in validity.READINGS]
        return validity.paragraphs(self.paragraphs, self.scored("sentences"), readings)

    def _find_segments(self) -> pd.DataFrame:
        table = self._placed(voices.segments(self.parts))
        again = self.sentences.assign(reused=reuse.is_reused(self.sentences, self.reused))
        return table.merge(again[["doc_id", "sentence", "reused"]], on=["doc_id", "sentence"])

    @cached_property
    def _pseudonyms(self) -> dict[str, str]:
        """Screen name to pseudonym, numbered in the order in which the pages name them."""
        screen_names: dict[str, None] = {}
        for doc_id, found in self._plain_blocks.items():
            for block in found[found["kind"] == "commenter"].itertuples():
                printed = self.texts[doc_id][block.start : block.end]
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

    def _each(
        self,
        name: str,
        find: Callable[..., pd.DataFrame],
        more: Mapping[str, tuple[object, ...]] | None = None,
    ) -> pd.DataFrame:
        """What is found on each page, one frame; `more` is what `find` gets beside the page."""
        if name != "blocks":
            self.blocks  # noqa: B018 - refuses a corpus with a document without a story
        tables = [
            find(self.texts[doc_id], found, *(more[doc_id] if more else ())).assign(doc_id=doc_id)
            for doc_id, found in self._plain_blocks.items()
        ]
        columns = schema.FRAMES[name]
        table = pd.concat(tables, ignore_index=True) if tables else schema.frame(name, [])
        table = self._placed(table) if "outlet" in columns else table
        return table[list(columns)].astype({key: one.dtype for key, one in columns.items()})

    def _placed(self, table: pd.DataFrame) -> pd.DataFrame:
        """A frame of spans with the meeting and outlet of its document, its line and its words."""
        by_id = {document.doc_id: document for document in self.manifest.documents}
        about = {
            name: table["doc_id"].map(lambda doc_id, name=name: getattr(by_id[doc_id], name))
            for name in ("meeting", "outlet")
        }
        lines = self.line_numbers(table["doc_id"], table["start"])
        return table.assign(**about, line=lines, words=_words(table["text"])).astype(
            {name: column.dtype for name, column in schema.PLACE.items()}
        )

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
        table["lines"] = self.documents["n_lines"]
        table["blocks"] = by_id.map(self.blocks["doc_id"].value_counts())
        counts = {
            "paragraphs": self.paragraphs["doc_id"].value_counts(),
            "words": self.paragraphs.groupby("doc_id")["words"].sum(),
            "sentences": self.sentences["doc_id"].value_counts(),
            "comments": self.comments["doc_id"].value_counts(),
        }
        for name, each in counts.items():
            table[name] = by_id.map(each).fillna(0).astype("int64")
        return table

    def _repr_html_(self) -> str:
        return render("corpus.html", title=self.manifest.title, frame=self.summary())


def _words(texts: pd.Series) -> pd.Series:
    return texts.str.split().str.len().astype("int64")
