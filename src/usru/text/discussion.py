"""The readers' comments of a page: where they begin, and which units name who wrote them.

Comment systems print a comment's parts in different orders: a name, or a bullet with an avatar's
text, above it (Disqus, WordPress, Facebook), the time below the name (phones), or a number in
front and the name below (Israeli and Indian papers). Controls ("Reply", "Share") come between.
"""

import re
from typing import NamedTuple

from usru.text.furniture import Label
from usru.text.page import Page

__all__ = ["labels", "start"]

# Units within which a commenter follows the label of the comments: rules of the house, tabs to
# sort by, and forms lie between.
NEAR = 12
# Units within which paragraphs follow the number of comments in a share bar above a story.
SHARE_BAR = 40
# Paragraphs of the story above a label of comments that is surely not in such a share bar.
TOLD = 3
_LABEL = "comments-phrase"  # how the rule of a label begins that says that comments follow
# Between a commenter's name and place or date, as WordPress and local papers print them.
_PLACED = re.compile(r" [-–|·] ")
_AGO = re.compile(r"(?:\d+|an?) (?:sec|min|hour|hr|day|week|month|year)\w* ago", re.IGNORECASE)

# A reader's comment with its number, as Israeli and Indian papers print them.
_NUMBERED = re.compile(r"\d{1,4}[.)] \S")
# What a comment ends with.
_CONTROL = re.compile(r"(?:like|reply|share|report|△|▲|\d+ likes?)\b", re.IGNORECASE)


class _Step(NamedTuple):
    """What a unit of the comments is, and the state that it leaves: what was read last.

    States: ``opening`` (before the first comment), ``named`` (a commenter's name), ``commenting``
    (a text), ``numbered`` (a text with its number), ``between`` (controls), ``after`` (the end).
    """

    label: Label
    state: str


def start(page: Page) -> int:
    """Return the label that commenters follow, or the first who is named above a time.

    Where there is neither, it is the number of units.

    Parameters
    ----------
    page : Page
        As `usru.text.page.Page.read` gives it.
    """
    first = next((i for i, told in enumerate(page.prose) if told), 0)
    labels = {i for i, label in enumerate(page.cued) if label and label.rule.startswith(_LABEL)}
    for i in sorted(labels | page.commenters):
        if i <= first:
            continue
        told = page.prose_before[i] - page.prose_before[first]
        if (
            i in labels
            and _leads_to_comments(page, i)
            and (told >= TOLD or not _story_goes_on(page, i))
        ):
            return i
        if i in page.commenters and _is_timed(page, i):
            return i
    return len(page)


def _leads_to_comments(page: Page, i: int) -> bool:
    """Whether a comment follows a label that says so."""
    return any(
        _is_commenter(page, j)
        or _CONTROL.match(page.units[j].text)
        or _NUMBERED.match(page.units[j].text)
        for j in range(i + 1, min(len(page), i + NEAR))
    )


def _story_goes_on(page: Page, i: int) -> bool:
    """Whether paragraphs follow a label before any commenter does (a share bar, then)."""
    for j in range(i + 1, min(len(page), i + SHARE_BAR)):
        if page.prose[j] or _is_commenter(page, j):
            return not _is_commenter(page, j)
    return False


def labels(page: Page, first: int) -> list[Label]:
    """Return the label of each unit of the readers' comments.

    Parameters
    ----------
    page : Page
        As `usru.text.story.find` gives it.
    first : int
        The unit with which they begin.
    """
    found, state = [], "opening"
    for i in range(first, len(page)):
        steps = (rule(page, i, state) for rule in (_links, _numbered, _control, _named, _other))
        label, state = next(filter(None, steps))
        found.append(label)
    return found


def _links(page: Page, i: int, state: str) -> _Step | None:
    """Links to other stories end the comments."""
    label = page.cued[i]
    if label is not None and label.rule.startswith("links-phrase"):
        return _Step(label, "after")
    return None


def _numbered(page: Page, i: int, state: str) -> _Step | None:
    """A comment with its number in front, and the name right below it."""
    if _NUMBERED.match(page.units[i].text) and state != "after":
        return _Step(Label("comment", "numbered-comment"), "numbered")
    is_short = page.words[i] <= 6 and not page.terminal[i]
    if state == "numbered" and is_short and not page[i].gap:
        return _Step(Label("commenter", "name-under-a-comment"), "between")
    return None


def _control(page: Page, i: int, state: str) -> _Step | None:
    """What one presses ("Reply"), unless somebody wrote just that ("Thank you for reading.")."""
    label = page.cued[i]
    is_written = state == "named" and page.terminal[i]
    if label is None or label.kind != "nav" or page.units[i].bullet or is_written:
        return None
    stays = state in ("after", "opening") or _AGO.fullmatch(page.units[i].text)
    return _Step(label, state if stays else "between")


def _named(page: Page, i: int, state: str) -> _Step | None:
    """The line of a commenter, unless a text is due and it reads like one."""
    if _is_commenter(page, i) and not (state == "named" and page.terminal[i]):
        return _Step(Label("commenter", "commenter-line"), "named")
    return None


def _other(page: Page, i: int, state: str) -> _Step:
    """Times, the end of the comments, bare names, labels, and what is left: what readers wrote."""
    label, kind = page.cued[i], page[i].cue.kind
    if kind == "timestamp":
        return _Step(Label("nav", "time-of-a-comment"), state)
    if label is not None and kind in ("related", "tags") and state != "named":
        return _Step(label, "after")
    if state == "after":
        return _Step(page.outside(i, "links"), state)
    if state in ("opening", "between") and _is_bare_name(page, i):
        return _Step(Label("commenter", "name-above-a-text"), "named")
    is_free = state == "opening" or (state == "between" and page.units[i].bullet)
    if page.words[i] <= 4 and is_free:
        return _Step(Label("nav", "label-in-the-comments"), state)
    return _Step(Label("comment", "text-under-a-commenter"), "commenting")


def _is_commenter(page: Page, i: int) -> bool:
    is_timed_name = _is_timed(page, i) and _is_bare_name(page, i)
    return i in page.commenters or is_timed_name or _is_avatar(page, i)


def _is_avatar(page: Page, i: int) -> bool:
    """A name with the bullet that stands for a picture, right above a text without one."""
    if i + 1 >= len(page) or not page.units[i].bullet or page.units[i + 1].bullet:
        return False
    return page.words[i] <= 4 and not page.terminal[i] and not page[i + 1].gap


def _is_timed(page: Page, i: int) -> bool:
    """Whether the next line is nothing but a time, as under a commenter's name."""
    return page[i + 1].cue.kind == "timestamp" or bool(_AGO.fullmatch(page[i + 1].text))


def _is_bare_name(page: Page, i: int) -> bool:
    """A short line above a text, or above the time of one."""
    text = page.units[i].text
    longest = 8 if _PLACED.search(text) else 4
    is_short = page.words[i] <= longest and len(text) <= 50 and not page.terminal[i]
    is_free = page[i].uncued and not page.units[i].bullet
    return is_short and is_free and (page[i + 1].uncued or _is_timed(page, i))
