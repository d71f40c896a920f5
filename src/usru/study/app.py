"""Apps: a notebook of one cell, served by Voilà on this machine until it is ended."""

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import nbformat

from usru.ending import PATIENCE, Ended, end, ended
from usru.errors import InputError
from usru.files import make_folders, write
from usru.templates import FOLDER

__all__ = ["EDITION", "App", "serve"]

EDITION = "voila/files/edition/"
"""Where an app sees the pages that are laid out in its folder ``edition``."""

PORT = 8866  # Voilà's own; another where it is taken
LAST = 40  # lines of what it told that are shown when it ends by itself


@dataclass(frozen=True)
class App:
    """What an app is made of.

    `name` is in sentences, `title` above its page, `lead` the Markdown before the widget that `cell`
    shows, and `pages` the HTML that it leads to, by file name.
    """

    name: str
    title: str
    lead: str
    cell: str
    pages: Callable[[], Iterator[tuple[str, str]]] = lambda: iter(())


def _lay_out(app: App, folder: Path) -> tuple[Path, str]:
    """Write what an app is made of, its pages too; return its notebook of one cell, and its path.

    The path is random, so that neither other people on this machine nor pages of other sites that
    are open in the browser know it; as an argument of Voilà it could be listed.
    """
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_markdown_cell(app.lead), nbformat.v4.new_code_cell(app.cell)],
        metadata={"kernelspec": kernel, "title": app.title},
    )
    shutil.copytree(FOLDER / "app", folder / "share" / "voila" / "templates" / "usru")
    make_folders(folder / "edition")
    for name, page in app.pages():
        write(folder / "edition" / name, page)
    path = folder / f"{app.name}.ipynb"
    write(path, str(nbformat.writes(notebook, 4)))
    base = f"/{secrets.token_urlsafe()}/"
    write(folder / "voila.json", json.dumps({"Voila": {"base_url": base}}))
    return path, base


_SERVER = """\
import os, signal, threading

def end_with_parent():
    os.read(0, 1)
    os.kill(os.getpid(), signal.SIGTERM)

threading.Thread(target=end_with_parent, daemon=True).start()
from voila.app import main
main()"""
"""Voilà, which ends when its standard input does: also where what started it was killed."""


def _command(notebook: Path, port: int, *, browser: bool = True) -> list[str]:
    """The command that serves the app."""
    options = ["--Voila.ip=127.0.0.1", "--VoilaConfiguration.file_allowlist=edition/.*[.]html"]
    # What is wrong with a study is for its reader, who is here.
    options += ["--show_tracebacks=True"]
    options += [f"--port={port}", f"--Voila.connection_dir_root={notebook.parent}"]
    options += [] if browser else ["--no-browser"]
    return [sys.executable, "-c", _SERVER, str(notebook), "--template=usru", *options]


def _environment(folder: Path) -> dict[str, str]:
    """The variables under which the app finds its page and leaves nothing elsewhere."""
    places = [str(folder / "share"), *filter(None, [os.environ.get("JUPYTER_PATH")])]
    homes = ("JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
    own = {name: str(folder / name.lower()) for name in homes}
    return {**os.environ, **own, "JUPYTER_PATH": os.pathsep.join(places)}


def _free_port(port: int | None) -> int:
    """The port that was asked for, which must be free, or any that is."""
    mend = "name another from 1024 to 65535, or leave it out for a free one"
    if port is not None and not 0 < port <= 65535:
        raise InputError(f"--port {port}", "there is no such port", mend)
    for candidate in (PORT, 0) if port is None else (port,):
        try:
            with socket.create_server(("127.0.0.1", candidate)) as free:
                return int(free.getsockname()[1])
        except OSError as error:
            why = f"it cannot be used ({error.strerror})"
    raise InputError(f"--port {candidate}", why, mend) from None


def serve(
    app: App, port: int | None = None, *, browser: bool = True,
    say: Callable[[str], object] = print,
) -> int:  # fmt: skip
    """Serve an app until it is ended, leave nothing behind, and return its exit status.

    Ctrl-C, SIGTERM and the closing of its terminal end it.

    Parameters
    ----------
    app : App
        What is served.
    port : int, optional
        A free one by default; one that cannot be used is an error.
    browser : bool
        Whether a browser opens the app.
    say : callable
        Gets a sentence on each step.
    """
    port, status = _free_port(port), 0
    with suppress(Ended), ended(), tempfile.TemporaryDirectory(prefix="usru-") as name:
        folder = Path(name)
        notebook, base = _lay_out(app, folder)
        command = _command(notebook, port, browser=browser)
        say("starting …")
        # In a session of its own, so that a signal from the terminal comes here alone.
        with subprocess.Popen(
            command, cwd=folder, env=_environment(folder), stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
            encoding="utf-8", errors="replace",
        ) as process:  # fmt: skip
            told: deque[str] = deque(maxlen=LAST)
            listener = threading.Thread(target=told.extend, args=(process.stdout,), daemon=True)
            listener.start()
            try:
                if _answers(process, port):
                    say(f"the {app.name} is at http://127.0.0.1:{port}{base} (Ctrl-C ends it)")
                status = process.wait()
            finally:
                _end(process, listener)
        say("".join(told))
    return status


def _answers(process: "subprocess.Popen[str]", port: int) -> bool:
    """Wait until somebody can open the app; false where it ended before."""
    while process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return True
    return False


def _end(process: "subprocess.Popen[str]", listener: threading.Thread) -> None:
    """End Voilà, which ends its kernels, and wait for all of them."""
    end(process)
    # A kernel that Voilà was just starting ends by itself, and holds what it would tell until then.
    listener.join(PATIENCE)
