"""The coder as an app: by keyboard alone in a real browser, killed in the middle, and taken up again."""

import re
import socket
import subprocess
import sys

import pandas as pd
import psutil  # which kernels bring
import pytest

from usru.cli import main
from usru.study import app
from usru.study.code import coder


@pytest.mark.parametrize(
    ("arguments", "asked"),
    [([], "'topics', None, round=1, sheet=None, n=None"),
     (["--what", "voice", "--as", "Anna", "--n", "7"], "'voice', 'Anna', round=1, sheet=None, n=7")],
)  # fmt: skip
def test_the_command_serves_a_study(copied, arguments, asked, monkeypatch):
    made = []
    monkeypatch.setattr(app, "serve", lambda one, *given, **options: made.append(one) or 0)
    folder = str(copied.manifest.folder)
    assert main(["code", folder, *arguments]) == 0
    assert made[0].cell.endswith(f"Coder(usru.load({folder!r}), {asked})")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [(["--as", "../anna"], "the name '../anna': it cannot be the name of a folder"),
     (["--as", "reading-1"], "the name 'reading-1': it is taken; choose another."),
     (["--as", "anna", "--round", "2"], "round 1 is not locked yet"),
     (["--n", "0"], "--n 0: that is nothing to code"), (["--sheet", "none.csv"], "none.csv: cannot be read")],
)  # fmt: skip
def test_what_cannot_be_coded_is_refused_before_anything_starts(copied, arguments, told, capsys):
    assert main(["code", str(copied.manifest.folder), *arguments]) == 2
    assert told in capsys.readouterr().err


def test_a_sheet_is_found_from_where_the_app_runs(corpus, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sheet.csv").write_text("doc_id,line\nmanila-breitbart,5\n", encoding="utf-8")
    sheet = (tmp_path / "sheet.csv").relative_to(tmp_path)
    assert repr(str(tmp_path / "sheet.csv")) in coder(corpus, sheet=sheet).cell


# In a browser ------------------------------------------------------------------------------------


def start(folder):
    """A real `usru code`, at a port of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    command = ["code", str(folder), "--n", "20", "--no-browser", "--port", port]
    return subprocess.Popen(
        [sys.executable, "-m", "usru", *command], stdout=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip


def address(process):
    """Where it is, as soon as it says so."""
    found = next(filter(None, (re.search(r"http://\S+", line) for line in process.stdout)))
    return found[0]


def kill(process):
    """End it and all that it started as a power cut would."""
    if process.poll() is None:
        for one in [*psutil.Process(process.pid).children(recursive=True), process]:
            one.kill()
        process.wait()
    process.stdout.close()


def enter(page, text, then):
    """Type and press Enter, until something is shown."""
    page.keyboard.type(text)
    page.keyboard.press("Enter")
    page.wait_for_function(
        "then => document.querySelector('.usru-desk').innerText.includes(then)", arg=then
    )
    page.wait_for_function("document.activeElement?.closest('.usru-answer')")


def coded(folder):
    return pd.read_csv(folder / "coding" / "anna" / "topics.csv", keep_default_na=False)


def usable(page, serious, mode):
    """It can be read and used on a screen and on a phone."""
    page.emulate_media(color_scheme=mode)
    assert serious(page) == []
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.set_viewport_size({"width": 1200, "height": 900})


def test_twenty_paragraphs_by_keyboard_alone_killed_in_the_middle_and_nothing_lost(
    browser, copied, page, serious, monkeypatch, tmp_path
):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setenv("PYTHONUNBUFFERED", "1")
    folder = copied.manifest.folder
    first, second = start(folder), start(folder)  # the later one ahead, as it takes its time
    try:
        page.goto(address(first))
        page.get_by_label("Your name").wait_for()
        page.wait_for_function("document.activeElement?.closest('.usru-answer')")
        enter(page, "Anna", "0 of 20 coded")
        usable(page, serious, "light")
        for name in ("Save (Enter)", "Back (<)", "Later (?)", "Finish"):
            page.keyboard.press("Tab")
            assert page.evaluate("document.activeElement.innerText") == name
        for _ in range(4):
            page.keyboard.press("Shift+Tab")
        for number in range(1, 12):
            enter(page, f"{number} 15", f"{number} of 20 coded")
            assert len(coded(folder)) == number
        page.keyboard.type("12 ")
        assert page.faults == []
        kill(first)
        before = coded(folder)
        assert len(before) == 11

        page.goto(address(second))
        page.wait_for_function("document.activeElement?.closest('.usru-answer')")
        enter(page, "anna", "11 passages are coded already")
        enter(page, "99", "there is no such code")
        assert page.locator(".usru-answer input").input_value() == "99"
        page.locator(".usru-answer input").fill("")
        enter(page, "<", "You coded this as")
        assert page.locator(".usru-answer input").input_value().endswith("15")
        enter(page, "", "Saved")
        for number in range(12, 21):
            enter(page, "0", f"{number} of 20 coded" if number < 20 else "All is coded")
            assert len(coded(folder)) == number
        now = coded(folder)
        assert now.merge(before).equals(before)
        assert page.locator("table").count() == 0
        page.keyboard.type("lock")
        page.keyboard.press("Enter")
        page.get_by_text("not the truth").wait_for()
        assert page.get_by_text("You and the reference").is_visible()
        assert page.locator(".differing li").count() > 0
        usable(page, serious, "dark")
        assert [fault for fault in page.faults if "ERR_" not in fault] == []  # of the server gone
    finally:
        kill(first)
        kill(second)
    assert (folder / "coding" / "anna" / "topics.csv.sha256").is_file()
