"""Clusters: the same bytes from two workers, also when one of them dies."""

import json
import os
import signal
import subprocess
import sys
import threading
import time

import pandas as pd
import pytest

import usru
from usru import InputError, schema
from usru.evaluation import generated
from usru.scale import clusters, measure

distributed = pytest.importorskip("distributed")


@pytest.fixture(scope="module")
def articles():
    rows = generated.press(usru.load(), 400)
    texts = rows.groupby("doc_id")["text"].agg("\n\n".join)
    return texts.reset_index().rename(columns={"doc_id": "id"})


@pytest.fixture(scope="module")
def cluster():
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None, silence_logs=50
    ) as made:
        yield made


@pytest.fixture(scope="module")
def alone(articles, tmp_path_factory):
    """What one process measures."""
    folder = tmp_path_factory.mktemp("alone")
    measure(articles, folder, workers=1, part=20, instruments=["news"])
    return stored(folder)


def stored(folder):
    names = (path for name in schema.MEASURED for path in (folder / name).iterdir())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in names}


def test_two_workers_give_the_bytes_of_one_process(articles, cluster, alone, tmp_path):
    said = []
    given = {"part": 20, "instruments": ["news"], "say": said.append}
    assert measure(articles, tmp_path, cluster, **given) == 400
    assert stored(tmp_path) == alone
    assert said[-1] == "measured 400 articles"


def test_a_worker_that_is_killed_costs_nothing(articles, cluster, alone, tmp_path):
    before = {worker.pid for worker in cluster.workers.values()}

    def kill() -> None:
        wait_until(lambda: [*tmp_path.glob("documents/part-*")])
        os.kill(min(before), signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    measure(articles, tmp_path, cluster, part=20, instruments=["news"])
    killer.join()
    assert stored(tmp_path) == alone
    assert not list(tmp_path.rglob(".*"))


def test_a_client_is_used_and_left_open(cluster, tmp_path):
    with distributed.Client(cluster) as client:
        assert measure(pd.DataFrame({"text": ["One."]}), tmp_path, client) == 1
        assert client.status == "running"


def test_a_scheduler_that_does_not_answer_is_one_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr(clusters, "WAIT", 1)
    with pytest.raises(
        InputError, match=r"no Dask scheduler answers there .*; start one"
    ) as raised:
        measure(pd.DataFrame({"text": ["One."]}), tmp_path, "tcp://127.0.0.1:9")
    assert str(raised.value).count("\n") == 0
    with pytest.raises(ValueError, match="No global client"):
        distributed.get_client()  # nothing that Dask does later would wait for it


@pytest.fixture
def served(tmp_path):
    """A scheduler and a worker as others start them: its address, and a function that kills it."""
    command = [sys.executable, "-m", "dask"]
    file, rest = tmp_path / "scheduler.json", ["--no-dashboard"]
    asked = ["--port", "0", "--host", "127.0.0.1", "--scheduler-file", str(file), *rest]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": tmp_path}
    scheduler = subprocess.Popen([*command, "scheduler", *asked], **quiet)
    given = ["--scheduler-file", str(file), "--nthreads", "1", "--death-timeout", "60", *rest]
    worker = subprocess.Popen([*command, "worker", *given], **quiet)
    try:
        wait_until(file.is_file)
        yield json.loads(file.read_text())["address"], scheduler.kill
    finally:
        for process in (worker, scheduler):
            process.terminate()
        for process in (worker, scheduler):
            process.wait(30)


def wait_until(comes):
    until = time.monotonic() + 60
    while not comes() and time.monotonic() < until:
        time.sleep(0.01)


def test_a_scheduler_that_is_killed_is_one_sentence_and_leaves_what_is_done(
    articles, alone, served, tmp_path
):
    address, kill = served
    table, to = tmp_path / "articles.csv", tmp_path / "out"
    articles.to_csv(table, index=False)
    command = [sys.executable, "-m", "usru", "measure", str(table), "--to", str(to),
               "--part", "20", "--tone", "news", "--cluster", address]  # fmt: skip
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    wait_until(lambda: [*to.glob("documents/part-*")])
    kill()
    _, said = running.communicate()
    mend = "start it and run the same again: only the rest is measured"
    assert (running.returncode, said) == (2, f"usru: cluster: its scheduler went away; {mend}.\n")
    assert 0 < len([*to.glob("documents/part-*")]) < 20
    assert measure(table, to, workers=1, part=20, instruments=["news"]) == 400
    whole = {name: data for name, data in alone.items() if not name.startswith("documents")}
    assert whole.items() <= stored(to).items()


def test_without_dask_the_extra_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(clusters, "_is_installed", lambda: False)
    with pytest.raises(InputError, match=r'pip install "usru\[scale\]"'):
        measure(pd.DataFrame({"text": ["One."]}), tmp_path)


def test_parts_on_which_workers_die_are_named(articles, tmp_path, monkeypatch):
    class Client:
        """One whose workers die on every other part."""

        def submit(self, work, part, *given, pure):
            return _Future(part.name, part.name.endswith(("1", "3")), lambda: work(part, *given))

        def nthreads(self):
            return {"one": 1}

    monkeypatch.setattr(distributed, "as_completed", _Queue)
    parts = [clusters.Part(f"part-{n}", ()) for n in range(5)]
    done = []
    failed = clusters.each(Client(), lambda part: done.append(part.name) or part.name, parts)
    assert failed == ["part-1", "part-3"]
    assert done == ["part-0", "part-2", "part-4"]


class _Future:
    def __init__(self, name, dies, run):
        self.name, self.dies, self.run = name, dies, run

    def result(self):
        if self.dies:
            raise distributed.KilledWorker(self.name, None, 3)
        return self.run()


class _Queue(list):
    add = list.append
