"""Contractions before adjectives, for each list."""

from usru.analysis import tone
from usru.analysis.tone import negation


def test_every_contraction_is_tried_before_every_adjective_that_counts():
    found = negation.contracted("textblob")
    assert len(found) == len(negation.CONTRACTIONS) * found["adjective"].nunique()
    assert len(set(negation.CONTRACTIONS)) == len(negation.CONTRACTIONS)
    assert {"isn't", "isn’t", "can't", "won’t", "cannot"} <= set(negation.CONTRACTIONS)
    assert found["plain"].gt(0).any()
    assert found["plain"].lt(0).any()


def test_vader_hears_straight_apostrophes_only():
    found = negation.contracted("vader")
    curly = found["contraction"].str.contains("’")
    assert found.loc[curly, "ignored"].all()
    assert not found.loc[~curly & found["contraction"].isin(["isn't", "don't", "cannot"]), "ignored"].any()  # fmt: skip


def test_a_list_that_negates_everything_ignores_nothing(monkeypatch):
    def hears(text: str) -> float:
        return -0.5 if " " in text else 0.5

    one = tone.instruments.Instrument("mine", "", "", hears)
    monkeypatch.setitem(tone.INSTRUMENTS, "mine", one)
    found = negation.contracted("mine")
    assert not found["ignored"].any()
    assert found["negated"].eq(-0.5).all()
