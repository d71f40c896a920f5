"""Passages that texts share, in more texts than fit into memory.

What `usru.analysis.reuse` finds, found in three joins. A passage may be a few words of two long
paragraphs, which resemble each other in nothing else; so what is hashed is no paragraph, but each
window of half as many words as a passage must share. Of the window's shingles (Broder 1997) the
least by each of a few hash functions stands for it, its MinHash; two windows agree by one function
as often as they share shingles. Locality-sensitive hashing (Indyk and Motwani 1998; Leskovec,
Rajaraman and Ullman 2020, ch. 3) looks for what agrees without comparing all: each function is a
band of one row, and what it gives is a key of a join. Windows one word apart mostly agree, and what
they give counts once, so that a text has fewer keys than words. Paragraphs that two keys bring
together are aligned by the exact method: one key is often a set phrase, and pairs that share no more
would grow with the square of the texts.

References
----------
Broder, A. Z. (1997). On the resemblance and containment of documents. *Proceedings of Compression
and Complexity of Sequences 1997*, 21-29.
Indyk, P., & Motwani, R. (1998). Approximate nearest neighbors: Towards removing the curse of
dimensionality. *Proceedings of the 30th Annual ACM Symposium on Theory of Computing*, 604-613.
Leskovec, J., Rajaraman, A., & Ullman, J. D. (2020). *Mining of Massive Datasets* (3rd ed.).
Cambridge University Press.
"""

from typing import Any

import dask.dataframe as dd
import numpy as np
import pandas as pd
from xxhash import xxh3_64_intdigest

from usru.analysis import reuse
from usru.errors import InputError

__all__ = ["find"]

LEAST = 12  # words that a passage must share: fewer are, among many texts, mostly set phrases
BANDS = 3  # hash functions by which a window is told
SHARED = 2  # keys that a pair of paragraphs has in common

_PLACE = ["doc_id", "block"]
_AGAIN = ["again_doc_id", "again_block"]


