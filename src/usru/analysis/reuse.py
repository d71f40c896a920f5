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
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, groupby, islice, pairwise, product
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from usru.text.lines import Reading, clean

__all__ = ["align", "differences", "find", "grouped", "is_reused", "shingles"]

REPEATED = {
    "verbatim": "word for word", "near": "reworded",
    "requoted": "the same quotation, introduced in other words",
}  # fmt: skip
"""What each kind of repetition is called where people read it."""

SEED = 4  # words in a row that two texts must share to be compared at all
EARLIER = 8  # places that a seed is compared with: the first that hold it, so that cost is linear
GAP = 5  # words that may differ between two seeds of one passage, on either side
LEAST = 6  # words that a passage must share, names and titles not counted
ROWS = 5000  # passages that become a frame together
AT_ONCE = 1000  # texts whose seeds are laid out together, so that memory is bounded

COLUMNS = [
    "group", "kind", "similarity", "doc_id", "block", "start", "end", "text", "told_by",
    "again_doc_id", "again_block", "again_start", "again_end", "again_text", "again_by",
]  # fmt: skip

_Spans = dict[tuple[str, int], list[tuple[int, int]]]
_STOP = re.compile(r"[.!?]")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


class _Text(NamedTuple):
    """A paragraph or a comment: whose, and where."""

    doc_id: str
    block: int
    start: int
    told_by: str  # "story" or the pseudonym of a reader


@dataclass(frozen=True)
class _Words:
    """The words of all texts, one after another; a place is an index into them.

    `first` has the places where the texts begin, and where the last ends; of each word there is a
    `number`, the same for equal words, since millions of strings would not fit into memory; its raw
    offsets; whether it is `plain`, not written like a name; and whether a sentence ends behind it.
    """

    texts: list[_Text] = field(default_factory=list)
    first: "array[int]" = field(default_factory=partial(array, "q", [0]))
    number: "array[int]" = field(default_factory=partial(array, "i"))
    start: "array[int]" = field(default_factory=partial(array, "i"))
    end: "array[int]" = field(default_factory=partial(array, "i"))
    plain: "array[int]" = field(default_factory=partial(array, "b"))
    stop: "array[int]" = field(default_factory=partial(array, "b"))


_Cut = Callable[[_Text, int, int], str]  # what is printed between two raw offsets


class _Match(NamedTuple):
    """A passage of places first..last of one text that another repeats."""

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
    told = _in_order(paragraphs, order)
    writers = [*["story"] * len(told), *comments["commenter"].fillna("a reader")]
    places = ["doc_id", "block", "start", "end"]
    rows = pd.concat([told[places], comments[places]])
    named = zip(*(rows[name] for name in places), writers, strict=True)
    words = _read(
        (_Text(doc_id, block, start, writer), texts[doc_id][start:end])
        for doc_id, block, start, end, writer in named
    )
    found = _matches(words, _seeds(words), least)
    return grouped(
        _table(words, found, lambda text, *span: texts[text.doc_id][slice(*span)], quotations)
    )


def align(pairs: pd.DataFrame, least: int = LEAST) -> pd.DataFrame:
    """Find the passages that pairs of paragraphs share.

    As `find` does, for paragraphs that something else has brought together; each pair by itself.

    Parameters
    ----------
    pairs : pandas.DataFrame
        `doc_id`, `block`, `start` (the paragraph's offset in the raw text) and `raw` (its raw
        text), and the same with the prefix `again_` of the later paragraph.
    least : int
        Words that a passage must share; those written like names do not count.

    Returns
    -------
    pandas.DataFrame
        As `find` gives it, without `group`, in the order of the later paragraphs among all that are
        named; `kind` is never ``"requoted"``, since no quotations are known.

    Examples
    --------
    >>> told = "They agreed to keep the old bridge open."
    >>> pair = {"doc_id": "a", "block": 0, "start": 0, "raw": told}
    >>> again = {"doc_id": "b", "block": 3, "start": 90, "raw": f"On Monday {told.lower()}"}
    >>> pairs = pd.DataFrame([pair | {f"again_{name}": value for name, value in again.items()}])
    >>> align(pairs)[["kind", "start", "end", "again_start", "again_end"]].values.tolist()
    [['verbatim', 0, 39, 100, 139]]
    """
    places = ["doc_id", "block", "start", "raw"]
    sides = [pairs[[side + name for name in places]] for side in ("", "again_")]
    told = pd.concat([side.set_axis(places, axis=1) for side in sides], ignore_index=True)
    number = pd.factorize(pd.MultiIndex.from_frame(told[places[:2]]))[0]
    told = told[~pd.Series(number).duplicated()]
    named = zip(*(told[name] for name in places), strict=True)
    raws: dict[_Text, str] = {
        _Text(doc_id, block, start, "story"): raw for doc_id, block, start, raw in named
    }
    words = _read(raws.items())
    found = _matches(words, [_seeds_of(words, *np.split(number, 2))], least)
    return _table(
        words, found, lambda text, *span: raws[text][slice(*(at - text.start for at in span))],
        told.iloc[:0].assign(end=0),
    )  # fmt: skip


