"""What the figures of a study rest on: a coded sample, a coding of all passages, or an instrument alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from usru.analysis import estimate
from usru.coding import codes, instruments, joining, sampling, units
from usru.coding.decisions import files
from usru.coding.units import KINDS
from usru.corpus import Corpus
from usru.errors import DoesNotApply, InputError
from usru.wording import count, listed, number, span

__all__ = ["ESTIMATES", "LEAST", "Basis", "about", "find"]

LEAST = 10
"""Coded passages of a sample from which on figures take estimates; of fewer no slope can be tuned."""

ESTIMATES = ["n", "n_coded", "naive", "value", "low", "high", "low_coders", "high_coders"]
"""The columns that `Basis.means` gives beside the code and the group."""

REFERENCE = "reference"


class _Instrument(NamedTuple):
    """What an instrument is called, what it does, and how its agreement with a coding is."""

    name: str
    does: str
    agrees: str


INSTRUMENTS: Mapping[str, _Instrument] = {
    "topics": _Instrument("the dictionary", "counted by the dictionary", "recall"),
    "valence": _Instrument("lists of words", "scored by lists of words", "correlation"),
    "voice": _Instrument("rules for quotations", "counted by rules", "agreement"),
    "speakers": _Instrument("rules for quotations", "counted by rules", "agreement"),
}


@dataclass(frozen=True)
class Basis:
    """What shares and means of a corpus rest on, as `find` finds it.

    `passages` has a row for each passage of the corpus: `stratum`, `probability` (missing where it is
    not known), `coded` and `second` (what the coders gave, missing where nobody coded).
    """

    corpus: Corpus
    what: str
    passages: pd.DataFrame
    coder: str = ""
    second: str = ""
    faults: tuple[str, ...] = ()

    @property
    def n_coded(self) -> int:
        """How many passages were coded."""
        return int(self.passages["coded"].notna().sum())

    @property
    def is_estimate(self) -> bool:
        """Whether shares and means are estimated from a coding; else the instrument counts."""
        return self.n_coded > 0 and bool(self.passages["probability"].notna().any())

    @property
    def noun(self) -> str:
        """What one passage is called."""
        if self.what == "voice" and len(self.corpus.coded_clauses):
            return "clause"
        return sampling.UNITS[self.what].removesuffix("s")

    @property
    def told(self) -> str:
        """Which of the two it is, in the words of a subtitle."""
        n = len(self.passages)
        if not self.is_estimate:
            return self.counted
        if self.n_coded == n:
            return f"all coded by reading ({count(n, self.noun)})"
        return f"estimated from {self.n_coded:,} coded of {count(n, self.noun)}"

    @property
    def counted(self) -> str:
        """That the instrument counts, and how it agrees with what was coded."""
        return f"{INSTRUMENTS[self.what].does}{self._checked}"

    @property
    def about(self) -> str:
        """What a claim on a count is about; empty where it rests on a coding."""
        return "" if self.is_estimate else f"about {INSTRUMENTS[self.what].name}{self._checked}"

    @property
    def _checked(self) -> str:
        if not self.n_coded:
            return ", not checked by reading"
        found = self.agreement
        value = span(number(min(found)), number(max(found))) if found else "not known"
        return f"; {INSTRUMENTS[self.what].agrees} on coded {self.noun}s {value}"

    @property
    def agreement(self) -> tuple[float, ...]:
        """How the instrument agrees with what was coded; empty where that cannot be told.

        Of topics its recall over all of them, of voices and speakers how often both say the same, of
        valence the correlation of each list of words. A sample counts by its probabilities.
        """
        read = self.passages[self.passages["coded"].notna()]
        weight = 1 / read["probability"].fillna(1.0)
        try:
            said = self.said.loc[read.index]
        except DoesNotApply:
            return ()
        if self.what == "valence":
            given = read["coded"].astype("float64")
            pairs = [(said[name], given) for name in said]
            return tuple(_correlation(*pair, weight) for pair in pairs if _vary(*pair))
        if self.what != "topics":
            return (float(np.average(said["value"] == read["coded"], weights=weight)),)
        given = pd.DataFrame({name: self._numbers(read["coded"], name) for name in said})
        whole = given.mul(weight, axis=0).sum().sum()
        both = (given * said).mul(weight, axis=0).sum().sum()
        return (float(both / whole),) if whole else ()

    @property
    def note(self) -> str:
        """Who coded and how far coders agree, or why nothing is estimated; without a coding nothing."""
        return " ".join([*self._who(), *self.faults])

    def _who(self) -> list[str]:
        if not self.n_coded:
            return []
        if not self.is_estimate:
            return [f"{count(self.n_coded, self.noun + ' is', self.noun + 's are')} coded, which is too few"
                    f" or not a sample by chance: nothing is estimated."]  # fmt: skip
        names = [one for one in (self.coder, self.second) if one]
        told = [f"The codes are those of {listed(map(_coder, names))}."]
        if self.second:
            level = KINDS[self.what].level
            told.append(estimate.reliability(self.passages, "coded", "second", level, self.noun))
        return told

    @property
    def said(self) -> pd.DataFrame:
        """What the instrument says of each passage: a column a topic or list of words, or `value`.

        Where it is made for another language, that is a `DoesNotApply`.
        """
        return self.corpus.kept(
            "said", lambda: instruments.said(self.corpus, self.what, self.passages), self.what
        )

    def _numbers(self, given: pd.Series, code: str | None) -> pd.Series:
        return joining.numbers(self.corpus, self.what, given, code)

    def frame(self, code: str | None = None) -> pd.DataFrame:
        """Return the passages with what `usru.analysis.estimate.mean` asks for.

        Parameters
        ----------
        code : str, optional
            A topic, voice or speaker, 1 for a passage that has it; of valence a list of words, the
            first by default.

        Returns
        -------
        pandas.DataFrame
            `passages` with `predicted`, missing where no instrument is made for the language, and
            `coded` and `second` as numbers.
        """
        numbers = {name: self._numbers(self.passages[name], code) for name in ("coded", "second")}
        return self.passages.assign(predicted=self._predicted(code), **numbers)

    def _predicted(self, code: str | None) -> pd.Series:
        try:
            said = self.said
        except DoesNotApply:
            if not self.is_estimate:
                raise
            said = pd.DataFrame(index=self.passages.index)
        if said.columns.empty:
            return pd.Series(np.nan, index=said.index)
        return instruments.gives(said, self.what, code or said.columns[0])

    def means(self, found: Sequence[str | None], by: pd.Series | None = None) -> pd.DataFrame:
        """Return the share or the mean of each code, estimated or as the instrument has it.

        Parameters
        ----------
        found : sequence of str
            As for `frame`, one after the other.
        by : pandas.Series, optional
            The group of each passage, under its index; what has none is left out.

        Returns
        -------
        pandas.DataFrame
            A row a code and group, sorted by group in each code: `code`, `group`, and `n`,
            `n_coded`, `naive` (of the instrument), `value` (the estimate, or `naive` where nothing is
            estimated), its 95% interval `low`, `high`, and `low_coders`, `high_coders`, the
            wider one of two coders. Intervals are missing where nothing is estimated, and where too
            little is coded to tell one, with the value; those of valence end where its codes do.
        """
        group = pd.Series("", index=self.passages.index) if by is None else by
        parts = [self._mean(code, group).assign(code=code) for code in found]
        columns = ["code", "group", *ESTIMATES]
        table = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns)
        return table.reindex(columns=columns)

    def _mean(self, code: str | None, group: pd.Series) -> pd.DataFrame:
        frame = self.frame(code).assign(group=group).dropna(subset="group")
        if not self.is_estimate or frame["coded"].isna().all():
            return _counted(frame, is_estimate=self.is_estimate)
        has_instrument = bool(frame["predicted"].notna().all())
        table = estimate.mean(
            frame, "predicted" if has_instrument else None, "coded", "probability", by="group",
            strata="stratum", share=self.what != "valence", second="second" if self.second else None,
        )  # fmt: skip
        return self._within(_known_only(table.rename(columns={"estimate": "value"})))

    def _within(self, table: pd.DataFrame) -> pd.DataFrame:
        """Means of valence, and the ends of their intervals, where its codes can be."""
        if self.what != "valence":
            return table
        known = [float(value) for value in codes.find(self.corpus, self.what)]
        ends = table.columns.intersection(ESTIMATES[3:])
        return table.assign(**table[ends].clip(min(known), max(known)))


def _known_only(table: pd.DataFrame) -> pd.DataFrame:
    """Estimates with an interval: a number without one would look as if it were sure.

    Where all of a group was coded, its mean is known, also of one passage.
    """
    whole = table["n_coded"] == table["n"]
    ends = {name: table[name].where(~whole, table["coded_only"]) for name in ("low", "high")}
    table = table.assign(value=table["value"].where(~whole, table["coded_only"]), **ends)
    return table.assign(value=table["value"].where(table["low"].notna()))


def _counted(frame: pd.DataFrame, *, is_estimate: bool) -> pd.DataFrame:
    """What the instrument counts by group, which is no value where it should be estimated."""
    table = frame.groupby("group", sort=True)["predicted"].agg(["size", "mean"]).reset_index()
    table.columns = pd.Index(["group", "n", "naive"])
    return table.assign(n_coded=0, value=np.nan if is_estimate else table["naive"])


def _vary(one: pd.Series, other: pd.Series) -> bool:
    return bool(one.nunique() > 1 and other.nunique() > 1)


def _correlation(one: pd.Series, other: pd.Series, weight: pd.Series) -> float:
    """Pearson's, weighted."""
    covariance = np.cov(one, other, aweights=weight)
    return float(covariance[0, 1] / np.sqrt(covariance[0, 0] * covariance[1, 1]))


