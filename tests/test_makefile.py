"""The environment is built when it is missing, older than its lock, or another Python is asked for."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.skipif(not shutil.which("make"), reason="there is no make here")


@pytest.fixture
def built(tmp_path):
    """A checkout whose environment was built a moment ago, with this Python."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    this = tmp_path / ".venv" / "bin" / "python"
    this.write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n')
    this.chmod(0o755)
    for number, name in enumerate(["requirements.lock", "pyproject.toml", ".venv/.built"]):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (1e9 + number, 1e9 + number))
    return tmp_path


def would_build(root, *given):
    told = subprocess.run(
        ["make", "-n", "test", *given], cwd=root, capture_output=True, text=True, check=True
    )
    return "building the environment" in told.stdout


def test_an_environment_that_is_there_is_kept(built):
    assert not would_build(built)
    assert not would_build(built, f"PYTHON={built / '.venv' / 'bin' / 'python'}")


def test_another_python_or_a_newer_lock_makes_it_anew(built):
    other = built / "other"
    other.write_text("#!/bin/sh\necho 3.99.0 /elsewhere\n")
    other.chmod(0o755)
    assert would_build(built, f"PYTHON={other}")
    (built / "requirements.lock").touch()
    assert would_build(built)
