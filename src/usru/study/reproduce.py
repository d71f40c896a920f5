"""Run every notebook in a fresh kernel, redraw the figures, and say what came out the same.

The notebooks run side by side, as many as there are cores; the figures are drawn meanwhile. What
each cell shows is compared with what is stored in the notebook, byte for byte.
"""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Callable, Coroutine, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import takewhile, zip_longest
from pathlib import Path
from typing import Any, TypeVar

import nbformat
from nbformat import NotebookNode

from usru.ending import Ended, ended
from usru.errors import InputError
from usru.files import make_folders, write
from usru.study import codecheck, kernels
from usru.study.claims import broken, stored
from usru.study.exercises.tasks import tasks
from usru.study.study import Study, title

__all__ = ["Verdict", "alone", "checkout", "index_page", "reproduce"]

TIMEOUT = 600
"""Seconds a cell may take."""

VIEW = "application/vnd.jupyter.widget-view+json"
"""Type under which a notebook shows a widget: a name that is new in each session, so neither stored nor
compared. What a widget shows is compared where a cell shows its value."""

Output = dict[str, Any]
_Result = TypeVar("_Result")


@dataclass
class Verdict:
    """What was reproduced: counts of the same and of all, and each fault in a sentence.

    `differences` are outputs and figures that are not as they were stored, `failures` notebooks that
    stopped and claims that do not hold; a run that stores new outputs ends well without the latter.
    """

    notebooks: tuple[int, int] = (0, 0)
    outputs: tuple[int, int] = (0, 0)
    figures: tuple[int, int] = (0, 0)
    claims: tuple[int, int] = (0, 0)
    differences: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    @property
    def identical(self) -> bool:
        """Whether nothing differs and nothing failed."""
        return not self.differences and not self.failures

    @property
    def made(self) -> str:
        """What there is after a run, where nothing was stored before that it could be compared with."""
        return f"{self.notebooks[1]} notebooks run, {self.figures[1]} figures drawn"

    def __str__(self) -> str:
        pairs = {
            name: getattr(self, name) for name in ("notebooks", "outputs", "figures", "claims")
        }
        counts = ", ".join(f"{same} of {of} {name}" for name, (same, of) in pairs.items())
        differs = [f"  differs: {difference}" for difference in self.differences]
        failed = [f"  failed: {failure}" for failure in self.failures]
        return "\n".join([f"reproduced identically: {counts}", *failed, *differs])


def checkout() -> Path:
    """Return the folder that this package is developed in, with its own study."""
    root = Path(__file__).parents[3]
    if not (root / "notebooks").is_dir():
        why = "there are no notebooks here"
        raise InputError(root, why, "run this in a checkout of the project")
    return root


def reproduce(study: Study, *, update: bool = False, say: Callable[[str], None] = print) -> Verdict:
    """Run a study and compare it with what is stored.

    Parameters
    ----------
    study : Study
        Whose notebooks are run, and whose figures are drawn anew.
    update : bool
        Store the new outputs in the notebooks, to accept an intended change.
    say : callable
        Told each step as it ends.

    Returns
    -------
    Verdict
        Counts, differences and failures.
    """
    study.corpus  # noqa: B018 - refuses a broken corpus in one sentence, before any kernel starts
    make_folders(study.root / "figures")
    with alone(study.root, say), kernels.apart() as environment:
        return _reproduce(study, environment, update, say)


