"""Text files: pages with what they print, stories alone, exports."""

from datetime import date

import exports
import pytest

from usru.errors import InputError
from usru.sources import texts
from usru.sources.base import Options
from usru.text import blocks

STORY = exports.STORIES[0]


def read(tmp_path, content, **options):
    path = tmp_path / "a.txt"
    path.write_text(content, encoding="utf-8")
    return list(texts.read(path, "a.txt", Options(**options)))


def test_a_page_gives_its_headline_and_the_day_that_it_prints(tmp_path):
    [article] = read(tmp_path, exports.page_text(STORY))
    assert article.text == exports.page_text(STORY)
    assert (article.layout, article.title, article.published) == ("page", STORY.title, STORY.published)  # fmt: skip
    assert article.published_basis == "printed on the page: 'Monday, 12 March 2018'"


def test_a_story_alone_is_taken_as_it_is(tmp_path):
    [article] = read(tmp_path, STORY.text, layout="article")
    assert (article.text, article.layout, article.title, article.published) == (STORY.text, "article", None, None)  # fmt: skip


@pytest.mark.parametrize("text", [exports.lexisnexis_text, exports.proquest_text])
@pytest.mark.parametrize("layout", [None, "page", "article"])
def test_an_export_is_divided_whatever_its_layout_is_said_to_be(tmp_path, text, layout):
    found = read(tmp_path, text(), layout=layout)
    assert [article.title for article in found] == [story.title for story in exports.STORIES]


def test_an_export_of_one_article_is_an_export(tmp_path):
    [article] = read(tmp_path, exports.lexisnexis_text(exports.STORIES[:1]))
    assert article.source == "a.txt, article 1"


@pytest.mark.refusal
def test_a_page_of_another_encoding_is_asked_about(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes("Lübeck".encode("cp1252"))
    with pytest.raises(InputError, match="say --encoding cp1252"):
        list(texts.read(path, "a.txt", Options()))


BODY = "\n\nTwo envoys met in the old town hall of Lund for talks about the strait.\n\nThey will meet again in May, and each of them will bring a map of the rock.\n"  # fmt: skip
TITLE = "Envoys meet in the town hall of Lund"


@pytest.mark.parametrize(
    ("lines", "day", "words"),
    [
        (["By Ann Lee, 3 April 2017"], date(2017, 4, 3), "By Ann Lee, 3 April 2017"),
        (["Published 3 April 2017 10:00", "Updated 4 April 2017 11:00"], date(2017, 4, 3), "Published 3 April 2017 10:00"),
        (["Updated 4 April 2017 11:00", "3 April 2017"], date(2017, 4, 3), "3 April 2017"),
        (["Updated 4 April 2017 11:00"], date(2017, 4, 4), "Updated 4 April 2017 11:00"),
        # The clock of a page says when it was saved.
        (["09:03 GMT +319 August 2019"], None, None),
        (["September 2017"], None, None),
        (["03/04/2017"], None, None),
        (["Monday"], None, None),
    ],
)  # fmt: skip
def test_the_day_of_a_page_is_the_one_of_its_publication(lines, day, words):
    page = "\n\n".join([TITLE, *lines]) + BODY
    basis = None if words is None else f"printed on the page: {words!r}"
    expected = None if day is None else (day, basis)
    assert texts.printed_day(page, blocks.find(page)) == expected


def test_a_date_in_the_story_is_not_that_of_its_publication():
    page = TITLE + BODY.replace("in May", "on 3 May 2017")
    assert texts.printed_day(page, blocks.find(page)) is None
