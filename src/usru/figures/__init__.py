"""The figures of the study, a module a notebook and a class a figure."""

from usru.figures import opening, events, agendas, speech, sentiment  # isort: skip  # the gallery's order
from usru.figures.base import FIGURES, Figure
from usru.figures.gallery import show, write_all

__all__ = ["FIGURES", "Figure", "agendas", "events", "opening", "sentiment", "show", "speech",
           "write_all"]  # fmt: skip
