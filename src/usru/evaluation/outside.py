"""The rules on pages outside the corpus: how their agreement with a reader is measured."""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import chain
from pathlib import Path

import pandas as pd

from usru.analysis import agreement, voices
from usru.analysis import topics as topic_rules
from usru.codebook import Topic
from usru.corpus import Corpus
from usru.evaluation import cleaner
from usru.files import read_text, shipped
from usru.text import blocks
from usru.text import clauses as clause_rules
from usru.text import dates as date_rules
from usru.text import quotations as quotation_rules

__all__ = [
    "METHODS", "SETS", "benchmark", "clause_agreement", "clauses", "date_agreement", "errors", "lines", "pages",
    "quotation_agreement", "quotations", "summary", "topic_paragraphs", "topics",
]  # fmt: skip

METHODS = tuple(cleaner.METHODS)
"""What `benchmark` compares: the cleaner, a plain rule, jusText."""

SETS = ("developed", "unseen")
"""Pages that served to improve the rules, and pages that were never looked at."""


def pages(name: str) -> list[Path]:
    """Return the page dumps of a set, in the order of their names.

    Parameters
    ----------
    name : {"developed", "unseen", "voices"}
        The set; "voices" are plain stories rich in quotations.

    Examples
    --------
    >>> len(pages("unseen"))
    12
    """
    return sorted((shipped() / "outside" / name).glob("*.txt"))


@cache
def _page(path: Path) -> tuple[str, pd.DataFrame]:
    """A page and its blocks. No outlet is declared for it: only the general rules work."""
    raw = read_text(path)
    return raw, blocks.find(raw)


def _coding(path: Path, of: str = "") -> pd.DataFrame:
    """What a reader saw on a page."""
    return pd.read_csv(path.with_suffix(f"{of}.csv")).assign(doc_id=path.stem)


def _found(path: Path, table: pd.DataFrame) -> pd.DataFrame:
    """What the rules found on a page, with the line on which each row begins."""
    starts = blocks.line_starts(_page(path)[0])
    return table.assign(line=[bisect_right(starts, at) for at in table["start"]], doc_id=path.stem)


@cache
def lines(name: str) -> pd.DataFrame:
    """Return the lines of a set with the kind that a reader and the cleaner gave them.

    Parameters
    ----------
    name : {"developed", "unseen"}
        The set.

    Examples
    --------
    >>> lines("unseen").columns.tolist()
    ['page', 'line', 'reference', 'found']
    """
    tables = {}
    for path in pages(name):
        found = blocks.lines(*_page(path)).set_index("line")["kind"]
        reference = agreement.coded_lines(_coding(path)).droplevel("doc_id").reindex(found.index)
        tables[path.stem] = pd.DataFrame({"reference": reference, "found": found})
    return pd.concat(tables, names=["page", "line"]).reset_index()


@cache
def _dates() -> tuple[pd.DataFrame, pd.DataFrame]:
    """The temporal expressions of the unseen pages, as read and as found, days as texts."""
    published = pd.read_csv(shipped() / "outside" / "unseen" / "published.csv").set_index("name")
    columns = ["doc_id", "line", "text", "earliest", "latest", "resolution"]
    read, found = [], []
    for path in pages("unseen"):
        day = date.fromisoformat(published.loc[path.stem, "published"])
        read.append(_coding(path, ".dates"))
        found.append(_as_coded(_found(path, date_rules.find(*_page(path), day))))
    return pd.concat(read, ignore_index=True)[columns], pd.concat(found, ignore_index=True)[columns]


def _as_coded(table: pd.DataFrame) -> pd.DataFrame:
    days = {name: table[name].dt.strftime("%Y-%m-%d") for name in ("earliest", "latest")}
    return table.assign(**days)


def date_agreement(corpus: Corpus) -> pd.DataFrame:
    """Return how well the finder of dates agrees with readers, here and on unseen pages.

    Parameters
    ----------
    corpus : Corpus
        With its reference coding.

    Returns
    -------
    pandas.DataFrame
        As `usru.analysis.agreement.by_row`, for each set of `pages` and `question` (whether
        the expression was found, whether it also got the reader's days and resolution).

    Examples
    --------
    >>> from usru import load
    >>> date_agreement(load())["question"].nunique()
    2
    """
    lines = corpus.blocks.set_index(["doc_id", "block"])["line_start"].rename("line")
    own = _as_coded(corpus.dates.drop(columns="line").join(lines, on=["doc_id", "block"]))
    pairs = {"this corpus": (corpus.coding("dates"), own), "outside pages, unseen": _dates()}
    where = ["doc_id", "line", "text"]
    questions = {"found": where, "resolved": [*where, "earliest", "latest", "resolution"]}
    tables = [
        agreement.by_row(read, found, on).assign(pages=pages, question=question)
        for pages, (read, found) in pairs.items()
        for question, on in questions.items()
    ]
    return pd.concat(tables, ignore_index=True)


