"""What a person wants to know of a study, in one screen."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
from nbformat import NotebookNode

from usru import codings
from usru.coding import sampling
from usru.coding.decisions import coded, files
from usru.coding.units import KINDS, key_columns, keyed
from usru.codings import ROWS
from usru.corpus import FEW, Corpus
from usru.errors import InputError
from usru.study.claims import stored
from usru.study.study import Study, figures_in
from usru.text import language
from usru.wording import count, day

__all__ = [
    "DRAFT",
    "damaged",
    "describe",
    "other_languages",
    "samples",
    "size",
    "unedited",
    "unknown",
]

DRAFT = "# DRAFT"
"""How the first line of a file begins that a person has still to edit."""

SAMPLE = 500  # documents whose language is looked at, evenly spread over the corpus


def describe(study: Study) -> str:
    """Say in one screen what is in a study, what is not known, and what waits for its author.

    Parameters
    ----------
    study : Study
        Any study.

    Examples
    --------
    >>> from usru.study.reproduce import checkout
    >>> print(describe(Study(checkout())).splitlines()[1])
    5 documents of 4 outlets, 16 February to 7 August 2017
    """
    corpus = study.corpus
    return "\n".join([corpus.manifest.title, *_contents(corpus), *_state(study)])


def size(corpus: Corpus) -> str:
    """Say how much there is of a corpus, from where and when.

    Parameters
    ----------
    corpus : Corpus
        Any corpus.

    Examples
    --------
    >>> from usru import load
    >>> size(load()).partition(",")[0]
    '5 documents of 4 outlets'
    """
    return "; ".join(_size(corpus)) + "."


def _size(corpus: Corpus) -> tuple[str, str]:
    listed = corpus.manifest.documents
    outlets = {one.outlet for one in listed} - {""}
    days = [one.published for one in listed if one.published]
    told = count(len(listed), "document")
    told += f" of {count(len(outlets), 'outlet')}" if outlets else ""
    told += f", {_span(min(days), max(days))}" if days else ""
    paragraphs = corpus.paragraphs
    words = count(int(paragraphs["words"].sum()), "word")
    return told, f"{words} in {count(len(paragraphs), 'paragraph')}"


def _contents(corpus: Corpus) -> Iterator[str]:
    listed = corpus.manifest.documents
    yield from _size(corpus)
    if len(listed) <= FEW:
        table = corpus.summary()[
            ["doc_id", "outlet", "published", "paragraphs", "words", "comments"]
        ]
        yield table.to_string(index=False, na_rep="", max_colwidth=48)
        return
    documents = pd.DataFrame({"doc_id": [one.doc_id for one in listed]})
    sizes = corpus.grouped(documents, corpus.group)[corpus.group].value_counts()
    named = [f"{name} {n:,}" for name, n in sizes.head(FEW).items()]
    rest = len(sizes) - FEW
    named += [f"{rest} more {sizes.iloc[FEW:].sum():,}"] if rest > 0 else []
    yield f"by {corpus.group}: {', '.join(named)}"


def _state(study: Study) -> Iterator[str]:
    corpus = study.corpus
    yield from unknown(corpus)
    yield from other_languages(corpus)
    yield from damaged(corpus)
    counts = [f"{name} {n:,}" for name, n in _coded(corpus).items() if n]
    yield f"coded by reading: {', '.join(counts)}" if counts else "coded by reading: nothing yet"
    yield from samples(corpus)
    yield from unedited(corpus)
    notebooks = study.notebooks
    if notebooks:
        told = f"{count(len(notebooks), 'notebook')}, {count(len(figures_in(notebooks)), 'figure')}"
        yield f"{told}, {_run(notebooks, stored(notebooks))}"


def _coded(corpus: Corpus) -> dict[str, int]:
    """How many passages are coded of each kind: by the reference, or by who coded most."""
    found: dict[str, int] = {}
    sizes = coded(corpus)
    for path, n in sizes.items():
        found[path.stem] = max(found.get(path.stem, 0), n)
    return found | {
        path.stem: n for path, n in sizes.items() if n and path.parent.name == "reference"
    }


def _run(notebooks: Mapping[Path, NotebookNode], claims: Sequence[tuple[str, Any]]) -> str:
    """What the notebooks found when they were run, if they were."""
    cells = [cell for notebook in notebooks.values() for cell in notebook.cells]
    if not any(cell.get("execution_count") for cell in cells):
        return "not run yet; `usru reproduce --update` does it"
    found = [one["holds"] for _, one in claims if one["holds"] is not None]
    if not claims:
        return "no claim yet"
    told = f"{sum(found)} of {count(len(found), 'claim holds', 'claims hold')}"
    told += f", {len(claims) - len(found)} not applicable" * (len(found) < len(claims))
    counted = sum(bool(one.get("about")) for _, one in claims)
    return told + f", {counted} about instruments rather than texts" * (counted > 0)


def unknown(corpus: Corpus) -> Iterator[str]:
    """Yield a sentence for each field that is not known of some documents.

    Parameters
    ----------
    corpus : Corpus
        Any corpus.

    Examples
    --------
    >>> from usru import load
    >>> list(unknown(load()))
    []
    """
    listed = corpus.manifest.documents
    fields = {"published": "a date", "outlet": "an outlet", "title": "a title"}
    for name, label in fields.items():
        lacking = [one.doc_id for one in listed if not getattr(one, name)]
        if lacking:
            first = ", ".join(lacking[:3]) + ", …" * (len(lacking) > 3)
            yield f"without {label}: {len(lacking):,} of {count(len(listed), 'document')} ({first})"


def other_languages(corpus: Corpus) -> Iterator[str]:
    """Yield a sentence when documents look as if they were in another language than the manifest's.

    Parameters
    ----------
    corpus : Corpus
        Any corpus; of a large one, documents spread evenly over it are looked at.

    Examples
    --------
    >>> from usru import load
    >>> list(other_languages(load()))
    []
    """
    sample = language.sample(list(corpus.texts.items()), SAMPLE)
    found = {doc_id: language.find(raw) for doc_id, raw in sample}
    others = {
        doc_id: code
        for doc_id, code in found.items()
        if code not in (None, corpus.manifest.language)
    }
    if others:
        first = ", ".join(f"{doc_id} ({code})" for doc_id, code in list(others.items())[:3])
        first += ", …" * (len(others) > 3)
        yield f"not in the corpus's language ({corpus.manifest.language}), it seems: {len(others):,} of {count(len(sample), 'document')} looked at ({first})"


def damaged(corpus: Corpus, most: int = 5) -> Iterator[str]:
    """Yield a sentence for each document that cannot be read as it should be, and how many more are.

    Parameters
    ----------
    corpus, most : Corpus, int
        Any corpus, and how many are named.

    Examples
    --------
    >>> from usru import load
    >>> list(damaged(load()))
    []
    """
    faults = [(doc_id, fault) for doc_id, own in corpus.problems.items() for fault in own]
    for doc_id, fault in faults[:most]:
        yield str(corpus.refusal(doc_id, fault))
    if len(faults) > most:
        yield f"… and {len(faults) - most:,} more; the frame documents has them all as `problem`"


def samples(corpus: Corpus) -> Iterator[str]:
    """Yield a sentence for each sample that was drawn: how large it is, and who has coded how much of it.

    Parameters
    ----------
    corpus : Corpus
        Any corpus.

    Examples
    --------
    >>> from usru import load
    >>> list(samples(load()))
    []
    """
    for path in sampling.described(corpus):
        try:
            design = sampling.design_of(path)
            if design is None:
                continue
            file, keys = KINDS[design.what].file, key_columns(design.what)
            drawn = {*keyed(sampling.read_sheet(path, design.what), design.what)}
            coded = {
                coding.parent.name: len(
                    drawn & {*keyed(codings.texts(coding, ROWS[file], needed=keys), design.what)}
                )
                for coding in files(corpus, file)
            }
        except InputError as error:
            yield str(error)
            continue
        told = [f"{name} {n:,}" for name, n in coded.items() if n]
        unit = sampling.UNITS[design.what].removesuffix("s")
        yield (
            f"sample {path.stem}, for {design.what}: {len(drawn):,} of {count(design.passages, unit)};"
            f" coded: {', '.join(told) or 'nothing yet'}"
        )


def unedited(corpus: Corpus) -> Iterator[str]:
    """Yield a sentence when files of the codebook are still the drafts that `usru new` wrote.

    Parameters
    ----------
    corpus : Corpus
        Any corpus; a file is a draft while it begins with `DRAFT`.

    Examples
    --------
    >>> from usru import load
    >>> list(unedited(load()))
    []
    """
    files = sorted((corpus.manifest.folder / "codebook").glob("*.toml"))
    drafts = [f"codebook/{path.name}" for path in files if _is_draft(path)]
    if drafts:
        yield f"drafts to edit: {', '.join(drafts)}"


def _is_draft(path: Path) -> bool:
    return path.read_text(encoding="utf-8", errors="replace").startswith(DRAFT)


def _span(first: date, last: date) -> str:
    """Two days, as one says it: "16 February to 7 August 2017"."""
    if first == last:
        return day(last)
    begins = day(first).removesuffix(f" {last.year}")  # said once where both days are of one year
    return f"{begins} to {day(last)}"
