"""Every sentence of claims and figures is right English, also where there is nothing, one or two."""

import functools
from importlib import import_module

import pytest
from few import STORIES, Few
from grammar import faults, ids

from usru.figures import FIGURES
from usru.study import findings

for subject in findings.SUBJECTS:
    import_module(f"usru.study.findings.{subject}")

CALM = "The boats waited for the tide all morning while the crews mended their nets in the harbour."
SAID = "The boats will sail at noon, said Ann Smith. “The wind has turned and the sea is calm,” she said on Monday."

RIGHT = [
    "21 stories are on 101 topics.",
    "1 of 5 stories is on 1 topic.",
    "2011 are the words, 1,001 pages the source.",
    "In 1 story of 2 the words are few.",
    "0 stories and 1 comment are on it.",
    "1 to 3 days, 0 to 1 day, 1 other day.",
    "By 3 word lists and 12 other instruments.",
    "An F1 of 0.1 and p = 1.00 are little: 1.5 stories, 54% is more, −0.5 is less.",
    "The mean of 2 stories is +0.20 (n = 1), on a scale from −2 to +2.",
    "2 quotations, 1 of them repeated, are his.",
    "The page of 2019-08-15 had had that that had 4-grams, 1 is enough.",
    "None of them is, and in none of them does it appear; their names: none.",
    "“1 stories are are” (nav), “Why?”",
    "4 passages are the same, 2 word for word.",
    "1 language model has read 2 shared passages.",
    "Of 1 paragraph, 0 are read.",
]

WRONG = {
    "1 stories": "1 stories appear.",
    "1 shared passages": "There are 1 shared passages.",
    "0 story": "There is 0 story.",
    "20 comment": "20 comment appear.",
    "2 other word list": "By 2 other word list it is so.",
    "1 are": "Of 5, 1 are.",
    "1 of them are": "1 of them are here.",
    "and 1 are": "2 look back and 1 are ahead.",
    "1 of the 5 stories are": "1 of the 5 stories are here.",
    "1 of 5 stories are": "1 of 5 stories are here.",
    "1 story have": "1 story have words.",
    "2 stories is": "Here, 2 stories is all.",
    "0 is": "4 are here and 0 is there.",
    "3 of 5 is": "3 of 5 is here.",
    "all 1": "In all 1 story it is so.",
    "Both 0": "Both 0 stories have it.",
    "-0": "From -0.5 to 1.",
    "two spaces": "Two  words.",
    "\\s,": "A word , and one.",
    "nan": "The mean is nan.",
    "None": "It is None.",
    "“none”": "He says “none”.",
    "in none": "It is in none.",
    "nothing between": "It is in ().",
    "“”": "He said “”.",
    "the the": "In the the story.",
    "underscore": "On north_korea.",
    "no beginning": "a story.",
    "no full stop": "A story",
}


@pytest.mark.parametrize("text", RIGHT)
def test_right_english_has_no_fault(text):
    assert faults(text) == []


@pytest.mark.parametrize("text", WRONG.values(), ids=[*WRONG])
def test_wrong_english_has_one_fault(text):
    assert len(faults(text)) == 1


def test_a_title_has_no_full_stop():
    assert faults("Sanctions split Manila", sentence=False) == []
    assert len(faults("Sanctions split Manila.", sentence=False)) == 1


def test_an_id_is_none_of_the_words_of_people(corpus):
    known = ids(corpus)
    for id in ("bonn-sputnik-thaw", "bonn", "north_korea", "bilateral", "textblob", "nav"):
        assert id in known
        assert f"an id: {id!r}" in faults(f"The id is {id}, as here.", known)
    for text in (
        "Retaliation in Bonn is on the press and TextBlob.",
        "In Bonn the word is “bonn”.",
    ):
        assert faults(text, known) == []
    assert "an id: 'bonn-sputnik-thaw'" in faults("In “bonn-sputnik-thaw”.", known)


# Every claim, of the study and of corpora with few things ------------------------------

