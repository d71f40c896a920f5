"""What each story gives room to, as read, and how far a dictionary is trusted to tell it."""

from functools import cache, partial
from itertools import combinations

import pandas as pd

from usru.analysis import agreement, misclassification, reuse, topics
from usru.corpus import Corpus
from usru.evaluation import outside
from usru.files import read_text
from usru.study.findings import finding
from usru.text import blocks
from usru.wording import count, listed, number, percent

NOT_CODED = "Nobody has coded the topics of these paragraphs."
LEAST_ALPHA = 0.667  # below which Krippendorff draws no conclusions
FITTED = ("summer-house", "take one or two", "shush*")  # words of these pages, in the dictionary


def _read(corpus: Corpus) -> pd.DataFrame:
    return topics.wide(corpus.coded_topics, corpus.paragraphs)


def _found(corpus: Corpus) -> pd.DataFrame:
    return topics.wide(corpus.topics, corpus.paragraphs)


def _shares(corpus: Corpus, coded: pd.DataFrame) -> pd.DataFrame:
    """Stories as rows, topics as columns, the share of the words."""
    shares = topics.coverage(corpus.paragraphs, coded, intervals=False)
    return shares.pivot_table("share", "doc_id", "topic", sort=False, observed=False)


def _alpha(first: pd.DataFrame, second: pd.DataFrame) -> float:
    """How far two codings agree on the sets of topics."""
    one, other = (agreement.label_sets(table) for table in (first, second))
    return agreement.alpha(one, other, "sets")


@finding("topics-1")
def _everywhere(corpus: Corpus) -> tuple[str, bool | None]:
    """Few topics are in all stories."""
    if corpus.coded_topics.empty:
        return NOT_CODED, None
    if len(corpus.texts) < 2:
        return "There are no two stories to compare.", None
    on = _shares(corpus, corpus.coded_topics) > 0
    said = _shares(corpus, corpus.topics) > 0
    shared, also = ([*some.columns[some.all()]] for some in (on, said))
    coded = corpus.coded_topics.merge(corpus.paragraphs[["doc_id", "block", "meeting"]])
    meetings = coded.groupby("topic", observed=True)["meeting"].nunique()
    alone = [*meetings.index[meetings == 1]]
    found = " too" if also == shared else f": {corpus.labels['topic'].listed(also)}"
    return (
        f"The {len(on)} stories share only {len(shared)} of {count(on.shape[1], 'topic')}, as"
        f" read: {corpus.labels['topic'].listed(shared)} (by the dictionary{found})."
        f" {count(len(alone), 'topic belongs', 'topics belong')} to the stories of one meeting"
        f" alone: {corpus.labels['topic'].listed(alone)}.",
        0 < len(shared) <= on.shape[1] / 4 and len(alone) > len(shared),
    )


@finding("topics-2")
def _meetings_apart(corpus: Corpus) -> tuple[str, bool | None]:
    """No topic tells two meetings apart, by paragraphs and counting all comparisons."""
    if corpus.coded_topics.empty:
        return NOT_CODED, None
    shares = topics.paragraph_shares(corpus.paragraphs, corpus.coded_topics)
    tests = topics.compare(shares)
    if tests.empty:
        return "There are no two meetings to compare.", None
    place, called = corpus.labels["meeting"], corpus.labels["topic"]
    nearest = tests.iloc[0]
    apart = [
        f"{called[one.topic]} in {place[one.meeting]} and {place[other.meeting]}"
        for _, rows in shares.groupby("topic", observed=True, sort=False)
        for one, other in combinations(rows.itertuples(), 2)
        if one.share_high < other.share_low or other.share_high < one.share_low
    ]
    told = f"Of all Wilson intervals only those of {listed(apart)} lie apart" if apart else "No two Wilson intervals lie apart"  # fmt: skip
    return (
        "No topic is shown to set the paragraphs of two meetings apart by more than chance, as"
        f" read and once {count(len(tests), 'comparison is', 'comparisons are')} counted (Fisher’s"
        f" exact test, Holm). The nearest is {called[nearest['topic']]}, in {nearest['on_one']} of"
        f" {count(nearest['of_one'], 'paragraph')} in {place[nearest['one']]} and"
        f" {nearest['on_other']} of {nearest['of_other']} in {place[nearest['other']]} (p ="
        f" {number(nearest['pvalue'], 3)} alone, {number(nearest['adjusted'])} corrected). {told}.",
        bool(nearest["adjusted"] > 0.05 and len(apart) <= 0.05 * len(tests)),
    )


