"""Who gets the floor, in whose words, through whom, and what the stories call things."""

import re

import pandas as pd

from usru.analysis import acts, agreement, reuse, voices
from usru.corpus import Corpus
from usru.evaluation import outside
from usru.study.findings import finding
from usru.wording import count, listed, number, percent, span, times

__all__ = ["LAVROV", "MINISTERS", "TILLERSON", "readings"]

LAVROV, TILLERSON = MINISTERS = ("Sergei Lavrov", "Rex Tillerson")
NOBODY = "Nobody has coded whose words these are."


def _coded_quotations(corpus: Corpus) -> pd.DataFrame:
    coding = corpus.coding("quotations").dropna(subset="speaker")
    return coding.assign(words=coding["text"].str.split().str.len())


def _floor(corpus: Corpus) -> pd.DataFrame:
    """Quoted words of the two ministers by story, as read; 0 where one is not quoted."""
    words = _coded_quotations(corpus).pivot_table("words", "doc_id", "speaker", "sum", fill_value=0)
    return words.reindex([*corpus.texts], columns=[*MINISTERS], fill_value=0)


def _several(corpus: Corpus) -> dict[str, list[str]]:
    """The stories of each meeting that has more than one."""
    of = corpus.documents.dropna(subset="meeting").groupby("meeting", sort=False)["doc_id"]
    return {meeting: [*stories] for meeting, stories in of if len(stories) > 1}


@finding("voices-1")
def _quoted(corpus: Corpus) -> tuple[str, bool | None]:
    """Most quoted words are the ministers', and most other speakers have one host."""
    said = _coded_quotations(corpus)
    if said.empty:
        return NOBODY, None
    words = said.groupby("speaker")["words"].sum().reindex(said["speaker"].unique())
    share = words.reindex([*MINISTERS]).fillna(0).sum() / words.sum()
    hosts = said.groupby("speaker")["doc_id"].nunique().drop([*MINISTERS], errors="ignore")
    each = "each in one story" if len(hosts) > 1 else "in one story"
    others = f"{count(len(hosts), 'other speaker is', 'other speakers are')} quoted, {each}"
    return (
        f"Two ministers have {percent(share)} of the {count(words.sum(), 'quoted word')}: Lavrov"
        f" {words.get(LAVROV, 0)}, Tillerson {words.get(TILLERSON, 0)}."
        f" {others if len(hosts) else 'Nobody else is quoted'}.",
        bool(
            share > 0.5
            and words.get(LAVROV, 0) > words.get(TILLERSON, 0) > 0
            and (hosts == 1).all()
        ),
    )


@finding("voices-2")
def _floor_varies(corpus: Corpus) -> tuple[str, bool | None]:
    """Stories of one meeting give the floor to different ministers."""
    words, pairs = _floor(corpus), _several(corpus)
    if not words.to_numpy().any() or not pairs:
        return NOBODY if pairs else "No meeting has two stories.", None
    names = corpus.labels["doc_id"]
    told = listed(
        f"{row[LAVROV]} to {row[TILLERSON]} in {names[doc_id]}"
        for stories in pairs.values() for doc_id, row in words.loc[stories].iterrows()
    )  # fmt: skip
    lead = words[LAVROV] - words[TILLERSON]
    said = voices.floor(corpus.coded_clauses)
    heard = said.assign(words=said["quotation"] + said["report"]).pivot_table(
        "words", "doc_id", "speaker", "sum", fill_value=0
    )
    heard = heard.reindex([*corpus.texts], columns=[*MINISTERS], fill_value=0)
    less = heard.index[heard[LAVROV] < heard[TILLERSON]]
    but = f" but {names.listed(less)}" if len(less) else ""
    return (
        "Which minister is quoted more varies by story, even at one meeting: Lavrov against"
        f" Tillerson, in quoted words, is {told}. With what is only reported, Lavrov has more of"
        f" every story{but}.",
        len(less) == 1 and all(lead[own].min() < 0 < lead[own].max() for own in pairs.values()),
    )


