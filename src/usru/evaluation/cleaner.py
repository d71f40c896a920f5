"""The cleaner on pages that people have marked: how much of the story it keeps, page by page.

A page is scored as the article extraction benchmark of Scrapinghub (2020) does: precision and
recall of the sequences of four words that the kept text and the marked story share.
"""

import gzip
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from usru.analysis.uncertainty import percentiles
from usru.errors import InputError
from usru.files import read_text
from usru.sources import html
from usru.text import blocks

__all__ = ["HTML_METHODS", "METHODS", "rates", "score", "summary"]

_WORD = re.compile(r"\w+")
_COMMON = frozenset(["a", "and", "for", "in", "is", "of", "on", "that", "the", "to"])
_STOP = re.compile(r"[.!?][\"”’')]*$")


class _MarkedPage(NamedTuple):
    """A page as plain text, the story on it as people marked it, and its HTML where it is known."""

    name: str
    text: str
    story: str
    html: str | None = None


def _marked_pages(folder: Path) -> Iterator[_MarkedPage]:
    """The pages of a folder with the stories that people marked on them, in the order of names."""
    truth = folder / "ground-truth.json"
    stories = sorted(folder.glob("*.story.txt"))
    if truth.is_file():
        yield from _benchmark(folder, truth)
    elif stories:
        for path in stories:
            name = path.name.removesuffix(".story.txt")
            text = read_text(path.with_name(f"{name}.txt"), "put the file there")
            yield _MarkedPage(name, text, read_text(path))
    else:
        mend = "put NAME.txt and NAME.story.txt there for each page, or name a clone of the article extraction benchmark"
        raise InputError(folder, "there are no marked pages in it", mend)


def _benchmark(folder: Path, truth: Path) -> Iterator[_MarkedPage]:
    """The pages of the benchmark, as html-text reads them; the cleaner's phrases are English."""
    html_text = _library("html_text", "html-text")
    try:
        marked = json.loads(read_text(truth))
        stories = {name: entry["articleBody"] for name, entry in marked.items()}
    except (ValueError, AttributeError, KeyError, TypeError):
        what = "it is no ground truth of that benchmark"
        raise InputError(truth, what, "clone it anew") from None
    for name, story in sorted((name, story) for name, story in stories.items() if _is_english(story)):  # fmt: skip
        path = folder / "html" / f"{name}.html.gz"
        try:
            page = gzip.decompress(path.read_bytes()).decode("utf-8", "replace")
        except (OSError, EOFError) as error:
            what = f"cannot be read ({error})"
            raise InputError(path, what, "clone the benchmark anew") from None
        yield _MarkedPage(name, html_text.extract_text(page), story, page)


def _is_english(text: str) -> bool:
    """Whether one word in ten is one of the commonest of English; in other languages hardly any is."""
    words = _WORD.findall(text.lower())
    return sum(word in _COMMON for word in words) >= 0.1 * len(words) > 0


def _library(module: str, package: str) -> ModuleType:
    try:
        return import_module(module)
    except ModuleNotFoundError:
        raise InputError(package, "it is not installed here", 'install "usru[evaluate]"') from None


# What keeps the story -------------------------------------------------------------------------


def _usru(page: str) -> str:
    found = blocks.find(page)
    return "\n".join(found.loc[found["kind"] == "body", "text"])


def _rule_of_ten(page: str) -> str:
    """The lines of ten words or more that end with a full stop, or ! or ?."""
    lines = (line.strip() for line in page.splitlines())
    return "\n".join(line for line in lines if len(line.split()) >= 10 and _STOP.search(line))


def _justext(text: str) -> str:
    """What jusText (Pomikálek 2011) keeps when each line is a paragraph."""
    from html import escape

    justext = _library("justext", "jusText")
    lines = "".join(f"<p>{escape(line)}</p>" for line in text.splitlines() if line.strip())
    if not lines:
        return ""
    page = f"<html><body>{lines}</body></html>"
    paragraphs = justext.justext(page, justext.get_stoplist("English"))
    return "\n".join(part.text for part in paragraphs if not part.is_boilerplate)


METHODS: dict[str, Callable[[str], str]] = {
    "usru": _usru, "lines of ten words with a stop": _rule_of_ten, "jusText": _justext
}  # fmt: skip
"""What is compared: from the text of a page to the text that is kept."""


def _trafilatura(page: str) -> str:
    """What `usru.sources` takes from a saved page."""
    found = html.story(page)
    return "" if found is None else found.text or ""


HTML_METHODS: dict[str, Callable[[str], str]] = {"trafilatura": _trafilatura}
"""What sees more than the others, the HTML of a page; scored where that is at hand."""


# How well -------------------------------------------------------------------------------------


