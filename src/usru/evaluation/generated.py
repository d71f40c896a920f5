"""A generated press whose truth is known: on it a count, and what mends it, can be seen to be right or wrong.

Three invented outlets write of sanctions in 5,000 documents. The words for them change within the
year, faster in one outlet than in the others, and one says “sanctioned” of what a board allows. So
what a dictionary misses and adds differs by outlet and by month, as it does where outlets have a
style of their own and a language changes.

The same outlets also write whole articles, as many as are wanted, some of which repeat a report that
another outlet had first.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from usru import scale
from usru.analysis import estimate, topics
from usru.codebook import Topic
from usru.coding import sampling
from usru.corpus import Corpus
from usru.errors import DoesNotApply
from usru.scale import Measured
from usru.wording import ordinal

__all__ = ["CODED", "DOCUMENTS", "INSTRUMENTS", "OUTLETS", "REPEATS", "TOPIC", "Articles", "Outlet", "articles", "measured", "press", "rehearsed", "sampled"]  # fmt: skip

DOCUMENTS = 5000

CODED = 400
"""Paragraphs of a sample that is coded."""

TOPIC = "sanctions"
"""What the generated texts are on, or not."""


class Outlet(NamedTuple):
    """How an invented outlet writes.

    `share` is the part of its paragraphs that is on the topic, over the year. `old_words` is how
    often it calls the topic by its usual name, in January and in December. `other_sense` is the part
    of its other paragraphs in which that name means something else.
    """

    share: float
    old_words: tuple[float, float]
    other_sense: float


OUTLETS = {
    "The Tide": Outlet(0.26, (0.98, 0.4), 0.01),
    "The Wave": Outlet(0.26, (0.8, 0.1), 0.01),
    "The Gull": Outlet(0.1, (0.9, 0.5), 0.12),
}

GROWTH = (0.4, 1.6)  # of the average share: in January, and in December
WITHIN, BESIDE = 0.7, 0.04  # shares of paragraphs on the topic, in documents on it and in others
LENGTHS = (1, 2, 3)  # paragraphs of a document

LEADS = (
    "Moscow and Washington spoke on {day}.",
    "Washington waited on {day} for a word from Moscow.",
    "On {day} the envoys of Moscow and Washington sat in {place}.",
)
ON_TOPIC = (
    "The {measures} stay until the border is settled, {who} said.",
    "{Who} said in {place} that the {measures} hurt small firms most.",
    "Ten more names are to come under the {measures}, {who} said on {day}.",
    "Without an end of the {measures} there is little to sign, {who} said in {place}.",
)
USUAL = ("sanctions", "sanctions", "punitive measures", "restrictive measures")
OTHERS = ("curbs", "penalties", "asset rules", "trade limits")
OTHER_SENSE = (
    "The harbour board sanctioned the new ferry on {day}.",
    "{Who} praised the court in {place}, which sanctioned the exchange of paintings.",
)
ELSEWHERE = (
    "{Who} spoke in {place} about fishing in the northern sea.",
    "The exhibition in {place} was opened on {day}.",
    "Talks about the railway go on, {who} said on {day}.",
    "In {place} it rained, and the dinner was moved inside, {who} said.",
    "{Who} thanked the hosts in {place} for the tea.",
)
FILLED = {
    "day": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday"),
    "place": ("Oslo", "Geneva", "Vienna", "Helsinki", "Lisbon"),
    "who": ("the envoy", "a minister", "an aide", "the speaker", "a diplomat"),
}

SCENE = ("{number} {american} {met} {number} {russian}.",)
SHORT = (
    "{other} {judged} {number} {adjective} {things}.",
    "{who} {told} {number} {guests} of {number} {matters}.",
)
WITH_MEASURES = (
    "{who} {told} {number} {guests} that {measures} {hurt} {number} {things}.",
    "{other} {judged} {measures} that {hurt} {number} {guests} and {number} {adjective} {things}.",
)
SANCTIONED = ("{other} {judged} {number} {quality} {matters}, sanctioned by {number} {guests}.",)
REPORTS = (
    "{who} {told} {number} {guests} of {number} {adjective} {things} at {number} crowns, which {number}"
    " {quality} {guests} {judged} for {number} {matters}.",
    "{other} {judged} {number} {adjective} {things} for {number} crowns, while {number} {quality} {guests}"
    " from {place} {told} {number} {guests} of {number} {matters}.",
)
"""What an agency might have sent. By their numbers no two are alike for long."""

GAP = re.compile(r"\{(\w+)\}")
WORDS: Mapping[str, tuple[str, ...]] = {
    "number": tuple(f"{number:,}" for number in range(1000, 10_000)),
    "american": ("Washington lawyers", "Washington editors", "American skaters", "American brewers",
                 "American painters", "US cooks", "US pilots", "US librarians"),
    "russian": ("Kremlin tailors", "Moscow editors", "Moscow lawyers", "Russian skaters", "Russian brewers",
                "Russian pilots", "Moscow gardeners", "Kremlin cooks"),
    "met": ("met", "greeted", "invited", "avoided", "applauded", "outwitted", "thanked", "entertained", "saw",
            "missed", "taught", "photographed"),
    "guests": ("guests", "reporters", "neighbours", "listeners", "investors", "visitors", "tenants", "brokers",
               "farmers", "divers", "miners", "singers", "carpenters", "bakers", "clerks"),
    "who": ("a pilot", "the mayor", "a judge", "the warden", "an engineer", "a fisherman", "the curator",
            "a teacher", "the chairman", "a surveyor", "the conductor", "a nurse", "an economist"),
    "other": ("two clerks", "the owners", "several guides", "some bakers", "three brokers", "most farmers",
              "the tenants", "four divers", "farm hands", "the printers", "many singers", "six carpenters"),
    "told": ("told", "assured", "reminded", "warned", "informed", "persuaded", "convinced"),
    "judged": ("praised", "regretted", "doubted", "mocked", "defended", "welcomed", "questioned", "recalled",
               "ignored", "studied", "criticised"),
    "hurt": ("hurt", "delayed", "outlived", "spared", "helped", "ruined", "protected", "replaced"),
    "adjective": ("cheaper", "wooden", "northern", "forgotten", "colourful", "narrow", "modern", "private",
                  "temporary", "floating", "noisy", "ancient", "rural", "electric"),
    "things": ("harbour lights", "tram lines", "flood gates", "market halls", "choir festivals", "ski slopes",
              "sugar mills", "rose gardens", "fish farms", "radio masts", "bus shelters", "stone bridges",
              "paper mills", "ferry piers"),
    "quality": ("lengthy", "costly", "curious", "unfinished", "popular", "muddled", "careful", "hasty",
                "generous", "bitter", "friendly", "silent"),
    "matters": ("hearings", "auctions", "surveys", "parades", "strikes", "lectures", "concerts", "inquiries",
                "contests", "harvests", "expeditions", "rehearsals"),
    "place": ("Oslo", "Geneva", "Vienna", "Helsinki", "Lisbon", "Bergen", "Turin", "Graz", "Malmo", "Porto"),
}  # fmt: skip

REPEATS = {
    "The Gull": {"The Tide": 0.3, "The Wave": 0.1},
    "The Wave": {"The Tide": 0.1},
    "The Tide": {"The Wave": 0.05},
}
"""Of each outlet's articles the shares that have a report which another outlet had first."""

