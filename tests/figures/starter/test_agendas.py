"""Shares of topics are those that a reader would count by hand."""

import pytest
from studies import SHAPES, study

import usru
from usru.figures import FIGURES

BY_UNIT, OVER_TIME, CHECKED = (
    FIGURES[f"topics_{name}"] for name in ("by_unit", "over_time", "checked")
)
WORDS = FIGURES["words_of_groups"]


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    return study(tmp_path_factory.mktemp("study") / "one", **SHAPES["many groups"])


def test_a_share_is_that_of_the_words_on_the_topic(many):
    table = BY_UNIT.table(many).set_index(["topic", "unit"])["share"]
    nowhere = many.paragraphs[many.paragraphs["outlet"] == ""]
    on = nowhere["text"].str.contains("school", case=False)
    assert table["schools", "not known"] == pytest.approx(
        nowhere.loc[on, "words"].sum() / nowhere["words"].sum()
    )


def test_the_topic_with_most_words_is_on_top(many):
    covered = many.topics.merge(many.paragraphs, on=["doc_id", "block"])
    most = covered.groupby("topic", observed=True)["words"].sum().idxmax()
    assert BY_UNIT.table(many)["topic"].iloc[0] == most.replace("_", " ")


def test_a_period_has_the_share_of_its_documents(many):
    table = OVER_TIME.table(many)
    assert (table["documents"] >= 3).all()
    assert ((table["low"] <= table["share"]) & (table["share"] <= table["high"])).all()
    one = table[table["topic"] == "schools"].iloc[0]
    days = many.documents.set_index("doc_id")["published"]
    within = many.paragraphs["doc_id"].map(days).between(one["begins"], one["ends"])
    texts = many.paragraphs[within]
    on = texts["text"].str.contains("school", case=False)
    assert texts["doc_id"].nunique() == one["documents"]
    assert one["share"] == pytest.approx(texts.loc[on, "words"].sum() / texts["words"].sum())


def test_words_are_shown_of_six_groups_that_have_a_name(many):
    table = WORDS.table(many)
    assert 1 <= table["unit"].nunique() <= 6
    assert not table["unit"].str.startswith("all others").any()
    assert (table["z"] > 0).all()
    assert table.groupby("unit").size().max() <= 12


def coded(folder, topics):
    """A study of two documents, of which a reader has coded some paragraphs."""
    corpus = study(folder / "one", [{}, {}])
    lines = corpus.paragraphs[["doc_id", "line_start"]].head(len(topics))
    rows = [f"{row.doc_id},{row.line_start},{of}" for row, of in zip(lines.itertuples(), topics, strict=True)]  # fmt: skip
    (corpus.manifest.folder / "coding" / "reference").mkdir(parents=True)
    sheet = corpus.manifest.folder / "coding" / "reference" / "topics.csv"
    sheet.write_text("\n".join(["doc_id,line,topics", *rows]) + "\n", encoding="utf-8")
    return usru.load(corpus.manifest.folder)


def test_only_the_paragraphs_that_were_read_are_compared(tmp_path):
    corpus = coded(tmp_path, ["schools water", "", "schools"])
    table = CHECKED.table(corpus).set_index("label")
    read = corpus.paragraphs.head(3)
    found = corpus.topics.merge(read[["doc_id", "block"]])["topic"].value_counts()
    assert table["in_found"].to_dict() == {
        name.replace("_", " ") if len(name) < 34 else "money of the town and of…": n
        for name, n in found.items() if n or name in ("schools", "water")
    }  # fmt: skip
    assert table["in_reference"]["schools"] == 2


def test_a_topic_that_the_dictionary_finds_badly_is_marked(tmp_path):
    corpus = coded(tmp_path, ["schools"] * 3)
    table = BY_UNIT.table(corpus)
    assert "roads and bridges °" in set(table["topic"])
    assert "finds unreliably" in BY_UNIT.caption(table)


@pytest.mark.parametrize("topics", [[], ["", ""]], ids=["no row", "rows without a topic"])
def test_a_sheet_that_nobody_filled_is_no_reading(tmp_path, topics):
    corpus = coded(tmp_path, topics)
    assert CHECKED.caption(CHECKED.table(corpus)) == CHECKED.empty
    assert not BY_UNIT.table(corpus)["topic"].str.contains("°").any()
