"""Readers' comments: who wrote each, whom it answers, and what it says."""

import re
from collections.abc import Sequence
from typing import Any

import pandas as pd

from usru import schema
from usru.text.blocks import Block, listed
from usru.text.lines import clean

__all__ = ["find", "names", "rows"]

# What comment systems print where there is no picture or no name.
_NOBODY = {"avatar", "guest", "anonymous", "unknown", "reader", "user"}
# Whom Sputnik's readers answer, without a space ("Ann reply toBo(Show comment)").
_REPLY = re.compile(r"(?P<who>.+?) (?:in reply|reply|replying|replied) to ?(?P<whom>[^(]+)")
# A comment's number before the name, as forums print it.
_NUMBER = re.compile(r"#\d{1,4}:? +|\d{1,4} \| ")
_LONGEST = 500  # characters of a line that names a reader, so that time is linear
_AGO = r"(?:\d+|an?|one) \w+ ago"
# Disqus: the name, behind two spaces whom it answers, and the age of the comment.
_TIMED = re.compile(rf"(?P<who>.+?)(?:  +(?P<whom>.+?))? ?[•·|,-]? ?{_AGO}.*")
# WordPress ("Ann says:", "Ann on May 3, 2017 said:"), Facebook ("Ann · Lund"), papers ("Ann, Lund").
_ENDINGS = re.compile(
    r" (?:says|wrote|writes|commented):$| on .{4,20}\d.* (?:said|says|wrote):$| · .*$|, .*$",
    re.DOTALL,
)


def find(raw: str, blocks: pd.DataFrame) -> pd.DataFrame:
    r"""Find the readers' comments of a page.

    Parameters
    ----------
    raw, blocks : str, pandas.DataFrame
        The page as plain text, and its blocks from `usru.text.blocks.find`.

    Returns
    -------
    pandas.DataFrame
        One row a comment, in page order: `block`, `comment` (from 0 within the document),
        `commenter` and `replies_to` (screen names as printed, missing where the page gives none),
        `start`, `end` and `text`. Where the first comment has no name above it, names are taken
        to come below what they wrote.

    Examples
    --------
    >>> from usru.text import blocks
    >>> page = "Envoys meet again\n\nTwo envoys met in Vienna on Monday for new talks.\n\n"
    >>> page += "1 Comment\nAnn K says:\nAbout time too, is it not?\n"
    >>> find(page, blocks.find(page))[["comment", "commenter", "text"]]
       comment commenter                        text
    0        0     Ann K  About time too, is it not?
    """
    return schema.frame("comments", rows(raw, listed(blocks)), without="doc_id")


def rows(raw: str, blocks: Sequence[Block]) -> list[dict[str, Any]]:
    """Return the rows of `find`, for a frame of many pages.

    Parameters
    ----------
    raw, blocks : str, sequence of Block
        The page as plain text, and its blocks.
    """
    spoken = [block for block in blocks if block.kind in ("commenter", "comment")]
    named_below = bool(spoken) and spoken[0].kind == "comment"
    found: list[dict[str, Any]] = []
    who: str | None = None
    whom: str | None = None
    for block in spoken:
        if block.kind == "commenter":
            who, whom = names(raw[block.start : block.end])
            if named_below and found and found[-1]["commenter"] is None:
                found[-1] |= {"commenter": who, "replies_to": whom}
                who = whom = None
            continue
        found.append(
            {"block": block.block, "comment": len(found), "commenter": who, "replies_to": whom,
             "start": block.start, "end": block.end, "text": block.text}
        )  # fmt: skip
        who = whom = None
    return found


def names(printed: str) -> tuple[str | None, str | None]:
    """Return the screen names of a commenter line: who writes, and who is answered.

    Parameters
    ----------
    printed : str
        The lines that name a commenter, as printed.

    Examples
    --------
    >>> names("• avatar\\n   Ann K reply toBo(Show commentHide comment)")
    ('Ann K', 'Bo')
    """
    who = whom = None
    for line in clean(printed, keep_lines=True).splitlines():
        text = _NUMBER.sub("", line.strip(" •●▪*-"))
        if len(text) > _LONGEST:
            continue
        reply = _REPLY.fullmatch(text) or _REPLY.match(text) or _TIMED.fullmatch(text)
        if reply:
            text, whom = reply["who"], reply["whom"] or whom
        text = _ENDINGS.sub("", text).strip()
        if text and text.lower() not in _NOBODY:
            who = text
    return who, whom.strip() if whom else None
