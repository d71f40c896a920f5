"""The fifth notebook's figures hold what the frames hold, and draw it, little or much."""

import re

import numpy as np
import pandas as pd
import pytest
from grammar import faults

from usru.analysis import voices
from usru.analysis.tone import CHOICES, INSTRUMENTS, validity
from usru.figures import FIGURES, sentiment


def holds(name, table):
    """Whether the finding of a figure holds for a table; what it says is right English in any case."""
    sentence, true = FIGURES[name].finding(table)
    assert faults(sentence, sentence=False) == []
    assert faults(FIGURES[name].caption(table)) == []
    return bool(true)


def test_the_correlations_are_those_that_were_computed(corpus):
    table = FIGURES["tone_validity"].table(corpus).set_index("instrument")
    agreed = validity.agreement(corpus.valence).set_index("instrument")
    for name in ("rho", "within", "within_low"):
        assert table[name].tolist() == pytest.approx(agreed[name].tolist(), abs=1e-6)
    best = agreed["rho"].idxmax()
    told = (
        f"{agreed['rho'][best]:.2f} over 78 paragraphs, {agreed['within'][best]:.2f} within stories"
    )
    given = FIGURES["tone_validity"].tabulate(corpus)
    name = corpus.labels["instrument"][best]
    assert f"correlation is {name}’s: {told}." in FIGURES["tone_validity"].caption(given)
    assert holds("tone_validity", given)
    assert not holds("tone_validity", given.assign(rho=given["rho"] + 0.4))
    assert not holds("tone_validity", given.head(1)), "one instrument is not all of them"
    assert "over 1 paragraph," in FIGURES["tone_validity"].caption(given.assign(n=1))


def test_stories_are_in_the_order_of_the_reading(corpus, own):
    table = FIGURES["valence_stories"].tabulate(corpus)
    read = table[table["measure"] == "reading"]
    means = corpus.coding("valence").groupby("doc_id")["valence"].mean().sort_values()
    assert read["group"].tolist() == means.index.tolist()[::-1]
    assert read["mean"].tolist() == pytest.approx(means.tolist()[::-1], abs=1e-6)
    for _, other in table.groupby("measure"):
        assert other["group"].tolist() == read["group"].tolist()
    assert holds("valence_stories", table)
    assert not holds("valence_stories", table.assign(rank=1)), "a list puts it first too"
    assert not holds("valence_stories", table.assign(low=-1.0)), "not above nothing"
    assert not holds("valence_stories", read), "there is no list to compare with"
    assert "In the reading EconoTimes has +0.94." in FIGURES["valence_stories"].caption(
        FIGURES["valence_stories"].tabulate(corpus).head(1)
    )
    assert FIGURES["valence_stories"].caption(FIGURES["valence_stories"].table(own)).startswith("Nobody")  # fmt: skip


def test_a_rank_that_is_not_the_readings_is_bold():
    table = pd.DataFrame(
        {"measure": ["reading"] * 2 + ["vader"] * 2, "group": ["a", "b"] * 2, "n": 5, "mean": 0.1,
         "low": 0.0, "high": 0.2, "rank": [1, 2, 1, 1]}
    )  # fmt: skip
    axes = FIGURES["valence_stories"].plot(table).axes[1]
    ranks = [text for text in axes.texts if text.get_text() != "rank"]
    assert [(text.get_text(), text.get_weight()) for text in ranks] == [
        ("1", "normal"),
        ("1", "bold"),
    ]
    assert all(text.xy[0] == 1 and text.xyann[0] > 0 for text in axes.texts), "right of the panel"
    assert "reading: 1 of 2 by vader." in FIGURES["valence_stories"].caption(table)


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


def test_the_means_of_the_meetings_are_in_the_title(corpus):
    table = FIGURES["valence_arc"].tabulate(corpus)
    assert holds("valence_arc", table)
    told = "Relations as portrayed: Bonn +0.20, Moscow +0.94, Manila −0.20"
    assert FIGURES["valence_arc"].headline(table) == told
    assert not holds("valence_arc", table[table["group"] == "moscow"]), "one is no comparison"
    many = [table[table["group"] == "moscow"].assign(group=f"m-{i}") for i in range(5)]
    assert not holds("valence_arc", pd.concat(many)), "more have no room"
    assert not list(FIGURES["valence_arc"].plot(table).axes[0].get_xticks())
    caption = FIGURES["valence_arc"].caption
    assert (
        caption(table) == "6 paragraphs portray relations as hostile, in the stories about Manila."
    )
    assert caption(table.assign(n=0)) == "No paragraph portrays relations as hostile."
    one = table.assign(n=table["group"].eq("manila").astype(int))
    assert caption(one) == "1 paragraph portrays relations as hostile, in the stories about Manila."


