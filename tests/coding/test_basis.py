"""Figures rest on a coded sample, on a coding of all, or on an instrument alone, and say which."""

import pandas as pd
import pytest
from coders import code_sheet, readings, write_coding
from studies import GERMAN, SHAPES, study

import usru
from usru.analysis import estimate
from usru.coding import basis, joined, units
from usru.coding.basis import ESTIMATES
from usru.coding.sampling import sample
from usru.errors import DoesNotApply

PER_PARAGRAPH = pytest.mark.parametrize("what", ["topics", "valence"])
ALL = pytest.mark.parametrize("what", units.KINDS)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A study of 280 paragraphs, of which samples are coded by anna, and some of these by ben."""
    corpus = study(tmp_path_factory.mktemp("study") / "one", **SHAPES["many groups"])
    for what in units.KINDS:
        path = sample(corpus, 60, what=what, by=["month"], name=what).sheet
        code_sheet(corpus, what, path)
        code_sheet(corpus, what, path, "ben", n=30, slips=0.2)
    return usru.load(corpus.manifest.folder)


@pytest.fixture
def plain(tmp_path):
    """A study that nobody has coded."""
    return study(tmp_path / "one", **SHAPES["few"])


def again(corpus):
    return usru.load(corpus.manifest.folder)


CODES = {"topics": "water", "voice": "report", "speakers": "Ann Lee", "valence": None}


@ALL
def test_an_estimate_is_that_of_the_frame_by_hand(made, what):
    found, code = basis.find(made, what), CODES[what]
    assert found.is_estimate
    assert (found.coder, found.second, found.n_coded) == ("anna", "ben", 60)
    frame = joined(made, what, "anna", what, code=code, second="ben")
    groups = frame["doc_id"].str[-1:]
    expected = estimate.mean(
        frame.assign(group=groups), "predicted", "coded", "probability", by="group",
        strata="stratum", share=what != "valence", second="second",
    )  # fmt: skip
    by_hand = expected["estimate"].where(expected["low"].notna())
    table = found.means([code], groups)
    assert table.columns.tolist() == ["code", "group", *ESTIMATES]
    assert table["group"].tolist() == expected["group"].tolist()
    assert table["value"].tolist() == pytest.approx(by_hand.tolist(), nan_ok=True)
    assert table["naive"].tolist() == pytest.approx(expected["naive"].tolist())
    for end in ("low", "high", "low_coders", "high_coders"):
        wanted = expected[end].clip(-2, 2) if what == "valence" else expected[end]
        assert table[end].tolist() == pytest.approx(wanted.tolist(), nan_ok=True)


@ALL
def test_an_estimate_is_near_what_a_coding_of_all_gives(made, what):
    found, code = basis.find(made, what), CODES[what]
    table = readings(made, what)
    truth = found._numbers(pd.Series(_values(table, what)), code).mean()
    one = found.means([code]).iloc[0]
    assert one["low"] <= truth <= one["high"]
    assert one["low_coders"] <= one["low"] <= one["value"] <= one["high"] <= one["high_coders"]


def _values(table, what):
    kind = units.KINDS[what]
    given = table[kind.column]
    if kind.level == "sets":
        return [frozenset(text.split()) for text in given]
    return given.astype("float64") if kind.level == "interval" else given.replace("", "nobody")


def test_it_says_of_how_many_passages_it_is_estimated_by_whom(made):
    found = basis.find(made, "topics")
    assert found.told == "estimated from 60 coded of 280 paragraphs"
    assert found.about == ""
    assert found.note.startswith("The codes are those of anna and ben. Two coders read 30 of 60")
    assert "alpha is 0." in found.note
    assert basis.find(made, "voice").told == "estimated from 60 coded of 700 sentences"
    assert "quotations" in basis.find(made, "speakers").told


def test_how_an_instrument_agrees_is_told_with_the_weights_of_the_sample(made):
    found = basis.find(made, "topics")
    frames = [found.frame(name).dropna(subset="coded") for name in made.codebook.topics]
    both = sum((one["coded"] * one["predicted"] / one["probability"]).sum() for one in frames)
    recall = both / sum((one["coded"] / one["probability"]).sum() for one in frames)
    assert found.agreement == (pytest.approx(recall),)
    assert found.counted == f"counted by the dictionary; recall on coded paragraphs {recall:.2f}"
    assert 0.5 < basis.find(made, "voice").agreement[0] < 1


def test_without_codings_the_instrument_counts_and_says_so(plain):
    found = basis.find(plain, "topics")
    assert not found.is_estimate
    assert found.told == found.counted == "counted by the dictionary, not checked by reading"
    assert found.about == "about the dictionary, not checked by reading"
    assert found.note == ""
    table = found.means(["water"], found.passages["doc_id"])
    counted = found.frame("water").groupby("doc_id")["predicted"].mean()
    assert table["value"].tolist() == table["naive"].tolist() == counted.tolist()
    assert table[["low", "high"]].isna().all(axis=None)
    assert (table["n_coded"] == 0).all()


@PER_PARAGRAPH
def test_a_coding_of_all_has_no_interval_of_sampling(plain, what):
    write_coding(plain, what, readings(plain, what), "reference")
    found = basis.find(again(plain), what)
    assert found.told == f"all coded by reading ({len(plain.paragraphs)} paragraphs)"
    table = found.means([CODES[what]], found.passages["doc_id"])
    given = found.frame(CODES[what]).groupby("doc_id")["coded"].mean()
    assert table["value"].tolist() == pytest.approx(given.tolist())
    assert table["low"].tolist() == table["high"].tolist() == pytest.approx(given.tolist())


def test_one_passage_that_is_all_of_a_group_is_known(plain):
    write_coding(plain, "valence", readings(plain, "valence"), "reference")
    found = basis.find(again(plain), "valence")
    table = found.means([None], pd.Series(range(len(found.passages))))
    assert table["value"].tolist() == found.frame()["coded"].tolist()
    assert (table["low"] == table["high"]).all()


def test_what_was_chosen_tells_how_the_instrument_agrees_but_estimates_nothing(plain):
    write_coding(plain, "topics", readings(plain, "topics").head(5), "reference")
    found = basis.find(again(plain), "topics")
    assert not found.is_estimate
    assert found.told.startswith("counted by the dictionary; recall on coded paragraphs ")
    assert found.about.startswith("about the dictionary; recall on coded paragraphs ")
    assert found.note.startswith("5 paragraphs are coded")
    assert "nothing is estimated" in found.note


def test_a_sheet_that_is_coded_in_part_counts_from_ten_on(plain):
    path = sample(plain, 11, name="some").sheet
    code_sheet(plain, "topics", path, n=9)
    assert not basis.find(again(plain), "topics").is_estimate
    code_sheet(plain, "topics", path, n=10)
    found = basis.find(again(plain), "topics")
    assert found.is_estimate
    frame = joined(again(plain), "topics", "anna", "some", code="water")
    assert found.frame("water")["probability"].equals(frame["probability"])


def test_one_sheet_of_paragraphs_serves_topics_and_valence(plain):
    path = sample(plain, 10).sheet
    code_sheet(plain, "valence", path)
    assert basis.find(again(plain), "valence").is_estimate
    assert not basis.find(again(plain), "topics").is_estimate


def test_of_several_sheets_the_one_of_which_most_is_coded(plain):
    small = sample(plain, 10, seed=1, name="a").sheet
    large = sample(plain, 11, seed=1, name="b").sheet
    code_sheet(plain, "topics", small)
    both = pd.concat([readings(plain, "topics")[_listed(plain, path)] for path in (small, large)])
    write_coding(plain, "topics", both.drop_duplicates(["doc_id", "line"]))
    assert basis.find(again(plain), "topics").n_coded == 11


def test_a_coding_of_all_passages_goes_before_a_sheet(plain):
    code_sheet(plain, "topics", sample(plain, 10).sheet)
    write_coding(plain, "topics", readings(plain, "topics"))
    found = basis.find(again(plain), "topics")
    assert found.n_coded == len(plain.paragraphs) == 12
    assert (found.passages["probability"] == 1).all()


def _listed(corpus, path):
    keys = {*units.keyed(pd.read_csv(path), "topics")}
    return [key in keys for key in units.keyed(units.find(corpus, "topics"), "topics")]


def test_a_sample_of_a_part_of_the_corpus_does_not_speak_for_it(made, tmp_path):
    corpus = study(tmp_path / "one", **SHAPES["two outlets of one day"])
    code_sheet(corpus, "topics", sample(corpus, 12, where={"outlet": "Tide"}).sheet)
    found = basis.find(again(corpus), "topics")
    assert not found.is_estimate
    assert found.n_coded == 12


def test_the_reference_is_taken_before_those_it_is_made_from(plain):
    path = sample(plain, 11).sheet
    code_sheet(plain, "topics", path)
    code_sheet(plain, "topics", path, "ben")
    code_sheet(plain, "topics", path, "reference", n=10)
    found = basis.find(again(plain), "topics")
    assert (found.coder, found.second, found.n_coded) == ("reference", "", 10)
    assert found.note == "The codes are those of the reference coding."


def test_what_is_broken_is_left_out_and_told_without_the_way_to_it(plain):
    path = sample(plain, 10).sheet
    code_sheet(plain, "topics", path)
    broken = code_sheet(plain, "topics", path, "ben")
    text = broken.read_text(encoding="utf-8")
    last = text.splitlines()[-1].rpartition(",")[0]
    broken.write_text(
        text.removesuffix(text.splitlines()[-1] + "\n") + f"{last},mood\n", encoding="utf-8"
    )
    found = basis.find(again(plain), "topics")
    assert found.is_estimate
    assert found.note.endswith("coding/ben/topics.csv, line 11, topics: 'mood' will not do; write one of"
                               " roads_and_bridges, water, schools,"
                               " money_of_the_town_and_of_everybody_who_lives_in_it.")  # fmt: skip
    assert str(plain.manifest.folder) not in found.note


def test_a_sheet_of_a_corpus_that_has_changed_is_told_and_nothing_estimated(plain):
    path = sample(plain, 10).sheet
    code_sheet(plain, "topics", path)
    beside = path.with_suffix(".toml")
    beside.write_text(beside.read_text(encoding="utf-8").replace("passages = 12", "passages = 9"), encoding="utf-8")  # fmt: skip
    found = basis.find(again(plain), "topics")
    assert not found.is_estimate
    assert "drawn from 9 passages, and now there are 12; write the sheet anew" in found.note


def test_a_language_without_an_instrument_is_estimated_from_the_codes_alone(tmp_path):
    rows = [{"outlet": "Welle"}] * 6
    corpus = study(tmp_path / "de", rows, GERMAN, None, 'language = "de"\n')
    with pytest.raises(DoesNotApply):
        basis.find(corpus, "topics").means(["syria"])
    path = sample(corpus, 12).sheet
    table = units.listed(units.find(corpus, "topics"), "topics", path)
    given = ["syria press" if i % 3 else "" for i in range(len(table))]
    write_coding(corpus, "topics", table.assign(topics=given))
    found = basis.find(again(corpus), "topics")
    frame = joined(again(corpus), "topics", "anna", "paragraphs", code="syria")
    by_hand = estimate.mean(frame.assign(predicted=0), "predicted", "coded", "probability",
                            strata="stratum", share=True, slope=0.0).iloc[0]  # fmt: skip
    one = found.means(["syria"]).iloc[0]
    assert one[["value", "low", "high"]].tolist() == pytest.approx(by_hand[["estimate", "low", "high"]].tolist())  # fmt: skip
    assert pd.isna(one["naive"])
    assert found.counted.endswith("not known")


def test_a_group_with_one_code_has_no_value_as_nothing_tells_how_sure_it_is(plain):
    code_sheet(plain, "valence", sample(plain, 10).sheet)
    found = basis.find(again(plain), "valence")
    first = found.passages["coded"].first_valid_index()
    others = found.passages.index[found.passages["coded"].isna()]
    alone = pd.Series("rest", index=found.passages.index)
    alone[[first, others[0]]] = "alone"
    table = found.means([None], alone).set_index("group")
    assert table.loc["alone", ["value", "low", "high"]].isna().all()
    assert table.loc["rest", ["value", "low", "high"]].notna().all()
    uncoded = found.means([None], alone.where(alone.index.isin(others), "rest")).set_index("group")
    assert pd.isna(uncoded.loc["alone", "value"])


def test_the_frames_are_computed_once(made, monkeypatch):
    basis.find(made, "topics").means([*made.codebook.topics])

    def refuse(*_):
        raise AssertionError("it was computed again")

    monkeypatch.setattr(basis, "_find", refuse)
    monkeypatch.setattr(basis.instruments, "said", refuse)
    basis.find(made, "topics").means([*made.codebook.topics])


def test_a_claim_where_there_is_no_instrument_is_about_it_too(tmp_path):
    corpus = study(tmp_path / "de", **SHAPES["German"])
    assert basis.about(corpus, "speakers") == "about rules for quotations, not checked by reading"
