"""Figures of the fifth notebook: how the stories portray relations, and what scores make of it."""

# ruff: noqa: D102  (the methods of a figure are described in its base)
from collections.abc import Iterator

import pandas as pd
from matplotlib.axes import Axes

import usru.figures.canvas as canvas
from usru.analysis import tone
from usru.analysis.tone import portrayal, validity
from usru.corpus import Corpus
from usru.figures.base import Figure, in_order
from usru.show.style import BLUSH, GRID, INK, MUTED, NAVY, PAPER, RUST, SAND, SKY, TEAL

__all__ = ["READERS", "ToneAlong", "ToneMeetings", "ToneReaders", "ToneSpeakers",
           "ToneSpecifications", "ToneValidity", "ValenceArc", "ValenceStories", "comparisons",
           "joint_tests"]  # fmt: skip

LOOKS = {"textblob": (NAVY, "o"), "vader": (RUST, "s"), "nrc": (TEAL, "D")}
OTHER = (MUTED, "P")  # an instrument that is not the study's

MOST_STORIES = 8  # on a page; of more stories the longest are drawn

*_FIRST, _LAST = (one.label or one.name for one in tone.INSTRUMENTS.values())
READERS = (
    "the reference of two readings by language models that had the codebook and the texts only"
)
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
        `comparison`, and as `usru.analysis.tone.specifications`: of speakers in quotations, of
        documents in all voices.

    Examples
    --------
    >>> from usru import load
    >>> comparisons(load())["comparison"].unique().tolist()
    ['manila – bonn', 'moscow – bonn', 'Lavrov – Tillerson']
    """

    def _find() -> pd.DataFrame:
        parts = [
            tone.specifications(*given).assign(comparison=name)
            for name, *given in _compared(corpus)
        ]
        columns = ["instrument", *tone.CHOICES, "n_first", "n_second", "estimate", "low", "high"]
        nothing = pd.DataFrame(columns=[*columns, "same_sign", "comparison"])
        return pd.concat(parts, ignore_index=True) if parts else nothing

    return corpus.kept("comparisons", _find, *tone.INSTRUMENTS.values())


def joint_tests(corpus: Corpus) -> pd.DataFrame:
    """Return the joint tests of the specification curves, one row a comparison.

    Parameters
    ----------
    corpus : Corpus
        As for `comparisons`.

    Returns
    -------
    pandas.DataFrame
        `comparison`, and the fields of `usru.analysis.tone.Joint`.

    Examples
    --------
    >>> from usru import load
    >>> joint_tests(load())["arrangements"].tolist()
    [0, 0, 4200]
    """

    def _find() -> pd.DataFrame:
        rows = [(name, *tone.joint(*given)) for name, *given in _compared(corpus)]
        return pd.DataFrame(rows, columns=["comparison", *tone.Joint._fields])

    return corpus.kept("joint tests", _find, *tone.INSTRUMENTS.values())


def _compared(corpus: Corpus) -> Iterator[tuple[str, pd.DataFrame, str, str, str]]:
    """The comparisons that can be made: a name, the sentences, their column and its two values."""
    named, scored = corpus.manifest.compare, corpus.scored("segments")
    for by, first, second in ((by, *pair) for by, pairs in named.items() for pair in pairs):
        table = scored if by in scored else corpus.grouped(scored, by)
        names = first, second
        if by == "speaker":
            table = table[table["voice"] == "quotation"]
            names = first.rpartition(" ")[2], second.rpartition(" ")[2]
        if {first, second} <= set(table[by]):
            yield " – ".join(names), table, by, first, second


class ValenceStories(Figure):
    """A row a story, a panel a measure: the reading first, then the instruments.

    The table is that of `usru.analysis.tone.portrayal.group_means`, the highest by the reading
    first; the column of stories (of many documents, their groups) is `group`.
    """

    name, title = "valence_stories", "How the stories portray relations"
    reading = ("A row is a story, the first panel its mean in the reading with an interval over its"
               " paragraphs; the other panels are the means that word lists give, each on its own"
               " axis. The numbers are ranks, bold where they are not the reading's.")  # fmt: skip
    source = f"Readings in data/coding/reference/valence.csv ({READERS}); scores {BY}."
    notebook, section, claim = "05_tone", "How the stories portray relations", "tone-8"
    empty, needs = "Nobody has coded the valence of these paragraphs.", "mean"

    def table(self, corpus: Corpus) -> pd.DataFrame:
        by = corpus.unit
        found = portrayal.group_means(corpus.grouped(corpus.valence), by).rename(
            columns={by: "group"}
        )
        first = found[found["measure"] == portrayal.READING].sort_values("rank", kind="stable")
        found = in_order(found, "group", first["group"])
        found = in_order(found, "measure", found["measure"].unique())
        return found.round({"mean": 6, "low": 6, "high": 6})

    def say(self, table: pd.DataFrame) -> str:
        read = table[table["measure"] == portrayal.READING]
        best, worst = read.iloc[0], read.iloc[-1]
        others = table[table["measure"] != portrayal.READING].merge(
            read[["group", "rank"]], on="group"
        )
        moved = others["rank_x"].ne(others["rank_y"]).groupby(others["measure"], sort=False).sum()
        told = ", ".join(f"{n} by {name}" for name, n in moved.items())
        return (f"In the reading from {best['mean']:+.2f} ({best['group']}) to {worst['mean']:+.2f}"
                f" ({worst['group']}), on a scale from -2 (hostile) to 2 (joint commitment). Of"
                f" {len(read)} rows, so many have another rank by a word list: {told or 'none'}.")  # fmt: skip

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        measures, groups = table["measure"].unique().tolist(), table["group"].unique().tolist()
        height = min(1.5 + 0.5 * len(groups), canvas.TALLEST)
        widths = [2.2] + [1] * (len(measures) - 1)
        figure, grid = canvas.panels(1, len(measures), height, sharey=True, width_ratios=widths)
        read = table[table["measure"] == portrayal.READING].set_index("group")["rank"]
        for axes, measure in zip(grid[0], measures, strict=True):
            own = table[table["measure"] == measure]
            _draw_means(axes, own, own["group"].map(groups.index), read)
            one = tone.INSTRUMENTS.get(measure)
            label = (one.label or one.name) if one else measure
            axes.set_title(label.removeprefix("the "), fontsize=canvas.LABEL)
            axes.set_title("rank", loc="right", fontsize=canvas.NOTE, color=MUTED, weight="normal")
            axes.locator_params(axis="x", nbins=3)
        canvas.name_rows(grid[0][0], groups)
        for place, mean in enumerate(table.loc[table["measure"] == portrayal.READING, "mean"]):
            told = f"{mean:+.2f}".replace("-", "−") if mean else "0"
            grid[0][0].text(mean, place - 0.16, told, ha="center", fontsize=canvas.NOTE,
                            bbox={"fc": PAPER, "ec": "none", "pad": 0.5})  # fmt: skip
        grid[0][0].set(xlim=(-2.1, 2.4), xlabel="mean valence, −2 to 2")
        grid[0][0].set_xticks(list(portrayal.VALENCES))
        if len(measures) > 1:
            grid[0][len(measures) // 2].set_xlabel("mean score, each on its own axis")
        return figure


def _draw_means(axes: Axes, own: pd.DataFrame, place: pd.Series, read: pd.Series) -> None:
    look = LOOKS.get(own["measure"].iloc[0], (INK, "o"))
    canvas.intervals(axes, place, own["mean"], own["low"], own["high"], look, size=6, width=1.8)
    for at, row in zip(place, own.itertuples(), strict=True):
        other = row.rank != read.get(row.group)
        axes.annotate(str(row.rank), (1, at), xycoords=("axes fraction", "data"), xytext=(-2, 5),
                      textcoords="offset points", ha="right", fontsize=canvas.LABEL,
                      weight="bold" if other else "normal", color=INK if other else MUTED)  # fmt: skip
    axes.axvline(0, color=MUTED, lw=0.8)
    axes.grid(axis="x")
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.margins(x=0.15)


VALENCE_COLOURS = {-2: RUST, -1: BLUSH, 0: SAND, 1: SKY, 2: NAVY}
VALENCE_NAMES = {-2: "hostile", -1: "somewhat negative", 0: "none or balanced", 1: "hope",
                 2: "joint commitment"}  # fmt: skip


class ValenceArc(Figure):
    """A bar a group and a story, of the paragraphs of each valence, the neutral ones in the middle.

    The table has a row a bar and valence: `group`, `level` (``"group"`` or ``"story"``), `valence`
    (from -2 to 2), `n`, `share` in [0, 1] and the `mean` of the bar. A group of one story has one
    bar; of many documents only groups are drawn.
    """

    name, title = "valence_arc", "From hope to sanctions"
    reading = ("A bar is a meeting, a thin bar one of its stories, divided by how its paragraphs"
               " portray relations: darker to the right for hope and commitment, to the left for"
               " hostility; paragraphs that do neither lie across the middle.")  # fmt: skip
    source = f"Readings in data/coding/reference/valence.csv ({READERS})."
    notebook, section, claim = "05_tone", "From hope to sanctions", "tone-10"
    empty, needs = "Nobody has coded the valence of these paragraphs.", "share"

    def table(self, corpus: Corpus) -> pd.DataFrame:
        by = corpus.group
        read = corpus.grouped(corpus.valence, by)
        stories = read.groupby(by, sort=False)["doc_id"].unique().to_dict()
        parts = [
            portrayal.distribution(rows, column).rename(columns={column: "group"}).assign(
                level=level, mean=rows["valence"].mean()
            )
            for name, ids in stories.items()
            for column, level, rows in [
                (by, "group", read[read[by] == name]),
                *[("doc_id", "story", read[read["doc_id"] == one]) for one in ids
                  if len(ids) > 1 and corpus.unit == "doc_id"],
            ]
        ]  # fmt: skip
        columns = ["group", "level", "valence", "n", "share", "mean"]
        found = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns)
        return found[columns].round({"share": 6, "mean": 6})

    def say(self, table: pd.DataFrame) -> str:
        groups = table[table["level"] == "group"]
        told = ", ".join(f"{name} {mean:+.2f}" for name, mean in
                         groups.drop_duplicates("group")[["group", "mean"]].itertuples(index=False))  # fmt: skip
        worst = groups[groups["valence"] == -2]["n"].sum()
        return f"Mean valence: {told}. {worst} paragraphs portray relations as hostile."

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        bars = table.drop_duplicates(["group", "level"]).reset_index(drop=True)
        figure, axes = canvas.rows(bars["group"], each=0.46 if len(bars) < 20 else 0.3)
        shares = table.pivot_table(index=["group", "level"], columns="valence", values=["share", "n"],
                                   sort=False, observed=True)  # fmt: skip
        for at, bar in bars.iterrows():
            own = shares.loc[(bar["group"], bar["level"])]
            left = -own["share"][-2] - own["share"][-1] - own["share"][0] / 2
            thick = 0.72 if bar["level"] == "group" else 0.42
            for value, colour in VALENCE_COLOURS.items():
                share = own["share"][value]
                axes.barh(at, share, thick, left, color=colour, edgecolor=PAPER, linewidth=0.8)
                if share > 0.025 and len(bars) <= canvas.MOST_LABELS:
                    axes.text(left + share / 2, at, f"{own['n'][value]:.0f}", ha="center", va="center",
                              fontsize=canvas.NOTE, color=PAPER if abs(value) == 2 else INK)  # fmt: skip
                left += share
            axes.annotate(f"{bar['mean']:+.2f}".replace("-", "−"), (1, at), xycoords=("axes fraction", "data"), ha="right",
                          va="center", fontsize=canvas.LABEL,
                          weight="bold" if bar["level"] == "group" else "normal")  # fmt: skip
        for label, level in zip(axes.get_yticklabels(), bars["level"], strict=True):
            label.set_fontweight("bold" if level == "group" else "normal")
        axes.axvline(0, color=MUTED, lw=0.8, zorder=0)
        axes.set(
            xlim=(-0.95, 1.15),
            xlabel="share of paragraphs, with their numbers; at the right, the mean",
        )
        axes.set_xticks([-0.5, 0, 0.5, 1], ["50%", "0", "50%", "100%"])
        canvas.colour_key(figure, {VALENCE_NAMES[v]: c for v, c in VALENCE_COLOURS.items()})
        return figure


class ToneValidity(Figure):
    """A row an instrument; the table is that of `usru.analysis.tone.validity.agreement`, rounded."""

    name, title = "tone_validity", "Instruments against the reading"
    reading = ("A mark is a rank correlation between an instrument's scores and the reading: filled"
               " over all paragraphs, hollow within stories, where it does not help that a story is"
               " friendlier as a whole.")  # fmt: skip
    source = f"Readings in data/coding/reference/valence.csv ({READERS}); scores {BY}."
    notebook, section, claim = "05_tone", "Instruments against the reading", "tone-2"
    empty, needs = "Nobody has coded the valence of these paragraphs.", "rho"

    def table(self, corpus: Corpus) -> pd.DataFrame:
        table = validity.agreement(corpus.valence)
        return table.round(dict.fromkeys(table.columns[2:], 6))

    def say(self, table: pd.DataFrame) -> str:
        best = table.sort_values("rho").iloc[-1]
        within = "not known" if pd.isna(best["within"]) else f"{best['within']:.2f}"
        return (f"Rank correlation with a reading of {best['n']} paragraphs. The best instrument,"
                f" {best['instrument']}, reaches {best['rho']:.2f}, within stories {within};"
                " 1 would be full agreement, 0 none.")  # fmt: skip

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        figure, axes = canvas.rows(table["instrument"], each=0.6)
        for place, row in enumerate(table.itertuples()):
            look = LOOKS.get(row.instrument, (INK, "P"))
            canvas.intervals(
                axes, place - 0.13, row.rho, row.low, row.high, look, size=6, width=1.8
            )
            canvas.intervals(axes, place + 0.13, row.within, row.within_low, row.within_high, look,
                             size=6, width=1, mfc=PAPER)  # fmt: skip
            for value, at, told in ((row.rho, -0.2, "all"), (row.within, 0.38, "within stories")):
                if value == value:
                    axes.text(
                        value, place + at, f"{value:.2f} {told}", ha="center", fontsize=canvas.NOTE
                    )
        axes.axvline(0, color=MUTED, lw=0.8)
        axes.set_xlim(min(-0.2, table[["low", "within_low"]].min().min() - 0.05), 1.04)
        axes.set_xlabel("Spearman’s rho with the reading, 95% bootstrap interval over paragraphs")
        axes.grid(axis="x")
        return figure


class ToneAlong(Figure):
    """A panel a story: a bar a paragraph, which leads to it, and a ring where it was read.

    Of many stories, the longest are drawn. Its table has a row a paragraph: `doc_id`, `paragraph`
    (from 1), `polarity` in [-1, 1], `valence` (from -2 to 2, missing where nobody read), `topic`
    (the rarest by the reading or the dictionary, or empty) and `passage`.
    """

    name, title = "tone_along", "Tone along each story"
    reading = ("A panel is a story, a bar a paragraph, up for positive words; a ring is its"
               " valence in the reading, divided by two. Below, the rarest of its"
               " topics, by the reading or, where nobody read, by the dictionary.")  # fmt: skip
    source = f"Scores by TextBlob; readings in data/coding/reference/valence.csv ({READERS})."
    notebook, section, claim = "05_tone", "Tone along each story", "tone-3"
    empty = "No story has a paragraph."

    def table(self, corpus: Corpus) -> pd.DataFrame:
        scores = validity.by_paragraph(corpus.scored("sentences"))
        topics = corpus.coded_topics
        topics = corpus.topics if topics.empty else topics
        topics = topics.astype({"topic": "str"})
        often = topics["topic"].map(topics["topic"].value_counts())
        rarest = topics.iloc[often.argsort(kind="stable")].drop_duplicates(["doc_id", "block"])
        table = corpus.paragraphs[["doc_id", "block", "line"]]
        for known in (scores.rename(columns={"textblob": "polarity"}), corpus.coding("valence"),
                      rarest[["doc_id", "block", "topic"]]):  # fmt: skip
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
                " sentences, weighted by their words.")  # fmt: skip

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        groups = table["group"].unique().tolist()
        figure, axes = canvas.rows(groups, each=0.5 if len(groups) < 20 else 0.3)
        if "level" in table:
            _mark_levels(axes, table.drop_duplicates("group")["level"])
        axes.axvline(0, color=MUTED, lw=0.8)
        looks = {name: LOOKS.get(name, OTHER) for name in table["instrument"].unique()}
        canvas.intervals_by(axes, table, "group", "instrument", "polarity", looks, 0.2)
        axes.set_xlabel("mean score, with 95% bootstrap interval over paragraphs")
        canvas.legend(figure, *axes.get_legend_handles_labels())
        return figure


def _means(table: pd.DataFrame, by: str) -> pd.DataFrame:
    names = [name for name in tone.INSTRUMENTS if name in table]
    scored = {name: table.assign(polarity=table[name]) for name in names}
    parts = [tone.aggregate(own, by).assign(instrument=name) for name, own in scored.items()]
    found = pd.concat(parts, ignore_index=True).rename(columns={by: "group"})
    columns = ["group", "instrument", "sentences", "words", "unscored", "polarity", "low", "high"]
    return found[columns].round({"polarity": 6, "low": 6, "high": 6})


def _mark_levels(axes: Axes, levels: pd.Series) -> None:
    """Set rows of several stories apart from those of one."""
    for at, (label, level) in enumerate(zip(axes.get_yticklabels(), levels, strict=True)):
        if level == "group":
            axes.axhspan(at - 0.5, at + 0.5, color=GRID, lw=0, zorder=0)
            label.set_fontweight("bold")


class ToneMeetings(Means):
    """Each story, and each meeting that has several; the table is that of `Means` with a `level`.

    A story has all of its sentences; a meeting counts a sentence that its stories share once.
    """

    name, title = "tone_meetings", "Tone by meeting and story"
    reading = ("A row is a story, or in bold on grey the stories of one meeting together, a mark an"
               " instrument with its interval; where intervals overlap widely the texts do not tell"
               " the rows apart.")  # fmt: skip
    section, claim = "Tone by meeting and story", "tone-5"

    def table(self, corpus: Corpus) -> pd.DataFrame:
        by = corpus.group
        table = corpus.grouped(corpus.scored("segments"), by)
        groups = _means(table[~table["reused"]], by).assign(level="group")
        groups["group"] = groups["group"] + ", together"
        if corpus.unit != "doc_id":
            return groups
        stories = _means(table, "doc_id").assign(level="story")
        several = table.groupby(by, sort=False)["doc_id"].unique()
        order = [
            name for group, ids in several.items()
            for name in ([f"{group}, together"] * (len(ids) > 1) + [*ids])
        ]  # fmt: skip
        rows = pd.concat([groups, stories], ignore_index=True)
        return in_order(rows[rows["group"].isin(order)], "group", order)

    def say(self, table: pd.DataFrame) -> str:
        return (f"{super().say(table)} A sentence that two stories of a meeting share counts once for"
                " the meeting, and in each of the stories.")  # fmt: skip


VOICES = {"outlet": "the outlet itself", "report": "reported speech"}
"""What the voices that are not quotations are called, where their names do not say it."""


class ToneSpeakers(Means):
    """Each voice but quotation, the two speakers quoted most, and others; the table is of `Means`."""

    name, title = "tone_speakers", "Tone by voice"
    reading = "A row is a voice of the stories, or what a speaker is quoted with."
    section, claim = "Tone by voice", "tone-5"

    def table(self, corpus: Corpus) -> pd.DataFrame:
        table = corpus.scored("segments")
        quoted = table["voice"] == "quotation"
        main = table[quoted].groupby("speaker")["words"].sum().nlargest(2).index
        named = table["speaker"].where(table["speaker"].isin(main), "other speakers")
        voices = table["voice"].replace(VOICES)
        table["who"] = named.where(quoted, voices)
        order = [*voices[~quoted].unique(), *main, "other speakers"]
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
        return (f"Every combination of reasonable choices. {'; '.join(told)}. Of so few paragraphs"
                " such intervals are too narrow.")  # fmt: skip

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
        for name in ("instrument", "unit", "shared", "neutral")
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
    reading = "Rows are the voices of the story that has comments, and its readers."
    section, claim, empty = "The story and its readers", "tone-7", "No page has reader comments."

    def table(self, corpus: Corpus) -> pd.DataFrame:
        comments, stories = corpus.scored("comment sentences"), corpus.scored("segments")
        stories = stories[stories["doc_id"].isin(comments["doc_id"])]
        stories = stories.assign(who="the story, " + stories["voice"].replace(VOICES))
        readers = comments.assign(who="readers' comments")
        return _means(pd.concat([stories, readers], ignore_index=True), "who")

    def say(self, table: pd.DataFrame) -> str:
        return (f"{table['sentences'].groupby(table['group']).max().sum()} sentences; each mean is over"
                " sentences, weighted by their words.")  # fmt: skip