@finding("topics-3")
def _reliability(corpus: Corpus) -> tuple[str, bool | None]:
    """Readings repeat each other well, and the dictionary follows them less well."""
    names = [*corpus.codebook.topics]
    first, second, reference = (
        topics.from_coding(corpus.coding("topics", reading), corpus.paragraphs, names)
        for reading in ("reading-1", "reading-2", "reference")
    )
    if corpus.coded_topics.empty:
        return NOT_CODED, None
    found = _found(corpus)[names]
    alike, by_chance = agreement.decisions(first, second)
    readings, dictionary = (_alpha(*pair) for pair in ((first, second), (reference, found)))
    table = agreement.by_label(reference, found)
    weak = table.loc[~(table["f1"] >= topics.WEAK), "label"]
    return (
        "Two readings by language models agree on topics (Krippendorff’s alpha"
        f" {number(readings)}, MASI distance), and so does the dictionary with the reference"
        f" ({number(dictionary)}), on the pages that it was made with. That"
        f" {number(100 * alike, 1)}% of the readings’ decisions are the same says little: chance"
        f" alone would give {percent(by_chance)}. Found unreliably by the dictionary:"
        f" {corpus.labels['topic'].listed(weak)}.",
        bool(min(readings, dictionary) >= LEAST_ALPHA and 0.75 < by_chance < alike),
    )


@finding("topics-4")
def _elsewhere(corpus: Corpus) -> tuple[str, bool | None]:
    """On other pages the dictionary finds something, and misses and adds a lot."""
    read, found = outside.topics()
    rates = agreement.by_label(read, found)
    both, coded, said = (rates[f"in_{name}"].sum() for name in ("both", "reference", "found"))
    alpha, pages = _alpha(read, found), read.index.get_level_values(0).nunique()
    return (
        "Elsewhere the shipped dictionary does better than chance, and no more is claimed for what"
        f" it finds in texts that nobody read: on {count(pages, 'invented page')} it finds {both}"
        f" of the {count(coded, 'topic')} of a reading (recall {number(both / max(coded, 1))}) and"
        f" adds {said - both} that the reading does not have (precision"
        f" {number(both / max(said, 1))}, alpha {number(alpha)}).",
        bool(alpha > 0.1 and both > 0.25 * coded and both > 0.5 * said),
    )


@finding("topics-5")
def _left_out(corpus: Corpus) -> tuple[str, bool | None]:
    """Of two stories of one meeting, the shorter has no topic of its own."""
    if corpus.coded_topics.empty:
        return NOT_CODED, None
    words = corpus.paragraphs.groupby("doc_id")["words"].sum()
    often = _read(corpus).groupby(level="doc_id").sum()
    told, holds, called = [], [], corpus.labels["doc_id"]
    for meeting, stories in corpus.documents.groupby("meeting", sort=False)["doc_id"]:
        if len(stories) != 2 or not set(stories) <= set(often.index):
            continue
        longer, shorter = words[[*stories]].sort_values(ascending=False, kind="stable").index
        only = often.columns[(often.loc[longer] > 0) & (often.loc[shorter] == 0)]
        own = often.columns[(often.loc[shorter] > 0) & (often.loc[longer] == 0)]
        holds.append(len(own) == 0 and len(only) > 0 and (often.loc[longer, only] == 1).all())
        told += [
            f"on {corpus.labels['topic'].listed(kept)} ({called[story]}, on {corpus.labels['meeting'][meeting]})"
            for story, kept in ((longer, only), (shorter, own)) if len(kept)
        ]  # fmt: skip
    if not holds:
        return "No meeting has two stories to compare.", None
    return (
        "The shorter of two stories about one meeting has no topic of its own, as read. Only one"
        f" of the two is {listed(told, nothing='on no topic')}. Each of these topics is in a"
        " single paragraph, so length may be the reason.",
        all(map(bool, holds)),
    )


