"""Copy in capitals, and in title case, as it would be printed in running text.

Agency bulletins are typed in capitals, and some sites capitalise each word of a summary; there a
capital tells neither a name from a verb nor where a sentence begins.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import compress
from operator import not_

from usru.text.quotations.vocabulary import SUBJECTS, Row, Token, Vocabulary, written

_LONG_WORD = re.compile(r"\b[^\W\d_][^\W_]{3,}")
_FEW = 3  # long words of which a title and a name have fewer than a sentence
_INITIALS = re.compile(r"[^AEIOUY\W\d_]+|[A-Z]|(?:[A-Z]\.)+")


def is_capitalised(text: str) -> bool:
    """Whether a paragraph is printed in capitals, or each long word of it with a capital.

    Parameters
    ----------
    text : str
        The paragraph, quotations included.

    Examples
    --------
    >>> is_capitalised("ANN LEE SAID NO."), is_capitalised("Ann Lee said no.")
    (True, False)
    """
    long = _LONG_WORD.findall(text)
    return text.isupper() or (len(long) >= _FEW and all(word[0].isupper() for word in long))


def as_running_text(
    rows: Sequence[Row], initials: Iterable[str], words: Vocabulary
) -> list[list[Token]]:
    """Return the rows of a page, those in capitals with small letters where they belong.

    Parameters
    ----------
    rows : sequence of Row
        The paragraphs of a page.
    initials : iterable of str
        Names that are printed in capitals anywhere.
    words : Vocabulary
        What is no name in it is written small.
    """
    shouted = [_is_shouted(row, words) for row in rows]
    elsewhere = {name.casefold(): name for name in initials}
    if any(shouted):
        for row in compress(rows, map(not_, shouted)):
            elsewhere |= {token.low: token.bare for token in row[1:] if token.is_word}
    return [
        _posts_small(list(_small(row, elsewhere, words)), words) if capitals
        else list(_verbs_small(row, words)) if _is_titled(row, words)
        else list(row)
        for row, capitals in zip(rows, shouted, strict=True)
    ]  # fmt: skip


def _is_shouted(row: Row, words: Vocabulary) -> bool:
    """Whether a paragraph is in capitals, and holds more than initials."""
    if any(token.text[-1].islower() for token in row if not token.possessive):
        return False
    own = [token.bare for token in row if token.text[0].isalpha()]
    plain = any(token.low in words.inflected or token.low in words.articles for token in row)
    return plain and all(map(str.isupper, own))


def _is_titled(row: Row, words: Vocabulary) -> bool:
    """Whether each long word of a paragraph has a capital, and so has its reporting verb."""
    if any(len(token.low) > 3 and token.text[0].islower() for token in row):
        return False
    return any(token.low in words.inflected and _has_one_capital(token) for token in row[1:])


def _has_one_capital(token: Token) -> bool:
    return token.capital and token.text[1:].islower()


def _verbs_small(row: Row, words: Vocabulary) -> Iterator[Token]:
    plain = words.inflected | words.prepositions | (words.between - words.calendar)
    for at, token in enumerate(row):
        small = at and token.low in plain and _has_one_capital(token)
        yield written(token, token.low) if small else token


def _small(row: Row, elsewhere: dict[str, str], words: Vocabulary) -> Iterator[Token]:
    named = False  # the word before is a name's
    for token in row:
        if not token.is_word or token.low.isdigit():
            yield token
            named = False
            continue
        plain = _is_plain(token, words) or (named and token.low in words.name_particles)
        own = token.low if plain else elsewhere.get(token.low) or _as_name(token.bare)
        named = not plain or token.low in words.name_particles
        yield written(token, own + token.text[len(token.bare) :].lower())


def _posts_small(row: list[Token], words: Vocabulary) -> list[Token]:
    """Write a post small that no list has, by the given name behind it: ``CRANE PAINTER OTTO BERG``."""
    for first, last in _runs(row):
        own = row[first : last + 1]
        given = next((i for i, token in enumerate(own) if token.low in words.given_names), 0)
        before = {token.low for token in own[:given]}
        if given < last - first and not before & (words.institutions | words.nations.keys()):
            row[first : first + given] = [written(t, t.low) for t in own[:given]]
    return row


def _runs(row: Row) -> Iterator[tuple[int, int]]:
    """The first and the last of words with a capital beside each other."""
    first = 0
    for at, token in enumerate(row):
        ends = at + 1 == len(row) or not row[at + 1].capital
        if token.capital and ends and not token.possessive:
            yield first, at
        if not token.capital or ends or token.possessive:
            first = at + 1


def _is_plain(token: Token, words: Vocabulary) -> bool:
    """Whether a word is one that is no name's."""
    if token.low in words.calendar or token.low in words.nations or token.low in words.institutions:
        return False
    common = (
        words.forms, words.never_names, words.articles, words.between, words.clauses, SUBJECTS,
        words.roles, words.documents, words.nouns, words.times, words.speechless, words.participles,
    )  # fmt: skip
    return any(token.low in some for some in common) or token.low.endswith(("ed", "ing", "ly"))


def _as_name(word: str) -> str:
    return word if _INITIALS.fullmatch(word) else word.title()
