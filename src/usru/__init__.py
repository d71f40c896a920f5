"""usru: news about three US-Russia meetings in 2017, read closely and counted honestly.

`load` gives a `Corpus`; its frames are what `usru.text` found in the pages. A `Study` is a folder with a
corpus, its codebook and codings, notebooks and figures. `usru.analysis` turns
frames into frames, `usru.show` and `usru.figures` turn them into what people look at, and
`usru.study` runs and checks the whole. Everything is loaded when it is first touched.
"""

import lazy_loader

__version__ = "0.2.0"

# The public names are in __init__.pyi, for type checkers and for this.
__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
