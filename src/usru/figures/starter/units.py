"""What a figure of any corpus gives a row, a column or a panel: few documents, or groups of many."""

import textwrap
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pandas as pd

from usru.corpus import FEW, NOT_KNOWN, PERIODS, Corpus
from usru.figures.base import Figure
from usru.labels import distinct
from usru.wording import count, day, month

__all__ = ["OTHERS", "PLACES", "StarterFigure", "by_unit", "called", "choices", "is_named", "kind", "part", "shorten",
           "units"]  # fmt: skip

OTHERS = "all others ("
"""How the name begins of those groups that are taken together."""

ALL = "all documents"

NAME = 34  # characters of a name; beside a row, longer ones leave too little room to the marks

PLACES = {"story": "story", "outlet": "outlet", "meeting": "meeting"}
"""What the explorer chooses documents by: the columns of `choices`, and what they are called there."""


class StarterFigure(Figure):
    """A figure of any corpus, whose sample is counted in documents, and in groups where it has them.

    Examples
    --------
    >>> from usru import load
    >>> from usru.figures import FIGURES
    >>> FIGURES["lengths"].tabulate(load()).attrs["size"]
    '5 documents, 78 paragraphs'
    """

    def tabulate(self, corpus: Corpus) -> pd.DataFrame:
        """Return the table as `Figure.tabulate` does, with its size as `size` says it.

        Parameters
        ----------
        corpus : Corpus
            Any corpus.
        """
        table = super().tabulate(corpus)
        if "size" in table.attrs:
            table.attrs["size"] = self.size(corpus, table)
        return table

    def query(self, row: Any) -> str:
        """Return what chooses the passages of a row in the explorer, where it can choose them.

        Parameters
        ----------
        row : namedtuple
            A row of the table. Of one whose unit is no story, outlet or meeting, and of one without
            a passage, nothing is chosen.
        """
        known = {
            column: name
            for column, name in self.selects.items()
            if isinstance(getattr(row, column), str)
        }
        places = self.selects.keys() & PLACES.keys()
        if not isinstance(row.passage, str) or (places and not places & known.keys()):
            return ""
        return urlencode({name: getattr(row, column) for column, name in known.items()})

    def size(self, corpus: Corpus, table: pd.DataFrame) -> str:
        """Say of how many documents, groups and paragraphs the rows are.

        Parameters
        ----------
        corpus, table : Corpus, pandas.DataFrame
            A corpus, and its table; one with a column `by` has units as rows.
        """
        documents, paragraphs = len(corpus.texts), count(len(corpus.paragraphs), "paragraph")
        told = count(documents, "document")
        if "by" in table and corpus.unit != "doc_id":
            groups = corpus.grouped(corpus.documents[["doc_id"]])[corpus.unit].nunique()
            told += f" in {groups:,} groups by {kind(corpus)}" if groups > 1 else ""
        return f"{told}, {paragraphs}"


def units(corpus: Corpus) -> pd.Series:
    """Return what each document counts for in a figure.

    Parameters
    ----------
    corpus : Corpus
        Any corpus.

    Returns
    -------
    pandas.Series
        By `doc_id`, the name as it is shown: the label of the document (its title where there is
        none) while a dozen or fewer are to be named, else its group. An ordered category: documents
        in the corpus's order, periods in theirs, other groups by their words, the largest first (at
        ties the one that comes first); those whose value is not known last. Of more than a dozen,
        all but the eleven largest are taken together, behind all others.

    Examples
    --------
    >>> from usru import load
    >>> units(load()).cat.categories[1]
    'Sputnik, “Awkward”'
    """
    found = corpus.kept("units", lambda: _units(corpus))
    order = found.sort_values("place")["unit"].unique()
    names = pd.Categorical(found["unit"], categories=order, ordered=True)
    return pd.Series(names, index=found["doc_id"])


def _units(corpus: Corpus) -> pd.DataFrame:
    """A row a document: `doc_id`, `unit`, its `value` where it has one, its `place` among all."""
    documents, by = corpus.documents, corpus.unit
    if by == "doc_id":
        values = documents["doc_id"]
        names = distinct(values.map(corpus.labels["doc_id"]).map(shorten)).set_axis(values)
    else:
        values = corpus.grouped(documents[["doc_id"]], by)[by]
        listed = pd.Series(values.unique())
        shown = listed.map(corpus.labels[by]).map(_dated(by)).map(shorten)
        names = distinct(shown).set_axis(listed)
    words = corpus.paragraphs.groupby("doc_id")["words"].sum()
    size = documents["doc_id"].map(words).fillna(0).groupby(values, sort=False).sum()
    kept, rest = _kept(size, in_order=by == "doc_id" or by in PERIODS)
    if by in PERIODS:
        kept = sorted(kept)
    kept = sorted(kept, key=lambda value: value == NOT_KNOWN)
    shown = {value: names[value] for value in kept}
    if kept == [NOT_KNOWN] and not rest:
        shown = {NOT_KNOWN: ALL}
    others = f"{OTHERS}{len(rest):,})"
    place = {value: number for number, value in enumerate(kept)}
    return pd.DataFrame({
        "doc_id": documents["doc_id"],
        "unit": values.map(lambda value: shown.get(value, others)).astype("str"),
        "value": values.where(values.isin(kept) & (values != NOT_KNOWN)),
        "place": values.map(lambda value: place.get(value, len(kept))).astype("int64"),
    })  # fmt: skip


