"""Codings that tests make."""

from unittest.mock import patch

from usru.coding import decisions
from usru.coding.decisions import Coding


def all_coded(corpus, what, value, coder="anna", round=1, **options):
    """A coding with one value for all, whose file is written once, with the last decision."""
    coding = Coding(corpus, what, coder, round, **options)
    *others, last = coding.order
    with patch.object(decisions, "write"):
        for key in others:
            coding.decide(key, value)
    coding.decide(last, value)
    return coding
