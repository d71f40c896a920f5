"""Errors of the input are told in one sentence, wherever they come from."""

from pathlib import Path

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


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.delenv("USRU_CORPUS", raising=False)
    (tmp_path / "file").write_bytes(b"A file.\n")
    return tmp_path


@pytest.mark.parametrize("blocked", BLOCKED)
def test_a_figures_folder_that_cannot_be_written_is_named(folder, blocked):
    with pytest.raises(InputError) as error:
        write_all(usru.load(), folder / blocked)
    assert str(error.value).startswith(f"{folder / blocked}: ")
    assert "choose one that can" in str(error.value)
    assert len(str(error.value).splitlines()) == 1


@pytest.mark.parametrize("blocked", BLOCKED)
def test_a_figures_folder_that_cannot_be_written_gives_status_2(folder, blocked, capsys):
    assert main(["figures", str(folder / blocked)]) == 2
    printed = capsys.readouterr().err
    assert printed.startswith(f"usru: {folder / blocked}: ")
    assert len(printed.splitlines()) == 1
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {"file": b"A file.\n"}


def test_a_figure_whose_place_is_taken_by_a_folder_is_named(folder, capsys):
    (folder / "figures" / "composition.svg").mkdir(parents=True)
    assert main(["figures", str(folder / "figures")]) == 2
    printed = capsys.readouterr().err
    assert "composition.svg: " in printed
    assert len(printed.splitlines()) == 1
    assert (folder / "figures" / "composition.svg").is_dir()
    assert list((folder / "figures").glob("*.part")) == []
