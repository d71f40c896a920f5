"""What the explorer answers, checked against what the other notebooks count."""

import re

from usru.analysis import tone
from usru.corpus import Corpus
from usru.show.explorer import Explorer
from usru.study.findings import finding


@finding("explorer-1")
def _ukraine(corpus: Corpus) -> tuple[str, bool | None]:
    """Every story names Ukraine, and mostly in reports of what somebody said."""
    clauses = corpus.coded_clauses
    if clauses.empty:
        return "Nobody has coded whose words these are.", None
    named = clauses.assign(times=clauses["text"].str.count(r"\bUkrain\w*"))
    by, stories = (
        named.groupby("voice")["times"].sum(),
        named[named["times"] > 0]["doc_id"].nunique(),
    )
    return (
        f"Ukraine is named {by.sum()} times in {stories} of {len(corpus.texts)} stories:"
        f" {by.get('report', 0)} times where an outlet reports what somebody said,"
        f" {by.get('outlet', 0)} times in the outlets' own words, {by.get('quotation', 0)} times in a"
        " quotation.",
        bool(
            stories == len(corpus.texts)
            and by.get("report", 0) > by.get("outlet", 0) > by.get("quotation", 0)
        ),
    )


@finding("explorer-2")
def _endless(corpus: Corpus) -> tuple[str, bool | None]:
    """A search that would never end is refused, and the next one is answered."""
    explorer = Explorer(corpus)
    explorer.search.value = "(?R)"
    stopped = explorer.message.value
    explorer.search.value = "the"
    return (
        "A search that would never end is refused with a sentence, and the next one is answered.",
        "would take too long" in stopped and "match" in explorer.message.value,
    )


@finding("explorer-3")
def _same(corpus: Corpus) -> tuple[str, bool | None]:
    """The explorer's means and coverage are those of the notebooks."""
    explorer = Explorer(corpus)
    scored = tone.score(corpus.segments)
    everything = tone.aggregate(scored[~scored["reused"]].assign(all=1), "all")["polarity"].mean()
    shown = explorer.tone.value.replace("−", "-")
    topic = [topic for _, topic in explorer.topics.options][:1]
    explorer.topics.value = topic
    coded = corpus.topics
    table = corpus.segments.merge(coded[coded["topic"].isin(topic)][["doc_id", "block"]])
    return (
        f"With nothing chosen the explorer gives the mean of the notebook on tone ({everything:+.2f} by"
        f" TextBlob), and with a topic chosen the {table['words'].sum():,} words of its paragraphs.",
        bool(re.search(re.escape(f"{everything:+.2f}"), shown)
             and explorer.selection["words"].sum() == table["words"].sum()),
    )  # fmt: skip
