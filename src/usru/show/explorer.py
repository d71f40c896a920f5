"""An explorer: choose passages by hand and see at once where they are and how they sound.

What it shows is written into the values of `ipywidgets.HTML`, so that it can be driven and compared
like any other result.
"""

import base64
import re
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote

import ipywidgets as widgets
import pandas as pd

from usru.analysis import concordance, tone, topics
from usru.analysis.tone import validity
from usru.corpus import Corpus
from usru.errors import InputError
from usru.files import write
from usru.show.style import MUTED, meeting_colours
from usru.templates import paragraph, render, visible

__all__ = ["MOST", "Explorer"]

MOST = 100
"""Lines that are shown; a saved selection holds all."""

LONG = 400
"""Characters of a keyword that are shown."""

ALIGNED = 70
"""Characters of context up to which keywords are in one column, where the page is wide enough."""

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
        The address of a folder with the reading edition, as an app has it
        beside the explorer: passages then lead there, and a selection is
        offered for download. Without it they lead to the lines of the raw
        pages, and a selection is saved where the notebook stands.

    Attributes
    ----------
    meetings, outlets, topics, speakers : ipywidgets.SelectMultiple
        Nothing chosen is all.
    voice, instrument : ipywidgets.Dropdown
        Whose words, and the instrument that tone is told by.
    context : ipywidgets.IntSlider
        Characters on either side of a keyword.
    search : ipywidgets.Text
        A regular expression.
    reset_button, save_button : ipywidgets.Button
        Choose everything again; save the selection.
    message, coverage, tone, lines : ipywidgets.HTML
        What is shown.

    Notes
    -----
    A pattern that cannot be read, or would work for ever, gives a message;
    shown is what the last good pattern finds, until it is mended. Texts are
    scored once for each instrument, when it is first chosen.

    Examples
    --------
    >>> from usru import load
    >>> explorer = Explorer(load())
    >>> explorer.search.value = "sanction"
    >>> len(explorer.selection)
    9
    """

    def __init__(self, corpus: Corpus, edition: str | None = None) -> None:
        self.corpus = corpus
        self._edition = edition
        self._passages = concordance.prepare(corpus)
        self._scores: dict[str, pd.Series] = {}
        self._good, self._refusal, self._held = "", "", False
        table = self._passages.table
        self._meetings = table.drop_duplicates("doc_id").set_index("doc_id")["meeting"]
        self._colours = meeting_colours(corpus.meetings["meeting"].tolist())
        present = set(" ".join(table["topics"].drop_duplicates()).split())
        spoken = table.dropna(subset="speaker").groupby("speaker")["words"].sum()
        by_words = spoken.sort_values(ascending=False, kind="stable").index
        self.meetings = _several("Meetings", table["meeting"].unique())
        self.outlets = _several("Outlets", table["outlet"].unique())
        self.topics = _several("Topics", [topic for topic in topics.TOPICS if topic in present])
        self.speakers = _several("Speakers", by_words)
        self.voice = widgets.Dropdown(options=concordance.VOICES, description="Voice")
        self.instrument = widgets.Dropdown(options=list(tone.INSTRUMENTS), description="Instrument")
        self.context = widgets.IntSlider(60, 0, 300, 10, description="Characters of context")
        self.search = widgets.Text(
            description="Search", placeholder="a word or regular expression", continuous_update=True
        )
        self.reset_button = widgets.Button(description="Show all")
        self.save_button = widgets.Button(description="Save as CSV")
        self.message, self.coverage, self.tone, self.lines, self.saved = (
            widgets.HTML() for _ in range(5)
        )
        for name in _CONTROLS:
            getattr(self, name).observe(self._update, "value")
        self.reset_button.on_click(lambda _: self.reset())
        self.save_button.on_click(lambda _: self._save())
        self._update()

    @property
    def selection(self) -> pd.DataFrame:
        """What is chosen: as `usru.analysis.concordance.select`, and `polarity` by the instrument."""
        scores = self._scored(self.instrument.value)
        table = concordance.lines(self._passages, self._found, self.context.value)
        return table.assign(polarity=scores[table["of"]].to_numpy())

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

        Raises
        ------
        InputError
            When it cannot be written there.
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
        rows = [widgets.Box(row).add_class("usru-row") for row in (controls, lists)]
        figures = widgets.Box([self.coverage, self.tone]).add_class("usru-results")
        above = widgets.VBox(rows).add_class("usru-controls")
        parts = [style, above, self.saved, self.message, figures, self.lines]
        return widgets.VBox(parts).add_class("usru-explorer")

    # Answering -----------------------------------------------------------------------------------

    def _update(self, change: Any = None) -> None:
        if self._held:
            return
        choice = {name: getattr(self, name).value for name in _CHOICES}
        refusal = ""
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

    def _scored(self, instrument: str) -> pd.Series:
        if instrument not in self._scores:
            self._scores[instrument] = tone.score(self._passages.table, instrument)["polarity"]
        return self._scores[instrument]

    @cached_property
    def _agreement(self) -> dict[str, Any]:
        """How well each instrument agrees with readers of these pages; empty where there are none."""
        corpus = self.corpus
        readings = [corpus.coding("valence", reading) for reading in validity.READINGS]
        coded = validity.paragraphs(corpus.paragraphs, corpus.sentences, readings)
        rows = validity.agreement(coded).itertuples() if len(coded) else ()
        return {row.instrument: row for row in rows}

    def _save(self) -> None:
        data = fault = ""
        if self._edition is not None:
            data = base64.b64encode(self.csv().encode("utf-8")).decode("ascii")
        else:
            try:
                self.save(SAVED)
            except InputError as error:
                fault = str(error)
        self.saved.value = render(
            "explorer/saved.html", file=SAVED, lines=len(self._found), data=data, fault=fault
        )

    # Showing -------------------------------------------------------------------------------------

    def _show(self, refusal: str) -> None:
        units = [("Story", self._coverage("doc_id")), ("Meeting", self._coverage("meeting"))]
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
        meetings = table["unit"].map(self._meetings) if by == "doc_id" else table["unit"]
        colours = [self._colours.get(meeting, MUTED) for meeting in meetings]
        return table.fillna({"share": 0.0}).assign(colour=colours)

    def _show_tone(self) -> None:
        name = self.instrument.value
        scored = self._passages.table.assign(polarity=self._scored(name))
        scored = scored.loc[self._found["of"].unique()]
        new = scored[~scored["shared"]].assign(all="all together")
        means = pd.concat(
            tone.aggregate(new, by).rename(columns={by: "unit"}) for by in ("all", "meeting")
        )
        self.tone.value = render(
            "explorer/tone.html", instrument=name, means=means[means["sentences"] > 0],
            reused=int(scored["shared"].sum()), agreement=self._agreement.get(name),
        )  # fmt: skip

    def _show_lines(self) -> None:
        context = self.context.value
        rows = concordance.lines(self._passages, self._found.head(MOST), context)
        long = rows["keyword"].str.len() > LONG
        rows = rows.assign(
            keyword=rows["keyword"].mask(long, rows["keyword"].str[:LONG] + " …"),
            before=[_kept(text) for text in rows["before"]],
            after=[_kept(text) for text in rows["after"]],
            polarity=self._scored(self.instrument.value)[rows["of"]].to_numpy(),
            to=[self._link(row) for row in rows.itertuples()],
        )
        aligned = self._good and context <= ALIGNED
        self.lines.value = render(
            "explorer/passages.html", rows=rows, search=self._good, aligned=aligned
        )

    def _link(self, row: Any) -> str:
        if self._edition is not None:
            return f"{self._edition}{paragraph(row.doc_id, row.block)}"
        file, _, line = row.passage.rpartition("#")
        return f"{quote(file)}#{line}"


def _several(label: str, values: Sequence[str]) -> widgets.SelectMultiple:
    return widgets.SelectMultiple(
        options=[(visible(value.replace("_", " ") if label == "Topics" else value), value) for value in values],
        description=label, rows=5, tooltip="None chosen is all. Ctrl or Cmd and a click choose several.",
    )  # fmt: skip


def _kept(text: str) -> str:
    """A context whose outer spaces are kept where it is in a column of its own."""
    return _OUTER_SPACES.sub("\u00a0", text)
