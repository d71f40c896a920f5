"""Clauses: whose words a text gives, by cases with their reasons and by laws for any page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from usru.text import blocks, clauses

OPENING = "Angela Merkel and Emmanuel Macron met in Berlin on Monday to speak of the budget."


def told(*paragraphs, below=()):
    page = "\n\n".join(["Talks in Berlin on the budget", OPENING, *paragraphs])
    page = "\n".join([page, *below]) + "\n"
    found = clauses.find(page, blocks.find(page)).fillna({"speaker": ""})
    return [tuple(row) for row in found[["voice", "speaker", "text"]].values.tolist()][1:]


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        # What is quoted is not the report that introduces it.
        ("“It is late,” Merkel said on Monday.",
         [("quotation", "Angela Merkel", "“It is late,”"), ("report", "Angela Merkel", "Merkel said on Monday.")]),
        # The clause belongs to what it reports.
        ("Merkel said that the talks had been long and useful.",
         [("report", "Angela Merkel", "Merkel said that the talks had been long and useful.")]),
        ("The talks had been long and useful, according to Merkel.",
         [("report", "Angela Merkel", "The talks had been long and useful, according to Merkel.")]),
        # Thinking and wanting are reported too.
        ("Macron believes that the talks were useful.",
         [("report", "Emmanuel Macron", "Macron believes that the talks were useful.")]),
        # What had happened before is the reporter's to tell.
        ("After the talks ended, Merkel said that she was tired.",
         [("outlet", "", "After the talks ended,"), ("report", "Angela Merkel", "Merkel said that she was tired.")]),
        # So is the gloss on what somebody meant.
        ("Merkel said that it was over, referring to the long dispute about fish.",
         [("report", "Angela Merkel", "Merkel said that it was over,"),
          ("outlet", "", "referring to the long dispute about fish.")]),
        # A verb of speaking that tells what somebody does reports nothing.
        ("Merkel spoke for an hour and read the paper.",
         [("outlet", "", "Merkel spoke for an hour and read the paper.")]),
        # So is who the speaker is, in a clause between the name and the verb, or behind the name.
        ("Merkel, who has led the country since spring, said that it was late.",
         [("report", "Angela Merkel", "Merkel,"), ("outlet", "", "who has led the country since spring,"),
          ("report", "Angela Merkel", "said that it was late.")]),
        ("Macron, who spoke on the steps, and at length, later added that it was dark.",
         [("report", "Emmanuel Macron", "Macron,"), ("outlet", "", "who spoke on the steps, and at length,"),
          ("report", "Emmanuel Macron", "later added that it was dark.")]),
        ("“It is late,” said Merkel, who had come by train.",
         [("quotation", "Angela Merkel", "“It is late,”"), ("report", "Angela Merkel", "said Merkel,"),
          ("outlet", "", "who had come by train.")]),
        # Unless it reports too, or belongs to what is reported.
        ("Merkel, who said it was late, added that it was dark.",
         [("report", "Angela Merkel", "Merkel, who said it was late, added that it was dark.")]),
        ("Merkel said that the envoys, who came by train, were tired.",
         [("report", "Angela Merkel", "Merkel said that the envoys, who came by train, were tired.")]),
        # An agency's place and date are no report.
        ("BERLIN (dpa) - Merkel said that it was late.",
         [("outlet", "", "BERLIN (dpa) -"), ("report", "Angela Merkel", "Merkel said that it was late.")]),
        ("BERLIN, Feb 3 (dpa) -- Merkel said that it was late.",
         [("outlet", "", "BERLIN, Feb 3 (dpa) --"), ("report", "Angela Merkel", "Merkel said that it was late.")]),
        # A term that nobody said is in the voice around it.
        ("The so-called “green lane” was open all day.",
         [("outlet", "", "The so-called “green lane” was open all day.")]),
        # Two who speak in one sentence.
        ("Merkel said that it was late, and Macron added that it was dark.",
         [("report", "Angela Merkel", "Merkel said that it was late,"),
          ("report", "Emmanuel Macron", "and Macron added that it was dark.")]),
    ],
)  # fmt: skip
def test_whose_words_a_sentence_gives(paragraph, expected):
    assert told(paragraph) == expected


def test_a_list_goes_on_with_the_report_that_introduces_it():
    items = ["The budget is settled for the whole of the next year.", "The fleet sails in May."]
    found = told("Merkel said the following:", below=items)
    assert [row[:2] for row in found] == [("report", "Angela Merkel")] * 3
    apart = told("Merkel said the following:", "The budget is settled for the next year.")
    assert [row[:2] for row in apart] == [("report", "Angela Merkel"), ("outlet", "")]


def test_a_page_without_a_story_has_no_clause():
    assert clauses.find("", blocks.find("")).empty


def test_the_clauses_of_a_corpus_cover_its_paragraphs(corpus):
    """Each letter once, in the order of the page, and the text is what the offsets stand for."""
    for one in corpus.paragraphs.itertuples():
        own = corpus.clauses.query("doc_id == @one.doc_id and block == @one.block")
        assert "".join(own["text"]).replace(" ", "") == one.text.replace(" ", "")
        assert (own["start"].to_numpy()[1:] >= own["end"].to_numpy()[:-1]).all()
        assert own["start"].min() >= one.start
        assert own["end"].max() <= one.end


WORDS = st.lists(
    st.sampled_from(["Merkel", "said", "that", "“it", "is”", "late", ",", ".", "according", "to", "he",
                     "which", "and", "After", "believes", "referring", "\"", "Macron"]),
    min_size=12, max_size=40,
).map(" ".join)  # fmt: skip


@given(WORDS)
def test_any_text_is_covered_once(text):
    page = f"Talks in Berlin\n\n{OPENING}\n\n{text}.\n"
    kinds = blocks.find(page)
    found = clauses.find(page, kinds)
    body = kinds[kinds["kind"] == "body"]
    letters = "".join("".join(found["text"]).split())
    assert letters == "".join("".join(body["text"]).split())
    assert (found["voice"] == "outlet").eq(found["speaker"].isna()).all() or "" in found[
        "speaker"
    ].tolist()
