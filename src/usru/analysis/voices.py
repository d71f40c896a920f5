"""Who speaks in the stories: how much, on what, in whose words, and what readers answer.

A parameter with the name of a frame of a corpus is that frame; `texts` are its pages by `doc_id`.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

import numpy as np
import pandas as pd

from usru.analysis import agreement
from usru.analysis.uncertainty import with_intervals
from usru.codebook import Speakers
from usru.errors import InputError
from usru.schema import voices_of
from usru.text.lines import clean
from usru.text.quotations.quotation_marks import QUOTATION_MARKS
from usru.text.sentences import spans

__all__ = [
    "audience", "by_word", "comment_sentences", "evaluate", "evaluate_clauses", "floor", "headlines", "on_topics",
    "parts", "quotation_reuse", "ranked", "read_clauses", "relays", "segments", "shares", "speakers", "spoken",
]  # fmt: skip

_WORD = re.compile(r"[^\W_](?:[\w’'.,-]*[^\W_])?")

_LETTERS = re.compile(r"[^\W\d_]+")

LISTED = 20  # sentences of other stories beside a quotation: a mere “yes” is in thousands


def spoken(quotations: pd.DataFrame, speakers: Speakers) -> pd.DataFrame:
    """Return how many words each speaker is quoted with in each story.

    Parameters
    ----------
    quotations : pandas.DataFrame
        Scare quotes, which are nobody's words, are left out.
    speakers : Speakers
        Who is on which side.

    Returns
    -------
    pandas.DataFrame
        One row a speaker and story, the speaker with most words in all first: `speaker`, `side`,
        `doc_id`, `meeting`, `quotations`, `words`, `line` (of the first).

    Examples
    --------
    >>> from usru import load
    >>> spoken(load().quotations, load().codebook.speakers).iloc[0]["speaker"]
    'Sergei Lavrov'
    """
    counts = _counted(quotations, speakers, ["doc_id", "meeting"], line=("line", "first"))
    table = counts.assign(total=-counts.groupby("speaker")["words"].transform("sum"))
    order = ["total", "speaker"]
    return table.sort_values(order, kind="stable", ignore_index=True).drop(columns="total")


def speakers(quotations: pd.DataFrame, known: Speakers, by: Sequence[str] = ()) -> pd.DataFrame:
    """Return who is quoted, and how much.

    Parameters
    ----------
    quotations : pandas.DataFrame
        With the columns of `by`; scare quotes, which are nobody's words, are left out.
    known : Speakers
        Who is on which side.
    by : sequence of str
        Columns that name the groups in which speakers are counted.

    Returns
    -------
    pandas.DataFrame
        One row a speaker (and group), in the order of `ranked`: `speaker`, `side`, the columns of
        `by`, and the numbers of `documents`, `quotations` and `words`.

    Examples
    --------
    >>> from usru import load
    >>> table = speakers(load().quotations, load().codebook.speakers)
    >>> table[["speaker", "documents", "quotations"]].head(2).values.tolist()
    [['Sergei Lavrov', 5, 22], ['Rex Tillerson', 4, 15]]
    """
    said = quotations.dropna(subset="speaker")
    groups = said.groupby(["speaker", *by], sort=False, observed=True)
    counts = groups.agg(
        documents=("doc_id", "nunique"), quotations=("words", "size"), words=("words", "sum")
    ).reset_index()
    counts.insert(1, "side", counts["speaker"].map(known.side).astype("str"))
    return ranked(counts)


def ranked(counts: pd.DataFrame) -> pd.DataFrame:
    """Return a table of speakers with those first that have most words, of equals by name.

    Parameters
    ----------
    counts : pandas.DataFrame
        As `speakers` gives it, in any order; within groups speakers are ranked by all their words.

    Examples
    --------
    >>> ranked(pd.DataFrame({"speaker": ["Ann", "Bo"], "words": [1, 2]}))["speaker"].tolist()
    ['Bo', 'Ann']
    """
    table = counts.assign(total=-counts.groupby("speaker")["words"].transform("sum"))
    rest = [name for name in counts if name not in ("side", "documents", "quotations", "words")]
    order = ["total", *rest]
    return table.sort_values(order, kind="stable", ignore_index=True).drop(columns="total")


def _counted(
    quotations: pd.DataFrame, speakers: Speakers, by: list[str], **more: Any
) -> pd.DataFrame:
    said = quotations.dropna(subset="speaker")
    said = said.assign(side=said["speaker"].map(speakers.side).astype("str"))
    groups = said.groupby(["speaker", "side", *by], sort=False, observed=True)
    return groups.agg(quotations=("text", "size"), words=("words", "sum"), **more).reset_index()


def on_topics(quotations: pd.DataFrame, coded: pd.DataFrame, speakers: Speakers) -> pd.DataFrame:
    """Return on which topics each speaker is quoted.

    Parameters
    ----------
    quotations, coded : pandas.DataFrame
        The frames `quotations` and `topics`.
    speakers : Speakers
        Who is on which side.

    Returns
    -------
    pandas.DataFrame
        One row a speaker and topic, in the orders of `spoken` and the codebook: `speaker`, `side`,
        `topic`, `quotations`, `words`, and `doc_id` and `line` of the first. A quotation counts for
        every topic of its paragraph, since it is often too short to name its subject.

    Examples
    --------
    >>> from usru import load
    >>> corpus = load()
    >>> on_topics(corpus.quotations, corpus.topics, corpus.codebook.speakers).iloc[0]["topic"]
    'bilateral'
    """
    found = quotations.merge(coded[["doc_id", "block", "topic"]], on=["doc_id", "block"])
    first = {"doc_id": ("doc_id", "first"), "line": ("line", "first")}
    counts = _counted(found, speakers, ["topic"], **first)
    order = spoken(quotations, speakers)["speaker"].drop_duplicates()
    rank = pd.Categorical(counts["speaker"], categories=order, ordered=True)
    counts = counts.assign(rank=rank).sort_values(["rank", "topic"], ignore_index=True)
    return counts.drop(columns="rank")


def shares(clauses: pd.DataFrame) -> pd.DataFrame:
    """Return whose words each story gives: the outlet's own, reported, or quoted.

    Parameters
    ----------
    clauses : pandas.DataFrame
        The frame of that name, or a reading of it, with its place.

    Returns
    -------
    pandas.DataFrame
        One row a story and voice: `doc_id`, `meeting`, `voice` (``"quotation"``, ``"turn"``
        where any story has turns, ``"report"``, ``"outlet"``), `words` and `share` of the story's words
        in [0, 1].

    Examples
    --------
    >>> from usru import load
    >>> table = shares(load().coded_clauses).set_index(["doc_id", "voice"])
    >>> round(float(table.loc[("moscow-econotimes", "report"), "share"]), 2)
    0.59
    """
    keys = ["doc_id", "meeting"]
    words = clauses.pivot_table("words", keys, "voice", "sum", fill_value=0, sort=False)
    told = [*reversed(voices_of(words.columns))]
    words = words.reindex(columns=told, fill_value=0).rename_axis(columns="voice")
    words = words.loc[clauses.set_index(keys).index.unique()]
    table = words.stack().rename("words").astype("int64").reset_index()
    return table.assign(share=table["words"] / table.groupby("doc_id")["words"].transform("sum"))


def floor(clauses: pd.DataFrame) -> pd.DataFrame:
    """Return how much of each story gives the words of whom: quoted, reported, and in turns.

    Parameters
    ----------
    clauses : pandas.DataFrame
        The frame of that name, or a reading of it, with its place.

    Returns
    -------
    pandas.DataFrame
        One row a story and speaker, stories in their order, in each those with most words first, ties
        in the order of the page: `doc_id`, `speaker`, `quotation` and `report` (words in each),
        `turn` where any story has turns, and `line`, the first. What several are reported to have
        said together is theirs as a group.

    Examples
    --------
    >>> from usru import load
    >>> floor(load().coded_clauses).query("doc_id == 'manila-breitbart'")["quotation"].tolist()[:2]
    [146, 3]
    """
    said = clauses.dropna(subset="speaker")
    keys = ["doc_id", "speaker"]
    words = said.pivot_table("words", keys, "voice", "sum", fill_value=0, sort=False)
    told = ["quotation", "report", *({"turn"} & {*words.columns})]
    words = words.reindex(columns=told, fill_value=0).astype("int64")
    words["line"] = said.groupby(keys, sort=False)["line"].first()
    order = pd.DataFrame({"story": pd.factorize(words.index.get_level_values("doc_id"))[0],
                          "words": -words[told].sum(axis=1).to_numpy()})  # fmt: skip
    words = words.iloc[order.sort_values(["story", "words"], kind="stable").index]
    return words.rename_axis(columns=None).reset_index()


def relays(clauses: pd.DataFrame) -> pd.DataFrame:
    """Return through which medium or document each story has whose words.

    Parameters
    ----------
    clauses : pandas.DataFrame
        As `read_clauses` gives them, with their place.

    Returns
    -------
    pandas.DataFrame
        One row a story, speaker and relay, in page order: `doc_id`, `outlet`, `speaker`, `relay` (missing
        where the story names none), `words` quoted or reported, and `line`, the first.

    Examples
    --------
    >>> from usru import load
    >>> relays(load().coded_clauses).query("relay == 'Interfax'")["speaker"].tolist()
    ['Sergei Lavrov']
    """
    said = clauses.dropna(subset="speaker")
    groups = said.groupby(["doc_id", "outlet", "speaker", "relay"], sort=False, dropna=False)
    return groups.agg(words=("words", "sum"), line=("line", "first")).reset_index()


def headlines(blocks: pd.DataFrame, clauses: pd.DataFrame) -> pd.DataFrame:
    """Return where the words of each headline come from in the story below it.

    Parameters
    ----------
    blocks, clauses : pandas.DataFrame
        The frame of that name, and the clauses of a reader or of the frame.

    Returns
    -------
    pandas.DataFrame
        One row a story and word of its headline of more than three letters, in their order: `doc_id`,
        `word`, `times` (how often a word of its stem, by Snowball's English stemmer, is in the
        paragraphs), `outlet` (how often in the outlet's own words), `speakers` (whose words hold the
        others, each once, separated by commas) and `line`, the first, or 0.

    References
    ----------
    Porter, M. F. (2001). Snowball: a language for stemming algorithms.

    Examples
    --------
    >>> from usru import load
    >>> corpus = load()
    >>> table = headlines(corpus.blocks, corpus.coded_clauses)
    >>> table.query("word == 'Thaw'")[["times", "outlet", "speakers"]].values.tolist()
    [[1, 0, 'Dmitry Suslov']]
    """
    from nltk.stem.snowball import SnowballStemmer

    stem = SnowballStemmer("english").stem
    said = [
        (row.doc_id, stem(word.lower()), row.voice, row.speaker, row.line)
        for row in clauses.itertuples() for word in _LETTERS.findall(row.text)
    ]  # fmt: skip
    words = pd.DataFrame(said, columns=["doc_id", "stem", "voice", "speaker", "line"])
    rows = []
    for title in blocks[blocks["kind"] == "headline"].itertuples():
        printed = dict.fromkeys(word for word in _LETTERS.findall(title.text) if len(word) > 3)
        for word in printed:
            own = words[(words["doc_id"] == title.doc_id) & (words["stem"] == stem(word.lower()))]
            others = ", ".join(own["speaker"].dropna().unique())
            first = int(own["line"].iloc[0]) if len(own) else 0
            rows.append(
                (title.doc_id, word, len(own), int((own["voice"] == "outlet").sum()), others, first)
            )
    return pd.DataFrame(rows, columns=["doc_id", "word", "times", "outlet", "speakers", "line"])


def parts(sentences: pd.DataFrame, clauses: pd.DataFrame, texts: Mapping[str, str]) -> pd.DataFrame:
    """Cut sentences where a voice ends, into unbroken parts, each with its place on the page.

    Parameters
    ----------
    sentences, clauses : pandas.DataFrame
        What no clause covers is the outlet's.
    texts : mapping of str
        The frames of a corpus of those names, and its pages by `doc_id`.

    Returns
    -------
    pandas.DataFrame
        One row a part with a letter or digit, in page order: `doc_id`, `block`, `sentence`,
        `start`, `end` (raw offsets), `voice`, `speaker` (missing for the outlet) and `text`,
        without the marks around it.

    Examples
    --------
    >>> from usru import load
    >>> corpus = load()
    >>> found = parts(corpus.sentences, corpus.clauses, corpus.texts)
    >>> found.query("sentence == 6 and doc_id == 'bonn-sputnik-thaw'")["voice"].tolist()
    ['report', 'quotation', 'report', 'quotation', 'report']
    """
    voiced: dict[tuple[str, int], list[_Voiced]] = {}
    for one in clauses[clauses["voice"] != "outlet"].itertuples():
        start, end = one.start, one.end
        if one.voice == "quotation":
            start, end = _between_marks(texts[one.doc_id], start, end)
        found = start, end, one.voice, one.speaker
        voiced.setdefault((one.doc_id, one.block), []).append(found)
    rows = [
        (row.doc_id, row.block, row.sentence, start, end, voice, speaker, text)
        for row in sentences.itertuples()
        for start, end, voice, speaker in _voices(row, voiced.get((row.doc_id, row.block), []))
        for text in [clean(texts[row.doc_id][start:end]).strip(f"{QUOTATION_MARKS} ")]
        if any(map(str.isalnum, text))
    ]
    columns = ["doc_id", "block", "sentence", "start", "end", "voice", "speaker", "text"]
    dtypes = dict.fromkeys(columns, "int64") | dict.fromkeys(["doc_id", *columns[5:]], "str")
    return pd.DataFrame(rows, columns=columns).astype(dtypes)


_Voiced = tuple[int, int, str, str]  # where, in whose voice, and who speaks


def _voices(row: Any, voiced: list[_Voiced]) -> Iterator[tuple[int, int, str, str | None]]:
    """The parts of a sentence, each with its voice and speaker."""
    at = row.start
    for start, end, voice, speaker in voiced:
        start, end = max(start, row.start), min(end, row.end)
        if start < end:
            yield at, start, "outlet", None
            yield start, end, voice, speaker
            at = end
    yield at, row.end, "outlet", None


def _between_marks(text: str, start: int, end: int) -> tuple[int, int]:
    """What is between the marks of a quotation, whose last one a stop may follow."""
    printed = text[start:end]
    first = len(printed) - len(printed.lstrip(QUOTATION_MARKS))
    last = max(printed.rfind(mark, len(printed) - 3) for mark in QUOTATION_MARKS)
    return start + first, start + last if last > first else end


def segments(found: pd.DataFrame) -> pd.DataFrame:
    """Join what one voice says in one sentence.

    Parameters
    ----------
    found : pandas.DataFrame
        As `parts` gives it.

    Returns
    -------
    pandas.DataFrame
        One row a sentence, voice and speaker, in page order: `doc_id`, `block`, `sentence`,
        `start`, `end` (of the first and the last part), `voice` (of `usru.schema.VOICES`),
        `speaker` and `text` (the parts, joined by a space).

    Examples
    --------
    >>> from usru import load
    >>> found = segments(load().parts)
    >>> found.query("sentence == 6 and doc_id == 'bonn-sputnik-thaw'")["voice"].tolist()
    ['report', 'quotation']
    """
    keys = ["doc_id", "block", "sentence", "voice", "speaker"]
    table = found.groupby(keys, sort=False, dropna=False).agg(
        start=("start", "min"), end=("end", "max"), text=("text", " ".join)
    ).reset_index()  # fmt: skip
    columns = ["doc_id", "block", "sentence", "start", "end", "voice", "speaker", "text"]
    return table.assign(text=table["text"].astype("str"))[columns]


def read_clauses(
    coding: pd.DataFrame, paragraphs: pd.DataFrame, texts: Mapping[str, str], path: object = "voice"
) -> pd.DataFrame:
    """Return a reader's coding of clauses with the offsets of each.

    Parameters
    ----------
    coding : pandas.DataFrame
        One row a clause, in page order: `doc_id`, `line`, `text`, `voice`, `speaker`, `relay`. The
        clauses of a line together are the whole line.
    paragraphs, texts : pandas.DataFrame, mapping of str
        The frame of that name, and the pages by `doc_id`.
    path : path
        The file of the coding, for messages.

    Returns
    -------
    pandas.DataFrame
        One row a clause: `doc_id`, `block`, `clause` (from 0 within the document), `start` and
        `end` (half-open raw offsets), `text`, `voice` and `speaker` as of the frame `clauses`, and
        `relay`, the medium or document that the words came through, missing where none is named.

    Raises
    ------
    InputError
        Where the clauses of a line are not the line.

    Examples
    --------
    >>> from usru import load
    >>> corpus = load()
    >>> found = read_clauses(corpus.coding("voice"), corpus.paragraphs, corpus.texts)
    >>> found["relay"].value_counts().to_dict()["Interfax"]
    3
    """
    lines = paragraphs.set_index(["doc_id", "line_start"])
    rows: list[tuple[Any, ...]] = []
    for (doc_id, line), own in coding.groupby(["doc_id", "line"], sort=False):
        if (doc_id, line) not in lines.index:
            raise InputError(
                f"{path}, {doc_id} line {line}", "there is no paragraph", "correct the line"
            )
        row = lines.loc[(doc_id, line)]
        printed = [i for i in range(row["start"], row["end"]) if not texts[doc_id][i].isspace()]
        # Bullets before a list item are no part of it.
        letters = "".join(texts[doc_id][i] for i in printed)
        sizes = [len("".join(text.split())) for text in own["text"]]
        whole = "".join("".join(text.split()) for text in own["text"])
        skipped = len(letters) - len(whole)
        if skipped < 0 or letters[skipped:] != whole:
            mend = "divide the whole line, word for word"
            raise InputError(f"{path}, {doc_id} line {line}", "the clauses are not the line", mend)
        ends = skipped + np.cumsum(sizes)
        rows += [
            (doc_id, row["block"], printed[end - size], printed[end - 1] + 1, *rest)
            for end, size, rest in zip(
                ends,
                sizes,
                own[["text", "voice", "speaker", "relay"]].itertuples(index=False),
                strict=True,
            )
        ]
    columns = ["doc_id", "block", "start", "end", "text", "voice", "speaker", "relay"]
    table = pd.DataFrame(rows, columns=columns)
    table.insert(2, "clause", table.groupby("doc_id", sort=False).cumcount())
    numbers = dict.fromkeys(["block", "clause", "start", "end"], "int64")
    return table.astype(numbers | dict.fromkeys(["doc_id", *columns[4:]], "str"))


def quotation_reuse(quotations: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Return quotations whose words appear in another story too, and whose they are there.

    Parameters
    ----------
    quotations, sentences : pandas.DataFrame
        The frames of a corpus of those names.

    Returns
    -------
    pandas.DataFrame
        One row a quotation and a sentence of another story of its meeting that prints its words,
        quoted or not, the first 20 in page order: `text`, `doc_id`, `speaker`, `line`, `other_doc_id`, `other_speaker` (missing where they are
        not quoted), `sentence` and `other_line`. Both directions are listed where both quote.

    Examples
    --------
    >>> from usru import load
    >>> found = quotation_reuse(load().quotations, load().sentences)
    >>> found.query("text == 'lengthy'")["other_doc_id"].tolist()
    ['manila-zerohedge']
    """
    plain = [*map(_plain, sentences["text"])]
    quotations = quotations.assign(plain=[*map(_plain, quotations["text"])])
    frequency = Counter(word for text in plain for word in text.split())
    rarest = {
        words: min(words.split(), key=frequency.__getitem__, default="")
        for words in quotations["plain"].unique()
    }
    # Only the sentences with its rarest word are looked at, so that time stays linear.
    holding = _holding(sentences["meeting"], plain, set(rarest.values()))
    printed: dict[tuple[str, str], list[int]] = {}
    beside = _quoted_in(quotations)
    where = [*zip(*(sentences[name] for name in ("doc_id", "block", "text", "line")), strict=True)]
    rows = []
    for quoted in quotations.dropna(subset="speaker").itertuples():
        key, words = (quoted.meeting, quoted.plain), quoted.plain
        if key not in printed:
            near = holding.get((quoted.meeting, rarest[words]), [])
            printed[key] = [i for i in near if words in plain[i]]
        others = (where[i] for i in printed[key] if where[i][0] != quoted.doc_id)
        rows += [
            (quoted.text, quoted.doc_id, quoted.speaker, quoted.line, doc_id,
             _speaker_of(words, beside.get((doc_id, block), [])), text, line)
            for doc_id, block, text, line in islice(others, LISTED)
        ]  # fmt: skip
    columns = ["text", "doc_id", "speaker", "line", "other_doc_id", "other_speaker", "sentence",
               "other_line"]  # fmt: skip
    table = pd.DataFrame(rows, columns=columns)
    dtypes = {name: "int64" if name.endswith("line") else "str" for name in columns}
    return table.astype(dtypes).drop_duplicates(ignore_index=True)


