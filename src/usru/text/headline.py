"""A page's headline: the title above the story that shares most with its prose."""

import re
from collections.abc import Mapping, Sequence

from usru.text.lines import Unit, plain
from usru.text.page import NEAR, Page, inner_stop, stems

__all__ = ["find", "known"]

LONGEST = 30  # words of the longest title, a tabloid's
# Words of a title that is no label: shorter ones (a site's or section's name) count for less.
FULL = 8
# Share of a title's word stems that the prose has too, where a menu lies between them.
SHARED = 0.2
SHARED_BY_LABEL = 0.4  # the same for a line that is cued as a label ("Analysis: …", "Photo of …")
# Of the best score: the first line that reaches it is the headline. At less it is a ministry's
# name or a breadcrumb, at more a deck or a caption that repeats more of the story than its title.
GOOD = 0.6
# Kinds that a title is taken for when it begins like a label ("Watch: …", "Save the …").
_LIKE_TITLES = ("nav", "related", "byline", "credit", "caption", "tags")
# Kinds that come between two paragraphs without parting them.
_BESIDE = ("caption", "credit", "separator")
# The place with which wire copy begins, and its date or agency: nothing below is a headline.
_DATELINE = re.compile(
    r"[A-Z][A-Z .'-]{2,}(?:, [A-Z][\w. ]{2,20})?(?: ?\([^()]{2,20}\)| ?/[^/]{2,20}/)? ?(?:[-–—]+|\.) "
)
# A full stop that is not the last of initials ("in the U.S.").
_FULL_STOP = re.compile(r"(?<!\b[A-Z]\.[A-Z])\.[\"”’'»)\]“‘«]*$")


def find(page: Page, start: int, stop: int, title: str | None = None) -> int | None:
    """Return the unit that prints the known title, or is most like one of the story.

    None for a text that begins with its lead, as wire copy may.

    Parameters
    ----------
    page : Page
        As `usru.text.page.Page.read` gives it.
    start, stop : int
        The units of the story.
    title : str, optional
        The story's title where it is known.
    """
    prose = [i for i in range(start, stop) if page.prose[i]]
    printed = known(page.units[: prose[0] + 1] if prose else page.units, title)
    if printed is not None or not prose:
        return printed
    scores = _scores(page, prose)
    if max(scores.values(), default=0.0) <= 0:
        return _short_title(page, prose[0])
    chosen = _chosen(page, scores, start)
    # The first line is the page's title, with the site's name; the story's own is nearer to it.
    again = max((i for i in page.titles_again if i <= start), default=0)
    return again if again and (chosen == 0 or page.is_below(again, start)) else chosen


def _chosen(page: Page, scores: Mapping[int, float], start: int) -> int:
    """The first good title, near the story if one is there: what follows it are decks."""
    best = max(scores, key=lambda i: (scores[i], -i))
    good = [i for i in scores if scores[i] >= GOOD * scores[best] and page.words[i] >= 5]
    near = (i for i in good if i >= start - NEAR)
    return next(near, next(iter(good), best))


def known(units: Sequence[Unit], title: str | None) -> int | None:
    """Return which unit prints a title that is known: the last that does, alone or with more.

    Parameters
    ----------
    units : sequence of Unit
        Where it may be printed.
    title : str or None
        The title; None where it is not known.

    Examples
    --------
    >>> from usru.text.lines import units
    >>> known(list(units("Radio Lund\\n\\nPier closes – Radio Lund\\n")), "Pier closes")
    1
    """
    words = plain(title or "")
    if not words:
        return None
    printed = {i: plain(unit.text) for i, unit in enumerate(units)}
    same = [i for i, text in printed.items() if text == words]
    longer = [i for i, text in printed.items() if text.startswith(words + " ")]
    return max(same or longer, default=None)


def _scores(page: Page, prose: Sequence[int]) -> dict[int, float]:
    """How much each line down to the third paragraph is like a title of the prose."""
    datelined = (i for i in prose if _DATELINE.match(page.units[i].text))
    limit = min(prose[2] if len(prose) > 2 else prose[-1], next(datelined, len(page)))
    # From the last line that is not cued on, nothing but cues parts a line from the prose.
    above = max((i for i in range(prose[0]) if page[i].uncued), default=-1)
    lines = [i for i in range(limit) if page.words[i] <= LONGEST]
    titles = [i for i in lines if _is_candidate(page, i, prose[0]) and not _is_lead(page, i)]
    vocabulary = stems("\n".join(page[i].text for i in prose)) if titles else set()
    scores = {i: _score(page, i, vocabulary, prose[0], i >= above) for i in titles}
    return dict.fromkeys(lines, 0.0) | scores


def _score(page: Page, i: int, vocabulary: set[str], first: int, above: bool) -> float:
    """How much a line is like a title: what it shares with the prose, its length, its place."""
    own, text = page[i].stems, page[i].text
    if not own:
        return 0.0
    shared = len(own & vocabulary) / len(own)
    if not _may_be_title(page, i, shared, above):
        return 0.0
    is_stopped = page.terminal[i] and (_FULL_STOP.search(text) or inner_stop(text))
    return (
        (0.1 + shared)
        * min(1.0, page.words[i] / FULL)
        * (1.0 if i < first else 0.5)
        * (0.4 if is_stopped else 1.0)
        * (1.0 if page[i].uncued else 0.5)
    )


def _is_candidate(page: Page, i: int, first: int) -> bool:
    """Whether a line may be a title, however much it shares with the prose."""
    if page.words[i] < 3:
        return False
    if i > first:  # under a picture's caption or a summary, which texts without cues do not have
        return page[i].uncued and page.has_cues
    cue = page[i].cue
    return i == 0 or page[i].uncued or (cue.kind in _LIKE_TITLES and not cue.opens_section)


def _may_be_title(page: Page, i: int, shared: float, above: bool) -> bool:
    if page[i].uncued:
        return above or shared >= SHARED
    if i == 0 and above and page.words[i] >= 5 and ": " in page.units[i].text:
        return True
    is_label = i > 0 and page[i].cue.opens_section
    shares = shared >= (SHARED if above else SHARED_BY_LABEL)
    return page[i].cue.kind in _LIKE_TITLES and shares and not is_label


def _short_title(page: Page, first: int) -> int | None:
    """Some words near the page's beginning that nothing but cues parts from the prose."""
    lines = [i for i in range(first) if page[i].uncued]
    if not lines or len(lines) > 3:
        return None
    i = lines[-1]
    is_label = page.words[i] < 2 and page.has_cues
    return None if is_label or page.terminal[i] or page[i].leads_in else i


def _is_lead(page: Page, i: int) -> bool:
    """A sentence with a full stop that prose follows: a text without its title begins so."""
    if i in page.turns or page[i].leads_in:
        return True
    if not (page.terminal[i] and _FULL_STOP.search(page.units[i].text)):
        return False
    below = (j for j in range(i + 1, min(i + 4, len(page))) if page[j].cue.kind not in _BESIDE)
    following = next(below, None)
    return following is None or page[following].uncued
