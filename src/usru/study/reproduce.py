"""Run every notebook in a fresh kernel, redraw the figures, and say what came out the same.

The notebooks run side by side, as many as there are cores; the figures are drawn meanwhile. What
each cell shows is compared with what is stored in the notebook, byte for byte.
"""

import asyncio
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from usru.corpus import CHOICE, load
from usru.errors import InputError
from usru.files import make_folders, write
from usru.study import claims

__all__ = ["Verdict", "checkout", "claims_table", "reproduce", "stored_claims"]

TIMEOUT = 600
"""Seconds a cell may take."""

VIEW = "application/vnd.jupyter.widget-view+json"
"""Type under which a notebook shows a widget: a name that is new in each session, so neither stored nor
compared. What a widget shows is compared where a cell shows its value."""

Output = dict[str, Any]


@dataclass
class Verdict:
    """What was reproduced: counts of the same and of all, and each difference in a sentence."""

    notebooks: tuple[int, int] = (0, 0)
    outputs: tuple[int, int] = (0, 0)
    figures: tuple[int, int] = (0, 0)
    claims: tuple[int, int] = (0, 0)
    differences: list[str] = field(default_factory=list)

    @property
    def identical(self) -> bool:
        """Whether nothing differs."""
        return not self.differences

    def __str__(self) -> str:
        counts = ", ".join(
            f"{same} of {of} {name}"
            for name, (same, of) in (
                ("notebooks", self.notebooks),
                ("outputs", self.outputs),
                ("figures", self.figures),
                ("claims", self.claims),
            )
        )
        lines = [f"reproduced identically: {counts}"]
        return "\n".join(lines + [f"  differs: {difference}" for difference in self.differences])


def checkout() -> Path:
    """Return the folder that holds the notebooks, the data and the figures.

    Raises
    ------
    InputError
        When the package was installed without them.
    """
    root = Path(__file__).parents[3]
    if not (root / "notebooks").is_dir():
        raise InputError(
            root, "there are no notebooks here", "run this in a checkout of the project"
        )
    return root


def reproduce(
    root: Path,
    *,
    update: bool = False,
    corpus: Path | None = None,
    to: Path | None = None,
    say: Callable[[str], None] = print,
) -> Verdict:
    """Run the study and compare it with what is stored.

    Parameters
    ----------
    root : path
        The checkout.
    update : bool
        Store the new outputs in the notebooks, to accept an intended change.
    corpus : path, optional
        Another corpus to run the notebooks on. Nothing is compared then:
        executed notebooks and figures go to `to`.
    to : path, optional
        Where the results for another corpus go.
    say : callable
        Told each step as it ends.

    Returns
    -------
    Verdict
        Counts and differences; for another corpus, its claims that hold.

    Raises
    ------
    InputError
        When the corpus or a folder cannot be used.
    """
    load(corpus)  # refuses a broken corpus in one sentence, before any kernel starts
    if to is not None:
        if to.resolve() == root.resolve() or (to.resolve() / "_").is_relative_to(
            root / "notebooks"
        ):
            raise InputError(
                to, "the study itself is there", "choose another folder for the results"
            )
        make_folders(to / "figures", to / "notebooks")
    paths = sorted((root / "notebooks").glob("[0-9]*.ipynb"))
    stored = {path: nbformat.read(path, as_version=4) for path in paths}
    fresh = {path: nbformat.read(path, as_version=4) for path in paths}
    environment = {**os.environ, "MPLBACKEND": "agg"}
    environment.pop(CHOICE, None)
    if corpus is not None:
        environment[CHOICE] = str(corpus.resolve())
    figures = (to or root) / "figures"
    before = _contents(figures)
    errors = asyncio.run(_run_all(root, fresh, figures, environment, say))
    if corpus is not None:
        return _elsewhere(fresh, to or root, errors)
    verdict = _compare(root, stored, fresh, errors)
    _compare_figures(root, before, _contents(figures), verdict)
    if update:
        for path, notebook in fresh.items():
            if path not in errors:
                write(path, _serialised(notebook))
        if stored_claims(stored) != stored_claims(fresh):
            asyncio.run(_draw(figures, environment, errors, say))  # the gallery quotes the claims
    if not errors:
        write(root / "notebooks" / "README.md", claims_table(fresh))
    return verdict


