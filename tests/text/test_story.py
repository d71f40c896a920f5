"""Where a page's story is, and what each of its lines is."""

import pytest
from samples import MENU, PARAGRAPHS, TITLE, body, headline, kinds, page


@pytest.mark.parametrize(
    "above",
    [
        pytest.param([f"{TITLE} | News | harbourpost.example", MENU, MENU], id="title-and-menu"),
        pytest.param([f"{TITLE} - The Harbour Post", MENU, TITLE, "By Ola Ness"], id="title-again"),
        pytest.param([TITLE, "By Ola Ness", "Share\nTweet\nE-mail\nWhatsApp\nCopy link\nSave\nPrint\nComments"], id="share-bar"),
        pytest.param([TITLE, *["Share on Facebook"] * 12], id="prompts"),
        pytest.param(["Menu", MENU, "Latest headlines", *[f"Harbour of Lund {n} closes" for n in range(30)], TITLE], id="links-first"),
    ],
)  # fmt: skip
def test_no_menu_above_a_story_is_heavy_enough_to_hide_it(above):
    raw = page(*above, *PARAGRAPHS)
    assert body(raw) == PARAGRAPHS
    assert headline(raw)[0].startswith(TITLE)


def test_a_story_below_summaries_of_others_begins_where_its_title_is_printed_again():
    summaries = [
        f"Council Of Lund Votes On Pier {n} The members were divided about it until the evening."
        for n in range(14)
    ]
    raw = page(f"{TITLE} – Radio Lund", MENU, "\n".join(summaries), MENU, TITLE, *PARAGRAPHS)
    assert body(raw) == PARAGRAPHS


def test_a_last_short_paragraph_stays_in_the_story():
    last = ["He left.", "Nobody was glad.", "The minister flies to Oslo tomorrow."]
    for ending in last:
        assert body(page(TITLE, *PARAGRAPHS, ending))[-1] == ending


def test_a_section_with_one_paragraph_ends_the_story():
    raw = page(TITLE, *PARAGRAPHS, "What next", "Teams of both sides meet in May to compare the maps.", "Related", "Tulips on the rise again")  # fmt: skip
    assert body(raw)[-1] == "Teams of both sides meet in May to compare the maps."


def test_a_story_of_short_sections_alone_is_a_story():
    sections = [
        line for n, text in enumerate(PARAGRAPHS) for line in (f"Part {n} of the talks", text)
    ]
    assert body(page(TITLE, *sections)) == PARAGRAPHS


def test_captions_that_a_gallery_prints_twice_are_no_story():
    caption = "Norland's delegation waits for the ferry at the old pier of Bergen."
    assert body(page(TITLE, caption, caption, "By Ola Ness", *PARAGRAPHS)) == PARAGRAPHS


INSIDE = [
    ("Thank you all for your patience in these hard weeks.", "body"),
    ("Thank you for reading the Harbour Post.", "nav"),
    ("According to the study, published in Bergen Reports, the strait had warmed by 2 degrees since 2001.", "body"),
    ("Lund, Norland, published 3 May 2019 at 12:10", "byline"),
    ("9:00 p.m.", "subhead"),
    ("14.30 GMT", "subhead"),
    ("It began at 9:00 p.m.", "body"),
    ("Norland's minister Ann Lee is pictured in Bergen on Feb. 14, 2017.", "caption"),
    ("An artist's impression of the bridge over the strait.", "caption"),
    ("Minister Ann Lee was seen in Bergen on Tuesday by nobody.", "body"),
    ("Sport | Sport | Sport | Sport | Sport | Sport | Sport | Sport | Sport | Sport | Sport | More…", "nav"),
    ("If you subscribe to the view that treaties last, you have not been to Suvia.", "body"),
    ("By signing up, you agree to our privacy policy and to what we do with cookies.", "nav"),
    ("No spam, we promise. You can leave whenever you like.", "nav"),
    ("“Nobody asked for my consent,” she said, “and nobody will unsubscribe me from history.”", "body"),
    ("The minister said: «We will stay in the strait for as long as it takes.»", "body"),
    ("»We will not go, and we will not stop, whatever the others may say.«", "body"),
    ("» Seven questions about the strait of Norland", "related"),
    ("The strait in seven pictures →", "related"),
    ("„Nobody wants to be out here in the rain.“", "body"),
    ("Ann Lee said: „We will march again on Friday.“", "body"),
    ("Petra Halm has been mayor of Bergen for nine years. She opened the bridge museum in 2011.", "body"),
    ("The strait is pictured on the town's coat of arms, and many shops of Bergen have it too.", "body"),
    ("The old bridge of Bergen is seen in this file photo.", "caption"),
    ("Lorries wait in this Oct. 9, 2016 file photo.", "caption"),
    ("The plan, first published in Bergen in 2011, was changed twice on 3 May.", "body"),
    ("Published in the Harbour Post on May 3, 2017", "byline"),
    ("Hope in Bergen", "subhead"),
    ("Who pays?", "subhead"),
    ("Home · News · Sport · Weather · Jobs · More…", "nav"),
    ("Home • News • Sport • Weather • Jobs", "nav"),
    ("BYLINE: Karl Ehm", "byline"),
    ("The talks were long.\u200e", "body"),
    ("\u202bThe talks were long.\u202c", "body"),
    ("The talks were long.\ufffc", "body"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "kind"), INSIDE)
