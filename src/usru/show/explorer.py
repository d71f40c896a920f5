"""An explorer: choose passages and see at once where they are, whose words, and how they sound.

What it shows is written into the values of `ipywidgets.HTML`, so that it can be driven and compared
like any other result.
"""

import base64
import re
from collections.abc import Iterable
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
from usru.delimited import excel_csv
from usru.errors import InputError
from usru.files import write
from usru.labels import COLUMNS, Names
from usru.schema import voices_of
from usru.show.style import DARK, EDGE, PALE, VOICES, meeting_colours
from usru.templates import paragraph, render, visible
from usru.wording import count, listed

__all__ = ["MOST", "Explorer"]

MOST = 100  # lines that are shown; a saved selection holds all
LONG = 400  # characters of a keyword that are shown
ALIGNED = 12  # words of context up to which keywords fit in one column on a wide page
WIDEST = 40  # words of context that can be asked for
SAVED = "selection.csv"

_LISTS = ("meetings", "outlets", "topics", "speakers")
_CHOICES = (*_LISTS, "voice")
_CONTROLS = (*_CHOICES, "instrument", "context", "order", "search")
_ORDERS = {"page": "page order", "before": "word before", "after": "word after"}
_OUTER_SPACES = re.compile(r"\A +| +\Z")


