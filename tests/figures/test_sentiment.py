"""The fifth notebook's figures hold what the frames hold, and draw it, little or much."""

import re

import numpy as np
import pandas as pd
import pytest

from usru.analysis import voices
from usru.analysis.tone import CHOICES, INSTRUMENTS, validity
from usru.figures import FIGURES, sentiment


def test_the_correlations_are_those_that_were_computed(corpus):
    table = FIGURES["tone_validity"].table(corpus).set_index("instrument")
    agreed = validity.agreement(corpus.valence).set_index("instrument")
    for name in ("rho", "within", "within_low"):
        assert table[name].tolist() == pytest.approx(agreed[name].tolist(), abs=1e-6)
    best = agreed["rho"].idxmax()
    told = f"{best}, reaches {agreed['rho'][best]:.2f}, within stories {agreed['within'][best]:.2f}"
    assert told in FIGURES["tone_validity"].caption(table.reset_index())


def test_stories_are_in_the_order_of_the_reading(corpus, own):
    table = FIGURES["valence_stories"].table(corpus)
    read = table[table["measure"] == "reading"]
    means = corpus.coding("valence").groupby("doc_id")["valence"].mean().sort_values()
    assert read["group"].tolist() == means.index.tolist()[::-1]
    assert read["mean"].tolist() == pytest.approx(means.tolist()[::-1], abs=1e-6)
    for _, other in table.groupby("measure"):
        assert other["group"].tolist() == read["group"].tolist()
    assert FIGURES["valence_stories"].caption(FIGURES["valence_stories"].table(own)).startswith("Nobody")  # fmt: skip


def test_a_rank_that_is_not_the_readings_is_bold():
    table = pd.DataFrame(
        {"measure": ["reading"] * 2 + ["vader"] * 2, "group": ["a", "b"] * 2, "n": 5, "mean": 0.1,
         "low": 0.0, "high": 0.2, "rank": [1, 2, 1, 1]}
    )  # fmt: skip
    axes = FIGURES["valence_stories"].plot(table).axes[1]
    assert [(text.get_text(), text.get_weight()) for text in axes.texts] == [
        ("1", "normal"),
        ("1", "bold"),
    ]
    assert "1 by vader" in FIGURES["valence_stories"].caption(table)


def test_a_meeting_has_a_bar_and_each_of_its_stories_if_there_are_several(corpus, own):
    table = FIGURES["valence_arc"].table(corpus)
    bars = table.drop_duplicates(["group", "level"])
    assert bars["level"].tolist() == ["group", "story", "story", "group", "group", "story", "story"]
    coding = corpus.coding("valence")
    assert table[table["level"] == "group"]["n"].sum() == len(coding)
    hostile = table[(table["level"] == "group") & (table["valence"] == -2)]["n"].sum()
    assert hostile == (coding["valence"] == -2).sum()
    axes = FIGURES["valence_arc"].plot(table).axes[0]
    middles = [bar.get_x() + bar.get_width() / 2 for bar in axes.patches[2::5][: len(bars)]]
    assert middles == pytest.approx([0] * len(bars), abs=1e-5), "the neutral ones lie in the middle"
    assert FIGURES["valence_arc"].table(own).empty


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
    table = sentiment.comparisons(corpus)
    assert table["comparison"].drop_duplicates().tolist() == [
        "manila – bonn",
        "moscow – bonn",
        "Lavrov – Tillerson",
    ]
    assert table["comparison"].value_counts().unique().tolist() == [36]
    tests = sentiment.joint_tests(corpus).set_index("comparison")
    assert tests["arrangements"].to_dict() == {
        "manila – bonn": 0,
        "moscow – bonn": 0,
        "Lavrov – Tillerson": 4200,
    }
    table["estimate"] = 0.0
    assert sentiment.comparisons(corpus)["estimate"].ne(0).any(), (
        "what is handed out may be changed"
    )


def test_a_comparison_is_left_out_where_a_side_is_missing(corpus, own):
    nothing = sentiment.comparisons(own)
    assert nothing.empty
    assert set(nothing.columns) == set(sentiment.comparisons(corpus).columns)


def test_one_side_alone_is_no_comparison(corpus_of):
    page = "Lavrov speaks in Vienna\n\n“It is late,” Sergei Lavrov said in Vienna.\n"
    corpus = corpus_of({"a": page})
    assert set(corpus.scored("segments")["speaker"].dropna()) == {"Sergei Lavrov"}
    assert sentiment.comparisons(corpus).empty