def _coder(name: str) -> str:
    return "the reference coding" if name == REFERENCE else name


# Finding -----------------------------------------------------------------------------------------


def find(corpus: Corpus, what: str) -> Basis:
    """Find what figures of a study rest on.

    Parameters
    ----------
    corpus, what : Corpus, str
        Any corpus, and one of `usru.coding.units.KINDS`.

    Returns
    -------
    Basis
        By a coding of all passages; without one by the sheet of ``coding/sheets`` of which most is
        coded, if at least `LEAST` passages are, or all of it; sheets that were drawn from a part of
        the corpus do not speak for it. Else the instrument counts, beside what was coded. The
        coder is the reference where it codes something of the sheet, else who coded most of it; the
        second coder is who coded most of the rest. The reference, which is made from others'
        codings, has none. What is broken is left out, with a sentence in `faults`.

    Raises
    ------
    DoesNotApply
        Where there are no such passages in the language of the corpus.

    Examples
    --------
    >>> from usru import load
    >>> find(load(), "topics").told
    'all coded by reading (78 paragraphs)'
    """
    table = corpus.kept("basis", lambda: _find(corpus, what), what)
    return Basis(corpus, what, table, **table.attrs)


def about(corpus: Corpus, what: str) -> str:
    """Return what a claim on shares or means is about, where it does not rest on a coding.

    Parameters
    ----------
    corpus, what : Corpus, str
        As for `find`.

    Returns
    -------
    str
        As `Basis.about`, for `usru.study.claims.claim`; empty where it rests on a coding.

    Examples
    --------
    >>> from usru import load
    >>> about(load(), "topics")
    ''
    """
    try:
        return find(corpus, what).about
    except DoesNotApply:
        return f"about {INSTRUMENTS[what].name}, not checked by reading"


