"""Codings are written by hand: every kind of mistake is told in one sentence, with its place and the mend."""

import csv
import re
import shutil

import pytest
from coders import write_coding
from samples import contents

import usru
from usru import codings
from usru.cli import main
from usru.coding import units
from usru.coding.joining import joined
from usru.codings import ROWS, Drawn, Setting, Sheet
from usru.errors import InputError
from usru.files import shipped
from usru.study.checks import faults
from usru.study.study import Study

refusal = pytest.mark.refusal

CODINGS = shipped() / "coding"
FILES = {name: CODINGS / "reading-1" / f"{name}.csv" for name in ROWS}


@pytest.fixture(scope="module")
def setting(corpus):
    return Setting(corpus.codebook, corpus.texts)


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as opened:
        return [*csv.reader(opened)]


# What can be wrong with a cell: the columns that have it, what is written there, and what is told -----

CELLS = {
    "no-document": ("doc_id", "nowhere", "'nowhere' will not do; write the doc_id of a document"),
    "blank-document": ("doc_id", "", "'' will not do; write the doc_id of a document"),
    "spaces-for-a-document": ("doc_id", "  ", "'  ' will not do; write the doc_id of a document"),
    "document-in-capitals": ("doc_id", "BONN-SPUTNIK-THAW", "write the doc_id of a document of the corpus"),
    "beyond-the-page": ("line line_start", "9000", "beyond the .* lines of"),
    "end-beyond-the-page": ("line_end", "9000", "beyond the .* lines of"),
    "line-0": ("line line_start line_end", "0", "0 will not do; write a whole number from 1"),
    "line-below-0": ("line line_start line_end", "-3", "-3 will not do; write a whole number from 1"),
    "line-in-words": ("line line_start line_end", "ten", "'ten' will not do; write a whole number"),
    "line-with-a-point": ("line line_start line_end", "10.0", "'10.0' will not do; write a whole number"),
    "line-of-a-spreadsheet": ("line line_start line_end", "1E+01", "will not do; write a whole number"),
    "huge-line": ("line line_start line_end", "9" * 400, "will not do; write a whole number"),
    "arabic-digits": ("line line_start line_end", "١٠", "will not do; write a whole number"),
    "blank-line": ("line line_start line_end", "", "'' will not do; write a whole number from 1"),
    "end-before-start": ("line_end", "1", "1 is before the line_start, .*; swap or correct"),
    "number-below-0": ("sentence", "-1", "-1 will not do; write a whole number from 0"),
    "number-in-words": ("sentence", "first", "'first' will not do; write a whole number from 0"),
    "blank-number": ("sentence", "", "'' will not do; write a whole number from 0"),
    "unknown-kind": ("kind", "boddy", "'boddy' will not do; write one of headline, subhead"),
    "kind-in-capitals": ("kind", "Body", "'Body' will not do; write one of headline"),
    "blank-kind": ("kind", "", "'' will not do; write one of headline"),
    "unknown-topic": ("topics", "syria mood", "'mood' will not do; write one of bilateral"),
    "topics-with-commas": ("topics", "syria,press", "'syria,press' will not do; write one of"),
    "topic-by-its-label": ("topics", "press access", "'access' will not do; write one of"),
    "valence-out-of-range": ("valence", "3", "3 will not do; write one of -2, -1, 0, 1, 2"),
    "valence-in-words": ("valence", "positive", "'positive' will not do; write one of -2"),
    "valence-between": ("valence", "0.5", "'0.5' will not do; write one of -2"),
    "valence-with-a-minus-sign": ("valence", "−1", "'−1' will not do; write one of -2"),
    "unknown-voice": ("voice", "reported", "'reported' will not do; write one of outlet, report"),
    "blank-voice": ("voice", "", "'' will not do; write one of outlet"),
    "unknown-form": ("form", "indirect", "'indirect' will not do; write one of direct, partial, scare"),
    "unknown-act": ("act", "tea", "'tea' will not do; write one of crimea"),
    "blank-act": ("act", "", "'' will not do; write one of crimea"),
    "blank-party": ("agent patient", "", "'' will not do; write a name"),
    "unknown-resolution": ("resolution", "vague", "'vague' will not do; write one of explicit"),
    "blank-resolution": ("resolution", "", "'' will not do; write one of explicit"),
    "unknown-tense": ("clause", "perfect", "'perfect' will not do; write one of past, present, future"),
    "no-such-day": ("earliest latest", "2017-02-30", "'2017-02-30' will not do; write a day as"),
    "day-in-words": ("earliest latest", "16 February", "'16 February' will not do; write a day as"),
    "day-first": ("earliest latest", "16/02/2017", "will not do; write a day as 2017-02-16"),
    "day-without-hyphens": ("earliest latest", "20170216", "will not do; write a day as 2017-02-16"),
    "day-with-a-clock": ("earliest latest", "2017-02-16 10:00", "will not do; write a day as"),
    "last-before-first": ("latest", "1999-01-01", "1999-01-01 is before the earliest, .*; swap or correct"),
    "words-not-printed": ("text", "Nobody wrote this here", "is not printed on line .* of .*; give the words"),
    "blank-words": ("text", "", "'' will not do; write the words as they are printed"),
}  # fmt: skip


