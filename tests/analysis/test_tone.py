"""Tone: the instruments' own numbers, the reasons for them, and what is made of them."""

import html
import math
import re
import time
from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from nrclex import NRCLex
from textblob import TextBlob
from vaderSentiment import vaderSentiment

from usru.analysis import tone
from usru.errors import InputError

VADER = vaderSentiment.SentimentIntensityAnalyzer()
NAMES = list(tone.INSTRUMENTS)


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


def frame(*texts: object) -> pd.DataFrame:
    return pd.DataFrame({"text": pd.Series(texts, dtype="object")})


def one(text: str, name: str = "textblob") -> float:
    return tone.score(frame(text), name)["polarity"].iloc[0]


def same(found: float, library: float) -> bool:
    """To the last bit, and missing only where the library finds nothing."""
    return found == library or (math.isnan(found) and library == 0)


# What the rules turn on, so that generated sentences meet them.
PARTS = [
    "good", "great", "bad", "war", "kind", "of", "no", "not", "isn't", "isn’t", "never", "so",
    "without", "doubt", "least", "at", "very", "GOOD", "NOT", "but", "BUT", "or", "nor", "the",
    "really", "to", "die", "for", "kiss", "death", "sort", "talks", "Russia's", "peace—and", "!",
    "!!!", "?", "??", "(!)", "( ! )", ":)", ":-(", "😁", "a😁b", "мир", "和平", "...", "“hope”",
    "\n\n", "\u2028", "İ", "ΟΔΟΣ", "U.S.", "", " ",
]  # fmt: skip
sentences = st.one_of(
    st.lists(st.sampled_from(PARTS), max_size=25).map(" ".join),
    st.lists(st.sampled_from(PARTS), max_size=8).map("".join),
    st.text(max_size=60),
)


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


@pytest.mark.parametrize("name", NAMES)
def test_scores_are_within_bounds_or_missing(name):
    @given(st.lists(sentences, max_size=4))
    def law(texts):
        found = tone.score(frame(*texts), name)
        assert found["polarity"].dropna().between(-1, 1).all()
        if "subjectivity" in found:
            assert found["subjectivity"].dropna().between(0, 1).all()
            assert (found["subjectivity"].isna() == found["polarity"].isna()).all()

    law()


@pytest.mark.parametrize(
    "text", [None, float("nan"), pd.NA, "", " \n\t", "* * *", "2017", "…", "“”", "Мир и дружба", "和平", "\u200b"]
)  # fmt: skip
@pytest.mark.parametrize("name", NAMES)
def test_where_there_is_nothing_to_score_the_score_is_missing(text, name):
    assert math.isnan(tone.score(frame(text), name)["polarity"].iloc[0])


@pytest.mark.parametrize(("text", "name"), [(":)", "textblob"), ("😁", "vader"), (":)", "vader")])
def test_what_has_no_letter_is_scored_where_something_is_found(text, name):
    assert one(text, name) > 0


@pytest.mark.parametrize("name", NAMES)
def test_words_of_which_none_counts_score_zero(name):
    assert one("They met on Thursday.", name) == 0


def test_rows_and_index_are_kept_and_the_input_is_not_changed():
    given = frame("A good day.", None, "A bad day.", "A good day.").set_index(
        pd.Index(list("zyyx"))
    )
    before = given.copy()
    found = tone.score(given)
    assert found.index.tolist() == list("zyyx")
    assert found["text"].tolist()[::2] == ["A good day.", "A bad day."]
    assert found["polarity"].iloc[0] == found["polarity"].iloc[3] > 0 > found["polarity"].iloc[2]
    pd.testing.assert_frame_equal(given, before)


@pytest.mark.parametrize("name", NAMES)
def test_no_rows_no_scores(name):
    found = tone.score(frame(), name)
    assert found.empty
    assert found["polarity"].dtype == "float64"
    assert tone.defects(frame(), name)["share"].isna().all()


def test_each_instrument_gets_its_column():
    found = tone.score_each(frame("Good talks."), ["vader", "nrc"])
    assert list(found) == ["text", "vader", "nrc"]
    assert found["vader"].iloc[0] == one("Good talks.", "vader")


