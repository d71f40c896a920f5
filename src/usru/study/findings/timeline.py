"""What happened when, which stories say so, and how their words for days are resolved."""

import pandas as pd

from usru.analysis import timeline
from usru.corpus import Corpus
from usru.evaluation import outside
from usru.figures import FIGURES
from usru.study.findings import finding

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
    ukraine, others = int(topics.get("ukraine", 0)), topics.drop("ukraine", errors="ignore")
    return (
        f"The {len(days)} meetings span {(days.max() - days.min()).days} days. By the list that a"
        f" language model read from them, the stories mention {len(events)} events: {single} in one"
        f" story only, {several - len(older)} in several stories about one meeting. The {len(older)}"
        " that are carried from the stories of one meeting to those of another all began before the"
        " first of them"
        f" ({'; '.join(older['title'])}); of the {paragraphs} paragraphs that mention these,"
        f" the reference codes {ukraine} as about Ukraine, and no other topic in more than"
        f" {max(others, default=0)}.",
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
    return (
        f"Of {len(days)} temporal expressions in the stories, {len(days) - len(free)} fixed the days"
        f" of publication and are left out. Of the other {len(free)}, about half point to within"
        f" {NEAR} days of publication: {near.sum()} by the nearest day that they can mean,"
        f" {far.sum()} by the farthest. {back} point to before it, {ahead} to after it. With the words"
        f" that fixed the day it would be {all_near.sum()} of {len(days)}.",
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
    where = [f"{n} about {name.title()}" for name, n in points["meeting"].value_counts().items()]
    contradictions = (~points["compatible"]).sum()
    return (
        f"On {len(points)} points that a language model listed, two stories about one meeting give"
        f" different accounts ({', '.join(where)}). As it read the passages, {contradictions or 'none'} of"
        f" these contradict each other and {points['compatible'].sum()} are compatible differences, in"
        " which both accounts can be true.",
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
        "The finder gives at least nine in ten expressions the days of the reference, which language"
        f" models made: {own.in_both} of {own.in_reference} in this corpus, with which its rules were"
        f" made, and {unseen.in_both} of {unseen.in_reference} on invented pages, one error on which was"
        f" mended afterwards (recall {unseen.recall:.0%}, 95% interval {unseen.recall_low:.0%} to"
        f" {unseen.recall_high:.0%}).",
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
        f"One expression alone looks farther ahead than {NEAR} days: “{first.text}” in {first.doc_id},"
        f" {first.nearest} days after publication (no other points more than {rest} days ahead). The"
        f" sentence: “{sentence}”",
        first.nearest > NEAR >= rest,
    )


@finding("timeline-6")
def _clocks(corpus: Corpus) -> tuple[str, bool | None]:
    """A page's clock, taken for its date, moves expressions by more than a month."""
    if corpus.documents[["captured", "published"]].dropna().empty:
        return "No page of a known day carries a clock.", None
    wrong = timeline.capture_date_errors(corpus.documents, corpus.blocks, corpus.texts)
    if wrong.empty:
        return "Taken for the day of publication, the pages' clocks would move nothing.", None
    worst = wrong.loc[wrong["days"].abs().idxmax()]
    return (
        "Taken for the day of publication, the pages' clocks would move"
        f" {len(wrong)} of {len(corpus.dates)} expressions, on {wrong['doc_id'].nunique()} of the"
        f" {corpus.documents['captured'].notna().sum()} pages that have one,"
        f" each by more than a month ({wrong['days'].min()} to {wrong['days'].max()} days):"
        f" “{worst['text']}” in {worst['doc_id']} would become {worst['mistaken']:%Y-%m-%d}.",
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
    speakers = sorted(set(today["speaker"]) - {""})
    return (
        f"No “today” is an outlet's own: of {len(today)}, all in {', '.join(today['doc_id'].unique())},"
        f" the reference gives {quoted} to a quotation and {reported} to a report of what"
        f" {' and '.join(speakers)} said. The word counts from the speaker's day: it tells when the"
        " talks were, and the day of publication only if the story came out on it.",
        bool(speakers) and quoted + reported == len(today),
    )
