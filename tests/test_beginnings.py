"""What the guide tells a newcomer is done once, as it is written, on a small file of each kind."""

import re
import shlex

import exports
import pytest

from usru.cli import main
from usru.figures import FIGURES, gallery
from usru.study.reproduce import checkout

GUIDE = (checkout() / "docs" / "beginnings.md").read_text(encoding="utf-8")
SECTIONS = {
    section.partition("\n")[0]: section
    for section in re.split(r"^## ", GUIDE, flags=re.MULTILINE)[1:]
    if "```sh" in section
}


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A folder with a source of each kind, to stand in."""
    exports.write_all(tmp_path)
    for folder in ("pages", "dumps"):
        (tmp_path / folder).mkdir()
    for number, story in enumerate(exports.STORIES[:3]):
        exports.write_html(tmp_path / "pages" / f"{number}.html", story)
        page = exports.page_text(story)
        (tmp_path / "dumps" / f"{number}.txt").write_text(page, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("title", SECTIONS)
def test_each_beginning_leads_to_its_figure(here, title, monkeypatch, capsys):
    shown = []
    monkeypatch.setattr(gallery, "display", shown.append)
    studies = []
    for kind, block in re.findall(r"^```(sh|python)\n(.*?)^```$", SECTIONS[title], re.M | re.S):
        for command in block.splitlines() if kind == "sh" else ():
            words = shlex.split(command)
            assert words[0] == "usru"
            assert main(words[1:]) == 0, capsys.readouterr()
            studies.append(words[2])
        if kind == "python":
            assert f'load("{studies[-1]}")' in block
            exec(compile(block, title, "exec"), {})
    assert len(shown) == len(re.findall(r"figures\.show", SECTIONS[title])) > 0
    for one in shown:
        empties = [figure.empty for figure in FIGURES.values()]
        assert not any(empty in one.text for empty in empties if empty), (
            "the figure shows something"
        )
    for study in studies:
        for path in (here / study).rglob("*.*"):
            assert path.suffix == ".lock" or "Lavrov" not in path.read_text(encoding="utf-8")
    told = capsys.readouterr().out
    assert "without a date" not in told, "each source says all that it can"
    assert "without a title" not in told


def test_the_guide_has_each_kind_of_source():
    told = " ".join(GUIDE.split())
    for kind in (
        "CSV",
        "Excel",
        "JSON lines",
        "Parquet",
        "web archives",
        "Nexis",
        "Factiva",
        "ProQuest",
    ):
        assert kind in told
