"""Tables as rows: each with its place, and a bad one as a sentence among the others."""

import json
import zipfile

import exports
import pandas as pd
import pytest

from usru.errors import InputError
from usru.sources import rows
from usru.sources.base import LONGEST, Options, Skipped
from usru.sources.kinds import kind
from usru.sources.rows import Row, delimited, of_frame, parquet, records, sheet


def written(tmp_path, content, name="a.csv", encoding="utf-8"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def read(opened, path, options=Options()):  # noqa: B008
    return list(opened(path, path.name, options).rows())


def sentences(found):
    return [str(row) for row in found if isinstance(row, Skipped)]


def cells(found):
    return [dict(row.cells) for row in found if isinstance(row, Row)]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_delimiter_is_told_by_the_first_row(tmp_path, mark):
    path = written(tmp_path, f'title{mark}text\nPier{mark}"One{mark} two; three, four."\n')
    assert cells(read(delimited, path)) == [{"title": "Pier", "text": f"One{mark} two; three, four."}]  # fmt: skip


def test_a_line_that_tells_excel_the_delimiter_is_no_row(tmp_path):
    [row] = read(delimited, written(tmp_path, "sep=;\r\ntitle;text\r\nPier, old;One.\r\n"))
    assert row == Row("a.csv, row 2", {"title": "Pier, old", "text": "One."})


def test_rows_are_numbered_as_a_spreadsheet_shows_them(tmp_path):
    path = written(tmp_path, '\ntext,n\n"One.\n\nTwo.",1\n\nThree.,2\n')
    assert [row.place for row in read(delimited, path)] == ["a.csv, row 3", "a.csv, row 5"]


def test_a_ragged_row_is_said_and_costs_no_other(tmp_path):
    path = written(tmp_path, "title,text\nA,One.\nB,Two, three.\nC\nD,Four.,\n")
    found = read(delimited, path)
    assert [row["title"] for row in cells(found)] == ["A", "D"]
    assert [text.split(";")[0] for text in sentences(found)] == [
        "a.csv, row 3: it has 3 cells where the first row names 2 columns",
        "a.csv, row 4: it has 1 cell where the first row names 2 columns",
    ]


@pytest.mark.parametrize(
    ("broken", "others"),
    [
        pytest.param('B,"Two, three.,2\n', "CDE", id="in-one-line"),
        pytest.param('B,"Two.\n\nThree, four.,2\n', "CDE", id="in-several-lines"),
        pytest.param('B,"Two "small" boats.",2\n', "CDE", id="not-written-twice"),
        pytest.param('B,"Two.\n\nThree "small", four, boats.\n\nFive, six, eight.",2\n', "CDE",
                     id="not-written-twice-below"),
    ],
)  # fmt: skip
def test_quotation_marks_that_do_not_match_cost_one_row(tmp_path, broken, others):
    whole = '{},"One.\n\nWith commas, here, and there.",1\n'
    table = "title,text,n\n" + whole.format("A") + broken + "".join(map(whole.format, others))
    found = read(delimited, written(tmp_path, table))
    assert [row["title"] for row in cells(found)] == ["A", *others]
    [told] = sentences(found)
    assert "a.csv, row 3: its quotation marks do not match" in told


def test_a_mark_that_is_never_closed_costs_no_row_behind_it(tmp_path):
    table = 'title,text\nA,"One, two."\nB,"Two.\nC,Three.\n\nD,Four.\n'
    found = read(delimited, written(tmp_path, table))
    assert [row["title"] for row in cells(found)] == ["A", "C", "D"]
    assert [text.partition(":")[0] for text in sentences(found)] == ["a.csv, row 3"]


@pytest.mark.refusal
def test_names_with_marks_that_do_not_match_are_refused(tmp_path):
    with pytest.raises(InputError, match="row 1: its quotation marks do not match"):
        read(delimited, written(tmp_path, 'title,"text\nA,One.\n'))


def test_the_column_of_row_numbers_that_pandas_writes_is_left_out(tmp_path):
    assert cells(read(delimited, written(tmp_path, ",text\n0,One.\n"))) == [{"text": "One."}]


def test_names_of_columns_lose_their_outer_spaces(tmp_path):
    assert cells(read(delimited, written(tmp_path, "title, text\nA, One.\n"))) == [{"title": "A", "text": " One."}]  # fmt: skip


@pytest.mark.refusal
def test_a_table_of_empty_cells_is_refused(tmp_path):
    with pytest.raises(InputError, match=r"a.csv: all its cells are empty"):
        delimited(written(tmp_path, ",,\n,,\n"), "a.csv", Options())


@pytest.mark.refusal
def test_two_columns_of_one_name_are_refused(tmp_path):
    with pytest.raises(InputError, match=r"a.csv, row 1: two columns are named 'text'; rename one"):
        delimited(written(tmp_path, "text,date,text\n"), "a.csv", Options())


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le"])
def test_other_encodings_are_read(tmp_path, encoding):
    path = written(tmp_path, "title,text\nLübeck,“One.”\n", encoding=encoding)
    assert cells(read(delimited, path)) == [{"title": "Lübeck", "text": "“One.”"}]


@pytest.mark.refusal
def test_a_named_encoding_is_used(tmp_path):
    path = written(tmp_path, "text\nLübeck\n", encoding="cp1252")
    assert cells(read(delimited, path, Options(encoding="cp1252"))) == [{"text": "Lübeck"}]
    with pytest.raises(InputError, match=r"a.csv, line 2: byte 0xfc is not UTF-8"):
        delimited(path, "a.csv", Options())


def test_a_cell_longer_than_the_limit_of_python_is_read(tmp_path):
    [row] = read(delimited, written(tmp_path, f"text\n{'a' * 200_000}\n"))
    assert len(row.cells["text"]) == 200_000


def test_only_a_table_with_names_and_no_rows_has_columns(tmp_path):
    table = delimited(written(tmp_path, "title,text\n"), "a.csv", Options())
    assert (table.names, table.sample, list(table.rows())) == (["title", "text"], [], [])


# JSON ---------------------------------------------------------------------------------------


def test_bad_lines_are_said_and_cost_no_other(tmp_path):
    path = written(tmp_path, '{"text": "One."}\n\n{"text": \n[1]\n"two"\n{"text": "Three."}', "a.jsonl")  # fmt: skip
    found = read(records, path)
    assert [row.place for row in found if isinstance(row, Row)] == ["a.jsonl, line 1", "a.jsonl, line 6"]  # fmt: skip
    assert [text.split(";")[0] for text in sentences(found)] == [
        "a.jsonl, line 3: it is no JSON (Expecting value)",
        "a.jsonl, line 4: it is no JSON object",
        "a.jsonl, line 5: it is no JSON object",
    ]


def test_columns_are_told_behind_any_number_of_bad_lines(tmp_path):
    path = written(tmp_path, "{\n" * 120 + '{"text": "One."}\n', "a.jsonl")
    assert records(path, path.name, Options()).names == ["text"]


def test_a_line_of_too_many_levels_is_said(tmp_path):
    path = written(tmp_path, '{"text": "One."}\n' + '{"a":' * 100_000 + "\n", "a.jsonl")
    assert sentences(read(records, path)) == ["a.jsonl, line 2: it is no JSON (too many levels); save it again."]  # fmt: skip


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("chunk", [7, 1 << 16])
def test_an_array_is_read_item_by_item(tmp_path, monkeypatch, indent, chunk):
    monkeypatch.setattr("usru.sources.rows._CHUNK", chunk)
    items = [{"text": "One, [two] {three}."}, {"text": "x" * 50, "n": 1}, {"text": '\\"]'}]
    path = written(tmp_path, json.dumps(items, indent=indent), "a.json")
    found = read(records, path)
    assert cells(found) == items
    assert [row.place for row in found] == ["a.json, item 1", "a.json, item 2", "a.json, item 3"]


@pytest.mark.parametrize(
    ("content", "kept", "told"),
    [
        ("[]", 0, []),
        ('[{"text": "One."}, 3, {"text": "Two."}]', 2, ["a.json, item 2: it is no JSON object; give it as {\"text\": …}."]),
        ('[{"text": "One."}, {"text": "Tw', 1, ["a.json, item 2: from here on it is no JSON (Unterminated string starting at); save the file again."]),
        ('[{"text": "One."} {"text": "Two."}]', 2, []),
        ('[{"text": "One."} oops, {"text": "Two."}]', 1, ["a.json, item 2: from here on it is no JSON (Expecting value); save the file again."]),
        ('[{"text": "One."},', 1, ["a.json, item 2: from here on it is no JSON (Expecting value); save the file again."]),
    ],
)  # fmt: skip
def test_an_array_that_breaks_is_read_up_to_there(tmp_path, content, kept, told):
    found = read(records, written(tmp_path, content, "a.json"))
    assert (len(cells(found)), sentences(found)) == (kept, told)


def test_an_array_of_one_endless_item_is_not_read_to_its_end(tmp_path, monkeypatch):
    monkeypatch.setattr("usru.sources.rows.LONGEST", 1000)
    monkeypatch.setattr("usru.sources.rows._CHUNK", 100)
    path = written(tmp_path, '[{"text": "' + "a" * 100_000 + '"}]', "a.json")
    assert "from here on it is no JSON" in sentences(read(records, path))[0]
    assert LONGEST > 1000


@pytest.mark.parametrize(
    "content",
    [
        '{"status": "ok", "articles": [{"text": "One."}, {"text": "Two."}]}',
        '{\n "status": "ok",\n "articles": [\n  {"text": "One."},\n  {"text": "Two."}\n ]\n}',
    ],
)
def test_an_object_around_a_list_of_articles_is_opened(tmp_path, content):
    found = read(records, written(tmp_path, content, "a.json"))
    assert cells(found) == [{"text": "One."}, {"text": "Two."}]
    assert found[1].place == "a.json, item 2"


def test_one_object_is_one_article(tmp_path):
    text = "One. " * 300
    for content in (json.dumps({"text": "One.", "n": 1}, indent=1), json.dumps({"text": text, "links": [{"a": 1}]})):  # fmt: skip
        [row] = read(records, written(tmp_path, content, "a.json"))
        assert row.place == "a.json"
        assert "text" in row.cells


def test_lines_with_lists_of_their_own_are_lines(tmp_path):
    path = written(tmp_path, '{"text": "One.", "people": [{"name": "Ann Lee"}]}\n', "a.jsonl")
    assert [row.place for row in read(records, path)] == ["a.jsonl, line 1"]


@pytest.mark.refusal
def test_what_is_no_json_is_refused_whole(tmp_path):
    with pytest.raises(InputError, match=r"a.json: it is no JSON; save it again"):
        records(written(tmp_path, "text,date\nOne.,2017\n", "a.json"), "a.json", Options())


# Sheets and Parquet -------------------------------------------------------------------------


def test_cells_of_a_sheet_keep_their_types(tmp_path):
    day = exports.STORIES[0].published
    path = exports.write_xlsx(tmp_path / "a.xlsx", [{"text": "One.", "day": day, "n": 3}])
    assert read(sheet, path) == [Row("a.xlsx, row 2", {"text": "One.", "day": day, "n": 3.0})]


def test_empty_rows_above_and_between_are_counted(tmp_path):
    import xlsxwriter

    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        page.write_column(2, 1, ["text", "One.", "", "Two."])
    assert [(row.place, row.cells["text"]) for row in read(sheet, path)] == [("a.xlsx, row 4", "One."), ("a.xlsx, row 6", "Two.")]  # fmt: skip


def test_opendocument_sheets_are_read(tmp_path):
    path = tmp_path / "a.ods"
    office = "urn:oasis:names:tc:opendocument:xmlns"
    rows = "".join(
        f'<table:table-row><table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell></table:table-row>'
        for cell in ("text", "One.", "Two.")
    )
    content = (
        f'<office:document-content xmlns:office="{office}:office:1.0" xmlns:table="{office}:table:1.0" xmlns:text="{office}:text:1.0">'
        f'<office:body><office:spreadsheet><table:table table:name="News">{rows}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", f'<manifest:manifest xmlns:manifest="{office}:manifest:1.0"/>')  # fmt: skip
        archive.writestr("content.xml", content)
    assert kind(path, "a.ods") == "sheet"
    assert [(row.place, row.cells) for row in read(sheet, path)] == [("a.ods, row 2", {"text": "One."}), ("a.ods, row 3", {"text": "Two."})]  # fmt: skip


def test_a_second_sheet_gets_a_sentence(tmp_path):
    path = exports.write_xlsx(tmp_path / "a.xlsx", [{"text": "One."}], sheets=("News", "More"))
    found = read(sheet, path)
    assert len(cells(found)) == 1
    assert sentences(found) == ["a.xlsx, sheet 'More': only the first sheet is read; save it as a file of its own."]  # fmt: skip


@pytest.mark.refusal
def test_an_empty_and_a_damaged_book_are_refused(tmp_path):
    import xlsxwriter

    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet()
    with pytest.raises(InputError, match=r"a.xlsx: its sheets are empty"):
        sheet(path, "a.xlsx", Options())
    path.write_bytes(path.read_bytes()[:300])
    with pytest.raises(InputError, match=r"a.xlsx: its sheets cannot be read"):
        sheet(path, "a.xlsx", Options())


def test_parquet_is_read_by_row_groups(tmp_path):
    path = exports.write_parquet(tmp_path / "a.parquet", row_group_size=3)
    found = read(parquet, path)
    assert cells(found) == exports.rows()
    assert found[-1].place == "a.parquet, row 8"


def test_a_table_that_breaks_in_the_middle_is_read_up_to_there(tmp_path):
    path = exports.write_parquet(tmp_path / "a.parquet", [{"text": "a" * 90 + str(n)} for n in range(4000)], row_group_size=1000)  # fmt: skip
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 2000] = b"\xff" * 2000
    path.write_bytes(content)
    found = read(parquet, path)
    assert 0 < len(cells(found)) < 4000
    assert "from here on it cannot be read; save the file again" in sentences(found)[0]


@pytest.mark.refusal
def test_a_damaged_table_is_refused(tmp_path):
    path = exports.write_parquet(tmp_path / "a.parquet")
    path.write_bytes(path.read_bytes()[:200])
    with pytest.raises(InputError, match=r"a.parquet: it is damaged or was cut off"):
        parquet(path, "a.parquet", Options())


def test_the_rows_of_a_frame_are_numbered_through(monkeypatch):
    monkeypatch.setattr(rows, "_BATCH", 2)
    frame = pd.DataFrame({"title": list("abcde"), 1: [1, None, 3, 4, 5]})
    read = list(of_frame(frame, "articles").rows())
    assert [row.place for row in read] == [f"articles, row {number}" for number in range(1, 6)]
    assert [row.cells["title"] for row in read] == list("abcde")
    assert read[1].cells["1"] is None
