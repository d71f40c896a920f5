"""Dask clusters: this machine's cores, or any that others run."""

import logging
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from functools import partial
from typing import Any

from usru.errors import InputError
from usru.scale.articles import Part

__all__ = ["connected", "each"]

WAIT = 20  # seconds for a scheduler to answer
AHEAD = 4  # parts that each worker has in hand or before it, so that few are held in memory
FEWEST = 16  # and all of them at least, for clusters that grow

_CALM = {
    "distributed.worker.profile.enabled": False,
    "distributed.worker.memory.monitor-interval": "1s",
    "distributed.admin.tick.interval": "1s",
    "distributed.admin.system-monitor.interval": "5s",
}
"""Dask looks at the stack a hundred times a second, at its clock fifty times, at the memory ten times, at the
load twice: more than a tenth of the time of two cores, which the work needs."""


@contextmanager
def connected(cluster: Any, workers: int | None, say: Callable[[str], object]) -> Iterator[Any]:
    """Give a client of a cluster; None to work in this process.

    Parameters
    ----------
    cluster, workers, say
        As for `usru.scale.measure`. What was started here is closed at the end.
    """
    if cluster is None and workers == 1:
        yield None
        return
    if not _is_installed():
        mend = 'install it with pip install "usru[scale]", or use one worker'
        raise InputError("usru measure", "Dask is not installed", mend)
    import dask
    from distributed import Client, LocalCluster
    from distributed.utils import silence_logging_cmgr

    if isinstance(cluster, Client):
        say(f"Dask shows the work at {cluster.dashboard_link}")
        yield cluster
        return
    own = cluster is None
    if own:
        # One thread each, as the instruments are Python; and nothing that others can reach.
        with dask.config.set(_CALM):
            cluster = LocalCluster(
                n_workers=workers or os.cpu_count(), threads_per_worker=1, host="127.0.0.1",
                dashboard_address="127.0.0.1:0", silence_logs=50,
            )  # fmt: skip
    try:
        # One that never connects would otherwise stay the client of all that Dask does later.
        client = Client(cluster, timeout=WAIT, set_as_default=False)
    except (OSError, ValueError) as error:
        why = f"no Dask scheduler answers there ({type(error).__name__})"
        mend = "start one with dask scheduler, or leave the address out to use this machine"
        raise InputError(f"cluster {cluster}", why, mend) from None
    # Of a scheduler that goes away Dask logs a page, to the end; `each` says it in a sentence.
    with silence_logging_cmgr(logging.CRITICAL, "distributed.client"):
        try:
            say(f"Dask shows the work at {client.dashboard_link}")
            with client.as_current():
                yield client
        finally:
            client.close()
            if own:
                cluster.close()


def _is_installed() -> bool:
    from importlib.util import find_spec

    return all(find_spec(name) for name in ("dask", "distributed"))


def each(client: Any, work: Callable[..., str], parts: Iterable[Part], *given: Any) -> list[str]:
    """Do some work on each part as it comes, on whichever worker is free.

    Parameters
    ----------
    client : distributed.Client or None
        As `connected` gives it.
    work : callable
        Gets a part and what is `given`, and returns the name of the part.
    parts : iterable of Part
        Taken as workers get free, so that however many there are few are held.
    *given : object
        What it gets besides.

    Returns
    -------
    list of str
        The parts whose workers died each time that they were tried.
    """
    from tqdm import tqdm

    bar = partial(tqdm, desc="measured", unit=" parts", disable=None)
    if client is None:
        for part in bar(parts):
            work(part, *given)
        return []
    from distributed.comm.core import CommClosedError

    try:
        with bar(total=0) as shown:
            return _shared(client, work, iter(parts), given, shown)
    except (CancelledError, CommClosedError):
        mend = "start it and run the same again: only the rest is measured"
        raise InputError("cluster", "its scheduler went away", mend) from None


def _shared(
    client: Any, work: Callable[..., str], coming: Iterator[Part], given: tuple[Any, ...], bar: Any
) -> list[str]:
    """Do it on the workers of a client, with a bar for all parts, those to come included."""
    from distributed import KilledWorker, as_completed

    failed: list[str] = []
    names: dict[Any, str] = {}
    running = as_completed()

    def start() -> None:
        for part in coming:
            future = client.submit(work, part, *given, pure=False)
            names[future] = part.name
            running.add(future)
            bar.total += 1
            bar.refresh()
            if len(names) >= max(FEWEST, AHEAD * len(client.nthreads())):
                return

    start()
    for future in running:
        name = names.pop(future)
        try:
            future.result()
        except KilledWorker:
            failed.append(name)
        bar.update()
        start()
    return failed
