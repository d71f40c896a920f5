"""The verdict names what differs; an interruption leaves every file whole."""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import nbformat
import psutil  # which kernels bring
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from usru.errors import InputError
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


# What is said of each difference ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ({"text/plain": "1"}, {"text/plain": "1"}, ""),
        (None, {"text/plain": "1"}, "an output that was not there before is new"),
        ({"text/plain": "1"}, None, "an output that was there before is gone"),
        ({"text/plain": "1"}, {"text/plain": "1", "text/html": "1"}, "text/html is new"),
        ({"text/plain": "1", "text/html": "1"}, {"text/plain": "1"}, "text/html is gone"),
        ({"text/html": "1", "text/plain": "1"}, {"text/html": "2", "text/plain": "2"},
         "text/html at character 0: '1' became '2'"),
        ({"application/json": {"b": 1, "a": "é"}}, {"application/json": {"a": "e", "b": 1}},
         """application/json at character 7: '{"a": "é", "b": 1}' became '{"a": "e", "b": 1}'"""),
        ({"application/json": {"b": 1, "a": 2}}, {"application/json": {"a": 2, "b": 1}}, ""),
    ],
    ids=["same", "new-output", "output-gone", "new-kind", "kind-gone", "first-of-two", "values",
         "order-of-keys"],
)  # fmt: skip
def test_the_first_difference_of_an_output_is_told(old, new, told):
    assert reproduce._difference(old, new) == told


def test_a_difference_is_shown_with_ten_characters_before_it_and_thirty_from_it_on():
    before, after = "0123456789" * 20, "0123456789" * 12 + "x" + "123456789" + "0123456789" * 7
    shown = "at character 120: '0123456789012345678901234567890123456789' became"
    assert reproduce._first_difference(before, after) == (
        f"{shown} '0123456789x123456789012345678901234567" + "89'"
    )
    assert reproduce._first_difference("ab", "abc") == "at character 2: 'ab' became 'abc'"


def test_an_output_that_is_left_over_on_either_side_is_compared_with_nothing():
    stored, fresh = notebook("1", "2"), notebook("1", "2")
    one, other = (nbformat.v4.new_output("stream", text=text) for text in ("1\n", "2\n"))
    wrong = nbformat.v4.new_output("error", ename="ValueError", evalue="no")
    stored.cells[1].outputs, fresh.cells[1].outputs = [one, other], [one]
    fresh.cells[2].outputs = [wrong]
    assert list(reproduce._output_pairs(stored, fresh)) == [
        (2, {"stdout stream": "1\n"}, {"stdout stream": "1\n"}),
        (2, {"stdout stream": "2\n"}, None),
        (3, None, {"error": "ValueError: no"}),
    ]


def test_figures_are_counted_by_name_and_each_file_that_differs_is_named():
    before = {"a.svg": b"<svg/>", "a.png": b"\x89PNG1", "b.csv": b"x,1", "c.svg": b"<svg/>"}
    after = {"a.svg": b"<svg/>", "a.png": b"\x89PNG123", "c.svg": b"<svg/>", "d.csv": b"y"}
    verdict = reproduce.Verdict()
    reproduce._compare_figures(before, after, verdict)
    assert verdict.figures == (1, 4), "c is the same"
    assert verdict.differences == [
        "figures/a.png: the picture differs (5 bytes became 7)",
        "figures/b.csv: no figure of that name is drawn any more",
        "figures/d.csv: it is new",
    ]
    reproduce._compare_figures(before, before, verdict)
    assert verdict.figures == (3, 3)
    assert len(verdict.differences) == 3


def test_only_what_is_drawn_is_compared(tmp_path):
    for name in ("a.svg", "a.png", "a.csv", "README.md"):
        (tmp_path / name).write_bytes(name.encode())
    drawn = reproduce._contents(tmp_path)
    assert drawn == {name: name.encode() for name in ("a.svg", "a.png", "a.csv")}


