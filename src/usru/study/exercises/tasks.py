"""The tasks that a notebook sets, read from its cells."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["LEVELS", "Task", "tasks"]

LEVELS = (1, 2, 3)
"""Look something up; work something out; change something, or make a case."""

_HEADING = re.compile(r"^### (?P<id>[a-z]+-\d+): (?P<title>.+)$", re.MULTILINE)
_EFFORT = re.compile(r"^\*Level (?P<level>\d), (?P<minutes>\d+) minutes\.\*", re.MULTILINE)
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
        Markdown.
    solution : str
        The code of the worked solution; it gives `answer` its value.
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
        Its prose has a task under each heading of the third level that begins with an address:
        level and minutes in italics, what is asked, a hint and a solution, each behind a fold. A
        task without one of them is a ValueError.

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
        if cell["cell_type"] == "markdown" and (heading := _HEADING.match(cell["source"])):
            yield _task(heading["id"], heading["title"], cell["source"])


def _task(id: str, title: str, source: str) -> Task:
    effort, folds = _EFFORT.search(source), dict(_FOLD.findall(source))
    for part, there in (
        ("level and minutes", effort),
        *((one, one in folds) for one in ("Hint", "Solution")),
    ):
        if not there:
            raise ValueError(f"task {id} has no {part.lower()}")
    assert effort is not None
    solution = "".join(_CODE.findall(folds["Solution"]))
    return Task(id, title, int(effort["level"]), int(effort["minutes"]), folds["Hint"], solution)
