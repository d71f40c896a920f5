"""What Factiva prints around an article."""

import exports
import pytest

from usru.sources import factiva

STORY = exports.STORIES[0]


def record(lines):
    [found] = factiva.records(lines)
    return found


def lines():
    return exports.factiva_lines(STORY, 1)


def test_the_headline_is_the_longest_line_above_the_number_of_words():
    found = record(lines())
    assert (found.title, found.more["section"], found.more["author"]) == (STORY.title, "World", "By Ola Ness")  # fmt: skip
    without = record([line for line in lines() if line not in ("World", "By Ola Ness")])
    assert without.title == STORY.title
    assert not {"section", "author"} & set(without.more)


def test_what_is_printed_below_the_date_is_told_apart():
    found = record(lines())
    assert found.outlet == STORY.outlet
    assert {name: found.more[name] for name in ("language", "pages", "edition", "length")} == {
        "language": "English", "pages": "4", "edition": "First", "length": "62 words"
    }  # fmt: skip
    assert found.more["document"] == "INVNEW0020180401ee3c00001"


def test_the_text_begins_after_the_rights_or_the_language():
    assert record(lines()).text == STORY.text
    assert record([line for line in lines() if not line.startswith("(c)")]).text == STORY.text
    printed = lines()
    assert record([*printed[:5], "23:30", *printed[5:]]).outlet == STORY.outlet


@pytest.mark.parametrize(
    ("words", "day", "language"),
    [("62 Wörter", "12 März 2018", "Englisch"), ("62 字", "2018 年 3 月 12 日", "英文")],
)
def test_interfaces_in_other_languages_have_the_same_order(words, day, language):
    printed = lines()
    printed[3], printed[4], printed[9] = words, day, language
    found = record(printed)
    assert (found.title, found.date, found.outlet, found.text) == (STORY.title, day, STORY.outlet, STORY.text)  # fmt: skip
    assert found.more["language"] == language


@pytest.mark.parametrize("form", ["{}\t{}", "{}   |{}|", "|{}|{}|", "{}\n{}"])
def test_fields_are_read_with_any_mark_after_their_codes(form):
    fields = exports.factiva_fields(STORY, 1)
    text = "\n".join(form.format(code, "\n".join(held)) for code, held in fields.items())
    found = record(text.split("\n"))
    assert (found.title, found.outlet, found.date, found.text) == (STORY.title, STORY.outlet, "12 March 2018", STORY.text)  # fmt: skip
    assert found.dated == "field PD"


def test_a_headline_that_the_page_numbers_loses_its_number(tmp_path):
    path = exports.write_factiva_html(tmp_path / "a.html", [STORY])
    page = path.read_text(encoding="utf-8").replace('"enHeadline">', '"enHeadline counted">1) ')
    [found] = factiva.page_records(page)
    assert found.title == STORY.title
    assert found.more["document"] == "INVNEW0020180401ee3c00000"


def test_a_page_that_speaks_of_documents_is_no_export():
    assert not factiva.wrote([STORY.title, "Document A1", *STORY.paragraphs])
    assert not factiva.wrote_page(exports.page_html(STORY))
