"""Answers are checked without being given away, and a changed corpus is a copy."""

import gc
import shutil
from pathlib import Path

import pytest

import usru
from usru.study import exercises, findings

for subject in findings.SUBJECTS:
    with pytest.raises(KeyError):
        exercises.check(f"{subject}-99")

TASKS = pytest.mark.parametrize("id", sorted(exercises.CHECKS))


@TASKS
def test_the_dots_are_no_answer_yet(id):
    reply = exercises.check(id, ...)
    assert reply.right is None
    assert repr(reply) == "No answer yet: put yours in place of the dots."


@TASKS
@pytest.mark.parametrize(
    "answer", [None, "", "nonsense", -7, float("nan"), True, [], [None], {}, object()]
)
def test_what_is_no_answer_is_answered_in_a_sentence(corpus, id, answer):
    reply = exercises.check(id, answer, corpus)
    assert reply.right is False
    assert reply.text[0].isupper() or reply.text[0].isdigit()
    assert reply.text.endswith((".", "?"))
    assert "Traceback" not in reply.text


def test_a_task_that_no_notebook_has_is_refused():
    with pytest.raises(KeyError, match="no task 'corpus-99'; there are corpus-1"):
        exercises.check("corpus-99", 1)
    with pytest.raises(KeyError, match="no task 'weather-1'; there are corpus, timeline"):
        exercises.check("weather-1", 1)


def test_a_task_is_about_the_shipped_corpus(own):
    with pytest.raises(
        usru.InputError, match="tone-2: the task is about the corpus that comes with"
    ):
        exercises.check("tone-2", [0] * 5, own)


def test_a_task_is_checked_once():
    with pytest.raises(ValueError, match="'corpus-1' is checked twice"):
        exercises.checks("corpus-1")(lambda answer, corpus: None)


def test_a_changed_corpus_is_a_copy_and_leaves_nothing_behind(corpus):
    before = (corpus.manifest.folder / "corpus.toml").read_bytes()
    changed = exercises.altered(
        corpus, "corpus.toml", "published = 2017-04-12", "published = 2017-04-11"
    )
    folder = Path(changed.manifest.folder)
    assert (corpus.manifest.folder / "corpus.toml").read_bytes() == before
    assert not changed.coding("valence").empty
    assert folder.is_dir()
    del changed
    gc.collect()
    assert not folder.exists()


@pytest.mark.parametrize(
    ("file", "old", "why"),
    [
        ("corpus.toml", "published = 2017-02-16", "occurs twice; copy a passage"),
        ("corpus.toml", "published = 1817", "occurs never; copy a passage"),
        ("corpus.tml", "published", "cannot be read .*; name a file of the corpus folder"),
        (
            "../README.md",
            "usru",
            "it is not in the corpus folder; name a file of the corpus folder",
        ),
    ],
)
def test_a_change_that_cannot_be_made_says_why(corpus, file, old, why):
    with pytest.raises(usru.InputError, match=why):
        exercises.altered(corpus, file, old, "")


def test_a_file_is_never_changed_itself(copied):
    """Also where its whole path is given, as a file chooser has it."""
    path = copied.manifest.folder / "corpus.toml"
    before, day = path.read_bytes(), "published = 2017-04-12"
    changed = exercises.altered(copied, str(path), day, "published = 2017-04-11")
    assert str(changed.documents["published"][2].date()) == "2017-04-11"
    assert path.read_bytes() == before


def test_only_what_a_corpus_is_read_from_is_copied(own, tmp_path):
    """Of a study of one's own whose corpus.toml is beside its notebooks, environment and history."""
    folder = shutil.copytree(own.manifest.folder, tmp_path / "own")
    for name in (".venv", ".git", "notebooks", "site"):
        (folder / name).mkdir()
        (folder / name / "large.bin").write_bytes(b"0")
    study = usru.load(folder)
    coded = folder / "coding" / "anna" / "topics.csv"
    coded.parent.mkdir(parents=True)
    coded.write_text("doc_id,line,topics\n", encoding="utf-8")
    changed = exercises.altered(study, "corpus.toml", study.manifest.title, "Another title")
    assert changed.manifest.title == "Another title"
    assert changed.texts == study.texts
    copy = changed.manifest.folder
    assert not [*copy.rglob("large.bin")]
    assert (copy / "coding" / "anna" / "topics.csv").is_file()


def test_a_change_that_cannot_be_loaded_says_why_and_leaves_nothing(corpus, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with pytest.raises(usru.InputError, match="published"):
        exercises.altered(corpus, "corpus.toml", "published = 2017-04-12", "published = 1")
    gc.collect()
    assert not [*tmp_path.iterdir()]
