"""The pages of the site are made from the frames, and no text of a corpus becomes their markup."""

import json
import re
from html.parser import HTMLParser

import pytest

from usru.figures import FIGURES
from usru.show import edition, layers
from usru.study import pages


def tags(markup):
    found = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag, attributes):
            found.append((tag, dict(attributes)))

    Reader().feed(markup)
    return found


@pytest.fixture(scope="module")
def drawn(corpus):
    figure = FIGURES["agendas"]
    table = figure.table(corpus)
    return {"agendas": (table, figure.plot(table).svg(figure.title, figure.alt(table)))}


def test_every_passage_of_a_figure_has_its_place_in_the_edition(corpus, drawn):
    table, svg = drawn["agendas"]
    places = pages.to_edition(corpus)
    markup = pages._inline(svg, "agendas", places)
    links = [given["href"] for tag, given in tags(markup) if tag == "a"]
    assert sorted(links) == sorted(places[passage] for passage in table["passage"].dropna())
    first = corpus.blocks.query("doc_id == 'manila-zerohedge' and kind == 'body'").iloc[0]
    passage = corpus.passage("manila-zerohedge", first["line_start"])
    assert places[passage].endswith(f"#manila-zerohedge-b{first['block']}")


def test_two_figures_in_a_page_share_no_name(drawn):
    one, other = (pages._inline(drawn["agendas"][1], name, {}) for name in ("one", "other"))
    ids = [set(re.findall(r' id="([^"]+)"', svg)) for svg in (one, other)]
    assert not ids[0] & ids[1]
    for svg, own in zip((one, other), ids, strict=True):
        used = re.findall(r'href="#([^"]+)"|url\(#([^)]+)\)', svg)
        assert {a or b for a, b in used} <= own
        assert 'role="group"' in svg, "marks inside an image would be hidden from screen readers"
        assert "data/raw" not in svg


def test_the_home_page_states_claims_and_says_when_one_fails(corpus, drawn):
    told = [("03_topics", {"id": "topics-1", "sentence": "So <it> is.", "holds": True}),
            ("03_topics", {"id": "topics-2", "sentence": "Or not.", "holds": False})]  # fmt: skip
    page = pages.home(corpus, drawn, {}, told, {"03_topics": "Topics: what of?"})
    assert "So &lt;it&gt; is." in page
    assert "✗ does not hold:</strong> Or not." in page
    assert "**What of?**" in page
    assert "claim-topics-2" in pages.claims(told)
    assert "<strong>no</strong>" in pages.claims(told)


def test_a_notebook_with_nothing_to_show_leaves_no_empty_block(corpus):
    page = pages.home(corpus, {}, {}, [], {"03_topics": "Topics: what of?"})
    assert "**What of?**" in page
    assert not re.search(r"\{raw\} html\n\s*`", page)


def test_the_explorer_holds_every_paragraph_and_its_layers(corpus):
    scored = corpus.sentences.assign(polarity=-0.5)
    said = corpus.sentences.assign(quotation=0, speaker="Rex Tillerson", form="direct")
    found = [
        layers.topics(corpus),
        layers.tone(corpus, scored),
        layers.quotations(corpus, said),
    ]
    rows = pages._passages(corpus, found)
    assert [row["text"] for row in rows] == corpus.paragraphs["text"].tolist()
    assert {tuple(row["tone"]) for row in rows} == {("down",)}
    assert {tuple(row["speakers"]) for row in rows} == {("Rex Tillerson",)}
    names = {given["name"] for tag, given in tags(pages.explorer(corpus, found)) if tag == "select"}
    assert names == {"meeting", "outlet", "topics", "speakers", "tone"}
    bare = {given["name"] for tag, given in tags(pages.explorer(corpus, [])) if tag == "select"}
    assert bare == {"meeting", "outlet"}, "there is no choice where nothing was found"


def test_the_explorers_data_cannot_end_their_element(hostile):
    page = pages.explorer(hostile, edition.layers(hostile))
    data = re.search(r'class="data">(.*?)</script>', page)[1]
    assert [row["text"] for row in json.loads(data)] == [
        edition.visible(text) for text in hostile.paragraphs["text"]
    ]
    assert not set("<>&") & set(data)


def test_a_hostile_corpus_adds_no_markup(hostile):
    made = [
        pages.home(hostile, {}, {}, [], {}),
        pages.stories(hostile),
        pages.explorer(hostile, edition.layers(hostile)),
        pages.codebook(hostile.manifest.folder / "codebook"),
    ]
    for page in made:
        found = tags(page)
        assert not {"img", "i", "style"} & {tag for tag, _ in found}
        assert [given.get("type") for tag, given in found if tag == "script"] in (
            [], ["application/json"],
        )  # fmt: skip
        outside = re.sub(rf"{pages.FENCE}.*?\n{pages.FENCE}", "", page, flags=re.DOTALL)
        assert "javascript" not in outside, "what comes from a corpus stands in raw blocks"
        assert "{{" not in outside


def test_the_codebook_shows_every_topic_and_every_column(corpus):
    page = pages.codebook(corpus.manifest.folder / "codebook")
    assert "north_korea" in page
    assert "credit, body, separator" in page
    assert page.count("## ") > 3
