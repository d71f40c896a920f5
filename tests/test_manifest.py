"""What a manifest may say, and how a corpus that cannot be used is refused."""

import dataclasses
import hashlib
import os
import re
import shutil
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from samples import contents, link

import usru
from usru import manifest
from usru.cli import main
from usru.errors import InputError

PAGE = "Menu\n\nEnvoys meet in Vienna again\n\nBy Ann Lee\n\nTwo envoys met in Vienna on Monday.\n"

MANIFEST = """\
title = "Talks"

[[meetings]]
id = "vienna"
place = "Vienna, Austria"
venue = "Hofburg"
coordinates = [48.207, 16.365]
date = 2015-03-02
occasion = "first round"

[[documents]]
doc_id = "envoys"
file = "raw/page.txt"
outlet = "Gazette"
title = "Envoys meet in Vienna again"
meeting = "vienna"
published = 2015-03-03
published_basis = "printed"
sha256 = "{sha256}"
"""


@pytest.fixture
def small(tmp_path, monkeypatch):
    folder = tmp_path / "small"
    (folder / "raw").mkdir(parents=True)
    write_page(folder, PAGE.encode())
    return folder


def write_page(folder, content):
    (folder / "raw" / "page.txt").write_bytes(content)
    checksum = hashlib.sha256(content).hexdigest()
    (folder / "corpus.toml").write_bytes(MANIFEST.format(sha256=checksum).encode())


def blocks(folder):
    return usru.load(folder).blocks


# How a corpus is spoiled: each gives a function of its folder ------------------------------------


def edit(*changes):
    def spoil(folder):
        path = folder / "corpus.toml"
        text = path.read_bytes().decode()
        for old, new in changes:
            assert text.count(old) == 1
            text = text.replace(old, new)
        path.write_bytes(text.encode())

    return spoil


def save_manifest(change):
    def spoil(folder):
        path = folder / "corpus.toml"
        path.write_bytes(change(path.read_bytes().decode()))

    return spoil


def encode_manifest(encoding):
    return save_manifest(lambda text: f"# Café\n{text}".encode(encoding))


def repeat(entry):
    """Put the meeting (1) or the document (2) into the manifest twice."""

    def twice(text):
        entries = text.split("\n\n")
        entries.insert(entry, entries[entry].removesuffix("\n"))
        return "\n\n".join(entries).encode()

    return save_manifest(twice)


def save_page(content):
    return lambda folder: write_page(folder, content)


def remove_page(folder):
    (folder / "raw" / "page.txt").unlink()


def put_a_folder_for_the_page(folder):
    remove_page(folder)
    (folder / "raw" / "page.txt").mkdir()


def put_a_pipe_for_the_page(folder):
    remove_page(folder)
    os.mkfifo(folder / "raw" / "page.txt")


def list_the_page_twice(folder):
    path = folder / "corpus.toml"
    text = path.read_text("utf-8")
    entry = "[[documents]]" + text.partition("[[documents]]")[2]
    path.write_text(text + "\n" + entry.replace('"envoys"', '"again"'), "utf-8")


def link_the_manifest_to_nowhere(folder):
    remove_manifest(folder)
    link(folder / "corpus.toml", folder.parent / "nowhere.toml")


def change_page(folder):
    with (folder / "raw" / "page.txt").open("ab") as file:
        file.write(b"One more line.\n")


def remove_manifest(folder):
    (folder / "corpus.toml").unlink()


def put_a_folder_for_the_manifest(folder):
    remove_manifest(folder)
    (folder / "corpus.toml").mkdir()


def remove_folder(folder):
    shutil.rmtree(folder)


def put_a_file_for_the_folder(folder):
    remove_folder(folder)
    folder.write_text("Not a folder.\n", encoding="utf-8")


def lead_out(file):
    """Name a file outside the corpus folder, one that is there and has the right checksum."""

    def spoil(folder):
        shutil.copy(folder / "raw" / "page.txt", folder.parent / "page.txt")
        outside = file.format(parent=folder.parent.as_posix())
        edit(('file = "raw/page.txt"', f"file = '{outside}'"))(folder)

    return spoil


def link_page(folder):
    (folder / "raw" / "page.txt").rename(folder.parent / "page.txt")
    link(folder / "raw" / "page.txt", folder.parent / "page.txt")


def link_pages(folder):
    (folder / "raw").rename(folder.parent / "raw")
    link(folder / "raw", folder.parent / "raw")


# The cases: id, how it is spoiled, what the sentence must name ("..." is anything), the mend ------

