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
        ([{"published": "2020-01-05"}, {"published": "2020-02-06"}, {}],
         "3 documents, published between 5 January 2020 and 6 February 2020; 1 without a date is not"
         " drawn."),
        ([{"outlet": ("Tide", "Wave")[i % 2]} for i in range(14)],
         "14 documents by outlet; no date of publication is known."),
    ],
    ids=["nothing known", "one day", "one not dated", "groups"],
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
