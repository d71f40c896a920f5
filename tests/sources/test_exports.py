"""Which archive wrote a file, and its records as articles."""

import exports
import pytest

from usru.errors import InputError
from usru.sources import exports as archives
from usru.sources.base import Options, Skipped

NAMES = ["nexis.docx", "nexis.txt", "proquest.txt", "factiva.rtf", "factiva-fields.rtf", "factiva.html", "factiva-fields.html"]  # fmt: skip
BASIS = {"nexis": "date line", "proquest": "field Publication date", "factiva-fields": "field PD", "factiva": "date line"}  # fmt: skip


def read(folder, name, **options):
    path = folder / name
    if path.suffix == ".docx":
        return list(archives.read_docx(path, name, Options(**options)))
    if path.suffix == ".rtf":
        return list(archives.read_rtf(path, name, Options(**options)))
    from_ = archives.from_html if path.suffix == ".html" else archives.from_text
    return list(from_(path.read_text(encoding="utf-8"), name, Options(**options)))


@pytest.mark.parametrize("name", NAMES)
def test_every_record_is_an_article_with_its_fields(tmp_path, name):
    exports.WRITERS[name](tmp_path / name)
    found = read(tmp_path, name)
    for number, (article, story) in enumerate(zip(found, exports.STORIES, strict=True), start=1):
        assert article.source == f"{name}, article {number}"
        assert (article.text, article.title, article.outlet, article.published) == (
            story.text, story.title, story.outlet, story.published
        )  # fmt: skip
        assert article.published_basis == BASIS[name.split(".")[0]]
        assert article.layout == "article"
        assert article.more["author"] == story.author
        assert article.more["section"].startswith(story.section)
        assert article.more["language"].title() == "English"


def test_a_record_without_its_text_is_said_and_costs_no_other(tmp_path):
    stories = [exports.STORIES[0], exports.STORIES[1]._replace(paragraphs=()), exports.STORIES[2]]
    found = list(archives.from_text(exports.proquest_text(stories), "a.txt", Options()))
    assert [type(record) is Skipped for record in found] == [False, True, False]
    assert str(found[1]) == "a.txt, article 2: its text is not in the export; export it with its full text."  # fmt: skip


def test_a_date_that_can_be_two_days_is_asked_about():
    raw = exports.proquest_text(exports.STORIES[:1]).replace("Publication date: Mar 12, 2018", "Publication date: 03/04/2018")  # fmt: skip
    article, question = archives.from_text(raw, "a.txt", Options())
    assert article.published is None
    assert "a.txt, field Publication date: 1 date, as 03/04/2018, can be two days" in str(question)
    [article] = archives.from_text(raw, "a.txt", Options(dates="day-first"))
    assert article.published_basis == "field Publication date, day first as it was said to be"


@pytest.mark.refusal
def test_other_documents_are_no_exports(tmp_path):
    from docx import Document

    document = Document()
    document.add_paragraph(exports.STORIES[0].text)
    document.save(str(tmp_path / "a.docx"))
    (tmp_path / "a.rtf").write_text("{\\rtf1 One story.\\par}", encoding="ascii")
    for name, what in (("a.docx", "a Word document"), ("a.rtf", "a document in RTF")):
        with pytest.raises(InputError, match=f"{name}: it is {what}, but no export of Nexis or Factiva; save its text as .txt"):  # fmt: skip
            read(tmp_path, name)
    assert archives.from_text(exports.page_text(exports.STORIES[0]), "a.txt", Options()) is None
    assert archives.from_html(exports.page_html(exports.STORIES[0]), "a.html", Options()) is None


@pytest.mark.refusal
def test_a_word_file_that_is_cut_off_is_refused(tmp_path):
    path = exports.write_nexis_docx(tmp_path / "a.docx")
    content = path.read_bytes()
    middle = len(content) // 2
    for damaged in (content[:2000], content[:middle] + b"damage" + content[middle + 6 :]):
        path.write_bytes(damaged)
        with pytest.raises(InputError, match=r"a.docx: it is damaged or was cut off"):
            read(tmp_path, "a.docx")


def test_rtf_of_nexis_is_read_as_its_word_files_are(tmp_path):
    lines = [line for story in exports.STORIES for line in exports.nexis_lines(story)]
    text = "\\par\n".join(exports._rtf(line).replace("\n", "\\par ") for line in lines)
    (tmp_path / "a.rtf").write_text("{\\rtf1\\ansi " + text + "}", encoding="ascii")
    assert [article.title for article in read(tmp_path, "a.rtf")] == [story.title for story in exports.STORIES]  # fmt: skip
