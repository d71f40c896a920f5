"""An encoding is told by the bytes, or named by a person; it is never guessed."""

import pytest

from usru.errors import InputError
from usru.sources.decoding import encoding_of, opened, text_of, within_memory

TEXT = "Lübeck and Łódź “agree”\nsecond line\n"


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"],
)
def test_what_the_bytes_tell_is_read(tmp_path, encoding):
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.encode(encoding))
    assert text_of(path, "a.txt") == TEXT
    with opened(path, encoding_of(path, "a.txt")) as lines:
        assert "".join(lines) == TEXT


def test_big_endian_marks_are_read(tmp_path):
    path = tmp_path / "a.txt"
    for mark, encoding in ((b"\xfe\xff", "utf-16-be"), (b"\x00\x00\xfe\xff", "utf-32-be")):
        path.write_bytes(mark + TEXT.encode(encoding))
        assert text_of(path, "a.txt") == TEXT


@pytest.mark.refusal
def test_another_encoding_has_to_be_named(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes("one\nLübeck\n".encode("cp1252"))
    with pytest.raises(InputError, match=r"a.txt, line 2: byte 0xfc is not UTF-8; say --encoding"):
        encoding_of(path, "a.txt")
    assert text_of(path, "a.txt", "cp1252") == "one\nLübeck\n"


def test_what_is_utf_8_is_read_so_whatever_is_named(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.encode("utf-8"))
    assert text_of(path, "a.txt", "cp1252") == TEXT


@pytest.mark.refusal
@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("klingon", "--encoding: 'klingon' is no encoding; name one, such as cp1252"),
        ("ascii", "a.txt, line 1: byte 0xfc is not ascii; name another --encoding"),
    ],
)
def test_a_name_that_does_not_fit_is_refused(tmp_path, said, told):
    path = tmp_path / "a.txt"
    path.write_bytes(b"L\xfcbeck")
    with pytest.raises(InputError, match=told):
        encoding_of(path, "a.txt", said)


@pytest.mark.refusal
def test_a_file_that_breaks_off_inside_a_character_is_refused(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes("x\n”".encode()[:-1])
    with pytest.raises(InputError, match=r"a.txt, line 2: byte 0xe2 is not UTF-8"):
        encoding_of(path, "a.txt")


@pytest.mark.refusal
def test_the_line_is_right_in_a_file_of_several_pieces(tmp_path, monkeypatch):
    monkeypatch.setattr("usru.sources.decoding._CHUNK", 8)
    path = tmp_path / "a.txt"
    path.write_bytes(b"line\n" * 9 + b"\xff\n")
    with pytest.raises(InputError, match=r"a.txt, line 10: byte 0xff"):
        encoding_of(path, "a.txt")


@pytest.mark.refusal
def test_what_does_not_fit_into_memory_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("usru.sources.decoding._LARGEST", 3)
    path = tmp_path / "a.docx"
    path.write_bytes(b"four")
    with pytest.raises(InputError, match="a file of its kind is read whole; divide it"):
        within_memory(path, "a.docx")