def test_a_verdict_says_how_much_came_out_the_same_and_then_each_fault():
    verdict = reproduce.Verdict((1, 2), (3, 4), (5, 6), (7, 8))
    counts = (
        "reproduced identically: 1 of 2 notebooks, 3 of 4 outputs, 5 of 6 figures, 7 of 8 claims"
    )
    assert (str(verdict), verdict.identical) == (counts, True)
    assert verdict.made == "2 notebooks run, 6 figures drawn"
    assert str(reproduce.Verdict()).startswith("reproduced identically: 0 of 0 notebooks, 0 of 0")
    for fault in ({"differences": ["one"]}, {"failures": ["one"]}):
        assert not reproduce.Verdict(**fault).identical
    faulty = reproduce.Verdict((1, 2), (3, 4), (5, 6), (7, 8), ["a figure"], ["a claim"])
    assert str(faulty) == f"{counts}\n  failed: a claim\n  differs: a figure"


def test_the_page_of_a_study_lists_notebooks_claims_and_tasks():
    told = [
        claim("x-1", "So it is.", holds=True),
        claim("x-2", "It is not.", holds=False),
        claim("x-3", "Nothing is.", holds=None),
        claim("x-4", "Most are.", holds=True, about="about the list"),
    ]
    made = notebook("1")
    made.cells[1].outputs = [
        nbformat.v4.new_output("display_data", data=one._repr_mimebundle_()) for one in told
    ]
    without = reproduce.index_page({Path("01_x.ipynb"): made})
    assert "- [01_x](01_x.ipynb): Is it so?" in without.splitlines()
    assert [line for line in without.splitlines() if line.startswith("| x-")] == [
        "| x-1 | So it is. | yes | [01_x](01_x.ipynb) |",
        "| x-2 | It is not. | **no** | [01_x](01_x.ipynb) |",
        "| x-3 | Nothing is. | does not apply | [01_x](01_x.ipynb) |",
        "| x-4 | Most are. | yes; about the list | [01_x](01_x.ipynb) |",
    ]
    assert "## Tasks" not in without
    made.cells.append(
        new_markdown_cell("### dice-1: A die\n\n*Level 1, 2 minutes.* How many faces?")
    )
    page = reproduce.index_page({Path("01_x.ipynb"): made}).splitlines()
    assert page.index("## Tasks") < page.index("| dice-1 | A die | 1 | 2 | [01_x](01_x.ipynb) |")


def test_a_stored_notebook_has_the_least_metadata_and_ends_its_last_line():
    made = notebook("1")
    made.metadata["widgets"] = {"state": 1}
    made.cells[0].metadata["collapsed"] = True
    shown = nbformat.v4.new_output("display_data", data={"text/plain": "1"}, metadata={"took": 3})
    made.cells[1].outputs = [shown, nbformat.v4.new_output("stream", text="1\n")]
    stored = reproduce._serialised(made)
    assert stored.endswith("}\n")
    kept = nbformat.reads(stored, 4)
    assert set(kept.metadata) == {"kernelspec", "language_info"}
    assert [cell.metadata for cell in kept.cells] == [{}, {}]
    assert kept.cells[1].outputs[0].metadata == {}
    assert [*kept.cells[1].outputs[1]] == ["name", "output_type", "text"]


def test_a_cell_that_takes_too_long_is_told_with_its_number(root, monkeypatch):
    monkeypatch.setattr(reproduce, "TIMEOUT", 1)
    slow = notebook("1", "import time\ntime.sleep(60)")
    nbformat.write(slow, root / "notebooks" / "01_small.ipynb")
    assert "notebooks/01_small.ipynb, cell 3: it took more than 1 seconds" in run(root).failures


def test_figures_that_cannot_be_drawn_are_told_with_the_reason(root):
    (root / "codebook").mkdir(exist_ok=True)
    notebook_before = contents(root / "notebooks")
    study = Study(root)
    study.corpus  # noqa: B018 - read while it was whole
    (root / "corpus.toml").write_text("title = 1\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"the figures were not drawn \(usru: .*; mend that first"):
        reproduce.reproduce(study, say=lambda _: None)
    assert contents(root / "notebooks") == notebook_before


def test_an_installed_package_is_no_checkout(tmp_path, monkeypatch):
    monkeypatch.setattr(reproduce, "__file__", str(tmp_path / "lib" / "usru" / "study" / "x.py"))
    with pytest.raises(InputError, match="there are no notebooks here; run this in a checkout"):
        reproduce.checkout()
