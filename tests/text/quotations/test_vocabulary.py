"""The vocabulary of reporting: its forms, and a text as a row of tokens."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from usru.files import shipped
from usru.text.quotations import vocabulary
from usru.text.quotations.vocabulary import low, placed, tokens

SHIPPED = shipped() / "codebook" / "reporting.toml"
WORDS = vocabulary.build()


def test_every_shipped_list_is_sorted_and_without_doubles():
    table = tomllib.loads(SHIPPED.read_text(encoding="utf-8"))
    lists = table["words"] | table["grammar"] | table["families"]
    assert [name for name, own in lists.items() if own != sorted(set(own))] == []


@pytest.mark.parametrize(
    ("word", "verb"),
    [
        ("claims", "claim"), ("argued", "argue"), ("arguing", "argue"), ("denies", "deny"), ("denied", "deny"),
        ("conveyed", None), ("presses", "press"), ("said", "say"), ("told", "tell"), ("tea", None),
    ],
)  # fmt: skip
def test_the_forms_of_regular_verbs_are_derived(word, verb):
    assert WORDS.forms.get(word) == verb


def test_a_role_stands_for_those_of_its_family():
    assert WORDS.families["diplomat"] > {"diplomat", "minister", "envoy"}
    assert WORDS.families["widow"] == {"widow"}
    assert WORDS.roles == WORDS.families.keys()


def test_who_is_somebodys_is_a_role_and_given_names_tell_one_gender():
    assert WORDS.attendants <= WORDS.roles
    assert not WORDS.male_names & WORDS.female_names
    assert (WORDS.given_names["otto"], WORDS.given_names.get("kim")) == ("male", None)


@pytest.mark.parametrize("form", ["u.s", "us", "american", "washington"])
def test_a_nation_has_many_forms(form):
    assert WORDS.nations[form] == "us"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mr. Lavrov’s U.S. trip", ["Mr", ".", "Lavrov’s", "U.S.", "trip"]),
        ("the ministers' plan", ["the", "ministers'", "plan"]),
        ("James B. Comey", ["James", "B.", "Comey"]),
        ("co-founder — 3,000!", ["co-founder", "—", "3", ",", "000", "!"]),
        ("", []),
    ],
)
def test_a_text_is_words_and_signs(text, expected):
    assert [token.text for token in tokens(text)] == expected


@given(st.text(max_size=40), st.integers(0, 9))
def test_tokens_lie_where_they_say(text, first):
    row, starts = placed(text, first, len(text))
    assert row == tokens(text[first:])
    for token, start in zip(row, starts, strict=True):
        assert text[start : start + token.length] == token.text
        assert token.low
        assert not token.text.isspace()


def test_a_token_knows_its_shape():
    (name,) = tokens("Merkel’s")
    assert (name.bare, name.low, name.capital, name.possessive, name.is_word) == (
        "Merkel", "merkel", True, True, True,
    )  # fmt: skip


def test_beyond_a_row_there_is_no_word():
    row = tokens("Ann Lee SAID")
    assert [low(row, at) for at in range(-1, 4)] == ["", "ann", "lee", "said", ""]
