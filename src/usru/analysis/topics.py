"""What each paragraph is about, told by a dictionary that a student can read and change.

The dictionary (``codebook/topics.toml``) holds words, phrases and word families, not regular
expressions: matching can never run away, and one pass over the words of a text tries only the
patterns that begin with the word at hand.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import accumulate, combinations, pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd

from usru import codebook
from usru.analysis import agreement
from usru.analysis.uncertainty import holm, means, with_intervals
from usru.codebook import StopWords, Topic
from usru.errors import InputError
from usru.text import sentences

__all__ = [
    "GROUPED", "PRIORS", "UNITS", "WEAK", "code", "compare", "contrasts", "cooccurrence", "coverage", "evaluate",
    "from_coding", "groups", "keyness", "paragraph_shares", "place_names", "read", "similarity",
    "told_by", "top_words", "wide",
]  # fmt: skip

PREFIX = 3  # letters by which a word tells which patterns may match
KEPT = 2**16  # words of which it is kept what they may begin, at most

REACH = 5
"""Words between a phrase of `not_after` and a pattern that it keeps from counting, at most."""

LONG = 20  # letters of a word with its gap, at most: further away nothing need be read

BRIDGED = 2
"""Paragraphs without a topic that two on the same topic take with them, at most."""

WEAK = 0.7
"""F1 below which a topic is marked in every figure that uses it."""

UNITS = 300
"""Units that are compared with each other at most: tables of more nobody can read."""

GROUPED = 2000
"""Paragraphs that are grouped at most, as time and memory grow with their square."""

PRIORS = (10, 25, 50, 100, 250, 500, 1000, 2500, 5000)
"""Weights of the prior, in words, under which `top_words` compares the words of units."""

_WORD = re.compile(r"\w+")
_WORDS = re.compile(r"(\w+)")  # to split a text into its words and what is between them
_STOP = re.compile(r"[!?:;]|(?<![A-Z])\.")  # but the stop of an initial, as in U.S.

_GAP = r"\s{1,8}+"
_NAME = rf"[A-Z][\w.’'-]*+(?:{_GAP}[A-Z][\w.’'-]*+){{0,2}}+"
_PASSING = re.compile(
    rf"""\b(?: (?:[Ff]rom|leaves?|left|leaving){_GAP}{_NAME}{_GAP}
      (?:via{_GAP}{_NAME}{_GAP}|(?:and{_GAP})?+on{_GAP})?+(?:to|for){_GAP}{_NAME}
    | (?:in|at|from|to|via|through|toured|played){_GAP}{_NAME}(?:,{_GAP}(?:in{_GAP})?+{_NAME}){{1,20}}+,?+
      {_GAP}(?:and|or){_GAP}(?:in{_GAP})?+(?:{_NAME}|elsewhere|other))""",
    re.VERBOSE,
)
"""A route, and a list of three names or more: places that are named by the way."""


class _Pattern(NamedTuple):
    rank: int  # the longest first
    second: str  # its first letters, where there is one
    topic: str
    part: str  # of the topic's entry
    rival: tuple[str, str]  # the topic and the part with which it competes for a place in the text
    text: str
    is_word: bool  # it is one word, which says all


class _Hit(NamedTuple):
    start: int
    end: int
    pattern: str


_Found = dict[str, dict[str, list[_Hit]]]  # by topic and part of its entry
_Told = dict[str, list[_Hit]]  # by topic; no hit where the paragraphs around tell it


def code(paragraphs: pd.DataFrame, dictionary: Mapping[str, Topic] | None = None) -> pd.DataFrame:
    """Code paragraphs with the topics whose words they hold.

    A topic is told by each of its `patterns`, and by a sentence that holds a word of every list
    that an entry of `together` names; where nothing tells another topic, by each pattern of `aside`
    too. What comes inside a phrase of `exclude`, or up to five words after one of `not_after`, does
    not count, nor does a place of `in_passing` on a route or in a list of names. A topic counts
    only in stories that mention its `context`. Where one `continues`, it also spreads to at most
    two paragraphs without any topic between two that are on it.

    Parameters
    ----------
    paragraphs : pandas.DataFrame
        `doc_id`, `block`, `text`; those of a story in their order.
    dictionary : mapping of str to Topic, optional
        ``topics`` of a `usru.codebook.Codebook`; the shipped ones by default.

    Returns
    -------
    pandas.DataFrame
        One row a paragraph and topic, in their order: `doc_id`, `block`, `topic` (categorical),
        `hits` (matches that do not overlap; 0 where only the paragraphs around tell the topic) and
        `spans` (their half-open offsets in `text`). Of patterns that begin at the same word the
        longest counts.

    Examples
    --------
    >>> text = "US sanctions on Russia."
    >>> code(pd.DataFrame({"doc_id": ["a"], "block": [0], "text": [text]})).values.tolist()
    [['a', 0, 'sanctions', 1, [(3, 12)]]]
    """
    dictionary = codebook.read().topics if dictionary is None else dictionary
    rows = [
        (doc_id, block, topic, len(on[topic]), [(hit.start, hit.end) for hit in on[topic]])
        for doc_id, block, on in zip(
            paragraphs["doc_id"], paragraphs["block"], _told(paragraphs, dictionary), strict=True
        )
        for topic in dictionary if topic in on
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=["doc_id", "block", "topic", "hits", "spans"])
    table["topic"] = pd.Categorical(table["topic"], categories=list(dictionary), ordered=True)
    return table.astype({"doc_id": "str", "block": "int64", "hits": "int64"})


def _told(paragraphs: pd.DataFrame, dictionary: Mapping[str, Topic]) -> list[_Told]:
    """The topics of each paragraph, with the matches that tell them."""
    starts = _starts(_listed(dictionary))
    texts = paragraphs["text"].tolist()
    told: list[_Told] = [{}] * len(texts)
    for rows in paragraphs.groupby("doc_id", sort=False).indices.values():
        own = [texts[row] for row in rows]
        found = [_counted(text, _find(text, starts), dictionary) for text in own]
        mentioned = {(name, part) for one in found for name, parts in one.items() for part in parts}
        counting = {
            name: topic for name, topic in dictionary.items()
            if all((name, _context(n)) in mentioned for n in range(len(topic.context)))
        }  # fmt: skip
        tells = [_tells(text, one, counting) for text, one in zip(own, found, strict=True)]
        _spread(tells, counting)
        for row, on in zip(rows, tells, strict=True):
            told[row] = on
    return told


def _context(number: int) -> str:
    return f"context {number}"


def _parts(topic: Topic) -> Iterator[tuple[str, str, Sequence[str]]]:
    """The parts of a topic's entry that hold patterns, and with which part each competes."""
    for part in ("patterns", "exclude", "aside"):
        yield part, "patterns", getattr(topic, part)
    yield "not_after", "not_after", topic.not_after
    yield from ((name, f"words {name}", words) for name, words in topic.words.items())
    for number, words in enumerate(topic.context):
        yield _context(number), _context(number), words


