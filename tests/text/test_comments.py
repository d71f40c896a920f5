"""Readers' comments, in the ways that sites print who wrote them."""

import pytest

from usru.text import blocks, comments


@pytest.mark.parametrize(
    ("printed", "who", "whom"),
    [
        ("• avatar", None, None),
        ("• Ann K", "Ann K", None),
        ("Ann K says:", "Ann K", None),
        ("Ann K · Kelsby High School", "Ann K", None),
        ("Ann K • 9 hours ago", "Ann K", None),
        ("Ann K  Bo • 8 hours ago", "Ann K", "Bo"),
        ("Ann K, Hull, United Kingdom, 3 hours ago", "Ann K", None),
        ("• avatar\n  Ann K reply toBo B(Show commentHide comment)", "Ann K", "Bo B"),
        ("Ann K on July 2, 2017 at 11:20 am said:", "Ann K", None),
        ("Anonymous", None, None),
        ("\u200e\u2068Ann\u00a0K\u2069 says:\u200f", "Ann K", None),
    ],
)
def test_a_commenter_line_names_who_writes_and_who_is_answered(printed, who, whom):
    assert comments.names(printed) == (who, whom)


def test_readers_are_pseudonymous_in_every_frame(corpus):
    names = list(corpus._pseudonyms)
    assert len(names) == 6
    for frame in (corpus.blocks, corpus.paragraphs, corpus.sentences, corpus.comments):
        for name in names:
            assert not frame["text"].str.contains(name, regex=False).any()
    assert corpus.comments["commenter"].dropna().str.fullmatch(r"reader-\d\d").all()


def test_a_pseudonym_stands_for_one_reader(corpus):
    named = corpus.comments.dropna(subset="commenter")
    assert named["commenter"].value_counts().to_dict()["reader-03"] == 3
    answered = corpus.comments["replies_to"].dropna().tolist()
    assert answered == ["reader-02", "reader-04", "reader-04"]


def test_each_comment_is_a_comment_block(corpus):
    spans = corpus.blocks.query("kind == 'comment'")[["doc_id", "block", "start", "end"]]
    assert corpus.comments[["doc_id", "block", "start", "end"]].to_numpy().tolist() == (
        spans.to_numpy().tolist()
    )


def test_a_page_without_comments_has_none():
    page = "Envoys meet again\n\nTwo envoys met in Vienna on Monday for new talks.\n"
    assert comments.find(page, blocks.find(page)).empty


def test_a_line_too_long_for_a_name_names_nobody():
    assert comments.names("Ann K" + " 7" * 300) == (None, None)
    assert comments.names("Ann K" + " 7" * 300 + "\nBo") == ("Bo", None)
