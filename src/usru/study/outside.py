"""The rules on pages outside the corpus: how their agreement with a reader is measured."""

from bisect import bisect_right
from datetime import date
from functools import cache
from pathlib import Path

import pandas as pd

from usru.analysis import agreement, voices
from usru.analysis import topics as topic_rules
from usru.corpus import Corpus
from usru.files import shipped
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

    Examples
    --------
    >>> len(pages("unseen"))
    12
    """
    return sorted((shipped() / "outside" / name).glob("*.txt"))


def _line_numbers(raw: str, offsets: pd.Series) -> list[int]:
    starts = blocks.line_starts(raw)
    return [bisect_right(starts, offset) for offset in offsets]


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
        No outlet is declared for these pages: only the general rules work.

    Examples
    --------
    >>> lines("unseen").columns.tolist()
    ['page', 'line', 'reference', 'found']
    """
    return pd.concat([_page_lines(path) for path in pages(name)], ignore_index=True)


def _page_lines(path: Path) -> pd.DataFrame:
    raw = path.read_bytes().decode("utf-8")
    found = blocks.lines(raw, blocks.find(raw)).set_index("line")["kind"]
    coding = pd.read_csv(path.with_suffix(".csv"), encoding="utf-8").assign(doc_id=path.stem)
    reference = agreement.coded_lines(coding).droplevel("doc_id").reindex(found.index)
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
    folder = shipped() / "outside" / "unseen"
    published = pd.read_csv(folder / "published.csv").set_index("name")["published"]
    columns = ["page", "line", "text", "earliest", "latest", "resolution"]
    read, found = [], []
    for path in pages("unseen"):
        raw = path.read_bytes().decode("utf-8")
        coding = pd.read_csv(path.with_suffix(".dates.csv"), encoding="utf-8")
        read.append(coding.assign(page=path.stem)[columns])
        day = date.fromisoformat(published[path.stem])
        table = date_rules.find(raw, blocks.find(raw), day)
        table["line"] = _line_numbers(raw, table["start"])
        found.append(_as_coded(table).assign(page=path.stem)[columns])
    return pd.concat(read, ignore_index=True), pd.concat(found, ignore_index=True)


def _as_coded(table: pd.DataFrame) -> pd.DataFrame:
    days = {name: table[name].dt.strftime("%Y-%m-%d") for name in ("earliest", "latest")}
    return table.assign(**days)


def date_agreement(corpus: Corpus) -> pd.DataFrame:
    """Return how well the finder of dates agrees with readers, here and on unseen pages.

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
    read, found = [], []
    for path in pages(name):
        raw = path.read_bytes().decode("utf-8")
        coding = pd.read_csv(path.with_suffix(".quotes.csv"), encoding="utf-8")
        read.append(coding.assign(doc_id=path.stem, text=coding["text"].map(blocks.clean)))
        table = quotation_rules.find(raw, blocks.find(raw))
        table["line"] = _line_numbers(raw, table["start"])
        found.append(table.assign(doc_id=path.stem))
    return pd.concat(read, ignore_index=True), pd.concat(found, ignore_index=True)


def quotation_agreement(corpus: Corpus) -> pd.DataFrame:
    """Return how well the finder of quotations agrees with readers, here and elsewhere.

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
            {
                "set": name,
                "pages": table["page"].nunique(),
                "lines": len(table),
                "agreement": (table["reference"] == table["found"]).mean(),
                "story precision": body["precision"],
                "story recall": body["recall"],
            }
        )
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
    scores = pd.read_csv(shipped() / "outside" / "benchmark.csv", encoding="utf-8")
    parts = {part: scores[scores["part"] == part] for part in SETS}
    return pd.concat(
        [evaluate.summary(table).assign(part=part) for part, table in parts.items()],
        ignore_index=True,
    ).pipe(lambda table: table[["part", *table.columns.drop("part")]])


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
    coding = pd.read_csv(shipped() / "outside" / "topics.csv", encoding="utf-8")
    coding = coding.rename(columns={"page": "doc_id"})
    paragraphs = pd.concat(
        [
            _body(path)
            for name in SETS
            for path in pages(name)
            if path.stem in set(coding["doc_id"])
        ],
        ignore_index=True,
    ).merge(
        coding[["doc_id", "line"]], left_on=["doc_id", "line_start"], right_on=["doc_id", "line"]
    )
    read = topic_rules.coded(coding, paragraphs)
    return read, topic_rules.wide(topic_rules.code(paragraphs), paragraphs)


def _body(path: Path) -> pd.DataFrame:
    found = blocks.find(path.read_bytes().decode("utf-8"))
    return found[found["kind"] == "body"].assign(doc_id=path.stem)