def test_a_shared_sentence_counts_once_for_a_meeting_and_in_both_stories(corpus):
    table = FIGURES["tone_meetings"].table(corpus)
    rows = table[table["instrument"] == "vader"].set_index("group")
    segments = corpus.scored("segments").dropna(subset="vader")
    assert rows.index.tolist() == [
        "bonn, together", "bonn-sputnik-thaw", "bonn-sputnik-awkward", "moscow-econotimes",
        "manila, together", "manila-zerohedge", "manila-breitbart",
    ]  # fmt: skip
    for name, own in segments.groupby("doc_id"):
        assert rows.loc[name, "sentences"] == len(own)
        assert rows.loc[name, "polarity"] == pytest.approx(
            np.average(own["vader"], weights=own["words"]), abs=1e-6
        )
    bonn = segments[(segments["meeting"] == "bonn") & ~segments["reused"]]
    assert rows.loc["bonn, together", "sentences"] == len(bonn)
    both = ["bonn-sputnik-thaw", "bonn-sputnik-awkward"]
    assert rows.loc[both, "sentences"].sum() > len(bonn)
    assert (table["low"] <= table["high"]).all()


def test_the_two_most_quoted_speakers_follow_the_other_voices(corpus):
    table = FIGURES["tone_speakers"].table(corpus)
    names = (
        voices.spoken(corpus.quotations, corpus.codebook.speakers)["speaker"]
        .drop_duplicates()
        .tolist()
    )
    spoken = corpus.segments["voice"].drop_duplicates()
    others = spoken[spoken != "quotation"].replace(sentiment.VOICES).tolist()
    assert table["group"].drop_duplicates().tolist() == [*others, *names[:2], "other speakers"]


def test_readers_stand_beside_their_own_story_only(corpus, own):
    table = FIGURES["tone_readers"].table(corpus)
    segments = corpus.scored("segments")
    segments = segments[segments["doc_id"].isin(corpus.comments["doc_id"])]
    voiced = segments["voice"].replace(sentiment.VOICES)
    assert table["group"].unique().tolist() == [*("the story, " + voiced).unique(), "readers' comments"]  # fmt: skip
    count = table[table["group"] == "readers' comments"].iloc[0]
    assert count["sentences"] + count["unscored"] == len(corpus.scored("comment sentences"))
    assert table.iloc[0][["sentences", "unscored"]].sum() == (voiced == voiced.iloc[0]).sum()
    assert FIGURES["tone_readers"].table(own).empty


def test_every_instrument_is_in_every_figure_of_means(corpus):
    for name in ("tone_meetings", "tone_speakers", "tone_readers"):
        table = FIGURES[name].table(corpus)
        assert table["instrument"].unique().tolist() == list(INSTRUMENTS)


# Drawn ------------------------------------------------------------------------------------------

MANY = 150
"""Stories or groups, more than can be named."""


def along(n):
    rows = [
        {
            "doc_id": f"story-{i % 40:03d}", "paragraph": i + 1, "polarity": (i % 9 - 4) / 4,
            "valence": float(i % 5 - 2), "topic": "us_politics", "passage": f"a.txt#L{i + 1}",
        }
        for i in range(n)
    ]  # fmt: skip
    return pd.DataFrame(
        rows, columns=["doc_id", "paragraph", "polarity", "valence", "topic", "passage"]
    )


def means(n):
    rows = [
        {"group": f"Ann Lee-{i}", "instrument": name, "polarity": 0.1, "low": 0.0, "high": 0.2}
        for i in range(n)
        for name in INSTRUMENTS
    ]
    return pd.DataFrame(rows, columns=["group", "instrument", "polarity", "low", "high"])


def agreement(n):
    names = [*INSTRUMENTS, *(f"own-{i}" for i in range(n))][:n]
    return pd.DataFrame(
        {"instrument": names, "n": 9, "rho": 0.3, "low": 0.1, "high": 0.5, "within": 0.2,
         "within_low": 0.0, "within_high": 0.4}
    ).astype({"rho": float})  # fmt: skip


def specifications(n):
    shown = {name.replace("reused", "shared"): values for name, values in CHOICES.items()}
    choices = {name: [values[i % len(values)] for i in range(n)] for name, values in shown.items()}
    estimates = np.linspace(-0.2, 0.3, n)
    return pd.DataFrame(
        {
            "comparison": [f"a – {i % 3}" for i in range(n)],
            "instrument": [list(INSTRUMENTS)[i % 3] for i in range(n)],
            **choices,
            "estimate": estimates,
            "low": estimates - 0.1,
            "high": estimates + 0.1,
        }
    )


