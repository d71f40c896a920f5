"""The tasks that a notebook sets, read from its cells."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["LEVELS", "Task", "tasks"]

LEVELS = (1, 2, 3)
"""Look something up; work something out; change something, or make a case."""

_TASK = re.compile(
    r"### (?P<id>[a-z]+-\d+): (?P<title>.+)\n\n\*Level (?P<level>\d), (?P<minutes>\d+) minutes\.\*"
)
_FOLD = re.compile(r"<details><summary>(\w+)</summary>\n\n(.*?)\n\n</details>", re.DOTALL)
_CODE = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Task:
    """A task of a notebook.

    Attributes
    ----------
    id, title : str
        Its address and its name.
    level : int
        One of `LEVELS`.
    minutes : int
        How long it takes somebody who has read the notebook.
    hint : str
        Markdown; empty where there is none.
    solution : str
        The code of the worked solution, which gives `answer` its value; empty where there is none.
    """

    id: str
    title: str
    level: int
    minutes: int
    hint: str
    solution: str


def tasks(notebook: Mapping[str, Any]) -> Iterator[Task]:
    """Yield the tasks of a notebook.

    Parameters
    ----------
    notebook : notebook
        Its prose has a task in each cell that begins with a heading of the third level, the task's
        address and title, and then says level and minutes in italics. What is asked follows, a hint
        and a solution, each behind a fold.

    Yields
    ------
    Task
        In the order of the notebook.

    Examples
    --------
    >>> cell = '''### dice-1: A die
    ...
    ... *Level 1, 2 minutes.* How many faces has it?
    ...
    ... <details><summary>Hint</summary>
    ...
    ... Count them.
    ...
    ... </details>
    ...
    ... <details><summary>Solution</summary>
    ...
    ... ```python
    ... answer = 6
    ... ```
    ...
    ... </details>'''
    >>> [task] = tasks({"cells": [{"cell_type": "markdown", "source": cell}]})
    >>> task.id, task.title, task.level, task.minutes, task.hint, task.solution
    ('dice-1', 'A die', 1, 2, 'Count them.', 'answer = 6\\n')
    """
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown" and (found := _TASK.match(cell["source"])):
            folds = dict(_FOLD.findall(cell["source"]))
            yield Task(
                found["id"], found["title"], int(found["level"]), int(found["minutes"]),
                hint=folds.get("Hint", ""), solution="".join(_CODE.findall(folds.get("Solution", ""))),
            )  # fmt: skip