class Explorer:
    """Controls, and what they choose: passages in context, whose they are, coverage and tone.

    Parameters
    ----------
    corpus : Corpus
        Any corpus. Topics and voices are those of its reference coding where it has one.
    edition : str, optional
        The address of a folder with the reading edition, as an app has it: passages then lead
        there, and a selection is offered for download. Without it they lead to the lines of the
        raw pages, and a selection is saved beside the notebook.

    Attributes
    ----------
    meetings, outlets, topics, speakers, voice, instrument, context, order, search : ipywidgets.Widget
        What is chosen by. In the first four, nothing chosen is all; values are ids, where people
        read labels. `context` is in words on either side of a keyword, `order` one of
        `usru.analysis.concordance.ORDERS`. `search` is a regular expression; one that cannot be
        read, or would work for ever, gives a message, and what the last good one finds is shown.
    reset_button, save_button : ipywidgets.Button
    message, lines, whose, coverage, tone, saved : ipywidgets.HTML
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
        passages = concordance.prepare(corpus)
        table = corpus.grouped(passages.table, corpus.group)
        self._passages = replace(passages, table=table)
        self._group = table.drop_duplicates("doc_id").set_index("doc_id")[corpus.group]
        self._colours = meeting_colours(corpus.meetings["meeting"].tolist())
        self._good, self._refusal, self._held = "", "", False
        self._add_controls(table)
        self.reset_button = widgets.Button(description="Show all")
        self.save_button = widgets.Button(description="Save as CSV")
        self.message, self.saved, self.lines = (widgets.HTML() for _ in range(3))
        self.whose, self.coverage, self.tone = (widgets.HTML() for _ in range(3))
        for name in _CONTROLS:
            getattr(self, name).observe(self._update, "value")
        self.reset_button.on_click(lambda _: self.reset())
        self.save_button.on_click(lambda _: self._save())
        self._update()

    def _add_controls(self, table: pd.DataFrame) -> None:
        labels = self.corpus.labels
        present = set(" ".join(table["topics"].drop_duplicates()).split())
        topics = [topic for topic in self.corpus.codebook.topics if topic in present]
        self.meetings = _several("Meetings", table["meeting"].unique(), labels["meeting"])
        self.outlets = _several("Outlets", table["outlet"].unique())
        self.topics = _several("Topics", topics, labels["topic"])
        self.speakers = _several("Speakers", _by_words(table))
        told = ["all", *voices_of(table["voice"])]
        voices = [(labels["voice"][voice], voice) for voice in told]
        self.voice = widgets.Dropdown(options=voices, description="Whose words")
        names = [(labels["instrument"][name], name) for name in self.corpus.instruments]
        self.instrument = widgets.Dropdown(options=names, description="Tone by")
        context = concordance.CONTEXT
        self.context = widgets.IntSlider(context, 0, WIDEST, description="Words of context")
        orders = [(name, order) for order, name in _ORDERS.items()]
        self.order = widgets.Dropdown(options=orders, description="Sorted by")
        hint = "a word or regular expression"
        self.search = widgets.Text(description="Search", placeholder=hint, continuous_update=True)

    @property
    def selection(self) -> pd.DataFrame:
        """What is chosen: as `usru.analysis.concordance.select`, and `polarity` by the instrument."""
        return self._lines(self._found)

    def reset(self) -> None:
        """Choose everything again; instrument, context and order stay."""
        self._held = True  # several controls change, and are answered once
        for name in _LISTS:
            getattr(self, name).value = ()
        self.voice.value, self.search.value = "all", ""
        self._held = False
        self._update()

    def csv(self) -> str:
        """Return the selection as CSV for Excel, one row a line; see `usru.delimited.excel_csv`."""
        table = self.selection.drop(columns="of").assign(instrument=self.instrument.value)
        table.insert(1, "story", table["doc_id"].map(self.corpus.labels["doc_id"]))
        return excel_csv(table)

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
        stories = count(len(self.corpus.documents), "document")
        return f"Explorer({count(len(self._passages.table), 'passage')} of {stories})"

    def _repr_mimebundle_(self, **options: Any) -> dict[str, Any]:
        return {**self.box._repr_mimebundle_(**options), "text/plain": repr(self)}

    @cached_property
    def box(self) -> widgets.Widget:
        """Controls and results as one widget."""
        style = widgets.HTML(render("explorer/style.html"))
        style.layout.display = "none"
        self.search.add_class("usru-search")
        buttons = widgets.HBox([self.reset_button, self.save_button])
        controls = [self.search, self.order, self.context, self.voice, self.instrument, buttons]
        lists = [getattr(self, name) for name in _LISTS]
        lists = [choices for choices in lists if len(choices.options) > 1]
        rows: list[widgets.Widget] = [
            widgets.Box(row).add_class("usru-row") for row in (controls, lists)
        ]
        above = widgets.VBox([*rows, widgets.HTML(self._hint(lists))]).add_class("usru-controls")
        beside = widgets.VBox([self.whose, self.coverage, self.tone]).add_class("usru-summaries")
        found = widgets.Box([self.lines, beside]).add_class("usru-found")
        parts = [style, above, self.saved, self.message, found]
        return widgets.VBox(parts).add_class("usru-explorer")

    def _hint(self, lists: list[widgets.Widget]) -> str:
        """How the lists are used, and who says what the passages are chosen by."""
        read, language = self._passages.read, self.corpus.manifest.language
        return render(
            "explorer/hint.html", lists=len(lists), topics=len(self.topics.options),
            topics_read="topics" in read, voices_read="voices" in read, told=language == "en",
        )  # fmt: skip

    def _update(self, change: Any = None) -> None:
        if self._held:
            return
        choice, refusal = {name: getattr(self, name).value for name in _CHOICES}, ""
        searched = change is None or change["owner"] is self.search
        pattern = self.search.value if searched else self._good
        if not searched and self.search.value != self._good:
            refusal = self._refusal
        try:
            found = concordance.find(self._passages, pattern=pattern, **choice)
            self._good = pattern
        except InputError as error:
            refusal = self._refusal = str(error)
            found = self._without(choice)
        self._found = concordance.arrange(self._passages, found, self.order.value)
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
        return table.assign(polarity=self._polarity[table["of"]].to_numpy())

    @property
    def _polarity(self) -> pd.Series:
        """The tone of each passage by the chosen instrument."""
        if self.instrument.value is None:
            return pd.Series(np.nan, index=self._passages.table.index)
        return self._scored[self.instrument.value]

    @cached_property
    def _scored(self) -> pd.DataFrame:
        """The tone of each passage by every instrument."""
        return tone.score_each(self._passages.table[["text"]], self.corpus.instruments)

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
        self.saved.value = ""
        self.order.disabled = not self._good  # a whole passage has no word before or after it
        self._show_lines()
        self._show_whose()
        self._show_coverage()
        self._show_tone()
        # Last: it is read out, and what it tells of must be there by then.
        self.message.value = render(
            "explorer/message.html", refusal=refusal, search=self._good, most=MOST,
            matches=len(self._found), passages=self._found["of"].nunique(),
            of=len(self._passages.table), in_app=self._edition is not None,
        )  # fmt: skip

    def _show_whose(self) -> None:
        table = concordance.whose(self._passages, self._found).fillna({"share": 0.0})
        looks = [
            _look(share, VOICES[voice])
            for voice, share in zip(table["voice"], table["share"], strict=True)
        ]
        rows = table.assign(voice=table["voice"].map(self.corpus.labels["voice"]), look=looks)
        in_app = self._edition is not None
        self.whose.value = render(
            "explorer/whose.html", rows=rows, search=self._good, in_app=in_app
        )

    def _show_coverage(self) -> None:
        by = ["doc_id"] if self.corpus.unit == "doc_id" else []
        units = {column: self._coverage(column) for column in [*by, self.corpus.group]}
        named = [(_heading(column), rows) for column, rows in units.items()]
        self.coverage.value = render("explorer/coverage.html", units=named)

    def _coverage(self, by: str) -> pd.DataFrame:
        table = concordance.coverage(self._passages, self._found, by).fillna({"share": 0.0})
        groups = table[by].map(self._group) if by == "doc_id" else table[by]
        looks = [_look(share, self._colours.get(group, EDGE))
                 for group, share in zip(groups, table["share"], strict=True)]  # fmt: skip
        return table.assign(unit=table[by].map(self.corpus.labels[by]), look=looks)

    def _show_tone(self) -> None:
        name, group, labels = self.instrument.value, self.corpus.group, self.corpus.labels
        if name is None:
            self.tone.value = render("explorer/tone.html", instrument=None)
            return
        scored = self._passages.table.assign(polarity=self._polarity, all="all together")
        scored = scored.loc[self._found["of"].unique()]
        new = scored[~scored["reused"]]
        parts = [
            tone.aggregate(new, by).rename(columns={by: "unit"}).assign(
                unit=lambda table, by=by: table["unit"].map(labels[by])
            )
            for by in ("all", group)
        ]  # fmt: skip
        self.tone.value = render(
            "explorer/tone.html", instrument=labels["instrument"][name], group=_heading(group),
            means=pd.concat(parts).query("sentences > 0"), reused=int(scored["reused"].sum()),
            agreement=self._agreement.get(name),
        )  # fmt: skip

    def _show_lines(self) -> None:
        rows, labels = self._lines(self._found.head(MOST)), self.corpus.labels
        long = rows["keyword"].str.len() > LONG
        rows["keyword"] = rows["keyword"].mask(long, rows["keyword"].str[:LONG] + " …")
        for side in ("before", "after"):  # each is a column of its own, where outer spaces count
            rows[side] = [_OUTER_SPACES.sub("\u00a0", text) for text in rows[side]]
        rows["to"] = [self._link(row) for row in rows.itertuples()]
        rows["story"] = rows["doc_id"].map(labels["doc_id"])
        rows["said"] = [_said(row, labels["voice"]) for row in rows.itertuples()]
        rows["topics"] = [[labels["topic"][name] for name in of.split()] for of in rows["topics"]]
        shown = {"search": self._good, "aligned": self._good and self.context.value <= ALIGNED}
        self.lines.value = render("explorer/passages.html", rows=rows, **shown)

    def _link(self, row: Any) -> str:
        if self._edition is not None:
            return f"{self._edition}{paragraph(row.doc_id, row.block)}"
        file, _, line = row.passage.rpartition("#")
        return f"{quote(file)}#{line}"


def _heading(column: str) -> str:
    """A column as a heading."""
    return Names(COLUMNS)[column].capitalize()


def _look(share: float, colour: str) -> str:
    """The bar of a share, with the twin of its colour for a dark ground; pale ones are outlined."""
    edge = EDGE if colour == PALE else colour
    return (f"width:{100 * share:.1f}%;--bar:{colour};--edge:{edge};--dark:{DARK[colour]};"
            f"--dark-edge:{DARK[edge]}")  # fmt: skip


def _said(row: Any, names: Names) -> str:
    """Whose words a passage is: who is quoted or reported, or that it is the outlet's own."""
    if row.voice == "outlet":
        return names[row.voice]
    speakers = [] if pd.isna(row.speaker) else row.speaker.split(concordance.SEVERAL)
    return f"{listed(speakers, nothing='somebody')}, {names[row.voice]}"


def _by_words(table: pd.DataFrame) -> list[str]:
    """Those who are quoted or reported, the one with most words first; each of several by name."""
    said = table.dropna(subset="speaker")
    each = said.assign(speaker=said["speaker"].str.split(concordance.SEVERAL)).explode("speaker")
    words = each.groupby("speaker")["words"].sum()
    return [str(name) for name in words.sort_values(ascending=False, kind="stable").index]


def _several(
    label: str, values: Iterable[str], names: Names | None = None
) -> widgets.SelectMultiple:
    shown = [(visible(names[value] if names is not None else value), value) for value in values]
    return widgets.SelectMultiple(options=shown, description=label, rows=5)