@contextmanager
def alone(folder: Path, say: Callable[[str], None]) -> Iterator[None]:
    """Wait until no other run works on a folder, where the system can lock one (not on Windows).

    Parameters
    ----------
    folder : path
        The study.
    say : callable
        Told when there is another run.
    """
    try:
        import fcntl
    except ImportError:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)  # the lock goes with it, however this process ends
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(f"waiting for another run on {folder} to end")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _reproduce(
    study: Study, environment: dict[str, str], update: bool, say: Callable[[str], None]
) -> Verdict:
    old, fresh = study.notebooks, study.notebooks
    figures = study.root / "figures"
    before = _contents(figures)
    errors = _in_loop(_run_all(study.root, fresh, environment, say, figures=not update))
    verdict = _compare(study.root, old, fresh, errors)
    if update:
        for path, notebook in fresh.items():
            if path not in errors:
                write(path, _serialised(notebook))
        # Only now, as the gallery quotes the claims that were stored.
        _in_loop(_draw(study.root, environment, errors, say))
        _refuse_undrawn(figures, errors)
    _compare_figures(before, _contents(figures), verdict)
    if not errors:
        write(study.root / "notebooks" / "README.md", index_page(fresh))
        codecheck.renew(study.root, fresh)
    return verdict


# Running ---------------------------------------------------------------------------------------


def _in_loop(work: Coroutine[Any, Any, _Result]) -> _Result:
    """Do some work in an event loop of its own; what ends the command cancels it, so that it cleans up."""

    def refuse(*_: object) -> None:
        raise NotImplementedError  # as on Windows

    def loop() -> asyncio.AbstractEventLoop:
        # Each client of a notebook would heed signals for its own kernel alone.
        made = asyncio.new_event_loop()
        made.add_signal_handler = made.remove_signal_handler = refuse  # type: ignore[assignment, method-assign]
        return made

    with asyncio.Runner(loop_factory=loop) as runner:
        own, numbers = runner.get_loop(), list[int]()
        task = own.create_task(work)

        def cancel(number: int) -> None:
            numbers.append(number)
            own.set_exception_handler(
                lambda *_: None
            )  # clients leave failures that nobody asks for
            own.call_soon_threadsafe(task.cancel)

        with ended(cancel):
            try:
                return own.run_until_complete(task)
            except asyncio.CancelledError:
                raise Ended(*numbers) from None


def _refuse_undrawn(figures: Path, errors: Mapping[Path, str]) -> None:
    if figures in errors:
        why = f"the figures were not drawn ({errors[figures]})"
        raise InputError(figures, why, "mend that first")


async def _run_all(
    root: Path, notebooks: Mapping[Path, NotebookNode], environment: dict[str, str],
    say: Callable[[str], None], *, figures: bool,
) -> dict[Path, str]:  # fmt: skip
    """Run notebooks, and where wanted the figures, side by side; return the failures."""
    free = asyncio.Semaphore(os.cpu_count() or 1)
    errors: dict[Path, str] = {}

    async def run(path: Path, notebook: NotebookNode) -> None:
        async with free:
            error = await _run_notebook(root, path, notebook, environment)
        if error:
            errors[path] = error
        say(f"  {path.stem}: {'failed' if error else 'run'}")

    async def draw() -> None:
        async with free:
            await _draw(root, environment, errors, say)

    say(f"running {len(notebooks)} notebooks and drawing the figures")
    async with asyncio.TaskGroup() as group:
        for path, notebook in notebooks.items():
            group.create_task(run(path, notebook))
        if figures:
            group.create_task(draw())
    _refuse_undrawn(root / "figures", errors)
    return errors


async def _draw(
    root: Path, environment: dict[str, str], errors: dict[Path, str], say: Callable[[str], None]
) -> None:
    command = [sys.executable, "-m", "usru", "figures", str(root)]
    process = await asyncio.create_subprocess_exec(
        *command, env=environment, stderr=subprocess.PIPE
    )
    try:
        _, message = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode:
        errors[root / "figures"] = message.decode().strip().rpartition("\n")[2]
    say(f"  figures: {'failed' if process.returncode else 'drawn'}")


