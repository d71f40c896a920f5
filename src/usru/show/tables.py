"""Frames as tables that read the same everywhere."""

import html
from dataclasses import dataclass
from typing import Any

import pandas as pd

from usru.analysis.reuse import differences

__all__ = ["Table", "Tellings"]


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
        return str(self._plain().to_csv(index=False, sep="\t", lineterminator="\n")).rstrip("\n")

    def _repr_html_(self) -> str:
        plain = self._plain()
        left = [not pd.api.types.is_numeric_dtype(dtype) for dtype in self.frame.dtypes]
        rows = "".join(
            f"<tr>{''.join(map(_cell, row, left))}</tr>" for row in plain.itertuples(index=False)
        )
        head = "".join(
            f'<th style="text-align:{"left" if is_left else "right"}">{html.escape(str(name))}</th>'
            for name, is_left in zip(plain.columns, left, strict=True)
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"

    def _plain(self) -> pd.DataFrame:
        dates = self.frame.select_dtypes("datetime")
        days = {name: dates[name].dt.strftime("%Y-%m-%d") for name in dates}
        table = self.frame.assign(**days)
        return table.astype(object).where(table.notna(), "–")


def _cell(value: object, left: bool) -> str:
    text = str(value)
    wrap = "" if " " in text and len(text) > 20 else ";white-space:nowrap"
    return f'<td style="text-align:{"left" if left else "right"}{wrap}">{html.escape(text)}</td>'


@dataclass(frozen=True)
class Tellings:
    """Passages told twice, side by side; words that differ are bold and underlined.

    `frame` is as `usru.analysis.reuse.find` gives it. In the text form they stand in
    brackets.

    Examples
    --------
    >>> row = {"doc_id": "a", "text": "he asked", "again_doc_id": "b", "again_text": "he said"}
    >>> Tellings(pd.DataFrame([row]))
    a: he [asked]
    b: he [said]
    """

    frame: pd.DataFrame

    def __repr__(self) -> str:
        return "\n".join(
            f"{name}: {' '.join(f'[{words}]' if differs else words for words, differs in side)}"
            for row in self.frame.itertuples()
            for name, side in zip((row.doc_id, row.again_doc_id), _sides(row), strict=True)
        )

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr>{_telling(row.doc_id, here)}{_telling(row.again_doc_id, there)}</tr>"
            for row in self.frame.itertuples()
            for here, there in [_sides(row)]
        )
        return f"<table><tbody>{rows}</tbody></table>"


def _telling(name: str, side: list[tuple[str, bool]]) -> str:
    words = " ".join(
        f"<strong><u>{html.escape(piece)}</u></strong>" if differs else html.escape(piece)
        for piece, differs in side
    )
    style = "text-align:left;vertical-align:top;width:50%"
    return f'<td style="{style}"><strong>{html.escape(name)}</strong><br>{words}</td>'


def _sides(row: Any) -> list[list[tuple[str, bool]]]:
    """The words of each telling, in pieces, and whether the other one has them too."""
    pieces = differences(row.text, row.again_text)
    return [
        [(piece[side], piece[0] != "same") for piece in pieces if piece[side]] for side in (1, 2)
    ]
