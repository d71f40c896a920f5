"""A file is what its bytes say, and its name must agree."""

import gzip
import zipfile

import exports
import pytest

from usru.errors import InputError
from usru.sources.kinds import kind

KINDS = {
    "articles.csv": "delimited", "articles.tsv": "delimited", "articles.jsonl": "json", "articles.json": "json",
    "articles.xlsx": "sheet", "articles.parquet": "parquet", "page.html": "html", "pages.warc": "warc",
    "pages.warc.gz": "warc", "page.txt": "text", "nexis.docx": "docx", "nexis.txt": "text", "proquest.txt": "text",
    "factiva.rtf": "rtf", "factiva-fields.rtf": "rtf", "factiva.html": "html", "factiva-fields.html": "html",
}  # fmt: skip


@pytest.mark.parametrize("name", exports.WRITERS)
def test_each_kind_is_told(tmp_path, name):
    path = tmp_path / name
    exports.WRITERS[name](path)
    assert kind(path, name) == KINDS[name]
    shouting = path.rename(tmp_path / name.upper())
    assert kind(shouting, name) == KINDS[name]


@pytest.mark.refusal
@pytest.mark.parametrize(
    ("source", "name", "told"),
    [
        ("articles.xlsx", "a.csv", "it is named .csv but holds an Excel or OpenDocument sheet; rename it to a.xlsx"),
        ("articles.csv", "a.xlsx", "it is named .xlsx but holds plain text; rename it to a.txt"),
        ("page.html", "a.txt", "it is named .txt but holds a web page; rename it to a.html"),
        ("articles.parquet", "a.json", "it is named .json but holds a Parquet table"),
        ("factiva.rtf", "a.docx", "it is named .docx but holds a document in RTF; rename it to a.rtf"),
        ("nexis.docx", "a.rtf", "it is named .rtf but holds a Word document"),
        ("pages.warc", "a.html", "it is named .html but holds a web archive"),
        ("page.txt", "a", "its name does not say what kind of file it is; give it one of .txt, .csv"),
    ],
)  # fmt: skip
def test_a_name_that_says_something_else_is_said(tmp_path, source, name, told):
    exports.WRITERS[source](tmp_path / source)
    path = (tmp_path / source).rename(tmp_path / name)
    with pytest.raises(InputError, match=f"^{name}: {told}"):
        kind(path, name)


@pytest.mark.refusal
@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (b"", "a.csv", "the file is empty"),
        (b" \n\n", "a.txt", "the file is empty"),
        (b"\xff\xfe\n\0", "a.csv", "the file is empty"),
        (b"\xef\xbb\xbf", "a.jsonl", "the file is empty"),
        (b"%PDF-1.7", "a.pdf", "it is a PDF; save its text as .txt"),
        (gzip.compress(b"text", mtime=0), "a.csv.gz", "it is compressed; unpack it first"),
        (b"7z\xbc\xaf\x27\x1c\0", "a.7z", "it is a 7z archive; unpack it first"),
        (b"PK\x03\x04 and no more", "a.docx", "it is damaged or was cut off"),
        (b"\x00\x01\x02 text", "a.txt", "it holds bytes that are no text"),
        (b"<?xml version='1.0'?><news/>", "a.xml", "it is XML"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "a.doc", "it is an old Word document; save it as .docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", "it is protected by a password"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(80), "a.msg", "it is a file of another program"),
    ],
)  # fmt: skip
def test_what_is_not_read_is_said_with_what_to_do(tmp_path, content, name, told):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError, match=f"^{name}: {told}"):
        kind(path, name)


@pytest.mark.refusal
@pytest.mark.parametrize("name", ["a.zip", "a.xlsx", "a.docx"])
def test_a_zip_archive_is_to_be_unpacked(tmp_path, name):
    path = tmp_path / name
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "text")
    with pytest.raises(InputError, match="it is a zip archive; unpack it first"):
        kind(path, name)


def test_a_file_of_another_encoding_is_still_told_by_its_name(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("text\nLübeck".encode("cp1252"))
    assert kind(path, "a.csv") == "delimited"
    path.write_bytes("text\nLübeck".encode("utf-16"))
    assert kind(path, "a.csv") == "delimited"