INSTRUMENTS = ("news",)
"""Of tone, by which articles are measured."""

DAYS = 14
"""Within which a report is repeated."""


class Articles(NamedTuple):
    """Articles of a generated press, and what is true of them, as three frames.

    `table` has one row an article, in the order of publication: `id`, `outlet`, `published`
    (datetime64, in 2017), `quarter` (from ``"first"``), `title`, and `text`: paragraphs with an empty
    line between them. `truth` has one row a paragraph: `doc_id`, `block` (from 0) and `truth` (float64,
    1 on the topic). `copies` has one row a report that is repeated: `doc_id` and `block` of the
    paragraph that had it first, `again_doc_id` and `again_block` of the later one, and the `report`,
    which both print.
    """

    table: pd.DataFrame
    truth: pd.DataFrame
    copies: pd.DataFrame


def articles(documents: int, seed: int = sampling.SEED) -> Articles:
    """Return articles of a generated press: a few sentences, on the topic as those of `press`, and a report.

    Parameters
    ----------
    documents, seed : int
        How many, and of the random numbers.

    Returns
    -------
    Articles
        With the shares of `REPEATS` the report is that of an article of another outlet, published on
        an earlier day; in half of these a sentence of one's own stands before it. None that was
        repeated is taken over by a third.

    Examples
    --------
    >>> written = articles(200)
    >>> written.table.columns.tolist()
    ['id', 'outlet', 'published', 'quarter', 'title', 'text']
    >>> len(written.table), len(written.copies) > 20
    (200, True)
    """
    return Articles(*(table.copy() for table in _published(documents, seed)))


