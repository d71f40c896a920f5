"""Who speaks in the stories: how much, on what, in whose words, and what readers answer."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from usru.analysis import reuse, topics
from usru.analysis.uncertainty import with_intervals
from usru.corpus import Corpus
from usru.text import sentences
from usru.text.blocks import clean
from usru.text.quotations.quotation_marks import QUOTATION_MARKS

__all__ = [
    "audience",
    "compare",
    "echoes",
    "measured",
    "on_topics",
    "parts",
    "pieces",
    "shares",
    "spoken",
    "table",
]


def table(corpus: Corpus) -> pd.DataFrame:
    """Return every quotation, ready to be read.

    Returns
    -------
    pandas.DataFrame
        As ``corpus.quotations``, with `meeting`, the `side` of the speaker,
        the number of `words`, the `line` that it starts on and its `passage`
        (a link). A quotation of several lines is linked to its first.

    Examples
    --------
    >>> from usru import load
    >>> table(load()).iloc[0][["speaker", "cue", "form"]].tolist()
    ['Sergei Lavrov', 'said', 'partial']
    """
    quotations = corpus.quotations
    meeting = corpus.documents.set_index("doc_id")["meeting"]
    lines = corpus.line_numbers(quotations["doc_id"], quotations["start"])
    return quotations.assign(
        meeting=quotations["doc_id"].map(meeting),
        side=quotations["speaker"].map(corpus.speakers.side),
        words=quotations["text"].str.split().str.len().astype("int64"),
        line=pd.Series(lines, dtype="int64"),
        passage=_passages(corpus, quotations["doc_id"], lines),
    )


def spoken(corpus: Corpus) -> pd.DataFrame:
    """Return how many words each speaker is quoted with in each story.

    Returns
    -------
    pandas.DataFrame
        One row a speaker and story where there is a quotation: `speaker`,
        `side`, `doc_id`, `meeting`, `quotations`, `words`, `passage` (the
        first). The speaker with most words in the corpus first, ties by name;
        scare quotes, which are nobody's words, are left out.

    Examples
    --------
    >>> from usru import load
    >>> spoken(load())["speaker"].iloc[0]
    'Sergei Lavrov'
    """
    quotations = table(corpus)
    counts = (
        quotations.dropna(subset="speaker")
        .groupby(["speaker", "side", "doc_id", "meeting"], sort=False)
        .agg(quotations=("text", "size"), words=("words", "sum"), passage=("passage", "first"))
        .reset_index()
    )
    total = counts.groupby("speaker")["words"].transform("sum")
    return (
        counts.assign(total=-total)
        .sort_values(["total", "speaker"], kind="stable", ignore_index=True)
        .drop(columns="total")
    )


def shares(corpus: Corpus) -> pd.DataFrame:
    """Return how much of each story is quoted, and in which form.

    Returns
    -------
    pandas.DataFrame
        One row a story and voice: `doc_id`, `meeting`, `voice` (``"direct"``,
        ``"partial"``, ``"scare"``, ``"narration"``), `words` and `share` of
        the story's words in [0, 1].

    Examples
    --------
    >>> from usru import load
    >>> shares(load()).groupby("doc_id")["share"].sum().round(9).unique().tolist()
    [1.0]
    """
    quoted = table(corpus).pivot_table(
        index="doc_id", columns="form", values="words", aggfunc="sum", fill_value=0
    )
    whole = corpus.paragraphs.assign(words=corpus.paragraphs["text"].str.split().str.len())
    total = whole.groupby("doc_id")["words"].sum().reindex(corpus.documents["doc_id"])
    words = quoted.reindex(index=total.index, columns=["direct", "partial", "scare"], fill_value=0)
    words = words.assign(narration=total - words.sum(axis=1))
    words = words.rename_axis(columns="voice").stack().rename("words").astype("int64").reset_index()
    meeting = corpus.documents.set_index("doc_id")["meeting"]
    return words.assign(
        meeting=words["doc_id"].map(meeting), share=words["words"] / words["doc_id"].map(total)
    )[["doc_id", "meeting", "voice", "words", "share"]]


def on_topics(corpus: Corpus) -> pd.DataFrame:
    """Return on which topics each speaker is quoted.

    Returns
    -------
    pandas.DataFrame
        One row a speaker and topic: `speaker`, `side`, `topic`, `quotations`,
        `words` and `passage` (the first). A quotation counts for every topic
        that the dictionary finds in its paragraph, since a quotation is often
        too short to name its subject. Ordered as `spoken` orders speakers and
        the codebook topics.

    Examples
    --------
    >>> from usru import load
    >>> "ukraine" in on_topics(load())["topic"].tolist()
    True
    """
    coded = topics.code(corpus.paragraphs)[["doc_id", "block", "topic"]]
    found = table(corpus).dropna(subset="speaker").merge(coded, on=["doc_id", "block"])
    order = {name: i for i, name in enumerate(spoken(corpus)["speaker"].drop_duplicates())}
    counts = (
        found.groupby(["speaker", "side", "topic"], sort=False)
        .agg(quotations=("text", "size"), words=("words", "sum"), passage=("passage", "first"))
        .reset_index()
    )
    rank = counts["speaker"].map(order) * len(topics.TOPICS) + counts["topic"].map(
        topics.TOPICS.index
    )
    return counts.iloc[rank.argsort(kind="stable")].reset_index(drop=True)


def pieces(corpus: Corpus) -> pd.DataFrame:
    """Cut the sentences where a voice ends: what is quoted of each speaker, and what is narrated.

    Returns
    -------
    pandas.DataFrame
        One row for each sentence and voice in it, in page order: `doc_id`,
        `meeting`, `block`, `sentence`, `voice` (``"narration"``, or
        ``"quotation"`` for what somebody is reported to have said), `speaker`
        (missing in narration), `shared` (bool, True where an earlier story
        told the sentence already), `words` and `text` (the parts of that voice,
        joined by a space). Parts without a letter or digit are left out, the
        marks themselves belong to no voice, and a scare quote is narration.

    Examples
    --------
    >>> from usru import load
    >>> found = pieces(load())
    >>> found.query("sentence == 6 and doc_id == 'bonn-sputnik-thaw'")["voice"].tolist()
    ['narration', 'quotation']
    """
    meeting = corpus.documents.set_index("doc_id")["meeting"]
    retold = dict(zip(zip(corpus.sentences["doc_id"], corpus.sentences["sentence"], strict=True),
                      reuse.retold(corpus), strict=True))  # fmt: skip
    said: dict[tuple[str, int, str | None], list[Any]] = {}
    for part in parts(corpus).itertuples():
        speaker = part.speaker if pd.notna(part.speaker) else None
        said.setdefault((part.doc_id, part.sentence, speaker), []).append(part)
    rows = [
        {
            "doc_id": doc_id, "meeting": meeting[doc_id], "block": of[0].block,
            "sentence": sentence, "voice": "quotation" if speaker else "narration",
            "speaker": speaker, "shared": retold[doc_id, sentence],
            "words": sum(len(part.text.split()) for part in of),
            "text": " ".join(part.text for part in of),
        }
        for (doc_id, sentence, speaker), of in said.items()
    ]  # fmt: skip
    columns = [
        "doc_id",
        "meeting",
        "block",
        "sentence",
        "voice",
        "speaker",
        "shared",
        "words",
        "text",
    ]
    dtypes = {"block": "int64", "sentence": "int64", "words": "int64", "shared": "bool"}
    return pd.DataFrame(rows, columns=columns).astype(
        {name: dtypes.get(name, "str") for name in columns}
    )


def parts(corpus: Corpus) -> pd.DataFrame:
    """Cut the sentences into unbroken parts of one voice, each with its place on the page.

    Returns
    -------
    pandas.DataFrame
        One row a part, in page order: `doc_id`, `block`, `sentence`, `start`,
        `end` (raw offsets), `speaker` (missing in narration) and `text`,
        without the marks around it. Otherwise as `pieces`, which joins them.

    Examples
    --------
    >>> from usru import load
    >>> found = parts(load())
    >>> found.query("sentence == 6 and doc_id == 'bonn-sputnik-thaw'")["speaker"].isna().tolist()
    [True, False, True, False, True]
    """
    spoken_of: dict[tuple[str, int], list[tuple[int, int, str]]] = {}
    for quotation in corpus.quotations.dropna(subset="speaker").itertuples():
        spoken_of.setdefault((quotation.doc_id, quotation.block), []).append(
            (quotation.start, quotation.end, quotation.speaker)
        )
    rows = []
    for row in corpus.sentences.itertuples():
        raw = corpus.raw(row.doc_id)
        for start, end, speaker in _voices(row, spoken_of.get((row.doc_id, row.block), [])):
            part = clean(raw[start:end]).strip(f"{QUOTATION_MARKS} ")
            if any(map(str.isalnum, part)):
                rows.append((row.doc_id, row.block, row.sentence, start, end, speaker, part))
    columns = ["doc_id", "block", "sentence", "start", "end", "speaker", "text"]
    dtypes = {"block": "int64", "sentence": "int64", "start": "int64", "end": "int64"}
    return pd.DataFrame(rows, columns=columns).astype(
        {name: dtypes.get(name, "str") for name in columns}
    )


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


def echoes(corpus: Corpus) -> pd.DataFrame:
    """Return quotations whose words stand in another story too, and whose they are there.

    Returns
    -------
    pandas.DataFrame
        One row a quotation and another story of the same meeting that prints
        its words, quoted or not: `text`, `doc_id`, `speaker`, `passage`, and
        with the prefix `other_`: `other_doc_id`, `other_speaker` (missing
        where the words are not quoted there), `sentence`, `other_passage`.
        Both directions are listed where both quote.

    Examples
    --------
    >>> from usru import load
    >>> echoes(load()).query("text == 'lengthy'")["other_doc_id"].tolist()
    ['manila-zerohedge']
    """
    quotations, sentences = table(corpus), corpus.sentences
    meeting = corpus.documents.set_index("doc_id")["meeting"]
    sentences = sentences.assign(
        meeting=sentences["doc_id"].map(meeting), plain=[*map(_plain, sentences["text"])]
    )
    holding: dict[tuple[str, str], list[int]] = {}
    for i, row in enumerate(sentences.itertuples()):
        for word in dict.fromkeys(row.plain.split()):
            holding.setdefault((row.meeting, word), []).append(i)
    rows = []
    for quotation in quotations.dropna(subset="speaker").itertuples():
        words = _plain(quotation.text)
        rarest = min(
            (holding.get((quotation.meeting, word), []) for word in words.split()),
            key=len,
            default=[],
        )
        rows += [
            _echo(corpus, quotation, row, quotations, words)
            for row in sentences.iloc[rarest].itertuples()
            if row.doc_id != quotation.doc_id and words in row.plain
        ]
    columns = ["text", "doc_id", "speaker", "passage", "other_doc_id", "other_speaker",
               "sentence", "other_passage"]  # fmt: skip
    return pd.DataFrame(rows, columns=columns).astype("str").drop_duplicates(ignore_index=True)


def audience(corpus: Corpus) -> pd.DataFrame:
    """Return the readers' comments: how long, in answer to whom, and what they quote.

    Returns
    -------
    pandas.DataFrame
        One row a comment: `doc_id`, `comment`, `commenter` and `replies_to`
        (pseudonyms, missing where the page names nobody), `words`, `quotes`
        (words of a story that it repeats), `quoted` (whose: the story's
        `doc_id`, or missing), `line` and `passage`.

    Examples
    --------
    >>> from usru import load
    >>> readers = audience(load())
    >>> len(readers), int((readers["quotes"] > 0).sum())
    (20, 2)
    """
    comments = corpus.comments
    shared = reuse.find(corpus)
    shared = shared[(shared["told_by"] == "story") & (shared["again_by"] != "story")]
    longest = shared.assign(words=shared["again_text"].str.split().str.len())
    longest = longest.assign(
        rank=longest["words"] * longest["similarity"]
        + (longest["doc_id"] == longest["again_doc_id"])
    ).sort_values("rank", ascending=False, kind="stable")
    longest = longest.drop_duplicates(["again_doc_id", "again_block"])
    by_place = longest.set_index(["again_doc_id", "again_block"])
    places = list(zip(comments["doc_id"], comments["block"], strict=True))
    lines = corpus.line_numbers(comments["doc_id"], comments["start"])
    return pd.DataFrame(
        {
            "doc_id": comments["doc_id"],
            "comment": comments["comment"],
            "commenter": comments["commenter"],
            "replies_to": comments["replies_to"],
            "words": comments["text"].str.split().str.len().astype("int64"),
            "quotes": pd.Series(
                [by_place["words"].get(place, 0) for place in places], dtype="int64"
            ),
            "quoted": pd.Series([by_place["doc_id"].get(place) for place in places], dtype="str"),
            "line": pd.Series(lines, dtype="int64"),
            "passage": _passages(corpus, comments["doc_id"], lines),
        }
    )


def remarks(corpus: Corpus) -> pd.DataFrame:
    """Return the sentences of the readers' comments.

    Returns
    -------
    pandas.DataFrame
        One row a sentence: `doc_id`, `block`, `comment`, `words`, `text`.

    Examples
    --------
    >>> from usru import load
    >>> remarks(load())["comment"].nunique()
    20
    """
    rows = [
        (row.doc_id, row.block, row.comment, len(text.split()), text)
        for row in corpus.comments.itertuples()
        for start, end in sentences.spans(row.text)
        for text in [row.text[start:end]]
    ]
    columns = ["doc_id", "block", "comment", "words", "text"]
    dtypes = {"block": "int64", "comment": "int64", "words": "int64"}
    return pd.DataFrame(rows, columns=columns).astype(
        {name: dtypes.get(name, "str") for name in columns}
    )


def measured(corpus: Corpus) -> pd.DataFrame:
    """Return how well the found quotations agree with the reference coding.

    Returns
    -------
    pandas.DataFrame
        One row for `what` is compared: ``"span"`` (the words between the
        marks, on their line), and among those that both have ``"speaker"``,
        ``"form"`` and ``"cue"`` (letter case aside): `in_reference`,
        `in_found`, `in_both`, `precision` and `recall` with Wilson intervals.
        Without rows where the corpus has no coding by hand.

    Examples
    --------
    >>> from usru import load
    >>> measured(load())["what"].tolist()
    ['span', 'speaker', 'form', 'cue']
    """
    reference = corpus.coding("quotations")
    found = table(corpus)[["doc_id", "line", "text", "speaker", "cue", "form"]]
    return compare(reference, found) if not reference.empty else compare(reference, found).iloc[:0]


def compare(reference: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """Compare two codings of quotations; as `measured`, on any two tables.

    Parameters
    ----------
    reference, found : pandas.DataFrame
        `doc_id`, `line`, `text` and any of `speaker`, `cue`, `form`. A
        quotation that stands twice on a line must be found twice.

    Returns
    -------
    pandas.DataFrame
        As `measured` gives it, for the columns that the reference has.

    Examples
    --------
    >>> coding = pd.DataFrame({"doc_id": ["a"], "line": [1], "text": ["No"], "form": ["direct"]})
    >>> compare(coding, coding)[["what", "recall"]].values.tolist()
    [['span', 1.0], ['form', 1.0]]
    """
    keys = ["doc_id", "line", "text", "nth"]
    sides = [_numbered(coding) for coding in (reference, found)]
    both = sides[0].merge(sides[1], on=keys, suffixes=("", "_found"))
    rows = [("span", len(reference), len(found), len(both))]
    for what in ("speaker", "form", "cue"):
        if what in reference:
            same = both[what].fillna("").str.lower() == both[f"{what}_found"].fillna("").str.lower()
            rows.append((what, len(both), len(both), int(same.sum())))
    counts = pd.DataFrame(rows, columns=["what", "in_reference", "in_found", "in_both"])
    counts = with_intervals(counts, "precision", "in_both", "in_found")
    return with_intervals(counts, "recall", "in_both", "in_reference")


def _numbered(coding: pd.DataFrame) -> pd.DataFrame:
    keys = ["doc_id", "line", "text"]
    return coding.assign(nth=coding.groupby(keys).cumcount())


def _passages(corpus: Corpus, doc_ids: pd.Series, lines: list[int]) -> pd.Series:
    links = [corpus.passage(doc_id, line) for doc_id, line in zip(doc_ids, lines, strict=True)]
    return pd.Series(links, dtype="str")


def _plain(text: str) -> str:
    return " " + " ".join("".join(c if c.isalnum() else " " for c in text.lower()).split()) + " "


def _echo(
    corpus: Corpus, quotation: Any, row: Any,
    quotations: pd.DataFrame, words: str,
) -> dict[str, Any]:  # fmt: skip
    there = quotations[(quotations["doc_id"] == row.doc_id) & (quotations["block"] == row.block)]
    said = there[[words in _plain(text) or _plain(text) in words for text in there["text"]]]
    line = corpus.line_numbers([row.doc_id], [row.start])[0]
    return {
        "text": quotation.text, "doc_id": quotation.doc_id, "speaker": quotation.speaker,
        "passage": quotation.passage, "other_doc_id": row.doc_id,
        "other_speaker": said["speaker"].iloc[0] if len(said) else None,
        "sentence": row.text, "other_passage": corpus.passage(row.doc_id, line),
    }  # fmt: skip
