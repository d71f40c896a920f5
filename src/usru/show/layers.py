"""What the study finds in a story, as layers that a reader of the story can switch on.

A layer is spans of the text, each with a short note. It is a frame, so anything that finds spans
can become one.
"""

from contextlib import suppress
from dataclasses import dataclass

import pandas as pd

from usru.analysis import voices
from usru.analysis.reuse import REPEATED
from usru.analysis.tone import validity
from usru.analysis.topics import evaluate as evaluate_topics
from usru.corpus import Corpus
from usru.errors import DoesNotApply
from usru.text.quotations.quotation_marks import QUOTATION_MARKS
from usru.wording import number, percent, signed

__all__ = ["Layer", "layers", "quotations", "tone", "topics"]

PLACE = ["doc_id", "block", "start", "end"]  # of a passage
MARKS = [*PLACE, "note", "look", "number"]  # columns of a layer's marks
LINES = ["doc_id", "block", "note", "to", "to_block"]  # and of its lines
STEPS = [0, 0.05, 0.25, 0.5, 2]  # of a tone's size; what is below 0.05 is as good as neutral
SIZES = ["level", "weak", "clear", "strong"]
INSTRUMENT = "news"  # of those that load at once, the one that agrees best with readers
UNREAD = "No reader has coded these pages, so nobody knows how well"


@dataclass(frozen=True)
class Layer:
    """Spans of one kind that a reader can switch on.

    `name` is one word, `label` is shown beside the switch, `trust` is a sentence on where the spans
    come from and how far to believe them. `marks` has a row for each span: `doc_id`, `block`,
    `start`, `end` (offsets in the block's text), `note` (shown beside the span, or empty), `look` (a
    class of the style sheet, or empty) and `number` (gives the span the address ``DOC_ID-qN``, or
    missing). `lines`, below a paragraph, has `doc_id`, `block`, `note`, and `to` and `to_block`, the
    passage that the line leads to, or missing.
    """

    name: str
    label: str
    trust: str
    marks: pd.DataFrame
    lines: pd.DataFrame


def layers(corpus: Corpus) -> list[Layer]:
    """Return all that the study finds in a corpus and that can be switched on.

    Parameters
    ----------
    corpus : Corpus
        Any corpus; what is made for another language than its own is left out.

    Examples
    --------
    >>> from usru import load
    >>> [layer.name for layer in layers(load())]
    ['topics', 'quotations', 'reports', 'dates', 'tone', 'shared']
    """
    found = []
    for layer in (topics, _quotations, _reports, _dates, _tone, _shared):
        with suppress(DoesNotApply):
            found.append(layer(corpus))
    return found


def topics(corpus: Corpus) -> Layer:
    """Return the words that the topic dictionary found, and each paragraph's topics.

    Parameters
    ----------
    corpus : Corpus
        Any corpus.
    """
    found = corpus.topics.astype({"topic": "str"})
    found = found.assign(note=found["topic"].map(corpus.labels["topic"]))
    marks = found[found["hits"] > 0].explode("spans", ignore_index=True)
    marks = marks.assign(start=marks["spans"].str[0], end=marks["spans"].str[1])
    # Words of a topic are named where a paragraph first has one; a name at each would hide the text.
    again = marks.sort_values("start").duplicated(["doc_id", "block", "topic"]).reindex(marks.index)
    marks["note"] = marks["note"].mask(again, "")
    return _layer("topics", "Topics", _trust_in_topics(corpus), marks, found)


def _dates(corpus: Corpus) -> Layer:
    """The temporal expressions, each with the days that it can mean."""
    found = corpus.dates
    first, last = (found[name].dt.strftime("%Y-%m-%d") for name in ("earliest", "latest"))
    notes = (first + " to " + last).mask(first == last, first).fillna("no day")
    trust = "Found and resolved by rules, against the inferred date of publication."
    return _layer("dates", "Dates", trust, corpus.in_blocks(found.assign(note=notes)))


def _quotations(corpus: Corpus) -> Layer:
    return quotations(corpus, corpus.quotations, _trust_in_quotations(corpus))


def quotations(corpus: Corpus, found: pd.DataFrame, trust: str = "") -> Layer:
    """Return quotations with their speakers.

    Parameters
    ----------
    corpus : Corpus
        Any corpus.
    found : pandas.DataFrame
        As `Corpus.quotations`: its place (raw offsets), `quotation`, `speaker`, `form`.
    trust : str
        How far to believe them.
    """
    notes = found["speaker"].fillna("speaker unknown").mask(found["form"] == "scare", "a term")
    marks = found.assign(note=notes, look=found["form"], number=found["quotation"])
    marks = _with_quotation_marks(corpus.in_blocks(marks), corpus.blocks)
    return _layer("quotations", "Quotations and speakers", trust, marks)


def _with_quotation_marks(marks: pd.DataFrame, blocks: pd.DataFrame) -> pd.DataFrame:
    """Spans with the quotation mark on either side, so that a note comes behind it."""
    texts = blocks.set_index(["doc_id", "block"])["text"]
    for row in marks.itertuples():
        text = texts.loc[row.doc_id, row.block]
        if row.start and text[row.start - 1] in QUOTATION_MARKS:
            marks.loc[row.Index, "start"] = row.start - 1
        if text[row.end : row.end + 1] in tuple(QUOTATION_MARKS):
            marks.loc[row.Index, "end"] = row.end + 1
    return marks


