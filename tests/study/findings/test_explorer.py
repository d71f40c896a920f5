"""Each claim about the explorer holds, and fails once it is false."""

from changes import recoded

import usru
from usru.show.explorer import Explorer
from usru.study import findings


def test_a_country_that_outlets_name_most_themselves_is_not_said_to_be_reported(corpus, copy):
    assert findings.show("explorer-1", corpus).holds is True
    recoded("voice", lambda row: row["voice"] == "report", voice="outlet", speaker="")(copy)
    assert findings.show("explorer-1", usru.load(copy)).holds is False


def test_a_search_that_is_not_refused_is_not_said_to_be(corpus, monkeypatch):
    assert findings.show("explorer-2", corpus).holds is True
    monkeypatch.setattr(Explorer, "_show", lambda self, refusal: None)
    assert findings.show("explorer-2", corpus).holds is False


def test_another_mean_is_not_said_to_be_the_same(corpus, monkeypatch):
    assert findings.show("explorer-3", corpus).holds is True
    monkeypatch.setattr(Explorer, "_scores", lambda self: corpus.scored("segments")["vader"])
    assert findings.show("explorer-3", corpus).holds is False