_Listed = tuple[tuple[str, str, str, str], ...]
_Index = dict[str, dict[str, list[_Pattern]]]


def _listed(dictionary: Mapping[str, Topic]) -> _Listed:
    """The patterns, each with its topic, part and rival."""
    return tuple(
        (text, name, part, rival) for name, topic in dictionary.items()
        for part, rival, texts in _parts(topic) for text in texts
    )  # fmt: skip


def _index(listed: _Listed) -> _Index:
    """The patterns by the word with which they begin, and these words by their first letters."""
    index: _Index = {}
    longest_first = sorted(listed, key=lambda one: (-len(one[0]), one))
    for rank, (text, name, part, rival) in enumerate(longest_first):
        first, second, *_ = [*re.findall(r"\w+\*?", text), "", ""]
        pattern = _Pattern(rank, _head(second), name, part, (name, rival), text, first == text)
        first = first if text.isupper() else first.lower()
        index.setdefault(_head(first), {}).setdefault(first, []).append(pattern)
    return index


def _head(word: str) -> str:
    """The letters by which words find patterns; a `*` in one comes after them."""
    return word.rstrip("*")[:PREFIX].lower()


class _Start(NamedTuple):
    alone: Sequence[_Pattern]  # that a word may begin, of no other word
    longer: Mapping[str, Sequence[_Pattern]]  # with those, by the head of the word behind


class _Starts(dict[str, _Start | None]):
    """What each word may begin, if anything; kept, as the same words come again and again."""

    def __init__(self, index: _Index) -> None:
        super().__init__()
        self._index = index

    def __missing__(self, word: str) -> _Start | None:
        if len(self) >= KEPT:
            self.clear()
        self[word] = start = self._start(word)
        return start

    def _start(self, word: str) -> _Start | None:
        own = self._index.get(_head(word), {})
        fits = sorted(one for first in own if _fits(first, word) for one in own[first])
        if not fits:
            return None
        seconds = {one.second for one in fits if one.second}
        alone = [one for one in fits if not one.second]
        longer = {key: [one for one in fits if one.second in ("", key)] for key in seconds}
        return _Start(alone, longer)


@lru_cache(maxsize=4)  # pages come one by one, and articles in parts
def _starts(listed: _Listed) -> _Starts:
    return _Starts(_index(listed))


def _fits(first: str, word: str) -> bool:
    """Whether a word is the first one of a pattern; where that is in capitals, case counts."""
    spelt = (word, word.lower())
    return first in spelt or (
        first.endswith("*") and any(one.startswith(first[:-1]) for one in spelt)
    )


def _find(text: str, starts: _Starts) -> _Found:
    """What a text holds of each part of each topic."""
    pieces = _WORDS.split(text)
    begun = map(starts.__getitem__, pieces[1::2])
    ends = [*accumulate(map(len, pieces))]
    behind = [*pieces[3::2], ""]
    found: _Found = {}
    reached: dict[tuple[str, str], int] = {}
    for begin, word, start, end in zip(begun, behind, ends[::2], ends[1::2], strict=False):
        if begin is None:
            continue
        patterns = begin.longer.get(_head(word), begin.alone) if begin.longer else begin.alone
        for _, _, topic, part, rival, pattern, is_word in patterns:
            if start < reached.get(rival, 0):
                continue
            match = None if is_word else _compiled(pattern).match(text, start)
            if match or is_word:
                reached[rival] = last = match.end() if match else end
                hits = found.setdefault(topic, {}).setdefault(part, [])
                hits.append(_Hit(start, last, pattern))
    return found


