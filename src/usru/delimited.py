"""Tables leave as CSV in one of two ways: exact, to be read back, or safe to open in Excel."""

import re
from typing import Any

import pandas as pd

__all__ = ["exact_csv", "excel_csv"]

_FORMULA = re.compile(r"[=+\-@\t\r\n]")
_QUOTED_OR_END = re.compile(r'("[^"]*")|\r\n')


def exact_csv(table: pd.DataFrame, separator: str = ",") -> str:
    r"""Return a table as CSV from which every cell can be read back as it was.

    Parameters
    ----------
    table : pandas.DataFrame
        Any; its index is left out, and what is missing is an empty cell.
    separator : str, optional
        What stands between cells.

    Returns
    -------
    str
        A line a row, each ended by a line feed. A cell with a line end of any kind is in quotation
        marks.

    Examples
    --------
    >>> exact_csv(pd.DataFrame({"text": ["one\rtwo", None], "n": [1, 2]}))
    'text,n\n"one\rtwo",1\n,2\n'
    """
    # Not every Python quotes a carriage return that is no part of the line end.
    text = table.to_csv(index=False, sep=separator, lineterminator="\r\n")
    return _QUOTED_OR_END.sub(lambda found: found[1] or "\n", text)


def excel_csv(table: pd.DataFrame) -> str:
    r"""Return a table as CSV that Excel opens as it is; a program may read other cells than there were.

    It begins with a byte-order mark, without which Excel takes it for the local code page, and a text
    that Excel would run as a formula has an apostrophe before it. Numbers stay numbers.

    Parameters
    ----------
    table : pandas.DataFrame
        As for `exact_csv`.

    Examples
    --------
    >>> excel_csv(pd.DataFrame({"said": ["=1+1", "“No”"], "tone": [-0.5, 0.5]}))
    "\ufeffsaid,tone\n'=1+1,-0.5\n“No”,0.5\n"
    """
    return "\ufeff" + exact_csv(table.map(_as_text).rename(columns=_as_text))


def _as_text(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value
