"""How the study's figures are shown in a notebook and written to a folder."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
from IPython.display import display

from usru.corpus import Corpus
from usru.errors import InputError
from usru.figures.base import FIGURES
from usru.files import make_folders, write

__all__ = ["Shown", "show", "write_all"]

Claims = Iterable[tuple[str, Mapping[str, Any]]]  # a notebook and a claim, its `id` and `sentence`


@dataclass(frozen=True)
class Shown:
    """What a notebook shows: a text, and what it stands for in a richer form."""

    text: str
    type: str
    content: str

    def __repr__(self) -> str:
        return self.text

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        return {"text/plain": self.text, self.type: self.content}


def show(name: str, corpus: Corpus) -> Shown:
    """Display a figure in a notebook, as SVG that says what drew it, and return the text below it.

    Parameters
    ----------
    name : str
        A key of `FIGURES`.
    corpus : Corpus
        Any corpus.

    Examples
    --------
    >>> from usru import figures, load
    >>> figures.show("stories", load()).text[:18]
    [figure: ...]
    'The longest story,'
    """
    if name not in FIGURES:
        raise InputError(name, "there is no such figure", f"use one of {', '.join(FIGURES)}")
    figure = FIGURES[name]
    table = figure.tabulate(corpus)
    alt, source = figure.alt(table), f"{figure.draw.__module__}.{figure.draw.__qualname__}"
    svg = figure.plot(table).svg(figure.headline(table), alt, source)
    display(Shown(f"[figure: {alt}]", "image/svg+xml", svg))
    below = f"{figure.caption(table)} *{figure.reading}*"
    return Shown(below, "text/markdown", below)


def write_all(
    corpus: Corpus, folder: Path, names: Iterable[str], told: Claims | None = None
) -> list[Path]:
    """Write figures as SVG, PNG and CSV, and the gallery; return the files that changed.

    Parameters
    ----------
    corpus : Corpus
        Any corpus.
    folder : path
        Where to; made when it is missing. Each file is written in one step.
    names : iterable of str
        Which figures.
    told : iterable of tuple, optional
        The claims that the gallery quotes, each behind the name of its notebook; no gallery is
        written without them.

    Examples
    --------
    >>> from tempfile import mkdtemp
    >>> from usru import load
    >>> [path.name for path in write_all(load(), Path(mkdtemp()), ["stories"])]
    ['stories.svg', 'stories.png', 'stories.csv']
    """
    make_folders(folder)
    tables = {name: FIGURES[name].tabulate(corpus) for name in names}
    changed = [path for name in tables for path in FIGURES[name].write(tables[name], folder)]
    page = folder / "README.md"
    if told is not None and write(page, _readme(corpus.manifest.title, tables, told)):
        changed.append(page)
    return changed


def _readme(title: str, tables: Mapping[str, pd.DataFrame], told: Claims) -> str:
    """The gallery: every figure with its caption, alt text and data, as Markdown."""
    found = {c["id"]: f"{c['sentence']} [{c['id']}](../notebooks/{name}.ipynb)" for name, c in told}
    parts = ["# Figures", f"{title}. Each figure is drawn by its notebook from the corpus; its data"
             " are in the CSV beside it. Marks in the SVG files lead to the passages that they show."]  # fmt: skip
    for name, table in tables.items():
        figure = FIGURES[name]
        section = f"{figure.notebook}.ipynb#{figure.section.replace(' ', '-')}"
        parts += [
            f"## {figure.title}",
            f"[![{figure.alt(table)}]({name}.png)]({name}.svg)",
            figure.caption(table),
            f"*How to read it.* {figure.reading}",
            *([f"*What was found.* {found[figure.claim]}"] if figure.claim in found else []),
            f"{figure.frame(table)[2]} Data: [{name}.csv]({name}.csv). Made in"
            f" [{figure.notebook}, “{figure.section}”](../notebooks/{section}).".strip(),
        ]
    return "\n\n".join(parts) + "\n"
