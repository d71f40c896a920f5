"""Serving an app: on this machine alone, until it is ended, with nothing left behind."""

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from contextlib import suppress
from http.client import HTTPException

import psutil  # which kernels bring
import pytest

from usru import ending
from usru.cli import main
from usru.study import app


def test_nobody_else_can_reach_it(tmp_path):
    command = app._command(tmp_path / "coder.ipynb", 8899, browser=False)
    assert "--Voila.ip=127.0.0.1" in command
    assert {"--no-browser", "--port=8899"} <= set(command)
    assert "--no-browser" not in app._command(tmp_path / "coder.ipynb", 8899)


def test_it_ends_with_what_started_it(tmp_path):
    """Also where that was killed, and could say nothing."""
    (tmp_path / "voila").mkdir()
    (tmp_path / "voila" / "__init__.py").touch()
    serves = "import time\ndef main():\n    print('here', flush=True)\n    time.sleep(600)\n"
    (tmp_path / "voila" / "app.py").write_text(serves, encoding="utf-8")
    with subprocess.Popen(
        app._command(tmp_path / "coder.ipynb", 8899), env={**os.environ, "PYTHONPATH": str(tmp_path)},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as process:  # fmt: skip
        assert process.stdout.readline() == b"here\n"
        assert process.poll() is None
        process.stdin.close()
        assert process.wait(60) == -signal.SIGTERM


def test_what_ends_by_itself_says_why_and_leaves_nothing(monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    fails = [sys.executable, "-c", "print('no theme'); raise SystemExit(3)"]
    monkeypatch.setattr(app, "_command", lambda *given, **options: fails)
    said = []
    made = app.App("coder", "Coding", "", "1")
    assert app.serve(made, browser=False, say=said.append) == 3
    assert said[0] == "starting …"
    assert said[-1] == "no theme\n"
    assert list(tmp_path.iterdir()) == []


def test_a_server_that_does_not_end_is_ended(monkeypatch):
    monkeypatch.setattr(ending, "PATIENCE", 0.2)
    deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True); time.sleep(60)"
    process = subprocess.Popen([sys.executable, "-c", deaf], stdout=subprocess.PIPE)
    process.stdout.readline()
    listener = threading.Thread(target=process.stdout.read)
    listener.start()
    app._end(process, listener)
    assert process.returncode == -signal.SIGKILL
    assert not listener.is_alive()
    process.stdout.close()


def read(address):
    """Ask for a page, for which the app starts a kernel, until the app is gone."""
    with suppress(OSError, HTTPException):
        urllib.request.urlopen(address).read()


def runs(process):
    """Whether a process has not ended; one that init has not collected yet has."""
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


@pytest.mark.parametrize(("ending", "opened"), [("SIGTERM", True), ("SIGHUP", False)])
def test_nothing_is_left_behind_when_it_is_ended(ending, opened, own, tmp_path):
    """A real process, when a reader has the page open, or has just asked for it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    places = {"TMPDIR": tmp_path / "temporary", "HOME": tmp_path / "home"}
    for place in places.values():
        place.mkdir()
    environment = {
        **os.environ,
        **{name: str(place) for name, place in places.items()},
        "PYTHONUNBUFFERED": "1",
    }
    for name in ("JUPYTER_DATA_DIR", "IPYTHONDIR"):
        environment.pop(name, None)
    command = ["explore", str(own.manifest.folder), "--no-browser", "--port", str(port)]
    process = subprocess.Popen(
        [sys.executable, "-m", "usru", *command], env=environment, stdout=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip
    try:
        told = [process.stdout.readline().strip() for _ in range(4)]
        assert told[0] == "reading the study …"
        assert told[1:3] == ["preparing 2 stories for the explorer …", "starting …"]
        told = re.fullmatch(r"the explorer is at (\S+) \(Ctrl-C ends it\)", told[3])
        assert re.fullmatch(rf"http://127\.0\.0\.1:{port}/[\w-]{{40,}}/", told[1])
        reader = threading.Thread(target=read, args=(told[1],))
        reader.start()
        if opened:
            reader.join()
        below = []
        while len(below) < 2:  # Voilà, and a kernel
            time.sleep(0.05)
            below = psutil.Process(process.pid).children(recursive=True)
        process.send_signal(getattr(signal, ending))
        assert process.wait(40) == 0
    finally:
        process.kill()
        process.stdout.close()
    reader.join()
    assert [one for one in below if runs(one)] == []
    socket.create_server(("127.0.0.1", port)).close()
    assert [[*place.iterdir()] for place in places.values()] == [[], []]


def test_a_port_that_cannot_be_used_is_refused(capsys):
    assert main(["explore", "--no-browser", "--port", "80000"]) == 2
    assert capsys.readouterr().err.startswith("usru: --port 80000: there is no such port; name")
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = str(other.getsockname()[1])
        assert main(["explore", "--no-browser", "--port", taken]) == 2
    assert capsys.readouterr().err.startswith(f"usru: --port {taken}: it cannot be used (")
