"""First drafts of a codebook, from the texts themselves, for a person to correct.

A draft is where a codebook begins, not what it says: names are taken as the texts print them, and
words that occur together need not be a topic.
"""

import numpy as np
import pandas as pd

from usru import codebook
from usru.codebook import StopWords

__all__ = ["speakers", "word_groups"]

OFTEN = 20  # paragraphs from which on a word that half of them have tells none apart
MOST = 2_000  # paragraphs that are grouped; the time of the grouping grows with their square


def speakers(quotations: pd.DataFrame, most: int = 20) -> list[str]:
    """Return the names of those who are quoted most often.

    Parameters
    ----------
    quotations : pandas.DataFrame
        The frame of a corpus of that name.
    most : int
        How many names at most.

    Returns
    -------
    list of str
        The most frequent first, ties in the order of the alphabet; descriptions in small letters
        ("a diplomat") are no names.

    Examples
    --------
    >>> from usru import load
    >>> speakers(load().quotations)[:2]
    ['Sergei Lavrov', 'Rex Tillerson']
    """
    named = quotations["speaker"].dropna()
    counts = named[named.str[:1].str.isupper()].value_counts().sort_index()
    return list(counts.sort_values(ascending=False, kind="stable").index[:most])


def word_groups(
    paragraphs: pd.DataFrame, n: int = 8, words: int = 8, stop_words: StopWords | None = None
) -> list[list[str]]:
    """Return groups of words that tell groups of like paragraphs apart.

    Parameters
    ----------
    paragraphs : pandas.DataFrame
        `text`; of many, some that are spread evenly over all are looked at.
    n, words : int
        How many groups, and words in each, at most.
    stop_words : StopWords, optional
        What tells no group: ``corpus.codebook.language.stop_words``, by default the shipped.

    Returns
    -------
    list of list of str
        The words of each group in lower case, the most distinctive first, each in one group only;
        the group of most paragraphs first. Paragraphs are grouped by Ward's method on their tf-idf
        vectors, which involves no chance; words are ranked by weighted log-odds
        (`usru.analysis.topics.keyness`). Nothing where paragraphs have no words in common.

    Examples
    --------
    >>> sea, law = "The harbour, the boats and the tide.", "The court, the judge and the jury."
    >>> texts = [f"{text} {text} {text}" for text in (sea, law)] * 3
    >>> sorted(group[0] for group in word_groups(pd.DataFrame({"text": texts}), n=2))
    ['boats', 'court']
    """
    from sklearn.cluster import AgglomerativeClustering
    from sklearn.feature_extraction.text import TfidfVectorizer

    from usru.analysis.topics import keyness

    sample = paragraphs.iloc[:: max(1, -(-len(paragraphs) // MOST))]
    letters = r"(?u)\b[^\W\d_]{3,}\b"  # a number is no word of a topic
    vectorizer = TfidfVectorizer(
        stop_words=sorted((stop_words or codebook.read().language.stop_words).all()), min_df=2, max_df=1.0 if len(sample) < OFTEN else 0.5,
        sublinear_tf=True, max_features=2_000, token_pattern=letters,
    )  # fmt: skip
    try:
        vectors = vectorizer.fit_transform(sample["text"]).toarray()
    except ValueError:  # no word occurs in two paragraphs, but not in most
        return []
    told = vectors.any(axis=1)
    if told.sum() < 2:
        return []
    grouped = AgglomerativeClustering(n_clusters=min(n, int(told.sum())), linkage="ward")
    labels = grouped.fit_predict(vectors[told]).astype(str)
    texts = sample.loc[told, ["text"]].assign(group=labels)
    ranked = keyness(texts, by="group", least=3, stop_words=stop_words)
    ranked = ranked[(ranked["z"] > 0) & ranked["word"].isin(vectorizer.get_feature_names_out())]
    ranked = ranked.sort_values("z", ascending=False, kind="stable").drop_duplicates("word")
    order = texts["group"].value_counts().sort_index().sort_values(ascending=False, kind="stable")
    best = ranked.groupby("group")["word"].apply(lambda own: own.head(words).tolist())
    return [best[name] for name in order.index if name in best.index and np.size(best[name])]
