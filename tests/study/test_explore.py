"""The app, and what it answers in a real browser."""

import socket
from pathlib import Path

import nbformat
import pandas as pd
import pytest

from usru.analysis import concordance
from usru.cli import main
from usru.files import shipped
from usru.study import explore


def test_the_app_is_a_notebook_of_one_cell_and_the_stories(corpus, tmp_path):
    notebook = nbformat.read(explore._lay_out(corpus, tmp_path), as_version=4)
    nbformat.validate(notebook)
    assert [cell.cell_type for cell in notebook.cells] == ["markdown", "code"]
    stories = sorted(path.stem for path in (tmp_path / "edition").iterdir())
    assert stories == sorted(corpus.documents["doc_id"])


@pytest.mark.parametrize("arguments", [[], ["--no-browser", "--port", "8899"]])
def test_the_command_serves_and_leaves_nothing_behind(arguments, monkeypatch):
    called = {}

    def call(command, cwd, env):
        called.update(command=command, folder=cwd, cell=Path(command[3]).read_text("utf-8"))
        return 0

    monkeypatch.setattr(explore.subprocess, "call", call)
    assert main(["explore", *arguments]) == 0
    assert not Path(called["folder"]).exists()
    assert str(shipped().resolve()) in called["cell"]
    assert ("--no-browser" in called["command"]) == ("--port=8899" in called["command"])
    assert "--Voila.ip=127.0.0.1" in called["command"], "nobody else can reach it"


def test_a_broken_corpus_is_refused_before_anything_starts(tmp_path, capsys):
    assert main(["explore", str(tmp_path)]) == 2
    assert "corpus.toml" in capsys.readouterr().err


def test_a_port_that_cannot_be_used_is_refused(capsys):
    assert main(["explore", "--no-browser", "--port", "80000"]) == 2
    assert capsys.readouterr().err.startswith("usru: --port 80000: there is no such port; name")
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = str(other.getsockname()[1])
        assert main(["explore", "--no-browser", "--port", taken]) == 2
    assert capsys.readouterr().err.startswith(f"usru: --port {taken}: it cannot be used (")


# In a browser ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def serve(browser, start, tmp_path_factory):
    def app(corpus):
        folder = tmp_path_factory.mktemp("app")
        notebook = explore._lay_out(corpus, folder)
        return start(
            lambda port: explore._command(notebook, port, browser=False),
            "voila/static/voila.js",
            folder,
            explore._environment(folder),
        )

    return app


def serious(page):
    """What axe finds that keeps somebody from using the page."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [fault["id"] for fault in found if fault["impact"] in ("serious", "critical")]


def told(page, text):
    page.wait_for_function(
        "text => document.querySelector('[role=status]:not(:empty)')?.innerText.includes(text)",
        arg=text,
    )


def test_the_app_answers_its_controls(corpus, serve, page):
    """One visit, since a page of the app takes a kernel of its own."""
    prepared = concordance.prepare(corpus)
    search = page.get_by_label("Search", exact=True)
    page.goto(serve(corpus))
    told(page, f"{len(prepared.table)} passages of")

    quoted = concordance.select(prepared, voice="quotation")
    page.get_by_label("Voice").select_option("quotation")
    told(page, f"{len(quoted)} passages of")

    search.fill("sanction")
    found = concordance.select(prepared, voice="quotation", pattern="sanction")
    told(page, f"{len(found)} matches in")
    assert page.locator("mark").all_inner_texts() == found["keyword"].tolist()

    shown = page.locator(".before").first.inner_text()
    page.locator(".noUi-handle").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function(
        "shown => document.querySelector('.before').innerText !== shown", arg=shown
    )
    wider = concordance.select(prepared, voice="quotation", pattern="sanction", context=70)
    now = page.locator(".before").first.inner_text()
    assert now.strip() == wider["before"].iloc[0].strip()

    search.fill("(sanction")
    page.wait_for_selector(".refusal")
    page.get_by_label("Meetings").select_option("manila")
    told(page, "cannot be read")
    search.fill("Russia")
    choice = {"voice": "quotation", "meetings": ["manila"], "context": 70}
    again = concordance.select(prepared, pattern="Russia", **choice)
    told(page, f"{len(again)} matches in")

    page.get_by_role("button", name="Save as CSV").click()
    with page.expect_download() as download:
        page.get_by_text("Download selection.csv").click()
    saved = pd.read_csv(download.value.path())
    assert saved["keyword"].tolist() == again["keyword"].tolist()

    with page.expect_popup() as opened:
        page.locator(".passages a").first.click()
    story = opened.value
    story.wait_for_selector(".block:target")
    assert "Russia" in story.locator(".block:target").inner_text()

    page.get_by_role("button", name="Show all").click()
    told(page, f"{len(prepared.table)} passages of")
    assert serious(page) == []
    for width in (360, 1200):
        page.set_viewport_size({"width": width, "height": 700})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.faults == []


def test_the_app_of_a_hostile_corpus_runs_nothing(hostile, serve, page):
    page.goto(serve(hostile))
    told(page, "passages of")
    for pattern in ("script|img|onmouseover|javascript", "a+", "(<img src=x onerror='broken'>"):
        page.get_by_label("Search", exact=True).fill(pattern)
        page.wait_for_selector(".refusal" if pattern.startswith("(") else "mark")
        assert page.evaluate("window.broken") is None
        bad = 'a[href^="javascript"], img[onerror], [onmouseover], .usru-explorer script'
        assert page.locator(bad).count() == 0
        assert page.evaluate("document.documentElement.scrollWidth") <= 1200
    assert page.faults == []
