"""Figures of the first notebook: what a page is made of, and what is kept of it."""

import pandas as pd

from usru.analysis import agreement
from usru.corpus import Corpus
from usru.show import plots
from usru.study import outside
from usru.study.figure import Figure

__all__ = ["FIGURES", "GROUP_OF_KIND"]

GROUP_OF_KIND = {
    "body": "story",
    "headline": "title matter", "subhead": "title matter", "byline": "title matter",
    "timestamp": "title matter", "separator": "title matter",
    "caption": "pictures", "credit": "pictures",
    "nav": "furniture", "related": "furniture", "tags": "furniture",
    "commenter": "readers", "comment": "readers",
}  # fmt: skip


def _composition(corpus: Corpus) -> pd.DataFrame:
    table = corpus.blocks
    characters = (
        table["text"].str.len().groupby([table["doc_id"], table["kind"].map(GROUP_OF_KIND)])
    )
    table = characters.sum().rename("characters").rename_axis(["doc_id", "group"]).reset_index()
    whole = table.groupby("doc_id")["characters"].transform("sum")
    table["share"] = table["characters"] / whole
    order = {doc_id: i for i, doc_id in enumerate(corpus.documents["doc_id"])}
    return table.sort_values(["doc_id", "group"], key=lambda c: c.map(order) if c.name == "doc_id" else c,
                             ignore_index=True)  # fmt: skip


def _composition_caption(table: pd.DataFrame) -> str:
    story = table[table["group"] == "story"].set_index("doc_id")["share"]
    if story.empty:
        return "No page has a story."
    return (
        f"The story is between {story.min():.0%} ({story.idxmin()})"
        f" and {story.max():.0%} ({story.idxmax()}) of a page's characters."
    )


def _kept_and_dropped(corpus: Corpus) -> pd.DataFrame:
    doc_id = corpus.documents["doc_id"].iloc[0]
    table = corpus.lines
    table = table[table["doc_id"] == doc_id].reset_index(drop=True)
    return pd.DataFrame(
        {
            "doc_id": doc_id,
            "line": table["line"],
            "block": table["block"],
            "kind": table["kind"],
            "rule": table["rule"],
            "group": table["kind"].map(GROUP_OF_KIND),
            "characters": [
                len(corpus.raw(doc_id)[start:end].strip())
                for start, end in zip(table["start"], table["end"], strict=True)
            ],
            "passage": [corpus.passage(doc_id, line) for line in table["line"]],
        }
    )


def _kept_caption(table: pd.DataFrame) -> str:
    if table.empty:
        return "There is no page."
    kept = table["group"] == "story"
    return (
        f"The page of {table['doc_id'].iloc[0]}, line by line: {kept.sum()} of {len(table)} lines are the story and are"
        f" analysed; {(~kept).sum()} are something else and are not."
    )


def _blocks_agreement(corpus: Corpus) -> pd.DataFrame:
    reference = agreement.coded_lines(corpus.coding("blocks"))
    found = corpus.lines.set_index(["doc_id", "line"])["kind"]
    pairs = [
        ("pages of this corpus", reference, found),
        *(
            (f"outside pages, {name}", table["reference"], table["found"])
            for name in outside.SETS
            for table in [outside.lines(name)]
        ),
    ]
    return pd.concat(
        [
            agreement.by_category(read, seen).reset_index().assign(pages=pages)
            for pages, read, seen in pairs
        ],
        ignore_index=True,
    )


def _agreement_caption(table: pd.DataFrame) -> str:
    return (
        "The cleaner against readers: "
        + "; ".join(
            f"on {pages}, {rows['in_both'].sum():,} of {rows['in_reference'].sum():,} lines have the"
            " reader's kind"
            for pages, rows in table.groupby("pages", sort=False)
        )
        + "."
    )


def _stories(corpus: Corpus) -> pd.DataFrame:
    sentences, lines = corpus.sentences, corpus.blocks.set_index(["doc_id", "block"])["line_start"]
    about = corpus.documents.set_index("doc_id")
    keys = list(zip(sentences["doc_id"], sentences["block"], strict=True))
    return pd.DataFrame(
        {
            "doc_id": sentences["doc_id"],
            "meeting": sentences["doc_id"].map(about["meeting"]),
            "published": sentences["doc_id"].map(about["published"]),
            "sentence": sentences["sentence"],
            "words": sentences["text"].str.split().str.len(),
            "passage": [corpus.passage(doc_id, lines[doc_id, block]) for doc_id, block in keys],
        }
    )


def _stories_caption(table: pd.DataFrame) -> str:
    words = table.groupby("doc_id", sort=False)["words"].sum()
    if words.empty:
        return "No story has a sentence."
    return (
        f"Every sentence of the {len(words)} stories, by its length. The longest story,"
        f" {words.idxmax()}, has {words.max():,} words; the shortest, {words.idxmin()},"
        f" {words.min():,}."
    )


_DUMPS = "The page dumps in data/raw, divided into blocks by usru.text.blocks."


FIGURES = (
    Figure(
        "composition", "What the pages are made of", _composition, plots.composition,
        _composition_caption,
        "Each bar is a page; its dark part is the story, the rest is left out of the analysis.",
        _DUMPS, "01_corpus", "What a page dump is made of", "corpus-2",
    ),
    Figure(
        "kept_and_dropped", "What the cleaner keeps of one page", _kept_and_dropped,
        plots.kept_and_dropped, _kept_caption,
        "From top to bottom as on the page; a bar is a line, as long as the line, and the"
        " words at the right say what it was taken for.",
        _DUMPS, "01_corpus", "What is kept and what is dropped", "corpus-1",
    ),
    Figure(
        "blocks_agreement", "How well the cleaner agrees with a reader", _blocks_agreement,
        plots.blocks_agreement, _agreement_caption,
        "Precision is the share of the lines so labelled that a reader labelled so too; recall"
        " the share of the reader's lines that the cleaner found. Numbers at the right of a panel"
        " count the reader's lines; where they are few, the interval is wide.",
        "The reference coding in data/coding/blocks.csv and the coded pages in data/outside.",
        "01_corpus", "How far to trust the cleaner", "corpus-5",
    ),
    Figure(
        "stories", "The stories at a glance", _stories, plots.stories, _stories_caption,
        "Each dot is a sentence, farther right the longer it is; dots of one length stand"
        " above each other.",
        "The body blocks of the pages, divided into sentences by usru.text.sentences.",
        "01_corpus", "The stories at a glance", "corpus-6",
    ),
)  # fmt: skip
