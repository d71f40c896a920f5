"""Periods of publication: days, weeks, months, quarters or years, whichever a corpus fills."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter

from usru.corpus import Corpus
from usru.wording import day, month, span

__all__ = ["PERIOD", "by_period", "date_axis", "divide", "empty", "named", "periods_of", "sizes"]

PERIOD = ("period", "begins", "ends", "documents")
"""The columns that say what a period is, its first and last day, and how many documents it has."""

PERIODS = {"day": "D", "week": "W-SUN", "month": "M", "quarter": "Q", "year": "Y"}
LEAST = 3  # periods; two points are no course
FULL = 5  # documents in the median period, below which the course is one of single texts
SPARSE = 3  # documents; of fewer, the interval of a period tells nothing


def divide(days: pd.Series, most: int, full: int = 1) -> pd.DataFrame:
    """Divide days into the finest periods that are not too many and not too empty.

    Parameters
    ----------
    days : pandas.Series
        Days of publication; those that are not known stay in no period.
    most, full : int
        How many periods there may be from the first day to the last, and how many days must be in
        the median one that has any. Where no period is both, years are taken.

    Returns
    -------
    pandas.DataFrame
        One row a day of `days`, with its index: `period` (``"month"``), and the first and the last
        day of it, `begins` and `ends`; missing where the day is.

    Examples
    --------
    >>> days = pd.to_datetime(pd.Series(["2017-02-16", "2017-04-12"]))
    >>> divide(days, most=12)[["period", "begins"]].astype("str").values.tolist()
    [['week', '2017-02-13'], ['week', '2017-04-10']]
    """
    known = days.dropna()
    fitting = (name for name in PERIODS if len(known) and _fits(known, name, most, full))
    name = next(fitting, "year")
    periods = known.dt.to_period(PERIODS[name])
    table = pd.DataFrame({
        "period": name,
        "begins": periods.dt.start_time,
        "ends": periods.dt.end_time.dt.normalize(),
    })  # fmt: skip
    return table.reindex(days.index).astype({"begins": "datetime64[s]", "ends": "datetime64[s]"})


def _fits(days: pd.Series, name: str, most: int, full: int) -> bool:
    periods = days.dt.to_period(PERIODS[name])
    span = (periods.max() - periods.min()).n + 1
    return bool(span <= most and periods.value_counts().median() >= full)


def by_period(corpus: Corpus, table: pd.DataFrame) -> pd.DataFrame:
    """Return those rows of dated documents that tell a course over time, with their period.

    Parameters
    ----------
    corpus, table : Corpus, pandas.DataFrame
        A corpus, and rows with `doc_id`.

    Returns
    -------
    pandas.DataFrame
        The rows with `period`, `begins` and `ends`, as `divide` gives them for at most two dozen
        periods, in the order of time. Periods of fewer than three documents are left out; without
        rows where the median period has fewer than five, or fewer than three periods are left.

    Examples
    --------
    >>> from usru import load
    >>> len(by_period(load(), load().paragraphs))
    0
    """
    documents = corpus.documents.set_index("doc_id")
    days = documents["published"][documents.index.isin(table["doc_id"])]
    periods = divide(days, most=24, full=FULL).dropna()
    each = periods.groupby("begins")["ends"].transform("size")
    enough = each.groupby(periods["begins"]).first().median() >= FULL
    periods = periods[(each >= SPARSE) & enough]
    if periods["begins"].nunique() < LEAST:
        periods = periods.iloc[:0]
    found = table.merge(periods, left_on="doc_id", right_index=True)
    return found.sort_values("begins", kind="stable", ignore_index=True)


def sizes(table: pd.DataFrame) -> pd.DataFrame:
    """Return how many documents each period has, one a row, with the columns `PERIOD`.

    Parameters
    ----------
    table : pandas.DataFrame
        As `by_period` gives it.
    """
    return table.groupby([*PERIOD[:3]])["doc_id"].nunique().rename("documents").reset_index()


def periods_of(table: pd.DataFrame) -> str:
    """Return in words what periods a table has: ``"month of publication (5 to 30 documents each)"``.

    Parameters
    ----------
    table : pandas.DataFrame
        A row at least, with the columns `PERIOD`.
    """
    least, most = table["documents"].min(), table["documents"].max()
    each = span(f"{least:,}", f"{most:,}")
    return f"{table['period'].iloc[0]} of publication ({each} documents each)"


def empty(table: pd.DataFrame) -> tuple[int, int]:
    """Return how many periods from the first to the last have no row, and how many there are.

    Parameters
    ----------
    table : pandas.DataFrame
        `period` and `begins`, known of a row at least.

    Examples
    --------
    >>> days = pd.to_datetime(pd.Series(["2017-02-16", "2017-04-12"]))
    >>> empty(divide(days, most=12))
    (7, 9)
    """
    begins = table.dropna(subset="begins")
    there = pd.DatetimeIndex(begins["begins"]).to_period(PERIODS[begins["period"].iloc[0]])
    whole = (there.max() - there.min()).n + 1
    return whole - there.nunique(), whole


def named(begins: pd.Timestamp, period: str) -> str:
    """Return what a period is called in a sentence.

    Parameters
    ----------
    begins, period : pandas.Timestamp, str
        Its first day, and what it is, as `divide` says it.

    Examples
    --------
    >>> named(pd.Timestamp("2017-02-01"), "month"), named(pd.Timestamp("2017-02-13"), "week")
    ('February 2017', 'the week of 13 February 2017')
    """
    names = {"day": day(begins), "week": f"the week of {day(begins)}", "month": month(begins),
             "quarter": f"quarter {begins.quarter} of {begins.year}", "year": f"{begins.year}"}  # fmt: skip
    return names[period]


def date_axis(axes: Axes, first: pd.Timestamp, last: pd.Timestamp, most: int) -> None:
    """Scale the horizontal axis in time.

    Parameters
    ----------
    axes, first, last : Axes, pandas.Timestamp, pandas.Timestamp
        What is drawn on, and the days at its ends.
    most : int
        How many dates there is room to name.
    """
    locator = AutoDateLocator(minticks=2, maxticks=most)  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_locator(locator)
    shape = ConciseDateFormatter(locator, show_offset=False)  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_formatter(shape)
    axes.set_xlim(first, last)