def test_what_is_negative_is_hatched_and_its_number_can_be_read(corpus):
    axes = FIGURES["valence_arc"].plot(FIGURES["valence_arc"].tabulate(corpus)).axes[0]
    assert [bool(bar.get_hatch()) for bar in axes.patches[:5]] == [True, True, False, False, False]
    grounds = {text.get_text() for text in axes.texts if text.get_bbox_patch() is not None}
    assert grounds <= set("1234567"), "numbers of negative paragraphs"


def test_a_meeting_is_set_apart_from_what_is_above_it(corpus):
    for name, bold in (
        ("valence_arc", {"Bonn", "Moscow", "Manila"}),
        ("tone_meetings", {"Bonn", "Moscow", "Manila"}),
    ):
        axes = FIGURES[name].plot(FIGURES[name].tabulate(corpus)).axes[0]
        places = dict(
            zip(
                (tick.get_text() for tick in axes.get_yticklabels()), axes.get_yticks(), strict=True
            )
        )
        heavy = {tick.get_text() for tick in axes.get_yticklabels() if tick.get_weight() == "bold"}
        assert heavy == bold
        steps = {b: places[b] - places[a] for a, b in zip(places, list(places)[1:], strict=False)}
        assert all((step > 1.4) == (label in bold) for label, step in steps.items())


def test_every_paragraph_has_its_reading_and_its_scores(corpus, own):
    figure = FIGURES["tone_along"]
    table = figure.tabulate(corpus)
    assert len(table) == len(corpus.paragraphs)
    assert table["valence"].tolist() == corpus.coding("valence")["valence"].tolist()
    for name in INSTRUMENTS:
        against = (table[name] * table["valence"] < 0).sum()
        assert f"{corpus.labels['instrument'][name]} in {against}" in figure.caption(table)
    unread = figure.table(own)
    assert unread["valence"].isna().all()
    assert re.match("Nobody has read the [0-9]+ paragraphs", figure.caption(unread))
    assert "Nobody has read the 1 paragraph of" in figure.caption(unread.head(1))


def test_each_list_turns_the_sign_of_some_paragraphs(corpus):
    table = FIGURES["tone_along"].tabulate(corpus)
    assert holds("tone_along", table)
    assert not holds("tone_along", table.assign(vader=table["valence"]))
    assert not holds("tone_along", table.assign(valence=0))
    assert not holds("tone_along", table.assign(valence=np.nan))
    one = table[table["valence"] != 0].head(1)
    one = one.assign(**dict.fromkeys(INSTRUMENTS, -1.0), valence=1)
    sentence = FIGURES["tone_along"].finding(one)[0]
    assert sentence == "Each word list turns the sign of 1 of 1 paragraph that is not neutral"


def test_all_comparisons_are_made_where_the_corpus_allows_them(corpus):
    table = sentiment.comparisons(corpus)
    assert table["comparison"].drop_duplicates().tolist() == [
        "Manila – Bonn",
        "Moscow – Bonn",
        "Lavrov – Tillerson",
    ]
    assert table["comparison"].value_counts().unique().tolist() == [12 * len(INSTRUMENTS)]
    tests = sentiment.joint_tests(corpus).set_index("comparison")
    assert tests["arrangements"].to_dict() == {
        "Manila – Bonn": 0,
        "Moscow – Bonn": 0,
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
        "bonn", "bonn-sputnik-thaw", "bonn-sputnik-awkward", "moscow",
        "manila", "manila-zerohedge", "manila-breitbart",
    ]  # fmt: skip
    assert rows["level"].eq("group").tolist() == [True, False, False, True, True, False, False]
    for name, own in segments[segments["meeting"] != "moscow"].groupby("doc_id"):
        assert rows.loc[name, "sentences"] == len(own)
        assert rows.loc[name, "polarity"] == pytest.approx(
            np.average(own["vader"], weights=own["words"]), abs=1e-6
        )
    bonn = segments[(segments["meeting"] == "bonn") & ~segments["reused"]]
    assert rows.loc["bonn", "sentences"] == len(bonn)
    both = ["bonn-sputnik-thaw", "bonn-sputnik-awkward"]
    assert rows.loc[both, "sentences"].sum() > len(bonn)
    assert (table["low"] <= table["high"]).all()


