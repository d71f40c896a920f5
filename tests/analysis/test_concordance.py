"""Passages that a reader chooses, and words in their context."""

import copy
import dataclasses
import shutil

import numpy as np
import pandas as pd
import pytest
from changes import dropped
from hypothesis import given
from hypothesis import strategies as st

import usru
from usru.analysis import concordance
from usru.analysis.concordance import arrange, coverage, find, lines, prepare, select, whose
from usru.errors import InputError
from usru.files import shipped


@pytest.fixture(scope="module")
def prepared(corpus):
    return prepare(corpus)


def made(*texts, voice="outlet", speaker=None, topics=""):
    """Passages of one story, each a paragraph of its own."""
    table = pd.DataFrame(
        {
            "doc_id": "a", "meeting": "m", "outlet": "o", "block": range(len(texts)),
            "sentence": range(len(texts)), "voice": voice, "speaker": speaker, "topics": topics,
            "words": [len(text.split()) for text in texts], "text": list(texts),
        }
    )  # fmt: skip
    spans = [[(0, len(text))] for text in texts]
    return concordance.Passages(table, list(texts), np.arange(len(texts)), spans)


def unread(corpus):
    """A corpus whose voices and topics nobody has coded."""
    bare = copy.copy(corpus)
    bare._frames = {}
    bare.coding = lambda name, reading="reference": corpus.coding(name).iloc[:0]
    return bare


def test_passages_are_the_segments_and_lead_back_to_the_page(corpus, prepared):
    table, segments = prepared.table, corpus.coded_segments
    assert prepared.read == {"topics", "voices"}
    assert table[segments.columns].equals(segments)
    for row, paragraph, spans in zip(
        table.itertuples(), prepared.within, prepared.spans, strict=True
    ):
        raw = corpus.raw(row.doc_id)
        assert row.line == raw.count("\n", 0, row.start) + 1
        for word in row.text.split():
            assert word.strip("“”\"'") in raw[row.start : row.end].replace("\xa0", " ")
        shown = "".join(prepared.texts[paragraph][start:end] for start, end in spans)
        letters = "".join(filter(str.isalnum, row.text))
        assert "".join(filter(str.isalnum, shown)) == letters


def test_what_nobody_coded_is_the_instruments(corpus):
    prepared = prepare(unread(corpus))
    assert prepared.read == set()
    assert prepared.table[corpus.segments.columns].equals(corpus.segments)
    on = prepared.table["topics"].str.split().explode().dropna().unique()
    assert set(on) == set(corpus.topics["topic"])


def test_voices_are_as_read_only_where_every_story_was(tmp_path):
    folder = shutil.copytree(shipped(), tmp_path / "data")
    dropped("voice", lambda row: row["doc_id"] == "manila-breitbart")(folder)
    some = usru.load(folder)
    assert "manila-breitbart" not in set(some.coded_segments["doc_id"])
    assert len(some.coded_segments) > 100
    prepared = prepare(some)
    assert prepared.read == {"topics"}
    assert prepared.table[some.segments.columns].equals(some.segments)


def test_nothing_chosen_is_everything(prepared):
    found = select(prepared)
    assert found["of"].tolist() == list(range(len(prepared.table)))
    assert coverage(prepared, found)["share"].eq(1).all()


def test_a_choice_keeps_what_has_one_of_each(corpus, prepared):
    found = select(prepared, meetings=["manila"], topics=["syria", "ukraine"], voice="quotation")
    assert set(found["meeting"]) == {"manila"}
    assert set(found["voice"]) == {"quotation"}
    coded = corpus.coded_topics
    on = coded[coded["topic"].isin(["syria", "ukraine"])]
    segments = corpus.coded_segments.query("meeting == 'manila' and voice == 'quotation'")
    expected = segments.merge(on[["doc_id", "block"]].drop_duplicates())
    assert found["text"].tolist() == expected["text"].tolist()
    assert len(found) > 0


def test_a_speaker_is_quoted_and_reported(prepared):
    found = select(prepared, speakers=["Sergei Lavrov"])
    assert set(found["voice"]) == {"quotation", "report"}
    assert select(prepared, speakers=["Sergei Lavrov"], voice="outlet").empty
    assert select(prepared, speakers=["nobody"]).empty


def test_who_is_reported_with_others_is_found_too():
    said = made("one", "two", "three", voice="report")
    table = said.table.assign(speaker=["A; B", "B", None])
    said = dataclasses.replace(said, table=table)
    assert select(said, speakers=["B"])["text"].tolist() == ["one", "two"]
    assert select(said, speakers=["A"])["text"].tolist() == ["one"]
    assert select(said, speakers=["A; B"]).empty


