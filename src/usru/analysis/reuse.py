"""Passages that texts share: which words stand in one story and again in another.

Seed and extend, as in the search for homologous sequences (Altschul et al. 1990) and for reprints
in newspapers (Smith, Cordell and Mullen 2015): runs of a few words that two texts have in common
are seeds; seeds that follow each other on both sides are chained over small gaps; a chain of enough
words is a shared passage, aligned with offsets on both sides.

References
----------
Altschul, S. F., et al. (1990). Basic local alignment search tool. *Journal of Molecular Biology*
215(3), 403-410.
Smith, D. A., Cordell, R., & Mullen, A. (2015). Computational methods for uncovering reprinted texts
in antebellum newspapers. *American Literary History* 27(3), E1-E15.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from usru.corpus import Corpus
from usru.text.blocks import clean

__all__ = ["differences", "find", "retold"]

SEED = 4
"""Words in a row that two texts must share to be compared at all."""

EARLIER = 8
"""Earlier texts that a seed is compared with: the first that hold it, so that cost stays linear."""

GAP = 5
"""Words that may differ between two seeds of one passage, on either side."""

LEAST = 6
"""Words that a passage must share, names and titles not counted."""

COLUMNS = [
    "group", "kind", "similarity",
    "doc_id", "block", "start", "end", "text", "told_by",
    "again_doc_id", "again_block", "again_start", "again_end", "again_text", "again_by",
]  # fmt: skip

_STOP = re.compile(r"[.!?]")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@dataclass(frozen=True)
class _Text:
    """A paragraph or a comment: whose, where, and its words with their places."""

    doc_id: str
    block: int
    told_by: str  # "story" or the pseudonym of a reader
    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    plain: tuple[bool, ...]  # not written like a name
    stops: tuple[bool, ...]  # a sentence ends behind the word


class _Match(NamedTuple):
    """A passage of words first..last of one text, told again in another."""

    first: int
    last: int
    again_first: int
    again_last: int


def find(corpus: Corpus, least: int = LEAST) -> pd.DataFrame:
    """Find the passages that stories share with each other and with readers' comments.

    Parameters
    ----------
    corpus : Corpus
        Any corpus; documents tell in the order of their publication, ties in
        the manifest's order, and comments after all stories.
    least : int
        Words that a passage must share at least; words that are written like
        names do not count, so that a title and a name are no passage.

    Returns
    -------
    pandas.DataFrame
        One row for each passage and each text that tells it again: `group`
        (the same for all tellings of one passage, from 0), `kind`
        (``"verbatim"``: the same words, letter case and signs aside;
        ``"requoted"``: a quotation on both sides, introduced in other words;
        ``"near"`` otherwise), `similarity` in (0, 1] (share of words that both
        have in the same order, of all words), then for the earlier telling
        and, with the prefix `again_`, for the later one: `doc_id`, `block`,
        `start` and `end` (half-open offsets in the raw text), `text`, and
        `told_by` / `again_by` (``"story"``, or the pseudonym of a reader).
        Ordered by the earlier telling's place.

    Notes
    -----
    Linear in the length of the texts: a seed is compared with the first eight
    texts that hold it. Similarity is the normalised indel similarity of the
    words, by rapidfuzz.

    Examples
    --------
    >>> from usru import load
    >>> shared = find(load())
    >>> shared.loc[shared["again_by"] == "story", "kind"].unique().tolist()
    ['near', 'verbatim', 'requoted']
    """
    texts = list(_texts(corpus))
    matches = list(_matches(texts, least))
    quoted = _quoted(corpus)
    rows = [_row(corpus, texts[i], texts[j], match, quoted) for i, j, match in matches]
    table = pd.DataFrame(rows, columns=COLUMNS).assign(group=_groups(rows))
    dtypes = {name: "int64" for name in COLUMNS if name.endswith(("block", "start", "end"))}
    dtypes |= {"group": "int64", "similarity": "float64"}
    return table.astype(dtypes | {name: "str" for name in COLUMNS if name not in dtypes})


def retold(corpus: Corpus, share: float = 0.8) -> pd.Series:
    """Say of each sentence whether an earlier story told it already.

    Parameters
    ----------
    corpus : Corpus
        Any corpus.
    share : float
        Share of a sentence's characters, between 0 and 1, that must lie in
        passages of an earlier story.

    Returns
    -------
    pandas.Series of bool
        Aligned with ``corpus.sentences``: False for a first telling, so that
        what is False counts each shared passage once.

    Examples
    --------
    >>> from usru import load
    >>> 0 < int(retold(load()).sum()) < 10
    True
    """
    passages = find(corpus)
    passages = passages[(passages["told_by"] == "story") & (passages["again_by"] == "story")]
    again: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for row in passages.itertuples():
        again.setdefault((row.again_doc_id, row.again_block), []).append(
            (row.again_start, row.again_end)
        )
    sentences = corpus.sentences
    flags = [
        _covered(row.start, row.end, again.get((row.doc_id, row.block), [])) >= share
        for row in sentences.itertuples()
    ]
    return pd.Series(flags, index=sentences.index, dtype=bool, name="retold")


def differences(text: str, again: str) -> list[tuple[str, str, str]]:
    """Align two tellings word by word.

    Parameters
    ----------
    text, again : str
        The earlier and the later telling.

    Returns
    -------
    list of tuple of str
        ``(what, words, other)``: ``"same"``, ``"changed"``, ``"left out"`` or
        ``"added"``, the words of the first telling and those of the second;
        read in order, either side gives its telling back, white space aside.

    Examples
    --------
    >>> differences("the Russian minister asked", "the Russian top diplomat asked")[1]
    ('changed', 'minister', 'top diplomat')
    """
    from rapidfuzz.distance import Levenshtein

    here, there = text.split(), again.split()
    names = {"equal": "same", "replace": "changed", "delete": "left out", "insert": "added"}
    steps = Levenshtein.opcodes([_plain(w) for w in here], [_plain(w) for w in there])
    merged: list[tuple[str, list[str], list[str]]] = []
    for step in steps:
        what = names[step.tag]
        left, right = here[step.src_start : step.src_end], there[step.dest_start : step.dest_end]
        if merged and what != "same" != merged[-1][0]:
            merged[-1] = "changed", merged[-1][1] + left, merged[-1][2] + right
        else:
            merged.append((what, left, right))
    return [(_kind(what, a, b), " ".join(a), " ".join(b)) for what, a, b in merged]


def _kind(what: str, here: list[str], there: list[str]) -> str:
    return (
        what if what == "same" else "changed" if here and there else "left out" if here else "added"
    )


def _plain(word: str) -> str:
    return re.sub(r"\W", "", word).lower() or word


# Seeds and chains ----------------------------------------------------------------------------


def _texts(corpus: Corpus) -> Iterator[_Text]:
    order = corpus.documents.sort_values("published", kind="stable")["doc_id"]
    stories = dict(tuple(corpus.paragraphs.groupby("doc_id", sort=False)))
    for doc_id in order:
        for row in stories[doc_id].itertuples():
            yield _text(corpus, row, "story")
    for row in corpus.comments.itertuples():
        yield _text(corpus, row, row.commenter if isinstance(row.commenter, str) else "a reader")


def _text(corpus: Corpus, row: Any, told_by: str) -> _Text:
    raw = corpus.raw(row.doc_id)
    found = list(_WORD.finditer(raw, row.start, row.end))
    gaps = [raw[word.end() : after.start()] for word, after in pairwise(found)]
    return _Text(
        row.doc_id, row.block, told_by,
        tuple(word[0].lower().replace("’", "'") for word in found),
        tuple(word.start() for word in found), tuple(word.end() for word in found),
        tuple(word[0].islower() for word in found),
        (*(bool(_STOP.search(gap)) for gap in gaps), True)[: len(found)],
    )  # fmt: skip


def _matches(texts: list[_Text], least: int) -> Iterator[tuple[int, int, _Match]]:
    """Each chain of seeds between a text and an earlier one of another teller."""
    seen: dict[tuple[str, ...], list[tuple[int, int]]] = {}
    for j, text in enumerate(texts):
        seeds: dict[int, list[tuple[int, int]]] = {}
        own = [text.words[at : at + SEED] for at in range(len(text.words) - SEED + 1)]
        for at, words in enumerate(own):
            for i, place in seen.get(words, ()):
                if (texts[i].doc_id, texts[i].told_by) != (text.doc_id, text.told_by):
                    seeds.setdefault(i, []).append((place, at))
        for i, places in seeds.items():
            for found in _chains(places):
                match = _extended(texts[i], text, found)
                if _shared(texts[i], text, match) >= least:
                    yield i, j, match
        for at, words in enumerate(own):
            places_of = seen.setdefault(words, [])
            if len(places_of) < EARLIER:
                places_of.append((j, at))


def _chains(seeds: list[tuple[int, int]]) -> Iterator[_Match]:
    """Join seeds that follow each other on both sides within the gap that may differ."""
    chains: list[_Match] = []
    for place, at in sorted(seeds, key=lambda seed: (seed[1], seed[0])):
        for k in range(len(chains) - 1, max(-1, len(chains) - 1 - EARLIER), -1):
            last = chains[k]
            near = last.last - SEED < place <= last.last + 1 + GAP
            if near and at <= last.again_last + 1 + GAP and place >= last.first:
                chains[k] = _Match(
                    last.first, max(last.last, place + SEED - 1),
                    last.again_first, max(last.again_last, at + SEED - 1),
                )  # fmt: skip
                break
        else:
            chains.append(_Match(place, place + SEED - 1, at, at + SEED - 1))
    yield from chains


def _extended(here: _Text, there: _Text, match: _Match) -> _Match:
    """Carry a passage on, within its first and last sentence, to words that still agree."""
    forward = _furthest(
        _ahead(here, match.last, 1), _ahead(there, match.again_last, 1), here.words, there.words
    )
    back = _furthest(
        _ahead(here, match.first, -1), _ahead(there, match.again_first, -1), here.words, there.words
    )
    first, again_first = back or (match.first, match.again_first)
    last, again_last = forward or (match.last, match.again_last)
    return _Match(first, last, again_first, again_last)


def _ahead(text: _Text, at: int, step: int) -> list[int]:
    """The words of the same sentence within the gap that may differ."""
    ahead: list[int] = []
    while len(ahead) <= GAP:
        if text.stops[at if step > 0 else max(at - 1, 0)] or not 0 <= at + step < len(text.words):
            break
        at += step
        ahead.append(at)
    return ahead


def _furthest(
    here: list[int], there: list[int], words: tuple[str, ...], others: tuple[str, ...]
) -> tuple[int, int] | None:
    """The pair of equal words that lies furthest from the passage."""
    equal = [
        (a + b, i, j) for a, i in enumerate(here) for b, j in enumerate(there)
        if words[i] == others[j]
    ]  # fmt: skip
    return max(equal)[1:] if equal else None


def _shared(here: _Text, there: _Text, match: _Match) -> int:
    """Words that both tellings have, names not counted."""
    others = set(there.words[match.again_first : match.again_last + 1])
    span = range(match.first, match.last + 1)
    return sum(here.plain[i] and here.words[i] in others for i in span)


# Rows ----------------------------------------------------------------------------------------


def _row(
    corpus: Corpus,
    here: _Text,
    there: _Text,
    match: _Match,
    quoted: dict[tuple[str, int], list[tuple[int, int]]],
) -> dict[str, Any]:
    from rapidfuzz.distance import Indel

    start, end = here.starts[match.first], here.ends[match.last]
    again_start, again_end = there.starts[match.again_first], there.ends[match.again_last]
    similarity = Indel.normalized_similarity(
        here.words[match.first : match.last + 1],
        there.words[match.again_first : match.again_last + 1],
    )
    in_quotes = min(
        _covered(start, end, quoted.get((here.doc_id, here.block), [])),
        _covered(again_start, again_end, quoted.get((there.doc_id, there.block), [])),
    )
    kind = "requoted" if in_quotes >= 0.9 else "verbatim" if similarity == 1 else "near"
    return {
        "kind": kind, "similarity": round(similarity, 4),
        "doc_id": here.doc_id, "block": here.block, "start": start, "end": end,
        "text": clean(corpus.raw(here.doc_id)[start:end]), "told_by": here.told_by,
        "again_doc_id": there.doc_id, "again_block": there.block,
        "again_start": again_start, "again_end": again_end,
        "again_text": clean(corpus.raw(there.doc_id)[again_start:again_end]),
        "again_by": there.told_by,
    }  # fmt: skip


def _quoted(corpus: Corpus) -> dict[tuple[str, int], list[tuple[int, int]]]:
    """The spans of the quotations of each paragraph."""
    spans: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for row in corpus.quotations.itertuples():
        spans.setdefault((row.doc_id, row.block), []).append((row.start, row.end))
    return spans


def _covered(start: int, end: int, spans: Iterable[tuple[int, int]]) -> float:
    """Share of a span that lies in any of others."""
    inside = np.zeros(max(end - start, 1), dtype=bool)
    for first, last in spans:
        inside[max(first - start, 0) : max(last - start, 0)] = True
    return float(inside[: end - start].mean()) if end > start else 0.0


def _groups(rows: list[dict[str, Any]]) -> list[int]:
    """Number the tellings that overlap, directly or through others."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    ends = [
        (i, row[f"{side}doc_id"], row[f"{side}block"], row[f"{side}start"], row[f"{side}end"])
        for i, row in enumerate(rows) for side in ("", "again_")
    ]  # fmt: skip
    ends.sort(key=lambda one: (str(one[1]), *one[2:], one[0]))
    pairs, furthest = [], ends[:1]
    for one in ends[1:]:
        overlaps = one[1:3] == furthest[0][1:3] and one[3] < furthest[0][4]
        if overlaps:
            pairs.append((furthest[0][0], one[0]))
        if not overlaps or one[4] > furthest[0][4]:
            furthest = [one]
    n = len(rows)
    first, second = (list(side) for side in zip(*pairs, strict=True)) if pairs else ([], [])
    graph = coo_array((np.ones(len(pairs)), (first, second)), shape=(n, n))
    labels = connected_components(graph, directed=False)[1] if n else []
    numbers: dict[int, int] = {}
    return [numbers.setdefault(int(label), len(numbers)) for label in labels]
