"""What a figure of any corpus gives a row, a column or a panel: few documents, or groups of many."""

import textwrap

import pandas as pd

from usru.corpus import FEW, NOT_KNOWN, PERIODS, Corpus
from usru.labels import distinct

__all__ = ["OTHERS", "by_unit", "kind", "shorten", "units"]

OTHERS = "all others ("
"""How the name begins of those groups that are taken together."""

NAME = 34  # characters of a name; beside a row, longer ones leave too little room to the marks


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
    """A row a document: `doc_id`, `unit`, and the `place` of the unit among all."""
    documents, by = corpus.documents, corpus.unit
    if by == "doc_id":
        values = documents["doc_id"]
        names = distinct(values.map(corpus.labels["doc_id"]).map(shorten)).set_axis(values)
    else:
        values = corpus.grouped(documents[["doc_id"]], by)[by]
        listed = pd.Series(values.unique())
        names = distinct(listed.map(corpus.labels[by]).map(shorten)).set_axis(listed)
    words = corpus.paragraphs.groupby("doc_id")["words"].sum()
    size = documents["doc_id"].map(words).fillna(0).groupby(values, sort=False).sum()
    kept, rest = _kept(size, in_order=by == "doc_id" or by in PERIODS)
    if by in PERIODS:
        kept = sorted(kept)
    kept = sorted(kept, key=lambda value: value == NOT_KNOWN)
    shown = {value: names[value] for value in kept}
    if kept == [NOT_KNOWN] and not rest:
        shown = {NOT_KNOWN: "all documents"}
    others = f"{OTHERS}{len(rest):,})"
    place = {value: number for number, value in enumerate(kept)}
    return pd.DataFrame({
        "doc_id": documents["doc_id"],
        "unit": values.map(lambda value: shown.get(value, others)).astype("str"),
        "place": values.map(lambda value: place.get(value, len(kept))).astype("int64"),
    })  # fmt: skip


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
