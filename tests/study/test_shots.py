"""Pictures are taken where a browser can be driven, and nothing fails where none can."""

import pytest

from usru.study import shots

PAGE = "<!doctype html><title>A page</title><p>Boats wait for the tide."


@pytest.fixture
def site(tmp_path):
    (tmp_path / "edition").mkdir()
    for name in ("index.html", "edition/boats.html"):
        (tmp_path / name).write_text(PAGE, encoding="utf-8")
    return tmp_path


@pytest.mark.usefixtures("browser")
def test_each_page_is_taken_wide_and_as_on_a_phone(site):
    from PIL import Image

    taken = _in_a_thread(site)
    assert [path.relative_to(site).as_posix() for path in taken] == [
        f"_shots/{name}-{width}.png"
        for width in shots.WIDTHS
        for name in ("index", "edition-boats")
    ]
    for path in taken:
        with Image.open(path) as picture:
            assert f"-{picture.width}.png" in path.name


@pytest.mark.parametrize("path", [None, "/nowhere/chromium"], ids=["none", "broken"])
def test_without_a_browser_there_are_none(site, monkeypatch, path):
    monkeypatch.setattr(shots, "find_browser", lambda: path)
    assert _in_a_thread(site) == []
    assert not (site / "_shots").exists()


def _in_a_thread(site):
    """As the tests drive a browser of their own, and one thread can drive one alone."""
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor() as pool:
        return pool.submit(shots.take, site, ["index.html", "edition/boats.html"]).result()
