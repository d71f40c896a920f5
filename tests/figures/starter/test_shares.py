"""Figures show estimates where a coding carries them, say so, and keep the count beside them."""

import numpy as np
import pandas as pd
import pytest
from coders import code_sheet, readings, write_coding
from studies import GERMAN, SHAPES, TOPICS, study

import usru
from usru.analysis import estimate
from usru.coding import basis, joined, units
from usru.coding.sampling import sample
from usru.figures import FIGURES
from usru.figures.starter import sentiment, shares
from usru.figures.starter.units import units as units_of

ESTIMATED = {"topics_by_unit": "topics", "topics_over_time": "topics", "most_quoted": "speakers",
             "speakers_by_unit": "speakers", "quoted_by_unit": "voice", "tone_by_unit": "valence",
             "tone_over_time": "valence"}  # fmt: skip
COUNTED = {"topic_pairs": "topics", "speakers_by_topic": "topics", "tone_by_voice": "valence"}
RESTS = {**ESTIMATED, **COUNTED}


@pytest.fixture(scope="module")
def after(tmp_path_factory):
    """A study of which samples are coded."""
    corpus = study(tmp_path_factory.mktemp("study") / "one", **SHAPES["many groups"])
    for what in units.KINDS:
        code_sheet(corpus, what, sample(corpus, 60, what=what, name=what).sheet)
    return usru.load(corpus.manifest.folder)


@pytest.fixture(scope="module")
def tables(after):
    return {name: FIGURES[name].tabulate(after) for name in RESTS}


@pytest.fixture(scope="module")
def counted(tmp_path_factory):
    corpus = study(tmp_path_factory.mktemp("study") / "one", **SHAPES["many groups"])
    return {name: FIGURES[name].tabulate(corpus) for name in RESTS}


def test_every_figure_that_rests_on_passages_is_tried():
    found = {name for name, one in FIGURES.items() if isinstance(one, shares.OfPassages)}
    assert found == {*RESTS}
    assert {name: FIGURES[name].rests for name in RESTS} == RESTS
    assert {name for name in RESTS if not FIGURES[name].estimates} == {*COUNTED}


@pytest.mark.parametrize("name", RESTS)
def test_without_codings_a_figure_says_that_it_counts(counted, name):
    measure = FIGURES[name].frame(counted[name])[1]
    assert measure.endswith("not checked by reading")
    assert "counted by" in measure or "scored by" in measure
    assert not shares.rests_on_codes(counted[name])


@pytest.mark.parametrize("name", ESTIMATED)
def test_with_codings_it_says_of_how_many_it_estimates(tables, after, name):
    _, measure, foot = FIGURES[name].frame(tables[name])
    assert measure.endswith("; " + basis.find(after, RESTS[name]).told)
    assert "estimated from 60 coded of " in measure
    assert foot.startswith("Source: passages coded by reading; ")
    assert FIGURES[name].caption(tables[name]).endswith("The codes are those of anna.")
    assert "estimated from 60 coded" in FIGURES[name].alt(tables[name])


@pytest.mark.parametrize("name", COUNTED)
def test_what_cannot_be_estimated_is_counted_with_its_agreement(tables, after, name):
    measure = FIGURES[name].frame(tables[name])[1]
    assert measure.endswith("; " + basis.find(after, RESTS[name]).counted)
    assert " on coded paragraphs " in measure
    assert "codes are those" not in FIGURES[name].caption(tables[name])


@pytest.mark.parametrize("name", RESTS)
def test_a_table_has_the_same_columns_before_and_after(counted, tables, name):
    assert counted[name].columns.tolist() == tables[name].columns.tolist()


SHARES = {"topics_by_unit": "topic", "speakers_by_unit": "speaker", "quoted_by_unit": "voice"}


