"""What has been tried to break the package, and how often it held: the table of docs/reliability.md.

Run by `usru reliability`, for all rows of the table or some.
"""

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from random import Random
from typing import Any
from xml.etree import ElementTree

import fuzz
import mutate
from growth import growths
from tqdm import tqdm

from usru.ending import ended
from usru.files import write

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "reliability.md"

Tried = tuple[int, int, list[str]]
"""How many held, of how many, and what did not, each in a line."""


# Conditions ----------------------------------------------------------------------------------

RUNS: Sequence[Mapping[str, Mapping[str, Any]]] = [
    {
        "a time zone a day ahead": {"TZ": "Pacific/Kiritimati"},
        "another hash seed": {"PYTHONHASHSEED": "1"},
        "a locale that is not UTF-8": {
            "LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"
        },
        "a folder with spaces and letters that are not ASCII": {"folder": "Über alles 北京/usru"},
        "one thread": {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
        "one core": {"cores": 1},
        "files that only their owner may read": {"umask": 0o077},
    },
    {
        "a time zone behind by half an hour": {"TZ": "America/St_Johns"},
        "a hash seed drawn anew": {"PYTHONHASHSEED": "random"},
        "a home that cannot be written": {"HOME": "/proc/none"},
        "an older processor's arithmetic": {"OPENBLAS_CORETYPE": "Prescott"},
        "another working directory": {"cwd": "/"},
        "another backend of matplotlib": {"MPLBACKEND": "svg"},
        "no terminal": {"TERM": "dumb", "COLUMNS": "20", "NO_COLOR": "1"},
    },
    {
        "settings of matplotlib": {"MPLCONFIGDIR": "{foreign}", "MATPLOTLIBRC": "{foreign}"},
        "settings of IPython": {"IPYTHONDIR": "{foreign}"},
        "settings of Jupyter": {"JUPYTER_CONFIG_DIR": "{foreign}"},
        "a foreign kernel named python3": {"JUPYTER_PATH": "{foreign}"},
        "settings of pandas before each start": {"PYTHONSTARTUP": "{foreign}/startup.py"},
        "asserts left out": {"PYTHONOPTIMIZE": "1"},
        "no compiled modules kept": {"PYTHONDONTWRITEBYTECODE": "1"},
        "more threads than cores": {"OMP_NUM_THREADS": "8", "OPENBLAS_NUM_THREADS": "8"},
    },
    {"Python 3.12": {"python": "3.12"}},
    {"Python 3.13": {"python": "3.13"}},
]  # fmt: skip
"""The conditions of each run: many at a time, and one by one where a run fails."""

FOREIGN = {
    "matplotlibrc": "font.family: monospace\nlines.linewidth: 9\nsavefig.dpi: 30\n",
    "profile_default/ipython_config.py": "c.InteractiveShell.ast_node_interactivity = 'all'\n",
    "profile_default/startup/00.py": "import pandas\npandas.set_option('display.max_rows', 1)\n",
    "jupyter_config.json": json.dumps({"Application": {"log_level": 10}}),
    "kernels/python3/kernel.json": json.dumps(
        {"argv": ["false"], "display_name": "Foreign", "language": "python"}
    ),
    "startup.py": "import pandas\npandas.set_option('display.precision', 1)\n",
}
"""Settings of somebody else, by the file that holds them."""


def conditions() -> Tried:
    """Reproduce the study under each condition, in a clone, to the same bytes."""
    possible = [{name: one for name, one in run.items() if _can_be(one)} for run in RUNS]
    found = [run for run in possible if run]
    lost = []
    for run in tqdm(found, unit=" runs"):
        if _differs(run):
            lost += [name for name, one in run.items() if len(run) == 1 or _differs({name: one})]
    tried = sum(map(len, found))
    return tried - len(lost), tried, lost


def _can_be(condition: Mapping[str, Any]) -> bool:
    """Whether this machine has the Python of a condition, and can keep a program to some cores."""
    if "cores" in condition and not hasattr(os, "sched_setaffinity"):
        return False
    command = f"python{condition['python']}" if "python" in condition else sys.executable
    with suppress(OSError):
        # A shim of pyenv is there also for a Python that is not to be had.
        return subprocess.run([command, "--version"], capture_output=True).returncode == 0
    return False


def _differs(run: Mapping[str, Mapping[str, Any]]) -> bool:
    said = {key: value for one in run.values() for key, value in one.items()}
    with tempfile.TemporaryDirectory() as temporary:
        foreign = Path(temporary, "foreign")
        for name, text in FOREIGN.items():
            (foreign / name).parent.mkdir(parents=True, exist_ok=True)
            (foreign / name).write_text(text, encoding="utf-8")
        clone = Path(temporary, said.get("folder", "usru"))
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
        own = {key: value.format(foreign=foreign) for key, value in said.items() if key.isupper()}
        environment = os.environ | {"PYTHONPATH": str(clone / "src")} | own
        command = [sys.executable, "-m", "usru", "reproduce", str(clone)]
        if "python" in said:
            command = ["make", "--directory", str(clone), f"PYTHON=python{said['python']}"]
            command += ["reproduce"]
        with _kept_to(said.get("cores")):
            done = subprocess.run(
                command, cwd=said.get("cwd", temporary), env=environment,
                umask=said.get("umask", -1), capture_output=True, check=False,
            )  # fmt: skip
    return done.returncode != 0


@contextmanager
def _kept_to(number: int | None) -> Iterator[None]:
    """Keep what is started in the block to so many cores, where a number is said."""
    if number is None:
        yield
        return
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, sorted(cores)[:number])
    try:
        yield
    finally:
        os.sched_setaffinity(0, cores)


