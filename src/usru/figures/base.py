"""What a figure of the study is: the table that it draws, and what it says."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, ClassVar, NoReturn
from urllib.parse import urlencode

import pandas as pd

from usru.corpus import Corpus
from usru.delimited import exact_csv
from usru.errors import DoesNotApply
from usru.figures.canvas import Drawing, nothing
from usru.files import write
from usru.labels import Labels
from usru.show.style import house, meeting_colours, meeting_markers
from usru.wording import capital, count

__all__ = ["FIGURES", "Figure", "in_order", "labels", "meeting_looks"]

FIGURES: dict[str, "Figure"] = {}  # by name, in the order of the gallery


class Figure:
    """A figure of the study.

    A subclass sets the attributes and writes `table`, `finding`, `say` and `draw`; one that names
    its section is then in `FIGURES`. Where nothing can be drawn, `caption` and `plot` say `empty`,
    so that the others always have a row. What people read has labels for ids: `labels` of the table.

    Attributes
    ----------
    name, title : str
        Its key in `FIGURES` and name of its files; what it is of.
    measure, reading, source : str
        What is measured, in which unit; how to read it; what it rests on.
    notebook, section, claim : str
        Where it is shown, and the finding that it belongs to, as ``"tone-3"``.
    empty : str
        The sentence that is shown where there is nothing to draw.
    needs : str, optional
        The column of the table without which a row is neither counted nor drawn.
    selects : mapping of str
        Columns of the table whose values choose in the explorer the passages of a row's mark, and
        the choices of the explorer that they are for.

    Examples
    --------
    >>> from usru import load
    >>> from usru.figures.canvas import rows
    >>> class Lengths(Figure):
    ...     title, reading = "How long the stories are", "A bar is a story."
    ...     measure = "Words of the story"
    ...     def table(self, corpus):
    ...         return corpus.summary()[["doc_id", "words"]]
    ...     def finding(self, table):
    ...         long = labels(table)["doc_id"][table["doc_id"].iloc[table["words"].argmax()]]
    ...         return f"No story is longer than that of {long}", len(table) > 1
    ...     def say(self, table):
    ...         return f"The longest has {table['words'].max():,} words."
    ...     def draw(self, table):
    ...         drawing, axes = rows(table["doc_id"].map(labels(table)["doc_id"]))
    ...         axes.barh(range(len(table)), table["words"])
    ...         return drawing
    >>> figure = Lengths()
    >>> figure.headline(figure.tabulate(load()))
    'No story is longer than that of EconoTimes'
    """

    name = title = measure = reading = source = notebook = section = claim = empty = ""
    needs: ClassVar[str | None] = None
    selects: ClassVar[Mapping[str, str]] = {}

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
            table = self.table(corpus)
        except DoesNotApply as reason:
            table = pd.DataFrame(columns=[self.needs] if self.needs else [])
            table.attrs["why"] = capital(str(reason))
            return table
        stories, paragraphs = len(corpus.texts), len(corpus.paragraphs)
        size = f"{count(stories, 'story', 'stories')}, {count(paragraphs, 'paragraph')}"
        table.attrs |= {"labels": corpus.labels, "size": size}
        return table

    def finding(self, table: pd.DataFrame) -> tuple[str, bool]:
        """State the finding in a few words, and whether all of it holds for the rows.

        Parameters
        ----------
        table : pandas.DataFrame
            As `table` gives it, with a row at least.

        Returns
        -------
        tuple
            The sentence, without a full stop, and its check.
        """
        raise NotImplementedError

    def measured(self, table: pd.DataFrame) -> str:
        """Say what is measured, in which unit.

        Parameters
        ----------
        table : pandas.DataFrame
            As `table` gives it, with a row at least.
        """
        return self.measure

    def sample(self, table: pd.DataFrame) -> str:
        """Say of how many things the rows are; by default of which stories and paragraphs.

        Parameters
        ----------
        table : pandas.DataFrame
            As `tabulate` gives it, with a row at least.
        """
        return str(table.attrs.get("size", ""))

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

    def query(self, row: Any) -> str:
        """Return what the explorer's address says to choose the passages of a row's mark.

        Parameters
        ----------
        row : namedtuple
            A row of the table, as `pandas.DataFrame.itertuples` gives it.
        """
        return urlencode({name: getattr(row, column) for column, name in self.selects.items()})

    def headline(self, table: pd.DataFrame) -> str:
        """Return the finding, or what the figure is of where that does not hold or nothing is drawn.

        Parameters
        ----------
        table : pandas.DataFrame
            As `table` gives it.
        """
        known = self._known(table)
        sentence, holds = (self.title, True) if known.empty else self.finding(known)
        return sentence if holds else self.title

    def frame(self, table: pd.DataFrame) -> tuple[str, str, str]:
        """Return what is said around the marks: headline, what is measured, source and sample.

        Parameters
        ----------
        table : pandas.DataFrame
            As `table` gives it.
        """
        known = self._known(table)
        if known.empty:
            return self.title, "", ""
        size, source = self.sample(known), self.source.rstrip(".")
        foot = [f"Source: {source}." if source else "", f"Sample: {size}." if size else ""]
        return self.headline(table), self.measured(known), " ".join(filter(None, foot))

    def plot(self, table: pd.DataFrame) -> Drawing:
        """Draw a table in the house style, or say that there is nothing to draw.

        Parameters
        ----------
        table : pandas.DataFrame
            As `table` gives it.
        """
        known = self._known(table)
        with house():
            drawing = nothing(self._why(table)) if known.empty else self.draw(known)
            drawing.frame(*self.frame(table))
        return drawing

    def alt(self, table: pd.DataFrame) -> str:
        """Say in words what the picture shows, for those who cannot see it.

        Parameters
        ----------
        table : pandas.DataFrame
            As `table` gives it.
        """
        head, measure, _ = self.frame(table)
        said = (head, measure, self.caption(table), self.reading)
        return " ".join(text if text.endswith((".", "?")) else f"{text}." for text in said if text)

    def write(self, table: pd.DataFrame, folder: Path) -> list[Path]:
        """Write SVG, PNG and the CSV of what is drawn; return the files that changed.

        Parameters
        ----------
        table : pandas.DataFrame
            As `table` gives it.
        folder : path
            Where they go.
        """
        drawing, csv = self.plot(table), exact_csv(table)
        svg = drawing.svg(self.headline(table), self.alt(table), dark=True)
        files: dict[str, str | bytes] = {"svg": svg, "png": drawing.png(), "csv": csv}
        paths = {folder / f"{self.name}.{suffix}": content for suffix, content in files.items()}
        return [path for path, content in paths.items() if write(path, content)]

    def _why(self, table: pd.DataFrame) -> str:
        """Why there is nothing to draw."""
        return str(table.attrs.get("why", self.empty))

    def _known(self, table: pd.DataFrame) -> pd.DataFrame:
        return table.dropna(subset=self.needs) if self.needs else table


def labels(table: pd.DataFrame) -> Labels:
    """Return what people read instead of the ids of a table that `Figure.tabulate` gave.

    Parameters
    ----------
    table : pandas.DataFrame
        Of any other table the ids themselves are read, as words.
    """
    found = table.attrs.get("labels")
    return found if isinstance(found, Labels) else Labels()


def meeting_looks(table: pd.DataFrame) -> dict[str, tuple[str, str]]:
    """Return the colour and the mark of each meeting, the same also where a table lacks meetings.

    Parameters
    ----------
    table : pandas.DataFrame
        With `meeting`.
    """
    known = [*labels(table)["meeting"], *table["meeting"].dropna()]
    colours, markers = meeting_colours(known), meeting_markers(known)
    return {name: (colours[name], markers[name]) for name in colours}


def in_order(table: pd.DataFrame, column: str, order: Iterable[str]) -> pd.DataFrame:
    """Sort rows as `order` has the values of a column; rows of one value stay in their order.

    Parameters
    ----------
    table, column, order : pandas.DataFrame, str, iterable of str
        The rows, the column, and its values in order.
    """
    place = pd.Index(order).get_indexer
    return table.sort_values(column, key=place, kind="stable", ignore_index=True)
