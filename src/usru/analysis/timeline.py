"""What the stories refer to, when it was, and where they give different accounts.

A parameter with the name of a frame of a corpus is that frame; `texts` are its pages by `doc_id`.
"""

import re
from collections.abc import Hashable, Iterable, Mapping
from typing import Any

import pandas as pd

from usru.codebook import Events, Passage
from usru.errors import InputError
from usru.text.dates import find as find_dates
from usru.text.patterns import compiled

__all__ = [
    "accounts",
    "anchors",
    "capture_date_errors",
    "events",
    "horizons",
    "matrix",
    "mentions",
]

MENTIONED_IN = ("headline", "body", "caption")  # where a story speaks of events


def mentions(codebook: Events, blocks: pd.DataFrame, texts: Mapping[str, str]) -> pd.DataFrame:
    """Return the passages that mention an event.

    Parameters
    ----------
    codebook : Events
        Whose words must be on the page, and match `mention`.
    blocks : pandas.DataFrame
        The frame of a corpus of that name.
    texts : mapping of str
        The frames of a corpus of those names, and its pages by `doc_id`.

    Returns
    -------
    pandas.DataFrame
        One row a passage: `event`, `doc_id`, `block`, `line`, `start`, `end` (raw offsets), `text`.

    Examples
    --------
    >>> from usru import load
    >>> load().mentions.query("event == 'deadline'")["text"].tolist()
    ['promised a response would be announced by September 1']
    """
    pages = _pages(blocks, (passage for event in codebook.events for passage in event.passages))
    rows = []
    for event in codebook.events:
        place = f"{codebook.path}, {event.id}"
        about = compiled(f"{place}, mention", event.mention, event.mention)
        for passage in event.passages:
            rows.append({"event": event.id, **_located(place, passage, pages, texts)})
            if not about.search(passage.words):
                raise InputError(
                    f"{place}, passages", f"{passage.words!r} does not match `mention`",
                    "cite words that are about the event, or correct `mention`",
                )  # fmt: skip
    columns = ["event", "doc_id", "block", "line", "start", "end", "text"]
    numbers = dict.fromkeys(["block", "line", "start", "end"], "int64")
    return pd.DataFrame(rows, columns=columns).astype(numbers)


def _pages(blocks: pd.DataFrame, passages: Iterable[Passage]) -> dict[Hashable, pd.DataFrame]:
    """The blocks of each document cited in which a story speaks of events."""
    cited = {passage.doc_id for passage in passages}
    told = blocks[blocks["kind"].isin(MENTIONED_IN) & blocks["doc_id"].isin(cited)]
    return dict(iter(told.groupby("doc_id")))


def _located(
    place: str, passage: Passage, pages: Mapping[Hashable, pd.DataFrame], texts: Mapping[str, str]
) -> dict[str, Any]:
    """Find a passage's words in the one block that holds them."""
    doc_id, words = passage.doc_id, passage.words
    if doc_id not in texts:
        unknown = f"{doc_id!r} is no document of this corpus"
        raise InputError(f"{place}, doc_id", unknown, f"use one of {', '.join(texts)}")
    pattern = _pattern(words)
    for block in pages[doc_id].itertuples() if doc_id in pages else ():
        match = pattern.search(texts[doc_id], block.start, block.end)
        if match:
            return {
                "doc_id": doc_id, "block": block.block, "line": block.line_start,
                "start": match.start(), "end": match.end(), "text": words,
            }  # fmt: skip
    missing = f"{words!r} is not in a headline, paragraph or caption of {doc_id}"
    raise InputError(f"{place}, words", missing, "copy the words from the page")


def _pattern(words: str) -> re.Pattern[str]:
    """Match words however a page breaks its lines between them."""
    return re.compile(r"\s+".join(map(re.escape, words.split())))


def events(codebook: Events, cited: pd.DataFrame) -> pd.DataFrame:
    """Return the events of a corpus, in the order of time.

    Parameters
    ----------
    codebook : Events
        As for `mentions`.
    cited : pandas.DataFrame
        As `mentions` gives it.

    Returns
    -------
    pandas.DataFrame
        One row an event: `event`, `title`, `kind`, `place`, `earliest` and `latest` (days), `basis`
        (``corpus`` or ``public record``), `description`, and the number of `stories` and `passages`
        that mention it. Ties are in the order of the file.

    Examples
    --------
    >>> from usru import load
    >>> load().events.query("kind == 'meeting'")["event"].tolist()
    ['bonn', 'moscow', 'manila']
    """
    columns = ["event", "title", "kind", "place", "earliest", "latest", "basis", "description"]
    rows = [
        (one.id, one.title, one.kind, one.place, one.first, one.last, one.basis, one.description)
        for one in codebook.events
    ]
    days = {"earliest": "datetime64[s]", "latest": "datetime64[s]"}
    table = pd.DataFrame(rows, columns=columns).astype(days)
    counts = cited.groupby("event")["doc_id"].agg(stories="nunique", passages="size")
    table = table.join(counts, on="event").fillna({"stories": 0, "passages": 0})
    table = table.astype({"stories": "int64", "passages": "int64"})
    return table.sort_values(["earliest", "latest"], kind="stable", ignore_index=True)


