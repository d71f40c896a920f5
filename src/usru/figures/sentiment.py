"""Figures of the fifth notebook: how the stories portray relations, and what scores make of it."""

# ruff: noqa: D102  (the methods of a figure are described in its base)
from collections.abc import Callable, Iterator
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.legend_handler import HandlerTuple
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

import usru.figures.canvas as canvas
from usru.analysis import tone
from usru.analysis.tone import portrayal, validity
from usru.corpus import Corpus
from usru.figures.agendas import carried
from usru.figures.base import Figure, in_order, labels
from usru.show.style import EDGE, INK, INSTRUMENTS, MUTED, OTHER, PALE, PAPER, RAIL, VALENCES
from usru.wording import count, listed, number, signed, span

__all__ = ["ToneAlong", "ToneMeetings", "ToneReaders", "ToneSpeakers", "ToneSpecifications",
           "ToneValidity", "ValenceArc", "ValenceStories", "comparisons", "joint_tests"]  # fmt: skip

MOST_STORIES = 8  # on a page; of more stories the longest are drawn
MOST_NAMED = 4  # meetings in a title
MOST_ROWS = 20  # with room for names beside the marks of the first

READ = "the reading by language models, adjudicated"
SCORES = f"scores by {listed(one.label or one.name for one in tone.INSTRUMENTS.values())}"


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
    ['Manila – Bonn', 'Moscow – Bonn', 'Lavrov – Tillerson']
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
        names = corpus.labels[by][first], corpus.labels[by][second]
        if by == "speaker":
            table = table[table["voice"] == "quotation"]
            names = first.rpartition(" ")[2], second.rpartition(" ")[2]
        if {first, second} <= set(table[by]):
            yield " – ".join(names), table, by, first, second


def _instrument(table: pd.DataFrame, name: str) -> str:
    """What an instrument is called beside its marks."""
    return labels(table)["instrument"][name].removeprefix("the ")


def _named(table: pd.DataFrame) -> Callable[[str], str]:
    """What a group of documents, or a document, is called."""
    names = labels(table)["doc_id"] | labels(table)["meeting"]
    return lambda name: names.get(name, name)


def _possessive(name: str) -> str:
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def _look(name: str) -> tuple[str, str]:
    """Colour and mark of a measure: the reading in ink, an instrument as everywhere."""
    return (INK, "o") if name == portrayal.READING else INSTRUMENTS.get(name, OTHER)


def _zero(axes: Axes) -> None:
    axes.axvline(0, color=MUTED, lw=0.8, zorder=0.9)  # above the grid
    axes.grid(axis="x")


def _apart(levels: pd.Series, gap: float = 0.55) -> pd.Series:
    """The heights of rows, with a gap above each that stands for several after it."""
    first = (levels == "group").cumsum()
    return pd.Series(range(len(levels)), index=levels.index) + gap * (first - first.iloc[0])


def _name_levels(axes: Axes, place: pd.Series, names: list[str], levels: pd.Series) -> None:
    """Name rows at their heights, those of several stories in bold."""
    axes.set_yticks(place, names if len(names) <= canvas.MOST_LABELS else [""] * len(names))
    axes.set_ylim(place.iloc[-1] + 0.55, -0.55)
    for label, level in zip(axes.get_yticklabels(), levels, strict=True):
        label.set_fontweight("bold" if level == "group" else "normal")


