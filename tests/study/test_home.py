"""The home page tells first what an author chose; where nobody chose, what there is."""

import shutil
from importlib import import_module

import pytest

from usru.errors import InputError
from usru.figures import FIGURES
from usru.show.layers import layers
from usru.study import findings, home
from usru.study.reproduce import checkout
from usru.study.study import Study


@pytest.fixture(scope="module")
def study():
    return Study(checkout())


def test_what_was_chosen_is_there(study):
    first = home.read(study.corpus, [], {})
    points = [*first.findings, *first.known, *first.limits]
    for subject in findings.SUBJECTS:
        import_module(f"usru.study.findings.{subject}")
    assert {point.claim for point in points if point.claim} <= set(findings.FINDINGS)
    assert {point.figure for point in first.findings} <= set(study.figures)
    assert all(point.text for point in points)
    assert 4 <= len(first.findings) <= 5


def test_no_number_is_typed_into_what_was_chosen(study):
    first = home.read(study.corpus, [], {})
    texts = [point.text for point in (*first.findings, *first.known, *first.limits)]
    assert not [text for text in texts if any(sign.isdigit() for sign in text)]


def test_without_a_choice_each_notebook_has_its_first_claim_and_figure(own):
    figures = ["documents", "lengths", "most_quoted"]
    drawn = {name: FIGURES[name].tabulate(own) for name in figures}
    told = [("01_corpus", {"id": "corpus-1"}), ("01_corpus", {"id": "corpus-2"}),
            ("04_tone", {"id": "tone-1"})]  # fmt: skip
    first = home.read(own, told, drawn, layers(own))
    assert [(point.claim, point.figure) for point in first.findings] == [
        ("corpus-1", "documents"), ("tone-1", ""),
    ]  # fmt: skip
    assert "Topics. Told by a dictionary of words" in first.known[0].text
    assert "a case, not a sample" in first.limits[0].text
    assert home.read(own, [], {}).findings == ()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ('[[findings]]\nfigure = "harbour"\n', r"\[\[findings\]\] 1, figure: there is no figure"),
        ("[[finding]]\n", "there is no field 'finding'"),
        ('[[known]]\ntext = 1\n', r"\[\[known\]\] 1, text: 1 will not do"),
    ],
)  # fmt: skip
def test_a_choice_that_cannot_be_is_refused(own, tmp_path, content, told):
    root = shutil.copytree(own.manifest.folder, tmp_path / "own")
    (root / home.FILE).write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=told):
        home.read(Study(root).corpus, [], {})
