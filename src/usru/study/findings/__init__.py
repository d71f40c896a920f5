"""What this study found: one function a claim, from a corpus to a sentence and its check.

The claims of a notebook are in the module of its subject, under the name of the claim:
``topics-2`` is in `usru.study.findings.topics`.
"""

from collections.abc import Callable
from importlib import import_module

from usru.corpus import Corpus
from usru.errors import DoesNotApply
from usru.study.claims import Claim, claim

__all__ = ["FINDINGS", "SUBJECTS", "finding", "show"]

SUBJECTS = ("corpus", "timeline", "topics", "voices", "tone", "explorer", "estimates", "scale")
"""The modules of this package, in the order of the notebooks."""

Finding = Callable[[Corpus], tuple[str, bool | None]]

FINDINGS: dict[str, Finding] = {}
"""The findings of the modules that were imported, by their claims."""


def finding(id: str) -> Callable[[Finding], Finding]:
    """Name the claim that a function makes.

    Parameters
    ----------
    id : str
        The claim, a module's name and a number. The function gets a corpus and returns the
        sentence, and whether all of it holds: None where there is nothing to count.

    Examples
    --------
    >>> @finding("tone-99")
    ... def nothing(corpus):
    ...     return "Nothing was found.", None
    >>> FINDINGS.pop("tone-99") is nothing
    True
    """

    def named(function: Finding) -> Finding:
        if FINDINGS.setdefault(id, function) is not function:
            raise ValueError(f"claim {id!r} is made twice")
        return function

    return named


def show(id: str, corpus: Corpus) -> Claim:
    """Return a claim about a corpus, which shows itself in a notebook.

    Parameters
    ----------
    id : str
        The claim; one that nobody makes is a KeyError.
    corpus : Corpus
        What the claim is about. Where an instrument is not made for its texts the claim does not
        apply, and says why.

    Examples
    --------
    >>> from usru import load
    >>> show("corpus-3", load()).holds
    True
    """
    subject = id.rpartition("-")[0]
    if subject in SUBJECTS:
        import_module(f"{__name__}.{subject}")
    if id not in FINDINGS:
        raise KeyError(f"no claim {id!r}; the claims on {subject!r} are {_listed(subject)}")
    try:
        sentence, holds = FINDINGS[id](corpus)
    except DoesNotApply as reason:
        sentence, holds = str(reason), None
    return claim(id, sentence, holds=holds)


def _listed(subject: str) -> str:
    return ", ".join(sorted(id for id in FINDINGS if id.startswith(f"{subject}-"))) or "none"
