"""How a text sounds to word lists: scores, why they are what they are, and what they miss.

An instrument is a published word list with its rules. Every number here is the instrument's own, to
the last bit; the libraries are imported when a score is first asked for. The word lists know words,
not what a story says: read their agreement with the hand coding before any score.
"""

import html
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from heapq import heappop, heappush
from itertools import groupby, pairwise, product
from types import SimpleNamespace
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from usru.analysis.uncertainty import (
    cliffs_delta,
    holm,
    permutation_test,
    weighted_difference,
    weighted_mean,
)
from usru.errors import InputError

__all__ = [
    "INSTRUMENTS",
    "Defect",
    "Explanation",
    "Instrument",
    "Term",
    "Verdict",
    "aggregate",
    "contrasts",
    "defects",
    "explain",
    "score",
    "score_each",
    "specifications",
    "verdict",
]


class Term(NamedTuple):
    """A word that made a score.

    `start` and `end` are its half-open offsets in the text, `base` what the list gives the word by
    itself, `weight` what it counts here, `negated` whether a negation turned or halved it, and
    `modifiers` what else changed its weight, separated by spaces.
    """

    start: int
    end: int
    text: str
    base: float
    weight: float
    negated: bool
    modifiers: str


Steps = tuple[tuple[str, float], ...]
"""How weights become a score: what is done, and the number after it."""


@dataclass(frozen=True)
class Defect:
    """A known way in which an instrument goes wrong.

    `example` is scored `scored`, which no reader would; `pattern` finds texts in which it can matter.
    """

    name: str
    what: str
    pattern: re.Pattern[str]
    example: str
    scored: float


@dataclass(frozen=True)
class Instrument:
    """A word list with its rules.

    `scorer` takes a text and returns polarity in [-1, 1] and subjectivity in [0, 1], the latter NaN
    without `has_subjectivity`. `explainer` takes a text and returns its terms and the steps from
    their weights to the polarity; an instrument without one cannot be asked why.
    """

    name: str
    title: str
    reference: str
    scorer: Callable[[str], tuple[float, float]]
    has_subjectivity: bool = False
    explainer: Callable[[str], tuple[list[Term], Steps]] | None = None
    defects: tuple[Defect, ...] = ()


# Scores ----------------------------------------------------------------------------------------

_LATIN = re.compile("[A-Za-z]")


def score(frame: pd.DataFrame, instrument: str = "textblob") -> pd.DataFrame:
    """Score the texts of a frame.

    Parameters
    ----------
    frame : pandas.DataFrame
        Any frame with a column `text` of strings; a text may be missing.
    instrument : str
        A key of `INSTRUMENTS`.

    Returns
    -------
    pandas.DataFrame
        A copy with `polarity`, float64 in [-1, 1], and, of an instrument that
        has it, `subjectivity`, float64 in [0, 1]. Rows and index are kept.
        Where there is nothing to score both are missing (NaN), never 0: the
        text is missing, or has no Latin letter, as all lists are English, and
        the instrument finds nothing else in it, such as an emoticon. A 0 is a
        text of words none of which counts, or which cancel.

    Raises
    ------
    InputError
        When there is no such column or instrument, or a text is no string.

    Notes
    -----
    A text that stands in several rows is scored once. Score by sentence: the
    rules are made for sentences.

    Examples
    --------
    >>> score(pd.DataFrame({"text": ["A good start.", "* * *"]}))["polarity"].tolist()
    [0.7, nan]
    """
    chosen = _instrument(instrument)
    texts = _texts(frame)
    numbers = {text: _scored(text, chosen) for text in dict.fromkeys(texts) if text is not None}
    rows = [(np.nan, np.nan) if text is None else numbers[text] for text in texts]
    table = np.array(rows, dtype="float64").reshape(-1, 2)
    found = frame.copy()
    found["polarity"] = table[:, 0]
    if chosen.has_subjectivity:
        found["subjectivity"] = table[:, 1]
    return found


def score_each(frame: pd.DataFrame, instruments: Iterable[str] | None = None) -> pd.DataFrame:
    """Return a frame with one column of polarities for each instrument, named as it is.

    Parameters
    ----------
    frame : pandas.DataFrame
        As for `score`.
    instruments : iterable of str, optional
        Keys of `INSTRUMENTS`; all by default.

    Returns
    -------
    pandas.DataFrame
        A copy of `frame` with the new columns, float64 in [-1, 1] or missing.

    Examples
    --------
    >>> score_each(pd.DataFrame({"text": ["Good talks."]})).round(2).values.tolist()
    [['Good talks.', 0.7, 0.44, 0.5]]
    """
    names = list(INSTRUMENTS if instruments is None else instruments)
    return frame.assign(**{name: score(frame, name)["polarity"] for name in names})


