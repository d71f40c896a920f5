"""A coder's desk: one passage at a time, the codebook beside it, and each decision saved at once.

Neither outlet, title, reference nor instrument is shown before the coding is locked.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from usru.analysis.agreement import Comparison
from usru.coding import codes, units
from usru.coding.comparison import NOBODY, compare, with_reference
from usru.coding.decisions import Coding
from usru.coding.units import KINDS, Key
from usru.corpus import Corpus
from usru.errors import InputError
from usru.labels import Names
from usru.templates import render
from usru.wording import signed

__all__ = ["Coder"]

GRACE = 0.3  # seconds that what was typed may come after the Enter that sent it
MOST = 100  # passages that differ which are shown; the files have all

_BUTTONS = {"save": "Save (Enter)", "back": "Back (<)", "skip": "Later (?)",
            "finish": "Finish", "lock": "Lock", "on": "Code on", "again": "Another round"}  # fmt: skip


class Coder:
    """One passage at a time, coded by keyboard against the codebook, and compared when locked.

    Parameters
    ----------
    corpus : Corpus
        Any corpus; the coding is in its folder, as `usru.coding.decisions.Coding` keeps it.
    what : str
        ``"topics"``, ``"valence"``, ``"voice"`` or ``"speakers"``.
    coder : str, optional
        A name of one's own choice; asked for where it is missing.
    round : int
        1, or a later round: the same passages again, in another order.
    sheet, n : path, int, optional
        A CSV file that lists the passages, or how many of all; all by default.

    Attributes
    ----------
    answer : ipywidgets.Text
        What is typed; Enter sends it.
    buttons : dict of ipywidgets.Button
        What can also be typed: save, back, skip, finish, lock, code on, and
        another round.
    message, passage, codebook, results : ipywidgets.HTML
        What is shown.
    coding : Coding or None
        The decisions; None until there is a name.

    Raises
    ------
    InputError
        Where that cannot be coded, or not under that name, or in that round.

    Examples
    --------
    >>> from usru import load
    >>> Coder(load(), "valence")
    Coder(valence, no name yet)
    """

    def __init__(
        self, corpus: Corpus, what: str = "topics", coder: str | None = None, round: int = 1,
        sheet: str | Path | None = None, n: int | None = None,
    ) -> None:  # fmt: skip
        if what not in KINDS:
            raise InputError(what, "it cannot be coded here", f"choose from {', '.join(KINDS)}")
        self.corpus, self.what = corpus, what
        self.coding: Coding | None = None
        self._units, self._may_grow = units.chosen(corpus, what, sheet, n), sheet is not None
        self._armed = False
        self._waiting: asyncio.TimerHandle | None = None
        self._at: Key | None = None
        self.answer = widgets.Text(continuous_update=False)
        self.message, self.passage, self.codebook, self.results = (widgets.HTML() for _ in range(4))
        self.buttons = {name: widgets.Button(description=text) for name, text in _BUTTONS.items()}
        self.answer.on_msg(self._sent)
        self.answer.observe(lambda _: self._enter(), "value")
        for name, button in self.buttons.items():
            button.on_click(lambda _, name=name: self._do(name))
        self._ask_name()
        if coder is not None:
            self._open(coder, round)

    def __repr__(self) -> str:
        if self.coding is None:
            return f"Coder({self.what}, no name yet)"
        done, n = len(self.coding.done), len(self.coding.order)
        return f"Coder({self.what}, {self.coding.coder}, round {self.coding.round}: {done} of {n} coded)"

    def _repr_mimebundle_(self, **options: Any) -> dict[str, Any]:
        return {**self.box._repr_mimebundle_(**options), "text/plain": repr(self)}

    @cached_property
    def box(self) -> widgets.Widget:
        """All of it as one widget."""
        style = widgets.HTML(render("explorer/style.html"))
        style.layout.display = "none"
        self.answer.add_class("usru-answer")
        row = widgets.Box([*self.buttons.values()]).add_class("usru-buttons")
        desk = widgets.VBox([self.passage, self.answer, row, self.message, self.results])
        parts = [desk.add_class("usru-desk"), self.codebook.add_class("usru-codebook")]
        found = widgets.Box(parts).add_class("usru-sides")
        return widgets.VBox([style, found]).add_class("usru-coder")

    # What is typed ----------------------------------------------------------------------------

    def _sent(self, _: Any, content: dict[str, Any], buffers: Any) -> None:
        """Enter was pressed; what was typed comes with it, or just after, or is there already."""
        if content.get("event") != "submit":
            return
        self._armed = True
        if self._waiting is not None:  # it must not take this Enter before its value
            self._waiting.cancel()
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:  # driven by a program, whose values are there at once
            self._enter()
        else:
            self._waiting = loop.call_later(GRACE, self._enter)

    def _enter(self) -> None:
        """Take what was typed, when Enter was pressed: a name, one of the signs, or codes."""
        if not self._armed:
            return
        self._armed, typed = False, self.answer.value.strip()
        signs = {"<": "back", "?": "skip", "finish": "finish", "lock": "lock"}
        self._do(signs.get(typed.casefold(), "save"))

    def _do(self, name: str) -> None:
        """Do what a button says, where it can be done now; what was typed stays when it cannot."""
        steps: dict[str, Callable[[], None]] = {
            "save": self._save, "back": self._back, "skip": self._skip, "finish": self._show_confirmation,
            "lock": self._lock, "on": self._on, "again": self._again,
        }  # fmt: skip
        try:
            if self.coding is None:
                self._open(self.answer.value, 1)
            elif not self.buttons[name].layout.display:
                steps[name]()
            else:
                self._tell("That cannot be done now.", refused=True)
        except InputError as error:
            self._tell(str(error), refused=True)
        self.answer.focus()

    @property
    def _own(self) -> Coding:
        assert self.coding is not None
        return self.coding

    def _coding(self, name: str, round: int) -> Coding:
        return Coding(self.corpus, self.what, name, round, of=self._units)

    def _open(self, name: str, round: int) -> None:
        """Begin, or go on, under a name."""
        self.coding = self._coding(name, round)
        self._trail, self._steps = self._own.changeable, 0
        self._queue = deque(self._own.open)
        self._show_codebook()
        if self._own.locked:
            self._show_results()
        else:
            self._next(self._welcome())

    def _save(self) -> None:
        assert self._at is not None
        value = codes.parse(self.answer.value, self.corpus, self.what)
        self._own.decide(self._at, value)
        if self._at in self._queue:
            self._queue.remove(self._at)
            self._trail.append(self._at)
        self._steps = 0
        known = self.what != "speakers" or not value or value in codes.find(self.corpus, self.what)
        told = f"Saved: {self._label(value)}{'' if known else ', a name that is not in the list'}."
        self._next(render("coder/message.html", text=told, refused=False))

    def _back(self) -> None:
        if self._steps == len(self._trail):
            self._tell("There is none before this one.", refused=True)
            return
        self._steps += 1
        self._show(self._trail[-self._steps])

    def _skip(self) -> None:
        told = "" if self._at is None else "Left for later."
        if self._at is not None and self._at == self._queue[0]:
            self._queue.rotate(-1)
            told = told if len(self._queue) > 1 else "This is the only one left."
        self._steps = 0
        self._next(render("coder/message.html", text=told, refused=False))

    def _lock(self) -> None:
        self._own.lock()
        self._show_results()

    def _on(self) -> None:
        """Code what a sheet lists beyond the locked decisions, which stay."""
        self._own.resume()
        self._open(self._own.coder, self._own.round)

    def _again(self) -> None:
        self._open(self._own.coder, self._own.round + 1)

    # What is shown ----------------------------------------------------------------------------

    def _stage(self, label: str, *names: str, typed: str = "") -> None:
        """Show a field with a label, and some of the buttons."""
        self.answer.description, self.answer.value = label, typed
        self.answer.layout.display = None if label else "none"
        for name, button in self.buttons.items():
            button.layout.display = None if name in names else "none"
        self.buttons["save"].description = (
            "Begin (Enter)" if self.coding is None else "Save (Enter)"
        )
        self.results.value = ""

    def _tell(self, text: str, *, refused: bool = False) -> None:
        self.message.value = render("coder/message.html", text=text, refused=refused)

    def _ask_name(self) -> None:
        self._stage("Your name", "save")
        self.passage.value = render("coder/name.html", kind=self.what)
        self.message.value = self.codebook.value = ""

    def _welcome(self) -> str:
        """What goes on from an earlier session, and whether the codebook has changed since."""
        done, older = len(self._own.done), self._own.older
        return render("coder/welcome.html", done=done, older=older) if done else ""

    def _next(self, told: str = "") -> None:
        if self._queue:
            self._show(self._queue[0], told)
        else:
            self._show_confirmation(told)

    def _show(self, key: Key, told: str = "") -> None:
        """Show a passage; one that has a decision with it, to be kept or changed."""
        self._at, before = key, self._own.decisions.get(key)
        self._stage("Code", "save", "back", "skip", "finish", typed=self._typed(before))
        self.message.value = told
        self.passage.value = render(
            "coder/passage.html", unit=self._own.units[key], done=len(self._own.done),
            of=len(self._own.order), earlier=None if before is None else self._label(before),
            asked=codes.variable(self.corpus, self.what), round=self._own.round,
        )  # fmt: skip
        self.answer.focus()

    def _typed(self, value: str | None) -> str:
        """What is typed to give a value."""
        if value is None:
            return ""
        typed = codes.keys(codes.find(self.corpus, self.what))
        given = value.split() if KINDS[self.what].several else [value] * bool(value)
        return " ".join(typed.get(one, one) for one in given) or "0"

    def _show_codebook(self) -> None:
        found = codes.find(self.corpus, self.what)
        self.codebook.value = render(
            "coder/codebook.html", codes=found, keys=codes.keys(found),
            asked=codes.variable(self.corpus, self.what), several=KINDS[self.what].several,
            names=self.what == "speakers", foreign=codes.is_foreign(self.corpus, self.what),
        )  # fmt: skip

    def _show_confirmation(self, told: str = "") -> None:
        self._steps, self._at = 0, None
        self._stage("Lock?", "lock", "back", *["skip"] * bool(self._queue))
        self.passage.value = render(
            "coder/confirm.html", done=len(self._own.done), left=len(self._queue)
        )
        self.message.value = told
        self.answer.focus()

    def _show_results(self) -> None:
        """Show how the locked coding agrees with others, and nothing of one that was changed since."""
        own = self._own
        further = len(own.open) if self._may_grow else 0
        self._stage("", *["on"] * bool(further), "again")
        self.codebook.value = self.message.value = ""
        # Only the corpus folder is resolved: its folder of codings may be a link to a shared one.
        folder, root = self.corpus.manifest.folder, self.corpus.manifest.root
        place = (folder.resolve() / own.path.relative_to(folder)).relative_to(root).as_posix()
        self.passage.value = render(
            "coder/locked.html", coder=own.coder, round=own.round, path=place, further=further
        )
        try:
            earlier = [self._coding(own.coder, round) for round in range(1, own.round)]
            rounds = [(one.round, with_reference(one)) for one in earlier]
            found, faults = compare(own)
        except InputError as error:
            self._tell(str(error), refused=True)
            return
        shown = [(one, self._differing(one), self._counts(one)) for one in found]
        self.results.value = render(
            "coder/results.html", own=own, rounds=rounds, found=shown, faults=faults, most=MOST,
            several=KINDS[self.what].several,
        )  # fmt: skip

    def _differing(self, one: Comparison) -> list[dict[str, Any]]:
        """The passages that differ, with their place, which is no secret any more."""
        stories = self.corpus.labels["doc_id"]
        return [
            {**self._own.units[key], "story": stories[key[0]],
             "first": self._label(row.first), "second": self._label(row.second)}
            for key, row in zip(one.differing.index, one.differing.itertuples(), strict=True)
            if key in self._own.units
        ]  # fmt: skip

    def _counts(self, one: Comparison) -> Any:
        """The table of a comparison with labels; none of speakers, who are too many for a matrix."""
        if self.what == "speakers":
            return None
        if KINDS[self.what].several:
            return one.table.assign(label=one.table["label"].map(self._label))
        return one.table.rename(index=self._label, columns=self._label)

    def _label(self, value: Any) -> str:
        """What people read of a value, as it is typed, written or compared."""
        found = codes.find(self.corpus, self.what)
        if KINDS[self.what].several:
            given = value.split() if isinstance(value, str) else value
            names = Names({name: code.label for name, code in found.items()})
            others = sorted({*given} - {*found})  # codes of another version of the codebook
            return names.listed([*(one for one in found if one in given), *others])
        if self.what == "valence" and (isinstance(value, float) or value in found):
            return signed(float(value), 0)
        return found[value].label if value in found else value or NOBODY
