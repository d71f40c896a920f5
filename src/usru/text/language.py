"""Which language a text is in, so that instruments made for one say where they do not apply."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TypeVar

T = TypeVar("T")

__all__ = ["find", "of_most", "sample"]

LEAST = 40  # letters; a shorter text, such as a headline, is often taken for another language
ENOUGH = 5_000  # characters that tell the language; more only take time


def find(raw: str) -> str | None:
    """Tell the language of a text.

    Parameters
    ----------
    raw : str
        Any text; its beginning decides.

    Returns
    -------
    str or None
        The ISO 639-1 code of the likeliest language; None where there is too little to tell.

    References
    ----------
    Lui, M., & Baldwin, T. (2012). langid.py: an off-the-shelf language identification tool.
    *Proceedings of the ACL 2012 System Demonstrations*, 25-30.

    Examples
    --------
    >>> find("Die Minister trafen sich am Donnerstag und sprachen über den neuen Hafen.")
    'de'
    """
    text = raw[:ENOUGH]
    if sum(map(str.isalpha, text)) < LEAST:
        return None
    import py3langid

    return str(py3langid.classify(text)[0])


def of_most(texts: Iterable[str]) -> str:
    """Return the language of most texts; English where none can be told.

    Parameters
    ----------
    texts : iterable of str
        Any texts.

    Examples
    --------
    >>> of_most(["Le ministre a parlé jeudi avec les pêcheurs du port de Brest.", "Oui."])
    'fr'
    """
    codes = Counter(code for code in map(find, texts) if code)
    return codes.most_common(1)[0][0] if codes else "en"


def sample(items: Sequence[T], most: int = 50) -> Sequence[T]:
    """Return some items that are spread evenly over all.

    Parameters
    ----------
    items, most : sequence, int
        Any items, and how many at most.

    Examples
    --------
    >>> sample(range(10), most=4)
    range(0, 10, 3)
    """
    return items[:: max(1, -(-len(items) // most))]
