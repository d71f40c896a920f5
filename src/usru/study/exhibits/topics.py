"""Figures of the third notebook: what each story gives room to."""

import pandas as pd

from usru.analysis import topics
from usru.corpus import Corpus
from usru.show import plots
from usru.study.figure import Figure

__all__ = ["FIGURES", "marked"]


def marked(corpus: Corpus, names: pd.Series) -> pd.Series:
    """Topic names as readers see them, with a mark behind those that are found unreliably."""
    table = topics.measured(corpus)
    weak = set(table.loc[~(table["f1"] >= topics.WEAK), "label"])
    return names.map(lambda name: name.replace("_", " ") + (" °" if name in weak else ""))


def _agendas(corpus: Corpus) -> pd.DataFrame:
    table = topics.coverage(corpus)
    total = table.groupby("topic")["share"].sum()
    order = list(total.sort_values(ascending=False, kind="stable").index)
    table = table.sort_values("topic", key=lambda names: names.map(order.index), kind="stable")
    carried = topics.code(corpus.paragraphs).drop_duplicates(["doc_id", "topic"])
    line = corpus.paragraphs.set_index(["doc_id", "block"])["line_start"]
    first = {
        (row.doc_id, row.topic): corpus.passage(row.doc_id, line[row.doc_id, row.block])
        for row in carried.itertuples()
    }
    keys = list(zip(table["doc_id"], table["topic"], strict=True))
    table = table.assign(passage=[first.get(key) for key in keys])
    table["topic"] = marked(corpus, table["topic"])
    return table[["topic", "doc_id", "share", "passage"]].reset_index(drop=True)


def _agendas_caption(table: pd.DataFrame) -> str:
    return (
        "Share of each story's words, in per cent, that stand in paragraphs on a topic;"
        f" {(table['share'] == 0).sum()} of {len(table)} cells are empty. A paragraph may be on"
        f" several topics. ° marks topics that the dictionary finds unreliably (F1 below {topics.WEAK})."
    )


def _meetings(corpus: Corpus) -> pd.DataFrame:
    table = topics.coverage(corpus, by="meeting")
    most = table.groupby("topic")["share"].max()
    order = list(most[most > 0].sort_values(ascending=False, kind="stable").index)
    table = table[table["topic"].isin(order)]
    table = table.sort_values("topic", key=lambda names: names.map(order.index), kind="stable")
    return table.assign(topic=marked(corpus, table["topic"])).reset_index(drop=True)


def _meetings_caption(table: pd.DataFrame) -> str:
    return (
        f"The same for {table['meeting'].nunique()} meetings. The intervals describe the spread over"
        " the paragraphs at hand, not over other stories. ° marks topics that the dictionary finds"
        f" unreliably (F1 below {topics.WEAK})."
    )


def _pairs(corpus: Corpus) -> pd.DataFrame:
    table = topics.cooccurrence(corpus).head(12)
    left, right = marked(corpus, table["topic"]), marked(corpus, table["other"])
    return pd.DataFrame({"pair": left + " + " + right, "paragraphs": table["paragraphs"]})


def _pairs_caption(table: pd.DataFrame) -> str:
    if table.empty:
        return "No paragraph is on two topics."
    return (
        f"The pairs of topics that share most paragraphs, led by {table['pair'].iloc[0]}."
        f" ° marks topics that the dictionary finds unreliably (F1 below {topics.WEAK})."
    )


def _keywords(corpus: Corpus) -> pd.DataFrame:
    table = topics.keyness(corpus)
    return table[table["z"] > 0].groupby("meeting", sort=False).head(12).reset_index(drop=True)


def _keywords_caption(table: pd.DataFrame) -> str:
    return (
        f"The words that set each meeting's stories apart; {(table['z'] > 1.96).sum()} of the"
        f" {len(table)} shown lie beyond 1.96, which with so many words compared is a ranking and no"
        " test. Sentences that two stories share are counted once."
    )


def _groups_caption(table: pd.DataFrame) -> str:
    if table.empty:
        return "There are too few paragraphs to group."
    pure = (table["share"] >= 0.8).sum()
    return (
        f"{table['paragraphs'].sum()} paragraphs in {len(table)} groups by their words alone; the"
        f" largest holds {table['paragraphs'].max()}. In {pure} groups four in five paragraphs are"
        " on one topic of the dictionary."
    )


FIGURES = (
    Figure(
        "agendas", "What each story gives room to", _agendas, plots.agendas, _agendas_caption,
        "Rows are topics, the most covered on top; columns are stories. The darker a cell, the"
        " more of the story; an empty cell means that no paragraph was found on the topic.",
        "The topic dictionary in data/codebook/topics.toml, applied to every paragraph.",
        "03_topics", "What each story gives room to", "topics-1",
    ),
    Figure(
        "meetings_compared", "What was on the table at each meeting", _meetings,
        plots.meetings_compared, _meetings_caption,
        "A row is a topic, a mark a meeting; where two intervals overlap widely, the texts do"
        " not tell the meetings apart.",
        "The topic dictionary, shares of words, resampled over paragraphs within documents.",
        "03_topics", "The meetings compared", "topics-2",
    ),
    Figure(
        "pairs", "Topics that travel together", _pairs, plots.pairs, _pairs_caption,
        "A bar is a pair of topics, as long as the number of paragraphs that are on both.",
        "The topic dictionary, applied to every paragraph.",
        "03_topics", "Topics that travel together", "topics-7",
    ),
    Figure(
        "keywords", "The words of each meeting", _keywords, plots.keywords, _keywords_caption,
        "A dot is a word; the farther right, the more it belongs to that meeting's stories"
        " rather than to the others.",
        "All words of three letters or more that stand at least four times; function words count but"
        " are not shown (Monroe et al. 2008).",
        "03_topics", "The words of each meeting", "topics-8",
    ),
    Figure(
        "groups", "A second opinion without a dictionary", topics.groups, plots.unsupervised,
        _groups_caption,
        "A bar is a group, named by the words that weigh most in it; behind it, how many"
        " paragraphs and the topic that is most over-represented.",
        "Tf-idf vectors of the paragraphs, average linkage on their cosine.",
        "03_topics", "A second opinion", "topics-6",
    ),
)  # fmt: skip
