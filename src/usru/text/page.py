"""What each unit of a page is: by its cue, by its own words, and beside its neighbours.

A unit is *cued* where it shows on its face what it is (`usru.text.furniture`). Of the others it
matters whether they end like a sentence, are long enough for prose, or are a part of something
larger: a transcript, a list, a sentence that a link broke, a row of teasers.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise

from usru.text.furniture import Cues, Label
from usru.text.lines import TERMINAL, WORD, Unit, plain
from usru.text.quotations import _turns as transcript
from usru.text.quotations.vocabulary import build

__all__ = ["Page"]

# Words of the shortest sentence or title that tells; shorter ones are slogans and labels.
SENTENCE = 4
# Words of the shortest sentence of a story; notes about authors and labels of games are shorter
# ones, and a magazine's first paragraph is hardly longer.
PROSE = 8
# Words from which a line without a full stop is prose (a lead before a picture, a legal notice),
# and one with three dots is no summary that a front page cut short.
UNSTOPPED = 25
# Words from which a lone paragraph of several sentences is the story's: newsletters and programme
# pages put a title above each of theirs, as others do above summaries of other stories.
TEASER = 40
# Units from one summary to the next: a title, a name, a date, a share prompt between them.
BLURBS = 8
TITLE = range(4, 31)  # words of the title of another story; a row of shorter lines is a menu
# The same below a label that links follow, where even three words are a title.
LINKED_TITLE = range(3, 31)
ITEM = 25  # words of the longest item of a list: a path of a play-off draw, what a toy can do
# Units within which a headline is above its story, which lists of sections and cities exceed.
NEAR = 25
MENU = 6  # lines that are neither cued nor sentences, above which what parts two units is a menu

# Whether a sentence ends within a text.
inner_stop = re.compile(r"(?<![\d])[.!?][\"”’']? \S").search
# A turn with its speaker in capitals, as ministries print press conferences, or Q and A.
_TURN = re.compile(
    r"(?:Q|A|[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]*){0,5}): +\(?[^\W\d_](?:.* |.*[.!?]$)"
)
# A name and a colon: somebody who speaks, as in a magazine's interview.
_SPEAKER = re.compile(r"[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,4}: +\S")
# What an item of a list has that is set with blank lines: a number, a date, a place.
_TABULAR = re.compile(r"\d|[:,–—(]| - ")
# Kinds that an item of a list is taken for, as "Scotland, Norway" for keywords.
_LIKE_ITEMS = ("byline", "tags", "credit")
# The end of a line that a sentence cannot end with.
_OPEN_END = re.compile(r"(?i)\b(?:with|the|an?|of|in|by|and|to|from|on|at|for|that|told|as)$|,$")
_NOTHING = Label("", "")


class _Place:
    """A unit where it is on its page; beyond the ends of the page there is none, which is nothing."""

    __slots__ = ("_stems", "i", "page", "text")

    def __init__(self, page: "Page", i: int) -> None:
        self.page, self.i, self.text = page, i, page.units[i].text
        self._stems: set[str] | None = None

    @property
    def uncued(self) -> bool:
        """Whether no cue says what the unit is."""
        return self.page.cued[self.i] is None

    @property
    def cue(self) -> Label:
        """What a cue says of the unit, if any does."""
        return self.page.cued[self.i] or _NOTHING

    @property
    def is_sentence(self) -> bool:
        """Whether the unit is a sentence, however short."""
        return self.uncued and self.page.words[self.i] >= SENTENCE and self.page.terminal[self.i]

    @property
    def reads_like_prose(self) -> bool:
        """Whether the unit, whatever its cue, is long enough for a sentence of a story."""
        words, is_turn = self.page.words[self.i], self.i in self.page.turns
        return (words >= PROSE or is_turn) and (self.page.terminal[self.i] or words >= UNSTOPPED)

    @property
    def may_be_said(self) -> bool:
        """Whether the unit may go on with a turn, although a cue takes it for a prompt."""
        ends = self.page.terminal[self.i] or self.text.endswith((")", "]", "—", "–", "--"))
        return self.cue.kind in ("", "nav", "related") and not self.cue.opens_section and ends

    @property
    def leads_in(self) -> bool:
        """Whether the unit introduces the next."""
        return self.uncued and self.text.endswith((":", ";", ","))

    @property
    def is_open(self) -> bool:
        """Whether the unit may go on in the next."""
        return self.uncued and not self.page.terminal[self.i]

    @property
    def gap(self) -> bool:
        """Whether a blank line is above the unit."""
        units = self.page.units
        return self.i == 0 or units[self.i].first > units[self.i - 1].last + 1

    @property
    def stems(self) -> set[str]:
        """The stems of the unit's words."""
        if self._stems is None:
            self._stems = stems(self.text)
        return self._stems

    @property
    def is_names(self) -> bool:
        """Whether the unit is nothing but names, as a byline without "by" is."""
        words = re.sub(r"\b(?:and|in|with|for)\b|[,&|]", " ", self.text).split()
        return 2 <= len(words) <= 8 and all(
            word[:1].isupper() and (not word.isupper() or len(word) <= 2) for word in words
        )

    @property
    def is_title_case(self) -> bool:
        """Whether most longer words behind the first are capitalised, as in American titles."""
        words = [word for word in self.text.split()[1:] if len(word) >= 4]
        return bool(words) and sum(word[:1].isupper() for word in words) * 2 > len(words)