FRAMES = {
    "acts": "voices-4 voices-13 voices-15 voices-16 voices-17 voices-18",
    "coded_clauses": "timeline-7 voices-2 voices-6 voices-11 voices-12 voices-14 explorer",
    "coded_topics": "timeline-1 topics tone-11 voices-10",
    "comments": "corpus-2 voices-9 tone-7",
    "dates": "timeline",
    "events": "timeline-1",
    "mentions": "timeline-1",
    "quotations": "voices-1 voices-2 voices-4 voices-5 voices-8 voices-10",
    "reused": "topics-8 voices-3 voices-7 voices-9",
    "topics": "topics",
    "valence": "tone-2 tone-3 tone-8 tone-9 tone-10 tone-11 tone-12 tone-13",
}
"""Frames, and the claims that count their rows."""

FEW = {name: {"doc_ids": kept} for name, kept in STORIES.items()} | {
    str(n): dict.fromkeys(FRAMES, n) for n in (0, 1, 2)
}
"""Corpora with few stories, or with that many rows of each frame."""

PAGES = {
    "calm": {"page-one": f"A calm day\n\n{CALM}\n"},
    "said": {"page-one": f"A talk\n\n{SAID}\n"},
    "both": {"page-one": f"A calm day\n\n{CALM}\n", "page-two": f"A talk\n\n{SAID}\n"},
}


@pytest.fixture(scope="module")
def few(corpus):
    """A function from a name of `FEW` to its corpus, which claims and figures share."""
    return functools.cache(lambda name: Few(corpus, **FEW[name]))


def wrong_claims(corpus, of=(*findings.FINDINGS,)):
    """What is wrong with the claims about a corpus, of subjects or by their ids."""
    chosen = [id for id in findings.FINDINGS if id in of or id.rpartition("-")[0] in of]
    assert chosen
    known = ids(corpus)
    told = {id: findings.show(id, corpus).sentence for id in chosen}
    return {id: (found, text) for id, text in told.items() if (found := faults(text, known))}


def test_every_claim_of_the_study_is_right_english(corpus):
    assert wrong_claims(corpus) == {}


@pytest.mark.parametrize("name", [*STORIES, "0", "2"])
def test_claims_about_few_stories_or_things_are_right_english(few, name):
    assert wrong_claims(few(name)) == {}


@pytest.mark.parametrize("frame", FRAMES)
def test_claims_about_one_thing_are_right_english(corpus, frame):
    assert wrong_claims(Few(corpus, **{frame: 1}), FRAMES[frame].split()) == {}


@pytest.mark.parametrize("name", PAGES)
def test_claims_about_other_texts_are_right_english(corpus_of, name):
    assert wrong_claims(corpus_of(PAGES[name])) == {}


# Every figure ----------------------------------------------------------------------------


def told(figure, table):
    """What a figure says about a table: what that is, the words, and whether they are a sentence."""
    rows = table.dropna(subset=figure.needs) if figure.needs else table
    yield "title", figure.title, False
    if len(rows):
        yield "headline", figure.headline(rows), False
        yield "measured", figure.measured(rows), False
    yield "caption", figure.caption(table), True
    yield "alt", figure.alt(table), True


def wrong(figure, table, known):
    """What is wrong with what a figure says about a table."""
    return {
        what: (found, text)
        for what, text, sentence in told(figure, table)
        if (found := faults(text, known, sentence=sentence))
    }


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_of_the_study_speaks_right_english(corpus, name):
    figure = FIGURES[name]
    table, known = figure.tabulate(corpus), ids(corpus)
    for part in (table, *(table.head(n) for n in (0, 1, 2))):
        assert wrong(figure, part, known) == {}


def wrong_figures(corpus, known):
    """What is wrong with what the figures of a corpus say."""
    found = {name: wrong(one, one.tabulate(corpus), known) for name, one in FIGURES.items()}
    return {name: faults for name, faults in found.items() if faults}


@pytest.mark.parametrize("name", FEW)
def test_figures_of_few_stories_or_things_speak_right_english(few, name):
    assert wrong_figures(few(name), ids(few(name))) == {}


def test_figures_of_texts_of_ones_own_speak_right_english(own):
    assert wrong_figures(own, known=set()) == {}, "whose ids are words of their titles"
