"""A study as it is stored is checked, and its notebooks are run again."""

import shutil

import nbformat
import pytest

from usru.cli import main
from usru.study import checks
from usru.study.claims import claim
from usru.study.reproduce import checkout
from usru.study.study import Study


@pytest.fixture
def study(own, tmp_path):
    """Write a study of one notebook, from the source of its cell, what it shows and its number."""

    def write(source="1 + 1", shows="2", number=1, data=None):
        root = shutil.copytree(own.manifest.folder, tmp_path / "study")
        (root / "notebooks").mkdir()
        cell = nbformat.v4.new_code_cell(source, execution_count=number)
        shown = data or {"text/plain": shows}
        cell.outputs = [
            nbformat.v4.new_output("execute_result", data=shown, execution_count=number)
        ]
        prose = nbformat.v4.new_markdown_cell("# Is it?")
        notebook = nbformat.v4.new_notebook(cells=[prose, cell])
        nbformat.write(notebook, root / "notebooks" / "01_small.ipynb")
        return root

    return write


def test_the_repository_has_no_fault():
    assert checks.faults(Study(checkout())) == []


@pytest.mark.parametrize("number", [None, 2])
def test_a_notebook_that_was_not_run_from_top_to_bottom_is_named(study, number):
    [told] = checks.faults(Study(study(number=number)))
    assert told.startswith("01_small.ipynb was not run from top to bottom; run `usru reproduce")


def test_a_notebook_that_holds_an_error_is_named(study):
    root = study()
    path = root / "notebooks" / "01_small.ipynb"
    notebook = nbformat.read(path, as_version=4)
    error = nbformat.v4.new_output("error", ename="ZeroDivisionError", evalue="", traceback=[])
    notebook.cells[1].outputs = [error]
    nbformat.write(notebook, path)
    [told] = checks.faults(Study(root))
    assert told.startswith("01_small.ipynb stopped with an error; mend it")


def test_a_broken_claim_is_named(study):
    made = claim("x-1", "One is 2.", holds=False)._repr_mimebundle_()
    root = study(data=made)
    assert checks.faults(Study(root)) == ["claim x-1 (01_small) does not hold: One is 2."]


def test_a_notebook_that_shows_something_else_fails_and_a_good_one_does_not(study, capfd):
    root = study(shows="3")
    assert main(["test", str(root)]) == 1
    assert "failed: a notebook does not show what is stored in it" in capfd.readouterr().out
    path = root / "notebooks" / "01_small.ipynb"
    path.write_text(path.read_text("utf-8").replace('"3"', '"2"'), encoding="utf-8")
    assert main(["test", str(root)]) == 0
    assert capfd.readouterr().out.rstrip().endswith("all checks passed")


def test_a_study_without_notebooks_has_nothing_to_run(own):
    assert checks.rerun(Study(own.manifest.folder)) == 0
