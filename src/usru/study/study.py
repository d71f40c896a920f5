"""A study: a folder with a corpus, its codebook and codings, notebooks and figures."""

import re
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
from nbformat import NotebookNode

from usru import manifest
from usru.codebook import MANIFEST, Codebook
from usru.corpus import Corpus, load
from usru.errors import InputError
from usru.study.claims import stored

__all__ = ["Study"]

_SHOWN = re.compile(r"\bfigures\.show\(\s*[\"'](\w+)[\"']")


class Study:
    """A study: a folder that holds a ``corpus.toml``, itself or in ``data``.

    Parameters
    ----------
    folder : str or path, optional
        The study, or its corpus folder; by default the study that one stands in, which may be a
        folder above.

    Attributes
    ----------
    root : path
        Its folder.

    Raises
    ------
    InputError
        When there is no study in that place.

    Examples
    --------
    >>> from usru.study.reproduce import checkout
    >>> study = Study(checkout())
    >>> len(study.figures), [path.stem for path in study.notebooks][0]
    (33, '01_corpus')
    """

    def __init__(self, folder: str | Path | None = None) -> None:
        self.root = _stood_in() if folder is None else manifest.read(folder).root

    def __repr__(self) -> str:
        return f"Study({self.root.name!r}: {self.corpus!r})"

    @cached_property
    def corpus(self) -> Corpus:
        """Its texts, as frames; a column to group by that no document has is refused."""
        corpus = load(self.root)
        corpus.group  # noqa: B018 - a dozen documents are not grouped, and would not notice
        return corpus

    @property
    def codebook(self) -> Codebook:
        """How its texts are read: topics, speakers, outlets, words of reporting, events."""
        return self.corpus.codebook

    def coding(self, name: str, reading: str = "reference") -> pd.DataFrame:
        """Return a coding of its texts, as `usru.corpus.Corpus.coding` does.

        Parameters
        ----------
        name, reading : str
            What was coded, and the reading; the reference by default.
        """
        return self.corpus.coding(name, reading)

    @property
    def notebooks(self) -> dict[Path, NotebookNode]:
        """Its notebooks as they are stored, in the order of their names."""
        return read_notebooks(self.root)

    @property
    def figures(self) -> tuple[str, ...]:
        """The names of the figures that its notebooks show, in the order of the gallery."""
        return figures_in(self.notebooks)

    @property
    def claims(self) -> list[tuple[str, dict[str, Any]]]:
        """The claims that its notebooks carry, each behind the name of its notebook."""
        return stored(self.notebooks)

    @property
    def is_package(self) -> bool:
        """Whether the package itself is developed here, with tests of its own."""
        return (self.root / "src" / "usru").is_dir()


def _stood_in() -> Path:
    here = Path.cwd()
    for folder in (here, *here.parents):
        if any((place / MANIFEST).is_file() for place in (folder, folder / "data")):
            return manifest.read(folder).root
    mend = "change into one, name its folder, or make one with `usru new`"
    raise InputError(here, "there is no study here", mend)


def read_notebooks(root: Path) -> dict[Path, NotebookNode]:
    """Read the notebooks of a folder, in the order of their names.

    Parameters
    ----------
    root : path
        The folder of a study.
    """
    paths = sorted((root / "notebooks").glob("[0-9]*.ipynb"))
    return {path: _read(path) for path in paths}


def _read(path: Path) -> NotebookNode:
    try:
        notebook: NotebookNode = nbformat.read(path, as_version=4)
        return notebook
    except Exception as error:  # nbformat raises its own, json's and validation errors
        why = f"it is no notebook ({' '.join(str(error).split())[:100]})"
        raise InputError(path, why, "restore it, or move it away") from None


def figures_in(notebooks: Mapping[Path, Mapping[str, Any]]) -> tuple[str, ...]:
    """Return the names of the figures that notebooks show.

    Parameters
    ----------
    notebooks : mapping of path to notebook
        As `read_notebooks` gives them.
    """
    from usru.figures import FIGURES

    cells = (cell for notebook in notebooks.values() for cell in notebook["cells"])
    code = [cell["source"] for cell in cells if cell["cell_type"] == "code"]
    shown = {name for source in code for name in _SHOWN.findall(source)}
    return tuple(name for name in FIGURES if name in shown)


def title(notebook: Mapping[str, Any]) -> str:
    """Return the title of a notebook, the heading in its first cell.

    Parameters
    ----------
    notebook : notebook
        With a first cell that is not empty.

    Examples
    --------
    >>> title({"cells": [{"cell_type": "markdown", "source": "# The end\\n\\nIs it?"}]})
    'The end'
    """
    return str(notebook["cells"][0]["source"]).splitlines()[0].lstrip("# ")