def test_meetings_overlap_by_every_list(corpus):
    table = FIGURES["tone_meetings"].tabulate(corpus)
    assert holds("tone_meetings", table)
    for group in ("bonn", "moscow"):  # of which one has stories and one has none
        far = table[["low", "high"]].add(2.0 * table["group"].eq(group), axis=0)
        assert not holds("tone_meetings", table.assign(**far)), group
    story = table[["low", "high"]].add(2.0 * table["level"].eq("story"), axis=0)
    assert holds("tone_meetings", table.assign(**story)), "meetings are compared, not stories"
    assert not holds("tone_meetings", table[table["group"] == "bonn"])


def test_how_many_intervals_contain_nothing_is_said_in_words(corpus):
    table = FIGURES["tone_meetings"].tabulate(corpus).head(3)
    caption = FIGURES["tone_meetings"].caption
    told = [
        "of 1 interval 1 contains 0",
        "of 2 intervals 2 contain 0",
        "of 2 intervals 0 contain 0",
    ]
    for text, rows in zip(told, (table.head(1), table.head(2), table.head(2)), strict=True):
        low = 0.1 if " 0 contain" in text else -0.1
        assert text in caption(rows.assign(low=low, high=0.3))
    assert "The mean is −0.25;" in caption(table.head(1).assign(polarity=-0.25))


def test_the_two_most_quoted_speakers_follow_the_other_voices(corpus):
    table = FIGURES["tone_speakers"].tabulate(corpus)
    names = (
        voices.spoken(corpus.quotations, corpus.codebook.speakers)["speaker"]
        .drop_duplicates()
        .tolist()
    )
    spoken = corpus.segments["voice"].drop_duplicates()
    others = spoken[spoken != "quotation"].tolist()
    assert table["group"].drop_duplicates().tolist() == [*others, *names[:2], "other speakers"]
    assert holds("tone_speakers", table)
    far = table[["low", "high"]].add(2.0 * table["group"].eq(names[0]), axis=0)
    assert not holds("tone_speakers", table.assign(**far))
    assert not holds("tone_speakers", table[table["group"] != names[0]]), "one speaker is no pair"


def test_readers_stand_beside_their_own_story_only(corpus, own):
    table = FIGURES["tone_readers"].tabulate(corpus)
    segments = corpus.scored("segments")
    segments = segments[segments["doc_id"].isin(corpus.comments["doc_id"])]
    voiced = segments["voice"]
    assert table["group"].unique().tolist() == [*voiced.unique(), sentiment.AUDIENCE]
    count = table[table["group"] == sentiment.AUDIENCE].iloc[0]
    assert count["sentences"] + count["unscored"] == len(corpus.scored("comment sentences"))
    assert table.iloc[0][["sentences", "unscored"]].sum() == (voiced == voiced.iloc[0]).sum()
    assert FIGURES["tone_readers"].table(own).empty
    assert holds("tone_readers", table)
    finding = FIGURES["tone_readers"].finding
    assert finding(table)[0].endswith("overlap in 11 of 12 cases")
    assert finding(table[table["instrument"] != "news"])[0].endswith("readers and story overlap")
    size = "31 sentences of the story, 69 sentences of its readers"
    assert FIGURES["tone_readers"].sample(table) == size
    far = table[["low", "high"]].add(2.0 * table["group"].eq(sentiment.AUDIENCE), axis=0)
    assert not holds("tone_readers", table.assign(**far))
    assert not holds("tone_readers", table[table["group"] != sentiment.AUDIENCE])
    labels = [
        tick.get_text() for tick in FIGURES["tone_readers"].plot(table).axes[0].get_yticklabels()
    ]
    assert labels == [
        "the outlet’s own words",
        "reported words",
        "quoted words",
        "readers’ comments",
    ]


def test_hardly_any_difference_lies_apart_from_zero(corpus):
    table = FIGURES["tone_specifications"].tabulate(corpus)
    assert holds("tone_specifications", table)
    assert not holds("tone_specifications", table.assign(low=0.1, high=0.2))
    assert "0 of 1 interval for Manila − Bonn" in FIGURES["tone_specifications"].caption(table.head(1))  # fmt: skip
    sentence = FIGURES["tone_specifications"].finding(table.head(1).assign(low=0.1, high=0.2))[0]
    assert sentence == "Of 1 interval 1 lies apart from zero, by TextBlob"
    finding = FIGURES["tone_specifications"].finding
    assert finding(table)[0].endswith("zero, all by the NRC list and the news list")
    assert finding(table.assign(low=-1.0, high=1.0)) == ("Of 144 intervals none lies apart from zero", True)  # fmt: skip
    far = finding(table.assign(low=0.1, high=0.2))[0]
    assert far.endswith(
        "144 lie apart from zero, all by TextBlob, VADER, the NRC list and the news list"
    )
    few = table[["n_first", "n_second"]].min().min()
    assert f"rest on as few as {few} paragraphs;" in FIGURES["tone_specifications"].caption(table)


