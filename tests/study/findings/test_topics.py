"""Each claim on topics holds for the study, and fails where the data say otherwise."""

import csv

import pytest

import usru
from usru.evaluation import outside
from usru.study import findings
from usru.study.findings import topics as subject

CLAIMS = [f"topics-{number}" for number in range(1, 14)]
ELSEWHERE = {"topics-4", "topics-9"}  # claims on the dictionary, which need no reading


def code_anew(folder, change, readings=("reference",)):
    """Rewrite the coding of topics: `change` gets a document, a line and its topics."""
    for reading in readings:
        path = folder / "coding" / reading / "topics.csv"
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        for row in rows:
            topics = change(row["doc_id"], int(row["line"]), row["topics"].split())
            row["topics"] = " ".join(topics)
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0])
            writer.writeheader()
            writer.writerows(rows)


def also(topic, *, of=""):
    """A change that gives one more topic to the stories of a meeting, or to all."""

    def change(doc_id, _, topics):
        return [*dict.fromkeys([*topics, topic])] if doc_id.startswith(of) else topics

    return lambda folder: code_anew(folder, change)


def without(topic):
    return lambda folder: code_anew(folder, lambda *row: [one for one in row[2] if one != topic])


def each_in_all(folder):
    """Every story has three more topics that it shares with all others."""
    added = ["sanctions", "syria", "press"]
    code_anew(folder, lambda doc_id, line, topics: [*dict.fromkeys([*topics, *added])])


def unlike_readings(folder):
    """The second reading calls every other paragraph something else."""
    code_anew(
        folder, lambda _, line, topics: ["economy"] if line % 4 < 2 else topics, ["reading-2"]
    )


def own_topic_of_the_shorter(folder):
    code_anew(
        folder, lambda doc_id, _, topics: ["cyber"] if doc_id == "manila-breitbart" else topics
    )


def same_agenda(folder):
    """All stories are on the same matters, in other paragraphs of which some are on nothing else."""
    code_anew(folder, lambda _, line, topics: ["bilateral", "ukraine"])


def as_the_dictionary(folder, corpus):
    """The reading is what the dictionary says, and more."""
    found = corpus.topics.merge(corpus.paragraphs[["doc_id", "block", "line_start"]])
    said = found.groupby(["doc_id", "line_start"])["topic"].agg(list).to_dict()
    code_anew(
        folder,
        lambda doc_id, line, _: [
            *dict.fromkeys([*said.get((doc_id, line), []), "economy", "cyber"])
        ],
    )


def the_ministers_are_a_topic(folder):
    """Who is named is what a paragraph is about, which grouping by words finds."""
    paragraphs = usru.load(folder).paragraphs
    named = paragraphs[paragraphs["text"].str.contains("Lavrov|Tillerson|Russian")]
    lines = set(zip(named["doc_id"], named["line_start"], strict=True))
    code_anew(folder, lambda doc_id, line, _: ["economy"] if (doc_id, line) in lines else [])


MUTATIONS = {
    "topics-1": each_in_all,
    "topics-2": also("press", of="bonn"),
    "topics-3": unlike_readings,
    "topics-5": own_topic_of_the_shorter,
    "topics-6": the_ministers_are_a_topic,
    "topics-7": also("economy"),
    "topics-11": without("sanctions"),
    "topics-13": same_agenda,
}


@pytest.mark.parametrize("id", CLAIMS)
def test_a_claim_holds_for_the_study(id, corpus):
    assert findings.show(id, corpus).holds is True


@pytest.mark.parametrize("id", MUTATIONS)
def test_a_claim_fails_where_the_reading_says_otherwise(id, copy):
    MUTATIONS[id](copy)
    assert findings.show(id, usru.load(copy)).holds is False


def test_the_dictionary_no_longer_exaggerates_where_the_reading_says_more(copy, corpus):
    as_the_dictionary(copy, corpus)
    assert findings.show("topics-10", usru.load(copy)).holds is False


def test_a_dictionary_that_is_right_is_no_failure(copy, corpus):
    found = corpus.topics.merge(corpus.paragraphs[["doc_id", "block", "line_start"]])
    said = found.groupby(["doc_id", "line_start"])["topic"].agg(list).to_dict()
    code_anew(copy, lambda doc_id, line, _: said.get((doc_id, line), []),
              ["reference", "reading-1", "reading-2"])  # fmt: skip
    right = usru.load(copy)
    for id in ("topics-3", "topics-10"):
        assert findings.show(id, right).holds is True, id
    assert "the room of the reading" in findings.show("topics-10", right).sentence


def test_claims_on_other_pages_fail_where_those_say_otherwise(monkeypatch, corpus):
    read, found = outside.topics()
    monkeypatch.setattr(
        outside, "topics", lambda: (read, found.iloc[:, ::-1].set_axis([*found], axis=1))
    )
    assert findings.show("topics-4", corpus).holds is False
    here = tuple(usru.analysis.topics.wide(coded, corpus.paragraphs)
                 for coded in (corpus.coded_topics, corpus.topics))  # fmt: skip
    monkeypatch.setattr(outside, "topics", lambda: here)
    assert findings.show("topics-12", corpus).holds is False


def test_patterns_that_tell_topics_on_other_pages_too_are_not_fitted(monkeypatch, corpus):
    own = corpus.paragraphs[["doc_id", "block", "text"]]
    monkeypatch.setattr(subject, "_outside_paragraphs", lambda: own)
    assert findings.show("topics-9", corpus).holds is False


def test_words_that_every_prior_puts_first_are_all_kept(monkeypatch, corpus):
    monkeypatch.setattr(usru.analysis.topics.top_words, "__defaults__", ("meeting", 5, (500, 501)))
    assert findings.show("topics-8", corpus).holds is False


@pytest.mark.parametrize("id", CLAIMS)
def test_texts_that_nobody_coded_get_no_false_claim(id, own):
    claim = findings.show(id, own)
    assert claim.holds in ((None, True) if id in ELSEWHERE else (None,))
    assert claim.sentence.endswith(".")
