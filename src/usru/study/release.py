"""What goes out with a release, and what is known of the packages that it rests on."""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from usru import __version__
from usru.errors import InputError
from usru.files import make_folders
from usru.wording import count

__all__ = ["audit", "dist"]

PATIENCE = 120
"""Seconds that an audit may take: it asks another machine about each package."""


def dist(root: Path) -> list[Path]:
    """Build what a release consists of, by the packages of the lock and nothing that is fetched.

    Parameters
    ----------
    root : path
        The checkout.

    Returns
    -------
    list of path
        In ``dist``: the archive of sources, the wheel, and the software bill of materials, which is
        CycloneDX's JSON: each package of the environment with version, licence and what it needs.
    """
    make_folders(root / "dist")
    name = root / "dist" / f"usru-{__version__}"
    bill = Path(f"{name}.cdx.json")
    _run(root, "hatchling", "build", "--directory", "dist")
    _run(
        root, "cyclonedx_py", "environment", "--pyproject", "pyproject.toml", "--mc-type", "library",
        "--output-reproducible", "--output-file", str(bill), sys.executable,
    )  # fmt: skip
    return [Path(f"{name}.tar.gz"), Path(f"{name}-py3-none-any.whl"), bill]


def _run(root: Path, *command: str) -> None:
    run = subprocess.run(
        [sys.executable, "-m", *command], cwd=root, capture_output=True, text=True, check=False
    )
    if run.returncode:
        said = (run.stderr or run.stdout).strip().rpartition("\n")[2]
        mend = "build the environment of development with `make test`"
        raise InputError(root / "pyproject.toml", f"{command[0]} ended with: {said}", mend)


def audit(root: Path) -> str:
    """Report the known vulnerabilities of the packages of the lock.

    Parameters
    ----------
    root : path
        The checkout.

    Returns
    -------
    str
        A line for each package that has some; or that there are none, or whom nobody could ask.
    """
    command = [
        sys.executable, "-m", "pip_audit", "--requirement", "requirements.lock", "--require-hashes",
        "--disable-pip", "--format", "json", "--progress-spinner", "off", "--timeout", "5",
    ]  # fmt: skip
    try:
        run = subprocess.run(
            command, cwd=root, capture_output=True, text=True, check=False, timeout=PATIENCE
        )
        packages = json.loads(run.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, json.JSONDecodeError):
        packages = []
    return _report(packages)


def _report(packages: Sequence[Mapping[str, Any]]) -> str:
    known = [one for one in packages if "vulns" in one]
    if not known:
        return "not audited: no service that knows vulnerabilities can be reached from here"
    found = [
        f"{one['name']} {one['version']}: {fault['id']}, mended in {_versions(fault)}"
        for one in known for fault in one["vulns"]
    ]  # fmt: skip
    told = f"{count(len(found), 'known vulnerability', 'known vulnerabilities')} in {count(len(known), 'package')}"
    unknown = len(packages) - len(known)
    return "\n".join(
        [*found, told + (f"; nothing is known of {count(unknown, 'other')}" if unknown else "")]
    )


def _versions(fault: Mapping[str, Any]) -> str:
    return ", ".join(fault["fix_versions"]) or "no version yet"
