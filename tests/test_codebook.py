"""The codebook: what is refused, and how a corpus's own file takes the place of the shipped one."""

import re
import shutil
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import Annotated, Literal

import pytest

import usru
from usru import codebook
from usru.analysis import drafts
from usru.codebook import Role, Rule, Text, convert
from usru.errors import InputError
from usru.files import shipped
from usru.text import blocks, dates, quotations, sentences
from usru.text.quotations import vocabulary

SHIPPED = shipped() / "codebook"
SIDES = '[sides]\nhome = "Home"\naway = "Away"\n'
ANN = '[[people]]\nname = "Ann Lee"\nside = "home"\n'
BANK = '[[institutions]]\nname = "Bank"\nside = "away"\n'
WHO, WHICH = "[[people]] 1 (Ann Lee)", "[[institutions]] 1 (Bank)"
SIDE = "use one of those that are (home, away), or list it."
NAMES = "give each name and alias to one of them."
DAY = "write `{} = 2017-02-16`, a TOML date without quotation marks or time of day."


def own(folder, name, text):
    """The codebook of a folder with one file of its own."""
    (folder / "codebook").mkdir(exist_ok=True)
    (folder / "codebook" / f"{name}.toml").write_text(text, encoding="utf-8")
    return codebook.read(folder)


@pytest.mark.refusal
@pytest.mark.parametrize(
    ("text", "told"),
    [
        (ANN + ANN, f"[[people]] 2 (Ann Lee): 'Ann Lee' already stands for 'Ann Lee'; {NAMES}"),
        (ANN + 'aliases = ["A. Lee", "a. lee"]\n', f"{WHO}: 'a. lee' already stands for 'Ann Lee'; {NAMES}"),
        (ANN + BANK + 'aliases = ["ann lee"]\n', f"{WHICH}: 'ann lee' already stands for 'Ann Lee'; {NAMES}"),
        (ANN.replace("home", "moon"), f"{WHO}, side: 'moon' is not listed under [sides]; {SIDE}"),
        ('[[people]]\nname = "Ann Lee"\n', f"{WHO}, side: the field is missing; add `side = \"…\"`, a text that is not empty."),
        (ANN.replace("Ann Lee", " "), "[[people]] 1 ( ), name: ' ' will not do; write `name = \"…\"`, a text that is not empty."),
        ('[[people]]\nside = "home"\n', "[[people]] 1, name: the field is missing; add `name = \"…\"`, a text that is not empty."),
        (ANN + "aliases = [7]\n", f"{WHO}, aliases: 7 will not do; write `aliases = \"…\"`, a text that is not empty."),
        (ANN + 'aliases = "Lee"\n', f"{WHO}, aliases: 'Lee' will not do; write `aliases = [\"…\"]`."),
        (ANN + "age = 7\n", f"{WHO}: there is no field 'age'; use aliases, gender, name, roles, side."),
        (BANK + "roles = []\n", f"{WHICH}: there is no field 'roles'; use aliases, name, side."),
        (ANN + 'gender = "f"\n', f"{WHO}, gender: 'f' will not do; write one of female, male."),
        (ANN + 'roles = ["envoy"]\n', f"{WHO}, roles: ['envoy'] will not do; write [[roles]] above each."),
        (ANN + 'roles = "envoy"\n', f"{WHO}, roles: 'envoy' will not do; write [[roles]] above each."),
        (ANN + "roles = [{ from = 2017-01-01 }]\n", f"{WHO}, [[roles]] 1, title: the field is missing; add `title = \"…\"`, a text that is not empty."),
        (ANN + 'roles = [{ title = "envoy", from = "May" }]\n', f"{WHO}, [[roles]] 1, from: 'May' will not do; {DAY.format('from')}"),
        (ANN + 'roles = [{ title = "envoy", to = 2017-01-01T00:00:00 }]\n',
         f"{WHO}, [[roles]] 1, to: datetime.datetime(2017, 1, 1, 0, 0) will not do; {DAY.format('to')}"),
        (ANN + 'roles = [{ title = "envoy", from = 2017-02-01, to = 2017-01-31 }]\n',
         f"{WHO}, [[roles]] 1, to: 'envoy' ends before it begins; swap or correct the dates."),
        ('[[persons]]\nname = "Ann Lee"\n', "there is no field 'persons'; use institutions, people, sides."),
        ('[people]\nname = "Ann Lee"\n', "people: {'name': 'Ann Lee'} will not do; write [[people]] above each."),
    ],
)  # fmt: skip
def test_a_speaker_that_cannot_be_used_is_refused_in_one_sentence(tmp_path, text, told):
    with pytest.raises(InputError) as caught:
        own(tmp_path, "speakers", SIDES + text)
    where = tmp_path / "codebook" / "speakers.toml"
    assert str(caught.value).removeprefix(str(where)).lstrip(",: ") == told


