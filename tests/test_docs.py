"""The guides lead where they say, on GitHub as on the site, and name nothing that is not there."""

import re

import nbformat
import pytest
from myst_parser.slugs import github_slugify

from usru.study.reproduce import checkout

ROOT = checkout()
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "data" / "README.md",
         *sorted((ROOT / "docs").glob("*.md")), *NOTEBOOKS]  # fmt: skip
TEACHING = (ROOT / "docs" / "teaching.md").read_text(encoding="utf-8")
GLOSSARY = TEACHING[TEACHING.index("\n## Glossary\n") :]


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
    terms = re.findall(r"^### (.+)$", GLOSSARY, re.MULTILINE)
    assert len(terms) > 80
    assert terms == sorted(terms, key=str.casefold)
    names = anchors(ROOT / "docs" / "teaching.md")
    assert len(names) == len(set(names)), "GitHub would number the second of two alike"


def test_a_term_is_told_in_few_words():
    for entry in re.split(r"^### ", GLOSSARY, flags=re.MULTILINE)[1:]:
        term, _, told = entry.partition("\n")
        assert 8 <= len(re.sub(r"\]\([^)]*\)", "", told).split()) <= 70, term
