"""One screen says what is in a study, what is not known, and what waits for its author."""

import re
import shutil

import nbformat
import pytest
from coders import all_coded
from nbformat import v4
from studies import study

from usru import codings
from usru.coding import units
from usru.coding.sampling import sample
from usru.errors import InputError
from usru.study.claims import MIME
from usru.study.overview import describe, other_languages, samples
from usru.study.reproduce import checkout
from usru.study.study import Study

GERMAN = (
    "Fischer warten in Warnemünde auf die Flut\n\nDie Boote lagen den ganzen Morgen im Hafen, während"
    " die Mannschaften ihre Netze flickten und auf das Wasser warteten.\n"
)


def test_the_repository_in_one_screen():
    told = describe(Study(checkout())).splitlines()
    assert told[0].startswith("Three US–Russia meetings")
    assert told[1] == "5 documents of 4 outlets, 16 February to 7 August 2017"
    assert told[2].endswith("words in 78 paragraphs")
    assert any(line.startswith("coded by reading: acts 139, blocks 171") for line in told)
    assert re.fullmatch(r"8 notebooks, \d+ figures, (\d+) of \1 claims hold", told[-1])
    assert not any(line.startswith("without") for line in told)
    assert len(told) < 24


def test_what_is_not_known_and_what_is_a_draft_is_said(own, tmp_path):
    root = shutil.copytree(own.manifest.folder, tmp_path / "own")
    (root / "codebook").mkdir()
    (root / "codebook" / "topics.toml").write_text("# DRAFT: words\n", encoding="utf-8")
    told = describe(Study(root))
    assert "without a date: 2 of 2 documents (boats, market)" in told
    assert "without an outlet: 2 of 2 documents (boats, market)" in told
    assert "drafts to edit: codebook/topics.toml" in told
    assert "coded by reading: nothing yet" in told


def test_a_sample_is_told_with_who_coded_how_much_of_it(tmp_path):
    corpus = study(tmp_path / "s", [{}] * 5)
    path = sample(corpus, 8).sheet
    all_coded(corpus, "topics", "water", "ada", of=units.chosen(corpus, "topics").head(5))
    [told] = samples(corpus)
    of_ada = len({*units.keyed(units.chosen(corpus, "topics").head(5), "topics")}
                 & {*units.keyed(codings.texts(path, codings.Sheet), "topics")})  # fmt: skip
    assert told == f"sample paragraphs, for topics: 8 of 20 paragraphs; coded: ada {of_ada}"
    path.write_text("nothing", encoding="utf-8")
    [told] = samples(corpus)
    assert told.startswith(f"{path}: ")


def test_texts_in_another_language_are_named(corpus_of):
    corpus = corpus_of({"a": GERMAN, "b": GERMAN})
    assert corpus.manifest.language == "de", "a draft tells the language"
    assert list(other_languages(corpus)) == []
    path = corpus.manifest.folder / "corpus.toml"
    path.write_text(path.read_text("utf-8").replace('"de"', '"en"'), encoding="utf-8")
    [told] = other_languages(Study(corpus.manifest.folder).corpus)
    assert "2 of 2 documents looked at (a (de), b (de))" in told


@pytest.mark.parametrize(("n", "columns"), [(3, "doc_id"), (20, "by outlet")])
def test_many_documents_are_counted_by_group(corpus_of, n, columns):
    page = "Boats wait for the tide\n\nThe boats waited for the tide all the morning of day {}.\n"
    corpus = corpus_of({f"a{i:02d}": page.format(i) for i in range(n)})
    assert columns in describe(Study(corpus.manifest.folder))


def test_what_was_run_is_said_in_the_number_that_it_has(own, tmp_path):
    root = shutil.copytree(own.manifest.folder, tmp_path / "own")
    (root / "notebooks").mkdir()
    path = root / "notebooks" / "01_first.ipynb"
    nbformat.write(v4.new_notebook(cells=[v4.new_code_cell("1")]), path)
    assert "1 notebook, 0 figures, not run yet" in describe(Study(root))
    cell = v4.new_code_cell("1", execution_count=1)
    nbformat.write(v4.new_notebook(cells=[cell]), path)
    assert "1 notebook, 0 figures, no claim yet" in describe(Study(root))
    entry = {"id": "first-1", "sentence": "Boats wait.", "holds": True}
    cell.outputs = [v4.new_output("display_data", {MIME: entry})]
    nbformat.write(v4.new_notebook(cells=[cell]), path)
    assert "1 notebook, 0 figures, 1 of 1 claim holds" in describe(Study(root))


def test_a_wrong_column_to_group_by_is_refused_of_few_documents_too(own, tmp_path):
    root = shutil.copytree(own.manifest.folder, tmp_path / "own")
    path = root / "corpus.toml"
    path.write_text('group = "owner"\n' + path.read_text("utf-8"), encoding="utf-8")
    with pytest.raises(InputError, match="group: there is no column 'owner'; use one of"):
        describe(Study(root))
