"""The rules on pages outside the corpus: how their agreement with a reader is measured."""

from bisect import bisect_right
from datetime import date
from functools import cache
from pathlib import Path

import pandas as pd

from usru.analysis import agreement, voices
from usru.analysis import topics as topic_rules
from usru.corpus import Corpus
from usru.files import read_text, shipped
from usru.study import evaluate
from usru.text import blocks
from usru.text import dates as date_rules
from usru.text import quotations as quotation_rules

__all__ = [
    "METHODS", "SETS", "benchmark", "date_agreement", "dates", "errors", "lines", "pages", "quotation_agreement",
    "quotations", "summary", "topics",
]  # fmt: skip

METHODS = tuple(evaluate.METHODS)
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

    Returns
    -------
    pandas.DataFrame
        One row a line that is not blank: `page`, `line`, `reference`, `found`.

    Examples
    --------
    >>> lines("unseen").columns.tolist()
    ['page', 'line', 'reference', 'found']
    """
    return pd.concat([_page_lines(path) for path in pages(name)], ignore_index=True)


def _page_lines(path: Path) -> pd.DataFrame:
    found = blocks.lines(*_page(path)).set_index("line")["kind"]
    reference = agreement.coded_lines(_coding(path)).droplevel("doc_id").reindex(found.index)
    table = pd.DataFrame({"reference": reference, "found": found}).reset_index()
    table.insert(0, "page", path.stem)
    return table


def dates() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the temporal expressions of the unseen pages: as read, and as found.

    Returns
    -------
    tuple of pandas.DataFrame
        Each with `page`, `line`, `text`, `earliest`, `latest` (texts of the
        form 2017-02-16) and `resolution`.

    Examples
    --------
    >>> read, found = dates()
    >>> read.columns.tolist() == found.columns.tolist()
    True
    """
    published = pd.read_csv(shipped() / "outside" / "unseen" / "published.csv").set_index("name")
    columns = ["page", "line", "text", "earliest", "latest", "resolution"]
    read, found = [], []
    for path in pages("unseen"):
        day = date.fromisoformat(published.loc[path.stem, "published"])
        read.append(_coding(path, ".dates"))
        found.append(_as_coded(_found(path, date_rules.find(*_page(path), day))))
    both = (pd.concat(tables, ignore_index=True) for tables in (read, found))
    first, second = (table.rename(columns={"doc_id": "page"})[columns] for table in both)
    return first, second


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
        One row for each set of `pages` and `question` (whether the expression
        was found, whether it also got the reader's days and resolution), with
        the columns of `usru.analysis.agreement.by_row`.

    Examples
    --------
    >>> from usru import load
    >>> date_agreement(load())["question"].nunique()
    2
    """
    lines = corpus.blocks.set_index(["doc_id", "block"])["line_start"].rename("line")
    own = _as_coded(corpus.dates.join(lines, on=["doc_id", "block"]))
    pairs = {
        "this corpus": (corpus.coding("dates").rename(columns={"doc_id": "page"}), own),
        "outside pages, unseen": dates(),
    }
    where = ["page", "line", "text"]
    questions = {"found": where, "resolved": [*where, "earliest", "latest", "resolution"]}
    return pd.concat(
        [
            agreement.by_row(read, found.rename(columns={"doc_id": "page"}), on).assign(
                pages=pages, question=question
            )
            for pages, (read, found) in pairs.items()
            for question, on in questions.items()
        ],
        ignore_index=True,
    )


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
        As `usru.analysis.voices.measured`, for each set of `pages`.

    Examples
    --------
    >>> from usru import load
    >>> quotation_agreement(load())["pages"].nunique()
    3
    """
    tables = {"this corpus": voices.measured(corpus)} | {
        f"outside pages, {name}": voices.compare(*quotations(name)) for name in ("unseen", "voices")
    }
    return pd.concat([t.assign(pages=pages) for pages, t in tables.items()], ignore_index=True)


def summary() -> pd.DataFrame:
    """Return, set by set, how much of the reading the cleaner reproduces.

    Returns
    -------
    pandas.DataFrame
        One row a `set`: the numbers of `pages` and `lines`, the share of
        lines with the reader's kind (`agreement`), and of the story's lines
        `precision` and `recall`.

    Examples
    --------
    >>> summary()["set"].tolist()
    ['developed', 'unseen']
    """
    rows = []
    for name in SETS:
        table = lines(name)
        body = agreement.by_category(table["reference"], table["found"]).loc["body"]
        rows.append(
            {"set": name, "pages": table["page"].nunique(), "lines": len(table),
             "agreement": (table["reference"] == table["found"]).mean(),
             "story precision": body["precision"], "story recall": body["recall"]}
        )  # fmt: skip
    return pd.DataFrame(rows).round(3)


def benchmark() -> pd.DataFrame:
    """Return how well the story is kept on real news pages, by the cleaner and two others.

    The pages are the English ones of the article extraction benchmark
    (Scrapinghub 2020). Half of them served while the rules were made; the
    other half was only scored, and no rule was made for it. The pages themselves
    are their publishers' and not part of the package; their scores are
    (``data/outside/benchmark.csv``), and ``usru evaluate cleaner`` makes them
    anew from a clone of the benchmark.

    Returns
    -------
    pandas.DataFrame
        One row a `part` (``developed``, ``unseen``) and `method`, with the columns of
        `usru.study.evaluate.summary`.

    Examples
    --------
    >>> benchmark().query("part == 'unseen'")["method"].tolist()
    ['usru', 'lines of ten words with a stop', 'jusText']
    """
    scores = pd.read_csv(shipped() / "outside" / "benchmark.csv")
    parts = {part: evaluate.summary(scores[scores["part"] == part]) for part in SETS}
    return pd.concat(parts, names=["part"]).reset_index("part").reset_index(drop=True)


def errors(name: str) -> pd.DataFrame:
    """Return where the cleaner departs from the reader, the most frequent first.

    Parameters
    ----------
    name : {"developed", "unseen"}
        The set.

    Returns
    -------
    pandas.DataFrame
        `reference` (what the reader saw), `found` (what the cleaner said) and
        the number of `lines`; ties by name.

    Examples
    --------
    >>> errors("unseen").columns.tolist()
    ['reference', 'found', 'lines']
    """
    table = lines(name)
    wrong = table[table["reference"] != table["found"]]
    counts = wrong.groupby(["reference", "found"]).size().rename("lines").reset_index()
    order = ["lines", "reference", "found"]
    return counts.sort_values(order, ascending=[False, True, True], ignore_index=True)


def topics() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the topics of the outside pages that were coded for them: as read, and as found.

    Returns
    -------
    tuple of pandas.DataFrame
        Each as `usru.analysis.topics.coded`: paragraphs as rows, topics as columns.

    Examples
    --------
    >>> read, found = topics()
    >>> read.shape == found.shape
    True
    """
    coding = pd.read_csv(shipped() / "outside" / "topics.csv").rename(columns={"page": "doc_id"})
    coded = set(coding["doc_id"])
    body = [
        _page(path)[1].query("kind == 'body'").assign(doc_id=path.stem)
        for name in SETS
        for path in pages(name)
        if path.stem in coded
    ]
    paragraphs = pd.concat(body, ignore_index=True).merge(
        coding[["doc_id", "line"]], left_on=["doc_id", "line_start"], right_on=["doc_id", "line"]
    )
    read = topic_rules.coded(coding, paragraphs)
    return read, topic_rules.wide(topic_rules.code(paragraphs), paragraphs)