def grouped(passages: pd.DataFrame) -> pd.DataFrame:
    """Number the passages that overlap, directly or through others.

    Parameters
    ----------
    passages : pandas.DataFrame
        As `find` or `align` gives them, without `group`.

    Returns
    -------
    pandas.DataFrame
        With `group` before the other columns, from 0 in the order of the rows.

    Examples
    --------
    >>> from usru import load
    >>> passages = load().reused
    >>> grouped(passages.drop(columns="group")).equals(passages)
    True
    """
    table = passages.copy()
    table.insert(0, "group", np.array(_groups(table), dtype="int64"))
    return table


def _table(
    words: _Words, matches: Iterable[tuple[int, int, _Match]], cut: _Cut, quotations: pd.DataFrame
) -> pd.DataFrame:
    """The rows of passages as a frame."""
    quoted = _by_block(quotations, "")
    rows = (_row(cut, words, *found, quoted) for found in matches)
    # As rows of Python a hundred thousand passages would take more memory than the texts.
    some = iter(lambda: [*islice(rows, ROWS)], [])
    return pd.concat([_typed([]), *map(_typed, some)], ignore_index=True)


def _typed(rows: Sequence[tuple[Any, ...]]) -> pd.DataFrame:
    """Rows as a frame with the dtypes of its columns."""
    dtypes = {name: "int64" for name in COLUMNS if name.endswith(("block", "start", "end"))}
    dtypes |= {name: "str" for name in COLUMNS[1:] if name not in dtypes} | {
        "similarity": "float64"
    }
    return pd.DataFrame(rows, columns=COLUMNS[1:]).astype(dtypes)


def _in_order(paragraphs: pd.DataFrame, order: Sequence[str] | None) -> pd.DataFrame:
    """The paragraphs, story by story."""
    stories = pd.Index(paragraphs["doc_id"].unique() if order is None else order)
    rank = stories.get_indexer(paragraphs["doc_id"])
    rows = np.argsort(rank, kind="stable")
    return paragraphs.iloc[rows[rank[rows] >= 0]]


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


# Words and seeds -----------------------------------------------------------------------------


def shingles(raw: str) -> list[str]:
    """Give the runs of words that are the seeds of shared passages.

    Parameters
    ----------
    raw : str
        A paragraph, as on its page.

    Returns
    -------
    list of str
        One for each word that three others follow, in the order of the text: the four in lower case
        with a space between them. Equal runs of two texts are equal strings.

    Examples
    --------
    >>> shingles("They kept the old bridge open.")
    ['they kept the old', 'kept the old bridge', 'the old bridge open']
    """
    lower = _compared(_spelled(raw)[0])
    return [" ".join(lower[i : i + SEED]) for i in range(len(lower) - SEED + 1)]


def _spelled(span: str) -> tuple[list[re.Match[str]], list[tuple[int, int]]]:
    """The words of a text as it is read, and where they stand in it as it is."""
    reading = Reading(span)
    if reading.is_worded_alike:
        found = list(_WORD.finditer(span))
        return found, [word.span() for word in found]
    found = list(_WORD.finditer(reading.text))
    return found, [reading.raw(*word.span()) for word in found]


def _compared(found: Iterable[re.Match[str]]) -> list[str]:
    """Words as they are compared: letter case and the shape of an apostrophe aside."""
    return [word[0].lower().replace("’", "'") for word in found]


