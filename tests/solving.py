"""Run all of each notebook, then each of its solutions and checks; prints what is said of each answer.

    python solving.py NOTEBOOK...

Each solution runs in a process forked off after the last cell: it finds what a student has there,
and nothing that another solution leaves. The notebooks are forked off, too, from a process that has
loaded what all of them use.
"""

import json
import os
import re
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

import nbformat
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from usru import figures
from usru.study import exercises
from usru.study.exercises.tasks import Task, tasks

SHOWN = re.compile(r'(?:figures|findings)\.show\("[\w-]+", corpus\)')
"""A cell that leaves nothing to a solution; nbval compares what it shows."""

FRAMES = (
    "acts",
    "clauses",
    "coded_clauses",
    "coded_topics",
    "quotations",
    "reused",
    "topics",
    "valence",
)
"""What checks compare answers with: found once, as by a student who checks several."""


def run(shell: InteractiveShell, source: str) -> object:
    """Run one cell, and return what it shows."""
    outcome = shell.run_cell(source, store_history=True)
    outcome.raise_error()
    return outcome.result


def forked(work: Callable[[], str]) -> str:
    """What a function returns in a fork of this process."""
    reading, writing = os.pipe()
    if not os.fork():
        status = 1
        try:
            os.close(reading)
            os.write(writing, work().encode())
            status = 0
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            os._exit(status)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as pipe:
        said = pipe.read()
    _, status = os.wait()
    return said if status == 0 else json.dumps("it stopped with an error, see the log")


def replies(path: Path) -> str:
    """What is said of the solutions of a notebook, as JSON."""
    os.chdir(path.parent)
    notebook = nbformat.read(path, as_version=4)
    shell = InteractiveShell.instance(config=Config(HistoryManager={"enabled": False}))
    for cell in notebook.cells:
        if cell.cell_type == "code" and not SHOWN.fullmatch(cell.source.strip()):
            run(shell, cell.source)

    def solved(task: Task) -> str:
        run(shell, task.solution)
        return json.dumps(repr(run(shell, f'exercises.check("{task.id}", answer)')))

    said = {task.id: json.loads(forked(lambda task=task: solved(task))) for task in tasks(notebook)}
    return json.dumps(said)


def main(paths: list[Path]) -> None:
    """Write the replies to standard output as JSON by notebook, and all else to standard error."""
    answers, sys.stdout = sys.stdout, sys.stderr
    figures.FIGURES  # noqa: B018 - loads them, and matplotlib
    for name in FRAMES:
        getattr(exercises._shipped(), name)
    said = {path.stem: json.loads(forked(lambda path=path: replies(path))) for path in paths}
    json.dump(said, answers)


if __name__ == "__main__":
    main([Path(path).resolve() for path in sys.argv[1:]])
