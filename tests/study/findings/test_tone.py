"""Each claim about tone holds, and fails once the data no longer bear it."""

from dataclasses import replace

import pytest
from changes import recoded, write

import usru
from usru.analysis.tone import INSTRUMENTS
from usru.corpus import Corpus
from usru.study import findings

SCORED = (*INSTRUMENTS,)


class Scored(Corpus):
    """A corpus whose texts were scored already, and whose scores are then changed."""

    scores = valences = staticmethod(lambda table: table)
    source: Corpus

    def scored(self, name):
        return self.scores(self.source.scored(name))

    @property
    def valence(self):
        return self.valences(super().valence)


def in_story(doc_id):
    return lambda row: row["doc_id"] == doc_id


def turned_reading(folder):
    """The second reading, from the last line to the first."""
    table = usru.load(folder).coding("valence", "reading-2")
    rows = table.assign(valence=table["valence"].to_numpy()[::-1]).astype(str).to_dict("records")
    write(folder / "coding" / "reading-2" / "valence.csv", rows)


def hopeful_sanctions(folder):
    coding = usru.load(folder).coding("topics")
    on = coding[coding["topics"].fillna("").str.contains("sanctions|retaliation")]
    places = {(doc_id, str(line)) for doc_id, line in zip(on["doc_id"], on["line"], strict=True)}
    recoded("valence", lambda row: (row["doc_id"], row["line"]) in places, valence="2")(folder)


FOLDERS = {
    "tone-2": turned_reading,
    "tone-8": recoded("valence", in_story("moscow-econotimes"), valence="0"),
    "tone-10": recoded("valence", in_story("moscow-econotimes"), valence="-1"),
    "tone-11": hopeful_sanctions,
    "tone-12": recoded("valence", in_story("bonn-sputnik-awkward"), valence="1"),
}


def as_the_reading(table):
    return table.assign(**dict.fromkeys(SCORED, table["valence"] / 2))


VALENCES = {
    "tone-3": as_the_reading,
    "tone-9": as_the_reading,
    "tone-13": lambda table: table.assign(textblob=0.0),
}


def friendly(column, name):
    """Only one of a column is friendly, and all others hostile, to all instruments."""

    def change(table):
        if column not in table:
            return table.assign(**dict.fromkeys(SCORED, -0.9))
        level = table[column].eq(name).map({True: 0.9, False: -0.9})
        return table.assign(**dict.fromkeys(SCORED, level))

    return change


SCORES = {
    "tone-1": friendly("speaker", "Sergei Lavrov"),
    "tone-5": friendly("speaker", "Sergei Lavrov"),
    "tone-6": friendly("speaker", "Sergei Lavrov"),
    "tone-7": lambda table: table.assign(**dict.fromkeys(SCORED, -0.9 if "comment" in table else 0.9)),
}  # fmt: skip


def changed(corpus, folder=None, **changes):
    """A corpus of a folder with the scores of another, changed."""
    given = usru.load(folder) if folder else corpus
    new = Scored(given.manifest, given.codebook)
    new.source = corpus
    for name, change in changes.items():
        setattr(new, name, change)
    return new


@pytest.mark.parametrize("id", FOLDERS)
def test_a_claim_fails_when_the_coding_no_longer_bears_it(corpus, copy, id):
    assert findings.show(id, changed(corpus)).holds is True
    FOLDERS[id](copy)
    assert findings.show(id, changed(corpus, copy)).holds is False


@pytest.mark.parametrize("id", VALENCES)
def test_a_claim_on_instruments_fails_when_they_score_otherwise(corpus, id):
    assert findings.show(id, corpus).holds is True
    assert findings.show(id, changed(corpus, valences=VALENCES[id])).holds is False


@pytest.mark.parametrize("id", SCORES)
def test_a_claim_on_differences_fails_when_there_are_some(corpus, id):
    assert findings.show(id, corpus).holds is True
    assert findings.show(id, changed(corpus, scores=SCORES[id])).holds is False


def test_contractions_that_negate_are_told(corpus, monkeypatch):
    assert findings.show("tone-4", corpus).holds is True
    other = replace(INSTRUMENTS["textblob"], scorer=INSTRUMENTS["vader"].scorer)
    monkeypatch.setitem(INSTRUMENTS, "textblob", other)
    assert findings.show("tone-4", corpus).holds is False


def test_an_instrument_that_got_better_breaks_no_claim(corpus):
    """As tone-9 is of lists that differ, one may agree."""
    better = changed(corpus, valences=lambda t: t.assign(nrc=t["valence"] / 2))
    for id in ("tone-2", "tone-8", "tone-9", "tone-10", "tone-13"):
        assert findings.show(id, better).holds is True, id


def test_every_claim_about_tone_is_tried(corpus):
    findings.show("tone-1", corpus)
    tried = {*FOLDERS, *VALENCES, *SCORES, "tone-4"}
    assert {id for id in findings.FINDINGS if id.startswith("tone-")} == tried


def test_texts_that_nobody_coded_and_that_quote_nobody_get_no_claim(own):
    for id in {*FOLDERS, *VALENCES, *SCORES}:
        assert findings.show(id, own).holds is None, id


def test_a_story_is_called_by_its_label(corpus):
    told = findings.show("tone-8", corpus).sentence
    assert "Zero Hedge −0.38" in told
    assert "Sputnik, “Awkward” −0.33" in told