def _plain(text: str) -> str:
    return " " + " ".join("".join(c if c.isalnum() else " " for c in text.lower()).split()) + " "


def _holding(
    meetings: pd.Series, plain: list[str], wanted: set[str]
) -> dict[tuple[str, str], list[int]]:
    """The sentences of a meeting that hold a word."""
    holding: dict[tuple[str, str], list[int]] = {}
    for i, (meeting, text) in enumerate(zip(meetings, plain, strict=True)):
        for word in wanted.intersection(text.split()):
            holding.setdefault((meeting, word), []).append(i)
    return holding


def _quoted_in(quotations: pd.DataFrame) -> dict[tuple[str, int], list[tuple[str, Any]]]:
    """What is quoted in each paragraph, and from whom."""
    quoted: dict[tuple[str, int], list[tuple[str, Any]]] = {}
    columns = (quotations[name] for name in ("doc_id", "block", "plain", "speaker"))
    for doc_id, block, plain, speaker in zip(*columns, strict=True):
        quoted.setdefault((doc_id, block), []).append((plain, speaker))
    return quoted


def _speaker_of(words: str, quoted: list[tuple[str, Any]]) -> Any:
    """Who is first quoted with words, or part of them, in a paragraph."""
    said = (speaker for plain, speaker in quoted if words in plain or plain in words)
    return next(said, None)