@pytest.mark.parametrize("call", [tone.score, tone.defects])
def test_a_table_that_cannot_be_scored_is_refused(call):
    with pytest.raises(InputError, match="no column 'text'"):
        call(pd.DataFrame({"words": []}))
    with pytest.raises(InputError, match=r"row 1: its text is int.*turn it into one"):
        call(frame("Good.", 7))
    with pytest.raises(InputError, match=r"bytes"):
        call(frame(b"Good."))
    with pytest.raises(InputError, match=r"'lsd'.*textblob, vader, nrc.*INSTRUMENTS\['lsd'\] ="):
        call(frame("Good."), "lsd")


def test_an_instrument_is_added_with_one_function(monkeypatch):
    added = tone.Instrument(
        "shout", "Shouting", "nobody (2017)", lambda t: (float("!" in t), np.nan)
    )
    monkeypatch.setitem(tone.INSTRUMENTS, "shout", added)
    assert one("Stop!", "shout") == 1
    assert tone.defects(frame("Stop!"), "shout").empty
    with pytest.raises(InputError, match="cannot say why"):
        tone.explain("Stop!", "shout")


@pytest.mark.parametrize("name", NAMES)
def test_a_long_text_without_a_full_stop_takes_time_in_proportion(name):
    text = "the talks were not very good and war is bad but hope for great success grows, " * 3000
    start = time.perf_counter()
    one(text, name)
    assert time.perf_counter() - start < 5  # the plain loop of VADER takes minutes


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


# Reasons ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
@given(text=sentences)
@example(text="a “very” good :-) ( ! ) talk 😁😁 but END-OF-SENTENCE, isn't it!!")
def test_the_reasons_add_up_to_the_score(name, text):
    found, number = tone.explain(text, name), one(text, name)
    weights, steps = found.terms["weight"], [after for _, after in found.steps]
    assert found.score == number or (math.isnan(found.score) and math.isnan(number))
    assert steps[0] == sum(weights)
    if name == "textblob":
        assert steps[-1] == sum(weights) / (len(weights) or 1)
    elif name == "vader":
        assert steps[-1] == round(vaderSentiment.normalize(steps[-3]), 4)
    assert all(text[term.start : term.end] == term.text for term in found.terms.itertuples())
    assert found.terms["start"].is_monotonic_increasing


def test_the_reasons_name_negations_and_modifiers():
    term = tone.explain("It was not a really good start.").terms.iloc[0]
    assert (term["text"], term["negated"], term["modifiers"]) == ("good", True, "not really")
    assert -0.7 < term["weight"] < 0 < term["base"]
    table = tone.explain("Never bad, but VERY GOOD!!", "vader").terms.set_index("text")
    assert table.loc["bad", ["negated", "modifiers"]].tolist() == [True, "never but"]
    assert table.loc["GOOD", ["negated", "modifiers"]].tolist() == [False, "very capitals but"]


def test_only_a_string_has_reasons():
    with pytest.raises(InputError, match="the text to explain: it is NoneType"):
        tone.explain(None)


def test_emoji_are_reasons_where_they_stand():
    found = tone.explain(" Talks went 😁 well", "vader").terms
    assert "😁" in found["text"].tolist()
    assert found["start"].iloc[0] == 12


def test_the_marks_are_read_without_colour_and_escaped():
    shown = tone.explain("<b> good </b> & bad “hope”", "vader")._repr_html_()
    assert "<b>" not in shown
    assert "color" not in shown
    assert "underline solid" in shown
    assert "underline dashed" in shown
    assert "<sup>-2.5</sup>" in shown
    bare = re.sub("<sup>.*?</sup>|<br>.*|<.*?>", "", shown)
    assert "<sup>-0.35 (not)</sup>" in tone.explain("Not good.")._repr_html_()
    assert html.unescape(bare) == "<b> good </b> & bad “hope”"


def test_the_plain_form_says_the_same():
    shown = repr(tone.explain("Not a good day, a bad one."))
    assert "good -0.35 (not)" in shown
    assert "divided by words that count, 2: -0.525" in shown
    assert "no word counts" in repr(tone.explain("They met."))


