"""What turns a word, and contractions before adjectives, for each list."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from usru.analysis import tone
from usru.analysis.tone import negation

TURNED = [
    # what is said, the word, and what turns it
    ("the envoy isn't happy", "happy", ("isn't",)),
    ("nobody praised the deal", "praised", ("nobody",)),
    ("they met without anger", "anger", ("without",)),
    ("he refused to support a good deal", "good", ("refused",)),
    ("she failed to win support", "support", ("failed",)),
    ("she lost their trust", "trust", ("lost",)),
    ("the armies stopped the fighting", "fighting", ("stopped",)),
    ("they put an end to the war", "war", ("end",)),
    # An ending without an object ends what is before it.
    ("the fighting stopped", "fighting", ("stopped",)),
    ("support for the premier fell in may", "support", ("fell",)),
    ("her approval hit a record low", "approval", ("low",)),
    ("crime hit a record low", "crime", ("low",)),
    # Two fallings are one, two denials are two.
    ("support fell to its lowest", "support", ("fell",)),
    ("they never stopped the fighting", "fighting", ("never", "stopped")),
]
NOT_TURNED = [
    ("they not only praised him", "praised", "more than praise is no denial"),
    ("there is no doubt that she is brave", "brave", "an idiom that affirms"),
    ("nothing but praise came", "praise", "an idiom that affirms"),
    ("the talks ended in anger", "anger", "what an ending ends in is there"),
    ("he stopped by to help", "help", "no ending"),
    ("the plan failed badly", "badly", "how it failed is no object"),
    ("he was not there , but happy", "happy", "another clause"),
    ("she praised the deal as prices fell", "praised", "another clause"),
    ("he did not say on that day whether it was good", "good", "too far away"),
    ("knots and notes are good", "good", "no negation in a word"),
]


def turned(text: str, word: str) -> tuple[str, ...]:
    tokens = text.split()
    return negation.turned_by(tokens)[tokens.index(word)]


@pytest.mark.parametrize(("text", "word", "by"), TURNED)
def test_a_denied_refused_or_ended_word_is_turned(text, word, by):
    assert turned(text, word) == by


@pytest.mark.parametrize(("text", "word", "reason"), NOT_TURNED)
def test_what_only_looks_like_a_negation_turns_nothing(text, word, reason):
    assert turned(text, word) == (), reason


@pytest.mark.parametrize("contraction", negation.CONTRACTIONS)
def test_every_contraction_turns(contraction):
    token = negation.plain(contraction)
    assert negation.turned_by([token, "good"]) == [(), (token,)]


@given(st.lists(st.sampled_from(["not", "ended", "good", "failed", "to", ",", "low", "in"])))
def test_every_token_is_answered_and_no_mark_is_crossed(tokens):
    found = negation.turned_by(tokens)
    assert len(found) == len(tokens)
    cut = [*tokens, ",", "not"]
    assert negation.turned_by(cut)[: len(tokens)] == negation.turned_by([*tokens, ","])[:-1]


def test_every_contraction_is_tried_before_every_adjective_that_counts():
    found = negation.contracted(tone.INSTRUMENTS["textblob"])
    assert len(found) == len(negation.CONTRACTIONS) * found["adjective"].nunique()
    assert len(set(negation.CONTRACTIONS)) == len(negation.CONTRACTIONS)
    assert {"isn't", "isn’t", "can't", "won’t", "cannot"} <= set(negation.CONTRACTIONS)
    assert found["plain"].gt(0).any()
    assert found["plain"].lt(0).any()


def test_vader_hears_straight_apostrophes_only():
    found = negation.contracted(tone.INSTRUMENTS["vader"])
    curly = found["contraction"].str.contains("’")
    assert found.loc[curly, "ignored"].all()
    assert not found.loc[~curly & found["contraction"].isin(["isn't", "don't", "cannot"]), "ignored"].any()  # fmt: skip


def test_the_news_list_hears_them_all():
    assert not negation.contracted(tone.INSTRUMENTS["news"])["ignored"].any()


def test_a_list_that_negates_everything_ignores_nothing():
    def hears(text: str) -> float:
        return -0.5 if " " in text else 0.5

    found = negation.contracted(tone.instruments.Instrument("mine", "", "", hears))
    assert not found["ignored"].any()
    assert found["negated"].eq(-0.5).all()
