"""What each unit of a page is: by its cue, by its own words, and beside its neighbours.

A unit is *cued* where it shows on its face what it is (`usru.text.furniture`). Of the others it
matters whether they end like a sentence, are long enough for prose, or are a part of something
larger: a transcript, a list, a sentence that a link broke, a row of teasers.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate, compress, pairwise

from usru.text.furniture import Cues, Label
from usru.text.lines import TERMINAL, WORD, Unit, plain

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
_TABULAR = re.compile(r"\d|[:,–—]| - ")
# Kinds that an item of a list is taken for, as "Scotland, Norway" for keywords.
_LIKE_ITEMS = ("byline", "tags", "credit")
# The end of a line that a sentence cannot end with.
_OPEN_END = re.compile(
    r"\b(?:with|the|an?|of|in|by|and|to|from|on|at|for|that|told|as)$|,$", re.IGNORECASE
)
_NOTHING = Label("", "")


@dataclass(frozen=True)
class Page:
    """The units of a page and what each of them is.

    Attributes
    ----------
    units : sequence of Unit
        The paragraphs of the page.
    cued : sequence of Label or None
        What a cue says of each.
    commenters : set of int
        Units that read like the line that names who wrote a comment.
    terminal, prose : sequence of bool
        Whether a unit ends like a sentence, and whether it is a sentence of a story.
    turns, listed, pieces, linked : set of int
        Turns of a transcript, items of lists, parts of a sentence that a link
        broke, and titles of other stories in a list.
    """

    units: Sequence[Unit]
    cued: Sequence[Label | None]
    commenters: Set[int]
    terminal: Sequence[bool]
    prose: Sequence[bool] = ()
    turns: Set[int] = frozenset()
    listed: Set[int] = frozenset()
    pieces: Set[int] = frozenset()
    linked: Set[int] = frozenset()

    def __len__(self) -> int:
        return len(self.units)

    @cached_property
    def words(self) -> list[int]:
        """How many words each unit has."""
        return [len(unit.text.split()) for unit in self.units]

    @classmethod
    def read(cls, units: Sequence[Unit], cues: Cues) -> "Page":
        """Read what each unit of a page is."""
        page = cls(
            units,
            cued=[cues.label(unit) for unit in units],
            commenters={i for i, unit in enumerate(units) if cues.names_commenter(unit)},
            terminal=[_ends(unit.text) for unit in units],
        )
        every = range(len(units))
        # What follows a speaker's name is said, however short it is ("MINISTER LEE: Yes").
        turns = _turns(page)
        page = replace(page, turns=turns, terminal=[page.terminal[i] or i in turns for i in every])
        # What a sentence introduces is a list, whatever a cue takes its items for.
        listed = _list_items(page)
        cued = [None if i in listed else page.cued[i] for i in every]
        page = replace(page, listed=listed, cued=cued)
        page = replace(page, pieces=set(_pieces(page)), linked=_linked(page))
        prose = [page.uncued(i) and page.reads_like_prose(i) for i in every]
        if not any(prose):  # a brief, or a story of short sentences only
            prose = [page.is_sentence(i) for i in every]
        return replace(page, prose=prose)

    # One unit; a unit beyond the ends of the page is nothing

    def text(self, i: int) -> str:
        """The text of a unit."""
        return self.units[i].text if 0 <= i < len(self) else ""

    def uncued(self, i: int) -> bool:
        """Whether no cue says what a unit is."""
        return 0 <= i < len(self.cued) and self.cued[i] is None

    def _cue(self, i: int) -> Label:
        return (self.cued[i] if 0 <= i < len(self.cued) else None) or _NOTHING

    def kind(self, i: int) -> str:
        """The kind that a cue gives a unit."""
        return self._cue(i).kind

    def rule(self, i: int) -> str:
        """The rule by which a cue gives a unit its kind."""
        return self._cue(i).rule

    def opens_section(self, i: int) -> bool:
        """Whether a cue says that something other than the story follows."""
        return self._cue(i).opens_section

    def is_sentence(self, i: int) -> bool:
        """Whether a unit is a sentence, however short."""
        return self.uncued(i) and self.words[i] >= SENTENCE and self.terminal[i]

    def reads_like_prose(self, i: int) -> bool:
        """Whether a unit, whatever its cue, is long enough for a sentence of a story."""
        is_long = self.words[i] >= PROSE or i in self.turns
        return is_long and (self.terminal[i] or self.words[i] >= UNSTOPPED)

    def leads_in(self, i: int) -> bool:
        """Whether a unit introduces the next."""
        return self.uncued(i) and self.units[i].text.endswith((":", ";", ","))

    def is_open(self, i: int) -> bool:
        """Whether a unit may go on in the next."""
        return self.uncued(i) and not self.terminal[i]

    def gap(self, i: int) -> bool:
        """Whether a blank line is above a unit."""
        return i == 0 or self.units[i].first > self.units[i - 1].last + 1

    def is_below(self, title: int, start: int) -> bool:
        """Whether no menu parts a title from a story: dates, share bars and pictures may."""
        menu = (self.uncued(i) and not self.is_sentence(i) for i in range(title + 1, start))
        return start - title - 1 <= NEAR and sum(menu) <= MENU

    # The page as a whole

    @cached_property
    def has_cues(self) -> bool:
        """Whether any unit is cued, as on a page and not in a plain text."""
        return any(self.cued)

    @cached_property
    def _prose_before(self) -> list[int]:
        return [0, *accumulate(map(int, self.prose))]

    def prose_between(self, start: int, stop: int) -> int:
        """How many units of a range are prose."""
        return self._prose_before[stop] - self._prose_before[start]

    @cached_property
    def printed_again(self) -> set[str]:
        """Sentences that a page prints twice: captions of a gallery, forms, teasers.

        None where most are, as where a page is saved twice.
        """
        texts = Counter(unit.text for unit in compress(self.units, self.prose))
        again = {text for text, times in texts.items() if times > 1}
        return again if 2 * sum(texts[text] for text in again) < texts.total() else set()

    @cached_property
    def titles_again(self) -> set[int]:
        """Units that print the page's first line again, with or without the site's name."""
        page_title = plain(self.text(0))
        return {
            i
            for i in range(1, len(self))
            if self.words[i] >= SENTENCE and page_title.startswith(plain(self.units[i].text))
        }

    @cached_property
    def teasers(self) -> set[int]:
        """Lone sentences among titles, at least two in a row: summaries of other stories.

        Where a page has no other sentences they are the story, in short sections.
        """
        sentences = list(filter(self.is_sentence, range(len(self))))
        lone = [self._is_lone(i) for i in sentences]
        pairs = [
            (i, j)
            for (i, alone), (j, too) in pairwise(zip(sentences, lone, strict=True))
            if alone and too and j - i <= BLURBS and not any(map(self.opens_section, range(i, j)))
        ]
        teasers = {i for pair in pairs for i in pair}
        others = any(self.prose[i] and i not in teasers for i in sentences)
        return teasers if others else set()

    def outside(self, i: int, section: str = "") -> Label:
        """What an uncued unit outside the story is, below a label that opens a section or none."""
        if section == "keywords" and self.words[i] <= 4 and not self.terminal[i]:
            return Label("tags", "short-line-under-a-label")
        if self.rule(i + 1).startswith("bio-phrase") and is_names(self.units[i].text):
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
        return self.uncued(i) and self.words[i] in lengths and not self.text(i).endswith((".", ":"))

    def _is_lone(self, i: int) -> bool:
        is_several = self.words[i] >= TEASER and inner_stop(self.units[i].text)
        return not (
            is_several
            or self.units[i].bullet
            or self._is_beside_sentence(i, -1)
            or self._is_beside_sentence(i, 1)
        )

    def _is_beside_sentence(self, i: int, step: int) -> bool:
        """Whether the next line up or down, past a caption or a share prompt, is a sentence too."""
        for j in (i + step, i + 2 * step, i + 3 * step):
            if self.uncued(j):
                return self.is_sentence(j) or self.leads_in(j) or j in self.listed
            if not 0 <= j < len(self) or self.opens_section(j):
                return False
        return False


def _ends(text: str) -> bool:
    """Whether a unit ends like a sentence; summaries of other stories are often cut short."""
    is_cut = text.endswith(("...", "…")) and len(text.split()) < UNSTOPPED
    return bool(TERMINAL.search(text[-8:])) and not is_cut


def _turns(page: Page) -> set[int]:
    """Turns of a transcript: two with a speaker in capitals, or of one who speaks twice."""
    speakers = {
        i: unit.text.partition(":")[0]
        for i, unit in enumerate(page.units)
        if page.uncued(i) and page.words[i] > 1 and _SPEAKER.match(unit.text)
    }
    often = Counter(speaker for i, speaker in speakers.items() if page.terminal[i])
    found = {
        i
        for i, speaker in speakers.items()
        if _TURN.match(page.units[i].text) or (often[speaker] > 1 and page.words[i] > 2)
    }
    return found if len(found) > 1 else set()


def _list_items(page: Page) -> set[int]:
    """Items of lists that a sentence introduces ("The five are:")."""
    items: set[int] = set()
    for i in range(len(page)):
        if page.uncued(i) and _introduces(page.units[i].text):
            items.update(range(i + 1, _list_end(page, i + 1)))
    return items


def _introduces(text: str) -> bool:
    return text.endswith(":") and len(text.split()) >= 3


def _list_end(page: Page, first: int) -> int:
    """Where a list ends: its items are all set with blank lines between them, or all without."""
    tight = first + 1 < len(page) and not page.gap(first + 1)
    stop = first
    while (
        stop < len(page)
        and _is_item(page, stop, tight)
        and (stop == first or page.gap(stop) != tight)
    ):
        stop += 1
    return stop


def _is_item(page: Page, i: int, tight: bool) -> bool:
    text = page.units[i].text
    if page.words[i] > ITEM or page.terminal[i] or _introduces(text):
        return False
    is_free = page.uncued(i) or (page.kind(i) in _LIKE_ITEMS and not page.opens_section(i))
    return is_free and (tight or _TABULAR.search(text) is not None)


def _pieces(page: Page) -> Iterator[int]:
    """Parts of a sentence that a dump cut where it had a link, as those of interviews do."""
    for i in range(1, len(page)):
        if not page.uncued(i) or not page.is_open(i - 1):
            continue
        goes_on = page.units[i].text[0] in ",;.)"
        if goes_on or (page.words[i - 1] >= 3 and _OPEN_END.search(page.units[i - 1].text)):
            yield from (i - 1, i)
        if goes_on and page.words[i - 1] <= 6 and page.is_open(i - 2):
            yield i - 2


def _linked(page: Page) -> set[int]:
    """Items of a list right below a label that links follow: titles, even of whole sentences."""
    linked: set[int] = set()
    for i, unit in enumerate(page.units):
        below_links = i - 1 in linked or page.rule(i - 1).startswith("links")
        if unit.bullet and page.uncued(i) and below_links:
            linked.add(i)
    return linked


def stems(text: str) -> set[str]:
    """The beginnings of a text's longer words, so that a word and its plural are one."""
    return {word.lower()[:5] for word in WORD.findall(text) if len(word) >= 4}


def is_names(text: str) -> bool:
    """Whether a line is nothing but names, as a byline without "by" is."""
    words = re.sub(r"\b(?:and|in|with|for)\b|[,&|]", " ", text).split()
    return 2 <= len(words) <= 8 and all(
        word[:1].isupper() and (not word.isupper() or len(word) <= 2) for word in words
    )


def is_title_case(text: str) -> bool:
    """Whether most longer words behind the first are capitalised, as in American titles."""
    words = [word for word in text.split()[1:] if len(word) >= 4]
    return bool(words) and sum(word[:1].isupper() for word in words) * 2 > len(words)
