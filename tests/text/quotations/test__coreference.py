"""The people and institutions of a text: whom a name, a role and a pronoun mean."""

import pytest

from usru import codebook
from usru.text.quotations._coreference import Entities, Owner
from usru.text.quotations._discourse import ANONYMOUS, Discourse, Entity
from usru.text.quotations.vocabulary import build, tokens

WORDS = build()


def met(*paragraphs):
    """The people and institutions of a text, and the discourse that they are spoken of in."""
    discourse = Discourse()
    rows = [tokens(text) for text in paragraphs]
    return Entities(rows, codebook.read().speakers, WORDS, discourse), discourse


def test_a_surname_means_the_person_of_the_full_name():
    people, _ = met("Vera Quist, a director, met Bob Ray, an envoy.")
    assert people.person(["Quist"]).name == "Vera Quist"
    assert people.person(["Nobody"]) is None


def test_the_latest_of_two_with_one_surname_is_meant():
    people, discourse = met("Vera Quist, a director, met Mr. Otto Quist.")
    discourse.mention(people.person(["Vera", "Quist"]))
    assert people.person(["Quist"]).name == "Vera Quist"
    discourse.mention(people.person(["Otto", "Quist"]))
    assert people.person(["Quist"]).name == "Otto Quist"


def test_a_known_person_is_met_under_any_alias_and_gets_one_name():
    people, _ = met("Mike Flynn spoke. Michael Flynn left.")
    assert [one.name for one in people.members] == ["Michael Flynn"]


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
    people, _ = met("German Foreign Minister Vera Quist met Sergei Lavrov.")
    found = people.by_role(head, others)
    assert (found.name if found else None) == who


def test_a_role_means_a_known_person_whom_the_text_does_not_name():
    people, _ = met("Talks went on.")
    assert people.by_role("minister", {"russian", "foreign"}).name == "Sergei Lavrov"


@pytest.mark.parametrize(
    ("text", "name", "gender"),
    [
        ("Mrs. Vera Quist spoke.", "Quist", "female"),
        ("Spokesman Bob Ray spoke.", "Ray", "male"),
        ("Kim Berg, an envoy, spoke. Kim Berg took her hat.", "Berg", "female"),
        ("Kim Berg, an envoy, met Jo Park, an envoy, and took her hat.", "Berg", None),
        ("Kim Berg, an envoy, spoke. Berg took her hat. Berg took his coat.", "Berg", None),
        ("Karl Berg, an envoy, spoke. Karl Berg took her hat.", "Berg", None),
    ],
)
def test_gender_is_learnt_from_titles_and_unambiguous_pronouns(text, name, gender):
    people, _ = met(text)
    assert people.person([name]).gender == gender


@pytest.mark.parametrize(
    ("role", "name"), [({"mrs"}, "Vera Quist"), ({"mr"}, "Otto Quist"), (set(), "Otto Quist")]
)
def test_a_title_tells_of_two_with_one_surname(role, name):
    people, discourse = met("Vera Quist, a director, met Otto Quist, an envoy.")
    discourse.mention(people.person(["Otto", "Quist"]))
    assert people.person(["Quist"], role).name == name


def test_a_given_name_tells_the_gender_until_the_text_does():
    people, _ = met("Maria Berg, an envoy, met Kim Berg, an envoy. Kim Berg took his hat.")
    maria, kim = people.person(["Maria", "Berg"]), people.person(["Kim", "Berg"])
    assert (people.gender(maria), people.gender(kim)) == ("female", "male")
    assert maria.gender is None


def test_a_title_inside_an_apposition_is_not_whose_the_apposition_is():
    people, _ = met("Kim Berg, a speechwriter for Mrs. Vera Quist, spoke.")
    assert people.person(["Kim", "Berg"]).gender is None


@pytest.mark.parametrize(("owner", "name"), [("quist", "Bob Ray"), ("lee", None), ("ray", None)])
def test_whose_somebody_is_tells_them_from_others(owner, name):
    people, _ = met("Bob Ray, Quist's lawyer, met Ann Lee, an envoy, and Vera Quist, a mayor.")
    found = people.by_role("lawyer", {owner}, owner=Owner(people.person([owner]), {owner}))
    assert (found.name if found else None) == name


@pytest.mark.parametrize(
    ("others", "name", "why"),
    [
        ({"transport"}, "Bob Ray", "his field"),
        ({"finance"}, "Ann Lee", "hers, though he was met later"),
        ({"trade"}, None, "nobody's"),
        ({"senior"}, "Bob Ray", "no field: the one spoken of last"),
    ],
)
def test_a_minister_is_of_the_field_that_is_told(others, name, why):
    people, discourse = met("Ann Lee, the finance minister, met Bob Ray, Transport Minister.")
    for each in ("Ann Lee", "Bob Ray"):
        discourse.mention(people.person(each.split()))
    found = people.by_role("minister", others)
    assert (found.name if found else None) == name, why


def test_a_line_in_title_case_introduces_nobody():
    people, _ = met("Full Picture.", "Ann Lee: it is late.")
    assert [one.name for one in people.members] == ["Ann Lee"]


def test_a_pronoun_means_the_first_of_its_gender():
    people, _ = met("Mrs. Vera Quist met Mr. Bob Ray and the Oslo Institute.")
    vera, bob = people.person(["Quist"]), people.person(["Ray"])
    oslo = people.institution(["Oslo", "Institute"])
    recent = [vera, bob, oslo]
    assert [people.by_pronoun(word, recent) for word in ("she", "he", "it")] == [vera, bob, oslo]
    assert people.by_pronoun("she", [bob]) is None


def test_a_person_of_the_gender_is_surer_than_a_source_of_unknown_gender():
    people, _ = met("Mrs. Vera Quist met an official.")
    vera, source = people.person(["Quist"]), Entity(ANONYMOUS, "anonymous")
    assert people.by_pronoun("she", [source, vera]) is vera
    assert people.by_pronoun("he", [source, vera]) is source


@pytest.mark.parametrize(
    ("word", "who"), [("austrian", "Ann Lee"), ("u.s.", "Bob Ray"), ("weather", None)]
)
def test_a_demonym_means_somebody_of_that_nation_only(word, who):
    people, discourse = met("Austrian envoy Ann Lee met U.S. General Bob Ray and Mr. Jo Park.")
    for name in ("Bob Ray", "Ann Lee", "Jo Park"):
        discourse.mention(people.person(name.split()))
    found = people.by_nation(word)
    assert (found.name if found else None) == who


def test_an_abbreviation_in_brackets_stands_for_its_institution():
    people, _ = met("The Bureau of Quiet Words (BQW) met.")
    assert people.institution(["BQW"]).name == "Bureau of Quiet Words"


def test_a_known_person_whom_only_a_part_of_a_name_means_is_met_without_an_error():
    people, _ = met("Lavrov took his hat.")
    assert people.person(["Lavrov"]).gender == "male"
