"""`read` takes a file or a folder; what is bad costs nothing that is good."""

import os
import shutil
import zipfile

import exports
import pytest
from samples import link

from usru.errors import InputError
from usru.sources import Article, Options, Seen, Skipped, read


def kept(found):
    return [article for article in found if isinstance(article, Article)]


def said(found):
    return [str(skipped) for skipped in found if isinstance(skipped, Skipped)]


@pytest.mark.parametrize("name", exports.WRITERS)
def test_every_kind_of_file_is_read_by_its_own_reader(tmp_path, name):
    exports.WRITERS[name](tmp_path / name)
    found = list(read(tmp_path / name))
    assert said(found) == []
    stories = exports.STORIES[:1] if name.startswith("page.") else exports.STORIES
    assert [article.published for article in found] == [story.published for story in stories]
    assert all(article.source.split(",")[0] == name for article in found)


def test_a_folder_is_read_in_the_order_of_its_paths(tmp_path):
    (tmp_path / "news" / "b").mkdir(parents=True)
    exports.write_html(tmp_path / "news" / "b" / "a.html")
    exports.write_csv(tmp_path / "news" / "c.CSV", exports.rows(exports.STORIES[:2]))
    exports.write_html(tmp_path / "news" / "a.htm")
    places = [article.source for article in read(tmp_path / "news")]
    assert places == ["news/a.htm", "news/b/a.html", "news/c.CSV, row 2", "news/c.CSV, row 3"]


@pytest.mark.skipif(os.name == "nt", reason="names on Windows are Unicode")
def test_a_name_that_is_no_text_is_told_as_one_that_is(tmp_path):
    path = tmp_path / os.fsdecode(b"caf\xe9.txt")
    try:
        path.write_bytes(b"Envoys met in Lund on Monday, for their first talks in years.\n")
    except OSError:
        pytest.skip("the file system takes only Unicode")
    [article] = read(tmp_path)
    assert article.source == f"{tmp_path.name}/caf\\udce9.txt"


def test_the_same_folder_gives_the_same_articles_each_time(tmp_path):
    exports.write_all(tmp_path)
    assert list(read(tmp_path)) == list(read(tmp_path))


def test_in_a_folder_a_file_that_cannot_be_used_is_a_sentence(tmp_path):
    folder = tmp_path / "news"
    folder.mkdir()
    exports.write_csv(folder / "a.csv", [{"body": "One.", "content": "Two."}])
    (folder / "b.txt").write_bytes("Lübeck".encode("cp1252"))
    (folder / "c.jsonl").write_bytes(b"")
    with zipfile.ZipFile(folder / "d.zip", "w") as archive:
        archive.writestr("a.txt", "text")
    exports.write_xlsx(folder / "e.xlsx")
    shutil.move(folder / "e.xlsx", folder / "e.csv")
    (folder / "f.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    exports.write_csv(folder / "g.csv")
    found = list(read(folder))
    assert len(kept(found)) == len(exports.STORIES)
    assert said(found) == [
        "news/a.csv: the text could be in 'body' or 'content'; say --text body or --text content.",
        "news/b.txt, line 1: byte 0xfc is not UTF-8; say --encoding cp1252 (or what it is), or save the file as UTF-8.",
        "news/c.jsonl: the file is empty; put articles into it, or leave it out.",
        "news/d.zip: it is a zip archive; unpack it first.",
        "news/e.csv: it is named .csv but holds an Excel or OpenDocument sheet; rename it to e.xlsx.",
        "news/f.png: it is a picture; put its text into a file.",
    ]


@pytest.mark.refusal
@pytest.mark.skipif(os.name == "nt", reason="there are no such links and pipes on Windows")
def test_in_a_folder_no_link_or_pipe_is_passed_over(tmp_path):
    folder = tmp_path / "news"
    folder.mkdir()
    page = exports.write_html(tmp_path / "page.html")
    for name, target in {"a.html": page, "b.html": "gone", "c": tmp_path}.items():
        (folder / name).symlink_to(target)
    os.mkfifo(folder / "d.html")
    exports.write_html(folder / "e.html")
    found = list(read(folder))
    assert [article.source for article in kept(found)] == ["news/e.html"]
    assert said(found) == [
        f"news/{name}: it is a link, a pipe or a device; put the file itself there."
        for name in ("a.html", "b.html", "c", "d.html")
    ]


@pytest.mark.refusal
def test_a_link_that_leads_nowhere_is_no_source(tmp_path):
    link(tmp_path / "a.csv", tmp_path / "gone.csv")
    with pytest.raises(InputError, match=r"a\.csv: there is no such file or folder"):
        list(read(tmp_path / "a.csv"))


def test_what_no_person_put_there_is_left_out(tmp_path):
    exports.write_html(tmp_path / "page.html")
    for name in (".DS_Store", "Thumbs.db", "~$book.xlsx", "page_files/style.css", ".git/config", "page_files/b/c.js"):  # fmt: skip
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"\0\1")
    assert [article.source for article in read(tmp_path)] == [f"{tmp_path.name}/page.html"]


