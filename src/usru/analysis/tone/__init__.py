"""How a text sounds to word lists: scores, why they are what they are, and what they miss.

An instrument is a published word list with its rules. Every number here is the instrument's own, to
the last bit; the libraries are imported when a score is first asked for. The word lists know words,
not what a story says: read their agreement with the hand coding (`validity`) before any score.
"""

import lazy_loader

# The public names stand in __init__.pyi, for type checkers and for this.
__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
