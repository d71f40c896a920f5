"""Sentences: the laws, the reference coding, and a table of cases with the reason for each."""

import itertools
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from usru import codebook
from usru.text import blocks, sentences

CASES = [
    ("The U.S. envoy left.", 1, "a country's initials before a noun"),
    ("He left the U.S. The next day he returned.", 2, "a country's initials at the end"),
    ("Both U.S. Secretary of State Lee and others came.", 1, "initials before a capitalised title"),
    ("Mr. Lee met Mrs. May.", 1, "titles"),
    ("Lt. Gen. Ann Lee (ret.) resigned. Nobody asked why.", 2, "rank and bracket"),
    ("Sen. Lee spoke. So did Rep. Ray.", 2, "offices"),
    ("He met Gov. Brown. They talked.", 2, "an office before a name"),
    ("They met. Gov. Brown left.", 2, "a verb that is also an abbreviation"),
    ("She left last week. Nobody noticed.", 2, "a plain word that lawyers abbreviate"),
    ("He paused ... and went on.", 1, "an ellipsis inside a sentence"),
    ("He paused... Then he went on.", 2, "an ellipsis at the end"),
    ('"Why did you do it?" the envoy asked.', 1, "a question inside its reporting clause"),
    ('"Stop!" she cried. "Now."', 2, "two quotations"),
    ("They were not in vain. “We hope so.”", 2, "an opening quotation mark after the stop"),
    ('It is "over." He left.', 2, "a stop inside the closing mark"),
    ('"A sign is a meeting [on February 16, in Baku, Azerbaijan]. But it goes on."', 2, "brackets"),
    ("It came on Feb. 16 at 5 p.m. Nobody saw it.", 2, "month and hour"),
    ("Oil rose 2.5 percent. Gas fell.", 2, "a decimal point"),
    ("Thomas A. Shannon went on.", 1, "a middle initial"),
    ("J. Q. Public won. He wept.", 2, "two initials"),
    ("It is so (or nearly.) He left.", 2, "a stop inside the bracket"),
    ("Acme Inc. in Ohio closed.", 1, "a company"),
    ("One line breaks\nhere. Another goes\r\non.", 2, "line breaks inside sentences"),
    ("She moved to the U.K. Holm followed.", 2, "a country's initials before a name"),
    (
        "The U.N. General Assembly met in the U.N. Building.",
        1,
        "a country's initials before a title",
    ),
    ("She said U.S. Steel would close.", 1, "initials without an article belong to what follows"),
    ("He flew to L.A. Reporters waited there.", 2, "a city's initials"),
    (
        "He reads the L.A. Times and met D.C. Mayor Lee.",
        1,
        "a city's initials before what they qualify",
    ),
    ("It landed at 6:30 p.m. Passengers clapped.", 2, "an hour before a noun"),
    ("It lands at 6:30 p.m. Tuesday, not at 7 a.m. Jan. 5.", 1, "an hour before its day"),
    ("It opened at 9 a.m. Lund time and shut.", 1, "an hour before the time of a place"),
    ("It opens at 10 a.m. Eastern time or at 4 p.m. GMT.", 1, "an hour before its zone"),
    ("It opens at 5 p.m. Moscow time.", 1, "an hour before the time of a place"),
    ("It opens at 5 p.m. Moscow waits.", 2, "an hour before another place"),
    ("By 8 p.m. Holm had gone to the 9 p.m. Mass.", 1, "an hour in a phrase, and before its noun"),
    ("It was sold to Norvik Ltd. Profits rose.", 2, "a firm at the end"),
    ("Norvik Ltd. Director Holm met Bay Inc. Chief Executive Lee.", 1, "a firm before a title"),
    ("He fought in World War I. Holm did not.", 2, "a number that looks like an initial"),
    ("Benjamin I. Holm read Art. V of it.", 1, "an initial that looks like a number"),
    ("It is good for her, as she knows more than I. Holm agrees.", 2, "a pronoun at the end"),
    ("Ann’s friends know more than I. Holm agrees.", 2, "a pronoun behind a word of letters alone"),
    ("They wrote to Ms. Y. She did not answer.", 2, "a letter for a name"),
    ("They ate vitamin C. Doctors agreed.", 2, "a letter that is no initial"),
    ("They met Tom Holm Jr. She did not.", 2, "a suffix at the end"),
    ("Tom Holm Jr. said so on Tom Holm Jr. Boulevard.", 1, "a suffix inside"),
    ("It began in Sept. Ministers met on Oct. 2.", 2, "a month at the end, and before its day"),
    ("They met on Tues. Sept. 4 in Lund.", 1, "a day before its month"),
    ("She lives in Salem, Mass. Tom Lee does not.", 2, "a state at the end"),
    ("Calif. Gov. Ann Lee met Sen. Tom Holm (D-Ore.) there.", 1, "states inside"),
    ("He grew up in Ottery St. Mary, in Devon.", 1, "a saint in a place name"),
    ("She lives on Mill St. Her brother does not.", 2, "a street"),
    ("Lee vs. May, e.g. This one, went to the Dept. Holm knows.", 1, "never at the end"),
    ("We asked, and he said no. Holm said yes.", 2, "a word that is also an abbreviation"),
    ("He lives at No. 12, see pp. 3-4 and Fig. B.", 1, "before numbers"),
    ("Sgt. Maj. Ann Lee met Asst. Atty. Gen. Holm.", 1, "titles in a row"),
    ("The pier closed.Nobody came.", 2, "a space that was lost"),
    ("The pier closed!“Why?” she asked.", 2, "a space that was lost before a mark"),
    ("It is called “the pier”.Nobody knows why.", 2, "a space that was lost behind a mark"),
    ("The bridge was built in 1998.It fell in 2004.", 2, "a space that was lost behind a year"),
    ("He was fined.Mr. Lee was not.", 2, "a space that was lost before a title"),
    (
        "Lenta.Ru, ASP.NET, www.lund.se/Hamn, the U.S.A and a Ph.D in 2.5 hours.",
        1,
        "no space is lost",
    ),
    ("Credit...Ann Lee", 1, "the dots of a credit"),
    ("“May we go?”, he asked. She nodded.", 2, "a comma behind the mark"),
    ("»Why now?«, he asked. „Why not?“, she said.", 2, "a comma behind marks of other languages"),
    ("« Pourquoi ? », she asked. He left.", 2, "French spaces inside the marks"),
    ("“Go!” – they shouted. He went.", 2, "a dash before the verb, as in Russian agencies"),
    ("“Who pays?” Ms. Lee asked. “The town!” Tom Holm told her.", 2, "a name before the verb"),
    ("“Who pays?” Ms. Lee left.", 2, "a name before another verb"),
    ("IV. Close the pier.", 1, "the number of a part"),
    ("He sold the old pier. nobody came.", 2, "a small letter in haste"),
    ("Did it rain? (nobody knew.) She left.", 3, "a small letter in brackets"),
    ("1. Close the pier. 2. Pay the town. 3. Wait.", 3, "points with their numbers"),
    ("7. Close the pier. 8. Pay the town.", 2, "points of a list that began before"),
    ("(1) The pier is shut. (2) The town pays.", 2, "points in brackets"),
    ("Two aims: 1. Peace in our time. 2. Bread for all.", 2, "points behind a colon"),
    ("How old is he? 42. She is 40.", 3, "a number that is no point"),
    ("It was signed on Oct. 1. Presidents came.", 2, "a day that is no point"),
    (
        "They came on Oct. 3. Nobody left on Oct. 4. It rained.",
        3,
        "days in a row that are no points",
    ),
    ("She was born in Riga. [2] She left in 1950.", 2, "a footnote mark"),
    ("She was born “in Riga.”[2][3] She left.²", 2, "footnote marks without a space"),
    ("She was born in Riga.(3) She left. (4)", 2, "footnote marks in brackets"),
    ("She was born in Riga.4 She left.", 2, "a footnote mark that lost its place above the line"),
    ("It was [2] called No.4 Street.", 1, "numbers that are no footnote marks"),
    ("He sold the firm. iPad sales rose.", 2, "a brand with a small letter"),
    ("He sold the firm. von Holm bought it.", 2, "a name with a small letter"),
    ("He sold approx. five, and Henry VIII. etc. six.", 1, "small letters behind abbreviations"),
    ("“We will wait.” — Ann Lee, mayor of Lund", 1, "the name under a quotation"),
    ("“We will wait.” — The mayor left.", 2, "a sentence behind a dash"),
    ("The pier at night Photo: Ann Lee/Norland Press", 2, "a credit behind a caption"),
    ("The Photo: a history of pictures.", 1, "a word of credits in a title"),
    ("Monday, May 7, 2018 The council of Lund met.", 2, "a line of the date"),
    ("Monday, May 7, 2018, was cold.", 1, "a date inside"),
    ("It rained. (He had left.) She stayed.", 3, "a sentence in brackets"),
    ("Why?! He left. Really!? Yes.", 4, "two signs"),
    ("He waited … She did not.", 2, "an ellipsis as one sign"),
    ("Aims:\n- Peace in our time\n- Bread for all\n\nThey met.", 4, "lines of a list"),
    ("They met Tom\nHolm in Lund.", 1, "a line end before a name"),
    ("No stop at all", 1, "no stop"),
    ("", 0, "nothing"),
    ("   ", 0, "white space"),
]


