"""Who speaks: a story whose voices are known, the laws of every table, and a corpus without any."""

import re

import pandas as pd
import pytest

from usru.analysis import voices
from usru.errors import InputError
from usru.schema import VOICES
from usru.text.quotations.quotation_marks import QUOTATION_MARKS


def spoken(corpus):
    return voices.spoken(corpus.quotations, corpus.codebook.speakers)


def on_topics(corpus):
    return voices.on_topics(corpus.quotations, corpus.topics, corpus.codebook.speakers)


def shares(corpus):
    return voices.shares(corpus.clauses)


def quotation_reuse(corpus):
    return voices.quotation_reuse(corpus.quotations, corpus.sentences)


def audience(corpus):
    return voices.audience(corpus.comments, corpus.reused)


def comment_sentences(corpus):
    return voices.comment_sentences(corpus.comments)


def evaluate(corpus):
    return voices.evaluate(corpus.coding("quotations"), corpus.quotations)


TABLES = {
    "quotations": lambda corpus: corpus.quotations, "parts": lambda corpus: corpus.parts,
    "segments": lambda corpus: corpus.segments, "spoken": spoken, "shares": shares,
    "on_topics": on_topics, "quotation_reuse": quotation_reuse, "audience": audience,
    "comment_sentences": comment_sentences, "evaluate": evaluate,
}  # fmt: skip

