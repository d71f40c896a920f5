"""What people read instead of ids."""

import pandas as pd

import usru
from usru.labels import KINDS, VOICES, Labels, Names, distinct
from usru.schema import KINDS as EVERY_KIND
from usru.schema import VOICES as EVERY_VOICE


def test_every_kind_and_voice_has_a_label():
    assert set(KINDS) == set(EVERY_KIND)
    assert set(VOICES) == set(EVERY_VOICE)


def test_every_document_meeting_and_topic_of_the_study_has_a_label(corpus):
    labels = corpus.labels
    assert set(labels["doc_id"]) == set(corpus.documents["doc_id"])
    assert set(labels["meeting"]) == set(corpus.meetings["meeting"])
    assert set(labels["topic"]) == set(corpus.codebook.topics)
    assert not [text for names in labels.values() for text in names.values() if "_" in text]


def test_a_story_without_a_label_has_its_title_and_no_two_have_the_same(own, hostile, corpus_of):
    assert own.labels["doc_id"]["boats"] == "Boats wait for the tide at Porthallow"
    twins = corpus_of({"one": "The same title\n", "other": "The same title\n"})
    assert [*twins.labels["doc_id"].values()] == ["The same title", "The same title (2)"]
    assert hostile.labels["meeting"]["<i>vienna"] == "<i>vienna"


def test_a_table_is_named_for_people(corpus):
    table = pd.DataFrame({"doc_id": ["manila-breitbart"], "meeting": ["manila"], "topic": ["press"],
                          "kind": ["nav"], "n_words": [3]})  # fmt: skip
    named = corpus.labels.named(table)
    assert named.columns.tolist() == ["story", "meeting", "topic", "kind", "n words"]
    assert named.iloc[0].tolist() == ["Breitbart", "Manila", "press access", "menus and prompts", 3]
    assert table.columns[0] == "doc_id", "the table itself stays"


def test_a_column_of_other_ids_is_named_too(corpus):
    table = pd.DataFrame({"doc_id": ["manila-breitbart"], "other_doc_id": ["manila-zerohedge"]})
    named = corpus.labels.named(table)
    assert named.to_dict("list") == {"story": ["Breitbart"], "other story": ["Zero Hedge"]}


def test_what_is_missing_stays_missing():
    named = Labels(meeting=Names(a="A")).named(pd.DataFrame({"meeting": ["a", None]}))
    assert named["meeting"].isna().tolist() == [False, True]


def test_names_that_come_again_are_numbered_until_all_differ():
    found = distinct(pd.Series(["a", "a", "a (2)", "b"])).tolist()
    assert len(set(found)) == 4
    assert found[0] == "a"


def test_labels_of_the_manifest_are_text(tmp_path):
    (tmp_path / "a.txt").write_text(
        "A title\n\nA long enough paragraph of a story, it ends here.\n"
    )
    manifest = usru.manifest.draft(tmp_path)
    text = manifest.read_text(encoding="utf-8")
    manifest.write_text(text.replace('doc_id = "a"', 'doc_id = "a"\nlabel = "The first"'))
    assert usru.load(tmp_path).labels["doc_id"]["a"] == "The first"
