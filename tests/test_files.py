"""Files are written whole, only when they change, and keep their mode."""

import errno
import os
import shutil
from pathlib import Path

import pytest

import usru
from usru.errors import InputError
from usru.files import is_there, make_folders, read_text, write


@pytest.fixture
def target(tmp_path):
    path = tmp_path / "table.csv"
    path.write_bytes(b"old")
    os.utime(path, ns=(10**18, 10**18))
    return path


def names(path):
    return sorted(entry.name for entry in path.parent.iterdir())


@pytest.mark.parametrize(
    ("content", "written"),
    [
        pytest.param("naïve\n", "naïve\n".encode(), id="text"),
        pytest.param("a\r\nb\rc\n", b"a\r\nb\rc\n", id="line-ends"),
        pytest.param(b"\x89PNG\r\n\x00", b"\x89PNG\r\n\x00", id="bytes"),
        pytest.param("", b"", id="empty"),
    ],
)
def test_a_file_is_replaced(target, content, written):
    assert write(target, content) is True
    assert target.read_bytes() == written
    assert names(target) == ["table.csv"]


def test_a_new_file_is_made_for_all_to_read(tmp_path):
    assert write(tmp_path / "new.csv", "new") is True
    assert (tmp_path / "new.csv").read_bytes() == b"new"
    assert names(tmp_path / "new.csv") == ["new.csv"]
    assert (tmp_path / "new.csv").stat().st_mode & 0o444 == 0o444


@pytest.mark.parametrize(
    "content", [pytest.param("old", id="text"), pytest.param(b"old", id="bytes")]
)
def test_an_unchanged_file_is_not_touched(target, content):
    before = target.stat()
    assert write(target, content) is False
    after = target.stat()
    assert (after.st_mtime_ns, after.st_ino) == (before.st_mtime_ns, before.st_ino)


@pytest.mark.skipif(os.name == "nt", reason="there are no such modes there")
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o755], ids=oct)
def test_a_file_keeps_its_mode(target, mode):
    target.chmod(mode)
    write(target, "new")
    assert target.stat().st_mode & 0o777 == mode


@pytest.mark.refusal
def test_a_failing_replacement_leaves_the_old_file_whole(target, monkeypatch):
    def fail(source, destination, **options):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(InputError, match=r"table\.csv: .*No space left on device"):
        write(target, "new")
    assert target.read_bytes() == b"old"
    assert names(target) == ["table.csv"]


@pytest.mark.refusal
def test_a_failing_first_write_leaves_nothing(tmp_path, monkeypatch):
    def fail(source, destination, **options):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(InputError, match=r"new\.csv"):
        write(tmp_path / "new.csv", "new")
    assert list(tmp_path.iterdir()) == []


def test_an_interruption_leaves_the_old_file_whole(target, monkeypatch):
    def interrupt(source, destination, **options):
        assert target.read_bytes() == b"old"
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write(target, "new")
    assert target.read_bytes() == b"old"
    assert names(target) == ["table.csv"]


def test_the_new_content_is_whole_before_it_is_moved(target, monkeypatch):
    moved = []

    def replace(source, destination, **options):
        with open(source, "rb") as file:  # noqa: PTH123 - as os.replace, it takes any path
            moved.append(file.read())

    monkeypatch.setattr(os, "replace", replace)
    write(target, "new")
    assert moved == [b"new"]
    assert target.read_bytes() == b"old"


@pytest.mark.refusal
@pytest.mark.parametrize(
    "blocked",
    [
        pytest.param("nowhere/new.csv", id="no-folder"),
        pytest.param("table.csv/new.csv", id="parent-is-a-file"),
        pytest.param("folder", id="target-is-a-folder"),
    ],
)
def test_a_place_that_cannot_be_written_is_named(target, blocked):
    (target.parent / "folder").mkdir()
    path = target.parent / blocked
    with pytest.raises(InputError) as error:
        write(path, "new")
    assert str(error.value).startswith(f"{path}: ")
    assert len(str(error.value).splitlines()) == 1
    assert names(target) == ["folder", "table.csv"]
    assert target.read_bytes() == b"old"


