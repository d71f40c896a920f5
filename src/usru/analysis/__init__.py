"""Floor 2: frame to frame, pure."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submodules=[
        "acts", "agreement", "concordance", "estimate", "misclassification", "reuse", "timeline", "tone",
        "topics", "uncertainty", "voices",
    ],
)  # fmt: skip
