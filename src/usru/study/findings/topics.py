"""What each story gives room to, as read, and how far a dictionary is trusted to tell it."""

from functools import cache

import pandas as pd

from usru.analysis import agreement, misclassification, reuse, topics
from usru.corpus import Corpus
from usru.evaluation import outside
from usru.files import read_text
from usru.study.findings import finding
from usru.text import blocks

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


def _shown(topic: str) -> str:
    return str(topic).replace("_", " ")


def _listed(names: list[str]) -> str:
    return ", ".join(map(_shown, names)) or "none"


@finding("topics-1")
def _everywhere(corpus: Corpus) -> tuple[str, bool | None]:
    """Few topics are in all stories."""
    if corpus.coded_topics.empty:
        return NOT_CODED, None
    on = _shares(corpus, corpus.coded_topics) > 0
    said = _shares(corpus, corpus.topics) > 0
    shared, also = ([*some.columns[some.all()]] for some in (on, said))
    coded = corpus.coded_topics.merge(corpus.paragraphs[["doc_id", "block", "meeting"]])
    meetings = coded.groupby("topic", observed=True)["meeting"].nunique()
    alone = [*meetings.index[meetings == 1]]
    return (
        f"As read, only {len(shared)} of {on.shape[1]} topics are in all {len(on)} stories:"
        f" {_listed(shared)} (by the dictionary: {_listed(also)}). {len(alone)} belong to the stories"
        f" of one meeting alone: {_listed(alone)}.",
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
    place = corpus.meetings.set_index("meeting")["place"].str.split(",").str[0]
    nearest = tests.iloc[0]
    overlaps, alone = [], []
    for row in shares.sort_values("on", ascending=False, kind="stable").itertuples():
        others = shares[(shares["topic"] == row.topic) & (shares["meeting"] != row.meeting)]
        if row.on > 1 and not others["on"].any():
            widest = others.loc[others["share_high"].idxmax()]
            overlaps.append(row.share_low <= widest["share_high"])
            alone.append(
                f"{_shown(row.topic)} in {place.get(row.meeting, row.meeting)} ({row.on} of"
                f" {row.paragraphs}; in {place.get(widest['meeting'], widest['meeting'])} 0 of"
                f" {widest['paragraphs']})"
            )
    return (
        f"As read, the stories of the meetings speak of different things; that their paragraphs differ"
        f" by more than chance is shown for no topic, once all {len(tests)} comparisons are counted (Fisher's exact"
        f" test, Holm). The nearest is {_shown(nearest['topic'])}, in {nearest['on_one']} of"
        f" {nearest['of_one']} paragraphs in {place.get(nearest['one'], nearest['one'])} and"
        f" {nearest['on_other']} of {nearest['of_other']} in"
        f" {place.get(nearest['other'], nearest['other'])} (p = {nearest['pvalue']:.3f} alone,"
        f" {nearest['adjusted']:.2f} corrected). Topics that have several paragraphs and one meeting have Wilson intervals that"
        f" overlap those of another meeting: {'; '.join(alone) or 'none'}.",
        bool(nearest["adjusted"] > 0.05 and all(overlaps)),
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
        f"Two readings by language models agree with an alpha of {readings:.2f} (Krippendorff, MASI"
        f" distance of the sets of topics); the dictionary and the reference with {dictionary:.2f}, on"
        f" the pages that it was made with. {alike:.1%} of the readings' decisions are the same, which"
        f" says little: chance alone would give {by_chance:.0%}. Marked as found unreliably:"
        f" {_listed([*weak])}.",
        bool(min(readings, dictionary) >= LEAST_ALPHA and 0.75 < by_chance < alike),
    )


@finding("topics-4")
def _elsewhere(corpus: Corpus) -> tuple[str, bool | None]:
    """On other pages the dictionary finds something, and misses and adds a lot."""
    read, found = outside.topics()
    rates = agreement.by_label(read, found)
    both, coded, said = (rates[f"in_{name}"].sum() for name in ("both", "reference", "found"))
    alpha = _alpha(read, found)
    return (
        f"On {read.index.get_level_values(0).nunique()} invented pages the shipped dictionary finds"
        f" {both} of the {coded} topics that a reading coded (recall {both / max(coded, 1):.2f}), and"
        f" {said - both} of the {said} that it names are not the reading's (precision"
        f" {both / max(said, 1):.2f}): better than chance (alpha {alpha:.2f}), and no more is claimed for what"
        " it finds in texts that nobody read.",
        bool(alpha > 0.1 and both > 0.25 * coded and both > 0.5 * said),
    )


@finding("topics-5")
def _left_out(corpus: Corpus) -> tuple[str, bool | None]:
    """Of two stories of one meeting, the shorter has no topic of its own."""
    if corpus.coded_topics.empty:
        return NOT_CODED, None
    words = corpus.paragraphs.groupby("doc_id")["words"].sum()
    often = _read(corpus).groupby(level="doc_id").sum()
    told, holds = [], []
    for meeting, stories in corpus.documents.groupby("meeting", sort=False)["doc_id"]:
        if len(stories) != 2 or not set(stories) <= set(often.index):
            continue
        longer, shorter = words[[*stories]].sort_values(ascending=False, kind="stable").index
        only = often.columns[(often.loc[longer] > 0) & (often.loc[shorter] == 0)]
        own = often.columns[(often.loc[shorter] > 0) & (often.loc[longer] == 0)]
        holds.append(len(own) == 0 and len(only) > 0 and (often.loc[longer, only] == 1).all())
        told.append(
            f"of {meeting}, only {longer}: {_listed([*only])}; only {shorter}: {_listed([*own])}"
        )
    if not told:
        return "No meeting has two stories to compare.", None
    return (
        f"As read, the shorter of two stories of one meeting has no topic of its own ({'; '.join(told)})."
        " Each topic that only the longer one has is in a single paragraph: length may be the reason.",
        all(map(bool, holds)),
    )


@finding("topics-6")
def _grouping(corpus: Corpus) -> tuple[str, bool | None]:
    """Grouped by their words alone, paragraphs fall into one large group of mixed topics."""
    if corpus.coded_topics.empty:
        return NOT_CODED, None
    given = corpus.paragraphs, corpus.coded_topics
    sizes = {n: topics.groups(*given, n)["paragraphs"].max() for n in (4, 8, 12)}
    table = topics.groups(*given)
    if table.empty:
        return "There are too few paragraphs to group.", None
    of, largest = table["paragraphs"].sum(), table.iloc[0]
    pure = table[(table["share"] >= 0.8) & (table["topic"] != "bilateral")]
    return (
        f"Grouped by their words alone, {largest['paragraphs']} of {of} paragraphs fall into one group"
        f" ({sizes[4]} or {sizes[12]}, if four or twelve groups are asked for instead of eight), named"
        f" by its words “{largest['words']}”; {largest['share']:.0%} of it is on the topic that stands"
        f" out most, {_shown(largest['topic'])}. Leaving aside the relations themselves, {len(pure)} of"
        f" {len(table)} groups"
        f" {'is' if len(pure) == 1 else 'are'} for four fifths or more on one topic ({_listed([*pure['topic']])}): with so few"
        " paragraphs, grouping is no substitute for a codebook.",
        bool(
            min(sizes.values()) > 0.3 * of and largest["share"] < 0.5 and len(pure) < len(table) / 2
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
    told = "; ".join(
        f"{_shown(row.topic)} and {_shown(row.other)} in {row.paragraphs} paragraphs, where"
        f" {row.expected:.1f} would do so by chance"
        for row in beyond.itertuples()
    )
    return (
        f"The relations themselves are mostly the only matter: {alone} of the {len(relations)}"
        f" paragraphs on them have no other topic. Of the pairs that meet in at least three paragraphs,"
        " those that do so at least twice as often as their frequency in each story would give are"
        f" {told or 'none'}.",
        bool(alone > len(relations) / 2 and len(beyond) > 0)
        and "bilateral" not in {*beyond["topic"], *beyond["other"]},
    )


@finding("topics-8")
def _words(corpus: Corpus) -> tuple[str, bool | None]:
    """Most of the words that stand out for a meeting hang on the weight of the prior."""
    once = corpus.sentences[~reuse.is_reused(corpus.sentences, corpus.reused)]
    table = topics.top_words(once)
    if table["meeting"].nunique() < 2:
        return "There are no two meetings to compare.", None
    # The texts do not say which prior is right, so a word counts that all of them put first.
    shown = table.drop_duplicates(["meeting", "word"])
    kept = shown[shown["stays"]].groupby("meeting", sort=False)["word"].agg(", ".join)
    told = "; ".join(
        f"{meeting}: {kept.get(meeting, 'none')}" for meeting in table["meeting"].unique()
    )
    return (
        f"Words among the first five of a meeting under every prior from {min(topics.PRIORS)} to"
        f" {max(topics.PRIORS):,} words are, for {told}. That is {shown['stays'].sum()} of the"
        f" {len(shown)} that some prior puts there. They are words and no findings: whom a story names"
        " and how it says “said” is in them as much as its matter.",
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
    return (
        f"Of the {len(here)} patterns of the dictionary that tell a topic here, {len(silent)} tell none"
        f" on {pages['doc_id'].nunique()} outside pages, such as {', '.join(named) or 'none'}, which"
        " these stories suggest and the idea of a topic does not. Those pages are mostly on other matters, so silence"
        " there proves nothing of a single pattern; but agreement here is the error on the pages that"
        " the dictionary was made with.",
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
    told = "; ".join(
        f"{_shown(topic)} in {story} {said[story, topic]:.0%} for {read[story, topic]:.0%}"
        for story, topic in first
    )
    return (
        f"Of {len(read)} shares of a story's words the dictionary gives {(gap > 0).sum()} too large and"
        f" {(gap < 0).sum()} too small by the reading. Largest: {told}.",
        bool((gap > 0).sum() > (gap < 0).sum()),
    )


@finding("topics-11")
def _sanctions(corpus: Corpus) -> tuple[str, bool | None]:
    """On sanctions two stories of one meeting differ as much as on any topic."""
    if corpus.coded_topics.empty:
        return NOT_CODED, None
    shares = topics.coverage(corpus.paragraphs, corpus.coded_topics, intervals=False)
    table = topics.contrasts(shares, corpus.paragraphs)
    if len(table) < 3 or "sanctions" not in set(table["topic"]):
        return "No meeting has two stories to compare on sanctions.", None
    often = _read(corpus).groupby(level="doc_id").mean()
    told = [
        f"{_shown(row.topic)} in {row.meeting} ({row.share_one:.1%} of the words of {row.one},"
        f" {row.share_other:.1%} of those of {row.other}: {100 * abs(row.difference):.1f} points; by"
        f" paragraphs {100 * abs(often.loc[row.one, row.topic] - often.loc[row.other, row.topic]):.0f})"
        for row in table.head(2).itertuples()
    ]
    first, second, third = table["difference"].abs().head(3)
    return (
        f"On two topics the stories of one meeting differ most: {' and '.join(told)}. On no other does"
        f" the difference reach half of that, the next being {_shown(table['topic'][2])} in"
        f" {table['meeting'][2]} with {100 * third:.1f} points.",
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
    told = "; ".join(f"{_shown(row.label)} {row.moved:.0%}" for row in out.itertuples()) or "none"
    before, after = ((known[name] - known["reference"]).abs() for name in ("instrument", "moved"))
    farther = (after > before + 1e-9).sum()
    return (
        f"With the rates of error of these very paragraphs the correction gives the reading back for"
        f" {len(back)} topics, by construction. With those of the outside pages it can be computed for"
        f" {len(known)} of {len(table)}: it leaves [0, 1] for {len(out)} ({told}), and ends farther from"
        f" the reading than the dictionary was for {farther}. Rates of error are not to be"
        " transported.",
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
    return (
        f"The agendas of two stories have a cosine of {whole.mean():.2f} on average, {whole.min():.2f}"
        f" at least. Without the relations themselves, of which all of them speak, it is"
        f" {without.mean():.2f} and {without.min():.2f}: much of the likeness is that one topic.",
        bool(without.mean() < whole.mean() / 1.5 and without.min() < whole.min() / 1.5)
        and bool((shares.loc[shares["topic"] == "bilateral", "share"] > 0).all()),
    )


def _pairs(cosines: pd.DataFrame) -> pd.Series:
    """The values of a symmetric table, each pair once."""
    names = [*cosines.index]
    return pd.Series(
        [cosines.loc[a, b] for i, a in enumerate(names) for b in names[:i]], dtype=float
    )
