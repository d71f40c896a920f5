"""A page read from its landmarks: where the story is, its headline, and the readers' comments.

The story is the run of lines in which sentences outweigh furniture the most, since a page prints
its menu, its teasers and its notices in short lines and its story in long ones. The run need not
begin at the headline: many pages print their title first, then a menu longer than the story.
"""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate, pairwise

from usru.text.furniture import Cues, Label
from usru.text.lines import TERMINAL, WORD, Unit, plain

__all__ = ["Page", "known_title"]

# What a unit weighs for or against the story. A word of a sentence weighs a tenth, so that two
# entries of a menu cancel a sentence of ten words. The figures were set on half of a public
# benchmark of news pages; to change any of them by a third moves F1 there by 0.004 at most.
PARAGRAPH = 50
"""Words of a paragraph that count; a longer one is no more of a story."""

SHORT = -0.5
"""A line that is no sentence: a section title within a story, an entry of a menu outside."""

LONG = 0.2
"""A line of more than twelve words, or an item of a list: often prose without a full stop."""

FURNITURE = -0.7
"""A line that a cue calls furniture."""

ASIDE = -0.5
"""A byline or a date: once in a story, but above each teaser."""

SECTION = -2.0
"""A label after which something else follows: keywords, comments."""

LINKS = -2.5
"""A label after which titles of other stories follow, sometimes as whole sentences."""

REPEATED = -0.5
"""A sentence that the page prints twice: a caption of a gallery, a form, a teaser."""

CUT = 25
"""Words below which a line that ends with three dots is no sentence."""

TITLED = 5.0
"""Weight from which a run that begins where the page prints its first line again, below a menu, is
the story: the menus of local broadcasters summarise so many others that they outweigh it."""

SUMMARY = 8
"""Words from which a sentence above the story is the summary of another."""

TEASER = 40
"""Words below which a lone paragraph may be the summary of another story, under its title."""

BLURBS = 8
"""Units from one summary to the next: a title, a name, a date, a share prompt between them."""

FOREIGN = 30
"""Words below which a last line may belong to another story that follows without a label."""

SHARED = 0.2
"""Share of a line's word stems that the story has too, above which the line is of the story."""

NEAR = 25
"""Units within which a headline stands above its story: dates, share bars and pictures lie between."""

_INNER_STOP = re.compile(r"(?<![\d])[.!?][\"”’']? \S")
_FULL_STOP = re.compile(r"(?<!\b[A-Z]\.[A-Z])\.[\"”’'»)\]“‘«]*$")
_VERB = re.compile(
    r"\b(?:said|says|told|called|added|asked|will|would|has|have|had|was|were|is|are|can|could|\w{3,}ed)\b"
)
_PLACED = re.compile(r" [-–|·] ")
_DATELINE = re.compile(
    r"[A-Z][A-Z .'-]{2,}(?:, [A-Z][\w. ]{2,20})?(?: ?\([^()]{2,20}\)| ?/[^/]{2,20}/)? ?(?:[-–—]+|\.) "
)
_AGO = re.compile(r"(?:\d+|an?) (?:sec|min|hour|hr|day|week|month|year)\w* ago", re.IGNORECASE)
_TURN = re.compile(
    r"(?:Q|A|[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]*){0,5}): +\(?[^\W\d_](?:.* |.*[.!?]$)"
)
"""A turn of an interview or a transcript, with its speaker in front."""

_SPEAKER = re.compile(r"[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,4}: +\S")
"""A name and a colon: somebody who speaks, where the same name comes again."""

_ASKED = re.compile(r"[A-Z][\w.'’ -]{0,40}: ")
"""Who asks, in front of a question: an interview's, and no section title."""

_NUMBERED = re.compile(r"\d{1,4}\. \S")
"""A reader's comment with its number, as Israeli and Indian papers print them."""

_OPENS = "\"'“‘„‚«»"
"""Marks with which a quotation opens, in English and elsewhere."""

_ITEM = re.compile(r"\d|[:,–—]| - ")
"""What an item of a list has that stands in lines of its own: a number, a date, a place."""

_LIKE_ITEMS = ("byline", "tags", "credit")
"""Kinds that an item of a list, a name and a place, is easily taken for."""