ENTRY = "corpus.toml, [[documents]] 1 (envoys), "
PLACE = "corpus.toml, [[meetings]] 1 (vienna), "

DOCUMENTS = [
    ("missing", remove_page, "page.txt", "put the file there"),
    ("a-folder", put_a_folder_for_the_page, "page.txt", "put the file there"),
    ("a-pipe", put_a_pipe_for_the_page, "page.txt", "put the file there"),
    ("other-checksum", change_page, "page.txt", "restore"),
    (
        "latin-1",
        save_page(PAGE.replace("Ann", "Añn").encode("latin-1")),
        "page.txt, line 5",
        "UTF-8",
    ),
    ("latin-1-crlf", save_page(b"Menu\r\n\r\nR\xe9sum\xe9\r\n"), "page.txt, line 3", "UTF-8"),
    ("latin-1-cr", save_page(b"Menu\r\rR\xe9sum\xe9\r"), "page.txt, line 3", "UTF-8"),
    ("cut-in-a-letter", save_page("Menu\nñ".encode()[:-1]), "page.txt, line 2", "UTF-8"),
    ("surrogate", save_page(PAGE.encode() + b"\xed\xa0\x80"), "page.txt, line 8", "UTF-8"),
    ("byte-order-mark", save_page(PAGE.encode("utf-8-sig")), "page.txt, line 1", "UTF-8"),
    ("utf-16", save_page(PAGE.encode("utf-16")), "page.txt, line 1", "UTF-8"),
    (
        "utf-16-be-marked",
        save_page(("\ufeff" + PAGE).encode("utf-16-be")),
        "page.txt, line 1",
        "UTF-8",
    ),
    ("utf-16-le", save_page(PAGE.encode("utf-16-le")), "page.txt, line 1", "UTF-8"),
    ("utf-16-be", save_page(PAGE.encode("utf-16-be")), "page.txt, line 1", "UTF-8"),
    ("nul", save_page(PAGE.encode().replace(b"Ann", b"A\0n")), "page.txt, line 5", "UTF-8"),
    ("empty", save_page(b""), "page.txt", "put the page dump into it"),
    ("blank", save_page(b" \n\t\r\n\xc2\xa0\n"), "page.txt", "put the page dump into it"),
    ("no-body", save_page(b"Menu\n\nHome\n"), "page.txt", "outlets.toml"),
    ("no-letters", save_page(b"* * *\n\n\xe2\x80\x8b\n"), "page.txt", "outlets.toml"),
]

MANIFESTS = [
    ("none", remove_manifest, "corpus.toml", "usru new"),
    ("a-folder", put_a_folder_for_the_manifest, "corpus.toml", "usru new"),
    ("link-to-nowhere", link_the_manifest_to_nowhere, "corpus.toml", "delete it"),
    ("page-twice", list_the_page_twice, "[[documents]] 2 (again), file", "list each file once"),
    ("no-corpus-folder", remove_folder, "corpus.toml", "usru new"),
    ("corpus-folder-is-a-file", put_a_file_for_the_folder, "corpus.toml", "usru new"),
    ("not-toml", edit(('"Talks"', "Talks")), "corpus.toml... line 1", "correct that line"),
    ("open-string", edit(('"Hofburg"', '"Hofburg')), "corpus.toml... line 6", "correct that line"),
    ("key-twice", edit(("venue", "place")), "corpus.toml... line 6", "correct that line"),
    ("nul", edit(("Hofburg", "Hof\0burg")), "corpus.toml... line 6", "UTF-8"),
    ("deep", edit(("[48.207", "[" * 5000)), "corpus.toml", "correct"),
    ("long-number", edit(("48.207", "9" * 5000)), "corpus.toml", "correct"),
    ("empty", save_manifest(lambda text: b""), "corpus.toml, title", "add `title"),
    ("latin-1", encode_manifest("latin-1"), "corpus.toml", "UTF-8"),
    ("utf-16", encode_manifest("utf-16"), "corpus.toml", "UTF-8"),
    ("utf-16-le", encode_manifest("utf-16-le"), "corpus.toml", "UTF-8"),
    ("byte-order-mark", encode_manifest("utf-8-sig"), "corpus.toml", "UTF-8"),
    ("no-30-february", edit(("2015-03-03", "2015-02-30")), "corpus.toml... line 17", "correct"),
    ("no-month-13", edit(("2015-03-02", "2015-13-02")), "corpus.toml... line 8", "correct"),
    ("no-year-0", edit(("2015-03-02", "0000-03-02")), "corpus.toml... line 8", "correct"),
    ("quoted-date", edit(("2015-03-03", '"2015-03-03"')), ENTRY + "published", "`published = 20"),
    ("time-of-day", edit(("2015-03-02", "2015-03-02T10:00:00")), PLACE + "date", "`date = 20"),
    ("title-no-text", edit(('"Talks"', "3")), "corpus.toml, title", "`title = "),
    ("outlet-blank", edit(('"Gazette"', '" "')), ENTRY + "outlet", "`outlet = "),
    ("north-of-90", edit(("48.207", "98.207")), PLACE + "coordinates", "`coordinates = "),
    ("east-of-180", edit(("16.365", "190")), PLACE + "coordinates", "`coordinates = "),
    ("one-coordinate", edit((", 16.365", "")), PLACE + "coordinates", "`coordinates = "),
    ("nan", edit(("48.207", "nan")), PLACE + "coordinates", "`coordinates = "),
    ("no-documents", edit(("[[documents]]", "[[stories]]")), "corpus.toml", "[[documents]]"),
    ("one-table", edit(("[[documents]]", "[documents]")), "corpus.toml", "[[documents]]"),
    ("doc_id-twice", repeat(2), "[[documents]] 2, doc_id", "a name of its own"),
    ("meeting-twice", repeat(1), "[[meetings]] 2, id", "a name of its own"),
    ("unknown-meeting", edit(('= "vienna"\npub', '= "bern"\npub')), ENTRY + "meeting", "vienna"),
    ("missing-field-and-break", edit(('"envoys"', r'"a\nb"'), ("sha256", "s")), "sha256", "add"),
    ("unknown-meeting-and-break", edit(('id = "vienna"', r'id = "a\nb"')), "meeting", "add it"),
    ("missing-file-and-break", edit(("page.txt", r"a\nb.txt")), "b.txt", "put the file there"),
    ("missing-file-with-nul", edit(("page.txt", r"a\u0000b.txt")), "envoys", "file"),
    ("missing-file-too-long", edit(("page", "page" * 100)), "envoys", "file"),
]  # fmt: skip

