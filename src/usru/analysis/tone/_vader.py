"""VADER's own numbers, to the last bit, in time that grows with the length of a text.

The library goes through the whole text for each of its words, though no rule reaches farther than
three words back and two ahead. Here it is asked about a word with those around it, and only where one
of them can matter; what it does with *but* and with exclamation marks comes after.
"""

from collections import defaultdict
from collections.abc import Sequence
from functools import cache, lru_cache
from heapq import heappop, heappush
from itertools import compress, pairwise
from types import SimpleNamespace
from typing import Any, NamedTuple

from usru.analysis.tone.instruments import Steps, Term

__all__ = ["reasons", "score"]

_BACK, _AHEAD = 3, 2  # words that the rules reach


@cache
def _library() -> Any:
    from vaderSentiment import vaderSentiment

    return vaderSentiment


@cache
def _analyser() -> Any:
    """The library's analyser."""
    return _library().SentimentIntensityAnalyzer()


@cache
def _mattering() -> frozenset[str]:
    """The words on which the library's rules turn, and of its phrases one word each."""
    phrases = [*_library().SPECIAL_CASES, *_library().BOOSTER_DICT]
    words = {max(phrase.split(), key=len) for phrase in phrases}
    return frozenset(words | {*_library().NEGATE, "no", "least", "so", "this", "kind"})


@lru_cache(maxsize=2**16)
def _word(piece: str) -> tuple[str, str, float, bool, bool]:
    """A word, also in lower case, its valence, whether rules turn on it, whether it is in capitals."""
    word = _library().SentiText._strip_punc_if_word(piece)
    low = word.lower()
    valence = 0.0 if low in _library().BOOSTER_DICT else _analyser().lexicon.get(low, 0.0)
    matters = low in _mattering() or "n't" in low
    return word, low, valence, matters, word.isupper()


def _named(text: str) -> str:
    """A text with the names of its emoji, apart from the word before."""
    names = _analyser().emojis
    if names.keys().isdisjoint(text):
        return text
    return "".join(
        " " * (sign in names and before != " ") + names.get(sign, sign)
        for before, sign in zip(" " + text, text, strict=False)
    )


class _Weighed(NamedTuple):
    """The words of a text with their valences, and with what *but* makes of these."""

    words: Sequence[str]
    valences: Sequence[float]
    turned: Sequence[float]
    is_mixed: bool  # whether some words are in capitals and others not


def _weighed(text: str) -> _Weighed:
    """What the words of a text weigh, its emoji named."""
    pieces = text.split()
    if not pieces:
        return _Weighed((), (), (), False)
    words, low, listed, matters, capital = zip(*map(_word, pieces), strict=True)
    is_mixed = 0 < capital.count(True) < len(words)
    valences = [*listed]
    for i in compress(range(len(listed)), listed):
        near = slice(max(0, i - _BACK), i + _AHEAD + 1)
        if True in matters[near] or (is_mixed and capital[i]):
            valences[i] = _valence(words[near], min(i, _BACK), is_mixed)
    turned = _turned(valences, low.index("but")) if "but" in low else valences
    return _Weighed(words, valences, turned, is_mixed)


def score(text: str) -> float:
    """What the library gives as compound."""
    text = _named(text)
    total = float(sum(_weighed(text).turned))
    if not total:
        return 0.0
    normal: float = _library().normalize(_emphatic(total, text))
    return round(normal, 4)


def _emphatic(total: float, text: str) -> float:
    """A sum that is not 0, with the emphasis of exclamation and question marks."""
    emphasis: float = _analyser()._punctuation_emphasis(text)
    return total + emphasis if total > 0 else total - emphasis


def _valence(near: Sequence[str], i: int, is_mixed: bool) -> float:
    """What the library makes of a word, of which it need not see more than its neighbours."""
    if [word.lower() for word in near[i : i + 2]] == ["kind", "of"]:
        return 0.0
    seen = SimpleNamespace(words_and_emoticons=near, is_cap_diff=is_mixed)
    return float(_analyser().sentiment_valence(0, seen, near[i], i, [])[0])


def _turned(valences: Sequence[float], but: int) -> list[float]:
    """Halve what is before a *but* and raise what is behind, each time the first of equal ones."""
    turned = [*valences]
    places = defaultdict(list)
    for i in compress(range(len(turned)), turned):
        places[turned[i]].append(i)
    for i in compress(range(len(turned)), valences):
        first = heappop(places[turned[i]])
        turned[first] *= 0.5 if first < but else 1.5 if first > but else 1.0
        heappush(places[turned[first]], first)
    return turned


def reasons(text: str) -> tuple[list[Term], Steps]:
    """Find the words that count, and what the library makes of their sum."""
    analyser, named = _analyser(), _named(text)
    words, valences, turned, is_mixed = _weighed(named)
    # For the library an emoji is the words of its name.
    spelt = ((place, analyser.emojis.get(letter, letter)) for place, letter in enumerate(text))
    places = [place for place, name in spelt for part in name if not part.isspace()]
    terms, reached = [], 0
    for i, (token, word) in enumerate(zip(named.split(), words, strict=True)):
        first = reached + token.find(word)
        reached += len(token)
        if not valences[i]:
            continue
        start, end = places[first], places[first + len(word) - 1] + 1
        base = analyser.lexicon[word.lower()]
        negated = base * valences[i] < 0
        others = _modifiers(words, i, negated, is_mixed)
        others += ["but"] * (turned[i] != valences[i])
        terms.append(Term(start, end, text[start:end], base, turned[i], negated, " ".join(others)))
    total = float(sum(turned))
    emphatic = _emphatic(total, named) if total else total
    normal = _library().normalize(emphatic)
    steps = [("sum of weights", total)]
    steps += [("away from 0 by ! and ?", emphatic)] if emphatic != total else []
    return terms, (*steps, ("x / sqrt(x² + 15)", normal), ("rounded to 4 digits", round(normal, 4)))


def _modifiers(words: Sequence[str], i: int, negated: bool, is_mixed: bool) -> list[str]:
    """The words around a word, and its own shape, that the library's rules heed."""
    lexicon, boosters = _analyser().lexicon, _library().BOOSTER_DICT
    around = [word.lower() for word in words[max(0, i - 3) : i + 3]]
    near = around[: min(i, 3)]
    found = [word for word in near if word in boosters and word not in lexicon]
    found += ["-".join(two) for two in pairwise(near) if " ".join(two) in boosters]
    if negated:
        found += [word for word in near if _library().negated([word]) or word in ("no", "least")]
    idioms = _library().SPECIAL_CASES if i > 2 else ()
    found += [idiom.replace(" ", "-") for idiom in idioms if idiom in " ".join(around)]
    return found + ["capitals"] * (words[i].isupper() and is_mixed)
