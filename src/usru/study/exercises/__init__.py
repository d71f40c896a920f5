"""The tasks of the notebooks: each answer is checked against the corpus, and never given away.

A task is in its notebook, with its hint and its solution (`usru.study.exercises.tasks`); what checks
its answers is in the module of its subject, under the address of the task: the check of ``topics-2``
is in `usru.study.exercises.topics`.
"""

import shutil
import weakref
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from usru.codebook import MANIFEST
from usru.corpus import Corpus, load
from usru.errors import InputError
from usru.files import make_folders, read_text, write
from usru.manifest import TABLES
from usru.study.exercises.answers import Unreadable
from usru.study.findings import SUBJECTS
from usru.wording import listed, times

__all__ = ["CHECKS", "Reply", "altered", "check", "checks"]

Check = Callable[[Any, Corpus], str | None]

CHECKS: dict[str, Check] = {}
"""What checks the answers, by the addresses of their tasks, of the modules that were imported."""


@dataclass(frozen=True)
class Reply:
    """What is said of an answer.

    Attributes
    ----------
    right : bool or None
        None where there is no answer yet.
    text : str
        What to look at next, where it is not right.
    """

    right: bool | None
    text: str

    def __repr__(self) -> str:
        return self.text if self.right is None else f"{'✓' if self.right else '→'} {self.text}"


def checks(id: str) -> Callable[[Check], Check]:
    """Name the task whose answers a function checks.

    Parameters
    ----------
    id : str
        The task, a module's name and a number. The function gets an answer and the corpus and
        returns what to look at next, a sentence without the right answer; None where it is right.

    Examples
    --------
    >>> @checks("tone-99")
    ... def six(answer, corpus):
    ...     return None if answer == 6 else "Count the faces of a die."
    >>> check("tone-99", 5)
    → Count the faces of a die.
    >>> check("tone-99", 6)
    ✓ Right.
    >>> _ = CHECKS.pop("tone-99")
    """

    def named(function: Check) -> Check:
        if CHECKS.setdefault(id, function) is not function:
            raise ValueError(f"task {id!r} is checked twice")
        return function

    return named


def check(id: str, answer: Any = ..., corpus: Corpus | None = None) -> Reply:
    """Say whether an answer is right, or what to look at next.

    Parameters
    ----------
    id : str
        The address of the task, as ``"tone-2"``; one that no notebook has is a KeyError.
    answer : object
        What the task asks for: a number, a name, several names, a table, a corpus, a function. The
        dots that the notebook has there (``...``) are no answer yet.
    corpus : Corpus, optional
        What the answer is about: the shipped corpus, by default as it is in its files, or a changed
        copy of it. Of other documents that is an error.

    Returns
    -------
    Reply
        Shows itself in a notebook.

    Examples
    --------
    >>> check("corpus-1", "nav")
    → Of that kind there are the most blocks, but short ones. Sum their words.
    >>> check("corpus-1")
    No answer yet: put yours in place of the dots.
    """
    subject = id.rpartition("-")[0]
    if subject in SUBJECTS:
        import_module(f"{__name__}.{subject}")
    if id not in CHECKS:
        known = sorted(one for one in CHECKS if one.startswith(f"{subject}-")) or SUBJECTS
        raise KeyError(f"no task {id!r}; there are {listed(known)}")
    if answer is ...:
        return Reply(None, "No answer yet: put yours in place of the dots.")
    if corpus is not None and corpus.texts.keys() != _shipped().texts.keys():
        mend = "leave the corpus out"
        raise InputError(id, "the task is about the corpus that comes with the package", mend)
    try:
        missed = CHECKS[id](answer, corpus or _shipped())
    except Unreadable as reason:
        missed = str(reason)
    return Reply(missed is None, missed or "Right.")


@cache
def _shipped() -> Corpus:
    return load()


def altered(corpus: Corpus, file: str, old: str, new: str) -> Corpus:
    """Return a corpus with one passage of one file changed, in a copy; the files stay as they are.

    Parameters
    ----------
    corpus : Corpus
        What is copied.
    file : str
        A file of its folder, as ``"corpus.toml"`` or ``"coding/reference/valence.csv"``.
    old, new : str
        A passage that occurs once in the file, and what takes its place.

    Returns
    -------
    Corpus
        Loaded from the copy, which is removed with it.

    Raises
    ------
    InputError
        Where the folder has no such file, where the passage does not occur exactly once, and where
        what comes of it cannot be loaded.

    Examples
    --------
    >>> later = altered(load(), "corpus.toml", "published = 2017-04-12", "published = 2017-04-13")
    >>> str(later.documents.query("doc_id == 'moscow-econotimes'")["published"].item().date())
    '2017-04-13'
    """
    folder = corpus.manifest.folder.resolve()
    path = (folder / file).resolve()
    mend = "name a file of the corpus folder, as `corpus.toml`"
    if not path.is_relative_to(folder):
        raise InputError(file, "it is not in the corpus folder", mend)
    text = read_text(path, mend)
    if (found := text.count(old)) != 1:
        mend = "copy a passage from the file that occurs only once"
        raise InputError(path, f"{old!r} occurs {times(found)}", mend)
    copy = TemporaryDirectory(prefix="usru-")
    _copy(corpus, Path(copy.name))
    target = Path(copy.name) / path.relative_to(folder)
    make_folders(target.parent)
    write(target, text.replace(old, new))
    try:
        changed = load(copy.name)
    except InputError:
        copy.cleanup()
        raise
    weakref.finalize(changed, copy.cleanup)  # codings are read when they are asked for
    return changed


def _copy(corpus: Corpus, to: Path) -> None:
    """Copy what a corpus is read from, and nothing of the study that may be around it."""
    folder = corpus.manifest.folder
    names = [MANIFEST, *TABLES, *(document.file for document in corpus.manifest.documents)]
    for name in filter(lambda name: (folder / name).is_file(), names):
        make_folders((to / name).parent)
        shutil.copyfile(folder / name, to / name)
    for name in ("codebook", "coding"):
        if (folder / name).is_dir():
            shutil.copytree(folder / name, to / name)
