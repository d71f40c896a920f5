"""The explorer as an app: served by Voilà on this machine, with the reading edition beside it."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat

from usru.corpus import Corpus
from usru.errors import InputError
from usru.files import make_folders, write
from usru.show import edition
from usru.templates import FOLDER, address, render

__all__ = ["serve"]

EDITION = "voila/files/edition/"  # where the app sees the reading edition

_CELL = """\
import usru
from usru.show.explorer import Explorer

Explorer(usru.load({folder!r}), edition={edition!r})"""


def _lay_out(corpus: Corpus, folder: Path) -> Path:
    """Write what the app is made of: a notebook of one cell, which is returned, and the stories."""
    lead = render("explorer/lead.html", title=corpus.manifest.title)
    cell = _CELL.format(folder=str(corpus.manifest.folder.resolve()), edition=EDITION)
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_markdown_cell(lead), nbformat.v4.new_code_cell(cell)],
        metadata={"kernelspec": kernel, "title": "Explorer"},
    )
    shutil.copytree(FOLDER / "app", folder / "share" / "voila" / "templates" / "usru")
    make_folders(folder / "edition")
    shown = edition.layers(corpus)
    for doc_id in corpus.documents["doc_id"]:
        page = edition.page(corpus, doc_id, shown)
        write(folder / "edition" / f"{address(doc_id)}.html", page)
    write(folder / "explorer.ipynb", str(nbformat.writes(notebook, 4)))
    return folder / "explorer.ipynb"


def _command(notebook: Path, port: int | None = None, *, browser: bool = True) -> list[str]:
    """The command that serves the app, at a free port unless one is given."""
    options = ["--Voila.ip=127.0.0.1", "--VoilaConfiguration.file_allowlist=edition/.*[.]html"]
    options += [] if browser else ["--no-browser"]
    options += [] if port is None else [f"--port={port}"]
    return [sys.executable, "-m", "voila", str(notebook), "--template=usru", *options]


def _environment(folder: Path) -> dict[str, str]:
    """The variables under which the app finds its page."""
    places = [str(folder / "share"), *filter(None, [os.environ.get("JUPYTER_PATH")])]
    return {**os.environ, "JUPYTER_PATH": os.pathsep.join(places)}


def _check_port(port: int) -> None:
    """Refuse a port that no server can have, where Voilà would take another."""
    mend = "name another from 1024 to 65535, or leave it out for a free one"
    if not 0 <= port <= 65535:
        raise InputError(f"--port {port}", "there is no such port", mend)
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError as error:
        why = f"it cannot be used ({error.strerror})"
        raise InputError(f"--port {port}", why, mend) from None


def serve(corpus: Corpus, port: int | None = None, *, browser: bool = True) -> int:
    """Serve the app until it is interrupted, leave nothing behind, and return its exit status.

    Parameters
    ----------
    corpus : Corpus
        Any corpus.
    port : int, optional
        A free one by default; one that cannot be used is an error.
    browser : bool
        Whether a browser opens the app.
    """
    if port is not None:
        _check_port(port)
    with tempfile.TemporaryDirectory(prefix="usru-") as folder:
        command = _command(_lay_out(corpus, Path(folder)), port, browser=browser)
        return subprocess.call(command, cwd=folder, env=_environment(Path(folder)))