def audience(comments: pd.DataFrame, reused: pd.DataFrame) -> pd.DataFrame:
    """Return the readers' comments: how long, in answer to whom, and what they quote.

    Parameters
    ----------
    comments, reused : pandas.DataFrame
        The frames of a corpus of those names.

    Returns
    -------
    pandas.DataFrame
        One row a comment: `doc_id`, `comment`, `commenter` and `replies_to` (pseudonyms, missing
        where the page names nobody), `words`, `quotes` (words of a story that it repeats), `quoted`
        (that story's `doc_id`, or missing) and `line`.

    Examples
    --------
    >>> from usru import load
    >>> audience(load().comments, load().reused)["quotes"].gt(0).value_counts().to_dict()
    {False: 18, True: 2}
    """
    longest = reused[(reused["told_by"] == "story") & (reused["again_by"] != "story")]
    longest = longest.assign(quotes=longest["again_text"].str.split().str.len().astype("int64"))
    # Of two stories with the same passage it quotes the one below which it appears.
    beside = longest["doc_id"] == longest["again_doc_id"]
    rank = longest["quotes"] * longest["similarity"] + beside
    longest = longest.loc[rank.sort_values(ascending=False, kind="stable").index]
    longest = longest.drop_duplicates(["again_doc_id", "again_block"])
    names = {"again_doc_id": "doc_id", "again_block": "block", "doc_id": "quoted"}
    quoted = longest[[*names, "quotes"]].rename(columns=names)
    table = comments.merge(quoted, on=["doc_id", "block"], how="left").fillna({"quotes": 0})
    columns = ["doc_id", "comment", "commenter", "replies_to", "words", "quotes", "quoted", "line"]
    return table[columns].astype({"quotes": "int64"})