def cells():
    """A case for each file and column that has the cell; the first of each kind of mistake is counted."""
    for name, (columns, value, told) in CELLS.items():
        marks = [refusal]
        for file, path in FILES.items():
            for column in (one for one in columns.split() if one in rows_of(path)[0]):
                yield pytest.param(
                    file, column, value, told, id=f"{name}-{file}-{column}", marks=marks
                )
                marks = []


def write_rows(path, rows):
    with path.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened, lineterminator="\n").writerows(rows)
    return path


def refused(path, file, setting):
    with pytest.raises(InputError) as caught:
        codings.read(path, ROWS[file], setting)
    message = str(caught.value)
    assert len(message.splitlines()) == 1
    assert message.startswith(str(path))
    assert message.count("; ") >= 1
    return message.removeprefix(str(path)).lstrip(", ")


@pytest.mark.parametrize(("file", "column", "value", "told"), [*cells()])
def test_a_cell_that_will_not_do_is_told_with_line_and_column(
    tmp_path, setting, file, column, value, told
):
    rows = rows_of(FILES[file])
    rows[5][rows[0].index(column)] = value
    line = 1 + sum(1 + cell.count("\n") for row in rows[:5] for cell in ["".join(row)])
    message = refused(write_rows(tmp_path / "own.csv", rows), file, setting)
    assert re.search(f"^line {line}, {column}: .*{told}", message), message


# What can be wrong with a file: what becomes of its text, and what is told -----------------------------


def doubled(text):
    first, second, *rest = text.splitlines(keepends=True)
    return first + second * 40 + "".join(rest)