@finding("topics-6")
def _grouping(corpus: Corpus) -> tuple[str, bool | None]:
    """Grouped by their words alone, paragraphs fall into one large group of mixed topics."""
    if corpus.coded_topics.empty:
        return NOT_CODED, None
    grouped = partial(
        topics.groups, corpus.paragraphs, corpus.coded_topics,
        stop_words=corpus.codebook.language.stop_words,
    )  # fmt: skip
    sizes = {n: grouped(n=n)["paragraphs"].max() for n in (4, 8, 12)}
    table = grouped()
    if table.empty:
        return "There are too few paragraphs to group.", None
    of, largest = table["paragraphs"].sum(), table.iloc[0]
    pure = table[(table["share"] >= 0.8) & (table["topic"] != "bilateral")]
    which = f" ({corpus.labels['topic'].listed(pure['topic'])})" if len(pure) else ""
    return (
        "Grouping paragraphs by their words alone does not find the topics: one group"
        f" (“{largest['words']}”) takes {largest['paragraphs']} of {of} ({sizes[4]} or {sizes[12]}"
        " if four or twelve groups are asked for, not eight), and only"
        f" {percent(largest['share'])} of it is on {corpus.labels['topic'][largest['topic']]},"
        " which stands out most. Leaving aside the relations themselves, one topic fills four"
        f" fifths of a group in {len(pure)} of {count(len(table), 'group')}{which}: with so few"
        " paragraphs, grouping is no substitute for a codebook.",
        bool(
            min(sizes.values()) > 0.25 * of
            and largest["share"] < 0.5
            and len(pure) < len(table) / 2
        ),
    )


@finding("topics-7")
def _together(corpus: Corpus) -> tuple[str, bool | None]:
    """The relations are mostly the only matter of their paragraphs; two other pairs do go together."""
    if corpus.coded_topics.empty or "bilateral" not in corpus.codebook.topics:
        return NOT_CODED, None
    on = _read(corpus)
    relations = on[on["bilateral"]]
    alone = (relations.sum(axis=1) == 1).sum()
    pairs = topics.cooccurrence(corpus.paragraphs, corpus.coded_topics)
    beyond = pairs[(pairs["paragraphs"] >= 3) & (pairs["paragraphs"] >= 2 * pairs["expected"])]
    called = corpus.labels["topic"]
    told = listed(
        f"{called[row.topic]} and {called[row.other]} ({row.paragraphs} paragraphs,"
        f" {number(row.expected, 1)} by chance)"
        for row in beyond.itertuples()
    )
    return (
        f"Paragraphs on {called['bilateral']} are mostly on nothing else: {alone} of"
        f" {len(relations)}, as read. Of the pairs of topics that meet in three paragraphs or"
        f" more, {count(len(beyond), 'does', 'do')} so at least twice as often as their frequency"
        f" in each story would give by chance: {told}.",
        bool(alone > len(relations) / 2 and len(beyond) > 0)
        and "bilateral" not in {*beyond["topic"], *beyond["other"]},
    )


