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
from typing import Any

from usru.analysis.tone.instruments import Steps, Term

__all__ = ["reasons", "score"]

_BACK, _AHEAD = 3, 2  # words that the rules reach


@cache
def _library() -> Any:
    from vaderSentiment import vaderSentiment

    return vaderSentiment


@cache
def _analyser() -> Any:
    """The library's analyser, which keeps what its rules hand on to each other."""

    class Analyser(_library().SentimentIntensityAnalyzer):  # type: ignore[misc]
        def _but_check(self, words: list[str], valences: list[float]) -> Any:
            self.words, self.before = words, list(valences)
            self.after = super()._but_check(words, valences)
            return self.after

        def score_valence(self, valences: list[float], plain: str) -> Any:
            self.plain = plain
            return super().score_valence(valences, plain)

    return Analyser()


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


def score(text: str) -> float:
    """What the library gives as compound."""
    text = _named(text)
    pieces = text.split()
    if not pieces:
        return 0.0
    words, low, listed, matters, capital = zip(*map(_word, pieces), strict=True)
    is_mixed = 0 < capital.count(True) < len(words)
    valences = [*listed]
    for i in compress(range(len(listed)), listed):
        near = slice(max(0, i - _BACK), i + _AHEAD + 1)
        if True in matters[near] or (is_mixed and capital[i]):
            valences[i] = _valence(words[near], min(i, _BACK), is_mixed)
    if "but" in low:
        _turn(valences, low.index("but"))
    total = float(sum(valences))
    if not total:
        return 0.0
    emphasis = _analyser()._punctuation_emphasis(text)
    normal: float = _library().normalize(total + emphasis if total > 0 else total - emphasis)
    return round(normal, 4)


def _valence(near: Sequence[str], i: int, is_mixed: bool) -> float:
    """What the library makes of a word, of which it need not see more than its neighbours."""
    if [word.lower() for word in near[i : i + 2]] == ["kind", "of"]:
        return 0.0
    seen = SimpleNamespace(words_and_emoticons=near, is_cap_diff=is_mixed)
    return float(_analyser().sentiment_valence(0, seen, near[i], i, [])[0])


def _turn(valences: list[float], but: int) -> None:
    """Halve what is before a *but* and raise what is behind, each time the first of equal ones."""
    places = defaultdict(list)
    for i in compress(range(len(valences)), valences):
        places[valences[i]].append(i)
    for i in compress(range(len(valences)), [*valences]):
        first = heappop(places[valences[i]])
        valences[first] *= 0.5 if first < but else 1.5 if first > but else 1.0
        heappush(places[valences[first]], first)


def reasons(text: str) -> tuple[list[Term], Steps]:
    """Let the library score the text, and find the words that it counted."""
    analyser = _analyser()
    analyser.polarity_scores(text)
    words, before, after = analyser.words, analyser.before, analyser.after
    # For the library an emoji is the words of its name.
    named = ((place, analyser.emojis.get(letter, letter)) for place, letter in enumerate(text))
    places = [place for place, name in named for part in name if not part.isspace()]
    terms, reached = [], 0
    for i, (token, word) in enumerate(zip(analyser.plain.split(), words, strict=True)):
        first = reached + token.find(word)
        reached += len(token)
        if not before[i]:
            continue
        start, end = places[first], places[first + len(word) - 1] + 1
        base = analyser.lexicon[word.lower()]
        negated = base * before[i] < 0
        others = [*_modifiers(words, i, negated), *["but"] * (after[i] != before[i])]
        terms.append(Term(start, end, text[start:end], base, after[i], negated, " ".join(others)))
    total = float(sum(after))
    emphasis = analyser._punctuation_emphasis(analyser.plain)
    emphatic = total + emphasis if total > 0 else total - emphasis if total < 0 else total
    normal = _library().normalize(emphatic)
    steps = [("sum of weights", total)]
    steps += [("away from 0 by ! and ?", emphatic)] if emphatic != total else []
    return terms, (*steps, ("x / sqrt(x² + 15)", normal), ("rounded to 4 digits", round(normal, 4)))


def _modifiers(words: list[str], i: int, negated: bool) -> list[str]:
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
    capitals = words[i].isupper() and _library().allcap_differential(words)
    return found + ["capitals"] * capitals
