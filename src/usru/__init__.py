"""usru: news about three US-Russia meetings in 2017, read closely and counted honestly.

`load` gives a `Corpus`; its frames are what `usru.text` found in the pages. `usru.analysis` turns
frames into frames, `usru.show` turns them into what people look at, and `usru.study` runs and
checks the whole. Everything is loaded when it is first touched.
"""

import lazy_loader

__version__ = "0.1.0"

__getattr__, __dir__, _public = lazy_loader.attach(
    __name__,
    submodules=["analysis", "show", "study", "text"],
    submod_attrs={"corpus": ["Corpus", "load"], "errors": ["InputError"]},
)
__all__ = ["Corpus", "InputError", "__version__", "analysis", "load", "show", "study", "text"]
