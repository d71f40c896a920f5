"""A measured corpus: its frames and its analyses are those of a study of the same documents."""

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import usru
from usru import InputError, codebook
from usru.analysis import estimate, reuse, tone, topics, voices
from usru.corpus import Corpus
from usru.evaluation import generated
from usru.manifest import Manifest
from usru.scale import articles, measure


@pytest.fixture(scope="module")
def pair(tmp_path_factory, corpus):
    """A measured corpus in four parts, and a corpus of the same documents.

    Two outlets have dozens of documents, the stories and one outlet fewer than are resampled whole.
    """
    rows = generated.press(corpus, 90)
    texts = rows.groupby("doc_id")["text"].agg("\n\n".join)
    table = rows.groupby("doc_id")[["outlet", "month"]].first().assign(text=texts)
    table["date"] = [f"2017-{month:02}-03" for month in table.pop("month")]
    table = table.reset_index(names="id")
    stories = pd.DataFrame({
        "id": list(corpus.texts), "outlet": corpus.documents["outlet"],
        "date": corpus.documents["published"].dt.strftime("%Y-%m-%d"),
        "text": list(corpus.texts.values()),
    })  # fmt: skip
    table = pd.concat([table.head(60), stories, table.tail(30)], ignore_index=True)
    table.loc[table.index[-2:], "date"] = ""
    folder = tmp_path_factory.mktemp("measured")
    measure(table, folder, workers=1, part=25)
    listed, read = [], {}
    for path in sorted((folder / "articles").iterdir()):
        some, found = articles.documents(path)
        listed += some
        read |= found
    return usru.open(folder), Corpus(Manifest("", tuple(listed)), codebook.read(), read)


def equal(found, expected):
    assert_frame_equal(
        found.reset_index(drop=True), expected.reset_index(drop=True), check_exact=True
    )


@pytest.mark.parametrize("name", ["documents", "paragraphs", "sentences", "quotations", "dates"])
def test_frames_are_those_of_a_corpus(pair, name):
    measured, corpus = pair
    equal(measured.frame(name).compute(), getattr(corpus, name))


def test_topics_are_those_of_a_corpus(pair):
    measured, corpus = pair
    found = measured.topics.compute()
    spans = [[tuple(span) for span in spans] for spans in found["spans"]]
    equal(found.assign(spans=spans), corpus.topics)


def test_frames_are_lazy_and_read_only_what_is_asked_for(pair):
    frame = pair[0].sentences
    assert frame.npartitions == len(pair[0].parts) == 4
    words = frame["words"].sum().compute()
    assert words == pair[1].sentences["words"].sum()


@pytest.mark.parametrize("by", ["outlet", "month", "year", "doc_id"])
def test_coverage_is_that_of_a_corpus(pair, by):
    measured, corpus = pair
    expected = topics.coverage(corpus.grouped(corpus.paragraphs, by), corpus.topics, by)
    equal(measured.coverage(by), expected)


@pytest.mark.parametrize("by", [[], ["outlet"], ["outlet", "month"]])
def test_speakers_are_those_of_a_corpus(pair, by):
    measured, corpus = pair
    table = corpus.quotations
    for name in by:
        table = corpus.grouped(table, name)
    equal(measured.speakers(by), voices.speakers(table, corpus.codebook.speakers, by))


@pytest.mark.parametrize("instrument", ["textblob", "news"])
@pytest.mark.parametrize("by", ["outlet", "month", ["outlet", "month"]])
def test_polarity_is_that_of_a_corpus(pair, by, instrument):
    measured, corpus = pair
    table = tone.score_each(corpus.sentences, [instrument])
    for name in [by] if isinstance(by, str) else by:
        table = corpus.grouped(table, name)
    equal(measured.polarity(by, instrument), tone.aggregate(table, by, value=instrument))


def test_estimates_are_those_of_a_corpus(pair):
    measured, corpus = pair
    drawn = corpus.paragraphs.iloc[::3][["doc_id", "block"]]
    on = topics.wide(corpus.topics, corpus.paragraphs)["sanctions"].to_numpy(dtype="float64")
    codes = drawn.assign(coded=on[::3], probability=1 / 3)
    codes.iloc[:5, 2] = 1 - codes.iloc[:5, 2]
    every = corpus.grouped(corpus.paragraphs, "year").assign(predicted=on)
    every = every.merge(codes, how="left", on=["doc_id", "block"])
    expected = estimate.mean(every, "predicted", "coded", "probability", by="year", share=True)
    found = measured.estimates(codes, "sanctions", "year")
    equal(found.astype({"year": "str"}), expected.astype({"year": "str"}))


def test_shared_passages_are_those_of_a_corpus(pair, corpus):
    measured, same = pair
    order = same.documents.sort_values(["published", "doc_id"])["doc_id"].tolist()
    told = same.paragraphs, same.comments, same.quotations.iloc[:0], same.texts, order
    # Of the generated press the exact method compares sentences with too few earlier ones.
    expected = reuse.find(*told, least=12).query("doc_id in @corpus.texts")
    found = measured.reused(across=None).compute().query("doc_id in @corpus.texts")
    places = ["again_doc_id", "again_start", "doc_id", "start"]
    assert len(expected) > 3
    equal(found.sort_values(places), expected.drop(columns="group").sort_values(places))


def test_passages_within_an_outlet_are_left_out(pair):
    table = pair[0].reused().compute()
    outlets = pair[0].documents.compute().set_index("doc_id")["outlet"]
    sides = (table[name].map(outlets).to_numpy() for name in ("doc_id", "again_doc_id"))
    assert len(table)
    assert (next(sides) != next(sides)).all()


def test_units_hold_no_texts(pair):
    assert [*pair[0].units("syria", "outlet")] == ["doc_id", "block", "line", "outlet", "predicted"]


@pytest.mark.parametrize(
    ("ask", "why"),
    [
        (lambda one: one.coverage("mood"), "group by mood: no document has such a column"),
        (lambda one: one.speakers("mood"), "group by mood: no document has such a column"),
        (lambda one: one.polarity("outlet", "moon"), "instrument 'moon': it was not measured"),
        (lambda one: one.units("moon"), "topic 'moon': the codebook has none"),
    ],
)
def test_what_is_not_there_is_said(pair, ask, why):
    with pytest.raises(InputError, match=why):
        ask(pair[0])


def test_a_folder_that_was_not_measured_is_refused(tmp_path):
    with pytest.raises(InputError, match="nothing was measured there"):
        usru.open(tmp_path)


def test_what_is_shown_says_how_much_there_is(pair):
    assert repr(pair[0]).endswith(": 4 parts)")
