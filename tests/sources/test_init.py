"""The door of the package: what it offers, and that it loads no library before it is needed."""

import subprocess
import sys

from usru import sources


def test_what_a_caller_needs_is_at_the_door():
    assert {"read", "Article", "Options", "Skipped", "Seen"} <= set(sources.__all__)


def test_a_table_is_read_without_the_libraries_of_other_kinds(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("text\nThe pier of Lund closes.\n", encoding="utf-8")
    code = f"import sys; from pathlib import Path; from usru import sources; [_] = sources.read(Path({str(path)!r})); print(*sys.modules)"  # fmt: skip
    loaded = set(subprocess.check_output([sys.executable, "-c", code], text=True).split())
    heavy = {"trafilatura", "docx", "striprtf", "warcio", "lxml", "python_calamine"}
    assert not loaded & heavy
