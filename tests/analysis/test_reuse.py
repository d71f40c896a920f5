"""Shared passages: what is one, what is none, and where it stands on both sides."""

import re
from itertools import pairwise, product

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from usru.analysis import reuse

TITLE = "Sides agreed on a bridge, a square and a crowd near the river"
LONG = "The two sides agreed to speak again before the winter and to leave the bridge open."
NEAR = (
    "The two sides agreed on Monday to speak again before the winter and to leave the bridge open."
)
OTHER = "Nobody else stood in the square when the cars had gone."
CROWD = "A small crowd had gathered near the river, singing old songs until late."


def page(*paragraphs: str, comments: tuple[str, ...] = ()) -> str:
    below = [f"{len(comments)} Comments\nAnn K says:\n{text}" for text in comments]
    return "\n\n".join([TITLE, *paragraphs, *below]) + "\n"


def find(corpus, least=reuse.LEAST):
    order = corpus.documents.sort_values("published", kind="stable")["doc_id"].tolist()
    frames = corpus.paragraphs, corpus.comments, corpus.quotations
    return reuse.find(*frames, corpus.texts, order, least)


def is_reused(corpus, **options):
    return reuse.is_reused(corpus.sentences, corpus.reused, **options)


def spans(corpus, row):
    """The words of both tellings, cut from the pages."""
    return (
        corpus.raw(row.doc_id)[row.start : row.end],
        corpus.raw(row.again_doc_id)[row.again_start : row.again_end],
    )


@pytest.mark.parametrize(
    ("here", "there", "kind", "passage", "again"),
    [
        (LONG, LONG, "verbatim", LONG[:-1], LONG[:-1]),
        (LONG, LONG.upper(), "verbatim", LONG[:-1], LONG[:-1].upper()),
        (f"{CROWD} {LONG}", f"{LONG} {OTHER}", "verbatim", LONG[:-1], LONG[:-1]),
        (LONG, NEAR, "near", LONG[:-1], NEAR[:-1]),
        (LONG, LONG.replace("winter", "snow"), "near", LONG[:-1], LONG[:-1].replace("winter", "snow")),
        (
            "“We shall keep the old bridge open for all of you,” Ann Lee said.",
            "Ann Lee told us yesterday: “We shall keep the old bridge open for all of you.”",
            "requoted",
            "We shall keep the old bridge open for all of you",
            "We shall keep the old bridge open for all of you",
        ),
    ],
    ids=["same", "letter-case", "part-of-a-paragraph", "words-added", "a-word-changed", "requoted"],
)  # fmt: skip
def test_a_passage_is_found_with_its_place_on_both_sides(
    corpus_of, here, there, kind, passage, again
):
    corpus = corpus_of({"a": page(here, CROWD[:30]), "b": page(OTHER, there)})
    row = next(find(corpus).itertuples())
    assert len(find(corpus)) == 1
    assert (row.kind, row.doc_id, row.again_doc_id) == (kind, "a", "b")
    assert spans(corpus, row) == (row.text, row.again_text) == (passage, again)
    assert (row.similarity == 1) == (kind != "near")


@pytest.mark.parametrize("sign", ["\u00ad", "\u200b", "\u2060", "\ufeff"])
def test_a_sign_that_nobody_sees_hides_no_passage(corpus_of, sign):
    typed = re.sub(r"(?<=[a-z]{2})(?=[a-z]{2})", sign, LONG)
    corpus = corpus_of({"a": page(LONG), "b": page(typed)})
    [row] = find(corpus).itertuples()
    assert (row.kind, row.again_text) == ("verbatim", LONG[:-1])
    assert spans(corpus, row) == (LONG[:-1], typed[:-1])


def test_the_similarity_of_a_known_case(corpus_of):
    """16 words here, two more there: 32 of the 34 words of both are shared."""
    row = find(corpus_of({"a": page(LONG), "b": page(NEAR)})).iloc[0]
    words = len(LONG.split()), len(NEAR.split())
    assert words == (16, 18)
    assert row["similarity"] == round(2 * 16 / sum(words), 4)


