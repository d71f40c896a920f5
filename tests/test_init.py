"""The front door: every public name is documented, and importing loads nothing extra."""

import ast
import importlib
import inspect
import pkgutil
import subprocess
import sys
from graphlib import TopologicalSorter
from importlib import resources

import pytest

import usru

MODULES = [
    importlib.import_module(module.name)
    for module in pkgutil.walk_packages(usru.__path__, "usru.")
    if module.name != "usru.__main__"
]


def loaded_by(statement: str) -> set[str]:
    code = f"import sys; {statement}; print(*sys.modules)"
    return set(subprocess.check_output([sys.executable, "-c", code], text=True).split())


def test_importing_loads_nothing_that_is_not_needed():
    heavy = {
        "pandas", "numpy", "matplotlib", "textblob", "nltk", "scipy", "IPython", "jinja2",
    }  # fmt: skip
    assert not loaded_by("import usru") & heavy


def test_loading_a_corpus_draws_nothing():
    heavy = {"matplotlib", "textblob", "nltk", "scipy", "IPython", "nbformat", "jinja2"}
    assert not loaded_by("import usru; usru.load().sentences") & heavy


def test_the_floors_open_when_they_are_touched():
    assert usru.text.blocks.find("").empty
    assert set(usru.__all__) <= set(dir(usru)) | {"__version__"}


def test_a_type_checker_reads_the_types_of_the_installed_package():
    """What it makes of them is in `typed.py`."""
    assert (resources.files("usru") / "py.typed").is_file()


@pytest.mark.parametrize("module", MODULES, ids=[module.__name__ for module in MODULES])
def test_every_public_name_is_documented(module):
    assert module.__doc__
    for name in getattr(module, "__all__", []):
        thing = getattr(module, name)
        if inspect.isfunction(thing) or inspect.isclass(thing):
            assert inspect.getdoc(thing), f"{module.__name__}.{name}"


FLOORS = [
    ["delimited", "ending", "errors", "files", "labels", "schema", "codebook", "codings", "templates", "wording"], ["text"], ["sources"], ["analysis"],
    ["draft", "manifest", "corpus"], ["scale"], ["coding", "evaluation"],
    ["show"], ["figures"], ["study"], ["cli", "__main__"],
]  # fmt: skip
"""From the ground up; a module imports from its own floor and from those below."""


def imported(module) -> set[str]:
    """The modules of the package that one imports, anywhere in its source."""
    names = {name.__name__ for name in MODULES}
    found: set[str] = set()
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return (found & names) - {module.__name__}


IMPORTS = {module.__name__: imported(module) for module in MODULES}


def floor(name: str) -> int:
    return next(i for i, floor in enumerate(FLOORS) if name.split(".")[1] in floor)


def test_no_modules_import_each_other_in_a_circle():
    assert len(list(TopologicalSorter(IMPORTS).static_order())) >= len(MODULES)


@pytest.mark.parametrize("name", list(IMPORTS))
def test_a_module_imports_only_from_its_floor_and_those_below(name):
    assert [other for other in IMPORTS[name] if floor(other) > floor(name)] == []
