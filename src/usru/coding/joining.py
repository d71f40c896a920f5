"""All passages that a sample stands for, with the instrument's word and, where there is one, the coder's."""

from pathlib import Path

import numpy as np
import pandas as pd

from usru.coding import codes, comparison, instruments, sampling, units
from usru.coding.decisions import check
from usru.coding.units import KINDS
from usru.corpus import Corpus
from usru.errors import DoesNotApply, InputError

__all__ = ["coded", "drawn", "joined", "numbers", "placed", "predicted", "progress", "values"]


def joined(
    corpus: Corpus, what: str, coder: str = "reference", sheet: str | Path | None = None, *,
    code: str | None = None, instrument: str | None = None, second: str | None = None,
) -> pd.DataFrame:  # fmt: skip
    """Put a coding of a sample beside an instrument's scores of all, ready to be estimated from.

    Parameters
    ----------
    corpus : Corpus
        Any corpus.
    what : {"topics", "valence", "voice", "speakers"}
        What was coded.
    coder : str
        Whose coding: a folder of ``coding``, locked or not.
    sheet : str or path, optional
        The name of a sheet in ``coding/sheets``, or its file; without one all passages are coded.
    code : str, optional
        Which topic, voice or speaker: 1 for a passage that has it, 0 for others. Valence needs none.
    instrument : str, optional
        Of valence, whose scores; the first of ``corpus.instruments`` by default.
    second : str, optional
        A second coder, of the same passages or some of them.

    Returns
    -------
    pandas.DataFrame
        One row a passage that could be drawn, in page order: `doc_id`, `line`, `text`, `block`,
        `start`, `end`, `outlet`, `meeting`, `stratum`, `probability` (float64, in (0, 1]), `predicted`
        (float64, in the units of the coding; missing where no instrument is made for the language),
        `coded` (float64, missing where nobody coded) and, of two coders, `second`.

    Raises
    ------
    InputError
        Where a row of the sheet is broken or not as it was drawn from this corpus, where a coding
        was changed after it was locked, or where without a sheet some passages are not coded.

    Notes
    -----
    Of a sample that is coded in part the probability is less, by the share that is coded of what was
    drawn from the stratum: each coder has the passages in an order of chance. That no longer holds
    for one who puts off the difficult passages and stops. A stratum of which none is coded yet has a
    missing probability, and nothing can be estimated for it.

    Examples
    --------
    >>> from usru import load
    >>> table = joined(load(), "topics", code="syria")
    >>> len(table), bool(table["coded"].any()), table["probability"].unique().tolist()
    (78, True, [1.0])
    """
    if what not in KINDS:
        raise InputError(what, "it cannot be coded", f"use one of {', '.join(KINDS)}")
    table = drawn(corpus, what, sheet)
    given = coded(corpus, what, coder, code)
    table["predicted"] = predicted(corpus, what, table, code, instrument)
    table["coded"] = placed(table, what, given)
    if sheet is None and table["coded"].isna().any():
        n = int(table["coded"].isna().sum())
        why = f"{n:,} of {len(table):,} passages are not coded, and how the others were chosen is not known"
        raise InputError(_file(corpus, what, coder), why, "name the sheet that they are from")
    if second is not None:
        table["second"] = placed(table, what, coded(corpus, what, second, code))
    table["probability"] *= progress(table)
    return corpus.grouped(corpus.grouped(table, "outlet"), "meeting").drop(columns="drawn")


def placed(table: pd.DataFrame, what: str, given: pd.Series) -> pd.Series:
    """Return what a coder gave to each passage that was drawn.

    Parameters
    ----------
    table, what : pandas.DataFrame, str
        As `drawn` gives it, and of what.
    given : pandas.Series
        Numbers or values by key, as `numbers` and `values` give them.

    Returns
    -------
    pandas.Series
        Under the index of the passages; missing (NaN) where nobody coded, and for what was coded
        without being drawn, as for practice: that has no known probability.
    """
    return given.reindex(units.index(table, what)).set_axis(table.index).where(table["drawn"])