def _tells(text: str, found: _Found, topics: Mapping[str, Topic]) -> _Told:
    """The topics of a paragraph; what is said aside tells one only where nothing else does."""
    told: _Told = {}
    aside: _Told = {}
    for name, topic in topics.items():
        if name not in found:
            continue
        parts = found[name]
        if hits := _joined(text, parts, "patterns", topic.together):
            told[name] = hits
        elif not told and (hits := _joined(text, parts, "aside", topic.aside_together)):
            aside[name] = hits
    return told or aside


def _counted(text: str, found: _Found, topics: Mapping[str, Topic]) -> _Found:
    """What was found, but what an exception of its topic keeps from counting."""
    return {name: _kept(text, parts, topics[name].in_passing) for name, parts in found.items()}


def _kept(
    text: str, parts: dict[str, list[_Hit]], in_passing: Sequence[str]
) -> dict[str, list[_Hit]]:
    """What is not inside `exclude`, shortly after `not_after`, or a place by the way."""
    if "exclude" in parts or "not_after" in parts:
        spans = parts.get("exclude", ())
        ends = [hit.end for hit in parts.get("not_after", ())]
        kept = {
            part: [
                hit for hit in hits
                if not _is_inside(spans, hit.start) and not _is_after(text, ends, hit.start)
            ]
            for part, hits in parts.items() if part not in ("exclude", "not_after")
        }  # fmt: skip
        parts = {part: hits for part, hits in kept.items() if hits}
    hits = parts.get("patterns", [])
    if not in_passing or not any(hit.pattern in in_passing for hit in hits):
        return parts
    stated = {**parts, "patterns": [*_stated(text, hits, in_passing)]}
    return {part: hits for part, hits in stated.items() if hits}


def _stated(text: str, hits: Sequence[_Hit], in_passing: Sequence[str]) -> Iterator[_Hit]:
    """All matches but places that stand alone of their topic on a route or in a list of names."""
    starts = [hit.start for hit in hits]
    passed = [
        range(bisect_left(starts, found.start()), bisect_left(starts, found.end()))
        for found in _PASSING.finditer(text)
    ]
    alone = {held[0] for held in passed if len(held) == 1}
    return (hit for n, hit in enumerate(hits) if n not in alone or hit.pattern not in in_passing)


def _is_inside(spans: Sequence[_Hit], start: int) -> bool:
    place = bisect_right(spans, start, key=lambda span: span.start)
    return place > 0 and start < spans[place - 1].end


def _is_after(text: str, ends: Sequence[int], start: int) -> bool:
    """Whether one of some phrases ends shortly before, in the same sentence."""
    place = bisect_right(ends, start)
    if not place or start - ends[place - 1] > LONG * REACH:
        return False
    between = text[ends[place - 1] : start]
    return not _STOP.search(between) and len(_WORD.findall(between)) <= REACH


def _joined(
    text: str, parts: Mapping[str, list[_Hit]], part: str, together: Sequence[Sequence[str]]
) -> list[_Hit]:
    """The matches of patterns, and of the sentences that hold a word of each of several lists."""
    hits = parts.get(part, [])
    if not together:
        return hits
    groups = [names for names in together if all(map(parts.__contains__, names))]
    if not groups:
        return hits
    starts = _sentence_starts(text)

    def first(hits: Sequence[_Hit]) -> dict[int, _Hit]:
        return {bisect_right(starts, hit.start): hit for hit in reversed(hits)}

    told, found = first(hits), dict[int, _Hit]()
    for names in groups:
        lists = [first(parts[name]) for name in names]
        for sentence in sorted(set(lists[0]).intersection(*lists[1:]).difference(told)):
            words = [one[sentence] for one in lists]
            start, end = min(hit.start for hit in words), max(hit.end for hit in words)
            found.setdefault(sentence, _Hit(start, end, " + ".join(hit.pattern for hit in words)))
    return sorted([*hits, *found.values()])


@lru_cache(maxsize=1)  # the topics of a paragraph ask for them one after the other
def _sentence_starts(text: str) -> list[int]:
    return [start for start, _ in sentences.spans(text)]


def _spread(told: Sequence[_Told], topics: Mapping[str, Topic]) -> None:
    """Give paragraphs without a topic those that the paragraphs before and after them share."""
    for before, after in pairwise([row for row, on in enumerate(told) if on]):
        if after - before - 1 <= BRIDGED:
            shared = [name for name in told[before] if name in told[after]]
            for row in range(before + 1, after):
                told[row].update({name: [] for name in shared if topics[name].continues})


@cache  # when a text first holds its first word: to compile all takes longer than a small corpus
def _compiled(text: str) -> re.Pattern[str]:
    """A pattern of words as a regular expression; in capitals, it heeds case."""
    return re.compile(_expression(text), re.NOFLAG if text.isupper() else re.IGNORECASE)


def _expression(text: str) -> str:
    """Words and bounded gaps, without a choice that could be taken back."""
    words = re.sub(r"['’]", "['’]", re.escape(text).replace(r"\*", r"\w*+"))
    return words.replace(r"\ ", r"\s{1,8}+") + r"(?!\w)"


