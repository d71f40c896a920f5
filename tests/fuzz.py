"""Any text at all: what every reader of text promises, and mixtures of news to try it on.

Run by `usru fuzz` on many texts, side by side; a part of them has a seed of its own, so that a failure
can be repeated alone.
"""

import argparse
import itertools
import re
import signal
import sys
import traceback
import zlib
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from multiprocessing import Pool
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pandas as pd
from hypothesis import strategies as st
from tqdm import tqdm

from usru import schema
from usru.analysis import tone, topics
from usru.analysis.tone.instruments import Instrument
from usru.codebook import LAYOUTS
from usru.ending import ended
from usru.text import blocks, clauses, comments, dates, problems, quotations, sentences, turns
from usru.text.blocks import Block
from usru.text.lines import clean
from usru.text.quotations.quotation_marks import QUOTATION_MARKS

# What news is made of, so that the rules of every instrument meet each other.
PARTS = {
    "words": ["the", "a", "minister", "of", "and", "that", "who", "not", "very", "good", "bad",
        "but", "war", "talks", "we", "it", "is", "was", "no", "never", "isn't", "isn’t",
        "Wednes-", "day", "sanctions", "peace", "treaty", "election", "hackers", "kind", "so",
        "least", "without", "doubt", "only"],
    "names": ["Lavrov", "Tillerson", "LAVROV", "Ann Lee", "Mr. Lee", "Ms. Dolk", "Sen. Lee",
        "Rex W. Tillerson", "the Kremlin", "The U.S.", "North Korea", "Reuters", "Trump’s", "she",
        "he", "they", "I", "eBay", "J. K. Lee", "Gen."],
    "saying": ["said", "told", "asked:", "said that", ", he said.", "said Ann Lee,",
        "told reporters", "according to", "as saying", "wrote", "announced", "Asked by Lee,",
        ", who said", "added:", "claims", "was quoted"],
    "marks": ["“", "”", "\"", "'", "‘", "’", "«", "»", "„", "``", "''", "`", "‚", "＂", "...", "…",
        ".", ",", ";", ":", "!", "?", "(", ")", "[", "]", "{", "}", "—", "–", "-", "--", "*", "_",
        "/", "\\", "|", "<", ">", "&", "#", "@", "%", "^", "~", "=", "+", "©", "•", "·", "¶", "$",
        "€"],
    "quoted": ["“", "“", "”", "”", "\"", "‘", "’", "«", "»", ",”", ".”", "?”", "“We are late,”",
        "“late”"],
    "digits": ["0", "1", "7", "12", "31", "99", "2017", "2,500", "3.5", "1.", "(2)", "[3]", "5th",
        "04/05/2017", "2017-02-16", "12:30", "1990s", "¹", "½", "٣", "1.2.3"],
    "dates": ["May", "May 5", "May 5, 2017", "5 May", "Monday", "on Monday", "last week",
        "yesterday", "Feb.", "September 11", "the 1980s", "next year", "two days ago",
        "Christmas", "a year earlier", "the following Friday", "between May and June",
        "February 30", "noon", "summer 2016"],
    "labels": ["Q:", "A:", "LAVROV:", "MS. LEE:", "QUESTION:", "Ann Lee:", "Photo: ",
        "By Ann Lee", "Related", "Tags: a, b", "© AP / Ann Lee", "3 Comments", "Reply",
        "Ann says:", "Ann reply to Bo(Show)", "3 hours ago", "Read more", "* * *", "Share",
        "BONN (AP) —", "Document 1 of 2", "Length: 12 words"],
    "lines": ["\n", "\n\n", "\r\n", "\r", "\u2028", "\x0b", "\x0c", "\x85", "\n• ", "\n- ",
        "\n1. ", "\n   ", "\n* "],
    "signs": [" ", "\u00a0", "\u202f", "\u200b", "\u00ad", "\ufeff", "\u200d", "\u200c", "\u034f",
        "\u2060", "\u200e", "\u200f", "\u202a", "\u202c", "\u202d", "\u202e", "\u2066", "\u2069",
        "\t", "\0", "\x1b", "\x1f", "\ufffc", "\ufe0f", "\u0301"],
    "letters": ["e\u0301", "é", "ﬁ", "ﬀ", "İ", "ı", "ß", "ΟΔΟΣ", "ς", "ŉ", "ǆ", "\u1161",
        "\u1112\u1161", "ᾳ", "Å", "😁", "🇷🇺", "👩\u200d🚀", ":)", ":-(", "<3", "мир", "和平", "سلام",
        "שלום", "ไทย"],
    "damage": ["â€œ", "Ð½", "&amp;", "�", "www.a.com", "a@b.c", "http://a.b/c?d=e"],
    "sentences": ["Two envoys met in Vienna on Monday for talks about the strait.",
        "“We are ready to talk,” said Ann Lee.",
        "It is a line that was broken where a column ended and goes on in the",
        "next line of the page."],
}  # fmt: skip

