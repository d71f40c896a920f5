"""What happened when, which stories say so, and how their words for days are resolved."""

import pandas as pd

from usru.analysis import timeline
from usru.corpus import Corpus
from usru.evaluation import outside
from usru.figures import FIGURES
from usru.study.findings import finding
from usru.wording import count, day, listed, percent, span, times

NEAR = 10  # days from publication: within them an expression keeps close to the story's day


def carried(corpus: Corpus) -> pd.DataFrame:
    """Return the mentions of events that stories about different meetings mention.

    Parameters
    ----------
    corpus : Corpus
        Any corpus.

    Returns
    -------
    pandas.DataFrame
        The rows of ``corpus.mentions`` with the `meeting` of the story.

    Examples
    --------
    >>> from usru import load
    >>> carried(load())["event"].nunique()
    6
    """
    meeting = corpus.documents.set_index("doc_id")["meeting"]
    mentions = corpus.mentions.assign(meeting=lambda table: table["doc_id"].map(meeting))
    return mentions[mentions.groupby("event")["meeting"].transform("nunique") > 1]


@finding("timeline-1")
def _events(corpus: Corpus) -> tuple[str, bool | None]:
    """Most events belong to one story, and what is carried on is older, above all Ukraine."""
    events, passages = corpus.events, carried(corpus)
    if events.empty:
        return "No event is listed that the stories mention.", None
    days = corpus.meetings["date"].dropna()
    older = events[events["event"].isin(passages["event"])]
    single, several = (events["stories"] == 1).sum(), (events["stories"] > 1).sum()
    coded = passages[["doc_id", "block"]].drop_duplicates().merge(corpus.coded_topics)
    topics = coded["topic"].astype("str").value_counts()
    paragraphs = len(passages[["doc_id", "block"]].drop_duplicates())
    shared = listed(f"“{title}”" for title in older["title"])
    ukraine, others = int(topics.get("ukraine", 0)), topics.drop("ukraine", errors="ignore")
    return (
        f"Most events belong to one story: of the {count(len(events), 'event')} that a language"
        f" model listed, {count(single, 'is', 'are')} in one story and {several - len(older)} in"
        f" several about one meeting. {count(len(older), 'is', 'are')} in stories about different"
        f" meetings, all begun before the first: {shared}. Of the {count(paragraphs, 'paragraph')}"
        f" on {'it' if len(older) == 1 else 'them'}, the reference codes {ukraine} as about"
        f" Ukraine, and no more than {max(others, default=0)} as about anything else.",
        single > len(events) / 2
        and len(older) > 0
        and (older["earliest"] < days.min()).all()
        and ukraine > max(others, default=0),
    )


@finding("timeline-2")
def _nearness(corpus: Corpus) -> tuple[str, bool | None]:
    """About half of the expressions that can tell point to the days around publication."""
    days = FIGURES["horizons"].table(corpus)
    free = days[~days["fixed_day"]]
    if free.empty:
        return "No story points to a day that its day of publication was not inferred from.", None
    near, far, all_near = (
        table[column].abs() <= NEAR
        for table, column in ((free, "nearest"), (free, "farthest"), (days, "nearest"))
    )
    ahead, back = (free["nearest"] > 0).sum(), (free["nearest"] < 0).sum()
    left_out = count(len(days) - len(free), "date")
    return (
        f"About half of the dates in the stories are within {NEAR} days of publication:"
        f" {near.sum()} of {len(free)} by the nearest day that they can mean, {far.sum()} by the"
        f" farthest. {count(back, 'looks', 'look')} back and {ahead} ahead. This leaves out"
        f" {left_out} from which the day of publication was inferred; otherwise it would be"
        f" {all_near.sum()} of {len(days)}.",
        0.4 <= far.mean() <= near.mean() <= 0.6 and back > ahead,
    )


@finding("timeline-3")
def _differences(corpus: Corpus) -> tuple[str, bool | None]:
    """Two stories of one meeting differ without contradicting each other."""
    told = timeline.accounts(corpus.codebook.events, corpus.blocks, corpus.texts)
    if told.empty:
        return "No point is listed on which stories give different accounts.", None
    told = told.merge(corpus.documents[["doc_id", "meeting"]], on="doc_id")
    points = told.groupby("difference", sort=False).agg(
        compatible=("compatible", "first"), stories=("doc_id", "nunique"),
        meetings=("meeting", "nunique"), meeting=("meeting", "first"),
    )  # fmt: skip
    names, contradictions = corpus.labels["meeting"], (~points["compatible"]).sum()
    where = [f"{n} about {names[name]}" for name, n in points["meeting"].value_counts().items()]
    return (
        "Stories about one meeting differ without contradicting each other: on"
        f" {count(len(points), 'point')} two of them give different accounts ({listed(where)})."
        " The language model that listed these found"
        f" {count(contradictions, 'contradiction') if contradictions else 'no contradiction'}:"
        " both accounts can be true.",
        contradictions == 0 and (points["stories"] == 2).all() and (points["meetings"] == 1).all(),
    )


