"""The timeline rests on passages that exist and mention what they are cited for."""

import re
import shutil

import pytest

import usru
from usru.analysis import timeline
from usru.files import shipped


def events_of(corpus):
    return timeline.events(corpus.codebook.events, corpus.mentions)


def accounts_of(corpus):
    return timeline.accounts(corpus.codebook.events, corpus.blocks, corpus.texts)


def matrix_of(corpus):
    return timeline.matrix(events_of(corpus), corpus.mentions, corpus.documents)


def horizons_of(corpus):
    return timeline.horizons(corpus.dates, corpus.blocks, corpus.documents)


def errors_of(corpus):
    return timeline.capture_date_errors(corpus.documents, corpus.blocks, corpus.texts)


@pytest.fixture(scope="module")
def mentions(corpus):
    return corpus.mentions


def test_every_cited_passage_exists_and_mentions_its_event(corpus, mentions):
    about = {event.id: event.mention for event in corpus.codebook.events.events}
    for row in mentions.itertuples():
        span = corpus.raw(row.doc_id)[row.start : row.end]
        assert " ".join(span.split()) == " ".join(row.text.split())
        assert re.search(about[row.event], row.text)
    assert set(mentions["event"]) == set(about)


def test_an_event_dated_by_the_corpus_has_a_passage_with_that_date(corpus, mentions):
    events = events_of(corpus).query("basis == 'corpus'")
    for event in events.itertuples():
        cited = mentions.query("event == @event.event")[["doc_id", "block"]]
        near = corpus.dates.merge(cited, on=["doc_id", "block"])
        held = (near["earliest"] >= event.earliest) & (near["latest"] <= event.latest)
        wider = (near["earliest"] <= event.earliest) & (near["latest"] >= event.latest)
        captions = corpus.dates[corpus.dates["doc_id"].isin(cited["doc_id"])]
        named = (captions["earliest"] == event.earliest) & (captions["latest"] == event.latest)
        assert (held | wider).any() or named.any(), event.event


def test_the_meetings_are_those_of_the_manifest(corpus):
    found = events_of(corpus).query("kind == 'meeting'").set_index("event")["earliest"]
    assert found.to_dict() == corpus.meetings.set_index("meeting")["date"].to_dict()


def test_events_are_in_the_order_of_time_and_counted(corpus, mentions):
    events = events_of(corpus)
    assert events["earliest"].is_monotonic_increasing
    assert (events["latest"] >= events["earliest"]).all()
    assert events["passages"].sum() == len(mentions)


def test_the_matrix_counts_every_passage_once(corpus, mentions):
    table = matrix_of(corpus)
    assert table.to_numpy().sum() == len(mentions)
    assert table.columns.tolist() == corpus.documents["doc_id"].tolist()
    assert table.index.tolist() == events_of(corpus)["event"].tolist()


def test_a_conflict_has_accounts_in_several_stories(corpus):
    accounts = accounts_of(corpus)
    assert (accounts.groupby("conflict")["doc_id"].nunique() > 1).all()


def test_the_horizon_is_the_nearest_day(corpus):
    days = horizons_of(corpus).set_index(["doc_id", "text"])["days"]
    assert days["bonn-sputnik-awkward", "2014"].item() == -778  # 31 December 2014
    assert days["manila-breitbart", "September 1"].item() == 25
    assert (days["moscow-econotimes", "today"] == 0).all()


def test_a_story_whose_day_is_not_known_has_no_horizon(corpus):
    documents = corpus.documents
    gone = documents["doc_id"] == "manila-zerohedge"
    documents["published"] = documents["published"].mask(gone)
    found = timeline.horizons(corpus.dates, corpus.blocks, documents)
    expected = horizons_of(corpus).query("doc_id != 'manila-zerohedge'")
    assert found.equals(expected.reset_index(drop=True))
    errors = timeline.capture_date_errors(documents, corpus.blocks, corpus.texts)
    assert "manila-zerohedge" not in set(errors["doc_id"])


def test_the_trap_moves_only_what_depends_on_publication(corpus):
    wrong = errors_of(corpus)
    assert wrong["text"].tolist() == ["Thursday", "February 1", "February 16", "Tuesday"]
    assert not wrong["text"].str.contains("2017").any()


@pytest.fixture
def own(tmp_path):
    shutil.copytree(shipped(), tmp_path / "own")
    return tmp_path / "own"


def changed(folder, old, new):
    path = folder / "codebook" / "events.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return usru.load(folder)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("date = 2016-11-08\n", "", "(us-election), date: the event has no date; add `date`"),
        ("end = 2016-12-31", "end = 2016-11-30", "(property), end: 2016-11-30 is before the start, 2016-12-01"),
        ('doc_id = "manila-zerohedge", words = "during', 'doc_id = "x", words = "during', "us-election, doc_id: 'x' is no document"),
        ("during the 2016", "in the 2016", "us-election, words: 'in the 2016 U.S. presidential election' is not in"),
        ('mention = "inauguration"', 'mention = "moon"', "inauguration, passages: 'since Donald Trump’s inauguration' does not match"),
        ('mention = "inauguration"', 'mention = "(moon"', "inauguration, mention: '(moon' is no regular expression"),
        ('kind = "politics"\n', "", "(us-election), kind: the field is missing"),
        ('id = "flynn"', 'id = "baku"', "id: 'baku' is used twice"),
        ('passages = [{ doc_id = "bonn-sputnik-thaw", words', 'passages = [{ doc_id = "bonn-sputnik-thaw", word', "[[passages]] 1 (bonn-sputnik-thaw): there is no field 'word'"),
    ],
    ids=["no-date", "end-before-start", "unknown-document", "words-not-there", "not-about-it",
         "bad-pattern", "missing-field", "twice", "no-words"],
)  # fmt: skip
def test_a_faulty_event_is_refused_in_one_sentence(own, old, new, told):
    with pytest.raises(usru.InputError) as caught:
        events_of(changed(own, old, new))
    assert told in str(caught.value)
    assert "events.toml" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_words_in_a_menu_or_comment_are_no_passage(own):
    corpus = changed(own, "since his February 1 confirmation", "Get short URL")
    with pytest.raises(usru.InputError, match="is not in a headline, paragraph or caption"):
        len(corpus.mentions)


def test_a_corpus_without_events_has_an_empty_timeline(own):
    (own / "codebook" / "events.toml").unlink()
    corpus = usru.load(own)
    assert events_of(corpus).empty
    assert corpus.mentions.empty
    assert matrix_of(corpus).empty
    assert accounts_of(corpus).empty


def test_frames_without_rows_keep_their_numbers(own):
    (own / "codebook" / "events.toml").unlink()
    corpus = usru.load(own)
    assert corpus.mentions["line"].dtype == "int64"
    assert accounts_of(corpus)["line"].dtype == "int64"
    text = (own / "corpus.toml").read_text(encoding="utf-8")
    kept = text[: text.index("[[documents]]")] + "[[documents]]" + text.split("[[documents]]")[-1]
    (own / "corpus.toml").write_text(kept, encoding="utf-8")
    nothing = errors_of(usru.load(own))
    assert nothing["days"].dtype == "int64"
    assert nothing.nlargest(1, "days").empty
