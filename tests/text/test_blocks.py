"""The laws of blocks, on the dumps, on outside pages and on generated text."""

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from usru import codebook, schema
from usru.errors import InputError
from usru.evaluation import outside
from usru.text import blocks
from usru.text.furniture import Label
from usru.text.lines import Unit

PIECES = st.sampled_from(
    [
        "", " ", "\u00a0", "* * *", "Menu", "By Ann Lee", "• avatar", "3 Comments", "Reply", "“", '"',
        "© AP / Ann Lee", "March 3, 2017", "Related", "Tags: a, b", "Envoys meet in Vienna again",
        "Two envoys met in Vienna on Monday for talks about nothing.", "jo reply toAnn(Show)",
        "It is a line that was broken where a column ended and goes on in the",
        "next line of the page.", "\u200b", "Сomment", "é", "\t• One;", "word " * 80,
    ]
)  # fmt: skip
PAGES = st.lists(PIECES, max_size=40).flatmap(
    lambda lines: st.sampled_from(["\n", "\r\n", "\r"]).map(lambda end: end.join(lines))
)
TEXTS = PAGES | st.text(max_size=300)


def covered(raw: str) -> None:
    found = blocks.find(raw)
    spans = list(zip(found["start"], found["end"], strict=True))
    assert all(start < end for start, end in spans)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))
    inside = "".join(raw[start:end] for start, end in spans)
    outside_blocks = raw
    for start, end in reversed(spans):
        outside_blocks = outside_blocks[:start] + outside_blocks[end:]
    assert not outside_blocks.strip()
    assert len(inside) + len(outside_blocks) == len(raw)


@given(TEXTS)
def test_blocks_cover_every_line_that_is_not_blank_exactly_once(raw):
    covered(raw)


def test_the_dumps_are_their_blocks_and_blank_lines(corpus):
    for doc_id in corpus.documents["doc_id"]:
        covered(corpus.raw(doc_id))


@given(TEXTS)
def test_line_numbers_are_those_of_an_editor(raw):
    found = blocks.find(raw)
    lines = re.split(r"\r\n|\n|\r", raw)
    for row in found.itertuples():
        whole = "".join(lines[row.line_start - 1 : row.line_end])
        span = re.sub(r"[\r\n]", "", raw[row.start : row.end])
        assert span == whole


@given(TEXTS)
def test_a_frame_keeps_its_contract(raw):
    found = blocks.find(raw)
    assert set(found["kind"]) <= set(schema.KINDS)
    assert found["block"].tolist() == list(range(len(found)))
    schema.check("blocks", found, "doc_id")


@pytest.mark.parametrize("raw", ["", "\n\n", " \u00a0\n\t"])
def test_a_text_without_a_line_gives_no_row(raw):
    found = blocks.find(raw)
    assert found.empty
    assert found.dtypes["start"] == "int64"


def test_the_dumps_agree_with_the_reference_coding_to_the_line(corpus):
    coded = corpus.coding("blocks")
    found = corpus.blocks[["doc_id", "line_start", "line_end", "kind"]]
    agreed = found.merge(coded, how="inner")
    assert len(agreed) >= 0.98 * len(coded)


def test_general_rules_alone_find_the_story_of_every_dump(corpus):
    for document in corpus.documents.itertuples():
        general = blocks.find(corpus.raw(document.doc_id)).query("kind == 'body'")
        own = corpus.paragraphs.query("doc_id == @document.doc_id")
        assert general["start"].tolist() == own["start"].tolist()


@pytest.mark.parametrize(
    ("pages", "agreement", "precision", "recall"),
    [("developed", 0.92, 0.95, 0.98), ("unseen", 0.95, 0.97, 0.98)],
)
def test_outside_pages_stay_above_their_floors(pages, agreement, precision, recall):
    measured = outside.summary().set_index("set").loc[pages]
    assert measured["agreement"] >= agreement
    assert measured["story precision"] >= precision
    assert measured["story recall"] >= recall


