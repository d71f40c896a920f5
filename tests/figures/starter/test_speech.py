"""What is quoted is counted by speaker and by unit, and nothing of it twice."""

import pytest
from studies import SHAPES, study

import usru
from usru.figures import FIGURES

MOST, WHERE, QUOTED, CHECKED = (
    FIGURES[name]
    for name in ("most_quoted", "speakers_by_unit", "quoted_by_unit", "voices_checked")
)


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    return study(tmp_path_factory.mktemp("study") / "one", **SHAPES["many groups"])


def test_a_speaker_has_the_words_of_all_quotations(many):
    table = MOST.table(many).set_index("speaker")
    own = many.quotations[many.quotations["speaker"] == "Ann Lee"]
    said = many.quotations.dropna(subset="speaker")
    assert table.loc["Ann Lee", "words"] == own["words"].sum()
    assert table.loc["Ann Lee", "quotations"] == len(own)
    assert table.loc["Ann Lee", "documents"] == own["doc_id"].nunique()
    assert table.loc["Ann Lee", "share"] == pytest.approx(own["words"].sum() / said["words"].sum())


def test_the_shares_of_a_unit_are_of_what_it_quotes(many):
    table = WHERE.table(many)
    assert table.groupby("unit")["share"].sum().round(9).le(1).all()
    assert table["words"].sum() == MOST.table(many)["words"].sum()
    assert table["passage"].isna().equals(table["words"] == 0)


def test_quoted_and_own_words_are_all_words(many):
    table = QUOTED.table(many)
    assert table["words"].sum() == many.paragraphs["words"].sum()
    assert table.groupby("unit")["share"].sum().round(9).eq(1).all()


def test_those_whom_nobody_names_have_a_name_that_reads_well(tmp_path):
    said = ["“The bridge is not safe any more,” said an official who asked not to be named."]
    corpus = study(tmp_path / "one", [{}], sentences=said)
    assert set(corpus.quotations["speaker"]) == {"anonymous"}
    assert MOST.table(corpus)["speaker"].tolist() == ["unnamed sources"]


def test_sides_are_in_the_names_where_there_are_several(tmp_path):
    corpus = study(tmp_path / "one", [{}, {}])
    people = '[sides]\ntown = "The town"\nother = "Others"\n[[people]]\nname = "Ann Lee"\nside = "town"\n'
    (corpus.manifest.folder / "codebook" / "speakers.toml").write_text(people, encoding="utf-8")
    drawing = MOST.plot(MOST.table(usru.load(corpus.manifest.folder)))
    names = [label.get_text() for label in drawing.axes[0].get_yticklabels()]
    assert "Ann Lee (The town)" in names
    assert "Carla Moreno" in names


def test_only_documents_that_were_read_are_compared(tmp_path):
    corpus = study(tmp_path / "one", [{}, {}])
    one = corpus.quotations[corpus.quotations["doc_id"] == "id-000"]
    (corpus.manifest.folder / "coding" / "reference").mkdir(parents=True)
    sheet = corpus.manifest.folder / "coding" / "reference" / "quotations.csv"
    one[["doc_id", "line", "text", "speaker", "cue", "form"]].to_csv(sheet, index=False)
    table = CHECKED.table(usru.load(corpus.manifest.folder)).set_index("label")
    assert (
        table.loc["quotation", ["in_reference", "in_found", "in_both"]].tolist() == [len(one)] * 3
    )
    assert (table["precision"] == 1).all()
