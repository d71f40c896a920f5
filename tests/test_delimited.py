"""What is read back is exact, what Excel opens is safe there, and there is no third way."""

import ast
import csv
import io
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from usru.delimited import exact_csv, excel_csv

SOURCE = Path(__file__).parents[1] / "src" / "usru"

FOR_EXCEL = {"show/explorer.py": "a reader's selection, which is downloaded and looked at"}
"""Who writes for Excel, and what; all other tables are read back, by us or by anybody's script."""

cells = st.text("\r\n\t,;\"'=+-@ aé“\ufeff", max_size=6)


@given(st.lists(st.tuples(cells, cells), max_size=4))
def test_every_cell_is_read_back_as_it_was(rows):
    written = exact_csv(pd.DataFrame(rows, columns=["a", "b"], dtype="str"))
    assert [*csv.reader(io.StringIO(written, newline=""))] == [["a", "b"], *map(list, rows)]


def test_lines_end_alike_and_line_ends_in_cells_stay():
    table = pd.DataFrame({"text": ["a\rb", "a\nb", "a\r\nb", '"\r\n"'], "n": [1, 2, 3, 4]})
    assert exact_csv(table) == 'text,n\n"a\rb",1\n"a\nb",2\n"a\r\nb",3\n"""\r\n""",4\n'


def test_pandas_reads_it_back_too():
    table = pd.DataFrame({"text": ["=1+1", "a\rb", "é", None], "n": [-1, 2, 3, 4]})
    again = pd.read_csv(io.StringIO(exact_csv(table), newline=""))
    pd.testing.assert_frame_equal(again, table, check_dtype=False)


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_what_excel_would_run_is_text_there(sign):
    written = excel_csv(pd.DataFrame({f"{sign}head": [f"{sign}cmd", f"1{sign}"], "n": [-1, 2]}))
    rows = [*csv.reader(io.StringIO(written.removeprefix("\ufeff"), newline=""))]
    assert rows == [[f"'{sign}head", "n"], [f"'{sign}cmd", "-1"], [f"1{sign}", "2"]]


def test_excel_is_told_the_encoding_once():
    assert excel_csv(pd.DataFrame({"a": ["“No”"]})).encode().startswith(b"\xef\xbb\xbfa\n")
    assert excel_csv(pd.DataFrame({"a": ["“No”"]})).count("\ufeff") == 1


def used(path: Path) -> set[str]:
    """The names and attributes that a module uses."""
    nodes = [*ast.walk(ast.parse(path.read_text("utf-8")))]
    attributes = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    imports = {one.name for node in nodes if isinstance(node, ast.ImportFrom) for one in node.names}
    return attributes | imports


def users(*names: str) -> set[str]:
    """The modules that use one of some names."""
    found = (path for path in SOURCE.rglob("*.py") if used(path) & {*names})
    return {path.relative_to(SOURCE).as_posix() for path in found}


def test_every_csv_is_written_in_one_of_the_two_ways():
    ways = users("to_csv", "writer", "DictWriter", "write_csv", "savetxt", "to_excel")
    assert ways == {"delimited.py"}


def test_only_what_nobody_reads_back_is_for_excel():
    assert users("excel_csv") == {*FOR_EXCEL}
    assert len(users("exact_csv")) >= 7
