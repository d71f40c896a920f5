"""How far a tone score agrees with a reading: correlation, confusion, and where they part."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd

from usru.analysis.agreement import alpha
from usru.analysis.tone.lists import INSTRUMENTS
from usru.analysis.uncertainty import percentiles, weighted_means

__all__ = [
    "READINGS", "agreement", "between", "by_paragraph", "confusion", "disagreements", "paragraphs",
    "reliability",
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
    """Correlate each instrument with the reference, over all paragraphs and within stories.

    Parameters
    ----------
    table : pandas.DataFrame
        As `paragraphs` gives it.
    seed : int
        Of the random numbers.

    Returns
    -------
    pandas.DataFrame
        One row an `instrument`: `n`, `rho` (Spearman's rank correlation, ties at their mean rank)
        with `low` and `high`, its 95% percentile bootstrap interval over paragraphs within
        documents; `within`, the correlation of ranks that are taken within each document and less
        their mean there, so that a difference between documents helps nobody, with `within_low` and
        `within_high`; and `zero`, the share of paragraphs that score exactly 0.

    Examples
    --------
    >>> read = pd.DataFrame({"doc_id": "a", "valence": [-1, 0, 1, 2], "vader": [0.1, 0, 0.3, 0.8]})
    >>> agreement(read)[["instrument", "rho", "within"]].values.tolist()
    [['vader', 0.8, 0.8]]
    """
    rows = []
    for name in (one for one in INSTRUMENTS if one in table):
        known = table.dropna(subset=["valence", name])
        over, within = _correlations(known, name, seed)
        zero = (known[name] == 0).mean() if len(known) else float("nan")
        rows.append((name, len(known), *over, *within, zero))
    ends = [f"{name}{end}" for name in ("", "within_") for end in ("low", "high")]
    columns = ["instrument", "n", "rho", *ends[:2], "within", *ends[2:], "zero"]
    return pd.DataFrame(rows, columns=columns)


def reliability(table: pd.DataFrame) -> float:
    """Return Krippendorff's alpha of the two readings, with squared differences as distances.

    Parameters
    ----------
    table : pandas.DataFrame
        As `paragraphs` gives it.

    Notes
    -----
    It measures how repeatable a reading is. Two readings by one kind of reader may share their
    errors, so it is no measure of validity and no upper bound of what an instrument could reach.

    Examples
    --------
    >>> reliability(pd.DataFrame({"reading-1": [-1, 0, 2], "reading-2": [-1, 0, 2]}))
    1.0
    """
    return alpha(table[READINGS[1]], table[READINGS[2]], "interval")


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


def _correlations(table: pd.DataFrame, name: str, seed: int) -> Iterator[tuple[float, ...]]:
    """The rank correlation over all paragraphs and that within stories, each with its interval."""
    codes, _ = pd.factorize(table["doc_id"])
    stories = [np.flatnonzero(codes == code) for code in range(codes.max(initial=-1) + 1)]
    values = table[["valence", name]].to_numpy(dtype="float64")
    alone = np.array([story[0] for story in stories if len(story) == 1], dtype=int)
    several = [story for story in stories if len(story) > 1]

    def over(*drawn: Any, axis: int = -1) -> Any:
        rest = np.broadcast_to(alone, (*drawn[0].shape[:axis], len(alone)))
        return _rank_correlation([values[np.concatenate([*drawn, rest], axis)]])

    def within(*drawn: Any, axis: int = -1) -> Any:
        return _rank_correlation([values[story] for story in drawn])

    none = (float("nan"),) * 2
    for statistic, parts in ((over, [values]), (within, [values[one] for one in several])):
        rho = float(_rank_correlation(parts)) if parts and len(table) else none[0]
        ends = percentiles(several, statistic, seed) if several and len(table) > 2 else none
        yield rho, *ends


def _rank_correlation(parts: list[Any]) -> Any:
    """Pearson's correlation of ranks that are taken in each part and less their mean there.

    Parts have the shape (..., units, 2).
    """
    from scipy.stats import rankdata

    ranks = [rankdata(part, axis=-2) for part in parts]
    centred = np.concatenate([one - one.mean(axis=-2, keepdims=True) for one in ranks], axis=-2)
    top = centred.prod(axis=-1).sum(axis=-1)
    bottom = np.sqrt((centred**2).sum(axis=-2).prod(axis=-1))
    return np.divide(top, bottom, out=np.full(np.shape(top), np.nan), where=bottom > 0)
