"""Codings by people: what is coded, by which codes, in which order, and the file of decisions.

A coding is plain CSV in the corpus folder, ``coding/NAME/FILE.csv``, with the columns of the reference
coding of its kind, and who decided, when and by which codebook. It is written whole at each decision.
A file beside it, as ``sha256sum`` writes it, locks it: only then it is compared with another.
"""

import hashlib
import io
import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from usru import codebook
from usru.analysis import agreement
from usru.analysis.agreement import Comparison
from usru.codebook import Code, Variable
from usru.corpus import Corpus
from usru.errors import InputError
from usru.files import make_folders, read_text, write
from usru.labels import Names

__all__ = [
    "KINDS", "NOBODY", "REFERENCE", "Coding", "Key", "Kind", "chosen", "coder_folder", "codes", "compare",
    "is_foreign", "keys", "listed", "parse", "sample", "units", "values", "variable", "version",
]  # fmt: skip

NOBODY = "nobody"
"""What a speaker is called where the coder says that there is none."""

REFERENCE = "the reference"
"""What the reference coding is called."""

_DECIDED = ("coder", "coded", "codebook")
_NAME = re.compile(r"[^\W_][\w-]{0,39}")
_TAKEN = re.compile(
    r"reference|reading-\d+|round-\d+"  # the study's own
    r"|con|prn|aux|nul|com\d|lpt\d"  # devices of Windows, which are no folders anywhere
)

Key = tuple[str, ...]
"""What a unit is known by: its document and line, and its words where a line has several."""


class Kind(NamedTuple):
    """A kind of coding: its file and column, how values differ, whether several can be given."""

    file: str
    column: str
    level: agreement.LEVELS
    several: bool = False


KINDS: Mapping[str, Kind] = {
    "topics": Kind("topics", "topics", "sets", several=True),
    "valence": Kind("valence", "valence", "interval"),
    "voice": Kind("voice", "voice", "nominal"),
    "speakers": Kind("quotations", "speaker", "nominal"),
}
"""What can be coded, by the name that the coder says."""


# What is coded ------------------------------------------------------------------------------------


def units(corpus: Corpus, what: str) -> pd.DataFrame:
    """Return the passages that are to be coded.

    Parameters
    ----------
    corpus : Corpus
        Any corpus. Speakers are those of quotations, which are found in English texts only.
    what : str
        One of `KINDS`. Topics and valence are of paragraphs; voice of the clauses of the reference
        coding, or of sentences where there is none; speakers of quotations. A passage
        whose words come again in its line is there once.

    Returns
    -------
    pandas.DataFrame
        In page order: `doc_id`, `line`, `text`, and `before` and `after`, the rest of its paragraph.

    Examples
    --------
    >>> from usru import load
    >>> one = units(load(), "speakers").iloc[0]
    >>> one["text"], one["after"][:15]
    ('many issues to discuss', '" and also an o')
    """
    paragraphs = corpus.paragraphs
    if KINDS[what].level in ("sets", "interval"):
        table = paragraphs[["doc_id", "line_start", "text"]].rename(columns={"line_start": "line"})
        return table.assign(before="", after="")
    if what == "voice":
        spans = corpus.coded_clauses if len(corpus.coded_clauses) else corpus.sentences
    else:
        spans = corpus.quotations
    around = paragraphs[["doc_id", "block", "line_start", "text"]]
    inside = corpus.in_blocks(spans[["doc_id", "block", "line", "text", "start", "end"]])
    table = inside.merge(around, on=["doc_id", "block"], suffixes=("", "_around"))
    # The reference has the line of the paragraph for a clause, that of its own for a quotation.
    table["line"] = table["line_start"] if what == "voice" else table["line"]
    places = list(zip(table["text_around"], table["start"], table["end"], strict=True))
    table["before"] = [text[:start] for text, start, _ in places]
    table["after"] = [text[end:] for text, _, end in places]
    table = table[["doc_id", "line", "text", "before", "after"]]
    return table.drop_duplicates(["doc_id", "line", "text"], ignore_index=True)