def told_by(
    paragraphs: pd.DataFrame, coded: pd.DataFrame, dictionary: Mapping[str, Topic] | None = None
) -> pd.DataFrame:
    """Return the patterns by which topics were told, and how often each was.

    Parameters
    ----------
    paragraphs, coded : pandas.DataFrame
        As for `code`, and what it gave for them.
    dictionary : mapping of str to Topic, optional
        By which they were coded; the shipped one by default.

    Returns
    -------
    pandas.DataFrame
        One row a pattern that gave a hit, topic by topic as in the dictionary, the patterns in its
        order and then words that tell together, joined by ``+``: `topic`, `pattern`, `hits`.

    Examples
    --------
    >>> text = "New US sanctions on Russia, and no end of sanctions."
    >>> story = pd.DataFrame({"doc_id": ["a"], "block": [0], "text": [text]})
    >>> told_by(story, code(story)).values.tolist()
    [['sanctions', 'sanction*', 2]]
    """
    dictionary = codebook.read().topics if dictionary is None else dictionary
    wanted = coded.set_index(["doc_id", "block", "topic"])["spans"].map(set).to_dict()
    hits: dict[tuple[str, str], int] = {}
    keys = zip(paragraphs["doc_id"], paragraphs["block"], strict=True)
    for (doc_id, block), told in zip(keys, _told(paragraphs, dictionary), strict=True):
        for name, found in told.items():
            for hit in found:
                if (hit.start, hit.end) in wanted.get((doc_id, block, name), ()):
                    hits[name, hit.pattern] = hits.get((name, hit.pattern), 0) + 1
    rows = []
    for name, topic in dictionary.items():
        listed = [*topic.patterns, *topic.aside]
        joined = sorted(one for of, one in hits if of == name and one not in listed)
        rows += [(name, one, hits[name, one]) for one in (*listed, *joined) if (name, one) in hits]
    return pd.DataFrame(rows, columns=["topic", "pattern", "hits"])


# Paragraphs as rows, topics as columns ------------------------------------------------------------


def wide(coded: pd.DataFrame, paragraphs: pd.DataFrame) -> pd.DataFrame:
    """Return which paragraphs (`doc_id`, `block`; rows) are on which topics (columns).

    Parameters
    ----------
    coded, paragraphs : pandas.DataFrame
        As `code` gives it, and what was coded.

    Examples
    --------
    >>> from usru import load
    >>> int(wide(load().topics, load().paragraphs)["afghanistan"].sum())
    1
    """
    on = pd.get_dummies(coded["topic"]).groupby([coded["doc_id"], coded["block"]]).any()
    return on.rename(columns=str).reindex(_key(paragraphs), fill_value=False)


def from_coding(
    coding: pd.DataFrame, paragraphs: pd.DataFrame, topics: Sequence[str]
) -> pd.DataFrame:
    """Return a reader's coding in the form of `wide`; a paragraph not coded is on no topic.

    Parameters
    ----------
    coding, paragraphs : pandas.DataFrame
        `doc_id`, `line` and `topics`, separated by spaces; and those of the corpus.
    topics : sequence of str
        All topics of the codebook.

    Examples
    --------
    >>> coding = pd.DataFrame({"doc_id": ["a"], "line": [3], "topics": ["syria press"]})
    >>> story = pd.DataFrame({"doc_id": ["a"], "block": [0], "line_start": [3]})
    >>> from_coding(coding, story, ["press", "ukraine"]).values.tolist()
    [[True, False]]
    """
    named = coding.set_index(["doc_id", "line"])["topics"].fillna("").astype("str")
    lines = pd.MultiIndex.from_frame(paragraphs[["doc_id", "line_start"]])
    on = named.str.get_dummies(" ").reindex(index=lines, columns=list(topics), fill_value=0)
    return on.astype(bool).set_axis(_key(paragraphs))


def read(coding: pd.DataFrame, paragraphs: pd.DataFrame, topics: Sequence[str]) -> pd.DataFrame:
    """Return a reader's coding in the form of `code`, to be counted in its place.

    Parameters
    ----------
    coding, paragraphs, topics : pandas.DataFrame, sequence of str
        As for `from_coding`.

    Returns
    -------
    pandas.DataFrame
        One row a paragraph and topic, in page order: `doc_id`, `block`, `topic` (categorical, in
        the order of the codebook).

    Examples
    --------
    >>> coding = pd.DataFrame({"doc_id": ["a"], "line": [3], "topics": ["syria press"]})
    >>> story = pd.DataFrame({"doc_id": ["a"], "block": [0], "line_start": [3]})
    >>> read(coding, story, ["press", "syria"]).values.tolist()
    [['a', 0, 'press'], ['a', 0, 'syria']]
    """
    on = from_coding(coding, paragraphs, topics).rename_axis(columns="topic").stack()
    table = on[on].index.to_frame(index=False)
    return table.astype({"topic": pd.CategoricalDtype([*topics])})


def _key(paragraphs: pd.DataFrame) -> pd.MultiIndex:
    return pd.MultiIndex.from_frame(paragraphs[["doc_id", "block"]])


