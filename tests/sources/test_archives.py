"""Web archives: every page, and what lies between them passed over."""

import exports
import pytest

from usru.sources import archives
from usru.sources.base import Article, Options, Skipped


def read(path, **options):
    return list(archives.read(path, path.name, Options(**options)))


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_every_page_is_an_article(tmp_path, name):
    found = read(exports.write_warc(tmp_path / name))
    assert [article.title for article in found] == [story.title for story in exports.STORIES]
    assert found[0].source == f"{name}, record 1"
    # Records 2 and 3 are a picture and a redirect.
    assert found[1].source == f"{name}, record 4"
    assert found[1].more["url"] == "https://news.example/3"
    assert found[1].more["captured"] == "2018-05-01T00:00:00Z"
    assert found[1].published == exports.STORIES[1].published


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_an_archive_that_breaks_off_is_read_up_to_there(tmp_path, name):
    path = exports.write_warc(tmp_path / name)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    found = read(path)
    assert 0 < sum(isinstance(article, Article) for article in found) < len(exports.STORIES)
    assert isinstance(found[-1], Skipped)
    assert "from here on it cannot be read; save the archive again" in str(found[-1])


def test_what_follows_an_archive_is_said(tmp_path):
    path = exports.write_warc(tmp_path / "a.warc", exports.STORIES[:1])
    path.write_bytes(path.read_bytes() + b"no record\r\n\r\n")
    assert [type(found) for found in read(path)] == [Article, Skipped]


def test_a_page_without_a_story_and_one_too_large_cost_no_other(tmp_path, monkeypatch):
    stories = [
        exports.STORIES[0],
        exports.STORIES[1]._replace(title="Vik", paragraphs=()),
        exports.STORIES[2],
    ]
    path = exports.write_warc(tmp_path / "a.warc", stories)
    assert [type(found) for found in read(path)] == [Article, Skipped, Article]
    monkeypatch.setattr("usru.sources.html.LARGEST", 100)
    assert all("the page has more than 100 characters" in str(found) for found in read(path))


def test_a_page_of_unknown_encoding_is_a_sentence(tmp_path):
    path = tmp_path / "a.warc"
    answer = exports._warc_record("https://news.example/0", "text/html", "200 OK", b"<html>L\xfcbeck")  # fmt: skip
    path.write_bytes(answer)
    [found] = read(path)
    assert "a.warc, record 1: its encoding cannot be told" in str(found)


def test_a_record_that_is_longer_than_it_says_is_asked_about(tmp_path, capfd):
    path = exports.write_warc(tmp_path / "a.warc", exports.STORIES[:2])
    path.write_bytes(
        path.read_bytes().replace(b"</html>\n", b"</html>\nand more than it says\n", 1)
    )
    found = read(path)
    assert "a.warc, record 1: it is longer than it says" in " ".join(map(str, found))
    assert capfd.readouterr().err == ""
