"""A measured corpus: its frames as frames of Dask, and the analyses of a study on them.

No document is in two parts. So what an analysis needs of each document is found part by part, and only
that comes together: a few numbers a document, from which the study's own functions go on.
"""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from usru import codebook, schema
from usru.analysis import estimate, tone, topics, uncertainty, voices
from usru.codebook import Codebook
from usru.corpus import NOT_KNOWN, PERIODS
from usru.errors import InputError
from usru.files import read_text
from usru.scale.measuring import DONE, SETTINGS

__all__ = ["Measured", "open"]

COUNTS = ["documents", "quotations", "words"]


def open(folder: str | Path) -> "Measured":
    """Open a measured corpus.

    Parameters
    ----------
    folder : str or path
        What `usru measure` wrote; parts that it has not finished are left out.

    Returns
    -------
    Measured
        Nothing is read before it is asked for.

    Raises
    ------
    InputError
        When nothing was measured there.

    Examples
    --------
    >>> import tempfile
    >>> from usru.scale import measure
    >>> folder = tempfile.mkdtemp()
    >>> table = pd.DataFrame({"outlet": ["Tide"], "text": ["US sanctions on Russia stay."]})
    >>> measure(table, folder, workers=1)
    1
    >>> open(folder).topics.compute()[["doc_id", "topic"]].values.tolist()
    [['article-0000000', 'sanctions']]
    """
    folder = Path(folder)
    if not (folder / SETTINGS).is_file():
        mend = "name a folder that usru measure has written"
        raise InputError(folder, f"nothing was measured there (no {SETTINGS})", mend)
    names = sorted(path.name for path in (folder / DONE).glob("part-*.parquet"))
    if not names:
        raise InputError(folder, "no part is measured yet", "run usru measure again")
    settings = json.loads(read_text(folder / SETTINGS))
    return Measured(folder, codebook.read(folder), names, settings["instruments"])


