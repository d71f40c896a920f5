"""Floor 3: frames to what people look at."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submodules=["canvas", "edition", "explorer", "layers", "plots", "style", "tables", "tone", "voices"],
    submod_attrs={"edition": ["read"]},
)  # fmt: skip