@pytest.mark.parametrize(
    "there",
    [
        "Russian Foreign Minister Sergei Lavrov and US Secretary of State Rex Tillerson left.",
        "We went to the old bridge in the evening.",
        OTHER,
        "open bridge the leave to and winter the before again speak to agreed sides two the.",
    ],
    ids=["titles-and-names", "too-short", "nothing", "the-same-words-backwards"],
)
def test_a_near_miss_is_no_passage(corpus_of, there):
    here = [
        "Russian Foreign Minister Sergei Lavrov and US Secretary of State Rex Tillerson came.",
        f"Nobody spoke when they went to the old bridge, he added. {LONG}",
    ]
    assert find(corpus_of({"a": page(*here), "b": page(there)})).empty


def test_the_least_number_of_words_is_the_callers(corpus_of):
    corpus = corpus_of(
        {"a": page("They went to the old bridge."), "b": page(f"They went to the old bridge. {OTHER}")}
    )  # fmt: skip
    assert find(corpus).empty
    assert find(corpus, least=5)["text"].tolist() == ["They went to the old bridge"]


def test_a_story_does_not_share_with_itself(corpus_of):
    assert find(corpus_of({"a": page(LONG, OTHER, LONG)})).empty


def test_the_earlier_published_story_tells_first(corpus_of):
    pages = {"a": page(LONG), "b": page(LONG), "c": page(LONG)}
    table = find(corpus_of(pages, a="2003-03-03", b="2001-01-01", c="2002-02-02"))
    told = list(zip(table["doc_id"], table["again_doc_id"], strict=True))
    assert told == [("b", "c"), ("b", "a"), ("c", "a")]
    assert table["group"].tolist() == [0, 0, 0]


def test_stories_of_one_day_tell_in_the_manifests_order(corpus_of):
    table = find(corpus_of({"b": page(LONG), "a": page(LONG)}))
    assert table[["doc_id", "again_doc_id"]].to_numpy().tolist() == [["a", "b"]]


def test_a_comment_tells_after_all_stories(corpus_of):
    pages = {"a": page(LONG, OTHER, comments=(f"Really? {CROWD}",)), "b": page(CROWD)}
    corpus = corpus_of(pages, a="2001-01-01", b="2002-02-02")
    row = next(find(corpus).itertuples())
    assert (row.doc_id, row.told_by, row.again_doc_id, row.again_by) == ("b", "story", "a", "reader-01")  # fmt: skip
    assert spans(corpus, row) == (CROWD[:-1], CROWD[:-1])
    assert not is_reused(corpus).any()


def test_a_comment_may_quote_the_story_above_it(corpus_of):
    corpus = corpus_of({"a": page(LONG, OTHER, comments=(f"So: {LONG.lower()}",))})
    row = find(corpus).iloc[0]
    assert row[["kind", "told_by", "again_by"]].tolist() == ["verbatim", "story", "reader-01"]


def test_tellings_of_one_passage_are_one_group(corpus_of):
    """Also where a short telling stands between two that overlap, and none of another passage."""
    whole = f"{OTHER} {CROWD} {LONG}"
    pages = {"a": page(whole), "b": page(whole), "c": page(CROWD), "d": page(LONG)}
    table = find(corpus_of(pages))
    assert set(zip(table["doc_id"], table["again_doc_id"], strict=True)) == {
        ("a", "b"), ("a", "c"), ("b", "c"), ("a", "d"), ("b", "d"),
    }  # fmt: skip
    assert table["group"].unique().tolist() == [0]
    apart = find(corpus_of({"a": page(CROWD, LONG), "b": page(LONG), "c": page(CROWD)}))
    assert apart["group"].tolist() == [0, 1]


def test_no_passages_no_rows(corpus, corpus_of):
    nothing = find(corpus_of({"a": page(LONG), "b": page(OTHER)}))
    assert nothing.empty
    assert nothing.dtypes.equals(find(corpus).dtypes)