@pytest.mark.parametrize(("text", "count", "why"), CASES, ids=[case[2] for case in CASES])
def test_a_text_has_as_many_sentences_as_an_editor_sees(text, count, why):
    assert len(sentences.spans(text)) == count, why


def test_the_paragraphs_are_divided_as_two_readers_divided_them(corpus):
    lines = corpus.paragraphs.set_index(["doc_id", "block"])["line_start"]
    found = [
        (row.doc_id, int(lines[row.doc_id, row.block]), row.text)
        for row in corpus.sentences.itertuples()
    ]
    coded = corpus.coding("sentences")
    read = set(zip(coded["doc_id"], coded["line"], coded["text"], strict=True))
    assert len(read & set(found)) >= 0.98 * max(len(read), len(found))


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("“May we go?”, he asked. She nodded.", "She nodded."),
        ("She was born in Riga. [2] She left.", "She left."),
        ("She was born in Riga.“He was not,” she said.", "“He was not,” she said."),
        ("1. Close the pier. 2. Pay the town.", "2. Pay the town."),
        ("The pier at night Image: Ann Lee", "Image: Ann Lee"),
        ("It is called “the pier”. Nobody knows why.", "Nobody knows why."),
    ],
)
def test_what_closes_a_sentence_belongs_to_it(text, second):
    start, end = sentences.spans(text)[1]
    assert text[start:end] == second


