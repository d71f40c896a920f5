"""A study as it is stored is checked, and its notebooks are run again."""

import shutil

import nbformat
import pytest

from usru.cli import main
from usru.study import checks
from usru.study.reproduce import checkout, reproduce
from usru.study.study import Study

CLAIM = "from usru.study.claims import claim\nclaim('x-1', 'One is {}.', holds={} == 1)"


@pytest.fixture
def study(own, tmp_path):
    """Write a study of one notebook, run or not, from the source of its cell."""

    def write(source, run=True):
        root = shutil.copytree(own.manifest.folder, tmp_path / "study")
        (root / "notebooks").mkdir()
        notebook = nbformat.v4.new_notebook(
            cells=[nbformat.v4.new_markdown_cell("# Is it?"), nbformat.v4.new_code_cell(source)]
        )
        nbformat.write(notebook, root / "notebooks" / "01_small.ipynb")
        if run:
            reproduce(Study(root), update=True, say=lambda _: None)
        return root

    return write


def test_the_repository_has_no_fault():
    assert checks.faults(Study(checkout())) == []


def test_a_notebook_that_was_not_run_is_named(study):
    told = checks.faults(Study(study("1 + 1", run=False)))
    assert told == [
        "01_small.ipynb was not run from top to bottom; run `usru reproduce --update`"
    ]  # fmt: skip


def test_a_good_study_passes_and_a_changed_output_does_not(study, capfd):
    root = study(CLAIM.format(1, 1))
    assert main(["test", str(root)]) == 0
    assert capfd.readouterr().out.rstrip().endswith("all checks passed")
    path = root / "notebooks" / "01_small.ipynb"
    path.write_text(path.read_text("utf-8").replace("One is 1", "One is 7", 1), encoding="utf-8")
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[1].outputs[0].data["text/plain"] = "✓ One is 8. [x-1]"
    nbformat.write(notebook, path)
    assert main(["test", str(root)]) == 1
    assert "failed: a notebook does not show what is stored in it" in capfd.readouterr().out


def test_a_broken_claim_fails_at_the_end(study, capfd):
    root = study(CLAIM.format(2, 2))
    assert checks.faults(Study(root)) == ["claim x-1 (01_small) does not hold: One is 2."]
    assert main(["reproduce", str(root)]) == 1
    assert "failed: claim x-1 (01_small) does not hold: One is 2." in capfd.readouterr().out
