"""Turns: whose words transcripts print under labels, by cases with their reasons and by laws."""

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from usru import codebook
from usru.text import blocks, clauses, quotations, turns

TITLE = "Dolk and Aske meet the press in Varnby"
INTRO = "The transport minister, Mira Dolk, and the mayor, Pal Aske, met reporters on Monday."


def page(*paragraphs, title=TITLE):
    return "\n\n".join([title, *paragraphs]) + "\n"


def said(*paragraphs, title=TITLE, layout="page"):
    """The speaker and words of each part of a page's turns."""
    raw = page(*paragraphs, title=title)
    found = turns.find(raw, blocks.find(raw, layout=layout))
    return [tuple(row) for row in found[["speaker", "text"]].values.tolist()]


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        # Ministries: offices in capitals, and two spaces behind the colon.
        (["MINISTER DOLK:  Good morning.  The bridge opens in May.", "QUESTION:  Who pays for it?", "MINISTER DOLK:  We do."],
         [("Dolk", "Good morning.  The bridge opens in May."), ("anonymous", "Who pays for it?"), ("Dolk", "We do.")]),
        # The story above has the full names, and the words of an office go with any of them.
        ([INTRO, "MS. DOLK: We are late.", "MAYOR ASKE: I know."],
         [("Mira Dolk", "We are late."), ("Pal Aske", "I know.")]),
        # Magazines: the surname or the whole name, and the house asks.
        ([INTRO, "COURIER: Is the bridge safe?", "Dolk: It is safe.", "COURIER: And the pier?", "Dolk: I would not swim there."],
         [("Courier", "Is the bridge safe?"), ("Mira Dolk", "It is safe."), ("Courier", "And the pier?"),
          ("Mira Dolk", "I would not swim there.")]),
        # What goes on without a label goes on with the speaker.
        ([INTRO, "Mira Dolk: We had three plans.", "The first was cheap.", "Question: Which one is it?", "Mira Dolk: The last."],
         [("Mira Dolk", "We had three plans."), ("Mira Dolk", "The first was cheap."), ("anonymous", "Which one is it?"),
          ("Mira Dolk", "The last.")]),
        # Labels on a line of their own, above the words.
        ([INTRO, "Mira Dolk:\nWe had three plans and took the last of them.", "Question from Interfax:\nWhich one is it?"],
         [("Mira Dolk", "We had three plans and took the last of them."), ("anonymous", "Which one is it?")]),
        # Newspapers with Q and A, or a stop behind the letters.
        (["The transport minister, Mira Dolk, spoke to the Courier on Monday.", "Q. Where did you learn to row?", "A. At school, with my sister."],
         [("anonymous", "Where did you learn to row?"), ("Mira Dolk", "At school, with my sister.")]),
        # Press offices with Q and no colon.
        ([INTRO, "MS. DOLK:  I have one announcement.", "Q    Is it the bridge?", "MS. DOLK:  It is."],
         [("Mira Dolk", "I have one announcement."), ("anonymous", "Is it the bridge?"), ("Mira Dolk", "It is.")]),
        # Initials, where one person alone has them.
        ([INTRO, "MD: I came by boat.", "PA: You would.", "MD: I always do."],
         [("Mira Dolk", "I came by boat."), ("Pal Aske", "You would."), ("Mira Dolk", "I always do.")]),
        # Broadcasters: who somebody is behind the name, and the surname alone later.
        (["MIRA DOLK, TRANSPORT MINISTER: Good evening to you.", "UNIDENTIFIED MALE: Open the bridge!", "DOLK: We will."],
         [("Mira Dolk", "Good evening to you."), ("anonymous", "Open the bridge!"), ("Mira Dolk", "We will.")]),
        # Mark-up of the bold type in which labels are set.
        (["**MINISTER DOLK:** We are late.", "**QUESTION:** Why?", "**MINISTER DOLK:** The ferry."],
         [("Dolk", "We are late."), ("anonymous", "Why?"), ("Dolk", "The ferry.")]),
        # Names alone on their lines, where nobody is said to ask.
        ([INTRO, "Mira Dolk:", "We had three plans.", "Pal Aske:", "I knew of one."],
         [("Mira Dolk", "We had three plans."), ("Pal Aske", "I knew of one.")]),
        # A reporter whom the label names.
        ([INTRO, "QUESTION (Jon Tarn, Courier): Is it safe?", "MS. DOLK: I think so."],
         [("Jon Tarn", "Is it safe?"), ("Mira Dolk", "I think so.")]),
    ],
)  # fmt: skip
def test_whose_words_a_turn_is(paragraphs, expected):
    assert said(*paragraphs) == expected