@pytest.fixture(scope="module")
def shipped(corpus):
    return find(corpus)


def test_every_passage_lies_in_its_blocks(corpus, shipped):
    blocks = corpus.blocks.set_index(["doc_id", "block"])
    assert not shipped.empty
    for row in shipped.itertuples():
        here, there = blocks.loc[(row.doc_id, row.block)], blocks.loc[(row.again_doc_id, row.again_block)]  # fmt: skip
        assert here["start"] <= row.start < row.end <= here["end"]
        assert there["start"] <= row.again_start < row.again_end <= there["end"]
        assert (here["kind"], row.told_by) == ("body", "story")
        assert there["kind"] == ("body" if row.again_by == "story" else "comment")
        assert row.text in here["text"]
        assert row.again_text in there["text"]


def test_what_is_verbatim_is_wholly_alike(shipped):
    assert shipped["similarity"].gt(0).all()
    assert shipped["similarity"].le(1).all()
    told = shipped[shipped["kind"] != "requoted"]
    assert ((told["kind"] == "verbatim") == (told["similarity"] == 1)).all()


def test_the_passages_that_a_reader_sees_are_found(shipped):
    """Both Bonn stories tell of Lavrov's question and of the first meeting; no title is one."""
    stories = shipped[shipped["again_by"] == "story"]
    pairs = set(zip(stories["doc_id"], stories["again_doc_id"], strict=True))
    assert ("bonn-sputnik-thaw", "bonn-sputnik-awkward") in pairs
    assert stories["text"].str.contains("February 1 confirmation").any()
    assert (stories["text"].str.split().str.len() >= reuse.LEAST).all()


@pytest.mark.parametrize("copies", [2, 3])
def test_a_passage_counts_once_however_often_it_is_told(corpus_of, copies):
    names = "abc"[:copies]
    corpus = corpus_of({name: page(LONG, f"{OTHER[:-1]} {name}.") for name in names})
    told = corpus.sentences.assign(reused=is_reused(corpus))
    passage = told[told["text"] == LONG]
    assert passage["reused"].tolist() == [False] + [True] * (copies - 1)


def test_a_sentence_of_which_little_was_told_is_new(corpus_of):
    more = f"{LONG[:-1]}, while a small crowd had gathered near the river, singing old songs."
    corpus = corpus_of({"a": page(LONG), "b": page(more)})
    assert is_reused(corpus).tolist() == [False, False]
    assert is_reused(corpus, share=0.5).tolist() == [False, True]


WORDS = st.lists(st.sampled_from(["a", "the", "talks", "Talks,", "(bridge)", "…", "–", "open"]))


@given(WORDS.map(" ".join), WORDS.map(" ".join))
def test_either_side_gives_its_telling_back(here, there):
    pieces = reuse.differences(here, there)
    assert " ".join(words for _, words, _ in pieces if words) == here
    assert " ".join(words for _, _, words in pieces if words) == there
    for what, left, right in pieces:
        assert {"left out": bool(left) > bool(right), "added": bool(right) > bool(left)}.get(
            what, bool(left and right)
        )
    assert all("same" in (before[0], after[0]) for before, after in pairwise(pieces))


@given(st.text(max_size=60))
def test_a_telling_does_not_differ_from_itself(text):
    assert {what for what, _, _ in reuse.differences(text, text)} <= {"same"}


def test_many_copies_are_one_group_and_rows_grow_with_them(corpus_of):
    copies = 120
    corpus = corpus_of({f"copy-{i:03d}": page(LONG) for i in range(copies)})
    table = find(corpus)
    assert table["group"].unique().tolist() == [0]
    assert copies - 1 <= len(table) <= copies * reuse.EARLIER
    assert is_reused(corpus).sum() == copies - 1
    first = table.drop_duplicates("again_doc_id")
    assert (first["doc_id"] == "copy-000").all()


def test_groups_are_numbered_in_the_order_of_the_rows(shipped):
    firsts = shipped["group"].drop_duplicates().tolist()
    assert firsts == list(range(len(firsts)))