def _by(what: str) -> list[str]:
    """The columns that a unit is known by."""
    paragraph = KINDS[what].level in ("sets", "interval")
    return ["doc_id", "line"] if paragraph else ["doc_id", "line", "text"]


def _keyed(table: pd.DataFrame, what: str) -> list[Key]:
    """The key of each row."""
    return list(table[_by(what)].astype("str").itertuples(index=False, name=None))


def _shuffled(found: Iterable[Key], seed: str) -> list[Key]:
    """Keys in an order that a seed gives, in which those that stay keep theirs when others come."""

    def place(key: Key) -> str:
        return hashlib.sha256(json.dumps([seed, *key]).encode()).hexdigest()

    return sorted(found, key=place)


def sample(table: pd.DataFrame, what: str, n: int) -> pd.DataFrame:
    """Return some of the units, the same for every coder; a larger sample holds the smaller.

    Parameters
    ----------
    table, what : pandas.DataFrame, str
        As `units` gives it, and of what.
    n : int
        How many, at least 1.

    Examples
    --------
    >>> from usru import load
    >>> len(sample(units(load(), "topics"), "topics", 20))
    20
    """
    if n < 1:
        raise InputError(f"--n {n}", "that is nothing to code", "name a number from 1 on")
    chosen = {*_shuffled(_keyed(table, what), "sample")[:n]}
    return table[[key in chosen for key in _keyed(table, what)]].reset_index(drop=True)


def listed(table: pd.DataFrame, what: str, path: Path) -> pd.DataFrame:
    """Return the units that a coding sheet lists.

    Parameters
    ----------
    table, what : pandas.DataFrame, str
        As `units` gives it, and of what.
    path : path
        CSV with `doc_id` and `line`, and `text` where a line has several units: without it all of
        the line are meant. Other columns are left alone.

    Raises
    ------
    InputError
        Where a row is no passage of this kind.
    """
    sheet = _read(path)
    for column in ("doc_id", "line"):
        if column not in sheet:
            raise InputError(path, f"there is no column {column!r}", "add it to the sheet")
    by = [column for column in _by(what) if column in sheet]
    rows = table[by].astype("str").apply(tuple, axis=1)
    known = {*rows}
    wanted = {*sheet[by].itertuples(index=False, name=None)}
    for number, row in enumerate(sheet[by].itertuples(index=False, name=None), start=2):
        if row not in known:
            why = f"{row[0]} line {row[1]} is no passage whose {what} can be coded"
            raise InputError(f"{path}, line {number}", why, "take the row out or correct it")
    return table[[row in wanted for row in rows]].reset_index(drop=True)


def chosen(
    corpus: Corpus, what: str, sheet: str | Path | None = None, n: int | None = None
) -> pd.DataFrame:
    """Return the units of a sheet, some of all, or all; where there is none, that is an error.

    Parameters
    ----------
    corpus, what : Corpus, str
        Any corpus, and one of `KINDS`.
    sheet, n : path, int, optional
        As for `listed` and `sample`.

    Examples
    --------
    >>> from usru import load
    >>> len(chosen(load(), "valence"))
    78
    """
    table = units(corpus, what)
    table = table if sheet is None else listed(table, what, Path(sheet))
    table = table if n is None else sample(table, what, n)
    if table.empty:
        raise InputError(what, "there is no passage to code", "code something else, or other texts")
    return table


def _read(path: Path) -> pd.DataFrame:
    """A CSV file as it is, every cell a text."""
    try:
        return pd.read_csv(io.StringIO(read_text(path)), dtype="str", keep_default_na=False)
    except ValueError as error:  # pandas' own are of its kind
        why = f"it is no table ({' '.join(str(error).split())})"
        raise InputError(path, why, "restore the file, or move it away") from None


# By which codes -----------------------------------------------------------------------------------


