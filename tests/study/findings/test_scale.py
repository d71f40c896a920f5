"""Each claim on scale holds for the study, and fails where the texts say otherwise."""

import pytest

from usru.evaluation import cost
from usru.figures import scale
from usru.study import findings
from usru.study.exercises import altered

CLAIMS = [f"scale-{number}" for number in range(1, 6)]
MENDED = '"sanctions", "curbs", "penalties", "asset rules", "trade limits", "caatsa"'


@pytest.fixture(scope="module")
def mended(corpus):
    """A corpus whose dictionary makes no error in the generated press."""
    return altered(corpus, "codebook/topics.toml", '"sanction*", "caatsa"', MENDED)


@pytest.mark.parametrize("id", CLAIMS)
def test_a_claim_holds_for_the_study(id, corpus):
    assert findings.show(id, corpus).holds is True


@pytest.mark.parametrize("id", ["scale-1", "scale-2"])
def test_a_claim_on_the_count_fails_where_the_dictionary_makes_no_error(id, mended):
    assert findings.show(id, mended).holds is False


def test_a_size_that_changes_an_interval_breaks_the_claim(corpus, monkeypatch):
    monkeypatch.setattr(scale, "FEW", len(scale.coded(corpus, 10**9)) // 12)
    assert findings.show("scale-3", corpus).holds is False


def test_a_search_that_misses_copies_breaks_the_claim(corpus, monkeypatch):
    monkeypatch.setattr(scale, "recalled", lambda corpus: (100, 97, 0))
    assert findings.show("scale-4", corpus).holds is False
    monkeypatch.setattr(scale, "recalled", lambda corpus: (100, 100, 3))
    assert findings.show("scale-4", corpus).holds is False


@pytest.mark.parametrize(
    ("extra", "told"), [(0, "0 passages that were"), (1, "1 passage that was"), (2, "2 passages that were")]
)  # fmt: skip
def test_few_passages_that_were_not_copied_are_told_in_english(corpus, monkeypatch, extra, told):
    monkeypatch.setattr(scale, "recalled", lambda corpus: (100, 100, extra))
    assert f"and {told} not copied" in findings.show("scale-4", corpus).sentence


def test_a_cost_that_no_worker_lowers_breaks_the_claim(corpus, monkeypatch):
    slow = cost.Speeds("a desk", 1000, 4.6, 0, reading=1, seconds={"all": 1})
    monkeypatch.setattr(cost, "speeds", lambda: slow)
    assert findings.show("scale-5", corpus).holds is False


def test_every_claim_on_scale_is_tried(corpus):
    findings.show("scale-1", corpus)
    assert {id for id in findings.FINDINGS if id.startswith("scale-")} == {*CLAIMS}


def test_texts_of_ones_own_have_the_same_claims(own, corpus):
    for id in CLAIMS:
        assert findings.show(id, own).sentence == findings.show(id, corpus).sentence
