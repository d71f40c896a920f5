"""Shares, means and coefficients of a whole corpus, from an instrument and a coded sample."""

import lazy_loader

# The public names are in __init__.pyi, for type checkers and for this.
__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
