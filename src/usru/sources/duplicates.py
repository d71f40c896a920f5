"""Texts that come more than once: syndicated stories, and exports that overlap."""

import re
import unicodedata
from hashlib import sha256

from usru.sources.base import Article

__all__ = ["Seen"]

_NO_LETTER = re.compile(r"[\W_]+")


class Seen:
    """The texts that have been seen so far, whatever their letter case, spaces and punctuation.

    Only a checksum of each text is kept, so that a million articles fit into memory.

    Examples
    --------
    >>> seen = Seen()
    >>> seen.before(Article("Envoys meet again.", "articles.csv, row 3"))
    >>> seen.before(Article("ENVOYS  MEET AGAIN", "articles.csv, row 9"))
    'articles.csv, row 3'
    """

    def __init__(self) -> None:
        self._places: dict[bytes, str] = {}

    def before(self, article: Article) -> str | None:
        """Return where the same text was seen first, and remember an article whose text is new.

        Parameters
        ----------
        article : Article
            As `usru.sources.read` gives it.

        Returns
        -------
        str or None
            The `source` of the first article with this text; None for a new text.
        """
        text = unicodedata.normalize("NFC", article.text).casefold()
        letters = _NO_LETTER.sub("", text) or text
        first = self._places.setdefault(sha256(letters.encode("utf-8")).digest(), article.source)
        return None if first is article.source else first
