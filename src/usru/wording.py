"""Numbers, counts and lists as sentences have them: one form for all that people read."""

import math
import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import TypeVar

__all__ = [
    "capital",
    "count",
    "day",
    "listed",
    "month",
    "number",
    "ordinal",
    "percent",
    "printable",
    "shortened",
    "signed",
    "span",
    "times",
]

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
           "October", "November", "December")  # fmt: skip

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
             "tenth", "eleventh", "twelfth")  # fmt: skip

# Controls but tab and line feed, marks that turn the direction of writing, halves of characters.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)

_LONGEST = 400  # characters of what a sentence quotes

T = TypeVar("T")


def capital(text: str) -> str:
    """Return a sentence that begins with a capital letter; the rest stays.

    Parameters
    ----------
    text : str
        Any text.

    Examples
    --------
    >>> capital("less than 1% of all")
    'Less than 1% of all'
    """
    return text[:1].upper() + text[1:]


def count(n: float, noun: str, plural: str = "", *, to: float | None = None) -> str:
    """Return a number of things in words, with the verb or not.

    Parameters
    ----------
    n, noun : float, str
        How many, and of what; the verb can come with it, as ``"page has"``.
    plural : str
        What several are called; by default the noun with an s.
    to : float, optional
        Up to how many.

    Examples
    --------
    >>> count(1, "document"), count(2000, "document"), count(0, "story", "stories")
    ('1 document', '2,000 documents', '0 stories')
    >>> count(1, "page has", "pages have"), count(1, "day", to=3), count(1, "day", to=1)
    ('1 page has', '1 to 3 days', '1 day')
    """
    last = n if to is None else to
    return f"{span(number(n, 0), number(last, 0))} {noun if last == 1 else plural or noun + 's'}"


def day(value: date | None, missing: str = "not known") -> str:
    """Return a day as one writes it, the same in every locale.

    Parameters
    ----------
    value : datetime.date or None
        The day, of pandas too.
    missing : str
        What is said where it is none.

    Examples
    --------
    >>> day(date(2017, 2, 16)), day(None)
    ('16 February 2017', 'not known')
    """
    if value is None or value != value:  # a missing day of pandas is not itself
        return missing
    return f"{value.day} {month(value)}"


def month(value: date) -> str:
    """Return the month of a day as one writes it, the same in every locale.

    Parameters
    ----------
    value : datetime.date
        Any day of it, of pandas too.

    Examples
    --------
    >>> month(date(2017, 2, 16))
    'February 2017'
    """
    return f"{_MONTHS[value.month - 1]} {value.year}"


def times(number: int) -> str:
    """Return how often something happens in words.

    Parameters
    ----------
    number : int
        How often.

    Examples
    --------
    >>> times(0), times(1), times(2), times(3)
    ('never', 'once', 'twice', '3 times')
    """
    return ("never", "once", "twice")[number] if 0 <= number < 3 else f"{number:,} times"


def listed(parts: Iterable[str], word: str = "and", nothing: str = "none") -> str:
    """Return parts as a list in a sentence.

    Parameters
    ----------
    parts : iterable of str
        Words; where one of them has a comma, semicolons divide them.
    word, nothing : str
        What comes before the last, and what is said where there is no part.

    Examples
    --------
    >>> listed(["Bonn"]), listed(["Bonn", "Moscow", "Manila"]), listed([])
    ('Bonn', 'Bonn, Moscow and Manila', 'none')
    >>> listed(["Bonn, in February", "Manila"])
    'Bonn, in February; and Manila'
    """
    *first, last = [*parts] or [nothing]
    if not first:
        return last
    mark = ";" if any("," in part for part in (*first, last)) else ","
    before = f"{mark} ".join(first)
    return f"{before}{mark * (mark == ';')} {word} {last}"


def number(value: float, digits: int = 2) -> str:
    """Return a number with a minus sign that is one, and the same digits each time.

    Parameters
    ----------
    value, digits : float, int
        The number, and how many decimals it has.

    Examples
    --------
    >>> number(-0.5), number(-0.001), number(1234.5, 1)
    ('−0.50', '0.00', '1,234.5')
    """
    if math.isnan(value):
        return "not known"
    shown = f"{value:,.{digits}f}"
    return (shown.lstrip("-") if float(shown.replace(",", "")) == 0 else shown).replace("-", "−")


def printable(text: str) -> str:
    """Return a text with what acts on a terminal, or cannot be written, as Python writes it.

    Parameters
    ----------
    text : str
        Any text. File names and ids may hold anything.

    Examples
    --------
    >>> print(printable("a \\x1b[31mred\\x1b[0m page"))
    a \\x1b[31mred\\x1b[0m page
    """
    return _UNSEEN.sub(lambda match: match[0].encode("unicode_escape").decode(), text)


def shortened(text: str) -> str:
    """Return a text of at most 401 characters: of a longer one its beginning and its end.

    Parameters
    ----------
    text : str
        Any text.

    Examples
    --------
    >>> len(shortened("n" * 5_000)), shortened("short")
    (401, 'short')
    """
    half = _LONGEST // 2
    return text if len(text) <= _LONGEST else f"{text[:half]}…{text[-half:]}"


def signed(value: float, digits: int = 2) -> str:
    """Return a number with its sign; zero has none.

    Parameters
    ----------
    value, digits : float, int
        The number, and how many decimals it has.

    Examples
    --------
    >>> signed(0.5), signed(-0.25), signed(-0.001)
    ('+0.50', '−0.25', '0.00')
    """
    shown = number(value, digits)
    positive = value > 0 and any(digit in shown for digit in "123456789")
    return f"+{shown}" if positive else shown


def ordinal(place: int) -> str:
    """Return a place in an order; the first twelve in words.

    Parameters
    ----------
    place : int
        From 1.

    Examples
    --------
    >>> ordinal(2), ordinal(21), ordinal(113)
    ('second', '21st', '113th')
    """
    if place <= len(_ORDINALS):
        return _ORDINALS[place - 1]
    teens = place % 100 in (11, 12, 13)
    return f"{place:,}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(place % 10, 'th')}"


def percent(share: float) -> str:
    """Return a share in per cent; less than half a per cent is not nothing.

    Parameters
    ----------
    share : float
        A share, 1 for all.

    Examples
    --------
    >>> percent(0.254), percent(0.001), percent(0)
    ('25%', 'less than 1%', '0%')
    """
    if math.isnan(share):
        return "not known"
    return "less than 1%" if 0 < share < 0.005 else f"{number(100 * share, 0)}%"


def span(low: T, high: T, form: Callable[[T], str] = str) -> str:
    """Return what lies between two values, or the one that both are.

    Parameters
    ----------
    low, high : object
        The values.
    form : callable
        How each is shown, as `percent`; as it is by default.

    Examples
    --------
    >>> span("16%", "47%"), span("16%", "16%"), span(-0.1, 0.25, signed)
    ('16% to 47%', '16%', '−0.10 to +0.25')
    """
    first, last = form(low), form(high)
    return first if first == last else f"{first} to {last}"
