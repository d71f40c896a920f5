"""Floor 4: running and checking the study."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submodules=[
        "claims",
        "environment",
        "evaluate",
        "outside",
        "pages",
        "reproduce",
        "site",
    ],
)
