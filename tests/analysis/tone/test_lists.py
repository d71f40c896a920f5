"""The published lists: the libraries' own numbers; and of all lists the defects that are known."""

import itertools
import math
import re
import time

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from nrclex import NRCLex
from samples import sentences
from textblob import TextBlob, _text
from textblob.en import sentiment
from vaderSentiment import vaderSentiment

from usru.analysis import tone
from usru.analysis.tone import _textblob, _vader

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


# What the rules of TextBlob turn on, in one piece and over several.
LISTED = st.sampled_from(sorted(sentiment.keys()))
MARKS = st.sampled_from(
    [*"aAbBcDoOpPsSxX8_ 3M'\"“”‘’°♥İΣ|", *_text.PUNCTUATION, "\n\n", "\r\n\r\n", " \n", "\u2028"]
)
WORDS = st.sampled_from(
    ["not", "no", "never", "n't", "isn't", "very", "really", "VERY", "good", "bad", "the", "of", "a",
     "(!)", "( ! )", "!", "...", "....", "U.S.", "Mr.", "M|.", "w/", _text.EOS]
)  # fmt: skip
EMOTICONS = st.sampled_from(sorted(itertools.chain(*_text.EMOTICONS.values())))
PARTS = LISTED | MARKS | WORDS | EMOTICONS | st.sampled_from(sorted(_text.ABBREVIATIONS))


@settings(max_examples=400)
@given(st.lists(PARTS, max_size=16), st.sampled_from(["", " "]))
@example(["END-OF-SENTENCE :", "END-OF-SENTENCE", ")"], " ")
@example([":", "\n\n", ")"], " ")
@example(["in (2008) and (8)"], "")
@example([":- .“foo. Really not. Really no good"], "")
@example(["M|.|. Bd.. U.S..., w/."], "")
def test_textblobs_tokens_and_numbers_are_those_of_the_library(parts, gap):
    text = gap.join(parts)
    assert _textblob.tokens(text) == " ".join(sentiment.tokenizer(text)).split()
    assert repr(_textblob.score(text)) == repr(tuple(sentiment(text)))


@pytest.mark.parametrize("sign", ["_", "-", "(", "[", ".", "!", "|", "'", "._", "a.", ":)", "Ab|."])
def test_a_run_of_signs_takes_time_in_proportion(sign):
    """The library would need a minute for these."""
    for text in (sign * 12, "Good " + sign * 12 + "bad" + sign * 12):
        assert _textblob.score(text) == tuple(sentiment(text))
    _textblob.score("Good " + sign * 200_000 + "bad" + sign * 200_000)


def test_no_listed_word_denies():
    """Otherwise a word would do two things to the next one."""
    assert set(sentiment.negations).isdisjoint(sentiment.keys())


def test_few_pieces_are_kept(monkeypatch):
    monkeypatch.setattr(_textblob, "_KEPT", 50)
    for number in range(200):
        assert _textblob.score(f"Good talks with number{number}.")[0] == 0.7
    assert sum(map(len, _textblob._pieces())) < 100


# What the rules of VADER turn on.
RATED = st.sampled_from(sorted(VADER.lexicon))
TURNING = st.sampled_from(
    [*vaderSentiment.NEGATE, *vaderSentiment.BOOSTER_DICT, *vaderSentiment.SPECIAL_CASES]
)
AROUND = st.sampled_from(
    ["no", "or", "nor", "least", "at", "very", "so", "this", "doubt", "kind", "of", "the", "but",
     "But", "NATO", "met", "(town),", "!", "?", "??", "“", "\n", *sorted(VADER.emojis)[:40]]
)  # fmt: skip
SHOUTED = (RATED | TURNING).map(str.upper)


@settings(max_examples=400)
@given(
    st.lists(RATED | TURNING | AROUND | AROUND | SHOUTED, max_size=16), st.sampled_from(["", " "])
)
def test_vaders_number_is_that_of_the_library(parts, gap):
    text = gap.join(parts)
    assert repr(_vader.score(text)) == repr(float(VADER.polarity_scores(text)["compound"]))


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
