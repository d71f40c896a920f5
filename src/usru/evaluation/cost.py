"""What measuring many articles costs, from speeds that were measured once and are stored with the data."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

import pandas as pd

from usru import manifest
from usru.codebook import convert, read_toml

__all__ = ["Speeds", "hours", "speeds", "table"]


@dataclass(frozen=True)
class Speeds:
    """How fast articles are measured (``data/scale/throughput.toml``).

    `seconds` has for each step what one core takes for `articles` articles of ordinary news, together
    `megabytes` long. `start` is how many seconds a cluster takes to be ready, and `reading` how many
    articles a second one process can read and hand out.
    """

    machine: str
    articles: int
    megabytes: float
    start: float
    reading: float
    seconds: Mapping[str, float]

    @property
    def each(self) -> float:
        """Seconds of one core for an article, all steps together."""
        return sum(self.seconds.values()) / self.articles


@cache
def speeds() -> Speeds:
    """Return the speeds that are stored with the data.

    Examples
    --------
    >>> speeds().articles
    1000
    """
    path = manifest.shipped() / "scale" / "throughput.toml"
    found: Speeds = convert(read_toml(path), Speeds, path)
    return found


def hours(articles: float, workers: int, of: Speeds | None = None) -> float:
    """Return how long it takes to measure articles.

    Parameters
    ----------
    articles, workers : float, int
        How many, and by how many cores.
    of : Speeds, optional
        Those of one's own machine; by default those that are stored.

    Returns
    -------
    float
        Hours: the work divided by the workers, or where that is longer what one process takes to
        read the articles and hand them out; and the start.

    Examples
    --------
    >>> of = Speeds("a desk", 1000, 4.6, start=0, reading=100, seconds={"all": 36})
    >>> hours(1e6, 1, of), hours(1e6, 2, of), round(hours(1e6, 64, of), 2)
    (10.0, 5.0, 2.78)
    """
    of = of or speeds()
    seconds = max(articles * of.each / workers, articles / of.reading)
    return float((of.start + seconds) / 3600)


def table(articles: float, workers: Iterable[int], of: Speeds | None = None) -> pd.DataFrame:
    """Return how long it takes by how many workers there are.

    Parameters
    ----------
    articles, workers, of
        As for `hours`, with several numbers of workers.

    Returns
    -------
    pandas.DataFrame
        One row a number: `workers` (int64), `hours` and `times_as_fast` as with one worker (float64).

    Examples
    --------
    >>> of = Speeds("a desk", 1000, 4.6, start=0, reading=100, seconds={"all": 36})
    >>> table(1e6, [1, 8], of).round(1).values.tolist()
    [[1.0, 10.0, 1.0], [8.0, 2.8, 3.6]]
    """
    found = pd.DataFrame({"workers": [*workers]})
    found["hours"] = [hours(articles, one, of) for one in found["workers"]]
    return found.assign(times_as_fast=hours(articles, 1, of) / found["hours"])