@pytest.mark.refusal
@pytest.mark.parametrize(
    "sides", ['sides = "home"\n', "[sides]\nhome = 7\n", '[sides]\nhome = " "\n']
)
def test_sides_are_names(tmp_path, sides):
    with pytest.raises(InputError, match=r"sides.*will not do; write"):
        own(tmp_path, "speakers", sides)


def test_an_empty_file_knows_nobody(tmp_path):
    assert own(tmp_path, "speakers", "").speakers.known == ()


def test_people_come_before_institutions(tmp_path):
    known = own(tmp_path, "speakers", SIDES + BANK + ANN).speakers.known
    assert [(who.name, who.is_person) for who in known] == [("Ann Lee", True), ("Bank", False)]


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
    then = codebook.read().speakers.at(date(2017, 2, 14))
    titles = {who.name: [role.title for role in who.roles] for who in then.known}
    assert titles["Michael Flynn"] == []
    assert titles["Rex Tillerson"] == ["US Secretary of State"]
    assert len(then.known) == len(codebook.read().speakers.known)


@pytest.mark.parametrize(
    ("name", "side"),
    [("Rex Tillerson", "United States"), ("Kremlin", "Russia"), ("Ann Lee", "Others"), ("", "Others")],
)  # fmt: skip
def test_a_speaker_is_on_a_side(name, side):
    assert codebook.read().speakers.side(name) == side


def test_every_shipped_surname_stands_for_one_person():
    people = [who.name.split()[-1] for who in codebook.read().speakers.people]
    assert len(people) == len(set(people))


@pytest.mark.refusal
@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('"malware"', '"(malware"', "[cyber], patterns: '(malware' will not do; write words with one space"),
        ('"malware"', '"(a+)+"', "[cyber], patterns: '(a+)+' will not do"),
        ('"malware"', '"mal*ware"', "[cyber], patterns: 'mal*ware' will not do"),
        ('"malware"', '"ma*"', "[cyber], patterns: 'ma*' will not do; write at least 3 letters before *"),
        ('"malware"', '"cyber*"', "[cyber], patterns: 'cyber*' is listed twice; remove one"),
        ('definition = "Afghanistan and the talks on it"\n', "", "[afghanistan], definition: the field is missing; add"),
    ],
    ids=["does-not-compile", "backtracks", "star-inside", "too-short", "twice", "no-definition"],
)  # fmt: skip
def test_a_faulty_topic_is_refused_in_one_sentence(tmp_path, old, new, told):
    text = (SHIPPED / "topics.toml").read_text(encoding="utf-8")
    assert old in text
    with pytest.raises(InputError) as caught:
        own(tmp_path, "topics", text.replace(old, new, 1))
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.refusal
@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ('together = [["ship"]]', "[harbour], together: 'ship' is no list of `words`; use one (none yet)."),
        ('aside_together = [["ship", "sea"]]\n[harbour.words]\nship = ["ferry"]',
         "[harbour], together: 'sea' is no list of `words`; use one (ship)."),
        ('[harbour.words]\nship = ["ferry"]', "[harbour], words: no entry of `together` names 'ship'; name or remove it."),
        ('together = ["ship"]', "[harbour], together: 'ship' will not do; write"),
        ('together = [[]]', "[harbour], together: [] will not do; write"),
        ('together = [["ship"]]\n[harbour.words]\nship = ["fe*"]', "[harbour], [words], ship: 'fe*' will not do; write at least 3 letters"),
        ('aside = ["quay*"]', "[harbour], patterns: 'quay*' is listed twice; remove one."),
        ('in_passing = ["lund"]', "[harbour], in_passing: 'lund' is no pattern; add it to `patterns`."),
        ('not_after = "no"', "[harbour], not_after: 'no' will not do; write"),
        ('continues = "yes"', "[harbour], continues: 'yes' will not do; write true or false."),
        ('passing = ["no"]', "[harbour]: there is no field 'passing'; use aside, aside_together, "),
    ],
)  # fmt: skip
def test_a_faulty_mechanism_of_a_topic_is_refused_in_one_sentence(tmp_path, lines, told):
    head = '[harbour]\ndefinition = "The harbour of Lund"\npatterns = ["quay*"]\n'
    with pytest.raises(InputError) as caught:
        own(tmp_path, "topics", head + lines)
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_topic_of_an_own_corpus_has_every_mechanism(tmp_path):
    text = """[harbour]
definition = "The harbour of Lund"
patterns = ["quay*"]
aside = ["tide*"]
not_after = ["towns like"]
in_passing = ["quay*"]
together = [["ship", "deed"]]
continues = true
[harbour.words]
ship = ["ferry"]
deed = ["sank"]
"""
    topic = own(tmp_path, "topics", text).topics["harbour"]
    assert topic.words == {"ship": ("ferry",), "deed": ("sank",)}
    assert topic.together == (("ship", "deed"),)
    assert topic.in_passing == ("quay*",)
    assert (topic.aside, topic.not_after, topic.continues) == (("tide*",), ("towns like",), True)