def score(folder: str | Path) -> pd.DataFrame:
    """Score the cleaner, and others beside it, on every marked page of a folder.

    Parameters
    ----------
    folder : path
        Holds ``NAME.txt`` and ``NAME.story.txt`` for each page, or is a clone of the article
        extraction benchmark (``ground-truth.json``, ``html/NAME.html.gz``), of which pages
        whose story is not English are left out.

    Returns
    -------
    pandas.DataFrame
        One row a `page` and `method` (a key of `METHODS`, and for a page of the
        benchmark of `HTML_METHODS`): `precision`, the
        share of four-word sequences of the kept text that the story has
        (missing where nothing is kept), and `recall`, the share of the
        story's that are kept, both in [0, 1].

    Examples
    --------
    >>> score("nowhere")
    Traceback (most recent call last):
        ...
    usru.errors.InputError: nowhere: there are no marked pages in it; put NAME.txt and NAME.story.txt there for each page, or name a clone of the article extraction benchmark.
    """
    rows = []
    for page in _marked_pages(Path(folder)):
        kept_by = {method: keep(page.text) for method, keep in METHODS.items()}
        if page.html is not None:
            kept_by |= {method: keep(page.html) for method, keep in HTML_METHODS.items()}
        rows += [(page.name, method, *rates(text, page.story)) for method, text in kept_by.items()]
    table = pd.DataFrame(rows, columns=["page", "method", "precision", "recall"])
    return table.astype({"precision": "float64", "recall": "float64"})


def rates(kept: str, story: str) -> tuple[float, float]:
    """Return precision and recall of the text that was kept of a page.

    Parameters
    ----------
    kept, story : str
        What was kept, and the story as it should have been.

    Returns
    -------
    tuple of float
        Of sequences of four words, as `score` has them; precision is missing (NaN) where nothing
        was kept.

    Examples
    --------
    >>> rates("Menu The talks went on for hours", "The talks went on for hours")
    (0.75, 1.0)
    """
    found, wanted = _grams(kept), _grams(story)
    both = (found & wanted).total()
    precision = both / found.total() if found else float("nan")
    return precision, both / wanted.total() if wanted else float(not found)


def _grams(text: str) -> Counter[tuple[str, ...]]:
    """The sequences of four words of a text; a shorter text is one sequence."""
    words = _WORD.findall(text)
    return Counter(tuple(words[i : i + 4]) for i in range(max(1, len(words) - 3)) if words)


def summary(scores: pd.DataFrame, seed: int = 2020) -> pd.DataFrame:
    """Return what scores of pages amount to, method by method.

    Parameters
    ----------
    scores : pandas.DataFrame
        As `score` gives them.
    seed : int
        Of the bootstrap; the same seed gives the same interval.

    Returns
    -------
    pandas.DataFrame
        One row a `method`, in the order of `scores`: `pages`, the means of
        `precision` and `recall` over pages, their harmonic mean `F1`, and `low`
        and `high`, its 95% percentile interval over resampled pages; missing
        for a single page. `lost` counts the pages of which less than a tenth is kept.

    References
    ----------
    Efron, B., & Tibshirani, R. J. (1993). *An Introduction to the Bootstrap*, chapter 13.

    Examples
    --------
    >>> pages = pd.DataFrame({"page": ["a", "b"], "method": "usru", "precision": [1.0, 0.5], "recall": [1.0, 1.0]})
    >>> summary(pages)[["pages", "precision", "recall", "F1", "lost"]].round(3).values.tolist()
    [[2.0, 0.75, 1.0, 0.857, 0.0]]
    """
    rows = []
    for method, table in scores.groupby("method", sort=False):
        precision, recall = (table[name].to_numpy() for name in ("precision", "recall"))
        low, high = _interval(precision, recall, seed)
        rows.append(
            {"method": method, "pages": len(table), "precision": table["precision"].mean(), "recall": table["recall"].mean(),
             "F1": float(_f1(precision, recall)), "low": low, "high": high, "lost": int((recall < 0.1).sum())}
        )  # fmt: skip
    return pd.DataFrame(rows)


def _f1(precision: Any, recall: Any) -> Any:
    """The harmonic mean of two means over pages (the last axis); nothing kept anywhere gives 0."""
    kept = ~np.isnan(precision)
    p = np.where(kept, precision, 0.0).sum(axis=-1) / np.maximum(kept.sum(axis=-1), 1)
    r = recall.mean(axis=-1)
    return 2 * p * r / np.where(p + r > 0, p + r, 1.0)


def _interval(precision: Any, recall: Any, seed: int) -> tuple[float, float]:
    if len(recall) < 2:
        return float("nan"), float("nan")

    def resampled(drawn: Any, axis: int) -> Any:
        return _f1(precision[drawn], recall[drawn])

    return percentiles([np.arange(len(recall))], resampled, seed)
