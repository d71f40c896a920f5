"""The published lists: the libraries' own numbers; and of all lists the defects that are known."""

import math
import re
import time

import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from nrclex import NRCLex
from samples import sentences
from textblob import TextBlob
from vaderSentiment import vaderSentiment

from usru.analysis import tone

VADER = vaderSentiment.SentimentIntensityAnalyzer()


def nrc(text: str) -> float:
    """The library's counts, as a share of the words; without possessives and contractions."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    lexicon = NRCLex()
    lexicon.load_token_list(words)
    counts = lexicon.raw_emotion_scores
    return (counts.get("positive", 0) - counts.get("negative", 0)) / (len(words) or 1)


LIBRARY = {
    "textblob": lambda text: TextBlob(text).sentiment.polarity,
    "vader": lambda text: VADER.polarity_scores(text)["compound"],
    "nrc": lambda text: nrc(re.sub(r"['’]s\b", "", text)),
}
NAMES = list(LIBRARY)


def frame(*texts: object) -> pd.DataFrame:
    return pd.DataFrame({"text": pd.Series(texts, dtype="object")})


def one(text: str, name: str = "textblob") -> float:
    return tone.score(frame(text), name)["polarity"].iloc[0]


def same(found: float, library: float) -> bool:
    """To the last bit, and missing only where the library finds nothing."""
    return found == library or (math.isnan(found) and library == 0)


# Scores ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["textblob", "vader"])
def test_the_corpus_gets_the_numbers_of_the_library(corpus, name):
    for table in (corpus.sentences, corpus.blocks):
        found = tone.score(table, name)["polarity"]
        assert all(map(same, found, table["text"].map(LIBRARY[name])))


def test_subjectivity_is_textblobs_own(corpus):
    table = corpus.sentences.head(40)
    found = tone.score(table)["subjectivity"]
    assert found.tolist() == [TextBlob(text).sentiment.subjectivity for text in table["text"]]
    assert "subjectivity" not in tone.score(table, "vader")


def test_the_third_list_counts_as_its_library_does(corpus):
    contracted = corpus.sentences["text"].str.contains("['’](?!s\\b)\\w")
    table = corpus.sentences[~contracted]
    found = tone.score(table, "nrc")["polarity"]
    assert found.tolist() == table["text"].map(LIBRARY["nrc"]).tolist()


@pytest.mark.parametrize("name", ["textblob", "vader"])
@given(text=sentences)
@example(text="good bad good but good bad good good but war")
@example(text="kind of kind but to die for the kiss of death")
def test_any_text_gets_the_numbers_of_the_library(name, text):
    assert same(one(text, name), LIBRARY[name](text))


@pytest.mark.parametrize(("text", "name"), [(":)", "textblob"), ("😁", "vader"), (":)", "vader")])
def test_what_has_no_letter_is_scored_where_something_is_found(text, name):
    assert one(text, name) > 0


@pytest.mark.parametrize("name", NAMES)
def test_words_of_which_none_counts_score_zero(name):
    assert one("They met on Thursday.", name) == 0


@pytest.mark.parametrize("name", NAMES)
def test_a_long_text_without_a_full_stop_takes_seconds(name):
    text = "the talks were not very good and war is bad but hope for great success grows, " * 3000
    start = time.perf_counter()
    one(text, name)
    assert time.perf_counter() - start < 5


# What a score should do ------------------------------------------------------------------------

words = st.sampled_from(["good", "great", "awful", "bad", "talks", "the", "hope", "war", "not"])
plain = st.lists(words, min_size=1, max_size=8).map(" ".join)


@given(plain, st.integers(0, 5))
def test_a_shout_never_moves_vader_toward_zero(text, shouts):
    quiet, loud = one(text + "!" * shouts, "vader"), one(text + "!" * (shouts + 1), "vader")
    assert abs(loud) >= abs(quiet)
    assert loud * quiet >= 0


@pytest.mark.parametrize("name", ["textblob", "vader"])
@pytest.mark.parametrize("word", ["good", "great", "happy", "bad", "terrible", "sad"])
def test_very_makes_a_word_no_weaker(name, word):
    bare, much = one(f"It is {word}.", name), one(f"It is very {word}.", name)
    assert abs(much) >= abs(bare) > 0
    assert much * bare > 0


@given(plain, st.sampled_from(["good", "hope"]))
def test_a_positive_word_never_lowers_the_net_count(text, word):
    counts = [round(one(t, "nrc") * len(t.split())) for t in (text, f"{text} {word}")]
    assert counts[1] == counts[0] + 1


# Defects ---------------------------------------------------------------------------------------

KNOWN = [(name, defect) for name in tone.INSTRUMENTS for defect in tone.INSTRUMENTS[name].defects]


@pytest.mark.parametrize(("name", "defect"), KNOWN, ids=[f"{n}-{d.name}" for n, d in KNOWN])
def test_a_defect_is_still_there(name, defect):
    """When a library mends one, this fails and the list is shortened."""
    assert one(defect.example, name) == pytest.approx(defect.polarity)
    assert re.search(defect.pattern, defect.example)