STORY = "\n\n".join(
    [
        "Envoys sign a water treaty in Vienna",
        "Two envoys signed a treaty about the river in Vienna on Monday, after years of talks.",
        "The treaty obliges both sides to share what they measure, a spokeswoman of one side said.",
        "It did not come easily.",
        "Both parliaments must agree to the treaty before the end of the year, which is not certain.",
    ]
)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("* * *", "separator"),
        ("Share on Facebook", "nav"),
        ("© AP Photo / Ann Lee", "credit"),
        ("FILE PHOTO: The river near Vienna, March 2, 2016. REUTERS/Ann Lee", "caption"),
        ("By Ann Lee", "byline"),
        ("14:22, 5 June 2018 | Updated 16:01", "timestamp"),
        ("Read more: How the river was divided", "related"),
        ("Tags: river, Vienna, treaty", "tags"),
        ("The long way to Vienna", "subhead"),
        ("Nobody was glad.", "body"),
        ("• a list of what was measured;", "body"),
        ("Sign up to our newsletter and never miss a treaty", "nav"),
    ],
)
def test_a_line_between_paragraphs_is_known_for_what_it_is(line, kind):
    parts = STORY.split("\n\n")
    page = "\n\n".join([*parts[:3], line, *parts[3:]])
    found = blocks.find(page)
    assert found.set_index("block").loc[3, "kind"] == kind
    assert found["kind"].tolist().count("body") == 4 + (kind == "body")


