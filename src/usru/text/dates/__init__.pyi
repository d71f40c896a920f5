from . import intervals as intervals
from . import tense as tense
from .clock import page_clock as page_clock
from .finder import find as find
from .finder import rows as rows

__all__ = ["find", "intervals", "page_clock", "rows", "tense"]
