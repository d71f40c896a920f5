"""What ends a command from outside: Ctrl-C, a supervisor, a terminal that is closed."""

import signal
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

__all__ = ["ENDS", "PATIENCE", "Ended", "end", "ended", "run"]

ENDS = [one for one in (signal.SIGINT, signal.SIGTERM, getattr(signal, "SIGHUP", None)) if one]
"""The signals that end a command."""

PATIENCE = 15
"""Seconds that what was started has to end by itself."""


class Ended(KeyboardInterrupt):
    """A command was ended.

    Parameters
    ----------
    number : int
        Of the signal; by default that of Ctrl-C.
    """

    def __init__(self, number: int = signal.SIGINT) -> None:
        super().__init__()
        self.number = number


def _raise(number: int) -> None:
    raise Ended(number)


@contextmanager
def ended(act: Callable[[int], object] = _raise) -> Iterator[None]:
    """Raise `Ended` in the block when a signal ends the command, so that all that cleans up does.

    A second signal does not stop the cleaning. What is ignored stays so, as by nohup.

    Parameters
    ----------
    act : callable
        Gets the number of the signal, where something else is done than to raise.

    Examples
    --------
    >>> with ended():
    ...     try:
    ...         signal.raise_signal(signal.SIGTERM)
    ...     except Ended as one:
    ...         print("ended by", one.number)
    ended by 15
    """

    def _heed(number: int, frame: FrameType | None) -> None:
        for one in ENDS:
            signal.signal(one, signal.SIG_IGN)
        act(number)

    before = {one: signal.getsignal(one) for one in ENDS}
    before = {one: handler for one, handler in before.items() if handler != signal.SIG_IGN}
    for one in before:
        signal.signal(one, _heed)
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def run(
    command: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None
) -> int:  # fmt: skip
    """Run a program to its end, or end it when this one is ended, and return its exit status.

    Parameters
    ----------
    command : sequence of str
        The program and its arguments.
    folder : path
        Where it runs.
    environment : mapping of str to str, optional
        Its variables; those of this process by default.
    """
    with subprocess.Popen(command, cwd=folder, env=environment) as process:
        try:
            return process.wait()
        finally:
            end(process)


def end(process: "subprocess.Popen[str] | subprocess.Popen[bytes]") -> None:
    """End a program that still runs, with what it started, and wait until it has.

    Parameters
    ----------
    process : subprocess.Popen
        One that does not end when it is asked to is killed.
    """
    if process.poll() is None:
        process.terminate()
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
