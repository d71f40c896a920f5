"""Who a text speaks of: names by shape, and whom a phrase means."""

import pytest

from usru.text import speakers
from usru.text.cast import ANONYMOUS, Cast, Entity, names
from usru.text.vocabulary import tokens


def cast(*paragraphs, known=None):
    return Cast([tokens(text) for text in paragraphs], known or speakers.read())


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
        ("ANNA LEEDS spoke", [("Anna Leeds", "name")]),
        ("", []),
    ],
)  # fmt: skip
def test_names_are_told_by_shape_and_the_words_beside_them(text, expected):
    assert [(" ".join(name.words), name.kind) for name in names(tokens(text))] == expected


def test_a_surname_means_the_person_of_the_full_name():
    people = cast("Vera Quist, a director, met Bob Ray, an envoy.")
    assert people.person(["Quist"]).name == "Vera Quist"
    assert people.person(["Nobody"]) is None


def test_the_latest_of_two_with_one_surname_is_meant():
    people = cast("Vera Quist, a director, met Mr. Otto Quist.")
    people.see(people.person(["Vera", "Quist"]))
    assert people.person(["Quist"]).name == "Vera Quist"
    people.see(people.person(["Otto", "Quist"]))
    assert people.person(["Quist"]).name == "Otto Quist"


def test_a_known_person_is_met_under_any_alias_and_gets_one_name():
    people = cast("Mike Flynn spoke. Michael Flynn left.")
    assert [one.name for one in people.entities] == ["Michael Flynn"]


@pytest.mark.parametrize(
    ("head", "others", "who"),
    [
        ("minister", {"russian"}, "Sergei Lavrov"),
        ("diplomat", {"german", "top"}, "Vera Quist"),
        ("minister", {"german", "finance"}, None),
        ("spokeswoman", {"french"}, None),
    ],
)
def test_a_role_means_the_person_that_it_fits(head, others, who):
    people = cast("German Foreign Minister Vera Quist met Sergei Lavrov.")
    found = people.by_role(head, others)
    assert (found.name if found else None) == who


def test_a_role_means_a_known_person_whom_the_text_does_not_name():
    assert (
        cast("Talks went on.").by_role("minister", {"russian", "foreign"}).name == "Sergei Lavrov"
    )


@pytest.mark.parametrize(
    ("text", "name", "gender"),
    [
        ("Mrs. Vera Quist spoke.", "Quist", "female"),
        ("Spokesman Bob Ray spoke.", "Ray", "male"),
        ("Kim Berg, an envoy, spoke. Kim Berg took her hat.", "Berg", "female"),
        ("Kim Berg, an envoy, met Jo Park, an envoy, and took her hat.", "Berg", None),
        ("Kim Berg, an envoy, spoke. Berg took her hat. Berg took his coat.", "Berg", None),
    ],
)
def test_gender_is_learnt_from_titles_and_unambiguous_pronouns(text, name, gender):
    assert cast(text).person([name]).gender == gender


def test_a_pronoun_means_the_first_of_its_gender():
    people = cast("Mrs. Vera Quist met Mr. Bob Ray and the Oslo Institute.")
    vera, bob = people.person(["Quist"]), people.person(["Ray"])
    oslo = people.institution(["Oslo", "Institute"])
    recent = [vera, bob, oslo]
    assert [people.by_pronoun(word, recent) for word in ("she", "he", "it")] == [vera, bob, oslo]
    assert people.by_pronoun("she", [bob]) is None


def test_a_person_of_the_gender_is_surer_than_a_source_of_unknown_gender():
    people = cast("Mrs. Vera Quist met an official.")
    vera, source = people.person(["Quist"]), Entity(ANONYMOUS, "anonymous")
    assert people.by_pronoun("she", [source, vera]) is vera
    assert people.by_pronoun("he", [source, vera]) is source


def test_an_abbreviation_in_brackets_stands_for_its_institution():
    people = cast("The Bureau of Quiet Words (BQW) met.")
    assert people.institution(["BQW"]).name == "Bureau of Quiet Words"


def test_a_known_person_whom_only_a_part_of_a_name_means_is_met_without_an_error():
    assert cast("Lavrov took his hat.").person(["Lavrov"]).gender == "male"