@cache
def _published(documents: int, seed: int) -> Articles:
    """The articles; kept, since their texts take longer than a copy."""
    rng = np.random.default_rng(seed)
    plan = _by_day(_planned(documents, rng), rng)
    articles = plan.drop_duplicates("of", ignore_index=True)
    reports, first = _reports(articles, rng)
    is_copy = first >= 0
    opened = is_copy & (rng.random(documents) < 0.5)
    last = _filled(SHORT, documents, rng).where(opened, "").str.cat(reports, sep=" ").str.strip()
    texts = _sentences(plan, rng).groupby(plan["of"]).agg("\n\n".join)
    ids = "press-" + articles["of"].astype("str").str.zfill(len(str(documents - 1)))
    published = articles["published"]
    table = pd.DataFrame({
        "id": ids, "outlet": articles["outlet"], "published": published,
        "quarter": published.dt.quarter.map(ordinal),
        "title": _filled(("{quality} {matters} in {place}",), documents, rng), "text": texts + "\n\n" + last,
    })  # fmt: skip
    block = plan.groupby("of").size()
    known = pd.DataFrame(
        {"doc_id": ids[plan["of"]].array, "block": plan["block"], "truth": plan["truth"]}
    )
    ends = pd.DataFrame({"doc_id": ids, "block": block, "truth": 0.0})
    truth = pd.concat([known, ends]).sort_values(["doc_id", "block"], ignore_index=True)
    again, first = np.flatnonzero(is_copy), first[is_copy]
    copies = pd.DataFrame({
        "doc_id": ids.to_numpy()[first], "block": block.to_numpy()[first],
        "again_doc_id": ids.to_numpy()[again], "again_block": block.to_numpy()[again],
        "report": reports[again].to_numpy(),
    })  # fmt: skip
    return Articles(table, truth, copies)


def measured(corpus: Corpus, documents: int, workers: int = 1) -> Measured:
    """Return the articles of a generated press as `usru.scale.measure` measures them.

    Parameters
    ----------
    corpus : Corpus
        Whose codebook is used.
    documents : int
        How many articles.
    workers : int
        Processes, where these articles are not measured yet.

    Returns
    -------
    Measured
        In a folder of this process, which is gone when it ends. What was measured by one dictionary
        is not measured again.

    Raises
    ------
    DoesNotApply
        Where the codebook has no such topic.

    Examples
    --------
    >>> from usru import load
    >>> measured(load(), 30).instruments
    ['news']
    """
    key = _words(corpus), documents
    if key not in _MEASURED:
        folder = TemporaryDirectory(prefix="usru-")
        scale.measure(
            articles(documents).table, folder.name, workers=workers,
            study=corpus.manifest.folder, instruments=INSTRUMENTS,
        )  # fmt: skip
        _MEASURED[key] = folder, scale.open(folder.name)
    return _MEASURED[key][1]


_MEASURED: dict[Any, tuple["TemporaryDirectory[str]", Measured]] = {}
"""By what the results depend on, so that many corpora of one dictionary share them."""


