"""The shapes: what their notation stands for, and that none is dead."""

import re

from hypothesis import given
from hypothesis import strategies as st

from usru import codebook
from usru.text.dates import _shapes
from usru.text.dates.finder import Finder, finder
from usru.text.sieve import Sieve

RULES = finder(codebook.read().calendar).rules
WORDS = sorted({word for rule in RULES for need in rule.needs for word in need})
TEXTS = st.lists(
    st.sampled_from(
        [*WORDS, *map(str.title, WORDS), "the", "of", "on", "in", "5", "2016", "\u00a0"]
    ),
    max_size=12,
)


def test_the_notation_is_spelled_out():
    parts = {"DAY": r"(?P<day>\d)", "MONTH": "May"}
    shape = _shapes._spelled(r"«\bMONTH DAY»·(?!\w) MONDAY", parts)
    assert shape == r"(?P<expression>\bMay\s{1,8}(?P<day>\d))(?!\w)\s{1,8}MONDAY"


def test_no_part_is_left_unspelled():
    names = re.compile(rf"(?<![A-Za-z])(?:{'|'.join(_shapes._PARTS)})(?![A-Za-z])")
    literal = {"MAY", "AND", "OR", "TH"}
    for rule in RULES:
        assert not {*names.findall(rule.pattern.pattern)} - literal, rule.name


def test_every_part_is_in_some_shape():
    rules = [*RULES, _shapes.months_in_names()]
    patterns = [rule.pattern.pattern for rule in rules]
    patterns += [rule.behind.pattern for rule in rules if rule.behind]
    for name, part in _shapes._PARTS.items():
        assert any(part in pattern for pattern in patterns), name


def test_names_of_rules_are_unique():
    names = [rule.name for rule in RULES]
    assert len(names) == len({*names})


def test_words_match_with_either_apostrophe_and_any_gap():
    pattern = re.compile(_shapes.any_of(["New Year's Eve", "New Year's"]))
    assert pattern.fullmatch("New\n  Year’s Eve")
    assert pattern.match("New Year's Eve")[0] == "New Year's Eve"


@given(TEXTS, st.sampled_from([" ", "", "\n"]))
def test_where_a_rule_matches_the_text_holds_what_it_needs(parts, gap):
    text = gap.join(parts)
    left = Sieve(rule.needs for rule in RULES).left(text)
    for number, rule in enumerate(RULES):
        match = rule.pattern.search(text)
        if match and (rule.behind is None or rule.behind.search(text, 0, match.start())):
            assert number in left, rule.name


def test_a_rule_compiles_its_pattern_when_a_text_has_what_it_needs():
    reader = Finder(codebook.read().calendar)
    [*reader.read("They met on Monday.", None, frozenset())]
    compiled = {rule.name for rule in reader.rules if "pattern" in vars(rule)}
    assert "weekday" in compiled
    assert "weekday-next" not in compiled
