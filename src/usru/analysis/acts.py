"""How texts name and order what happened: acts coded phrase by phrase, with who does it to whom."""

from collections.abc import Mapping

import pandas as pd

from usru.codebook import Act
from usru.errors import InputError
from usru.text.lines import line_starts

__all__ = ["agents", "namings", "place", "sequence"]


def place(
    coding: pd.DataFrame, blocks: pd.DataFrame, clauses: pd.DataFrame, texts: Mapping[str, str],
    path: object = "acts",
) -> pd.DataFrame:  # fmt: skip
    """Return a reader's coding of acts with the place of each phrase, and in whose voice it is.

    Parameters
    ----------
    coding : pandas.DataFrame
        One row a phrase, in page order: `doc_id`, `line`, `text`, `act`, `agent`, `patient`.
    blocks, clauses, texts : pandas.DataFrame, mapping of str
        The frame of that name, a reading of clauses (`usru.analysis.voices.read_clauses`), and the
        pages by `doc_id`.
    path : path
        The file of the coding, for messages.

    Returns
    -------
    pandas.DataFrame
        One row a phrase: `doc_id`, `block`, `kind` (of the block), `start`, `end` (half-open raw
        offsets), `text`, `act`, `agent`, `patient`, `voice` and `speaker`. The voice is that of the
        clause in which the phrase begins; a headline is the outlet's, a comment a ``"reader"``'s.

    Raises
    ------
    InputError
        Where a phrase is not on its line.

    Examples
    --------
    >>> from usru import load
    >>> corpus = load()
    >>> found = corpus.acts
    >>> found.query("act == 'crimea'")[["doc_id", "text", "voice"]].values.tolist()[-1]
    ['manila-breitbart', 'Russia annexed the Crimean peninsula', 'outlet']
    """
    of = blocks[["doc_id", "block", "kind", "line_start", "line_end", "start"]]
    begins = {doc_id: line_starts(text) for doc_id, text in texts.items()}
    reached: dict[tuple[str, int], int] = {}
    rows = []
    for row in coding.itertuples():
        within = of[
            (of["doc_id"] == row.doc_id)
            & (of["line_start"] <= row.line)
            & (of["line_end"] >= row.line)
        ]
        key = row.doc_id, row.line
        start = 0 if within.empty else begins[row.doc_id][row.line - 1]
        at = _found(texts.get(row.doc_id, ""), row.text, start, reached.get(key, 0))
        if within.empty or at is None:
            where = f"{path}, {row.doc_id} line {row.line}"
            raise InputError(
                where, f"{row.text!r} is not on that line", "give the words as printed"
            )
        reached[key] = max(reached.get(key, 0), at[0] - start)
        rows.append((row.doc_id, within["block"].iloc[0], within["kind"].iloc[0], *at))
    spans = pd.DataFrame(rows, columns=["doc_id", "block", "kind", "start", "end"])
    table = pd.concat(
        [spans, coding[["text", "act", "agent", "patient"]].reset_index(drop=True)], axis=1
    )
    return _voiced(table, clauses)


def _found(text: str, phrase: str, start: int, behind: int) -> tuple[int, int] | None:
    """Where a phrase is on a line, from its last finding on; no-break spaces count as spaces."""
    line = text[start:].partition("\n")[0].replace("\u00a0", " ")
    at = line.find(phrase, behind)
    at = line.find(phrase) if at < 0 else at
    return (start + at, start + at + len(phrase)) if at >= 0 else None


def _voiced(table: pd.DataFrame, clauses: pd.DataFrame) -> pd.DataFrame:
    """The phrases with the voice and speaker of the clause in which they begin."""
    voices: list[tuple[str, str | None]] = []
    for row in table.itertuples():
        own = clauses[(clauses["doc_id"] == row.doc_id) & (clauses["start"] <= row.start)].tail(1)
        inside = row.kind == "body" and len(own) and own["end"].iloc[0] > row.start
        told = "reader" if row.kind == "comment" else "outlet"
        voices.append(tuple(own[["voice", "speaker"]].iloc[0]) if inside else (told, None))
    spoken = pd.DataFrame(voices, columns=["voice", "speaker"], dtype="str")
    return pd.concat([table, spoken], axis=1).astype({"text": "str"})


