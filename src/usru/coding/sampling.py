"""Which passages are coded where not all can be: a probability sample and the sheet that lists it.

Every passage keeps one number for good, the hash of its key and a seed. Those with the smallest
numbers of each stratum are drawn: a simple random sample of fixed size, in which the probability of a
passage is the number drawn over the size of its stratum, and a larger sample contains the smaller.

The sheet (``coding/sheets/NAME.csv``) is what coders open; the file beside it (``NAME.toml``) says how
it was drawn. When documents come, go or change their group, strata have other sizes: the next draw
computes all probabilities anew, and a passage whose number is no longer small enough leaves the sheet.
"""

import heapq
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal, NamedTuple

import numpy as np
import pandas as pd

from usru import codings
from usru.codebook import convert, quoted, read_toml
from usru.coding import instruments, units
from usru.coding.decisions import SHEETS, coder_folder
from usru.coding.units import KINDS
from usru.codings import Drawn
from usru.corpus import NOT_KNOWN, Corpus
from usru.delimited import exact_csv
from usru.errors import InputError
from usru.files import is_there, make_folders, write

__all__ = ["LEAST", "SEED", "UNITS", "Design", "Sample", "allocate", "conditions", "described", "design_of", "draw", "population",
           "read_sheet", "sample", "sheet_path"]  # fmt: skip

LEAST = 2
"""Passages of each stratum, where it has so many: of one alone nobody can tell how they vary."""

SEED = 2017

UNITS = {"topics": "paragraphs", "valence": "paragraphs", "voice": "sentences", "speakers": "quotations"}  # fmt: skip
"""What is drawn for each kind of coding."""

_EVERY = "all"
_BETWEEN = " / "


@dataclass(frozen=True)
class Design:
    """How passages are drawn (``NAME.toml``).

    `by` lists the columns of documents that make the strata, `where` the values that documents must
    have to be drawn from, `score` what `usru.coding.instruments.classes` divides the strata by.
    `passages` is how many there were to draw from.
    """

    what: Literal["topics", "valence", "voice", "speakers"]
    n: int
    by: tuple[str, ...] = ()
    where: Mapping[str, str] = field(default_factory=dict)
    score: str = ""
    seed: int = SEED
    passages: int = 0


class Sample(NamedTuple):
    """A sheet that was written: all passages drawn from, how, and which earlier ones are in it."""

    sheet: Path
    design: Design
    table: pd.DataFrame
    kept: int
    left: int


# Drawing -----------------------------------------------------------------------------------------


def population(corpus: Corpus, design: Design) -> pd.DataFrame:
    """Return all passages that can be drawn, each with its stratum.

    Parameters
    ----------
    corpus, design : Corpus, Design
        Any corpus, and how is drawn.

    Returns
    -------
    pandas.DataFrame
        In page order, as `usru.coding.units.find` gives them, with `stratum`.

    Raises
    ------
    InputError
        Where there is no such column, value or score, or no passage at all.

    Examples
    --------
    >>> from usru import load
    >>> table = population(load(), Design("topics", 20, by=("meeting",)))
    >>> table["stratum"].value_counts(sort=False).to_dict()
    {'bonn': 35, 'moscow': 18, 'manila': 25}
    """
    table = units.find(corpus, design.what)
    for name, value in design.where.items():
        groups = _groups(corpus, table, name)
        if value not in {*groups} and len(groups):
            known = ", ".join(sorted({*groups})[:12])
            raise InputError(
                f'--where "{name}={value}"', "no passage is of such a document", f"use {known}"
            )
        table = table[groups == value]
    if table.empty:
        raise InputError(design.what, "there is no passage to draw", "code something else")
    parts = [_groups(corpus, table, name) for name in design.by]
    if design.score:
        parts.append(instruments.classes(corpus, table, design.score))
    strata = parts[0].str.cat(parts[1:], sep=_BETWEEN) if parts else _EVERY
    return table.assign(stratum=strata).astype({"stratum": "str"}).reset_index(drop=True)


