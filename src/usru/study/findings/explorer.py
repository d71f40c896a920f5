"""What choosing passages shows: who names a country, beside which words, and whose words those are."""

import pandas as pd

from usru.analysis import concordance
from usru.corpus import Corpus
from usru.study.findings import finding
from usru.study.findings.voices import LAVROV, NOBODY, TILLERSON
from usru.wording import count, listed, percent, times


def _matches(corpus: Corpus, pattern: str) -> pd.DataFrame:
    """Where a pattern is in the stories, each with the nearest word before it, in lower case."""
    found = concordance.select(concordance.prepare(corpus), pattern=pattern, context=1)
    return found.assign(left=found["before"].str.strip("… ").str.casefold())


@finding("explorer-1")
def _ukraine(corpus: Corpus) -> tuple[str, bool | None]:
    """Every story names Ukraine, mostly in reports of what somebody said and never in a quotation."""
    if corpus.coded_clauses.empty:
        return NOBODY, None
    found = _matches(corpus, r"\bUkrain\w*")
    if found.empty:
        return "No story names Ukraine.", False
    by, stories = found["voice"].value_counts(), found["doc_id"].nunique()
    report, own, quoted = (int(by.get(voice, 0)) for voice in ("report", "outlet", "quotation"))
    return (
        f"Ukraine is named {times(len(found))}, in {stories} of {count(len(corpus.texts), 'story', 'stories')}:"
        f" {times(report)} where an outlet reports what somebody said, {times(own)} in the outlets’ own"
        f" words, {times(quoted)} in a quotation.",
        stories == len(corpus.texts) and report > own > quoted == 0,
    )  # fmt: skip


@finding("explorer-2")
def _sanctions(corpus: Corpus) -> tuple[str, bool | None]:
    """Sanctions are new to the outlets, anti-Russian or American in Lavrov's words, not in Tillerson's."""
    if corpus.coded_clauses.empty:
        return NOBODY, None
    found = _matches(corpus, r"\bsanction\w*")
    if found.empty:
        return "No story names sanctions.", False
    own = found[found["voice"] == "outlet"]
    lavrov, tillerson = (
        found[found["speaker"].fillna("").str.contains(name)] for name in (LAVROV, TILLERSON)
    )
    theirs = int(lavrov["left"].isin(["anti-russian", "u.s."]).sum())
    beside = listed([f"“{word}”" for word in own["left"].unique()], "or")
    return (
        f"Sanctions are named {times(len(found))}: {times(len(own))} in the outlets’ own words, after"
        f" {beside}; {times(len(lavrov))} in words of Sergei Lavrov, quoted or reported"
        f", {theirs} of them right after “anti-Russian” or “U.S.”;"
        f" {times(len(tillerson))} in words of Rex Tillerson.",
        set(own["left"]) == {"new"} and 2 * theirs > len(lavrov) and tillerson.empty,
    )  # fmt: skip


@finding("explorer-3")
def _own_words(corpus: Corpus) -> tuple[str, bool | None]:
    """Only on press access do outlets mostly speak for themselves."""
    if corpus.coded_clauses.empty or corpus.coded_topics["topic"].nunique() < 2:
        return NOBODY, None
    passages, shares = concordance.prepare(corpus), {}
    for topic in corpus.coded_topics["topic"].unique():
        found = concordance.whose(passages, concordance.find(passages, topics=[topic]))
        shares[corpus.labels["topic"][topic]] = found.set_index("voice").loc["outlet", "share"]
    own = pd.Series(shares).sort_values(ascending=False, kind="stable")
    most, others = own[own > 0.5], own[own <= 0.5]
    named = listed(
        [f"{topic} ({percent(share)})" for topic, share in most.items()], nothing="no topic"
    )
    return (
        f"On most matters the stories mostly quote or report. Most words are the outlets’ own on {named};"
        f" on {count(len(others), 'other topic')} at most {percent(others.max())} are,"
        f" on {int((others == 0).sum())} of these not one word.",
        len(most) == 1 and bool(others.max() < 1 / 3),
    )  # fmt: skip