GAPS = ([" "], [""], [" ", "\n"], [" ", " ", " ", "\n\n"], ["", " ", "\r\n"], ["\n"])
"""What a text has between its parts."""

DAYS = (date(2017, 8, 6), None, date.min, date.max)

Page = tuple[str, str, date | None]


def page(random: Random) -> Page:
    """Make a page of any kind: a mixture of few sorts of parts, with its layout and day."""
    parts = [*random.sample([*PARTS.values()], random.randint(1, 5)) * 3, ""]
    gaps = random.choice(GAPS)
    pieces = [
        (random.choice(random.choice(parts) or [_letter(random)]), random.choice(gaps))
        for _ in range(random.randint(1, 24))
    ]
    raw = "".join(part for piece in pieces for part in piece)
    return raw, random.choice(LAYOUTS), random.choice(DAYS)


def _letter(random: Random) -> str:
    """Any character at all, but half of a pair, which no page has."""
    code = random.randrange(random.choice([0x100, 0x3000, 0x20000]))
    return "\ufffd" if 0xD800 <= code < 0xE000 else chr(code)


PAGES = st.randoms(use_true_random=False).map(page)
"""Pages of any kind, short ones among them: what `check` takes."""

UNITS = {
    "sentences": sentences, "quotations": quotations, "clauses": clauses, "turns": turns,
    "dates": dates, "comments": comments,
}  # fmt: skip
NUMBERED = {"sentences", "quotations", "clauses", "comments"}
COVERING = {"sentences", "clauses"}
"""Those that hold every letter and digit of a paragraph."""

TOPICS = {
    "doc_id": "str", "block": "int64", "topic": "category", "hits": "int64", "spans": "object"
}  # fmt: skip


# The laws ------------------------------------------------------------------------------------


def check(raw: str, layout: str, published: date | None) -> None:
    """Assert what always holds of a page, whatever is in it, for every instrument."""
    rows = _check_page(raw, layout, published)
    _check_topics([rows, rows])


def _check_page(raw: str, layout: str, published: date | None) -> list[Block]:
    """Assert what holds of a page alone, and return its blocks."""
    rows = blocks.rows(raw, layout=layout)
    _check_blocks(raw, rows)
    for name, module in UNITS.items():
        day = [published] if name == "dates" else []
        found = module.rows(raw, rows, *day)
        _check_units(raw, rows, name, found)
        assert module.rows(raw, rows, *day) == found
    found = problems.faults(raw, [row.kind for row in rows])
    assert all(1 <= one.line <= len(_lines(raw)) for one in found)
    for instrument in tone.INSTRUMENTS.values():
        _check_tone(raw, instrument)
    return rows