@finding("timeline-4")
def _finder(corpus: Corpus) -> tuple[str, bool | None]:
    """The finder resolves nine in ten expressions as the reference does."""
    if corpus.coding("dates").empty:
        return "Nobody has coded the temporal expressions of these texts.", None
    table = outside.date_agreement(corpus).query("question == 'resolved'")
    own, unseen = table.itertuples()
    return (
        "At least nine in ten dates are found and resolved as in the reference, which language"
        f" models made: {unseen.in_both} of {unseen.in_reference} on invented pages"
        f" ({percent(unseen.recall)}, 95% interval"
        f" {span(unseen.recall_low, unseen.recall_high, percent)}), one error on which was mended"
        f" afterwards. Here it is {own.in_both} of {own.in_reference}, but the rules were made"
        " with these stories.",
        own.recall >= 0.9 and unseen.recall_low >= 0.9,
    )


@finding("timeline-5")
def _ahead(corpus: Corpus) -> tuple[str, bool | None]:
    """One expression alone looks farther ahead than the days after publication."""
    days = FIGURES["horizons"].table(corpus)
    later = days[days["nearest"] > 0].sort_values("nearest", ascending=False, kind="stable")
    if later.empty:
        return "No story points to after its day.", None
    first, *others = later.itertuples()
    held = corpus.sentences.query("doc_id == @first.doc_id")
    sentence = held[(held["start"] <= first.start) & (held["end"] >= first.end)]["text"].iloc[0]
    rest = max((one.nearest for one in others), default=0)
    return (
        f"Only one date is more than {NEAR} days ahead: “{first.text}” in"
        f" {corpus.labels['doc_id'][first.doc_id]}, {count(first.nearest, 'day')} after"
        f" publication; no other is more than {count(rest, 'day')} ahead. The sentence is"
        f" “{sentence.rstrip('.')}”.",
        first.nearest > NEAR >= rest,
    )


@finding("timeline-6")
def _clocks(corpus: Corpus) -> tuple[str, bool | None]:
    """A page's clock, taken for its date, moves expressions by more than a month."""
    if corpus.documents[["captured", "published"]].dropna().empty:
        return "No page of a known day carries a clock.", None
    wrong = timeline.capture_date_errors(corpus.documents, corpus.blocks, corpus.texts)
    if wrong.empty:
        return "Taken for the day of publication, the pages’ clocks would move nothing.", None
    worst = wrong.loc[wrong["days"].abs().idxmax()]
    clocks = corpus.documents["captured"].notna().sum()
    return (
        "A page’s clock taken for the day of publication puts dates wrong by more than a month:"
        f" {len(wrong)} of {count(len(corpus.dates), 'date')}, on {wrong['doc_id'].nunique()} of"
        f" {count(clocks, 'page')} with a clock, by"
        f" {count(wrong['days'].min(), 'day', to=wrong['days'].max())}. “{worst['text']}”"
        f" ({corpus.labels['doc_id'][worst['doc_id']]}) would become {day(worst['mistaken'])}.",
        wrong["days"].min() > 31,
    )


@finding("timeline-7")
def _todays(corpus: Corpus) -> tuple[str, bool | None]:
    """No “today” is the outlet's own."""
    days = FIGURES["horizons"].table(corpus)
    today = days[(days["text"].str.lower() == "today") & (days["voice"] != "")]
    if today.empty:
        return "No story says “today” in words whose voice is coded.", None
    quoted, reported = (int((today["voice"] == of).sum()) for of in ("quotation", "report"))
    speakers, names = sorted(set(today["speaker"]) - {""}), corpus.labels["doc_id"]
    return (
        "No outlet says “today” in its own words: by the reference the word appears"
        f" {times(quoted)} in quotations and {times(reported)} in reports"
        f" ({listed(speakers, nothing='nobody')}, in {names.listed(today['doc_id'].unique())})."
        " The word counts from the speaker’s day: it tells when the talks were, and the day of"
        " publication only if the story came out on it.",
        bool(speakers) and quoted + reported == len(today),
    )