def evaluate(coding: pd.DataFrame, paragraphs: pd.DataFrame, coded: pd.DataFrame) -> pd.DataFrame:
    """Compare a dictionary with a reader's coding, as `usru.analysis.agreement.by_label` does.

    Parameters
    ----------
    coding, paragraphs, coded : pandas.DataFrame
        As for `from_coding` and `wide`; nothing coded gives no rows.

    Examples
    --------
    >>> from usru import load
    >>> corpus = load()
    >>> table = evaluate(corpus.coding("topics"), corpus.paragraphs, corpus.topics)
    >>> table.set_index("label")["recall"].round(2)["syria"].item()
    0.83
    """
    reference = from_coding(coding, paragraphs, coded["topic"].cat.categories)
    table = agreement.by_label(reference, wide(coded, paragraphs))
    return table if len(coding) else table.iloc[:0]


# What the topics tell --------------------------------------------------------------------------


def coverage(
    paragraphs: pd.DataFrame, coded: pd.DataFrame, by: str = "doc_id", intervals: bool = True
) -> pd.DataFrame:
    """Return how much room each topic is given.

    Parameters
    ----------
    paragraphs, coded : pandas.DataFrame
        As for `wide`; paragraphs with `words` and the column `by`.
    by : str
        What the shares are of: any column of the paragraphs, as ``"doc_id"``, ``"meeting"``,
        ``"outlet"``; those in which it is missing are a unit of their own.
    intervals : bool
        Whether to say how sure the shares are, which costs nearly all of the time.

    Returns
    -------
    pandas.DataFrame
        One row a unit and topic: `by`, `topic` (categorical), `share` (of the unit's words, in [0,
        1]) and `low`, `high`, its 95% bootstrap interval, as `usru.analysis.uncertainty.means`
        gives it: over the documents of a unit that has a dozen or more, else over paragraphs
        within documents; missing without `intervals`. A paragraph on two topics counts for both, so
        shares do not add up to 1.

    Examples
    --------
    >>> from usru import load
    >>> shares = coverage(load().paragraphs, load().topics).set_index(["doc_id", "topic"])["share"]
    >>> round(float(shares["moscow-econotimes", "syria"]), 2)
    0.29
    """
    on = wide(coded, paragraphs).reset_index(drop=True)
    unit, names = pd.factorize(paragraphs[by], use_na_sentinel=False)
    words = paragraphs["words"].reset_index(drop=True)
    if intervals:
        stories = pd.Series(pd.factorize(paragraphs["doc_id"])[0])
        units = words.groupby(unit).indices.values()
        each = [means(on.iloc[rows], words.iloc[rows], stories.iloc[rows]) for rows in units]
        numbers = np.concatenate([np.empty((0, 3)), *each])
    else:
        total = words.groupby(unit).sum()
        shares = on.mul(words, axis=0).groupby(unit).sum().div(total.where(total > 0), axis=0)
        numbers = np.full((shares.size, 3), np.nan)
        numbers[:, 0] = shares.to_numpy().ravel()
    table = pd.DataFrame(numbers, columns=["share", "low", "high"])
    table.insert(0, by, names.repeat(len(on.columns)))
    table.insert(1, "topic", np.tile(on.columns, len(names)))
    return table.astype({"topic": coded["topic"].dtype})


def paragraph_shares(
    paragraphs: pd.DataFrame, coded: pd.DataFrame, by: str = "meeting"
) -> pd.DataFrame:
    """Return how many paragraphs of each unit are on each topic.

    Parameters
    ----------
    paragraphs, coded : pandas.DataFrame
        As for `wide`; paragraphs with the column `by`, in which none is missing.
    by : str
        What the shares are of.

    Returns
    -------
    pandas.DataFrame
        One row a unit and topic: `by`, `topic` (categorical), `on` (paragraphs on it),
        `paragraphs` (of the unit), `share`, `share_low` and `share_high`, the ends of its 95%
        Wilson interval, which has a width also where no paragraph is on the topic.

    Examples
    --------
    >>> from usru import load
    >>> shares = paragraph_shares(load().paragraphs, load().topics).set_index(["meeting", "topic"])
    >>> shares.loc[("moscow", "press"), ["on", "paragraphs", "share_high"]].round(2).tolist()
    [0.0, 18.0, 0.18]
    """
    on = (
        wide(coded, paragraphs)
        .reset_index(drop=True)
        .groupby(paragraphs[by].to_numpy(), sort=False)
    )
    counts, sizes = on.sum(), on.size()
    table = pd.DataFrame({
        by: counts.index.repeat(len(counts.columns)),
        "topic": np.tile(counts.columns.astype("str"), len(counts)),
        "on": counts.to_numpy(dtype="int64").ravel(),
        "paragraphs": sizes.to_numpy(dtype="int64").repeat(len(counts.columns)),
    })  # fmt: skip
    table = with_intervals(table, "share", "on", "paragraphs")
    return table.astype({"topic": coded["topic"].dtype})


