"""What the instruments say of each passage: topics by the dictionary, tone by a list of words.

Both are known of paragraphs; a sentence or a quotation has what its paragraph has.
"""

import numpy as np
import pandas as pd

from usru.analysis import tone, topics
from usru.analysis.tone import validity
from usru.corpus import Corpus
from usru.errors import DoesNotApply, InputError

__all__ = ["DICTIONARY", "RARE", "classes", "polarity", "topics_found"]

DICTIONARY = "dictionary"
"""What a score is called that asks for rare topics, whichever they are."""

RARE = 0.05
"""The share of passages below which a topic is a rare one."""


def topics_found(corpus: Corpus, table: pd.DataFrame) -> pd.DataFrame:
    """Return which topics the dictionary finds in the paragraph of each passage.

    Parameters
    ----------
    corpus, table : Corpus, pandas.DataFrame
        Any corpus, and passages of it with `doc_id` and `block`.

    Returns
    -------
    pandas.DataFrame of bool
        A column a topic of the codebook, under the index of the passages.

    Raises
    ------
    DoesNotApply
        Where the dictionary is made for another language.

    Examples
    --------
    >>> from usru import load
    >>> int(topics_found(load(), load().paragraphs)["syria"].sum()) > 0
    True
    """
    found = topics.wide(corpus.topics, corpus.paragraphs)
    at = pd.MultiIndex.from_frame(table[["doc_id", "block"]])
    return found.reindex(index=at, columns=[*corpus.codebook.topics]).set_axis(table.index)


def polarity(corpus: Corpus, table: pd.DataFrame, instrument: str) -> pd.Series:
    """Return the score that an instrument of tone gives the paragraph of each passage.

    Parameters
    ----------
    corpus, table : Corpus, pandas.DataFrame
        Any corpus, and passages of it with `doc_id` and `block`.
    instrument : str
        One of ``corpus.instruments``.

    Returns
    -------
    pandas.Series of float64
        The mean of its sentences, weighted by their words, in [-1, 1]; 0 where none can be scored,
        as nothing speaks for either side there.

    Raises
    ------
    DoesNotApply
        Where the instrument is made for another language, or is not known.

    Examples
    --------
    >>> from usru import load
    >>> polarity(load(), load().paragraphs.head(1), "vader").round(2).tolist()
    [0.25]
    """
    if instrument not in corpus.instruments:
        known = f"name one of {', '.join(corpus.instruments) or 'your own'}"
        why = "no such instrument of tone is made for the language of this corpus"
        raise DoesNotApply(f"instrument {instrument!r}", why, known)
    scored = validity.by_paragraph(tone.score_each(corpus.sentences, [instrument]))
    found = scored.set_index(["doc_id", "block"])[instrument]
    at = pd.MultiIndex.from_frame(table[["doc_id", "block"]])
    return found.reindex(at).fillna(0.0).set_axis(table.index)


def classes(corpus: Corpus, table: pd.DataFrame, score: str) -> pd.Series:
    """Divide passages by what an instrument says of them.

    Parameters
    ----------
    corpus, table : Corpus, pandas.DataFrame
        Any corpus, and passages of it with `doc_id` and `block`.
    score : str
        A topic of the codebook: whether the dictionary finds it. ``"dictionary"``: whether it finds
        a rare topic, only others, or none. An instrument of tone: the sign of its score.

    Returns
    -------
    pandas.Series of str
        A number for each class, which does not tell what the instrument found.

    Raises
    ------
    InputError
        Where there is no such topic or instrument.

    Examples
    --------
    >>> from usru import load
    >>> sorted(classes(load(), load().paragraphs, "syria").unique())
    ['1', '2']
    """
    if score in corpus.codebook.topics:
        given = topics_found(corpus, table)[score].map({True: "found", False: "not found"})
    elif score == DICTIONARY:
        given = _rarity(topics_found(corpus, table))
    elif score in corpus.instruments:
        given = np.sign(polarity(corpus, table, score)).astype("int64").astype("str")
    else:
        known = [DICTIONARY, *corpus.instruments, *corpus.codebook.topics]
        raise InputError(f"--score {score}", "there is no such score", f"use {', '.join(known)}")
    numbers = {name: str(n) for n, name in enumerate(sorted(given.unique()), start=1)}
    return given.map(numbers).astype("str")


def _rarity(found: pd.DataFrame) -> pd.Series:
    shares = found.mean()
    rare = found[shares.index[shares < RARE]].any(axis=1)
    names = np.select([rare, found.any(axis=1)], ["rare", "common"], "none")
    return pd.Series(names, index=found.index)
