"""What an independent codechecker has to reproduce: the manifest of a study's ``codecheck.yml``.

CODECHECK (https://codecheck.org.uk) gives a certificate to computations that somebody else could
run. Its file names the outputs, which follow from the notebooks; all else in it is written by hand.
"""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from usru.errors import InputError
from usru.files import is_there, read_text, write
from usru.study.study import figures_in, title

__all__ = ["FILE", "renew", "renewed"]

FILE = "codecheck.yml"

_MANIFEST = re.compile(r"^manifest:\n(?:[ \t].*\n|\n)*", re.MULTILINE)


def renew(root: Path, notebooks: Mapping[Path, Mapping[str, Any]]) -> None:
    """Write the manifest of a study anew; a study without the file is left without it.

    Parameters
    ----------
    root : path
        The folder of the study.
    notebooks : mapping of path to notebook
        As `usru.study.study.read_notebooks` gives them.
    """
    path = root / FILE
    if is_there(path):
        text = read_text(path, "restore it, or move it away")
        if not _MANIFEST.search(text):
            mend = "add a line that is only `manifest:`"
            raise InputError(path, "it has no manifest", mend)
        write(path, renewed(text, notebooks))


def renewed(text: str, notebooks: Mapping[Path, Mapping[str, Any]]) -> str:
    """Return the text of a ``codecheck.yml`` with a new manifest, and nothing else changed.

    Parameters
    ----------
    text : str
        With a key ``manifest`` at the beginning of a line; what is indented below it is replaced.
    notebooks : mapping of path to notebook
        Executed ones, whose figures and claims are the outputs.

    Examples
    --------
    >>> cells = [{"cell_type": "markdown", "source": "# The end"}]
    >>> print(renewed("manifest:\\n  - file: old\\nversion: 1\\n", {Path("9_end.ipynb"): {"cells": cells}}))
    manifest:
      - file: notebooks/README.md
        comment: "every claim with its check, and every task"
      - file: figures/README.md
        comment: "every figure, with its caption"
      - file: notebooks/9_end.ipynb
        comment: "The end"
    <BLANKLINE>
    version: 1
    <BLANKLINE>
    """
    items = "".join(
        f"  - file: {file}\n    comment: {json.dumps(comment, ensure_ascii=False)}\n"
        for file, comment in _outputs(notebooks)
    )
    return _MANIFEST.sub(lambda _: f"manifest:\n{items}\n", text, count=1)


def _outputs(notebooks: Mapping[Path, Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """Each file that a run makes, and what it is."""
    from usru.figures import FIGURES

    yield "notebooks/README.md", "every claim with its check, and every task"
    yield "figures/README.md", "every figure, with its caption"
    for path, notebook in notebooks.items():
        yield f"notebooks/{path.name}", title(notebook)
    for name in figures_in(notebooks):
        shown = FIGURES[name].title
        yield f"figures/{name}.svg", f"figure: {shown}"
        yield f"figures/{name}.csv", f"what is plotted: {shown}"