def stems(text: str) -> set[str]:
    """Return the beginnings of a text's longer words, so that a word and its plural are one.

    Parameters
    ----------
    text : str
        Any.
    """
    return {word.lower()[:5] for word in WORD.findall(text) if len(word) >= 4}


@dataclass(eq=False)
class Page:
    """The units of a page and what each of them is."""

    units: Sequence[Unit]
    words: Sequence[int]  # how many each unit has
    cued: list[Label | None]  # what a cue says of each
    commenters: Set[int]  # units that read like the line that names who wrote a comment
    terminal: list[bool]  # whether a unit ends like a sentence
    prose: Sequence[bool] = ()  # whether it is a sentence of a story
    turns: Set[int] = frozenset()  # turns of a transcript
    listed: Set[int] = frozenset()  # items of lists
    pieces: Set[int] = frozenset()  # parts of a sentence that a link broke
    linked: Set[int] = frozenset()  # titles of other stories in a list

    def __len__(self) -> int:
        return len(self.units)

    def __getitem__(self, i: int) -> _Place:
        return self._places[i] if 0 <= i < len(self.units) else _NOWHERE

    @cached_property
    def _places(self) -> list[_Place]:
        return [_Place(self, i) for i in range(len(self.units))]

    @classmethod
    def read(cls, units: Sequence[Unit], cues: Cues) -> "Page":
        """Read what each unit of a page is.

        Parameters
        ----------
        units : sequence of Unit
            The paragraphs of the page.
        cues : Cues
            Those of its outlet.
        """
        page = cls(
            units,
            words=[len(unit.text.split()) for unit in units],
            cued=[cues.label(unit) for unit in units],
            commenters={i for i, unit in enumerate(units) if cues.names_commenter(unit)},
            terminal=[_ends(unit.text) for unit in units],
        )
        every = range(len(units))
        # What follows a speaker's name is said, however short it is ("MINISTER LEE: Yes").
        page.turns = _turns(page)
        for i in page.turns:
            page.terminal[i] = True
        # What a sentence introduces is a list, whatever a cue takes its items for.
        page.listed = _list_items(page) - page.turns
        for i in page.listed | page.turns:
            page.cued[i] = None
        page.pieces = set(_pieces(page))
        for i in page.pieces:
            page.cued[i] = None
        page.linked = _linked(page)
        page.prose = [page.cued[i] is None and page[i].reads_like_prose for i in every]
        if not any(page.prose):  # a brief, or a story of short sentences only
            page.prose = [page[i].is_sentence for i in every]
        return page

    def is_below(self, title: int, start: int) -> bool:
        """Whether no menu parts a title from a story: dates, share bars and pictures may.

        Parameters
        ----------
        title, start : int
            The unit of the title, and the first of the story.
        """
        menu = (self[i].uncued and not self[i].is_sentence for i in range(title + 1, start))
        return start - title - 1 <= NEAR and sum(menu) <= MENU

    @cached_property
    def has_cues(self) -> bool:
        """Whether any unit is cued, as on a page and not in a plain text."""
        return any(self.cued)

    @cached_property
    def prose_before(self) -> list[int]:
        """How many units above each one are prose."""
        return [0, *accumulate(map(int, self.prose))]

    @cached_property
    def printed_again(self) -> set[str]:
        """Sentences that a page prints twice: captions of a gallery, forms, teasers.

        None where most are, as where a page is saved twice. Labels of turns come again anyway.
        """
        prose = enumerate(zip(self.units, self.prose, strict=False))
        texts = Counter(unit.text for i, (unit, told) in prose if told and i not in self.turns)
        again = {text for text, times in texts.items() if times > 1}
        return again if 2 * sum(texts[text] for text in again) < texts.total() else set()

    @cached_property
    def titles_again(self) -> set[int]:
        """Units that print the page's first line again, with or without the site's name."""
        page_title = plain(self[0].text)
        long = (i for i in range(1, len(self)) if self.words[i] >= SENTENCE)
        alike = (i for i in long if page_title.startswith(plain(self[i].text.split(maxsplit=1)[0])))
        return {i for i in alike if page_title.startswith(plain(self[i].text))}

    @cached_property
    def teasers(self) -> set[int]:
        """Lone sentences among titles, at least two in a row: summaries of other stories.

        Where a page has no other sentences they are the story, in short sections.
        """
        told = {i for i in range(len(self)) if self[i].is_sentence}
        sentences = sorted(told - self.turns)
        lone = [told.isdisjoint((i - 1, i + 1)) and self._is_lone(i) for i in sentences]
        pairs = [
            (i, j)
            for (i, alone), (j, too) in pairwise(zip(sentences, lone, strict=True))
            if alone
            and too
            and j - i <= BLURBS
            and not any(self[k].cue.opens_section for k in range(i, j))
        ]
        teasers = {i for pair in pairs for i in pair}
        others = any(self.prose[i] and i not in teasers for i in sentences)
        return teasers if others else set()

    def outside(self, i: int, section: str = "") -> Label:
        """Return what an uncued unit outside the story is.

        Parameters
        ----------
        i : int
            The unit.
        section : str
            What the label above it opens, as ``"links"``; nothing by default.
        """
        if section == "keywords" and self.words[i] <= 4 and not self.terminal[i]:
            return Label("tags", "short-line-under-a-label")
        if self[i + 1].cue.rule.startswith("bio-phrase") and self[i].is_names:
            return Label("byline", "name-above-a-bio")
        if i in self.teasers or i in self.linked:
            return Label("related", "summary-of-another-story")
        is_linked = section == "links" and self._is_title(i, LINKED_TITLE)
        # Where no label says so, a single title may be an entry of a menu.
        is_beside = self._is_title(i - 1, TITLE) or self._is_title(i + 1, TITLE)
        if is_linked or (is_beside and self._is_title(i, TITLE)):
            return Label("related", "title-outside-the-story")
        return Label("nav", "outside-the-story")

    def _is_title(self, i: int, lengths: range) -> bool:
        return self[i].uncued and self.words[i] in lengths and not self[i].text.endswith((".", ":"))

    def _is_lone(self, i: int) -> bool:
        is_beside = self._is_beside_sentence(i, -1) or self._is_beside_sentence(i, 1)
        if is_beside or self.units[i].bullet:
            return False
        return not (self.words[i] >= TEASER and inner_stop(self.units[i].text))

    def _is_beside_sentence(self, i: int, step: int) -> bool:
        """Whether the next line up or down, past a caption or a share prompt, is a sentence too."""
        for j in (i + step, i + 2 * step, i + 3 * step):
            if self[j].uncued:
                return self[j].is_sentence or self[j].leads_in or j in self.listed
            if not 0 <= j < len(self) or self[j].cue.opens_section:
                return False
        return False