@finding("voices-3")
def _shared(corpus: Corpus) -> tuple[str, bool | None]:
    """The two stories of one outlet and day share passages, and no others do."""
    passages = corpus.reused.query("told_by == 'story' and again_by == 'story'")
    if passages.empty:
        return "No two stories share a passage.", None
    pairs = passages[["doc_id", "again_doc_id"]].drop_duplicates()
    of = corpus.documents.set_index("doc_id")
    one, other = (of.loc[pairs[name].iloc[0]] for name in ("doc_id", "again_doc_id"))
    again = corpus.sentences[reuse.is_reused(corpus.sentences, corpus.reused)]
    words = corpus.paragraphs.groupby("doc_id")["words"].sum()[other.name]
    share = again.loc[again["doc_id"] == other.name, "words"].sum() / words
    return (
        f"Only two stories share passages, both of one outlet and day ({corpus.labels['doc_id'].listed([one.name, other.name])}): {count(len(passages), 'passage')} of {reuse.LEAST} words or more, names aside, {percent(share)} of the words of the second.",
        len(pairs) == 1
        and one["outlet"] == other["outlet"]
        and bool(one["published"] == other["published"]),
    )


def readings(corpus: Corpus) -> pd.DataFrame:
    """Return whose each word is by each of the two readings.

    Parameters
    ----------
    corpus : Corpus
        A coded corpus.

    Returns
    -------
    pandas.DataFrame
        One row a word, in page order: `doc_id`, `line`, and its voice by the `first` and by the
        `second` reading. Without rows where nobody has coded the voices twice.

    Examples
    --------
    >>> from usru import load
    >>> words = readings(load())
    >>> (words["first"] == words["second"]).mean().round(3).item()
    0.986
    """
    first, second = (
        voices.by_word(
            voices.read_clauses(corpus.coding("voice", one), corpus.paragraphs, corpus.texts),
            corpus.texts,
        )["voice"]
        for one in ("reading-1", "reading-2")
    )
    both = pd.DataFrame({"first": first, "second": second}).dropna().reset_index()
    both["line"] = corpus.line_numbers(both["doc_id"], both["at"])
    return both[["doc_id", "line", "first", "second"]]


@finding("voices-4")
def _readings(corpus: Corpus) -> tuple[str, bool | None]:
    """The two readings agree on quotations, voices and acts."""
    first, second = (corpus.coding("quotations", one) for one in ("reading-1", "reading-2"))
    named = [corpus.coding("acts", one) for one in ("reading-1", "reading-2")]
    words = readings(corpus)
    if any(table.empty for table in (first, second, words, *named)):
        return NOBODY, None
    spans = voices.evaluate(first, second).set_index("what")["in_both"]
    alpha = agreement.alpha(words["first"], words["second"])
    phrases = agreement.by_row(named[0], named[1], ["doc_id", "line", "text", "act"]).iloc[0]
    return (
        f"Two readings by language models find the same {count(spans['span'], 'quotation')} by the"
        " same speakers, and agree on whose words a word is (Krippendorff’s alpha"
        f" {number(alpha)}). Of the phrases that name an act, {number(phrases['in_reference'], 0)}"
        f" and {number(phrases['in_found'], 0)}, they share {number(phrases['in_both'], 0)}. This"
        " says that such readings can be repeated, not that they are right.",
        bool(spans["span"] == len(first) == len(second) == spans["speaker"] and alpha > 0.9
             and phrases["f1"] > 0.8),
    )  # fmt: skip


