"""The verdict names what differs; an interruption leaves every file whole."""

import os
import shutil
import signal
import subprocess
import sys
import time

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from usru import manifest
from usru.errors import InputError
from usru.study import reproduce
from usru.study.claims import claim


def notebook(*sources):
    cells = [new_markdown_cell("# Is it so?"), *map(new_code_cell, sources)]
    for number, cell in enumerate(cells):
        cell["id"] = f"c-{number}"
    return new_notebook(cells=cells)


@pytest.fixture(scope="module")
def stored(tmp_path_factory):
    """A small checkout with one notebook, run once and stored."""
    root = tmp_path_factory.mktemp("study")
    (root / "notebooks").mkdir()
    stated = "from usru.study.claims import claim\nclaim('x-1', 'So it is.', holds=True)"
    nbformat.write(notebook("print(6 * 7)", stated), root / "notebooks" / "01_small.ipynb")
    reproduce.reproduce(root, update=True, say=lambda _: None)
    return root


@pytest.fixture
def study(stored, tmp_path):
    return shutil.copytree(stored, tmp_path / "study")


def contents(folder):
    return {path: path.read_bytes() for path in folder.rglob("*.*") if path.is_file()}


def test_a_second_run_is_identical_and_writes_nothing(study):
    before = contents(study)
    verdict = reproduce.reproduce(study, say=lambda _: None)
    assert verdict.identical
    assert (verdict.notebooks, verdict.outputs, verdict.claims) == ((1, 1), (2, 2), (1, 1))
    assert verdict.figures[0] == verdict.figures[1] > 0
    assert contents(study) == before


def test_each_difference_is_named_with_its_place(study):
    path = study / "notebooks" / "01_small.ipynb"
    shutil.copy(path, study / "notebooks" / "02_again.ipynb")
    nbformat.write(notebook("1 / 0"), study / "notebooks" / "03_broken.ipynb")
    stored = nbformat.read(path, as_version=4)
    stored.cells[1].outputs[0].text = "41\n"
    nbformat.write(stored, path)
    figure = study / "figures" / "stories.csv"
    text = figure.read_text(encoding="utf-8")
    figure.write_text(text.replace("words", "wards", 1), encoding="utf-8")
    before = contents(study / "notebooks")

    verdict = reproduce.reproduce(study, say=lambda _: None)
    told = "\n".join(verdict.differences)
    assert "01_small.ipynb, cell 2: stdout stream at character 1: '41\\n' became '42\\n'" in told
    assert "03_broken.ipynb stopped with ZeroDivisionError: division by zero" in told
    assert "claim x-1 is made 2 times" in told
    assert "figures/stories.csv: at character" in told
    assert verdict.notebooks == (1, 3)
    assert not verdict.identical
    assert contents(study / "notebooks") == before, "a notebook is stored only when asked"
    assert figure.read_text(encoding="utf-8") == text, "figures are drawn anew"


def test_results_for_another_corpus_never_go_where_the_study_is(study):
    for to in (study, study / "notebooks"):
        with pytest.raises(InputError, match="the study itself is there"):
            reproduce.reproduce(study, corpus=manifest.shipped(), to=to, say=lambda _: None)


def test_another_corpus_leaves_the_study_as_it_was(study, tmp_path):
    own = tmp_path / "own"
    shutil.copytree(manifest.shipped(), own)
    before = contents(study / "notebooks") | contents(study / "figures")
    verdict = reproduce.reproduce(study, corpus=own, to=tmp_path / "results", say=lambda _: None)
    assert verdict.claims == (1, 1)
    assert (tmp_path / "results" / "notebooks" / "01_small.ipynb").is_file()
    assert (tmp_path / "results" / "figures" / "stories.svg").is_file()
    assert contents(study / "notebooks") | contents(study / "figures") == before


@pytest.mark.skipif(os.name == "nt", reason="signals are sent differently on Windows")
def test_an_interruption_leaves_every_file_whole(study):
    before = contents(study)
    code = (
        "import sys; from pathlib import Path; from usru.study.reproduce import reproduce; "
        "reproduce(Path(sys.argv[1]))"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(study)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    time.sleep(4)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    assert contents(study) == before


def test_a_table_of_claims_escapes_what_would_break_it():
    made = claim("x-1", "a | b\nc", holds=True)._repr_mimebundle_()
    stored = notebook("1")
    stored.cells[1].outputs = [nbformat.v4.new_output("display_data", data=made)]
    from pathlib import Path

    assert "| x-1 | a \\| b c | yes |" in reproduce.claims_table({Path("01_x.ipynb"): stored})


def test_a_widget_is_neither_compared_nor_stored():
    stored, fresh = notebook("1"), notebook("1")
    for name, made in (("a", stored), ("b", fresh)):
        data = {"text/plain": "Explorer", reproduce.VIEW: {"model_id": name}}
        made.cells[1].outputs = [nbformat.v4.new_output("display_data", data=data)]
    assert [
        reproduce._difference(*pair[1:]) for pair in reproduce._output_pairs(stored, fresh)
    ] == [""]
    assert "model_id" not in reproduce._serialised(fresh)
    assert "Explorer" in reproduce._serialised(fresh)
