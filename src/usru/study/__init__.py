"""Running and checking the study."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submodules=[
        "app", "checks", "claims", "code", "environment", "explore", "findings", "new", "overview", "pages", "reproduce", "site",
        "starter", "study",
    ],
)  # fmt: skip
