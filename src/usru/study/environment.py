"""The locked environment: one set of versions for pip and for conda."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

from usru.errors import InputError
from usru.files import write

__all__ = ["conda_file", "lock", "pins"]

_PIN = re.compile(r"^(?P<pin>[\w.-]+==[^\s;\\]+)(?P<marker> ; [^\\]+?)? \\$", re.MULTILINE)


def pins(text: str) -> list[str]:
    """Return the pins of a lock, each as ``name==version`` with its marker.

    Examples
    --------
    >>> pins("six==1.17.0 ; os_name == 'nt' \\\\\\n    --hash=sha256:00\\n")
    ["six==1.17.0 ; os_name == 'nt'"]
    """
    return [match["pin"] + (match["marker"] or "") for match in _PIN.finditer(text)]


def conda_file(text: str) -> str:
    """Return the ``environment.yml`` whose Python packages are those of a lock.

    Parameters
    ----------
    text : str
        The lock.

    Returns
    -------
    str
        YAML. The pins stand without their hashes, because pip checks hashes
        for all packages or for none, and the project itself can have none.

    Examples
    --------
    >>> print(conda_file("six==1.17.0 \\\\\\n    --hash=sha256:00\\n").splitlines()[-2].strip())
    - "six==1.17.0"
    """
    lines = [
        "# Written by `usru lock` from requirements.lock: conda and pip users run the same versions.",
        "name: usru",
        "channels:",
        "  - conda-forge",
        "dependencies:",
        "  - python=3.11",
        "  - pip",
        "  - pip:",
        *(f'      - "{pin}"' for pin in pins(text)),
        '      - "--editable=."',
    ]
    return "\n".join(lines) + "\n"


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

    Raises
    ------
    InputError
        When uv is missing or finds no solution.
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
    changed = []
    for name, content in (
        ("requirements.lock", run.stdout),
        ("environment.yml", conda_file(run.stdout)),
    ):
        if write(root / name, content):
            changed.append(root / name)
    return changed
