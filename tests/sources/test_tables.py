"""Tables to articles: the same eight stories from every kind of table."""

from datetime import UTC, date, datetime

import exports
import pytest

from usru.errors import InputError
from usru.sources import tables
from usru.sources.base import Article, Options, Skipped

KIND = {"csv": "delimited", "tsv": "delimited", "json": "json", "jsonl": "json", "xlsx": "sheet", "parquet": "parquet"}  # fmt: skip


def read(path, **options):
    kind = KIND[path.suffix[1:]]
    return list(tables.READERS[kind](path, path.name, Options(**options)))


@pytest.mark.parametrize("ending", KIND)
def test_every_row_is_an_article_with_all_that_is_known_of_it(tmp_path, ending):
    path = tmp_path / f"articles.{ending}"
    exports.WRITERS[path.name](path)
    found = read(path)
    assert all(isinstance(article, Article) for article in found)
    for article, story in zip(found, exports.STORIES, strict=True):
        assert (article.text, article.title, article.outlet, article.published) == (
            story.text, story.title, story.outlet, story.published
        )  # fmt: skip
        assert article.published_basis == "column date"
        assert article.layout == "article"
        assert article.more == {"author": story.author, "section": story.section}


@pytest.mark.refusal
def test_two_columns_of_texts_are_asked_about(tmp_path):
    path = exports.write_csv(tmp_path / "a.csv", [{"content": "One.", "text": "Two."}])
    with pytest.raises(InputError, match="say --text content or --text text"):
        read(path)
    assert [article.text for article in read(path, text="content")] == ["One."]


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
def test_a_row_without_text_is_said_and_costs_no_other(tmp_path, ending):
    path = tmp_path / f"articles.{ending}"
    table = exports.rows()
    table[1]["text"] = ""
    getattr(exports, f"write_{ending}")(path, table)
    # Empty text is refused at the door (`usru.sources.base.checked`); a missing one here.
    assert sum(not article.text for article in read(path)) == 1


def test_missing_texts_and_numbers_are_no_articles(tmp_path):
    table = [{"text": "One.", "n": 1}, {"text": None, "n": 2}, {"n": 3}, {"text": 4}]
    found = read(exports.write_jsonl(tmp_path / "a.jsonl", table))
    assert [str(row) for row in found if isinstance(row, Skipped)] == [
        "a.jsonl, line 2: its text is empty; fill it in or leave it out.",
        "a.jsonl, line 3: its text is empty; fill it in or leave it out.",
        "a.jsonl, line 4: its text is '4', which is no text; fill it in or leave it out.",
    ]
    assert sum(isinstance(row, Article) for row in found) == 1


@pytest.mark.refusal
@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.csv", "title,text\n", "a.csv: it has no rows of articles; put some into it"),
        ("a.json", "[]", "a.json: it has no rows of articles"),
        ("a.jsonl", "{}\n", "a.jsonl: no column holds long texts; put texts into it"),
    ],
)
def test_a_table_without_rows_is_refused(tmp_path, name, content, told):
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=told):
        read(path)


def test_a_table_of_which_no_row_can_be_read_says_why(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": \n[]\n', encoding="utf-8")
    assert [str(row) for row in read(path)] == [
        "a.jsonl, line 1: it is no JSON (Expecting value); save it again.",
        'a.jsonl, line 2: it is no JSON object; give it as {"text": …}.',
    ]


def test_dates_that_can_be_two_days_are_asked_about_once_at_the_end(tmp_path):
    table = [{"text": "One.", "date": "03/04/2017"}, {"text": "Two.", "date": "05/06/2017"}]
    path = exports.write_csv(tmp_path / "articles.csv", table)
    *found, question = read(path)
    assert [article.published for article in found] == [None, None]
    # What is printed is not lost.
    assert found[0].more == {"date": "03/04/2017"}
    assert str(question) == "articles.csv, column date: 2 dates, as 03/04/2017, can be two days; say --dates day-first or --dates month-first."  # fmt: skip
    assert [article.published for article in read(path, dates="month-first")] == [date(2017, 3, 4), date(2017, 5, 6)]  # fmt: skip


@pytest.mark.parametrize("ending", ["csv", "jsonl", "json", "xlsx", "parquet"])
def test_a_later_date_of_the_column_decides_for_an_earlier_row(tmp_path, ending):
    table = [{"text": "One.", "date": "03/04/2017"}, {"text": "Two.", "date": "25/04/2017"}]
    path = tmp_path / f"a.{ending}"
    getattr(exports, f"write_{ending}")(path, table)
    found = read(path)
    assert [article.published for article in found] == [date(2017, 4, 3), date(2017, 4, 25)]
    assert found[0].published_basis == "column date, day first as other dates of it show"


def test_typed_dates_keep_the_day_that_they_print(tmp_path):
    import pyarrow as pa
    import pyarrow.parquet

    late = datetime(2017, 4, 3, 23, 30, tzinfo=UTC)
    columns = {
        "text": ["One."], "nanoseconds": pa.array([late], pa.timestamp("ns", "UTC")),
        "abroad": pa.array([late], pa.timestamp("us", "Asia/Tokyo")), "day": pa.array([late.date()]),
    }  # fmt: skip
    path = tmp_path / "a.parquet"
    pyarrow.parquet.write_table(pa.table(columns), path)
    days = [read(path, published=name)[0].published for name in ("nanoseconds", "abroad", "day")]
    assert days == [date(2017, 4, 3), date(2017, 4, 4), date(2017, 4, 3)]


def test_a_text_that_fills_a_cell_of_excel_is_kept_and_asked_about(tmp_path):
    path = exports.write_xlsx(tmp_path / "a.xlsx", [{"text": "a" * 32_767}, {"text": "b" * 32_766}])
    first, question, second = read(path)
    assert (len(first.text), len(second.text)) == (32_767, 32_766)
    assert "a.xlsx, row 2: its text is as long as a cell of Excel can be" in str(question)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, None), ("", None), (" a ", "a"), (3.0, "3"), (3.5, "3.5"), (float("nan"), None), (True, "True"),
        (datetime(2017, 4, 3), "2017-04-03"), (datetime(2017, 4, 3, 9, 5), "2017-04-03T09:05:00"), (date(2017, 4, 3), "2017-04-03"),
        (["a", None, "b"], "a; b"), ([], None), ({"id": None, "name": "Lund Gazette"}, "Lund Gazette"),
        ({"a": "ü"}, '{"a": "ü"}'), ({}, None), (b"bytes", None),
    ],
)  # fmt: skip
def test_cells_are_kept_as_they_are_read(cell, text):
    assert tables.as_text(cell) == text
