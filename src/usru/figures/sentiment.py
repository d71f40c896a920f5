"""Figures of the fifth notebook: how the stories sound, and how far to trust the instruments."""

# ruff: noqa: D102  (the methods of a figure are described in its base)
import pandas as pd
from matplotlib.axes import Axes

import usru.figures.canvas as canvas
from usru.analysis import tone
from usru.analysis.tone import validity
from usru.corpus import Corpus
from usru.figures.base import Figure, in_order
from usru.show.style import INK, MUTED, NAVY, RUST, SAND, SKY, TEAL

__all__ = ["ToneAlong", "ToneMeetings", "ToneReaders", "ToneSpeakers",
           "ToneSpecifications", "ToneValidity", "comparisons"]  # fmt: skip

LOOKS = {"textblob": (NAVY, "o"), "vader": (RUST, "s"), "nrc": (TEAL, "D")}
OTHER = (MUTED, "P")  # an instrument that is not the study's

MOST_STORIES = 8  # on a page; of more stories the longest are drawn

*_FIRST, _LAST = (one.label or one.name for one in tone.INSTRUMENTS.values())
BY = f"by {', '.join(_FIRST)} and {_LAST}"
SCORES = f"Scores {BY}, of sentences cut where a voice ends."


def comparisons(corpus: Corpus) -> pd.DataFrame:
    """Return the specification curves of the comparisons that the manifest names.

    Parameters
    ----------
    corpus : Corpus
        By a column of documents, or ``"speaker"``; a comparison is left out where a side of it has
        no sentence.

    Returns
    -------
    pandas.DataFrame
        `comparison`, and as `usru.analysis.tone.specifications`. Speakers are compared in
        quotation only.

    Examples
    --------
    >>> from usru import load
    >>> comparisons(load())["comparison"].unique().tolist()
    ['manila – bonn', 'moscow – bonn', 'Lavrov – Tillerson']
    """
    return corpus.kept("comparisons", lambda: _comparisons(corpus), *tone.INSTRUMENTS.values())


def _comparisons(corpus: Corpus) -> pd.DataFrame:
    parts = []
    named, scored = corpus.manifest.compare, corpus.scored("segments")
    for by, first, second in ((by, *pair) for by, pairs in named.items() for pair in pairs):
        table = scored if by in scored else corpus.grouped(scored, by)
        if not {first, second} <= set(table[by]):
            continue
        found = tone.specifications(table, by, first, second)
        if by == "speaker":
            found = found[found["voice"] == "quotation"]
            first, second = (name.rpartition(" ")[2] for name in (first, second))
        parts.append(found.assign(comparison=f"{first} – {second}"))
    columns = ["instrument", *tone.CHOICES, "n_first", "n_second", "estimate", "low", "high"]
    nothing = pd.DataFrame(columns=[*columns, "same_sign", "comparison"])
    return pd.concat(parts, ignore_index=True) if parts else nothing


class ToneValidity(Figure):
    """A row an instrument; the table is that of `usru.analysis.tone.validity.agreement`, rounded."""

    name, title = "tone_validity", "Instruments against a reading"
    reading = ("A mark is a rank correlation between an instrument's scores and the reading,"
               " paragraph by paragraph; the last row is one reader against the other.")  # fmt: skip
    source = f"Readings in data/coding/reference/valence.csv; scores {BY}."
    notebook, section, claim = "05_tone", "Instruments against a reading", "tone-2"
    empty, needs = "Nobody has coded the valence of these paragraphs.", "rho"

    def table(self, corpus: Corpus) -> pd.DataFrame:
        return validity.agreement(corpus.valence).round({"rho": 6, "low": 6, "high": 6, "zero": 6})

    def say(self, table: pd.DataFrame) -> str:
        best = table[table["instrument"] != "second reading"].sort_values("rho")
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

    name, title = "tone_along", "Tone along each story"
    reading = ("A panel is a story, a bar a paragraph, up for positive words; a ring is the"
               " reader's valence, divided by two. Below, the first topic that the dictionary"
               " finds.")  # fmt: skip
    source = "Scores by TextBlob; readings in data/coding/reference/valence.csv."
    notebook, section, claim = "05_tone", "Tone along each story", "tone-3"
    empty = "No story has a paragraph."

    def table(self, corpus: Corpus) -> pd.DataFrame:
        scores = validity.by_paragraph(corpus.scored("sentences"))
        first = corpus.topics.drop_duplicates(["doc_id", "block"]).astype({"topic": "str"})
        table = corpus.paragraphs[["doc_id", "block", "line"]]
        for known in (scores.rename(columns={"textblob": "polarity"}), corpus.coding("valence"),
                      first[["doc_id", "block", "topic"]]):  # fmt: skip
            table = table.merge(known, how="left")
        table["paragraph"] = table.groupby("doc_id", sort=False).cumcount() + 1
        table = corpus.linked(table).round({"polarity": 6}).fillna({"topic": ""})
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
        figure, grid = canvas.panels(len(stories), 1, 0.7 + 1.5 * len(stories), sharey=True)
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

    notebook, source = "05_tone", SCORES
    empty, needs = "There is nothing to score.", "polarity"

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
        canvas.legend(figure, *axes.get_legend_handles_labels())
        return figure


