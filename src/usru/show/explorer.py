"""An explorer: choose passages by hand and see at once where they stand and how they sound.

What it shows is written into the values of `ipywidgets.HTML`, so that it can be driven and compared
like any other result. No text of a corpus ever becomes markup.
"""

import base64
import html
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import ipywidgets as widgets
import pandas as pd

from usru.analysis import concordance, tone, topics, validity
from usru.corpus import Corpus
from usru.errors import InputError
from usru.files import write
from usru.show.edition import address, stylesheet, visible
from usru.show.style import MUTED, meeting_colours

__all__ = ["MOST", "Explorer"]

MOST = 100
"""Lines that are shown; a saved selection holds all."""

LONG = 400
"""Characters of a keyword that are shown."""

ALIGNED = 70
"""Characters of context up to which keywords stand in one column, where the page is wide enough."""

OF = "all together"


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
        self._trust: dict[str, str] = {}
        table = self._passages.table
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
        self.context = widgets.IntSlider(
            60, 0, 300, 10, description="Characters of context", readout=True
        )
        self.search = widgets.Text(
            description="Search", placeholder="a word or regular expression", continuous_update=True
        )
        self.reset_button = widgets.Button(description="Show all")
        self.save_button = widgets.Button(description="Save as CSV")
        self.message, self.coverage, self.tone, self.lines, self.saved = (
            widgets.HTML() for _ in range(5)
        )
        for control in self._controls.values():
            control.observe(self._update, "value")
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
        with self._at_once():
            for control in (self.meetings, self.outlets, self.topics, self.speakers):
                control.value = ()
            self.voice.value, self.search.value = "all", ""

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
        path = Path(path)
        write(path, self.csv())
        return path

    def __repr__(self) -> str:
        return f"Explorer({len(self._passages.table)} passages of {len(self.corpus.documents)} documents)"

    def _repr_mimebundle_(self, **options: Any) -> dict[str, Any]:
        shown = self.box._repr_mimebundle_(**options)
        return {**shown, "text/plain": repr(self)}

    @property
    def box(self) -> widgets.Widget:
        """Controls and results as one widget."""
        if not hasattr(self, "_box"):
            style = widgets.HTML(f"<style>{stylesheet()}</style>")
            style.layout.display = "none"
            buttons = widgets.HBox([self.reset_button, self.save_button])
            rows = [
                widgets.Box([self.search, self.voice, self.instrument, self.context, buttons]),
                widgets.Box([self.meetings, self.outlets, self.topics, self.speakers]),
            ]
            for row in rows:
                row.add_class("usru-row")
            self.search.add_class("usru-search")
            controls = widgets.VBox(rows)
            controls.add_class("usru-controls")
            figures = widgets.Box([self.coverage, self.tone])
            figures.add_class("usru-results")
            self._box = widgets.VBox(
                [style, controls, self.saved, self.message, figures, self.lines]
            )
            self._box.add_class("usru-explorer")
        return self._box

    # Answering -----------------------------------------------------------------------------------

    @property
    def _controls(self) -> dict[str, Any]:
        names = ("meetings", "outlets", "topics", "speakers", "voice", "instrument", "context",
                 "search")  # fmt: skip
        return {name: getattr(self, name) for name in names}

    @contextmanager
    def _at_once(self) -> Iterator[None]:
        """Change several controls and answer once."""
        self._held = True
        try:
            yield
        finally:
            self._held = False
        self._update()

    def _update(self, change: Any = None) -> None:
        if self._held:
            return
        choice = {
            name: self._controls[name].value
            for name in ("meetings", "outlets", "topics", "speakers", "voice")
        }
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

    def _trusted(self, instrument: str) -> str:
        """How well an instrument agrees with readers of these pages."""
        if not self._trust:
            coded = validity.paragraphs(self.corpus)
            rows = validity.agreement(coded).itertuples() if len(coded) else ()
            self._trust = {row.instrument: _agreement(row) for row in rows}
        nobody = "Nobody has coded these pages by hand: how well it agrees with readers is unknown."
        return self._trust.get(instrument, nobody)

    def _save(self) -> None:
        name = "selection.csv"
        if self._edition is not None:
            data = base64.b64encode(self.csv().encode("utf-8")).decode("ascii")
            self.saved.value = _part(
                f'<p role="status"><a download="{name}" href="data:text/csv;charset=utf-8;base64,{data}">'
                f"Download {name}</a> ({_count(len(self._found), 'line')})</p>"
            )
            return
        try:
            self.save(name)
            told = f"Saved {_count(len(self._found), 'line')} in {name}."
        except InputError as error:
            told = str(error)
        self.saved.value = _part(f'<p role="status">{_text(told)}</p>')

    # Markup --------------------------------------------------------------------------------------

    def _show(self, refusal: str) -> None:
        found = self._found
        passages = found["of"].nunique()
        told = f"{_count(passages, 'passage')} of {len(self._passages.table)}"
        if self._good:
            told = f"{_count(len(found), 'match', 'matches')} in {told}"
        if refusal:
            kept = f"what “{self._good}” finds" if self._good else "the choice without a search"
            told = f"{refusal} Shown is {kept}: {told}"
        more = f"; the first {MOST} lines are shown, a saved selection has all" * (
            len(found) > MOST
        )
        kind = "refusal" if refusal else "count"
        self.saved.value = ""
        self.message.value = _part(f'<p class="{kind}" role="status">{_text(told + more)}.</p>')
        self.coverage.value = _part(self._coverage())
        self.tone.value = _part(self._tone())
        self.lines.value = _part(self._lines(found.head(MOST)))

    def _coverage(self) -> str:
        parts = []
        meeting = self._passages.table.drop_duplicates("doc_id").set_index("doc_id")["meeting"]
        for by, name in (("doc_id", "Story"), ("meeting", "Meeting")):
            table = concordance.coverage(self._passages, self._found, by)
            rows = ""
            for row in table.itertuples(index=False):
                unit = row[0]
                colour = self._colours.get(meeting[unit] if by == "doc_id" else unit, MUTED)
                share = 0.0 if pd.isna(row.share) else row.share
                rows += (
                    f'<tr><th scope="row"><bdi>{_text(unit)}</bdi></th><td class="bar"><span '
                    f'style="width:{100 * share:.1f}%;background:{colour}"></span></td>'
                    f"<td>{share:.1%}</td><td>{row.words:,} of {row.of:,}</td></tr>"
                )
            parts.append(
                f'<thead><tr><th scope="col">{name}</th><td></td><th scope="col">share</th>'
                f'<th scope="col">words</th></tr></thead><tbody>{rows}</tbody>'
            )
        return f"<table><caption>Coverage: share of words</caption>{''.join(parts)}</table>"

    def _tone(self) -> str:
        name = self.instrument.value
        scored = self._passages.table.assign(polarity=self._scored(name))
        scored = scored.loc[self._found["of"].unique()]
        new = scored[~scored["shared"]]
        means = pd.concat(
            [
                tone.aggregate(new.assign(unit=OF), "unit"),
                tone.aggregate(new, "meeting").rename(columns={"meeting": "unit"}),
            ]
        )
        means = means[means["sentences"] > 0]
        rows = "".join(
            f'<tr><th scope="row"><bdi>{_text(row.unit)}</bdi></th><td>{_signed(row.polarity)}</td>'
            f"<td>{_spread(row)}</td><td>{row.sentences}</td></tr>"
            for row in means.itertuples()
        )
        head = "".join(
            f'<th scope="col">{name}</th>' for name in ("Meeting", "mean", "95% interval", "n")
        )
        table = f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody>"
        notes = [f"{_count(int(scored['shared'].sum()), 'passage')} that an earlier story told already left out."] * bool(scored["shared"].any())  # fmt: skip
        notes.append(self._trusted(name))
        return (
            f"<table><caption>Tone by {_text(name)}, weighted by words</caption>{table}</table>"
            f"<p><small>{_text(' '.join(notes))}</small></p>"
        )

    def _lines(self, found: pd.DataFrame) -> str:
        found = concordance.lines(self._passages, found, self.context.value)
        scores = self._scored(self.instrument.value)
        items = "".join(self._line(row, scores[row.of]) for row in found.itertuples())
        look = "passages kwic" if self._good and self.context.value <= ALIGNED else "passages"
        return f'<ol class="{look}">{items}</ol>' if items else "<p>No passage fits.</p>"

    def _line(self, row: Any, score: float) -> str:
        keyword = row.keyword if len(row.keyword) <= LONG else row.keyword[:LONG] + " …"
        shown = f"<mark>{_text(keyword)}</mark>" if self._good else _text(keyword)
        about = [row.speaker if pd.notna(row.speaker) else "narration"]
        about += [topic.replace("_", " ") for topic in row.topics.split()]
        about += [_signed(score)] if pd.notna(score) else []
        about += ["told before"] * row.shared
        link = f'<a href="{html.escape(self._link(row))}" target="_blank" rel="noopener">'
        return (
            f'<li><p><span class="before">{_text(_kept(row.before))}</span>{shown}'
            f'<span class="after">{_text(_kept(row.after))}</span></p>'
            f"<small>{link}<bdi>{_text(row.doc_id)}</bdi>, line {row.line}</a> · "
            f"{' · '.join(f'<bdi>{_text(told)}</bdi>' for told in about)}</small></li>"
        )

    def _link(self, row: Any) -> str:
        if self._edition is not None:
            name = address(row.doc_id)
            return f"{self._edition}{name}.html#{name}-b{row.block}"
        file, _, line = row.passage.rpartition("#")
        return f"{quote(file)}#{line}"


