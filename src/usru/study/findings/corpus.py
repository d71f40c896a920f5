"""Which lines of the dumps are the story, and how far the cleaner is trusted to tell."""

from usru.analysis import agreement
from usru.corpus import Corpus
from usru.evaluation import outside
from usru.study.findings import finding


@finding("corpus-1")
def _lines(corpus: Corpus) -> tuple[str, bool | None]:
    """Less than half of a dump's lines are the story."""
    story = corpus.lines["kind"] == "body"
    return (
        f"Less than half of what was saved is the story: of the {len(story)} lines with text in the"
        f" {len(corpus.documents)} dumps, {story.sum()} are its paragraphs.",
        story.sum() < len(story) / 2,
    )


@finding("corpus-2")
def _comments(corpus: Corpus) -> tuple[str, bool | None]:
    """The comments below one story are longer than the story."""
    if corpus.comments.empty:
        return "No page carries readers' comments.", None
    lengths = [
        frame.groupby("doc_id")["words"].sum() for frame in (corpus.comments, corpus.paragraphs)
    ]
    readers, story = lengths[0], lengths[1].reindex(lengths[0].index)
    whole = corpus.documents.set_index("doc_id")["n_words"].reindex(readers.index)
    return (
        f"On the {'one page' if len(readers) == 1 else f'{len(readers)} pages'} with comments the"
        f" readers wrote {readers.sum():,} words below a story of {story.sum():,}: who counts the"
        " words of the whole file counts mostly the audience.",
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
        f"{len(late)} dumps carry a page clock. It runs {late.min():.0f} to {late.max():.0f} days"
        " after publication: it tells when the page was saved.",
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
        f"Two readings by language models give {alike} of {len(found)} lines the same kind"
        f" (Krippendorff's alpha {agreement.alpha(first, second):.2f}). The cleaner gives"
        f" {same} lines the kind of the reference, on pages that its rules were made with.",
        bool(same >= 0.98 * len(found) and alike >= 0.98 * len(found)),
    )


@finding("corpus-5")
def _unseen(corpus: Corpus) -> tuple[str, bool | None]:
    """The cleaner keeps the story on invented pages that its rules were not made from."""
    pages = outside.lines("unseen")
    body = agreement.by_category(pages["reference"], pages["found"]).loc["body"]
    return (
        f"On {pages['page'].nunique()} invented pages that the rules were not made from,"
        f" {body['recall']:.0%} of the story's lines are kept (95% interval {body['recall_low']:.0%} to"
        f" {body['recall_high']:.0%}), and {body['precision']:.0%} of the kept lines are the story"
        f" ({body['precision_low']:.0%} to {body['precision_high']:.0%}).",
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
        f"{right} of {len(coded)} paragraphs are cut into the sentences of the reference,"
        f" {len(corpus.sentences)} in all.",
        right >= 0.95 * len(coded),
    )


@finding("corpus-7")
def _real_pages(corpus: Corpus) -> tuple[str, bool | None]:
    """On real pages the cleaner beats a plain rule and jusText."""
    half = outside.benchmark().query("part == 'unseen'").set_index("method")
    own, rule, justext = (half.loc[name] for name in outside.METHODS)
    html = outside.benchmark(["trafilatura"]).query("part == 'unseen'").iloc[0]
    return (
        f"On {own['pages']} real news pages that the rules were not made from, saved as text, the cleaner"
        f" keeps the story with an F1 of {own['F1']:.2f} ({own['low']:.2f} to {own['high']:.2f}); a plain rule"
        f" has {rule['F1']:.2f} and jusText {justext['F1']:.2f}, and trafilatura, which sees"
        f" the HTML, {html['F1']:.2f}. The cleaner loses no story whole.",
        own["low"] > max(rule["high"], justext["high"]) and own["lost"] == 0,
    )