def variable(corpus: Corpus, what: str) -> Variable:
    """Return what is asked of a passage: by the corpus's own codebook, or else as shipped.

    Parameters
    ----------
    corpus, what : Corpus, str
        Any corpus, and one of `KINDS`.

    Examples
    --------
    >>> from usru import load
    >>> variable(load(), "voice").question
    'Whose words is the marked passage?'
    """
    own = corpus.codebook.variables
    return own[what] if what in own else codebook.read().variables[what]


def codes(corpus: Corpus, what: str) -> dict[str, Code]:
    """Return the codes by the value that is written for each, in the order of the codebook.

    Parameters
    ----------
    corpus, what : Corpus, str
        Any corpus, and one of `KINDS`.

    Examples
    --------
    >>> from usru import load
    >>> codes(load(), "topics")["press"].label, [*codes(load(), "voice")]
    ('press access', ['outlet', 'report', 'quotation'])
    """
    book, own = corpus.codebook, dict(variable(corpus, what).codes)
    if what == "topics":
        names = Names()
        return {
            name: Code(one.label or names[name], one.definition, one.example, one.counter_example)
            for name, one in book.topics.items()
        }
    if what == "speakers":
        known = {
            who.name: Code(who.name, "; ".join(role.title for role in who.roles))
            for who in book.speakers.known
        }
        return known | own
    return own


def is_foreign(corpus: Corpus, what: str) -> bool:
    """Return whether a corpus of one's own is asked about in the words of the shipped study.

    Parameters
    ----------
    corpus, what : Corpus, str
        Any corpus, and one of `KINDS`.

    Examples
    --------
    >>> from usru import load
    >>> is_foreign(load(), "topics")
    False
    """
    needed = {"topics": "topics", "valence": "variables"}.get(what)
    return needed is not None and needed not in corpus.codebook.own


def keys(found: Mapping[str, Code]) -> dict[str, str]:
    """Return what is typed for each code: its number, or the value itself where that is one.

    Parameters
    ----------
    found : mapping of str to Code
        As `codes` gives them.

    Examples
    --------
    >>> keys({"press": Code("press access"), "syria": Code("Syria")})
    {'press': '1', 'syria': '2'}
    """
    if all(re.fullmatch(r"-?\d+", value) for value in found):
        return {value: value for value in found}
    return {value: str(number) for number, value in enumerate(found, start=1)}


def parse(typed: str, corpus: Corpus, what: str) -> str:
    """Return the value that is written for what a coder typed.

    Parameters
    ----------
    typed : str
        Keys, values or beginnings of values that no other has, separated by spaces where several
        can be given; ``0`` for none, where the codebook has that; for speakers also a name.
    corpus, what : Corpus, str
        Any corpus, and one of `KINDS`.

    Raises
    ------
    InputError
        Where something is no code, or there are too few or too many.

    Examples
    --------
    >>> from usru import load
    >>> parse("15 syria", load(), "topics"), parse("0", load(), "topics")
    ('syria press', '')
    >>> parse("lavrov", load(), "speakers"), parse("−1", load(), "valence")
    ('Sergei Lavrov', '-1')
    """
    found, asked = codes(corpus, what), variable(corpus, what)
    words = typed.replace("−", "-").replace(",", " ").split()
    if not words:
        none = f", or 0 when {asked.none}" * bool(asked.none)
        raise InputError("no code", "nothing was typed", f"type a code{none}")
    if words == ["0"] and asked.none:
        return ""
    if what == "speakers":
        return _speaker(" ".join(typed.split()), corpus, found)
    chosen = {_code(word, found) for word in words}
    if len(chosen) > 1 and not KINDS[what].several:
        raise InputError(typed, f"these are {len(chosen)} codes", "type one")
    return " ".join(value for value in found if value in chosen)


