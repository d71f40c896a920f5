"""What a figure of the study is: the table that it draws, and what it says."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, ClassVar, NoReturn

import pandas as pd

from usru.corpus import Corpus
from usru.errors import DoesNotApply
from usru.figures.canvas import Drawing, nothing
from usru.files import write
from usru.show.style import house

__all__ = ["FIGURES", "Figure"]

FIGURES: dict[str, "Figure"] = {}  # by name, in the order of the gallery


class Figure:
    """A figure of the study.

    A subclass sets the attributes and writes `table`, `say` and `draw`; one that names its section
    is then in `FIGURES`. Where nothing can be drawn, `caption` and `plot` say `empty`, so that `say`
    and `draw` always have a row.

    Attributes
    ----------
    name, title, reading, source : str
        Its key in `FIGURES` and name of its files; what it is of, how to read it, what it rests on.
    notebook, section, claim : str
        Where it is shown, and the finding that it belongs to, as ``"tone-3"``.
    empty : str
        The sentence that is shown where there is nothing to draw.
    needs : str, optional
        The column of the table without which a row is neither counted nor drawn.

    Examples
    --------
    >>> from usru import load
    >>> from usru.figures.canvas import rows
    >>> class Lengths(Figure):
    ...     title, reading = "How long the stories are", "A bar is a story."
    ...     def table(self, corpus):
    ...         return corpus.summary()[["doc_id", "words"]]
    ...     def say(self, table):
    ...         return f"The longest has {table['words'].max():,} words."
    ...     def draw(self, table):
    ...         drawing, axes = rows(table["doc_id"])
    ...         axes.barh(range(len(table)), table["words"])
    ...         return drawing
    >>> figure = Lengths()
    >>> figure.alt(figure.table(load()))
    'How long the stories are. The longest has 1,030 words. A bar is a story.'
    """

    name = title = reading = source = notebook = section = claim = empty = ""
    needs: ClassVar[str | None] = None

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if "section" in vars(cls):
            FIGURES[cls.name] = cls()

    def __setattr__(self, name: str, value: Any) -> NoReturn:
        raise AttributeError(f"{name}: a figure is not changed; write a class of your own")

    def table(self, corpus: Corpus) -> pd.DataFrame:
        """Return exactly what is drawn of a corpus.

        Parameters
        ----------
        corpus : Corpus
            Any corpus.
        """
        raise NotImplementedError

    def tabulate(self, corpus: Corpus) -> pd.DataFrame:
        """Return `table`, or no rows and the reason where its instruments do not apply to a corpus.

        Parameters
        ----------
        corpus : Corpus
            Any corpus.
        """
        try:
            return self.table(corpus)
        except DoesNotApply as reason:
            table = pd.DataFrame(columns=[self.needs] if self.needs else [])
            told = str(reason)
            table.attrs["why"] = told[:1].upper() + told[1:]
            return table

    def say(self, table: pd.DataFrame) -> str:
        """Say in a sentence what the rows show, with numbers taken from them.

        Parameters
        ----------
        table : pandas.DataFrame
            As `table` gives it, with a row at least.
        """
        raise NotImplementedError

    def draw(self, table: pd.DataFrame) -> Drawing:
        """Draw the rows; the house style is set.

        Parameters
        ----------
        table : pandas.DataFrame
            As `table` gives it, with a row at least.
        """
        raise NotImplementedError

    def caption(self, table: pd.DataFrame) -> str:
        """Say what a table shows, or that there is nothing.

        Parameters
        ----------
        table : pandas.DataFrame
            As `table` gives it.
        """
        known = self._known(table)
        return self._why(table) if known.empty else self.say(known)

    def plot(self, table: pd.DataFrame) -> Drawing:
        """Draw a table in the house style, or say that there is nothing to draw.

        Parameters
        ----------
        table : pandas.DataFrame
            As `table` gives it.
        """
        known = self._known(table)
        with house():
            return nothing(self._why(table)) if known.empty else self.draw(known)

    def alt(self, table: pd.DataFrame) -> str:
        """Say in words what the picture shows, for those who cannot see it.

        Parameters
        ----------
        table : pandas.DataFrame
            As `table` gives it.
        """
        return f"{self.title}. {self.caption(table)} {self.reading}"

    def write(self, table: pd.DataFrame, folder: Path) -> list[Path]:
        """Write SVG, PNG and the CSV of what is drawn; return the files that changed.

        Parameters
        ----------
        table : pandas.DataFrame
            As `table` gives it.
        folder : path
            Where they go.
        """
        drawing, csv = self.plot(table), table.to_csv(index=False, lineterminator="\n")
        files = {"svg": drawing.svg(self.title, self.alt(table)), "png": drawing.png(), "csv": csv}
        paths = {folder / f"{self.name}.{suffix}": content for suffix, content in files.items()}
        return [path for path, content in paths.items() if write(path, content)]

    def _why(self, table: pd.DataFrame) -> str:
        """Why there is nothing to draw."""
        return str(table.attrs.get("why", self.empty))

    def _known(self, table: pd.DataFrame) -> pd.DataFrame:
        return table.dropna(subset=self.needs) if self.needs else table


def in_order(table: pd.DataFrame, column: str, order: Iterable[str]) -> pd.DataFrame:
    """Sort rows as `order` has the values of a column; rows of one value stay in their order.

    Parameters
    ----------
    table, column, order : pandas.DataFrame, str, iterable of str
        The rows, the column, and its values in order.
    """
    place = pd.Index(order).get_indexer
    return table.sort_values(column, key=place, kind="stable", ignore_index=True)
