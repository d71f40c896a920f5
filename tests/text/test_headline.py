"""What a page's headline is, and that a text may have none."""

import pytest
from samples import MENU, PARAGRAPHS, TITLE, body, headline, kinds, page


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(PARAGRAPHS, id="plain"),
        pytest.param(["“We will stay,” Minister Ann Lee said on Monday in Bergen.", *PARAGRAPHS], id="quotation-first"),
        pytest.param(['Ann Lee said: "We will stay in the strait."', *PARAGRAPHS], id="quotation-last"),
        pytest.param(["It rained in Bergen.", *PARAGRAPHS], id="short-lead"),
        pytest.param(["The ministers met in the U.S. on Monday.", *PARAGRAPHS], id="abbreviation"),
        pytest.param(["This is what the ministers of Norland and Suvia agreed on in Bergen:", *PARAGRAPHS], id="colon"),
        pytest.param([PARAGRAPHS[0], "A new line", *PARAGRAPHS[1:]], id="section-title"),
        pytest.param(PARAGRAPHS[:2], id="two"),
        pytest.param(PARAGRAPHS[:1], id="one"),
    ],
)  # fmt: skip
def test_a_text_without_its_title_keeps_its_lead(text):
    raw = page(*text)
    assert headline(raw) == []
    assert body(raw)[0] == text[0]
    assert len(body(raw)) == len([line for line in text if line.endswith((".", '"', ":", "”"))])


@pytest.mark.parametrize(
    "title",
    [
        "Profile: Ann Lee",
        "Obituary: Ola Ness",
        "Ann Lee, minister",
        "Harbour wars",
        "Analysis: Why the strait of Norland must close",
        "Interview: Ann Lee on the strait",
        "Opinion: The strait must stay open to Norland",
        "Watch: Ann Lee on the talks in Bergen",
        "In pictures: ministers meet in Bergen",
        "Sources: Ministers of Norland and Suvia to meet in May",
        "Save the strait, says minister of Norland",
        "Follow the money in the strait of Norland",
        "Photo of ministers in Bergen shocks Norland",
        "More on the talks of the ministers in Bergen",
        f"{TITLE} - The Harbour Post",
        f"{TITLE} | News | harbourpost.example",
        "Interview: Tomas Reik and what comes next for all",
        "Will the ministers of Norland and Suvia ever agree?",
        "Ministers meet in the U.S.",
    ],
)
def test_a_title_that_looks_like_a_label_is_a_title(title):
    raw = page(title, *PARAGRAPHS)
    assert headline(raw) == [title]
    assert body(raw) == PARAGRAPHS


@pytest.mark.parametrize("label", ["Share on Facebook", "By Ola Ness", "12 April 2017", "Menu", "Photo: Ola Ness"])  # fmt: skip
def test_a_label_above_the_prose_is_no_title(label):
    raw = page(label, *PARAGRAPHS)
    assert headline(raw) == []
    assert body(raw) == PARAGRAPHS


def test_a_title_that_is_known_is_the_headline():
    title = "Rain over the town hall"
    raw = page("Radio Lund", MENU, title, "Two ministers talk about a strait", *PARAGRAPHS)
    assert headline(raw, title=title) == [title]
    assert headline(raw, title="Rain over the town hall – Radio Lund") != [title]


def test_a_title_that_is_not_printed_changes_nothing():
    raw = page(*PARAGRAPHS)
    assert kinds(raw, title="Talks in Bergen") == kinds(raw)


def test_the_title_of_an_article_is_its_headline_only_where_it_is_printed_first():
    assert kinds(page(TITLE, *PARAGRAPHS), layout="article", title=TITLE)[0] == ("headline", TITLE)
    assert len(body(page(*PARAGRAPHS), layout="article", title=TITLE)) == 3


def test_a_short_title_below_a_section_label_is_the_headline():
    for above in (["World News"], ["Menu", "Search"], ["World News", "12 April 2017"]):
        assert headline(page(*above, "Bridge closed", *PARAGRAPHS)) == ["Bridge closed"]


def test_a_tight_transcript_keeps_its_title():
    raw = "Transcript of the conference on the crossing\nMS. DOLK: Good morning.\nQ: Did you speak about it?\nMS. DOLK: We did.\n"
    assert [kind for kind, _ in kinds(raw)] == ["headline", "body", "body", "body"]
