"""The shipped data: the dumps byte for byte, and codings that cover them."""

import hashlib

import pandas as pd
import pytest

from usru import manifest, schema
from usru.analysis import agreement
from usru.analysis.tone.validity import READINGS

DATA = manifest.shipped()
SUMS = {
    "bonn-sputnik-awkward.txt": "28321aff354ee934092f535c50c576a3f247653301c6f72dc8f0b0971a3e5cf1",
    "bonn-sputnik-thaw.txt": "e4c8186d72d5dd767f940a652ba580f23850ab603e99d64ccb6589b725237e09",
    "manila-breitbart.txt": "005a25a42a1353694b608f7ed19fee481a7c81f419e45cbea2c2836631af7ace",
    "manila-zerohedge.txt": "7b16bd657f452e3e07024021e90c6c5cc2840c4d8af144a385ce30baa0f06903",
    "moscow-econotimes.txt": "4eebacdb3d8bed2fb3f7fd93b3a6df02d11d412008d128132f510b403af1d0d1",
}


def test_the_dumps_are_those_that_were_given():
    found = {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in (DATA / "raw").iterdir()}
    assert found == SUMS


@pytest.mark.parametrize("reading", READINGS)
def test_every_line_is_coded_once_with_a_kind_of_the_codebook(corpus, reading):
    coding = corpus.coding("blocks", reading)
    assert set(coding["kind"]) <= set(schema.KINDS)
    lines = agreement.coded_lines(coding)
    assert lines.index.is_unique
    printed = corpus.lines.set_index(["doc_id", "line"]).index
    assert printed.isin(lines.index).all()


@pytest.mark.parametrize("reading", READINGS)
def test_coded_sentences_are_on_their_lines(corpus, reading):
    coding = corpus.coding("sentences", reading)
    text = corpus.paragraphs.set_index(["doc_id", "line_start"])["text"]
    for (doc_id, line), sentences in coding.groupby(["doc_id", "line"], sort=False)["text"]:
        assert " ".join(sentences) == text[doc_id, line]


@pytest.mark.parametrize("reading", READINGS)
def test_coded_dates_are_on_their_lines(corpus, reading):
    coding = corpus.coding("dates", reading)
    assert set(coding["resolution"]) <= {"explicit", "partial", "relative"}
    for row in coding.itertuples():
        assert row.text in corpus.raw(row.doc_id).splitlines()[row.line - 1]
        assert pd.Timestamp(row.earliest) <= pd.Timestamp(row.latest)


@pytest.mark.parametrize("reading", READINGS)
def test_coded_quotations_stand_between_marks_on_their_lines(corpus, reading):
    coding = corpus.coding("quotations", reading)
    assert set(coding["form"]) <= {"direct", "partial", "scare"}
    for row in coding.itertuples():
        line = corpus.raw(row.doc_id).splitlines()[row.line - 1].replace("\u00a0", " ")
        assert any(mark + row.text in line for mark in "\"“‘'")


@pytest.mark.parametrize("reading", READINGS)
def test_every_paragraph_has_a_coded_valence(corpus, reading):
    coding = corpus.coding("valence", reading)
    assert set(coding["valence"]) <= {-2, -1, 0, 1, 2}
    paragraphs = corpus.paragraphs
    assert list(zip(coding["doc_id"], coding["line"], strict=True)) == list(
        zip(paragraphs["doc_id"], paragraphs["line_start"], strict=True)
    )


def test_the_readings_differ_where_the_datasheet_says(corpus):
    first, second = (corpus.coding("blocks", reading) for reading in READINGS[1:])
    differ = first.merge(second, how="outer", indicator=True).query("_merge != 'both'")
    assert set(differ["line_start"]) == {43, 44}
    readme = (DATA / "README.md").read_text(encoding="utf-8")
    assert "lines 43 and 44" in readme


def test_no_screen_name_stands_outside_the_dumps(corpus):
    folders = [DATA / "coding", DATA.parent / "figures", DATA.parent / "notebooks"]
    for path in (
        path for folder in folders for path in folder.rglob("*.*") if path.suffix != ".png"
    ):
        text = path.read_text(encoding="utf-8")
        assert not [name for name in corpus._pseudonyms if name in text], path.name