def progress(table: pd.DataFrame) -> pd.Series:
    """Return the share that is coded of what was drawn in the stratum of each passage.

    Parameters
    ----------
    table : pandas.DataFrame
        `stratum`, `drawn`, and `coded`, missing where nobody coded.

    Returns
    -------
    pandas.Series of float64
        In (0, 1]; missing (NaN) where none of a stratum is coded.

    Examples
    --------
    >>> table = pd.DataFrame({"stratum": "all", "drawn": True, "coded": [1.0, None]})
    >>> progress(table).tolist()
    [0.5, 0.5]
    """
    by = table["stratum"]
    done = table["coded"].notna().groupby(by).transform("sum")
    return (done / table["drawn"].groupby(by).transform("sum")).replace(0.0, np.nan)


def drawn(corpus: Corpus, what: str, sheet: str | Path | None = None) -> pd.DataFrame:
    """Return all passages that could be drawn, by a sheet that holds for this corpus.

    Parameters
    ----------
    corpus, what, sheet : Corpus, str, str or path
        As for `joined`.

    Returns
    -------
    pandas.DataFrame
        As `usru.coding.units.find` gives them, with `stratum`, `probability` and `drawn`; without a
        sheet all are drawn.

    Raises
    ------
    InputError
        Where a row of the sheet is broken or not as it was drawn from this corpus.

    Examples
    --------
    >>> from usru import load
    >>> drawn(load(), "topics")["probability"].unique().tolist()
    [1.0]
    """
    if sheet is None:
        table = units.find(corpus, what)
        return table.assign(stratum="all", probability=1.0, drawn=True)
    named = isinstance(sheet, str) and not sheet.endswith(".csv")
    path = sampling.sheet_path(corpus, str(sheet)) if named else Path(sheet)
    rows = sampling.read_sheet(path, what)
    units.listed(units.find(corpus, what), what, path)
    design = sampling.design_of(path)
    if design is None:
        return _given(corpus, what, rows)
    table = sampling.draw(sampling.population(corpus, design), design)
    if len(table) != design.passages:
        why = f"it was drawn from {design.passages:,} passages, and now there are {len(table):,}"
        raise InputError(path, why, _anew(design.n))
    _compare(path, what, rows, table, design.n)
    return table


def _given(corpus: Corpus, what: str, rows: pd.DataFrame) -> pd.DataFrame:
    """All passages by a sheet of which only the rows are known: those of others have no probability."""
    known = rows.set_index(units.index(rows, what))
    table = units.find(corpus, what)
    own = known[["stratum", "probability"]].reindex(units.index(table, what)).set_axis(table.index)
    listed = own["probability"].notna()
    return table.assign(**own.fillna({"stratum": ""}), drawn=listed)


def _compare(path: Path, what: str, rows: pd.DataFrame, table: pd.DataFrame, n: int) -> None:
    """Refuse a sheet whose rows are not those that are drawn from this corpus."""
    listed = table[table["drawn"]]
    wanted = dict(
        zip(units.keyed(listed, what), zip(listed["stratum"], listed["probability"], strict=True), strict=True)
    )  # fmt: skip
    found = zip(
        rows.index, units.keyed(rows, what), rows["stratum"], rows["probability"], strict=True
    )
    for line, key, stratum, chance in found:
        place, was = f"{path}, line {line}", wanted.pop(key, None)
        if was is None:
            why = "the passage is not among those that are drawn from the corpus as it is now"
            raise InputError(f"{place}, doc_id", why, _anew(n))
        if stratum != was[0]:
            raise InputError(f"{place}, stratum", f"{stratum!r} should be {was[0]!r}", _anew(n))
        if abs(chance - was[1]) > 1e-9:
            raise InputError(f"{place}, probability", f"{chance} should be {was[1]}", _anew(n))
    if wanted:
        key = next(iter(wanted))
        why = f"{len(wanted):,} that were drawn are missing, first {key[0]} line {key[1]}"
        raise InputError(path, why, _anew(n))


def _anew(n: int) -> str:
    return f"write the sheet anew with `usru sample --n {n}`, which draws the same passages again"


def _file(corpus: Corpus, what: str, coder: str) -> Path:
    return corpus.manifest.folder / "coding" / coder / f"{KINDS[what].file}.csv"


