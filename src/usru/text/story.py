"""Where a page's story is, and what each unit of it and around it is.

The story is the run of units in which sentences outweigh furniture the most, since a page prints
its menu, its teasers and its notices in short lines and its story in long ones. The run need not
begin at the headline: many pages print their title first, then a menu longer than the story.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate, compress

from usru.text.furniture import Label
from usru.text.lines import WORD, plain
from usru.text.page import Page, inner_stop

__all__ = ["find", "labels"]

# What a unit weighs for or against the story. A word of a sentence weighs a tenth, so that two
# entries of a menu cancel a sentence of ten words. The figures were set on half of a public
# benchmark of news pages; to change any of them by a third moves F1 there by 0.004 at most.
PARAGRAPH = 50  # words of a paragraph that count; a longer one is no more of a story
SHORT = -0.5  # a line that is no sentence: a section title in a story, an entry of a menu outside
LONG = 0.2  # a line of more words, or an item of a list: often prose without a full stop
FURNITURE = -0.7  # a line that a cue calls furniture
ASIDE = -0.5  # a byline or a date: once in a story, but above each teaser
SECTION = -2.0  # a label after which something else follows: keywords, comments
LINKS = -2.5  # a label after which titles of other stories follow, sometimes whole sentences
REPEATED = -0.5  # a sentence that is printed twice: a caption of a gallery, a form, a teaser

# Weight from which a run that begins where the page prints its first line again, below a menu, is
# the story: the menus of local broadcasters summarise so many others that they outweigh it.
TITLED = 5.0
FOREIGN = 30  # words of the longest title or summary of another story that follows without a label
# Share of such a line's word stems that the story has too, above which it is of the story.
SHARED = 0.2
# Words of the longest line without a full stop that is a title or an entry of a menu; a longer one
# is a deck or a paragraph of an agency that prints none.
LINE = 12
# Words from which a line that the story has too is a pull quote of a magazine, and no title.
PULL_QUOTE = 6
SHINGLE = 4  # words in a row that a pull quote shares with the story, wherever it is cut
# Words from which a sentence above the story is the summary of another, as on a broadcaster's
# page, where shorter ones are entries of the menu.
SUMMARY = 8
# Words from which a line right above the headline is the caption of the page's first picture.
CAPTION = 12

# Kinds that come between two paragraphs of a story as often as anywhere else.
_WITHOUT_WEIGHT = ("caption", "credit", "separator")
_OPENS = "\"'“‘„‚«»"  # marks with which a quotation opens, in English and elsewhere
# Who asks, in front of an interview's question; a section title has nobody there.
_ASKED = re.compile(r"[A-Z][\w.'’ -]{0,40}: ")
# What a paragraph without a full stop has and a section title has not: blogs, posts, decks.
_VERB = re.compile(
    r"\b(?:said|says|told|called|added|asked|will|would|has|have|had|was|were|is|are|can|could|\w{3,}ed)\b"
)


def find(page: Page, comments: int) -> tuple[Page, int, int]:
    """Find the story of a page: its first unit, and the one behind it.

    Parameters
    ----------
    page : Page
        As `usru.text.page.Page.read` gives it. The one that is returned has notes about
        its author as bylines, and sentences about other people not.
    comments : int
        The unit with which the readers' comments begin.
    """
    start, stop = _heaviest_run(page, comments)
    settled = _settle_bios(page, stop)
    if settled.prose != page.prose:
        start, stop = _heaviest_run(settled, comments)
    return settled, start, _end_of_subject(settled, start, stop)


# The heaviest run -------------------------------------------------------------------------------


def _heaviest_run(page: Page, stop: int) -> tuple[int, int]:
    """The run of units with the greatest total weight, from its first sentence on."""
    total = [0.0, *accumulate(_weight(page, i) for i in range(stop))]
    ends = [stop] * (stop + 1)  # where the heaviest run that begins at a unit ends
    for i in reversed(range(stop)):
        reached = total[i + 1] >= total[ends[i + 1]] and page[i].uncued
        ends[i] = i + 1 if reached else ends[i + 1]
    gain = [total[end] - before for end, before in zip(ends, total, strict=True)]
    start = max(range(stop), key=gain.__getitem__, default=0)
    if not page.is_below(0, start):
        again = (i for i in sorted(page.titles_again) if i < stop)
        titled = max(again, key=gain.__getitem__, default=start)
        start = titled if gain[titled] >= TITLED else start
    run = range(start, ends[start]) if gain[start] > 0 else range(0)
    first = next((i for i in run if page[i].is_sentence or page[i].leads_in), run.stop)
    return first, run.stop


def _weight(page: Page, i: int) -> float:
    """What a unit weighs for or against the story."""
    unit, words = page.units[i], page.words[i]
    if not page[i].uncued:
        return _weight_of_furniture(page[i].cue)
    if unit.text in page.printed_again or i in page.linked:
        return REPEATED
    if page.terminal[i] or unit.text.endswith((":", ";")):
        return 0.0 if i in page.teasers else min(words, PARAGRAPH) / 10
    if i in page.listed or words > (3 if unit.bullet else LINE):
        return LONG
    return 0.0 if i in page.pieces else SHORT


def _weight_of_furniture(cue: Label) -> float:
    if cue.opens_section:
        return LINKS if cue.rule.startswith("links") else SECTION
    if cue.kind in ("timestamp", "byline"):
        return ASIDE
    return 0.0 if cue.kind in _WITHOUT_WEIGHT else FURNITURE


# Where a story is over ---------------------------------------------------------------------------


def _settle_bios(page: Page, stop: int) -> Page:
    """A sentence about somebody is the author's note only where the story is over.

    Within a profile it is the story ("Ann Lee is the director of …").
    """
    cued, prose, ahead = list(page.cued), list(page.prose), 0
    for i in reversed(range(stop)):
        if ahead >= 2 and page[i].cue.rule.startswith("bio-phrase"):
            cued[i] = None
            prose[i] = page[i].reads_like_prose
        elif ahead < 2 and _is_bio_under_a_name(page, i):
            cued[i], prose[i] = Label("byline", "bio-phrase under a name"), False
        ahead += prose[i]
    return page if cued == page.cued else replace(page, cued=cued, prose=prose)


def _is_bio_under_a_name(page: Page, i: int) -> bool:
    name = page[i - 1].text if page[i - 1].uncued else ""
    is_name = 2 <= len(name.split()) <= 4 and page[i - 1].is_names
    return is_name and page.prose[i] and page[i].text.startswith((name, name.split()[0] + " "))


def _end_of_subject(page: Page, first: int, stop: int) -> int:
    """Where the story ends when titles and summaries of others follow it without a label.

    They share hardly a word with it, and at least one of them is a title or a question.
    """
    end = stop
    while end - first > 3 and _may_be_foreign(page, end - 1) and _is_foreign(page, first, end - 1):
        end -= 1
    tail = range(end, stop)
    titled = any(not page.terminal[i] or page.units[i].text.endswith("?") for i in tail)
    return end if titled and len(tail) > 1 else stop


def _is_foreign(page: Page, first: int, i: int) -> bool:
    """Whether a line shares hardly a word with the story above it."""
    own, shared = page[i].stems, set()
    for j in reversed(range(first, i)):
        shared |= own & page[j].stems
        if len(shared) > SHARED * len(own):
            return False
    return True


def _may_be_foreign(page: Page, i: int) -> bool:
    if not page[i].uncued or not 4 <= page.words[i] <= FOREIGN:
        return False
    settled = i in page.listed or i in page.turns or i in page.pieces
    return not (settled or page.units[i].bullet or page.units[i].text[0] in _OPENS)


# What each unit is ---------------------------------------------------------------------------------


def labels(page: Page, first: int, stop: int, comments: int, headline: int | None) -> list[Label]:
    """Return the label of each unit above the readers' comments.

    Parameters
    ----------
    page : Page
        As `find` gives it.
    first, stop, comments : int
        The first unit of the story below its headline, the first behind the
        story, and the first of the comments.
    headline : int or None
        The unit of the headline, if there is one.
    """
    inside = _inside(page, first, stop, headline)
    return [*_above(page, first, headline), *inside, *_below(page, stop, comments)]


def _above(page: Page, first: int, headline: int | None) -> list[Label]:
    found = [page.cued[i] or _uncued_above(page, i, headline) for i in range(first)]
    if headline is not None:
        found[headline] = Label("headline", "title-of-the-prose")
    return found


def _uncued_above(page: Page, i: int, headline: int | None) -> Label:
    if headline is not None and page.words[i] >= CAPTION and 0 < headline - i <= 3:
        return Label("caption", "sentence-above-the-headline")
    if page.words[i] >= SUMMARY and page.terminal[i]:
        return Label("related", "summary-of-another-story")
    return Label("nav", "above-the-story")


def _below(page: Page, start: int, stop: int) -> list[Label]:
    found: list[Label] = []
    section = ""
    for i in range(start, stop):
        label = page.cued[i]
        # A blank line ends a list of keywords, but none of links, which are set apart by them.
        if section == "keywords" and page[i].gap and found[-1].kind == "tags":
            section = ""
        if label is None:
            found.append(page.outside(i, section))
        elif label.kind in ("timestamp", "byline") and section:
            found.append(Label("nav", f"{label.kind}-of-a-link"))
        else:
            found.append(label)
            if label.rule.startswith(("links", "keywords", "comments")):
                section = label.rule.split("-")[0]
    return found


def _inside(page: Page, first: int, stop: int, headline: int | None) -> list[Label]:
    story = _Story(page, first, stop)
    again = set() if headline is None else page.titles_again | _printing(page, headline)
    found: list[Label] = []
    inserted = False  # links to other stories may come between two paragraphs
    for i in range(first, stop):
        label = page.cued[i]
        if label is not None:
            found.append(label)
            inserted = label.rule.startswith("links") or (inserted and label.kind == "nav")
            continue
        is_told = page.terminal[i] and page.words[i] >= 5
        inserted = inserted and (i in page.linked or not is_told)
        if i in again:
            found.append(Label("nav", "title-again"))
        elif inserted:
            found.append(page.outside(i, "links"))
        else:
            found.append(story.label(i))
    return found


def _printing(page: Page, headline: int) -> set[int]:
    """Units that print the headline again."""
    title, length = plain(page.units[headline].text), page.words[headline]
    same = (i for i, words in enumerate(page.words) if words == length and i != headline)
    return {i for i in same if plain(page.units[i].text) == title}


@dataclass(frozen=True)
class _Story:
    """The units of a story that no cue settles, and which of the rules below each of them meets."""

    page: Page
    first: int
    stop: int

    def label(self, i: int) -> Label:
        for label, holds in _RULES:
            if holds(self, i):
                return label
        return _TITLE

    def opening(self, i: int) -> bool:
        """Whether no paragraph has come before a unit."""
        return i <= self._lead

    @cached_property
    def _lead(self) -> int:
        page = self.page
        told = (i for i in range(self.first, self.stop) if page.prose[i])
        return next((i for i in told if page[i].text not in page.printed_again), self.stop)

    @cached_property
    def _said(self) -> str:
        """The words of each paragraph on a line, one space around each."""
        told = compress(self.page.units, self.page.prose)
        return "\n".join(f" {' '.join(_words(unit.text))} " for unit in told)

    def is_line(self, i: int) -> bool:
        """A line that is neither a sentence nor an item of a list."""
        return not self.page.terminal[i] and not self.page.units[i].bullet

    def next_cue(self, i: int) -> str:
        """The kind of the next unit that a cue settles, past one more title-like line."""
        for j in range(i + 1, min(self.stop, i + 3)):
            if not self.page[j].uncued:
                return self.page[j].cue.kind
            if self.page.terminal[j] or self.page.words[j] > LINE:
                break
        return ""

    def is_captioned_lead(self, i: int) -> bool:
        is_lead = self.page.prose[i] and self.opening(i) and i + 1 < self.stop
        return is_lead and self.page[i + 1].cue.kind == "credit"

    def is_starred_title(self, i: int) -> bool:
        """One of several items that are titles of other stories."""
        return self._is_starred(i) and (self._is_starred(i - 1) or self._is_starred(i + 1))

    def _is_starred(self, i: int) -> bool:
        page, text = self.page, self.page[i].text
        is_item = bool(text) and page.units[i].bullet and page.words[i] >= 5
        return is_item and page[i].is_title_case and (not page.terminal[i] or text.endswith("?"))

    def is_question_title(self, i: int) -> bool:
        """A short question that a paragraph or a list answers, or one with its number."""
        page, text = self.page, self.page.units[i].text
        if not text.endswith("?") or inner_stop(text) or _ASKED.match(text) or text[0] in _OPENS:
            return False
        if not 2 <= page.words[i] <= 10 or i + 1 >= self.stop:
            return False
        return page.words[i + 1] >= LINE or page.units[i + 1].bullet or text[0].isdigit()

    def is_pull_quote(self, i: int) -> bool:
        if self.page.words[i] < PULL_QUOTE:
            return False
        words = _words(self.page[i].text)
        runs = (words[at : at + SHINGLE] for at in range(len(words) - SHINGLE + 1))
        return all(f" {' '.join(run)} " in self._said for run in runs)

    def runs_on(self, i: int) -> bool:
        text = self.page.units[i].text
        return text.endswith((",", ":", ";")) or text[:1].islower()

    def is_unstopped_sentence(self, i: int) -> bool:
        is_told = self.page.words[i] >= 7 and _VERB.search(self.page.units[i].text)
        return bool(is_told) and not self.page[i].is_title_case


def _words(text: str) -> list[str]:
    return WORD.findall(text.lower())


_TITLE = Label("subhead", "title-between-paragraphs")  # what meets none of the rules
_RULES: list[tuple[Label, Callable[[_Story, int], bool]]] = [
    # What is a part of something larger: transcripts, lists, interviews with links in them.
    (Label("body", "turn"), lambda story, i: i in story.page.turns),
    (Label("body", "list-item"), lambda story, i: i in story.page.listed),
    (Label("body", "broken-by-a-link"), lambda story, i: i in story.page.pieces),
    # Captions: above a photographer's name, where the page prints the lead picture first, beside
    # another ("1 / 4"), or twice in a gallery.
    (Label("caption", "above-a-credit"), lambda story, i: story.is_line(i) and story.next_cue(i) == "credit"),
    (Label("caption", "lead-sentence-above-a-credit"), _Story.is_captioned_lead),
    (Label("caption", "beside-a-caption"), lambda story, i: story.is_line(i) and story.page.words[i] > 2 and story.next_cue(i) == "caption"),
    (Label("caption", "printed-twice"), lambda story, i: story.opening(i) and story.page.units[i].text in story.page.printed_again),
    # Regional papers and aggregators put titles of other stories between paragraphs, as a list.
    (Label("related", "starred-title"), _Story.is_starred_title),
    # Explainers and blogs ask in their section titles what the next paragraph answers.
    (Label("subhead", "question-above-a-paragraph"), _Story.is_question_title),
    (Label("body", "sentence"), lambda story, i: story.page.terminal[i]),
    # What has no full stop: quotes that magazines repeat in large type, lists of posts, demands of
    # human-rights groups ("The government should:"), decks, paragraphs of agencies and blogs.
    (Label("body", "pull-quote"), _Story.is_pull_quote),
    (Label("body", "list-item"), lambda story, i: story.page.units[i].bullet),
    (Label("body", "runs-on"), _Story.runs_on),
    (Label("body", "long-line"), lambda story, i: story.page.words[i] > LINE),
    # Between headline and lead: who wrote it, and labels ("Highlights", the size of the type).
    (Label("byline", "names-under-the-headline"), lambda story, i: story.opening(i) and story.page[i].is_names),
    (Label("nav", "label-under-the-headline"), lambda story, i: story.opening(i) and story.page.words[i] <= 3),
    (Label("body", "sentence-without-a-stop"), _Story.is_unstopped_sentence),
]  # fmt: skip
