"""The locked environment: one set of versions for pip and for conda."""

import importlib.metadata
import re
import shutil
import subprocess
import sys
from pathlib import Path

from usru.errors import InputError
from usru.files import write

__all__ = ["installed", "lock"]

_PIN = re.compile(r"^(?P<pin>[\w.-]+==[^\s;\\]+)(?P<marker> ; [^\\]+?)? \\$", re.MULTILINE)


def _pins(text: str) -> list[str]:
    """The pins of a lock, each as ``name==version`` with its marker."""
    return [match["pin"] + (match["marker"] or "") for match in _PIN.finditer(text)]


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
    """Resolve the dependencies anew, for all platforms, and write lock and conda file.

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
    files = {"requirements.lock": run.stdout, "environment.yml": _conda_file(run.stdout)}
    return [root / name for name, content in files.items() if write(root / name, content)]
