"""Corpus: the frames of one corpus, each computed once, when asked for."""

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow

from usru import codebook, codings, manifest, schema
from usru.analysis import acts, reuse, timeline, tone, topics, voices
from usru.analysis.tone import validity
from usru.codebook import Codebook, Speakers
from usru.errors import DoesNotApply, InputError
from usru.files import is_there, shipped
from usru.labels import KINDS, VOICES, Labels, Names, distinct
from usru.manifest import Document
from usru.templates import render
from usru.text import blocks, clauses, comments, dates, problems, quotations, sentences, turns
from usru.text.blocks import Block
from usru.text.furniture import check as check_phrases
from usru.text.lines import Reading
from usru.text.problems import Problem
from usru.text.quotations.vocabulary import Vocabulary, build
from usru.wording import count

__all__ = ["FEW", "NOT_KNOWN", "Corpus", "load"]

FEW = 12
"""Documents, or groups of them, that a figure can name beside each other."""

NOT_KNOWN = "not known"
"""What a group is called whose documents lack a value."""

PERIODS = {"year": "%Y", "month": "%Y-%m", "day": "%Y-%m-%d"}
"""What documents can be grouped by besides their columns: the period of their publication."""

READERS = ("commenter", "comment")
"""The kinds of block in which readers write, and are named."""

# Of thousands of small frames Arrow's own allocator keeps what they leave free: ten times as much.
pyarrow.set_memory_pool(pyarrow.system_memory_pool())

MANY = 200  # documents from which on a terminal shows how far a frame is
AT_ONCE = 100  # documents whose blocks are read at once
ROWS = 10_000  # of a frame that are made at once, as rows take many times the memory of columns