def _scored(text: str, instrument: Instrument) -> tuple[float, float]:
    polarity, subjectivity = instrument.scorer(text)
    if polarity or subjectivity > 0 or _LATIN.search(text):
        return polarity, subjectivity
    return np.nan, np.nan


def _texts(frame: pd.DataFrame) -> list[str | None]:
    if "text" not in frame:
        raise InputError(
            "the table to score", "it has no column 'text'", "rename the column that holds the text"
        )
    texts: list[Any] = frame["text"].astype("object").where(frame["text"].notna(), None).tolist()
    for place, text in zip(frame.index, texts, strict=True):
        if not isinstance(text, str | None):
            raise InputError(
                f"the table to score, row {place!r}",
                f"its text is {type(text).__name__} and no string",
                "turn it into one, or leave it missing",
            )
    return texts


def _instrument(name: str) -> Instrument:
    if name not in INSTRUMENTS:
        raise InputError(
            f"instrument {name!r}",
            f"it is none of {', '.join(INSTRUMENTS)}",
            "name one of these, or add your own: write a function that takes a text and returns"
            " polarity and subjectivity, and put it into usru.analysis.tone.INSTRUMENTS with"
            f" INSTRUMENTS[{name!r}] = Instrument({name!r}, title, reference, function)",
        )
    return INSTRUMENTS[name]


# Reasons ---------------------------------------------------------------------------------------


@dataclass(frozen=True, repr=False)
class Explanation:
    """Why a text has its score.

    Attributes
    ----------
    text, instrument : str
        What was scored, and by which instrument.
    terms : pandas.DataFrame
        One row a word that counts, in the order of the text, with the columns
        of `Term`. A word may weigh 0 and count all the same, where the score
        is a mean.
    steps : tuple of (str, float)
        From the sum of the weights to the score: what is done, and the number
        after it. The last is the score.
    score : float
        In [-1, 1]; missing (NaN) where there is nothing to score.
    """

    text: str
    instrument: str
    terms: pd.DataFrame
    steps: Steps
    score: float

    def __repr__(self) -> str:
        words = [
            f"{term.text} {_signed(term.weight)}{f' ({_reason(term)})' if _reason(term) else ''}"
            for term in self.terms.itertuples()
        ]
        lines = [self.text, *(words or ["no word counts"])]
        return "\n  ".join([*lines, *(f"{what}: {_signed(number)}" for what, number in self.steps)])

    def _repr_html_(self) -> str:
        parts, reached = [], 0
        spans = groupby(self.terms.itertuples(), key=lambda term: (term.start, term.end))
        for (start, end), terms in spans:
            if start < reached:
                continue
            parts.append(html.escape(self.text[reached:start]))
            parts.append(_marked(self.text[start:end], list(terms)))
            reached = end
        parts.append(html.escape(self.text[reached:]))
        steps = "; ".join(f"{what}: {_signed(number)}" for what, number in self.steps)
        return f"<p>{''.join(parts)}<br><small>{html.escape(steps)}</small></p>"


def explain(text: str, instrument: str = "textblob") -> Explanation:
    """Tell which words gave a text its score, and how they add up to it.

    Parameters
    ----------
    text : str
        What `score` would be given.
    instrument : str
        A key of `INSTRUMENTS`.

    Returns
    -------
    Explanation
        Its score is that of `score`, recomputed from the terms to the last
        bit; JupyterLab shows the words underlined in the text (solid where
        they add, dashed where they take away, dotted at 0), each with its weight
        and what changed it.

    Raises
    ------
    InputError
        When there is no such instrument, or it cannot say why, or the text is
        no string.

    Examples
    --------
    >>> explain("Not a very good start.")
    Not a very good start.
      good -0.269 (not, very)
      sum of weights: -0.269
      divided by words that count, 1: -0.269
    """
    chosen = _instrument(instrument)
    if not isinstance(text, str):
        raise InputError("the text to explain", f"it is {type(text).__name__}", "give a string")
    if chosen.explainer is None:
        raise InputError(f"instrument {instrument!r}", "it cannot say why", "give it an explainer")
    terms, steps = chosen.explainer(text)
    number = _scored(text, chosen)[0]
    table = pd.DataFrame(terms, columns=list(Term._fields)).astype(_TERM_TYPES)
    return Explanation(text, instrument, table, steps, steps[-1][1] if number == number else number)


_TERM_TYPES = {
    "start": "int64", "end": "int64", "text": "str", "base": "float64",
    "weight": "float64", "negated": "bool", "modifiers": "str",
}  # fmt: skip


def _signed(number: float) -> str:
    return f"{number:+.3g}" if number else "0"


