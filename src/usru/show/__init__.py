"""Frames to what people look at."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submodules=["coder", "edition", "explorer", "layers", "style", "tables"],
    submod_attrs={"edition": ["read"]},
)
