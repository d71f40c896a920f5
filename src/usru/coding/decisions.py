"""The file of decisions: one coder's, in one round, written whole at each and locked at the end.

It is plain CSV in the corpus folder, ``coding/NAME/FILE.csv``, with the columns of the reference coding of
its kind, and who decided, when, and by which codebook. A file beside it, as ``sha256sum`` writes it,
locks it: only then it is compared with another.

A locked coding can go on when there are more passages, as when a sample grows. What was locked is
then kept beside the file, as it was and with its lock (``FILE.part-1.csv``), and stays final.
"""

import hashlib
import re
import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from usru import codings
from usru.coding import codes, units
from usru.coding.units import KINDS, Key
from usru.codings import ROWS
from usru.corpus import Corpus
from usru.delimited import exact_csv
from usru.errors import InputError
from usru.files import is_there, make_folders, read_text, write

__all__ = ["SHEETS", "Coding", "check", "coded", "coder_folder", "files", "parts"]

SHEETS = "sheets"
"""The folder of the sheets, in ``coding``, which is no coder's."""

_DECIDED = ("coder", "coded", "codebook")
_LONGEST = 40
_TAKEN = re.compile(
    rf"reference|reading-\d+|round-\d+|{SHEETS}"  # the study's own
    r"|con|prn|aux|nul|com\d|lpt\d"  # devices of Windows, which are no folders anywhere
)


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
    made = unicodedata.normalize("NFC", "-".join(name.casefold().split()))
    # Vowels of Hindi or Tamil, and dots that small letters of Turkish get, are marks and no letters.
    plain = all(one in "-_" or unicodedata.category(one)[0] in "LMN" for one in made)
    if not (plain and made[:1].isalnum() and len(made) <= _LONGEST):
        mend = (
            f"use up to {_LONGEST} letters, digits, spaces, hyphens and underscores, a letter or"
            " digit first"
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
        Some of the units, as `usru.coding.units.chosen` gives them; all by default.
    now : callable
        Gives the time of a decision.

    Attributes
    ----------
    path : path
        The file.
    order : list of tuple
        The units in the order in which this coder sees them in this round.
    version : str
        That of the codebook, as `usru.coding.codes.version` gives it.

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
        self._lock = _lock_of(self.path)
        self._in_turn(folder, round)
        self.version = codes.version(corpus, what)
        self._pages = units.keyed(units.find(corpus, what), what)
        table = units.chosen(corpus, what) if of is None else of
        rows = zip(units.keyed(table, what), table.to_dict("records"), strict=True)
        self.units = {key: {name: str(cell) for name, cell in row.items()} for key, row in rows}
        self.order = units.shuffled(self.units, f"{self.coder} {round}")
        # A coder's own file may have been made the reference.
        self._columns = [*dict.fromkeys([*corpus.coding(self.kind.file).columns, *_DECIDED])]
        self._rows = self._stored(self.path)
        self._final = {key for part in parts(self.path) for key in self._stored(part)}

    def _in_turn(self, folder: Path, round: int) -> None:
        """Refuse a round before the one before it is locked: its end would show what to correct there."""
        if round < 1:
            raise InputError(f"round {round}", "there is no such round", "name one from 1 on")
        earlier = {1: None, 2: folder.parent}.get(round, folder.parent / f"round-{round - 1}")
        if earlier and not (earlier / self._lock.name).is_file():
            why = f"round {round - 1} is not locked yet"
            raise InputError(f"round {round} of {self.coder}", why, "code it to its end first")

    def _stored(self, path: Path) -> dict[Key, dict[str, str]]:
        """The rows of a file, none where nobody decided yet."""
        if not is_there(path):
            return {}
        table = codings.texts(path, ROWS[self.kind.file], needed=self._columns)
        rows: list[dict[str, str]] = table[self._columns].to_dict("records")
        return dict(zip(units.keyed(table, self.what), rows, strict=True))

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
            A unit, and the value as `usru.coding.codes.parse` gives it. One that it has already by
            this codebook keeps its time.

        Raises
        ------
        InputError
            Where the coding is locked, or its file cannot be written.
        """
        if self.locked or key in self._final:
            mend = "code in another round, or under another name"
            raise InputError(self.path, "it is locked", mend)
        # Another window of the same coder may have written since.
        rows = self._rows | self._stored(self.path)
        before = rows.get(key, {})
        if (before.get(self.kind.column), before.get("codebook")) == (value, self.version):
            self._rows = rows
            return
        row = dict.fromkeys(self._columns, "") | {
            name: cell for name, cell in self.units[key].items() if name in self._columns
        }
        row |= {
            self.kind.column: value, "coder": self.coder, "codebook": self.version,
            "coded": self._now().strftime("%Y-%m-%dT%H:%M:%SZ"),
        }  # fmt: skip
        rows[key] = row
        in_order = [rows[one] for one in dict.fromkeys([*self._pages, *rows]) if one in rows]
        table = pd.DataFrame(in_order, columns=self._columns)
        make_folders(self.path.parent)
        write(self.path, exact_csv(table))
        self._rows = rows

    @property
    def locked(self) -> bool:
        """Whether the decisions are final."""
        return self._lock.is_file()

    def lock(self) -> None:
        """Make the decisions final, as they are in the file; nothing decided is an error.

        One that is locked keeps its lock, which tells whether the file was changed since.
        """
        if self.locked:
            return
        if not self.done:
            raise InputError(self.path, "nothing is coded yet", "code a passage first")
        _check_parts(self.path)
        write(self._lock, f"{_checksum(self.path)}  {self.path.name}\n")

    @property
    def changeable(self) -> list[Key]:
        """The units with a decision that is not in a locked part, in the coder's order."""
        return [key for key in self.done if key not in self._final]

    def resume(self) -> None:
        """Go on with the units that a locked coding does not have; what was locked stays final.

        Raises
        ------
        InputError
            Where it is not locked, was changed since, or has all units.
        """
        if not self.locked:
            raise InputError(self.path, "it is not locked", "code on, it is open")
        if not self.open:
            mend = "code in another round, or let the sample grow first"
            raise InputError(self.path, "there is no further passage", mend)
        check(self.path)
        part = self.path.with_suffix(f".part-{len(parts(self.path)) + 1}.csv")
        write(part, read_text(self.path))
        write(_lock_of(part), f"{_checksum(part)}  {part.name}\n")
        self._lock.unlink()  # last: until then the coding is locked as before
        self._final = {*self._rows}


def files(corpus: Corpus, name: str = "*") -> list[Path]:
    """Return the codings of all coders of a study, the reference and readings too; no later rounds.

    Parameters
    ----------
    corpus, name : Corpus, str
        Any corpus, and the name of the file, as `usru.coding.units.Kind.file`; all by default.

    Examples
    --------
    >>> from usru import load
    >>> [path.parent.name for path in files(load(), "topics")]
    ['reading-1', 'reading-2', 'reference']
    """
    found = (corpus.manifest.folder / "coding").glob(f"*/{name}.csv")
    return sorted(path for path in found if path.parent.name != SHEETS)


def coded(corpus: Corpus) -> dict[Path, int]:
    """Return how many rows each of the `files` has, all of which are checked.

    Parameters
    ----------
    corpus : Corpus
        Any corpus.

    Raises
    ------
    InputError
        Where one cannot be used.

    Examples
    --------
    >>> from usru import load
    >>> {path.parent.name: n for path, n in coded(load()).items() if path.stem == "acts"}
    {'reading-1': 144, 'reading-2': 139, 'reference': 139}
    """
    return {
        path: len(codings.texts(path, ROWS[path.stem], corpus.setting, needed=ROWS[path.stem].key))
        for path in files(corpus)
        if path.stem in ROWS
    }


def parts(path: Path) -> list[Path]:
    """Return what of a coding was locked before it went on, the earliest first.

    Parameters
    ----------
    path : path
        The file of the coding.

    Examples
    --------
    >>> parts(Path("nowhere/topics.csv"))
    []
    """
    found = path.parent.glob(f"{path.stem}.part-*.csv")
    return sorted(found, key=lambda part: (len(part.name), part.name))


def _lock_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.sha256")


def _check_parts(path: Path) -> None:
    """Refuse a coding that does not hold what was locked of it, row by row."""
    rows = {*read_text(path).splitlines()}
    for part in parts(path):
        _check_one(part)
        for row in read_text(part).splitlines():
            if row not in rows:
                mend = f"restore the rows of {part.name}"
                raise InputError(path, "a decision was changed after it was locked", mend)


def check(path: Path) -> None:
    """Refuse a locked coding that was changed since.

    Parameters
    ----------
    path : path
        The file of the coding, beside which its lock is.

    Raises
    ------
    InputError
        Where it was changed, or cannot be read.
    """
    _check_one(path)
    _check_parts(path)


def _check_one(path: Path) -> None:
    lock = _lock_of(path)
    if read_text(lock).split()[:1] != [_checksum(path)]:
        mend = f"restore it; to code on, remove {lock.name}, and say so where you report the coding"
        raise InputError(path, "it was changed after it was locked", mend)


def _checksum(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        why = f"it cannot be read ({error.strerror})"
        raise InputError(path, why, "restore it, or remove its lock") from None