@pytest.mark.refusal
@pytest.mark.parametrize("patterns", ["[]", '"kabul"', "[7]", '[" "]'])
def test_a_topic_has_patterns(tmp_path, patterns):
    text = f'[harbour]\ndefinition = "The harbour of Lund"\npatterns = {patterns}\n'
    with pytest.raises(InputError, match=r"\[harbour\], patterns: .* will not do; write "):
        own(tmp_path, "topics", text)


@pytest.mark.refusal
@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("[grammar]", "[grammars]", "there is no field 'grammars'; use abbreviated, extensions, families, "
         "grammar, irregular, nations, particles, turns, words."),
        ('places = ["', 'place = ["', "[grammar]: there is no field 'place'; use addressing, asides, "),
        ('topics = ["about",', 'topics = ["About",',
         "[grammar], topics: 'About' will not do; write `topics = [\"…\"]`, words in lower case."),
        ('topics = ["about",', 'topics = [7,', "[grammar], topics: 7 will not do; write `topics"),
        ('topics = ["about", "on", "regarding"]', 'topics = "about"', "[grammar], topics: 'about' will not do"),
        ('say = ["say", "says", "said", "saying"]', 'say = "said"', "[irregular], say: 'said' will not do"),
    ],
)  # fmt: skip
def test_words_that_cannot_be_used_are_refused_in_one_sentence(tmp_path, old, new, told):
    text = (SHIPPED / "reporting.toml").read_text(encoding="utf-8")
    assert old in text
    with pytest.raises(InputError) as caught:
        own(tmp_path, "reporting", text.replace(old, new, 1))
    where = str(tmp_path / "codebook" / "reporting.toml")
    assert str(caught.value).removeprefix(where).lstrip(",: ").startswith(told)
    assert "\n" not in str(caught.value)


@pytest.mark.refusal
@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[every-outlet]\nmenu = ['x']\n", "[every-outlet]: there is no field 'menu'; use bio, "),
        ("Gazette = 3\n", "[Gazette]: 3 is no table; write it as one."),
        ("[Gazette]\nnav = 'x'\n", "[Gazette], nav: 'x' will not do; write `nav = [\"…\"]`."),
    ],
)
def test_cues_that_cannot_be_used_are_refused_in_one_sentence(tmp_path, text, told):
    with pytest.raises(InputError, match=re.escape(told)):
        own(tmp_path, "outlets", text)


# A corpus's own files ----------------------------------------------------------------------------


def test_an_own_file_takes_the_place_of_the_shipped_one(tmp_path):
    text = '[harbour]\ndefinition = "The harbour of Lund"\npatterns = ["quay*"]\n'
    assert list(own(tmp_path, "topics", text).topics) == ["harbour"]
    known = own(tmp_path, "speakers", SIDES + ANN).speakers.known
    assert [who.name for who in known] == ["Ann Lee"]


