"""With which signs a pattern begins: no match is lost when these are looked for first."""

import re

import pytest

from usru.text.dates._begins import begins


@pytest.mark.parametrize(
    ("pattern", "looks_for"),
    [
        (r"\btoday", "(?=[t])"),
        (r"\b(?:the )?(?:May|June)", "(?=[JMt])"),
        (r"(?<!\w)[\d(]+", r"(?=[\(\d])"),
        ("today", ""),  # `re` sees it
        ("(?:a )?", ""),
        (r"\b[^a]", ""),
        (r"\b.", ""),
    ],
)
def test_a_pattern_tells_with_which_signs_it_begins(pattern, looks_for):
    assert begins(pattern) == looks_for


@pytest.mark.parametrize("printed", ["İn", "ın", "In", "iN"])
def test_a_pattern_begins_with_any_letter_that_counts_as_its_first(printed):
    pattern = r"\b(?i:in)"
    assert begins(pattern)
    assert re.fullmatch(begins(pattern) + pattern, printed)