def valences(n):
    rows = [
        {"measure": name, "group": f"story-{i}", "n": 9, "mean": i / MANY, "low": -0.1, "high": 1.1,
         "rank": i + 1}
        for name in ("reading", *INSTRUMENTS)
        for i in range(n)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["measure", "group", "n", "mean", "low", "high", "rank"])


def distributions(n):
    rows = [
        {"group": f"m-{i}", "level": "group", "valence": v, "n": 2, "share": 0.2, "mean": 0.0}
        for i in range(n)
        for v in range(-2, 3)
    ]
    return pd.DataFrame(rows, columns=["group", "level", "valence", "n", "share", "mean"])


MAKE = {
    "valence_stories": valences, "valence_arc": distributions,
    "tone_along": along, "tone_meetings": means, "tone_validity": agreement,
    "tone_specifications": specifications,
}  # fmt: skip
drawn = pytest.mark.parametrize("name", list(MAKE))


@pytest.mark.parametrize("n", [0, 1, MANY])
@drawn
def test_any_number_of_rows_is_drawn_on_one_page(name, n):
    figure = FIGURES[name].plot(MAKE[name](n))
    assert figure.axes
    assert figure.get_figheight() <= 18
    figure.draw_without_rendering()


@drawn
def test_where_nothing_could_be_computed_the_figure_says_so(name):
    table = MAKE[name](3)
    numbers = [
        n for n in ("rho", "estimate", "polarity", "mean", "share", "low", "high") if n in table
    ]
    figure = FIGURES[name].plot(table.assign(**dict.fromkeys(numbers, np.nan)))
    if name != "tone_along":  # which shows the reading all the same
        assert [text.get_text() for text in figure.axes[0].texts] == [FIGURES[name].empty]
    figure.draw_without_rendering()


def test_a_bar_leads_to_its_passage():
    table = along(5)
    svg = FIGURES["tone_along"].plot(table).svg("A", "B")
    assert set(re.findall(r'xlink:href="([^"#][^"]*)"', svg)) == set(table["passage"])


def test_bars_are_scores_and_rings_are_readings_halved():
    table = along(1).assign(polarity=[-0.5], valence=[2.0])
    axes = FIGURES["tone_along"].plot(table).axes[0]
    assert axes.patches[0].get_height() == -0.5
    rings = next(line for line in axes.get_lines() if line.get_marker() == "o")
    assert rings.get_ydata().tolist() == [1.0]


def test_a_paragraph_that_nobody_read_has_no_ring():
    axes = FIGURES["tone_along"].plot(along(2).assign(doc_id="a", valence=[np.nan, 1.0])).axes[0]
    rings = next(line for line in axes.get_lines() if line.get_marker() == "o")
    assert np.isnan(rings.get_ydata()).tolist() == [True, False]


def test_the_longest_stories_are_drawn():
    table = along(100)
    table["doc_id"] = ["long"] * 60 + [f"short-{i}" for i in range(40)]
    titles = [axes.get_title("left") for axes in FIGURES["tone_along"].plot(table).axes]
    assert len(titles) == sentiment.MOST_STORIES
    assert titles[0] == "long"


def test_every_estimate_is_drawn_once_from_the_lowest_up():
    table = specifications(30).assign(comparison="a – b").iloc[::-1]
    above, below = FIGURES["tone_specifications"].plot(table).axes
    dots = [
        (x, y)
        for line in above.get_lines()
        if line.get_marker() == "o"
        for x, y in zip(line.get_xdata(), line.get_ydata(), strict=True)
    ]
    assert [y for _, y in sorted(dots)] == sorted(table["estimate"])
    ticks = sum(len(line.get_xdata()) for line in below.get_lines())
    assert ticks == 30 * (1 + len(CHOICES))
    names = [label.get_text() for label in below.get_yticklabels()]
    assert sorted(names[:3]) == ["instrument: nrc", "textblob", "vader"]
    assert names[3].startswith("unit: ")


def test_a_choice_that_was_not_open_is_not_listed():
    table = specifications(30).assign(unit="word", comparison="a – b")
    names = [
        label.get_text()
        for label in FIGURES["tone_specifications"].plot(table).axes[1].get_yticklabels()
    ]
    assert not any("word" in name for name in names)


def test_an_instrument_of_ones_own_is_drawn_in_grey():
    axes = FIGURES["tone_validity"].plot(agreement(5)).axes[0]
    assert [label.get_text() for label in axes.get_yticklabels()] == [*INSTRUMENTS, "own-0", "own-1"]  # fmt: skip
    markers = [line.get_marker() for line in axes.get_lines()]
    assert markers[:10:2] == ["o", "s", "D", "P", "P"]
