from . import finder as finder
from . import quotation_marks as quotation_marks
from . import vocabulary as vocabulary
from .finder import find as find
from .finder import rows as rows

__all__ = ["find", "finder", "quotation_marks", "rows", "vocabulary"]
