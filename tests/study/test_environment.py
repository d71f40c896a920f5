"""The project file, the lock and the conda file say the same."""

import importlib.metadata
import re
import shutil
import subprocess
import tomllib
from itertools import chain
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from usru.errors import InputError
from usru.study import environment
from usru.study.environment import _conda_file, _pins, lock

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCK = (ROOT / "requirements.lock").read_text("utf-8")
ENTRY = re.compile(r"^(?=\S)(?!#).*(?:\n[ ].*)*", re.MULTILINE)
"""A package of the lock: the line that starts at the margin, and what is indented below."""


PLACES = [
    {
        "python_version": python,
        "python_full_version": f"{python}.99",
        "sys_platform": platform,
        "platform_system": system,
        "os_name": "nt" if platform == "win32" else "posix",
    }
    for python in ("3.11", "3.12", "3.13")
    for platform, system in (("linux", "Linux"), ("darwin", "Darwin"), ("win32", "Windows"))
]
"""The Pythons and systems that the lock must serve, as markers name them."""


@pytest.fixture(scope="module")
def pinned():
    """Return a function that gives the versions of a package which the lock installs in a place."""
    requirements = [Requirement(pin) for pin in _pins(LOCK)]

    def versions(name, place):
        return [
            str(pin.specifier).removeprefix("==")
            for pin in requirements
            if canonicalize_name(pin.name) == canonicalize_name(name)
            and (pin.marker is None or pin.marker.evaluate(place))
        ]

    return versions


@pytest.mark.parametrize(
    "wanted",
    [
        *PROJECT["project"]["dependencies"],
        *chain.from_iterable(PROJECT["project"]["optional-dependencies"].values()),
        *PROJECT["dependency-groups"]["dev"],
    ],
)
def test_a_dependency_is_pinned_within_its_range(pinned, wanted):
    wanted = Requirement(wanted)
    for place in PLACES:
        [version] = pinned(wanted.name, place)
        assert wanted.specifier.contains(version, prereleases=True)


def test_no_package_is_pinned_twice_for_one_place(pinned):
    names = {Requirement(pin).name for pin in _pins(LOCK)}
    assert [name for name in sorted(names) for at in PLACES if len(pinned(name, at)) > 1] == []


def test_every_package_of_the_lock_is_read_as_a_pin():
    assert [entry.split(" \\")[0] for entry in ENTRY.findall(LOCK)] == _pins(LOCK)


def test_every_pin_is_one_version_and_has_a_hash():
    without = [
        entry.splitlines()[0]
        for entry in ENTRY.findall(LOCK)
        if not re.match(r"[\w.-]+==[\w.+!-]+ ", entry)
        or not re.search(r"(?m)^ +--hash=sha256:[0-9a-f]{64}(?: \\)?$", entry)
    ]
    assert without == []


def test_the_lock_names_no_address():
    assert "://" not in LOCK


def test_the_conda_file_is_that_of_the_lock():
    assert (ROOT / "environment.yml").read_text("utf-8") == _conda_file(LOCK)


def test_the_python_of_conda_is_in_the_range_of_the_project():
    [version] = re.findall(r"(?m)^  - python=(3\.\d+)$", _conda_file(LOCK))
    newest = f"{version}.99"  # conda takes the last of the series
    assert SpecifierSet(PROJECT["project"]["requires-python"]).contains(newest)


def test_the_conda_file_lists_every_pin_once_and_the_project():
    pinned = ["six==1.17.0", "pywinpty==3.1 ; os_name == 'nt'"]
    text = "".join(f"{pin} \\\n    --hash=sha256:00\n" for pin in pinned)
    lines = _conda_file(text).splitlines()
    assert lines[lines.index("  - pip:") + 1 :] == [
        '      - "six==1.17.0"',
        "      - \"pywinpty==3.1 ; os_name == 'nt'\"",
        '      - "--editable=."',
    ]