def check_frames(raw: str, layout: str, published: date | None) -> None:
    """Assert that frames are the rows, by their contract."""
    rows, frame = blocks.rows(raw, layout=layout), blocks.find(raw, layout=layout)
    assert blocks.listed(schema.check("blocks", frame, "doc_id")) == rows
    for name, module in UNITS.items():
        day = [published] if name == "dates" else []
        found = schema.check(name, module.find(raw, frame, *day), "doc_id")
        assert found.equals(schema.frame(name, module.rows(raw, rows, *day), "doc_id"))
    lines = schema.frame("lines", blocks.line_rows(raw, rows), "doc_id")
    assert schema.check("lines", blocks.lines(raw, frame), "doc_id").equals(lines)
    assert problems.find(raw, frame) == problems.faults(raw, frame["kind"].tolist())
    for name, instrument in tone.INSTRUMENTS.items():
        scored = tone.score(pd.DataFrame({"text": [raw]}, dtype="str"), name)
        columns = ["text", "polarity", "subjectivity"]
        assert list(scored) == columns[: 2 + instrument.has_subjectivity]
        polarity, why = scored["polarity"].item(), tone.explain(raw, name).score
        assert np.isnan([polarity, why]).all() or polarity == why


def _check_blocks(raw: str, rows: list[Block]) -> None:
    """Blocks are whole lines, each one that is not blank in one of them."""
    lines = _lines(raw)
    covered = [n for row in rows for n in range(row.line_start, row.line_end + 1)]
    assert covered == sorted(set(covered))
    printed = [n for n in covered if lines[n - 1].strip()]
    assert printed == [n for n, line in enumerate(lines, start=1) if line.strip()]
    assert [row["line"] for row in blocks.line_rows(raw, rows)] == printed
    for number, row in enumerate(rows):
        span = raw[row.start : row.end]
        assert row.block == number
        assert _lines(span) == lines[row.line_start - 1 : row.line_end]
        assert row.text == clean(span, keep_lines=row.kind == "comment")


def _lines(raw: str) -> list[str]:
    return re.split(r"\r\n|\n|\r", raw)


def _check_units(raw: str, blocks: list[Block], name: str, rows: list[dict[str, Any]]) -> None:
    """Units lie in their blocks, one behind the other, and are what their offsets stand for."""
    letters = {block.block: "" for block in blocks if block.kind == "body"}
    for row in rows:
        block, span = blocks[row["block"]], raw[row["start"] : row["end"]]
        assert block.start <= row["start"] < row["end"] <= block.end
        if name == "clauses":  # which keep the dashes and marks that they begin with
            assert row["text"] in block.text
            assert _letters(row["text"]) == _letters(clean(span))
        else:
            assert row["text"] == clean(span, keep_lines=name == "comments")
        if name in COVERING:
            letters[row["block"]] += _letters(row["text"])
        if name == "quotations":
            assert clean(raw[block.start : row["start"]])[-1] in QUOTATION_MARKS
        if name == "dates" and row["earliest"] is not None:
            assert row["earliest"] <= row["latest"]
    assert all(a["end"] <= b["start"] for a, b in itertools.pairwise(rows))
    if name in COVERING:
        assert letters == {number: _letters(blocks[number].text) for number in letters}
    if name in NUMBERED:
        assert [row[name[:-1]] for row in rows] == [*range(len(rows))]


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _check_topics(stories: Sequence[list[Block]]) -> None:
    """Topics are told by words of the paragraph, and those of one story twice are the same."""
    body = {
        (str(number), block.block): block.text
        for number, story in enumerate(stories) for block in story if block.kind == "body"
    }  # fmt: skip
    rows = [(*place, text) for place, text in body.items()]
    found = topics.code(pd.DataFrame(rows, columns=["doc_id", "block", "text"]))
    assert {key: str(dtype) for key, dtype in found.dtypes.items()} == TOPICS
    coded: dict[str, list[tuple[object, ...]]] = {}
    for doc_id, block, topic, hits, spans in found.itertuples(index=False):
        assert hits == len(spans)
        ends = [0, *itertools.chain.from_iterable(spans), len(body[doc_id, block])]
        assert ends == sorted(ends)
        assert all(start < end for start, end in spans)
        coded.setdefault(doc_id, []).append((block, topic, hits, spans))
    for number, story in enumerate(stories):
        assert coded.get(str(number)) == coded.get(str(stories.index(story)))


