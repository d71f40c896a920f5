"""What lies around a story: the page's furniture, and what leads to other stories."""

from usru.text.furniture import Label
from usru.text.page import Page, is_names

__all__ = ["above", "below", "outside"]

# Words from which a sentence above the story is the summary of another, as on a broadcaster's
# page, where shorter ones are entries of the menu.
SUMMARY = 8
# Words from which a line right above the headline is the caption of the page's first picture.
CAPTION = 12
TITLE = range(4, 31)  # words of the title of another story; a row of shorter lines is a menu
# The same below a label that links follow, where even three words are a title.
LINKED_TITLE = range(3, 31)


def above(page: Page, first: int, headline: int | None) -> list[Label]:
    """Return the label of each unit above the story, of which the headline is one if there is one.

    Parameters
    ----------
    page : Page
        As `usru.text.story.find` gives it.
    first : int
        The first unit of the story.
    headline : int or None
        The unit of the headline.
    """
    found = [page.cued[i] or _above(page, i, headline) for i in range(first)]
    if headline is not None:
        found[headline] = Label("headline", "title-of-the-prose")
    return found


def _above(page: Page, i: int, headline: int | None) -> Label:
    if headline is not None and page.words[i] >= CAPTION and 0 < headline - i <= 3:
        return Label("caption", "sentence-above-the-headline")
    if page.words[i] >= SUMMARY and page.terminal[i]:
        return Label("related", "summary-of-another-story")
    return Label("nav", "above-the-story")


def below(page: Page, start: int, stop: int) -> list[Label]:
    """Return the label of each unit between the story and the readers' comments.

    Parameters
    ----------
    page : Page
        As `usru.text.story.find` gives it.
    start, stop : int
        The units.
    """
    found: list[Label] = []
    section = ""
    for i in range(start, stop):
        label = page.cued[i]
        # A blank line ends a list of keywords, but none of links, which are set apart by them.
        if section == "keywords" and page.gap(i) and found[-1].kind == "tags":
            section = ""
        if label is None:
            found.append(outside(page, i, section))
        elif label.kind in ("timestamp", "byline") and section:
            found.append(Label("nav", f"{label.kind}-of-a-link"))
        else:
            found.append(label)
            if label.rule.startswith(("links", "keywords", "comments")):
                section = label.rule.split("-")[0]
    return found


def outside(page: Page, i: int, section: str = "") -> Label:
    """Return the label of a unit that no cue settles and that is not of the story.

    Parameters
    ----------
    page : Page
        As `usru.text.story.find` gives it.
    i : int
        The unit.
    section : {"", "links", "keywords", "comments"}
        What the label above it says that follows.
    """
    if section == "keywords" and page.words[i] <= 4 and not page.terminal[i]:
        return Label("tags", "short-line-under-a-label")
    if page.rule(i + 1).startswith("bio-phrase") and is_names(page.units[i].text):
        return Label("byline", "name-above-a-bio")
    if i in page.teasers or i in page.linked:
        return Label("related", "summary-of-another-story")
    is_linked = section == "links" and _is_title(page, i, LINKED_TITLE)
    # Where no label says so, a single title may be an entry of a menu.
    is_beside = _is_title(page, i - 1, TITLE) or _is_title(page, i + 1, TITLE)
    if is_linked or (is_beside and _is_title(page, i, TITLE)):
        return Label("related", "title-outside-the-story")
    return Label("nav", "outside-the-story")


def _is_title(page: Page, i: int, lengths: range) -> bool:
    return page.uncued(i) and page.words[i] in lengths and not page.text(i).endswith((".", ":"))
