"""What a pattern needs is read off it, and no pattern is left out that a text matches."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from usru import codebook
from usru.text import sieve
from usru.text.sieve import Sieve, needs

SHIPPED = [
    pattern.replace("{NAME}", "[A-Z][a-z]+ [A-Z][a-z]+")
    for patterns in vars(codebook.read().outlets.every).values()
    for pattern in patterns
    if "(?=" not in pattern  # of which hypothesis finds no text
]


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
        # The first word of a text is told from others.
        (r"^\A(?:menu)", words("\x02menu")),
        (r"\A(?:main )?menu", words("\x02main \x02menu")),
        (r"\A(?:my )?(?:own )?(?:menu|home)", words("\x02my \x02own \x02menu \x02home")),
        (r"\A\d?menu", words("menu")),
        (r"\A(?:\d|menu)", set()),
        # Of two that are needed the rarer counts.
        (r"[.,] — menu|— [.,]", words("menu —")),
    ],
)
def test_a_pattern_tells_what_it_needs(pattern, needed):
    assert needs(pattern) == needed


@pytest.mark.parametrize(
    ("pattern", "text", "is_left"),
    [
        ("(share|send) this", "Send this", True),
        ("(share|send) this", "Spend that", False),
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
        ("(?i:spring)", "in ſpring, 2016", True),
        ("(?i:spring)", "SPRİNG", True),
        ("(?i:spring)", "sprıng", True),
        ("(?i:ΑΣ)", "ας", True),
        (r"(?:ab){3,}", "ababab", True),
        (r"(\w)\1 twice", "aa twice", True),
        (r"\d+", "none", True),
        ("", "", True),
        ("word", "\ud800 word", True),
    ],
)
def test_a_pattern_is_left_where_a_text_has_what_it_needs(pattern, text, is_left):
    assert Sieve([needs(pattern)]).left(text) == [0] * is_left


@pytest.mark.parametrize("pattern", SHIPPED, ids=range(len(SHIPPED)))
def test_no_shipped_pattern_is_left_out_that_matches(pattern):
    sieve = Sieve(map(needs, ["never", rf"\A(?:{pattern})\Z", pattern]))
    written = re.compile(pattern, re.IGNORECASE)

    @settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.from_regex(written, fullmatch=True), st.text(max_size=3))
    def check(text, more):
        assert sieve.left(text)[-2:] == [1, 2]
        assert 2 in sieve.left(more + text) or not written.search(more + text)

    check()


def test_a_pattern_may_need_several_words_and_kinds_of_word():
    sieve = Sieve(
        [needs("last week"), {*needs("last"), "number"}, {"number"}, {"name"}, ()],
        lambda printed: ["number"] if printed.isdigit() else ["other"],
    )
    assert sieve.left("a week at last") == [0, 4]
    assert sieve.left("the last 5") == [1, 2, 4]
    assert sieve.left("5 weeks") == [2, 4]
    assert sieve.left("") == [4]


def test_of_no_pattern_none_is_left():
    assert Sieve([]).left("any") == []


def test_what_is_kept_stays_small(monkeypatch):
    monkeypatch.setattr(sieve, "_KEPT", 3)
    kept = Sieve([needs("today")])
    assert [kept.left(text) for text in ("a b c today", "d e f", "today")] == [[0], [], [0]]
    assert len(kept._held) <= 3
