"""Kernels find their settings apart from whatever is in a home, and are this Python's."""

import json
import os
import sys
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_notebook

from usru.study import reproduce
from usru.study.kernels import apart


def shown(tmp_path, *sources):
    """What the cells of a notebook show, and what stopped it."""
    notebook = new_notebook(cells=[new_code_cell(source) for source in sources])
    with apart() as variables:
        work = reproduce._run_notebook(tmp_path, tmp_path / "x.ipynb", notebook, variables)
        stopped = reproduce._in_loop(work)
    return [
        (output.get("name"), output.get("text"))
        for cell in notebook.cells
        for output in cell.outputs
    ], stopped


@pytest.fixture(autouse=True)
def notebooks(tmp_path):
    (tmp_path / "notebooks").mkdir()


@pytest.mark.skipif(os.name == "nt", reason="a home that cannot be written to is made of a device")
def test_a_home_that_cannot_be_written_to_changes_no_output(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", os.devnull)
    monkeypatch.delenv("MPLCONFIGDIR", raising=False)
    monkeypatch.delenv("IPYTHONDIR", raising=False)
    assert shown(tmp_path, "import matplotlib.pyplot\nprint(1)") == ([("stdout", "1\n")], "")


def test_what_is_run_before_sessions_and_asserts_left_out_change_no_output(tmp_path, monkeypatch):
    startup = tmp_path / "startup.py"
    startup.write_text("import pandas\npandas.set_option('display.precision', 1)\n", "utf-8")
    monkeypatch.setenv("PYTHONSTARTUP", str(startup))
    monkeypatch.setenv("PYTHONOPTIMIZE", "1")
    source = "import pandas\nprint(list(pandas.RangeIndex(2) - 0.5))\nprint(pandas.Series([0.25]).iloc[:1])"
    printed = "[-0.5, 0.5]\n0    0.25\ndtype: float64\n"
    assert shown(tmp_path, source) == ([("stdout", printed)], "")


def test_another_kernel_of_the_same_name_is_not_taken(tmp_path, monkeypatch):
    folder = tmp_path / "kernels" / "python3"
    folder.mkdir(parents=True)
    foreign = {"argv": ["false"], "display_name": "Another", "language": "python"}
    (folder / "kernel.json").write_text(json.dumps(foreign), encoding="utf-8")
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    printed = [("stdout", f"{sys.executable}\n")]
    assert shown(tmp_path, "import sys\nprint(sys.executable)") == (printed, "")


def test_what_was_kept_is_gone_and_this_process_is_as_before():
    before = dict(os.environ)
    with apart() as variables:
        kept = [Path(variables[key]) for key in ("MPLCONFIGDIR", "IPYTHONDIR")]
        assert all(folder.is_dir() for folder in kept)
    assert not any(folder.exists() for folder in kept)
    assert dict(os.environ) == before
