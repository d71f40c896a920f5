"""What every reader gives: articles, and sentences about what was not taken."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Literal

from usru.errors import InputError

__all__ = ["LONGEST", "Article", "Options", "Order", "Reader", "Skipped", "checked"]

LONGEST = 5_000_000
"""Characters of the longest article; what is longer is a file that was not divided."""

_HALF = re.compile("[\ud800-\udfff]")

Order = Literal["day-first", "month-first"]


@dataclass(frozen=True)
class Article:
    """One article: its text, where it came from, and what is known of it.

    Attributes
    ----------
    text : str
        The text as its source has it, with ``"\\n"`` at the ends of lines.
    source : str
        The file, and the place in it: ``"articles.csv, row 12"``.
    layout : {"article", "page"}
        Whether the text is the story alone, or a page dump with its furniture.
    title, outlet : str, optional
        As the source has them.
    published : datetime.date, optional
        The day that the source prints, in whatever time zone it prints it.
    published_basis : str, optional
        How that day is known: ``"column date"``, ``"field LOAD-DATE"``.
    more : mapping of str to str
        Whatever else the source says: author, section, url, any other column.
    """

    text: str
    source: str
    layout: str = "article"
    title: str | None = None
    outlet: str | None = None
    published: date | None = None
    published_basis: str | None = None
    more: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Skipped:
    """What was not taken, or what a person must decide; as text it is one sentence.

    Attributes
    ----------
    place, problem, mend : str
        The file and the row or field in it, what is wrong there, what to do about it.

    Examples
    --------
    >>> print(Skipped("articles.csv, row 7", "its text is empty", "fill it in or delete the row"))
    articles.csv, row 7: its text is empty; fill it in or delete the row.
    """

    place: str
    problem: str
    mend: str

    def __str__(self) -> str:
        return str(InputError(self.place, self.problem, self.mend))

    @classmethod
    def because(cls, error: InputError) -> "Skipped":
        """Return the sentence of an error, for what is left out instead of stopping.

        Parameters
        ----------
        error : InputError
            The error.
        """
        return cls(error.place, error.problem, error.mend)


@dataclass(frozen=True)
class Options:
    """What a person may say about a source; nothing has to be said.

    Attributes
    ----------
    text, title, published, outlet : str, optional
        Names of columns.
    encoding : str, optional
        Of text files whose encoding cannot be told from their bytes.
    dates : {"day-first", "month-first"}, optional
        How dates such as 03/04/2017 are meant.
    layout : {"page", "article"}, optional
        Of ``.txt`` files that are no export: page dumps (the default), or stories alone.
    """

    text: str | None = None
    title: str | None = None
    published: str | None = None
    outlet: str | None = None
    encoding: str | None = None
    dates: Order | None = None
    layout: Literal["page", "article"] | None = None


Reader = Callable[[Path, str, Options], Iterator[Article | Skipped]]
"""What reads one kind of file: its path, the name to call it by, the options."""


def checked(article: Article) -> Article | Skipped:
    r"""Return an article that can be kept, with plain line ends, or why it cannot be.

    Parameters
    ----------
    article : Article
        As a reader made it.

    Examples
    --------
    >>> checked(Article("One.\r\n\r\nTwo.", "a.csv, row 2")).text
    'One.\n\nTwo.'
    >>> print(checked(Article(" ", "a.csv, row 3")))
    a.csv, row 3: its text is empty; fill it in or leave it out.
    """
    text = article.text.replace("\r\n", "\n").replace("\r", "\n")
    problem = _fault(text, article)
    if problem is not None:
        return Skipped(article.source, *problem)
    title, outlet = (
        " ".join(name.split()) or None if name else None for name in (article.title, article.outlet)
    )
    return replace(article, text=text, title=title, outlet=outlet)


def _fault(text: str, article: Article) -> tuple[str, str] | None:
    if not text.strip():
        return "its text is empty", "fill it in or leave it out"
    if len(text) > LONGEST:
        problem = (
            f"it has {len(text):,} characters, more than the {LONGEST:,} of the longest article"
        )
        return problem, "divide it into its articles"
    more = [part for pair in article.more.items() for part in pair]
    words = "".join([text, article.title or "", article.outlet or "", *more])
    if "\0" in words:
        return "it holds a NUL character, so it is damaged or no text", "save it again as text"
    # JSON can hold one half of an emoji, which no file of text can.
    half = _HALF.search(words)
    if half is not None:
        return f"it holds half a character (U+{ord(half[0]):04X})", "save it again from its source"
    return None
