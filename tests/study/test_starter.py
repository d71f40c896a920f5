"""The starter notebooks: true of any corpus, and the same each time."""

import json
import re

import nbformat
import pandas as pd
import pytest
from coders import code_sheet
from studies import OUTLETS, SENTENCES, SHAPES, study, text

from usru import load
from usru.cli import main
from usru.figures import FIGURES
from usru.study import starter
from usru.study.claims import stored
from usru.study.overview import describe
from usru.study.reproduce import reproduce
from usru.study.study import Study

NOTEBOOKS = starter.notebooks()
NAMES = pytest.mark.parametrize("name", NOTEBOOKS)


def prose(name):
    return [cell.source for cell in NOTEBOOKS[name].cells if cell.cell_type == "markdown"]


def code(name):
    return [cell.source for cell in NOTEBOOKS[name].cells if cell.cell_type == "code"]


@NAMES
def test_a_notebook_is_valid_and_not_yet_run(name):
    notebook = NOTEBOOKS[name]
    nbformat.validate(notebook)
    assert set(notebook.metadata) == {"kernelspec", "language_info"}
    assert len({cell.id for cell in notebook.cells}) == len(notebook.cells)
    for cell in notebook.cells:
        assert cell.source.strip()
        assert "```" not in cell.source
        assert cell.get("outputs", []) == []
        assert cell.get("execution_count") is None


def test_the_notebooks_are_the_same_each_time():
    assert json.dumps(NOTEBOOKS, sort_keys=True) == json.dumps(starter.notebooks(), sort_keys=True)


@NAMES
def test_a_notebook_has_the_parts_that_a_reader_expects(name):
    told = prose(name)
    assert told[0].startswith("# ")
    assert "?" in told[0].splitlines()[0], "the question comes first"
    headings = re.findall("^## (.*)", "\n".join(told), re.MULTILINE)
    assert headings[0] == "What it rests on"
    assert headings[-2:] == ["What this cannot show", "Your claims"]
    assert code(name)[0].startswith("import")
    assert 'corpus = usru.load("..")' in code(name)[0]
    assert code(name)[-1].rstrip().endswith(")")
    assert "claim(" in code(name)[-1]


@NAMES
def test_a_cell_is_of_a_few_lines_and_no_number_is_typed_into_prose(name):
    assert max(len(cell.splitlines()) for cell in code(name)) <= 10
    words = " ".join(prose(name)).replace("(", " ").split()
    assert not [word for word in words if word.rstrip("%.,").isdigit()]


@NAMES
def test_nothing_of_one_corpus_is_named(name):
    text = " ".join([*prose(name), *code(name)]).lower()
    shipped = "russia|lavrov|tillerson|kremlin|diplom|minister|sputnik|meeting|sanction|bonn|manila"
    assert not re.search(shipped, text)


@NAMES
def test_every_figure_is_shown_once_below_its_heading(name):
    heading, shown = "", []
    for cell in NOTEBOOKS[name].cells:
        if cell.cell_type == "markdown":
            heading = (re.findall("^##? (.*)", cell.source, re.MULTILINE) or [heading])[-1]
        for figure in re.findall(r'figures\.show\("(\w+)"', cell.source):
            shown.append(figure)
            assert FIGURES[figure].section == heading
    own = [key for key, figure in FIGURES.items()
           if figure.notebook == name and type(figure).__module__.startswith("usru.figures.starter")]  # fmt: skip
    assert sorted(shown) == sorted(own)


@NAMES
@pytest.mark.parametrize(
    "shape", ["one document", "many groups", "German", "no topic, nobody quoted"]
)
def test_every_cell_runs_on_any_corpus_and_the_claim_holds(tmp_path, monkeypatch, name, shape):
    folder = study(tmp_path / "study", **SHAPES[shape]).manifest.folder
    (folder / "notebooks").mkdir()
    monkeypatch.chdir(folder / "notebooks")
    names = {}
    for cell in code(name)[:-1]:
        exec(cell, names)
    *setup, made = re.split(r"^(?=claim\()", code(name)[-1], flags=re.MULTILINE)
    exec("".join(setup), names)
    stated = eval(made, names)
    assert stated.holds is True
    assert stated.sentence.endswith(".")
    assert bool(stated.about) == (name != "01_corpus"), "nobody has coded"
    assert stated.about.endswith("not checked by reading") or not stated.about
    assert not re.search(r"\bnan\b", stated.sentence)
    if shape == "German" and name in ("03_voices", "04_tone"):
        assert "%" not in stated.sentence, "there is nothing to count"


def test_prose_and_code_are_told_apart_by_fences(tmp_path):
    text = "# One?\n\n```python\nx = 1\n```\n\n```python\nx\n```\n\nSee `x`.\n"
    (tmp_path / "01_one.md").write_text(text, encoding="utf-8")
    cells = starter.notebooks(tmp_path)["01_one"].cells
    kinds = [(cell.cell_type, cell.source) for cell in cells]
    assert kinds == [
        ("markdown", "# One?"),
        ("code", "x = 1"),
        ("code", "x"),
        ("markdown", "See `x`."),
    ]
    assert [cell.id for cell in cells] == ["01-00", "01-01", "01-02", "01-03"]


def test_a_new_study_is_sampled_and_coded_and_its_figures_take_estimates(tmp_path, capsys):
    table = pd.DataFrame([
        {"title": f"Story {i}", "outlet": OUTLETS[i % 2], "text": text(i, SENTENCES)} for i in range(14)
    ])  # fmt: skip
    table.to_csv(tmp_path / "articles.csv", index=False)
    root = tmp_path / "harbour"
    assert main(["new", str(root), str(tmp_path / "articles.csv"), "--no-run"]) == 0
    for other in ("01_corpus", "03_voices", "04_tone"):
        (root / "notebooks" / f"{other}.ipynb").unlink()
    assert main(["sample", str(root), "--n", "30"]) == 0
    capsys.readouterr()
    code_sheet(load(root), "topics", root / "coding" / "sheets" / "paragraphs.csv")
    verdict = reproduce(Study(root), update=True, say=lambda _: None)
    assert not verdict.failures
    found = Study(root)
    shown = (root / "notebooks" / "02_topics.ipynb").read_text(encoding="utf-8")
    assert shown.count("estimated from 30 coded of 56 paragraphs") >= 1
    assert "The codes are those of anna." in shown
    assert "counted by the dictionary; recall on coded paragraphs" in shown, "of pairs"
    drawn = pd.read_csv(root / "figures" / "topics_by_unit.csv")
    assert drawn[["share", "low", "high"]].notna().all(axis=None)
    assert (drawn.groupby("topic")["n_coded"].sum() == 30).all()
    (claim,) = (one for _, one in stored(found.notebooks))
    assert "about" not in claim
    assert "coded by reading: topics 30" in describe(found)
