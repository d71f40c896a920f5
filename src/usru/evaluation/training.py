"""How the tone list for news is learned from labelled sentences, and how well it predicts others.

``python -m usru.evaluation.training FILE`` tells what each step of the recipe gives, and with
``--to LIST`` writes the list. FILE is the training split of NewsMTSC (Hamborg and Donnay 2021), which
the package itself never needs.
"""

import argparse
import gzip
import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from usru.analysis.tone import news
from usru.analysis.tone.lists import INSTRUMENTS
from usru.analysis.tone.negation import CONTRACTIONS, ENDINGS, NEGATORS, TOKEN, plain
from usru.errors import InputError
from usru.files import read_text, shipped, write

__all__ = [
    "STEPS", "Recipe", "held_out", "learn", "main", "names", "neutral", "read", "rho", "table",
]  # fmt: skip


@dataclass(frozen=True)
class Recipe:
    """How a list is learned: what stands for a word, and what keeps the weights small.

    With `stems` a word counts as itself and as its stem, with `vader` also by what VADER's list
    gives it; with `negation` a turned word counts `news.TURNED`; with `neutral` the words of `neutral`
    count too. `penalty` is that of the ridge regression, less of it for the rare
    (`rarity`, a power of the number of texts). A word, or a stem, must be in `least` texts. Weights
    of less than `floor` are left out, all are rounded to `digits`.
    """

    stems: bool = True
    vader: bool = True
    negation: bool = True
    neutral: bool = False
    penalty: float = 3.0
    rarity: float = -0.25
    least: int = 3
    floor: float = 0.1
    digits: int = 2


STEPS: Mapping[str, Recipe] = {
    "words": Recipe(False, False, False, True, floor=0, digits=9),
    "words and stems": Recipe(True, False, False, True, floor=0, digits=9),
    "and VADER's values": Recipe(True, True, False, True, floor=0, digits=9),
    "and negation": Recipe(True, True, True, True, floor=0, digits=9),
    "no neutral words": Recipe(floor=0, digits=9),
    "as shipped": Recipe(),
}
"""The recipe step by step; the last one makes the list."""


