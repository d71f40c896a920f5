"""Passages that texts share: which words of one story another one repeats.

Seed and extend, as in the search for homologous sequences (Altschul et al. 1990) and for reprints
in newspapers (Smith, Cordell and Mullen 2015): runs of a few words that two texts have in common
are seeds; seeds that follow each other on both sides are chained over small gaps; a chain of enough
words is a shared passage, aligned with offsets on both sides.
A parameter with the name of a frame of a corpus is that frame; `texts` are its pages by `doc_id`.

References
----------
Altschul, S. F., et al. (1990). Basic local alignment search tool. *Journal of Molecular Biology*
215(3), 403-410.
Smith, D. A., Cordell, R., & Mullen, A. (2015). Computational methods for uncovering reprinted texts
in antebellum newspapers. *American Literary History* 27(3), E1-E15.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby, pairwise, product
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from usru.text.lines import clean

__all__ = ["differences", "find", "is_reused"]

SEED = 4  # words in a row that two texts must share to be compared at all
EARLIER = 8  # texts that a seed is compared with: the first that hold it, so that cost stays linear
GAP = 5  # words that may differ between two seeds of one passage, on either side
LEAST = 6  # words that a passage must share, names and titles not counted

COLUMNS = [
    "group", "kind", "similarity", "doc_id", "block", "start", "end", "text", "told_by",
    "again_doc_id", "again_block", "again_start", "again_end", "again_text", "again_by",
]  # fmt: skip

_Spans = dict[tuple[str, int], list[tuple[int, int]]]
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
    """A passage of words first..last of one text that another repeats."""

    first: int
    last: int
    again_first: int
    again_last: int


def find(
    paragraphs: pd.DataFrame,
    comments: pd.DataFrame,
    quotations: pd.DataFrame,
    texts: Mapping[str, str],
    order: Sequence[str] | None = None,
    least: int = LEAST,
) -> pd.DataFrame:
    """Find the passages that stories share with each other and with readers' comments.

    Parameters
    ----------
    paragraphs, comments, quotations : pandas.DataFrame
        The frames of a corpus of those names.
    texts : mapping of str
        The frames of a corpus of those names, and its pages by `doc_id`.
    order : sequence of str, optional
        The stories in the order of publication; by default, that of `paragraphs`.
    least : int
        Words that a passage must share; those written like names do not count.

    Returns
    -------
    pandas.DataFrame
        One row a passage and text that repeats it, in page order: `group` (the same for all
        occurrences of one passage, from 0), `kind` (``"verbatim"``: the same words, letter case and
        signs aside; ``"requoted"``: a quotation on both sides, introduced in other words;
        ``"near"`` otherwise), `similarity` in (0, 1] (the normalised indel similarity of the
        words), then for the earlier occurrence and, with the prefix `again_`, for the later one:
        `doc_id`, `block`, `start` and `end` (half-open offsets in the raw text), `text`, and
        `told_by` / `again_by` (``"story"``, or the pseudonym of a reader).

    Examples
    --------
    >>> from usru import load
    >>> corpus = load()
    >>> shared = find(corpus.paragraphs, corpus.comments, corpus.quotations, corpus.texts)
    >>> shared.loc[shared["again_by"] == "story", "kind"].unique().tolist()
    ['near', 'verbatim', 'requoted']
    """
    stories = dict(tuple(paragraphs.groupby("doc_id", sort=False)))
    told = [
        _text(texts, row, "story")
        for doc_id in (stories if order is None else order) if doc_id in stories
        for row in stories[doc_id].itertuples()
    ]  # fmt: skip
    writers = comments["commenter"].fillna("a reader")
    told += map(partial(_text, texts), comments.itertuples(), writers)
    quoted = _by_block(quotations, "")
    rows = [_row(texts, told[i], told[j], match, quoted) for i, j, match in _matches(told, least)]
    table = pd.DataFrame(rows, columns=COLUMNS).assign(group=_groups(rows))
    dtypes = {name: "int64" for name in COLUMNS if name.endswith(("block", "start", "end"))}
    dtypes |= {"group": "int64", "similarity": "float64"}
    return table.astype(dtypes | {name: "str" for name in COLUMNS if name not in dtypes})


def is_reused(sentences: pd.DataFrame, passages: pd.DataFrame, share: float = 0.8) -> pd.Series:
    """Say of each sentence whether an earlier story has it already.

    Parameters
    ----------
    sentences, passages : pandas.DataFrame
        `doc_id`, `block`, `start`, `end`; and as `find` gives them.
    share : float
        How much of a sentence must lie in passages of an earlier story, between 0 and 1.

    Returns
    -------
    pandas.Series of bool
        Aligned with `sentences`; what is False counts each shared passage once.

    Examples
    --------
    >>> from usru import load
    >>> int(is_reused(load().sentences, load().reused).sum())
    8
    """
    stories = passages[(passages["told_by"] == "story") & (passages["again_by"] == "story")]
    again = _by_block(stories, "again_")
    rows = ((again.get((row.doc_id, row.block), []), row) for row in sentences.itertuples())
    flags = [_covered(row.start, row.end, spans) >= share for spans, row in rows]
    return pd.Series(flags, index=sentences.index, dtype=bool, name="reused")


def _by_block(table: pd.DataFrame, prefix: str) -> _Spans:
    """The spans of a table by document and block."""
    spans: _Spans = {}
    columns = (table[prefix + name] for name in ("doc_id", "block", "start", "end"))
    for doc_id, block, start, end in zip(*columns, strict=True):
        spans.setdefault((doc_id, block), []).append((start, end))
    return spans


def differences(text: str, again: str) -> list[tuple[str, str, str]]:
    """Align two versions of a passage word by word.

    Parameters
    ----------
    text, again : str
        The earlier and the later version.

    Returns
    -------
    list of tuple of str
        ``(what, words, other)``: ``"same"``, ``"changed"``, ``"left out"`` or ``"added"``, then the
        words of either version; each side, read in order, gives its version back, white space
        aside.

    Examples
    --------
    >>> differences("the Russian minister asked", "the Russian top diplomat asked")[1]
    ('changed', 'minister', 'top diplomat')
    """
    from rapidfuzz.distance import Levenshtein

    here, there = text.split(), again.split()
    steps = Levenshtein.opcodes([_plain(w) for w in here], [_plain(w) for w in there])
    found = []
    for same, alike in groupby(steps, key=lambda step: step.tag == "equal"):
        run = list(alike)
        left = " ".join(here[run[0].src_start : run[-1].src_end])
        right = " ".join(there[run[0].dest_start : run[-1].dest_end])
        changed = "changed" if left and right else "left out" if left else "added"
        found.append(("same" if same else changed, left, right))
    return found


def _plain(word: str) -> str:
    return re.sub(r"\W", "", word).lower() or word


# Seeds and chains ----------------------------------------------------------------------------


def _text(texts: Mapping[str, str], row: Any, told_by: str) -> _Text:
    raw = texts[row.doc_id]
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
    """Each chain of seeds between a text and an earlier one by somebody else."""
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


def _chains(seeds: list[tuple[int, int]]) -> list[_Match]:
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
    return chains


def _extended(here: _Text, there: _Text, match: _Match) -> _Match:
    """Carry a passage on, within its first and last sentence, to words that still agree."""
    first, again_first = _furthest(here, there, match.first, match.again_first, -1)
    last, again_last = _furthest(here, there, match.last, match.again_last, 1)
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


def _furthest(here: _Text, there: _Text, at: int, again: int, step: int) -> tuple[int, int]:
    """The pair of equal words that lies furthest from the passage, or its own end."""
    pairs = product(enumerate(_ahead(here, at, step)), enumerate(_ahead(there, again, step)))
    equal = [(a + b, i, j) for (a, i), (b, j) in pairs if here.words[i] == there.words[j]]
    return max(equal, default=(0, at, again))[1:]


def _shared(here: _Text, there: _Text, match: _Match) -> int:
    """Words that both versions have, names not counted."""
    others = set(there.words[match.again_first : match.again_last + 1])
    span = range(match.first, match.last + 1)
    return sum(here.plain[i] and here.words[i] in others for i in span)


# Rows ----------------------------------------------------------------------------------------


def _row(
    texts: Mapping[str, str], here: _Text, there: _Text, match: _Match, quoted: _Spans
) -> dict[str, Any]:
    from rapidfuzz.distance import Indel

    start, end = here.starts[match.first], here.ends[match.last]
    again_start, again_end = there.starts[match.again_first], there.ends[match.again_last]
    words = here.words[match.first : match.last + 1]
    others = there.words[match.again_first : match.again_last + 1]
    similarity = Indel.normalized_similarity(words, others)
    ends = (here, start, end), (there, again_start, again_end)
    in_quotes = min(_covered(a, b, quoted.get((t.doc_id, t.block), [])) for t, a, b in ends)
    kind = "requoted" if in_quotes >= 0.9 else "verbatim" if similarity == 1 else "near"
    return {
        "kind": kind, "similarity": round(similarity, 4),
        "doc_id": here.doc_id, "block": here.block, "start": start, "end": end,
        "text": clean(texts[here.doc_id][start:end]), "told_by": here.told_by,
        "again_doc_id": there.doc_id, "again_block": there.block,
        "again_start": again_start, "again_end": again_end,
        "again_text": clean(texts[there.doc_id][again_start:again_end]), "again_by": there.told_by,
    }  # fmt: skip


def _covered(start: int, end: int, spans: Iterable[tuple[int, int]]) -> float:
    """Share of a span that lies in any of others."""
    inside = np.zeros(max(end - start, 1), dtype=bool)
    for first, last in spans:
        inside[max(first - start, 0) : max(last - start, 0)] = True
    return float(inside[: end - start].mean()) if end > start else 0.0


def _groups(rows: list[dict[str, Any]]) -> list[int]:
    """Number the passages that overlap, directly or through others."""
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