class Measured:
    """The frames of a measured corpus, lazily, and the analyses of a study.

    Parameters
    ----------
    folder : path
        Where it is stored.
    codes : usru.codebook.Codebook
        By which it was measured; the attribute `codebook`.
    parts, instruments : sequence of str
        The files that each frame consists of, and the instruments of tone, each a column of `tone`.

    Notes
    -----
    `documents`, `paragraphs`, `sentences`, `quotations`, `dates`, `topics`, `tone` and `problems`
    are frames of Dask with the columns of `usru.schema.MEASURED`. The analyses return small frames of
    pandas, the same as those of a `usru.Corpus` of the same documents. They run on the cluster of
    the current ``distributed.Client``, or else on threads of this process.
    """

    def __init__(
        self, folder: Path, codes: Codebook, parts: Sequence[str], instruments: Sequence[str]
    ) -> None:
        self.folder, self.codebook = folder, codes
        self.parts, self.instruments = list(parts), list(instruments)

    documents = property(lambda self: self.frame("documents"), doc="The articles, one a row.")
    paragraphs = property(lambda self: self.frame("paragraphs"), doc="Their paragraphs.")
    sentences = property(lambda self: self.frame("sentences"), doc="Their sentences.")
    quotations = property(lambda self: self.frame("quotations"), doc="Quotations, with speakers.")
    dates = property(lambda self: self.frame("dates"), doc="Temporal expressions, resolved.")
    topics = property(lambda self: self.frame("topics"), doc="The topics of the paragraphs.")
    tone = property(lambda self: self.frame("tone"), doc="The polarities of the sentences.")
    problems = property(lambda self: self.frame("problems"), doc="What was not taken, and why.")

    def frame(self, name: str) -> Any:
        """Return a frame of Dask, one partition a part.

        Parameters
        ----------
        name : str
            A key of `usru.schema.MEASURED`.
        """
        import dask
        import dask.dataframe as dd

        # Texts stay the strings that pandas has, so that results are those of a study.
        with dask.config.set({"dataframe.convert-string": False}):
            return dd.from_map(self._read, self.parts, name=name, meta=self._read(self.parts[0], name).iloc[:0])  # fmt: skip

    def _read(self, part: str, name: str, columns: Sequence[str] | None = None) -> pd.DataFrame:
        """A frame of a part, with the dtypes of its contract."""
        table = pd.read_parquet(self.folder / name / part, columns=columns and list(columns))
        contract = schema.MEASURED[name].items()
        table = table.astype({key: one.dtype for key, one in contract if key in table})
        if name == "topics" and "topic" in table:
            listed = list(self.codebook.topics)
            return table.assign(topic=pd.Categorical(table["topic"], listed, ordered=True))
        return table

    def _each(self, function: Callable[..., Any], *given: Any) -> tuple[Any, ...]:
        """What a function of a part gives for each."""
        from dask.base import compute
        from dask.delayed import delayed

        each = delayed(function, pure=False)
        found: tuple[Any, ...] = compute(*(each(self, part, *given) for part in self.parts))
        return found

    def _groups(self, part: str, by: Sequence[str]) -> pd.DataFrame:
        """The groups of each document of a part, as `Corpus.grouped` has them, by `doc_id`."""
        documents = self._read(part, "documents")
        for name in (name for name in by if name not in documents and name not in PERIODS):
            known = f"use one of {', '.join([*documents, *PERIODS])}"
            raise InputError(f"group by {name}", "no document has such a column", known)
        columns = {
            name: documents[name] if name in documents
            else documents["published"].dt.strftime(PERIODS[name])
            for name in by
        }  # fmt: skip
        table = (
            pd.DataFrame(columns, documents.index).astype("str").fillna("").replace("", NOT_KNOWN)
        )
        return table.set_index(documents["doc_id"].rename(None))

    def _grouped(self, table: pd.DataFrame, part: str, by: Sequence[str]) -> pd.DataFrame:
        groups = self._groups(part, [name for name in by if name != "doc_id"])
        own = groups.loc[table["doc_id"]].reset_index(drop=True)
        return table.drop(columns=own.columns, errors="ignore").join(own)

    def coverage(self, by: str = "outlet") -> pd.DataFrame:
        """Return how much room each topic is given, with intervals.

        Parameters
        ----------
        by : str
            A column of the documents, or ``"day"``, ``"month"``, ``"year"`` of publication.

        Returns
        -------
        pandas.DataFrame
            As `usru.analysis.topics.coverage`; a group of fewer than a dozen documents is read whole.
        """
        sums = pd.concat(self._each(_topic_sums, by), ignore_index=True)
        names = list(self.codebook.topics)
        sizes = sums.groupby(by, sort=False).size()
        few = sizes.index[sizes < uncertainty.CLUSTERS]
        chosen = set(sums.loc[sums[by].isin(few), "doc_id"])
        small = _coverage_of_few(self, chosen, by) if chosen else None
        tables = []
        for group in sizes.index:
            if group in few:
                tables.append(small[small[by] == group])  # type: ignore[index]
                continue
            own = sums[sums[by] == group]
            bottoms = np.repeat(own[["words"]].to_numpy(), len(names), axis=1)
            found = uncertainty.means_of_sums(own[names].to_numpy(), bottoms, names)
            table = found.rename(columns={"mean": "share"}).rename_axis("topic").reset_index()
            table.insert(0, by, group)
            tables.append(table)
        dtype = pd.CategoricalDtype(names, ordered=True)
        return pd.concat(tables, ignore_index=True).astype({by: "str", "topic": dtype})

    def speakers(self, by: str | Sequence[str] = ()) -> pd.DataFrame:
        """Return who is quoted, and how much.

        Parameters
        ----------
        by : str or sequence of str
            Whether within groups, as for `coverage`.

        Returns
        -------
        pandas.DataFrame
            As `usru.analysis.voices.speakers`.
        """
        keys = [by] if isinstance(by, str) else list(by)
        found = pd.concat(self._each(_speakers, keys), ignore_index=True)
        counts = found.groupby(["speaker", "side", *keys], sort=False)[COUNTS].sum().reset_index()
        return voices.ranked(counts)

    def polarity(self, by: str | Sequence[str], instrument: str) -> pd.DataFrame:
        """Return the mean score of sentences by groups, weighted by their words, with intervals.

        Parameters
        ----------
        by : str or sequence of str
            As for `coverage`.
        instrument : str
            One of `instruments`.

        Returns
        -------
        pandas.DataFrame
            As `usru.analysis.tone.aggregate` of the score of that instrument.
        """
        if instrument not in self.instruments:
            known = f"use one of {', '.join(self.instruments)}"
            raise InputError(f"instrument {instrument!r}", "it was not measured", known)
        keys = [by] if isinstance(by, str) else list(by)
        counts, sums = map(
            pd.concat, zip(*self._each(_polarity_sums, keys, instrument), strict=True)
        )
        total = counts.groupby(keys, sort=False)[["sentences", "words", "unscored"]].sum()
        documents = sums.groupby(keys, sort=False).indices
        few = [key for key in total.index if len(documents.get(key, ())) < uncertainty.CLUSTERS]
        chosen = counts.set_index(keys).loc[few, "doc_id"] if few else ()
        small = _polarity_of_few(self, set(chosen), keys, instrument) if few else None
        rows = []
        for key, numbers in zip(total.index, total.to_numpy().tolist(), strict=True):
            if key in few:
                rows.append(small.loc[key].tolist())  # type: ignore[union-attr]
                continue
            own = sums.iloc[documents[key]]
            found = uncertainty.means_of_sums(
                own[["top"]].to_numpy(), own[["bottom"]].to_numpy(), [0]
            )
            rows.append([*numbers, *found.iloc[0]])
        columns = ["sentences", "words", "unscored", instrument, "low", "high"]
        table = pd.DataFrame(rows, total.index, columns)
        return table.astype(dict.fromkeys(columns[:3], "int64")).reset_index()

    def units(self, topic: str, by: str | Sequence[str] = ()) -> pd.DataFrame:
        """Return all paragraphs, less their texts, with what the dictionary says of each.

        Parameters
        ----------
        topic : str
            A topic of the codebook.
        by : str or sequence of str
            Columns of the documents, as for `coverage`.

        Returns
        -------
        pandas.DataFrame
            `doc_id`, `block`, `line`, the columns of `by` (categorical) and `predicted` (float64, 1
            on the topic, else 0): some fifty bytes a paragraph in this process. From these a sample to be
            coded is drawn (`usru.coding.sampling.draw`), and from the codes a share is estimated.
        """
        if topic not in self.codebook.topics:
            known = f"use one of {', '.join(self.codebook.topics)}"
            raise InputError(f"topic {topic!r}", "the codebook has none", known)
        keys = [by] if isinstance(by, str) else list(by)
        return pd.concat(self._each(_units, topic, keys), ignore_index=True).astype(
            dict.fromkeys(keys, "category")
        )

    def estimates(
        self, codes: pd.DataFrame, topic: str, by: str | Sequence[str] = ()
    ) -> pd.DataFrame:
        """Estimate the share of paragraphs on a topic from those that were coded.

        Parameters
        ----------
        codes : pandas.DataFrame
            The coded paragraphs: `doc_id`, `block`, `coded` (1 on the topic, else 0) and the
            `probability` with which each was drawn.
        topic, by : str, str or sequence of str
            As for `units`.

        Returns
        -------
        pandas.DataFrame
            As `usru.analysis.estimate.mean`.
        """
        keys = [by] if isinstance(by, str) else list(by)
        table = self.units(topic, keys)
        known = codes[["doc_id", "block", "coded", "probability"]]
        table = table.merge(known, how="left", on=["doc_id", "block"], validate="one_to_one")
        return estimate.mean(
            table, "predicted", "coded", "probability", by=keys or None, share=True
        )

    def reused(self, least: int = 12, across: str | None = "outlet") -> Any:
        """Find the passages that articles share, lazily.

        Parameters
        ----------
        least : int
            Words that a passage must share.
        across : str or None
            A column of the documents in which the two differ; None for any two articles.

        Returns
        -------
        dask.dataframe.DataFrame
            As `usru.scale.reuse.find`.
        """
        import dask
        import dask.dataframe as dd

        from usru.scale import reuse

        with dask.config.set({"dataframe.convert-string": False}):
            meta = self._printed(self.parts[0], across).iloc[:0]
            printed = dd.from_map(self._printed, self.parts, across=across, meta=meta)
            return reuse.find(printed, least, across)

    def _printed(self, part: str, across: str | None) -> pd.DataFrame:
        """The paragraphs of a part, with what is printed there where it is read in another way."""
        names = ["doc_id", "block", "start", "end", "text"]
        table = self._read(part, "paragraphs", names)
        days = self._read(part, "documents", ["doc_id", "published"]).set_index("doc_id")
        table = table.join(days, on="doc_id")
        texts = pd.read_parquet(self.folder / "articles" / part, columns=["doc_id", "text"])
        pages = dict(zip(texts["doc_id"], texts["text"], strict=True))
        spans = zip(table["doc_id"], table["start"], table["end"], strict=True)
        raw = pd.Series([pages[doc_id][start:end] for doc_id, start, end in spans], dtype="str")
        return self._grouped(table.assign(raw=raw), part, [across] if across else [])

    def __repr__(self) -> str:
        return f"Measured({str(self.folder)!r}: {len(self.parts)} parts)"


