"""How texts portray their subject, as a reading of paragraphs says, beside what scores say of it."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from usru.analysis import agreement
from usru.analysis.tone.lists import INSTRUMENTS
from usru.analysis.uncertainty import means, with_intervals

__all__ = ["READING", "VALENCES", "by_sign", "by_topic", "distribution", "group_means", "on_any"]

READING = "reading"
"""What the reference coding is called where it is compared with instruments."""

VALENCES = (-2, -1, 0, 1, 2)
"""The values that the codebook has for how a paragraph portrays relations, the worst first."""

SIGNS = {-1.0: "negative", 0.0: "neutral", 1.0: "positive"}


def group_means(table: pd.DataFrame, by: str = "doc_id", seed: int = 2017) -> pd.DataFrame:
    """Return the mean of each group by the reading and by each instrument, and the group's rank.

    Parameters
    ----------
    table : pandas.DataFrame
        Paragraphs as `usru.analysis.tone.validity.paragraphs` gives them.
    by : str
        The column that names a group.
    seed : int
        Of the random numbers.

    Returns
    -------
    pandas.DataFrame
        One row a measure (`READING` first) and group, in the order in which they appear: `measure`,
        the column `by`, `n` (paragraphs), their unweighted `mean` with `low` and `high` (as
        `usru.analysis.uncertainty.means`: drawn again are the paragraphs of the documents, or whole
        documents where there are many), and `rank` of the mean among the groups, 1 for the highest,
        ties at the lowest of their ranks. Without rows where nobody has read them.

    Notes
    -----
    Percentiles of resampled paragraphs need no normal distribution, which a dozen whole numbers
    from -2 to 2 have not, and stay within the scale. They describe how much the mean owes to single
    paragraphs of these texts, and nothing about other texts.

    Examples
    --------
    >>> read = pd.DataFrame({"doc_id": ["a", "a", "b"], "valence": [1, 2, 0], "vader": [0.1, 0, 0.9]})
    >>> group_means(read)[["measure", "doc_id", "mean", "rank"]].values.tolist()
    [['reading', 'a', 1.5, 1], ['reading', 'b', 0.0, 2], ['vader', 'a', 0.05, 2], ['vader', 'b', 0.9, 1]]
    """
    columns = {READING: "valence"} | {name: name for name in INSTRUMENTS if name in table}
    rows = []
    for measure, column in columns.items():
        for name, group in table.dropna(subset=column).groupby(by, sort=False, observed=True):
            values = group[[column]].astype("float64")
            found = means(values, None, group["doc_id"], seed).iloc[0]
            rows.append((measure, name, len(group), *found))
    found = pd.DataFrame(rows, columns=["measure", by, "n", "mean", "low", "high"])
    ranks = found.groupby("measure")["mean"].rank(method="min", ascending=False)
    return found.assign(rank=ranks.astype("int64"))


def distribution(table: pd.DataFrame, by: str) -> pd.DataFrame:
    """Count the paragraphs of each valence in each group.

    Parameters
    ----------
    table, by : pandas.DataFrame, str
        As for `group_means`.

    Returns
    -------
    pandas.DataFrame
        One row a group and value of `VALENCES`: the column `by`, `valence`, `n`, and `share` of the
        group's paragraphs.

    Examples
    --------
    >>> read = pd.DataFrame({"doc_id": ["a", "a"], "valence": [1, 2]})
    >>> distribution(read, "doc_id")["share"].tolist()
    [0.0, 0.0, 0.0, 0.5, 0.5]
    """
    known = table.dropna(subset="valence")
    rows = [
        (name, value, int((group["valence"] == value).sum()), (group["valence"] == value).mean())
        for name, group in known.groupby(by, sort=False, observed=True)
        for value in VALENCES
    ]
    return pd.DataFrame(rows, columns=[by, "valence", "n", "share"])


def on_any(table: pd.DataFrame, topics: pd.DataFrame, names: Iterable[str]) -> pd.Series:
    """Say of each paragraph whether it is on one of several topics.

    Parameters
    ----------
    table, topics : pandas.DataFrame
        Paragraphs with `doc_id` and `block`; and `doc_id`, `block`, `topic`, as
        `Corpus.coded_topics` has them.
    names : iterable of str
        The topics.

    Examples
    --------
    >>> story = pd.DataFrame({"doc_id": "a", "block": [0, 1]})
    >>> on_any(story, pd.DataFrame({"doc_id": ["a"], "block": [1], "topic": ["press"]}), ["press"])
    0    False
    1     True
    dtype: bool
    """
    own = topics[topics["topic"].isin(list(names))]
    places = pd.MultiIndex.from_frame(own[["doc_id", "block"]])
    return pd.Series(pd.MultiIndex.from_frame(table[["doc_id", "block"]]).isin(places), table.index)


def by_topic(table: pd.DataFrame, topics: pd.DataFrame, by: str) -> pd.DataFrame:
    """Return the mean valence of the paragraphs on each topic, by group.

    Parameters
    ----------
    table, topics, by : pandas.DataFrame, pandas.DataFrame, str
        As for `group_means`, `on_any` and `group_means`.

    Returns
    -------
    pandas.DataFrame
        One row a topic and group that has it, as they come: `topic`, the column `by`, `n`
        (paragraphs; one may be on several topics and counts for each) and their `mean` valence.

    Examples
    --------
    >>> read = pd.DataFrame({"doc_id": ["a", "a"], "block": [0, 1], "valence": [1, -2]})
    >>> on = pd.DataFrame({"doc_id": "a", "block": [0, 1], "topic": "sanctions"})
    >>> by_topic(read, on, "doc_id").values.tolist()
    [['sanctions', 'a', 2, -0.5]]
    """
    both = table.dropna(subset="valence").merge(topics, on=["doc_id", "block"])
    groups = both.groupby(["topic", by], sort=False, observed=True)["valence"]
    return groups.agg(n="size", mean="mean").reset_index()


def by_sign(table: pd.DataFrame) -> pd.DataFrame:
    """Compare the signs of scores with those of the reading, and with what is always the same.

    Parameters
    ----------
    table : pandas.DataFrame
        As for `group_means`.

    Returns
    -------
    pandas.DataFrame
        One row a `guess`, the instruments first, then ``"always positive"``, ``"always neutral"``
        and ``"always negative"``, of which one is the reading's majority: `n` (paragraphs), `right`,
        `accuracy` with its Wilson interval `accuracy_low`, `accuracy_high`, the mean of the `f1` of
        the signs that the reading has, and Krippendorff's `alpha` (nominal), which is 0 for what
        chance would give. Neutral is exactly 0. Without rows where nobody has read them.

    Examples
    --------
    >>> read = pd.DataFrame({"valence": [-1, 0, 2], "vader": [-0.5, 0.1, 0.2]})
    >>> by_sign(read)[["guess", "right"]].values.tolist()[:2]
    [['vader', 2], ['always positive', 1]]
    """
    guesses = {name: np.sign(table[name]) for name in INSTRUMENTS if name in table}
    guesses |= {
        f"always {name}": pd.Series(sign, table.index) for sign, name in reversed(SIGNS.items())
    }
    rows = []
    for name, guess in guesses.items():
        known = table["valence"].notna() & guess.notna()
        if known.any():
            read = np.sign(table.loc[known, "valence"].astype("float64")).map(SIGNS)
            told = guess[known].map(SIGNS)
            f1 = agreement.by_category(read, told)["f1"].reindex(read.unique()).mean()
            alpha = agreement.alpha(read, told)
            rows.append((name, len(read), int((read == told).sum()), f1, alpha))
    found = pd.DataFrame(rows, columns=["guess", "n", "right", "f1", "alpha"])
    return with_intervals(found, "accuracy", "right", "n")
