"""By which codes: what is asked of a passage, what is typed for each answer, and what that means."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict

from usru import codebook
from usru.codebook import Code, Variable
from usru.coding.units import KINDS
from usru.corpus import Corpus
from usru.errors import InputError

__all__ = ["find", "is_foreign", "keys", "parse", "variable", "version"]

_WHOLE = re.compile(r"-?[0-9]+")


def variable(corpus: Corpus, what: str) -> Variable:
    """Return what is asked of a passage: by the corpus's own codebook, or else as shipped.

    Parameters
    ----------
    corpus, what : Corpus, str
        Any corpus, and one of `KINDS`.

    Examples
    --------
    >>> from usru import load
    >>> variable(load(), "voice").question
    'Whose words is the marked passage?'
    """
    own = corpus.codebook.variables
    return own[what] if what in own else codebook.read().variables[what]


def find(corpus: Corpus, what: str) -> dict[str, Code]:
    """Return the codes by the value that is written for each, in the order of the codebook.

    Parameters
    ----------
    corpus, what : Corpus, str
        Any corpus, and one of `KINDS`.

    Raises
    ------
    InputError
        Where the codebook has no codes, or such as cannot be written or compared.

    Examples
    --------
    >>> from usru import load
    >>> find(load(), "topics")["press"].label, [*find(load(), "voice")]
    ('press access', ['outlet', 'report', 'quotation', 'turn'])
    """
    if what == "topics":
        labels = corpus.labels["topic"]
        found = {
            name: Code(labels[name], one.definition, one.example, one.counter_example)
            for name, one in corpus.codebook.topics.items()
        }
    elif what == "speakers":
        known = corpus.codebook.speakers.known
        found = {
            who.name: Code(who.name, "; ".join(one.title for one in who.roles)) for who in known
        }
        found |= variable(corpus, what).codes
    else:
        found = dict(variable(corpus, what).codes)
    if fault := _fault(found, what):
        file = "topics.toml" if what == "topics" else "variables.toml"
        raise InputError(f"{corpus.codebook.folder / file}, {what}", *fault)
    return found


def _fault(found: Mapping[str, Code], what: str) -> tuple[str, str] | None:
    """Why nobody can code by these codes, and the mend; speakers alone need none, as any name is one."""
    if not found and what != "speakers":
        return "there is no code", "add one at least"
    if KINDS[what].level == "interval" and not all(map(_WHOLE.fullmatch, found)):
        return "how far apart its codes are is not known", "name each as a number, `-1` or `2`"
    spaced = [value for value in found if " " in value and KINDS[what].several]
    if spaced:
        return f"the code {spaced[0]!r} has a space, which separates codes", "write `_` instead"
    return None


def is_foreign(corpus: Corpus, what: str) -> bool:
    """Return whether a corpus of one's own is asked about in the words of the shipped study.

    Parameters
    ----------
    corpus, what : Corpus, str
        Any corpus, and one of `KINDS`.

    Examples
    --------
    >>> from usru import load
    >>> is_foreign(load(), "topics")
    False
    """
    needed = {"topics": "topics", "valence": "variables"}.get(what)
    return needed is not None and needed not in corpus.codebook.own


def keys(found: Mapping[str, Code]) -> dict[str, str]:
    """Return what is typed for each code: its number, or the value itself where that is one.

    Parameters
    ----------
    found : mapping of str to Code
        As `find` gives them.

    Examples
    --------
    >>> keys({"press": Code("press access"), "syria": Code("Syria")})
    {'press': '1', 'syria': '2'}
    """
    if all(map(_WHOLE.fullmatch, found)):
        return {value: value for value in found}
    return {value: str(number) for number, value in enumerate(found, start=1)}


def parse(typed: str, corpus: Corpus, what: str) -> str:
    """Return the value that is written for what a coder typed.

    Parameters
    ----------
    typed : str
        Keys, values or beginnings of values that no other has, separated by spaces where several
        can be given; ``0`` for none, where the codebook has that; for speakers also a name.
    corpus, what : Corpus, str
        Any corpus, and one of `KINDS`.

    Raises
    ------
    InputError
        Where something is no code, or there are too few or too many.

    Examples
    --------
    >>> from usru import load
    >>> parse("15 syria", load(), "topics"), parse("0", load(), "topics")
    ('syria press', '')
    >>> parse("lavrov", load(), "speakers"), parse("−1", load(), "valence")
    ('Sergei Lavrov', '-1')
    """
    found, asked = find(corpus, what), variable(corpus, what)
    words = typed.replace("−", "-").replace(",", " ").split()
    if not words:
        none = f", or 0 when {asked.none}" * bool(asked.none)
        raise InputError("no code", "nothing was typed", f"type a code{none}")
    if words == ["0"] and asked.none:
        return ""
    if what == "speakers":
        return _speaker(" ".join(typed.split()), corpus, found)
    chosen = {_code(word, found) for word in words}
    if len(chosen) > 1 and not KINDS[what].several:
        raise InputError(typed, f"these are {len(chosen)} codes", "type one")
    return " ".join(value for value in found if value in chosen)


def _code(word: str, found: Mapping[str, Code]) -> str:
    """The value of the code that a word names."""
    low = word.casefold().removeprefix("+")
    exact = [value for value, key in keys(found).items() if low in (key, value.casefold())]
    begun = [value for value in found if value.casefold().startswith(low) and low.isalpha()]
    chosen = exact or begun
    if len(chosen) == 1:
        return chosen[0]
    why = f"it could be {' or '.join(begun)}" if begun else "there is no such code"
    raise InputError(word, why, f"type one of {', '.join(keys(found).values())}")


def _speaker(typed: str, corpus: Corpus, found: Mapping[str, Code]) -> str:
    """The speaker whose number, name, alias or part of the name was typed; any other name is taken."""
    if not re.search(r"[^\W\d]", typed):
        return _code(typed, found)
    low = typed.casefold()
    known = {alias.casefold(): who.name for who in corpus.codebook.speakers.known
             for alias in (who.name, *who.aliases)}  # fmt: skip
    if low in known:
        return known[low]
    parts = [one for one in found if low == one.casefold()]
    parts = parts or [one for one in found if low in one.casefold().split()]
    if len(parts) > 1:
        raise InputError(typed, f"it could be {' or '.join(parts)}", "type more of the name")
    return parts[0] if parts else typed


def version(corpus: Corpus, what: str) -> str:
    """Return what tells whether the codebook that a coder has beside them has changed.

    Parameters
    ----------
    corpus, what : Corpus, str
        Any corpus, and one of `KINDS`.

    Returns
    -------
    str
        The first 12 digits of the SHA-256 of question, advice and codes.
    """
    asked = asdict(variable(corpus, what))
    shown = {value: asdict(code) for value, code in find(corpus, what).items()}
    content = json.dumps([asked | {"codes": {}}, list(shown.items())], ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()[:12]
