"""What patterns need: no text that one matches is without it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from usru import codebook
from usru.text.dates import _needs
from usru.text.dates._needs import Sieve, begins, needs
from usru.text.dates.finder import finder


def words(*sets):
    return {frozenset(one.split()) for one in sets}


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        ("today", words("today")),
        ("(?i:Today)", words("today")),
        (r"\btoday(?!s)", words("today")),
        ("(?P<a>to)(?:day)", words("today")),
        ("to(?=day)day", words("today", "day")),
        ("today['’]s", words("today's")),
        (r"last\s{1,8}week", words("last", "week")),
        ("last|next", words("last next")),
        ("mid(?:day|night)", words("mid", "midday midnight")),
        ("mid(?:day)?night", words("mid", "night")),
        ("(?:mid[-–])+", words("mid", "mid- mid–")),
        ("last|", set()),
        ("(?:last)?", set()),
        ("[a-z]+", set()),
        ("in|at", set()),
        ("[(“]", words("( “")),
        (r"[(\s]", set()),
    ],
)
def test_a_pattern_tells_what_it_needs(pattern, needed):
    assert needs(pattern) == needed


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


@pytest.mark.parametrize("printed", ["ſpring", "SPRİNG", "sprıng", "Spring"])
def test_a_letter_counts_as_it_does_for_a_pattern_without_regard_to_case(printed):
    assert re.fullmatch("(?i:spring)", printed)
    assert Sieve(needs("(?i:spring)")).held(f"in {printed}, 2016")


RULES = finder(codebook.read().calendar).rules
WORDS = sorted({word for rule in RULES for need in rule.needs for word in need})
TEXTS = st.lists(
    st.sampled_from(
        [*WORDS, *map(str.title, WORDS), "the", "of", "on", "in", "5", "2016", "\u00a0"]
    ),
    max_size=12,
)


@given(TEXTS, st.sampled_from([" ", "", "\n"]))
def test_where_a_rule_matches_the_text_holds_what_it_needs(parts, gap):
    text = gap.join(parts)
    sieve = Sieve(need for rule in RULES for need in rule.needs)
    held = sieve.held(text)
    for rule in RULES:
        match = rule.pattern.search(text)
        if match and (rule.behind is None or rule.behind.search(text, 0, match.start())):
            needed = sieve.bits(rule.needs)
            assert needed & held == needed, rule.name


def test_what_is_kept_stays_small(monkeypatch):
    monkeypatch.setattr(_needs, "_KEPT", 3)
    sieve = Sieve(needs("today"))
    assert [bool(sieve.held(text)) for text in ("a b c today", "d e f", "today")] == [
        True,
        False,
        True,
    ]
    assert len(sieve._held) <= 3