def _reason(term: Any) -> str:
    return ", ".join(term.modifiers.split())


def _marked(text: str, terms: Sequence[Any]) -> str:
    weight = sum(term.weight for term in terms)
    line = "dotted" if weight == 0 else "solid" if weight > 0 else "dashed"
    reasons = html.escape("; ".join(filter(None, map(_reason, terms))))
    note = f"{_signed(weight)} ({reasons})" if reasons else _signed(weight)
    word = html.escape(text)
    return f'<span style="text-decoration: underline {line}">{word}</span><sup>{note}</sup>'


# TextBlob --------------------------------------------------------------------------------------


def _textblob(text: str) -> tuple[float, float]:
    """What `TextBlob(text).sentiment` is, without the blob around it."""
    from textblob.en import sentiment

    return tuple(sentiment(text))


class _Placed(str):
    """A token that knows its place among the tokens."""

    place: int


def _explain_textblob(text: str) -> tuple[list[Term], Steps]:
    """Let the library assess tokens that keep their places, and find these in the text."""
    from textblob.en import sentiment

    tokens = " ".join(sentiment.tokenizer(text)).split()
    spans = _spans(tokens, text)
    words = []
    for place, token in enumerate(tokens):
        word = _Placed(token.lower())
        word.place = place
        words.append(word)
    terms = []
    for chunk, weight, _, _ in sentiment.assessments((word, None) for word in words):
        known = [word for word in chunk if word in sentiment]
        head = known[-1] if known else chunk[0]
        start, end = spans[head.place]
        negated = any(word in sentiment.negations for word in chunk)
        base = sentiment[head][None][0] if known else weight
        others = " ".join(word for word in chunk if word is not head)
        terms.append(Term(start, end, text[start:end], base, weight, negated, others))
    total = sum(term.weight for term in terms)
    mean = total / float(len(terms) or 1)
    steps = ("sum of weights", total), (f"divided by words that count, {len(terms)}", mean)
    return terms, steps


def _spans(tokens: Sequence[str], text: str) -> list[tuple[int, int]]:
    """Find tokens in the text that they were cut from, in their order, white space aside."""
    places = [place for place, letter in enumerate(text) if not letter.isspace()]
    spans, at = [], 0
    for token in tokens:
        found = []
        for letter in token:
            while text[places[at]] != letter:
                at += 1
            found.append(places[at])
            at += 1
        spans.append((found[0], found[-1] + 1))
    return spans


# VADER -----------------------------------------------------------------------------------------


@cache
def _vader() -> tuple[Any, Any, frozenset[str]]:
    """The library, its analyser, and the emoji that it knows by one character."""
    from vaderSentiment import vaderSentiment as library

    analyser = library.SentimentIntensityAnalyzer()
    return library, analyser, frozenset(emoji for emoji in analyser.emojis if len(emoji) == 1)


def _vader_score(text: str) -> tuple[float, float]:
    """What `polarity_scores` gives as compound, in time that grows with the text, not its square.

    For each word of its list the library looks through the whole text; its rules reach three
    words back and two ahead. They are the library's own here, called with these words only.
    """
    library, analyser, _ = _vader()
    plain, _ = _vader_text(text)
    told = library.SentiText(plain)
    valences = _vader_but(told.words_and_emoticons, _vader_valences(told))
    return analyser.score_valence(valences, plain)["compound"], np.nan


def _vader_text(text: str) -> tuple[str, Sequence[int]]:
    """The text with emoji as words, and where each of its characters comes from."""
    _, analyser, emoji = _vader()
    if emoji.isdisjoint(text):
        plain = text.strip()
        lead = len(text) - len(text.lstrip())
        return plain, range(lead, lead + len(plain))
    parts: list[str] = []
    origin: list[int] = []
    after_space = True
    for place, letter in enumerate(text):
        part = letter
        if letter in emoji:
            part = ("" if after_space else " ") + analyser.emojis[letter]
        parts.append(part)
        origin += [place] * len(part)
        after_space = letter == " "
    told = "".join(parts)
    lead = len(told) - len(told.lstrip())
    plain = told.strip()
    return plain, origin[lead : lead + len(plain)]


def _vader_valences(told: Any) -> list[float]:
    """The valence of each word, before the rule for `but`."""
    library, analyser, _ = _vader()
    words = told.words_and_emoticons
    lowered = [word.lower() for word in words]
    valences = [0.0] * len(words)
    for i, word in enumerate(lowered):
        if word not in analyser.lexicon or word in library.BOOSTER_DICT:
            continue
        if word == "kind" and lowered[i + 1 : i + 2] == ["of"]:
            continue
        first = max(0, i - 3)
        near = SimpleNamespace(
            words_and_emoticons=words[first : i + 3], is_cap_diff=told.is_cap_diff
        )
        (valences[i],) = analyser.sentiment_valence(0, near, words[i], i - first, [])
    return valences


