"""Sentences: the laws, the reference coding, and a table of cases with the reason for each."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from usru.text import blocks, sentences

CASES = [
    ("The U.S. envoy left.", 1, "a country's initials before a noun"),
    ("He left the U.S. The next day he returned.", 2, "a country's initials at the end"),
    ("Both U.S. Secretary of State Lee and others came.", 1, "initials before a capitalised title"),
    ("Mr. Lee met Mrs. May.", 1, "titles"),
    ("Lt. Gen. Ann Lee (ret.) resigned. Nobody asked why.", 2, "rank and bracket"),
    ("Sen. Lee spoke. So did Rep. Ray.", 2, "offices"),
    ("He met Gov. Brown. They talked.", 2, "an office before a name"),
    ("They met. Gov. Brown left.", 2, "a verb that is also an abbreviation"),
    ("She left last week. Nobody noticed.", 2, "a plain word that lawyers abbreviate"),
    ("He paused ... and went on.", 1, "an ellipsis inside a sentence"),
    ("He paused... Then he went on.", 2, "an ellipsis at the end"),
    ('"Why did you do it?" the envoy asked.', 1, "a question inside its reporting clause"),
    ('"Stop!" she cried. "Now."', 2, "two quotations"),
    ("They were not in vain. “We hope so.”", 2, "an opening quotation mark after the stop"),
    ('It is "over." He left.', 2, "a stop inside the closing mark"),
    ('"A sign is a meeting [on February 16, in Baku, Azerbaijan]. But it goes on."', 2, "brackets"),
    ("It came on Feb. 16 at 5 p.m. Nobody saw it.", 2, "month and hour"),
    ("Oil rose 2.5 percent. Gas fell.", 2, "a decimal point"),
    ("Thomas A. Shannon went on.", 1, "a middle initial"),
    ("J. Q. Public won. He wept.", 2, "two initials"),
    ("It is so (or nearly.) He left.", 2, "a stop inside the bracket"),
    ("Acme Inc. in Ohio closed.", 1, "a company"),
    ("One line breaks\nhere. Another goes\r\non.", 2, "line breaks inside sentences"),
    ("No stop at all", 1, "no stop"),
    ("", 0, "nothing"),
    ("   ", 0, "white space"),
]


@pytest.mark.parametrize(("text", "count", "why"), CASES, ids=[case[2] for case in CASES])
def test_a_text_has_as_many_sentences_as_an_editor_sees(text, count, why):
    assert len(sentences.spans(text)) == count, why


def test_the_paragraphs_are_divided_as_two_readers_divided_them(corpus):
    lines = corpus.paragraphs.set_index(["doc_id", "block"])["line_start"]
    found = [
        (row.doc_id, int(lines[row.doc_id, row.block]), row.text)
        for row in corpus.sentences.itertuples()
    ]
    coded = corpus.coding("sentences")
    read = set(zip(coded["doc_id"], coded["line"], coded["text"], strict=True))
    assert len(read & set(found)) >= 0.98 * max(len(read), len(found))


TEXTS = st.text(alphabet="aB .!?\n\r\"“”'…()[]\u00a0U.S", max_size=120)


@given(TEXTS)
def test_spans_are_tight_in_order_and_hold_every_character(text):
    spans = sentences.spans(text)
    assert all(text[start:end] == text[start:end].strip() for start, end in spans)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))
    held = "".join(text[start:end] for start, end in spans)
    assert "".join(held.split()) == "".join(text.split())


@given(TEXTS)
def test_a_sentence_never_crosses_a_block(text):
    page = "Envoys meet in Vienna again\n\n" + text
    found = blocks.find(page)
    spans = found.set_index("block")
    for row in sentences.find(page, found).itertuples():
        assert spans.loc[row.block, "start"] <= row.start < row.end <= spans.loc[row.block, "end"]
        assert row.text == blocks.clean(page[row.start : row.end])


def test_a_page_without_a_story_has_no_sentence():
    assert sentences.find("Menu", blocks.find("Menu")).empty


@pytest.mark.parametrize("title", ["Mr. Lee", "Sen. Lee", "Dr. No", "Lt. Gen. Lee"])
@pytest.mark.parametrize("marks", ["“”", "‘’", '""'])
def test_a_title_after_an_opening_mark_ends_nothing(title, marks):
    text = f"He left. {marks[0]}{title} has it,{marks[1]} she said."
    assert len(sentences.spans(text)) == 2
