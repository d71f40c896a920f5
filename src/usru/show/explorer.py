"""An explorer: choose passages and see at once where they are and how they sound.

What it shows is written into the values of `ipywidgets.HTML`, so that it can be driven and compared
like any other result.
"""

import base64
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote

import ipywidgets as widgets
import numpy as np
import pandas as pd

from usru.analysis import concordance, tone
from usru.analysis.tone import validity
from usru.corpus import Corpus
from usru.errors import InputError
from usru.files import write
from usru.show.style import MUTED, meeting_colours
from usru.templates import paragraph, render, visible

__all__ = ["MOST", "Explorer"]

MOST = 100  # lines that are shown; a saved selection holds all
LONG = 400  # characters of a keyword that are shown
ALIGNED = 70  # characters of context up to which keywords fit in one column on a wide page
SAVED = "selection.csv"

_CHOICES = ("meetings", "outlets", "topics", "speakers", "voice")
_CONTROLS = (*_CHOICES, "instrument", "context", "search")
_OUTER_SPACES = re.compile(r"\A +| +\Z")


class Explorer:
    """Controls, and what they choose: passages in context, coverage and tone.

    Parameters
    ----------
    corpus : Corpus
        Any corpus.
    edition : str, optional
        The address of a folder with the reading edition, as an app has it: passages then lead
        there, and a selection is offered for download. Without it they lead to the lines of the
        raw pages, and a selection is saved beside the notebook.

    Attributes
    ----------
    meetings, outlets, topics, speakers, voice, instrument, context, search : ipywidgets.Widget
        What is chosen by. In the first four, nothing chosen is all. `context` is in characters on
        either side of a keyword. `search` is a regular expression; one that cannot be read, or
        would work for ever, gives a message, and what the last good one finds is shown.
    reset_button, save_button : ipywidgets.Button
    message, coverage, tone, lines : ipywidgets.HTML
        What is shown.

    Examples
    --------
    >>> from usru import load
    >>> explorer = Explorer(load())
    >>> explorer.search.value = "sanction"
    >>> len(explorer.selection)
    9
    """

    def __init__(self, corpus: Corpus, edition: str | None = None) -> None:
        self.corpus, self._edition = corpus, edition
        self._passages = concordance.prepare(corpus)
        self._good, self._refusal, self._held = "", "", False
        table = self._passages.table
        groups = corpus.grouped(table, corpus.group)
        self._passages = replace(self._passages, table=groups)
        self._group = groups.drop_duplicates("doc_id").set_index("doc_id")[corpus.group]
        self._colours = meeting_colours(corpus.meetings["meeting"].tolist())
        present = set(" ".join(table["topics"].drop_duplicates()).split())
        spoken = table.dropna(subset="speaker").groupby("speaker")["words"].sum()
        by_words = spoken.sort_values(ascending=False, kind="stable").index
        self.meetings = _several("Meetings", table["meeting"].unique())
        self.outlets = _several("Outlets", table["outlet"].unique())
        self.topics = _several("Topics", [t for t in corpus.codebook.topics if t in present])
        self.speakers = _several("Speakers", by_words)
        self.voice = widgets.Dropdown(options=concordance.VOICES, description="Voice")
        self.instrument = widgets.Dropdown(options=corpus.instruments, description="Instrument")
        self.context = widgets.IntSlider(60, 0, 300, 10, description="Characters of context")
        hint = "a word or regular expression"
        self.search = widgets.Text(description="Search", placeholder=hint, continuous_update=True)
        self.reset_button = widgets.Button(description="Show all")
        self.save_button = widgets.Button(description="Save as CSV")
        self.message, self.coverage, self.tone = (widgets.HTML() for _ in range(3))
        self.lines, self.saved = widgets.HTML(), widgets.HTML()
        for name in _CONTROLS:
            getattr(self, name).observe(self._update, "value")
        self.reset_button.on_click(lambda _: self.reset())
        self.save_button.on_click(lambda _: self._save())
        self._update()

    @property
    def selection(self) -> pd.DataFrame:
        """What is chosen: as `usru.analysis.concordance.select`, and `polarity` by the instrument."""
        return self._lines(self._found)

    def reset(self) -> None:
        """Choose everything again; instrument and context stay."""
        self._held = True  # several controls change, and are answered once
        for control in (self.meetings, self.outlets, self.topics, self.speakers):
            control.value = ()
        self.voice.value, self.search.value = "all", ""
        self._held = False
        self._update()

    def csv(self) -> str:
        """Return the selection as CSV, one row a line of the concordance."""
        table = self.selection.drop(columns="of").assign(instrument=self.instrument.value)
        return str(table.to_csv(index=False, lineterminator="\n"))

    def save(self, path: str | Path) -> Path:
        """Write the selection as CSV, in one step.

        Parameters
        ----------
        path : path
            The file.
        """
        write(Path(path), self.csv())
        return Path(path)

    def __repr__(self) -> str:
        return f"Explorer({len(self._passages.table)} passages of {len(self.corpus.documents)} documents)"

    def _repr_mimebundle_(self, **options: Any) -> dict[str, Any]:
        return {**self.box._repr_mimebundle_(**options), "text/plain": repr(self)}

    @cached_property
    def box(self) -> widgets.Widget:
        """Controls and results as one widget."""
        style = widgets.HTML(render("explorer/style.html"))
        style.layout.display = "none"
        self.search.add_class("usru-search")
        buttons = widgets.HBox([self.reset_button, self.save_button])
        controls = [self.search, self.voice, self.instrument, self.context, buttons]
        lists = [self.meetings, self.outlets, self.topics, self.speakers]
        lists = [choices for choices in lists if len(choices.options) > 1]
        rows = [widgets.Box(row).add_class("usru-row") for row in (controls, lists)]
        figures = widgets.Box([self.coverage, self.tone]).add_class("usru-results")
        above = widgets.VBox(rows).add_class("usru-controls")
        parts = [style, above, self.saved, self.message, figures, self.lines]
        return widgets.VBox(parts).add_class("usru-explorer")

    def _update(self, change: Any = None) -> None:
        if self._held:
            return
        choice, refusal = {name: getattr(self, name).value for name in _CHOICES}, ""
        searched = change is None or change["owner"] is self.search
        pattern = self.search.value if searched else self._good
        if not searched and self.search.value != self._good:
            refusal = self._refusal
        try:
            self._found = concordance.find(self._passages, pattern=pattern, **choice)
            self._good = pattern
        except InputError as error:
            refusal = self._refusal = str(error)
            self._found = self._without(choice)
        self._show(refusal)

    def _without(self, choice: dict[str, Any]) -> pd.DataFrame:
        """What the last good pattern finds; all, where that one has become too slow."""
        try:
            return concordance.find(self._passages, pattern=self._good, **choice)
        except InputError:
            self._good = ""
            return concordance.find(self._passages, **choice)

    def _lines(self, found: pd.DataFrame) -> pd.DataFrame:
        table = concordance.lines(self._passages, found, self.context.value)
        return table.assign(polarity=self._scores()[table["of"]].to_numpy())

    def _scores(self) -> pd.Series:
        if self.instrument.value is None:
            return pd.Series(np.nan, index=self._passages.table.index)
        return self.corpus.scored("segments")[self.instrument.value]

    @cached_property
    def _agreement(self) -> dict[str, Any]:
        """How well each instrument agrees with readers of these pages; empty where there are none."""
        coded = self.corpus.valence
        rows = validity.agreement(coded).itertuples() if len(coded) else ()
        return {row.instrument: row for row in rows}

    def _save(self) -> None:
        told = {"file": SAVED, "lines": len(self._found), "data": "", "fault": ""}
        if self._edition is not None:
            told["data"] = base64.b64encode(self.csv().encode("utf-8")).decode("ascii")
        else:
            try:
                self.save(SAVED)
            except InputError as error:
                told["fault"] = str(error)
        self.saved.value = render("explorer/saved.html", **told)

    def _show(self, refusal: str) -> None:
        by = self.corpus.group
        units = [("Story", self._coverage("doc_id"))] if self.corpus.unit == "doc_id" else []
        units += [(_name(by), self._coverage(by))]
        self.saved.value = ""
        self.coverage.value = render("explorer/coverage.html", units=units)
        self._show_tone()
        self._show_lines()
        # Last: it is read out, and what it tells of must be there by then.
        self.message.value = render(
            "explorer/message.html", refusal=refusal, search=self._good, most=MOST,
            matches=len(self._found), passages=self._found["of"].nunique(), of=len(self._passages.table),
        )  # fmt: skip

    def _coverage(self, by: str) -> pd.DataFrame:
        table = concordance.coverage(self._passages, self._found, by).rename(columns={by: "unit"})
        groups = table["unit"].map(self._group) if by == "doc_id" else table["unit"]
        colours = [self._colours.get(group, MUTED) for group in groups]
        return table.fillna({"share": 0.0}).assign(colour=colours)

    def _show_tone(self) -> None:
        name, group = self.instrument.value, self.corpus.group
        if name is None:
            self.tone.value = render("explorer/tone.html", instrument=None)
            return
        scored = self._passages.table.assign(polarity=self._scores(), all="all together")
        scored = scored.loc[self._found["of"].unique()]
        new = scored[~scored["reused"]]
        parts = [tone.aggregate(new, by).rename(columns={by: "unit"}) for by in ("all", group)]
        self.tone.value = render(
            "explorer/tone.html", instrument=name, group=_name(group), means=pd.concat(parts).query("sentences > 0"),
            reused=int(scored["reused"].sum()), agreement=self._agreement.get(name),
        )  # fmt: skip

    def _show_lines(self) -> None:
        rows = self._lines(self._found.head(MOST))
        long = rows["keyword"].str.len() > LONG
        rows["keyword"] = rows["keyword"].mask(long, rows["keyword"].str[:LONG] + " …")
        for side in ("before", "after"):  # each is a column of its own, where outer spaces count
            rows[side] = [_OUTER_SPACES.sub("\u00a0", text) for text in rows[side]]
        rows["to"] = [self._link(row) for row in rows.itertuples()]
        shown = {"search": self._good, "aligned": self._good and self.context.value <= ALIGNED}
        self.lines.value = render("explorer/passages.html", rows=rows, **shown)

    def _link(self, row: Any) -> str:
        if self._edition is not None:
            return f"{self._edition}{paragraph(row.doc_id, row.block)}"
        file, _, line = row.passage.rpartition("#")
        return f"{quote(file)}#{line}"


def _name(column: str) -> str:
    """A column as a heading."""
    return column.replace("_", " ").capitalize()


def _several(label: str, values: Sequence[str]) -> widgets.SelectMultiple:
    return widgets.SelectMultiple(
        options=[(visible(value.replace("_", " ") if label == "Topics" else value), value) for value in values],
        description=label, rows=5, tooltip="None chosen is all. Ctrl or Cmd and a click choose several.",
    )  # fmt: skip
