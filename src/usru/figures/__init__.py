"""The figures of the study, a module a notebook and a class a figure; `starter` has those of others."""

from usru.figures import opening, events, agendas, speech, sentiment, estimates, scale, starter  # isort: skip  # the gallery's order
from usru.figures.base import FIGURES, Figure
from usru.figures.gallery import show, write_all

__all__ = ["FIGURES", "Figure", "agendas", "estimates", "events", "opening", "scale", "sentiment", "show", "speech",
           "starter", "write_all"]  # fmt: skip