def test_a_folder_of_files_that_no_page_lies_beside_is_read(tmp_path):
    (tmp_path / "news_files").mkdir()
    exports.write_html(tmp_path / "news_files" / "a.html")
    assert len(list(read(tmp_path))) == 1


@pytest.mark.refusal
@pytest.mark.parametrize(
    ("name", "told"),
    [("nowhere.csv", "there is no such file or folder"), ("empty", "there are no files in it; put the articles there")],
)  # fmt: skip
def test_a_path_with_nothing_to_read_is_refused(tmp_path, name, told):
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match=f"{name}: {told}"):
        list(read(tmp_path / name))


@pytest.mark.refusal
def test_a_file_that_a_person_has_to_decide_about_is_refused(tmp_path):
    path = exports.write_csv(tmp_path / "a.csv", [{"body": "One.", "content": "Two."}])
    with pytest.raises(InputError, match="say --text body or --text content"):
        list(read(path))
    assert [article.text for article in read(path, Options(text="body"))] == ["One."]


def test_a_huge_article_and_bad_rows_cost_no_other(tmp_path):
    table = exports.rows(exports.STORIES[:4])
    table[0]["text"] = "a" * 5_000_001
    table[1]["text"] = "  "
    table[2]["text"] = "One\0two"
    found = list(read(exports.write_csv(tmp_path / "a.csv", table)))
    assert [article.source for article in kept(found)] == ["a.csv, row 5"]
    assert [text.split(";")[0] for text in said(found)] == [
        "a.csv, row 2: it has 5,000,001 characters, more than the 5,000,000 of the longest article",
        "a.csv, row 3: its text is empty",
        "a.csv, row 4: it holds a NUL character, so it is damaged or no text",
    ]


def test_a_large_table_is_not_held_in_memory(tmp_path):
    import tracemalloc

    path = tmp_path / "a.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write("date,text\n")
        for number in range(2000):
            file.write(f'03/04/2017,"{number} {"word " * 2000}"\n')
        file.write('25/04/2017,"The last one."\n')
    tracemalloc.start()
    try:
        articles = sum(isinstance(found, Article) for found in read(path))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert articles == 2001
    assert peak < path.stat().st_size / 4


def test_the_same_story_from_two_sources_is_told(tmp_path):
    exports.write_csv(tmp_path / "a.csv")
    exports.write_nexis_docx(tmp_path / "b.docx")
    seen = Seen()
    earlier = [seen.before(article) for article in read(tmp_path)]
    count = len(exports.STORIES)
    assert earlier[:count] == [None] * count
    assert earlier[count:] == [f"{tmp_path.name}/a.csv, row {n}" for n in range(2, count + 2)]