def compare(shares: pd.DataFrame, by: str = "meeting") -> pd.DataFrame:
    """Test for each topic whether two units differ in the share of their paragraphs on it.

    Parameters
    ----------
    shares : pandas.DataFrame
        As `paragraph_shares` gives it for the same `by`; more than `UNITS` units are an InputError.
    by : str
        The column that names the unit.

    Returns
    -------
    pandas.DataFrame
        One row a topic and pair of units, the smallest p-value first: `topic`, `one`, `other`,
        `on_one`, `of_one`, `on_other`, `of_other` (paragraphs), `pvalue` (Fisher's exact test,
        two-sided) and `adjusted`, by Holm for all topics and pairs together. A topic without any
        paragraph is not tested.

    Notes
    -----
    The test takes the paragraphs as independent of each other. Those of one story are not, and a
    meeting does not vary within its stories, so that a small p-value says how clearly these texts
    differ and nothing about others.

    Examples
    --------
    >>> from usru import load
    >>> nearest = compare(paragraph_shares(load().paragraphs, load().coded_topics)).iloc[0]
    >>> nearest[["topic", "one", "other"]].tolist(), round(nearest["adjusted"], 2).item()
    (['retaliation', 'bonn', 'manila'], 0.16)
    """
    from scipy.stats import fisher_exact

    _few(shares, by)
    rows = [
        (topic, one[by], other[by], one["on"], one["paragraphs"], other["on"], other["paragraphs"],
         fisher_exact([[unit["on"], unit["paragraphs"] - unit["on"]] for unit in (one, other)]).pvalue)
        for topic, own in shares.groupby("topic", observed=True) if own["on"].any()
        for one, other in combinations(own.to_dict("records"), 2)
    ]  # fmt: skip
    columns = ["topic", "one", "other", "on_one", "of_one", "on_other", "of_other", "pvalue"]
    table = pd.DataFrame(rows, columns=columns)
    table["adjusted"] = holm(table["pvalue"])
    return table.sort_values("pvalue", kind="stable", ignore_index=True)


def contrasts(shares: pd.DataFrame, paragraphs: pd.DataFrame) -> pd.DataFrame:
    """Return how far the stories of one meeting differ in the room that they give a topic.

    Parameters
    ----------
    shares : pandas.DataFrame
        As `coverage` gives it by ``"doc_id"``; intervals are not needed.
    paragraphs : pandas.DataFrame
        `doc_id` and `meeting`; a story without a meeting is left out.

    Returns
    -------
    pandas.DataFrame
        One row a pair of stories of one meeting and topic, the largest difference first: `meeting`,
        `topic`, `one`, `other` (stories, in page order), `share_one`, `share_other` and
        `difference`, of the first less the second.

    Examples
    --------
    >>> from usru import load
    >>> corpus = load()
    >>> shares = coverage(corpus.paragraphs, corpus.coded_topics, intervals=False)
    >>> contrasts(shares, corpus.paragraphs).iloc[0][["meeting", "topic"]].tolist()
    ['manila', 'sanctions']
    """
    stories = paragraphs[["doc_id", "meeting"]].drop_duplicates().dropna()
    _few(stories, "doc_id")
    of = shares.pivot_table("share", "topic", "doc_id", sort=False, observed=False)
    rows = [
        (meeting, topic, one, other, of.loc[topic, one], of.loc[topic, other])
        for meeting, own in stories.groupby("meeting", sort=False)
        for one, other in combinations(own["doc_id"], 2) for topic in of.index
    ]  # fmt: skip
    columns = ["meeting", "topic", "one", "other", "share_one", "share_other"]
    table = pd.DataFrame(rows, columns=columns)
    table["difference"] = table["share_one"] - table["share_other"]
    return table.sort_values(
        "difference", key=lambda by: -by.abs().round(9), kind="stable", ignore_index=True
    )


def cooccurrence(paragraphs: pd.DataFrame, coded: pd.DataFrame) -> pd.DataFrame:
    """Return how often two topics share a paragraph.

    Parameters
    ----------
    paragraphs, coded : pandas.DataFrame
        As for `wide`.

    Returns
    -------
    pandas.DataFrame
        One row a pair that meets, the most frequent first: `topic`, `other`, `paragraphs` (on
        both), `jaccard` (of those on either) and `expected`: on how many both would be if within
        each document neither heeded the other. Frequent topics meet often by that alone.

    Examples
    --------
    >>> from usru import load
    >>> cooccurrence(load().paragraphs, load().topics).iloc[0][["topic", "other"]].tolist()
    ['bilateral', 'ukraine']
    """
    on = wide(coded, paragraphs).astype("float64")
    meet = (on.T @ on).astype("int64")
    documents = on.groupby(level="doc_id", sort=False)
    sums = documents.sum()
    chance = sums.T @ sums.div(documents.size(), axis=0)
    rows = [
        (one, other, both, both / int(meet.loc[one, one] + meet.loc[other, other] - both),
         round(float(chance.loc[one, other]), 6))
        for one, other in combinations(on.columns, 2) for both in [int(meet.loc[one, other])] if both
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=["topic", "other", "paragraphs", "jaccard", "expected"])
    order = ["paragraphs", "jaccard"]
    return table.sort_values(order, ascending=False, kind="stable", ignore_index=True)


