"""What the table of reliability counts: each row from what was tried, and each fault by its name."""

import reliability
from reliability import PAGE, ROWS, RUNS


def test_every_row_is_on_the_page():
    page = PAGE.read_text(encoding="utf-8")
    held = [line for line in page.splitlines() if line.startswith("| ")][2:]
    assert [line.split(" | ")[0][2:] for line in held] == [text for text, _ in ROWS.values()]
    assert reliability.table(page, {}) == page


def test_what_was_tried_is_written_into_its_row_alone():
    page = PAGE.read_text(encoding="utf-8")
    written = reliability.table(page, {"kills": (1_234, 1_235, ["new: a file is gone"])})
    changed = set(written.splitlines()) - set(page.splitlines())
    assert changed == {
        f"| {ROWS['kills'][0]} | 1,234 | 1,235 | `usru reliability kills` |",
    }


def test_a_condition_that_changes_an_output_is_named_and_those_tried_with_it_are_not(monkeypatch):
    bad = "another hash seed"
    monkeypatch.setattr(reliability, "_differs", lambda run: bad in run)
    monkeypatch.setattr(reliability, "_can_be", lambda _: True)
    tried = sum(map(len, RUNS))
    assert reliability.conditions() == (tried - 1, tried, [bad])


def test_no_condition_is_tried_twice():
    names = [name for run in RUNS for name in run]
    assert len(names) == len(set(names)) >= 20


def test_a_file_is_whole_as_it_was_before_or_as_it_was_to_be():
    before, after = {"a": b"old", "b": b"same"}, {"a": b"new", "b": b"same", "c": b"more"}
    for whole in (before, after, before | {"a": b"new"}):
        assert reliability._torn(whole, before, after) == []
    assert reliability._torn({"a": b"ne", ".c.part": b"mo"}, before, after) == [
        "b is gone",
        ".c.part is half-written or left over",
        "a is half-written or left over",
    ]
    assert reliability._differing(before, after) == ["a", "c"]