# Running ---------------------------------------------------------------------------------------


async def _run_all(
    root: Path,
    notebooks: dict[Path, NotebookNode],
    figures: Path,
    environment: dict[str, str],
    say: Callable[[str], None],
) -> dict[Path, str]:
    """Run notebooks and figures side by side; return the failures."""
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
            await _draw(figures, environment, errors, say)

    say(f"running {len(notebooks)} notebooks and drawing the figures")
    async with asyncio.TaskGroup() as group:
        for path, notebook in notebooks.items():
            group.create_task(run(path, notebook))
        group.create_task(draw())
    if figures in errors:
        raise InputError(
            figures, f"the figures were not drawn ({errors[figures]})", "mend that first"
        )
    return errors


async def _draw(
    figures: Path, environment: dict[str, str], errors: dict[Path, str], say: Callable[[str], None]
) -> None:
    command = [sys.executable, "-m", "usru", "figures", str(figures)]
    process = await asyncio.create_subprocess_exec(
        *command, env=environment, stderr=asyncio.subprocess.PIPE
    )
    try:
        _, message = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
    if process.returncode:
        errors[figures] = message.decode().strip().rpartition("\n")[2]
    say(f"  figures: {'failed' if process.returncode else 'drawn'}")


async def _run_notebook(
    root: Path, path: Path, notebook: NotebookNode, environment: dict[str, str]
) -> str:
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError

    client = NotebookClient(
        notebook,
        timeout=TIMEOUT,
        kernel_name="python3",
        record_timing=False,
        extra_arguments=["--log-level=40"],
        resources={"metadata": {"path": str(root / "notebooks")}},
    )
    try:
        await client.async_execute(env=environment)
    except CellExecutionError as error:
        return f"{error.ename}: {error.evalue}"
    return ""


# Comparing -------------------------------------------------------------------------------------


def _compare(
    root: Path,
    stored: dict[Path, NotebookNode],
    fresh: dict[Path, NotebookNode],
    errors: dict[Path, str],
) -> Verdict:
    verdict = Verdict()
    same_notebooks = same_outputs = outputs = 0
    for path, notebook in stored.items():
        name = path.relative_to(root).as_posix()
        pairs = list(_output_pairs(notebook, fresh[path]))
        differences = [
            f"{name}, cell {number}: {difference}"
            for number, old, new in pairs
            for difference in [_difference(old, new)]
            if difference
        ]
        if path in errors:
            differences.append(f"{name} stopped with {errors[path]}")
        outputs += len(pairs)
        same_outputs += len(pairs) - len([d for d in differences if ", cell " in d])
        same_notebooks += not differences
        verdict.differences += differences
    verdict.notebooks = same_notebooks, len(stored)
    verdict.outputs = same_outputs, outputs
    old_claims, new_claims = stored_claims(stored), stored_claims(fresh)
    same_claims = [c for c in old_claims if c in new_claims]
    verdict.claims = len(same_claims), len(old_claims)
    ids = [entry["id"] for _, entry in new_claims]
    verdict.differences += [
        f"claim {name} is made {ids.count(name)} times"
        for name in sorted(set(ids))
        if ids.count(name) > 1
    ]
    return verdict


def _output_pairs(
    stored: NotebookNode, fresh: NotebookNode
) -> Iterator[tuple[int, Output | None, Output | None]]:
    """Each stored output beside the fresh one in its place, with the cell's number from 1."""
    for number, (old, new) in enumerate(zip(stored.cells, fresh.cells, strict=True), start=1):
        if old.cell_type == "code":
            left, right = _shown(old), _shown(new)
            for i in range(max(len(left), len(right))):
                yield (
                    number,
                    left[i] if i < len(left) else None,
                    right[i] if i < len(right) else None,
                )


