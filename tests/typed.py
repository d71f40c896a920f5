"""What a type checker knows of the front door: mypy reads this file with the package."""

import usru


def used() -> None:
    """Use the front door, once by a name that it has not, at which mypy must stop."""
    corpus: usru.Corpus = usru.load()
    print(corpus.paragraphs)
    usru.laod()  # type: ignore[attr-defined]