@finding("topics-8")
def _words(corpus: Corpus) -> tuple[str, bool | None]:
    """Most of the words that stand out for a meeting hang on the weight of the prior."""
    once = corpus.sentences[~reuse.is_reused(corpus.sentences, corpus.reused)]
    places, stop = topics.place_names(corpus.meetings), corpus.codebook.language.stop_words
    table = topics.top_words(once, hide=places, stop_words=stop)
    if table["meeting"].nunique() < 2:
        return "There are no two meetings to compare.", None
    # The texts do not say which prior is right, so a word counts that all of them put first.
    shown = table.drop_duplicates(["meeting", "word"])
    stays = shown.loc[shown["stays"]].groupby("meeting", sort=False)["word"]
    told = listed(
        f"in {corpus.labels['meeting'][meeting]} {listed(f'“{word}”' for word in words)}"
        for meeting, words in stays
    )
    return (
        "Which words stand out for a meeting depends mostly on the prior: of"
        f" {count(len(shown), 'word')} that some prior puts among the first five of a meeting,"
        f" {count(shown['stays'].sum(), 'stays', 'stay')} there under every prior from"
        f" {min(topics.PRIORS)} to {max(topics.PRIORS):,} words ({told}). They are words and no"
        " findings: whom a story names and how it is worded is in them as much as its matter.",
        bool(0 < shown["stays"].sum() < len(shown) / 2),
    )


@cache
def _outside_paragraphs() -> pd.DataFrame:
    """The story of every outside page."""
    pages = [path for name in (*outside.SETS, "voices") for path in outside.pages(name)]
    found = [blocks.find(read_text(path)).assign(doc_id=path.stem) for path in pages]
    return pd.concat(found, ignore_index=True).query("kind == 'body'")


@finding("topics-9")
def _fitted(corpus: Corpus) -> tuple[str, bool | None]:
    """The dictionary holds words of these pages that no other page has."""
    dictionary, pages = corpus.codebook.topics, _outside_paragraphs()
    here = topics.told_by(corpus.paragraphs, corpus.topics, dictionary)
    if here.empty:
        return "The dictionary finds no topic in these texts.", None
    there = topics.told_by(pages, topics.code(pages, dictionary), dictionary)
    silent = set(here["pattern"]) - set(there["pattern"])
    named = [f"“{one.rstrip('*')}”" for one in FITTED if one in silent]
    why = "which these stories suggest and the idea of a topic does not"
    examples = f", such as {listed(named)}, {why}" if named else ""
    return (
        "Most patterns by which the dictionary tells a topic here tell none on"
        f" {count(pages['doc_id'].nunique(), 'outside page')}: {len(silent)} of"
        f" {len(here)}{examples}. Those pages are mostly on other matters, so silence proves"
        " nothing about one pattern; but agreement here is on the pages that the dictionary was"
        " made with.",
        len(silent) > len(here) / 2 and len(named) > 1,
    )


@finding("topics-10")
def _differences(corpus: Corpus) -> tuple[str, bool | None]:
    """Where the dictionary departs from the reading, it mostly gives too much."""
    if corpus.coded_topics.empty:
        return NOT_CODED, None
    read, said = (_shares(corpus, coded).stack() for coded in (corpus.coded_topics, corpus.topics))
    gap = (said - read)[(said - read).abs() > 0.005]
    if gap.empty:
        return "The dictionary gives every topic of every story the room of the reading.", True
    first = gap.sort_values(key=lambda by: -by.abs().round(9), kind="stable").index[:4]
    told = listed(
        f"{corpus.labels['topic'][topic]} in {corpus.labels['doc_id'][story]},"
        f" {percent(said[story, topic])} instead of {percent(read[story, topic])}"
        for story, topic in first
    )
    return (
        "Where the dictionary departs from the reading, it mostly gives a topic too much room: it"
        f" makes {(gap > 0).sum()} of {count(len(read), 'share')} of a story’s words too large and"
        f" {(gap < 0).sum()} too small. The largest {'gaps are' if len(first) > 1 else 'gap is'}"
        f" {told}.",
        bool((gap > 0).sum() > (gap < 0).sum()),
    )


