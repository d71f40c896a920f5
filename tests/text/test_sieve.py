"""What a pattern needs is read off it, and no pattern is left out that a text matches."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from usru import codebook
from usru.text.sieve import Sieve

SHIPPED = [
    pattern.replace("{NAME}", "[A-Z][a-z]+ [A-Z][a-z]+")
    for patterns in vars(codebook.read().outlets.every).values()
    for pattern in patterns
    if "(?=" not in pattern  # of which hypothesis finds no text
]


@pytest.mark.parametrize(
    ("pattern", "text", "is_left"),
    [
        ("(share|send) this", "Send this", True),
        ("(share|send) this", "Spend that", False),
        (r"\bcat\b", "a cat.", True),
        (r"\bcat\b", "concatenated", False),
        ("cat", "concatenated", True),
        (r"\Amenu", "menu", True),
        (r"\Amenu", "the menu", False),
        ("^menu", "the menu", False),
        (r"stor(y|ies)\Z", "two stories", True),
        (r"stor(y|ies)\Z", "two storeys", False),
        (r"(a )?long( way)? home", "Long home", True),
        ("(?i)[Kk]iosk", "\u212aıoſk", True),
        ("kiosk", "KİOSK", True),
        ("x|home", "away", True),  # a letter alone is in most texts
        ("[|»]", "a » b", True),
        ("[|»]", "a b", False),
        (r"\A#", "a #", False),
        ("中文", "in 中文", True),
        ("中文", "in Chinese", False),
        ("École|Ecole", "école", True),
        (r"(?:ab){3,}", "ababab", True),
        (r"(\w)\1 twice", "aa twice", True),
        (r"\d+", "none", True),
        ("", "", True),
        ("word", "\ud800 word", True),
    ],
)
def test_a_pattern_is_left_where_a_text_has_what_it_needs(pattern, text, is_left):
    assert Sieve([pattern]).left(text) == [0] * is_left


@pytest.mark.parametrize("pattern", SHIPPED, ids=range(len(SHIPPED)))
def test_no_shipped_pattern_is_left_out_that_matches(pattern):
    sieve = Sieve(["never", rf"\A(?:{pattern})\Z", pattern])
    written = re.compile(pattern, re.IGNORECASE)

    @settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.from_regex(written, fullmatch=True), st.text(max_size=3))
    def check(text, more):
        assert sieve.left(text)[-2:] == [1, 2]
        assert 2 in sieve.left(more + text) or not written.search(more + text)

    check()


def test_memory_stays_flat_however_many_words_there_are(monkeypatch):
    monkeypatch.setattr("usru.text.sieve._MOST", 100)
    sieve = Sieve(["like", "b"])
    for number in range(1000):
        word = "".join(chr(ord("a") + int(digit)) for digit in f"{number:03}")
        assert sieve.left(f"like {word}like") == [0, 1]
    assert len(sieve._known) + len(sieve._by_word) < 300
