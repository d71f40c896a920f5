"""A copy of the shipped data, to be changed until a sentence about it is false."""

import shutil
from pathlib import Path

import pytest

from usru import manifest


@pytest.fixture
def copy(tmp_path) -> Path:
    """The shipped corpus folder, copied."""
    return Path(shutil.copytree(manifest.shipped(), tmp_path / "data"))