# Kills ---------------------------------------------------------------------------------------

STUDY = ["new", "{study}", str(ROOT / "data" / "raw"), "--no-run"]

COMMANDS = {
    "new": STUDY,
    "figures": ["figures", "{study}"],
    "reproduce": ["reproduce", "{study}", "--update"],
    "sample": ["sample", "{study}", "--n", "20"],
    "measure": ["measure", "{study}/articles.jsonl", "--to", "{study}/measured", "--part", "10"],
}
"""The commands that write, by what follows `usru`."""

KILLS = 10
"""Of each command."""

Files = dict[str, bytes]


def kills() -> Tried:
    """Kill each command that writes, and all that it started, at random moments; then run it again."""
    lost = []
    with tempfile.TemporaryDirectory() as temporary, tqdm(total=KILLS * len(COMMANDS)) as bar:
        begun = Path(temporary, "begun")
        _done(STUDY, begun)
        _simplify(begun)
        for name, command in COMMANDS.items():
            before = Path(temporary, "nothing") if name == "new" else begun
            study, started = _copy(before, Path(temporary, "study")), time.monotonic()
            _done(command, study)
            seconds, after, random = time.monotonic() - started, _files(study), Random(name)
            for _ in range(KILLS):
                _copy(before, study)
                process = _usru(command, study)
                time.sleep(random.uniform(0, seconds))
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
                faults = _torn(_files(study), _files(before), after)
                if name != "new" or not study.exists():  # which makes none where one is already
                    _done(command, study)
                faults += [f"{file} is another one" for file in _differing(_files(study), after)]
                lost += [f"{name}: {', '.join(faults)}"] if faults else []
                bar.update()
    return bar.total - len(lost), bar.total, lost


