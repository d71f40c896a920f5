"""Figures of the fifth notebook: how the stories sound, and how far to trust the instruments."""

from functools import cache

import pandas as pd

from usru.analysis import tone, topics, validity, voices
from usru.corpus import Corpus
from usru.show import tone as plots
from usru.study.figure import Figure

__all__ = ["FIGURES", "HEADLINES", "comparisons", "scored"]

HEADLINES = (
    ("meeting", "manila", "bonn"),
    ("meeting", "moscow", "bonn"),
    ("speaker", "Sergei Lavrov", "Rex Tillerson"),
)
"""The comparisons of the study: a column and two of its values."""


def scored(corpus: Corpus) -> pd.DataFrame:
    """Return the sentences cut by voice, with a column of scores for each instrument.

    Examples
    --------
    >>> from usru import load
    >>> scored(load())["vader"].between(-1, 1).all().item()
    True
    """
    return tone.score_each(voices.pieces(corpus))


def comparisons(corpus: Corpus) -> pd.DataFrame:
    """Return the specification curves of the headline comparisons that a corpus allows.

    Returns
    -------
    pandas.DataFrame
        `comparison`, and as `usru.analysis.tone.specifications`. Speakers are
        compared in quotation only; a comparison is left out where the corpus
        lacks one of its two sides.

    Examples
    --------
    >>> from usru import load
    >>> comparisons(load())["comparison"].nunique()
    3
    """
    return _comparisons(corpus).copy(deep=False)


@cache
def _comparisons(corpus: Corpus) -> pd.DataFrame:
    table = scored(corpus)
    parts = []
    for by, first, second in HEADLINES:
        if not {first, second} <= set(table[by]):
            continue
        found = tone.specifications(table, by, first, second)
        if by == "speaker":
            found = found[found["voice"] == "quotation"]
        label = (
            f"{first} – {second}" if by != "speaker" else f"{_surname(first)} – {_surname(second)}"
        )
        parts.append(found.assign(comparison=label))
    if not parts:
        columns = ["instrument", *tone.CHOICES, "n_first", "n_second", "estimate", "low", "high"]
        return pd.DataFrame(columns=[*columns, "same_sign", "comparison"])
    return pd.concat(parts, ignore_index=True)


def _surname(name: str) -> str:
    return name.rpartition(" ")[2]


def _along(corpus: Corpus) -> pd.DataFrame:
    scores = validity.scored(corpus)["textblob"]
    table = corpus.paragraphs[["doc_id", "block", "line_start"]].merge(
        scores, on=["doc_id", "block"], how="left"
    )
    coding = corpus.coding("valence").rename(columns={"line": "line_start"})
    table = table.merge(coding, on=["doc_id", "line_start"], how="left")
    first = topics.code(corpus.paragraphs).drop_duplicates(["doc_id", "block"])
    table = table.merge(first[["doc_id", "block", "topic"]], on=["doc_id", "block"], how="left")
    return pd.DataFrame(
        {
            "doc_id": table["doc_id"],
            "paragraph": table.groupby("doc_id", sort=False).cumcount() + 1,
            "polarity": table["polarity"].round(6),
            "valence": table["valence"],
            "topic": table["topic"].fillna(""),
            "passage": [
                corpus.passage(doc_id, line)
                for doc_id, line in zip(table["doc_id"], table["line_start"], strict=True)
            ],
        }
    )


def _along_caption(table: pd.DataFrame) -> str:
    if table.empty:
        return "No story has a paragraph."
    zero = (table["polarity"] == 0).mean()
    against = ((table["polarity"] * table["valence"]) < 0).sum()
    read = table["valence"].notna().any()
    return f"TextBlob's polarity of {len(table)} paragraphs; {zero:.0%} score exactly 0, and " + (
        f"{against} have the opposite sign of the reading." if read else "nobody has read them."
    )


def _means(table: pd.DataFrame, by: str) -> pd.DataFrame:
    parts = [
        tone.aggregate(table.assign(polarity=table[name]), by).assign(instrument=name)
        for name in tone.INSTRUMENTS
    ]
    found = pd.concat(parts, ignore_index=True).rename(columns={by: "group"})
    columns = ["group", "instrument", "sentences", "words", "unscored", "polarity", "low", "high"]
    numbers = ["polarity", "low", "high"]
    return found[columns].round(dict.fromkeys(numbers, 6))


def _meetings(corpus: Corpus) -> pd.DataFrame:
    table = scored(corpus)
    table = table[~table["shared"]]
    return pd.concat([_means(table, "meeting"), _means(table, "doc_id")], ignore_index=True)


def _speakers(corpus: Corpus) -> pd.DataFrame:
    table = scored(corpus)
    main = table.groupby("speaker")["words"].sum().nlargest(2).index
    named = table["speaker"].where(table["speaker"].isin(main), "other speakers")
    voice = named.where(table["voice"] == "quotation", "narration")
    table = table.assign(who=voice)[~table["shared"]]
    order = {name: i for i, name in enumerate(["narration", *main, "other speakers"])}
    table = table.sort_values("who", key=lambda who: who.map(order), kind="stable")
    return _means(table, "who")