def _groups(corpus: Corpus, table: pd.DataFrame, name: str) -> pd.Series:
    return corpus.grouped(table[["doc_id"]], name)[name].replace("", NOT_KNOWN)


def allocate(sizes: pd.Series, n: int, shares: pd.Series | None = None) -> pd.Series:
    """Divide a sample among strata, two to each that has so many and the rest in proportion.

    Parameters
    ----------
    sizes : pandas.Series of int
        Passages in each stratum, by its name.
    n : int
        How many are drawn of all.
    shares : pandas.Series of float, optional
        What the sample is in proportion to; the sizes by default.

    Returns
    -------
    pandas.Series of int64
        Passages drawn from each, at most all; with a larger `n` none gets fewer.

    Raises
    ------
    InputError
        Where `n` is too small for two of each.

    Notes
    -----
    Seats go one by one to the stratum with the largest quotient of Sainte-Laguë, as largest
    remainders could take one from a stratum when the sample grows. The earlier name wins a tie.

    Examples
    --------
    >>> allocate(pd.Series({"Tide": 90, "Wave": 10, "Gull": 1}), 20).to_dict()
    {'Tide': 17, 'Wave': 2, 'Gull': 1}
    """
    weights = sizes.astype("float64") if shares is None else shares
    drawn = sizes.clip(upper=LEAST).to_dict()
    if n < sum(drawn.values()):
        least = f"{len(sizes)} {'stratum has' if len(sizes) == 1 else 'strata have'} at least {LEAST} each"
        mend = f"name {sum(drawn.values())} or more, or make fewer strata"
        raise InputError(f"--n {n}", f"{least}, where there are so many", mend)
    queue = [
        (-weights[name] / (2 * drawn[name] + 1), str(name), name) for name in sizes.index
        if drawn[name] < sizes[name]
    ]  # fmt: skip
    heapq.heapify(queue)
    for _ in range(min(n, int(sizes.sum())) - sum(drawn.values())):
        _, text, name = queue[0]
        drawn[name] += 1
        if drawn[name] < sizes[name]:
            heapq.heapreplace(queue, (-weights[name] / (2 * drawn[name] + 1), text, name))
        else:
            heapq.heappop(queue)
    return pd.Series(drawn, index=sizes.index, dtype="int64")


def _by_score(sizes: pd.Series) -> pd.Series:
    """The shares of strata that a score divides: each group its own, its classes by square root.

    The root is half way between shares in proportion, which leave a rare class to chance, and equal
    ones. Of k classes no passage has less than the square root of 1/k of what proportion gives it.
    """
    groups = [name.rpartition(_BETWEEN)[0] for name in sizes.index]
    roots = np.sqrt(sizes.astype("float64"))
    of_group = sizes.groupby(groups).transform("sum")
    return roots / roots.groupby(groups).transform("sum") * of_group


def draw(table: pd.DataFrame, design: Design) -> pd.DataFrame:
    """Return passages with their probability, and whether they are drawn.

    Parameters
    ----------
    table, design : pandas.DataFrame, Design
        As `population` gives it, and how is drawn; all are where `n` is more than there are.

    Returns
    -------
    pandas.DataFrame
        As `population`, with `probability` in (0, 1] and `drawn`. The probabilities sum to the
        number drawn, in each stratum too.

    Examples
    --------
    >>> from usru import load
    >>> design = Design("topics", 20, by=("meeting",))
    >>> table = draw(population(load(), design), design)
    >>> int(table["drawn"].sum()), table["probability"].sum().round(9).item()
    (20, 20.0)
    """
    sizes = table["stratum"].value_counts().sort_index()
    drawn = allocate(sizes, design.n, _by_score(sizes) if design.score else None)
    found = units.keyed(table, design.what)
    number = {key: n for n, key in enumerate(units.shuffled(found, f"sample {design.seed}"))}
    ranks = pd.Series([number[key] for key in found], index=table.index)
    rank = ranks.groupby(table["stratum"]).rank(method="first")
    return table.assign(
        probability=table["stratum"].map(drawn / sizes).astype("float64"),
        drawn=rank <= table["stratum"].map(drawn),
    )