def test_every_match_is_found_once_and_in_its_own_words(corpus, prepared):
    found = select(prepared, pattern=r"\brussia\w*")
    expected = corpus.paragraphs["text"].str.count(r"(?i)\brussia\w*").sum()
    assert len(found) == expected > 20
    assert found["keyword"].str.lower().str.startswith("russia").all()
    assert found["of"].is_monotonic_increasing


def test_a_match_belongs_to_the_voice_in_which_it_begins():
    text = 'He said "no talks" then.'
    passages = made("one", "two")
    table = passages.table.assign(voice=["outlet", "quotation"])
    spans = [[(0, 8), (17, 24)], [(9, 17)]]
    both = concordance.Passages(table, [text], np.array([0, 0]), spans)
    assert select(both, pattern="no")["voice"].tolist() == ["quotation"]
    assert select(both, pattern="said .no")["voice"].tolist() == ["outlet"]
    assert select(both, pattern="no", voice="outlet").empty
    assert select(both)["keyword"].tolist() == ['He said … " then.', "no talks"]


@pytest.mark.parametrize(
    ("context", "before", "after"),
    [(0, "… ", " …"), (1, "… brown ", " jumps …"), (2, "… quick brown ", " jumps over"),
     (3, "the quick brown ", " jumps over"), (100, "the quick brown ", " jumps over")],
)  # fmt: skip
def test_a_context_is_counted_in_words(context, before, after):
    found = select(made("the quick brown fox jumps over"), pattern="fox", context=context).iloc[0]
    assert (found["before"], found["keyword"], found["after"]) == (before, "fox", after)


@pytest.mark.parametrize(
    ("context", "before", "after"), [(0, "… anti-", "s. …"), (1, "… of anti-", "s. New …")]
)
def test_the_word_in_which_a_keyword_is_appears_whole(context, before, after):
    text = made("the law of anti-sanctions. New talks")
    found = select(text, pattern="sanction", context=context).iloc[0]
    assert (found["before"], found["after"]) == (before, after)


def test_a_whole_passage_has_its_context_too():
    passages = made("one two. three four. five six.")
    spans = [[(9, 20)]]
    found = select(dataclasses.replace(passages, spans=spans), context=1).iloc[0]
    shown = found["before"], found["keyword"], found["after"]
    assert shown == ("… two. ", "three four.", " five …")


WORDS = st.text(alphabet="ab ’.\u00a0", max_size=20)


@given(WORDS, st.text(alphabet="cd ", min_size=1, max_size=8), WORDS, st.integers(0, 5))
def test_a_context_is_the_text_around(before, keyword, after, context):
    text = before + keyword + after
    passages = made(text)
    found = select(passages, pattern=concordance.regex.escape(keyword), context=context)
    for row in found.itertuples():
        left, right = row.before.removeprefix("… "), row.after.removesuffix(" …")
        assert left + row.keyword + right in text
        own = len(f"{left}<{row.keyword.replace(' ', '')}>{right}".split())
        assert own <= 2 * context + 1
        assert (row.before == left) == (text.startswith(left + row.keyword))


def test_a_match_of_nothing_is_none():
    assert select(made("abc"), pattern="x*").empty


@pytest.mark.parametrize(
    ("pattern", "count"),
    [("it's", 3), ("it’s", 3), ("IT‘S", 3), ('"a thaw"', 2), ("“a thaw”", 2), ("”a", 2), (r"n[’']t", 2),
     (r"\u2019s", 1), (r"it\W", 4), ("its", 1)],
)  # fmt: skip
def test_straight_and_curly_marks_are_the_same(pattern, count):
    said = made("It's “a thaw”, it’s said.", 'It‘s "a thaw".', "Isn't it? Isn’t its.")
    found = select(said, pattern=pattern)
    assert len(found) == count
    for row in found.itertuples():
        assert row.keyword in said.texts[row.block], "what is shown is what is printed"


SORTED = ["Then “Zeta” won.", "an alpha won late", "won", "the Alpha won early", "— beta — won, at"]


