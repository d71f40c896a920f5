"""The explorer as an app, and what it answers in a real browser."""

import codecs
import functools
import urllib.error
import urllib.request
from pathlib import Path

import nbformat
import pandas as pd
import pytest

from usru.analysis import concordance
from usru.cli import main
from usru.files import shipped
from usru.study import app
from usru.study.explore import explorer


def test_the_app_is_a_notebook_of_one_cell_and_the_stories(corpus, tmp_path):
    notebook = nbformat.read(app._lay_out(explorer(corpus), tmp_path)[0], as_version=4)
    nbformat.validate(notebook)
    assert [cell.cell_type for cell in notebook.cells] == ["markdown", "code"]
    stories = sorted(path.stem for path in (tmp_path / "edition").iterdir())
    assert stories == sorted(corpus.documents["doc_id"])


@pytest.mark.parametrize("arguments", [[], ["--no-browser", "--port", "8899"]])
def test_the_command_serves_a_study(arguments, monkeypatch, capsys):
    called = {}

    def serve(made, port, *, browser, say):
        called.update(cell=made.cell, port=port, browser=browser)
        return 0

    monkeypatch.setattr(app, "serve", serve)
    assert main(["explore", *arguments]) == 0
    expected = {"port": 8899, "browser": False} if arguments else {"port": None, "browser": True}
    assert repr(str(shipped())) in called.pop("cell")
    assert called == expected
    told = capsys.readouterr().out
    assert told == "reading the study …\npreparing 5 stories for the explorer …\n"


def test_a_broken_corpus_is_refused_before_anything_starts(tmp_path, capsys):
    assert main(["explore", str(tmp_path)]) == 2
    assert "corpus.toml" in capsys.readouterr().err


# In a browser ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def serve(browser, start, tmp_path_factory):
    """Serve the app of a corpus, once for all visits, of which each gets a kernel; give its address."""

    @functools.cache
    def served(corpus):
        folder = tmp_path_factory.mktemp("app")
        notebook, base = app._lay_out(explorer(corpus), folder)
        address = start(
            lambda port: app._command(notebook, port, browser=False),
            f"{base[1:]}voila/static/voila.js",
            folder,
            app._environment(folder),
        )
        return address + base[1:]

    return served


def status(address, method="GET", **headers):
    """What a server answers to somebody who has no page of it open."""
    asked = urllib.request.Request(address, method=method, headers=headers)
    try:
        return urllib.request.urlopen(asked, timeout=60).status
    except urllib.error.HTTPError as error:
        return error.code


def test_who_does_not_know_the_path_gets_nothing_and_who_does_only_the_app(serve, corpus):
    address = serve(corpus)
    root = address[: address.index("/", len("http://")) + 1]
    story = f"voila/files/edition/{corpus.documents['doc_id'][0]}.html"
    for path in ("", "voila/static/voila.js", story, "api/kernels", "voila/render/explorer.ipynb"):
        assert status(root + path) == 404
    assert status(address + story) == 200
    for path in ("voila/files/explorer.ipynb", "voila/files/voila.json", "api/contents", "tree"):
        assert status(address + path) in (403, 404)
    elsewhere = {"Origin": "http://elsewhere.example"}
    assert status(address + "api/kernels", "POST", **elsewhere) in (403, 404)


def told(page, text):
    page.wait_for_function(
        "text => document.querySelector('[role=status]:not(:empty)')?.innerText.includes(text)",
        arg=text,
    )


CONTRAST = """([selector, property]) => {
  const light = colour => colour.match(/[\\d.]+/g).slice(0, 3)
    .map(value => value / 255).map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, value, at) => sum + value * [.2126, .7152, .0722][at], .05);
  const ground = light(getComputedStyle(document.body).backgroundColor);
  return [...document.querySelectorAll(selector)].filter(mark => mark.offsetWidth).map(mark => {
    const own = light(getComputedStyle(mark)[property]);
    return Math.max(own, ground) / Math.min(own, ground);
  });
}"""
"""How much the marks that a selector finds differ from the page's ground."""


