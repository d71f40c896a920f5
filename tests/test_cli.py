"""The command line: what each command prints, and the status it ends with."""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import usru
from usru.cli import main

ROOT = Path(__file__).parents[1]
PAGE = "Menu\n\nEnvoys meet in Vienna again\n\nBy Ann Lee\n\nTwo envoys met in Vienna on Monday.\n"


NEW = {
    "README.md", "codebook/speakers.toml", "codebook/topics.toml", "coding/reference/quotations.csv",
    "coding/reference/topics.csv", "coding/reference/valence.csv", "corpus.toml", "notebooks/01_corpus.ipynb",
    "notebooks/02_topics.ipynb", "notebooks/03_voices.ipynb", "notebooks/04_tone.ipynb",
    "requirements.lock",
}  # fmt: skip
"""What a study has besides its texts."""


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


def test_info_says_what_is_in_a_study(capsys, monkeypatch):
    monkeypatch.chdir(ROOT / "notebooks")
    assert main(["info"]) == 0
    printed = capsys.readouterr().out
    assert "5 documents of 4 outlets" in printed
    assert all(doc_id in printed for doc_id in usru.load().documents["doc_id"])


def test_new_makes_a_study_of_a_folder_of_pages(pages, capsys):
    assert main(["new", str(pages), "--no-run"]) == 0
    assert str(pages) in capsys.readouterr().out
    made = {name for name, content in contents(pages).items() if content is not None}
    assert made == {"envoys.txt", *NEW}
    assert (pages / "envoys.txt").read_bytes() == PAGE.encode()
    assert usru.load(pages).paragraphs["text"].tolist() == ["Two envoys met in Vienna on Monday."]
    assert main(["info", str(pages)]) == 0
    told = capsys.readouterr().out
    assert "without a date: 1 of 1 document (envoys)" in told
    assert "drafts to edit: codebook/speakers.toml, codebook/topics.toml" in told


def test_new_does_not_overwrite_a_manifest(pages, refused):
    main(["new", str(pages), "--no-run"])
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


def test_reproduce_refuses_a_bad_study_before_anything_runs(refused, tmp_path, monkeypatch):
    monkeypatch.setattr("usru.study.reproduce._run_all", lambda *a: pytest.fail("it ran"))
    assert "corpus.toml" in refused("reproduce", tmp_path / "nowhere")


@pytest.mark.parametrize(
    "command", ["info", "reproduce", "figures", "site", "explore", "test", "sample --n 9"]
)
def test_where_there_is_no_study_that_is_said(command, refused, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert "there is no study here" in refused(*command.split())


@pytest.mark.parametrize(
    "command", [pytest.param("info", id="info"), pytest.param("new", id="new")]
)
def test_a_folder_name_that_no_folder_can_have_is_refused(tmp_path, refused, command):
    assert "long" * 20 in refused(command, tmp_path / ("long" * 100))


def test_an_interruption_ends_in_one_line(monkeypatch, capsys):
    def interrupt(study):
        raise KeyboardInterrupt

    monkeypatch.setattr("usru.study.overview.describe", interrupt)
    assert main(["info", str(ROOT)]) == 130
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
    assert main(["new", str(pages), "--no-run"]) == 0
    drafted = capsys.readouterr().out
    assert main(["info", str(pages)]) == 0
    printed = capsys.readouterr().out
    assert "envoys" in printed
    for told in ("menu.txt, line 1: no paragraph of a story", "lost.TXT, line 9: '&ldquo;Yes"):
        assert told in drafted
        assert told in printed


def test_new_takes_articles_as_they_are(pages):
    assert main(["new", "--layout", "article", str(pages), "--no-run"]) == 0
    assert len(usru.load(pages).paragraphs) == 4


def test_sample_writes_a_sheet_that_code_opens(pages, capsys):
    more = "\n\n".join(
        f"Envoy {n} met others in Vienna on Monday to speak of it." for n in range(9)
    )
    (pages / "more.txt").write_text(PAGE + "\n" + more + "\n", encoding="utf-8")
    main(["new", str(pages), "--no-run"])
    capsys.readouterr()
    assert main(["sample", str(pages), "--n", "4", "--where", "doc_id=more", "--seed", "1"]) == 0
    told = capsys.readouterr().out
    assert "drew 4 of 10 paragraphs; each has a probability of 0.4" in told
    assert "a share of 50%" in told
    sheet = pages / "coding" / "sheets" / "paragraphs.csv"
    assert sheet.read_text(encoding="utf-8").startswith("doc_id,line,stratum,probability\nmore,")
    first = {*sheet.read_text(encoding="utf-8").replace("0.4", "0.6").splitlines()}
    assert main(["sample", str(pages), "--n", "6", "--unit", "paragraphs"]) == 0
    assert "4 passages were in the sheet already and stay" in capsys.readouterr().out
    assert first <= {*sheet.read_text(encoding="utf-8").splitlines()}


def test_sample_refuses_what_cannot_be_drawn(pages, refused):
    main(["new", str(pages), "--no-run"])
    assert "use doc_id" not in refused("sample", pages, "--n", "2", "--where", "outlet")
    assert "no document has such a column" in refused("sample", pages, "--n", "2", "--by", "desk")
    with pytest.raises(SystemExit):
        main(["sample", str(pages)])


def test_names_that_act_on_a_terminal_or_go_on_for_pages_are_tamed(tmp_path, refused, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert refused("info", "a\x1b[31mred").startswith(
        "usru: a\\x1b[31mred/corpus.toml: there is no"
    )
    assert len(refused("info", "n" * 5_000)) < 600
    assert (
        refused("info", "a\udcff")
        == "usru: argument 'a\\udcff': it is not UTF-8; rename what it names.\n"
    )


def test_an_argument_that_is_not_understood_is_tamed_too(capsys):
    with pytest.raises(SystemExit):
        main(["info", "--\x1b[31m" + "n" * 5_000])
    printed = capsys.readouterr().err
    assert "\x1b" not in printed
    assert len(printed) < 1_000


def test_ids_and_titles_are_shown_as_they_are_but_for_what_acts_on_a_terminal(hostile, capsys):
    assert main(["info", str(hostile.manifest.folder)]) == 0
    printed = capsys.readouterr().out
    assert not set(printed) & set("\x07\x1b\u202e\u2067")


@pytest.mark.skipif(os.name == "nt", reason="there are no such locales on Windows")
def test_a_terminal_of_ascii_is_told_all_and_a_path_of_other_letters_is_found(own, tmp_path):
    folder = shutil.copytree(own.manifest.folder, tmp_path / "Über 北京")
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    ran = subprocess.run(
        [sys.executable, "-m", "usru", "info", str(folder)],
        env=os.environ | plain, capture_output=True, check=False,
    )  # fmt: skip
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert ran.stdout.isascii()
    assert b"2 documents" in ran.stdout


def test_fuzz_tries_the_texts_that_were_asked_for():
    ran = subprocess.run(
        [sys.executable, "-m", "usru", "fuzz", "--n", "30", "--seed", "5"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert ran.stdout == "30 texts tried, 0 failures\n"


def test_fuzz_says_what_it_needs(refused, monkeypatch):
    monkeypatch.setattr("usru.study.environment.find_spec", lambda name: None)
    assert "hypothesis is not installed; build" in refused("fuzz")
