"""What every reader of text promises, on any text; and that a broken promise is found and told."""

import fuzz
import pytest
from hypothesis import given, settings

from usru.text import quotations, sentences


@given(fuzz.PAGES)
@settings(max_examples=200)
def test_the_laws_hold_on_any_text(page):
    fuzz.check(*page)


@given(fuzz.PAGES)
def test_frames_are_the_rows_on_any_text(page):
    fuzz.check_frames(*page)


def test_many_texts_of_a_seed_are_tried_and_are_the_same_again():
    assert fuzz.faults((7, 20)) == (20, [])


@pytest.fixture
def broken(monkeypatch):
    """A finder of sentences that cannot read a question mark."""
    rows = sentences.rows

    def read(raw, *given):
        if "?" in raw:
            raise IndexError("a mark")
        return rows(raw, *given)

    monkeypatch.setattr(sentences, "rows", read)


def test_a_failure_is_told_as_short_as_may_be_and_can_be_repeated(broken):
    tried, [told] = fuzz.faults((2017, 100))
    assert tried == 100
    assert told.startswith("('?', ")
    assert "IndexError in read, test_fuzz.py:" in told
    assert told.endswith("(usru fuzz --n 100 --seed 2017)")


@pytest.mark.parametrize(
    "change",
    [
        {"start": 0},
        {"end": 99},
        {"text": "other"},
        {"quotation": 5},
    ],
)
def test_a_row_that_is_not_what_its_offsets_stand_for_breaks_the_law(monkeypatch, change):
    raw = "Talks “go on and on” and on, she said."
    fuzz.check(raw, "article", None)
    rows = quotations.rows
    monkeypatch.setattr(quotations, "rows", lambda *given: [row | change for row in rows(*given)])
    with pytest.raises(AssertionError):
        fuzz.check(raw, "article", None)


def test_the_command_says_how_many_texts_failed(capsys):
    assert fuzz.main(40, 1) == 0
    assert capsys.readouterr().out == "40 texts tried, 0 failures\n"


class Here:
    """A pool of this process alone, which sees what is patched here."""

    def __init__(self, **_):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def imap_unordered(self, run, parts):
        return map(run, parts)


def test_the_command_tells_each_failure(monkeypatch, capsys):
    monkeypatch.setattr(fuzz, "Pool", Here)
    monkeypatch.setattr(fuzz, "faults", lambda part: (part[1], [f"seed {part[0]}"]))
    assert fuzz.main(600, 3) == 1
    printed = capsys.readouterr().out
    assert printed.endswith("600 texts tried, 2 failures\n")
    assert "seed 3" in printed
    assert "seed 4" in printed


def test_a_stop_tells_what_was_tried_so_far(monkeypatch, capsys):
    def stopped(part):
        if part[0] == 5:
            raise KeyboardInterrupt
        return part[1], []

    monkeypatch.setattr(fuzz, "Pool", Here)
    monkeypatch.setattr(fuzz, "faults", stopped)
    assert fuzz.main(2_000, 3) == 0
    assert capsys.readouterr().out == "1,000 texts tried, 0 failures\n"