def _reports(corpus: Corpus) -> Layer:
    """What the outlet tells of somebody's words or thoughts: as read, else as the rules tell."""
    read = corpus.coded_clauses
    clauses = corpus.clauses if read.empty else read
    found = clauses[clauses["voice"] == "report"].reset_index(drop=True)
    notes = found["speaker"].fillna("speaker unknown")
    trust = ("As two readings by language models gave them, adjudicated." if len(read) else
             f"Found by the words of reporting. {UNREAD}; on other news about nine words in ten get the"
             " voice that a reader gives them.")  # fmt: skip
    marks = corpus.in_blocks(found.assign(note=notes))
    return _layer("reports", "Reported words and speakers", trust, marks)


def _tone(corpus: Corpus) -> Layer:
    scored = corpus.scored("sentences")
    scored = scored.assign(polarity=scored[INSTRUMENT])
    return tone(corpus, scored, _trust_in_tone(corpus))


def tone(corpus: Corpus, scored: pd.DataFrame, trust: str = "") -> Layer:
    """Return sentences with their tone, as a signed number and a colour that is stronger with it.

    What is nearly zero has neither.

    Parameters
    ----------
    corpus : Corpus
        Any corpus.
    scored : pandas.DataFrame
        Its place (raw offsets) and `polarity` in [-1, 1]; no mark where that is missing.
    trust : str
        How far to believe them.
    """
    scored = scored[scored["polarity"].notna()]
    size = pd.cut(scored["polarity"].abs(), STEPS, labels=SIZES, right=False).astype("str")
    level = size == "level"
    sign = scored["polarity"].gt(0).map({True: "up ", False: "down "})
    notes = scored["polarity"].map(signed).astype("str").mask(level, "")
    marks = corpus.in_blocks(scored.assign(note=notes, look=size.where(level, sign + size)))
    return _layer("tone", "Tone, sentence by sentence", trust, marks)


def _shared(corpus: Corpus) -> Layer:
    """Passages that other stories have too, with the way there."""
    passages = _both_ways(corpus.reused)
    trust = "Found by the runs of words that two texts have in common."
    names = corpus.labels["doc_id"]
    notes = [
        f"also in {names[to]}, {REPEATED[kind]}" + f", {percent(alike)} alike" * (kind == "near")
        for to, kind, alike in passages[["to", "kind", "similarity"]].itertuples(index=False)
    ]
    marks, label = passages.drop_duplicates(PLACE), "Passages shared with other stories"
    return _layer("shared", label, trust, corpus.in_blocks(marks), passages.assign(note=notes))


def _layer(
    name: str, label: str, trust: str, marks: pd.DataFrame, lines: pd.DataFrame | None = None
) -> Layer:
    defaults = {"note": "", "look": "", "number": pd.NA}
    marks = marks.assign(**{key: value for key, value in defaults.items() if key not in marks})
    lines = marks.iloc[:0] if lines is None else lines
    lines = lines.assign(**{key: pd.NA for key in ("to", "to_block") if key not in lines})
    return Layer(name, label, trust, marks[MARKS], lines[LINES])


def _both_ways(passages: pd.DataFrame) -> pd.DataFrame:
    """Shared passages from each side: a comment leads to its story, a story to other stories."""
    names = {"doc_id": "to", "block": "to_block"}
    again = passages.rename(columns=names | {f"again_{name}": name for name in PLACE})
    here = passages[passages["again_by"] == "story"]
    here = here.rename(columns={f"again_{name}": new for name, new in names.items()})
    columns = [*PLACE, *names.values(), "kind", "similarity"]
    both = [side.loc[:, ~side.columns.duplicated(keep="last")][columns] for side in (here, again)]
    return pd.concat(both, ignore_index=True)


def _trust_in_topics(corpus: Corpus) -> str:
    told = "Told by a dictionary of words."
    table = evaluate_topics(corpus.coding("topics"), corpus.paragraphs, corpus.topics)
    if table.empty:
        return f"{told} {UNREAD}."
    both, read, said = table[["in_both", "in_reference", "in_found"]].sum()
    return (f"{told} On these pages it finds {both} of the {read} topics that readers coded and adds"
            f" {said - both} of its own; on other news it does much worse.")  # fmt: skip


def _trust_in_quotations(corpus: Corpus) -> str:
    told = "Found by their marks, speakers by the words of reporting beside them."
    table = voices.evaluate(corpus.coding("quotations"), corpus.quotations).set_index("what")
    if table.empty:
        return f"{told} {UNREAD}."
    span, speaker = table.loc["span"], table.loc["speaker"]
    return (f"{told} On these pages, which the rules were made with, {span['in_both']:.0f} of"
            f" {span['in_reference']:.0f} quotations and {speaker['in_both']:.0f} of their speakers"
            " are the readers'; on other news some speakers are wrong.")  # fmt: skip


def _trust_in_tone(corpus: Corpus) -> str:
    name = corpus.labels["instrument"][INSTRUMENT]
    told = (f"Scores by {name}, learned from news of US politics, from −1 to 1: a count of words, not an"
            " attitude.")  # fmt: skip
    rho = validity.agreement(corpus.valence).set_index("instrument").loc[INSTRUMENT, "rho"]
    if pd.isna(rho):
        return f"{told} {UNREAD} it agrees."
    ranking = "Its ranking of the paragraphs agrees weakly with a reader's"
    return f"{told} {ranking} (Spearman's rho {number(rho)})."
