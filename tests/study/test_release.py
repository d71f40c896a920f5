"""A release holds what it should, and the report on vulnerabilities names each."""

import json
import shutil
import subprocess
import tarfile
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from usru import __version__
from usru.errors import InputError
from usru.study import release
from usru.study.environment import _pins

ROOT = Path(__file__).parents[2]


def test_a_release_is_built_by_the_lock_and_says_all_that_it_rests_on(tmp_path):
    for name in ("src", "data"):
        shutil.copytree(ROOT / name, tmp_path / name)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, tmp_path)
    archive, wheel, bill = release.dist(tmp_path)
    with tarfile.open(archive) as sources, zipfile.ZipFile(wheel) as package:
        assert f"usru-{__version__}/data/corpus.toml" in sources.getnames()
        assert {"usru/cli.py", "usru/data/corpus.toml"} <= set(package.namelist())

    text = bill.read_text(encoding="utf-8")
    told = json.loads(text)
    assert (told["bomFormat"], told["metadata"]["component"]["version"]) == (
        "CycloneDX",
        __version__,
    )
    assert not {"serialNumber", "timestamp"} & {*told, *told["metadata"]}
    assert str(ROOT) not in text
    pins = map(Requirement, _pins((ROOT / "requirements.lock").read_text("utf-8")))
    assert {(canonicalize_name(one["name"]), one["version"]) for one in told["components"]} >= {
        (canonicalize_name(pin.name), str(pin.specifier).removeprefix("=="))
        for pin in pins if pin.marker is None or pin.marker.evaluate()
    }  # fmt: skip
    assert all(one["purl"].startswith("pkg:pypi/") for one in told["components"])


def test_a_build_that_fails_is_one_sentence(tmp_path):
    (tmp_path / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
    with pytest.raises(
        InputError, match=r"pyproject.toml: hatchling ended with: .*; build the env"
    ):
        release.dist(tmp_path)


@pytest.fixture
def audited(monkeypatch, tmp_path):
    """Return a function from what the service answers to the report."""

    def report(answer):
        def run(command, **_):
            if isinstance(answer, Exception):
                raise answer
            return subprocess.CompletedProcess(command, 1, answer, "")

        monkeypatch.setattr(release.subprocess, "run", run)
        return release.audit(tmp_path)

    return report


PACKAGES = [
    {"name": "alpha", "version": "1.0", "vulns": [
        {"id": "PYSEC-1", "fix_versions": ["1.1", "2.0"]}, {"id": "PYSEC-2", "fix_versions": []},
    ]},
    {"name": "beta", "version": "2.0", "vulns": []},
    {"name": "gamma", "skip_reason": "not found"},
]  # fmt: skip


def test_each_vulnerability_is_a_line_with_what_mends_it(audited):
    assert audited(json.dumps({"dependencies": PACKAGES})).splitlines() == [
        "alpha 1.0: PYSEC-1, mended in 1.1, 2.0",
        "alpha 1.0: PYSEC-2, mended in no version yet",
        "2 known vulnerabilities in 2 packages; nothing is known of 1 other",
    ]
    [line] = audited(json.dumps({"dependencies": PACKAGES[1:2]})).splitlines()
    assert line == "0 known vulnerabilities in 1 package"


@pytest.mark.parametrize(
    "answer",
    ["", subprocess.TimeoutExpired("pip-audit", 1), json.dumps({"dependencies": PACKAGES[2:]})],
    ids=["no-answer", "too-late", "nothing-found"],
)
def test_a_machine_without_network_is_told_that_nothing_was_audited(audited, answer):
    assert audited(answer).startswith("not audited: no service")