def _vader_but(words: Sequence[str], valences: Sequence[float]) -> list[float]:
    """Halve valences before the first `but` and raise those after it by half, as the library does.

    It looks each valence up by its value and changes the first that is equal, so that of words with
    the same valence one may change twice and another never; a heap of places for each value finds
    the same ones.
    """
    lowered = [word.lower() for word in words]
    changed = list(valences)
    if "but" not in lowered:
        return changed
    turn = lowered.index("but")
    places: dict[float, list[int]] = {}
    for place, valence in enumerate(changed):
        places.setdefault(valence, []).append(place)
    for place in range(len(changed)):
        valence = changed[place]
        if not valence:
            continue
        heap = places[valence]
        while changed[heap[0]] != valence:
            heappop(heap)
        first = heap[0]
        if first != turn:
            changed[first] = valence * (0.5 if first < turn else 1.5)
            heappush(places.setdefault(changed[first], []), first)
    return changed


def _explain_vader(text: str) -> tuple[list[Term], Steps]:
    library, analyser, _ = _vader()
    plain, origin = _vader_text(text)
    told = library.SentiText(plain)
    words = told.words_and_emoticons
    before = _vader_valences(told)
    after = _vader_but(words, before)
    terms = []
    for i, match in enumerate(re.finditer(r"\S+", plain)):
        if not before[i]:
            continue
        start = match.start() + match[0].find(words[i])
        left, right = origin[start], origin[start + len(words[i]) - 1] + 1
        base = analyser.lexicon[words[i].lower()]
        negated = base * before[i] < 0
        reasons = [*_vader_reasons(words, i, negated, told.is_cap_diff)]
        reasons += ["but"] if after[i] != before[i] else []
        terms.append(
            Term(left, right, text[left:right], base, after[i], negated, " ".join(reasons))
        )
    total = float(sum(after))
    emphasis = analyser._punctuation_emphasis(plain)
    emphatic = total + emphasis if total > 0 else total - emphasis if total < 0 else total
    normal = library.normalize(emphatic)
    steps = [("sum of weights", total)]
    steps += [("away from 0 by ! and ?", emphatic)] if emphatic != total else []
    steps += [("x / sqrt(x² + 15)", normal), ("rounded to 4 digits", round(normal, 4))]
    return terms, tuple(steps)


def _vader_reasons(words: Sequence[str], i: int, negated: bool, caps: bool) -> list[str]:
    """The words around a word, and its own shape, that the library's rules heed."""
    library, analyser, _ = _vader()
    near = [word.lower() for word in words[max(0, i - 3) : i]]
    plain = [word for word in near if word not in analyser.lexicon]
    reasons = [word for word in plain if word in library.BOOSTER_DICT]
    reasons += ["-".join(two) for two in pairwise(near) if " ".join(two) in library.BOOSTER_DICT]
    if negated:
        turns = [word for word in near if library.negated([word]) or word in ("no", "least")]
        reasons += turns
    around = " ".join(word.lower() for word in words[max(0, i - 3) : i + 3])
    idioms = library.SPECIAL_CASES if i > 2 else ()
    reasons += [idiom.replace(" ", "-") for idiom in idioms if idiom in around]
    return reasons + (["capitals"] if caps and words[i].isupper() else [])


# NRC -------------------------------------------------------------------------------------------

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


def _nrc_score(text: str) -> tuple[float, float]:
    """Net tone: positive less negative words, as a share of all words."""
    words = _WORD.findall(text)
    return sum(map(_nrc_word, words)) / (len(words) or 1), np.nan


@cache
def _nrc() -> Any:
    from nrclex import NRCLex

    return NRCLex()


@cache
def _nrc_word(word: str) -> int:
    """1 for a positive word, -1 for a negative one, 0 for both and for neither."""
    key = word.lower().replace("’", "'").removesuffix("'s")
    lexicon = _nrc()
    lexicon.load_token_list([key])
    affects = lexicon.affect_dict.get(key, [])
    return ("positive" in affects) - ("negative" in affects)


def _explain_nrc(text: str) -> tuple[list[Term], Steps]:
    found = [(match, _nrc_word(match[0])) for match in _WORD.finditer(text)]
    terms = [
        Term(*match.span(), match[0], float(sign), float(sign), False, "")
        for match, sign in found
        if sign
    ]
    net = sum(sign for _, sign in found)
    steps = (
        ("sum of weights", float(net)),
        (f"divided by all words, {len(found)}", net / (len(found) or 1)),
    )
    return terms, steps


# The instruments -------------------------------------------------------------------------------


