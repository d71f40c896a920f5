"""Lines of an export to records."""

import re

from usru.sources.record import divided, joined, paragraphs

MARK = re.compile("--")


def test_records_begin_at_a_mark_and_what_is_before_the_first_is_left_out():
    assert list(divided(["a", "--", "b", " -- ", "c"], MARK, ends=False)) == [["--", "b"], [" -- ", "c"]]  # fmt: skip


def test_records_end_at_a_mark_and_what_is_after_the_last_is_left_out():
    assert list(divided(["a", "--", "b", "--", "c"], MARK, ends=True)) == [["a", "--"], ["b", "--"]]


def test_without_a_mark_there_is_no_record():
    assert list(divided(["a"], MARK, ends=True)) == list(divided(["a"], MARK, ends=False)) == []


def test_paragraphs_keep_their_lines():
    assert paragraphs(["", " a ", "b", "\t", "c", ""]) == [["a", "b"], ["c"]]
    assert paragraphs([]) == []


def test_joined_lines_have_a_blank_line_between_them():
    assert joined([" One. ", "", "Two."]) == "One.\n\nTwo.\n"
    assert joined(["", " "]) == ""
