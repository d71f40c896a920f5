"""What is quoted is counted by speaker and by unit, and nothing of it twice."""

import pandas as pd
import pytest
from studies import SHAPES, study

import usru
from usru.figures import FIGURES
from usru.figures.starter.agendas import ESTIMATED

MOST, WHERE, QUOTED, CHECKED, ON = (
    FIGURES[name]
    for name in (
        "most_quoted",
        "speakers_by_unit",
        "quoted_by_unit",
        "voices_checked",
        "speakers_by_topic",
    )
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
    assert table.loc["Ann Lee", "share"] == pytest.approx(len(own) / len(said), abs=0.01)


def test_the_shares_of_a_unit_are_of_what_it_quotes(many):
    table = WHERE.table(many)
    assert table.groupby("unit")["share"].sum().round(9).le(1).all()
    assert table["passage"].isna().equals(table["share"] == 0)
    whole = (table["share"] * table["n"]).groupby(table["speaker"]).sum() / many.quotations.shape[0]
    shares = MOST.table(many).set_index("speaker")["share"]
    assert whole.to_numpy() == pytest.approx(shares[whole.index].to_numpy(), abs=0.01)


def test_each_sentence_has_one_voice(many):
    table = QUOTED.table(many)
    assert table.groupby("unit")["n"].first().sum() == len(
        many.sentences.drop_duplicates(["doc_id", "block", "text"])
    )
    assert table.groupby("unit")["share"].sum().round(5).eq(1).all()


def test_those_whom_nobody_names_have_a_name_that_reads_well(tmp_path):
    said = ["“The bridge is not safe any more,” said an official who asked not to be named."]
    corpus = study(tmp_path / "one", [{}], sentences=said)
    assert set(corpus.quotations["speaker"]) == {"anonymous"}
    table = MOST.tabulate(corpus)
    shown = [text.get_text() for text in MOST.plot(table).axes[0].get_yticklabels()]
    assert shown == ["unnamed sources"]
    assert MOST.headline(table) == "Only unnamed sources are quoted"


def test_sides_are_in_the_names_where_there_are_several(tmp_path):
    corpus = study(tmp_path / "one", [{}, {}])
    people = '[sides]\ntown = "The town"\nother = "Others"\n[[people]]\nname = "Ann Lee"\nside = "town"\n'
    (corpus.manifest.folder / "codebook" / "speakers.toml").write_text(people, encoding="utf-8")
    drawing = MOST.plot(MOST.table(usru.load(corpus.manifest.folder)))
    names = [label.get_text() for label in drawing.axes[0].get_yticklabels()]
    assert "Ann Lee (The town)" in names
    assert "Carla Moreno" in names
    hatches = {bar.get_hatch() for bar in drawing.axes[0].patches}
    assert len({bar.get_facecolor() for bar in drawing.axes[0].patches}) == 2
    assert hatches == {""}, "one side has no hatch, and neither have others"


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


def quoted(words, speakers=("Ann Lee", "Tom Berg", "anonymous")):
    """A table of speakers with so many words."""
    number = len(words)
    empty = dict.fromkeys(ESTIMATED[1:])
    return pd.DataFrame({
        "speaker": speakers[:number], "side": "Others", "documents": 1, "quotations": 1, "words": words, **empty,
        "share": [n / sum(words) for n in words], "passage": "a.txt#L1",
    })  # fmt: skip


@pytest.mark.parametrize(
    ("words", "finding", "caption"),
    [
        ([1], "Only Ann Lee is quoted", "That is 1 word in 1 quotation, in 1 document."),
        ([6, 2], "Ann Lee has 75% of the quotations, more than anybody else",
         "2 speakers are quoted, with 8 words in 2 quotations."),
        ([4, 4, 2], "Ann Lee has 40% of the quotations; nobody has more",
         "3 speakers are quoted, with 10 words in 3 quotations."),
    ],
)  # fmt: skip
def test_who_is_quoted_most_is_the_finding(words, finding, caption):
    table = quoted(words)
    assert MOST.finding(table) == (finding, True)
    assert MOST.caption(table) == caption


def test_of_unnamed_sources_the_first_with_a_name_is_told():
    table = quoted([6, 2], ("anonymous", "Ann Lee"))
    assert MOST.headline(table).startswith("Unnamed sources have 75%")
    assert MOST.caption(table).endswith("Of those who have a name, Ann Lee has 25%.")


def test_the_largest_part_of_a_floor_is_found_where_there_is_one(many):
    table = WHERE.tabulate(many)
    table.loc[table["speaker"].eq("Ann Lee").idxmax(), "share"] = 0.9
    top = table.loc[table["share"].idxmax()]
    assert (
        WHERE.headline(table)
        == f"{top['speaker']} has {top['share']:.0%} of the quotations in {top['unit']}"
    )
    assert not WHERE.finding(table.assign(share=0.5))[1]
    one = table[table["unit"] == top["unit"]]
    assert not WHERE.finding(one)[1]
    number = round((one["share"] * one["n"]).sum())
    assert WHERE.caption(one).startswith(f"3 speakers are quoted with {number} quotation")


def test_a_part_of_what_a_speaker_is_quoted_with_is_on_a_topic(many):
    table = ON.tabulate(many)
    own = table[(table["speaker"] == "Ann Lee") & (table["topic"] == "roads_and_bridges")].iloc[0]
    words = many.quotations.set_index("speaker").loc["Ann Lee", "words"].sum()
    assert own["share"] == pytest.approx(own["words"] / words)
    assert table["share"].between(0, 1).all()
    assert ON.headline(table).endswith(f"Ann Lee on “roads and bridges”: {own['words']} words")


def test_what_is_somebody_elses_is_all_that_is_quoted_or_reported(many):
    table = QUOTED.tabulate(many)
    own = table[table["voice"] == "outlet"]
    others = 1 - (own["share"] * own["n"]).sum() / own["n"].sum()
    assert QUOTED.headline(table).startswith(f"{others:.0%} of all sentences are")
    assert not QUOTED.finding(table.assign(share=(table["voice"] == "outlet").astype(float)))[1]