def _shown(cell: NotebookNode) -> list[Output]:
    """What a cell shows, by type, without counters."""
    return [
        {f"{output.name} stream": output.text}
        if output.output_type == "stream"
        else {"error": f"{output.ename}: {output.evalue}"}
        if output.output_type == "error"
        else {kind: shown for kind, shown in output.data.items() if kind != VIEW}
        for output in cell.outputs
    ]


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
    return (
        value if isinstance(value, str) else json.dumps(value, sort_keys=True, ensure_ascii=False)
    )


def _first_difference(old: str, new: str, width: int = 40) -> str:
    at = next(
        (i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b),
        min(len(old), len(new)),
    )
    begin = max(0, at - 10)
    return (
        f"at character {at}: {old[begin : begin + width]!r} became {new[begin : begin + width]!r}"
    )


def _contents(folder: Path) -> dict[str, bytes]:
    return {
        path.name: path.read_bytes()
        for path in sorted(folder.glob("*.*"))
        if path.suffix in (".svg", ".png", ".csv")
    }


def _compare_figures(
    root: Path, before: dict[str, bytes], after: dict[str, bytes], verdict: Verdict
) -> None:
    names = sorted({Path(name).stem for name in {*before, *after}})
    same = 0
    for name in names:
        files = [file for file in sorted({*before, *after}) if Path(file).stem == name]
        changed = [file for file in files if before.get(file) != after.get(file)]
        same += not changed
        verdict.differences += [
            f"figures/{file}: {_figure_difference(before.get(file), after.get(file))}"
            for file in changed
        ]
    verdict.figures = same, len(names)


def _figure_difference(old: bytes | None, new: bytes | None) -> str:
    if old is None or new is None:
        return "it is new" if old is None else "no figure of that name is drawn any more"
    if old.startswith(b"\x89PNG"):
        return f"the picture differs ({len(old):,} bytes became {len(new):,})"
    return _first_difference(old.decode("utf-8"), new.decode("utf-8"))


# Claims ----------------------------------------------------------------------------------------


def stored_claims(notebooks: dict[Path, NotebookNode]) -> list[tuple[str, dict[str, Any]]]:
    """Return the claims that executed notebooks carry, each with its notebook's name."""
    return claims.told({path.stem: notebook for path, notebook in notebooks.items()})


def claims_table(notebooks: dict[Path, NotebookNode]) -> str:
    """Return the page that lists the notebooks and every claim of the study, as Markdown."""
    rows = [
        f"| {entry['id']} | {_cell(entry['sentence'])} | {'yes' if entry['holds'] else '**no**'} | [{name}]({name}.ipynb) |"
        for name, entry in stored_claims(notebooks)
    ]
    titles = [
        f"- [{path.stem}]({path.name}): {_cell(notebook.cells[0].source.splitlines()[0].lstrip('# '))}"
        for path, notebook in notebooks.items()
    ]
    return "\n".join(
        [
            "# Notebooks and claims",
            "",
            *titles,
            "",
            "Each claim below is computed by its notebook; the check beside it failed or passed when"
            " the notebook was last run.",
            "",
            "| claim | what was found | holds | notebook |",
            "| --- | --- | --- | --- |",
            *rows,
            "",
        ]
    )


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


def _elsewhere(notebooks: dict[Path, NotebookNode], to: Path, errors: dict[Path, str]) -> Verdict:
    """Store the results for another corpus and count its claims."""
    folder = to / "notebooks"
    for path, notebook in notebooks.items():
        write(folder / path.name, _serialised(notebook))
    found = [entry for _, entry in stored_claims(notebooks)]
    write(folder / "README.md", claims_table(notebooks))
    ran = len(notebooks) - len(errors)
    return Verdict(
        notebooks=(ran, len(notebooks)),
        claims=(sum(entry["holds"] for entry in found), len(found)),
        differences=[f"{path.stem} stopped with {error}" for path, error in errors.items()],
    )


def numbered(cells: Sequence[NotebookNode]) -> bool:
    """Whether the code cells were run once each, from the first to the last."""
    counts = [cell.execution_count for cell in cells if cell.cell_type == "code"]
    return counts == list(range(1, len(counts) + 1))