def _defect(name: str, what: str, pattern: str, example: str, scored: float) -> Defect:
    return Defect(name, what, re.compile(pattern), example, scored)


_TITLES = (
    r"\bUnited (?:States|Nations|Kingdom|Russia)\b|\b[Ff]oreign (?:[Mm]inist|[Ss]ecretar|[Oo]ffice|"
    r"[Pp]olic|[Aa]ffairs)|\b(?:Security Council|White House|President|Cold War|Great Britain)\b"
)

INSTRUMENTS: dict[str, Instrument] = {
    "textblob": Instrument(
        "textblob",
        "TextBlob's pattern list: mean polarity of the adjectives and adverbs that it knows",
        "De Smedt, T., & Daelemans, W. (2012). Pattern for Python. Journal of Machine Learning"
        " Research 13, 2063-2067.",
        _textblob,
        has_subjectivity=True,
        explainer=_explain_textblob,
        defects=(
            _defect("contraction", "a contracted not does not negate",
                    r"(?i)n['’]t\b", "The mood isn't good.", 0.7),
            _defect("cannot", "cannot does not negate",
                    r"(?i)\bcannot\b", "They cannot agree on a good plan.", 0.7),
            _defect("other negation", "words that deny without not, no or never do not negate",
                    r"(?i)\b(?:hardly|barely|scarcely|without|neither|nor|none|nobody|nothing|lack\w*"
                    r"|fail\w*)\b", "Hardly a good meeting.", 0.7),
            _defect("distant negation", "an unknown word between not and a known one ends the negation",
                    r"(?i)\b(?:not|no|never)\s+[^\W\d_]{2,}",
                    "The talks did not bring good results.", 0.7),
            _defect("amount", "words of amount and order count as praise or blame",
                    r"(?i)\b(?:more|most|many|much|first|new|top|few|less|little)\b",
                    "More sanctions will follow.", 0.5),
            _defect("title", "a word within a title or name counts",
                    _TITLES, "He met the foreign minister.", -0.125),
            _defect("noun and verb", "most nouns and verbs are unknown, however grave",
                    r"(?i)\b(?:war|wars|crisis|crises|attack\w*|sanction\w*|threat\w*|tension\w*"
                    r"|hope\w*|peace|trust|cooperat\w*|agree\w*)\b",
                    "The crisis led to war.", 0.0),
        ),
    ),
    "vader": Instrument(
        "vader",
        "VADER: summed valences of words as rated by people, with rules for negation and emphasis",
        "Hutto, C. J., & Gilbert, E. (2014). VADER: a parsimonious rule-based model for sentiment"
        " analysis of social media text. Proceedings of ICWSM 8, 216-225.",
        _vader_score,
        explainer=_explain_vader,
        defects=(
            _defect("curly contraction", "a contracted not with a curly apostrophe does not negate",
                    r"(?i)n’t\b", "The mood isn’t good.", 0.4404),
            _defect("title", "a word within a title or name counts",
                    _TITLES + r"|\b(?:Justice|Defen[cs]e|Peace|Security|Trust|Freedom) (?:[A-Z]\w+)",
                    "He flew to the United States.", 0.4215),
            _defect("curly quotation", "a word beside a curly quotation mark is unknown",
                    r"[“‘]\w|\w[.,!?]?[”]", "He spoke of “hope”.", 0.0),
            _defect("dash", "words joined by a dash or slash are one word, which is unknown",
                    r"\w[—–/…]\w|\w--\w|\w\.\.\.\w", "They spoke of war—again.", 0.0),
            _defect("all but", "the first but turns the sentence, also where it means except",
                    r"(?i)\b(?:all|nothing|anything|none|no one) but\b",
                    "All but one praised the talks.", 0.6486),
            _defect("like", "like counts as liking, also where it compares",
                    r"(?i)\blike\b", "Like Russia, Syria sent a minister.", 0.3612),
        ),
    ),
    "nrc": Instrument(
        "nrc",
        "NRC list of associations: positive less negative words, as a share of all words",
        "Mohammad, S. M., & Turney, P. D. (2013). Crowdsourcing a word-emotion association lexicon."
        " Computational Intelligence 29(3), 436-465; net tone as in Young, L., & Soroka, S. (2012)."
        " Affective news: the automated coding of sentiment in political texts. Political"
        " Communication 29(2), 205-231.",
        _nrc_score,
        explainer=_explain_nrc,
        defects=(
            _defect("negation", "nothing negates",
                    r"(?i)\b(?:not?|never|cannot|without|neither|nor|none|nothing|hardly)\b|n['’]t\b",
                    "The mood is not good.", 0.2),
            _defect("inflection", "words count as listed; plurals and past forms are mostly unknown",
                    r"(?i)\b[^\W\d_]{3,}(?:s|ed|ing)\b", "Wars and crises followed.", 0.0),
            _defect("title", "a word within a title or name counts",
                    _TITLES, "He met the foreign minister.", -0.2),
        ),
    ),
}  # fmt: skip
"""The instruments by name. To add one, write a function that takes a text and returns polarity and
subjectivity, and put an `Instrument` with it here."""


