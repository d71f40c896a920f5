"""The same instruments over a million articles: measured in parts on Dask, opened lazily.

`measure` stores the frames of articles, on one machine or on a cluster; `open` gives them as frames of
Dask, with the analyses of a study. Dask is an extra (``usru[scale]``), and is imported only here.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