def test_a_difference_is_drawn_with_a_minus_sign(corpus):
    table = FIGURES["tone_specifications"].tabulate(corpus)
    heads = [axes.get_title("left") for axes in FIGURES["tone_specifications"].plot(table).axes[:3]]
    assert heads == [name.replace("–", "−") for name in table["comparison"].unique()]


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
            "doc_id": f"story-{i % 40:03d}", "paragraph": i + 1, "valence": float(i % 5 - 2),
            **dict.fromkeys(INSTRUMENTS, (i % 9 - 4) / 4), "topic": "us_politics",
            "passage": f"a.txt#L{i + 1}",
        }
        for i in range(n)
    ]  # fmt: skip
    columns = ["doc_id", "paragraph", "valence", *INSTRUMENTS, "topic", "passage"]
    return pd.DataFrame(rows, columns=columns)


def means(n):
    rows = [
        {"group": f"Ann Lee-{i}", "instrument": name, "polarity": 0.1, "low": 0.0, "high": 0.2,
         "level": "group" if i % 3 == 0 else "story"}
        for i in range(n)
        for name in INSTRUMENTS
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["group", "instrument", "polarity", "low", "high", "level"])


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
            "n_first": 9,
            "n_second": 9,
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


def test_bars_are_readings_and_marks_are_scores_of_the_opposite_sign():
    table = along(2).assign(doc_id="a", valence=[2.0, -1.0], textblob=[-0.5, -0.5], vader=0.1, nrc=0.0)  # fmt: skip
    axes = FIGURES["tone_along"].plot(table).axes[0]
    assert [bar.get_height() for bar in axes.patches] == [2.0, -1.0]
    turned = {line.get_marker(): [*line.get_xdata()] for line in axes.get_lines()[1:4]}
    assert turned == {"o": [0], "s": [1], "D": []}


def test_a_paragraph_that_nobody_read_has_no_height_and_one_that_is_neutral_a_dot():
    table = along(3).assign(doc_id="a", valence=[np.nan, 1.0, 0.0])
    axes = FIGURES["tone_along"].plot(table).axes[0]
    assert [np.isnan(bar.get_height()) for bar in axes.patches] == [True, False]
    assert axes.collections[0].get_offsets().tolist() == [[2, 0]]


def test_bars_dots_and_marks_have_a_key():
    (key,) = FIGURES["tone_along"].plot(along(5)).legends
    told = [text.get_text() for text in key.get_texts()]
    assert told == [*sentiment.VALENCE_NAMES.values(), "a word list has the opposite sign"]


def test_topics_are_named_where_there_is_room():
    table = along(30).assign(doc_id="a", valence=1.0)
    table["topic"] = ["us_politics"] * 8 + ["a", "retaliation"] * 11
    axes = FIGURES["tone_along"].plot(table).axes[0]
    names = [text.get_text() for text in axes.texts]
    assert names[0] == "us politics", "the longest run, once"
    assert 1 < len(names) < 23


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
        if line.get_marker() in ("o", "s", "D")
        for x, y in zip(line.get_xdata(), line.get_ydata(), strict=True)
    ]
    assert [y for _, y in sorted(dots)] == sorted(table["estimate"])
    ticks = sum(len(line.get_xdata()) for line in below.get_lines())
    assert ticks == 30 * (1 + len(CHOICES))
    names = [label.get_text() for label in below.get_yticklabels()]
    assert sorted(names[:3]) == ["nrc", "textblob", "vader"]
    assert sorted(names[3:]) == sorted(sentiment.CHOSEN.values())


def test_every_choice_has_a_name():
    shown = {name.replace("reused", "shared"): values for name, values in CHOICES.items()}
    assert {(name, value) for name in shown for value in shown[name]} == set(sentiment.CHOSEN)


def test_a_choice_that_was_not_open_is_not_listed():
    table = specifications(30).assign(unit="word", comparison="a – b")
    names = [
        label.get_text()
        for label in FIGURES["tone_specifications"].plot(table).axes[1].get_yticklabels()
    ]
    assert not any("words" in name for name in names)


def test_an_instrument_of_ones_own_is_drawn_in_its_own_look():
    axes = FIGURES["tone_validity"].plot(agreement(6)).axes[0]
    assert [label.get_text() for label in axes.get_yticklabels()] == [*INSTRUMENTS, "own-0", "own-1"]  # fmt: skip
    markers = [line.get_marker() for line in axes.get_lines()]
    assert markers[:12:2] == ["o", "s", "D", "^", "P", "P"]