def find(
    paragraphs: dd.DataFrame, least: int = LEAST, across: str | None = "outlet", bands: int = BANDS
) -> dd.DataFrame:
    """Find the passages that stories share.

    Parameters
    ----------
    paragraphs : dask.dataframe.DataFrame
        `doc_id`, `block`, `start`, `end` and `text`, as a corpus gives them; `raw`, what is printed
        between `start` and `end`, missing where `text` is that, letter by letter; and of its story
        `published`, if known, and what `across` names. It is gone through three times: best read
        from files.
    least : int
        Words that a passage must share; those written like names do not count. A window has half as
        many words, but at least the four of a seed: below 10 every seed is a key.
    across : str or None
        The column in which the two stories of a passage differ; missing values count as one. None
        for any two stories.
    bands : int
        Hash functions. With more of them less is missed, and more paragraphs are compared.

    Returns
    -------
    dask.dataframe.DataFrame
        As `usru.analysis.reuse.find` gives it, but without `group`, which only the whole tells:
        `usru.analysis.reuse.grouped` numbers the computed frame. `kind` is never ``"requoted"``.
        The earlier story is the one published first; of one day, the first by `doc_id`. Of a
        passage in very many paragraphs each is compared with the first `EARLIER` (8) that hold the
        same key, so that cost is linear. Partitions hold whole later paragraphs; their rows are
        sorted by the later place, then the earlier one.

    Raises
    ------
    usru.errors.InputError
        If a column is missing; when computed, if `raw` is missing where `text` differs from it.

    Examples
    --------
    >>> import dask.dataframe as dd
    >>> told = "They agreed to keep the old bridge open and to speak again before the winter."
    >>> texts = pd.DataFrame({"doc_id": ["a", "b"], "outlet": ["A", "B"], "text": [told, f"So: {told}"]})
    >>> texts = texts.assign(block=0, start=0, end=texts["text"].str.len())
    >>> shared = find(dd.from_pandas(texts, npartitions=1)).compute()
    >>> shared[["kind", "doc_id", "again_doc_id", "again_start", "again_end"]].values.tolist()
    [['verbatim', 'a', 'b', 4, 80]]
    """
    _need(paragraphs, [*_PLACE, "start", "end", "text", *([across] if across else [])])
    width = max(reuse.SEED, least // 2) - reuse.SEED + 1
    hashed = bands if width > 1 else 1
    told = [name for name in paragraphs.columns if name in {*_PLACE, "published", across}]
    dtypes = paragraphs.dtypes[told].to_dict()
    keys = paragraphs.map_partitions(_keys, told, width, hashed, meta=dtypes | {"key": "uint64"})

    places = {side + name: dtypes[name] for side in ("", "again_") for name in _PLACE}
    counted = places | {"keys": "int64"}
    pairs = keys.shuffle("key").map_partitions(_pairs, across or "doc_id", meta=counted)
    alike = SHARED if width > 1 else 1
    pairs = pairs.shuffle(_PLACE).map_partitions(_alike, alike, meta=places)

    names = [*_PLACE, "start", "raw"]
    meta = {name: paragraphs.dtypes["text" if name == "raw" else name] for name in names}
    spans = paragraphs.map_partitions(_spans, meta=meta)
    again = spans.rename(columns={name: f"again_{name}" for name in names})
    both = pairs.merge(spans, on=_PLACE, broadcast=False).merge(again, on=_AGAIN, broadcast=False)
    passages: dd.DataFrame = both.map_partitions(_aligned, least, meta=_aligned(both._meta, least))
    return passages


def _need(paragraphs: dd.DataFrame, names: list[str]) -> None:
    """Refuse a frame that lacks a column."""
    for name in names:
        if name not in paragraphs.columns:
            raise InputError("paragraphs", f"the column {name} is missing", "add it")


# Keys ----------------------------------------------------------------------------------------


def _spans(paragraphs: pd.DataFrame) -> pd.DataFrame:
    """The paragraphs as they stand on their pages."""
    raw = paragraphs["text"]
    if "raw" in paragraphs:
        raw = paragraphs["raw"].fillna(raw)
    wrong = raw.str.len() != paragraphs["end"] - paragraphs["start"]
    if wrong.any():
        doc_id, block = paragraphs.loc[wrong, _PLACE].iloc[0]
        raise InputError(
            f"paragraphs, {doc_id}, block {block}", "the text is not as long as its place",
            "give what is printed there in the column raw",
        )  # fmt: skip
    return paragraphs[[*_PLACE, "start"]].assign(raw=raw)


def _keys(paragraphs: pd.DataFrame, told: list[str], width: int, bands: int) -> pd.DataFrame:
    """The keys of each paragraph, with what is told of it."""
    sketches = [_sketch(reuse.shingles(raw), width, bands) for raw in _spans(paragraphs)["raw"]]
    rows = np.repeat(np.arange(len(sketches)), [len(sketch) for sketch in sketches])
    keys = np.concatenate([np.empty(0, dtype="uint64"), *sketches])
    return paragraphs[told].iloc[rows].assign(key=keys)


def _sketch(shingles: list[str], width: int, bands: int) -> Any:
    """Keys of the shingles that are the least of any window of as many, or of all if they are fewer.

    What is the least by any function has the same key, so that a shingle is joined once.
    """
    if not shingles:
        return np.empty(0, dtype="uint64")
    coded = [shingle.encode() for shingle in shingles]
    hashes = np.array(
        [[xxh3_64_intdigest(one, seed) for one in coded] for seed in range(bands)], dtype="uint64"
    )
    windows = max(1, len(coded) - width + 1)
    nth = [hashes[:, n : n + windows] for n in range(min(width, len(coded)))]
    least = np.argmin(nth, axis=0) + np.arange(windows)
    return np.unique(hashes[0, least])


# Pairs ---------------------------------------------------------------------------------------


def _pairs(keys: pd.DataFrame, across: str) -> pd.DataFrame:
    """The paragraphs that have a key in common, each with the first that hold it."""
    shared = keys[keys["key"].duplicated(keep=False)]
    order = [name for name in ("key", "published", *_PLACE) if name in shared]
    shared = shared.sort_values(order, ignore_index=True)
    nth = shared.groupby("key").cumcount().to_numpy()
    again, rank = np.nonzero(nth[:, None] > np.arange(reuse.EARLIER))
    earlier = again - nth[again] + rank
    of = pd.factorize(shared[across])[0]
    differ = of[earlier] != of[again]
    first, second = (shared[_PLACE].iloc[rows[differ]] for rows in (earlier, again))
    sides = first.reset_index(drop=True), second.add_prefix("again_").reset_index(drop=True)
    return _counted(pd.concat(sides, axis=1).assign(keys=1))


def _counted(pairs: pd.DataFrame) -> pd.DataFrame:
    """Each pair once, with the number of keys that it shares."""
    places = [*_PLACE, *_AGAIN]
    return pairs.groupby(places, sort=False)["keys"].sum().astype("int64").reset_index()


def _alike(pairs: pd.DataFrame, least: int) -> pd.DataFrame:
    """The pairs that share so many keys, of all that are in one place together."""
    counted = _counted(pairs)
    return counted[counted["keys"] >= least].drop(columns="keys")


def _aligned(pairs: pd.DataFrame, least: int) -> pd.DataFrame:
    """The passages of pairs of paragraphs, in the order of their places."""
    places = [side + name for side in ("again_", "") for name in (*_PLACE, "start", "end")]
    return reuse.align(pairs, least).sort_values(places, ignore_index=True)