# The same by plain lists ------------------------------------------------------------------------


def plain_words(raw, start, end):
    """The words of a text: as compared, with their ends, written like a name, end of sentence."""
    found = list(re.finditer(r"[^\W_]+", raw[start:end]))
    gaps = [raw[start + a.end() : start + b.start()] for a, b in pairwise(found)]
    stops = [any(sign in gap for sign in ".!?") for gap in gaps] + [True]
    return [
        (word[0].lower(), start + word.start(), start + word.end(), word[0].islower(), stop)
        for word, stop in zip(found, stops, strict=False)
    ]


def seeds_of(told, j):
    """By earlier text: places where four words of text j begin too, of the first eight known."""
    seen = {}
    for i, (_, _, words) in enumerate(told[:j]):
        for at in range(len(words) - 3):
            places = seen.setdefault(tuple(word[0] for word in words[at : at + 4]), [])
            if len(places) < reuse.EARLIER:
                places.append((i, at))
    seeds = {}
    (doc_id, writer, words) = told[j]
    for at in range(len(words) - 3):
        for i, place in seen.get(tuple(word[0] for word in words[at : at + 4]), []):
            if told[i][:2] != (doc_id, writer):
                seeds.setdefault(i, []).append((place, at))
    return seeds


def furthest(here, there, at, again, step):
    def ahead(words, place):
        rest = words[place:] if step > 0 else words[place - 1 :: -1] if place else []
        stops = [word[4] for word in rest]
        free = stops.index(True) if True in stops else len(stops)
        return [place + step * (k + 1) for k in range(min(free, reuse.GAP + 1))]

    pairs = product(enumerate(ahead(here, at)), enumerate(ahead(there, again)))
    equal = [(a + b, i, j) for (a, i), (b, j) in pairs if here[i][0] == there[j][0]]
    return max(equal, default=(0, at, again))[1:]


def plainly(told, least):
    """Spans of shared passages, computed without numbers for words and without arrays."""
    found = []
    for j, (_, _, there) in enumerate(told):
        for i, seeds in seeds_of(told, j).items():
            here = told[i][2]
            for chain in reuse._chains(seeds):
                first, again_first = furthest(here, there, chain[0], chain[2], -1)
                last, again_last = furthest(here, there, chain[1], chain[3], 1)
                others = {word[0] for word in there[again_first : again_last + 1]}
                span = here[first : last + 1]
                if sum(word[3] and word[0] in others for word in span) >= least:
                    ends = span[0][1], span[-1][2]
                    again = there[again_first][1], there[again_last][2]
                    found.append((told[i][0], *ends, told[j][0], *again))
    return found


SENTENCES = st.lists(
    st.sampled_from(["we", "met", "in", "the", "old", "Town", "Hall", "again.", "Then", "–", "he"]),
    min_size=3, max_size=25,
).map(" ".join)  # fmt: skip
STORIES = st.lists(st.lists(SENTENCES, min_size=1, max_size=3), min_size=2, max_size=12)