def _code(word: str, found: Mapping[str, Code]) -> str:
    """The value of the code that a word names."""
    low = word.casefold().removeprefix("+")
    exact = [value for value, key in keys(found).items() if low in (key, value.casefold())]
    begun = [value for value in found if value.casefold().startswith(low) and low.isalpha()]
    chosen = exact or begun
    if len(chosen) == 1:
        return chosen[0]
    why = f"it could be {' or '.join(begun)}" if begun else "there is no such code"
    raise InputError(word, why, f"type one of {', '.join(keys(found).values())}")


def _speaker(typed: str, corpus: Corpus, found: Mapping[str, Code]) -> str:
    """The speaker whose number, name, alias or part of the name was typed; any other name is taken."""
    if not re.search(r"[^\W\d]", typed):
        return _code(typed, found)
    low = typed.casefold()
    known = {alias.casefold(): who.name for who in corpus.codebook.speakers.known
             for alias in (who.name, *who.aliases)}  # fmt: skip
    if low in known:
        return known[low]
    parts = [one for one in found if low == one.casefold()]
    parts = parts or [one for one in found if low in one.casefold().split()]
    if len(parts) > 1:
        raise InputError(typed, f"it could be {' or '.join(parts)}", "type more of the name")
    return parts[0] if parts else typed


