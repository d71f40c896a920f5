"""The committed figures are what the code draws, and a notebook shows what drew them."""

import re
from xml.etree import ElementTree

import pandas as pd
import pytest

from usru import figures
from usru.errors import InputError
from usru.figures import gallery, scale
from usru.study.reproduce import checkout
from usru.study.study import Study

STUDY = Study(checkout())
FOLDER = checkout() / "figures"


@pytest.fixture(scope="module")
def drawn(corpus, tmp_path_factory):
    folder = tmp_path_factory.mktemp("figures")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(scale, "DOCUMENTS", 10_000)  # as committed; other tests have fewer
        figures.write_all(corpus, folder, STUDY.figures, STUDY.claims)
    return folder


def test_the_committed_figures_are_drawn_again_byte_for_byte(drawn):
    names = sorted(path.name for path in drawn.iterdir())
    assert names == sorted(path.name for path in FOLDER.iterdir())
    for name in names:
        assert (drawn / name).read_bytes() == (FOLDER / name).read_bytes(), name


def test_a_second_writing_changes_nothing(corpus, drawn):
    assert figures.write_all(corpus, drawn, ["stories"]) == []


def test_the_data_of_a_figure_are_what_is_plotted(corpus, drawn):
    table = pd.read_csv(drawn / "stories.csv")
    assert table["words"].sum() == corpus.summary()["words"].sum()


def test_an_unknown_figure_is_refused_with_the_known_ones(corpus):
    with pytest.raises(InputError, match=r"no such figure; use one of composition"):
        figures.show("nothing", corpus)


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("stories", "usru.figures.opening.Stories.draw"),
        ("tone_meetings", "usru.figures.sentiment.Means.draw"),
    ],
)
def test_a_notebook_shows_a_picture_that_says_what_drew_it(corpus, monkeypatch, name, source):
    seen = []
    monkeypatch.setattr(gallery, "display", seen.append)
    below = figures.show(name, corpus)
    shown = seen[0]._repr_mimebundle_()
    figure = figures.FIGURES[name]
    assert (
        shown["text/plain"] == repr(seen[0]) == f"[figure: {figure.alt(figure.tabulate(corpus))}]"
    )
    assert f"<dc:source>{source}</dc:source>" in shown["image/svg+xml"]
    ElementTree.fromstring(shown["image/svg+xml"])
    committed = (FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    light = re.sub(r" *<style>@media.*?</style>\n", "", committed, flags=re.DOTALL)
    assert light != committed, "a file turns dark; a notebook follows its page, which is light"
    assert re.sub(r" *<dc:source>.*?</dc:source>\n", "", shown["image/svg+xml"]) == light
    assert below._repr_mimebundle_() == {"text/plain": below.text, "text/markdown": below.text}
