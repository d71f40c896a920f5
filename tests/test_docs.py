"""The guides lead where they say, on GitHub as on the site, and name nothing that is not there."""

import re

import nbformat
import pytest
from myst_parser.slugs import github_slugify

import usru
from usru.study.reproduce import checkout

ROOT = checkout()
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "data" / "README.md",
         *sorted((ROOT / "docs").glob("*.md")), *NOTEBOOKS]  # fmt: skip
TEACHING = (ROOT / "docs" / "teaching.md").read_text(encoding="utf-8")
GLOSSARY = TEACHING[TEACHING.index("\n## Glossary\n") :]
TERMS = re.findall(r"^### (.+)$", GLOSSARY, re.MULTILINE)


def prose(path):
    """A page's text, or that of a notebook's cells of prose."""
    if path.suffix != ".ipynb":
        return path.read_text(encoding="utf-8")
    cells = nbformat.read(path, as_version=4).cells
    return "\n\n".join(cell.source for cell in cells if cell.cell_type == "markdown")


def anchors(path):
    """What links can lead to: each heading, as GitHub and MyST both name it."""
    text = re.sub(r"^```.*?^```", "", prose(path), flags=re.MULTILINE | re.DOTALL)
    return [github_slugify(title) for title in re.findall(r"^#+ +(.+?) *$", text, re.MULTILINE)]


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_every_link_leads_to_a_heading(page):
    for target in re.findall(r"\]\(([^)\s]+)\)", prose(page)):
        name, _, anchor = target.partition("#")
        to = page.parent / name if name else page
        if "://" in target or not anchor or to.suffix not in (".md", ".ipynb"):
            continue
        assert anchor in anchors(to), target


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_every_link_of_a_notebook_or_page_leads_to_a_file(page):
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", prose(page)):
        if "://" not in target:
            assert (page.parent / target).exists(), target


def test_the_glossary_is_in_order_and_each_term_has_one_address():
    assert len(TERMS) > 80
    assert sorted(TERMS, key=str.casefold) == TERMS
    names = anchors(ROOT / "docs" / "teaching.md")
    assert len(names) == len(set(names)), "GitHub would number the second of two alike"


def test_a_term_is_told_in_few_words():
    for entry in re.split(r"^### ", GLOSSARY, flags=re.MULTILINE)[1:]:
        term, _, told = entry.partition("\n")
        assert 8 <= len(re.sub(r"\]\([^)]*\)", "", told).split()) <= 70, term


CODE = re.findall(r"^```python\n(.*?)^```$", TEACHING, re.MULTILINE | re.DOTALL)


def test_submissions_are_run_and_say_whether_they_are_right(tmp_path, monkeypatch, capsys):
    [code] = [one for one in CODE if "submissions" in one]
    checks = "class exercises:\n    def check(id, answer=...):\n        return f'{id}: {answer} is right'"
    cells = [checks, 'exercises.check("die-1", 6)', '1 / 0\nexercises.check("die-2", 0)']
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(one) for one in cells])
    (tmp_path / "submissions").mkdir()
    nbformat.write(notebook, tmp_path / "submissions" / "anna.ipynb")
    monkeypatch.chdir(tmp_path)
    exec(code, {})
    said = capsys.readouterr().out.splitlines()
    assert said == [
        """anna exercises.check("die-1", 6) 'die-1: 6 is right'""",
        """anna exercises.check("die-2", 0) nothing, as it stopped""",
    ]


def test_the_codings_of_a_class_are_compared():
    [code] = [one for one in CODE if "combinations" in one]
    *lines, last = code.splitlines()
    namespace = {}
    exec("\n".join(lines), namespace)
    table = eval(last, namespace)
    assert len(table) == 3
    assert table["alpha"].between(0.8, 1).all()


def test_every_task_that_is_set_is_in_its_notebook():
    """Of the subjects whose notebooks have tasks; the dash in an address is no dash of a range."""
    headings = [re.findall(r"^### ([a-z]+-\d+):", prose(path), re.MULTILINE) for path in NOTEBOOKS]
    tasks = {task for found in headings for task in found}
    subjects = {task.partition("-")[0] for task in tasks}
    before = TEACHING[: TEACHING.index("\n## Glossary\n")]
    named = set(re.findall(r"`([a-z]+-\d+)`", before))
    assert len(named) > 8
    assert {one for one in named if one.partition("-")[0] in subjects} <= tasks


def test_the_version_to_cite_is_that_of_the_package():
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert re.search(r"^version: (.+)$", citation, re.MULTILINE)[1] == usru.__version__


AMBIGUOUS = {
    "account", "agreement", "anchor", "case study", "cell", "claim", "clause", "coding", "corpus", "cue",
    "data frame", "event", "notebook", "quotation", "relay", "report", "resolution", "reuse", "sample",
    "share", "study", "topic",
}  # fmt: skip
"""Terms that prose uses in their everyday sense too, so that a machine cannot tell which it is."""


@pytest.mark.parametrize("path", NOTEBOOKS, ids=[path.stem for path in NOTEBOOKS])
def test_a_notebook_leads_to_a_term_where_it_first_uses_it(path):
    text = prose(path).partition("\n## Tasks")[0].replace("](../docs/teaching.md#", "]@(")
    text = re.sub(r"^(#|>).*$|`[^`]*`|(?<=@)\([^)]*\)|\]\([^)]*\)", "", text, flags=re.MULTILINE)
    for term in sorted({*map(str.casefold, TERMS)} - AMBIGUOUS):
        word = re.escape(term).replace("'", "['’]")
        first = re.search(rf"(?<!\w){word}s?(?!\w)", text, re.IGNORECASE)
        if first:
            at = first.start()
            assert re.match(r"[^\[\]]*\]@", text[at:]), (term, text[max(0, at - 40) : at + 50])
