"""The manifest for a codechecker names what a run makes, all of it and nothing else."""

import nbformat
import pytest
import yaml

from usru.errors import InputError
from usru.study import codecheck
from usru.study.reproduce import checkout
from usru.study.study import Study

ROOT = checkout()


@pytest.fixture(scope="module")
def file():
    return yaml.safe_load((ROOT / codecheck.FILE).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def listed(file):
    return {item["file"] for item in file["manifest"]}


def test_every_listed_file_exists_and_has_its_comment(file, listed):
    assert len(listed) == len(file["manifest"])
    assert [name for name in listed if not (ROOT / name).is_file()] == []
    assert all(item["comment"] for item in file["manifest"])


def test_every_figure_and_notebook_is_listed(listed):
    made = [
        *ROOT.glob("figures/*.svg"), *ROOT.glob("figures/*.csv"), *ROOT.glob("notebooks/*.ipynb"),
    ]  # fmt: skip
    assert {path.relative_to(ROOT).as_posix() for path in made} <= listed
    assert len(made) + 2 == len(listed), "the lists of claims and of figures are there too"


def test_the_stored_manifest_is_the_one_that_a_run_writes():
    text = (ROOT / codecheck.FILE).read_text(encoding="utf-8")
    assert codecheck.renewed(text, Study(ROOT).notebooks) == text


def test_it_is_as_the_specification_says(file):
    assert (ROOT / codecheck.FILE).read_text(encoding="utf-8").count("\n---\n") == 1
    assert file["version"].startswith("https://codecheck.org.uk/spec/config/")
    paper = (ROOT / "docs" / "paper.md").read_text(encoding="utf-8")
    assert paper.startswith(f"# {file['paper']['title']}\n")
    assert all(author["name"] for author in file["paper"]["authors"])
    assert "codechecker" not in file, "only a codechecker can say who that is"


def test_a_title_with_any_sign_is_one_comment(tmp_path):
    title = """# "Peace": it's # 1 \\ {a} \N{SNOWMAN} & more"""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(title)])
    (tmp_path / codecheck.FILE).write_text("---\nmanifest:\nsource: x\n", encoding="utf-8")
    codecheck.renew(tmp_path, {tmp_path / "1_a.ipynb": notebook})
    written = yaml.safe_load((tmp_path / codecheck.FILE).read_text(encoding="utf-8"))
    assert written["manifest"][-1]["comment"] == title.lstrip("# ")
    assert written["source"] == "x"


def test_a_study_without_the_file_stays_without(tmp_path):
    codecheck.renew(tmp_path, {})
    assert list(tmp_path.iterdir()) == []


def test_a_file_without_a_manifest_is_refused(tmp_path):
    (tmp_path / codecheck.FILE).write_text("---\nversion: 1\n", encoding="utf-8")
    with pytest.raises(InputError, match="it has no manifest; add a line"):
        codecheck.renew(tmp_path, {})