def _read(texts: Iterable[tuple[_Text, str]]) -> _Words:
    """The words of paragraphs and comments, in the order in which they repeat each other."""
    words = _Words()
    known: dict[str, int] = {}
    for text, span in texts:
        found, spans = _spelled(span)
        gaps = [word.string[word.end() : after.start()] for word, after in pairwise(found)]
        words.texts.append(text)
        words.number.extend([known.setdefault(word, len(known)) for word in _compared(found)])
        words.start.extend([text.start + first for first, _ in spans])
        words.end.extend([text.start + last for _, last in spans])
        words.plain.extend([word[0].islower() for word in found])
        words.stop.extend([gap != " " and bool(_STOP.search(gap)) for gap in gaps])
        words.stop.extend([True] if found else [])
        words.first.append(len(words.number))
    return words


def _seeds(words: _Words) -> Iterator[tuple[Any, Any]]:
    """Pairs of places where the same seed begins, of the earlier and the later text by another.

    In the order of the later places, then of the earlier ones; some whole texts at a time.
    """
    first = np.array(words.first)
    of = np.repeat(np.arange(len(words.texts), dtype="int32"), np.diff(first))
    owner = pd.factorize(pd.Series([(text.doc_id, text.told_by) for text in words.texts]))[0]
    at, since, rank, earlier = _repeated(_numbered(words.number, SEED), of)
    for text in range(0, len(words.texts), AT_ONCE):
        ends = first[text], first[min(text + AT_ONCE, len(words.texts))]
        here = slice(*np.searchsorted(at, ends))
        nth = np.arange(EARLIER)
        before = nth < rank[here, None]
        places = earlier[since[here, None] + nth * before]
        by_another = owner[of[places]] != owner[of[at[here]]][:, None]
        row, column = np.nonzero(before & by_another)
        yield places[row, column], at[here][row]


def _seeds_of(words: _Words, texts: Any, again: Any) -> tuple[Any, Any]:
    """As `_seeds`, of pairs of texts, each by itself."""
    first = np.array(words.first)
    of = np.repeat(np.arange(len(words.texts)), np.diff(first))
    runs = _numbered(words.number, SEED)
    at = np.flatnonzero(of[: len(runs)] == of[SEED - 1 :][: len(runs)])
    seeds = pd.DataFrame({"text": of[at], "run": runs[at], "at": at})
    earlier = seeds[seeds.groupby(["text", "run"]).cumcount() < EARLIER]
    pairs = pd.DataFrame({"text": texts, "again": again})
    pairs = pairs[pairs["text"] != pairs["again"]].drop_duplicates()
    later = pairs.merge(seeds.rename(columns={"text": "again", "at": "again_at"}), on="again")
    both = later.merge(earlier, on=["text", "run"]).sort_values(["again_at", "at"])
    return both["at"].to_numpy(), both["again_at"].to_numpy()


def _numbered(numbers: "array[int]", n: int) -> Any:
    """A number for each run of `n` (a power of two) words, the same for equal runs."""
    runs = np.array(numbers, dtype="int32")
    for half in (1 << i for i in range(n.bit_length() - 1)):
        pairs = runs[:-half].astype("int64") << 32 | runs[half:]
        order = np.argsort(pairs, kind="stable")
        pairs = pairs[order]
        # As numpy.unique numbers them, in half of its memory.
        runs = np.zeros(len(pairs), dtype="int32")
        runs[order[1:]] = np.cumsum(pairs[1:] != pairs[:-1], dtype="int32")
    return runs


def _repeated(runs: Any, of: Any) -> tuple[Any, Any, Any, Any]:
    """Where runs begin that occur more than once, and for each where to find the earlier ones.

    All places, sorted; for each the index of its run's first place among the last array returned,
    and how many earlier ones it has there; that array, the places in the order of the runs.
    """
    at = np.flatnonzero(of[: len(runs)] == of[SEED - 1 :][: len(runs)]).astype("int32")
    at = at[(np.bincount(runs[at], minlength=1) > 1)[runs[at]]]
    order = np.argsort(runs[at], kind="stable")
    counts = np.unique(runs[at], return_counts=True)[1]
    since, rank = np.empty((2, len(at)), dtype="int32")
    since[order] = np.repeat(np.cumsum(counts) - counts, counts)
    rank[order] = np.arange(len(at))
    return at, since, rank - since, at[order]


# Chains --------------------------------------------------------------------------------------