def _by_day(plan: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """A plan with days of publication, whose documents are numbered in their order."""
    month = plan.groupby("of")["month"].first()
    days = {"year": 2017, "month": month, "day": rng.integers(1, 29, len(month))}
    published = pd.to_datetime(pd.DataFrame(days)).astype("datetime64[s]")
    number = published.rank(method="first").astype("int64") - 1
    plan = plan.assign(published=plan["of"].map(published), of=plan["of"].map(number))
    return plan.sort_values(["of", "block"], ignore_index=True)


def _reports(
    articles: pd.DataFrame, rng: np.random.Generator
) -> tuple["pd.Series[str]", NDArray[Any]]:
    """The report of each article, and which article had it first: -1 for its own."""
    chance, place = rng.random((2, len(articles)))
    source = np.full(len(articles), "", dtype=object)
    for outlet, shares in REPEATS.items():
        ends = np.cumsum([*shares.values()])
        nth = np.searchsorted(ends, chance, side="right")
        own = (articles["outlet"] == outlet).to_numpy() & (nth < len(ends))
        source[own] = np.array([*shares], dtype=object)[nth[own]]
    day = articles["published"].to_numpy().astype("datetime64[D]")
    first = np.full(len(articles), -1)
    for outlet in OUTLETS:
        new = np.flatnonzero((articles["outlet"] == outlet) & (source == ""))
        again = np.flatnonzero(source == outlet)
        since, until = (np.searchsorted(day[new], day[again] - days) for days in (DAYS, 0))
        again, since, until = again[until > since], since[until > since], until[until > since]
        first[again] = new[since + (place[again] * (until - since)).astype("int64")]
    reports = _filled(REPORTS, len(articles), rng)
    return reports.where(first < 0, reports.iloc[first].set_axis(reports.index)), first


def _sentences(plan: pd.DataFrame, rng: np.random.Generator) -> "pd.Series[str]":
    """A paragraph of an article for each that was planned; the first also says which countries it is on."""
    texts = _filled(SHORT, len(plan), rng)
    for chosen, forms in ((plan["misled"], SANCTIONED), (plan["truth"] == 1, WITH_MEASURES)):
        own = _filled(forms, chosen.sum(), rng, measures=plan["measures"][chosen])
        texts[chosen] = own.to_numpy()
    scene = _filled(SCENE, len(plan), rng).where(plan["block"] == 0, "")
    return texts.str.cat(scene, sep=" ").str.strip()


def _filled(
    forms: Sequence[str], n: int, rng: np.random.Generator, **given: Iterable[str]
) -> "pd.Series[str]":
    """Sentences of some forms, filled with words."""
    words = {name: iter(texts) for name, texts in given.items()}
    for name, texts in WORDS.items():
        most = max(form.count(f"{{{name}}}") for form in forms)
        words[name] = iter(_drawn(texts, n * most, rng).tolist())
    told = (
        GAP.sub(lambda gap: next(words[gap[1]]), form) for form in _drawn(forms, n, rng).tolist()
    )
    return pd.Series([text[0].upper() + text[1:] for text in told], dtype="str")


def press(corpus: Corpus, documents: int = DOCUMENTS, seed: int = sampling.SEED) -> pd.DataFrame:
    """Return the paragraphs of a generated press, as they are and as a dictionary finds them.

    Parameters
    ----------
    corpus : Corpus
        Whose dictionary looks for the topic.
    documents, seed : int
        How many, and of the random numbers.

    Returns
    -------
    pandas.DataFrame
        One row a paragraph, document by document: `doc_id`, `block` (from 0), `line` (from 1),
        `outlet`, `month` and `quarter` (int64, from 1), `text`, `truth` (float64, 1 on the topic and
        0 elsewhere) and `predicted` (float64, the same by the dictionary).

    Raises
    ------
    DoesNotApply
        Where the codebook of the corpus has no such topic.

    Examples
    --------
    >>> from usru import load
    >>> table = press(load(), documents=300)
    >>> table.groupby("outlet")[["truth", "predicted"]].mean().round(2).to_dict("index")["The Gull"]
    {'truth': 0.08, 'predicted': 0.16}
    """
    return _found(*_words(corpus), documents, seed).copy()


def _words(corpus: Corpus) -> tuple[Any, ...]:
    """By what the dictionary finds the topic: what the results depend on."""
    if TOPIC not in corpus.codebook.topics:
        mend = f"define {TOPIC} in topics.toml"
        raise DoesNotApply("the generated press", f"no topic of this corpus is {TOPIC!r}", mend)
    topic = corpus.codebook.topics[TOPIC]
    return topic.patterns, topic.exclude, topic.context


@cache
def _found(patterns: Any, exclude: Any, context: Any, documents: int, seed: int) -> pd.DataFrame:
    """What the dictionary finds in a press; kept, since many corpora have one dictionary."""
    table = _written(documents, np.random.default_rng(seed))
    topic = Topic(TOPIC, patterns, exclude, context)
    found = topics.wide(topics.code(table, {TOPIC: topic}), table)[TOPIC]
    return table.assign(predicted=found.to_numpy().astype("float64"))


def sampled(table: pd.DataFrame, n: int = CODED, seed: int = sampling.SEED) -> pd.DataFrame:
    """Draw paragraphs of a press at random, and let only these be coded.

    Parameters
    ----------
    table : pandas.DataFrame
        As `press` gives it.
    n, seed : int
        How many, and of `usru.coding.sampling.draw`.

    Returns
    -------
    pandas.DataFrame
        The press with `stratum`, `probability` and `drawn`, and `coded` (float64): the truth of the
        paragraphs that were drawn, missing elsewhere.

    Examples
    --------
    >>> from usru import load
    >>> table = sampled(press(load(), documents=300), n=50)
    >>> int(table["coded"].notna().sum()), bool(table["drawn"].equals(table["coded"].notna()))
    (50, True)
    """
    design = sampling.Design("topics", n, seed=seed)
    drawn = sampling.draw(table.assign(stratum="all"), design)
    return drawn.assign(coded=drawn["truth"].where(drawn["drawn"]))


def rehearsed(corpus: Corpus, n: int = CODED, times: int = 1000) -> pd.DataFrame:
    """Code a sample of the press many times, and see how often an interval holds the truth.

    Parameters
    ----------
    corpus : Corpus
        Whose dictionary looks for the topic.
    n, times : int
        How many paragraphs are coded, and how many times; of an outlet its part of them.

    Returns
    -------
    pandas.DataFrame
        As `usru.analysis.estimate.rehearse`, with `of`: an outlet, or ``"all"``.

    Examples
    --------
    >>> from usru import load
    >>> table = rehearsed(load(), times=2)
    >>> table["of"].unique().tolist(), table["n_coded"].unique().tolist()
    (['The Tide', 'The Wave', 'The Gull', 'all'], [133, 134, 400])
    """
    return _rehearsed(*_words(corpus), n, times).copy()


@cache
def _rehearsed(patterns: Any, exclude: Any, context: Any, n: int, times: int) -> pd.DataFrame:
    table = _found(patterns, exclude, context, DOCUMENTS, sampling.SEED)
    parts = {name: table[table["outlet"] == name] for name in OUTLETS} | {"all": table}
    share = n / len(table)
    return pd.concat([
        estimate.rehearse(part, "predicted", "truth", [share], times).assign(of=name)
        for name, part in parts.items()
    ], ignore_index=True)  # fmt: skip


def _written(documents: int, rng: np.random.Generator) -> pd.DataFrame:
    """The paragraphs, and which are on the topic."""
    plan = _planned(documents, rng)
    text = _texts(plan, rng)
    return pd.DataFrame({
        "doc_id": [f"press-{number:04}" for number in plan["of"]], "block": plan["block"],
        "line": plan["block"] + 1, "outlet": plan["outlet"], "month": plan["month"],
        "quarter": (plan["month"] + 2) // 3, "text": text, "truth": plan["truth"],
    })  # fmt: skip


def _planned(documents: int, rng: np.random.Generator) -> pd.DataFrame:
    """What each paragraph is about, and by which words."""
    outlet = rng.choice([*OUTLETS], documents)
    month = rng.integers(1, 13, documents)
    about = rng.random(documents) < _documents_on(outlet, month)
    usual = rng.random(documents) < _usual_words(outlet, month)
    of = np.repeat(np.arange(documents), rng.choice(LENGTHS, documents))
    block = np.arange(len(of)) - np.searchsorted(of, of)
    truth = rng.random(len(of)) < np.where(about[of], WITHIN, BESIDE)
    misled = rng.random(len(of)) < np.array([OUTLETS[one].other_sense for one in outlet])[of]
    words = np.where(usual[of], _drawn(USUAL, len(of), rng), _drawn(OTHERS, len(of), rng))
    return pd.DataFrame({
        "of": of, "block": block, "outlet": outlet[of], "month": month[of],
        "truth": truth.astype("float64"), "misled": misled, "measures": words,
    })  # fmt: skip


def _texts(plan: pd.DataFrame, rng: np.random.Generator) -> "pd.Series[str]":
    """The paragraphs as they are printed."""
    n, truth = len(plan), plan["truth"] == 1
    chosen = np.where(truth, _drawn(ON_TOPIC, n, rng), _drawn(ELSEWHERE, n, rng))
    chosen = np.where(plan["misled"] & ~truth, _drawn(OTHER_SENSE, n, rng), chosen)
    lead = np.where(plan["block"] == 0, _drawn(LEADS, n, rng), "")
    filled = {name: _drawn(texts, n, rng) for name, texts in FILLED.items()}
    rows = zip(lead, chosen, plan["measures"], *filled.values(), strict=True)
    return pd.Series([
        f"{first} {rest}".strip().format(**dict(zip(filled, parts, strict=True)),
                                         Who=parts[-1].capitalize(), measures=measures)
        for first, rest, measures, *parts in rows
    ])  # fmt: skip


def _documents_on(outlet: NDArray[Any], month: NDArray[Any]) -> NDArray[Any]:
    """The share of documents on the topic, from that of paragraphs."""
    average = np.array([OUTLETS[one].share for one in outlet])
    share = average * np.interp(month, (1, 12), GROWTH)
    return np.asarray((share - BESIDE) / (WITHIN - BESIDE))


def _usual_words(outlet: NDArray[Any], month: NDArray[Any]) -> NDArray[Any]:
    """How often a document has the usual words for the topic."""
    first, last = np.array([OUTLETS[one].old_words for one in outlet]).T
    return np.asarray(first + (last - first) * (month - 1) / 11)


def _drawn(texts: Sequence[str], n: int, rng: np.random.Generator) -> NDArray[Any]:
    return np.array(texts)[rng.integers(0, len(texts), n)]
