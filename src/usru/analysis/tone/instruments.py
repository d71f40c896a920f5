"""What an instrument is: a word list with its rules, its reasons and its known defects."""

from collections import UserDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from usru.errors import InputError

__all__ = ["Defect", "Instrument", "Instruments", "Scorer", "Steps", "Term"]


class Term(NamedTuple):
    """A word that made a score.

    `start` and `end` are its half-open offsets in the text, `base` what the list gives the word by
    itself, `weight` what it counts here, `negated` whether a negation turned or halved it, and
    `modifiers` what else changed its weight, separated by spaces.
    """

    start: int
    end: int
    text: str
    base: float
    weight: float
    negated: bool
    modifiers: str


Steps = tuple[tuple[str, float], ...]
"""How weights become a score: what is done, and the number after it."""

Scorer = Callable[[str], float | tuple[float, float]]
"""From a text to its polarity in [-1, 1], alone or with its subjectivity in [0, 1]."""


@dataclass(frozen=True)
class Defect:
    """A known way in which an instrument goes wrong.

    `example` gets `polarity`, which no reader would give it; `pattern` finds where it can matter.
    """

    name: str
    what: str
    pattern: str
    example: str
    polarity: float


@dataclass(frozen=True)
class Instrument:
    """A word list with its rules; `label` is what a sentence calls it, by default its name.

    `language` is the ISO 639-1 code of the texts that it is made for; empty, it is asked about any.
    One with `has_subjectivity` always gives it. `explainer` takes a text and returns its terms and
    the steps from their weights to the polarity; an instrument without one cannot be asked why.
    """

    name: str
    title: str
    reference: str
    scorer: Scorer
    has_subjectivity: bool = False
    explainer: Callable[[str], tuple[list[Term], Steps]] | None = None
    defects: tuple[Defect, ...] = ()
    label: str = ""
    language: str = ""


class Instruments(UserDict[str, Instrument]):
    """Instruments by name. A function put here becomes one, its first line of help the title.

    Examples
    --------
    >>> own = Instruments()
    >>> own["shouting"] = lambda text: float("!" in text)
    >>> own["shouting"].scorer("Stop!")
    1.0
    """

    def __setitem__(self, name: str, given: Instrument | Scorer) -> None:
        if not isinstance(given, Instrument):
            if not callable(given):
                raise InputError(
                    f"instrument {name!r}", f"it is {type(given).__name__}", "give a function"
                )
            title = (getattr(given, "__doc__", None) or name).strip().partition("\n")[0]
            given = Instrument(name, title, "", given)
        super().__setitem__(name, given)