def defects(frame: pd.DataFrame, instrument: str = "textblob") -> pd.DataFrame:
    """Count in how many texts each known defect of an instrument can matter.

    Parameters
    ----------
    frame : pandas.DataFrame
        As for `score`.
    instrument : str
        A key of `INSTRUMENTS`.

    Returns
    -------
    pandas.DataFrame
        One row a defect, in the instrument's order: `defect`, `what` goes
        wrong, an `example` and what it is `scored`, the number of `rows` whose
        text the defect's pattern finds, and their `share` of the rows with
        text (missing where there are none). An upper bound: in such a text
        the score can be wrong, and need not be.

    Raises
    ------
    InputError
        As for `score`.

    Examples
    --------
    >>> found = defects(pd.DataFrame({"text": ["It isn't over.", "It is."]}))
    >>> found.set_index("defect").loc["contraction", "share"].item()
    0.5
    """
    known = _instrument(instrument).defects
    texts = [text for text in _texts(frame) if text is not None]
    rows = [sum(1 for text in texts if defect.pattern.search(text)) for defect in known]
    return pd.DataFrame(
        {
            "defect": pd.Series([defect.name for defect in known], dtype="str"),
            "what": pd.Series([defect.what for defect in known], dtype="str"),
            "example": pd.Series([defect.example for defect in known], dtype="str"),
            "scored": pd.Series([defect.scored for defect in known], dtype="float64"),
            "rows": pd.Series(rows, dtype="int64"),
            "share": pd.Series(
                [n / len(texts) if texts else np.nan for n in rows], dtype="float64"
            ),
        }
    )


# From sentences to texts, and from texts to a comparison ---------------------------------------


def aggregate(
    scores: pd.DataFrame,
    by: str | Sequence[str],
    weights: str | None = "words",
    value: str = "polarity",
    within: str = "doc_id",
    seed: int = 2017,
) -> pd.DataFrame:
    """Return the mean score of paragraphs, stories, meetings, speakers, or any other groups.

    Parameters
    ----------
    scores : pandas.DataFrame
        Scored sentences: `value`, the columns of `by`, `weights`, and
        `within`; without a column `words` the words of `text` are counted.
    by : str or sequence of str
        What names a group; a sentence that lacks one of these is in none.
    weights : str, optional
        The column that says how much a sentence weighs; None for all the same.
    value : str
        The column of scores.
    within : str
        What sentences are resampled within; all together where there is no
        such column.
    seed : int
        Of the random numbers.

    Returns
    -------
    pandas.DataFrame
        One row a group, in the order in which the groups appear: the columns of
        `by`, the numbers of scored `sentences` and of their `words`, of
        sentences `unscored` (left out), the mean under the name of `value`, and
        `low`, `high`, its 95% percentile bootstrap interval over sentences within documents
        (missing where no sentence is scored, the mean itself where nothing can vary).

    Raises
    ------
    InputError
        When a column is missing.

    References
    ----------
    Efron, B., & Tibshirani, R. J. (1993). *An Introduction to the Bootstrap*,
    chapters 8 and 13.

    Examples
    --------
    >>> scores = pd.DataFrame({"doc_id": ["a", "a"], "words": [30, 10], "polarity": [0.2, -0.2]})
    >>> aggregate(scores, "doc_id")[["sentences", "words", "polarity"]].values.tolist()
    [[2.0, 40.0, 0.1]]
    """
    keys = [by] if isinstance(by, str) else list(by)
    table = _with_words(scores)
    _need(table, [*keys, value, *([weights] if weights else [])])
    rows = []
    for names, group in table.groupby(keys, sort=False, observed=True):
        known = group[group[value].notna()]
        weight = known[weights] if weights else pd.Series(1.0, index=known.index)
        strata = known[within] if within in known else pd.Series(0, index=known.index)
        counts = len(known), int(known["words"].sum()), len(group) - len(known)
        rows.append((*names, *counts, *weighted_mean(known[value], weight, strata, seed)))
    columns = [*keys, "sentences", "words", "unscored", value, "low", "high"]
    return pd.DataFrame(rows, columns=columns)


def _with_words(table: pd.DataFrame) -> pd.DataFrame:
    if "words" in table or "text" not in table:
        return table
    words = table["text"].str.split().str.len()
    return table.assign(words=words.fillna(0).astype("int64"))