def test_an_own_file_adds_to_what_any_file_needs(tmp_path):
    default = codebook.read()
    text = "[every-outlet]\nnav = ['tide tables']\n[Gazette]\nnav = ['ships']\n"
    outlets = own(tmp_path, "outlets", text).outlets
    assert outlets.every.nav == ("tide tables", *default.outlets.every.nav)
    assert outlets.every.credit == default.outlets.every.credit
    assert list(outlets.others) == ["Gazette"]
    words = own(tmp_path, "reporting", '[words]\nverbs = ["yodel"]\n').reporting
    assert words.words.verbs == {"yodel"} | default.reporting.words.verbs
    assert words.grammar == default.reporting.grammar
    language = own(tmp_path, "language", '[stop_words]\nfunction = ["gazette"]\n').language
    assert {"gazette", "didn", "the"} <= language.stop_words.all()
    assert not {"bill", "harbour"} & language.stop_words.all()


PIER = """A bridge in winter

Engineer Tom Berg looked at the bridge, the bridge and the gazette, the gazette on Monday.

Berg trumpeted that the pier was “not safe at all”, and the bridge of the gazette stayed closed.

The town council met in the evening, and no repair of any kind was agreed by the council.
"""


def test_words_of_ones_own_reach_the_instruments(corpus_of):
    before = corpus_of({"pier": PIER})
    folder = before.manifest.folder
    assert before.quotations["cue"].tolist() == [""], "the shipped verbs lack it"
    own(folder, "reporting", '[words]\nverbs = ["trumpet"]\n')
    own(folder, "language", '[stop_words]\nfunction = ["gazette"]\n')
    after = usru.load(folder)
    assert after.quotations[["speaker", "cue"]].values.tolist() == [["Tom Berg", "trumpeted"]]
    listed = [drafted(corpus) for corpus in (before, after)]
    assert listed[0] - listed[1] == {"gazette"}


def test_abbreviations_of_ones_own_end_no_sentence(corpus_of):
    page = (
        PIER + "\nThe bridge is run by Brohav. Lund and its board, in Brohavsg. 4 near the pier.\n"
    )
    before = corpus_of({"pier": page})
    own(
        before.manifest.folder,
        "language",
        '[sentences]\nwithin = ["brohav"]\nnumbered = ["brohavsg"]\n',
    )
    after = usru.load(before.manifest.folder)
    assert len(before.sentences) == len(after.sentences) + 2
    assert "Mr" not in set(after.sentences["text"].str[:2]), "the shipped ones hold too"
    assert after.codebook.language.sentences.titles == before.codebook.language.sentences.titles


def drafted(corpus):
    """The words by which paragraphs are grouped for a draft of topics."""
    stop = corpus.codebook.language.stop_words
    groups = drafts.word_groups(corpus.paragraphs, stop_words=stop)
    return {word for group in groups for word in group}


def test_events_are_never_those_of_another_corpus(tmp_path):
    assert codebook.read(tmp_path).events.events == ()
    assert codebook.read().events.events


def test_an_edited_file_takes_effect_when_the_corpus_is_loaded_again(tmp_path):
    folder = shutil.copytree(shipped(), tmp_path / "own")
    before = usru.load(folder)
    path = folder / "codebook" / "topics.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"malware"', '"awkward*", "malware"'), encoding="utf-8")
    after = usru.load(folder)
    cyber = [(corpus.topics["topic"] == "cyber").sum() for corpus in (before, after)]
    assert cyber[0] < cyber[1]


def test_topics_of_an_own_corpus_are_told_together_aside_and_carried_on(tmp_path):
    folder = shutil.copytree(shipped(), tmp_path / "own")
    text = """[talks]
definition = "The ministers' talks"
patterns = ["xyzzy"]
aside = ["russia*"]
together = [["minister", "deed"]]
continues = true
[talks.words]
minister = ["lavrov"]
deed = ["said"]
"""
    (folder / "codebook" / "topics.toml").write_text(text, encoding="utf-8")
    corpus = usru.load(folder)
    told = corpus.topics.merge(corpus.paragraphs, on=["doc_id", "block"])
    assert told["topic"].eq("talks").all()
    assert told.loc[told["text"].str.contains("Lavrov said"), "hits"].min() > 0
    assert (told["hits"] == 0).any(), "paragraphs between two on the topic"
    aside = told[~told["text"].str.contains("Lavrov") & (told["hits"] > 0)]
    assert aside["text"].str.contains("Russia").all()


