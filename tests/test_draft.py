"""A drafted manifest: every page listed, every name quoted, nothing overwritten."""

import hashlib
import os
import re
import tomllib
from datetime import date

import pytest
from samples import contents, link

import usru
from usru import manifest
from usru.draft import draft
from usru.errors import InputError
from usru.text.lines import clean

PAGE = "Menu\n\nEnvoys meet in Vienna again\n\nBy Ann Lee\n\nTwo envoys met in Vienna on Monday.\n"


@pytest.fixture
def pages(tmp_path, monkeypatch):
    """Make a folder of page dumps without a manifest, of names and texts."""

    def fill(texts, folder=tmp_path / "pages"):
        folder.mkdir()
        for name, text in texts.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(text.encode())
        return folder

    return fill


def test_a_draft_loads_and_lists_every_page(pages):
    folder = pages({"one.txt": PAGE, "deep/er/two.txt": PAGE + "And so on.\n", "notes.md": "No."})
    assert draft(folder) == folder / "corpus.toml"
    found = manifest.read(folder).documents
    assert {(d.doc_id, d.file, d.title) for d in found} == {
        ("one", "one.txt", "Envoys meet in Vienna again"),
        ("deep-er-two", "deep/er/two.txt", "Envoys meet in Vienna again"),
    }
    assert set(usru.load(folder).blocks["doc_id"]) == {"one", "deep-er-two"}


@pytest.mark.parametrize(
    "title",
    [
        pytest.param('Envoys "meet" again', id="quotation-marks"),
        pytest.param('"""Envoys"""', id="triple-quotation-marks"),
        pytest.param("Envoys' 'meeting'", id="apostrophes"),
        pytest.param(r"C:\news\today \u0041 \q", id="backslashes"),
        pytest.param("Envoys meet\\", id="backslash-at-the-end"),
        pytest.param("Envoys # meet [[again]] = 3", id="toml-signs"),
        pytest.param("Envoys\tmeet", id="tab"),
        pytest.param(
            "a" + "".join(map(chr, [*range(1, 9), *range(14, 28), 31])) + "z", id="controls"
        ),
        pytest.param("Envoys\x7fmeet", id="delete"),
        pytest.param(
            "a" + "".join(map(chr, [*range(0x80, 0x85), *range(0x86, 0xA0)])) + "z", id="c1"
        ),
        pytest.param("Встреча “в Вене” – 外長 🕊\u200b\U0010fffd", id="other-scripts"),
    ],
)
def test_a_drafted_title_is_quoted(pages, title):
    folder = pages({"page.txt": f"\n  {title} \n"})
    draft(folder)
    assert [document.title for document in manifest.read(folder).documents] == [clean(title)]


@pytest.mark.skipif(os.name == "nt", reason="such names cannot be given there")
@pytest.mark.parametrize(
    "name",
    [
        pytest.param('the "talks"', id="quotation-marks"),
        pytest.param(r"talks\new", id="backslash"),
        pytest.param("talks\nnew", id="line-break"),
        pytest.param("talks\x7f\t\x1b", id="controls"),
        pytest.param("# talks' = '", id="toml-signs"),
    ],
)
def test_drafted_names_are_quoted(pages, tmp_path, name):
    folder = pages({f"{name}.txt": PAGE}, tmp_path / name)
    draft(folder)
    found = manifest.read(folder)
    assert found.title == name
    assert [(d.doc_id, d.file) for d in found.documents] == [(name, f"{name}.txt")]


def test_pages_whose_names_run_together_get_names_of_their_own(pages):
    folder = pages({"a/b.txt": PAGE, "a-b.txt": PAGE})
    draft(folder)
    assert len({document.doc_id for document in manifest.read(folder).documents}) == 2


def test_a_folder_named_like_a_page_is_no_page(pages):
    folder = pages({"pages.txt/one.txt": PAGE})
    draft(folder)
    assert [document.file for document in manifest.read(folder).documents] == ["pages.txt/one.txt"]


@pytest.mark.refusal
def test_a_page_whose_name_no_manifest_can_hold_is_refused(pages):
    folder = pages({"one.txt": PAGE})
    try:
        (folder / os.fsdecode(b"caf\xe9.txt")).write_bytes(PAGE.encode())
    except OSError:
        pytest.skip("such a name cannot be given here")
    before = contents(folder)
    with pytest.raises(InputError):
        draft(folder)
    assert contents(folder) == before


