"""Few documents are named by their titles, many by their groups, the largest first."""

import pandas as pd
import pytest
from studies import SHAPES, study

from usru.figures import FIGURES
from usru.figures.starter import units


@pytest.fixture(scope="module")
def corpus_of(tmp_path_factory):
    return lambda **shape: study(tmp_path_factory.mktemp("study") / "one", **shape)


def names(corpus):
    return units.units(corpus).cat.categories.tolist()


def test_documents_of_one_title_are_told_apart(corpus_of):
    corpus = corpus_of(**SHAPES["few"])
    assert names(corpus) == [
        "Bridge closed for the winter",
        "Bridge closed for the winter (2)",
        "A very long headline about the…",
    ]
    assert units.kind(corpus) == "document"


def test_a_document_without_a_title_is_named_by_its_id(corpus_of):
    assert names(corpus_of(rows=[{"title": "Flood"}, {}])) == ["Flood", "id-001"]


def test_a_title_that_looks_numbered_is_not_mistaken_for_another(corpus_of):
    rows = [{"title": "Flood"}, {"title": "Flood"}, {"title": "Flood (2)"}]
    assert len(set(names(corpus_of(rows=rows)))) == 3


def test_of_many_groups_the_largest_are_named(corpus_of):
    corpus = corpus_of(**SHAPES["many groups"])
    found, documents = units.units(corpus), corpus.documents
    outlets = documents["outlet"].nunique()  # those without one are a group too
    assert len(names(corpus)) == 12
    assert names(corpus)[-1] == f"all others ({outlets - 11})"
    words = corpus.paragraphs.groupby("doc_id")["words"].sum().groupby(found, observed=True).sum()
    listed = [name for name in names(corpus)[:-1] if name != "not known"]
    assert words[listed].is_monotonic_decreasing
    assert "not known" in names(corpus)[-2:] or "not known" not in names(corpus)


def test_a_dozen_groups_are_all_named(corpus_of):
    rows = [{"outlet": f"Paper {i % 12}"} for i in range(24)]
    assert len(names(corpus_of(rows=rows))) == 12
    assert not [name for name in names(corpus_of(rows=rows)) if name.startswith("all others")]


def test_what_is_not_known_comes_last(corpus_of):
    rows = [{}] * 9 + [{"outlet": "Tide"}] * 3 + [{"outlet": "Wave"}] * 2
    assert names(corpus_of(rows=rows)) == ["Tide", "Wave", "not known"]


def test_documents_of_which_nothing_is_known_are_one_group(corpus_of):
    assert names(corpus_of(**SHAPES["nothing known"])) == ["all documents"]


def test_periods_are_in_the_order_of_time(corpus_of):
    rows = [{"published": f"20{20 - i % 3}-01-05"} for i in range(15)]
    assert names(corpus_of(rows=rows)) == ["2018", "2019", "2020"]


def test_a_group_of_ones_own_is_called_by_its_column(corpus_of):
    assert units.kind(corpus_of(**SHAPES["a column of one's own"])) == "desk"


def test_rows_are_sorted_by_unit_and_else_stay(corpus_of):
    corpus = corpus_of(rows=[{"outlet": ("Wave", "Tide")[i % 2]} for i in range(13)])
    table = units.by_unit(
        corpus, pd.DataFrame({"doc_id": corpus.documents["doc_id"], "n": range(13)})
    )
    assert table["unit"].tolist() == ["Wave"] * 7 + ["Tide"] * 6
    assert table["n"].tolist() == [*range(0, 13, 2), *range(1, 13, 2)]


@pytest.mark.parametrize(
    ("text", "width", "short"),
    [
        ("The  Daily\nTide", 20, "The Daily Tide"),
        ("The Daily Tide", 14, "The Daily Tide"),
        ("The Daily Tide", 13, "The Daily…"),
        ("Donaudampfschifffahrt", 12, "Donaudampfs…"),
        ("A Donaudampfschifffahrtsgesellschaft", 12, "A Donaudamp…"),
        ("", 12, ""),
    ],
)
def test_names_are_cut_at_a_word_where_one_ends_in_time(text, width, short):
    assert units.shorten(text, width) == short
    assert len(short) <= width


def test_months_are_read_as_words(corpus_of):
    rows = [{"published": f"2020-{1 + i % 3:02d}-05"} for i in range(15)]
    assert names(corpus_of(rows=rows, head='group = "month"\n')) == [
        "January 2020", "February 2020", "March 2020",
    ]  # fmt: skip


def test_a_sample_is_counted_in_documents_and_groups(corpus_of):
    size = FIGURES["lengths"].tabulate(corpus_of(**SHAPES["many groups"])).attrs["size"]
    assert size == "70 documents in 13 groups by outlet, 280 paragraphs"
    assert (
        FIGURES["lengths"].tabulate(corpus_of(rows=[{}])).attrs["size"]
        == "1 document, 4 paragraphs"
    )
    one_group = FIGURES["lengths"].tabulate(corpus_of(**SHAPES["nothing known"]))
    assert one_group.attrs["size"] == "14 documents, 56 paragraphs"


def test_units_are_chosen_by_what_the_explorer_has(corpus_of):
    few = units.choices(corpus_of(rows=[{"outlet": "Tide"}]), pd.DataFrame({"unit": ["id-000"]}))
    assert few.iloc[0].tolist() == ["id-000", "id-000", None, None]
    years = corpus_of(rows=[{"published": f"20{20 - i % 3}-01-05"} for i in range(15)])
    assert units.choices(years, pd.DataFrame({"unit": ["2019"]})).iloc[0, 1:].isna().all()