@finding("voices-5")
def _finder(corpus: Corpus) -> tuple[str, bool | None]:
    """The finder of quotations is right here and less so elsewhere."""
    table = outside.quotation_agreement(corpus).set_index(["pages", "what"])
    spans, names = (table.loc[("outside pages, voices", what)] for what in ("span", "speaker"))
    if "this corpus" not in table.index.get_level_values(0):
        return NOBODY, None
    own = table.loc[("this corpus", "speaker")]
    return (
        f"Rules give {number(own['in_both'], 0)} of {count(own['in_reference'], 'quotation')} here"
        " the speaker of the reference, but they were made with these stories. On invented stories"
        f" that they were not made from, they find {number(spans['in_both'], 0)} of"
        f" {count(spans['in_reference'], 'quotation')} and give {percent(names['recall'])} of them"
        " the speaker that a language model read (95% interval"
        f" {span(names['recall_low'], names['recall_high'], percent)}).",
        bool(own["recall"] > names["recall"] > 0.8 and spans["recall"] > 0.95),
    )


@finding("voices-6")
def _levels(corpus: Corpus) -> tuple[str, bool | None]:
    """What a story does not quote is mostly not its own voice either."""
    if corpus.coded_clauses.empty:
        return NOBODY, None
    shares = voices.shares(corpus.coded_clauses).pivot_table("words", "doc_id", "voice", sort=False)
    total = shares.sum(axis=1)
    own, most = shares["outlet"] / total, shares["report"].idxmax()
    heard = corpus.coded_clauses.query("doc_id == @most and speaker == @LAVROV")
    quoted = heard.loc[heard["voice"] == "quotation", "words"].sum()
    return (
        f"No outlet speaks mostly for itself: only {span(own.min(), own.max(), percent)} of a"
        f" story’s words are the outlet’s own. In {corpus.labels['doc_id'][most]}, Lavrov has"
        f" {heard['words'].sum()} of {count(total[most], 'word')}, but only {quoted} of them in"
        " quotation marks.",
        bool(own.max() < 0.5 and quoted < heard["words"].sum() / 2
             and heard["words"].sum() > total[most] / 2),
    )  # fmt: skip


@finding("voices-7")
def _reworded(corpus: Corpus) -> tuple[str, bool | None]:
    """Few shared passages are word for word the same."""
    passages = corpus.reused.query("told_by == 'story' and again_by == 'story'")
    if passages.empty:
        return "No two stories share a passage.", None
    kinds = passages["kind"].value_counts()
    near, whole = kinds.get("near", 0), kinds.get("verbatim", 0)
    example = passages["again_text"].str.contains("top diplomat") & passages["text"].str.contains("Russian minister")  # fmt: skip
    return (
        f"Most shared passages were reworded: {near} of {len(passages)}, against"
        f" {count(whole, 'that is', 'that are')} the same word for word and"
        f" {count(kinds.get('requoted', 0), 'that is', 'that are')} one quotation with two"
        " introductions. Where one story has “the Russian minister”, the other has “the Russian"
        " top diplomat”.",
        bool(
            whole == 1
            and near > len(passages) / 2
            and kinds.get("requoted", 0) == 1
            and example.any()
        ),
    )


@finding("voices-8")
def _attributed(corpus: Corpus) -> tuple[str, bool | None]:
    """Where two stories quote the same words they agree on the speaker, mostly with themselves."""
    repeated = voices.quotation_reuse(corpus.quotations, corpus.sentences)
    twice = repeated.dropna(subset="other_speaker")
    if twice.empty:
        return "No two stories of a meeting quote the same words.", None
    outlet = corpus.documents.set_index("doc_id")["outlet"]
    cases = twice.drop_duplicates("text")
    same = cases["doc_id"].map(outlet) == cases["other_doc_id"].map(outlet)
    lengthy = repeated[(repeated["text"] == "lengthy") & repeated["other_speaker"].isna()]
    return (
        "Stories that print the same quotation name the same speaker:"
        f" {count(len(cases), 'quotation')} in two stories, {same.sum()} of them in two of one"
        " outlet. Only where one story quotes and another reports do they differ: in one story"
        " about Manila Tillerson calls the talks lengthy, in the other Lavrov does.",
        bool((twice["speaker"] == twice["other_speaker"]).all() and same.sum() > len(cases) / 2
             and (lengthy["speaker"] == TILLERSON).any()
             and lengthy["sentence"].str.startswith("Lavrov described").any()),
    )  # fmt: skip