def _check_tone(raw: str, instrument: Instrument) -> None:
    """A score is bounded, and its reasons add up to it, each a piece of the text."""
    given = np.ravel(instrument.scorer(raw))
    terms, steps = instrument.explainer(raw)
    assert (np.ravel(instrument.scorer(raw)) == given).all()
    assert (abs(given) <= 1).all()
    assert steps[-1][1] == given[0]
    for term in terms:
        assert 0 <= term.start < term.end <= len(raw)
        assert raw[term.start : term.end] == term.text


# Many texts ----------------------------------------------------------------------------------

PART = 500
"""Texts of one seed."""

TOGETHER = 10
"""Texts whose topics are coded at once, as a frame takes longer than a text of it."""

FRAMED = 50
"""Of so many texts one is read as frames too, which take ten times the time of rows."""


def faults(part: tuple[int, int]) -> tuple[int, list[str]]:
    """Try so many texts of a seed; return how many were tried, and each sort of failure in a line."""
    number, texts = part
    random, failed = Random(number), dict[str, Page]()
    pages = [page(random) for _ in range(texts)]
    for start in range(0, texts, TOGETHER):
        some = pages[start : start + TOGETHER]
        if fault := _fault(some):
            alone = {own: one for one in some if (own := _fault([one]))}
            failed = (alone or {fault: some[0]}) | failed
    again = f"usru fuzz --n {texts} --seed {number}"
    return texts, [
        f"{_shortened(one, fault)!r}: {fault} ({again})" for fault, one in failed.items()
    ]


def _fault(pages: list[Page], framed: int = FRAMED) -> str:
    """Which law pages break, and where; empty where they break none."""
    try:
        _check_topics([_check_page(*page) for page in pages])
        for page in pages:
            if zlib.crc32(page[0].encode()) % framed == 0:
                check_frames(*page)
    except Exception as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{Path(last.filename).name}:{last.lineno}"
        return f"{type(error).__name__} in {last.name}, {place}"
    return ""


def _shortened(page: Page, fault: str) -> Page:
    """A page without all that it fails in the same way without."""
    raw, *rest = page
    size = len(raw)
    while size := size // 2:
        at = 0
        while at < len(raw):
            shorter = raw[:at] + raw[at + size :]
            fails = _fault([(shorter, *rest)], framed=1) == fault
            raw, at = (shorter, at) if fails else (raw, at + size)
    return (raw, *rest)


def tried(n: int, first: int) -> tuple[int, int, list[str]]:
    """Try as many texts as asked for; return how many of how many held, and each failure."""
    parts = [(first + at // PART, min(PART, n - at)) for at in range(0, n, PART)]
    done, failures = 0, list[str]()
    # Workers leave an interruption to this process, which then still tells what they found.
    pool = Pool(initializer=signal.signal, initargs=(signal.SIGINT, signal.SIG_IGN))
    with pool, ended(), suppress(KeyboardInterrupt), tqdm(total=n, unit=" texts") as bar:
        for count, found in pool.imap_unordered(faults, parts):
            done += count
            failures += found
            bar.update(count)
            for line in found:
                bar.write(line)
    return done - len(failures), done, failures


def main(n: int, first: int) -> int:
    """Try texts, and say which failed."""
    _, done, failures = tried(n, first)
    print(f"{done:,} texts tried, {len(failures)} failures", flush=True)
    return 1 if failures else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="usru fuzz", description=__doc__)
    parser.add_argument("--n", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    options = parser.parse_args()
    sys.exit(main(options.n, options.seed))