def _find(corpus: Corpus, what: str) -> pd.DataFrame:
    codings, faults = _codings(corpus, what)
    everything = _beside(joining.drawn(corpus, what), what, codings)
    if everything["coded"].notna().all():
        return _told(everything, faults)
    for path in _sheets(corpus, what, codings, faults):
        try:
            table = joining.drawn(corpus, what, path)
        except InputError as error:
            faults.append(_sentence(corpus, error))
            continue
        found = _beside(table, what, codings)
        n, of = found["coded"].notna().sum(), table["drawn"].sum()
        if n >= min(LEAST, of):
            return _told(
                found.assign(probability=found["probability"] * joining.progress(found)), faults
            )
    return _told(everything.assign(probability=np.nan), faults)


def _told(table: pd.DataFrame, faults: list[str]) -> pd.DataFrame:
    table.attrs["faults"] = tuple(faults)
    return table.drop(columns="drawn")


def _codings(corpus: Corpus, what: str) -> tuple[dict[str, pd.Series], list[str]]:
    """What each coder gave, and a sentence on each coding that is broken."""
    found, faults = {}, []
    for path in files(corpus, KINDS[what].file):
        coder = path.parent.name
        try:
            found[coder] = joining.values(corpus, what, coder)
        except InputError as error:
            faults.append(_sentence(corpus, error))
    return {coder: given for coder, given in found.items() if _is_filled(given, what)}, faults


