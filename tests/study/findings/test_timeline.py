"""Each finding of the second notebook holds here, and fails where a datum makes its sentence false."""

import hashlib
import re

import pandas as pd
import pytest

import usru
from usru.study import findings

EVENTS = "codebook/events.toml"
IDS = [f"timeline-{number}" for number in range(1, 8)]


def replaced(name, old, new):
    """Write other words into a file of a corpus, and its new checksum into the manifest."""

    def change(folder):
        path = folder / name
        text = path.read_text(encoding="utf-8")
        changed = re.sub(old, new, text, count=1)
        assert changed != text
        path.write_text(changed, encoding="utf-8", newline="")
        before, after = (hashlib.sha256(of.encode()).hexdigest() for of in (text, changed))
        manifest = folder / "corpus.toml"
        listed = manifest.read_text(encoding="utf-8").replace(before, after)
        manifest.write_text(listed, encoding="utf-8")

    return change


def everywhere(doc_id, old, new):
    """Write other words into a page, and into the coding of its clauses, which must be the page."""
    files = f"raw/{doc_id}.txt", "coding/reference/voice.csv"

    def change(folder):
        for name in files:
            replaced(name, old, new)(folder)

    return change


def shifted_days(folder):
    path = folder / "coding" / "reference" / "dates.csv"
    table = pd.read_csv(path)
    table.loc[:4, "earliest"] = "1999-01-01"
    table.to_csv(path, index=False)


def nobody_on_ukraine(folder):
    path = folder / "coding" / "reference" / "topics.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("ukraine", "economy"), encoding="utf-8")


def without_anchors(folder):
    path = folder / EVENTS
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"\[\[anchors\]\]\n.*\n.*\n", "", text), encoding="utf-8")


def event(id, old, new):
    return replaced(EVENTS, rf'(id = "{id}"\n(?:.+\n)*?){old}', rf"\g<1>{new}")


MUTATIONS = [
    ("timeline-1", event("minsk", r"start = 2014-09-05\nend = 2015-02-12", "date = 2017-03-01")),
    ("timeline-1", nobody_on_ukraine),
    ("timeline-2", without_anchors),
    ("timeline-3", replaced(EVENTS, "compatible = true", "compatible = false")),
    ("timeline-3", replaced(EVENTS, r'"manila-breitbart", says = "Tillerson", words = .*\}',
                            '"bonn-sputnik-thaw", says = "nobody", words = "a meeting in Bonn" }')),
    ("timeline-4", shifted_days),
    ("timeline-5", everywhere("moscow-econotimes", "April 14th", "June 14th")),
    ("timeline-5", everywhere("manila-breitbart", "September 1", "August 9")),
    ("timeline-6", replaced("raw/bonn-sputnik-awkward.txt", "330 March 2017", "324 February 2017")),
    ("timeline-7", replaced("coding/reference/voice.csv", "(talks today were not in vain.\",)report,Sergei Lavrov", r"\1outlet,")),
]  # fmt: skip


@pytest.mark.parametrize("id", IDS)
def test_the_finding_holds(corpus, id):
    assert findings.show(id, corpus).holds is True


@pytest.mark.parametrize(("id", "change"), MUTATIONS)
def test_the_finding_fails_where_its_sentence_is_false(copy, id, change):
    change(copy)
    assert findings.show(id, usru.load(copy)).holds is False


def test_every_finding_has_its_mutation():
    assert {id for id, _ in MUTATIONS} == set(IDS)


@pytest.mark.parametrize("id", IDS)
def test_where_there_is_nothing_to_count_nothing_is_claimed(own, id):
    assert findings.show(id, own).holds is None


def test_what_is_carried_is_named(corpus):
    sentence = findings.show("timeline-1", corpus).sentence
    for title in ("Minsk agreements", "War in eastern Ukraine begins", "War in Syria begins"):
        assert title in sentence
    assert "Russia annexes Crimea" not in sentence  # Bonn names Crimea, not its annexation


def test_the_farthest_look_ahead_is_told_in_the_words_of_the_story(corpus):
    assert "promised a response would be announced by September 1”." in findings.show("timeline-5", corpus).sentence  # fmt: skip