async def _run_notebook(
    root: Path, path: Path, notebook: NotebookNode, environment: dict[str, str]
) -> str:
    """Run a notebook; what stopped it, with the number of its cell, or nothing."""
    from jupyter_client.kernelspec import KernelSpecManager
    from jupyter_client.manager import AsyncKernelManager
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    reached = 0

    def note(cell: NotebookNode, cell_index: int) -> None:
        nonlocal reached
        reached = cell_index + 1

    # Found nowhere else, the kernel is this Python's.
    kernel = AsyncKernelManager(kernel_spec_manager=KernelSpecManager(kernel_dirs=[]))
    client = NotebookClient(
        notebook, kernel, timeout=TIMEOUT, record_timing=False, on_cell_execute=note,
        # A kernel on a busy machine may send what a cell prints in two parts.
        coalesce_streams=True,
        resources={"metadata": {"path": str(root / "notebooks")}},
    )  # fmt: skip
    try:
        await client.async_execute(
            env=environment, cleanup_kc=True, stderr=asyncio.subprocess.DEVNULL
        )
    except CellExecutionError as error:
        return f"cell {reached}: stopped with {error.ename}: {' '.join(error.evalue.split())}"
    except CellTimeoutError:
        return f"cell {reached}: it took more than {TIMEOUT} seconds"
    except (DeadKernelError, RuntimeError) as error:
        return f"cell {reached}: the kernel died ({error}), as it does when memory runs out"
    return ""


# Comparing -------------------------------------------------------------------------------------


def _compare(
    root: Path, old: Mapping[Path, NotebookNode], fresh: Mapping[Path, NotebookNode],
    errors: Mapping[Path, str],
) -> Verdict:  # fmt: skip
    same_notebooks = same_outputs = outputs = 0
    differences: list[str] = []
    for path, notebook in old.items():
        name = path.relative_to(root).as_posix()
        found = [(n, _difference(*pair)) for n, *pair in _output_pairs(notebook, fresh[path])]
        differs = [f"{name}, cell {number}: {what}" for number, what in found if what]
        outputs += len(found)
        same_outputs += len(found) - len(differs)
        same_notebooks += not differs and path not in errors
        differences += differs
    stopped = [f"{path.relative_to(root).as_posix()}, {why}" for path, why in errors.items()]
    old_claims, new_claims = stored(old), stored(fresh)
    same_claims = sum(claim in new_claims for claim in old_claims)
    return Verdict(
        notebooks=(same_notebooks, len(old)), outputs=(same_outputs, outputs),
        claims=(same_claims, len(old_claims)), differences=differences,
        failures=stopped + broken(new_claims),
    )  # fmt: skip


def _output_pairs(
    stored: NotebookNode, fresh: NotebookNode
) -> Iterator[tuple[int, Output | None, Output | None]]:
    """Each stored output beside the fresh one in its place, with the cell's number from 1."""
    for number, (old, new) in enumerate(zip(stored.cells, fresh.cells, strict=True), start=1):
        if old.cell_type == "code":
            for left, right in zip_longest(_shown(old), _shown(new)):
                yield number, left, right


def _shown(cell: NotebookNode) -> list[Output]:
    """What a cell shows, by type, without counters."""
    return [_by_type(output) for output in cell.outputs]


def _by_type(output: NotebookNode) -> Output:
    if output.output_type == "stream":
        return {f"{output.name} stream": output.text}
    if output.output_type == "error":
        return {"error": f"{output.ename}: {output.evalue}"}
    return {kind: shown for kind, shown in output.data.items() if kind != VIEW}


def _difference(old: Output | None, new: Output | None) -> str:
    if old is None or new is None:
        return f"an output that was {'not ' if old is None else ''}there before is {'new' if old is None else 'gone'}"
    for kind in sorted({*old, *new}):
        if kind not in old or kind not in new:
            return f"{kind} is {'new' if kind not in old else 'gone'}"
        if old[kind] != new[kind]:
            return f"{kind} {_first_difference(_text(old[kind]), _text(new[kind]))}"
    return ""


def _text(value: Any) -> str:
    is_text = isinstance(value, str)
    return value if is_text else json.dumps(value, sort_keys=True, ensure_ascii=False)


