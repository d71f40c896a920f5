"""A release holds what it should, and the report on vulnerabilities names each."""

import email
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from usru import __version__
from usru.errors import InputError
from usru.study import release
from usru.study.environment import _pins

ROOT = Path(__file__).parents[2]


LOCK = (ROOT / "requirements.lock").read_text("utf-8")


def test_a_release_is_built_by_the_lock_and_says_all_that_it_rests_on(tmp_path):
    for name in ("src", "data"):
        shutil.copytree(ROOT / name, tmp_path / name)
    for name in ("pyproject.toml", "README.md", "LICENSE", "requirements.lock"):
        shutil.copy(ROOT / name, tmp_path)
    archive, wheel, bill = release.dist(tmp_path)
    with tarfile.open(archive) as sources, zipfile.ZipFile(wheel) as package:
        assert f"usru-{__version__}/data/corpus.toml" in sources.getnames()
        assert {"usru/cli.py", "usru/data/corpus.toml"} <= set(package.namelist())
    assert bill.read_text("utf-8") == release.bill(LOCK)
    assert sorted(path.name for path in (tmp_path / "dist").iterdir()) == sorted(
        path.name for path in (archive, wheel, bill)
    )


@pytest.fixture(scope="module")
def billed():
    return json.loads(release.bill(LOCK))


def test_the_bill_has_each_pin_of_the_lock_once_with_its_hashes_and_nothing_else(billed):
    told = [
        (f"{one['name']}=={one['version']}", one["purl"], sorted(each["content"] for each in one["hashes"]))
        for one in billed["components"]
    ]  # fmt: skip
    entries = [entry.split() for entry in re.findall(r"(?m)^\w(?:.*\n[ ].*)*", LOCK)]
    assert sorted(told) == sorted(
        (entry[0], f"pkg:pypi/{entry[0].replace('==', '@')}",
         sorted(word.removeprefix("--hash=sha256:") for word in entry if "--hash" in word))
        for entry in entries
    )  # fmt: skip
    assert len(told) == len(_pins(LOCK))


def test_the_bill_says_what_needs_what(billed):
    needs = {one["ref"]: one.get("dependsOn", []) for one in billed["dependencies"]}
    names = {one["bom-ref"]: one["name"] for one in billed["components"]}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wanted = [
        *project["project"]["dependencies"], *project["dependency-groups"]["dev"],
        *(one for extra in project["project"]["optional-dependencies"].values() for one in extra),
    ]  # fmt: skip
    assert {names[ref] for ref in needs["usru"]} == {
        canonicalize_name(Requirement(one).name) for one in wanted
    }
    [textblob] = [ref for ref in needs if ref.startswith("pkg:pypi/textblob@")]
    assert {names[ref] for ref in needs[textblob]} == {"nltk"}


def test_the_bill_is_one_of_cyclonedx_and_the_same_wherever_it_is_made(billed):
    text = release.bill(LOCK)
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    assert not {"serialNumber", "timestamp"} & {*billed, *billed["metadata"]}
    assert billed["metadata"]["component"]["version"] == __version__
    assert str(ROOT) not in text
    assert re.findall(r"\w+://[^\"]*", text) == [billed["$schema"]]
    program = (
        "import sys; from usru.study.release import bill; print(bill(sys.stdin.read()), end='')"
    )
    again = subprocess.run(
        [sys.executable, "-c", program], input=LOCK, capture_output=True, encoding="utf-8",
        env=os.environ | {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"}, check=True,
    )  # fmt: skip
    assert again.stdout == text


@pytest.mark.parametrize(
    ("declared", "licences"),
    [
        ("License-Expression: MIT\nLicense: Apache", [{"license": {"id": "MIT"}}]),
        ("License-Expression: MIT OR Apache-2.0", [{"expression": "MIT OR Apache-2.0"}]),
        ("License: BSD-3-Clause\nClassifier: License :: OSI Approved :: BSD License", [{"license": {"id": "BSD-3-Clause"}}]),
        ("License: UNKNOWN\nClassifier: License :: OSI Approved :: ISC License", [{"license": {"name": "ISC License"}}]),
        ("License: Copyright\n  and more", None),
        ("Keywords: news", None),
    ],
)  # fmt: skip
def test_a_licence_is_what_the_package_declares(monkeypatch, declared, licences):
    metadata = email.message_from_string(f"Name: alpha\n{declared}\n")
    monkeypatch.setattr(release.importlib.metadata, "metadata", lambda name: metadata)
    lock = "alpha==1.0 \\\n    --hash=sha256:00\n    # via usru (pyproject.toml)\n"
    [part] = json.loads(release.bill(lock))["components"]
    assert part.get("licenses") == licences


def test_without_the_tools_of_development_one_sentence_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr("usru.study.environment.find_spec", lambda name: None)
    for command, needed in ((release.dist, "cyclonedx"), (release.audit, "pip_audit")):
        with pytest.raises(InputError, match=f"{needed} is not installed; build the environment"):
            command(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_build_that_fails_is_one_sentence(tmp_path):
    (tmp_path / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
    (tmp_path / "requirements.lock").write_text("", encoding="utf-8")
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
