"""The cleaner is scored on marked pages as the benchmark scores."""

import gzip
import json

import pandas as pd
import pytest

from usru.cli import main
from usru.errors import InputError
from usru.evaluation import cleaner, outside

PAGE = (
    "Lund Gazette\n\nMenu\nSport\nWeather\n\nFerry line of Lund closes after forty years\n\nBy Ola Ness\n\n"
    "The ferry line between Lund and Oslo closes after forty years, the owner said on Tuesday.\n\n"
    "It does not pay, he said, and it has not paid for a long time, since the bridge was built.\n\n"
    "The last ferry leaves the old port of Lund on Friday, with the mayor and a band on board.\n"
)
STORY = "\n".join(PAGE.splitlines()[10:])


@pytest.fixture
def marked(tmp_path):
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(PAGE, encoding="utf-8")
        (tmp_path / f"{name}.story.txt").write_text(STORY, encoding="utf-8")
    return tmp_path


def test_a_page_that_is_read_right_scores_one(marked):
    scores = cleaner.score(marked)
    own = scores[scores["method"] == "usru"]
    assert own[["precision", "recall"]].to_numpy().tolist() == [[1.0, 1.0]] * 2
    assert scores["method"].drop_duplicates().tolist() == list(cleaner.METHODS)


def test_sequences_of_four_words_are_counted(marked, monkeypatch):
    """Kept: abcde, 2 sequences, one of them the story's; marked: bcdef, 2 sequences."""
    (marked / "b.txt").unlink()
    (marked / "b.story.txt").unlink()
    (marked / "a.story.txt").write_text("b c d e f", encoding="utf-8")
    monkeypatch.setattr(cleaner, "METHODS", {"all": lambda page: "a b c d e"})
    assert cleaner.score(marked)[["precision", "recall"]].to_numpy().tolist() == [[0.5, 0.5]]


def test_a_page_of_which_nothing_is_kept_has_no_precision(marked, monkeypatch):
    monkeypatch.setattr(cleaner, "METHODS", {"nothing": lambda page: ""})
    scores = cleaner.score(marked)
    assert scores["precision"].isna().all()
    assert cleaner.summary(scores)["lost"].tolist() == [2]


def test_a_clone_of_the_benchmark_is_read_as_it_is_published(tmp_path):
    (tmp_path / "html").mkdir()
    truth = {"b1": {"articleBody": STORY}, "a2": {"articleBody": "Der Fährverkehr zwischen Lund und Oslo endet nach vierzig Jahren."}}  # fmt: skip
    (tmp_path / "ground-truth.json").write_text(json.dumps(truth), encoding="utf-8")
    page = "".join(f"<p>{part}</p>" for part in PAGE.split("\n\n"))
    (tmp_path / "html" / "b1.html.gz").write_bytes(gzip.compress(f"<html><body>{page}</body></html>".encode()))  # fmt: skip
    [marked] = cleaner._marked_pages(tmp_path)
    assert marked.name == "b1"
    assert "<p>Menu" in marked.html
    assert "closes after forty years, the owner said" in marked.text


def test_what_sees_html_is_scored_where_there_is_html(tmp_path, marked, monkeypatch):
    page = "".join(f"<p>{part}</p>" for part in PAGE.split("\n\n"))
    page = cleaner._MarkedPage("a", PAGE, STORY, f"<html><body><article>{page}</article></body></html>")  # fmt: skip
    assert not set(cleaner.score(marked)["method"]) & set(cleaner.HTML_METHODS)
    monkeypatch.setattr(cleaner, "_marked_pages", lambda folder: [page])
    scores = cleaner.score(tmp_path).set_index("method")
    assert scores.index.tolist() == [*cleaner.METHODS, *cleaner.HTML_METHODS]
    assert scores.loc["trafilatura", "recall"] == 1.0


@pytest.mark.refusal
@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({}, "there are no marked pages in it"),
        ({"a.story.txt": b"x"}, "a.txt: cannot be read"),
        ({"a.story.txt": b"x", "a.txt": b"\xff"}, "a.txt, line 1: byte 0xff is not UTF-8"),
        ({"ground-truth.json": b"[1]"}, "it is no ground truth of that benchmark"),
        ({"ground-truth.json": b"{"}, "it is no ground truth of that benchmark"),
        ({"ground-truth.json": json.dumps({"a": {"articleBody": "the " * 9}}).encode()}, "clone the benchmark anew"),
    ],
)  # fmt: skip
def test_a_folder_that_cannot_be_scored_is_refused_in_one_sentence(tmp_path, files, told):
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=told):
        list(cleaner._marked_pages(tmp_path))


@pytest.mark.refusal
def test_a_missing_library_is_named(monkeypatch):
    def missing(name):
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(cleaner, "import_module", missing)
    with pytest.raises(InputError, match=r'jusText: it is not installed here; install "usru\[evaluate\]"'):  # fmt: skip
        cleaner.METHODS["jusText"](PAGE)


def test_the_command_prints_a_table_and_stores_the_scores(marked, capsys, tmp_path):
    target = tmp_path / "scores.csv"
    assert main(["evaluate", "cleaner", str(marked), "--worst", "1", "--to", str(target)]) == 0
    printed = capsys.readouterr().out
    assert "jusText" in printed
    assert printed.splitlines()[-1] == "a: precision 1.00, recall 1.00"
    assert len(pd.read_csv(target)) == 2 * len(cleaner.METHODS)


def test_the_interval_holds_the_figure_and_is_the_same_each_time():
    scores = pd.DataFrame(
        {"page": range(20), "method": "usru", "precision": [0.5, 1.0] * 10, "recall": [1.0, 0.8] * 10}
    )  # fmt: skip
    once, again = cleaner.summary(scores), cleaner.summary(scores)
    pd.testing.assert_frame_equal(once, again)
    assert once["low"][0] < once["F1"][0] < once["high"][0]


FLOORS = {"developed": 0.94, "unseen": 0.93}


def test_the_stored_scores_of_real_pages_stay_above_their_floors():
    table = outside.benchmark().query("method == 'usru'").set_index("part")
    assert table["pages"].to_dict() == {"developed": 78, "unseen": 81}
    for part, floor in FLOORS.items():
        assert table.loc[part, "F1"] >= floor
        assert table.loc[part, "lost"] == 0


def test_saved_pages_are_left_to_what_keeps_more_of_their_stories():
    own, other = (
        outside.benchmark([method]).set_index("part")["F1"] for method in ("usru", "trafilatura")
    )
    assert (other > own).all()
