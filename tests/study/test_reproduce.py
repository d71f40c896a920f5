"""The verdict names what differs; an interruption leaves every file whole."""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time

import nbformat
import psutil  # which kernels bring
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from usru.study import reproduce
from usru.study.claims import claim
from usru.study.study import Study


def notebook(*sources):
    cells = [new_markdown_cell("# Is it so?"), *map(new_code_cell, sources)]
    for number, cell in enumerate(cells):
        cell["id"] = f"c-{number}"
    return new_notebook(cells=cells)


@pytest.fixture(scope="module")
def first_run(own, tmp_path_factory):
    """A small study with one notebook, run once and stored; and what was said."""
    root = tmp_path_factory.mktemp("study") / "study"
    shutil.copytree(own.manifest.folder, root)
    (root / "notebooks").mkdir()
    (root / "codecheck.yml").write_text("---\nmanifest:\n", encoding="utf-8")
    stated = "from usru.study.claims import claim\nclaim('x-1', 'So it is.', holds=True)"
    shown = 'import usru\nfrom usru import figures\nfigures.show("stories", usru.load(".."))'
    in_parts = "import time\nprint(1, flush=True)\ntime.sleep(0.5)\nprint(2)"
    nbformat.write(
        notebook("print(6 * 7)", stated, shown, in_parts), root / "notebooks" / "01_small.ipynb"
    )
    said = []
    reproduce.reproduce(Study(root), update=True, say=said.append)
    return root, said


@pytest.fixture(scope="module")
def stored(first_run):
    return first_run[0]


@pytest.fixture
def root(stored, tmp_path):
    return shutil.copytree(stored, tmp_path / "study")


def run(root):
    return reproduce.reproduce(Study(root), say=lambda _: None)


def contents(folder):
    return {path: path.read_bytes() for path in folder.rglob("*.*") if path.is_file()}


def test_an_update_draws_the_figures_once_when_there_are_claims_to_quote(first_run):
    root, said = first_run
    assert said[1:] == ["  01_small: run", "  figures: drawn"]
    assert (root / "figures" / "stories.svg").is_file()


def test_a_run_lists_its_outputs_for_a_codechecker(stored):
    manifest = (stored / "codecheck.yml").read_text(encoding="utf-8")
    assert "notebooks/01_small.ipynb" in manifest
    assert "figures/stories.svg" in manifest


def test_what_a_cell_prints_in_parts_is_stored_as_one(stored):
    *_, cell = nbformat.read(stored / "notebooks" / "01_small.ipynb", 4).cells
    assert [output["text"] for output in cell.outputs] == ["1\n2\n"]


def test_a_second_run_is_identical_and_writes_nothing(root):
    before = contents(root)
    verdict = run(root)
    assert verdict.identical
    assert (verdict.notebooks, verdict.outputs, verdict.claims) == ((1, 1), (5, 5), (1, 1))
    assert verdict.figures == (1, 1)
    assert contents(root) == before


def test_each_difference_is_named_with_its_place(root):
    path = root / "notebooks" / "01_small.ipynb"
    shutil.copy(path, root / "notebooks" / "02_again.ipynb")
    nbformat.write(notebook("1 / 0"), root / "notebooks" / "03_broken.ipynb")
    died = "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)"
    nbformat.write(notebook("1", died), root / "notebooks" / "04_dead.ipynb")
    false = "from usru.study.claims import claim\nclaim('x-2', 'It is not.', holds=False)"
    nbformat.write(notebook(false), root / "notebooks" / "05_false.ipynb")
    stored = nbformat.read(path, as_version=4)
    stored.cells[1].outputs[0].text = "41\n"
    nbformat.write(stored, path)
    figure = root / "figures" / "stories.csv"
    text = figure.read_text(encoding="utf-8")
    figure.write_text(text.replace("words", "wards", 1), encoding="utf-8")
    before = contents(root / "notebooks")

    verdict = run(root)
    told = "\n".join(verdict.differences)
    assert "01_small.ipynb, cell 2: stdout stream at character 1: '41\\n' became '42\\n'" in told
    assert "figures/stories.csv: at character" in told
    failed = dict(failure.split(": ", 1) for failure in verdict.failures if ": " in failure)
    stopped = failed["notebooks/03_broken.ipynb, cell 2"]
    assert stopped == "stopped with ZeroDivisionError: division by zero"
    assert failed["notebooks/04_dead.ipynb, cell 3"].startswith("the kernel died")
    assert failed["claim x-2 (05_false) does not hold"] == "It is not."
    assert "claim x-1 is made 2 times" in verdict.failures
    assert all(len(failure.splitlines()) == 1 for failure in verdict.failures)
    assert verdict.notebooks == (1, 5)
    assert not verdict.identical
    assert contents(root / "notebooks") == before, "a notebook is stored only when asked"
    assert figure.read_text(encoding="utf-8") == text, "figures are drawn anew"


@pytest.mark.skipif(os.name == "nt", reason="signals are sent differently on Windows")
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_what_ends_a_run_ends_all_that_it_started_and_leaves_every_file_whole(
    root, ending, tmp_path
):
    slow = notebook("open('../ready', 'w').close()", "import time\ntime.sleep(600)")
    nbformat.write(slow, root / "notebooks" / "02_slow.ipynb")
    before, kept = contents(root), tmp_path / "kept"
    kept.mkdir()
    process = subprocess.Popen(
        [sys.executable, "-m", "usru", "reproduce", str(root)],
        env={**os.environ, "TMPDIR": str(kept)}, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    try:
        wait_until((root / "ready").exists)
        below = psutil.Process(process.pid).children(recursive=True)
        process.send_signal(ending)
        _, told = process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == 128 + ending
    assert told.decode() == "usru: interrupted; every stored file is whole\n"
    assert below
    assert psutil.wait_procs(below, timeout=10)[1] == []
    assert list(kept.iterdir()) == []
    (root / "ready").unlink()
    assert contents(root) == before


def wait_until(comes):
    until = time.monotonic() + 120
    while not comes() and time.monotonic() < until:
        time.sleep(0.05)


@pytest.mark.skipif(os.name == "nt", reason="no folder can be locked on Windows")
def test_a_second_run_waits_for_the_first(tmp_path):
    said, ended, done = [], threading.Event(), []

    def second() -> None:
        with reproduce.alone(tmp_path, said.append):
            done.append(ended.is_set())

    with reproduce.alone(tmp_path, said.append):
        assert said == []
        other = threading.Thread(target=second)
        other.start()
        wait_until(lambda: said)
        assert said == [f"waiting for another run on {tmp_path} to end"]
        ended.set()
    other.join()
    assert done == [True]
    assert list(tmp_path.iterdir()) == []


def test_a_table_of_claims_escapes_what_would_break_it():
    made = claim("x-1", "a | b\nc", holds=True)._repr_mimebundle_()
    stored = notebook("1")
    stored.cells[1].outputs = [nbformat.v4.new_output("display_data", data=made)]
    from pathlib import Path

    assert "| x-1 | a \\| b c | yes |" in reproduce.index_page({Path("01_x.ipynb"): stored})


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