# Sheets ------------------------------------------------------------------------------------------


def sheet_path(corpus: Corpus, name: str) -> Path:
    """Return the file of a sheet.

    Parameters
    ----------
    corpus, name : Corpus, str
        Any corpus, and letters, digits, hyphens and underscores.

    Raises
    ------
    InputError
        Where it cannot be the name of a file on every system.

    Examples
    --------
    >>> from usru import load
    >>> sheet_path(load(), "paragraphs").name
    'paragraphs.csv'
    """
    return corpus.manifest.folder / "coding" / SHEETS / f"{coder_folder(name)}.csv"


def described(corpus: Corpus) -> list[Path]:
    """Return the sheets of a study of which is known how they were drawn.

    Parameters
    ----------
    corpus : Corpus
        Any corpus.

    Examples
    --------
    >>> from usru import load
    >>> described(load())
    []
    """
    beside = sorted((corpus.manifest.folder / "coding" / SHEETS).glob("*.toml"))
    return [path.with_suffix(".csv") for path in beside]


def design_of(path: Path) -> Design | None:
    """Return how the passages of a sheet were drawn; None where the file beside it does not say.

    Parameters
    ----------
    path : path
        The sheet.

    Raises
    ------
    InputError
        Where the file cannot be read as one.
    """
    beside = path.with_suffix(".toml")
    if not is_there(beside):
        return None
    found: Design = convert(read_toml(beside), Design, beside)
    return found


def sample(
    corpus: Corpus, n: int, *, unit: str | None = None, what: str | None = None,
    by: Iterable[str] = (), where: Mapping[str, str] | None = None, score: str = "",
    seed: int | None = None, name: str | None = None,
) -> Sample:  # fmt: skip
    """Draw a sample of passages and write the sheet that lists it, or let an earlier one grow.

    Parameters
    ----------
    corpus : Corpus
        Any corpus.
    n : int
        How many passages.
    unit, what : str, optional
        One of `UNITS`, by what is drawn or what is coded; paragraphs by default.
    by, where, score, seed
        As for `Design`; of an earlier sheet its own by default, which cannot be others.
    name : str, optional
        Of the sheet; that of the unit by default.

    Returns
    -------
    Sample
        Of an earlier sheet `kept` passages are in it and `left` are not, which is none as long as the
        corpus is the same; columns that somebody added to the sheet stay.

    Raises
    ------
    InputError
        Where there are fewer passages than the earlier sheet has, or it was drawn in another way.
    """
    coded = _what(unit, what)
    path = sheet_path(corpus, name or UNITS[coded])
    design = Design(coded, n, tuple(by), dict(where or {}), score, SEED if seed is None else seed)
    before = design_of(path)
    if before is not None:
        said = {"--unit": unit or what, "--seed": seed is not None}
        design = _grown(path, before, design, said)
    elif path.exists():
        mend = "name another with --name, or move it away"
        raise InputError(path, "a sheet is there, and nothing says how it was drawn", mend)
    table = draw(population(corpus, design), design)
    design = replace(design, passages=len(table))
    rows = _rows(table, design.what)
    earlier = read_sheet(path, design.what) if path.exists() else rows.head(0)
    drawn = {*units.keyed(rows, design.what)}
    kept = sum(key in drawn for key in units.keyed(earlier, design.what))
    make_folders(path.parent)
    sheet = _with_own(rows, earlier, units.key_columns(design.what))
    write(path, exact_csv(sheet))
    write(path.with_suffix(".toml"), _described(design, path))
    return Sample(path, design, table, kept, len(earlier) - kept)


