"""The fourth notebook's figures hold what the frames hold."""

from usru.analysis import reuse, voices
from usru.study.figures import FIGURES


def test_speakers_and_voices_are_drawn_as_they_are_counted(corpus):
    table = FIGURES["speakers"].table(corpus)
    assert table.equals(voices.spoken(corpus))
    assert FIGURES["quoted"].table(corpus).equals(voices.shares(corpus))
    share = table.groupby("speaker")["words"].sum().max() / table["words"].sum()
    assert f"{share:.0%} of the {table['words'].sum()} quoted words" in FIGURES["speakers"].caption(table)  # fmt: skip


def test_topics_are_drawn_by_the_words_that_are_quoted_on_them(corpus):
    table = FIGURES["speakers_topics"].table(corpus)
    assert table["words"].sum() == voices.on_topics(corpus)["words"].sum()
    assert table.groupby("topic", sort=False)["words"].sum().is_monotonic_decreasing
    assert not table.duplicated(["speaker", "topic"]).any()


def test_a_shared_passage_stands_between_the_first_and_the_last_word(corpus):
    table = FIGURES["shared"].table(corpus)
    passages = reuse.find(corpus).query("told_by == 'story' and again_by == 'story'")
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
    assert table.equals(voices.audience(corpus))
    assert table["commenter"].dropna().str.fullmatch(r"reader-\d\d").all()


def test_two_stories_of_ones_own_share_their_passage(own):
    table = FIGURES["shared"].table(own)
    assert table["text"].tolist() == ["By noon the wind had turned and the harbour was empty again"]
    assert FIGURES["shared"].caption(table).startswith("1 passages stand in more than one story, 1")