def comment_sentences(comments: pd.DataFrame) -> pd.DataFrame:
    """Cut readers' comments into sentences: `doc_id`, `block`, `comment`, `words`, `text`.

    Parameters
    ----------
    comments : pandas.DataFrame
        The frame of a corpus of that name.

    Examples
    --------
    >>> from usru import load
    >>> comment_sentences(load().comments).query("comment == 1")["text"].tolist()
    ['Does not really sound like anything has changed or will.', "Can't say I'm surprised."]
    """
    rows = [
        (row.doc_id, row.block, row.comment, len(text.split()), text)
        for row in comments.itertuples() for start, end in spans(row.text)
        for text in [row.text[start:end]]
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=["doc_id", "block", "comment", "words", "text"])
    numbers = dict.fromkeys(["block", "comment", "words"], "int64")
    return table.astype({"doc_id": "str", "text": "str"} | numbers)


def evaluate(coding: pd.DataFrame, quotations: pd.DataFrame) -> pd.DataFrame:
    """Return how well quotations agree with a reading, or two readings with each other.

    Parameters
    ----------
    coding, quotations : pandas.DataFrame
        `doc_id`, `line`, `text` and any of `speaker`, `cue`, `form`. A quotation that is twice on a
        line must be found twice.

    Returns
    -------
    pandas.DataFrame
        One row for `what` is compared: ``"span"`` (the words between the marks, on their line), and
        among those that both have, ``"speaker"``, ``"form"`` and ``"cue"`` (letter case aside)
        where the coding has it: `in_reference`, `in_found`, `in_both`, `precision` and `recall`
        with Wilson intervals. Without rows where nobody has coded any.

    Examples
    --------
    >>> coding = pd.DataFrame({"doc_id": ["a"], "line": [1], "text": ["No"], "form": ["direct"]})
    >>> evaluate(coding, coding)[["what", "recall"]].values.tolist()
    [['span', 1.0], ['form', 1.0]]
    """
    keys = ["doc_id", "line", "text"]
    first, second = (one.assign(nth=one.groupby(keys).cumcount()) for one in (coding, quotations))
    both = first.merge(second, on=[*keys, "nth"], suffixes=("", "_found"))
    rows = [("span", len(coding), len(quotations), len(both))]
    for what in ("speaker", "form", "cue"):
        if what in coding:
            one, other = (both[name].fillna("").str.lower() for name in (what, f"{what}_found"))
            rows.append((what, len(both), len(both), int((one == other).sum())))
    counts = pd.DataFrame(rows, columns=["what", "in_reference", "in_found", "in_both"])
    counts = with_intervals(counts, "precision", "in_both", "in_found")
    counts = with_intervals(counts, "recall", "in_both", "in_reference")
    return counts if len(coding) else counts.iloc[:0]