def test_what_brackets_tell_is_nobodys_words():
    found = said(
        INTRO, "MS. DOLK (in Norse): We are late. (Laughter.) It is the ferry.", "(Applause.)",
        "MAYOR ASKE:  (Via interpreter.)  I came by train (the old one).",
    )  # fmt: skip
    assert found == [
        ("Mira Dolk", "We are late."), ("Mira Dolk", "It is the ferry."),
        ("Pal Aske", "I came by train (the old one)."),
    ]  # fmt: skip


def test_a_known_speaker_has_the_name_of_the_codebook():
    known = codebook.read().speakers
    raw = page("SECRETARY TILLERSON: We met.", "QUESTION: Did you?", "FOREIGN MINISTER LAVROV: We did.")  # fmt: skip
    found = turns.find(raw, blocks.find(raw), known)
    assert found["speaker"].tolist() == ["Rex Tillerson", "anonymous", "Sergei Lavrov"]


@pytest.mark.parametrize(
    ("title", "intro"),
    [
        ("Interview: Mira Dolk on the bridge", "Jon Tarn met Pal Aske and others before the debate."),
        ("The minister and her bridge", "The Courier put questions to Mira Dolk, the minister, about Mayor Pal Aske."),
        ("The minister and her bridge", "Mira Dolk, the transport minister, spoke to our correspondent, Jon Tarn."),
    ],
)  # fmt: skip
def test_whoever_answers_is_whom_the_page_says_it_asked(title, intro):
    found = said(intro, "Q: Is it safe?", "A: I think so.", title=title)
    assert found == [("anonymous", "Is it safe?"), ("Mira Dolk", "I think so.")]


def test_whoever_answers_is_anonymous_where_nobody_is_named():
    assert said("Q: Did you see it?", "A: I saw it.")[1][0] == "anonymous"


@pytest.mark.parametrize(
    "paragraphs",
    [
        # A single line with a label in an ordinary story.
        [INTRO, "Mira Dolk: I think that we had no choice.", "Ferries leave from the port."],
        # Notes, corrections and prompts.
        [INTRO, "Note: We report on the works every day.", "Update: You can cross until Friday.",
         "Note: We have changed a date above."],
        # A check of facts, which goes to and fro like a dialogue.
        [INTRO, "Claim: You can walk over it in an hour.", "Fact: We needed two.", "Claim: We have the longest bridge."],
        # Places, as a paper's round of news has them.
        ["VARNBY: The bridge will be closed, Mayor Aske said, and “we have no choice”.",
         "BERGEN: The ferry is sold, the council said.", "VARNBY: The school opens on Friday, Ms. Dolk said."],
        # Countries, and what each of them wants.
        [INTRO, "Norway: We want to join.", "Sweden: We do not know yet.", "Norway: You should."],
        # A list of what is when.
        [INTRO, "Date: May 3; Place: the hall.", "Date: May 9; Place: the pier. Bring your own chair."],
        # Words in a dialogue that are in quotation marks are quotations, as a headline's.
        [INTRO, "Dolk: “We will not sell it.”", "The debate goes on."],
        # Titles of other stories with the name of whom they are about.
        [INTRO, "Mira Dolk: Why is the minister wanted?", "Pal Aske: What is your view?", "Mira Dolk: A life for bridges"],
        # An explainer that asks itself.
        [INTRO, "Q: How high is the toll?", "A: Two crowns.", "Q: Are there trains?", "A: One an hour."],
    ],
)  # fmt: skip
def test_what_looks_like_a_label_and_is_none(paragraphs):
    assert said(*paragraphs) == []


def test_an_explainer_by_its_title():
    paragraphs = ["Q: What if I cannot pay?", "A: We know of no other way."]
    assert said(*paragraphs, title="The toll explained: what to know") == []
    assert len(said(*paragraphs, title="A talk on the toll")) == 2


@pytest.mark.parametrize(
    "narrated",
    [
        "Dolk pauses and looks at the strait.",
        "“It was a long day,” she said behind the door.",
    ],
)
def test_what_is_told_between_answers_is_the_outlets(narrated):
    found = said(
        INTRO, "COURIER: Is it safe?", "Dolk: It is.", narrated, "COURIER: Thank you for the talk.",
        "Dolk took office in May.",
    )  # fmt: skip
    assert [speaker for speaker, _ in found] == ["Courier", "Mira Dolk", "Courier"]


