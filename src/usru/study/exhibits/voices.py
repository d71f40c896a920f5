"""Figures of the fourth notebook: who speaks, on what, and which sentences travel."""

import pandas as pd

from usru.analysis import reuse, voices
from usru.corpus import Corpus
from usru.show import voices as plots
from usru.study.exhibits.topics import marked
from usru.study.figure import Figure

__all__ = ["FIGURES"]

_FINDER = "Quotations and speakers found by usru.text.quotations."


def _speakers_caption(table: pd.DataFrame) -> str:
    if table.empty:
        return "Nobody is quoted."
    total = table.groupby("speaker", sort=False)["words"].sum()
    return (
        f"{table['quotations'].sum()} quotations of {len(total)} speakers; {total.index[0]} speaks"
        f" {total.iloc[0] / total.sum():.0%} of the {total.sum():,} quoted words."
    )


def _quoted_caption(table: pd.DataFrame) -> str:
    said = table[table["voice"].isin(["direct", "partial"])].groupby("doc_id")["share"].sum()
    if said.empty:
        return "No story has a word."
    return (
        f"Between {said.min():.0%} ({said.idxmin()}) and {said.max():.0%} ({said.idxmax()}) of a"
        " story's words stand in quotation marks and are somebody else's."
    )


def _on_topics(corpus: Corpus) -> pd.DataFrame:
    table = voices.on_topics(corpus)
    total = table.groupby("topic")["words"].sum().sort_values(ascending=False, kind="stable")
    speakers = {name: i for i, name in enumerate(table["speaker"].drop_duplicates())}
    place = table["topic"].map(list(total.index).index) * (len(speakers) + 1)
    table = table.iloc[(place + table["speaker"].map(speakers)).argsort(kind="stable")]
    table = table.assign(topic=marked(corpus, table["topic"]))
    return table[["speaker", "topic", "quotations", "words", "passage"]].reset_index(drop=True)


def _on_topics_caption(table: pd.DataFrame) -> str:
    if table.empty:
        return "Nobody is quoted on a topic."
    widest = table.groupby("speaker")["topic"].nunique()
    return (
        f"Words in quotation marks by the topics of their paragraph; {widest.idxmax()} is quoted on"
        f" {widest.max()} of {table['topic'].nunique()} topics. ° marks topics that the dictionary"
        " finds unreliably."
    )


def _shared(corpus: Corpus) -> pd.DataFrame:
    table = reuse.find(corpus)
    table = table[(table["told_by"] == "story") & (table["again_by"] == "story")]
    extent = corpus.paragraphs.groupby("doc_id").agg(first=("start", "min"), last=("end", "max"))

    def place(doc_id: pd.Series, start: pd.Series, end: pd.Series) -> pd.Series:
        first, last = doc_id.map(extent["first"]), doc_id.map(extent["last"])
        return (((start + end) / 2 - first) / (last - first)).round(4)

    lines = corpus.line_numbers(table["again_doc_id"], table["again_start"])
    return pd.DataFrame(
        {
            "group": table["group"],
            "kind": table["kind"],
            "similarity": table["similarity"],
            "meeting": table["again_doc_id"].map(corpus.documents.set_index("doc_id")["meeting"]),
            "doc_id": table["doc_id"],
            "at": place(table["doc_id"], table["start"], table["end"]),
            "again_doc_id": table["again_doc_id"],
            "again_at": place(table["again_doc_id"], table["again_start"], table["again_end"]),
            "text": table["text"],
            "again_text": table["again_text"],
            "passage": [
                corpus.passage(doc_id, line)
                for doc_id, line in zip(table["again_doc_id"], lines, strict=True)
            ],
        }
    ).reset_index(drop=True)


def _shared_caption(table: pd.DataFrame) -> str:
    if table.empty:
        return "No two stories share a passage."
    stories = pd.unique(table[["doc_id", "again_doc_id"]].to_numpy().ravel())
    return (
        f"{len(table)} passages stand in more than one story, {(table['kind'] == 'verbatim').sum()}"
        f" of them in the same words; they are in {len(stories)} stories."
    )


def _audience_caption(table: pd.DataFrame) -> str:
    if table.empty:
        return "No page has reader comments."
    return (
        f"{len(table)} comments below {table['doc_id'].nunique()} story or stories, from"
        f" {table['words'].min()} to {table['words'].max()} words, half of them no longer than"
        f" {table['words'].median():.0f}; {table['replies_to'].notna().sum()} answer another reader,"
        f" {(table['quotes'] > 0).sum()} repeat a passage of the story."
    )


FIGURES = (
    Figure(
        "speakers", "Who speaks, and how much", voices.spoken, plots.speakers, _speakers_caption,
        "A column is a story, a row a speaker, a bar the words that stand between quotation marks;"
        " its colour is the side that the speaker stands on.",
        _FINDER, "04_voices", "Who speaks, and how much", "voices-2",
    ),
    Figure(
        "quoted", "Quotation and narration", voices.shares, plots.quoted, _quoted_caption,
        "A bar is a story. Dark is direct speech, lighter a phrase quoted inside the reporter's"
        " sentence, pale the reporter's own words.",
        _FINDER, "04_voices", "Quotation and narration", "voices-6",
    ),
    Figure(
        "speakers_topics", "Who is quoted on what", _on_topics, plots.speakers_topics,
        _on_topics_caption,
        "Rows are topics, columns speakers; the darker a cell, the more words. A quotation counts"
        " for every topic of its paragraph.",
        _FINDER + " Topics by the dictionary in data/codebook/topics.toml.",
        "04_voices", "Who is quoted on what", "voices-10",
    ),
    Figure(
        "shared", "Sentences that travel", _shared, plots.shared, _shared_caption,
        "A grey line is a story from its first word to its last; a link joins the places where two"
        " stories tell the same passage: verbatim, nearly so, or the same quotation introduced in"
        " other words.",
        "Passages found by usru.analysis.reuse.", "04_voices", "Sentences that travel", "voices-3",
    ),
    Figure(
        "audience", "What readers answered", voices.audience, plots.audience, _audience_caption,
        "A bar is a comment, in the order of the page; its dark part repeats the story.",
        "The comments on the page, under pseudonyms.", "04_voices", "What readers answered", "voices-9",
    ),
)  # fmt: skip
"""In the order of the notebook."""