def by_word(clauses: pd.DataFrame, texts: Mapping[str, str]) -> pd.DataFrame:
    """Return whose each word is, which any two divisions of a text into clauses can be compared by.

    Parameters
    ----------
    clauses, texts : pandas.DataFrame, mapping of str
        As `read_clauses` or the frame `clauses` gives them, and the pages by `doc_id`.

    Returns
    -------
    pandas.DataFrame
        Indexed by `doc_id` and `at`, the raw offset of a word's first letter or digit: `voice` and
        `speaker`, empty for the outlet.

    Examples
    --------
    >>> from usru import load
    >>> corpus = load()
    >>> by_word(corpus.coded_clauses, corpus.texts)["voice"].value_counts().to_dict()["outlet"]
    784
    """
    rows = [
        (row.doc_id, row.start + word.start(), row.voice, row.speaker)
        for row in clauses.fillna({"speaker": ""}).itertuples()
        for word in _WORD.finditer(texts[row.doc_id][row.start : row.end])
    ]
    table = pd.DataFrame(rows, columns=["doc_id", "at", "voice", "speaker"])
    return table.set_index(["doc_id", "at"])


def evaluate_clauses(reference: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """Return how well two divisions into clauses agree, word by word.

    Parameters
    ----------
    reference, found : pandas.DataFrame
        As `by_word` gives them.

    Returns
    -------
    pandas.DataFrame
        One row for `what` is compared: each voice, ``"speaker"`` among the words that both report,
        and ``"all"`` for the voice of any word: `in_reference`, `in_found`, `in_both`, `precision`
        and `recall`; and `alpha`, Krippendorff's, of ``"all"``. Without intervals, since the words
        of a clause go together. Without rows where nobody has coded the clauses.

    Examples
    --------
    >>> words = pd.DataFrame({"voice": ["outlet", "report"], "speaker": ["", "Ann Lee"]})
    >>> evaluate_clauses(words, words).set_index("what")["recall"].to_dict()
    {'report': 1.0, 'outlet': 1.0, 'speaker': 1.0, 'all': 1.0}
    """
    both = reference.join(found.add_suffix("_found"))
    rows = [
        (voice, int(read.sum()), int(told.sum()), int((read & told).sum()), float("nan"))
        for voice in ("turn", "quotation", "report", "outlet")
        for read, told in [(both["voice"] == voice, both["voice_found"] == voice)]
        if read.any() or told.any()
    ]
    named = both[(both["voice"] == "report") & (both["voice_found"] == "report")]
    right = int((named["speaker"] == named["speaker_found"]).sum())
    same = int((both["voice"] == both["voice_found"]).sum())
    alpha = agreement.alpha(both["voice"], both["voice_found"])
    rows += [("speaker", len(named), len(named), right, float("nan"))]
    rows += [("all", len(both), len(both), same, alpha)]
    columns = ["what", "in_reference", "in_found", "in_both", "alpha"]
    table = pd.DataFrame(rows if len(both) else [], columns=columns)
    precision, recall = (table["in_both"] / table[name] for name in ("in_found", "in_reference"))
    return table.assign(precision=precision, recall=recall)