def test_a_story_goes_on_behind_questions_and_answers():
    found = said(
        INTRO, "Q: Will it open?", "A: I hope so.", "She left for Bergen in the evening.",
        "The bridge was closed in January.",
    )  # fmt: skip
    assert len(found) == 2


QUOTES = [INTRO, "MS. DOLK: As I told the council, “we will pay”. Aske said “never”. It is a “bridge”.", "QUESTION: Why?"]  # fmt: skip


def test_what_a_speaker_quotes_is_a_quotation_only_where_it_says_whose():
    raw = page(*QUOTES)
    found = quotations.find(raw, blocks.find(raw)).fillna({"speaker": ""})
    assert found[["text", "speaker", "form"]].values.tolist() == [
        ["we will pay", "Mira Dolk", "direct"], ["never", "Pal Aske", "partial"],
        ["bridge", "", "scare"],
    ]  # fmt: skip
    told = clauses.find(raw, blocks.find(raw))
    assert told["voice"].tolist()[1:8] == [
        "outlet", "turn", "quotation", "turn", "quotation", "turn", "outlet"
    ]  # fmt: skip
    assert told["speaker"].tolist()[6] == "Mira Dolk"


def test_a_turn_in_quotation_marks_is_a_quotation():
    raw = page(INTRO, "Q: “Is it safe?”", "A: “I think so.”")
    found = clauses.find(raw, blocks.find(raw))
    assert found["voice"].tolist()[-4:] == ["outlet", "quotation", "outlet", "quotation"]
    assert quotations.find(raw, blocks.find(raw))["speaker"].tolist()[0] == "anonymous"


def test_labels_are_found_in_a_text_that_is_clean_already():
    paragraphs = ["MS. DOLK: We are late.", "QUESTION: Why?"]
    assert said(*paragraphs, layout="article") == said(*paragraphs)


def test_the_shipped_corpus_has_no_turns(corpus):
    assert corpus.turns.empty
    assert "turn" not in set(corpus.clauses["voice"])


PARAGRAPHS = st.lists(
    st.sampled_from([
        "MS. DOLK: We are late. (Laughter.)", "QUESTION: Why “late”?", "Dolk: “No.”", "Dolk:", "We know.",
        "Q    And now?", "A. I said “yes”.", "* * *", "(Applause.)", "Mira Dolk left the hall.", "**Aske:** ", ":", "END",
    ]),
    min_size=2, max_size=9, unique=True,
)  # fmt: skip


@given(PARAGRAPHS)
def test_any_turn_is_what_its_offsets_stand_for(paragraphs):
    raw = page(INTRO, *paragraphs)
    kinds = blocks.find(raw)
    found, told = turns.find(raw, kinds), clauses.find(raw, kinds)
    for row in found.itertuples():
        assert " ".join(raw[row.start : row.end].split()) == " ".join(row.text.split())
        assert row.speaker
        assert row.label in raw
    assert (np.diff(found["start"]) > 0).all()
    body = kinds[kinds["kind"] == "body"]
    assert "".join("".join(told["text"]).split()) == "".join("".join(body["text"]).split())
    # Every word of a turn is in a clause that is a turn, or quoted.
    for row in found.itertuples():
        inside = told[(told["end"] > row.start) & (told["start"] < row.end)]
        assert set(inside["voice"]) <= {"turn", "quotation"}


@given(PARAGRAPHS, st.data())
def test_a_mark_that_is_lost_changes_its_paragraph_only(paragraphs, data):
    raw = page(INTRO, *paragraphs)
    marks = [i for i, sign in enumerate(raw) if sign in "“”"]
    if not marks:
        return
    lost = data.draw(st.sampled_from(marks))
    shorter = raw[:lost] + raw[lost + 1 :]
    one, other = (turns.find(text, blocks.find(text)) for text in (raw, shorter))
    block = int(np.searchsorted(blocks.find(raw)["start"], lost, side="right")) - 1
    kept = [
        frame.loc[frame["block"] != block, ["block", "speaker", "text"]].values.tolist()
        for frame in (one, other)
    ]
    assert kept[0] == kept[1]


def test_turns_are_found_in_linear_time():
    def seconds(times):
        raw = page(INTRO, *["MS. DOLK: We are late. It is “late”.", "QUESTION: Why?", "Our bridge."] * times)  # fmt: skip
        kinds = blocks.find(raw, layout="article")
        start = time.perf_counter()
        turns.find(raw, kinds)
        return time.perf_counter() - start

    few, many = seconds(100), seconds(1000)
    assert many < 40 * few
