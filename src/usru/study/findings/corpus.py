"""Which lines of the dumps are the story, and how far the cleaner is trusted to tell."""

from usru.analysis import agreement
from usru.corpus import Corpus
from usru.evaluation import outside
from usru.study.findings import finding
from usru.wording import count, number, percent, span


@finding("corpus-1")
def _lines(corpus: Corpus) -> tuple[str, bool | None]:
    """Less than half of the lines are the story, though more than half of the characters."""
    story = corpus.lines["kind"] == "body"
    size = corpus.blocks["text"].str.len()
    if story.empty:
        return "No page has a line with text.", None
    return (
        f"Most lines of a saved page are not the story: its paragraphs are {story.sum()} of"
        f" {count(len(story), 'line')} with text on {count(len(corpus.documents), 'page')}. As they are"
        f" long, they are {percent(size[corpus.blocks['kind'] == 'body'].sum() / size.sum())} of the"
        " characters.",
        bool(
            story.sum() < len(story) / 2
            and size[corpus.blocks["kind"] == "body"].sum() > size.sum() / 2
        ),
    )


@finding("corpus-2")
def _comments(corpus: Corpus) -> tuple[str, bool | None]:
    """The comments below one story are longer than the story."""
    if corpus.comments.empty:
        return "No page has readers’ comments.", None
    lengths = [
        frame.groupby("doc_id")["words"].sum() for frame in (corpus.comments, corpus.paragraphs)
    ]
    readers, story = lengths[0], lengths[1].reindex(lengths[0].index, fill_value=0)
    whole = corpus.documents.set_index("doc_id")["n_words"].reindex(readers.index)
    return (
        "Readers wrote more than the outlet where they could comment:"
        f" {count(readers.sum(), 'word')} below"
        f" {'a story' if len(story) == 1 else count(len(story), 'story', 'stories')} of"
        f" {count(story.sum(), 'word')}. Whoever counts the words of the whole page counts mostly"
        " the audience.",
        bool((readers > story).all() and (readers > whole / 2).all()),
    )


@finding("corpus-3")
def _clocks(corpus: Corpus) -> tuple[str, bool | None]:
    """A page's clock is no date of publication."""
    captured = corpus.documents["captured"].dt.tz_localize(None)
    late = ((captured - corpus.documents["published"]).dt.total_seconds() / 86400).round().dropna()
    if late.empty:
        return "No page carries a clock.", None
    return (
        "A page’s clock tells when the page was saved, not when the story was published: on"
        f" {count(len(late), 'page')} it is {count(late.min(), 'day', to=late.max())} late.",
        late.min() > 1,
    )


@finding("corpus-4")
def _readings(corpus: Corpus) -> tuple[str, bool | None]:
    """The cleaner agrees with the reading of the pages that its rules were made with."""
    found = corpus.lines.set_index(["doc_id", "line"])["kind"]
    first, second, reference = (
        agreement.coded_lines(corpus.coding("blocks", reading)).reindex(found.index)
        for reading in ("reading-1", "reading-2", "reference")
    )
    if reference.isna().all():
        return "Nobody has coded these lines.", None
    same, alike = (reference == found).sum(), (first == second).sum()
    return (
        f"The cleaner gives {same} of {count(len(found), 'line')} the kind of the reference, on"
        f" pages that its rules were made with. Two readings by language models agree on {alike}"
        f" (Krippendorff’s alpha {number(agreement.alpha(first, second))}).",
        bool(same >= 0.98 * len(found) and alike >= 0.98 * len(found)),
    )


@finding("corpus-5")
def _unseen(corpus: Corpus) -> tuple[str, bool | None]:
    """The cleaner keeps the story on invented pages that its rules were not made from."""
    pages = outside.lines("unseen")
    body = agreement.by_category(pages["reference"], pages["found"]).loc["body"]
    return (
        "The cleaner also works on pages that its rules were not made from: on"
        f" {count(pages['page'].nunique(), 'invented page')} it keeps {percent(body['recall'])} of"
        " the story’s lines (95% interval"
        f" {span(body['recall_low'], body['recall_high'], percent)}), and"
        f" {percent(body['precision'])} of what it keeps is the story"
        f" ({span(body['precision_low'], body['precision_high'], percent)}).",
        body["recall_low"] > 0.9 and body["precision_low"] > 0.85,
    )


@finding("corpus-6")
def _sentences(corpus: Corpus) -> tuple[str, bool | None]:
    """Paragraphs are cut into the sentences of the reading."""
    coding = corpus.coding("sentences")
    if coding.empty:
        return "Nobody has cut these paragraphs into sentences.", None
    coded = coding.groupby(["doc_id", "line"])["text"].apply(list)
    starts = corpus.paragraphs[["doc_id", "block", "line_start"]]
    own = corpus.sentences.merge(starts, on=["doc_id", "block"])
    split = own.groupby(["doc_id", "line_start"])["text"].apply(list)
    right = sum(split.get(key) == parts for key, parts in coded.items())
    return (
        f"In {right} of {count(len(coded), 'paragraph')} the sentences are those of the reference,"
        f" {len(corpus.sentences):,} in all.",
        right >= 0.95 * len(coded),
    )


@finding("corpus-7")
def _real_pages(corpus: Corpus) -> tuple[str, bool | None]:
    """On real pages the cleaner beats a plain rule and jusText."""
    half = outside.benchmark().query("part == 'unseen'").set_index("method")
    own, rule, justext = (half.loc[name] for name in outside.METHODS)
    html = outside.benchmark(["trafilatura"]).query("part == 'unseen'").iloc[0]
    return (
        "The cleaner finds the story better than a plain rule and jusText do, on"
        f" {count(own['pages'], 'real news page')} saved as text that its rules were not made"
        f" from: its F1 is {number(own['F1'])} (95% interval"
        f" {span(own['low'], own['high'], number)}), theirs {number(rule['F1'])} and"
        f" {number(justext['F1'])}. It loses no story whole. Trafilatura, which sees the HTML, has"
        f" {number(html['F1'])}.",
        own["low"] > max(rule["high"], justext["high"]) and own["lost"] == 0,
    )