def load(folder: str | Path | None = None) -> "Corpus":
    """Load a corpus: the shipped one, or that of any study.

    Parameters
    ----------
    folder : str or path, optional
        A folder that holds a ``corpus.toml``, itself or in ``data``. The shipped corpus by default.

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
    found = manifest.read(shipped() if folder is None else folder)
    codes = codebook.read(found.folder)
    check_phrases(codes.outlets)
    return Corpus(found, codes)


class Corpus:
    """The documents of one corpus as frames of text.

    Parameters
    ----------
    contents : usru.manifest.Manifest
        What the corpus folder says of itself.
    codes : usru.codebook.Codebook
        The codebook by which its texts are read.
    texts : mapping of str, optional
        The pages by `doc_id`, in the order of the documents; by default they are read from their
        files.

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

    def __init__(
        self, contents: manifest.Manifest, codes: Codebook, texts: Mapping[str, str] | None = None
    ) -> None:
        self.manifest = contents
        self.codebook = codes
        self._listed = {document.doc_id: document for document in contents.documents}
        self.texts = {
            doc_id: manifest.read_document(contents.folder, document)
            for doc_id, document in self._listed.items()
        } if texts is None else dict(texts)  # fmt: skip
        self._frames: dict[Hashable, pd.DataFrame] = {}
        self._speakers_at: dict[date, Speakers] = {}
        self._lines: dict[str, np.ndarray[Any, Any]] = {}

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
            listed = ", ".join([*self.texts][:FEW]) + ", …" * (len(self.texts) > FEW)
            raise KeyError(f"no document {doc_id!r} in this corpus; it has {listed}")
        return self.texts[doc_id]

    def coding(self, name: str, reading: str = "reference") -> pd.DataFrame:
        """Return a coding that readers made and the corpus folder holds.

        Parameters
        ----------
        name : str
            What was coded: ``"blocks"``, ``"topics"``, ``"valence"``, any of `usru.codings.ROWS`.
        reading : str
            The adjudicated ``"reference"``, or one of the independent readings that it was made
            from, ``"reading-1"`` or ``"reading-2"``.

        Returns
        -------
        pandas.DataFrame
            ``coding/READING/NAME.csv``, its numbers as numbers; without rows where there is none, as
            in a corpus that nobody has coded.

        Raises
        ------
        InputError
            When it cannot be used; the sentence names the file, the line and the column.

        Examples
        --------
        >>> load().coding("blocks").columns.tolist()
        ['doc_id', 'line_start', 'line_end', 'kind']
        """
        if name not in codings.ROWS:
            raise InputError(
                f"coding {name!r}", "there is no such coding", f"use {', '.join(codings.ROWS)}"
            )
        path, kind = self.manifest.folder / "coding" / reading / f"{name}.csv", codings.ROWS[name]
        if not is_there(path):
            return codings.empty(kind)
        return self.kept(
            "coding", lambda: codings.read(path, kind, self.setting), path, path.read_bytes()
        )

    @cached_property
    def setting(self) -> codings.Setting:
        """The codebook and the pages that codings are checked against."""
        return codings.Setting(self.codebook, self.texts)

    def _within(self, doc_id: str, block: int, offsets: Sequence[int]) -> list[int]:
        """Where raw offsets fall in a block's text; inside a screen name, on its pseudonym."""
        row = self._plain_blocks.iloc[self._rows[doc_id].start + block]
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
        lines, places = np.ones(len(table), dtype="int64"), table["offset"].to_numpy()
        for doc_id, rows in table.groupby("doc_id").indices.items():
            starts = self._line_starts(str(doc_id))
            lines[rows] = np.searchsorted(starts, places[rows], side="right")
        return lines.tolist()

    def _line_starts(self, doc_id: str) -> np.ndarray[Any, Any]:
        """Where the lines of a document begin; kept, as every frame of spans asks for them."""
        if doc_id not in self._lines:
            self._lines[doc_id] = np.array(blocks.line_starts(self.raw(doc_id)))
        return self._lines[doc_id]

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
        return f"{self._up}{self._listed[doc_id].file}#L{line}"

    @cached_property
    def _up(self) -> str:
        """The way from a folder of the study, as of its notebooks, to the corpus folder."""
        contents = self.manifest
        return "../" if contents.root == contents.folder.resolve() else "../data/"

    @cached_property
    def labels(self) -> Labels:
        """What people read where the frames have ids, by column and id.

        Of documents and meetings the manifest's, of topics the codebook's, of instruments their
        own; of kinds and voices those of the codebook's text. Documents without a label have their
        title, and no two have the same.

        Examples
        --------
        >>> labels = load().labels
        >>> labels["doc_id"]["manila-zerohedge"], labels["topic"]["press"]
        ('Zero Hedge', 'press access')
        """
        listed = self.manifest.documents
        names = distinct(
            pd.Series([one.label or one.title or one.doc_id for one in listed], dtype="str")
        )
        instruments = [*tone.INSTRUMENTS.values()]
        return Labels(
            doc_id=Names(zip([one.doc_id for one in listed], names, strict=True)),
            meeting=Names({one.id: one.label or Names()[one.id] for one in self.manifest.meetings}),
            topic=Names({name: one.label for name, one in self.codebook.topics.items() if one.label}),
            instrument=Names({one.name: one.label for one in instruments if one.label}),
            kind=KINDS, voice=VOICES,
        )  # fmt: skip

    # How documents are grouped ----------------------------------------------------------------

    @cached_property
    def _groups(self) -> pd.DataFrame:
        """What documents can be grouped by: their columns, and the periods of publication."""
        listed = self.manifest.documents
        columns = {
            "doc_id": [one.doc_id for one in listed],
            "meeting": [one.meeting for one in listed],
            "outlet": [one.outlet for one in listed],
        }
        columns |= {
            name: [str(one.more.get(name, "")) for one in listed] for name in self._own_columns
        }
        days = pd.Series([one.published for one in listed], dtype="datetime64[s]")
        for name, shape in PERIODS.items():
            columns.setdefault(name, days.dt.strftime(shape).fillna("").tolist())
        return pd.DataFrame(columns).astype("str")

    @property
    def _own_columns(self) -> dict[str, None]:
        """The fields of one's own that documents have, in the order in which they come."""
        return dict.fromkeys(key for one in self.manifest.documents for key in one.more)

    @cached_property
    def group(self) -> str:
        """The column that documents are grouped by: the manifest's, or the first that divides them.

        That is the meeting, the outlet, the year or the month of publication, whichever first has
        more than one value; the outlet where none has.
        """
        chosen = self.manifest.group
        if chosen and chosen not in self._groups:
            known = ", ".join(self._groups)
            where = f"{self.manifest.folder / codebook.MANIFEST}, group"
            raise InputError(where, f"there is no column {chosen!r}", f"use one of {known}")
        dividing = (
            name for name in ("meeting", "outlet", "year", "month")
            if self._groups[name].loc[self._groups[name] != ""].nunique() > 1
        )  # fmt: skip
        return chosen or next(dividing, "outlet")

    @property
    def unit(self) -> str:
        """What a figure gives a row or column of its own: documents, or groups of more than a dozen."""
        return "doc_id" if len(self.texts) <= FEW else self.group

    def grouped(self, table: pd.DataFrame, by: str | None = None) -> pd.DataFrame:
        """Return a table of texts with the group of each row's document as a column.

        Parameters
        ----------
        table : pandas.DataFrame
            Rows with `doc_id`.
        by : str, optional
            A column of `documents`, or ``"day"``, ``"month"``, ``"year"``; by default `unit`.

        Returns
        -------
        pandas.DataFrame
            The same rows with the column `by`; ``"not known"`` where a document lacks a value.

        Examples
        --------
        >>> corpus = load()
        >>> corpus.grouped(corpus.paragraphs, "month")["month"].unique().tolist()
        ['2017-02', '2017-04', '2017-08']
        """
        by = by or self.unit
        if by not in self._groups:
            known = f"use one of {', '.join(self._groups)}"
            raise InputError(f"group by {by}", "no document has such a column", known)
        if by == "doc_id":
            return table
        names = self._groups.set_index("doc_id")[by].replace("", NOT_KNOWN)
        return table.assign(**{by: table["doc_id"].map(names).astype("str")})

    @property
    def _is_english(self) -> bool:
        return self.manifest.language == "en"

    @property
    def _quoted(self) -> pd.DataFrame:
        """The quotations; none where the rules that find them do not apply."""
        return self.quotations if self._is_english else schema.frame("quotations", [])

    @property
    def _voiced(self) -> pd.DataFrame:
        """The clauses; none where the rules do not apply, and all words are the outlet's."""
        return self.clauses if self._is_english else schema.frame("clauses", [])

    def _for_english(self, what: str, why: str) -> None:
        """Refuse an instrument that is made for English where the corpus is in another language."""
        if not self._is_english:
            raise DoesNotApply(
                what, f"{why}, and this corpus is in another language ({self.manifest.language})",
                f"leave it out, or correct `language` in {codebook.MANIFEST}",
            )  # fmt: skip

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
        return self.kept("lines", lambda: self._each("lines", blocks.line_rows))

    @property
    def paragraphs(self) -> pd.DataFrame:
        """The body blocks: what is analysed as the outlet's text."""
        return self.kept("paragraphs", lambda: self._of_kind("body"))

    @property
    def sentences(self) -> pd.DataFrame:
        """The sentences of the body blocks."""
        return self.kept("sentences", self._find_sentences)

    @property
    def quotations(self) -> pd.DataFrame:
        """The quotations of the body blocks, with speaker, cue and form."""
        self._for_english("quotations", "the rules that find them are for English")
        return self.kept("quotations", self._find_quotations)

    @property
    def clauses(self) -> pd.DataFrame:
        """The stories in runs of one voice: the outlet's own, reported, quoted, or under a label.

        As `usru.text.clauses.find` tells them, whose rules are for English.
        """
        self._for_english("clauses", "the rules are for English")
        return self.kept("clauses", self._find_clauses)

    @property
    def turns(self) -> pd.DataFrame:
        """What transcripts and interviews print under their speakers' labels.

        As `usru.text.turns.find` tells it, whose rules are for English.
        """
        self._for_english("turns", "the rules are for English")
        return self.kept("turns", lambda: self._each("turns", turns.rows, self._known()))

    @property
    def coded_clauses(self) -> pd.DataFrame:
        """The clauses of the reference coding, with the `relay` through which words came.

        As `usru.analysis.voices.read_clauses` gives them, with their place; without rows where
        nobody has coded the texts.
        """
        return self.kept("coded clauses", self._find_coded_clauses)

    @property
    def acts(self) -> pd.DataFrame:
        """The phrases that name or tell the acts of the codebook, as `usru.analysis.acts.place`.

        With their place; without rows where nobody has coded the texts.
        """
        return self.kept("acts", self._find_acts)

    @property
    def dates(self) -> pd.DataFrame:
        """The temporal expressions of headlines, body, captions and time lines, resolved."""
        self._for_english("dates", "the rules that find them are for English")
        return self.kept("dates", self._find_dates)

    @property
    def comments(self) -> pd.DataFrame:
        """The readers' comments, under pseudonyms."""
        return self.kept("comments", self._find_comments)

    # What is derived from these ---------------------------------------------------------------

    @property
    def topics(self) -> pd.DataFrame:
        """The topics of the paragraphs, as `usru.analysis.topics.code` finds them."""
        if "topics" not in self.codebook.own:
            self._for_english("topics", "the shipped dictionary is of English words")
        return self.kept("topics", lambda: topics.code(self.paragraphs, self.codebook.topics))

    @property
    def coded_topics(self) -> pd.DataFrame:
        """The topics that the reference coding gives each paragraph, as `topics.read` gives them.

        Without rows where nobody has coded the texts.
        """
        return self.kept("coded topics", self._find_coded_topics)

    @property
    def reused(self) -> pd.DataFrame:
        """The passages that stories and comments share, as `usru.analysis.reuse.find` gives them."""
        return self.kept("reused", self._find_reused)

    @property
    def parts(self) -> pd.DataFrame:
        """The unbroken parts of sentences that one voice says (`usru.analysis.voices.parts`).

        Where the rules for quotations do not apply, whole sentences, of which nobody is the speaker.
        """
        return self.kept("parts", lambda: self._find_parts(self.sentences, self._voiced))

    @property
    def coded_parts(self) -> pd.DataFrame:
        """The parts by the reference coding of voices; none of a story that nobody has coded."""
        return self.kept("coded parts", self._find_coded_parts)

    @property
    def segments(self) -> pd.DataFrame:
        """What one voice says in one sentence (`usru.analysis.voices.segments`).

        `reused` says whether an earlier story has the sentence already.
        """
        return self.kept("segments", lambda: self._find_segments(self.parts))

    @property
    def coded_segments(self) -> pd.DataFrame:
        """The segments by the reference coding of voices; none of a story that nobody has coded."""
        return self.kept("coded segments", lambda: self._find_segments(self.coded_parts))

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
            The frame of that name, or `usru.analysis.voices.comment_sentences`, with the columns
            of `usru.analysis.tone.score_each` for the instruments that are made for the language
            of the corpus; where none is, that is a `DoesNotApply`.

        Examples
        --------
        >>> load().scored("segments")[["textblob", "vader", "nrc"]].round(2).iloc[0].tolist()
        [-0.06, 0.42, 0.0]
        """
        if not self.instruments:
            self._for_english("tone", "the instruments are lists of English words")
        return self.kept(
            f"scored {name}", lambda: self._find_scored(name), *tone.INSTRUMENTS.values()
        )

    @property
    def instruments(self) -> list[str]:
        """The instruments of tone that are made for the language of the corpus, or for any."""
        fitting = ("", self.manifest.language)
        return [name for name, one in tone.INSTRUMENTS.items() if one.language in fitting]

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
            every = pd.concat(
                [table[["text"]] for table in texts.values()], keys=texts, names=["of"]
            )
            return tone.score_each(every, self.instruments)

        scores = self.kept("scores", score, *tone.INSTRUMENTS.values())
        own = scores[scores.index.get_level_values("of") == name].droplevel("of")
        return texts[name].join(own.drop(columns="text"))

    # How they are found -----------------------------------------------------------------------

    def _find_meetings(self) -> pd.DataFrame:
        rows = [
            {
                **vars(one), "meeting": one.id,
                "latitude": coordinates[0], "longitude": coordinates[1],
            }
            for one in self.manifest.meetings
            for coordinates in [one.coordinates or (np.nan, np.nan)]
        ]  # fmt: skip
        return schema.frame("meetings", rows)

    def _find_documents(self) -> pd.DataFrame:
        captured = self._captured()
        rows = [
            {
                **vars(document),
                "captured": captured.get(document.doc_id),
                "n_lines": _line_count(raw),
                "n_words": len(raw.split()),
                "problem": "; ".join(map(str, self.problems.get(document.doc_id, []))) or None,
            }
            for document in self.manifest.documents
            for raw in [self.texts[document.doc_id]]
        ]
        return schema.frame("documents", rows).assign(**self._groups[list(self._own_columns)])

    def _captured(self) -> dict[str, datetime]:
        """What the clock of each page that has one shows first."""
        lines = self._plain_blocks.query("kind == 'timestamp'")
        clocks = zip(lines["doc_id"], map(dates.page_clock, lines["text"]), strict=True)
        # The last of equal keys counts.
        return {doc_id: clock for doc_id, clock in reversed([*clocks]) if clock}

    @cached_property
    def _plain_blocks(self) -> pd.DataFrame:
        """The blocks of every document, as the page prints them, screen names included."""
        rows = (
            {"doc_id": document.doc_id, **block._asdict()}
            for document in self._progress("blocks", self.manifest.documents)
            for block in blocks.rows(
                self.texts[document.doc_id], document.outlet, self.codebook.outlets,
                title=document.title, layout=document.layout,
            )
        )  # fmt: skip
        return _frame("blocks", rows)

    @cached_property
    def _rows(self) -> dict[str, slice]:
        """Where the blocks of each document are."""
        of = self._plain_blocks["doc_id"]
        counts = of.value_counts(sort=False).reindex([*self.texts], fill_value=0)
        ends = counts.cumsum()
        rows = zip(counts.index, ends - counts, ends, strict=True)
        return {doc_id: slice(start, end) for doc_id, start, end in rows}

    def _pages(self) -> Iterator[tuple[str, str, list[Block]]]:
        """Each document: its id, its text and its blocks, as the page prints them."""
        pages = [*self._rows.items()]
        # One by one their rows would take many times as long, all at once as much memory again.
        for i in range(0, len(pages), AT_ONCE):
            some = pages[i : i + AT_ONCE]
            first, last = some[0][1].start, some[-1][1].stop
            held = blocks.listed(self._plain_blocks.iloc[first:last])
            for doc_id, rows in some:
                of_page = slice(rows.start - first, rows.stop - first)
                yield doc_id, self.texts[doc_id], held[of_page]

    def _progress(self, what: str, items: Iterable[Any]) -> Iterator[Any]:
        """The items one by one; in a terminal, with a bar where they are many."""
        if len(self.texts) < MANY:
            return iter(items)
        from tqdm import tqdm

        # None: only in a terminal, as a bar in a notebook would be part of its output.
        return iter(tqdm(
            items, desc=what, total=len(self.texts), unit=" documents", leave=False, disable=None
        ))  # fmt: skip

    @cached_property
    def problems(self) -> dict[str, list[Problem]]:
        """What keeps documents from being read as they should be, by document; none for most."""
        found = {
            doc_id: problems.faults(raw, [block.kind for block in page])
            for doc_id, raw, page in self._pages()
        }
        return {doc_id: faults for doc_id, faults in found.items() if faults}

    def _find_blocks(self) -> pd.DataFrame:
        self._refuse_problems()
        table = self._finished("blocks", self._plain_blocks)
        readers = table["kind"].isin(READERS)
        table.loc[readers, "text"] = self._masked(table.loc[readers, "text"])
        return table.assign(words=_words(table["text"]))

    def _refuse_problems(self) -> None:
        """A page with a problem is an error in a strict corpus, or when no page has a story."""
        storyless = "body" not in set(self._plain_blocks["kind"])
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
        file = self.manifest.folder / self._listed[doc_id].file
        place = f"{file}, line {fault.line}"
        return InputError(place, fault.what + note, fault.mend)

    def _of_kind(self, kind: str) -> pd.DataFrame:
        return self.blocks.query("kind == @kind").reset_index(drop=True)

    def _find_quotations(self) -> pd.DataFrame:
        return self._each("quotations", quotations.rows, self._known())

    def _find_coded_topics(self) -> pd.DataFrame:
        return topics.read(self.coding("topics"), self.paragraphs, [*self.codebook.topics])

    def _find_clauses(self) -> pd.DataFrame:
        return self._each("clauses", clauses.rows, self._known())

    def _find_coded_clauses(self) -> pd.DataFrame:
        path = self.manifest.folder / "coding" / "reference" / "voice.csv"
        found = voices.read_clauses(self.coding("voice"), self.paragraphs, self.texts, path)
        return self._placed(found)

    def _find_acts(self) -> pd.DataFrame:
        path = self.manifest.folder / "coding" / "reference" / "acts.csv"
        coding = self.coding("acts")
        return self._placed(acts.place(coding, self.blocks, self.coded_clauses, self.texts, path))

    def _known(self) -> dict[str, tuple[Speakers, Vocabulary]]:
        """Who is known when each document is published, and the words by which it reports."""
        words = build(self.codebook.reporting)
        return {one.doc_id: (self._speakers(one), words) for one in self.manifest.documents}

    def _speakers(self, document: Document) -> Speakers:
        """Who is known when a document is published; with every role where that is not known."""
        known, day = self.codebook.speakers, document.published
        return known if day is None else self._speakers_at.setdefault(day, known.at(day))

    def _find_sentences(self) -> pd.DataFrame:
        words = (self.codebook.language.sentences,)
        return self._each("sentences", sentences.rows, dict.fromkeys(self.texts, words))

    def _find_dates(self) -> pd.DataFrame:
        words = self.codebook.calendar
        published = {one.doc_id: (one.published, words) for one in self.manifest.documents}
        return self._each("dates", dates.rows, published)

    def _find_comments(self) -> pd.DataFrame:
        table = self._each("comments", comments.rows, kinds=READERS)
        names = {name: table[name].map(self._pseudonyms) for name in ("commenter", "replies_to")}
        table = table.assign(**names, text=self._masked(table["text"]))
        table = table.assign(words=_words(table["text"]))
        return table.astype({"commenter": "str", "replies_to": "str"})

    def _find_reused(self) -> pd.DataFrame:
        order = self.documents.sort_values("published", kind="stable")["doc_id"].tolist()
        return reuse.find(self.paragraphs, self.comments, self._quoted, self.texts, order)

    def _find_parts(self, of: pd.DataFrame, clauses: pd.DataFrame) -> pd.DataFrame:
        return self._placed(voices.parts(of, clauses, self.texts))

    def _find_coded_parts(self) -> pd.DataFrame:
        read = self.coded_clauses
        of = self.sentences[self.sentences["doc_id"].isin(read["doc_id"])]
        return self._find_parts(of, read)

    def _find_valence(self) -> pd.DataFrame:
        readings = [self.coding("valence", reading) for reading in validity.READINGS]
        return validity.paragraphs(self.paragraphs, self.scored("sentences"), readings)

    def _find_segments(self, parts: pd.DataFrame) -> pd.DataFrame:
        table = self._placed(voices.segments(parts))
        again = self.sentences.assign(reused=reuse.is_reused(self.sentences, self.reused))
        return table.merge(again[["doc_id", "sentence", "reused"]], on=["doc_id", "sentence"])

    @cached_property
    def _pseudonyms(self) -> dict[str, str]:
        """Screen name to pseudonym, numbered in the order in which the pages name them."""
        screen_names: dict[str, None] = {}
        named = self._plain_blocks[self._plain_blocks["kind"] == "commenter"]
        for block in named.itertuples():
            printed = self.texts[block.doc_id][block.start : block.end]
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
        rows: Callable[..., Iterable[Mapping[str, Any]]],
        more: Mapping[str, tuple[object, ...]] | None = None,
        kinds: Sequence[str] = (),
    ) -> pd.DataFrame:
        """What is found on each page, one frame; `more` is what `rows` gets beside the page.

        Pages without a block of one of the `kinds`, where some are named, have nothing to find.
        """
        of = self.blocks  # refuses a corpus with a document without a story
        having = set(of.loc[of["kind"].isin(kinds), "doc_id"]) if kinds else self.texts.keys()
        found = (
            {"doc_id": doc_id, **row}
            for doc_id, raw, page in self._progress(name, self._pages())
            if doc_id in having
            for row in rows(raw, page, *(more[doc_id] if more else ()))
        )
        return self._finished(name, _frame(name, found))

    def _finished(self, name: str, table: pd.DataFrame) -> pd.DataFrame:
        """A frame with all columns of its contract, in order and of their dtypes."""
        columns = schema.FRAMES[name]
        table = self._placed(table) if "outlet" in columns else table
        return table[list(columns)].astype({key: one.dtype for key, one in columns.items()})

    def _placed(self, table: pd.DataFrame) -> pd.DataFrame:
        """A frame of spans with the meeting and outlet of its document, its line and its words."""
        about = {
            name: table["doc_id"].map({one: getattr(of, name) for one, of in self._listed.items()})
            for name in ("meeting", "outlet")
        }
        lines = self.line_numbers(table["doc_id"], table["start"])
        return table.assign(**about, line=lines, words=_words(table["text"])).astype(
            {name: column.dtype for name, column in schema.PLACE.items()}
        )

    def __repr__(self) -> str:
        meetings = len(self.manifest.meetings)
        counts = [
            count(len(self.texts), "document"),
            *[count(meetings, "meeting")] * bool(meetings),
        ]
        return f"Corpus({self.manifest.title!r}: {', '.join(counts)})"

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
        return render(
            "corpus.html", title=self.manifest.title, frame=self.labels.named(self.summary())
        )


def _frame(name: str, rows: Iterator[Mapping[str, Any]]) -> pd.DataFrame:
    """A frame of the rows of all documents, which lacks their place."""
    some = iter(lambda: [*islice(rows, ROWS)], [])
    parts = [schema.frame(name, part, without="place") for part in some]
    return pd.concat(parts or [schema.frame(name, [], without="place")], ignore_index=True)


def _line_count(raw: str) -> int:
    """How many lines a text has, with any line ends; a last one may lack its end."""
    ends = raw.count("\n") + raw.count("\r") - raw.count("\r\n")
    return ends + bool(raw and raw[-1] not in "\r\n")


def _words(texts: pd.Series) -> pd.Series:
    return pd.Series([len(text.split()) for text in texts], index=texts.index, dtype="int64")
