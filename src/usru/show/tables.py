"""Frames as tables that read the same everywhere."""

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from usru.analysis.reuse import differences
from usru.delimited import exact_csv
from usru.templates import cell, render

__all__ = ["SideBySide", "Table"]


@dataclass(frozen=True)
class Table:
    """A frame shown whole: no row or text cut, no index, what is missing as a dash.

    Examples
    --------
    >>> Table(pd.DataFrame({"a": [1]}))
    a
    1
    """

    frame: pd.DataFrame

    def __repr__(self) -> str:
        plain = self.frame.map(cell)
        return exact_csv(plain, "\t").rstrip("\n")

    def _repr_html_(self) -> str:
        return render("table.html", frame=self.frame)


# A text's name, and its words in pieces, each with whether it differs from the other text's.
Side = tuple[str, list[tuple[str, bool]]]


@dataclass(frozen=True)
class SideBySide:
    """Passages that two texts share, side by side; words that differ are bold and underlined.

    `frame` is as `usru.analysis.reuse.find` gives it. As text, what differs is in brackets.

    Examples
    --------
    >>> row = {"doc_id": "a", "text": "he asked", "again_doc_id": "b", "again_text": "he said"}
    >>> SideBySide(pd.DataFrame([row]))
    a: he [asked]
    b: he [said]
    """

    frame: pd.DataFrame

    def __repr__(self) -> str:
        return "\n".join(
            f"{name}: {' '.join(f'[{words}]' if differs else words for words, differs in pieces)}"
            for row in self._rows()
            for name, pieces in row
        )

    def _repr_html_(self) -> str:
        return render("side_by_side.html", rows=self._rows())

    def _rows(self) -> Iterator[tuple[Side, Side]]:
        for row in self.frame.itertuples():
            steps = differences(row.text, row.again_text)
            here, there = ([(s[i], s[0] != "same") for s in steps if s[i]] for i in (1, 2))
            yield (row.doc_id, here), (row.again_doc_id, there)