@finding("voices-9")
def _readers(corpus: Corpus) -> tuple[str, bool | None]:
    """The comments are longer than the story and rarely refer to it word for word."""
    if corpus.comments.empty:
        return "No page has readers’ comments.", None
    audience = voices.audience(corpus.comments, corpus.reused)
    below = corpus.paragraphs["doc_id"].isin(audience["doc_id"])
    story = corpus.paragraphs.loc[below, "words"].sum()
    repeats, replies = (audience["quotes"] > 0).sum(), audience["replies_to"].notna().sum()
    return (
        "On the pages with comments readers wrote more than the outlet and rarely repeated it:"
        f" {count(len(audience), 'comment')} with {count(audience['words'].sum(), 'word')}, below"
        f" {count(story, 'word')} of story. {count(repeats, 'repeats', 'repeat')} a passage, and"
        f" {count(replies, 'is marked as a reply', 'are marked as replies')} to another reader.",
        bool(audience["words"].sum() > story and 0 < repeats < len(audience) / 2
             and 0 < replies < len(audience) / 2),
    )  # fmt: skip


@finding("voices-10")
def _breadth(corpus: Corpus) -> tuple[str, bool | None]:
    """Lavrov is quoted on most topics, and several have him alone."""
    found = voices.on_topics(corpus.quotations, corpus.coded_topics, corpus.codebook.speakers)
    if found.empty:
        return "Nobody is quoted on a topic that somebody coded.", None
    each = found.groupby("speaker")["topic"].nunique().sort_values(ascending=False, kind="stable")
    alone = found[found.groupby("topic", observed=True)["speaker"].transform("nunique") == 1]
    own = (alone["speaker"] == LAVROV).sum()
    most = max(each.iloc[1:], default=0)
    return (
        f"Lavrov is quoted on {each.get(LAVROV, 0)} of the"
        f" {count(found['topic'].nunique(), 'topic')} that anybody is quoted on, nobody else on"
        f" more than {most}. On {count(len(alone), 'topic')} only one speaker is quoted, and on"
        f" {own} of these it is he.",
        bool(each.index[0] == LAVROV and each.iloc[0] > most and own > len(alone) / 2),
    )


@finding("voices-11")
def _relayed(corpus: Corpus) -> tuple[str, bool | None]:
    """Most stories do not say through whom they have their words."""
    if corpus.coded_clauses.empty:
        return NOBODY, None
    table = voices.relays(corpus.coded_clauses)
    if table.empty:
        return "No story has words of anybody else.", None
    named = table.dropna(subset="relay")
    through = listed(
        f"{listed(part['relay'].unique())} in {corpus.labels['doc_id'][doc_id]}"
        for doc_id, part in named.groupby("doc_id", sort=False)
    )
    words = table.groupby("doc_id", sort=False)["words"].sum()
    share = named["words"].sum() / words.sum()
    silent = [doc_id for doc_id in corpus.texts if doc_id not in set(named["doc_id"])]
    return (
        f"Most stories do not say through which medium they have anybody’s words: {len(silent)} of"
        f" {len(corpus.texts)}. Those that are named carry {percent(share)} of all that is quoted"
        f" or reported: {through}.",
        len(silent) > len(corpus.texts) / 2 and bool(0 < share < 0.5),
    )


@finding("voices-12")
def _rules(corpus: Corpus) -> tuple[str, bool | None]:
    """The rules that find reports are good enough to be drawn and not to be trusted alone."""
    table = outside.clause_agreement(corpus).set_index(["pages", "what"])
    if "this corpus" not in table.index.get_level_values(0):
        return NOBODY, None
    own, there = (table.loc[pages] for pages in ("this corpus", "outside pages, voices"))
    return (
        f"Rules give {percent(own.loc['all', 'recall'])} of the words here the voice of the"
        f" reference (alpha {number(own.loc['all', 'alpha'])}), and"
        f" {percent(there.loc['all', 'recall'])} on stories that they were not made from (alpha"
        f" {number(there.loc['all', 'alpha'])}). There they take"
        f" {percent(1 - there.loc['outlet', 'recall'])} of the outlets’ own words for somebody"
        " else’s.",
        bool(own.loc["all", "recall"] > 0.85 and there.loc["all", "recall"] > 0.85),
    )


