"""Measuring: the frames of a study, part by part, whatever the articles and whatever ends a run."""

import re
import shutil
import signal
import subprocess
import sys
import time

import pandas as pd
import pytest
from samples import link

import usru
from usru import InputError, schema
from usru.cli import main
from usru.evaluation import generated
from usru.scale import clusters, measure, measuring

PIER = "“We close,” Ann Lee said on Monday.\n\nNew sanctions on Russia were discussed in Lund."


@pytest.fixture(scope="module")
def press():
    """Two hundred generated articles, of three outlets."""
    rows = generated.press(usru.load(), 200)
    texts = rows.groupby("doc_id")["text"].agg("\n\n".join)
    first = rows.groupby("doc_id")[["outlet", "month"]].first()
    days = pd.to_datetime({"year": 2017, "month": first["month"], "day": 3}).astype("str")
    return first.assign(text=texts, date=days).reset_index(names="id").drop(columns="month")


def stored(folder):
    """The bytes of all measured frames."""
    names = (path for name in schema.MEASURED for path in (folder / name).iterdir())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in names}


def problems(folder):
    return usru.open(folder).problems.compute()


def test_each_part_has_a_file_of_each_frame(press, tmp_path):
    assert measure(press, tmp_path, workers=1, part=80) == 200
    files = {f"{name}/part-{n:05}.parquet" for name in schema.MEASURED for n in range(3)}
    assert stored(tmp_path).keys() == files


def test_frames_keep_their_contracts(press, tmp_path):
    measure(press.head(20), tmp_path, workers=1, instruments=["news"])
    for name in ("documents", "paragraphs", "sentences", "quotations", "dates"):
        schema.check(name, usru.open(tmp_path).frame(name).compute())
    tone = usru.open(tmp_path).tone.compute()
    assert [*tone] == [*schema.MEASURED["tone"], "news"]
    assert tone["news"].dtype == "float64"


def test_offsets_lead_back_to_the_article(press, tmp_path):
    measure(press.head(20), tmp_path, workers=1)
    texts = press.set_index("id")["text"]
    for name in ("paragraphs", "sentences", "quotations", "dates"):
        for row in usru.open(tmp_path).frame(name).compute().itertuples():
            assert texts[row.doc_id][row.start : row.end].split() == row.text.split()


def test_a_second_run_does_only_the_rest(press, tmp_path):
    whole = tmp_path / "whole"
    measure(press, whole, workers=1, part=80)
    before = {path: path.stat().st_mtime_ns for path in whole.rglob("*.parquet")}
    gone = whole / "documents" / "part-00001.parquet"
    gone.unlink()
    assert len(usru.open(whole).parts) == 2
    again = []
    real = measuring.write
    try:
        measuring.write = lambda path, content: again.append(path) or real(path, content)
        measure(press, whole, workers=1, part=80)
    finally:
        measuring.write = real
    assert {path.stem for path in again if path.suffix == ".parquet"} == {"part-00001"}
    assert all(path.stat().st_mtime_ns == when for path, when in before.items() if path != gone)


def test_poisoned_articles_are_rows_of_problems(tmp_path, monkeypatch):
    real = measuring.tone.score_each

    def fails(frame, names):
        if frame["text"].str.contains("poison").any():
            raise RecursionError("too deep")
        return real(frame, names)

    monkeypatch.setattr(measuring.tone, "score_each", fails)
    texts = [PIER, "", "A poison.", "x" * 10_000_000, "* * *", "It â€œis lateâ€\x9d there, she said.", "\ufeffThe end."]  # fmt: skip
    table = pd.DataFrame({"id": list("abcdefg"), "text": texts})
    assert measure(table, tmp_path, workers=1) == 3
    found = problems(tmp_path).set_index("source")["problem"]
    assert found["the frame, row 2"] == "its text is empty"
    assert found["the frame, row 3"] == "an instrument failed (RecursionError: too deep)"
    assert found["the frame, row 4"].startswith("it has 10,000,000 characters")
    assert "no paragraph of a story" in found["the frame, row 5"]
    assert "decoded wrongly" in found["the frame, row 6"]
    assert usru.open(tmp_path).documents.compute()["doc_id"].tolist() == ["a", "f", "g"]


