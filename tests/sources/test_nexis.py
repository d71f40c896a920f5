"""What Nexis Uni and the older LexisNexis print around an article."""

import exports
import pytest

from usru.sources import nexis

STORY = exports.STORIES[0]


def record(lines):
    [found] = nexis.records(lines)
    return found


def uni(**changes):
    lines = "\n".join(exports.nexis_lines(STORY)).split("\n")
    return [changes.get(line.split(":")[0].replace(" ", "_"), line) for line in lines]


def test_a_list_of_contents_before_the_first_record_is_no_part_of_it():
    lines = ["Documents (1)", f"1. {STORY.title}", "Client/Matter: -None-", "Narrowed by: ", *uni()]
    assert record(lines).title == STORY.title


def test_notes_between_outlet_and_date_are_no_outlet():
    lines = uni()
    lines.insert(lines.index(STORY.outlet) + 1, "Correction Appended")
    assert record(lines).outlet == STORY.outlet


def test_a_date_without_its_day_gives_way_to_that_of_loading():
    lines = ["March 2018" if line.startswith("March 12, 2018 Monday") else line for line in uni()]
    found = record(lines)
    assert (found.title, found.outlet) == (STORY.title, STORY.outlet)
    assert (found.date, found.dated) == ("March 12, 2018", "field LOAD-DATE")


def test_a_note_in_the_place_of_the_date_gives_way_to_the_day_of_loading():
    lines = ["Correction Appended" if line.startswith("March 12, 2018 Monday") else line for line in uni()]  # fmt: skip
    found = record(lines)
    assert (found.title, found.outlet) == (STORY.title, STORY.outlet)
    assert (found.date, found.dated) == ("March 12, 2018", "field LOAD-DATE")


@pytest.mark.parametrize("label", ["Graphic", "Classification", "Notes"])
def test_the_text_ends_where_the_fields_below_it_begin(label):
    lines = [label if line == "Classification" else line for line in uni()]
    assert record(lines).text == STORY.text


def test_a_record_that_breaks_off_before_its_text_has_none():
    assert record([STORY.title, STORY.outlet, "March 12, 2018", "End of Document"]).text == ""


CLASSIC = [
    "1 of 1 DOCUMENTS", "", "      Harbour Post (Vik)", "", "  March 12, 2018 Monday", "     Late Edition;", "    National", "",
    "Norland reopens its strait", "to ferries", "", "BYLINE: Ola Ness", "", "LENGTH: 9 words", "", "", "One line of a paragraph", "and its end.",
    "", "DATELINE of the story: Vik.", "", "LOAD-DATE: March 13, 2018", "", "LANGUAGE: ENGLISH", "", "  Copyright 2018 Harbour Post",
    "     All Rights Reserved",
]  # fmt: skip


def test_the_older_layout_keeps_the_lines_of_the_text():
    found = record(CLASSIC)
    assert (found.outlet, found.date) == ("Harbour Post (Vik)", "March 12, 2018 Monday")
    assert found.title == "Norland reopens its strait to ferries"
    assert found.text == "One line of a paragraph\nand its end.\n\nDATELINE of the story: Vik.\n"
    assert found.more == {"author": "Ola Ness", "length": "9 words", "load-date": "March 13, 2018", "language": "ENGLISH"}  # fmt: skip


def test_a_field_of_the_head_that_comes_again_below_is_no_part_of_the_text():
    lines = [*CLASSIC[:-3], "", "SERIES: The strait", *CLASSIC[-3:]]
    found = record(lines)
    assert found.text == record(CLASSIC).text
    assert found.more["series"] == "The strait"


def test_rights_above_the_outlet_are_no_outlet():
    lines = [CLASSIC[0], "", "Copyright 2018 Harbour Post", "All Rights Reserved", *CLASSIC[1:]]
    assert record(lines).outlet == "Harbour Post (Vik)"


def test_a_record_without_fields_has_a_headline_and_a_text():
    found = record([line for line in CLASSIC if not line.startswith(("BYLINE", "LENGTH"))])
    assert found.title == "Norland reopens its strait to ferries"
    assert found.text.startswith("One line of a paragraph\n")


def test_each_number_begins_a_record():
    raw = exports.lexisnexis_text()
    assert len(list(nexis.records(raw.splitlines()))) == len(exports.STORIES)


def test_a_story_that_counts_documents_is_no_export():
    assert not nexis.wrote(["Police found 1 of 20 documents.", "Body", "The end of document"])
