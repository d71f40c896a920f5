"""Each claim on estimates holds for the study, and fails where the data say otherwise."""

import pandas as pd
import pytest
from few import Few

import usru
from usru.analysis import topics
from usru.figures.estimates import counts
from usru.study import findings
from usru.study.exercises import altered
from usru.study.findings import estimates as subject

CLAIMS = [f"estimates-{number}" for number in range(1, 9)]
MENDED = '"sanctions", "curbs", "penalties", "asset rules", "trade limits", "caatsa"'


@pytest.fixture(scope="module")
def mended(corpus):
    """A corpus whose dictionary makes no error in the generated press."""
    return altered(corpus, "codebook/topics.toml", '"sanction*", "caatsa"', MENDED)


def rewrite(folder, file, change):
    """Rewrite a coding: `change` gets and returns its table."""
    path = folder / "coding" / file
    table = pd.read_csv(path, keep_default_na=False)
    change(table).to_csv(path, index=False, lineterminator="\n")


def as_the_dictionary(folder, corpus):
    found = corpus.topics.merge(corpus.paragraphs[["doc_id", "block", "line_start"]])
    said = found.groupby(["doc_id", "line_start"])["topic"].agg(" ".join).to_dict()

    def change(table):
        keys = zip(table["doc_id"], table["line"], strict=True)
        return table.assign(topics=[said.get(key, "") for key in keys])

    rewrite(folder, "reference/topics.csv", change)


def as_the_list(folder, corpus):
    """The valence is what the word list says."""
    scores = corpus.valence["textblob"].fillna(0.0)
    ranks = scores.rank(method="first").sub(1).mul(5).floordiv(len(scores)).sub(2).astype(int)
    rewrite(folder, "reference/valence.csv", lambda table: table.assign(valence=ranks.to_numpy()))


def other_reading(folder, corpus):
    rewrite(folder, "reading-2/topics.csv", lambda table: table.assign(topics="economy"))


MUTATIONS = {
    "estimates-2": as_the_dictionary,
    "estimates-3": as_the_dictionary,
    "estimates-4": as_the_list,
    "estimates-7": other_reading,
}


@pytest.mark.parametrize("id", CLAIMS)
def test_a_claim_holds_for_the_study(id, corpus):
    assert findings.show(id, corpus).holds is True


@pytest.mark.parametrize("id", MUTATIONS)
def test_a_claim_fails_where_the_coding_says_otherwise(id, copy, corpus):
    MUTATIONS[id](copy, corpus)
    assert findings.show(id, usru.load(copy)).holds is False


@pytest.mark.parametrize("id", ["estimates-1", "estimates-5", "estimates-6", "estimates-8"])
def test_a_claim_on_the_count_fails_where_the_dictionary_makes_no_error(id, mended):
    assert findings.show(id, mended).holds is False


def test_every_claim_on_estimates_is_tried(corpus):
    findings.show("estimates-1", corpus)
    assert {id for id in findings.FINDINGS if id.startswith("estimates-")} == {*CLAIMS}


def test_texts_that_nobody_coded_get_no_claim_but_on_the_generated_press(own):
    for id in CLAIMS:
        holds = id in ("estimates-1", "estimates-5", "estimates-6", "estimates-8") or None
        assert findings.show(id, own).holds is holds, id


def test_what_is_counted_right_by_luck_is_told_from_what_is_right(corpus):
    table = counts(corpus).set_index("topic")
    read, found = (
        topics.wide(coded, corpus.paragraphs) for coded in (corpus.coded_topics, corpus.topics)
    )
    same = (read["syria"] & found["syria"]).sum()
    assert table.loc["syria"].tolist() == [6, 6, same, len(read)]
    told = findings.show("estimates-2", corpus).sentence
    assert "2 right by luck" in told
    assert told.index("Syria") > told.index("right by luck")


def test_the_second_coder_reads_half_of_what_the_first_does(corpus):
    table = subject.two_coders(corpus)
    assert table["coded"].notna().sum() == subject.PART
    assert table["second"].notna().sum() == subject.PART // 2
    assert table.loc[table["second"].notna(), "coded"].notna().all()


def test_a_few_paragraphs_are_told_of_without_a_number_that_is_none(corpus):
    few = Few(corpus, ["moscow-econotimes"])
    for id in CLAIMS:
        assert "nan" not in findings.show(id, few).sentence
