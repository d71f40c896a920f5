"""Known speakers: what is refused, and who held which role on a day."""

from datetime import date

import pytest

from usru.errors import InputError
from usru.text import speakers
from usru.text.speakers import Role

SIDES = '[sides]\nhome = "Home"\naway = "Away"\n'
ANN = '[[people]]\nname = "Ann Lee"\nside = "home"\n'
BANK = '[[institutions]]\nname = "Bank"\nside = "away"\n'
ROLE = 'write { title = "…", from = 2017-02-01, to = 2018-03-31 }, the dates where known.'


def read(tmp_path, text):
    path = tmp_path / "speakers.toml"
    path.write_text(text, encoding="utf-8")
    return speakers.read(path)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (ANN + ANN, "people 2: 'Ann Lee' already stands for 'Ann Lee'; give each name and alias to one of them."),
        (ANN + 'aliases = ["A. Lee", "a. lee"]\n',
         "people 1: 'a. lee' already stands for 'Ann Lee'; give each name and alias to one of them."),
        (ANN + BANK + 'aliases = ["ann lee"]\n',
         "institutions 1: 'ann lee' already stands for 'Ann Lee'; give each name and alias to one of them."),
        (ANN.replace("home", "moon"),
         "people 1: the side 'moon' is not listed under [sides]; use one of those that are (home, away), or list it."),
        ('[[people]]\nname = "Ann Lee"\n',
         "people 1: the side None is not listed under [sides]; use one of those that are (home, away), or list it."),
        (ANN.replace("Ann Lee", " "), "people 1: a name is empty; write the name, or remove the alias."),
        ('[[people]]\nside = "home"\n', "people 1: a name is empty; write the name, or remove the alias."),
        (ANN + "aliases = [7]\n", "people 1: a name is empty; write the name, or remove the alias."),
        (ANN + 'aliases = "Lee"\n', "people 1: the aliases are no list; write aliases = [\"…\"]."),
        (ANN + "age = 7\n", "people 1: there is no field 'age'; use aliases, gender, name, roles, side."),
        (BANK + "roles = []\n", "institutions 1: there is no field 'roles'; use aliases, name, side."),
        (ANN + 'gender = "f"\n', "people 1: 'f' is no gender; use female or male."),
        (ANN + 'roles = ["envoy"]\n', f"people 1: 'envoy' is no role; {ROLE}"),
        (ANN + 'roles = "envoy"\n', f"people 1: 'envoy' is no list of roles; {ROLE}"),
        (ANN + "roles = [{ from = 2017-01-01 }]\n", f"people 1: a role has no title; {ROLE}"),
        (ANN + 'roles = [{ title = "envoy", from = "May" }]\n', f"people 1: a date of 'envoy' is none; {ROLE}"),
        (ANN + 'roles = [{ title = "envoy", to = 2017-01-01T00:00:00 }]\n',
         f"people 1: a date of 'envoy' is none; {ROLE}"),
        (ANN + 'roles = [{ title = "envoy", from = 2017-02-01, to = 2017-01-31 }]\n',
         f"people 1: 'envoy' ends before it begins; {ROLE}"),
        ('[[persons]]\nname = "Ann Lee"\n', "[persons]: there is no such table; use people, institutions."),
        ('[people]\nname = "Ann Lee"\n', "[people]: it is not a list; write [[people]]."),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_refused_in_one_sentence(tmp_path, text, told):
    with pytest.raises(InputError) as caught:
        read(tmp_path, SIDES + text)
    assert str(caught.value) == f"{tmp_path / 'speakers.toml'}, {told}"


@pytest.mark.parametrize(
    "sides", ['sides = "home"\n', "[sides]\nhome = 7\n", '[sides]\nhome = " "\n']
)
def test_sides_are_names(tmp_path, sides):
    with pytest.raises(InputError, match=r'the sides are no names; write home = "Home"\.$'):
        read(tmp_path, sides)


def test_an_empty_file_knows_nobody(tmp_path):
    assert read(tmp_path, "").known == ()


def test_people_come_before_institutions(tmp_path):
    assert [who.name for who in read(tmp_path, SIDES + BANK + ANN).known] == ["Ann Lee", "Bank"]


@pytest.mark.parametrize(
    ("first", "last", "held"),
    [
        (None, None, True), (date(2017, 2, 1), None, True), (date(2017, 2, 2), None, False),
        (None, date(2017, 2, 1), True), (None, date(2017, 1, 31), False),
        (date(2017, 2, 1), date(2017, 2, 1), True),
    ],
)  # fmt: skip
def test_a_role_is_held_from_its_first_to_its_last_day(first, last, held):
    assert Role("envoy", first, last).held(date(2017, 2, 1)) == held


def test_at_a_day_only_the_roles_of_that_day_are_left():
    then = speakers.read().at(date(2017, 2, 14))
    titles = {who.name: [role.title for role in who.roles] for who in then.known}
    assert titles["Michael Flynn"] == []
    assert titles["Rex Tillerson"] == ["US Secretary of State"]
    assert len(then.known) == len(speakers.read().known)


@pytest.mark.parametrize(
    ("name", "side"),
    [
        ("Rex Tillerson", "United States"),
        ("Kremlin", "Russia"),
        ("Ann Lee", "Others"),
        ("", "Others"),
    ],
)
def test_a_speaker_stands_on_a_side(name, side):
    assert speakers.read().side(name) == side


def test_every_shipped_surname_stands_for_one_person():
    people = [who.name.split()[-1] for who in speakers.read().known if who.is_person]
    assert len(people) == len(set(people))
