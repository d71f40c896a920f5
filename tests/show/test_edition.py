"""The reading edition shows what the blocks hold, and nothing in a story acts."""

import re
from html.parser import HTMLParser

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import usru
from usru.show import edition, layers
from usru.templates import render
from usru.text.quotations.quotation_marks import QUOTATION_MARKS

VOID = {"meta", "link", "input", "img", "br"}


class Reader(HTMLParser):
    """What a page holds: the text of each element with an id, all tags, ids, links and notes."""

    def __init__(self, markup):
        super().__init__()
        self.open, self.texts, self.tags, self.attributes = [], {}, [], []
        self.feed(markup)
        self.close()
        assert self.open == [], "every element is closed"

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.tags.append(tag)
        self.attributes += attributes
        if tag not in VOID:
            self.open.append((tag, given.get("id")))
        if "id" in given:
            assert given["id"] not in self.texts, "an address is given once"
            self.texts[given["id"]] = ""

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag, "elements nest"

    def handle_data(self, data):
        for _, name in self.open:
            if name:
                self.texts[name] += data

    def values(self, name):
        return [value for key, value in self.attributes if key == name]


@pytest.fixture(scope="module")
def shown(corpus):
    return edition.layers(corpus)


@pytest.mark.parametrize("switched", [False, True], ids=["plain", "with all layers"])
def test_the_text_of_each_block_is_the_blocks_own(corpus, shown, switched):
    for doc_id, blocks in corpus.blocks.groupby("doc_id", sort=False):
        page = Reader(edition.page(corpus, doc_id, shown if switched else []))
        addresses = [name for name in page.texts if re.search(r"-b\d+$", name)]
        assert addresses == [f"{doc_id}-b{number}" for number in blocks["block"]]
        assert [page.texts[name] for name in addresses] == blocks["text"].tolist()


def test_every_quotation_has_an_address_and_its_text(corpus, shown):
    doc_id = "manila-breitbart"
    page = Reader(edition.page(corpus, doc_id, shown))
    quotations = corpus.quotations.query("doc_id == @doc_id")
    for number, text in zip(quotations["quotation"], quotations["text"], strict=True):
        piece = page.texts[f"{doc_id}-q{number}"]
        assert piece.strip(QUOTATION_MARKS)
        assert text.startswith(piece.strip(QUOTATION_MARKS))


def test_a_note_stands_once_for_a_span_however_often_it_is_cut(corpus):
    doc_id, block = "manila-breitbart", 4
    text = corpus.blocks.query("doc_id == @doc_id and block == @block")["text"].iloc[0]
    rows = [(doc_id, block, 0, 40, "outer"), (doc_id, block, 20, 60, "crossing")]
    rows += [(doc_id, block, 30, 30, "empty"), (doc_id, block, 0, len(text) + 1, "too long")]
    marks = pd.DataFrame(rows, columns=["doc_id", "block", "start", "end", "note"])
    layer = layers._layer("tone", "Tone", "", marks)
    page = Reader(edition.page(corpus, doc_id, [layer]))
    assert page.texts[f"{doc_id}-b{block}"] == text
    assert page.values("data-note").count("outer") == 2, "at its first and its last piece"
    assert set(page.values("data-note")) == {"outer", "crossing"}


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=12))
def test_any_spans_nest_and_leave_the_text_alone(spans):
    text = "Two <envoys> met & spoke. שלום!"
    rows = pd.DataFrame(spans, columns=["start", "end"])
    rows = rows.assign(layer="tone", note="n", look="", number=range(len(rows)))
    pieces = list(edition._pieces(text, rows.itertuples()))
    page = Reader(f'<p id="p">{render("edition/marked.html", pieces=pieces, name="a")}</p>')
    assert page.texts["p"] == text
    assert len(page.texts) - 1 == sum(0 <= a < b <= len(text) for a, b in spans)


def test_what_the_cleaner_dropped_is_marked_as_dropped(corpus):
    doc_id = "bonn-sputnik-awkward"
    page = Reader(edition.page(corpus, doc_id, []))
    kinds = corpus.blocks.query("doc_id == @doc_id")["kind"]
    assert page.values("data-kind") == kinds.map(corpus.labels["kind"]).tolist(), "in words"
    dropped = [value for value in page.values("class") if value.endswith(" dropped")]
    assert len(dropped) == (~kinds.isin(["body", "headline", "subhead"])).sum()


def test_a_hostile_story_is_shown_as_text(hostile):
    doc_id = hostile.documents["doc_id"].iloc[0]
    story = edition.fragment(hostile, doc_id)
    page = Reader(story.html)
    name = edition.address(doc_id)
    texts = [page.texts[f"{name}-b{number}"] for number in hostile.blocks["block"]]
    assert texts == [edition.visible(text) for text in hostile.blocks["text"]]
    assert not {"script", "img", "style", "b", "i"} & set(page.tags)
    assert not [key for key, _ in page.attributes if key.startswith("on")]
    assert not [value for value in page.values("href") if not value.startswith("#")]
    assert "⟨U+202E⟩turned around⟨U+202C⟩" in story.html
    assert "\x07" not in story.html
    assert max(page.texts.values(), key=len).count("a" * 10_000) == 1


def test_a_fragment_needs_no_script_and_a_page_no_other_file(corpus):
    story = usru.show.read(corpus, "manila-zerohedge")
    assert repr(story) == "Edition('manila-zerohedge': 18 blocks, 13 paragraphs)"
    assert "<script" not in story._repr_html_()
    whole = edition.page(corpus, "manila-zerohedge")
    assert not re.search(r"""(src|href)=["'](?!#|data:,|[\w-]+\.html)""", whole)


def test_a_story_as_part_of_a_page_leaves_the_first_heading_to_it(corpus):
    part = Reader(edition.page(corpus, "manila-breitbart", [], whole=False))
    assert "h1" not in part.tags
    assert not {"html", "body", "script", "style"} & set(part.tags)
    assert [to for to in part.values("href") if to] == [
        f"{doc_id}.html" for doc_id in corpus.documents["doc_id"] if doc_id != "manila-breitbart"
    ]


def test_what_is_not_known_of_a_story_is_not_said(own):
    [about] = re.findall(r'class="about">(.*?)</p>', edition.page(own, "boats", []), re.DOTALL)
    assert about.strip() == ""


def test_an_unknown_story_is_refused(corpus):
    with pytest.raises(KeyError, match="no document 'x'"):
        usru.show.read(corpus, "x")
