"""The front door: every public name is documented, and importing loads nothing extra."""

import importlib
import inspect
import pkgutil
import subprocess
import sys

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
        "pandas", "numpy", "matplotlib", "textblob", "nltk", "scipy", "IPython", "nupunkt", "jinja2",
    }  # fmt: skip
    assert not loaded_by("import usru") & heavy


def test_loading_a_corpus_draws_nothing():
    heavy = {"matplotlib", "textblob", "nltk", "scipy", "IPython", "nbformat", "jinja2"}
    assert not loaded_by("import usru; usru.load().sentences") & heavy


def test_the_floors_open_when_they_are_touched():
    assert usru.text.blocks.find("").empty
    assert set(usru.__all__) <= set(dir(usru)) | {"__version__"}


def test_a_type_checker_knows_the_front_door(tmp_path):
    consumer = tmp_path / "consumer.py"
    consumer.write_text(
        "import usru\n\ncorpus: usru.Corpus = usru.load()\nprint(corpus.paragraphs)\nusru.laod()\n",
        encoding="utf-8",
    )
    checked = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path / "cache"), str(consumer)],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    found = [line for line in checked.stdout.splitlines() if ": error: " in line]
    assert found == ['consumer.py:5: error: Module has no attribute "laod"  [attr-defined]']


@pytest.mark.parametrize("module", MODULES, ids=[module.__name__ for module in MODULES])
def test_every_public_name_is_documented(module):
    assert module.__doc__
    for name in getattr(module, "__all__", []):
        thing = getattr(module, name)
        if inspect.isfunction(thing) or inspect.isclass(thing):
            assert inspect.getdoc(thing), f"{module.__name__}.{name}"


FLOORS = ["text", "analysis", "show", "figures", "study"]
LOOKS_UP = {"usru.figures.opening": "usru.study import outside"}
"""A module that needs one of a floor above: the coded pages that are not of the corpus."""


@pytest.mark.parametrize("floor", FLOORS)
def test_a_floor_imports_only_from_the_floors_below(floor):
    above = FLOORS[FLOORS.index(floor) + 1 :]
    for module in MODULES:
        if module.__name__.startswith(f"usru.{floor}."):
            source = inspect.getsource(module).replace(LOOKS_UP.get(module.__name__, "-"), "")
            assert not [name for name in above if f"usru.{name}" in source], module.__name__