def similarity(shares: pd.DataFrame, by: str = "doc_id") -> pd.DataFrame:
    """Return how alike the agendas of stories, or of other units, are.

    Parameters
    ----------
    shares : pandas.DataFrame
        As `coverage` gives it for the same `by`; intervals are not needed.
    by : str
        The column that names the unit; more than `UNITS` are an InputError.

    Returns
    -------
    pandas.DataFrame
        Cosine of the coverage of two units, in [0, 1], units as rows and columns; missing
        where a unit has no topic at all.

    Examples
    --------
    >>> shares = {"doc_id": list("aabb"), "topic": list("psps"), "share": [0, 0.5, 0.3, 0.4]}
    >>> similarity(pd.DataFrame(shares)).loc["a", "b"].item()
    0.8
    """
    from sklearn.metrics.pairwise import cosine_similarity

    _few(shares, by)
    table = shares.pivot_table("share", by, "topic", sort=False, observed=False)
    others, some = table.index.rename("other"), table.any(axis=1)
    cosine = pd.DataFrame(cosine_similarity(table).round(6), table.index, others)
    return cosine.where(some, axis=0).where(some.rename_axis("other"), axis=1)


def _few(table: pd.DataFrame, by: str) -> None:
    n = table[by].nunique()
    if n > UNITS:
        mend = 'group them first, as with by="outlet" or a column of your own'
        raise InputError(f"what is compared by {by!r}", f"it has {n} units, above {UNITS}", mend)


def keyness(
    sentences: pd.DataFrame, by: str = "meeting", least: int = 4, prior_words: int = 500,
    function_words: bool = False, *, hide: Mapping[str, Collection[str]] | None = None,
    stop_words: StopWords | None = None,
) -> pd.DataFrame:  # fmt: skip
    """Return the words that set the stories of one meeting apart.

    Parameters
    ----------
    sentences : pandas.DataFrame
        `text` and `by`; without the reused ones (`is_reused`) a shared sentence counts once.
    by : str
        What is set apart: ``"meeting"``, ``"outlet"``, ``"doc_id"``; more than `UNITS` are an
        InputError.
    least, prior_words : int
        How often a word must occur in all; the weight of the prior, in words.
    function_words : bool
        Whether to list such words as ``and`` too, which tell of style and not of matter; they count
        in any case.
    hide : mapping of str to collection of str, optional
        Words, in lower case, that are not listed for a unit, as its own place (`place_names`); they
        count in any case.
    stop_words : StopWords, optional
        What is a function word: ``corpus.codebook.language.stop_words``, by default the shipped.

    Returns
    -------
    pandas.DataFrame
        One row a unit and word, the most characteristic first: `by`, `word`, `here`, `elsewhere`
        (counts), `log_odds` (weighted log-odds ratio against all other stories) and `z`.

    References
    ----------
    Monroe, B. L., Colaresi, M. P., & Quinn, K. M. (2008). Fightin' words. *Political Analysis*
    16(4), 372-403, equations 16, 18 and 22; the prior is the corpus itself.

    Examples
    --------
    >>> from usru import load
    >>> keyness(load().sentences).query("meeting == 'moscow'")["word"].head(3).tolist()
    ['investigation', 'hours', 'political']
    """
    counts = _word_counts(sentences, by)
    counts = counts[counts.sum(axis=1) >= least]
    columns = [by, "word", "here", "elsewhere", "log_odds", "z"]
    if counts.empty:
        return pd.DataFrame(columns=columns)
    total = counts.sum(axis=1)
    prior = total * (prior_words / total.sum())
    units = [unit for unit in sentences[by].drop_duplicates() if unit in counts.columns]
    tables = [
        _log_odds(counts[unit], total - counts[unit], prior).assign(**{by: unit})
        .reset_index().sort_values(["z", "word"], ascending=[False, True])
        for unit in units
    ]  # fmt: skip
    table = pd.concat(tables, ignore_index=True)[columns]
    if not function_words:
        table = table[~table["word"].isin(_stop_words(stop_words))]
    hidden = [
        word in (hide or {}).get(unit, ())
        for unit, word in zip(table[by], table["word"], strict=True)
    ]
    return table[~np.array(hidden, dtype="bool")].reset_index(drop=True)


def _stop_words(given: StopWords | None) -> frozenset[str]:
    return (given or codebook.read().language.stop_words).all()


def place_names(meetings: pd.DataFrame) -> dict[str, set[str]]:
    """Return the words of the town of each meeting, which its stories name whatever they tell.

    Parameters
    ----------
    meetings : pandas.DataFrame
        `meeting` and `place`, as `usru.corpus.Corpus.meetings`.

    Examples
    --------
    >>> from usru import load
    >>> sorted(place_names(load().meetings)["bonn"])
    ['bonn']
    """
    towns = meetings["place"].fillna("").astype("str").str.split(",").str[0]
    words = towns.str.lower().str.findall(r"[^\W\d_]{3,}")
    return {str(name): set(own) for name, own in zip(meetings["meeting"], words, strict=True)}