def version(corpus: Corpus, what: str) -> str:
    """Return what tells whether the codebook that a coder has beside them has changed.

    Parameters
    ----------
    corpus, what : Corpus, str
        Any corpus, and one of `KINDS`.

    Returns
    -------
    str
        The first 12 digits of the SHA-256 of question, advice and codes.
    """
    asked = asdict(variable(corpus, what))
    shown = {value: asdict(code) for value, code in codes(corpus, what).items()}
    content = json.dumps([asked | {"codes": {}}, list(shown.items())], ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()[:12]


# The file of decisions ----------------------------------------------------------------------------


def coder_folder(name: str) -> str:
    """Return a coder's name as that of their folder: small letters, hyphens for spaces.

    Parameters
    ----------
    name : str
        Letters, digits, spaces, hyphens and underscores.

    Raises
    ------
    InputError
        Where it cannot be a folder on every system, or is one of the study's own.

    Examples
    --------
    >>> coder_folder(" Anna K ")
    'anna-k'
    """
    made = "-".join(unicodedata.normalize("NFC", name).casefold().split())
    if not _NAME.fullmatch(made):
        mend = (
            "use up to 40 letters, digits, spaces, hyphens and underscores, a letter or digit first"
        )
        raise InputError(f"the name {name!r}", "it cannot be the name of a folder", mend)
    if _TAKEN.fullmatch(made):
        raise InputError(f"the name {name!r}", "it is taken", "choose another")
    return made


def _now() -> datetime:
    return datetime.now(UTC)


class Coding:
    """The decisions of one coder in one round.

    Parameters
    ----------
    corpus : Corpus
        Any corpus.
    what, coder : str
        One of `KINDS`, and a name, as `coder_folder` takes it.
    round : int
        1, or a later round, which has a file and an order of its own.
    of : pandas.DataFrame, optional
        Some of the `units`; all by default.
    now : callable
        Gives the time of a decision.

    Attributes
    ----------
    path : path
        The file.
    order : list of tuple
        The units in the order in which this coder sees them in this round.
    version : str
        That of the codebook, as `version` gives it.

    Raises
    ------
    InputError
        Where the name cannot be used, or the file is no coding of this kind.
    """

    def __init__(
        self, corpus: Corpus, what: str, coder: str, round: int = 1, of: pd.DataFrame | None = None,
        now: Callable[[], datetime] = _now,
    ) -> None:  # fmt: skip
        self.corpus, self.what, self.round, self._now = corpus, what, round, now
        self.coder, self.kind = coder_folder(coder), KINDS[what]
        folder = corpus.manifest.folder / "coding" / self.coder
        folder = folder if round == 1 else folder / f"round-{round}"
        self.path = folder / f"{self.kind.file}.csv"
        self._lock = self.path.with_name(f"{self.path.name}.sha256")
        self._in_turn(folder, round)
        self.version = version(corpus, what)
        every = units(corpus, what)
        self._pages = _keyed(every, what)
        table = every if of is None else of
        rows = zip(_keyed(table, what), table.to_dict("records"), strict=True)
        self.units = {key: {name: str(cell) for name, cell in row.items()} for key, row in rows}
        self.order = _shuffled(self.units, f"{self.coder} {round}")
        self._columns = [*corpus.coding(self.kind.file).columns, *_DECIDED]
        self._rows: dict[Key, dict[str, str]] = self._stored() if self.path.is_file() else {}

    def _in_turn(self, folder: Path, round: int) -> None:
        """Refuse a round before the one before it is locked: its end would show what to correct there."""
        if round < 1:
            raise InputError(f"round {round}", "there is no such round", "name one from 1 on")
        earlier = {1: None, 2: folder.parent}.get(round, folder.parent / f"round-{round - 1}")
        if earlier and not (earlier / self._lock.name).is_file():
            why = f"round {round - 1} is not locked yet"
            raise InputError(f"round {round} of {self.coder}", why, "code it to its end first")

    def _stored(self) -> dict[Key, dict[str, str]]:
        table = _read(self.path)
        for column in self._columns:
            if column not in table:
                why = f"there is no column {column!r}, so it is no coding made here"
                raise InputError(self.path, why, "move it away, or code under another name")
        rows: list[dict[str, str]] = table[self._columns].to_dict("records")
        return dict(zip(_keyed(table, self.what), rows, strict=True))

    @property
    def open(self) -> list[Key]:
        """The units without a decision, in the coder's order."""
        return [key for key in self.order if key not in self._rows]

    @property
    def done(self) -> list[Key]:
        """The units with a decision, in the coder's order."""
        return [key for key in self.order if key in self._rows]

    @property
    def decisions(self) -> dict[Key, str]:
        """The value of each unit that has one."""
        return {key: self._rows[key][self.kind.column] for key in self.done}

    @property
    def older(self) -> int:
        """How many decisions were made by another version of the codebook."""
        return sum(self._rows[key]["codebook"] != self.version for key in self.done)

    def decide(self, key: Key, value: str) -> None:
        """Write a decision, and all before it, in one step.

        Parameters
        ----------
        key, value : tuple of str, str
            A unit, and the value as `parse` gives it. One that it has already by this codebook
            keeps its time.

        Raises
        ------
        InputError
            Where the coding is locked, or its file cannot be written.
        """
        if self.locked:
            raise InputError(
                self.path, "it is locked", "code in another round, or under another name"
            )
        before = self._rows.get(key, {})
        if (before.get(self.kind.column), before.get("codebook")) == (value, self.version):
            return
        # Another window of the same coder may have written since.
        others = self._stored() if self.path.is_file() else {}
        row = dict.fromkeys(self._columns, "") | {
            name: cell for name, cell in self.units[key].items() if name in self._columns
        }
        row |= {
            self.kind.column: value, "coder": self.coder, "codebook": self.version,
            "coded": self._now().strftime("%Y-%m-%dT%H:%M:%SZ"),
        }  # fmt: skip
        rows = others | {key: row}
        in_order = [rows[one] for one in dict.fromkeys([*self._pages, *rows]) if one in rows]
        table = pd.DataFrame(in_order, columns=self._columns)
        make_folders(self.path.parent)
        write(self.path, table.to_csv(index=False, lineterminator="\n"))
        self._rows = rows

    @property
    def locked(self) -> bool:
        """Whether the decisions are final."""
        return self._lock.is_file()

    def lock(self) -> None:
        """Make the decisions final, as they are in the file; nothing decided is an error."""
        if not self.done:
            raise InputError(self.path, "nothing is coded yet", "code a passage first")
        write(self._lock, f"{_checksum(self.path)}  {self.path.name}\n")

    def check(self) -> None:
        """Refuse a file that was changed after it was locked."""
        _check(self.path)


def _checksum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _check(path: Path) -> None:
    lock = path.with_name(f"{path.name}.sha256")
    if read_text(lock).split()[:1] != [_checksum(path)]:
        mend = f"restore it; to code on, remove {lock.name}, and say so where you report the coding"
        raise InputError(path, "it was changed after it was locked", mend)


# Compared with others -----------------------------------------------------------------------------


def values(table: pd.DataFrame, what: str) -> pd.Series:
    """Return the values of a coding as `usru.analysis.agreement` compares them, by unit.

    Parameters
    ----------
    table, what : pandas.DataFrame, str
        As `Corpus.coding` gives it, and one of `KINDS`.

    Returns
    -------
    pandas.Series
        Sets of topics, numbers of valence, names of voices and speakers (``"nobody"`` for none).

    Examples
    --------
    >>> table = pd.DataFrame({"doc_id": ["a"], "line": [3], "topics": ["press syria"]})
    >>> sorted(values(table, "topics").loc[("a", "3")])
    ['press', 'syria']
    """
    kind = KINDS[what]
    column = table[kind.column].fillna("").astype("str")
    index = pd.MultiIndex.from_tuples(_keyed(table, what), names=_by(what))
    if kind.level == "sets":
        given: list[object] = [frozenset(text.split()) for text in column]
    elif kind.level == "interval":
        given = list(pd.to_numeric(column))
    else:
        given = list(column.replace("", NOBODY))
    found = pd.Series(given, index=index, dtype=None if kind.level == "interval" else "object")
    return found[~found.index.duplicated()]


def compare(coding: Coding) -> tuple[list[Comparison], list[str]]:
    """Compare a locked coding with the reference and with every other locked coding of its kind.

    Parameters
    ----------
    coding : Coding
        A locked coding.

    Returns
    -------
    comparisons, faults : list of usru.analysis.agreement.Comparison, list of str
        The reference first, where there is one, then the coder's own other rounds, then others by
        name; and a sentence on each coding that was changed after it was locked, which is left out.

    Raises
    ------
    InputError
        Where the coding is not locked, or was changed since.
    """
    if not coding.locked:
        raise InputError(coding.path, "it is not locked", "lock it before it is compared")
    coding.check()
    corpus, what = coding.corpus, coding.what
    own = values(_read(coding.path), what)
    others: dict[str, pd.Series] = {}
    if len(reference := corpus.coding(coding.kind.file)):
        others[REFERENCE] = values(reference, what)
    faults: list[str] = []
    for name, path in _locked(coding):
        try:
            _check(path)
            others[name] = values(_read(path), what)
        except InputError as error:
            faults.append(str(error))
    found = [
        agreement.compare(name, own, other, coding.kind.level, _order(corpus, what))
        for name, other in others.items()
    ]
    return [one for one in found if one.n], faults


def _order(corpus: Corpus, what: str) -> list[object]:
    """The values in the order of the codebook, as `values` gives them."""
    found = [*codes(corpus, what)]
    return [float(one) for one in found] if KINDS[what].level == "interval" else [*found]


def _locked(coding: Coding) -> list[tuple[str, Path]]:
    """The other locked codings of the same kind: what each is called, and its file."""
    folder, file = coding.corpus.manifest.folder / "coding", f"{coding.kind.file}.csv"
    found = []
    for lock in [*folder.glob(f"*/{file}.sha256"), *folder.glob(f"*/round-*/{file}.sha256")]:
        path = lock.with_suffix("")
        coder, *later = path.parent.relative_to(folder).parts
        round = later[0].replace("-", " ") if later else "round 1"
        own = coder == coding.coder
        told = f"your {round}" if own else f"{coder}, {round}" if later else coder
        if path != coding.path and path.is_file():
            found.append((not own, told, path))
    return [(told, path) for _, told, path in sorted(found)]