_NOWHERE = Page([Unit(0, 0, 0, 0, "", False)], [0], [_NOTHING], frozenset(), [False])[0]


def _ends(text: str) -> bool:
    """Whether a unit ends like a sentence; summaries of other stories are often cut short."""
    is_cut = text.endswith(("...", "…")) and len(text.split()) < UNSTOPPED
    return bool(TERMINAL.search(text[-8:])) and not is_cut


def _turns(page: Page) -> set[int]:
    """Turns of a transcript: two with a speaker in capitals, or of one who speaks twice."""
    speakers = {
        i: unit.text.partition(":")[0]
        for i, unit in enumerate(page.units)
        if ": " in unit.text and page[i].uncued and page.words[i] > 1 and _SPEAKER.match(unit.text)
    }
    often = Counter(speaker for i, speaker in speakers.items() if page.terminal[i])
    named = {i for i, speaker in speakers.items() if often[speaker] > 1 and page.words[i] > 2}
    found = named | {i for i in speakers if _TURN.match(page.units[i].text)}
    found = found if len(found) > 1 else set()
    return found | _transcript(page)


def _transcript(page: Page) -> set[int]:
    """What is said in a transcript, by labels of any sort, and what goes on without one."""
    texts = [unit.text for unit in page.units]
    spoken = transcript.find(texts, [False] * len(texts), "", build())
    last = max((i for i, turn in enumerate(spoken) if turn and turn.begins), default=-1)
    # Behind the last label the page may go on with its menu.
    alone = last >= 0 and not spoken[last].words  # type: ignore[union-attr]
    return {
        i for i, turn in enumerate(spoken[: last + 1 + alone])
        if turn is not None and (turn.begins or page[i].may_be_said)
    }  # fmt: skip


