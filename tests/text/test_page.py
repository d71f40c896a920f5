"""What each unit of a page is beside its neighbours."""

import itertools

import pytest

from usru.text import blocks

PARAGRAPHS = [
    "The ministers of Norland and Suvia met in Bergen on Monday for talks about the strait, their first in two years.",
    "“We have agreed to meet again in May,” the Norland minister, Ann Lee, told reporters after three hours at the town hall.",
    "She said the two sides would name envoys, exchange maps of the strait and reopen the line that was closed in the winter.",
]
TITLE = "Ministers of Norland and Suvia meet in Bergen"


def page(*parts):
    return "\n\n".join(parts) + "\n"


def kinds(raw, **options):
    found = blocks.find(raw, **options)
    return list(zip(found["kind"], found["text"], strict=True))


def body(raw, **options):
    return [text for kind, text in kinds(raw, **options) if kind == "body"]


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        (["Here are the dates of the talks:", "May 3 – Bergen, Norland", "May 9 – Port Suvi, Suvia"], "body"),
        (["The five towns are:", "Bergen\nPort Suvi\nLund\nOslo\nMalm"], "body"),
        (["The winners are:", "Scotland, Norway, Serbia, Israel"], "body"),
        (["The delegates came from five companies:", "Blue Pier, Kent, Norland\nCerise Robotics, Palo, Suvia"], "body"),
        (["She wrote on", "Twitter", ": “The strait is open.”"], "body"),
        (["It was a letter to the", "Harbour Post", "."], "body"),
        # Items of a list that a cue takes for something else, or that brackets tell from titles.
        (["The talks in figures:", "• 3 hours of talks", "• 14 envoys", "• 2 flags"], "body"),
        (["The envoys are:", "Ann Lee (Norland)", "Bo Holm (Suvia)", "Carl Roe (Ostland)"], "body"),
        (["Speaking in an interview with", "Norland Radio", ", she said that the strait would stay open."], "body"),
        (["The plan was drawn up by the", "Institute of Straits in Lund."], "body"),
        (["Q: Where did you grow up?", "A: In a village on the strait, with four brothers and a boat.", "Q: And then?", "A: Lund."], "body"),
        (["MINISTER LEE:  Good afternoon.  We had a long talk.", "QUESTION:  Minister Lee, will you stay?", "MINISTER LEE:  Yes."], "body"),
        (["* Minister of Norland to Meet Envoy Today. Here Are the Issues", "* Suvia Issues Grave Warning as Talks End Without Result"], "related"),
        (["* the maps of the strait", "* the line that was closed"], "body"),
        (["Question: Why now?", "Answer: There was no other day.", "Question: And the ferry?", "Answer: It runs."], "body"),
        (["Harbour Post: Why did you close it?", "Halm: It was old.", "Harbour Post: How old?", "Halm: Very."], "body"),
        (["* Mayor of Bergen Resigns After Nine Years", "* Why Are the Rivers of Suvia So Low?", "* Dog That Can Count Wins Talent Show"], "related"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("place", [2, 3])
def test_lines_that_belong_together_are_of_one_kind(lines, kind, place):
    raw = page(TITLE, *PARAGRAPHS[:place], *lines, *PARAGRAPHS[place:])
    found = {text: k for k, text in kinds(raw)}
    pieces = list(itertools.chain.from_iterable(line.split("\n") for line in lines))
    assert {
        piece: found[piece.removeprefix("* ").removeprefix("• ")] for piece in pieces
    } == dict.fromkeys(pieces, kind)
    assert [text for text in body(raw) if text in PARAGRAPHS] == PARAGRAPHS


def test_a_page_that_is_saved_twice_loses_nothing():
    assert len(body(page(TITLE, *PARAGRAPHS) * 2)) == 6


@pytest.mark.parametrize(
    "lines",
    [
        # Words under labels on lines of their own, as ministries print them.
        ["Minister Dolk:", "Good morning to you.", "Question:", "Who pays?", "Minister Dolk:", "We do."],
        # Letters with a stop, and answers without one.
        ["Q. Where did you row?", "A. At school", "Q. When?", "A. In May, with my sister."],
        # Between two labels even what reads like a prompt is said, and so are laughter and questions.
        ["MS. DOLK: Good morning.", "Thank you.", "Next question?", "QUESTION: And the pier —", "(Laughter)",
         "MS. DOLK: Please follow us on our site.", "Q    So —", "MS. DOLK: I know."],
        ["**Q:** Is it safe?", "**A:** I think so."],
    ],
)  # fmt: skip
def test_all_of_a_transcript_is_the_story(lines):
    assert body(page("Dolk and Aske meet the press in Varnby", *lines)) == lines


def test_titles_with_a_name_are_no_transcript():
    titles = [
        "Mira Dolk: Why is the minister wanted?",
        "Pal Aske: Campaigner or mayor?",
        "Mira Dolk: A life",
    ]
    found = kinds(page("Council closes swing bridge", *PARAGRAPHS, "Related stories", *titles))
    assert not {text for kind, text in found if kind == "body"} & {*titles}
