"""TextBlob's own numbers, to the last bit, in time that grows with the length of a text.

The library cuts a text into tokens, joins those of an emoticon, and averages the words that its list
knows, each as the modifier or negation before it changes it. Here what a piece between white space
does to a score is found once and kept, as news has few words; only where an emoticon can reach over
two pieces is a text cut as a whole. List, marks, abbreviations and emoticons are the library's.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, reduce
from itertools import combinations, pairwise
from operator import add
from typing import Any

from usru.analysis.tone.instruments import Steps, Term

__all__ = ["reasons", "score", "tokens"]

# A word of three signs or more, with no mark around it that matters.
_PLAIN = re.compile(r"[“‘\"]*([^\W_][^“”‘’'\"]+[^\W_])(?:[’']s)?[”’\".,;:]*\Z")
_QUOTE = re.compile("([“”‘’'\"])")
_BLANK_LINE = re.compile(r"\n{2,}")
_MARK = re.compile(r"\.{3,}|.")

_KEPT = 2**19  # characters of pieces, so that memory stays the same over millions of texts

# What a token is, its polarity, subjectivity and intensity, whether it modifies the next (1, or 2 for
# a word in -ly), and the signs behind which it can be part of an emoticon.
_Step = tuple[int, float, float, float, int, frozenset[str]]
_LISTED, _EMOTICON, _DENIAL, _SHOUT, _SHORT, _LONG, _PART = range(7)


def _step(
    kind: int,
    numbers: Iterable[float] = (0.0, 0.0, 1.0),
    modifies: int = 0,
    behind: frozenset[str] = frozenset(),
) -> _Step:
    polarity, subjectivity, intensity = numbers
    return (kind, polarity, subjectivity, intensity, modifies, behind)


class _Library:
    """What is read from TextBlob: how it cuts a text, and what it knows of a token."""

    def __init__(self) -> None:
        from textblob import _text as text
        from textblob.en import sentiment

        self.end, self.contractions = text.EOS, text.replacements.items()
        self.marks, self.leading = text.PUNCTUATION, text.PUNCTUATION.replace(".", "")
        self.abbreviations = text.ABBREVIATIONS
        self.abbreviation = (text.RE_ABBR1, text.RE_ABBR2, text.RE_ABBR3)
        self.stops = {".", "...", "!", "?", self.end}
        self.closing = self.stops | {"”", "’", ")"}
        self.sarcasm, self.emoticon = text.RE_SARCASM, text.RE_EMOTICONS
        moods = [(one, worth) for (_, worth), ones in text.EMOTICONS.items() for one in ones]
        self.inner = _inner([one for one, _ in moods] + ["(!)"])
        # Of a word that is not listed, one of two letters ends a negation, a longer one all.
        self.short, self.long = _step(_SHORT), _step(_LONG)
        self.known = {
            one.lower(): _step(_EMOTICON, (worth, 1.0, 1.0))
            for one, worth in reversed(moods)
            if not one.lower().isalpha() and len(one) <= 5 and one.lower() not in self.marks
        }
        self.known |= {"!": _step(_SHOUT), "(!)": _step(_EMOTICON, (0.0, 1.0, 1.0))}
        self.known |= {one: _step(_DENIAL, modifies=len(one) > 2) for one in sentiment.negations}
        for word, tags in sentiment.items():
            modifies = any(tag in tags for tag in sentiment.modifiers)
            how = modifies * (1 + sentiment.modifier(word))
            self.known[word] = _step(_LISTED, tags[None], how)

    def tokens(self, text: str) -> list[str]:
        text = _BLANK_LINE.sub(f" {self.end} ", text.replace("\r\n", "\n"))
        return self.joined([token for piece in text.split() for token in self.cut(piece)])

    def cut(self, piece: str) -> Iterator[str]:
        """The tokens of a piece between white space."""
        if "'" in piece:
            for contraction, parted in self.contractions:
                piece = piece.replace(contraction, parted)
        for part in _QUOTE.sub(r" \1 ", piece).split():
            rest = part.lstrip(self.leading)
            yield from part[: len(part) - len(rest)]
            end = self._end(rest)
            if end:
                yield rest[:end]
            for marks in _MARK.findall(rest, end):
                yield marks[:3]

    def _end(self, rest: str) -> int:
        """Where a word ends, with the stop of an abbreviation."""
        end = last = len(rest.rstrip(self.marks))
        while rest.startswith("|", last):  # a consonant, in the abbreviations of the library
            last += 1
        if not rest.startswith(".", last) or rest.startswith("...", last):
            return end
        word = rest[: last + 1]
        found = word in self.abbreviations or any(one.match(word) for one in self.abbreviation)
        return last + 1 if found else end

    def joined(self, cut: list[str]) -> list[str]:
        """Tokens without the ends of paragraphs, those of an emoticon in one sentence as one."""
        parted = (before[-1] in self.inner.get(token, "") for before, token in pairwise(cut))
        if self.end not in cut and not any(parted):
            return cut
        found, stopped = [], False
        for token in cut:
            if stopped and token not in self.closing:
                found.append("\n")
            stopped = token in (self.closing if stopped else self.stops)
            if token != self.end:
                found.append(token)
        text: str = self.sarcasm.sub("(!)", " ".join(found))
        text = self.emoticon.sub(lambda one: one[1].replace(" ", "") + one[2], text)
        return text.split()

    def steps(self, tokens: Iterable[str]) -> list[_Step]:
        """What tokens do to a score."""
        found = []
        for token in map(str.lower, tokens):
            step = self.known.get(token)
            if (step is None or step[0] == _EMOTICON) and len(token) > 1:
                found.append(self.long if len(token) > 2 else self.short)
            if step is not None:
                found.append(step)
        return found


def _inner(emoticons: Iterable[str]) -> dict[str, frozenset[str]]:
    """What a token can be inside an emoticon, and the signs before it there."""
    found: dict[str, set[str]] = {}
    for one in emoticons:
        for first, last in combinations(range(1, len(one) + 1), 2):
            found.setdefault(one[first:last], set()).add(one[first - 1])
    return {token: frozenset(before) for token, before in found.items()}


class _Pieces(dict[str, Sequence[_Step] | None]):
    """What each piece between white space does to a score; None for a word that is not listed."""

    def __init__(self) -> None:
        self.library, self.size = _Library(), 0

    def __missing__(self, piece: str) -> Sequence[_Step] | None:
        if self.size > _KEPT:
            self.clear()
            self.size = 0
        self.size += len(piece)
        self[piece] = found = self._found(piece)
        return found

    def _found(self, piece: str) -> Sequence[_Step] | None:
        library, plain = self.library, _PLAIN.match(piece)
        if plain:
            step = library.known.get(plain[1].lower())
            if step is None:
                return None
            if step[0] == _LISTED and "." not in piece:
                return (step,)
        cut = [*library.cut(piece)]
        steps = library.steps(library.joined(cut))
        if cut and cut[0] in library.inner:
            steps.insert(0, _step(_PART, behind=library.inner[cut[0]]))
        return None if steps == [library.long] else steps


@cache
def _pieces() -> _Pieces:
    return _Pieces()


def tokens(text: str) -> list[str]:
    """Cut a text as the library does."""
    return _pieces().library.tokens(text)


def score(text: str) -> tuple[float, float]:
    """What `TextBlob(text).sentiment` is: the polarity and the subjectivity."""
    known, pieces = _pieces(), text.split()
    if known.library.end not in text:
        found: tuple[float, float] | None = _mean(map(known.__getitem__, pieces), pieces)
        if found:
            return found
    whole: tuple[float, float] = _mean([known.library.steps(known.library.tokens(text))], [])
    return whole


def _mean(found: Iterable[Sequence[_Step] | None], pieces: list[str]) -> Any:
    """The mean of the words that count; None where an emoticon can reach over two pieces."""
    n, total, total_subjectivity = 0, 0.0, 0.0
    polarity, subjectivity, intensity, turned = 0.0, 0.0, 1.0, False  # of the last that counts
    denied, modifies = False, 0  # whether the next one is, and how
    for place, steps in enumerate(found):
        if steps is None:
            denied, modifies = False, 0
            continue
        for kind, p, s, i, modifying, behind in steps:
            if kind == _SHORT:
                denied = False
            elif kind == _LONG:
                denied, modifies = False, 0
            elif kind <= _EMOTICON:
                if modifies and kind == _LISTED:
                    p, s = max(-1.0, min(p * intensity, 1.0)), max(-1.0, min(s * intensity, 1.0))
                else:
                    total += polarity * -0.5 if turned else polarity
                    total_subjectivity += subjectivity
                    n, turned = n + 1, False
                polarity, subjectivity, intensity = p, s, i
                if kind == _LISTED:
                    if denied:
                        intensity, turned = 1.0 / i, True
                    denied, modifies = False, modifying
            elif kind == _DENIAL:
                denied = modifies < 2  # behind a modifier in -ly it turns the word before
                turned = turned or not denied
                modifies = 0 if denied and modifying else modifies
            elif kind == _SHOUT:
                polarity = max(-1.0, min(polarity * 1.25, 1.0))
            elif place and pieces[place - 1][-1] in behind:
                return None
    total += polarity * -0.5 if turned else polarity
    return total / (n or 1), (total_subjectivity + subjectivity) / (n or 1)


# Reasons -----------------------------------------------------------------------------------------


class _Placed(str):
    """A token that knows where it is in the text."""

    span: tuple[int, int]


def _spans(cut: list[str], text: str) -> list[tuple[int, int]]:
    """Find tokens, in their order, in the text that they were cut from."""
    letters = enumerate(text)
    spans = []
    for token in cut:
        found = [next(place for place, other in letters if other == letter) for letter in token]
        spans.append((found[0], found[-1] + 1))
    return spans


def reasons(text: str) -> tuple[list[Term], Steps]:
    """Let the library assess tokens that keep their places."""
    from textblob.en import sentiment

    cut = tokens(text)
    words = [_Placed(token.lower()) for token in cut]
    for word, span in zip(words, _spans(cut, text), strict=True):
        word.span = span
    terms = []
    for chunk, weight, _, _ in sentiment.assessments((word, None) for word in words):
        known = [word for word in chunk if word in sentiment]
        head = known[-1] if known else chunk[0]
        start, end = head.span
        negated = any(word in sentiment.negations for word in chunk)
        base = sentiment[head][None][0] if known else weight
        others = " ".join(word for word in chunk if word is not head)
        terms.append(Term(start, end, text[start:end], base, weight, negated, others))
    total = reduce(add, (term.weight for term in terms), 0.0)
    mean = total / (len(terms) or 1)
    return terms, (("sum of weights", total), (f"divided by words that count, {len(terms)}", mean))
