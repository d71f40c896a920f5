"""Each claim about the corpus holds, and fails once the data no longer bear it."""

import pytest
from changes import recoded, replaced

import usru
from usru.evaluation import outside
from usru.study import findings

LINES = "\n".join(
    f"    The talks went on for hour number {n} and nobody left the room early." for n in range(60)
)

CHANGES = {
    "corpus-1": replaced("raw/manila-breitbart.txt", ("\n“I don’t think", f"\n{LINES}\n“I don’t think")),
    "corpus-2": replaced("raw/bonn-sputnik-awkward.txt", ("    After the private", f"{LINES}\n    After the private")),
    "corpus-3": replaced("corpus.toml", ("published = 2017-02-16", "published = 2017-03-30")),
    "corpus-4": recoded("blocks", lambda row: row["kind"] == "body", kind="nav"),
    "corpus-6": recoded("sentences", lambda row: True, text="e"),
}  # fmt: skip


@pytest.mark.parametrize("id", CHANGES)
def test_a_claim_fails_when_its_sentence_would_be_false(corpus, copy, id):
    assert findings.show(id, corpus).holds is True
    CHANGES[id](copy)
    assert findings.show(id, usru.load(copy)).holds is False


def test_a_cleaner_that_loses_the_story_is_not_said_to_keep_it(corpus, monkeypatch):
    assert findings.show("corpus-5", corpus).holds is True
    lines = outside.lines("unseen").copy()
    lines.loc[lines["reference"] == "body", "found"] = "nav"
    monkeypatch.setattr(outside, "lines", lambda name: lines)
    assert findings.show("corpus-5", corpus).holds is False


def test_a_cleaner_no_better_than_a_rule_is_not_said_to_be(corpus, monkeypatch):
    assert findings.show("corpus-7", corpus).holds is True
    real = outside.benchmark
    monkeypatch.setattr(outside, "benchmark", lambda *of: real(*of).assign(low=0.5))
    assert findings.show("corpus-7", corpus).holds is False