@given(STORIES, st.lists(SENTENCES, max_size=2), st.integers(3, 7), st.sampled_from([1, 1000]))
def test_what_is_found_is_what_plain_lists_give(stories, remarks, least, at_once):
    texts, rows, told = {}, [], []
    for name, paragraphs in enumerate([*stories, remarks]):
        raw, doc_id = "\n\n".join(paragraphs), f"s{name % len(stories)}"
        texts.setdefault(doc_id, "")
        for block, text in enumerate(paragraphs):
            start = len(texts[doc_id]) + 2 * bool(texts[doc_id])
            texts[doc_id] += "\n\n" * bool(texts[doc_id]) + text
            rows.append((doc_id, 100 * (name == len(stories)) + block, start, start + len(text)))
        assert raw in texts[doc_id]
    table = pd.DataFrame(rows, columns=["doc_id", "block", "start", "end"])
    comments = table[table["block"] >= 100].assign(commenter="reader-01")
    paragraphs = table[table["block"] < 100]
    for one in pd.concat([paragraphs, comments]).itertuples():
        writer = one.commenter if one.block >= 100 else "story"
        told.append((one.doc_id, writer, plain_words(texts[one.doc_id], one.start, one.end)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reuse, "AT_ONCE", at_once)
        found = reuse.find(paragraphs, comments, paragraphs.iloc[:0], texts, least=least)
    columns = ["doc_id", "start", "end", "again_doc_id", "again_start", "again_end"]
    assert list(found[columns].itertuples(index=False, name=None)) == plainly(told, least)


def test_the_stories_not_named_in_the_order_are_left_out():
    texts = dict.fromkeys("abc", LONG)
    rows = pd.DataFrame({"doc_id": list("abc"), "block": 0, "start": 0, "end": len(LONG)})
    nobody = rows.iloc[:0].assign(commenter="")
    found = reuse.find(rows, nobody, rows.iloc[:0], texts, ["c", "a"])
    assert found[["doc_id", "again_doc_id"]].to_numpy().tolist() == [["c", "a"]]


# Pairs of paragraphs ----------------------------------------------------------------------------

PLACES = ["doc_id", "block", "start", "raw"]


def pairs_of(*pairs):
    """Pairs of paragraphs, each told as its story, block, offset and text."""
    again = [f"again_{name}" for name in PLACES]
    table = pd.DataFrame([[*here, *there] for here, there in pairs], columns=[*PLACES, *again])
    return table.astype({name: "int64" for name in table if name.endswith(("block", "start"))})


@given(STORIES, st.integers(3, 7))
def test_a_pair_by_itself_is_aligned_as_two_stories_are(stories, least):
    here, there = stories[0][0], stories[1][0]
    texts = {"a": here, "b": there}
    rows = [(doc_id, 0, 0, len(text)) for doc_id, text in texts.items()]
    table = pd.DataFrame(rows, columns=["doc_id", "block", "start", "end"])
    nobody = table.iloc[:0].assign(commenter="")
    found = reuse.find(table, nobody, table.iloc[:0], texts, least=least)
    aligned = reuse.align(pairs_of((("a", 0, 0, here), ("b", 0, 0, there))), least)
    assert aligned.equals(found.drop(columns="group"))


def test_pairs_keep_apart_what_is_not_compared():
    """The second paragraph of a story is named in one pair, and a third story in none with it."""
    first, second = ("a", 0, 0, LONG), ("a", 1, 100, CROWD)
    again, other = ("b", 4, 7, f"{LONG} {CROWD}"), ("c", 0, 0, LONG)
    aligned = reuse.align(pairs_of((first, again), (second, again), (second, other)))
    told = aligned[["doc_id", "block", "again_doc_id", "again_block", "text"]].to_numpy().tolist()
    assert told == [["a", 0, "b", 4, LONG[:-1]], ["a", 1, "b", 4, CROWD[:-1]]]
    assert aligned["start"].tolist() == [0, 100]
    assert aligned["again_start"].tolist() == [7, 7 + len(LONG) + 1]


def test_a_pair_told_twice_counts_once():
    pair = ("a", 0, 0, LONG), ("b", 0, 0, LONG)
    assert len(reuse.align(pairs_of(pair, pair))) == 1


def test_no_pairs_no_rows(shipped):
    nothing = reuse.align(pairs_of())
    assert nothing.empty
    assert nothing.dtypes.equals(shipped.drop(columns="group").dtypes)


def test_offsets_of_a_pair_are_of_the_raw_text():
    broken = LONG.replace("winter", "win-\nter")
    [row] = reuse.align(pairs_of((("a", 0, 5, broken), ("b", 0, 0, LONG)))).itertuples()
    assert (row.kind, row.text, row.end - row.start) == ("verbatim", LONG[:-1], len(broken) - 1)


def test_shingles_are_the_seeds_as_they_are_compared():
    assert reuse.shingles("Don’t stop; HE said no.") == ["don't stop he said", "stop he said no"]
    assert reuse.shingles("Much too short") == []
