"""Passages coded by people: which, by which codes, the file of decisions, and how codings agree.

`sampling` draws those that are coded where not all can be, `joined` puts them beside an instrument.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submodules=[
        "basis", "codes", "comparison", "decisions", "instruments", "joining", "planning", "sampling", "units",
    ],
    submod_attrs={"joining": ["joined"]},
)  # fmt: skip
