"""Probability samples: their probabilities are right, they grow, and their sheets can be coded from."""

import hashlib
import shutil
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from coders import all_coded
from hypothesis import given
from hypothesis import strategies as st
from studies import GERMAN, study

import usru
from usru.coding import sampling, units
from usru.coding.sampling import Design, allocate, draw, population, sample
from usru.errors import InputError

OUTLETS = ["Tide"] * 9 + ["Wave"] * 2 + ['Gull, of the "North"'] * 3


@pytest.fixture
def town(tmp_path):
    """Fourteen articles of three outlets, four paragraphs each."""
    rows = [
        {"outlet": outlet, "published": f"2020-0{1 + i % 3}-05"} for i, outlet in enumerate(OUTLETS)
    ]
    return study(tmp_path / "town", rows)


def drawn(corpus, n, **options):
    design = Design("topics", n, **options)
    return draw(population(corpus, design), design)


def of_many_seeds(corpus, n, seeds=200, **options):
    """The same population drawn from with each seed."""
    table = population(corpus, Design("topics", n, **options))
    return [draw(table, Design("topics", n, seed=seed, **options)) for seed in range(seeds)]


def keys(table):
    return [*table.loc[table["drawn"], ["doc_id", "line"]].itertuples(index=False, name=None)]


def listed(found):
    return pd.read_csv(found.sheet)


# Probabilities -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "options",
    [{}, {"by": ("outlet",)}, {"by": ("outlet", "month")}, {"score": "water"}, {"score": "dictionary"},
     {"by": ("outlet",), "score": "textblob"}, {"where": {"outlet": "Tide"}}],
    ids=str,
)  # fmt: skip
def test_probabilities_sum_to_what_is_drawn_in_each_stratum(town, options):
    table = drawn(town, 24, **options)
    assert table["drawn"].sum() == 24
    sums = table.groupby("stratum").agg({"probability": "sum", "drawn": "sum"})
    assert sums["probability"].to_numpy() == pytest.approx(sums["drawn"].to_numpy())
    assert table["probability"].between(0, 1, inclusive="right").all()
    assert table.groupby("stratum")["probability"].nunique().eq(1).all()


@pytest.mark.parametrize(
    "options",
    [{}, {"by": ("outlet",)}, {"score": "water"}, {"by": ("outlet",), "score": "vader"}], ids=str
)  # fmt: skip
def test_each_passage_is_drawn_as_often_as_its_probability_says(town, options):
    seeds = 200
    tables = of_many_seeds(town, 18, seeds, **options)
    share = np.mean([one["drawn"] for one in tables], axis=0)
    chance = tables[0]["probability"].to_numpy()
    error = np.sqrt(chance * (1 - chance) / seeds)
    assert (np.abs(share - chance) <= 4 * error + 1e-9).all()


def test_weighted_by_its_probability_a_sample_is_right_on_average(town):
    words = town.paragraphs["words"]
    tables = of_many_seeds(town, 12, by=("outlet",), score="schools")
    found = [(words / one["probability"])[one["drawn"]].sum() / len(words) for one in tables]
    assert np.mean(found) == pytest.approx(words.mean(), abs=4 * np.std(found) / np.sqrt(200))
    assert np.std(found) > 0


def test_a_score_draws_more_of_what_is_rare_and_some_of_all(town):
    table = drawn(town, 20, score="schools")
    of = table.groupby("stratum")["probability"].agg(["first", "size"]).sort_values("size")
    rare, common = of["first"]
    assert rare > 20 / len(table) > common >= 20 / len(table) / np.sqrt(2)


def test_strata_get_their_part_and_two_at_least(town):
    table = drawn(town, 14, by=("outlet",))
    assert table.groupby("stratum")["drawn"].sum().to_dict() == {
        "Gull, of the \"North\"": 3, "Tide": 9, "Wave": 2
    }  # fmt: skip
    with pytest.raises(InputError, match=r"3 strata have at least 2 each.*name 6 or more"):
        drawn(town, 5, by=("outlet",))