def _means(table: pd.DataFrame, by: str) -> pd.DataFrame:
    names = [name for name in tone.INSTRUMENTS if name in table]
    scored = {name: table.assign(polarity=table[name]) for name in names}
    parts = [tone.aggregate(own, by).assign(instrument=name) for name, own in scored.items()]
    found = pd.concat(parts, ignore_index=True).rename(columns={by: "group"})
    columns = ["group", "instrument", "sentences", "words", "unscored", "polarity", "low", "high"]
    return found[columns].round({"polarity": 6, "low": 6, "high": 6})


class ToneMeetings(Means):
    """Each meeting and each story; the table is that of `Means`."""

    name, title = "tone_meetings", "Tone by meeting and story"
    reading = ("A row is a meeting or a story, a mark an instrument with its interval; where"
               " intervals overlap widely the texts do not tell the groups apart.")  # fmt: skip
    section, claim = "Tone by meeting and story", "tone-5"

    def table(self, corpus: Corpus) -> pd.DataFrame:
        table = corpus.scored("segments")
        table = table[~table["reused"]]
        return pd.concat([_means(table, by) for by in ("meeting", "doc_id")], ignore_index=True)


class ToneSpeakers(Means):
    """Narration, the two speakers with most words, and all others; the table is that of `Means`."""

    name, title = "tone_speakers", "Tone by voice"
    reading = "A row is the reporters' narration or what a speaker is quoted with."
    section, claim = "Tone by voice", "tone-5"

    def table(self, corpus: Corpus) -> pd.DataFrame:
        table = corpus.scored("segments")
        main = table.groupby("speaker")["words"].sum().nlargest(2).index
        named = table["speaker"].where(table["speaker"].isin(main), "other speakers")
        table["who"] = named.where(table["voice"] == "quotation", "narration")
        order = ["narration", *main, "other speakers"]
        return _means(in_order(table[~table["reused"]], "who", order), "who")


class ToneSpecifications(Figure):
    """A column a comparison: estimates above, choices below; the table is that of `comparisons`."""

    name, title = "tone_specifications", "Every reasonable choice"
    reading = ("Above, each dot is a difference of means under one combination of choices, with"
               " its interval; below, a tick for each choice that was made in it.")  # fmt: skip
    notebook, section, claim = "05_tone", "Every reasonable choice", "tone-1"
    source, empty, needs = SCORES, "There is nothing to compare.", "estimate"

    def table(self, corpus: Corpus) -> pd.DataFrame:
        table = comparisons(corpus).rename(columns={"reused": "shared"})
        return table.round({"estimate": 6, "low": 6, "high": 6})

    def say(self, table: pd.DataFrame) -> str:
        parts = table.assign(apart=_excludes_zero(table)).groupby("comparison", sort=False)["apart"]
        told = (f"{name}: {part.sum()} of {len(part)} intervals exclude 0" for name, part in parts)
        return f"Every combination of reasonable choices. {'; '.join(told)}."

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        comparisons, choices = table["comparison"].unique().tolist(), _choices(table)
        figure, grid = canvas.panels(2, len(comparisons), 6.2, sharey="row", sharex="col",
                                     height_ratios=[1.2, 1])  # fmt: skip
        for column, comparison in enumerate(comparisons):
            part = table[table["comparison"] == comparison]
            part = part.sort_values("estimate", kind="stable", ignore_index=True)
            _draw_curve(grid[0][column], part, comparison)
            _draw_choices(grid[1][column], part, choices)
        grid[0][0].set_ylabel("difference of means")
        grid[1][0].set_yticks(range(len(choices)), [c[2] for c in choices], fontsize=canvas.NOTE)
        figure.supxlabel("specifications, by their estimate")
        return figure


def _excludes_zero(table: pd.DataFrame) -> pd.Series:
    return (table["low"] > 0) | (table["high"] < 0)


def _choices(table: pd.DataFrame) -> list[tuple[str, str, str]]:
    """The choices that were open: name, value, and label; the first value of each is named."""
    return [
        (name, value, f"{name}: {value}" if i == 0 else value)
        for name in ("instrument", "unit", "weighting", "voice", "shared", "neutral")
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
    """The voices of the stories with comments, and the comments; the table is that of `Means`."""

    name, title = "tone_readers", "The story and its readers"
    reading = "Rows are the two voices of the story that has comments, and its readers."
    section, claim, empty = "The story and its readers", "tone-7", "No page has reader comments."

    def table(self, corpus: Corpus) -> pd.DataFrame:
        comments, stories = corpus.scored("comment sentences"), corpus.scored("segments")
        stories = stories[stories["doc_id"].isin(comments["doc_id"])]
        stories = stories.assign(who="the story, " + stories["voice"])
        readers = comments.assign(who="readers' comments")
        return _means(pd.concat([stories, readers], ignore_index=True), "who")

    def say(self, table: pd.DataFrame) -> str:
        return (f"{table['sentences'].groupby(table['group']).max().sum()} sentences; each mean is over"
                " sentences, weighted by their words.")  # fmt: skip