class ValenceStories(Figure):
    """A row a story, a panel a measure: the reading first, then the instruments.

    The table is that of `usru.analysis.tone.portrayal.group_means`, the highest by the reading
    first; the column of stories (of many documents, their groups) is `group`.
    """

    name, title = "valence_stories", "How the stories portray relations"
    measure = "Mean of a story’s paragraphs, with 95% interval; at the right, the story’s rank"
    reading = ("A row is a story. In the reading a paragraph has −2 (hostile) to 2 (joint commitment);"
               " word lists have scales of their own. Ranks are bold where they are not the"
               " reading’s.")  # fmt: skip
    source = f"{READ}; {SCORES}"
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

    def finding(self, table: pd.DataFrame) -> tuple[str, bool]:
        read, lists = _split(table)
        best, worst = read.iloc[0], read.iloc[-1]
        sentence = (f"The most hopeful story is {_named(table)(best['group'])} ({signed(best['mean'])}),"
                    " but no word list puts it first")  # fmt: skip
        others = lists.loc[lists["group"] == best["group"], "rank"]
        clear = best["low"] > max(0.0, worst["high"])
        return sentence, bool(clear and len(others) and others.gt(1).all())

    def say(self, table: pd.DataFrame) -> str:
        (read, lists), named = _split(table), _named(table)
        best, worst = read.iloc[0], read.iloc[-1]
        others = lists.merge(read[["group", "rank"]], on="group")
        moved = others["rank_x"].ne(others["rank_y"]).groupby(others["measure"], sort=False).sum()
        told = listed(f"{n} of {len(read)} by {labels(table)['instrument'][name]}"
                      for name, n in moved.items())  # fmt: skip
        if len(read) == 1:
            return f"In the reading {named(best['group'])} has {signed(best['mean'])}."
        return (f"In the reading from {signed(best['mean'])} ({named(best['group'])}) to"
                f" {signed(worst['mean'])} ({named(worst['group'])}). Other ranks than in the reading:"
                f" {told}.")  # fmt: skip

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        measures, groups = table["measure"].unique().tolist(), table["group"].unique().tolist()
        height = min(1.3 + 0.5 * len(groups), canvas.TALLEST)
        widths = [2.2] + [1] * (len(measures) - 1)
        figure, grid = canvas.panels(1, len(measures), height, sharey=True, width_ratios=widths)
        read = _split(table)[0].set_index("group")
        for axes, measure in zip(grid[0], measures, strict=True):
            own = table[table["measure"] == measure]
            _draw_means(axes, own, own["group"].map(groups.index), read["rank"])
            is_read = measure == portrayal.READING
            name = "the reading" if is_read else _instrument(table, measure)
            axes.set_title(name, fontsize=canvas.LABEL)
            axes.locator_params(axis="x", nbins=2)
            axes.xaxis.set_major_formatter(
                lambda value, _: signed(value, 2).rstrip("0").rstrip(".")
            )
        canvas.name_rows(grid[0][0], list(map(_named(table), groups)))
        if len(groups) <= canvas.MOST_LABELS:
            for place, mean in enumerate(read["mean"]):
                grid[0][0].text(mean, place - 0.16, signed(mean), ha="center", fontsize=canvas.NOTE,
                                bbox={"fc": PAPER, "ec": "none", "pad": 0.5})  # fmt: skip
        grid[0][0].set_xlim(-2.1, 2.4)
        grid[0][0].set_xticks(list(portrayal.VALENCES), ["−2", "−1", "0", "+1", "+2"])
        return figure


