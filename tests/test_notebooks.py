"""The notebooks as they are committed, and the proof that the net holds."""

import shutil
import subprocess
import sys

import nbformat
import pytest

from usru.study import claims
from usru.study.reproduce import VIEW, checkout, index_page
from usru.study.study import Study

PATHS = sorted((checkout() / "notebooks").glob("*.ipynb"))
NOTEBOOKS = pytest.mark.parametrize("path", PATHS, ids=[path.stem for path in PATHS])


@NOTEBOOKS
def test_a_notebook_is_committed_executed_and_clean(path):
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    counts = [cell.execution_count for cell in notebook.cells if cell.cell_type == "code"]
    assert counts == list(range(1, len(counts) + 1)), "run it from top to bottom before committing"
    assert set(notebook.metadata) == {"kernelspec", "language_info"}
    assert dict(notebook.metadata.language_info) == {"name": "python"}
    for cell in notebook.cells:
        assert cell.source.strip()
        assert cell.metadata == {}
        for output in cell.get("outputs", []):
            assert output.output_type in ("display_data", "execute_result", "stream")
            assert output.get("name") != "stderr"
            assert "image/png" not in output.get("data", {}), "nbval never compares PNG"
            assert VIEW not in output.get("data", {}), "a widget has a new name in each session"


@NOTEBOOKS
def test_a_notebook_names_no_path_of_a_machine_and_no_screen_name(path, corpus):
    text = path.read_text(encoding="utf-8")
    assert str(checkout()) not in text
    assert "/home/" not in text
    for name in corpus._pseudonyms:
        assert name not in text


@NOTEBOOKS
def test_a_notebook_has_the_parts_that_a_reader_expects(path):
    notebook = nbformat.read(path, as_version=4)
    prose = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
    assert prose[0].startswith("# ")
    assert "?" in prose[0], "the question comes first"
    for part in ("**You will learn**", "**You need**", "**Time:**", "**In short:**"):
        assert part in prose[0]
    sections = [text.partition("\n")[0] for text in prose if text.startswith("## ")]
    assert sections[-2:] == ["## What this cannot show", "## Tasks"]
    assert any("by hand" in text for text in prose)
    first = next(cell for cell in notebook.cells if cell.cell_type == "code")
    assert claims.MIME in first.outputs[-1].data, "the answer comes first, as a claim"


@NOTEBOOKS
def test_a_cell_of_code_fits_on_a_card(path):
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code":
            assert len(cell.source.splitlines()) <= 8, cell.source


@NOTEBOOKS
def test_no_number_is_typed_into_prose(path):
    """Tasks apart: findings are formatted from the frames."""
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and not cell.source.startswith("### "):
            words = cell.source.replace("(", " ").split()
            assert not [word for word in words if word.rstrip("%.,").isdigit()], cell.source


def test_claims_and_tasks_are_made_once_and_listed():
    notebooks = {path: nbformat.read(path, as_version=4) for path in PATHS}
    page = index_page(notebooks)
    assert page == (checkout() / "notebooks" / "README.md").read_text(encoding="utf-8")
    listed, _, tasks = page.partition("## Tasks")
    for table in (listed, tasks):
        ids = [line.split(" | ")[0] for line in table.splitlines() if line.startswith("| ")][2:]
        assert len(ids) == len(set(ids)) > 20


def nbval(folder):
    """Run nbval strictly on a copy of the first notebook, in a study of its own."""
    (folder / "notebooks").mkdir()
    shutil.copy(PATHS[0], folder / "notebooks")
    return subprocess.run(
        [sys.executable, "-m", "pytest", "--nbval", "-p", "no:cacheprovider", "-p", "no:xdist", "-q",
         "--rootdir", str(folder), "--override-ini", "addopts=", "--override-ini", "testpaths=",
         "-x", str(folder / "notebooks" / PATHS[0].name)],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_nbval_goes_red_when_one_datum_changes(tmp_path):
    data = tmp_path / "data"
    shutil.copytree(checkout() / "data", data)
    path = data / "corpus.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("published = 2017-04-12", "published = 2017-04-13"), encoding="utf-8"
    )
    red = nbval(tmp_path)
    assert red.returncode == 1, red.stdout
    assert "2017-04-13" in red.stdout


def test_every_claim_holds():
    assert len(Study(checkout()).claims) > 30
    assert claims.broken(Study(checkout()).claims) == []