_LIKE_TITLES = ("nav", "related", "byline", "credit", "caption", "tags")
"""Kinds that a title is taken for when it begins like a label ("Analysis: …", "Photo of …")."""

_BESIDE = ("caption", "credit", "separator")
"""Kinds that stand between two paragraphs without parting them; they weigh nothing."""

_OPEN_END = re.compile(
    r"\b(?:with|the|an?|of|in|by|and|to|from|on|at|for|that|told|as)$|,$", re.IGNORECASE
)


class Page:
    """The units of a page with their cues, and what their places say.

    Parameters
    ----------
    units : sequence of Unit
        The paragraphs of the page.
    cues : Cues
        What shows its kind on its face.
    title : str, optional
        The story's title where it is known.
    """

    def __init__(self, units: Sequence[Unit], cues: Cues, title: str | None = None) -> None:
        self.units = units
        self.cues = cues
        self.title = title
        self._stems_known: dict[int, set[str]] = {}
        self.words = [len(unit.text.split()) for unit in units]
        self.terminal = [self._ends(i) for i in range(len(units))]
        self.seen = [cues.label(unit) for unit in units]
        self.turns = self._turns()
        self.listed = self._list_items()
        self.pieces = self._pieces()
        self.linked = self._linked()
        self.prose = [self._is_prose(i) for i in range(len(units))]
        if not any(self.prose):  # a story of short sentences only
            self.prose = [self._is_sentence(i) for i in range(len(units))]

    def labels(self) -> list[Label]:
        """One label a unit, in page order."""
        comments = self._comments_start(next(iter(self._where(self.prose)), 0))
        start, end = self._heaviest_run(comments)
        if self._settle_bios(end):
            start, end = self._heaviest_run(comments)
        end = self._end_of_subject(start, end)
        headline = self._headline(start, end)
        first = self._story_start(headline, start)
        end = max(first, end)
        labels = [self._before(i, headline) for i in range(first)]
        if headline is not None:
            labels[headline] = Label("headline", "title-of-the-prose")
        labels += self._story(first, end, headline)
        labels += self._after(end, max(end, comments))
        labels += self._comment_section(max(end, comments))
        return labels

    # What a unit is by itself and its neighbours

    def _is_sentence(self, i: int) -> bool:
        return (
            0 <= i < len(self.units)
            and self.seen[i] is None
            and self.words[i] >= 4
            and self.terminal[i]
        )

    def _ends(self, i: int) -> bool:
        """Whether a unit ends like a sentence; summaries of other stories are often cut short."""
        text = self.units[i].text
        cut = text.endswith(("...", "…")) and self.words[i] < CUT
        return bool(TERMINAL.search(text[-8:])) and not cut

    def _is_prose(self, i: int) -> bool:
        return (
            self.seen[i] is None
            and (self.words[i] >= 8 or i in self.turns)
            and (self.terminal[i] or self.words[i] >= 25)
        )

    def _leads_in(self, i: int) -> bool:
        return self.seen[i] is None and self.units[i].text.endswith((":", ";", ","))

    def _turns(self) -> set[int]:
        """Turns of a transcript: what follows a speaker's name is said, however short it is."""
        speakers = {
            i: unit.text.partition(":")[0]
            for i, unit in enumerate(self.units)
            if self.seen[i] is None and self.words[i] > 1 and _SPEAKER.match(unit.text)
        }
        often = Counter(speaker for i, speaker in speakers.items() if self.terminal[i])
        found = {
            i
            for i, speaker in speakers.items()
            if _TURN.match(self.units[i].text) or (often[speaker] > 1 and self.words[i] > 2)
        }
        turns = found if len(found) > 1 else set()
        self.terminal = [end or i in turns for i, end in enumerate(self.terminal)]
        return turns

    def _list_items(self) -> set[int]:
        """Items of lists that a sentence introduces ("The five are:"), whatever a cue takes them for."""
        items: set[int] = set()
        for i, unit in enumerate(self.units):
            if self.seen[i] is None and self._introduces(unit.text):
                items.update(range(i + 1, self._list_end(i + 1)))
        self.seen = [None if i in items else seen for i, seen in enumerate(self.seen)]
        return items

    @staticmethod
    def _introduces(text: str) -> bool:
        return text.endswith(":") and len(text.split()) >= 3

    def _list_end(self, first: int) -> int:
        tight = first + 1 < len(self.units) and not self._gap(first + 1)
        stop = first
        while (
            stop < len(self.units)
            and self._is_item(stop, tight)
            and (stop == first or self._gap(stop) != tight)
        ):
            stop += 1
        return stop

    def _is_item(self, i: int, tight: bool) -> bool:
        seen, text = self.seen[i], self.units[i].text
        return (
            self.words[i] <= 25
            and not self.terminal[i]
            and not self._introduces(text)
            and (seen is None or (seen.kind in _LIKE_ITEMS and not seen.opens_section))
            and (tight or _ITEM.search(text) is not None)
        )

    def _linked(self) -> set[int]:
        """Items of a list right below a label that links follow: titles, even of whole sentences."""
        linked: set[int] = set()
        for i, unit in enumerate(self.units):
            above = i > 0 and (i - 1 in linked or self._opens(i - 1, "links"))
            if unit.bullet and self.seen[i] is None and above:
                linked.add(i)
        return linked

    def _opens(self, i: int, section: str) -> bool:
        seen = self.seen[i]
        return seen is not None and seen.rule.startswith(section)

    def _pieces(self) -> set[int]:
        """Parts of a sentence that a dump cut where it had a link."""
        pieces: set[int] = set()
        for i in range(1, len(self.units)):
            text, above = self.units[i].text, self.units[i - 1].text
            if self.seen[i] is not None or not self._is_open(i - 1):
                continue
            cut = text[0] in ",;.)"
            if cut or (self.words[i - 1] >= 3 and _OPEN_END.search(above)):
                pieces.update([i - 1, i])
            if cut and self.words[i - 1] <= 6 and self._is_open(i - 2):
                pieces.add(i - 2)
        return pieces

    def _is_open(self, i: int) -> bool:
        """Whether a unit may go on in the next."""
        return i >= 0 and self.seen[i] is None and not self.terminal[i]

    def _settle_bios(self, stop: int) -> bool:
        """A sentence about somebody is the author's note only where the story is over.

        Says whether that changed what a sentence is taken for.
        """
        before, ahead = list(self.prose), 0
        for i in reversed(range(stop)):
            seen = self.seen[i]
            if seen is not None and seen.rule.startswith("bio-phrase") and ahead >= 2:
                self.seen[i] = None
                self.prose[i] = self._is_prose(i)
            elif ahead < 2 and self._is_bio_under_a_name(i):
                self.seen[i], self.prose[i] = Label("byline", "bio-phrase under a name"), False
            ahead += self.prose[i]
        for name in ("_prose_before", "_teasers", "_printed_again"):
            self.__dict__.pop(name, None)
        return self.prose != before

    def _is_bio_under_a_name(self, i: int) -> bool:
        above = self.units[i - 1].text if i and self.seen[i - 1] is None else ""
        return (
            self.prose[i]
            and 2 <= len(above.split()) <= 4
            and _is_names(above)
            and self.units[i].text.startswith((above, above.split()[0] + " "))
        )

    @cached_property
    def _prose_before(self) -> list[int]:
        return [0, *accumulate(map(int, self.prose))]

    def _prose_between(self, start: int, stop: int) -> int:
        return self._prose_before[stop] - self._prose_before[start]

    def _stems(self, i: int) -> set[str]:
        """The beginnings of a unit's longer words."""
        if i not in self._stems_known:
            words = WORD.findall(self.units[i].text)
            self._stems_known[i] = {word.lower()[:5] for word in words if len(word) >= 4}
        return self._stems_known[i]

    @staticmethod
    def _where(flags: Sequence[bool]) -> list[int]:
        return [i for i, flag in enumerate(flags) if flag]

    def _gap(self, i: int) -> bool:
        return i == 0 or self.units[i].first > self.units[i - 1].last + 1

    # The story

    def _heaviest_run(self, stop: int) -> tuple[int, int]:
        """The run of units with the greatest total weight, from its first sentence on."""
        total = [0.0, *accumulate(self._weight(i) for i in range(stop))]
        ends = [stop] * (stop + 1)  # where the heaviest run that begins at a unit ends
        for i in reversed(range(stop)):
            reached = total[i + 1] >= total[ends[i + 1]] and self.seen[i] is None
            ends[i] = i + 1 if reached else ends[i + 1]

        def gain(i: int) -> float:
            return total[ends[i]] - total[i]

        start = max(range(stop), key=gain, default=0)
        if not self._is_below(0, start):
            again = max(sorted(i for i in self._titles_again if i < stop), key=gain, default=start)
            start = again if gain(again) >= TITLED else start
        run = range(start, ends[start]) if stop and gain(start) > 0 else range(0)
        first = next((i for i in run if self._is_sentence(i) or self._leads_in(i)), run.stop)
        return first, run.stop

    def _end_of_subject(self, first: int, stop: int) -> int:
        """Where the story ends when titles and summaries of others follow it without a label.

        They share hardly a word with it, and at least one of them is a title or a question.
        """
        used = Counter(stem for i in range(first, stop) for stem in self._stems(i))
        end = stop
        while end - first > 3 and self._may_be_foreign(end - 1):
            own = self._stems(end - 1)
            used.subtract(own)
            if sum(used[stem] > 0 for stem in own) > SHARED * len(own):
                break
            end -= 1
        tail = range(end, stop)
        titled = any(not self.terminal[i] or self.units[i].text.endswith("?") for i in tail)
        return end if titled and len(tail) > 1 else stop

    def _may_be_foreign(self, i: int) -> bool:
        unit = self.units[i]
        settled = any(i in group for group in (self.listed, self.turns, self.pieces))
        if settled or unit.bullet or unit.text[0] in _OPENS:
            return False
        return self.seen[i] is None and 4 <= self.words[i] <= FOREIGN

    def _weight(self, i: int) -> float:
        seen, unit, words = self.seen[i], self.units[i], self.words[i]
        if seen is not None:
            if seen.opens_section:
                return LINKS if self._opens(i, "links") else SECTION
            if seen.kind in ("timestamp", "byline"):
                return ASIDE
            return 0.0 if seen.kind in _BESIDE else FURNITURE
        if unit.text in self._printed_again or i in self.linked:
            return REPEATED
        if self.terminal[i] or unit.text.endswith((":", ";")):
            return 0.0 if i in self._teasers else min(words, PARAGRAPH) / 10
        if i in self.listed or words > (3 if unit.bullet else 12):
            return LONG
        return 0.0 if i in self.pieces else SHORT

    @cached_property
    def _printed_again(self) -> set[str]:
        """Sentences that stand on the page twice, unless most do, as where a page is saved twice."""
        texts = Counter(self.units[i].text for i in self._where(self.prose))
        again = {text for text, times in texts.items() if times > 1}
        return again if 2 * sum(texts[text] for text in again) < sum(texts.values()) else set()

    @cached_property
    def _titles_again(self) -> set[int]:
        """Units that print the page's first line again, with or without the site's name."""
        page_title = plain(self.units[0].text) if self.units else ""
        return {
            i
            for i in range(1, len(self.units))
            if self.words[i] >= 4 and page_title.startswith(plain(self.units[i].text))
        }

    def _printing(self, headline: int | None) -> set[int]:
        """Units that print the headline again."""
        if headline is None:
            return set()
        title, length = plain(self.units[headline].text), self.words[headline]
        same = [i for i, words in enumerate(self.words) if words == length and i != headline]
        return {i for i in same if plain(self.units[i].text) == title}

    @cached_property
    def _teasers(self) -> set[int]:
        """Lone sentences among titles, at least two in a row: summaries of other stories.

        Where a page has no other sentences they are the story, in short sections.
        """
        sentences = [i for i in range(len(self.units)) if self._is_sentence(i)]
        lone = [self._is_lone(i) for i in sentences]
        pairs = [
            (i, j)
            for (i, alone), (j, too) in pairwise(zip(sentences, lone, strict=True))
            if alone and too and j - i <= BLURBS and not any(map(self._opens_section, range(i, j)))
        ]
        teasers = {i for pair in pairs for i in pair}
        others = any(self.prose[i] and i not in teasers for i in sentences)
        return teasers if others else set()

    def _opens_section(self, i: int) -> bool:
        seen = self.seen[i]
        return seen is not None and seen.opens_section

    def _is_lone(self, i: int) -> bool:
        several = self.words[i] >= TEASER and _INNER_STOP.search(self.units[i].text)
        return not (
            several
            or self.units[i].bullet
            or self._beside_sentence(i, -1)
            or self._beside_sentence(i, 1)
        )

    def _beside_sentence(self, i: int, step: int) -> bool:
        """Whether the next line up or down, past a caption or a share prompt, is a sentence too."""
        for j in (i + step, i + 2 * step, i + 3 * step):
            if not 0 <= j < len(self.units):
                return False
            seen = self.seen[j]
            if seen is None:
                return self._is_sentence(j) or self._leads_in(j) or j in self.listed
            if seen.opens_section:
                return False
        return False

    def _story_start(self, headline: int | None, start: int) -> int:
        """Where the story begins: below a headline that is near, else at its first sentence."""
        if headline is None or not (headline >= start or self._is_below(headline, start)):
            return start
        return headline + 1

    def _is_below(self, title: int, start: int) -> bool:
        """Whether no menu parts a title from the story: dates, share bars and pictures may."""
        between = range(title + 1, start)
        menu = sum(self.seen[i] is None and not self._is_sentence(i) for i in between)
        return len(between) <= NEAR and menu <= 6

    def _before(self, i: int, headline: int | None) -> Label:
        seen = self.seen[i]
        if seen is not None:
            return seen
        if headline is not None and self.words[i] >= 12 and 0 < headline - i <= 3:
            return Label("caption", "sentence-above-the-headline")
        if self.words[i] >= SUMMARY and self.terminal[i]:
            return Label("related", "summary-of-another-story")
        return Label("nav", "above-the-story")

    # The headline

    def _headline(self, start: int, end: int) -> int | None:
        """The title above the story that shares most with its prose, or the one that is known."""
        prose = [i for i in range(start, end) if self.prose[i]]
        above = self.units[: prose[0] + 1] if prose else self.units
        known = known_title(above, self.title)
        if known is not None or not prose:
            return known
        vocabulary = {stem for i in prose for stem in self._stems(i)}
        limit = prose[2] if len(prose) > 2 else prose[-1]
        opening = (i for i in prose if _DATELINE.match(self.units[i].text))
        limit = min(limit, next(opening, limit))  # nothing below a dateline is a headline
        loose = max(self._where([seen is None for seen in self.seen[: prose[0]]]), default=-1)
        scores = {
            i: self._title_score(i, vocabulary, prose[0], i >= loose)
            for i in range(limit)
            if self.words[i] <= 30
        }
        best = max(scores.values(), default=0.0)
        if best <= 0:
            return self._short_title(prose[0])
        good = [i for i, score in scores.items() if score >= 0.6 * best and self.words[i] >= 5]
        near = [i for i in good if i >= start - NEAR]
        chosen = (near or good or [max(scores, key=lambda i: (scores[i], -i))])[0]
        again = max((i for i in self._titles_again if i <= start), default=0)
        return again if again and (chosen == 0 or self._is_below(again, start)) else chosen

    def _title_score(self, i: int, vocabulary: set[str], first: int, above: bool) -> float:
        """How much a line is like a title: what it shares with the prose, its length, its place.

        `above` says that nothing but cues parts it from the prose.
        """
        seen, stems, text = self.seen[i], self._stems(i), self.units[i].text
        if self.words[i] < 3 or not stems or self._is_lead(i):
            return 0.0
        shared = len(stems & vocabulary) / len(stems)
        if i > first:  # under a caption or a summary, which plain texts do not have
            fits = seen is None and self._has_cues
        elif seen is None:
            fits = above or shared >= 0.2
        else:
            fits = seen.kind in _LIKE_TITLES and shared >= (0.2 if above else 0.4)
            fits = fits and (i == 0 or not seen.opens_section)
            fits = fits or (i == 0 and above and self.words[i] >= 5 and ": " in text)
        stopped = self.terminal[i] and (_FULL_STOP.search(text) or _INNER_STOP.search(text))
        return (
            fits
            * (0.1 + shared)
            * min(1.0, self.words[i] / 8)
            * (1.0 if i < first else 0.5)
            * (0.4 if stopped else 1.0)
            * (0.5 if seen else 1.0)
        )

    @cached_property
    def _has_cues(self) -> bool:
        return any(self.seen)

    def _short_title(self, first: int) -> int | None:
        """Some words near the page's beginning that nothing but cues parts from the prose."""
        open_lines = [i for i in range(first) if self.seen[i] is None]
        if not open_lines or len(open_lines) > 3:
            return None
        i = open_lines[-1]
        short = self.words[i] < 2 and self._has_cues
        return None if short or self.terminal[i] or self._leads_in(i) else i

    def _is_lead(self, i: int) -> bool:
        """A sentence with a full stop that prose follows: a text without its title begins so."""
        if i in self.turns or self._leads_in(i):
            return True
        if not (self.terminal[i] and _FULL_STOP.search(self.units[i].text)):
            return False
        below = [j for j in range(i + 1, min(i + 4, len(self.units))) if not self._is_beside(j)]
        return not below or self.seen[below[0]] is None

    def _is_beside(self, i: int) -> bool:
        seen = self.seen[i]
        return seen is not None and seen.kind in _BESIDE

    def _story(self, first: int, stop: int, headline: int | None) -> list[Label]:
        again = self._titles_again | self._printing(headline)
        labels: list[Label] = []
        inserted, opening = False, True
        for i in range(first, stop):
            seen = self.seen[i]
            if seen is not None:
                labels.append(seen)
                inserted = seen.rule.startswith("links") or (inserted and seen.kind == "nav")
                continue
            inserted = inserted and (
                i in self.linked or not (self.terminal[i] and self.words[i] >= 5)
            )
            if headline is not None and i in again:
                labels.append(Label("nav", "title-again"))
            elif inserted:
                labels.append(self._outside(i, "links"))
            else:
                labels.append(self._in_story(i, stop, opening))
            told = self.prose[i] and self.units[i].text not in self._printed_again
            opening = opening and not told
        return labels

    def _after(self, start: int, stop: int) -> list[Label]:
        labels: list[Label] = []
        section = ""
        for i in range(start, stop):
            seen = self.seen[i]
            if section == "keywords" and self._gap(i) and labels[-1].kind == "tags":
                section = ""
            if seen is None:
                labels.append(self._outside(i, section))
            elif seen.kind in ("timestamp", "byline") and section:
                labels.append(Label("nav", f"{seen.kind}-of-a-link"))
            else:
                labels.append(seen)
                if seen.rule.startswith(("links", "keywords", "comments")):
                    section = seen.rule.split("-")[0]
        return labels

    def _outside(self, i: int, section: str) -> Label:
        if section == "keywords" and self.words[i] <= 4 and not self.terminal[i]:
            return Label("tags", "short-line-under-a-label")
        following = self.seen[i + 1] if i + 1 < len(self.units) else None
        if (
            following is not None
            and following.rule.startswith("bio-phrase")
            and _is_names(self.units[i].text)
        ):
            return Label("byline", "name-above-a-bio")
        if i in self._teasers or i in self.linked:
            return Label("related", "summary-of-another-story")
        alone = section != "links" and not (self._is_title(i - 1) or self._is_title(i + 1))
        if self._is_title(i, 3 if section == "links" else 4) and not alone:
            return Label("related", "title-outside-the-story")
        return Label("nav", "outside-the-story")

    def _in_story(self, i: int, stop: int, opening: bool) -> Label:
        """What a unit of the story is; `opening` says that no paragraph has come yet."""
        unit, words = self.units[i], self.words[i]
        after = self._next_kind(i, stop)
        if i in self.turns:
            return Label("body", "turn")
        if i in self.listed:
            return Label("body", "list-item")
        if i in self.pieces:
            return Label("body", "broken-by-a-link")
        if after == "credit" and not self.terminal[i] and not unit.bullet:
            return Label("caption", "above-a-credit")
        beside_credit = i + 1 < stop and self.seen[i + 1] is not None and after == "credit"
        if beside_credit and self.prose[i] and opening:
            return Label("caption", "lead-sentence-above-a-credit")
        if after == "caption" and not self.terminal[i] and words > 2 and not unit.bullet:
            return Label("caption", "beside-a-caption")
        if opening and unit.text in self._printed_again:
            return Label("caption", "printed-twice")
        starred = self._is_starred_title(i - 1) or self._is_starred_title(i + 1)
        if starred and self._is_starred_title(i):
            return Label("related", "starred-title")
        if self._is_question_title(i, stop):
            return Label("subhead", "question-above-a-paragraph")
        if self.terminal[i]:
            return Label("body", "sentence")
        if words >= 6 and self._shingles(unit.text) <= self._said:
            return Label("body", "pull-quote")
        if unit.bullet:
            return Label("body", "list-item")
        if unit.text.endswith((",", ":", ";")) or unit.text[:1].islower():
            return Label("body", "runs-on")
        if words > 12:
            return Label("body", "long-line")
        if opening and _is_names(unit.text):
            return Label("byline", "names-under-the-headline")
        if opening and words <= 3:
            return Label("nav", "label-under-the-headline")
        if words >= 7 and _VERB.search(unit.text) and not _is_title_case(unit.text):
            return Label("body", "sentence-without-a-stop")
        return Label("subhead", "title-between-paragraphs")

    def _is_starred_title(self, i: int) -> bool:
        return (
            0 <= i < len(self.units)
            and self.units[i].bullet
            and self.words[i] >= 5
            and (not self.terminal[i] or self.units[i].text.endswith("?"))
            and _is_title_case(self.units[i].text)
        )

    @cached_property
    def _said(self) -> set[str]:
        return {
            shingle
            for i in self._where(self.prose)
            for shingle in self._shingles(self.units[i].text)
        }

    @staticmethod
    def _shingles(text: str) -> set[str]:
        words = WORD.findall(text.lower())
        return {" ".join(words[i : i + 4]) for i in range(len(words) - 3)}

    def _next_kind(self, i: int, stop: int) -> str:
        """The kind of the next unit that a cue settles, past one more title-like line."""
        for j in range(i + 1, min(stop, i + 3)):
            seen = self.seen[j]
            if seen is not None:
                return seen.kind
            if self.terminal[j] or self.words[j] > 12:
                break
        return ""

    def _is_question_title(self, i: int, stop: int) -> bool:
        return (
            self.units[i].text.endswith("?")
            and not _INNER_STOP.search(self.units[i].text)
            and not _ASKED.match(self.units[i].text)
            and 2 <= self.words[i] <= 10
            and self.units[i].text[:1] not in _OPENS
            and i + 1 < stop
            and (
                self.words[i + 1] >= 12
                or self.units[i + 1].bullet
                or self.units[i].text[0].isdigit()
            )
        )

    def _is_title(self, i: int, shortest: int = 4) -> bool:
        return (
            0 <= i < len(self.units)
            and self.seen[i] is None
            and shortest <= self.words[i] <= 30
            and not self.units[i].text.endswith((".", ":"))
        )

    # The readers' comments

    def _comments_start(self, first: int) -> int:
        for i in range(first + 1, len(self.units)):
            seen = self.seen[i]
            labelled = seen is not None and seen.rule.startswith("comments-phrase")
            window = range(i + 1, min(len(self.units), i + 12))
            near = labelled and any(
                self._is_commenter(j)
                or self._closes_comment(j)
                or _NUMBERED.match(self.units[j].text)
                for j in window
            )
            if near and (self._prose_between(first, i) >= 3 or not self._story_goes_on(i)):
                return i
            if self.cues.names_commenter(self.units[i]) and self._is_timed(i):
                return i
        return len(self.units)

    def _story_goes_on(self, i: int) -> bool:
        """Whether paragraphs follow a label before any commenter does (a share bar, then)."""
        for j in range(i + 1, min(len(self.units), i + 40)):
            if self._is_commenter(j):
                return False
            if self.prose[j]:
                return True
        return False

    def _is_commenter(self, i: int) -> bool:
        unit = self.units[i]
        if self.cues.names_commenter(unit) or (self._is_timed(i) and self._is_bare_name(i)):
            return True
        following = self.units[i + 1] if i + 1 < len(self.units) else None
        return (
            unit.bullet
            and self.words[i] <= 4
            and not self.terminal[i]
            and following is not None
            and not following.bullet
            and following.first == unit.last + 1
        )

    def _is_timed(self, i: int) -> bool:
        """Whether the next line is nothing but a time, as under a commenter's name."""
        if i + 1 >= len(self.units):
            return False
        seen, text = self.seen[i + 1], self.units[i + 1].text
        return (seen is not None and seen.kind == "timestamp") or bool(_AGO.fullmatch(text))

    def _closes_comment(self, i: int) -> bool:
        return bool(
            re.match(r"(?:like|reply|share|report|△|▲|\d+ likes?)\b", self.units[i].text, re.I)
        )

    def _comment_section(self, start: int) -> list[Label]:
        labels: list[Label] = []
        state = "opening"
        for i in range(start, len(self.units)):
            label, state = self._in_comments(i, state)
            labels.append(label)
        return labels

    def _in_comments(self, i: int, state: str) -> tuple[Label, str]:
        seen, words = self.seen[i], self.words[i]
        if seen is not None and seen.rule.startswith("links-phrase"):
            return seen, "after"
        if _NUMBERED.match(self.units[i].text) and state != "after":
            return Label("comment", "numbered-comment"), "numbered"
        if state == "numbered" and not self._gap(i) and words <= 6 and not self.terminal[i]:
            return Label("commenter", "name-under-a-comment"), "between"
        is_nav = seen is not None and seen.kind == "nav"
        spoken = state == "named" and self.terminal[i]
        if seen is not None and is_nav and not self.units[i].bullet and not spoken:
            if state in ("after", "opening") or _AGO.fullmatch(self.units[i].text):
                return seen, state
            return seen, "between"
        if self._is_commenter(i) and not (state == "named" and self.terminal[i]):
            return Label("commenter", "commenter-line"), "named"
        if seen is not None and seen.kind == "timestamp":
            return Label("nav", "time-of-a-comment"), state
        if seen is not None and seen.kind in ("related", "tags") and state != "named":
            return seen, "after"
        if state == "after":
            return self._outside(i, "links"), state
        if state in ("opening", "between") and self._is_bare_name(i):
            return Label("commenter", "name-above-a-text"), "named"
        if words <= 4 and (state == "opening" or (state == "between" and self.units[i].bullet)):
            return Label("nav", "label-in-the-comments"), state
        return Label("comment", "text-under-a-commenter"), "commenting"

    def _is_bare_name(self, i: int) -> bool:
        """A short line that stands above a text, or above the time of one."""
        following = self.seen[i + 1] if i + 1 < len(self.units) else Label("nav", "end")
        return (
            self.words[i] <= (8 if _PLACED.search(self.units[i].text) else 4)
            and len(self.units[i].text) <= 50
            and not self.terminal[i]
            and not self.units[i].bullet
            and self.seen[i] is None
            and (following is None or self._is_timed(i))
        )


def known_title(units: Sequence[Unit], title: str | None) -> int | None:
    """Return which unit prints a title that is known: the last that does, alone or with more."""
    known = plain(title or "")
    if not known:
        return None
    printed = {i: plain(unit.text) for i, unit in enumerate(units)}
    same = [i for i, text in printed.items() if text == known]
    longer = [i for i, text in printed.items() if text.startswith(known + " ")]
    return max(same or longer, default=None)


def _is_names(text: str) -> bool:
    words = re.sub(r"\b(?:and|in|with|for)\b|[,&|]", " ", text).split()
    return 2 <= len(words) <= 8 and all(
        word[:1].isupper() and (not word.isupper() or len(word) <= 2) for word in words
    )


def _is_title_case(text: str) -> bool:
    words = [word for word in text.split()[1:] if len(word) >= 4]
    return bool(words) and sum(word[:1].isupper() for word in words) * 2 > len(words)