def _is_filled(given: pd.Series, what: str) -> bool:
    """Whether somebody has coded: a sheet of topics whose cells are all empty was not filled in."""
    return bool(len(given)) and (what != "topics" or bool(given.map(len).any()))


def _sheets(
    corpus: Corpus, what: str, codings: Mapping[str, pd.Series], faults: list[str]
) -> list[Path]:
    """The sheets of the whole corpus of which something is coded, the most first."""
    sizes: dict[Path, int] = {}
    for path in sampling.described(corpus):
        try:
            design = sampling.design_of(path)
            if (
                design is None
                or design.where
                or sampling.UNITS[design.what] != sampling.UNITS[what]
            ):
                continue
            keys = units.index(sampling.read_sheet(path, what), what)
        except InputError as error:
            faults.append(_sentence(corpus, error))
            continue
        sizes[path] = max((int(keys.isin(one.index).sum()) for one in codings.values()), default=0)
    return sorted((path for path in sizes if sizes[path]), key=lambda path: -sizes[path])


def _beside(table: pd.DataFrame, what: str, codings: Mapping[str, pd.Series]) -> pd.DataFrame:
    """The passages with what the coder and, if there is one, a second coder gave."""
    placed = {name: joining.placed(table, what, given) for name, given in codings.items()}
    placed = {name: given for name, given in placed.items() if given.notna().any()}
    coder = _first({name: int(given.notna().sum()) for name, given in placed.items()})
    empty: Any = pd.Series(np.nan, index=table.index, dtype="object")
    coded = placed.get(coder, empty)
    both = {name: int((given.notna() & coded.notna()).sum()) for name, given in placed.items()}
    others = (
        {} if coder == REFERENCE else {name: n for name, n in both.items() if n and name != coder}
    )
    second = _first(others)
    found = table.assign(coded=coded, second=placed.get(second, empty).where(coded.notna()))
    found.attrs = {"coder": coder, "second": second}
    return found


def _first(sizes: Mapping[str, int]) -> str:
    """The reference, or who coded most; the first by name at a tie."""
    if REFERENCE in sizes:
        return REFERENCE
    return min(sizes, key=lambda name: (-sizes[name], name), default="")


def _sentence(corpus: Corpus, error: InputError) -> str:
    """What is wrong, with the name of the file as it is in the study."""
    told = (
        str(error)
        .replace(f"{corpus.manifest.folder}/", "")
        .replace(f"{corpus.manifest.folder}\\", "")
    )
    return told if told.endswith(".") else f"{told}."
