"""The study's figures: what each draws, says and rests on; and how it is written."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from IPython.display import display

from usru.analysis import agreement, timeline, topics
from usru.corpus import Corpus
from usru.errors import InputError
from usru.files import make_folders, write
from usru.show import plots
from usru.show.plots import Drawing
from usru.study import outside

__all__ = [
    "FIGURES",
    "Caption",
    "Figure",
    "Picture",
    "gallery",
    "show",
    "topic_agreement",
    "write_all",
]

GROUP_OF_KIND = {
    "body": "story",
    "headline": "title matter", "subhead": "title matter", "byline": "title matter",
    "timestamp": "title matter", "separator": "title matter",
    "caption": "pictures", "credit": "pictures",
    "nav": "furniture", "related": "furniture", "tags": "furniture",
    "commenter": "readers", "comment": "readers",
}  # fmt: skip


@dataclass(frozen=True)
class Figure:
    """A figure of the study.

    `table` gives exactly what is plotted, `plot` draws it, `caption` says
    what it shows with numbers taken from the table, `reading` how to read it,
    `source` what it rests on, `section` the notebook's section that makes it.
    """

    name: str
    title: str
    table: Callable[[Corpus], pd.DataFrame]
    plot: Callable[[pd.DataFrame], Drawing]
    caption: Callable[[pd.DataFrame], str]
    reading: str
    source: str
    notebook: str
    section: str

    def alt(self, table: pd.DataFrame) -> str:
        """Say in words what the picture shows, for who cannot see it."""
        return f"{self.title}. {self.caption(table)} {self.reading}"


@dataclass(frozen=True)
class Picture:
    """A figure drawn for a notebook; its text reading is the alt text."""

    svg: str
    alt: str

    def __repr__(self) -> str:
        return f"[figure: {self.alt}]"

    def _repr_svg_(self) -> str:
        return self.svg


@dataclass(frozen=True)
class Caption:
    """What stands below a figure."""

    text: str

    def __repr__(self) -> str:
        return self.text

    def _repr_markdown_(self) -> str:
        return self.text


def show(name: str, corpus: Corpus) -> Caption:
    """Draw a figure in a notebook.

    Parameters
    ----------
    name : str
        A key of `FIGURES`.
    corpus : Corpus
        What to draw it of.

    Returns
    -------
    Caption
        The text below the figure; the figure itself is displayed as SVG.

    Raises
    ------
    InputError
        When there is no figure of that name.

    Examples
    --------
    >>> from usru import load
    >>> show("stories", load()).text[:29]
    [figure: ...]
    '**The stories at a glance.** '
    """
    if name not in FIGURES:
        raise InputError(name, "there is no such figure", f"use one of {', '.join(FIGURES)}")
    figure = FIGURES[name]
    table = figure.table(corpus)
    alt = figure.alt(table)
    display(Picture(figure.plot(table).svg(figure.title, alt), alt))
    return Caption(
        f"**{figure.title}.** {figure.caption(table)} *{figure.reading}* {figure.source}"
    )


def write_all(corpus: Corpus, folder: Path, names: Iterable[str] | None = None) -> list[Path]:
    """Write each figure as SVG, PNG and the CSV of what it plots, and the gallery.

    Parameters
    ----------
    corpus : Corpus
        What to draw.
    folder : path
        Where to; made when it is missing. Each file is written in one step.
    names : iterable of str, optional
        Which figures; all by default, and only then the gallery too.

    Returns
    -------
    list of path
        The files that changed.
    """
    make_folders(folder)
    tables = {name: FIGURES[name].table(corpus) for name in (names or FIGURES)}
    files = {
        folder / f"{name}.{suffix}": content
        for name, table in tables.items()
        for suffix, content in _files(FIGURES[name], table).items()
    }
    if names is None:
        files[folder / "README.md"] = gallery(corpus.manifest.title, tables)
    return [path for path, content in files.items() if write(path, content)]


def gallery(title: str, tables: Mapping[str, pd.DataFrame]) -> str:
    """Return the gallery: every figure with its caption, alt text and data, as Markdown."""
    parts = [
        "# Figures",
        "",
        f"{title}. Each figure is drawn by its notebook from the corpus; its data"
        " are in the CSV beside it. Marks in the SVG files lead to the passages they stand for.",
        "",
    ]
    for name, table in tables.items():
        figure = FIGURES[name]
        parts += [
            f"## {figure.title}",
            "",
            f"[![{figure.alt(table)}]({figure.name}.png)]({figure.name}.svg)",
            "",
            figure.caption(table),
            "",
            f"*How to read it.* {figure.reading}",
            "",
            f"*Source.* {figure.source} Data: [{figure.name}.csv]({figure.name}.csv). Made in"
            f" [{figure.notebook}](../notebooks/{figure.notebook}.ipynb), “{figure.section}”.",
            "",
        ]
    return "\n".join(parts)


def _files(figure: Figure, table: pd.DataFrame) -> dict[str, str | bytes]:
    drawing = figure.plot(table)
    return {
        "svg": drawing.svg(figure.title, figure.alt(table)),
        "png": drawing.png(),
        "csv": table.to_csv(index=False, lineterminator="\n"),
    }


def _composition(corpus: Corpus) -> pd.DataFrame:
    table = corpus.blocks
    characters = (
        table["text"].str.len().groupby([table["doc_id"], table["kind"].map(GROUP_OF_KIND)])
    )
    table = characters.sum().rename("characters").rename_axis(["doc_id", "group"]).reset_index()
    whole = table.groupby("doc_id")["characters"].transform("sum")
    table["share"] = table["characters"] / whole
    order = {doc_id: i for i, doc_id in enumerate(corpus.documents["doc_id"])}
    return table.sort_values(["doc_id", "group"], key=lambda c: c.map(order) if c.name == "doc_id" else c,
                             ignore_index=True)  # fmt: skip


def _composition_caption(table: pd.DataFrame) -> str:
    story = table[table["group"] == "story"].set_index("doc_id")["share"]
    if story.empty:
        return "No page has a story."
    return (
        f"The story is between {story.min():.0%} ({story.idxmin()})"
        f" and {story.max():.0%} ({story.idxmax()}) of a page's characters."
    )


def _kept_and_dropped(corpus: Corpus) -> pd.DataFrame:
    doc_id = corpus.documents["doc_id"].iloc[0]
    table = corpus.lines
    table = table[table["doc_id"] == doc_id].reset_index(drop=True)
    return pd.DataFrame(
        {
            "doc_id": doc_id,
            "line": table["line"],
            "block": table["block"],
            "kind": table["kind"],
            "rule": table["rule"],
            "group": table["kind"].map(GROUP_OF_KIND),
            "characters": [
                len(corpus.raw(doc_id)[start:end].strip())
                for start, end in zip(table["start"], table["end"], strict=True)
            ],
            "passage": [corpus.passage(doc_id, line) for line in table["line"]],
        }
    )


def _kept_caption(table: pd.DataFrame) -> str:
    if table.empty:
        return "There is no page."
    kept = table["group"] == "story"
    return (
        f"The page of {table['doc_id'].iloc[0]}, line by line: {kept.sum()} of {len(table)} lines are the story and are"
        f" analysed; {(~kept).sum()} are something else and are not."
    )


def _blocks_agreement(corpus: Corpus) -> pd.DataFrame:
    reference = agreement.coded_lines(corpus.coding("blocks"))
    found = corpus.lines.set_index(["doc_id", "line"])["kind"]
    pairs = [
        ("pages of this corpus", reference, found),
        *(
            (f"outside pages, {name}", table["reference"], table["found"])
            for name in outside.SETS
            for table in [outside.lines(name)]
        ),
    ]
    return pd.concat(
        [
            agreement.by_category(read, seen).reset_index().assign(pages=pages)
            for pages, read, seen in pairs
        ],
        ignore_index=True,
    )


def _agreement_caption(table: pd.DataFrame) -> str:
    return (
        "The cleaner against readers: "
        + "; ".join(
            f"on {pages}, {rows['in_both'].sum():,} of {rows['in_reference'].sum():,} lines have the"
            " reader's kind"
            for pages, rows in table.groupby("pages", sort=False)
        )
        + "."
    )


def _stories(corpus: Corpus) -> pd.DataFrame:
    sentences, lines = corpus.sentences, corpus.blocks.set_index(["doc_id", "block"])["line_start"]
    about = corpus.documents.set_index("doc_id")
    keys = list(zip(sentences["doc_id"], sentences["block"], strict=True))
    return pd.DataFrame(
        {
            "doc_id": sentences["doc_id"],
            "meeting": sentences["doc_id"].map(about["meeting"]),
            "published": sentences["doc_id"].map(about["published"]),
            "sentence": sentences["sentence"],
            "words": sentences["text"].str.split().str.len(),
            "passage": [corpus.passage(doc_id, lines[doc_id, block]) for doc_id, block in keys],
        }
    )


def _stories_caption(table: pd.DataFrame) -> str:
    words = table.groupby("doc_id", sort=False)["words"].sum()
    if words.empty:
        return "No story has a sentence."
    return (
        f"Every sentence of the {len(words)} stories, by its length. The longest story,"
        f" {words.idxmax()}, has {words.max():,} words; the shortest, {words.idxmin()},"
        f" {words.min():,}."
    )


def _timeline(corpus: Corpus) -> pd.DataFrame:
    mentions = timeline.mentions(corpus)
    first = mentions.drop_duplicates(["event", "doc_id"])
    table = timeline.events(corpus).merge(first, on="event", sort=False)
    about = corpus.documents[["doc_id", "meeting", "published"]]
    table = table.merge(about, on="doc_id", how="left", sort=False)
    table["passage"] = [
        corpus.passage(doc_id, line)
        for doc_id, line in zip(table["doc_id"], table["line"], strict=True)
    ]
    return table[
        ["event", "title", "kind", "earliest", "latest", "basis", "doc_id", "meeting", "published",
         "passage"]
    ]  # fmt: skip


def _timeline_caption(table: pd.DataFrame) -> str:
    events = table.drop_duplicates("event")
    shared = table.groupby("event")["doc_id"].nunique().gt(1).sum()
    public = (events["basis"] != "corpus").sum()
    return (
        f"{len(events)} events that the stories mention; {shared} of them stand in more than one"
        f" story. The dates of {public} are from the public record, the others from the stories."
    )


def _horizons(corpus: Corpus) -> pd.DataFrame:
    table = timeline.horizons(corpus)
    passages = [corpus.passage(row.doc_id, row.line) for row in table.itertuples()]
    return table.assign(passage=passages)[["doc_id", "meeting", "text", "days", "passage"]]


def _horizons_caption(table: pd.DataFrame) -> str:
    if table.empty:
        return "No story points to a date."
    near = (table["days"].abs() <= 10).mean()
    return (
        f"{len(table)} temporal expressions in the stories; {near:.0%} point to within ten days of"
        f" publication, {(table['days'] > 0).sum()} to after it."
    )


WEAK = 0.7
"""F1 below which a topic is marked in every figure that uses it."""


def topic_agreement(corpus: Corpus) -> pd.DataFrame:
    """Return how well the topic dictionary agrees with the reference coding, topic by topic.

    Returns
    -------
    pandas.DataFrame
        As `usru.analysis.agreement.by_label`, without rows where the corpus
        has no coding by hand.

    Examples
    --------
    >>> from usru import load
    >>> len(topic_agreement(load()))
    15
    """
    coding, paragraphs = corpus.coding("topics"), corpus.paragraphs
    found = topics.wide(topics.code(paragraphs), paragraphs)
    table = agreement.by_label(topics.coded(coding, paragraphs), found)
    return table if not coding.empty else table.iloc[:0]


def _marked(corpus: Corpus, names: pd.Series) -> pd.Series:
    """Topic names as readers see them, with a mark behind those that are found unreliably."""
    table = topic_agreement(corpus)
    weak = set(table.loc[~(table["f1"] >= WEAK), "label"])
    return names.map(lambda name: name.replace("_", " ") + (" °" if name in weak else ""))


def _agendas(corpus: Corpus) -> pd.DataFrame:
    table = topics.coverage(corpus)
    total = table.groupby("topic")["share"].sum()
    order = list(total.sort_values(ascending=False, kind="stable").index)
    table = table.sort_values("topic", key=lambda names: names.map(order.index), kind="stable")
    carried = topics.code(corpus.paragraphs).drop_duplicates(["doc_id", "topic"])
    line = corpus.paragraphs.set_index(["doc_id", "block"])["line_start"]
    first = {
        (row.doc_id, row.topic): corpus.passage(row.doc_id, line[row.doc_id, row.block])
        for row in carried.itertuples()
    }
    keys = list(zip(table["doc_id"], table["topic"], strict=True))
    table = table.assign(passage=[first.get(key) for key in keys])
    table["topic"] = _marked(corpus, table["topic"])
    return table[["topic", "doc_id", "share", "passage"]].reset_index(drop=True)


def _agendas_caption(table: pd.DataFrame) -> str:
    return (
        "Share of each story's words, in per cent, that stand in paragraphs on a topic;"
        f" {(table['share'] == 0).sum()} of {len(table)} cells are empty. A paragraph may be on"
        f" several topics. ° marks topics that the dictionary finds unreliably (F1 below {WEAK})."
    )


def _meetings(corpus: Corpus) -> pd.DataFrame:
    table = topics.coverage(corpus, by="meeting")
    most = table.groupby("topic")["share"].max()
    order = list(most[most > 0].sort_values(ascending=False, kind="stable").index)
    table = table[table["topic"].isin(order)]
    table = table.sort_values("topic", key=lambda names: names.map(order.index), kind="stable")
    return table.assign(topic=_marked(corpus, table["topic"])).reset_index(drop=True)


def _meetings_caption(table: pd.DataFrame) -> str:
    return (
        f"The same for {table['meeting'].nunique()} meetings. The intervals describe the spread over"
        " the paragraphs at hand, not over other stories. ° marks topics that the dictionary finds"
        f" unreliably (F1 below {WEAK})."
    )


def _pairs(corpus: Corpus) -> pd.DataFrame:
    table = topics.cooccurrence(corpus).head(12)
    left, right = _marked(corpus, table["topic"]), _marked(corpus, table["other"])
    return pd.DataFrame({"pair": left + " + " + right, "paragraphs": table["paragraphs"]})


def _pairs_caption(table: pd.DataFrame) -> str:
    if table.empty:
        return "No paragraph is on two topics."
    return (
        f"The pairs of topics that share most paragraphs, led by {table['pair'].iloc[0]}."
        f" ° marks topics that the dictionary finds unreliably (F1 below {WEAK})."
    )


def _keywords(corpus: Corpus) -> pd.DataFrame:
    table = topics.keyness(corpus)
    return table[table["z"] > 0].groupby("meeting", sort=False).head(12).reset_index(drop=True)


def _keywords_caption(table: pd.DataFrame) -> str:
    return (
        f"The words that set each meeting's stories apart; {(table['z'] > 1.96).sum()} of the"
        f" {len(table)} shown lie beyond 1.96, which with so many words compared is a ranking and no"
        " test. Sentences that two stories share are counted once."
    )


def _groups_caption(table: pd.DataFrame) -> str:
    if table.empty:
        return "There are too few paragraphs to group."
    pure = (table["share"] >= 0.8).sum()
    return (
        f"{table['paragraphs'].sum()} paragraphs in {len(table)} groups by their words alone; the"
        f" largest holds {table['paragraphs'].max()}. In {pure} groups four in five paragraphs are"
        " on one topic of the dictionary."
    )


_DUMPS = "The page dumps in data/raw, divided into blocks by usru.text.blocks."

FIGURES = {
    figure.name: figure
    for figure in (
        Figure(
            "composition", "What the pages are made of", _composition, plots.composition,
            _composition_caption,
            "Each bar is a page; its dark part is the story, the rest is left out of the analysis.",
            _DUMPS, "01_corpus", "What a page dump is made of",
        ),
        Figure(
            "kept_and_dropped", "What the cleaner keeps of one page", _kept_and_dropped,
            plots.kept_and_dropped, _kept_caption,
            "From top to bottom as on the page; a bar is a line, as long as the line, and the"
            " words at the right say what it was taken for.",
            _DUMPS, "01_corpus", "What is kept and what is dropped",
        ),
        Figure(
            "blocks_agreement", "How well the cleaner agrees with a reader", _blocks_agreement,
            plots.blocks_agreement, _agreement_caption,
            "Precision is the share of the lines so labelled that a reader labelled so too; recall"
            " the share of the reader's lines that the cleaner found. Numbers at the right of a panel"
            " count the reader's lines; where they are few, the interval is wide.",
            "The reference coding in data/coding/blocks.csv and the coded pages in data/outside.",
            "01_corpus", "How far to trust the cleaner",
        ),
        Figure(
            "stories", "The stories at a glance", _stories, plots.stories, _stories_caption,
            "Each dot is a sentence, farther right the longer it is; dots of one length stand"
            " above each other.",
            "The body blocks of the pages, divided into sentences by usru.text.sentences.",
            "01_corpus", "The stories at a glance",
        ),
        Figure(
            "timeline", "What happened when, and who mentions it", _timeline, plots.timeline,
            _timeline_caption,
            "A row is an event: a filled mark where a story gives its date, a hollow one where the"
            " public record does, a bar where it is known to a span of days; diamonds and lines are"
            " the meetings, triangles the days of publication. At the right, a mark where the story"
            " of that column mentions the event.",
            "The passages listed in data/codebook/events.toml.",
            "02_timeline", "What happened when, and who says so",
        ),
        Figure(
            "horizons", "How far each story looks back and ahead", _horizons, plots.horizons,
            _horizons_caption,
            "Each dot is a temporal expression, placed at the nearest day that it can mean; the"
            " scale is even within ten days and logarithmic beyond. The farthest are named.",
            "The temporal expressions that usru.text.dates finds in the body blocks.",
            "02_timeline", "How far the stories look",
        ),
        Figure(
            "agendas", "What each story gives room to", _agendas, plots.agendas, _agendas_caption,
            "Rows are topics, the most covered on top; columns are stories. The darker a cell, the"
            " more of the story; an empty cell means that no paragraph was found on the topic.",
            "The topic dictionary in data/codebook/topics.toml, applied to every paragraph.",
            "03_topics", "What each story gives room to",
        ),
        Figure(
            "meetings_compared", "What was on the table at each meeting", _meetings,
            plots.meetings_compared, _meetings_caption,
            "A row is a topic, a mark a meeting; where two intervals overlap widely, the texts do"
            " not tell the meetings apart.",
            "The topic dictionary, shares of words, resampled over paragraphs within documents.",
            "03_topics", "The meetings compared",
        ),
        Figure(
            "pairs", "Topics that travel together", _pairs, plots.pairs, _pairs_caption,
            "A bar is a pair of topics, as long as the number of paragraphs that are on both.",
            "The topic dictionary, applied to every paragraph.",
            "03_topics", "Topics that travel together",
        ),
        Figure(
            "keywords", "The words of each meeting", _keywords, plots.keywords, _keywords_caption,
            "A dot is a word; the farther right, the more it belongs to that meeting's stories"
            " rather than to the others.",
            "All words of three letters or more that stand at least four times (Monroe et al. 2008).",
            "03_topics", "The words of each meeting",
        ),
        Figure(
            "groups", "A second opinion without a dictionary", topics.groups, plots.unsupervised,
            _groups_caption,
            "A bar is a group, named by the words that weigh most in it; behind it, how many"
            " paragraphs and the topic that is most over-represented.",
            "Tf-idf vectors of the paragraphs, average linkage on their cosine.",
            "03_topics", "A second opinion",
        ),
    )
}  # fmt: skip
"""The study's figures by name, in the order of the gallery."""