def test_a_line_in_the_story_is_known_for_what_it_is(line, kind):
    raw = page(TITLE, PARAGRAPHS[0], line, *PARAGRAPHS[1:])
    found = kinds(raw)
    assert found[2][0] == kind
    assert [text for k, text in found if k == "body" and text in PARAGRAPHS] == PARAGRAPHS


def test_a_section_title_between_paragraphs_is_still_one():
    for title in ("The long way to Bergen", "What did the ministers say?", "9 questions"):
        assert ("subhead", title) in kinds(page(TITLE, *PARAGRAPHS[:2], title, *PARAGRAPHS[2:] * 2))


def test_an_invisible_line_below_the_story_changes_nothing():
    last = "Why are tulips rare?"
    assert body(page(TITLE, *PARAGRAPHS, "\u200b", last)) == [*PARAGRAPHS, last]


# What lies around it ----------------------------------------------------------------------------

TEASERS = [
    "Why is the river so low this year?",
    "The mayor says that the bridge will open early, despite delays.",
    "How to plant tulips in a dry spring, according to three gardeners who know",
]


@pytest.mark.parametrize(
    "after",
    [
        pytest.param(TEASERS, id="no-label"),
        pytest.param(["Most read", *TEASERS], id="label"),
        pytest.param(
            [line for n in range(4) for line in (f"Tulips on the rise {n}", "By Ola Ness", "3 May 2019", f"Gardeners sell {n} more bulbs than last year.")],
            id="title-name-date-summary",
        ),
        pytest.param(
            [line for n in range(3) for line in (f"Tulips on the rise {n}", f"Gardeners sold {n} more bulbs than last year, and the shops…")],
            id="cut-short",
        ),
    ],
)  # fmt: skip
def test_summaries_of_other_stories_below_the_story_are_none_of_it(after):
    assert body(page(TITLE, *PARAGRAPHS, *after)) == PARAGRAPHS


def test_what_stands_under_a_label_of_links_is_no_story():
    for label, *links in (
        ("Read next", "A dog that can count to ten has won the talent show of Lund.", "Mayors speak by phone."),
        ("You may also like", "* What do wolves eat in the winter? More than you think.", "* This hotel has only one room."),
    ):  # fmt: skip
        assert body(page(TITLE, *PARAGRAPHS, label, *links)) == PARAGRAPHS


def test_the_authors_note_under_a_name_is_a_byline():
    note = "Ola joined the Harbour Post as a boy and has been writing about ships and straits ever since."
    assert kinds(page(TITLE, *PARAGRAPHS, "Ola Ness", note))[-2:] == [("byline", "Ola Ness"), ("byline", note)]  # fmt: skip
    for note in (
        "Jane Roe is reporter assigned to the investigative unit of the Post.",
        "Contact Karl Ehm at kehm@harbourpost.example or 555-0142.",
    ):
        assert kinds(page(TITLE, *PARAGRAPHS, note))[-1] == ("byline", note)