def _need(table: pd.DataFrame, columns: Iterable[str]) -> None:
    for column in columns:
        if column not in table:
            raise InputError(
                "the table of scores",
                f"there is no column {column!r}",
                f"add it, or name one of {', '.join(map(str, table.columns))}",
            )


def contrasts(
    table: pd.DataFrame,
    pairs: Sequence[tuple[str, str, str]],
    instruments: Sequence[str] | None = None,
    seed: int = 2017,
) -> pd.DataFrame:
    """Test whether pairs of groups differ in tone, corrected for the number of tests.

    Parameters
    ----------
    table : pandas.DataFrame
        Scored sentences, as for `specifications`; shared ones are left out.
    pairs : sequence of tuple of str
        A column and two of its values, each.
    instruments : sequence of str, optional
        As for `specifications`.
    seed : int
        Of the random numbers.

    Returns
    -------
    pandas.DataFrame
        One row a pair and instrument: `instrument`, `first`, `second`,
        `n_first`, `n_second` (sentences), the `difference` of the means
        weighted by words, the `pvalue` of the permutation test, `holm` (the
        same, corrected for all rows by Holm's method) and `delta` (Cliff's, in
        [-1, 1]: how much likelier a sentence of the first scores above one of
        the second than below). Missing where a group has no sentence.

    Raises
    ------
    InputError
        When a column is missing.

    Examples
    --------
    >>> table = pd.DataFrame({"who": ["a", "a", "b", "b"], "shared": False, "words": 1,
    ...                       "vader": [0.5, 0.4, 0.1, 0.0]})
    >>> contrasts(table, [("who", "a", "b")])[["pvalue", "delta"]].round(3).values.tolist()
    [[0.333, 1.0]]
    """
    chosen = [name for name in INSTRUMENTS if name in table] if instruments is None else instruments
    _need(table, ["shared", "words", *(by for by, _, _ in pairs), *chosen])
    told_once = table[~table["shared"].astype(bool)]
    rows = []
    for (by, first, second), name in product(pairs, chosen):
        both = told_once[told_once[by].isin([first, second]) & told_once[name].notna()]
        one = both[by] == first
        test = permutation_test(both[name], one, both["words"], seed=seed)
        delta = cliffs_delta(both.loc[one, name], both.loc[~one, name])
        counts = int(one.sum()), int((~one).sum())
        rows.append((name, first, second, *counts, test.difference, test.pvalue, delta))
    columns = [
        "instrument",
        "first",
        "second",
        "n_first",
        "n_second",
        "difference",
        "pvalue",
        "delta",
    ]
    found = pd.DataFrame(rows, columns=columns)
    found.insert(7, "holm", holm(found["pvalue"]))
    return found


CHOICES = {
    "unit": ("sentence", "paragraph"),
    "weighting": ("words", "equal"),
    "voice": ("all", "narration", "quotation"),
    "shared": ("in", "once"),
    "neutral": ("in", "out"),
}
"""What a reader could reasonably have decided otherwise, besides the instrument."""


def specifications(
    table: pd.DataFrame,
    by: str,
    first: str,
    second: str,
    instruments: Sequence[str] | None = None,
    seed: int = 2017,
) -> pd.DataFrame:
    """Compare two groups under every reasonable combination of choices.

    Parameters
    ----------
    table : pandas.DataFrame
        Scored sentences: `doc_id`, `block`, the column `by`, `voice`
        ("narration" or "quotation"), `shared` (bool; True for a passage that
        an earlier document has told already, so that leaving these out counts
        it once), `words`, and for each instrument a column of polarities with
        its name (as `score_each` gives them).
    by : str
        The column that names the groups.
    first, second : str
        The two groups.
    instruments : sequence of str, optional
        The columns of polarities; by default those of `INSTRUMENTS` that the
        table has.
    seed : int
        Of the random numbers.

    Returns
    -------
    pandas.DataFrame
        One row a specification, in the order of the choices: `instrument` and
        the columns of `CHOICES`; `n_first`, `n_second` (units with a score);
        `estimate`, the first group's mean less the second's, in [-2, 2], with
        `low` and `high`, its 95% percentile bootstrap interval over units
        within documents (all missing where a group has no unit); and
        `same_sign`, whether the estimate has the sign of the median. A
        paragraph's score is the mean of its sentences' scores, weighted by
        words; neutral units are those that score exactly 0.

    Raises
    ------
    InputError
        When a column is missing, or a group has no row.

    References
    ----------
    Simonsohn, U., Simmons, J. P., & Nelson, L. D. (2020). Specification curve
    analysis. *Nature Human Behaviour* 4, 1208-1214.

    Examples
    --------
    >>> table = pd.DataFrame(
    ...     {"doc_id": ["a", "b"], "block": [0, 0], "meeting": ["bonn", "manila"],
    ...      "voice": ["narration", "narration"], "shared": [False, False],
    ...      "words": [10, 20], "vader": [0.5, 0.1]}
    ... )
    >>> found = specifications(table, "meeting", "bonn", "manila")
    >>> len(found), float(found["estimate"].iloc[0])
    (48, 0.4)
    """
    chosen = [name for name in INSTRUMENTS if name in table] if instruments is None else instruments
    _need(table, ["doc_id", "block", by, "voice", "shared", "words", *chosen])
    for group in (first, second):
        if group not in set(table[by]):
            raise InputError(
                f"the table of scores, {by}",
                f"no row is of {group!r}",
                f"compare two of {', '.join(map(str, table[by].dropna().unique()))}",
            )
    table = table[table[by].isin([first, second])]
    rows = [
        (*choice, *_compared(_units(table, by, *choice), by, first, second, choice[2], seed))
        for choice in product(chosen, *CHOICES.values())
    ]
    counted = ["n_first", "n_second", "estimate", "low", "high"]
    found = pd.DataFrame(rows, columns=["instrument", *CHOICES, *counted])
    sign = np.sign(found["estimate"])
    return found.assign(same_sign=(sign == np.sign(found["estimate"].median())) & (sign != 0))