@pytest.mark.refusal
@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\xef\xbb\xbfone", "line 1: it starts with a byte-order mark"),
        ("one".encode("utf-16"), "line 1: it starts with UTF-16 text"),
        (b"one\r\ntwo\0", "line 2: it holds a NUL byte"),
        (b"one\n\ncaf\xe9", "line 3: byte 0xe9 is not UTF-8"),
    ],
)
def test_what_is_no_plain_utf_8_is_refused_with_its_line(target, content, told):
    target.write_bytes(content)
    with pytest.raises(InputError, match=told):
        read_text(target)


def test_line_ends_are_read_as_they_are(target):
    target.write_bytes(b"a\r\nb\rc\n")
    assert read_text(target) == "a\r\nb\rc\n"


@pytest.mark.skipif(os.name == "nt", reason="there are no such pipes on Windows")
def test_a_pipe_is_refused_and_does_not_hang(tmp_path):
    os.mkfifo(tmp_path / "page.txt")
    with pytest.raises(InputError, match=r"page.txt: cannot be read \(it is a pipe or a device\)"):
        read_text(tmp_path / "page.txt")


def put_folder(path):
    path.mkdir()


def put_dangling_link(path):
    path.symlink_to("gone")


def put_pipe(path):
    os.mkfifo(path)


NO_FILES = [put_folder, put_dangling_link, put_pipe]


@pytest.mark.refusal
@pytest.mark.skipif(os.name == "nt", reason="there are no such links and pipes on Windows")
@pytest.mark.parametrize("put", NO_FILES)
@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("codebook/topics.toml", lambda corpus: corpus.codebook.topics),
        ("codebook/events.toml", lambda corpus: corpus.codebook.events),
        ("coding/reference/topics.csv", lambda corpus: corpus.coding("topics")),
        ("documents.csv", lambda corpus: corpus.documents),
    ],
)
def test_what_has_the_name_of_a_file_and_is_none_is_not_taken_for_missing(
    corpus_of, name, read, put
):
    own = corpus_of({"a": "Talks\n\nTwo envoys met in Vienna for talks about the strait.\n"})
    path = own.manifest.folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    put(path)
    with pytest.raises(InputError) as error:
        read(usru.load(own.manifest.folder))
    assert str(error.value).startswith(f"{path}: it is no file, or a link to one that is gone; ")


@pytest.mark.refusal
@pytest.mark.skipif(os.name == "nt", reason="there are no such links and pipes on Windows")
@pytest.mark.parametrize("put", [put_dangling_link, put_pipe, Path.touch])
@pytest.mark.parametrize("name", ["codebook", "coding", "coding/reference"])
def test_a_folder_that_is_none_is_not_taken_for_an_empty_one(corpus_of, name, put):
    own = corpus_of({"a": "Talks\n\nTwo envoys met in Vienna for talks about the strait.\n"})
    path = own.manifest.folder / name
    shutil.rmtree(path, ignore_errors=True)
    path.parent.mkdir(exist_ok=True)
    put(path)
    with pytest.raises(InputError) as error:
        usru.load(own.manifest.folder).coding("topics")
    assert str(error.value).startswith(f"{path}: it is no folder, or a link to one that is gone; ")


def test_a_file_is_there_or_not_and_so_is_one_that_a_link_leads_to(target):
    assert is_there(target)
    assert not is_there(target.with_name("other.csv"))
    target.with_name("other.csv").symlink_to(target)
    assert is_there(target.with_name("other.csv"))


def test_folders_are_made_with_those_above_them_and_may_be_there(tmp_path):
    first, second = tmp_path / "a" / "b", tmp_path / "c"
    for _ in range(2):
        make_folders(first, second)
        assert first.is_dir()
        assert second.is_dir()


@pytest.mark.refusal
def test_where_one_folder_cannot_be_made_none_is(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match=r"the folder cannot be made .*; choose one that can"):
        make_folders(tmp_path / "a" / "b", tmp_path / "file" / "c")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
