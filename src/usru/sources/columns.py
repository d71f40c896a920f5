"""Which column of a table is which: by what a person says, by its name, by its length."""

import re
from collections.abc import Mapping, Sequence
from statistics import median
from typing import NamedTuple

from usru.errors import InputError
from usru.sources.base import Options

__all__ = ["NAMES", "Columns", "choose"]

NAMES = {
    "text": "text body content article fulltext articletext articlebody maintext bodytext story plaintext cleantext"
    " texto texte volltext",
    "title": "title headline headlines heading articletitle titel titre titolo titulo título überschrift",
    "published": "published publishedat publishdate publisheddate datepublish datepublished publicationdate"
    " pubdate articledate date datetime timestamp day datum fecha",
    "outlet": "outlet publication newspaper medium media sourcename publicationtitle sitename site publisher"
    " source domain sourcedomain hostname zeitung quelle journal periódico giornale",
}  # fmt: skip
"""What columns are called, without spaces, signs and letter case. Names of the text are equals:
of two that are there a person chooses one. Of the others the earlier name is preferred."""

# Characters of the shortest column of texts that has no known name, at its median.
_LONG = 200
# Characters that no name of a column has; a longer one is an article in a table without names.
_LONGEST_NAME = 100
_NO_LETTER = re.compile(r"[\W_]+")


class Columns(NamedTuple):
    """The names of the columns that hold the parts of an article; None where there is none."""

    text: str
    title: str | None
    published: str | None
    outlet: str | None


def choose(
    names: Sequence[str], sample: Sequence[Mapping[str, object]], place: str, options: Options
) -> Columns:
    """Return which columns hold text, title, date and outlet.

    Parameters
    ----------
    names : sequence of str
        The columns of the table.
    sample : sequence of mapping
        Its first rows, to tell a column of long texts.
    place : str
        The file, for messages.
    options : Options
        The columns that a person names.

    Returns
    -------
    Columns
        Where no column or several could be the text, or a named one is not there, an
        `InputError` says what to name.

    Examples
    --------
    >>> choose(["Headline", "Full Text", "Date"], [], "a.csv", Options())
    Columns(text='Full Text', title='Headline', published='Date', outlet=None)
    >>> choose(["body", "content"], [], "a.csv", Options())
    Traceback (most recent call last):
        ...
    usru.errors.InputError: a.csv: the text could be in 'body' or 'content'; say --text body or --text content.
    """
    for role in NAMES:
        said = getattr(options, role)
        if said is not None and said not in names:
            listed = ", ".join(repr(name) for name in names if name)
            problem = f"there is no column {said!r}"
            raise InputError(place, problem, f"name one of {listed} with --{role}")
    title, published, outlet = (
        getattr(options, role) or next(iter(_named(names, role)), None)
        for role in ("title", "published", "outlet")
    )
    taken = {title, published, outlet}
    return Columns(options.text or _text(names, sample, place, taken), title, published, outlet)


def _named(names: Sequence[str], role: str) -> list[str]:
    """The columns that have a name of a role, the likelier name first."""
    plain = {name: _NO_LETTER.sub("", name).lower() for name in names}
    return [name for known in NAMES[role].split() for name in names if plain[name] == known]


def _text(
    names: Sequence[str], sample: Sequence[Mapping[str, object]], place: str, taken: set[str | None]
) -> str:
    _refuse_no_names(names, place)
    free = [name for name in names if name not in taken]
    found = [name for name in free if name in _named(free, "text")] or [
        name for name in free if _is_long(name, sample)
    ]
    if len(found) == 1:
        return found[0]
    if found:
        problem = f"the text could be in {' or '.join(map(repr, found))}"
        raise InputError(place, problem, f"say {' or '.join(_say(name) for name in found)}")
    listed = ", ".join(repr(name) for name in names if name)
    mend = f"name one of {listed} with --text" if listed else "put texts into it, or leave it out"
    raise InputError(place, "no column holds long texts", mend)


def _refuse_no_names(names: Sequence[str], place: str) -> None:
    if any(len(name) > _LONGEST_NAME for name in names):
        mend = "put the names of the columns above it"
        raise InputError(place, "its first row holds an article instead of names", mend)


def _is_long(name: str, sample: Sequence[Mapping[str, object]]) -> bool:
    lengths = [len(cell) for row in sample if isinstance(cell := row.get(name), str) and cell]
    return bool(lengths) and median(lengths) >= _LONG


def _say(name: str) -> str:
    return f"--text {name}" if name.isidentifier() else f'--text "{name}"'
