"""Passages coded by people: which, by which codes, the file of decisions, and how codings agree."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__, submodules=["codes", "comparison", "decisions", "units"]
)