def _split(table: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What the reading says, and what the instruments say."""
    is_read = table["measure"] == portrayal.READING
    return table[is_read], table[~is_read]


def _draw_means(axes: Axes, own: pd.DataFrame, place: pd.Series, read: pd.Series) -> None:
    look = _look(own["measure"].iloc[0])
    canvas.intervals(axes, place, own["mean"], own["low"], own["high"], look, size=6, width=1.8)
    for at, row in zip(place, own.itertuples(), strict=True):
        other = row.rank != read.get(row.group)
        axes.annotate(str(row.rank), (1, at), xycoords=("axes fraction", "data"), xytext=(14, 0),
                      textcoords="offset points", ha="center", va="center", fontsize=canvas.LABEL,
                      weight="bold" if other else "normal", color=INK if other else MUTED)  # fmt: skip
    axes.annotate("rank", (1, 1), xycoords="axes fraction", xytext=(14, 2), ha="center",
                  textcoords="offset points", fontsize=canvas.NOTE, color=MUTED)  # fmt: skip
    _zero(axes)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.margins(x=0.15)


VALENCE_NAMES = {-2: "hostile", -1: "somewhat negative", 0: "none or balanced", 1: "hope",
                 2: "joint commitment"}  # fmt: skip


class ValenceArc(Figure):
    """A bar a group and a story, of the paragraphs of each valence, the neutral ones in the middle.

    The table has a row a bar and valence: `group`, `level` (``"group"`` or ``"story"``), `valence`
    (from -2 to 2), `n`, `share` in [0, 1] and the `mean` of the bar. A group of one story has one
    bar; of many documents only groups are drawn.
    """

    name, title = "valence_arc", "Relations as portrayed"
    measure = ("All paragraphs of a meeting or story, with their numbers; at the right, the mean from −2"
               " to +2")  # fmt: skip
    reading = ("A bar is a meeting, a thin bar one of its stories, divided by how its paragraphs"
               " portray relations: to the right hope and commitment, to the left, hatched, what is"
               " negative or hostile; paragraphs that do neither lie across the middle.")  # fmt: skip
    source = READ
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

    def finding(self, table: pd.DataFrame) -> tuple[str, bool]:
        groups, named = table[table["level"] == "group"], _named(table)
        means = groups.drop_duplicates("group").set_index("group")["mean"]
        told = ", ".join(f"{named(name)} {signed(mean)}" for name, mean in means.items())
        return f"Relations as portrayed: {told}", 1 < len(means) <= MOST_NAMED

    def say(self, table: pd.DataFrame) -> str:
        groups, named = table[table["level"] == "group"], _named(table)
        worst = groups[groups["valence"].eq(-2) & groups["n"].gt(0)]
        n = int(worst["n"].sum())
        if not n:
            return "No paragraph portrays relations as hostile."
        portray = count(n, "paragraph portrays", "paragraphs portray")
        where = listed(map(named, worst["group"]))
        return f"{portray} relations as hostile, in the stories about {where}."

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        bars = table.drop_duplicates(["group", "level"]).reset_index(drop=True)
        names, place = list(map(_named(table), bars["group"])), _apart(bars["level"])
        figure, axes = canvas.rows(names, each=0.5 if len(bars) < MOST_ROWS else 0.3)
        _name_levels(axes, place, names, bars["level"])
        shares = table.pivot_table(index=["group", "level"], columns="valence", values=["share", "n"],
                                   sort=False, observed=True)  # fmt: skip
        for at, bar in zip(place, bars.itertuples(), strict=True):
            own = shares.loc[(bar.group, bar.level)]
            left = -own["share"][-2] - own["share"][-1] - own["share"][0] / 2
            thick = 0.72 if bar.level == "group" else 0.42
            for value in VALENCES:
                share = own["share"][value]
                axes.barh(at, share, thick, left, **_valence(value))
                if share > 0.025 and len(bars) <= canvas.MOST_LABELS:
                    _count_in(axes, left + share / 2, at, own["n"][value], value)
                left += share
            if len(bars) <= canvas.MOST_LABELS:
                axes.annotate(signed(bar.mean), (1, at), xycoords=("axes fraction", "data"), ha="right",
                              va="center", fontsize=canvas.LABEL,
                              weight="bold" if bar.level == "group" else "normal")  # fmt: skip
        axes.axvline(0, color=MUTED, lw=0.8, zorder=0)
        axes.set_xlim(-0.95, 1.15)
        axes.set_xticks([])  # neutral paragraphs lie across the middle: no end is a share
        axes.spines["bottom"].set_visible(False)
        boxes = [Rectangle((0, 0), 1, 1, **_valence(value)) for value in VALENCES]
        canvas.legend(figure, boxes, [VALENCE_NAMES[value] for value in VALENCES],
                      handlelength=1.2, handleheight=1, columnspacing=1.2, handletextpad=0.5)  # fmt: skip
        return figure


def _valence(value: int) -> dict[str, Any]:
    """The look of a valence: what is negative is hatched, so that grey tells it too."""
    return canvas.filled(VALENCES[value]) | {"hatch": "///" if value < 0 else ""}


def _count_in(axes: Axes, x: float, y: float, n: float, value: int) -> None:
    """Write a number into a bar, on plain ground where it is hatched."""
    fill = VALENCES[value]
    ground = {"bbox": {"fc": fill, "ec": "none", "pad": 1.8}} if value < 0 else {}
    axes.text(x, y, f"{n:.0f}", ha="center", va="center", fontsize=canvas.NOTE,
              color=canvas.ink_on(fill), **ground)  # fmt: skip


class ToneValidity(Figure):
    """A row an instrument; the table is that of `usru.analysis.tone.validity.agreement`, rounded."""

    name, title = "tone_validity", "Instruments against the reading"
    measure = "Spearman’s rank correlation with the reading, with 95% bootstrap interval"
    reading = ("A mark is a rank correlation between an instrument’s scores and the reading: filled"
               " over all paragraphs, hollow within stories, where it does not help that a story is"
               " friendlier as a whole. 1 would be full agreement, 0 none.")  # fmt: skip
    source = f"{READ}; {SCORES}"
    notebook, section, claim = "05_tone", "Instruments against the reading", "tone-2"
    empty, needs = "Nobody has coded the valence of these paragraphs.", "rho"

    def table(self, corpus: Corpus) -> pd.DataFrame:
        table = validity.agreement(corpus.valence)
        return table.round(dict.fromkeys(table.columns[2:], 6))

    def finding(self, table: pd.DataFrame) -> tuple[str, bool]:
        least, most = table["rho"].min(), table["rho"].max()
        sentence = (f"No word list follows the reading closely: rank correlations of {number(least)} to"
                    f" {number(most)}")  # fmt: skip
        return sentence, bool(most < 0.5 and len(table) > 1)

    def say(self, table: pd.DataFrame) -> str:
        best, names = table.sort_values("rho").iloc[-1], labels(table)["instrument"]
        return (f"The highest correlation is {_possessive(names[best['instrument']])}: {number(best['rho'])} over"
                f" {count(best['n'], 'paragraph')}, {number(best['within'])} within stories.")  # fmt: skip

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        names = [_instrument(table, name) for name in table["instrument"]]
        figure, axes = canvas.rows(names, each=0.62)
        for place, row in enumerate(table.itertuples()):
            look = _look(row.instrument)
            canvas.intervals(
                axes, place - 0.13, row.rho, row.low, row.high, look, size=6, width=1.8
            )
            canvas.intervals(axes, place + 0.13, row.within, row.within_low, row.within_high, look,
                             size=6, width=1, mfc=PAPER)  # fmt: skip
            for value, at, told in ((row.rho, -0.21, "all"), (row.within, 0.4, "within stories")):
                if value == value:
                    axes.text(value, place + at, f"{number(value)} {told}", ha="center",
                              fontsize=canvas.NOTE)  # fmt: skip
        _zero(axes)
        axes.set_xlim(min(-0.2, table[["low", "within_low"]].min().min() - 0.05), 1.04)
        axes.xaxis.set_major_formatter(lambda value, _: number(value, 1))
        return figure


class ToneAlong(Figure):
    """A panel a story: a bar a paragraph, as it was read, which leads to it.

    Of many stories, the longest are drawn. Its table has a row a paragraph: `doc_id`, `paragraph`
    (from 1), `valence` (from -2 to 2, missing where nobody read), the score of each instrument in
    [-1, 1], `topic` (the rarest by the reading or the dictionary, or empty) and `passage`.
    """

    name, title = "tone_along", "Tone along each story"
    measure = ("How each paragraph portrays relations, from hostile (−2) to joint commitment (+2); below,"
               " a mark where a word list has the opposite sign")  # fmt: skip
    reading = ("A panel is a story, a bar a paragraph in the order of the page; a dot is one that is"
               " neutral. Below, a mark where a word list has the opposite sign, and the topic of"
               " some paragraphs; where there are several, the rarest.")  # fmt: skip
    source = f"{READ}; {SCORES}"
    notebook, section, claim = "05_tone", "Tone along each story", "tone-3"
    empty = "No story has a paragraph."

    def table(self, corpus: Corpus) -> pd.DataFrame:
        scores = validity.by_paragraph(corpus.scored("sentences"))
        topics = carried(corpus).astype({"topic": "str"})
        often = topics["topic"].map(topics["topic"].value_counts())
        rarest = topics.iloc[often.argsort(kind="stable")].drop_duplicates(["doc_id", "block"])
        table = corpus.paragraphs[["doc_id", "block", "line"]]
        for known in (scores, corpus.coding("valence"), rarest[["doc_id", "block", "topic"]]):
            table = table.merge(known, how="left")
        table["paragraph"] = table.groupby("doc_id", sort=False).cumcount() + 1
        table = corpus.linked(table).fillna({"topic": ""})
        names = [name for name in tone.INSTRUMENTS if name in scores]
        table = table.round(dict.fromkeys(names, 6))
        return table[["doc_id", "paragraph", "valence", *names, "topic", "passage"]]

    def finding(self, table: pd.DataFrame) -> tuple[str, bool]:
        clear, turned = int((table["valence"].fillna(0) != 0).sum()), _turned(table)
        least, most = min(turned.values(), default=0), max(turned.values(), default=0)
        those = count(clear, "paragraph that is not neutral", "paragraphs that are not neutral")
        sentence = (f"Each word list turns the sign of {span(f'{least}', f'{most}')} of"
                    f" {'the ' * (clear > 1)}{those}")  # fmt: skip
        return sentence, bool(clear and least > clear / 10)

    def say(self, table: pd.DataFrame) -> str:
        if table["valence"].isna().all():
            return f"Nobody has read the {count(len(table), 'paragraph')} of these stories."
        names = labels(table)["instrument"]
        told = listed(f"{names[name]} in {n}" for name, n in _turned(table).items())
        return f"The sign of the score is the opposite of the reading’s by {told}."

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        longest = table.groupby("doc_id", sort=False).size().nlargest(MOST_STORIES).index
        stories = [doc_id for doc_id in table["doc_id"].unique() if doc_id in longest]
        figure, grid = canvas.panels(len(stories), 1, 0.85 + 1.85 * len(stories), sharey=True)
        lists = list(_turned(table))
        for axes, doc_id in zip(grid[:, 0], stories, strict=True):
            _draw_story(axes, table[table["doc_id"] == doc_id], lists)
            axes.set_title(labels(table)["doc_id"][doc_id], fontsize=9, pad=5)
        _key_of_paragraphs(figure, lists)
        return figure


def _key_of_paragraphs(figure: canvas.Drawing, lists: list[str]) -> None:
    """Say above a drawing, in two rows, what bars, dots and marks are."""
    boxes: list[Any] = [
        Rectangle((0, 0), 1, 1, **canvas.filled(VALENCES[value])) for value in VALENCES
    ]
    boxes[list(VALENCES).index(0)] = Line2D(
        [], [], marker="o", ls="", ms=4.5, mfc=PAPER, mec=EDGE, mew=1.2
    )
    names = [VALENCE_NAMES[value] for value in VALENCES]
    marks = tuple(
        Line2D([], [], marker=marker, ls="", ms=4, color=colour)
        for colour, marker in map(_look, lists)
    )
    if marks:
        boxes, names = [*boxes, marks], [*names, "a word list has the opposite sign"]
    figure.legend(boxes, names, ncols=3, loc="outside upper left", handleheight=1,
                  handler_map={tuple: HandlerTuple(ndivide=None, pad=0.4)})  # fmt: skip


def _turned(table: pd.DataFrame) -> dict[str, int]:
    """Of how many paragraphs each instrument has the opposite sign of the reading."""
    lists = [name for name in tone.INSTRUMENTS if name in table]
    return {name: int((table[name] * table["valence"] < 0).sum()) for name in lists}


STRIP = -3.1  # where the first instrument's marks lie below the bars
_STEP = 0.75  # from one to the next


def _draw_story(axes: Axes, story: pd.DataFrame, lists: list[str]) -> None:
    place = pd.Series(range(len(story)), index=story.index)
    size = max(len(story), 12)
    axes.axhline(0, color=MUTED, lw=0.8, zorder=1)
    for at, row in zip(place, story.itertuples(), strict=True):
        if row.valence:  # unread ones too, which have no height
            look = canvas.filled(VALENCES.get(row.valence, PALE))
            axes.bar(at, row.valence, 0.66, url=row.passage, zorder=2, **look)
    neutral = story[story["valence"] == 0]
    canvas.dots(axes, place[neutral.index], neutral["valence"], neutral["passage"], s=20, color=PAPER,
                edgecolors=EDGE, linewidths=1.2, zorder=3)  # fmt: skip
    for i, name in enumerate(lists):
        colour, marker = _look(name)
        turned = place[story[name] * story["valence"] < 0]
        axes.plot(turned, [STRIP - _STEP * i] * len(turned), marker, ms=4, color=colour)
    _name_topics(axes, story, STRIP - _STEP * len(lists), size)
    axes.set(ylim=(STRIP - _STEP * (len(lists) + 1), 2.2), xlim=(-0.7, size - 0.3))
    strips = [STRIP - _STEP * i for i in range(len(lists))]
    names = [_instrument(story, name) for name in lists]
    axes.set_yticks([2, 0, -2, *strips], ["+2", "0", "−2", *names], fontsize=canvas.NOTE)
    axes.spines[:].set_visible(False)
    axes.set_xticks([])


def _name_topics(axes: Axes, story: pd.DataFrame, y: float, size: int) -> None:
    """Name runs of one topic where there is room, first those of the strongest paragraphs."""
    names, room = labels(story)["topic"], 430 / size  # points that a paragraph has
    runs = [
        (run.index[0], run.index[-1], run["valence"].abs().max(), run["topic"].iloc[0])
        for _, run in story.reset_index(drop=True).groupby(
            (story["topic"] != story["topic"].shift()).cumsum().to_numpy()
        )
    ]  # fmt: skip
    taken: list[tuple[float, float]] = []
    for first, last, strength, topic in sorted(runs, key=lambda run: (-run[2], run[0] - run[1])):
        middle, half = (first + last) / 2, 0.29 * canvas.NOTE * len(names[topic]) / room
        left, right = middle - half, middle + half
        free = all(right < start or end < left for start, end in taken)
        if topic and strength and free and left > -0.9 and right < size:
            taken.append((left, right))
            axes.plot([first - 0.33, last + 0.33], [y + 0.1] * 2, color=RAIL, lw=2)
            axes.text(middle, y - 0.05, names[topic], ha="center", va="top", fontsize=canvas.NOTE,
                      color=MUTED)  # fmt: skip


class Means(Figure):
    """A row a group, a mark an instrument, with its interval.

    The table has a row a group and instrument: `group`, `instrument`, `sentences`, `words`,
    `unscored`, and the mean `polarity` with its ends `low` and `high`, all in [-1, 1]. Where it has
    a `level`, rows of ``"group"`` begin a new block.
    """

    notebook, source = "05_tone", f"{SCORES}, of sentences cut where a voice ends"
    measure = "Mean score of sentences, from −1 to 1, with 95% bootstrap interval over paragraphs"
    empty, needs = "There is nothing to score.", "polarity"

    def _called(self, table: pd.DataFrame) -> Callable[[str], str]:
        """What the groups of a table are called."""
        return _named(table)

    def say(self, table: pd.DataFrame) -> str:
        across = int(((table["low"] <= 0) & (table["high"] >= 0)).sum())
        least, most = signed(table["polarity"].min()), signed(table["polarity"].max())
        ends = (
            f"The mean is {least}" if len(table) == 1 else f"Means lie between {least} and {most}"
        )
        return (f"{ends}; of {count(len(table), 'interval')} {count(across, 'contains', 'contain')} 0."
                " Each averages sentences, weighted by their words.")  # fmt: skip

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        groups, called = table["group"].unique().tolist(), self._called(table)
        levels = table.drop_duplicates("group").get("level", pd.Series("story", range(len(groups))))
        names, place = [called(name) for name in groups], _apart(levels.reset_index(drop=True))
        few = len(groups) < MOST_ROWS
        figure, axes = canvas.rows(names, each=0.58 if few else 0.3)
        _name_levels(axes, place, names, levels)
        lists = table["instrument"].unique().tolist()
        for i, name in enumerate(lists):
            own, look = table[table["instrument"] == name], INSTRUMENTS.get(name, OTHER)
            at = place.loc[own["group"].map(groups.index)].to_numpy() + 0.24 * (
                i - (len(lists) - 1) / 2
            )
            canvas.intervals(axes, at, own["polarity"], own["low"], own["high"], look, label=name)
            if few:  # beside the first row, in place of a legend
                axes.annotate(_instrument(table, name), (own["high"].iloc[0], at[0]), xytext=(5, 0),
                              textcoords="offset points", va="center", fontsize=canvas.NOTE,
                              color=look[0])  # fmt: skip
        if not few:
            marks, known = axes.get_legend_handles_labels()
            canvas.legend(figure, marks, [_instrument(table, name) for name in known])
        _zero(axes)
        axes.xaxis.set_major_formatter(lambda value, _: number(value, 1))
        return figure


def _means(table: pd.DataFrame, by: str) -> pd.DataFrame:
    names = [name for name in tone.INSTRUMENTS if name in table]
    scored = {name: table.assign(polarity=table[name]) for name in names}
    parts = [tone.aggregate(own, by).assign(instrument=name) for name, own in scored.items()]
    found = pd.concat(parts, ignore_index=True).rename(columns={by: "group"})
    columns = ["group", "instrument", "sentences", "words", "unscored", "polarity", "low", "high"]
    return found[columns].round({"polarity": 6, "low": 6, "high": 6})


def _overlap(table: pd.DataFrame) -> bool:
    """Whether by each instrument the intervals of all rows have a value in common."""
    ends = table.groupby("instrument")[["low", "high"]].agg({"low": "max", "high": "min"})
    return bool((ends["low"] <= ends["high"]).all() and table["group"].nunique() > 1)


class ToneMeetings(Means):
    """Each meeting, and below it each of its stories if there are several; the table is of `Means`.

    It has a `level` too (``"group"`` or ``"story"``). A story has all of its sentences; a meeting
    counts a sentence that its stories share once.
    """

    name, title = "tone_meetings", "Tone by meeting and story"
    reading = ("In bold a meeting, below it its stories, if it has several; a mark is an instrument"
               " with its interval. Rows whose intervals overlap need not be alike.")  # fmt: skip
    section, claim = "Tone by meeting and story", "tone-5"

    def table(self, corpus: Corpus) -> pd.DataFrame:
        by = corpus.group
        table = corpus.grouped(corpus.scored("segments"), by)
        groups = _means(table[~table["reused"]], by).assign(level="group")
        if corpus.unit != "doc_id":
            return groups
        stories = _means(table, "doc_id").assign(level="story")
        several = table.groupby(by, sort=False)["doc_id"].unique()
        order = [name for group, ids in several.items()
                 for name in (group, *(ids if len(ids) > 1 else ()))]  # fmt: skip
        rows = pd.concat([groups, stories], ignore_index=True)
        return in_order(rows[rows["group"].isin(order)], "group", order)

    def finding(self, table: pd.DataFrame) -> tuple[str, bool]:
        groups = table[table["level"] == "group"]
        meetings = count(groups["group"].nunique(), "meeting")
        return f"By word lists the intervals of the {meetings} overlap", _overlap(groups)

    def say(self, table: pd.DataFrame) -> str:
        return (f"{super().say(table)} A sentence that two stories of a meeting share counts once for"
                " the meeting, and in each of the stories.")  # fmt: skip


OTHERS, AUDIENCE = "other speakers", "readers’ comments"


class ToneSpeakers(Means):
    """Each voice but quotation, the two speakers quoted most, and others; the table is of `Means`."""

    name, title = "tone_speakers", "Tone by voice"
    reading = ("A row is what the stories say themselves or report, or what a speaker is quoted with;"
               " a mark is an instrument with its interval.")  # fmt: skip
    section, claim = "Tone by voice", "tone-5"

    def _called(self, table: pd.DataFrame) -> Callable[[str], str]:
        return lambda name: _voice(table, name)

    def table(self, corpus: Corpus) -> pd.DataFrame:
        table = corpus.scored("segments")
        quoted = table["voice"] == "quotation"
        main = table[quoted].groupby("speaker")["words"].sum().nlargest(2).index
        named = table["speaker"].where(table["speaker"].isin(main), OTHERS)
        table["who"] = named.where(quoted, table["voice"])
        order = [*table.loc[~quoted, "voice"].unique(), *main, OTHERS]
        return _means(in_order(table[~table["reused"]], "who", order), "who")

    def finding(self, table: pd.DataFrame) -> tuple[str, bool]:
        main = table[~table["group"].isin([*labels(table)["voice"], "outlet", "report", OTHERS])]
        names = main["group"].unique().tolist()
        told = listed(names) if len(names) == 2 else "the speakers"
        sentence = f"The intervals of {told} overlap by every word list"
        return sentence, len(names) == 2 and _overlap(main)


def _voice(table: pd.DataFrame, name: str) -> str:
    """What the words of a voice are called; a speaker has a name already."""
    names = labels(table)["voice"]
    return f"{names[name]} words" if name in names else name


class ToneSpecifications(Figure):
    """A column a comparison: estimates above, choices below; the table is that of `comparisons`."""

    name, title = "tone_specifications", "Every reasonable choice"
    measure = "Difference of mean scores, first less second, under each combination of choices"
    reading = ("Above, each dot is a difference under one combination of choices, the lowest first,"
               " with its 95% interval; below it, a tick in the row of each choice that was made.")  # fmt: skip
    notebook, section, claim = "05_tone", "Every reasonable choice", "tone-1"
    source, empty, needs = Means.source, "There is nothing to compare.", "estimate"

    def table(self, corpus: Corpus) -> pd.DataFrame:
        table = comparisons(corpus).rename(columns={"reused": "shared"})
        return table.round({"estimate": 6, "low": 6, "high": 6})

    def finding(self, table: pd.DataFrame) -> tuple[str, bool]:
        apart, names = table[_excludes_zero(table)], labels(table)["instrument"]
        lists = listed(names[name] for name in apart["instrument"].unique())
        n, every = len(apart), count(len(table), "interval")
        told = f"{n} {'lies' if n == 1 else 'lie'}" if n else "none lies"
        by = f", {'all ' * (n > 1)}by {lists}" if n else ""
        return f"Of {every} {told} apart from zero{by}", n < len(table) / 10

    def say(self, table: pd.DataFrame) -> str:
        parts = table.assign(apart=_excludes_zero(table)).groupby("comparison", sort=False)["apart"]
        told = listed(f"{part.sum()} of {count(len(part), 'interval')} for {_less(name)}"
                      for name, part in parts)  # fmt: skip
        few = count(table[["n_first", "n_second"]].min().min(), "paragraph")
        return (f"Apart from zero: {told}. Some means rest on as few as {few}; of so few, such intervals are"
                " too narrow.")  # fmt: skip

    def draw(self, table: pd.DataFrame) -> canvas.Drawing:
        comparisons, choices = table["comparison"].unique().tolist(), _choices(table)
        figure, grid = canvas.panels(2, len(comparisons), 5.6, sharey="row", sharex="col",
                                     height_ratios=[1.2, 1])  # fmt: skip
        for column, comparison in enumerate(comparisons):
            part = table[table["comparison"] == comparison]
            part = part.sort_values("estimate", kind="stable", ignore_index=True)
            _draw_curve(grid[0][column], part)
            grid[0][column].set_title(_less(comparison), fontsize=9)
            _draw_choices(grid[1][column], part, choices)
        names = [told for *_, told in choices]
        grid[1][0].set_yticks(_apart_choices(choices), names, fontsize=canvas.NOTE)
        dots = [
            Line2D([], [], ls="", ms=5, color=_look(name)[0], marker=_look(name)[1],
                   label=_instrument(table, name))
            for name in table["instrument"].unique()
        ]  # fmt: skip
        lines = [Line2D([], [], color=EDGE, lw=1.2, label="95% interval"),
                 Line2D([], [], color=INK, lw=2, label="apart from zero")]  # fmt: skip
        marks = [*dots, *lines]
        canvas.legend(figure, marks, [mark.get_label() for mark in marks], handletextpad=0.4)
        return figure


def _less(comparison: str) -> str:
    """A comparison as the difference that it is."""
    return comparison.replace(" – ", " − ")


def _excludes_zero(table: pd.DataFrame) -> pd.Series:
    return (table["low"] > 0) | (table["high"] < 0)


CHOSEN = {
    ("unit", "word"): "mean over words", ("unit", "sentence"): "mean over sentences",
    ("unit", "paragraph"): "mean over paragraphs", ("shared", "in"): "shared passages in each story",
    ("shared", "once"): "shared passages once", ("neutral", "in"): "with neutral sentences",
    ("neutral", "out"): "without neutral sentences",
}  # fmt: skip
"""What the choices are called that `usru.analysis.tone.CHOICES` names."""


def _choices(table: pd.DataFrame) -> list[tuple[str, str, str]]:
    """The choices that were open: name, value, and what they are called."""
    return [
        (name, value, _instrument(table, value) if name == "instrument" else CHOSEN[name, value])
        for name in ("instrument", "unit", "shared", "neutral")
        for value in table[name].unique()
        if table[name].nunique() > 1 or name == "instrument"
    ]


def _apart_choices(choices: list[tuple[str, str, str]]) -> list[float]:
    """The heights of the rows of choices, those of one question together."""
    names = pd.Series([name for name, *_ in choices])
    between = (names != names.shift()).cumsum() - 1
    return [float(at) for at in names.index + 0.5 * between]


def _draw_curve(axes: Axes, part: pd.DataFrame) -> None:
    apart = part[_excludes_zero(part)]
    axes.vlines(part.index, part["low"], part["high"], color=EDGE, lw=1.2)
    axes.vlines(apart.index, apart["low"], apart["high"], color=INK, lw=2)
    for name in part["instrument"].unique():
        own, (colour, marker) = part[part["instrument"] == name], _look(name)
        axes.plot(own.index, own["estimate"], marker, ms=3, color=colour)
    axes.axhline(0, color=MUTED, lw=0.8, zorder=0)
    axes.yaxis.set_major_formatter(lambda value, _: signed(value, 1).replace("0.0", "0"))
    axes.tick_params(axis="x", length=0, labelbottom=False)


def _draw_choices(axes: Axes, part: pd.DataFrame, choices: list[tuple[str, str, str]]) -> None:
    rows = _apart_choices(choices)
    for place, (name, value, _) in zip(rows, choices, strict=True):
        colour = _look(value)[0] if name == "instrument" else MUTED
        made = part.index[part[name] == value]
        axes.plot(made, [place] * len(made), "|", ms=6, mew=1, color=colour)
    axes.set_ylim(rows[-1] + 0.6, -0.6)
    axes.set_xticks([])
    axes.spines[:].set_visible(False)


class ToneReaders(Means):
    """The voices of the stories with comments, and the comments; the table is that of `Means`."""

    name, title = "tone_readers", "The story and its readers"
    reading = ("A row is a voice of the story that has comments, or its readers; a mark is an"
               " instrument with its interval.")  # fmt: skip
    section, claim, empty = "The story and its readers", "tone-7", "No page has reader comments."

    def _called(self, table: pd.DataFrame) -> Callable[[str], str]:
        return lambda name: _voice(table, name)

    def table(self, corpus: Corpus) -> pd.DataFrame:
        comments, stories = corpus.scored("comment sentences"), corpus.scored("segments")
        stories = stories[stories["doc_id"].isin(comments["doc_id"])]
        stories = stories.assign(who=stories["voice"])
        readers = comments.assign(who=AUDIENCE)
        return _means(pd.concat([stories, readers], ignore_index=True), "who")

    def finding(self, table: pd.DataFrame) -> tuple[str, bool]:
        together, cases = _beside_readers(table)
        sentence = "By word lists the intervals of readers and story overlap"
        where = "" if together == cases else f" in {together} of {count(cases, 'case')}"
        return f"{sentence}{where}", 2 * together > cases

    def sample(self, table: pd.DataFrame) -> str:
        sizes = table.groupby("group")["sentences"].max()
        readers = int(sizes.get(AUDIENCE, 0))
        return (f"{count(int(sizes.sum()) - readers, 'sentence')} of the story,"
                f" {count(readers, 'sentence')} of its readers")  # fmt: skip


def _beside_readers(table: pd.DataFrame) -> tuple[int, int]:
    """How often the interval of the readers overlaps that of a voice, by the same instrument."""
    is_reader = table["group"] == AUDIENCE
    both = table[~is_reader].merge(table[is_reader], on="instrument", suffixes=("", "_readers"))
    overlap = (both["low"] <= both["high_readers"]) & (both["low_readers"] <= both["high"])
    return int(overlap.sum()), len(both)
