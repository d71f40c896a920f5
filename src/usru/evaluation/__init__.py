"""How far to trust the rules: the cleaner on pages that people marked, all rules on other pages."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__, submodules=["cleaner", "generated", "outside", "training"]
)
