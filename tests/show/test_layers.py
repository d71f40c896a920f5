"""Layers say in a short note what was found, and nothing where nothing was."""

from studies import SHAPES, study

from usru.analysis import reuse
from usru.show import layers
from usru.text.quotations.quotation_marks import QUOTATION_MARKS


def test_tone_is_a_number_with_its_sign(corpus):
    scores = [0.2, -0.4, 0.0, -0.001, None]
    layer = layers.tone(corpus, corpus.sentences.head(5).assign(polarity=scores))
    assert layer.marks["note"].tolist() == ["+0.20", "−0.40", "", ""], "near zero is left plain"
    assert layer.marks["look"].tolist() == ["up weak", "down clear", "level", "level"]


def test_the_size_of_a_tone_is_shown(corpus):
    scores = [0.04, 0.05, -0.35, 0.65, -1]
    layer = layers.tone(corpus, corpus.sentences.head(5).assign(polarity=scores))
    assert layer.marks["look"].tolist() == [
        "level", "up weak", "down clear", "up strong", "down strong",
    ]  # fmt: skip


def test_a_topic_is_named_once_in_a_paragraph_where_its_words_begin(corpus):
    marks = layers.topics(corpus).marks
    named = marks[marks["note"] != ""]
    assert len(named) == len(corpus.topics.query("spans.str.len() > 0"))
    assert "North Korea" in set(named["note"])
    assert not named.duplicated(["doc_id", "block", "note"]).any()
    first = marks.groupby(["doc_id", "block"])["start"].min()
    assert first.isin(named["start"]).all()


def test_a_quotation_has_its_marks_with_it(corpus):
    found = corpus.quotations
    marks = layers.quotations(corpus, found).marks
    texts = corpus.blocks.set_index(["doc_id", "block"])["text"]
    for row, text in zip(marks.itertuples(), found["text"], strict=True):
        shown = texts.loc[row.doc_id, row.block][row.start : row.end]
        assert shown.strip(QUOTATION_MARKS) == text.strip(QUOTATION_MARKS)
        assert shown[0] in QUOTATION_MARKS
    assert sum(
        texts.loc[r.doc_id, r.block][r.end - 1] in QUOTATION_MARKS for r in marks.itertuples()
    ) >= (len(marks) - 1), "one is never closed"


def test_a_speaker_who_is_unknown_is_called_so(corpus):
    three = corpus.sentences.head(3).assign(
        quotation=[0, 1, 2], speaker=["Rex Tillerson", None, None], form=["direct", "partial", "scare"]
    )  # fmt: skip
    notes = layers.quotations(corpus, three).marks["note"].tolist()
    assert notes == ["Rex Tillerson", "speaker unknown", "a term"]


def test_a_corpus_without_findings_has_every_layer_and_no_mark(own):
    found = layers.layers(own)
    assert [layer.name for layer in found] == [
        "topics",
        "quotations",
        "reports",
        "dates",
        "tone",
        "shared",
    ]
    empty = {layer.name for layer in found if layer.marks.empty}
    assert empty >= {"topics", "quotations"}
    assert all(layer.marks.columns.tolist() == layers.MARKS for layer in found)
    assert all("nobody knows how well" in layer.trust for layer in found if layer.name == "topics")


def test_what_is_made_for_english_is_no_layer_of_another_language(tmp_path):
    german = study(tmp_path / "study", **SHAPES["German"])
    assert [layer.name for layer in layers.layers(german)] == ["shared"]


def test_reports_are_those_of_the_reading_or_else_of_the_rules(corpus, own):
    by_name = {layer.name: layer for layer in layers.layers(corpus)}
    read = corpus.coded_clauses.query("voice == 'report'")
    assert by_name["reports"].marks["note"].tolist() == read["speaker"].tolist()
    assert "language models" in by_name["reports"].trust
    rules = {layer.name: layer for layer in layers.layers(own)}["reports"]
    assert rules.marks.empty
    assert "nobody knows how well" in rules.trust


def test_a_passage_is_called_alike_in_the_edition_and_in_the_figure(corpus):
    """One quotation with two introductions is not the same passage word for word."""
    lines = {layer.name: layer for layer in layers.layers(corpus)}["shared"].lines
    notes = lines.loc[lines["doc_id"] == "bonn-sputnik-thaw", "note"]
    told = corpus.reused.query("told_by == 'story' and again_by == 'story'")["kind"]
    for kind, name in reuse.REPEATED.items():
        own = notes[notes.str.startswith("also in Sputnik, “Awkward”")]
        assert own.str.contains(name).sum() == (told == kind).sum()
