"""What a figure of the study is: what it draws, says and rests on."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from usru.corpus import Corpus
from usru.show.canvas import Drawing

__all__ = ["Figure"]


@dataclass(frozen=True)
class Figure:
    """A figure of the study.

    `table` gives exactly what is plotted, `plot` draws it, `caption` says
    what it shows with numbers taken from the table, `reading` how to read it,
    `source` what it rests on, `section` the notebook's section that makes it,
    `claim` the finding that it belongs to.
    """

    name: str
    title: str
    table: Callable[[Corpus], pd.DataFrame]
    plot: Callable[[pd.DataFrame], Drawing]
    caption: Callable[[pd.DataFrame], str]
    reading: str
    source: str
    notebook: str
    section: str
    claim: str

    def alt(self, table: pd.DataFrame) -> str:
        """Say in words what the picture shows, for who cannot see it."""
        return f"{self.title}. {self.caption(table)} {self.reading}"
