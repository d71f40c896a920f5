"""How far a tone score agrees with a reading: correlation, confusion, and where they part."""

from typing import Any

import numpy as np
import pandas as pd

from usru.analysis import tone
from usru.corpus import Corpus

__all__ = ["agreement", "between", "confusion", "disagreements", "paragraphs"]

RESAMPLES = 2000


def paragraphs(corpus: Corpus) -> pd.DataFrame:
    """Return each paragraph with the valence that readers gave it and each instrument's score.

    Returns
    -------
    pandas.DataFrame
        One row a paragraph: `doc_id`, `meeting`, `block`, `line`, `text`,
        `valence` (int, from -2 to 2), `first` and `second` (the two readings),
        and a column for each instrument: the mean polarity of its sentences,
        weighted by their words, missing where none can be scored. Without rows
        where the corpus has no coding by hand.

    Examples
    --------
    >>> from usru import load
    >>> paragraphs(load())["valence"].between(-2, 2).all().item()
    True
    """
    table = corpus.paragraphs.rename(columns={"line_start": "line"})
    table = table[["doc_id", "block", "line", "text"]]
    meeting = corpus.documents.set_index("doc_id")["meeting"]
    table.insert(1, "meeting", table["doc_id"].map(meeting))
    for name, reading in (("valence", ""), ("first", "first"), ("second", "second")):
        coding = corpus.coding("valence", reading).rename(columns={"valence": name})
        table = table.merge(coding, on=["doc_id", "line"], how="inner" if not reading else "left")
    for name, scores in scored(corpus).items():
        table = table.merge(
            scores.rename(columns={"polarity": name}), on=["doc_id", "block"], how="left"
        )
    return table


def scored(corpus: Corpus) -> dict[str, pd.DataFrame]:
    """Return for each instrument the score of each paragraph: `doc_id`, `block`, `polarity`.

    Examples
    --------
    >>> from usru import load
    >>> len(scored(load())["vader"])
    78
    """
    sentences = corpus.sentences.assign(words=corpus.sentences["text"].str.split().str.len())
    tables = {}
    for name in tone.INSTRUMENTS:
        table = tone.score(sentences, name)
        table = table.assign(weighted=table["polarity"] * table["words"])
        table = table[table["polarity"].notna()]
        sums = table.groupby(["doc_id", "block"], sort=False)[["weighted", "words"]].sum()
        tables[name] = (sums["weighted"] / sums["words"]).rename("polarity").reset_index()
    return tables


def agreement(table: pd.DataFrame, seed: int = 2017) -> pd.DataFrame:
    """Correlate each instrument, and the second reader, with the reading.

    Parameters
    ----------
    table : pandas.DataFrame
        As `paragraphs` gives it.
    seed : int
        Of the random numbers.

    Returns
    -------
    pandas.DataFrame
        One row a comparison: `instrument` (or ``"second reader"``, who is
        compared with the first: the ceiling), `n`, `rho` (Spearman's rank
        correlation, ties at their mean rank) with `low` and `high`, its 95%
        percentile bootstrap interval over paragraphs within documents, and
        `zero`, the share of paragraphs that score exactly 0.

    References
    ----------
    Spearman, C. (1904). The proof and measurement of association between two
    things. *American Journal of Psychology* 15(1), 72-101.

    Examples
    --------
    >>> from usru import load
    >>> agreement(paragraphs(load()))["instrument"].tolist()
    ['textblob', 'vader', 'nrc', 'second reader']
    """
    pairs = [(name, "valence", name) for name in tone.INSTRUMENTS]
    rows = []
    for label, read, name in [*pairs, ("second reader", "first", "second")]:
        known = table.dropna(subset=[read, name])
        low, high = _interval(known, read, name, seed)
        rows.append(
            {
                "instrument": label, "n": len(known), "rho": _rho(known[read], known[name]),
                "low": low, "high": high,
                "zero": (known[name] == 0).mean() if len(known) else float("nan"),
            }
        )  # fmt: skip
    return pd.DataFrame(rows)