@given(st.lists(st.integers(1, 60), min_size=1, max_size=8), st.integers(0, 80))
def test_no_stratum_loses_when_the_sample_grows(sizes, more):
    of = pd.Series(dict(zip("abcdefgh", sizes, strict=False)))
    least = int(of.clip(upper=2).sum())
    one, other = allocate(of, least + more), allocate(of, least + more + 1)
    assert (one <= other).all()
    assert one.sum() == min(least + more, of.sum())
    assert (one <= of).all()
    assert (one >= of.clip(upper=2)).all()


def test_documents_without_a_value_are_a_stratum_too(tmp_path):
    corpus = study(tmp_path / "s", [{"outlet": "Tide"}, {}, {}])
    table = drawn(corpus, 6, by=("outlet",))
    assert {*table["stratum"]} == {"Tide", "not known"}
    table = drawn(corpus, 3, where={"outlet": "not known"})
    assert {*table["doc_id"]} == {"id-001", "id-002"}


# Hash, not chance --------------------------------------------------------------------------------


def test_a_sample_is_the_same_in_every_process(town):
    code = (
        "import sys, usru; from usru.coding.sampling import Design, draw, population;"
        "d = Design('topics', 10); t = draw(population(usru.load(sys.argv[1]), d), d);"
        "print(t.loc[t['drawn'], ['doc_id', 'line']].values.tolist())"
    )
    folder = str(town.manifest.folder)
    told = {
        subprocess.check_output(
            [sys.executable, "-c", code, folder], env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)}
        )
        for seed in ("1", "2")
    }  # fmt: skip
    assert told == {f"{[[*key] for key in keys(drawn(town, 10))]}\n".encode()}


def test_the_numbers_are_pinned(corpus):
    found = keys(drawn(corpus, 39))
    assert hashlib.sha256(repr(found).encode()).hexdigest()[:12] == "54e9c8bec31a"
    assert found != keys(drawn(corpus, 39, seed=1))


# Sheets that grow --------------------------------------------------------------------------------


@pytest.mark.parametrize("options", [{}, {"by": ["outlet"], "score": "water"}], ids=str)
def test_a_larger_sample_keeps_what_was_drawn(town, options):
    few = listed(sample(town, 12, **options))
    grown = sample(town, 30)
    many = listed(grown)
    assert len(few.merge(many, on=["doc_id", "line", "stratum"])) == len(few) == grown.kept == 12
    assert grown.left == 0
    assert many["probability"].gt(few["probability"].max() - 1).all()
    assert (1 / many["probability"]).sum() == pytest.approx(len(town.paragraphs))
    assert grown.design.by == tuple(options.get("by", ()))
    first = grown.sheet.read_bytes()
    assert sample(town, 30).sheet.read_bytes() == first


def test_what_somebody_adds_to_a_sheet_stays(town):
    path = sample(town, 4).sheet
    table = pd.read_csv(path).assign(note=["=1", "né", 'a "b"', "x,y"])
    table.to_csv(path, index=False)
    grown = listed(sample(town, 8))
    notes = grown.dropna(subset="note")
    assert notes["note"].tolist() == table["note"].tolist()
    assert notes["line"].tolist() == table["line"].tolist()


def test_a_corpus_that_grows_gets_all_probabilities_anew(tmp_path):
    rows = [{"outlet": "Tide"} for _ in range(5)]
    small = study(tmp_path / "a", rows)
    path = sample(small, 10).sheet
    old = pd.read_csv(path)
    large = study(tmp_path / "b", rows * 2)
    target = large.manifest.folder / "coding" / "sheets"
    target.mkdir(parents=True)
    for one in (path, path.with_suffix(".toml")):
        (target / one.name).write_bytes(one.read_bytes())
    found = sample(large, 20)
    new = listed(found)
    assert {*new["probability"]} == {20 / 40}
    assert (found.kept + found.left, found.design.passages) == (len(old), 40)
    assert found.kept == len(old.merge(new, on=["doc_id", "line"])) > 5