def namings(placed: pd.DataFrame, acts: Mapping[str, Act]) -> pd.DataFrame:
    """Return the words by which each story names each act, and in whose voice.

    Parameters
    ----------
    placed : pandas.DataFrame
        As `place` gives it, with its place.
    acts : mapping of Act
        Those of the codebook.

    Returns
    -------
    pandas.DataFrame
        One row a phrase, by act in the order of the codebook: `act`, `label`, `doc_id`, `text`, `voice`,
        `speaker`, `agent`, `patient`, `line`.

    Examples
    --------
    >>> from usru import load
    >>> corpus = load()
    >>> namings(corpus.acts, corpus.codebook.acts).query("act == 'fighters'")["text"].tolist()[:2]
    ['Anti-Kiev rebels', 'anti-Kiev rebels']
    """
    order = [*acts]
    table = placed.assign(label=placed["act"].map({name: act.label for name, act in acts.items()}))
    table = table.sort_values("act", key=lambda act: act.map(order.index), kind="stable")
    columns = ["act", "label", "doc_id", "text", "voice", "speaker", "agent", "patient", "line"]
    return table[columns].reset_index(drop=True)


def agents(placed: pd.DataFrame) -> pd.DataFrame:
    """Count who acts and who is acted upon, story by story.

    Parameters
    ----------
    placed : pandas.DataFrame
        As `place` gives it.

    Returns
    -------
    pandas.DataFrame
        One row a story and party, in page order: `doc_id`, `party`, `acts` (phrases in which it is the agent),
        `undergoes` (the patient) and `open`, the phrases of the story that name no agent.

    Examples
    --------
    >>> from usru import load
    >>> agents(load().acts).columns.tolist()
    ['doc_id', 'party', 'acts', 'undergoes', 'open']
    """
    counts = [
        placed[placed[role] != "none"].groupby(["doc_id", role], sort=False).size().rename(name)
        for role, name in (("agent", "acts"), ("patient", "undergoes"))
    ]
    table = pd.concat([one.rename_axis(["doc_id", "party"]) for one in counts], axis=1).fillna(0)
    open_ = placed[placed["agent"] == "none"].groupby("doc_id").size()
    table = table.reset_index().astype({"acts": "int64", "undergoes": "int64"})
    return table.assign(open=table["doc_id"].map(open_).fillna(0).astype("int64"))


def sequence(placed: pd.DataFrame, acts: Mapping[str, Act]) -> pd.DataFrame:
    """Return the order in which two stories of one meeting tell the same acts.

    Parameters
    ----------
    placed, acts : pandas.DataFrame, mapping of Act
        As for `namings`.

    Returns
    -------
    pandas.DataFrame
        One row a story and act that both tell, by story and place: `doc_id`, `act`, `label`, `place`
        (from 1, by the first phrase of the act in the paragraphs of the story) and `line`. The stories
        are the first two, in page order, of one meeting in which episodes are coded.

    Examples
    --------
    >>> from usru import load
    >>> corpus = load()
    >>> sequence(corpus.acts, corpus.codebook.acts)["doc_id"].nunique()
    2
    """
    body = placed[
        (placed["kind"] == "body")
        & placed["act"].isin([name for name, act in acts.items() if act.episode])
    ]
    columns = ["doc_id", "act", "label", "place", "line"]
    telling = body.groupby("meeting", sort=False)["doc_id"].unique()
    two: list[str] = next((list(stories[:2]) for stories in telling if len(stories) > 1), [])
    told = body[body["doc_id"].isin(two)]
    order = [two.index(doc_id) for doc_id in told["doc_id"]]
    told = told.assign(order=order).sort_values(["order", "start"], kind="stable")
    first = told.drop_duplicates(["doc_id", "act"])
    first = first[first.groupby("act")["doc_id"].transform("nunique") == 2]
    if first.empty:
        return pd.DataFrame(columns=columns)
    place = first.groupby("doc_id", sort=False).cumcount() + 1
    label = first["act"].map({name: act.label for name, act in acts.items()})
    return first.assign(place=place, label=label)[columns].reset_index(drop=True)
