"""Noun phrases: whom a role, a name and a pronoun mean."""

import pytest

from usru import codebook
from usru.text.quotations._coreference import Entities
from usru.text.quotations._discourse import Discourse
from usru.text.quotations._noun_phrases import NounPhrases
from usru.text.quotations.vocabulary import build, tokens

TEXT = (
    "Austrian envoy Ann Lee met Mrs. Vera Quist, the head of the Rhine Institute, and Mr. Bob Ray, a"
    " British general, at the Foreign Ministry."
)


@pytest.fixture
def phrases():
    row = tokens(TEXT)
    words, discourse = build(), Discourse()
    entities = Entities([row], codebook.read().speakers, words, discourse)
    for name in ("Ann Lee", "Vera Quist", "Bob Ray"):
        discourse.mention(entities.person(name.split()))
    return NounPhrases(entities, discourse, words)


@pytest.mark.parametrize(
    ("phrase", "name", "why"),
    [
        ("Lee", "Ann Lee", "a surname"),
        ("Envoy Ann Lee", "Ann Lee", "a role before its name"),
        ("the envoy", "Ann Lee", "a role"),
        ("the Austrian", "Ann Lee", "a demonym"),
        ("the British commander", "Bob Ray", "a role of the same family and nation"),
        ("the institute's head", "Vera Quist", "a role with a genitive"),
        ("a spokesman for Bob Ray", "anonymous", "a preposition governs the name"),
        ("one London banker", "anonymous", "a place only qualifies who is not named"),
        ("sources", "anonymous", "nobody in particular"),
        ("Ray's wife", "anonymous", "somebody's wife is not that somebody"),
        ("a Ray aide", "anonymous", "nor is an aide, whose name qualifies the noun"),
        ("the lawyer for Bob Ray", "anonymous", "nor a lawyer, behind a preposition"),
        ("Austria's envoy", "Ann Lee", "a country's envoy is the envoy"),
        ("the survey", "survey", "a document that speaks for itself"),
        ("the survey by Bob Ray", "Bob Ray", "a document whose author is told"),
        ("Mr. Ray's letter", "Bob Ray", "or whose owner is"),
        ("the rowing team", "rowing team", "a group"),
        ("British left-wing MP Ann Lee", "Ann Lee", "a nation that only qualifies"),
        ("the ministry", "Foreign Ministry", "an institution by its noun"),
        ("Reuters", "Reuters", "a medium by its name"),
    ],
)
def test_a_phrase_means_somebody(phrases, phrase, name, why):
    assert phrases.resolve(tokens(phrase)).name == name, why


def test_a_pronoun_means_whom_the_text_spoke_of_last_and_can_mean(phrases):
    assert phrases.resolve(tokens("she")).name == "Vera Quist"
    assert phrases.resolve(tokens("he")).name == "Bob Ray"


@pytest.mark.parametrize("phrase", ["", "this", "we", "on Monday", "the weather"])
def test_a_phrase_can_mean_nobody(phrases, phrase):
    assert phrases.resolve(tokens(phrase)) is None


def test_the_subject_of_a_sentence_is_no_object_and_no_genitive(phrases):
    sentence = tokens("In Bob Ray's absence Vera Quist and Ann Lee agreed.")
    assert phrases.subject(sentence)[0].name == "Vera Quist"


def test_a_name_behind_a_post_and_its_place_is_whose_the_post_is(phrases):
    sentence = tokens("Austria's envoy in Rome, Ann Lee, was sceptical.")
    assert phrases.subject(sentence)[0].name == "Ann Lee"


@pytest.mark.parametrize(
    ("text", "name", "why"),
    [
        ("said an aide to the trade minister, Otto Berg.", "anonymous", "an office has one holder"),
        ("said a lawyer for Norland's minister, Otto Berg.", "anonymous", "so has a genitive's"),
        ("said an aide to the mayor of Linz, Otto Berg.", "anonymous", "with its place"),
        ("said one of the aides to the mayor, Otto Berg.", "anonymous", "of several aides"),
        ("said the spokesman for the mayor, Otto Berg.", "Otto Berg", "a definite post is his"),
        ("said an aide to Ray, Otto Berg.", "Otto Berg", "the aide's, where the other is named"),
        ("said a spokeswoman for the harbour, Jo Berg.", "Jo Berg", "no company has that name"),
        ("said a teacher at the school, Jo Berg.", "Jo Berg", "nor has a school"),
        ("said head of research Otto Berg.", "Otto Berg", "a title of several words before a name"),
        ("said one of the owners, Jo Berg, who lost.", "Jo Berg", "one of several is named"),
        ("said one of the skippers on the quay, Jo Berg.", "Jo Berg", "with a place between"),
        ("said one of Ray's aides, who left.", "anonymous", "or is not"),
    ],
)
def test_a_name_in_apposition_is_whose_it_can_be(phrases, text, name, why):
    assert phrases.after(tokens(text), 1).name == name, why


@pytest.mark.parametrize(
    ("text", "name", "why"),
    [
        ("An aide to the mayor, Otto Berg, said", "anonymous", "the mayor's name"),
        ("Bob Ray, an aide to the mayor, Otto Berg, said", "Bob Ray", "who is named before"),
        ("A spokesman for the ministry, Otto Berg, said", "Otto Berg", "a ministry has no such name"),
        ("One of the owners, Otto Berg, said", "Otto Berg", "one of several"),
    ],
)  # fmt: skip
def test_so_is_one_before_its_verb(phrases, text, name, why):
    row = tokens(text)
    assert phrases.before(row, len(row) - 1)[0].name == name, why


def test_a_relative_clause_is_about_what_stands_before_it(phrases):
    row = tokens("remarks by General Bob Ray, who told")
    assert phrases.antecedent(row, 6)[0].name == "Bob Ray"


def test_a_label_names_somebody_before_their_paper(phrases):
    assert phrases.labelled(tokens("Ann Lee, The Rhine Herald")).name == "Ann Lee"
    assert phrases.labelled(tokens("The Rhine Institute, Linz")).name != "Ann Lee"


def test_a_statement_is_whose_sentence_issued_it(phrases):
    phrases.subject(tokens("Bob Ray issued a statement on Monday."))
    assert phrases.resolve(tokens("the statement")).name == "Bob Ray"
    assert phrases.resolve(tokens("the letter")).name == "letter"


def test_a_report_has_an_owner(phrases):
    row = tokens("Quist's latest claim of victory")
    assert phrases.possessor(row, 2)[0].name == "Vera Quist"