# Defects ---------------------------------------------------------------------------------------

KNOWN = [(name, defect) for name in NAMES for defect in tone.INSTRUMENTS[name].defects]


@pytest.mark.parametrize(("name", "defect"), KNOWN, ids=[f"{n}-{d.name}" for n, d in KNOWN])
def test_a_defect_is_still_there(name, defect):
    """When a library mends one, this fails and the list is shortened."""
    assert one(defect.example, name) == pytest.approx(defect.scored)
    assert defect.pattern.search(defect.example)


def test_defects_are_counted_by_row():
    found = tone.defects(frame("It isn't. It wasn't.", "They can’t.", "They met.", None))
    row = found.set_index("defect").loc["contraction"]
    assert (row["rows"], row["share"]) == (2, 2 / 3)


# Means -----------------------------------------------------------------------------------------

SCORED = pd.DataFrame(
    {
        "doc_id": ["a", "a", "a", "b", "b"],
        "block": [0, 0, 1, 0, 0],
        "speaker": ["x", "y", "x", "x", None],
        "words": [10, 30, 20, 5, 15],
        "polarity": [0.5, -0.1, 0.2, np.nan, 0.4],
    }
)


def test_means_worked_out_by_hand():
    found = tone.aggregate(SCORED, "doc_id").set_index("doc_id")
    assert found.loc["a", "polarity"] == pytest.approx((5 - 3 + 4) / 60)
    assert found.loc["b", ["sentences", "words", "unscored", "polarity"]].tolist() == [
        1,
        15,
        1,
        0.4,
    ]
    assert found.loc["a", "low"] < found.loc["a", "polarity"] < found.loc["a", "high"]
    assert found.loc["b", ["low", "high"]].tolist() == [0.4, 0.4]
    equal = tone.aggregate(SCORED, "doc_id", weights=None)["polarity"]
    assert equal.tolist() == pytest.approx([0.2, 0.4])


def test_means_of_any_columns():
    found = tone.aggregate(SCORED, ["doc_id", "block"])
    assert found[["doc_id", "block"]].to_numpy().tolist() == [["a", 0], ["a", 1], ["b", 0]]
    assert found["polarity"].tolist() == pytest.approx([2 / 40, 0.2, 0.4])
    by_speaker = tone.aggregate(SCORED, "speaker")
    assert by_speaker["speaker"].tolist() == ["x", "y"]
    assert by_speaker["unscored"].tolist() == [1, 0]


def test_the_mean_of_a_story_is_that_of_its_paragraphs():
    paragraphs = tone.aggregate(SCORED, ["doc_id", "block"])
    assert tone.aggregate(paragraphs, "doc_id")["polarity"].tolist() == pytest.approx(
        tone.aggregate(SCORED, "doc_id")["polarity"].tolist()
    )


def test_words_are_counted_where_they_are_not_given(corpus):
    table = corpus.sentences.assign(polarity=0.0)
    counted = tone.aggregate(table, "doc_id")
    assert counted["words"].sum() == table["text"].str.split().str.len().sum()
    assert tone.aggregate(table.head(0), "doc_id").empty


def test_a_seed_repeats_a_mean():
    table = comparison(0.1)
    found = tone.aggregate(table, "meeting", value="vader")
    pd.testing.assert_frame_equal(found, tone.aggregate(table, "meeting", value="vader"))
    assert not found.equals(tone.aggregate(table, "meeting", value="vader", seed=1))


def test_a_missing_column_is_named():
    with pytest.raises(InputError, match=r"no column 'outlet'; add it, or name one of doc_id"):
        tone.aggregate(SCORED, "outlet")


# Comparisons -----------------------------------------------------------------------------------