FAULTS = {
    "too-few-cells": (lambda text: re.sub(r"\n[^,]+,", "\n", text, count=1), "^line 2: it has .* cells?, where the columns are"),
    "too-many-cells": (lambda text: text.replace("\n", "\n,", 2).replace("\n,", "\n", 1), "^line 3: it has .* cells, where the columns are"),
    "a-comma-too-many": (lambda text: text.rstrip("\n") + ",\n", "it has .* cells, where the columns are"),
    "missing-column": (lambda text: text.replace("doc_id", "document", 1), "the column 'doc_id' is there never; have it once"),
    "column-twice": (lambda text: re.sub(r"^(\w+),\w+", r"\1,\1", text), "the column 'doc_id' is there twice; have it once"),
    "unknown-column": (lambda text: re.sub(r"(?m)$", ",x", text.rstrip("\n")), "^line 1: there is no column 'x' in such a coding; use doc_id"),
    "column-without-a-name": (lambda text: re.sub(r"(?m)^", ",", text.rstrip("\n")), "^line 1: there is no column '' in such a coding; use doc_id"),
    "column-in-capitals": (lambda text: text.replace("doc_id", "Doc_ID", 1), "the column 'doc_id' is there never"),
    "semicolons": (lambda text: text.replace(",", ";"), "the column 'doc_id' is there never; have it once, with commas"),
    "tabs": (lambda text: text.replace(",", "\t"), "the column 'doc_id' is there never"),
    "no-header": (lambda text: text.partition("\n")[2], "the column 'doc_id' is there never"),
    "empty": (lambda text: "", "the column 'doc_id' is there never"),
    "blank": (lambda text: "\n\n", "the column 'doc_id' is there never"),
    "unclosed-quote": (lambda text: text.replace("\n", '\n"', 1), "^line 2: it is no table .*; close what opens there"),
    "text-behind-a-quote": (lambda text: text.replace("\n", '\n"a"b,', 1), "^line 2: it is no table .*; close what opens there"),
    "same-unit-twice": (doubled, "line 2 (has the same passage already; take one of them out|too; give each line)|in the block of line 2 too"),
    "cr-line-ends": (lambda text: text.replace("\n", "\r"), r"^line 1: its lines end as on an old Macintosh \(CR\); save it"),
    "one-cr": (lambda text: text.replace("\n", "\n\r", 1), r"^line 2: its lines end as on an old Macintosh \(CR\); save it"),
    "nul": (lambda text: text.replace("\n", "\n\0", 1), "^line 2: it holds a NUL byte.*; save it as plain UTF-8"),
    "byte-order-mark": (lambda text: "\ufeff" + text, "^line 1: it starts with a byte-order mark; save it as plain UTF-8"),
    "latin-1": (lambda text: text.replace("\n", "\n\udce9", 1), "^line 2: byte 0xe9 is not UTF-8; save the file as UTF-8"),
    "utf-16": (lambda text: text.encode("utf-16").decode("utf-8", "surrogateescape"), "UTF-16"),
    "a-spreadsheet": (lambda text: "PK\x03\x04\0\0" + text, "NUL byte"),
    "merge-marks": (lambda text: text.replace("\n", "\n<<<<<<< ours\n", 1), "^line 2: it has 1 cell, where the columns are"),
}  # fmt: skip


def spoiled():
    """A case for each kind of file; the first of each kind of mistake is counted."""
    for name, (spoil, told) in FAULTS.items():
        for n, file in enumerate(ROWS):
            marks = [] if n else [refusal]
            yield pytest.param(file, spoil, told, id=f"{name}-{file}", marks=marks)


@pytest.mark.parametrize(("file", "spoil", "told"), [*spoiled()])
def test_a_file_that_will_not_do_is_told_with_its_place(tmp_path, setting, file, spoil, told):
    path = tmp_path / "own.csv"
    path.write_bytes(spoil(FILES[file].read_text("utf-8")).encode("utf-8", "surrogateescape"))
    message = refused(path, file, setting)
    assert re.search(told, message), message


# Where a study meets them --------------------------------------------------------------------------

STUDY = [
    ("reference/topics", "bilateral us_politics", "bilateral mood", "line 2, topics: 'mood' will not do"),
    ("reading-2/blocks", ",timestamp", ",stamp", "line 2, kind: 'stamp' will not do"),
    ("reference/dates", "2019-08-19", "2019-08-32", "line 2, earliest: '2019-08-32' will not do"),
    ("reference/quotations", ",said,", ",said", "line 2: it has 5 cells, where the columns are 6"),
    ("reading-1/weekdays", ",past,", ",gone,", "line 2, clause: 'gone' will not do"),
    ("reference/acts", "none\n", 'none\n"', "line 3: it is no table"),
    ("anna/topics", "doc_id", "doc", "the column 'doc_id' is there never"),
]  # fmt: skip


@pytest.fixture
def folder(tmp_path):
    """The shipped study without its outside pages, with a coder's coding."""
    left_out = shutil.ignore_patterns("outside", "tone")
    copy = shutil.copytree(shipped(), tmp_path / "data", ignore=left_out)
    (copy / "coding" / "anna").mkdir()
    (copy / "coding" / "anna" / "topics.csv").write_text("doc_id,line,topics\n", encoding="utf-8")
    return copy


@refusal
@pytest.mark.parametrize(("file", "old", "new", "told"), STUDY, ids=[file for file, *_ in STUDY])
def test_no_command_shows_more_than_one_sentence(folder, capsys, file, old, new, told):
    path = folder / "coding" / f"{file}.csv"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    before = contents(folder)
    for command in ("info", "test"):
        assert main([command, str(folder)]) == 2
        printed = capsys.readouterr().err
        assert printed.startswith(f"usru: {path}")
        assert told in printed
        assert len(printed.splitlines()) == 1
    assert contents(folder) == before
    with pytest.raises(InputError, match=re.escape(told)):
        faults(Study(folder))


