"""The exception that means that the input must change, and the one that an instrument does not fit it."""

from usru.wording import printable, shortened

__all__ = ["DoesNotApply", "InputError"]


class InputError(ValueError):
    """Input that cannot be used, told in one sentence.

    The sentence names the file and the field or line, says what is wrong and
    how to mend it. The command line prints it alone and exits with status 2.

    Parameters
    ----------
    place : str or path
        The file, and the field or line in it.
    problem : str
        What is wrong there.
    mend : str
        What to do about it.

    Examples
    --------
    >>> raise InputError("corpus.toml, title", "the title is missing", "add one")
    Traceback (most recent call last):
        ...
    usru.errors.InputError: corpus.toml, title: the title is missing; add one.
    """

    def __init__(self, place: object, problem: str, mend: str) -> None:
        self.place, self.problem, self.mend = str(place), problem, mend
        # What is quoted may hold anything and go on for pages; the sentence stays one plain line.
        parts = (shortened(" ".join(part.splitlines())) for part in (self.place, problem, mend))
        super().__init__(printable("{}: {}; {}.".format(*parts)))


class DoesNotApply(InputError):
    """An instrument that is not made for these texts, told in one sentence.

    Figures show the sentence in their place, so that the rest of a study runs.

    Examples
    --------
    >>> raise DoesNotApply("dates", "the rules are for English", "leave them out")
    Traceback (most recent call last):
        ...
    usru.errors.DoesNotApply: dates: the rules are for English; leave them out.
    """
