"""The outside pages are coded whole, and the rules are measured on them."""

import re

import pandas as pd
import pytest

from usru import schema
from usru.codebook import Topic
from usru.evaluation import outside
from usru.text import blocks

PAGES = [(name, path) for name in outside.SETS for path in outside.pages(name)]


@pytest.mark.parametrize(("name", "path"), PAGES, ids=[path.stem for _, path in PAGES])
def test_every_line_of_an_outside_page_is_coded_once(name, path):
    coding = pd.read_csv(path.with_suffix(".csv"))
    assert set(coding["kind"]) <= set(schema.KINDS)
    table = outside.lines(name).query("page == @path.stem")
    assert table["reference"].notna().all()
    lines = [n for row in coding.itertuples() for n in range(row.line_start, row.line_end + 1)]
    assert len(lines) == len(set(lines))


def test_errors_are_the_lines_that_differ():
    table = outside.lines("unseen")
    assert outside.errors("unseen")["lines"].sum() == (table["reference"] != table["found"]).sum()


QUOTED = pytest.mark.parametrize(("name", "pages"), [("unseen", 12), ("voices", 18)])


@QUOTED
def test_quotations_are_coded_on_every_page(name, pages):
    read, found = outside.quotations(name)
    assert read["doc_id"].nunique() == len(outside.pages(name)) == pages
    assert {"doc_id", "line", "text", "speaker", "form"} <= set(read) & set(found)
    assert set(read["form"]) <= {"direct", "partial", "scare"}
    lines = {path.stem: path.read_bytes().decode("utf-8") for path in outside.pages(name)}
    for table in (read, found):
        for row in table.itertuples():
            line = re.split(r"\r\n|\n|\r", lines[row.doc_id])[row.line - 1]
            assert blocks.clean(row.text).split()[0] in blocks.clean(line)


QUOTATION_FLOORS = {
    "outside pages, unseen": {"span": 0.99, "speaker": 0.97},
    "outside pages, voices": {"span": 0.99, "speaker": 0.9},
}


def test_agreement_on_quotations_stays_above_its_floors(corpus):
    table = outside.quotation_agreement(corpus)
    assert table["pages"].drop_duplicates().tolist() == ["this corpus", *QUOTATION_FLOORS]
    recall = table.set_index(["pages", "what"])["recall"]
    for pages, floors in QUOTATION_FLOORS.items():
        for what, floor in floors.items():
            assert recall[pages, what] >= floor, (pages, what)


CLAUSE_FLOORS = {"this corpus": 0.938, "outside pages, voices": 0.917}
"""Words that get the voice that a reader gives them. Lower one only on purpose."""


def test_agreement_on_clauses_stays_above_its_floors(corpus):
    table = outside.clause_agreement(corpus).query("what == 'all'").set_index("pages")
    for pages, floor in CLAUSE_FLOORS.items():
        assert table.loc[pages, "recall"] >= floor, pages


def test_a_corpus_that_nobody_coded_is_left_out_of_the_agreement(own):
    assert outside.quotation_agreement(own)["pages"].drop_duplicates().tolist() == [*QUOTATION_FLOORS]  # fmt: skip


def test_topics_are_compared_by_any_dictionary_and_on_the_same_paragraphs():
    read, _ = outside.topics()
    paragraphs = outside.topic_paragraphs()
    assert [*read.index] == [*zip(paragraphs["doc_id"], paragraphs["block"], strict=True)]
    assert read.to_numpy().sum() == paragraphs["topics"].str.split().str.len().sum()
    own_read, own_found = outside.topics({"arms_control": Topic("Arms", ("soup",))})
    assert own_read["arms_control"].equals(read["arms_control"])
    assert paragraphs["text"][own_found["arms_control"].to_numpy()].str.contains("soup").all()
    assert own_found.to_numpy().sum() == 1
