"""Saved pages: the story, and what the page says of it."""

import re
from datetime import date

import exports
import pytest

from usru.errors import InputError
from usru.sources import html
from usru.sources.base import Options, Skipped

STORY = exports.STORIES[0]


def read(path, **options):
    return list(html.read(path, path.name, Options(**options)))


def test_a_page_gives_its_story_and_its_metadata(tmp_path):
    [article] = read(exports.write_html(tmp_path / "a.html"))
    assert article.text.removeprefix(f"{STORY.title}\n\n") == STORY.text
    assert (article.title, article.outlet, article.layout) == (STORY.title, STORY.outlet, "article")
    assert article.more == {"author": STORY.author, "language": "en"}


def test_the_day_is_the_one_that_the_page_prints_in_its_own_time_zone(tmp_path):
    [article] = read(exports.write_html(tmp_path / "a.html"))
    assert (article.published, article.published_basis) == (STORY.published, "HTML metadata")


def test_no_day_is_guessed_from_the_text(tmp_path):
    page = re.sub('<meta property="article:published_time"[^>]*>', "", exports.page_html(STORY))
    article = html.article(page.replace("Bergen", "Bergen on 12 March 2018"), "a.html")
    assert (article.published, article.published_basis) == (None, None)


@pytest.mark.parametrize(
    ("marks", "day"),
    [
        ('<time datetime="2018-03-12T10:00">Monday</time>', date(2018, 3, 12)),
        # Of several times only what the page calls its publication is taken.
        ('<time datetime="2018-03-12">a</time><time datetime="2018-03-14">b</time>', None),
        ('<time datetime="2018-03-14">a</time><time datetime="2018-03-12" itemprop="datePublished">b</time>', date(2018, 3, 12)),
        ('<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2018-03-12T10:00:00Z"}</script>', date(2018, 3, 12)),
    ],
)  # fmt: skip
def test_a_day_that_the_page_marks_is_read(marks, day):
    page = re.sub('<meta property="article:published_time"[^>]*>', "", exports.page_html(STORY))
    assert html.article(page.replace("<article>", f"<article>{marks}"), "a.html").published == day


def test_a_day_in_the_future_of_the_reader_is_read_like_any_other():
    page = exports.page_html(STORY).replace("2018-03-12T", "2093-03-12T")
    assert html.article(page, "a.html").published == date(2093, 3, 12)


def test_nothing_is_fetched(monkeypatch):
    def refuse(*arguments, **options):
        raise AssertionError("a connection was opened")

    monkeypatch.setattr("socket.socket.connect", refuse)
    monkeypatch.setattr("socket.getaddrinfo", refuse)
    article = html.article(exports.page_html(STORY), "a.html", "https://news.example/1")
    assert article.more["url"] == "https://news.example/1"


@pytest.mark.parametrize("page", ["<html><body></body></html>", "<html><body><nav><a href='/'>Home</a></nav></body></html>", "<html>"])  # fmt: skip
def test_a_page_without_a_story_is_said(page):
    found = html.article(page, "a.html")
    assert isinstance(found, Skipped)
    assert str(found) == "a.html: no story was found on the page; save its text as .txt."


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "windows-1252", "utf-16"])
def test_the_encoding_that_a_page_declares_is_used(tmp_path, charset):
    story = STORY._replace(title="Lübeck reopens its strait")
    page = exports.page_html(story, charset).translate({ord("“"): '"', ord("”"): '"'})
    assert "Lübeck reopens" in html.decoded(page.encode(charset), "a.html")


def test_pages_that_call_themselves_latin_1_have_curly_quotation_marks():
    page = '<meta charset="iso-8859-1"><p>“Lübeck”</p>'.encode("cp1252")
    assert "“Lübeck”" in html.decoded(page, "a.html")


@pytest.mark.refusal
def test_a_page_that_declares_nothing_is_asked_about():
    page = "<html>Lübeck</html>".encode("cp1252")
    with pytest.raises(InputError, match=r"a.html: its encoding cannot be told; say --encoding"):
        html.decoded(page, "a.html")
    assert "Lübeck" in html.decoded(page, "a.html", said="cp1252")
    assert "Lübeck" in html.decoded(page, "a.html", sent="cp1252")


def test_a_page_that_factiva_exported_has_its_articles(tmp_path):
    found = read(exports.write_factiva_html(tmp_path / "a.html"))
    assert [article.title for article in found] == [story.title for story in exports.STORIES]
