"""What an instrument is, and how one is added."""

import math

import pandas as pd
import pytest

from usru.analysis import tone
from usru.errors import InputError


def frame(*texts: object) -> pd.DataFrame:
    return pd.DataFrame({"text": pd.Series(texts, dtype="object")})


def one(text: str, name: str = "textblob") -> float:
    return tone.score(frame(text), name)["polarity"].iloc[0]


def shouting(text: str) -> float:
    """How loud a text is.

    Nobody (2017).
    """
    return float("!" in text)


@pytest.mark.parametrize(
    "added",
    [shouting, lambda text: int("!" in text), tone.Instrument("shout", "Shouting", "", shouting)],
    ids=["function", "lambda", "instrument"],
)
def test_an_instrument_is_added_with_one_function(monkeypatch, added):
    monkeypatch.setitem(tone.INSTRUMENTS, "shout", added)
    assert one("Stop!", "shout") == 1
    assert tone.defects(frame("Stop!"), "shout").empty
    with pytest.raises(InputError, match="cannot say why"):
        tone.explain("Stop!", "shout")
    assert tone.score_each(frame("Stop!"), ["shout"])["shout"].tolist() == [1]
    assert "subjectivity" not in tone.score(frame("Stop!"), "shout")


def test_a_function_gets_a_name_and_a_title(monkeypatch):
    monkeypatch.setitem(tone.INSTRUMENTS, "shout", shouting)
    monkeypatch.setitem(tone.INSTRUMENTS, "calm", lambda text: 0)
    titles = [(one.name, one.title) for one in tone.INSTRUMENTS.values()][-2:]
    assert titles == [("shout", "How loud a text is."), ("calm", "calm")]


def test_a_function_may_give_subjectivity_too(monkeypatch):
    monkeypatch.setitem(tone.INSTRUMENTS, "half", lambda text: (0.0, 0.5 * text.count("!")))
    found = tone.score(frame("Stop!", "Stop", None, "…"), "half")
    assert found["polarity"].fillna(9).tolist() == [0, 0, 9, 9]
    assert found["subjectivity"].fillna(9).tolist() == [0.5, 0, 9, 9]


@pytest.mark.parametrize("given", [1.5, -2, None, "good", math.inf])
def test_what_is_no_polarity_is_refused(monkeypatch, given):
    monkeypatch.setitem(tone.INSTRUMENTS, "loud", lambda text: given)
    with pytest.raises(InputError, match=r"'loud': it gives .* for 'Stop!'; return a number from"):
        one("Stop!", "loud")


def test_what_is_no_function_is_no_instrument():
    with pytest.raises(InputError, match="instrument 'five': it is int; give a function"):
        tone.INSTRUMENTS["five"] = 5
