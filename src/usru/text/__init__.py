"""Floor 1: raw text to units, each with its offsets in the raw file."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submodules=[
        "blocks", "clauses", "comments", "dates", "discussion", "furniture", "headline", "lines", "page",
        "patterns", "problems", "quotations", "sentences", "story", "turns",
    ],
)  # fmt: skip
