"""Scores of frames, the reasons for them, and the counts of known defects."""

import html
import math
import re

import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from samples import sentences
from vaderSentiment import vaderSentiment

from usru.analysis import tone
from usru.errors import InputError

NAMES = list(tone.INSTRUMENTS)


def frame(*texts: object) -> pd.DataFrame:
    return pd.DataFrame({"text": pd.Series(texts, dtype="object")})


def one(text: str, name: str = "textblob") -> float:
    return tone.score(frame(text), name)["polarity"].iloc[0]


# Scores ----------------------------------------------------------------------------------------


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


# Reasons ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name in NAMES if tone.INSTRUMENTS[name].explainer])
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
    assert "<sup>−2.5</sup>" in shown
    bare = re.sub("<sup>.*?</sup>|<br>.*|<.*?>", "", shown)
    assert "<sup>−0.35 (not)</sup>" in tone.explain("Not good.")._repr_html_()
    assert html.unescape(bare) == "<b> good </b> & bad “hope”"


def test_the_plain_form_says_the_same():
    shown = repr(tone.explain("Not a good day, a bad one."))
    assert "good −0.35 (not)" in shown
    assert "divided by words that count, 2: −0.525" in shown
    assert "no word counts" in repr(tone.explain("They met."))


# Defects ---------------------------------------------------------------------------------------


def test_defects_are_counted_by_row():
    found = tone.defects(frame("It isn't. It wasn't.", "They can’t.", "They met.", None))
    row = found.set_index("defect").loc["contraction"]
    assert (row["rows"], row["share"]) == (2, 2 / 3)
