"""What is coded: the units of each kind, samples of them, and sheets that list some."""

import pytest

from usru.codebook import VARIABLES
from usru.coding import units
from usru.coding.comparison import values
from usru.coding.units import KINDS
from usru.errors import InputError


@pytest.fixture(scope="module")
def german(corpus_of):
    words = "Die Boote warteten im Hafen auf die Flut, und alle schwiegen dazu."
    return corpus_of({"boote": f"Die Boote warten auf die Flut\n\n{words} {words} {words}\n"})


def test_what_can_be_coded_is_what_the_codebook_asks(corpus):
    assert (*KINDS,) == VARIABLES
    assert {*corpus.codebook.variables} == {*VARIABLES}


@pytest.mark.parametrize("what", KINDS)
def test_every_unit_of_the_reference_can_be_coded(corpus, what):
    found = units.find(corpus, what)
    reference = values(corpus.coding(KINDS[what].file), what)
    assert {*units.keyed(found, what)} == {*reference.index}


@pytest.mark.parametrize("what", ["voice", "speakers"])
def test_a_passage_is_in_its_paragraph(corpus, what):
    for row in units.chosen(corpus, what).itertuples():
        around = corpus.paragraphs.query(
            "doc_id == @row.doc_id and line_start <= @row.line <= line_end"
        )
        whole = around["text"].item()
        assert whole.startswith(row.before)
        assert whole.endswith(row.after)
        inner = whole[len(row.before) : len(whole) - len(row.after)]
        assert inner == row.text


def test_without_a_reference_voice_is_of_sentences(own):
    assert units.find(own, "voice")["text"].tolist() == own.sentences["text"].tolist()


def test_another_language_is_coded_too_but_its_quotations_are_not_found(german):
    assert german.manifest.language == "de"
    assert len(units.find(german, "valence")) == len(german.paragraphs) > 0
    assert {*units.find(german, "voice")["text"]} == {*german.sentences["text"]} != set()
    with pytest.raises(InputError, match="another language"):
        units.find(german, "speakers")


def test_words_that_come_again_in_their_line_are_coded_once(corpus_of):
    said = 'The envoy said "no" to the press and "no" again to all the others who had come.'
    corpus = corpus_of({"a": f"Talks in Vienna\n\n{said}\n\n{said.replace('Vienna', 'Bonn')}\n"})
    assert units.find(corpus, "speakers")["text"].tolist() == ["no", "no"]
    assert len(corpus.quotations) == 4


def test_a_sample_is_the_same_for_all_and_holds_the_smaller(corpus):
    table = units.find(corpus, "topics")
    few, many = ({*units.keyed(units.sample(table, "topics", n), "topics")} for n in (5, 20))
    assert len(few) == 5
    assert few < many
    assert len(units.sample(table, "topics", 500)) == len(table)
    with pytest.raises(InputError, match="from 1 on"):
        units.sample(table, "topics", 0)


def test_a_sheet_says_which(corpus, tmp_path):
    table, sheet = units.find(corpus, "topics"), tmp_path / "sheet.csv"
    table.iloc[[3, 7]].assign(probability=0.5).to_csv(sheet, index=False)
    assert (
        units.chosen(corpus, "topics", sheet)["line"].tolist()
        == table["line"].iloc[[3, 7]].tolist()
    )
    voice = units.find(corpus, "voice")
    row = voice.iloc[[9]]
    row[["doc_id", "line"]].to_csv(sheet, index=False)
    of_line = voice.query("doc_id == @row.doc_id.item() and line == @row.line.item()")
    assert len(units.chosen(corpus, "voice", sheet)) == len(of_line)


@pytest.mark.refusal
@pytest.mark.parametrize(
    ("content", "told"),
    [("doc_id,line\nmanila-breitbart,5000\n", "line 2: manila-breitbart line 5000 is no passage"),
     ("doc_id\nmanila-breitbart\n", "the column 'line' is there never; have it once"),
     ("doc_id,line,line\n", "the column 'line' is there twice"), ("", "the column 'doc_id' is there never"),
     ("doc_id,line\nmanila-breitbart\n", "line 2: it has 1 cell, where the columns are 2; correct"),
     ("doc_id,line\n", "there is no passage to code")],
)  # fmt: skip
def test_a_sheet_that_cannot_be_used_is_refused(corpus, tmp_path, content, told):
    (tmp_path / "sheet.csv").write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=told):
        units.chosen(corpus, "topics", tmp_path / "sheet.csv")