def test_the_app_says_at_once_that_it_starts_and_is_dark_where_that_is_wanted(
    serve, corpus, page, serious
):
    """One visit: the sign of life, both modes, both widths."""
    page.goto(serve(corpus), wait_until="commit")
    page.get_by_text("Starting …").wait_for(timeout=10_000)
    assert page.get_by_role("heading", name="Explorer").is_visible()
    assert page.get_by_role("progressbar").is_visible()
    told(page, "passages of")
    page.locator(".usru-controls").wait_for()
    assert page.get_by_text("Starting …").count() == 0
    assert page.get_by_text("nothing chosen means all").is_visible()
    grounds = {}
    for mode in ("light", "dark"):
        page.emulate_media(color_scheme=mode)
        grounds[mode] = page.evaluate("getComputedStyle(document.body).backgroundColor")
        edges = page.evaluate(CONTRAST, [".usru-explorer td.bar span", "borderTopColor"])
        assert len(edges) >= 8
        assert min(edges) >= 3
        for width in (375, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert serious(page) == [], (mode, width)
            passages = page.locator(".passages").bounding_box()
            beside = page.locator(".usru-summaries").bounding_box()
            if width == 1280:
                assert beside["x"] >= passages["x"] + passages["width"]
                assert abs(beside["y"] - passages["y"]) < 20
                assert beside["width"] < passages["width"] / 2
            else:
                assert beside["y"] >= passages["y"] + passages["height"]
    assert len(set(grounds.values())) == 2
    page.set_viewport_size({"width": 375, "height": 900})
    page.get_by_role("link", name="below").click()
    assert page.locator(".usru-summaries").bounding_box()["y"] < 900
    assert page.faults == []


def test_the_app_answers_its_controls(corpus, serve, page):
    """One visit, since a page of the app takes a kernel of its own."""
    prepared = concordance.prepare(corpus)
    search = page.get_by_label("Search", exact=True)
    page.goto(serve(corpus))
    told(page, f"{len(prepared.table)} passages of")

    quoted = concordance.select(prepared, voice="quotation")
    page.get_by_label("Whose words").select_option("quoted")
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
    wider = concordance.select(prepared, voice="quotation", pattern="sanction", context=8)
    now = page.locator(".before").first.inner_text()
    assert now.strip() == wider["before"].iloc[0].strip()

    choice = {"voice": "quotation", "pattern": "sanction", "context": 8}
    for label, order in (("word after", "after"), ("word before", "before")):
        page.get_by_label("Sorted by").select_option(label)
        expected = concordance.select(prepared, order=order, **choice)["line"].tolist()
        lines = "() => [...document.querySelectorAll('.passages a')].map(a => +a.innerText.match(/\\d+$/)[0])"
        page.wait_for_function(f"lines => ({lines})().join() === lines.join()", arg=expected)
    page.get_by_label("Sorted by").select_option("page order")

    search.fill("(sanction")
    page.wait_for_selector(".refusal")
    page.get_by_label("Meetings").select_option("Manila")
    told(page, "cannot be read")
    search.fill("Russia")
    choice = {"voice": "quotation", "meetings": ["manila"], "context": 8}
    again = concordance.select(prepared, pattern="Russia", **choice)
    told(page, f"{len(again)} matches in")
    page.get_by_label("Tone by").select_option("VADER")
    page.get_by_text("Tone by VADER, weighted by words").wait_for()

    page.get_by_label("Meetings").select_option(["Bonn", "Manila"])
    several = concordance.select(
        prepared, voice="quotation", meetings=["bonn", "manila"], pattern="Russia"
    )
    told(page, f"{len(several)} matches in")
    for name, label, value in (("topics", "Topics", "Ukraine"), ("speakers", "Speakers", "Andrew Weiss"),
                               ("outlets", "Outlets", "Zero Hedge")):  # fmt: skip
        page.get_by_role("button", name="Show all").click()
        told(page, f"{len(prepared.table)} passages of")
        page.get_by_label(label).select_option(value)
        found = concordance.select(prepared, **{name: ["ukraine" if name == "topics" else value]})
        told(page, f"{len(found)} passages of")
    page.get_by_role("button", name="Show all").click()
    search.fill("it’s")
    one = concordance.select(prepared, pattern="it's")
    told(page, f"{len(one)} match")
    search.fill("Russia")
    page.get_by_label("Whose words").select_option("quoted")
    page.get_by_label("Meetings").select_option("Manila")
    told(page, f"{len(again)} matches in")

    page.get_by_role("button", name="Save as CSV").click()
    with page.expect_download() as download:
        page.get_by_text("Download selection.csv").click()
    saved = pd.read_csv(download.value.path())
    assert saved["keyword"].tolist() == again["keyword"].tolist()
    assert Path(download.value.path()).read_bytes().startswith(codecs.BOM_UTF8)

    with page.expect_popup() as opened:
        page.locator(".passages a").first.click()
    story = opened.value
    story.wait_for_selector(".block:target")
    assert "Russia" in story.locator(".block:target").inner_text()

    page.get_by_role("button", name="Show all").click()
    told(page, f"{len(prepared.table)} passages of")
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