def test_as_long_as_nothing_changes_a_codebook_is_read_once():
    assert codebook.read() is codebook.read()


# The converter -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "kind", "made"),
    [
        ("a", Text, "a"), (True, bool, True), (2, float, 2), (date(2017, 1, 1), date, date(2017, 1, 1)),
        (["a", "b"], tuple[Text, ...], ("a", "b")), (["a"], frozenset[Text], frozenset("a")),
        ([["a"], []], tuple[tuple[Text, ...], ...], (("a",), ())), ("x", Literal["x", "y"], "x"),
        ({"k": "v"}, Mapping[str, Text], {"k": "v"}),
        ([1, 2], Annotated[tuple[float, float], Rule(lambda pair: len(pair) == 2, "two")], (1, 2)),
    ],
)  # fmt: skip
def test_what_fits_is_converted(value, kind, made):
    assert convert(value, kind, "a.toml") == made


@pytest.mark.refusal
@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (7, Text), ("", Text), ("yes", bool), (1, bool), (True, float), ("1", float), ("2017-01-01", date),
        ("a", tuple[Text, ...]), ([1], tuple[Text, ...]), ("z", Literal["x", "y"]), ([], Mapping[str, Text]),
        ([1], Annotated[tuple[float, float], Rule(lambda pair: len(pair) == 2, "two")]),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused(value, kind):
    with pytest.raises(InputError, match=r"^a\.toml.*; write "):
        convert(value, kind, "a.toml", "field")


@pytest.mark.refusal
@pytest.mark.parametrize("name", ["25", "###", "(", "x", "Пасха", " "])
@pytest.mark.parametrize(
    "text", ["[[holidays]]\nnames = ['{}']\nmonth = 4\nday = 25\n", "[names]\nof = ['{}']\n"]
)
def test_a_name_of_a_day_has_a_word(tmp_path, text, name):
    with pytest.raises(
        InputError, match=r"(names|of): '.*' will not do; write .*names with a word"
    ):
        own(tmp_path, "calendar", text.format(name))


def test_no_entry_can_be_changed_in_its_place():
    """Corpora share what was read once."""
    entries = [one for one in vars(codebook).values() if is_dataclass(one)]
    assert len(entries) > 20
    assert [one.__name__ for one in entries if not one.__dataclass_params__.frozen] == []


SIGNS = "(ab+)+$[*\\"  # what a pattern would choke on
PAGE = (
    "Envoys meet in Vienna\n\nThe envoys met in Vienna on Monday. “We agreed,” Ann Lee told reporters on"
    f" 3 May, two weeks after Christmas. They will meet next Friday, the {'a' * 40} ministry said.\n"
)


def with_signs(thing):
    """A copy of words in which each list has one that looks like a pattern."""
    if isinstance(thing, frozenset):
        return thing | {SIGNS}
    if isinstance(thing, Mapping):
        return {key: with_signs(words) for key, words in thing.items()}
    if not is_dataclass(thing):
        return thing
    return replace(
        thing, **{one.name: with_signs(getattr(thing, one.name)) for one in fields(thing)}
    )


def test_words_that_look_like_patterns_are_words():
    shipped, found = codebook.read(), blocks.find(PAGE)
    reporting, language, calendar = map(
        with_signs, (shipped.reporting, shipped.language, shipped.calendar)
    )
    words = vocabulary.build(reporting)
    assert quotations.find(PAGE, found, vocabulary=words).equals(quotations.find(PAGE, found))
    assert sentences.find(PAGE, found, language.sentences).equals(sentences.find(PAGE, found))
    day = date(2017, 3, 2)
    assert dates.find(PAGE, found, day, calendar).equals(dates.find(PAGE, found, day))
    assert len(dates.find(PAGE, found, day)) == 4