@pytest.mark.parametrize("indent", ["", "    ", "\t", "\u00a0\u00a0"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_indentation_and_line_ends_change_nothing(indent, end):
    page = end.join(indent + line if line else "" for line in STORY.split("\n"))
    assert blocks.find(page)["kind"].tolist() == blocks.find(STORY)["kind"].tolist()


def test_a_hard_wrapped_paragraph_is_one_block():
    wrapped = (
        "Envoys sign a water treaty in Vienna\n\n"
        "Two envoys signed a treaty about the river in Vienna on Monday, after\n"
        "years of talks that had more than once been broken off by one of the\n"
        "two sides, and had begun anew each time without a word about what had\n"
        "happened between.\n\n"
        "It did not come easily, a spokeswoman said, and it may not last for as\n"
        "long as those who signed it hope.\n"
    )
    assert blocks.find(wrapped)["line_end"].tolist() == [1, 6, 9]


def test_a_cyrillic_letter_in_an_english_label_is_read_as_its_lookalike():
    page = STORY + "\n\n2 Comments\n• Сomment\n• avatar\n  I doubt it very much.\n"
    assert blocks.find(page)["kind"].tolist()[-3:] == ["nav", "commenter", "comment"]


def test_a_comment_with_several_paragraphs_is_one_block():
    page = (
        STORY + "\n\n1 Comment\nAnn K says:\nI doubt it very much.\n\nAnd so should you.\nReply\n"
    )
    comment = blocks.find(page).query("kind == 'comment'")
    assert comment["text"].tolist() == ["I doubt it very much.\nAnd so should you."]


@pytest.mark.parametrize(
    ("kind", "spans"),
    [("commenter", [(1, 2), (4, 4)]), ("comment", [(1, 4)]), ("body", [(1, 1), (2, 2), (4, 4)])],
)
def test_lines_that_name_one_commenter_are_joined_and_all_of_a_comment(kind, spans):
    raw = "Ann Lee\nguest\n\nBo Ek\n"
    places = [(0, 7, 1), (8, 13, 2), (15, 20, 4)]
    parts = [Unit(start, end, line, line, raw[start:end], False) for start, end, line in places]
    found = blocks._merged(raw, parts, [Label(kind, "")] * 3)
    assert [(unit.first, unit.last) for unit, _ in found] == spans


def own(folder, text):
    (folder / "codebook").mkdir()
    (folder / "codebook" / "outlets.toml").write_text(text, encoding="utf-8")
    return codebook.read(folder).outlets


@pytest.mark.parametrize("entry", ["(open", "(a+)+b"])
def test_a_pattern_that_cannot_be_used_is_refused_when_a_page_is_read(tmp_path, entry):
    outlets = own(tmp_path, f"[Gazette]\nnav = ['{entry}']\n")
    with pytest.raises(InputError, match=r"outlets\.toml, \[Gazette\], nav 1: "):
        blocks.find("A page", "Gazette", outlets)


def test_an_outlet_adds_its_own_furniture(tmp_path):
    outlets = own(tmp_path, "[Gazette]\nnav = ['nobody was glad[.]']\n")
    page = STORY + "\n\nNobody was glad.\n"
    assert blocks.find(page, "Gazette", outlets)["kind"].tolist()[-1] == "nav"
    assert blocks.find(page, None, outlets)["kind"].tolist()[-1] == "body"


@pytest.mark.parametrize(
    "unit",
    [
        "word ", "1", '"', "ab.\n", "• a\n", "3 Comments\n", "Bob says:\nyes\n", "Related\n",
        "Here are the dates:\nMay 3 – Lund\n", "28. No way!\nRuth, Oslo\n", "MINISTER LEE: Yes, I know.\n",
        "Talks of the ministers in Lund\n\n", "and so on with the\n\n", "the Wednes-\nday\n", "\u00a0\u200b x\n",
        "Why is the river so low this year?\n\nThe mayor did not say so on Monday.\n\n",
        "* Title Case Headline Of Another Story\n", "Ola Ness\n\nOla has written about the ships of Lund.\n\n",
    ],
)  # fmt: skip
def test_time_grows_with_the_text_and_not_faster(unit):
    """Counts calls rather than seconds: each line is looked at a bounded number of times."""
    import sys

    def calls(times: int) -> int:
        count = 0

        def watch(frame, event, argument):
            nonlocal count
            count += event in ("call", "c_call")

        sys.setprofile(watch)
        try:
            blocks.find(unit * times)
        finally:
            sys.setprofile(None)
        return count

    assert calls(400) <= 2.2 * calls(200) + 2000


def test_a_page_without_a_headline_loses_no_paragraph():
    page = (
        "MOSCOW, October 2. /NEWS/. Russia will answer the new rules before the year is over.\n"
        '"We expect the next round to be held soon," the envoy said, adding: "There is no date."\n'
        "The previous round was held in Geneva in the spring of last year and led nowhere.\n"
    )
    assert blocks.find(page)["kind"].tolist() == ["body", "body", "body"]


def test_a_single_wrapped_paragraph_of_several_lines_is_one_block():
    page = (
        "Envoys meet in Vienna again today\n\n"
        "The two foreign ministers met in Vienna on Monday for new talks that\n"
        "went on for hours and that ended without a sign of any agreement on the\n"
        "grain corridor, the envoy said.\n\nHe left.\n"
    )
    assert blocks.find(page)["line_end"].tolist() == [1, 5, 7]


def test_the_authors_note_is_a_byline_also_above_comments():
    page = (
        STORY
        + "\n\nAnn Lee covers diplomacy for the paper.\n\n2 Comments\nBo says:\nThat will never last"
        " for more than a year or two.\nCy says:\nIt has lasted for longer than that already, you know.\n"
    )
    assert blocks.find(page).set_index("block").loc[5, "kind"] == "byline"


@pytest.mark.parametrize(
    "line",
    [
        "Background: the two sides have fought for years, the minister said on Monday.",
        "Thank you for the question, the minister said at once to those who were there.",
        "The views expressed in Vienna were not new, the minister said on Monday.",
    ],
)
def test_a_reported_sentence_is_no_furniture(line):
    parts = STORY.split("\n\n")
    assert blocks.find("\n\n".join([*parts[:3], line, *parts[3:]]))["kind"][3] == "body"


def test_furniture_of_ones_own_adds_to_what_many_sites_share(tmp_path):
    outlets = own(tmp_path, '[every-outlet]\nnav = ["X"]\n')
    page = STORY + "\n\n1 Comment\nAnn K says:\nI doubt it very much.\nReply\n"
    kinds = blocks.find(page, None, outlets)["kind"].tolist()
    assert kinds[-3:] == ["commenter", "comment", "nav"]


def test_in_an_article_everything_is_body():
    lines = [
        "Share on Facebook",
        "By Ola Ness",
        "Related",
        *STORY.split("\n\n"),
        "3 Comments",
        "No.",
    ]
    found = blocks.find("\n\n".join(lines), layout="article")
    assert found["text"].tolist() == lines
    assert set(found["kind"]) == {"body"}


def test_another_layout_is_refused():
    with pytest.raises(ValueError, match="layout: 'table' is none; use page or article"):
        blocks.find("A page", layout="table")
