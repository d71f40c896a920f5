"""How locked codings agree: with the reference, other coders', and the coder's own other rounds."""

from pathlib import Path

import pandas as pd

from usru import codings
from usru.analysis import agreement
from usru.analysis.agreement import Comparison
from usru.coding import codes
from usru.coding.decisions import Coding, check
from usru.coding.units import KINDS, index, key_columns
from usru.codings import ROWS
from usru.corpus import Corpus
from usru.errors import InputError
from usru.files import is_there

__all__ = ["NOBODY", "REFERENCE", "compare", "stored", "values", "with_reference"]

NOBODY = "nobody"
"""What a speaker is called where the coder says that there is none."""

REFERENCE = "the reference"
"""What the reference coding is called."""


def values(table: pd.DataFrame, what: str) -> pd.Series:
    """Return the values of a coding as `usru.analysis.agreement` compares them, by unit.

    Parameters
    ----------
    table, what : pandas.DataFrame, str
        As `usru.Corpus.coding` gives it, and one of `KINDS`.

    Returns
    -------
    pandas.Series
        Sets of topics, numbers of valence (what is none is left out), names of voices and speakers
        (``"nobody"`` for none).

    Examples
    --------
    >>> table = pd.DataFrame({"doc_id": ["a"], "line": [3], "topics": ["press syria"]})
    >>> sorted(values(table, "topics").loc[("a", "3")])
    ['press', 'syria']
    """
    kind = KINDS[what]
    column = table[kind.column].fillna("").astype("str")
    if kind.level == "sets":
        given: list[object] = [frozenset(text.split()) for text in column]
    elif kind.level == "interval":
        given = list(pd.to_numeric(column, errors="coerce"))
    else:
        given = list(column.replace("", NOBODY))
    found = pd.Series(
        given, index=index(table, what), dtype=None if kind.level == "interval" else "object"
    )
    return found[~found.index.duplicated()].dropna()


def compare(coding: Coding) -> tuple[list[Comparison], list[str]]:
    """Compare a locked coding with the reference and with every other locked coding of its kind.

    Parameters
    ----------
    coding : Coding
        A locked coding.

    Returns
    -------
    comparisons, faults : list of usru.analysis.agreement.Comparison, list of str
        The reference first, where there is one, then the coder's own other rounds, then others by
        name; and a sentence on each coding that was changed after it was locked, which is left out.

    Raises
    ------
    InputError
        Where the coding is not locked, or was changed since.
    """
    if not coding.locked:
        raise InputError(coding.path, "it is not locked", "lock it before it is compared")
    found, faults = [with_reference(coding)], []
    for name, path in _locked(coding):
        try:
            check(path)
            found.append(_with(coding, name, path))
        except InputError as error:
            faults.append(str(error))
    return [one for one in found if one is not None], faults


def with_reference(coding: Coding) -> Comparison | None:
    """Compare a locked coding with the reference.

    Parameters
    ----------
    coding : Coding
        A locked coding.

    Returns
    -------
    usru.analysis.agreement.Comparison or None
        None where there is no reference of these passages.

    Raises
    ------
    InputError
        Where the coding was changed since it was locked.
    """
    check(coding.path)
    path = coding.corpus.manifest.folder / "coding" / "reference" / coding.path.name
    return _with(coding, REFERENCE, path) if is_there(path) else None


def _with(coding: Coding, name: str, path: Path) -> Comparison | None:
    """A coding compared with the one in a file; None where they have no passage in common."""
    own, other = (stored(coding.corpus, one, coding.what) for one in (coding.path, path))
    order = _order(coding.corpus, coding.what)
    found = agreement.compare(name, own, other, coding.kind.level, order)
    return found if found.n else None


def stored(corpus: Corpus, path: Path, what: str) -> pd.Series:
    """Return the values of a coding in a file, as `values` gives them.

    Parameters
    ----------
    corpus, path, what : Corpus, path, str
        By whose codebook and pages it is checked, the file, and one of `KINDS`.

    Raises
    ------
    InputError
        Where the file cannot be used, as when a value is none of the codebook's.
    """
    needed = [*key_columns(what), KINDS[what].column]
    return values(codings.texts(path, ROWS[KINDS[what].file], corpus.setting, needed), what)


def _order(corpus: Corpus, what: str) -> list[object]:
    """The values in the order of the codebook, as `values` gives them."""
    found = [*codes.find(corpus, what)]
    return [float(one) for one in found] if KINDS[what].level == "interval" else [*found]


def _locked(coding: Coding) -> list[tuple[str, Path]]:
    """The other locked codings of the same kind: what each is called, and its file."""
    folder, file = coding.corpus.manifest.folder / "coding", f"{coding.kind.file}.csv"
    found = []
    for lock in [*folder.glob(f"*/{file}.sha256"), *folder.glob(f"*/round-*/{file}.sha256")]:
        path = lock.with_suffix("")
        coder, *later = path.parent.relative_to(folder).parts
        round = later[0].replace("-", " ") if later else "round 1"
        own = coder == coding.coder
        told = f"your {round}" if own else f"{coder}, {round}" if later else coder
        if path != coding.path and path.is_file():
            found.append((not own, told, path))
    return [(told, path) for _, told, path in sorted(found)]
