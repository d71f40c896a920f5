"""The second notebook's figures hold what the frames hold."""

import pandas as pd

from usru.figures import FIGURES
from usru.figures.canvas import Drawing


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


def test_what_began_before_the_months_is_drawn_on_a_scale_of_its_own(corpus):
    figure = FIGURES["timeline"]
    years, months, stories = figure.plot(figure.table(corpus)).axes
    starts = [pd.Timestamp(axes.get_xlim()[0], unit="D").year for axes in (years, months)]
    assert starts == [2008, 2016]
    assert len(years.lines) < len(months.lines)
    assert stories.get_xlim()[1] > 4


def test_events_of_the_months_alone_need_no_years(corpus):
    figure = FIGURES["timeline"]
    table = figure.table(corpus)
    assert len(figure.plot(table[table["earliest"] >= "2016-11-01"]).axes) == 2
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
    assert f"{near[0]} of {len(free)} point" in told
    assert f"{near[1]} by the farthest" in told
    assert f"{(free['nearest'] > 0).sum()} point to after it" in told
    assert table["passage"].str.contains(r"#L\d+$").all()
