"""Small changes of the package, each of which some test should notice.

Run by `usru mutate` on a sample of them. Cosmic Ray makes the changes; each is tried in a clone of the
checkout by the examples of its module and the tests beside it (for a private module by the public ones of
its folder, too), and by no others, which may meet it by chance.
"""

import argparse
import ast
import difflib
import os
import re
import signal
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from pathlib import Path
from queue import SimpleQueue
from random import Random
from typing import Any, NamedTuple

from cosmic_ray import plugins
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.operators.operator import Operator
from tqdm import tqdm

from usru.ending import ended

ROOT = Path(__file__).parents[1]

FLOOR = 0.9
"""Of the mutants of a sample, those that are caught at least; it is only lowered on purpose."""

PATIENCE = 900
"""Seconds after which a mutant is caught that keeps its own tests from ending."""

_ARITHMETIC, _ORDER = "(?:Add|Sub|Mul|Div)", "(?:Eq|NotEq|Lt|LtE|Gt|GtE)"
OPERATORS = re.compile(
    rf"""core/(?: ReplaceBinaryOperator_{_ARITHMETIC}_{_ARITHMETIC}
    | ReplaceComparisonOperator_(?:{_ORDER}_{_ORDER}|Is_IsNot|IsNot_Is)
    | Replace(?:And|Or|True|False|Break|Continue)With\w+ | AddNot | ReplaceUnaryOperator_Delete_Not
    | ZeroIterationForLoop )""",
    re.VERBOSE,
)
"""The changes that are made: arithmetic, relations and logic, which Offutt and others (1996, ACM Transactions
on Software Engineering and Methodology 5(2), 99-118) found to stand for most others, and loops. Numbers
are left alone: a width or a limit that is chosen by eye is not better by one."""

CACHES = {"cache", "lru_cache"}
"""Decorators that change the time that something takes, and nothing else."""


RUNNING = set[subprocess.Popen[bytes]]()
"""Tests at work, which end with the command."""


class Mutant(NamedTuple):
    """A module of the checkout with one thing in it changed."""

    module: Path
    code: str

    def __str__(self) -> str:
        before, after = _source(self.module).splitlines(), self.code.splitlines()
        codes = difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
        _, start, end, *places = next(code for code in codes if code[0] != "equal")
        old, new = (
            " ".join(map(str.strip, lines)) for lines in (before[start:end], after[slice(*places)])
        )
        return f"{self.module}:{start + 1}: {old} -> {new}"


def modules() -> list[Path]:
    """All modules of the package."""
    return sorted(path.relative_to(ROOT) for path in (ROOT / "src").rglob("*.py"))


def sampled(n: int, seed: int, modules: Sequence[Path]) -> list[Mutant]:
    """Draw places of modules, each as likely as another, and a change that can be made there."""
    random, found = Random(seed), dict[Mutant, None]()
    sizes = [len(_source(module)) for module in modules]
    for _ in range(10 * n):
        [module] = random.choices(modules, sizes)
        if places := _places(module):
            code = mutate_code(_source(module), *random.choice(random.choice(places)))
            if _behaviour(code) not in (None, _behaviour(_source(module))):
                found[Mutant(module, code)] = None
        if len(found) == n:
            break
    return list(found)


@cache
def _source(module: Path) -> str:
    return (ROOT / module).read_text(encoding="utf-8")


@cache
def _places(module: Path) -> list[list[tuple[Operator, int]]]:
    """What can be changed at each place of a module: operators, and which occurrence of each."""
    nodes = list(ast_nodes(get_ast(_source(module))))
    places = defaultdict(list)
    for name in filter(OPERATORS.fullmatch, sorted(plugins.operator_names())):
        operator = plugins.get_operator(name)
        spans = [span for node in nodes for span in operator().mutation_positions(node)]
        for occurrence, (start, _) in enumerate(spans):
            places[start].append((operator(), occurrence))
    return [places[start] for start in sorted(places)]


def _behaviour(code: str) -> str | None:
    """What a module does; annotations, caches and checks of lengths aside; None where it is no Python."""
    try:
        return ast.dump(_Bare().visit(ast.parse(code)))
    except SyntaxError:
        return None


