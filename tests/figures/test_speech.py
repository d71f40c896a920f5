"""The fourth notebook's figures hold what the frames hold, and draw it, little or much."""

import math
import re

import pandas as pd
import pytest

from usru.analysis import voices
from usru.figures import FIGURES, speech
from usru.show.style import VOICES


def test_speakers_and_voices_are_drawn_as_they_are_counted(corpus):
    table = FIGURES["speakers"].table(corpus)
    spoken = voices.spoken(corpus.quotations, corpus.codebook.speakers)
    assert table.equals(corpus.linked(spoken))
    read, found = voices.shares(corpus.coded_clauses), voices.shares(corpus.clauses)
    quoted = FIGURES["quoted"].table(corpus)
    assert quoted.drop(columns="found").equals(read)
    assert quoted["found"].tolist() == pytest.approx(found["share"].tolist(), abs=1e-6)
    share = table.groupby("speaker")["words"].sum().max() / table["words"].sum()
    assert f"has {share:.0%} of the quoted words" in FIGURES["speakers"].headline(table)


def test_topics_are_drawn_by_the_words_that_are_quoted_on_them(corpus):
    table = FIGURES["speakers_topics"].table(corpus)
    assert (
        table["words"].sum()
        == voices.on_topics(corpus.quotations, corpus.coded_topics, corpus.codebook.speakers)[
            "words"
        ].sum()
    )
    assert table.groupby("topic", sort=False)["words"].sum().is_monotonic_decreasing
    assert not table.duplicated(["speaker", "topic"]).any()


def test_the_first_topic_is_told_as_that_with_most_words(corpus):
    table = FIGURES["speakers_topics"].tabulate(corpus)
    named = corpus.labels["topic"]
    for topic in table["topic"].unique():
        first = table.sort_values("topic", key=lambda own, topic=topic: own != topic, kind="stable")
        told = FIGURES["speakers_topics"].say(first)
        speakers = (table["topic"] == topic).sum()
        assert told.startswith(f"On {named[topic]}, the topic with most words: {speakers} of ")


def test_a_shared_passage_stands_between_the_first_and_the_last_word(corpus):
    table = FIGURES["shared"].table(corpus)
    passages = corpus.reused.query("told_by == 'story' and again_by == 'story'")
    assert table["text"].tolist() == passages["text"].tolist()
    assert table[["at", "again_at"]].to_numpy().min() >= 0
    assert table[["at", "again_at"]].to_numpy().max() <= 1
    order = table.sort_values(["doc_id", "at"], kind="stable").index
    assert order.tolist() == passages.reset_index().sort_values(["doc_id", "start"], kind="stable").index.tolist()  # fmt: skip


def test_the_passage_of_a_link_is_the_later_telling(corpus):
    for row in FIGURES["shared"].table(corpus).itertuples():
        line = int(row.passage.rpartition("#L")[2])
        assert row.again_text[:15] in corpus.raw(row.again_doc_id).split("\n")[line - 1]


def test_readers_are_drawn_under_pseudonyms(corpus):
    table = FIGURES["audience"].table(corpus)
    readers = voices.audience(corpus.comments, corpus.reused)
    assert table[readers.columns].equals(readers)
    below = corpus.paragraphs["doc_id"] == table["doc_id"].iloc[0]
    assert set(table["story"]) == {corpus.paragraphs.loc[below, "words"].sum()}
    assert table["commenter"].dropna().str.fullmatch(r"reader-\d\d").all()


def test_two_stories_of_ones_own_share_their_passage(own):
    table = FIGURES["shared"].table(own)
    assert table["text"].tolist() == ["By noon the wind had turned and the harbour was empty again"]
    assert FIGURES["shared"].caption(table).startswith("1 passage is in both stories: 1 word for")


def test_two_stories_that_share_passages_are_by_one_outlet_or_named(corpus):
    figure = FIGURES["shared"]
    table = figure.tabulate(corpus)
    told = "share passages: 6, one of them word for word"
    assert figure.headline(table) == f"Only two stories, both by Sputnik, {told}"
    apart = table.assign(again_outlet="Another")
    assert figure.headline(apart) == f"Only Sputnik, “Thaw” and Sputnik, “Awkward” {told}"


def test_a_comment_is_not_named_by_whom_it_answers(corpus):
    table = FIGURES["audience"].table(corpus)
    assert corpus.comments["text"].str.startswith("reader-04, Not me").any()
    assert table["text"].str.startswith("Not me").any()
    assert not table["text"].str.startswith("reader-").any()


# Drawn ------------------------------------------------------------------------------------------

COLUMNS = {
    "speakers": ["speaker", "side", "doc_id", "quotations", "words", "passage"],
    "quoted": ["doc_id", "voice", "words", "share", "found"],
    "speakers_topics": ["speaker", "topic", "words", "passage"],
    "shared": [
        "doc_id",
        "outlet",
        "at",
        "again_doc_id",
        "again_outlet",
        "again_at",
        "kind",
        "meeting",
        "passage",
    ],
    "audience": ["doc_id", "replies_to", "words", "quotes", "quoted", "text", "story", "passage"],
    "floor": ["doc_id", "meeting", "speaker", "quotation", "report", "found", "passage"],
}

