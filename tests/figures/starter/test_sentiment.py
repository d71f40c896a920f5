"""Means are of what reporters write themselves, and no instrument is shown without its weakness."""

import numpy as np
import pandas as pd
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
    assert found["n"] == len(own)
    assert found["mean"] == pytest.approx(np.average(own["vader"], weights=own["words"]), abs=1e-6)
    assert found["low"] <= found["mean"] <= found["high"]


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
    assert sentiment.WEAK in figure.reading
    for rho in sentiment.ELSEWHERE.values():
        assert f"{rho:.2f}" in sentiment.WEAK
        assert f"{rho:.2f}" in figure.source, "also where the picture is alone"


def test_a_reading_of_ones_own_is_compared(few, tmp_path):
    assert CHECKED.caption(CHECKED.table(few)) == CHECKED.empty
    corpus = study(tmp_path / "one", [{}, {}])
    lines = corpus.paragraphs[["doc_id", "line"]]
    (corpus.manifest.folder / "coding" / "reference").mkdir(parents=True)
    sheet = corpus.manifest.folder / "coding" / "reference" / "valence.csv"
    lines.assign(valence=[i % 3 - 1 for i in range(len(lines))]).to_csv(sheet, index=False)
    corpus = usru.load(corpus.manifest.folder)
    table = CHECKED.table(corpus)
    assert table.dropna(subset="rho")["n"].max() == len(lines)
    best = table.loc[table["rho"].idxmax()]
    assert CHECKED.headline(CHECKED.tabulate(corpus)).endswith(
        f": rank correlation {best['rho']:.2f}"
    )
    assert CHECKED.caption(table).startswith("Over all paragraphs: ")
    [axes] = CHECKED.plot(table).axes
    marks = {(round(x, 3), round(y, 2)) for line in axes.lines[:-1] for x, y in zip(*line.get_data(), strict=True)}  # fmt: skip
    for column, beside in (("rho", -0.15), ("within", 0.15)):
        assert {(round(x, 3), at + beside) for at, x in enumerate(table[column])} <= marks


def scored(**means):
    """A row a group and instrument, from means by instrument; intervals are 0.1 to each side."""
    rows = [(f"Paper {i}", name, mean) for name, own in means.items() for i, mean in enumerate(own)]
    table = pd.DataFrame(rows, columns=["group", "instrument", "mean"])
    return table.assign(by="outlet", low=table["mean"] - 0.1, high=table["mean"] + 0.1)


@pytest.mark.parametrize(
    ("means", "sentence", "holds"),
    [
        ({"a": [0.1, 0.6], "b": [0.0, 0.4], "c": [0, 1]}, "Paper 1 scores highest by all 3 instruments", True),
        ({"a": [0.1, 0.6], "b": [0.3, 0.4]}, "Paper 1 scores highest by both instruments, though intervals overlap", True),
        ({"a": [0.1, 0.6]}, "Paper 1 scores highest", True),
        ({"a": [0.1, 0.6], "b": [0.4, 0.3]}, "The instruments disagree about which outlet sounds most positive", True),
        ({"a": [0.6, 0.6], "b": [0.4, 0.3]}, "Paper 0 scores highest by both instruments, though intervals overlap", False),
        ({"a": [0.6], "b": [0.4]}, "Paper 0 scores highest by both instruments, though intervals overlap", False),
    ],
    ids=["agreed", "within the intervals", "one instrument", "not agreed", "a tie", "one group"],
)  # fmt: skip
def test_instruments_agree_or_not_about_the_most_positive(means, sentence, holds):
    assert BY_UNIT.finding(scored(**means)) == (sentence, holds)


def test_groups_that_are_taken_together_are_no_finding():
    table = scored(a=[0.1, 0.6]).replace({"Paper 1": "all others (9)"})
    assert not BY_UNIT.finding(table)[1]


def test_a_period_is_called_by_its_name():
    table = scored(a=[0.1, 0.6]).assign(
        period="week", begins=pd.to_datetime(["2020-01-06", "2020-01-13"])
    )
    assert OVER_TIME.headline(table) == "The week of 13 January 2020 scores highest"
