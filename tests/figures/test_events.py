"""The second notebook's figures hold what the frames hold."""

import pandas as pd
import pytest

from usru.figures import FIGURES
from usru.figures.canvas import Drawing
from usru.show.style import PAPER


def test_every_event_is_there_once_for_each_story_that_mentions_it(corpus):
    table = FIGURES["timeline"].table(corpus)
    assert not table.duplicated(["event", "doc_id"]).any()
    mentions = corpus.mentions
    assert set(zip(table["event"], table["doc_id"], strict=True)) == set(
        zip(mentions["event"], mentions["doc_id"], strict=True)
    )
    assert (table["earliest"] <= table["latest"]).all()


def test_the_caption_counts_events_and_not_mentions(corpus):
    figure = FIGURES["timeline"]
    table = figure.table(corpus)
    assert figure.caption(table).startswith(f"{table['event'].nunique()} events")


def test_what_began_before_the_months_has_its_years_in_words(corpus):
    figure = FIGURES["timeline"]
    table = figure.table(corpus)
    matrix, dated = figure.plot(table).axes
    start = pd.Timestamp(2016, 11, 1)
    before = table[table["earliest"] < start].drop_duplicates("event")
    told = [text.get_text() for text in dated.texts]
    assert told[:2] == ["2009–17", "2011"]
    assert len(told) == len(before)
    assert [label.get_text()[:3] for label in dated.get_xticklabels()][:2] == ["Nov", "Feb"]
    assert len(matrix.get_xticks()) == 5


def test_what_the_stories_do_not_date_is_hollow(corpus):
    figure = FIGURES["timeline"]
    table = figure.table(corpus)
    days = table[table["earliest"] == table["latest"]].drop_duplicates("event")
    dated = figure.plot(table).axes[1]
    marks = [line for line in dated.lines if line.get_marker() not in ("None", "")]
    hollow = [line.get_markerfacecolor() == PAPER for line in marks]
    assert len(marks) == len(days)
    assert sum(hollow) == (days["basis"] == "public record").sum()


def test_the_key_is_apart_from_the_events(corpus):
    drawing = FIGURES["timeline"].plot(FIGURES["timeline"].tabulate(corpus))
    drawing.png()
    assert [axes.get_legend() for axes in drawing.axes] == [None, None]
    (key,) = drawing.legends
    rows = drawing.axes[1].get_window_extent()
    assert key.get_window_extent().y0 > rows.y1


def test_columns_are_named_above_and_below(corpus):
    matrix = FIGURES["timeline"].plot(FIGURES["timeline"].tabulate(corpus)).axes[0]
    named = [label.get_text().replace("\n", " ") for label in matrix.get_xticklabels()]
    assert named == [*corpus.labels["doc_id"].values()] * 2
    meetings = [text.get_text() for text in matrix.texts]
    assert sorted(meetings) == sorted([*corpus.labels["meeting"].values()] * 2)


def test_the_names_of_many_stories_are_left_out(corpus):
    table = FIGURES["timeline"].table(corpus)
    parts = [table.assign(doc_id=table["doc_id"] + f"-{i}") for i in range(4)]
    matrix = FIGURES["timeline"].plot(pd.concat(parts, ignore_index=True)).axes[0]
    assert {label.get_text() for label in matrix.get_xticklabels()} == {""}


def test_a_timeline_states_no_finding_that_does_not_hold(corpus):
    figure = FIGURES["timeline"]
    table = figure.tabulate(corpus)
    assert figure.headline(table).endswith(": 6 of the 36 events that they mention")
    late = table["event"] == "deadline"
    several = pd.concat([table, table[late].assign(doc_id="bonn-sputnik-thaw", meeting="bonn")])
    assert figure.headline(several) == figure.title, "shared, and after the first meeting"
    single = table[table["meeting"] == "bonn"]
    assert figure.headline(single) == figure.title
    assert figure.headline(table[table["kind"] != "meeting"]) == figure.title


def test_events_of_the_months_alone_need_no_years(corpus):
    figure = FIGURES["timeline"]
    table = figure.table(corpus)
    recent = figure.plot(table[table["earliest"] >= "2016-11-01"])
    assert [len(axes.texts) for axes in recent.axes] == [6, 0]
    assert len(recent.legends) == 1, "there is no room for a key between the marks"
    undated = table.assign(published=pd.NaT)
    assert isinstance(figure.plot(undated), Drawing)


def test_the_caption_counts_what_several_meetings_share(corpus):
    figure = FIGURES["timeline"]
    table = figure.table(corpus)
    shared = [event for event, own in table.groupby("event") if own["meeting"].nunique() > 1]
    assert f"{len(shared)} in stories of several meetings" in figure.caption(table)
    assert "0 in stories of several" in figure.caption(table[~table["event"].isin(shared)])


def test_horizons_leave_out_what_fixed_the_day(corpus):
    figure = FIGURES["horizons"]
    table = figure.table(corpus)
    free = table[~table["fixed_day"]]
    assert 0 < len(free) < len(table)
    near = [(free[of].abs() <= 10).sum() for of in ("nearest", "farthest")]
    told = figure.caption(table)
    assert f"{near[0]} of {len(free)} by the nearest" in told
    assert f"{near[1]} by the farthest" in told
    assert f"after it: {(free['nearest'] > 0).sum()}" in told
    assert table["passage"].str.contains(r"#L\d+$").all()


def test_horizons_state_no_finding_that_does_not_hold(corpus):
    figure = FIGURES["horizons"]
    table = figure.table(corpus)
    back = (table["nearest"] < 0) & ~table["fixed_day"]
    free, there = (~table["fixed_day"]).sum(), ((table["nearest"] == 0) & ~table["fixed_day"]).sum()
    told = f"Of {free} dates {back.sum()} lie before publication, {there} on its day"
    assert figure.headline(table).startswith(told)
    turned = table.assign(nearest=-table["nearest"], farthest=-table["farthest"])
    assert figure.headline(turned) == figure.title
    assert figure.headline(table.assign(nearest=0)) == figure.title


@pytest.mark.parametrize("n", [0, 1, 2])
def test_few_expressions_are_counted_in_english(corpus, n):
    figure = FIGURES["horizons"]
    table = figure.table(corpus)
    told = figure.caption(
        pd.concat([table[~table["fixed_day"]].head(n), table[table["fixed_day"]].head(1)])
    )
    assert "1 expression from which" in told
    assert (f"of {n} by the nearest" in told) == (n > 0)


def test_each_expression_has_a_row_and_its_words(corpus):
    figure = FIGURES["horizons"]
    table = figure.table(corpus)
    axes = figure.plot(table).axes[0]
    words = [text.get_text().removesuffix(" (fixed the day of publication)") for text in axes.texts]
    assert sorted(words[:-2]) == sorted(table["text"])
    places = [
        y
        for marks in axes.collections
        if len(marks.get_offsets())
        for y in marks.get_offsets()[:, 1]
    ]
    assert len(set(places)) == len(table)


def test_many_expressions_are_not_named(corpus):
    table = FIGURES["horizons"].table(corpus)
    many = pd.concat([table] * 8, ignore_index=True)
    drawing = FIGURES["horizons"].plot(many)
    assert len(drawing.axes[0].texts) == 2
    assert drawing.get_figheight() <= 18