@finding("voices-13")
def _sequence(corpus: Corpus) -> tuple[str, bool | None]:
    """The two stories of Bonn order the question and the eviction differently."""
    table = acts.sequence(corpus.acts, corpus.codebook.acts)
    wide = table.pivot_table(index="act", columns="doc_id", values="place")
    if not {"question", "eviction"} <= set(wide.index):
        return "No two stories tell of a question and of an eviction.", None
    gap = wide.loc["eviction"] - wide.loc["question"]
    before = [doc_id for doc_id in wide if gap[doc_id] < 0]
    after = [doc_id for doc_id in wide if gap[doc_id] > 0]
    first, second = (
        corpus.labels["doc_id"].listed(stories, nothing="no story") for stories in (before, after)
    )
    return (
        f"Two stories tell one scene in different orders. In {first}, reporters are sent out before"
        f" it is said that one of them asked Lavrov about Flynn; in {second}, afterwards.",
        len(before) == len(after) == 1,
    )


@finding("voices-14")
def _headlines(corpus: Corpus) -> tuple[str, bool | None]:
    """Neither Bonn headline is what the story below it says."""
    if corpus.coded_clauses.empty:
        return NOBODY, None
    table = voices.headlines(corpus.blocks, corpus.coded_clauses).set_index("word")
    if not {"Thaw", "Cringe"} <= set(table.index):
        return "No headline speaks of a thaw, or makes anybody cringe.", None
    thaw, cringe = table.loc["Thaw"], table.loc["Cringe"]
    where = corpus.paragraphs.query("doc_id == @thaw.doc_id and line == @thaw.line")["text"].iloc[0] if thaw["line"] else ""  # fmt: skip
    other = bool(re.search(r"thaw has already begun\. The first sign is a meeting between .* military chiefs", where))  # fmt: skip
    return (
        "“Thaw” and “Cringe”, words of the headlines on Bonn, are not the outlet’s own in the story"
        f" below. “Thaw” appears there {times(thaw['times'])}, said by {thaw['speakers'] or 'nobody'} of the ties between the"
        " countries, with a meeting of military chiefs as its first sign. “Cringe”"
        f" {times(cringe['times'])} appears there.",
        bool(thaw["times"] == 1 and thaw["outlet"] == 0 and other and cringe["times"] == 0),
    )


@finding("voices-15")
def _fighters(corpus: Corpus) -> tuple[str, bool | None]:
    """Each story that names the fighters of the Donbas names them differently."""
    named = corpus.acts.query("act == 'fighters'")
    stories = named[named["voice"] != "reader"].drop_duplicates(["doc_id", "text"])
    if stories["doc_id"].nunique() < 2:
        return "Fewer than two stories name the fighters in the Donbas.", None
    told = listed(
        f"“{row.text}” in {corpus.labels['doc_id'][row.doc_id]}" for row in stories.itertuples()
    )
    readers = named.loc[named["voice"] == "reader", "text"].tolist()
    contested = listed((f"“{text}”" for text in readers[1:2]), nothing="not in so many words")
    return (
        "No two stories call the armed opponents of Kiev the same, each in the outlet’s own words:"
        f" {told}. A commenter contests the first: {contested}.",
        bool(stories["text"].str.lower().is_unique and (stories["voice"] == "outlet").all()
             and any("rebels" in text for text in readers[1:2])),
    )  # fmt: skip


