"""The outside pages are coded whole."""

import pandas as pd
import pytest

from usru import schema
from usru.study import outside

PAGES = [(name, path) for name in outside.SETS for path in outside.pages(name)]


@pytest.mark.parametrize(("name", "path"), PAGES, ids=[path.stem for _, path in PAGES])
def test_every_line_of_an_outside_page_is_coded_once(name, path):
    coding = pd.read_csv(path.with_suffix(".csv"))
    assert set(coding["kind"]) <= set(schema.KINDS)
    table = outside.lines(name).query("page == @path.stem")
    assert table["reference"].notna().all()
    lines = [n for row in coding.itertuples() for n in range(row.line_start, row.line_end + 1)]
    assert len(lines) == len(set(lines))


def test_errors_are_the_lines_that_differ():
    table = outside.lines("unseen")
    assert outside.errors("unseen")["lines"].sum() == (table["reference"] != table["found"]).sum()