def read(path: Path) -> pd.DataFrame:
    """Read labelled sentences: a JSON object with `text` and `label` on each line, perhaps gzipped.

    Parameters
    ----------
    path : path
        The file.

    Returns
    -------
    pandas.DataFrame
        One row a line: `text` and `label`, -1, 0 or 1. A text has a line for each target in it.

    Raises
    ------
    InputError
        Naming the line that has no text or no such label.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "pairs.jsonl"
    >>> _ = path.write_text('{"text": "She was praised.", "label": 1}', encoding="utf-8")
    >>> read(path).values.tolist()
    [['She was praised.', 1]]
    """
    opened = gzip.open if path.suffix == ".gz" else open
    rows = []
    with opened(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                row = json.loads(line)
                text, label = row["text"], row["label"]
            except (ValueError, KeyError, TypeError):
                text, label = None, None
            if not isinstance(text, str) or label not in (-1, 0, 1):
                raise InputError(
                    f"{path}, line {number}", "it has no text and label",
                    'write {"text": "…", "label": 1} on each line, the label -1, 0 or 1',
                )  # fmt: skip
            rows.append((text, int(label)))
    return pd.DataFrame(rows, columns=["text", "label"])


# Learning ----------------------------------------------------------------------------------------


def names(texts: Iterable[str]) -> set[str]:
    """Return the words that texts print with a capital, twice or more and no less than without.

    Parameters
    ----------
    texts : iterable of str
        Sentences. A word at the beginning of one, or of a quotation, is not counted.

    Examples
    --------
    >>> sorted(names(["On Monday Trump trumped a card.", "He met Trump on Monday.", "By Tuesday."]))
    ['monday', 'trump']
    """
    capital: Counter[str] = Counter()
    small: Counter[str] = Counter()
    for text in texts:
        for found in TOKEN.finditer(text):
            word, before = found[0], text[: found.start()].rstrip(" ")[-1:]
            if word.islower():
                small[plain(word)] += 1
            elif word[0].isupper() and (before.isalnum() or before == ","):
                capital[plain(word)] += 1
    return {word for word, n in capital.items() if n > 1 and n >= small[word]}


@cache
def _stem() -> Any:
    from nltk.stem.snowball import SnowballStemmer

    return cache(SnowballStemmer("english").stem)


@cache
def _values() -> tuple[Mapping[str, float], Mapping[str, float]]:
    """What VADER's list gives to words, and on average to the words of a stem."""
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    lexicon = SentimentIntensityAnalyzer().lexicon
    words = {word: value for word, value in lexicon.items() if word.isalpha() and word.islower()}
    of = pd.Series(words)
    return words, of.groupby([_stem()(word) for word in words]).mean().to_dict()


@cache
def neutral() -> frozenset[str]:
    """Return the words that get no weight: those of ``data/tone/neutral.txt``, and what turns others.

    Examples
    --------
    >>> sorted(neutral() & {"president", "not", "women", "corrupt"})
    ['not', 'president', 'women']
    """
    lines = read_text(shipped() / "tone" / "neutral.txt").splitlines()
    listed = {word for line in lines if not line.startswith("#") for word in line.split()}
    return NEGATORS | ENDINGS | listed | {plain(one) for one in CONTRACTIONS}


def _features(word: str, recipe: Recipe) -> Iterator[tuple[str, float]]:
    """What stands for a word in the regression: itself, its stem, what VADER's list says of both."""
    yield f"word {word}", 0.5 if recipe.stems else 1.0
    if recipe.stems:
        yield f"stem {_stem()(word)}", 1.0
    if recipe.vader:
        values = _values()
        for of, known in zip((word, _stem()(word)), values, strict=True):
            value = known.get(of, 0.0)
            if value:
                kind = "word" if known is values[0] else "stem"
                yield f"value {kind} {'+' if value > 0 else '-'}", value


def _counts(text: str, recipe: Recipe, barred: frozenset[str]) -> dict[str, float]:
    """The features of a text, divided by the root of its words in lower case."""
    found = news.occurrences(text)
    counts: dict[str, float] = {}
    for one in found:
        if one.word not in barred:
            factor = one.factor if recipe.negation else 1.0
            for name, value in _features(one.word, recipe):
                counts[name] = counts.get(name, 0.0) + value * factor
    return {name: value / math.sqrt(len(found)) for name, value in counts.items()}


def learn(
    texts: Sequence[str], labels: Sequence[float], recipe: Recipe | None = None
) -> dict[str, float]:
    """Learn a weight for each word from labelled texts.

    Parameters
    ----------
    texts, labels : sequence of str, sequence of float
        As many; a text that has two labels is there twice.
    recipe : Recipe, optional
        The one that makes the shipped list.

    Returns
    -------
    dict of str to float
        The words in alphabetical order. It is what a ridge regression without an intercept gives to
        the word itself, to its stem and to its value in VADER's list, added up; so it also has words of
        that list which no text has.

    Examples
    --------
    >>> texts = ["they praised him", "they accused him"] * 9
    >>> found = learn(texts, [1, -1] * 9, Recipe(vader=False, penalty=1))
    >>> found["praised"] > 0 > found["accused"], "they" in found
    (True, False)
    """
    from scipy import sparse
    from sklearn.linear_model import Ridge

    recipe = recipe or Recipe()
    barred = frozenset(names(texts)) | (frozenset() if recipe.neutral else neutral())
    rows = [_counts(text, recipe, barred) for text in texts]
    n = Counter(name for row in rows for name in row)
    kept = sorted(name for name in n if n[name] >= recipe.least or name.startswith("value "))
    place = {name: i for i, name in enumerate(kept)}
    scale = {
        name: 1.0 if name.startswith("value ") else (n[name] / 50) ** recipe.rarity for name in kept
    }
    cells = [
        (i, place[name], value * scale[name])
        for i, row in enumerate(rows)
        for name, value in row.items()
        if name in place
    ]
    down, across, values = zip(*cells, strict=True) if cells else ((), (), ())
    matrix = sparse.csr_matrix((values, (down, across)), (len(rows), len(kept)))
    model = Ridge(recipe.penalty, fit_intercept=False, solver="sparse_cg", tol=1e-9)
    model.fit(matrix, np.asarray(labels, dtype="float64"))
    given = {name: float(model.coef_[place[name]]) * scale[name] for name in kept}
    words = {name.removeprefix("word ") for name in n if name.startswith("word ")}
    if recipe.vader:  # the shortest that no text has are slang
        words |= {word for word in _values()[0] if len(word) > 3} - barred
    found = {
        word: round(
            sum(given.get(name, 0.0) * value for name, value in _features(word, recipe)),
            recipe.digits,
        )
        for word in sorted(words)
    }
    return {
        word: weight for word, weight in found.items() if abs(weight) >= max(recipe.floor, 1e-9)
    }


# Measuring ---------------------------------------------------------------------------------------


def held_out(
    pairs: pd.DataFrame, recipe: Recipe | None = None, folds: int = 10, seed: int = 2017
) -> pd.Series:
    """Score each text by a list that was learned from others.

    Parameters
    ----------
    pairs : pandas.DataFrame
        `text` and `label`. All rows of a text are in one fold.
    recipe : Recipe, optional
        The one that makes the shipped list.
    folds, seed : int
        How many parts, each scored by the list of all others, and by which order they are drawn.

    Returns
    -------
    pandas.Series
        Of the rows of `pairs`, the mean before the last step of `news.score`, which keeps the order.

    Examples
    --------
    >>> pairs = pd.DataFrame({"text": [f"He was {how} in {i}." for i in "abcdef" for how in ("praised", "accused")],
    ...                       "label": [1, -1] * 6})
    >>> held_out(pairs, Recipe(vader=False), folds=3).gt(0).tolist()[:2]
    [True, False]
    """
    from sklearn.model_selection import GroupKFold

    recipe = recipe or Recipe()
    groups = pairs["text"].factorize()[0]
    found = pd.Series(0.0, index=pairs.index)
    split = GroupKFold(folds, shuffle=True, random_state=seed).split(pairs, groups=groups)
    for known, unknown in split:
        part = pairs.iloc[known]
        listed = learn(part["text"].tolist(), part["label"].tolist(), recipe)
        scores = [_score(text, listed, recipe) for text in pairs["text"].iloc[unknown]]
        found.iloc[unknown] = scores
    return found


def _score(text: str, listed: dict[str, float], recipe: Recipe) -> float:
    found = news.occurrences(text)
    if not recipe.negation:
        found = [one._replace(turned_by=()) for one in found]
    return news.total(found, listed) / math.sqrt(len(found) or 1)


def rho(
    scores: pd.Series, pairs: pd.DataFrame, draws: int = 1000, seed: int = 2017
) -> tuple[float, float, float]:
    """Return Spearman's rho of scores with labels, and its 95% bootstrap interval over texts.

    Parameters
    ----------
    scores, pairs : pandas.Series, pandas.DataFrame
        Of the same rows; `pairs` has `text` and `label`.
    draws, seed : int
        How often texts are drawn, and from which random numbers.

    Examples
    --------
    >>> pairs = pd.DataFrame({"text": list("abcdefghij"), "label": [-1, 0, 0, 1, 1] * 2})
    >>> [round(one, 2) for one in rho(pd.Series([-3, -2, 0, 1, 2] * 2), pairs, 50)]
    [0.95, 0.78, 1.0]
    """
    codes = pairs["text"].factorize()[0]
    rows = pd.Series(range(len(pairs))).groupby(codes).apply(np.array).tolist()
    values = np.column_stack([scores, pairs["label"]])
    rng = np.random.default_rng(seed)
    drawn = [
        _rho(values[np.concatenate([rows[i] for i in rng.integers(0, len(rows), len(rows))])])
        for _ in range(draws)
    ]
    low, high = np.nanpercentile(drawn, [2.5, 97.5])
    return _rho(values), float(low), float(high)


def _rho(values: Any) -> float:
    from scipy.stats import spearmanr

    return float(spearmanr(values[:, 0], values[:, 1])[0])


def table(pairs: pd.DataFrame, steps: Mapping[str, Recipe] = STEPS) -> pd.DataFrame:
    """Return what other lists and each step of the recipe reach on labelled sentences.

    Parameters
    ----------
    pairs : pandas.DataFrame
        `text` and `label`.
    steps : mapping of str to Recipe
        Recipes by what they are called.

    Returns
    -------
    pandas.DataFrame
        One row a list: `list`, `rho` with `low` and `high`, as `rho` gives them; learned ones score
        only texts that they were not learned from.
    """
    others = {
        one.label: pairs["text"].map(lambda text, one=one: np.ravel(one.scorer(text))[0])
        for name, one in INSTRUMENTS.items()
        if name != "news"
    }
    learned = {name: held_out(pairs, recipe) for name, recipe in steps.items()}
    rows = [(name, *rho(scores, pairs)) for name, scores in (others | learned).items()]
    return pd.DataFrame(rows, columns=["list", "rho", "low", "high"])


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure the recipe on a file, and write the list where asked.

    Parameters
    ----------
    arguments : sequence of str, optional
        The file, and perhaps ``--to`` and where the list goes; by default of the command line.
    """
    parser = argparse.ArgumentParser(prog="python -m usru.evaluation.training")
    parser.add_argument("file", type=Path, help="labelled sentences, as JSON lines")
    parser.add_argument("--to", type=Path, help="write the list here, and measure nothing")
    options = parser.parse_args(arguments)
    pairs = read(options.file)
    if options.to is None:
        print(table(pairs).round(3).to_string(index=False))
    else:
        learned = learn(pairs["text"].tolist(), pairs["label"].tolist())
        lines = [f"{word},{weight:.2f}" for word, weight in learned.items()]
        write(options.to, "\n".join(["word,weight", *lines, ""]))
        print(f"{len(lines)} words")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