def comparison(gap: float, n: int = 40) -> pd.DataFrame:
    rng = np.random.default_rng(7)
    meeting = np.repeat(["bonn", "manila"], n)
    return pd.DataFrame(
        {
            "doc_id": np.where(np.arange(2 * n) % 2, "1-", "2-") + meeting.astype(object),
            "block": np.arange(2 * n) // 4,
            "meeting": meeting,
            "voice": rng.choice(["narration", "quotation"], 2 * n),
            "shared": rng.random(2 * n) < 0.1,
            "words": rng.integers(5, 40, 2 * n),
            "vader": (rng.normal(scale=0.1, size=2 * n) + gap * (meeting == "bonn")).round(2),
        }
    )


@pytest.fixture(scope="module")
def apart() -> pd.DataFrame:
    return tone.specifications(comparison(0.4), "meeting", "bonn", "manila")


def test_every_combination_stands_once(apart):
    assert len(apart) == 2 * 2 * 3 * 2 * 2
    combinations = set(apart[["instrument", *tone.CHOICES]].itertuples(index=False, name=None))
    assert combinations == set(product(["vader"], *tone.CHOICES.values()))
    assert (apart["low"] <= apart["estimate"]).all()
    assert (apart["estimate"] <= apart["high"]).all()


def test_specifications_worked_out_by_hand():
    table = pd.DataFrame(
        {
            "doc_id": ["a", "a", "a", "b", "b"],
            "block": [0, 0, 1, 0, 1],
            "meeting": ["bonn"] * 3 + ["manila"] * 2,
            "voice": ["narration", "quotation", "narration", "narration", "quotation"],
            "shared": [False, False, True, False, False],
            "words": [10, 30, 20, 10, 10],
            "nrc": [0.4, 0.0, 0.1, 0.2, np.nan],
        }
    )
    found = tone.specifications(table, "meeting", "bonn", "manila")
    found = found.set_index(list(tone.CHOICES))["estimate"]
    assert found["sentence", "words", "all", "in", "in"] == pytest.approx(6 / 60 - 0.2)
    assert found["sentence", "equal", "all", "in", "in"] == pytest.approx(0.5 / 3 - 0.2)
    assert found["sentence", "equal", "all", "in", "out"] == pytest.approx(0.25 - 0.2)
    assert found["sentence", "equal", "all", "once", "in"] == pytest.approx(0.2 - 0.2)
    assert found["sentence", "equal", "narration", "in", "in"] == pytest.approx(0.25 - 0.2)
    assert found["paragraph", "equal", "all", "in", "in"] == pytest.approx((0.1 + 0.1) / 2 - 0.2)
    assert math.isnan(found["sentence", "words", "quotation", "in", "in"])


def test_a_clear_difference_is_carried_and_none_is_not(apart):
    clear = tone.verdict(apart)
    assert clear == (48, 1.0, pytest.approx(0.4, abs=0.05), 48, True)
    assert apart["same_sign"].all()
    none = tone.verdict(tone.specifications(comparison(0.0), "meeting", "bonn", "manila"))
    assert not none.carried
    assert none.same_sign < 1 or none.excluding_zero < 24


def test_a_comparison_turns_with_its_groups(apart):
    turned = tone.specifications(comparison(0.4), "meeting", "manila", "bonn")
    assert turned["estimate"].tolist() == pytest.approx((-apart["estimate"]).tolist())
    assert tone.verdict(turned).excluding_zero == 48


@pytest.mark.parametrize(
    ("ends", "carried"),
    [
        ([(0.2, 0.1, 0.3), (0.1, -0.1, 0.3)], True),
        ([(0.2, 0.1, 0.3), (0.1, -0.1, 0.3), (0.1, -0.1, 0.3)], False),
        ([(0.2, 0.1, 0.3), (0.2, 0.1, 0.3), (-0.1, -0.3, 0.1)], False),
        ([(-0.2, -0.3, -0.1), (np.nan, np.nan, np.nan)], True),
        ([(0.0, 0.0, 0.0)], False),
        ([], False),
    ],
    ids=["half", "less-than-half", "a-turned-sign", "one-not-computed", "zero", "none"],
)
def test_the_rule_for_what_is_carried(ends, carried):
    assert tone.verdict(pd.DataFrame(ends, columns=["estimate", "low", "high"])).carried is carried