def test_files_of_odd_encodings_cost_no_other(tmp_path):
    given = tmp_path / "in"
    given.mkdir()
    (given / "a.csv").write_bytes("text\nCafé in Zürich geöffnet.\n".encode("cp1252"))
    (given / "b.csv").write_bytes(b"text\nOne.\n\xff\xfe\xfa broken.\n")
    (given / "c.jsonl").write_text('{"text": "Two."}\n{"text": \n')
    assert measure(given, tmp_path / "out", workers=1) == 1
    assert problems(tmp_path / "out")["source"].str.split(",").str[0].tolist() == [
        "in/a.csv",
        "in/b.csv",
        "in/c.jsonl",
    ]


def test_a_folder_that_was_deleted_is_measured_with_the_settings_of_now(tmp_path):
    for name in ("news", "textblob"):
        measure(pd.DataFrame({"text": [PIER]}), tmp_path / "out", workers=1, instruments=[name])
        assert [*usru.open(tmp_path / "out").tone.columns][-1] == name
        shutil.rmtree(tmp_path / "out")


def test_a_language_without_instruments_has_frames_without_rows(tmp_path):
    table = pd.DataFrame({"text": ["Die Fähre fährt am Montag."]})
    measure(table, tmp_path, workers=1, language="de")
    corpus = usru.open(tmp_path)
    assert len(corpus.sentences) == 1
    assert [len(corpus.frame(name)) for name in ("quotations", "dates", "topics")] == [0, 0, 0]
    assert [*corpus.tone.columns] == [*schema.MEASURED["tone"]]


def test_columns_of_ones_own_are_those_of_the_first_part(tmp_path):
    (tmp_path / "in").mkdir()
    pd.DataFrame({"text": ["One."], "desk": ["World"]}).to_csv(tmp_path / "in/a.csv", index=False)
    pd.DataFrame({"text": ["Two."], "page": ["3"]}).to_csv(tmp_path / "in/b.csv", index=False)
    measure(tmp_path / "in", tmp_path / "out", workers=1)
    documents = usru.open(tmp_path / "out").documents.compute()
    assert documents["desk"].tolist() == ["World", ""]
    assert "page" not in documents


def test_the_codebook_of_a_study_is_used_and_kept(tmp_path):
    study = tmp_path / "study"
    (study / "codebook").mkdir(parents=True)
    (study / "corpus.toml").write_text('title = "Ferries"\n')
    topic = '[ferry]\nlabel = "ferries"\ndefinition = "Ferries."\npatterns = ["ferry"]\n'
    (study / "codebook" / "topics.toml").write_text(topic)
    table = pd.DataFrame({"text": ["The ferry is late."]})
    measure(table, tmp_path / "out", workers=1, study=study)
    assert usru.open(tmp_path / "out").topics.compute()["topic"].tolist() == ["ferry"]
    with pytest.raises(InputError, match="measured in another way"):
        measure(table, tmp_path / "out", workers=1)


@pytest.mark.refusal
@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"instruments": ["moon"]}, "instrument 'moon': there is none; use some of textblob"),
        ({"part": 0}, "part: 0 is too few; give 1 or more."),
        ({"workers": 0}, "workers: 0 is too few; give 1 or more."),
    ],
)
def test_what_cannot_be_is_refused_before_anything_is_written(tmp_path, given, why):
    with pytest.raises(InputError, match=why.replace("(", r"\(")):
        measure(pd.DataFrame({"text": [PIER]}), tmp_path / "out", **{"workers": 1} | given)
    assert not (tmp_path / "out").exists()