def _readers(corpus: Corpus) -> pd.DataFrame:
    comments = voices.remarks(corpus)
    stories = scored(corpus)
    stories = stories[stories["doc_id"].isin(comments["doc_id"].unique())]
    parts = [
        stories.assign(who=stories["voice"].map("the story, {}".format)),
        tone.score_each(comments).assign(who="readers' comments") if len(comments) else None,
    ]
    table = pd.concat([part for part in parts if part is not None], ignore_index=True)
    return _means(table, "who") if len(comments) else _means(table.iloc[:0], "who")


def _span(table: pd.DataFrame) -> str:
    known = table.dropna(subset="polarity")
    if known.empty:
        return "There is nothing to score."
    across = ((known["low"] <= 0) & (known["high"] >= 0)).sum()
    return (
        f"Means between {known['polarity'].min():+.2f} and {known['polarity'].max():+.2f} on a scale"
        f" from -1 to 1; {across} of {len(known)} intervals contain 0. Each averages sentences,"
        " weighted by their words; passages told before are left out."
    )


def _readers_caption(table: pd.DataFrame) -> str:
    known = table.dropna(subset="polarity")
    if known.empty:
        return "No page has reader comments."
    return (
        f"{known['sentences'].groupby(known['group']).max().sum()} sentences; each mean is over"
        " sentences, weighted by their words."
    )


def _agreement(corpus: Corpus) -> pd.DataFrame:
    table = validity.agreement(validity.paragraphs(corpus))
    return table.round({"rho": 6, "low": 6, "high": 6, "zero": 6})


def _agreement_caption(table: pd.DataFrame) -> str:
    known = table.dropna(subset="rho")
    if known.empty:
        return "Nobody has coded the valence of these paragraphs."
    best = known[known["instrument"] != "second reader"].sort_values("rho")
    if best.empty:
        return "No instrument tells these paragraphs apart."
    best = best.iloc[-1]
    return (
        f"Rank correlation with a reading of {best['n']} paragraphs. The best instrument,"
        f" {best['instrument']}, reaches {best['rho']:.2f}; 1 would be full agreement, 0 none."
    )


def _specifications(corpus: Corpus) -> pd.DataFrame:
    table = comparisons(corpus)
    return table.round({"estimate": 6, "low": 6, "high": 6})


def _specifications_caption(table: pd.DataFrame) -> str:
    known = table.dropna(subset="estimate")
    if known.empty:
        return "There is nothing to compare."
    told = "; ".join(
        f"{name}: {((part['low'] > 0) | (part['high'] < 0)).sum()} of {len(part)} intervals"
        " exclude 0"
        for name, part in known.groupby("comparison", sort=False)
    )
    return f"Every combination of reasonable choices. {told}."


_TEXTBLOB = "Scores by TextBlob; readings in data/coding/valence.csv."
_ALL = "Scores by TextBlob, VADER and the NRC list, of sentences cut where a voice ends."

FIGURES = (
    Figure(
        "tone_validity", "Instruments against a reading", _agreement, plots.validity,
        _agreement_caption,
        "A mark is a rank correlation between an instrument's scores and the reading, paragraph by"
        " paragraph; the last row is one reader against the other.",
        "Readings in data/coding/valence.csv; scores by TextBlob, VADER and the NRC list.",
        "05_tone", "Instruments against a reading", "tone-2",
    ),
    Figure(
        "tone_along", "Tone along each story", _along, plots.along, _along_caption,
        "A panel is a story, a bar a paragraph, up for positive words; a ring is the reader's"
        " valence, divided by two. Below, the first topic that the dictionary finds.",
        _TEXTBLOB, "05_tone", "Tone along each story", "tone-3",
    ),
    Figure(
        "tone_meetings", "Tone by meeting and story", _meetings, plots.means, _span,
        "A row is a meeting or a story, a mark an instrument with its interval; where intervals"
        " overlap widely the texts do not tell the groups apart.",
        _ALL, "05_tone", "Tone by meeting and story", "tone-5",
    ),
    Figure(
        "tone_speakers", "Tone by voice", _speakers, plots.means, _span,
        "A row is the reporters' narration or what a speaker is quoted with.",
        _ALL, "05_tone", "Tone by voice", "tone-5",
    ),
    Figure(
        "tone_specifications", "Every reasonable choice", _specifications, plots.specifications,
        _specifications_caption,
        "Above, each dot is a difference of means under one combination of choices, with its"
        " interval; below, a tick for each choice that was made in it.",
        _ALL, "05_tone", "Every reasonable choice", "tone-1",
    ),
    Figure(
        "tone_readers", "The story and its readers", _readers, plots.means, _readers_caption,
        "Rows are the two voices of the story that has comments, and its readers.",
        _ALL, "05_tone", "The story and its readers", "tone-7",
    ),
)  # fmt: skip
"""In the order of the notebook."""