def test_a_comparison_without_its_columns_or_groups_is_refused():
    with pytest.raises(InputError, match="no column 'voice'"):
        tone.specifications(comparison(0).drop(columns="voice"), "meeting", "bonn", "manila")
    with pytest.raises(InputError, match=r"no row is of 'moscow'; compare two of bonn, manila"):
        tone.specifications(comparison(0), "meeting", "bonn", "moscow")


# Contrasts -------------------------------------------------------------------------------------

FOUR = pd.DataFrame(
    {
        "who": ["a", "a", "b", "b", "c"],
        "shared": False,
        "words": 1,
        "vader": [0.5, 0.4, 0.1, 0.0, 0.9],
        "nrc": [0.1, 0.0, 0.1, 0.0, np.nan],
    }
)


def test_a_contrast_worked_out_by_hand():
    """Of the six ways to label four sentences two are as far apart; all of a are above all of b."""
    row = tone.contrasts(FOUR, [("who", "a", "b")], ["vader"]).iloc[0]
    assert row[["instrument", "first", "second"]].tolist() == ["vader", "a", "b"]
    assert row[["n_first", "n_second"]].tolist() == [2, 2]
    assert row["difference"] == pytest.approx(0.4)
    assert row["pvalue"] == row["holm"] == pytest.approx(2 / 6)
    assert row["delta"] == 1


def test_a_contrast_weighs_sentences_by_their_words():
    table = FOUR.assign(words=[3, 1, 1, 1, 1])
    row = tone.contrasts(table, [("who", "a", "b")], ["vader"]).iloc[0]
    assert row["difference"] == pytest.approx((3 * 0.5 + 0.4) / 4 - 0.05)


def test_contrasts_are_corrected_over_all_rows():
    pairs = [("who", "a", "b"), ("who", "b", "a")]
    found = tone.contrasts(FOUR, pairs)
    assert found["instrument"].tolist() == ["vader", "nrc"] * 2
    assert found["pvalue"].tolist() == pytest.approx([1 / 3, 1, 1 / 3, 1])
    assert found["holm"].tolist() == pytest.approx([1, 1, 1, 1])
    assert found["delta"].tolist() == [1, 0, -1, 0]
    many = comparison(0.4).assign(nrc=0.0)
    twice = tone.contrasts(many, [("meeting", "bonn", "manila")])
    assert twice["holm"].tolist() == pytest.approx([2 * twice["pvalue"][0], 1])


def test_a_contrast_leaves_out_what_was_told_before():
    shared = FOUR.assign(shared=[True, False, False, False, False])
    row = tone.contrasts(shared, [("who", "a", "b")], ["vader"]).iloc[0]
    assert row[["n_first", "n_second"]].tolist() == [1, 2]
    assert row["difference"] == pytest.approx(0.4 - 0.05)
    assert row["pvalue"] == pytest.approx(1 / 3)


def test_a_group_without_a_sentence_has_no_contrast():
    found = tone.contrasts(FOUR, [("who", "a", "nobody"), ("who", "a", "c")])
    missing = found.drop(1 + 1)  # a and c have a sentence each by VADER
    assert missing[["difference", "pvalue", "holm", "delta"]].isna().all(axis=None)
    assert found.loc[2, ["n_first", "n_second"]].tolist() == [2, 1]
    assert tone.contrasts(FOUR, []).empty


def test_a_seed_repeats_a_contrast():
    pairs = [("meeting", "bonn", "manila")]
    found = tone.contrasts(comparison(0.01), pairs)
    pd.testing.assert_frame_equal(found, tone.contrasts(comparison(0.01), pairs))
    assert not found.equals(tone.contrasts(comparison(0.01), pairs, seed=1))


@pytest.mark.parametrize("column", ["who", "shared", "words"])
def test_a_contrast_without_its_column_is_refused(column):
    with pytest.raises(InputError, match=f"no column '{column}'"):
        tone.contrasts(FOUR.drop(columns=column), [("who", "a", "b")])
    with pytest.raises(InputError, match="no column 'lsd'"):
        tone.contrasts(FOUR, [("who", "a", "b")], ["lsd"])
