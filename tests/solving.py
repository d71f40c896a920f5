"""Run all of a notebook, then each of its solutions and checks; prints what is said of each answer.

    python solving.py NOTEBOOK

Each solution runs in a process forked off after the last cell: it finds what a student has there,
and nothing that another solution leaves.
"""

import json
import os
import sys
from pathlib import Path

import nbformat
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from usru.study.exercises.tasks import Task, tasks


def run(shell: InteractiveShell, source: str) -> object:
    """Run one cell, and return what it shows."""
    outcome = shell.run_cell(source, store_history=True)
    outcome.raise_error()
    return outcome.result


def solved(shell: InteractiveShell, task: Task) -> str:
    """What is said of the solution of a task, in a fork of this process."""
    reading, writing = os.pipe()
    if not os.fork():
        status = 1
        try:
            os.close(reading)
            run(shell, task.solution)
            reply = run(shell, f'exercises.check("{task.id}", answer)')
            os.write(writing, repr(reply).encode())
            status = 0
        finally:
            sys.stdout.flush()
            os._exit(status)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as pipe:
        said = pipe.read()
    _, status = os.wait()
    return said if status == 0 else "it stopped with an error, see above"


def main(path: Path) -> None:
    """Write the replies to standard output as JSON, and all else to standard error."""
    answers, sys.stdout = sys.stdout, sys.stderr
    os.chdir(path.parent)
    notebook = nbformat.read(path, as_version=4)
    shell = InteractiveShell.instance(config=Config(HistoryManager={"enabled": False}))
    for cell in notebook.cells:
        if cell.cell_type == "code":
            run(shell, cell.source)
    json.dump({task.id: solved(shell, task) for task in tasks(notebook)}, answers)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
