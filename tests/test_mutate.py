"""A change that a test notices is caught, one that none notices survives, and no file is left changed."""

import subprocess
from pathlib import Path

import mutate
import pytest
from mutate import Mutant

MODULE = Path("src/usru/tiny.py")
CODE = '''\
from functools import cache


@cache
def larger(a: int | None, b: int | None = None) -> bool | None:
    """Return whether the one is larger."""
    return a > b


def next_one(a: int) -> int:
    return a + 1
'''
TEST = """\
from usru.tiny import larger


def test_larger():
    assert larger(2, 1)
    assert not larger(1, 2)
    assert not larger(1, 1)
"""


def commit(folder):
    who = ["-c", "user.name=A", "-c", "user.email=a@b"]
    for command in (["add", "."], [*who, "commit", "--quiet", "-m", "A"]):
        subprocess.run(["git", *command], cwd=folder, check=True)


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """A checkout of one module, whose second function has no test."""
    package = {MODULE: CODE, MODULE.with_name("__init__.py"): "", Path("tests/test_tiny.py"): TEST}
    for path, text in package.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    commit(tmp_path)
    monkeypatch.setattr(mutate, "ROOT", tmp_path)
    mutate._source.cache_clear()
    mutate._places.cache_clear()
    return tmp_path


def test_what_the_tests_of_a_module_notice_is_caught(checkout, capsys):
    noticed = Mutant(MODULE, CODE.replace("a > b", "a < b"))
    unnoticed = Mutant(MODULE, CODE.replace("a + 1", "a - 1"))
    broken = Mutant(MODULE, CODE.replace("a > b", "a > c"))
    assert mutate.survivors([noticed, unnoticed, broken]) == [unnoticed]
    assert str(unnoticed) == "src/usru/tiny.py:11: return a + 1 -> return a - 1"
    assert f"survived: {unnoticed}" in capsys.readouterr().out
    assert (checkout / MODULE).read_text(encoding="utf-8") == CODE


def test_a_private_module_is_tried_by_the_public_tests_of_its_folder(tmp_path):
    for name in ("test_tiny", "test__small", "test_small", "test__other"):
        path = tmp_path / "tests" / "parts" / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    found = {
        name: [Path(path).stem for path in mutate._tests(Path("src/usru/parts", name), tmp_path)]
        for name in ("tiny.py", "_small.py", "__init__.py")
    }
    assert found == {
        "tiny.py": ["test_tiny"], "_small.py": ["test__small", "test_small", "test_tiny"],
        "__init__.py": [],
    }  # fmt: skip


def test_tests_that_fail_without_a_change_are_told(checkout):
    mutant = Mutant(MODULE, CODE.replace("a > b", "a < b"))
    path = checkout / "tests" / "test_tiny.py"
    path.write_text(TEST.replace("assert larger", "assert not larger"), encoding="utf-8")
    commit(checkout)
    with pytest.raises(RuntimeError, match=r"the tests of src/usru/tiny.py fail before anything"):
        mutate.survivors([mutant])


def test_a_sample_changes_behaviour_alone_and_is_the_same_again(checkout):
    every = mutate.sampled(50, 1, [MODULE])
    changed = {line for one in every for line in set(one.code.split("\n")) - set(CODE.split("\n"))}
    assert {"    return a >= b", "    return a - 1", "    return a / 1"} <= changed
    assert all("return" in line for line in changed), "no annotation and no cache"
    some = mutate.sampled(5, 2, [MODULE])
    assert len(some) == 5
    assert some == mutate.sampled(5, 2, [MODULE]) != mutate.sampled(5, 3, [MODULE])


@pytest.mark.parametrize(("survive", "status"), [(1, 0), (2, 1)])
def test_fewer_than_the_floor_asks_for_fail_the_command(monkeypatch, capsys, survive, status):
    drawn = [Mutant(MODULE, str(n)) for n in range(10)]
    monkeypatch.setattr(mutate, "sampled", lambda *_: drawn)
    monkeypatch.setattr(mutate, "survivors", lambda _: drawn[:survive])
    assert mutate.main(10, 1, [MODULE]) == status
    assert capsys.readouterr().out == f"{10 - survive} of 10 mutants caught\n"