@cache
def quotations(name: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the quotations of a set of pages: as read, and as found.

    Parameters
    ----------
    name : {"unseen", "voices"}
        The set: whole page dumps, or plain stories rich in quotations.

    Returns
    -------
    tuple of pandas.DataFrame
        Each with `doc_id` (the page), `line`, `text`, `speaker`, `form`, and
        `cue` where it was read.

    Examples
    --------
    >>> read, found = quotations("unseen")
    >>> read["doc_id"].nunique()
    12
    """
    read = pd.concat([_coding(path, ".quotes") for path in pages(name)], ignore_index=True)
    found = [_found(path, quotation_rules.find(*_page(path))) for path in pages(name)]
    return read.assign(text=read["text"].map(blocks.clean)), pd.concat(found, ignore_index=True)


def quotation_agreement(corpus: Corpus) -> pd.DataFrame:
    """Return how well the finder of quotations agrees with readers, here and elsewhere.

    Parameters
    ----------
    corpus : Corpus
        One without a coding is left out.

    Returns
    -------
    pandas.DataFrame
        As `usru.analysis.voices.evaluate`, for each set of `pages`.

    Examples
    --------
    >>> from usru import load
    >>> quotation_agreement(load())["pages"].nunique()
    3
    """
    pairs = {"this corpus": (corpus.coding("quotations"), corpus.quotations)}
    pairs |= {f"outside pages, {name}": quotations(name) for name in ("unseen", "voices")}
    return _by_pages(voices.evaluate, pairs)


def _by_pages(
    evaluate: Callable[..., pd.DataFrame], pairs: Mapping[str, tuple[pd.DataFrame, pd.DataFrame]]
) -> pd.DataFrame:
    """How well what was found agrees with what was read, for each set of `pages`."""
    tables = [evaluate(*pair).assign(pages=name) for name, pair in pairs.items()]
    return pd.concat(tables, ignore_index=True)


@cache
def clauses() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return whose each word of the stories rich in quotations is: as read, and as found.

    Returns
    -------
    tuple of pandas.DataFrame
        Each as `usru.analysis.voices.by_word`.

    Examples
    --------
    >>> read, found = clauses()
    >>> len(read) == len(found)
    True
    """
    words: list[list[pd.DataFrame]] = [[], []]
    for path in pages("voices"):
        raw, page = _page(path)
        texts, body = {path.stem: raw}, page.query("kind == 'body'").assign(doc_id=path.stem)
        coding = _coding(path, ".voice")
        read = voices.read_clauses(
            coding[coding["line"].isin(body["line_start"])], body, texts, path
        )
        found = clause_rules.find(raw, page).assign(doc_id=path.stem)
        for several, table in zip(words, (read, found), strict=True):
            several.append(voices.by_word(table, texts))
    return pd.concat(words[0]), pd.concat(words[1])


def clause_agreement(corpus: Corpus) -> pd.DataFrame:
    """Return how well the finder of reports agrees with readers, here and elsewhere.

    Parameters
    ----------
    corpus : Corpus
        One without a coding is left out.

    Returns
    -------
    pandas.DataFrame
        As `usru.analysis.voices.evaluate_clauses`, for each set of `pages`.

    Examples
    --------
    >>> from usru import load
    >>> clause_agreement(load())["pages"].nunique()
    2
    """
    read, found = (
        voices.by_word(of, corpus.texts) for of in (corpus.coded_clauses, corpus.clauses)
    )
    pairs = {"this corpus": (read, found), "outside pages, voices": clauses()}
    return _by_pages(voices.evaluate_clauses, pairs)


def summary() -> pd.DataFrame:
    """Return, set by set, how many lines get the reader's kind, and how well the story is found.

    Examples
    --------
    >>> summary()[["set", "pages", "lines"]].values.tolist()
    [['developed', 40, 2074], ['unseen', 12, 371]]
    """
    rows = []
    for name in SETS:
        table = lines(name)
        body = agreement.by_category(table["reference"], table["found"]).loc["body"]
        same = (table["reference"] == table["found"]).mean()
        rows.append(
            (name, table["page"].nunique(), len(table), same, body["precision"], body["recall"])
        )
    columns = ["set", "pages", "lines", "agreement", "story precision", "story recall"]
    return pd.DataFrame(rows, columns=columns).round(3)


def benchmark(methods: Sequence[str] = METHODS) -> pd.DataFrame:
    """Return how well the story is kept on real news pages, by the cleaner and two others.

    The pages are the English ones of the article extraction benchmark (Scrapinghub 2020); no
    rule was made for the unseen half. They are their publishers' and not part of the package;
    their scores are, and ``usru evaluate cleaner`` makes them anew from a clone of the benchmark.

    Parameters
    ----------
    methods : sequence of str
        Keys of `usru.evaluation.cleaner.METHODS`, which see the text of a page, and of
        `HTML_METHODS`, which see its HTML.

    Returns
    -------
    pandas.DataFrame
        As `usru.evaluation.cleaner.summary`, for each `part` (``developed``, ``unseen``).

    Examples
    --------
    >>> benchmark().query("part == 'unseen'")["method"].tolist()
    ['usru', 'lines of ten words with a stop', 'jusText']
    >>> benchmark(["trafilatura"])["part"].tolist()
    ['developed', 'unseen']
    """
    scores = pd.read_csv(shipped() / "outside" / "benchmark.csv")
    scores = scores[scores["method"].isin(methods)]
    parts = {part: cleaner.summary(scores[scores["part"] == part]) for part in SETS}
    return pd.concat(parts, names=["part"]).reset_index("part").reset_index(drop=True)


def errors(name: str) -> pd.DataFrame:
    """Return where the cleaner departs from the reader, the most frequent first.

    Parameters
    ----------
    name : {"developed", "unseen"}
        The set.

    Examples
    --------
    >>> errors("unseen").columns.tolist()
    ['reference', 'found', 'lines']
    """
    table = lines(name)
    wrong = table[table["reference"] != table["found"]]
    counts = wrong.groupby(["reference", "found"]).size().reset_index(name="lines")
    return counts.sort_values("lines", ascending=False, kind="stable", ignore_index=True)


@cache
def topic_paragraphs() -> pd.DataFrame:
    """Return the paragraphs of the outside pages whose topics were read.

    Returns
    -------
    pandas.DataFrame
        One row a paragraph, in the order of `topics`: `doc_id` (the page), `block`, `line_start`,
        `text`, and the `topics` that were read, separated by spaces; empty where none was.

    Examples
    --------
    >>> topic_paragraphs().columns.tolist()
    ['doc_id', 'block', 'line_start', 'text', 'topics']
    """
    coding = pd.read_csv(shipped() / "outside" / "topics.csv", keep_default_na=False)
    coding = coding.rename(columns={"page": "doc_id", "line": "line_start"})
    body = [
        _page(path)[1].query("kind == 'body'").assign(doc_id=path.stem)
        for path in chain.from_iterable(map(pages, SETS))
        if path.stem in set(coding["doc_id"])
    ]
    paragraphs = pd.concat(body, ignore_index=True)[["doc_id", "block", "line_start", "text"]]
    return paragraphs.merge(coding[["doc_id", "line_start", "topics"]])


def topics(dictionary: Mapping[str, Topic] | None = None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the topics of `topic_paragraphs`: as read, and as found.

    Parameters
    ----------
    dictionary : mapping of str to Topic, optional
        By which they are found; its topics alone are compared. The shipped ones by default.

    Returns
    -------
    tuple of pandas.DataFrame
        Each as `usru.analysis.topics.wide`: paragraphs as rows, topics as columns.

    Examples
    --------
    >>> read, found = topics()
    >>> read.shape == found.shape
    True
    """
    paragraphs = topic_paragraphs()
    coded = topic_rules.code(paragraphs, dictionary)
    coding = paragraphs.rename(columns={"line_start": "line"})
    read = topic_rules.from_coding(coding, paragraphs, coded["topic"].cat.categories)
    return read, topic_rules.wide(coded, paragraphs)
