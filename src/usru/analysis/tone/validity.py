"""How far a tone score agrees with a reading: correlation, confusion, and where they part."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd

from usru.analysis.tone.lists import INSTRUMENTS
from usru.analysis.uncertainty import CELLS, RESAMPLES, weighted_means

__all__ = [
    "READINGS", "agreement", "between", "by_paragraph", "confusion", "disagreements", "paragraphs"
]  # fmt: skip

READINGS = ("reference", "reading-1", "reading-2")
"""What `Corpus.coding` calls the reference and the two readings that it was made from."""


def paragraphs(
    paragraphs: pd.DataFrame, scored: pd.DataFrame, readings: Sequence[pd.DataFrame]
) -> pd.DataFrame:
    """Return each paragraph with the valence that readers gave it and each instrument's score.

    Parameters
    ----------
    paragraphs, scored : pandas.DataFrame
        `doc_id`, `block`, `line`, `text` and perhaps `meeting`; and as for `by_paragraph`.
    readings : sequence of pandas.DataFrame
        The `READINGS`, each with `doc_id`, `line` and `valence`.

    Returns
    -------
    pandas.DataFrame
        One row a paragraph of the reference: the columns of `paragraphs`, `valence` (from -2 to 2),
        `reading-1` and `reading-2`, and a column for each instrument.

    Examples
    --------
    >>> from usru.analysis.tone import score_each
    >>> story = pd.DataFrame({"doc_id": ["a"], "block": [0], "line": [1], "text": ["Good talks."]})
    >>> scored, reading = score_each(story.assign(words=2)), story.assign(valence=2)
    >>> paragraphs(story, scored, [reading[["doc_id", "line", "valence"]]] * 3)["textblob"].tolist()
    [0.7]
    """
    table = paragraphs.filter(["doc_id", "meeting", "block", "line", "text"])
    for name, coding in zip(("valence", *READINGS[1:]), readings, strict=True):
        how = "inner" if name == "valence" else "left"
        table = table.merge(coding.rename(columns={"valence": name}), how, on=["doc_id", "line"])
    return table.merge(by_paragraph(scored), on=["doc_id", "block"], how="left")


def by_paragraph(scored: pd.DataFrame) -> pd.DataFrame:
    """Return the score of each paragraph by each instrument.

    Parameters
    ----------
    scored : pandas.DataFrame
        Sentences with `doc_id`, `block`, `words` and a column for each instrument.

    Returns
    -------
    pandas.DataFrame
        One row a paragraph, in order: `doc_id`, `block`, and for each instrument the mean polarity
        of its sentences, weighted by their words; missing where none can be scored.

    Examples
    --------
    >>> from usru.analysis.tone import score_each
    >>> story = {"doc_id": "a", "block": 0, "words": [1, 4], "text": ["Good.", "It is a table."]}
    >>> by_paragraph(score_each(pd.DataFrame(story)))[["textblob"]].round(2).values.tolist()
    [[0.14]]
    """
    keys = ["doc_id", "block"]
    table = scored[keys].drop_duplicates(ignore_index=True)
    for name in (one for one in INSTRUMENTS if one in scored):
        means = weighted_means(scored, keys, name)
        table = table.merge(means.drop(columns="words"), on=keys, how="left")
    return table


def agreement(table: pd.DataFrame, seed: int = 2017) -> pd.DataFrame:
    """Correlate each instrument, and the second reading, with the reference.

    Parameters
    ----------
    table : pandas.DataFrame
        As `paragraphs` gives it.
    seed : int
        Of the random numbers.

    Returns
    -------
    pandas.DataFrame
        One row a comparison: `instrument` (or ``"second reading"``, which is compared with the
        first), `n`, `rho` (Spearman's rank correlation, ties at their mean rank) with `low`
        and `high`, its 95% percentile bootstrap interval over paragraphs within documents, and
        `zero`, the share of paragraphs that score exactly 0.

    Examples
    --------
    >>> read = pd.DataFrame({"doc_id": "a", "valence": [-1, 0, 1, 2], "reading-1": [-1, 0, 1, 2],
    ...                      "reading-2": [-1, 0, 2, 1], "vader": [0.1, 0.0, 0.3, 0.8]})
    >>> agreement(read).set_index("instrument")["rho"].to_dict()
    {'vader': 0.8, 'second reading': 0.8}
    """
    pairs = [(name, "valence", name) for name in INSTRUMENTS if name in table]
    rows = []
    for label, read, name in [*pairs, ("second reading", *READINGS[1:])]:
        known = table.dropna(subset=[read, name])
        rho = known[[read, name]].corr(method="spearman").loc[read, name]
        zero = (known[name] == 0).mean() if len(known) else float("nan")
        rows.append((label, len(known), rho, *_interval(known, read, name, seed), zero))
    return pd.DataFrame(rows, columns=["instrument", "n", "rho", "low", "high", "zero"])


def between(table: pd.DataFrame) -> pd.DataFrame:
    """Return Spearman's rho of the instruments (rows) with each other (columns).

    Parameters
    ----------
    table : pandas.DataFrame
        As for `agreement`.

    Examples
    --------
    >>> scores = pd.DataFrame({"textblob": [0, 0.1, 0.2], "vader": [0, 1, 0.9], "nrc": [3, 2, 1]})
    >>> between(scores).loc["textblob", ["vader", "nrc"]].tolist()
    [0.5, -1.0]
    """
    return table.filter(list(INSTRUMENTS)).corr(method="spearman")


def confusion(table: pd.DataFrame, instrument: str) -> pd.DataFrame:
    """Count how often an instrument's sign is the reading's.

    Parameters
    ----------
    table : pandas.DataFrame
        As `paragraphs` gives it.
    instrument : str
        A key of `INSTRUMENTS`.

    Returns
    -------
    pandas.DataFrame
        Signs of the reading as rows, of the score as columns: ``"negative"``, ``"neutral"`` (0),
        ``"positive"``.

    Examples
    --------
    >>> read = pd.DataFrame({"valence": [-1, 0, 2], "vader": [-0.5, 0.1, 0.2]})
    >>> confusion(read, "vader").loc["neutral"].to_dict()
    {'negative': 0, 'neutral': 0, 'positive': 1}
    """
    names = ["negative", "neutral", "positive"]
    known = table.dropna(subset=[instrument])
    signs = [np.sign(known[column].astype("float64")) for column in ("valence", instrument)]
    read, scored = (sign.map(dict(zip([-1, 0, 1], names, strict=True))) for sign in signs)
    counts = pd.crosstab(read, scored, rownames=["reading"], colnames=["score"])
    return counts.reindex(index=names, columns=names, fill_value=0)


def disagreements(table: pd.DataFrame, instrument: str, n: int = 5) -> pd.DataFrame:
    """Return the paragraphs whose rank by the score lies farthest from that by the reading.

    Parameters
    ----------
    table, instrument, n : pandas.DataFrame, str, int
        As for `confusion`, and how many.

    Returns
    -------
    pandas.DataFrame
        The farthest first, ties in page order: `doc_id`, `block`, `line`, `text`, `valence`, the
        `score`, and `apart`, the difference of the two ranks as a share of all, in [-1, 1];
        positive where the score is higher.

    Examples
    --------
    >>> read = pd.DataFrame({"doc_id": "a", "block": 0, "line": [1, 3], "text": ["Bad!", "So."],
    ...                      "valence": [-1, 1], "vader": [-0.5, -0.6]})
    >>> disagreements(read, "vader")[["text", "score", "apart"]].values.tolist()
    [['Bad!', -0.5, 0.5], ['So.', -0.6, -0.5]]
    """
    known = table.dropna(subset=[instrument])
    ranks = known[[instrument, "valence"]].rank(pct=True)
    apart = (ranks[instrument] - ranks["valence"]).round(6)
    known = known.assign(score=known[instrument].round(3), apart=apart.round(2))
    order = (-apart.abs()).argsort(kind="stable")
    return known.iloc[order[:n]][["doc_id", "block", "line", "text", "valence", "score", "apart"]]


def _interval(table: pd.DataFrame, one: str, other: str, seed: int) -> tuple[float, float]:
    """Percentiles of the correlation over paragraphs drawn again within documents.

    Not by `percentiles`: the intervals of the study were drawn document by document within each
    resample, another order of the random numbers.
    """
    if len(table) < 3:
        return float("nan"), float("nan")
    rng = np.random.default_rng(seed)
    codes, _ = pd.factorize(table["doc_id"])
    values = table[[one, other]].to_numpy(dtype=float)
    found = np.concatenate([_rank_correlations(values[drawn]) for drawn in _drawn(codes, rng)])
    if np.isnan(found).all():
        return float("nan"), float("nan")
    low, high = np.nanpercentile(found, [2.5, 97.5])
    return float(low), float(high)


def _drawn(codes: Any, rng: np.random.Generator) -> Iterator[Any]:
    """Which units are in each resample; where these are many, in parts that fit into memory."""
    units, sizes = np.argsort(codes, kind="stable"), np.bincount(codes)
    first = np.cumsum(sizes) - sizes
    n = len(codes)
    if RESAMPLES * n <= CELLS:
        samples = np.split(units, first[1:])
        drawn = ([rng.choice(one, len(one)) for one in samples] for _ in range(RESAMPLES))
        yield np.array([np.concatenate(each) for each in drawn])
        return
    size, since = np.repeat([sizes, first], sizes, axis=1)
    step = max(1, CELLS // n)
    for at in range(0, RESAMPLES, step):
        shape = min(step, RESAMPLES - at), n
        yield units[since + rng.integers(size, size=shape)]


def _rank_correlations(drawn: Any) -> Any:
    """Spearman's rho of each sample; `drawn` has the shape (samples, units, 2)."""
    from scipy.stats import rankdata

    ranks = rankdata(drawn, axis=1)
    centred = ranks - ranks.mean(axis=1, keepdims=True)
    top = (centred[..., 0] * centred[..., 1]).sum(axis=1)
    bottom = np.sqrt((centred**2).sum(axis=1).prod(axis=1))
    return np.divide(top, bottom, out=np.full(len(top), np.nan), where=bottom > 0)