def _dated(by: str) -> Callable[[str], str]:
    """How the values of a period are read: ``2017-02`` is February 2017."""
    told = {"month": month, "day": day}.get(by)

    def read(value: str) -> str:
        return value if told is None or value == NOT_KNOWN else told(pd.Timestamp(value))

    return read


def _kept(size: pd.Series, *, in_order: bool) -> tuple[list[str], list[str]]:
    """The values that are named, the largest first or in their order, and those that are not."""
    largest = size.sort_values(ascending=False, kind="stable").index.tolist()
    named = largest if len(largest) <= FEW else largest[: FEW - 1]
    kept = [value for value in size.index if value in named] if in_order else named
    return kept, largest[len(named) :]


def shorten(text: str, width: int = NAME) -> str:
    """Return a name cut to a width, at a word where one ends in time.

    Parameters
    ----------
    text, width : str, int
        A name, and how many characters there is room for, at least two.

    Examples
    --------
    >>> shorten("Milwaukee Journal Sentinel and State Register")
    'Milwaukee Journal Sentinel and…'
    >>> shorten("Rindfleischetikettierungsüberwachung", 10)
    'Rindfleis…'
    """
    plain = " ".join(text.split())
    cut = textwrap.shorten(plain, width, placeholder="…")
    return cut if len(cut) > width / 2 or cut == plain else plain[: width - 1].rstrip() + "…"


def by_unit(corpus: Corpus, table: pd.DataFrame) -> pd.DataFrame:
    """Return rows of documents with the `unit` of each, in the order of `units`.

    Parameters
    ----------
    corpus, table : Corpus, pandas.DataFrame
        A corpus, and rows with `doc_id`; rows of one unit stay in their order.

    Examples
    --------
    >>> from usru import load
    >>> by_unit(load(), load().paragraphs)["unit"].nunique()
    5
    """
    named = table.assign(unit=table["doc_id"].map(units(corpus)))
    return named.sort_values("unit", kind="stable", ignore_index=True).astype({"unit": "str"})


def kind(corpus: Corpus) -> str:
    """Return what a unit is called: ``"document"``, or the column of the groups, as ``"outlet"``.

    Parameters
    ----------
    corpus : Corpus
        Any corpus.

    Examples
    --------
    >>> from usru import load
    >>> kind(load())
    'document'
    """
    return "document" if corpus.unit == "doc_id" else corpus.unit.replace("_", " ")


def called(unit: str, by: str) -> str:
    """Return the name of a unit as a sentence has it: that of a document is a title.

    Parameters
    ----------
    unit, by : str, str
        A name, as `units` gives it, and what a unit is.

    Examples
    --------
    >>> called("Bridge closed", "document"), called("The Tide", "outlet")
    ('“Bridge closed”', 'The Tide')
    """
    return f"“{unit}”" if by == "document" else unit


def is_named(unit: str) -> bool:
    """Whether a unit is one document or group, of which a sentence can be said.

    Parameters
    ----------
    unit : str
        A name, as `units` gives it.

    Examples
    --------
    >>> is_named("The Tide"), is_named("all others (9)"), is_named("not known")
    (True, False, False)
    """
    return not unit.startswith(OTHERS) and unit not in (NOT_KNOWN, ALL)


def part(number: int, whole: int, noun: str, one: str, several: str) -> str:
    """Return how many of things do something, with the verb that goes with it.

    Parameters
    ----------
    number, whole : int, int
        How many do, and of how many.
    noun, one, several : str, str, str
        What they are, one of them, and the verb of one and of several.

    Examples
    --------
    >>> [part(n, 4, "word", "lies", "lie") for n in (0, 1, 4)]
    ['none of the 4 words lies', '1 of the 4 words lies', 'all 4 words lie']
    >>> part(0, 1, "word", "lies", "lie"), part(2, 2, "word", "lies", "lie")
    ('no word lies', 'both words lie')
    """
    if whole <= 1:
        return f"{'the' if number else 'no'} {noun} {one}"
    if number == whole:
        return f"both {noun}s {several}" if whole == 2 else f"all {count(whole, noun)} {several}"
    told = f"{number:,}" if number else "none"
    return f"{told} of the {count(whole, noun)} {one if number < 2 else several}"


def choices(corpus: Corpus, table: pd.DataFrame) -> pd.DataFrame:
    """Return rows of units with what the site's explorer chooses their documents by.

    Parameters
    ----------
    corpus, table : Corpus, pandas.DataFrame
        A corpus, and rows with `unit`.

    Returns
    -------
    pandas.DataFrame
        The rows with `story`, `outlet` and `meeting`: one of them where a unit is one document,
        outlet or meeting, else none.

    Examples
    --------
    >>> from usru import load
    >>> rows = choices(load(), pd.DataFrame({"unit": ["Sputnik, “Awkward”"]}))
    >>> rows["story"].tolist(), rows["outlet"].tolist()
    (['bonn-sputnik-awkward'], [None])
    """
    found = corpus.kept("units", lambda: _units(corpus)).drop_duplicates("unit")
    values = table["unit"].map(found.set_index("unit")["value"]).astype("object")
    values = values.where(values.notna(), None)
    by = "story" if corpus.unit == "doc_id" else corpus.unit
    return table.assign(**{place: values if place == by else None for place in PLACES})
