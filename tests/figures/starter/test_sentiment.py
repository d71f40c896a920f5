"""Means are of what reporters write themselves, and no instrument is shown without its weakness."""

import numpy as np
import pytest
from studies import SHAPES, study

import usru
from usru.figures import FIGURES
from usru.figures.starter import sentiment

BY_UNIT, BY_VOICE, OVER_TIME, CHECKED = (
    FIGURES[f"tone_{name}"] for name in ("by_unit", "by_voice", "over_time", "checked")
)


@pytest.fixture(scope="module")
def few(tmp_path_factory):
    return study(tmp_path_factory.mktemp("study") / "one", **SHAPES["few"])


def test_a_mean_is_of_the_words_that_are_not_quoted(few):
    segments = few.scored("segments")
    own = segments[(segments["voice"] == "outlet") & ~segments["reused"]]
    own = own[own["doc_id"] == "id-000"].dropna(subset="vader")
    table = BY_UNIT.table(few).set_index(["group", "instrument"])
    found = table.loc[("Bridge closed for the winter", "vader")]
    assert found["sentences"] == len(own)
    assert found["polarity"] == pytest.approx(
        np.average(own["vader"], weights=own["words"]), abs=1e-6
    )
    assert found["low"] <= found["polarity"] <= found["high"]


def test_all_voices_are_shown(few):
    assert BY_VOICE.table(few)["group"].unique().tolist() == [
        "own words",
        "reported words",
        "quoted words",
    ]


def test_a_course_has_a_panel_an_instrument(tmp_path):
    corpus = study(tmp_path / "one", **SHAPES["many groups"])
    table = OVER_TIME.table(corpus)
    assert table.groupby("instrument").size().nunique() == 1
    assert (table["documents"] >= 3).all()
    assert len(OVER_TIME.plot(table).axes) == table["instrument"].nunique()


@pytest.mark.parametrize("figure", [BY_UNIT, BY_VOICE, OVER_TIME], ids=lambda one: one.name)
def test_the_weakness_of_the_instruments_is_told_with_every_score(figure):
    assert sentiment.WEAK in figure.source
    assert all(f"{rho:.2f}" in sentiment.WEAK for rho in sentiment.ELSEWHERE.values())


def test_a_reading_of_ones_own_is_compared(few, tmp_path):
    assert CHECKED.caption(CHECKED.table(few)) == CHECKED.empty
    corpus = study(tmp_path / "one", [{}, {}])
    lines = corpus.paragraphs[["doc_id", "line"]]
    (corpus.manifest.folder / "coding" / "reference").mkdir(parents=True)
    sheet = corpus.manifest.folder / "coding" / "reference" / "valence.csv"
    lines.assign(valence=[i % 3 - 1 for i in range(len(lines))]).to_csv(sheet, index=False)
    table = CHECKED.table(usru.load(corpus.manifest.folder))
    assert table.dropna(subset="rho")["n"].max() == len(lines)
    assert CHECKED.caption(table).startswith("Rank correlation with a reading")
