"""The guide to estimates is followed as it is written, by a coder who is simulated."""

import re
import shlex

import pytest
from coders import all_coded
from studies import study

import usru
from usru.analysis import estimate
from usru.cli import main
from usru.coding import joined, units
from usru.study.reproduce import checkout

GUIDE = (checkout() / "docs" / "estimates.md").read_text(encoding="utf-8")
COMMANDS = [
    shlex.split(line)
    for block in re.findall(r"^```sh\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)
    for line in block.splitlines()
]


def test_the_four_steps(tmp_path, monkeypatch, capsys):
    corpus = study(tmp_path / "s", [{"outlet": ("Tide", "Wave")[n % 3 > 0]} for n in range(100)])
    monkeypatch.chdir(corpus.manifest.root)
    drawing, coding = COMMANDS
    assert main(drawing[1:]) == 0
    assert "points wide for a share of 20%" in capsys.readouterr().out
    what, sheet = (coding[coding.index(option) + 1] for option in ("--what", "--sheet"))
    drawn = units.chosen(corpus, what, sheet)
    assert len(drawn) == int(drawing[drawing.index("--n") + 1])
    all_coded(corpus, what, "water", "ada", of=drawn)
    frame = joined(corpus, what, "ada", "paragraphs", code="water")
    found = estimate.mean(frame, "predicted", "coded", "probability", by="outlet")
    assert found["n_coded"].sum() == 200
    more = re.search(r"`usru (sample --n 400)`", GUIDE)[1]
    assert main(more.split()) == 0
    assert "200 passages were in the sheet already and stay" in capsys.readouterr().out
    grown = joined(corpus, what, "ada", "paragraphs", code="water")
    assert grown["coded"].notna().sum() == 200
    assert grown["probability"].sum() == pytest.approx(200)


def test_the_lines_of_python_run():
    [code] = re.findall(r"^```python\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)
    *lines, last = code.strip().splitlines()
    known = {}
    exec("\n".join(lines), known)
    table = eval(last, known)
    assert table["n"].sum() == len(usru.load().paragraphs)
    assert (table["low"] == table["high"]).all()