def _matches(
    words: _Words, seeds: Iterable[tuple[Any, Any]], least: int
) -> Iterator[tuple[int, int, _Match]]:
    """Each chain of seeds between a text and another one."""
    first = np.array(words.first)
    for here, there in seeds:
        texts = [np.searchsorted(first, side, side="right") - 1 for side in (here, there)]
        pair = pd.factorize(texts[0] * len(first) + texts[1])[0]
        order = np.argsort(pair, kind="stable")
        for rows in np.split(order, np.flatnonzero(np.diff(pair[order])) + 1):
            for found in _chains(list(zip(here[rows].tolist(), there[rows].tolist(), strict=True))):
                match = _extended(words, found)
                if _shared(words, match) >= least:
                    yield int(texts[0][rows[0]]), int(texts[1][rows[0]]), match


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


def _extended(words: _Words, match: _Match) -> _Match:
    """Carry a passage on, within its first and last sentence, to words that still agree."""
    first, again_first = _furthest(words, match.first, match.again_first, -1)
    last, again_last = _furthest(words, match.last, match.again_last, 1)
    return _Match(first, last, again_first, again_last)


def _ahead(words: _Words, at: int, step: int) -> list[int]:
    """The places of the same sentence within the gap that may differ."""
    ahead: list[int] = []
    # A sentence ends behind the last word of each text, so that none is left.
    while len(ahead) <= GAP and not words.stop[at if step > 0 else at - 1]:
        at += step
        ahead.append(at)
    return ahead


def _furthest(words: _Words, at: int, again: int, step: int) -> tuple[int, int]:
    """The pair of equal words that lies furthest from the passage, or its own end."""
    pairs = product(enumerate(_ahead(words, at, step)), enumerate(_ahead(words, again, step)))
    equal = [(a + b, i, j) for (a, i), (b, j) in pairs if words.number[i] == words.number[j]]
    return max(equal, default=(0, at, again))[1:]


def _shared(words: _Words, match: _Match) -> int:
    """Words that both versions have, names not counted."""
    others = set(words.number[match.again_first : match.again_last + 1])
    span = range(match.first, match.last + 1)
    return sum(words.plain[i] and words.number[i] in others for i in span)


# Rows ----------------------------------------------------------------------------------------


def _row(
    cut: _Cut, words: _Words, here: int, there: int, match: _Match, quoted: _Spans
) -> tuple[Any, ...]:
    """A shared passage, as `find` gives it, less its group."""
    from rapidfuzz.distance import Indel

    first, last, again_first, again_last = match
    similarity = Indel.normalized_similarity(
        words.number[first : last + 1].tolist(), words.number[again_first : again_last + 1].tolist()
    )
    sides = [
        (words.texts[here], words.start[first], words.end[last]),
        (words.texts[there], words.start[again_first], words.end[again_last]),
    ]
    in_quotes = min(_covered(a, b, quoted.get(text[:2], [])) for text, a, b in sides)
    kind = "requoted" if in_quotes >= 0.9 else "verbatim" if similarity == 1 else "near"
    ends = (
        (text.doc_id, text.block, start, end, clean(cut(text, start, end)), text.told_by)
        for text, start, end in sides
    )
    return kind, round(similarity, 4), *chain.from_iterable(ends)


def _covered(start: int, end: int, spans: Iterable[tuple[int, int]]) -> float:
    """Share of a span that lies in any of others."""
    inside = np.zeros(max(end - start, 1), dtype=bool)
    for first, last in spans:
        inside[max(first - start, 0) : max(last - start, 0)] = True
    return float(inside[: end - start].mean()) if end > start else 0.0


def _groups(table: pd.DataFrame) -> list[int]:
    """Number the passages that overlap, directly or through others."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    ends = [
        (str(doc_id), block, start, end, i)
        for side in ("", "again_")
        for i, (doc_id, block, start, end) in enumerate(
            zip(*(table[side + name] for name in ("doc_id", "block", "start", "end")), strict=True)
        )
    ]
    ends.sort()
    pairs, furthest = [], ends[:1]
    for one in ends[1:]:
        overlaps = one[:2] == furthest[0][:2] and one[2] < furthest[0][3]
        if overlaps:
            pairs.append((furthest[0][4], one[4]))
        if not overlaps or one[3] > furthest[0][3]:
            furthest = [one]
    n = len(table)
    first, second = (list(side) for side in zip(*pairs, strict=True)) if pairs else ([], [])
    graph = coo_array((np.ones(len(pairs)), (first, second)), shape=(n, n))
    labels = connected_components(graph, directed=False)[1] if n else []
    return pd.factorize(labels)[0].tolist() if n else []
