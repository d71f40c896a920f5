"""What the instruments say of each passage: topics, tone, whose words it is and who speaks.

Topics and tone are known of paragraphs; a sentence or a quotation has what its paragraph has.
"""

import numpy as np
import pandas as pd

from usru.analysis import tone, topics
from usru.analysis.tone import validity
from usru.coding import codes
from usru.coding.comparison import NOBODY
from usru.corpus import Corpus
from usru.errors import DoesNotApply, InputError
from usru.schema import VOICES

__all__ = ["DICTIONARY", "RARE", "classes", "gives", "polarity", "said", "speakers", "topics_found", "valence",
           "voices"]  # fmt: skip

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


def valence(corpus: Corpus, table: pd.DataFrame, instrument: str) -> pd.Series:
    """Return the polarity of each passage on the scale by which valence is coded.

    Parameters
    ----------
    corpus, table, instrument : Corpus, pandas.DataFrame, str
        As for `polarity`, which is multiplied by the largest value of the codebook.

    Examples
    --------
    >>> from usru import load
    >>> valence(load(), load().paragraphs.head(1), "vader").round(2).tolist()
    [0.49]
    """
    largest = max(abs(float(value)) for value in codes.find(corpus, "valence"))
    return polarity(corpus, table, instrument) * largest


def said(corpus: Corpus, what: str, table: pd.DataFrame) -> pd.DataFrame:
    """Return all that the instruments say of each passage.

    Parameters
    ----------
    corpus, what, table : Corpus, str, pandas.DataFrame
        Any corpus, one of `usru.coding.units.KINDS`, and passages, as `usru.coding.units.find` gives them.

    Returns
    -------
    pandas.DataFrame
        Under the index of the passages: a column a topic (bool), a column an instrument of tone
        (`valence`), or `value`, the voice or speaker.

    Raises
    ------
    DoesNotApply
        Where the instrument is made for another language.

    Examples
    --------
    >>> from usru import load
    >>> said(load(), "valence", load().paragraphs).columns.tolist()
    ['textblob', 'vader', 'nrc', 'news']
    """
    if what == "topics":
        return topics_found(corpus, table)
    if what == "valence":
        scores = {one: valence(corpus, table, one) for one in corpus.instruments}
        return pd.DataFrame(scores, index=table.index)
    told = voices if what == "voice" else speakers
    return told(corpus, table).to_frame("value")


def gives(said: pd.DataFrame, what: str, code: str) -> pd.Series:
    """Return what instruments say of one code.

    Parameters
    ----------
    said, what, code : pandas.DataFrame, str, str
        As `said` gives it, of what, and a topic, an instrument of tone, a voice or a speaker.

    Returns
    -------
    pandas.Series of float64
        1 or 0; of an instrument of tone its valence.

    Examples
    --------
    >>> gives(pd.DataFrame({"value": ["report", "outlet"]}), "voice", "report").tolist()
    [1.0, 0.0]
    """
    column = said["value"] == code if what in ("voice", "speakers") else said[code]
    return column.astype("float64")


def voices(corpus: Corpus, table: pd.DataFrame) -> pd.Series:
    """Return whose words each passage is: the voice that has most of its characters.

    Parameters
    ----------
    corpus, table : Corpus, pandas.DataFrame
        Any corpus, and passages of it with `doc_id`, `block`, `start` and `end`.

    Returns
    -------
    pandas.Series of str
        One of `usru.schema.VOICES`; the first of them at a tie.

    Raises
    ------
    DoesNotApply
        Where the rules are made for another language.

    Examples
    --------
    >>> from usru import load
    >>> voices(load(), load().sentences.head(3)).tolist()
    ['outlet', 'outlet', 'outlet']
    """
    keys = ["doc_id", "block"]
    passages = table[[*keys, "start", "end"]].assign(passage=range(len(table)))
    runs = corpus.clauses[[*keys, "start", "end", "voice"]]
    both = passages.merge(runs, on=keys, suffixes=("", "_of_run"))
    last = both[["end", "end_of_run"]].min(axis=1)
    shared = (last - both[["start", "start_of_run"]].max(axis=1)).clip(lower=0)
    sized = both.assign(shared=shared).astype({"voice": "str"})
    sizes = sized.pivot_table("shared", "passage", "voice", "sum", fill_value=0)
    sizes = sizes.reindex(index=range(len(table)), columns=[*VOICES], fill_value=0)
    return sizes.fillna(0).idxmax(axis=1).astype("str").set_axis(table.index)


def speakers(corpus: Corpus, table: pd.DataFrame) -> pd.Series:
    """Return who speaks in each quotation.

    Parameters
    ----------
    corpus, table : Corpus, pandas.DataFrame
        Any corpus, and quotations of it with `doc_id`, `start` and `end`.

    Returns
    -------
    pandas.Series of str
        The name, or `usru.coding.comparison.NOBODY` where the rules name none.

    Raises
    ------
    DoesNotApply
        Where the rules are made for another language.

    Examples
    --------
    >>> from usru import load
    >>> speakers(load(), load().quotations.head(1)).tolist()
    ['Sergei Lavrov']
    """
    keys = ["doc_id", "start", "end"]
    named = corpus.quotations.drop_duplicates(keys).set_index(keys)["speaker"].astype("object")
    found = named.reindex(pd.MultiIndex.from_frame(table[keys]))
    return found.fillna(NOBODY).astype("str").set_axis(table.index)


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
