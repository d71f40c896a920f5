"""The fifth notebook's figures hold what the frames hold."""

import pandas as pd
import pytest

from usru.analysis import tone as instruments
from usru.analysis import validity, voices
from usru.study.exhibits import tone
from usru.study.figures import FIGURES


def test_the_correlations_are_those_that_were_computed(corpus):
    table = FIGURES["tone_validity"].table(corpus).set_index("instrument")
    agreed = validity.agreement(validity.paragraphs(corpus)).set_index("instrument")
    assert table["rho"].tolist() == pytest.approx(agreed["rho"].tolist(), abs=1e-6)
    best = agreed["rho"].drop("second reader").idxmax()
    assert f"{best}, reaches {agreed['rho'][best]:.2f}" in FIGURES["tone_validity"].caption(table.reset_index())  # fmt: skip


def test_a_caption_needs_no_instrument_that_tells_paragraphs_apart():
    """As where all scores are 0 and the readers differ."""
    table = pd.DataFrame({"instrument": ["vader", "second reader"], "n": 9, "rho": [None, 0.9]})
    assert FIGURES["tone_validity"].caption(table.astype({"rho": float})).startswith("No instrument")  # fmt: skip


def test_every_paragraph_has_its_bar_and_its_ring(corpus, own):
    figure = FIGURES["tone_along"]
    table = figure.table(corpus)
    assert len(table) == len(corpus.paragraphs)
    assert table["valence"].tolist() == corpus.coding("valence")["valence"].tolist()
    against = (table["polarity"] * table["valence"] < 0).sum()
    assert f"{against} have the opposite sign" in figure.caption(table)
    unread = figure.table(own)
    assert unread["valence"].isna().all()
    assert "nobody has read them" in figure.caption(unread)


def test_all_comparisons_are_made_where_the_corpus_allows_them(corpus):
    table = tone.comparisons(corpus)
    assert table["comparison"].drop_duplicates().tolist() == [
        "manila – bonn",
        "moscow – bonn",
        "Lavrov – Tillerson",
    ]
    speakers = table[table["comparison"] == "Lavrov – Tillerson"]
    assert set(speakers["voice"]) == {"quotation"}
    table["estimate"] = 0.0
    assert tone.comparisons(corpus)["estimate"].ne(0).any(), "what is handed out may be changed"


def test_a_comparison_is_left_out_where_a_side_is_missing(corpus, own):
    nothing = tone.comparisons(own)
    assert nothing.empty
    assert set(nothing.columns) == set(tone.comparisons(corpus).columns)


def test_one_side_alone_is_no_comparison(corpus_of):
    page = "Lavrov speaks in Vienna\n\n“It is late,” Sergei Lavrov said in Vienna.\n"
    corpus = corpus_of({"a": page})
    assert set(tone.scored(corpus)["speaker"].dropna()) == {"Sergei Lavrov"}
    assert tone.comparisons(corpus).empty


def test_a_mean_is_over_sentences_told_for_the_first_time(corpus):
    table = FIGURES["tone_meetings"].table(corpus)
    pieces = tone.scored(corpus)
    new = pieces[~pieces["shared"]]
    row = table[(table["group"] == "bonn") & (table["instrument"] == "vader")].iloc[0]
    bonn = new[new["meeting"] == "bonn"]
    assert row["sentences"] == bonn["vader"].notna().sum()
    assert row["polarity"] == pytest.approx(
        (bonn["vader"] * bonn["words"]).sum() / bonn.loc[bonn["vader"].notna(), "words"].sum(),
        abs=1e-6,
    )
    assert (table["low"] <= table["high"]).all()


def test_the_two_most_quoted_speakers_stand_behind_narration(corpus):
    table = FIGURES["tone_speakers"].table(corpus)
    names = voices.spoken(corpus)["speaker"].drop_duplicates().tolist()
    assert table["group"].drop_duplicates().tolist() == ["narration", *names[:2], "other speakers"]


def test_readers_stand_beside_their_own_story_only(corpus, own):
    table = FIGURES["tone_readers"].table(corpus)
    assert table["group"].unique().tolist() == ["the story, narration", "the story, quotation", "readers' comments"]  # fmt: skip
    count = table[table["group"] == "readers' comments"].iloc[0]
    assert count["sentences"] + count["unscored"] == len(voices.remarks(corpus))
    pieces = tone.scored(corpus).query("voice == 'narration'")
    pieces = pieces[pieces["doc_id"].isin(corpus.comments["doc_id"])]
    assert table.iloc[0][["sentences", "unscored"]].sum() == len(pieces)
    assert FIGURES["tone_readers"].table(own).empty


def test_every_instrument_is_in_every_figure_of_means(corpus):
    for name in ("tone_meetings", "tone_speakers", "tone_readers"):
        table = FIGURES[name].table(corpus)
        assert table["instrument"].unique().tolist() == list(instruments.INSTRUMENTS)
