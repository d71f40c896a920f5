"""Every document is counted once, and what is not known is said."""

import pandas as pd
import pytest
from studies import SHAPES, study

from usru.figures import FIGURES
from usru.figures.starter import opening

DOCUMENTS, LENGTHS, PARTS = (FIGURES[name] for name in ("documents", "lengths", "page_parts"))


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    return study(tmp_path_factory.mktemp("study") / "one", **SHAPES["many groups"])


def test_every_document_is_counted_once(many):
    table = DOCUMENTS.table(many)
    known = many.documents["published"].notna()
    assert table["documents"].sum() == len(many.documents)
    assert table.dropna(subset="begins")["documents"].sum() == known.sum()
    assert f"{(~known).sum()} without a date are not drawn" in DOCUMENTS.caption(table)
    assert set(table["period"].dropna()) == {"month"}
    assert not (table["begins"] == "2019-07-01").any(), "the empty month stays empty"


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([{}], "1 document; no date of publication is known."),
        ([{"published": "2020-01-05"}], "1 document, published on 5 January 2020."),
        ([{"published": "2020-01-05"}, {"published": "2020-02-06"}],
         "The longest time without one is 32 days."),
        ([{"published": "2020-01-05"}, {"published": "2020-02-06"}, {}],
         "3 documents, published between 5 January 2020 and 6 February 2020; 1 without a date is not"
         " drawn."),
        ([{"outlet": ("Tide", "Wave")[i % 2]} for i in range(14)],
         "14 documents by outlet; no date of publication is known."),
    ],
    ids=["nothing known", "one day", "two days", "one not dated", "groups"],
)  # fmt: skip
def test_what_is_known_of_the_documents_is_said(tmp_path, rows, told):
    assert DOCUMENTS.caption(DOCUMENTS.table(study(tmp_path / "one", rows))) == told


def test_groups_that_are_taken_together_do_not_press_the_others_flat(many):
    drawing = DOCUMENTS.plot(DOCUMENTS.table(many))
    tops = {axes.get_ylabel(): axes.get_ylim()[1] for axes in drawing.axes}
    named = {top for name, top in tops.items() if not name.startswith("all ")}
    assert len(named) == 1
    assert len(tops) == 13


def test_lengths_are_those_of_the_stories(many):
    table = LENGTHS.table(many)
    words = many.summary()["words"]
    assert sorted(table["words"]) == sorted(words)
    assert set(table["document"]) == set(many.documents["title"])
    assert LENGTHS.caption(table).startswith(f"70 documents with {words.sum():,} words")


def test_one_document_far_longer_than_the_others_does_not_hide_them(many):
    table = LENGTHS.table(many)
    table.loc[0, "words"] = 100_000
    assert LENGTHS.plot(table).axes[0].get_xscale() == "log"
    assert LENGTHS.plot(LENGTHS.table(many)).axes[0].get_xscale() == "linear"


def test_only_pages_have_parts(own, many):
    table = PARTS.table(own)
    assert table.groupby("unit")["share"].sum().tolist() == pytest.approx([1, 1])
    assert table["characters"].sum() == own.blocks["text"].str.len().sum()
    assert PARTS.caption(PARTS.table(many)) == PARTS.empty


@pytest.mark.parametrize(
    ("first", "last", "period", "told"),
    [
        ("2018-12-31", "2019-06-03", "week", "in weeks that begin between 31 December 2018 and 3 June 2019"),
        ("2016-01-01", "2017-12-01", "month", "from January 2016 to December 2017"),
        ("2016-01-01", "2016-01-01", "month", "in January 2016"),
        ("2016-01-01", "2018-01-01", "year", "from 2016 to 2018"),
    ],
)  # fmt: skip
def test_a_time_is_named_no_more_exactly_than_it_is_counted(first, last, period, told):
    assert opening._when(pd.Timestamp(first), pd.Timestamp(last), period) == told


def counted(documents, begins=None, by="outlet", **more):
    """A table of documents by group, or by month."""
    days = pd.to_datetime(pd.Series(begins if begins else [None] * len(documents)))
    return pd.DataFrame({
        "by": by, "unit": [f"Paper {i}" for i in range(len(documents))], "period": "month", "begins": days,
        "documents": documents, "passage": None,
    } | more)  # fmt: skip


MONTHS = ["2020-01-01", "2020-02-01", "2020-03-01"]


@pytest.mark.parametrize(
    ("table", "finding"),
    [
        (counted([3, 8, 2]), ("No outlet has more documents than Paper 1: 8 of 13", True)),
        (counted([8, 8, 2]), ("No outlet has more than 8 of the 18 documents", True)),
        (counted([3, 8, 2], unit=["A", "B", "all others (9)"]), ("No outlet has more documents than B: 8 of 13", False)),
        (counted([14], unit="all documents"), ("No outlet has more documents than all documents: 14 of 14", False)),
        (counted([3, 8, 2], MONTHS), ("No month has more documents than February 2020: 8 of 13", True)),
        (counted([1, 1, 1], MONTHS), ("No month has more than 1 of the 3 documents", True)),
        (counted([3, 8], [MONTHS[0], MONTHS[2]]), ("1 of 3 months has no document", True)),
        (counted([3, 8, 2], [*MONTHS[:2], "2020-06-01"]), ("3 of 6 months have no document", True)),
        (counted([1, 1], MONTHS[::2], passage="a#L1"), ("2 documents, between 1 January 2020 and 1 March 2020", True)),
        (counted([1, 1], [MONTHS[0], None], passage="a#L1"), ("", False)),
        (counted([1], MONTHS[:1], passage="a#L1"), ("", False)),
    ],
)  # fmt: skip
def test_the_finding_of_the_documents_is_true_of_any(table, finding):
    assert DOCUMENTS.finding(table) == finding


def test_the_longest_document_is_named_where_one_is_longest():
    table = pd.DataFrame({"unit": ["Flood", "Storm"], "words": [9, 1], "by": "document"})
    assert LENGTHS.headline(table) == "The longest document is “Flood”, with 9 words"
    assert LENGTHS.headline(table.assign(words=1)) == LENGTHS.title
    assert LENGTHS.headline(table.head(1)) == LENGTHS.title


def test_of_many_documents_the_longest_tenth_is_weighed(many):
    words = many.summary()["words"].sort_values(ascending=False)
    share = words.head(7).sum() / words.sum()
    assert LENGTHS.headline(LENGTHS.table(many)) == f"The longest tenth of the documents holds {share:.0%} of all words"  # fmt: skip


def test_the_part_of_the_story_is_the_finding_of_the_pages(own):
    table = PARTS.tabulate(own)
    story = table[table["group"] == "story"]["share"]
    assert PARTS.headline(table) == f"The story is {story.min():.0%} to {story.max():.0%} of a page"
    one = table[table["unit"] == table["unit"].iloc[0]]
    assert PARTS.headline(one) == f"The story is {story.iloc[0]:.0%} of the page"
    none = one[one["group"] != "story"].assign(by="outlet", unit="all documents")
    assert PARTS.headline(none) == "The story is 0% of the pages"