@pytest.mark.refusal
def test_links_that_lead_nowhere_are_neither_target_nor_study_nor_codebook(tmp_path, corpus_of):
    own = corpus_of({"a": PIER + "\n"}).manifest.folder
    shutil.rmtree(own / "codebook", ignore_errors=True)
    for path in (tmp_path / "out", tmp_path / "study", own / "codebook"):
        link(path, tmp_path / "gone")
    for to, study, why in (
        ("out", None, "out: it is no folder; name one that is new or empty"),
        ("in", tmp_path / "study", "corpus.toml: there is no manifest here"),
        ("in", own, "codebook: it is no folder, or a link to one that is gone"),
    ):
        with pytest.raises(InputError, match=why):
            measure(pd.DataFrame({"text": [PIER]}), tmp_path / to, study=study, workers=1)
    assert not (tmp_path / "in").exists()


@pytest.mark.refusal
def test_a_folder_in_other_use_is_refused(tmp_path):
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(InputError, match="there is something already"):
        measure(pd.DataFrame({"text": [PIER]}), tmp_path, workers=1)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_the_command_ended_by_force_goes_on_where_it_ended(press, tmp_path):
    table, to = tmp_path / "press.csv", tmp_path / "out"
    press.to_csv(table, index=False)
    command = [sys.executable, "-m", "usru", "measure", str(table), "--to", str(to),
               "--workers", "1", "--part", "10", "--tone", "news"]  # fmt: skip
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        until = time.monotonic() + 120
        while not list((to / "documents").glob("part-*")) and time.monotonic() < until:
            time.sleep(0.05)
    finally:
        running.send_signal(signal.SIGKILL)
        running.communicate()
    done = {path.name for path in (to / "documents").glob("part-*")}
    assert done
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout) == (0, "measured 200 articles\n")
    whole = tmp_path / "whole"
    measure(press, whole, workers=1, part=10, instruments=["news"])
    drop = "documents"  # they name the file that they are from
    assert {name: data for name, data in stored(to).items() if not name.startswith(drop)} == {
        name: data for name, data in stored(whole).items() if not name.startswith(drop)
    }
    assert not list(to.rglob(".*"))


def test_the_command_says_what_was_measured_and_what_was_not(tmp_path, capsys):
    (tmp_path / "a.csv").write_text("text,outlet\nWe met on Monday.,Tide\n,Gull\n")
    to = tmp_path / "out"
    assert main(["measure", str(tmp_path / "a.csv"), "--to", str(to), "--workers", "1"]) == 0
    said = capsys.readouterr().out
    assert said == f"measured 1 article; {to / 'problems'} says of 1 problem\n"


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (["nowhere.csv"], "nowhere.csv: there is no such file or folder; check its name."),
        (["a.csv", "--text", "body"], "a.csv: there is no column 'body'; name one of 'text' with --text."),
        (["a.csv", "--tone", "moon"], "instrument 'moon': there is none; use some of"),
        (["a.csv", "--cluster", "nonsense"], "cluster nonsense: no Dask scheduler answers there"),
    ],
)  # fmt: skip
def test_what_the_command_cannot_use_is_one_sentence(tmp_path, capsys, monkeypatch, given, why):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(clusters, "WAIT", 1)
    (tmp_path / "a.csv").write_text("text\nWe met.\n")
    alone = [] if "--cluster" in given else ["--workers", "1"]
    assert main(["measure", *given, "--to", "out", *alone]) == 2
    said = capsys.readouterr().err
    assert said.startswith(f"usru: {why}")
    assert said.count("\n") == 1
    assert "--cluster" in given or not (tmp_path / "out").exists()


@pytest.mark.refusal
@pytest.mark.parametrize(
    ("file", "text", "told"),
    [("outlets", "[Tide]\nnav = ['(a+)+$']\n", "[Tide], nav 1: '(a+)+$' could run for ever"),
     ("topics", "[water]\npatterns = ['sea']\n", "[water], definition: the field is missing")],
)  # fmt: skip
def test_a_codebook_that_cannot_be_used_is_refused_before_anything_is_written(
    tmp_path, own, file, text, told
):
    study = shutil.copytree(own.manifest.folder, tmp_path / "own")
    (study / "codebook").mkdir()
    (study / "codebook" / f"{file}.toml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=re.escape(told)):
        measure(pd.DataFrame({"text": ["We met."]}), tmp_path / "out", workers=1, study=study)
    assert not (tmp_path / "out").exists()