def top_words(
    sentences: pd.DataFrame, by: str = "meeting", n: int = 5, priors: Sequence[int] = PRIORS,
    *, hide: Mapping[str, Collection[str]] | None = None, stop_words: StopWords | None = None,
) -> pd.DataFrame:  # fmt: skip
    """Return the words that `keyness` puts first for each unit, under several priors.

    Parameters
    ----------
    sentences, by : pandas.DataFrame, str
        As for `keyness`.
    n : int
        How many words of each unit.
    priors : sequence of int
        The weights of the prior, in words. Nothing in the texts says which is right.
    hide, stop_words : optional
        As for `keyness`.

    Returns
    -------
    pandas.DataFrame
        One row a prior, unit and word, the most characteristic first: `prior`, `by`, `word` and
        `stays`, whether the word is among the first `n` of its unit under every prior.

    Examples
    --------
    >>> from usru import load
    >>> words = top_words(load().sentences, n=2, priors=(10, 500)).query("meeting == 'moscow'")
    >>> words[["prior", "word"]].values.tolist()
    [[10, 'syria'], [10, 'relations'], [500, 'investigation'], [500, 'hours']]
    """
    tables = []
    for prior in priors:
        words = keyness(sentences, by, prior_words=prior, hide=hide, stop_words=stop_words)
        tables.append(words[words["z"] > 0].groupby(by, sort=False).head(n).assign(prior=prior))
    table = pd.concat(tables, ignore_index=True)[["prior", by, "word"]]
    often = table.groupby([by, "word"])["prior"].transform("size")
    return table.assign(stays=often == len(tables))


def _word_counts(sentences: pd.DataFrame, by: str) -> pd.DataFrame:
    """How often each word of three letters or more (rows) occurs in each unit (columns)."""
    from scipy.sparse import coo_array
    from sklearn.feature_extraction.text import CountVectorizer

    _few(sentences, by)
    known = sentences.dropna(subset=by)
    unit, names = pd.factorize(known[by])
    vectorizer = CountVectorizer(token_pattern=r"[^\W\d_]{3,}")
    try:
        counts = vectorizer.fit_transform(known["text"])
    except ValueError:  # there is no word
        return pd.DataFrame(columns=names)
    shape = len(names), len(known)
    sums = coo_array((np.ones(len(known), dtype="int64"), (unit, np.arange(len(known)))), shape)
    words = pd.Index(vectorizer.get_feature_names_out(), name="word", dtype="str")
    return pd.DataFrame((sums.tocsr() @ counts).toarray().T, words, names)


def _log_odds(here: pd.Series, there: pd.Series, prior: pd.Series) -> pd.DataFrame:
    total = prior.sum()

    def logit(count: pd.Series) -> pd.Series:
        return np.log((count + prior) / (count.sum() + total - count - prior))

    difference = logit(here) - logit(there)
    variance = 1 / (here + prior) + 1 / (there + prior)
    z = (difference / np.sqrt(variance)).round(4)
    columns = {"here": here, "elsewhere": there, "log_odds": difference.round(6), "z": z}
    return pd.DataFrame(columns)


def groups(
    paragraphs: pd.DataFrame, coded: pd.DataFrame, n: int = 8, stop_words: StopWords | None = None
) -> pd.DataFrame:
    """Group paragraphs by their words alone, without a dictionary.

    Parameters
    ----------
    paragraphs, coded : pandas.DataFrame
        As for `wide`; the topics serve to say afterwards what a group is about.
    n : int
        How many groups; fewer when there are fewer paragraphs.
    stop_words : StopWords, optional
        As for `keyness`.

    Returns
    -------
    pandas.DataFrame
        One row a group, the largest first: `group`, `paragraphs`, `words` (the five that weigh
        most), `topic` (the one most over-represented) and `share` of the group's paragraphs on it.
        Average linkage on the cosine of tf-idf vectors, which involves no chance. Of more than
        `GROUPED` paragraphs that many are grouped, evenly spread over all; how many there are in
        all is ``attrs["of"]`` of the table.

    Examples
    --------
    >>> from usru import load
    >>> groups(load().paragraphs, load().topics).iloc[0]["words"]
    'russian meeting lavrov foreign tillerson'
    """
    from sklearn.cluster import AgglomerativeClustering
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.metrics.pairwise import cosine_distances

    columns = ["group", "paragraphs", "words", "topic", "share"]
    of, sample = len(paragraphs), min(len(paragraphs), GROUPED)
    paragraphs = paragraphs.iloc[np.arange(sample) * of // max(sample, 1)]
    n = min(n, sample)
    if n < 2:
        return pd.DataFrame(columns=columns)
    vectorizer = TfidfVectorizer(
        stop_words=sorted(_stop_words(stop_words)), min_df=2, sublinear_tf=True
    )
    try:
        vectors = vectorizer.fit_transform(paragraphs["text"])
    except ValueError:  # no word occurs in two paragraphs
        return pd.DataFrame(columns=columns)
    clusters = AgglomerativeClustering(n_clusters=n, metric="precomputed", linkage="average")
    names = clusters.fit_predict(cosine_distances(vectors))  # without a shared word alike to none
    on = wide(coded, paragraphs).reset_index(drop=True)
    vocabulary = vectorizer.get_feature_names_out()
    rows = []
    for name in range(n):
        inside = names == name
        weight = pd.Series(np.ravel(vectors[inside].mean(axis=0)).round(9), index=vocabulary)
        top = weight.sort_index().sort_values(ascending=False, kind="stable").index[:5]
        share = on[inside].mean()
        best = (share - on.mean()).round(9).idxmax()
        topic = best if share[best] > 0 else "no topic"
        rows.append((int(inside.sum()), " ".join(top), topic, round(float(share[best]), 3)))
    rows.sort(key=lambda row: (-row[0], row[1]))
    table = pd.DataFrame([(i, *row) for i, row in enumerate(rows)], columns=columns)
    table.attrs["of"] = of
    return table