@pytest.mark.parametrize("name", SHARES)
def test_the_shares_of_units_are_estimates_of_the_library(tables, after, name):
    what, table = RESTS[name], tables[name]
    code = table[SHARES[name]].iloc[0]
    frame = joined(after, what, "anna", what, code=code)
    frame["unit"] = frame["doc_id"].map(units_of(after)).astype("str")
    by_hand = estimate.mean(frame, "predicted", "coded", "probability", by="unit", strata="stratum",
                            share=True).set_index("unit")  # fmt: skip
    own = table[table[SHARES[name]] == code].set_index("unit")
    by_hand = by_hand.loc[own.index]
    known = by_hand["low"].notna()
    assert own["share"].notna().equals(known)
    assert known.any()
    for column, of in (("share", "estimate"), ("low", "low"), ("high", "high"), ("naive", "naive")):
        assert own.loc[known, column].to_numpy() == pytest.approx(by_hand.loc[known, of].to_numpy(), abs=1e-6)  # fmt: skip


def test_the_count_beside_an_estimate_is_that_of_the_figure_before(counted, tables):
    keys = ["topic", "unit"]
    old, new = (one["topics_by_unit"].set_index(keys) for one in (counted, tables))
    assert new["naive"].to_numpy() == pytest.approx(old.loc[new.index, "share"].to_numpy())
    assert (new["share"] != new["naive"]).any()


def test_valence_is_of_paragraphs_and_in_the_units_of_the_codebook(tables, after):
    table = tables["tone_by_unit"]
    read = table[table["instrument"] == sentiment.READING]
    assert read["n_coded"].sum() == 60
    assert read["n"].sum() == len(after.paragraphs)
    assert (read["low"] >= -2).all()
    assert (read["high"] <= 2).all()
    others = table[table["instrument"] != sentiment.READING]
    assert others[["low", "high"]].isna().all(axis=None)
    assert {*others["instrument"]} == {*after.instruments}
    assert (
        FIGURES["tone_by_unit"]
        .measured(table)
        .startswith("Mean valence of paragraphs, from −2 to 2")
    )


def marks_of(name, table):
    axes = FIGURES[name].plot(table).axes[0]
    return [line for line in axes.lines if line.get_marker() not in ("None", "", None)]


@pytest.mark.parametrize("name", ["most_quoted", "quoted_by_unit", "tone_by_unit", "tone_over_time",
                                  "topics_over_time"])  # fmt: skip
def test_what_the_instrument_says_is_hollow_beside_what_was_read(tables, name):
    marks = marks_of(name, tables[name])
    fills = {mark.get_markerfacecolor() for mark in marks}
    assert shares.HOLLOW["mfc"] in fills
    assert len(fills) > 1


def test_a_cell_has_its_interval_below_its_share(tables):
    table = tables["topics_by_unit"]
    shown = [text.get_text() for text in FIGURES["topics_by_unit"].plot(table).axes[0].texts]
    one = table.dropna(subset="share").iloc[0]
    assert f"{100 * one['low']:.0f}–{100 * one['high']:.0f}" in shown
    assert f"{100 * one['share']:.0f}" in shown


def test_a_cell_of_which_too_little_is_coded_has_a_question_mark(tables):
    table = tables["topics_by_unit"].copy()
    table.loc[[0, 1], ["share", "low", "high"]] = np.nan
    figure = FIGURES["topics_by_unit"]
    shown = [text.get_text() for text in figure.plot(table).axes[0].texts]
    assert shown.count("?") == table["share"].isna().sum() >= 2
    assert "too few codes for an estimate" in figure.caption(table)


def estimates(rows):
    """Estimates of a topic by unit: topic, unit, share, low, high."""
    table = pd.DataFrame(rows, columns=["topic", "unit", "share", "low", "high"])
    table = table.assign(low_coders=np.nan, high_coders=np.nan, by="outlet", n=10)
    table.attrs["estimated"] = True
    return table


APART = [("sea", "Tide", 0.6, 0.5, 0.7), ("sea", "Wave", 0.3, 0.2, 0.4), ("law", "Tide", 0.5, 0.1, 0.9),
         ("law", "Wave", 0.2, 0.0, 0.5)]  # fmt: skip


def test_a_finding_is_where_intervals_part():
    figure = FIGURES["topics_by_unit"]
    assert figure.finding(estimates(APART)) == ("“sea” is on 60% of Tide, and on 30% of Wave", True)
    assert not figure.finding(estimates(APART[2:]))[1], "these overlap"
    one = estimates(APART[::2])
    assert not figure.finding(one)[1], "of one unit, topics are compared, and these overlap"
    one.loc[1, "high"] = 0.4
    assert figure.finding(one)[1]


