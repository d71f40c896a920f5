"""What a figure of the study is: the table that it draws, and what it says."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, ClassVar, NoReturn

import pandas as pd

from usru.corpus import Corpus
from usru.figures.canvas import Drawing, nothing
from usru.files import write
from usru.show.style import house

__all__ = ["FIGURES", "Figure"]

FIGURES: dict[str, "Figure"] = {}
"""The study's figures by name, in the order of the gallery."""


class Figure:
    """A figure of the study.

    A subclass sets the attributes and writes `table`, `say` and `draw`; one that names its section
    is then in `FIGURES`. Others call `caption` and `plot`: these say `empty` where nothing can be
    drawn, so that `say` and `draw` always have a row.

    Attributes
    ----------
    name : str
        Its key in `FIGURES` and the name of its files.
    title, reading, source : str
        What it is of, how to read it, and what it rests on.
    notebook, section : str
        The notebook, and the heading in it, where it is shown.
    claim : str
        The finding that it belongs to, as ``"tone-3"``.
    empty : str
        The sentence that is shown where there is nothing to draw.
    needs : str, optional
        The column of the table without which a row is neither counted nor drawn.

    Examples
    --------
    >>> from usru import load
    >>> from usru.figures.canvas import rows
    >>> class Lengths(Figure):
    ...     title = "How long the stories are"
    ...     reading = "A bar is a story."
    ...     empty = "There is no story."
    ...
    ...     def table(self, corpus):
    ...         return corpus.summary()[["doc_id", "words"]]
    ...
    ...     def say(self, table):
    ...         return f"The longest has {table['words'].max():,} words."
    ...
    ...     def draw(self, table):
    ...         drawing, axes = rows(table["doc_id"])
    ...         axes.barh(range(len(table)), table["words"])
    ...         return drawing
    >>> figure = Lengths()
    >>> figure.alt(figure.table(load()))
    'How long the stories are. The longest has 1,030 words. A bar is a story.'
    """

    name: ClassVar[str]
    title: ClassVar[str]
    reading: ClassVar[str]
    source: ClassVar[str]
    notebook: ClassVar[str]
    section: ClassVar[str]
    claim: ClassVar[str]
    empty: ClassVar[str]
    needs: ClassVar[str | None] = None

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if "section" in vars(cls):
            FIGURES[cls.name] = cls()

    def __setattr__(self, name: str, value: Any) -> NoReturn:
        raise AttributeError(f"{name}: a figure is not changed; write a class of your own")

    def table(self, corpus: Corpus) -> pd.DataFrame:
        """Return exactly what is drawn of a corpus."""
        raise NotImplementedError

    def say(self, table: pd.DataFrame) -> str:
        """Say in a sentence what the rows of a table show, with numbers taken from it."""
        raise NotImplementedError

    def draw(self, table: pd.DataFrame) -> Drawing:
        """Draw the rows of a table; the house style is set."""
        raise NotImplementedError

    def caption(self, table: pd.DataFrame) -> str:
        """Say what a table shows, or that there is nothing."""
        known = self._known(table)
        return self.empty if known.empty else self.say(known)

    def plot(self, table: pd.DataFrame) -> Drawing:
        """Draw a table, or say that there is nothing to draw."""
        known = self._known(table)
        with house():
            return nothing(self.empty) if known.empty else self.draw(known)

    def alt(self, table: pd.DataFrame) -> str:
        """Say in words what the picture shows, for those who cannot see it."""
        return f"{self.title}. {self.caption(table)} {self.reading}"

    def write(self, table: pd.DataFrame, folder: Path) -> list[Path]:
        """Write SVG, PNG and the CSV of what is drawn; return the files that changed."""
        drawing = self.plot(table)
        files: dict[str, str | bytes] = {
            "svg": drawing.svg(self.title, self.alt(table)),
            "png": drawing.png(),
            "csv": table.to_csv(index=False, lineterminator="\n"),
        }
        paths = {folder / f"{self.name}.{suffix}": content for suffix, content in files.items()}
        return [path for path, content in paths.items() if write(path, content)]

    def _known(self, table: pd.DataFrame) -> pd.DataFrame:
        return table.dropna(subset=self.needs) if self.needs else table


def passages(corpus: Corpus, doc_ids: Iterable[str], lines: Iterable[int]) -> Any:
    """Return the link to each line of its document, an array of text also where there is none."""
    pairs = zip(doc_ids, lines, strict=True)
    return pd.array([corpus.passage(doc_id, line) for doc_id, line in pairs], dtype="str")


def in_order(table: pd.DataFrame, column: str, order: Iterable[str]) -> pd.DataFrame:
    """Sort rows as `order` has the values of a column; rows of one value stay in their order."""
    return table.sort_values(
        column, key=pd.Index(order).get_indexer, kind="stable", ignore_index=True
    )
