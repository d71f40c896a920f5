"""Contracts refuse what breaks them."""

import pandas as pd
import pytest

from usru import schema


@pytest.mark.parametrize("name", list(schema.FRAMES))
def test_a_frame_without_rows_keeps_its_contract(name):
    assert schema.check(name, schema.frame(name, [])).empty


@pytest.mark.parametrize(
    "name",
    ["meetings", "documents", "blocks", "lines", "paragraphs", "sentences", "dates", "comments"],
)
def test_every_frame_of_the_corpus_keeps_its_contract(corpus, name):
    assert not schema.check(name, getattr(corpus, name)).empty


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda t: t.drop(columns="text"), "columns"),
        (lambda t: t.assign(start=t["start"].astype(float)), "blocks.start: dtype float64"),
        (lambda t: t.assign(kind="story"), "blocks.kind: ['story']"),
        (lambda t: t.assign(line_start=0), "blocks.line_start: 0, expected at least 1"),
        (lambda t: t.assign(rule=pd.Series([None] * len(t), dtype="str")), "blocks.rule: a value is missing"),
    ],
)  # fmt: skip
def test_a_broken_contract_names_frame_and_column(corpus, change, told):
    with pytest.raises(ValueError, match="blocks") as caught:
        schema.check("blocks", change(corpus.blocks))
    assert told in str(caught.value)


def test_a_contract_reads_as_a_table():
    for name, columns in schema.FRAMES.items():
        table = schema.describe(name)
        assert table["column"].tolist() == list(columns)
        assert table["meaning"].str.len().min() > 5