def _list_items(page: Page) -> set[int]:
    """Items of lists that a sentence introduces ("The five are:")."""
    items: set[int] = set()
    for i, unit in enumerate(page.units):
        if _introduces(unit.text) and page[i].uncued:
            items.update(range(i + 1, _list_end(page, i + 1)))
    return items


def _introduces(text: str) -> bool:
    return text.endswith(":") and len(text.split()) >= 3


def _list_end(page: Page, first: int) -> int:
    """Where a list ends: its items are all set with blank lines between them, or all without."""
    tight = first + 1 < len(page) and not page[first + 1].gap
    stop = first
    while stop < len(page) and _is_item(page, stop, tight):
        if stop > first and page[stop].gap == tight:
            break
        stop += 1
    return stop


def _is_item(page: Page, i: int, tight: bool) -> bool:
    text = page.units[i].text
    if page.words[i] > ITEM or page.terminal[i] or _introduces(text):
        return False
    kinds = (*_LIKE_ITEMS, "nav") if page.units[i].bullet else _LIKE_ITEMS
    is_free = page[i].uncued or (page[i].cue.kind in kinds and not page[i].cue.opens_section)
    return is_free and (tight or _TABULAR.search(text) is not None)


def _pieces(page: Page) -> Iterator[int]:
    """Parts of a sentence that a dump cut where it had a link, as those of interviews do."""
    for i in range(1, len(page)):
        goes_on = page.units[i].text.startswith((",", ";", ".", ")", ":"))
        if not goes_on and not page[i - 1].is_open:
            continue
        # The name of a site, or a stop alone, that a cue would take for a prompt or a break.
        is_free = page[i].uncued or (page.units[i].text == "." and page[i].cue.kind == "separator")
        is_linked = goes_on and page[i - 1].cue.kind == "nav" and page[i - 2].is_open
        if not is_free or not (page[i - 1].is_open or is_linked):
            continue
        if goes_on or (page.words[i - 1] >= 3 and _OPEN_END.search(page.units[i - 1].text[-8:])):
            yield from (i - 1, i)
        if goes_on and page.words[i - 1] <= 6 and page[i - 2].is_open:
            yield i - 2


def _linked(page: Page) -> set[int]:
    """Items of a list right below a label that links follow: titles, even of whole sentences."""
    linked: set[int] = set()
    for i, unit in enumerate(page.units):
        is_item = unit.bullet and page[i].uncued
        if is_item and (i - 1 in linked or page[i - 1].cue.rule.startswith("links")):
            linked.add(i)
    return linked