OUTSIDE = [
    (name, spoil, ENTRY + "file", "in the folder")
    for name, spoil in (
        ("absolute", lead_out("{parent}/page.txt")),
        ("parent", lead_out("../page.txt")),
        ("parent-inside", lead_out("raw/../../page.txt")),
        ("drive", lead_out(r"C:\pages\page.txt")),
        ("drive-relative", lead_out("C:page.txt")),
        ("share", lead_out(r"\\host\share\page.txt")),
        ("backslash-parent", lead_out(r"raw\..\..\page.txt")),
        ("linked-page", link_page),
        ("linked-folder", link_pages),
    )
]


NEEDED = {"title", "id", "place", "date", "doc_id", "file", "sha256"}


def lacking_fields():
    section, entry = "", "corpus.toml, "
    for line in MANIFEST.splitlines():
        name, field, _ = line.partition(" = ")
        if not field:
            section = line or section
            entry = {"[[meetings]]": PLACE, "[[documents]]": ENTRY}.get(section, entry)
        else:  # without its name, an entry is known by its number alone
            label = re.sub(r" \(\w+\)", "", entry) if name in ("id", "doc_id") else entry
            if name in NEEDED and (name != "title" or not section):
                yield f"{section}{name}", name, section, f"{label}{name}"


def lack(name, section):
    def without(text):
        start = text.index(section)
        return (text[:start] + re.sub(rf"(?m)^{name} = .*\n", "", text[start:], count=1)).encode()

    return save_manifest(without)


LACKING = [
    (f"lacks-{case}", lack(name, section), label, f"add `{name} = ")
    for case, name, section, label in lacking_fields()
]

bad_input = pytest.mark.parametrize(
    ("spoil", "place", "mend"),
    [
        pytest.param(spoil, place, mend, id=f"{group}-{name}")
        for group, cases in (
            ("document", DOCUMENTS),
            ("manifest", MANIFESTS),
            ("outside", OUTSIDE),
            ("manifest", LACKING),
        )
        for name, spoil, place, mend in cases
    ],
)


@pytest.mark.refusal
@bad_input
def test_bad_input_is_told_in_one_sentence_with_its_place_and_mend(small, spoil, place, mend):
    spoil(small)
    with pytest.raises(InputError) as error:
        blocks(small)
    message = str(error.value)
    told, _, mended = message.rpartition("; ")
    assert len(message.splitlines()) == 1
    assert str(small) in told
    assert re.search(re.escape(place).replace(r"\.\.\.", ".*") + r"(?!\w)", told)
    assert mend in mended


