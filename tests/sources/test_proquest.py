"""What ProQuest prints around an article."""

import exports

from usru.sources import proquest

STORY = exports.STORIES[0]


def record(raw):
    [found] = proquest.records(raw.splitlines())
    return found


def test_terms_of_use_at_the_end_are_no_record():
    assert len(list(proquest.records(exports.proquest_text().splitlines()))) == len(exports.STORIES)


def test_a_file_without_lines_of_underscores_is_one_record():
    raw = exports.proquest_text([STORY]).replace("_" * 60, "")
    assert (record(raw).title, record(raw).text) == (STORY.title, STORY.text)


def test_paragraphs_of_the_text_stay_apart():
    assert record(exports.proquest_text([STORY])).text.count("\n\n") == 2


def test_the_first_line_is_the_title_where_no_field_has_it():
    raw = exports.proquest_text([STORY]).replace(f"Title: {STORY.title}\n", "")
    assert record(raw).title == STORY.title


def test_fields_are_named_as_in_other_sources():
    more = record(exports.proquest_text([STORY])).more
    assert more["author"] == "Ola Ness"
    assert more["pages"] == "A.1"
    assert more["language"] == "English"
    assert more["url"] == "https://archive.example/docview/1"
    assert "Links" not in more


def test_a_page_is_no_export():
    assert not proquest.wrote(exports.page_text(STORY).splitlines())
