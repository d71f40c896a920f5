"""TextBlob's tokens and numbers without its tokenizer: the same to the last bit, in linear time."""

import itertools

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from textblob import _text
from textblob.en import sentiment

from usru.analysis.tone import _textblob

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
