"""What goes out with a release, and what is known of the packages that it rests on."""

import importlib.metadata
import json
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from usru import __version__
from usru.errors import InputError
from usru.files import make_folders, read_text, write
from usru.study.environment import ENTRY, have
from usru.wording import count

if TYPE_CHECKING:
    from cyclonedx.model.component import Component
    from cyclonedx.model.license import License

__all__ = ["audit", "bill", "dist"]

_HASH = re.compile(r"--hash=sha256:(\w+)")
_PARENT = re.compile(r"#(?: via|  ) ([\w.-]+)")

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
        In ``dist``: the archive of sources, the wheel, and the software bill of materials.
    """
    have("cyclonedx", root)
    told = bill(read_text(root / "requirements.lock"))
    make_folders(root / "dist")
    name = root / "dist" / f"usru-{__version__}"
    _run(root, "hatchling", "build", "--directory", "dist")
    paths = [Path(f"{name}{end}") for end in (".tar.gz", "-py3-none-any.whl", ".cdx.json")]
    write(paths[-1], told)
    return paths


def bill(lock: str) -> str:
    r"""Return the software bill of materials of a lock.

    Parameters
    ----------
    lock : str
        The content of ``requirements.lock``.

    Returns
    -------
    str
        JSON of CycloneDX 1.6: each package with version, hashes, what needs it and, where it is
        installed here, its licence; those of other systems and for development too.

    Examples
    --------
    >>> lock = "six==1.17.0 \\\n    --hash=sha256:4721f3\n    # via usru (pyproject.toml)\n"
    >>> [part] = json.loads(bill(lock))["components"]
    >>> part["purl"], part["hashes"]
    ('pkg:pypi/six@1.17.0', [{'alg': 'SHA-256', 'content': '4721f3'}])
    """
    from cyclonedx.model.bom import Bom
    from cyclonedx.model.component import Component, ComponentType
    from cyclonedx.output.json import JsonV1Dot6

    entries = {found["name"]: found for found in ENTRY.finditer(lock)}
    parts = {name: _component(entry) for name, entry in entries.items()}
    parts["usru"] = Component(
        name="usru", version=__version__, type=ComponentType.LIBRARY, bom_ref="usru",
        licenses=_licences("usru"),
    )  # fmt: skip
    content = Bom(components=[parts[name] for name in entries])
    content.metadata.component = parts["usru"]
    for name, entry in entries.items():
        for parent in _PARENT.findall(entry["via"]):
            content.register_dependency(parts[parent], [parts[name]])
    told = json.loads(JsonV1Dot6(content).output_as_string())
    del told["serialNumber"], told["metadata"]["timestamp"]  # by chance, and by the clock
    return json.dumps(told, indent=2, sort_keys=True) + "\n"


def _component(entry: re.Match[str]) -> "Component":
    """A package of the lock, which is any of the files with these hashes."""
    from cyclonedx.model import HashAlgorithm, HashType
    from cyclonedx.model.component import Component
    from packageurl import PackageURL

    name, version = entry["name"], entry["version"]
    purl = PackageURL("pypi", name=name, version=version)
    hashes = [
        HashType(alg=HashAlgorithm.SHA_256, content=one) for one in _HASH.findall(entry["hashes"])
    ]
    return Component(
        name=name, version=version, purl=purl, bom_ref=str(purl), hashes=hashes,
        licenses=_licences(name),
    )  # fmt: skip


def _licences(name: str) -> "list[License]":
    """The licence that an installed package declares, none where that is a text or unknown."""
    from cyclonedx.factory.license import LicenseFactory

    try:
        told = importlib.metadata.metadata(name)
    except importlib.metadata.PackageNotFoundError:
        return []
    plain = [one for one in told.get_all("License", []) if one != "UNKNOWN" and "\n" not in one]
    classified = [one for one in told.get_all("Classifier", []) if one.startswith("License")]
    names = (
        told.get_all("License-Expression") or plain or [one.split(" :: ")[-1] for one in classified]
    )
    return [LicenseFactory().make_from_string(one) for one in names]


def _run(root: Path, *command: str) -> None:
    run = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=root, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
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
    have("pip_audit", root)
    command = [
        sys.executable, "-m", "pip_audit", "--requirement", "requirements.lock", "--require-hashes",
        "--disable-pip", "--format", "json", "--progress-spinner", "off", "--timeout", "5",
    ]  # fmt: skip
    try:
        run = subprocess.run(
            command, cwd=root, capture_output=True, text=True, encoding="utf-8", check=False,
            timeout=PATIENCE,
        )  # fmt: skip
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
