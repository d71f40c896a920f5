"""Claims hold, or are shown as not holding and named at the end."""

import pytest

from usru.study import claims


def test_a_claim_that_fails_is_shown_as_such():
    shown = claims.claim("x-1", "Two is three.", holds=False)
    assert repr(shown).startswith("✗ does not hold")
    assert shown._repr_mimebundle_()[claims.MIME]["holds"] is False


def test_broken_claims_and_those_made_twice_are_named():
    good, bad = ({"id": "x-1", "sentence": "So it is.", "holds": holds} for holds in (True, False))
    assert claims.broken([("01_a", good)]) == []
    assert claims.broken([("01_a", bad)]) == ["claim x-1 (01_a) does not hold: So it is."]
    assert claims.broken([("01_a", good), ("02_b", good)]) == ["claim x-1 is made 2 times"]


@pytest.mark.parametrize("name", ["", "tone", "Tone-1", "tone 1", "tone-x", "<b>-1"])
def test_an_id_is_a_word_and_a_number(name):
    with pytest.raises(ValueError, match="write a word and a number"):
        claims.claim(name, "So it is.", holds=True)


def test_a_sentence_is_shown_as_text():
    shown = claims.claim("x-1", "<script>", holds=True)._repr_mimebundle_()["text/html"]
    assert "&lt;script&gt;" in shown