def test_words_of_ones_own_end_no_sentence():
    words = codebook.read().language.sentences
    text = "He lives in Brohavsg. Lund is near."
    more = replace(words, within=words.within | {"brohavsg"})
    assert (len(sentences.spans(text)), len(sentences.spans(text, more))) == (2, 1)


def test_sentences_of_a_text_as_typed_lead_back_to_the_page():
    page = (
        "\u2068The coun\u00adcil of Lund\u2069 met on Wednes-\nday in the U.S.\u00a0Senate’s "
        "of\ufb01ce and\u2009left.\u200b Jose\u0301 Iba\u0301-\n  n\u0303ez\u200d asked:\u200e “Why?”\n"
    )
    body = pd.DataFrame({"block": [0], "kind": ["body"], "start": [0], "end": [len(page)]})
    found = sentences.find(page, body)
    assert found["text"].tolist() == [
        "The council of Lund met on Wednesday in the U.S. Senate’s office and left.",
        "José Ibáñez asked: “Why?”",
    ]
    first, second = (page[row.start : row.end] for row in found.itertuples())
    assert first.startswith("The coun")
    assert first.endswith("left.")
    assert second.startswith("Jose\u0301")
    assert second.endswith("“Why?”")


TEXTS = st.text(alphabet="aB .!?\n\r\"“”»«'…()[]\u00a0\u00ad\u200d\u0301-—,:12U.S", max_size=120)


@given(TEXTS)
def test_spans_are_tight_in_order_and_hold_every_character(text):
    spans = sentences.spans(text)
    assert all(text[start:end] == text[start:end].strip() for start, end in spans)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))
    held = "".join(text[start:end] for start, end in spans)
    assert "".join(held.split()) == "".join(text.split())


WORDS = st.sampled_from(
    ["Mr. ", "Lee ", "U.S. ", "town", "town", "town", "He ", "left", "left", "no", "I", "III", "B",
     "Inc", "Sept", "a.m", ". ", ". ", ". ", ".", "? ", "...", "”", "\"", "’", " “", " (", ") ", "1. ",
     "2. ", "(1) ", " [2]", "—", ": ", "\n", "\n\n", " ", "4", "May 5, 2018 "]
)  # fmt: skip


@given(st.lists(WORDS, max_size=30).map("".join))
def test_a_clear_stop_is_judged_as_the_rules_would(text):
    quick = sentences.spans(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sentences, "_CLOSED", frozenset())
        patch.setattr(sentences, "_HEADED", len(text))
        assert sentences.spans(text) == quick


@given(TEXTS)
def test_a_sentence_never_crosses_a_block(text):
    page = "Envoys meet in Vienna again\n\n" + text
    found = blocks.find(page)
    spans = found.set_index("block")
    for row in sentences.find(page, found).itertuples():
        assert spans.loc[row.block, "start"] <= row.start < row.end <= spans.loc[row.block, "end"]
        assert row.text == blocks.clean(page[row.start : row.end])


def test_a_bullet_inside_a_paragraph_is_no_part_of_the_text():
    page = "It rained. - The pier is shut.\n"
    body = pd.DataFrame({"block": [0], "kind": ["body"], "start": [0], "end": [len(page)]})
    [_, second] = sentences.find(page, body).itertuples()
    assert (page[second.start : second.end], second.text) == (
        "- The pier is shut.",
        "The pier is shut.",
    )


def test_a_page_without_a_story_has_no_sentence():
    assert sentences.find("Menu", blocks.find("Menu")).empty


@pytest.mark.parametrize("title", ["Mr. Lee", "Sen. Lee", "Dr. No", "Lt. Gen. Lee"])
@pytest.mark.parametrize("marks", ["“”", "‘’", '""'])
def test_a_title_after_an_opening_mark_ends_nothing(title, marks):
    text = f"He left. {marks[0]}{title} has it,{marks[1]} she said."
    assert len(sentences.spans(text)) == 2