# Of a part ---------------------------------------------------------------------------------------


def _topic_sums(corpus: Measured, part: str, by: str) -> pd.DataFrame:
    """For each document its words, and those on each topic."""
    paragraphs, coded = _covered(corpus, part, by)
    on = topics.wide(coded, paragraphs)
    tops, bottoms = uncertainty.cluster_sums(on, paragraphs["words"], paragraphs["doc_id"])
    table = paragraphs[list(dict.fromkeys(["doc_id", by]))].drop_duplicates("doc_id")
    sums = pd.DataFrame(tops, table.index, list(on.columns))
    return table.assign(words=bottoms[:, 0]).join(sums)


def _covered(corpus: Measured, part: str, by: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    paragraphs = corpus._read(part, "paragraphs", ["doc_id", "block", "words"])
    coded = corpus._read(part, "topics", ["doc_id", "block", "topic"])
    return corpus._grouped(paragraphs, part, [by]), coded


def _coverage_of_few(corpus: Measured, doc_ids: set[str], by: str) -> pd.DataFrame:
    """The coverage of groups of few documents, by their paragraphs."""
    each = corpus._each(lambda corpus, part: [
        table[table["doc_id"].isin(doc_ids)] for table in _covered(corpus, part, by)
    ])  # fmt: skip
    paragraphs, coded = (pd.concat(some, ignore_index=True) for some in zip(*each, strict=True))
    return topics.coverage(paragraphs, coded, by)


def _speakers(corpus: Measured, part: str, by: list[str]) -> pd.DataFrame:
    said = corpus._read(part, "quotations", ["doc_id", "speaker", "words"])
    return voices.speakers(corpus._grouped(said, part, by), corpus.codebook.speakers, by)


def _scored(corpus: Measured, part: str, by: list[str], instrument: str) -> pd.DataFrame:
    scores = corpus._read(part, "tone", ["doc_id", "block", "words", instrument])
    return corpus._grouped(scores, part, by)


def _polarity_sums(
    corpus: Measured, part: str, by: list[str], instrument: str
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """For each group and document how many sentences there are, and the sums of their scores."""
    table = _scored(corpus, part, by, instrument)
    known = table.dropna(subset=instrument)
    keys = list(dict.fromkeys([*by, "doc_id"]))
    counts = table.groupby(keys, sort=False).agg(unscored=("words", "size"))
    told = known.groupby(keys, sort=False).agg(sentences=("words", "size"), words=("words", "sum"))
    counts = counts.join(told).fillna(0).astype("int64")
    counts["unscored"] -= counts["sentences"]
    units = uncertainty.weighted_means(known, [*keys, "block"], instrument)
    units = units[units["words"] > 0]
    tops, bottoms = uncertainty.cluster_sums(units[[instrument]], units["words"], units["doc_id"])
    documents = units[keys].drop_duplicates()
    return counts.reset_index(), documents.assign(top=tops[:, 0], bottom=bottoms[:, 0])


def _polarity_of_few(
    corpus: Measured, doc_ids: set[str], by: list[str], instrument: str
) -> pd.DataFrame:
    """The scores of groups of few documents, by their sentences."""

    def few(corpus: Measured, part: str) -> pd.DataFrame:
        table = _scored(corpus, part, by, instrument)
        return table[table["doc_id"].isin(doc_ids)]

    table = pd.concat(corpus._each(few), ignore_index=True)
    return tone.aggregate(table, by, value=instrument).set_index(by)


def _units(corpus: Measured, part: str, topic: str, by: list[str]) -> pd.DataFrame:
    paragraphs = corpus._read(part, "paragraphs", ["doc_id", "block", "line"])
    coded = corpus._read(part, "topics", ["doc_id", "block", "topic"])
    on = topics.wide(coded, paragraphs)[topic].to_numpy(dtype="float64")
    return corpus._grouped(paragraphs, part, by).assign(predicted=on)
