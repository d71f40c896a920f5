"""What a study of one's own is checked for: its notebooks are run, say the same, and their claims hold."""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from nbformat import NotebookNode

from usru.coding.decisions import coded
from usru.ending import run
from usru.study import kernels
from usru.study.claims import broken
from usru.study.study import Study

__all__ = ["faults", "rerun"]


def faults(study: Study) -> list[str]:
    """Say in a sentence each what is wrong with a study as it is stored; nothing is run.

    Parameters
    ----------
    study : Study
        Its corpus and codings are read; what of them cannot be used is refused.

    Returns
    -------
    list of str
        Notebooks that were not run from top to bottom or that hold an error, and claims that do not
        hold or are made twice.

    Examples
    --------
    >>> from usru.study.reproduce import checkout
    >>> faults(Study(checkout()))
    []
    """
    coded(study.corpus)  # refuses what cannot be used
    return [*_unrun(study.notebooks), *broken(study.claims)]


def _unrun(notebooks: Mapping[Path, NotebookNode]) -> Iterator[str]:
    for path, notebook in notebooks.items():
        code = [cell for cell in notebook.cells if cell.cell_type == "code"]
        if [cell.execution_count for cell in code] != list(range(1, len(code) + 1)):
            yield f"{path.name} was not run from top to bottom; run `usru reproduce --update`"
        elif any(output.output_type == "error" for cell in code for output in cell.outputs):
            yield f"{path.name} stopped with an error; mend it and run `usru reproduce --update`"


def rerun(study: Study) -> int:
    """Run the notebooks of a study again with nbval, which compares what each cell shows.

    Parameters
    ----------
    study : Study
        Whose notebooks.

    Returns
    -------
    int
        The exit status of pytest: 0 when everything is the same.
    """
    notebooks = [str(path) for path in study.notebooks]
    if not notebooks:
        return 0
    # None of the options of a project that the study may lie in.
    alone = [
        "--rootdir",
        str(study.root),
        "-c",
        "",
        "--override-ini",
        "addopts=",
        "-p",
        "no:cacheprovider",
    ]
    command = [sys.executable, "-m", "pytest", *alone, "--nbval", "-q", *notebooks]
    with kernels.apart() as environment:
        return run(command, study.root, environment)
