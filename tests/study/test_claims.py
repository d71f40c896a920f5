"""Claims hold, or stop the notebook."""

import pytest

from usru.study import claims


def test_a_claim_that_fails_is_an_error_in_the_study():
    with pytest.raises(claims.ClaimError, match="claim x-1 no longer holds: Two is three"):
        claims.claim("x-1", "Two is three.", holds=False)


def test_on_another_corpus_a_failing_claim_is_shown_as_such():
    shown = claims.claim("x-1", "Two is three.", holds=False, strict=False)
    assert repr(shown).startswith("✗ does not hold")
    assert shown._repr_mimebundle_()[claims.MIME]["holds"] is False


def test_the_shipped_corpus_is_strict(corpus):
    with pytest.raises(claims.ClaimError):
        claims.about(corpus)("x-1", "Two is three.", holds=False)


@pytest.mark.parametrize("name", ["", "tone", "Tone-1", "tone 1", "tone-x", "<b>-1"])
def test_an_id_is_a_word_and_a_number(name):
    with pytest.raises(ValueError, match="write a word and a number"):
        claims.claim(name, "So it is.", holds=True)


def test_a_sentence_is_shown_as_text():
    shown = claims.claim("x-1", "<script>", holds=True)._repr_mimebundle_()["text/html"]
    assert "&lt;script&gt;" in shown
