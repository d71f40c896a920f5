"""The study's figures by name, and how they are shown and written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
from IPython.display import display

from usru.corpus import Corpus
from usru.errors import InputError
from usru.files import make_folders, write
from usru.study.claims import stored
from usru.study.exhibits import opening, timeline, tone, topics, voices
from usru.study.figure import Figure

__all__ = ["FIGURES", "Caption", "Picture", "gallery", "show", "write_all"]

FIGURES: dict[str, Figure] = {
    figure.name: figure
    for exhibits in (opening, timeline, topics, voices, tone)
    for figure in exhibits.FIGURES
}
"""The study's figures, in the order of the gallery."""


@dataclass(frozen=True)
class Picture:
    """A figure drawn for a notebook; its text reading is the alt text."""

    svg: str
    alt: str

    def __repr__(self) -> str:
        return f"[figure: {self.alt}]"

    def _repr_svg_(self) -> str:
        return self.svg


@dataclass(frozen=True)
class Caption:
    """What stands below a figure."""

    text: str

    def __repr__(self) -> str:
        return self.text

    def _repr_markdown_(self) -> str:
        return self.text


def show(name: str, corpus: Corpus) -> Caption:
    """Draw a figure in a notebook.

    Parameters
    ----------
    name : str
        A key of `FIGURES`.
    corpus : Corpus
        What to draw it of.

    Returns
    -------
    Caption
        The text below the figure; the figure itself is displayed as SVG.

    Raises
    ------
    InputError
        When there is no figure of that name.

    Examples
    --------
    >>> from usru import load
    >>> show("stories", load()).text[:29]
    [figure: ...]
    '**The stories at a glance.** '
    """
    if name not in FIGURES:
        raise InputError(name, "there is no such figure", f"use one of {', '.join(FIGURES)}")
    figure = FIGURES[name]
    table = figure.table(corpus)
    alt = figure.alt(table)
    display(Picture(figure.plot(table).svg(figure.title, alt), alt))
    return Caption(
        f"**{figure.title}.** {figure.caption(table)} *{figure.reading}* {figure.source}"
    )


def write_all(corpus: Corpus, folder: Path, names: Iterable[str] | None = None) -> list[Path]:
    """Write each figure as SVG, PNG and the CSV of what it plots, and the gallery.

    Parameters
    ----------
    corpus : Corpus
        What to draw.
    folder : path
        Where to; made when it is missing. Each file is written in one step.
    names : iterable of str, optional
        Which figures; all by default, and only then the gallery too.

    Returns
    -------
    list of path
        The files that changed.
    """
    make_folders(folder)
    tables = {name: FIGURES[name].table(corpus) for name in (names or FIGURES)}
    files = {
        folder / f"{name}.{suffix}": content
        for name, table in tables.items()
        for suffix, content in _files(FIGURES[name], table).items()
    }
    if names is None:
        from usru.study.reproduce import checkout  # loads nbformat, which no notebook needs

        told = stored(checkout() / "notebooks") if corpus.is_shipped else []
        files[folder / "README.md"] = gallery(corpus.manifest.title, tables, told)
    return [path for path, content in files.items() if write(path, content)]


def gallery(
    title: str, tables: Mapping[str, pd.DataFrame], told: Iterable[tuple[str, dict[str, Any]]] = ()
) -> str:
    """Return the gallery: every figure with its caption, alt text and data, as Markdown."""
    parts = [
        "# Figures",
        "",
        f"{title}. Each figure is drawn by its notebook from the corpus; its data"
        " are in the CSV beside it. Marks in the SVG files lead to the passages they stand for.",
        "",
    ]
    sentences = {claim["id"]: (notebook, claim["sentence"]) for notebook, claim in told}
    for name, table in tables.items():
        figure = FIGURES[name]
        anchor = figure.section.replace(" ", "-")
        parts += [
            f"## {figure.title}",
            "",
            f"[![{figure.alt(table)}]({figure.name}.png)]({figure.name}.svg)",
            "",
            figure.caption(table),
            "",
            f"*How to read it.* {figure.reading}",
            "",
            *_finding(figure.claim, *sentences.get(figure.claim, ("", ""))),
            f"*Source.* {figure.source} Data: [{figure.name}.csv]({figure.name}.csv). Made in"
            f" [{figure.notebook}, “{figure.section}”](../notebooks/{figure.notebook}.ipynb#{anchor}).",
            "",
        ]
    return "\n".join(parts)


def _finding(id: str, notebook: str, sentence: str) -> list[str]:
    link = f"[{id}](../notebooks/{notebook}.ipynb)"
    return [f"*What was found.* {sentence} {link}", ""] if sentence else []


def _files(figure: Figure, table: pd.DataFrame) -> dict[str, str | bytes]:
    drawing = figure.plot(table)
    return {
        "svg": drawing.svg(figure.title, figure.alt(table)),
        "png": drawing.png(),
        "csv": table.to_csv(index=False, lineterminator="\n"),
    }
