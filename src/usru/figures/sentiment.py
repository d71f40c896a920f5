"""Figures of the fifth notebook: how the stories sound, and how far to trust the instruments."""

# ruff: noqa: D102  (the methods of a figure are described in its base)
from functools import cache

import pandas as pd
from matplotlib.axes import Axes

from usru.analysis import tone, topics, voices
from usru.analysis.tone import validity
from usru.corpus import Corpus
from usru.figures import canvas
from usru.figures.base import Figure, in_order, passages
from usru.show.style import INK, MUTED, NAVY, RUST, SAND, SKY, TEAL

__all__ = [
    "HEADLINES", "ToneAlong", "ToneMeetings", "ToneReaders", "ToneSpeakers", "ToneSpecifications",
    "ToneValidity", "comparisons", "scored",
]  # fmt: skip

HEADLINES = (
    ("meeting", "manila", "bonn"),
    ("meeting", "moscow", "bonn"),
    ("speaker", "Sergei Lavrov", "Rex Tillerson"),
)
"""The comparisons of the study: a column and two of its values."""

LOOKS = {"textblob": (NAVY, "o"), "vader": (RUST, "s"), "nrc": (TEAL, "D")}
OTHER = (MUTED, "P")
"""Colour and mark of each instrument, and of one that is not the study's."""

MOST_STORIES = 8  # on a page; of more stories the longest are drawn

SCORES = "Scores by TextBlob, VADER and the NRC list, of sentences cut where a voice ends."


def scored(corpus: Corpus) -> pd.DataFrame:
    """Return the sentences cut by voice, with a column of scores for each instrument.

    Parameters
    ----------
    corpus : Corpus
        Any corpus.

    Returns
    -------
    pandas.DataFrame
        As `usru.analysis.voices.pieces`, and for each instrument a score in [-1, 1].

    Examples
    --------
    >>> from usru import load
    >>> scored(load())[["textblob", "vader", "nrc"]].mean().round(2).to_dict()
    {'textblob': 0.04, 'vader': 0.08, 'nrc': 0.03}
    """
    return tone.score_each(voices.pieces(corpus))