def _units(
    table: pd.DataFrame,
    by: str,
    instrument: str,
    unit: str,
    weighting: str,
    voice: str,
    shared: str,
    neutral: str,
) -> pd.DataFrame:
    """The units of one specification, each with its `polarity` and `words`."""
    kept = table[table[instrument].notna() & (table["words"] > 0)]
    kept = kept.assign(polarity=kept[instrument])
    if voice != "all":
        kept = kept[kept["voice"] == voice]
    if shared == "once":
        kept = kept[~kept["shared"].astype(bool)]
    if unit == "paragraph":
        kept = kept.assign(sum=kept["polarity"] * kept["words"])
        kept = kept.groupby([by, "doc_id", "block"], sort=False, observed=True, as_index=False)[
            ["sum", "words"]
        ].sum()
        kept = kept.assign(polarity=kept["sum"] / kept["words"])
    return kept[kept["polarity"] != 0] if neutral == "out" else kept


def _compared(
    units: pd.DataFrame, by: str, first: str, second: str, weighting: str, seed: int
) -> tuple[float, ...]:
    one = units[by] == first
    weights = units["words"] if weighting == "words" else pd.Series(1.0, index=units.index)
    interval = weighted_difference(units["polarity"], weights, one, units["doc_id"], seed)
    return int(one.sum()), int((~one).sum()), *interval


class Verdict(NamedTuple):
    """What the specifications say together.

    `specifications` could be computed; `same_sign` is the share of them with the sign of their
    `median` estimate; `excluding_zero` the number whose interval lies on that side of 0; `carried`
    whether the comparison may be stated as a finding.
    """

    specifications: int
    same_sign: float
    median: float
    excluding_zero: int
    carried: bool


def verdict(specs: pd.DataFrame) -> Verdict:
    """Say whether a comparison holds whatever is chosen.

    Parameters
    ----------
    specs : pandas.DataFrame
        As `specifications` gives it.

    Returns
    -------
    Verdict
        Specifications that could not be computed are left out; with none
        left, share and median are missing (NaN) and nothing is carried.

    Notes
    -----
    A comparison is carried when every specification has the same sign and at
    least half of the intervals exclude 0. Either alone is too little: a sign
    that a reasonable choice turns is no finding, and one that holds while
    most intervals contain 0 may be chance, since the specifications share their
    sentences and err together. Half is a convention.

    References
    ----------
    Simonsohn, U., Simmons, J. P., & Nelson, L. D. (2020). Specification curve
    analysis. *Nature Human Behaviour* 4, 1208-1214.

    Examples
    --------
    >>> specs = pd.DataFrame({"estimate": [0.2, 0.1], "low": [0.1, -0.1], "high": [0.3, 0.3]})
    >>> verdict(specs).carried
    True
    """
    known = specs.dropna(subset=["estimate", "low", "high"])
    if known.empty:
        return Verdict(0, float("nan"), float("nan"), 0, False)
    median = float(known["estimate"].median())
    side = float(np.sign(median))
    same = (np.sign(known["estimate"]) == side) & (side != 0)
    nearer = known["low"] if side > 0 else -known["high"]
    excluding = int((nearer > 0).sum()) if side else 0
    carried = bool(same.all()) and 2 * excluding >= len(known)
    return Verdict(len(known), float(same.mean()), median, excluding, carried)