def _usru(command: Sequence[str], study: Path) -> subprocess.Popen[bytes]:
    filled = [part.format(study=study) for part in command]
    return subprocess.Popen(
        [sys.executable, "-m", "usru", *filled], stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip


def _done(command: Sequence[str], study: Path) -> None:
    status = _usru(command, study).wait()
    assert status == 0, f"usru {command[0]} ended with {status}"


def _simplify(study: Path) -> None:
    """One notebook of several, and a file of articles to be measured."""
    for notebook in sorted(study.glob("notebooks/*.ipynb"))[1:]:
        notebook.unlink()
    texts = [path.read_text(encoding="utf-8") for path in sorted(study.glob("raw/*.txt"))]
    rows = [json.dumps({"text": text, "id": str(n)}) for n, text in enumerate(texts * 6)]
    write(study / "articles.jsonl", "\n".join(rows) + "\n")


def _copy(before: Path, study: Path) -> Path:
    shutil.rmtree(study, ignore_errors=True)
    if before.is_dir():
        shutil.copytree(before, study)
    return study


def _files(folder: Path) -> Files:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def _torn(now: Files, before: Files, after: Files) -> list[str]:
    """What is not as it was, nor as it was to be."""
    gone = [f"{file} is gone" for file in sorted(before.keys() - now.keys())]
    return gone + [
        f"{file} is half-written or left over" for file, content in sorted(now.items())
        if content not in (before.get(file), after.get(file))
    ]  # fmt: skip


def _differing(now: Files, after: Files) -> list[str]:
    return sorted(file for file in now.keys() | after.keys() if now.get(file) != after.get(file))


# Bad inputs, texts, layouts, mutants --------------------------------------------------------------------


def refusals() -> Tried:
    """Give each kind of bad input to the package, as the tests do that are marked so."""
    with tempfile.TemporaryDirectory() as temporary:
        report = Path(temporary, "report.xml")
        command = ["pytest", "-m", "refusal", "--junitxml", str(report)]
        subprocess.run([sys.executable, "-m", *command], cwd=ROOT, check=False)
        cases = ElementTree.parse(report).getroot().findall(".//testcase")
    lost = [str(case.get("name")) for case in cases if len(case)]
    return len(cases) - len(lost), len(cases), lost


def texts(n: int = 1_000_000) -> Tried:
    """Try every reader of text on generated ones."""
    return fuzz.tried(n, 2017)


def mutants() -> Tried:
    """Change a sample of the code."""
    drawn = mutate.sampled(60, 2017, mutate.modules())
    alive = mutate.survivors(drawn)
    return len(drawn) - len(alive), len(drawn), [*map(str, alive)]


def layouts() -> Tried:
    """Read each hostile text, and one a hundred times as long, with each instrument."""
    lost, tried = [], 0
    for reader, name, _, growth in growths(100):
        tried += 1
        lost += [f"{reader} on {name}: {growth:.0f} times"] if growth > 400 else []
    return tried - len(lost), tried, lost


# The table -----------------------------------------------------------------------------------

ROWS: Mapping[str, tuple[str, Callable[[], Tried]]] = {
    "conditions": ("conditions under which every output is the same to the byte", conditions),
    "kills": ("kills after which every file was whole and the next run ended right", kills),
    "refusals": ("kinds of bad input answered in one sentence", refusals),
    "texts": ("generated texts on which every reader keeps its promises", texts),
    "layouts": (
        "instruments and hostile texts, of which a hundred times takes no more than linear time",
        layouts,
    ),
    "mutants": ("changes of the code that the tests beside its module notice", mutants),
}
"""By the name that the command takes: what held, and how it is tried."""


def table(page: str, tried: Mapping[str, Tried]) -> str:
    """Return the page with the rows of what was tried written anew."""
    lines = page.splitlines()
    for name, (held, of, _) in tried.items():
        row = f"| {ROWS[name][0]} | {held:,} | {of:,} | `usru reliability {name}` |"
        [at] = [n for n, line in enumerate(lines) if line.startswith(f"| {ROWS[name][0]} |")]
        lines[at] = row
    return "\n".join(lines) + "\n"


def main(names: Sequence[str], n: int) -> int:
    """Try what is asked for, write the rows, and name what did not hold."""
    tried = {}
    with ended():
        for name in names or ROWS:
            tried[name] = held, of, lost = texts(n) if name == "texts" else ROWS[name][1]()
            print(f"{held:,} of {of:,} {ROWS[name][0]}", *lost, sep="\n  ", flush=True)
            write(PAGE, table(PAGE.read_text(encoding="utf-8"), tried))
    return 1 if any(lost for *_, lost in tried.values()) else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="usru reliability", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*ROWS, []], metavar="ROW")
    parser.add_argument("--n", type=int, default=1_000_000, help="generated texts")
    options = parser.parse_args()
    sys.exit(main(options.names, options.n))
