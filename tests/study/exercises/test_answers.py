"""What is said of answers that are right, nearly right, wrong, and none at all."""

import numpy as np
import pandas as pd
import pytest

from usru.study.exercises import altered
from usru.study.exercises.answers import Unreadable, fallen, name, names, number

LOOK = "Look again."


@pytest.mark.parametrize("answer", [0.25, np.float64(0.254), pd.Series([0.25]), np.array(0.25)])
def test_a_number_may_come_from_anywhere(answer):
    assert number(answer, 0.25, LOOK) is None


@pytest.mark.parametrize(
    ("answer", "reply"),
    [
        (0.26, "Nearly. Look again."),
        (0.3, LOOK),
        (25, "Give a share between 0 and 1, not per cent."),
        (0.75, "That is the other share."),
        (0, LOOK),
    ],
)
def test_a_wrong_number_is_met_where_it_comes_from(answer, reply):
    assert number(answer, 0.25, LOOK, seen={0.75: "That is the other share."}) == reply


def test_wrong_numbers_that_are_alike_or_missing_hide_no_right_one():
    seen = {0.25: "Wrong.", 0.5: "First.", 0.501: "Second.", float("nan"): "Missing."}
    assert number(0.25, 0.25, LOOK, seen=seen) is None
    assert number(0.5, 0.25, LOOK, seen=seen) == "First."
    assert number(0.9, 0.25, LOOK, seen=seen) == LOOK


def test_zero_can_be_right_and_is_near_to_nothing():
    assert number(0, 0, LOOK) is None
    assert number(0.01, 0, LOOK) == LOOK


@pytest.mark.parametrize(
    "answer",
    [
        "0.25",
        None,
        True,
        float("inf"),
        pd.NA,
        [1],
        pd.Series([1, 2]),
        pytest.param(10**400, id="huge"),
    ],
)
def test_what_is_no_number_is_refused(answer):
    with pytest.raises(Unreadable, match="Give"):
        number(answer, 0.25, LOOK)


def test_a_name_is_one_of_those_that_there_are():
    assert name(" BONN", "bonn", LOOK, among=["bonn", "moscow"]) is None
    assert name("moscow", "bonn", LOOK, seen={"Moscow": "Too late."}) == "Too late."
    with pytest.raises(Unreadable, match=r"There is no 'kiev' here: choose from bonn or moscow\."):
        name("Kiev", "bonn", LOOK, among=["bonn", "moscow"])


def test_names_are_counted_and_not_named():
    assert names(pd.Index(["b", "a", "a"]), ["a", "b"], LOOK) is None
    assert names({"a"}, ["a", "b"], LOOK).startswith(
        "1 of your names belongs, 0 do not, and 1 is missing"
    )
    assert names([], ["a", "b"], LOOK).startswith(
        "0 of your names belong, 0 do not, and 2 are missing"
    )
    assert names("a", ["a"], LOOK) is None
    for answer in ([1], 5, None):
        with pytest.raises(Unreadable):
            names(answer, ["a"], LOOK)


def test_a_claim_falls_only_in_a_changed_copy(corpus, own):
    assert fallen(corpus, corpus, "corpus-3", LOOK).startswith(
        "corpus-3 still holds: A page’s clock"
    )
    assert fallen(own, corpus, "corpus-3", LOOK).startswith("These are other documents.")
    with pytest.raises(Unreadable, match=r"exercises\.altered"):
        fallen("corpus-3", corpus, "corpus-3", LOOK)
    old = 'published = 2017-02-16\npublished_basis = "inferred: two'
    changed = altered(corpus, "corpus.toml", old, old.replace("02-16", "03-29"))
    assert fallen(changed, corpus, "corpus-3", LOOK) is None