MANY = 150
"""Stories, more than can be named."""


def table(name, n):
    """`n` stories with what is drawn of each; sixty speakers at most."""
    kinds, names = list(speech.TOLD), list(VOICES)
    rows = [
        {
            "outlet": f"outlet-{i % 3}", "again_outlet": "outlet-0",
            "doc_id": f"story-{i:03d}", "again_doc_id": f"story-{i + 1:03d}", "at": i / n,
            "again_at": 1 - i / n, "kind": kinds[i % 3], "meeting": f"meeting-{i % 9}",
            "speaker": "Ann Lee" if name == "floor" else f"Ann Lee-{i % 60}", "side": f"side-{i % 7}" if i % 2 else "Others",
            "words": 500 - i, "quotes": i % 5, "quotations": 1, "text": f"Comment {i}", "story": 300,
            "quoted": None, "quotation": i, "report": 9,
            "replies_to": "reader-01" if i % 4 else None, "voice": names[i % 3], "share": 1.0,
            "found": 0.9,
            "topic": f"topic {i % 15}", "passage": f"story-{i:03d}.txt#L1",
        }
        for i in range(n)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=COLUMNS[name] if not n else None)


def links(figure):
    return set(re.findall(r'xlink:href="([^"#][^"]*)"', figure.svg("A", "B")))


@pytest.mark.parametrize("n", [0, 1, MANY])
@pytest.mark.parametrize("name", list(COLUMNS))
def test_any_number_of_rows_is_drawn_on_one_page(name, n):
    figure = FIGURES[name].plot(table(name, n))
    assert figure.axes
    assert figure.get_figheight() <= 18
    figure.draw_without_rendering()


@pytest.mark.parametrize("name", [name for name in COLUMNS if name != "quoted"])
def test_a_mark_leads_to_its_passage(name):
    few = table(name, 5)
    assert links(FIGURES[name].plot(few)) == set(few["passage"])


def test_of_many_speakers_and_stories_those_with_most_words_are_drawn():
    figure = FIGURES["speakers"].plot(table("speakers", MANY))
    assert len(figure.axes) == speech.MOST_STORIES
    assert [axes.get_title("left") for axes in figure.axes] == [f"story-{i:03d}" for i in range(6)]
    assert len(figure.axes[0].get_yticks()) == speech.MOST_SPEAKERS


def test_a_bar_is_as_long_as_its_words():
    rows = pd.DataFrame({"speaker": ["Ann Lee", "Bo"], "side": "Others", "doc_id": "a", "quotations": 1, "words": [12, 7], "passage": "a.txt#L1"})  # fmt: skip
    bars = FIGURES["speakers"].plot(rows).axes[0].patches
    assert [bar.get_width() for bar in bars] == [12, 7]


def test_the_voices_of_a_story_stand_end_to_end():
    shares = pd.DataFrame(
        {
            "doc_id": "a",
            "voice": ["quotation", "report", "outlet"],
            "words": [3, 0, 7],
            "share": [0.3, 0.0, 0.7],
            "found": [0.3, 0.1, 0.6],
        }
    )
    figure = FIGURES["quoted"].plot(shares)
    bars = figure.axes[0].patches
    assert [round(bar.get_x(), 9) for bar in bars] == [0, 0.3, 0.3]
    assert [round(bar.get_width(), 9) for bar in bars] == [0.3, 0, 0.7]
    marks = figure.axes[0].lines[-1].get_xdata()
    assert [round(x, 9) for x in marks] == [0.3, 0.4], "where the rules end a part"
    shown = [text.get_text() for text in figure.legends[0].get_texts()]
    assert shown == ["quoted", "the outlet’s own", "where rules would end a part"]
    shown = [
        text.get_text()
        for text in FIGURES["quoted"].plot(shares.assign(found=math.nan)).legends[0].get_texts()
    ]
    assert shown == ["quoted", "the outlet’s own"], "no key for what is not there"


def test_a_comment_is_named_by_its_first_words_below_the_story():
    rows = pd.DataFrame({"doc_id": "a", "replies_to": None, "words": [4, 12], "quotes": [0, 3], "quoted": [None, "a"], "text": ["No.", "I object"], "story": 30, "passage": "a.txt#L1"})  # fmt: skip
    axes = FIGURES["audience"].plot(rows).axes[0]
    assert [text.get_text() for text in axes.texts] == ["30", "12", "4"]
    assert [label.get_text() for label in axes.get_yticklabels()] == ["The story: a", "I object", "No."]  # fmt: skip


def test_markup_in_a_name_stays_text():
    bad = "<script>alert(1)</script> & $x_$"
    rows = pd.DataFrame({"speaker": [bad], "side": ["Others"], "doc_id": [bad], "quotations": 1, "words": [12], "passage": ["a.txt#L1"]})  # fmt: skip
    assert "<script" not in FIGURES["speakers"].plot(rows).svg("A", "B")


