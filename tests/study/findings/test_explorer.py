"""Each claim of the explorer's notebook holds, and fails once the data no longer bear it."""

import re

import pytest
from changes import recoded, replaced
from grammar import faults, ids

import usru
from usru.study import findings


def both(file, old, new):
    """A change of a word on a page and in the coding of its voices."""

    def change(folder):
        replaced(f"raw/{file}.txt", (old, new))(folder)
        replaced("coding/reference/voice.csv", (old, new))(folder)

    return change


def said(word, **values):
    """A change of who has the clauses with a word."""
    return recoded("voice", lambda row: word in row["text"], **values)


CHANGES = [
    # A story that does not name it; outlets that name it more often than they report it; a quotation.
    ("explorer-1", both("moscow-econotimes", "touched upon Ukraine", "touched upon that")),
    ("explorer-1", said("Ukrain", voice="outlet", speaker="")),
    ("explorer-1", said("on Ukraine negotiations", voice="quotation")),
    # Another word in an outlet's own words; fewer in Lavrov's; another speaker who has it.
    ("explorer-2", both("manila-breitbart", "a bill imposing new sanctions", "a bill imposing sanctions")),
    ("explorer-2", recoded("voice", lambda row: re.search("anti-Russian|U.S. sanctions over", row["text"]), speaker="Russia")),
    ("explorer-2", said("sanctions were not discussed", speaker="Rex Tillerson")),
    # A second topic on which the outlets speak for themselves, and none.
    ("explorer-3", recoded("voice", lambda row: row["doc_id"] == "moscow-econotimes", voice="outlet", speaker="")),
    ("explorer-3", recoded("topics", lambda row: "press" in row["topics"], topics="bilateral")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("id", "change"), CHANGES, ids=[f"{id}-{n}" for n, (id, _) in enumerate(CHANGES)]
)
def test_a_claim_fails_when_its_sentence_would_be_false(corpus, copy, id, change):
    assert findings.show(id, corpus).holds is True
    change(copy)
    changed = usru.load(copy)
    assert findings.show(id, changed).holds is False
    for of in (corpus, changed):
        assert faults(findings.FINDINGS[id](of)[0], ids(of)) == []


def test_every_claim_of_the_explorer_is_tried(corpus):
    findings.show("explorer-1", corpus)
    assert {id for id in findings.FINDINGS if id.startswith("explorer-")} == dict(CHANGES).keys()


def test_texts_that_nobody_coded_get_no_claim_about_a_reading(own):
    for id in dict(CHANGES):
        assert findings.show(id, own).holds is None, id


@pytest.mark.parametrize(
    ("drop", "said"),
    [("Ukrain", "No story names Ukraine."), ("anction", "No story names sanctions.")],
)
def test_a_word_that_is_nowhere_is_told_of(corpus, copy, drop, said):
    for path in [*(copy / "raw").iterdir(), copy / "coding" / "reference" / "voice.csv"]:
        text = path.read_text(encoding="utf-8")
        if drop in text:
            replaced(path.relative_to(copy).as_posix(), (drop, "Xyz"))(copy)
    shown = findings.show("explorer-1" if drop == "Ukrain" else "explorer-2", usru.load(copy))
    assert shown.holds is False
    assert said in str(shown)