@pytest.mark.refusal
@pytest.mark.parametrize(
    ("options", "told"),
    [({"n": 5}, "10 are drawn already"), ({"by": ["month"]}, "another --by"), ({"score": "water"}, "another --score"),
     ({"where": {"outlet": "Wave"}}, "another --where"), ({"seed": 3}, "another --seed"),
     ({"unit": "sentences", "name": "paragraphs"}, "another --unit")],
)  # fmt: skip
def test_a_sheet_grows_only_as_it_was_drawn(town, options, told):
    path = sample(town, 10, by=["outlet"]).sheet
    before = path.read_bytes(), path.with_suffix(".toml").read_bytes()
    with pytest.raises(InputError, match=f"{told}.*; [^;]+\\.$"):
        sample(town, **({"n": 12} | options))
    assert (path.read_bytes(), path.with_suffix(".toml").read_bytes()) == before


def test_a_sheet_of_somebody_else_is_not_overwritten(town):
    path = sampling.sheet_path(town, "paragraphs")
    path.parent.mkdir(parents=True)
    path.write_text("doc_id,line\n", encoding="utf-8")
    with pytest.raises(InputError, match="nothing says how it was drawn"):
        sample(town, 10)
    assert path.read_text(encoding="utf-8") == "doc_id,line\n"


# Small, foreign and hostile corpora --------------------------------------------------------------


def test_more_than_there_are_is_all_of_them(town):
    found = sample(town, 5000)
    assert len(listed(found)) == len(town.paragraphs) == 56
    assert {*listed(found)["probability"]} == {1.0}


def test_a_corpus_of_one_paragraph_is_drawn_whole(corpus_of):
    corpus = corpus_of({"a": "Talks in Vienna\n\nTwo envoys met in Vienna on Monday to speak.\n"})
    assert len(corpus.paragraphs) == 1
    assert listed(sample(corpus, 1, by=["outlet"]))["probability"].tolist() == [1.0]


def test_a_german_corpus_can_be_sampled(tmp_path):
    corpus = study(tmp_path / "de", [{}] * 3, GERMAN, None, 'language = "de"\n')
    assert len(listed(sample(corpus, 5))) == 5
    assert len(listed(sample(corpus, 5, unit="sentences"))) == 5
    with pytest.raises(InputError, match="another language"):
        sample(corpus, 5, unit="quotations")
    with pytest.raises(InputError, match="no such score"):
        sample(corpus, 5, score="vader", name="other")


def test_a_hostile_corpus_can_be_sampled_and_its_sheet_read_back(hostile, tmp_path):
    corpus = usru.load(shutil.copytree(hostile.manifest.folder, tmp_path / "h"))
    for unit, what in (
        ("paragraphs", "topics"),
        ("quotations", "speakers"),
        ("sentences", "voice"),
    ):
        found = sample(corpus, 2, unit=unit, by=["outlet", "meeting"])
        rows = sampling.read_sheet(found.sheet, what)
        assert len(rows) == found.table["drawn"].sum()
        assert len(units.chosen(corpus, what, found.sheet)) == len(rows)
    again = sample(corpus, 3, where={"outlet": corpus.documents["outlet"][0]}, name="one")
    assert sample(corpus, 4, name="one").design.where == again.design.where


def test_a_sheet_is_coded_and_shows_no_score(town):
    found = sample(town, 12, by=["outlet"], score="water")
    of = units.chosen(town, "topics", found.sheet)
    assert of.columns.tolist() == ["doc_id", "line", "text", "before", "after"]
    coding = all_coded(town, "topics", "water", of=of)
    assert len(town.coding("topics", "anna")) == len(coding.order) == 12
    sheet = found.sheet.read_text(encoding="utf-8")
    assert "found" not in sheet
    assert "water" not in sheet


