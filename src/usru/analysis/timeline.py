"""What happened when, which story says so, and how far each story looks back and ahead."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from usru.codebook import read_toml
from usru.corpus import Corpus
from usru.errors import InputError
from usru.files import shipped
from usru.text.patterns import compiled

__all__ = ["conflicts", "events", "horizons", "matrix", "mentions", "trap"]

NAME = "events.toml"
MENTIONED_IN = ("headline", "body", "caption")


def events(corpus: Corpus) -> pd.DataFrame:
    """Return the events of a corpus, in the order of time.

    Parameters
    ----------
    corpus : Corpus
        Its folder may hold ``codebook/events.toml``; without it there are none.

    Returns
    -------
    pandas.DataFrame
        One row an event: `event`, `title`, `kind`, `place`, `earliest` and
        `latest` (days, the same for an event of one day), `basis` (``corpus``
        or ``public record``), `description`, and the number of `stories` and
        `passages` that mention it. Ties are in the order of the file.

    Raises
    ------
    InputError
        When an event has no date, ends before it starts, cites an unknown
        document, or words that are not there or not about it.

    Examples
    --------
    >>> from usru import load
    >>> events(load()).query("kind == 'meeting'")["event"].tolist()
    ['bonn', 'moscow', 'manila']
    """
    cited = mentions(corpus)
    table = pd.DataFrame(
        [
            {key: entry[key] for key in ("title", "kind", "place", "basis", "description")}
            | {"event": entry["id"], "earliest": first, "latest": last}
            for path, entry in _entries(corpus, "events")
            for first, last in [_interval(path, entry)]
        ],
        columns=["event", "title", "kind", "place", "earliest", "latest", "basis", "description"],
    ).astype({"earliest": "datetime64[s]", "latest": "datetime64[s]"})
    counts = cited.groupby("event")["doc_id"].agg(stories="nunique", passages="size")
    table = table.join(counts, on="event").fillna({"stories": 0, "passages": 0})
    table = table.astype({"stories": "int64", "passages": "int64"})
    return table.sort_values(["earliest", "latest"], kind="stable", ignore_index=True)


def mentions(corpus: Corpus) -> pd.DataFrame:
    """Return the passages that mention an event.

    Parameters
    ----------
    corpus : Corpus
        With or without ``codebook/events.toml``.

    Returns
    -------
    pandas.DataFrame
        One row a passage: `event`, `doc_id`, `block`, `line`, `start`, `end`
        (offsets in the raw document) and `text`.

    Raises
    ------
    InputError
        As for `events`.

    Examples
    --------
    >>> from usru import load
    >>> mentions(load()).query("event == 'deadline'")["text"].tolist()
    ['promised a response would be announced by September 1']
    """
    rows = []
    for path, entry in _entries(corpus, "events"):
        about = _pattern(path, entry)
        for passage in _listed(path, entry, "passages"):
            row = _located(corpus, path, entry, passage)
            if not about.search(row["text"]):
                raise InputError(
                    _place(path, entry, "passages"),
                    f"{row['text']!r} does not match `mention`",
                    "cite words that are about the event, or correct `mention`",
                )
            rows.append({"event": entry["id"], **row})
    columns = ["event", "doc_id", "block", "line", "start", "end", "text"]
    numbers = dict.fromkeys(["block", "line", "start", "end"], "int64")
    return pd.DataFrame(rows, columns=columns).astype(numbers)


def matrix(corpus: Corpus) -> pd.DataFrame:
    """Return which story mentions which event, and how often.

    Returns
    -------
    pandas.DataFrame
        Events as rows in the order of time, documents as columns in the order
        of the corpus, the number of passages in each cell.

    Examples
    --------
    >>> from usru import load
    >>> matrix(load()).loc["flynn"].tolist()
    [2, 1, 0, 0, 0]
    """
    cited = mentions(corpus)
    counts = pd.crosstab(cited["event"], cited["doc_id"])
    rows, columns = events(corpus)["event"], corpus.documents["doc_id"]
    return counts.reindex(index=rows, columns=columns, fill_value=0)


def conflicts(corpus: Corpus) -> pd.DataFrame:
    """Return where stories give different accounts of one thing.

    Returns
    -------
    pandas.DataFrame
        One row an account: `conflict`, `question`, `doc_id`, `says` (the
        account in short), `block`, `line` and `text` (the words on the page).

    Examples
    --------
    >>> from usru import load
    >>> conflicts(load()).query("conflict == 'lengthy'")["says"].tolist()
    ['Lavrov', 'Tillerson']
    """
    rows = [
        {"conflict": entry["id"], "question": entry["question"], "says": account["says"]}
        | _located(corpus, path, entry, account)
        for path, entry in _entries(corpus, "conflicts")
        for account in _listed(path, entry, "accounts")
    ]
    columns = ["conflict", "question", "doc_id", "says", "block", "line", "text"]
    return pd.DataFrame(rows, columns=columns).astype({"block": "int64", "line": "int64"})


def horizons(corpus: Corpus) -> pd.DataFrame:
    """Return how far from publication each temporal expression of a story's body points.

    Parameters
    ----------
    corpus : Corpus
        Any corpus.

    Returns
    -------
    pandas.DataFrame
        One row an expression that resolves: `doc_id`, `meeting`, `text`,
        `block`, `line`, `earliest`, `latest`, and `days`, the distance from
        publication to the nearest day that it can mean: negative before
        publication, 0 where the interval holds it.

    Examples
    --------
    >>> from usru import load
    >>> horizons(load()).query("text == 'September 1'")["days"].tolist()
    [25]
    """
    kinds = corpus.blocks.set_index(["doc_id", "block"])[["kind", "line_start"]]
    table = corpus.dates.join(kinds, on=["doc_id", "block"])
    table = table[(table["kind"] == "body") & table["earliest"].notna()]
    documents = corpus.documents.set_index("doc_id")
    published = table["doc_id"].map(documents["published"])
    before = (table["latest"] - published).dt.days.clip(upper=0)
    after = (table["earliest"] - published).dt.days.clip(lower=0)
    table = table.assign(
        meeting=table["doc_id"].map(documents["meeting"]),
        line=table["line_start"],
        days=(before + after).astype("int64"),
    )
    columns = ["doc_id", "meeting", "text", "block", "line", "earliest", "latest", "days"]
    return table[columns].reset_index(drop=True)


def trap(corpus: Corpus) -> pd.DataFrame:
    """Return what each expression would mean if the page's clock were taken for the date.

    Returns
    -------
    pandas.DataFrame
        One row an expression whose meaning would change: `doc_id`, `text`,
        `resolved` (first day, against publication), `trapped` (first day,
        against the page's clock) and `days`, the error.

    Examples
    --------
    >>> from usru import load
    >>> trap(load())["text"].tolist()[:2]
    ['Thursday', 'February 1']
    """
    from usru.text import dates

    rows = []
    for document in corpus.documents.dropna(subset="captured").itertuples():
        blocks = corpus.blocks.query("doc_id == @document.doc_id")
        raw = corpus.raw(document.doc_id)
        own = dates.find(raw, blocks, document.published)
        wrong = dates.find(raw, blocks, document.captured.tz_localize(None))
        for right, false in zip(own.itertuples(), wrong.itertuples(), strict=True):
            if pd.isna(right.earliest) or pd.isna(false.earliest):
                continue  # what no calendar has, or only one of the two resolves
            if right.earliest != false.earliest:
                rows.append(
                    {
                        "doc_id": document.doc_id,
                        "text": right.text,
                        "resolved": right.earliest,
                        "trapped": false.earliest,
                        "days": (false.earliest - right.earliest).days,
                    }
                )
    table = pd.DataFrame(rows, columns=["doc_id", "text", "resolved", "trapped", "days"])
    days = dict.fromkeys(["resolved", "trapped"], "datetime64[s]")
    return table.astype({**days, "days": "int64"})


# The file ----------------------------------------------------------------------------------------


def _entries(corpus: Corpus, name: str) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    path = corpus.manifest.folder / "codebook" / NAME
    if not path.is_file():
        return
    entries = read_toml(path).get(name, [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise InputError(path, f"{name!r} is no list of entries", f"write [[{name}]] above each")
    needed = {
        "events": ("id", "title", "kind", "place", "basis", "description", "mention", "passages"),
        "conflicts": ("id", "question", "accounts"),
    }[name]
    seen: set[str] = set()
    for number, entry in enumerate(entries, start=1):
        for field in needed:
            if field not in entry:
                raise InputError(
                    f"{path}, [[{name}]] {number} ({entry.get('id', 'without id')}), {field}",
                    "the field is missing",
                    f"add `{field}`",
                )
        if entry["id"] in seen:
            raise InputError(
                f"{path}, [[{name}]] {number}, id", f"{entry['id']!r} is used twice", "rename one"
            )
        seen.add(entry["id"])
        yield path, entry


def _place(path: Path, entry: Mapping[str, Any], field: str) -> str:
    return f"{path}, {entry['id']}, {field}"


def _pattern(path: Path, entry: Mapping[str, Any]) -> re.Pattern[str]:
    own = path.resolve() == (shipped() / "codebook" / "events.toml").resolve()
    mention = entry["mention"]
    return compiled(_place(path, entry, "mention"), mention, mention, trusted=own)


def _listed(path: Path, entry: Mapping[str, Any], field: str) -> list[dict[str, Any]]:
    listed = entry[field]
    if not isinstance(listed, list) or not all(
        isinstance(item, dict) and isinstance(item.get("words"), str) and item["words"].strip()
        for item in listed
    ):
        raise InputError(
            _place(path, entry, field),
            "it is no list of passages",
            'write [{ doc_id = "…", words = "…" }]',
        )
    return listed


def _interval(path: Path, entry: Mapping[str, Any]) -> tuple[date, date]:
    first, last = entry.get("start", entry.get("date")), entry.get("end", entry.get("date"))
    for value in (first, last):
        if not isinstance(value, date) or isinstance(value, datetime):
            raise InputError(
                _place(path, entry, "date"),
                "the event has no date",
                "add `date`, or `start` and `end`, as TOML dates",
            )
    if last < first:
        raise InputError(
            _place(path, entry, "end"),
            f"{last} is before the start, {first}",
            "swap or correct them",
        )
    return first, last


def _located(
    corpus: Corpus, path: Path, entry: Mapping[str, Any], passage: Mapping[str, Any]
) -> dict[str, Any]:
    """Find a passage's words in the one block that holds them."""
    doc_id, words = str(passage.get("doc_id")), passage["words"]
    if doc_id not in set(corpus.documents["doc_id"]):
        raise InputError(
            _place(path, entry, "doc_id"),
            f"{doc_id!r} is no document of this corpus",
            f"use one of {', '.join(corpus.documents['doc_id'])}",
        )
    raw = corpus.raw(doc_id)
    pattern = re.compile(r"\s+".join(map(re.escape, words.split())))
    blocks = corpus.blocks.query("doc_id == @doc_id and kind in @MENTIONED_IN")
    for block in blocks.itertuples():
        match = pattern.search(raw, block.start, block.end)
        if match:
            return {
                "doc_id": doc_id,
                "block": block.block,
                "line": block.line_start,
                "start": match.start(),
                "end": match.end(),
                "text": words,
            }
    raise InputError(
        _place(path, entry, "words"),
        f"{words!r} does not stand in a headline, paragraph or caption of {doc_id}",
        "copy the words from the page",
    )
