"""Who said it: the clause that a quotation belongs to, and laws of any text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from usru import codebook
from usru.text.quotations import quotation_marks, vocabulary
from usru.text.quotations._attribution import _divided, read

KNOWN, VOCABULARY = codebook.read().speakers, vocabulary.build()


def attribute(*given):
    """What `read` says of quotations, without the reports."""
    return [attributions for attributions, _ in read(*given)]


def said(*paragraphs, beside=()):
    found = attribute(
        paragraphs, [quotation_marks.spans(text) for text in paragraphs], KNOWN, VOCABULARY, beside
    )
    return [(one.speaker, one.cue) for own in found for one in own]


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("“No,” he said, and Ann Lee nodded.", [("", "")], "a pronoun without anybody"),
        ("Ann Lee said “no” while Bob Ray said “yes”.", [("Ann Lee", "said"), ("Bob Ray", "said")], "each its own clause"),
        ("Ann Lee went on: “No.”", [("Ann Lee", "went on")], "a verb with its particle"),
        ("“No,” groans one official.", [("anonymous", "groans")], "a verb that is not listed"),
        ("Ann Lee was quoted by Reuters as saying “no”.", [("Ann Lee", "saying")], "passive"),
        ("The plan was described by Ann Lee as “no”.", [("Ann Lee", "described")], "passive with by"),
        ("Ann Lee asked Bob Ray why. “Never mind,” he replied.",
         [("Bob Ray", "replied")], "whoever is asked replies"),
        ("In a statement, the Kremlin said “no”.", [("Kremlin", "said")], "a document is not the speaker"),
        ("Ann Lee, speaking in Bonn on Monday, said “no”.", [("Ann Lee", "said")], "a clause between commas"),
        ("“No,” Ann Lee said last night.", [("Ann Lee", "said")], "words of time"),
        ("On missile defence: “No way and no how,” said Ann Lee.", [("Ann Lee", "said")], "a label that names a topic"),
        ("It was the so-called “no”, said Ann Lee.", [("Ann Lee", "said")], "scare words beside it do not hide a clause"),
        ("A “no” is a no.", [("", "")], "nobody says it"),
        # A dash before the clause, as Russian agencies print it
        ("“No,” — said Ann Lee.", [("Ann Lee", "said")], "an inverted verb behind a dash"),
        ("“No”, – the envoy Ann Lee added.", [("Ann Lee", "added")], "a dash of another length, the comma behind"),
        ("“Why?” -- wondered Ann Lee.", [("Ann Lee", "wondered")], "typed hyphens"),
        ("«No», — noted Ann Lee, — «and never».", [("Ann Lee", "noted")] * 2, "a dash behind the clause as well"),
        ("“No.” — warned Ann Lee on Monday.", [("Ann Lee", "warned")], "a full stop before the dash"),
        ("Ann Lee left. “No” – the word was said twice.", [("", "")], "a dash that begins an aside"),
        ("“No” – Ann Lee had heard it often – was the song.", [("", "")], "an aside that begins with a name"),
        # Question and answer
        ("Ann Lee asked Bob Ray: “Why?” Mr. Ray said: “No.”",
         [("Ann Lee", "asked"), ("Bob Ray", "said")], "a colon binds what is behind it"),
        ("Ann Lee asked Mr. Bob Ray, “Why?” He said, “No.”",
         [("Ann Lee", "asked"), ("Bob Ray", "said")], "so does a capital behind the question"),
        ("Ann Lee asked: “Why?” Bob Ray replied that it was “late”.",
         [("Ann Lee", "asked"), ("Bob Ray", "replied")], "a question that is introduced has its clause"),
        ("“Why?” Bob Ray said to Ann Lee.", [("Bob Ray", "said")], "one that is not has it behind"),
        ("Mr. Bob Ray met Ann Lee. Asked by Ray if it was late, she said “no”.",
         [("Ann Lee", "said")], "who asks does not answer"),
        ("Asked “Why?” by Bob Ray, Ann Lee said “no”.",
         [("Bob Ray", "Asked"), ("Ann Lee", "said")], "whose question it is stands behind it"),
        ("Mr. Bob Ray met Ann Lee. Ray asked her: “Why?” She answered: “No.”",
         [("Bob Ray", "asked"), ("Ann Lee", "answered")], "a pronoun tells whom he asks"),
        ("Robin Lee met Jules Ray. Ray asked him, “Why?” “No,” he replied.",
         [("Jules Ray", "asked"), ("Robin Lee", "replied")], "who asks does not ask himself"),
        ("Robin Lee met Jules Ray. Ray asked her why. “It is late,” she said.",
         [("Robin Lee", "said")], "nor without marks"),
        ("Ann Lee met Mr. Bob Ray. Lee asked her husband, “Why?” Then she said: “No.”",
         [("Ann Lee", "asked"), ("Ann Lee", "said")], "“her” may tell whose the husband is"),
        # A main clause around another
        ("Ann Lee, who had heard Bob Ray speak, called it “late”.",
         [("Ann Lee", "called")], "an infinitive in a relative clause"),
        ("Ann Lee, whose mother saw Bob Ray testify in Rome, dismissed it as “late”.",
         [("Ann Lee", "dismissed")], "of another relative clause"),
        ("Ann Lee, who laughed when Bob Ray said no, found it “late”, she said.",
         [("Ann Lee", "said")], "a verb with a subject of its own there"),
        ("Ann Lee heard Bob Ray, who left, call it “late”.", [("Bob Ray", "call")], "the infinitive may report"),
        ("Ann Lee said Bob Ray, who is an envoy, called it “late”.",
         [("Ann Lee", "said")], "what is behind the first verb is in its clause"),
        # A post of another field
        ("Ann Lee, the finance minister, spoke. It is “late”, as the transport minister often put it.",
         [("anonymous", "put it")], "not hers"),
        ("Ann Lee, the finance minister, spoke. It is “late”, as the minister often put it.",
         [("Ann Lee", "put it")], "hers, where no field is told"),
        ("Mr. Bob Ray spoke. He has written to Ann Lee demanding “more”.",
         [("Bob Ray", "demanding")], "who writes to somebody demands it"),
        # What somebody recalls
        ("Mr. Bob Ray, a mayor, met Ann Lee. Lee remembers the mayor’s asking her, “Why?”",
         [("Bob Ray", "asking")], "a genitive tells who asked"),
        ("Ann Lee recalled Bob Ray telling her: “No.”", [("Bob Ray", "telling")], "so does an object"),
        ("Ann Lee recalled Bob Ray telling the crowd in Linz: “No.”",
         [("Bob Ray", "telling")], "whoever is addressed"),
        ("Mr. Bob Ray met Ann Lee. She remembers him warning her: “No.”",
         [("Bob Ray", "warning")], "or the pronoun of an object"),
        ("Bob Ray recalled Ann Lee warning the crowd that it was late, and said “no”.",
         [("Bob Ray", "said")], "a verb behind it goes on with the first subject"),
        ("Ann Lee left Bob Ray, telling him: “No.”", [("Ann Lee", "telling")], "behind a comma she tells him"),
        # Marks typed twice
        ("''No,'' said Ann Lee. ''Why?'' asked Bob Ray.",
         [("Ann Lee", "said"), ("Bob Ray", "asked")], "two apostrophes hide no clause"),
    ],
)  # fmt: skip
def test_the_clause_beside_a_quotation_tells_who_said_it(text, expected, why):
    assert said(text) == expected, why


def test_a_quotation_before_the_first_clause_of_its_paragraph_waits_for_it():
    assert said("Ann Lee, an envoy, spoke.", "“We stand. By it.” “No,” said Mr. Bob Ray.")[0] == (
        "Bob Ray",
        "",
    )


@pytest.mark.parametrize(
    ("clause", "expected", "why"),
    [
        ("the tribe wrote", ("tribe", "wrote"), "a group"),
        (
            "wrote the old warband",
            ("old warband", "wrote"),
            "an inverted clause, a word on no list",
        ),
        ("the co-op said in a letter", ("co-op", "said"), "one with a hyphen"),
        ("the divers said", ("anonymous", "said"), "several who are not named"),
        ("the newcomer said", ("Ann Lee", ""), "a noun that may mean her"),
        ("the 34-year-old said", ("Ann Lee", ""), "an age, which may be hers"),
        (
            "the Labourers’ Union said",
            ("Labourers’ Union", "said"),
            "an institution with a genitive",
        ),
    ],
)
def test_a_clause_with_a_subject_of_its_own_is_not_of_who_spoke_before(clause, expected, why):
    text = f"“We have lived by this lake since before it had a name on a map,” {clause}."
    assert said("Ann Lee opened the talks. “No,” she said.", text)[1] == expected, why


def test_a_scare_quote_is_told_by_the_word_before_it():
    ((one,),) = attribute(
        ["Ann Lee told the so-called “no” men off."], [[(28, 30)]], KNOWN, VOCABULARY
    )
    assert one.scare


@pytest.mark.parametrize("gaps", [[], [(0, 9), (4, 3), (4, 30)], [(3, 4), (3, 4)]])
def test_every_token_is_in_one_sentence_whatever_the_splitter_gives(gaps):
    row, starts = vocabulary.placed("Ann Lee said it was late, and left.", 0, 35)
    parts = list(_divided(row, starts, gaps))
    assert [token for part, _ in parts for token in part] == row
    assert [start for _, part in parts for start in part] == starts


def test_captions_introduce_people():
    assert said("“No,” said Quist.", beside=["Vera Quist, director"]) == [("Vera Quist", "said")]


WORDS = st.lists(
    st.sampled_from(
        ["“no”", "said", "Ann Lee", "Lavrov", "the", "minister", "he", "she", "to", "of", ",", ".", ":", "by",
         "who", "thinks", "student", "their", "claim", "that", "Mr.", "as saying", "quoted", "according to", "Kremlin’s", "(", ")", "—", "and"]
    ), max_size=16,
).map(" ".join)  # fmt: skip


@given(st.lists(WORDS, max_size=3))
def test_each_quotation_gets_one_attribution_with_a_cue_that_is_printed(paragraphs):
    quoted = [quotation_marks.spans(text) for text in paragraphs]
    found = attribute(paragraphs, quoted, KNOWN, VOCABULARY)
    assert [len(own) for own in found] == [len(spans) for spans in quoted]
    for text, own in zip(paragraphs, found, strict=True):
        assert all(set(one.cue.split()) <= set(text.split()) for one in own)
        assert all(one.speaker or not one.cue for one in own)


@given(st.lists(WORDS, max_size=5))
def test_what_is_behind_the_last_quotation_is_read_for_its_reports_alone(paragraphs):
    quoted = [quotation_marks.spans(text) for text in paragraphs]
    given = paragraphs, quoted, KNOWN, VOCABULARY, ()
    assert attribute(*given, False) == attribute(*given)


def test_a_report_of_what_nobody_quotes_tells_no_quotation_its_speaker():
    paragraphs = [
        "The rent is fair, Karl Holm said.",
        "Some leave and do not graduate. If their fee is small, a student should not worry, he said.",
        "They struggle, even with a “good” job, he said.",
    ]
    quoted = [quotation_marks.spans(text) for text in paragraphs]
    for reported in (True, False):
        found = attribute(paragraphs, quoted, KNOWN, VOCABULARY, (), reported)
        assert [one.speaker for own in found for one in own] == ["Karl Holm"]
