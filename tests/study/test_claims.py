"""Claims hold, or are shown as not holding and named at the end."""

from pathlib import Path

import nbformat
import pytest

from usru.study import claims, pages, reproduce


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


ABOUT = "about the dictionary, not checked by reading"


@pytest.mark.parametrize(
    ("holds", "mark"),
    [(True, f"✓ {ABOUT}:"), (False, f"✗ does not hold; {ABOUT}:"), (None, f"– does not apply here; {ABOUT}:")],
)  # fmt: skip
def test_a_claim_on_a_count_alone_says_what_it_is_about(holds, mark):
    shown = claims.claim("x-1", "Most is on sport.", holds=holds, about=ABOUT)
    bundle = shown._repr_mimebundle_()
    assert repr(shown) == bundle["text/plain"] == f"{mark} Most is on sport. [x-1]"
    assert f"<strong>{mark}</strong> Most is on sport." in bundle["text/html"]
    assert bundle[claims.MIME]["about"] == ABOUT


def test_a_claim_that_rests_on_a_coding_is_stored_as_ever():
    bundle = claims.claim("x-1", "So it is.", holds=True)._repr_mimebundle_()
    assert bundle[claims.MIME] == {"id": "x-1", "sentence": "So it is.", "holds": True}
    assert "about" not in bundle["text/html"]


def test_lists_of_claims_say_what_a_count_alone_is_about():
    data = {
        claims.MIME: {"id": "x-1", "sentence": "Most is on sport.", "holds": True, "about": ABOUT}
    }
    cells = [{"cell_type": "markdown", "source": "# Topics"},
             {"cell_type": "code", "outputs": [{"data": data}], "source": ""}]  # fmt: skip
    notebook = nbformat.from_dict(
        {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    )
    notebooks = {Path("02_topics.ipynb"): notebook}
    row = f"| x-1 | Most is on sport. | yes; {ABOUT} | [02_topics](02_topics.ipynb) |"
    assert row in reproduce.index_page(notebooks)
    assert f"yes; {ABOUT}" in pages.claims(claims.stored(notebooks))