def _first_difference(old: str, new: str, width: int = 40) -> str:
    at = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))
    shown = slice(max(0, at - 10), max(0, at - 10) + width)
    return f"at character {at}: {old[shown]!r} became {new[shown]!r}"


def _contents(folder: Path) -> dict[str, bytes]:
    drawn = (path for path in folder.glob("*.*") if path.suffix in (".svg", ".png", ".csv"))
    return {path.name: path.read_bytes() for path in drawn}


def _compare_figures(before: dict[str, bytes], after: dict[str, bytes], verdict: Verdict) -> None:
    files = sorted({*before, *after}, key=lambda file: (Path(file).stem, file))
    changed = [file for file in files if before.get(file) != after.get(file)]
    names, differing = ({Path(file).stem for file in some} for some in (files, changed))
    pairs = {file: (before.get(file), after.get(file)) for file in changed}
    verdict.differences += [
        f"figures/{n}: {_figure_difference(*pair)}" for n, pair in pairs.items()
    ]
    verdict.figures = len(names) - len(differing), len(names)


def _figure_difference(old: bytes | None, new: bytes | None) -> str:
    if old is None or new is None:
        return "it is new" if old is None else "no figure of that name is drawn any more"
    if old.startswith(b"\x89PNG"):
        return f"the picture differs ({len(old):,} bytes became {len(new):,})"
    return _first_difference(old.decode("utf-8"), new.decode("utf-8"))


# Claims ----------------------------------------------------------------------------------------


def index_page(notebooks: Mapping[Path, NotebookNode]) -> str:
    """Return the page that lists the notebooks, the claims and the tasks of a study, as Markdown.

    Parameters
    ----------
    notebooks : mapping of path to notebook
        Executed ones.
    """
    titles = [
        f"- [{path.stem}]({path.name}): {_cell(title(notebook))}"
        for path, notebook in notebooks.items()
    ]
    claims = [
        f"| {entry['id']} | {_cell(entry['sentence'])} | {_held(entry)} | [{name}]({name}.ipynb) |"
        for name, entry in stored(notebooks)
    ]
    set_tasks = [
        f"| {task.id} | {_cell(task.title)} | {task.level} | {task.minutes} | [{path.stem}]({path.name}) |"
        for path, notebook in notebooks.items()
        for task in tasks(notebook)
    ]
    lines = [
        "# Notebooks and claims", "", *titles, "",
        "Each claim below is computed by its notebook; the check beside it failed or passed when"
        " the notebook was last run.", "",
        "| claim | what was found | holds | notebook |", "| --- | --- | --- | --- |", *claims, "",
    ]  # fmt: skip
    if set_tasks:
        lines += [
            "## Tasks", "",
            "Tasks have addresses of their own, by which `exercises.check` knows them. On level 1 one"
            " looks something up, on level 2 one works it out, on level 3 one changes or builds"
            " something; minutes are for somebody who has just read the notebook.", "",
            "| task | what it is about | level | minutes | notebook |",
            "| --- | --- | --- | --- | --- |", *set_tasks, "",
        ]  # fmt: skip
    return "\n".join(lines)


_HOLDS = {True: "yes", False: "**no**", None: "does not apply"}


def _held(claim: Mapping[str, Any]) -> str:
    """Whether a claim holds, and what it is about where it rests on an instrument alone."""
    return "; ".join(filter(None, [_HOLDS[claim["holds"]], _cell(claim.get("about", ""))]))


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


# Storing ---------------------------------------------------------------------------------------


def _serialised(notebook: NotebookNode) -> str:
    """A notebook as it is committed: executed, numbered, with the least metadata."""
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    for cell in notebook.cells:
        cell.metadata = {}
        for output in cell.get("outputs", []):
            if "metadata" in output:
                output.metadata = {}
            output.get("data", {}).pop(VIEW, None)
    return str(nbformat.writes(notebook, version=4)) + "\n"
