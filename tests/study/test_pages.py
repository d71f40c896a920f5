"""The pages of the site are made from the frames, and no text of a corpus becomes their markup."""

import json
import re
from html import escape
from html.parser import HTMLParser

import pytest

from usru.figures import FIGURES
from usru.show import edition, layers
from usru.study import home, pages
from usru.study.home import Home, Point


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
    table = figure.tabulate(corpus)
    return {"agendas": (table, figure.plot(table).svg(figure.headline(table), figure.alt(table)))}


def test_every_passage_of_a_figure_has_its_place_in_the_edition(corpus, drawn):
    _, svg = drawn["agendas"]
    places = pages.to_edition(corpus)
    markup = pages._inline(svg, "agendas", places).svg
    links = [given for tag, given in tags(markup) if tag == "a"]
    chosen = [given["href"] for given in links if given["href"].startswith("explorer.html")]
    assert "explorer.html?topics=north_korea&story=manila-zerohedge" in chosen
    assert len(links) == svg.count("<a ") > len(chosen) > 10
    known = {place.address: place.label for place in places.values()}
    assert all(
        given["aria-label"] == known[given["href"]] for given in links if given["href"] in known
    )
    assert {given["href"] for given in links} <= {*known, *chosen}
    first = corpus.blocks.query("doc_id == 'manila-zerohedge' and kind == 'body'").iloc[0]
    place = places[corpus.passage("manila-zerohedge", first["line_start"])]
    assert place.address.endswith(f"#manila-zerohedge-b{first['block']}")
    assert place.label == f"Zero Hedge, line {first['line_start']}"


def test_what_a_figure_says_around_its_marks_is_cut_off_and_given(corpus, drawn):
    table, svg = drawn["agendas"]
    picture, figure = pages._inline(svg, "agendas", {}), FIGURES["agendas"]
    assert (picture.head, picture.measure, picture.foot) == figure.frame(table)
    assert not re.search(r'id="agendas-(head|measure|foot)"', picture.svg)
    whole, cut = (
        [float(n) for n in re.search(r'viewBox="([^"]+)"', one)[1].split()]
        for one in (svg, picture.svg)
    )
    assert cut[3] < whole[3]
    assert cut[1] > whole[1]
    assert cut[1] + cut[3] < whole[1] + whole[3]
    used = set(re.findall(r'href="#([^"]+)"', picture.svg))
    assert used <= set(re.findall(r' id="([^"]+)"', picture.svg)), "every letter is still drawn"


def test_two_figures_in_a_page_share_no_name(drawn):
    one, other = (pages._inline(drawn["agendas"][1], name, {}).svg for name in ("one", "other"))
    ids = [set(re.findall(r' id="([^"]+)"', svg)) for svg in (one, other)]
    assert not ids[0] & ids[1]
    for svg, own in zip((one, other), ids, strict=True):
        used = re.findall(r'href="#([^"]+)"|url\(#([^)]+)\)', svg)
        assert {a or b for a, b in used} <= own
        assert 'role="group"' in svg, "marks inside an image would be hidden from screen readers"
        assert "data/raw" not in svg


TOLD = [("03_topics", {"id": "topics-1", "sentence": "So <it> is.", "holds": True}),
        ("03_topics", {"id": "topics-2", "sentence": "Or not.", "holds": False})]  # fmt: skip


def test_the_home_page_tells_findings_and_says_when_one_fails(corpus, drawn):
    first = Home(
        lead="All of it.",
        findings=(
            Point(text="In <plain> words.", claim="topics-1", figure="agendas"),
            Point(claim="topics-2"),
        ),
        limits=(Point(text="Not *this*."),),
    )
    page = pages.home(corpus, first, drawn, {}, TOLD, {"03_topics": "Topics: what of?"})
    assert "All of it." in page
    assert "In &lt;plain&gt; words." in page
    assert "So &lt;it&gt; is." in page
    assert page.index("✓ Checked") < page.index("✗ Does not hold") < page.index("Not *this*.")
    assert "Or not." in page
    assert 'href="notebooks/03_topics.html#claim-topics-2"' in page
    assert "How it is known" not in page, "there is no heading of nothing"
    assert "claim-topics-2" in pages.claims(TOLD)
    assert "<strong>no</strong>" in pages.claims(TOLD)


def test_a_study_that_was_not_run_leaves_no_empty_block(corpus):
    page = pages.home(corpus, Home(), {}, {}, [], {"03_topics": "Topics: what of?"})
    assert "[Topics](notebooks/03_topics.ipynb): what of\\?" in page
    assert "5 documents of 4 outlets" in page
    assert not re.search(r"\{raw\} html\n\s*`", page)


def test_the_gallery_says_of_each_figure_what_was_found(corpus, drawn):
    page = pages.gallery(drawn, {"03_topics": "Topics: what of?"})
    table, _ = drawn["agendas"]
    assert "## Topics" in page
    assert escape(FIGURES["agendas"].headline(table)) in page
    whole = pages.figure("agendas", drawn, {}, TOLD, {"03_topics": "Topics: what of?"})
    assert whole.startswith("---\norphan: true")
    assert "So &lt;it&gt; is." in whole, "its claim"
    assert "(../notebooks/03_topics.ipynb#what-does-each-story-give-room-to)" in whole


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
    assert names == {"story", "meeting", "outlet", "topics", "speakers", "tone"}
    bare = {given["name"] for tag, given in tags(pages.explorer(corpus, [])) if tag == "select"}
    assert bare == {"story", "meeting", "outlet"}, "there is no choice where nothing was found"


def test_the_explorers_data_cannot_end_their_element(hostile):
    page = pages.explorer(hostile, edition.layers(hostile))
    data = re.search(r'class="data">(.*?)</script>', page)[1]
    assert [row["text"] for row in json.loads(data)["rows"]] == [
        edition.visible(text) for text in hostile.paragraphs["text"]
    ]
    assert not set("<>&") & set(data)


def test_a_hostile_corpus_adds_no_markup(hostile):
    made = [
        pages.home(hostile, home.read(hostile, [], {}), {}, {}, [], {}),
        pages.story(hostile, hostile.documents["doc_id"].iloc[0], edition.layers(hostile)),
        pages.stories(hostile),
        pages.explorer(hostile, edition.layers(hostile)),
        pages.codebook(hostile.manifest.folder / "codebook"),
    ]
    for page in made:
        found = tags(re.sub(r"^# .*", "", page, flags=re.MULTILINE))
        assert not {"img", "i", "style"} & {tag for tag, _ in found}
        assert [given.get("type") for tag, given in found if tag == "script"] in (
            [], ["application/json"],
        )  # fmt: skip
        outside = re.sub(rf"{pages.FENCE}.*?\n{pages.FENCE}", "", page, flags=re.DOTALL)
        for line in outside.splitlines():
            assert line.startswith("# ") or "javascript" not in line, "a title is the only heading"
            assert not re.search(r"(?<!\\)[<`\[{*|]", line.partition("# ")[2]), (
                "and none of it is markup"
            )
        assert "{{" not in outside


def test_the_codebook_shows_every_topic_and_every_column(corpus):
    page = pages.codebook(corpus.manifest.folder / "codebook")
    assert "north_korea" in page
    assert "<code>credit</code>, <code>body</code>, <code>separator</code>" in page
    assert page.count("## ") > 3