def conditions(given: Iterable[str]) -> dict[str, str]:
    """Return what documents must have by column.

    Parameters
    ----------
    given : iterable of str
        Each as ``"COLUMN=VALUE"``; a value may hold further equals signs.

    Raises
    ------
    InputError
        Where one is written in another way, or a column has two values.

    Examples
    --------
    >>> conditions(["outlet=The Tide"])
    {'outlet': 'The Tide'}
    """
    found: dict[str, str] = {}
    for text in given:
        column, sign, value = text.partition("=")
        if not (column.strip() and sign):
            raise InputError(f'--where "{text}"', "it names no column", 'write "COLUMN=VALUE"')
        if column.strip() in found:
            why = f"{column.strip()} has a value already"
            raise InputError(f'--where "{text}"', why, "give each column one")
        found[column.strip()] = value.strip()
    return found


def _with_own(rows: pd.DataFrame, earlier: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """The rows of a sheet with the columns that somebody added to the earlier one."""
    own = [name for name in earlier if name not in rows]
    return rows.astype({"line": "str"}).merge(earlier[[*by, *own]].astype("str"), "left", by)


def _what(unit: str | None, what: str | None) -> Any:
    """What is coded of the units that are named, if they fit together."""
    if what is None:
        kinds = [one for one, drawn in UNITS.items() if drawn == (unit or "paragraphs")]
        if not kinds:
            known = ", ".join(dict.fromkeys(UNITS.values()))
            raise InputError(f"--unit {unit}", "such units cannot be drawn", f"use one of {known}")
        return kinds[0]
    if what not in KINDS:
        raise InputError(f"--what {what}", "it cannot be coded", f"use one of {', '.join(KINDS)}")
    if unit not in (None, UNITS[what]):
        raise InputError(f"--unit {unit}", f"{what} is coded of {UNITS[what]}", "name these")
    return what


def _grown(path: Path, before: Design, asked: Design, said: Mapping[str, object]) -> Design:
    """The design of an earlier sheet with more passages, unless it is asked for another."""
    others = {
        "--by": (asked.by, before.by), "--where": (asked.where, before.where),
        "--score": (asked.score, before.score),
        "--seed": (asked.seed, before.seed), "--unit": (UNITS[asked.what], UNITS[before.what]),
    }  # fmt: skip
    for option, (new, old) in others.items():
        if said.get(option, new) and new != old:
            mend = f"leave {option} out, or name another sheet with --name"
            raise InputError(path, f"it was drawn with another {option}", mend)
    if asked.n < before.n:
        why = f"{before.n:,} are drawn already, and some may be coded"
        raise InputError(f"--n {asked.n}", why, f"name {before.n} or more, or another --name")
    return replace(before, n=asked.n)


def _rows(table: pd.DataFrame, what: str) -> pd.DataFrame:
    columns = [*units.key_columns(what), "stratum", "probability"]
    return table.loc[table["drawn"], columns].reset_index(drop=True)


def _described(design: Design, path: Path) -> str:
    """A design as TOML."""
    pairs = ", ".join(f"{quoted(key)} = {quoted(one)}" for key, one in design.where.items())
    return "\n".join([
        f"# How the passages of {path.name} were drawn. `usru sample` reads it when the sample grows;",
        "# if the corpus has changed by then, it computes all probabilities anew.",
        f"what = {quoted(design.what)}",
        f"n = {design.n}",
        f"by = [{', '.join(map(quoted, design.by))}]",
        f"where = {{ {pairs} }}",
        f"score = {quoted(design.score)}",
        f"seed = {design.seed}",
        f"passages = {design.passages}",
        "",
    ])  # fmt: skip


def read_sheet(path: Path, what: str) -> pd.DataFrame:
    """Read a sheet with probabilities.

    Parameters
    ----------
    path, what : path, str
        The file, and one of `KINDS`.

    Returns
    -------
    pandas.DataFrame
        As it is, all texts but `probability`, under the lines of the file.

    Raises
    ------
    InputError
        Where a column is missing, a probability is none or a passage is listed twice; the sentence
        names the line and the column.
    """
    needed = [*units.key_columns(what), "stratum", "probability"]
    table = codings.texts(path, Drawn, needed=needed)
    return table.astype({"probability": "float64"})
