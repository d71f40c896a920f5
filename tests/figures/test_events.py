"""The second notebook's figures hold what the frames hold."""

from usru.analysis import timeline
from usru.figures import FIGURES


def test_every_event_stands_once_for_each_story_that_mentions_it(corpus):
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


def test_horizons_are_days_from_publication(corpus):
    table = FIGURES["horizons"].table(corpus)
    assert (
        table["days"].tolist()
        == timeline.horizons(corpus.dates, corpus.blocks, corpus.documents)["days"].tolist()
    )
    ahead = (table["days"] > 0).sum()
    assert f"{ahead} to after it" in FIGURES["horizons"].caption(table)
    assert table["passage"].str.contains(r"#L\d+$").all()
