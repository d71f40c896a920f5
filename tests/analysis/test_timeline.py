"""The timeline rests on passages that exist and mention what they are cited for."""

import re
import shutil

import pandas as pd
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


def anchors_of(corpus):
    return timeline.anchors(corpus.codebook.events, corpus.blocks, corpus.texts)


def horizons_of(corpus, documents=None):
    documents = corpus.documents if documents is None else documents
    fixed, said = anchors_of(corpus), corpus.coded_clauses
    return timeline.horizons(corpus.dates, corpus.blocks, documents, fixed, said)


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


def test_no_passage_about_an_event_is_left_out(corpus, mentions):
    """A passage that a pattern finds and nobody cited would be missing in every count of stories."""
    spoken = corpus.blocks[corpus.blocks["kind"].isin(timeline.MENTIONED_IN)]
    for event in corpus.codebook.events.events:
        if event.kind == "meeting":  # the whole story is about it
            continue
        found = spoken[[bool(re.search(event.mention, text)) for text in spoken["text"]]]
        cited = mentions[mentions["event"] == event.id]
        assert set(zip(found["doc_id"], found["block"], strict=True)) == set(
            zip(cited["doc_id"], cited["block"], strict=True)
        ), event.id


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


def test_what_nobody_mentions_is_counted_as_none(corpus, mentions):
    silent = (mentions["event"] == "flynn") | (mentions["doc_id"] == "moscow-econotimes")
    cited = mentions[~silent]
    events = timeline.events(corpus.codebook.events, cited)
    counts = events.set_index("event")[["stories", "passages"]]
    assert counts.loc["flynn"].tolist() == [0, 0]
    assert counts["passages"].sum() == len(cited)
    table = timeline.matrix(events, cited, corpus.documents)
    assert table.loc["flynn"].eq(0).all()
    assert table["moscow-econotimes"].eq(0).all()


def test_a_difference_has_accounts_in_two_stories_of_one_meeting(corpus):
    accounts = accounts_of(corpus).merge(corpus.documents[["doc_id", "meeting"]], on="doc_id")
    points = accounts.groupby("difference")
    assert (points["doc_id"].nunique() == 2).all()
    assert (points["meeting"].nunique() == 1).all()
    assert (points[["compatible", "reason"]].nunique() == 1).all(axis=None)


def test_the_horizon_is_the_nearest_and_the_farthest_day(corpus):
    days = horizons_of(corpus).set_index(["doc_id", "text"])[["nearest", "farthest"]]
    told = days.loc[("bonn-sputnik-awkward", "2014")].to_numpy().tolist()
    assert told == [-778, -1142]  # 31 December and 1 January 2014
    assert days.loc[("manila-breitbart", "September 1")].tolist() == [25, 25]
    assert (days.loc[("moscow-econotimes", "today")] == 0).all(axis=None)
    assert (days["nearest"].abs() <= days["farthest"].abs()).all()


@pytest.mark.parametrize(
    ("first", "last", "nearest", "farthest"),
    [(-3, 3, 0, 3), (-5, 3, 0, -5), (-3, 5, 0, 5), (-5, -3, -3, -5), (3, 5, 3, 5)],
    ids=["as-far-on-both-sides", "farther-back", "farther-ahead", "behind", "ahead"],
)
def test_an_interval_around_the_day_is_near_and_its_farther_end_far(
    corpus, first, last, nearest, farthest
):
    one = corpus.dates.query("text == 'February 16'").head(1)
    day = corpus.documents.set_index("doc_id")["published"][one["doc_id"].iloc[0]]
    ends = {"earliest": day + pd.Timedelta(days=first), "latest": day + pd.Timedelta(days=last)}
    frames = one.assign(**ends), corpus.blocks, corpus.documents
    (row,) = timeline.horizons(*frames, anchors_of(corpus), corpus.coded_clauses).itertuples()
    assert (row.nearest, row.farthest) == (nearest, farthest)


@pytest.mark.parametrize(
    ("shifted", "fixed"),
    [((0, 0), True), ((-1, 1), True), ((1, 0), False), ((0, -1), False), ((-9, -1), False)],
    ids=["the-same", "wider", "begins-later", "ends-sooner", "overlaps"],
)
def test_only_a_passage_that_holds_the_whole_expression_fixes_the_day(corpus, shifted, fixed):
    one = corpus.dates.query("text == 'February 16'").head(1)
    passage = one[["doc_id", "start", "end"]] + ["", *shifted]
    given = one, corpus.blocks, corpus.documents, passage, corpus.coded_clauses
    assert timeline.horizons(*given)["fixed_day"].tolist() == [fixed]


def test_an_expression_from_which_the_day_was_inferred_is_marked(corpus):
    fixed = horizons_of(corpus).query("fixed_day")
    assert fixed["text"].tolist() == [
        "Thursday", "today", "today", "today", "Sunday", "Sunday", "Monday",
    ]  # fmt: skip
    basis = corpus.documents.set_index("doc_id")["published_basis"]
    for row in fixed.itertuples():
        assert row.text in basis[row.doc_id]


