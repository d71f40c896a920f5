"""The figures of each notebook: the table that each draws, and what it says."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__, submodules=["opening", "timeline", "tone", "topics", "voices"]
)