class _Bare(ast.NodeTransformer):
    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.returns = None
        node.decorator_list = [one for one in node.decorator_list if _called(one) not in CACHES]
        return self.generic_visit(node)

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_keyword(self, node: ast.keyword) -> ast.AST | None:
        return None if node.arg == "strict" else self.generic_visit(node)

    def visit_arg(self, node: ast.arg) -> ast.AST:
        node.annotation = None
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        node.annotation = ast.Constant(None)
        return self.generic_visit(node)


def _called(decorator: ast.expr) -> str:
    return ast.unparse(decorator.func if isinstance(decorator, ast.Call) else decorator)


# Trying them ---------------------------------------------------------------------------------


def survivors(mutants: Sequence[Mutant]) -> list[Mutant]:
    """Return and name the mutants that no test notices; they are tried side by side, a clone each."""
    workers, clones = os.cpu_count() or 1, SimpleQueue[Path]()
    with tempfile.TemporaryDirectory() as temporary, ThreadPoolExecutor(workers) as pool:
        for number in range(workers):
            clone = Path(temporary, str(number))
            subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
            clones.put(clone)

        def in_clone(work: Callable[[Any, Path], bool], one: object) -> bool:
            clone = clones.get()
            try:
                return work(one, clone)
            finally:
                clones.put(clone)

        alive = []
        try:
            tested = dict.fromkeys(mutant.module for mutant in mutants)
            whole = pool.map(partial(in_clone, passes), tested)
            for module, is_whole in zip(tested, whole, strict=True):
                if not is_whole:
                    raise RuntimeError(f"the tests of {module} fail before anything is changed")
            found = pool.map(partial(in_clone, caught), mutants)
            tried = tqdm(found, total=len(mutants), unit=" mutants")
            for mutant, is_found in zip(mutants, tried, strict=True):
                if not is_found:
                    alive.append(mutant)
                    tried.write(f"survived: {mutant}")
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            for process in [*RUNNING]:
                os.killpg(process.pid, signal.SIGKILL)
            raise
        return alive


def caught(mutant: Mutant, clone: Path) -> bool:
    """Whether a test notices a mutant in a clone, which is whole again afterwards."""
    path = clone / mutant.module
    before = path.read_bytes()
    path.write_text(mutant.code, encoding="utf-8")
    try:
        return not passes(mutant.module, clone)
    finally:
        path.write_bytes(before)


def _tests(module: Path, clone: Path) -> Iterator[str]:
    """The tests of a module, which are beside it in the other tree; for a private one also its folder's."""
    inner = module.relative_to("src/usru")
    folder = Path("tests", inner.parent)
    own = [folder / f"test_{name}.py" for name in (inner.stem, inner.stem.strip("_"))]
    if inner.stem.startswith("_") and not inner.stem.endswith("_"):
        own += [path.relative_to(clone) for path in sorted((clone / folder).glob("test_[!_]*.py"))]
    yield from (str(path) for path in dict.fromkeys(own) if (clone / path).is_file())


def passes(module: Path, clone: Path) -> bool:
    """Whether the tests of a module pass in a clone, and its examples."""
    tests = [*_tests(module, clone), str(module)]
    options = ["-x", "-q", "-n", "0", "-p", "no:cacheprovider"]
    environment = os.environ | {"PYTHONPATH": str(clone / "src")}
    command = [sys.executable, "-m", "pytest", *options, *tests]
    with subprocess.Popen(
        command, cwd=clone, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,  # as a mutant may signal its whole group
    ) as process:  # fmt: skip
        RUNNING.add(process)
        try:
            return process.wait(PATIENCE) in (0, 5)  # 5 where there is no test at all
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            return False
        finally:
            RUNNING.discard(process)


def main(n: int, seed: int, chosen: Sequence[Path]) -> int:
    """Try a sample of mutants, say which survive, and whether more are caught than the floor asks."""
    mutants = sampled(n, seed, chosen or modules())
    with ended():
        alive = survivors(mutants)
    held = len(mutants) - len(alive)
    print(f"{held} of {len(mutants)} mutants caught", flush=True)
    return 0 if held >= FLOOR * len(mutants) else 1


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="usru mutate", description=__doc__)
    parser.add_argument("--n", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("modules", nargs="*", type=Path)
    options = parser.parse_args()
    sys.exit(main(options.n, options.seed, options.modules))