def test_what_lavrov_is_quoted_with_is_his(corpus):
    today = horizons_of(corpus).query("text == 'today'")
    assert today["voice"].tolist() == ["report", "quotation", "quotation"]
    assert set(today["speaker"]) == {"Sergei Lavrov"}


def test_a_corpus_without_anchors_or_coding_counts_every_expression(own):
    assert anchors_of(own).empty
    assert not horizons_of(own)["fixed_day"].any()


def test_a_story_whose_day_is_not_known_has_no_horizon(corpus):
    documents = corpus.documents
    gone = documents["doc_id"] == "manila-zerohedge"
    documents["published"] = documents["published"].mask(gone)
    found = horizons_of(corpus, documents)
    expected = horizons_of(corpus).query("doc_id != 'manila-zerohedge'")
    assert found.equals(expected.reset_index(drop=True))
    errors = timeline.capture_date_errors(documents, corpus.blocks, corpus.texts)
    assert "manila-zerohedge" not in set(errors["doc_id"])


def test_the_trap_moves_only_what_depends_on_publication(corpus):
    wrong = errors_of(corpus)
    assert wrong["text"].tolist() == ["Thursday", "February 1", "February 16", "Tuesday"]
    assert not wrong["text"].str.contains("2017").any()


def test_the_error_of_the_clock_is_counted_in_days(corpus):
    """The page was saved on Monday 19 August 2019: its Thursday before is the 15th."""
    first = errors_of(corpus).iloc[0]
    assert first["resolved"].isoformat() == "2017-02-16T00:00:00"
    assert first["mistaken"].isoformat() == "2019-08-15T00:00:00"
    assert first["days"] == 910


@pytest.fixture
def copy(tmp_path):
    shutil.copytree(shipped(), tmp_path / "own")
    return tmp_path / "own"


def read_all(corpus):
    return events_of(corpus), anchors_of(corpus)


def changed(folder, old, new):
    path = folder / "codebook" / "events.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return usru.load(folder)


@pytest.mark.refusal
@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("date = 2016-11-08\n", "", "(us-election), date: the event has no date; add `date`"),
        ("end = 2016-12-31", "end = 2016-11-30", "(property), end: 2016-11-30 is before the start, 2016-12-01"),
        ('doc_id = "manila-zerohedge", words = "during', 'doc_id = "x", words = "during', "us-election, doc_id: 'x' is no document"),
        ("during the 2016", "in the 2016", "us-election, words: 'in the 2016 U.S. presidential election' is not in"),
        ('mention = "inauguration"', 'mention = "moon"', "inauguration, passages: 'since Donald Trump’s inauguration' does not match"),
        ('mention = "inauguration"', 'mention = "(moon"', "inauguration, mention: '(moon' is no regular expression"),
        ('kind = "politics"\n', "", "(obama), kind: the field is missing"),
        ("compatible = true\n", "", "(presidents), compatible: the field is missing"),
        ("compatible = true", "compatible = 1", "(presidents), compatible: 1 will not do"),
        ("words = \"after what we’ve done today\"", "words = \"today we sail\"", "[[anchors]], words: 'today we sail' is not in"),
        ('id = "flynn"', 'id = "baku"', "id: 'baku' is used twice"),
        ('passages = [{ doc_id = "bonn-sputnik-thaw", words', 'passages = [{ doc_id = "bonn-sputnik-thaw", word', "[[passages]] 1 (bonn-sputnik-thaw): there is no field 'word'"),
    ],
    ids=["no-date", "end-before-start", "unknown-document", "words-not-there", "not-about-it",
         "bad-pattern", "missing-field", "no-decision", "no-bool", "anchor-not-there", "twice",
         "no-words"],
)  # fmt: skip
def test_a_faulty_event_is_refused_in_one_sentence(copy, old, new, told):
    with pytest.raises(usru.InputError) as caught:
        read_all(changed(copy, old, new))
    assert told in str(caught.value)
    assert "events.toml" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.refusal
def test_words_in_a_menu_or_comment_are_no_passage(copy):
    corpus = changed(copy, "since his February 1 confirmation", "Get short URL")
    with pytest.raises(usru.InputError, match="is not in a headline, paragraph or caption"):
        len(corpus.mentions)


def test_a_corpus_without_events_has_an_empty_timeline(copy):
    (copy / "codebook" / "events.toml").unlink()
    corpus = usru.load(copy)
    assert events_of(corpus).empty
    assert corpus.mentions.empty
    assert matrix_of(corpus).empty
    assert accounts_of(corpus).empty


def test_frames_without_rows_keep_their_numbers(copy):
    (copy / "codebook" / "events.toml").unlink()
    corpus = usru.load(copy)
    assert corpus.mentions["line"].dtype == "int64"
    assert accounts_of(corpus)["line"].dtype == "int64"
    text = (copy / "corpus.toml").read_text(encoding="utf-8")
    kept = text[: text.index("[[documents]]")] + "[[documents]]" + text.split("[[documents]]")[-1]
    (copy / "corpus.toml").write_text(kept, encoding="utf-8")
    nothing = errors_of(usru.load(copy))
    assert nothing["days"].dtype == "int64"
    assert nothing.nlargest(1, "days").empty
