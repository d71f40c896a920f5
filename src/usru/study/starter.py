"""The starter notebooks of a study, from Markdown whose fences of Python become cells of code."""

import re
from pathlib import Path

from nbformat import NotebookNode, v4

from usru.templates import FOLDER

__all__ = ["FILES", "notebooks"]

FILES = FOLDER / "study" / "notebooks"
"""Where the Markdown is, a file a notebook."""

METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}

_FENCE = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def notebooks(folder: Path = FILES) -> dict[str, NotebookNode]:
    """Return the starter notebooks, not yet run, the same bytes each time.

    Parameters
    ----------
    folder : path
        Holds a Markdown file a notebook; what is between two fences of ``python`` is a cell of
        code, all other text a cell of prose.

    Returns
    -------
    dict of NotebookNode
        By name, in order.

    Examples
    --------
    >>> list(notebooks())
    ['01_corpus', '02_topics', '03_voices', '04_tone']
    """
    paths = sorted(folder.glob("*.md"))
    return {path.stem: _notebook(path.stem, path.read_text(encoding="utf-8")) for path in paths}


def _notebook(name: str, text: str) -> NotebookNode:
    # Splitting at the fences gives prose and code in turn.
    parts = [part.strip() for part in _FENCE.split(text)]
    made = [
        v4.new_code_cell(part) if number % 2 else v4.new_markdown_cell(part)
        for number, part in enumerate(parts)
        if part
    ]
    for number, cell in enumerate(made):
        cell["id"] = f"{name[:2]}-{number:02d}"
    return v4.new_notebook(cells=made, metadata=METADATA)  # type: ignore[no-any-return]
