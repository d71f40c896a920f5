"""Names by their shape, and what is said of their bearers."""

import pytest

from usru.text.quotations._names import acts, described, names
from usru.text.quotations.vocabulary import build, tokens

WORDS = build()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("met Ann Lee today", [("Ann Lee", "name")]),
        ("met Mr. Bob Ray today", [("Bob Ray", "person")]),
        ("German Chancellor Angela Merkel", [("Angela Merkel", "person")]),
        ("Ludwig van der Berg and Leila bin Said", [("Ludwig van der Berg", "name"), ("Leila bin Said", "name")]),
        ("Ministry of Foreign Affairs of Norway", [("Ministry of Foreign Affairs of Norway", "institution")]),
        ("Germany’s Angela Merkel", [("Germany", "nation"), ("Angela Merkel", "name")]),
        ("the Foreign Minister left", [("", "role")]),
        ("met Joe Baker today", [("Joe Baker", "person")]),
        ("Ministry of Trade and Energy", [("Ministry of Trade and Energy", "institution")]),
        ("On Monday the talks", []),
        ("the Trade and Transport Committee", [("Trade and Transport Committee", "institution")]),
        ("Colonel Samir al-Masri", [("Samir al-Masri", "person")]),
        ("I'm told", []),
        ("the Tenants' League said", [("Tenants' League", "institution")]),
        ("the Norland Fishermen’s Union said", [("Norland Fishermen’s Union", "institution")]),
        ("the Women’s Institute of Linz", [("Women’s Institute of Linz", "institution")]),
        ("Ministry of Veterans' Affairs", [("Ministry of Veterans' Affairs", "institution")]),
        ("the Tenants' League's chairman", [("Tenants' League", "institution")]),
        ("Ann Lee's Labour Party said", [("Ann Lee", "name"), ("Labour Party", "institution")]),
        ("Adams' Party said", [("Adams", "name"), ("Party", "institution")]),
        ("the States' Embassy said", [("States", "institution"), ("Embassy", "institution")]),
        ("the workers' Ann Lee", [("Ann Lee", "name")]),
        ("ANNA LEEDS spoke", [("Anna Leeds", "name")]),
        ("", []),
    ],
)  # fmt: skip
def test_names_are_told_by_shape_and_the_words_beside_them(text, expected):
    assert [(" ".join(name.words), name.kind) for name in names(tokens(text), WORDS)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ann Lee, an Austrian envoy, left", {"austrian", "envoy"}),
        ("Ann Lee (an envoy) left", {"envoy"}),
        ("an Austrian envoy, Ann Lee, left", {"austrian", "envoy"}),
        ("Austria's Ann Lee left", {"austria"}),
        ("Deputy Minister Ann Lee left", {"minister"}),
        ("Ann Lee, who said an envoy left, left", set()),
        ("Ann Lee left", set()),
    ],
)
def test_the_words_beside_a_name_say_what_somebody_is(text, expected):
    row = tokens(text)
    name = next(name for name in names(row, WORDS) if name.words[-1:] == ("Lee",))
    assert described(row, name, WORDS) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ann Lee left", True),
        ("in Addis Ababa", False),
        ("in Ann Lee’s house", True),
        ("the White Hall", False),
        ("World Cup", False),
        ("Ford Model T", False),
    ],
)
def test_a_person_is_told_from_a_place_and_a_thing(text, expected):
    row = tokens(text)
    assert acts(row, next(names(row, WORDS)), WORDS) is expected


@pytest.mark.parametrize(("text", "expected"), [("NATO", True), ("UN", False), ("Nato", False)])
def test_an_acronym_is_one_word_in_capitals(text, expected):
    assert next(names(tokens(text), WORDS)).is_acronym is expected
