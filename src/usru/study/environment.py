"""The locked environment: one set of versions for pip and for conda."""

import importlib.metadata
import json
import re
import shutil
import subprocess
import sys
import tomllib
from importlib.util import find_spec
from pathlib import Path

from usru.errors import InputError
from usru.files import read_text, write

__all__ = ["ENTRY", "have", "installed", "lock"]

ENTRY = re.compile(
    r"""^(?P<name>[\w.-]+)==(?P<version>[^\s;\\]+)(?P<marker>[ ];[ ][^\\\n]+?)?[ ]\\\n
    (?P<hashes>(?:[ ]{4}--hash[^\n]*\n)+)(?P<via>(?:[ ]{4}\#[^\n]*\n)*)""",
    re.MULTILINE | re.VERBOSE,
)
"""A package of a lock: where its marker holds it is one of the files with these hashes, for what needs it."""


def _pins(text: str) -> list[str]:
    """The pins of a lock, each as ``name==version`` with its marker."""
    found = ENTRY.finditer(text)
    return [f"{one['name']}=={one['version']}{one['marker'] or ''}" for one in found]


def have(module: str, root: Path) -> None:
    """Refuse to go on without a module that only developers have.

    Parameters
    ----------
    module, root : str, path
        Its name, and the checkout, whose project file asks for it.
    """
    if find_spec(module) is None:
        mend = "build the environment of development with `make test`"
        raise InputError(root / "pyproject.toml", f"its {module} is not installed", mend)


# The pins come without their hashes: pip checks hashes for all packages or for none, and the
# project itself can have none.
_CONDA = """\
# Written by `usru lock` from requirements.lock: conda and pip users run the same versions.
name: usru
channels:
  - conda-forge
dependencies:
  - python=3.11
  - pip
  - pip:
{pins}
      - "--editable=."
"""


def _conda_file(text: str) -> str:
    """The ``environment.yml`` whose Python packages are those of a lock."""
    return _CONDA.format(pins="\n".join(f'      - "{pin}"' for pin in _pins(text)))


_BUILD = re.compile(r"(?m)^requires = (\[[^]]*\])$")


def _project_file(project: str, text: str) -> str:
    """The project file, built by what the lock pins."""
    pins = dict(pin.split("==") for pin in _pins(text) if ";" not in pin)
    [line] = _BUILD.findall(project)
    names = [requirement.partition("==")[0] for requirement in tomllib.loads(f"a = {line}")["a"]]
    return project.replace(line, json.dumps([f"{name}=={pins[name]}" for name in names]))


def installed() -> list[str]:
    """Return the packages that are installed, each as ``name==version``, in the order of the alphabet.

    Examples
    --------
    >>> [pin for pin in installed() if pin.startswith("pandas==")] != []
    True
    """
    pins = {f"{one.name}=={one.version}" for one in importlib.metadata.distributions()}
    return sorted(pins, key=str.lower)


def lock(root: Path) -> list[Path]:
    """Resolve the dependencies anew, for all platforms, and write lock, conda file and build backend.

    Parameters
    ----------
    root : path
        The checkout.

    Returns
    -------
    list of path
        The files that changed.
    """
    uv = Path(sys.executable).with_name("uv")
    command = shutil.which(str(uv)) or shutil.which("uv")
    if command is None:
        raise InputError("uv", "it is not installed here", "build the environment with `make test`")
    run = subprocess.run(
        [command, "pip", "compile", "pyproject.toml", "--group", "dev", "--all-extras", "--universal",
         "--generate-hashes", "--fork-strategy", "fewest", "--python-version", "3.11.5",
         "--upgrade", "--custom-compile-command", "usru lock"],
        cwd=root, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    if run.returncode:
        raise InputError(root / "pyproject.toml", run.stderr.strip().replace("\n", " "), "relax it")
    project = _project_file(read_text(root / "pyproject.toml"), run.stdout)
    files = {
        "requirements.lock": run.stdout, "environment.yml": _conda_file(run.stdout),
        "pyproject.toml": project,
    }  # fmt: skip
    return [root / name for name, content in files.items() if write(root / name, content)]
