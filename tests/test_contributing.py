"""Each recipe of CONTRIBUTING.md is done once, in a copy, as it says."""

import json
import os
import re
import shutil
import subprocess
import sys

import nbformat
import pandas as pd
import pytest

from usru.cli import main
from usru.study.reproduce import checkout

ROOT = checkout()
TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")

OUTLET = """
["The Gazette"]
nav = ['the tide tables of the day .*']
"""

TOPIC = """
[weather]
definition = "Wind, rain and snow"
patterns = ["snow*", "rainfall"]
"""

INSTRUMENT = """
INSTRUMENTS["half"] = Instrument(
    "half", "TextBlob's polarity, halved", "", lambda text: _textblob.score(text)[0] / 2
)
"""

FIGURE = """

class WordsOnTopics(Figure):
    \"\"\"A bar a topic; the table has its `topic` and the `words` of its paragraphs.\"\"\"

    name = "words_on_topics"
    title = "Words on each topic"
    measure = "Words of the paragraphs on it, as the dictionary finds them"
    reading = "A bar is a topic, as long as the words of the paragraphs on it."
    source = "the dictionary of topics, applied to every paragraph"
    notebook = "03_topics"
    section = "Words on each topic"
    claim = "topics-1"
    empty = "No paragraph is on a topic."

    def table(self, corpus: Corpus) -> pd.DataFrame:
        on = corpus.topics.merge(corpus.paragraphs[["doc_id", "block", "words"]])
        return on.groupby("topic", observed=True)["words"].sum().reset_index()

    def finding(self, table: pd.DataFrame) -> tuple[str, bool]:
        first = table.sort_values("words").iloc[-1]
        name = labels(table)["topic"][first["topic"]]
        return f"Nothing gets more words than {name}", len(table) > 1

    def say(self, table: pd.DataFrame) -> str:
        return f"The topic with most words has {table['words'].max():,}."

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        figure, axes = canvas.rows(table["topic"].map(labels(table)["topic"]))
        axes.barh(range(len(table)), table["words"])
        return figure
"""

CHANGED = ("03_topics", "05_tone")
"""The notebooks that show what the recipes change; they alone are run in the copy."""

OTHERS = """
import sys
from importlib import import_module

import usru
from usru.figures import FIGURES
from usru.show.explorer import Explorer
from usru.study import findings

corpus = usru.load("data")
Explorer(corpus)
for subject in {name.partition("_")[2] for name in sys.argv[1:]} & {*findings.SUBJECTS}:
    import_module(f"usru.study.findings.{subject}")
    for id in findings.FINDINGS:
        if id.startswith(f"{subject}-"):
            print(findings.show(id, corpus).sentence)
for figure in FIGURES.values():
    if figure.notebook in sys.argv[1:]:
        print(figure.caption(figure.tabulate(corpus)))
"""
"""Computes what the notebooks that are named show of the study."""


def append(path, text):
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def environment(root):
    """That of a copy, whose modules are gone after the tests and not kept compiled."""
    return {**os.environ, "PYTHONPATH": str(root / "src"), "PYTHONDONTWRITEBYTECODE": "1"}


def usru(root, *arguments):
    """Run the command of a copy, as somebody who works on it does."""
    return subprocess.run(
        [sys.executable, "-m", "usru", *arguments], cwd=root, capture_output=True, text=True,
        encoding="utf-8", env=environment(root), check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    left_out = shutil.ignore_patterns(".*", "site", "__pycache__")
    copy = shutil.copytree(ROOT, tmp_path_factory.mktemp("copy") / "usru", ignore=left_out)
    append(copy / "src" / "usru" / "figures" / "scale.py", "\n\nDOCUMENTS = 1_000\n")
    return copy


@pytest.fixture(scope="module")
def code(copy):
    return {path: path.read_bytes() for path in (copy / "src").rglob("*.py")}


@pytest.fixture(scope="module")
def others(copy):
    """The names of the other notebooks, which are taken out of the copy."""
    paths = [path for path in (copy / "notebooks").glob("*.ipynb") if path.stem not in CHANGED]
    for path in paths:
        path.unlink()
    return sorted(path.stem for path in paths)


@pytest.fixture(scope="module")
def grown(copy, code, others):
    """The copy with an outlet, a topic, an instrument, a figure and a notebook more."""
    append(copy / "data" / "codebook" / "outlets.toml", OUTLET)
    append(copy / "data" / "codebook" / "topics.toml", TOPIC)
    append(copy / "src" / "usru" / "analysis" / "tone" / "lists.py", INSTRUMENT)
    append(copy / "src" / "usru" / "figures" / "agendas.py", FIGURE)
    path = copy / "notebooks" / "03_topics.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells += [
        nbformat.v4.new_markdown_cell("## Words on each topic"),
        nbformat.v4.new_code_cell('figures.show("words_on_topics", corpus)'),
    ]
    nbformat.write(notebook, path)
    own = nbformat.v4.new_notebook()
    own.cells = [nbformat.v4.new_markdown_cell("# 7 The end: how long is it?")]
    own.cells += [nbformat.v4.new_code_cell("import usru\n\nlen(usru.load().lines)")]
    nbformat.write(own, copy / "notebooks" / "07_end.ipynb")
    run = usru(copy, "reproduce", "--update")
    assert "stopped with" not in run.stdout, run.stdout + run.stderr
    return copy


