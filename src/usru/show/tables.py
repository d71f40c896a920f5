"""Frames as tables that read the same everywhere."""

import html
from dataclasses import dataclass

import pandas as pd

__all__ = ["Table"]


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