@pytest.mark.refusal
@pytest.mark.parametrize("name", ["elsewhere.txt", "gone.txt"])
def test_a_linked_page_is_neither_drafted_nor_passed_over(pages, tmp_path, name):
    folder = pages({"one.txt": PAGE})
    (tmp_path / "elsewhere.txt").write_text(PAGE, encoding="utf-8")
    link(folder / "two.txt", tmp_path / name)
    with pytest.raises(InputError, match=r"two\.txt: it is a link, .*; put the file itself there"):
        draft(folder)
    assert sorted(path.name for path in folder.iterdir()) == ["one.txt", "two.txt"]


def test_what_a_draft_cannot_know_is_left_out(pages):
    [document] = manifest.read(draft(pages({"page.txt": PAGE})).parent).documents
    assert (document.outlet, document.meeting, document.published) == ("", "", None)


def test_a_printed_date_is_taken_with_its_words(pages):
    dated = PAGE.replace("By Ann Lee", "By Ann Lee, 3 April 2017")
    [document] = manifest.read(draft(pages({"page.txt": dated})).parent).documents
    assert document.published == date(2017, 4, 3)
    assert document.published_basis == "printed on the page: 'By Ann Lee, 3 April 2017'"


@pytest.mark.refusal
def test_a_draft_never_replaces_a_manifest(pages):
    folder = pages({"page.txt": PAGE, "corpus.toml": "mine"})
    before = contents(folder)
    with pytest.raises(InputError, match=r"corpus\.toml: there is a manifest already; .*move it"):
        draft(folder)
    assert contents(folder) == before


@pytest.mark.refusal
@pytest.mark.parametrize(
    ("content", "place"),
    [
        pytest.param(b"Caf\xe9\n", "page.txt, line 1", id="not-utf-8"),
        pytest.param(PAGE.encode("utf-16"), "page.txt, line 1", id="utf-16"),
        pytest.param(b"\n", "page.txt", id="empty"),
    ],
)
def test_a_page_that_cannot_be_used_is_not_drafted(pages, content, place):
    folder = pages({"page.txt": ""})
    (folder / "page.txt").write_bytes(content)
    with pytest.raises(InputError, match=re.escape(place)):
        draft(folder)
    assert contents(folder) == {"page.txt": content}


def test_a_draft_is_plain_toml_with_the_right_checksum(pages):
    path = draft(pages({"page.txt": PAGE}))
    [entry] = tomllib.loads(path.read_bytes().decode())["documents"]
    assert entry["sha256"] == hashlib.sha256(PAGE.encode()).hexdigest()


def test_a_suffix_in_any_case_is_a_text_file(pages):
    folder = pages({"a.txt": PAGE, "B.TXT": PAGE, "c.Txt": PAGE, "d.text": PAGE})
    draft(folder)
    assert [d.file for d in manifest.read(folder).documents] == ["B.TXT", "a.txt", "c.Txt"]


def test_a_draft_of_articles_declares_them_clean(pages):
    article = "Two envoys met in Vienna on Monday.\n\nShare the river, they said.\n"
    folder = pages({"one.txt": article})
    draft(folder, layout="article")
    assert [d.layout for d in manifest.read(folder).documents] == ["article"]
    assert usru.load(folder).paragraphs["text"].tolist() == article.strip().split("\n\n")


def test_the_title_of_a_text_without_one_does_not_take_its_lead(pages):
    article = "Two envoys met in Vienna on Monday.\n\nThey will meet again in May, it was said.\n"
    folder = pages({"one.txt": article})
    draft(folder)
    assert manifest.read(folder).documents[0].title == "one"
    assert len(usru.load(folder).paragraphs) == 2


def test_a_draft_shows_how_a_document_is_given_a_label(pages):
    folder = pages({"one.txt": PAGE})
    path = draft(folder)
    text = path.read_text(encoding="utf-8")
    given = next(line for line in text.splitlines() if line.startswith("# label = "))
    assert usru.load(folder).labels["doc_id"]["one"] == usru.load(folder).documents["title"][0]
    path.write_text(text + given.removeprefix("# ") + "\n", encoding="utf-8")
    assert usru.load(folder).labels["doc_id"]["one"] == "The Tide, “Bridge”"