@refusal
def test_codes_are_those_of_the_codebook_of_the_study(folder):
    path = folder / "codebook" / "topics.toml"
    path.write_text(path.read_text("utf-8").replace("[us_politics", "[politics"), encoding="utf-8")
    with pytest.raises(
        InputError, match=r"line 2, topics: 'us_politics' will not do; write one of"
    ):
        usru.load(folder).coding("topics")


@refusal
def test_there_are_codings_of_some_things_only(corpus):
    with pytest.raises(InputError, match="coding 'mood': there is no such coding; use blocks"):
        corpus.coding("mood")


@refusal
def test_a_coding_that_is_joined_is_checked_too(folder):
    corpus = usru.load(folder)
    table = units.find(corpus, "topics").assign(topics="press")
    path = write_coding(corpus, "topics", table)
    path.write_text(path.read_text("utf-8").replace(",press", ",mood", 1), encoding="utf-8")
    with pytest.raises(InputError, match="line 2, topics: 'mood' will not do"):
        joined(corpus, "topics", "anna", code="press")


# What is taken -------------------------------------------------------------------------------------


@pytest.mark.parametrize("file", ROWS)
@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda text: text, id="as-it-is"),
        pytest.param(lambda text: text.replace("\n", "\r\n"), id="line-ends-of-windows"),
        pytest.param(lambda text: text.rstrip("\n"), id="no-line-end"),
        pytest.param(lambda text: text + "\n" + "," * text.partition("\n")[0].count(",") + "\n", id="empty-rows"),
        pytest.param(lambda text: re.sub(r"^(\w+)", r'"\1"', text), id="quoted-name"),
    ],
)  # fmt: skip
def test_a_good_coding_is_read_however_it_is_saved(tmp_path, setting, file, change):
    path = tmp_path / "own.csv"
    path.write_text(change(FILES[file].read_text("utf-8")), encoding="utf-8", newline="")
    expected = codings.read(FILES[file], ROWS[file], setting)
    assert codings.read(path, ROWS[file], setting).equals(expected)


@pytest.mark.parametrize("file", ROWS)
def test_a_header_alone_is_a_coding_that_nobody_began(tmp_path, setting, file):
    path = tmp_path / "own.csv"
    path.write_text(FILES[file].read_text("utf-8").partition("\n")[0] + "\n", encoding="utf-8")
    table = codings.read(path, ROWS[file], setting)
    assert table.equals(codings.empty(ROWS[file]))


def test_lines_are_those_of_the_file_also_behind_a_cell_with_line_breaks(tmp_path, setting):
    rows = rows_of(FILES["valence"])
    rows = [[*row, "note" if n == 0 else ""] for n, row in enumerate(rows)]
    rows[1][-1], rows[3][2] = "two\nlines", "7"
    message = refused(write_rows(tmp_path / "own.csv", rows), "valence", setting)
    assert message.startswith("line 5, valence: 7 will not do")


@pytest.mark.parametrize(("n", "good"), [(3, True), (4, False)])
def test_words_are_coded_as_often_as_they_are_printed(tmp_path, setting, n, good):
    row = "moscow-econotimes,34,today,2017-04-12,2017-04-12,relative\n"
    path = tmp_path / "own.csv"
    path.write_text("doc_id,line,text,earliest,latest,resolution\n" + row * n, encoding="utf-8")
    if good:
        assert len(codings.read(path, ROWS["dates"], setting)) == n
    else:
        assert refused(path, "dates", setting).startswith("line 5, text: line 2 has the same")


def test_a_sheet_may_have_columns_of_its_own(tmp_path):
    path = tmp_path / "sheet.csv"
    path.write_text("doc_id,line,stratum,probability,by\na,1,all,1,Ann\n", encoding="utf-8")
    assert codings.texts(path, Drawn)["by"].tolist() == ["Ann"]
    assert codings.read(path, Sheet)["line"].tolist() == [1]


def test_a_frame_that_was_handed_out_may_be_changed(corpus):
    table = corpus.coding("valence")
    table.loc[0, "valence"] = 9
    assert corpus.coding("valence")["valence"].max() == 2