def between(table: pd.DataFrame) -> pd.DataFrame:
    """Correlate the instruments with each other.

    Returns
    -------
    pandas.DataFrame
        Spearman's rho, instruments as rows and columns.

    Examples
    --------
    >>> from usru import load
    >>> between(paragraphs(load())).shape
    (3, 3)
    """
    return table[list(tone.INSTRUMENTS)].corr(method="spearman")


def confusion(table: pd.DataFrame, instrument: str) -> pd.DataFrame:
    """Count how often an instrument's sign is the reading's.

    Returns
    -------
    pandas.DataFrame
        One row a sign of the reading, one column a sign of the score:
        ``"negative"``, ``"neutral"`` (exactly 0), ``"positive"``.

    Examples
    --------
    >>> from usru import load
    >>> int(confusion(paragraphs(load()), "vader").to_numpy().sum())
    78
    """
    names = ["negative", "neutral", "positive"]
    known = table.dropna(subset=[instrument])
    read, said = (_sign(known[column]) for column in ("valence", instrument))
    return pd.crosstab(read, said).reindex(index=names, columns=names, fill_value=0).rename_axis(
        index="reading", columns="score"
    )  # fmt: skip


def disagreements(table: pd.DataFrame, instrument: str, n: int = 5) -> pd.DataFrame:
    """Return the paragraphs whose rank by the score lies farthest from that by the reading.

    Returns
    -------
    pandas.DataFrame
        The first `n`, farthest first, ties in page order: `doc_id`, `block`, `line`,
        `text`, `valence`, the `score`, and `apart`, the difference of the two
        ranks as a share of all, in [-1, 1]; positive where the score is higher.

    Examples
    --------
    >>> from usru import load
    >>> len(disagreements(paragraphs(load()), "textblob", 3))
    3
    """
    known = table.dropna(subset=[instrument])
    ranks = known[[instrument, "valence"]].rank() / max(len(known), 1)
    apart = (ranks[instrument] - ranks["valence"]).round(6)
    known = known.assign(score=known[instrument].round(3), apart=apart.round(2))
    order = (-apart.abs()).argsort(kind="stable")
    return known.iloc[order[:n]][["doc_id", "block", "line", "text", "valence", "score", "apart"]]


def _rho(one: pd.Series, other: pd.Series) -> float:
    if one.nunique() < 2 or other.nunique() < 2:
        return float("nan")
    return float(one.rank().corr(other.rank()))


def _interval(table: pd.DataFrame, one: str, other: str, seed: int) -> tuple[float, float]:
    """Percentiles of the correlation over paragraphs drawn again within documents."""
    if len(table) < 3:
        return float("nan"), float("nan")
    rng = np.random.default_rng(seed)
    samples = [np.flatnonzero(table["doc_id"] == doc_id) for doc_id in table["doc_id"].unique()]
    drawn = [
        np.concatenate([rng.choice(sample, len(sample)) for sample in samples])
        for _ in range(RESAMPLES)
    ]
    values = table[[one, other]].to_numpy(dtype=float)
    found = _rank_correlations(values[np.array(drawn)])
    if np.isnan(found).all():
        return float("nan"), float("nan")
    low, high = np.nanpercentile(found, [2.5, 97.5])
    return float(low), float(high)


def _rank_correlations(drawn: Any) -> Any:
    """Spearman's rho of each sample; `drawn` has the shape (samples, units, 2)."""
    from scipy.stats import rankdata

    ranks = rankdata(drawn, axis=1)
    centred = ranks - ranks.mean(axis=1, keepdims=True)
    top = (centred[..., 0] * centred[..., 1]).sum(axis=1)
    bottom = np.sqrt((centred**2).sum(axis=1).prod(axis=1))
    return np.divide(top, bottom, out=np.full(len(top), np.nan), where=bottom > 0)


def _sign(scores: pd.Series) -> pd.Series:
    names = {-1.0: "negative", 0.0: "neutral", 1.0: "positive"}
    return pd.Series(np.sign(scores.astype(float)), index=scores.index).map(names)