def comparisons(corpus: Corpus) -> pd.DataFrame:
    """Return the specification curves of the headline comparisons that a corpus allows.

    Parameters
    ----------
    corpus : Corpus
        Any corpus; a comparison is left out where it lacks one of the two sides.

    Returns
    -------
    pandas.DataFrame
        `comparison`, and as `usru.analysis.tone.specifications`. Speakers are
        compared in quotation only.

    Examples
    --------
    >>> from usru import load
    >>> comparisons(load())["comparison"].unique().tolist()
    ['manila – bonn', 'moscow – bonn', 'Lavrov – Tillerson']
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
            first, second = (name.rpartition(" ")[2] for name in (first, second))
        parts.append(found.assign(comparison=f"{first} – {second}"))
    if not parts:
        columns = ["instrument", *tone.CHOICES, "n_first", "n_second", "estimate", "low", "high"]
        return pd.DataFrame(columns=[*columns, "same_sign", "comparison"])
    return pd.concat(parts, ignore_index=True)


class ToneValidity(Figure):
    """A row a comparison with a reading: an instrument's rank correlation, with its interval.

    Its table is that of `usru.analysis.tone.validity.agreement`, to six places.
    """

    name = "tone_validity"
    title = "Instruments against a reading"
    reading = ("A mark is a rank correlation between an instrument's scores and the reading,"
               " paragraph by paragraph; the last row is one reader against the other.")  # fmt: skip
    source = "Readings in data/coding/valence.csv; scores by TextBlob, VADER and the NRC list."
    notebook = "05_tone"
    section = "Instruments against a reading"
    claim = "tone-2"
    empty = "Nobody has coded the valence of these paragraphs."
    needs = "rho"

    def table(self, corpus: Corpus) -> pd.DataFrame:
        readings = [corpus.coding("valence", reading) for reading in validity.READINGS]
        read = validity.paragraphs(corpus.paragraphs, corpus.sentences, readings)
        table = validity.agreement(read)
        return table.round({"rho": 6, "low": 6, "high": 6, "zero": 6})

    def say(self, table: pd.DataFrame) -> str:
        best = table[table["instrument"] != "second reader"].sort_values("rho")
        if best.empty:
            return "No instrument tells these paragraphs apart."
        best = best.iloc[-1]
        return (f"Rank correlation with a reading of {best['n']} paragraphs. The best instrument,"
                f" {best['instrument']}, reaches {best['rho']:.2f}; 1 would be full agreement, 0 none.")  # fmt: skip

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        figure, axes = canvas.rows(table["instrument"], each=0.42)
        for place, row in enumerate(table.itertuples()):
            look = LOOKS.get(row.instrument, (INK, "P"))
            canvas.intervals(axes, place, row.rho, row.low, row.high, look, size=6, width=1.8)
            axes.text(row.rho, place - 0.22, f"{row.rho:.2f}", ha="center", fontsize=canvas.NOTE)
        axes.axvline(0, color=MUTED, lw=0.8)
        axes.set_xlim(min(-0.2, table["low"].min() - 0.05), 1.04)
        axes.set_xlabel("Spearman’s rho with the reading, 95% bootstrap interval over paragraphs")
        axes.grid(axis="x")
        return figure


class ToneAlong(Figure):
    """A panel a story: a bar a paragraph, which leads to it, and a ring where it was read.

    Of many stories, the longest are drawn. Its table has a row a paragraph: `doc_id`, `paragraph`
    (from 1), `polarity` in [-1, 1], `valence` (from -2 to 2, missing where nobody read), `topic`
    (the first that was found, or empty) and `passage`.
    """

    name = "tone_along"
    title = "Tone along each story"
    reading = ("A panel is a story, a bar a paragraph, up for positive words; a ring is the"
               " reader's valence, divided by two. Below, the first topic that the dictionary"
               " finds.")  # fmt: skip
    source = "Scores by TextBlob; readings in data/coding/valence.csv."
    notebook = "05_tone"
    section = "Tone along each story"
    claim = "tone-3"
    empty = "No story has a paragraph."

    def table(self, corpus: Corpus) -> pd.DataFrame:
        scores = validity.by_paragraph(corpus.sentences).rename(columns={"textblob": "polarity"})
        first = topics.code(corpus.paragraphs).drop_duplicates(["doc_id", "block"])
        coding = corpus.coding("valence").rename(columns={"line": "line_start"})
        table = (
            corpus.paragraphs[["doc_id", "block", "line_start"]]
            .merge(scores, on=["doc_id", "block"], how="left")
            .merge(coding, on=["doc_id", "line_start"], how="left")
            .merge(first[["doc_id", "block", "topic"]], on=["doc_id", "block"], how="left")
        )
        table["paragraph"] = table.groupby("doc_id", sort=False).cumcount() + 1
        table["passage"] = passages(corpus, table["doc_id"], table["line_start"])
        table = table.round({"polarity": 6}).fillna({"topic": ""})
        return table[["doc_id", "paragraph", "polarity", "valence", "topic", "passage"]]

    def say(self, table: pd.DataFrame) -> str:
        zero = (table["polarity"] == 0).mean()
        against = ((table["polarity"] * table["valence"]) < 0).sum()
        told = f"TextBlob's polarity of {len(table)} paragraphs; {zero:.0%} score exactly 0, and"
        if table["valence"].isna().all():
            return f"{told} nobody has read them."
        return f"{told} {against} have the opposite sign of the reading."

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        longest = table.groupby("doc_id", sort=False).size().nlargest(MOST_STORIES).index
        stories = [doc_id for doc_id in table["doc_id"].unique() if doc_id in longest]
        height = 0.7 + 1.5 * len(stories)
        figure, grid = canvas.subplots(len(stories), 1, squeeze=False, sharey=True, height=height)
        for axes, doc_id in zip(grid[:, 0], stories, strict=True):
            _draw_story(axes, table[table["doc_id"] == doc_id])
            axes.set_title(doc_id, fontsize=canvas.LABEL, pad=3)
        figure.supylabel("bars: score; rings: reading, halved")
        return figure


def _draw_story(axes: Axes, story: pd.DataFrame) -> None:
    place = range(len(story))
    bars = axes.bar(place, story["polarity"].fillna(0), color=SKY, width=0.66)
    canvas.link(bars, story["passage"])
    axes.plot(place, story["valence"] / 2, "o", ms=5, mfc="none", mec=INK, mew=1.1)
    axes.axhline(0, color=MUTED, lw=0.8)
    axes.set(ylim=(-1.12, 1.12), xlim=(-0.7, max(len(story), 12) - 0.3))
    axes.set_yticks([-1, 0, 1], ["-1", "0", "1"])
    if len(story) <= 40:  # of a longer story the names would run together
        names = story["topic"].str.replace("_", " ")
        axes.set_xticks(place, names, fontsize=6.5, rotation=30, ha="right")
    axes.spines["bottom"].set_visible(False)
    axes.tick_params(axis="x", length=0)


class Means(Figure):
    """A row a group, a mark an instrument, with its interval.

    The table has a row a group and instrument: `group`, `instrument`, `sentences`, `words`,
    `unscored`, and the mean `polarity` with its ends `low` and `high`, all in [-1, 1].
    """

    source = SCORES
    notebook = "05_tone"
    empty = "There is nothing to score."
    needs = "polarity"

    def say(self, table: pd.DataFrame) -> str:
        across = ((table["low"] <= 0) & (table["high"] >= 0)).sum()
        return (f"Means between {table['polarity'].min():+.2f} and {table['polarity'].max():+.2f} on a"
                f" scale from -1 to 1; {across} of {len(table)} intervals contain 0. Each averages"
                " sentences, weighted by their words; passages told before are left out.")  # fmt: skip

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        groups = table["group"].unique().tolist()
        figure, axes = canvas.rows(groups, each=0.5 if len(groups) < 20 else 0.3)
        axes.axvline(0, color=MUTED, lw=0.8)
        looks = {name: LOOKS.get(name, OTHER) for name in table["instrument"].unique()}
        canvas.intervals_by(axes, table, "group", "instrument", "polarity", looks, 0.2)
        axes.set_xlabel("mean score, with 95% bootstrap interval over sentences")
        axes.grid(axis="x")
        canvas.legend(figure, *axes.get_legend_handles_labels())
        return figure


def _means(table: pd.DataFrame, by: str) -> pd.DataFrame:
    parts = [
        tone.aggregate(table.assign(polarity=table[name]), by).assign(instrument=name)
        for name in tone.INSTRUMENTS
    ]
    found = pd.concat(parts, ignore_index=True).rename(columns={by: "group"})
    columns = ["group", "instrument", "sentences", "words", "unscored", "polarity", "low", "high"]
    return found[columns].round({"polarity": 6, "low": 6, "high": 6})


class ToneMeetings(Means):
    """The mean scores of each meeting and each story; the table is that of `Means`."""

    name = "tone_meetings"
    title = "Tone by meeting and story"
    reading = ("A row is a meeting or a story, a mark an instrument with its interval; where"
               " intervals overlap widely the texts do not tell the groups apart.")  # fmt: skip
    section = "Tone by meeting and story"
    claim = "tone-5"

    def table(self, corpus: Corpus) -> pd.DataFrame:
        table = scored(corpus)
        table = table[~table["shared"]]
        return pd.concat([_means(table, by) for by in ("meeting", "doc_id")], ignore_index=True)


class ToneSpeakers(Means):
    """The mean scores of narration, of the two speakers with most words, and of all others.

    The table is that of `Means`.
    """

    name = "tone_speakers"
    title = "Tone by voice"
    reading = "A row is the reporters' narration or what a speaker is quoted with."
    section = "Tone by voice"
    claim = "tone-5"

    def table(self, corpus: Corpus) -> pd.DataFrame:
        table = scored(corpus)
        main = table.groupby("speaker")["words"].sum().nlargest(2).index
        named = table["speaker"].where(table["speaker"].isin(main), "other speakers")
        table["who"] = named.where(table["voice"] == "quotation", "narration")
        order = ["narration", *main, "other speakers"]
        return _means(in_order(table[~table["shared"]], "who", order), "who")


class ToneSpecifications(Figure):
    """A column a comparison: its estimates from the lowest up, and below what was chosen in each.

    Its table is that of `comparisons`, to six places.
    """

    name = "tone_specifications"
    title = "Every reasonable choice"
    reading = ("Above, each dot is a difference of means under one combination of choices, with"
               " its interval; below, a tick for each choice that was made in it.")  # fmt: skip
    source = SCORES
    notebook = "05_tone"
    section = "Every reasonable choice"
    claim = "tone-1"
    empty = "There is nothing to compare."
    needs = "estimate"

    def table(self, corpus: Corpus) -> pd.DataFrame:
        return comparisons(corpus).round({"estimate": 6, "low": 6, "high": 6})

    def say(self, table: pd.DataFrame) -> str:
        told = "; ".join(
            f"{name}: {_excludes_zero(part).sum()} of {len(part)} intervals exclude 0"
            for name, part in table.groupby("comparison", sort=False)
        )
        return f"Every combination of reasonable choices. {told}."

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        comparisons = table["comparison"].unique().tolist()
        choices = _choices(table)
        figure, grid = canvas.subplots(
            2, len(comparisons), squeeze=False, height=6.2, sharey="row", sharex="col",
            height_ratios=[1.2, 1],
        )  # fmt: skip
        for column, comparison in enumerate(comparisons):
            part = table[table["comparison"] == comparison]
            part = part.sort_values("estimate", kind="stable", ignore_index=True)
            _draw_curve(grid[0][column], part, comparison)
            _draw_choices(grid[1][column], part, choices)
        grid[0][0].set_ylabel("difference of means")
        labels = [label for _, _, label in choices]
        grid[1][0].set_yticks(range(len(labels)), labels, fontsize=canvas.NOTE)
        figure.supxlabel("specifications, by their estimate")
        return figure


def _excludes_zero(table: pd.DataFrame) -> pd.Series:
    return (table["low"] > 0) | (table["high"] < 0)


def _choices(table: pd.DataFrame) -> list[tuple[str, str, str]]:
    """The choices that were open: name, value, and label; the first value of each is named."""
    return [
        (name, value, f"{name}: {value}" if i == 0 else value)
        for name in ("instrument", *tone.CHOICES)
        for i, value in enumerate(table[name].unique())
        if table[name].nunique() > 1 or name == "instrument"
    ]


def _draw_curve(axes: Axes, part: pd.DataFrame, comparison: str) -> None:
    apart = part[_excludes_zero(part)]
    axes.vlines(part.index, part["low"], part["high"], color=SAND, lw=1)
    for name in part["instrument"].unique():
        own = part[part["instrument"] == name]
        axes.plot(own.index, own["estimate"], "o", ms=2.6, color=LOOKS.get(name, OTHER)[0])
    axes.vlines(apart.index, apart["low"], apart["high"], color=MUTED, lw=1)
    axes.axhline(0, color=INK, lw=0.9)
    axes.set_title(comparison, fontsize=canvas.LABEL)
    axes.tick_params(axis="x", length=0, labelbottom=False)


def _draw_choices(axes: Axes, part: pd.DataFrame, choices: list[tuple[str, str, str]]) -> None:
    for place, (name, value, _) in enumerate(choices):
        colour = LOOKS.get(value, OTHER)[0] if name == "instrument" else MUTED
        made = part.index[part[name] == value]
        axes.plot(made, [place] * len(made), "|", ms=5, mew=0.8, color=colour)
    axes.set_ylim(len(choices) - 0.4, -0.6)
    axes.set_xticks([])
    axes.spines[:].set_visible(False)


class ToneReaders(Means):
    """The mean scores of the two voices of the stories with comments, and of the comments.

    The table is that of `Means`, without a row where there are no comments.
    """

    name = "tone_readers"
    title = "The story and its readers"
    reading = "Rows are the two voices of the story that has comments, and its readers."
    section = "The story and its readers"
    claim = "tone-7"
    empty = "No page has reader comments."

    def table(self, corpus: Corpus) -> pd.DataFrame:
        comments, stories = voices.remarks(corpus), scored(corpus)
        stories = stories[stories["doc_id"].isin(comments["doc_id"])]
        stories = stories.assign(who="the story, " + stories["voice"])
        if comments.empty:
            return _means(stories, "who")
        readers = tone.score_each(comments).assign(who="readers' comments")
        return _means(pd.concat([stories, readers], ignore_index=True), "who")

    def say(self, table: pd.DataFrame) -> str:
        return (f"{table['sentences'].groupby(table['group']).max().sum()} sentences; each mean is over"
                " sentences, weighted by their words.")  # fmt: skip