def test_the_floor_has_both_ministers_in_every_story(corpus):
    table = FIGURES["floor"].table(corpus)
    assert table.groupby("doc_id", sort=False)["speaker"].agg(list).tolist() == [["Sergei Lavrov", "Rex Tillerson"]] * 5  # fmt: skip
    coding = corpus.coding("quotations")
    words = (
        coding["text"].str.split().str.len().groupby([coding["doc_id"], coding["speaker"]]).sum()
    )
    for row in table.itertuples():
        assert row.quotation == words.get((row.doc_id, row.speaker), 0)
    figure = FIGURES["floor"].plot(table)
    assert links(figure) == set(table["passage"])
    assert [axes.get_title("left") for axes in figure.axes] == ["Sergei Lavrov", "Rex Tillerson"]


def test_the_floor_of_texts_that_nobody_read_is_that_of_the_rules(corpus_of):
    page = "Talks\n\n“We shall keep the bridge open for all of you,” Ann Lee said on Monday at the gate.\n"
    table = FIGURES["floor"].table(corpus_of({"a": page}))
    assert table[["speaker", "quotation", "report"]].to_numpy().tolist() == [["Ann Lee", 10, 8]]
    assert table["found"].isna().all()
    FIGURES["floor"].plot(table).draw_without_rendering()


def test_what_two_stories_order_differently_crosses(corpus):
    table = FIGURES["press_sequence"].table(corpus)
    place = table.set_index(["doc_id", "act"])["place"]
    assert place["bonn-sputnik-thaw", "eviction"] < place["bonn-sputnik-thaw", "question"]
    assert place["bonn-sputnik-awkward", "eviction"] > place["bonn-sputnik-awkward", "question"]
    assert "comes sixth in one story, second in the other" in FIGURES["press_sequence"].headline(table)  # fmt: skip


# Found ------------------------------------------------------------------------------------------


def changed(name, table):
    """A table for which what the figure found is not so."""
    if name == "floor":  # both stories of a meeting quote the same one more
        return table.assign(quotation=table["speaker"].eq("Sergei Lavrov") * 50)
    if name == "speakers":  # others have more words
        two = table["speaker"].isin(["Sergei Lavrov", "Rex Tillerson"])
        return table.assign(words=table["words"].where(two, 200))
    if name == "quoted":  # one story speaks for itself
        own = table["doc_id"].eq("manila-breitbart")
        return table.assign(share=table["share"].where(~own, table["voice"].eq("outlet") * 1.0))
    if name == "speakers_topics":  # everybody is quoted on one topic
        return table.drop_duplicates("speaker")
    if name == "press_sequence":  # both tell all in one order
        return table.assign(place=table.groupby("act")["place"].transform("min"))
    if name == "shared":  # a third story shares a passage too
        return table.assign(doc_id=["manila-breitbart", *table["doc_id"].iloc[1:]])
    return table.assign(quotes=table["words"])  # all that readers write repeats the story


@pytest.mark.parametrize("name", [*COLUMNS, "press_sequence"])
def test_a_finding_that_does_not_hold_is_not_stated(corpus, name):
    figure = FIGURES[name]
    table = figure.tabulate(corpus)
    assert figure.headline(table) != figure.title
    assert figure.headline(changed(name, table)) == figure.title


@pytest.mark.parametrize("n", [1, 2, MANY])
@pytest.mark.parametrize("name", list(COLUMNS))
def test_few_and_many_rows_are_told_in_english(name, n):
    figure = FIGURES[name]
    rows = table(name, n)
    told = f"{figure.caption(rows)} {figure.headline(rows)} {figure.sample(rows)}"
    assert not re.search(r"\b1 (?!word for word)[a-z]+s\b|\b[02-9] (word|story|comment|page|speaker|topic|act)\b|nan", told)  # fmt: skip


def test_two_comments_that_repeat_another_story_are_no_answer(corpus):
    figure = FIGURES["audience"]
    table = figure.tabulate(corpus)
    elsewhere = table.assign(quoted=table["quoted"].where(table["quoted"].isna(), "another"))
    assert figure.headline(elsewhere) == figure.title


def test_a_cell_chooses_its_passages_in_the_explorer(corpus):
    figure = FIGURES["speakers_topics"]
    table = figure.tabulate(corpus)
    assert set(table["topic"]) <= set(corpus.codebook.topics), "as the explorer has them"
    row = next(table.query("topic == 'us_politics'").itertuples())
    assert figure.query(row) == "topics=us_politics&speakers=Sergei+Lavrov"
    assert f'id="?{figure.query(row).replace("&", "&amp;")}"' in figure.plot(table).svg("A", "B")


def test_the_sides_of_speakers_are_apart_in_grey():
    rows = pd.DataFrame({"speaker": ["Ann Lee", "Bo"], "side": ["One", "Two"], "doc_id": "a", "quotations": 1, "words": [12, 7], "passage": "a.txt#L1"})  # fmt: skip
    bars = FIGURES["speakers"].plot(rows).axes[0].patches
    assert [bar.get_hatch() for bar in bars] == ["", "////"]
