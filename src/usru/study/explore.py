"""The explorer as an app: served by Voilà on this machine, with the reading edition beside it."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat

from usru.corpus import CHOICE, Corpus
from usru.files import make_folders, write
from usru.show import edition
from usru.show.layers import layers
from usru.templates import FOLDER, address, render

__all__ = ["command", "environment", "lay_out", "serve"]

EDITION = "voila/files/edition/"
"""Address of the reading edition, seen from the app."""

_CELL = f"""\
import usru
from usru.show.explorer import Explorer

Explorer(usru.load(), edition={EDITION!r})"""


def lay_out(corpus: Corpus, folder: Path) -> Path:
    """Write what the app is made of: a notebook of one cell, and each story to read.

    Parameters
    ----------
    corpus : Corpus
        What is explored.
    folder : path
        An empty folder.

    Returns
    -------
    path
        The notebook.
    """
    lead = render("explorer/lead.html", title=corpus.manifest.title)
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_markdown_cell(lead), nbformat.v4.new_code_cell(_CELL)],
        metadata={
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "title": "Explorer",
        },
    )
    shutil.copytree(FOLDER / "app", folder / "share" / "voila" / "templates" / "usru")
    make_folders(folder / "edition")
    shown = layers(corpus)
    for doc_id in corpus.documents["doc_id"]:
        page = edition.page(corpus, doc_id, shown)
        write(folder / "edition" / f"{address(doc_id)}.html", page)
    path = folder / "explorer.ipynb"
    write(path, str(nbformat.writes(notebook, 4)))
    return path


def command(notebook: Path, port: int | None = None, *, browser: bool = True) -> list[str]:
    """Return the command that serves the app, at a free port unless one is given.

    Examples
    --------
    >>> command(Path("explorer.ipynb"), 8866)[-1]
    '--port=8866'
    """
    options = [
        "--Voila.ip=127.0.0.1",
        "--VoilaConfiguration.file_allowlist=edition/.*[.]html",
        "--template=usru",
    ]
    options += [] if browser else ["--no-browser"]
    options += [] if port is None else [f"--port={port}"]
    return [sys.executable, "-m", "voila", str(notebook), *options]


def environment(corpus: Corpus, folder: Path) -> dict[str, str]:
    """Return the variables under which the app finds its corpus and its page."""
    places = [str(folder / "share"), *filter(None, [os.environ.get("JUPYTER_PATH")])]
    return {
        **os.environ,
        CHOICE: str(corpus.manifest.folder.resolve()),
        "JUPYTER_PATH": os.pathsep.join(places),
    }


def serve(corpus: Corpus, port: int | None = None, *, browser: bool = True) -> int:
    """Serve the app until it is interrupted; nothing is left behind.

    Returns
    -------
    int
        The exit status of the server.
    """
    with tempfile.TemporaryDirectory(prefix="usru-") as folder:
        notebook = lay_out(corpus, Path(folder))
        return subprocess.call(
            command(notebook, port, browser=browser),
            cwd=folder,
            env=environment(corpus, Path(folder)),
        )
