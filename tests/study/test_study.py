"""A study is found from any place in it, and knows its parts."""

import os

import nbformat
import pytest

import usru
from usru.study.reproduce import checkout
from usru.study.study import Study


@pytest.fixture
def folder(own, tmp_path):
    """A study of one's own, with a notebook that shows two figures and makes a claim."""
    import shutil

    root = shutil.copytree(own.manifest.folder, tmp_path / "study")
    (root / "notebooks" / "deep").mkdir(parents=True)
    cells = ['figures.show("stories", corpus)', 'figures.show( "composition", corpus)', "1 + 1"]
    notebook = nbformat.v4.new_notebook(cells=[*map(nbformat.v4.new_code_cell, cells)])
    nbformat.write(notebook, root / "notebooks" / "01_all.ipynb")
    return root


def test_the_repository_is_a_study():
    study = usru.Study(checkout())
    assert (study.root, study.is_package) == (checkout(), True)
    assert [path.stem[:2] for path in study.notebooks] == [f"{n:02}" for n in range(1, 9)]
    assert len(study.claims) > 30
    assert not study.coding("topics").empty
    assert "bilateral" in study.codebook.topics


@pytest.mark.parametrize("place", [".", "notebooks", "notebooks/deep"])
def test_the_study_that_one_stands_in_is_the_default(folder, monkeypatch, place):
    monkeypatch.chdir(folder / place)
    study = Study()
    assert study.root.samefile(folder)
    assert not study.is_package


def test_a_study_is_named_by_its_folder_or_its_corpus_folder():
    assert Study(checkout() / "data").root == Study(checkout()).root


def test_a_folder_called_data_may_be_a_study_of_its_own(folder):
    data = folder.rename(folder.with_name("data"))
    assert Study(data).root == data.resolve()


def test_where_there_is_no_study_that_is_said(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(usru.InputError, match="there is no study here; change into one"):
        Study()
    with pytest.raises(usru.InputError, match="there is no manifest here"):
        Study(tmp_path)


def test_its_figures_are_those_that_its_notebooks_show(folder):
    assert Study(folder).figures == ("composition", "stories")
    assert Study(folder).claims == []


def test_a_study_without_notebooks_has_neither_figures_nor_claims(own):
    study = Study(own.manifest.folder)
    assert (study.notebooks, study.figures, study.claims) == ({}, (), [])


def test_a_file_that_is_no_notebook_is_named(folder):
    (folder / "notebooks" / "02_bad.ipynb").write_text("{", encoding="utf-8")
    with pytest.raises(usru.InputError, match=r"02_bad\.ipynb: it is no notebook"):
        Study(folder).notebooks  # noqa: B018
    assert os.sep in str(folder)


def test_it_says_what_it_is(folder):
    assert repr(Study(folder)).startswith("Study('study': Corpus(")