def test_what_a_second_coder_adds_can_close_the_gap():
    table = estimates(APART[:2])
    table["low_coders"], table["high_coders"] = [0.35, 0.2], [0.7, 0.4]
    assert shares.farthest(table, "topic", "unit") is None
    assert shares.whole_interval(table)["low"].tolist() == [0.35, 0.2]


def test_groups_that_are_taken_together_are_in_no_finding():
    table = estimates(APART[:2]).replace({"Wave": "all others (3)"})
    assert shares.farthest(table, "topic", "unit") is None


def test_an_end_that_is_not_known_leaves_no_interval():
    table = estimates(APART[:1])
    table["high"] = np.nan
    assert shares.whole_interval(table).isna().all(axis=None)
    assert shares.interval_texts(table) == [""]


def test_periods_are_compared_by_their_names():
    table = estimates(APART[:2]).assign(
        begins=pd.to_datetime(["2020-01-01", "2020-02-01"]), period="month"
    )
    assert FIGURES["topics_over_time"].finding(table) == (
        "“sea” is on 60% of the paragraphs in January 2020, and on 30% of the paragraphs in February 2020",
        True,
    )


def test_a_speaker_is_ahead_where_the_interval_is():
    table = estimates(APART[:2]).assign(speaker=["Ann Lee", "Tom Berg"])
    figure = FIGURES["most_quoted"]
    assert figure.finding(table) == (
        "Ann Lee has 60% of the quotations, more than anybody else",
        True,
    )
    assert not figure.finding(table.assign(low=0.1))[1]


def test_a_corpus_that_was_coded_whole_needs_no_intervals(tmp_path):
    corpus = study(tmp_path / "one", **SHAPES["few"])
    for what in units.KINDS:
        write_coding(corpus, what, readings(corpus, what))
    corpus = usru.load(corpus.manifest.folder)
    for name in ("topics_by_unit", "quoted_by_unit", "most_quoted", "tone_by_unit"):
        table = FIGURES[name].tabulate(corpus)
        assert "all coded by reading" in FIGURES[name].frame(table)[1]
        value = "mean" if name == "tone_by_unit" else "share"
        read = table[table["instrument"] == "reading"] if value == "mean" else table
        assert read["low"].tolist() == read["high"].tolist() == read[value].tolist()
    texts = [text.get_text() for text in FIGURES["topics_by_unit"].plot(FIGURES["topics_by_unit"].tabulate(corpus)).axes[0].texts]  # fmt: skip
    assert not [text for text in texts if "–" in text]


def test_the_checks_are_of_the_coder_there_is(after):
    for name in ("topics_checked", "tone_checked"):
        assert len(FIGURES[name].tabulate(after))


def test_german_texts_have_estimates_as_soon_as_they_are_coded(tmp_path):
    rows = [
        {"outlet": ("Welle", "Anker")[i % 2], "published": f"2020-0{1 + i % 3}-05"}
        for i in range(24)
    ]
    corpus = study(tmp_path / "de", rows, GERMAN, TOPICS, 'language = "de"\n')
    names = [
        "topics_by_unit",
        "topics_over_time",
        "quoted_by_unit",
        "tone_by_unit",
        "tone_over_time",
    ]
    given = {
        "topics": ("schools", "water schools"),
        "valence": ("1", "-1"),
        "voice": ("report", "outlet"),
    }
    for what, values in given.items():
        path = sample(corpus, 40, what=what, name=what).sheet
        table = units.listed(units.find(corpus, what), what, path)
        column = [values[i % 3 > 0] for i in range(len(table))]
        write_coding(corpus, what, table.assign(**{what: column}))
    corpus = usru.load(corpus.manifest.folder)
    for name in names:
        table = FIGURES[name].tabulate(corpus)
        assert len(table)
        assert "estimated from 40 coded of " in FIGURES[name].frame(table)[1]
        assert FIGURES[name].plot(table).svg()
