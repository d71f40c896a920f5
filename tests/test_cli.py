"""The command line: what each command prints, and the status it ends with."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import usru
from usru.cli import main

ROOT = Path(__file__).parents[1]
PAGE = "Menu\n\nEnvoys meet in Vienna again\n\nBy Ann Lee\n\nTwo envoys met in Vienna on Monday.\n"


@pytest.fixture(autouse=True)
def no_chosen_corpus(monkeypatch):
    monkeypatch.delenv("USRU_CORPUS", raising=False)


@pytest.fixture
def pages(tmp_path):
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "envoys.txt").write_bytes(PAGE.encode())
    return folder


@pytest.fixture
def refused(capsys, tmp_path):
    """Run a command that must end with status 2, one line and no change; give the line."""

    def run(*arguments):
        before = contents(tmp_path)
        assert main([str(argument) for argument in arguments]) == 2
        printed = capsys.readouterr().err
        assert printed.startswith("usru: ")
        assert len(printed.splitlines()) == 1
        assert contents(tmp_path) == before
        return printed

    return run


def contents(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }


def test_the_version_is_that_of_the_package(capsys):
    with pytest.raises(SystemExit) as stop:
        main(["--version"])
    assert stop.value.code == 0
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert capsys.readouterr().out.split()[-1] == usru.__version__ == project["version"]


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param([], id="no-command"),
        pytest.param(["revise"], id="unknown-command"),
        pytest.param(["info", "--all"], id="unknown-option"),
        pytest.param(["new"], id="new-without-a-folder"),
    ],
)
def test_a_command_that_is_not_understood_is_refused(arguments, capsys):
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    assert stop.value.code == 2
    assert capsys.readouterr().err.startswith("usage: usru")


def test_info_prints_what_is_in_the_shipped_corpus(capsys):
    assert main(["info"]) == 0
    printed = capsys.readouterr().out
    assert "5 documents, 3 meetings" in printed
    assert all(doc_id in printed for doc_id in usru.load().documents["doc_id"])


def test_info_takes_the_corpus_that_the_environment_names(pages, capsys, monkeypatch):
    main(["new", str(pages)])
    monkeypatch.setenv("USRU_CORPUS", str(pages))
    assert main(["info"]) == 0
    assert "1 documents" in capsys.readouterr().out


def test_new_drafts_a_manifest_that_loads(pages, capsys):
    assert main(["new", str(pages)]) == 0
    assert str(pages / "corpus.toml") in capsys.readouterr().out
    assert contents(pages).keys() == {"corpus.toml", "envoys.txt"}
    assert (pages / "envoys.txt").read_bytes() == PAGE.encode()
    assert usru.load(pages).paragraphs["text"].tolist() == ["Two envoys met in Vienna on Monday."]


def test_info_prints_what_is_in_a_new_corpus(pages, capsys):
    main(["new", str(pages)])
    assert main(["info", str(pages)]) == 0
    assert "envoys" in capsys.readouterr().out.splitlines()[-1]


def test_new_does_not_overwrite_a_manifest(pages, refused):
    main(["new", str(pages)])
    (pages / "more.txt").write_bytes(PAGE.encode())
    assert "move it away" in refused("new", pages)


@pytest.mark.parametrize(
    ("name", "content", "mend"),
    [
        pytest.param("notes.md", b"Notes.\n", "put the page dumps there", id="no-text-files"),
        pytest.param("page.txt", b"Caf\xe9\n", "UTF-8", id="not-utf-8"),
        pytest.param("page.txt", b"A\0B\n", "UTF-8", id="nul"),
        pytest.param("page.txt", b"", "put the page dump into it", id="empty"),
    ],
)
def test_new_refuses_pages_that_cannot_be_used(pages, refused, name, content, mend):
    (pages / "envoys.txt").unlink()
    (pages / name).write_bytes(content)
    printed = refused("new", pages)
    assert str(pages) in printed
    assert mend in printed


@pytest.mark.parametrize(
    "name",
    [pytest.param("nowhere", id="missing"), pytest.param("pages/envoys.txt", id="a-file")],
)
def test_new_refuses_what_is_no_folder(pages, refused, tmp_path, name):
    assert Path(name).name in refused("new", tmp_path / name)


@pytest.mark.parametrize("option", ["--corpus", "--to"])
def test_reproduce_wants_a_corpus_and_a_place_for_its_results(pages, refused, monkeypatch, option):
    monkeypatch.setattr("usru.study.reproduce.reproduce", lambda *a, **k: pytest.fail("it ran"))
    printed = refused("reproduce", option, pages)
    assert "--corpus and --to belong together" in printed
    assert "give both or none" in printed


def test_reproduce_refuses_a_bad_corpus_before_anything_runs(refused, tmp_path, monkeypatch):
    monkeypatch.setattr("usru.study.reproduce._run_all", lambda *a: pytest.fail("it ran"))
    printed = refused("reproduce", "--corpus", tmp_path / "nowhere", "--to", tmp_path / "results")
    assert "corpus.toml" in printed


@pytest.fixture
def no_notebooks(tmp_path, monkeypatch):
    """Stand for a checkout whose study has no notebooks to run."""
    root = tmp_path / "checkout"
    (root / "notebooks").mkdir(parents=True)
    monkeypatch.setattr("usru.study.reproduce.checkout", lambda: root)


@pytest.mark.usefixtures("no_notebooks")
def test_reproduce_refuses_results_where_no_figures_can_go(pages, tmp_path, refused):
    main(["new", str(pages)])
    (tmp_path / "file").write_bytes(b"A file.\n")
    printed = refused("reproduce", "--corpus", pages, "--to", tmp_path / "file" / "results")
    assert str(tmp_path / "file" / "results" / "figures") in printed
    assert "choose one that can" in printed


@pytest.mark.usefixtures("no_notebooks")
def test_reproduce_refuses_results_where_no_notebooks_can_go(pages, tmp_path, refused, monkeypatch):
    async def draw_nothing(*arguments):
        return {}

    monkeypatch.setattr("usru.study.reproduce._run_all", draw_nothing)
    main(["new", str(pages)])
    (tmp_path / "results").mkdir()
    (tmp_path / "results" / "notebooks").write_bytes(b"A file.\n")
    printed = refused("reproduce", "--corpus", pages, "--to", tmp_path / "results")
    assert str(tmp_path / "results" / "notebooks") in printed


@pytest.mark.parametrize(
    "command", [pytest.param("info", id="info"), pytest.param("new", id="new")]
)
def test_a_folder_name_that_no_folder_can_have_is_refused(tmp_path, refused, command):
    assert "long" * 100 in refused(command, tmp_path / ("long" * 100))


def test_an_interruption_ends_in_one_line(monkeypatch, capsys):
    def interrupt(folder):
        raise KeyboardInterrupt

    monkeypatch.setattr("usru.corpus.load", interrupt)
    assert main(["info"]) == 130
    printed = capsys.readouterr().err
    assert printed.startswith("usru: interrupted")
    assert len(printed.splitlines()) == 1


def test_the_module_runs_as_the_command_does(tmp_path):
    run = subprocess.run(
        [sys.executable, "-m", "usru", "info", str(tmp_path)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 2
    assert run.stderr.startswith("usru: ")
    assert len(run.stderr.splitlines()) == 1
    assert run.stdout == ""


def test_info_names_every_page_with_a_problem_and_goes_on(pages, capsys):
    (pages / "menu.txt").write_text("Menu\n\nHome\n\nSports\n", encoding="utf-8")
    (pages / "lost.TXT").write_text(PAGE + "\n&ldquo;Yes,&rdquo; she said.\n", encoding="utf-8")
    assert main(["new", str(pages)]) == 0
    drafted = capsys.readouterr().err
    assert main(["info", str(pages)]) == 0
    printed = capsys.readouterr()
    assert "envoys" in printed.out
    for told in ("menu.txt, line 1: no paragraph of a story", "lost.TXT, line 9: '&ldquo;Yes"):
        assert told in drafted
        assert told in printed.err


def test_new_takes_articles_as_they_are(pages):
    assert main(["new", "--layout", "article", str(pages)]) == 0
    assert len(usru.load(pages).paragraphs) == 4