@finding("topics-11")
def _sanctions(corpus: Corpus) -> tuple[str, bool | None]:
    """On sanctions two stories of one meeting differ as much as on any topic."""
    if corpus.coded_topics.empty:
        return NOT_CODED, None
    shares = topics.coverage(corpus.paragraphs, corpus.coded_topics, intervals=False)
    topic, place = corpus.labels["topic"], corpus.labels["meeting"]
    table = topics.contrasts(shares, corpus.paragraphs)
    if len(table) < 3 or "sanctions" not in set(table["topic"]):
        return "No meeting has two stories to compare on sanctions.", None
    often = _read(corpus).groupby(level="doc_id").mean()
    called = corpus.labels["doc_id"]
    told = [
        f"{topic[row.topic]} in {place[row.meeting]} ({percent(row.share_one)} of the words of"
        f" {called[row.one]} against {percent(row.share_other)} of those of {called[row.other]})"
        for row in table.head(2).itertuples()
    ]
    gaps = [
        number(100 * abs(often.loc[row.one, row.topic] - often.loc[row.other, row.topic]), 0)
        for row in table.head(2).itertuples()
    ]
    first, second, third = table["difference"].abs().head(3)
    return (
        f"Stories about one meeting differ most on two topics, as read: {' and '.join(told)}. By"
        f" paragraphs they differ by {' and '.join(gaps)} points. The next difference,"
        f" {topic[table['topic'][2]]} in {place[table['meeting'][2]]}, is less than half as large"
        f" by words ({number(100 * third, 0)} points).",
        bool("sanctions" in set(table["topic"].head(2)) and 0 < third < second / 2 <= first / 2),
    )


@finding("topics-12")
def _correction(corpus: Corpus) -> tuple[str, bool | None]:
    """Rates of error do not travel: those of other pages correct the shares away from the reading."""
    if corpus.coded_topics.empty:
        return NOT_CODED, None
    table = misclassification.transported((_read(corpus), _found(corpus)), outside.topics())
    back, known = table.dropna(subset="back"), table.dropna(subset="moved")
    out = known[(known["moved"] < 0) | (known["moved"] > 1)]
    called = corpus.labels["topic"]
    # Just below 0 would read as 0, which is a share.
    shares = ["just below 0%" if -0.005 <= share < 0 else percent(share) for share in out["moved"]]
    told = listed(
        f"{share} for {called[it]}" for share, it in zip(shares, out["label"], strict=True)
    )
    before, after = ((known[name] - known["reference"]).abs() for name in ("instrument", "moved"))
    farther = (after > before + 1e-9).sum()
    return (
        f"Rates of error do not travel: corrected by those of the outside pages, the dictionary ends farther from the reading for {farther} of the {count(len(known), 'topic')} that can be corrected so, out of {len(table)}, and outside 0% to 100% for {len(out)} ({told}). By the rates of these very paragraphs it gives the reading back for {count(len(back), 'topic')}, but only by construction.",
        bool(len(back) > 0 and (back["back"] - back["reference"]).abs().max() < 1e-9)
        and bool(len(out) > 0 and farther > len(known) / 2),
    )


@finding("topics-13")
def _likeness(corpus: Corpus) -> tuple[str, bool | None]:
    """That the agendas are alike is mostly the one topic that they share."""
    if corpus.coded_topics.empty or corpus.paragraphs["doc_id"].nunique() < 2:
        return NOT_CODED, None
    shares = topics.coverage(corpus.paragraphs, corpus.coded_topics, intervals=False)
    rest = shares.assign(share=shares["share"].where(shares["topic"] != "bilateral", 0.0))
    whole, without = (_pairs(topics.similarity(one)) for one in (shares, rest))
    if without.isna().any():
        return "Not every story has another topic to compare.", None
    return (
        "The stories’ agendas are alike mostly in the one topic that all have,"
        f" {corpus.labels['topic']['bilateral']}: two agendas have a cosine of"
        f" {number(whole.mean())} on average and {number(whole.min())} at least, but without this"
        f" topic {number(without.mean())} and {number(without.min())}.",
        bool(without.mean() < whole.mean() / 1.5 and without.min() < whole.min() / 1.5)
        and bool((shares.loc[shares["topic"] == "bilateral", "share"] > 0).all()),
    )


def _pairs(cosines: pd.DataFrame) -> pd.Series:
    """The values of a symmetric table, each pair once."""
    names = [*cosines.index]
    return pd.Series(
        [cosines.loc[a, b] for i, a in enumerate(names) for b in names[:i]], dtype=float
    )
