"""Articles as parts: what is taken, what is not, and that nothing is laid out twice."""

import json

import pandas as pd
import pyarrow.parquet as pq
import pytest

from usru import InputError
from usru.scale import articles
from usru.sources import Options


def written(given, folder, size=2):
    return list(articles.lay_out(articles.take(given, Options()), folder, size))


def ids(folder, name):
    return pq.read_table(folder / f"{name}.parquet")["doc_id"].to_pylist()


def table(*texts, **columns):
    return pd.DataFrame({"text": list(texts), **columns})


def test_a_part_has_so_many_articles_at_most(tmp_path):
    found = written(table("One.", "Two.", "Three."), tmp_path)
    assert [part.name for part in found] == ["part-00000", "part-00001"]
    assert ids(tmp_path, "part-00000") == ["article-0000000", "article-0000001"]
    assert ids(tmp_path, "part-00001") == ["article-0000002"]


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
def test_the_end_of_a_file_is_the_end_of_a_part(tmp_path, ending):
    (tmp_path / "in").mkdir()
    (tmp_path / "out").mkdir()
    for number in range(2):
        name = tmp_path / "in" / f"{number}.{ending}"
        one = table(f"Text {number}.", outlet=["Tide"], date=["2017-03-12"])
        if ending == "csv":
            one.to_csv(name, index=False)
        elif ending == "jsonl":
            one.to_json(name, orient="records", lines=True)
        else:
            one.to_parquet(name)
    assert len(written(tmp_path / "in", tmp_path / "out", size=100)) == 2
    listed, texts = articles.documents(tmp_path / "out" / "part-00001.parquet")
    assert [(one.outlet, str(one.published)) for one in listed] == [("Tide", "2017-03-12")]
    assert texts == {"article-0000001": "Text 1."}


def test_a_column_names_the_articles(tmp_path):
    written(table("One.", "Two.", id=["a", "b"], desk=["World", "City"]), tmp_path)
    listed, _ = articles.documents(tmp_path / "part-00000.parquet")
    assert [one.doc_id for one in listed] == ["a", "b"]
    assert [one.more for one in listed] == [{"desk": "World"}, {"desk": "City"}]


def test_a_column_of_ones_own_never_hides_one_of_the_frames(tmp_path):
    written(table("One.", sha256=["x"]), tmp_path)
    [row] = pq.read_table(tmp_path / "part-00000.parquet").to_pylist()
    assert json.loads(row["more"]) == {"sha256_given": "x"}


def test_what_is_not_taken_is_said_and_costs_nothing_else(tmp_path):
    texts = ["One.", " ", "x" * (articles.LONGEST + 1), "Four.", "Five."]
    found = written(table(*texts, id=["a", "b", "c", "a", "e"]), tmp_path, size=10)
    assert ids(tmp_path, "part-00000") == ["a", "e"]
    assert [str(one) for one in found[0].skipped] == [
        "the frame, row 2: its text is empty; fill it in or leave it out.",
        "the frame, row 3: it has 1,000,001 characters, more than the 1,000,000 of an article;"
        " divide it into its articles.",
        "the frame, row 4: another article has the id 'a' too; give each article an id of its own,"
        " or leave all without.",
    ]


def test_a_file_that_cannot_be_read_costs_no_other(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "in" / "a.parquet").write_bytes(b"PAR1 torn")
    table("One.").to_csv(tmp_path / "in" / "b.csv", index=False)
    first, second = written(tmp_path / "in", tmp_path / "out")
    assert "damaged" in str(first.skipped[0])
    assert ids(tmp_path / "out", second.name) == ["article-0000000"]


def test_a_frame_of_dask_is_taken_by_its_partitions(tmp_path):
    dd = pytest.importorskip("dask.dataframe")
    frame = dd.from_pandas(table("One.", "Two.", "Three."), npartitions=3)
    assert len(written(frame, tmp_path)) == 3


def test_parts_that_are_there_stay_as_they_are(tmp_path):
    written(table("One."), tmp_path)
    before = (tmp_path / "part-00000.parquet").stat().st_mtime_ns
    written(table("One."), tmp_path)
    assert (tmp_path / "part-00000.parquet").stat().st_mtime_ns == before


@pytest.mark.refusal
def test_other_articles_are_refused(tmp_path):
    written(table("One."), tmp_path)
    with pytest.raises(InputError, match="the articles have changed since they were measured"):
        written(table("Two."), tmp_path)