def _several(label: str, values: Sequence[str]) -> widgets.SelectMultiple:
    options = [
        (visible(value.replace("_", " ") if label == "Topics" else value), value)
        for value in values
    ]
    return widgets.SelectMultiple(
        options=options, description=label, rows=5,
        tooltip="None chosen is all. Ctrl or Cmd and a click choose several.",
    )  # fmt: skip


def _kept(text: str) -> str:
    """A context whose outer spaces are kept where it stands in a column of its own."""
    inner = text.strip(" ")
    return "\u00a0" * text.startswith(" ") + inner + "\u00a0" * (text.endswith(" ") and inner != "")


def _agreement(row: Any) -> str:
    return (
        f"Its rank correlation with a reading of {row.n} paragraphs here is {_signed(row.rho)}"
        f" ({_signed(row.low)} to {_signed(row.high)}): {'weak' if row.rho < 0.5 else 'moderate'}."
    )


def _spread(row: Any) -> str:
    """The interval; none where nothing can vary."""
    return "–" if row.low == row.high else f"{_signed(row.low)} to {_signed(row.high)}"


def _part(markup: str) -> str:
    return f'<div class="usru-explorer">{markup}</div>'


def _count(number: int, one: str, several: str = "") -> str:
    return f"{number:,} {one if number == 1 else several or one + 's'}"


def _signed(number: float) -> str:
    shown = f"{round(float(number), 2) + 0.0:+.2f}"
    return "0.00" if shown in ("+0.00", "-0.00") else shown.replace("-", "−")


def _text(value: object) -> str:
    return html.escape(visible(str(value)))