@bad_input
def test_bad_input_gives_status_2_one_line_and_no_change(small, spoil, place, mend, capsys):
    spoil(small)
    before = contents(small.parent)
    assert main(["info", str(small)]) == 2
    printed = capsys.readouterr().err
    assert printed.startswith("usru: ")
    assert len(printed.splitlines()) == 1
    assert contents(small.parent) == before


# What is accepted --------------------------------------------------------------------------------


def test_the_small_corpus_is_good_as_it_is(small):
    assert blocks(small)["kind"].tolist() == ["nav", "headline", "byline", "body"]


def test_every_field_is_read(small):
    found = manifest.read(small)
    assert found.title == "Talks"
    assert [dataclasses.astuple(meeting) for meeting in found.meetings] == [
        (
            "vienna",
            "",
            "Vienna, Austria",
            "Hofburg",
            (48.207, 16.365),
            date(2015, 3, 2),
            "first round",
        )
    ]
    assert [dataclasses.astuple(document) for document in found.documents] == [
        (
            "envoys",
            "",
            "raw/page.txt",
            "Gazette",
            "Envoys meet in Vienna again",
            "vienna",
            date(2015, 3, 3),
            "printed",
            hashlib.sha256(PAGE.encode()).hexdigest(),
            "page",
            {},
        )
    ]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(("[[documents]]\n", "[[documents]]\nnote = 3\n"), id="field-of-its-own"),
        pytest.param(('title = "Talks"\n', 'title = "Talks"\nnote = 3\n'), id="field-on-top"),
        pytest.param(("[48.207, 16.365]", "[-90, 180]"), id="whole-degrees"),
        pytest.param(('file = "raw/page.txt"', "file = 'raw/./page.txt'"), id="dot"),
    ],
)
def test_a_manifest_may_say_so(small, change):
    edit(change)(small)
    assert len(blocks(small)) == 4


def test_a_checksum_in_capitals_is_the_same(small):
    checksum = hashlib.sha256(PAGE.encode()).hexdigest()
    edit((checksum, checksum.upper()))(small)
    assert len(blocks(small)) == 4


def test_two_dots_inside_a_name_lead_nowhere(small):
    (small / "raw" / "page.txt").rename(small / "raw" / "page..txt")
    edit(("page.txt", "page..txt"))(small)
    assert len(blocks(small)) == 4


def test_the_corpus_folder_itself_may_be_a_link(small):
    link(small.parent / "linked", small)
    assert len(blocks(small.parent / "linked")) == 4


def test_a_text_keeps_its_line_ends(small):
    write_page(small, PAGE.replace("\n", "\r\n").encode())
    assert usru.load(small).raw("envoys") == PAGE.replace("\n", "\r\n")


def test_a_manifest_may_have_any_line_ends(small):
    save_manifest(lambda text: text.replace("\n", "\r\n").encode())(small)
    assert len(blocks(small)) == 4


def test_entries_keep_the_order_of_the_file(small):
    repeat(2)(small)
    path = small / "corpus.toml"
    shutil.copy(small / "raw" / "page.txt", small / "raw" / "second.txt")
    text = path.read_bytes().replace(b'"envoys"', b'"second"', 1)
    path.write_bytes(text.replace(b"page.txt", b"second.txt", 1))
    assert [document.doc_id for document in manifest.read(small).documents] == ["second", "envoys"]


def test_the_shipped_manifest_is_good():
    assert len(manifest.read(manifest.shipped()).documents) == 5


# Drafts ------------------------------------------------------------------------------------------


@pytest.mark.refusal
@pytest.mark.parametrize(
    ("extra", "told"),
    [
        ('layout = "table"', "layout: 'table' will not do; write one of page, article"),
        ("layout = 3", "layout: 3 will not do"),
    ],
)
def test_an_unknown_layout_is_refused(small, extra, told):
    path = small / "corpus.toml"
    path.write_text(path.read_text(encoding="utf-8") + extra + "\n", encoding="utf-8")
    with pytest.raises(InputError, match=re.escape(told)):
        manifest.read(small)


@pytest.mark.refusal
def test_strict_is_true_or_false(small):
    path = small / "corpus.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text('strict = "yes"\n' + text, encoding="utf-8")
    with pytest.raises(InputError, match=r"strict: 'yes' will not do; write true or false"):
        manifest.read(small)


def test_a_folder_is_named_by_path_or_text(small):
    assert manifest.read(str(small)) == manifest.read(Path(small))


# A table of documents ----------------------------------------------------------------------------

