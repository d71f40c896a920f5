"""Who speaks in the stories: how much, on what, in whose words, and what readers answer.

A parameter with the name of a frame of a corpus is that frame; `texts` are its pages by `doc_id`.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

import pandas as pd

from usru.analysis.uncertainty import with_intervals
from usru.codebook import Speakers
from usru.text.lines import clean
from usru.text.quotations.quotation_marks import QUOTATION_MARKS
from usru.text.sentences import spans

__all__ = [
    "audience", "comment_sentences", "evaluate", "on_topics", "parts", "quotation_reuse",
    "segments", "shares", "spoken",
]  # fmt: skip

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


def shares(quotations: pd.DataFrame, paragraphs: pd.DataFrame) -> pd.DataFrame:
    """Return how much of each story is quoted, and in which form.

    Parameters
    ----------
    quotations, paragraphs : pandas.DataFrame
        The frames of a corpus of those names.

    Returns
    -------
    pandas.DataFrame
        One row a story and voice: `doc_id`, `meeting`, `voice` (``"direct"``, ``"partial"``,
        ``"scare"``, ``"narration"``), `words` and `share` of the story's words in [0, 1].

    Examples
    --------
    >>> from usru import load
    >>> table = shares(load().quotations, load().paragraphs).set_index(["doc_id", "voice"])
    >>> round(float(table.loc[("manila-breitbart", "partial"), "share"]), 2)
    0.07
    """
    total = paragraphs.groupby(["doc_id", "meeting"], sort=False)["words"].sum()
    words = quotations.pivot_table("words", ["doc_id", "meeting"], "form", "sum", fill_value=0)
    words = words.reindex(index=total.index, columns=["direct", "partial", "scare"], fill_value=0)
    words["narration"] = total - words.sum(axis=1)
    table = words.rename_axis(columns="voice").stack().rename("words").astype("int64").reset_index()
    return table.assign(share=table["words"] / table.groupby("doc_id")["words"].transform("sum"))


def parts(
    sentences: pd.DataFrame, quotations: pd.DataFrame, texts: Mapping[str, str]
) -> pd.DataFrame:
    """Cut sentences where a voice ends, into unbroken parts, each with its place on the page.

    Parameters
    ----------
    sentences, quotations : pandas.DataFrame
        Scare quotes are narration.
    texts : mapping of str
        The frames of a corpus of those names, and its pages by `doc_id`.

    Returns
    -------
    pandas.DataFrame
        One row a part with a letter or digit, in page order: `doc_id`, `block`, `sentence`,
        `start`, `end` (raw offsets), `speaker` (missing in narration) and `text`, without the marks
        around it.

    Examples
    --------
    >>> from usru import load
    >>> corpus = load()
    >>> found = parts(corpus.sentences, corpus.quotations, corpus.texts)
    >>> found.query("sentence == 6 and doc_id == 'bonn-sputnik-thaw'")["speaker"].isna().tolist()
    [True, False, True, False, True]
    """
    quoted: dict[tuple[str, int], list[tuple[int, int, str]]] = {}
    for one in quotations.dropna(subset="speaker").itertuples():
        quoted.setdefault((one.doc_id, one.block), []).append((one.start, one.end, one.speaker))
    rows = [
        (row.doc_id, row.block, row.sentence, start, end, speaker, text)
        for row in sentences.itertuples()
        for start, end, speaker in _voices(row, quoted.get((row.doc_id, row.block), []))
        for text in [clean(texts[row.doc_id][start:end]).strip(f"{QUOTATION_MARKS} ")]
        if any(map(str.isalnum, text))
    ]
    columns = ["doc_id", "block", "sentence", "start", "end", "speaker", "text"]
    dtypes = dict.fromkeys(columns, "int64") | dict.fromkeys(["doc_id", "speaker", "text"], "str")
    return pd.DataFrame(rows, columns=columns).astype(dtypes)


def _voices(row: Any, quoted: list[tuple[int, int, str]]) -> Iterator[tuple[int, int, str | None]]:
    """The parts of a sentence, each with its speaker; nobody in narration."""
    at = row.start
    for start, end, speaker in quoted:
        start, end = max(start, row.start), min(end, row.end)
        if start < end:
            yield at, start, None
            yield start, end, speaker
            at = end
    yield at, row.end, None


def segments(found: pd.DataFrame) -> pd.DataFrame:
    """Join what one voice says in one sentence.

    Parameters
    ----------
    found : pandas.DataFrame
        As `parts` gives it.

    Returns
    -------
    pandas.DataFrame
        One row a sentence and voice, in page order: `doc_id`, `block`, `sentence`, `start`, `end`
        (of the first and the last part), `voice` (``"narration"``, or ``"quotation"`` for what
        somebody is reported to have said), `speaker` and `text` (the parts, joined by a space).

    Examples
    --------
    >>> from usru import load
    >>> found = segments(load().parts)
    >>> found.query("sentence == 6 and doc_id == 'bonn-sputnik-thaw'")["voice"].tolist()
    ['narration', 'quotation']
    """
    keys = ["doc_id", "block", "sentence", "speaker"]
    table = found.groupby(keys, sort=False, dropna=False).agg(
        start=("start", "min"), end=("end", "max"), text=("text", " ".join)
    ).reset_index()  # fmt: skip
    voice = table["speaker"].isna().map({True: "narration", False: "quotation"}).astype("str")
    columns = ["doc_id", "block", "sentence", "start", "end", "voice", "speaker", "text"]
    return table.assign(voice=voice, text=table["text"].astype("str"))[columns]


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
    """Return how well quotations agree with a coding by hand, or two codings with each other.

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
        with Wilson intervals. Without rows where nothing is coded by hand.

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
