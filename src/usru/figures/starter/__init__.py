"""The figures of a study of one's own, a module a notebook, for three documents or for thousands.

Each names documents while they are few, and their groups beyond that (`units`); what changes over
time is shown by the finest period that holds enough documents (`periods`).
"""

from usru.figures.starter import opening, agendas, speech, sentiment  # isort: skip  # the order of the notebooks

__all__ = ["agendas", "opening", "sentiment", "speech"]
