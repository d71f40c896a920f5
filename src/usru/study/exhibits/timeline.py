"""Figures of the second notebook: what happened when, and how far the stories look."""

import pandas as pd

from usru.analysis import timeline
from usru.corpus import Corpus
from usru.show import plots
from usru.study.figure import Figure

__all__ = ["FIGURES"]


def _timeline(corpus: Corpus) -> pd.DataFrame:
    mentions = timeline.mentions(corpus)
    first = mentions.drop_duplicates(["event", "doc_id"])
    table = timeline.events(corpus).merge(first, on="event", sort=False)
    about = corpus.documents[["doc_id", "meeting", "published"]]
    table = table.merge(about, on="doc_id", how="left", sort=False)
    table["passage"] = [
        corpus.passage(doc_id, line)
        for doc_id, line in zip(table["doc_id"], table["line"], strict=True)
    ]
    return table[
        ["event", "title", "kind", "earliest", "latest", "basis", "doc_id", "meeting", "published",
         "passage"]
    ]  # fmt: skip


def _timeline_caption(table: pd.DataFrame) -> str:
    events = table.drop_duplicates("event")
    shared = table.groupby("event")["doc_id"].nunique().gt(1).sum()
    public = (events["basis"] != "corpus").sum()
    return (
        f"{len(events)} events that the stories mention; {shared} of them stand in more than one"
        f" story. The dates of {public} are from the public record, the others from the stories."
    )


def _horizons(corpus: Corpus) -> pd.DataFrame:
    table = timeline.horizons(corpus)
    passages = [corpus.passage(row.doc_id, row.line) for row in table.itertuples()]
    return table.assign(passage=passages)[["doc_id", "meeting", "text", "days", "passage"]]


def _horizons_caption(table: pd.DataFrame) -> str:
    if table.empty:
        return "No story points to a date."
    near = (table["days"].abs() <= 10).mean()
    return (
        f"{len(table)} temporal expressions in the stories; {near:.0%} point to within ten days of"
        f" publication, {(table['days'] > 0).sum()} to after it."
    )


FIGURES = (
    Figure(
        "timeline", "What happened when, and who mentions it", _timeline, plots.timeline,
        _timeline_caption,
        "A row is an event: a filled mark where a story gives its date, a hollow one where the"
        " public record does, a bar where it is known to a span of days; diamonds and lines are"
        " the meetings, triangles the days of publication. At the right, a mark where the story"
        " of that column mentions the event.",
        "The passages listed in data/codebook/events.toml.",
        "02_timeline", "What happened when, and who says so", "timeline-1",
    ),
    Figure(
        "horizons", "How far each story looks back and ahead", _horizons, plots.horizons,
        _horizons_caption,
        "Each dot is a temporal expression, placed at the nearest day that it can mean; the"
        " scale is even within ten days and logarithmic beyond. The farthest are named.",
        "The temporal expressions that usru.text.dates finds in the body blocks.",
        "02_timeline", "How far the stories look", "timeline-2",
    ),
)  # fmt: skip