@pytest.mark.parametrize(
    ("order", "expected"),
    [("page", [0, 1, 2, 3, 4]), ("before", [2, 1, 3, 4, 0]), ("after", [0, 2, 4, 3, 1])],
)
def test_lines_are_sorted_by_the_word_beside_the_keyword(order, expected):
    said = made(*SORTED)
    found = arrange(said, find(said, pattern="won"), order)
    assert found["of"].tolist() == expected
    assert found.index.tolist() == list(range(5))
    assert lines(said, found)["block"].tolist() == expected
    assert select(said, pattern="won", order=order)["block"].tolist() == expected


def test_ties_stay_in_page_order_and_sorting_twice_changes_nothing(prepared):
    found = find(prepared, pattern=r"\w+")
    for order in concordance.ORDERS:
        once = arrange(prepared, found, order)
        assert sorted(once["of"]) == sorted(found["of"])
        assert arrange(prepared, once, order).equals(once)
    assert arrange(prepared, once, "page").equals(found)


def test_whole_passages_stay_in_page_order(prepared):
    found = find(prepared)
    assert arrange(prepared, found, "after").equals(found)


def test_an_unknown_order_is_refused(prepared):
    with pytest.raises(InputError, match="use page, before, after"):
        select(prepared, order="size")


def test_letters_of_any_script_are_letters():
    found = select(made("Мир и дружба", "мирный"), pattern=r"\bмир\b")
    assert found["keyword"].tolist() == ["Мир"]


@pytest.mark.parametrize(
    "pattern",
    ["(", "[a", "*a", "(?P<x", "a{99999999999999999999}", "(?V1)a", r"\L<x>", "(" * 290,
     r"\N{no such sign}", "(?&x)", "a" * 301, "(?<=a"],
)  # fmt: skip
def test_a_pattern_that_cannot_be_read_is_refused(pattern):
    with pytest.raises(InputError, match=r"the search: it (cannot be read|is longer)"):
        select(made("a story"), pattern=pattern)


@pytest.mark.parametrize(
    "pattern",
    ["(a+)+$", "(a|a)*$", "(a|aa)+$", "^(([a-z])+.)+[A-Z]([a-z])+$", "(?:a?){40}a{40}b",
     "(?R)", "(?P<x>(?P>x))", "(?b)(?:bcdefghij){e<=9}"],
)  # fmt: skip
def test_a_pattern_that_would_never_end_is_stopped(pattern, monkeypatch):
    monkeypatch.setattr(concordance, "PATIENCE", 0.1)
    with pytest.raises(InputError, match="would take too long"):
        select(made("a" * 10_000 + "!"), pattern=pattern)


def test_many_slow_paragraphs_are_stopped_as_one(monkeypatch):
    monkeypatch.setattr(concordance, "PATIENCE", 0.1)
    slow = made(*["a" * 21 + "!"] * 200)  # some milliseconds each
    with pytest.raises(InputError, match="would take too long"):
        select(slow, pattern="^(a|a)*$")


def test_an_unknown_voice_is_refused(prepared):
    with pytest.raises(InputError, match="use all, outlet, report, turn, quotation"):
        select(prepared, voice="loud")


def test_coverage_counts_a_passage_once(prepared):
    found = select(prepared, pattern="e")
    table = coverage(prepared, found, "meeting")
    assert table["passages"].sum() == found["of"].nunique() < len(found)
    assert (table["words"] <= table["of"]).all()
    assert coverage(prepared, select(prepared, pattern="no such word"))["words"].eq(0).all()


def test_whose_words_they_are_is_counted_by_match_and_by_passage(prepared):
    found = find(prepared, pattern="e")
    table = whose(prepared, found).set_index("voice")
    assert table.index.tolist() == ["quotation", "report", "outlet"]
    assert table["lines"].sum() == len(found)
    chosen = prepared.table.loc[found["of"].unique()]
    assert table["words"].to_dict() == chosen.groupby("voice")["words"].sum().to_dict()
    assert table["share"].sum() == pytest.approx(1)
    nothing = whose(prepared, find(prepared, pattern="no such word"))
    assert nothing[["lines", "words"]].eq(0).all(axis=None)
    assert nothing["share"].isna().all()


def test_nothing_can_be_chosen_from_nothing(prepared):
    nothing = dataclasses.replace(
        prepared, table=prepared.table.iloc[:0], texts=[], within=np.array([], int), spans=[]
    )
    for pattern in ("", "a"):
        found = select(nothing, pattern=pattern, topics=["syria"], voice="quotation")
        assert found.empty
        assert found.columns.equals(select(prepared).columns)
        assert coverage(nothing, found).empty
        assert whose(nothing, found)["words"].eq(0).all()
