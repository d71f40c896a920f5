"""Shares of topics are those that a reader would count by hand."""

import pandas as pd
import pytest
from studies import SHAPES, study

import usru
from usru.figures import FIGURES

BY_UNIT, OVER_TIME, CHECKED = (
    FIGURES[f"topics_{name}"] for name in ("by_unit", "over_time", "checked")
)
WORDS, PAIRS = FIGURES["words_of_groups"], FIGURES["topic_pairs"]


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    return study(tmp_path_factory.mktemp("study") / "one", **SHAPES["many groups"])


def test_a_share_is_that_of_the_paragraphs_on_the_topic(many):
    table = BY_UNIT.table(many).set_index(["topic", "unit"])["share"]
    nowhere = many.paragraphs[many.paragraphs["outlet"] == ""]
    on = nowhere["text"].str.contains("school", case=False)
    assert table["schools", "not known"] == pytest.approx(on.mean(), abs=1e-6)


def test_the_topic_of_most_paragraphs_is_on_top(many):
    most = many.topics["topic"].value_counts().idxmax()
    assert BY_UNIT.table(many)["topic"].iloc[0] == most


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
    assert one["share"] == pytest.approx(on.mean(), abs=1e-6)


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
        name: n for name, n in found.items() if n or name in ("schools", "water")
    }
    assert table["in_reference"]["schools"] == 2


def test_a_topic_that_the_dictionary_finds_badly_is_marked(tmp_path):
    corpus = coded(tmp_path, ["schools"] * 3)
    table = BY_UNIT.tabulate(corpus)
    drawing = BY_UNIT.plot(table)
    shown = [text.get_text() for text in drawing.axes[0].get_yticklabels()]
    assert "roads and bridges *" in shown
    assert "schools" in shown
    assert "finds unreliably" in BY_UNIT.caption(table)
    assert table["topic"].iloc[0] in table.attrs["weak"]
    assert not BY_UNIT.finding(table)[1], "what is found badly carries no finding"


@pytest.mark.parametrize("topics", [[], ["", ""]], ids=["no row", "rows without a topic"])
def test_a_sheet_that_nobody_filled_is_no_reading(tmp_path, topics):
    corpus = coded(tmp_path, topics)
    assert CHECKED.caption(CHECKED.table(corpus)) == CHECKED.empty
    table = BY_UNIT.tabulate(corpus)
    assert table.attrs["weak"] == ()
    assert "*" not in BY_UNIT.caption(table)


def test_a_topic_has_its_label_and_a_label_that_is_long_is_cut(many):
    drawing = BY_UNIT.plot(BY_UNIT.tabulate(many))
    shown = {text.get_text() for text in drawing.axes[0].get_yticklabels()}
    assert shown == {"roads and bridges", "water", "schools", "money of the town and of…"}


def test_the_topic_of_most_paragraphs_is_the_finding_with_its_least_and_its_largest_share(many):
    table = BY_UNIT.tabulate(many)
    own = table[table["topic"] == table["topic"].iloc[0]]["share"]
    told = f"“water”: {own.min():.0%} to {own.max():.0%} of each outlet’s paragraphs"
    assert BY_UNIT.headline(table).endswith(told)
    assert BY_UNIT.measured(table).startswith("Share of each outlet’s paragraphs")
    one = table[table["unit"] == table["unit"].iloc[0]]
    assert BY_UNIT.headline(one).endswith(f"“water”: {own.iloc[0]:.0%} of the paragraphs")
    assert BY_UNIT.measured(one).startswith("Share of the paragraphs")


def test_the_topic_that_varies_most_is_named_where_one_does():
    table = pd.DataFrame({
        "topic": ["sea", "sea", "law", "law"], "period": "month", "share": [0.2, 0.5, 0.3, 0.4],
    })  # fmt: skip
    assert OVER_TIME.finding(table) == (
        "“sea” varies most, from 20% to 50% of the paragraphs of a month",
        True,
    )
    assert not OVER_TIME.finding(table.assign(share=[0.2, 0.3, 0.3, 0.4]))[1], "two vary alike"
    assert not OVER_TIME.finding(table.head(2))[1], "one topic varies neither most nor least"


def test_a_pair_is_a_finding_where_it_is_beyond_chance():
    table = pd.DataFrame({"topic": ["sea", "sea"], "other": ["law", "tax"], "paragraphs": [9, 6],
                          "expected": [9.2, 2.4]})  # fmt: skip
    assert PAIRS.finding(table) == (
        "“sea” and “tax” share 6 paragraphs, where chance gives 2",
        True,
    )
    assert "1 of the 2 pairs is more frequent than by chance" in PAIRS.caption(table)
    assert not PAIRS.finding(table.head(1))[1]
    one = table.assign(paragraphs=1, expected=0.0).head(1)
    assert PAIRS.caption(one) == "1 paragraph is on both “sea” and “law”."


def test_the_word_that_sets_a_group_apart_is_named_with_its_uses(many):
    table = WORDS.table(many)
    assert not WORDS.finding(table)[1], "none is beyond what differences by chance reach"
    table.loc[3, ["z", "here", "elsewhere"]] = 5.0, 7, 2
    sentence, holds = WORDS.finding(table)
    word, unit = table.loc[3, "word"], table.loc[3, "unit"]
    assert (sentence, holds) == (f"“{word}” sets {unit} apart most, with 7 of its 9 uses", True)


def test_a_cell_chooses_its_passages_where_the_explorer_can(many, tmp_path):
    rows = [*BY_UNIT.tabulate(many).itertuples()]
    queries = {row.unit: BY_UNIT.query(row) for row in rows if row.topic == "water"}
    assert queries.pop("not known") == ""
    assert queries.pop("all others (2)") == ""
    for query in queries.values():
        assert query.startswith("topics=water&outlet=The+")
    few = BY_UNIT.tabulate(study(tmp_path / "one", [{}, {}]))
    assert BY_UNIT.query(next(few.itertuples())) == f"topics={few['topic'].iloc[0]}&story=id-000"