def test_what_builds_the_project_is_what_the_lock_pins():
    required = PROJECT["build-system"]["requires"]
    assert set(required) <= set(_pins(LOCK))
    names = {canonicalize_name(Requirement(one).name) for one in required}
    needed = {
        canonicalize_name(need.name)
        for name in names
        for need in map(Requirement, importlib.metadata.requires(name) or ())
        if need.marker is None or need.marker.evaluate({"extra": ""})
    }
    assert needed <= names


def test_whatever_installs_the_project_builds_it_by_the_lock():
    told = [ROOT / "Makefile", ROOT / ".ci" / "run", *ROOT.glob("*.md"), *ROOT.glob("docs/*.md")]
    texts = [path.read_text("utf-8") for path in (*told, *ROOT.glob(".github/workflows/*.yml"))]
    builds = re.findall(r"(?m)^.*\bpip install\b.* \.$", "\n".join(texts))
    assert len(builds) >= 2
    assert [line for line in builds if "--no-deps --no-build-isolation" not in line] == []


# Locking anew ------------------------------------------------------------------------------------


@pytest.fixture
def root(tmp_path):
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "requirements.lock").write_bytes(LOCK.encode())
    (tmp_path / "environment.yml").write_bytes(_conda_file(LOCK).encode())
    return tmp_path


@pytest.fixture
def resolve(monkeypatch):
    """Let the resolver end with a status and a text, and keep the commands it was given."""
    commands = []

    def answer(status=0, out="", err=""):
        def run(command, **options):
            commands.append((command, options["cwd"]))
            told = (out, err) if options["capture_output"] else (None, None)
            return subprocess.CompletedProcess(command, status, *told)

        monkeypatch.setattr(environment.shutil, "which", lambda name: name)
        monkeypatch.setattr(environment.subprocess, "run", run)
        return commands

    return answer


def contents(root):
    return {path.name: path.read_bytes() for path in root.iterdir()}


def test_a_lock_that_is_the_same_changes_nothing(root, resolve):
    before = contents(root)
    resolve(out=LOCK)
    assert lock(root) == []
    assert contents(root) == before


def test_a_new_lock_renews_the_conda_file_and_the_build_backend_too(root, resolve):
    project = (root / "pyproject.toml").read_bytes()
    [old] = re.findall(r"\nhatchling==\S+", LOCK)
    text = LOCK.replace(old, "\nhatchling==9.9")
    resolve(out=text)
    names = ["requirements.lock", "environment.yml", "pyproject.toml"]
    assert lock(root) == [root / name for name in names]
    assert contents(root) == {
        "requirements.lock": text.encode(),
        "environment.yml": _conda_file(text).encode(),
        "pyproject.toml": project.replace(old.strip().encode(), b"hatchling==9.9"),
    }


def test_the_lock_is_made_for_the_oldest_python_with_hashes(root, resolve):
    commands = resolve(out=LOCK)
    lock(root)
    [(command, folder)] = commands
    oldest = command[command.index("--python-version") + 1]
    assert f">={oldest}" in PROJECT["project"]["requires-python"].split(",")
    assert {"--universal", "--generate-hashes"} <= set(command)
    assert folder == root


def test_dependencies_without_a_solution_leave_the_lock_as_it_was(root, resolve):
    before = contents(root)
    resolve(status=1, err="  × No solution found:\n  ╰─▶ because\n      of this\n")
    with pytest.raises(InputError, match=r"pyproject\.toml: .*No solution found") as error:
        lock(root)
    assert len(str(error.value).splitlines()) == 1
    assert contents(root) == before


def test_a_missing_resolver_is_named(root, monkeypatch):
    before = contents(root)
    monkeypatch.setattr(environment.shutil, "which", lambda name: None)
    with pytest.raises(InputError, match=r"uv: .*; build the environment"):
        lock(root)
    assert contents(root) == before
