"""What each paragraph is about, told by a dictionary that a student can read and change.

The dictionary (``codebook/topics.toml``) holds words, phrases and word families, not regular
expressions: matching can never run away, and one pass over the words of a text tries only the
patterns that begin like the word at hand.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from usru.analysis import agreement, reuse
from usru.codebook import read_toml
from usru.corpus import Corpus
from usru.errors import InputError
from usru.files import shipped

__all__ = [
    "TOPICS",
    "WEAK",
    "Dictionary",
    "code",
    "coded",
    "cooccurrence",
    "coverage",
    "groups",
    "keyness",
    "measured",
    "read",
    "set_apart",
    "similarity",
    "wide",
]

TOPICS = (
    "bilateral", "ukraine", "syria", "terrorism", "sanctions", "retaliation", "election",
    "north_korea", "afghanistan", "arms_control", "economy", "cyber", "leaders", "us_politics", "press",
)  # fmt: skip
"""The topics of the codebook, in its order."""

PREFIX = 3
"""Letters by which a word finds the patterns that may begin with it."""

WEAK = 0.7
"""F1 below which a topic is marked in every figure that uses it."""

_WORD = re.compile(r"\w+")
_PATTERN = re.compile(r"[\w.'’-]+\*?(?: [\w.'’-]+\*?)*")


@dataclass(frozen=True)
class Dictionary:
    """A topic dictionary: definitions, and for each beginning of a word its patterns.

    `starts` maps the first letters of a word to ``(first word, topic, counts, pattern)``,
    longest pattern first; `counts` is False for an exclusion. `contexts` gives for a topic what
    its story must also mention, one match of each pattern.
    """

    definitions: Mapping[str, str]
    starts: Mapping[str, Sequence[tuple[str, str, bool, re.Pattern[str]]]]
    contexts: Mapping[str, Sequence[re.Pattern[str]]]


def read(path: str | Path | None = None) -> Dictionary:
    """Read a topic dictionary.

    Parameters
    ----------
    path : path, optional
        A file like ``data/codebook/topics.toml``, which is the default.

    Returns
    -------
    Dictionary
        Its topics in the codebook's order.

    Raises
    ------
    InputError
        When a topic is unknown or has no pattern, when a pattern stands
        twice, or is not made of words with ``*`` at their end; the sentence
        names the topic and the pattern.

    Examples
    --------
    >>> list(read().definitions)[:3]
    ['bilateral', 'ukraine', 'syria']
    """
    path = Path(path) if path else shipped() / "codebook" / "topics.toml"
    table = read_toml(path)
    for topic in table:
        if topic not in TOPICS:
            raise InputError(
                f"{path}, [{topic}]", "the codebook has no such topic", f"use {', '.join(TOPICS)}"
            )
    starts: dict[str, list[tuple[str, str, bool, re.Pattern[str]]]] = {}
    listed: list[tuple[str, str, bool]] = []
    for topic, entry in table.items():
        _check_topic(path, topic, entry)
        listed += [(text, topic, True) for text in entry["patterns"]]
        listed += [(text, topic, False) for text in entry.get("exclude", [])]
    for text, topic, counts in sorted(listed, key=lambda one: (-len(one[0]), one)):
        first = _first(text)
        starts.setdefault(first.rstrip("*")[:PREFIX], []).append(
            (first, topic, counts, _compiled(text))
        )
    definitions = {topic: table[topic]["definition"] for topic in TOPICS if topic in table}
    contexts = {
        topic: [_any_of(words) for words in entry.get("context", [])]
        for topic, entry in table.items()
    }
    return Dictionary(definitions, starts, contexts)


def code(paragraphs: pd.DataFrame, dictionary: Dictionary | None = None) -> pd.DataFrame:
    """Code paragraphs with the topics whose words they hold.

    Parameters
    ----------
    paragraphs : pandas.DataFrame
        `doc_id`, `block`, `text`. Each row is coded by itself, but for topics
        with a `context`, which count only in stories that mention it.
    dictionary : Dictionary, optional
        From `read`; the shipped one by default.

    Returns
    -------
    pandas.DataFrame
        One row for each paragraph and topic that it is on: `doc_id`, `block`,
        `topic`, `hits` (matches that do not overlap, at least 1) and `spans`
        (their half-open offsets in `text`). Paragraphs in their order, topics
        in the codebook's.

    Notes
    -----
    Of patterns that begin at the same word the longest counts. Linear in the
    length of the texts.

    Examples
    --------
    >>> text = "US sanctions on Russia."
    >>> code(pd.DataFrame({"doc_id": ["a"], "block": [0], "text": [text]})).values.tolist()
    [['a', 0, 'sanctions', 1, [(3, 12)]]]
    """
    dictionary = dictionary or read()
    open_to = {
        doc_id: _in_context("\n".join(texts), dictionary)
        for doc_id, texts in paragraphs.groupby("doc_id", sort=False)["text"]
    }
    fitting: dict[str, list[tuple[str, bool, re.Pattern[str]]]] = {}
    rows = [
        (doc_id, block, topic, len(spans), spans)
        for doc_id, block, text in zip(
            paragraphs["doc_id"], paragraphs["block"], paragraphs["text"], strict=True
        )
        for topic, spans in _topics(text, dictionary, fitting)
        if topic in open_to[doc_id]
    ]
    table = pd.DataFrame(rows, columns=["doc_id", "block", "topic", "hits", "spans"])
    return table.astype({"doc_id": "str", "block": "int64", "topic": "str", "hits": "int64"})


def _topics(
    text: str, dictionary: Dictionary, fitting: dict[str, list[tuple[str, bool, re.Pattern[str]]]]
) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    """The topics of a text with their spans; `fitting` keeps what each word may begin."""
    found: dict[str, list[tuple[int, int]]] = {}
    reached: dict[str, int] = {}
    for word in _WORD.finditer(text):
        low = word[0].lower()
        candidates = fitting.get(low)
        if candidates is None:
            candidates = fitting[low] = _begun_by(low, dictionary)
        at = word.start()
        for topic, counts, pattern in candidates:
            if at < reached.get(topic, 0):
                continue
            match = pattern.match(text, at)
            if match:
                reached[topic] = match.end()
                if counts:
                    found.setdefault(topic, []).append(match.span())
    return ((topic, found[topic]) for topic in TOPICS if topic in found)


def _begun_by(word: str, dictionary: Dictionary) -> list[tuple[str, bool, re.Pattern[str]]]:
    """The patterns whose first word a word can be."""
    return [
        (topic, counts, pattern)
        for first, topic, counts, pattern in dictionary.starts.get(word[:PREFIX], ())
        if word == first or (first.endswith("*") and word.startswith(first[:-1]))
    ]


def _in_context(story: str, dictionary: Dictionary) -> set[str]:
    """The topics that a story is open to, by the countries that it mentions."""
    return {
        topic
        for topic, needed in dictionary.contexts.items()
        if all(pattern.search(story) for pattern in needed)
    }


def _check_topic(path: Path, topic: str, entry: Any) -> None:
    place = f"{path}, [{topic}]"
    if not isinstance(entry, dict) or not isinstance(entry.get("definition"), str):
        raise InputError(place, "it has no definition", 'add definition = "…"')
    if not entry.get("patterns"):
        raise InputError(place, "the topic has no pattern", 'add patterns = ["…"]')
    seen: set[str] = set()
    lists = [("patterns", entry["patterns"]), ("exclude", entry.get("exclude", []))]
    context = entry.get("context", [])
    lists += [("context", words) for words in (context if isinstance(context, list) else [context])]
    for field, words in lists:
        if not isinstance(words, list):
            raise InputError(f"{place}, {field}", "it is no list", f'write {field} = ["…"]')
        for text in words:
            if not isinstance(text, str) or not _PATTERN.fullmatch(text):
                raise InputError(
                    f"{place}, {field}",
                    f"{text!r} is no pattern",
                    "write words with one space between them and * only at a word's end",
                )
            if re.search(rf"(?<!\w)\w{{0,{PREFIX - 1}}}\*", text):
                raise InputError(
                    f"{place}, {field}",
                    f"{text!r} would match too much",
                    f"give at least {PREFIX} letters before *",
                )
            if field == "context":
                continue
            if text.lower() in seen:
                raise InputError(f"{place}, {field}", f"{text!r} stands twice", "remove one")
            seen.add(text.lower())


def _first(text: str) -> str:
    """The first word of a pattern in lower case, with its ``*`` if it has one."""
    word = re.search(r"\w+\*?", text)
    return word[0].lower() if word else ""


@cache
def _compiled(text: str) -> re.Pattern[str]:
    """A pattern of words as a regular expression; in capitals, it heeds case."""
    return re.compile(_expression(text), re.NOFLAG if text.isupper() else re.IGNORECASE)


def _any_of(words: Sequence[str]) -> re.Pattern[str]:
    parts = (_expression(text) if text.isupper() else f"(?i:{_expression(text)})" for text in words)
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})")


def _expression(text: str) -> str:
    """Words and bounded gaps, without a choice that could be taken back."""
    words = [
        re.sub(r"['’]", "['’]", re.escape(word.rstrip("*")))
        + (r"\w*+" if word.endswith("*") else "")
        for word in text.split(" ")
    ]
    return r"\s{1,8}+".join(words) + r"(?!\w)"


# Codings by hand -------------------------------------------------------------------------------


def coded(coding: pd.DataFrame, paragraphs: pd.DataFrame) -> pd.DataFrame:
    """Return a coding by hand as a table of paragraphs and topics.

    Parameters
    ----------
    coding : pandas.DataFrame
        `doc_id`, `line` (the paragraph's first) and `topics`, separated by spaces.
    paragraphs : pandas.DataFrame
        The paragraphs, with `line_start`.

    Returns
    -------
    pandas.DataFrame
        True where a paragraph is on a topic: paragraphs (`doc_id`, `block`)
        as rows, all topics as columns.

    Examples
    --------
    >>> from usru import load
    >>> corpus = load()
    >>> int(coded(corpus.coding("topics", "first"), corpus.paragraphs)["afghanistan"].sum())
    1
    """
    given = coding.set_index(["doc_id", "line"])["topics"].fillna("").str.split().to_dict()
    keys = list(zip(paragraphs["doc_id"], paragraphs["line_start"], strict=True))
    rows = [[topic in given.get(key, []) for topic in TOPICS] for key in keys]
    return pd.DataFrame(rows, columns=list(TOPICS), index=_index(paragraphs), dtype=bool)


def wide(table: pd.DataFrame, paragraphs: pd.DataFrame) -> pd.DataFrame:
    """Return what `code` found in the form that `coded` gives.

    Examples
    --------
    >>> from usru import load
    >>> paragraphs = load().paragraphs
    >>> wide(code(paragraphs), paragraphs).shape
    (78, 15)
    """
    on = set(zip(table["doc_id"], table["block"], table["topic"], strict=True))
    keys = list(zip(paragraphs["doc_id"], paragraphs["block"], strict=True))
    rows = [[(*key, topic) in on for topic in TOPICS] for key in keys]
    return pd.DataFrame(rows, columns=list(TOPICS), index=_index(paragraphs), dtype=bool)


def _index(paragraphs: pd.DataFrame) -> pd.MultiIndex:
    return pd.MultiIndex.from_frame(paragraphs[["doc_id", "block"]])


# What the topics tell --------------------------------------------------------------------------


def _words(paragraphs: pd.DataFrame) -> pd.Series:
    return paragraphs["text"].str.split().str.len().set_axis(_index(paragraphs))


def coverage(corpus: Corpus, by: str = "doc_id") -> pd.DataFrame:
    """Return how much room each topic is given.

    Parameters
    ----------
    corpus : Corpus
        Any corpus.
    by : {"doc_id", "meeting", "outlet"}
        What the shares are of.

    Returns
    -------
    pandas.DataFrame
        One row for each unit and topic: `by`, `topic`, `share` (of the unit's
        words, those in paragraphs on the topic, in [0, 1]), and `low`, `high`,
        a 95% bootstrap interval over paragraphs within documents. A paragraph
        on two topics counts for both, so shares do not add up to 1.

    Examples
    --------
    >>> from usru import load
    >>> shares = coverage(load()).set_index(["doc_id", "topic"])["share"]
    >>> float(shares["moscow-econotimes", "retaliation"])
    0.0
    """
    from usru.analysis.uncertainty import weighted_mean

    paragraphs = corpus.paragraphs
    on = wide(code(paragraphs), paragraphs)
    words = _words(paragraphs)
    units = paragraphs["doc_id"].map(
        corpus.documents.set_index("doc_id").assign(doc_id=lambda t: t.index)[by]
    )
    rows = [
        (unit, topic, *weighted_mean(on.loc[at, topic], words[at], paragraphs.loc[at, "doc_id"]))
        for unit in units.drop_duplicates()
        for at in [(units == unit).to_numpy()]
        for topic in TOPICS
    ]
    return pd.DataFrame(rows, columns=[by, "topic", "share", "low", "high"])


def set_apart(shares: pd.DataFrame, by: str = "meeting") -> dict[str, list[str]]:
    """Return for each unit the topics that take clearly more room there than anywhere else.

    Parameters
    ----------
    shares : pandas.DataFrame
        As `coverage` gives it for the same `by`.
    by : str
        The column that names the unit.

    Returns
    -------
    dict
        Unit to topics whose interval lies above that of every other unit;
        none where there is a single unit.

    Examples
    --------
    >>> from usru import load
    >>> set_apart(coverage(load(), by="meeting"))["bonn"]
    ['press']
    """
    low, high = (
        shares.pivot_table(index="topic", columns=by, values=end) for end in ("low", "high")
    )
    units = shares[by].drop_duplicates().tolist()
    return {
        unit: [
            topic
            for topic in TOPICS
            if len(units) > 1 and low.loc[topic, unit] > high.loc[topic].drop(unit).max()
        ]
        for unit in units
    }


def measured(corpus: Corpus) -> pd.DataFrame:
    """Return how well the topic dictionary agrees with the reference coding, topic by topic.

    Returns
    -------
    pandas.DataFrame
        As `usru.analysis.agreement.by_label`, without rows where the corpus
        has no coding by hand.

    Examples
    --------
    >>> from usru import load
    >>> len(measured(load()))
    15
    """
    coding, paragraphs = corpus.coding("topics"), corpus.paragraphs
    found = wide(code(paragraphs), paragraphs)
    table = agreement.by_label(coded(coding, paragraphs), found)
    return table if not coding.empty else table.iloc[:0]


def cooccurrence(corpus: Corpus) -> pd.DataFrame:
    """Return how often two topics share a paragraph.

    Returns
    -------
    pandas.DataFrame
        One row for each pair that meets: `topic`, `other`, `paragraphs` (on
        both) and `jaccard` (of those on either), the most frequent first.

    Examples
    --------
    >>> from usru import load
    >>> bool(cooccurrence(load())["jaccard"].between(0, 1).all())
    True
    """
    paragraphs = corpus.paragraphs
    on = wide(code(paragraphs), paragraphs)
    rows = [
        (one, other, both, both / int((on[one] | on[other]).sum()))
        for one, other in combinations(TOPICS, 2)
        for both in [int((on[one] & on[other]).sum())]
        if both
    ]
    table = pd.DataFrame(rows, columns=["topic", "other", "paragraphs", "jaccard"])
    return table.sort_values(
        ["paragraphs", "jaccard"], ascending=False, kind="stable", ignore_index=True
    )


def similarity(corpus: Corpus) -> pd.DataFrame:
    """Return how alike the agendas of the stories are.

    Returns
    -------
    pandas.DataFrame
        Cosine of the coverage of two stories, in [0, 1], documents as rows
        and columns; missing where a story has no topic at all.

    Examples
    --------
    >>> from usru import load
    >>> float(similarity(load()).loc["manila-zerohedge", "manila-zerohedge"])
    1.0
    """
    shares = coverage(corpus).pivot_table(
        index="doc_id", columns="topic", values="share", sort=False
    )
    values = shares.to_numpy()
    length = np.sqrt((values**2).sum(axis=1))
    with np.errstate(invalid="ignore"):
        cosine = (values @ values.T) / np.outer(length, length)
    return pd.DataFrame(cosine.round(6), index=shares.index, columns=shares.index.rename("other"))


def keyness(
    corpus: Corpus,
    by: str = "meeting",
    least: int = 4,
    prior_words: int = 500,
    function_words: bool = False,
) -> pd.DataFrame:
    """Return the words that set the stories of one meeting apart.

    Parameters
    ----------
    corpus : Corpus
        Any corpus.
    by : {"meeting", "outlet", "doc_id"}
        What is set apart.
    least : int
        How often a word must stand in the corpus to be looked at.
    prior_words : int
        Weight of the prior, in words: the corpus itself, scaled to so many.
    function_words : bool
        Whether to list such words as ``and`` too, which tell of style and not
        of matter; they count in any case. The list is scikit-learn's.

    Returns
    -------
    pandas.DataFrame
        One row for each unit and word: `by`, `word`, `here`, `elsewhere`
        (counts), `log_odds` (weighted log-odds ratio against all other
        stories) and `z`, the most characteristic first; ties by word. A
        sentence most of whose five-word sequences stood in an earlier story
        is counted once, there.

    References
    ----------
    Monroe, B. L., Colaresi, M. P., & Quinn, K. M. (2008). Fightin' words.
    *Political Analysis* 16(4), 372-403, equations 16, 18 and 22; the prior is
    the corpus itself.

    Examples
    --------
    >>> from usru import load
    >>> "syria" in keyness(load()).query("meeting == 'moscow'")["word"].head(10).tolist()
    True
    """
    sentences = corpus.sentences[~reuse.retold(corpus)]
    units = corpus.documents.set_index("doc_id").assign(doc_id=lambda t: t.index)[by]
    counts = _counts(sentences, sentences["doc_id"].map(units))
    counts = counts[counts.sum(axis=1) >= least]
    prior = counts.sum(axis=1)
    rows = []
    for unit in counts.columns if prior.sum() else []:
        here, there = counts[unit], prior - counts[unit]
        scaled = prior * (prior_words / prior.sum())
        rows.append(_log_odds(here, there, scaled).assign(**{by: unit}))
    columns = [by, "word", "here", "elsewhere", "log_odds", "z"]
    if not rows:
        return pd.DataFrame(columns=columns)
    table = pd.concat(rows).rename_axis("word").reset_index()
    order = {unit: i for i, unit in enumerate(counts.columns)}
    table["order"] = table[by].map(order)
    table = table.sort_values(
        ["order", "z", "word"], ascending=[True, False, True], ignore_index=True
    )
    if not function_words:
        from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

        table = table[~table["word"].isin(ENGLISH_STOP_WORDS)].reset_index(drop=True)
    return table[columns]


def _log_odds(here: pd.Series, there: pd.Series, prior: pd.Series) -> pd.DataFrame:
    total = prior.sum()

    def logit(count: pd.Series) -> pd.Series:
        return np.log((count + prior) / (count.sum() + total - count - prior))

    difference = logit(here) - logit(there)
    variance = 1 / (here + prior) + 1 / (there + prior)
    return pd.DataFrame(
        {
            "here": here,
            "elsewhere": there,
            "log_odds": difference.round(6),
            "z": (difference / np.sqrt(variance)).round(4),
        }
    )


def _counts(sentences: pd.DataFrame, units: pd.Series) -> pd.DataFrame:
    words = sentences["text"].str.lower().str.findall(r"[^\W\d_]{3,}")
    table = (
        pd.DataFrame({"unit": units.to_numpy(), "word": words.to_numpy()}).explode("word").dropna()
    )
    counts = pd.crosstab(table["word"], table["unit"])
    return counts[[unit for unit in units.drop_duplicates() if unit in counts.columns]]


def groups(corpus: Corpus, n: int = 8) -> pd.DataFrame:
    """Group the paragraphs by their words alone, without a dictionary.

    Parameters
    ----------
    corpus : Corpus
        Any corpus.
    n : int
        How many groups; fewer when there are fewer paragraphs.

    Returns
    -------
    pandas.DataFrame
        One row a group, the largest first: `group`, `paragraphs`, `words`
        (the five that weigh most), `topic` (of the dictionary, the one most
        over-represented in the group) and `share` of the group's paragraphs
        on it.

    Notes
    -----
    Average linkage on the cosine of tf-idf vectors (scikit-learn), which
    involves no chance.

    Examples
    --------
    >>> from usru import load
    >>> int(groups(load())["paragraphs"].sum())
    78
    """
    from sklearn.cluster import AgglomerativeClustering
    from sklearn.feature_extraction.text import TfidfVectorizer

    columns = ["group", "paragraphs", "words", "topic", "share"]
    paragraphs = corpus.paragraphs
    n = min(n, len(paragraphs))
    if n < 2:
        return pd.DataFrame(columns=columns)
    vectorizer = TfidfVectorizer(stop_words="english", min_df=2, sublinear_tf=True)
    vectors = vectorizer.fit_transform(paragraphs["text"]).toarray()
    vectors[vectors.sum(axis=1) == 0] = 1e-9  # a paragraph without a shared word is alike to none
    names = AgglomerativeClustering(n_clusters=n, metric="cosine", linkage="average").fit_predict(
        vectors
    )
    on = wide(code(paragraphs), paragraphs).to_numpy()
    vocabulary = vectorizer.get_feature_names_out()
    rows = []
    for name in range(n):
        inside = names == name
        weight = vectors[inside].mean(axis=0).round(9)
        top = sorted(range(len(vocabulary)), key=lambda i: (-weight[i], vocabulary[i]))[:5]
        share = on[inside].mean(axis=0)
        best = int(np.argmax((share - on.mean(axis=0)).round(9)))
        topic = TOPICS[best] if share[best] > 0 else "no topic"
        rows.append(
            (
                int(inside.sum()),
                " ".join(vocabulary[top]),
                topic,
                round(float(share[best]), 3),
            )
        )
    rows.sort(key=lambda row: (-row[0], row[1]))
    return pd.DataFrame([(i, *row) for i, row in enumerate(rows)], columns=columns)
