"""A study of one's own is made whole, or not at all, and grows without losing an edit."""

import csv
import hashlib
import io
import json
import zipfile
from pathlib import Path

import exports
import pandas as pd
import pytest

import usru
from usru.cli import main
from usru.errors import InputError
from usru.study import new
from usru.study.study import Study


def zipped():
    """A zip with a text in it."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("a.txt", "The boats waited for the tide.")
    return content.getvalue()


ZIP = zipped()


@pytest.fixture
def source(tmp_path):
    return exports.write_csv(tmp_path / "articles.csv")


def made(folder, *sources, **options):
    """Make a study; give it, and what was said."""
    said = []
    study = new.make(folder, sources, usru.sources.Options(**options), say=said.append)
    return study, "\n".join(said)


def litter(folder):
    return [path.name for path in folder.rglob("*") if ".part" in path.name or path.name[0] == "."]


def test_a_study_has_all_its_parts(tmp_path, source):
    study, told = made(tmp_path / "harbour", source)
    assert study.corpus.manifest.title == "Harbour"
    assert len(study.corpus.documents) == len(exports.STORIES)
    assert study.corpus.manifest.language == "en"
    assert [path.stem for path in study.notebooks] == [
        "01_corpus", "02_topics", "03_voices", "04_tone",
    ]  # fmt: skip
    assert "read 8 documents" in told
    assert "Ann Lee" in [who.name for who in study.codebook.speakers.people]
    assert study.codebook.topics
    assert study.coding("topics").empty
    assert study.corpus.documents["source"].str.startswith("articles.csv, row").all()
    assert litter(tmp_path) == []
    for document in study.corpus.manifest.documents:
        content = (study.root / document.file).read_bytes()
        assert hashlib.sha256(content).hexdigest() == document.sha256


def test_every_text_is_kept_as_it_was(tmp_path, source):
    study, _ = made(tmp_path / "harbour", source)
    assert sorted(study.corpus.texts.values()) == sorted(story.text for story in exports.STORIES)


def test_a_folder_that_is_in_use_is_left_alone(tmp_path, source):
    (tmp_path / "harbour").mkdir()
    (tmp_path / "harbour" / "letter.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="there is something already; choose a new folder"):
        made(tmp_path / "harbour", source)
    assert [path.name for path in (tmp_path / "harbour").iterdir()] == ["letter.txt"]
    assert litter(tmp_path) == []


def test_an_empty_folder_may_become_a_study_also_where_one_stands(tmp_path, source, monkeypatch):
    folder = tmp_path / "harbour"
    folder.mkdir()
    monkeypatch.chdir(folder)
    made(Path(), source)
    assert len(Study().corpus.documents) == len(exports.STORIES)
    assert Study().root == folder.resolve()
    assert litter(tmp_path) == []


@pytest.mark.parametrize(
    ("name", "content", "mend"),
    [
        pytest.param("a.csv", b"title,text\nOnly a title,\n", "fill it in", id="no-text"),
        pytest.param("a.csv", b"body,content\n" + b"Two long texts here,and here\n" * 2, "--text", id="two-texts"),
        pytest.param("a.zip", ZIP, "unpack", id="zip"),
        pytest.param("a.csv", ZIP, "zip", id="not-what-it-says"),
        pytest.param("a.txt", b"", "", id="empty"),
        pytest.param("a.txt", b"caf\xe9 in the harbour " * 20, "encoding", id="no-encoding"),
    ],
)  # fmt: skip
def test_where_nothing_is_usable_one_sentence_says_so(tmp_path, capsys, name, content, mend):
    (tmp_path / name).write_bytes(content)
    assert main(["new", str(tmp_path / "study"), str(tmp_path / name)]) == 2
    told = capsys.readouterr().err
    assert len(told.splitlines()) == 1
    assert name in told
    assert mend in told
    assert sorted(path.name for path in tmp_path.iterdir()) == [name]


def test_one_bad_source_never_costs_the_rest(tmp_path, source):
    (tmp_path / "bad.zip").write_bytes(b"PK\x03\x04rest")
    study, told = made(tmp_path / "harbour", tmp_path / "bad.zip", source)
    assert len(study.corpus.documents) == len(exports.STORIES)
    skipped = pd.read_csv(study.root / "skipped.csv")
    assert skipped["place"].str.contains("bad.zip").any()
    assert "bad.zip" in told


def test_a_text_that_comes_twice_is_kept_once_and_reported(tmp_path, source):
    exports.write_jsonl(tmp_path / "again.jsonl")
    study, told = made(tmp_path / "harbour", source, tmp_path / "again.jsonl")
    assert len(study.corpus.documents) == len(exports.STORIES)
    assert "the same text as articles.csv, row 2" in told


def test_a_source_that_is_named_twice_is_read_once(tmp_path, source):
    again = tmp_path / ".." / tmp_path.name / source.name
    study, told = made(tmp_path / "harbour", source, again)
    assert len(study.corpus.documents) == len(exports.STORIES)
    assert "the same text" not in told
    assert not (study.root / "skipped.csv").exists()


@pytest.mark.refusal
def test_a_study_of_nothing_names_what_is_missing(tmp_path):
    with pytest.raises(InputError, match=r"there is no such folder of texts; name a source"):
        made(tmp_path / "harbour")
    assert not list(tmp_path.iterdir())


def test_what_was_not_found_is_listed_and_not_invented(tmp_path):
    path = tmp_path / "texts.csv"
    path.write_text("text\n" + exports.STORIES[0].paragraphs[0].replace(",", ";") + "\n", "utf-8")
    study, told = made(tmp_path / "bare", path)
    documents = study.corpus.documents
    assert documents[["outlet", "title", "meeting"]].eq("").all(axis=None)
    assert documents["published"].isna().all()
    for field in ("a date", "an outlet", "a title"):
        assert f"without {field}: 1 of 1 document" in told


def test_an_ambiguous_date_is_asked_for(tmp_path):
    path = tmp_path / "days.csv"
    row = [exports.STORIES[0].text, "03/04/2018"]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["text", "date"], row])
    study, told = made(tmp_path / "asked", path)
    assert study.corpus.documents["published"].isna().all()
    assert "--dates day-first" in told
    study, _ = made(tmp_path / "said", path, dates="day-first")
    assert study.corpus.documents["published"].dt.strftime("%Y-%m-%d").tolist() == ["2018-04-03"]


# Names --------------------------------------------------------------------------------------------


def test_a_drafted_topic_is_called_by_its_first_words(tmp_path, source):
    study, _ = made(tmp_path / "harbour", source)
    assert study.codebook.topics
    for topic in study.codebook.topics.values():
        assert topic.label == ", ".join(topic.patterns[:3])


def test_a_document_is_called_by_its_title_until_the_table_says_more(tmp_path, source):
    study, _ = made(tmp_path / "harbour", source)
    table = pd.read_csv(study.root / "documents.csv", dtype="str", keep_default_na=False)
    names = study.corpus.labels["doc_id"]
    assert "label" not in table
    assert [names[doc_id] for doc_id in table["doc_id"]] == table["title"].tolist()
    table.assign(label=["Strait", *[""] * (len(table) - 1)]).to_csv(
        study.root / "documents.csv", index=False
    )
    named = Study(study.root).corpus.labels["doc_id"]
    assert [named[doc_id] for doc_id in table["doc_id"]] == ["Strait", *table["title"][1:]]
    assert "a column `label`" in (study.root / "corpus.toml").read_text(encoding="utf-8")


def test_a_label_of_a_data_set_is_no_name_of_a_document(tmp_path):
    rows = [
        {"title": story.title, "text": story.text, "label": "real"} for story in exports.STORIES
    ]
    study, _ = made(tmp_path / "study", exports.write_csv(tmp_path / "a.csv", rows))
    assert study.corpus.documents["label_given"].eq("real").all()
    names = study.corpus.labels["doc_id"]
    assert {names[doc_id] for doc_id in study.corpus.texts} == {
        story.title for story in exports.STORIES
    }


# Growing -----------------------------------------------------------------------------------------


def test_new_documents_are_added_and_every_edit_is_kept(tmp_path, source):
    study, _ = made(tmp_path / "harbour", source)
    table = study.root / "documents.csv"
    edited = table.read_text("utf-8").replace("Harbour Post", "The Harbour Post")
    table.write_text(edited, encoding="utf-8")
    topics = study.root / "codebook" / "topics.toml"
    topics.write_text('[ferries]\ndefinition = "Boats"\npatterns = ["ferr*"]\n', encoding="utf-8")
    before = {path: path.read_bytes() for path in study.root.rglob("*.*") if path != table}

    more = exports.STORIES[0]._replace(
        title="A fourth bell", outlet="", paragraphs=("The bell rang in the harbour at noon.",)
    )
    exports.write_csv(tmp_path / "later.csv", exports.rows([*exports.STORIES, more]))
    said = []
    grown = new.update(study.root, [tmp_path / "later.csv"], say=said.append)
    assert f"read 1 document; {len(exports.STORIES)} were there before" in said[0]
    documents = grown.corpus.documents
    assert len(documents) == len(exports.STORIES) + 1
    assert "The Harbour Post" in set(documents["outlet"])
    assert "Harbour Post" not in set(documents["outlet"])
    assert list(grown.codebook.topics) == ["ferries"]
    assert {path: path.read_bytes() for path in before} == before
    again = new.update(study.root, [tmp_path / "later.csv"], say=said.append)
    assert len(again.corpus.documents) == len(documents)


@pytest.fixture
def bell(tmp_path):
    """A source of one article that no study has yet, by the title and date of one that it has."""
    more = exports.STORIES[0]._replace(paragraphs=("The bell rang in the harbour at noon.",))
    return exports.write_csv(tmp_path / "later.csv", exports.rows([more]))


@pytest.mark.parametrize("types", [{}, {"published": "datetime64[s]"}], ids=["texts", "days"])
def test_a_table_in_parquet_grows_too(tmp_path, source, bell, types):
    study, _ = made(tmp_path / "harbour", source)
    table, parquet = (study.root / f"documents.{kind}" for kind in ("csv", "parquet"))
    pd.read_csv(table, dtype=str).astype(types).assign(rank=1).to_parquet(parquet)
    table.unlink()
    grown = new.update(study.root, [bell], say=lambda _: None)
    assert len(grown.corpus.documents) == len(exports.STORIES) + 1
    assert grown.corpus.documents["published"].notna().all()
    assert grown.corpus.documents["rank"].tolist() == [*["1"] * len(exports.STORIES), ""]
    assert not table.exists()


@pytest.mark.refusal
def test_a_table_that_cannot_take_new_rows_stays_as_it_is(tmp_path, source, bell):
    study, _ = made(tmp_path / "harbour", source)
    table, parquet = (study.root / f"documents.{kind}" for kind in ("csv", "parquet"))
    pd.read_csv(table, dtype=str).assign(section=7).to_parquet(parquet)
    table.unlink()
    before = parquet.read_bytes()
    with pytest.raises(InputError, match=r"documents.parquet: it cannot take the new documents"):
        new.update(study.root, [bell], say=lambda _: None)
    assert parquet.read_bytes() == before


def test_an_update_that_is_interrupted_leaves_no_text_behind(tmp_path, source, bell, monkeypatch):
    study, _ = made(tmp_path / "harbour", source)
    before = sorted((study.root / "raw").iterdir())

    def interrupted(folder, rows):
        assert len(list((study.root / "raw").iterdir())) == len(before) + 1
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(new, "_add_rows", interrupted)
        with pytest.raises(KeyboardInterrupt):
            new.update(study.root, [bell], say=lambda _: None)
    assert sorted((study.root / "raw").iterdir()) == before
    grown = new.update(study.root, [bell], say=lambda _: None)
    assert len(grown.corpus.documents) == len(exports.STORIES) + 1


def test_a_document_that_was_given_another_name_keeps_its_file(tmp_path, source, bell):
    study, _ = made(tmp_path / "harbour", source)
    table = study.root / "documents.csv"
    first = study.corpus.manifest.documents[0]
    edited = table.read_text("utf-8").replace(first.doc_id, "ferries", 1)
    table.write_text(edited, encoding="utf-8")
    grown = new.update(study.root, [bell], say=lambda _: None)
    assert grown.corpus.texts["ferries"] == exports.STORIES[0].text
    assert grown.corpus.manifest.documents[-1].doc_id == f"{first.doc_id}-2"


def test_a_document_that_was_deleted_with_its_file_comes_back_under_its_name(tmp_path, source):
    study, _ = made(tmp_path / "harbour", source)
    table = study.root / "documents.csv"
    before = table.read_text("utf-8")
    (study.root / study.corpus.manifest.documents[-1].file).unlink()
    table.write_text("".join(before.splitlines(keepends=True)[:-1]), encoding="utf-8")
    new.update(study.root, [source], say=lambda _: None)
    assert table.read_text("utf-8") == before


def test_what_an_update_skips_is_added_to_the_table_once(tmp_path, source):
    study, _ = made(tmp_path / "harbour", source)
    path = tmp_path / "later.csv"
    path.write_text("title,text\n" + "Empty,\n" * 12 + "Bell,The bell rang at noon.\n", "utf-8")
    said = []
    for _ in range(2):
        new.update(study.root, [path], say=said.append)
    skipped = pd.read_csv(study.root / "skipped.csv")
    assert skipped["place"].tolist() == [f"later.csv, row {row}" for row in range(2, 14)]
    assert "  … and 2 more sentences in skipped.csv" in said


def test_line_ends_of_any_kind_within_a_cell_are_kept(tmp_path):
    story = {"title": "Lund", "text": exports.STORIES[0].text, "desk": "World\rNews", "note": "=1"}
    path = tmp_path / "articles.jsonl"
    path.write_text(json.dumps(story) + "\n", encoding="utf-8")
    study, _ = made(tmp_path / "harbour", path)
    assert study.corpus.documents["desk"].tolist() == ["World\rNews"]
    new.update(study.root, [path], say=lambda _: None)
    assert study.corpus.documents["note"].tolist() == ["=1"]


def test_an_update_neither_adds_notebooks_to_others_nor_makes_drafts_anew(
    tmp_path, source, bell, monkeypatch
):
    study, _ = made(tmp_path / "harbour", source)
    (study.root / "notebooks" / "04_tone.ipynb").unlink()
    for name in ("speakers", "topics"):
        (study.root / "codebook" / f"{name}.toml").write_text("", encoding="utf-8")
        monkeypatch.setattr(new, f"_{name}", lambda _: pytest.fail("a draft was made"))
    said = []
    grown = new.update(study.root, [bell], say=said.append)
    assert [path.stem for path in grown.notebooks] == ["01_corpus", "02_topics", "03_voices"]
    assert not any("drafts to edit" in sentence for sentence in said)


def test_a_study_with_its_corpus_in_data_is_completed_in_its_own_folders(tmp_path, source, bell):
    study, _ = made(tmp_path / "harbour", source)
    (study.root / "data").mkdir()
    for name in ("corpus.toml", "documents.csv", "raw", "codebook", "coding"):
        (study.root / name).rename(study.root / "data" / name)
    new.update(study.root, [bell], say=lambda _: None)
    assert sorted(path.name for path in (study.root / "data").iterdir()) == [
        "codebook", "coding", "corpus.toml", "documents.csv", "raw",
    ]  # fmt: skip


def test_a_study_of_entries_grows_by_a_table(own, tmp_path):
    import shutil

    root = shutil.copytree(own.manifest.folder, tmp_path / "own")
    exports.write_csv(tmp_path / "later.csv")
    grown = new.update(root, [tmp_path / "later.csv"], say=lambda _: None)
    assert len(grown.corpus.documents) == 2 + len(exports.STORIES)


@pytest.mark.refusal
def test_an_update_wants_a_study_and_a_source(tmp_path, source):
    with pytest.raises(InputError, match="no source is named"):
        new.update(tmp_path, [])
    with pytest.raises(InputError, match="there is no manifest here"):
        new.update(tmp_path, [source])


# In another language -----------------------------------------------------------------------------

GERMAN = (
    "Die Boote warteten den ganzen Morgen auf die Flut, während man im Hafen die Netze flickte."
)


def test_a_study_in_german_says_what_does_not_apply(tmp_path):
    path = tmp_path / "texte.csv"
    path.write_text("text\n" + "".join(f'"{GERMAN} Am Tag {i}."\n' for i in range(9)), "utf-8")
    study, _ = made(tmp_path / "hafen", path)
    corpus = study.corpus
    assert corpus.manifest.language == "de"
    assert len(corpus.sentences) >= 9
    assert corpus.topics is not None, "a dictionary of one's own applies"
    for use in (
        lambda: corpus.quotations,
        lambda: corpus.dates,
        lambda: corpus.scored("sentences"),
    ):
        with pytest.raises(usru.DoesNotApply, match=r"for English|of English words"):
            use()


@pytest.mark.parametrize(
    ("code", "texts"),
    [
        ("de", ["Die Brücke über den Fluss wird für Wochen gesperrt, sagte der Bürgermeister.",
                "Die Fähre fährt später, und die Bürger müssen am Hafen länger warten."]),
        ("ru", ["Городской совет решил закрыть старый мост через реку на всю зиму.",
                "Школы у реки откроются на час позже, сказала мэр города."]),
        ("zh", ["市议会周一决定冬季关闭旧桥，市长说。" * 3, "学校将晚一个小时上课，渡轮公司表示欢迎。" * 3]),
    ],
)  # fmt: skip
def test_drafts_are_written_in_any_alphabet(tmp_path, code, texts):
    table = [{"text": f"{text} {i}."} for text in texts for i in range(4)]
    study, _ = made(tmp_path / "study", exports.write_csv(tmp_path / "a.csv", table))
    assert study.corpus.manifest.language == code
    assert study.codebook.topics
    assert not "".join(study.codebook.topics).isascii()


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (["--language", "German"], "language: 'German' will not do; write `language = \"de\"`"),
        (["--language", "de", "--update"], "--language: a study that is there says its language"),
    ],
)
def test_a_language_that_cannot_be_meant_is_refused(tmp_path, source, capsys, more, told):
    assert main(["new", str(tmp_path / "study"), str(source), *more]) == 2
    assert told in capsys.readouterr().err
    assert not (tmp_path / "study").exists()


def test_names_of_files_can_be_had_by_any_system(tmp_path):
    odd = exports.STORIES[0]._replace(title="Ärger: «Mole» / CON? " + "lang " * 40)
    exports.write_csv(
        tmp_path / "odd.csv", exports.rows([odd, odd._replace(paragraphs=("Else.",))])
    )
    study, _ = made(tmp_path / "odd", tmp_path / "odd.csv")
    first, second = study.corpus.documents["doc_id"]
    assert first == "2018-03-12-arger-mole-con-lang-lang-lang-lang"
    assert second == f"{first}-2"


def test_no_file_has_the_name_of_a_device(tmp_path):
    table = [{"title": title, "text": f"The {title} waited."} for title in ("Con", "LPT1", "Conn")]
    study, _ = made(tmp_path / "odd", exports.write_csv(tmp_path / "odd.csv", table))
    assert study.corpus.documents["doc_id"].tolist() == ["document-con", "document-lpt1", "conn"]


@pytest.mark.parametrize("name", new.SHEETS)
def test_a_sheet_has_the_columns_of_its_coding(name):
    assert set(new.SHEETS[name]) == set(usru.load().coding(name).columns)


def test_the_command_runs_what_it_made_and_it_passes_its_own_test(tmp_path, source, capfd):
    """The whole way, once: one command, and the study passes its own checks."""
    assert main(["new", str(tmp_path / "harbour"), str(source)]) == 0
    assert "4 notebooks run" in capfd.readouterr().out
    notebooks = sorted((tmp_path / "harbour" / "notebooks").glob("*.ipynb"))
    for path in notebooks:
        assert "Lavrov" not in path.read_text(encoding="utf-8")
    for path in notebooks[1:]:  # one stands for all, as nbval runs them one by one
        path.unlink()
    assert main(["test", str(tmp_path / "harbour")]) == 0
    assert "all checks passed" in capfd.readouterr().out
    assert Study(tmp_path / "harbour").claims


def test_a_document_that_was_taken_out_stays_out(tmp_path, source):
    study, _ = made(tmp_path / "harbour", source)
    table = study.root / "documents.csv"
    rows = table.read_text("utf-8").splitlines(keepends=True)
    table.write_text("".join([rows[0], *rows[2:]]), encoding="utf-8")
    grown = new.update(study.root, [source], say=lambda _: None)
    assert len(grown.corpus.documents) == len(exports.STORIES) - 1


def test_a_codebook_of_many_documents_is_drafted_from_some(tmp_path, source, monkeypatch):
    monkeypatch.setattr(new, "DRAFTED", 3)
    study, _ = made(tmp_path / "harbour", source)
    assert len(study.corpus.documents) == len(exports.STORIES)
    assert study.codebook.speakers.people
    assert f"{len(exports.STORIES)} documents" in (study.root / "README.md").read_text("utf-8")