TABLE = (
    "doc_id,file,outlet,title,published,sha256,desk\n"
    "envoys,raw/page.txt,Gazette,,2015-03-03,{sha256},World\n"
    "again,raw/again.txt,,Envoys meet,,{sha256},\n"
)


@pytest.fixture
def tabled(small):
    """The small corpus with a table instead of entries; gives the path of the table."""
    checksum = hashlib.sha256(PAGE.encode()).hexdigest()
    shutil.copy(small / "raw" / "page.txt", small / "raw" / "again.txt")
    (small / "corpus.toml").write_text('title = "Talks"\n', encoding="utf-8")
    path = small / "documents.csv"
    path.write_text(TABLE.format(sha256=checksum), encoding="utf-8")
    return path


def test_a_table_beside_the_manifest_lists_documents(tabled):
    first, second = manifest.read(tabled.parent).documents
    assert (first.outlet, first.title, first.published) == ("Gazette", "", date(2015, 3, 3))
    assert (second.outlet, second.title, second.published) == ("", "Envoys meet", None)
    assert (first.more, second.more) == ({"desk": "World"}, {})
    documents = usru.load(tabled.parent).documents
    assert documents["desk"].tolist() == ["World", ""]
    assert documents["published"].isna().tolist() == [False, True]


def test_a_table_may_come_from_a_spreadsheet_or_be_parquet(tabled):
    expected = manifest.read(tabled.parent).documents
    text = tabled.read_text("utf-8")
    tabled.write_text(text.replace("\n", "\r\n"), encoding="utf-8-sig", newline="")
    assert manifest.read(tabled.parent).documents == expected
    tabled.write_text(text + "\n" + "," * text.splitlines()[0].count(",") + "\n", encoding="utf-8")
    assert manifest.read(tabled.parent).documents == expected, "rows of empty cells are none"
    table = pd.read_csv(tabled, encoding="utf-8-sig", parse_dates=["published"])
    table.to_parquet(tabled.with_suffix(".parquet"))
    tabled.unlink()
    assert manifest.read(tabled.parent).documents == expected


def test_entries_come_before_the_rows_of_a_table(small):
    checksum = hashlib.sha256(PAGE.encode()).hexdigest()
    (small / "documents.csv").write_text(
        f"doc_id,file,sha256\nsecond,raw/second.txt,{checksum}\n", encoding="utf-8"
    )
    assert [one.doc_id for one in manifest.read(small).documents] == ["envoys", "second"]


@pytest.mark.refusal
@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("2015-03-03", "3 March", "documents.csv, row 2, published: '3 March' is no date; write it as"),
        ("again", "envoys", "documents.csv, row 3, doc_id: 'envoys' is used twice"),
        ("again", "", "documents.csv, row 3, doc_id: the field is missing"),
        ("again.txt", "page.txt", "documents.csv, row 3, file: 'raw/page.txt' is the file of 'envoys'"),
        ("raw/again.txt,,", "../page.txt,,", "documents.csv, row 3, file: '../page.txt' leads outside"),
        ("World", '"World', "documents.csv: it cannot be read"),
        ("World", "caf\udce9", "documents.csv, line 2: byte 0xe9 is not UTF-8"),
        ("doc_id,file", "doc_id,path", "documents.csv: there is no column 'file'; name the columns"),
        ("doc_id,", "doc_id;", "documents.csv: there is no column 'doc_id'; name the columns in its first row, with commas"),
    ],
)  # fmt: skip
def test_a_bad_row_is_named(tabled, old, new, told):
    text = tabled.read_text("utf-8").replace(old, new, 1)
    tabled.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(InputError, match=re.escape(told)):
        manifest.read(tabled.parent)


@pytest.mark.refusal
def test_two_tables_are_refused(tabled):
    pd.DataFrame().to_parquet(tabled.with_suffix(".parquet"))
    with pytest.raises(InputError, match=r"documents\.csv lists documents too; keep one"):
        manifest.read(tabled.parent)


@pytest.mark.refusal
@pytest.mark.parametrize(
    "compare", ['outlet = ["a", "b"]', 'outlet = [["a"]]', 'outlet = [["a", ""]]', "outlet = 3"]
)
def test_a_comparison_is_a_pair(small, compare):
    path = small / "corpus.toml"
    path.write_text(path.read_text("utf-8") + f"\n[compare]\n{compare}\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"\[compare\]"):
        manifest.read(small)


def test_a_study_and_its_corpus_folder_are_one(small):
    study = small.parent / "study"
    (study / "notebooks").mkdir(parents=True)
    small.rename(study / "data")
    assert manifest.read(study) == manifest.read(study / "data")
    assert manifest.read(study).root == study.resolve()
