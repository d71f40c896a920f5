"""Voices drawn: little or much, on one page, without a warning, each mark leading to its passage."""

import re

import pandas as pd
import pytest

from usru.show import voices
from usru.show.style import VOICES

COLUMNS = {
    voices.speakers: ["speaker", "side", "doc_id", "words", "passage"],
    voices.quoted: ["doc_id", "voice", "share"],
    voices.speakers_topics: ["speaker", "topic", "words", "passage"],
    voices.shared: ["doc_id", "at", "again_doc_id", "again_at", "kind", "meeting", "passage"],
    voices.audience: ["commenter", "replies_to", "words", "quotes", "passage"],
}

MANY = 150
"""Stories, more than can be named."""


def table(plot, n):
    """`n` stories with what is drawn of each; sixty speakers at most."""
    kinds, names = list(voices.TOLD), list(VOICES)
    rows = [
        {
            "doc_id": f"story-{i:03d}", "again_doc_id": f"story-{i + 1:03d}", "at": i / n,
            "again_at": 1 - i / n, "kind": kinds[i % 3], "meeting": f"meeting-{i % 9}",
            "speaker": f"Ann Lee-{i % 60}", "side": f"side-{i % 7}" if i % 2 else "Others",
            "words": 500 - i, "quotes": i % 5, "commenter": f"reader-{i:02d}" if i % 3 else None,
            "replies_to": "reader-01" if i % 4 else None, "voice": names[i % 4], "share": 1.0,
            "topic": f"topic {i % 15}", "passage": f"story-{i:03d}.txt#L1",
        }
        for i in range(n)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=COLUMNS[plot] if not n else None)


def links(figure):
    return set(re.findall(r'xlink:href="([^"#][^"]*)"', figure.svg("A", "B")))


@pytest.mark.parametrize("n", [0, 1, MANY])
@pytest.mark.parametrize("plot", list(COLUMNS), ids=lambda plot: plot.__name__)
def test_any_number_of_rows_is_drawn_on_one_page(plot, n):
    figure = plot(table(plot, n))
    assert figure.axes
    assert figure.get_figheight() <= 18
    figure.draw_without_rendering()


@pytest.mark.parametrize("plot", [plot for plot in COLUMNS if plot is not voices.quoted], ids=lambda plot: plot.__name__)  # fmt: skip
def test_a_mark_leads_to_its_passage(plot):
    few = table(plot, 5)
    assert links(plot(few)) == set(few["passage"])


def test_of_many_speakers_and_stories_those_with_most_words_are_drawn():
    figure = voices.speakers(table(voices.speakers, MANY))
    assert len(figure.axes) == voices.MOST_STORIES
    assert [axes.get_title("left") for axes in figure.axes] == [f"story\n{i:03d}" for i in range(6)]
    assert len(figure.axes[0].get_yticks()) == voices.MOST_SPEAKERS


def test_a_bar_is_as_long_as_its_words():
    rows = pd.DataFrame({"speaker": ["Ann Lee", "Bo"], "side": "Others", "doc_id": "a", "words": [12, 7], "passage": "a.txt#L1"})  # fmt: skip
    bars = voices.speakers(rows).axes[0].patches
    assert [bar.get_width() for bar in bars] == [12, 7]


def test_the_voices_of_a_story_stand_end_to_end():
    shares = pd.DataFrame({"doc_id": "a", "voice": list(VOICES), "share": [0.1, 0.2, 0.0, 0.7]})
    figure = voices.quoted(shares)
    bars = figure.axes[0].patches
    assert [round(bar.get_x(), 9) for bar in bars] == [0, 0.1, 0.3, 0.3]
    assert [round(bar.get_width(), 9) for bar in bars] == [0.1, 0.2, 0, 0.7]
    shown = [text.get_text() for text in figure.legends[0].get_texts()]
    assert shown == ["direct", "partial", "narration"], "no key for what is not there"


def test_a_comment_says_whom_it_answers():
    rows = pd.DataFrame({"commenter": ["reader-01", None], "replies_to": [None, "reader-01"], "words": [12, 4], "quotes": [3, 0], "passage": "a.txt#L1"})  # fmt: skip
    axes = voices.audience(rows).axes[0]
    assert [text.get_text().strip() for text in axes.texts] == ["12", "4  answers reader-01"]
    assert [label.get_text() for label in axes.get_yticklabels()] == ["reader-01", "unnamed"]


def test_markup_in_a_name_stays_text():
    bad = "<script>alert(1)</script> & $x_$"
    rows = pd.DataFrame({"speaker": [bad], "side": ["Others"], "doc_id": [bad], "words": [12], "passage": ["a.txt#L1"]})  # fmt: skip
    assert "<script" not in voices.speakers(rows).svg("A", "B")
