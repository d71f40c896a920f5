"""VADER's numbers with each word judged among its neighbours: the same to the last bit, in linear time."""

from hypothesis import given, settings
from hypothesis import strategies as st
from vaderSentiment import vaderSentiment

from usru.analysis.tone import _vader

VADER = vaderSentiment.SentimentIntensityAnalyzer()

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
