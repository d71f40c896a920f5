"""Codings that tests make."""

from usru.coding.decisions import Coding


def all_coded(corpus, what, value, coder="anna", round=1, **options):
    """A coding with one value for all."""
    coding = Coding(corpus, what, coder, round, **options)
    for key in coding.order:
        coding.decide(key, value)
    return coding