def test_an_outlet_adds_its_own_furniture(grown):
    line = "from usru.text import blocks; print(*blocks.find('The tide tables of the day are below.', {})['kind'])"
    told = [
        subprocess.check_output(
            [sys.executable, "-c", line.format(name)], text=True,
            env=environment(grown),
        ).strip()
        for name in ("'The Gazette'", None)
    ]  # fmt: skip
    assert told[0] == "nav" != told[1]


def test_a_topic_is_a_row_of_the_heat_map(grown):
    topics = pd.read_csv(grown / "figures" / "agendas.csv")["topic"]
    assert topics.str.startswith("weather").any()


def test_an_instrument_touches_one_file_of_code(grown, code):
    changed = {path.name for path, before in code.items() if path.read_bytes() != before}
    assert changed == {"lists.py", "agendas.py"}, "agendas is the figure's"
    for name in ("tone_validity", "tone_meetings", "tone_specifications"):
        table = pd.read_csv(grown / "figures" / f"{name}.csv")
        assert "half" in set(table["instrument"]), name
    shown = (grown / "notebooks" / "05_tone.ipynb").read_text(encoding="utf-8")
    assert "TextBlob's polarity, halved" in shown
    gallery = (grown / "figures" / "README.md").read_text(encoding="utf-8")
    assert "by TextBlob, VADER, the NRC list, the news list and half" in gallery


def test_a_figure_is_drawn_shown_and_in_the_gallery(grown):
    assert {path.suffix for path in (grown / "figures").glob("words_on_topics.*")} == {
        ".svg", ".png", ".csv",
    }  # fmt: skip
    assert "Words on each topic" in (grown / "figures" / "README.md").read_text(encoding="utf-8")
    cells = json.loads((grown / "notebooks" / "03_topics.ipynb").read_text("utf-8"))["cells"]
    assert "image/svg+xml" in cells[-1]["outputs"][0]["data"]
    assert "figures/words_on_topics.svg" in (grown / "codecheck.yml").read_text(encoding="utf-8")


def test_a_notebook_is_run_and_listed(grown):
    cells = json.loads((grown / "notebooks" / "07_end.ipynb").read_text("utf-8"))["cells"]
    assert cells[1]["execution_count"] == 1
    assert "07_end.ipynb" in (grown / "notebooks" / "README.md").read_text(encoding="utf-8")


def test_what_the_other_notebooks_show_is_computed_too(grown, others):
    done = subprocess.run(
        [sys.executable, "-c", OTHERS, *others], cwd=grown, capture_output=True, text=True,
        encoding="utf-8", env=environment(grown), check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) > 50


def test_a_story_is_read_and_what_is_wrong_with_it_named(tmp_path, capsys):
    data = shutil.copytree(ROOT / "data", tmp_path / "data")
    page = "Envoys meet in Lund\n\nTwo envoys met in Lund on Monday to speak of the harbour.\n"
    (data / "raw" / "lund.txt").write_text(page, encoding="utf-8")
    entry = """
[[documents]]
doc_id = "lund"
file = "raw/lund.txt"
outlet = "The Gazette"
title = "Envoys meet in Lund"
meeting = "bonn"
published = 2017-02-17
published_basis = "printed"
sha256 = "0"
"""
    append(data / "corpus.toml", entry)
    assert main(["info", str(data)]) == 2
    told = capsys.readouterr().err
    checksum = re.search(r"its SHA-256 is (\w+), not the one", told)[1]
    manifest = data / "corpus.toml"
    manifest.write_text(
        manifest.read_text(encoding="utf-8").replace('sha256 = "0"', f'sha256 = "{checksum}"'),
        encoding="utf-8",
    )
    assert main(["info", str(data)]) == 0
    assert "6 documents" in capsys.readouterr().out


def test_every_file_and_command_of_the_table_exists():
    rows = re.findall(r"^\| (an? [\w ]+) \| (.+) \| (.+) \|$", TEXT, re.MULTILINE)
    assert len(rows) == 6
    for _, change, command in rows:
        for path in re.findall(r"`((?:data|src|notebooks)/[\w./]*)`", change):
            assert (ROOT / path).exists() or "NN" in path, path
        assert re.search(r"`(?:make reproduce ARGS=--update|usru info data)`", command)
