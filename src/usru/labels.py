"""What people read where the frames have ids: the label of each, by column and value."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from usru.wording import listed

__all__ = ["COLUMNS", "KINDS", "VOICES", "Labels", "Names", "distinct"]


class Names(dict[str, str]):
    """Labels by id; an id without one is its own, with spaces for underscores.

    Examples
    --------
    >>> names = Names(press="press access")
    >>> names["press"], names["us_politics"]
    ('press access', 'us politics')
    """

    def __missing__(self, key: object) -> str:
        return str(key).replace("_", " ")

    def listed(self, ids: Iterable[object], nothing: str = "none") -> str:
        """Return the labels of ids as a list in a sentence.

        Parameters
        ----------
        ids, nothing : iterable of str, str
            The ids, and what is said where there is none.

        Examples
        --------
        >>> Names(press="press access").listed(["cyber", "press"])
        'cyber and press access'
        """
        return listed([self[str(id)] for id in ids], nothing=nothing)


class Labels(dict[str, Names]):
    """Names by column, as ``labels["meeting"]["bonn"]``; a column of none has `Names` of no entry.

    It can travel with a table, in `pandas.DataFrame.attrs`, which copies what it holds: this is
    never copied.

    Examples
    --------
    >>> from copy import deepcopy
    >>> labels = Labels(meeting=Names(bonn="Bonn"))
    >>> deepcopy(labels) is labels, labels["outlet"]["Sputnik"]
    (True, 'Sputnik')
    """

    def __missing__(self, key: object) -> Names:
        return Names()

    def __deepcopy__(self, memo: Any) -> "Labels":
        return self

    def named(self, table: pd.DataFrame) -> pd.DataFrame:
        """Return a table as people read it: labels for ids, and words for names of columns.

        Parameters
        ----------
        table : pandas.DataFrame
            Any table; a column of ids has its name in the frames, as ``doc_id``, or one that ends
            so, as ``other_doc_id``.

        Examples
        --------
        >>> labels = Labels(doc_id=Names(a="The first"))
        >>> labels.named(pd.DataFrame({"doc_id": ["a"], "n_words": [9]})).to_dict("list")
        {'story': ['The first'], 'n words': [9]}
        """
        of = {column: next((name for name in self if f"_{column}".endswith(f"_{name}")), "")
              for column in table.columns}  # fmt: skip
        labelled = {
            column: table[column].map(self[name], na_action="ignore").astype("str")
            for column, name in of.items()
            if name
        }
        heads = {
            column: Names()[
                column.removesuffix(name or column) + COLUMNS.get(name or column, name or column)
            ]
            for column, name in of.items()
        }
        return table.assign(**labelled).rename(columns=heads)


COLUMNS = {"doc_id": "story", "n": "number", "line_start": "line", "captured": "captured (UTC)"}
"""What a column is called where its name in the frames is no word."""

KINDS = Names(
    headline="headline", subhead="section title", byline="byline", timestamp="page clock",
    caption="photo caption", credit="photo credit", body="story", separator="break",
    nav="menus and prompts", related="other stories", tags="keywords",
    commenter="reader’s name", comment="reader’s comment",
)  # fmt: skip
"""What the kinds of block are called."""

VOICES = Names(
    quotation="quoted", turn="in a turn", report="reported", outlet="the outlet’s own"
)  # fmt: skip
"""What the voices are called."""


def distinct(names: pd.Series) -> pd.Series:
    """Return names with a number behind those that others before them have.

    Parameters
    ----------
    names : pandas.Series
        Any names.

    Examples
    --------
    >>> distinct(pd.Series(["News", "News", "Sport"])).tolist()
    ['News', 'News (2)', 'Sport']
    """
    while names.duplicated().any():
        nth = names.groupby(names).cumcount() + 1
        names = names.where(nth == 1, names + " (" + nth.astype("str") + ")")
    return names
