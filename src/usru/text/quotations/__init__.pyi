from . import attribution as attribution
from . import clauses as clauses
from . import coreference as coreference
from . import discourse as discourse
from . import finder as finder
from . import names as names
from . import noun_phrases as noun_phrases
from . import quotation_marks as quotation_marks
from . import vocabulary as vocabulary
from .finder import find as find
from .finder import form as form

__all__ = [
    "attribution", "clauses", "coreference", "discourse", "find", "finder", "form", "names",
    "noun_phrases", "quotation_marks", "vocabulary",
]  # fmt: skip
