"""Errors of the input are told in one sentence, wherever they come from."""

import shutil
from pathlib import Path

import nbformat
import pytest

import usru
from usru.cli import main
from usru.errors import InputError
from usru.figures import write_all


def test_the_sentence_names_place_problem_and_mend():
    error = InputError(Path("corpus.toml"), "the title is missing", "add one")
    assert str(error) == "corpus.toml: the title is missing; add one."


def test_bad_input_is_a_bad_value():
    assert issubclass(InputError, ValueError)


def test_the_package_names_it():
    assert usru.InputError is InputError


@pytest.mark.parametrize(
    "end",
    [
        pytest.param("\n", id="line-feed"),
        pytest.param("\r\n", id="both"),
        pytest.param("\r", id="carriage-return"),
        pytest.param("\x0b", id="vertical-tab"),
        pytest.param("\u2028", id="line-separator"),
    ],
)
def test_the_sentence_is_one_line_whatever_it_quotes(end):
    parts = [f"{word}{end}{word}" for word in ("place", "problem", "mend")]
    assert len(str(InputError(*parts)).splitlines()) == 1


def test_the_sentence_names_a_file_as_it_is_named():
    error = InputError("two  spaces, a\u00a0fixed one.txt", "it is empty", "fill it")
    assert str(error).startswith("two  spaces, a\u00a0fixed one.txt: ")


BLOCKED = [
    pytest.param("file/figures", id="parent-is-a-file"),
    pytest.param("file/deep/figures", id="parent-cannot-be-made"),
    pytest.param("file", id="is-a-file"),
]


@pytest.mark.parametrize("blocked", BLOCKED)
def test_a_figures_folder_that_cannot_be_written_is_named(tmp_path, blocked):
    (tmp_path / "file").write_bytes(b"A file.\n")
    with pytest.raises(InputError) as error:
        write_all(usru.load(), tmp_path / blocked, ["stories"])
    assert str(error.value).startswith(f"{tmp_path / blocked}: ")
    assert "choose one that can" in str(error.value)
    assert len(str(error.value).splitlines()) == 1


@pytest.fixture
def study(own, tmp_path):
    """A study of which one figure is shown."""
    root = shutil.copytree(own.manifest.folder, tmp_path / "study")
    (root / "notebooks").mkdir()
    cell = nbformat.v4.new_code_cell('figures.show("stories", corpus)')
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), root / "notebooks" / "01_all.ipynb")
    return root


def test_a_figures_folder_that_cannot_be_written_gives_status_2(study, capsys):
    (study / "figures").write_bytes(b"A file.\n")
    assert main(["figures", str(study)]) == 2
    printed = capsys.readouterr().err
    assert printed.startswith(f"usru: {study / 'figures'}: ")
    assert len(printed.splitlines()) == 1
    assert (study / "figures").read_bytes() == b"A file.\n"


def test_a_figure_whose_place_is_taken_by_a_folder_is_named(study, capsys):
    (study / "figures" / "stories.svg").mkdir(parents=True)
    assert main(["figures", str(study)]) == 2
    printed = capsys.readouterr().err
    assert "stories.svg: " in printed
    assert len(printed.splitlines()) == 1
    assert (study / "figures" / "stories.svg").is_dir()
    assert list((study / "figures").glob("*.part")) == []