@pytest.mark.refusal
@pytest.mark.parametrize(
    ("options", "told"),
    [({"unit": "words"}, "--unit words"), ({"what": "mood"}, "--what mood"),
     ({"unit": "sentences", "what": "topics"}, "topics is coded of paragraphs"),
     ({"by": ["desk"]}, "no document has such a column"), ({"where": {"outlet": "Sun"}}, "use .*Tide, Wave"),
     ({"where": {"desk": "x"}}, "no document has such a column"), ({"score": "mood"}, "no such score"),
     ({"name": "../x"}, "cannot be the name"), ({"name": "sheets"}, "it is taken"), ({"n": 0}, "name 2 or more"),
     ({"n": -3}, "name 2 or more")],
)  # fmt: skip
def test_what_cannot_be_drawn_is_refused_and_nothing_is_written(town, options, told):
    with pytest.raises(InputError, match=f"{told}.*"):
        sample(town, **({"n": 10} | options))
    assert not (town.manifest.folder / "coding").exists()


@pytest.mark.refusal
@pytest.mark.parametrize("text", ["outlet", "=Tide", " =Tide", ""])
def test_a_condition_names_column_and_value(text):
    with pytest.raises(InputError, match='write "COLUMN=VALUE"'):
        sampling.conditions([text])


@pytest.mark.refusal
def test_a_column_has_one_value_which_may_hold_an_equals_sign():
    assert sampling.conditions(["desk = a=b", "outlet=X"]) == {"desk": "a=b", "outlet": "X"}
    with pytest.raises(InputError, match="has a value already"):
        sampling.conditions(["desk=a", "desk=b"])


@pytest.mark.refusal
@pytest.mark.parametrize(
    ("old", "new", "told"),
    [("0.25", "", "line 2, probability: '' will not do"), ("0.25\n", "0,25\n", "line 2: it has 5 cells"),
     ("0.25\n", "much\n", "line 2, probability: 'much'"), ("0.25\n", "nan\n", "line 2, probability"),
     ("0.25\n", "inf\n", "line 2, probability"), ("0.25\n", "-1\n", "line 2, probability"),
     ("0.25\n", "1.5\n", "line 2, probability"), ("0.25\n", "0\n", "line 2, probability"),
     ("probability", "chance", "column 'probability' is there never"), ("stratum", "s", "column 'stratum' is there never"),
     ("id-000,3", "id-000,1", "line 3, line: line 2 has the same passage already"),
     ("doc_id,line", "\x00", "NUL|no table|no column"), (",all,0.25", "", "line 2: it has 2 cells"),
     ("0.25", "0_5", "line 2, probability: '0_5' will not do; write a number above 0"),
     ("000,1", "000,x", "line 2, line: 'x' will not do; write a whole number from 1"),
     ("000,1", "000,0", "line 2, line: 0 will not do"), ("000,1", "000,", "line 2, line: '' will not do"),
     ("id-000", " ", "line 2, doc_id: ' ' will not do"), ("stratum", "line", "column 'line' is there twice"),
     ("\n", '\n"', "line 2: it is no table"), ("doc_id", "\ufeffdoc_id", "line 1: it starts with a byte-order mark"),
     ("\n", "\r", "line 1: its lines end as on an old Macintosh")],
)  # fmt: skip
def test_a_broken_row_is_told_with_its_place(tmp_path, old, new, told):
    path = tmp_path / "sheet.csv"
    content = "doc_id,line,stratum,probability\nid-000,1,all,0.25\nid-000,3,all,0.25\n"
    assert old in content
    path.write_text(content.replace(old, new, 1), encoding="utf-8", newline="")
    with pytest.raises(InputError, match=told):
        sampling.read_sheet(path, "topics")


@pytest.mark.refusal
@pytest.mark.parametrize(
    ("old", "new", "told"),
    [("n = 10", 'n = "ten"', "n: 'ten' will not do"), ("n = 10", "n = true", "n: True will not do"),
     ("seed", "sead", "no field 'sead'"), ("what = ", "what ", "not valid TOML"), ('"topics"', '"mood"', "one of topics"),
     ("n = 10\n", "", "n")],
)  # fmt: skip
def test_a_broken_design_is_told_with_its_place(town, old, new, told):
    path = sample(town, 10).sheet.with_suffix(".toml")
    content = path.read_text(encoding="utf-8")
    assert old in content
    path.write_text(content.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError, match=told):
        sample(town, 20)
