"""The temporal expressions of a page: `find` gives each with the days that it can mean.

1. shapes: `_shapes` has a pattern for each, by the words of the codebook (``calendar.toml``);
2. values: `_values` turns a match into an interval of days (`intervals`), by the day of publication,
   the `tense` of its clause and the dates before it;
3. choice: of shapes that match the same words the `finder` takes the longest.

`page_clock` reads the line in which a page says when it was saved.
"""

import lazy_loader

# The public names are in __init__.pyi, for type checkers and for this.
__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
