"""What ends a command: whatever cleans up does so, once."""

import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from usru.cli import main
from usru.ending import ENDS, Ended, ended, run

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals are sent differently on Windows")


@pytest.mark.parametrize("one", ENDS)
def test_a_signal_ends_the_block_and_a_second_one_does_not_stop_the_cleaning(one):
    before = signal.getsignal(one)
    cleaned = []

    def work():
        with ended():
            try:
                signal.raise_signal(one)
            finally:
                signal.raise_signal(one)
                cleaned.append(one)

    with pytest.raises(Ended) as found:
        work()
    assert found.value.number == one
    assert cleaned == [one]
    assert signal.getsignal(one) == before


def test_what_is_ignored_stays_so():
    """As by nohup, after which the closing of the terminal ends nothing."""
    before = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        with ended():
            signal.raise_signal(signal.SIGTERM)
            reached = True
    finally:
        signal.signal(signal.SIGTERM, before)
    assert reached


def test_a_program_that_runs_ends_with_the_command(tmp_path):
    mark = tmp_path / "started"
    code = f"open({str(mark)!r}, 'w').close(); import time; time.sleep(600)"

    def end() -> None:
        while not mark.exists():
            time.sleep(0.01)
        os.kill(os.getpid(), signal.SIGTERM)

    ender = threading.Thread(target=end)
    ender.start()
    started = []
    real = subprocess.Popen.__init__

    def noted(self, *given, **options):
        started.append(self)
        real(self, *given, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(subprocess.Popen, "__init__", noted)
        with pytest.raises(Ended), ended():
            run([sys.executable, "-c", code], tmp_path)
    ender.join()
    assert [one.returncode for one in started] == [-signal.SIGTERM]


def test_the_status_of_a_program_is_given(tmp_path):
    assert run([sys.executable, "-c", "raise SystemExit(3)"], tmp_path) == 3


def test_a_command_that_is_ended_says_so_in_its_status(monkeypatch, capsys):
    monkeypatch.setattr("usru.cli._info", lambda options: signal.raise_signal(signal.SIGTERM))
    assert main(["info"]) == 143
    assert capsys.readouterr().err == "usru: interrupted; every stored file is whole\n"


def test_who_reads_no_further_is_told_nothing():
    """As by ``usru info | head -1``."""
    command = [sys.executable, "-m", "usru", "info"]
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            command, stdout=writing, stderr=subprocess.PIPE, text=True, check=False
        )
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (141, "")
