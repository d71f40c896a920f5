"""Running and checking the study."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__, submodules=["claims", "environment", "explore", "pages", "reproduce", "site"]
)