def coded(corpus: Corpus, what: str, coder: str, code: str | None = None) -> pd.Series:
    """Return the numbers that a coder gave passages.

    Parameters
    ----------
    corpus, what, coder, code : Corpus, str, str, str
        As for `joined`.

    Returns
    -------
    pandas.Series of float64
        By key; of a topic, voice or speaker 1 or 0.

    Raises
    ------
    InputError
        Where there is no such coding or code, a value is none of the codebook's, or a locked coding
        was changed.

    Examples
    --------
    >>> from usru import load
    >>> coded(load(), "valence", "reference").between(-2, 2).all().item()
    True
    """
    return numbers(corpus, what, values(corpus, what, coder), code)


def values(corpus: Corpus, what: str, coder: str) -> pd.Series:
    """Return what a coder gave passages, as `usru.coding.comparison.values`.

    Parameters
    ----------
    corpus, what, coder : Corpus, str, str
        As for `joined`.

    Raises
    ------
    InputError
        Where there is no such coding, a value is none of the codebook's, or a locked coding was
        changed.

    Examples
    --------
    >>> from usru import load
    >>> sorted(values(load(), "voice", "reference").unique())
    ['outlet', 'quotation', 'report']
    """
    path = _file(corpus, what, coder)
    if not path.is_file():
        raise InputError(path, "there is no such coding", "name a coder who has a folder there")
    if path.with_name(f"{path.name}.sha256").is_file():
        check(path)
    return comparison.stored(corpus, path, what)


def numbers(corpus: Corpus, what: str, given: pd.Series, code: str | None = None) -> pd.Series:
    """Return values as numbers that have a mean.

    Parameters
    ----------
    corpus, what : Corpus, str
        As for `joined`.
    given : pandas.Series
        As `values` gives them; what is missing stays so.
    code : str, optional
        As for `joined`.

    Returns
    -------
    pandas.Series of float64
        Valence as it is; of a topic, voice or speaker 1 where it was given, 0 elsewhere.

    Examples
    --------
    >>> from usru import load
    >>> numbers(load(), "voice", pd.Series(["report", "outlet", None]), "report").tolist()
    [1.0, 0.0, nan]
    """
    if what == "valence":
        return given.astype("float64")
    code = _known_code(corpus, what, code)
    if what == "topics":
        has = given.map(lambda found: code in found, na_action="ignore")
    else:
        has = (given == code).astype("object").where(given.notna())
    return has.astype("float64")


def _known_code(corpus: Corpus, what: str, code: str | None) -> str:
    """The code, if it is one; of speakers any name may be."""
    known = [*corpus.codebook.topics] if what == "topics" else [*codes.find(corpus, what)]
    if code is None or (code not in known and what != "speakers"):
        noun = {"topics": "topic", "speakers": "speaker"}.get(what, what)
        raise InputError(f"{noun} {code!r}", f"there is no such {noun}", f"use {', '.join(known)}")
    return code


def predicted(
    corpus: Corpus, what: str, table: pd.DataFrame, code: str | None = None,
    instrument: str | None = None,
) -> pd.Series:  # fmt: skip
    """Return what an instrument says of each passage, in the units of the coding.

    Parameters
    ----------
    corpus, what : Corpus, str
        As for `joined`.
    table : pandas.DataFrame
        Passages, as `usru.coding.units.find` gives them.
    code, instrument : str, optional
        As for `joined`.

    Returns
    -------
    pandas.Series of float64
        Of a topic 1 where the dictionary finds it and 0 elsewhere, of a voice or speaker likewise by
        the rules for quotations; of valence the polarity, times the largest value of the codebook.
        Missing where no instrument is made for the language.

    Examples
    --------
    >>> from usru import load
    >>> int(predicted(load(), "topics", load().paragraphs, "afghanistan").sum())
    1
    """
    try:
        if what != "valence":
            code = _known_code(corpus, what, code)
            return instruments.gives(instruments.said(corpus, what, table), what, code)
        if instrument is None and not corpus.instruments:
            return pd.Series(np.nan, index=table.index)
        return instruments.valence(corpus, table, instrument or corpus.instruments[0])
    except DoesNotApply:
        if instrument is not None:
            raise
        return pd.Series(np.nan, index=table.index)
