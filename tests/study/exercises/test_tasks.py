"""The tasks of the notebooks: complete, of three levels, and solved as they say."""

import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import nbformat
import pytest

from usru.study import exercises, findings
from usru.study.exercises.tasks import LEVELS, Task, tasks
from usru.study.reproduce import checkout

PATHS = sorted((checkout() / "notebooks").glob("*.ipynb"))
NOTEBOOKS = pytest.mark.parametrize("path", PATHS, ids=[path.stem for path in PATHS])
SOLVING = Path(__file__).parents[2] / "solving.py"


@NOTEBOOKS
def test_a_notebook_sets_tasks_of_three_levels_in_order(path):
    found = [*tasks(nbformat.read(path, as_version=4))]
    subject = path.stem.partition("_")[2]
    assert [task.id for task in found] == [f"{subject}-{n + 1}" for n in range(len(found))]
    assert len(found) >= 4
    assert [task.level for task in found] == sorted(task.level for task in found)
    assert {task.level for task in found} == set(LEVELS)
    assert found[0].minutes == 2
    assert all(task.hint and "answer" in task.solution for task in found)


@NOTEBOOKS
def test_a_task_is_followed_by_a_cell_for_its_answer(path):
    cells = nbformat.read(path, as_version=4).cells
    for cell, after in pairwise(cells):
        for task in tasks({"cells": [cell]}):
            assert after.source == f'answer = ...\nexercises.check("{task.id}", answer)'
            assert "No answer yet" in after.outputs[-1].data["text/plain"]


@NOTEBOOKS
def test_a_claim_can_be_broken(path):
    """Each notebook asks for a change that makes a claim fall."""
    solutions = [task.solution for task in tasks(nbformat.read(path, as_version=4))]
    assert any("exercises.altered(" in one for one in solutions)


@pytest.fixture(scope="module")
def replies():
    """What is said of the solution of each task, by notebook, and what else was said."""
    done = subprocess.run(
        [sys.executable, SOLVING, *PATHS], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout), done.stderr


@NOTEBOOKS
def test_every_solution_is_right_after_the_notebook_ran(path, replies):
    said, log = replies
    asked = {task.id for task in tasks(nbformat.read(path, as_version=4))}
    assert said[path.stem] == dict.fromkeys(asked, "✓ Right."), log[-3000:]


def test_every_check_has_its_task():
    for subject in findings.SUBJECTS:
        with pytest.raises(KeyError, match=f"there are {subject}-1"):
            exercises.check(f"{subject}-99")
    asked = {task.id for path in PATHS for task in tasks(nbformat.read(path, as_version=4))}
    assert asked == set(exercises.CHECKS)


SOURCE = (
    "### dice-1: A die\n\n*Level 2, 5 minutes.* How many faces?\n\n"
    "<details><summary>Hint</summary>\n\nCount.\n\n</details>\n\n"
    "<details><summary>Solution</summary>\n\n```python\nanswer = 6\n```\n\nSix.\n\n</details>"
)


def read(source):
    return [*tasks({"cells": [{"cell_type": "markdown", "source": source}]})]


def test_a_task_is_read_with_what_it_has():
    assert read(SOURCE) == [Task("dice-1", "A die", 2, 5, "Count.", "answer = 6\n")]
    assert read(SOURCE.replace("Hint", "Clue"))[0].hint == ""
    assert read(SOURCE.partition("<details>")[0])[0].solution == ""


@pytest.mark.parametrize(
    "source", ["### covid-19: A pandemic\n\nText.", SOURCE[4:], "\n" + SOURCE, ""]
)
def test_other_prose_is_no_task(source):
    assert read(source) == []