@finding("voices-16")
def _annexed(corpus: Corpus) -> tuple[str, bool | None]:
    """Who did what in Ukraine is said in Manila's stories and not in Bonn's."""
    told = corpus.acts.query("act in ['crimea', 'involvement'] and voice != 'reader'")
    if told.empty:
        return "No story names what happened to Crimea.", None
    crimea, part = (told[told["act"] == act] for act in ("crimea", "involvement"))
    meeting = corpus.documents.set_index("doc_id")["meeting"]
    denied = part[part["text"].str.contains("denied")]
    backed = part[part["doc_id"].map(meeting) == "manila"]
    return (
        f"Only stories about Manila say “annexed” or “annexation” ({crimea['doc_id'].nunique()} of"
        f" {count(len(corpus.texts), 'story', 'stories')}), and it is Russia that annexes."
        " Moscow’s denial of a part in the war is in"
        f" {count(denied['doc_id'].nunique(), 'story', 'stories')} about Bonn; Russia’s support for it,"
        f" or role in it, is in {count(backed['doc_id'].nunique(), 'story', 'stories')} about Manila.",
        bool((crimea["doc_id"].map(meeting) == "manila").all() and crimea["doc_id"].nunique() == 2
             and (crimea["agent"] == "russia").all() and crimea["text"].str.contains("annex").all()
             and denied["doc_id"].map(meeting).eq("bonn").all() and denied["doc_id"].nunique() == 1
             and backed["doc_id"].nunique() == 2 and len(denied) + len(backed) == len(part)),
    )  # fmt: skip


@finding("voices-17")
def _counter_measures(corpus: Corpus) -> tuple[str, bool | None]:
    """The two stories of Manila name the same counter-measures with other words."""
    named = corpus.acts.query("act in ['staff', 'property'] and voice != 'reader'")
    if named["doc_id"].nunique() < 2:
        return "Fewer than two stories name counter-measures.", None
    held = named[named["text"].str.contains("retention")]
    words = {word: named[named["text"].str.contains(word)] for word in ("slash", "dismissing", "expulsion")}  # fmt: skip
    where = {word: own["doc_id"].unique().tolist() for word, own in words.items()}
    slashed, dismissed = (
        corpus.labels["doc_id"].listed(where[word], nothing="no story")
        for word in ("slash", "dismissing")
    )
    whose = listed(held["speaker"].dropna().unique(), nothing="nobody")
    return (
        "Two stories name one counter-measure in different words: Russia’s cut of US staff is an"
        f" order to “slash” in {slashed}, “dismissing” and “expulsion” in {dismissed}. What"
        f" Washington did to Russian property has a name only in a quotation ({whose}): “illegal"
        " retention”.",
        bool(len(held) == 1 and (held["voice"] == "quotation").all()
             and held["patient"].eq("russia").all()
             and set(named.query("patient == 'russia'").index) == set(held.index)
             and where["dismissing"] == where["expulsion"] != where["slash"]
             and all(len(stories) == 1 for stories in where.values())),
    )  # fmt: skip


@finding("voices-18")
def _agents(corpus: Corpus) -> tuple[str, bool | None]:
    """Who imposes the sanctions is named in Manila's stories, and not in Bonn's."""
    named = corpus.acts.query("act == 'sanctions' and kind == 'body'")
    if named.empty:
        return "No story names sanctions.", None
    manila = named[named["doc_id"].isin(corpus.documents.query("meeting == 'manila'")["doc_id"])]
    others = named[named["doc_id"].isin(corpus.documents.query("meeting == 'bonn'")["doc_id"])]
    acting = manila[manila["agent"] == "us"]
    return (
        "The stories about Manila say who imposes the sanctions, those about Bonn do not: the"
        f" United States is named in {len(acting)} of {count(len(manila), 'phrase')} for them in"
        f" the former, anybody at all in {(others['agent'] != 'none').sum()} of {len(others)} in"
        " the latter.",
        bool(len(acting) > 0 and (others["agent"] == "none").all() and len(others) > 0),
    )