TITLE = "Ann Lee speaks of the bridge in Vienna"
PAGES = {
    "a": [
        TITLE,
        "“We shall keep the bridge open for all of you,” Ann Lee said on Monday. “It is late. The"
        " sanctions on Syria stay,” she added, and called the road “long”.",
        "The so-called “bridge” was open all day and nobody came.",
    ],
    "b": [
        TITLE,
        "Some wrote that we shall keep the bridge open for all of you and left. A spokesman of the"
        " city said: “The road is long.”",
        "1 Comment\nZebulon K says:\nWe shall keep the bridge open for all of you, Zebulon K says. No.",
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def told(corpus_of):
    return corpus_of({name: "\n\n".join(page) + "\n" for name, page in PAGES.items()})


def values(table, *columns):
    return list(table[list(columns)].fillna("").itertuples(index=False, name=None))


# A story whose voices are known ----------------------------------------------------------------


def test_words_are_counted_by_speaker_and_story(told):
    assert values(spoken(told), "speaker", "doc_id", "quotations", "words", "line") == [
        ("Ann Lee", "a", 3, 19, 3),
        ("anonymous", "b", 1, 4, 3),
    ]


def test_the_story_is_shared_out_among_voices(told):
    table = shares(told)
    assert values(table[table["doc_id"] == "a"], "voice", "words") == [
        ("quotation", 19),
        ("report", 11),
        ("outlet", 10),
    ]


def test_a_quotation_counts_for_the_topics_of_its_paragraph(told):
    assert values(on_topics(told), "speaker", "topic", "quotations", "words") == [
        ("Ann Lee", "syria", 3, 19)
    ]


def test_sentences_are_cut_where_a_voice_ends(told):
    segments = told.segments
    assert values(segments[segments["doc_id"] == "a"], "sentence", "speaker", "text") == [
        (0, "Ann Lee", "We shall keep the bridge open for all of you,"),
        (0, "Ann Lee", "Ann Lee said on Monday."),
        (1, "Ann Lee", "It is late."),
        (2, "Ann Lee", "The sanctions on Syria stay, long"),
        (2, "Ann Lee", "she added, and called the road"),
        (3, "", "The so-called “bridge” was open all day and nobody came."),
    ]


def test_a_reused_quotation_says_whose_the_words_are_there(told):
    assert values(quotation_reuse(told), "text", "doc_id", "other_doc_id", "other_speaker") == [
        ("We shall keep the bridge open for all of you,", "a", "b", ""),
        ("long", "a", "b", "anonymous"),
    ]


def test_a_comment_says_what_it_repeats_and_of_which_story(told):
    """Both stories tell it at the same length, and it stands below the second."""
    columns = "commenter", "words", "quotes", "quoted", "line"
    assert values(audience(told), *columns) == [("reader-01", 13, 10, "b", 7)]
    assert values(comment_sentences(told), "text", "words") == [
        ("We shall keep the bridge open for all of you, reader-01 says.", 12),
        ("No.", 1),
    ]


def test_a_word_that_thousands_print_is_listed_with_the_first_of_them():
    """Also where the meeting of the stories is not known."""
    rows = [(f"s{i:04d}", 0, "", "He said: “Yes”.", 1) for i in range(3000)]
    sentences = pd.DataFrame(rows, columns=["doc_id", "block", "meeting", "text", "line"])
    quotations = sentences.assign(text="Yes", speaker="Ann Lee")
    found = voices.quotation_reuse(quotations, sentences)
    assert len(found) == voices.LISTED * 3000
    assert (found["other_speaker"] == "Ann Lee").all()
    first = found[found["doc_id"] == "s0001"]["other_doc_id"].tolist()
    assert first == [f"s{i:04d}" for i in range(voices.LISTED + 1) if i != 1]


def test_no_row_is_lost_where_meeting_and_outlet_are_not_known(told):
    def unknown(table):
        return table.assign(meeting="", outlet="")

    quotations, clauses = unknown(told.quotations), unknown(told.clauses)
    speakers = told.codebook.speakers
    assert len(voices.spoken(quotations, speakers)) == len(spoken(told))
    assert len(voices.on_topics(quotations, told.topics, speakers)) == len(on_topics(told))
    shared = voices.shares(clauses)
    assert shared["words"].tolist() == shares(told)["words"].tolist()


# Laws ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", list(TABLES))
def test_a_corpus_without_voices_has_the_same_columns(corpus, own, name):
    nothing, table = TABLES[name](own), TABLES[name](corpus)
    assert nothing.dtypes.equals(table.dtypes)
    assert not table.empty
    if name == "shares":
        assert (nothing["share"] == (nothing["voice"] == "outlet")).all()
    elif name in ("parts", "segments"):
        assert nothing["speaker"].isna().all()
        assert nothing["text"].tolist() == own.sentences["text"].tolist()
    else:
        assert nothing.empty


@pytest.mark.parametrize("name", list(TABLES))
def test_screen_names_appear_nowhere(corpus, told, name):
    for source in (corpus, told):
        names = "|".join(map(re.escape, source._pseudonyms))
        table = TABLES[name](source).select_dtypes(["str", "object"])
        for column in table:
            assert not table[column].fillna("").str.contains(rf"(?<!\w)(?:{names})(?!\w)").any()


def test_the_shares_of_a_story_sum_to_one(corpus):
    table = shares(corpus)
    assert table["share"].between(0, 1).all()
    assert table.groupby("doc_id")["share"].sum().tolist() == pytest.approx([1] * 5)
    assert table["words"].sum() == corpus.summary()["words"].sum()


def test_speakers_come_in_the_order_of_their_words(corpus):
    counts, quotations = spoken(corpus), corpus.quotations
    total = counts.groupby("speaker", sort=False)["words"].sum()
    assert total.is_monotonic_decreasing
    assert total.sum() == quotations.loc[quotations["speaker"].notna(), "words"].sum()
    order = on_topics(corpus)["speaker"].drop_duplicates().tolist()
    assert order == [name for name in total.index if name in order]


@pytest.mark.parametrize("name", ["quotations", "spoken", "on_topics", "audience"])
def test_a_passage_leads_to_its_words(corpus, name):
    for row in corpus.linked(TABLES[name](corpus)).itertuples():
        file, line = re.fullmatch(r"\.\./data/raw/(.+)\.txt#L(\d+)", row.passage).groups()
        text = corpus.raw(file).split("\n")[int(line) - 1]
        assert text.strip()
        if name == "quotations":
            assert row.text[:10] in text


def bare(text):
    return "".join(
        letter for letter in text if letter not in QUOTATION_MARKS and not letter.isspace()
    )


def test_the_pieces_hold_the_words_of_the_sentences(corpus):
    """Each in one voice only; what is lost are marks, and signs that no word goes with."""
    segments, quotations = corpus.segments, corpus.quotations.dropna(subset="speaker")
    said = bare("".join(quotations["text"]))
    quoted = segments[segments["voice"] == "quotation"]
    assert sorted(bare("".join(quoted["text"]))) == sorted(said)
    letters = [re.findall(r"\w", "".join(texts)) for texts in (segments["text"], corpus.sentences["text"])]  # fmt: skip
    assert sorted(letters[0]) == sorted(letters[1])
    words = corpus.sentences["text"].str.split().str.len().sum()
    assert abs(segments["words"].sum() - words) <= 0.01 * words
    assert not segments.duplicated(["doc_id", "sentence", "voice", "speaker"]).any()


def test_nobody_speaks_in_the_outlets_voice_and_somebody_in_every_other(corpus):
    segments = corpus.segments
    assert set(segments["voice"]) == {*VOICES} - {"turn"}
    assert ((segments["voice"] == "outlet") == segments["speaker"].isna()).all()


def test_no_reused_quotation_is_of_its_own_story_or_of_another_meeting(corpus):
    meeting = corpus.documents.set_index("doc_id")["meeting"]
    found = quotation_reuse(corpus)
    assert (found["doc_id"] != found["other_doc_id"]).all()
    here, there = found["doc_id"].map(meeting), found["other_doc_id"].map(meeting)
    assert here.tolist() == there.tolist()
    assert not found.duplicated().any()


def test_a_comment_repeats_no_more_than_it_says(corpus):
    readers, sentences = audience(corpus), comment_sentences(corpus)
    assert readers["quotes"].between(0, readers["words"]).all()
    assert ((readers["quotes"] > 0) == readers["quoted"].notna()).all()
    assert sentences["words"].sum() == readers["words"].sum()
    assert (sentences.groupby("comment")["words"].sum().tolist()) == readers["words"].tolist()


# Agreement -------------------------------------------------------------------------------------


def coding(*rows, **more):
    return pd.DataFrame(rows, columns=["doc_id", "line", "text"]).assign(**more)


def recalls(reference, found):
    table = voices.evaluate(reference, found).set_index("what")
    return table[["in_reference", "in_found", "in_both"]].T.to_dict("list")


def test_what_stands_twice_on_a_line_must_be_found_twice():
    once, twice = coding(("a", 1, "No")), coding(("a", 1, "No"), ("a", 1, "No"))
    assert recalls(twice, once) == {"span": [2, 1, 1]}
    assert recalls(once, twice) == {"span": [1, 2, 1]}
    assert recalls(twice, twice) == {"span": [2, 2, 2]}


@pytest.mark.parametrize("other", [("b", 1, "No"), ("a", 2, "No"), ("a", 1, "No,")])
def test_another_place_or_word_is_another_quotation(other):
    assert recalls(coding(("a", 1, "No")), coding(other)) == {"span": [1, 1, 0]}


def test_only_what_both_have_is_asked_who_said_it():
    read = coding(("a", 1, "No"), ("a", 2, "Yes"), ("a", 3, "So"), ("a", 4, "It"))
    read = read.assign(speaker=["Ann Lee", "Bo", None, "Bo"], cue=["Said", "said", "", "asked"])
    found = read.assign(speaker=["ann lee", "Ann Lee", None, "Bo"], cue=["said", "", None, "asked"])
    assert recalls(read, found.iloc[:3]) == {
        "span": [4, 3, 3],
        "speaker": [3, 3, 2],
        "cue": [3, 3, 2],
    }


def test_nothing_found_has_no_precision():
    table = voices.evaluate(coding(("a", 1, "No")), coding().astype({"line": "int64"}))
    assert table["precision"].isna().all()
    assert table["recall"].tolist() == [0]


def test_agreement_with_the_reference_stays_above_its_floors(corpus):
    table = evaluate(corpus).set_index("what")
    assert table.loc["span", ["precision", "recall"]].min() >= 0.97
    assert (table.loc[["speaker", "form"], "recall"] >= 0.9).all()


# Readings of clauses ---------------------------------------------------------------------------

CODED = [
    ("Ann Lee said on Monday: ", "report", "Ann Lee", None),
    ("“It is late.”", "quotation", "Ann Lee", "Radio Vienna"),
    (" Nobody came.", "outlet", None, None),
]


def coded(*rows):
    columns = ["text", "voice", "speaker", "relay"]
    return pd.DataFrame(list(rows), columns=columns).assign(doc_id="a", line=3)


def story(text="Ann Lee said on Monday: “It is late.” Nobody came."):
    page = "Talks\n\n" + text
    return pd.DataFrame({"doc_id": ["a"], "block": [1], "line_start": [3], "start": [7], "end": [len(page)]}), {"a": page}  # fmt: skip


def test_a_reading_of_clauses_gets_the_offsets_of_what_is_printed():
    paragraphs, texts = story()
    table = voices.read_clauses(coded(*CODED), paragraphs, texts)
    printed = [texts["a"][start:end] for start, end in table[["start", "end"]].to_numpy()]
    assert printed == ["Ann Lee said on Monday:", "“It is late.”", "Nobody came."]
    assert table["clause"].tolist() == [0, 1, 2]
    assert table["relay"].dropna().tolist() == ["Radio Vienna"]


def test_a_bullet_is_no_part_of_the_first_clause():
    paragraphs, texts = story("• Ann Lee said on Monday: “It is late.” Nobody came.")
    table = voices.read_clauses(coded(*CODED), paragraphs, texts)
    assert texts["a"][table["start"].iloc[0] :].startswith("Ann Lee")


@pytest.mark.refusal
@pytest.mark.parametrize(
    ("rows", "line", "message"),
    [(CODED[:2], 3, "voice.csv, a line 3: the clauses are not the line"),
     (CODED, 9, "voice.csv, a line 9: there is no paragraph")],
)  # fmt: skip
def test_a_coding_that_is_not_of_the_page_is_refused(rows, line, message):
    with pytest.raises(InputError, match=message):
        voices.read_clauses(coded(*rows).assign(line=line), *story(), "voice.csv")


def test_what_is_said_by_several_together_is_theirs_as_a_group(corpus):
    both = voices.floor(corpus.coded_clauses).query("speaker == 'Rex Tillerson; Sergei Lavrov'")
    assert both["report"].gt(0).all()
    assert both["quotation"].eq(0).all()


def test_a_relay_is_named_or_missing(corpus):
    table = voices.relays(corpus.coded_clauses)
    said = corpus.coded_clauses.query("voice != 'outlet'")
    assert table["words"].sum() == said["words"].sum()
    assert set(table["relay"].dropna()) == set(said["relay"].dropna())


def test_the_words_of_a_headline_are_looked_for_by_their_stems(told):
    table = voices.headlines(told.blocks, told.clauses).query("doc_id == 'a'").set_index("word")
    assert table.loc["bridge", ["times", "outlet", "speakers"]].tolist() == [2, 1, "Ann Lee"]
    assert table.loc["Vienna", ["times", "speakers", "line"]].tolist() == [0, "", 0]


def test_agreement_on_clauses_is_counted_by_word():
    read = pd.DataFrame({"voice": ["outlet", "report", "report"], "speaker": ["", "Ann Lee", "Bo"]})
    found = read.assign(voice=["report", "report", "report"], speaker=["Bo", "Ann Lee", "Ann Lee"])
    table = voices.evaluate_clauses(read, found).set_index("what")
    assert table.loc["report", ["precision", "recall"]].tolist() == [2 / 3, 1]
    assert table.loc["speaker", "recall"] == 0.5
    assert table.loc["all", "recall"] == 2 / 3
    assert voices.evaluate_clauses(read.head(0), found).empty


def test_agreement_on_clauses_stays_above_its_floors(corpus):
    own = [voices.by_word(one, corpus.texts) for one in (corpus.coded_clauses, corpus.clauses)]
    table = voices.evaluate_clauses(*own).set_index("what")
    assert table.loc["all", "alpha"] > 0.87
    assert table.loc["report", ["precision", "recall"]].min() > 0.9


TRANSCRIPT = [
    "MS. DOLK: We are late. (Laughter.)", "QUESTION: Why?", "MS. DOLK: I said “ferry”.",
    "Aske said that he had come by train.",
]  # fmt: skip


def test_words_in_turns_count_to_whom_their_label_names(corpus_of):
    corpus = corpus_of(
        {"dolk": "\n\n".join(["Dolk meets the press in Varnby", *TRANSCRIPT]) + "\n"}
    )
    table = voices.shares(corpus.clauses)
    assert table["voice"].tolist() == ["quotation", "turn", "report", "outlet"]
    assert table["words"].tolist() == [1, 6, 8, 6]
    said = voices.floor(corpus.clauses).set_index("speaker")
    assert said.loc["Dolk", ["quotation", "turn"]].tolist() == [1, 5]
    assert said.loc["anonymous", "turn"] == 1


def test_a_text_without_turns_has_the_three_voices_only(corpus):
    assert "turn" not in voices.floor(corpus.clauses)
    assert voices.shares(corpus.clauses)["voice"].unique().tolist() == ["quotation", "report", "outlet"]  # fmt: skip