def matrix(table: pd.DataFrame, cited: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Return how often which story (columns) mentions which event (rows, in the order of time).

    Parameters
    ----------
    table, cited, documents : pandas.DataFrame
        As `events` and `mentions` give them, and ``corpus.documents``.

    Examples
    --------
    >>> from usru import load
    >>> corpus = load()
    >>> matrix(corpus.events, corpus.mentions, corpus.documents).loc["flynn"].tolist()
    [3, 1, 0, 0, 0]
    """
    counts = pd.crosstab(cited["event"], cited["doc_id"])
    return counts.reindex(index=table["event"], columns=documents["doc_id"], fill_value=0)


def accounts(codebook: Events, blocks: pd.DataFrame, texts: Mapping[str, str]) -> pd.DataFrame:
    """Return where stories give different accounts of one thing.

    Parameters
    ----------
    codebook, blocks, texts : Events, pandas.DataFrame, mapping of str
        As for `mentions`.

    Returns
    -------
    pandas.DataFrame
        One row an account: `difference`, `question`, `compatible` (whether both can be true) and
        the `reason`, `doc_id`, `says` (the account in short), `block`, `line` and `text` (the words
        on the page).

    Examples
    --------
    >>> from usru import load
    >>> corpus = load()
    >>> told = accounts(corpus.codebook.events, corpus.blocks, corpus.texts)
    >>> told.query("difference == 'lengthy'")["says"].tolist()
    ['Lavrov', 'Tillerson']
    """
    told = [account for one in codebook.differences for account in one.accounts]
    pages = _pages(blocks, told)
    rows = [
        {"difference": one.id, "question": one.question, "compatible": one.compatible,
         "reason": one.reason, "says": account.says}
        | _located(f"{codebook.path}, {one.id}", account, pages, texts)
        for one in codebook.differences for account in one.accounts
    ]  # fmt: skip
    columns = ["difference", "question", "compatible", "reason", "doc_id", "says", "block", "line",
               "text"]  # fmt: skip
    kinds = {"compatible": "bool", "block": "int64", "line": "int64"}
    return pd.DataFrame(rows, columns=columns).astype(kinds)


def anchors(codebook: Events, blocks: pd.DataFrame, texts: Mapping[str, str]) -> pd.DataFrame:
    """Return the words by which the days of publication were inferred.

    Parameters
    ----------
    codebook, blocks, texts : Events, pandas.DataFrame, mapping of str
        As for `mentions`.

    Returns
    -------
    pandas.DataFrame
        One row a passage: `doc_id`, `block`, `line`, `start`, `end` (raw offsets), `text`.

    Examples
    --------
    >>> from usru import load
    >>> corpus = load()
    >>> anchors(corpus.codebook.events, corpus.blocks, corpus.texts)["line"].tolist()
    [10, 34, 34, 34, 13, 17, 7]
    """
    place = f"{codebook.path}, [[anchors]]"
    pages = _pages(blocks, codebook.anchors)
    rows = [_located(place, passage, pages, texts) for passage in codebook.anchors]
    columns = ["doc_id", "block", "line", "start", "end", "text"]
    numbers = dict.fromkeys(["block", "line", "start", "end"], "int64")
    return pd.DataFrame(rows, columns=columns).astype({"doc_id": "str", **numbers})


def horizons(
    dates: pd.DataFrame, blocks: pd.DataFrame, documents: pd.DataFrame,
    anchors: pd.DataFrame, clauses: pd.DataFrame,
) -> pd.DataFrame:  # fmt: skip
    """Return how far from publication each temporal expression of a story's body points.

    Parameters
    ----------
    dates, blocks, documents : pandas.DataFrame
        The frames of a corpus of those names.
    anchors, clauses : pandas.DataFrame
        As the function `anchors` gives them, and a reading of clauses
        (`usru.analysis.voices.read_clauses`).

    Returns
    -------
    pandas.DataFrame
        One row an expression that resolves, of a story whose day is known: `doc_id`, `meeting`,
        `text`, `block`, `line`, `start`, `end` (raw offsets), `earliest`, `latest`; `nearest` and
        `farthest`, the days from publication to the nearest and the farthest day that it can mean,
        negative before publication (`nearest` is 0 where the interval holds it; of two ends as far
        away the later is the farthest); `fixed_day`, whether the day of publication was inferred
        from it; `voice` and `speaker` of the clause, empty where nobody coded it.

    Examples
    --------
    >>> from usru import load
    >>> corpus = load()
    >>> fixed = anchors(corpus.codebook.events, corpus.blocks, corpus.texts)
    >>> said = corpus.coded_clauses
    >>> found = horizons(corpus.dates, corpus.blocks, corpus.documents, fixed, said)
    >>> found.query("text == 'last month'")[["nearest", "farthest"]].to_numpy().tolist()
    [[-6, -36]]
    """
    body = blocks.loc[blocks["kind"] == "body", ["doc_id", "block", "line_start"]]
    table = dates[dates["earliest"].notna()].merge(body, on=["doc_id", "block"])
    dated = documents.dropna(subset="published")[["doc_id", "published"]]
    table = table.merge(dated, on="doc_id")
    first, last = ((table[end] - table["published"]).dt.days for end in ("earliest", "latest"))
    said = clauses[["voice", "speaker"]].reindex(_holder(table, clauses)).fillna("")
    table = table.assign(
        line=table["line_start"],
        nearest=(last.clip(upper=0) + first.clip(lower=0)).astype("int64"),
        farthest=first.where(first.abs() > last.abs(), last).astype("int64"),
        fixed_day=_holder(table, anchors).notna().to_numpy(),
        voice=said["voice"].to_numpy(),
        speaker=said["speaker"].to_numpy(),
    )
    return table[["doc_id", "meeting", "text", "block", "line", "start", "end", "earliest", "latest",
                  "nearest", "farthest", "fixed_day", "voice", "speaker"]]  # fmt: skip


def _holder(table: pd.DataFrame, spans: pd.DataFrame) -> pd.Series:
    """Of each row, the row of `spans` that holds it; missing where none does."""
    place = ["doc_id", "start", "end"]
    rows = table[place].rename_axis("row").reset_index()
    pairs = rows.merge(spans[place].rename_axis("span").reset_index(), on="doc_id")
    held = pairs[(pairs["start_x"] >= pairs["start_y"]) & (pairs["end_x"] <= pairs["end_y"])]
    return held.drop_duplicates("row").set_index("row")["span"].reindex(table.index)


def capture_date_errors(
    documents: pd.DataFrame, blocks: pd.DataFrame, texts: Mapping[str, str]
) -> pd.DataFrame:
    """Return what each expression would mean if the page's clock were taken for its date.

    Parameters
    ----------
    documents, blocks : pandas.DataFrame
        The frames of a corpus of those names.
    texts : mapping of str
        The frames of a corpus of those names, and its pages by `doc_id`.

    Returns
    -------
    pandas.DataFrame
        One row an expression whose meaning would change, of a story whose day and clock are known:
        `doc_id`, `text`, `resolved` (first day,
        against publication), `mistaken` (against the page's clock) and `days`, the error.

    Examples
    --------
    >>> from usru import load
    >>> corpus = load()
    >>> capture_date_errors(corpus.documents, corpus.blocks, corpus.texts)["text"].tolist()[:2]
    ['Thursday', 'February 1']
    """
    columns = ["doc_id", "text", "resolved", "mistaken"]
    tables = [pd.DataFrame([], columns=columns)]
    clocked = documents.dropna(subset=["captured", "published"])
    pages = blocks[blocks["doc_id"].isin(clocked["doc_id"])].groupby("doc_id")
    for document in clocked.itertuples():
        own, raw = pages.get_group(document.doc_id), texts[document.doc_id]
        right = find_dates(raw, own, document.published)
        wrong = find_dates(raw, own, document.captured.tz_localize(None))["earliest"]
        # What no calendar has, or only one of the two resolves, is no error of the clock.
        differs = right["earliest"].notna() & wrong.notna() & (right["earliest"] != wrong)
        found = right.assign(doc_id=document.doc_id, resolved=right["earliest"], mistaken=wrong)
        tables.append(found.loc[differs, columns])
    days = dict.fromkeys(["resolved", "mistaken"], "datetime64[s]")
    table = pd.concat(tables, ignore_index=True).astype({"doc_id": "str", "text": "str", **days})
    return table.assign(days=(table["mistaken"] - table["resolved"]).dt.days.astype("int64"))
